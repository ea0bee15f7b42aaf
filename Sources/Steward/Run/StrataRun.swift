/// The rules and ladders of one batch, stratum by stratum: each is decided over all history once everything that it reads is
/// known; what reads itself goes day by day.
struct StrataRun {
  private let batch: BatchRun
  private let context: RunContext
  private(set) var decisions: Decisions
  private(set) var boards: [BoardCandidate] = []
  private(set) var tierChanges: [TierChange] = []
  /// By ladder, then by place in the batch: where each member stands at the as-of.
  private(set) var standings: [[TierRecord]]
  /// By purse.
  private(set) var ledgers: [Int: LedgerRun] = [:]
  /// The stratum in which a rule met a fault; those after it were not run.
  private(set) var stoppedAt: Int?

  init(_ batch: BatchRun) {
    self.batch = batch
    context = batch.context
    decisions = Decisions(ruleCount: context.program.incentives.count)
    standings = context.program.ladders.map { _ in
      Array(repeating: TierRecord(tier: 0, since: nil, failingSince: nil), count: batch.members.count)
    }
  }

  mutating func run() {
    var incentives = Incentives(batch)
    for (index, stratum) in context.plan.strata.enumerated() {
      switch stratum {
      case .rules(let rules):
        prepare(rules.flatMap { context.incentiveOrders[$0] })
        boards += incentives.decide(rules, &decisions)
      case .ladder(let ladder):
        prepare(context.ladderOrders[ladder])
        review(ladder)
      case .loop(let rules, let ladders):
        prepare(
          rules.flatMap { context.incentiveOrders[$0] } + ladders.flatMap { context.ladderOrders[$0] },
          exceptThoseOf: rules)
        let live = LiveColumns(rules: rules, ladders: ladders, batch)
        for target in live.decidedTargets { matchUndoes(of: target) }
        var loop = FeedbackLoop(batch, rules: rules, ladders: ladders, live, decisions)
        loop.run()
        decisions = loop.decisions
        boards += loop.boards
        tierChanges += loop.tierChanges
        for (ladder, records) in loop.standings { standings[ladder] = records }
        ledgers.merge(loop.ledgers) { _, new in new }
      }
      if !decisions.faults.isEmpty {
        stoppedAt = index
        return
      }
    }
    for purse in context.program.schema.purses.indices { settle(purse) }
    if !decisions.faults.isEmpty { stoppedAt = context.plan.strata.count }
  }

  /// Makes the columns of standing that some nodes read.
  /// - Parameter rules: those whose results are not known yet; columns that they fill are left to the loop.
  mutating func prepare(_ nodes: [Int], exceptThoseOf rules: [Int] = []) {
    for node in nodes {
      guard case .standing(let standing) = context.plan.nodes[node].op else { continue }
      switch standing {
      case .balance(let purse), .spent(let purse, _):
        if batch.book.has(.balance(purse)) || rules.contains(where: { context.touches($0, purse) }) { continue }
        settle(purse)
      case .earned(let purse, _):
        fill(.earned(purse), context.program.incentives.indices.filter { context.gives($0, purse) }, rules)
      case .awards(let rule, _), .lastAward(let rule):
        if let purse = context.program.incentives[rule].deduction?.purse {
          // Which deductions were paid is known with the ledger.
          if rules.contains(where: { context.touches($0, purse) }) { continue }
          settle(purse)
        }
        fill(.awards(rule), [rule], rules)
      case .badges: fillBadges(rules)
      case .tier, .tierSince: break
      }
    }
  }

  /// Adds up what some rules granted, if all of them are decided.
  private mutating func fill(_ column: StandingBook.Column, _ givers: [Int], _ open: [Int]) {
    let targets = givers + givers.compactMap { context.program.incentives[$0].takeBack?.rule }
    let undoers = targets.flatMap { context.undoers(of: $0) }
    if batch.book.has(column) || (targets + undoers).contains(where: { open.contains($0) }) { return }
    for target in targets { matchUndoes(of: target) }
    batch.book.open(column)
    for act in acts(of: givers) {
      batch.book.add(amount(of: act, in: column), to: column, Int(act.wanted.member), act.wanted.key)
    }
  }

  private func amount(of act: LedgerRun.Act, in column: StandingBook.Column) -> Int64 {
    guard case .earned(let purse) = column else { return 1 }
    return context.amountOfRule(Int(act.wanted.rule), purse).map { decisions.points(act.wanted, $0) } ?? 0
  }

  private mutating func fillBadges(_ open: [Int]) {
    let givers = context.program.incentives.indices.filter { context.program.incentives[$0].badge != nil }
    let undoers = givers.flatMap { context.undoers(of: $0) }
    if batch.book.badges != nil || (givers + undoers).contains(where: { open.contains($0) }) { return }
    for giver in givers { matchUndoes(of: giver) }
    batch.book.openBadges()
    for act in acts(of: givers) {
      batch.book.addBadge(of: Int(act.wanted.rule), Int(act.wanted.member), act.wanted.key)
    }
  }

  /// What some rules granted, in the order of the ledger.
  private func acts(of rules: [Int]) -> [LedgerRun.Act] {
    var acts: [LedgerRun.Act] = []
    for rule in rules {
      for (index, wanted) in decisions.granted[rule].enumerated() {
        acts.append(LedgerRun.Act(wanted: wanted, index: Int32(truncatingIfNeeded: index)))
      }
    }
    if rules.count > 1 {
      let ranks = context.ruleRanks
      acts.sort { LedgerRun.Act.isBefore($0, $1, ranks) }
    }
    return acts
  }

  /// Finds which awards of a rule are taken back, by which refund.
  private mutating func matchUndoes(of target: Int) {
    let undoers = context.undoers(of: target)
    if undoers.isEmpty || undoers.allSatisfy({ decisions.undoes[$0] != nil }) { return }
    var matcher = UndoMatcher(targets: [target], batch)
    for undoer in undoers { decisions.undoes[undoer] = Array(repeating: [], count: decisions.granted[undoer].count) }
    for act in acts(of: [target] + undoers) { matcher.apply(act, &decisions, batch.book) }
    for undoer in undoers { decisions.dropIdle(undoer) }
  }

  /// Runs the ledger of a purse, unless a loop did.
  private mutating func settle(_ purse: Int) {
    if ledgers[purse] != nil { return }
    let incentives = context.program.incentives
    for rule in incentives.indices where context.gives(rule, purse) { matchUndoes(of: rule) }
    var ledger = LedgerRun(purse: purse, batch)
    if context.readsBalance(purse) {
      batch.book.open(.balance(purse))
      batch.book.open(.spent(purse))
    }
    ledger.run(&decisions, batch.book)
    ledgers[purse] = ledger
  }

  private mutating func review(_ ladder: Int) {
    var tiers = Tiers(batch)
    tiers.review(ladder)
    decisions.faults += tiers.faults
    standings[ladder] = tiers.records
    batch.book.open(ladder: ladder)
    for change in tiers.changes {
      batch.book.add(
        StandingBook.TierEntry(key: EntryKey(change.at, .review), at: change.at, tier: change.to), ladder: ladder,
        Int(change.member) - batch.members.lowerBound)
    }
    tierChanges += tiers.changes
  }
}

/// Which awards each refund undoes, as the history goes on.
struct UndoMatcher {
  private let batch: BatchRun
  private var indexes: [UndoIndex] = []
  private var gone: Set<PurseLedger.AwardID> = []

  /// - Parameter targets: the rules whose awards may be taken back.
  init(targets: [Int], _ batch: BatchRun) {
    self.batch = batch
    for target in targets {
      for rule in batch.context.undoers(of: target) {
        let same = batch.context.program.incentives[rule].takeBack?.same ?? []
        indexes.append(UndoIndex(rule: rule, target: target, same: same))
      }
    }
  }

  var isEmpty: Bool { indexes.isEmpty }

  /// Whether it finds what a rule takes back.
  func decides(_ rule: Int) -> Bool { indexes.contains { $0.rule == rule } }

  /// Enters an award, or finds what a refund undoes; then `decisions.undoes` has an entry for it.
  mutating func apply(_ act: LedgerRun.Act, _ decisions: inout Decisions, _ book: StandingBook) {
    let rule = Int(act.wanted.rule)
    for place in indexes.indices {
      if indexes[place].target == rule { indexes[place].enter(act.wanted, Int(act.index), batch) }
      guard indexes[place].rule == rule else { continue }
      let target = indexes[place].target
      let found = indexes[place].take(act.wanted, batch).filter {
        gone.insert(PurseLedger.AwardID(rule: Int32(truncatingIfNeeded: target), index: $0)).inserted
      }
      while decisions.undoes[rule, default: []].count <= Int(act.index) {
        decisions.undoes[rule, default: []].append([])
      }
      decisions.undoes[rule, default: []][Int(act.index)] = found
      for index in found where decisions.granted[target].indices.contains(Int(index)) {
        let award = decisions.granted[target][Int(index)]
        let amounts = batch.context.program.incentives[target].amounts
        book.add(
          StandingBook.Undone(
            award: award.key, since: act.wanted.key, rule: target,
            points: amounts.enumerated().map { ($0.element.purse, decisions.points(award, $0.offset)) }),
          Int(act.wanted.member))
      }
    }
  }
}
