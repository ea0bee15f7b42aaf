// What does not go together in one rule; boards, and what is taken back.

extension ProgramChecker {
  /// The clauses without those that do not go with the others; they are reported, each once.
  func fitting(_ clauses: [IncentiveSyntax.Clause], _ draft: TypedIncentive) -> [IncentiveSyntax.Clause] {
    var action: IncentiveSyntax.Clause?
    var kept: [IncentiveSyntax.Clause] = []
    for clause in clauses {
      switch clause.kind {
      case .award, .deduct, .takeBack:
        if let first = action {
          report(
            RewardProblem.apart(word(clause), from: word(first), why: .oneAction), at: clause.span,
            related: [firstHere(first.span)])
          continue
        }
        action = clause
      default: break
      }
      kept.append(clause)
    }
    guard let action else { return kept }
    switch action.kind {
    case .deduct: return without(["rank by", "cap", "budget", "expires", "cost"], kept, action, .deduction)
    case .takeBack:
      if case .every = draft.trigger, let every = clauses.first(where: { $0.kind.keyword == "every" }) {
        report(RewardProblem.apart("take back", from: "every", why: .noEvent), at: every.span)
      }
      return without(
        ["rank by", "limit", "cap", "cooldown", "budget", "expires", "cost"], kept, action, .undoing)
    default: return fittingBoard(kept, draft)
    }
  }

  private func without(
    _ words: Set<String>, _ clauses: [IncentiveSyntax.Clause], _ action: IncentiveSyntax.Clause,
    _ why: RewardProblem.Why
  ) -> [IncentiveSyntax.Clause] {
    clauses.filter { clause in
      guard words.contains(word(clause)) else { return true }
      report(
        RewardProblem.apart(word(clause), from: word(action), why: why), at: clause.span,
        related: [.init(span: action.span, message: Wording("`\(word(action))`"))])
      return false
    }
  }

  private func word(_ clause: IncentiveSyntax.Clause) -> String { clause.kind.keyword ?? "" }

  /// `rank by` needs `every` and an award of points; several prizes need `rank by`.
  private func fittingBoard(
    _ clauses: [IncentiveSyntax.Clause], _ draft: TypedIncentive
  ) -> [IncentiveSyntax.Clause] {
    let board = clauses.first { $0.kind.keyword == "rank by" }
    for clause in clauses {
      guard case .award(let parts) = clause.kind else { continue }
      var givesPoints = false
      for case .points(let places, _) in parts {
        givesPoints = true
        if places.count > 1, board == nil, let first = places.first, let last = places.last {
          report(RewardProblem.prizesWithoutBoard, at: first.span.joined(last.span))
        }
      }
      if let board, !givesPoints { report(RewardProblem.boardWithoutPoints, at: board.span) }
    }
    if let board, case .on = draft.trigger {
      report(RewardProblem.boardAtEvent, at: board.span)
      return clauses.filter { $0.kind.keyword != "rank by" }
    }
    return clauses
  }

  // MARK: rank by

  func checkBoard(
    _ keys: [RankKey], _ within: [Expr], _ span: Span, _ scope: ExpressionScope
  ) -> TypedIncentive.Board? {
    var typedKeys: [TypedIncentive.Board.Key] = []
    var groups: [TypedExpr] = []
    for (index, key) in keys.enumerated() {
      let typed = check(key.value, scope)
      if typed.isError { continue }
      let isNumber = typed.type.base == .int || typed.type.base == .number
      guard index == 0 ? isNumber : typed.type.base.isOrdered else {
        report(RewardProblem.rankKey(typed.type, isFirst: index == 0), at: key.value.span, related: whence(typed))
        continue
      }
      if reportPrivateOrder(typed, Wording(en: "the order of a board", zh: "排行榜的名次")) { continue }
      typedKeys.append(TypedIncentive.Board.Key(value: typed, isAscending: key.isAscending))
    }
    for expression in within {
      let typed = check(expression, scope)
      if typed.isError { continue }
      guard typed.type.base != .list, typed.type.base != .duration else {
        report(RewardProblem.boardGroup(typed.type), at: expression.span, related: whence(typed))
        continue
      }
      if reportPrivateOrder(typed, Wording(en: "the group of a board", zh: "排行榜的分组")) { continue }
      groups.append(typed)
    }
    guard typedKeys.count == keys.count, groups.count == within.count else { return nil }
    return TypedIncentive.Board(keys: typedKeys, within: groups, span: span)
  }

  private func reportPrivateOrder(_ typed: TypedExpr, _ what: Wording) -> Bool {
    guard typed.type.isPrivate else { return false }
    let spot = privateSpot(in: typed)
    report(RewardProblem.privateOrder(what), at: spot.span, related: whence(spot))
    return true
  }

  // MARK: take back

  /// `take back` clauses, once every rule is known.
  func checkTakeBacks(_ typed: inout [TypedIncentive]) {
    for index in incentives.indices where typed.indices.contains(index) {
      guard let clause = incentives[index].syntax.clauses.first(where: { $0.kind.keyword == "take back" }),
        case .takeBack(let rule, let same, let isIfAny) = clause.kind
      else { continue }
      typed[index].takeBack = checkTakeBack(rule, same, clause.span, typed[index], typed)
      typed[index].takeBack?.isIfAny = isIfAny
    }
  }

  private func checkTakeBack(
    _ rule: Name, _ same: [Name], _ span: Span, _ taker: TypedIncentive, _ all: [TypedIncentive]
  ) -> TypedIncentive.TakeBack? {
    guard let index = incentiveIndex(rule), all.indices.contains(index) else { return nil }
    let giver = all[index]
    let isGiver = incentives[index].syntax.clauses.contains { clause in
      guard case .award(let parts) = clause.kind else { return false }
      return parts.contains { if case .points = $0 { true } else { false } }
    }
    guard isGiver, case .on(let given) = giver.trigger else {
      report(
        RewardProblem.takenBack(rule.text, awards: isGiver), at: rule.span, related: declared(rule.text))
      return nil
    }
    guard case .on(let firing) = taker.trigger else { return nil }
    var attributes: [Int] = []
    for name in same {
      guard let attribute = sharedAttribute(name, EventScope(firing.kinds), EventScope(given.kinds)) else { return nil }
      if attributes.contains(attribute) {
        report(RuleProblem.clauseTwice(name.text), at: name.span)
      } else {
        attributes.append(attribute)
      }
    }
    return TypedIncentive.TakeBack(rule: index, same: attributes, span: span)
  }

  /// An attribute that all events of both have. - Missing: nil, reported, if some do not.
  func sharedAttribute(_ name: Name, _ one: EventScope, _ other: EventScope) -> Int? {
    guard let index = attributeIndex(name.text, one) else {
      let near = Suggestions.near(name.text, in: attributeNames(one))
      report(
        NameProblem.noSuchAttribute(name.text, kinds: kindNames(one.kinds ?? []), near: near), at: name.span,
        edits: edits(name.span, near))
      return nil
    }
    let lacking = kindsLacking(index, one) + kindsLacking(index, other)
    guard lacking.isEmpty else {
      report(
        NameProblem.attributeLacking(name.text, kinds: kindNames(Set(lacking).sorted())), at: name.span,
        related: declared(at: schema.events?.attributes[index].span, name.text))
      return nil
    }
    return index
  }

  /// The incentive of that name. - Missing: nil, reported, if there is none.
  func incentiveIndex(_ name: Name) -> Int? {
    if case .incentive(let index) = names[name.text]?.entity { return index }
    let near = Suggestions.near(name.text, in: incentives.map(\.syntax.name.text))
    report(
      NameProblem.unknownIncentive(name.text, near: near), at: name.span, related: declared(near ?? name.text),
      edits: edits(name.span, near))
    return nil
  }
}
