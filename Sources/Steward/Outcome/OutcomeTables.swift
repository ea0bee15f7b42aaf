// The tables that `run --out` writes, from an outcome: formatted in chunks and handed to a sink one file after another. The
// same outcome gives the same bytes. Lets and segments computed from private columns are left out.

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
    "awards.csv", "balances.csv", "badges.csv", "refusals.csv", "tiers.csv", "tier_changes.csv", "facts.csv",
    "rejected.csv", "run.json",
  ]

  let outcome: Outcome
  let program: TypedProgram
  let dataset: Dataset
  let calendar: Calendar
  let language: Language
  let stop: StopFlag
  /// Names of the incentives and ladders that the run decided.
  let decided: Set<String>?
  let identities: AwardIdentities
  /// Each member's id as a field.
  let memberFields: [[UInt8]]
  let ruleFields: [[UInt8]]

  /// - Parameter decided: names of the incentives and ladders that the run decided; nil is all.
  public init(
    outcome: Outcome, program: TypedProgram, dataset: Dataset, calendar: Calendar, language: Language = .english,
    decided: Set<String>? = nil, stop: StopFlag = StopFlag()
  ) {
    self.outcome = outcome
    self.program = program
    self.dataset = dataset
    self.calendar = calendar
    self.language = language
    self.stop = stop
    self.decided = decided
    identities = AwardIdentities(program: program, dataset: dataset, calendar: calendar)
    memberFields = dataset.members.ids.map(TableBytes.field)
    ruleFields = program.incentives.map { TableBytes.field($0.name) }
  }

  /// Writes those files that have something to say; `awards.csv`, `balances.csv` and `facts.csv` always. Stops early when the
  /// flag is raised: the sink must then keep nothing.
  public func write(to sink: some TableSink) throws(SourceFailure) {
    try writeAwards(to: sink)
    try writeBalances(to: sink)
    try writeBadges(to: sink)
    try writeRefusals(to: sink)
    try writeTiers(to: sink)
    try writeTierChanges(to: sink)
    try writeFacts(to: sink)
    try writeRejected(to: sink)
  }

  /// Begins a file, writes its header, hands each row's turn to `row` and the bytes to the sink.
  func table(
    _ name: String, _ columns: [String], rows: Int, to sink: some TableSink,
    _ row: (Int, inout TableBytes) -> Void
  ) throws(SourceFailure) {
    try sink.begin(name)
    var bytes = TableBytes(calendar: calendar)
    bytes.header(columns)
    for index in 0..<rows {
      row(index, &bytes)
      if bytes.isFull {
        if stop.isRaised { return }
        try sink.write(bytes.bytes)
        bytes.clear()
      }
    }
    try sink.write(bytes.bytes)
  }

  func member(_ member: Int32) -> [UInt8] {
    memberFields.indices.contains(Int(member)) ? memberFields[Int(member)] : []
  }

  func rule(_ rule: Int32) -> [UInt8] {
    ruleFields.indices.contains(Int(rule)) ? ruleFields[Int(rule)] : []
  }

  static let purse: [UInt8] = Array("points".utf8)

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
