/// From which check to which a row counts in a window: [enter, leave), the same for all rows of a day but in exact windows.
struct CheckSpans: Sendable {
  private let window: Window
  private let checks: RunContext.Checks
  private let calendar: Calendar
  private let firstDay: Int32
  /// Whether rows of one day that one check sees first count at the same checks.
  let goesByDay: Bool
  /// The day that the tables begin with: earlier rows are few.
  private let start: Int32
  /// By day from `start` on; empty where an instant decides.
  private var enters: [Int32] = []
  private var leaves: [Int32] = []
  /// By check, where days decide and each has at most one check. - Missing: nil otherwise.
  private(set) var limits: DayLimits?

  /// The last days of rows that a check knows.
  struct DayLimits: Sendable {
    /// By check: of those that have begun to count.
    var come: [Int32] = []
    /// Of those that no longer count.
    var gone: [Int32] = []
  }

  init(_ window: Window, _ checks: RunContext.Checks, _ calendar: Calendar, firstDay: Int32, lastDay: Int32) {
    self.window = window
    self.checks = checks
    self.calendar = calendar
    self.firstDay = firstDay
    start = max(firstDay, Int32.min + 400) - 400
    goesByDay = CheckSpans.goesByDay(window)
    if !goesByDay { return }
    if checks.isWithinDays && checks.stride == 0 || lastDay < firstDay { return }
    for day in start...lastDay {
      let span = ofDay(day)
      enters.append(Int32(truncatingIfNeeded: span.from))
      leaves.append(Int32(truncatingIfNeeded: span.until))
    }
    limits = dayLimits()
  }

  static func goesByDay(_ window: Window) -> Bool {
    switch window {
    case .lastExact, .between: false
    case .all, .lastDays, .current, .previous: true
    }
  }

  /// Both columns ascend with days, and days before the tables count no later than theirs.
  private func dayLimits() -> DayLimits? {
    if checks.isWithinDays { return nil }
    var result = DayLimits()
    guard let come = dayLimits(enters) else { return nil }
    result.come = come
    if case .all = window {
      result.gone = Array(repeating: .min, count: checks.count)
    } else {
      guard let gone = dayLimits(leaves) else { return nil }
      result.gone = gone
    }
    return result
  }

  private func dayLimits(_ column: [Int32]) -> [Int32]? {
    guard column.first == 0, zip(column, column.dropFirst()).allSatisfy({ $0 <= $1 }) else { return nil }
    var result: [Int32] = []
    result.reserveCapacity(checks.count)
    var place = 0
    for check in 0..<checks.count {
      while place + 1 < column.count, Int(column[place + 1]) <= check { place += 1 }
      result.append(start &+ Int32(truncatingIfNeeded: place))
    }
    return result
  }

  @inline(__always)
  func span(day: Int32, at instant: Int64) -> (from: Int, until: Int) {
    let place = Int(day) &- Int(start)
    guard place >= 0, place < enters.count else { return slow(day, instant) }
    let (from, until) = (Int(enters[place]), Int(leaves[place]))
    if !checks.isWithinDays { return (from, until) }
    return (max(from, checks.check(seeing: instant, ofDay: day, firstDay: firstDay)), until)
  }

  /// The same of rows on a day, where days decide and each day has at most one check.
  @inline(__always)
  func span(ofDay day: Int32) -> (from: Int, until: Int) {
    let place = Int(day) &- Int(start)
    guard place >= 0, place < enters.count else { return spanByCalendar(day) }
    return (Int(enters[place]), Int(leaves[place]))
  }

  /// The same of rows on a day that a check sees first, where days decide.
  @inline(__always)
  func span(ofDay day: Int32, seenBy check: Int32) -> (from: Int, until: Int) {
    let (from, until) = span(ofDay: day)
    return (max(from, Int(check)), until)
  }

  @inline(never)
  private func spanByCalendar(_ day: Int32) -> (from: Int, until: Int) { ofDay(day) }

  func span(at instant: Int64) -> (from: Int, until: Int) { span(day: calendar.day(of: instant), at: instant) }

  private func slow(_ day: Int32, _ instant: Int64) -> (from: Int, until: Int) {
    var span = ofDay(day)
    if checks.isWithinDays { span.from = max(span.from, checks.check(onOrAfter: instant)) }
    switch window {
    case .lastExact(let length):
      let (end, overflow) = instant.addingReportingOverflow(length)
      span.until = overflow ? checks.count : checks.check(onOrAfter: end)
    case .between(let from, let to):
      let start = RowBounds.instant(from, calendar, isEnd: false)
      let end = to.map { RowBounds.instant($0, calendar, isEnd: true) } ?? .max
      if instant < start || instant > end { return (0, 0) }
    default: break
    }
    return span.from < span.until ? span : (0, 0)
  }

  /// Of a row on a day, where only days count.
  private func ofDay(_ day: Int32) -> (from: Int, until: Int) {
    let from = check(day)
    switch window {
    case .all, .lastExact, .between: return (from, checks.count)
    case .lastDays(let count):
      let (end, overflow) = day.addingReportingOverflow(count)
      return (from, overflow ? checks.count : check(end))
    case .current(let unit): return (from, check(calendar.lastDay(unit, calendar.period(unit, ofDay: day)) &+ 1))
    case .previous(let unit):
      let next = calendar.period(unit, ofDay: day) &+ 1
      return (check(calendar.firstDay(unit, next)), check(calendar.lastDay(unit, next) &+ 1))
    }
  }

  private func check(_ day: Int32) -> Int { checks.check(onOrAfterDay: day, firstDay: firstDay) }
}
