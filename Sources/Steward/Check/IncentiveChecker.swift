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
    for clause in clauses { checkClause(clause, &draft, scope) }
    for clause in clauses {
      if case .budget(let amount, let perMember) = clause.kind {
        checkBudget(amount, perMember: perMember, clause.span, index, scope)
      }
    }
    let hasAward = clauses.contains { clause in
      switch clause.kind {
      case .award, .error, .later: true
      default: false
      }
    }
    if !hasAward { report(RuleProblem.awardMissing, at: entry.syntax.name.span) }
    checkUseless(clauses, draft)
    notePast([draft.among, draft.when, draft.points].compactMap(\.self))
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
    guard !typed.isError, isReadable(typed) else { return .error(condition.span) }
    if typed.type.isPrivate { notePrivate(typed, decides: whoIsAwarded) }
    scope.settled.formUnion(settledIfTrue(typed))
    return typed
  }

  private var whoIsAwarded: Wording { Wording(en: "who is awarded", zh: "谁得到奖励") }

  /// Points, tiers and the community in an incentive are for a later version.
  private func isReadable(_ expression: TypedExpr) -> Bool {
    let later: [(KeyPath<Traits, Bool>, Wording)] = [
      (\.rewards, Wording(en: "points, awards and badges read by an incentive", zh: "激励规则读取积分、发放记录或徽章")),
      (\.tier, Wording(en: "a tier read by an incentive", zh: "激励规则读取等级")),
      (\.community, Wording(en: "the community's figures read by an incentive", zh: "激励规则读取社群整体的数据")),
    ]
    for (trait, words) in later {
      guard let spot = spot(in: expression, trait) else { continue }
      report(
        NameProblem.later(
          words,
          instead: Wording(
            en: "count events instead; tiers and lets may read it", zh: "请改为统计事件；等级和 let 可以读取它")),
        at: spot.span, related: spot.related)
      return false
    }
    return true
  }

  private func checkClause(
    _ clause: IncentiveSyntax.Clause, _ draft: inout TypedIncentive, _ scope: ExpressionScope
  ) {
    switch clause.kind {
    case .title(let title): draft.title = title.text
    case .during:
      report(NameProblem.later(Wording("`during`"), instead: nil), at: clause.span)
    case .award(let parts): checkAward(parts, clause.span, &draft, scope)
    case .limit(let limits): draft.limits = limits.compactMap { checkLimit($0, draft, scope) }
    case .cap(let amounts):
      draft.caps = amounts.compactMap { amount in
        positive(amount.amount, Wording(en: "a cap", zh: "封顶值"), scope).map {
          TypedIncentive.Cap(points: $0, purse: 0, per: amount.unit, span: amount.span)
        }
      }
    case .cooldown(let length): draft.cooldown = checkCooldown(length, scope)
    case .on, .every, .among, .when, .budget, .later, .error: break
    }
  }

  // MARK: award

  private func checkAward(
    _ parts: [AwardPart], _ span: Span, _ draft: inout TypedIncentive, _ scope: ExpressionScope
  ) {
    for part in parts {
      switch part {
      case .badge(let literal):
        if draft.badge != nil { report(RuleProblem.clauseTwice("badge"), at: literal.span) }
        draft.badge = literal.text
      case .points(let amount, let purse):
        guard purse.text == "points" else {
          let near = Suggestions.near(purse.text, in: ["points"])
          report(NameProblem.unknownPurse(purse.text, near: near), at: purse.span, edits: edits(purse.span, near))
          if draft.points == nil { give(.error(amount.span), &draft) }
          continue
        }
        if draft.points != nil { report(RuleProblem.clauseTwice("points"), at: purse.span) }
        give(checkAmount(amount, scope), &draft)
      }
    }
  }

  private func give(_ points: TypedExpr, _ draft: inout TypedIncentive) {
    draft.amounts = [TypedIncentive.Amount(purse: 0, places: [points])]
  }

  private func checkAmount(_ amount: Expr, _ scope: ExpressionScope) -> TypedExpr {
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
    guard isReadable(typed) else { return .error(amount.span) }
    if case .int(let value) = constant(typed), value < 0 {
      report(RuleProblem.awardNegative("\(value)"), at: amount.span)
      return .error(amount.span)
    }
    if typed.type.isPrivate {
      let spot = privateSpot(in: typed)
      report(RuleProblem.privateAward, at: spot.span, related: whence(spot))
      return .error(amount.span)
    }
    return settled(typed, for: Wording("`award`"))
  }
}

extension IncentiveSyntax.Kind {
  /// The keyword of a clause that may stand once.
  fileprivate var keyword: String? {
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
    case .later, .error: nil
    }
  }
}
