import Testing

@testable import Steward

/// The engine against the naive evaluator on random rule sets over random data.
///
/// `STEWARD_SEEDS=20000 swift test --filter Differential` runs more of them, `STEWARD_FIRST_SEED` others.
@Suite struct DifferentialTests {
  static let first = UInt64(environment("STEWARD_FIRST_SEED") ?? 0)
  static let count = UInt64(environment("STEWARD_SEEDS") ?? 2000)
  /// Slices of the seeds, so that they run side by side.
  static let slices = Array(UInt64(0)..<4)

  @Test(arguments: slices) func `the engine agrees with the naive evaluator`(slice: UInt64) throws {
    var unchecked: [String] = []
    var reports: [String] = []
    let seeds = DifferentialTests.first..<(DifferentialTests.first + DifferentialTests.count)
    let per = RandomProgram.perCommunity
    for community in (seeds.lowerBound / per)...(seeds.upperBound / per) where community % 4 == slice {
      let mode = Differential.Mode(shuffle: community)
      let first = try RandomProgramTests.program(community * per)
      let dataset = try? Differential(program: first).loaded(mode).get()
      for seed in (community * per)..<((community + 1) * per) where seeds.contains(seed) {
        let program = RandomProgram(seed: seed, about: first)
        switch Differential(program: program, dataset: dataset).finding(mode) {
        case .agrees: continue
        case .unchecked(let words): unchecked.append("seed \(seed): \(words)")
        case .differs: reports.append(Differential(program: program).report(mode))
        }
      }
      if reports.count >= (environment("STEWARD_REPORTS") ?? 3) { break }
    }
    for report in reports { Issue.record("\(report)") }
    #expect(UInt64(unchecked.count) * 50 <= DifferentialTests.count, "\(unchecked.joined(separator: "\n"))")
  }

  @Test func `neither threads, batches, blocks nor the order of rows show`() throws {
    let count = min(300, UInt64(environment("STEWARD_SEEDS") ?? 60))
    let per = RandomProgram.perCommunity
    let modes = [
      Differential.Mode(batchRows: 1, threads: 1, shuffle: 1, blockSize: 64),
      Differential.Mode(batchRows: 7, threads: 2, shuffle: 2, blockSize: 1000),
      Differential.Mode(batchRows: 1024, threads: 2, shuffle: 3),
      Differential.Mode(batchRows: 16_384, threads: 1, shuffle: 4),
    ]
    for number in (DifferentialTests.first + 200_000)..<(DifferentialTests.first + 200_000 + count) {
      let differential = Differential(program: try RandomProgramTests.program(number * per))
      let findings = differential.findings(modes)
      let failures = Set(findings.map { $0.failure ?? "" })
      #expect(failures.count == 1, "seed \(number * per): \(failures)")
      for (mode, found) in zip(modes, findings) {
        if case .differs = found.finding {
          Issue.record("\(differential.report(mode))")
          return
        }
      }
    }
  }

  /// What the engine says it cannot do yet.
  static let lacking: Set<String> = []

  @Test(arguments: slices) func `they agree about points, budgets and boards`(slice: UInt64) throws {
    var unchecked: [String] = []
    var reports: [String] = []
    let count = UInt64(environment("STEWARD_SEEDS") ?? 600)
    for seed in DifferentialTests.first..<(DifferentialTests.first + count) where seed % 4 == slice {
      let program = try RandomProgram(rewardsSeed: seed, without: DifferentialTests.lacking) { zone, weekStart in
        try ZoneFixtures.calendar(zone, weekStart: weekStart)
      }
      // Neither batches, threads nor a barrier every day may show.
      let mode = Differential.Mode(
        batchRows: [16_384, 1, 7, 1024][Int(seed / 4 % 4)], threads: seed / 16 % 2 == 0 ? 1 : 2, shuffle: seed,
        goesDayByDay: seed / 32 % 2 == 1)
      switch Differential(program: program).finding(mode) {
      case .agrees: continue
      case .unchecked(let words): unchecked.append("seed \(seed): \(words)")
      case .differs: reports.append(Differential(program: program).report(mode))
      }
      if reports.count >= (environment("STEWARD_REPORTS") ?? 3) { break }
    }
    for report in reports { Issue.record("\(report)") }
    #expect(UInt64(unchecked.count) * 50 <= count, "\(unchecked.joined(separator: "\n"))")
  }
}
