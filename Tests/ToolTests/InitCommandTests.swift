import Foundation
import Testing

@Suite struct InitCommandTests {
  private func club() throws -> Workplace {
    let place = try Workplace()
    try place.put("data/members.csv", "id,joined,phone\nann,2026-01-01,1\nbob,2026-01-02,2\n")
    try place.put(
      "data/events.csv",
      "member,at,kind\nann,2026-01-02 09:00,post\nbob,2026-01-03 09:00,like\nann,2026-01-04 09:00,post\n")
    return place
  }

  /// What it writes passes `check` and `run`, and it never writes over anything.
  @Test func wholeWay() throws {
    let place = try club()
    let made = try Tool.run(["init", "data", "-o", "rules"], in: place.path)
    #expect(made.status == 0 && made.error.isEmpty && made.output.contains("steward run rules --data data"))
    let check = try Tool.run(["check", "rules", "--data", "data"], in: place.path)
    #expect(check.status == 0 && check.output.contains("2 members, 3 events"), "\(check.error)")
    let run = try Tool.run(["run", "rules", "--data", "data"], in: place.path)
    #expect(run.status == 0 && run.output.contains("daily_post"), "\(run.error)")
    let again = try Tool.run(["init", "data", "-o", "rules"], in: place.path)
    #expect(again.status == 1 && again.error.contains("rules/community.steward") && again.error.contains("--overwrite"))
    #expect(try Tool.run(["init", "data", "-o", "rules", "--overwrite"], in: place.path).status == 0)
    try place.put("mine/shop.steward", "let x = 1\n")
    let others = try Tool.run(["init", "data", "-o", "mine", "--overwrite"], in: place.path)
    #expect(others.status == 1 && others.error.contains("shop.steward"))
    #expect(!FileManager.default.fileExists(atPath: place.path + "/mine/community.steward"))
  }

  @Test func printed() throws {
    let place = try club()
    let block = try Tool.run(["init", "data", "-o", "-"], in: place.path)
    #expect(block.status == 0 && block.output.contains("community \"data\" {") && block.error.contains("members.csv"))
    let json = try Tool.run(["init", "data", "-o", "rules", "--format", "json"], in: place.path)
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect((object?["tables"] as? [Any])?.count == 2 && (object?["files"] as? [Any])?.count == 2)
    let chinese = try Tool.run(["init", "data", "-o", "zh", "--lang", "zh"], in: place.path)
    #expect(chinese.output.contains("请先看这几处"))
  }

  /// Folders that hold nothing to read, with a sentence and nothing written.
  @Test func nothingThere() throws {
    let place = try Workplace()
    try place.put("notes/readme.txt", "hello")
    try place.put("binary/a.csv", "\u{0}\u{1}\u{2}")
    try place.put("empty/a.csv", "")
    try place.put("table/book.xlsx", "PK")
    for (folder, word) in [
      ("notes", "neither"), ("binary", "neither"), ("empty", "D0402"), ("table", "book.xlsx"), ("gone", "no folder"),
    ] {
      let answer = try Tool.run(["init", folder, "-o", "out"], in: place.path)
      #expect(answer.status == 1 && answer.error.contains(word), "\(folder): \(answer.error)")
      #expect(!FileManager.default.fileExists(atPath: place.path + "/out"))
    }
    let file = try Tool.run(["init", "notes/readme.txt"], in: place.path)
    #expect(file.status == 2 && file.error.contains("is a file"))
  }

  /// A file that may not be read is named, and the others are described.
  @Test func unreadableFile() throws {
    let place = try club()
    let target = place.path + "/data/locked.csv"
    try FileManager.default.createSymbolicLink(atPath: target, withDestinationPath: "/nowhere/at/all.csv")
    let answer = try Tool.run(["init", "data", "-o", "rules"], in: place.path)
    #expect(answer.status == 0 && answer.error.contains("locked.csv") && answer.error.contains("D0401"))
  }

  @Test func checkAgainstData() throws {
    let place = try club()
    try place.put(
      "rules/a.steward",
      """
      community "club" {
        members from "members.csv" { id text key; joined date }
        events from "events.csv" { member member; at time; kind text }
        event post, anwser
      }
      incentive x { on post; when count(post) >= 9; award 1 points }

      """)
    let answer = try Tool.run(["check", "rules", "--data", "data"], in: place.path)
    #expect(answer.status == 0 && answer.error.contains("D0440") && answer.error.contains("R0540"))
    let json = try Tool.run(["check", "rules", "--data", "data", "--format", "json"], in: place.path)
    #expect(json.status == 0 && json.output.contains("\"R0540\"") && json.error.isEmpty)
    let without = try Tool.run(["check", "rules"], in: place.path)
    #expect(without.status == 0 && without.error.isEmpty)
    let wrong = try Tool.run(["check", "rules", "--data", "gone"], in: place.path)
    #expect(wrong.status == 1 && wrong.error.contains("no folder"))
  }
}

/// Completions and the man page are made by the commands, so they name all of them.
@Suite struct ShellFileTests {
  private static let commands = ["run", "why", "init", "check", "sample", "help"]

  /// Whether a program of this machine takes a text without complaint; true where there is none.
  private func accepts(_ program: [String], _ text: String) throws -> Bool {
    let path = "/usr/bin/" + program[0]
    guard FileManager.default.isExecutableFile(atPath: path) else { return true }
    let place = try Workplace()
    try place.put("file", text)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = program.dropFirst() + [place.path + "/file"]
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func completions(_ shell: String) throws {
    let script = try Tool.run(["--generate-completion-script", shell])
    #expect(script.status == 0 && script.error.isEmpty)
    for command in Self.commands { #expect(script.output.contains(command), "\(command)") }
    for option in ["data", "as-of", "overwrite"] { #expect(script.output.contains(option), "\(option)") }
    #expect(script.output.contains("streak"), "functions after `help`")
    #expect(try accepts([shell, "-n"], script.output))
  }

  /// Bash's answer to Tab.
  @Test(arguments: [
    ("steward ch", ["steward", "ch"], "check"), ("steward check --fo", ["steward", "check", "--fo"], "--format"),
    ("steward check --format ", ["steward", "check", "--format", ""], "table json"),
  ]) func bashCompletes(_ line: String, _ words: [String], _ expected: String) throws {
    let place = try Workplace()
    try place.put("steward.bash", try Tool.run(["--generate-completion-script", "bash"]).output)
    let quoted = words.map { "'\($0)'" }
    let (last, before) = (quoted[quoted.count - 1], quoted[quoted.count - 2])
    try place.put(
      "try.bash",
      """
      source '\(place.path)/steward.bash'
      COMP_LINE='\(line)'; COMP_POINT=\(line.utf8.count); COMP_WORDS=(\(quoted.joined(separator: " "))); COMP_CWORD=\(words.count - 1)
      _steward steward \(last) \(before)
      echo "${COMPREPLY[@]}"

      """)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [place.path + "/try.bash"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(String(decoding: printed, as: UTF8.self).contains(expected))
  }

  @Test(arguments: ["en", "zh"]) func manPage(_ language: String) throws {
    let page = try Tool.run(["help", "--man", "--lang", language])
    #expect(page.status == 0 && page.error.isEmpty && page.output.hasPrefix(".\\\" Made by"))
    for command in Self.commands {
      #expect(page.output.components(separatedBy: "\n.SS steward \(command)\n").count == 2, "\(command)")
    }
    for option in ["data", "overwrite", "skip\\-bad\\-rows"] {
      #expect(page.output.contains("\\-\\-" + option), "\(option)")
    }
    #expect(!page.output.contains("\\-\\-dump"), "hidden options")
    for line in page.output.split(separator: "\n") where line.hasPrefix(".") {
      let macros = [".TH", ".SH", ".SS", ".TP", ".PP", ".br", ".nf", ".fi", ".\\\""]
      #expect(macros.contains { line.hasPrefix($0) }, "\(line)")
    }
    #expect(language == "en" || page.output.contains("名称"))
  }
}
