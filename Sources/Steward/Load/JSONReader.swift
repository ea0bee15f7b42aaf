// A strict reader of JSON text, RFC 8259: what the grammar does not have is a fault with its place. It gives places in the
// bytes, never values of its own, and it never recurses, so that no nesting can exhaust the stack.

/// Why bytes are not the JSON text that is asked for.
public enum JSONFault: Sendable, Hashable {
  case noValue, noName, noColon, noComma, noEnd
  case openText, controlCharacter, escape, surrogate, number
  /// Another value where one object was expected.
  case noObject
  /// A name that stands twice, and a value that a column cannot hold; the column's place in the header.
  case nameTwice(column: Int)
  case nested(column: Int)
}

/// Reads JSON in a stretch of bytes; methods take the offset where something begins and give the one behind it, or -1.
struct JSONReader {
  /// Where the bytes end.
  var end: Int
  private(set) var fault = JSONFault.noValue
  private(set) var faultAt = 0
  /// Objects (true) and arrays around what is being skipped.
  private var around: [Bool] = []

  init(end: Int) { self.end = end }

  /// Whether the whole of the bytes is one value, white space around it left aside.
  static func check(_ bytes: Bytes) -> (fault: JSONFault, at: Int)? {
    var reader = JSONReader(end: bytes.count)
    let behind = reader.skip(bytes, reader.space(bytes, 0))
    if behind < 0 { return (reader.fault, reader.faultAt) }
    let rest = reader.space(bytes, behind)
    return rest < reader.end ? (.noEnd, rest) : nil
  }

  mutating func fail(_ fault: JSONFault, at offset: Int) -> Int {
    self.fault = fault
    faultAt = min(offset, end)
    return -1
  }

  @inline(__always)
  func space(_ bytes: Bytes, _ start: Int) -> Int {
    var offset = start
    while offset < end {
      let byte = bytes.byte(offset)
      if byte > 0x20 { return offset }
      if byte != 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { return offset }
      offset &+= 1
    }
    return offset
  }

  /// The closing quote of a text whose opening one is before `start`, and whether there are escapes; -1 if it is at fault.
  @inline(__always)
  mutating func text(_ bytes: Bytes, _ start: Int) -> (close: Int, hasEscapes: Bool) {
    let offset = JSONReader.plain(bytes, start)
    if bytes.byte(offset) == 0x22, offset < end { return (offset, false) }
    return escapedText(bytes, offset)
  }

  /// The first byte that is a quote, a backslash or a control character.
  @inline(__always)
  private static func plain(_ bytes: Bytes, _ start: Int) -> Int {
    var offset = start
    while true {
      let word = bytes.word(offset)
      let quote = word ^ 0x2222_2222_2222_2222
      let slash = word ^ 0x5C5C_5C5C_5C5C_5C5C
      // A byte's high bit where it is zero or, in the last, below 0x20: exact for the lowest such byte.
      let found =
        ((quote &- 0x0101_0101_0101_0101) & ~quote) | ((slash &- 0x0101_0101_0101_0101) & ~slash)
        | ((word &- 0x2020_2020_2020_2020) & ~word)
      let marks = found & 0x8080_8080_8080_8080
      if marks != 0 { return offset &+ marks.trailingZeroBitCount &>> 3 }
      offset &+= 8
    }
  }

  @inline(never)
  private mutating func escapedText(_ bytes: Bytes, _ start: Int) -> (close: Int, hasEscapes: Bool) {
    var offset = start
    while true {
      if offset >= end { return (fail(.openText, at: end), true) }
      switch bytes.byte(offset) {
      case 0x22: return (offset, true)
      case 0x5C:
        let length = JSONReader.escape(bytes, offset, end: end)
        if length == 0 { return (fail(offset + 1 < end ? .escape : .openText, at: offset), true) }
        offset &+= length
      default:
        return (fail(.controlCharacter, at: offset), true)
      }
      offset = min(end, JSONReader.plain(bytes, offset))
    }
  }

  /// The length of the escape at an offset; 0 if it is none.
  private static func escape(_ bytes: Bytes, _ offset: Int, end: Int) -> Int {
    guard offset + 1 < end else { return 0 }
    switch bytes.byte(offset + 1) {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: return 2
    case 0x75: return offset + 6 <= end && unit(bytes, offset + 2) != nil ? 6 : 0
    default: return 0
    }
  }

  /// The code unit of four hexadecimal digits.
  private static func unit(_ bytes: Bytes, _ start: Int) -> UInt32? {
    var value: UInt32 = 0
    for offset in start..<start + 4 {
      let byte = bytes.byte(offset)
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32((byte | 0x20) - 0x57)
      default: return nil
      }
    }
    return value
  }

  /// Appends a text without its escapes; false if half a surrogate pair stands alone, which is no character.
  static func unescape(_ bytes: Bytes, _ range: Range<Int>, into text: inout [UInt8]) -> Bool {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = bytes.byte(offset)
      guard byte == 0x5C else {
        text.append(byte)
        offset += 1
        continue
      }
      let letter = bytes.byte(offset + 1)
      offset += 2
      switch letter {
      case 0x62: text.append(0x08)
      case 0x66: text.append(0x0C)
      case 0x6E: text.append(0x0A)
      case 0x72: text.append(0x0D)
      case 0x74: text.append(0x09)
      case 0x75:
        guard var value = unit(bytes, offset) else { return false }
        offset += 4
        if (0xD800...0xDBFF).contains(value) {
          guard bytes.byte(offset) == 0x5C, bytes.byte(offset + 1) == 0x75, let low = unit(bytes, offset + 2),
            (0xDC00...0xDFFF).contains(low)
          else { return false }
          value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
          offset += 6
        }
        guard let scalar = Unicode.Scalar(value) else { return false }
        text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      default: text.append(letter)
      }
    }
    return true
  }

  /// Behind a number; `hasExponent` tells of one.
  @inline(__always)
  mutating func number(_ bytes: Bytes, _ start: Int, hasExponent: inout Bool) -> Int {
    var offset = bytes.byte(start) == 0x2D ? start &+ 1 : start
    let first = offset
    while bytes.byte(offset) &- 0x30 <= 9 { offset &+= 1 }
    if offset == first || (offset &- first > 1 && bytes.byte(first) == 0x30) { return fail(.number, at: start) }
    if bytes.byte(offset) == 0x2E {
      let decimals = offset &+ 1
      offset = decimals
      while bytes.byte(offset) &- 0x30 <= 9 { offset &+= 1 }
      if offset == decimals { return fail(.number, at: start) }
    }
    if bytes.byte(offset) | 0x20 == 0x65 {
      hasExponent = true
      offset &+= 1
      if bytes.byte(offset) == 0x2B || bytes.byte(offset) == 0x2D { offset &+= 1 }
      let digits = offset
      while bytes.byte(offset) &- 0x30 <= 9 { offset &+= 1 }
      if offset == digits { return fail(.number, at: start) }
    }
    return offset > end ? fail(.number, at: start) : offset
  }

  /// Behind `true`, `false` or `null`.
  @inline(__always)
  mutating func literal(_ bytes: Bytes, _ start: Int) -> Int {
    let word = bytes.word(start)
    if word & 0xFFFF_FFFF == 0x6575_7274 || word & 0xFFFF_FFFF == 0x6C6C_756E {
      if start &+ 4 <= end { return start &+ 4 }
    } else if word & 0xFF_FFFF_FFFF == 0x65_736C_6166, start &+ 5 <= end {
      return start &+ 5
    }
    return fail(.noValue, at: start)
  }

  /// Behind a member's name and colon, white space after it included.
  mutating func name(_ bytes: Bytes, _ start: Int) -> Int {
    let quote = space(bytes, start)
    guard quote < end, bytes.byte(quote) == 0x22 else { return fail(.noName, at: quote) }
    let close = text(bytes, quote + 1).close
    return close < 0 ? -1 : colon(bytes, close + 1)
  }

  /// Behind a colon and the white space after it.
  @inline(__always)
  mutating func colon(_ bytes: Bytes, _ start: Int) -> Int {
    let offset = space(bytes, start)
    guard offset < end, bytes.byte(offset) == 0x3A else { return fail(.noColon, at: offset) }
    return space(bytes, offset &+ 1)
  }

  /// Behind a value of any kind.
  mutating func skip(_ bytes: Bytes, _ start: Int) -> Int {
    around.removeAll(keepingCapacity: true)
    var offset = space(bytes, start)
    while true {
      offset = open(bytes, offset)
      if offset < 0 { return -1 }
      // `open` has come behind a value, or to the place of the next one.
      if isOpening { continue }
      while true {
        guard let isObject = around.last else { return offset }
        offset = space(bytes, offset)
        let byte = offset < end ? bytes.byte(offset) : 0
        if byte == 0x2C {
          offset = isObject ? name(bytes, offset + 1) : space(bytes, offset + 1)
          if offset < 0 { return -1 }
          break
        }
        guard byte == (isObject ? 0x7D : 0x5D) else { return fail(.noComma, at: offset) }
        around.removeLast()
        offset += 1
      }
    }
  }

  /// Whether `open` went into an object or an array.
  private var isOpening = false

  /// Goes into an object or an array that is not empty, or behind any other value.
  private mutating func open(_ bytes: Bytes, _ start: Int) -> Int {
    isOpening = false
    guard start < end else { return fail(.noValue, at: end) }
    switch bytes.byte(start) {
    case 0x22:
      let close = text(bytes, start + 1).close
      return close < 0 ? -1 : close + 1
    case 0x2D, 0x30...0x39:
      var hasExponent = false
      return number(bytes, start, hasExponent: &hasExponent)
    case 0x7B, 0x5B:
      let isObject = bytes.byte(start) == 0x7B
      let inside = space(bytes, start + 1)
      if inside < end, bytes.byte(inside) == (isObject ? 0x7D : 0x5D) { return inside + 1 }
      around.append(isObject)
      isOpening = true
      return isObject ? name(bytes, inside) : inside
    default: return literal(bytes, start)
    }
  }
}
