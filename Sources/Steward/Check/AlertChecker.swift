// `alert NAME { … }`: whom it is about first, because that says what the other clauses may name.

extension ProgramChecker {
  func checkAlert(_ index: Int) -> TypedAlert {
    let entry = alerts[index]
    unfolded = 0
    var draft = TypedAlert(
      name: entry.syntax.name.text, doc: entry.doc, when: .error(entry.syntax.name.span), span: entry.span)
    let clauses = onceEach(entry.syntax)
    var scope = ExpressionScope()
    scope.subject = .community
    for clause in clauses {
      switch clause.kind {
      case .eachMember(let segment):
        scope.subject = .member
        draft.about = .members(checkWatched(segment, &scope))
      case .eachGroup(let group):
        guard let split = checkSplit(group) else {
          // Nothing is said about what would be asked of the groups.
          draft.about = .groups(.error(group.span), name: group.text)
          return draft
        }
        scope.split = Split(name: group.text, value: split, key: key(split))
        draft.about = .groups(split, name: group.text)
        if split.type.base == .bool {
          let place = Span(file: group.span.file, start: group.span.start, end: group.span.start)
          report(
            AlertProblem.groupsOfTwo(group.text), at: group.span,
            edits: [TextEdit(span: place, replacement: "member in ")])
        }
      default: break
      }
    }
    for clause in clauses {
      guard case .when(let condition) = clause.kind else { continue }
      draft.when = yesNo(check(condition, scope), for: Wording(en: "an alert's `when`", zh: "预警的 `when`"))
      if draft.when.type.isPrivate { notePrivate(draft.when, decides: whatFires) }
      scope.settled.formUnion(settledIfTrue(draft.when))
    }
    for clause in clauses { checkClause(clause, &draft, scope) }
    let hasErrors = clauses.contains { if case .error = $0.kind { true } else { false } }
    if !hasErrors { noteLengths(clauses, draft) }
    if !hasErrors, !clauses.contains(where: { $0.kind.keyword == "when" }) {
      report(AlertProblem.noCondition(draft.name), at: entry.syntax.name.span)
    }
    if case .members(let segment) = draft.about { notePast([segment, draft.when] + draft.groupBy) }
    return draft
  }

  private var whatFires: Wording { Wording(en: "whether an alert fires", zh: "是否触发预警") }

  /// The clauses, without those that repeat one; they are reported.
  private func onceEach(_ syntax: AlertSyntax) -> [AlertSyntax.Clause] {
    var seen: [String: Span] = [:]
    return syntax.clauses.filter { clause in
      guard let keyword = clause.kind.keyword else { return true }
      guard let first = seen[keyword] else {
        seen[keyword] = clause.span
        return true
      }
      report(RuleProblem.clauseTwice(keyword), at: clause.span, related: [firstHere(first)])
      return false
    }
  }

  /// Whom `each member in S` watches.
  private func checkWatched(_ segment: Expr, _ scope: inout ExpressionScope) -> TypedExpr {
    let typed = yesNo(check(segment, scope), for: Wording("`each member in`"))
    if typed.type.isPrivate { notePrivate(typed, decides: whatFires) }
    scope.settled.formUnion(settledIfTrue(typed))
    return typed
  }

  private func checkClause(_ clause: AlertSyntax.Clause, _ draft: inout TypedAlert, _ scope: ExpressionScope) {
    switch clause.kind {
    case .title(let title): draft.title = title.text
    case .holds(let length): draft.holds = checkLength(length, "for") ?? draft.holds
    case .keep(let length): draft.keep = checkLength(length, "keep") ?? draft.keep
    case .cooldown(let length): draft.cooldown = checkLength(length, "cooldown") ?? draft.cooldown
    case .check(.hour): draft.check = .exact(3_600_000_000)
    case .check(.period(let unit)): draft.check = .period(unit)
    case .severity(let name): checkSeverity(name, &draft)
    case .message(let text): draft.message = checkShown(text, "message", scope)
    case .suggest(let text): draft.suggest = checkShown(text, "suggest", scope)
    case .notify(let names): draft.notify = names.map(\.text)
    case .groupBy(let keys): draft.groupBy = checkGroupBy(keys, clause.span, draft, scope)
    case .unless(let names): draft.unless = names.compactMap { alertIndex($0) }
    case .eachMember, .eachGroup, .when, .error: break
    }
  }

  /// Days and weeks count calendar days, hours and minutes exactly.
  func checkLength(_ length: Expr, _ keyword: String) -> TypedLength? {
    if let literal = durationLiteral(length, ExpressionScope()) {
      if literal.unit == .months || literal.unit == .years {
        report(AlertProblem.lengthUnit(keyword), at: length.span)
        return nil
      }
      guard let micros = micros(of: literal, at: length.span) else { return nil }
      if micros > 0 {
        switch literal.unit {
        case .days, .weeks: return .days(Int32(clamping: micros / Calendar.microsPerDay))
        default: return .exact(micros)
        }
      }
    } else if check(length, ExpressionScope()).isError {
      return nil
    }
    report(AlertProblem.length(keyword), at: length.span)
    return nil
  }

  private func checkSeverity(_ name: Name, _ draft: inout TypedAlert) {
    if let severity = TypedAlert.Severity(rawValue: name.text) {
      draft.severity = severity
      return
    }
    let near = Suggestions.near(name.text, in: TypedAlert.Severity.allCases.map(\.rawValue))
    report(AlertProblem.severity(name.text, near: near), at: name.span, edits: edits(name.span, near))
  }

  /// A text that people will read. - Missing: nil, reported, if it is none, or shows what is private.
  private func checkShown(_ text: Expr, _ keyword: String, _ scope: ExpressionScope) -> TypedExpr? {
    let typed = check(text, scope)
    if typed.isError { return nil }
    guard typed.type.base == .text else {
      report(AlertProblem.textType(keyword, typed.type), at: text.span)
      return nil
    }
    if typed.type.isPrivate {
      let spot = privateSpot(in: typed)
      let what = Wording(en: "the alert's text", zh: "预警的文字")
      report(AlertProblem.privateShown(what, isAlert: true), at: spot.span, related: whence(spot))
      return nil
    }
    return settled(typed, for: Wording("`\(keyword)`"))
  }

  private func checkGroupBy(
    _ keys: [Expr], _ span: Span, _ draft: TypedAlert, _ scope: ExpressionScope
  ) -> [TypedExpr] {
    guard case .members = draft.about else {
      report(AlertProblem.groupWithoutMembers, at: span)
      return []
    }
    return keys.compactMap { key in
      let typed = check(key, scope)
      if typed.isError { return nil }
      switch typed.type.base {
      case .text, .choice, .bool, .int, .tier, .member, .item, .period, .date: break
      default:
        report(AlertProblem.groupType(typed.type), at: key.span, related: whence(typed))
        return nil
      }
      if typed.type.isPrivate {
        let spot = privateSpot(in: typed)
        let what = Wording(en: "the alert's groups", zh: "预警的分组")
        report(AlertProblem.privateShown(what, isAlert: true), at: spot.span, related: whence(spot))
        return nil
      }
      return typed
    }
  }

  /// The alert of that name. - Missing: nil, reported, if there is none.
  func alertIndex(_ name: Name) -> Int? {
    if case .alert(let index) = names[name.text]?.entity { return index }
    if names[name.text]?.entity == .later { return nil }
    let near = Suggestions.near(name.text, in: alerts.map(\.syntax.name.text))
    report(
      AlertProblem.unknownAlert(name.text, near: near), at: name.span, related: declared(near ?? name.text),
      edits: edits(name.span, near))
    return nil
  }

  // MARK: unless

  /// Alerts that silence each other, and those that are silenced by what is not theirs.
  func checkUnless(_ typed: [TypedAlert]) {
    var state = Array(repeating: 0, count: typed.count)
    for root in typed.indices where state[root] == 0 {
      var stack = [(node: root, next: 0)]
      state[root] = 1
      while let top = stack.last {
        guard top.next < typed[top.node].unless.count else {
          stack.removeLast()
          state[top.node] = 2
          continue
        }
        stack[stack.count - 1].next += 1
        let target = typed[top.node].unless[top.next]
        if state[target] == 0 {
          state[target] = 1
          stack.append((target, 0))
        } else if state[target] == 1, let start = stack.firstIndex(where: { $0.node == target }) {
          reportSilenced(stack[start...].map(\.node))
        }
      }
    }
    for (index, alert) in typed.enumerated() {
      for other in alert.unless where !alert.about.canBeSilenced(by: typed[other].about) {
        let name = unlessNames(index).first { $0.text == typed[other].name }
        report(
          AlertProblem.unlessApart(typed[other].name), at: name?.span ?? alert.span,
          related: declared(typed[other].name))
      }
    }
  }

  private func unlessNames(_ index: Int) -> [Name] {
    alerts[index].syntax.clauses.flatMap { clause -> [Name] in
      if case .unless(let names) = clause.kind { return names }
      return []
    }
  }

  private func reportSilenced(_ cycle: [Int]) {
    guard let first = cycle.min(), let start = cycle.firstIndex(of: first) else { return }
    let turned = cycle[start...] + cycle[..<start]
    let names = turned.map { alerts[$0].syntax.name }
    report(
      AlertProblem.unlessCycle((names + names.prefix(1)).map(\.text)), at: alerts[first].syntax.name.span,
      related: names.dropFirst().prefix(10).flatMap { declared(at: $0.span, $0.text) })
  }
}

extension TypedAlert.About {
  fileprivate func canBeSilenced(by other: TypedAlert.About) -> Bool {
    switch (self, other) {
    case (_, .community), (.members, .members): true
    case (.groups(_, let one), .groups(_, let other)): one == other
    default: false
    }
  }
}

extension AlertSyntax.Kind {
  /// The keyword of a clause that may stand once.
  fileprivate var keyword: String? {
    switch self {
    case .error: nil
    case .title: "title"
    case .eachMember, .eachGroup: "each"
    case .when: "when"
    case .holds: "for"
    case .keep: "keep"
    case .check: "check"
    case .severity: "severity"
    case .cooldown: "cooldown"
    case .groupBy: "group by"
    case .unless: "unless"
    case .message: "message"
    case .notify: "notify"
    case .suggest: "suggest"
    }
  }
}
