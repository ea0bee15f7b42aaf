/// A date, perhaps with a time and an offset, as written.
struct WrittenTime {
  var date: CivilDate
  /// Since midnight. - Missing: a date alone.
  var micros: Int64?
  /// East of UTC. - Unit: microseconds. - Missing: a local time.
  var offset: Int64?

  /// Reads `2026-03-05` or `2026/3/5`, then perhaps `T` or spaces and `9:00[:00[.000000]]`, then perhaps `Z` or
  /// `+08:00`.
  /// - Missing: nil if it is anything else.
  static func parse(_ bytes: Bytes, _ start: Int, _ end: Int) -> WrittenTime? {
    var cursor = Cursor(offset: start, end: end)
    guard let date = date(bytes, &cursor) else { return nil }
    var written = WrittenTime(date: date)
    if cursor.isAtEnd { return written }
    if !cursor.take(bytes, 0x54), !cursor.take(bytes, 0x74), !cursor.take(bytes, 0x20) { return nil }
    while cursor.take(bytes, 0x20) {}
    guard let micros = clock(bytes, &cursor) else { return nil }
    written.micros = micros
    while cursor.take(bytes, 0x20) {}
    if cursor.isAtEnd { return written }
    guard let offset = offset(bytes, &cursor), cursor.isAtEnd else { return nil }
    written.offset = offset
    return written
  }

  private struct Cursor {
    var offset: Int
    let end: Int
    var isAtEnd: Bool { offset >= end }

    mutating func take(_ bytes: Bytes, _ byte: UInt8) -> Bool {
      guard offset < end, bytes.byte(offset) == byte else { return false }
      offset += 1
      return true
    }

    /// A number of at least `least` and at most `most` digits.
    mutating func digits(_ bytes: Bytes, _ least: Int, _ most: Int) -> Int? {
      var value = 0
      var count = 0
      while count < most, offset < end, bytes.byte(offset) &- 0x30 <= 9 {
        value = value * 10 + Int(bytes.byte(offset) &- 0x30)
        offset += 1
        count += 1
      }
      return count >= least ? value : nil
    }
  }

  private static func date(_ bytes: Bytes, _ cursor: inout Cursor) -> CivilDate? {
    guard let year = cursor.digits(bytes, 4, 4) else { return nil }
    let separator = bytes.byte(cursor.offset)
    guard separator == 0x2D || separator == 0x2F, cursor.take(bytes, separator),
      let month = cursor.digits(bytes, 1, 2), cursor.take(bytes, separator), let day = cursor.digits(bytes, 1, 2)
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  private static func clock(_ bytes: Bytes, _ cursor: inout Cursor) -> Int64? {
    guard let hour = cursor.digits(bytes, 1, 2), hour <= 23, cursor.take(bytes, 0x3A),
      let minute = cursor.digits(bytes, 2, 2), minute <= 59
    else { return nil }
    var micros = Int64(hour * 3600 + minute * 60) * 1_000_000
    guard cursor.take(bytes, 0x3A) else { return micros }
    guard let second = cursor.digits(bytes, 2, 2), second <= 59 else { return nil }
    micros += Int64(second) * 1_000_000
    guard cursor.take(bytes, 0x2E) else { return micros }
    let first = cursor.offset
    guard var fraction = cursor.digits(bytes, 1, 6) else { return nil }
    for _ in (cursor.offset - first)..<6 { fraction *= 10 }
    // What lies below a microsecond is dropped.
    _ = cursor.digits(bytes, 0, 6)
    return micros + Int64(fraction)
  }

  private static func offset(_ bytes: Bytes, _ cursor: inout Cursor) -> Int64? {
    if cursor.take(bytes, 0x5A) || cursor.take(bytes, 0x7A) { return 0 }
    let isWest = cursor.take(bytes, 0x2D)
    guard isWest || cursor.take(bytes, 0x2B), let hours = cursor.digits(bytes, 2, 2), hours <= 23 else { return nil }
    let hasColon = cursor.take(bytes, 0x3A)
    var minutes = 0
    if hasColon || !cursor.isAtEnd {
      guard let written = cursor.digits(bytes, 2, 2), written <= 59 else { return nil }
      minutes = written
    }
    let micros = Int64(hours * 60 + minutes) * 60_000_000
    return isWest ? -micros : micros
  }
}
