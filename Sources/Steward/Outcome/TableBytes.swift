// The bytes of a CSV table on their way out: RFC 4180 with LF, UTF-8. Digits are appended directly and the text of a day
// is kept, so that a row costs no String.

/// A block of rows under construction.
struct TableBytes {
  private(set) var bytes: [UInt8] = []
  private let calendar: Calendar
  private let forSpreadsheets: Bool
  private var day: Int32?
  private var dayText: [UInt8] = []
  /// The day whose instants are formatted quickly: from `dayStart` up to, not including, `dayEnd`.
  private var dayStart = Int64.max
  private var dayEnd = Int64.min
  private var timeText: [UInt8] = []
  private var timePlace = 0

  /// - Parameter forSpreadsheets: whether texts that a spreadsheet program would take for formulas get an apostrophe.
  init(calendar: Calendar, forSpreadsheets: Bool = false) {
    self.calendar = calendar
    self.forSpreadsheets = forSpreadsheets
    bytes.reserveCapacity(1 << 16)
  }

  @inline(__always)
  mutating func comma() { bytes.append(0x2C) }

  @inline(__always)
  mutating func endRow() { bytes.append(0x0A) }

  /// Bytes that need no quotes, or have them.
  @inline(__always)
  mutating func raw(_ field: [UInt8]) { bytes.append(contentsOf: field) }

  @inline(__always)
  mutating func raw(_ field: ArraySlice<UInt8>) { bytes.append(contentsOf: field) }

  /// A text that needs no quotes.
  @inline(__always)
  mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// A text, in quotes if it must be.
  mutating func text(_ text: String) { TableBytes.append(text, forSpreadsheets: forSpreadsheets, to: &bytes) }

  /// Whether Excel and WPS take a text for a formula.
  private static func isFormula(_ text: String) -> Bool {
    switch text.utf8.first {
    case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D: true
    default: false
    }
  }

  private static func append(_ text: String, forSpreadsheets: Bool, to bytes: inout [UInt8]) {
    append(forSpreadsheets && isFormula(text) ? "'" + text : text, to: &bytes)
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    let needsQuotes = text.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(0x22)
    for byte in text.utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  /// A text as a field.
  static func field(_ text: String, forSpreadsheets: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    append(text, forSpreadsheets: forSpreadsheets, to: &bytes)
    return bytes
  }

  mutating func int(_ value: Int64) {
    if value < 0 { bytes.append(0x2D) }
    let magnitude = value.magnitude
    var digits = 1
    var bound: UInt64 = 10
    while digits < 19, magnitude >= bound {
      digits += 1
      bound &*= 10
    }
    if magnitude >= 10_000_000_000_000_000_000 { digits = 20 }
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0x30, count: digits))
    var rest = magnitude
    var place = start + digits - 1
    while rest > 0 {
      let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10)
      bytes[place] = 0x30 &+ UInt8(truncatingIfNeeded: remainder)
      rest = quotient
      place -= 1
    }
  }

  /// The shortest decimal that reads back.
  mutating func number(_ value: Double) {
    if let whole = Int64(exactly: value), abs(value) < 1e15 {
      int(whole)
    } else {
      NumberText.appendShortest(value, to: &bytes)
    }
  }

  /// `2026-03-05`
  mutating func date(_ day: Int32) {
    if self.day != day {
      self.day = day
      dayText.removeAll(keepingCapacity: true)
      CivilDate(dayNumber: day).appendText(to: &dayText)
    }
    bytes.append(contentsOf: dayText)
  }

  /// As `Calendar.text(ofInstant:)`; within a day without a clock change only the time of day is formatted.
  mutating func time(_ instant: Int64) {
    if instant < dayStart || instant >= dayEnd { enterDay(of: instant) }
    guard instant < dayEnd else {
      calendar.appendText(ofInstant: instant, to: &bytes)
      return
    }
    let (second, micros) = (instant &- dayStart).quotientAndRemainder(dividingBy: 1_000_000)
    guard micros == 0 else {
      calendar.appendText(ofInstant: instant, to: &bytes)
      return
    }
    let (minute, seconds) = second.quotientAndRemainder(dividingBy: 60)
    let (hour, minutes) = minute.quotientAndRemainder(dividingBy: 60)
    bytes.append(contentsOf: timeText)
    let place = bytes.count - timeText.count + timePlace
    put(hour, at: place)
    put(minutes, at: place + 3)
    put(seconds, at: place + 6)
  }

  /// Keeps the text of a day's first instant, and where in it the time of day stands; keeps nothing of a day with a clock
  /// change.
  private mutating func enterDay(of instant: Int64) {
    let day = calendar.day(of: instant)
    dayStart = calendar.start(ofDay: day)
    dayEnd = dayStart &+ Calendar.microsPerDay
    let first = calendar.local(dayStart)
    let last = calendar.local(dayEnd &- 1)
    if first.day != day || last.day != day || first.offset != last.offset || first.micros != 0 || instant < dayStart {
      dayStart = .max
      dayEnd = .min
      return
    }
    timeText.removeAll(keepingCapacity: true)
    calendar.appendText(ofInstant: dayStart, to: &timeText)
    timePlace = (timeText.firstIndex(of: 0x54) ?? 0) + 1
  }

  @inline(__always)
  private mutating func put(_ value: Int64, at place: Int) {
    bytes[place] = 0x30 &+ UInt8(truncatingIfNeeded: value / 10)
    bytes[place + 1] = 0x30 &+ UInt8(truncatingIfNeeded: value % 10)
  }

  mutating func time(_ instant: Int64?) {
    if let instant { time(instant) }
  }

  private static let zeros = [UInt8](repeating: 0x30, count: 24)

  /// The first 96 bits of a hash, as 24 hexadecimal digits.
  mutating func identity(_ hash: AwardIdentity) {
    let start = bytes.count
    bytes.append(contentsOf: TableBytes.zeros)
    hex(hash.low, 8, at: start)
    hex(hash.high, 4, at: start + 16)
  }

  @inline(__always)
  private mutating func hex(_ word: UInt64, _ count: Int, at start: Int) {
    var rest = word
    for index in 0..<count {
      let high = UInt8(truncatingIfNeeded: rest >> 4) & 15
      let low = UInt8(truncatingIfNeeded: rest) & 15
      bytes[start + 2 * index] = high < 10 ? 0x30 &+ high : 0x57 &+ high
      bytes[start + 2 * index + 1] = low < 10 ? 0x30 &+ low : 0x57 &+ low
      rest >>= 8
    }
  }

  /// A duration as ISO 8601 writes it, in days of 24 hours: `P3DT12H30M`.
  mutating func duration(_ micros: Int64) {
    if micros < 0 { bytes.append(0x2D) }
    bytes.append(0x50)
    let total = micros.magnitude
    let days = total / 86_400_000_000
    let seconds = total / 1_000_000 % 86_400
    let rest = total % 1_000_000
    if days > 0 { part(days, 0x44) }
    if seconds > 0 || rest > 0 || days == 0 { bytes.append(0x54) }
    if seconds / 3600 > 0 { part(seconds / 3600, 0x48) }
    if seconds / 60 % 60 > 0 { part(seconds / 60 % 60, 0x4D) }
    if seconds % 60 > 0 || rest > 0 || total == 0 {
      int(Int64(seconds % 60))
      if rest > 0 {
        let digits = String(rest + 1_000_000).dropFirst()
        bytes.append(0x2E)
        bytes.append(contentsOf: digits.utf8)
      }
      bytes.append(0x53)
    }
  }

  private mutating func part(_ value: UInt64, _ unit: UInt8) {
    int(Int64(clamping: value))
    bytes.append(unit)
  }

  mutating func header(_ columns: [String]) {
    for (index, column) in columns.enumerated() {
      if index > 0 { comma() }
      text(column)
    }
    endRow()
  }
}
