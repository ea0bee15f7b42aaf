import Foundation
import Testing

/// Holds printed text against `Tests/Goldens/NAME.txt`; `UPDATE_GOLDEN=1 swift test --filter Golden` writes it anew.
func expectGolden(_ name: String, _ text: String, location: SourceLocation = #_sourceLocation) throws {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Goldens")
  let file = folder.appendingPathComponent(name + ".txt")
  let environment = ProcessInfo.processInfo.environment
  if environment["UPDATE_GOLDEN"] == "1" {
    try #require(environment["CI"] == nil, "goldens are not written where CI is set", sourceLocation: location)
    try text.write(to: file, atomically: true, encoding: .utf8)
    return
  }
  let golden = try #require(
    try? String(contentsOf: file, encoding: .utf8), "there is no golden \(name); UPDATE_GOLDEN=1 writes it",
    sourceLocation: location)
  if golden != text {
    Issue.record("printed text differs from Goldens/\(name).txt:\n\(text)", sourceLocation: location)
  }
}
