/// At which moments the community is looked at.
public enum CheckRhythm: Hashable, Sendable {
  /// At the last instant of each period that has ended.
  case period(PeriodUnit)
  /// At the last instant of each stretch of that length, counted from each day's first instant; the last one ends with the
  /// day. - Unit: microseconds, less than a day.
  case exact(Int64)

  public static let daily = CheckRhythm.period(.day)

  /// Whether a day may have several checks.
  public var isWithinDays: Bool { if case .exact = self { true } else { false } }
}
