// Lengths of time of an alert held against how often it is looked at: a check speaks for all the time since the one before, so
// that what is shorter than that does nothing, and what falls between two checks is over at the next.

extension ProgramChecker {
  /// A clause that takes a length, and how many checks that is.
  private struct AskedLength {
    var keyword: String
    var length: Expr
    var clause: Span
    /// - Unit: microseconds; a day has 24 hours.
    var micros: Int64
  }

  /// Warns of lengths that no check can meet.
  /// - Reports: T0385.
  func noteLengths(_ clauses: [AlertSyntax.Clause], _ alert: TypedAlert) {
    let lengths = clauses.compactMap { clause -> AskedLength? in
      switch clause.kind {
      case .holds(let length): asked(alert.holds, "for", length, clause.span)
      case .keep(let length): asked(alert.keep, "keep", length, clause.span)
      case .cooldown(let length): asked(alert.cooldown, "cooldown", length, clause.span)
      case .error, .title, .eachMember, .eachGroup, .when, .check, .severity, .groupBy, .unless, .message, .notify,
        .suggest:
        nil
      }
    }
    let (least, most) = alert.check.apart
    let short = lengths.filter { $0.micros < least }
    if let first = short.first {
      let wanted = first.micros % Calendar.microsPerDay == 0 ? "day" : "hour"
      let isMet = !alert.check.isWithinDays && short.allSatisfy { $0.micros >= 3_600_000_000 }
      report(
        AlertProblem.lengthWithinCheck(first.keyword, first.length.lengthText, alert.check, wanted: wanted),
        at: first.length.span,
        related: short.dropFirst().map {
          .init(span: $0.length.span, message: Wording(en: "nor does this", zh: "这里也一样"))
        }, edits: isMet ? looked(every: wanted, first.clause, clauses) : [])
    }
    guard least == most else { return }
    for length in lengths where length.micros > least && length.micros % least != 0 {
      let checks = length.micros / least + 1
      let whole = alert.check.length(checks)
      report(
        AlertProblem.lengthBetweenChecks(length.keyword, length.length.lengthText, alert.check, whole: whole),
        at: length.length.span, edits: [TextEdit(span: length.length.span, replacement: whole)])
    }
  }

  /// Of literals alone: a parameter may be set to anything.
  private func asked(_ typed: TypedLength, _ keyword: String, _ length: Expr, _ clause: Span) -> AskedLength? {
    guard case .duration = length.kind else { return nil }
    switch typed {
    case .days(0): return nil
    case .days(let days):
      return AskedLength(
        keyword: keyword, length: length, clause: clause, micros: Int64(days) * Calendar.microsPerDay)
    case .exact(let micros): return AskedLength(keyword: keyword, length: length, clause: clause, micros: micros)
    }
  }

  /// `check every hour` in the place of another rhythm, or behind a clause.
  private func looked(every unit: String, _ clause: Span, _ clauses: [AlertSyntax.Clause]) -> [TextEdit] {
    let text = "check every " + unit
    for other in clauses {
      if case .check = other.kind { return [TextEdit(span: other.span, replacement: text)] }
    }
    return [TextEdit(span: Span(file: clause.file, start: clause.end, end: clause.end), replacement: "; " + text)]
  }
}

extension Expr {
  /// A literal length as one writes it.
  fileprivate var lengthText: String {
    guard case .duration(let literal) = kind else { return "" }
    return "\(literal.count) \(literal.unit.rawValue)"
  }
}

extension CheckRhythm {
  /// The least and the most time between two checks. - Unit: microseconds; a day has 24 hours.
  fileprivate var apart: (least: Int64, most: Int64) {
    let day = Calendar.microsPerDay
    switch self {
    case .exact(let micros): return (micros, micros)
    case .period(.day): return (day, day)
    case .period(.week): return (7 * day, 7 * day)
    case .period(.month): return (28 * day, 31 * day)
    case .period(.quarter): return (90 * day, 92 * day)
    case .period(.year): return (365 * day, 366 * day)
    }
  }

  /// So many checks as a length in the rules.
  fileprivate func length(_ checks: Int64) -> String {
    switch self {
    case .exact: "\(checks) hours"
    case .period(let unit): "\(checks) \(unit.keyword)s"
    }
  }

  /// `once a day`, and for how long a check speaks.
  var words: (often: Wording, stretch: Wording) {
    switch self {
    case .exact: (Wording(en: "once an hour", zh: "每小时"), Wording(en: "the whole hour", zh: "整个小时"))
    case .period(.day): (Wording(en: "once a day", zh: "每天"), Wording(en: "the whole day", zh: "一整天"))
    case .period(.week): (Wording(en: "once a week", zh: "每周"), Wording(en: "the whole week", zh: "一整周"))
    case .period(.month): (Wording(en: "once a month", zh: "每月"), Wording(en: "the whole month", zh: "一整月"))
    case .period(.quarter): (Wording(en: "once a quarter", zh: "每季度"), Wording(en: "the whole quarter", zh: "整个季度"))
    case .period(.year): (Wording(en: "once a year", zh: "每年"), Wording(en: "the whole year", zh: "一整年"))
    }
  }
}
