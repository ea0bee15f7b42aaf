// Finds where fields and rows end. Takes a block's bytes, gives a bit a byte for the separators that separate; a comma or
// a line break inside quotes does not. The rules are RFC 4180's, read one byte after the other:
//
// - a quote as the first byte of a field opens it; inside, two quotes are one, and one quote closes;
// - any other quote is a character like others (`5" pipe`).
//
// What this gives depends on the bytes from a row's start alone, never on where blocks begin or end. 128 bytes are
// compared at a time, eight and eight more in one vector: what is true of vector p becomes bit p of each byte of the
// result, so that its halves, with rows and columns of their bits exchanged, are the bits of the bytes in order.
// Source of the exchange: Warren, Hacker's Delight, section 7-3.

/// The ends of fields and rows in a stretch of bytes, a bit a byte.
struct Separators {
  /// Delimiters and line breaks outside quotes; line breaks alone; and the quotes. Words are little-endian.
  private(set) var ends: [UInt64]
  private(set) var lineBreaks: [UInt64]
  private(set) var quotes: [UInt64]
  /// Whether any bit of `quotes` is set.
  private(set) var hasQuotes = false
  /// Offset of the first bit's byte.
  private(set) var origin: Int
  /// Up to where the bytes are scanned.
  private(set) var scanned: Int
  private let delimiter: UInt8
  private var state = QuoteState()

  /// - Unit: bytes scanned at a time.
  static let window = 16_384

  /// Ready to scan from the start of a row.
  init(from start: Int, delimiter: UInt8 = 0x2C) {
    origin = start
    scanned = start
    self.delimiter = delimiter
    ends = Array(repeating: 0, count: Separators.window / 64 + 4)
    lineBreaks = ends
    quotes = ends
  }

  /// Forgets everything, to scan from the start of a row.
  mutating func restart(from start: Int) {
    origin = start
    scanned = start
    hasQuotes = false
    state = QuoteState()
    clear(0)
  }

  /// Scans one window more, and forgets what stood before a row.
  mutating func scan(_ bytes: Bytes, end: Int, keepingFrom row: Int) {
    drop(before: row)
    let stop = min(end, scanned + Separators.window)
    let needed = (stop - origin) / 64 + 4
    if ends.count < needed {
      let more = repeatElement(UInt64(0), count: 2 * needed - ends.count)
      ends += more
      lineBreaks += more
      quotes += more
    }
    let hasMarks = Separators.put(
      bytes, scanned..<stop, delimiter, &state, into: &ends, &lineBreaks, &quotes, at: (scanned - origin) / 64)
    hasQuotes = hasQuotes || hasMarks
    scanned = stop
    clear((stop - origin + 63) / 64)
  }

  /// Puts the bits of a range of bytes; whether there are quotes.
  private static func put(
    _ bytes: Bytes, _ range: Range<Int>, _ delimiter: UInt8, _ ownState: inout QuoteState, into ownEnds: inout [UInt64],
    _ ownBreaks: inout [UInt64], _ ownQuotes: inout [UInt64], at first: Int
  ) -> Bool {
    var state = ownState
    var hasMarks = false
    var word = first
    var ends = ownEnds.mutableSpan
    var lineBreaks = ownBreaks.mutableSpan
    var quotes = ownQuotes.mutableSpan
    var offset = range.lowerBound
    let stop = range.upperBound
    while offset < stop {
      let block = SeparatorBits(bytes, offset, delimiter)
      var (low, high) = block.ends
      var marks = block.quotes
      if stop &- offset < 128 {
        let mask = SeparatorBits.mask(stop &- offset)
        (low, high) = (low & mask.low, high & mask.high)
        marks = (marks.low & mask.low, marks.high & mask.high)
      }
      if marks.low | marks.high != 0 || state.isInQuotes {
        low = state.outside(low, marks.low, bytes, offset)
        high = state.outside(high, marks.high, bytes, offset &+ 64)
        hasMarks = hasMarks || marks.low | marks.high != 0
      }
      state.isAfterEnd = high &>> 63 != 0
      ends[word] = low.littleEndian
      ends[word &+ 1] = high.littleEndian
      lineBreaks[word] = (block.lineBreaks.low & low).littleEndian
      lineBreaks[word &+ 1] = (block.lineBreaks.high & high).littleEndian
      quotes[word] = marks.low.littleEndian
      quotes[word &+ 1] = marks.high.littleEndian
      word &+= 2
      offset &+= 128
    }
    ownState = state
    return hasMarks
  }

  /// Clears the bits of two words: as many as are looked at behind those that are scanned.
  private mutating func clear(_ word: Int) {
    for word in word..<word + 2 {
      ends[word] = 0
      lineBreaks[word] = 0
      quotes[word] = 0
    }
  }

  /// The first line break that separates, at an offset or behind it. - Missing: it is not scanned yet.
  func lineBreak(from offset: Int) -> Int? { next(lineBreaks.span, from: offset) }

  /// The first end of a field, at an offset or behind it. - Missing: it is not scanned yet.
  func end(from offset: Int) -> Int? { next(ends.span, from: offset) }

  private func next(_ bits: Swift.Span<UInt64>, from offset: Int) -> Int? {
    var offset = offset
    while offset < scanned {
      let found = bits.bits(from: offset &- origin)
      if found != 0 { return offset &+ found.trailingZeroBitCount }
      offset &+= 57
    }
    return nil
  }

  private mutating func drop(before row: Int) {
    let words = (scanned - origin + 63) / 64
    let dropped = min(words, max(0, row - origin) / 64)
    if dropped == 0 { return }
    hasQuotes = false
    for word in dropped..<words {
      ends[word - dropped] = ends[word]
      lineBreaks[word - dropped] = lineBreaks[word]
      quotes[word - dropped] = quotes[word]
      hasQuotes = hasQuotes || quotes[word] != 0
    }
    origin += 64 * dropped
  }
}

/// What a scan knows of quotes between two stretches of 64 bytes.
private struct QuoteState {
  /// Whether the last byte scanned lies in quotes.
  var isInQuotes = false
  /// Whether a field begins with the next byte.
  var isAfterEnd = true
  /// The second of two quotes, which does not close.
  private var escaped = -1

  /// Those ends of fields that lie outside quotes, in 64 bytes from an offset.
  mutating func outside(_ ends: UInt64, _ quotes: UInt64, _ bytes: Bytes, _ offset: Int) -> UInt64 {
    var kept: UInt64 = 0
    var hits = ends | quotes
    while hits != 0 {
      let bit = hits & (0 &- hits)
      hits &= hits &- 1
      if quotes & bit == 0 {
        if !isInQuotes { kept |= bit }
        continue
      }
      let place = offset &+ bit.trailingZeroBitCount
      if place == escaped { continue }
      if !isInQuotes {
        isInQuotes = bit == 1 ? isAfterEnd : kept & (bit &>> 1) != 0
      } else if bytes.byte(place &+ 1) == 0x22 {
        escaped = place &+ 1
      } else {
        isInQuotes = false
      }
    }
    isAfterEnd = kept &>> 63 != 0
    return kept
  }
}

/// For each of 128 bytes whether it is a delimiter or line break, a line break, a quote; a bit a byte in order.
struct SeparatorBits {
  typealias Words = (low: UInt64, high: UInt64)
  let ends: Words
  let lineBreaks: Words
  let quotes: Words

  @inline(__always)
  init(_ bytes: Bytes, _ offset: Int, _ delimiter: UInt8) {
    let vectors = ByteVectors(bytes, offset)
    let delimiters = SeparatorBits.places(of: delimiter, vectors)
    let breaks = SeparatorBits.places(of: 0x0A, vectors)
    let marks = SeparatorBits.places(of: 0x22, vectors)
    ends = SeparatorBits.inOrder(delimiters | breaks)
    lineBreaks = SeparatorBits.inOrder(breaks)
    let (low, high) = marks.words
    quotes = low | high == 0 ? (0, 0) : SeparatorBits.inOrder(marks)
  }

  /// The bits of so many bytes.
  static func mask(_ count: Int) -> Words {
    (
      count >= 64 ? .max : (1 &<< UInt64(truncatingIfNeeded: max(0, count))) &- 1,
      count >= 128 ? .max : (1 &<< UInt64(truncatingIfNeeded: max(0, count - 64))) &- 1
    )
  }

  /// Bit p of byte b says whether byte b of vector p is a certain one.
  @inline(__always)
  private static func places(of byte: UInt8, _ vectors: ByteVectors) -> SIMD16<UInt8> {
    let all = vectors.all
    let first = (all.0.equals(byte, 1) | all.1.equals(byte, 2)) | (all.2.equals(byte, 4) | all.3.equals(byte, 8))
    let last = (all.4.equals(byte, 16) | all.5.equals(byte, 32)) | (all.6.equals(byte, 64) | all.7.equals(byte, 128))
    return first | last
  }

  /// The bits of each half in the order of its bytes.
  @inline(__always)
  private static func inOrder(_ vector: SIMD16<UInt8>) -> Words {
    let (low, high) = vector.words
    return (exchanged(low), exchanged(high))
  }

  /// Eight bytes of eight bits with rows and columns exchanged.
  @inline(__always)
  private static func exchanged(_ word: UInt64) -> UInt64 {
    var word = word
    var swap = (word ^ (word &>> 7)) & 0x00AA_00AA_00AA_00AA
    word ^= swap ^ (swap &<< 7)
    swap = (word ^ (word &>> 14)) & 0x0000_CCCC_0000_CCCC
    word ^= swap ^ (swap &<< 14)
    swap = (word ^ (word &>> 28)) & 0x0000_0000_F0F0_F0F0
    return word ^ swap ^ (swap &<< 28)
  }
}
