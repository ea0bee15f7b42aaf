/// Finds rows again in their files, for messages.
struct RowLocator<Rows: Sendable>: Sendable {
  let files: [DataFile]
  let blocks: [ParsedBlock<Rows>]
  /// Lines of its file before each block.
  private let lines: [Int]

  init(files: [DataFile], blocks: [ParsedBlock<Rows>]) {
    self.files = files
    self.blocks = blocks
    var lines: [Int] = []
    var total = 0
    for (index, block) in blocks.enumerated() {
      if index == 0 || block.file != blocks[index - 1].file { total = files[block.file].header.lines }
      lines.append(total)
      total += block.lines
    }
    self.lines = lines
  }

  func file(_ block: Int) -> DataFile { files[blocks[block].file] }

  /// - Unit: lines from 1.
  func line(_ block: Int, linesBefore: Int) -> Int { lines[block] + linesBefore + 1 }

  /// The line of a row by its offset; the block is read again.
  func line(_ block: Int, offset: Int) -> Int? {
    let start = blocks[block].start
    let count = blocks[block].base + offset - start
    return bytes(block, start, count).map { lines[block] + TextCheck.lineBreaks($0.span, 0, $0.count) + 1 }
  }

  /// `members.csv, line 4`
  func name(_ block: Int, _ offset: Int) -> Wording {
    let file = file(block).source.name
    guard let line = line(block, offset: offset) else { return Wording(file) }
    return Wording(en: "\(file), line \(line)", zh: "\(file) 第 \(line) 行")
  }

  /// A row as it stands in the file.
  func text(_ block: Int, _ place: Range<Int>, hidden: [Bool]) -> String {
    guard let bytes = bytes(block, blocks[block].base + place.lowerBound, place.count) else { return "" }
    return RowFaults.text(bytes.span, 0..<bytes.count, hidden: hidden)
  }

  private func bytes(_ block: Int, _ offset: Int, _ count: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    do { try file(block).source.read(at: offset, count: max(0, count), into: &bytes) } catch { return nil }
    return bytes
  }
}

/// What is wrong with the data, over all files of a load.
struct LoadReport {
  /// How many are told one by one.
  static let shown = 20

  private struct Entry {
    var problem: LoadProblem
    var file: Int
    var place: DataPlace
    var row: String
  }

  let skipsBadRows: Bool
  /// Problems of files and columns: nothing can come of the load.
  private var fatal: [Diagnostic] = []
  private var entries: [Entry] = []
  private var count = 0
  /// Files of which it is told that they are not UTF-8.
  private var otherEncodings: Set<Int> = []

  init(skipsBadRows: Bool) { self.skipsBadRows = skipsBadRows }

  /// Whether there will be no dataset.
  var isFatal: Bool { !fatal.isEmpty || (!skipsBadRows && count > 0) }

  mutating func add(_ problem: LoadProblem, place: DataPlace? = nil, span: Span? = nil) {
    var diagnostic = problem.at(place)
    diagnostic.span = span
    fatal.append(diagnostic)
  }

  /// Takes in what is wrong with the rows of a block.
  mutating func add<Rows>(_ faults: RowFaults, block: Int, _ locator: RowLocator<Rows>) {
    if let failure = locator.blocks[block].failure {
      return add(.unreadable(failure.message), place: DataPlace(file: locator.file(block).source.name))
    }
    count += faults.count
    let file = locator.file(block)
    for fault in faults.problems {
      var problem = fault.problem
      if case .encoding = problem {
        if !skipsBadRows, !otherEncodings.insert(file.number).inserted {
          count -= 1
          continue
        }
        problem = .encoding(likely: LoadReport.likelyEncoding(file.source))
      }
      let name = fault.column.flatMap { file.header.names.indices.contains($0) ? file.header.names[$0] : nil }
      let place = DataPlace(
        file: file.source.name, line: locator.line(block, linesBefore: fault.line), column: fault.column.map { $0 + 1 },
        columnName: name, text: fault.text)
      entries.append(Entry(problem: problem, file: file.number, place: place, row: fault.row ?? ""))
    }
  }

  /// Takes in a row that proved wrong after its block was read.
  mutating func add<Rows>(
    _ problem: LoadProblem, block: Int, place: Range<Int>, column: Int?, text: String?, hidden: [Bool],
    _ locator: RowLocator<Rows>
  ) {
    count += 1
    // Only the first few are told, and they come in order; a file of many more is not read again for each.
    if !skipsBadRows, entries.count > 1000 { return }
    let file = locator.file(block)
    let isHidden = column.map { hidden.indices.contains($0) && hidden[$0] } ?? false
    let spot = DataPlace(
      file: file.source.name, line: locator.line(block, offset: place.lowerBound), column: column.map { $0 + 1 },
      columnName: column.map { file.header.names[$0] }, text: isHidden ? "•••" : text)
    let row = skipsBadRows ? locator.text(block, place, hidden: hidden) : ""
    entries.append(Entry(problem: problem, file: file.number, place: spot, row: row))
  }

  mutating func addDuplicate<Rows>(
    _ key: String, _ column: ColumnSchema, block: Int, place: Range<Int>, first: Wording, hidden: [Bool],
    _ locator: RowLocator<Rows>
  ) {
    let names = locator.file(block).header.names
    let shown = column.type.isPrivate ? "•••" : key
    add(
      .duplicateKey(key: shown, first: first), block: block, place: place,
      column: names.firstIndex(of: column.spelling), text: shown, hidden: hidden, locator)
  }

  private var sorted: [Entry] {
    entries.sorted {
      ($0.file, $0.place.line ?? 0, $0.place.column ?? 0) < ($1.file, $1.place.line ?? 0, $1.place.column ?? 0)
    }
  }

  /// What to tell: nothing about rows that are skipped.
  func diagnostics() -> [Diagnostic] {
    if !fatal.isEmpty || skipsBadRows { return fatal }
    var diagnostics = sorted.prefix(LoadReport.shown).map { $0.problem.at($0.place) }
    if count > diagnostics.count {
      diagnostics.append(LoadProblem.moreErrors(count: count - diagnostics.count, shown: diagnostics.count).at(nil))
    }
    return diagnostics
  }

  func rejected() -> [RejectedRow] {
    sorted.map { RejectedRow(place: $0.place, reason: $0.problem.message, row: $0.row) }
  }

  /// What a file that is not UTF-8 seems to be, by its first megabyte.
  static func likelyEncoding(_ source: any ByteSource) -> String? {
    var bytes: [UInt8] = []
    do { try source.read(at: 0, count: 1 << 20, into: &bytes) } catch { return nil }
    if bytes.prefix(4096).contains(0) { return "UTF-16" }
    return FileOpener.isGB18030(bytes, isWhole: bytes.count < 1 << 20) ? "GB18030" : nil
  }
}
