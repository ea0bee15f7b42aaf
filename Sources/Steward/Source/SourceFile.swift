import Algorithms

/// The number of a source file within one run; spans carry it instead of the file.
public struct FileID: Hashable, Sendable {
  public let index: UInt16
  public init(_ index: UInt16) { self.index = index }
}

/// A stretch of one source file.
/// - Unit: UTF-8 offsets, `start` included, `end` excluded.
public struct Span: Hashable, Sendable {
  public let file: FileID
  public let start: UInt32
  public let end: UInt32

  public init(file: FileID, start: UInt32, end: UInt32) {
    self.file = file
    self.start = start
    self.end = end
  }

  public init(_ file: FileID, _ range: Range<Int>) {
    self.init(
      file: file, start: UInt32(clamping: range.lowerBound), end: UInt32(clamping: range.upperBound))
  }

  public var range: Range<Int> { Int(start)..<max(Int(start), Int(end)) }

  /// The smallest span that covers both; of this file when they differ in file.
  public func joined(_ other: Span) -> Span {
    guard other.file == file else { return self }
    return Span(file: file, start: min(start, other.start), end: max(end, other.end))
  }

  /// The empty span just behind this one.
  public var after: Span { Span(file: file, start: end, end: end) }
}

/// One file of rules: its name as people typed it, and its bytes.
public struct SourceFile: Sendable {
  public let id: FileID
  public let name: String
  public let bytes: [UInt8]
  /// Offset of the first byte of each line.
  public let lineStarts: [Int]

  public init(id: FileID, name: String, bytes: [UInt8]) {
    self.id = id
    self.name = name
    self.bytes = bytes
    // A line ends with LF, CR LF or CR; a byte-order mark is no part of the first.
    var starts = [SourceFile.marks(bytes)]
    for index in bytes.indices {
      let isReturn = bytes[index] == 0x0D && (index + 1 == bytes.count || bytes[index + 1] != 0x0A)
      if bytes[index] == 0x0A || isReturn { starts.append(index + 1) }
    }
    lineStarts = starts
  }

  public init(id: FileID, name: String, text: String) {
    self.init(id: id, name: name, bytes: Array(text.utf8))
  }

  /// The length of the byte-order marks of UTF-8 at the beginning; some programs put another before one that is there.
  static func marks(_ bytes: [UInt8]) -> Int {
    var count = 0
    while bytes[count...].starts(with: [0xEF, 0xBB, 0xBF]) { count += 3 }
    return count
  }

  /// The line that holds an offset, and the offset within it; both from 0.
  /// - Unit: `column` in UTF-8 bytes.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    let line = max(0, lineStarts.partitioningIndex { $0 > offset } - 1)
    return (line, max(0, offset - lineStarts[line]))
  }

  /// The bytes of a line, without its line break.
  public func line(_ line: Int) -> ArraySlice<UInt8> {
    guard lineStarts.indices.contains(line) else { return [] }
    let start = lineStarts[line]
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return bytes[start..<max(start, end)]
  }

  /// The text of a span; damaged UTF-8 shows as U+FFFD.
  public func text(_ span: Span) -> String {
    let range = span.range.clamped(to: 0..<bytes.count)
    return String(decoding: bytes[range], as: UTF8.self)
  }
}
