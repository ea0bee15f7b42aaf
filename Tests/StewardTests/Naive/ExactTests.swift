import Testing

@Suite struct ExactTests {
  @Test func `a datum counts as the decimal that was written`() {
    let sum = [0.1, 0.7, 0.2].map { ExactDecimal(written: $0) }.reduce(.zero, +)
    #expect(sum.rounded() == 1)
    #expect([0.7, 0.8, 0.9].map { ExactDecimal(written: $0) }.reduce(.zero, +).rounded(dividedBy: 3) == 0.8)
  }

  @Test func `a computed double counts to its last binary digit`() {
    // 0.1 is a little more than a tenth: ten of them are more than 1, but nearer to 1 than to the next double.
    let tenth = ExactDecimal(exactly: 0.1)
    #expect(ExactDecimal(written: 0.1) < tenth)
    #expect(Array(repeating: tenth, count: 10).reduce(.zero, +).rounded() == 1)
    #expect([1e300, 1, -1e300].map { ExactDecimal(exactly: $0) }.reduce(.zero, +).rounded() == 1)
    #expect(ExactDecimal(exactly: -5e-324).rounded() == -5e-324)
  }

  @Test func `an exact value rounds to the nearest double`() {
    var random = RandomBits(seed: 1)
    for _ in 0..<40 {
      let bits = Double(bitPattern: random.next() & 0x43EF_FFFF_FFFF_FFFF | 0x3800_0000_0000_0000)
      #expect(ExactDecimal(exactly: bits).rounded() == bits)
      let a = random.next() >> UInt64(random.below(60) + 11)
      let b = (random.next() >> UInt64(random.below(60) + 11)) + 1
      if a > 0 { #expect(nearestBySearch(Natural(a), Natural(b)) == Double(a) / Double(b)) }
    }
    // Half-way between 2^53 and 2^53 + 2, and a little more.
    #expect(nearest(Natural(9_007_199_254_740_993), Natural(1)) == 9_007_199_254_740_992)
    #expect(nearest(Natural(90_071_992_547_409_931), Natural(10)) == 9_007_199_254_740_994)
    #expect(nearest(.power(10, 400), Natural(1)) == .infinity)
    #expect(nearest(Natural(1), .power(10, 400)) == 0)
    #expect(nearest(.power(10, 308), Natural(1)) == 1e308)
  }
}
