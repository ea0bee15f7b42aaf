// Alerts, goals, plans and budgets in the overview.

extension Summary {
  public struct Alert: Sendable {
    public var name: String
    public var title: String?
    public var severity: TypedAlert.Severity
    /// What it is now. - Missing: nil while nothing has ever happened, or only lapsed.
    public var state: AlertRecord.State?
    /// Since when: of several members or groups, the first of them.
    public var since: String?
    /// The same with the community's offset.
    public var sinceInstant: String?
    /// For how many members or groups it fires.
    public var firing: Int
    public var isOfCommunity: Bool
    public var notifications: Int
    public var message: String?
  }

  public struct Goal: Sendable {
    public var name: String
    public var title: String?
    public var value: Double
    public var target: Double
    public var isAtLeast: Bool
    /// Whether people read it in per cent.
    public var isShare: Bool
    public var from: String
    public var share: Double?
    public var expected: Double?
    public var status: GoalRecord.Status
    public var by: String
    public var projected: String?
  }

  public struct Phase: Sendable {
    public var plan: String
    public var planTitle: String?
    /// - Missing: nil before the first and after the last.
    public var name: String?
    public var title: String?
    /// Between two phases: the one that begins with the next day.
    public var next: String?
    public var since: String?
    public var by: String?
    public var lateDays: Int
    /// How many phases are over, of how many.
    public var place: Int
    public var count: Int
  }

  /// A community's budget in the period of the as-of.
  public struct Budget: Sendable {
    public var name: String
    public var title: String?
    public var period: String
    public var limit: Int64
    public var used: Int64
    public var refused: Int64
    public var isWarned: Bool
    public var runsDry: String?
  }

  static func alerts(_ outcome: Outcome, _ program: TypedProgram, _ calendar: Calendar) -> [Alert] {
    var notified = Array(repeating: 0, count: program.alerts.count)
    for notice in outcome.notifications { notified[Int(notice.alert)] += 1 }
    var open: [[AlertRecord]] = program.alerts.map { _ in [] }
    for record in outcome.alerts where record.to == nil { open[Int(record.alert)].append(record) }
    return outcome.watched.map { index in
      let alert = program.alerts[index]
      let firing = open[index].filter { $0.state == .firing }
      let pending = open[index].filter { $0.state == .pending }
      let shown = !firing.isEmpty ? firing : !pending.isEmpty ? pending : open[index]
      let isOfCommunity = if case .community = alert.about { true } else { false }
      // What is over for all is of no time.
      let since = isOfCommunity || shown.first?.state != .resolved ? shown.map(\.from).min() : nil
      return Alert(
        name: alert.name, title: alert.title, severity: alert.severity, state: shown.first?.state,
        since: since.map { check($0, calendar, isHourly: alert.check.isWithinDays) },
        sinceInstant: since.map { calendar.text(ofInstant: $0) },
        firing: firing.count, isOfCommunity: isOfCommunity,
        notifications: notified[index], message: isOfCommunity ? firing.first?.message : nil)
    }
  }

  static func goals(_ outcome: Outcome, _ program: TypedProgram) -> [Goal] {
    outcome.goals.map { record in
      let goal = program.goals[Int(record.goal)]
      return Goal(
        name: goal.name, title: goal.title, value: record.value, target: record.target, isAtLeast: goal.isAtLeast,
        isShare: goal.value.isShare(program), from: CivilDate(dayNumber: record.from).text, share: record.share,
        expected: record.expected, status: record.status, by: CivilDate(dayNumber: goal.by).text,
        projected: record.projected.map { CivilDate(dayNumber: $0).text })
    }
  }

  static func phases(_ outcome: Outcome, _ program: TypedProgram) -> [Phase] {
    program.plans.indices.compactMap { plan in
      let records = outcome.phases.filter { $0.phase.plan == plan }
      if records.isEmpty { return nil }
      let declared = program.plans[plan]
      let current = records.last { $0.from != nil && $0.to == nil }
      let phase = current.map { declared.phases[$0.phase.phase] }
      let next = current == nil && records.contains { $0.to != nil } ? records.first { $0.to == nil } : nil
      return Phase(
        plan: declared.name, planTitle: declared.title, name: phase?.name, title: phase?.title,
        next: next.map { declared.phases[$0.phase.phase] }.map { $0.title ?? $0.name },
        since: current?.from.map { CivilDate(dayNumber: $0).text }, by: phase?.by.map { CivilDate(dayNumber: $0).text },
        lateDays: Int(current?.lateDays ?? 0), place: records.count { $0.to != nil }, count: records.count)
    }
  }

  static func budgets(_ outcome: Outcome, _ program: TypedProgram, _ calendar: Calendar) -> [Budget] {
    let day = calendar.day(of: outcome.asOf)
    return outcome.budgetUses.compactMap { use in
      let budget = program.budgets[Int(use.budget)]
      guard !budget.isClause, calendar.period(budget.per, ofDay: day) == use.period else { return nil }
      let warning = budget.warnAt.map { Double(use.used) >= $0 * Double(budget.points) } ?? false
      return Budget(
        name: budget.name, title: budget.title, period: calendar.text(budget.per, use.period), limit: budget.points,
        used: use.used, refused: use.refused, isWarned: warning || use.refused > 0,
        runsDry: use.runsDry.map { CivilDate(dayNumber: $0).text })
    }
  }
}

// MARK: As text

extension Summary {
  func alertLines(_ language: Language, _ width: Int, _ style: TextStyle) -> [String] {
    var table = TextTable(columns: [
      .init(words(language, "alert", "预警"), .left), .init(words(language, "severity", "级别"), .left),
      .init(words(language, "state", "状态"), .left), .init(words(language, "since", "自"), .left),
      .init(words(language, "told", "通知"), .right), .init(words(language, "message", "内容"), .left),
    ])
    // What fires comes first, the worst before the rest.
    let order = alerts.indices.sorted { left, right in
      let (one, other) = (alerts[left], alerts[right])
      if (one.firing > 0) != (other.firing > 0) { return one.firing > 0 }
      return one.severity == other.severity ? left < right : one.severity > other.severity
    }
    for index in order.prefix(Summary.shownRows) {
      let alert = alerts[index]
      table.rows.append([
        shown(alert.name, alert.title), severity(alert.severity, language), state(alert, language), alert.since ?? "",
        alert.notifications > 0 ? TextTable.grouped(Int64(alert.notifications)) : "",
        DisplayWidth.printable(alert.message ?? ""),
      ])
    }
    return table.clipped(to: width, style: style)
      + more(alerts.count - Summary.shownRows, in: "alerts.csv", language, style)
  }

  private func severity(_ severity: TypedAlert.Severity, _ language: Language) -> String {
    switch severity {
    case .info: words(language, "info", "提示")
    case .warning: words(language, "warning", "警告")
    case .critical: words(language, "critical", "严重")
    }
  }

  private func state(_ alert: Alert, _ language: Language) -> String {
    switch alert.state {
    case .firing where !alert.isOfCommunity:
      words(language, "firing for ", "触发 ") + TextTable.grouped(Int64(alert.firing)) + words(language, "", " 个")
    case .firing: words(language, "firing", "触发中")
    case .pending: words(language, "pending", "待触发")
    case .resolved: words(language, "resolved", "已解除")
    case nil: "–"
    }
  }

  func goalLines(_ language: Language, _ width: Int, _ style: TextStyle) -> [String] {
    var table = TextTable(columns: [
      .init(words(language, "goal", "目标"), .left), .init(words(language, "now", "当前"), .right),
      .init(words(language, "target", "目标值"), .right), .init(words(language, "done", "进度"), .right),
      .init(words(language, "by", "截止"), .left), .init(words(language, "status", "状态"), .left),
      .init(words(language, "trend gets there", "预计达成"), .left), .init("", .left, ink: .green),
    ])
    for goal in goals.prefix(Summary.shownRows) {
      func figure(_ value: Double) -> String { goal.isShare ? Summary.percent(value) : Summary.rounded(value) }
      let hundredths = goal.share.map { Int((max(0, min(1, $0)) * 100).rounded()) }
      table.rows.append([
        shown(goal.name, goal.title), figure(goal.value),
        (goal.isAtLeast ? "≥ " : "≤ ") + figure(goal.target), goal.share.map(Summary.percent) ?? "–", goal.by,
        status(goal.status, language), goal.projected ?? "–", TextTable.bar(hundredths ?? 0, of: 100, cells: 10),
      ])
    }
    return table.lines(width: width, style: style)
      + more(goals.count - Summary.shownRows, in: "goals.csv", language, style)
  }

  private func status(_ status: GoalRecord.Status, _ language: Language) -> String {
    switch status {
    case .upcoming: words(language, "upcoming", "未开始")
    case .onTrack: words(language, "on track", "进度正常")
    case .behind: words(language, "behind", "落后")
    case .met: words(language, "met", "已达成")
    case .missed: words(language, "missed", "未达成")
    }
  }

  func phaseLines(_ language: Language, _ width: Int, _ style: TextStyle) -> [String] {
    phases.flatMap { phase -> [String] in
      let plan = shown(phase.plan, phase.planTitle)
      guard let name = phase.name else {
        let isOver = phase.place == phase.count
        if let next = phase.next {
          let name = DisplayWidth.printable(next)
          return [style(plan, .bold) + "  " + words(language, "\(name) begins with the next day", "\(name) 从次日开始")]
        }
        return [
          style(plan, .bold) + "  "
            + (isOver ? words(language, "all phases are over", "各阶段均已结束") : words(language, "not begun", "尚未开始"))
        ]
      }
      var parts = [
        words(
          language, "phase \(phase.place + 1) of \(phase.count): \(shown(name, phase.title))",
          "第 \(phase.place + 1)/\(phase.count) 阶段：\(shown(name, phase.title))")
      ]
      if let since = phase.since { parts.append(words(language, "since \(since)", "自 \(since)")) }
      if let by = phase.by { parts.append(words(language, "by \(by)", "应于 \(by) 前完成")) }
      if phase.lateDays > 0 {
        parts.append(
          words(language, "\(phase.lateDays) day\(phase.lateDays == 1 ? "" : "s") late", "已延误 \(phase.lateDays) 天"))
      }
      return [style(plan, .bold) + "  " + parts.joined(separator: style(" · ", .dim))]
    }
  }

  func budgetLines(_ language: Language, _ width: Int, _ style: TextStyle) -> [String] {
    var table = TextTable(columns: [
      .init(words(language, "budget", "预算"), .left), .init(words(language, "period", "周期"), .left),
      .init(words(language, "used", "已用"), .right), .init(words(language, "limit", "额度"), .right),
      .init(words(language, "refused", "拒绝"), .right), .init(words(language, "runs dry", "用完"), .left),
      .init("", .left, ink: .yellow),
    ])
    for budget in budgets.prefix(Summary.shownRows) {
      table.rows.append([
        (budget.isWarned ? "! " : "") + shown(budget.name, budget.title), budget.period, TextTable.grouped(budget.used),
        TextTable.grouped(budget.limit), TextTable.grouped(budget.refused), budget.runsDry ?? "–",
        TextTable.bar(Int(clamping: budget.used), of: Int(clamping: budget.limit), cells: 10),
      ])
    }
    return table.lines(width: width, style: style)
      + more(budgets.count - Summary.shownRows, in: "budgets.csv", language, style)
  }
}

extension TextTable {
  /// The lines, of which the last column takes what room there is.
  func clipped(to width: Int, style: TextStyle) -> [String] {
    var table = self
    let last = columns.count - 1
    var room = width - 2 * last
    for column in 0..<last {
      room -= ([columns[column].title] + rows.map { $0[column] }).map { DisplayWidth.of($0) }.max() ?? 0
    }
    room = max(12, room)
    for row in table.rows.indices { table.rows[row][last] = DisplayWidth.clipped(table.rows[row][last], to: room) }
    return table.lines(width: width, style: style)
  }
}

// MARK: For programs

extension Summary {
  /// - Shape: `alerts[name title severity state since firing notifications message] goals[name title value operator target share
  ///   expected from status by projected] plans[name title phase next since by late_days]
  ///   budgets[name title period limit used refused warned runs_dry]`
  var jsonOfAlerts: [(String, JSONValue)] {
    func number(_ value: Double?) -> JSONValue { value.map(Summary.json) ?? .null }
    let alerts = alerts.map { alert in
      JSONValue.object([
        ("name", .text(alert.name)), ("title", .optional(alert.title)), ("severity", .text(alert.severity.rawValue)),
        ("state", .text(alert.state?.rawValue ?? "inactive")), ("since", .optional(alert.sinceInstant)),
        ("firing", .int(Int64(alert.firing))), ("notifications", .int(Int64(alert.notifications))),
        ("message", .optional(alert.message)),
      ])
    }
    let goals = goals.map { goal in
      JSONValue.object([
        ("name", .text(goal.name)), ("title", .optional(goal.title)), ("value", number(goal.value)),
        ("operator", .text(goal.isAtLeast ? ">=" : "<=")), ("target", number(goal.target)),
        ("share", number(goal.share)), ("expected", number(goal.expected)), ("from", .text(goal.from)),
        ("status", .text(goal.status.rawValue)),
        ("by", .text(goal.by)), ("projected", .optional(goal.projected)),
      ])
    }
    let plans = phases.map { phase in
      JSONValue.object([
        ("name", .text(phase.plan)), ("title", .optional(phase.planTitle)), ("phase", .optional(phase.name)),
        ("next", .optional(phase.next)),
        ("since", .optional(phase.since)), ("by", .optional(phase.by)), ("late_days", .int(Int64(phase.lateDays))),
      ])
    }
    let budgets = budgets.map { budget in
      JSONValue.object([
        ("name", .text(budget.name)), ("title", .optional(budget.title)), ("period", .text(budget.period)),
        ("limit", .int(budget.limit)), ("used", .int(budget.used)), ("refused", .int(budget.refused)),
        ("warned", .bool(budget.isWarned)), ("runs_dry", .optional(budget.runsDry)),
      ])
    }
    return [
      ("alerts", .array(alerts)), ("goals", .array(goals)), ("plans", .array(plans)), ("budgets", .array(budgets)),
    ]
  }
}
