import Testing

@testable import Steward

/// Rule files as other systems and editors leave them.
@Suite struct LineEndTests {
  static let rules = """
    community "Club" {
      members from "members.csv" { id text key }
    }
    segment loud = nothing
    """

  private func places(_ bytes: [UInt8]) -> [String] {
    let file = SourceFile(id: FileID(0), name: "rules.steward", bytes: bytes)
    return Pipeline.check([file]).diagnostics.map { diagnostic in
      let place = diagnostic.span.map { SourcePlace(file, Int($0.start)) }
      return "\(diagnostic.code.text) \(place?.line ?? 0):\(place?.column ?? 0)"
    }
  }

  @Test func placesAreTheSameForAllLineEnds() {
    for end in ["\n", "\r\n", "\r"] {
      #expect(places(Array(Self.rules.replacing("\n", with: end).utf8)) == ["N0201 4:16"])
    }
    let file = SourceFile(id: FileID(0), name: "", text: "a\rb\r\nc\n\rd")
    #expect((0..<5).map { String(decoding: file.line($0), as: UTF8.self) } == ["a", "b", "c", "", "d"])
  }

  @Test func byteOrderMarksDoNotCount() {
    let rules = "segment loud = nothing\n" + Self.rules.split(separator: "\n").prefix(3).joined(separator: "\n")
    for marks in 0...2 {
      #expect(places(Array((String(repeating: "\u{FEFF}", count: marks) + rules).utf8)) == ["N0201 1:16"])
    }
  }

  @Test func utf16IsToldOnce() {
    for mark in [false, true] {
      for isBigEndian in [false, true] {
        let bytes = Encoded.utf16(Self.rules, isBigEndian: isBigEndian, mark: mark)
        #expect(places(bytes).filter { $0.hasPrefix("P") } == ["P0102 1:1"])
      }
    }
  }
}
