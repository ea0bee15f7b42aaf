import Testing

@testable import Steward

/// Records, and members that events bring, through their files and the engine on one side, the naive evaluator on the other.
///
/// `STEWARD_SEEDS=5000 swift test --filter SourceDifferential` tries more of them.
@Suite struct SourceDifferentialTests {
  @Test func `the engine agrees about records and members from events`() throws {
    let count = environment("STEWARD_SEEDS") ?? 60
    var (tried, found, records) = (0, 0, 0)
    var seed = UInt64(environment("STEWARD_FIRST_SEED") ?? 0) * RandomProgram.perCommunity
    while tried < count {
      seed += RandomProgram.perCommunity
      var program = try RandomProgram(rewardsSeed: seed, without: []) { zone, weekStart in
        try ZoneFixtures.calendar(zone, weekStart: weekStart)
      }
      let kinds = program.community.kinds.filter(\.isRecord)
      if kinds.isEmpty, !program.community.membersFromEvents { continue }
      tried += 1
      found += program.community.membersFromEvents ? 1 : 0
      records += kinds.isEmpty ? 0 : 1
      var random = RandomBits(seed: seed)
      program.declarations = SourceDifferentialTests.lets(program.community, &random)
      if random.chance(15) { program.rows.events.removeAll { !program.community.kinds[$0.kind].isRecord } }
      let modes = [
        Differential.Mode(shuffle: seed), Differential.Mode(batchRows: 3, threads: 2, shuffle: seed + 1, blockSize: 50),
      ]
      for (mode, finding) in zip(modes, Differential(program: program).findings(modes).map(\.finding)) {
        switch finding {
        case .agrees: continue
        case .unchecked(let words): Issue.record("seed \(seed): \(words)\n\(program.source)")
        case .differs: Issue.record("\(Differential(program: program).report(mode))")
        }
        return
      }
    }
    #expect(found * 20 > count && records * 2 > count, "\(found) of \(count) from events, \(records) with records")
  }

  /// Figures of the community about its records, alone and among other kinds, and of members by their presence.
  private static func lets(_ community: RandomCommunity, _ random: inout RandomBits) -> [String] {
    var lets = [
      "let own = count(anything, this month)", "let there about community = count(members)",
      "incentive daily { every day; award 1 points }",
    ]
    for kind in community.kinds where kind.isRecord {
      let isOptional = kind.attributes.contains { $0.isOptional }
      let own = kind.name == "spend" ? ("cost_of", "way") : ("minutes", "minutes")
      let number = isOptional ? "(\(own.0) ?? 0)" : own.0
      let whole = community.kinds.indices.filter { community.kinds[$0].isInFile }.map { community.kinds[$0].name }
      let condition = isOptional ? "\(own.0) is not missing" : "\(own.0) > 2"
      for _ in 0..<8 {
        let window = random.one([
          "", ", last 7 days", ", last 30 days", ", this month", ", previous week", ", last 36 hours", ", today",
          ", since 2018-02-10", ", yesterday",
        ])
        let pattern = random.one([kind.name, kind.name, "\(kind.name) where \(condition)"])
        let mixed = "\(kind.name) or \(random.one(whole))"
        let value = random.one([
          "count(\(pattern)\(window))", "sum(\(number) of \(pattern)\(window))",
          "avg(\(number) of \(pattern)\(window))",
          "min(\(number) of \(pattern)\(window))", "max(\(number) of \(pattern)\(window))",
          "median(\(number) of \(pattern)\(window))", "quantile(\(number) of \(pattern), 0.9\(window))",
          "distinct(\(own.1) of \(pattern)\(window))", "days(\(pattern)\(window))", "days(\(mixed)\(window))",
          "first(\(pattern)\(window))", "last(\(pattern)\(window))", "last(\(own.1) of \(pattern)\(window))",
          "streak(\(pattern))", "streak(\(mixed), by week)", "any(\(pattern)\(window))", "count(\(mixed)\(window))",
          "sum(\(number) of \(pattern)\(window)) / count(members)",
        ])
        lets.append("let r\(lets.count) about community = \(value)")
      }
    }
    return lets
  }
}
