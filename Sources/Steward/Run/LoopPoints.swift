/// The nodes under some roots, split by whether they read standing: what does not is evaluated over all history at once.
struct SplitOrder {
  /// Children first; none reads standing.
  let fixed: [Int]
  /// Children first; all read standing.
  let dependent: [Int]
  /// Fixed nodes that are roots, or operands of dependent ones.
  let boundary: [Int]

  init(_ roots: [Int], _ plan: Plan) {
    let order = plan.needed(by: roots)
    fixed = order.filter { !plan.dependence[$0].contains(.standing) }
    dependent = order.filter { plan.dependence[$0].contains(.standing) }
    let read = Set(dependent.flatMap { plan.nodes[$0].inputs } + roots)
    boundary = fixed.filter { read.contains($0) }
  }
}

/// A rule on events in a loop: its lanes by day.
struct LoopEvents {
  let rule: Int
  /// The nodes to evaluate each day.
  let order: [Int]
  let limitKeys: [GroupKeys?]
  private(set) var faults: [RunFault] = []
  /// All days with lanes, ascending.
  private(set) var days: [Int32] = []
  private let whole: Frame
  private let split: SplitOrder
  /// Lanes by day, within it by member and row.
  private var lanes: [Int32] = []
  private var starts: [Int32: Range<Int>] = [:]

  init(_ rule: Int, _ pattern: Int, _ batch: BatchRun) {
    self.rule = rule
    let fired = EventFrame(pattern, batch)
    whole = fired.frame
    let planned = batch.context.plan.incentives[rule]
    split = SplitOrder(planned.roots, batch.context.plan)
    order = split.dependent
    whole.evaluate(split.fixed)
    let typed = batch.context.program.incentives[rule]
    let rows = whole.firing
    limitKeys = typed.limits.map { limit in
      guard case .attribute(let attribute) = limit.per else { return nil }
      return GroupKeys(rows: rows, attributes: [attribute], batch)
    }
    faults = fired.faults.map { row in
      RunFault(
        kind: .overflow, name: typed.name, span: typed.span,
        member: batch.members.lowerBound + Int(batch.events.owner(of: Int(row))), moment: batch.events.times[Int(row)])
    }
    let frameDays = whole.days
    lanes = (0..<whole.count).map { Int32(truncatingIfNeeded: $0) }
    lanes.sort { left, right in
      let (a, b) = (frameDays[Int(left)], frameDays[Int(right)])
      return a == b ? left < right : a < b
    }
    var begin = 0
    for place in lanes.indices {
      let day = frameDays[Int(lanes[place])]
      if place + 1 < lanes.count, frameDays[Int(lanes[place + 1])] == day { continue }
      days.append(day)
      starts[day] = begin..<(place + 1)
      begin = place + 1
    }
  }

  /// The lanes of a day, with what is known of them; not evaluated yet.
  func frame(of day: Int32) -> (frame: Frame, lanes: [Int32])? {
    guard let range = starts[day] else { return nil }
    let picked = Array(lanes[range])
    let frame = Frame(
      batch: whole.batch, members: Gather.pick(whole.members, picked), moments: Gather.pick(whole.moments, picked),
      days: Gather.pick(whole.days, picked), firing: Gather.pick(whole.firing, picked), reader: .dayBegan)
    for node in split.boundary { frame.set(node, whole[node].pickedLanes(picked)) }
    return (frame, picked)
  }
}

/// Where a periodic mechanism of a loop has to be evaluated anew: at the marks of what does not read standing, found before,
/// and where an entry of standing comes into a window or falls out of it.
struct LoopLanes {
  let checks: RunContext.Checks
  let split: SplitOrder
  private let batch: BatchRun
  private let reader: Reader
  private var marks: CheckMarks
  private let whole: Frame
  private let points: CheckPoints
  /// By member: the lane of `whole` that holds, and where its lanes end.
  private var current: [Int]
  private var ends: [Int]
  private var readers: [StandingReader]
  private let presence: Presence
  private let checkOfDay: [Int32: Int]

  init(_ roots: [Int], _ unit: PeriodUnit, _ reader: Reader, _ batch: BatchRun) {
    let context = batch.context
    self.batch = batch
    self.reader = reader
    checks = context.checks[unit.rawValue]
    split = SplitOrder(roots, context.plan)
    points = CheckPoints(unit, order: split.fixed, read: Set(split.boundary), reader, batch)
    whole = points.frame(batch)
    whole.evaluate(split.fixed)
    marks = CheckMarks(checks: checks, memberCount: batch.members.count)
    current = Array(repeating: 0, count: batch.members.count)
    ends = current
    presence = batch.presenceOfMembers()
    for lane in 0..<points.count {
      let member = Int(points.members[lane])
      if lane == 0 || points.members[lane - 1] != points.members[lane] { current[member] = lane }
      ends[member] = lane + 1
      marks.set(member, Int(points.checkOfLane[lane]))
    }
    readers = split.dependent.compactMap { node in
      guard case .standing(let standing) = context.plan.nodes[node].op else { return nil }
      return StandingReader(
        standing: standing,
        leaving: LeavingDays(standing.window, streak: nil, context, context.checks[unit.rawValue]))
    }
    if split.dependent.contains(where: { if case .previous = context.plan.nodes[$0].op { true } else { false } }) {
      for member in 0..<batch.members.count { marks.setAll(member) }
    }
    checkOfDay = Dictionary(checks.days.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
  }

  /// Marks what was decided before the loop.
  mutating func markKnown() {
    for reader in readers {
      var entries: [(Int, Int32)] = []
      batch.book.forEachKey(of: reader.standing) { member, key in
        entries.append((member, batch.context.calendar.day(of: key.instant)))
      }
      for (member, day) in entries { mark(reader, member, day) }
    }
  }

  var days: [Int32] { checks.days }

  func check(on day: Int32) -> Int? { checkOfDay[day] }

  /// An entry of standing at a day changes what a member's readers of it give.
  mutating func mark(_ standing: Standing, _ member: Int, _ day: Int32) {
    for reader in readers where reader.standing.isFed(by: standing) { mark(reader, member, day) }
  }

  private mutating func mark(_ reader: StandingReader, _ member: Int, _ day: Int32) {
    let check = checks.check(onOrAfterDay: day, firstDay: batch.context.firstDay)
    marks.set(member, check)
    marks.set(member, check + 1)
    var seen: [Int] = []
    reader.leaving.forEach(
      day: day, instant: batch.context.calendar.end(ofDay: day), firstDay: batch.context.firstDay
    ) { seen.append($0) }
    // An hour of the day more or less moves an exact window's end by a check.
    for check in seen {
      marks.set(member, check - 1)
      marks.set(member, check)
      marks.set(member, check + 1)
    }
  }

  /// A value of standing that the mechanism reads, and when entries fall out of it.
  private struct StandingReader {
    var standing: Standing
    var leaving: LeavingDays
  }

  /// The members for whom something may have changed at a check, evaluated.
  mutating func frame(_ check: Int) -> Frame? {
    let at = checks.moments[check]
    var members: [Int32] = []
    var lanes: [Int32] = []
    for member in 0..<batch.members.count where marks.has(member, check) {
      guard presence.isPresent(member, at: at), current[member] < ends[member] else { continue }
      while current[member] + 1 < ends[member], Int(points.checkOfLane[current[member] + 1]) <= check {
        current[member] += 1
      }
      members.append(Int32(truncatingIfNeeded: member))
      lanes.append(Int32(truncatingIfNeeded: current[member]))
    }
    if members.isEmpty { return nil }
    return evaluated(members, lanes, check)
  }

  /// All members who are present at a check, evaluated.
  mutating func frameOfAll(_ check: Int) -> Frame? {
    for member in 0..<batch.members.count { marks.set(member, check) }
    return frame(check)
  }

  private func evaluated(_ members: [Int32], _ lanes: [Int32], _ check: Int) -> Frame {
    let frame = Frame(
      batch: batch, members: members, moments: Array(repeating: checks.moments[check], count: members.count),
      days: Array(repeating: checks.days[check], count: members.count), reader: reader)
    for node in split.boundary { frame.set(node, whole[node].pickedLanes(lanes)) }
    frame.evaluate(split.dependent)
    return frame
  }

  func isPresent(_ member: Int, at moment: Int64) -> Bool { presence.isPresent(member, at: moment) }
}

extension Standing {
  /// Whether an entry of some standing changes this one.
  func isFed(by entry: Standing) -> Bool {
    switch (self, entry) {
    case (.balance(let mine), .balance(let theirs)), (.spent(let mine, _), .spent(let theirs, _)),
      (.earned(let mine, _), .earned(let theirs, _)):
      mine == theirs
    case (.awards(let mine, _), .awards(let theirs, _)), (.lastAward(let mine), .awards(let theirs, _)):
      mine == theirs
    case (.badges, .badges): true
    case (.tier(let mine), .tier(let theirs)), (.tierSince(let mine), .tier(let theirs)): mine == theirs
    default: false
    }
  }
}

/// A rule of a period in a loop.
struct LoopChecks {
  let rule: Int
  let unit: PeriodUnit
  var lanes: LoopLanes
  private let batch: BatchRun
  /// By member: the amounts, while the rule's conditions hold.
  private var amounts: [[Int64]?]

  init(rule: Int, _ unit: PeriodUnit, _ batch: BatchRun) {
    self.rule = rule
    self.unit = unit
    self.batch = batch
    lanes = LoopLanes(batch.context.plan.incentives[rule].roots, unit, .before(Step(unit)), batch)
    amounts = Array(repeating: nil, count: batch.members.count)
  }

  var checks: RunContext.Checks { lanes.checks }

  func check(on day: Int32) -> Int? { lanes.check(on: day) }

  /// Evaluates what may have changed at a check.
  mutating func update(_ check: Int, _ decisions: inout Decisions) {
    guard let frame = lanes.frame(check) else { return }
    let planned = batch.context.plan.incentives[rule]
    var reading = RuleSink(rule: rule, batch: batch, isInterleaved: false)
    let holds = planned.condition.map { frame[$0] }
    let vectors = planned.amounts.compactMap { $0.first.map { frame[$0] } }
    for lane in 0..<frame.count {
      let member = Int(frame.members[lane])
      let offer = RuleSink.Offer(member: member, at: frame.moments[lane], day: frame.days[lane], row: -1, lane: lane)
      let passes =
        reading.passes(holds, lane, member, offer.at, &decisions) && reading.read(vectors, lane, offer, &decisions)
      amounts[member] = passes ? reading.amounts : nil
    }
  }

  /// What a member is offered at a check. - Missing: nil where the conditions do not hold, or the member is absent.
  func held(_ member: Int, _ at: Int64) -> [Int64]? {
    guard let amounts = amounts[member], lanes.isPresent(member, at: at) else { return nil }
    return amounts
  }

  // MARK: Boards

  /// Who may be placed at a check.
  mutating func candidates(_ check: Int, _ decisions: inout Decisions) -> [BoardCandidate] {
    guard let frame = lanes.frameOfAll(check) else { return [] }
    let board = BoardRun(rule, batch)
    let found = (0..<frame.count).compactMap { board.candidate(frame, $0, check: check, &decisions) }
    return BoardOrder(rule, batch.context.program).placed(found).map(\.candidate)
  }

  /// The prizes of the series at a check, as offers.
  mutating func prizes(
    _ check: Int, _ sink: inout RuleSink, _ decisions: inout Decisions
  ) -> [(RuleSink.Offer, [Int64])] {
    let prizes = batch.prizes(of: rule).filter { Int($0.check) == check }.sorted { $0.member < $1.member }
    if prizes.isEmpty { return [] }
    let members = prizes.map { $0.member - Int32(truncatingIfNeeded: batch.members.lowerBound) }
    let frame = Frame(
      batch: batch, members: members, moments: Array(repeating: checks.moments[check], count: members.count),
      days: Array(repeating: checks.days[check], count: members.count), reader: .before(Step(unit)))
    return BoardRun(rule, batch).offers(prizes, frame, &sink, &decisions)
  }
}

/// A ladder in a loop.
struct LoopLadder {
  let ladder: Int
  var checks: LoopLanes
  private(set) var records: [TierRecord]
  private let batch: BatchRun
  private let typed: TypedLadder
  /// By member, as last evaluated: the deserved tier, nil after a fault; and for each tier whether it is kept.
  private var deserved: [Int?]
  private var keeps: [[Bool?]]
  private var isDead: [Bool]

  init(_ ladder: Int, _ batch: BatchRun) {
    self.ladder = ladder
    self.batch = batch
    typed = batch.context.program.ladders[ladder]
    checks = LoopLanes(batch.context.plan.ladders[ladder].roots, typed.review, .before(.end), batch)
    let count = batch.members.count
    records = Array(repeating: TierRecord(tier: 0, since: nil, failingSince: nil), count: count)
    deserved = Array(repeating: 0, count: count)
    keeps = Array(repeating: [], count: count)
    isDead = Array(repeating: false, count: count)
  }

  /// Reviews every member for whom something may have changed, or whose grace runs.
  mutating func review(_ check: Int, _ decisions: inout Decisions) -> [TierChange] {
    let at = checks.checks.moments[check]
    var isDue = records.map { $0.failingSince != nil }
    if let frame = checks.frame(check) {
      let verdicts = Verdicts(batch.context.plan.ladders[ladder], frame)
      for lane in 0..<frame.count {
        let member = Int(frame.members[lane])
        deserved[member] = verdicts.deserved(lane)
        keeps[member] = typed.tiers.indices.map { verdicts.keeps(lane, tier: $0) }
        isDue[member] = true
      }
    }
    var changes: [TierChange] = []
    for member in isDue.indices where isDue[member] && !isDead[member] && checks.isPresent(member, at: at) {
      var machine = LadderMachine(ladder: typed, record: records[member])
      let kept = keeps[member]
      machine.review(
        from: check, to: check + 1, checks.checks, deserved: deserved[member],
        keeps: { kept.indices.contains($0) ? kept[$0] : true })
      if machine.isFaulty {
        isDead[member] = true
        decisions.faults.append(
          RunFault(
            kind: .overflow, name: typed.name, span: typed.span, member: batch.members.lowerBound + member, moment: at))
        continue
      }
      records[member] = machine.record
      changes += machine.changes.map {
        TierChange(
          ladder: Int32(truncatingIfNeeded: ladder),
          member: Int32(truncatingIfNeeded: batch.members.lowerBound + member), from: Int32($0.from), to: Int32($0.to),
          at: $0.at, reason: $0.to > $0.from ? .promoted : .demoted)
      }
    }
    return changes
  }
}
