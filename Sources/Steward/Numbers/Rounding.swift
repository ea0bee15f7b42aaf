// Exact quotients, rounded once to the nearest double, ties to even.

/// The double nearest to `scaledSum × 10^-scale ÷ dividedBy`.
///
/// - Missing: nan if the divisor is not positive.
/// - Cost: one division of doubles where both sides are below 2^53, one of 128-bit integers mostly, else long division.
func rounded(scaledSum: Int128, scale: Int, dividedBy divisor: Int = 1) -> Double {
  if divisor < 1 { return .nan }
  if scaledSum == 0 { return 0 }
  if scale >= 0, scale <= 22 {
    let magnitude = scaledSum.magnitude
    let isShort = magnitude <= 1 << 53
    if isShort, divisor == 1 { return Double(Int64(truncatingIfNeeded: scaledSum)) / PowersOfTen.doubles[scale] }
    if let whole = PowersOfTen.wide[scale].times(UInt128(divisor)) {
      if isShort, whole <= 1 << 53 {
        return Double(Int64(truncatingIfNeeded: scaledSum)) / Double(Int64(truncatingIfNeeded: whole))
      }
      if whole < 1 << 73 { return roundedQuotient(magnitude, whole, isNegative: scaledSum < 0) }
    }
  }
  var numerator = BigInteger(scaledSum)
  var denominator = BigInteger(Int128(divisor))
  if scale < 0 {
    numerator.multiply(byPowerOfTen: -scale)
  } else {
    denominator.multiply(byPowerOfTen: scale)
  }
  return roundedQuotient(numerator, denominator)
}

/// The double nearest to `scaledSum × 10^-scale ÷ dividedBy`; see above.
func rounded(scaledSum: Int64, scale: Int, dividedBy divisor: Int = 1) -> Double {
  rounded(scaledSum: Int128(scaledSum), scale: scale, dividedBy: divisor)
}

/// The double nearest to a quotient, times 2^exponent, whose divisor is below 2^73.
///
/// A sum in units of 2^-80 is divided with `exponent: -80`.
func roundedQuotient(
  _ numerator: UInt128, _ denominator: UInt128, exponent: Int = 0, isNegative: Bool
) -> Double {
  if numerator == 0 || denominator == 0 { return 0 }
  // The quotient then has at least 55 bits: enough to round from, with a mark for what is left over.
  let shift = numerator.leadingZeroBitCount
  let (quotient, remainder) = (numerator << UInt128(shift)).quotientAndRemainder(dividingBy: denominator)
  return double(significand: quotient, exponent: exponent - shift, hasMore: remainder != 0, isNegative: isNegative)
}

/// The double nearest to a quotient of any size; the divisor is positive.
func roundedQuotient(_ numerator: BigInteger, _ denominator: BigInteger) -> Double {
  if numerator.isZero || denominator.isZero { return 0 }
  let shift = 64 - (numerator.bitCount - denominator.bitCount)
  var upper = numerator
  var lower = denominator
  if shift > 0 { upper.shiftLeft(shift) } else { lower.shiftLeft(-shift) }
  let (quotient, remainder) = upper.dividedMagnitude(by: lower)
  return double(significand: quotient, exponent: -shift, hasMore: !remainder.isZero, isNegative: numerator.isNegative)
}

/// The double nearest to `significand × 2^exponent`, plus less than one unit of the significand if it `hasMore`.
///
/// With `hasMore` the significand has at least 55 bits.
func double(significand: UInt128, exponent: Int, hasMore: Bool, isNegative: Bool) -> Double {
  let bits = 128 - significand.leadingZeroBitCount
  if bits == 0 { return 0 }
  let top = exponent + bits - 1
  if top > 1023 { return isNegative ? -.infinity : .infinity }
  let kept = top >= -1022 ? 53 : 53 - (-1022 - top)
  let dropped = max(0, bits - kept)
  var short = dropped > 128 ? 0 : significand >> UInt128(dropped)
  if dropped > 0, dropped <= 128 {
    let rest = significand - (short << UInt128(dropped))
    let half: UInt128 = 1 << UInt128(dropped - 1)
    if rest > half || (rest == half && (hasMore || short & 1 == 1)) { short += 1 }
  }
  return Double(
    sign: isNegative ? .minus : .plus, exponent: exponent + dropped,
    significand: Double(UInt64(truncatingIfNeeded: short)))
}
