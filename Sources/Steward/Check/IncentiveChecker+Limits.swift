// `limit`, `cap`, `cooldown`, `budget`: how often and how much at most.

extension ProgramChecker {
  func checkLimit(
    _ limit: LimitSyntax, _ draft: TypedIncentive, _ scope: ExpressionScope
  ) -> TypedIncentive.Limit? {
    guard let count = positive(limit.count, Wording(en: "a limit", zh: "限次"), scope) else { return nil }
    switch limit.per {
    case .ever: return TypedIncentive.Limit(count: count, per: .ever, span: limit.span)
    case .period(let unit): return TypedIncentive.Limit(count: count, per: .period(unit), span: limit.span)
    case .attribute(let name):
      guard let firing = scope.firing else {
        if case .every = draft.trigger { report(RuleProblem.limitPerAttribute(name.text), at: name.span) }
        return nil
      }
      let known = attributeNames(firing)
      guard let index = attributeIndex(name.text, firing), known.contains(name.text) else {
        let near = Suggestions.near(name.text, in: known + PeriodUnit.allCases.map(\.keyword) + ["ever"])
        report(
          RuleProblem.attributeNotHere(name.text, kinds: kindNames(firing.kinds ?? []), near: near), at: name.span,
          edits: edits(name.span, near))
        return nil
      }
      return TypedIncentive.Limit(count: count, per: .attribute(index), span: limit.span)
    }
  }

  /// A whole number of at least 1 that is always the same.
  func positive(_ expression: Expr, _ what: Wording, _ scope: ExpressionScope) -> Int64? {
    let typed = check(expression, scope)
    if typed.isError { return nil }
    guard case .int(let value) = constant(typed), value > 0 else {
      let label =
        switch what.english {
        case "a limit": Wording(en: "expected a whole number: `limit` counts awards", zh: "应为整数：`limit` 数的是次数")
        case "a budget of pushes":
          Wording(en: "expected a whole number: pushes are counted", zh: "应为整数：推送按次数计")
        case "what is forgiven":
          Wording(en: "expected a whole number: days or weeks are counted", zh: "应为整数：数的是天数或周数")
        default:
          Wording(en: "expected a whole number: \(what.english) counts points", zh: "应为整数：\(what.chinese)数的是积分")
        }
      report(RuleProblem.countNotPositive(what, label: label), at: expression.span)
      return nil
    }
    return value
  }

  func checkCap(_ amount: AmountPer, _ scope: ExpressionScope) -> TypedIncentive.Cap? {
    let points = positive(amount.amount, Wording(en: "a cap", zh: "封顶值"), scope)
    guard let purse = checkPurse(amount.purse), let points else { return nil }
    return TypedIncentive.Cap(points: points, purse: purse, per: amount.unit, span: amount.span)
  }

  func checkBudgetClause(_ amount: AmountPer, perMember: Bool, _ rule: Int, _ scope: ExpressionScope) {
    let points = positive(amount.amount, Wording(en: "a budget", zh: "预算"), scope)
    guard let purse = checkPurse(amount.purse), let points else { return }
    budgets.append(
      TypedBudget(
        name: incentives[rule].syntax.name.text, points: points, purse: purse, per: amount.unit,
        isPerMember: perMember, covers: [rule], isClause: true, span: amount.span))
  }

  func checkCooldown(_ length: Expr, _ scope: ExpressionScope) -> Int64? {
    let micros: Int64?
    if let literal = durationLiteral(length, scope) {
      micros = self.micros(of: literal, at: length.span)
      if micros == nil { return nil }
    } else {
      let typed = check(length, scope)
      if typed.isError { return nil }
      if case .duration(let value) = constant(typed) { micros = value } else { micros = nil }
    }
    guard let micros, micros > 0 else {
      report(RuleProblem.cooldown, at: length.span)
      return nil
    }
    return micros
  }

  /// Caps, budgets and the like of a purse that the rule does not give do nothing.
  func checkUseless(_ clauses: [IncentiveSyntax.Clause], _ draft: TypedIncentive) {
    let hasAward = clauses.contains { if case .award = $0.kind { true } else { false } }
    guard hasAward, draft.badge != nil || !draft.amounts.isEmpty else { return }
    func note(_ keyword: String, _ purse: Name?, _ span: Span) {
      let index = purse.map { schema.purses.firstIndex(of: $0.text) } ?? 0
      guard let index, !draft.amounts.contains(where: { $0.purse == index }) else { return }
      let purse = index == 0 && draft.amounts.isEmpty ? nil : schema.purses[index]
      report(RuleProblem.capWithoutPoints(keyword, purse: purse), at: span)
    }
    for clause in clauses {
      switch clause.kind {
      case .cap(let caps): for cap in caps { note("cap", cap.purse, caps.count == 1 ? clause.span : cap.span) }
      case .budget(let amount, _): note("budget", amount.purse, clause.span)
      case .cost: note("cost", nil, clause.span)
      case .expires where draft.amounts.isEmpty: note("expires", nil, clause.span)
      default: break
      }
    }
  }

  // MARK: expires, cost

  /// - Unit: days.
  func checkExpiry(_ length: Expr, _ scope: ExpressionScope) -> Int32? {
    let micros: Int64?
    if let literal = durationLiteral(length, scope) {
      micros = self.micros(of: literal, at: length.span)
      if micros == nil { return nil }
    } else {
      let typed = check(length, scope)
      if typed.isError { return nil }
      if case .duration(let value) = constant(typed) { micros = value } else { micros = nil }
    }
    guard let micros, micros > 0, micros % Calendar.microsPerDay == 0 else {
      report(RewardProblem.expiry, at: length.span)
      return nil
    }
    return Int32(clamping: micros / Calendar.microsPerDay)
  }

  func checkCost(_ amount: Expr, _ scope: ExpressionScope) -> Double? {
    let typed = check(amount, scope)
    if typed.isError { return nil }
    guard case .number(let value) = constant(toNumber(typed)), value > 0 else {
      report(RewardProblem.cost, at: amount.span)
      return nil
    }
    return value
  }
}
