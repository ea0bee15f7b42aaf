/// What the rows of events are read by: the same for all blocks of a load.
struct EventPlan: Sendable {
  /// An attribute of a kind: where its field is among the wanted ones, and where its values go.
  struct Attribute: Sendable {
    var index: Int
    var slot: Int
    var isOptional: Bool
  }
  /// Fields are wanted in this order; the key's, if there is one, comes next, then the attributes'.
  static let memberSlot = 0
  static let timeSlot = 1
  static let kindSlot = 2

  var schema: EventSchema
  var calendar: Calendar
  var members: IdTable
  var kinds: IdTable
  var isAnonymous: [Bool]
  /// By kind.
  var attributes: [[Attribute]]
  /// By attribute; the key's, if there is one, last.
  var formats: [FieldFormat]
  var hasKey: Bool
  /// By attribute: which kinds have it.
  var kindsWith: [[Bool]]
  var skipsBadRows: Bool
  /// Members are ordered in groups of 2^groupBits.
  var groupBits: Int
  var groupCount: Int

  init(_ schema: EventSchema, calendar: Calendar, members: IdTable, items: IdTable, skipsBadRows: Bool) {
    self.schema = schema
    self.calendar = calendar
    self.members = members
    self.skipsBadRows = skipsBadRows
    kinds = IdTable(schema.kinds.map(\.spelling))
    isAnonymous = schema.kinds.map(\.isAnonymous)
    hasKey = schema.key != nil
    let firstSlot = hasKey ? 4 : 3
    attributes = schema.kinds.map { kind in
      kind.attributes.map { Attribute(index: $0.index, slot: firstSlot + $0.index, isOptional: $0.isOptional) }
    }
    formats = schema.attributes.map { FieldFormat($0.type, members: members, items: items) }
    if hasKey { formats.append(.text) }
    kindsWith = schema.attributes.indices.map { attribute in
      schema.kinds.map { kind in kind.attributes.contains { $0.index == attribute } }
    }
    if hasKey { kindsWith.append(schema.kinds.map { _ in true }) }
    // One more than there are members: the rows of anonymous kinds come behind all.
    let subjects = members.count + 1
    groupBits = 0
    while subjects >> groupBits > 511, groupBits < 16 { groupBits += 1 }
    groupCount = ((subjects - 1) >> groupBits) + 1
  }

  /// The columns of the file that rows are read from, in the order of slots.
  var columns: [ColumnSchema] {
    schema.columns
  }
  var anonymousSubject: Int { members.count }
}

/// Reads the event rows of one block.
struct EventRows: RowSink, Sendable {
  private let plan: EventPlan
  private let wanted: [Int]
  var reader: FieldReader
  /// Subject and word of each row: microseconds since 1600 and the kind.
  var subjects: [UInt32] = []
  var words: [UInt64] = []
  var columns: [ColumnBuilder]
  /// Where each row begins and ends; only with a key.
  var starts: [UInt32] = []
  var ends: [UInt32] = []
  var faults: RowFaults
  /// Kinds that are not declared: spelling as code, and rows.
  var otherKinds = TextPool()
  var otherCounts: [Int] = []
  private var firstRow = -1

  init(_ plan: EventPlan, header: Header) {
    self.plan = plan
    wanted = header.wanted
    reader = FieldReader(calendar: plan.calendar)
    columns = plan.formats.map { ColumnBuilder($0) }
    var hidden = Array(repeating: false, count: header.width)
    for (column, place) in zip(plan.columns, header.wanted) where column.type.isPrivate { hidden[place] = true }
    faults = RowFaults(keepsRows: plan.skipsBadRows, hidden: hidden)
  }

  @inline(__always)
  private static func field(_ fields: Swift.Span<UInt64>, _ slot: Int) -> (start: Int, end: Int) {
    let field = fields[slot]
    return (Int(truncatingIfNeeded: field & 0xFFFF_FFFF), Int(truncatingIfNeeded: field &>> 32))
  }

  @inline(__always)
  mutating func row(_ bytes: Bytes, _ fields: Swift.Span<UInt64>, raw: Bytes, place: Range<Int>) {
    if firstRow < 0 { firstRow = place.lowerBound }
    let kindField = EventRows.field(fields, EventPlan.kindSlot)
    let kind = plan.kinds.row(bytes, kindField.start, count: kindField.end &- kindField.start)
    if kind < 0 { return otherKind(bytes, kindField.start, kindField.end, raw: raw, place: place) }
    let memberField = EventRows.field(fields, EventPlan.memberSlot)
    let subject =
      plan.isAnonymous[kind]
      ? plan.anonymousSubject : plan.members.row(bytes, memberField.start, count: memberField.end &- memberField.start)
    let timeField = EventRows.field(fields, EventPlan.timeSlot)
    let time = reader.times.time(bytes, timeField.start, timeField.end)
    let micros = time.bits &- TimeReader.epoch
    guard subject >= 0, case .value = time.outcome, micros >= 0, micros < 1 << 55 else {
      return badRow(bytes, fields, kind, raw: raw, place: place)
    }
    if plan.hasKey || !plan.attributes[kind].isEmpty {
      guard readAttributes(bytes, fields, kind, raw: raw, place: place) else { return }
    }
    subjects.append(UInt32(truncatingIfNeeded: subject))
    words.append(UInt64(truncatingIfNeeded: micros) &<< EventStore.kindBits | UInt64(truncatingIfNeeded: kind))
  }

  /// Reads the attributes of a row and its key; false, and nothing kept, if one is at fault.
  private mutating func readAttributes(
    _ bytes: Bytes, _ fields: Swift.Span<UInt64>, _ kind: Int, raw: Bytes, place: Range<Int>
  ) -> Bool {
    let before = faults.count
    let row = UInt32(truncatingIfNeeded: words.count)
    for attribute in plan.attributes[kind] {
      let field = EventRows.field(fields, attribute.slot)
      let value = reader.read(plan.formats[attribute.index], bytes, field.start, field.end)
      if case .value = value.outcome {
        columns[attribute.index].append(value)
      } else if case .missing = value.outcome, attribute.isOptional || isList(attribute.index) {
        appendEmpty(attribute.index)
      } else {
        columns[attribute.index].appendMissing()
        note(value, attribute.slot, bytes, fields, raw: raw, place: place)
      }
      columns[attribute.index].rows.append(row)
    }
    if plan.hasKey { readKey(bytes, fields, row, raw: raw, place: place) }
    if faults.count == before { return true }
    for attribute in plan.attributes[kind] { drop(attribute.index) }
    if plan.hasKey {
      drop(plan.formats.count - 1)
      starts.removeLast()
      ends.removeLast()
    }
    return false
  }

  private func isList(_ index: Int) -> Bool {
    if case .list = plan.formats[index], !plan.schema.attributes[index].type.isOptional { return true }
    return false
  }

  private mutating func appendEmpty(_ index: Int) {
    if isList(index) {
      columns[index].append(FieldValue(bits: Int64(reader.pending.intern(""))))
    } else {
      columns[index].appendMissing()
    }
  }

  private mutating func drop(_ index: Int) {
    columns[index].removeLast()
    columns[index].rows.removeLast()
  }

  private mutating func readKey(
    _ bytes: Bytes, _ fields: Swift.Span<UInt64>, _ row: UInt32, raw: Bytes, place: Range<Int>
  ) {
    let field = EventRows.field(fields, 3)
    let index = plan.formats.count - 1
    let value = reader.read(.text, bytes, field.start, field.end)
    if case .value = value.outcome {
      columns[index].append(value)
    } else {
      columns[index].appendMissing()
      add(.emptyKey(column: plan.columns[3].spelling), slot: 3, bytes, fields, raw: raw, place: place)
    }
    columns[index].rows.append(row)
    starts.append(UInt32(truncatingIfNeeded: place.lowerBound))
    ends.append(UInt32(truncatingIfNeeded: place.upperBound))
  }

  mutating func fault(_ fault: RowFault, raw: Bytes, place: Range<Int>) {
    if firstRow < 0 { firstRow = place.lowerBound }
    let (problem, column) = LoadProblem.row(fault, width: faults.hidden.count)
    faults.add(problem, column: column, raw: raw, place: place, start: firstRow)
  }
}

extension EventRows {
  /// Counts a row of a kind that the block does not declare.
  private mutating func otherKind(_ bytes: Bytes, _ start: Int, _ end: Int, raw: Bytes, place: Range<Int>) {
    let code = Int(otherKinds.intern(bytes, start, count: end - start))
    if code == otherCounts.count { otherCounts.append(0) }
    otherCounts[code] += 1
  }

  /// Notes everything that is wrong with a row whose member or time is.
  private mutating func badRow(
    _ bytes: Bytes, _ fields: Swift.Span<UInt64>, _ kind: Int, raw: Bytes, place: Range<Int>
  ) {
    let member = EventRows.field(fields, EventPlan.memberSlot)
    if !plan.isAnonymous[kind], plan.members.row(bytes, member.start, count: member.end - member.start) < 0 {
      let value = member.start == member.end ? FieldValue.missing : .fault(.member)
      note(value, EventPlan.memberSlot, bytes, fields, raw: raw, place: place)
    }
    let field = EventRows.field(fields, EventPlan.timeSlot)
    var time = reader.times.time(bytes, field.start, field.end)
    if field.start == field.end { time = .missing }
    if case .value = time.outcome {
      let micros = time.bits - TimeReader.epoch
      if micros >= 0, micros < 1 << 55 { return }
      time = .fault(.timeRange)
    }
    note(time, EventPlan.timeSlot, bytes, fields, raw: raw, place: place)
  }

  private mutating func note(
    _ value: FieldValue, _ slot: Int, _ bytes: Bytes, _ fields: Swift.Span<UInt64>, raw: Bytes, place: Range<Int>
  ) {
    let column = plan.columns[slot]
    let field = EventRows.field(fields, slot)
    let text = FieldReader.text(bytes, field.start, field.end)
    add(LoadProblem.field(value, column, text), slot: slot, bytes, fields, raw: raw, place: place)
  }

  private mutating func add(
    _ problem: LoadProblem, slot: Int, _ bytes: Bytes, _ fields: Swift.Span<UInt64>, raw: Bytes, place: Range<Int>
  ) {
    let field = EventRows.field(fields, slot)
    let text = FieldReader.text(bytes, field.start, field.end)
    faults.add(problem, column: wanted[slot], text: text, raw: raw, place: place, start: firstRow)
  }
}
