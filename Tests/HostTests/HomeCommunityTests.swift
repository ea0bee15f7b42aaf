import Steward
import StewardHost
import Testing

@Suite("rules/home-community")
struct HomeCommunityTests {
  /// The folder in the project, found from this file.
  static var folder: String {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    return parts.joined(separator: "/") + "/rules/home-community"
  }

  @Test("checks without an error or a warning, and everything that people see has a title")
  func checks() throws {
    let files = try RuleFolder.read(Self.folder)
    let parsed = files.map(Parser.parse)
    let (program, found) = Checker.check(parsed.map(\.0))
    let worth = (parsed.flatMap(\.1) + found).filter { $0.severity != .note }
    #expect(worth.map(\.message.english) == [])
    #expect(program.incentives.allSatisfy { $0.title != nil })
    #expect(program.ladders.allSatisfy { ladder in ladder.title != nil && ladder.tiers.allSatisfy { $0.title != nil } })
    #expect(program.ladders.map { $0.tiers.map(\.name) } == [["reader", "guide", "keeper"]])
    #expect(program.incentives.contains { $0.badge == "首答" })
  }

  @Test("declares every file and kind of the sample that this version reads")
  func declares() throws {
    let (program, _) = Checker.check(try RuleFolder.read(Self.folder).map { Parser.parse($0).0 })
    #expect(program.schema.members?.files == ["members.csv"])
    #expect(program.schema.content?.files == ["content.csv"])
    #expect(program.schema.events?.files == ["events.csv"])
    let kinds = program.schema.events?.kinds.map(\.spelling).sorted() ?? []
    var seen: Set<String> = []
    let options = try SampleOptions(members: 300, days: 60)
    Sample.write(options) { file, chunk in
      guard file == "events.csv" else { return }
      for line in chunk.split(separator: 0x0A) {
        let fields = line.split(separator: 0x2C, maxSplits: 4, omittingEmptySubsequences: false)
        if fields.count > 3 { seen.insert(String(decoding: fields[3], as: UTF8.self)) }
      }
    }
    #expect(seen.subtracting(["kind"]).sorted() == kinds)
  }
}
