// The tables of a folder: files with the same columns are one table, as `events-2026-01.csv`, `events-2026-02.csv`. Each is
// read twice: once for what its columns hold, and once more, when it is known which columns are keys and which are kinds, for
// what refers to what and which kind has which columns.

/// A table of a folder that nobody has described.
struct SurveyTable: Sendable {
  /// Paths, relative to the data folder.
  var paths: [String]
  var files: [DataFile]
  /// Names in the header, in their order, those left out that are empty, stand twice or hold objects.
  var names: [String]
  /// By place in `names`.
  var profiles: [ColumnProfile] = []
  var shapes: [FieldShapes] = []
  var rows = 0
  /// Rows that are none.
  var faults = 0
  /// Of those, rows in no encoding that is read.
  var garbled = 0
  /// Files left out, for another has the same content.
  var copies: [(path: String, of: String)] = []
  /// Files that seem to be the same export, at two times.
  var rivals: [(path: String, of: String)] = []
  /// Columns left out, with the reason.
  var leftOut: [(name: String, why: Wording)] = []
  /// The column whose values tell rows apart.
  var key: Int?
  /// Columns that could be the key, the likeliest by its name first.
  var candidates: [Int] = []
  /// Whether ids of its rows are looked for in other tables.
  var isTarget = true
  /// A column that refers to the key, where that made it the key.
  var referredBy: Wording?

  /// The name of its first file without folder and endings, and without a number or date at the end.
  var stem: String {
    var name = paths.first.map { String($0.split(separator: "/").last ?? "") } ?? ""
    for ending in [".gz"] + FileFormat.endings where name.lowercased().hasSuffix(ending) {
      name.removeLast(ending.count)
    }
    while let last = name.last, last.isNumber || "-_. ()".contains(last) { name.removeLast() }
    return name
  }

  /// The first of its files, and how many there are.
  var shownPaths: String {
    paths.prefix(3).joined(separator: ", ") + (paths.count > 3 ? ", … (\(paths.count))" : "")
  }

  var isJSON: Bool { files.first.map { $0.header.format == .jsonLines } ?? false }
}

/// Opens and reads the tables.
struct SurveyReader {
  let open: @Sendable (String) throws(SourceFailure) -> any ByteSource
  let options: LoadOptions
  let workers: Workers
  let stop: StopFlag

  /// The tables of some files, and what is wrong with files that are none.
  func tables(_ paths: [String]) -> (tables: [SurveyTable], problems: [Diagnostic]) {
    var opener = FileOpener(gb18030: options.gb18030)
    var tables: [SurveyTable] = []
    var problems: [Diagnostic] = []
    for path in paths where !stop.isRaised {
      var report = LoadReport(skipsBadRows: false)
      let opened = opener.open([path], encoding: nil, [], open, &report).first
      if report.isFatal || opened == nil {
        problems += report.diagnostics()
        continue
      }
      guard let file = opened, var table = table(file) else { continue }
      let shape = Set(table.names)
      if table.names.isEmpty {
        problems.append(LoadProblem.emptyFile.at(DataPlace(file: path)))
      } else if let same = tables.firstIndex(where: { Set($0.names) == shape && $0.isJSON == table.isJSON }) {
        tables[same].paths += table.paths
        tables[same].files += SurveyReader.wanting(tables[same].names, table.files)
      } else {
        table.files = SurveyReader.wanting(table.names, table.files)
        tables.append(table)
      }
    }
    for index in tables.indices {
      CopiedFiles.drop(&tables[index])
      tables[index].isTarget = !SurveyReader.isLog(tables[index]) || SurveyReader.refersByName(to: index, tables)
    }
    return (tables, problems)
  }

  /// One file as a table, its names read.
  private func table(_ file: DataFile) -> SurveyTable? {
    var table = SurveyTable(paths: [file.path], files: [file], names: file.header.names)
    if file.header.format == .jsonLines { table.names = jsonNames(file) }
    var seen: [String: Int] = [:]
    for name in table.names { seen[name, default: 0] += 1 }
    for name in seen.keys.sorted() where (seen[name] ?? 0) > 1 && !name.isEmpty {
      table.leftOut.append((name, Wording(en: "the header names it twice", zh: "表头里出现了两次")))
    }
    let isOdd = { (name: String) in name.contains { $0 == "\"" || $0 == "\\" || $0.isNewline } }
    for name in table.names where isOdd(name) {
      let why = Wording(
        en: "its name has a line break, a quote or a backslash: name it otherwise", zh: "列名里有换行、引号或反斜杠：请换个列名")
      table.leftOut.append((BlockText.oneLine(name), why))
    }
    table.names = table.names.filter { seen[$0] == 1 && !$0.allSatisfy(\.isWhitespace) && !isOdd($0) }
    return table
  }

  /// The names that a file of JSON lines has, in order of appearance.
  private func jsonNames(_ file: DataFile) -> [String] {
    var reader = BlockReader(files: [file], options: options, workers: workers, stop: stop)
    let blocks = reader.read({ _ in ProfileRows(keys: []) }, finish: { _ in Nothing() })
    var names = TextPool()
    for block in blocks { _ = names.merge(block.names?.others ?? TextPool()) }
    return (0..<names.count).map { names[Int32(truncatingIfNeeded: $0)] }
  }

  /// Files that give the columns of those names.
  private static func wanting(_ names: [String], _ files: [DataFile]) -> [DataFile] {
    files.map { file in
      var file = file
      if file.header.format == .jsonLines {
        let end = file.header.end
        file.header = Header(names.map { ColumnSchema(name: $0, type: .text) }, behindMarkOf: [])
        file.header.end = end
        // Every element of an array gets a mark, so that arrays are told from texts.
        file.header.json = names.map { _ in JSONColumn(separator: [], isNumber: true) }
      } else {
        file.header.wanted = names.map { file.header.names.firstIndex(of: $0) ?? 0 }
      }
      return file
    }
  }

  // MARK: The first pass

  /// What the columns of a table hold. Columns with objects are left out, and the others are read again.
  func profile(_ table: inout SurveyTable) {
    while !stop.isRaised {
      let use = table.isTarget ? KeyUse.target : .unique
      let keys = table.names.enumerated().map { $0 == 0 || ColumnNames.mayBeKey($1) ? use : .none }
      var reader = BlockReader(files: table.files, options: options, workers: workers, stop: stop)
      let blocks = reader.read({ _ in ProfileRows(keys: keys) }, finish: { $0 })
      var nested: Set<Int> = []
      for block in blocks { nested.formUnion(block.rows.nested) }
      if nested.isEmpty || !nested.isSubset(of: table.names.indices) {
        table.files = reader.files
        return take(blocks, keys, &table)
      }
      for index in nested.sorted() {
        let why = Wording(en: "holds objects or nested arrays", zh: "里面是对象或嵌套数组")
        table.leftOut.append((table.names[index], why))
      }
      table.names = table.names.enumerated().filter { !nested.contains($0.offset) }.map(\.element)
      table.files = SurveyReader.wanting(table.names, table.files)
      if table.names.isEmpty { return }
    }
  }

  private func take(_ blocks: [ParsedBlock<ProfileRows>], _ keys: [KeyUse], _ table: inout SurveyTable) {
    var profiles = keys.map { ColumnProfile($0) }
    for block in blocks {
      table.rows += block.rows.rows
      table.faults += block.rows.faults
      table.garbled += block.rows.garbled
      for index in profiles.indices { profiles[index].merge(block.rows.columns[index]) }
    }
    table.profiles = profiles
    table.shapes = profiles.map { $0.shapes() }
    table.candidates = SurveyReader.candidates(of: table)
    table.key = table.candidates.first
  }

  /// Whether a table has the columns of a log: who, when and what.
  private static func isLog(_ table: SurveyTable) -> Bool {
    [ColumnNames.member, ColumnNames.at, ColumnNames.kind].allSatisfy { role in
      table.names.contains { ColumnNames.place(of: $0, in: role) != nil }
    } && !ColumnNames.stem(table.stem, has: ColumnNames.memberFiles + ColumnNames.contentFiles)
  }

  /// Whether another table has a column that is called after this one, or after one of its ids.
  private static func refersByName(to index: Int, _ tables: [SurveyTable]) -> Bool {
    let own = tables[index].names.filter { ColumnNames.isOwnId($0, stem: tables[index].stem) } + ["id"]
    return tables.indices.contains { other in
      other != index
        && tables[other].names.contains { name in
          own.contains { ColumnNames.means(name, key: $0, stem: tables[index].stem) }
        }
    } || tables[index].names.contains { ["parentid", "replyto", "inreplyto"].contains(ColumnNames.folded($0)) }
  }

  /// The columns that no two rows share, but for a few mistakes; those that are called a key before others.
  private static func candidates(of table: SurveyTable) -> [Int] {
    // In a few rows, and in a log of joiners, everybody may appear once.
    let isShortLog =
      (table.rows < 20 || isLog(table)) && !ColumnNames.stem(table.stem, has: ColumnNames.memberFiles)
      && table.names.contains { ColumnNames.place(of: $0, in: ColumnNames.at) != nil }
      && table.names.contains { ColumnNames.place(of: $0, in: ColumnNames.kind) != nil }
    let able = table.profiles.indices.filter { index in
      if isShortLog, !ColumnNames.isOwnId(table.names[index], stem: table.stem) { return false }
      guard let keys = table.profiles[index].keys, !keys.isGivenUp, keys.rows > 0 else { return false }
      let shape = table.shapes[index]
      guard shape.longest <= 128, shape.broken == 0, shape.arrays == 0, shape.times - shape.ints < keys.rows else {
        return false
      }
      return (keys.twice + table.profiles[index].empty) * 100 <= table.rows
    }
    return able.sorted { left, right in
      let ranks = (ColumnNames.keyRank(table.names[left], left), ColumnNames.keyRank(table.names[right], right))
      return ranks.0 == ranks.1 ? left < right : ranks.0 > ranks.1
    }
  }

  // MARK: The second pass

  /// What refers to which keys, and what the kinds have.
  func look(_ table: SurveyTable, kind: Int?, time: Int?, targets: [IdTable]) -> TableLook {
    let plan = LookPlan(table, kind: kind, time: time, targets: targets)
    var reader = BlockReader(files: table.files, options: options, workers: workers, stop: stop)
    let blocks = reader.read({ _ in LookRows(plan) }, finish: { $0.look })
    var all = TableLook(plan)
    for block in blocks { all.merge(block.rows) }
    return all
  }
}
