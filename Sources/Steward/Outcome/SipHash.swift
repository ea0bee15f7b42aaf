/// SipHash-2-4 with a key of zeros and 128 bits of result: stable over machines, versions and runs.
///
/// Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012), with the authors' 128-bit extension.
struct SipHash {
  private var v0: UInt64
  private var v1: UInt64
  private var v2: UInt64
  private var v3: UInt64
  private var count: UInt64 = 0

  init(key0: UInt64 = 0, key1: UInt64 = 0) {
    v0 = key0 ^ 0x736f_6d65_7073_6575
    v1 = key1 ^ 0x646f_7261_6e64_6f6d ^ 0xee
    v2 = key0 ^ 0x6c79_6765_6e65_7261
    v3 = key1 ^ 0x7465_6462_7974_6573
  }

  @inline(__always)
  private mutating func round() {
    v0 &+= v1
    v1 = (v1 << 13 | v1 >> 51) ^ v0
    v0 = v0 << 32 | v0 >> 32
    v2 &+= v3
    v3 = (v3 << 16 | v3 >> 48) ^ v2
    v0 &+= v3
    v3 = (v3 << 21 | v3 >> 43) ^ v0
    v2 &+= v1
    v1 = (v1 << 17 | v1 >> 47) ^ v2
    v2 = v2 << 32 | v2 >> 32
  }

  /// Eight more bytes, the lowest first.
  @inline(__always)
  mutating func absorb(_ word: UInt64) {
    v3 ^= word
    round()
    round()
    v0 ^= word
    count &+= 8
  }

  mutating func absorb(_ words: [UInt64]) {
    for word in words { absorb(word) }
  }

  /// A text as `words(_:)` gives it.
  mutating func absorb(_ text: String) {
    absorb(UInt64(text.utf8.count))
    var word: UInt64 = 0
    var shift: UInt64 = 0
    for byte in text.utf8 {
      word |= UInt64(byte) << shift
      shift += 8
      if shift == 64 {
        absorb(word)
        word = 0
        shift = 0
      }
    }
    if shift > 0 { absorb(word) }
  }

  /// The hash of what was absorbed and up to seven bytes more.
  func finished(tail: UInt64 = 0, tailCount: UInt64 = 0) -> (low: UInt64, high: UInt64) {
    var state = self
    let last = (count &+ tailCount) << 56 | tail
    state.v3 ^= last
    state.round()
    state.round()
    state.v0 ^= last
    state.v2 ^= 0xee
    for _ in 0..<4 { state.round() }
    let low = state.v0 ^ state.v1 ^ state.v2 ^ state.v3
    state.v1 ^= 0xdd
    for _ in 0..<4 { state.round() }
    return (low, state.v0 ^ state.v1 ^ state.v2 ^ state.v3)
  }

  /// The hash of bytes.
  static func of(_ bytes: [UInt8], key0: UInt64 = 0, key1: UInt64 = 0) -> (low: UInt64, high: UInt64) {
    var hash = SipHash(key0: key0, key1: key1)
    let whole = bytes.count / 8 * 8
    var index = 0
    while index < whole {
      hash.absorb(word(bytes[index..<index + 8]))
      index += 8
    }
    return hash.finished(tail: word(bytes[whole...]), tailCount: UInt64(bytes.count - whole))
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var word: UInt64 = 0
    var shift: UInt64 = 0
    for byte in bytes {
      word |= UInt64(byte) << shift
      shift += 8
    }
    return word
  }

  /// A text as words that no other text gives: its length in bytes, then its bytes, padded with zeros.
  static func words(_ text: String) -> [UInt64] {
    var words = [UInt64(text.utf8.count)]
    var word: UInt64 = 0
    var shift: UInt64 = 0
    for byte in text.utf8 {
      word |= UInt64(byte) << shift
      shift += 8
      if shift == 64 {
        words.append(word)
        word = 0
        shift = 0
      }
    }
    if shift > 0 { words.append(word) }
    return words
  }
}

/// A 64-bit fingerprint of files, for `run.json`.
public enum FileFingerprint {
  /// Of rule files, their names left out: a moved rule set is the same.
  public static func of(_ files: [SourceFile]) -> UInt64 {
    var hash = SipHash()
    for file in files { hash.absorb(of(file.bytes)) }
    return hash.finished().low
  }

  public static func of(_ bytes: [UInt8]) -> UInt64 { SipHash.of(bytes).low }

  /// As 16 hexadecimal digits.
  public static func text(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
