/// The community's calendar: instants to local days and periods, and back.
///
/// A local time that does not exist is the next instant that does; one that comes twice is the earlier. Days follow one
/// another without gaps or overlaps: day `d` is from `start(ofDay: d)` to `end(ofDay: d)`, and `day(of:)` never falls.
/// - Unit: instants in microseconds since 1970-01-01 00:00 UTC; days since 1970-01-01.
public struct Calendar: Sendable {
  public let weekStart: Weekday
  public let zone: ZoneRules

  /// The calendar of UTC.
  public init(weekStart: Weekday = .monday) { self.init(zone: .utc, weekStart: weekStart) }

  public init(zone: ZoneRules, weekStart: Weekday) {
    self.zone = zone
    self.weekStart = weekStart
  }

  public static let microsPerDay: Int64 = 86_400_000_000

  /// The local day that holds an instant.
  ///
  /// Where clocks go back over a midnight that has passed, the new day goes on: it does not become yesterday again.
  public func day(of instant: Int64) -> Int32 {
    Int32(clamping: zone.steadyLocal(at: instant).floorQuotient(Calendar.microsPerDay))
  }

  /// The first instant whose local date is that day (or, where the day is missing, the first after it).
  public func start(ofDay day: Int32) -> Int64 {
    zone.firstInstant(ofLocal: Int64(day).clampedProduct(Calendar.microsPerDay))
  }

  /// The last instant before the next day starts: the day's moment.
  public func end(ofDay day: Int32) -> Int64 {
    zone.firstInstant(ofLocal: (Int64(day) + 1).clampedProduct(Calendar.microsPerDay)).clampedSum(-1)
  }

  /// The instant of a local time on a day. - Unit: microseconds since local midnight.
  public func instant(day: Int32, micros: Int64) -> Int64 {
    zone.firstInstant(ofLocal: Int64(day).clampedProduct(Calendar.microsPerDay).clampedSum(micros))
  }

  /// What the clock and the wall calendar show at an instant: the date, microseconds since midnight, and seconds east
  /// of UTC.
  public func local(_ instant: Int64) -> (day: Int32, micros: Int64, offset: Int32) {
    let offset = zone.offset(at: instant)
    let local = instant.clampedSum(offset)
    let day = local.floorQuotient(Calendar.microsPerDay)
    // Wrapping, because the first of all days starts before the first of all instants.
    let micros = local &- day &* Calendar.microsPerDay
    return (Int32(clamping: day), micros, Int32(clamping: offset / 1_000_000))
  }
}
