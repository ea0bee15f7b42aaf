/// Writes what a rule made of a member's events or periods.
struct RuleText {
  let writer: ExplanationWriter

  private func words(_ english: String, _ chinese: String) -> String { writer.words(english, chinese) }

  func lines(_ story: RuleStory) -> [String] {
    var lines = [writer.style(writer.shown(story.rule, story.title), .bold) + "  " + story.trigger]
    lines += story.doc.flatMap { writer.wrapped($0, indent: 2) }.map { writer.style($0, .dim) }
    lines += writer.wrapped(tally(story), indent: 2)
    if let last = story.last {
      lines += ["", "  " + words("the last time it did:", "最近一次生效：")] + self.lines(last)
    }
    if let missed = story.missed {
      lines += ["", "  " + words("the last time it did not:", "最近一次没有生效：")] + self.lines(missed)
    }
    return lines
  }

  private func tally(_ story: RuleStory) -> String {
    if story.points == 0 {
      return story.unit == nil
        ? words("no event of the member's could have set it off", "该成员没有任何能触发它的事件")
        : words("no period has ended while the member was there", "该成员在籍期间还没有一个周期结束")
    }
    let number = writer.count(story.points)
    var text =
      story.unit == nil
      ? words(
        "of \(number) event\(story.points == 1 ? "" : "s") that could have set it off: ", "可触发的事件共 \(number) 次：")
      : words("of \(number) period\(story.points == 1 ? "" : "s"): ", "共 \(number) 个周期：")
    text += story.ends.reversed().map { words($0.end, $0.count, story) }.joined(separator: words(", ", "，"))
    if !story.given.isEmpty {
      let sums = story.given.map { "\(writer.number($0.points)) \($0.purse)" }.joined(separator: words(" and ", "、"))
      text += words("; in all \(sums)", "；合计 \(sums)")
    }
    return text
  }

  private func words(_ end: RuleStory.End, _ count: Int, _ story: RuleStory) -> String {
    let number = writer.count(count)
    switch end {
    case .gave: return words("\(number) did", "生效 \(number) 次")
    case .left: return words("\(number) after leaving", "离开之后 \(number) 次")
    case .pattern: return words("\(number) not as `on` says", "不合 `on` 的条件 \(number) 次")
    case .among: return words("\(number) not in `among`", "不在 `among` 之列 \(number) 次")
    case .during: return words("\(number) outside its phases", "不在所定阶段 \(number) 次")
    case .when: return words("\(number) stopped by `when`", "`when` 不成立 \(number) 次")
    case .rank: return words("\(number) without a place", "没有名次 \(number) 次")
    case .limit: return words("\(number) stopped by a limit", "达到次数限制 \(number) 次")
    case .cooldown: return words("\(number) inside the cooldown", "间隔未到 \(number) 次")
    case .nothing: return words("\(number) worth nothing", "分数为零 \(number) 次")
    case .cut: return words("\(number) cut to nothing by caps and budgets", "被上限或预算减为零 \(number) 次")
    case .refused: return words("\(number) that a budget could not pay", "预算付不出 \(number) 次")
    case .shortfall: return words("\(number) that the balance could not pay", "余额不足 \(number) 次")
    case .idle: return words("\(number) with nothing to take back", "没有可收回的 \(number) 次")
    case .hidden: return words("\(number) did not (private data may be why)", "未生效 \(number) 次（可能与私密数据有关）")
    }
  }

  private func lines(_ point: RuleStory.Point) -> [String] {
    var head = point.event.map { writer.parts().line($0) } ?? writer.moment(point.at)
    if let period = point.period, period != writer.moment(point.at) { head = period }
    if !point.given.isEmpty {
      head += "  →  " + point.given.map { "\(signed($0.points)) \($0.purse)" }.joined(separator: words(", ", "，"))
    }
    var lines = ["  " + writer.style(head, .bold)]
    for clause in point.clauses { lines += self.lines(clause) }
    // Of an event that the pattern does not take, its line says it all.
    let isOfPattern = point.clauses.first { $0.verdict == .stopped }?.clause == "on"
    return lines + (isOfPattern ? [] : writer.wantLines(point.wants, indent: 4))
  }

  private func signed(_ points: Int64) -> String { (points > 0 ? "+" : "") + writer.number(points) }

  private func lines(_ clause: RuleStory.Clause) -> [String] {
    let (mark, ink): (String, TextStyle.Ink) =
      switch clause.verdict {
      case .passed: ("✓", .green)
      case .stopped: ("✗", .red)
      case .cut: ("↓", .yellow)
      case .notReached: ("–", .dim)
      case .hidden: ("•", .dim)
      }
    let text = clause.text[writer.language]
    var line = "    " + writer.style(mark, ink) + " " + text
    if clause.verdict == .notReached { line += writer.style(words("  not asked", "  没有问到"), .dim) }
    guard clause.verdict != .notReached, let part = clause.part else { return [line] }
    if part.isCondition { return writer.parts().lines(part, indent: 2, label: text) }
    if part.isHidden { return [line + "  •••"] }
    if !part.parts.isEmpty || part.definition != nil { line += "  = " + part.value.text[writer.language] }
    return [line] + writer.parts().inside(part, indent: 3)
  }
}
