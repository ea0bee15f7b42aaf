/// Where the offers of a rule on its own become awards, if calendar periods are all that its limits and caps go by: decides
/// what `RuleSink` would, lane by lane, with no more state than a counter for each of them.
struct PeriodSink {
  /// A limit, or a cap: so many awards, or points, in a period.
  struct Gate {
    /// - Missing: nil if there is one period, all time.
    var unit: PeriodUnit?
    var bound: Int64
    var counter = PeriodCounter()

    /// What is left of it on a day.
    @inline(__always)
    mutating func left(on day: Int32, _ calendar: Calendar) -> Int64 {
      if let unit { counter.enter(unit, day, calendar) }
      return bound &- counter.total
    }
  }

  let rule: Int32
  let step: Step
  /// An award without points is none.
  let needsPoints: Bool
  let cooldown: Int64?
  let purse: Int32
  let limits: [Gate]
  let caps: [Gate]
  /// By cap.
  let reasons: [RefusalRecord.Reason]
  let calendar: Calendar
  let firstMember: Int32

  /// What the lanes of a frame offer.
  struct Lanes {
    /// Whether `among and when` hold. - Missing: nil if always.
    var holds: Vector?
    var points: Vector
    var frame: Frame
    /// Of a rule of a period: the checks that each lane speaks for. - Missing: nil of a rule on events.
    var checks: CheckPoints?

    /// Whether every lane has its entry; faults and points below 0 are for others to tell.
    var arePlain: Bool {
      let count = frame.count
      guard points.kind == .ints, points.ints.count >= (points.isUniform ? 1 : count),
        !points.states.contains(where: { $0 != Vector.present }), !points.ints.contains(where: { $0 < 0 })
      else { return false }
      guard let holds else { return true }
      return holds.kind == .flags && holds.flags.count >= (holds.isUniform ? 1 : count)
        && !holds.states.contains(Vector.fault)
    }

    /// By lane, or for all: 1 where it offers something.
    var offers: (flags: [UInt8], isUniform: Bool) {
      guard let holds else { return ([1], true) }
      if holds.states.isEmpty { return (holds.flags, holds.isUniform) }
      let flags = mapLanes(holds.flags, false, holds.states, false, holds.states.count) { flag, state in
        state == Vector.present ? flag : 0
      }
      return (flags, holds.isUniform)
    }
  }

  /// A moment at which a member is offered something.
  private struct Moment {
    var member: Int32
    var at: Int64
    var day: Int32
    var row: Int32
  }

  private struct Current {
    var member: Int32 = -1
    var lastAward: Int64?
  }

  /// Decides what the lanes offer, and adds to what the rule granted.
  func decide(_ lanes: Lanes, _ decisions: inout Decisions) {
    var granted: [Wanted] = []
    swap(&granted, &decisions.granted[Int(rule)])
    if let checks = lanes.checks {
      decide(lanes, checks, &granted, &decisions.refusals)
    } else {
      decideEvents(lanes, &granted, &decisions.refusals)
    }
    swap(&granted, &decisions.granted[Int(rule)])
  }

  private func decideEvents(_ lanes: Lanes, _ granted: inout [Wanted], _ refusals: inout [RefusalRecord]) {
    let frame = lanes.frame
    let (offers, areUniform) = lanes.offers
    let points = lanes.points.ints
    let (flags, amounts) = (offers.span, points.span)
    let (flagStep, amountStep) = (areUniform ? 0 : 1, lanes.points.isUniform ? 0 : 1)
    let (members, moments, days, rows) = (frame.members, frame.moments, frame.days, frame.firing)
    let (owners, instants, dates, events) = (members.span, moments.span, days.span, rows.span)
    var (ownLimits, ownCaps) = (limits, caps)
    var limitGates = ownLimits.mutableSpan
    var capGates = ownCaps.mutableSpan
    var current = Current()
    if areUniform, limits.isEmpty, cooldown == nil { granted.reserveCapacity(granted.count + owners.count) }
    for lane in owners.indices where flags[lane &* flagStep] != 0 {
      decide(
        Moment(member: owners[lane], at: instants[lane], day: dates[lane], row: events[lane]),
        amounts[lane &* amountStep], &current, &limitGates, &capGates, &granted, &refusals)
    }
  }

  private func decide(
    _ lanes: Lanes, _ points: CheckPoints, _ granted: inout [Wanted], _ refusals: inout [RefusalRecord]
  ) {
    let (offers, areUniform) = lanes.offers
    let amounts = lanes.points.ints
    let flags = offers.span
    let (flagStep, amountStep) = (areUniform ? 0 : 1, lanes.points.isUniform ? 0 : 1)
    var (ownLimits, ownCaps) = (limits, caps)
    var limitGates = ownLimits.mutableSpan
    var capGates = ownCaps.mutableSpan
    var current = Current()
    let checks = points.checks
    for lane in 0..<points.count where flags[lane &* flagStep] != 0 {
      for check in Int(points.checkOfLane[lane])..<Int(points.endOfLane[lane]) {
        decide(
          Moment(member: points.members[lane], at: checks.moments[check], day: checks.days[check], row: -1),
          amounts[lane &* amountStep], &current, &limitGates, &capGates, &granted, &refusals)
      }
    }
  }

  @inline(__always)
  private func decide(
    _ moment: Moment, _ wanted: Int64, _ current: inout Current, _ limits: inout MutableSpan<Gate>,
    _ caps: inout MutableSpan<Gate>, _ granted: inout [Wanted], _ refusals: inout [RefusalRecord]
  ) {
    if moment.member != current.member {
      current = Current(member: moment.member)
      for index in limits.indices { limits[index].counter = PeriodCounter() }
      for index in caps.indices { caps[index].counter = PeriodCounter() }
    }
    for index in limits.indices where limits[index].left(on: moment.day, calendar) <= 0 { return }
    if let cooldown, let last = current.lastAward, moment.at &- last < cooldown { return }
    var points = wanted
    var cut = -1
    for index in caps.indices {
      let left = max(0, caps[index].left(on: moment.day, calendar))
      if left < points {
        points = left
        cut = index
      }
    }
    if cut >= 0 { refusals.append(refusal(moment, wanted: wanted, granted: points, reasons[cut])) }
    if needsPoints && points == 0 { return }
    current.lastAward = moment.at
    for index in limits.indices { limits[index].counter.total &+= 1 }
    for index in caps.indices { caps[index].counter.total &+= points }
    granted.append(
      Wanted(member: moment.member, rule: rule, at: moment.at, row: moment.row, points: points, step: step))
  }

  @inline(never)
  private func refusal(
    _ moment: Moment, wanted: Int64, granted: Int64, _ reason: RefusalRecord.Reason
  ) -> RefusalRecord {
    RefusalRecord(
      member: firstMember &+ moment.member, rule: rule, purse: purse, at: moment.at, wanted: wanted, granted: granted,
      reason: reason)
  }
}
