/// Writes how an alert stands.
struct AlertText {
  let writer: ExplanationWriter

  private static let shownSubjects = 12
  private static let shownStays = 8
  private static let shownNotices = 3

  private func words(_ english: String, _ chinese: String) -> String { writer.words(english, chinese) }

  func lines(_ story: AlertStory) -> [String] {
    var head = writer.shown(story.alert, story.title)
    if let about = story.watch?.about { head += " · " + DisplayWidth.printable(about) }
    var lines = [head + "  " + severity(story.severity)]
    lines += story.doc.flatMap { writer.wrapped($0, indent: 2) }.map { writer.dim($0) }
    if let each = story.each { lines += writer.wrapped(each, indent: 2).map { writer.dim($0) } }
    guard let watch = story.watch else { return lines + manyLines(story) + noticeLines(story, isOfAll: true) }
    lines.append("  " + standing(watch))
    if let at = watch.check, !watch.conditions.isEmpty {
      let check = writer.check(at)
      lines.append("  " + words("when, at the check of \(check):", "条件（\(check) 的检查）："))
      for part in watch.conditions { lines += writer.parts().lines(part, indent: 2) }
    }
    for clause in watch.clauses { lines += writer.wrapped(clause.text[writer.language], indent: 2) }
    if let table = watch.table { lines += [""] + writer.lines(table) }
    return lines + stayLines(watch) + noticeLines(story, isOfAll: false)
  }

  private func severity(_ severity: TypedAlert.Severity) -> String {
    switch severity {
    case .info: writer.style(words("info", "提示"), .dim)
    case .warning: writer.style(words("warning", "警告"), .yellow)
    case .critical: writer.style(words("critical", "严重"), .red)
    }
  }

  private func ink(_ state: AlertRecord.State?) -> TextStyle.Ink {
    switch state {
    case .firing: .red
    case .pending: .yellow
    case .resolved: .green
    case nil: .dim
    }
  }

  private func standing(_ watch: AlertStory.Watch) -> String {
    if watch.check == nil {
      return watch.about == nil || watch.isWatched
        ? words("not checked yet", "还没有检查过") : words("was never there at a check", "检查时都不在籍")
    }
    let since = watch.since.map { writer.check($0) }
    let state = writer.style(writer.state(watch.state), ink(watch.state))
    switch watch.state {
    case .firing, .pending, .resolved:
      return words("\(state) since the check of \(since ?? "")", "自 \(since ?? "") 那次检查起\(state)")
    case nil:
      if !watch.isWatched { return state + words(": not among those watched", "：不在被观察之列") }
      if watch.stays.isEmpty { return state + words(", and never was anything else", "，一直如此") }
      return state + words(" since the check of \(since ?? "")", "（自 \(since ?? "") 那次检查起）")
    }
  }

  private func stayLines(_ watch: AlertStory.Watch) -> [String] {
    if watch.stays.isEmpty { return [] }
    var lines = ["", "  " + words("how it went:", "经过：")]
    let left = watch.stays.count - AlertText.shownStays
    if left > 0 { lines.append("  " + writer.dim(words("\(left) before", "此前还有 \(left) 段"))) }
    let shown = watch.stays.suffix(AlertText.shownStays)
    let wide = shown.map { DisplayWidth.of(writer.state($0.state)) }.max() ?? 0
    for (place, stay) in shown.enumerated() {
      let isLast = place == shown.count - 1
      // A stay that the next does not follow at once ended in nothing.
      let next = isLast ? nil : shown[shown.startIndex + place + 1].from
      var line = "  " + writer.check(stay.from) + "  "
      line += writer.style(DisplayWidth.padded(writer.state(stay.state), to: wide), ink(stay.state))
      if let message = stay.message { line += "  " + DisplayWidth.printable(message) }
      while line.last == " " { line.removeLast() }
      lines.append(line)
      if let to = stay.to, to != next {
        lines.append("  " + writer.check(to) + "  " + writer.dim(writer.state(nil)))
      }
    }
    return lines
  }

  // MARK: Many

  private func manyLines(_ story: AlertStory) -> [String] {
    let (firing, pending) = (writer.count(story.firing), writer.count(story.pending))
    var lines = writer.wrapped("when " + story.condition, indent: 2).map { writer.dim($0) }
    var text = words("fires for \(firing)", "触发 \(firing) 个")
    if story.pending > 0 { text += words(", pending for \(pending)", "，待定 \(pending) 个") }
    lines.append("  " + writer.style(text, story.firing > 0 ? .red : .dim))
    if let table = story.firingCounts {
      var table = table
      for column in table.columns.indices { table.columns[column].source = words("firing", "触发数") }
      lines += writer.lines(table)
    }
    if story.subjects.isEmpty { return lines }
    let hasValues = story.subjects.contains { $0.value != nil }
    let about = story.each?.hasPrefix("each member in") == true ? words("member", "成员") : words("group", "分组")
    var list = TextTable(columns: [
      .init("  " + about, .left), .init(words("state", "状态"), .left), .init(words("since", "自"), .left),
    ])
    if hasValues { list.columns.append(.init(words("value", "值"), .right)) }
    list.columns.append(.init(words("message", "内容"), .left))
    for subject in story.subjects.prefix(AlertText.shownSubjects) {
      var row = [
        "  " + DisplayWidth.printable(subject.about), writer.state(subject.state), writer.check(subject.since),
      ]
      if hasValues { row.append(subject.value?.text[writer.language] ?? "") }
      row.append(DisplayWidth.printable(subject.message ?? ""))
      list.rows.append(row)
    }
    lines += [""] + list.clipped(to: writer.width, style: writer.style)
    let rest = story.firing + story.pending - AlertText.shownSubjects
    if rest > 0 {
      lines.append("  " + writer.dim(words("… and \(writer.count(rest)) more", "……另有 \(writer.count(rest)) 个")))
    }
    if let first = story.subjects.first {
      let name = DisplayWidth.printable(story.alert) + " for " + DisplayWidth.printable(first.about)
      lines.append(
        "  " + writer.dim(words("one of them: \(writer.command) alert \(name)", "单看一个：\(writer.command) alert \(name)"))
      )
    }
    return lines
  }

  // MARK: Notifications

  private func noticeLines(_ story: AlertStory, isOfAll: Bool) -> [String] {
    guard let last = story.notices.last else { return ["", "  " + words("nothing was ever told", "从未发出通知")] }
    let count = story.notices.count
    let whom =
      story.notify.isEmpty
      ? "" : words(" to ", "给 ") + story.notify.joined(separator: words(", ", "、")) + words("", " ")
    let at = writer.check(last.at)
    let head = words(
      "told \(count == 1 ? "once" : "\(writer.count(count)) times")\(whom), " + (count == 1 ? "on" : "last on")
        + " \(at):",
      "\(whom.isEmpty ? "" : whom)通知过 \(writer.count(count)) 次，最近一次 \(at)：")
    var lines = ["", "  " + head]
    let shown = isOfAll ? Array(story.notices.suffix(AlertText.shownNotices).reversed()) : [last]
    for notice in shown { lines += self.lines(notice, isOfAll: isOfAll) }
    return lines
  }

  private func lines(_ notice: AlertStory.Notice, isOfAll: Bool) -> [String] {
    var lines: [String] = []
    if isOfAll {
      let names = notice.about.prefix(6).map { DisplayWidth.printable($0) }.joined(separator: words(", ", "、"))
      let rest = notice.about.count - 6
      let more = rest > 0 ? words(" and \(writer.count(rest)) more", " 等 \(writer.count(notice.about.count)) 个") : ""
      let group =
        notice.group.isEmpty ? "" : notice.group.map { DisplayWidth.printable($0) }.joined(separator: " · ") + "  "
      lines += writer.wrapped(writer.check(notice.at) + "  " + group + names + more, indent: 4)
    }
    let inner = isOfAll ? 6 : 4
    if let message = notice.message { lines += writer.wrapped(DisplayWidth.printable(message), indent: inner) }
    if let suggest = notice.suggest {
      lines += writer.wrapped("→ " + DisplayWidth.printable(suggest), indent: inner).map { writer.style($0, .yellow) }
    }
    if isOfAll, notice.message == nil, notice.suggest == nil { return lines }
    return lines.isEmpty ? ["    " + writer.dim(words("without a message", "没有写内容"))] : lines
  }

  /// Those that fire or wait about a member.
  func lines(
    alerts: [(alert: String, title: String?, state: AlertRecord.State, since: Int64)]
  ) -> [String] {
    [writer.style(words("alerts", "预警"), .bold)]
      + alerts.map { one in
        let since = writer.check(one.since)
        return "  " + writer.shown(one.alert, one.title) + "  " + writer.style(writer.state(one.state), ink(one.state))
          + words(" since \(since)", "，自 \(since)")
      }
  }
}
