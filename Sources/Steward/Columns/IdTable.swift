/// Finds the row of an id by its bytes: open addressing over slots of two words, one cache line a look-up.
///
/// An id of at most 11 bytes lies in its slot, with its length; of a longer one the slot holds the hash, and the bytes
/// are compared where they lie.
struct IdTable: Sendable {
  /// Two words a slot: (first eight bytes or hash), (three more bytes, the length or 255, and the row + 1).
  private(set) var slots: [UInt64] = []
  private var mask = 0
  /// What is left of a product's bits are as many as the mask has.
  private var shift: UInt64 = 63
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// Where ids are one prefix and an ascending number, as `m0000042`; then nothing else is kept.
  private let numbered: NumberedIds?
  let count: Int

  /// - Shape: ids by row; of equal ids the first counts.
  init(_ ids: [String]) {
    count = ids.count
    var bytes: [UInt8] = []
    var ends: [Int] = []
    ends.reserveCapacity(ids.count)
    bytes.reserveCapacity(ids.count * 9)
    for id in ids {
      bytes.append(contentsOf: id.utf8)
      ends.append(bytes.count)
    }
    numbered = NumberedIds(bytes.span, ends.span)
    if numbered != nil { return }
    // A small table is made large, so that nearly every id stands in its own place.
    var capacity = 16
    while capacity < ids.count * (ids.count < 100 ? 32 : 2) { capacity *= 2 }
    slots = Array(repeating: 0, count: capacity * 2)
    mask = capacity - 1
    shift = UInt64(64 - capacity.trailingZeroBitCount)
    var start = 0
    for (row, end) in ends.enumerated() {
      let key = IdTable.key(bytes.span, start, count: end - start, shift)
      var place = Int(truncatingIfNeeded: key.hash) & mask
      while slots[place * 2 + 1] != 0 { place = (place &+ 1) & mask }
      slots[place * 2] = key.low
      slots[place * 2 + 1] = key.high | UInt64(truncatingIfNeeded: row &+ 1)
      start = end
    }
    (self.bytes, self.ends) = (bytes, ends)
  }

  /// What a slot holds of an id, but for the row: its two words, and the hash.
  @inline(__always)
  private static func key(
    _ source: Bytes, _ start: Int, count: Int, _ shift: UInt64
  ) -> (low: UInt64, high: UInt64, hash: UInt64) {
    if count <= 8 {
      let low = source.word(start, count: count)
      let tag = UInt64(truncatingIfNeeded: count) &<< 24
      return (low, tag &<< 32, IdTable.hash(low, tag, shift))
    }
    if count <= 11 {
      let low = source.word(start, count: count)
      let rest = source.word(start &+ 8, count: count &- 8)
      let tag = rest | UInt64(truncatingIfNeeded: count) &<< 24
      return (low, tag &<< 32, ByteHash.mix(low ^ ByteHash.first, tag ^ ByteHash.second))
    }
    let hash = ByteHash.hash(source, start, count: count)
    return (hash, 0xFF00_0000 &<< 32, hash)
  }

  /// The hash of an id of at most eight bytes and of what tells its length: the highest bits of a product, which alone
  /// depend on all bits of both. Source: Knuth, The Art of Computer Programming, volume 3, section 6.4.
  @inline(__always)
  private static func hash(_ low: UInt64, _ tag: UInt64, _ shift: UInt64) -> UInt64 {
    ((low ^ tag) &* ByteHash.first) &>> shift
  }

  /// The row of the id at those bytes, -1 if there is none.
  func row(_ source: Bytes, _ start: Int, count: Int) -> Int {
    if let numbered { return numbered.row(source, start, count: count) }
    return hashedRow(source, start, count: count)
  }

  private func hashedRow(_ source: Bytes, _ start: Int, count: Int) -> Int {
    let key = IdTable.key(source, start, count: count, shift)
    var place = Int(truncatingIfNeeded: key.hash) & mask
    while true {
      let high = slots[place &* 2 &+ 1]
      if high == 0 { return -1 }
      if slots[place &* 2] == key.low, (high ^ key.high) &>> 32 == 0 {
        let row = Int(truncatingIfNeeded: high & 0xFFFF_FFFF) &- 1
        if count <= 11 || holds(row, source, start, count: count) { return row }
      }
      place = (place &+ 1) & mask
    }
  }

  /// The rows of the ids in a column of fields, each its start in the lower half and its end in the upper.
  ///
  /// - Shape: `fields[first]`, `fields[first + 2^shift]`, …; -1 where there is no such id.
  /// - Cost: ids of at most 8 bytes wait for memory together.
  func rows(
    _ source: Bytes, _ fields: Swift.Span<UInt64>, first: Int, shift: Int, into rows: inout MutableSpan<Int32>,
    count: Int
  ) {
    if let numbered { return numbered.rows(source, fields, first: first, shift: shift, into: &rows, count: count) }
    let slots = slots.span
    let (mask, wordMask, bits) = (mask, 2 &* mask &+ 1, self.shift)
    for place in 0..<count {
      let field = fields[place &<< shift &+ first]
      let start = Int(truncatingIfNeeded: field & 0xFFFF_FFFF)
      let length = Int(truncatingIfNeeded: field &>> 32) &- start
      guard length > 0, length <= 8 else {
        rows[place] = Int32(truncatingIfNeeded: hashedRow(source, start, count: length))
        continue
      }
      let low = source.word(start) & (.max &>> UInt64(truncatingIfNeeded: (8 &- length) &* 8))
      let tag = UInt64(truncatingIfNeeded: length) &<< 24
      var slot = Int(truncatingIfNeeded: IdTable.hash(low, tag, bits)) & mask
      var found: Int32 = -1
      while true {
        let high = slots.at(2 &* slot &+ 1, mask: wordMask)
        if high &>> 32 == tag, slots.at(2 &* slot, mask: wordMask) == low {
          found = Int32(truncatingIfNeeded: high & 0xFFFF_FFFF) &- 1
          break
        }
        if high == 0 { break }
        slot = (slot &+ 1) & mask
      }
      rows[place] = found
    }
  }

  private func holds(_ row: Int, _ source: Bytes, _ start: Int, count: Int) -> Bool {
    let from = row == 0 ? 0 : ends[row - 1]
    return ends[row] - from == count && bytes.span.equals(from, source, start, count: count)
  }
}
