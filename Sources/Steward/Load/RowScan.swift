/// Rows with the right number of fields: those fields that the sink wants, unquoted.
struct RowBatch {
  /// Slot by slot the wanted field of each row in `bytes`, `capacity` of them: the start in the lower half, the end in
  /// the upper.
  var fields: [UInt64]
  /// Where each row lies in the file's own bytes, in the same form.
  var places: [UInt64]
  var count = 0

  /// So many rows are read a column at a time: their look-ups then wait for memory together.
  static let capacity = 64

  /// - Parameter width: how many slots there are; one more is for fields that nobody wants.
  init(width: Int) {
    fields = Array(repeating: 0, count: (width + 1) * RowBatch.capacity)
    places = Array(repeating: 0, count: RowBatch.capacity)
  }

  /// The index in `fields` of the first row's field.
  @inline(__always)
  static func first(_ slot: Int) -> Int { slot &* capacity }

  @inline(__always)
  func start(_ row: Int, _ slot: Int) -> Int {
    Int(truncatingIfNeeded: fields[RowBatch.first(slot) &+ row] & 0xFFFF_FFFF)
  }
  @inline(__always)
  func end(_ row: Int, _ slot: Int) -> Int { Int(truncatingIfNeeded: fields[RowBatch.first(slot) &+ row] &>> 32) }
  func place(_ row: Int) -> Range<Int> {
    let start = Int(truncatingIfNeeded: places[row] & 0xFFFF_FFFF)
    return start..<max(start, Int(truncatingIfNeeded: places[row] &>> 32))
  }

  mutating func set(_ row: Int, _ slot: Int, _ start: Int, _ end: Int) {
    fields[RowBatch.first(slot) + row] = RowBatch.pack(start, end)
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
  /// A column of the file that the sink wants, and which of its wishes it is.
  private struct Wish {
    let column: Int
    let slot: Int
  }

  /// How many fields the header has.
  let width: Int
  /// In the order of columns.
  private let wishes: [Wish]
  /// For each column up to the last that is wanted the index in `RowBatch.fields` where its fields go.
  private let targets: [Int]
  /// Slots that want a column which another has already.
  private let twins: [(slot: Int, of: Int)]
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
    wishes = wanted.enumerated().map { Wish(column: $1, slot: $0) }.sorted { $0.column < $1.column }
    targets = (0..<1 + (wanted.max() ?? 0)).map { RowBatch.first(wanted.firstIndex(of: $0) ?? wanted.count) }
    twins = wanted.enumerated().compactMap { slot, column in
      wanted[..<slot].firstIndex(of: column).map { (slot, $0) }
    }
    self.delimiter = delimiter
    separators = Separators(from: start, delimiter: delimiter)
    batch = RowBatch(width: wanted.count)
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
    var batch = RowBatch(width: 0)
    swap(&batch, &self.batch)
    defer { swap(&batch, &self.batch) }
    while true {
      batch.count = fill(&batch.fields, &batch.places, bytes, limit: limit)
      if batch.count == 0 { return }
      for twin in twins {
        for row in 0..<batch.count { batch.set(row, twin.slot, batch.start(row, twin.of), batch.end(row, twin.of)) }
      }
      sink.rows(bytes, batch, raw: bytes)
      lineBreaks &+= batch.count
    }
  }

  /// Finds the fields of a batch of rows, and how many they are.
  private mutating func fill(
    _ ownFields: inout [UInt64], _ ownPlaces: inout [UInt64], _ bytes: Bytes, limit: Int
  ) -> Int {
    let separators = separators
    let lineBreaks = separators.lineBreaks.span
    let ends = separators.ends.span
    let quotes = separators.quotes.span
    let (hasQuotes, origin, delimiter) = (separators.hasQuotes, separators.origin, self.delimiter)
    let ownTargets = targets
    let targets = ownTargets.span
    let inner = min(targets.count, width &- 1)
    let last = width &- 1
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
        guard let lineBreak = carefulRow(bytes, separators, from: rowStart, &fields, &places, row) else { break }
        rowStart = lineBreak &+ 1
        row &+= 1
        continue
      }
      let lineBreak = rowStart &+ breaks.trailingZeroBitCount
      let end = RowScan.end(bytes, rowStart, lineBreak)
      if RowScan.isBlank(bytes, rowStart, end, delimiter) { break }
      var rest = ends.bits(from: rowStart &- origin)
      var start = UInt64(truncatingIfNeeded: rowStart)
      for column in 0..<inner {
        let stop = UInt64(truncatingIfNeeded: rowStart &+ rest.trailingZeroBitCount)
        fields[targets[column] &+ row] = start | stop &<< 32
        start = stop &+ 1
        rest &= rest &- 1
      }
      for _ in inner..<last { rest &= rest &- 1 }
      if inner < targets.count { fields[targets[inner] &+ row] = start | UInt64(truncatingIfNeeded: end) &<< 32 }
      // Only if the row has so many fields is the end of the last one its line break.
      if rest & (0 &- rest) != lineBreakBit { break }
      places[row] = RowBatch.pack(rowStart, end)
      rowStart = lineBreak &+ 1
      row &+= 1
    }
    self.rowStart = rowStart
    return row
  }

  /// Finds the fields of one row that is long or has quotes, and the line break behind it.
  ///
  /// - Missing: the row is not scanned to its end, is blank or at fault, or has doubled quotes.
  private mutating func carefulRow(
    _ bytes: Bytes, _ separators: Separators, from rowStart: Int, _ fields: inout MutableSpan<UInt64>,
    _ places: inout MutableSpan<UInt64>, _ row: Int
  ) -> Int? {
    guard let lineBreak = separators.lineBreak(from: rowStart) else { return nil }
    let end = RowScan.end(bytes, rowStart, lineBreak)
    guard !RowScan.isBlank(bytes, rowStart, end, delimiter),
      findEnds(separators, from: rowStart, until: lineBreak) == width,
      case .plain = unquote(bytes, from: rowStart, end, &fields, row)
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
    _ bytes: Bytes, from rowStart: Int, _ end: Int, _ fields: inout MutableSpan<UInt64>, _ row: Int
  ) -> Unquoted {
    var hasDoubled = false
    for wish in wishes {
      var start = wish.column == 0 ? rowStart : rowEnds[wish.column &- 1] &+ 1
      var stop = wish.column == width &- 1 ? end : rowEnds[wish.column]
      if stop > start, bytes.byte(start) == 0x22 {
        guard stop &- start >= 2, bytes.byte(stop &- 1) == 0x22 else { return .textAfterQuote(field: wish.column) }
        start &+= 1
        stop &-= 1
        switch RowScan.quotes(bytes, start, stop) {
        case .none: break
        case .doubled: hasDoubled = true
        case .odd: return .textAfterQuote(field: wish.column)
        }
      }
      fields[RowBatch.first(wish.slot) &+ row] = RowBatch.pack(start, stop)
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
    for wish in wishes {
      let start = batch.start(0, wish.slot)
      let end = batch.end(0, wish.slot)
      let isQuoted = start > rowStart && bytes.byte(start - 1) == 0x22
      let from = spill.count
      var offset = start
      while offset < end {
        let byte = bytes.byte(offset)
        spill.append(byte)
        offset += isQuoted && byte == 0x22 ? 2 : 1
      }
      batch.set(0, wish.slot, from, spill.count)
    }
    // The words that readers load may reach beyond the last field.
    spill.append(contentsOf: repeatElement(0, count: 16))
  }
}
