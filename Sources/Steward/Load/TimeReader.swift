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
  @inline(__always)
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

  /// Microseconds of `hh:mm:ss` in eight bytes; -1 if it is not one.
  @inline(__always)
  private static func clock(_ text: UInt64) -> Int64 {
    let digits = text &- 0x3030_3A30_303A_3030
    // Every byte must be 0…9 (the colons 0): no high bit before or after adding 0x76 (0x7F to the colons).
    if (digits | (digits &+ 0x7676_7F76_767F_7676)) & 0x8080_8080_8080_8080 != 0 { return -1 }
    let pairs = digits &* 10 &+ (digits &>> 8)
    let hours = Int64(pairs & 0xFF)
    let minutes = Int64((pairs &>> 24) & 0xFF)
    let seconds = Int64((pairs &>> 48) & 0xFF)
    if hours > 23 || minutes > 59 || seconds > 59 { return -1 }
    return ((hours &* 60 &+ minutes) &* 60 &+ seconds) &* 1_000_000
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

  private func general(_ bytes: Bytes, _ start: Int, _ end: Int) -> FieldValue {
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
