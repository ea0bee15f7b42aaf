/// Where a quantile of sorted values lies: between two neighbours, in exact parts.
///
/// Type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages" (1996): linear, the q-th part of the way from
/// the first value to the last.
struct QuantilePlace: Hashable, Sendable {
  /// The row of the lower neighbour; the upper one is the next row, needed only if `part` is not 0.
  let row: Int
  /// The share of the way to the upper neighbour is `part ÷ whole`.
  let part: Int64
  let whole: Int64

  /// - Missing: nil without values, or if `q` is not within 0…1.
  init?(_ q: Double, count: Int) {
    guard count > 0, q >= 0, q <= 1 else { return nil }
    // q counts as the decimal written: 0.07 of 100 steps is 7 of them, where doubles give 7.000000000000001.
    guard case .decimal(let digits, let scale) = fifteenDigit(q), scale >= 0, let whole = PowersOfTen.int64(Int(scale))
    else {
      self.row = 0
      self.part = 0
      self.whole = 1
      return
    }
    let steps = (Int128(count - 1) * Int128(digits)).quotientAndRemainder(dividingBy: Int128(whole))
    self.row = Int(clamping: steps.quotient)
    self.part = Int64(clamping: steps.remainder)
    self.whole = whole
  }

  /// The value between the neighbours: each counts as the decimal it stands for, and the result is rounded once.
  func value(between lower: Double, and upper: Double) -> Double {
    if part == 0 || lower == upper { return lower }
    if !lower.isFinite || !upper.isFinite { return upper }
    return value(between: Decimal(standingFor: lower), and: Decimal(standingFor: upper))
  }

  /// The value between the neighbours, rounded once.
  func value(between low: Decimal, and high: Decimal) -> Double {
    if part == 0 || low == high { return low.value }
    var sum = ExactSum()
    if case .decimal(let lowDigits, let lowScale) = low, case .decimal(let highDigits, let highScale) = high,
      let lowPart = Int128(lowDigits).times(Int128(whole - part)), let highPart = Int128(highDigits).times(Int128(part))
    {
      sum.add(scaledSum: lowPart, scale: Int(lowScale))
      sum.add(scaledSum: highPart, scale: Int(highScale))
      return sum.rounded(dividedBy: Int(whole))
    }
    return value(between: ExactFraction(low), and: ExactFraction(high))
  }

  private func value(between lower: ExactFraction, and upper: ExactFraction) -> Double {
    var sum = lower.numerator
    sum.multiply(by: UInt64(clamping: whole - part))
    upper.expand(&sum)
    var other = upper.numerator
    other.multiply(by: UInt64(clamping: part))
    lower.expand(&other)
    sum.add(other)
    var divisor = BigInteger(Int128(whole))
    lower.expand(&divisor)
    upper.expand(&divisor)
    return roundedQuotient(sum, divisor)
  }
}

/// A decimal or a double exactly: `numerator ÷ (10^tens × 2^twos)`.
private struct ExactFraction {
  var numerator: BigInteger
  var tens = 0
  var twos = 0

  init(_ value: Decimal) {
    switch value {
    case .decimal(let digits, let scale):
      numerator = BigInteger(Int128(digits))
      numerator.multiply(byPowerOfTen: -Int(scale))
      tens = max(0, Int(scale))
    case .double(let double):
      // The significand as a whole number of 53 bits.
      let exponent = double == 0 ? 0 : Int(double.exponent) - 52
      let significand = double == 0 ? 0 : Int128(double.significand * 4_503_599_627_370_496)
      numerator = BigInteger(double < 0 ? -significand : significand)
      numerator.shiftLeft(exponent)
      twos = max(0, -exponent)
    }
  }

  /// Multiplies by the denominator.
  func expand(_ value: inout BigInteger) {
    value.multiply(byPowerOfTen: tens)
    value.shiftLeft(twos)
  }
}

/// The quantile of sorted values, linear between the closest ranks (type 7). - Missing: nil of nothing.
func quantile(_ q: Double, ofSortedDecimals values: [Decimal]) -> Double? {
  guard let place = QuantilePlace(q, count: values.count), values.indices.contains(place.row) else { return nil }
  let lower = values[place.row]
  return values.indices.contains(place.row + 1)
    ? place.value(between: lower, and: values[place.row + 1]) : lower.value
}

/// The quantile of sorted values, each of which counts as the decimal that it stands for.
func quantile(_ q: Double, ofSorted values: [Double]) -> Double? {
  guard let place = QuantilePlace(q, count: values.count), values.indices.contains(place.row) else { return nil }
  let lower = values[place.row]
  if place.part == 0 { return lower }
  return values.indices.contains(place.row + 1) ? place.value(between: lower, and: values[place.row + 1]) : lower
}
