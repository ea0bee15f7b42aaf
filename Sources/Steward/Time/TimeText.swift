// Dates, periods and instants as people and files write them.

extension Calendar {
  /// `2026-03-05`, `2026-W10`, `2026-03`, `2026-Q1`, `2026`, by the period's number.
  ///
  /// A week belongs to the year that holds most of it, so with weeks from Monday the numbers are those of ISO 8601.
  public func text(_ unit: PeriodUnit, _ number: Int32) -> String {
    let first = firstDay(unit, number)
    switch unit {
    case .day: return CivilDate(dayNumber: first).text
    case .week:
      let middle = CivilDate(dayNumber: first.clampedDay(plus: 3))
      let newYear = CivilDate.dayNumber(year: middle.year, month: 1, day: 1)
      let week = (Int(middle.dayNumber) - newYear) / 7 + 1
      return CivilDate.text(ofYear: middle.year) + "-W" + (week < 10 ? "0" : "") + String(week)
    case .month: return String(CivilDate(dayNumber: first).text.dropLast(3))
    case .quarter:
      let date = CivilDate(dayNumber: first)
      return CivilDate.text(ofYear: date.year) + "-Q" + String((date.month - 1) / 3 + 1)
    case .year: return CivilDate.text(ofYear: CivilDate(dayNumber: first).year)
    }
  }

  /// `2026-03-01T09:00:00+08:00`: local time and offset; a fraction only where there is one; `Z` for the zone UTC.
  public func text(ofInstant instant: Int64) -> String {
    var bytes: [UInt8] = []
    appendText(ofInstant: instant, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `text(ofInstant:)` gives.
  public func appendText(ofInstant instant: Int64, to bytes: inout [UInt8]) {
    let (day, micros, offset) = local(instant)
    CivilDate(dayNumber: day).appendText(to: &bytes)
    bytes.append(UInt8(ascii: "T"))
    let seconds = Int(micros / 1_000_000)
    appendTwo(seconds / 3600, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    appendTwo(seconds / 60 % 60, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    appendTwo(seconds % 60, to: &bytes)
    appendFraction(Int(micros % 1_000_000), to: &bytes)
    if zone.isUTC {
      bytes.append(UInt8(ascii: "Z"))
      return
    }
    let size = Int(offset.magnitude)
    bytes.append(UInt8(ascii: offset < 0 ? "-" : "+"))
    appendTwo(size / 3600, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    appendTwo(size / 60 % 60, to: &bytes)
    // Only local mean times of long ago have seconds.
    if size % 60 != 0 {
      bytes.append(UInt8(ascii: ":"))
      appendTwo(size % 60, to: &bytes)
    }
  }
}

/// Three digits where they are enough, else six. - Unit: microseconds.
private func appendFraction(_ micros: Int, to bytes: inout [UInt8]) {
  if micros == 0 { return }
  bytes.append(UInt8(ascii: "."))
  appendTwo(micros / 10_000, to: &bytes)
  let rest = micros % 10_000
  bytes.append(48 + UInt8(truncatingIfNeeded: rest / 1000))
  if rest % 1000 == 0 { return }
  bytes.append(48 + UInt8(truncatingIfNeeded: rest / 100 % 10))
  appendTwo(rest % 100, to: &bytes)
}

private func appendTwo(_ value: Int, to bytes: inout [UInt8]) {
  bytes.append(48 + UInt8(truncatingIfNeeded: value / 10 % 10))
  bytes.append(48 + UInt8(truncatingIfNeeded: value % 10))
}

extension CivilDate {
  /// At least four digits.
  static func text(ofYear year: Int) -> String {
    let digits = String(year.magnitude)
    return (year < 0 ? "-" : "") + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// `2026-03-05`
  public var text: String {
    var bytes: [UInt8] = []
    appendText(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `text` gives.
  public func appendText(to bytes: inout [UInt8]) {
    if (0...9999).contains(year) {
      appendTwo(year / 100, to: &bytes)
      appendTwo(year % 100, to: &bytes)
    } else {
      bytes.append(contentsOf: CivilDate.text(ofYear: year).utf8)
    }
    bytes.append(UInt8(ascii: "-"))
    appendTwo(month, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendTwo(day, to: &bytes)
  }
}

extension Int32 {
  fileprivate func clampedDay(plus days: Int32) -> Int32 {
    let (sum, overflow) = addingReportingOverflow(days)
    return overflow ? .max : sum
  }
}
