import Algorithms

/// The ladders of one batch: each member's tier, reviewed along history.
///
/// Between two lanes nothing that a condition reads has changed, so the machine steps where a lane begins and where the
/// grace it has started runs out.
struct Tiers {
  private let batch: BatchRun
  /// By place in the batch.
  private(set) var records: [TierRecord]
  private(set) var changes: [TierChange] = []
  private(set) var faults: [RunFault] = []

  init(_ batch: BatchRun) {
    self.batch = batch
    records = Array(repeating: TierRecord(tier: 0, since: nil, failingSince: nil), count: batch.members.count)
  }

  mutating func review(_ index: Int) {
    let ladder = batch.context.program.ladders[index]
    let planned = batch.context.plan.ladders[index]
    guard planned.isWanted else { return }
    let order = batch.context.ladderOrders[index]
    let points = CheckPoints(ladder.review, order: order, read: Set(planned.roots), .before(.end), batch)
    let frame = points.frame(batch)
    frame.evaluate(order)
    let verdicts = Verdicts(planned, frame)
    for lane in 0..<points.count {
      let member = Int(points.members[lane])
      var machine = LadderMachine(ladder: ladder, record: records[member])
      machine.review(
        from: Int(points.checkOfLane[lane]), to: Int(points.endOfLane[lane]), points.checks,
        deserved: verdicts.deserved(lane), keeps: { verdicts.keeps(lane, tier: $0) })
      if machine.isFaulty {
        faults.append(
          RunFault(
            kind: .overflow, name: ladder.name, span: ladder.span, member: batch.members.lowerBound + member,
            moment: frame.moments[lane]))
        continue
      }
      records[member] = machine.record
      for change in machine.changes {
        changes.append(
          TierChange(
            ladder: Int32(truncatingIfNeeded: index),
            member: Int32(truncatingIfNeeded: batch.members.lowerBound + member), from: Int32(change.from),
            to: Int32(change.to), at: change.at, reason: change.to > change.from ? .promoted : .demoted))
      }
    }
  }
}

/// What a ladder's conditions say at each lane.
struct Verdicts {
  let when: [Vector?]
  let keep: [Vector?]

  init(_ planned: PlanLadder, _ frame: Frame) {
    when = planned.when.map { node in node.map { frame[$0] } }
    keep = planned.keep.map { node in node.map { frame[$0] } }
  }

  /// The highest tier whose `when` holds. - Missing: nil if one that had to be asked met a fault.
  func deserved(_ lane: Int) -> Int? {
    for tier in when.indices.reversed() {
      guard let condition = when[tier] else { return tier }
      if condition.state(lane) == Vector.fault { return nil }
      if condition.state(lane) == Vector.present, condition.flag(lane) { return tier }
    }
    return 0
  }

  /// Whether a tier is kept. - Missing: nil after a fault.
  func keeps(_ lane: Int, tier: Int) -> Bool? {
    guard let condition = keep[tier] else { return true }
    if condition.state(lane) == Vector.fault { return nil }
    return condition.state(lane) == Vector.present && condition.flag(lane)
  }
}

/// One member on one ladder.
struct LadderMachine {
  struct Change {
    var from: Int
    var to: Int
    var at: Int64
  }

  private let ladder: TypedLadder
  private(set) var record: TierRecord
  private(set) var changes: [Change] = []
  /// A condition that had to be asked could not be computed.
  private(set) var isFaulty = false

  init(ladder: TypedLadder, record: TierRecord) {
    self.ladder = ladder
    self.record = record
  }

  /// Reviews the checks `from..<to`, over which the conditions do not change.
  mutating func review(
    from: Int, to: Int, _ checks: RunContext.Checks, deserved: Int?, keeps: (Int) -> Bool?
  ) {
    guard let deserved else {
      isFaulty = true
      return
    }
    var check = from
    while check < to {
      let current = Int(record.tier)
      if deserved > current {
        move(to: deserved, checks.moments[check])
        record.failingSince = nil
        return
      }
      guard let isKept = deserved == current ? true : keeps(current) else {
        isFaulty = true
        return
      }
      if isKept {
        record.failingSince = nil
        return
      }
      let failingSince = record.failingSince ?? checks.moments[check]
      record.failingSince = failingSince
      let due = dueCheck(failingSince, after: check, checks)
      if due >= to { return }
      fall(to: deserved, at: due, checks, keeps)
      check = due + 1
    }
  }

  private mutating func fall(to deserved: Int, at check: Int, _ checks: RunContext.Checks, _ keeps: (Int) -> Bool?) {
    let target = ladder.demotesOneStep ? Int(record.tier) - 1 : deserved
    move(to: target, checks.moments[check])
    // The clock starts anew at the very review, if the lower tier is not held either.
    let isKept = target > deserved ? keeps(target) : true
    isFaulty = isFaulty || isKept == nil
    let stillFails = isKept == false
    record.failingSince = stillFails ? checks.moments[check] : nil
  }

  private mutating func move(to tier: Int, _ moment: Int64) {
    changes.append(Change(from: Int(record.tier), to: tier, at: moment))
    record.tier = Int32(truncatingIfNeeded: tier)
    record.since = moment
  }

  /// The first review by which the failure has lasted the grace, not before `check`.
  private func dueCheck(_ failingSince: Int64, after check: Int, _ checks: RunContext.Checks) -> Int {
    switch ladder.grace {
    case .exact(let length):
      let (due, overflow) = failingSince.addingReportingOverflow(length)
      return overflow ? checks.count : max(check, checks.check(onOrAfter: due))
    case .days(let days):
      let start = checks.check(onOrAfter: failingSince)
      guard start < checks.count else { return checks.count }
      let (due, overflow) = checks.days[start].addingReportingOverflow(days)
      if overflow { return checks.count }
      return checks.days[check...].partitioningIndex { $0 >= due }
    }
  }
}
