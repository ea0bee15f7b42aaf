// The tables that `run --out` writes, from an outcome: blocks of rows are formatted, several at a time, and handed to a sink in
// order, one file after another. The same outcome gives the same bytes. Lets and segments computed from private columns are left out.

/// Where tables go: named files, one after another, each in chunks.
public protocol TableSink {
  func begin(_ name: String) throws(SourceFailure)
  func write(_ bytes: [UInt8]) throws(SourceFailure)
}

/// What `run.json` says beside the outcome.
public struct RunFacts: Sendable {
  public var version: String
  public var rulesFingerprint: UInt64
  public var zoneFingerprint: UInt64?
  public var seconds: Double
  public init(version: String, rulesFingerprint: UInt64, zoneFingerprint: UInt64? = nil, seconds: Double = 0) {
    self.version = version
    self.rulesFingerprint = rulesFingerprint
    self.zoneFingerprint = zoneFingerprint
    self.seconds = seconds
  }
}

/// Writes an outcome's tables.
public struct OutcomeTables: Sendable {
  /// Every file that a run may write.
  public static let files = [
    "awards.csv", "balances.csv", "badges.csv", "refusals.csv", "budgets.csv", "boards.csv", "tiers.csv",
    "tier_changes.csv",
    "facts.csv", "item_facts.csv", "metrics.csv",
    "rejected.csv", "run.json",
  ]

  let outcome: Outcome
  let program: TypedProgram
  let dataset: Dataset
  let calendar: Calendar
  let language: Language
  let workers: Workers
  let stop: StopFlag
  /// Whether Excel and WPS are to open the tables: then each begins with a byte-order mark, and no text looks like a formula.
  let forSpreadsheets: Bool
  /// Names of the incentives and ladders that the run decided.
  let decided: Set<String>?
  let identities: AwardIdentities
  /// Each member's id as a field.
  let memberFields: [[UInt8]]
  let ruleFields: [[UInt8]]
  let purseFields: [[UInt8]]

  /// - Parameter decided: names of the incentives and ladders that the run decided; nil is all.
  public init(
    outcome: Outcome, program: TypedProgram, dataset: Dataset, calendar: Calendar, language: Language = .english,
    decided: Set<String>? = nil, forSpreadsheets: Bool = false, workers: Workers = .serial, stop: StopFlag = StopFlag()
  ) {
    self.outcome = outcome
    self.program = program
    self.dataset = dataset
    self.calendar = calendar
    self.language = language
    self.stop = stop
    self.decided = decided
    self.forSpreadsheets = forSpreadsheets
    self.workers = workers
    identities = AwardIdentities(program: program, dataset: dataset, calendar: calendar)
    memberFields = dataset.members.ids.map { TableBytes.field($0, forSpreadsheets: forSpreadsheets) }
    ruleFields = program.incentives.map { TableBytes.field($0.name, forSpreadsheets: forSpreadsheets) }
    purseFields = program.schema.purses.map { TableBytes.field($0, forSpreadsheets: forSpreadsheets) }
  }

  /// Writes those files that have something to say; `awards.csv`, `balances.csv` and `facts.csv` always. Stops early when the
  /// flag is raised: the sink must then keep nothing.
  public func write(to sink: some TableSink) throws(SourceFailure) {
    try writeAwards(to: sink)
    try writeBalances(to: sink)
    try writeBadges(to: sink)
    try writeRefusals(to: sink)
    try writeBudgets(to: sink)
    try writeBoards(to: sink)
    try writeTiers(to: sink)
    try writeTierChanges(to: sink)
    try writeFacts(to: sink)
    try writeItemFacts(to: sink)
    try writeMetrics(to: sink)
    try writeRejected(to: sink)
  }

  /// Begins a file, writes its header, and formats rows that do not depend on each other.
  func table(
    _ name: String, _ columns: [String], rows: Int, to sink: some TableSink,
    _ row: @Sendable (Int, inout TableBytes) -> Void
  ) throws(SourceFailure) {
    let size = max(256, 8 * OutcomeTables.blockRows / max(8, columns.count))
    let starts = stride(from: 0, to: rows, by: size)
    try table(name, columns, blocks: starts.map { $0..<min(rows, $0 + size) }, to: sink) { block, bytes in
      for index in block { row(index, &bytes) }
    }
  }

  /// Begins a file, writes its header, formats blocks of rows, several at a time, and hands them to the sink in order.
  func table(
    _ name: String, _ columns: [String], blocks: [Range<Int>], to sink: some TableSink,
    _ fill: @Sendable (Range<Int>, inout TableBytes) -> Void
  ) throws(SourceFailure) {
    try sink.begin(name)
    var header = TableBytes(calendar: calendar)
    header.header(columns)
    try sink.write((forSpreadsheets ? [0xEF, 0xBB, 0xBF] : []) + header.bytes)
    let wave = 4 * workers.width
    var next = 0
    while next < blocks.count {
      if stop.isRaised { return }
      let turn = blocks[next..<min(blocks.count, next + wave)]
      let (calendar, forSpreadsheets) = (calendar, forSpreadsheets)
      let formatted = workers.map(turn.count) { index in
        var bytes = TableBytes(calendar: calendar, forSpreadsheets: forSpreadsheets)
        fill(turn[turn.startIndex + index], &bytes)
        return bytes.bytes
      }
      for bytes in formatted { try sink.write(bytes) }
      next += turn.count
    }
  }

  /// Rows of eight columns that make about half a megabyte.
  static let blockRows = 8192

  func member(_ member: Int32) -> [UInt8] {
    memberFields.indices.contains(Int(member)) ? memberFields[Int(member)] : []
  }

  func rule(_ rule: Int32) -> [UInt8] {
    ruleFields.indices.contains(Int(rule)) ? ruleFields[Int(rule)] : []
  }

  /// A purse's name as a field; empty for none.
  func purse(_ purse: Int32) -> [UInt8] {
    purseFields.indices.contains(Int(purse)) ? purseFields[Int(purse)] : []
  }

  /// Positions of things in the order of their names' bytes.
  static func byName(_ names: [String]) -> [Int] {
    names.indices.sorted { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
  }

  /// Rank of each thing in the order of their names' bytes.
  static func ranks(_ names: [String]) -> [Int] {
    var ranks = Array(repeating: 0, count: names.count)
    for (rank, index) in byName(names).enumerated() { ranks[index] = rank }
    return ranks
  }
}
