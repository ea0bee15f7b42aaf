import Foundation
import Testing

@Suite struct CommandTests {
  @Test func helpAndVersion() throws {
    let version = try Tool.run(["--version"])
    #expect(version.status == 0 && version.output == "0.1.0\n" && version.error.isEmpty)
    for command in [[], ["run"], ["check"], ["sample"], ["help"]] {
      let help = try Tool.run(command + ["--help"])
      #expect(help.status == 0 && help.error.isEmpty)
      #expect(help.output.contains("EXAMPLE\n"), "\(command)")
      let chinese = try Tool.run(command + ["--help"], environment: ["LANG": "zh_CN.UTF-8"])
      #expect(chinese.output.contains("示例\n") && !chinese.output.contains("USAGE"), "\(command)")
    }
    #expect(try Tool.run([]).output.contains("SUBCOMMANDS"))
  }

  /// A wrong command line is status 2, with a sentence on standard error and nothing on standard output.
  @Test(arguments: [
    ["--bogus"], ["bogus"], ["run", "--threads"], ["run", "--threads", "x"], ["run", "--format", "xml"], ["sample"],
    ["check", "a", "b"], ["sample", "x", "--members", "0"], ["help", "nonsense"],
  ]) func wrongCommandLines(_ arguments: [String]) throws {
    let answer = try Tool.run(arguments)
    #expect(answer.status == 2, "\(arguments)")
    #expect(answer.output.isEmpty && !answer.error.isEmpty, "\(arguments)")
  }

  /// The parser's sentences in Chinese, to their last word.
  @Test(arguments: [
    (["run", "--format", "xml"], "“xml”不能用作“--format <table|json>”的值；可用的有“table”、“json”"),
    (["run", "--thread", "3"], "没有选项“--thread”；是不是“--threads”？"),
    (["run", "--elsewhere"], "没有选项“--elsewhere”"),
    (["run", "--threads", "x"], "“x”不能用作“--threads <n>”的值"),
    (["run", "--out"], "选项“--out <dir>”缺少值"),
    (["sample"], "缺少参数“<dir>”"),
    (["check", "a", "b"], "多余的参数“b”"),
    (["check", "a", "b", "c"], "多余的参数共 2 个：“b”、“c”"),
    (["run", "--timings=3"], "选项“--timings”不带值，却写了“3”"),
  ]) func wrongCommandLinesInChinese(_ arguments: [String], _ sentence: String) throws {
    let answer = try Tool.run(arguments, environment: ["LANG": "zh_CN.UTF-8"])
    #expect(answer.status == 2)
    #expect(answer.error.hasPrefix("错误：\(sentence)\n"), "\(answer.error)")
  }

  @Test func aModuleIsShown() throws {
    for name in ["std.risk", "risk"] {
      let shown = try Tool.run(["help", name])
      #expect(shown.status == 0)
      #expect(shown.output.hasPrefix("std.risk\n"))
      #expect(shown.output.contains("alert "))
    }
    let near = try Tool.run(["help", "std.rsk"])
    #expect(near.error.contains("`steward help std.risk`"))
  }

  @Test func aMemberWithoutAName() throws {
    let asked = try Tool.run(["why", ""])
    #expect(asked.status == 2)
    #expect(asked.error.contains("name the member by the id in the data"))
  }

  @Test func initLooksForTheDataFirst() throws {
    let place = try Workplace()
    try place.put("community.steward", "community \"Club\" {}\n")
    let asked = try Tool.run(["init", "nothing-here"], in: place.path)
    #expect(asked.status != 0)
    #expect(asked.error.contains("there is no folder `nothing-here` of data"))
  }

  @Test func helpPages() throws {
    let page = try Tool.run(["help", "t0314"])
    #expect(page.status == 0 && page.output.hasPrefix("T0314  A duration without a fixed length\n"))
    #expect(try Tool.run(["help", "T0314", "--lang", "zh"]).output.hasPrefix("T0314  时长不固定\n"))
    #expect(try Tool.run(["help"]).output.contains("N0201"))
    #expect(try Tool.run(["help", "run"]).output.contains("--as-of"))
    #expect(try Tool.run(["help", "streak"]).output.contains("streak("))
  }

  @Test func languages() throws {
    let english = try Tool.run(["check", "/no/such"])
    #expect(english.error == "steward: there is no file `/no/such`\n" && english.status == 1)
    for environment in [["LANG": "zh_CN.UTF-8"], ["LC_ALL": "zh_TW", "LANG": "C"], ["LC_MESSAGES": "zh"]] {
      #expect(try Tool.run(["check", "/no/such"], environment: environment).error == "steward: 找不到“/no/such”\n")
    }
    #expect(
      try Tool.run(["check", "/no/such", "--lang=en"], environment: ["LANG": "zh_CN"]).error
        == "steward: there is no file `/no/such`\n")
  }
}

@Suite struct CheckCommandTests {
  @Test func fineRules() throws {
    let place = try Workplace()
    try place.putClub()
    let answer = try Tool.run(["check", "rules"], in: place.path)
    #expect(answer.status == 0 && answer.error.isEmpty)
    #expect(answer.output == "fine: 1 file, 0 lets, 1 segment, 2 incentives, 1 ladder\n")
    #expect(try Tool.run(["check", "--lang", "zh"], in: place.path + "/rules").output.hasPrefix("没有问题：1 个文件"))
  }

  @Test func wrongRules() throws {
    let place = try Workplace()
    try place.putClub()
    try place.put("rules/more.steward", "segment loud = any(chekin)\n")
    let answer = try Tool.run(["check", "rules"], in: place.path)
    #expect(answer.status == 1 && answer.output.isEmpty)
    #expect(answer.error.hasPrefix("rules/more.steward:1:20: error N0205: "))
    #expect(answer.error.hasSuffix("\n1 error\n"))
    #expect(!answer.error.contains("\u{1B}"))
    let json = try Tool.run(["check", "rules", "--format", "json"], in: place.path)
    #expect(json.status == 1 && json.error.isEmpty)
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(object?["errors"] as? Int == 1)
    #expect(((object?["diagnostics"] as? [[String: Any]])?.first?["code"] as? String) == "N0205")
  }

  @Test func standardInput() throws {
    let answer = try Tool.run(["check", "-"], input: "let a = \n")
    #expect(answer.status == 1)
    #expect(answer.error.contains("<stdin>:"))
  }
}

@Suite struct SampleCommandTests {
  @Test func theSameBytesTwice() throws {
    let place = try Workplace()
    for folder in ["one", "two"] {
      let answer = try Tool.run(
        ["sample", folder, "--members", "20", "--days", "10", "--seed", "3", "--lang", "zh"], in: place.path)
      #expect(answer.status == 0 && answer.error.isEmpty)
    }
    let names = place.names("one")
    #expect(names == ["content.csv", "events.csv", "members.csv", "mentions.csv", "outages.csv", "spend.csv"])
    for name in names { #expect(place.text("one/" + name) == place.text("two/" + name)) }
  }
}
