// `budget NAME { … }`: points that several incentives may give together.

extension ProgramChecker {
  func checkBudget(_ index: Int, _ rules: [TypedIncentive], _ alerts: [TypedAlert]) {
    let entry = budgetEntries[index]
    if let amount = entry.syntax.pushes { return checkPushes(entry, amount, alerts) }
    let name = entry.syntax.name
    var draft = TypedBudget(
      name: name.text, doc: entry.doc, points: 0, purse: 0, per: .day, isPerMember: false, covers: [], isClause: false,
      span: entry.span)
    var seen: [String: Span] = [:]
    var hasErrors = false
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
        let points = positive(amount.amount, Wording(en: "a budget", zh: "预算"), ExpressionScope())
        draft.purse = checkPurse(amount.purse) ?? -1
        draft.points = points ?? 0
        draft.per = amount.unit
        draft.isPerMember = perMember
      case .covers(let covered): draft.covers = checkCovers(covered)
      case .warn(let share): draft.warnAt = checkWarning(share)
      case .error: hasErrors = true
      }
    }
    if !hasErrors, seen["amount"] == nil { report(RewardProblem.budgetAmount(name.text), at: name.span) }
    if !hasErrors, seen["covers"] == nil { report(RewardProblem.coversNothing(name.text), at: name.span) }
    checkGiven(draft, rules)
    budgets.append(draft)
  }

  private func checkCovers(_ covered: [Name]) -> [Int] {
    var result: [Int] = []
    for name in covered {
      guard let index = incentiveIndex(name) else { continue }
      if result.contains(index) {
        report(RewardProblem.coveredTwice(name.text), at: name.span)
      } else {
        result.append(index)
      }
    }
    return result
  }

  func checkWarning(_ share: Expr) -> Double? {
    let typed = check(share, ExpressionScope())
    if typed.isError { return nil }
    guard case .number(let value) = constant(toNumber(typed)), value > 0, value <= 1 else {
      report(RewardProblem.warning, at: share.span)
      return nil
    }
    return value
  }

  /// Names the covered rules that give nothing of the budget's purse.
  private func checkGiven(_ budget: TypedBudget, _ rules: [TypedIncentive]) {
    guard schema.purses.indices.contains(budget.purse) else { return }
    let names = budgetNames(budget.name)
    for (place, rule) in budget.covers.enumerated() where rules.indices.contains(rule) {
      let gives = rules[rule].amounts.contains { $0.purse == budget.purse }
      if gives || incentives[rule].syntax.clauses.contains(where: { if case .error = $0.kind { true } else { false } })
      {
        continue
      }
      report(
        RewardProblem.coveredGivesNothing(rules[rule].name, purse: schema.purses[budget.purse]),
        at: names.indices.contains(place) ? names[place].span : budget.span, related: declared(rules[rule].name))
    }
  }

  /// The names that `covers` of a budget lists, once each and only those that are there.
  private func budgetNames(_ name: String) -> [Name] {
    guard let entry = budgetEntries.first(where: { $0.syntax.name.text == name }) else { return [] }
    var seen: Set<String> = []
    for clause in entry.syntax.clauses {
      guard case .covers(let covered) = clause.kind else { continue }
      return covered.filter { one in
        guard case .incentive = names[one.text]?.entity else { return false }
        return seen.insert(one.text).inserted
      }
    }
    return []
  }
}

extension BudgetSyntax.Kind {
  /// The word of a clause that may stand once.
  var keyword: String? {
    switch self {
    case .title: "title"
    case .amount: "amount"
    case .covers: "covers"
    case .warn: "warn"
    case .error: nil
    }
  }
}
