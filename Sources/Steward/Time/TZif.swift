// Zone rules from the compiled form of the time zone database.
// Source: RFC 9636, "The Time Zone Information Format (TZif)"; the footer is a TZ string of POSIX.

extension ZoneRules {
  /// The rules in a TZif file; what its last line promises is written out to the year 2200.
  ///
  /// - Missing: nil if the bytes are no such file, or count leap seconds.
  public init?(tzif bytes: [UInt8]) {
    var reader = TZifReader(bytes: bytes)
    guard let first = reader.header() else { return nil }
    let block: TZifReader.Block
    var rule: PosixZone?
    if first.version == 0 {
      guard let only = reader.block(first, timeSize: 4) else { return nil }
      block = only
    } else {
      guard reader.skip(first, timeSize: 4), let second = reader.header(),
        let wide = reader.block(second, timeSize: 8), let footer = reader.footer()
      else { return nil }
      block = wide
      if !footer.isEmpty {
        rule = PosixZone(footer)
        if rule == nil { return nil }
      }
    }
    // Beyond this year no instant is kept; earlier ones would not fit in microseconds.
    let limit: Int64 = 1 << 42
    var initial = block.initial
    var times: [Int64] = []
    var offsets: [Int64] = []
    for (time, offset) in zip(block.times, block.offsets) where time < limit {
      if time <= -limit {
        initial = offset
        continue
      }
      times.append(time)
      offsets.append(offset)
    }
    for change in rule?.changes(after: times.last, through: 2200) ?? [] {
      times.append(change.time)
      offsets.append(change.offset)
    }
    self.init(offsets: ([initial] + offsets).map { $0 * 1_000_000 }, transitions: times.map { $0 * 1_000_000 })
  }
}

/// Reads the parts of a TZif file in order; every read is checked against the end.
struct TZifReader {
  struct Header {
    /// 0 for version 1
    var version: UInt8
    var isUT: Int
    var isStandard: Int
    var leaps: Int
    var times: Int
    var types: Int
    var letters: Int
  }

  /// - Unit: seconds
  struct Block {
    var initial: Int64
    var times: [Int64]
    var offsets: [Int64]
  }

  let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func number(size: Int) -> Int64? {
    guard size <= bytes.count - position else { return nil }
    var value: UInt64 = 0
    for byte in bytes[position..<(position + size)] { value = value << 8 | UInt64(byte) }
    position += size
    return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
  }

  mutating func header() -> Header? {
    guard bytes.count - position >= 44, bytes[position..<(position + 4)].elementsEqual("TZif".utf8) else { return nil }
    let version = bytes[position + 4]
    position += 20
    var counts: [Int] = []
    for _ in 0..<6 {
      guard let count = number(size: 4), count >= 0, count <= bytes.count else { return nil }
      counts.append(Int(count))
    }
    return Header(
      version: version, isUT: counts[0], isStandard: counts[1], leaps: counts[2], times: counts[3], types: counts[4],
      letters: counts[5])
  }

  private func size(of header: Header, timeSize: Int) -> Int {
    header.times * (timeSize + 1) + header.types * 6 + header.letters + header.leaps * (timeSize + 4)
      + header.isStandard + header.isUT
  }

  mutating func skip(_ header: Header, timeSize: Int) -> Bool {
    let size = size(of: header, timeSize: timeSize)
    guard size <= bytes.count - position else { return false }
    position += size
    return true
  }

  mutating func block(_ header: Header, timeSize: Int) -> Block? {
    let end = position + size(of: header, timeSize: timeSize)
    guard end <= bytes.count, header.types > 0, header.leaps == 0 else { return nil }
    var times: [Int64] = []
    for _ in 0..<header.times {
      guard let time = number(size: timeSize) else { return nil }
      if let last = times.last, time <= last { return nil }
      times.append(time)
    }
    let indices = bytes[position..<(position + header.times)].map(Int.init)
    position += header.times
    var types: [Int64] = []
    for _ in 0..<header.types {
      // No place is or was more than 26 hours from UTC.
      guard let offset = number(size: 4), (-93_600...93_600).contains(offset) else { return nil }
      position += 2
      types.append(offset)
    }
    var offsets: [Int64] = []
    for index in indices {
      guard index < types.count else { return nil }
      offsets.append(types[index])
    }
    position = end
    return Block(initial: types[0], times: times, offsets: offsets)
  }

  /// The text between two line feeds at the end. - Missing: nil if they are not there.
  mutating func footer() -> [UInt8]? {
    guard position < bytes.count, bytes[position] == 10 else { return nil }
    let rest = bytes[(position + 1)...]
    guard let end = rest.firstIndex(of: 10) else { return nil }
    position = end + 1
    return Array(rest[..<end])
  }
}
