/// The ledger of one purse in one batch: awards become lots, deductions and takings back are paid from them.
///
/// Awards, deductions and takings back of a member are applied in the order (moment, step, event, rule name); lots that
/// expired before a day are dropped before anything of that day. A purse that nothing is ever taken from needs no lots.
struct LedgerRun {
  let purse: Int
  private let batch: BatchRun
  private let program: TypedProgram
  private(set) var ledgers: [PurseLedger]
  /// Its lots, deductions and debts are kept; else only what was awarded.
  private let hasLots: Bool

  init(purse: Int, _ batch: BatchRun) {
    self.purse = purse
    self.batch = batch
    program = batch.context.program
    ledgers = Array(repeating: PurseLedger(), count: batch.members.count)
    hasLots = !batch.context.onlyGrows(purse)
  }

  /// Something that a rule did to a member.
  struct Act {
    var wanted: Wanted
    /// Place among what the rule granted.
    var index: Int32

    /// - Parameter ranks: the places of the rules by name.
    static func isBefore(_ left: Act, _ right: Act, _ ranks: [Int]) -> Bool {
      let (a, b) = (left.wanted, right.wanted)
      if a.member != b.member { return a.member < b.member }
      if a.key != b.key { return a.key < b.key }
      if a.order != b.order { return a.order < b.order }
      return ranks[Int(a.rule)] < ranks[Int(b.rule)]
    }
  }

  /// Runs all history of the members at once.
  mutating func run(_ decisions: inout Decisions, _ book: StandingBook) {
    if !hasLots, !batch.context.readsBalanceInHistory(purse), addUp(decisions) {
      book.fill(.balance(purse), ledgers.map { [StandingBook.Entry(key: .start, total: $0.balance)] })
      return
    }
    var acts: [Act] = []
    for rule in program.incentives.indices where touches(rule) {
      acts.reserveCapacity(acts.count + decisions.granted[rule].count)
      for (index, wanted) in decisions.granted[rule].enumerated() {
        acts.append(Act(wanted: wanted, index: Int32(truncatingIfNeeded: index)))
      }
    }
    let ranks = batch.context.ruleRanks
    acts.sort { Act.isBefore($0, $1, ranks) }
    if !hasLots {
      grow(acts, &decisions, book)
      return
    }
    var paid: [Int: [Wanted]] = [:]
    for rule in program.incentives.indices where program.incentives[rule].deduction?.purse == purse { paid[rule] = [] }
    var cursor = DayCursor(batch.context.calendar)
    for act in acts {
      let rule = Int(act.wanted.rule)
      expire(Int(act.wanted.member), before: cursor.day(of: act.wanted.at), book)
      if let taken = apply(act, &decisions, book) { paid[rule]?.append(taken) }
    }
    for (rule, wanted) in paid { decisions.granted[rule] = wanted }
    let lastDay = batch.context.calendar.day(of: batch.context.asOf)
    for member in ledgers.indices { expire(member, before: lastDay, book) }
  }

  /// Adds up a purse that only grows, in any order; false, and nothing kept, if 64 bits do not hold a sum.
  private mutating func addUp(_ decisions: Decisions) -> Bool {
    var sums = [Int64](repeating: 0, count: ledgers.count)
    for rule in program.incentives.indices {
      guard let amount = batch.context.amountOfRule(rule, purse) else { continue }
      for wanted in decisions.granted[rule] {
        let (sum, overflow) = sums[Int(wanted.member)].addingReportingOverflow(decisions.points(wanted, amount))
        if overflow { return false }
        sums[Int(wanted.member)] = sum
      }
    }
    for (member, sum) in sums.enumerated() { ledgers[member] = PurseLedger(awarded: sum) }
    return true
  }

  /// Runs the awards of a purse that only grows: their running sum is the balance.
  private mutating func grow(_ acts: [Act], _ decisions: inout Decisions, _ book: StandingBook) {
    var entries: [[StandingBook.Entry]] = Array(repeating: [], count: ledgers.count)
    let amounts = program.incentives.indices.map { batch.context.amountOfRule($0, purse) ?? 0 }
    for act in acts {
      let member = Int(act.wanted.member)
      let before = ledgers[member].balance
      let points = decisions.points(act.wanted, amounts[Int(act.wanted.rule)])
      let (sum, overflow) = before.addingReportingOverflow(points)
      if overflow {
        report(act, &decisions)
        continue
      }
      ledgers[member] = PurseLedger(awarded: sum)
      if points > 0 { entries[member].append(StandingBook.Entry(key: act.wanted.key, total: sum)) }
    }
    book.fill(.balance(purse), entries)
  }

  private func report(_ act: Act, _ decisions: inout Decisions) {
    let typed = program.incentives[Int(act.wanted.rule)]
    decisions.faults.append(
      RunFault(
        kind: .tooManyPoints, name: typed.name, span: typed.span,
        member: batch.members.lowerBound + Int(act.wanted.member), moment: act.wanted.at))
  }

  func touches(_ rule: Int) -> Bool { batch.context.touches(rule, purse) }

  /// By place in the batch.
  var records: [BalanceRecord] {
    ledgers.map {
      BalanceRecord(
        points: $0.balance, earned: $0.earned, spent: $0.spent, expired: $0.expired, debt: $0.debt)
    }
  }

  /// Drops what has expired before a day.
  mutating func expire(_ member: Int, before day: Int32, _ book: StandingBook) {
    while let (lastDay, points) = ledgers[member].expire(before: day) {
      if points == 0 { continue }
      let at = batch.context.calendar.start(ofDay: lastDay &+ 1)
      batch.trace?.expire(DecisionTrace.Expiry(member: member, purse: purse, at: at, points: points))
      book.add(0 &- points, to: .balance(purse), member, EntryKey(at, .expiry))
    }
  }

  /// Applies what a rule does.
  /// - Returns: a deduction that was paid, with what it took.
  mutating func apply(_ act: Act, _ decisions: inout Decisions, _ book: StandingBook) -> Wanted? {
    let rule = Int(act.wanted.rule)
    let effect = batch.context.effects[rule]
    if effect.deducts != nil { return deduct(act.wanted, &decisions, book) }
    if let target = effect.takesBack {
      takeBack(act, target, &decisions, book)
    } else if let amount = batch.context.amountOfRule(rule, purse) {
      award(act, decisions.points(act.wanted, amount), effect, &decisions, book)
    }
    return nil
  }

  private mutating func award(
    _ act: Act, _ points: Int64, _ effect: RuleEffect, _ decisions: inout Decisions, _ book: StandingBook
  ) {
    let member = Int(act.wanted.member)
    var lastDay = PurseLedger.never
    if let days = effect.expiresAfter {
      let (day, overflow) = batch.context.calendar.day(of: act.wanted.at).addingReportingOverflow(days)
      if !overflow { lastDay = day }
    }
    let id = PurseLedger.AwardID(rule: act.wanted.rule, index: act.index)
    guard let entered = ledgers[member].award(points, id, lastDay: lastDay, isKept: !effect.undoers.isEmpty) else {
      report(act, &decisions)
      return
    }
    if entered < points { batch.trace?.payDebt(act.wanted, purse: purse, points - entered) }
    if entered > 0 { book.add(entered, to: .balance(purse), member, act.wanted.key) }
  }

  private mutating func deduct(
    _ wanted: Wanted, _ decisions: inout Decisions, _ book: StandingBook
  ) -> Wanted? {
    let member = Int(wanted.member)
    var taken = wanted
    if ledgers[member].balance < wanted.points {
      guard program.incentives[Int(wanted.rule)].deduction?.isUpTo == true else {
        decisions.refusals.append(
          RefusalRecord(
            member: Int32(truncatingIfNeeded: batch.members.lowerBound + member), rule: wanted.rule,
            purse: Int32(truncatingIfNeeded: purse), at: wanted.at, wanted: wanted.points, granted: 0,
            reason: .shortfall))
        return nil
      }
      taken.points = ledgers[member].balance
      if taken.points == 0 { return nil }
    }
    ledgers[member].spend(taken.points)
    book.add(0 &- taken.points, to: .balance(purse), member, wanted.key)
    book.add(taken.points, to: .spent(purse), member, wanted.key)
    decisions.taken.append(batch.record(taken, purse: purse, points: 0 &- taken.points))
    return taken
  }

  private mutating func takeBack(_ act: Act, _ target: Int, _ decisions: inout Decisions, _ book: StandingBook) {
    guard let amount = batch.context.amountOfRule(target, purse) else { return }
    let undone = decisions.undoes[Int(act.wanted.rule)] ?? []
    guard undone.indices.contains(Int(act.index)) else { return }
    let member = Int(act.wanted.member)
    var total: Int64 = 0
    var fromBalance: Int64 = 0
    for index in undone[Int(act.index)] where decisions.granted[target].indices.contains(Int(index)) {
      let points = decisions.points(decisions.granted[target][Int(index)], amount)
      let id = PurseLedger.AwardID(rule: Int32(truncatingIfNeeded: target), index: index)
      let (taken, debt) = ledgers[member].takeBack(points, id)
      total += taken + debt
      fromBalance += taken
    }
    if fromBalance > 0 { book.add(0 &- fromBalance, to: .balance(purse), member, act.wanted.key) }
    if !undone[Int(act.index)].isEmpty {
      decisions.taken.append(batch.record(act.wanted, purse: purse, points: 0 &- total))
    }
  }
}

/// Which awards a rule takes back: those of its target by the same attributes that nothing has taken back yet.
struct UndoIndex {
  let rule: Int
  let target: Int
  private let same: [Int]
  private var open: [Key: [Int32]] = [:]

  private struct Key: Hashable {
    var member: Int32
    var values: [Int64]
  }

  init(rule: Int, target: Int, same: [Int]) {
    self.rule = rule
    self.target = target
    self.same = same
  }

  /// Enters an award of the target; one whose event lacks an attribute can never be taken back.
  mutating func enter(_ award: Wanted, _ index: Int, _ batch: BatchRun) {
    guard let key = key(award, batch) else { return }
    open[key, default: []].append(Int32(truncatingIfNeeded: index))
  }

  /// The awards that a refund undoes, as indices among what the target granted.
  mutating func take(_ refund: Wanted, _ batch: BatchRun) -> [Int32] {
    guard let key = key(refund, batch) else { return [] }
    return open.removeValue(forKey: key) ?? []
  }

  private func key(_ wanted: Wanted, _ batch: BatchRun) -> Key? {
    let keys = GroupKeys(rows: [wanted.row], attributes: same, batch)
    return wanted.row >= 0 && keys.isComplete(0) ? Key(member: wanted.member, values: keys.values(0)) : nil
  }
}
