/// Rules and ladders that read each other's results: decided day by day, for all members of the batch together.
///
/// What does not read standing is evaluated over all history first, a column at a time, as elsewhere. Then each day: what
/// expired is dropped; the rules on that day's events are evaluated as the day began and applied in the order of events;
/// the rules of each period that ends follow, short ones first; ladders are reviewed. What rules outside the loop granted
/// is replayed in its place, so that totals grow in the order of history. Values of periodic rules hold until something
/// that they read changes: an entry marks the checks at which it comes into, and falls out of, their windows.
struct FeedbackLoop {
  private let batch: BatchRun
  private let context: RunContext
  private(set) var decisions: Decisions
  private(set) var boards: [BoardCandidate] = []
  private(set) var tierChanges: [TierChange] = []
  private(set) var standings: [Int: [TierRecord]] = [:]
  private(set) var ledgers: [Int: LedgerRun] = [:]

  private var eventRules: [LoopEvents]
  private var periodicRules: [LoopChecks]
  private var ladders: [LoopLadder]
  private var sinks: [Int: RuleSink]
  private var shared: SharedBudgets
  private var matcher: UndoMatcher
  /// What rules outside the loop granted and the loop's columns need, by (moment, …).
  private var replay: [LedgerRun.Act] = []
  private var nextReplay = 0
  /// Deductions of rules outside the loop that could be paid.
  private var paidOutside: [Int: [Wanted]] = [:]
  private let rules: Set<Int>
  /// Columns that grow as the loop goes on.
  private let live: LiveColumns

  init(_ batch: BatchRun, rules: [Int], ladders: [Int], _ live: LiveColumns, _ decisions: Decisions) {
    self.live = live
    self.batch = batch
    context = batch.context
    self.decisions = decisions
    self.rules = Set(rules)
    let context = batch.context
    eventRules = []
    periodicRules = []
    sinks = [:]
    for rule in rules {
      let planned = context.plan.incentives[rule]
      var sink = RuleSink(rule: rule, batch: batch, isInterleaved: true)
      switch planned.points {
      case .events(let pattern):
        let events = LoopEvents(rule, pattern, batch)
        sink.limitKeys = events.limitKeys
        self.decisions.faults += events.faults
        eventRules.append(events)
      case .checks(let unit):
        periodicRules.append(LoopChecks(rule: rule, unit, batch))
      }
      sinks[rule] = sink
    }
    self.ladders = context.ordered(ladders).map { LoopLadder($0, batch) }
    shared = SharedBudgets(rules, batch)
    matcher = UndoMatcher(targets: live.targets, batch)
    for purse in live.purses { ledgers[purse] = LedgerRun(purse: purse, batch) }
    for ladder in ladders { batch.book.open(ladder: ladder) }
    replay = replayed()
    for place in periodicRules.indices { periodicRules[place].lanes.markKnown() }
    for place in self.ladders.indices { self.ladders[place].checks.markKnown() }
  }

  /// What rules outside the loop granted that its columns, ledgers or undoing need.
  private func replayed() -> [LedgerRun.Act] {
    var acts: [LedgerRun.Act] = []
    for rule in live.rules.sorted() where !rules.contains(rule) {
      for (index, wanted) in decisions.granted[rule].enumerated() {
        acts.append(LedgerRun.Act(wanted: wanted, index: Int32(truncatingIfNeeded: index)))
      }
    }
    let ranks = context.ruleRanks
    acts.sort { left, right in
      left.wanted.key == right.wanted.key
        ? LedgerRun.Act.isBefore(left, right, ranks) : left.wanted.key < right.wanted.key
    }
    return acts
  }

  mutating func run() {
    var days = Set(eventRules.flatMap(\.days))
    for rule in periodicRules { days.formUnion(rule.checks.days) }
    for ladder in ladders { days.formUnion(ladder.checks.checks.days) }
    for act in replay { days.insert(context.calendar.day(of: act.wanted.at)) }
    for day in days.sorted() {
      expire(before: day)
      runEvents(day)
      for unit in PeriodUnit.allCases { runPeriods(unit, day) }
      runReviews(day)
    }
    expire(before: context.calendar.day(of: context.asOf))
    for ladder in ladders { standings[ladder.ladder] = ladder.records }
    for rule in live.rules where matcher.decides(rule) { decisions.dropIdle(rule) }
    for rule in live.rules where !rules.contains(rule) {
      guard let purse = context.program.incentives[rule].deduction?.purse, live.purses.contains(purse) else { continue }
      decisions.granted[rule] = paidOutside[rule] ?? []
    }
  }

  private mutating func expire(before day: Int32) {
    for purse in live.purses {
      guard var ledger = ledgers.removeValue(forKey: purse) else { continue }
      for member in ledger.ledgers.indices where ledger.ledgers[member].nextExpiry < day {
        let expiry = ledger.ledgers[member].nextExpiry
        ledger.expire(member, before: day, batch.book)
        mark(.balance(purse), member, day: expiry &+ 1)
      }
      ledgers[purse] = ledger
    }
  }

  // MARK: Awards

  /// An offer that waits for its turn among those of the day.
  private struct Waiting {
    var act: LedgerRun.Act
    /// Nil where it was decided outside the loop.
    var offer: RuleSink.Offer?
    var amounts: [Int64]
  }

  private mutating func runEvents(_ day: Int32) {
    var waiting: [Waiting] = []
    for place in eventRules.indices {
      let rule = eventRules[place].rule
      guard let frame = eventRules[place].frame(of: day), var sink = sinks[rule] else { continue }
      frame.frame.evaluate(eventRules[place].order)
      let planned = context.plan.incentives[rule]
      let holds = planned.condition.map { frame.frame[$0] }
      let amounts = planned.amounts.compactMap { $0.first.map { frame.frame[$0] } }
      for lane in 0..<frame.frame.count {
        let member = Int(frame.frame.members[lane])
        let offer = RuleSink.Offer(
          member: member, at: frame.frame.moments[lane], day: day, row: frame.frame.firing[lane],
          lane: Int(frame.lanes[lane]))
        guard sink.passes(holds, lane, member, offer.at, &decisions),
          sink.read(amounts, lane, offer, &decisions)
        else { continue }
        waiting.append(Waiting(act: sink.act(of: offer), offer: offer, amounts: sink.amounts))
      }
      sinks[rule] = sink
    }
    apply(waiting, through: EntryKey(context.calendar.end(ofDay: day), .events))
  }

  private mutating func runPeriods(_ unit: PeriodUnit, _ day: Int32) {
    var waiting: [Waiting] = []
    var moment: Int64?
    for place in periodicRules.indices where periodicRules[place].unit == unit {
      guard let check = periodicRules[place].check(on: day) else { continue }
      let at = periodicRules[place].checks.moments[check]
      moment = at
      let rule = periodicRules[place].rule
      guard var sink = sinks[rule] else { continue }
      if context.plan.incentives[rule].keys.isEmpty {
        periodicRules[place].update(check, &decisions)
        for member in 0..<batch.members.count {
          guard let amounts = periodicRules[place].held(member, at) else { continue }
          let offer = RuleSink.Offer(member: member, at: at, day: day, row: -1, lane: 0)
          waiting.append(Waiting(act: sink.act(of: offer), offer: offer, amounts: amounts))
        }
      } else {
        boards += periodicRules[place].candidates(check, &decisions)
        for (offer, amounts) in periodicRules[place].prizes(check, &sink, &decisions) {
          waiting.append(Waiting(act: sink.act(of: offer), offer: offer, amounts: amounts))
        }
      }
      sinks[rule] = sink
    }
    if moment == nil, waiting.isEmpty, nextReplay == replay.count { return }
    apply(waiting, through: EntryKey(context.calendar.end(ofDay: day), Step(unit)))
  }

  /// Decides what waits, in the order of history, and everything replayed up to a key.
  private mutating func apply(_ offers: [Waiting], through key: EntryKey) {
    var waiting = offers
    while nextReplay < replay.count, replay[nextReplay].wanted.key <= key {
      waiting.append(Waiting(act: replay[nextReplay], offer: nil, amounts: []))
      nextReplay += 1
    }
    let ranks = context.ruleRanks
    waiting.sort { LedgerRun.Act.isBefore($0.act, $1.act, ranks) }
    for entry in waiting {
      guard let offer = entry.offer else {
        enter(entry.act)
        continue
      }
      let rule = Int(entry.act.wanted.rule)
      let before = decisions.granted[rule].count
      sinks[rule]?.amounts = entry.amounts
      sinks[rule]?.decide(offer, &shared, &decisions)
      guard decisions.granted[rule].count > before, let granted = decisions.granted[rule].last else { continue }
      enter(LedgerRun.Act(wanted: granted, index: Int32(truncatingIfNeeded: before)))
    }
  }

  /// Brings a granted award into ledgers and columns.
  private mutating func enter(_ act: LedgerRun.Act) {
    let rule = Int(act.wanted.rule)
    let member = Int(act.wanted.member)
    let effect = context.effects[rule]
    let isNew = rules.contains(rule)
    if !matcher.isEmpty { matcher.apply(act, &decisions, batch.book) }
    // What takes nothing back has not happened.
    if effect.takesBack != nil, matcher.decides(rule),
      decisions.undoes[rule]?[Int(act.index)].isEmpty ?? true
    {
      return
    }
    for purse in live.purses where ledgers[purse]?.touches(rule) == true {
      let paid = ledgers[purse]?.apply(act, &decisions, batch.book)
      mark(.balance(purse), member, act.wanted.at)
      mark(.spent(purse, .all), member, act.wanted.at)
      guard effect.deducts != nil else { continue }
      if isNew { decisions.granted[rule].removeLast() }
      guard let paid else { return }
      if isNew { decisions.granted[rule].append(paid) } else { paidOutside[rule, default: []].append(paid) }
    }
    for (index, purse) in effect.purses.enumerated() where live.columns.contains(.earned(purse)) {
      batch.book.add(decisions.points(act.wanted, index), to: .earned(purse), member, act.wanted.key)
    }
    if live.columns.contains(.awards(rule)) { batch.book.add(1, to: .awards(rule), member, act.wanted.key) }
    if live.hasBadges, effect.hasBadge { batch.book.addBadge(of: rule, member, act.wanted.key) }
    markReaders(of: rule, member, act.wanted.at)
  }

  private mutating func markReaders(of rule: Int, _ member: Int, _ at: Int64) {
    let effect = context.effects[rule]
    for purse in effect.purses { mark(.earned(purse, .all), member, at) }
    mark(.awards(rule, .all), member, at)
    if effect.hasBadge { mark(.badges, member, at) }
    if let target = effect.takesBack { markReaders(of: target, member, at) }
  }

  private mutating func mark(_ standing: Standing, _ member: Int, _ at: Int64) {
    mark(standing, member, day: context.calendar.day(of: at))
  }

  /// Marks the checks at which an entry of a day changes what periodic rules and ladders read.
  private mutating func mark(_ standing: Standing, _ member: Int, day: Int32) {
    for place in periodicRules.indices { periodicRules[place].lanes.mark(standing, member, day) }
    for place in ladders.indices { ladders[place].checks.mark(standing, member, day) }
  }

  // MARK: Ladders

  private mutating func runReviews(_ day: Int32) {
    for place in ladders.indices {
      guard let check = ladders[place].checks.check(on: day) else { continue }
      let changes = ladders[place].review(check, &decisions)
      let ladder = ladders[place].ladder
      for change in changes {
        let member = Int(change.member) - batch.members.lowerBound
        batch.book.add(
          StandingBook.TierEntry(key: EntryKey(change.at, .review), at: change.at, tier: change.to), ladder: ladder,
          member)
        mark(.tier(ladder), member, change.at)
      }
      tierChanges += changes
    }
  }
}

/// The columns of standing that grow while a loop runs.
struct LiveColumns {
  private(set) var columns: Set<StandingBook.Column> = []
  private(set) var hasBadges = false
  /// Purses whose ledger runs in the loop.
  private(set) var purses: [Int] = []
  /// Rules whose awards the columns, ledgers and undoing need, inside the loop or decided before it.
  private(set) var rules: Set<Int> = []
  /// Of these, those whose awards may be taken back: in the loop, or decided before it together with what takes them back.
  private(set) var targets: [Int] = []
  private(set) var decidedTargets: [Int] = []

  init(rules inside: [Int], ladders: [Int], _ batch: BatchRun) {
    let context = batch.context
    let incentives = context.program.incentives
    let nodes =
      inside.flatMap { context.incentiveOrders[$0] } + ladders.flatMap { context.ladderOrders[$0] }
    var purses: Set<Int> = []
    for node in nodes {
      guard case .standing(let standing) = context.plan.nodes[node].op else { continue }
      switch standing {
      case .balance(let purse), .spent(let purse, _):
        if !batch.book.has(.balance(purse)) { purses.insert(purse) }
      case .earned(let purse, _):
        if !batch.book.has(.earned(purse)) { columns.insert(.earned(purse)) }
      case .awards(let rule, _), .lastAward(let rule):
        if batch.book.has(.awards(rule)) { continue }
        columns.insert(.awards(rule))
        if let purse = incentives[rule].deduction?.purse, !batch.book.has(.balance(purse)) { purses.insert(purse) }
      case .badges: hasBadges = hasBadges || batch.book.badges == nil
      case .tier, .tierSince: break
      }
    }
    self.purses = purses.sorted()
    for purse in self.purses { columns.formUnion([.balance(purse), .spent(purse)]) }
    for column in columns { batch.book.open(column) }
    if hasBadges { batch.book.openBadges() }
    findRules(inside, context)
  }

  private mutating func findRules(_ inside: [Int], _ context: RunContext) {
    for (index, rule) in context.program.incentives.enumerated() {
      let isRead =
        columns.contains(.awards(index)) || hasBadges && rule.badge != nil
        || rule.amounts.contains { columns.contains(.earned($0.purse)) }
        || purses.contains { context.touches(index, $0) }
      if isRead {
        for rule in [index, rule.takeBack?.rule ?? index] {
          rules.insert(rule)
          rules.formUnion(context.undoers(of: rule))
        }
      }
    }
    for rule in rules.sorted() where !context.undoers(of: rule).isEmpty {
      let isDecided = !([rule] + context.undoers(of: rule)).contains { inside.contains($0) }
      if isDecided { decidedTargets.append(rule) } else { targets.append(rule) }
    }
  }
}
