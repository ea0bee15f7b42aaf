/// Ids that are one prefix and a number of fixed width, as `m0000042`: the number is the place in a table of rows, four
/// bytes a number, where a hash table would wait for memory.
struct NumberedIds: Sendable {
  private let length: Int
  private let prefixLength: Int
  private let prefix: UInt64
  private let least: Int
  /// The row of each number from `least` on, -1 where no id has it.
  private let rowOfNumber: [Int32]

  /// - Missing: nil unless all ids are of that form, at most 8 bytes of prefix and 8 digits, and the numbers are dense.
  init?(_ ids: [String]) {
    guard ids.count > 1, let firstId = ids.first else { return nil }
    let first = Array(firstId.utf8)
    var common = first.count
    for id in ids {
      guard id.utf8.count == first.count else { return nil }
      var same = 0
      for (a, b) in zip(first, id.utf8) {
        if a != b || same >= common { break }
        same += 1
      }
      common = min(common, same)
    }
    let digits = first.count - common
    guard (1...8).contains(digits), common <= 8 else { return nil }
    var numbers: [Int] = []
    numbers.reserveCapacity(ids.count)
    for id in ids {
      var number = 0
      for byte in id.utf8.suffix(digits) {
        guard (0x30...0x39).contains(byte) else { return nil }
        number = number * 10 + Int(byte) - 0x30
      }
      numbers.append(number)
    }
    guard let least = numbers.min(), let most = numbers.max(), most - least < 4 * ids.count + 4096 else { return nil }
    var rows = [Int32](repeating: -1, count: most - least + 1)
    for (row, number) in numbers.enumerated() where rows[number - least] < 0 {
      rows[number - least] = Int32(truncatingIfNeeded: row)
    }
    length = first.count
    prefixLength = common
    prefix = first.prefix(common).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    self.least = least
    rowOfNumber = rows
  }

  /// As `IdTable.rows`.
  func rows(
    _ source: Bytes, _ fields: Swift.Span<UInt64>, first: Int, stride: Int, into rows: inout MutableSpan<Int32>,
    count: Int
  ) {
    let table = rowOfNumber.span
    let digits = length &- prefixLength
    let unused = UInt64(truncatingIfNeeded: (8 &- digits) &* 8)
    let zeros = ((0x3030_3030_3030_3030 as UInt64) &>> unused) &<< unused
    var index = first
    for place in 0..<count {
      let start = Int(truncatingIfNeeded: fields[index] & 0xFFFF_FFFF)
      let end = Int(truncatingIfNeeded: fields[index] &>> 32)
      index &+= stride
      var found: Int32 = -1
      if end &- start == length, source.word(start, count: prefixLength) == prefix {
        // The digits stand in the upper bytes, the last one highest; the bytes below are zeros.
        let word = (source.word(start &+ prefixLength, count: digits) &<< unused) ^ zeros
        if (word | (word &+ 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 == 0 {
          let number = NumberedIds.number(word) &- least
          if table.indices.contains(number) { found = table[number] }
        }
      }
      rows[place] = found
    }
  }

  /// The number of eight digits, a byte each, the first one lowest: pairs, fours, then all of them added up at once.
  @inline(__always)
  private static func number(_ digits: UInt64) -> Int {
    let pairs = (digits &* 10 &+ (digits &>> 8)) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ (pairs &>> 16)) & 0x0000_FFFF_0000_FFFF
    return Int(truncatingIfNeeded: (fours &* 10_000 &+ (fours &>> 32)) & 0xFFFF_FFFF)
  }
}
