// A folder that nobody has described becomes a `community` block and rules to begin with. The stages: every file is opened
// and read for what its columns hold; it is read once more for what refers to what; tables get their roles; columns their
// types; the block is written, and held against the files by the checker and the loader themselves, which also say how many
// rows do not fit. So what comes out passes `check` and `run`, and every count in it is that of all rows.

/// What a folder's files were found to be.
public struct Survey: Sendable {
  /// A file and what it was taken for.
  public struct Part: Sendable {
    public var role: Wording
    public var files: [String]
    public var rows: Int
    /// Its columns, or its kinds.
    public var what: Wording
  }

  /// The names of the files to write, and their texts.
  public var files: [(name: String, text: String)] = []
  public var parts: [Part] = []
  /// Files and columns that were left out.
  public var leftOut: [(what: String, why: Wording)] = []
  /// What a person should look at first.
  public var doubts: [Wording] = []
  /// What is wrong with files.
  public var problems: [Diagnostic] = []
  /// The first and the last day of the events. - Unit: days since 1970-01-01.
  public var days: ClosedRange<Int32>?
  /// Rows that do not fit the block.
  public var badRows = 0
  /// Whether a run must be told its as-of.
  public var needsAsOf: Int32??

  /// The files that a survey writes.
  public static let communityFile = "community.steward"
  public static let rulesFile = "rules.steward"

  /// Looks at the files of a folder.
  ///
  /// - Parameter paths: relative to the data folder; those whose ending no table has are no part of it.
  /// - Parameter name: what the community is called.
  /// - Missing: nil if there is no table of members or events; `problems` and `leftOut` of the second say why.
  /// - Reports: D0401–D0427 for files that cannot be read.
  /// - Cost: each file is read three or four times.
  public static func of(_ paths: [String], name: String, language: Language, host: SurveyHost) -> Survey {
    var options = LoadOptions()
    options.gb18030 = host.gb18030
    let reader = SurveyReader(open: host.open, options: options, workers: host.workers, stop: host.stop)
    var survey = Survey()
    var (tables, problems) = reader.tables(paths.filter { FileFormat(path: $0) != nil }.sorted(by: Survey.precedes))
    survey.problems = problems
    for index in tables.indices { reader.profile(&tables[index]) }
    for table in tables where table.garbled * 2 > table.rows {
      survey.problems += table.paths.map { LoadProblem.encoding(likely: nil).at(DataPlace(file: $0)) }
    }
    tables.removeAll { $0.names.isEmpty || $0.garbled * 2 > $0.rows }
    if host.stop.isRaised { return survey }
    var finder = RoleFinder(tables, reader)
    let roles = finder.settledRoles(reader)
    guard var draft = CommunityDrafting.draft(finder, roles, name: name) else {
      survey.leftOut = finder.reasons(roles)
      return survey
    }
    if host.stop.isRaised { return survey }
    let days = SurveyTrial.settle(&draft, language, host)
    if draft.events != nil { survey.days = days }
    survey.take(draft, language)
    return survey
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  private mutating func take(_ draft: CommunityDraft, _ language: Language) {
    files = [
      (Survey.communityFile, draft.text(language)), (Survey.rulesFile, StarterRules.text(draft, language)),
    ]
    leftOut = draft.leftOut
    doubts = draft.doubts
    badRows = draft.badRows ?? 0
    if draft.events == nil || draft.newestDay != nil { needsAsOf = .some(draft.newestDay) }
    func add(_ role: Wording, _ table: CommunityDraft.Table?, _ what: Wording? = nil) {
      guard let table else { return }
      let names = table.columns.map(\.name)
      parts.append(
        Part(
          role: role, files: table.paths, rows: table.rows,
          what: what ?? Wording(en: names.joined(separator: ", "), zh: names.joined(separator: "、"))))
    }
    add(Wording(en: "members", zh: "成员"), draft.members)
    let kinds = draft.kinds.flatMap(\.kinds).map(\.name)
    let shown = kinds.prefix(8)
    let rest = kinds.count - shown.count
    add(
      Wording(en: "events", zh: "事件"), draft.events,
      Wording(
        en: shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : ""),
        zh: shown.joined(separator: "、") + (rest > 0 ? " 等 \(kinds.count) 种" : "")))
    add(Wording(en: "content", zh: "内容"), draft.content)
    for record in draft.records { add(Wording(en: "records", zh: "记录"), record.table) }
  }
}

/// What the outside world gives to a survey.
public struct SurveyHost: Sendable {
  public var open: @Sendable (String) throws(SourceFailure) -> any ByteSource
  public var workers: Workers
  public var stop: StopFlag
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

/// Holds a draft against the files, as a run would.
enum SurveyTrial {
  /// Says in the draft how many rows do not fit; the days of the events.
  static func settle(_ draft: inout CommunityDraft, _ language: Language, _ host: SurveyHost) -> ClosedRange<Int32>? {
    var result = load(draft, language, host, skipsBadRows: false)
    if result.dataset == nil, !host.stop.isRaised {
      result = load(draft, language, host, skipsBadRows: true)
      if let data = result.dataset {
        draft.badRows = data.rejected.count
        draft.doubts.insert(contentsOf: doubts(data.rejected, told: draft.isToldOfIds), at: 0)
      } else {
        draft.doubts += result.diagnostics.filter { $0.severity == .error }.prefix(3).map { problem in
          guard let file = problem.place?.file else { return problem.message }
          return Wording(
            en: "\(file): \(problem.message.english); until that is mended, a run stops at it",
            zh: "\(file)：\(problem.message.chinese)；修好之前，运行会停在这里")
        }
      }
    }
    guard let first = result.dataset?.firstInstant, let last = result.dataset?.lastInstant, first <= last else {
      return nil
    }
    let calendar = Calendar()
    return calendar.day(of: first)...calendar.day(of: last)
  }

  private static func load(
    _ draft: CommunityDraft, _ language: Language, _ host: SurveyHost, skipsBadRows: Bool
  ) -> LoadResult {
    let source = SourceFile(id: FileID(0), name: Survey.communityFile, text: draft.text(language))
    let (program, problems) = Checker.check([Parser.parse(source).0])
    if let wrong = problems.first(where: { $0.severity == .error }) {
      return LoadResult(dataset: nil, diagnostics: [wrong], isInterrupted: false)
    }
    var options = LoadOptions(
      skipBadRows: skipsBadRows, attributesRead: [], memberColumnsRead: [], contentColumnsRead: [])
    options.gb18030 = host.gb18030
    return Loader.load(
      program.schema, calendar: Calendar(), open: host.open, options: options, workers: host.workers, stop: host.stop)
  }

  /// How many rows of each file do not fit, and the first of them.
  /// - Parameter told: the file of which it is said already that its ids are unknown, and how many.
  private static func doubts(_ rejected: [RejectedRow], told: (file: String, rows: Int)?) -> [Wording] {
    var files: [String] = []
    var counts: [String: Int] = [:]
    var firsts: [String: RejectedRow] = [:]
    for row in rejected {
      if firsts[row.place.file] == nil {
        files.append(row.place.file)
        firsts[row.place.file] = row
      }
      counts[row.place.file, default: 0] += 1
    }
    return files.compactMap { file in
      guard let first = firsts[file], let count = counts[file], told?.file != file || told?.rows != count else {
        return nil
      }
      let line = first.place.line.map { Grouped.text($0) } ?? "?"
      return Wording(
        en: "\(Grouped.text(count)) row\(count == 1 ? "" : "s") of \(file) will be skipped; the first in line \(line): "
          + first.reason.english,
        zh: "\(file) 有 \(Grouped.text(count)) 行会被略过；最早的在第 \(line) 行：\(first.reason.chinese)")
    }
  }
}
