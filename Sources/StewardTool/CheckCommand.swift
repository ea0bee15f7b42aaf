import ArgumentParser
import Steward
import StewardHost

/// `steward check`: parses and type-checks a rule set.
struct CheckCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "check",
      abstract: words("Check a rule set without running it.", "检查规则，不运行。"),
      discussion: words(
        """
        EXAMPLE
          steward check rules/home-community
        """,
        """
        示例
          steward check rules/home-community
        """))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(words("Folder of rules, a file, or - for standard input.", "规则文件夹、单个文件，或用 - 表示标准输入。")))
  var rules: String = "."

  @Option(help: ArgumentHelp(words("How to print: table or json.", "输出格式：table 或 json。"), valueName: "table|json"))
  var format: OutputFormat = .table

  @OptionGroup var speech: SpeechOptions

  func run() throws {
    let files = try RuleFolder.read(rules)
    let sources = RuleSources.gather(files, modules: RuleFolder.modules(of: rules))
    let (program, diagnostics) = RuleSetCheck.of(sources, path: rules, command: "check")
    let report = Report(sources: sources.files, language: speech.language, format: format)
    report.show(diagnostics)
    let isWrong = diagnostics.contains { $0.severity == .error }
    if format == .json {
      try Terminal.write(report.json(diagnostics), to: .output)
    } else if !isWrong {
      try Terminal.write(Self.praise(program, files.count)[speech.language] + "\n", to: .output)
    }
    if isWrong { throw CommandFailure(ExitStatus.wrong) }
  }

  private static func praise(_ program: TypedProgram, _ files: Int) -> Wording {
    func plural(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
    let lets = program.lets.count { !$0.isSegment }
    let segments = program.lets.count { $0.isSegment }
    return Wording(
      en: "fine: \(plural(files, "file")), \(plural(lets, "let")), \(plural(segments, "segment")), "
        + "\(plural(program.incentives.count, "incentive")), \(plural(program.ladders.count, "ladder"))",
      zh: "没有问题：\(files) 个文件，\(lets) 个 let，\(segments) 个分群，\(program.incentives.count) 条激励，"
        + "\(program.ladders.count) 个等级体系")
  }
}
