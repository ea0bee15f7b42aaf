// GB18030, the encoding of Chinese spreadsheets, with its parts GBK and GB 2312. Its characters are of one, two or four bytes;
// comma, tab, quote and line breaks never occur inside one, so rows are found in it as in UTF-8.
//
// Source: GB 18030-2022, the structure of its codes. Four-byte codes up to 0x8431A439 are those of the first plane that have
// none of two bytes, in order; from 0x90308130 on they are all planes beyond it, without gaps.

/// What the codes of GB18030 stand for, as the host's tables have it.
public struct GB18030: Sendable {
  /// By (first byte - 0x81) × 190 + place of the second: the scalar value, 0 where there is none.
  private let pairs: [UInt16]
  /// By the number of the four-byte code: likewise.
  private let quads: [UInt16]

  /// How many codes of two bytes there are, and of four bytes in the first plane.
  public static let pairCount = 126 * 190
  public static let quadCount = 39_420
  /// A byte that no UTF-8 text has: it stands where no character could be told.
  static let bad: UInt8 = 0xFF

  /// - Shape: scalar values of the first plane by number of the code, 0 where there is none.
  public init?(pairs: [UInt16], quads: [UInt16]) {
    guard pairs.count == GB18030.pairCount, quads.count == GB18030.quadCount else { return nil }
    self.pairs = pairs
    self.quads = quads
  }

  /// The bytes of a code of two bytes by its number.
  public static func pair(_ number: Int) -> [UInt8] {
    let trail = number % 190
    return [
      UInt8(truncatingIfNeeded: 0x81 + number / 190), UInt8(truncatingIfNeeded: trail + (trail < 63 ? 0x40 : 0x41)),
    ]
  }

  /// The bytes of a code of four bytes by its number.
  public static func quad(_ number: Int) -> [UInt8] {
    [
      UInt8(truncatingIfNeeded: 0x81 + number / 12_600), UInt8(truncatingIfNeeded: 0x30 + number / 1260 % 10),
      UInt8(truncatingIfNeeded: 0x81 + number / 10 % 126), UInt8(truncatingIfNeeded: 0x30 + number % 10),
    ]
  }

  /// The length of the well-formed code that begins with a byte from 0x80 on; 0 if there is none.
  @inline(__always)
  static func length(_ bytes: Bytes, _ offset: Int, _ end: Int) -> Int {
    let first = bytes.byte(offset)
    guard first >= 0x81, first <= 0xFE, offset &+ 1 < end else { return 0 }
    let second = bytes.byte(offset &+ 1)
    if second >= 0x40 { return second != 0x7F && second != 0xFF ? 2 : 0 }
    guard second >= 0x30, second <= 0x39, offset &+ 3 < end else { return 0 }
    let third = bytes.byte(offset &+ 2)
    let fourth = bytes.byte(offset &+ 3)
    return third >= 0x81 && third <= 0xFE && fourth >= 0x30 && fourth <= 0x39 ? 4 : 0
  }

  /// Appends bytes as UTF-8; what is no character becomes one bad byte.
  func decode(_ bytes: Bytes, _ start: Int, _ end: Int, into text: inout [UInt8]) {
    var offset = start
    while offset < end {
      let byte = bytes.byte(offset)
      if byte < 0x80 {
        text.append(byte)
        offset &+= 1
        continue
      }
      let length = GB18030.length(bytes, offset, end)
      let value = length == 2 ? pair(bytes, offset) : length == 4 ? quad(bytes, offset) : 0
      if value == 0 { text.append(GB18030.bad) } else { UTF16Decoder.append(value, to: &text) }
      offset &+= max(1, length)
    }
  }

  @inline(__always)
  private func pair(_ bytes: Bytes, _ offset: Int) -> UInt32 {
    let second = Int(bytes.byte(offset &+ 1))
    let index = (Int(bytes.byte(offset)) &- 0x81) &* 190 &+ second &- (second < 0x7F ? 0x40 : 0x41)
    return pairs.indices.contains(index) ? UInt32(pairs[index]) : 0
  }

  private func quad(_ bytes: Bytes, _ offset: Int) -> UInt32 {
    let number =
      ((Int(bytes.byte(offset)) - 0x81) * 10 + Int(bytes.byte(offset + 1)) - 0x30) * 1260
      + (Int(bytes.byte(offset + 2)) - 0x81) * 10 + Int(bytes.byte(offset + 3)) - 0x30
    if quads.indices.contains(number) { return UInt32(quads[number]) }
    // 0x90308130 is the first code beyond the first plane.
    let value = number - 15 * 12_600 + 0x10000
    return value >= 0x10000 && value <= 0x10FFFF ? UInt32(value) : 0
  }
}
