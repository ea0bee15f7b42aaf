/// The values of one column in one block, as they come.
struct ColumnBuilder: Sendable {
  /// As `FieldValue.bits`; 0 where missing.
  var bits: [Int64] = []
  /// Decimals of each value of a number column.
  var scales: [Int16] = []
  /// 1 where a value is missing; as long as `bits` once one is.
  var missing: [UInt8] = []
  /// Which row of the block has the value; only for attributes of events.
  var rows: [UInt32] = []
  /// The greatest size of digits by their decimals, to choose a common scale; only for numbers.
  var greatest: [UInt64] = []
  /// Whether there is a double, or a number of more decimals than a scale may have.
  var isUneven = false
  let isNumber: Bool

  /// A common scale has at most so many decimals.
  static let scaleLimit = 18

  init(_ format: FieldFormat) {
    if case .number = format { isNumber = true } else { isNumber = false }
    if isNumber { greatest = Array(repeating: 0, count: ColumnBuilder.scaleLimit + 1) }
  }

  @inline(__always)
  mutating func append(_ value: FieldValue) {
    if !missing.isEmpty { missing.append(0) }
    bits.append(value.bits)
    if isNumber { appendScale(value) }
  }

  private mutating func appendScale(_ value: FieldValue) {
    scales.append(value.scale)
    let scale = max(0, Int(value.scale))
    if value.scale < 0 || scale > ColumnBuilder.scaleLimit {
      isUneven = true
    } else {
      greatest[scale] = max(greatest[scale], value.bits.magnitude)
    }
  }

  mutating func appendMissing() {
    if missing.isEmpty { missing = Array(repeating: 0, count: bits.count) }
    missing.append(1)
    bits.append(0)
    if isNumber { scales.append(0) }
  }

  mutating func removeLast() {
    guard !bits.isEmpty else { return }
    bits.removeLast()
    if isNumber { scales.removeLast() }
    if !missing.isEmpty { missing.removeLast() }
  }
}

/// How the numbers of a column are stored, told from all its blocks.
struct NumberScale: Sendable {
  /// The common number of decimals. - Missing: there is none; the column holds decimals.
  var scale: Int?

  static let powers: [Int64] = (0...18).map { (0..<$0).reduce(Int64(1)) { power, _ in power * 10 } }

  /// A common scale if every |value| × 10^scale × rows stays below 2^62.
  init(_ columns: [ColumnBuilder]) {
    let rows = columns.reduce(0) { $0 + $1.bits.count }
    guard !columns.contains(where: \.isUneven) else { return }
    let greatest = (0...ColumnBuilder.scaleLimit).map { scale in
      columns.reduce(UInt64(0)) { max($0, $1.greatest[scale]) }
    }
    let scale = greatest.lastIndex { $0 > 0 } ?? 0
    for (own, size) in greatest.enumerated() where size > 0 {
      let (scaled, over) = size.multipliedReportingOverflow(by: UInt64(NumberScale.powers[scale - own]))
      let (total, more) = scaled.multipliedReportingOverflow(by: UInt64(max(1, rows)))
      if over || more || total >= 1 << 62 { return }
    }
    self.scale = scale
  }

  /// A value at the common scale.
  @inline(__always)
  func scaled(_ bits: Int64, _ own: Int16) -> Int64 {
    guard let scale, own >= 0 else { return bits }
    return bits &* NumberScale.powers[min(18, max(0, scale &- Int(own)))]
  }

  /// A value by itself, without zeros at the end of its decimals.
  static func decimal(_ bits: Int64, _ scale: Int16) -> Decimal {
    scale == FieldReader.doubleScale
      ? .double(Double(bitPattern: UInt64(bitPattern: bits))) : .reduced(digits: bits, scale: Int(scale))
  }

  /// A value for comparison: of 15 digits, so no two become the same double.
  static func double(_ bits: Int64, _ scale: Int16) -> Double { decimal(bits, scale).value }
}
