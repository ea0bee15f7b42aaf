/// All texts of a dataset, each once; a text is its code. Codes follow first appearance in file order and are never an
/// order.
///
/// The texts lie one behind the other in one array of bytes; a table of open addressing finds them by hash.
public struct TextPool: Sendable {
  private var bytes: [UInt8]
  /// Where each text ends; it begins where the one before ends.
  private var ends: [Int]
  /// The upper half of a text's hash and its code + 1; 0 where free.
  private var table: [UInt64]

  public init() {
    bytes = []
    ends = []
    table = Array(repeating: 0, count: 16)
  }

  public var count: Int { ends.count }

  /// The text of a code; empty for a code that there is not.
  public subscript(code: Int32) -> String {
    let range = range(of: code)
    return String(decoding: bytes[range], as: UTF8.self)
  }

  public func code(of text: String) -> Int32? {
    let text = Array(text.utf8)
    return find(text.span, 0, count: text.count, hash: ByteHash.hash(text.span, 0, count: text.count))
  }

  public mutating func intern(_ text: String) -> Int32 {
    let text = Array(text.utf8)
    return intern(text.span, 0, count: text.count)
  }

  /// Whether the bytes of the first text come before those of the second.
  public func precedes(_ left: Int32, _ right: Int32) -> Bool {
    bytes[range(of: left)].lexicographicallyPrecedes(bytes[range(of: right)])
  }

  /// The bytes of a text.
  func utf8(_ code: Int32) -> ArraySlice<UInt8> { bytes[range(of: code)] }

  mutating func intern(_ source: Bytes, _ start: Int, count: Int) -> Int32 {
    intern(source, start, count: count, hash: ByteHash.hash(source, start, count: count))
  }

  @inline(__always)
  mutating func intern(_ source: Bytes, _ start: Int, count: Int, hash: UInt64) -> Int32 {
    if let code = find(source, start, count: count, hash: hash) { return code }
    return add(source, start, count: count, hash: hash)
  }

  /// The code here of every text of another pool, new ones in that pool's order.
  mutating func merge(_ other: TextPool) -> [Int32] {
    var codes: [Int32] = []
    codes.reserveCapacity(other.count)
    let source = other.bytes.span
    var start = 0
    for end in other.ends {
      codes.append(intern(source, start, count: end - start))
      start = end
    }
    return codes
  }

  private func range(of code: Int32) -> Range<Int> {
    let index = Int(code)
    guard ends.indices.contains(index) else { return 0..<0 }
    return (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  @inline(__always)
  private func find(_ source: Bytes, _ start: Int, count: Int, hash: UInt64) -> Int32? {
    let mask = table.count &- 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = table[place]
      if entry == 0 { return nil }
      if entry &>> 32 == hash &>> 32 {
        let code = Int32(truncatingIfNeeded: entry & 0xFFFF_FFFF) &- 1
        let range = range(of: code)
        if range.count == count, bytes.span.equals(range.lowerBound, source, start, count: count) { return code }
      }
      place = (place &+ 1) & mask
    }
  }

  private mutating func add(_ source: Bytes, _ start: Int, count: Int, hash: UInt64) -> Int32 {
    if (ends.count + 1) * 2 > table.count { grow() }
    for offset in 0..<count { bytes.append(source.byte(start &+ offset)) }
    ends.append(bytes.count)
    let code = Int32(truncatingIfNeeded: ends.count - 1)
    place(hash, code)
    return code
  }

  private mutating func place(_ hash: UInt64, _ code: Int32) {
    let mask = table.count &- 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while table[place] != 0 { place = (place &+ 1) & mask }
    table[place] = (hash &>> 32) &<< 32 | UInt64(UInt32(truncatingIfNeeded: code &+ 1))
  }

  private mutating func grow() {
    table = Array(repeating: 0, count: table.count * 4)
    var start = 0
    for (code, end) in ends.enumerated() {
      place(ByteHash.hash(bytes.span, start, count: end - start), Int32(truncatingIfNeeded: code))
      start = end
    }
  }
}
