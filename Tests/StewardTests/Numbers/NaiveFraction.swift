@testable import Steward

/// An exact fraction in decimal digits, slow and plain: what the sums are compared with.
struct NaiveFraction {
  /// Digits of the magnitude, lowest first, in units of 10^-1100.
  private var digits: [Int] = []
  private var isNegative = false
  static let places = 1100

  /// `digits × 10^-scale`
  init(_ value: Int64, scale: Int) {
    digits = [Int](repeating: 0, count: NaiveFraction.places - scale)
    digits += String(value.magnitude).reversed().compactMap(\.wholeNumberValue)
    isNegative = value < 0
  }

  /// A double exactly: powers of two are written out by doubling and halving.
  init(_ value: Double) {
    isNegative = value < 0
    let size = value.magnitude
    if size == 0 { return }
    let whole = UInt64(size.significandBitPattern) | (size.isNormal ? 1 << 52 : 0)
    var exponent = (size.isNormal ? Int(size.exponent) : -1022) - 52
    digits = [Int](repeating: 0, count: NaiveFraction.places) + String(whole).reversed().compactMap(\.wholeNumberValue)
    while exponent > 0 {
      double()
      exponent -= 1
    }
    while exponent < 0 {
      halve()
      exponent += 1
    }
  }

  private mutating func double() {
    var carry = 0
    for index in digits.indices {
      let value = digits[index] * 2 + carry
      digits[index] = value % 10
      carry = value / 10
    }
    if carry > 0 { digits.append(carry) }
  }

  private mutating func halve() {
    var rest = 0
    for index in digits.indices.reversed() {
      let value = digits[index] + 10 * rest
      digits[index] = value / 2
      rest = value % 2
    }
  }

  private static func precedes(_ left: [Int], _ right: [Int]) -> Bool {
    for index in (0..<max(left.count, right.count)).reversed() {
      let (one, other) = (index < left.count ? left[index] : 0, index < right.count ? right[index] : 0)
      if one != other { return one < other }
    }
    return false
  }

  mutating func add(_ other: NaiveFraction) {
    let sign = isNegative == other.isNegative ? 1 : -1
    var (large, small) = (digits, other.digits)
    if sign < 0, NaiveFraction.precedes(large, small) {
      (large, small) = (small, large)
      isNegative = other.isNegative
    }
    var carry = 0
    for index in 0..<max(large.count, small.count) {
      if index == large.count { large.append(0) }
      let value = large[index] + sign * (index < small.count ? small[index] : 0) + carry
      large[index] = (value + 10) % 10
      carry = value < 0 ? -1 : value / 10
    }
    if carry > 0 { large.append(carry) }
    digits = large
  }

  /// Divides and cuts after 1100 decimals.
  func divided(by divisor: Int) -> NaiveFraction {
    var result = self
    var rest = 0
    for index in digits.indices.reversed() {
      let value = digits[index] + 10 * rest
      result.digits[index] = value / divisor
      rest = value % divisor
    }
    // What was cut off must still break ties.
    if rest > 0, !result.digits.isEmpty { result.digits.insert(1, at: 0) } else { result.digits.insert(0, at: 0) }
    return result
  }

  /// The nearest double, by the standard library's reading of all the digits.
  func rounded(places: Int = NaiveFraction.places) -> Double {
    var text = digits.reversed().map(String.init).joined()
    if text.count <= places { text = String(repeating: "0", count: places - text.count + 1) + text }
    let cut = text.index(text.endIndex, offsetBy: -places)
    let value = Double(text[..<cut] + "." + text[cut...]) ?? .nan
    return isNegative ? 0 - value : value
  }
}
