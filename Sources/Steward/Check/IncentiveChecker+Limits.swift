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
      guard let index = attributeIndex(name.text), known.contains(name.text) else {
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
      let isLimit = what.english == "a limit"
      report(
        RuleProblem.countNotPositive(
          what,
          label: isLimit
            ? Wording(en: "expected a whole number: `limit` counts awards", zh: "应为整数：`limit` 数的是次数")
            : Wording(en: "expected a whole number: \(what.english) counts points", zh: "应为整数：\(what.chinese)数的是积分")),
        at: expression.span)
      return nil
    }
    return value
  }

  func checkBudget(
    _ amount: AmountPer, perMember: Bool, _ span: Span, _ rule: Int, _ scope: ExpressionScope
  ) {
    guard perMember else {
      report(
        NameProblem.later(
          Wording(en: "a budget of the whole community", zh: "整个社群的预算"),
          instead: Wording(
            en: "a budget of each member: `budget 50 points per month per member`",
            zh: "可以用每个成员的预算：`budget 50 points per month per member`")), at: span)
      return
    }
    guard let points = positive(amount.amount, Wording(en: "a budget", zh: "预算"), scope) else { return }
    budgets.append(
      TypedBudget(
        name: incentives[rule].syntax.name.text, points: points, purse: 0, per: amount.unit, isPerMember: true,
        covers: [rule], isClause: true, span: amount.span))
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

  /// Caps and budgets of a rule that awards no points do nothing.
  func checkUseless(_ clauses: [IncentiveSyntax.Clause], _ draft: TypedIncentive) {
    guard draft.points == nil, draft.badge != nil else { return }
    for clause in clauses {
      switch clause.kind {
      case .cap: report(RuleProblem.capWithoutPoints("cap"), at: clause.span)
      case .budget: report(RuleProblem.capWithoutPoints("budget"), at: clause.span)
      default: break
      }
    }
  }
}
