// Bytes to a dataset. The stages: open every file and read its header; read members and content in blocks; settle their
// keys and references; read events in blocks; settle their keys; order everything. Nothing is thrown: what is wrong is
// collected over all files and told in order of file and line.

public struct LoadOptions: Sendable {
  /// Go on without rows that are wrong.
  public var skipBadRows: Bool
  /// Indices in `EventSchema.attributes` that somebody reads; the others are held against their types and take part in
  /// the order of equal events, so that what is read never changes what is found, but are not kept. Nil keeps all.
  public var attributesRead: Set<Int>?
  /// Indices in the columns of members and of content that somebody reads; the others are only held against their
  /// types. Nil keeps all.
  public var memberColumnsRead: Set<Int>?
  public var contentColumnsRead: Set<Int>?
  /// Whether nothing can be done without an event: then a file of undeclared kinds alone is an error.
  public var needsEvents: Bool
  /// The tables of GB18030, asked for when a file is in it. - Missing: such files cannot be read.
  public var gb18030: @Sendable () -> GB18030? = { nil }
  /// Bytes of a file that one work item reads. What a load gives does not depend on it, but for the fingerprint.
  var blockSize = 1 << 21
  /// Bytes read at a time. Nothing depends on it.
  var pieceSize = 1 << 17

  public init(
    skipBadRows: Bool = false, attributesRead: Set<Int>? = nil, memberColumnsRead: Set<Int>? = nil,
    contentColumnsRead: Set<Int>? = nil, needsEvents: Bool = false
  ) {
    self.skipBadRows = skipBadRows
    self.attributesRead = attributesRead
    self.memberColumnsRead = memberColumnsRead
    self.contentColumnsRead = contentColumnsRead
    self.needsEvents = needsEvents
  }
}

public struct LoadResult: Sendable {
  /// - Missing: something is wrong, or the load was stopped.
  public var dataset: Dataset?
  public var diagnostics: [Diagnostic]
  /// Whether the stop flag ended it.
  public var isInterrupted: Bool
}

public enum Loader {
  /// Reads the files that a schema names.
  ///
  /// - Reports: D0401–D0499, the first 20 by file and line and one for the rest.
  /// - Cost: each file is read once, those of events once more where they bring the members; for events about 20 bytes a
  ///   row and twice the attributes at the peak.
  public static func load(
    _ schema: Schema, calendar: Calendar, open: @Sendable (String) throws(SourceFailure) -> any ByteSource,
    options: LoadOptions = LoadOptions(), workers: Workers = .serial, stop: StopFlag = StopFlag()
  ) -> LoadResult {
    var options = options
    options.skipBadRows = options.skipBadRows || schema.skipBadRows
    var run = LoadRun(schema: schema, calendar: calendar, options: options, workers: workers, stop: stop)
    let dataset = run.dataset(open)
    return LoadResult(
      dataset: stop.isRaised ? nil : dataset, diagnostics: stop.isRaised ? [] : run.report.diagnostics(),
      isInterrupted: stop.isRaised)
  }
}

/// One load on its way.
struct LoadRun {
  let schema: Schema
  let calendar: Calendar
  let options: LoadOptions
  let workers: Workers
  let stop: StopFlag
  var report: LoadReport
  var data = Dataset()
  /// What is not known of a table's ids, so that references to others say nothing.
  var members = KnownIds()
  var items = KnownIds()
  private var fingerprint = ByteHash.first

  init(schema: Schema, calendar: Calendar, options: LoadOptions, workers: Workers, stop: StopFlag) {
    self.schema = schema
    self.calendar = calendar
    self.options = options
    self.workers = workers
    self.stop = stop
    report = LoadReport(skipsBadRows: options.skipBadRows)
  }

  mutating func dataset(_ open: (String) throws(SourceFailure) -> any ByteSource) -> Dataset? {
    if schema.members == nil, let events = schema.events, !events.files.isEmpty {
      report.add(.noMembers, span: events.span)
      return nil
    }
    var opener = FileOpener(gb18030: options.gb18030)
    var files = TableFiles(schema, &opener, open, &report)
    if report.isFatal { return nil }
    data.bytes = files.all.reduce(0) { $0 + $1.source.size }
    var members: TableDraft?
    if let table = schema.members, table.isFromEvents {
      let found = foundMembers(table, &files.events)
      members = found.draft
      self.members = KnownIds(areAll: options.skipBadRows || !found.losesRows)
    } else {
      members = schema.members.map { table($0, &files.members, options.memberColumnsRead) }
      self.members = KnownIds(members, skipsBadRows: options.skipBadRows)
    }
    let items = schema.content.map { table($0, &files.items, options.contentColumnsRead) }
    self.items = KnownIds(items, skipsBadRows: options.skipBadRows)
    if stop.isRaised { return nil }
    settle(&members, items, &files)
    if self.members.isMissed, let file = files.members.first {
      report.add(.noRows(isMembers: true), place: DataPlace(file: file.source.name))
    }
    if self.items.isMissed, let file = files.items.first {
      report.add(.noRows(isMembers: false), place: DataPlace(file: file.source.name))
    }
    if report.isFatal || stop.isRaised { return nil }
    if let table = schema.members, table.isFromEvents { fillFoundMembers(table) }
    data.rejected = report.rejected()
    data.fingerprint = fingerprint
    return data
  }

  /// Settles references, puts members and content in order, and reads events and records.
  private mutating func settle(_ members: inout TableDraft?, _ items: TableDraft?, _ files: inout TableFiles) {
    let isFound = schema.members?.isFromEvents ?? false
    while true {
      let before: LoadRun? = isFound ? self : nil
      var (ownMembers, ownItems) = (members, items)
      settleReferences(&ownMembers, files.members, &ownItems, files.items)
      order(ownMembers, ownItems)
      if let events = schema.events {
        loadEvents(
          events, &files.events, records: &files.records, faultyMembers: ownMembers?.faultyKeys ?? [],
          faultyItems: ownItems?.faultyKeys ?? [])
      }
      guard let before, options.skipBadRows, !report.isFatal, !stop.isRaised else { return }
      let gone = membersWithoutRows()
      if gone.isEmpty { return }
      for id in gone {
        if let row = members?.keys.code(of: id) { members?.isAlive[Int(row)] = false }
      }
      self = before
    }
  }

  private mutating func table(_ table: TableSchema, _ files: inout [DataFile], _ read: Set<Int>?) -> TableDraft {
    let plan = TablePlan(table, calendar: calendar, columnsRead: read, skipsBadRows: options.skipBadRows)
    var reader = reader(files)
    let blocks = reader.read({ TableRows(plan, header: $0.header) }, finish: { $0 })
    files = reader.files
    noteNames(table.columns, files, blocks) { _, _, _ in true }
    return TableDraft(plan, blocks)
  }

  func reader(_ files: [DataFile]) -> BlockReader {
    BlockReader(files: files, options: options, workers: workers, stop: stop)
  }

  /// Resolves the references of members and content; where bad rows are skipped, until no row refers to a skipped one.
  private mutating func settleReferences(
    _ members: inout TableDraft?, _ memberFiles: [DataFile], _ items: inout TableDraft?, _ itemFiles: [DataFile]
  ) {
    let (allMembers, allItems) = (members, items)
    members?.resolve(toMembers: true, allMembers)
    members?.resolve(toMembers: false, allItems)
    items?.resolve(toMembers: true, allMembers)
    items?.resolve(toMembers: false, allItems)
    let memberRows = RowLocator(files: memberFiles, blocks: members?.blocks ?? [])
    let itemRows = RowLocator(files: itemFiles, blocks: items?.blocks ?? [])
    note(members, memberRows)
    note(items, itemRows)
    let faulty = (Set(allMembers?.faultyKeys ?? []), Set(allItems?.faultyKeys ?? []))
    var goesOn = true
    while goesOn {
      let alive = (members?.isAlive ?? [], items?.isAlive ?? [])
      let more = strike(&members, memberRows, alive, faulty)
      let evenMore = strike(&items, itemRows, alive, faulty)
      goesOn = options.skipBadRows && (more || evenMore)
    }
  }

  /// Reports what reading a table found, and takes in its texts' bytes.
  private mutating func note(_ draft: TableDraft?, _ locator: RowLocator<TableRows>) {
    guard let draft else { return }
    take(draft.blocks)
    for (number, block) in draft.blocks.enumerated() { report.add(block.rows.faults, block: number, locator) }
    for duplicate in draft.duplicates {
      let first = draft.sources[duplicate.first]
      let offset = draft.blocks[first.block].rows.places[first.row].lowerBound
      let place = draft.blocks[duplicate.block].rows.places[duplicate.row]
      report.addDuplicate(
        draft.keys[Int32(duplicate.first)], draft.plan.schema.columns[draft.plan.schema.key],
        block: duplicate.block, place: place, first: locator.name(first.block, offset),
        hidden: draft.blocks[duplicate.block].rows.faults.hidden, locator)
    }
  }

  /// Takes out rows whose references lead nowhere; whether there were any.
  private mutating func strike(
    _ draft: inout TableDraft?, _ locator: RowLocator<TableRows>, _ alive: ([Bool], [Bool]),
    _ faulty: (Set<String>, Set<String>)
  ) -> Bool {
    guard let own = draft else { return false }
    var found = false
    for (index, format) in own.plan.formats.enumerated() {
      guard case .pending(let isMember) = format else { continue }
      let targets = isMember ? alive.0 : alive.1
      for (row, target) in own.references[index].enumerated() where target != -1 && draft?.isAlive[row] == true {
        if targets.indices.contains(Int(target)), targets[Int(target)] { continue }
        if !(isMember ? self.members : self.items).areAll {
          note(missing: isMember)
          continue
        }
        let source = own.sources[row]
        let rows = own.blocks[source.block].rows
        let id = rows.pending[Int32(truncatingIfNeeded: rows.columns[index].bits[source.row])]
        // What is wrong with the row that it refers to is told already.
        if !options.skipBadRows, (isMember ? faulty.0 : faulty.1).contains(id) { continue }
        // Where nothing can come of the load, the row's id stays known: what refers to it is not wrong.
        if options.skipBadRows { draft?.isAlive[row] = false }
        found = true
        let column = own.plan.schema.columns[index]
        report.add(
          LoadProblem.field(.fault(isMember ? .member : .item), column, id), block: source.block,
          place: rows.places[source.row], column: locator.files[own.blocks[source.block].file].header.wanted[index],
          text: id, hidden: rows.faults.hidden, locator)
      }
    }
    return found
  }

  /// Notes that something refers to a table of which not all ids are known.
  mutating func note(missing isMember: Bool) {
    if isMember { members.note() } else { items.note() }
  }

  /// Puts members and content in order.
  private mutating func order(_ members: TableDraft?, _ items: TableDraft?) {
    func ranks(_ draft: TableDraft?, _ order: [Int]) -> [Int32] {
      var ranks = Array(repeating: Int32(-1), count: draft?.sources.count ?? 0)
      for (rank, row) in order.enumerated() { ranks[row] = Int32(truncatingIfNeeded: rank) }
      return ranks
    }
    let orders = (members?.order() ?? [], items?.order() ?? [])
    let ranks = (ranks(members, orders.0), ranks(items, orders.1))
    data.members = keyed(members, orders.0, ranks)
    data.content = keyed(items, orders.1, ranks)
  }

  private mutating func keyed(_ draft: TableDraft?, _ order: [Int], _ ranks: ([Int32], [Int32])) -> KeyedTable {
    guard let draft else { return KeyedTable() }
    if draft.plan.schema.isFromEvents {
      let ids = order.map { draft.keys[Int32(truncatingIfNeeded: $0)] }
      return KeyedTable(ids: ids, columns: draft.plan.formats.map { _ in Column(.codes([])) })
    }
    let codes = draft.blocks.map { data.texts.merge($0.rows.texts) }
    var columns: [Column] = []
    for index in draft.plan.formats.indices {
      columns.append(
        draft.plan.isKept[index]
          ? draft.column(
            index, order: order, textCodes: codes, texts: &data.texts, memberRanks: ranks.0, itemRanks: ranks.1)
          : Column(.codes([])))
    }
    return KeyedTable(ids: order.map { draft.keys[Int32(truncatingIfNeeded: $0)] }, columns: columns)
  }

  /// Adds the bytes of blocks to the count and the fingerprint, and reports files that could not be read.
  mutating func take<Rows>(_ blocks: [ParsedBlock<Rows>]) {
    for block in blocks { fingerprint = ByteHash.mix(fingerprint ^ block.fingerprint, ByteHash.second) }
  }
}

/// The files of a load by table, each opened and its header read.
private struct TableFiles {
  var members: [DataFile]
  var items: [DataFile]
  var events: [DataFile]
  /// By place in `EventSchema.recordKinds`.
  var records: [[DataFile]] = []
  var all: [DataFile] { members + items + events + records.joined() }

  init(
    _ schema: Schema, _ opener: inout FileOpener, _ open: (String) throws(SourceFailure) -> any ByteSource,
    _ report: inout LoadReport
  ) {
    members = opener.open(
      schema.members?.files ?? [], encoding: schema.members?.encoding, schema.members?.columns ?? [], open, &report)
    items = opener.open(
      schema.content?.files ?? [], encoding: schema.content?.encoding, schema.content?.columns ?? [], open, &report)
    events = opener.open(
      schema.events?.files ?? [], encoding: schema.events?.encoding, schema.events?.columns ?? [], open, &report)
    guard let own = schema.events else { return }
    for kind in own.recordKinds {
      guard let source = own.kinds[kind].records else { continue }
      records.append(
        opener.open(source.files, encoding: source.encoding, own.recordColumns(of: kind), open, &report))
    }
  }
}

/// Whether a table's ids are known.
struct KnownIds {
  /// Whether they are all, so that a reference to another is wrong.
  private(set) var areAll = true
  private var isEmpty = false
  /// Whether something refers to a table without rows.
  private(set) var isMissed = false

  init() {}

  /// Ids that are found elsewhere.
  fileprivate init(areAll: Bool) { self.areAll = areAll }

  fileprivate init(_ draft: TableDraft?, skipsBadRows: Bool) {
    guard let draft else { return }
    let hasFaults = draft.blocks.contains { $0.rows.faults.count > 0 || $0.failure != nil }
    isEmpty = draft.sources.isEmpty && !hasFaults
    let losesKeys = draft.blocks.contains { $0.rows.losesKeys || $0.failure != nil }
    areAll = !isEmpty && (skipsBadRows || !losesKeys)
  }

  mutating func note() { isMissed = isMissed || isEmpty }
}

extension EventSchema {
  /// The columns of the file, in the order in which the loader asks for them.
  var columns: [ColumnSchema] {
    [member, at, kind] + (key.map { [$0] } ?? []) + attributes.prefix(ownAttributeCount)
  }
}
