import Testing

@testable import Steward

/// Metrics worked out by hand; the engine has to find the same.
@Suite struct NaiveMetricTests {
  static func community(_ events: [String], members: [String] = ["ann city=Rome", "ben city=Oslo", "cai"])
    -> SmallCommunity
  {
    SmallCommunity(
      block: """
        members from "members.csv" { id text key; joined date?; left date?; city text?; age int? private; score number? }
        events from "events.csv" { member member; at time; kind text }
        event post, like
        event buy { amount number }
        event whisper anonymous
        records spend from "spend.csv" { at time; cost number }
        """, members: members, events: events)
  }

  @Test func `a day without events is a day with none`() throws {
    let found = try Self.community(["ann post 2026-01-01 09:00", "ben post 2026-01-03 09:00"]).run(
      """
      metric posts = count(post, today)
      metric all_posts = count(post)
      metric posters = count(any(post, last 2 days))
      metric share_of_posters = share(any(post, today))
      """, asOf: "2026-01-04")
    #expect(found.metric("posts") == [.int(1), .int(0), .int(1), .int(0)])
    #expect(found.metric("all_posts") == [.int(1), .int(1), .int(2), .int(2)])
    #expect(found.metric("posters") == [.int(1), .int(1), .int(1), .int(1)])
    let third = Value.number(1.0 / 3)
    #expect(found.metric("share_of_posters") == [third, .number(0), third, .number(0)])
  }

  @Test func `everybody's events, those of nobody and records too`() throws {
    let found = try Self.community([
      "ann buy 2026-01-01 09:00 amount=0.1", "ben buy 2026-01-02 09:00 amount=0.2", "- whisper 2026-01-02 10:00",
      "- spend 2026-01-02 11:00 cost=2",
    ]).run(
      """
      metric income = sum(amount of buy, last 2 days)
      metric whispers = count(whisper, today)
      metric return_on_spend = sum(amount of buy) / sum(cost of spend)
      metric buyers = distinct(member of buy)
      metric middle = median(amount of buy)
      metric newest = last(amount of buy)
      """.replacing("distinct(member of buy)", with: "distinct(event.member of buy)"), asOf: "2026-01-03")
    #expect(found.metric("income") == [.number(0.1), .number(0.3), .number(0.2)])
    #expect(found.metric("whispers") == [.int(0), .int(1), .int(0)])
    #expect(found.metric("return_on_spend") == [.missing, .number(0.15), .number(0.15)])
    #expect(found.metric("buyers") == [.int(1), .int(2), .int(2)])
    #expect(found.metric("middle") == [.number(0.1), .number(0.15), .number(0.15)])
    #expect(found.metric("newest") == [.number(0.1), .number(0.2), .number(0.2)])
  }

  /// One of five values is somebody's; a median or quantile has a group on either side.
  @Test func `nobody's own value shows`() throws {
    let members = (1...12).map { "m\($0) age=\($0)" }
    let found = try Self.community(["m1 post 2026-01-01 09:00"], members: members).run(
      """
      metric middle = median(age)
      metric most = quantile(age, 0.9)
      metric upper = quantile(age, 0.55)
      """, asOf: "2026-01-01")
    #expect(found.metric("middle") == [.number(6.5)])
    #expect(found.metric("most") == [.missing])
    // 0.55 × 11 = 6.05 places behind the least.
    #expect(found.metric("upper") == [.number(7.05)])
    for figure in [
      "quantile(age, 1)", "sum(if id == \"m3\" then (age ?? 0) else 0)", "count((age ?? 0) > 5 or id == \"m3\")",
    ] {
      let (program, _) = Pipeline.check([
        SourceFile(
          id: FileID(0), name: "t.steward",
          text: """
            community "C" { members from "m.csv" { id text key; age int? private } }
            let figure about community = \(figure)
            """)
      ])
      #expect(program.lets.last?.value.type.isPrivate == true, "\(figure)")
    }
  }

  @Test func `first and last of a group are those of who is in it`() throws {
    let found = try Self.community([
      "ann post 2026-01-01 09:00", "ann post 2026-01-02 09:00", "ben post 2026-01-03 09:00",
      "ben post 2026-01-07 09:00",
    ]).run(
      """
      let active = any(post, last 3 days)
      metric newest by active = last(post)
      metric oldest by active = first(post)
      """, asOf: "2026-01-06")
    func at(_ day: Int64) -> Value { .time(1_767_258_000_000_000 + (day - 1) * 86_400_000_000) }
    // Ann is active on the first four days, Ben on the third to the fifth; each takes all of their posts along.
    #expect(found.metric("newest", .bool(true)) == [at(1), at(2), at(3), at(3), at(3), .missing])
    #expect(found.metric("oldest", .bool(true)) == [at(1), at(1), at(1), at(1), at(3), .missing])
    #expect(found.metric("newest", .bool(false)) == [.missing, .missing, .missing, .missing, at(2), at(3)])
    #expect(found.metric("oldest", .bool(false)) == [.missing, .missing, .missing, .missing, at(1), at(1)])
  }

  @Test func `only those present count`() throws {
    let found = try Self.community(
      ["ann post 2026-01-01 09:00"],
      members: [
        "ann joined=2026-01-01 score=1", "ben joined=2026-01-02 left=2026-01-03 score=5",
        "cai joined=2026-01-03 score=9",
      ]
    ).run(
      """
      metric people = count(members)
      metric total = sum(score)
      metric least = min(score)
      metric most = max(score)
      metric typical = median(score)
      """, asOf: "2026-01-04")
    #expect(found.metric("people") == [.int(1), .int(2), .int(3), .int(2)])
    #expect(found.metric("total") == [.number(1), .number(6), .number(15), .number(10)])
    #expect(found.metric("least") == [.number(1), .number(1), .number(1), .number(1)])
    #expect(found.metric("most") == [.number(1), .number(5), .number(9), .number(9)])
    #expect(found.metric("typical") == [.number(1), .number(3), .number(5), .number(5)])
  }

  @Test func `weeks hold until the next`() throws {
    // From Monday the 5th to Sunday the 11th is a week.
    let found = try Self.community(["ann post 2026-01-09 09:00", "ann post 2026-01-12 09:00"]).run(
      """
      metric weekly every week = count(post, this week)
      metric held = weekly ?? -1
      metric grown = change(held, 2 days)
      """, asOf: "2026-01-13")
    #expect(found.metric("weekly") == [.int(1)])
    #expect(found.metric("held") == [-1, -1, 1, 1, 1].map { .int($0) })
    #expect(found.metric("grown") == [.missing, .missing, .int(2), .int(2), .int(0)])
  }

  @Test func `groups come and go`() throws {
    let found = try Self.community([
      "ann post 2026-01-01 09:00", "ben post 2026-01-02 09:00", "ann post 2026-01-03 09:00",
    ]).run(
      """
      metric posts by city = count(post, today)
      let busy = if count(post) >= 2 then "much" else "little"
      metric members_by_busy by busy = count(members)
      metric posts_by_busy by busy = count(post)
      metric rome = posts["Rome"]
      metric nowhere = posts["Atlantis"]
      metric rest by city = posts - (previous(posts, 1 days) ?? 0)
      """, asOf: "2026-01-03")
    #expect(found.metric("posts", .text("Rome")) == [1, 0, 1].map { .int($0) })
    #expect(found.metric("posts", .missing) == [0, 0, 0].map { .int($0) })
    #expect(found.metric("members_by_busy", .choice(1)) == [3, 3, 2].map { .int($0) })
    #expect(found.metric("members_by_busy", .choice(0)) == [0, 0, 1].map { .int($0) })
    // What Ann posted before counts where she is now.
    #expect(found.metric("posts_by_busy", .choice(0)) == [0, 0, 2].map { .int($0) })
    #expect(found.metric("posts_by_busy", .choice(1)) == [1, 2, 1].map { .int($0) })
    #expect(found.metric("rome") == [1, 0, 1].map { .int($0) })
    #expect(found.metric("nowhere") == [0, 0, 0].map { .int($0) })
    #expect(found.metric("rest", .text("Oslo")) == [0, 1, -1].map { .int($0) })
  }

  @Test func `rules read yesterday`() throws {
    let found = try Self.community([
      "ann post 2026-01-01 09:00", "ann post 2026-01-02 09:00", "ben post 2026-01-02 10:00",
      "ann post 2026-01-03 09:00",
    ]).run(
      """
      metric posts = count(post, today)
      incentive calm { on post; when posts is not missing and posts == 1; award 5 points }
      incentive first_day { on post; when posts is missing; award 1 points }
      incentive daily { every day; when (posts ?? 0) == 2; award 2 points }
      tiers standing { tier low; tier high { when (posts ?? 0) >= 2 } }
      let at_end = (posts ?? -1) + 0 * points
      metric income = sum(points)
      incentive rich { on post; when points > (avg(points) ?? 1_000); award 100 points }
      """, asOf: "2026-01-03")
    #expect(found.awards("calm") == ["ann 5", "ben 5"])
    #expect(found.awards("first_day") == ["ann 1"])
    // On the 3rd everybody gets what the 2nd was worth, and rises.
    #expect(found.awards("daily") == ["ann 2", "ben 2", "cai 2"])
    #expect(found.changes("standing").first == "2026-01-03 ann low-high")
    #expect(found.facts("at_end") == [.int(1), .int(1), .int(1)])
    // Ann begins the 2nd with 1 of 1, the 3rd with 106 of 111.
    #expect(found.awards("rich") == ["ann 100", "ann 100"])
    #expect(found.metric("income") == [.int(1), .int(111), .int(217)])
  }

  @Test func `few are not shown`() throws {
    let people = (0..<12).map { "m\($0) age=\($0 < 5 ? 10 : 30) score=\($0)" }
    let found = try Self.community(["m0 post 2026-01-01 09:00", "m1 post 2026-01-02 09:00"], members: people).run(
      """
      metric minors = count((age ?? 0) < 18)
      metric teenagers = count((age ?? 0) > 40)
      metric share_of_minors = share((age ?? 0) < 18)
      metric mean_age = avg(age)
      metric of_minors = avg(score among (age ?? 0) < 18)
      metric of_nobody = avg(score among (age ?? 0) > 40)
      metric kind = (teenagers ?? -1)
      let figure about community = teenagers
      """, asOf: "2026-01-02")
    #expect(found.metric("minors") == [.int(5), .int(5)])
    #expect(found.metric("teenagers") == [.missing, .missing])
    #expect(found.metric("share_of_minors") == [.number(5.0 / 12), .number(5.0 / 12)])
    #expect(found.metric("mean_age") == [.number(260.0 / 12), .number(260.0 / 12)])
    #expect(found.metric("of_minors") == [.number(2), .number(2)])
    #expect(found.metric("of_nobody") == [.missing, .missing])
    #expect(found.metric("kind") == [.int(-1), .int(-1)])
    #expect(found.figure("figure") == .missing)
  }
}

extension SmallCommunity.Found {
  /// At each check; of one group, if it is split.
  func metric(_ name: String, _ group: Value = .missing) -> [Value] {
    guard let index = program.metrics.firstIndex(where: { $0.name == name }) else { return [] }
    return outcome.metrics[index].first { $0.group == group }?.values ?? []
  }
}
