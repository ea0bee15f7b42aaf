/// The points of a periodic mechanism in one batch: each present member at those checks where the value may have changed.
///
/// Every node tells at which checks its value may change if it was evaluated at all checks: a row enters or leaves its
/// window, a period ends, an age crosses a threshold. The marks of all nodes together are the lanes; a value holds from its
/// lane's check until the member's next lane. So members × checks is never evaluated, nor stored.
struct CheckPoints {
  let checks: RunContext.Checks
  /// For each lane its check, ascending within a member.
  private(set) var checkOfLane: [Int32] = []
  /// For each lane the first check it no longer speaks for.
  private(set) var endOfLane: [Int32] = []
  private(set) var members: [Int32] = []
  private let reader: Reader

  /// - Parameters:
  ///   - order: the nodes under the mechanism's roots, children first.
  ///   - read: of these, what others than they read.
  init(_ unit: PeriodUnit, order: [Int], read: Set<Int> = [], _ reader: Reader, _ batch: BatchRun) {
    self.init(batch.context.checks[unit.rawValue], order: order, read: read, reader, batch)
  }

  /// - Parameter presence: of all members at all checks, if not their own.
  init(
    _ checks: RunContext.Checks, order: [Int], read: Set<Int> = [], _ reader: Reader, _ batch: BatchRun,
    presence: Presence? = nil
  ) {
    self.reader = reader
    self.checks = checks
    if checks.count == 0 { return }
    var marks = CheckMarks(checks: checks, memberCount: batch.members.count)
    CheckMarker(batch: batch, checks: checks, order: order, read: read, reader: reader).mark(&marks)
    let stays = presence.map { $0.checks(checks) } ?? batch.presence(at: checks)
    for member in stays.indices where !stays[member].isEmpty { marks.set(member, stays[member].lowerBound) }
    (members, checkOfLane, endOfLane) = marks.lanes(in: stays)
  }

  var count: Int { members.count }

  func frame(_ batch: BatchRun) -> Frame {
    Frame(
      batch: batch, members: members, moments: Gather.pick(checks.moments, checkOfLane),
      days: Gather.pick(checks.days, checkOfLane), reader: reader,
      checks: LaneChecks(all: checks, ofLane: checkOfLane))
  }
}

/// Finds the checks at which the values of some nodes may change.
struct CheckMarker {
  let batch: BatchRun
  let checks: RunContext.Checks
  /// The nodes, children first.
  let order: [Int]
  let read: Set<Int>
  /// As of when the mechanism reads standing.
  let reader: Reader

  private var plan: Plan { batch.context.plan }

  func mark(_ marks: inout CheckMarks) {
    let clock = ClockUses(plan: plan, order: order, read: read)
    if clock.isDense { markAll(&marks) }
    for unit in clock.periods { markStarts(of: unit, &marks) }
    for crossing in clock.crossings { mark(crossing, &marks) }
    for date in clock.anniversaries { markAnniversaries(of: date, &marks) }
    for index in order {
      switch plan.nodes[index].op {
      case .aggregate(let aggregate): mark(plan.aggregates[aggregate], &marks)
      case .standing(let standing): mark(standing, &marks)
      // What held so many days ago may change at any check.
      case .previous: markAll(&marks)
      case .series, .during: markChanges(of: index, &marks)
      default: break
      }
    }
  }

  /// The first check that lies in each period.
  private func markStarts(of period: PeriodUnit, _ marks: inout CheckMarks) {
    var known = Int32.min
    for (check, day) in checks.days.enumerated() {
      let number = batch.context.calendar.period(period, ofDay: day)
      if number == known { continue }
      known = number
      for member in 0..<batch.members.count { marks.set(member, check) }
    }
  }

  /// Where `now` comes to a value, or to lie a duration behind it.
  private func mark(_ crossing: ClockUses.Crossing, _ marks: inout CheckMarks) {
    let roots = [crossing.value, crossing.length].compactMap(\.self)
    let nodes = plan.needed(by: roots)
    let points = CheckPoints(checks, order: nodes, read: Set(roots), reader, batch)
    let frame = points.frame(batch)
    frame.evaluate(nodes)
    let value = frame[crossing.value]
    let length = crossing.length.map { frame[$0] }
    for lane in 0..<points.count where value.state(lane) == Vector.present {
      let (instant, overflow) = value.int(lane).addingReportingOverflow(length?.int(lane) ?? 0)
      if overflow { continue }
      let check = checks.check(onOrAfter: instant)
      marks.set(Int(points.members[lane]), check)
      marks.set(Int(points.members[lane]), check + 1)
    }
  }

  private func markAnniversaries(of date: Int, _ marks: inout CheckMarks) {
    let frame = Frame.moment(batch.context.asOf, batch)
    frame.evaluate(plan.needed(by: [date]))
    let dates = frame[date]
    let calendar = batch.context.calendar
    guard let first = checks.days.first, let last = checks.days.last else { return }
    let years = CivilDate(dayNumber: first).year...CivilDate(dayNumber: last).year
    for member in 0..<batch.members.count where dates.state(member) == Vector.present {
      let born = CivilDate(dayNumber: Int32(clamping: dates.int(member)))
      for year in years {
        let day = CivilDate(year: year, month: born.month, day: born.day) ?? CivilDate(year: year, month: 2, day: 28)
        guard let number = day?.dayNumber, calendar.anniversary(of: born.dayNumber, on: number) else { continue }
        marks.set(member, check(number))
        marks.set(member, check(number &+ 1))
      }
    }
  }

  /// Where what is read of the community changes, for everybody.
  private func markChanges(of node: Int, _ marks: inout CheckMarks) {
    let frame = Frame(
      batch: batch, members: Array(repeating: 0, count: checks.count), moments: checks.moments, days: checks.days,
      reader: reader)
    frame.evaluate([node])
    let values = frame[node].expanded(to: checks.count)
    for check in 0..<checks.count {
      let isSame =
        check > 0 && values.state(check) == values.state(check - 1)
        && (values.state(check) != Vector.present || values.isEqual(at: check, to: values, at: check - 1))
      if isSame { continue }
      for member in 0..<batch.members.count { marks.set(member, check) }
    }
  }

  private func markAll(_ marks: inout CheckMarks) {
    for member in 0..<batch.members.count { marks.setAll(member) }
  }

  /// The checks at which an entry of standing comes into a window, is seen one check later, or falls out.
  private func mark(_ standing: Standing, _ marks: inout CheckMarks) {
    let leaving = LeavingDays(standing.window, streak: nil, batch.context, checks)
    var cursor = DayCursor(batch.context.calendar)
    batch.book.forEachKey(of: standing) { member, key in
      let day = cursor.day(of: key.instant)
      let seen = checks.check(seeing: key.instant, ofDay: day, firstDay: batch.context.firstDay)
      marks.set(member, seen)
      // Others than a metric may not see what acts at their very moment.
      if reader != .check { marks.set(member, seen + 1) }
      leaving.forEach(day: day, instant: key.instant, firstDay: batch.context.firstDay) { marks.set(member, $0) }
    }
    markEnds(of: standing.window, &marks)
  }

  /// The first check that sees a day.
  @inline(__always)
  private func check(_ day: Int32) -> Int {
    checks.check(onOrAfterDay: day, firstDay: batch.context.firstDay)
  }

  private func mark(_ aggregate: PlanAggregate, _ marks: inout CheckMarks) {
    if aggregate.isCorrelated || aggregate.isForgiving || aggregate.streakUnit != nil && checks.isWithinDays {
      markAll(&marks)
      return
    }
    let space = batch.space(BatchRun.SpaceKey(pattern: aggregate.pattern, value: aggregate.value, same: []))
    let spans = batch.context.spans(aggregate.window, checks)
    if aggregate.streakUnit != nil { markPeriods(aggregate, space.runs(batch, checks), &marks) }
    if spans.goesByDay {
      let isJoined = aggregate.function == .any && space.faults.isEmpty
      marks.set(space.runs(batch, checks), spans, isJoined: isJoined)
      return
    }
    let stream = batch.events
    for match in space.rows {
      let row = Int(match)
      let (from, until) = spans.span(day: stream.day(of: row), at: stream.times[row])
      if from >= until { continue }
      let owner = Int(stream.owner(of: row))
      marks.set(owner, from)
      marks.set(owner, until)
    }
    markEnds(of: aggregate.window, &marks)
  }

  /// Where a streak goes on or breaks.
  private func markPeriods(_ aggregate: PlanAggregate, _ runs: MatchRuns, _ marks: inout CheckMarks) {
    let firstDay = batch.context.firstDay
    let leaving = LeavingDays(aggregate.window, streak: aggregate.streakUnit, batch.context, checks)
    for member in 0..<batch.members.count {
      for run in Int(runs.offsets[member])..<Int(runs.offsets[member + 1]) {
        leaving.forEachDay(runs.days[run], firstDay: firstDay) { marks.set(member, $0) }
      }
    }
  }

  /// Where a fixed stretch of time begins and ends.
  private func markEnds(of window: Window, _ marks: inout CheckMarks) {
    if case .between(let from, let to) = window {
      let calendar = batch.context.calendar
      let start = checks.check(onOrAfter: RowBounds.instant(from, calendar, isEnd: false))
      let end = to.map { checks.check(onOrAfter: RowBounds.instant($0, calendar, isEnd: true)) }
      for member in 0..<batch.members.count {
        marks.set(member, start)
        if let end { marks.set(member, end) }
      }
    }
  }
}

/// The checks at which a row of a day stops counting, or counts in another way; the last answer is kept for its day.
final class LeavingDays {
  private let window: Window
  private let streak: PeriodUnit?
  private let calendar: Calendar
  private let checks: RunContext.Checks
  private var knownDay = Int32.min
  /// Checks.
  private var known: [Int] = []

  /// - Parameter streak: the unit of the streak that counts the row, if one does.
  init(_ window: Window, streak: PeriodUnit?, _ context: RunContext, _ checks: RunContext.Checks) {
    self.window = window
    self.streak = streak
    calendar = context.calendar
    self.checks = checks
  }

  func forEach(day: Int32, instant: Int64, firstDay: Int32, _ body: (Int) -> Void) {
    if case .lastExact(let length) = window {
      let (end, overflow) = instant.addingReportingOverflow(length)
      if !overflow { body(checks.check(onOrAfter: end)) }
    }
    forEachDay(day, firstDay: firstDay, body)
  }

  /// The checks that a row's day decides.
  func forEachDay(_ day: Int32, firstDay: Int32, _ body: (Int) -> Void) {
    if day != knownDay {
      knownDay = day
      known.removeAll(keepingCapacity: true)
      forEachDay(day) { known.append(checks.check(onOrAfterDay: $0, firstDay: firstDay)) }
    }
    for check in known { body(check) }
  }

  private func forEachDay(_ day: Int32, _ body: (Int32) -> Void) {
    switch window {
    case .lastDays(let count): body(day &+ count)
    case .current(let unit):
      body(calendar.lastDay(unit, calendar.period(unit, ofDay: day)) &+ 1)
    case .previous(let unit):
      let next = calendar.period(unit, ofDay: day) &+ 1
      body(calendar.firstDay(unit, next))
      body(calendar.lastDay(unit, next) &+ 1)
    case .all, .lastExact, .between: break
    }
    if let unit = streak {
      let period = calendar.period(unit, ofDay: day)
      body(calendar.lastDay(unit, period))
      body(calendar.lastDay(unit, period) &+ 1)
      body(calendar.lastDay(unit, period &+ 1))
      body(calendar.lastDay(unit, period &+ 1) &+ 1)
    }
  }
}

extension PlanAggregate {
  /// A streak that forgives may change on any day without a match.
  var isForgiving: Bool { if case .streak(_, .some) = function { true } else { false } }
  var streakUnit: PeriodUnit? { if case .streak(let unit, _) = function { unit } else { nil } }
}
