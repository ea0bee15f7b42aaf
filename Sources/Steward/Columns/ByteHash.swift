/// Hashes of bytes, the same on every machine and in every run.
enum ByteHash {
  /// Multiplies to 128 bits and folds both halves, so that every bit of the input reaches the low bits.
  @inline(__always)
  static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  static let first: UInt64 = 0xa076_1d64_78bd_642f
  static let second: UInt64 = 0xe703_7ed1_a0b4_28db
  static let third: UInt64 = 0x8ebc_6af0_9c88_c6e3

  /// The hash of a key of at most 16 bytes in two words.
  @inline(__always)
  static func hash(_ low: UInt64, _ high: UInt64, count: Int) -> UInt64 {
    mix(mix(low ^ first, high ^ second), UInt64(truncatingIfNeeded: count) ^ third)
  }

  /// The hash of any bytes. Source: the construction of Wang Yi's wyhash, with its constants.
  @inline(__always)
  static func hash(_ bytes: Bytes, _ start: Int, count: Int) -> UInt64 {
    if count <= 16 {
      return hash(bytes.word(start, count: count), bytes.word(start &+ 8, count: count &- 8), count: count)
    }
    return hashLong(bytes, start, count: count)
  }

  private static func hashLong(_ bytes: Bytes, _ start: Int, count: Int) -> UInt64 {
    var state = first
    var done = 0
    while done &+ 16 < count {
      state = mix(bytes.word(start &+ done) ^ second, bytes.word(start &+ done &+ 8) ^ state)
      done &+= 16
    }
    let rest = count &- done
    let low = bytes.word(start &+ done, count: rest)
    let high = bytes.word(start &+ done &+ 8, count: rest &- 8)
    return mix(mix(low ^ state, high ^ second), UInt64(truncatingIfNeeded: count) ^ third)
  }

  /// A fingerprint of a stretch of a file that is read piece by piece, and whether all of it is ASCII. Source: as `hash`,
  /// in four lanes, of which the last two take every second 32 bytes.
  struct Fingerprint {
    /// Up to where it is taken.
    private(set) var done: Int
    private let end: Int
    private var lanes: (UInt64, UInt64)
    private var more: (UInt64, UInt64)
    private var seen: UInt64 = 0
    private var rest: UInt64 = 0
    private(set) var isComplete = false

    /// - Parameter range: offsets in the file.
    init(_ range: Range<Int>) {
      done = range.lowerBound
      end = range.upperBound
      lanes = (first, third)
      more = (second, first)
    }

    /// Whether what is taken so far is.
    var isASCII: Bool { seen & 0x8080_8080_8080_8080 == 0 }

    var value: UInt64 {
      let all = mix(lanes.0 ^ first, lanes.1 ^ second) ^ mix(more.0 ^ third, more.1 ^ first)
      return mix(all, rest ^ UInt64(truncatingIfNeeded: done))
    }

    /// Takes those bytes of a piece that are new, which must begin where they end so far or before.
    mutating func take(_ bytes: Bytes, from start: Int, length: Int) {
      let stop = min(end, start + length)
      if done < start || isComplete { return }
      var (lanes, more, seen, done) = (lanes, more, seen, done)
      while done &+ 64 <= stop {
        let words = bytes.fourWords(done &- start)
        let next = bytes.fourWords(done &- start &+ 32)
        seen |= (words.0 | words.1 | words.2 | words.3) | (next.0 | next.1 | next.2 | next.3)
        lanes = (mix(words.0 ^ second, words.1 ^ lanes.0), mix(words.2 ^ third, words.3 ^ lanes.1))
        more = (mix(next.0 ^ second, next.1 ^ more.0), mix(next.2 ^ third, next.3 ^ more.1))
        done &+= 64
      }
      if stop == end {
        rest = hash(bytes, done &- start, count: stop &- done)
        while done < stop {
          seen |= bytes.word(done &- start, count: stop &- done)
          done &+= 8
        }
        done = stop
        isComplete = true
      }
      (self.lanes, self.more, self.seen, self.done) = (lanes, more, seen, done)
    }
  }
}
