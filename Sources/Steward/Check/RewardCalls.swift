// Values of what the rules have awarded: `earned`, `spent`, `awards`, `last_award`; and `previous`, what a value was.

extension ProgramChecker {
  func checkRewardCall(_ name: Name, _ arguments: [Argument], _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    guard isAboutMember(scope, Name(name.text, span)) else { return .error(span) }
    switch name.text {
    case "awards", "last_award": return checkAwardsCall(name.text, arguments, span, scope)
    default: return checkPurseCall(name.text, arguments, span, scope)
    }
  }

  /// `earned(xp, this month)`; both may be left out.
  private func checkPurseCall(
    _ name: String, _ arguments: [Argument], _ span: Span, _ scope: ExpressionScope
  ) -> TypedExpr {
    var purse = 0
    var rest = arguments[...]
    if case .subject(nil, let subject, nil, nil)? = arguments.first?.kind, let named = subject.bare.plainName,
      let first = arguments.first, !isWindow(first, scope), durationLiteral(subject, scope) == nil
    {
      guard let index = checkPurse(named) else { return .error(span) }
      purse = index
      rest = arguments.dropFirst()
    }
    guard let window = checkOnlyWindow(Array(rest), name, span, scope) else { return .error(span) }
    return TypedExpr(name == "earned" ? .earned(purse, window) : .spent(purse, window), .int, span)
  }

  private func checkAwardsCall(
    _ name: String, _ arguments: [Argument], _ span: Span, _ scope: ExpressionScope
  ) -> TypedExpr {
    guard case .subject(nil, let rule, nil, nil)? = arguments.first?.kind, let named = rule.bare.plainName else {
      return wrongForm(name, span)
    }
    guard let index = incentiveIndex(named) else { return .error(span) }
    if name == "last_award" {
      guard arguments.count == 1 else { return wrongForm(name, span) }
      return TypedExpr(.lastAward(index), Type(.time, optional: true), span)
    }
    guard let window = checkOnlyWindow(Array(arguments.dropFirst()), name, span, scope) else { return .error(span) }
    return TypedExpr(.awards(index, window), .int, span)
  }

  /// At most a window. - Missing: nil, reported, if there is anything else.
  private func checkOnlyWindow(
    _ arguments: [Argument], _ name: String, _ span: Span, _ scope: ExpressionScope
  ) -> Window? {
    guard let first = arguments.first else { return .all }
    guard arguments.count == 1, isWindow(first, scope) else {
      if arguments.count == 1, reportBareDuration(first, scope) { return nil }
      _ = wrongForm(name, span)
      return nil
    }
    return checkWindow(first, scope)
  }

  // MARK: previous

  /// `previous(E, 30 days)`: about the same subject, so many calendar days earlier.
  func checkPrevious(_ arguments: [Argument], _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    guard arguments.count == 2, case .subject(nil, let value, nil, nil) = arguments[0].kind,
      case .subject(nil, let length, nil, nil) = arguments[1].kind
    else { return wrongForm("previous", span) }
    var inner = scope
    inner.firing = nil
    inner.scanned = nil
    inner.mayFire = false
    inner.settled = []
    let typed = check(value, inner)
    let days = checkDays(length, scope, "previous")
    if typed.isError { return .error(span) }
    guard let days else { return .error(span) }
    if traits(of: typed).firing {
      let name = value.bare.plainName?.text ?? "…"
      report(NameProblem.eventOutsideRule(name), at: value.span)
      return .error(span)
    }
    return TypedExpr(.previous(typed, days: days), typed.type.optional, span)
  }

  /// A constant number of calendar days. - Missing: nil, reported, if it is none.
  func checkDays(_ length: Expr, _ scope: ExpressionScope, _ function: String) -> Int32? {
    if let literal = durationLiteral(length, scope) {
      guard let micros = micros(of: literal, at: length.span) else { return nil }
      if literal.unit == .days || literal.unit == .weeks, micros > 0 {
        return Int32(clamping: micros / Calendar.microsPerDay)
      }
    } else if check(length, scope).isError {
      return nil
    }
    report(AggregateProblem.previousLength(function), at: length.span)
    return nil
  }
}
