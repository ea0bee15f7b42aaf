// Aggregates about events and about members.

extension ProgramChecker {
  /// What stands behind the first argument of an aggregate.
  private struct Rest {
    var window: Window?
    var same: [Name]?
    var streakUnit: PeriodUnit?
    var forgiveness: EventAggregate.Forgiveness?
    var forgiven: Span?
    var rank: Double?
    var among: Expr?
    var isWrong = false
  }

  private func forms(_ name: String, _ family: Signature.Family) -> [Signature] {
    signatures[name]?.filter { $0.family == family } ?? []
  }

  // MARK: About events

  func checkEventAggregate(_ name: Name, _ arguments: [Argument], _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    guard let first = arguments.first, case .subject(let value, let kinds, let condition, _) = first.kind else {
      return .error(span)
    }
    let candidates = forms(name.text, .events)
    let wantsValue = value != nil
    guard let form = candidates.first(where: { isOfValue($0) == wantsValue }) else {
      let form = candidates.first?.forms ?? Wording(name.text)
      report(
        wantsValue
          ? AggregateProblem.valueNotNeeded(name.text, form: form) : .valueNeeded(name.text, form: form), at: first.span
      )
      return .error(span)
    }
    guard let (pattern, event) = checkPattern(kinds, condition, first.span, scope) else { return .error(span) }
    let rest = checkRest(arguments.dropFirst(), form, scope)
    var typedValue: TypedExpr?
    if let value {
      let known = pattern.condition.map { settledIfTrue($0) } ?? []
      let typed = checkInPattern(value, event, scope.knowing(known))
      if typed.isError { return .error(span) }
      if let accepts = form.accepts, !accepts.allows(typed.type.base) {
        report(
          AggregateProblem.value(name.text, expected: accepts.words, found: typed.type), at: value.span,
          related: whence(typed))
        return .error(span)
      }
      typedValue = typed
      if case .subject = typed.node, name.text == "distinct" {
        report(
          AggregateProblem.sameForAll, at: value.span, edits: [TextEdit(span: value.span, replacement: "event.member")])
      }
    }
    if pattern.condition?.isError == true || rest.isWrong { return .error(span) }
    guard let same = checkSame(rest.same, event, span, scope) else { return .error(span) }
    guard let function = eventFunction(name.text, rest, hasValue: wantsValue) else {
      report(AggregateProblem.rank, at: span)
      return .error(span)
    }
    var type = resultType(form, typedValue)
    if pattern.condition?.type.isPrivate == true { type.isPrivate = true }
    for index in same where schema.events?.attributes[index].type.isPrivate == true { type.isPrivate = true }
    let aggregate = EventAggregate(
      function: function, pattern: pattern, value: typedValue, window: rest.window ?? .all, same: same, span: span)
    return TypedExpr(.aggregate(aggregate), type, span)
  }

  private func isOfValue(_ form: Signature) -> Bool {
    if case .valueOfPattern? = form.parameters.first?.shape { true } else { false }
  }

  private func resultType(_ form: Signature, _ value: TypedExpr?) -> Type {
    let isPrivate = value?.type.isPrivate == true
    switch form.result {
    case .fixed(let type): return Type(type.base, optional: type.isOptional, isPrivate: isPrivate)
    case .value(let optional): return Type(value?.type.base ?? .error, optional: optional, isPrivate: isPrivate)
    }
  }

  private func eventFunction(_ name: String, _ rest: Rest, hasValue: Bool) -> EventAggregate.Function? {
    switch name {
    case "count": .count
    case "any": .any
    case "days": .days
    case "first": .first
    case "last": hasValue ? .lastValue : .last
    case "sum": .sum
    case "avg": .avg
    case "min": .min
    case "max": .max
    case "median": .median
    case "quantile": rest.rank.map { .quantile($0) }
    case "distinct": .distinct
    case "streak": .streak(rest.streakUnit ?? .day, rest.forgiveness)
    default: nil
    }
  }

  /// The attributes of `same a, b`, which the pattern's and the trigger's kinds all have.
  private func checkSame(
    _ names: [Name]?, _ event: EventScope, _ span: Span, _ scope: ExpressionScope
  ) -> [Int]? {
    guard let names else { return [] }
    guard let firing = scope.firing else {
      report(NameProblem.sameOutsideRule, at: names.first?.span ?? span)
      return nil
    }
    var result: [Int] = []
    for name in names {
      guard let index = sharedAttribute(name, event, firing) else { return nil }
      if !result.contains(index) { result.append(index) }
    }
    return result
  }

  // MARK: The arguments behind

  private func checkRest(_ arguments: ArraySlice<Argument>, _ form: Signature, _ scope: ExpressionScope) -> Rest {
    var rest = Rest()
    func refuse(_ what: Wording, _ span: Span) {
      rest.isWrong = true
      let all = forms(form.name, form.family).map(\.forms)
      report(AggregateProblem.argumentNotHere(what, of: form.name, forms: all), at: span)
    }
    func again(_ what: Wording, _ span: Span) {
      rest.isWrong = true
      report(AggregateProblem.argumentTwice(what), at: span)
    }
    for argument in arguments {
      if isWindow(argument, scope) {
        let words = Wording(en: "window", zh: "时间窗口")
        if !form.takes(.window) {
          refuse(words, argument.span)
        } else if rest.window != nil {
          again(words, argument.span)
        } else {
          rest.window = checkWindow(argument, scope)
          rest.isWrong = rest.isWrong || rest.window == nil
        }
        continue
      }
      if form.takes(.window), reportBareDuration(argument, scope) {
        rest.isWrong = true
        continue
      }
      switch argument.kind {
      case .same(let names):
        if form.takes(.same) { rest.same = (rest.same ?? []) + names } else { refuse(Wording("`same`"), argument.span) }
      case .by(let unit):
        if !form.takes(.byPeriod) {
          refuse(Wording("`by`"), argument.span)
        } else if unit != .day, unit != .week {
          rest.isWrong = true
          report(AggregateProblem.streakUnit, at: argument.span)
        } else {
          rest.streakUnit = unit
        }
      case .forgive(let count, let unit):
        if form.takes(.forgive) {
          takeForgiveness(count, unit, argument.span, &rest, scope)
        } else {
          refuse(Wording("`forgive`"), argument.span)
        }
      case .subject(nil, let subject, nil, let among):
        if let among { rest.among = among }
        if form.takes(.rank), rest.rank == nil {
          rest.rank = checkRank(subject, scope)
          rest.isWrong = rest.isWrong || rest.rank == nil
        } else {
          refuse(Wording(en: "further value", zh: "更多的值"), argument.span)
        }
      case .subject, .window: refuse(Wording(en: "further events", zh: "更多的事件"), argument.span)
      }
    }
    if let place = rest.forgiven, let per = rest.forgiveness?.per, per <= rest.streakUnit ?? .day {
      rest.isWrong = true
      report(AggregateProblem.forgiveUnit(rest.streakUnit ?? .day), at: place)
    }
    return rest
  }

  private func takeForgiveness(
    _ count: Expr, _ unit: PeriodUnit, _ span: Span, _ rest: inout Rest, _ scope: ExpressionScope
  ) {
    if rest.forgiveness != nil {
      rest.isWrong = true
      report(AggregateProblem.argumentTwice(Wording("`forgive`")), at: span)
    } else if let count = positive(count, Wording(en: "what is forgiven", zh: "宽免的次数"), scope) {
      rest.forgiveness = EventAggregate.Forgiveness(count: count, per: unit)
      rest.forgiven = span
    } else {
      rest.isWrong = true
    }
  }

  private func checkRank(_ expression: Expr, _ scope: ExpressionScope) -> Double? {
    let typed = check(expression, scope)
    if typed.isError { return nil }
    let rank: Double? =
      switch constant(typed) {
      case .number(let value): value
      case .int(let value): Double(value)
      default: nil
      }
    guard let rank, rank >= 0, rank <= 1 else {
      report(AggregateProblem.rank, at: expression.span)
      return nil
    }
    return rank
  }

  // MARK: About members

  func checkMemberAggregate(
    _ name: Name, _ arguments: [Argument], _ span: Span, _ scope: ExpressionScope
  ) -> TypedExpr {
    guard let form = forms(name.text, .members).first, let first = arguments.first,
      case .subject(nil, let subject, nil, let ownAmong) = first.kind
    else { return .error(span) }
    var inner = ExpressionScope()
    inner.parameters = scope.parameters
    inner.functions = scope.functions
    inner.isWrittenOut = scope.isWrittenOut
    let value = check(subject, inner)
    if value.isError { return .error(span) }
    guard let accepts = form.accepts, accepts.allows(value.type.base) else {
      report(
        AggregateProblem.value(name.text, expected: form.accepts?.words ?? Wording(""), found: value.type),
        at: subject.span, related: whence(value))
      return .error(span)
    }
    let counted = accepts == .yesNo ? settled(value, for: Wording("`\(name.text)`")) : value
    let rest = checkRest(arguments.dropFirst(), form, scope)
    if rest.isWrong { return .error(span) }
    let among = (ownAmong ?? rest.among).map { yesNo(check($0, inner), for: Wording("`among`")) }
    if among?.isError == true { return .error(span) }
    guard let function = memberFunction(name.text, rest.rank) else {
      report(AggregateProblem.rank, at: span)
      return .error(span)
    }
    var type = resultType(form, counted)
    if function == .share, among != nil { type.isOptional = true }
    var guards: MemberAggregate.Guards = counted.type.isPrivate ? .value : []
    if among?.type.isPrivate == true { guards.insert(.among) }
    // The least and the largest are somebody's, and so may be what tells one member from another by the id.
    let isSomebodys =
      counted.type.isPrivate
      && (function == .min || function == .max || function == .quantile(0) || function == .quantile(1)
        || readsKey(counted) || among.map { readsKey($0) } ?? false)
    if guards != [] { type = Type(type.base, optional: true, isPrivate: isSomebodys) }
    let aggregate = MemberAggregate(
      function: function, value: counted, among: among, guards: guards, span: span)
    return aboutCommunity(scope, span) { _ in TypedExpr(.memberAggregate(aggregate), type, span) }
  }

  /// Whether the id of a member decides an expression, through names as well.
  private func readsKey(_ expr: TypedExpr) -> Bool {
    var open = [expr]
    var seen: Set<Int> = []
    while let next = open.popLast() {
      switch next.node {
      case .subject: return true
      case .column(let column) where column == schema.members?.key: return true
      case .reference(let index) where seen.insert(index).inserted && lets.indices.contains(index):
        open.append(lets[index].typed.value)
      default: break
      }
      open += next.children
    }
    return false
  }

  private func memberFunction(_ name: String, _ rank: Double?) -> MemberAggregate.Function? {
    switch name {
    case "count": .count
    case "share": .share
    case "sum": .sum
    case "avg": .avg
    case "min": .min
    case "max": .max
    case "median": .median
    case "quantile": rank.map { .quantile($0) }
    default: nil
    }
  }
}
