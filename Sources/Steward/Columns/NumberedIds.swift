/// Ids that are one prefix and a number of fixed width, as `m0000042`, and ascend: a bit says whether there is such an id,
/// and the number of bits before it is its row. The table lies in the cache where a hash table would wait for memory.
struct NumberedIds: Sendable {
  private let length: Int
  private let prefix: UInt64
  /// The bytes of a word that hold the prefix, and those that hold the digits.
  private let prefixMask: UInt64
  private let digitMask: UInt64
  private let least: Int
  /// For each 32 numbers from `least` on: in the lower half a bit for each that is an id's, in the upper half how many
  /// ids come before.
  private let words: [UInt64]
  /// How many numbers there are from `least` on, if each is an id's: then it is its row.
  private let dense: Int?

  /// - Shape: ids one behind the other, and where each ends.
  /// - Missing: nil unless all ids are of that form, with at most 8 bytes of prefix and 8 digits, and the numbers ascend
  ///   and lie close enough together.
  init?(_ bytes: Bytes, _ ends: Swift.Span<Int>) {
    guard ends.count > 1 else { return nil }
    let length = ends[0]
    guard length > 0, ends[ends.count - 1] == length * ends.count else { return nil }
    let lastStart = bytes.count - length
    var common = 0
    // Of texts that ascend, what the first and the last have in common all have.
    while common < length, bytes.byte(common) == bytes.byte(lastStart + common) { common += 1 }
    guard (1...8).contains(length - common), common <= 8 else { return nil }
    self.length = length
    prefix = bytes.word(0, count: common)
    prefixMask = common == 8 ? .max : (1 << UInt64(common * 8)) - 1
    digitMask = NumberedIds.digitMask(length - common)
    guard let least = NumberedIds.number(bytes, length, digits: length - common),
      let most = NumberedIds.number(bytes, bytes.count, digits: length - common), most > least,
      most - least < 64 * ends.count + 4096
    else { return nil }
    self.least = least
    var words = [UInt64](repeating: 0, count: (most - least) / 32 + 1)
    var before = -1
    for row in ends.indices {
      guard ends[row] == length * (row + 1), bytes.word(ends[row] - length, count: common) == prefix,
        let number = NumberedIds.number(bytes, ends[row], digits: length - common), number > before, number <= most
      else { return nil }
      before = number
      words[(number - least) / 32] |= 1 << UInt64((number - least) % 32)
    }
    var count: UInt64 = 0
    for index in words.indices {
      let bits = words[index]
      words[index] |= count << 32
      count += UInt64(bits.nonzeroBitCount)
    }
    self.words = words
    dense = most - least + 1 == ends.count ? ends.count : nil
  }

  /// As `IdTable.row`.
  func row(_ source: Bytes, _ start: Int, count: Int) -> Int { row(source, start, start &+ count, words.span) }

  /// As `IdTable.rows`.
  func rows(
    _ source: Bytes, _ fields: Swift.Span<UInt64>, first: Int, shift: Int, into rows: inout MutableSpan<Int32>,
    count: Int
  ) {
    if let dense { return denseRows(source, fields, first: first, shift: shift, into: &rows, count: count, of: dense) }
    let table = words.span
    for place in 0..<count {
      let field = fields[place &<< shift &+ first]
      let start = Int(truncatingIfNeeded: field & 0xFFFF_FFFF)
      let end = Int(truncatingIfNeeded: field &>> 32)
      rows[place] = Int32(truncatingIfNeeded: row(source, start, end, table))
    }
  }

  private func denseRows(
    _ source: Bytes, _ fields: Swift.Span<UInt64>, first: Int, shift: Int, into rows: inout MutableSpan<Int32>,
    count: Int,
    of dense: Int
  ) {
    for place in 0..<count {
      let field = fields[place &<< shift &+ first]
      let number = number(source, Int(truncatingIfNeeded: field & 0xFFFF_FFFF), Int(truncatingIfNeeded: field &>> 32))
      let row = number &- least
      rows[place] = number >= 0 && row >= 0 && row < dense ? Int32(truncatingIfNeeded: row) : -1
    }
  }

  /// The number of an id; -1 if it has not the form.
  @inline(__always)
  private func number(_ source: Bytes, _ start: Int, _ end: Int) -> Int {
    let last = source.word(end &- 8)
    // Of at most eight bytes all are in the last word, the prefix below the digits.
    let front = length <= 8 ? last &>> UInt64(truncatingIfNeeded: (8 &- length) &* 8) : source.word(start)
    guard end &- start == length, front & prefixMask == prefix,
      let number = NumberedIds.number(last, digitMask: digitMask)
    else { return -1 }
    return number
  }

  @inline(__always)
  private func row(_ source: Bytes, _ start: Int, _ end: Int, _ table: Swift.Span<UInt64>) -> Int {
    let number = number(source, start, end)
    let place = number &- least
    guard number >= 0, place >= 0, table.indices.contains(place &>> 5) else { return -1 }
    let word = table[place &>> 5]
    let bit = 1 &<< UInt64(truncatingIfNeeded: place & 31)
    if word & bit == 0 { return -1 }
    let before = UInt32(truncatingIfNeeded: word & (bit &- 1)).nonzeroBitCount
    return Int(truncatingIfNeeded: word &>> 32) &+ before
  }

  /// The number of so many digits before an offset. - Missing: they are not all digits.
  private static func number(_ source: Bytes, _ end: Int, digits: Int) -> Int? {
    number(source.word(end &- 8), digitMask: digitMask(digits))
  }

  /// The upper bytes of a word, as many as there are digits.
  private static func digitMask(_ digits: Int) -> UInt64 {
    UInt64.max &<< UInt64(truncatingIfNeeded: (8 &- digits) &* 8)
  }

  /// The number whose digits stand in the upper bytes of a word, the last one highest. - Missing: they are not all digits.
  @inline(__always)
  private static func number(_ text: UInt64, digitMask: UInt64) -> Int? {
    // The bytes below become zeros.
    let word = (text ^ 0x3030_3030_3030_3030) & digitMask
    if (word | (word &+ 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 != 0 { return nil }
    let pairs = (word &* 10 &+ (word &>> 8)) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ (pairs &>> 16)) & 0x0000_FFFF_0000_FFFF
    return Int(truncatingIfNeeded: (fours &* 10_000 &+ (fours &>> 32)) & 0xFFFF_FFFF)
  }
}
