// The stages in order.

/// The version of Steward.
public enum Release {
  public static let version = "0.1.0"
}

/// From rule files to what a run found.
public enum Pipeline {
  /// What the rules mean, and what is wrong with them.
  public static func check(_ files: [SourceFile]) -> (program: TypedProgram, diagnostics: [Diagnostic]) {
    (TypedProgram(schema: Schema()), [])
  }
}
