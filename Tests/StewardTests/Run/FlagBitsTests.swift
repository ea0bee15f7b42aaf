import Testing

@testable import Steward

/// Conditions about days, decided for whole stretches of checks: the checks run over several words of bits.
@Suite struct FlagBitsTests {
  /// Ann posts on the days 0 and 62, Ben on 64; Cai joins on 129 and never does.
  private static func metrics(_ rules: String) throws -> SmallCommunity.Found {
    try NaiveMetricTests.community(
      ["ann post 2026-01-01 09:00", "ann post 2026-03-04 09:00", "ben post 2026-03-06 09:00"],
      members: ["ann", "ben", "cai joined=2026-05-10"]
    ).run(rules, asOf: "2026-07-19")
  }

  private static func counts(_ days: [Range<Int>]) -> [Value] {
    (0..<200).map { day in .int(Int64(days.count { $0.contains(day) })) }
  }

  @Test func windowsOfDays() throws {
    let found = try Self.metrics(
      """
      metric short = count(any(post, last 3 days))
      metric long = count(any(post, last 100 days))
      metric ever = count(any(post))
      metric today = count(any(post, today))
      """)
    #expect(found.metric("short") == Self.counts([0..<3, 62..<65, 64..<67]))
    #expect(found.metric("long") == Self.counts([0..<162, 64..<164]))
    #expect(found.metric("ever") == Self.counts([0..<200, 64..<200]))
    #expect(found.metric("today") == Self.counts([0..<1, 62..<63, 64..<65]))
  }

  @Test func conditionsOfConditions() throws {
    let found = try Self.metrics(
      """
      segment lately = any(post, last 3 days)
      segment known = any(post, last 100 days)
      metric quiet = count(not lately)
      metric resting = count(known and not lately)
      metric either = count(lately or not known)
      metric rate = share(lately among known)
      """)
    let present = [0..<200, 0..<200, 129..<200]
    let (ann, ben) = ([3..<62, 65..<162], [67..<164])
    #expect(found.metric("quiet") == Self.counts([3..<62, 65..<200, 0..<64, 67..<200, 129..<200]))
    #expect(found.metric("resting") == Self.counts(ann + ben))
    #expect(
      found.metric("either")
        == (0..<200).map { day in
          .int(Int64(present.count { $0.contains(day) } - (ann + ben).count { $0.contains(day) }))
        })
    let (rate, lately) = (found.metric("rate"), Self.counts([0..<3, 62..<65, 64..<67]))
    let known = Self.counts([0..<162, 64..<164])
    for day in 0..<200 {
      guard case .int(let held) = lately[day], case .int(let among) = known[day] else { continue }
      #expect(rate[day] == (among == 0 ? .missing : .number(Double(held) / Double(among))), "\(day)")
    }
  }
}
