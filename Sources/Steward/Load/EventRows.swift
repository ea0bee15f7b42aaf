/// What the rows of events are read by: the same for all blocks of a load.
struct EventPlan: Sendable {
  /// An attribute of a kind: where its field is among the wanted ones, and where its values go.
  struct Attribute: Sendable {
    var index: Int
    var slot: Int
    var isOptional: Bool
    /// Whether it is a list that is empty where its field is.
    var isWholeList: Bool
    var isNumber: Bool
  }
  /// Fields are wanted in this order; the key's, if there is one, comes next, then the attributes'.
  static let memberSlot = 0
  static let timeSlot = 1
  static let kindSlot = 2
  static let keySlot = 3
  /// What `traits` says.
  static let isAnonymous: UInt8 = 1
  static let hasAttributes: UInt8 = 2

  var schema: EventSchema
  var calendar: Calendar
  var members: IdTable
  /// Of the kinds that the events' own files have.
  var kinds: IdTable
  /// The kind of each row of `kinds`; empty where it is that row.
  var kindsOfFile: [Int32]
  /// By kind: whether it is anonymous, and whether there is more to read than member and time; for as many kinds as
  /// words can hold.
  var traits: [UInt8]
  /// By kind.
  var attributes: [[Attribute]]
  /// By attribute; the key's, if there is one, last.
  var formats: [FieldFormat]
  var hasKey: Bool
  /// By attribute: which kinds have it.
  var kindsWith: [[Bool]]
  var skipsBadRows: Bool
  /// Whether all ids of the table are known, so that a reference to another is wrong.
  var knowsMembers = true
  var knowsItems = true
  /// Members are ordered in groups of 2^groupBits.
  var groupBits: Int
  var groupCount: Int
  /// How many bits hold a kind.
  let kindBits: UInt32

  init(_ schema: EventSchema, calendar: Calendar, members: IdTable, items: IdTable, skipsBadRows: Bool) {
    self.schema = schema
    self.calendar = calendar
    self.members = members
    self.skipsBadRows = skipsBadRows
    kindBits = RowWords.kindBits(kinds: schema.kinds.count)
    let ofFile = schema.kinds.indices.filter { schema.kinds[$0].isOfFile }
    kinds = IdTable(ofFile.map { EventPlan.trimmed(schema.kinds[$0].spelling) })
    kindsOfFile = ofFile.count == schema.kinds.count ? [] : ofFile.map { Int32(truncatingIfNeeded: $0) }
    let hasKey = schema.key != nil
    self.hasKey = hasKey
    traits = schema.kinds.map {
      ($0.isAnonymous ? EventPlan.isAnonymous : 0)
        | (hasKey || !$0.attributes.isEmpty ? EventPlan.hasAttributes : 0)
    }
    while traits.count < 1 << Int(EventStore.kindBits) { traits.append(0) }
    let firstSlot = hasKey ? 4 : 3
    attributes = schema.kinds.map { kind in
      kind.attributes.map { attribute in
        Attribute(
          index: attribute.index, slot: firstSlot + attribute.index, isOptional: attribute.isOptional,
          isWholeList: schema.attributes[attribute.index].type.base == .list && !attribute.isOptional,
          isNumber: schema.attributes[attribute.index].type.base == .number)
      }
    }
    formats = schema.attributes.map { FieldFormat($0.type, members: members, items: items) }
    if hasKey { formats.append(.text) }
    kindsWith = schema.attributes.indices.map { attribute in
      schema.kinds.map { kind in kind.attributes.contains { $0.index == attribute } }
    }
    if hasKey { kindsWith.append(schema.kinds.map { $0.records == nil }) }
    // One more than there are members: the rows of anonymous kinds come behind all.
    let subjects = members.count + 1
    groupBits = 0
    while subjects >> groupBits > 511, groupBits < 16 { groupBits += 1 }
    groupCount = ((subjects - 1) >> groupBits) + 1
  }

  private static func trimmed(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return String(decoding: bytes[FieldReader.trimmed(bytes.span, 0, bytes.count)], as: UTF8.self)
  }

  /// The columns of the file that rows are read from, in the order of slots.
  var columns: [ColumnSchema] {
    schema.columns
  }
  /// The index among `formats` of what is in a slot from the key's on.
  func format(of slot: Int) -> Int {
    if hasKey, slot == EventPlan.keySlot { return formats.count - 1 }
    return slot - EventPlan.keySlot - (hasKey ? 1 : 0)
  }
  var anonymousSubject: Int { members.count }

  /// The kind that a spelling without spaces around it means, -1 if it is none of the file's.
  func kind(_ bytes: Bytes, _ spelling: Range<Int>) -> Int {
    let row = kinds.row(bytes, spelling.lowerBound, count: spelling.count)
    return row < 0 || kindsOfFile.isEmpty ? row : Int(kindsOfFile[row])
  }
}

/// Reads the event rows of one block, a batch at a time and in it a column at a time.
struct EventRows: RowSink, Sendable {
  private let plan: EventPlan
  private let header: Header
  var reader: FieldReader
  private let rooms: ReuseStack<Room>
  /// Subject and word of each row. The arrays are longer than `count`.
  private(set) var subjects: [UInt32] = []
  private(set) var words: RowWords
  private(set) var count = 0
  var columns: [ColumnBuilder]
  /// Where each row begins and ends; only with a key.
  var starts: [UInt32] = []
  var ends: [UInt32] = []
  var faults: RowFaults
  /// Kinds that are not declared: spelling as code, and rows.
  var otherKinds = TextPool()
  var otherCounts: [Int] = []
  /// Whether there are references that lead nowhere, to a table of which not all ids are known.
  var missesMember = false
  var missesItem = false
  /// What lies in the block before the piece at hand.
  private var origin = 0
  /// Of the batch at hand: -1 where not known.
  private var batchKinds = Array(repeating: Int32(-1), count: RowBatch.capacity)
  private var batchMembers = Array(repeating: Int32(-1), count: RowBatch.capacity)
  private var batchTimes = Array(repeating: UInt64.max, count: RowBatch.capacity)
  private var batchKeeps = Array(repeating: true, count: RowBatch.capacity)
  /// Rows of the batch that there is more to do about than to take them in.
  private var batchCares = Array(repeating: UInt8(0), count: RowBatch.capacity)

  /// Room for the rows of a block, taken from one block to the next.
  struct Room: Sendable {
    fileprivate var subjects: [UInt32] = []
    fileprivate var words: RowWords
  }

  /// - Parameter rooms: where room is taken from as soon as there are rows.
  init(_ plan: EventPlan, header: Header, rooms: ReuseStack<Room>) {
    self.plan = plan
    self.header = header
    self.rooms = rooms
    words = RowWords(kindBits: plan.kindBits)
    reader = FieldReader(calendar: plan.calendar)
    columns = plan.formats.map { ColumnBuilder($0) }
    faults = RowFaults(keepsRows: plan.skipsBadRows, hidden: PrivateFields(plan.columns, header))
  }

  mutating func begin(at offset: Int, origin: Int, lines: Int) {
    self.origin = origin
    faults.begin(at: offset, lines: lines)
  }

  mutating func rows(_ bytes: Bytes, _ batch: RowBatch, raw: Bytes) {
    let fields = batch.fields.span
    EventRows.look(up: plan.kinds, bytes, fields, batch, EventPlan.kindSlot, into: &batchKinds)
    if !plan.kindsOfFile.isEmpty {
      for row in 0..<batch.count where batchKinds[row] >= 0 { batchKinds[row] = plan.kindsOfFile[Int(batchKinds[row])] }
    }
    EventRows.look(up: plan.members, bytes, fields, batch, EventPlan.memberSlot, into: &batchMembers)
    EventRows.read(&reader.times, bytes, fields, batch, into: &batchTimes)
    var careful: [UInt8] = []
    swap(&careful, &batchCares)
    let cares = EventRows.cares(
      batch.count, batchKinds.span, batchMembers.span, batchTimes.span, plan.traits.span, into: &careful)
    swap(&careful, &batchCares)
    var dropped = 0
    for index in 0..<cares {
      let row = Int(batchCares[index])
      if settle(bytes, batch, row, number: count &+ row &- dropped, raw: raw) { continue }
      batchKeeps[row] = false
      dropped += 1
    }
    append(batch.count, dropped)
    if dropped > 0 { for index in 0..<cares { batchKeeps[Int(batchCares[index])] = true } }
  }

  private static func look(
    up table: IdTable, _ bytes: Bytes, _ fields: Swift.Span<UInt64>, _ batch: borrowing RowBatch, _ slot: Int,
    into rows: inout [Int32]
  ) {
    var found = rows.mutableSpan
    table.rows(bytes, fields, first: batch.columns[slot], shift: batch.shift, into: &found, count: batch.count)
  }

  private static func read(
    _ reader: inout TimeReader, _ bytes: Bytes, _ fields: Swift.Span<UInt64>, _ batch: borrowing RowBatch,
    into times: inout [UInt64]
  ) {
    var instants = times.mutableSpan
    reader.instants(
      bytes, fields, first: batch.columns[EventPlan.timeSlot], shift: batch.shift, into: &instants, count: batch.count)
  }

  /// Finds the rows of a batch whose kind, member or time is not known, whose kind is anonymous or has attributes.
  private static func cares(
    _ rows: Int, _ kinds: Swift.Span<Int32>, _ members: Swift.Span<Int32>, _ times: Swift.Span<UInt64>,
    _ traits: Swift.Span<UInt8>, into cares: inout [UInt8]
  ) -> Int {
    var cares = cares.mutableSpan
    let mask = traits.count &- 1
    var count = 0
    for row in 0..<rows {
      let kind = kinds[row]
      // Of an unknown kind any trait will do.
      let trait = traits.at(Int(truncatingIfNeeded: kind), mask: mask)
      let isUnknown: UInt8 = (kind | members[row] < 0 ? 1 : 0) | (times[row] == .max ? 1 : 0)
      cares[count] = UInt8(truncatingIfNeeded: row)
      count &+= trait | isUnknown == 0 ? 0 : 1
    }
    return count
  }

  /// Decides whether a row is kept, and reads its attributes if it has any.
  private mutating func settle(_ bytes: Bytes, _ batch: RowBatch, _ row: Int, number: Int, raw: Bytes) -> Bool {
    if batchKinds[row] < 0, !settleKind(bytes, batch, row, raw: raw) { return false }
    let kind = Int(batchKinds[row])
    let traits = plan.traits[kind]
    if traits & EventPlan.isAnonymous != 0 { batchMembers[row] = Int32(truncatingIfNeeded: plan.anonymousSubject) }
    if batchMembers[row] < 0 || batchTimes[row] == .max, !settleMember(bytes, batch, row) {
      noteMemberAndTime(bytes, batch, row, raw: raw)
      return false
    }
    if traits & EventPlan.hasAttributes == 0 { return true }
    return readAttributes(bytes, batch, row, kind, number: number, raw: raw)
  }

  /// Gives back the room for the rows, which are gone then.
  mutating func giveBackRoom() {
    let room = Room(subjects: subjects, words: words)
    (subjects, words, count) = ([], RowWords(kindBits: plan.kindBits), 0)
    rooms.push(room)
  }

  /// Takes in the rows of a batch, without those that are not kept.
  private mutating func append(_ rows: Int, _ dropped: Int) {
    let needed = count + RowBatch.capacity
    if subjects.isEmpty, let room = rooms.pop() {
      (subjects, words) = (room.subjects, room.words)
      words.begin()
    }
    if subjects.count < needed { subjects.append(contentsOf: repeatElement(0, count: max(4096, subjects.count))) }
    if words.room < needed { words.grow(by: max(4096, words.room)) }
    var ownSubjects: [UInt32] = []
    var ownWords = RowWords(kindBits: 0)
    swap(&ownSubjects, &subjects)
    swap(&ownWords, &words)
    EventRows.put(rows, batchKeeps.span, batchMembers.span, into: &ownSubjects, at: count)
    ownWords.put(rows, batchTimes.span, batchKinds.span, batchKeeps.span, at: count)
    swap(&ownSubjects, &subjects)
    swap(&ownWords, &words)
    count += rows - dropped
  }

  private static func put(
    _ rows: Int, _ keeps: Swift.Span<Bool>, _ members: Swift.Span<Int32>, into ownSubjects: inout [UInt32],
    at first: Int
  ) {
    var subjects = ownSubjects.mutableSpan
    var place = first
    for row in 0..<rows {
      // A row that is not kept is written over by the next.
      subjects[place] = UInt32(bitPattern: members[row])
      place &+= keeps[row] ? 1 : 0
    }
  }

  /// The same rows without those at some places.
  mutating func keep(_ rows: [Int]) {
    subjects = rows.map { subjects[$0] }
    words.keep(rows)
    count = rows.count
  }

  mutating func fault(_ fault: RowFault, raw: Bytes, place: Range<Int>) {
    let (problem, column) = LoadProblem.row(fault, header)
    faults.add(problem, column: column, raw: raw, place: place)
  }
}

extension EventRows {
  /// Reads the attributes of a row and its key; false, and nothing kept, if one is at fault.
  private mutating func readAttributes(
    _ bytes: Bytes, _ batch: RowBatch, _ row: Int, _ kind: Int, number: Int, raw: Bytes
  ) -> Bool {
    let before = faults.count
    let number = UInt32(truncatingIfNeeded: number)
    for attribute in plan.attributes[kind] {
      let (start, end) = (batch.start(row, attribute.slot), batch.end(row, attribute.slot))
      let value =
        attribute.isNumber
        ? FieldReader.spacedNumber(bytes, start, end)
        : reader.read(plan.formats[attribute.index], bytes, start, end)
      if case .value = value.outcome {
        columns[attribute.index].append(value)
      } else if case .missing = value.outcome, attribute.isWholeList {
        columns[attribute.index].append(FieldValue(bits: Int64(reader.pending.intern(""))))
      } else if case .missing = value.outcome, attribute.isOptional {
        columns[attribute.index].appendMissing()
      } else {
        columns[attribute.index].appendMissing()
        note(value, attribute.slot, bytes, batch, row, raw: raw)
      }
      columns[attribute.index].rows.append(number)
    }
    if plan.hasKey { readKey(bytes, batch, row, number, raw: raw) }
    if faults.count == before { return true }
    for attribute in plan.attributes[kind] { drop(attribute.index) }
    if plan.hasKey {
      drop(plan.formats.count - 1)
      starts.removeLast()
      ends.removeLast()
    }
    return false
  }

  private mutating func drop(_ index: Int) {
    columns[index].removeLast()
    columns[index].rows.removeLast()
  }

  private mutating func readKey(_ bytes: Bytes, _ batch: RowBatch, _ row: Int, _ number: UInt32, raw: Bytes) {
    let index = plan.formats.count - 1
    let key = FieldReader.trimmed(bytes, batch.start(row, EventPlan.keySlot), batch.end(row, EventPlan.keySlot))
    let value = reader.read(.text, bytes, key.lowerBound, key.upperBound)
    if case .value = value.outcome {
      columns[index].append(value)
    } else {
      columns[index].appendMissing()
      add(.emptyKey(column: plan.columns[EventPlan.keySlot].spelling), EventPlan.keySlot, bytes, batch, row, raw: raw)
    }
    columns[index].rows.append(number)
    let place = batch.place(row)
    starts.append(UInt32(truncatingIfNeeded: place.lowerBound + origin))
    ends.append(UInt32(truncatingIfNeeded: place.upperBound + origin))
  }

  /// Looks a kind up without the spaces around it; false, and the row told or counted, if it is none.
  private mutating func settleKind(_ bytes: Bytes, _ batch: RowBatch, _ row: Int, raw: Bytes) -> Bool {
    let slot = EventPlan.kindSlot
    let kind = FieldReader.trimmed(bytes, batch.start(row, slot), batch.end(row, slot))
    if kind.isEmpty {
      note(.missing, slot, bytes, batch, row, raw: raw)
      return false
    }
    batchKinds[row] = Int32(truncatingIfNeeded: plan.kind(bytes, kind))
    if batchKinds[row] >= 0 { return true }
    let code = Int(otherKinds.intern(bytes, kind.lowerBound, count: kind.count))
    if code == otherCounts.count { otherCounts.append(0) }
    otherCounts[code] += 1
    return false
  }

  /// Looks a member up without the spaces around its id; whether member and time are known then.
  private mutating func settleMember(_ bytes: Bytes, _ batch: RowBatch, _ row: Int) -> Bool {
    let slot = EventPlan.memberSlot
    if batchMembers[row] < 0 {
      let found = FieldReader.row(plan.members, bytes, batch.start(row, slot), batch.end(row, slot))
      batchMembers[row] = Int32(truncatingIfNeeded: found)
    }
    return batchMembers[row] >= 0 && batchTimes[row] != .max
  }

  /// Notes what is wrong with a row whose member or time is.
  private mutating func noteMemberAndTime(_ bytes: Bytes, _ batch: RowBatch, _ row: Int, raw: Bytes) {
    if batchMembers[row] < 0 {
      let slot = EventPlan.memberSlot
      let isEmpty = FieldReader.trimmed(bytes, batch.start(row, slot), batch.end(row, slot)).isEmpty
      let value = isEmpty ? FieldValue.missing : .fault(.member)
      note(value, slot, bytes, batch, row, raw: raw)
    }
    if batchTimes[row] == .max {
      let slot = EventPlan.timeSlot
      var value = reader.read(.time, bytes, batch.start(row, slot), batch.end(row, slot))
      if case .value = value.outcome { value = .fault(.timeRange) }
      note(value, slot, bytes, batch, row, raw: raw)
    }
  }

  private mutating func note(
    _ value: FieldValue, _ slot: Int, _ bytes: Bytes, _ batch: RowBatch, _ row: Int, raw: Bytes
  ) {
    switch value.outcome {
    case .fault(.member) where !plan.knowsMembers: missesMember = true
    case .fault(.item) where !plan.knowsItems: missesItem = true
    default:
      let text = FieldReader.text(bytes, batch.start(row, slot), batch.end(row, slot))
      let hasRole = slot < EventPlan.keySlot
      add(LoadProblem.field(value, plan.columns[slot], text, hasRole: hasRole), slot, bytes, batch, row, raw: raw)
    }
  }

  private mutating func add(
    _ problem: LoadProblem, _ slot: Int, _ bytes: Bytes, _ batch: RowBatch, _ row: Int, raw: Bytes
  ) {
    let text = FieldReader.text(bytes, batch.start(row, slot), batch.end(row, slot))
    faults.add(problem, column: header.wanted[slot], text: text, raw: raw, place: batch.place(row))
  }
}
