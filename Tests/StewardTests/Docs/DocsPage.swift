import Foundation
import Testing

@testable import Steward

/// A page of the documentation, and the blocks between its fences.
struct DocsPage: CustomTestStringConvertible {
  /// What stands between two fences, and the words behind the first: ```` ```csv members.csv ````.
  struct Block {
    var words: [String]
    var text = ""
    /// - Unit: from 1, that of the fence.
    var line: Int
  }

  /// Where it lies, from the project's folder.
  var path: String
  var text: String

  init(_ path: String) throws {
    self.path = path
    text = try String(contentsOf: ArchitectureTests.root.appendingPathComponent(path), encoding: .utf8)
  }

  static let language: [String] = {
    let folder = ArchitectureTests.root.appendingPathComponent("docs/language").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted().map { "docs/language/" + $0 }
  }()
  static let programmes = "docs/from-your-spreadsheet.md"

  var testDescription: String { path }

  var blocks: [Block] {
    var all: [Block] = []
    var isInside = false
    for (index, line) in text.components(separatedBy: "\n").enumerated() {
      if line.hasPrefix("```") {
        if !isInside {
          all.append(Block(words: line.dropFirst(3).split(separator: " ").map(String.init), line: index + 1))
        }
        isInside.toggle()
      } else if isInside {
        all[all.count - 1].text += line + "\n"
      }
    }
    return all
  }

  /// The rule files among the blocks, each with what belongs to it: the community block before it, data and tables behind it.
  var examples: [DocsExample] {
    var all: [DocsExample] = []
    var community = ""
    for block in blocks {
      switch (block.words.first, block.words.dropFirst().first) {
      case ("steward", "community"): community = block.text
      case ("steward", let option):
        let isWhole = ("\n" + block.text).contains("\ncommunity ")
        var example = DocsExample(
          name: "\(path):\(block.line)", community: isWhole ? "" : community, rules: block.text)
        if option == "error" { example.code = block.words.last }
        if option == "as-of" { example.asOf = block.words.last }
        all.append(example)
      case ("csv", let name?) where !all.isEmpty: all[all.count - 1].files[name] = block.text
      case ("text", let name?) where !all.isEmpty: all[all.count - 1].tables.append((name, block.text))
      default: break
      }
    }
    return all
  }
}

/// A rule file of a page.
struct DocsExample {
  var name: String
  var community: String
  var rules: String
  /// The code of what is wrong with it on purpose.
  var code: String?
  var asOf: String?
  var files: [String: String] = [:]
  /// Tables of a run over the files, without `.csv`, with the columns that the page shows.
  var tables: [(name: String, text: String)] = []

  private var sources: [SourceFile] {
    [community, rules].filter { !$0.isEmpty }.enumerated().map {
      SourceFile(id: FileID(UInt16($0.offset)), name: "\($0.offset).steward", text: $0.element)
    }
  }

  func check() -> (program: TypedProgram, diagnostics: [Diagnostic]) { Pipeline.check(sources) }

  /// Everything that a run over the files writes, by name.
  func run() throws -> MemorySink {
    let (result, data, calendar) = try found()
    let outcome = try #require(result.outcome, "\(name): \(result.diagnostics.map(\.message.english))")
    let sink = MemorySink()
    try OutcomeTables(outcome: outcome, program: check().program, dataset: data, calendar: calendar).write(to: sink)
    return sink
  }

  /// What a run over the files finds.
  func found() throws -> (result: Engine.Result, data: Dataset, calendar: Steward.Calendar) {
    let program = check().program
    let zone = program.schema.zone
    let calendar =
      try zone == "UTC"
      ? Steward.Calendar(zone: .utc, weekStart: program.schema.weekStart)
      : ZoneFixtures.calendar(zone, weekStart: program.schema.weekStart)
    let host = PipelineHost { [files] (name: String) throws(SourceFailure) in
      MemorySource(name: name, text: files[name] ?? "")
    }
    var options = RunOptions()
    options.asOf = try asOf.map { try #require(AsOf($0)) }
    let load = Pipeline.load(program, calendar: calendar, options: options, host: host)
    let data = try #require(load.dataset, "\(name): \(load.diagnostics.map(\.message.english))")
    return (Pipeline.run(program, data, calendar: calendar, options: options, host: host), data, calendar)
  }
}
