/// A buffer of CSV that is handed over a chunk at a time.
struct SampleRows {
  /// - Unit: bytes
  static let chunk = 1 << 20
  private(set) var bytes: [UInt8] = []

  init(capacity: Int) { bytes.reserveCapacity(capacity + 4096) }

  var isFull: Bool { bytes.count >= SampleRows.chunk }

  mutating func flush<Failure: Error>(
    _ file: String, _ each: (String, [UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    if bytes.isEmpty { return }
    try each(file, bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func comma() { bytes.append(0x2C) }
  mutating func newline() { bytes.append(0x0A) }
  mutating func literal(_ text: StaticString) {
    // A static string is short; going through String keeps the memory safe.
    bytes.append(contentsOf: text.description.utf8)
  }
  mutating func raw(_ text: [UInt8]) { bytes.append(contentsOf: text) }
  mutating func byte(_ value: UInt8) { bytes.append(value) }

  /// A field as RFC 4180 wants it: quoted where it holds a comma, a quote or a line break.
  mutating func field(_ text: [UInt8]) {
    guard text.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else { return raw(text) }
    byte(0x22)
    for unit in text {
      if unit == 0x22 { byte(0x22) }
      byte(unit)
    }
    byte(0x22)
  }

  /// At least `width` digits.
  mutating func digits(_ value: Int, width: Int) {
    var divisor = 1
    var places = width
    while places > 1 {
      divisor *= 10
      places -= 1
    }
    while value / divisor >= 10 { divisor *= 10 }
    var rest = value
    while divisor > 0 {
      byte(UInt8(truncatingIfNeeded: 0x30 + rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }

  /// Hundredths as a plain decimal without idle zeros: 1990 is `19.9`.
  mutating func hundredths(_ value: Int) {
    if value < 0 { byte(0x2D) }
    let size = abs(value)
    digits(size / 100, width: 1)
    let part = size % 100
    if part == 0 { return }
    byte(0x2E)
    byte(UInt8(truncatingIfNeeded: 0x30 + part / 10))
    if part % 10 != 0 { byte(UInt8(truncatingIfNeeded: 0x30 + part % 10)) }
  }

  /// `2026-03-01 19:30:05`
  mutating func time(_ date: [UInt8], second: Int) {
    raw(date)
    byte(0x20)
    digits(second / 3600, width: 2)
    byte(0x3A)
    digits(second / 60 % 60, width: 2)
    byte(0x3A)
    digits(second % 60, width: 2)
  }
}

/// The days of the sample: their spelling and their weekdays.
struct SampleCalendar {
  /// Members may have joined this many days before the first event.
  static let before = 60
  let startDay: Int32
  private let dates: [[UInt8]]

  init(_ options: SampleOptions) {
    startDay = options.startDay
    let first = startDay - Int32(SampleCalendar.before)
    dates = (0..<(options.days + SampleCalendar.before)).map {
      Array(CivilDate(dayNumber: first + Int32($0)).text.utf8)
    }
  }

  /// - Unit: days since the first one
  func date(_ day: Int) -> [UInt8] { dates[day + SampleCalendar.before] }

  /// Monday is 0. 1970-01-01 was a Thursday.
  func weekday(_ day: Int) -> Int { ((Int(startDay) + day + 3) % 7 + 7) % 7 }
}
