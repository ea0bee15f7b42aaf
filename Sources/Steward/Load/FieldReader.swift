/// What a field of a file is read as.
enum FieldFormat: Sendable {
  case bool, int, number, text, date, time
  case choice(IdTable, values: [String])
  /// Kept as its text; split once for each different text.
  case list
  /// A reference whose table is known: gives the row.
  case row(IdTable, isMember: Bool)
  /// A reference whose table is still being read: kept as its text.
  case pending(isMember: Bool)

  /// The format of a declared column.
  init(_ type: Type, members: IdTable? = nil, items: IdTable? = nil) {
    switch type.base {
    case .bool: self = .bool
    case .int: self = .int
    case .number: self = .number
    case .date: self = .date
    case .time: self = .time
    case .choice(let choice): self = .choice(IdTable(choice.values), values: choice.values)
    case .list: self = .list
    case .member: self = members.map { .row($0, isMember: true) } ?? .pending(isMember: true)
    case .item: self = items.map { .row($0, isMember: false) } ?? .pending(isMember: false)
    default: self = .text
    }
  }
}

/// Why a field could not be read.
enum FieldFault: Sendable {
  case bool, int, intRange, number, date, time, timeRange, choice, member, item
}

/// What a field holds: as `Value` does, texts as code, numbers as digits with their decimals.
struct FieldValue {
  enum Outcome { case value, missing, fault(FieldFault) }
  var bits: Int64 = 0
  var scale: Int16 = 0
  var outcome = Outcome.value

  static let missing = FieldValue(outcome: .missing)
  static func fault(_ fault: FieldFault) -> FieldValue { FieldValue(outcome: .fault(fault)) }
}

/// Reads the fields of one block.
struct FieldReader: Sendable {
  var times: TimeReader
  /// Texts of columns, and apart from them texts that are only on their way to something else.
  var texts = TextPool()
  var pending = TextPool()

  init(calendar: Calendar) { times = TimeReader(calendar) }

  /// - Missing: an empty field; one of spaces too, but for text and lists.
  mutating func read(_ format: FieldFormat, _ bytes: Bytes, _ start: Int, _ end: Int) -> FieldValue {
    if start >= end { return .missing }
    switch format {
    case .text:
      return FieldValue(bits: Int64(texts.intern(bytes, start, count: end &- start)))
    case .list:
      return FieldValue(bits: Int64(pending.intern(bytes, start, count: end &- start)))
    case .pending:
      let id = FieldReader.trimmed(bytes, start, end)
      return id.isEmpty ? .missing : FieldValue(bits: Int64(pending.intern(bytes, id.lowerBound, count: id.count)))
    case .row(let table, let isMember):
      let row = FieldReader.row(table, bytes, start, end)
      if row >= 0 { return FieldValue(bits: Int64(row)) }
      if FieldReader.trimmed(bytes, start, end).isEmpty { return .missing }
      return .fault(isMember ? .member : .item)
    default:
      return scalar(format, bytes, start, end)
    }
  }

  /// A field without the spaces around it.
  static func trimmed(_ bytes: Bytes, _ from: Int, _ to: Int) -> Range<Int> {
    var start = from
    var end = max(from, to)
    while start < end, bytes.byte(start) == 0x20 { start += 1 }
    while start < end, bytes.byte(end - 1) == 0x20 { end -= 1 }
    return start..<end
  }

  /// The row of an id, spaces around it left aside; -1 if there is none.
  static func row(_ table: IdTable, _ bytes: Bytes, _ start: Int, _ end: Int) -> Int {
    let row = table.row(bytes, start, count: end &- start)
    if row >= 0 { return row }
    let id = trimmed(bytes, start, end)
    return id.count < end - start ? table.row(bytes, id.lowerBound, count: id.count) : -1
  }

  private mutating func scalar(_ format: FieldFormat, _ bytes: Bytes, _ from: Int, _ to: Int) -> FieldValue {
    let field = FieldReader.trimmed(bytes, from, to)
    let (start, end) = (field.lowerBound, field.upperBound)
    if start >= end { return .missing }
    switch format {
    case .bool:
      return FieldReader.bool(bytes, start, end).map { FieldValue(bits: $0 ? 1 : 0) } ?? .fault(.bool)
    case .int:
      return FieldReader.int(bytes, start, end)
    case .number:
      return FieldReader.number(bytes, start, end)
    case .time:
      return times.time(bytes, start, end)
    case .date:
      return times.date(bytes, start, end)
    case .choice(let table, _):
      let position = table.row(bytes, start, count: end - start)
      return position < 0 ? .fault(.choice) : FieldValue(bits: Int64(position))
    default:
      return .missing
    }
  }

  private static func bool(_ bytes: Bytes, _ start: Int, _ end: Int) -> Bool? {
    // Upper-case letters become lower-case; digits keep their bit, and the two Chinese words are not touched.
    let raw = bytes.word(start, count: end - start)
    if end - start > 5 { return nil }
    switch (end - start, raw, raw | 0x20_2020_2020) {
    case (1, 0x31, _), (3, 0xAF_98E6, _), (_, _, 0x20_6575_7274), (_, _, 0x20_2073_6579): return true
    case (1, 0x30, _), (3, 0xA6_90E5, _), (_, _, 0x65_736C_6166), (_, _, 0x20_2020_6F6E): return false
    default: return nil
    }
  }

  private static func int(_ bytes: Bytes, _ start: Int, _ end: Int) -> FieldValue {
    var offset = start
    let sign = bytes.byte(start)
    if sign == 0x2D || sign == 0x2B { offset += 1 }
    if offset >= end { return .fault(.int) }
    var value: Int64 = 0
    var overflow = false
    while offset < end {
      let digit = bytes.byte(offset) &- 0x30
      if digit > 9 { return .fault(.int) }
      let (tens, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, more) =
        sign == 0x2D ? tens.subtractingReportingOverflow(Int64(digit)) : tens.addingReportingOverflow(Int64(digit))
      overflow = overflow || over || more
      value = sum
      offset += 1
    }
    return overflow ? .fault(.intRange) : FieldValue(bits: value)
  }

  /// Marks a number of more than 15 significant digits: the bits are those of its double.
  static let doubleScale = Int16.min

  /// As `read` a number.
  static func spacedNumber(_ bytes: Bytes, _ start: Int, _ end: Int) -> FieldValue {
    let field = trimmed(bytes, start, end)
    return field.isEmpty ? .missing : number(bytes, field.lowerBound, field.upperBound)
  }

  /// A plain decimal: digits, and perhaps a sign and a point with digits behind it.
  private static func number(_ bytes: Bytes, _ start: Int, _ end: Int) -> FieldValue {
    var offset = start
    let sign = bytes.byte(start)
    if sign == 0x2D || sign == 0x2B { offset &+= 1 }
    let first = offset
    var digits: Int64 = 0
    var significant = 0
    var point = -1
    while offset < end {
      let byte = bytes.byte(offset)
      let digit = byte &- 0x30
      if digit <= 9 {
        if significant < 18 { digits = digits &* 10 &+ Int64(digit) }
        if significant > 0 || digit != 0 { significant &+= 1 }
      } else if byte == 0x2E, point < 0, offset > first {
        point = offset
      } else {
        return .fault(.number)
      }
      offset &+= 1
    }
    let last = bytes.byte(end &- 1)
    if first >= end || last == 0x2E { return .fault(.number) }
    let decimals = point < 0 ? 0 : end &- point &- 1
    if significant <= 15, decimals <= 18 {
      return FieldValue(bits: sign == 0x2D ? 0 &- digits : digits, scale: Int16(truncatingIfNeeded: decimals))
    }
    return longNumber(bytes, start, end)
  }

  /// A number of many digits: without the zeros at its ends perhaps 15 or fewer, else its double.
  private static func longNumber(_ bytes: Bytes, _ start: Int, _ end: Int) -> FieldValue {
    switch Decimal(bytes, start..<end) {
    case .decimal(let digits, let scale): FieldValue(bits: digits, scale: scale)
    case .double(let double): FieldValue(bits: Int64(bitPattern: double.bitPattern), scale: doubleScale)
    case nil: .fault(.number)
    }
  }
}

extension FieldFormat {
  var isNumber: Bool { if case .number = self { true } else { false } }
}
