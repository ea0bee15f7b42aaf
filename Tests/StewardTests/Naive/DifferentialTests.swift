import Testing

@testable import Steward

/// The engine against the naive evaluator on random rule sets over random data.
///
/// `STEWARD_SEEDS=20000 swift test --filter Differential` runs more of them, `STEWARD_FIRST_SEED` others.
@Suite struct DifferentialTests {
  static let first = UInt64(environment("STEWARD_FIRST_SEED") ?? 0)
  static let count = UInt64(environment("STEWARD_SEEDS") ?? 600)
  /// Slices of the seeds, so that they run side by side.
  static let slices = Array(UInt64(0)..<4)

  @Test(arguments: slices) func `the engine agrees with the naive evaluator`(slice: UInt64) throws {
    var unchecked: [String] = []
    var reports: [String] = []
    for seed in DifferentialTests.first..<(DifferentialTests.first + DifferentialTests.count) where seed % 4 == slice {
      let differential = Differential(program: try RandomProgramTests.program(seed))
      let mode = Differential.Mode(shuffle: seed)
      switch differential.finding(mode) {
      case .agrees: continue
      case .unchecked(let words): unchecked.append("seed \(seed): \(words)")
      case .differs: reports.append(differential.report(mode))
      }
      if reports.count >= (environment("STEWARD_REPORTS") ?? 3) { break }
    }
    for report in reports { Issue.record("\(report)") }
    #expect(UInt64(unchecked.count) * 50 <= DifferentialTests.count, "\(unchecked.joined(separator: "\n"))")
  }

  @Test func `neither threads, batches, blocks nor the order of rows show`() throws {
    let count = min(300, UInt64(environment("STEWARD_SEEDS") ?? 60))
    for seed in (DifferentialTests.first + 1_000_000)..<(DifferentialTests.first + 1_000_000 + count) {
      let differential = Differential(program: try RandomProgramTests.program(seed))
      let modes = [
        Differential.Mode(batchRows: 1, threads: 1, shuffle: 1, blockSize: 64),
        Differential.Mode(batchRows: 7, threads: 2, shuffle: 2, blockSize: 1000),
        Differential.Mode(batchRows: 1024, threads: 2, shuffle: 3),
        Differential.Mode(batchRows: 16_384, threads: 1, shuffle: 4),
      ]
      let failures = Set(modes.map { differential.failure($0) ?? "" })
      #expect(failures.count == 1, "seed \(seed): \(failures)")
      for mode in modes {
        if case .differs = differential.finding(mode) {
          Issue.record("\(differential.report(mode))")
          return
        }
      }
    }
  }
}
