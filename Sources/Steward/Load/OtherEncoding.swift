/// What files seem to be that are not UTF-8.
enum OtherEncoding {
  /// By its first bytes; nil if it may well be CSV text.
  static func byFirstBytes(_ source: any ByteSource) throws(SourceFailure) -> String? {
    var buffer: [UInt8] = []
    try source.read(at: 0, count: 4096, into: &buffer)
    if buffer.starts(with: [0x1F, 0x8B]) { return "gzip" }
    if buffer.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return "xlsx" }
    if buffer.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return "xls" }
    let hasMark = buffer.starts(with: [0xFF, 0xFE]) || buffer.starts(with: [0xFE, 0xFF])
    return hasMark || buffer.contains(0) ? "UTF-16" : nil
  }

  /// By all bytes of a file of which some are not UTF-8: GB18030 or nothing that can be told.
  static func likely(_ source: any ByteSource) -> String? {
    var scan = ChineseScan()
    var buffer: [UInt8] = []
    var offset = 0
    while offset < source.size {
      do { try source.read(at: offset, count: 1 << 20, into: &buffer) } catch { return nil }
      if buffer.isEmpty || !scan.take(buffer) { return nil }
      offset += buffer.count
    }
    return scan.isLikely ? "GB18030" : nil
  }
}

/// Whether bytes are GB18030, as Excel in Chinese writes it: well-formed throughout, and most of its characters among
/// the usual ones, for accented letters before others of a western encoding are well-formed too.
///
/// Source: GB 18030-2022, the ranges of its two-byte and four-byte codes; the rows of GB 2312 for the usual ones:
/// marks in A1 and A3, the 3755 most frequent characters in B0 to D7, the others to F7.
private struct ChineseScan {
  /// Bytes of a character that the last stretch began.
  private var begun: [UInt8] = []
  private var characters = 0
  private var usual = 0
  private var frequent = 0

  var isLikely: Bool { begun.isEmpty && frequent > 0 && usual * 2 > characters }

  /// Takes the next stretch; false if it is not well-formed.
  mutating func take(_ bytes: [UInt8]) -> Bool {
    for byte in bytes {
      if begun.isEmpty, byte < 0x80 { continue }
      begun.append(byte)
      switch (begun.count, byte) {
      case (1, 0x81...0xFE): break
      case (2, 0x40...0x7E), (2, 0x80...0xFE): count()
      case (2, 0x30...0x39), (3, 0x81...0xFE): break
      case (4, 0x30...0x39): count()
      default: return false
      }
    }
    return true
  }

  private mutating func count() {
    characters += 1
    if begun.count == 2, begun[1] >= 0xA1 {
      switch begun[0] {
      case 0xB0...0xD7:
        usual += 1
        frequent += 1
      case 0xA1, 0xA3, 0xD8...0xF7: usual += 1
      default: break
      }
    }
    begun.removeAll(keepingCapacity: true)
  }
}
