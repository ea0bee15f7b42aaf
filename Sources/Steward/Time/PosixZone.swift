/// The rule of a POSIX TZ string, such as `CET-1CEST,M3.5.0,M10.5.0/3`: when clocks change every year from now on.
///
/// Source: POSIX.1-2017, Base Definitions 8.3, with RFC 9636's hours from −167 to 167.
struct PosixZone: Hashable, Sendable {
  enum Day: Hashable, Sendable {
    /// 1–365; 29 February is never counted.
    case julian(Int)
    /// 0–365
    case ofYear(Int)
    /// The weekday's n-th in the month; 5 is the last. Sunday is 0.
    case ofMonth(month: Int, week: Int, weekday: Int)
  }

  /// - Unit: seconds since local midnight of that day.
  struct Change: Hashable, Sendable {
    var day: Day
    var time: Int64
  }

  struct Summer: Hashable, Sendable {
    var offset: Int64
    var start: Change
    var end: Change
  }

  /// - Unit: seconds east of UTC.
  let standard: Int64
  let summer: Summer?

  /// - Missing: nil if it is no such string.
  init?(_ text: [UInt8]) {
    var scanner = PosixScanner(text: text)
    guard scanner.name(), let standard = scanner.time(maxHours: 24) else { return nil }
    self.standard = -standard
    if scanner.isAtEnd {
      summer = nil
      return
    }
    guard scanner.name() else { return nil }
    var offset = self.standard + 3600
    if scanner.next != UInt8(ascii: ",") {
      guard let written = scanner.time(maxHours: 24) else { return nil }
      offset = -written
    }
    guard let start = scanner.change(), let end = scanner.change(), scanner.isAtEnd else { return nil }
    summer = Summer(offset: offset, start: start, end: end)
  }

  /// The changes after an instant, up to the end of a year. - Unit: seconds.
  func changes(after last: Int64?, through lastYear: Int) -> [(time: Int64, offset: Int64)] {
    guard let summer else { return [] }
    let firstDay = (last ?? 0).floorQuotient(86_400)
    let firstYear = max(1800, CivilDate(dayNumber: Int32(clamping: firstDay)).year - 1)
    var changes: [(time: Int64, offset: Int64, isStart: Bool)] = []
    if firstYear > lastYear { return [] }
    for year in firstYear...lastYear {
      changes.append((PosixZone.local(summer.start, year: year) - standard, summer.offset, true))
      changes.append((PosixZone.local(summer.end, year: year) - summer.offset, standard, false))
    }
    // Summer time all year ends and starts at one instant: the start stands.
    changes.sort { $0.time != $1.time ? $0.time < $1.time : !$0.isStart && $1.isStart }
    var result: [(time: Int64, offset: Int64)] = []
    for change in changes where change.time > (last ?? .min) {
      if result.last?.time == change.time { result.removeLast() }
      result.append((change.time, change.offset))
    }
    return result
  }

  /// - Unit: seconds since 1970-01-01 00:00 of local time.
  private static func local(_ change: Change, year: Int) -> Int64 {
    let day: Int
    switch change.day {
    case .julian(let number):
      day =
        CivilDate.dayNumber(year: year, month: 1, day: 1) + number - 1
        + (CivilDate.isLeap(year) && number >= 60 ? 1 : 0)
    case .ofYear(let number):
      day = CivilDate.dayNumber(year: year, month: 1, day: 1) + number
    case .ofMonth(let month, let week, let weekday):
      let first = CivilDate.dayNumber(year: year, month: month, day: 1)
      // 1970-01-01 was a Thursday, the 4th day counted from Sunday.
      let firstWeekday = ((first + 4) % 7 + 7) % 7
      let inMonth = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      day = first + (inMonth < CivilDate.days(inMonth: month, year: year) ? inMonth : inMonth - 7)
    }
    return Int64(day) * 86_400 + change.time
  }
}

private struct PosixScanner {
  let text: [UInt8]
  private var position = 0

  init(text: [UInt8]) { self.text = text }

  var isAtEnd: Bool { position == text.count }
  var next: UInt8? { position < text.count ? text[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// At least three letters, or anything alphanumeric or signed in angle brackets.
  mutating func name() -> Bool {
    let isQuoted = take("<")
    let start = position
    while let byte = next {
      let isLetter = (65...90).contains(byte) || (97...122).contains(byte)
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || (48...57).contains(byte)
      guard isLetter || (isQuoted && isSign) else { break }
      position += 1
    }
    let isLong = position - start >= 3
    return isQuoted ? take(">") && position > start : isLong
  }

  private mutating func number(max: Int) -> Int? {
    var value = 0
    let start = position
    while let byte = next, (48...57).contains(byte), value <= max {
      value = value * 10 + Int(byte - 48)
      position += 1
    }
    return position > start && value <= max ? value : nil
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  mutating func time(maxHours: Int) -> Int64? {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard let hours = number(max: maxHours) else { return nil }
    var seconds = hours * 3600
    if take(":") {
      guard let minutes = number(max: 59) else { return nil }
      seconds += minutes * 60
      if take(":") {
        guard let rest = number(max: 59) else { return nil }
        seconds += rest
      }
    }
    return Int64(isNegative ? -seconds : seconds)
  }

  /// `,date[/time]`
  mutating func change() -> PosixZone.Change? {
    guard take(","), let day = day() else { return nil }
    guard take("/") else { return PosixZone.Change(day: day, time: 7200) }
    return time(maxHours: 167).map { PosixZone.Change(day: day, time: $0) }
  }

  private mutating func day() -> PosixZone.Day? {
    if take("J") {
      return number(max: 365).flatMap { $0 >= 1 ? .julian($0) : nil }
    }
    guard take("M") else { return number(max: 365).map { .ofYear($0) } }
    guard let month = number(max: 12), month >= 1, take("."), let week = number(max: 5), week >= 1, take("."),
      let weekday = number(max: 6)
    else { return nil }
    return .ofMonth(month: month, week: week, weekday: weekday)
  }
}
