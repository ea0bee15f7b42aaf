/// What is wrong with the data, over all files of a load.
struct LoadReport {
  /// How many are told one by one.
  static let shown = 20

  /// One fault of a row.
  struct Entry {
    var problem: LoadProblem
    /// The file's number in the load, and its path as the rules write it.
    var file: Int
    var path: String
    var place: DataPlace
    /// The field's place in the header, from 0.
    var column: Int?
    var row: String

    var key: FaultKey { FaultKey(code: problem.code, column: column, text: place.text) }
  }

  let skipsBadRows: Bool
  /// Problems of files and columns: nothing can come of the load.
  private var fatal: [Diagnostic] = []
  /// What is worth saying of a load that succeeds.
  private var warnings: [Diagnostic] = []
  private var entries: [Entry] = []
  /// By file: how many rows are wrong.
  private var counts: [Int: Int] = [:]
  /// By file: those that are counted only.
  private var same: [Int: [FaultKey: SameFaults]] = [:]
  /// By file: faults that came after its blocks were read.
  private var late: [Int: [FaultKey: Int]] = [:]
  /// Files with lines that are not in their encoding.
  private var otherEncodings: Set<Int> = []

  init(skipsBadRows: Bool) { self.skipsBadRows = skipsBadRows }

  /// Whether there will be no dataset.
  var isFatal: Bool { !fatal.isEmpty || (!skipsBadRows && counts.values.contains { $0 > 0 }) }

  mutating func add(_ problem: LoadProblem, place: DataPlace? = nil, span: Span? = nil) {
    var diagnostic = problem.at(place)
    diagnostic.span = span
    if diagnostic.severity == .error { fatal.append(diagnostic) } else { warnings.append(diagnostic) }
  }

  /// Takes in what is wrong with the rows of a block.
  mutating func add<Rows>(_ faults: RowFaults, block: Int, _ locator: RowLocator<Rows>) {
    let file = locator.file(block)
    if let failure = locator.blocks[block].failure {
      let place = DataPlace(file: file.source.name, line: failure.isDamage ? locator.line(block, linesBefore: 0) : nil)
      return add(failure.isDamage ? .damaged(failure.message) : .unreadable(failure.message), place: place)
    }
    counts[file.number, default: 0] += faults.count
    let before = locator.line(block, linesBefore: 0)
    for (key, faults) in faults.same where faults.count > 0 {
      same[file.number, default: [:]][key, default: SameFaults()].add(faults, linesBefore: before)
    }
    for fault in faults.problems {
      var problem = fault.problem
      if case .encoding = problem {
        if !skipsBadRows, otherEncodings.contains(file.number) { continue }
        otherEncodings.insert(file.number)
        problem = file.otherEncoding
      }
      let name = fault.column.flatMap { file.header.names.indices.contains($0) ? file.header.names[$0] : nil }
      let place = DataPlace(
        file: file.source.name, line: before + fault.line, column: file.header.shownColumn(fault.column),
        columnName: name, text: fault.text)
      entries.append(
        Entry(
          problem: problem, file: file.number, path: file.path, place: place, column: fault.column,
          row: fault.row ?? ""))
    }
  }

  /// Takes in a row that proved wrong after its block was read.
  mutating func add<Rows>(
    _ problem: LoadProblem, block: Int, place: Range<Int>, column: Int?, text: String?, hidden: PrivateFields,
    _ locator: RowLocator<Rows>
  ) {
    let file = locator.file(block)
    counts[file.number, default: 0] += 1
    let isHidden = column.map { hidden[$0] } ?? false
    let text = isHidden ? "•••" : text
    if !skipsBadRows {
      // Only the first few are told, and they come in order; a file of many more is not read again for each.
      let key = FaultKey(code: problem.code, column: column, text: text)
      let known = late[file.number]?[key] ?? 0
      if known > SameFaults.told + SameFaults.lineLimit {
        same[file.number, default: [:]][key, default: SameFaults()].count += 1
        return
      }
      if entries.count > 1000 { return }
      late[file.number, default: [:]][key] = known + 1
    }
    let spot = DataPlace(
      file: file.source.name, line: locator.line(block, offset: place.lowerBound),
      column: file.header.shownColumn(column),
      columnName: column.map { file.header.names[$0] }, text: text)
    let row = skipsBadRows ? locator.text(block, place, hidden: hidden) : ""
    entries.append(Entry(problem: problem, file: file.number, path: file.path, place: spot, column: column, row: row))
  }

  mutating func addDuplicate<Rows>(
    _ key: String, _ column: ColumnSchema, block: Int, place: Range<Int>, first: @autoclosure () -> Wording,
    hidden: PrivateFields, _ locator: RowLocator<Rows>
  ) {
    // Beyond those that are told nobody asks where the first stands, which takes reading.
    if !skipsBadRows, entries.count > 1000 {
      counts[locator.file(block).number, default: 0] += 1
      return
    }
    let names = locator.file(block).header.names
    let shown = column.type.isPrivate ? "•••" : key
    add(
      .duplicateKey(key: shown, first: first()), block: block, place: place,
      column: names.firstIndex(of: column.spelling), text: shown, hidden: hidden, locator)
  }

  private static func sorted(_ entries: [Entry]) -> [Entry] {
    entries.sorted {
      ($0.file, $0.place.line ?? 0, $0.column ?? -1, $0.problem.code)
        < ($1.file, $1.place.line ?? 0, $1.column ?? -1, $1.problem.code)
    }
  }

  /// What to tell: nothing about rows that are skipped.
  func diagnostics() -> [Diagnostic] {
    var diagnostics = fatal
    if fatal.isEmpty, !skipsBadRows {
      let messages = messages().prefix(LoadReport.shown)
      diagnostics = messages.map { $0.problem.at($0.place) }
      let told = messages.reduce(0) { count, entry in
        if case .sameAgain(_, let rows, _) = entry.problem { return count + rows }
        return count + 1
      }
      let all = counts.reduce(0) { $0 + (otherEncodings.contains($1.key) ? min(1, $1.value) : $1.value) }
      if all > told {
        diagnostics.append(LoadProblem.moreErrors(count: all - told, shown: diagnostics.count).at(nil))
      }
    }
    diagnostics += warnings
    // A hint is given once.
    var hints: Set<Wording> = []
    for index in diagnostics.indices {
      guard let hint = diagnostics[index].hint else { continue }
      if !hints.insert(hint).inserted { diagnostics[index].hint = nil }
    }
    return diagnostics
  }

  /// The first faults of each key, and one line for the others; of a file that is not UTF-8 just that.
  private func messages() -> [Entry] {
    var messages: [Entry] = []
    var firsts: [Int: [FaultKey: Entry]] = [:]
    var rest = same
    for entry in LoadReport.sorted(entries) {
      if otherEncodings.contains(entry.file) {
        switch entry.problem {
        case .encoding, .twoEncodings: messages.append(entry)
        default: break
        }
        continue
      }
      var known = rest[entry.file]?[entry.key] ?? SameFaults()
      if known.told < SameFaults.told {
        known.told += 1
        messages.append(entry)
        if firsts[entry.file]?[entry.key] == nil { firsts[entry.file, default: [:]][entry.key] = entry }
      } else {
        known.add(SameFaults(count: 1, lines: [entry.place.line ?? 0]))
      }
      rest[entry.file, default: [:]][entry.key] = known
    }
    for (file, keys) in rest {
      for (key, known) in keys where known.count > 0 {
        guard var entry = firsts[file]?[key] else { continue }
        let place = entry.place
        entry.problem = .sameAgain(key.code, rows: known.count, lines: known.lines)
        entry.place = DataPlace(
          file: place.file, line: known.lines.first, column: place.column, columnName: place.columnName)
        messages.append(entry)
      }
    }
    return LoadReport.sorted(messages)
  }

  /// With the files named as the rules write them, so that it does not depend on where the data lies.
  func rejected() -> [RejectedRow] {
    LoadReport.sorted(entries).map { entry in
      let place = entry.place
      return RejectedRow(
        place: DataPlace(
          file: entry.path, line: place.line, column: place.column, columnName: place.columnName, text: place.text),
        reason: entry.problem.message, row: entry.row)
    }
  }
}
