/// The community's calendar: instants to local days and periods, and back.
///
/// A local time that does not exist is the next instant that does; one that comes twice is the earlier.
/// - Unit: instants in microseconds since 1970-01-01 00:00 UTC; days since 1970-01-01.
public struct Calendar: Sendable {
  public let weekStart: Weekday

  public init(weekStart: Weekday = .monday) { self.weekStart = weekStart }

  public static let microsPerDay: Int64 = 86_400_000_000

  /// The local day that holds an instant.
  public func day(of instant: Int64) -> Int32 {
    let days = instant.quotientAndRemainder(dividingBy: Calendar.microsPerDay)
    return Int32(clamping: days.remainder < 0 ? days.quotient - 1 : days.quotient)
  }

  /// The first instant whose local date is that day (or, where the day is missing, the first after it).
  public func start(ofDay day: Int32) -> Int64 { Int64(day) * Calendar.microsPerDay }

  /// The last instant before the next day starts: the day's moment.
  public func end(ofDay day: Int32) -> Int64 { start(ofDay: day &+ 1) - 1 }

  /// The instant of a local time on a day. - Unit: microseconds since local midnight.
  public func instant(day: Int32, micros: Int64) -> Int64 { start(ofDay: day) + micros }

  /// Local microseconds since midnight, and seconds east of UTC, at an instant.
  public func local(_ instant: Int64) -> (day: Int32, micros: Int64, offset: Int32) {
    let day = day(of: instant)
    return (day, instant - start(ofDay: day), 0)
  }

  /// The number of the period that holds a day; see `Value.period`.
  public func period(_ unit: PeriodUnit, ofDay day: Int32) -> Int32 {
    let date = CivilDate(dayNumber: day)
    switch unit {
    case .day: return day
    case .week:
      // 1970-01-01 was a Thursday.
      let shift = (3 - Int32(weekStart.rawValue) + 7) % 7
      let shifted = day &+ shift
      return shifted >= 0 ? shifted / 7 : (shifted - 6) / 7
    case .month: return Int32(date.year * 12 + date.month - 1)
    case .quarter: return Int32(date.year * 4 + (date.month - 1) / 3)
    case .year: return Int32(date.year)
    }
  }

  /// The first day of a period by its number.
  public func firstDay(_ unit: PeriodUnit, _ number: Int32) -> Int32 {
    func first(_ year: Int32, _ month: Int32) -> Int32 {
      CivilDate(year: Int(year), month: Int(month), day: 1)?.dayNumber ?? 0
    }
    func floorDivide(_ value: Int32, _ divisor: Int32) -> Int32 {
      value >= 0 ? value / divisor : (value - divisor + 1) / divisor
    }
    switch unit {
    case .day: return number
    case .week: return number &* 7 &- (3 - Int32(weekStart.rawValue) + 7) % 7
    case .month:
      let year = floorDivide(number, 12)
      return first(year, number - year * 12 + 1)
    case .quarter:
      let year = floorDivide(number, 4)
      return first(year, (number - year * 4) * 3 + 1)
    case .year: return first(number, 1)
    }
  }

  /// The last day of a period by its number.
  public func lastDay(_ unit: PeriodUnit, _ number: Int32) -> Int32 { firstDay(unit, number &+ 1) &- 1 }

  public func weekday(ofDay day: Int32) -> Weekday {
    let index = (Int(day) % 7 + 7 + 3) % 7
    return Weekday(rawValue: index) ?? .monday
  }
}
