import Testing

@testable import Steward

/// What is asked after a run reads what that run decided, and finds what a run of its own would.
struct SessionStandingTests {
  private static let rules = """
    community "Club" {
      members from "members.csv" { id text key; joined date }
      events from "events.csv" { member member; at time; kind text }
      event check { order text; amount number }
      event back { order text }
      purse xp
    }
    let loyal = count(check, last 30 days) >= 2
    incentive daily { on check; award 5 points and 1 xp; limit 1 per day; expires after 20 days }
    incentive bonus { every day; when points >= 10 and standing >= regular; award 3 points; cap 9 points per month }
    incentive thanks { on check where amount > 3; award 2 points and badge "Thanks"; limit 2 ever; budget 4 points per week }
    incentive fee { every week; deduct up to 4 points; when loyal }
    incentive returned { on back; take back thanks same order }
    tiers standing { tier reader; tier regular { when earned(last 14 days) >= 10 } }
    """

  private static var events: String {
    var text = "member,at,kind,order,amount\n"
    for day in 1...28 {
      for (index, member) in ["ann", "bob", "cat", "dan"].enumerated() where day % (index + 1) == 0 {
        text += "\(member),2026-03-\(day < 10 ? "0" : "")\(day) 09:00,check,o\(day)\(member),\(day % 7)\n"
      }
    }
    return text + "ann,2026-03-20 12:00,back,o4ann,\n"
  }

  private func session(_ asOf: String) -> Session {
    var input = GoldenInput()
    input.rules = [SourceFile(id: FileID(0), name: "rules.steward", text: Self.rules)]
    input.tables = [
      "members.csv": Array("id,joined\nann,2026-01-01\nbob,2026-01-01\ncat,2026-02-01\ndan,2026-03-05\n".utf8),
      "events.csv": Array(Self.events.utf8),
    ]
    var session = Session(host: SessionTranscript.host(input), display: SessionDisplay(language: .english))
    let start = session.start(rules: "rules", data: nil)
    #expect(!start.isError, "\(start.problems)")
    _ = session.enter(":as-of " + asOf)
    return session
  }

  /// What a run finds of a let that stands in the rules from the beginning.
  private func direct(_ expression: String, asOf: String) throws -> [Value] {
    let text = Self.rules + "\nlet asked = \(expression)\n"
    let (program, _) = Pipeline.check([SourceFile(id: FileID(0), name: "rules.steward", text: text)])
    let data = try #require(session(asOf).state.data)
    let result = Engine.run(
      program, data.dataset, calendar: data.calendar,
      options: Engine.Options(asOf: AsOf(asOf)?.instant(data.calendar), only: ["asked"]))
    let outcome = try #require(result.outcome)
    if let community = outcome.communityFacts.first { return [community.value] }
    let fact = try #require(outcome.facts.first)
    return (0..<fact.values.count).map { fact.value($0) }
  }

  @Test(arguments: [
    "points", "xp", "earned(this month)", "earned(xp, last 7 days)", "spent(this month)", "awards(daily, last 10 days)",
    "awards(fee)", "last_award(thanks)", "badges", "standing", "standing.since", "previous(points, 5 days)",
    "previous(standing, 3 days)", "sum(points)", "share(standing >= regular)", "avg(earned(last 7 days))",
    "points + count(check, last 3 days)",
  ])
  func asIfItStoodInTheRules(_ expression: String) throws {
    for asOf in ["2026-03-12", "2026-03-28", "2026-03-20 12:30"] {
      let session = session(asOf)
      // Twice: the second answer reads what the first one kept.
      for _ in 0..<2 {
        let file = session.input(expression)
        let parsed = Parser.statement(file) { _ in true }
        guard case .expression(let tree) = parsed.statement else {
          Issue.record("\(expression)")
          continue
        }
        let answers = try session.answers(session.check(tree, in: file))
        let answer = try #require(answers.first)
        let values = answer.spread.map { column in (0..<column.values.count).map { column.value($0) } }
        #expect(try values ?? [answer.value ?? .missing] == direct(expression, asOf: asOf), "\(expression) \(asOf)")
      }
    }
  }

  @Test func aLetThatNoRuleReadsRunsNoRules() {
    var session = session("2026-03-28")
    _ = session.enter("points")
    let kept = session.state.results.standing
    _ = session.enter("let fresh = count(check) + points")
    #expect(session.state.results.standing === kept)
    // One that a rule reads does.
    let reply = session.enter("let loyal = count(check, last 30 days) >= 7")
    #expect(session.state.results.standing !== kept)
    #expect(reply.output.contains("fee: "))
  }

  @Test func whatIsInterruptedLeavesEverything() {
    var session = session("2026-03-28")
    let before = session.promptText
    session.host.stop.raise()
    #expect(session.enter("points").isInterrupted)
    #expect(session.enter("segment x = points > 3").isInterrupted)
    session.host.stop.lower()
    #expect(session.promptText == before)
    #expect(session.enter("x").isError)
    #expect(!session.enter("points").isError)
  }

  /// An explanation reads the metrics of its own run, whatever was declared or is asked beside the rules.
  @Test func whyReadsMetrics() throws {
    var input = GoldenInput()
    let rules =
      Self.rules + """

        metric posters = count(members)
        metric posts = count(check)
        incentive a_first { on check; when (posters ?? 0) >= 3; award 7 xp }
        """
    input.rules = [SourceFile(id: FileID(0), name: "rules.steward", text: rules)]
    input.tables = try [
      "members.csv": #require(session("2026-03-28").state.data).dataset.members.ids.reduce("id,joined\n") {
        $0 + $1 + ",2026-01-01\n"
      }.utf8.map(\.self), "events.csv": Array(Self.events.utf8),
    ]
    var session = Session(host: SessionTranscript.host(input), display: SessionDisplay(language: .english))
    _ = session.start(rules: "rules", data: nil)
    // Dan checks in on seven days; one of his seven `daily` has expired, and of all check-ins there are 28 + 14 + 9 + 7.
    #expect(session.enter(":why dan a_first").output.contains("7 did; in all 49 xp"))
    #expect(session.enter(":why dan xp > (posts ?? 0)").output.contains("55 against 58"))
    _ = session.enter("let rich = points > (posts ?? 0) * 1000")
    #expect(session.enter(":why dan a_first").output.contains("7 did; in all 49 xp"))
    #expect(session.enter(":why dan rich").output.contains("58,000"))
  }

  /// Hours behind the newest event are looked at neither by a run nor at the prompt, unless the moment is named.
  @Test func hoursThatTheDataDoesNotReach() throws {
    var input = GoldenInput()
    let rules = Self.rules + "\nalert down { when count(check, last 60 minutes) == 0; check every hour }\n"
    input.rules = [SourceFile(id: FileID(0), name: "rules.steward", text: rules)]
    input.tables = [
      "members.csv": Array("id,joined\nann,2026-01-01\nbob,2026-01-01\ncat,2026-02-01\ndan,2026-03-05\n".utf8),
      "events.csv": Array(Self.events.utf8),
    ]
    var session = Session(host: SessionTranscript.host(input), display: SessionDisplay(language: .english))
    _ = session.start(rules: "rules", data: nil)
    let data = try #require(session.state.data)
    let program = try #require(session.state.program)
    let found = Engine.run(program, data.dataset(program.schema), calendar: data.calendar)
    let alerts = try #require(found.outcome).alerts
    #expect(alerts.allSatisfy { $0.from <= data.dataset.lastInstant ?? 0 })
    #expect(try session.outcome().alerts == alerts)
    _ = session.enter(":as-of 2026-03-28")
    #expect(try session.outcome().alerts != alerts)
  }
}
