// Alerts, goals and plans, one clause a line.

extension SyntaxWriter {
  mutating func write(_ clause: AlertSyntax.Clause) {
    let start = place(clause.span)
    switch clause.kind {
    case .error: line("<error>\(start)")
    case .title(let title): line("title\(start) \(text(title))")
    case .eachMember(let segment): line("each-member\(start) in \(text(segment))")
    case .eachGroup(let group): line("each-group\(start) \(text(group))")
    case .when(let condition): line("when\(start) \(text(condition))")
    case .holds(let length): line("for\(start) \(text(length))")
    case .keep(let length): line("keep\(start) \(text(length))")
    case .check(let step): line("check\(start) every \(step.keyword)")
    case .severity(let severity): line("severity\(start) \(text(severity))")
    case .cooldown(let length): line("cooldown\(start) \(text(length))")
    case .groupBy(let keys): line("group-by\(start) " + keys.map { text($0) }.joined(separator: ", "))
    case .unless(let alerts): line("unless\(start) " + alerts.map { text($0) }.joined(separator: " "))
    case .message(let message): line("message\(start) \(text(message))")
    case .notify(let names): line("notify\(start) " + names.map { text($0) }.joined(separator: " "))
    case .suggest(let suggestion): line("suggest\(start) \(text(suggestion))")
    }
  }

  mutating func write(_ clause: GoalSyntax.Clause) {
    let start = place(clause.span)
    switch clause.kind {
    case .error: line("<error>\(start)")
    case .title(let title): line("title\(start) \(text(title))")
    case .reach(let comparison): line("reach\(start) \(text(comparison))")
    case .from(let day): line("from\(start) \(text(day))")
    case .by(let day): line("by\(start) \(text(day))")
    }
  }

  mutating func write(_ clause: PhasePlanSyntax.Clause) {
    let start = place(clause.span)
    switch clause.kind {
    case .error: line("<error>\(start)")
    case .title(let title): line("title\(start) \(text(title))")
    case .phase(let phase):
      for doc in phase.doc { line("/// \(doc)") }
      line("phase\(start) \(text(phase.name))")
      nested { writer in for clause in phase.clauses { writer.write(clause) } }
    }
  }

  private mutating func write(_ clause: PhaseSyntax.Clause) {
    switch clause {
    case .title(let title, let span): line("title\(place(span)) \(text(title))")
    case .from(let day, let span): line("from\(place(span)) \(text(day))")
    case .until(let condition, let span): line("until\(place(span)) \(text(condition))")
    case .by(let day, let span): line("by\(place(span)) \(text(day))")
    case .error(let span): line("<error>\(place(span))")
    }
  }
}
