// Finds in the files where an event of a dataset stands: rows are ordered and packed, so the files are read once more.

/// An event whose row is looked for.
struct SoughtEvent: Sendable {
  /// Row in the member table.
  var member: Int
  var at: Int64
  var kind: Int
  /// Attributes, and what the file says there. - Missing: nil where it may spell it otherwise.
  var attributes: [Int]
  var values: [String?]
}

enum EventSearch {
  /// The place of each event, at its first attribute. - Missing: nil where it is not found any more.
  /// - Cost: the events' files are read once.
  static func places(
    of sought: [SoughtEvent], _ schema: Schema, members: [String], calendar: Calendar, options: LoadOptions,
    open: @Sendable (String) throws(SourceFailure) -> any ByteSource, workers: Workers, stop: StopFlag
  ) -> [DataPlace?] {
    guard let events = schema.events else { return sought.map { _ in nil } }
    var report = LoadReport(skipsBadRows: true)
    var opener = FileOpener(gb18030: options.gb18030)
    let files = opener.open(events.files, encoding: events.encoding, events.columns, open, &report)
    let plan = EventPlan(
      events, calendar: calendar, members: IdTable(members), items: IdTable([]), skipsBadRows: true)
    let wanted = SoughtRows(sought)
    var reader = BlockReader(files: files, options: options, workers: workers, stop: stop)
    let blocks = reader.read({ FoundRows(plan, wanted, header: $0.header) }, finish: { $0.found })
    let locator = RowLocator(files: reader.files, blocks: blocks.map(\.withoutRows))
    var isFound = sought.map { _ in false }
    var places: [DataPlace?] = sought.map { _ in nil }
    for (number, block) in blocks.enumerated() {
      for row in block.rows {
        guard let place = wanted.place(of: row, isFound) else { continue }
        isFound[place] = true
        let file = locator.file(number)
        let attribute = sought[place].attributes.first
        let slot = attribute.flatMap { index in plan.attributes[sought[place].kind].first { $0.index == index }?.slot }
        let column = slot.flatMap { file.header.wanted.indices.contains($0) ? file.header.wanted[$0] : nil }
        let isPrivate = attribute.map { events.attributes[$0].type.isPrivate } ?? false
        places[place] = DataPlace(
          file: file.source.name, line: locator.line(number, offset: row.offset),
          column: file.header.shownColumn(column),
          columnName: column.flatMap { file.header.names.indices.contains($0) ? file.header.names[$0] : nil },
          text: isPrivate ? PrivateFields.dots : row.fields.first)
      }
    }
    return places
  }
}

/// What is looked for, by what every row tells.
private struct SoughtRows: Sendable {
  struct Key: Hashable, Sendable {
    var member: Int
    var at: Int64
    var kind: Int
  }
  private let sought: [SoughtEvent]
  private var places: [Key: [Int]] = [:]

  init(_ sought: [SoughtEvent]) {
    self.sought = sought
    for (place, event) in sought.enumerated() {
      places[Key(member: event.member, at: event.at, kind: event.kind), default: []].append(place)
    }
  }

  /// The attributes to read of a row. - Missing: nil if nothing like it is looked for.
  func attributes(_ key: Key) -> [Int]? { places[key]?.first.map { sought[$0].attributes } }

  /// Which one a row is, of those not found yet.
  func place(of row: FoundRows.Row, _ isFound: [Bool]) -> Int? {
    places[row.key]?.first { place in
      !isFound[place] && zip(sought[place].values, row.fields).allSatisfy { $0 == nil || $0 == $1 }
    }
  }
}

/// Gathers from one block the rows that may be looked for.
private struct FoundRows: RowSink, Sendable {
  struct Row: Sendable {
    var key: SoughtRows.Key
    /// Behind the block's first byte.
    var offset: Int
    var fields: [String]
  }
  private let plan: EventPlan
  private let sought: SoughtRows
  private var times: TimeReader
  private(set) var found: [Row] = []
  private var origin = 0
  private var instants = Array(repeating: UInt64.max, count: RowBatch.capacity)

  init(_ plan: EventPlan, _ sought: SoughtRows, header: Header) {
    self.plan = plan
    self.sought = sought
    times = FieldReader(calendar: plan.calendar).times
  }

  mutating func begin(at offset: Int, origin: Int, lines: Int) { self.origin = origin }

  mutating func rows(_ bytes: Bytes, _ batch: RowBatch, raw: Bytes) {
    FoundRows.read(&times, bytes, batch.fields.span, batch, into: &instants)
    for row in 0..<batch.count where instants[row] != .max {
      let spelling = FieldReader.trimmed(
        bytes, batch.start(row, EventPlan.kindSlot), batch.end(row, EventPlan.kindSlot))
      let kind = plan.kind(bytes, spelling)
      if kind < 0 { continue }
      let member = FieldReader.row(
        plan.members, bytes, batch.start(row, EventPlan.memberSlot), batch.end(row, EventPlan.memberSlot))
      let at = TimeReader.epoch &+ Int64(truncatingIfNeeded: RowTime.micros(instants[row]))
      let key = SoughtRows.Key(member: member, at: at, kind: kind)
      guard let attributes = sought.attributes(key) else { continue }
      let values = attributes.map { index -> String in
        guard let slot = plan.attributes[kind].first(where: { $0.index == index })?.slot else { return "" }
        let place = FieldReader.trimmed(bytes, batch.start(row, slot), batch.end(row, slot))
        return String(decoding: place.map { bytes.byte($0) }, as: UTF8.self)
      }
      found.append(Row(key: key, offset: batch.place(row).lowerBound + origin, fields: values))
    }
  }

  private static func read(
    _ times: inout TimeReader, _ bytes: Bytes, _ fields: Swift.Span<UInt64>, _ batch: borrowing RowBatch,
    into instants: inout [UInt64]
  ) {
    var read = instants.mutableSpan
    times.instants(
      bytes, fields, first: batch.columns[EventPlan.timeSlot], shift: batch.shift, into: &read, count: batch.count)
  }

  mutating func fault(_ fault: RowFault, raw: Bytes, place: Range<Int>) {}
}
