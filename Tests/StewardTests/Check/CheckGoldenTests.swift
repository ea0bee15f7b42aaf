import Steward
import Testing

/// Every code of the checker has a golden file of its name that shows it, in both languages.
@Suite struct CheckGoldenTests {
  @Test(arguments: CheckCode.allCases) func everyCodeHasAGolden(_ code: CheckCode) throws {
    let file = try #require(
      GoldenFile.all.first { $0.testDescription.hasPrefix("Check/\(code.rawValue)-") },
      "add Tests/StewardTests/Goldens/Check/\(code.rawValue)-….golden")
    let shown = file.sections.first { $0.name == "check" }?.body ?? ""
    #expect(shown.contains(" \(code.rawValue) "), "\(file.testDescription) does not show \(code.rawValue)")
  }

  /// One mistake, one message: no message says the same at the same place twice.
  @Test(arguments: GoldenFile.all.filter { $0.testDescription.hasPrefix("Check/") })
  func nothingIsSaidTwice(_ file: GoldenFile) {
    let diagnostics = GoldenSections.checked(file.input).diagnostics
    var seen: Set<String> = []
    for diagnostic in diagnostics {
      let place = diagnostic.span.map { "\($0.file.index) \($0.start) \($0.end)" } ?? "-"
      #expect(seen.insert("\(diagnostic.code) \(place)").inserted, "\(diagnostic.code) at \(place)")
    }
  }
}
