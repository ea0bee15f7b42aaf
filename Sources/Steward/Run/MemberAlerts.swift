/// Alerts about members in one batch: each member's states along history.
///
/// A condition is asked where it may change; the machine steps there and at the deadlines that it has set itself. Texts and
/// groups are asked once for each time that it begins to fire.
struct MemberAlerts: Sendable {
  /// Everything that one alert found of one member.
  struct History: Sendable {
    /// Index in `TypedProgram.alerts`.
    var alert: Int
    /// Row in the member table.
    var member: Int32
    var stays: [AlertStay]
    /// By stay; empty but for those in `firing`.
    var texts: [Texts?]
  }

  /// What is said when an alert begins to fire.
  struct Texts: Sendable {
    var group: [String]
    var message: String?
    var suggest: String?
  }

  private(set) var histories: [History] = []
  private(set) var faults: [RunFault] = []

  init(_ batch: BatchRun) {
    for alert in batch.context.plan.alerts.indices { watch(alert, batch) }
  }

  private mutating func watch(_ index: Int, _ batch: BatchRun) {
    let context = batch.context
    guard case .members(let segment, let when, _, _, _) = context.plan.alerts[index].asked else { return }
    let checks = context.alertChecks[index]
    let order = context.plan.needed(by: [segment, when])
    let points = CheckPoints(checks, order: order, read: [segment, when], .check, batch)
    if points.count == 0 { return }
    let frame = points.frame(batch)
    frame.evaluate(order)
    let (watched, holds) = (frame[segment], frame[when])
    let first = histories.count
    var lane = 0
    while lane < points.count {
      let member = points.members[lane]
      var machine = AlertMachine(context.program.alerts[index], context.alertClocks[index])
      while lane < points.count, points.members[lane] == member {
        let (from, to) = (Int(points.checkOfLane[lane]), Int(points.endOfLane[lane]))
        let verdict = verdict(watched, holds, lane)
        if let verdict {
          machine.step(from: from, to: to, verdict)
        } else {
          report(index, batch, member, frame.moments[lane])
        }
        // Who is gone has no alert.
        if lane + 1 == points.count || points.members[lane + 1] != member {
          machine.step(from: to, to: checks.count, .outside)
        }
        lane += 1
      }
      if machine.stays.isEmpty { continue }
      let row = Int32(truncatingIfNeeded: batch.members.lowerBound) &+ member
      histories.append(
        History(
          alert: index, member: row, stays: machine.stays, texts: Array(repeating: nil, count: machine.stays.count)))
    }
    say(index, first..<histories.count, batch)
  }

  /// - Missing: nil after a fault.
  private func verdict(_ watched: Vector, _ holds: Vector, _ lane: Int) -> AlertVerdict? {
    if watched.state(lane) == Vector.fault { return nil }
    guard watched.state(lane) == Vector.present, watched.flag(lane) else { return .outside }
    if holds.state(lane) == Vector.fault { return nil }
    return holds.state(lane) == Vector.present && holds.flag(lane) ? .holds : .fails
  }

  private mutating func report(_ alert: Int, _ batch: BatchRun, _ member: Int32, _ moment: Int64) {
    let declared = batch.context.program.alerts[alert]
    faults.append(
      RunFault(
        kind: .overflow, name: declared.name, span: declared.span, member: batch.members.lowerBound + Int(member),
        moment: moment))
  }

  /// Asks for texts and groups where an alert begins to fire.
  private mutating func say(_ index: Int, _ range: Range<Int>, _ batch: BatchRun) {
    let context = batch.context
    guard case .members(_, _, let groupBy, let message, let suggest) = context.plan.alerts[index].asked else { return }
    let roots = context.plan.alerts[index].lateRoots
    if roots.isEmpty { return }
    let checks = context.alertChecks[index]
    var places: [(history: Int, stay: Int)] = []
    for history in range {
      for (place, stay) in histories[history].stays.enumerated() where stay.state == .firing {
        places.append((history, place))
      }
    }
    if places.isEmpty { return }
    let begins = places.map { histories[$0.history].stays[$0.stay].from }
    let frame = Frame(
      batch: batch, members: places.map { histories[$0.history].member - Int32(batch.members.lowerBound) },
      moments: begins.map { checks.moments[$0] }, days: begins.map { checks.days[$0] }, reader: .check)
    frame.evaluate(context.plan.needed(by: roots))
    let types = context.program.alerts[index].groupBy.map(\.type)
    func text(_ node: Int?, _ lane: Int) -> String? {
      guard let node, frame[node].state(lane) == Vector.present else { return nil }
      return batch.texts[frame[node].int(lane)]
    }
    for (lane, place) in places.enumerated() {
      let group = groupBy.indices.map { key in
        let vector = frame[groupBy[key]]
        guard vector.state(lane) == Vector.present else { return "(none)" }
        return ValueText.text(vector, lane, types[key], .plain, batch)
      }
      histories[place.history].texts[place.stay] = Texts(
        group: group, message: text(message, lane), suggest: text(suggest, lane))
    }
  }
}
