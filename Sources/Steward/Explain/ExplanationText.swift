/// An explanation for people.
extension Explanation {
  /// The lines, in a language, for a terminal of that many columns.
  /// - Parameter command: how questions begin where this one was asked.
  public func text(language: Language, width: Int, style: TextStyle, command: String = "why") -> String {
    let writer = ExplanationWriter(
      language: language, width: max(40, width), style: style, isOverview: isOverview, calendar: calendar,
      command: command)
    var blocks = [[writer.head(self)]]
    for section in sections {
      switch section {
      case .purse(let story): blocks.append(writer.lines(story))
      case .ladder(let story): blocks.append(writer.lines(story))
      case .value(let story): blocks.append(writer.lines(story))
      case .rule(let story): blocks.append(RuleText(writer: writer).lines(story))
      case .segments(let segments): blocks.append(writer.lines(segments))
      case .badges(let badges): blocks.append(writer.lines(badges: badges))
      case .alert(let story):
        var writer = writer
        writer.isHourly = story.isHourly
        blocks.append(AlertText(writer: writer).lines(story))
      case .alerts(let alerts): blocks.append(AlertText(writer: writer).lines(alerts: alerts))
      case .metric(let story): blocks.append(writer.lines(story))
      case .goal(let story): blocks.append(writer.lines(story))
      case .phase(let story): blocks.append(writer.lines(story))
      }
    }
    return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }
}

/// Writes the sections of an explanation.
struct ExplanationWriter {
  let language: Language
  let width: Int
  let style: TextStyle
  let isOverview: Bool
  let calendar: Calendar
  let command: String
  /// Whether what is told of is looked at several times a day.
  var isHourly = false

  private static let shownRules = 12
  private static let shownEntries = 20

  func words(_ english: String, _ chinese: String) -> String { language == .english ? english : chinese }

  func number(_ value: Int64) -> String { TextTable.grouped(value) }
  func count(_ value: Int) -> String { TextTable.grouped(Int64(value)) }
  func day(_ instant: Int64) -> String { Moment.date(instant, calendar) }
  func moment(_ instant: Int64) -> String { Moment.text(instant, calendar) }

  /// The title, with the name that rules and commands know behind it.
  func shown(_ name: String, _ title: String?) -> String {
    let name = DisplayWidth.printable(name)
    guard let title, title != name else { return name }
    return DisplayWidth.printable(title) + " " + style(name, .dim)
  }

  func plain(_ name: String, _ title: String?) -> String { DisplayWidth.printable(title ?? name) }

  func parts(full: Bool? = nil) -> PartText {
    PartText(language: language, width: width, style: style, isFull: full ?? !isOverview)
  }

  func wrapped(_ text: String, indent: Int) -> [String] {
    let pad = String(repeating: " ", count: indent)
    return TextWrap.lines(text, width: max(20, width - indent)).map { pad + $0 }
  }

  func head(_ explanation: Explanation) -> String {
    var facts: [String] = []
    guard let member = explanation.member else {
      let name = explanation.community.isEmpty ? words("community", "社群") : explanation.community
      return style(DisplayWidth.printable(name), .bold) + "  "
        + words("as of \(moment(explanation.asOf))", "截至 \(moment(explanation.asOf))")
    }
    if !explanation.community.isEmpty { facts.append(DisplayWidth.printable(explanation.community)) }
    facts.append(words("as of \(moment(explanation.asOf))", "截至 \(moment(explanation.asOf))"))
    if let joined = explanation.joined {
      let date = CivilDate(dayNumber: joined).text
      facts.append(words("joined \(date)", "\(date) 加入"))
    }
    if let left = explanation.left {
      let date = CivilDate(dayNumber: left).text
      facts.append(words("left \(date)", "\(date) 离开"))
    } else if !explanation.isPresent {
      facts.append(words("not present", "不在籍"))
    }
    return style(DisplayWidth.printable(member), .bold) + "  " + facts.joined(separator: style(" · ", .dim))
  }

  // MARK: Purses

  func lines(_ story: PurseStory) -> [String] {
    var lines = [style(DisplayWidth.printable(story.purse), .bold) + "  " + sum(story)]
    lines += ruleLines(story)
    if !isOverview { lines += entryLines(story) }
    return lines
  }

  /// `312 = 845 awarded − 400 spent − …`
  private func sum(_ story: PurseStory) -> String {
    let record = story.record
    let awarded = record.points &+ record.spent &+ record.expired &+ story.takenBack &- record.debt
    var text = number(record.points) + words(" = \(number(awarded)) awarded", " = 发放 \(number(awarded))")
    if record.spent > 0 { text += words(" − \(number(record.spent)) deducted", " − 扣减 \(number(record.spent))") }
    if story.takenBack > 0 {
      text += words(" − \(number(story.takenBack)) taken back", " − 收回 \(number(story.takenBack))")
    }
    if record.expired > 0 { text += words(" − \(number(record.expired)) expired", " − 过期 \(number(record.expired))") }
    if record.debt > 0 { text += words(" + \(number(record.debt)) still owed", " + 欠账 \(number(record.debt))") }
    return text
  }

  private func ruleLines(_ story: PurseStory) -> [String] {
    if story.rules.isEmpty { return ["  " + words("no rule gave or took anything", "没有规则发放或扣减过")] }
    var table = TextTable(columns: [
      .init(words("  rule", "  规则"), .left), .init(words("times", "次数"), .right),
      .init(words("points", "分数"), .right), .init("", .left, ink: .dim),
    ])
    for line in story.rules.prefix(ExplanationWriter.shownRules) {
      table.rows.append([
        "  " + plain(line.rule, line.title), count(line.count), number(line.points),
        notes(line).joined(separator: words("; ", "；")),
      ])
    }
    var lines = table.lines(width: width, style: style)
    let rest = story.rules.count - ExplanationWriter.shownRules
    if rest > 0 { lines.append("  " + style(words("… and \(rest) more", "……另有 \(rest) 条"), .dim)) }
    return lines
  }

  private func notes(_ line: PurseStory.RuleLine) -> [String] {
    var notes: [String] = []
    if line.refused > 0 {
      notes.append(words("\(count(line.refused)) came to nothing", "\(count(line.refused)) 次未发放"))
    }
    if line.cut > 0 {
      notes.append(words("\(number(line.cut)) lost to caps and budgets", "被上限和预算减掉 \(number(line.cut))"))
    }
    if line.undone > 0 {
      notes.append(words("\(count(line.undone)) taken back later", "其中 \(count(line.undone)) 次后来被收回"))
    }
    return notes
  }

  private func entryLines(_ story: PurseStory) -> [String] {
    if story.entries.isEmpty { return [] }
    var table = TextTable(columns: [
      .init(words("  when", "  时间"), .left), .init("±", .right), .init(words("balance", "余额"), .right),
      .init(words("why", "原因"), .left),
    ])
    let shown = story.entries.suffix(ExplanationWriter.shownEntries)
    for entry in shown.reversed() {
      let sign = entry.points > 0 ? "+" : ""
      table.rows.append(["  " + moment(entry.at), sign + number(entry.points), number(entry.balance), why(entry)])
    }
    var lines = [""] + table.lines(width: .max, style: style)
    let rest = story.entries.count - shown.count
    if rest > 0 {
      lines.append(
        "  " + style(words("… and \(count(rest)) before: --format json", "……更早的 \(count(rest)) 条见 --format json"), .dim)
      )
    }
    return lines
  }

  private func why(_ entry: PurseStory.Entry) -> String {
    var text = entry.rule.map { plain($0, entry.title) } ?? words("expired", "过期")
    if let cause = entry.cause {
      text += words(" (\(DisplayWidth.printable(cause)))", "（\(DisplayWidth.printable(cause))）")
    }
    let reasons = entry.reasons.map { $0[language] }.joined(separator: words(", ", "，"))
    if entry.kind == .refusal {
      let wanted = number(abs(entry.wanted))
      text += words(": \(wanted) refused, \(reasons)", "：\(wanted) 未发放，\(reasons)")
    } else if !reasons.isEmpty {
      text += words(": cut from \(number(entry.wanted)), \(reasons)", "：本应 \(number(entry.wanted))，\(reasons)")
    }
    if entry.debtPaid > 0 {
      text += words("; \(number(entry.debtPaid)) of it paid a debt", "；其中 \(number(entry.debtPaid)) 分抵了欠账")
    }
    if entry.isUndone { text += words("; taken back later", "；后来被收回") }
    return text
  }

  // MARK: Tiers

  func lines(_ story: LadderStory) -> [String] {
    let since = story.since.map { words(", since \(day($0))", "，自 \(day($0)) 起") } ?? words(", from the start", "，从未变动")
    var lines = [
      style(shown(story.ladder, story.title), .bold) + words(": ", "：") + shown(story.tier.name, story.tier.title)
        + since
    ]
    if !isOverview { lines += story.doc.flatMap { wrapped($0, indent: 2) }.map { style($0, .dim) } }
    if story.isReviewed { lines += failing(story) }
    if story.isReviewed, let keeps = story.keeps, !isOverview || story.failingSince != nil {
      lines.append("  " + holding(story, keeps))
      lines += parts().lines(keeps, indent: 2)
    }
    if !story.isReviewed {
      lines.append("  " + words("left, and is not reviewed any more", "已离开，不再评定"))
    } else if let next = story.next {
      let name = plain(next.tier.name, next.tier.title)
      if next.wants.isEmpty {
        let isHidden = next.condition.isHidden
        lines.append(
          "  "
            + (isHidden
              ? words("for \(name):", "“\(name)”的条件：")
              : words(
                "for \(name) everything is there; the next review decides:", "“\(name)”的条件已经齐了，等下次评定：")))
      } else {
        lines.append("  " + words("not \(name):", "还没到“\(name)”："))
      }
      lines += parts().lines(next.condition, indent: 2)
      lines += wantLines(next.wants, indent: 2)
    } else {
      lines.append("  " + words("the highest tier", "已是最高一级"))
    }
    if !isOverview { lines += changeLines(story) }
    return lines
  }

  /// Why the tier is held, or no longer.
  private func holding(_ story: LadderStory, _ part: ExplainedPart) -> String {
    let name = plain(story.tier.name, story.tier.title)
    switch part.truth {
    case true? where story.isKept: return words("keeps \(name) because:", "还留在“\(name)”，因为保级条件成立：")
    case true?: return words("is \(name) because:", "是“\(name)”，因为：")
    case false?: return words("what keeps \(name) does not hold:", "保住“\(name)”的条件不成立：")
    case nil: return words("what keeps \(name):", "保住“\(name)”的条件：")
    }
  }

  private func failing(_ story: LadderStory) -> [String] {
    guard let failing = story.failingSince, let falls = story.fallsOn else { return [] }
    let (from, date) = (day(failing), CivilDate(dayNumber: falls).text)
    let name = story.fallsTo.map { plain($0.name, $0.title) }
    return wrapped(
      words(
        "its conditions have failed since \(from); if that goes on, the review on or after \(date) "
          + (name.map { "moves to \($0)" } ?? "takes it"),
        "自 \(from) 起条件不再满足；若一直如此，\(date) 起的下一次评定会" + (name.map { "降为“\($0)”" } ?? "降级")), indent: 2
    ).map { style($0, .yellow) }
  }

  private func changeLines(_ story: LadderStory) -> [String] {
    if story.changes.isEmpty { return [] }
    var lines = ["", "  " + words("how it came about:", "变动经过：")]
    for change in story.changes.suffix(5).reversed() {
      let (from, to) = (plain(change.from.name, change.from.title), plain(change.to.name, change.to.title))
      lines.append("  " + style(day(change.at), .bold) + "  \(from) → \(to)")
      if let condition = change.condition { lines += parts(full: false).lines(condition, indent: 2) }
    }
    return lines
  }

  // MARK: Values

  func lines(_ story: ValueStory) -> [String] {
    let part = story.part
    var head = story.definition.map { shown($0.name, $0.title) } ?? style(part.source, .bold)
    let value = part.value.text[language]
    head += part.isCondition && !part.isHidden ? words(": ", "：") + value : " = " + value
    var lines = [head]
    lines += (story.definition?.doc ?? []).flatMap { wrapped($0, indent: 2) }.map { style($0, .dim) }
    if part.isCondition || part.parts.isEmpty || story.definition == nil {
      lines += parts().lines(part, indent: 1)
    } else {
      lines += wrapped(part.source, indent: 2).map { style($0, .dim) } + parts().inside(part, indent: 1)
    }
    lines += wantLines(story.wants, indent: 2)
    return lines
  }

  func wantLines(_ wants: [Want], indent: Int) -> [String] {
    if wants.isEmpty { return [] }
    let pad = String(repeating: " ", count: indent)
    var lines = [pad + words("the shortest way:", "最快的办法：")]
    for want in wants {
      var text = want.text[language]
      if !want.ways.isEmpty {
        text += words(", e.g. ", "，例如") + want.ways.map { $0[language] }.joined(separator: words(" or ", "，或"))
      }
      for (index, line) in wrapped(text, indent: indent + 4).enumerated() {
        lines.append(index == 0 ? pad + "  - " + line.drop { $0 == " " } : line)
      }
    }
    return lines
  }

  func lines(_ segments: [(definition: ExplainedPart.Definition, holds: Bool)]) -> [String] {
    func names(_ holds: Bool) -> String {
      segments.filter { $0.holds == holds }.map { plain($0.definition.name, $0.definition.title) }
        .joined(separator: words(", ", "、"))
    }
    var lines = [style(words("segments", "分群"), .bold)]
    if !names(true).isEmpty { lines += wrapped(words("in: ", "属于：") + names(true), indent: 2) }
    if !names(false).isEmpty { lines += wrapped(words("not in: ", "不属于：") + names(false), indent: 2) }
    return lines
  }

  func lines(badges: [String]) -> [String] {
    let all = badges.map { DisplayWidth.printable($0) }.joined(separator: words(", ", "、"))
    return [style(words("badges", "徽章"), .bold)] + wrapped(all, indent: 2)
  }
}
