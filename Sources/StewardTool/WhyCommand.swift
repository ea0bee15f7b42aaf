import ArgumentParser
import Steward
import StewardHost

/// `steward why`: explains what a member has, and what they have not; how the community stands.
struct WhyCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "why",
      abstract: words(
        "Explain a member's points, tier, segment or award, or why there is none; an alert, metric, goal or phase.",
        "解释成员的积分、等级、分群或奖励从何而来，为什么没有；也解释预警、指标、目标和阶段。"),
      discussion: words(
        """
        Without WHAT, everything at a glance. WHAT is a purse (points), a ladder or tier, an incentive or badge, a let or \
        segment, an alert about members; `not` may stand before it. `alert`, `metric`, `goal`, `phase` or `plan` with a name \
        explains what is of the community, of one group or member with `for`. Private values show as •••.

        EXAMPLE
          steward why m0042 --rules rules/home-community --data club
          steward why m0042 standing --on 2026-03-31
          steward why m0042 not good_answer
          steward why alert silent_majority --on 2026-05-01
          steward why metric activity for Shanghai
        """,
        """
        不写 WHAT 就总览全部。WHAT 可以是积分账户（points）、等级体系或等级、激励或徽章、let、分群，或盯着成员的预警，\
        前面可以加 not。写 alert、metric、goal、phase、plan 再加名称，解释社群的事；加 for 只看一个分组或成员。\
        私密数据显示为 •••。

        示例
          steward why m0042 --rules rules/home-community --data club
          steward why m0042 standing --on 2026-03-31
          steward why m0042 not good_answer
          steward why alert silent_majority --on 2026-05-01
          steward why metric activity for 上海
        """))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      words("The member's id, or `alert` and the like; and what to explain.", "成员编号，或 alert 等；以及要解释什么。"),
      valueName: "member> <what"))
  var subject: [String]

  @OptionGroup var options: WhyOptionGroup
  @OptionGroup var speech: SpeechOptions

  func run() throws {
    if subject.first?.allSatisfy(\.isWhitespace) == true {
      throw CommandFailure(
        ExitStatus.usage,
        Wording(
          en: "name the member by the id in the data: `steward why m00042`", zh: "请写出数据里的成员编号：`steward why m00042`"))
    }
    guard let asked = ExplainedSubject(words: subject) else { return }
    let language = speech.language
    let shared = RunRequest(
      data: options.data, asOf: options.asOf, threads: options.threads, skipBadRows: options.skipBadRows,
      format: options.format, timings: options.timings)
    let run = RuleRun(rules: options.rules, options: shared, language: language)
    defer { if options.timings { run.timings.print() } }
    let day = try options.on.map { try RuleRun.asOf($0, option: "--on") }
    var request = try run.asked()
    // A refund without its purchase is for a run to refuse; here it may be what is asked about.
    request.acceptsStrays = true
    guard let found = try run.found(request, command: "why", least: .error),
      let explainer = Explainer(found.result, sources: found.sources.files, workers: found.host.workers)
    else { return }
    let explanation = try run.timings.measure(Wording(en: "explain", zh: "解释")) {
      do throws(ExplainFailure) { return try explainer.explain(asked, on: day) } catch {
        throw CommandFailure(ExitStatus.wrong, error.wording)
      }
    }
    if let sentence = Pipeline.strayWarning(found.result, found.program, skipBadRows: options.skipBadRows),
      options.format == .table
    {
      try? Terminal.write("steward: " + sentence[language] + "\n", to: .error)
    }
    if options.format == .json {
      let report = Report(sources: found.sources.files, language: language, format: .json)
      try Terminal.write(report.json(found.told, and: [("why", explanation.json(language))]), to: .output)
      return
    }
    let style = TextStyle(isColored: Terminal.hasColors(.output))
    try Terminal.write(
      explanation.text(language: language, width: Terminal.width(.output), style: style), to: .output)
  }
}

/// The options of `why`.
struct WhyOptionGroup: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      words("Folder of rules, or a file; the current folder if not given.", "规则文件夹或单个文件；不给则为当前文件夹。"),
      valueName: "rules"), completion: .file(extensions: ["steward"]))
  var rules: String = "."

  @Option(
    help: ArgumentHelp(
      words("Folder of the data files; the rule set's folder if not given.", "数据文件夹；不给则用规则所在的文件夹。"), valueName: "dir"),
    completion: .directory)
  var data: String?

  @Option(
    help: ArgumentHelp(
      words(
        "Explain as of this day (or \"2026-03-31 10:00\"), with what was known then.",
        "按这一天（或 \"2026-03-31 10:00\"）当时的情况解释。"), valueName: "date|time"))
  var on: String?

  @Option(
    help: ArgumentHelp(
      words(
        "The day up to which to compute; the day of the newest event if not given.", "计算到哪一天；不给则为最新事件当天。"),
      valueName: "date|time"))
  var asOf: String?

  @Option(help: ArgumentHelp(words("How many threads; all processors if not given.", "线程数；不给则用全部处理器。"), valueName: "n"))
  var threads: Int?

  @Flag(help: ArgumentHelp(words("Leave bad rows out.", "跳过有误的行。")))
  var skipBadRows = false

  @Option(help: ArgumentHelp(words("How to print: table or json.", "输出格式：table 或 json。"), valueName: "table|json"))
  var format: OutputFormat = .table

  @Flag(help: ArgumentHelp(words("Print how long each stage took.", "打印各阶段用时。")))
  var timings = false
}
