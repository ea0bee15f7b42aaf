import Testing

@testable import Steward

@Suite struct SourceFileTests {
  @Test(arguments: ["\n", "\r\n", "\r"]) func `a line ends with LF, CR LF or CR`(lineBreak: String) {
    let text = ["let a = 1", "", "let b = )", "let 丙 = )", ""].joined(separator: lineBreak)
    let file = SourceFile(id: FileID(0), name: "a.steward", text: text)
    #expect(file.lineStarts.count == 5)
    #expect(
      (0..<5).map { String(decoding: file.line($0), as: UTF8.self) }
        == text.split(
          separator: Character(lineBreak), omittingEmptySubsequences: false
        ).map(String.init))
    let problems = Parser.parse(file).1
    let places = problems.compactMap(\.span).map { SourcePlace(file, Int($0.start)) }
    #expect(places.map(\.line) == [3, 4])
    #expect(places.map(\.column) == [9, 9])
    let shown = TextRenderer(sources: [file], language: .english).render(problems)
    #expect(shown.contains("a.steward:3:9"))
    #expect(shown.contains("    3 │ let b = )"))
    #expect(shown.contains("    4 │ let 丙 = )"))
  }

  @Test func `a mark on a very long line is shown with its surroundings`() {
    let line = "let a = " + (0..<5000).map { "v\($0)" }.joined(separator: " + ") + " + 错 + 1"
    let file = SourceFile(id: FileID(0), name: "a.steward", text: line)
    let start = line.utf8.count - " + 1".utf8.count - "错".utf8.count
    let span = Span(FileID(0), start..<(start + "错".utf8.count))
    let excerpt = Excerpt(line: file.line(0), marked: span.range, available: 60)
    #expect(excerpt.text.hasPrefix("…"))
    #expect(excerpt.text.hasSuffix(" + v4999 + 错 + 1"))
    #expect(excerpt.width == 2)
    let first = Excerpt(line: file.line(0), marked: 4..<5, available: 60)
    #expect(first.text.hasPrefix("let a = v0 + v1"))
    #expect(first.text.hasSuffix("…"))
    #expect(first.indent == 4)
  }
}
