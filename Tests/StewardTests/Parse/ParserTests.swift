import Foundation
import Steward
import Testing

@Suite struct ParserTests {
  private func parse(_ text: String) -> (FileSyntax, [Diagnostic]) {
    Parser.parse(SourceFile(id: FileID(0), name: "rules.steward", text: text))
  }

  private func parse(_ bytes: [UInt8]) -> (FileSyntax, [Diagnostic]) {
    Parser.parse(SourceFile(id: FileID(0), name: "rules.steward", bytes: bytes))
  }

  @Test func everyCodeHasAGolden() {
    let names = Set(GoldenFile.all.map { ($0.path as NSString).lastPathComponent.prefix(5) }.map(String.init))
    // Golden files are UTF-8, so P0102 has its test below.
    for code in ParseProblem.codes where code.text != "P0102" { #expect(names.contains(code.text), "\(code)") }
  }

  /// A golden named after a code reports that code.
  @Test func goldensReportTheirCode() {
    for golden in GoldenFile.all {
      let name = (golden.path as NSString).lastPathComponent
      guard name.hasPrefix("P01") else { continue }
      let codes = golden.input.rules.flatMap { Parser.parse($0).1 }.map(\.code.text)
      #expect(codes.contains(String(name.prefix(5))), "\(name)")
    }
  }

  /// What the edits of a golden mend is gone when they have been made.
  @Test func editsMend() {
    for golden in GoldenFile.all where golden.sections.contains(where: { $0.name == "fixed" }) {
      for file in golden.input.rules {
        let before = Parser.parse(file).1
        let mended = GoldenSections.fixed(file, before)
        let after = Parser.parse(SourceFile(id: file.id, name: file.name, text: mended)).1
        #expect(after.count <= before.filter { $0.edits.isEmpty }.count, "\(golden.testDescription)")
      }
    }
  }

  @Test func otherEncodingsAreNamedOnce() {
    // 沉默 in GB18030, in a name, a text and a comment
    let gb: [UInt8] = [0xB3, 0xC1, 0xC4, 0xAC]
    let bytes = Array("let ".utf8) + gb + Array(" = \"".utf8) + gb + Array("\" // ".utf8) + gb
    #expect(parse(bytes).1.map(\.code.text) == ["P0102"])
    #expect(parse([0xFF, 0xFE, 0x6C, 0x00]).1.map(\.code.text) == ["P0102"])
    #expect(parse(Array("// ".utf8) + gb + Array("\nlet a = 1\n".utf8)).0.declarations.count == 1)
  }

  @Test func aByteOrderMarkAndAnyLineEndAreFine() {
    let (tree, problems) = parse("\u{FEFF}let a = 1\r\nlet b = 2\rlet c = 3\n")
    #expect(problems.isEmpty)
    #expect(tree.declarations.count == 3)
  }

  @Test(arguments: ["", "\n\n", "// nothing\n", "/// nothing", ";;;", " \t\u{3000}"])
  func emptyFiles(text: String) {
    let (tree, problems) = parse(text)
    #expect(tree.declarations.isEmpty && problems.isEmpty)
  }

  @Test func commentsAreKept() {
    let text = "// one\nlet a = 1 // two\n/// doc\nlet b = 2\n"
    let file = SourceFile(id: FileID(0), name: "rules.steward", text: text)
    #expect(Parser.parse(file).0.comments.map { file.text($0) } == ["// one", "// two"])
  }

  @Test func diagnosticsComeInTheOrderOfTheirPlaces() {
    let starts = parse("let a = 1 +\nlet b = 'x'\nlet c = (\n@\nfoo bar\n").1.compactMap(\.span?.start)
    #expect(starts == starts.sorted())
  }

  /// A mistake in one line leaves the others as they are.
  @Test func oneMistakeOneMessage() {
    let lines = ParserSamples.everything.split(separator: "\n", omittingEmptySubsequences: false)
    for index in lines.indices {
      let words = lines[index].split(separator: " ", omittingEmptySubsequences: false)
      guard lines[index].hasPrefix("  "), words.count > 3, !lines[index].contains("{"), !lines[index].contains("}")
      else {
        continue
      }
      // A sign that means nothing, in front of the line's last word.
      var changed = lines.map(String.init)
      changed[index] = words.dropLast().joined(separator: " ") + " § " + (words.last ?? "")
      let problems = parse(changed.joined(separator: "\n")).1
      #expect(problems.count <= 1, "\(changed[index]): \(problems.map(\.message.english))")
    }
  }
}
