// Calls: which of the built-ins of a name is meant is decided by the shape of the first argument.

extension ProgramChecker {
  func checkCall(_ name: Name, _ arguments: [Argument], _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    if case .function(let index) = names[name.text]?.entity {
      return checkFunctionCall(index, name, arguments, span, scope)
    }
    guard let forms = signatures[name.text] else { return unknownCall(name, arguments, span, scope) }
    if forms.first?.family == .rewards { return checkRewardCall(name, arguments, span, scope) }
    if forms.first?.family == .metrics { return checkMetricCall(name, arguments, span, scope) }
    if name.text == "previous" { return checkPrevious(arguments, span, scope) }
    guard case .subject(let value, let subject, let condition, let among)? = arguments.first?.kind else {
      return wrongForm(name.text, span)
    }
    let isPattern =
      value != nil || namesEvents(subject, { isEventsParameter($0, scope) })
      || !forms.contains { $0.family != .events }
      || isUnknownName(subject, scope) && forms.contains { $0.family == .events } && condition != nil
    if isPattern {
      if let among { report(AggregateProblem.amongOnEvents, at: among.span) }
      return checkEventAggregate(name, arguments, span, scope)
    }
    if let condition {
      report(AggregateProblem.whereOnMembers(name.text), at: condition.span)
      return .error(span)
    }
    if isMemberAggregate(name.text, arguments, isEventsParameter: { isEventsParameter($0, scope) }) {
      return checkMemberAggregate(name, arguments, span, scope)
    }
    guard let form = forms.first(where: { $0.family == .function }) else { return wrongForm(name.text, span) }
    return checkFunction(form, arguments, span, scope)
  }

  private func unknownCall(
    _ name: Name, _ arguments: [Argument], _ span: Span, _ scope: ExpressionScope
  ) -> TypedExpr {
    if names[name.text]?.entity == .later { return .error(name.span) }
    let known = names[name.text] != nil || scope.parameters[name.text] != nil
    let near = known ? nil : names.near(name.text, .function, or: Array(signatures.keys))
    let parentheses = Span(file: span.file, start: name.span.end, end: max(name.span.end, span.end))
    let mends =
      known && arguments.isEmpty ? [TextEdit(span: parentheses, replacement: "")] : edits(name.span, near)
    report(
      NameProblem.unknownFunction(name.text, near: near, isName: known), at: name.span,
      related: declaredFunction(near ?? name.text, isName: known), edits: mends)
    return .error(name.span)
  }

  private func declaredFunction(_ name: String, isName: Bool) -> [Diagnostic.Related] {
    if case .function = names[name]?.entity { return declared(name) }
    return isName ? declared(name) : []
  }

  func wrongForm(_ name: String, _ span: Span) -> TypedExpr {
    report(AggregateProblem.callForm(name, forms: signatures[name]?.map(\.forms) ?? []), at: span)
    return .error(span)
  }

  // MARK: Which one is meant

  func isEventsParameter(_ name: String, _ scope: ExpressionScope) -> Bool {
    switch scope.parameters[name] {
    case .events, .anyEvents: true
    default: false
    }
  }

  /// Whether the first name of an expression is a kind, an event set, `anything` or such a parameter.
  func namesEvents(_ expression: Expr, _ isEventsParameter: (String) -> Bool) -> Bool {
    var expression = expression.bare
    while case .binary(.or, let left, _) = expression.kind { expression = left.bare }
    guard let name = expression.plainName else { return false }
    return isEventsParameter(name.text) || names[name.text]?.entity.isEvents == true
  }

  private func isUnknownName(_ expression: Expr, _ scope: ExpressionScope) -> Bool {
    guard let name = expression.bare.plainName else { return false }
    return names[name.text] == nil && scope.parameters[name.text] == nil
  }

  /// Whether a call is about members: a segment or value, not events, and not several values to choose from.
  func isMemberAggregate(
    _ name: String, _ arguments: [Argument], isEventsParameter: (String) -> Bool
  ) -> Bool {
    guard signatures[name]?.contains(where: { $0.family == .members }) == true,
      case .subject(nil, let subject, nil, _)? = arguments.first?.kind, !namesEvents(subject, isEventsParameter)
    else { return false }
    let hasAmong = arguments.contains { if case .subject(_, _, _, .some) = $0.kind { true } else { false } }
    let values = arguments.count { if case .subject = $0.kind { true } else { false } }
    let isFunction = signatures[name]?.contains { $0.family == .function } == true
    return hasAmong || !isFunction || values == 1
  }

  // MARK: Functions

  private func checkFunction(
    _ form: Signature, _ arguments: [Argument], _ span: Span, _ scope: ExpressionScope
  ) -> TypedExpr {
    var operands: [TypedExpr] = []
    for argument in arguments {
      guard case .subject(nil, let operand, nil, nil) = argument.kind else { return wrongForm(form.name, span) }
      operands.append(check(operand, scope))
    }
    let several = if case .scalars? = form.parameters.first?.shape { true } else { false }
    guard several ? operands.count >= 2 : operands.count == 1 else {
      if !several {
        report(TypeProblem.argumentCount(form.name, form: form.forms, expected: 1, found: operands.count), at: span)
        return .error(span)
      }
      return wrongForm(form.name, span)
    }
    if operands.contains(where: \.isError) { return .error(span) }
    for operand in operands {
      guard let accepts = form.accepts, !accepts.allows(operand.type.base) else { continue }
      report(
        AggregateProblem.value(form.name, expected: accepts.words, found: operand.type), at: operand.span,
        related: whence(operand))
      return .error(span)
    }
    return typedFunction(form.name, operands, span)
  }

  private func typedFunction(_ name: String, _ operands: [TypedExpr], _ span: Span) -> TypedExpr {
    guard let first = operands.first else { return .error(span) }
    func like(_ base: Type.Base, optional: Bool = false) -> Type {
      operands.reduce(Type(base, optional: optional || operands.contains { $0.type.isOptional })) {
        $0.tainted(by: $1.type)
      }
    }
    switch name {
    case "min", "max":
      guard let (values, base) = unify(operands, span) else { return .error(span) }
      return TypedExpr(.function(name == "min" ? .min : .max, values), like(base), span)
    case "abs": return TypedExpr(.function(.abs, [first]), like(first.type.base), span)
    case "anniversary": return TypedExpr(.anniversary(first), like(.bool), span)
    case "sqrt", "log":
      let number = toNumber(first)
      var isSafe = false
      if case .number(let value) = constant(number) { isSafe = name == "sqrt" ? value >= 0 : value > 0 }
      return TypedExpr(.function(name == "sqrt" ? .sqrt : .log, [number]), like(.number, optional: !isSafe), span)
    default:
      // A whole number is its own rounding.
      if first.type.base == .int { return TypedExpr(first.node, first.type, span) }
      let function: TypedExpr.Function = name == "round" ? .round : name == "floor" ? .floor : .ceil
      return TypedExpr(.function(function, [first]), like(.int), span)
    }
  }
}
