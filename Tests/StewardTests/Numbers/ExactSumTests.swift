import Testing

@testable import Steward

@Suite("Exact sums")
struct ExactSumTests {
  static func sum(_ texts: [String]) -> ExactSum {
    var sum = ExactSum()
    for text in texts { if let datum = Steward.Decimal(parsing: text) { sum.add(datum) } }
    return sum
  }

  @Test("each datum counts as the decimal written")
  func decimals() {
    #expect(ExactSumTests.sum(["0.7", "0.8", "0.9"]).rounded(dividedBy: 3) == 0.8)
    #expect(ExactSumTests.sum(["0.1", "0.2"]).rounded() == 0.3)
    #expect(ExactSumTests.sum(Array(repeating: "0.1", count: 10)).rounded() == 1)
    #expect(ExactSumTests.sum(["1", "2"]).rounded(dividedBy: 3) == 1)
    #expect(ExactSumTests.sum(["1", "1"]).rounded(dividedBy: 3) == 2.0 / 3)
    #expect(ExactSumTests.sum([]).rounded() == 0)
    #expect(ExactSumTests.sum(["-0.0"]).rounded().sign == .plus)
    #expect(ExactSumTests.sum(["1"]).rounded(dividedBy: 0).isNaN)
  }

  @Test("no order, no partition and no detour shows")
  func orders() {
    let texts = ["0.1", "0.7", "0.2", "-0.1", "1e0", "0.4", "123456789.123", "0.0000000000000000000000001", "9e0"]
    let sum = ExactSumTests.sum(texts)
    #expect(sum == ExactSumTests.sum(texts.reversed()))
    var merged = ExactSumTests.sum(Array(texts.prefix(4)))
    merged.merge(ExactSumTests.sum(Array(texts.dropFirst(4))))
    #expect(sum == merged)
    merged.add(digits: 5, scale: 1)
    #expect(sum != merged)
    merged.subtract(digits: 50, scale: 2)
    #expect(sum == merged)
    // Subtracted, 0.1 leaves 0.9 where doubles leave 0.8999999999999999.
    var drifting = ExactSumTests.sum(["0.1", "0.7", "0.2"])
    drifting.subtract(digits: 1, scale: 1)
    #expect(drifting.rounded() == 0.9)
  }

  @Test("128 bits overflow into something exact")
  func overflow() {
    var sum = ExactSum()
    for _ in 0..<40 { sum.add(scaledSum: .max, scale: 3) }
    for _ in 0..<39 {
      var term = ExactSum()
      term.add(scaledSum: .max, scale: 3)
      sum.subtract(term)
    }
    var one = ExactSum()
    one.add(scaledSum: .max, scale: 3)
    #expect(sum == one)
    sum.subtract(one)
    #expect(sum.isZero && sum.rounded() == 0)
    var least = ExactSum()
    least.add(scaledSum: .min, scale: 0)
    var gone = least
    gone.subtract(least)
    #expect(gone.isZero)
    #expect(least.rounded() == -0x1p127)
  }

  @Test("scales far apart", arguments: [(0, 22), (22, 0), (3, 300), (300, 3), (0, 330)])
  func scales(first: Int, second: Int) {
    var sum = ExactSum()
    sum.add(digits: .max, scale: first)
    sum.add(digits: 1, scale: second)
    sum.subtract(digits: .max, scale: first)
    #expect(sum.rounded() == Double("1e-\(second)"))
    sum.subtract(digits: 1, scale: second)
    #expect(sum.isZero)
    sum.add(digits: 7, scale: -30)
    #expect(sum.rounded() == 7e30)
  }

  @Test("random decimals and doubles against plain digits")
  func random() {
    var random = SplitMix(state: 5)
    for round in 0..<45 {
      var sum = ExactSum()
      var naive = NaiveFraction(0, scale: 0)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        if round % 3 != 0 {
          let digits = Int64.random(in: -1_000_000_000_000...1_000_000_000_000, using: &random)
          let scale = Int.random(in: 0...(round % 5 == 0 ? 30 : 9), using: &random)
          sum.add(digits: digits, scale: scale)
          naive.add(NaiveFraction(digits, scale: scale))
        }
        if round % 3 != 1 {
          let value = Double.random(in: -1...1, using: &random) * (round % 2 == 0 ? 1 : 0x1p-60)
          sum.add(value)
          naive.add(NaiveFraction(value))
        }
      }
      #expect(sum.rounded() == naive.rounded())
      let divisor = Int.random(in: 1...97, using: &random)
      #expect(sum.rounded(dividedBy: divisor) == naive.divided(by: divisor).rounded(places: NaiveFraction.places + 1))
    }
  }

  @Test("the kernels' quotient against plain digits")
  func scaledSums() {
    var random = SplitMix(state: 9)
    for _ in 0..<400 {
      let bits = Int.random(in: 1...63, using: &random)
      let digits = Int64(truncatingIfNeeded: random.next() >> UInt64(64 - bits))
      let scale = Int.random(in: 0...25, using: &random)
      let divisor = Int(truncatingIfNeeded: random.next() >> UInt64.random(in: 34...63, using: &random)) + 1
      let naive = NaiveFraction(digits, scale: scale).divided(by: divisor).rounded(places: NaiveFraction.places + 1)
      #expect(rounded(scaledSum: digits, scale: scale, dividedBy: divisor) == naive, "\(digits) \(scale) \(divisor)")
      #expect(rounded(scaledSum: -digits, scale: scale, dividedBy: divisor) == 0 - naive)
    }
  }

  @Test("a fixed-point sum divided in 128 bits is what long division gives")
  func fixedQuotients() {
    var random = SplitMix(state: 13)
    for _ in 0..<400 {
      let sum = Int128(truncatingIfNeeded: random.next()) << Int128(Int.random(in: 0...62, using: &random))
      let divisor = Int64.random(in: 1...1_000_000_000, using: &random)
      var lower = BigInteger(Int128(divisor))
      lower.shiftLeft(80)
      let short = roundedQuotient(sum.magnitude, UInt128(divisor), exponent: -80, isNegative: sum < 0)
      #expect(short == roundedQuotient(BigInteger(sum), lower))
    }
  }

  @Test("ties go to even, once")
  func ties() {
    // 2^53 + 1 lies between two doubles.
    #expect(rounded(scaledSum: Int64(9_007_199_254_740_993), scale: 0) == 9_007_199_254_740_992)
    #expect(rounded(scaledSum: Int64(9_007_199_254_740_995), scale: 0) == 9_007_199_254_740_996)
    #expect(rounded(scaledSum: Int64(90_071_992_547_409_931), scale: 1) == 9_007_199_254_740_994)
    var sum = ExactSum()
    sum.add(0x1p53)
    sum.add(1)
    #expect(sum.rounded() == 0x1p53)
    sum.add(0x1p-1074)
    #expect(sum.rounded() == 0x1p53 + 2)
  }
}

@Suite("Sums of doubles")
struct FixedSumTests {
  @Test("terms of every size, in any order, added and taken away")
  func sizes() {
    var random = SplitMix(state: 21)
    for round in 0..<60 {
      var values: [Double] = []
      for _ in 0..<(round < 4 ? 5 : 20) {
        let value = Double(bitPattern: random.next())
        if value.isFinite, value.magnitude < 0x1p1000 { values.append(round % 2 == 0 ? value : value * 0x1p-1010) }
      }
      var forward = FixedSum()
      var backward = FixedSum()
      var naive = NaiveFraction(0, scale: 0)
      for value in values { forward.add(value) }
      for value in values.reversed() { backward.add(value) }
      if round < 4 {
        for value in values { naive.add(NaiveFraction(value)) }
        #expect(forward.rounded() == naive.rounded())
      }
      #expect(forward.rounded() == backward.rounded())
      let whole = forward
      for value in values { backward.subtract(value) }
      #expect(backward.rounded() == 0)
      forward.merge(whole, isNegated: true)
      #expect(forward.rounded() == 0)
    }
  }

  @Test("128 bits at 2^-80 overflow and come back")
  func overflow() {
    var sum = FixedSum()
    for _ in 0..<10 { sum.add(0x1.fffffffffffffp45) }
    #expect(sum.rounded() == 10 * 0x1.fffffffffffffp45)
    for _ in 0..<10 { sum.subtract(0x1.fffffffffffffp45) }
    #expect(sum.rounded() == 0)
    for _ in 0..<4 { sum.add(-0x1p45) }
    var other = FixedSum()
    other.merge(sum, isNegated: true)
    #expect(other.rounded() == 0x1p47)
    other.merge(sum)
    #expect(other.rounded() == 0)
  }

  @Test("the edges of doubles")
  func edges() {
    var sum = FixedSum()
    sum.add(.greatestFiniteMagnitude)
    sum.add(.greatestFiniteMagnitude)
    #expect(sum.rounded() == .infinity)
    sum.subtract(.greatestFiniteMagnitude)
    #expect(sum.rounded() == .greatestFiniteMagnitude)
    sum.subtract(.greatestFiniteMagnitude)
    sum.add(.leastNonzeroMagnitude)
    #expect(sum.rounded() == .leastNonzeroMagnitude)
    sum.add(.leastNonzeroMagnitude)
    #expect(sum.rounded() == 2 * .leastNonzeroMagnitude)
    sum.add(.infinity)
    #expect(sum.rounded().isNaN)
    sum.subtract(.infinity)
    #expect(sum.rounded() == 2 * .leastNonzeroMagnitude)
  }

  @Test("many carries")
  func carries() {
    var sum = Superaccumulator()
    for _ in 0..<100_000 { sum.add((1 << 53) - 1, exponent: -1000, isNegative: true) }
    var expected = BigInteger(Int128(100_000) * Int128((1 << 53) - 1))
    expected.shiftLeft(88)
    expected.negate()
    #expect(sum.numerator == expected)
  }
}
