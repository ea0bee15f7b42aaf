/// Reads dates and times, and keeps what it learnt of the last date: in a log the next row often has it too.
struct TimeReader: Sendable {
  private let calendar: Calendar
  /// The ten bytes of the last date and its day.
  private var dateLow: UInt64 = 0
  private var dateHigh: UInt64 = 0
  private var utcMidnight: Int64 = 0
  private var day: Int32 = 0
  /// Local midnight, if that day has 24 hours of one offset.
  private var localMidnight: Int64?

  /// Times must lie in these years, so that an event's word can hold them.
  static let years = 1600...2599
  /// 1600-01-01, what event words count from while a file is read. - Unit: microseconds since 1970-01-01.
  static let epoch = Int64(-135_140) * Calendar.microsPerDay

  init(_ calendar: Calendar) { self.calendar = calendar }

  /// An instant: `2026-03-01T09:00:00Z`, `…+08:00`, `2026-03-01 09:00[:00[.000000]]` or `2026/3/1 9:00` in the
  /// community's time zone, or a date, which is its first instant.
  mutating func time(_ bytes: Bytes, _ start: Int, _ end: Int) -> FieldValue {
    if end &- start == 20 || end &- start == 19 {
      let low = bytes.word(start)
      let high = bytes.word(start &+ 8) & 0xFFFF
      if low != dateLow || high != dateHigh { learn(bytes, start, low, high) }
      let micros = TimeReader.clock(bytes.word(start &+ 11))
      let separator = bytes.byte(start &+ 10)
      if dateLow != 0, micros >= 0, separator == 0x54 || separator == 0x20 {
        if end &- start == 19 {
          if let localMidnight { return FieldValue(bits: localMidnight &+ micros) }
        } else if bytes.byte(start &+ 19) == 0x5A {
          return FieldValue(bits: utcMidnight &+ micros)
        }
      }
    }
    return general(bytes, start, end)
  }

  /// The instants in a column of fields, each its start in the lower half and its end in the upper.
  ///
  /// - Unit: as `RowTime`; all ones where an instant cannot be read or held.
  mutating func instants(
    _ bytes: Bytes, _ fields: Swift.Span<UInt64>, first: Int, shift: Int, into instants: inout MutableSpan<UInt64>,
    count: Int
  ) {
    // Of the last date, with `T` or a space behind it; `…Z` has twenty bytes, local time nineteen.
    var (low, high) = (dateLow, dateHigh)
    var (utc, local, localLength) = midnights()
    for row in 0..<count {
      let field = fields[row &<< shift &+ first]
      let start = Int(truncatingIfNeeded: field & 0xFFFF_FFFF)
      let length = Int(truncatingIfNeeded: field &>> 32) &- start
      let (date, middle, last) = bytes.twentyBytes(start)
      let separator = middle &>> 16 & 0xFF
      let seconds = TimeReader.seconds(last &<< 8 | (middle &>> 24 & 0xFF))
      let isUTC = length == 20 && last &>> 56 == 0x5A
      if isUTC || length == localLength, low != 0, date == low, middle & 0xFFFF == high,
        separator == 0x54 || separator == 0x20, seconds >= 0
      {
        instants[row] = UInt64(bitPattern: (isUTC ? utc : local) &+ seconds) &<< RowTime.fractionBits
        continue
      }
      let time = time(bytes, start, start &+ length)
      let bits = UInt64(bitPattern: time.bits &- TimeReader.epoch)
      if case .value = time.outcome, bits < 1 << 55 {
        instants[row] = RowTime.packed(bits)
      } else {
        instants[row] = .max
      }
      (low, high) = (dateLow, dateHigh)
      (utc, local, localLength) = midnights()
    }
  }

  /// The last date's first second in UTC, and in the community's time zone, where times have so many bytes.
  private func midnights() -> (utc: Int64, local: Int64, localLength: Int) {
    let utc = (utcMidnight &- TimeReader.epoch) / 1_000_000
    // Offsets are whole seconds.
    guard let localMidnight, localMidnight >= TimeReader.epoch else { return (utc, 0, -1) }
    return (utc, (localMidnight &- TimeReader.epoch) / 1_000_000, 19)
  }

  /// Microseconds of `hh:mm:ss` in eight bytes; -1 if it is not one.
  @inline(__always)
  private static func clock(_ text: UInt64) -> Int64 {
    let seconds = seconds(text)
    return seconds < 0 ? -1 : seconds &* 1_000_000
  }

  /// Seconds of `hh:mm:ss` in eight bytes; -1 if it is not one.
  @inline(__always)
  private static func seconds(_ text: UInt64) -> Int64 {
    let digits = text &- 0x3030_3A30_303A_3030
    // Every byte must be 0…9 (the colons 0): no high bit before or after adding 0x76 (0x7F to the colons).
    if (digits | (digits &+ 0x7676_7F76_767F_7676)) & 0x8080_8080_8080_8080 != 0 { return -1 }
    let pairs = digits &* 10 &+ (digits &>> 8)
    let hours = Int64(pairs & 0xFF)
    let minutes = Int64((pairs &>> 24) & 0xFF)
    let seconds = Int64((pairs &>> 48) & 0xFF)
    if hours > 23 || minutes > 59 || seconds > 59 { return -1 }
    return (hours &* 60 &+ minutes) &* 60 &+ seconds
  }

  /// Takes in a date of ten bytes, or forgets the last one.
  private mutating func learn(_ bytes: Bytes, _ start: Int, _ low: UInt64, _ high: UInt64) {
    dateLow = 0
    guard let written = WrittenTime.parse(bytes, start, start + 10), written.micros == nil,
      TimeReader.years.contains(written.date.year)
    else { return }
    day = written.date.dayNumber
    utcMidnight = Int64(day) * Calendar.microsPerDay
    let first = calendar.start(ofDay: day)
    let last = calendar.end(ofDay: day)
    let isPlain =
      last - first == Calendar.microsPerDay - 1
      && calendar.local(first).offset == calendar.local(last).offset
    localMidnight = isPlain ? first : nil
    dateLow = low
    dateHigh = high
  }

  private mutating func general(_ bytes: Bytes, _ start: Int, _ end: Int) -> FieldValue {
    guard let written = WrittenTime.parse(bytes, start, end) else { return .fault(.time) }
    guard TimeReader.years.contains(written.date.year) else { return .fault(.timeRange) }
    let day = written.date.dayNumber
    guard let micros = written.micros else { return FieldValue(bits: calendar.start(ofDay: day)) }
    if let offset = written.offset {
      return FieldValue(bits: Int64(day) * Calendar.microsPerDay + micros - offset)
    }
    return FieldValue(bits: calendar.instant(day: day, micros: micros))
  }

  /// A day: a date as above, or the day of a time.
  mutating func date(_ bytes: Bytes, _ start: Int, _ end: Int) -> FieldValue {
    if end &- start == 10 {
      let low = bytes.word(start)
      let high = bytes.word(start &+ 8) & 0xFFFF
      if low != dateLow || high != dateHigh { learn(bytes, start, low, high) }
      if dateLow != 0 { return FieldValue(bits: Int64(day)) }
    }
    guard let written = WrittenTime.parse(bytes, start, end) else { return .fault(.date) }
    guard TimeReader.years.contains(written.date.year) else { return .fault(.timeRange) }
    let day = written.date.dayNumber
    guard let micros = written.micros, let offset = written.offset else { return FieldValue(bits: Int64(day)) }
    return FieldValue(bits: Int64(calendar.day(of: Int64(day) * Calendar.microsPerDay + micros - offset)))
  }
}

/// The instant of a row on its way: seconds since `TimeReader.epoch`, and microseconds of the second in the lower bits.
enum RowTime {
  static let fractionBits: UInt64 = 20

  /// - Unit: microseconds since `TimeReader.epoch`.
  @inline(__always)
  static func packed(_ micros: UInt64) -> UInt64 {
    let (seconds, fraction) = micros.quotientAndRemainder(dividingBy: 1_000_000)
    return seconds &<< fractionBits | fraction
  }

  /// - Unit: microseconds since `TimeReader.epoch`.
  @inline(__always)
  static func micros(_ packed: UInt64) -> UInt64 {
    (packed &>> fractionBits) &* 1_000_000 &+ (packed & ((1 &<< fractionBits) &- 1))
  }
}
