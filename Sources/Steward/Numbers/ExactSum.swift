/// The exact sum of data: each counts as the decimal written, and the sum is rounded once, when it is read.
///
/// What was added can be subtracted again, partial sums can be merged, and neither order nor partition shows.
/// Decimals add up as scaled integers of 128 bits at one scale, and spill into a `BigInteger`; doubles add up in a
/// `FixedSum`.
public struct ExactSum: Sendable, Equatable {
  private var scaled: Int128 = 0
  private var scale = 0
  private var large: BigInteger?
  private var largeScale = 0
  private var doubles = FixedSum()

  public init() {}

  public mutating func add(digits: Int64, scale: Int) { add(Int128(digits), scale: scale) }

  public mutating func subtract(digits: Int64, scale: Int) { add(-Int128(digits), scale: scale) }

  public mutating func add(_ datum: Decimal) {
    switch datum {
    case .decimal(let digits, let scale): add(Int128(digits), scale: Int(scale))
    case .double(let value): doubles.add(value)
    }
  }

  public mutating func subtract(_ datum: Decimal) {
    switch datum {
    case .decimal(let digits, let scale): add(-Int128(digits), scale: Int(scale))
    case .double(let value): doubles.subtract(value)
    }
  }

  /// Adds a computed double, which counts as exactly what it is.
  public mutating func add(_ value: Double) { doubles.add(value) }

  public mutating func subtract(_ value: Double) { doubles.subtract(value) }

  /// Adds a partial sum that a kernel built at one scale.
  public mutating func add(scaledSum: Int128, scale: Int) { add(scaledSum, scale: scale) }

  public mutating func merge(_ other: ExactSum) { merge(other, isNegated: false) }

  /// Takes away a sum that was merged, or whose terms were added.
  public mutating func subtract(_ other: ExactSum) { merge(other, isNegated: true) }

  private mutating func merge(_ other: ExactSum, isNegated: Bool) {
    if isNegated, other.scaled == .min {
      var term = BigInteger(other.scaled)
      term.negate()
      spill(term, scale: other.scale)
    } else {
      add(isNegated ? -other.scaled : other.scaled, scale: other.scale)
    }
    if var term = other.large {
      if isNegated { term.negate() }
      spill(term, scale: other.largeScale)
    }
    doubles.merge(other.doubles, isNegated: isNegated)
  }

  private mutating func add(_ value: Int128, scale valueScale: Int) {
    if valueScale == scale {
      append(value)
    } else if value == 0 {
      return
    } else if valueScale < scale {
      if let factor = PowersOfTen.int128(scale - valueScale), let aligned = value.times(factor) {
        append(aligned)
      } else {
        spill(BigInteger(value), scale: valueScale)
      }
    } else if valueScale > 22 {
      spill(BigInteger(value), scale: valueScale)
    } else {
      if let factor = PowersOfTen.int128(valueScale - scale), let aligned = scaled.times(factor) {
        scaled = aligned
      } else {
        spill(BigInteger(scaled), scale: scale)
        scaled = 0
      }
      scale = valueScale
      append(value)
    }
  }

  private mutating func append(_ value: Int128) {
    let (sum, overflow) = scaled.addingReportingOverflow(value)
    if overflow {
      spill(BigInteger(scaled), scale: scale)
      scaled = value
    } else {
      scaled = sum
    }
  }

  private mutating func spill(_ value: BigInteger, scale valueScale: Int) {
    var term = value
    var total = large ?? BigInteger()
    if valueScale < largeScale {
      term.multiply(byPowerOfTen: largeScale - valueScale)
    } else {
      total.multiply(byPowerOfTen: valueScale - largeScale)
      largeScale = valueScale
    }
    total.add(term)
    large = total
  }

  /// The double nearest to the sum, ties to even.
  ///
  /// - Missing: infinite where no double holds the sum; nan if an infinity or nan was added.
  public func rounded() -> Double { rounded(dividedBy: 1) }

  /// The double nearest to the exact quotient. - Missing: nan if the divisor is not positive.
  public func rounded(dividedBy divisor: Int) -> Double {
    if divisor < 1 || !doubles.isFinite { return .nan }
    if large == nil {
      if doubles.isUntouched { return Steward.rounded(scaledSum: scaled, scale: scale, dividedBy: divisor) }
      if scaled == 0, divisor == 1 { return doubles.rounded() }
    }
    var (numerator, denominator) = exact
    denominator.multiply(by: UInt64(divisor))
    if numerator.isZero { numerator = BigInteger() }
    return roundedQuotient(numerator, denominator)
  }

  /// Whether the exact sum is zero.
  public var isZero: Bool { doubles.isFinite && exact.numerator.isZero }

  /// The sum as a fraction of whole numbers.
  private var exact: (numerator: BigInteger, denominator: BigInteger) {
    var decimals = self
    decimals.doubles = FixedSum()
    decimals.spill(BigInteger(scaled), scale: scale)
    let (binary, shift) = doubles.exact
    var numerator = decimals.large ?? BigInteger()
    numerator.shiftLeft(shift)
    var term = binary
    term.multiply(byPowerOfTen: decimals.largeScale)
    numerator.add(term)
    var denominator = BigInteger(1)
    denominator.multiply(byPowerOfTen: decimals.largeScale)
    denominator.shiftLeft(shift)
    return (numerator, denominator)
  }

  public static func == (left: ExactSum, right: ExactSum) -> Bool {
    var difference = left
    difference.subtract(right)
    return difference.isZero
  }
}
