import Foundation
import Testing

@testable import Steward

@Suite("Decimals read and written")
struct DecimalTests {
  static func parse(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    return parseDouble(bytes.span, 0..<bytes.count)
  }

  @Test(
    "what is no plain decimal",
    arguments: [
      "", "+", "-", ".", "5.", ".5", "-.5", "1e5", "1E5", "nan", "inf", "-inf", "0x10", "0x1p3", "1_000", "1,5", "1 ",
      " 1", "--1", "+-1", "1.2.3", "１", "1\u{0}", "½",
    ])
  func refused(text: String) {
    #expect(DecimalTests.parse(text) == nil)
    #expect(Steward.Decimal(parsing: text) == nil)
  }

  @Test("the shape of a datum")
  func shapes() {
    let cases: [(String, Steward.Decimal)] = [
      ("0", .zero), ("-0.00", .zero), ("00012", .decimal(digits: 12, scale: 0)),
      ("1.50", .decimal(digits: 15, scale: 1)),
      ("+1200", .decimal(digits: 1200, scale: 0)), ("-0.007", .decimal(digits: -7, scale: 3)),
      ("100.00", .decimal(digits: 100, scale: 0)), ("10.010", .decimal(digits: 1001, scale: 2)),
      ("123456789012345", .decimal(digits: 123_456_789_012_345, scale: 0)),
      ("1234567890123456", .double(1_234_567_890_123_456)), ("0.1234567890123456", .double(0.1234567890123456)),
      ("1000000000000000000", .decimal(digits: 1_000_000_000_000_000_000, scale: 0)),
      ("10000000000000000000000", .decimal(digits: 1_000_000_000_000_000_000, scale: -4)),
      ("0.0000000000000000000000000000000000000001", .decimal(digits: 1, scale: 40)),
    ]
    for (text, decimal) in cases {
      #expect(Steward.Decimal(parsing: text) == decimal, "\(text)")
      #expect(decimal.value == Double(text), "\(text)")
    }
  }

  @Test("beyond all doubles, and below them")
  func extremes() {
    #expect(Steward.Decimal(parsing: String(repeating: "9", count: 400)) == nil)
    #expect(Steward.Decimal(parsing: "1" + String(repeating: "0", count: 400)) == nil)
    #expect(Steward.Decimal(parsing: "0." + String(repeating: "0", count: 400) + "1") == .double(0))
    let most = NumberText.shortest(.greatestFiniteMagnitude)
    #expect(most.count == 309 && DecimalTests.parse(most) == .greatestFiniteMagnitude)
    let least = NumberText.shortest(.leastNonzeroMagnitude)
    #expect(least.hasSuffix("05") && DecimalTests.parse(least) == .leastNonzeroMagnitude)
  }

  @Test("random decimals read as the standard library reads them")
  func random() {
    var random = SplitMix(state: 17)
    for _ in 0..<4000 {
      var text = Bool.random(using: &random) ? "-" : ""
      for _ in 0..<Int.random(in: 1...20, using: &random) { text += String(Int.random(in: 0...9, using: &random)) }
      if Bool.random(using: &random) {
        text += "."
        for _ in 0..<Int.random(in: 1...25, using: &random) { text += String(Int.random(in: 0...9, using: &random)) }
      }
      let expected = Double(text)
      #expect(DecimalTests.parse(text) == expected, "\(text)")
      #expect(Steward.Decimal(parsing: text)?.value == expected, "\(text)")
    }
  }

  @Test("any bytes: a number exactly where the form is right")
  func anyBytes() {
    var random = SplitMix(state: 19)
    let alphabet = Array("0019.+-e x".utf8) + [0, 255]
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...9, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 48 }
      let text = String(decoding: bytes, as: UTF8.self)
      let isPlain = text.wholeMatch(of: /[+-]?[0-9]+(\.[0-9]+)?/) != nil
      #expect((parseDouble(bytes.span, 0..<bytes.count) != nil) == isPlain, "\(bytes)")
      #expect((Steward.Decimal(bytes.span, 0..<bytes.count) != nil) == isPlain)
    }
  }

  @Test("a range inside other bytes")
  func ranges() {
    let bytes = Array("a,12.5,b".utf8)
    #expect(parseDouble(bytes.span, 2..<6) == 12.5)
    #expect(parseDouble(bytes.span, 2..<7) == nil)
    #expect(parseDouble(bytes.span, 2..<2) == nil)
    #expect(parseDouble(bytes.span, 2..<60) == nil)
  }

  @Test("the shortest decimal that reads back")
  func shortest() {
    let cases: [(Double, String)] = [
      (0, "0"), (-0.0, "0"), (0.1, "0.1"), (1_234_567, "1234567"), (1e21, "1000000000000000000000"),
      (1e-7, "0.0000001"),
      (1.5e-7, "0.00000015"), (-2.5, "-2.5"), (0.1 + 0.2, "0.30000000000000004"), (1e15, "1000000000000000"),
      (123_456_789_012_345_680, "123456789012345680"), (9_007_199_254_740_992, "9007199254740992"), (100, "100"),
    ]
    for (value, text) in cases { #expect(NumberText.shortest(value) == text) }
    var random = SplitMix(state: 23)
    for round in 0..<4000 {
      let bits = Double(bitPattern: random.next())
      let value = round % 2 == 0 ? Double.random(in: -1e6...1e6, using: &random) : bits
      if !value.isFinite { continue }
      let text = NumberText.shortest(value)
      #expect(Double(text) == value && !text.contains("e"))
      // As many significant digits as the standard library needs.
      #expect(DecimalTests.significant(text) == DecimalTests.significant(value.description), "\(value)")
    }
  }

  static func significant(_ text: String) -> Int {
    let digits = text.prefix { $0 != "e" }.filter(\.isNumber).drop { $0 == "0" }
    return digits.reversed().drop { $0 == "0" }.count
  }

  @Test("fixed decimals round halves of the 15-digit decimal away from zero")
  func fixed() {
    let cases: [(Double, Int, String)] = [
      (1.005, 2, "1.01"), (2.5, 0, "3"), (-2.5, 0, "-3"), (0.125, 2, "0.13"), (3, 2, "3.00"), (0, 2, "0.00"),
      (-0.001, 2, "0.00"), (1234.5, 2, "1234.50"), (0.05, 1, "0.1"), (1e20, 1, "100000000000000000000.0"),
      (0.29 * 100, 0, "29"), (1e-30, 3, "0.000"), (0.9999, 3, "1.000"), (0.1, 20, "0.10000000000000000000"),
      (5, -3, "5"),
    ]
    for (value, count, text) in cases { #expect(NumberText.decimals(value, count) == text) }
  }

  @Test("percentages and points")
  func formats() {
    let shares: [(Double, String)] = [
      (0.153, "15.3%"), (0.77, "77%"), (0, "0%"), (1, "100%"), (0.0004, "0%"), (0.0005, "0.1%"), (-0.0004, "0%"),
      (1.0 / 3, "33.3%"), (12.5, "1250%"), (0.29, "29%"), (0.0725, "7.3%"), (-0.12345, "-12.3%"),
    ]
    for (value, text) in shares { #expect(NumberText.percent(value) == text) }
    let points: [(Int64, String)] = [
      (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"), (-999, "-999"),
      (.min, "-9,223,372,036,854,775,808"),
    ]
    for (value, text) in points { #expect(NumberText.points(value) == text) }
    var power: Int64 = 1
    for count in 0..<19 {
      #expect(NumberText.points(power).count == 1 + count + count / 3)
      var bytes: [UInt8] = []
      for value in [power, power - 1, -power] { NumberText.append(value, to: &bytes) }
      #expect(String(decoding: bytes, as: UTF8.self) == "\(power)\(power - 1)\(-power)")
      power = power &* 10
    }
    var bytes: [UInt8] = []
    NumberText.append(.min, to: &bytes)
    NumberText.append(.max, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "\(Int64.min)\(Int64.max)")
    #expect(NumberText.points(1234.56) == "1,234.6")
    #expect(NumberText.points(1234.0) == "1,234")
    #expect(NumberText.points(0.25) == "0.3")
    #expect(NumberText.points(Double.infinity) == "inf")
  }
}

@Suite("The 15-digit decimal")
struct FifteenDigitTests {
  @Test("rounding acts on what is printed")
  func roundings() {
    #expect(WholeNumber.floor(0.29 * 100) == 29)
    #expect(WholeNumber.ceil(0.07 * 100) == 7)
    #expect(WholeNumber.floor(28.9999999999) == 28)
    #expect(
      roundHalfAway(2.5) == 3 && roundHalfAway(-2.5) == -3 && roundHalfAway(0.5) == 1 && roundHalfAway(-0.5) == -1)
    #expect(roundHalfAway(1.005 * 1000 / 2) == 503)
    #expect(roundHalfAway(0.49999999999999994) == 1, "its 15-digit decimal is 0.5")
    #expect(WholeNumber.floor(-0.5) == -1 && WholeNumber.ceil(-0.5) == 0 && WholeNumber.ceil(1e-300) == 1)
    #expect(WholeNumber.floor(-1e-300) == -1 && WholeNumber.floor(0) == 0 && WholeNumber.ceil(0) == 0)
    #expect(roundHalfAway(1e18) == 1_000_000_000_000_000_000)
    #expect(roundHalfAway(9.3e18) == nil && WholeNumber.floor(-1e300) == nil)
    #expect(WholeNumber.floor(.nan) == nil && WholeNumber.ceil(.infinity) == nil)
  }

  @Test("the digits are those that C prints with %.15g, ties apart")
  func againstPrintf() {
    var random = SplitMix(state: 31)
    for round in 0..<3000 {
      let bits = Double(bitPattern: random.next())
      let value = round % 2 == 0 ? Double.random(in: -1000...1000, using: &random) : bits
      if !value.isFinite { continue }
      let printed = Double(String(format: "%.14e", value))
      #expect(fifteenDigit(value).value == printed, "\(value)")
    }
  }

  @Test("the fast ways round like the digits do")
  func fastPath() {
    var random = SplitMix(state: 37)
    for _ in 0..<4000 {
      let whole = Double(Int.random(in: -100_000...100_000, using: &random)) / 2
      let value =
        whole + Double.random(in: -1...1, using: &random) * pow(10, Double(Int.random(in: -16...0, using: &random)))
      let decimal = fifteenDigit(value)
      #expect(roundHalfAway(value) == decimal.whole(.halfAway))
      #expect(WholeNumber.floor(value) == decimal.whole(.down))
      #expect(WholeNumber.ceil(value) == decimal.whole(.up))
    }
  }
}

@Suite("Logarithm and quantiles")
struct LogarithmTests {
  @Test("within one unit in the last place of the C library's")
  func logarithm() {
    var random = SplitMix(state: 41)
    var worst = 0.0
    for round in 0..<20_000 {
      let bits = Double(bitPattern: random.next() >> 1)
      let value = round % 3 == 0 ? bits : Double.random(in: 0...(round % 3 == 1 ? 2 : 1e6), using: &random)
      if !value.isFinite || value == 0 { continue }
      let theirs = log(value)
      worst = max(worst, (naturalLogarithm(value) - theirs).magnitude / theirs.ulp)
    }
    #expect(worst <= 1)
  }

  @Test("the edges, and bits that stay")
  func edges() {
    #expect(naturalLogarithm(1) == 0)
    #expect(naturalLogarithm(0) == -.infinity)
    #expect(naturalLogarithm(-1).isNaN && naturalLogarithm(.nan).isNaN)
    #expect(naturalLogarithm(.infinity) == .infinity)
    #expect(naturalLogarithm(2).bitPattern == 0x3fe6_2e42_fefa_39ef)
    #expect(naturalLogarithm(10).bitPattern == 0x4002_6bb1_bbb5_5516)
    #expect((naturalLogarithm(.leastNonzeroMagnitude) + 744.4400719213812).magnitude < 1e-12)
  }

  @Test("quantiles of type 7")
  func quantiles() {
    #expect(quantile(0.5, ofSorted: [1, 2, 3, 4]) == 2.5)
    #expect(quantile(0.5, ofSorted: [1, 2, 9]) == 2)
    #expect(quantile(0.9, ofSorted: [10, 20, 30, 40, 50]) == 46)
    #expect(quantile(0.25, ofSorted: [10, 20, 30, 40]) == 17.5)
    #expect(quantile(0, ofSorted: [3, 4]) == 3 && quantile(1, ofSorted: [3, 4]) == 4)
    #expect(quantile(0.3, ofSorted: [7]) == 7)
    #expect(quantile(0.5, ofSorted: []) == nil && quantile(1.5, ofSorted: [1]) == nil)
    // Each counts as the decimal written: doubles would give 0.15000000000000002.
    #expect(quantile(0.5, ofSorted: [0.1, 0.2]) == 0.15)
    // 0.07 of 100 steps is 7 steps exactly.
    #expect(quantile(0.07, ofSorted: (0...100).map { Double($0) * 1000 }) == 7000)
    #expect(quantile(0.5, ofSorted: [-1e308, 1e308]) == 0)
  }
}
