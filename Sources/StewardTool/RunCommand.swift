import ArgumentParser
import Steward
import StewardHost

/// `steward run`: evaluates a rule set over data, prints the overview and writes the tables.
struct RunCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "run",
      abstract: words("Run a rule set over data.", "用数据运行规则。"),
      discussion: words(
        """
        Prints an overview; with --out it also writes the tables, all or none of them.

        EXAMPLE
          steward run rules/home-community --data club --as-of 2026-06-30 --out out
        """,
        """
        打印概览；加上 --out 还会写出各张表，要么全部写成，要么一个也不写。

        示例
          steward run rules/home-community --data club --as-of 2026-06-30 --out out
        """))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(words("Folder of rules, a file, or - for standard input.", "规则文件夹、单个文件，或用 - 表示标准输入。")),
    completion: .file(extensions: ["steward"]))
  var rules: String = "."

  @OptionGroup var options: RunOptionGroup
  @OptionGroup var speech: SpeechOptions

  func run() throws {
    if let stage = options.dump {
      try Terminal.write(
        Pipeline.dump(stage, RuleFolder.read(rules), modules: RuleFolder.modules(of: rules)), to: .output)
      return
    }
    try RuleRun(rules: rules, options: options.request, language: speech.language).run()
  }
}

/// The options of `run`.
struct RunOptionGroup: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      words("Folder of the data files; the rule set's folder if not given.", "数据文件夹；不给则用规则所在的文件夹。"), valueName: "dir"),
    completion: .directory)
  var data: String?

  @Option(
    help: ArgumentHelp(
      words(
        "The day (or \"2026-06-30 10:00\") up to which to compute; the day of the newest event if not given.",
        "计算到哪一天（或 \"2026-06-30 10:00\"）；不给则为最新事件当天。"), valueName: "date|time"))
  var asOf: String?

  @Option(
    help: ArgumentHelp(words("Folder to write the tables to.", "写出各表的文件夹。"), valueName: "dir"), completion: .directory)
  var out: String?

  @Option(
    help: ArgumentHelp(
      words(
        "Only this and what it needs: the name of an incentive, tiers, let, segment, metric, alert, goal or plan; repeatable.",
        "只算这一项及其依赖：incentive、tiers、let、segment、metric、alert、goal 或 plan 的名称；可多次使用。"),
      valueName: "name"))
  var only: [String] = []

  @Option(help: ArgumentHelp(words("How many threads; all processors if not given.", "线程数；不给则用全部处理器。"), valueName: "n"))
  var threads: Int?

  @Flag(help: ArgumentHelp(words("Leave bad rows out and list them in rejected.csv.", "跳过有误的行，并列入 rejected.csv。")))
  var skipBadRows = false

  @Flag(
    help: ArgumentHelp(
      words("Write the tables so that Excel and WPS open them well.", "把各表写成 Excel 和 WPS 能直接正确打开的样子。")))
  var spreadsheet = false

  @Option(help: ArgumentHelp(words("How to print: table or json.", "输出格式：table 或 json。"), valueName: "table|json"))
  var format: OutputFormat = .table

  @Option(
    help: ArgumentHelp(
      words(
        "End with status 4 if an alert of that severity or a higher one is firing.", "有该级别或更高级别的预警在触发时，以状态码 4 结束。"),
      valueName: "info|warning|critical"))
  var failOn: TypedAlert.Severity?

  @Flag(help: ArgumentHelp(words("Print how long each stage took.", "打印各阶段用时。")))
  var timings = false

  @Option(help: .hidden)
  var dump: DumpStage?

  var request: RunRequest {
    RunRequest(
      data: data, asOf: asOf, out: out, only: only, threads: threads, skipBadRows: skipBadRows,
      spreadsheet: spreadsheet, format: format, failOn: failOn, timings: timings)
  }
}

extension DumpStage: ExpressibleByArgument {}
extension TypedAlert.Severity: ExpressibleByArgument {}
