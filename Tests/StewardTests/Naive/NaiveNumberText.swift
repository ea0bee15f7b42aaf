@testable import Steward

/// Numbers as texts print them, by writing digits down: for the naive evaluator.
enum NaiveNumberText {
  /// The shortest decimal that reads back, never with an exponent.
  static func shortest(_ number: Double) -> String {
    // Swift writes the shortest digits: `1.25`, `1e-07`, `-1.2e+20`.
    let halves = "\(number.magnitude)".split(separator: "e")
    let parts = halves[0].split(separator: ".")
    let digits = (parts[0] + (parts.count > 1 ? parts[1] : "")).compactMap(\.wholeNumberValue)
    let point = parts[0].count + (halves.count > 1 ? Int(halves[1]) ?? 0 : 0)
    let text = stripped(plain(digits, point: point, places: max(1, digits.count - point)))
    return number < 0 ? "-" + text : text
  }

  /// By the decimal of 15 significant digits; halves away from zero.
  static func text(_ number: Double, _ format: TypedExpr.Format) -> String {
    // "-2.90000000000000e+01"
    let halves = fifteenDigits(number).split(separator: "e")
    let digits = halves[0].compactMap(\.wholeNumberValue)
    let point = (Int(halves[1]) ?? 0) + 1
    let isNegative = number < 0
    func signed(_ text: String) -> String {
      isNegative && text.contains { "123456789".contains($0) } ? "-" + text : text
    }
    switch format {
    case .percent: return signed(stripped(rounded(digits, point: point + 2, places: 1))) + "%"
    case .points: return signed(grouped(stripped(rounded(digits, point: point, places: 1))))
    case .decimals(let places): return signed(rounded(digits, point: point, places: places))
    case .plain, .date: return shortest(number)
    }
  }

  private static func rounded(_ digits: [Int], point: Int, places: Int) -> String {
    let kept = point + places
    if kept < 0 { return plain([0], point: 1, places: places) }
    // A digit in front takes the carry.
    var rounded = [0] + digits.prefix(kept)
    if kept < digits.count, digits[kept] >= 5 {
      var index = rounded.count - 1
      while rounded[index] == 9 {
        rounded[index] = 0
        index -= 1
      }
      rounded[index] += 1
    }
    return plain(rounded, point: point + 1, places: places)
  }

  /// The digits with the point behind so many of them, and so many places behind it.
  private static func plain(_ digits: [Int], point: Int, places: Int) -> String {
    var whole = Array(digits.prefix(max(0, point)))
    whole += Array(repeating: 0, count: max(0, point - digits.count))
    while whole.count > 1, whole[0] == 0 { whole.removeFirst() }
    if whole.isEmpty { whole = [0] }
    var fraction = Array(repeating: 0, count: max(0, -point)) + digits.dropFirst(max(0, point))
    fraction += Array(repeating: 0, count: max(0, places - fraction.count))
    fraction = Array(fraction.prefix(places))
    func text(_ digits: [Int]) -> String { digits.map(String.init).joined() }
    return places == 0 ? text(whole) : text(whole) + "." + text(fraction)
  }

  private static func stripped(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  private static func grouped(_ text: String) -> String {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    var whole = ""
    for (index, digit) in parts[0].enumerated() {
      if index > 0, (parts[0].count - index) % 3 == 0 { whole += "," }
      whole.append(digit)
    }
    return parts.count > 1 ? whole + "." + parts[1] : whole
  }
}
