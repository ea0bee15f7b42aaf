/// Rows with the right number of fields: those fields that the sink wants, unquoted.
struct RowBatch {
  /// Row by row the wanted fields in `bytes`: the start in the lower half, the end in the upper.
  var fields: [UInt64]
  /// Where each row lies in the file's own bytes, in the same form.
  var places: [UInt64]
  var count = 0
  let width: Int

  /// So many rows are read a column at a time: their look-ups then wait for memory together.
  static let capacity = 64

  init(width: Int) {
    self.width = width
    fields = Array(repeating: 0, count: max(1, width) * RowBatch.capacity)
    places = Array(repeating: 0, count: RowBatch.capacity)
  }

  @inline(__always)
  func start(_ row: Int, _ slot: Int) -> Int { Int(truncatingIfNeeded: fields[row &* width &+ slot] & 0xFFFF_FFFF) }
  @inline(__always)
  func end(_ row: Int, _ slot: Int) -> Int { Int(truncatingIfNeeded: fields[row &* width &+ slot] &>> 32) }
  func place(_ row: Int) -> Range<Int> {
    let start = Int(truncatingIfNeeded: places[row] & 0xFFFF_FFFF)
    return start..<max(start, Int(truncatingIfNeeded: places[row] &>> 32))
  }

  @inline(__always)
  static func pack(_ start: Int, _ end: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: start) | UInt64(truncatingIfNeeded: end) &<< 32
  }
}

/// What is wrong with a row as such.
enum RowFault: Sendable {
  /// - Shape: `endsInQuote` if its quotes are odd in number, so that one seems to have been left open.
  case fieldCount(found: Int, endsInQuote: Bool)
  case openQuote
  case textAfterQuote(field: Int)
  case encoding(at: Int)
  /// - Unit: characters of the line, from 1.
  case json(JSONFault, character: Int)
}

/// Takes the rows of a block.
protocol RowSink {
  /// Where in the file's own bytes the first row or blank line begins: lines are counted from there.
  mutating func begin(at offset: Int)
  /// Rows whose fields lie in `bytes`, and which stand in the file's own bytes, `raw`.
  mutating func rows(_ bytes: Bytes, _ batch: RowBatch, raw: Bytes)
  mutating func fault(_ fault: RowFault, raw: Bytes, place: Range<Int>)
}

/// Splits a block's bytes into rows for a sink.
struct RowScan {
  /// How many fields the header has.
  let width: Int
  /// The columns that the sink wants, in its order.
  let wanted: [Int]
  private let delimiter: UInt8
  private var separators: Separators
  private var batch: RowBatch
  private var rowStart: Int
  /// Line breaks in the rows so far.
  private(set) var lineBreaks = 0
  private var spill: [UInt8] = []
  /// Whether each row is held against UTF-8: only in a block where something is not.
  private let checksText: Bool

  init(width: Int, wanted: [Int], delimiter: UInt8 = 0x2C, from start: Int, checksText: Bool) {
    self.checksText = checksText
    self.width = width
    self.wanted = wanted
    separators = Separators(from: start, delimiter: delimiter)
    self.delimiter = delimiter
    batch = RowBatch(width: wanted.count)
    rowStart = start
  }

  /// Gives the rows that begin before `limit`.
  ///
  /// - Shape: `end` is the end of the bytes at hand; if `isWhole`, nothing follows in the file, and a last line without
  ///   a line break has been given one.
  /// - Returns: where the first row after them begins; nil if more bytes are needed.
  mutating func rows<Sink: RowSink>(
    _ bytes: Bytes, limit: Int, end: Int, isWhole: Bool, into sink: inout Sink
  ) -> Int? {
    var cursor = 0
    while rowStart < limit {
      if !checksText { cursor = regularRows(bytes, limit: limit, from: cursor, into: &sink) }
      if rowStart >= limit { break }
      if let next = slowRow(bytes, from: cursor, into: &sink) {
        cursor = next
        continue
      }
      separators.drop(before: cursor)
      cursor = 0
      if separators.scanned >= end {
        guard isWhole else { return nil }
        if rowStart < end { sink.fault(.openQuote, raw: bytes, place: rowStart..<end) }
        rowStart = end
        break
      }
      separators.scan(bytes, end: end)
    }
    return rowStart
  }

  /// Gives rows while they have the right number of fields and no quotes.
  private mutating func regularRows<Sink: RowSink>(
    _ bytes: Bytes, limit: Int, from first: Int, into sink: inout Sink
  ) -> Int {
    var cursor = first
    var batch = RowBatch(width: 0)
    swap(&batch, &self.batch)
    defer { swap(&batch, &self.batch) }
    while true {
      let next = RowScan.fill(
        &batch, bytes, limit: limit, from: cursor, width: width, count: separators.count,
        entries: separators.entries.span, wanted: wanted.span, rowStart: rowStart, delimiter: delimiter)
      if batch.count == 0 { return cursor }
      sink.rows(bytes, batch, raw: bytes)
      lineBreaks &+= batch.count
      cursor = next.cursor
      rowStart = next.rowStart
    }
  }

  /// Finds the fields of a batch of regular rows.
  private static func fill(
    _ batch: inout RowBatch, _ bytes: Bytes, limit: Int, from first: Int, width: Int, count: Int,
    entries: Swift.Span<UInt32>, wanted: Swift.Span<Int>, rowStart: Int, delimiter: UInt8
  ) -> (cursor: Int, rowStart: Int) {
    var cursor = first
    let last = width &- 1
    var rowStart = rowStart
    var row = 0
    var filled = 0
    var ownFields: [UInt64] = []
    var ownPlaces: [UInt64] = []
    swap(&ownFields, &batch.fields)
    swap(&ownPlaces, &batch.places)
    defer {
      swap(&ownFields, &batch.fields)
      swap(&ownPlaces, &batch.places)
    }
    var fields = ownFields.mutableSpan
    var places = ownPlaces.mutableSpan
    while row < RowBatch.capacity, cursor &+ last < count, rowStart < limit {
      var marks: UInt32 = 0
      for index in cursor..<cursor &+ last { marks |= entries[index] }
      let final = entries[cursor &+ last]
      if marks > Separators.place || final & ~Separators.place != Separators.lineBreak { break }
      let lineBreak = Int(truncatingIfNeeded: final & Separators.place)
      let end = bytes.byte(lineBreak &- 1) == 0x0D && lineBreak > rowStart ? lineBreak &- 1 : lineBreak
      if end == rowStart || RowScan.isBlank(bytes, rowStart, end, delimiter) { break }
      for slot in wanted.indices {
        // The marks of what lies before the last separator are all clear.
        let column = wanted[slot]
        let start = column == 0 ? UInt64(truncatingIfNeeded: rowStart) : UInt64(entries[cursor &+ column &- 1]) &+ 1
        let stop = column == last ? UInt64(truncatingIfNeeded: end) : UInt64(entries[cursor &+ column])
        fields[filled] = start | stop &<< 32
        filled &+= 1
      }
      places[row] = RowBatch.pack(rowStart, end)
      rowStart = lineBreak &+ 1
      cursor &+= width
      row &+= 1
    }
    batch.count = row
    return (cursor, rowStart)
  }

  /// Takes one row with quotes, with the wrong number of fields, or blank; nil if its end is not yet scanned.
  private mutating func slowRow<Sink: RowSink>(_ bytes: Bytes, from cursor: Int, into sink: inout Sink) -> Int? {
    var index = cursor
    while index < separators.count, separators.entries[index] & Separators.lineBreak == 0 { index += 1 }
    guard index < separators.count else { return nil }
    let lineBreak = Int(separators.entries[index] & Separators.place)
    let end = lineBreak > rowStart && bytes.byte(lineBreak - 1) == 0x0D ? lineBreak - 1 : lineBreak
    let place = rowStart..<end
    let found = index - cursor + 1
    if !RowScan.isBlank(bytes, rowStart, end, delimiter) {
      if checksText, let bad = TextCheck.badByte(bytes, rowStart, end) {
        sink.fault(.encoding(at: bad), raw: bytes, place: place)
      } else if found != width {
        let endsInQuote = RowScan.quoteCount(bytes, place) % 2 == 1
        sink.fault(.fieldCount(found: found, endsInQuote: endsInQuote), raw: bytes, place: place)
      } else if let fault = unquote(bytes, from: cursor, end: end) {
        sink.fault(fault, raw: bytes, place: place)
      } else {
        batch.count = 1
        batch.places[0] = RowBatch.pack(place.lowerBound, place.upperBound)
        if spill.isEmpty { sink.rows(bytes, batch, raw: bytes) } else { sink.rows(spill.span, batch, raw: bytes) }
      }
    }
    lineBreaks += TextCheck.lineBreaks(bytes, rowStart, lineBreak) + 1
    rowStart = lineBreak + 1
    return index + 1
  }

  /// Whether a row holds nothing: separators and spaces alone, as spreadsheets leave them at the end.
  @inline(__always)
  private static func isBlank(_ bytes: Bytes, _ start: Int, _ end: Int, _ delimiter: UInt8) -> Bool {
    var offset = start
    while offset < end, bytes.byte(offset) == delimiter || bytes.byte(offset) == 0x20 { offset &+= 1 }
    return offset >= end
  }

  private static func quoteCount(_ bytes: Bytes, _ place: Range<Int>) -> Int {
    place.reduce(0) { bytes.byte($1) == 0x22 ? $0 + 1 : $0 }
  }

  /// Finds the fields of a row with quotes; where a field has doubled quotes, copies the row's fields to `spill`.
  private mutating func unquote(_ bytes: Bytes, from cursor: Int, end: Int) -> RowFault? {
    spill.removeAll(keepingCapacity: true)
    var hasDoubled = false
    for (slot, column) in wanted.enumerated() {
      let entry = separators.entries[cursor + column]
      var start = column == 0 ? rowStart : Int(separators.entries[cursor + column - 1] & Separators.place) + 1
      var stop = column == width - 1 ? end : Int(entry & Separators.place)
      if entry & Separators.quoted != 0 {
        guard stop - start >= 2, bytes.byte(stop - 1) == 0x22 else { return .textAfterQuote(field: column) }
        start += 1
        stop -= 1
        switch RowScan.quotes(bytes, start, stop) {
        case .none: break
        case .doubled: hasDoubled = true
        case .odd: return .textAfterQuote(field: column)
        }
      }
      batch.fields[slot] = RowBatch.pack(start, stop)
    }
    if hasDoubled { spillFields(bytes, from: cursor) }
    return nil
  }

  private enum Quotes { case none, doubled, odd }

  /// Whether there are quotes between the outer ones, and whether each is doubled.
  private static func quotes(_ bytes: Bytes, _ start: Int, _ end: Int) -> Quotes {
    var found = Quotes.none
    var offset = start
    while offset < end {
      if bytes.byte(offset) == 0x22 {
        guard offset + 1 < end, bytes.byte(offset + 1) == 0x22 else { return .odd }
        found = .doubled
        offset += 1
      }
      offset += 1
    }
    return found
  }

  private mutating func spillFields(_ bytes: Bytes, from cursor: Int) {
    for (slot, column) in wanted.enumerated() {
      let start = batch.start(0, slot)
      let end = batch.end(0, slot)
      let isQuoted = separators.entries[cursor + column] & Separators.quoted != 0
      let from = spill.count
      var offset = start
      while offset < end {
        let byte = bytes.byte(offset)
        spill.append(byte)
        offset += isQuoted && byte == 0x22 ? 2 : 1
      }
      batch.fields[slot] = RowBatch.pack(from, spill.count)
    }
    // The words that readers load may reach beyond the last field.
    spill.append(contentsOf: repeatElement(0, count: 16))
  }
}
