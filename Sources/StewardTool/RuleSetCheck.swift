import Steward
import StewardHost

/// Checks a rule set, and says more where somebody named one file of a folder.
enum RuleSetCheck {
  static func of(
    _ sources: RuleSources, path: String, command: String
  ) -> (program: TypedProgram, diagnostics: [Diagnostic]) {
    let (program, diagnostics) = Pipeline.check(sources)
    guard diagnostics.contains(where: { $0.code.text == "N0220" }), let home = home(beside: path) else {
      return (program, diagnostics)
    }
    let folder = RuleFolder.dataFolder(of: path)
    return (
      program,
      diagnostics.map { diagnostic in
        guard diagnostic.code.text == "N0220" else { return diagnostic }
        var told = diagnostic
        told.hint = Wording(
          en: "it is in `\(home)`; name the folder: `steward \(command) \(folder)`",
          zh: "它在“\(home)”里；请写文件夹：`steward \(command) \(folder)`")
        return told
      }
    )
  }

  /// The file beside a single one that has the community block.
  private static func home(beside path: String) -> String? {
    RuleFolder.siblings(of: path).first { !Pipeline.check([$0]).program.schema.name.isEmpty }?.name
  }
}
