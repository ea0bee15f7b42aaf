import Testing

@testable import Steward

/// Check-ins of one member around a change of the clocks, with figures worked out by hand; the naive evaluator and the
/// engine must both find them.
@Suite struct ClockChangeTests {
  static let windows = """
    let today_count = count(checkin, today)
    let day_before  = count(checkin, yesterday)
    let two_days    = count(checkin, last 2 days)
    let hours_23    = count(checkin, last 23 hours)
    let hours_24    = count(checkin, last 24 hours)
    let hours_25    = count(checkin, last 25 hours)
    let day_count   = days(checkin)
    let run         = streak(checkin)
    let last_hour   = hour of last(checkin)
    let last_day    = day of last(checkin)
    let apart       = last(checkin) - first(checkin)
    """

  /// What both found: the facts of the member by name, and the points of each award in order.
  struct Found {
    var facts: [String: Value]
    var points: [Int64]
  }

  /// - Parameter events: as the file writes them, local unless they end in `Z`, with the same in UTC.
  static func run(
    _ zone: String, day: String, events: [(file: String, utc: String)], rules: String = windows
  ) throws -> Found {
    let source = """
      community "clocks" {
        time zone "\(zone)"
        members from "members.csv" { id text key }
        events from "events.csv" { member member; at time; kind text }
        event checkin
      }
      \(rules)
      """
    let (syntax, parsing) = Parser.parse(SourceFile(id: FileID(0), name: "clocks.steward", text: source))
    let (typed, checking) = Checker.check([syntax])
    try #require(!(parsing + checking).contains { $0.severity == .error }, "\(parsing + checking)")
    let calendar = try ZoneFixtures.calendar(zone)
    let asOf = calendar.end(ofDay: try ZoneFixtures.day(day))
    let data = NaiveData(
      members: [NaiveData.Member(id: "ann", columns: [.text("ann")])],
      events: try events.map {
        NaiveData.Event(member: 0, at: try ZoneFixtures.utc($0.utc), kind: 0, attributes: [:], key: nil)
      })
    var naive = NaiveEvaluator(program: typed, data: data, calendar: calendar, asOf: asOf)
    let expected = naive.run()
    let table = "member,at,kind\n" + events.map { "ann,\($0.file),checkin\n" }.joined()
    let load = Loader.load(
      typed.schema, calendar: calendar,
      open: { (name: String) throws(SourceFailure) -> any ByteSource in
        MemorySource(name: name, text: name == "members.csv" ? "id\nann\n" : table)
      })
    let dataset = try #require(load.dataset)
    let result = Engine.run(typed, dataset, calendar: calendar, options: Engine.Options(asOf: asOf))
    let outcome = try #require(result.outcome)
    #expect(OutcomeComparison(typed, names: ["ann"], calendar).firstDifference(outcome, expected) == nil)
    var facts: [String: Value] = [:]
    for (index, declared) in typed.lets.enumerated() { facts[declared.name] = expected.facts[index].first }
    return Found(facts: facts, points: outcome.awards.map(\.points))
  }

  static let hour: Int64 = 3_600_000_000

  @Test func `Berlin in spring: 02:00 to 03:00 is missing, the day has 23 hours`() throws {
    // 02:30 does not exist: it is 03:00, 01:00 UTC.
    let events = [
      ("2025-03-29 23:30", "2025-03-29 22:30:00"), ("2025-03-30 01:30", "2025-03-30 00:30:00"),
      ("2025-03-30 02:30", "2025-03-30 01:00:00"),
    ]
    let found = try ClockChangeTests.run("Europe/Berlin", day: "2025-03-30", events: events)
    #expect(found.facts["today_count"] == .int(2))
    #expect(found.facts["day_before"] == .int(1))
    #expect(found.facts["two_days"] == .int(3))
    #expect(found.facts["hours_23"] == .int(2))
    #expect(found.facts["hours_24"] == .int(3))
    #expect(found.facts["run"] == .int(2))
    #expect(found.facts["last_hour"] == .int(3))
    // From 22:30 to 01:00 UTC.
    #expect(found.facts["apart"] == .duration(5 * ClockChangeTests.hour / 2))
    // 01:30 is two hours of time after 23:30; 03:00 is half an hour after 01:30.
    let awards = try ClockChangeTests.run(
      "Europe/Berlin", day: "2025-03-30", events: events,
      rules: "incentive calm { on checkin; award 5 points; cooldown 2 hours }")
    #expect(awards.points == [5, 5])
    // Since half past two means since three.
    let since = try ClockChangeTests.run(
      "Europe/Berlin", day: "2025-03-30", events: events, rules: "let late = count(checkin, since 2025-03-30 02:30)")
    #expect(since.facts["late"] == .int(1))
  }

  @Test func `Berlin in autumn: 02:00 to 03:00 comes twice, the day has 25 hours`() throws {
    let events = [
      ("2025-10-26 00:30", "2025-10-25 22:30:00"), ("2025-10-26 02:30", "2025-10-26 00:30:00"),
      ("2025-10-26T01:30:00Z", "2025-10-26 01:30:00"),
    ]
    let found = try ClockChangeTests.run("Europe/Berlin", day: "2025-10-26", events: events)
    #expect(found.facts["today_count"] == .int(3))
    #expect(found.facts["hours_24"] == .int(2))
    #expect(found.facts["hours_25"] == .int(3))
    #expect(found.facts["day_count"] == .int(1))
    #expect(found.facts["run"] == .int(1))
    // Half past two for the second time.
    #expect(found.facts["last_hour"] == .int(2))
    #expect(found.facts["apart"] == .duration(3 * ClockChangeTests.hour))
    let awards = try ClockChangeTests.run(
      "Europe/Berlin", day: "2025-10-26", events: events,
      rules: "incentive once { on checkin; award 5 points; limit 2 per day; cap 7 points per day }")
    #expect(awards.points == [5, 2])
  }

  @Test func `São Paulo in spring: midnight is missing, the day begins at 01:00`() throws {
    // 00:30 does not exist: it is 01:00, 03:00 UTC, the first instant of the 4th.
    let events = [
      ("2018-11-03 23:30", "2018-11-04 02:30:00"), ("2018-11-04 00:30", "2018-11-04 03:00:00"),
      ("2018-11-05 00:00", "2018-11-05 02:00:00"),
    ]
    let found = try ClockChangeTests.run("America/Sao_Paulo", day: "2018-11-04", events: events)
    #expect(found.facts["today_count"] == .int(1))
    #expect(found.facts["day_before"] == .int(1))
    #expect(found.facts["hours_23"] == .int(1))
    #expect(found.facts["hours_24"] == .int(2))
    #expect(found.facts["run"] == .int(2))
    #expect(found.facts["last_hour"] == .int(1))
    #expect(found.facts["apart"] == .duration(ClockChangeTests.hour / 2))
    let awards = try ClockChangeTests.run(
      "America/Sao_Paulo", day: "2018-11-05", events: events,
      rules: "incentive daily { every day; award count(checkin, today) * 10 + streak(checkin) points }")
    #expect(awards.points == [11, 12, 13])
  }

  @Test func `São Paulo in autumn: the last hour of the 17th comes twice`() throws {
    let events = [
      ("2018-02-17 23:30", "2018-02-18 01:30:00"), ("2018-02-18T02:30:00Z", "2018-02-18 02:30:00"),
      ("2018-02-18 00:00", "2018-02-18 03:00:00"),
    ]
    let first = try ClockChangeTests.run("America/Sao_Paulo", day: "2018-02-17", events: events)
    #expect(first.facts["today_count"] == .int(2))
    #expect(first.facts["last_hour"] == .int(23))
    #expect(first.facts["day_count"] == .int(1))
    #expect(first.facts["apart"] == .duration(ClockChangeTests.hour))
    let second = try ClockChangeTests.run("America/Sao_Paulo", day: "2018-02-18", events: events)
    #expect(second.facts["today_count"] == .int(1))
    #expect(second.facts["day_before"] == .int(2))
    #expect(second.facts["two_days"] == .int(3))
    #expect(second.facts["hours_24"] == .int(1))
    #expect(second.facts["hours_25"] == .int(2))
    #expect(second.facts["run"] == .int(2))
  }

  @Test func `Shanghai in 1991: a day of 23 hours in April, one of 25 in September`() throws {
    let april = try ClockChangeTests.run(
      "Asia/Shanghai", day: "1991-04-14",
      events: [("1991-04-13 23:59:59", "1991-04-13 15:59:59"), ("1991-04-14 02:30", "1991-04-13 18:00:00")])
    #expect(april.facts["today_count"] == .int(1))
    #expect(april.facts["hours_23"] == .int(1))
    #expect(april.facts["hours_24"] == .int(2))
    #expect(april.facts["last_hour"] == .int(3))
    let september = try ClockChangeTests.run(
      "Asia/Shanghai", day: "1991-09-15",
      events: [
        ("1991-09-15 00:30", "1991-09-14 15:30:00"), ("1991-09-15 01:30", "1991-09-14 16:30:00"),
        ("1991-09-14T17:30:00Z", "1991-09-14 17:30:00"),
      ])
    #expect(september.facts["today_count"] == .int(3))
    #expect(september.facts["hours_24"] == .int(2))
    #expect(september.facts["hours_25"] == .int(3))
    #expect(september.facts["last_hour"] == .int(1))
    #expect(september.facts["apart"] == .duration(2 * ClockChangeTests.hour))
    let year = try ZoneFixtures.day("1991-09-15")
    #expect(september.facts["last_day"] == .period(.day, year))
  }
}
