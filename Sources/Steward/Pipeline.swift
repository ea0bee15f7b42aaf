// The stages in order, one line each: files → syntax → typed program → calendar → dataset → outcome. Each gives what it made
// and what is wrong; whoever calls decides how to go on. Files, zones, threads and the stop flag come from the host.

/// The version of Steward.
public enum Release {
  public static let version = "0.1.0"
}

/// From rule files to what a run found.
public enum Pipeline {
  /// What the rules mean, and what is wrong with them. The program may run if no diagnostic is an error.
  /// - Parameter modules: where the folders that rules use come from.
  public static func check(
    _ files: [SourceFile], modules: ModuleSource = .standard
  ) -> (program: TypedProgram, diagnostics: [Diagnostic]) {
    check(RuleSources.gather(files, modules: modules))
  }

  /// The same for a rule set whose modules have been gathered.
  public static func check(_ sources: RuleSources) -> (program: TypedProgram, diagnostics: [Diagnostic]) {
    let (program, problems) = Checker.check(sources.modules)
    // What a module would have declared is not missed a second time.
    let told = sources.lacksModules ? problems.filter { $0.code != ModuleProblem.nothingToOverride } : problems
    return (program, sources.diagnostics + told)
  }

  /// The community's calendar, by the zone's table from the host.
  public static func calendar(
    _ program: TypedProgram, files: [SourceFile], zoneTable: (String) throws(ZoneFailure) -> [UInt8]
  ) -> (calendar: Calendar?, diagnostics: [Diagnostic]) {
    let zone = program.schema.zone
    if zone == "UTC" { return (Calendar(zone: .utc, weekStart: program.schema.weekStart), []) }
    do throws(ZoneFailure) {
      guard let rules = ZoneRules(tzif: try zoneTable(zone)) else { throw .damaged }
      return (Calendar(zone: rules, weekStart: program.schema.weekStart), [])
    } catch {
      return (nil, [ZoneProblem(zone: zone, failure: error).at(program.schema, files)])
    }
  }

  /// The data that the rules are about.
  public static func load(
    _ program: TypedProgram, calendar: Calendar, options: RunOptions, host: PipelineHost
  ) -> LoadResult {
    let plan = Planner.plan(program, only: Set(options.only))
    let roles = [program.schema.members?.joined, program.schema.members?.left].compactMap(\.self)
    var reading = LoadOptions(
      skipBadRows: options.skipBadRows, attributesRead: plan.attributesRead,
      memberColumnsRead: plan.columnsRead.union(roles), contentColumnsRead: plan.contentColumnsRead,
      needsEvents: options.asOf == nil)
    reading.gb18030 = host.gb18030
    var result = Loader.load(
      program.schema, calendar: calendar, open: host.open, options: reading, workers: host.workers, stop: host.stop)
    result.dataset = result.dataset?.withSeenRows(program.schema, wanted: plan.kindsRead)
    return result
  }

  /// What the rules find in the data.
  public static func run(
    _ program: TypedProgram, _ dataset: Dataset, calendar: Calendar, options: RunOptions, host: PipelineHost
  ) -> Engine.Result {
    var result = Engine.run(
      program, dataset, calendar: calendar,
      options: Engine.Options(
        asOf: options.asOf?.instant(calendar), only: Set(options.only), keepsAwards: options.keepsAwards),
      workers: host.workers, stop: host.stop)
    if result.strays.isEmpty || options.acceptsStrays || options.skipBadRows || program.schema.skipBadRows {
      return result
    }
    result.diagnostics = StrayReport(result.strays, program, dataset, calendar, host).diagnostics
    result.outcome = nil
    return result
  }

  /// That a run would end at refunds without their purchases, for those who go on all the same.
  /// - Missing: nil if none would end it.
  public static func strayWarning(_ result: Engine.Result, _ program: TypedProgram, skipBadRows: Bool) -> Wording? {
    if skipBadRows || program.schema.skipBadRows || result.strays.isEmpty { return nil }
    return StrayReport.sentence(StrayReport.count(result.strays))
  }

  /// What the data says of a rule set that no type sees; what is wrong with the data, where it cannot be loaded.
  public static func audit(
    _ program: TypedProgram, calendar: Calendar, options: RunOptions, host: PipelineHost
  ) -> (dataset: Dataset?, diagnostics: [Diagnostic]) {
    var reading = LoadOptions(skipBadRows: options.skipBadRows)
    reading.gb18030 = host.gb18030
    let loaded = Loader.load(
      program.schema, calendar: calendar, open: host.open, options: reading, workers: host.workers, stop: host.stop)
    // Spellings near a declared kind are told by the audit.
    let told = loaded.diagnostics.filter { $0.code.text != "D0419" }
    guard var data = loaded.dataset else { return (nil, told) }
    data = data.withSeenRows(program.schema, wanted: Planner.plan(program).kindsRead)
    let (found, strays) = DataAudit.held(
      program, data, calendar: calendar, asOf: options.asOf?.instant(calendar), workers: host.workers, stop: host.stop)
    if strays.isEmpty || options.skipBadRows || program.schema.skipBadRows { return (data, told + found) }
    // A run would end at these.
    return (data, told + found + StrayReport(strays, program, data, calendar, host).diagnostics)
  }

  /// The names among `only` that no declaration has, each with the nearest one that there is.
  public static func unknownNames(_ only: [String], in program: TypedProgram) -> [(name: String, near: String?)] {
    let names =
      program.lets.map(\.name) + program.incentives.map(\.name) + program.ladders.map(\.name)
      + program.metrics.map(\.name) + program.alerts.map(\.name) + program.goals.map(\.name)
      + program.plans.map(\.name)
    return only.filter { !names.contains($0) }.map { ($0, Suggestions.near($0, in: names)) }
  }

  /// The incentives and ladders that `only` asks for, and those that these read; nil if nothing is asked for.
  public static func decided(_ only: [String], in program: TypedProgram) -> Set<String>? {
    if only.isEmpty { return nil }
    let plan = Planner.plan(program, only: Set(only))
    let incentives = zip(program.incentives, plan.incentives).filter(\.1.isWanted).map(\.0.name)
    let ladders = zip(program.ladders, plan.ladders).filter(\.1.isWanted).map(\.0.name)
    return Set(incentives + ladders)
  }

  /// What `--dump` prints of a rule set.
  public static func dump(
    _ stage: DumpStage, _ files: [SourceFile], modules: ModuleSource = .standard
  ) -> String {
    switch stage {
    case .tokens: files.map { SyntaxDump.text(of: Lexer.tokens(of: $0).0, in: $0) }.joined()
    case .syntax: files.map { SyntaxDump.text(of: Parser.parse($0).0) }.joined()
    case .types: TypedDump.text(check(files, modules: modules).program)
    case .plan: PlanDump.text(check(files, modules: modules).program)
    }
  }
}

/// What the inner form of a rule set looks like.
public enum DumpStage: String, Sendable, CaseIterable { case tokens, syntax, types, plan }

/// What the outside world gives to a run.
public struct PipelineHost: Sendable {
  /// Opens a data file by its path as the rules write it.
  public var open: @Sendable (String) throws(SourceFailure) -> any ByteSource
  public var workers: Workers
  public var stop: StopFlag
  /// The tables of GB18030. - Missing: files in it cannot be read.
  public var gb18030: @Sendable () -> GB18030?
  public init(
    workers: Workers = .serial, stop: StopFlag = StopFlag(), gb18030: @escaping @Sendable () -> GB18030? = { nil },
    open: @escaping @Sendable (String) throws(SourceFailure) -> any ByteSource
  ) {
    self.open = open
    self.workers = workers
    self.stop = stop
    self.gb18030 = gb18030
  }
}

/// What a run is asked for.
public struct RunOptions: Sendable {
  /// - Missing: the day of the newest event.
  public var asOf: AsOf?
  /// Names of declarations to compute, with what they need; empty is all.
  public var only: [String]
  public var keepsAwards: Bool
  public var skipBadRows: Bool
  /// Whether a refund without its purchase is no reason to end, but to warn.
  public var acceptsStrays = false
  public init(asOf: AsOf? = nil, only: [String] = [], keepsAwards: Bool = true, skipBadRows: Bool = false) {
    self.asOf = asOf
    self.only = only
    self.keepsAwards = keepsAwards
    self.skipBadRows = skipBadRows
  }
}

/// Up to when to compute: a day's last instant, or a moment inside a day.
public enum AsOf: Hashable, Sendable {
  case day(Int32)
  /// - Unit: days since 1970-01-01, microseconds since local midnight.
  case moment(day: Int32, micros: Int64)

  /// Why a text is no as-of.
  public enum Failure: Error { case notADay, noSuchDay, noSuchTime }

  /// Reads `2026-06-30`, `2026-06-30 10:00` and `2026-06-30T10:00:30`; `2026/6/30 9:00` too.
  public init(reading text: String) throws(Failure) {
    let bytes = Array(text.utf8)
    let separator = bytes.firstIndex { $0 == 0x20 || $0 == 0x54 } ?? bytes.count
    let dayBytes = bytes[..<separator]
    let mark: UInt8 = dayBytes.contains(0x2F) ? 0x2F : 0x2D
    guard let parts = AsOf.numbers(dayBytes, apart: mark, digits: [4...4, 1...2, 1...2]), parts.count == 3 else {
      throw .notADay
    }
    guard let date = CivilDate(year: parts[0], month: parts[1], day: parts[2]) else { throw .noSuchDay }
    if separator == bytes.count {
      self = .day(date.dayNumber)
      return
    }
    guard let time = AsOf.numbers(bytes[(separator + 1)...], apart: 0x3A, digits: [1...2, 2...2, 2...2]), time.count > 1
    else { throw .notADay }
    let second = time.count == 3 ? time[2] : 0
    guard time[0] < 24, time[1] < 60, second < 60 else { throw .noSuchTime }
    self = .moment(day: date.dayNumber, micros: Int64(time[0] * 3600 + time[1] * 60 + second) * 1_000_000)
  }

  /// - Missing: nil if the text is neither a day nor a moment.
  public init?(_ text: String) {
    do throws(Failure) { self = try AsOf(reading: text) } catch { return nil }
  }

  /// Whole numbers with a mark between them, each of so many digits.
  private static func numbers(_ bytes: ArraySlice<UInt8>, apart mark: UInt8, digits: [ClosedRange<Int>]) -> [Int]? {
    let parts = bytes.split(separator: mark, omittingEmptySubsequences: false)
    guard parts.count <= digits.count else { return nil }
    var numbers: [Int] = []
    for (part, allowed) in zip(parts, digits) {
      guard allowed.contains(part.count), part.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      numbers.append(part.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
    return numbers
  }

  public func instant(_ calendar: Calendar) -> Int64 {
    switch self {
    case .day(let day): calendar.end(ofDay: day)
    case .moment(let day, let micros): calendar.instant(day: day, micros: micros)
    }
  }
}
