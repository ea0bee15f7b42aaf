/// Line breaks and UTF-8 in bytes.
enum TextCheck {
  /// Counts line breaks and finds the first byte that is not UTF-8.
  ///
  /// Source: the table of well-formed sequences in The Unicode Standard, section 3.9.
  static func scan(_ bytes: Bytes, _ start: Int, _ end: Int) -> (lineBreaks: Int, badByte: Int?) {
    var lineBreaks = 0
    var offset = start
    while offset < end {
      if offset &+ 32 <= end {
        let words = (
          bytes.word(offset), bytes.word(offset &+ 8), bytes.word(offset &+ 16), bytes.word(offset &+ 24)
        )
        if (words.0 | words.1 | words.2 | words.3) & 0x8080_8080_8080_8080 == 0 {
          let found = zeros(words.0) &+ zeros(words.1) &+ zeros(words.2) &+ zeros(words.3)
          lineBreaks &+= Int(truncatingIfNeeded: (found &* 0x0101_0101_0101_0101) &>> 56)
          offset &+= 32
          continue
        }
      }
      let byte = bytes.byte(offset)
      if byte < 0x80 {
        if byte == 0x0A { lineBreaks &+= 1 }
        offset &+= 1
        continue
      }
      let length = sequence(bytes, offset)
      if length == 0 || offset &+ length > end {
        return (lineBreaks + self.lineBreaks(bytes, offset, end), offset)
      }
      offset &+= length
    }
    return (lineBreaks, nil)
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

  /// 1 in each byte of an ASCII word that is a line break.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    let other = word ^ 0x0A0A_0A0A_0A0A_0A0A
    return (~(other &+ 0x7F7F_7F7F_7F7F_7F7F) & 0x8080_8080_8080_8080) &>> 7
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
