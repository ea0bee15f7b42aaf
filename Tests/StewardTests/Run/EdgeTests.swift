import Testing

@testable import Steward

/// Communities of nobody, of nothing, and numbers without end.
@Suite struct EdgeTests {
  @Test(arguments: ["2599-12-31 10:00", "1601-01-01 00:00"])
  func anEventOfAnotherAgeIsTold(at: String) throws {
    var small = SmallRun(asOf: "")
    small.events = (small.events ?? "") + "ann,\(at),check,true,first,5\n"
    let rules = "incentive i { every day; award 1 points }"
    #expect(try small.run(rules).0.diagnostics.map(\.code.text) == ["R0510"])
    // A date that is given is trusted, and what lies beyond it does not exist.
    small.asOf = "2026-01-04"
    let (result, _) = try small.run(rules)
    #expect(result.diagnostics.map(\.code.text) == (at.hasPrefix("1") ? ["R0510"] : []))
  }

  static let overflowing = "(amount + 10)" + String(repeating: " * 9_000_000_000_000_000_000.0", count: 17)

  @Test func aRuleSetWithoutEventsSeesItsMembers() throws {
    let small = SmallRun(events: nil)
    let (result, program) = try small.run(
      "segment early = joined == 2026-01-01\nlet n about community = count(early)\n")
    let outcome = try #require(result.outcome)
    #expect(outcome.presentCount == 3)
    #expect(outcome.communityFacts.map(\.value) == [.int(2)])
    let fact = try #require(outcome.facts.first)
    #expect(program.lets[fact.letIndex].name == "early")
    guard case .flags(let flags) = fact.values else {
      Issue.record("a segment is a column of flags")
      return
    }
    #expect(flags == [1, 1, 0])
  }

  @Test func aCommunityOfNobodyHasTheSameColumns() throws {
    let small = SmallRun(members: "id,joined\n", events: "member,at,kind,ok,note,amount\n", asOf: "2026-01-31")
    let (result, _) = try small.run(
      """
      segment active = any(like)
      let m = max(amount of check)
      let q = quantile(amount of check, 0.9)
      let d = distinct(note of check) + streak(check)
      let l = last(note of check)
      let t = "{d} notes"
      let held = badges
      let s about community = share(active)
      let e about community = sum(m ?? 0)
      tiers level { tier low; tier high { when now - joined >= 3 days and badges contains "b" }; review every day }
      let at = level
      incentive i { on check where amount > 3; award badge "b"; limit 1 per note }
      incentive k { every week; when count(check, last 3 days) > 2; award 5 points }

      """)
    let outcome = try #require(result.outcome)
    #expect(outcome.facts.count == 8)
    #expect(outcome.facts.allSatisfy { $0.values.count == 0 })
    #expect(outcome.communityFacts.map(\.value) == [.number(0), .number(0)])
    #expect(outcome.tiers == [[]])
  }

  @Test func sumsOfWhatGrewTooLargeAreFaults() throws {
    let rules = ["let s = sum(X of check)", "let s = median(X of check)", "let s = max(X of check) ?? 0"]
    for rule in rules {
      let text = rule.replacing("X", with: EdgeTests.overflowing) + "\n"
      // ann's and bob's: one mistake, one message.
      let told = try SmallRun().run(text).0.diagnostics
      #expect(told.map(\.code.text) == ["R0504"])
      #expect(told.first?.message.english.hasSuffix("(and 1 more like it)") == true)
    }
  }

  /// The same over the community, whatever an aggregate gives.
  @Test func faultsAboutTheCommunityAreTold() throws {
    let rules = ["sum(X of check)", "count(check where X > 1)", "any(check where X > 1)", "last(X of check)"]
    for rule in rules {
      let text = "let s about community = " + rule.replacing("X", with: EdgeTests.overflowing) + "\n"
      let result = try SmallRun().run(text).0
      #expect(result.diagnostics.map(\.code.text) == ["R0504"])
      #expect(result.diagnostics.first?.message.english.contains("for the community") == true)
    }
  }

  /// A branch not taken cannot fail.
  @Test func aFaultThatNobodyReadsIsNone() throws {
    let text = "let s = if any(like) then sum(\(EdgeTests.overflowing) of check) else 1.0\n"
    let (result, _) = try SmallRun().run(text)
    #expect(result.outcome != nil)
  }

  /// Apia skipped 30 December 2011: a day that never was has no review and no award.
  @Test func aMissingDayHasNoAward() throws {
    var small = SmallRun(members: "id,joined\nann,2011-12-28\n", asOf: "2011-12-31")
    small.events = "member,at,kind,ok,note,amount\nann,2011-12-28 10:00,like,,,\n"
    small.zone = "Pacific/Apia"
    small.calendar = try ZoneFixtures.calendar(small.zone)
    let (result, _) = try small.run("incentive daily { every day; award 5 points }\n")
    let days = try #require(result.outcome).awards.map { small.calendar.day(of: $0.at) }
    #expect(try days == ["2011-12-28", "2011-12-29", "2011-12-31"].map(ZoneFixtures.day))
  }

  @Test func whatTakesNothingBackIsTold() throws {
    let result = try SmallRun().run(
      """
      incentive given { on check where ok; award 5 points }
      incentive returned { on check where not ok; take back given same note }
      """
    ).0
    #expect(result.outcome?.incentiveTotals.map(\.awards) == [2, 0])
    #expect(
      result.diagnostics.map(\.message.english) == [
        "`returned` took nothing back at 1 event: `given` awarded nothing with the same `note`"
      ])
    #expect(result.diagnostics.allSatisfy { $0.severity == .warning })
  }

  /// `now` as a key of a board differs at every check, also where a condition compares it.
  @Test func theClockAsAKey() throws {
    let result = try SmallRun().run(
      """
      incentive first { every day; rank by days(anything, last 30 days), now; award 7 points; when now > 2025-01-01 00:00 }
      """
    ).0
    let outcome = try #require(result.outcome)
    // On the 3rd both have one day; on the 4th Bob has two.
    #expect(
      outcome.boardPlaces.map { [$0.period - outcome.firstDay, $0.place, $0.member] } == [
        [0, 1, 0], [0, 1, 1], [1, 1, 1],
      ])
  }
}
