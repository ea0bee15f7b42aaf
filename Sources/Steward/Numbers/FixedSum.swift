/// The exact sum of doubles: the same whatever their order, and what was added can be subtracted again.
///
/// Terms that are whole multiples of 2^-80 below 2^46 add up in 128 bits; others, and overflow, go to a superaccumulator.
struct FixedSum: Sendable {
  /// - Unit: 2^-80
  private var fixed: Int128 = 0
  private var spill: Superaccumulator?
  /// How many more infinities and nans came than went.
  private var unbounded = 0

  init() {}

  /// Whether nothing was ever added but zeros, or it all went again without spilling.
  var isUntouched: Bool { fixed == 0 && spill == nil && unbounded == 0 }

  mutating func add(_ value: Double) { add(value, isNegated: false) }

  mutating func subtract(_ value: Double) { add(value, isNegated: true) }

  private mutating func add(_ value: Double, isNegated: Bool) {
    let pattern = value.bitPattern
    let biased = Int(truncatingIfNeeded: (pattern >> 52) & 0x7ff)
    let fraction = pattern & 0xf_ffff_ffff_ffff
    if biased == 0x7ff {
      unbounded &+= isNegated ? -1 : 1
      return
    }
    let significand = biased == 0 ? fraction : fraction | 1 << 52
    if significand == 0 { return }
    let exponent = biased == 0 ? -1074 : biased - 1075
    let isNegative = (pattern >> 63 == 1) != isNegated
    let shift = exponent + 80
    if shift >= 0, shift <= 73 {
      add(Int128(significand) << Int128(shift), isNegative: isNegative)
    } else if shift < 0, shift > -53, significand & ((1 << UInt64(-shift)) - 1) == 0 {
      add(Int128(significand >> UInt64(-shift)), isNegative: isNegative)
    } else {
      spill = spill ?? Superaccumulator()
      spill?.add(significand, exponent: exponent, isNegative: isNegative)
    }
  }

  private mutating func add(_ term: Int128, isNegative: Bool) {
    let signed = isNegative ? -term : term
    let (sum, overflow) = fixed.addingReportingOverflow(signed)
    if !overflow {
      fixed = sum
      return
    }
    flush()
    fixed = signed
  }

  private mutating func flush() {
    var target = spill ?? Superaccumulator()
    let magnitude = fixed.magnitude
    target.add(UInt64(truncatingIfNeeded: magnitude), exponent: -80, isNegative: fixed < 0)
    target.add(UInt64(truncatingIfNeeded: magnitude >> 64), exponent: -16, isNegative: fixed < 0)
    spill = target
    fixed = 0
  }

  mutating func merge(_ other: FixedSum, isNegated: Bool = false) {
    var term = other
    if term.fixed == .min { term.flush() }
    unbounded &+= isNegated ? 0 &- term.unbounded : term.unbounded
    if let theirs = term.spill {
      spill = spill ?? Superaccumulator()
      spill?.merge(theirs, isNegated: isNegated)
    }
    add(term.fixed, isNegative: isNegated)
  }

  /// The sum as `numerator × 2^-shift`.
  var exact: (numerator: BigInteger, shift: Int) {
    guard let spill else { return (BigInteger(fixed), 80) }
    var all = FixedSum()
    all.fixed = fixed
    all.spill = spill
    all.flush()
    return (all.spill?.numerator ?? BigInteger(), Superaccumulator.shift)
  }

  var isFinite: Bool { unbounded == 0 }

  /// The double nearest to the sum, ties to even. - Missing: nan if an infinity or nan was added.
  func rounded() -> Double {
    if unbounded != 0 { return .nan }
    if spill == nil {
      return double(significand: fixed.magnitude, exponent: -80, hasMore: false, isNegative: fixed < 0)
    }
    let (numerator, shift) = exact
    var denominator = BigInteger(1)
    denominator.shiftLeft(shift)
    return roundedQuotient(numerator, denominator)
  }
}

/// A sum over the whole range of doubles: signed chunks of 64 bits that stand 32 bits apart, carried now and then.
///
/// Source: R. M. Neal, "Fast exact summation using small and large superaccumulators" (2015), the small one.
struct Superaccumulator: Sendable {
  /// The lowest chunk counts multiples of 2^-1088; the smallest double is 2^-1074.
  static let shift = 1088
  private var chunks = [Int64](repeating: 0, count: 72)
  /// Terms since chunks were last carried; each changes a chunk by less than 2^32.
  private var terms = 0

  mutating func add(_ significand: UInt64, exponent: Int, isNegative: Bool) {
    let place = exponent + Superaccumulator.shift
    guard place >= 0, place / 32 + 2 < chunks.count else { return }
    if terms >= 1 << 28 { carry() }
    terms += 1
    let wide = UInt128(significand) << UInt128(place % 32)
    for piece in 0..<3 {
      let part = Int64(truncatingIfNeeded: (wide >> UInt128(32 * piece)) & 0xffff_ffff)
      chunks[place / 32 + piece] &+= isNegative ? -part : part
    }
  }

  private mutating func carry() {
    for index in 0..<(chunks.count - 1) {
      let over = chunks[index] >> 32
      chunks[index] &-= over << 32
      chunks[index + 1] &+= over
    }
    terms = 1
  }

  mutating func merge(_ other: Superaccumulator, isNegated: Bool = false) {
    var term = other
    term.carry()
    carry()
    for index in chunks.indices {
      chunks[index] &+= isNegated ? -term.chunks[index] : term.chunks[index]
    }
    terms = 2
  }

  /// The sum in units of 2^-1088.
  var numerator: BigInteger {
    var all = self
    all.carry()
    let isNegative = (all.chunks.last ?? 0) < 0
    if isNegative {
      for index in all.chunks.indices { all.chunks[index] = 0 &- all.chunks[index] }
      all.carry()
    }
    var limbs: [UInt64] = []
    for index in stride(from: 0, to: all.chunks.count - 1, by: 2) {
      let low = UInt64(bitPattern: all.chunks[index])
      limbs.append(low | UInt64(bitPattern: all.chunks[index + 1]) << 32)
    }
    return BigInteger(limbs: limbs, isNegative: isNegative)
  }
}
