/// One thing wrong with one row.
struct RowProblem: Sendable {
  var problem: LoadProblem
  /// Lines before it in its block.
  var line: Int
  /// The field's place in the row, from 0.
  var column: Int?
  var text: String?
  /// The row as it stands in the file, private fields hidden; kept where bad rows are skipped.
  var row: String?
}

/// What makes two faults of a file the same.
struct FaultKey: Hashable, Sendable {
  var code: DiagnosticCode
  /// The field's place in the row, from 0.
  var column: Int?
  var text: String?
}

/// Faults of one key that are counted, not told one by one.
struct SameFaults: Sendable {
  /// How many of a key are told one by one.
  static let told = 3
  /// How many lines of the others are named.
  static let lineLimit = 5

  var told = 0
  var count = 0
  /// The first lines of those counted, ascending.
  var lines: [Int] = []

  mutating func add(_ other: SameFaults, linesBefore: Int = 0) {
    count += other.count
    lines = Array((lines + other.lines.map { $0 + linesBefore }).sorted().prefix(SameFaults.lineLimit))
  }
}

/// What is wrong with the rows of one block: all where bad rows are skipped, else the first few and the count.
struct RowFaults: Sendable {
  /// How many are kept where nothing can come of the load.
  static let limit = 20
  /// How many keys are counted apart.
  private static let keyLimit = 1000

  let keepsRows: Bool
  let hidden: PrivateFields
  private(set) var problems: [RowProblem] = []
  private(set) var count = 0
  /// Where nothing can come of the load: those that are not among `problems`, by key; lines before each in its block.
  private(set) var same: [FaultKey: SameFaults] = [:]
  private var hasOtherEncoding = false
  private var counted = 0
  private var lines = 0

  init(keepsRows: Bool, hidden: PrivateFields) {
    self.keepsRows = keepsRows
    self.hidden = hidden
  }

  /// Another piece of the block is at hand, in which the next row begins at an offset; so many lines stood before.
  mutating func begin(at offset: Int, lines: Int) {
    counted = offset
    self.lines = lines
  }

  /// Lines of the block before an offset, which must not go back.
  private mutating func line(of offset: Int, _ raw: Bytes) -> Int {
    lines += TextCheck.lineBreaks(raw, counted, offset)
    counted = max(counted, offset)
    return lines
  }

  /// Notes a problem of a row; of a row that is skipped only the first.
  mutating func add(
    _ problem: LoadProblem, column: Int? = nil, text: String? = nil, raw: Bytes, place: Range<Int>
  ) {
    if case .encoding = problem, !keepsRows {
      // A file is told once to be of another encoding.
      if hasOtherEncoding { return }
      hasOtherEncoding = true
    } else if !keepsRows, problems.count >= RowFaults.limit, same.count >= RowFaults.keyLimit {
      count += 1
      return
    }
    count += 1
    let line = line(of: place.lowerBound, raw)
    if keepsRows, problems.last?.line == line { return }
    var text = text
    if let column, hidden[column] { text = "•••" }
    if !keepsRows, !isTold(problem, FaultKey(code: problem.code, column: column, text: text), line) { return }
    var row: String?
    if keepsRows { row = hidden.text(raw, place) }
    problems.append(RowProblem(problem: problem, line: line, column: column, text: text, row: row))
  }

  /// Whether something is wrong with a column somewhere.
  func mentions(_ column: Int) -> Bool {
    problems.contains { $0.column == column } || same.keys.contains { $0.column == column }
  }

  /// Whether a problem is to be told; if not, it is counted among those of its key.
  private mutating func isTold(_ problem: LoadProblem, _ key: FaultKey, _ line: Int) -> Bool {
    if case .encoding = problem { return true }
    let isKnown = same[key] != nil
    var known = same[key] ?? SameFaults()
    let tells = problems.count < RowFaults.limit && known.told < SameFaults.told
    if tells { known.told += 1 } else { known.add(SameFaults(count: 1, lines: [line])) }
    if isKnown || same.count < RowFaults.keyLimit { same[key] = known }
    return tells
  }
}
