// `budget NAME { 5 pushes per week per member; covers slipping_away }`: how often a member may be disturbed.

extension BudgetSyntax {
  /// Its amount, if that is in pushes.
  var pushes: AmountPer? {
    for clause in clauses {
      if case .amount(let amount, _) = clause.kind, amount.purse.text == "pushes" || amount.purse.text == "push" {
        return amount
      }
    }
    return nil
  }
}

extension ProgramChecker {
  func checkPushes(_ entry: BudgetEntry, _ amount: AmountPer, _ alerts: [TypedAlert]) {
    let name = entry.syntax.name
    var draft = TypedPushBudget(
      name: name.text, doc: entry.doc, pushes: 0, per: amount.unit, covers: [], span: entry.span)
    var seen: [String: Span] = [:]
    for clause in entry.syntax.clauses {
      if let keyword = clause.kind.keyword {
        if let first = seen[keyword] {
          report(RuleProblem.clauseTwice(keyword), at: clause.span, related: [firstHere(first)])
          continue
        }
        seen[keyword] = clause.span
      }
      switch clause.kind {
      case .title(let title): draft.title = title.text
      case .amount(let amount, let perMember):
        draft.pushes = positive(amount.amount, Wording(en: "a budget of pushes", zh: "推送预算"), ExpressionScope()) ?? 0
        if !perMember {
          report(
            AlertProblem.pushesPerMember, at: amount.span,
            edits: [TextEdit(span: amount.span.after, replacement: " per member")])
        }
      case .covers(let covered): draft.covers = checkPushed(covered, alerts)
      case .warn: report(AlertProblem.pushesWarning, at: clause.span)
      case .error: seen["covers"] = seen["covers"] ?? clause.span
      }
    }
    if seen["covers"] == nil { report(RewardProblem.coversNothing(name.text), at: name.span) }
    pushBudgets.append(draft)
  }

  private func checkPushed(_ covered: [Name], _ alerts: [TypedAlert]) -> [Int] {
    var result: [Int] = []
    for name in covered {
      if case .incentive = names[name.text]?.entity {
        report(AlertProblem.pushesOfRule(name.text), at: name.span, related: declared(name.text))
        continue
      }
      guard let index = alertIndex(name) else { continue }
      if result.contains(index) {
        report(RewardProblem.coveredTwice(name.text), at: name.span)
        continue
      }
      guard case .members = alerts[index].about else {
        report(AlertProblem.pushesOfWhole(name.text), at: name.span, related: declared(name.text))
        continue
      }
      result.append(index)
    }
    return result
  }
}
