import Testing

@testable import Steward

/// Alerts, goals and plans through all stages, with outcomes that a reader can check by hand.
@Suite struct AlertRunTests {
  static let community = """
    community "Small" {
      starts 2026-01-01
      members from "members.csv" { id text key; city text? fixed; joined date fixed }
      events from "events.csv" { member member; at time; kind text }
      event like, ask
    }

    """

  static func run(_ rules: String, _ events: [String], asOf: String = "2026-01-08") throws -> MemorySink {
    try example(rules, events, asOf: asOf).run()
  }

  static func example(_ rules: String, _ events: [String], asOf: String = "2026-01-08") throws -> DocsExample {
    var example = DocsExample(name: "alerts", community: "", rules: community + rules)
    let wrong = example.check().diagnostics.filter { $0.severity == .error }
    try #require(wrong.isEmpty, "\(wrong.map(\.message.english))")
    example.asOf = asOf
    example.files = [
      "members.csv": "id,city,joined\nann,北京,2026-01-01\nbob,,2026-01-01\ncat,上海,2026-01-05\n",
      "events.csv": "member,at,kind\n" + events.map { $0 + "\n" }.joined(),
    ]
    return example
  }

  static func lines(_ sink: MemorySink, _ name: String) -> [String] {
    guard let file = sink.files.first(where: { $0.name == name }) else { return [] }
    return String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Rows of `alerts.csv` without id, severity and message.
  static func stays(_ sink: MemorySink) -> [String] {
    lines(sink, "alerts.csv").dropFirst().map { line in
      line.split(separator: ",", omittingEmptySubsequences: false)[1...5].joined(separator: " ")
    }
  }

  @Test func everyHourSpeaksForItsHour() throws {
    let events = [
      "ann,2026-01-02 09:10,like", "bob,2026-01-02 09:20,like", "ann,2026-01-02 10:05,like",
      "ann,2026-01-02 10:30,like",
    ]
    let found = try Self.run(
      "alert busy { when count(like, last 60 minutes) >= 2; check every hour; for 2 hours }", events)
    #expect(
      Self.stays(found) == [
        "busy  pending 2026-01-02T09:59:59.999999Z 2026-01-02T10:59:59.999999Z",
        "busy  firing 2026-01-02T10:59:59.999999Z 2026-01-02T11:59:59.999999Z",
        "busy  resolved 2026-01-02T11:59:59.999999Z ",
      ])
  }

  /// People call the check of the hour from eleven to twelve that of twelve o'clock, in the overview as in `why`.
  @Test func theOverviewNamesTheHourThatEnds() throws {
    let example = try Self.example(
      "alert busy { when count(like, last 60 minutes) >= 2; check every hour }\nalert calm { when count(ask) == 0 }",
      ["ann,2026-01-02 11:10,like", "bob,2026-01-02 11:20,like"], asOf: "2026-01-02 12:00")
    let (program, _) = example.check()
    let (result, data, calendar) = try example.found()
    let outcome = try #require(result.outcome)
    let summary = Summary(outcome: outcome, program: program, dataset: data, calendar: calendar, seconds: 0)
    #expect(summary.alerts.map(\.since) == ["2026-01-02 12:00", "2026-01-01"])
    #expect(summary.alerts.map(\.sinceInstant).first == "2026-01-02T11:59:59.999999Z")
    // The last of a day's hours.
    let end = calendar.end(ofDay: calendar.day(of: outcome.asOf))
    #expect(Summary.check(end, calendar, isHourly: true) == "2026-01-02 24:00")
    #expect(Summary.check(end, calendar) == "2026-01-02")
  }

  @Test func membersAreLookedAtEveryHourToo() throws {
    let found = try Self.run(
      "alert asking { each member in members; when any(ask, last 2 hours); check every hour }",
      ["bob,2026-01-02 09:10,ask", "ann,2026-01-03 23:30,ask"])
    #expect(
      Self.stays(found) == [
        "asking bob firing 2026-01-02T09:59:59.999999Z 2026-01-02T11:59:59.999999Z",
        "asking bob resolved 2026-01-02T11:59:59.999999Z ",
        "asking ann firing 2026-01-03T23:59:59.999999Z 2026-01-04T01:59:59.999999Z",
        "asking ann resolved 2026-01-04T01:59:59.999999Z ",
      ])
  }

  /// Cat comes on the 5th: before, Shanghai has nobody and no alert.
  @Test func groupsHaveTheirName() throws {
    let found = try Self.run(
      "alert idle { each city; when count(any(like, last 2 days)) == 0; message \"{city ?? \"?\"}: {count(members)}\" }",
      ["ann,2026-01-01 10:00,like", "bob,2026-01-06 10:00,like"])
    #expect(
      Self.stays(found)
        == [
          "idle (none) firing 2026-01-01T23:59:59.999999Z 2026-01-06T23:59:59.999999Z",
          "idle 北京 firing 2026-01-03T23:59:59.999999Z ",
          "idle 上海 firing 2026-01-05T23:59:59.999999Z ",
          "idle (none) resolved 2026-01-06T23:59:59.999999Z 2026-01-08T23:59:59.999999Z",
          "idle (none) firing 2026-01-08T23:59:59.999999Z ",
        ].sorted { $0.split(separator: " ")[3] < $1.split(separator: " ")[3] })
    let messages = Self.lines(found, "alerts.csv").compactMap { $0.split(separator: ",").last }.filter {
      $0.contains(":")
    }
    #expect(Set(messages.filter { !$0.hasSuffix("Z") }) == ["?: 1", "北京: 1", "上海: 1"])
  }

  @Test func aNotificationSaysAll() throws {
    let found = try Self.run(
      """
      alert quiet {
        when count(like, today) == 0
        severity critical
        cooldown 5 days
        message "none of {count(members)} \\"liked\\""
        suggest "ask {count(city is missing)}"
        notify "ops", "lead"
      }
      """, ["ann,2026-01-01 10:00,like", "ann,2026-01-03 10:00,like"])
    let notices = Self.lines(found, "notifications.jsonl").map { line in
      String(line[(line.range(of: "\"at\"")?.lowerBound ?? line.startIndex)...])
    }
    #expect(
      notices == [
        #""at": "2026-01-02T23:59:59.999999Z", "alert": "quiet", "severity": "critical", "about": null, "#
          + #""message": "none of 2 \"liked\"", "suggest": "ask 1", "notify": ["ops", "lead"]}"#,
        #""at": "2026-01-07T23:59:59.999999Z", "alert": "quiet", "severity": "critical", "about": null, "#
          + #""message": "none of 3 \"liked\"", "suggest": "ask 1", "notify": ["ops", "lead"]}"#,
      ])
  }

  /// A day without data is a day with nothing, not a gap: nobody did anything on any of them.
  @Test func daysWithoutDataCount() throws {
    let found = try Self.run("alert quiet { when count(like, today) == 0; for 5 days }", ["ann,2026-01-01 10:00,like"])
    #expect(
      Self.stays(found) == [
        "quiet  pending 2026-01-02T23:59:59.999999Z 2026-01-06T23:59:59.999999Z",
        "quiet  firing 2026-01-06T23:59:59.999999Z ",
      ])
  }

  /// A day that is not over has no check.
  @Test func asOfInsideADay() throws {
    let found = try Self.run(
      "alert quiet { when count(like, today) == 0 }\ngoal g { reach count(like) >= 9; by 2026-01-31 }",
      ["ann,2026-01-01 10:00,like"], asOf: "2026-01-02 12:00")
    #expect(Self.stays(found) == [])
    #expect(Self.lines(found, "goals.csv").last == "g,2026-01-01,2026-01-31,9,1,0,1,on track,")
  }

  @Test func onlyWhatIsAskedFor() throws {
    let rules = Self.community + "alert a { when count(like) == 0 }\nalert b { when count(like) == 0 }\n"
    let (program, _) = Pipeline.check([SourceFile(id: FileID(0), name: "t.steward", text: rules)])
    let plan = Planner.plan(program, only: ["b"])
    #expect(plan.alerts.map { $0.asked != nil } == [false, true])
  }

  /// What silences an alert decides what it tells, and so do those that use the same pushes.
  @Test func onlyTakesAlongWhatSilences() {
    let rules =
      Self.community + """
        alert whole { when count(members) >= 1 }
        alert own { each member in members; when count(like) == 0; unless whole }
        alert other { each member in members; when count(ask) == 0 }
        alert apart { when count(ask) == 0 }
        budget attention { 1 pushes per week per member; covers own, other }

        """
    let (program, problems) = Pipeline.check([SourceFile(id: FileID(0), name: "t.steward", text: rules)])
    #expect(problems.filter { $0.severity == .error }.isEmpty)
    #expect(Planner.plan(program, only: ["own"]).alerts.map { $0.asked != nil } == [true, true, true, false])
    #expect(Planner.plan(program, only: ["apart"]).alerts.map { $0.asked != nil } == [false, false, false, true])
  }

  /// An hour that is over is looked at on the day itself; one that the data does not reach is not.
  @Test func everyHourOfADayThatGoesOn() throws {
    let rules = "alert down { when count(like, last 60 minutes) == 0; check every hour }"
    let events = ["ann,2026-01-02 00:30,like", "ann,2026-01-02 02:30,like"]
    let live = try Self.run(rules, events, asOf: "2026-01-02 03:59:59")
    #expect(
      Self.stays(live).suffix(3) == [
        "down  resolved 2026-01-02T00:59:59.999999Z 2026-01-02T01:59:59.999999Z",
        "down  firing 2026-01-02T01:59:59.999999Z 2026-01-02T02:59:59.999999Z",
        "down  resolved 2026-01-02T02:59:59.999999Z ",
      ])
    var example = try Self.example(rules, events)
    example.asOf = nil
    #expect(Self.stays(try example.run()).last == "down  firing 2026-01-02T01:59:59.999999Z ")
  }

  /// Nothing is silently false: an alert, a goal and a phase that cannot be computed end the run, each with its name.
  @Test(arguments: [
    "alert boom { when count(members) * 9223372036854775807 > 5 }",
    "goal boom { reach count(members) * 9223372036854775807 >= 5; by 2026-02-01 }",
    "plan p { phase boom { until count(members) * 9223372036854775807 >= 5 }; phase end }",
  ])
  func whatGrowsTooLargeIsTold(_ declaration: String) throws {
    let found = try Self.example(declaration, ["ann,2026-01-01 10:00,like"]).found().result
    #expect(found.outcome == nil)
    #expect(found.diagnostics.map(\.code.text) == ["R0512"])
  }

  /// A rule that fails in every other round of guesses ends the run as well.
  @Test(arguments: [
    "incentive c { on like; when points <= (avg(points) ?? 0); award 9223372036854775807 points }",
    "incentive c { every day; when points <= (avg(points) ?? 0); award 9223372036854775807 points }",
    "incentive c { on like; when points <= (avg(points) ?? 0); award 5000000000000000000 points }",
  ])
  func overflowInsideFeedback(_ rule: String) throws {
    let events = (1...7).flatMap { ["ann,2026-01-0\($0) 10:00,like", "bob,2026-01-0\($0) 11:00,like"] }
    let found = try Self.example(rule, events).found().result
    #expect(found.outcome == nil)
    #expect(Set(found.diagnostics.map(\.code.text)) == ["R0503"])
  }

  /// Each metric reads the one before it twice: the plan stays as small as the rules.
  @Test func metricsThatReadMetrics() throws {
    let chain = (1...60).map { "metric a\($0) = min(a\($0 - 1) + a\($0 - 1), 100)\n" }.joined()
    // And so is asking whether they are shares.
    let shares =
      "metric s0 = share(any(like))\n" + (1...60).map { "metric s\($0) = s\($0 - 1) - s\($0 - 1)\n" }.joined()
    let found = try Self.run(
      "metric a0 = count(like, today)\n" + chain + shares + "alert low { when s60 < 0 }",
      ["ann,2026-01-01 10:00,like"], asOf: "2026-01-02")
    let rows = Self.lines(found, "metrics.csv")
    #expect(rows.contains("a3,,2026-01-01T23:59:59.999999Z,8") && rows.contains("a60,,2026-01-01T23:59:59.999999Z,100"))
  }

  /// Whose value is too large would tell who has it, where something private decides it.
  @Test func faultsNameNobodyWhoIsPrivate() throws {
    var example = DocsExample(name: "private", community: "", rules: "")
    example.rules = """
      community "C" {
        members from "members.csv" { id text key; age int? private }
        events from "events.csv" { member member; at time; kind text }
        event like
      }
      let old = (if (age ?? 0) > 50 then 9223372036854775807 else 0) + 1 > 5
      """
    example.asOf = "2026-01-08"
    example.files = [
      "members.csv": "id,age\nann,40\nbob,60\n", "events.csv": "member,at,kind\nann,2026-01-02 10:00,like\n",
    ]
    let found = try example.found().result.diagnostics
    #expect(found.map(\.code.text) == ["R0504"])
    #expect(found.allSatisfy { !$0.message.english.contains("bob") && $0.message.english.contains("•••") })
  }

  @Test func tooManyGroupsAreRefused() throws {
    var example = DocsExample(
      name: "groups", community: "", rules: Self.community + "metric m by city = count(members)")
    example.asOf = "2026-01-08"
    example.files = [
      "members.csv": (0...2000).reduce("id,city,joined\n") { $0 + "m\($1),c\($1),2026-01-01\n" },
      "events.csv": "member,at,kind\nm1,2026-01-02 10:00,like\n",
    ]
    let found = try example.found().result
    #expect(found.outcome == nil)
    #expect(found.diagnostics.map(\.code.text) == ["R0514"])
  }

  /// The same goal, written from the other side.
  @Test func theTargetMayStandFirst() throws {
    let found = try Self.run(
      "goal g { reach 9 <= count(like); by 2026-01-31 }", ["ann,2026-01-01 10:00,like"], asOf: "2026-01-02 12:00")
    #expect(Self.lines(found, "goals.csv").last == "g,2026-01-01,2026-01-31,9,1,0,1,on track,")
  }

  @Test func aGroupIsToldOfEachMember() throws {
    let found = try Self.run(
      "alert quiet { each member in members; when count(like) == 0; group by joined; message \"{id} is quiet\" }",
      ["cat,2026-01-05 10:00,like"])
    let messages = Self.lines(found, "notifications.jsonl").filter { $0.contains("is quiet") }
    #expect(messages.count == 1 && messages.first?.contains("\"ann is quiet; bob is quiet\"") == true)
  }

  /// A city that is called like the group of those without one.
  @Test func aGroupCalledNone() throws {
    var example = DocsExample(name: "none", community: "", rules: Self.community + "metric m by city = count(members)")
    example.asOf = "2026-01-01"
    example.files = [
      "members.csv": "id,city,joined\nann,(none),2026-01-01\nbob,,2026-01-01\n",
      "events.csv": "member,at,kind\nann,2026-01-01 10:00,like\n",
    ]
    let rows = Self.lines(try example.run(), "metrics.csv").dropFirst().map { $0.split(separator: ",")[1] }
    #expect(rows.sorted() == ["\"\"\"(none)\"\"\"", "(none)"])
  }

  @Test func sparklinesOfTheFarthestNumbers() {
    #expect(Summary.sparkline([1e308, -1e308, 0, nil, .infinity]) == "█▁▅  ")
  }
}
