import Foundation
import Testing

/// Whole sessions at a terminal, with keys as a person presses them.
@Suite(.serialized) struct ReplTests {
  private static let up = "\u{1B}[A"
  private static let down = "\u{1B}[B"
  private static let left = "\u{1B}[D"
  private static let ctrlC = "\u{3}"
  private static let ctrlD = "\u{4}"
  private static let tab = "\t"

  private func start(
    _ place: Workplace, _ arguments: [String] = [], environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let state = ["XDG_STATE_HOME": place.path + "/state"].merging(environment) { $1 }
    let terminal = try PseudoTerminal(["repl", "rules"] + arguments, in: place.path, environment: state)
    try terminal.wait("prompt") { $0.beforeCursor.hasSuffix("› ") }
    return terminal
  }

  /// Holds a transcript against `Goldens/NAME.txt`; `UPDATE_GOLDEN=1 swift test --filter Repl` writes it anew.
  private func expectGolden(_ name: String, _ text: String, _ location: SourceLocation = #_sourceLocation) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Goldens/\(name).txt")
    let environment = ProcessInfo.processInfo.environment
    if environment["UPDATE_GOLDEN"] == "1" {
      try #require(environment["CI"] == nil, "goldens are not written where CI is set", sourceLocation: location)
      try text.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let golden = try? String(contentsOf: file, encoding: .utf8)
    if golden != text {
      Issue.record("the screen differs from Goldens/\(name).txt:\n\(text)", sourceLocation: location)
    }
  }

  @Test func aSessionGolden() throws {
    let place = try Workplace()
    try place.putClub()
    let terminal = try start(place)
    try terminal.enter("count(members)")
    // Tab completes a name, and the values of a choice.
    try terminal.type("count(che" + Self.tab, shows: "count(checkin ")
    try terminal.type("\u{7F})", shows: "count(checkin)")
    try terminal.enter()
    try terminal.type(":tim" + Self.tab, shows: ":time")
    // Twice lists the candidates.
    terminal.press(Self.tab + Self.tab)
    try terminal.wait("candidates") { screen in
      screen.lines.contains { $0.contains(":timeline") } && screen.beforeCursor.hasSuffix(":time")
    }
    try terminal.enter("line ann")
    // A mistake, the line back, the cursor to the spot, mended.
    try terminal.enter("cuont(members)")
    try terminal.type(Self.up, shows: "cuont(members)")
    terminal.press("\u{1}\u{1B}[C")
    try terminal.wait("the cursor behind c") { $0.beforeCursor.hasSuffix("› c") }
    terminal.press("\u{4}")
    try terminal.wait("a letter less") { $0.currentLine.hasSuffix("› cont(members)") }
    terminal.press("\u{1B}[C")
    try terminal.wait("the cursor behind co") { $0.beforeCursor.hasSuffix("› co") }
    terminal.press("u")
    try terminal.wait("the mended line") { $0.currentLine.hasSuffix("› count(members)") }
    try terminal.enter()
    try terminal.enter(":about ann", prompt: "ann 2026-03-02 › ")
    try terminal.enter("points", prompt: "ann 2026-03-02 › ")
    terminal.press(Self.ctrlD)
    #expect(try terminal.end() == 0)
    try expectGolden("repl", terminal.transcript)
  }

  @Test func manyLinesGolden() throws {
    let place = try Workplace()
    try place.putClub()
    let terminal = try start(place)
    try terminal.type("incentive daily {\r", shows: "")
    try terminal.wait("a second line") {
      $0.lines.last == "" && $0.lines.contains { $0.hasSuffix("incentive daily {") }
    }
    try terminal.type("  on checkin\r  award 5 points", shows: "  award 5 points")
    try terminal.type("\r}", shows: "}")
    try terminal.enter()
    // One entry in the history, edited as one: up into the line above, a figure changed, and Return from the middle.
    try terminal.type(Self.up, shows: "}")
    try terminal.type(Self.up, shows: " ")
    terminal.press("\u{5}")
    try terminal.wait("the line's end") { $0.beforeCursor.hasSuffix("  award 5 points") }
    terminal.press(String(repeating: Self.left, count: 7))
    try terminal.wait("the figure") { $0.beforeCursor.hasSuffix("  award 5") }
    terminal.press("0")
    try terminal.wait("another figure") { $0.currentLine.hasSuffix("  award 50 points") }
    try terminal.enter()
    // It is in the history of the next session as one entry.
    try terminal.enter(":undo")
    terminal.press(Self.ctrlD)
    #expect(try terminal.end() == 0)
    try expectGolden("repl-lines", terminal.transcript)

    let next = try start(place)
    try next.type(Self.up, shows: ":undo")
    next.press(Self.up)
    try next.wait("the whole entry") { screen in
      screen.lines.suffix(4).map { $0 } == [
        "community 2026-03-02 › incentive daily {", "  on checkin", "  award 50 points", "}",
      ]
    }
    try next.enter()
    #expect(next.transcript.contains("daily: 3 → 30 awards") || next.transcript.contains("daily: 2 → 3 awards"))
    try next.type(":quit")
    next.press("\r")
    #expect(try next.end() == 0)
  }

  @Test func chineseGolden() throws {
    let place = try Workplace()
    try place.putClub()
    let terminal = try start(place, ["--lang", "zh"])
    try terminal.enter("segment 勤快 = count(checkin) >= 2")
    try terminal.type("share(勤" + Self.tab, shows: "share(勤快 ")
    try terminal.type("\u{7F})", shows: "share(勤快)")
    try terminal.enter()
    // A Chinese character is rubbed out whole.
    try terminal.type("勤快人\u{7F}", shows: "勤快")
    try terminal.enter()
    try terminal.enter("坏名字 > 1")
    try terminal.enter(":about 芳", prompt: "芳 2026-03-02 › ")
    try terminal.enter("standing", prompt: "芳 2026-03-02 › ")
    terminal.press(Self.ctrlD)
    #expect(try terminal.end() == 0)
    try expectGolden("repl-zh", terminal.transcript)
  }

  @Test func ctrlCDropsTheLine() throws {
    let place = try Workplace()
    try place.putClub()
    let terminal = try start(place)
    try terminal.type("segment x = ")
    terminal.press("\r")
    try terminal.type("count(", shows: "count(")
    var row = terminal.screen.row
    terminal.press(Self.ctrlC)
    try terminal.wait("prompt") { $0.row > row && $0.beforeCursor.hasSuffix("› ") }
    // On an empty line it does nothing, and what was dropped is not in the history.
    row = terminal.screen.row
    terminal.press(Self.ctrlC)
    try terminal.wait("prompt") { $0.row > row && $0.beforeCursor.hasSuffix("› ") }
    try terminal.enter("1 + 1")
    try terminal.type(Self.up, shows: "1 + 1")
    // Ctrl-D on a line that is not empty leaves nothing.
    terminal.press("\u{1}" + Self.ctrlD)
    try terminal.wait("a character less") { $0.currentLine.hasSuffix("›  + 1") }
    // The cursor is behind the prompt already: only another row says that the line was dropped.
    row = terminal.screen.row
    terminal.press(Self.ctrlC)
    try terminal.wait("prompt") { $0.row > row && $0.beforeCursor.hasSuffix("2026-03-02 › ") }
    terminal.press(Self.ctrlD)
    #expect(try terminal.end() == 0)
  }

  @Test func ctrlCStopsAnAnswer() throws {
    let place = try Workplace()
    _ = try Tool.run(["sample", place.path + "/rules", "--members", "700", "--days", "100"])
    try place.put(
      "rules/club.steward",
      """
      community "Club" {
        members from "members.csv" { id text key; joined date }
        events from "events.csv" { member member; at time; kind text }
        event like, comment, view, checkin
      }
      incentive slow { every day; when count(view, last 30 days) + count(like, last 60 days) >= 1; award 1 points }
      incentive slower { every day; when points + count(comment, last 30 days) >= 1; award 1 points }
      """)
    let terminal = try start(place)
    try terminal.enter(":about m00001")
    // An answer may be there before the key arrives: then another day is asked about.
    for day in 1...20 {
      try terminal.enter(":as-of 2026-02-\(day < 10 ? "0" : "")\(day)", prompt: "› ")
      try terminal.type("max(points)")
      let row = terminal.screen.row
      terminal.press("\r")
      try terminal.wait("the next line") { $0.row > row }
      terminal.press(Self.ctrlC)
      try terminal.wait("prompt") { $0.row > row && $0.beforeCursor.hasSuffix("› ") }
      if terminal.transcript.contains("interrupted") { break }
    }
    #expect(terminal.transcript.contains("interrupted; everything is as it was"))
    // The session goes on, with all that it had.
    #expect(terminal.screen.beforeCursor.hasPrefix("m00001 "))
    try terminal.enter("count(members)")
    #expect(terminal.screen.lines.suffix(2).first?.contains("int") == true)
    terminal.press(Self.ctrlD)
    #expect(try terminal.end() == 0)
  }

  @Test func aScriptStopsAtTheFirstError() throws {
    let place = try Workplace()
    try place.putClub()
    let fine = try Tool.run(
      ["repl", "rules"], in: place.path,
      input: "count(members)\n\nsegment keen =\n  count(checkin) >= 2\n:about ann\npoints\n")
    #expect(fine.status == 0)
    #expect(fine.output == "3  int\nkeen: 1 member (33.3%)\n10  int\n")
    #expect(fine.error == "")
    let wrong = try Tool.run(["repl", "rules"], in: place.path, input: "1 + 1\n\ncount(chekin)\n2 + 2\n")
    #expect(wrong.status == 1)
    #expect(wrong.output == "2  int\n")
    #expect(wrong.error.contains("input:3:7: error N0201"))
    let open = try Tool.run(["repl", "rules"], in: place.path, input: "count(checkin")
    #expect(open.status == 1)
    let left = try Tool.run(["repl", "rules"], in: place.path, input: ":quit\ncount(chekin)\n")
    #expect(left.status == 0)
  }

  @Test func rulesThatAreWrong() throws {
    let place = try Workplace()
    try place.put("rules/m.csv", "id\nann\n")
    try place.put("rules/a.steward", "community \"C\" { members from \"m.csv\" { id text key } }\nlet x = y\n")
    let script = try Tool.run(["repl", "rules"], in: place.path, input: "1\n")
    #expect(script.status == 1)
    let terminal = try start(place)
    try terminal.enter("1 + 1")
    #expect(terminal.transcript.contains("the rules have 1 error; mend them, then `:reload`"))
    try place.put("rules/a.steward", "community \"C\" { members from \"m.csv\" { id text key } }\nlet x = 1\n")
    try terminal.enter(":reload")
    try terminal.enter("x + 1")
    #expect(terminal.screen.lines.dropLast().last == "2  int")
    terminal.press(Self.ctrlD)
    #expect(try terminal.end() == 0)
  }

  @Test func badRowsAreLeftOutWhereAskedFor() throws {
    let place = try Workplace()
    try place.putClub()
    try place.put("rules/members.csv", "id,joined\nann,2026-01-01\nbob,soon\n芳,2026-01-03\n")
    #expect(try Tool.run(["repl", "rules"], in: place.path, input: "count(members)\n").status == 1)
    let answer = try Tool.run(["repl", "rules", "--skip-bad-rows"], in: place.path, input: "count(members)\n")
    #expect(answer.output == "2  int\n")
    #expect(answer.status == 0)
  }

  @Test func savesWhatItDeclared() throws {
    let place = try Workplace()
    try place.putClub()
    let script = "segment keen = count(checkin) >= 2\n:save mine\n"
    #expect(try Tool.run(["repl", "rules"], in: place.path, input: script).status == 0)
    #expect(place.text("mine.steward") == "segment keen = count(checkin) >= 2\n")
    // It never writes over a file.
    let again = try Tool.run(["repl", "rules"], in: place.path, input: script)
    #expect(again.status == 1)
    #expect(again.error.contains("is there already"))
  }

  @Test func withoutRules() throws {
    let place = try Workplace()
    let answer = try Tool.run(["repl"], in: place.path, input: "1 + 2\n_ * 2\nlet x = 5\nx + 1\n")
    #expect(answer.output == "3  int\n6  int\nx: added\n6  int\n")
    #expect(answer.status == 0)
  }
}
