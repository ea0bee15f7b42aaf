import Testing

@testable import Steward

/// Budgets of the community and of members, worked out by hand.
@Suite struct NaiveBudgetTests {
  static func community(_ events: [String]) -> SmallCommunity {
    SmallCommunity(
      block: """
        members from "members.csv" { id text key }
        events from "events.csv" { member member; at time; kind text }
        event post { size int }
        event like
        purse xp
        """, events: events)
  }

  @Test func `an award that cannot be paid in full is refused, a smaller one after it is paid`() throws {
    let rules = """
      incentive posting { on post; award size points; limit 2 per day; budget 100 points per week }
      let posts = awards(posting)
      let gained = earned()
      """
    let found = try NaiveBudgetTests.community([
      "ann post 2026-01-05 09:00 size=60", "ben post 2026-01-05 10:00 size=50", "cai post 2026-01-06 09:00 size=40",
      "ann post 2026-01-07 09:00 size=1", "ben post 2026-01-12 09:00 size=100",
    ]).run(rules, asOf: "2026-01-12")
    // 60 of Monday, 50 would make 110, 40 make just 100; the next Monday is another week.
    #expect(found.awards() == ["ann 60", "cai 40", "ben 100"])
    #expect(found.refusals() == ["ben 0 of 50: posting", "ann 0 of 1: posting"])
    #expect(found.facts("posts") == [.int(1), .int(1), .int(1)])
    #expect(found.facts("gained") == [.int(60), .int(100), .int(40)])
    let monday = try ZoneFixtures.day("2026-01-05")
    let week = Calendar().period(.week, ofDay: monday)
    #expect(
      found.outcome.budgetUses == [
        NaiveBudgetUse(budget: 0, period: week, used: 100, refused: 51),
        NaiveBudgetUse(budget: 0, period: week + 1, used: 100, refused: 0),
      ])
  }

  @Test func `a refused award counts for limit, cooldown, cap and a member's budget`() throws {
    let events = [
      "ben post 2026-01-05 08:00 size=10", "ann post 2026-01-05 09:00 size=10", "ann like 2026-01-05 10:00",
    ]
    func liking(_ clause: String) throws -> [String] {
      try NaiveBudgetTests.community(events + ["ann like 2026-01-06 10:00"]).run(
        """
        incentive posting { on post; award 10 points }
        incentive liking { on like; award 4 points\(clause) }
        budget season { 13 points per week; covers posting, liking }
        """, asOf: "2026-01-06"
      ).refusals("liking")
    }
    // 10 are paid to ben; ann's 10 and her likes are too much for the 3 that are left.
    #expect(try liking("") == ["ann 0 of 4: season", "ann 0 of 4: season"])
    #expect(try liking("; limit 1 per week") == ["ann 0 of 4: season"])
    #expect(try liking("; cooldown 2 days") == ["ann 0 of 4: season"])
    // What the cap leaves of the second like could be paid, 1 of 4, and would be, had the first not counted for it.
    #expect(try liking("; cap 5 points per week") == ["ann 0 of 4: season", "ann 1 of 4: cap"])
  }

  @Test func `all budgets that cover an award pay it, or none`() throws {
    let found = try NaiveBudgetTests.community([
      "ann post 2026-01-05 09:00 size=30", "ann post 2026-01-05 10:00 size=8", "ann like 2026-01-05 11:00",
    ]).run(
      """
      incentive posting { on post; award size points }
      incentive liking { on like; award 12 points }
      budget posts { 20 points per day; covers posting }
      budget season { 20 points per month; covers posting, liking }
      """, asOf: "2026-01-05")
    // 30 are refused by both; 8 are paid by both; 12 of the month's 20 are left, and paid.
    #expect(found.awards() == ["ann 8", "ann 12"])
    #expect(found.refusals() == ["ann 0 of 30: posts"])
    #expect(found.outcome.budgetUses.map(\.used) == [8, 20])
    #expect(found.outcome.budgetUses.map(\.refused) == [30, 0])
  }

  @Test func `a budget counts its purse, and an award of several purses is refused whole`() throws {
    let found = try NaiveBudgetTests.community([
      "ann post 2026-01-05 09:00 size=7", "ann post 2026-01-05 10:00 size=7",
    ]).run(
      """
      incentive posting { on post; award size points and 3 xp and badge "author" }
      budget growth { 5 xp per day; covers posting }
      """, asOf: "2026-01-05")
    #expect(found.awards() == ["ann 7", "ann 3 xp"])
    #expect(found.refusals() == ["ann 0 of 7: growth", "ann 0 of 3 xp: growth"])
    #expect(found.balance("ann") == NaiveBalance(points: 7, earned: 7))
  }

  @Test func `rules share a member's budget in the order of moments, events and names`() throws {
    let found = try NaiveBudgetTests.community([
      "ann post 2026-01-05 09:00 size=7", "ben like 2026-01-05 09:00", "ann like 2026-01-05 10:00",
    ]).run(
      """
      incentive b { on post; award size points }
      incentive a { on post; award 2 points }
      incentive c { on like; award 5 points }
      budget applause { 10 points per day per member; covers a, b, c }
      """, asOf: "2026-01-05")
    // a before b, then c with the 1 that is left; ben has a budget of his own.
    #expect(found.awards("a") == ["ann 2"])
    #expect(found.awards("b") == ["ann 7"])
    #expect(found.awards("c") == ["ben 5", "ann 1"])
    #expect(found.refusals() == ["ann 1 of 5: applause"])
  }
}
