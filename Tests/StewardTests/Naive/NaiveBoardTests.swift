import Testing

@testable import Steward

/// Boards, worked out by hand.
@Suite struct NaiveBoardTests {
  static func community(_ members: [String], _ events: [String]) -> SmallCommunity {
    SmallCommunity(
      block: """
        members from "members.csv" { id text key; joined date?; left date?; city text? }
        events from "events.csv" { member member; at time; kind text }
        event post { size int }
        purse xp
        """, members: members, events: events)
  }

  private static func posts(_ sizes: [(String, Int)]) -> [String] {
    sizes.map { "\($0.0) post 2026-01-07 09:00 size=\($0.1)" }
  }

  @Test func `equals share a place, the next ones are skipped, who has nothing takes no part`() throws {
    let found = try NaiveBoardTests.community(
      ["ann", "ben", "cai", "dan", "eve", "fay left=2026-01-10", "gus joined=2026-01-12"],
      NaiveBoardTests.posts([("ann", 5), ("ben", 9), ("cai", 5), ("dan", 2), ("eve", 0), ("fay", 99), ("gus", 99)])
    ).run(
      """
      incentive board { every week; rank by sum(size of post, this week); award 100, 50, 20 points and 7 xp and badge "top" }
      """, asOf: "2026-01-11")
    // ben 9, ann and cai 5; dan would be the fourth. fay has left and gus has not joined by the 11th.
    #expect(found.board("board") == ["1 ben 9", "2 ann 5", "2 cai 5"])
    #expect(found.awards() == ["ann 50", "ben 100", "ben 7 xp", "cai 50"])
    #expect(found.outcome.badges == [["top"], ["top"], ["top"], [], [], [], []])
  }

  @Test func `later keys decide, missing comes last either way`() throws {
    let members = ["ann joined=2026-01-02", "ben joined=2026-01-01", "cai", "dan joined=2026-01-03"]
    let posts = NaiveBoardTests.posts([("ann", 5), ("ben", 5), ("cai", 5), ("dan", 5)])
    func board(_ order: String) throws -> [String] {
      try NaiveBoardTests.community(members, posts).run(
        "incentive board { every week; rank by sum(size of post), joined\(order); award 4, 3, 2, 1 points }",
        asOf: "2026-01-11"
      ).board("board")
    }
    #expect(try board(" asc") == ["1 ben 5", "2 ann 5", "3 dan 5", "4 cai 5"])
    #expect(try board("") == ["1 dan 5", "2 ann 5", "3 ben 5", "4 cai 5"])
  }

  @Test func `the lowest first where a key ascends, and a board for each value`() throws {
    let found = try NaiveBoardTests.community(
      ["ann city=Rome", "ben city=Oslo", "cai city=Rome", "dan", "eve"],
      NaiveBoardTests.posts([("ann", 5), ("ben", 9), ("cai", 3), ("dan", 4), ("eve", 8)])
    ).run(
      "incentive board { every week; among id != \"eve\"; rank by sum(size of post) asc within city; award 10 points }",
      asOf: "2026-01-11")
    #expect(found.board("board") == ["1 ben 9", "1 cai 3", "1 dan 4"])
  }

  @Test func `prizes are awards: limits count, budgets are asked place by place`() throws {
    let rules = """
      incentive board { every week; rank by sum(size of post); award 30, 20, 10 points; limit 1 per month }
      budget season { 55 points per month; covers board }
      """
    let found = try NaiveBoardTests.community(
      ["ann", "ben", "cai"],
      NaiveBoardTests.posts([("ann", 1), ("ben", 3), ("cai", 2)]) + ["ann post 2026-01-14 09:00 size=9"]
    ).run(rules, asOf: "2026-01-18")
    // 30 to ben and 20 to cai leave 5: ann's 10 are refused, and count. In the second week nobody may get more.
    #expect(found.board("board") == ["1 ben 3", "2 cai 2", "3 ann 1", "1 ann 10", "2 ben 3", "3 cai 2"])
    #expect(found.awards() == ["ben 30", "cai 20"])
    #expect(found.refusals() == ["ann 0 of 10: season"])
  }

  @Test func `keys see what shorter periods have brought`() throws {
    let rules = """
      incentive daily { every day; when any(post, today); award 5 points }
      incentive first { every week; rank by points; award 1 points }
      incentive second { every week; rank by points; award 1 points }
      incentive third { every month; rank by earned(this month); award 100 points }
      """
    let found = try NaiveBoardTests.community(["ann", "ben"], NaiveBoardTests.posts([("ann", 1)])).run(
      rules, asOf: "2026-01-31")
    #expect(found.board("first").first == "1 ann 5")
    #expect(found.board("second").first == "1 ann 5")
    // Weeks end on the 11th, 18th and 25th: three points from each of the two boards.
    #expect(found.board("third") == ["1 ann 11"])
  }

  @Test func `a purse that nobody has anything in ranks nobody`() throws {
    let found = try NaiveBoardTests.community(["ann", "ben"], NaiveBoardTests.posts([("ann", 1)])).run(
      "incentive board { every week; rank by xp asc; award 10, 5 points }\nincentive posting { on post; award 3 points }",
      asOf: "2026-01-11")
    #expect(found.awards() == ["ann 3"])
  }

  @Test func `a board between rules that feed back has no places for those with nothing`() throws {
    let found = try NaiveBoardTests.community(["ann", "ben"], NaiveBoardTests.posts([("ann", 1)])).run(
      """
      incentive board { every week; rank by count(anything); award 20 points and 10 xp }
      incentive posting { on post; award 3 xp }
      tiers standing { tier low; tier high { when points >= 20; keep when any(post, last 9 days) } }
      budget growth { 30 xp per day per member; covers board, posting }
      """, asOf: "2026-01-11")
    #expect(found.awards() == ["ann 3 xp", "ann 20", "ann 10 xp"])
  }
}
