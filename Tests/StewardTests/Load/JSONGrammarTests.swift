import Foundation
import Testing

@testable import Steward

/// The grammar of RFC 8259, case by case; and the public suite of such cases where `STEWARD_SUITES` names the folder that has
/// it as `suite_json/test_parsing`.
@Suite struct JSONGrammarTests {
  private static func isJSON(_ bytes: [UInt8]) -> Bool {
    TextCheck.badByte(bytes.span, 0, bytes.count) == nil && JSONReader.check(bytes.span) == nil
  }

  static let right = [
    "[]", "{}", " [ ] ", "{\"\":0}", "[[],[[]],{}]", "{\"a\":{\"b\":[1,{\"c\":null}]}}", "true", "false", "null",
    "\"\"",
    "0", "-0", "-1", "10", "1.5", "-0.1", "1e1", "1E+2", "1.25e-3", "0e0", "123456789012345678901234567890",
    "\"\\u00e9\\ud83d\\ude00\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\u{7F}\"", "\"上海\"", "[1 , 2]", "\t{\n\"a\" :\r1 }\n",
    "{\"a\":1,\"a\":2}", "[\"\\ud800\"]", "[1e400]",
  ]

  static let wrong = [
    "", " ", "[", "]", "{", "}", "[1,]", "[,1]", "[1,,2]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{1:1}",
    "{a:1}", "{'a':1}", "{\"a\" 1}", "{\"a\"::1}", "{\"a\":1 \"b\":2}", "[1}", "{\"a\":1]", "[]]", "1 2", "[] x", "nul",
    "True", "nan", "NaN", "Infinity", "-Infinity", "-", "+1", "01", "-01", "1.", ".5", "1.e1", "1e", "1e+", "0x10",
    "1_000",
    "1a", "--1", "\"", "\"a", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\\"", "\"a\tb\"", "\"a\nb\"", "'a'",
    "// x\n1", "[1]#", "\u{FEFF}", "\u{A0}1", "[\u{2028}]", "[\"a\",\n4\n,1,", "{\"a\":\"b\"}/**/", "<null>", "\0",
  ]

  @Test(arguments: right) func isTaken(_ text: String) { #expect(Self.isJSON(Array(text.utf8))) }
  @Test(arguments: wrong) func isRefused(_ text: String) { #expect(!Self.isJSON(Array(text.utf8))) }

  @Test func nestingHasNoLimit() {
    let depth = 100_000
    #expect(
      Self.isJSON(
        Array(String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).map { $0.asciiValue ?? 0 }))
    #expect(!Self.isJSON([UInt8](repeating: 0x5B, count: depth)))
    #expect(!Self.isJSON(Array(String(repeating: "{\"\":", count: depth).utf8)))
  }

  @Test func textsOfEveryLengthAndPlace() {
    for length in 0..<40 {
      for escape in ["", "\\n", "\\u4e0a"] {
        let text = String(repeating: "x", count: length) + escape + String(repeating: "y", count: 40 - length)
        let bytes = Array("\"\(text)\"".utf8)
        #expect(Self.isJSON(bytes))
        #expect(!Self.isJSON(bytes.dropLast()))
        for bad in [UInt8(0x1F), 0x0A, 0x00] {
          var broken = bytes
          broken[length + 1] = bad
          #expect(!Self.isJSON(broken))
        }
      }
    }
  }

  static let suite = ProcessInfo.processInfo.environment["STEWARD_SUITES"].map { $0 + "/suite_json/test_parsing" }

  @Test(.enabled(if: suite != nil, "STEWARD_SUITES names no folder")) func publicSuite() throws {
    let folder = try #require(Self.suite)
    var taken = 0
    var refused = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where name.hasSuffix(".json") {
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
      let isJSON = Self.isJSON(bytes)
      if name.hasPrefix("y_") {
        #expect(isJSON, "\(name)")
        taken += 1
      } else if name.hasPrefix("n_") {
        #expect(!isJSON, "\(name)")
        refused += 1
      }
    }
    print("JSON suite: \(taken) to be taken, \(refused) to be refused")
    #expect(taken > 90 && refused > 180)
  }
}
