@testable import Steward

// What the naive evaluator found: records of its own.

/// What a purse got or lost: negative for a deduction and for what was taken back.
///
/// An award of several purses is several of these; one of a badge alone has 0 points of the first purse.
struct NaiveAward: Hashable {
  var member: Int
  var rule: Int
  var at: Int64
  var purse = 0
  var points: Int64
  /// Row of the firing event, or -1.
  var event: Int
  /// Taken back later.
  var isUndone = false
}

struct NaiveRefusal: Hashable {
  var member: Int
  var rule: Int
  var at: Int64
  var purse = 0
  var wanted: Int64
  var granted: Int64
  var reason: RefusalRecord.Reason
}

struct NaiveTier: Hashable {
  var tier = 0
  var since: Int64?
  var failingSince: Int64?
}

struct NaiveTierChange: Hashable {
  var ladder: Int
  var member: Int
  var from: Int
  var to: Int
  var at: Int64
}

struct NaiveBalance: Hashable {
  /// In live lots.
  var points: Int64 = 0
  /// Awarded and not taken back.
  var earned: Int64 = 0
  var spent: Int64 = 0
  var expired: Int64 = 0
  var debt: Int64 = 0
}

/// Somebody who got a place with a prize.
struct NaiveBoardPlace: Hashable {
  var rule: Int
  var at: Int64
  /// From 1.
  var place: Int
  var member: Int
  /// Of the first key.
  var value: Value
  /// What was given of the rule's first amount.
  var points: Int64 = 0
}

/// What a community budget paid, and what it was asked for in vain, in one of its periods.
struct NaiveBudgetUse: Hashable {
  var budget: Int
  /// By its number.
  var period: Int32
  var used: Int128 = 0
  var refused: Int128 = 0
}

struct NaiveError: Hashable {
  /// The incentive, ladder or `let`.
  var rule: String
  var member: Int?
  var at: Int64
  var fault: NaiveFault
}

struct NaiveOutcome {
  var firstDay: Int32
  var awards: [NaiveAward] = []
  var refusals: [NaiveRefusal] = []
  /// Per member.
  var badges: [[String]] = []
  /// Per purse, per member.
  var balances: [[NaiveBalance]] = []
  var boards: [NaiveBoardPlace] = []
  /// By budget and period.
  var budgetUses: [NaiveBudgetUse] = []
  /// Per ladder, per member.
  var tiers: [[NaiveTier]] = []
  var tierChanges: [NaiveTierChange] = []
  /// Per `let` about members, per member; empty for the others.
  var facts: [[Value]] = []
  /// Per `let` about items, per item; empty for the others.
  var itemFacts: [[Value]] = []
  /// Per `let` about the community; missing for the others.
  var communityFacts: [Value] = []
  /// Per metric its groups, and for each a value at every check.
  var metrics: [[(group: Value, values: [Value])]] = []
  var errors: [NaiveError] = []

  /// Balances of the first purse.
  var points: [Int64] { balances.first?.map(\.points) ?? [] }
}
