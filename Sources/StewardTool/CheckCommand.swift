import ArgumentParser
import Steward
import StewardHost

/// `steward check`: parses and type-checks a rule set, and holds it against data.
struct CheckCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "check",
      abstract: words("Check a rule set without running it.", "检查规则，不运行。"),
      discussion: words(
        """
        With --data it also says what no type sees: kinds, values and texts that no row has, columns that are always \
        empty, and rules of which nothing could ever have come, with the clause that never held.

        EXAMPLE
          steward check rules/home-community
          steward check rules/home-community --data club
        """,
        """
        加上 --data 还会指出类型看不出来的问题：数据里从没出现的事件种类、取值和文本，始终为空的列，\
        以及从来不可能触发的规则和它卡在哪个条件。

        示例
          steward check rules/home-community
          steward check rules/home-community --data club
        """))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(words("Folder of rules, a file, or - for standard input.", "规则文件夹、单个文件，或用 - 表示标准输入。")),
    completion: .file(extensions: ["steward"]))
  var rules: String = "."

  @Option(
    help: ArgumentHelp(words("Folder of the data files to hold the rules against.", "用来核对规则的数据文件夹。"), valueName: "dir"),
    completion: .directory)
  var data: String?

  @Option(
    help: ArgumentHelp(
      words(
        "With --data: the day up to which to look; the day of the newest event if not given.",
        "与 --data 合用：看到哪一天；不给则为最新事件当天。"), valueName: "date|time"))
  var asOf: String?

  @Flag(help: ArgumentHelp(words("With --data: look past bad rows.", "与 --data 合用：跳过有误的行。")))
  var skipBadRows = false

  @Option(help: ArgumentHelp(words("How to print: table or json.", "输出格式：table 或 json。"), valueName: "table|json"))
  var format: OutputFormat = .table

  @OptionGroup var speech: SpeechOptions

  func run() throws {
    let files = try RuleFolder.read(rules)
    let sources = RuleSources.gather(files, modules: RuleFolder.modules(of: rules))
    let (program, diagnostics) = RuleSetCheck.of(sources, path: rules, command: "check")
    let report = Report(sources: sources.files, language: speech.language, format: format)
    var told = diagnostics
    var isWrong = diagnostics.contains { $0.severity == .error }
    var dataset: Dataset?
    if let data, !isWrong {
      let (found, more) = try audit(program, data, sources.files)
      dataset = found
      told = DiagnosticOrder.sorted(told + more)
      isWrong = more.contains { $0.severity == .error }
    }
    report.show(told)
    if format == .json {
      try Terminal.write(report.json(told), to: .output)
    } else if !isWrong {
      let praise = Self.praise(program, files.count)[speech.language]
      let counts = dataset.map { Self.counts($0)[speech.language] } ?? ""
      try Terminal.write(praise + counts + "\n", to: .output)
    }
    if isWrong { throw CommandFailure(ExitStatus.wrong) }
  }

  /// What the data says.
  private func audit(
    _ program: TypedProgram, _ data: String, _ files: [SourceFile]
  ) throws -> (dataset: Dataset?, diagnostics: [Diagnostic]) {
    let (calendar, problems) = Pipeline.calendar(program, files: files, zoneTable: ZoneFiles.table)
    guard let calendar else { return (nil, problems) }
    let asked = RunOptions(asOf: try asOf.map { try RuleRun.asOf($0) }, skipBadRows: skipBadRows)
    let host = try RuleRun.host(data: data, rules: rules, threads: nil)
    let (dataset, found) = Pipeline.audit(program, calendar: calendar, options: asked, host: host)
    if RunContext.stop.isRaised { throw CommandFailure(ExitStatus.interrupted) }
    return (dataset, problems + found)
  }

  private static func counts(_ data: Dataset) -> Wording {
    let rows =
      data.events.rows.count { !data.seenKinds.contains(Int($0 & EventStore.kindMask)) }
      + data.anonymous.rows.count
    return Wording(
      en: "; data: \(data.members.count) members, \(rows) events and records",
      zh: "；数据：\(data.members.count) 名成员，\(rows) 个事件和记录")
  }

  private static func praise(_ program: TypedProgram, _ files: Int) -> Wording {
    func plural(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
    let lets = program.lets.count { !$0.isSegment }
    let segments = program.lets.count { $0.isSegment }
    var english = [
      plural(files, "file"), plural(lets, "let"), plural(segments, "segment"),
      plural(program.incentives.count, "incentive"), plural(program.ladders.count, "ladder"),
    ]
    var chinese = [
      "\(files) 个文件", "\(lets) 个 let", "\(segments) 个分群", "\(program.incentives.count) 条激励",
      "\(program.ladders.count) 个等级体系",
    ]
    for (count, word, zh) in [
      (program.metrics.count, "metric", "个指标"), (program.alerts.count, "alert", "条预警"),
      (program.goals.count, "goal", "个目标"), (program.plans.count, "plan", "个计划"),
    ] where count > 0 {
      english.append(plural(count, word))
      chinese.append("\(count) \(zh)")
    }
    return Wording(
      en: "fine: " + english.joined(separator: ", "), zh: "没有问题：" + chinese.joined(separator: "，"))
  }
}
