import Testing

@testable import Steward

/// A datum of more than 15 digits counts as its double, not as the shorter decimal that reads back as the same.
@Suite struct DigitsTests {
  /// 0.050000000000000003 is how a program prints the double next to 0.05, which is a little more than that.
  private func small(_ first: String) -> SmallRun {
    SmallRun(
      members: "id,joined\nann,2026-01-01\n",
      events: """
        member,at,kind,ok,note,amount
        ann,2026-01-03 10:00,check,true,a,\(first)
        ann,2026-01-03 11:00,check,true,b,0.07

        """)
  }

  private static let rules = """
    let m = median(amount of check)
    let s = sum(amount of check)
    let ms about community = median(amount of check)
    let ss about community = sum(amount of check)
    let least about community = min(amount of check)

    """

  private func values(_ small: SmallRun) throws -> [Double] {
    let (result, _) = try small.run(DigitsTests.rules)
    let outcome = try #require(result.outcome)
    let facts = outcome.facts.flatMap { fact -> [Double] in
      if case .numbers(let numbers) = fact.values { numbers } else { [] }
    }
    return facts
      + outcome.communityFacts.map { if case .number(let number) = $0.value { number } else { .nan } }
  }

  @Test func `of 15 digits or fewer the decimal counts`() throws {
    #expect(try values(small("0.05")) == [0.06, 0.12, 0.06, 0.12, 0.05])
    #expect(try values(small("0.050000000000000000000")) == [0.06, 0.12, 0.06, 0.12, 0.05])
  }

  @Test func `of more the double counts`() throws {
    // A little more than 0.06, and than 0.12: the nearest doubles are the next ones.
    #expect(
      try values(small("0.050000000000000003"))
        == [0.060000000000000005, 0.12000000000000001, 0.060000000000000005, 0.12000000000000001, 0.05])
  }
}
