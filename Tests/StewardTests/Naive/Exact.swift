// Exact arithmetic for the naive evaluator: whole numbers of any size, and decimals of any length over them.
// Nothing here is fast; everything is meant to be seen to be right.

/// A whole number ≥ 0 of any size, least significant limb first, no zero limbs at the end.
struct Natural: Equatable {
  var limbs: [UInt32]

  static let zero = Natural(0)

  init(_ value: UInt64) {
    limbs = []
    var rest = value
    while rest > 0 {
      limbs.append(UInt32(truncatingIfNeeded: rest))
      rest >>= 32
    }
  }

  private init(limbs: [UInt32]) {
    self.limbs = limbs
    while self.limbs.last == 0 { self.limbs.removeLast() }
  }

  var isZero: Bool { limbs.isEmpty }

  /// The value, if it fits.
  var small: UInt64? {
    switch limbs.count {
    case 0: 0
    case 1: UInt64(limbs[0])
    case 2: UInt64(limbs[1]) << 32 | UInt64(limbs[0])
    default: nil
    }
  }

  static func + (left: Natural, right: Natural) -> Natural {
    var sum: [UInt32] = []
    var carry: UInt64 = 0
    for index in 0..<max(left.limbs.count, right.limbs.count) {
      carry += UInt64(index < left.limbs.count ? left.limbs[index] : 0)
      carry += UInt64(index < right.limbs.count ? right.limbs[index] : 0)
      sum.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    if carry > 0 { sum.append(UInt32(carry)) }
    return Natural(limbs: sum)
  }

  /// The difference; `left` must not be the smaller one.
  static func - (left: Natural, right: Natural) -> Natural {
    var difference: [UInt32] = []
    var borrow: Int64 = 0
    for index in left.limbs.indices {
      var limb = Int64(left.limbs[index]) - borrow - Int64(index < right.limbs.count ? right.limbs[index] : 0)
      borrow = limb < 0 ? 1 : 0
      if limb < 0 { limb += 1 << 32 }
      difference.append(UInt32(limb))
    }
    precondition(borrow == 0)
    return Natural(limbs: difference)
  }

  static func * (left: Natural, right: Natural) -> Natural {
    if left.isZero || right.isZero { return .zero }
    var product = Array(repeating: UInt32(0), count: left.limbs.count + right.limbs.count)
    for (i, a) in left.limbs.enumerated() {
      var carry: UInt64 = 0
      for (j, b) in right.limbs.enumerated() {
        carry += UInt64(a) * UInt64(b) + UInt64(product[i + j])
        product[i + j] = UInt32(truncatingIfNeeded: carry)
        carry >>= 32
      }
      product[i + right.limbs.count] = UInt32(carry)
    }
    return Natural(limbs: product)
  }

  static func < (left: Natural, right: Natural) -> Bool {
    if left.limbs.count != right.limbs.count { return left.limbs.count < right.limbs.count }
    for (a, b) in zip(left.limbs.reversed(), right.limbs.reversed()) where a != b { return a < b }
    return false
  }

  static func power(_ base: UInt64, _ exponent: Int) -> Natural {
    if exponent == 0 { return Natural(1) }
    let root = power(base, exponent / 2)
    return exponent % 2 == 0 ? root * root : root * root * Natural(base)
  }

  /// Nearly the value, as `fraction × 2^exponent`.
  var approximately: (fraction: Double, exponent: Int) {
    var fraction = 0.0
    for limb in limbs.reversed().prefix(3) { fraction = fraction * 4_294_967_296 + Double(limb) }
    return (fraction, 32 * max(0, limbs.count - 3))
  }
}

/// A decimal of any length: `±magnitude × 10^-scale`. Every double is one.
struct ExactDecimal {
  var isNegative: Bool
  var magnitude: Natural
  var scale: Int

  static let zero = ExactDecimal(isNegative: false, magnitude: .zero, scale: 0)

  init(isNegative: Bool, magnitude: Natural, scale: Int) {
    self.isNegative = isNegative
    self.magnitude = magnitude
    self.scale = scale
  }

  init(_ int: Int64) { self.init(isNegative: int < 0, magnitude: Natural(int.magnitude), scale: 0) }

  /// What the double is, to the last binary digit.
  init(exactly double: Double) {
    precondition(double.isFinite)
    guard double != 0 else {
      self = .zero
      return
    }
    var exponent = Int(double.exponent) - 52
    var significand = UInt64(double.magnitude.significand * 4_503_599_627_370_496)
    while significand % 2 == 0, exponent < 0 {
      significand /= 2
      exponent += 1
    }
    let isNegative = double < 0
    if exponent >= 0 {
      self.init(isNegative: isNegative, magnitude: Natural(significand) * .power(2, exponent), scale: 0)
    } else {
      self.init(isNegative: isNegative, magnitude: Natural(significand) * .power(5, -exponent), scale: -exponent)
    }
  }

  /// The decimal that was written, of up to 15 digits; beyond them, the double.
  init(written double: Double) {
    // The shortest decimal that reads back: "-1234.5", "1e-07", "1.25e+16".
    let text = double.description
    let halves = text.split(separator: "e")
    let exponent = halves.count > 1 ? Int(halves[1]) ?? 0 : 0
    let parts = halves[0].split(separator: ".", omittingEmptySubsequences: false)
    var whole = String(parts[0])
    let isNegative = whole.hasPrefix("-")
    if isNegative { whole.removeFirst() }
    var fraction = parts.count > 1 ? String(parts[1]) : ""
    if fraction == "0" { fraction = "" }
    let digits = whole + fraction
    let significant = digits.drop { $0 == "0" }
    guard significant.count <= 15, let value = UInt64(digits) else {
      self.init(exactly: double)
      return
    }
    let scale = fraction.count - exponent
    if scale >= 0 {
      self.init(isNegative: isNegative, magnitude: Natural(value), scale: scale)
    } else {
      self.init(isNegative: isNegative, magnitude: Natural(value) * .power(10, -scale), scale: 0)
    }
  }

  static prefix func - (value: ExactDecimal) -> ExactDecimal {
    ExactDecimal(isNegative: !value.isNegative, magnitude: value.magnitude, scale: value.scale)
  }

  static func + (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal {
    let scale = max(left.scale, right.scale)
    let a = left.magnitude * .power(10, scale - left.scale)
    let b = right.magnitude * .power(10, scale - right.scale)
    if left.isNegative == right.isNegative {
      return ExactDecimal(isNegative: left.isNegative, magnitude: a + b, scale: scale)
    }
    if a < b { return ExactDecimal(isNegative: right.isNegative, magnitude: b - a, scale: scale) }
    return ExactDecimal(isNegative: left.isNegative, magnitude: a - b, scale: scale)
  }

  static func * (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal {
    ExactDecimal(
      isNegative: left.isNegative != right.isNegative, magnitude: left.magnitude * right.magnitude,
      scale: left.scale + right.scale)
  }

  static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
    let difference = left + -right
    return difference.isNegative && !difference.magnitude.isZero
  }

  /// The whole number, if this is one and it fits.
  var int: Int64? {
    guard scale == 0, let small = magnitude.small else { return nil }
    if isNegative { return small <= UInt64(Int64.max) + 1 ? Int64(truncatingIfNeeded: 0 &- small) : nil }
    return Int64(exactly: small)
  }

  /// This divided by a whole number > 0, rounded once to the nearest double, ties to the even one; infinite beyond them.
  func rounded(dividedBy divisor: UInt64 = 1) -> Double {
    let result = nearest(magnitude, Natural(divisor) * .power(10, scale))
    return isNegative ? -result : result
  }
}

/// The double nearest to a quotient of whole numbers.
func nearest(_ numerator: Natural, _ denominator: Natural) -> Double {
  if numerator.isZero { return 0 }
  let exact: UInt64 = 1 << 53
  if let a = numerator.small, let b = denominator.small, a <= exact, b <= exact { return Double(a) / Double(b) }
  return nearestBySearch(numerator, denominator)
}

/// Starts from a good guess and walks to the double whose half-way points to its neighbours enclose the quotient.
func nearestBySearch(_ numerator: Natural, _ denominator: Natural) -> Double {
  let (a, i) = numerator.approximately
  let (b, j) = denominator.approximately
  // In two steps, as 2^(i − j) alone may be no double.
  let scale = min(max(i - j, -1400), 1400)
  var guess = (a / b) * Double(sign: .plus, exponent: scale / 2, significand: 1)
  guess *= Double(sign: .plus, exponent: scale - scale / 2, significand: 1)
  guess = min(max(guess, Double.leastNonzeroMagnitude), Double.greatestFiniteMagnitude)
  /// Whether the quotient is above the point half-way between a double and the next; nil if it is that point.
  func isAbove(_ low: Double) -> Bool? {
    let step = ExactDecimal(exactly: low.ulp)
    let half = ExactDecimal(isNegative: false, magnitude: step.magnitude * Natural(5), scale: step.scale + 1)
    let middle = (low == 0 ? .zero : ExactDecimal(exactly: low)) + half
    let left = numerator * .power(10, middle.scale)
    let right = middle.magnitude * denominator
    return left == right ? nil : right < left
  }
  func isEven(_ double: Double) -> Bool { double.bitPattern % 2 == 0 }
  while guess.isFinite, isAbove(guess) ?? !isEven(guess) { guess = guess.nextUp }
  while guess > 0, !(isAbove(guess.nextDown) ?? isEven(guess)) { guess = guess.nextDown }
  return guess
}
