import Foundation
import Testing

@testable import Steward

/// What docs/data-files.md shows is true.
@Suite struct DataFilesPageTests {
  /// The texts between fences.
  static func blocks() throws -> [String] {
    let page = ArchitectureTests.root.appendingPathComponent("docs/data-files.md")
    let parts = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```\n")
    return parts.indices.filter { $0 % 2 == 1 }.map { parts[$0] }
  }

  @Test func theSameEventsInThreeFormats() throws {
    var seen: [[String]] = []
    for (name, text) in zip(["events.csv", "events.tsv", "events.jsonl"], try Self.blocks()) {
      var fixture = LoadFixture()
      fixture.members()
      fixture.events(
        [
          KindSchema(name: "checkin", attributes: [.init(index: 1, isOptional: false)]),
          KindSchema(
            name: "answer", attributes: [.init(index: 0, isOptional: false), .init(index: 1, isOptional: true)]),
        ], [ColumnSchema(name: "quality", type: .number), ColumnSchema(name: "city", type: .text)], files: [name])
      fixture.file("members.csv", "id\nm0042\nm0043\n")
      fixture.file(name, text)
      let result = fixture.load()
      seen.append(result.dataset.map { $0.rows($0.events, fixture.schema.events) } ?? result.told)
    }
    // 2026-03-05 09:00 and 09:02.
    let rows = ["m0042,1772701200000000,answer,8e-1,上海", "m0043,1772701320000000,checkin,Bath, Somerset"]
    #expect(seen == [rows, rows, rows])
  }

  @Test func aTableFromExcel() throws {
    let blocks = try Self.blocks()
    let table = try #require(blocks.first { $0.contains("编号,") })
    let rules = try #require(blocks.first { $0.contains("encoding \"gb18030\"") })
    let file = SourceFile(id: FileID(0), name: "rules.steward", text: "community \"Club\" {\n\(rules)}\n")
    let (program, diagnostics) = Pipeline.check([file])
    #expect(diagnostics.filter { $0.severity > .note }.isEmpty)
    #expect(program.schema.members?.encoding == .gb18030)
    var members = try #require(program.schema.members)
    members.encoding = .utf8
    let schema = members
    var fixture = LoadFixture()
    fixture.schema.members = schema
    fixture.file("members.csv", table)
    #expect(fixture.load().dataset.map { $0.rows($0.members, schema) } == ["m0042,上海,20517"])
  }
}
