/// One entry of the ledger: what an award gave of one purse, a deduction, or what was taken back.
public struct AwardRecord: Hashable, Sendable {
  /// Row in the member table.
  public var member: Int32
  /// Index in `TypedProgram.incentives`.
  public var rule: Int32
  /// - Unit: microseconds since 1970-01-01 00:00 UTC.
  public var at: Int64
  /// Negative for a deduction and for what was taken back; 0 where the rule gives a badge alone.
  public var points: Int64
  /// The row of `EventStore.rows` that fired it; -1 for an award of a period.
  public var event: Int32
  /// Index in `Schema.purses`; -1 where the rule gives a badge alone.
  public var purse: Int32
  /// Was taken back later.
  public var isUndone: Bool
  public init(
    member: Int32, rule: Int32, at: Int64, points: Int64, event: Int32, purse: Int32 = 0, isUndone: Bool = false
  ) {
    self.purse = purse
    self.isUndone = isUndone
    self.member = member
    self.rule = rule
    self.at = at
    self.points = points
    self.event = event
  }
}

/// An award that was cut or refused.
public struct RefusalRecord: Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    case cap
    /// By its index in `TypedProgram.budgets`.
    case budget(Int)
    /// A deduction that the balance could not pay.
    case shortfall
  }
  public var member: Int32
  public var rule: Int32
  /// Index in `Schema.purses`.
  public var purse: Int32
  public var at: Int64
  public var wanted: Int64
  public var granted: Int64
  public var reason: Reason
  public init(
    member: Int32, rule: Int32, purse: Int32 = 0, at: Int64, wanted: Int64, granted: Int64, reason: Reason
  ) {
    self.purse = purse
    self.member = member
    self.rule = rule
    self.at = at
    self.wanted = wanted
    self.granted = granted
    self.reason = reason
  }
}

/// What a member has in a purse at the as-of.
public struct BalanceRecord: Hashable, Sendable {
  public var points: Int64
  /// What awards gave, without those taken back.
  public var earned: Int64
  /// What deductions took.
  public var spent: Int64
  public var expired: Int64
  /// What was taken back beyond the balance and later awards have to pay.
  public var debt: Int64
  public init(points: Int64, earned: Int64, spent: Int64 = 0, expired: Int64 = 0, debt: Int64 = 0) {
    self.points = points
    self.earned = earned
    self.spent = spent
    self.expired = expired
    self.debt = debt
  }
}

/// How much of a community's budget was used in one period.
public struct BudgetUse: Hashable, Sendable {
  /// Index in `TypedProgram.budgets`.
  public var budget: Int32
  /// The number of the period.
  public var period: Int32
  public var used: Int64
  /// What it could not pay.
  public var refused: Int64
  /// The day on which nothing is left: of a period that is over, or has nothing left, when that was; else when it will be
  /// at the pace of the period so far. - Missing: nil if it lasts for the period.
  public var runsDry: Int32?
  public init(budget: Int32, period: Int32, used: Int64, refused: Int64, runsDry: Int32? = nil) {
    self.runsDry = runsDry
    self.budget = budget
    self.period = period
    self.used = used
    self.refused = refused
  }
}

/// A place on a board that has a prize.
public struct BoardPlace: Hashable, Sendable {
  public var rule: Int32
  /// The number of the period.
  public var period: Int32
  /// From 1; equals share one.
  public var place: Int32
  public var member: Int32
  /// Of the first key.
  public var value: Value
  /// What was given, after limits, caps and budgets.
  public var points: Int64
  /// The board's own values of `within`.
  public var group: [Value]
  public init(
    rule: Int32, period: Int32, place: Int32, member: Int32, value: Value, points: Int64, group: [Value] = []
  ) {
    self.group = group
    self.rule = rule
    self.period = period
    self.place = place
    self.member = member
    self.value = value
    self.points = points
  }
}

/// Where a member stands on a ladder at the as-of.
public struct TierRecord: Hashable, Sendable {
  public var tier: Int32
  /// - Missing: nil while the tier never changed.
  public var since: Int64?
  /// The first failing review of the run that grace still covers.
  public var failingSince: Int64?
  public init(tier: Int32, since: Int64?, failingSince: Int64?) {
    self.tier = tier
    self.since = since
    self.failingSince = failingSince
  }
}

/// A member who was promoted or demoted on a ladder.
public struct TierChange: Hashable, Sendable {
  public enum Reason: String, Hashable, Sendable { case promoted, demoted }
  /// Index in `TypedProgram.ladders`.
  public var ladder: Int32
  public var member: Int32
  public var from: Int32
  public var to: Int32
  public var at: Int64
  public var reason: Reason
  public init(ladder: Int32, member: Int32, from: Int32, to: Int32, at: Int64, reason: Reason) {
    self.ladder = ladder
    self.member = member
    self.from = from
    self.to = to
    self.at = at
    self.reason = reason
  }
}

/// One column of `facts.csv`: a `let` or segment about members, a value a member.
public struct FactColumn: Sendable {
  /// Index in `TypedProgram.lets`.
  public var letIndex: Int
  public var type: Type
  public var values: Values
  /// One byte a member, 1 where the value is missing; empty if none is.
  public var missing: [UInt8]
  public enum Values: Sendable {
    case flags([UInt8])
    /// int, time, date, duration, period number, choice, tier and member positions.
    case ints([Int64])
    case numbers([Double])
    case texts([String])
    case lists([[String]])
  }
  public init(letIndex: Int, type: Type, values: Values, missing: [UInt8]) {
    self.letIndex = letIndex
    self.type = type
    self.values = values
    self.missing = missing
  }
}

/// What a run found.
public struct Outcome: Sendable {
  /// - Unit: microseconds since 1970-01-01 00:00 UTC.
  public var asOf: Int64
  /// First day of the daily series. - Unit: days since 1970-01-01.
  public var firstDay: Int32
  /// Events up to the as-of.
  public var eventCount: Int
  /// Members present at the as-of.
  public var presentCount: Int
  /// Per member: 1 if present at the as-of.
  public var presence: [UInt8]
  /// Sorted by (at, member, event, rule name); empty if the run was told not to keep them.
  public var awards: [AwardRecord]
  /// Sorted by (at, member, rule name).
  public var refusals: [RefusalRecord]
  /// Per incentive: awards, points, distinct members.
  public var incentiveTotals: [IncentiveTotal]
  /// Per purse, per member.
  public var balances: [[BalanceRecord]]
  /// Of the community's budgets: by budget, then period.
  public var budgetUses: [BudgetUse]
  /// By rule, period, place, member.
  public var boardPlaces: [BoardPlace]
  /// Per member: the balance of the first purse.
  public var points: [Int64] { balances.first?.map(\.points) ?? [] }
  /// Per ladder, per member.
  public var tiers: [[TierRecord]]
  /// Sorted by (at, member, ladder).
  public var tierChanges: [TierChange]
  public var facts: [FactColumn]
  /// Lets about content items, a value an item.
  public var itemFacts: [FactColumn] = []
  /// The alerts that were looked at, by their index in `TypedProgram.alerts`.
  public var watched: [Int] = []
  /// By alert and whom it is about, those of one in order.
  public var alerts: [AlertRecord] = []
  /// Sorted by (at, alert).
  public var notifications: [AlertNotification] = []
  public var pushRefusals: [PushRefusal] = []
  public var goals: [GoalRecord] = []
  /// By plan, in the order of its phases.
  public var phases: [PhaseRecord] = []
  /// Community `let`s at the as-of: index in `TypedProgram.lets` and value.
  public var communityFacts: [(letIndex: Int, value: Value)]

  /// By index in `TypedProgram.metrics`; nil where the run was not asked for it.
  public var metrics: [CheckSeries?] = []

  public init(asOf: Int64, firstDay: Int32) {
    self.asOf = asOf
    self.firstDay = firstDay
    eventCount = 0
    presentCount = 0
    presence = []
    awards = []
    refusals = []
    incentiveTotals = []
    balances = []
    budgetUses = []
    boardPlaces = []
    tiers = []
    tierChanges = []
    facts = []
    communityFacts = []
  }
}

/// What one incentive gave in all.
public struct IncentiveTotal: Hashable, Sendable {
  public var awards: Int
  public var points: Int64
  public var members: Int
  public init(awards: Int = 0, points: Int64 = 0, members: Int = 0) {
    self.awards = awards
    self.points = points
    self.members = members
  }
}
