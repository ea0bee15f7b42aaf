import Foundation
import Testing

/// Keys in both editing modes, pastes, and what the commands of a session say.
@Suite(.serialized) struct ReplKeysTests {
  private func start(_ place: Workplace, inputrc: String? = nil) throws -> PseudoTerminal {
    var environment = ["XDG_STATE_HOME": place.path + "/state"]
    if let inputrc {
      try place.put("inputrc", inputrc)
      environment["INPUTRC"] = place.path + "/inputrc"
    }
    let terminal = try PseudoTerminal(["repl", "rules"], in: place.path, environment: environment)
    try terminal.wait("prompt") { $0.beforeCursor.hasSuffix("› ") }
    return terminal
  }

  /// What a script of a session prints.
  private func answers(_ place: Workplace, _ script: String) throws -> String {
    let told = try Tool.run(["repl", "rules"], in: place.path, input: script)
    return told.output + told.error
  }

  @Test func ctrlCInViMode() throws {
    let place = try Workplace()
    try place.putClub()
    let terminal = try start(place, inputrc: "set editing-mode vi\n")
    try terminal.type("count(che")
    var row = terminal.screen.row
    terminal.press("\u{3}")
    try terminal.wait("a fresh prompt") { $0.row > row && $0.beforeCursor.hasSuffix("› ") }
    // In the mode of commands too.
    try terminal.type("abc")
    row = terminal.screen.row
    terminal.press("\u{1B}\u{3}")
    try terminal.wait("a fresh prompt") { $0.row > row && $0.beforeCursor.hasSuffix("› ") }
    try terminal.enter("1 + 1")
    #expect(terminal.screen.lines.dropLast().last == "2  int")
    terminal.press("\u{4}")
    #expect(try terminal.end() == 0)
  }

  @Test func altEnterIsANewLine() throws {
    let place = try Workplace()
    try place.putClub()
    let terminal = try start(place)
    try terminal.type("count(members)")
    let row = terminal.screen.row
    terminal.press("\u{1B}\r")
    try terminal.wait("a second line") { $0.row == row + 1 && $0.beforeCursor == "" }
    try terminal.enter("  + 4")
    #expect(terminal.screen.lines.dropLast().last == "7  int")
    // The editing mode is what it was.
    try terminal.type("12\u{1}3", shows: "› 3")
    terminal.press("\u{3}")
    try terminal.wait("a fresh prompt") { $0.beforeCursor.hasSuffix("› ") }
    terminal.press("\u{4}")
    #expect(try terminal.end() == 0)
  }

  private static let paste = """
    segment keen = count(checkin) >= 2
    incentive b {
      on checkin

      award 1 points
    }
    count(keen)
    """

  /// The same text does the same, pasted and read from a script.
  @Test func pastes() throws {
    let place = try Workplace()
    try place.putClub()
    let piped = try Tool.run(["repl", "rules"], in: place.path, input: Self.paste + "\n")
    #expect(piped.status == 0)
    #expect(piped.output.hasPrefix("keen: 1 member (33.3%)\nb: 3 awards, 3 points, 1 member\n"))
    #expect(piped.output.hasSuffix("\n1  int\n"))
    let terminal = try start(place)
    terminal.press("\u{1B}[200~" + Self.paste.replacing("\n", with: "\r") + "\u{1B}[201~")
    try terminal.wait("the pasted text") { $0.beforeCursor.hasSuffix("count(keen)") }
    try terminal.enter()
    #expect(terminal.transcript.contains(piped.output))
    terminal.press("\u{4}")
    #expect(try terminal.end() == 0)
  }

  @Test func whyOfIdsWithBlanks() throws {
    let place = try Workplace()
    try place.putClub()
    try place.put("rules/members.csv", "id,joined\nann,2026-01-01\nbob,2026-01-01\n芳,2026-01-01\ncat d,2026-01-03\n")
    for asked in [":why cat d points", ":why \"cat d\" points", ":about \"cat d\"\n:why points"] {
      #expect(try answers(place, asked + "\n").hasPrefix("cat d  Reading club"), "\(asked)")
    }
    #expect(
      try answers(place, ":why ann checkin\n").hasPrefix("`checkin` is a kind of events (`count(checkin)` is a value)"))
    #expect(try answers(place, ":why ann joined\n").hasPrefix("`joined` is a column of the members' file"))
    #expect(try answers(place, ":why ann points > \"x\"\n").contains("error T0302"))
    #expect(try answers(place, ":why ann pionts\n") == "the rules have no `pionts`; did you mean `points`?\n")
  }

  @Test func namesAndFiles() throws {
    let place = try Workplace()
    try place.putClub()
    #expect(try answers(place, ":save\n") == "`:save` needs the name of a file\n")
    #expect(try answers(place, "let x = 1\n:save new/b\n").hasSuffix("there is no folder `new`\n"))
    #expect(place.text("new/b.steward") == nil)
    #expect(try answers(place, ":show joined\n").hasSuffix("a column of members\n"))
    #expect(try answers(place, "?regular\n").contains("tier 2 of 2 of standing"))
    #expect(try answers(place, "members\n") == "3  int\n")
    #expect(
      try answers(place, ":plan share(points > 10)\n")
        == """
        about the community:
          share of members with
            >
              points
              10
        reads what the rules give: they run once, and what they found is kept

        """)
  }

  @Test func undoOfReload() throws {
    let place = try Workplace()
    try place.putClub()
    let told = try answers(place, ":reload\n:undo\n").split(separator: "\n")
    #expect(told.count == 3 && told[1] == "back: rules rules, data rules" && told[2] == told[0])
    let none = try Tool.run(["repl"], in: place.path, input: ":data rules\n")
    #expect(none.error == "no data is loaded, and no rules say what it would be; `:load RULES` first\n")
  }
}
