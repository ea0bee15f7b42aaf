/// Why the sinks and ledgers of a batch decided as they did; kept only for explanations, and changes nothing.
final class DecisionTrace {
  /// Where an offer ended that gave nothing.
  enum Stop: Hashable, Sendable {
    /// By its index in the rule's limits.
    case limit(Int)
    /// The moment of the award since which too little time has passed.
    case cooldown(last: Int64)
    /// Nothing was left of it, or it was worth nothing to begin with.
    case nothing
    /// A budget of the community could not pay it.
    case refused
  }

  /// What a cap or a member's budget left of an amount.
  struct Cut: Hashable, Sendable {
    /// Index in the rule's amounts.
    var amount: Int
    var from: Int64
    var to: Int64
    var reason: RefusalRecord.Reason
  }

  /// An offer for which everything that the rule asks holds, and what became of it.
  struct Decision: Hashable, Sendable {
    /// Place in the batch.
    var member: Int
    var rule: Int
    var at: Int64
    /// Event row of the batch, or -1.
    var row: Int32
    /// On a board; 0 elsewhere.
    var place: Int32
    /// By the rule's amounts: what it was worth, and what was given.
    var wanted: [Int64]
    var given: [Int64] = []
    var cuts: [Cut] = []
    var stop: Stop?
  }

  /// Points that were not used in time.
  struct Expiry: Hashable, Sendable {
    var member: Int
    var purse: Int
    /// The first instant without them.
    var at: Int64
    var points: Int64
  }

  /// What an award paid of a debt before it came in.
  struct Payment: Hashable, Sendable {
    var member: Int
    var purse: Int
    var rule: Int
    var at: Int64
    var row: Int32
    var points: Int64
  }

  private(set) var decisions: [Decision] = []
  private(set) var expiries: [Expiry] = []
  private(set) var payments: [Payment] = []

  func begin(_ rule: Int, _ offer: RuleSink.Offer, _ wanted: [Int64]) {
    decisions.append(
      Decision(
        member: offer.member, rule: rule, at: offer.at, row: offer.row, place: offer.place, wanted: wanted))
  }

  func cut(_ cut: Cut) { if !decisions.isEmpty { decisions[decisions.count - 1].cuts.append(cut) } }

  func stop(_ stop: Stop) { if !decisions.isEmpty { decisions[decisions.count - 1].stop = stop } }

  func give(_ amounts: [Int64]) { if !decisions.isEmpty { decisions[decisions.count - 1].given = amounts } }

  func expire(_ expiry: Expiry) { expiries.append(expiry) }

  func payDebt(_ wanted: Wanted, purse: Int, _ points: Int64) {
    payments.append(
      Payment(
        member: Int(wanted.member), purse: purse, rule: Int(wanted.rule), at: wanted.at, row: wanted.row,
        points: points))
  }
}
