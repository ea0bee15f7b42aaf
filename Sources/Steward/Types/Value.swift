/// One value, for constants, explanations and tests; the engine computes in columns instead.
public enum Value: Sendable {
  case missing
  case bool(Bool)
  case int(Int64)
  case number(Double)
  case text(String)
  /// - Unit: microseconds since 1970-01-01 00:00 UTC.
  case time(Int64)
  /// - Unit: days since 1970-01-01.
  case date(Int32)
  /// - Unit: microseconds.
  case duration(Int64)
  /// The period's number: days since 1970-01-01; weeks since the week that holds it; 12 × year + month − 1;
  /// 4 × year + quarter − 1; year.
  case period(PeriodUnit, Int32)
  /// Position in the `Choice` of the type.
  case choice(Int)
  /// Position of the tier in its ladder, 0 the lowest.
  case tier(Int)
  case list([String])
  /// Position in the member table, which is sorted by the bytes of the id.
  case member(Int)
  /// Position in the content table, which is sorted by the bytes of the id.
  case item(Int)
}

extension Value: Hashable {
  /// Texts are equal if their bytes are: `é` as one letter and as `e` with an accent are two texts, as in the data.
  public static func == (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.missing, .missing): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)), (.time(let a), .time(let b)), (.duration(let a), .duration(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
    case (.date(let a), .date(let b)): a == b
    case (.period(let unit, let a), .period(let other, let b)): unit == other && a == b
    case (.choice(let a), .choice(let b)), (.tier(let a), .tier(let b)), (.member(let a), .member(let b)),
      (.item(let a), .item(let b)):
      a == b
    case (.list(let a), .list(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .missing: hasher.combine(0)
    case .bool(let bool): hasher.combine(bool)
    case .int(let int), .time(let int), .duration(let int): hasher.combine(int)
    case .number(let number): hasher.combine(number)
    case .text(let text): for byte in text.utf8 { hasher.combine(byte) }
    case .date(let day), .period(_, let day): hasher.combine(day)
    case .choice(let position), .tier(let position), .member(let position), .item(let position):
      hasher.combine(position)
    case .list(let list): hasher.combine(list.count)
    }
  }
}
