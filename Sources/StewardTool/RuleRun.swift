import Steward
import StewardHost

extension AtomicWriter: TableSink {}

/// What a command wants of a run; what it does not say is as if nobody had asked.
struct RunRequest {
  var data: String?
  var asOf: String?
  var out: String?
  var only: [String] = []
  var threads: Int?
  var skipBadRows = false
  var spreadsheet = false
  var format = OutputFormat.table
  var failOn: TypedAlert.Severity?
  var timings = false
}

/// One run of a rule set: check, load, run, tables, overview.
struct RuleRun {
  let rules: String
  let options: RunRequest
  let language: Language
  private let stop = RunContext.stop
  let timings: Timings

  init(rules: String, options: RunRequest, language: Language) {
    self.rules = rules
    self.options = options
    self.language = language
    timings = Timings(language: language)
  }

  /// What a run found, and what it was about.
  struct Found {
    var sources: RuleSources
    var program: TypedProgram
    var dataset: Dataset
    var calendar: Calendar
    var result: Engine.Result
    var outcome: Outcome
    var told: [Diagnostic]
    var host: PipelineHost
  }

  /// Checks, loads and runs; says what is wrong, and ends the command where nothing can go on.
  /// - Parameter least: what is less bad is for others to tell.
  func found(_ asked: RunOptions, command: String, least: Severity = .warning) throws -> Found? {
    let sources = RuleSources.gather(try RuleFolder.read(rules), modules: RuleFolder.modules(of: rules))
    let files = sources.files
    try protectOthers()
    let report = Report(sources: files, language: language, format: options.format)
    var told: [Diagnostic] = []
    func tell(_ diagnostics: [Diagnostic], goesOn: Bool) throws {
      told += diagnostics
      // Notes are for `check`.
      report.show(diagnostics.filter { $0.severity >= least })
      if goesOn, !diagnostics.contains(where: { $0.severity == .error }) { return }
      if options.format == .json { try Terminal.write(report.json(told), to: .output) }
      throw CommandFailure(ExitStatus.wrong)
    }

    let (program, problems) = timings.measure(Wording(en: "check", zh: "检查")) {
      RuleSetCheck.of(sources, path: rules, command: command)
    }
    try tell(problems, goesOn: true)
    try refuseUnknownNames(asked.only, program)
    let host = try host()
    let (calendar, zoneProblems) = Pipeline.calendar(program, files: files, zoneTable: ZoneFiles.table)
    try tell(zoneProblems, goesOn: calendar != nil)
    guard let calendar else { return nil }
    let loaded = timings.measure(Wording(en: "load", zh: "读取")) {
      Pipeline.load(program, calendar: calendar, options: asked, host: host)
    }
    try endIfInterrupted()
    try tell(loaded.diagnostics, goesOn: loaded.dataset != nil)
    guard let dataset = loaded.dataset else { return nil }
    let result = timings.measure(Wording(en: "run", zh: "计算")) {
      Pipeline.run(program, dataset, calendar: calendar, options: asked, host: host)
    }
    try endIfInterrupted()
    try tell(result.diagnostics, goesOn: result.outcome != nil)
    guard let outcome = result.outcome else { return nil }
    return Found(
      sources: sources, program: program, dataset: dataset, calendar: calendar, result: result, outcome: outcome,
      told: told, host: host)
  }

  func run() throws {
    defer { if options.timings { timings.print() } }
    let asked = try asked()
    guard let found = try found(asked, command: "run") else { return }
    let (program, dataset, calendar, outcome) = (found.program, found.dataset, found.calendar, found.outcome)
    let files = found.sources.files
    let report = Report(sources: files, language: language, format: options.format)
    let seconds = timings.seconds
    let decided = Pipeline.decided(asked.only, in: program)
    let facts = RunFacts(
      version: Release.version, rulesFingerprint: FileFingerprint.of(files), zoneFingerprint: calendar.zone.fingerprint,
      seconds: seconds)
    try timings.measure(Wording(en: "write", zh: "写出")) {
      guard let out = options.out else { return }
      let tables = OutcomeTables(
        outcome: outcome, program: program, dataset: dataset, calendar: calendar, language: language, decided: decided,
        forSpreadsheets: options.spreadsheet, workers: found.host.workers, stop: stop)
      try write(tables, facts, to: out)
    }
    let summary = Summary(
      outcome: outcome, program: program, dataset: dataset, calendar: calendar, seconds: seconds, decided: decided,
      asked: asked.only)
    try show(summary, found.told, report)
    if let least = options.failOn, summary.alerts.contains(where: { $0.firing > 0 && $0.severity >= least }) {
      throw CommandFailure(ExitStatus.alert)
    }
  }

  // MARK: What was asked for

  func asked() throws -> RunOptions {
    var asked = RunOptions(only: options.only, keepsAwards: options.out != nil, skipBadRows: options.skipBadRows)
    if let text = options.asOf { asked.asOf = try RuleRun.asOf(text) }
    if let threads = options.threads, !(1...1024).contains(threads) {
      throw CommandFailure(
        ExitStatus.usage,
        threads < 1
          ? Wording(en: "`--threads` must be at least 1, not \(threads)", zh: "`--threads` 至少是 1，不能是 \(threads)")
          : Wording(en: "`--threads` must be at most 1024, not \(threads)", zh: "`--threads` 最多是 1024，不能是 \(threads)"))
    }
    return asked
  }

  static func asOf(_ text: String, option: String = "--as-of") throws -> AsOf {
    do throws(AsOf.Failure) { return try AsOf(reading: text) } catch {
      let wording =
        switch error {
        case .notADay:
          Wording(
            en: "`\(option)` takes a day like 2026-06-30 or a time like \"2026-06-30 10:00\", not `\(text)`",
            zh: "`\(option)` 要写日期（如 2026-06-30）或时间（如 \"2026-06-30 10:00\"），不能是“\(text)”")
        case .noSuchDay: Wording(en: "`\(option) \(text)`: there is no such day", zh: "`\(option) \(text)`：没有这一天")
        case .noSuchTime: Wording(en: "`\(option) \(text)`: there is no such time", zh: "`\(option) \(text)`：没有这个时刻")
        }
      throw CommandFailure(ExitStatus.usage, wording)
    }
  }

  private func refuseUnknownNames(_ only: [String], _ program: TypedProgram) throws {
    guard let (name, near) = Pipeline.unknownNames(only, in: program).first else { return }
    throw CommandFailure(
      ExitStatus.usage,
      Wording(
        en: "the rules have no `\(name)` for `--only`"
          + (near.map { "; did you mean `\($0)`?" }
            ?? "; it takes the name of an incentive, tiers, let, segment, metric, alert, goal or plan"),
        zh: "规则里没有 `--only` 要的“\(name)”"
          + (near.map { "；是不是“\($0)”？" } ?? "；要写 incentive、tiers、let、segment、metric、alert、goal 或 plan 的名称")))
  }

  private func host() throws -> PipelineHost {
    try RuleRun.host(data: options.data, rules: rules, threads: options.threads)
  }

  /// The files of a data folder, by their paths in the rules.
  static func host(data: String?, rules: String, threads: Int?) throws -> PipelineHost {
    let folder = data ?? RuleFolder.dataFolder(of: rules)
    if data != nil, RuleFolder.isFile(folder) {
      throw CommandFailure(
        ExitStatus.wrong,
        Wording(
          en: "`\(folder)` is a file; `--data` takes the folder that holds the data files",
          zh: "“\(folder)”是文件；`--data` 要写数据文件所在的文件夹"))
    }
    if data != nil, !RuleFolder.isFolder(folder) {
      throw CommandFailure(
        ExitStatus.wrong, Wording(en: "there is no folder `\(folder)` of data", zh: "找不到数据文件夹“\(folder)”"))
    }
    let workers = Workers.threads(threads ?? Interruption.processors)
    return PipelineHost(workers: workers, stop: RunContext.stop, gb18030: DataFiles.gb18030) {
      (path: String) throws(SourceFailure) -> any ByteSource in
      let full = RuleFolder.joined(folder, path)
      return try DataFiles.open(full, name: full)
    }
  }

  // MARK: What comes out

  /// Refuses to write over the data, or over files that no run of Steward wrote.
  private func protectOthers() throws {
    guard let out = options.out else { return }
    if out.isEmpty {
      throw CommandFailure(
        ExitStatus.usage, Wording(en: "`--out` needs the name of a folder", zh: "`--out` 后面要写文件夹的名字"))
    }
    if RuleFolder.isSame(out, options.data ?? RuleFolder.dataFolder(of: rules)) {
      throw CommandFailure(
        ExitStatus.usage,
        Wording(
          en: "`--out \(out)` is the folder of the data; tables go into a folder of their own",
          zh: "`--out \(out)` 就是数据文件夹；请把各表写到另一个文件夹"))
    }
    let there = OutcomeTables.files.filter { AtomicWriter.exists(out, $0) }
    guard let file = there.first, !RuleRun.isOfSteward(RuleFolder.joined(out, "run.json")) else { return }
    let path = RuleFolder.joined(out, file)
    throw CommandFailure(
      ExitStatus.wrong,
      Wording(
        en: "`\(path)` is there already and no run of Steward wrote it; choose another folder for `--out`",
        zh: "“\(path)”已经存在，而且不是 Steward 写的；请给 `--out` 换一个文件夹"))
  }

  /// Whether a file is a `run.json` as a run leaves it.
  private static func isOfSteward(_ path: String) -> Bool {
    guard RuleFolder.isFile(path), let bytes = try? FileSource.open(path).all() else { return false }
    return String(decoding: bytes, as: UTF8.self).contains("\"fingerprints\"")
  }

  private func write(_ tables: OutcomeTables, _ facts: RunFacts, to out: String) throws {
    let writer = try AtomicWriter(folder: out)
    try tables.write(to: writer)
    try tables.writeRun(facts, to: writer)
    try endIfInterrupted()
    // What an earlier run wrote and this one does not say would mislead.
    try writer.commit(removing: AtomicWriter.exists(out, "run.json") ? OutcomeTables.files : [])
  }

  private func show(_ summary: Summary, _ told: [Diagnostic], _ report: Report) throws {
    if options.format == .json {
      try Terminal.write(report.json(told, and: [("summary", summary.json)]), to: .output)
      return
    }
    let style = TextStyle(isColored: Terminal.hasColors(.output))
    var text = summary.text(language: language, width: Terminal.width(.output), style: style)
    if let out = options.out {
      text += "\n" + style(language == .english ? "tables in \(out)" : "各表写在 \(out)", .dim) + "\n"
    }
    try Terminal.write(text, to: .output)
  }

  private func endIfInterrupted() throws {
    if stop.isRaised { throw CommandFailure(ExitStatus.interrupted) }
  }
}

/// How long the stages took, and a word about the one under way where somebody waits for it.
final class Timings {
  private let language: Language
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var stages: [(name: Wording, seconds: Double)] = []
  private let progress: Progress?

  init(language: Language) {
    self.language = language
    start = clock.now
    progress = Terminal.isTerminal(.error) ? Progress() : nil
  }

  /// Since the run began.
  var seconds: Double { Timings.seconds(start.duration(to: clock.now)) }

  func measure<Value>(_ name: Wording, _ body: () throws -> Value) rethrows -> Value {
    progress?.begin(name[language])
    let begin = clock.now
    defer {
      stages.append((name, Timings.seconds(begin.duration(to: clock.now))))
      progress?.end()
    }
    return try body()
  }

  private static func seconds(_ duration: Duration) -> Double {
    let (seconds, attoseconds) = duration.components
    return Double(seconds) + Double(attoseconds) / 1e18
  }

  func print() {
    var lines = ""
    let all = stages + [(Wording(en: "all", zh: "合计"), seconds)]
    for (name, seconds) in all {
      let micros = Int((seconds * 1_000_000).rounded())
      let digits = String(micros % 1_000_000 + 1_000_000).dropFirst()
      lines += DisplayWidth.padded(name[language], to: 8) + "\(micros / 1_000_000).\(digits) s\n"
    }
    try? Terminal.write(lines, to: .error)
  }
}
