import Testing

@testable import Steward

/// The order of a day and its feedback, worked out by hand.
@Suite struct NaiveDayTests {
  static func community(_ events: [String]) -> SmallCommunity {
    SmallCommunity(
      block: """
        members from "members.csv" { id text key }
        events from "events.csv" { member member; at time; kind text }
        event post; event like
        """, members: ["ann"], events: events)
  }

  @Test func `on rules see the day as it began`() throws {
    let found = try NaiveDayTests.community([
      "ann post 2026-01-01 09:00", "ann post 2026-01-01 10:00", "ann post 2026-01-02 09:00",
      "ann post 2026-01-03 09:00",
    ]).run(
      """
      incentive first_steps { on post; when points < 10; award 10 points and badge "starter"; expires after 1 days }
      incentive latecomer { on post; when badges contains "starter" and earned(today) == 0; award 1 points }
      incentive count_up { on post; award awards(first_steps) points }
      """, asOf: "2026-01-03")
    // Both posts of the 1st see 0 points. The 20 are there on the 2nd and gone when the 3rd begins.
    #expect(found.awards("first_steps") == ["ann 10", "ann 10", "ann 10"])
    // What the day has brought is not seen: no badge on the 1st, nothing earned today on the 2nd and 3rd.
    #expect(found.awards("latecomer") == ["ann 1", "ann 1"])
    #expect(found.awards("count_up") == ["ann 2", "ann 2"])
  }

  @Test func `longer periods see the shorter ones' awards, not their own`() throws {
    // The 11th is a Sunday: the day and the week end.
    let rules = """
      incentive daily { every day; when any(post, today); award 5 points }
      incentive again { every day; when points >= 5; award 1 points }
      incentive weekly { every week; award points points }
      incentive other { every week; when points > 5; award 100 points }
      """
    let found = try NaiveDayTests.community(["ann post 2026-01-11 09:00"]).run(rules, asOf: "2026-01-12")
    // At the end of the 11th `again` sees nothing yet, `weekly` the 5 of `daily`, `other` no more than that.
    #expect(found.awards("daily") == ["ann 5"])
    #expect(found.awards("weekly") == ["ann 5"])
    #expect(found.awards("other") == [])
    // On the 12th it sees both.
    #expect(found.awards("again") == ["ann 1"])
    #expect(found.balance("ann") == NaiveBalance(points: 11, earned: 11))
  }

  @Test func `a longer period's deduction finds what the shorter one gave, whatever their names`() throws {
    let rules = """
      incentive z_daily { every day; when any(post, today); award 5 points }
      incentive a_weekly { every week; deduct 5 points }
      """
    let found = try NaiveDayTests.community(["ann post 2026-01-11 09:00"]).run(rules, asOf: "2026-01-11")
    #expect(found.balance("ann") == NaiveBalance(points: 0, earned: 5, spent: 5))
  }

  @Test func `tiers multiply awards that raise tiers`() throws {
    let rules = """
      incentive posting { on post; award (if standing >= gold then 30 else 10) points }
      tiers standing { tier plain; tier gold { when earned() >= 20 }; tier star { when earned() >= 80 } }
      """
    let found = try NaiveDayTests.community([
      "ann post 2026-01-01 09:00", "ann post 2026-01-01 10:00", "ann post 2026-01-01 11:00",
      "ann post 2026-01-02 09:00",
      "ann post 2026-01-03 09:00",
    ]).run(rules, asOf: "2026-01-03")
    // The tier of the 1st comes with its end, so that its posts give 10 each.
    #expect(found.awards() == ["ann 10", "ann 10", "ann 10", "ann 30", "ann 30"])
    #expect(found.changes("standing") == ["2026-01-01 ann plain-gold", "2026-01-03 ann gold-star"])
  }

  @Test func `a ladder that reads another sees its new standing`() throws {
    let rules = """
      tiers after { tier low; tier high { when before >= upper } }
      tiers before { tier lower; tier upper { when any(post) } }
      incentive reward { on like; when after == high; award 1 points }
      """
    let found = try NaiveDayTests.community([
      "ann post 2026-01-01 09:00", "ann like 2026-01-01 10:00", "ann like 2026-01-02 10:00",
    ]).run(rules, asOf: "2026-01-02")
    #expect(found.changes("before") == ["2026-01-01 ann lower-upper"])
    #expect(found.changes("after") == ["2026-01-01 ann low-high"])
    #expect(found.awards() == ["ann 1"])
  }

  @Test func `inside a day only events have happened`() throws {
    let rules = """
      incentive posting { on post; award 10 points; expires after 1 days }
      incentive daily { every day; award 1 points }
      let gained = earned(today)
      let held = points
      """
    let found = try NaiveDayTests.community(["ann post 2026-01-01 09:00", "ann post 2026-01-03 08:00"]).run(
      rules, asOf: "2026-01-03 12:00")
    // 10 of the 1st went at the end of the 2nd; a point each for the 1st and 2nd; 10 of today.
    #expect(found.facts("gained") == [.int(10)])
    #expect(found.facts("held") == [.int(12)])
    #expect(found.balance("ann") == NaiveBalance(points: 12, earned: 22, expired: 10))
  }
}
