// Incentives: the trigger first, because it says what the other clauses may name.

extension ProgramChecker {
  func checkIncentive(_ index: Int) -> TypedIncentive {
    let entry = incentives[index]
    var draft = TypedIncentive(
      name: entry.syntax.name.text, doc: entry.doc, trigger: .every(.day), span: entry.span)
    unfolded = 0
    let clauses = onceEach(entry.syntax)
    var scope = ExpressionScope()
    checkTrigger(clauses, entry, &draft, &scope)
    // The order in which clauses apply, so that what one has shown the next knows.
    for clause in clauses {
      if case .among(let condition) = clause.kind { draft.among = decision(condition, "among", &scope) }
    }
    for clause in clauses {
      if case .when(let condition) = clause.kind { draft.when = decision(condition, "when", &scope) }
    }
    let fitting = fitting(clauses, draft)
    for clause in fitting { checkClause(clause, index, &draft, scope) }
    if !clauses.contains(where: \.kind.isAction) { report(RuleProblem.awardMissing, at: entry.syntax.name.span) }
    checkUseless(fitting, draft)
    notePast(
      [draft.among, draft.when, draft.deduction?.points].compactMap(\.self) + draft.amounts.flatMap(\.places)
        + (draft.board.map { $0.keys.map(\.value) + $0.within } ?? []))
    return draft
  }

  /// The clauses, without those that repeat one; they are reported.
  private func onceEach(_ syntax: IncentiveSyntax) -> [IncentiveSyntax.Clause] {
    var seen: [String: Span] = [:]
    return syntax.clauses.filter { clause in
      guard let keyword = clause.kind.keyword else { return true }
      let slot = keyword == "every" ? "on" : keyword
      guard let first = seen[slot] else {
        seen[slot] = clause.span
        return true
      }
      report(
        slot == "on" ? RuleProblem.triggerTwice : .clauseTwice(keyword), at: clause.span, related: [firstHere(first)])
      return false
    }
  }

  func firstHere(_ span: Span) -> Diagnostic.Related {
    .init(span: span, message: Wording(en: "the first one", zh: "第一个在这里"))
  }

  private func checkTrigger(
    _ clauses: [IncentiveSyntax.Clause], _ entry: IncentiveEntry, _ draft: inout TypedIncentive,
    _ scope: inout ExpressionScope
  ) {
    for clause in clauses {
      switch clause.kind {
      case .on(let syntax):
        guard let (pattern, event) = checkPattern(syntax.kinds, syntax.condition, syntax.span, scope) else {
          // Which events fire it is unknown: nothing is said about what they have.
          scope.firing = EventScope(nil)
          return
        }
        draft.trigger = .on(pattern)
        scope.firing = event
        scope.settled.formUnion(settledByTrigger(pattern.condition))
        if let condition = pattern.condition, condition.type.isPrivate { notePrivate(condition, decides: whoIsAwarded) }
        return
      case .every(let unit):
        draft.trigger = .every(unit)
        return
      default: break
      }
    }
    let isExcused = clauses.contains { if case .error = $0.kind { true } else { false } }
    if !isExcused { report(RuleProblem.triggerMissing, at: entry.syntax.name.span) }
  }

  /// `among` or `when`: what it shows is known to the clauses behind.
  private func decision(_ condition: Expr, _ keyword: String, _ scope: inout ExpressionScope) -> TypedExpr {
    let typed = yesNo(check(condition, scope), for: Wording("`\(keyword)`"))
    guard !typed.isError else { return .error(condition.span) }
    if typed.type.isPrivate { notePrivate(typed, decides: whoIsAwarded) }
    scope.settled.formUnion(settledIfTrue(typed))
    return typed
  }

  private var whoIsAwarded: Wording { Wording(en: "who is awarded", zh: "谁得到奖励") }

  private func checkClause(
    _ clause: IncentiveSyntax.Clause, _ index: Int, _ draft: inout TypedIncentive, _ scope: ExpressionScope
  ) {
    switch clause.kind {
    case .title(let title): draft.title = title.text
    case .during(let phases): draft.during = checkDuring(phases)
    case .award(let parts): checkAward(parts, &draft, scope)
    case .deduct(let amount, let purse, let isUpTo):
      let points = checkAmount(amount, "deduct", scope)
      guard let index = checkPurse(purse) else { return }
      draft.deduction = TypedIncentive.Deduction(purse: index, points: points, isUpTo: isUpTo, span: clause.span)
    case .takeBack: break
    case .rank(let keys, let within): draft.board = checkBoard(keys, within, clause.span, scope)
    case .expires(let length): draft.expiresAfterDays = checkExpiry(length, scope)
    case .cost(let amount): draft.costPerPoint = checkCost(amount, scope)
    case .limit(let limits): draft.limits = limits.compactMap { checkLimit($0, draft, scope) }
    case .cap(let amounts): draft.caps = amounts.compactMap { checkCap($0, scope) }
    case .cooldown(let length): draft.cooldown = checkCooldown(length, scope)
    case .budget(let amount, let perMember): checkBudgetClause(amount, perMember: perMember, index, scope)
    case .on, .every, .among, .when, .error: break
    }
  }

  // MARK: award

  private func checkAward(_ parts: [AwardPart], _ draft: inout TypedIncentive, _ scope: ExpressionScope) {
    for part in parts {
      switch part {
      case .badge(let literal):
        if draft.badge != nil { report(RuleProblem.clauseTwice("badge"), at: literal.span) }
        draft.badge = literal.text
      case .points(let amounts, let purse):
        let places = amounts.map { checkAmount($0, "award", scope) }
        // An unknown purse stands for the first: nothing more is said about the rule.
        let index = checkPurse(purse) ?? draft.amounts.count
        if draft.amounts.contains(where: { $0.purse == index }) {
          report(RuleProblem.clauseTwice(purse.text), at: purse.span)
        }
        draft.amounts.append(TypedIncentive.Amount(purse: index, places: places))
      }
    }
  }

  /// The purse of that name. - Missing: nil, reported, if there is none.
  func checkPurse(_ name: Name) -> Int? {
    if let index = schema.purses.firstIndex(of: name.text) { return index }
    let near = Suggestions.near(name.text, in: schema.purses)
    report(
      NameProblem.unknownPurse(name.text, near: near, purses: schema.purses), at: name.span,
      edits: edits(name.span, near))
    return nil
  }

  /// What is awarded or deducted: whole, at least 0, not private, there.
  func checkAmount(_ amount: Expr, _ keyword: String, _ scope: ExpressionScope) -> TypedExpr {
    let typed = check(amount, scope)
    if typed.isError { return typed }
    if let meant = unquoted(typed, as: .int) {
      report(
        RuleProblem.awardQuoted(meant), at: amount.span, edits: [TextEdit(span: amount.span, replacement: meant)])
      return .error(amount.span)
    }
    guard typed.type.base == .int else {
      let before = Span(file: amount.span.file, start: amount.span.start, end: amount.span.start)
      let edits =
        typed.type.base == .number
        ? [TextEdit(span: before, replacement: "round("), TextEdit(span: amount.span.after, replacement: ")")] : []
      report(
        RuleProblem.awardNotWhole(typed.type, amount.bare.plainName?.text), at: amount.span, related: whence(typed),
        edits: edits)
      return .error(amount.span)
    }
    if case .int(let value) = constant(typed), value < 0 {
      report(RuleProblem.awardNegative("\(value)", keyword: keyword), at: amount.span)
      return .error(amount.span)
    }
    if typed.type.isPrivate {
      let spot = privateSpot(in: typed)
      report(RuleProblem.privateAward, at: spot.span, related: whence(spot))
      return .error(amount.span)
    }
    return settled(typed, for: Wording("`\(keyword)`"))
  }
}

extension IncentiveSyntax.Kind {
  /// The keyword of a clause that may stand once.
  var keyword: String? {
    switch self {
    case .title: "title"
    case .on: "on"
    case .every: "every"
    case .among: "among"
    case .during: "during"
    case .when: "when"
    case .award: "award"
    case .limit: "limit"
    case .cap: "cap"
    case .cooldown: "cooldown"
    case .budget: "budget"
    case .expires: "expires"
    case .deduct: "deduct"
    case .takeBack: "take back"
    case .rank: "rank by"
    case .cost: "cost"
    case .error: nil
    }
  }

  /// Whether it says what the rule does, or may have been meant to.
  fileprivate var isAction: Bool {
    switch self {
    case .award, .deduct, .takeBack, .error: true
    default: false
    }
  }
}
