import Testing

@testable import Steward

/// A row keeps its kind in nine bits: one kind more must be refused, not counted as another.
struct KindCountTests {
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

  @Test func atMost512() {
    #expect(diagnostics(512).isEmpty)
    #expect(diagnostics(513).map(\.code.text) == ["N0231"])
    #expect(diagnostics(513).first?.message.english == "a community has at most 512 kinds of events")
  }
}
