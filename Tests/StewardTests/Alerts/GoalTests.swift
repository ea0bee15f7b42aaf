import Testing

@testable import Steward

/// Goals worked out by hand.
@Suite struct GoalTests {
  static let span = Span(file: FileID(0), start: 0, end: 0)
  static let nothing = TypedExpr(.constant(.number(0)), .number, span)

  static func goal(_ isAtLeast: Bool = true, from: Int32? = nil, by: Int32) -> TypedGoal {
    TypedGoal(name: "g", value: nothing, target: nothing, isAtLeast: isAtLeast, from: from, by: by, span: span)
  }

  /// Days are counted from 0.
  static func record(_ goal: TypedGoal, _ values: [Double], _ target: Double) throws -> GoalRecord {
    try #require(
      Goals.record(0, goal, values: values, targets: values.map { _ in target }, firstDay: 0))
  }

  @Test func halfWayOnTheLine() throws {
    // From 0 on day 0 to 100 on day 20; on day 10 a straight line has 50.
    let values = (0...10).map { Double($0) * 5 }
    let record = try Self.record(Self.goal(by: 20), values, 100)
    #expect(record.value == 50)
    #expect(record.share == 0.5)
    #expect(record.expected == 50)
    #expect(record.status == .onTrack)
    // 50 to go at 5 a day.
    #expect(record.projected == 20)
  }

  @Test func behindItsLine() throws {
    let values = (0...10).map { 20 + Double($0) * 4 }
    let record = try Self.record(Self.goal(by: 20), values, 120)
    // 60 after ten days; the line from 20 to 120 has 70.
    #expect(record.share == 0.4)
    #expect(record.expected == 70)
    #expect(record.status == .behind)
    // 60 to go at 4 a day from day 10.
    #expect(record.projected == 25)
  }

  @Test func theWayBeginsAtFrom() throws {
    let values = (0...10).map { Double($0) * 10 }
    let record = try Self.record(Self.goal(from: 5, by: 15), values, 250)
    // 50 on day 5, 100 on day 10; of the 200 between 50 and 250 a quarter.
    #expect(record.share == 0.25)
    #expect(record.expected == 150)
    #expect(record.from == 5)
  }

  @Test func metAndMissed() throws {
    let values = (0...10).map { Double($0) }
    #expect(try Self.record(Self.goal(by: 20), values, 10).status == .met)
    #expect(try Self.record(Self.goal(by: 20), values, 10).projected == nil)
    // 8 on day 8, when 9 were due: what came after is too late.
    let missed = try Self.record(Self.goal(by: 8), values, 9)
    #expect(missed.status == .missed)
    #expect(missed.value == 8)
    // On its last day.
    #expect(try Self.record(Self.goal(by: 10), values, 11).status == .missed)
    #expect(try Self.record(Self.goal(by: 10), values, 10).status == .met)
    #expect(try Self.record(Self.goal(by: 11), values, 11).status == .onTrack)
  }

  @Test func downIsAWayToo() throws {
    let values = (0...10).map { 0.8 - Double($0) * 0.01 }
    let record = try Self.record(Self.goal(false, by: 40), values, 0.5)
    // From 0.8 to 0.5 in 40 days: 0.725 by day 10, where it is 0.7.
    #expect(abs((record.expected ?? 0) - 0.725) < 1e-12)
    #expect(record.status == .onTrack)
    #expect(record.projected == 30)
  }

  @Test func aTrendLooksBackFourWeeks() throws {
    // Steady for long, then one more each day for 28 days.
    let values = Array(repeating: 10.0, count: 100) + (0..<28).map { 10 + Double($0) }
    let record = try Self.record(Self.goal(by: 400), values, 47)
    #expect(record.projected == 137)
    // Standing still or falling, it never gets there.
    #expect(try Self.record(Self.goal(by: 400), Array(repeating: 10, count: 50), 47).projected == nil)
    #expect(try Self.record(Self.goal(by: 400), (0..<50).map { 10 - Double($0) }, 47).projected == nil)
    #expect(try Self.record(Self.goal(by: 400), [10], 47).projected == nil)
  }

  @Test func notBegunYet() throws {
    let record = try Self.record(Self.goal(from: 30, by: 40), [1, 2, 3], 10)
    #expect(record.status == .upcoming)
    #expect(record.share == nil)
    #expect(record.value == 3)
  }

  @Test func thereFromTheStart() throws {
    #expect(try Self.record(Self.goal(by: 40), [12, 13], 10).share == 1)
    let lost = try Self.record(Self.goal(by: 40), [12, 9], 10)
    #expect(lost.share == 0)
    #expect(lost.expected == 10)
    #expect(lost.status == .behind)
  }
}

/// Plans worked out by hand; days are counted from 0.
@Suite struct PhaseTests {
  static func plan(from: Int32? = nil, _ by: [Int32?], lastEnds: Bool = false) -> TypedPhasePlan {
    let until = TypedExpr(.constant(.bool(true)), .bool, GoalTests.span)
    let phases = by.enumerated().map { place, by in
      TypedPhasePlan.Phase(name: "p\(place)", until: until, by: by, span: GoalTests.span)
    }
    var plan = TypedPhasePlan(name: "plan", from: from, phases: phases, span: GoalTests.span)
    if !lastEnds, let last = plan.phases.indices.last { plan.phases[last].until = nil }
    return plan
  }

  static func calendar(_ plan: TypedPhasePlan, last: Int32, over: [Int: Set<Int32>]) -> PhaseCalendar {
    PhaseCalendar([plan], firstDay: 0, lastDay: last) { over[$0.phase]?.contains($1) ?? false }
  }

  @Test func eachBeginsTheDayAfter() {
    let plan = Self.plan([5, 9, nil])
    let calendar = Self.calendar(plan, last: 20, over: [0: [3, 4], 1: [1, 2, 3, 12]])
    let records = calendar.records([plan], lastDay: 20)
    #expect(records.map(\.from) == [0, 4, 13])
    #expect(records.map(\.to) == [3, 12, nil])
    #expect(records.map(\.lateDays) == [0, 3, nil])
    let second = [PhaseIndex(plan: 0, phase: 1)]
    #expect(!calendar.isOn(second, day: 3))
    #expect(calendar.isOn(second, day: 4))
    #expect(calendar.isOn(second, day: 12))
    #expect(!calendar.isOn(second, day: 13))
    #expect(calendar.isOn([], day: 1))
  }

  @Test func aPhaseThatIsLate() {
    let plan = Self.plan([5, 9])
    let calendar = Self.calendar(plan, last: 11, over: [:])
    let records = calendar.records([plan], lastDay: 11)
    #expect(records.map(\.from) == [0, nil])
    #expect(records.map(\.to) == [nil, nil])
    #expect(records.map(\.lateDays) == [6, 2])
  }

  @Test func aPhaseMayLastOneDay() {
    let plan = Self.plan([nil, nil, nil])
    let calendar = Self.calendar(plan, last: 5, over: [0: [0], 1: [0, 1]])
    #expect(calendar.records([plan], lastDay: 5).map(\.from) == [0, 1, 2])
  }

  @Test func nothingBeforeFrom() {
    let plan = Self.plan(from: 4, [nil, nil])
    let calendar = Self.calendar(plan, last: 9, over: [0: [1, 2, 6]])
    #expect(calendar.records([plan], lastDay: 9).map(\.from) == [4, 7])
    #expect(!calendar.isOn([PhaseIndex(plan: 0, phase: 0)], day: 3))
    #expect(calendar.isOn([PhaseIndex(plan: 0, phase: 0)], day: 4))
    // Begun before the first day, and after the last.
    let early = Self.plan(from: -5, [nil, nil])
    #expect(Self.calendar(early, last: 9, over: [0: [0]]).records([early], lastDay: 9).map(\.from) == [-5, 1])
    let late = Self.plan(from: 30, [nil, nil])
    #expect(Self.calendar(late, last: 9, over: [:]).records([late], lastDay: 9).map(\.from) == [nil, nil])
  }

  @Test func aPlanMayEnd() {
    let plan = Self.plan([3], lastEnds: true)
    let calendar = Self.calendar(plan, last: 9, over: [0: [5]])
    #expect(calendar.records([plan], lastDay: 9).map(\.to) == [5])
    #expect(!calendar.isOn([PhaseIndex(plan: 0, phase: 0)], day: 6))
  }

  /// What a calendar says before a day does not depend on what comes later.
  @Test func guessesAreCutAtADay() {
    let plan = Self.plan([nil, nil, nil])
    let whole = Self.calendar(plan, last: 20, over: [0: [3], 1: [8]])
    let first = PhaseCalendar([plan], firstDay: 0)
    #expect(whole.firstDifference(from: first) == 4)
    #expect(whole.firstDifference(from: whole) == nil)
    #expect(whole.before(4) == first)
    #expect(whole.before(5).firstDifference(from: whole) == 9)
  }
}
