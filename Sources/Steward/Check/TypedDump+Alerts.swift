// Alerts, goals, plans and budgets of pushes in `--dump types`.

extension TypedDump {
  static func alertsGoalsPlans(_ program: TypedProgram, _ writer: TypedText) -> [String] {
    var lines: [String] = []
    for alert in program.alerts { lines += text(alert, program, writer) }
    for goal in program.goals {
      lines.append("goal \(goal.name)")
      lines.append("  reach \(writer.text(goal.value)) \(goal.isAtLeast ? ">=" : "<=") \(writer.text(goal.target))")
      if let from = goal.from { lines.append("  from \(CivilDate(dayNumber: from).text)") }
      lines.append("  by \(CivilDate(dayNumber: goal.by).text)")
    }
    for plan in program.plans {
      lines.append("plan \(plan.name)" + (plan.from.map { " from \(CivilDate(dayNumber: $0).text)" } ?? ""))
      for phase in plan.phases {
        lines.append("  phase \(phase.name)")
        if let until = phase.until { lines.append("    until \(writer.text(until))") }
        if let by = phase.by { lines.append("    by \(CivilDate(dayNumber: by).text)") }
      }
    }
    for budget in program.pushBudgets {
      lines.append("budget \(budget.name)")
      lines.append("  \(budget.pushes) pushes per \(budget.per.keyword) per member")
      lines.append("  covers " + budget.covers.map { program.alerts[$0].name }.joined(separator: ", "))
    }
    return lines
  }

  static func phases(_ indices: [PhaseIndex], _ program: TypedProgram) -> String {
    indices.map { program.plans[$0.plan].phases[$0.phase].name }.joined(separator: ", ")
  }

  private static func text(_ alert: TypedAlert, _ program: TypedProgram, _ writer: TypedText) -> [String] {
    var lines = ["alert \(alert.name) \(alert.severity.rawValue)"]
    switch alert.about {
    case .community: break
    case .members(let segment): lines.append("  each member in \(writer.text(segment))")
    case .groups(let split, _): lines.append("  each \(writer.text(split))")
    }
    lines.append("  when \(writer.text(alert.when))")
    switch alert.check {
    case .daily: break
    case .period(let unit): lines.append("  check every \(unit.keyword)")
    case .exact(let micros): lines.append("  check every \(writer.duration(micros))")
    }
    for (keyword, length) in [("for", alert.holds), ("keep", alert.keep), ("cooldown", alert.cooldown)] {
      switch length {
      case .days(0): break
      case .days(let days): lines.append("  \(keyword) \(days) days")
      case .exact(let micros): lines.append("  \(keyword) \(writer.duration(micros))")
      }
    }
    if !alert.groupBy.isEmpty { lines.append("  group by " + alert.groupBy.map(writer.text).joined(separator: ", ")) }
    if !alert.unless.isEmpty {
      lines.append("  unless " + alert.unless.map { program.alerts[$0].name }.joined(separator: ", "))
    }
    if let message = alert.message { lines.append("  message \(writer.text(message))") }
    if !alert.notify.isEmpty { lines.append("  notify " + alert.notify.map { "\"\($0)\"" }.joined(separator: ", ")) }
    if let suggest = alert.suggest { lines.append("  suggest \(writer.text(suggest))") }
    return lines
  }
}
