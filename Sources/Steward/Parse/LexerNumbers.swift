// Numbers, dates and times of day.

extension Lexer {
  mutating func number() {
    if date() || dayFirstDate() || timeOfDay() || monthLike() { return }
    let start = position
    var hasUnderscore = false
    digits(&hasUnderscore)
    var isWhole = true
    if byte() == 0x2E, Lexer.isDigit(byte(1)) {
      isWhole = false
      position += 1
      digits(&hasUnderscore)
    }
    let end = position
    let isPercent = percent()
    let plain = hasUnderscore ? bytes[start..<end].filter { $0 != 0x5F } : Array(bytes[start..<end])
    if isWhole, !isPercent {
      let value = UInt64(String(decoding: plain, as: UTF8.self))
      if value == nil { report(.numberTooLarge, start..<end) }
      let isJoined = joinedWord(from: start)
      // Too large for the checker too, which has then been told.
      add(.int(value ?? .max), from: start, isBroken: isJoined || value == nil)
      afterBroken = isJoined
    } else {
      let decimal = String(decoding: plain, as: UTF8.self) + (isPercent ? "e-2" : "")
      let value = Double(decimal) ?? 0
      if !value.isFinite { report(.numberTooLarge, start..<end) }
      let isJoined = !isPercent && joinedWord(from: start)
      add(.number(value.isFinite ? value : 0), from: start, isBroken: isJoined)
      afterBroken = isJoined
    }
  }

  private mutating func digits(_ hasUnderscore: inout Bool) {
    while true {
      if Lexer.isDigit(byte()) {
        position += 1
      } else if byte() == 0x5F, Lexer.isDigit(byte(1)) {
        hasUnderscore = true
        position += 2
      } else {
        return
      }
    }
  }

  /// Takes the `%` of `15%`; `a % b` is left alone, for it means a remainder.
  private mutating func percent() -> Bool {
    var ahead = 0
    while byte(ahead) == 0x20 { ahead += 1 }
    let isFull = byte(ahead) == 0xEF && byte(ahead + 1) == 0xBC && byte(ahead + 2) == 0x85
    guard byte(ahead) == 0x25 || isFull else { return false }
    let start = position + ahead
    let end = start + (isFull ? 3 : 1)
    var after = end
    while byte(at: after) == 0x20 { after += 1 }
    // A number or a parenthesis next: 15 % 4. A word next to it: 15 %x; a word after a space may be `and`, `then`, …
    if Lexer.isDigit(byte(at: after)) || byte(at: after) == 0x28 { return false }
    if after == end, nameLength(at: end) > 0 { return false }
    if ahead > 0 {
      if after > end, nameLength(at: after) > 0, Lexer.infixWord(at: after, in: self) == false { return false }
      // `5 % of x` is told whole by the parser.
      if !wordIsOf(at: after) { report(.percentApart, position..<end, edits: [edit(position..<start, "")]) }
    }
    if isFull { mend(start..<end, as: "%") }
    position = end
    return true
  }

  private func wordIsOf(at index: Int) -> Bool {
    byte(at: index) == 0x6F && byte(at: index + 1) == 0x66 && nameLength(at: index + 2) == 0
  }

  /// Whether the word at an index can follow a complete value.
  private static func infixWord(at index: Int, in lexer: Lexer) -> Bool {
    var end = index
    while end < lexer.bytes.count, lexer.nameLength(at: end) > 0 { end += lexer.nameLength(at: end) }
    switch Keyword.spelled(lexer.bytes[index..<max(index, end)]) {
    case .and, .or, .then, .else, .in, .is, .contains, .per, .of, .where, .among, .to, .as, .div, .mod: return true
    default: return false
    }
  }

  /// Reports a number that runs into a word: `30days`, `1e5`, `0x10`.
  private mutating func joinedWord(from start: Int) -> Bool {
    guard nameLength(at: position) > 0 else { return false }
    var end = position
    while true {
      let length = nameLength(at: end)
      if length == 0 { break }
      end += length
    }
    // `30days` and `5points` are mended; `7day`, where a name is declared, and `1e5` may be meant otherwise.
    let declares: Bool =
      switch tokens.last?.keyword {
      case .let, .segment, .fn, .incentive, .tiers, .tier, .event, .events: true
      default: false
      }
    let isMended = !declares && Keyword.spelled(bytes[position..<end]) != nil
    report(
      .numberJoinsWord(number: text(start..<position), word: text(position..<end), isMended: isMended), start..<end,
      edits: isMended ? [edit(position..<position, " ")] : [])
    return true
  }

  // MARK: Dates

  /// Reads up to `most` digits at an index.
  private func digitRun(at index: Int, most: Int) -> (value: Int, end: Int) {
    var value = 0
    var end = index
    while end - index < most, Lexer.isDigit(byte(at: end)) {
      value = value * 10 + Int(byte(at: end) & 0x0F)
      end += 1
    }
    return (value, end)
  }

  /// Year, month and day at the current place, however spelled.
  private func dateParts() -> (year: Int, month: Int, day: Int, end: Int, isExact: Bool)? {
    let year = digitRun(at: position, most: 5)
    guard year.end - position == 4 else { return nil }
    guard let first = dateSeparator(at: year.end, chinese: [0xE5, 0xB9, 0xB4]) else { return nil }
    let month = digitRun(at: year.end + first.length, most: 3)
    guard (1...2).contains(month.end - year.end - first.length) else { return nil }
    guard let second = dateSeparator(at: month.end, chinese: [0xE6, 0x9C, 0x88]), second.kind == first.kind else {
      return nil
    }
    let day = digitRun(at: month.end + second.length, most: 3)
    let dayDigits = day.end - month.end - second.length
    guard (1...2).contains(dayDigits) else { return nil }
    var end = day.end
    if first.kind == 0 {
      guard byte(at: end) == 0xE6, byte(at: end + 1) == 0x97, byte(at: end + 2) == 0xA5 else { return nil }
      end += 3
    }
    let isExact = first.kind == 0x2D && month.end - year.end == 3 && dayDigits == 2
    if !isExact {
      // 1000/10/5 may be meant as it stands.
      guard (1900...2199).contains(year.value), (1...12).contains(month.value), (1...31).contains(day.value) else {
        return nil
      }
    }
    return (year.value, month.value, day.value, end, isExact)
  }

  private func dateSeparator(at index: Int, chinese: [UInt8]) -> (kind: UInt8, length: Int)? {
    let first = byte(at: index)
    if first == 0x2D || first == 0x2F { return (first, 1) }
    let isChinese = first == chinese[0] && byte(at: index + 1) == chinese[1] && byte(at: index + 2) == chinese[2]
    return isChinese ? (0, 3) : nil
  }

  private mutating func date() -> Bool {
    guard Lexer.isDigit(byte(3)), let parts = dateParts() else { return false }
    let start = position
    // `2026-01-31T09:00`
    let hasT = byte(at: parts.end) == 0x54 && Lexer.isDigit(byte(at: parts.end + 1))
    guard hasT || nameLength(at: parts.end) == 0 else { return false }
    position = parts.end
    let civil = CivilDate(year: parts.year, month: parts.month, day: parts.day)
    if civil == nil { report(.noSuchDate(text(start..<position)), start..<position) }
    let day = civil?.dayNumber ?? 0
    if !parts.isExact, let civil {
      report(
        .dateSpelling(wrote: text(start..<position), meant: civil.text), start..<position,
        edits: [edit(start..<position, civil.text)])
    }
    var clock = position
    while byte(at: clock) == 0x20 { clock += 1 }
    if hasT {
      clock = position + 1
      if let time = clockParts(at: clock) {
        report(
          .dateSpelling(wrote: text(start..<time.end), meant: text(start..<position) + " " + text(clock..<time.end)),
          start..<time.end, edits: [edit(position..<clock, " ")])
      }
    } else if clock == position {
      add(.date(day), from: start)
      return true
    }
    guard let time = clockParts(at: clock) else {
      add(.date(day), from: start)
      return true
    }
    position = time.end
    add(.dateTime(day: day, micros: micros(time, clock..<time.end)), from: start)
    return true
  }

  // MARK: Times of day

  private struct Clock {
    var hour = 0
    var minute = 0
    var second = 0
    var end = 0
    var isExact = true
  }

  private func clockParts(at index: Int) -> Clock? {
    let hour = digitRun(at: index, most: 3)
    guard (1...2).contains(hour.end - index), byte(at: hour.end) == 0x3A else { return nil }
    let minute = digitRun(at: hour.end + 1, most: 3)
    guard minute.end - hour.end == 3 else { return nil }
    var clock = Clock(hour: hour.value, minute: minute.value, end: minute.end, isExact: hour.end - index == 2)
    if byte(at: minute.end) == 0x3A {
      let second = digitRun(at: minute.end + 1, most: 3)
      if second.end - minute.end == 3 {
        clock.second = second.value
        clock.end = second.end
      }
    }
    return nameLength(at: clock.end) == 0 ? clock : nil
  }

  private mutating func micros(_ clock: Clock, _ range: Range<Int>) -> Int64 {
    if clock.hour > 23 || clock.minute > 59 || clock.second > 59 {
      report(.noSuchTime(text(range)), range)
      return 0
    }
    if !clock.isExact {
      report(
        .timeSpelling(wrote: text(range), meant: "0" + text(range)), range,
        edits: [edit(range.lowerBound..<range.lowerBound, "0")])
    }
    return Int64((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1_000_000
  }

  private mutating func timeOfDay() -> Bool {
    guard byte(1) == 0x3A || byte(2) == 0x3A, let clock = clockParts(at: position) else { return false }
    let start = position
    position = clock.end
    add(.timeOfDay(micros(clock, start..<position)), from: start)
    return true
  }

  /// Reports `2026-03`, which is a subtraction here but looks like a month; where a date stands it is read as its first day.
  private mutating func monthLike() -> Bool {
    guard byte(4) == 0x2D, Lexer.isDigit(byte(3)), !Lexer.isDigit(byte(7)) else { return false }
    let year = digitRun(at: position, most: 5)
    let month = digitRun(at: position + 5, most: 3)
    guard year.end == position + 4, month.end == position + 7, (1900...2199).contains(year.value),
      (1...12).contains(month.value), byte(7) != 0x2D, nameLength(at: month.end) == 0
    else { return false }
    let start = position
    report(.monthLike(text(start..<month.end)), start..<month.end)
    guard isDateNext, let first = CivilDate(year: year.value, month: month.value, day: 1) else { return false }
    position = month.end
    add(.date(first.dayNumber), from: start)
    return true
  }

  /// Whether a date is likely here, by the token before: a window's bound, or a comparison.
  private var isDateNext: Bool {
    guard let last = tokens.last else { return false }
    switch last.kind {
    case .word(let keyword): return keyword == .since || keyword == .from || keyword == .to || keyword == .starts
    case .symbol(let symbol):
      switch symbol {
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: return true
      default: return false
      }
    default: return false
    }
  }

  /// Reads `30.06.2026` and `30/06/2026`; the mended date is told where it is the only one meant.
  private mutating func dayFirstDate() -> Bool {
    let separator = Lexer.isDigit(byte(1)) ? byte(2) : byte(1)
    guard separator == 0x2E || (separator == 0x2F || separator == 0x2D) && isDateNext else { return false }
    let first = digitRun(at: position, most: 3)
    guard (1...2).contains(first.end - position), byte(at: first.end) == separator else { return false }
    let second = digitRun(at: first.end + 1, most: 3)
    guard (1...2).contains(second.end - first.end - 1), byte(at: second.end) == separator else { return false }
    let year = digitRun(at: second.end + 1, most: 5)
    guard year.end - second.end == 5, (1900...2199).contains(year.value), nameLength(at: year.end) == 0 else {
      return false
    }
    let dayFirst = CivilDate(year: year.value, month: second.value, day: first.value)
    // With points it is the day that comes first; with strokes it may be the month.
    let monthFirst =
      separator == 0x2E || first.value == second.value
      ? nil : CivilDate(year: year.value, month: first.value, day: second.value)
    guard let date = dayFirst ?? monthFirst else { return false }
    let start = position
    position = year.end
    let isPlain = dayFirst == nil || monthFirst == nil
    report(
      isPlain
        ? .dateSpelling(wrote: text(start..<position), meant: date.text)
        : .dateAmbiguous(text(start..<position), one: date.text, other: monthFirst?.text ?? ""),
      start..<position, edits: isPlain ? [edit(start..<position, date.text)] : [])
    add(.date(date.dayNumber), from: start)
    return true
  }

  // MARK: Full-width digits

  static func isFullWidthDigit(_ value: Unicode.Scalar) -> Bool { (0xFF10...0xFF19).contains(value.value) }

  /// A whole number in full-width digits, `５`: mended and read.
  mutating func fullWidthNumber() {
    let start = position
    var digits = ""
    while let (value, length) = scalar(at: position), Lexer.isFullWidthDigit(value) {
      digits += String(value.value - 0xFF10)
      position += length
    }
    mend(start..<position, as: digits)
    let value = UInt64(digits)
    if value == nil { report(.numberTooLarge, start..<position) }
    add(.int(value ?? .max), from: start, isBroken: value == nil)
  }
}
