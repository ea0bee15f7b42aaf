import Testing

@testable import Steward

/// Bytes changed at random: a load never fails but with a message that has a place, and gives the same whatever the size of
/// blocks and the number of threads.
@Suite struct FormatFuzzTests {
  /// A generator that gives the same everywhere (xorshift).
  struct Bits: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  static let seeds: [(name: String, bytes: [UInt8], isStreamed: Bool)] = [
    ("members.csv", Array(FormatTests.text.utf8), false), ("members.tsv", Array(FormatTests.tabs.utf8), false),
    ("members.csv", Encoded.gb18030(FormatTests.text), false), ("members.csv", Encoded.utf16(FormatTests.text), false),
    ("members.csv.gz", Array(FormatTests.text.utf8), true), ("members.jsonl", Array(lines.utf8), false),
    ("members.jsonl.gz", Array(lines.utf8), true), ("members.ndjson", Encoded.gb18030(lines), false),
  ]

  static let lines = """
    {"id": "a", "city": "上海", "score": 1.5e1, "tags": ["x", "y;z"], "phone": "139", "more": {"deep": [1, {}, "]"]}}
    {"id":"b","city":"\\u4e0a\\ud840\\udc00","tags":[],"score":-2}
    {"score": 3, "id": "c", "other": [true, false, null], "city": "\\"中\\"\\n"}

    """

  /// What changes are made of: bytes that mean something somewhere.
  static let spice: [UInt8] = Array("\",\n\r\t{}[]:\\u0e-.5 ;x".utf8) + [0x00, 0x80, 0xC3, 0xE4, 0xFE, 0xFF]

  static func mutated(_ bytes: [UInt8], _ bits: inout Bits) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &bits) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &bits)
      switch Int.random(in: 0..<5, using: &bits) {
      case 0: bytes[place] = spice.randomElement(using: &bits) ?? 0
      case 1: bytes.insert(spice.randomElement(using: &bits) ?? 0, at: place)
      case 2: bytes.remove(at: place)
      case 3: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...20, using: &bits)))
      default:
        let end = min(bytes.count, place + Int.random(in: 1...30, using: &bits))
        bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &bits))
      }
    }
    return bytes
  }

  @Test(arguments: 0..<8) func aLoadIsTotal(_ index: Int) {
    let seed = Self.seeds[index]
    var bits = Bits(state: 0x9E37_79B9_7F4A_7C15 ^ UInt64(index + 1))
    for round in 0..<60 {
      var fixture = FormatFixture(seed.name, bytes: Self.mutated(seed.bytes, &bits))
      fixture.isStreamed = seed.isStreamed
      fixture.skipsBadRows = round % 2 == 1
      fixture.sizes = [5, 37, 1 << 20]
      let results = fixture.results
      #expect(results.count == 1, "\(seed.name) \(round): \(fixture.bytes)")
      for diagnostic in fixture.diagnostics { #expect(diagnostic.place?.file == seed.name) }
    }
  }
}
