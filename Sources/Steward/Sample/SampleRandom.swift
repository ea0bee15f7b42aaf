/// Random numbers that are the same on every machine.
///
/// Source: xoshiro256** 1.0 by David Blackman and Sebastiano Vigna (2018), seeded through SplitMix64 as they advise.
struct SampleRandom {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// A stream of its own for each use, so that a change in one leaves the others as they were.
  init(seed: UInt64, stream: UInt64) {
    var state = seed &+ stream &* 0xd134_2543_de82_ef95
    func split() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
    s0 = split()
    s1 = split()
    s2 = split()
    s3 = split()
  }

  mutating func next() -> UInt64 {
    let scaled = s1 &* 5
    let result = ((scaled << 7) | (scaled >> 57)) &* 9
    let t = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = (s3 << 45) | (s3 >> 19)
    return result
  }

  /// Evenly in [0, 1).
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Evenly in 0 ..< count, by the high half of a product (Lemire 2019, without the rejection); 0 for no choice.
  mutating func below(_ count: Int) -> Int {
    count <= 1 ? 0 : Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(count)).high)
  }

  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  mutating func chance(_ probability: Double) -> Bool { unit() < probability }

  /// Exponential with mean 1.
  mutating func exponential() -> Double { -SampleMath.log(1 - unit()) }

  /// Standard normal.
  mutating func normal() -> Double { SampleMath.normalQuantile(unit() + 0x1p-54) }

  /// An index drawn by weights.
  mutating func pick(_ weights: [Double]) -> Int {
    var total = 0.0
    for weight in weights { total += weight }
    var left = unit() * total
    for index in weights.indices {
      left -= weights[index]
      if left < 0 { return index }
    }
    return max(0, weights.count - 1)
  }
}

/// Functions that a C library rounds differently from place to place, in arithmetic that no machine does.
enum SampleMath {
  /// eˣ: x = n ln 2 + r with |r| ≤ ln 2 / 2, and the Taylor series of eʳ to r¹³.
  static func exp(_ x: Double) -> Double {
    if x < -700 { return 0 }
    let bounded = min(x, 700)
    let scaled = bounded * 1.4426950408889634
    let whole = (scaled + (scaled < 0 ? -0.5 : 0.5)).rounded(.towardZero)
    let r = (bounded - whole * 0.6931471805598903) - whole * 5.497923018708371e-14
    var sum = 1.0
    var index = 13.0
    while index > 0 {
      sum = 1 + r * sum / index
      index -= 1
    }
    return Double(sign: .plus, exponent: Int(whole), significand: sum)
  }

  /// ln x for x > 0: x = m 2ⁿ with m near 1, and ln m = 2 artanh((m − 1) / (m + 1)).
  static func log(_ x: Double) -> Double {
    if x <= 0 { return -745 }
    var m = x.significand
    var n = Double(x.exponent)
    if m > 1.4142135623730951 {
      m /= 2
      n += 1
    }
    let t = (m - 1) / (m + 1)
    let square = t * t
    var sum = 0.0
    var index = 21.0
    while index > 0 {
      sum = sum * square + 1 / index
      index -= 2
    }
    return n * 0.6931471805599453 + 2 * t * sum
  }

  /// The value below which a standard normal variable falls with that probability.
  ///
  /// Source: M. J. Wichura, Algorithm AS 241 (1988), PPND7; about seven digits.
  static func normalQuantile(_ probability: Double) -> Double {
    let q = probability - 0.5
    if q >= -0.425, q <= 0.425 {
      let r = 0.180625 - q * q
      let top = ((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
      let bottom = ((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1
      return q * top / bottom
    }
    let tail = max(q < 0 ? probability : 1 - probability, 1e-300)
    var r = (-log(tail)).squareRoot()
    let size: Double
    if r <= 5 {
      r -= 1.6
      let top = ((0.17023821103 * r + 1.3067284816) * r + 2.75681539) * r + 1.4234372777
      size = top / ((0.12021132975 * r + 0.7370016425) * r + 1)
    } else {
      r -= 5
      let top = ((0.017337203997 * r + 0.42868294337) * r + 3.081226386) * r + 6.657905115
      size = top / ((0.012258202635 * r + 0.24197894225) * r + 1)
    }
    return q < 0 ? -size : size
  }
}
