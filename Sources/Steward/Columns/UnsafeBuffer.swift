// The unsafe code of this folder: reads of whole words from bytes, and arrays that several work items fill at once.
// Every primitive here is total or checked, so that no caller can read or write outside what it was given.

/// Bytes of a file or of texts.
typealias Bytes = Swift.Span<UInt8>

extension Bytes {
  /// The byte at an offset; 0 outside.
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 {
    guard UInt(bitPattern: offset) < UInt(bitPattern: self.count) else { return 0 }
    return unsafe self[unchecked: offset]
  }

  /// The eight bytes from an offset, the first one lowest; bytes outside read as 0.
  @inline(__always)
  func word(_ offset: Int) -> UInt64 {
    // A negative offset wraps to a huge one; fewer than eight bytes left take the slow way.
    guard UInt(bitPattern: offset) < UInt(bitPattern: self.count), self.count &- offset >= 8 else {
      return wordAtEdge(offset)
    }
    return UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
  }

  @inline(never)
  private func wordAtEdge(_ offset: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<8 { word |= UInt64(byte(offset &+ index)) &<< UInt64(index &* 8) }
    return word
  }

  /// Up to eight bytes from an offset, those beyond `count` as 0.
  @inline(__always)
  func word(_ offset: Int, count: Int) -> UInt64 {
    if count >= 8 { return word(offset) }
    return word(offset) & ((1 &<< UInt64(truncatingIfNeeded: max(0, count) &* 8)) &- 1)
  }

  /// Whether two stretches hold the same bytes.
  @inline(__always)
  func equals(_ offset: Int, _ other: Bytes, _ otherOffset: Int, count: Int) -> Bool {
    var done = 0
    while done &+ 8 <= count {
      if word(offset &+ done) != other.word(otherOffset &+ done) { return false }
      done &+= 8
    }
    return word(offset &+ done, count: count &- done) == other.word(otherOffset &+ done, count: count &- done)
  }
}

extension Bytes {
  /// The four words from an offset; bytes outside read as 0.
  @inline(__always)
  func fourWords(_ offset: Int) -> (UInt64, UInt64, UInt64, UInt64) {
    guard offset >= 0, self.count &- offset >= 32 else {
      return (word(offset), word(offset &+ 8), word(offset &+ 16), word(offset &+ 24))
    }
    let words = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: SIMD4<UInt64>.self)
    return (
      UInt64(littleEndian: words[0]), UInt64(littleEndian: words[1]), UInt64(littleEndian: words[2]),
      UInt64(littleEndian: words[3])
    )
  }
}

extension Bytes {
  /// The words at an offset, 8 and 12 bytes behind it, together twenty bytes; bytes outside read as 0.
  @inline(__always)
  func twentyBytes(_ offset: Int) -> (UInt64, UInt64, UInt64) {
    guard offset >= 0, self.count &- offset >= 20 else {
      return (word(offset), word(offset &+ 8), word(offset &+ 12))
    }
    let first = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
    let second = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset &+ 8, as: UInt64.self)
    let third = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset &+ 12, as: UInt64.self)
    return (UInt64(littleEndian: first), UInt64(littleEndian: second), UInt64(littleEndian: third))
  }
}

extension MutableSpan<UInt64> {
  /// Writes the element at an index of which only the bits of a mask count; nothing if they reach beyond the end.
  ///
  /// In a loop the mask is held against the number of elements once, where an index would be each time.
  @inline(__always)
  mutating func put(_ value: UInt64, at index: Int, mask: Int) {
    guard mask >= 0, mask < self.count else { return }
    unsafe self[unchecked: index & mask] = value
  }
}

extension Swift.Span where Element: FixedWidthInteger {
  /// The element at an index of which only the bits of a mask count; 0 if they reach beyond the end.
  @inline(__always)
  func at(_ index: Int, mask: Int) -> Element {
    guard mask >= 0, mask < self.count else { return 0 }
    return unsafe self[unchecked: index & mask]
  }
}

/// 128 bytes as eight vectors: vector p holds the bytes from 8 p on, and behind them those from 64 + 8 p on.
struct ByteVectors {
  typealias Vector = SIMD16<UInt8>
  let all: (Vector, Vector, Vector, Vector, Vector, Vector, Vector, Vector)

  /// The bytes from an offset; those outside read as 0.
  @inline(__always)
  init(_ bytes: Bytes, _ offset: Int) {
    guard offset >= 0, bytes.count &- offset >= 128 else {
      all = ByteVectors.atEdge(bytes, offset)
      return
    }
    let raw = unsafe bytes.bytes
    @inline(__always) func vector(_ part: Int) -> Vector {
      let place = offset &+ 8 &* part
      let low = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: UInt64.self)
      let high = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: place &+ 64, as: UInt64.self)
      return unsafe unsafeBitCast(SIMD2(low, high), to: Vector.self)
    }
    all = (vector(0), vector(1), vector(2), vector(3), vector(4), vector(5), vector(6), vector(7))
  }

  @inline(never)
  private static func atEdge(
    _ bytes: Bytes, _ offset: Int
  ) -> (Vector, Vector, Vector, Vector, Vector, Vector, Vector, Vector) {
    func vector(_ part: Int) -> Vector {
      let words = SIMD2(bytes.word(offset &+ 8 &* part), bytes.word(offset &+ 64 &+ 8 &* part))
      return unsafe unsafeBitCast(SIMD2(words[0].littleEndian, words[1].littleEndian), to: Vector.self)
    }
    return (vector(0), vector(1), vector(2), vector(3), vector(4), vector(5), vector(6), vector(7))
  }
}

extension SIMD16<UInt8> {
  /// Some bits in each byte that is a certain one.
  @inline(__always)
  func equals(_ byte: UInt8, _ bits: UInt8) -> SIMD16<UInt8> {
    // Of two vectors: the comparison with one byte is a loop.
    let mask = self .== SIMD16(repeating: byte)
    return unsafe unsafeBitCast(mask, to: SIMD16<UInt8>.self) & SIMD16(repeating: bits)
  }

  /// Its halves as words, the first byte lowest.
  @inline(__always)
  var words: (low: UInt64, high: UInt64) {
    let words = unsafe unsafeBitCast(self, to: SIMD2<UInt64>.self)
    return (UInt64(littleEndian: words[0]), UInt64(littleEndian: words[1]))
  }
}

extension Swift.Span<UInt64> {
  /// The bits from one on, at least 57 of them, the first one lowest, where the elements' own are little-endian; bits
  /// outside read as 0.
  @inline(__always)
  func bits(from bit: Int) -> UInt64 {
    let byte = bit &>> 3
    guard byte >= 0, byte &+ 8 <= self.count &* 8 else { return 0 }
    let word = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: byte, as: UInt64.self)
    return UInt64(littleEndian: word) &>> UInt64(truncatingIfNeeded: bit & 7)
  }
}

/// An array that work items fill side by side: item k fills the elements `cuts[k]..<cuts[k + 1]`, once.
@safe
final class Slots<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private let elements: UnsafeMutableBufferPointer<Element>
  private let cuts: [Int]
  private let zero: Element
  private let taken: ResultSlots<Bool>

  fileprivate init(_ elements: UnsafeMutableBufferPointer<Element>, cuts: [Int], zero: Element) {
    unsafe self.elements = elements
    let count = elements.count
    // Cuts that do not ascend would overlap.
    self.cuts = zip(cuts, cuts.dropFirst()).allSatisfy { 0 <= $0 && $0 <= $1 && $1 <= count } ? cuts : []
    self.zero = zero
    taken = ResultSlots(count: max(0, cuts.count - 1))
  }

  /// Gives item k its elements, all zero.
  func fill(_ item: Int, _ body: (inout MutableSpan<Element>) -> Void) {
    guard item >= 0, item + 1 < cuts.count, taken.claim(item) else { return }
    let part = unsafe UnsafeMutableBufferPointer(rebasing: elements[cuts[item]..<cuts[item + 1]])
    unsafe part.update(repeating: zero)
    var span = unsafe MutableSpan(_unsafeElements: part)
    body(&span)
  }

  /// An array whose parts are filled by what `body` does; a part that no item fills is zero.
  ///
  /// The memory is first touched by the item that fills it, so that its pages are made on all threads.
  static func array(cuts: [Int], zero: Element, _ body: (Slots) -> Void) -> [Element] {
    let count = max(0, cuts.last ?? 0)
    var array = unsafe [Element](unsafeUninitializedCapacity: count) { _, initialized in initialized = count }
    unsafe array.withUnsafeMutableBufferPointer { elements in
      let slots = unsafe Slots(elements, cuts: cuts, zero: zero)
      // No item fills what lies before the first cut, nor anything if the cuts are wrong.
      let unowned = min(count, slots.cuts.first ?? count)
      unsafe UnsafeMutableBufferPointer(rebasing: elements[..<unowned]).update(repeating: zero)
      body(slots)
      for item in 0..<max(0, slots.cuts.count - 1) { slots.fill(item) { _ in } }
    }
    return array
  }
}
