// Finds where fields and rows end. Takes a block's bytes, gives the places of the separators that separate; a comma or
// a line break inside quotes does not. The rules are RFC 4180's, read one byte after the other:
//
// - a quote as the first byte of a field opens it; inside, two quotes are one, and one quote closes;
// - any other quote is a character like others (`5" pipe`).
//
// What this gives depends on the bytes from a row's start alone, never on where blocks begin or end. Eight bytes are
// tested at a time for "below 0x2D", which holds for comma, quote, line breaks, tab, and few others that are then
// dropped.

/// The ends of fields, in order.
struct Separators {
  /// Marks in an entry; the rest of its bits are the separator's offset.
  static let lineBreak: UInt32 = 1 << 31
  /// The field that ends here began with a quote.
  static let quoted: UInt32 = 1 << 30
  static let place: UInt32 = (1 << 30) - 1

  /// Offset of each separator, with marks.
  private(set) var entries: [UInt32]
  private var scan: QuoteScan

  /// - Unit: bytes scanned at a time.
  static let window = 16_384

  /// Ready to scan from the start of a row.
  init(from start: Int, delimiter: UInt8 = 0x2C) {
    scan = QuoteScan(scanned: start, fieldStart: start, delimiter: delimiter)
    entries = Array(repeating: 0, count: Separators.window + 64)
  }

  /// How many of the entries count.
  var count: Int { scan.count }
  /// Up to where the bytes are scanned.
  var scanned: Int { scan.scanned }

  /// Forgets what stood before an entry: the caller has read those rows.
  mutating func drop(before index: Int) {
    let rest = max(0, count - index)
    for place in 0..<rest { entries[place] = entries[index + place] }
    scan.count = rest
  }

  /// Scans one window more.
  mutating func scan(_ bytes: Bytes, end: Int) {
    let stop = min(end, scanned + Separators.window)
    let needed = count + (stop - scanned) + 64
    if entries.count < needed { entries.append(contentsOf: repeatElement(0, count: needed * 2 - entries.count)) }
    var scan = scan
    var entries = entries.mutableSpan
    while scan.scanned < stop {
      let hits = QuoteScan.hits(bytes, scan.scanned, count: stop &- scan.scanned)
      if scan.isQuiet, scan.take(bytes, hits, into: &entries) {} else { scan.takeQuoted(bytes, hits, into: &entries) }
      scan.scanned = min(stop, scan.scanned &+ 64)
    }
    self.scan = scan
  }
}

/// The state of a scan between two stretches of 64 bytes.
private struct QuoteScan {
  var count = 0
  var scanned: Int
  /// Whether the last byte scanned lies in quotes.
  var isInQuotes = false
  var fieldStart: Int
  var fieldIsQuoted = false
  /// The second of two quotes, which does not close.
  var escaped = -1
  let delimiter: UInt8

  init(scanned: Int, fieldStart: Int, delimiter: UInt8) {
    self.scanned = scanned
    self.fieldStart = fieldStart
    self.delimiter = delimiter
  }

  /// Whether nothing before matters to the next bytes.
  @inline(__always)
  var isQuiet: Bool { !isInQuotes && !fieldIsQuoted }

  /// A bit for each of up to 64 bytes that may be a separator or a quote: those below 0x2D.
  @inline(__always)
  static func hits(_ bytes: Bytes, _ start: Int, count: Int) -> UInt64 {
    var hits: UInt64 = 0
    for index in 0..<8 {
      let word = bytes.word(start &+ index &* 8)
      let above = (word | 0x8080_8080_8080_8080) &- 0x2D2D_2D2D_2D2D_2D2D
      let low = (~(above | word) & 0x8080_8080_8080_8080) &>> 7
      // Gathers the lowest bits of eight bytes in one byte.
      hits |= ((low &* 0x0102_0408_1020_4080) &>> 56) &<< UInt64(truncatingIfNeeded: index &* 8)
    }
    return count >= 64 ? hits : hits & ((1 &<< UInt64(truncatingIfNeeded: count)) &- 1)
  }

  /// Takes the separators of 64 bytes outside quotes; false, and nothing taken, if there is a quote.
  @inline(__always)
  mutating func take(_ bytes: Bytes, _ hits: UInt64, into entries: inout MutableSpan<UInt32>) -> Bool {
    var hits = hits
    var count = count
    var hasQuote = false
    while hits != 0 {
      let place = scanned &+ hits.trailingZeroBitCount
      hits &= hits &- 1
      let byte = bytes.byte(place)
      let isLineBreak = byte == 0x0A
      hasQuote = hasQuote || byte == 0x22
      entries[count] = UInt32(truncatingIfNeeded: place) | (isLineBreak ? Separators.lineBreak : 0)
      count &+= isLineBreak || byte == delimiter ? 1 : 0
    }
    if hasQuote { return false }
    if count > self.count {
      fieldStart = Int(entries[count &- 1] & Separators.place) &+ 1
    }
    self.count = count
    return true
  }

  /// The same, one hit after the other, with quotes.
  mutating func takeQuoted(_ bytes: Bytes, _ hits: UInt64, into entries: inout MutableSpan<UInt32>) {
    var hits = hits
    while hits != 0 {
      let place = scanned &+ hits.trailingZeroBitCount
      hits &= hits &- 1
      let byte = bytes.byte(place)
      if byte == 0x22 {
        quote(bytes, place)
      } else if !isInQuotes, byte == 0x0A || byte == delimiter {
        entries[count] =
          UInt32(truncatingIfNeeded: place) | (byte == 0x0A ? Separators.lineBreak : 0)
          | (fieldIsQuoted ? Separators.quoted : 0)
        count &+= 1
        fieldStart = place &+ 1
        fieldIsQuoted = false
      }
    }
  }

  private mutating func quote(_ bytes: Bytes, _ place: Int) {
    if place == escaped { return }
    if !isInQuotes {
      if place == fieldStart {
        isInQuotes = true
        fieldIsQuoted = true
      }
    } else if bytes.byte(place &+ 1) == 0x22 {
      escaped = place &+ 1
    } else {
      isInQuotes = false
    }
  }
}
