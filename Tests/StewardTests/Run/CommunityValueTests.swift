import Testing

@testable import Steward

/// Values about the community, whose parts come from one batch a member.
@Suite struct CommunityValueTests {
  @Test(arguments: [1, 16_384]) func lastTakesEveryType(_ batchRows: Int) throws {
    let facts = try SmallRun().communityFacts(
      """
      let ok_last about community = last(ok of check)
      let note_last about community = last(note of check)
      let computed about community = last("{note}, {amount}" of check)
      let amount_last about community = last(amount of check)
      let who about community = last(event.member of check)
      let none about community = last(at of like)

      """, batchRows: batchRows)
    #expect(facts["ok_last"] == .bool(true))
    #expect(facts["note_last"] == .text("first"))
    #expect(facts["computed"] == .text("first, 7"))
    #expect(facts["amount_last"] == .number(7))
    #expect(facts["who"] == .member(1))
    #expect(facts["none"] == .missing)
  }

  /// Each batch numbers its computed texts for itself.
  @Test(arguments: [1, 16_384]) func computedTextsAreToldApart(_ batchRows: Int) throws {
    let facts = try SmallRun().communityFacts(
      """
      let plain about community = distinct(note of check)
      let computed about community = distinct("<{note}>" of check)
      let pairs about community = distinct("{note}, {amount}" of check)

      """, batchRows: batchRows)
    #expect(facts["plain"] == .int(2))
    #expect(facts["computed"] == .int(2))
    #expect(facts["pairs"] == .int(3))
  }

  @Test func aShareAmongNobodyIsMissing() throws {
    let facts = try SmallRun().communityFacts(
      """
      segment active = any(check)
      segment loud = count(check) > 100
      let of_none about community = share(active among loud)
      let of_all about community = share(active)

      """)
    #expect(facts["of_none"] == .missing)
    #expect(facts["of_all"] == .number(2.0 / 3))
  }

  /// Somebody checked in on the 3rd and on the 4th.
  @Test func aStreakIsEverybodys() throws {
    let rules = "let s about community = streak(check)\nlet w about community = streak(check, by week)\n"
    #expect(try SmallRun().communityFacts(rules) == ["s": .int(2), "w": .int(1)])
    #expect(try SmallRun(asOf: "2026-01-05").communityFacts(rules) == ["s": .int(0), "w": .int(1)])
    #expect(try SmallRun(asOf: "2026-01-05 10:00").communityFacts(rules) == ["s": .int(2), "w": .int(1)])
  }

  @Test(arguments: [1, 16_384]) func totalsAndOrders(_ batchRows: Int) throws {
    let facts = try SmallRun().communityFacts(
      """
      let total about community = sum(amount of check)
      let mean about community = avg(amount of check)
      let middle about community = median(amount of check)
      let most about community = max(amount of check)
      let checks = count(check)
      let all_checks about community = sum(checks)
      let fewest about community = min(checks)

      """, batchRows: batchRows)
    #expect(facts["total"] == .number(13))
    #expect(facts["mean"] == .number(13.0 / 3))
    #expect(facts["middle"] == .number(5))
    #expect(facts["most"] == .number(7))
    #expect(facts["all_checks"] == .int(3))
    #expect(facts["fewest"] == .int(0))
  }
}
