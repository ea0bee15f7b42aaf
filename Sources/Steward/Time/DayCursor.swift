/// The local days of many instants, fast where neighbours are near each other in time.
///
/// It remembers the stretch of the last answer and the time between clock changes around it; it gives what
/// `Calendar.day(of:)` gives, whatever the order of the questions.
/// - Cost: two comparisons within the same day, a division within the same half year, else a search of the transitions.
public struct DayCursor: Sendable {
  private let zone: ZoneRules
  private let calendar: Calendar
  /// The answer holds from `lower` up to, not including, `upper`.
  private var day: Int32 = 0
  private var lower: Int64 = 0
  private var upper: Int64 = 0
  /// From `from` up to, not including, `until`, the offset is `offset` and no time repeats.
  private var from: Int64 = 0
  private var until: Int64 = 0
  private var offset: Int64 = 0

  public init(_ calendar: Calendar) {
    self.calendar = calendar
    zone = calendar.zone
  }

  /// The local day that holds an instant.
  @inline(__always)
  public mutating func day(of instant: Int64) -> Int32 {
    if instant >= lower, instant < upper { return day }
    return otherDay(of: instant)
  }

  /// The first instant behind those that are known to lie on the day of one that was just asked for.
  @inline(__always)
  public func end(after instant: Int64) -> Int64 {
    if instant >= lower, instant < upper { return upper }
    return instant == .max ? instant : instant + 1
  }

  private mutating func otherDay(of instant: Int64) -> Int32 {
    if instant < from || instant >= until, !move(to: instant) { return calendar.day(of: instant) }
    let (local, overflow) = instant.addingReportingOverflow(offset)
    if overflow { return calendar.day(of: instant) }
    let wide = local.floorQuotient(Calendar.microsPerDay)
    let start = wide * Calendar.microsPerDay - offset
    day = Int32(clamping: wide)
    lower = max(from, start)
    upper = min(until, start.clampedSum(Calendar.microsPerDay))
    return day
  }

  /// Moves to the time between clock changes that holds an instant. - Missing: false in a repeated hour.
  private mutating func move(to instant: Int64) -> Bool {
    let segment = zone.segment(at: instant)
    offset = zone.offsets[segment]
    // The ends keep clear of overflow.
    from = segment == 0 ? .min / 2 : max(zone.transitions[segment - 1], zone.reach[segment - 1].clampedSum(-offset))
    until = segment == zone.transitions.count ? .max / 2 : zone.transitions[segment]
    return instant >= from && instant < until
  }
}
