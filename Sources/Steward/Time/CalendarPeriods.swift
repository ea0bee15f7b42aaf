extension Calendar {
  /// Days from the start of the week that holds 1970-01-01, a Thursday, to that day.
  private var weekShift: Int { (3 - weekStart.rawValue + 7) % 7 }

  /// The number of the period that holds a day; see `Value.period`.
  public func period(_ unit: PeriodUnit, ofDay day: Int32) -> Int32 {
    unit == .day ? day : longPeriod(unit, ofDay: day)
  }

  /// A call, so that nothing is divided ahead where days are asked for.
  @inline(never)
  private func longPeriod(_ unit: PeriodUnit, ofDay day: Int32) -> Int32 {
    if unit == .week { return Int32(clamping: (Int64(day) + Int64(weekShift)).floorQuotient(7)) }
    let date = CivilDate(dayNumber: day)
    switch unit {
    case .month: return Int32(clamping: date.year * 12 + date.month - 1)
    case .quarter: return Int32(clamping: date.year * 4 + (date.month - 1) / 3)
    default: return Int32(clamping: date.year)
    }
  }

  /// The first day of a period by its number.
  public func firstDay(_ unit: PeriodUnit, _ number: Int32) -> Int32 {
    Int32(clamping: wideFirstDay(unit, Int64(number)))
  }

  private func wideFirstDay(_ unit: PeriodUnit, _ number: Int64) -> Int {
    func first(_ year: Int64, _ month: Int64) -> Int {
      CivilDate.dayNumber(year: Int(year), month: Int(month), day: 1)
    }
    switch unit {
    case .day: return Int(number)
    case .week: return Int(number) * 7 - weekShift
    case .month:
      let year = number.floorQuotient(12)
      return first(year, number - year * 12 + 1)
    case .quarter:
      let year = number.floorQuotient(4)
      return first(year, (number - year * 4) * 3 + 1)
    case .year: return first(number, 1)
    }
  }

  /// The last day of a period by its number.
  public func lastDay(_ unit: PeriodUnit, _ number: Int32) -> Int32 {
    Int32(clamping: wideFirstDay(unit, Int64(number) + 1) - 1)
  }

  public func weekday(ofDay day: Int32) -> Weekday {
    let index = (Int(day) % 7 + 7 + 3) % 7
    return Weekday(rawValue: index) ?? .monday
  }

  /// The moments of the periods that have ended: their last instants, up to `through`, from the first whose last day is
  /// `firstDay` or later.
  public func completedPeriods(_ unit: PeriodUnit, from firstDay: Int32, through instant: Int64) -> [Int64] {
    var moments: [Int64] = []
    var number = period(unit, ofDay: firstDay)
    while true {
      let last = lastDay(unit, number)
      let moment = end(ofDay: last)
      if moment > instant || last == .max { return moments }
      // A missing day never was, so it did not end either.
      if start(ofDay: last) <= moment || unit != .day { moments.append(moment) }
      number += 1
    }
  }

  /// Whether a day is the anniversary of a date: the same day of a later year, or 28 February where the 29th is missing.
  public func anniversary(of date: Int32, on day: Int32) -> Bool {
    let origin = CivilDate(dayNumber: date)
    let today = CivilDate(dayNumber: day)
    if today.year <= origin.year || today.month != origin.month { return false }
    return today.day == min(origin.day, CivilDate.days(inMonth: today.month, year: today.year))
  }
}
