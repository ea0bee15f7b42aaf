// What alerts, goals, plans and budgets of pushes are, once checked.

/// A stretch of time that something has to last.
public enum TypedLength: Hashable, Sendable {
  /// Calendar days.
  case days(Int32)
  /// - Unit: microseconds.
  case exact(Int64)
}

/// A rule that watches members or the community and says when something needs attention.
public struct TypedAlert: Sendable {
  /// Whose state it keeps.
  public enum About: Sendable {
    case community
    /// Each member for whom a bool about members holds.
    case members(TypedExpr)
    /// Each group that a column or `let` of members makes.
    case groups(TypedExpr, name: String)
  }
  public enum Severity: String, Hashable, Sendable, CaseIterable, Comparable {
    case info, warning, critical

    private var rank: Int {
      switch self {
      case .info: 0
      case .warning: 1
      case .critical: 2
      }
    }
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
  }
  public var name: String
  public var title: String?
  public var doc: [String]
  public var about: About
  /// A bool about a member, or about the community.
  public var when: TypedExpr
  public var check: CheckRhythm
  /// How long the condition has to hold before it fires.
  public var holds: TypedLength
  /// How long it has to fail before what fires is resolved.
  public var keep: TypedLength
  /// How long after a notification there is no other about the same.
  public var cooldown: TypedLength
  public var severity: Severity
  /// Indices in `TypedProgram.alerts`: while one of them fires nothing is notified.
  public var unless: [Int]
  /// About a member; not private.
  public var groupBy: [TypedExpr]
  /// Texts, about a member or about the community.
  public var message: TypedExpr?
  public var suggest: TypedExpr?
  public var notify: [String]
  public var span: Span

  public init(
    name: String, title: String? = nil, doc: [String] = [], about: About = .community, when: TypedExpr,
    check: CheckRhythm = .daily, holds: TypedLength = .days(0), keep: TypedLength = .days(0),
    cooldown: TypedLength = .days(0), severity: Severity = .warning, unless: [Int] = [], groupBy: [TypedExpr] = [],
    message: TypedExpr? = nil, suggest: TypedExpr? = nil, notify: [String] = [], span: Span
  ) {
    self.name = name
    self.title = title
    self.doc = doc
    self.about = about
    self.when = when
    self.check = check
    self.holds = holds
    self.keep = keep
    self.cooldown = cooldown
    self.severity = severity
    self.unless = unless
    self.groupBy = groupBy
    self.message = message
    self.suggest = suggest
    self.notify = notify
    self.span = span
  }
}

extension TypedAlert {
  /// Whether each member has a state of their own.
  public var isAboutMembers: Bool { if case .members = about { true } else { false } }
}

/// A figure about the community that is to reach another by a date.
public struct TypedGoal: Sendable {
  public var name: String
  public var title: String?
  public var doc: [String]
  /// Numbers about the community; the target is as of the same moment.
  public var value: TypedExpr
  public var target: TypedExpr
  /// `>=`, or else `<=`.
  public var isAtLeast: Bool
  /// - Unit: days since 1970-01-01. - Missing: the first day.
  public var from: Int32?
  public var by: Int32
  public var span: Span

  public init(
    name: String, title: String? = nil, doc: [String] = [], value: TypedExpr, target: TypedExpr, isAtLeast: Bool,
    from: Int32? = nil, by: Int32, span: Span
  ) {
    self.name = name
    self.title = title
    self.doc = doc
    self.value = value
    self.target = target
    self.isAtLeast = isAtLeast
    self.from = from
    self.by = by
    self.span = span
  }
}

/// Phases that follow one another.
public struct TypedPhasePlan: Sendable {
  public struct Phase: Sendable {
    public var name: String
    public var title: String?
    public var doc: [String]
    /// A bool about the community: the next phase begins the day after it first holds at a day's end. Missing on the last
    /// alone.
    public var until: TypedExpr?
    /// - Unit: days since 1970-01-01.
    public var by: Int32?
    public var span: Span
    public init(
      name: String, title: String? = nil, doc: [String] = [], until: TypedExpr? = nil, by: Int32? = nil, span: Span
    ) {
      self.name = name
      self.title = title
      self.doc = doc
      self.until = until
      self.by = by
      self.span = span
    }
  }
  public var name: String
  public var title: String?
  public var doc: [String]
  /// When the first phase begins. - Unit: days since 1970-01-01. - Missing: the first day.
  public var from: Int32?
  public var phases: [Phase]
  public var span: Span

  public init(
    name: String, title: String? = nil, doc: [String] = [], from: Int32? = nil, phases: [Phase], span: Span
  ) {
    self.name = name
    self.title = title
    self.doc = doc
    self.from = from
    self.phases = phases
    self.span = span
  }
}

/// A phase by its places in `TypedProgram.plans`.
public struct PhaseIndex: Hashable, Sendable {
  public var plan: Int
  public var phase: Int
  public init(plan: Int, phase: Int) {
    self.plan = plan
    self.phase = phase
  }
}

/// How many notifications a member may get in a period.
public struct TypedPushBudget: Sendable {
  public var name: String
  public var title: String?
  public var doc: [String]
  public var pushes: Int64
  public var per: PeriodUnit
  /// Indices in `TypedProgram.alerts`, as written: who is served first at one moment.
  public var covers: [Int]
  public var span: Span
  public init(
    name: String, title: String? = nil, doc: [String] = [], pushes: Int64, per: PeriodUnit, covers: [Int], span: Span
  ) {
    self.name = name
    self.title = title
    self.doc = doc
    self.pushes = pushes
    self.per = per
    self.covers = covers
    self.span = span
  }
}
