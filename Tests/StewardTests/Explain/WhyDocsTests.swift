import Foundation
import Testing

@testable import Steward

/// What docs/why.md shows is what `steward why` prints.
@Suite struct WhyDocsTests {
  @Test func `the page shows what is printed, golden`() throws {
    let page = try DocsPage("docs/why.md")
    let blocks = page.blocks
    let rules = try #require(blocks.first { $0.words == ["steward"] }).text
    var files: [String: String] = [:]
    for block in blocks where block.words.count == 2 && block.words[0] == "csv" { files[block.words[1]] = block.text }
    let source = SourceFile(id: FileID(0), name: "rules.steward", text: rules)
    let program = Pipeline.check([source]).program
    let calendar = try ZoneFixtures.calendar(program.schema.zone, weekStart: program.schema.weekStart)
    let host = PipelineHost { [files] (name: String) throws(SourceFailure) in
      MemorySource(name: name, text: files[name] ?? "")
    }
    let data = try #require(Pipeline.load(program, calendar: calendar, options: RunOptions(), host: host).dataset)
    let result = Pipeline.run(program, data, calendar: calendar, options: RunOptions(), host: host)
    let explainer = try #require(Explainer(result, sources: [source]))
    var text = page.text
    for block in blocks where block.words.first == "console" {
      var words = Array(block.words.dropFirst(2))
      var day: AsOf?
      if let place = words.firstIndex(of: "--on") {
        day = AsOf(words[place + 1])
        words.removeSubrange(place...)
      }
      let subject = try #require(ExplainedSubject(words: words))
      let printed = try explainer.explain(subject, on: day).text(language: .english, width: 100, style: .plain)
      let fence = "```" + block.words.joined(separator: " ") + "\n"
      if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
        text = text.replacingOccurrences(of: fence + block.text, with: fence + printed)
      } else {
        #expect(block.text == printed, "\(fence)")
      }
    }
    if text != page.text {
      try text.write(
        to: ArchitectureTests.root.appendingPathComponent("docs/why.md"), atomically: true, encoding: .utf8)
    }
  }
}
