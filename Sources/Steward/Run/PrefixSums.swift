/// Running sums over the matches of a space, such that any stretch of it sums exactly.
enum PrefixSums {
  /// ints, or decimals at a common scale: the plain differences fit 64 bits.
  case narrow([Int64], scale: Int)
  case wide([Int128], scale: Int)
  /// Computed numbers as multiples of 2^-80.
  case fixed([Int128])
  /// What no prefix holds: each stretch is summed for itself.
  case data([Decimal])
  case doubles([Double])

  /// Of the values of a space: integers, or numbers that were computed.
  init(_ values: Vector) {
    switch values.storage {
    case .ints(let ints): self = PrefixSums.scaled(ints, scale: 0)
    case .numbers(let numbers): self = PrefixSums.computed(numbers)
    default: self = .narrow([0], scale: 0)
    }
  }

  /// Of decimals at a common scale.
  static func scaled(_ digits: [Int64], scale: Int) -> PrefixSums {
    var largest: UInt64 = 0
    for digit in digits { largest = max(largest, digit.magnitude) }
    let (bound, overflow) = largest.multipliedReportingOverflow(by: UInt64(digits.count))
    if !overflow, bound < 1 << 62 {
      return .narrow(
        Array(capacity: digits.count + 1) { output in
          var total: Int64 = 0
          output.append(0)
          for digit in digits {
            total &+= digit
            output.append(total)
          }
        }, scale: scale)
    }
    var total: Int128 = 0
    var prefix: [Int128] = [0]
    for digit in digits {
      total += Int128(digit)
      prefix.append(total)
    }
    return .wide(prefix, scale: scale)
  }

  private static func computed(_ numbers: [Double]) -> PrefixSums {
    var prefix: [Int128] = [0]
    prefix.reserveCapacity(numbers.count + 1)
    var total: Int128 = 0
    for number in numbers {
      guard let fixed = PrefixSums.fixedPoint(number) else { return .doubles(numbers) }
      total += fixed
      prefix.append(total)
    }
    return .fixed(prefix)
  }

  /// A double as a multiple of 2^-80, if it is one and small enough that 2^30 of them cannot overflow.
  private static func fixedPoint(_ value: Double) -> Int128? {
    if value == 0 { return 0 }
    guard value.isFinite else { return nil }
    let exponent = Int(value.exponent) - 52 + 80
    guard exponent >= 0, exponent <= 43 else { return nil }
    let magnitude = Int128(value.significandBitPattern | 1 << 52) << Int128(exponent)
    return value < 0 ? -magnitude : magnitude
  }

  /// The sum of a stretch, rounded once, or its mean.
  func number(_ low: Int, _ high: Int, dividedBy divisor: Int = 1) -> Double {
    switch self {
    case .narrow(let prefix, let scale):
      return rounded(scaledSum: prefix[high] &- prefix[low], scale: scale, dividedBy: divisor)
    case .wide(let prefix, let scale):
      return rounded(scaledSum: prefix[high] - prefix[low], scale: scale, dividedBy: divisor)
    case .fixed(let prefix):
      let sum = prefix[high] - prefix[low]
      return roundedQuotient(sum.magnitude, UInt128(max(1, divisor)), exponent: -80, isNegative: sum < 0)
    case .data(let values):
      var sum = ExactSum()
      for value in values[low..<high] { sum.add(value) }
      return sum.rounded(dividedBy: divisor)
    case .doubles(let values):
      var sum = ExactSum()
      for value in values[low..<high] { sum.add(value) }
      return sum.rounded(dividedBy: divisor)
    }
  }

  /// The sum of a stretch of ints. - Missing: nil if 64 bits do not hold it.
  func int(_ low: Int, _ high: Int) -> Int64? {
    switch self {
    case .narrow(let prefix, _): prefix[high] &- prefix[low]
    case .wide(let prefix, _): Int64(exactly: prefix[high] - prefix[low])
    default: nil
    }
  }
}
