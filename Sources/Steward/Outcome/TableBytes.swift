// The bytes of a CSV table on their way out: RFC 4180 with LF, UTF-8. Digits are appended directly and the text of an
// instant is kept, so that a row costs no String.

/// A table under construction, handed on in chunks of about 1 MB.
struct TableBytes {
  static let chunk = 1 << 20

  private(set) var bytes: [UInt8] = []
  private let calendar: Calendar
  private var day: Int32?
  private var dayText: [UInt8] = []
  private var instant: Int64?
  private var instantText: [UInt8] = []

  init(calendar: Calendar) {
    self.calendar = calendar
    bytes.reserveCapacity(TableBytes.chunk + (1 << 14))
  }

  var isFull: Bool { bytes.count >= TableBytes.chunk }

  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

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
  mutating func text(_ text: String) { TableBytes.append(text, to: &bytes) }

  static func append(_ text: String, to bytes: inout [UInt8]) {
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
  static func field(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    append(text, to: &bytes)
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
    if let whole = Int64(exactly: value), abs(value) < 1e15 { int(whole) } else { NumberText.appendShortest(value, to: &bytes) }
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

  /// As `Calendar.text(ofInstant:)`; equal neighbours are formatted once.
  mutating func time(_ instant: Int64) {
    if instant != self.instant {
      self.instant = instant
      instantText.removeAll(keepingCapacity: true)
      calendar.appendText(ofInstant: instant, to: &instantText)
    }
    bytes.append(contentsOf: instantText)
  }

  mutating func time(_ instant: Int64?) {
    if let instant { time(instant) }
  }

  /// The first 96 bits of a hash, as 24 hexadecimal digits.
  mutating func identity(_ hash: AwardIdentity) {
    func hex(_ word: UInt64, _ count: Int, _ bytes: inout [UInt8]) {
      for index in 0..<count {
        let byte = UInt8(truncatingIfNeeded: word >> (8 * UInt64(index)))
        let high = byte >> 4
        let low = byte & 15
        bytes.append(high < 10 ? 0x30 &+ high : 0x57 &+ high)
        bytes.append(low < 10 ? 0x30 &+ low : 0x57 &+ low)
      }
    }
    hex(hash.low, 8, &bytes)
    hex(hash.high, 4, &bytes)
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
