/// One member's purse: lots of points that were awarded and not used yet.
///
/// What expires first is used first; what never expires, last; among equals the older first. What is taken back beyond the
/// balance is a debt, which later awards pay before they enter a lot.
struct PurseLedger {
  /// Which award a lot is from: a rule, and the place among what it granted in the batch.
  struct AwardID: Hashable {
    var rule: Int32
    var index: Int32
  }

  private struct Lot {
    var award: AwardID
    var left: Int64
    /// The award may be taken back.
    var isKept: Bool
    /// The last day on which it can be used; `never` for good.
    var lastDay: Int32
  }

  static let never = Int32.max

  /// In the order of use; those before `head` are used up.
  private var lots: [Lot] = []
  private var head = 0
  private(set) var balance: Int64 = 0
  private(set) var debt: Int64 = 0
  private(set) var earned: Int64 = 0
  /// Everything ever awarded: no other sum here is greater.
  private var gross: Int64 = 0
  private(set) var spent: Int64 = 0
  private(set) var expired: Int64 = 0
  /// Awards that 64 bits do not hold: they never came in.
  private var unheld: Set<AwardID> = []
  /// Of awards that may be taken back: what expired unused.
  private var expiredOf: [AwardID: Int64] = [:]

  init() {}

  /// Of a purse that only grows.
  init(awarded points: Int64) {
    balance = points
    earned = points
    gross = points
  }

  /// The last day of the lot that expires next. - Missing: `never`.
  var nextExpiry: Int32 { head < lots.count ? lots[head].lastDay : PurseLedger.never }

  /// - Parameter isKept: the award may be taken back, so its lot stays its own.
  /// - Returns: what entered the balance, after debts; nil where 64 bits do not hold what was earned.
  mutating func award(_ points: Int64, _ award: AwardID, lastDay: Int32, isKept: Bool) -> Int64? {
    let (sum, overflow) = gross.addingReportingOverflow(points)
    if overflow {
      unheld.insert(award)
      return nil
    }
    gross = sum
    earned += points
    let paid = min(debt, points)
    debt -= paid
    let left = points - paid
    balance += left
    if left == 0 { return 0 }
    var place = lots.count
    while place > head, lots[place - 1].lastDay > lastDay { place -= 1 }
    if !isKept, place > head, lots[place - 1].lastDay == lastDay, !lots[place - 1].isKept {
      lots[place - 1].left += left
    } else {
      lots.insert(Lot(award: award, left: left, isKept: isKept, lastDay: lastDay), at: place)
    }
    return left
  }

  /// Drops the lots of the next day of expiry, if it lies before a day.
  /// - Returns: that day, and what is lost with it.
  mutating func expire(before day: Int32) -> (lastDay: Int32, points: Int64)? {
    skipEmpty()
    let lastDay = nextExpiry
    guard lastDay < day else { return nil }
    var lost: Int64 = 0
    while head < lots.count, lots[head].lastDay == lastDay {
      lost += lots[head].left
      if lots[head].left > 0, lots[head].isKept { expiredOf[lots[head].award, default: 0] += lots[head].left }
      lots[head].left = 0
      head += 1
    }
    balance -= lost
    expired += lost
    return (lastDay, lost)
  }

  /// Takes points that are there.
  mutating func spend(_ points: Int64) {
    take(points)
    spent += points
  }

  private mutating func take(_ points: Int64) {
    var wanted = min(points, balance)
    balance -= wanted
    while wanted > 0, head < lots.count {
      let part = min(wanted, lots[head].left)
      lots[head].left -= part
      wanted -= part
      if lots[head].left == 0 { head += 1 }
    }
    compact()
  }

  /// Undoes an award: first what is left of its own lot, then other lots, then a debt.
  /// - Returns: what was taken from the balance, and what became debt.
  mutating func takeBack(_ points: Int64, _ award: AwardID) -> (taken: Int64, debt: Int64) {
    if unheld.remove(award) != nil { return (0, 0) }
    earned -= points
    let owed = points - (expiredOf.removeValue(forKey: award) ?? 0)
    var rest = owed
    if let place = lots[head...].firstIndex(where: { $0.award == award }) {
      let part = min(rest, lots[place].left)
      lots[place].left -= part
      balance -= part
      rest -= part
    }
    let others = min(rest, balance)
    take(others)
    debt += rest - others
    return (owed - (rest - others), rest - others)
  }

  private mutating func skipEmpty() {
    while head < lots.count, lots[head].left == 0 { head += 1 }
  }

  private mutating func compact() {
    skipEmpty()
    if head > 32, head * 2 > lots.count {
      lots.removeFirst(head)
      head = 0
    }
  }
}
