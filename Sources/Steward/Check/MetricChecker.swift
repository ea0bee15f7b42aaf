// `metric`, `benchmark`, and what is asked of the community where something else is the subject.
//
// A metric is typed once, when it is first named or at the end. Inside its own value everything is of the same check, so that
// one which comes back to itself is an error.

struct MetricEntry {
  let syntax: MetricSyntax
  let doc: [String]
  let span: Span
  var state = LetEntry.State.unchecked
  var typed: TypedMetric
}

struct BenchmarkEntry {
  let syntax: BenchmarkSyntax
  let doc: [String]
  let span: Span
  let isOwn: Bool
}

extension ProgramChecker {
  func enter(_ syntax: MetricSyntax, _ declaration: Declaration) {
    let typed = TypedMetric(
      name: syntax.name.text, title: syntax.title?.text, doc: declaration.doc, every: syntax.every ?? .day,
      value: .error(syntax.value.span), span: declaration.span)
    metrics.append(MetricEntry(syntax: syntax, doc: declaration.doc, span: declaration.span, typed: typed))
    enter(syntax.name, .metric(metrics.count - 1))
  }

  // MARK: Declarations

  func typeMetric(_ index: Int) {
    guard metrics[index].state == .unchecked else { return }
    metrics[index].state = .checking
    let syntax = metrics[index].syntax
    guard openNames.count < 100 else {
      report(TypeProblem.tooDeep, at: syntax.name.span)
      metrics[index].state = .checked
      return
    }
    asDeclaration(.metric(index)) {
      var scope = ExpressionScope()
      scope.subject = .community
      let by = syntax.by.flatMap { checkSplit($0) }
      // What stands under an unknown split is still checked, without it.
      if let by, let name = syntax.by?.text { scope.split = Split(name: name, value: by, key: key(by)) }
      var value = check(syntax.value, scope)
      if !value.isError, value.type.base == .list || value.type.base == .member || value.type.base == .item {
        report(MetricProblem.metricType(syntax.name.text, value.type), at: value.span)
        value = .error(value.span)
      }
      if !value.isError, value.type.isPrivate {
        let spot = privateSpot(in: value)
        report(MetricProblem.privateMetric(syntax.name.text), at: spot.span, related: whence(spot))
        value = .error(value.span)
      }
      metrics[index].typed.by = by
      metrics[index].typed.value = value
    }
    metrics[index].state = .checked
  }

  /// Types a declaration of its own: nothing of the one at hand counts for it.
  func asDeclaration(_ open: Entity, _ body: () -> Void) {
    openNames.append(open)
    let outer = (callSites, unfolded, depth)
    (callSites, unfolded, depth) = ([], 0, 0)
    body()
    (callSites, unfolded, depth) = outer
    openNames.removeLast()
  }

  /// What `by NAME` or `each NAME` splits members by. - Missing: nil, reported.
  func checkSplit(_ name: Name) -> TypedExpr? {
    if name.text.isEmpty { return nil }
    if case .metric = names[name.text]?.entity {
      report(MetricProblem.splitByCommunity(name.text), at: name.span, related: declared(name.text))
      return nil
    }
    let typed = checkName(name, ExpressionScope())
    if typed.isError { return nil }
    if traits(of: typed).firing {
      report(NameProblem.eventOutsideRule(name.text), at: name.span, related: declared(name.text))
      return nil
    }
    if typed.type.isPrivate {
      report(MetricProblem.privateGroup(name.text), at: name.span, related: declared(name.text))
      return nil
    }
    switch typed.type.base {
    case .number, .list, .time, .duration, .error:
      report(MetricProblem.splitBy(name.text, typed.type), at: name.span, related: declared(name.text))
      return nil
    default: return typed
    }
  }

  func checkBenchmarks() -> [TypedBenchmark] {
    var result: [TypedBenchmark] = []
    var seen: [Int: Span] = [:]
    for entry in benchmarkEntries {
      let name = entry.syntax.name
      if name.text.isEmpty { continue }
      let (typed, value) = checkBenchmarkValue(entry.syntax)
      guard case .metric(let metric) = names[name.text]?.entity else {
        // A module has figures for metrics that a rule set need not have.
        if !entry.isOwn || names[name.text]?.entity == .later { continue }
        let near = Suggestions.near(name.text, in: metrics.map(\.syntax.name.text))
        report(
          MetricProblem.unknownMetric(name.text, near: near), at: name.span,
          related: declared(near ?? name.text), edits: edits(name.span, near))
        continue
      }
      if let first = seen[metric] {
        report(
          MetricProblem.benchmarkTwice(name.text), at: name.span,
          related: [.init(span: first, message: Wording(en: "the first one", zh: "第一个在这里"))])
        continue
      }
      seen[metric] = name.span
      guard let value else { continue }
      if entry.isOwn { noteScale(ofMetric: metric, beside: typed) }
      result.append(
        TypedBenchmark(
          metric: metric, title: entry.syntax.title?.text, doc: entry.doc, value: value,
          source: entry.syntax.source?.text, span: entry.span))
    }
    return result
  }

  private func checkBenchmarkValue(_ syntax: BenchmarkSyntax) -> (typed: TypedExpr, value: Double?) {
    let typed = check(syntax.value, ExpressionScope())
    if typed.isError { return (typed, nil) }
    switch constant(typed) {
    case .number(let value): return (typed, value)
    case .int(let value): return (typed, Double(value))
    default:
      report(MetricProblem.benchmarkValue(syntax.name.text), at: typed.span)
      return (typed, nil)
    }
  }

  // MARK: Reading

  /// A community value where something else is the subject: as the day began in rules, of the day where it is asked for
  /// afterwards. There may be no yesterday.
  func aboutCommunity(_ scope: ExpressionScope, _ span: Span, _ make: (ExpressionScope) -> TypedExpr) -> TypedExpr {
    if scope.subject == .community { return make(scope) }
    var inner = ExpressionScope()
    inner.subject = .community
    inner.parameters = scope.parameters
    inner.functions = scope.functions
    inner.isWrittenOut = scope.isWrittenOut
    let typed = make(inner)
    if typed.isError { return .error(span) }
    return narrowed(TypedExpr(.ofCommunity(typed), typed.type.optional, span), scope)
  }

  /// Reads a metric by name. - Parameter group: what stands in the brackets behind it.
  func metric(_ index: Int, _ name: Name, group: Expr? = nil, _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    if metrics[index].state == .checking {
      reportCycle(of: .metric(index))
      return .error(span)
    }
    typeMetric(index)
    let entry = metrics[index]
    if entry.typed.value.isError || entry.syntax.by != nil && entry.typed.by == nil { return .error(span) }
    return aboutCommunity(scope, span) { inner in
      guard let read = readGroup(of: index, name, group, span, inner) else { return .error(span) }
      var type = entry.typed.value.type
      // One that is taken at longer intervals has no value before its first.
      if entry.typed.every != .day { type = type.optional }
      if case .only = read { type = type.optional }
      return TypedExpr(.metric(index, read), type, span)
    }
  }

  private func readGroup(
    of index: Int, _ name: Name, _ group: Expr?, _ span: Span, _ scope: ExpressionScope
  ) -> MetricGroup? {
    let metric = metrics[index].typed
    guard let by = metric.by else {
      guard let group else { return MetricGroup.none }
      report(MetricProblem.notGrouped(name.text), at: group.span, related: declared(name.text))
      return nil
    }
    guard let group else {
      if scope.split?.key == key(by) { return .own }
      let split = metrics[index].syntax.by?.text ?? ""
      report(
        MetricProblem.groupMissing(name.text, by: split), at: span, related: declared(name.text))
      return nil
    }
    return checkGroup(group, name, by).map { .only($0) }
  }

  /// The fixed value in `activity["上海"]`.
  private func checkGroup(_ group: Expr, _ name: Name, _ by: TypedExpr) -> Value? {
    if case .text(let pieces) = group.kind, pieces.count == 1, case .literal("(none)", _) = pieces[0] {
      return by.type.isOptional ? .missing : groupOf(check(group, ExpressionScope()), by, name)
    }
    return groupOf(check(group, ExpressionScope()), by, name)
  }

  private func groupOf(_ typed: TypedExpr, _ by: TypedExpr, _ name: Name) -> Value? {
    if typed.isError { return nil }
    if case .text(let text) = constant(typed) {
      switch by.type.base {
      case .text: return .text(text)
      case .choice(let choice):
        if let place = choice.values.firstIndex(of: text) { return .choice(place) }
        let near = Suggestions.near(text, in: choice.values)
        report(
          TypeProblem.notAChoice(text, values: choice.values, near: near), at: typed.span,
          edits: near.map { [TextEdit(span: typed.span, replacement: "\"\($0)\"")] } ?? [])
        return nil
      case .tier(let ladder):
        let tiers = ladders.indices.contains(ladder) ? ladders[ladder].tiers.map(\.text) : []
        if let place = tiers.firstIndex(of: text) { return .tier(place) }
        let near = Suggestions.near(text, in: tiers)
        report(
          NameProblem.unknownTier(text, ladder: ladders[ladder].syntax.name.text, tiers: tiers, near: near),
          at: typed.span)
        return nil
      default: break
      }
    }
    if let value = constant(typed), typed.type.base == by.type.base { return value }
    report(MetricProblem.groupNotConstant(name.text), at: typed.span)
    return nil
  }

  func checkElement(_ base: Expr, _ group: Expr, _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    if let name = base.bare.plainName, scope.parameters[name.text] == nil,
      case .metric(let index) = names[name.text]?.entity
    {
      return metric(index, name, group: group, span, scope)
    }
    let typed = check(base, scope)
    if !typed.isError { report(MetricProblem.notAMetric("[…]"), at: base.span) }
    return .error(span)
  }

  // MARK: change, growth, moving_avg

  func checkMetricCall(_ name: Name, _ arguments: [Argument], _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    guard arguments.count == 2, case .subject(nil, let value, nil, nil) = arguments[0].kind,
      case .subject(nil, let length, nil, nil) = arguments[1].kind
    else { return wrongForm(name.text, span) }
    return aboutCommunity(scope, span) { inner in
      let typed = check(value, inner)
      let days = checkDays(length, inner, name.text)
      if typed.isError { return .error(span) }
      guard let days else { return .error(span) }
      guard case .metric = typed.node else {
        report(MetricProblem.notAMetric(name.text), at: value.span)
        return .error(span)
      }
      guard typed.type.base == .int || typed.type.base == .number else {
        report(
          AggregateProblem.value(name.text, expected: Signature.Accepts.numeric.words, found: typed.type),
          at: value.span, related: whence(typed))
        return .error(span)
      }
      let number = Type(.number, optional: true)
      if name.text == "moving_avg" { return TypedExpr(.movingAverage(typed, days: days), number, span) }
      let before = TypedExpr(.previous(typed, days: days), typed.type.optional, span)
      let difference = TypedExpr(.arithmetic(.subtract, typed, before), typed.type.optional, span)
      if name.text == "change" { return difference }
      return TypedExpr(.arithmetic(.divide, toNumber(difference), toNumber(before)), number, span)
    }
  }
}
