import Testing

@testable import Steward

/// The sessions that docs/repl.md shows are what a session prints.
struct ReplPageTests {
  @Test func sessionsAreAsTheyRun() throws {
    let page = try DocsPage("docs/repl.md")
    var input = GoldenInput()
    for block in page.blocks {
      if block.words.first == "rules" {
        input.rules = [SourceFile(id: FileID(0), name: "rules.steward", text: block.text)]
      }
      if block.words.first == "csv" { input.tables[block.words[1]] = Array(block.text.utf8) }
      guard block.words.first == "session" else { continue }
      for line in block.text.split(separator: "\n") {
        guard let mark = line.range(of: " › ") else { continue }
        input.typed += line[mark.upperBound...] + "\n"
      }
      let printed = SessionTranscript(input, .english).text.split(separator: "\n", maxSplits: 1)[1]
      #expect(printed == block.text, "line \(block.line)")
      input.typed = ""
    }
  }
}
