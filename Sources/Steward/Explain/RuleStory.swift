/// Why a rule gave a member what it gave, and why not more.
public struct RuleStory: Sendable {
  /// Where the events or periods of a rule ended.
  public enum End: Hashable, Sendable {
    case gave
    case left, pattern, among
    /// None of its phases was on.
    case during
    case when, rank
    /// By its index in the rule's limits.
    case limit(Int)
    case cooldown
    /// Worth nothing.
    case nothing
    /// Cut to nothing by a cap or a member's budget.
    case cut
    case refused
    /// The balance could not pay it.
    case shortfall
    /// There was nothing to take back.
    case idle
    /// It gave nothing, and something private may be why.
    case hidden
  }

  /// A clause at one point.
  public struct Clause: Sendable {
    public enum Verdict: String, Sendable {
      case passed, stopped, cut
      /// Something before it had stopped.
      case notReached = "not_reached"
      case hidden
    }
    /// `on`, `among`, `when`, `rank`, `limit`, `cooldown`, `cap`, `budget`, `award`
    public var clause: String
    public var verdict: Verdict
    public var text: Wording
    public var part: ExplainedPart?
  }

  /// One event, or one period, and what the rule made of it.
  public struct Point: Sendable {
    public var at: Int64
    public var event: EventLine?
    public var period: String?
    public var end: End
    public var clauses: [Clause]
    /// What was given, by purse.
    public var given: [(purse: String, points: Int64)]
    /// What is missing where a condition stopped it.
    public var wants: [Want]
  }

  public var rule: String
  public var title: String?
  public var doc: [String]
  public var trigger: String
  public var badge: String?
  public var unit: PeriodUnit?
  /// How many events or periods there were.
  public var points: Int
  /// How they ended, in the order of the clauses.
  public var ends: [(end: End, count: Int)]
  public var given: [(purse: String, points: Int64)]
  /// The last one that gave something, and the last one that did not.
  public var last: Point?
  public var missed: Point?
}
