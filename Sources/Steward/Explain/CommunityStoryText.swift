// Metrics, goals and phases in words.

extension ExplanationWriter {
  /// The check of a moment: its day, or for one inside a day the time at which its stretch ends.
  func check(_ instant: Int64) -> String { Summary.check(instant, calendar, isHourly: isHourly) }

  func date(_ day: Int32) -> String { CivilDate(dayNumber: day).text }

  func dim(_ text: String) -> String { style(text, .dim) }

  /// `name  ▁▂▃  last 28 checks` for each column, then the last rows.
  func lines(_ table: CheckTable, title: String? = nil) -> [String] {
    var lines: [String] = []
    let names = table.columns.map { DisplayWidth.clipped($0.title ?? $0.source, to: 40) }
    let wide = names.map { DisplayWidth.of($0) }.max() ?? 0
    let cells = max(7, min(Summary.sparkCells, width - wide - 24))
    for (column, name) in zip(table.columns, names) {
      let values = Array(column.spark.suffix(cells))
      if values.count < 2 || values.allSatisfy({ $0 == nil }) { continue }
      let count = values.count
      lines.append(
        "  " + DisplayWidth.padded(name, to: wide) + "  " + style(Summary.sparkline(values), .cyan) + "  "
          + dim(words("last \(count) checks", "最近 \(count) 次检查")))
    }
    var text = TextTable(columns: [.init("  " + words("check", "检查"), .left)])
    text.columns += names.map { .init($0, .right) }
    if table.hasCondition { text.columns.append(.init(words("holds", "成立"), .left)) }
    if table.hasStates { text.columns.append(.init(words("state", "状态"), .left)) }
    for row in table.rows {
      var cells = ["  " + check(row.at)] + row.values.map { $0.state == .missing ? "–" : $0.text[language] }
      if table.hasCondition { cells.append(row.holds.map { $0 ? "✓" : "✗" } ?? "") }
      if table.hasStates { cells.append(state(row.state)) }
      text.rows.append(cells)
    }
    return lines + text.lines(width: width, style: style)
  }

  func state(_ state: AlertRecord.State?) -> String {
    switch state {
    case .pending: words("pending", "待定")
    case .firing: words("firing", "触发中")
    case .resolved: words("resolved", "已解除")
    case nil: words("inactive", "未触发")
    }
  }

  /// A value with every part under it.
  func valueLines(_ part: ExplainedPart, indent: Int) -> [String] {
    if part.isCondition { return parts().lines(part, indent: indent) }
    let pad = String(repeating: " ", count: indent * 2)
    let inside = parts().inside(part, indent: indent)
    var note = ""
    if let ratio = part.ratio {
      let (held, seen) = (ratio.held.text[language], ratio.seen.text[language])
      note = "  " + dim(words("\(held) of \(seen)", "\(seen) 名成员中的 \(held) 名"))
    }
    if inside.isEmpty, note.isEmpty, !part.source.contains(" "), !part.source.contains("(") { return [] }
    return [pad + dim("= " + part.source) + note] + inside
  }

  // MARK: Metrics

  func lines(_ story: MetricStory) -> [String] {
    var head = shown(story.metric, story.title)
    if let group = story.group { head += " · " + DisplayWidth.printable(group) }
    if let part = story.part, let at = story.check {
      head += " = " + style(part.value.text[language], .bold)
      head += dim(words(" at the check of \(check(at))", "（\(check(at)) 的检查）"))
    }
    var lines = [head]
    lines += story.doc.flatMap { wrapped($0, indent: 2) }.map { dim($0) }
    if let benchmark = story.benchmark {
      let value = benchmark.value.text[language]
      let source = benchmark.source.map { words(" (\($0))", "（\($0)）") } ?? ""
      lines += wrapped(words("benchmark \(value)", "基准 \(value)") + DisplayWidth.printable(source), indent: 2)
    }
    if story.check == nil { return lines + ["  " + words("no check yet", "还没有检查过")] }
    if let part = story.part { lines += valueLines(part, indent: 1) }
    if let table = story.table { lines += [""] + self.lines(table) }
    if !story.groups.isEmpty { lines += groupLines(story) }
    return lines
  }

  private static let shownGroups = 24

  private func groupLines(_ story: MetricStory) -> [String] {
    let by = story.by ?? ""
    let at = story.check.map { check($0) } ?? ""
    var table = TextTable(columns: [
      .init("  " + DisplayWidth.printable(by), .left), .init(at, .right),
      .init(words("last checks", "最近各次检查"), .left, ink: .cyan),
    ])
    for group in story.groups.prefix(ExplanationWriter.shownGroups) {
      let value = group.value.state == .missing ? "–" : group.value.text[language]
      table.rows.append(["  " + DisplayWidth.printable(group.name), value, Summary.sparkline(group.spark)])
    }
    var lines = [""] + table.lines(width: width, style: style)
    let rest = story.groups.count - ExplanationWriter.shownGroups
    if rest > 0 { lines.append("  " + dim(words("… and \(rest) more", "……另有 \(rest) 组"))) }
    let name = DisplayWidth.printable(story.metric)
    lines.append(
      "  " + dim(words("one of them: \(command) metric \(name) for GROUP", "单看一组：\(command) metric \(name) for 组名")))
    return lines
  }

  // MARK: Goals

  func lines(_ story: GoalStory) -> [String] {
    let record = story.record
    var lines = [shown(story.goal, story.title) + "  " + style(status(record.status), ink(record.status))]
    lines += story.doc.flatMap { wrapped($0, indent: 2) }.map { dim($0) }
    lines += wrapped("reach " + story.condition, indent: 2).map { dim($0) }
    let sign = story.isAtLeast ? "≥" : "≤"
    let (value, target) = (figure(record.value, story), figure(record.target, story))
    let at = story.check.map { check($0) } ?? ""
    lines += wrapped(
      words(
        "\(value) at the check of \(at), to be \(sign) \(target) by \(date(story.by)), from \(date(record.from))",
        "\(at) 的检查为 \(value)，\(date(record.from)) 起、\(date(story.by)) 前要达到 \(sign) \(target)"), indent: 2)
    lines += pace(story).flatMap { wrapped($0, indent: 2) }
    for part in story.parts { lines += valueLines(part, indent: 1) }
    if let table = story.table { lines += [""] + self.lines(table) }
    return lines
  }

  private func pace(_ story: GoalStory) -> [String] {
    let record = story.record
    var lines: [String] = []
    let isBack = record.share == 0 && record.expected == record.target && record.status != .met
    if isBack, let start = story.start.map({ figure($0, story) }) {
      lines.append(words("it was there at the start (\(start)) and is no longer", "开始时已达到（\(start)），现在又没有了"))
    } else if let share = record.share {
      let done = Summary.percent(share)
      let start = story.start.map { figure($0, story) }
      var text = words("\(done) of the way", "已走完 \(done)")
      if let start { text += words(" from \(start)", "（起点 \(start)）") }
      if let expected = record.expected, record.status != .met, record.status != .missed {
        let now = figure(expected, story)
        text += words("; a straight line would be at \(now) now", "；按直线推算此时应为 \(now)")
      }
      lines.append(text)
    }
    if record.status == .met || record.status == .upcoming { return lines }
    if let day = record.projected {
      let late = Int(day) - Int(story.by)
      let behind =
        late > 0 && record.status != .missed
        ? words(", \(late) day\(late == 1 ? "" : "s") too late", "，晚 \(late) 天") : ""
      lines.append(
        words(
          "the trend of the last \(Goals.trendDays) days gets there on \(date(day))" + behind,
          "按最近 \(Goals.trendDays) 天的趋势，\(date(day)) 达到" + behind))
    } else {
      lines.append(
        words(
          "the trend of the last \(Goals.trendDays) days does not get there", "按最近 \(Goals.trendDays) 天的趋势达不到"))
    }
    return lines
  }

  private func figure(_ number: Double, _ story: GoalStory) -> String {
    let value = ShownValue(.present, Wording(Moment.rounded(number)), .number(NumberText.shortest(number)))
    if story.isShare { return value.asShare.text[language] }
    return Summary.rounded(number)
  }

  private func status(_ status: GoalRecord.Status) -> String {
    switch status {
    case .upcoming: words("upcoming", "未开始")
    case .onTrack: words("on track", "跟上进度")
    case .behind: words("behind", "落后")
    case .met: words("met", "已达成")
    case .missed: words("missed", "未达成")
    }
  }

  private func ink(_ status: GoalRecord.Status) -> TextStyle.Ink {
    switch status {
    case .met, .onTrack: .green
    case .behind: .yellow
    case .missed: .red
    case .upcoming: .dim
    }
  }

  // MARK: Phases

  func lines(_ story: PhaseStory) -> [String] {
    let plan = DisplayWidth.printable(story.plan)
    var lines = [
      shown(story.phase, story.title) + "  "
        + words("phase \(story.place) of \(story.count) of \(plan)", "\(plan) 的第 \(story.place)/\(story.count) 阶段")
    ]
    lines += story.doc.flatMap { wrapped($0, indent: 2) }.map { dim($0) }
    lines.append("  " + stay(story))
    if !story.rules.isEmpty {
      let rules = story.rules.joined(separator: words(", ", "、"))
      lines += wrapped(words("rules that act in it: ", "在此阶段生效的规则：") + rules, indent: 2)
    }
    guard let until = story.until, let at = story.check else {
      return lines + ["  " + words("nothing ends it", "没有结束条件")]
    }
    lines.append("  " + words("until, at the check of \(check(at)):", "结束条件（\(check(at)) 的检查）："))
    lines += parts().lines(until, indent: 2)
    if let table = story.table { lines += [""] + self.lines(table) }
    return lines
  }

  private func stay(_ story: PhaseStory) -> String {
    let record = story.record
    let late = Int(record.lateDays ?? 0)
    let by = story.by.map { date($0) }
    guard let from = record.from else {
      if let before = story.waitsFor {
        return words("not begun: \(before) is not over", "尚未开始：\(before) 还没有结束")
      }
      return words("not begun", "尚未开始")
    }
    if let to = record.to {
      var text = words("from \(date(from)) to \(date(to))", "\(date(from)) 至 \(date(to))")
      if let by {
        text +=
          late > 0
          ? words(", \(late) day\(late == 1 ? "" : "s") after \(by)", "，比 \(by) 晚 \(late) 天")
          : words(", in time for \(by)", "，赶在 \(by) 之前")
      }
      return text
    }
    var text = words("on since \(date(from))", "自 \(date(from)) 起进行中")
    if let by {
      text +=
        late > 0
        ? words(", \(late) day\(late == 1 ? "" : "s") past \(by)", "，已超过 \(by) \(late) 天")
        : words(", to be over by \(by)", "，应于 \(by) 前完成")
    }
    return text
  }
}
