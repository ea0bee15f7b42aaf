/// The incentives of one batch: their points, then for each member in order what limits, cooldown and allowances leave.
///
/// A rule's awards depend on no other rule's here; so each rule is decided over its own lanes, and the awards of all are
/// then put in the order of the ledger.
struct Incentives {
  private let batch: BatchRun
  private(set) var awards: [AwardRecord] = []
  private(set) var refusals: [RefusalRecord] = []
  private(set) var faults: [RunFault] = []
  private var eventFrames: [Int: EventFrame] = [:]

  init(_ batch: BatchRun) { self.batch = batch }

  /// Decides every rule of the program.
  mutating func decide() {
    for (index, planned) in batch.context.plan.incentives.enumerated() where planned.isWanted {
      switch planned.points {
      case .events(let pattern): decideEvents(index, planned, pattern)
      case .checks(let unit): decideChecks(index, planned, unit)
      }
    }
  }

  private func rule(_ index: Int) -> TypedIncentive { batch.context.program.incentives[index] }

  // MARK: Rules on events

  private mutating func decideEvents(_ index: Int, _ planned: PlanIncentive, _ pattern: Int) {
    let fired = eventFrame(pattern)
    reportPatternFaults(index, fired)
    let frame = fired.frame
    if frame.count == 0 { return }
    frame.evaluate(batch.context.incentiveOrders[index])
    var sink = AwardSink(rule: index, typed: rule(index), batch: batch)
    let limitKeys = rule(index).limits.map { limit -> GroupKeys? in
      guard case .attribute(let attribute) = limit.per else { return nil }
      return GroupKeys(rows: frame.firing, attributes: [attribute], batch)
    }
    let holds = planned.condition.map { frame[$0] }
    let amounts = planned.amount.map { frame[$0] }
    let stream = batch.events
    let firstRows = stream.firstRows.span
    let offsets = stream.offsets.span
    for lane in 0..<frame.count {
      guard sink.passes(holds, lane, Int(frame.members[lane]), frame.moments[lane]) else { continue }
      let member = Int(frame.members[lane])
      let row = Int(frame.firing[lane]) &- Int(offsets[member]) &+ firstRows[member]
      sink.offer(
        AwardSink.Offer(
          member: member, moment: frame.moments[lane], day: frame.days[lane], event: Int32(truncatingIfNeeded: row),
          lane: lane), amounts, limitKeys)
    }
    take(sink)
  }

  /// The rows that fire a pattern: its matches, but those of members who had left. Rules of one pattern share the frame.
  private mutating func eventFrame(_ pattern: Int) -> EventFrame {
    if let known = eventFrames[pattern] { return known }
    let made = EventFrame(pattern, batch)
    eventFrames[pattern] = made
    return made
  }

  private mutating func reportPatternFaults(_ index: Int, _ frame: EventFrame) {
    for row in frame.faults {
      faults.append(
        RunFault(
          kind: .overflow, name: rule(index).name, span: rule(index).span,
          member: batch.members.lowerBound + Int(batch.events.owners[Int(row)]), moment: batch.events.times[Int(row)]))
    }
  }

  // MARK: Rules of a period

  private mutating func decideChecks(_ index: Int, _ planned: PlanIncentive, _ unit: PeriodUnit) {
    let order = batch.context.incentiveOrders[index]
    let points = CheckPoints(unit, order: order, batch)
    if points.count == 0 { return }
    let frame = points.frame(batch)
    frame.evaluate(order)
    var sink = AwardSink(rule: index, typed: rule(index), batch: batch)
    let holds = planned.condition.map { frame[$0] }
    let amounts = planned.amount.map { frame[$0] }
    for lane in 0..<frame.count {
      let member = Int(frame.members[lane])
      guard sink.passes(holds, lane, member, frame.moments[lane]) else { continue }
      for check in Int(points.checkOfLane[lane])..<Int(points.endOfLane[lane]) {
        sink.offer(
          AwardSink.Offer(
            member: member, moment: points.checks.moments[check], day: points.checks.days[check], event: -1,
            lane: lane), amounts, [])
      }
    }
    take(sink)
  }

  private mutating func take(_ sink: AwardSink) {
    awards.append(contentsOf: sink.awards)
    refusals.append(contentsOf: sink.refusals)
    faults.append(contentsOf: sink.faults)
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
      rows = rows.filter { events.times[Int($0)] <= presence.until[Int(events.owners[Int($0)])] }
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

/// Where the offers of one rule become awards: the state of its limits, cooldown and allowances, member by member.
struct AwardSink {
  struct Offer {
    /// Place in the batch.
    var member: Int
    var moment: Int64
    var day: Int32
    /// Row in `EventStore.rows`, or -1.
    var event: Int32
    var lane: Int
  }

  private let rule: Int
  private let typed: TypedIncentive
  private let calendar: Calendar
  private let firstMember: Int
  /// An award without points is none.
  private let isPaidInPoints: Bool
  private let cooldown: Int64?
  private(set) var awards: [AwardRecord] = []
  private(set) var refusals: [RefusalRecord] = []
  private(set) var faults: [RunFault] = []

  private var member = -1
  private var lastAward: Int64?
  private var limits: [LimitState]
  private var allowances: [AllowanceState]

  private struct LimitState {
    var count: Int64
    var per: TypedIncentive.Limit.Per
    var period = PeriodCounter()
    var byKey: [[Int64]: Int64] = [:]
  }

  private struct AllowanceState {
    var points: Int64
    var per: PeriodUnit
    var reason: RefusalRecord.Reason
    var period = PeriodCounter()
  }

  init(rule: Int, typed: TypedIncentive, batch: BatchRun) {
    self.rule = rule
    self.typed = typed
    firstMember = batch.members.lowerBound
    calendar = batch.context.calendar
    isPaidInPoints = typed.badge == nil
    cooldown = typed.cooldown
    limits = typed.limits.map { LimitState(count: $0.count, per: $0.per) }
    allowances = typed.caps.map { AllowanceState(points: $0.points, per: $0.per, reason: .cap) }
    for (index, budget) in batch.context.program.budgets.enumerated() where budget.covers.contains(rule) {
      allowances.append(AllowanceState(points: budget.points, per: budget.per, reason: .budget(index)))
    }
  }

  /// Whether `among and when` hold at a lane; a fault is reported.
  mutating func passes(_ holds: Vector?, _ lane: Int, _ member: Int, _ moment: Int64) -> Bool {
    guard let holds else { return true }
    switch holds.state(lane) {
    case Vector.present: return holds.flag(lane)
    case Vector.fault:
      report(.overflow, member, moment)
      return false
    default: return false
    }
  }

  mutating func offer(_ offer: Offer, _ amounts: Vector?, _ limitKeys: [GroupKeys?]) {
    if offer.member != member { begin(offer.member) }
    var points: Int64 = 0
    if let amounts {
      guard amounts.state(offer.lane) == Vector.present else {
        if amounts.state(offer.lane) == Vector.fault { report(.overflow, offer.member, offer.moment) }
        return
      }
      points = amounts.int(offer.lane)
      if points < 0 {
        report(.negative(points), offer.member, offer.moment)
        return
      }
    }
    guard isWithinLimits(offer, limitKeys) else { return }
    if let cooldown, let lastAward, offer.moment &- lastAward < cooldown { return }
    let granted = cut(points, offer)
    if granted == 0, isPaidInPoints { return }
    count(granted, offer, limitKeys)
    awards.append(
      AwardRecord(
        member: Int32(truncatingIfNeeded: firstMember + offer.member), rule: Int32(truncatingIfNeeded: rule),
        at: offer.moment, points: granted, event: offer.event))
  }

  private mutating func begin(_ next: Int) {
    member = next
    lastAward = nil
    for index in limits.indices {
      limits[index].period = PeriodCounter()
      if !limits[index].byKey.isEmpty { limits[index].byKey.removeAll(keepingCapacity: true) }
    }
    for index in allowances.indices { allowances[index].period = PeriodCounter() }
  }

  private mutating func isWithinLimits(_ offer: Offer, _ keys: [GroupKeys?]) -> Bool {
    for index in limits.indices {
      switch limits[index].per {
      case .ever:
        if limits[index].period.total >= limits[index].count { return false }
      case .period(let unit):
        limits[index].period.enter(unit, offer.day, calendar)
        if limits[index].period.total >= limits[index].count { return false }
      case .attribute:
        guard keys.indices.contains(index), let key = keys[index], key.isComplete(offer.lane) else { continue }
        if limits[index].byKey[key.values(offer.lane), default: 0] >= limits[index].count { return false }
      }
    }
    return true
  }

  /// What caps and budgets leave of an award.
  private mutating func cut(_ points: Int64, _ offer: Offer) -> Int64 {
    var granted = points
    var reason = RefusalRecord.Reason.cap
    for index in allowances.indices {
      allowances[index].period.enter(allowances[index].per, offer.day, calendar)
      let left = max(0, allowances[index].points &- allowances[index].period.total)
      if left < granted {
        granted = left
        reason = allowances[index].reason
      }
    }
    if granted < points {
      refusals.append(
        RefusalRecord(
          member: Int32(truncatingIfNeeded: firstMember + offer.member), rule: Int32(truncatingIfNeeded: rule),
          at: offer.moment, wanted: points, granted: granted, reason: reason))
    }
    return granted
  }

  private mutating func count(_ granted: Int64, _ offer: Offer, _ keys: [GroupKeys?]) {
    lastAward = offer.moment
    for index in limits.indices {
      if case .attribute = limits[index].per {
        guard keys.indices.contains(index), let key = keys[index], key.isComplete(offer.lane) else { continue }
        limits[index].byKey[key.values(offer.lane), default: 0] += 1
      } else {
        limits[index].period.total &+= 1
      }
    }
    for index in allowances.indices { allowances[index].period.total &+= granted }
  }

  private mutating func report(_ kind: RunFault.Kind, _ member: Int, _ moment: Int64) {
    faults.append(
      RunFault(kind: kind, name: typed.name, span: typed.span, member: firstMember + member, moment: moment))
  }
}

/// A total that starts anew with each calendar period; the period of the last day asked for is kept.
struct PeriodCounter {
  private var day = Int32.min
  private var period = Int32.min
  var total: Int64 = 0

  mutating func enter(_ unit: PeriodUnit, _ day: Int32, _ calendar: Calendar) {
    if day == self.day { return }
    self.day = day
    let number = unit == .day ? day : calendar.period(unit, ofDay: day)
    if number != period {
      period = number
      total = 0
    }
  }
}
