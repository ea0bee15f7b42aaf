// What the fields of a column could be read as. The loader's own readers say so, hence what is guessed here is what the
// loader takes; a UTC calendar stands in for the community's, which nobody has named yet.

/// How many fields of a column have each shape. A field may have several: `1` is a bool, an int and a number.
struct FieldShapes: Sendable {
  var bools = 0
  var ints = 0
  var numbers = 0
  /// Dates and times that the loader reads; `days` of them have no clock time, `zoned` an offset or `Z`.
  var times = 0
  var days = 0
  var zoned = 0
  /// Whole numbers like `007`, which lose something as numbers.
  var paddedInts = 0
  /// `13812345678`, `ann@example.org`.
  var phones = 0
  var mails = 0
  /// Seconds or milliseconds since 1970, and dates in a form that the loader does not read.
  var epochs = 0
  /// Of `epochs`, those in milliseconds.
  var millis = 0
  var foreignDates = 0
  /// Arrays of JSON.
  var arrays = 0
  /// Texts with a line break.
  var broken = 0
  /// - Unit: bytes
  var longest = 0
  /// Of `times`. - Unit: microseconds since 1970-01-01 00:00 UTC.
  var first = Int64.max
  var last = Int64.min
  /// Of `numbers`.
  var least = Double.infinity
  var greatest = -Double.infinity

  mutating func add(_ other: FieldShapes, times count: Int = 1) {
    bools += other.bools * count
    ints += other.ints * count
    numbers += other.numbers * count
    times += other.times * count
    days += other.days * count
    zoned += other.zoned * count
    paddedInts += other.paddedInts * count
    phones += other.phones * count
    mails += other.mails * count
    epochs += other.epochs * count
    millis += other.millis * count
    foreignDates += other.foreignDates * count
    arrays += other.arrays * count
    broken += other.broken * count
    longest = max(longest, other.longest)
    first = min(first, other.first)
    last = max(last, other.last)
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
  }
}

/// Looks at one field after the other.
struct ShapeReader: Sendable {
  private var reader = FieldReader(calendar: Calendar(zone: .utc, weekStart: .monday))

  /// The shapes of a field that is not empty, without the spaces around it.
  mutating func shapes(_ bytes: Bytes, _ start: Int, _ end: Int) -> FieldShapes {
    var found = FieldShapes()
    found.longest = end - start
    let first = bytes.byte(start)
    if first == ListSplitter.mark {
      found.arrays = 1
      return found
    }
    if holds(.bool, bytes, start, end) != nil { found.bools = 1 }
    let isSigned = first == 0x2D || first == 0x2B
    if first &- 0x30 <= 9 || isSigned || first == 0x2E {
      readNumber(bytes, start, end, isSigned: isSigned, &found)
      if found.numbers == 0 { readTime(bytes, start, end, &found) }
    } else {
      readText(bytes, start, end, &found)
    }
    return found
  }

  private mutating func holds(_ format: FieldFormat, _ bytes: Bytes, _ start: Int, _ end: Int) -> FieldValue? {
    let value = reader.read(format, bytes, start, end)
    if case .value = value.outcome { return value }
    return nil
  }

  private mutating func readNumber(
    _ bytes: Bytes, _ start: Int, _ end: Int, isSigned: Bool, _ found: inout FieldShapes
  ) {
    var value: Double?
    if let int = holds(.int, bytes, start, end) {
      found.ints = 1
      value = Double(int.bits)
      let digits = end - start
      if digits > 1, bytes.byte(start) == 0x30 { found.paddedInts = 1 }
      if !isSigned, digits == 10 || digits == 13 {
        let seconds = digits == 10 ? int.bits : int.bits / 1000
        if (900_000_000...4_000_000_000).contains(seconds) {
          found.epochs = 1
          found.millis = digits == 13 ? 1 : 0
        }
      }
      if !isSigned, digits == 11, bytes.byte(start) == 0x31, bytes.byte(start + 1) >= 0x33 { found.phones = 1 }
    }
    if let number = holds(.number, bytes, start, end) {
      found.numbers = 1
      value = value ?? ShapeReader.double(number)
    }
    if let value {
      found.least = value
      found.greatest = value
    }
    let isInternational = bytes.byte(start) == 0x2B && end - start >= 9
    if isInternational { found.phones = 1 }
  }

  private static func double(_ value: FieldValue) -> Double {
    if value.scale == FieldReader.doubleScale { return Double(bitPattern: UInt64(bitPattern: value.bits)) }
    var power = 1.0
    for _ in 0..<max(0, Int(value.scale)) { power *= 10 }
    return Double(value.bits) / power
  }

  private mutating func readTime(_ bytes: Bytes, _ start: Int, _ end: Int, _ found: inout FieldShapes) {
    guard let time = holds(.time, bytes, start, end) else {
      found.foreignDates = ShapeReader.isForeignDate(bytes, start, end) ? 1 : 0
      return
    }
    found.times = 1
    found.first = time.bits
    found.last = time.bits
    if end - start <= 10 {
      found.days = 1
    } else {
      for offset in (start + 11)..<max(start + 11, end) {
        switch bytes.byte(offset) {
        case 0x5A, 0x7A, 0x2B, 0x2D:
          found.zoned = 1
          return
        default: break
        }
      }
    }
  }

  private func readText(_ bytes: Bytes, _ start: Int, _ end: Int, _ found: inout FieldShapes) {
    var at: Int?
    for offset in start..<end {
      switch bytes.byte(offset) {
      case 0x40: at = at == nil ? offset : -1
      case 0x0A: found.broken = 1
      case 0x2E where (at ?? -1) >= start && offset > (at ?? 0) + 1: found.mails = 1
      case 0x20: at = -1
      default: break
      }
    }
    if at == -1 { found.mails = 0 }
  }

  /// Digits and `/ . -`, `年 月 日` in a form that the loader does not read: `31/12/2026`, `2026.12.31`, `2026年1月3日`.
  private static func isForeignDate(_ bytes: Bytes, _ start: Int, _ end: Int) -> Bool {
    guard end - start >= 6, end - start <= 40 else { return false }
    var (marks, han) = (0, 0)
    for offset in start..<end {
      let byte = bytes.byte(offset)
      if byte == 0x20 || byte == 0x54 { break }
      if byte == 0x2F || byte == 0x2E || byte == 0x2D { marks += 1 }
      // The first byte of 年, 月 and 日.
      if byte == 0xE5 || byte == 0xE6 { han += 1 }
    }
    return marks == 2 || han == 3 && marks == 0 || han == 2 && marks == 0
  }
}
