/// A plain decimal as it stands in a file: `[+-]?digits[.digits]`, without exponent, nan, inf, hex or separators.
struct PlainDecimal {
  private(set) var isNegative = false
  /// The first 19 significant digits.
  private(set) var digits: UInt64 = 0
  /// Significant digits, the zeros behind them not counted.
  private(set) var significant = 0
  /// The number is `digits × 10^-scale` while `isWhole`.
  private(set) var scale = 0
  /// Whether `digits` holds all significant ones.
  var isWhole: Bool { significant <= 19 }

  /// - Missing: nil if the bytes are anything but a plain decimal.
  init?(_ bytes: Swift.Span<UInt8>, _ range: Range<Int>) {
    var index = range.lowerBound
    let end = range.upperBound
    guard index >= 0, end <= bytes.count, index < end else { return nil }
    if bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    var zeros = 0
    var hasDigit = false
    var isFraction = false
    while index < end {
      let byte = bytes[index]
      index += 1
      let digit = byte &- 48
      if digit > 9 {
        guard byte == UInt8(ascii: "."), hasDigit, !isFraction, index < end else { return nil }
        isFraction = true
        continue
      }
      hasDigit = true
      if isFraction { scale += 1 }
      if digit == 0 {
        // Zeros are held back until a digit follows, so that those at the end never count.
        if significant > 0 { zeros += 1 }
        continue
      }
      append(zeros: zeros, digit: digit)
      zeros = 0
    }
    if !hasDigit { return nil }
    if significant == 0 {
      isNegative = false
      scale = 0
    } else {
      scale -= zeros
    }
  }

  private mutating func append(zeros: Int, digit: UInt8) {
    significant += zeros + 1
    if significant > 19 { return }
    let factor = zeros == 0 ? 10 : UInt64(truncatingIfNeeded: PowersOfTen.wide[zeros + 1])
    digits = digits &* factor &+ UInt64(digit)
  }

  /// The nearest double, where all digits are held. - Missing: nil where the standard library must help.
  var fastValue: Double? {
    if digits == 0 { return 0 }
    guard isWhole, scale >= -22, scale <= 22 else { return nil }
    if digits <= 1 << 53 {
      let size = Double(digits)
      let value = scale >= 0 ? size / PowersOfTen.doubles[scale] : size * PowersOfTen.doubles[-scale]
      return isNegative ? -value : value
    }
    return scale >= 0 && scale <= 21
      ? roundedQuotient(UInt128(digits), PowersOfTen.wide[scale], isNegative: isNegative) : nil
  }
}

/// The double nearest to a plain decimal in bytes.
///
/// - Missing: nil if it is none, or beyond all doubles.
/// - Cost: no String up to 19 significant digits.
func parseDouble(_ bytes: Swift.Span<UInt8>, _ range: Range<Int>) -> Double? {
  guard let plain = PlainDecimal(bytes, range) else { return nil }
  if let value = plain.fastValue { return value }
  var text = ""
  for index in range { text.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
  guard let value = Double(text), value.isFinite else { return nil }
  return value
}

extension Decimal {
  /// The datum that a plain decimal in bytes writes: the decimal itself up to 15 significant digits, else its double.
  ///
  /// - Missing: nil if it is none, or beyond all doubles.
  init?(_ bytes: Swift.Span<UInt8>, _ range: Range<Int>) {
    guard let plain = PlainDecimal(bytes, range) else { return nil }
    if plain.significant <= 15, plain.scale <= 330, plain.scale >= -294 {
      let digits = Int64(truncatingIfNeeded: plain.digits)
      self = .reduced(digits: plain.isNegative ? -digits : digits, scale: plain.scale)
    } else if let value = parseDouble(bytes, range) {
      self = .double(value)
    } else {
      return nil
    }
  }

  /// The datum that a text writes as a plain decimal; see above.
  public init?(parsing text: some StringProtocol) {
    let bytes = Array(text.utf8)
    self.init(bytes.span, 0..<bytes.count)
  }
}
