/// Line breaks and UTF-8 in bytes.
enum TextCheck {
  /// The offset of the first byte that is not UTF-8.
  ///
  /// Source: the table of well-formed sequences in The Unicode Standard, section 3.9.
  static func badByte(_ bytes: Bytes, _ start: Int, _ end: Int) -> Int? {
    var offset = start
    while offset < end {
      if offset &+ 8 <= end, bytes.word(offset) & 0x8080_8080_8080_8080 == 0 {
        offset &+= 8
        continue
      }
      if bytes.byte(offset) < 0x80 {
        offset &+= 1
        continue
      }
      let length = sequence(bytes, offset)
      if length == 0 || offset &+ length > end { return offset }
      offset &+= length
    }
    return nil
  }

  /// How many line breaks there are in bytes of any kind.
  static func lineBreaks(_ bytes: Bytes, _ start: Int, _ end: Int) -> Int {
    var count = 0
    var offset = start
    while offset < end {
      if bytes.byte(offset) == 0x0A { count &+= 1 }
      offset &+= 1
    }
    return count
  }

  /// The first line break in a stretch of bytes.
  @inline(__always)
  static func lineBreak(_ bytes: Bytes, _ start: Int, _ end: Int) -> Int? {
    var offset = start
    while offset < end {
      let word = bytes.word(offset) ^ 0x0A0A_0A0A_0A0A_0A0A
      // The high bit of each byte that is zero now; exact for the lowest.
      let found = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
      if found != 0 {
        offset &+= found.trailingZeroBitCount &>> 3
        return offset < end ? offset : nil
      }
      offset &+= 8
    }
    return nil
  }

  /// The first byte that is not ASCII.
  static func beyondASCII(_ bytes: Bytes, _ start: Int, _ end: Int) -> Int? {
    var offset = start
    while offset < end {
      let high = bytes.word(offset) & 0x8080_8080_8080_8080
      if high != 0 {
        offset &+= high.trailingZeroBitCount &>> 3
        return offset < end ? offset : nil
      }
      offset &+= 8
    }
    return nil
  }

  /// Whether a byte occurs.
  static func has(_ wanted: UInt8, _ bytes: Bytes, _ start: Int, _ end: Int) -> Bool {
    let pattern = UInt64(wanted) &* 0x0101_0101_0101_0101
    var offset = start
    while offset &+ 8 <= end {
      let word = bytes.word(offset) ^ pattern
      if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { return true }
      offset &+= 8
    }
    while offset < end {
      if bytes.byte(offset) == wanted { return true }
      offset &+= 1
    }
    return false
  }

  /// How many characters begin in a stretch of UTF-8.
  static func characters(_ bytes: Bytes, _ start: Int, _ end: Int) -> Int {
    (start..<max(start, end)).reduce(0) { bytes.byte($1) & 0xC0 == 0x80 ? $0 : $0 + 1 }
  }

  /// The length of the well-formed sequence of two to four bytes at an offset; 0 if there is none.
  static func sequence(_ bytes: Bytes, _ offset: Int) -> Int {
    let first = bytes.byte(offset)
    let second = bytes.byte(offset &+ 1)
    func continues(_ distance: Int) -> Bool { bytes.byte(offset &+ distance) & 0xC0 == 0x80 }
    switch first {
    case 0xC2...0xDF: return continues(1) ? 2 : 0
    case 0xE0: return (0xA0...0xBF).contains(second) && continues(2) ? 3 : 0
    case 0xED: return (0x80...0x9F).contains(second) && continues(2) ? 3 : 0
    case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : 0
    case 0xF0: return (0x90...0xBF).contains(second) && continues(2) && continues(3) ? 4 : 0
    case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : 0
    case 0xF4: return (0x80...0x8F).contains(second) && continues(2) && continues(3) ? 4 : 0
    default: return 0
    }
  }
}
