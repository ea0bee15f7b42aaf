/// The incentives of one batch that nothing feeds back to: their points over all history, then for each member in order
/// what limits, cooldown and caps leave.
///
/// A rule on its own is decided over its own lanes. Rules that share a member's budget are decided together, their offers
/// in the order of a member's history.
struct Incentives {
  private let batch: BatchRun
  private var eventFrames: [Int: EventFrame] = [:]

  init(_ batch: BatchRun) { self.batch = batch }

  /// Decides some rules, and gives the candidates of their boards.
  mutating func decide(_ rules: [Int], _ decisions: inout Decisions) -> [BoardCandidate] {
    var shared = SharedBudgets(rules, batch)
    if rules.count > 1 {
      return decideTogether(rules, &shared, &decisions)
    }
    guard let rule = rules.first else { return [] }
    let planned = batch.context.plan.incentives[rule]
    guard planned.isWanted else { return [] }
    var sink = RuleSink(rule: rule, batch: batch, isInterleaved: false)
    switch planned.points {
    case .events(let pattern):
      let fired = eventFrame(pattern)
      reportPatternFaults(rule, fired, &decisions)
      let frame = fired.frame
      if frame.count == 0 { return [] }
      frame.evaluate(batch.context.incentiveOrders[rule])
      if decidePlainly(planned, frame, nil, sink, shared, &decisions) { return [] }
      sink.limitKeys = limitKeys(rule, frame)
      forEachOffer(planned, frame, &decisions, &sink) { offer, sink, decisions in
        sink.decide(offer, &shared, &decisions)
      }
    case .checks(let unit):
      if !planned.keys.isEmpty {
        let board = BoardRun(rule, batch).history(unit, &sink, &decisions)
        for (offer, amounts) in board.offers {
          sink.amounts = amounts
          sink.decide(offer, &shared, &decisions)
        }
        return board.candidates
      }
      let points = checkPoints(rule, planned, unit)
      if points.count == 0 { return [] }
      let frame = points.frame(batch)
      frame.evaluate(batch.context.incentiveOrders[rule])
      if decidePlainly(planned, frame, points, sink, shared, &decisions) { return [] }
      forEachCheck(planned, points, frame, &decisions, &sink) { offer, sink, decisions in
        sink.decide(offer, &shared, &decisions)
      }
    }
    return []
  }

  /// Decides a rule whose limits and caps go by periods. - Missing: false, and nothing done, if there is more to it.
  private func decidePlainly(
    _ planned: PlanIncentive, _ frame: Frame, _ checks: CheckPoints?, _ sink: RuleSink, _ shared: SharedBudgets,
    _ decisions: inout Decisions
  ) -> Bool {
    guard planned.amounts.count == 1, let amount = planned.amounts[0].first, let plain = sink.periodSink(shared)
    else { return false }
    let lanes = PeriodSink.Lanes(
      holds: planned.condition.map { frame[$0] }, points: frame[amount], frame: frame, checks: checks)
    if !lanes.arePlain { return false }
    plain.decide(lanes, &decisions)
    return true
  }

  // MARK: Rules on events

  private func forEachOffer(
    _ planned: PlanIncentive, _ frame: Frame, _ decisions: inout Decisions, _ sink: inout RuleSink,
    _ body: (RuleSink.Offer, inout RuleSink, inout Decisions) -> Void
  ) {
    let holds = planned.condition.map { frame[$0] }
    let amounts = planned.amounts.compactMap { $0.first.map { frame[$0] } }
    for lane in 0..<frame.count {
      let member = Int(frame.members[lane])
      guard sink.passes(holds, lane, member, frame.moments[lane], &decisions) else { continue }
      let offer = RuleSink.Offer(
        member: member, at: frame.moments[lane], day: frame.days[lane], row: frame.firing[lane], lane: lane)
      guard sink.read(amounts, lane, offer, &decisions) else { continue }
      body(offer, &sink, &decisions)
    }
  }

  private func limitKeys(_ rule: Int, _ frame: Frame) -> [GroupKeys?] {
    batch.context.program.incentives[rule].limits.map { limit in
      guard case .attribute(let attribute) = limit.per else { return nil }
      return GroupKeys(rows: frame.firing, attributes: [attribute], batch)
    }
  }

  /// The rows that fire a pattern: its matches, but those of members who had left. Rules of one pattern share the frame.
  private mutating func eventFrame(_ pattern: Int) -> EventFrame {
    if let known = eventFrames[pattern] { return known }
    let made = EventFrame(pattern, batch)
    eventFrames[pattern] = made
    return made
  }

  private func reportPatternFaults(_ rule: Int, _ frame: EventFrame, _ decisions: inout Decisions) {
    let typed = batch.context.program.incentives[rule]
    for row in frame.faults {
      decisions.faults.append(
        RunFault(
          kind: .overflow, name: typed.name, span: typed.span,
          member: batch.members.lowerBound + Int(batch.events.owner(of: Int(row))), moment: batch.events.times[Int(row)]
        ))
    }
  }

  // MARK: Rules of a period

  private func checkPoints(_ rule: Int, _ planned: PlanIncentive, _ unit: PeriodUnit) -> CheckPoints {
    CheckPoints(
      unit, order: batch.context.incentiveOrders[rule], read: Set(planned.roots), .before(Step(unit)), batch)
  }

  private func forEachCheck(
    _ planned: PlanIncentive, _ points: CheckPoints, _ frame: Frame, _ decisions: inout Decisions,
    _ sink: inout RuleSink, _ body: (RuleSink.Offer, inout RuleSink, inout Decisions) -> Void
  ) {
    let holds = planned.condition.map { frame[$0] }
    let amounts = planned.amounts.compactMap { $0.first.map { frame[$0] } }
    for lane in 0..<frame.count {
      let member = Int(frame.members[lane])
      guard sink.passes(holds, lane, member, frame.moments[lane], &decisions) else { continue }
      for check in Int(points.checkOfLane[lane])..<Int(points.endOfLane[lane]) {
        let offer = RuleSink.Offer(
          member: member, at: points.checks.moments[check], day: points.checks.days[check], row: -1, lane: lane)
        guard sink.read(amounts, lane, offer, &decisions) else { break }
        body(offer, &sink, &decisions)
      }
    }
  }

  // MARK: Rules that share a budget

  /// An offer that waits for its turn.
  private struct Waiting {
    var act: LedgerRun.Act
    var offer: RuleSink.Offer
    var amounts: [Int64]
    var sink: Int
  }

  private mutating func decideTogether(
    _ rules: [Int], _ shared: inout SharedBudgets, _ decisions: inout Decisions
  ) -> [BoardCandidate] {
    var candidates: [BoardCandidate] = []
    var sinks: [RuleSink] = []
    var waiting: [Waiting] = []
    for rule in rules {
      let planned = batch.context.plan.incentives[rule]
      guard planned.isWanted else { continue }
      var sink = RuleSink(rule: rule, batch: batch, isInterleaved: true)
      let place = sinks.count
      let keep = { (offer: RuleSink.Offer, sink: inout RuleSink, decisions: inout Decisions) in
        waiting.append(Waiting(act: sink.act(of: offer), offer: offer, amounts: sink.amounts, sink: place))
      }
      switch planned.points {
      case .events(let pattern):
        let fired = eventFrame(pattern)
        reportPatternFaults(rule, fired, &decisions)
        if fired.frame.count > 0 {
          fired.frame.evaluate(batch.context.incentiveOrders[rule])
          sink.limitKeys = limitKeys(rule, fired.frame)
          forEachOffer(planned, fired.frame, &decisions, &sink, keep)
        }
      case .checks(let unit) where planned.keys.isEmpty:
        let points = checkPoints(rule, planned, unit)
        if points.count > 0 {
          let frame = points.frame(batch)
          frame.evaluate(batch.context.incentiveOrders[rule])
          forEachCheck(planned, points, frame, &decisions, &sink, keep)
        }
      case .checks(let unit):
        let board = BoardRun(rule, batch).history(unit, &sink, &decisions)
        candidates += board.candidates
        for (offer, amounts) in board.offers {
          sink.amounts = amounts
          keep(offer, &sink, &decisions)
        }
      }
      sinks.append(sink)
    }
    let ranks = batch.context.ruleRanks
    waiting.sort { LedgerRun.Act.isBefore($0.act, $1.act, ranks) }
    for entry in waiting {
      sinks[entry.sink].amounts = entry.amounts
      sinks[entry.sink].decide(entry.offer, &shared, &decisions)
    }
    return candidates
  }
}

/// The points of an `on` pattern in one batch.
struct EventFrame {
  let frame: Frame
  /// Rows for which the pattern's condition could not be computed.
  private(set) var faults: [Int32] = []

  init(_ index: Int, _ batch: BatchRun) {
    let pattern = batch.context.plan.patterns[index]
    let candidates = batch.space(BatchRun.SpaceKey(pattern: index, value: nil, same: [], ignoresCondition: true))
    let presence = batch.presenceOfMembers()
    var rows = candidates.rows
    if presence.until.contains(where: { $0 != .max }) {
      let events = batch.events
      rows = rows.filter { events.times[Int($0)] <= presence.until[Int(events.owner(of: Int($0)))] }
    }
    guard let condition = pattern.condition else {
      frame = Frame.events(rows, batch)
      return
    }
    // The row is both what the pattern looks at and what fires, at its own moment.
    let all = Frame.events(rows, batch, isScanned: true)
    all.evaluate(batch.context.rowOrders[condition] ?? [])
    let holds = all[condition]
    var kept: [Int32] = []
    for lane in rows.indices {
      if holds.state(lane) == Vector.fault {
        faults.append(rows[lane])
      } else if holds.state(lane) == Vector.present, holds.flag(lane) {
        kept.append(rows[lane])
      }
    }
    frame = Frame.events(kept, batch)
  }
}
