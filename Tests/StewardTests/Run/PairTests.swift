import Testing

@testable import Steward

/// Patterns that read the firing event: joined, asked pair by pair, and the faults of either.
@Suite struct PairTests {
  /// `check` events of ann, a minute apart, with notes that come round after so many.
  static func events(_ count: Int, notes: Int) -> String {
    var lines = ["member,at,kind,ok,note,amount"]
    for number in 0..<count {
      let minute = String(number % 60)
      let at = "2026-01-0\(1 + number / 1440) \(pad(number / 60 % 24)):\(pad(number % 60))"
      lines.append("ann,\(at),check,true,n\(number % notes),\(minute)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private func points(_ small: SmallRun, _ rules: String) throws -> Int64 {
    let (result, _) = try small.run(rules)
    let outcome = try #require(result.outcome, "\(result.diagnostics.map(\.message.english))")
    return outcome.incentiveTotals.reduce(0) { $0 + $1.points }
  }

  @Test func `equal keys are looked up`() throws {
    let small = SmallRun(events: PairTests.events(400, notes: 4))
    // Of each of four notes the k-th event sees k: 1 + 2 + … + 100, four times.
    #expect(try points(small, "incentive a { on check; award count(check where note == this.note) points }") == 20_200)
    #expect(try points(small, "incentive a { on check; award count(check, same note) points }") == 20_200)
    #expect(
      try points(
        small, "incentive a { on check; award count(check where this.ok and ok and this.note == note) points }")
        == 20_200)
  }

  @Test func `pairs beyond one chunk are all asked`() throws {
    // 400 events see 80,200 pairs, more than are evaluated at once; each sees itself and those before it.
    let small = SmallRun(events: PairTests.events(400, notes: 4))
    #expect(try points(small, "incentive a { on check; award count(check where at <= this.at) points }") == 80_200)
    #expect(
      try points(
        small, "incentive a { on check; award count(check where note == this.note and at < this.at) points }")
        == 20_200 - 400)
    // The amounts of one hour are 0, 1, … 59: the largest difference to an earlier one is the amount itself.
    let first = SmallRun(events: PairTests.events(60, notes: 4))
    #expect(
      try points(
        first,
        "incentive a { on check; award round(max(this.amount - amount of check) ?? 0) points }") == 59 * 60 / 2)
  }

  @Test func `a fault counts where asking in order meets it`() throws {
    let overflow = "9_000_000_000_000_000_000 * (if note == \"n1\" then 2 else 1) > 0"
    let small = SmallRun(events: PairTests.events(4, notes: 4))
    // Before the equality every row is asked: the event n1 and all after it meet the fault.
    let (early, _) = try small.run(
      "incentive a { on check; award count(check where \(overflow) and note == this.note) points }")
    #expect(early.diagnostics.map { $0.message.english.hasSuffix("(and 2 more like it)") } == [true])
    // Behind it only the event n1 itself.
    let (late, _) = try small.run(
      "incentive a { on check; award count(check where note == this.note and \(overflow)) points }")
    #expect(late.diagnostics.map { $0.message.english.hasSuffix("like it)") } == [false])
    // The same in a group: `same` comes first.
    let (same, _) = try small.run("incentive a { on check; award count(check where \(overflow), same note) points }")
    #expect(same.diagnostics.map { $0.message.english.hasSuffix("like it)") } == [false])
  }

  @Test func `medians and distinct values of the same`() throws {
    // Notes alternate, so that neighbours look at different groups; amounts of a note are k, k + 2, k + 4 …
    let small = SmallRun(events: PairTests.events(60, notes: 2))
    // The k-th event of a note has seen k values; their median is its first amount + k − 1.
    let medians = (0..<60).reduce(0) { $0 + $1 % 2 + $1 / 2 }
    #expect(
      try points(small, "incentive a { on check; award round(median(amount of check, same note) ?? 0) points }")
        == Int64(medians))
    #expect(
      try points(small, "incentive a { on check; award distinct(amount of check, same note) points }") == 2 * 465)
  }
}
