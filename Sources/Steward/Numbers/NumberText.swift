/// Numbers as people read them.
public enum NumberText {
  /// The shortest decimal that reads back as the same double, never with an exponent: `0.1`, `1234567`.
  public static func shortest(_ value: Double) -> String {
    var bytes: [UInt8] = []
    appendShortest(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `shortest` gives.
  static func appendShortest(_ value: Double, to bytes: inout [UInt8]) {
    // Two decimals of up to 15 digits are never the same normal double, so that the one that reads back is the shortest.
    if value.isNormal || value == 0, case .decimal(let digits, let scale) = fifteenDigit(value),
      rounded(scaledSum: digits, scale: Int(scale)) == value
    {
      append(digits: digits, scale: Int(scale), to: &bytes)
    } else if value.isFinite {
      appendPlain(value.description, to: &bytes)
    } else {
      bytes.append(contentsOf: (value.isNaN ? "nan" : value < 0 ? "-inf" : "inf").utf8)
    }
  }

  /// Rewrites `-1.2345e-07` without its exponent.
  private static func appendPlain(_ description: String, to bytes: inout [UInt8]) {
    var digits: [UInt8] = []
    var scale = 0
    var isFraction = false
    var exponent = 0
    var index = description.utf8.startIndex
    let text = description.utf8
    while index < text.endIndex {
      let byte = text[index]
      index = text.index(after: index)
      if byte == UInt8(ascii: "-") {
        bytes.append(byte)
      } else if byte == UInt8(ascii: ".") {
        isFraction = true
      } else if byte == UInt8(ascii: "e") {
        exponent = Int(String(description[index...])) ?? 0
        break
      } else {
        digits.append(byte)
        if isFraction { scale += 1 }
      }
    }
    while scale > 0, digits.last == 48 {
      digits.removeLast()
      scale -= 1
    }
    append(magnitude: Array(digits.drop { $0 == 48 }), scale: scale - exponent, to: &bytes)
  }

  /// Appends `digits × 10^-scale` as a plain decimal.
  static func append(digits: Int64, scale: Int, to bytes: inout [UInt8]) {
    if scale == 0 {
      append(digits, to: &bytes)
      return
    }
    if digits < 0 { bytes.append(UInt8(ascii: "-")) }
    var magnitude: [UInt8] = []
    if digits != 0 { appendDigits(digits.magnitude, to: &magnitude) }
    append(magnitude: magnitude, scale: scale, to: &bytes)
  }

  /// Appends a whole number.
  static func append(_ value: Int64, to bytes: inout [UInt8]) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    appendDigits(value.magnitude, to: &bytes)
  }

  private static func appendDigits(_ value: UInt64, to bytes: inout [UInt8]) {
    if value < 10 {
      bytes.append(48 + UInt8(truncatingIfNeeded: value))
      return
    }
    var count = 1
    var bound: UInt64 = 10
    while count < 19, value >= bound {
      count += 1
      bound &*= 10
    }
    if value >= 10_000_000_000_000_000_000 { count = 20 }
    var place = bytes.count + count
    bytes.append(contentsOf: repeatElement(48, count: count))
    var rest = value
    while rest > 0 {
      place -= 1
      bytes[place] = 48 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }

  private static func append(magnitude digits: [UInt8], scale: Int, to bytes: inout [UInt8]) {
    let whole = digits.count - scale
    if digits.isEmpty || whole <= 0 { bytes.append(48) }
    if scale <= 0 {
      bytes.append(contentsOf: digits)
      if !digits.isEmpty { bytes.append(contentsOf: repeatElement(48, count: -scale)) }
      return
    }
    bytes.append(contentsOf: digits.prefix(max(0, whole)))
    bytes.append(UInt8(ascii: "."))
    bytes.append(contentsOf: repeatElement(48, count: max(0, -whole)))
    bytes.append(contentsOf: digits.suffix(min(digits.count, scale)))
  }

  /// Exactly so many decimals, halves of the 15-digit decimal away from zero: `decimals(1.005, 2)` is `1.01`.
  public static func decimals(_ value: Double, _ count: Int) -> String { fixed(fifteenDigit(value), max(0, count)) }

  private static func fixed(_ decimal: Decimal, _ count: Int) -> String {
    guard case .decimal(let exactDigits, let exactScale) = decimal else { return shortest(decimal.value) }
    var digits = exactDigits
    var scale = Int(exactScale)
    if scale > count {
      digits = Decimal.decimal(digits: digits, scale: Int16(clamping: scale - count)).whole(.halfAway) ?? 0
      scale = count
    }
    var bytes: [UInt8] = []
    append(digits: digits, scale: scale, to: &bytes)
    if count > max(0, scale) {
      if scale <= 0 { bytes.append(UInt8(ascii: ".")) }
      bytes.append(contentsOf: repeatElement(48, count: count - max(0, scale)))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// With at most so many decimals: no zeros at the end.
  private static func text(_ decimal: Decimal, atMost count: Int) -> String {
    var text = fixed(decimal, count)
    guard text.utf8.contains(UInt8(ascii: ".")) else { return text }
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  /// A share as a percentage with at most one decimal: 0.153 is `15.3%`, 0.77 is `77%`.
  public static func percent(_ value: Double) -> String {
    guard case .decimal(let digits, let scale) = fifteenDigit(value) else { return shortest(value) + "%" }
    return text(.reduced(digits: digits, scale: Int(scale) - 2), atMost: 1) + "%"
  }

  /// A whole number with its thousands apart: `1,234,567`.
  public static func points(_ value: Int64) -> String { grouped(String(value)) }

  /// With at most one decimal and the thousands apart: `1,234.5`.
  public static func points(_ value: Double) -> String { grouped(text(fifteenDigit(value), atMost: 1)) }

  private static func grouped(_ text: String) -> String {
    let sign = text.hasPrefix("-") ? 1 : 0
    let bytes = Array(text.utf8)
    let point = bytes.firstIndex(of: UInt8(ascii: ".")) ?? bytes.count
    if bytes.contains(where: { $0 >= 0x61 }) { return text }
    var result: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      if index > sign, index < point, (point - index) % 3 == 0 { result.append(UInt8(ascii: ",")) }
      result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
  }
}
