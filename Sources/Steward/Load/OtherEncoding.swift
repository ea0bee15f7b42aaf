/// What files seem to be that are not UTF-8.
enum OtherEncoding {
  /// By its first bytes: a file of another kind than text.
  static func kind(_ head: [UInt8]) -> String? {
    if head.starts(with: [0x1F, 0x8B]) { return "gzip" }
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return "xlsx" }
    return head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) ? "xls" : nil
  }

  /// Whether text is UTF-16 with the higher byte first: by its mark, or because one of every two bytes is mostly zero, as in
  /// text with commas, digits and line breaks; nil if it is not UTF-16.
  static func isBigEndian(_ head: [UInt8]) -> Bool? {
    if head.starts(with: [0xFF, 0xFE]) { return false }
    if head.starts(with: [0xFE, 0xFF]) { return true }
    var zeros = (even: 0, odd: 0)
    for (offset, byte) in head.enumerated() where byte == 0 {
      if offset % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
    }
    // The lower byte of a character may be zero too, as that of 一.
    let most = max(zeros.even, zeros.odd)
    guard most > 1, most * 8 >= head.count / 2, min(zeros.even, zeros.odd) * 8 <= most else { return nil }
    return zeros.even > zeros.odd
  }

  /// What the lines of a file are that is not UTF-8 throughout.
  enum Verdict: Sendable {
    case gb18030
    /// GB18030 but for one line, which is given.
    case mostlyGB18030(line: Int)
    /// UTF-8 but for some lines.
    case mostlyUTF8
    case unknown
  }

  static func verdict(_ file: DataFile) throws(SourceFailure) -> Verdict {
    var scan = LineEncodings()
    var text = try file.text()
    var buffer: [UInt8] = []
    while !text.isAtEnd {
      try text.read(count: 1 << 20, appendingTo: &buffer)
      scan.take(&buffer, isLast: text.isAtEnd)
    }
    return scan.verdict
  }
}

/// The encodings of the lines of a file that are not ASCII.
///
/// Accented letters of a western encoding are well-formed GB18030 where another character follows, so that most characters
/// must be among those that Chinese text has: the rows of GB 2312, A1 and A3 for marks, B0 to D7 for the 3755 most frequent
/// characters, up to F7 for the others. And Chinese in UTF-8 is sometimes well-formed GB18030, but hardly a line of GB18030 is
/// UTF-8 with characters of three bytes, so that such lines tell a file in two encodings.
private struct LineEncodings {
  private var lines = 0
  private var utf8 = 0
  private var gb18030 = 0
  private var neither = 0
  /// The first line that is not well-formed GB18030, and the first that is UTF-8.
  private var firstBad: Int?
  private var firstUTF8: Int?
  private var characters = 0
  private var usual = 0
  private var frequent = 0

  var verdict: OtherEncoding.Verdict {
    let isChinese = usual * 2 > characters && (frequent > 0 || usual == characters)
    if isChinese, firstBad == nil, utf8 * 100 <= gb18030 { return .gb18030 }
    if isChinese, gb18030 > utf8 + neither {
      return .mostlyGB18030(line: min(firstBad ?? Int.max, firstUTF8 ?? Int.max))
    }
    return utf8 > 0 ? .mostlyUTF8 : .unknown
  }

  /// Takes the whole lines of a buffer out of it.
  mutating func take(_ buffer: inout [UInt8], isLast: Bool) {
    buffer.removeFirst(take(buffer.span, isLast: isLast))
  }

  /// Takes whole lines, and tells how many bytes they have.
  private mutating func take(_ bytes: Bytes, isLast: Bool) -> Int {
    var start = 0
    while let lineBreak = TextCheck.lineBreak(bytes, start, bytes.count) {
      line(bytes, start, lineBreak)
      start = lineBreak + 1
    }
    if isLast || bytes.count - start > BlockReader.longestRow {
      line(bytes, start, bytes.count)
      start = bytes.count
    }
    return start
  }

  private mutating func line(_ bytes: Bytes, _ start: Int, _ end: Int) {
    lines += 1
    guard let first = TextCheck.beyondASCII(bytes, start, end) else { return }
    let isUTF8 = TextCheck.badByte(bytes, first, end) == nil
    var isGB = true
    var offset = first
    var seen = (characters: 0, usual: 0, frequent: 0)
    while offset < end, isGB {
      let byte = bytes.byte(offset)
      let length = byte < 0x80 ? 1 : GB18030.length(bytes, offset, end)
      if byte >= 0x80 { count(byte, bytes.byte(offset + 1), length, &seen) }
      isGB = length > 0
      offset += length
    }
    if !isGB { firstBad = firstBad ?? lines }
    if isUTF8 {
      // Characters of three bytes or more begin with one from 0xE0 on.
      guard (first..<end).contains(where: { bytes.byte($0) >= 0xE0 }) else { return }
      utf8 += 1
      firstUTF8 = firstUTF8 ?? lines
    } else if isGB {
      gb18030 += 1
      characters += seen.characters
      usual += seen.usual
      frequent += seen.frequent
    } else {
      neither += 1
    }
  }

  private func count(
    _ first: UInt8, _ second: UInt8, _ length: Int, _ seen: inout (characters: Int, usual: Int, frequent: Int)
  ) {
    seen.characters += 1
    guard length == 2, second >= 0xA1 else { return }
    switch first {
    case 0xB0...0xD7:
      seen.usual += 1
      seen.frequent += 1
    case 0xA1, 0xA3, 0xD8...0xF7: seen.usual += 1
    default: break
    }
  }
}
