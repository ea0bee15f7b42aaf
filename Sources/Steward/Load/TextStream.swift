// The text of files that must be read from the beginning on: compressed ones, those in UTF-16, GB18030, or with the line ends
// of old Macs. Whatever is made of the bytes here is made in their order, on one thread at a time.

import Synchronization

/// What the bytes of a data file stand for.
enum DataEncoding: Sendable {
  case utf8
  case utf16(isBigEndian: Bool)
  case gb18030(GB18030)
}

/// The bytes of a file one after the other.
private final class SourceStream: ByteStream {
  private let source: any ByteSource
  private let offset = Mutex(0)

  init(_ source: any ByteSource) { self.source = source }

  func read(count: Int, appendingTo buffer: inout [UInt8]) throws(SourceFailure) {
    let start = offset.withLock { $0 }
    var bytes: [UInt8] = []
    try source.read(at: start, count: count, into: &bytes)
    offset.withLock { $0 = start + bytes.count }
    if buffer.isEmpty { swap(&buffer, &bytes) } else { buffer.append(contentsOf: bytes) }
  }
}

/// A file's text from its beginning on: inflated, UTF-16 made UTF-8, lone carriage returns made line feeds. GB18030 stays as
/// it is, for rows are found in it all the same.
struct TextStream: Sendable {
  private let stream: any ByteStream
  private var utf16: UTF16Decoder?
  private var raw: [UInt8] = []
  private let mendsReturns: Bool
  private var lastWasReturn = false
  private(set) var isAtEnd = false

  init(_ source: any ByteSource, _ encoding: DataEncoding, mendsReturns: Bool) throws(SourceFailure) {
    if let streamed = source as? any StreamedSource {
      stream = try streamed.stream()
    } else {
      stream = SourceStream(source)
    }
    if case .utf16(let isBigEndian) = encoding { utf16 = UTF16Decoder(isBigEndian: isBigEndian) }
    self.mendsReturns = mendsReturns
  }

  /// Appends about so many bytes more.
  mutating func read(count: Int, appendingTo buffer: inout [UInt8]) throws(SourceFailure) {
    if utf16 == nil, !mendsReturns {
      let before = buffer.count
      try stream.read(count: count, appendingTo: &buffer)
      isAtEnd = buffer.count == before
      return
    }
    raw.removeAll(keepingCapacity: true)
    try stream.read(count: count, appendingTo: &raw)
    isAtEnd = raw.isEmpty
    let before = buffer.count
    if var decoder = utf16 {
      if isAtEnd { decoder.finish(into: &buffer) } else { decoder.decode(raw.span, into: &buffer) }
      utf16 = decoder
    } else {
      buffer.append(contentsOf: raw)
    }
    if mendsReturns { mendReturns(&buffer, from: before) }
  }

  /// A return becomes a line feed, and a line feed behind one goes.
  private mutating func mendReturns(_ buffer: inout [UInt8], from start: Int) {
    var place = start
    for offset in start..<buffer.count {
      let byte = buffer[offset]
      let isSecond = byte == 0x0A && lastWasReturn
      lastWasReturn = byte == 0x0D
      if isSecond { continue }
      buffer[place] = byte == 0x0D ? 0x0A : byte
      place += 1
    }
    buffer.removeLast(buffer.count - place)
  }
}

/// UTF-16 to UTF-8. Half of a surrogate pair and half a unit become a byte that no text has, so that their row is told.
struct UTF16Decoder: Sendable {
  let isBigEndian: Bool
  private var half: UInt8?
  private var high: UInt32?
  private var isFirst = true

  init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

  mutating func decode(_ bytes: Bytes, into text: inout [UInt8]) {
    var offset = 0
    if let half, bytes.count > 0 {
      self.half = nil
      take(half, bytes.byte(0), into: &text)
      offset = 1
    }
    while offset + 1 < bytes.count {
      take(bytes.byte(offset), bytes.byte(offset + 1), into: &text)
      offset += 2
    }
    if offset < bytes.count { half = bytes.byte(offset) }
  }

  mutating func finish(into text: inout [UInt8]) {
    if half != nil || high != nil { text.append(GB18030.bad) }
    half = nil
    high = nil
  }

  @inline(__always)
  private mutating func take(_ first: UInt8, _ second: UInt8, into text: inout [UInt8]) {
    let unit = isBigEndian ? UInt32(first) << 8 | UInt32(second) : UInt32(second) << 8 | UInt32(first)
    if unit < 0x80, high == nil {
      isFirst = false
      return text.append(UInt8(truncatingIfNeeded: unit))
    }
    other(unit, into: &text)
  }

  private mutating func other(_ unit: UInt32, into text: inout [UInt8]) {
    let isMark = isFirst && unit == 0xFEFF
    isFirst = false
    if isMark { return }
    if let high {
      self.high = nil
      if (0xDC00...0xDFFF).contains(unit) {
        return UTF16Decoder.append(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00), to: &text)
      }
      text.append(GB18030.bad)
    }
    switch unit {
    case 0xD800...0xDBFF: high = unit
    case 0xDC00...0xDFFF: text.append(GB18030.bad)
    default: UTF16Decoder.append(unit, to: &text)
    }
  }

  /// Appends a scalar value as UTF-8.
  @inline(__always)
  static func append(_ value: UInt32, to text: inout [UInt8]) {
    if value < 0x80 { return text.append(UInt8(truncatingIfNeeded: value)) }
    func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: value >> shift) & 0x3F }
    if value < 0x800 {
      text.append(0xC0 | UInt8(truncatingIfNeeded: value >> 6))
    } else {
      if value < 0x10000 {
        text.append(0xE0 | UInt8(truncatingIfNeeded: value >> 12))
      } else {
        text.append(0xF0 | UInt8(truncatingIfNeeded: value >> 18))
        text.append(tail(12))
      }
      text.append(tail(6))
    }
    text.append(tail(0))
  }
}
