import Foundation
import Testing

@testable import Steward

/// Every code is shown by a golden file: the checker's and the parser's by one of their own, others wherever what is printed is
/// kept.
@Suite struct CodeGoldenTests {
  /// Those without one, and why.
  static let without: [String: String] = [
    "D0416": "the checker says it of every rule set before its data is read (N0222)",
    "P0102": "golden files are UTF-8; `ParserTests` has it",
    "R0514": "takes a table of more than 2,000 members; `tooManyGroupsAreRefused` has one",
  ]

  /// What golden files print; not what goes in.
  private static let printed: String = {
    var printed = GoldenFile.all.flatMap(\.sections).filter { !GoldenFile.inputs.contains($0.name) }.map(\.body)
    let folder = HelpPagesTests.sources.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Tests/Goldens")
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
      printed.append((try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? "")
    }
    return printed.joined(separator: "\n")
  }()

  @Test func everyCodeHasAGolden() throws {
    let codes = try HelpPagesTests.codes()
    #expect(codes.count > 150)
    let shown = Set(CodeGoldenTests.printed.matches(of: /\b[PNTDR]0[1-5][0-9][0-9]\b/).map { String($0.output) })
    let missing = codes.subtracting(shown).subtracting(CodeGoldenTests.without.keys)
    #expect(missing.sorted() == [], "add Tests/StewardTests/Goldens/…/CODE-….golden")
    #expect(shown.isDisjoint(with: CodeGoldenTests.without.keys), "take what has a golden off the list")
    #expect(codes.isSuperset(of: CodeGoldenTests.without.keys))
  }

  /// What a golden file of data or a run is called after is what it shows, in both languages.
  @Test(arguments: GoldenFile.all.filter { $0.testDescription.hasPrefix("Run/") })
  func itShowsItsCode(_ file: GoldenFile) throws {
    let code = try #require(file.testDescription.split(separator: "/").last?.split(separator: "-").first)
    let shown = file.sections.filter { ["run", "audit"].contains($0.name) }.map(\.body).joined()
    #expect(shown.split(separator: String(code)).count > 2, "\(file.testDescription)")
  }
}
