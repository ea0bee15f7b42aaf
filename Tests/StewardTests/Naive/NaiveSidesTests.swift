import Testing

@testable import Steward

/// Events seen from both sides, references, records, items, and members that events bring; worked out by hand.
@Suite struct NaiveSidesTests {
  static let block = """
    members from "members.csv" { id text key; inviter member?; city text? }
    events from "events.csv" { member member; at time; kind text }
    event like { post item; author member? }
    event buy { amount int }
    event whisper anonymous { post item? }
    content from "content.csv" { id text key; owner member?; topic text }
    records outage from "outages.csv" { at time; minutes int }
    event liked = like seen by author
    event owned = like seen by content.owner
    event friend_buy = buy seen by member.inviter
    """
  static let members = ["ann city=Rome", "ben inviter=ann", "cai inviter=ann city=Oslo"]
  static let items = ["p1 owner=ben topic=tea", "p2 topic=cake"]

  private func run(
    _ rules: String, _ events: [String], asOf: String = "2026-01-31", block: String = NaiveSidesTests.block
  ) throws -> SmallCommunity.Found {
    try SmallCommunity(block: block, members: NaiveSidesTests.members, items: NaiveSidesTests.items, events: events)
      .run(rules, asOf: asOf)
  }

  @Test func `the witness sees what the doer did`() throws {
    let found = try run(
      """
      let given = count(like)
      let taken = count(liked)
      let held = count(owned)
      let friends = sum(amount of friend_buy)
      let all_likes about community = count(liked)
      let either about community = count(like or liked or owned)
      let last_doer = last(event.member of liked)
      incentive applause { on liked; when event.member != member; award 2 points; limit 1 per post }
      """,
      [
        "ben like 2026-01-01 09:00 post=p1 author=ann", "cai like 2026-01-02 09:00 post=p1 author=ann",
        "ann like 2026-01-03 09:00 post=p2 author=ann", "cai like 2026-01-04 09:00 post=p2",
        "ben buy 2026-01-01 09:00 amount=5", "cai buy 2026-01-01 09:00 amount=7", "ann buy 2026-01-02 09:00 amount=1",
      ])
    // ann, ben, cai.
    #expect(found.facts("given") == [.int(1), .int(1), .int(2)])
    #expect(found.facts("taken") == [.int(3), .int(0), .int(0)])
    // ben owns p1, nobody owns p2.
    #expect(found.facts("held") == [.int(0), .int(2), .int(0)])
    // Nobody invited ann.
    #expect(found.facts("friends") == [.int(12), .int(0), .int(0)])
    // About the community those rows once, without the one that nobody sees.
    #expect(found.figure("all_likes") == .int(3))
    #expect(found.figure("either") == .int(4))
    #expect(found.facts("last_doer") == [.member(0), .missing, .missing])
    // One for p1; the like of p2 is ann's own.
    #expect(found.awards() == ["ann 2"])
  }

  @Test func `about the community a row that two see is one`() throws {
    let found = try run(
      """
      let both about community = count(liked or owned)
      let fans about community = distinct(event.member of liked or owned)
      let days_seen about community = days(liked or owned)
      let first_of_owner about community = count(liked or owned where kind == "owned")
      let mixed about community = count(liked or whisper or owned or buy)
      let of_tea about community = count(liked or owned where post.topic == "tea")
      let named about community = count(early or owned)
      let all_forms about community = count(early or like or owned)
      let buys about community = sum(amount of buy or friend_buy)
      metric a_day = count(liked or owned, today)
      metric ringing = count(liked or owned where now - at <= 1 hours)
      """,
      [
        // ann and ben see it.
        "ann like 2026-01-01 09:00 post=p1 author=ann",
        // ben alone, who owns p1.
        "cai like 2026-01-02 09:00 post=p1",
        // cai alone.
        "ann like 2026-01-02 15:00 post=p2 author=cai",
        // Nobody.
        "ben like 2026-01-03 09:00 post=p2",
        // ann and ben.
        "ben like 2026-01-31 23:30 post=p1 author=ann",
        "- whisper 2026-01-03 09:00 post=p1", "ben buy 2026-01-04 09:00 amount=5", "ann buy 2026-01-04 09:00 amount=2",
      ],
      block: NaiveSidesTests.block + "\nevents early = liked where hour of at < 12")
    #expect(found.figure("both") == .int(4))
    #expect(found.figure("fans") == .int(3))
    #expect(found.figure("days_seen") == .int(3))
    // As `owned` there are three; that two of them are `liked` too says nothing.
    #expect(found.figure("first_of_owner") == .int(3))
    #expect(found.figure("mixed") == .int(7))
    #expect(found.figure("of_tea") == .int(3))
    // The likes of the 1st, as `liked`; of the 2nd at nine and the 31st, as `owned`.
    #expect(found.figure("named") == .int(3))
    #expect(found.figure("all_forms") == .int(5))
    #expect(found.figure("buys") == .int(7))
  }

  @Test func `a set's condition reads what kinds beside it do not have`() throws {
    // The last rows are of kinds without the attribute, and nobody ever did what has it.
    let found = try run(
      """
      let some = count(dear or like)
      let all about community = count(dear or like or long)
      let long_ones = count(long or like)
      """,
      [
        "ann buy 2026-01-01 09:00 amount=5", "ann buy 2026-01-02 09:00 amount=2", "ann like 2026-01-03 09:00 post=p1",
        "cai like 2026-01-04 09:00 post=p1", "cai like 2026-01-05 09:00 post=p2",
      ],
      block: NaiveSidesTests.block
        + "\nevent walk { minutes_of int }\nevents dear = buy where amount > 3\nevents long = walk where minutes_of > 9"
    )
    #expect(found.facts("some") == [.int(2), .int(0), .int(2)])
    #expect(found.figure("all") == .int(4))
    #expect(found.facts("long_ones") == [.int(1), .int(0), .int(2)])
  }

  @Test func `at one instant the doers' ids decide`() throws {
    let found = try run(
      """
      let latest_post = last(post of liked, from 2026-01-01 to 2026-01-01)
      incentive numbered { on liked; award count(liked) points }
      incentive by_post { on liked; award count(liked, same post) points }
      """,
      [
        "cai like 2026-01-01 09:00 post=p1 author=ann", "ben like 2026-01-01 09:00 post=p2 author=ann",
        "ben like 2026-01-01 09:00 post=p1 author=ann",
      ])
    // ben's like of p1, ben's of p2, cai's of p1.
    #expect(found.facts("latest_post") == [.item(0), .missing, .missing])
    #expect(found.awards("numbered") == ["ann 1", "ann 2", "ann 3"])
    #expect(found.awards("by_post") == ["ann 1", "ann 1", "ann 2"])
  }

  @Test func `references are followed`() throws {
    let found = try run(
      """
      let home = inviter.city
      let cakes = count(like where post.topic == "cake")
      let from_oslo = count(liked where (event.member.city ?? "") == "Oslo")
      """,
      ["cai like 2026-01-02 09:00 post=p1 author=ann", "ben like 2026-01-04 09:00 post=p2 author=ann"])
    #expect(found.facts("home") == [.missing, .text("Rome"), .text("Rome")])
    #expect(found.facts("cakes") == [.int(0), .int(1), .int(0)])
    #expect(found.facts("from_oslo") == [.int(1), .int(0), .int(0)])
  }

  @Test func `items have events, the community has records`() throws {
    let found = try run(
      """
      let loved about content = count(like)
      let lovers about content = distinct(event.member of like)
      let late about content = count(like, last 2 days)
      let about_tea about content = topic == "tea"
      let down about community = sum(minutes of outage, this month)
      let spoken about community = count(whisper)
      """,
      [
        "ann like 2026-01-02 09:00 post=p1", "ann like 2026-01-03 09:00 post=p1", "ben like 2026-01-31 09:00 post=p1",
        "- whisper 2026-01-03 09:00 post=p1", "- outage 2026-01-04 09:00 minutes=15",
        "- outage 2025-12-31 09:00 minutes=99",
      ])
    #expect(found.itemFacts("loved") == [.int(3), .int(0)])
    #expect(found.itemFacts("lovers") == [.int(2), .int(0)])
    #expect(found.itemFacts("late") == [.int(1), .int(0)])
    #expect(found.itemFacts("about_tea") == [.bool(true), .bool(false)])
    #expect(found.figure("down") == .int(15))
    #expect(found.figure("spoken") == .int(1))
    // The series begins with the first event, not with a record.
    #expect(found.outcome.firstDay == (try ZoneFixtures.day("2026-01-02")))
  }

  @Test func `members are those who appear`() throws {
    let found = try run(
      """
      incentive daily { every day; award 1 points }
      let since = joined
      """,
      ["zoe post 2026-01-28 09:00", "bob post 2026-01-30 23:59", "bob post 2026-01-29 10:00"],
      block: """
        members from events
        events from "events.csv" { member member; at time; kind text }
        event post
        """)
    #expect(found.members == ["bob", "zoe"])
    #expect(
      found.facts("since") == [.date(try ZoneFixtures.day("2026-01-29")), .date(try ZoneFixtures.day("2026-01-28"))])
    // bob the 29th to the 31st, zoe from the 28th.
    #expect(found.balance("bob")?.points == 3)
    #expect(found.balance("zoe")?.points == 4)
  }

  @Test func `a rule set may have no events`() throws {
    let found = try run(
      "incentive daily { every day; among id != \"cai\"; award 1 points }\nlet home = city", [], asOf: "2026-01-31",
      block: """
        starts 2026-01-30
        members from "members.csv" { id text key; city text? }
        """)
    #expect(found.facts("home") == [.text("Rome"), .missing, .text("Oslo")])
    #expect(found.awards() == ["ann 1", "ben 1", "ann 1", "ben 1"])
  }
}
