/// What the rows of members or content are read by.
struct TablePlan: Sendable {
  let schema: TableSchema
  let calendar: Calendar
  let formats: [FieldFormat]
  /// By column: whether anybody reads it.
  let isKept: [Bool]
  let skipsBadRows: Bool

  init(_ schema: TableSchema, calendar: Calendar, columnsRead: Set<Int>?, skipsBadRows: Bool) {
    self.schema = schema
    self.calendar = calendar
    self.skipsBadRows = skipsBadRows
    formats = schema.columns.map { FieldFormat($0.type) }
    isKept = schema.columns.indices.map { columnsRead?.contains($0) ?? true }
  }
}

/// Reads the rows of members or content of one block.
struct TableRows: RowSink, Sendable {
  private let plan: TablePlan
  private let header: Header
  private var reader: FieldReader
  private(set) var columns: [ColumnBuilder]
  /// Ids one behind the other, and where each ends.
  private(set) var keys: [UInt8] = []
  private(set) var keyEnds: [Int] = []
  /// Where each row begins and ends.
  private(set) var places: [Range<Int>] = []
  /// Ids of rows that are at fault in something else.
  private(set) var faultyKeys: [String] = []
  private(set) var faults: RowFaults
  /// Whether there are rows of which the id could not be told.
  private(set) var losesKeys = false
  /// What lies in the block before the piece at hand.
  private var origin = 0

  init(_ plan: TablePlan, header: Header) {
    self.plan = plan
    self.header = header
    reader = FieldReader(calendar: plan.calendar)
    columns = plan.formats.map { ColumnBuilder($0) }
    faults = RowFaults(keepsRows: plan.skipsBadRows, hidden: PrivateFields(plan.schema.columns, header))
  }

  var texts: TextPool { reader.texts }
  var pending: TextPool { reader.pending }
  var count: Int { keyEnds.count }

  mutating func begin(at offset: Int, origin: Int, lines: Int) {
    self.origin = origin
    faults.begin(at: offset, lines: lines)
  }

  mutating func rows(_ bytes: Bytes, _ batch: RowBatch, raw: Bytes) {
    for row in 0..<batch.count { self.row(bytes, batch, row, raw: raw) }
  }

  private mutating func row(_ bytes: Bytes, _ batch: RowBatch, _ row: Int, raw: Bytes) {
    let place = batch.place(row)
    let before = faults.count
    for index in plan.formats.indices {
      read(index, bytes, batch.start(row, index), batch.end(row, index), raw: raw, place: place)
    }
    let key = FieldReader.trimmed(bytes, batch.start(row, plan.schema.key), batch.end(row, plan.schema.key))
    if faults.count > before {
      for index in plan.formats.indices { columns[index].removeLast() }
      if !key.isEmpty { faultyKeys.append(FieldReader.text(bytes, key.lowerBound, key.upperBound)) }
      return
    }
    for offset in key { keys.append(bytes.byte(offset)) }
    keyEnds.append(keys.count)
    places.append(place.lowerBound + origin..<place.upperBound + origin)
  }

  /// Reads one field; what nobody reads is held against its type all the same, but its text is not kept.
  private mutating func read(_ index: Int, _ bytes: Bytes, _ from: Int, _ to: Int, raw: Bytes, place: Range<Int>) {
    let format = plan.formats[index]
    let isKey = index == plan.schema.key
    let field = isKey ? FieldReader.trimmed(bytes, from, to) : from..<max(from, to)
    let (start, end) = (field.lowerBound, field.upperBound)
    if !plan.isKept[index], case .text = format, start < end { return columns[index].append(FieldValue()) }
    let value = reader.read(format, bytes, start, end)
    if case .value = value.outcome { return columns[index].append(value) }
    let column = plan.schema.columns[index]
    if case .missing = value.outcome, column.type.isOptional { return columns[index].appendMissing() }
    if case .missing = value.outcome, case .list = format {
      return columns[index].append(FieldValue(bits: Int64(reader.pending.intern(""))))
    }
    columns[index].appendMissing()
    let text = FieldReader.text(bytes, start, end)
    let problem =
      isKey && start >= end
      ? LoadProblem.emptyKey(column: column.spelling) : LoadProblem.field(value, column, text)
    faults.add(problem, column: header.wanted[index], text: text, raw: raw, place: place)
  }

  mutating func fault(_ fault: RowFault, raw: Bytes, place: Range<Int>) {
    losesKeys = true
    let (problem, column) = LoadProblem.row(fault, header)
    faults.add(problem, column: column, raw: raw, place: place)
  }
}
