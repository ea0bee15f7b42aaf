/// A whole number of any size, for the rare sums and quotients that 128 bits do not hold.
///
/// - Shape: sign and magnitude; limbs of 64 bits, lowest first, no zero limb at the top.
struct BigInteger: Hashable, Sendable {
  private(set) var isNegative = false
  private(set) var limbs: [UInt64] = []

  init() {}

  init(magnitude: UInt128, isNegative: Bool = false) {
    limbs = [UInt64(truncatingIfNeeded: magnitude), UInt64(truncatingIfNeeded: magnitude >> 64)]
    trim()
    self.isNegative = isNegative && !limbs.isEmpty
  }

  init(_ value: Int128) { self.init(magnitude: value.magnitude, isNegative: value < 0) }

  init(limbs: [UInt64], isNegative: Bool) {
    self.limbs = limbs
    trim()
    self.isNegative = isNegative && !self.limbs.isEmpty
  }

  var isZero: Bool { limbs.isEmpty }

  var magnitude: BigInteger { BigInteger(limbs: limbs, isNegative: false) }

  /// The number of bits of the magnitude; 0 for zero.
  var bitCount: Int {
    guard let top = limbs.last else { return 0 }
    return limbs.count * 64 - top.leadingZeroBitCount
  }

  private mutating func trim() {
    while limbs.last == 0 { limbs.removeLast() }
    if limbs.isEmpty { isNegative = false }
  }

  mutating func negate() { isNegative = !isNegative && !limbs.isEmpty }

  static func + (left: BigInteger, right: BigInteger) -> BigInteger {
    var sum = left
    sum.add(right)
    return sum
  }

  mutating func add(_ other: BigInteger) {
    if isNegative == other.isNegative {
      addMagnitude(other)
    } else if precedesInMagnitude(other) {
      var result = other
      result.subtractMagnitude(self)
      self = result
    } else {
      subtractMagnitude(other)
    }
  }

  func precedesInMagnitude(_ other: BigInteger) -> Bool {
    if limbs.count != other.limbs.count { return limbs.count < other.limbs.count }
    for index in limbs.indices.reversed() where limbs[index] != other.limbs[index] {
      return limbs[index] < other.limbs[index]
    }
    return false
  }

  private mutating func addMagnitude(_ other: BigInteger) {
    var carry: UInt64 = 0
    for index in 0..<max(limbs.count, other.limbs.count) {
      if index == limbs.count { limbs.append(0) }
      let term = index < other.limbs.count ? other.limbs[index] : 0
      let (first, over1) = limbs[index].addingReportingOverflow(term)
      let (second, over2) = first.addingReportingOverflow(carry)
      limbs[index] = second
      carry = over1 || over2 ? 1 : 0
    }
    if carry != 0 { limbs.append(carry) }
    if other.isNegative { isNegative = true }
  }

  /// Takes a magnitude that is not greater than this one's.
  private mutating func subtractMagnitude(_ other: BigInteger) {
    var borrow: UInt64 = 0
    for index in limbs.indices {
      let term = index < other.limbs.count ? other.limbs[index] : 0
      let (first, under1) = limbs[index].subtractingReportingOverflow(term)
      let (second, under2) = first.subtractingReportingOverflow(borrow)
      limbs[index] = second
      borrow = under1 || under2 ? 1 : 0
    }
    trim()
  }

  mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let wide = limbs[index].multipliedFullWidth(by: factor)
      let (low, over) = wide.low.addingReportingOverflow(carry)
      limbs[index] = low
      carry = wide.high &+ (over ? 1 : 0)
    }
    if carry != 0 { limbs.append(carry) }
    trim()
  }

  mutating func multiply(byPowerOfTen exponent: Int) {
    var left = max(0, exponent)
    while left > 0 {
      let step = min(left, 18)
      multiply(by: UInt64(PowersOfTen.int64(step) ?? 1))
      left -= step
    }
  }

  mutating func shiftLeft(_ bits: Int) {
    guard bits > 0, !limbs.isEmpty else { return }
    let small = UInt64(bits % 64)
    if small > 0 {
      var carry: UInt64 = 0
      for index in limbs.indices {
        let limb = limbs[index]
        limbs[index] = (limb << small) | carry
        carry = limb >> (64 - small)
      }
      if carry != 0 { limbs.append(carry) }
    }
    limbs.insert(contentsOf: repeatElement(0, count: bits / 64), at: 0)
  }

  private mutating func shiftRightOne() {
    var carry: UInt64 = 0
    for index in limbs.indices.reversed() {
      let limb = limbs[index]
      limbs[index] = (limb >> 1) | carry
      carry = limb << 63
    }
    trim()
  }

  /// The quotient of two magnitudes, cut, and the remainder, bit by bit: for quotients of fewer than 128 bits.
  func dividedMagnitude(by divisor: BigInteger) -> (quotient: UInt128, remainder: BigInteger) {
    var remainder = magnitude
    var shifted = divisor.magnitude
    if shifted.isZero { return (0, remainder) }
    var bit = max(0, remainder.bitCount - shifted.bitCount)
    shifted.shiftLeft(bit)
    var quotient: UInt128 = 0
    while true {
      quotient <<= 1
      if !remainder.precedesInMagnitude(shifted) {
        remainder.subtractMagnitude(shifted)
        quotient |= 1
      }
      if bit == 0 { return (quotient, remainder) }
      bit -= 1
      shifted.shiftRightOne()
    }
  }
}
