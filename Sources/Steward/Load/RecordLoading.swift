// Records: timed rows of nobody, each kind from files of its own. They become blocks of events of the anonymous subject,
// and are ordered with the other events of nobody.

/// What the rows of a `records` kind are read by.
struct RecordPlan: Sendable {
  let kind: Int
  /// `at`, then the kind's attributes as declared: the order of slots.
  let columns: [ColumnSchema]
  /// Indices in `EventSchema.attributes`.
  let attributes: [Int]
  /// By attribute here.
  let formats: [FieldFormat]
  let events: EventPlan

  static let timeSlot = 0
  static let firstSlot = 1

  init(_ kind: Int, _ events: EventPlan) {
    self.kind = kind
    self.events = events
    columns = events.schema.recordColumns(of: kind)
    attributes = events.schema.kinds[kind].attributes.map(\.index)
    formats = attributes.map { events.formats[$0] }
  }
}

/// Reads the rows of one block of records.
struct RecordRows: RowSink, Sendable {
  private let plan: RecordPlan
  private let header: Header
  private(set) var reader: FieldReader
  /// - Unit: as `RowTime`.
  private(set) var times: [UInt64] = []
  /// By attribute of the kind, in the plan's order.
  private(set) var columns: [ColumnBuilder]
  private(set) var faults: RowFaults
  /// Whether there are references that lead nowhere, to a table of which not all ids are known.
  private(set) var missesMember = false
  private(set) var missesItem = false

  init(_ plan: RecordPlan, header: Header) {
    self.plan = plan
    self.header = header
    reader = FieldReader(calendar: plan.events.calendar)
    columns = plan.formats.map { ColumnBuilder($0) }
    faults = RowFaults(keepsRows: plan.events.skipsBadRows, hidden: PrivateFields(plan.columns, header))
  }

  mutating func begin(at offset: Int, origin: Int, lines: Int) { faults.begin(at: offset, lines: lines) }

  mutating func rows(_ bytes: Bytes, _ batch: RowBatch, raw: Bytes) {
    for row in 0..<batch.count {
      let hasTime = readTime(bytes, batch, row, raw: raw)
      let hasAttributes = readAttributes(bytes, batch, row, raw: raw)
      if hasTime, hasAttributes { continue }
      if hasTime { times.removeLast() }
      for index in columns.indices { columns[index].removeLast() }
    }
  }

  mutating func fault(_ fault: RowFault, raw: Bytes, place: Range<Int>) {
    let (problem, column) = LoadProblem.row(fault, header)
    faults.add(problem, column: column, raw: raw, place: place)
  }

  private mutating func readTime(_ bytes: Bytes, _ batch: RowBatch, _ row: Int, raw: Bytes) -> Bool {
    let slot = RecordPlan.timeSlot
    var value = reader.read(.time, bytes, batch.start(row, slot), batch.end(row, slot))
    let micros = UInt64(bitPattern: value.bits &- TimeReader.epoch)
    if case .value = value.outcome {
      if micros < 1 << 55 {
        times.append(RowTime.packed(micros))
        return true
      }
      value = .fault(.timeRange)
    }
    note(value, slot, bytes, batch, row, raw: raw)
    return false
  }

  /// Reads one value for every attribute; false if one is at fault.
  private mutating func readAttributes(_ bytes: Bytes, _ batch: RowBatch, _ row: Int, raw: Bytes) -> Bool {
    var isWhole = true
    for index in plan.formats.indices {
      let slot = RecordPlan.firstSlot + index
      let value = reader.read(plan.formats[index], bytes, batch.start(row, slot), batch.end(row, slot))
      if case .value = value.outcome {
        columns[index].append(value)
        continue
      }
      let isOptional = plan.columns[slot].type.isOptional
      if case .missing = value.outcome, case .list = plan.formats[index], !isOptional {
        columns[index].append(FieldValue(bits: Int64(reader.pending.intern(""))))
        continue
      }
      columns[index].appendMissing()
      if case .missing = value.outcome, isOptional { continue }
      isWhole = false
      note(value, slot, bytes, batch, row, raw: raw)
    }
    return isWhole
  }

  private mutating func note(
    _ value: FieldValue, _ slot: Int, _ bytes: Bytes, _ batch: RowBatch, _ row: Int, raw: Bytes
  ) {
    switch value.outcome {
    case .fault(.member) where !plan.events.knowsMembers: missesMember = true
    case .fault(.item) where !plan.events.knowsItems: missesItem = true
    default:
      let text = FieldReader.text(bytes, batch.start(row, slot), batch.end(row, slot))
      let problem = LoadProblem.field(value, plan.columns[slot], text, hasRole: slot == RecordPlan.timeSlot)
      faults.add(problem, column: header.wanted[slot], text: text, raw: raw, place: batch.place(row))
    }
  }
}

extension EventBlock {
  /// Records as events of the anonymous subject, grouped already: it is the last one of the last group.
  init(_ rows: RecordRows, _ plan: RecordPlan) {
    let events = plan.events
    let subject = UInt16(truncatingIfNeeded: events.anonymousSubject & ((1 << events.groupBits) - 1))
    func groups(_ count: Int) -> [UInt32] {
      Array(repeating: 0, count: events.groupCount) + [UInt32(truncatingIfNeeded: count)]
    }
    texts = rows.reader.texts
    pending = rows.reader.pending
    faults = rows.faults
    otherKinds = TextPool()
    otherCounts = []
    missesMember = rows.missesMember
    missesItem = rows.missesItem
    hasDeclaredKinds = false
    var own = RowWords(kindBits: events.kindBits)
    own.grow(by: rows.times.count)
    let kept = Array(repeating: true, count: rows.times.count)
    let kinds = Array(repeating: Int32(truncatingIfNeeded: plan.kind), count: rows.times.count)
    own.put(rows.times.count, rows.times.span, kinds.span, kept.span, at: 0)
    words = own
    subjects = Array(repeating: subject, count: rows.times.count)
    self.groups = groups(rows.times.count)
    attributes = events.formats.map { Attribute(values: ColumnBuilder($0), groups: groups(0)) }
    for (index, attribute) in plan.attributes.enumerated() {
      attributes[attribute] = Attribute(
        subjects: subjects, values: rows.columns[index], groups: groups(rows.times.count))
    }
    first = rows.times.min().map { TimeReader.epoch &+ Int64(RowTime.micros($0)) } ?? .max
    last = rows.times.max().map { TimeReader.epoch &+ Int64(RowTime.micros($0)) } ?? .min
  }
}

extension LoadRun {
  /// Reads and checks the records of all kinds.
  /// - Parameter files: by place in `EventSchema.recordKinds`.
  mutating func loadRecords(
    _ events: EventPlan, _ files: inout [[DataFile]]
  ) -> (blocks: [EventBlock], textCodes: [[Int32]]) {
    var all: [EventBlock] = []
    var textCodes: [[Int32]] = []
    for (place, kind) in events.schema.recordKinds.enumerated() where files.indices.contains(place) {
      let plan = RecordPlan(kind, events)
      var reader = reader(files[place])
      let blocks = reader.read({ RecordRows(plan, header: $0.header) }) { EventBlock($0, plan) }
      files[place] = reader.files
      if stop.isRaised { break }
      take(blocks)
      noteNames(plan.columns, files[place], blocks) { _, _, _ in true }
      if blocks.contains(where: \.rows.missesMember) { note(missing: true) }
      if blocks.contains(where: \.rows.missesItem) { note(missing: false) }
      let locator = RowLocator(files: files[place], blocks: blocks.map { $0.withoutRows })
      for (number, block) in blocks.enumerated() {
        report.add(block.rows.faults, block: number, locator)
        textCodes.append(data.texts.merge(block.rows.texts))
        all.append(block.rows)
      }
    }
    return (all, textCodes)
  }
}

extension EventSchema {
  /// The kinds that have files of their own.
  var recordKinds: [Int] { kinds.indices.filter { kinds[$0].records != nil } }

  /// How many of the attributes are in the events' own files; those of records come behind them.
  var ownAttributeCount: Int {
    kinds.filter { $0.records != nil }.flatMap(\.attributes).map(\.index).min() ?? attributes.count
  }

  /// The columns of a `records` kind, in the order in which the loader asks for them.
  func recordColumns(of kind: Int) -> [ColumnSchema] {
    guard kinds.indices.contains(kind), let records = kinds[kind].records else { return [] }
    let at = ColumnSchema(
      name: "at", spelling: records.at, type: Type(.time, isPrivate: records.isAtPrivate), span: kinds[kind].span)
    return [at] + kinds[kind].attributes.map { attributes[$0.index] }
  }
}
