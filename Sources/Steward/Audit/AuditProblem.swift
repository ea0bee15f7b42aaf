/// What the data says of a rule set that no type sees: codes D044x for data, R054x for rules.
enum AuditProblem: Problem {
  /// - Shape: `rows` events in all; a kind in the data that may be meant, with its rows.
  case unseenKind(String, rows: Int, near: (spelling: String, rows: Int)?, isDeclared: Bool)
  case unseenRecords(String)
  /// Values of a choice that no row has, of so many rows that have one.
  case unseenValues(column: String, values: [String], rows: Int)
  case emptyColumn(String, rows: Int)
  case beforeJoined(events: Int, all: Int, members: Int)
  /// A text that a rule compares a column with and no row has.
  case unseenText(String, column: String, near: String?)
  /// A rule, segment or tier that nobody ever got; which clause, and when that was asked.
  case neverFired(Declaration, name: String, Why)

  enum Declaration { case incentive, deduction, takeBack, segment, tier(ladder: String) }

  /// Why nothing ever came of a declaration.
  enum Why {
    /// There was nothing to fire it: no event, no completed period.
    case noOccasion(Wording)
    /// A clause that never held, on so many occasions; whether it holds at times without the clauses before it; the most that
    /// a number was which had to be larger.
    case clause(alone: Bool, occasions: Occasions, most: Int64?)
    /// The clause reads private values.
    case withheld
    /// The first key of a board was never above 0.
    case noRank
    /// Everything else held, but never in one of these phases.
    case outsidePhases([String])
    /// Budgets or the balance refused all that it would have given or taken, so often.
    case refused(Int, isDeduction: Bool)
    /// Every clause held, and still nothing came of it.
    case nothingGiven
  }

  /// When a clause was asked.
  enum Occasions {
    case events(Int)
    case days(first: String, last: String)
  }

  var code: DiagnosticCode {
    switch self {
    case .unseenKind, .unseenRecords: DiagnosticCode("D0440")
    case .unseenValues: DiagnosticCode("D0441")
    case .emptyColumn: DiagnosticCode("D0442")
    case .beforeJoined: DiagnosticCode("D0443")
    case .unseenText: DiagnosticCode("D0444")
    case .neverFired(.segment, _, _): DiagnosticCode("R0541")
    case .neverFired(.tier, _, _): DiagnosticCode("R0542")
    case .neverFired: DiagnosticCode("R0540")
    }
  }

  var severity: Severity {
    switch self {
    case .beforeJoined: .note
    default: .warning
    }
  }

  var message: Wording {
    switch self {
    case .unseenKind(let kind, let rows, let near, _):
      Wording(
        en: "0 of \(Counted.text(rows)) events are `\(kind)`"
          + (near.map { "; near: `\($0.spelling)`, \(Counted.text($0.rows))" } ?? ""),
        zh: "\(Counted.text(rows)) 个事件里没有一个是“\(kind)”"
          + (near.map { "；相近的有“\($0.spelling)”，\(Counted.text($0.rows)) 个" } ?? ""))
    case .unseenRecords(let name):
      Wording(en: "the file of `\(name)` has no rows", zh: "“\(name)”的文件里没有数据行")
    case .unseenValues(let column, let values, let rows):
      Wording(
        en: "none of \(Counted.text(rows)) rows has \(Self.listed(values, "or")) in `\(column)`",
        zh: "\(Counted.text(rows)) 行里，“\(column)”没有一行是\(Self.listedChinese(values))")
    case .emptyColumn(let column, let rows):
      Wording(
        en: "`\(column)` is empty in all \(Counted.text(rows)) rows", zh: "“\(column)”在全部 \(Counted.text(rows)) 行里都为空")
    case .beforeJoined(let events, let all, let members):
      Wording(
        en: "\(Counted.text(events)) of \(Counted.text(all)) events, of \(Counted.text(members)) "
          + "\(members == 1 ? "member" : "members"), lie before their `joined`; they count all the same",
        zh: "\(Counted.text(all)) 个事件里有 \(Counted.text(events)) 个（涉及 \(Counted.text(members)) 名成员）早于本人的 `joined`；"
          + "它们照样计入")
    case .unseenText(let text, let column, _):
      Wording(en: "no row has \"\(text)\" in `\(column)`", zh: "“\(column)”没有一行是“\(text)”")
    case .neverFired(let declaration, let name, let why): Self.neverFired(declaration, name, why)
    }
  }

  var label: Wording? {
    guard case .neverFired(_, _, .clause(_, let occasions, let most)) = self else { return nil }
    let asked = Self.words(occasions)
    guard let most else { return asked }
    let number = Counted.text(Int(clamping: most))
    return Wording(en: "\(asked.english); at most \(number)", zh: "\(asked.chinese)；最多到 \(number)")
  }

  private static func words(_ occasions: Occasions) -> Wording {
    switch occasions {
    case .events(let count):
      if count == 1 { return Wording(en: "not at the one event", zh: "唯一的一个事件不满足") }
      return Wording(en: "at none of \(Counted.text(count)) events", zh: "\(Counted.text(count)) 个事件都不满足")
    case .days(let first, let last) where first == last:
      return Wording(en: "for nobody on \(first)", zh: "\(first) 当天没有人满足")
    case .days(let first, let last):
      return Wording(en: "for nobody from \(first) to \(last)", zh: "\(first) 至 \(last) 没有人满足")
    }
  }

  var hint: Wording? {
    switch self {
    case .unseenKind(_, _, let near?, true):
      return Wording(
        en: "the block declares `\(near.spelling)` too; if this one is a slip, take it out",
        zh: "块里已经声明了“\(near.spelling)”；如果这里是笔误，请删掉")
    case .unseenKind(_, _, let near?, false):
      return Wording(
        en: "if it is meant, say its spelling in the data: `… is \"\(near.spelling)\"`",
        zh: "如果指的就是它，请写明数据里的写法：`… is \"\(near.spelling)\"`")
    case .unseenText(_, _, let near?):
      return Wording(en: "near: \"\(near)\"", zh: "相近的有“\(near)”")
    case .neverFired(_, _, .clause(alone: true, _, _)):
      return Wording(
        en: "it does hold at times, but never together with what stands before it",
        zh: "单独看它有时成立，但从未与前面的条件同时成立")
    default: return nil
    }
  }

  private static func neverFired(_ declaration: Declaration, _ name: String, _ why: Why) -> Wording {
    let what: Wording
    switch declaration {
    case .incentive: what = Wording(en: "`\(name)` was never awarded", zh: "“\(name)”从未发放过")
    case .deduction: what = Wording(en: "`\(name)` never deducted anything", zh: "“\(name)”从未扣过分")
    case .takeBack: what = Wording(en: "`\(name)` never took anything back", zh: "“\(name)”从未收回过")
    case .segment: what = Wording(en: "nobody was ever in `\(name)`", zh: "从来没有人属于“\(name)”")
    case .tier(let ladder):
      what = Wording(en: "nobody ever reached `\(name)` of `\(ladder)`", zh: "从来没有人达到“\(ladder)”的“\(name)”")
    }
    switch why {
    case .noOccasion(let occasion):
      return Wording(en: "\(what.english): \(occasion.english)", zh: "\(what.chinese)：\(occasion.chinese)")
    case .withheld:
      return Wording(
        en: "\(what.english); the condition that never held reads private values, so nothing more is said",
        zh: "\(what.chinese)；没有成立的条件读取了私密信息，这里不再细说")
    case .noRank:
      return Wording(en: "\(what.english): this was never above 0", zh: "\(what.chinese)：这个值从未大于 0")
    case .clause:
      return Wording(en: "\(what.english): this never held", zh: "\(what.chinese)：这个条件从未成立")
    case .outsidePhases(let phases):
      return Wording(
        en: "\(what.english): its conditions never held in \(listed(phases.map { $0 }, "or"))",
        zh: "\(what.chinese)：条件从未在阶段\(listedChinese(phases))里成立")
    case .refused(let count, let isDeduction):
      let times = Counted.text(count)
      return isDeduction
        ? Wording(
          en: "\(what.english): the balance could not pay any of \(times)", zh: "\(what.chinese)：\(times) 次都因余额不足被拒绝")
        : Wording(
          en: "\(what.english): caps and budgets refused all of \(times)", zh: "\(what.chinese)：\(times) 次都被上限或预算拒绝")
    case .nothingGiven:
      return Wording(
        en: "\(what.english), though all its conditions held at times: what it gives was 0, or went to others",
        zh: "\(what.chinese)，尽管各条件都曾成立：数额为 0，或被别的规则占去")
    }
  }

  static func words(_ unit: PeriodUnit) -> Wording {
    switch unit {
    case .day: Wording(en: "day", zh: "天")
    case .week: Wording(en: "week", zh: "周")
    case .month: Wording(en: "month", zh: "月")
    case .quarter: Wording(en: "quarter", zh: "季度")
    case .year: Wording(en: "year", zh: "年")
    }
  }

  private static func listed(_ values: [String], _ word: String) -> String {
    let quoted = values.map { "\"\($0)\"" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " \(word) " + last
  }

  private static func listedChinese(_ values: [String]) -> String {
    values.map { "“\($0)”" }.joined(separator: "或")
  }
}
