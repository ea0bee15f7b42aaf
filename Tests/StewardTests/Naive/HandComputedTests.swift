import Testing

@testable import Steward

/// Small communities whose outcome can be worked out on paper; the naive evaluator and the engine must both find it.
@Suite struct HandComputedTests {
  /// A rule set over rows, by naive evaluator and engine, with any batches.
  static func run(
    _ rules: String, _ events: [(member: String, at: String, topic: String)], asOf: String, batchRows: Int = 16_384
  ) throws -> (naive: NaiveOutcome, engine: Outcome, lets: [String: Int]) {
    let source = """
      community "small" {
        members from "members.csv" { id text key }
        events from "events.csv" { member member; at time; kind text }
        event post { topic text }
      }
      \(rules)
      """
    let (syntax, parsing) = Parser.parse(SourceFile(id: FileID(0), name: "small.steward", text: source))
    let (typed, checking) = Checker.check([syntax])
    try #require(!(parsing + checking).contains { $0.severity == .error }, "\(parsing + checking)")
    let ids = ["ann", "ben", "cai"]
    let calendar = Calendar()
    let end = calendar.end(ofDay: try ZoneFixtures.day(asOf))
    let data = NaiveData(
      members: ids.map { NaiveData.Member(id: $0, columns: [.text($0)]) },
      events: try events.map { event in
        NaiveData.Event(
          member: ids.firstIndex(of: event.member), at: try ZoneFixtures.utc(event.at), kind: 0,
          attributes: [0: .text(event.topic)], key: nil)
      })
    var naive = NaiveEvaluator(program: typed, data: data, calendar: calendar, asOf: end)
    let expected = naive.run()
    let table = "member,at,kind,topic\n" + events.map { "\($0.member),\($0.at),post,\($0.topic)\n" }.joined()
    let load = Loader.load(
      typed.schema, calendar: calendar,
      open: { (name: String) throws(SourceFailure) -> any ByteSource in
        MemorySource(name: name, text: name == "members.csv" ? "id\nann\nben\ncai\n" : table)
      })
    let result = Engine.run(
      typed, try #require(load.dataset), calendar: calendar, options: Engine.Options(asOf: end, batchRows: batchRows))
    let outcome = try #require(result.outcome)
    #expect(OutcomeComparison(typed, names: ids, calendar).firstDifference(outcome, expected) == nil)
    var lets: [String: Int] = [:]
    for (index, declared) in typed.lets.enumerated() { lets[declared.name] = index }
    return (expected, outcome, lets)
  }

  @Test(arguments: [1, 2, 16_384]) func `texts that rules make are told apart across batches`(batchRows: Int) throws {
    let found = try HandComputedTests.run(
      """
      let kinds about community = distinct("on {topic}" of post)
      let latest about community = last("on {topic}" of post)
      """,
      [("ann", "2026-01-01 09:00", "tea"), ("ben", "2026-01-02 09:00", "cake"), ("cai", "2026-01-03 09:00", "milk")],
      asOf: "2026-01-05", batchRows: batchRows)
    #expect(found.naive.communityFacts == [.int(3), .text("on milk")])
  }

  @Test func `a ladder with grace falls one step at a time`() throws {
    // One post on Thursday the 1st: deserves `high` while it is within three days, that is on the 1st, 2nd and 3rd.
    let found = try HandComputedTests.run(
      """
      tiers standing {
        tier low
        tier mid { when any(post, last 2 days) }
        tier high { when any(post, last 3 days) }
        grace 2 days
        demote one step
      }
      """, [("ann", "2026-01-01 09:00", "tea")], asOf: "2026-01-12")
    let calendar = Calendar()
    func end(_ day: String) throws -> Int64 { calendar.end(ofDay: try ZoneFixtures.day(day)) }
    // Fails from the 4th; two days later it falls to mid, which it does not hold either: the clock starts anew.
    #expect(
      found.naive.tierChanges == [
        NaiveTierChange(ladder: 0, member: 0, from: 0, to: 2, at: try end("2026-01-01")),
        NaiveTierChange(ladder: 0, member: 0, from: 2, to: 1, at: try end("2026-01-06")),
        NaiveTierChange(ladder: 0, member: 0, from: 1, to: 0, at: try end("2026-01-08")),
      ])
    #expect(found.naive.tiers[0][0] == NaiveTier(tier: 0, since: try end("2026-01-08")))
    #expect(found.naive.tiers[0][1] == NaiveTier())
  }

  @Test func `caps, budgets and limits leave what they leave`() throws {
    let posts = ["09:00", "10:00", "11:00", "12:00"].map { (member: "ann", at: "2026-01-01 \($0)", topic: "tea") }
    let found = try HandComputedTests.run(
      "incentive capped { on post; award 5 points; cap 12 points per day }", posts, asOf: "2026-01-01")
    // 5, 5, then the 2 that are left, then nothing: both cuts are on record.
    #expect(found.naive.awards.map(\.points) == [5, 5, 2])
    #expect(found.naive.refusals.map(\.granted) == [2, 0])
    let limited = try HandComputedTests.run(
      """
      incentive limited { on post; award 5 points and badge "first"; limit 1 per topic, 3 per day; budget 8 points per week per member }
      """,
      posts + [
        ("ann", "2026-01-01 13:00", "cake"), ("ann", "2026-01-01 14:00", "milk"), ("ann", "2026-01-01 15:00", "rice"),
      ],
      asOf: "2026-01-01")
    // One for each of three topics; the third has no points left but keeps its badge.
    #expect(limited.naive.awards.map(\.points) == [5, 3, 0])
    #expect(limited.naive.refusals.map(\.reason) == [.budget(0), .budget(0)])
    #expect(limited.naive.badges[0] == ["first"])
  }

  @Test func `windows end at the event, streaks on its day or the day before`() throws {
    let found = try HandComputedTests.run(
      """
      let open_run  = streak(post)
      let weeks     = streak(post, by week)
      let last_week = count(post, previous week)
      incentive third { on post; when count(post, this week) == 3; award 7 points }
      incentive run   { on post; award streak(post) points }
      """,
      [
        ("ann", "2026-01-05 09:00", "tea"), ("ann", "2026-01-06 09:00", "tea"), ("ann", "2026-01-06 09:00", "cake"),
        ("ann", "2026-01-08 09:00", "tea"), ("ben", "2026-01-11 23:59", "tea"), ("ben", "2026-01-12 00:00", "tea"),
      ], asOf: "2026-01-12")
    func fact(_ name: String) -> [Value] { found.naive.facts[found.lets[name] ?? 0] }
    // Monday the 5th to Sunday the 11th is one week; the 12th begins the next and is over at the as-of, its week is not.
    #expect(fact("open_run") == [.int(0), .int(2), .int(0)])
    #expect(fact("weeks") == [.int(1), .int(2), .int(0)])
    #expect(fact("last_week") == [.int(4), .int(1), .int(0)])
    let byRule = { (rule: Int, member: Int) in
      found.naive.awards.filter { $0.rule == rule && $0.member == member }.map(\.points)
    }
    #expect(byRule(0, 0) == [7])
    #expect(byRule(1, 0) == [1, 2, 2, 1])
    #expect(byRule(1, 1) == [1, 2])
  }

  @Test func `sums of data are sums of the decimals written`() throws {
    let evaluator = try HandComputedTests.run(
      """
      let whole = sum(0.1 of post)
      """,
      (0..<10).map { ("ann", "2026-01-01 0\($0):00", "tea") }, asOf: "2026-01-01")
    // Ten doubles of a tenth, each a little above it, are nearer to 1 than to the next double.
    #expect(evaluator.naive.facts[0] == [.number(1), .number(0), .number(0)])
  }
}
