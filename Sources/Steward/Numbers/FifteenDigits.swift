// The 15-digit decimal of a double: what people see of it, and what `round floor ceil` act on, so that
// `floor(0.29 * 100)` is 29.

/// The decimal of at most 15 significant digits nearest to a double, ties away from zero.
///
/// - Missing: a nan or an infinity stays a double.
/// - Cost: one 128-bit product between 1e-8 and 1e15, long division far outside.
func fifteenDigit(_ value: Double) -> Decimal {
  if !value.isFinite { return .double(value) }
  let size = value.magnitude
  if size < 1e15, size.rounded(.down) == size { return .decimal(digits: Int64(value), scale: 0) }
  let pattern = size.bitPattern
  let biased = Int(truncatingIfNeeded: pattern >> 52)
  let fraction = pattern & 0xf_ffff_ffff_ffff
  let significand = biased == 0 ? fraction : fraction | 1 << 52
  let exponent = biased == 0 ? -1074 : biased - 1075
  // The decimal place of the first digit: guessed from the binary one (log10 2 = 0.30103), then corrected.
  let top = exponent + 63 - significand.leadingZeroBitCount
  var place = (top * 30103) / 100_000 - (top < 0 ? 1 : 0)
  while true {
    let scale = 14 - place
    let digits = scaledToInteger(significand, exponent: exponent, powerOfTen: scale)
    if digits >= 1_000_000_000_000_000 {
      place += 1
    } else if digits < 100_000_000_000_000 {
      place -= 1
    } else {
      return stripped(Int64(truncatingIfNeeded: digits), scale: scale, isNegative: value < 0)
    }
  }
}

private func stripped(_ digits: Int64, scale: Int, isNegative: Bool) -> Decimal {
  var digits = digits
  var scale = scale
  while digits % 10 == 0 {
    digits /= 10
    scale -= 1
  }
  return .reduced(digits: isNegative ? -digits : digits, scale: scale)
}

/// `significand × 2^exponent × 10^powerOfTen`, rounded to the nearest whole number, ties up.
private func scaledToInteger(_ significand: UInt64, exponent: Int, powerOfTen: Int) -> UInt128 {
  if powerOfTen >= 0, powerOfTen <= 22, exponent < 0, exponent > -127 {
    let product = UInt128(significand) &* PowersOfTen.wide[powerOfTen]
    let cut = UInt128(-exponent)
    return (product >> cut) + ((product >> (cut - 1)) & 1)
  }
  var numerator = BigInteger(magnitude: UInt128(significand))
  var denominator = BigInteger(1)
  numerator.multiply(byPowerOfTen: powerOfTen)
  denominator.multiply(byPowerOfTen: -powerOfTen)
  numerator.shiftLeft(exponent)
  denominator.shiftLeft(-exponent)
  let (quotient, remainder) = numerator.dividedMagnitude(by: denominator)
  var twice = remainder
  twice.shiftLeft(1)
  return twice.precedesInMagnitude(denominator) ? quotient : quotient + 1
}

extension Decimal {
  enum WholeRounding {
    case down, up, halfAway
  }

  /// The whole number beside a decimal. - Missing: nil where Int64 does not hold it.
  func whole(_ rounding: WholeRounding) -> Int64? {
    guard case .decimal(let digits, let signedScale) = self else { return nil }
    let scale = Int(signedScale)
    if scale <= 0 {
      return PowersOfTen.int64(-scale).flatMap { digits.times($0) } ?? (digits == 0 ? 0 : nil)
    }
    guard let unit = PowersOfTen.int64(scale) else {
      // Below 10: 19 digits at most against a unit of 10^19 or more.
      let isHalf = scale == 19 && digits.magnitude >= 5_000_000_000_000_000_000
      switch rounding {
      case .down: return digits < 0 ? -1 : 0
      case .up: return digits > 0 ? 1 : 0
      case .halfAway: return isHalf ? digits.signum() : 0
      }
    }
    let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: unit)
    switch rounding {
    case .down: return remainder < 0 ? quotient - 1 : quotient
    case .up: return remainder > 0 ? quotient + 1 : quotient
    case .halfAway: return remainder.magnitude >= unit.magnitude / 2 ? quotient + digits.signum() : quotient
    }
  }
}

/// The whole numbers beside a double, by its 15-digit decimal. - Missing: nil where Int64 does not hold the result.
enum WholeNumber {
  /// Whether rounding to 15 digits cannot carry a value over a boundary at that distance.
  ///
  /// 15 digits move a value by less than 5e-15 of its size.
  private static func isClear(_ value: Double, of distance: Double) -> Bool {
    distance > value.magnitude * 1e-14 && value.magnitude < 1e13
  }

  /// The nearest, halves away from zero.
  static func rounded(_ value: Double) -> Int64? {
    let below = value.rounded(.down)
    if isClear(value, of: (value - below - 0.5).magnitude) { return Int64(value.rounded()) }
    return fifteenDigit(value).whole(.halfAway)
  }

  static func floor(_ value: Double) -> Int64? {
    let below = value.rounded(.down)
    if isClear(value, of: min(value - below, below + 1 - value)) { return Int64(below) }
    return fifteenDigit(value).whole(.down)
  }

  static func ceil(_ value: Double) -> Int64? {
    let above = value.rounded(.up)
    if isClear(value, of: min(above - value, value + 1 - above)) { return Int64(above) }
    return fifteenDigit(value).whole(.up)
  }
}

/// The nearest whole number by the 15-digit decimal, halves away from zero; nil where Int64 does not hold it.
func roundHalfAway(_ value: Double) -> Int64? { WholeNumber.rounded(value) }
