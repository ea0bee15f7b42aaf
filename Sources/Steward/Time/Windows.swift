// Instants seen from a moment. None ever moves backwards as the moment goes on: in a repeated hour it stands still.

extension Calendar {
  /// The last instant of the period that holds a moment.
  public func end(ofCurrent unit: PeriodUnit, at moment: Int64) -> Int64 {
    end(ofDay: lastDay(unit, period(unit, ofDay: day(of: moment))))
  }

  /// The instant so many calendar days before a moment, at the same local time.
  public func instant(_ days: Int32, daysBefore moment: Int64) -> Int64 {
    let back = Int64(days).clampedProduct(-Calendar.microsPerDay)
    return zone.firstInstant(ofLocal: zone.steadyLocal(at: moment).clampedSum(back))
  }
}
