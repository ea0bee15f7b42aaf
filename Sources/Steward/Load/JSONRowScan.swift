// Splits a block of JSON lines into rows for a sink. Every line is one object, checked to its end; the values of the names
// that the block declares become fields, as CSV would have them: a text without its quotes, a number and `true` as they
// stand, `null` and what is absent as an empty field. The names of a line are mostly those of the line before in the same
// order, so each is first compared with the one that stood there.

/// What the values of a name in JSON lines are to become.
struct JSONColumn: Sendable {
  /// For lists: what separates their elements in a field.
  var separator: [UInt8]?
  var isNumber: Bool
}

/// Which names the lines of a block have.
struct JSONNames: Sendable {
  /// By column of the header: whether any line has it.
  var isSeen: [Bool]
  /// Others, the first few.
  var others = TextPool()
  var hasRows = false

  static let otherLimit = 64

  init(count: Int) { isSeen = Array(repeating: false, count: count) }

  mutating func merge(_ more: JSONNames) {
    for (index, seen) in more.isSeen.enumerated() where seen && isSeen.indices.contains(index) { isSeen[index] = true }
    _ = others.merge(more.others)
    hasRows = hasRows || more.hasRows
  }
}

struct JSONRowScan: RowScanner {
  private let header: Header
  private let columns: IdTable
  private let checksText: Bool
  private var reader = JSONReader(end: 0)
  private var batch: RowBatch
  private(set) var rowStart = 0
  private(set) var lineBreaks = 0
  private(set) var names: JSONNames
  /// By column of the header: the value in the row at hand, and the row in which it last stood.
  private var values: [UInt64]
  private var lastRows: [Int]
  private var row = 0
  /// By column: whether its value lies in `spill`.
  private var isSpilled: [Bool]
  private var spill: [UInt8] = []
  private var spills = false
  private var shape = JSONShape()

  init(_ header: Header, checksText: Bool) {
    self.header = header
    self.checksText = checksText
    columns = IdTable(header.names)
    batch = RowBatch(Array(header.wanted.indices))
    names = JSONNames(count: header.names.count)
    values = Array(repeating: 0, count: header.names.count)
    lastRows = Array(repeating: -1, count: header.names.count)
    isSpilled = Array(repeating: false, count: header.names.count)
  }

  mutating func go(on start: Int) { rowStart = start }

  mutating func rows<Sink: RowSink>(
    _ bytes: Bytes, limit: Int, end: Int, isWhole: Bool, into sink: inout Sink
  ) -> Bool {
    var isAll = true
    while rowStart < limit {
      guard let lineBreak = TextCheck.lineBreak(bytes, rowStart, end) else {
        isAll = isWhole
        break
      }
      line(bytes, rowStart..<lineBreak, into: &sink)
      lineBreaks &+= 1
      rowStart = lineBreak &+ 1
    }
    flush(bytes, into: &sink)
    return isAll
  }

  @inline(__always)
  private mutating func line<Sink: RowSink>(_ bytes: Bytes, _ place: Range<Int>, into sink: inout Sink) {
    reader.end = place.upperBound
    let start = reader.space(bytes, place.lowerBound)
    if start >= place.upperBound { return }
    if checksText, let bad = TextCheck.badByte(bytes, place.lowerBound, place.upperBound) {
      flush(bytes, into: &sink)
      return sink.fault(.encoding(at: bad), raw: bytes, place: place)
    }
    row &+= 1
    spills = false
    guard object(bytes, start) else {
      flush(bytes, into: &sink)
      let at = TextCheck.characters(bytes, place.lowerBound, max(place.lowerBound, reader.faultAt)) + 1
      return sink.fault(.json(reader.fault, character: at), raw: bytes, place: place)
    }
    names.hasRows = true
    if spills { return spilled(bytes, place, into: &sink) }
    for slot in 0..<header.wanted.count {
      let column = header.wanted[slot]
      batch.put(lastRows[column] == row ? values[column] : 0, batch.count, slot)
    }
    batch.places[batch.count] = RowBatch.pack(place.lowerBound, place.upperBound)
    batch.count &+= 1
    if batch.count == RowBatch.capacity { flush(bytes, into: &sink) }
  }

  private mutating func flush<Sink: RowSink>(_ bytes: Bytes, into sink: inout Sink) {
    if batch.count > 0 { sink.rows(bytes, batch, raw: bytes) }
    batch.count = 0
  }

  /// Gives a row of which some values had to be written anew.
  private mutating func spilled<Sink: RowSink>(_ bytes: Bytes, _ place: Range<Int>, into sink: inout Sink) {
    flush(bytes, into: &sink)
    for slot in 0..<header.wanted.count {
      let column = header.wanted[slot]
      var field: UInt64 = 0
      if lastRows[column] == row {
        field = values[column]
        if !isSpilled[column] {
          let from = spill.count
          for offset in Int(field & 0xFFFF_FFFF)..<max(Int(field & 0xFFFF_FFFF), Int(field &>> 32)) {
            spill.append(bytes.byte(offset))
          }
          field = RowBatch.pack(from, spill.count)
        }
      }
      batch.put(field, 0, slot)
    }
    // The words that readers load may reach beyond the last field.
    spill.append(contentsOf: repeatElement(0, count: 16))
    batch.places[0] = RowBatch.pack(place.lowerBound, place.upperBound)
    batch.count = 1
    sink.rows(spill.span, batch, raw: bytes)
    batch.count = 0
    spill.removeAll(keepingCapacity: true)
  }

  /// Reads a line's object; false, and the fault in the reader, if it is none.
  @inline(__always)
  private mutating func object(_ bytes: Bytes, _ start: Int) -> Bool {
    guard bytes.byte(start) == 0x7B else { return refuse(bytes, start) }
    shape.begin()
    var offset = reader.space(bytes, start &+ 1)
    if offset < reader.end, bytes.byte(offset) == 0x7D { return isEnd(bytes, offset &+ 1) }
    while true {
      guard offset < reader.end, bytes.byte(offset) == 0x22 else { return reader.fail(.noName, at: offset) >= 0 }
      let name = offset &+ 1
      var column = shape.column(bytes, name)
      if column == JSONShape.unknown {
        let (close, hasEscapes) = reader.text(bytes, name)
        if close < 0 { return false }
        column = self.column(bytes, name..<close, hasEscapes: hasEscapes)
        shape.add(bytes, name..<close, column)
        offset = close
      } else {
        offset = name &+ shape.length
      }
      offset = reader.colon(bytes, offset &+ 1)
      if offset < 0 { return false }
      offset = column < 0 ? reader.skip(bytes, offset) : value(bytes, offset, column)
      if offset < 0 { return false }
      offset = reader.space(bytes, offset)
      let byte = offset < reader.end ? bytes.byte(offset) : 0
      if byte == 0x7D { return isEnd(bytes, offset &+ 1) }
      guard byte == 0x2C else { return reader.fail(.noComma, at: offset) >= 0 }
      offset = reader.space(bytes, offset &+ 1)
    }
  }

  @inline(__always)
  private mutating func isEnd(_ bytes: Bytes, _ start: Int) -> Bool {
    let rest = reader.space(bytes, start)
    return rest >= reader.end || reader.fail(.noEnd, at: rest) >= 0
  }

  /// Says what is wrong with a line that does not begin with an object.
  private mutating func refuse(_ bytes: Bytes, _ start: Int) -> Bool {
    let behind = reader.skip(bytes, start)
    // `[` alone on a line and the like: the file is one value over many lines.
    let isOpened = bytes.byte(start) == 0x5B || bytes.byte(start) == 0x5D
    if behind >= 0 || isOpened { _ = reader.fail(.noObject, at: start) }
    return false
  }

  /// The column of a name that did not stand there in the line before; -1 if the block does not declare it.
  private mutating func column(_ bytes: Bytes, _ place: Range<Int>, hasEscapes: Bool) -> Int {
    var text: [UInt8] = []
    if hasEscapes, !JSONReader.unescape(bytes, place, into: &text) { return -1 }
    let column =
      hasEscapes
      ? columns.row(text.span, 0, count: text.count) : columns.row(bytes, place.lowerBound, count: place.count)
    if column < 0, names.others.count < JSONNames.otherLimit {
      if hasEscapes {
        _ = names.others.intern(text.span, 0, count: text.count)
      } else {
        _ = names.others.intern(bytes, place.lowerBound, count: place.count)
      }
    }
    return column
  }

  /// Reads the value of a declared name, and gives the offset behind it.
  @inline(__always)
  private mutating func value(_ bytes: Bytes, _ start: Int, _ column: Int) -> Int {
    if lastRows[column] == row { return reader.fail(.nameTwice(column: column), at: start) }
    lastRows[column] = row
    names.isSeen[column] = true
    isSpilled[column] = false
    let byte = start < reader.end ? bytes.byte(start) : 0
    if byte == 0x22 {
      let (close, hasEscapes) = reader.text(bytes, start &+ 1)
      if close < 0 { return -1 }
      values[column] = RowBatch.pack(start &+ 1, close)
      return hasEscapes ? unescape(bytes, start, close, column) : close &+ 1
    }
    if byte == 0x2D || byte &- 0x30 <= 9 {
      var hasExponent = false
      let behind = reader.number(bytes, start, hasExponent: &hasExponent)
      values[column] = RowBatch.pack(start, behind)
      if hasExponent, behind > 0, header.json[column].isNumber { expand(bytes, start..<behind, column) }
      return behind
    }
    if byte == 0x7B || byte == 0x5B { return nested(bytes, start, column) }
    let behind = reader.literal(bytes, start)
    values[column] = byte == 0x6E ? 0 : RowBatch.pack(start, behind)
    return behind
  }

  private mutating func unescape(_ bytes: Bytes, _ start: Int, _ close: Int, _ column: Int) -> Int {
    let from = spill.count
    guard JSONReader.unescape(bytes, start + 1..<close, into: &spill) else {
      return reader.fail(.surrogate, at: start)
    }
    keep(from, column)
    return close + 1
  }

  private mutating func keep(_ from: Int, _ column: Int) {
    values[column] = RowBatch.pack(from, spill.count)
    isSpilled[column] = true
    spills = true
  }

  /// Writes a number with an exponent as the plain decimal that it is, unless that would be very long.
  private mutating func expand(_ bytes: Bytes, _ place: Range<Int>, _ column: Int) {
    var number: [UInt8] = []
    for offset in place { number.append(bytes.byte(offset)) }
    guard let plain = JSONRowScan.plainDecimal(number) else { return }
    let from = spill.count
    spill.append(contentsOf: plain)
    keep(from, column)
  }

  /// `-1.25e2` as `-125`. - Missing: the number has more than 60 digits then.
  static func plainDecimal(_ number: [UInt8]) -> [UInt8]? {
    guard let mark = number.firstIndex(where: { $0 | 0x20 == 0x65 }) else { return number }
    guard let exponent = Int(String(decoding: number[(mark + 1)...], as: UTF8.self)), (-60...60).contains(exponent)
    else {
      return nil
    }
    let isNegative = number.first == 0x2D
    let mantissa = number[(isNegative ? 1 : 0)..<mark]
    let point = mantissa.firstIndex(of: 0x2E) ?? mantissa.endIndex
    var digits = mantissa.filter { $0 != 0x2E }
    var whole = point - mantissa.startIndex + exponent
    if whole <= 0 {
      digits = Array(repeating: 0x30, count: 1 - whole) + digits
      whole = 1
    }
    while digits.count < whole { digits.append(0x30) }
    var decimals = Array(digits[whole...])
    while decimals.last == 0x30 { decimals.removeLast() }
    var leading = Array(digits[..<whole])
    while leading.count > 1, leading.first == 0x30 { leading.removeFirst() }
    if leading.count + decimals.count > 60 { return nil }
    return (isNegative ? [0x2D] : []) + leading + (decimals.isEmpty ? [] : [0x2E] + decimals)
  }

  /// An array of texts in a column of lists becomes a field; anything else that is nested is at fault.
  private mutating func nested(_ bytes: Bytes, _ start: Int, _ column: Int) -> Int {
    let behind = reader.skip(bytes, start)
    if behind < 0 { return -1 }
    guard let separator = header.json[column].separator, bytes.byte(start) == 0x5B,
      let elements = elements(bytes, start, behind)
    else { return reader.fail(.nested(column: column), at: start) }
    let from = spill.count
    let needsMark = elements.contains { ListSplitter.contains($0, separator) }
    for (index, element) in elements.enumerated() {
      if needsMark { spill.append(ListSplitter.mark) } else if index > 0 { spill.append(contentsOf: separator) }
      spill.append(contentsOf: element)
    }
    keep(from, column)
    return behind
  }

  /// The elements of a valid array as texts; nil if one of them is itself an array or an object.
  private mutating func elements(_ bytes: Bytes, _ start: Int, _ behind: Int) -> [[UInt8]]? {
    var elements: [[UInt8]] = []
    var offset = reader.space(bytes, start + 1)
    while offset < behind - 1 {
      let byte = bytes.byte(offset)
      if byte == 0x7B || byte == 0x5B { return nil }
      let next = reader.skip(bytes, offset)
      if next < 0 { return nil }
      var element: [UInt8] = []
      if byte == 0x22 {
        guard JSONReader.unescape(bytes, offset + 1..<next - 1, into: &element) else { return nil }
      } else if byte != 0x6E {
        for place in offset..<next { element.append(bytes.byte(place)) }
      }
      elements.append(element)
      offset = reader.space(bytes, next)
      if bytes.byte(offset) == 0x2C { offset = reader.space(bytes, offset + 1) }
    }
    return elements
  }
}

/// The names of the lines before, in their order, and the column of each.
private struct JSONShape {
  static let unknown = -2
  /// Names are not looked for further ahead, and not more of them are kept.
  private static let ahead = 3
  private static let limit = 64

  private var bytes: [UInt8] = []
  private var starts: [Int] = []
  private var lengths: [Int] = []
  private var columns: [Int] = []
  private var next = 0
  /// Of the name found last.
  private(set) var length = 0

  @inline(__always)
  mutating func begin() { next = 0 }

  /// The column of the name at an offset, if it is one of the next few; `unknown` if not.
  @inline(__always)
  mutating func column(_ source: Bytes, _ offset: Int) -> Int {
    let last = min(columns.count, next &+ JSONShape.ahead)
    var index = next
    while index < last {
      let length = lengths[index]
      if source.byte(offset &+ length) == 0x22, source.equals(offset, bytes.span, starts[index], count: length) {
        self.length = length
        next = index &+ 1
        return columns[index]
      }
      index &+= 1
    }
    return JSONShape.unknown
  }

  /// Takes in a name where it was not expected.
  mutating func add(_ source: Bytes, _ place: Range<Int>, _ column: Int) {
    guard columns.count < JSONShape.limit else { return }
    for known in columns.indices
    where lengths[known] == place.count
      && source.equals(place.lowerBound, bytes.span, starts[known], count: place.count)
    {
      next = known + 1
      return
    }
    let start = bytes.count
    for offset in place { bytes.append(source.byte(offset)) }
    // What comes after the name that stood before it.
    let index = min(next, columns.count)
    starts.insert(start, at: index)
    lengths.insert(place.count, at: index)
    columns.insert(column, at: index)
    next = index + 1
  }
}
