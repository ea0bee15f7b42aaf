import Testing

@testable import Steward

/// Checks within a day.
@Suite struct CheckTests {
  /// Days of 23, 24 and 25 hours: which check sees an instant is what searching for it says.
  @Test(arguments: ["2025-03-29", "2025-10-25"], [Int64(1), 5, 7]) func withinDays(_ start: String, _ hours: Int64)
    throws
  {
    let calendar = try ZoneFixtures.calendar("Europe/Berlin", weekStart: .monday)
    let first = try ZoneFixtures.day(start)
    let asOf = calendar.end(ofDay: first + 3) - 7_200_000_000
    let checks = RunContext.checks(every: hours * 3_600_000_000, calendar: calendar, firstDay: first, asOf: asOf)
    // The last day is not over: it has those of its first 22 hours.
    let today: Int64 = 22 / hours
    #expect(checks.moments.last == calendar.start(ofDay: first + 3) + today * hours * 3_600_000_000 - 1)
    let before: [Int64: Int] = start == "2025-03-29" ? [1: 71, 5: 15, 7: 12] : [1: 73, 5: 15, 7: 12]
    #expect(checks.moments.count == (before[hours] ?? 0) + Int(today))
    var instant = calendar.start(ofDay: first - 1)
    while instant <= asOf {
      let found = checks.check(seeing: instant, ofDay: calendar.day(of: instant), firstDay: first)
      #expect(found == checks.check(onOrAfter: instant), "\(calendar.text(ofInstant: instant))")
      instant += 17 * 60_000_000 + 1
    }
    for (index, moment) in checks.moments.enumerated() {
      #expect(checks.check(seeing: moment, ofDay: checks.days[index], firstDay: first) == index)
    }
  }

  /// From which check to which a row counts is the same by table and by search, and what its window says.
  @Test func spans() throws {
    let calendar = try ZoneFixtures.calendar("Europe/Berlin", weekStart: .monday)
    let first = try ZoneFixtures.day("2025-10-20")
    let last = first + 20
    let asOf = calendar.end(ofDay: last)
    let windows: [Window] = [
      .all, .lastDays(3), .lastExact(36 * 3_600_000_000), .current(.week), .previous(.week), .previous(.day),
      .between(from: .day(first + 2), to: .day(first + 4)),
    ]
    for hours: Int64 in [1, 7] {
      let checks = RunContext.checks(every: hours * 3_600_000_000, calendar: calendar, firstDay: first, asOf: asOf)
      for window in windows {
        let spans = CheckSpans(window, checks, calendar, firstDay: first, lastDay: last)
        var instant = calendar.start(ofDay: first - 9)
        while instant < asOf {
          let (from, until) = spans.span(at: instant)
          for (check, moment) in checks.moments.enumerated() {
            let isIn = Self.holds(window, instant, moment, calendar)
            #expect(isIn == (from <= check && check < until), "\(window) \(calendar.text(ofInstant: instant)) \(check)")
            if isIn != (from <= check && check < until) { return }
          }
          instant += 11 * 3_600_000_000 + 1
        }
      }
    }
  }

  private static func holds(_ window: Window, _ instant: Int64, _ now: Int64, _ calendar: Steward.Calendar) -> Bool {
    let (day, today) = (calendar.day(of: instant), calendar.day(of: now))
    if instant > now { return false }
    switch window {
    case .all: return true
    case .lastDays(let days): return day > today - days
    case .lastExact(let length): return instant > now - length
    case .current(let unit): return calendar.period(unit, ofDay: day) == calendar.period(unit, ofDay: today)
    case .previous(let unit): return calendar.period(unit, ofDay: day) == calendar.period(unit, ofDay: today) - 1
    case .between(.day(let from), .day(let to)?): return from <= day && day <= to
    default: return false
    }
  }
}
