import Testing

@testable import Steward

/// What is too much must be refused, not crash and not be taken for something else.
struct TooMuchTests {
  private func diagnostics(_ kinds: Int) -> [Diagnostic] {
    let names = (0..<kinds).map { "k\($0)" }.joined(separator: ", ")
    let text = """
      community "many" {
        members from "members.csv" { id text key }
        events from "events.csv" { member member; at time; kind text }
        event \(names)
      }
      """
    return Pipeline.check([SourceFile(id: FileID(0), name: "many.steward", text: text)]).diagnostics
  }

  /// A row keeps its kind in nine bits.
  @Test func atMost512() {
    #expect(diagnostics(512).isEmpty)
    #expect(diagnostics(513).map(\.code.text) == ["N0231"])
    #expect(diagnostics(513).first?.message.english == "A community has at most 512 kinds of events")
  }

  private func codes(_ rules: String) -> [String] {
    let text = "community \"c\" { members from \"members.csv\" { id text key } }\n" + rules
    return Pipeline.check([SourceFile(id: FileID(0), name: "c.steward", text: text)]).diagnostics.map(\.code.text)
  }

  /// A cycle of lets is one message, however long it is.
  @Test(arguments: [3, 300, 5_000]) func cycles(_ count: Int) {
    let lets = (0..<count).map { "let x\($0) = x\(($0 + 1) % count) + 1" }.joined(separator: "\n")
    #expect(codes(lets) == ["N0211"])
  }

  @Test func longChainOfComparisons() {
    #expect(codes("segment x = 1" + String(repeating: " < 1", count: 300)).isEmpty)
    #expect(codes("segment x = 1" + String(repeating: " < 1", count: 60_000)) == ["P0134"])
  }
}
