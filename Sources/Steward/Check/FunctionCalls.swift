// Functions of the rule set are written out at each call: their parameters become windows, patterns and typed values, so that
// nothing of them is left in the typed tree. They never call themselves, and `greatestUnfolding` bounds what they become.

extension ProgramChecker {
  private static let parameterTypes: [String: Type.Base] = [
    "bool": .bool, "int": .int, "number": .number, "text": .text, "time": .time, "date": .date, "duration": .duration,
  ]

  func checkFunctionCall(
    _ index: Int, _ name: Name, _ arguments: [Argument], _ span: Span, _ scope: ExpressionScope
  ) -> TypedExpr {
    functions[index].isCalled = true
    let syntax = functions[index].syntax
    if let start = scope.functions.firstIndex(of: index) {
      let cycle = (scope.functions[start...] + [index]).map { functions[$0].syntax.name.text }
      report(NameProblem.recursion(cycle), at: name.span, related: declared(name.text))
      return .error(span)
    }
    guard scope.functions.count < ProgramChecker.greatestCallDepth else {
      report(TypeProblem.tooDeep, at: span)
      return .error(span)
    }
    guard arguments.count == syntax.parameters.count else {
      let form = "\(name.text)(\(syntax.parameters.map(\.name.text).joined(separator: ", ")))"
      report(
        TypeProblem.argumentCount(
          name.text, form: Wording(form), expected: syntax.parameters.count, found: arguments.count),
        at: span,
        related: declared(name.text))
      return .error(span)
    }
    var bound: [String: Bound] = [:]
    for (parameter, argument) in zip(syntax.parameters, arguments) {
      guard let value = bind(parameter, argument, scope) else { return .error(span) }
      bound[parameter.name.text] = value
    }
    var inner = scope
    inner.parameters = bound
    inner.functions.append(index)
    inner.isWrittenOut = true
    inner.scanned = nil
    callSites.append(span)
    let typed = check(syntax.value, inner)
    if !callSites.isEmpty { callSites.removeLast() }
    return TypedExpr(typed.node, typed.type, span)
  }

  private func bind(
    _ parameter: FunctionSyntax.Parameter, _ argument: Argument, _ scope: ExpressionScope
  ) -> Bound? {
    let name = parameter.name.text
    func refuse(_ expected: Wording, _ found: Wording) {
      report(
        TypeProblem.parameterType(name, expected: expected, found: found), at: argument.span,
        related: declared(at: parameter.name.span, name))
    }
    let window = Wording(en: "a window", zh: "时间窗口")
    let events = Wording(en: "events", zh: "事件")
    switch parameter.type.text {
    case "window":
      if isWindow(argument, scope) { return checkWindow(argument, scope).map { .window($0) } }
      if !reportBareDuration(argument, scope) { refuse(window, whatItIs(argument, scope)) }
      return nil
    case "events":
      if case .subject(nil, let subject, let condition, nil) = argument.kind, let name = subject.bare.plainName,
        condition == nil, case .anyEvents? = scope.parameters[name.text]
      {
        return .anyEvents
      }
      guard case .subject(nil, let subject, let condition, nil) = argument.kind else {
        refuse(events, whatItIs(argument, scope))
        return nil
      }
      guard let (pattern, _) = checkPattern(subject, condition, argument.span, scope) else { return nil }
      if pattern.condition?.isError == true { return nil }
      return .events([PatternPart(kinds: pattern.kinds, condition: pattern.condition)])
    default:
      guard let base = ProgramChecker.parameterTypes[parameter.type.text] else { return nil }
      guard case .subject(nil, let value, nil, nil) = argument.kind, !isWindow(argument, scope) else {
        refuse(base.words, whatItIs(argument, scope))
        return nil
      }
      var typed = check(value, scope)
      if typed.isError { return nil }
      if base == .number { typed = toNumber(typed) }
      if base == .time { typed = toTime(typed) }
      if base == .text { typed = toText(typed) }
      guard typed.type.base == base else {
        refuse(base.words, typed.type.words)
        return nil
      }
      let there = settled(typed, for: Wording(en: "the argument `\(name)`", zh: "参数“\(name)”"))
      return .value(there, literal: durationLiteral(value, scope))
    }
  }

  private func whatItIs(_ argument: Argument, _ scope: ExpressionScope) -> Wording {
    if isWindow(argument, scope) { return Wording(en: "a window", zh: "时间窗口") }
    if case .subject(_, let subject, _, _) = argument.kind, namesEvents(subject, { isEventsParameter($0, scope) }) {
      return Wording(en: "events", zh: "事件")
    }
    return Wording(en: "a value", zh: "一个值")
  }

  /// Parameter types of all functions, and the bodies that no call has looked at.
  func checkUncalledFunctions() {
    for index in functions.indices {
      let syntax = functions[index].syntax
      var isWrong = false
      var seen: [String: Span] = [:]
      for parameter in syntax.parameters {
        let type = parameter.type.text
        if let first = seen.updateValue(parameter.name.span, forKey: parameter.name.text) {
          report(
            SchemaProblem.declaredTwice(Wording("`\(parameter.name.text)`")), at: parameter.name.span,
            related: declared(at: first, parameter.name.text))
        }
        if type == "window" || type == "events" || ProgramChecker.parameterTypes[type] != nil { continue }
        isWrong = true
        let all = ProgramChecker.parameterTypes.keys.sorted() + ["events", "window"]
        let near = Suggestions.near(type, in: all)
        report(
          TypeProblem.unknownParameterType(type, near: near), at: parameter.type.span,
          edits: edits(parameter.type.span, near))
      }
      if !isWrong, !functions[index].isCalled { checkUncalled(index) }
    }
  }

  private func checkUncalled(_ index: Int) {
    let syntax = functions[index].syntax
    var scope = ExpressionScope()
    scope.mayFire = true
    if useOfFunction(index).community { scope.subject = .community }
    scope.functions = [index]
    scope.isWrittenOut = true
    for parameter in syntax.parameters {
      switch parameter.type.text {
      case "window": scope.parameters[parameter.name.text] = .window(.all)
      case "events": scope.parameters[parameter.name.text] = .anyEvents
      default:
        let base = ProgramChecker.parameterTypes[parameter.type.text] ?? .error
        // Stands for any value of the type: no constant, and nothing is known of it.
        let value = TypedExpr(.error, Type(base), parameter.name.span)
        scope.parameters[parameter.name.text] = .value(
          value, literal: base == .duration ? DurationLiteral(count: 1, unit: .days) : nil)
      }
    }
    unfolded = 0
    _ = check(syntax.value, scope)
  }
}
