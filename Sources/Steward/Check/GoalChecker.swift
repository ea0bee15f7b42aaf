// `goal NAME { … }` and `plan NAME { … }`.

extension ProgramChecker {
  private var aboutCommunity: ExpressionScope {
    var scope = ExpressionScope()
    scope.subject = .community
    return scope
  }

  func checkGoal(_ index: Int) -> TypedGoal {
    let entry = goals[index]
    let name = entry.syntax.name
    unfolded = 0
    var draft = TypedGoal(
      name: name.text, doc: entry.doc, value: .error(name.span), target: .error(name.span), isAtLeast: true, by: 0,
      span: entry.span)
    var seen: [String: Span] = [:]
    var hasErrors = false
    var byPlace: Span?
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
      case .reach(let comparison): checkReach(comparison, &draft)
      case .from(let day): draft.from = checkDay(day, "from")
      case .by(let day):
        draft.by = checkDay(day, "by") ?? .max
        byPlace = day.span
      case .error: hasErrors = true
      }
    }
    if !hasErrors {
      if seen["reach"] == nil { report(AlertProblem.goalReach(name.text), at: name.span) }
      if seen["by"] == nil { report(AlertProblem.goalBy(name.text), at: name.span) }
    }
    if let from = draft.from, let byPlace, draft.by < from {
      reportTurned(from, draft.by, at: byPlace)
    }
    return draft
  }

  private func reportTurned(_ from: Int32, _ by: Int32, at place: Span) {
    report(
      AlertProblem.daysTurned(from: CivilDate(dayNumber: from).text, by: CivilDate(dayNumber: by).text), at: place)
  }

  private func checkReach(_ comparison: Expr, _ draft: inout TypedGoal) {
    guard case .comparison(let operands, let operators) = comparison.bare.kind, operands.count == 2,
      operators.count == 1, operators[0] == .greaterOrEqual || operators[0] == .lessOrEqual
    else {
      if case .error = comparison.kind { return }
      // What is wrong inside is said first.
      if !check(comparison, aboutCommunity).isError {
        report(AlertProblem.goalForm(draft.name), at: comparison.span)
      }
      return
    }
    // `10 <= count(post)` says the same as `count(post) >= 10`: a figure that never moves is what shall be reached.
    let isTurned =
      constant(check(operands[0], aboutCommunity)) != nil && constant(check(operands[1], aboutCommunity)) == nil
    draft.isAtLeast = (operators[0] == .greaterOrEqual) != isTurned
    draft.value = checkFigure(operands[isTurned ? 1 : 0], draft.name)
    draft.target = checkFigure(operands[isTurned ? 0 : 1], draft.name)
    noteScale(draft.value, draft.target)
  }

  /// A number about the community that is there.
  private func checkFigure(_ expression: Expr, _ goal: String) -> TypedExpr {
    let typed = check(expression, aboutCommunity)
    if typed.isError { return typed }
    guard typed.type.base == .int || typed.type.base == .number else {
      report(AlertProblem.goalForm(goal), at: expression.span, related: whence(typed))
      return .error(expression.span)
    }
    if typed.type.isPrivate {
      let spot = privateSpot(in: typed)
      report(
        AlertProblem.privateShown(Wording(en: "the goal's figures", zh: "目标的数值"), isAlert: false),
        at: spot.span, related: whence(spot))
      return .error(expression.span)
    }
    return settled(toNumber(typed), for: Wording("`reach`"))
  }

  /// A day written out. - Missing: nil, reported, if it is none.
  private func checkDay(_ day: Expr, _ keyword: String) -> Int32? {
    let typed = check(day, aboutCommunity)
    if typed.isError { return nil }
    guard case .date(let number) = constant(typed) else {
      report(AlertProblem.notADay(keyword), at: day.span)
      return nil
    }
    return number
  }

  // MARK: plan

  func checkPlan(_ index: Int) -> TypedPhasePlan {
    let entry = plans[index]
    let name = entry.syntax.name
    unfolded = 0
    var draft = TypedPhasePlan(name: name.text, doc: entry.doc, phases: [], span: entry.span)
    var title: Span?
    var hasErrors = false
    for clause in entry.syntax.clauses {
      switch clause.kind {
      case .title(let text):
        if let title {
          report(RuleProblem.clauseTwice("title"), at: clause.span, related: [firstHere(title)])
          continue
        }
        title = clause.span
        draft.title = text.text
      case .phase(let phase): checkPhase(phase, clause.span, &draft)
      case .error: hasErrors = true
      }
    }
    if draft.phases.isEmpty, !hasErrors { report(AlertProblem.phasesMissing(name.text), at: name.span) }
    return draft
  }

  private func checkPhase(_ syntax: PhaseSyntax, _ span: Span, _ draft: inout TypedPhasePlan) {
    var phase = TypedPhasePlan.Phase(name: syntax.name.text, doc: syntax.doc, span: span)
    var seen: [String: Span] = [:]
    var hasErrors = false
    for clause in syntax.clauses {
      guard let (keyword, place) = clause.place else {
        hasErrors = true
        continue
      }
      if let first = seen[keyword] {
        report(RuleProblem.clauseTwice(keyword), at: place, related: [firstHere(first)])
        continue
      }
      seen[keyword] = place
      switch clause {
      case .title(let title, _): phase.title = title.text
      case .from(let day, let place):
        if draft.phases.isEmpty {
          draft.from = checkDay(day, "from")
        } else {
          report(AlertProblem.laterFrom(syntax.name.text), at: place)
        }
      case .until(let condition, _):
        phase.until = yesNo(check(condition, aboutCommunity), for: Wording("`until`"))
        if phase.until?.type.isPrivate == true, let until = phase.until {
          notePrivate(until, decides: Wording(en: "when a phase ends", zh: "阶段何时结束"))
        }
      case .by(let day, let place):
        phase.by = checkDay(day, "by")
        checkOrder(phase.by, at: place, draft)
      case .error: break
      }
    }
    if !hasErrors, phase.by != nil, phase.until == nil {
      report(AlertProblem.untilMissing(syntax.name.text), at: syntax.name.span)
    }
    if let last = draft.phases.last { checkBegins(syntax.name, after: last, draft) }
    if hasErrors, phase.until == nil { phase.until = .error(span) }
    draft.phases.append(phase)
  }

  /// A day by which a phase is to be over comes after those before it.
  private func checkOrder(_ by: Int32?, at place: Span, _ draft: TypedPhasePlan) {
    guard let by, let before = draft.phases.last(where: { $0.by != nil })?.by ?? draft.from, by < before else { return }
    reportTurned(before, by, at: place)
  }

  /// A phase begins only if the one before it can end.
  private func checkBegins(_ name: Name, after last: TypedPhasePlan.Phase, _ draft: TypedPhasePlan) {
    guard let until = last.until else {
      // Said already of the `by` that nothing ends.
      if last.by == nil {
        report(AlertProblem.neverBegins(name.text, after: last.name, isNever: false), at: name.span)
      }
      return
    }
    if case .bool(false) = constant(until) {
      report(AlertProblem.neverBegins(name.text, after: last.name, isNever: true), at: name.span)
    }
  }

  /// The phases that a rule acts in.
  func checkDuring(_ phases: [Name]) -> [PhaseIndex] {
    phases.compactMap { name in
      if case .phase(let index) = names[name.text]?.entity { return index }
      if names[name.text]?.entity == .later { return nil }
      let near = Suggestions.near(name.text, in: plans.flatMap(\.phases).map(\.text))
      report(
        AlertProblem.unknownPhase(name.text, near: near), at: name.span, related: declared(near ?? name.text),
        edits: edits(name.span, near))
      return nil
    }
  }
}

extension GoalSyntax.Kind {
  /// The keyword of a clause that may stand once.
  fileprivate var keyword: String? {
    switch self {
    case .title: "title"
    case .reach: "reach"
    case .from: "from"
    case .by: "by"
    case .error: nil
    }
  }
}

extension PhaseSyntax.Clause {
  /// Its keyword and place. - Missing: nil for what could not be read.
  fileprivate var place: (keyword: String, span: Span)? {
    switch self {
    case .title(_, let span): ("title", span)
    case .from(_, let span): ("from", span)
    case .until(_, let span): ("until", span)
    case .by(_, let span): ("by", span)
    case .error: nil
    }
  }
}
