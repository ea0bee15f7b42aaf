/// One value, for constants, explanations and tests; the engine computes in columns instead.
public enum Value: Hashable, Sendable {
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
