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

/// What is wrong with the rows of one block: all where bad rows are skipped, else the first few and the count.
struct RowFaults: Sendable {
  /// How many are kept where nothing can come of the load.
  static let limit = 20

  let keepsRows: Bool
  /// By column of the file: whether it is private.
  let hidden: [Bool]
  private(set) var problems: [RowProblem] = []
  private(set) var count = 0
  private var counted = 0
  private var lines = 0
  private var isCounting = false

  init(keepsRows: Bool, hidden: [Bool]) {
    self.keepsRows = keepsRows
    self.hidden = hidden
  }

  /// Lines of the block before an offset, which must not go back.
  mutating func line(of offset: Int, _ raw: Bytes, from start: Int) -> Int {
    if !isCounting { counted = start }
    isCounting = true
    lines += TextCheck.lineBreaks(raw, counted, offset)
    counted = max(counted, offset)
    return lines
  }

  /// Notes a problem of a row; of a row that is skipped only the first.
  mutating func add(
    _ problem: LoadProblem, column: Int? = nil, text: String? = nil, raw: Bytes, place: Range<Int>, start: Int
  ) {
    count += 1
    if !keepsRows, problems.count >= RowFaults.limit { return }
    let line = line(of: place.lowerBound, raw, from: start)
    if keepsRows, problems.last?.line == line { return }
    var text = text
    if let column, hidden.indices.contains(column), hidden[column] { text = "•••" }
    var row: String?
    if keepsRows { row = RowFaults.text(raw, place, hidden: hidden) }
    problems.append(RowProblem(problem: problem, line: line, column: column, text: text, row: row))
  }

  /// A row's text with its private fields hidden; everything from the first one on if its fields are not as many as the
  /// header's.
  static func text(_ raw: Bytes, _ place: Range<Int>, hidden: [Bool]) -> String {
    var bytes: [UInt8] = []
    for offset in place { bytes.append(raw.byte(offset)) }
    guard hidden.contains(true) else { return String(decoding: bytes, as: UTF8.self) }
    var fields: [ArraySlice<UInt8>] = []
    var start = 0
    var isInQuotes = false
    for (offset, byte) in bytes.enumerated() {
      if byte == 0x22, isInQuotes || offset == start { isInQuotes.toggle() }
      if byte == 0x2C, !isInQuotes {
        fields.append(bytes[start..<offset])
        start = offset + 1
      }
    }
    fields.append(bytes[start...])
    let first = hidden.firstIndex(of: true) ?? 0
    let isWhole = fields.count == hidden.count
    var shown: [String] = []
    for (index, field) in fields.enumerated() {
      let hides = isWhole ? hidden[index] && !field.isEmpty : index >= first
      shown.append(hides ? "•••" : String(decoding: field, as: UTF8.self))
    }
    return shown.joined(separator: ",")
  }
}
