// What an incentive and a budget are, once checked.

/// A rule that awards, takes back or deducts points, or gives a badge.
public struct TypedIncentive: Sendable {
  public enum Trigger: Sendable {
    case on(EventPattern)
    case every(PeriodUnit)
  }
  public struct Limit: Sendable {
    public enum Per: Hashable, Sendable {
      case ever
      case period(PeriodUnit)
      /// An attribute of the firing event; events without it are not limited.
      case attribute(Int)
    }
    public var count: Int64
    public var per: Per
    public var span: Span
    public init(count: Int64, per: Per, span: Span) {
      self.count = count
      self.per = per
      self.span = span
    }
  }
  /// `cap`: at most so many points of a purse per member and period; an award is cut to what is left.
  public struct Cap: Sendable {
    public var points: Int64
    public var purse: Int
    public var per: PeriodUnit
    public var span: Span
    public init(points: Int64, purse: Int, per: PeriodUnit, span: Span) {
      self.points = points
      self.purse = purse
      self.per = per
      self.span = span
    }
  }
  /// What an award gives of one purse.
  public struct Amount: Sendable {
    /// Index in `Schema.purses`.
    public var purse: Int
    /// Ints ≥ 0: one, or on a board the prize of each place from the first.
    public var places: [TypedExpr]
    public init(purse: Int, places: [TypedExpr]) {
      self.purse = purse
      self.places = places
    }
  }
  /// `rank by E, F asc within city`: only with `every`.
  public struct Board: Sendable {
    public struct Key: Sendable {
      public var value: TypedExpr
      public var isAscending: Bool
      public init(value: TypedExpr, isAscending: Bool) {
        self.value = value
        self.isAscending = isAscending
      }
    }
    /// The first is an int or number that must be above 0. Missing values come last.
    public var keys: [Key]
    /// A board for each combination of values; a missing one is a group of its own.
    public var within: [TypedExpr]
    public var span: Span
    public init(keys: [Key], within: [TypedExpr], span: Span) {
      self.keys = keys
      self.within = within
      self.span = span
    }
  }
  /// `deduct 100 points`, `deduct up to 100 points`
  public struct Deduction: Sendable {
    public var purse: Int
    /// An int ≥ 0.
    public var points: TypedExpr
    /// Takes what there is instead of refusing.
    public var isUpTo: Bool
    public var span: Span
    public init(purse: Int, points: TypedExpr, isUpTo: Bool, span: Span) {
      self.purse = purse
      self.points = points
      self.isUpTo = isUpTo
      self.span = span
    }
  }
  /// `take back buying same order`: only with `on`.
  public struct TakeBack: Sendable {
    /// The rule whose awards are undone, an `on` rule, by its index in `TypedProgram.incentives`.
    public var rule: Int
    /// Attributes by which the firing event and that of the award must agree; both have them.
    public var same: [Int]
    /// Whether an event is to be expected that has nothing to be taken back.
    public var isIfAny: Bool
    public var span: Span
    public init(rule: Int, same: [Int], isIfAny: Bool = false, span: Span) {
      self.rule = rule
      self.same = same
      self.isIfAny = isIfAny
      self.span = span
    }
  }

  /// What it gives of the first purse, where it gives any and is no board.
  public var points: TypedExpr? { board == nil ? amounts.first { $0.purse == 0 }?.places.first : nil }

  /// Whether it gives, deducts or takes back points, not a badge alone.
  public var movesPoints: Bool { !amounts.isEmpty || deduction != nil || takeBack != nil }

  public var name: String
  public var title: String?
  public var doc: [String]
  public var trigger: Trigger
  public var among: TypedExpr?
  /// The phases in which it acts; empty for always.
  public var during: [PhaseIndex] = []
  public var when: TypedExpr?
  /// At most one for each purse. Empty where the rule gives a badge alone, deducts, or takes back.
  public var amounts: [Amount]
  public var badge: String?
  public var board: Board?
  public var deduction: Deduction?
  public var takeBack: TakeBack?
  public var limits: [Limit]
  /// Exact time since the member's last award of this rule. - Unit: microseconds (days of 24 hours).
  public var cooldown: Int64?
  /// In the order written.
  public var caps: [Cap]
  /// The awarded points are gone after the last of so many days following the day of the award.
  public var expiresAfterDays: Int32?
  /// What one point costs the community, in its currency.
  public var costPerPoint: Double?
  public var span: Span

  public init(
    name: String, title: String? = nil, doc: [String] = [], trigger: Trigger, among: TypedExpr? = nil,
    when: TypedExpr? = nil, amounts: [Amount] = [], badge: String? = nil, board: Board? = nil,
    deduction: Deduction? = nil, takeBack: TakeBack? = nil, limits: [Limit] = [], cooldown: Int64? = nil,
    caps: [Cap] = [], expiresAfterDays: Int32? = nil, costPerPoint: Double? = nil, span: Span
  ) {
    self.name = name
    self.title = title
    self.doc = doc
    self.trigger = trigger
    self.among = among
    self.when = when
    self.amounts = amounts
    self.badge = badge
    self.board = board
    self.deduction = deduction
    self.takeBack = takeBack
    self.limits = limits
    self.cooldown = cooldown
    self.caps = caps
    self.expiresAfterDays = expiresAfterDays
    self.costPerPoint = costPerPoint
    self.span = span
  }
}

/// A `budget` declaration, or the `budget` clause of an incentive: points that rules may give together in a period.
///
/// Per member it cuts awards to what is left, like a cap; for the community it pays an award in full or refuses it.
public struct TypedBudget: Sendable {
  /// The declaration's name; for a clause, that of its rule.
  public var name: String
  public var title: String?
  public var doc: [String]
  public var points: Int64
  public var purse: Int
  public var per: PeriodUnit
  public var isPerMember: Bool
  /// Indices in `TypedProgram.incentives`, as written.
  public var covers: [Int]
  /// `warn at 80%` = 0.8
  public var warnAt: Double?
  public var isClause: Bool
  public var span: Span
  public init(
    name: String, title: String? = nil, doc: [String] = [], points: Int64, purse: Int, per: PeriodUnit,
    isPerMember: Bool, covers: [Int], warnAt: Double? = nil, isClause: Bool, span: Span
  ) {
    self.name = name
    self.title = title
    self.doc = doc
    self.points = points
    self.purse = purse
    self.per = per
    self.isPerMember = isPerMember
    self.covers = covers
    self.warnAt = warnAt
    self.isClause = isClause
    self.span = span
  }
}
