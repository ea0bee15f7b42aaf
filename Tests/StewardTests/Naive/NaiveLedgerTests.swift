import Testing

@testable import Steward

/// Expiry, deductions and what is taken back, worked out by hand.
@Suite struct NaiveLedgerTests {
  static func shop(_ events: [String]) -> SmallCommunity {
    SmallCommunity(
      block: """
        members from "members.csv" { id text key }
        events from "events.csv" { member member; at time; kind text }
        event visit; event redeem
        event buy    { order text; amount int }
        event refund { order text? }
        purse xp
        """, members: ["ann"], events: events)
  }

  static let buying = "incentive buying { on buy; award amount points }"

  @Test(arguments: [("2026-01-03", 10, 0), ("2026-01-04", 0, 10)])
  func `points live to the end of their last day`(asOf: String, points: Int64, expired: Int64) throws {
    // Awarded on the 1st, they last two days more: the 2nd and the 3rd.
    let found = try NaiveLedgerTests.shop(["ann visit 2026-01-01 09:00"]).run(
      "incentive visits { on visit; award 10 points; expires after 2 days }", asOf: asOf)
    #expect(found.balance("ann") == NaiveBalance(points: points, earned: 10, expired: expired))
  }

  @Test func `a deduction takes first what goes first`() throws {
    let rules = """
      incentive visits { on visit; award 10 points }
      \(NaiveLedgerTests.buying.replacing("}", with: "; expires after 5 days }"))
      incentive gift { on redeem; deduct 15 points }
      """
    let shop = NaiveLedgerTests.shop([
      "ann visit 2026-01-01 09:00", "ann buy 2026-01-02 09:00 order=a amount=8",
      "ann buy 2026-01-03 09:00 order=b amount=4", "ann redeem 2026-01-04 09:00",
    ])
    // Of 22 points 15 go: the 8 that last to the 7th, the 4 that last to the 8th, and 3 of those that last for ever.
    let found = try shop.run(rules, asOf: "2026-01-20")
    #expect(found.balance("ann") == NaiveBalance(points: 7, earned: 22, spent: 15))
    #expect(found.awards("gift") == ["ann -15"])
  }

  @Test func `a deduction takes all of it or nothing, unless it says up to`() throws {
    let events = ["ann buy 2026-01-01 09:00 order=a amount=30", "ann redeem 2026-01-02 09:00"]
    func run(_ deduction: String, _ extra: [String] = []) throws -> SmallCommunity.Found {
      try NaiveLedgerTests.shop(events + extra).run(
        NaiveLedgerTests.buying + "\nincentive gift { on redeem; \(deduction) }", asOf: "2026-01-09")
    }
    let refused = try run("deduct 40 points")
    #expect(refused.balance("ann") == NaiveBalance(points: 30, earned: 30))
    #expect(refused.refusals() == ["ann 0 of 40: shortfall"])
    let upTo = try run("deduct up to 40 points", ["ann redeem 2026-01-03 09:00"])
    #expect(upTo.balance("ann") == NaiveBalance(points: 0, earned: 30, spent: 30))
    // The second time there is nothing left, and nothing happens.
    #expect(upTo.awards("gift") == ["ann -30"])
    #expect(upTo.refusals().isEmpty)
    #expect(try run("deduct 0 points").awards("gift") == [])
    // A refused one counts for the limit: the second redemption of the year is none.
    let limited = try run(
      "deduct 40 points; limit 1 per year",
      ["ann buy 2026-01-03 09:00 order=b amount=30", "ann redeem 2026-01-04 09:00"])
    #expect(limited.refusals() == ["ann 0 of 40: shortfall"])
    #expect(limited.balance("ann")?.points == 60)
  }

  @Test func `rules on one event act in the order of their names`() throws {
    let event = ["ann visit 2026-01-01 09:00"]
    let after = try NaiveLedgerTests.shop(event).run(
      "incentive a { on visit; award 10 points }\nincentive b { on visit; deduct 10 points }", asOf: "2026-01-01")
    #expect(after.balance("ann") == NaiveBalance(points: 0, earned: 10, spent: 10))
    let before = try NaiveLedgerTests.shop(event).run(
      "incentive b { on visit; award 10 points }\nincentive a { on visit; deduct 10 points }", asOf: "2026-01-01")
    #expect(before.balance("ann") == NaiveBalance(points: 10, earned: 10))
    #expect(before.refusals() == ["ann 0 of 10: shortfall"])
  }

  @Test func `what is taken back is as if it had not been`() throws {
    let rules = """
      incentive buying { on buy; award amount points and 2 xp and badge "buyer"; limit 2 ever }
      incentive returned { on refund; take back buying same order }
      let bought = awards(buying)
      let latest = last_award(buying)
      let gained = earned()
      let xp_gained = earned(xp)
      let held = badges
      """
    func run(_ events: [String]) throws -> SmallCommunity.Found {
      try NaiveLedgerTests.shop(
        ["ann buy 2026-01-01 09:00 order=a amount=30", "ann buy 2026-01-02 09:00 order=b amount=20"] + events
      ).run(rules, asOf: "2026-01-09")
    }
    let found = try run(["ann refund 2026-01-03 09:00 order=b", "ann refund 2026-01-04 09:00 order=b"])
    // The second refund finds nothing to take.
    #expect(found.awards("returned") == ["ann -20", "ann -2 xp"])
    #expect(found.balance("ann") == NaiveBalance(points: 30, earned: 30))
    #expect(found.balance("ann", "xp") == NaiveBalance(points: 2, earned: 2))
    #expect(found.facts("bought") == [.int(1)])
    #expect(found.facts("latest") == [.time(try ZoneFixtures.utc("2026-01-01 09:00"))])
    #expect(found.facts("gained") == [.int(30)])
    #expect(found.facts("xp_gained") == [.int(2)])
    #expect(found.facts("held") == [.list(["buyer"])])
    // It gives no room back to the limit, and without an order nothing agrees.
    let both = try run([
      "ann refund 2026-01-03 09:00 order=a", "ann refund 2026-01-03 10:00 order=b",
      "ann buy 2026-01-04 09:00 order=c amount=5", "ann refund 2026-01-05 09:00",
    ])
    #expect(both.balance("ann") == NaiveBalance())
    #expect(both.facts("latest") == [.missing])
    #expect(both.facts("held") == [.list([])])
  }

  @Test func `what the balance lacks is a debt, which later awards pay`() throws {
    let rules = """
      \(NaiveLedgerTests.buying)
      incentive gift { on redeem; deduct 20 points }
      incentive returned { on refund; take back buying same order }
      """
    let events = [
      "ann buy 2026-01-01 09:00 order=a amount=30", "ann redeem 2026-01-02 09:00",
      "ann refund 2026-01-03 09:00 order=a", "ann buy 2026-01-04 09:00 order=b amount=15",
      "ann redeem 2026-01-05 09:00", "ann buy 2026-01-06 09:00 order=c amount=25",
    ]
    func balance(_ count: Int) throws -> NaiveBalance? {
      try NaiveLedgerTests.shop(Array(events.prefix(count))).run(rules, asOf: "2026-01-09").balance("ann")
    }
    // 30 − 20 leaves 10; of the 30 taken back 20 are lacking.
    #expect(try balance(3) == NaiveBalance(points: 0, earned: 0, spent: 20, debt: 20))
    // 15 of the 20 are paid; there is nothing to redeem.
    #expect(try balance(5) == NaiveBalance(points: 0, earned: 15, spent: 20, debt: 5))
    // 25 pay the other 5 and leave 20.
    #expect(try balance(6) == NaiveBalance(points: 20, earned: 40, spent: 20))
    let found = try NaiveLedgerTests.shop(events).run(rules, asOf: "2026-01-09")
    #expect(found.awards() == ["ann 30", "ann -20", "ann -30", "ann 15", "ann 25"])
    #expect(found.refusals() == ["ann 0 of 20: shortfall"])
  }

  @Test func `what has expired is not taken back again`() throws {
    let rules = """
      incentive buying { on buy; award amount points; expires after 1 days }
      incentive visits { on visit; award 3 points }
      incentive gift { on redeem; deduct 10 points }
      incentive returned { on refund; take back buying same order }
      """
    // Of the 30 points of the 1st 10 are spent on the 2nd and 20 go at its end. On the 4th 10 are taken back: 3 are there.
    let found = try NaiveLedgerTests.shop([
      "ann buy 2026-01-01 09:00 order=a amount=30", "ann redeem 2026-01-02 09:00", "ann visit 2026-01-03 09:00",
      "ann refund 2026-01-04 09:00 order=a",
    ]).run(rules, asOf: "2026-01-04")
    #expect(found.awards("returned") == ["ann -10"])
    #expect(found.balance("ann") == NaiveBalance(points: 0, earned: 3, spent: 10, expired: 20, debt: 7))
  }

  @Test func `an award's own lot is taken before others`() throws {
    let rules = """
      incentive buying { on buy; award amount points }
      incentive visits { on visit; award 5 points; expires after 9 days }
      incentive returned { on refund; take back buying same order }
      """
    // The 30 of order a are still there, so the points that expire first stay.
    let found = try NaiveLedgerTests.shop([
      "ann buy 2026-01-01 09:00 order=a amount=30", "ann visit 2026-01-02 09:00",
      "ann refund 2026-01-03 09:00 order=a",
    ]).run(rules, asOf: "2026-01-20")
    #expect(found.balance("ann") == NaiveBalance(points: 0, earned: 5, expired: 5))
  }

  @Test func `deductions are counted by their own rule`() throws {
    let rules = """
      \(NaiveLedgerTests.buying)
      incentive gift { on redeem; deduct 20 points }
      let gifts = awards(gift, this month)
      let latest = last_award(gift)
      let used = spent(last 2 days)
      let used_ever = spent()
      """
    let found = try NaiveLedgerTests.shop([
      "ann buy 2026-01-01 09:00 order=a amount=50", "ann redeem 2026-01-02 09:00", "ann redeem 2026-01-08 09:00",
      "ann redeem 2026-01-09 09:00",
    ]).run(rules, asOf: "2026-01-09")
    #expect(found.facts("gifts") == [.int(2)])
    #expect(found.facts("latest") == [.time(try ZoneFixtures.utc("2026-01-08 09:00"))])
    #expect(found.facts("used") == [.int(20)])
    #expect(found.facts("used_ever") == [.int(40)])
  }

  @Test func `points of other rules are no part of what is taken back first`() throws {
    // 1 of the order, 5 of the visit; the 2 that are deducted are that 1 and 1 of the 5. What is taken back is then 1 of
    // the 4 that go first.
    let found = try NaiveLedgerTests.shop([
      "ann buy 2026-01-01 09:00 order=a amount=1", "ann visit 2026-01-01 10:00", "ann redeem 2026-01-01 11:00",
      "ann refund 2026-01-02 09:00 order=a",
    ]).run(
      """
      incentive buying { on buy; award amount points }
      incentive visits { on visit; award 5 points }
      incentive short { on redeem; award 4 points; expires after 5 days }
      incentive wear { on visit; deduct 2 points }
      incentive returned { on refund; take back buying same order }
      """, asOf: "2026-01-23")
    #expect(found.balance("ann") == NaiveBalance(points: 4, earned: 9, spent: 2, expired: 3))
  }

  @Test func `two rules take back one award once`() throws {
    let found = try NaiveLedgerTests.shop([
      "ann buy 2026-01-01 09:00 order=a amount=20", "ann refund 2026-01-02 09:00 order=a",
    ]).run(
      """
      incentive buying { on buy; award amount points }
      incentive first { on refund; take back buying same order }
      incentive second { on refund; take back buying same order }
      let times = awards(second)
      """, asOf: "2026-01-03")
    #expect(found.awards() == ["ann 20", "ann -20"])
    #expect(found.balance("ann") == NaiveBalance())
    // The second found nothing.
    #expect(found.facts("times") == [.int(0)])
  }

  @Test func `a deduction that was refused is none`() throws {
    let found = try NaiveLedgerTests.shop(["ann redeem 2026-01-01 09:00", "ann visit 2026-01-02 09:00"]).run(
      """
      incentive gift { on redeem; deduct up to 20 points }
      incentive visits { on visit; when awards(gift) == 0 and last_award(gift) is missing; award 5 points }
      """, asOf: "2026-01-03")
    #expect(found.awards() == ["ann 5"])
  }
}
