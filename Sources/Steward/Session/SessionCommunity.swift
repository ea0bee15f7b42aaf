// What the community has of its own, by its name: a metric as a sparkline with its last values, an alert as a timeline of its
// states, a goal and a plan as they stand.

extension Session {
  /// - Missing: nil where the expression is no more than the name of an alert, goal, plan or phase.
  func standing(_ expression: Expr) throws(SessionFailure) -> String? {
    guard let name = expression.bare.plainName?.text, let program = state.program else { return nil }
    guard let topic = program.topicWithoutValue(of: name) else { return nil }
    let outcome = try outcome()
    let lines: [String]
    switch topic {
    case .alert:
      guard let index = program.alerts.firstIndex(where: { $0.name == name }) else { return nil }
      lines = alertLines(index, program, outcome)
    case .goal:
      guard let index = program.goals.firstIndex(where: { $0.name == name }) else { return nil }
      lines = goalLines(index, program, outcome)
    case .plan, .phase: lines = phaseLines(name, program, outcome)
    case .metric: return nil
    }
    let hint = display.style(
      say("`:why \(topic.rawValue) \(name)` tells why", "`:why \(topic.rawValue) \(name)` 说明原因"), .dim)
    return (lines + ["  " + hint]).map { $0 + "\n" }.joined()
  }

  // MARK: Alerts

  /// Days of the strip.
  private var cells: Int { max(14, min(60, display.width - 24)) }

  private func day(_ instant: Int64, _ alert: TypedAlert) -> String {
    Summary.check(instant, values.calendar, isHourly: alert.check.isWithinDays)
  }

  private func alertLines(_ index: Int, _ program: TypedProgram, _ outcome: Outcome) -> [String] {
    let alert = program.alerts[index]
    let records = outcome.alerts.filter { Int($0.alert) == index }
    var head = display.style(alert.title.map { DisplayWidth.printable($0) } ?? alert.name, .bold)
    head += display.style(say(", \(alert.severity.rawValue) alert", "，预警（\(severity(alert.severity))）"), .dim)
    var lines = [head]
    if case .community = alert.about {
      let strip = strip(records, alert, outcome)
      let sampled = alert.check.isWithinDays ? say(" at any time", "（当天任何时候）") : ""
      lines.append(
        "  " + display.style(strip, .cyan) + "  "
          + display.style(
            say(
              "last \(strip.count) days: ░ pending █ firing\(sampled)", "最近 \(strip.count) 天\(sampled)：░ 待定 █ 触发"),
            .dim))
      if records.isEmpty { lines.append("  " + say("never anything but inactive", "从未触发")) }
      lines += stayLines(records, alert)
    } else {
      lines += manyLines(records, alert, outcome)
    }
    let notices = outcome.notifications.filter { Int($0.alert) == index }
    if let last = notices.last {
      let count = TextTable.grouped(Int64(notices.count))
      lines.append(
        "  "
          + say(
            "told \(notices.count == 1 ? "once, on" : "\(count) times, last on") \(day(last.at, alert))",
            "通知过 \(count) 次，最近 \(day(last.at, alert))"))
    }
    return lines
  }

  private func severity(_ severity: TypedAlert.Severity) -> String {
    switch severity {
    case .info: "提示"
    case .warning: "警告"
    case .critical: "严重"
    }
  }

  /// A character a day: what an alert was at its end, or, checked more often, the gravest that it was on that day.
  private func strip(_ records: [AlertRecord], _ alert: TypedAlert, _ outcome: Outcome) -> String {
    days(outcome, alert).map { day -> String in
      let states = records.filter { lies($0, on: day, alert) }.map(\.state)
      if states.contains(.firing) { return "█" }
      return states.contains(.pending) ? "░" : "·"
    }.joined()
  }

  /// Whether a stay is one of a day: at its end, or, of an alert that is checked more often, at any time of it.
  private func lies(_ record: AlertRecord, on day: Int32, _ alert: TypedAlert) -> Bool {
    let end = values.calendar.end(ofDay: day)
    let start = alert.check.isWithinDays ? values.calendar.start(ofDay: day) : end
    return record.from <= end && start < record.to ?? .max
  }

  /// The last days that are over; today too where checks come within a day.
  private func days(_ outcome: Outcome, _ alert: TypedAlert) -> [Int32] {
    let today = values.calendar.day(of: outcome.asOf)
    let isOver = outcome.asOf == values.calendar.end(ofDay: today)
    let last = isOver || alert.check.isWithinDays ? today : today &- 1
    let first = max(outcome.firstDay, last &- Int32(clamping: cells) &+ 1)
    return first <= last ? Array(first...last) : []
  }

  private func stayLines(_ records: [AlertRecord], _ alert: TypedAlert) -> [String] {
    var lines: [String] = []
    let shown = records.sorted { $0.from < $1.from }.suffix(8)
    let left = records.count - shown.count
    if left > 0 { lines.append("  " + display.style(say("\(left) before", "此前还有 \(left) 段"), .dim)) }
    for (place, record) in shown.enumerated() {
      var line = "  " + day(record.from, alert) + "  " + state(record.state)
      if let message = record.message { line += "  " + DisplayWidth.printable(message) }
      lines.append(line)
      let next = place + 1 < shown.count ? shown[shown.startIndex + place + 1].from : nil
      if let to = record.to, to != next {
        lines.append("  " + day(to, alert) + "  " + display.style(say("inactive", "未触发"), .dim))
      }
    }
    return lines
  }

  func state(_ state: AlertRecord.State) -> String {
    switch state {
    case .pending: display.style(say("pending", "待定"), .yellow)
    case .firing: display.style(say("firing", "触发中"), .red)
    case .resolved: display.style(say("resolved", "已解除"), .green)
    }
  }

  /// How many fired each day, and the newest of those that do.
  private func manyLines(_ records: [AlertRecord], _ alert: TypedAlert, _ outcome: Outcome) -> [String] {
    let firing = records.filter { $0.state == .firing }
    // Who fires twice on a day counts once.
    let counts = days(outcome, alert).map { day -> Double? in
      Double(Set(firing.filter { lies($0, on: day, alert) }.map(\.about)).count)
    }
    let open = firing.filter { $0.to == nil }.sorted { $0.from > $1.from }
    let count = TextTable.grouped(Int64(open.count))
    let head = open.isEmpty ? say("firing for none", "目前没有触发") : say("firing for \(count)", "触发 \(count) 个")
    var lines = ["  " + head]
    if !counts.isEmpty {
      lines.append(
        "  " + display.style(Summary.sparkline(counts), .cyan) + "  "
          + display.style(say("firing, last \(counts.count) days", "触发数，最近 \(counts.count) 天"), .dim))
    }
    for record in open.prefix(5) {
      var line = "  " + day(record.from, alert) + "  " + name(record.about)
      if let message = record.message { line += "  " + display.style(DisplayWidth.printable(message), .dim) }
      lines.append(line)
    }
    if open.count > 5 {
      let rest = TextTable.grouped(Int64(open.count - 5))
      lines.append("  " + display.style(say("… and \(rest) more", "……另有 \(rest) 个"), .dim))
    }
    return lines
  }

  private func name(_ subject: AlertSubject) -> String {
    switch subject {
    case .community: return ""
    case .group(let name): return DisplayWidth.printable(name)
    case .member(let row):
      let ids = state.data?.dataset.members.ids ?? []
      return ids.indices.contains(Int(row)) ? DisplayWidth.printable(ids[Int(row)]) : ""
    }
  }

  // MARK: Goals and phases

  private func goalLines(_ index: Int, _ program: TypedProgram, _ outcome: Outcome) -> [String] {
    let goals = Summary.goals(outcome, program)
    guard let goal = goals.first(where: { $0.name == program.goals[index].name }) else { return [] }
    let isShare = program.goals[index].value.isShare(program)
    func figure(_ value: Double) -> String { isShare ? Summary.percent(value) : Summary.rounded(value) }
    let target = (goal.isAtLeast ? "≥ " : "≤ ") + figure(goal.target)
    var parts = [
      say("\(figure(goal.value)) of \(target)", "\(figure(goal.value))，要达到 \(target)"),
      GoalWords.status(goal.status)[display.language],
    ]
    if let share = goal.share {
      parts.append(say("\(Summary.percent(share)) of the way", "已走完 \(Summary.percent(share))"))
    }
    parts.append(say("by \(goal.by)", "截止 \(goal.by)"))
    if let day = goal.projected { parts.append(say("the trend gets there \(day)", "按趋势 \(day) 达到")) }
    let title = goal.title.map { DisplayWidth.printable($0) } ?? goal.name
    let cells = 20
    let hundredths = Int((max(0, min(1, goal.share ?? 0)) * 100).rounded())
    let bar = TextTable.bar(hundredths, of: 100, cells: cells)
    let drawn = bar + String(repeating: "·", count: max(0, cells - DisplayWidth.of(bar)))
    return [
      display.style(title, .bold) + "  " + parts.joined(separator: display.style(" · ", .dim)),
      "  " + display.style(drawn, .green),
    ]
  }

  private func phaseLines(_ name: String, _ program: TypedProgram, _ outcome: Outcome) -> [String] {
    var lines: [String] = []
    for (place, plan) in program.plans.enumerated() {
      let isWhole = plan.name == name
      if !isWhole, !plan.phases.contains(where: { $0.name == name }) { continue }
      lines.append(display.style(plan.title.map { DisplayWidth.printable($0) } ?? plan.name, .bold))
      for record in outcome.phases where record.phase.plan == place {
        let phase = plan.phases[record.phase.phase]
        if !isWhole, phase.name != name { continue }
        lines.append("  " + line(record, phase))
      }
    }
    return lines
  }

  private func line(_ record: PhaseRecord, _ phase: TypedPhasePlan.Phase) -> String {
    func date(_ day: Int32) -> String { CivilDate(dayNumber: day).text }
    var text = phase.title.map { DisplayWidth.printable($0) + " " + display.style(phase.name, .dim) } ?? phase.name
    switch (record.from, record.to) {
    case (let from?, let to?): text += say("  \(date(from)) to \(date(to))", "  \(date(from)) 至 \(date(to))")
    case (let from?, nil): text += say("  on since \(date(from))", "  自 \(date(from)) 起进行中")
    default: text += say("  not begun", "  尚未开始")
    }
    if let by = phase.by { text += display.style(say(", by \(date(by))", "，截止 \(date(by))"), .dim) }
    if let late = record.lateDays, late > 0, record.from != nil {
      text += display.style(say(", \(late) day\(late == 1 ? "" : "s") late", "，晚 \(late) 天"), .yellow)
    }
    return text
  }
}

/// How goals stand, in words.
enum GoalWords {
  static func status(_ status: GoalRecord.Status) -> Wording {
    switch status {
    case .upcoming: Wording(en: "upcoming", zh: "未开始")
    case .onTrack: Wording(en: "on track", zh: "跟上进度")
    case .behind: Wording(en: "behind", zh: "落后")
    case .met: Wording(en: "met", zh: "已达成")
    case .missed: Wording(en: "missed", zh: "未达成")
    }
  }
}

extension TypedProgram {
  /// What a name stands for that has no value of its own.
  fileprivate func topicWithoutValue(of name: String) -> CommunityTopic? {
    if alerts.contains(where: { $0.name == name }) { return .alert }
    if goals.contains(where: { $0.name == name }) { return .goal }
    if plans.contains(where: { $0.name == name }) { return .plan }
    return plans.contains { $0.phases.contains { $0.name == name } } ? .phase : nil
  }
}
