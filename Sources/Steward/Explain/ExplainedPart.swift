/// An expression with its value at one point, and every part under it with its own.
public struct ExplainedPart: Sendable {
  /// A `let` or segment that stands behind a name.
  public struct Definition: Sendable {
    public var name: String
    public var title: String?
    public var doc: [String]
    public var isSegment: Bool
  }

  /// What kind of a condition it is, where it is one.
  enum Form: Sendable {
    /// `and`, `or` over the parts under it.
    case all, any
    case not
    /// Whether the part under it is there.
    case presence(isWanted: Bool)
    case comparison(Gap)
    case reference
    /// Any other condition, or a value.
    case plain
  }

  /// As the rules write it.
  public var source: String
  public var value: ShownValue
  /// Missing where it was not asked: something before it had decided.
  public var isNeeded: Bool
  public var definition: Definition?
  /// The events that an aggregate looked at.
  public var evidence: Evidence?
  /// Of points earned in a window: the rules that gave them, the most first.
  public var givers: [(rule: String, title: String?, points: Int64)] = []
  /// Of a share of members: how many are in, of how many.
  public var ratio: (held: ShownValue, seen: ShownValue)?
  public var parts: [ExplainedPart]

  let expr: TypedExpr
  var form: Form
  /// Of a condition: whether it holds. - Missing: nil where that is hidden or not known.
  var truth: Bool?

  public var isCondition: Bool { expr.type.base == .bool }
}

/// A comparison of something with what it has to reach.
public struct Gap: Sendable {
  public var have: ShownValue
  public var need: ShownValue
  /// With what has to reach it on the left.
  var op: Expr.ComparisonOperator
  /// How the rules write what has to reach it.
  public var subject: String
  var expr: TypedExpr
  /// How much is missing, or too much. - Missing: nil where there is no distance.
  var distance: Distance?

  /// - Unit: points, events, whatever is counted; microseconds.
  enum Distance: Sendable {
    case whole(Int64)
    case number(Double)
    case time(Int64)
  }
}

/// The events behind an aggregate.
public struct Evidence: Sendable {
  /// How many matched in the window.
  public var matched: Int
  /// How many of the pattern's kinds there were in it, whatever its condition says. - Missing: it has no condition, or
  /// one that only each point can ask.
  public var seen: Int?
  /// The last few that matched, the latest first.
  public var events: [EventLine]
}

/// An event as a line.
public struct EventLine: Sendable {
  public var at: ShownValue
  public var kind: String
  /// Who did it, where that was somebody else.
  public var by: String?
  public var attributes: [(name: String, value: ShownValue)]
}
