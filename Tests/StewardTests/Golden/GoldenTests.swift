import Foundation
import Steward
import Testing

/// Every golden file says what its sections must be. `UPDATE_GOLDEN=1 swift test --filter Golden` writes them anew.
@Suite struct GoldenTests {
  static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"
  static let isCI = ProcessInfo.processInfo.environment["CI"] != nil

  @Test(arguments: GoldenFile.all) func golden(_ file: GoldenFile) throws {
    #expect(!(Self.isUpdating && Self.isCI), "golden files are not updated where CI is set")
    var updated = file
    let input = file.input
    for (index, section) in file.sections.enumerated() where !GoldenFile.inputs.contains(section.name) {
      let renderer = try #require(
        GoldenSections.renderers[section.name], "no section is called \(section.name)")
      var rendered = renderer(input)
      if !rendered.isEmpty, !rendered.hasSuffix("\n") { rendered += "\n" }
      updated.sections[index].body = rendered
      if !Self.isUpdating {
        #expect(rendered == section.body, "\(file.testDescription), \(section.name); UPDATE_GOLDEN=1 writes it anew")
      }
    }
    if Self.isUpdating, !Self.isCI, updated.text != file.text {
      try updated.text.write(toFile: file.path, atomically: true, encoding: .utf8)
    }
  }

  @Test func everyGoldenSaysWhatItTests() {
    #expect(!GoldenFile.all.isEmpty)
    for file in GoldenFile.all {
      #expect(!file.sentence.split(separator: "\n").isEmpty, "\(file.testDescription) has no sentence")
      #expect(file.sections.contains { !GoldenFile.inputs.contains($0.name) }, "\(file.testDescription) tests nothing")
    }
  }
}
