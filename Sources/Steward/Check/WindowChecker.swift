// Windows, and the durations that they are made of.

extension ProgramChecker {
  /// A window written out, or the name of a parameter that is one.
  func isWindow(_ argument: Argument, _ scope: ExpressionScope) -> Bool {
    switch argument.kind {
    case .window: return true
    case .subject(nil, let subject, nil, nil):
      guard let name = subject.bare.plainName, case .window? = scope.parameters[name.text] else { return false }
      return true
    default: return false
    }
  }

  /// - Missing: nil, reported, if it is none.
  func checkWindow(_ argument: Argument, _ scope: ExpressionScope) -> Window? {
    switch argument.kind {
    case .window(let window): return checkWindow(window, scope)
    case .subject(nil, let subject, nil, nil):
      if let name = subject.bare.plainName, case .window(let window)? = scope.parameters[name.text] { return window }
    default: break
    }
    report(AggregateProblem.notAWindow, at: argument.span)
    return nil
  }

  private func checkWindow(_ window: WindowSyntax, _ scope: ExpressionScope) -> Window? {
    switch window.kind {
    case .last(let length): return checkLast(length, window.span, scope)
    case .current(let unit): return .current(unit)
    case .previous(let unit): return .previous(unit)
    case .since(let start): return checkBound(start, scope).map { .between(from: $0, to: nil) }
    case .between(let start, let end):
      guard let from = checkBound(start, scope), let to = checkBound(end, scope) else { return nil }
      guard isOrdered(from, to) else {
        report(AggregateProblem.windowOrder, at: window.span)
        return nil
      }
      return .between(from: from, to: to)
    case .within:
      report(AggregateProblem.windowWithin, at: window.span)
      return nil
    }
  }

  private func checkLast(_ length: Expr, _ span: Span, _ scope: ExpressionScope) -> Window? {
    guard let literal = durationLiteral(length, scope) else {
      if case .error = length.kind { return nil }
      if let name = length.bare.plainName, case .parameter = names[name.text]?.entity, check(length, scope).isError {
        return nil
      }
      report(AggregateProblem.notAWindow, at: length.span)
      return nil
    }
    if literal.unit == .months || literal.unit == .years {
      report(AggregateProblem.windowUnit(literal.unit, count: literal.count), at: span)
      return nil
    }
    guard literal.count > 0 else {
      report(AggregateProblem.windowEmpty, at: span)
      return nil
    }
    guard literal.count <= 1_000_000 else {
      report(AggregateProblem.windowTooLong, at: span)
      return nil
    }
    switch literal.unit {
    case .days: return .lastDays(Int32(literal.count))
    case .weeks: return .lastDays(Int32(literal.count) * 7)
    case .hours: return .lastExact(literal.count * 3_600_000_000)
    default: return .lastExact(literal.count * 60_000_000)
    }
  }

  private func checkBound(_ expression: Expr, _ scope: ExpressionScope) -> Window.Bound? {
    let typed = check(expression, scope)
    if typed.isError { return nil }
    if case .localTime(let day, let micros) = typed.node { return .local(day: day, micros: micros) }
    if case .date(let day) = constant(typed) { return .day(day) }
    if let meant = unquoted(typed, as: .date) {
      report(
        AggregateProblem.windowBoundQuoted(meant), at: expression.span,
        edits: [TextEdit(span: expression.span, replacement: meant)])
    } else {
      report(AggregateProblem.windowBound, at: expression.span)
    }
    return nil
  }

  /// Says that a duration alone is no window. - Missing: false if the argument is no duration.
  func reportBareDuration(_ argument: Argument, _ scope: ExpressionScope) -> Bool {
    guard case .subject(nil, let length, nil, nil) = argument.kind, let literal = durationLiteral(length, scope) else {
      return false
    }
    if literal.unit == .months || literal.unit == .years {
      report(AggregateProblem.windowUnit(literal.unit, count: literal.count), at: argument.span)
    } else {
      let isPlain = if case .duration = length.bare.kind { true } else { false }
      let written = isPlain ? "\(literal.count) \(literal.unit.rawValue)" : length.bare.plainName?.text ?? "30 days"
      let before = Span(file: argument.span.file, start: argument.span.start, end: argument.span.start)
      report(
        AggregateProblem.bareDuration(written), at: argument.span, edits: [TextEdit(span: before, replacement: "last ")]
      )
    }
    return true
  }

  private func isOrdered(_ from: Window.Bound, _ to: Window.Bound) -> Bool {
    func place(_ bound: Window.Bound, isEnd: Bool) -> (Int32, Int64) {
      switch bound {
      case .day(let day): (day, isEnd ? .max : 0)
      case .local(let day, let micros): (day, micros)
      }
    }
    return place(from, isEnd: false) <= place(to, isEnd: true)
  }

  /// A duration as written: a literal, or a parameter, a module's too, or a `let` that is one.
  func durationLiteral(_ expression: Expr, _ scope: ExpressionScope) -> DurationLiteral? {
    switch expression.bare.kind {
    case .duration(let literal): return literal
    case .name(let name):
      if let parameter = scope.parameters[name.text] {
        if case .value(_, let literal) = parameter { return literal }
        return nil
      }
      let value: Expr
      switch names[name.text]?.entity {
      case .binding(let index) where lets.indices.contains(index): value = lets[index].syntax.value
      case .parameter(let index) where parameters.indices.contains(index): value = parameters[index].syntax.value
      default: return nil
      }
      guard case .duration(let literal) = value.bare.kind else { return nil }
      return literal
    default: return nil
    }
  }
}
