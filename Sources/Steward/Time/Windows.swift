// Where the windows of LANGUAGE §4 begin, seen from a moment.
// Starts are inclusive. None ever moves backwards as the moment goes on: in a repeated hour it stands still.

extension Calendar {
  /// The first instant of `last N days`: the start of the day N − 1 days before today.
  public func start(ofLastDays count: Int32, at moment: Int64) -> Int64 {
    start(ofDay: Int32(clamping: Int64(day(of: moment)) - Int64(count) + 1))
  }

  /// The first instant of `last 12 hours`: the window is (moment − length, moment]. - Unit: microseconds.
  public func start(ofLast length: Int64, at moment: Int64) -> Int64 {
    moment.clampedSum(0 &- length).clampedSum(1)
  }

  /// The first instant of `today`, `this week`, …
  public func start(ofCurrent unit: PeriodUnit, at moment: Int64) -> Int64 {
    start(ofDay: firstDay(unit, period(unit, ofDay: day(of: moment))))
  }

  /// The last instant of the period that holds a moment.
  public func end(ofCurrent unit: PeriodUnit, at moment: Int64) -> Int64 {
    end(ofDay: lastDay(unit, period(unit, ofDay: day(of: moment))))
  }

  /// The first and the last instant of `yesterday`, `previous week`, …
  public func bounds(ofPrevious unit: PeriodUnit, at moment: Int64) -> (start: Int64, end: Int64) {
    let number = period(unit, ofDay: day(of: moment)) &- 1
    return (start(ofDay: firstDay(unit, number)), end(ofDay: lastDay(unit, number)))
  }

  /// The instant so many calendar days before a moment, at the same local time.
  public func instant(_ days: Int32, daysBefore moment: Int64) -> Int64 {
    let back = Int64(days).clampedProduct(-Calendar.microsPerDay)
    return zone.firstInstant(ofLocal: zone.steadyLocal(at: moment).clampedSum(back))
  }
}
