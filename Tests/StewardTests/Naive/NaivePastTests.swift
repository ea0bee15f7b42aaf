import Testing

@testable import Steward

/// `previous` and streaks that forgive, worked out by hand.
@Suite struct NaivePastTests {
  static func community(_ events: [String], members: [String] = ["ann"]) -> SmallCommunity {
    SmallCommunity(
      block: """
        members from "members.csv" { id text key; joined date? }
        events from "events.csv" { member member; at time; kind text }
        event post
        """, members: members, events: events)
  }

  private static func days(_ days: [Int], _ month: String = "2026-01") -> [String] {
    days.map { "ann post \(month)-\($0 < 10 ? "0" : "")\($0) 09:00" }
  }

  @Test func `previous looks from the same time of an earlier day`() throws {
    let rules = """
      let week_ago = previous(count(post), 7 days)
      let month_ago = previous(count(post), 30 days)
      let three_then = previous(count(post, last 3 days), 2 days)
      let at_noon = previous(count(post, today), 1 days)
      let twice = previous(previous(count(post), 1 days), 2 days)
      let missed = previous(points, 2 days)
      incentive posting { on post; award 10 points }
      """
    let events = NaivePastTests.days([1, 5, 6, 8]) + ["ann post 2026-01-08 15:00"]
    let found = try NaivePastTests.community(events).run(rules, asOf: "2026-01-08")
    // Seven days ago was the 1st; thirty days ago was before the first event.
    #expect(found.facts("week_ago") == [.int(1)])
    #expect(found.facts("month_ago") == [.missing])
    // On the 6th: the 4th, 5th and 6th.
    #expect(found.facts("three_then") == [.int(2)])
    #expect(found.facts("twice") == [.int(2)])
    #expect(found.facts("missed") == [.int(30)])
    let noon = try NaivePastTests.community(events).run(rules, asOf: "2026-01-09 12:00")
    // At noon of the 8th only the post of the morning was there; the points are those of its end.
    #expect(noon.facts("at_noon") == [.int(1)])
    let points = try NaivePastTests.community(events).run(
      rules.replacing("points, 2 days", with: "points, 1 days"), asOf: "2026-01-09 12:00")
    #expect(points.facts("missed") == [.int(50)])
  }

  @Test func `the community has a past too`() throws {
    let found = try NaivePastTests.community(NaivePastTests.days([1, 5, 6, 8])).run(
      "let everybody about community = previous(count(post), 2 days)", asOf: "2026-01-08", engine: false)
    #expect(found.figure("everybody") == .int(3))
  }

  @Test func `before a member joined there is no previous`() throws {
    let found = try NaivePastTests.community(
      NaivePastTests.days([1]), members: ["ann joined=2026-01-03", "ben joined=2026-01-04", "cai"]
    ).run("let then = previous(count(post), 2 days)", asOf: "2026-01-05")
    #expect(found.facts("then") == [.int(1), .missing, .int(0)])
  }

  @Test func `in an on rule points and tiers were as that day began`() throws {
    let rules = """
      incentive posting { on post; award 10 points }
      incentive growth { on post; when (previous(points, 1 days) ?? -1) == 10; award 1 points and badge "grew" }
      incentive climbed { on post; when standing == high and previous(standing == low, 1 days) ?? false; award 2 points }
      tiers standing { tier low; tier high { when earned() >= 20 } }
      """
    let found = try NaivePastTests.community(NaivePastTests.days([1, 2, 3, 4])).run(rules, asOf: "2026-01-04")
    // The 2nd began with 10 points, which is seen on the 3rd; tiers of the 2nd's end are those of the 3rd's beginning.
    #expect(found.awards("growth") == ["ann 1"])
    #expect(found.awards("climbed") == ["ann 2"])
    #expect(found.changes("standing") == ["2026-01-02 ann low-high"])
  }

  @Test func `previous still sees what was taken back later`() throws {
    let found = try NaiveLedgerTests.shop([
      "ann buy 2026-01-01 09:00 order=a amount=30", "ann refund 2026-01-04 09:00 order=a",
    ]).run(
      """
      incentive buying { on buy; award amount points }
      incentive returned { on refund; take back buying same order }
      let then = previous(earned(), 1 days)
      let now_left = earned()
      """, asOf: "2026-01-04")
    #expect(found.facts("then") == [.int(30)])
    #expect(found.facts("now_left") == [.int(0)])
  }

  @Test func `forgiven days neither break nor add`() throws {
    // From Monday the 5th to Sunday the 11th is a week.
    let rules = """
      let strict = streak(post)
      let joker = streak(post, forgive 1 per week)
      let two = streak(post, forgive 2 per week)
      let monthly = streak(post, forgive 2 per month)
      """
    func facts(_ days: [Int], _ asOf: String = "2026-01-14") throws -> [Int64] {
      let found = try NaivePastTests.community(NaivePastTests.days(days)).run(rules, asOf: asOf)
      return ["strict", "joker", "two", "monthly"].map { name in
        if case .int(let int)? = found.facts(name).first { int } else { -1 }
      }
    }
    // Missing: the 13th, in the week from the 12th; the 10th and 8th, in the week before.
    #expect(try facts([6, 7, 9, 11, 12, 14]) == [1, 4, 6, 4])
    // The 14th itself is missing and over: it is one of those forgiven.
    #expect(try facts([11, 12, 13]) == [0, 3, 3, 3])
    #expect(try facts([11, 12]) == [0, 0, 2, 2])
    // While the 14th is not over, it is none of them.
    #expect(try facts([11, 12, 13], "2026-01-14 12:00") == [3, 3, 3, 3])
    #expect(try facts([10, 12, 13], "2026-01-14 12:00") == [2, 3, 3, 3])
  }

  @Test func `weeks are forgiven like days`() throws {
    // Weeks from Monday: of the 5th, 12th, 19th and 26th of January, 2nd, 9th and 16th of February.
    let rules = """
      let strict = streak(post, by week)
      let joker = streak(post, by week, forgive 1 per month)
      """
    let found = try NaivePastTests.community(
      NaivePastTests.days([6, 20]) + NaivePastTests.days([3, 17], "2026-02")
    ).run(rules, asOf: "2026-02-22")
    // Missing: that of 9 February, then that of 26 January, whose Thursday is the 29th; then, also of January, that of the
    // 12th.
    #expect(found.facts("strict") == [.int(1)])
    #expect(found.facts("joker") == [.int(3)])
  }
}
