/// The words of events, in order: eight bytes each, or four where all times are whole seconds and leave room for kinds.
///
/// - Shape: elements are words as `EventStore` describes them, however they are kept.
public struct EventWords: Sendable, RandomAccessCollection {
  /// One of the two is empty.
  let wide: [UInt64]
  let narrow: [UInt32]
  /// Of a narrow word: seconds stand above so many bits of kind.
  let kindBits: UInt32

  /// Words of eight bytes.
  public init(_ words: [UInt64] = []) {
    wide = words
    narrow = []
    kindBits = 0
  }

  /// - Shape: seconds since the store's base above `kindBits` bits of kind.
  init(narrow: [UInt32], kindBits: UInt32) {
    wide = []
    self.narrow = narrow
    self.kindBits = kindBits
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { narrow.isEmpty ? wide.count : narrow.count }

  /// The word of eight bytes at an index, however it is kept.
  public subscript(index: Int) -> UInt64 {
    if narrow.isEmpty { return wide[index] }
    return EventWords.widened(narrow[index], kindBits: kindBits)
  }

  /// The word of eight bytes for one of four.
  @inline(__always)
  static func widened(_ word: UInt32, kindBits: UInt32) -> UInt64 {
    let kind = UInt64(word & ((1 &<< kindBits) &- 1))
    return (UInt64(word &>> kindBits) &* 1_000_000) &<< EventStore.kindBits | kind
  }

  /// The words of a stretch, eight bytes each.
  func words(_ range: Range<Int>) -> [UInt64] {
    if narrow.isEmpty { return Array(wide[range]) }
    var words = Array(repeating: UInt64(0), count: range.count)
    EventWords.widen(narrow.span.extracting(range), kindBits, &words)
    return words
  }

  private static func widen(_ narrow: Swift.Span<UInt32>, _ kindBits: UInt32, _ words: inout [UInt64]) {
    var output = words.mutableSpan
    guard narrow.count == output.count else { return }
    for index in narrow.indices { output[index] = widened(narrow[index], kindBits: kindBits) }
  }

  /// A stretch as it is kept.
  func part(_ range: Range<Int>) -> EventWords {
    narrow.isEmpty
      ? EventWords(Array(wide[range])) : EventWords(narrow: Array(narrow[range]), kindBits: kindBits)
  }
}
