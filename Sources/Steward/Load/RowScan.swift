/// Rows with the right number of fields: those fields that the sink wants, unquoted.
struct RowBatch {
  /// Row by row the wanted fields in `bytes`, `2^shift` places a row: the start in the lower half, the end in the upper.
  var fields: [UInt64]
  /// By slot: the field's place in a row.
  let columns: [Int]
  let shift: Int
  /// Where each row lies in the file's own bytes, in the same form.
  var places: [UInt64]
  var count = 0

  /// So many rows are read a column at a time: their look-ups then wait for memory together.
  static let capacity = 64

  /// - Parameter columns: by slot the field's place in a row.
  init(_ columns: [Int]) {
    self.columns = columns
    var shift = 0
    while 1 << shift <= columns.max() ?? 0 { shift += 1 }
    self.shift = shift
    fields = Array(repeating: 0, count: RowBatch.capacity << shift)
    places = Array(repeating: 0, count: RowBatch.capacity)
  }

  @inline(__always)
  private func field(_ row: Int, _ slot: Int) -> UInt64 { fields[row &<< shift &+ columns[slot]] }

  @inline(__always)
  func start(_ row: Int, _ slot: Int) -> Int { Int(truncatingIfNeeded: field(row, slot) & 0xFFFF_FFFF) }
  @inline(__always)
  func end(_ row: Int, _ slot: Int) -> Int { Int(truncatingIfNeeded: field(row, slot) &>> 32) }
  func place(_ row: Int) -> Range<Int> {
    let start = Int(truncatingIfNeeded: places[row] & 0xFFFF_FFFF)
    return start..<max(start, Int(truncatingIfNeeded: places[row] &>> 32))
  }

  /// Puts a field that `pack` made.
  mutating func put(_ field: UInt64, _ row: Int, _ slot: Int) { fields[row &<< shift &+ columns[slot]] = field }

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

/// Takes the rows of a block, a piece of its bytes after the other.
protocol RowSink {
  /// A piece of the file's own bytes is at hand, in which the next row or blank line begins at an offset.
  ///
  /// - Shape: the piece's first byte lies `origin` bytes behind the block's, and `lines` line breaks stood in the rows
  ///   before.
  mutating func begin(at offset: Int, origin: Int, lines: Int)
  /// Rows whose fields lie in `bytes`, and which stand in the piece of the file's own bytes, `raw`.
  mutating func rows(_ bytes: Bytes, _ batch: RowBatch, raw: Bytes)
  mutating func fault(_ fault: RowFault, raw: Bytes, place: Range<Int>)
}

/// Splits a block's bytes into rows for a sink, a piece after the other.
protocol RowScanner {
  /// Where the next row begins.
  var rowStart: Int { get }
  /// Line breaks in the rows so far.
  var lineBreaks: Int { get }
  /// Goes on in another piece of bytes, in which the next row begins at an offset.
  mutating func go(on start: Int)
  /// Gives the rows that begin before `limit`.
  ///
  /// - Shape: `end` is the end of the bytes at hand; if `isWhole`, nothing follows in the file, and a last line without
  ///   a line break has been given one.
  /// - Returns: whether that are all; if not, more bytes are needed from `rowStart` on.
  mutating func rows<Sink: RowSink>(
    _ bytes: Bytes, limit: Int, end: Int, isWhole: Bool, into sink: inout Sink
  ) -> Bool
}

/// Splits rows of fields with separators between them.
struct RowScan: RowScanner {
  /// How many fields the header has.
  let width: Int
  /// The columns that the sink wants, ascending; a row's fields lie in a batch in this order.
  private let wishes: [Int]
  /// By wish: how many separators lie between the wish before and this one.
  private let skips: [Int]
  /// How many of the wishes are not the last column, and whether these are the row's first columns.
  private let inner: Int
  private let areNeighbours: Bool
  private var separators: Separators
  private var batch: RowBatch
  private(set) var rowStart: Int
  private(set) var lineBreaks = 0
  private let delimiter: UInt8
  /// The ends of the fields of the row at hand.
  private var rowEnds: [Int]
  private var spill: [UInt8] = []
  /// Whether each row is held against UTF-8: only in a block where something is not.
  private let checksText: Bool

  /// - Parameter wanted: the columns that the sink wants, in its order.
  init(width: Int, wanted: [Int], delimiter: UInt8 = 0x2C, from start: Int, checksText: Bool) {
    self.checksText = checksText
    self.width = width
    let wishes = Set(wanted).sorted()
    self.wishes = wishes
    skips = wishes.indices.map { $0 == 0 ? wishes[0] : wishes[$0] - wishes[$0 - 1] - 1 }
    inner = wishes.count { $0 < width - 1 }
    areNeighbours = skips.prefix(inner).allSatisfy { $0 == 0 }
    self.delimiter = delimiter
    separators = Separators(from: start, delimiter: delimiter)
    batch = RowBatch(wanted.map { wishes.firstIndex(of: $0) ?? 0 })
    rowStart = start
    rowEnds = Array(repeating: 0, count: width)
  }

  init(_ header: Header, checksText: Bool) {
    self.init(
      width: header.width, wanted: header.wanted, delimiter: header.format.delimiter, from: 0, checksText: checksText)
  }

  mutating func go(on start: Int) {
    rowStart = start
    separators.restart(from: start)
  }

  mutating func rows<Sink: RowSink>(
    _ bytes: Bytes, limit: Int, end: Int, isWhole: Bool, into sink: inout Sink
  ) -> Bool {
    while rowStart < limit {
      if !checksText { regularRows(bytes, limit: limit, into: &sink) }
      if rowStart >= limit { break }
      if slowRow(bytes, into: &sink) { continue }
      if separators.scanned >= end {
        guard isWhole else { return false }
        if rowStart < end { sink.fault(.openQuote, raw: bytes, place: rowStart..<end) }
        rowStart = end
        break
      }
      separators.scan(bytes, end: end, keepingFrom: rowStart)
    }
    return true
  }

  /// Gives rows while they have the right number of fields and no doubled quotes.
  private mutating func regularRows<Sink: RowSink>(_ bytes: Bytes, limit: Int, into sink: inout Sink) {
    var batch = RowBatch([])
    swap(&batch, &self.batch)
    defer { swap(&batch, &self.batch) }
    while true {
      batch.count = fill(&batch.fields, &batch.places, batch.shift, bytes, limit: limit)
      if batch.count == 0 { return }
      sink.rows(bytes, batch, raw: bytes)
      lineBreaks &+= batch.count
    }
  }

  /// Finds the fields of a batch of rows, and how many they are.
  private mutating func fill(
    _ ownFields: inout [UInt64], _ ownPlaces: inout [UInt64], _ shift: Int, _ bytes: Bytes, limit: Int
  ) -> Int {
    let separators = separators
    let lineBreaks = separators.lineBreaks.span
    let ends = separators.ends.span
    let quotes = separators.quotes.span
    let (hasQuotes, origin, delimiter) = (separators.hasQuotes, separators.origin, self.delimiter)
    let ownSkips = skips
    let skips = ownSkips.span.extracting(first: inner)
    let areNeighbours = areNeighbours
    let (inner, last) = (self.inner, width &- 1)
    // What is left of a row's separators behind the inner wishes, before the last.
    let left = last &- (inner == 0 ? 0 : wishes[inner &- 1] &+ 1)
    let wantsLast = inner < wishes.count
    var fields = ownFields.mutableSpan
    var places = ownPlaces.mutableSpan
    var rowStart = rowStart
    var row = 0
    while row < RowBatch.capacity, rowStart < limit {
      // The row's first line break, if it is near and no quote lies before it.
      let breaks = lineBreaks.bits(from: rowStart &- origin)
      let lineBreakBit = breaks & (0 &- breaks)
      let isPlain = !hasQuotes || quotes.bits(from: rowStart &- origin) & (lineBreakBit &- 1) == 0
      guard breaks != 0, isPlain else {
        guard let lineBreak = carefulRow(bytes, separators, from: rowStart, &fields, &places, row, shift) else { break }
        rowStart = lineBreak &+ 1
        row &+= 1
        continue
      }
      let lineBreak = rowStart &+ breaks.trailingZeroBitCount
      let end = RowScan.end(bytes, rowStart, lineBreak)
      if RowScan.isBlank(bytes, rowStart, end, delimiter) { break }
      let row0 = UInt64(truncatingIfNeeded: rowStart)
      let all = ends.bits(from: rowStart &- origin)
      var (rest, start) =
        areNeighbours
        ? RowScan.put(all, row0, &fields, place: row &<< shift, count: inner)
        : RowScan.put(all, row0, &fields, place: row &<< shift, skips)
      for _ in 0..<left {
        start = row0 &+ UInt64(truncatingIfNeeded: rest.trailingZeroBitCount &+ 1)
        rest &= rest &- 1
      }
      if wantsLast {
        fields.put(start | UInt64(truncatingIfNeeded: end) &<< 32, at: row &<< shift &+ inner, mask: fields.count &- 1)
      }
      // Only if the row has so many fields is the end of the last one its line break.
      if rest & (0 &- rest) != lineBreakBit { break }
      places[row] = RowBatch.pack(rowStart, end)
      rowStart = lineBreak &+ 1
      row &+= 1
    }
    self.rowStart = rowStart
    return row
  }

  /// Puts a row's first fields, whose ends are the bits of a word; what is left of its bits, and the next field's start.
  @inline(never)
  private static func put(
    _ ends: UInt64, _ rowStart: UInt64, _ fields: inout MutableSpan<UInt64>, place: Int, count: Int
  ) -> (rest: UInt64, start: UInt64) {
    let mask = fields.count &- 1
    var rest = ends
    var start = rowStart
    var place = place
    for _ in 0..<count {
      let stop = rowStart &+ UInt64(truncatingIfNeeded: rest.trailingZeroBitCount)
      fields.put(start | stop &<< 32, at: place, mask: mask)
      start = stop &+ 1
      rest &= rest &- 1
      place &+= 1
    }
    return (rest, start)
  }

  /// As above, where before each field so many others are left out.
  @inline(never)
  private static func put(
    _ ends: UInt64, _ rowStart: UInt64, _ fields: inout MutableSpan<UInt64>, place: Int, _ skips: Swift.Span<Int>
  ) -> (rest: UInt64, start: UInt64) {
    let mask = fields.count &- 1
    var rest = ends
    var start = rowStart
    for wish in skips.indices {
      for _ in 0..<skips[wish] {
        start = rowStart &+ UInt64(truncatingIfNeeded: rest.trailingZeroBitCount &+ 1)
        rest &= rest &- 1
      }
      let stop = rowStart &+ UInt64(truncatingIfNeeded: rest.trailingZeroBitCount)
      fields.put(start | stop &<< 32, at: place &+ wish, mask: mask)
      start = stop &+ 1
      rest &= rest &- 1
    }
    return (rest, start)
  }

  /// Finds the fields of one row that is long or has quotes, and the line break behind it.
  ///
  /// - Missing: the row is not scanned to its end, is blank or at fault, or has doubled quotes.
  private mutating func carefulRow(
    _ bytes: Bytes, _ separators: Separators, from rowStart: Int, _ fields: inout MutableSpan<UInt64>,
    _ places: inout MutableSpan<UInt64>, _ row: Int, _ shift: Int
  ) -> Int? {
    guard let lineBreak = separators.lineBreak(from: rowStart) else { return nil }
    let end = RowScan.end(bytes, rowStart, lineBreak)
    guard !RowScan.isBlank(bytes, rowStart, end, delimiter),
      findEnds(separators, from: rowStart, until: lineBreak) == width,
      case .plain = unquote(bytes, from: rowStart, end, &fields, row &<< shift)
    else { return nil }
    places[row] = RowBatch.pack(rowStart, end)
    if separators.hasQuotes { lineBreaks &+= TextCheck.lineBreaks(bytes, rowStart, lineBreak) }
    return lineBreak
  }

  /// Takes one row that is at fault, has doubled quotes or is blank; false if its end is not yet scanned.
  private mutating func slowRow<Sink: RowSink>(_ bytes: Bytes, into sink: inout Sink) -> Bool {
    guard let lineBreak = separators.lineBreak(from: rowStart) else { return false }
    let end = RowScan.end(bytes, rowStart, lineBreak)
    if !RowScan.isBlank(bytes, rowStart, end, delimiter) {
      if let fault = fault(bytes, lineBreak, end) {
        sink.fault(fault, raw: bytes, place: rowStart..<end)
      } else {
        batch.count = 1
        batch.places[0] = RowBatch.pack(rowStart, end)
        if spill.isEmpty { sink.rows(bytes, batch, raw: bytes) } else { sink.rows(spill.span, batch, raw: bytes) }
      }
    }
    lineBreaks += TextCheck.lineBreaks(bytes, rowStart, lineBreak) + 1
    rowStart = lineBreak + 1
    return true
  }

  /// What is wrong with a row; if nothing is, its fields are in the batch.
  private mutating func fault(_ bytes: Bytes, _ lineBreak: Int, _ end: Int) -> RowFault? {
    if checksText, let bad = TextCheck.badByte(bytes, rowStart, end) { return .encoding(at: bad) }
    let found = findEnds(separators, from: rowStart, until: lineBreak)
    if found != width {
      let count = (rowStart..<end).count { bytes.byte($0) == 0x22 }
      return .fieldCount(found: found, endsInQuote: count % 2 == 1)
    }
    var fields: [UInt64] = []
    swap(&fields, &batch.fields)
    var span = fields.mutableSpan
    let unquoted = unquote(bytes, from: rowStart, end, &span, 0)
    swap(&fields, &batch.fields)
    spill.removeAll(keepingCapacity: true)
    switch unquoted {
    case .plain: return nil
    case .doubled:
      spillFields(bytes)
      return nil
    case .textAfterQuote(let field): return .textAfterQuote(field: field)
    }
  }

  /// Finds the ends of a row's fields, and how many they are.
  private mutating func findEnds(_ separators: Separators, from rowStart: Int, until lineBreak: Int) -> Int {
    var count = 0
    var next = rowStart
    while next <= lineBreak, let end = separators.end(from: next) {
      if count < rowEnds.count { rowEnds[count] = end }
      count &+= 1
      next = end &+ 1
    }
    return count
  }

  /// Where a row ends: at its line break, or at the CR before it.
  @inline(__always)
  private static func end(_ bytes: Bytes, _ start: Int, _ lineBreak: Int) -> Int {
    lineBreak > start && bytes.byte(lineBreak &- 1) == 0x0D ? lineBreak &- 1 : lineBreak
  }

  /// Whether a row holds nothing: separators and spaces alone, as spreadsheets leave them at the end.
  @inline(__always)
  private static func isBlank(_ bytes: Bytes, _ start: Int, _ end: Int, _ delimiter: UInt8) -> Bool {
    var offset = start
    while offset < end, bytes.byte(offset) == delimiter || bytes.byte(offset) == 0x20 { offset &+= 1 }
    return offset >= end
  }

  /// How the quotes of a row are.
  private enum Unquoted { case plain, doubled, textAfterQuote(field: Int) }

  /// Puts a row's fields, whose ends have been found, without the quotes around them.
  private func unquote(
    _ bytes: Bytes, from rowStart: Int, _ end: Int, _ fields: inout MutableSpan<UInt64>, _ place: Int
  ) -> Unquoted {
    var hasDoubled = false
    for (wish, column) in wishes.enumerated() {
      var start = column == 0 ? rowStart : rowEnds[column &- 1] &+ 1
      var stop = column == width &- 1 ? end : rowEnds[column]
      if stop > start, bytes.byte(start) == 0x22 {
        guard stop &- start >= 2, bytes.byte(stop &- 1) == 0x22 else { return .textAfterQuote(field: column) }
        start &+= 1
        stop &-= 1
        switch RowScan.quotes(bytes, start, stop) {
        case .none: break
        case .doubled: hasDoubled = true
        case .odd: return .textAfterQuote(field: column)
        }
      }
      fields[place &+ wish] = RowBatch.pack(start, stop)
    }
    return hasDoubled ? .doubled : .plain
  }

  private enum Quotes { case none, doubled, odd }

  /// Whether there are quotes between the outer ones, and whether each is doubled.
  private static func quotes(_ bytes: Bytes, _ start: Int, _ end: Int) -> Quotes {
    var found = Quotes.none
    var offset = start
    while offset < end {
      if bytes.byte(offset) == 0x22 {
        guard offset &+ 1 < end, bytes.byte(offset &+ 1) == 0x22 else { return .odd }
        found = .doubled
        offset &+= 1
      }
      offset &+= 1
    }
    return found
  }

  /// Copies the fields of the row at hand to `spill`, doubled quotes once.
  private mutating func spillFields(_ bytes: Bytes) {
    for wish in wishes.indices {
      let start = Int(truncatingIfNeeded: batch.fields[wish] & 0xFFFF_FFFF)
      let end = Int(truncatingIfNeeded: batch.fields[wish] &>> 32)
      let isQuoted = start > rowStart && bytes.byte(start - 1) == 0x22
      let from = spill.count
      var offset = start
      while offset < end {
        let byte = bytes.byte(offset)
        spill.append(byte)
        offset += isQuoted && byte == 0x22 ? 2 : 1
      }
      batch.fields[wish] = RowBatch.pack(from, spill.count)
    }
    // The words that readers load may reach beyond the last field.
    spill.append(contentsOf: repeatElement(0, count: 16))
  }
}
