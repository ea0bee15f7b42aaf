import Foundation
import Testing

@testable import Steward

/// What the documentation shows is true: every rule file is checked, every table is what a run gives.
@Suite struct DocsTests {
  static let pages = DocsPage.language + [DocsPage.programmes]

  @Test(arguments: pages) func rulesAreAsTheySay(_ path: String) throws {
    for example in try DocsPage(path).examples {
      let found = example.check().diagnostics.filter { $0.severity > .note }
      let told = found.map { "\($0.code.text) \($0.message.english)" }
      if let code = example.code {
        #expect(Set(found.map(\.code.text)) == [code], "\(example.name): \(told)")
      } else {
        #expect(found.isEmpty, "\(example.name): \(told)")
      }
    }
  }

  @Test(arguments: pages) func tablesAreWhatARunGives(_ path: String) throws {
    for example in try DocsPage(path).examples where !example.tables.isEmpty {
      let sink = try example.run()
      for (name, expected) in example.tables {
        let header = try #require(expected.split(separator: "\n").first).split(separator: ",")
        let rows = sink.text(name + ".csv").split(separator: "\n").map {
          $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let places = try header.map { try #require(rows.first?.firstIndex(of: $0), "\(example.name): \(name) \($0)") }
        let shown = rows.map { row in places.map { String(row[$0]) }.joined(separator: ",") + "\n" }.joined()
        #expect(shown == expected, "\(example.name): \(name)")
      }
    }
  }

  /// Ten programmes, each with rules, data and figures.
  @Test func tenProgrammes() throws {
    let page = try DocsPage(DocsPage.programmes)
    #expect(page.text.components(separatedBy: "\n## ").count == 11)
    #expect(page.examples.count == 10)
    #expect(page.examples.allSatisfy { $0.files.count >= 2 && !$0.tables.isEmpty })
  }

  /// Pages that nobody finds and links that lead nowhere.
  @Test(
    arguments: pages + [
      "README.md", "README.zh-CN.md", "docs/output.md", "docs/data-files.md", "docs/init.md", "docs/check-data.md",
      "CHANGELOG.md",
    ])
  func linksLeadSomewhere(_ path: String) throws {
    let folder = ArchitectureTests.root.appendingPathComponent(path).deletingLastPathComponent()
    for match in try DocsPage(path).text.matches(of: /\]\(([^)#]+)(#[^)]*)?\)/) where !match.1.hasPrefix("http") {
      let target = folder.appendingPathComponent(String(match.1)).standardized.path
      #expect(FileManager.default.fileExists(atPath: target), "\(path): \(match.1)")
    }
  }

  @Test func everyPageIsListed() throws {
    let list = try DocsPage("docs/language/README.md").text
    for path in DocsPage.language where !path.hasSuffix("README.md") {
      #expect(list.contains("(" + path.dropFirst("docs/language/".count) + ")"), "\(path)")
    }
    let front = try DocsPage("README.md").text
    #expect(front.contains("(docs/language/README.md)") && front.contains("(" + DocsPage.programmes + ")"))
  }

  /// docs/output.md has the columns that are written.
  @Test func columnsOfTables() throws {
    var columns: [String: String] = [:]
    for match in try DocsPage("docs/output.md").text.matches(of: /(?m)^\| `(\w+\.csv)` \| ([^|]*) \|/) {
      columns[String(match.1)] = String(match.2).replacing(#/ \([^)]*\)/#, with: "").replacing(", ", with: ",")
    }
    var seen: Set<String> = []
    for path in Self.pages {
      for example in try DocsPage(path).examples where !example.tables.isEmpty {
        for file in try example.run().files where file.name.hasSuffix(".csv") && !file.name.hasSuffix("facts.csv") {
          let header = String(decoding: file.bytes.prefix { $0 != 10 }, as: UTF8.self)
          #expect(columns[file.name] == header, "\(file.name)")
          seen.insert(file.name)
        }
      }
    }
    let rewards: Set = ["awards.csv", "balances.csv", "badges.csv", "refusals.csv", "budgets.csv", "boards.csv"]
    #expect(seen.isSuperset(of: rewards.union(["tiers.csv", "tier_changes.csv"])))
  }
}
