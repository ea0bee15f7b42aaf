/// A datum as written: `digits × 10^-scale`, or where that needs more than 15 significant digits, its double.
///
/// - Shape: the scale is as small as it can be. It is negative only for whole numbers that Int64 does not hold.
public enum Decimal: Hashable, Sendable {
  case decimal(digits: Int64, scale: Int16)
  case double(Double)

  public static let zero = Decimal.decimal(digits: 0, scale: 0)

  /// The double nearest to it, ties to even.
  public var value: Double {
    switch self {
    case .decimal(let digits, let scale): rounded(scaledSum: Int128(digits), scale: Int(scale))
    case .double(let value): value
    }
  }

  /// The same number with the smallest scale.
  static func reduced(digits: Int64, scale: Int) -> Decimal {
    if digits == 0 { return .zero }
    var digits = digits
    var scale = scale
    while scale > 0, digits % 10 == 0 {
      digits /= 10
      scale -= 1
    }
    while scale < 0, let wider = digits.times(10) {
      digits = wider
      scale += 1
    }
    return .decimal(digits: digits, scale: Int16(clamping: scale))
  }

  /// The decimal that a double stands for: its 15-digit decimal if that reads back as the same double, else itself.
  init(standingFor value: Double) {
    let short = fifteenDigit(value)
    self = short.value == value ? short : .double(value)
  }

  /// Whether it is another number than the one that its double stands for: `0.10000000000000001` is the double of 0.1.
  var isUntoldByDouble: Bool {
    guard case .double(let value) = self, case .decimal = Decimal(standingFor: value) else { return false }
    return true
  }

  /// Whether it is less than another, exactly.
  func precedes(_ other: Decimal) -> Bool {
    let (left, right) = (value, other.value)
    if left != right { return left < right }
    if self == other { return false }
    // Of one double there are a decimal and the double itself.
    var difference = ExactSum()
    difference.add(self)
    difference.add(other.negated)
    return difference.rounded() < 0
  }

  private var negated: Decimal {
    switch self {
    case .decimal(let digits, let scale): .decimal(digits: 0 &- digits, scale: scale)
    case .double(let value): .double(0 - value)
    }
  }
}

extension FixedWidthInteger {
  /// The product, or nil on overflow.
  func times(_ factor: Self) -> Self? {
    let product = multipliedReportingOverflow(by: factor)
    return product.overflow ? nil : product.partialValue
  }

  /// The sum, or nil on overflow.
  func plus(_ term: Self) -> Self? {
    let sum = addingReportingOverflow(term)
    return sum.overflow ? nil : sum.partialValue
  }
}

/// Powers of ten as far as each type holds them exactly.
enum PowersOfTen {
  /// 10^0 … 10^22
  static let doubles: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// 10^0 … 10^38
  static let wide: [UInt128] = {
    var powers: [UInt128] = [1]
    while powers.count <= 38, let next = powers.last?.times(10) { powers.append(next) }
    return powers
  }()

  /// 10^exponent, or nil where the type does not hold it.
  static func int64(_ exponent: Int) -> Int64? {
    exponent >= 0 && exponent <= 18 ? Int64(truncatingIfNeeded: wide[exponent]) : nil
  }

  static func int128(_ exponent: Int) -> Int128? {
    exponent >= 0 && exponent <= 38 ? Int128(truncatingIfNeeded: wide[exponent]) : nil
  }
}
