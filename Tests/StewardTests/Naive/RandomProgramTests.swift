import Testing

@testable import Steward

@Suite struct RandomProgramTests {
  static func program(_ seed: UInt64) throws -> RandomProgram {
    try RandomProgram(seed: seed) { zone, weekStart in try ZoneFixtures.calendar(zone, weekStart: weekStart) }
  }

  /// What does not parse or check, in words; nil if all is well.
  static func firstError(_ source: String) -> String? {
    let file = SourceFile(id: FileID(0), name: "random.steward", text: source)
    let (syntax, parsing) = Parser.parse(file)
    let diagnostics = parsing + Checker.check([syntax]).diagnostics
    guard let first = diagnostics.first(where: { $0.severity == .error }) else { return nil }
    let line = first.span.map { String(decoding: file.line(file.position(of: Int($0.start)).line), as: UTF8.self) }
    let spot = first.span.map { file.text($0) } ?? ""
    return "\(first.code) \(first.message.english) at `\(spot)` in `\(line ?? "")`"
  }

  @Test func `nearly every random rule set parses and checks`() throws {
    var failed: [String] = []
    let count = environment("STEWARD_SEEDS") ?? 200
    for seed in 0..<UInt64(count) {
      let program = try RandomProgramTests.program(seed)
      if let error = RandomProgramTests.firstError(program.source) { failed.append("seed \(seed): \(error)") }
    }
    #expect(failed.count * 50 <= count, "\(failed.joined(separator: "\n"))")
  }

  @Test func `the same seed gives the same rule set and rows`() throws {
    let (one, other) = (try RandomProgramTests.program(7), try RandomProgramTests.program(7))
    #expect(one.source == other.source)
    #expect(one.rows.files(shuffledBy: 3).map(\.text) == other.rows.files(shuffledBy: 3).map(\.text))
    #expect(one.rows.files(shuffledBy: 3).map(\.text) != other.rows.files(shuffledBy: 4).map(\.text))
  }
}
