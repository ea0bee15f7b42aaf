@testable import Steward

/// A place in the order of days (LANGUAGE §6): who decides there sees what was decided at smaller ones.
struct NaiveStep: Comparable {
  var day: Int32
  /// 0: `on` rules; 1 to 5: `every` rules, by their unit; from 6: reviews, by the order of ladders.
  var stage: Int

  static func onEvents(_ day: Int32) -> NaiveStep { NaiveStep(day: day, stage: 0) }
  static func every(_ unit: PeriodUnit, _ day: Int32) -> NaiveStep { NaiveStep(day: day, stage: 1 + unit.rawValue) }
  static func review(_ order: Int, _ day: Int32) -> NaiveStep { NaiveStep(day: day, stage: 6 + order) }
  /// After everything.
  static let end = NaiveStep(day: .max, stage: 0)

  static func < (left: NaiveStep, right: NaiveStep) -> Bool { (left.day, left.stage) < (right.day, right.stage) }
}

/// What came into a member's ledger.
struct NaiveEntry {
  enum Change {
    /// Points by purse.
    case award([Int64])
    case deduction(purse: Int, points: Int64)
    /// The places of the member's entries that were undone.
    case takeBack([Int])
  }
  var rule: Int
  var at: Int64
  var step: NaiveStep
  var firing: PlacedEvent?
  var change: Change

  var awarded: [Int64]? {
    if case .award(let points) = change { points } else { nil }
  }
}

/// One purse of one member: lots of points, each with the day on which it goes.
struct NaiveLedger {
  struct Lot {
    /// The entry that brought it.
    var entry: Int
    var points: Int128
    /// The first instant at which it is gone.
    var goneFrom: Int64?
  }
  /// In the order in which they came.
  var lots: [Lot] = []
  var debt: Int128 = 0
  var spent: Int128 = 0
  /// Points that expired unspent, by the entry that brought them.
  var expired: [Int: Int128] = [:]

  var balance: Int128 { lots.reduce(0) { $0 + $1.points } }

  mutating func expire(at instant: Int64) {
    for index in lots.indices where (lots[index].goneFrom ?? .max) <= instant {
      expired[lots[index].entry, default: 0] += lots[index].points
      lots[index].points = 0
    }
    lots.removeAll { $0.points == 0 }
  }

  /// A debt is paid first; only the rest can be spent.
  mutating func award(_ points: Int64, entry: Int, goneFrom: Int64?) {
    let paid = min(debt, Int128(points))
    debt -= paid
    if Int128(points) > paid { lots.append(Lot(entry: entry, points: Int128(points) - paid, goneFrom: goneFrom)) }
  }

  /// Takes what there is, up to so many, those that go first first, the older first. What is left wanting.
  private mutating func take(_ points: Int128) -> Int128 {
    var wanting = points
    let order = lots.indices.sorted { (lots[$0].goneFrom ?? .max, $0) < (lots[$1].goneFrom ?? .max, $1) }
    for index in order {
      let taken = min(wanting, lots[index].points)
      lots[index].points -= taken
      wanting -= taken
    }
    lots.removeAll { $0.points == 0 }
    return wanting
  }

  mutating func deduct(_ points: Int64) {
    spent += Int128(points) - take(Int128(points))
  }

  /// Undoes an award of so many points: what has expired of it is left alone, the rest comes from its own lot, then from
  /// others, then becomes debt. What was taken, debt included.
  mutating func undo(_ points: Int64, entry: Int) -> Int128 {
    let due = Int128(points) - (expired[entry] ?? 0)
    var wanting = due
    for index in lots.indices where lots[index].entry == entry {
      let taken = min(wanting, lots[index].points)
      lots[index].points -= taken
      wanting -= taken
    }
    debt += take(wanting)
    return due
  }
}

extension NaiveEvaluator {
  /// A member's purse as the entries before a step have left it, at an instant not before them.
  func ledger(_ member: Int, _ purse: Int, before step: NaiveStep, at instant: Int64) -> NaiveLedger {
    var ledger = NaiveLedger()
    for (index, entry) in entries[member].enumerated() where entry.step < step {
      // Points go before others come.
      ledger.expire(at: entry.at)
      _ = apply(entry, index, member, purse, &ledger)
    }
    ledger.expire(at: instant)
    return ledger
  }

  /// What an entry takes from a purse by undoing, debt included.
  func apply(
    _ entry: NaiveEntry, _ index: Int, _ member: Int, _ purse: Int, _ ledger: inout NaiveLedger
  ) -> Int128 {
    switch entry.change {
    case .award(let points):
      ledger.award(points[purse], entry: index, goneFrom: goneFrom(entry))
      return 0
    case .deduction(let own, let points):
      if own == purse { ledger.deduct(points) }
      return 0
    case .takeBack(let undone):
      return undone.reduce(0) { taken, award in
        taken + ledger.undo(entries[member][award].awarded?[purse] ?? 0, entry: award)
      }
    }
  }

  /// `expires after 30 days`: the last day is the 30th after that of the award.
  private func goneFrom(_ entry: NaiveEntry) -> Int64? {
    guard let days = program.incentives[entry.rule].expiresAfterDays else { return nil }
    return calendar.start(ofDay: Int32(clamping: Int64(calendar.day(of: entry.at)) + Int64(days) + 1))
  }

  /// The purse at the as-of.
  func balance(_ member: Int, _ purse: Int) throws -> NaiveBalance {
    func int(_ value: Int128) throws -> Int64 {
      guard let int = Int64(exactly: value) else { throw NaiveFault.overflow }
      return int
    }
    var ledger = NaiveLedger()
    for (index, entry) in entries[member].enumerated() {
      ledger.expire(at: entry.at)
      _ = apply(entry, index, member, purse, &ledger)
      // No balance may ever be too large.
      _ = try int(ledger.balance)
    }
    ledger.expire(at: asOf)
    let undone = undoneEntries(member, before: .end)
    let earned = entries[member].enumerated().reduce(Int128(0)) { sum, entry in
      undone.contains(entry.offset) ? sum : sum + Int128(entry.element.awarded?[purse] ?? 0)
    }
    return NaiveBalance(
      points: try int(ledger.balance), earned: try int(earned), spent: try int(ledger.spent),
      expired: try int(ledger.expired.values.reduce(0, +)), debt: try int(ledger.debt))
  }
}
