// Event patterns: `like or comment where …`, named sets, `anything`.

extension ProgramChecker {
  func checkSets() {
    for index in sets.indices { resolveSet(index) }
    let resolved = sets.map { entry in
      EventSet(name: entry.name.text, pattern: pattern(of: entry.parts, entry.span), span: entry.span)
    }
    schema.events?.sets = resolved
  }

  private func resolveSet(_ index: Int) {
    guard sets[index].state == .unchecked else { return }
    sets[index].state = .checking
    openSets.append(index)
    let syntax = sets[index].syntax
    let parts = parts(of: syntax.kinds, ExpressionScope())
    let narrowed = narrowedParts(parts, by: syntax.condition, syntax.span, ExpressionScope())
    openSets.removeLast()
    sets[index].parts = narrowed
    sets[index].state = .checked
  }

  /// A pattern in a clause or an argument. - Missing: nil, reported, if its kinds are unknown.
  func checkPattern(
    _ kinds: Expr, _ condition: Expr?, _ span: Span, _ scope: ExpressionScope
  ) -> (pattern: EventPattern, scope: EventScope)? {
    if let name = kinds.bare.plainName, case .anyEvents? = scope.parameters[name.text] {
      let event = EventScope(nil)
      let typed = condition.map { checkCondition($0, event, scope) }
      return (EventPattern(kinds: [], condition: typed, span: span), event)
    }
    let found = narrowedParts(parts(of: kinds, scope), by: condition, span, scope)
    guard !found.isEmpty else { return nil }
    let pattern = pattern(of: found, span)
    switch scope.subject {
    case .member:
      let anonymous = pattern.kinds.filter(isAnonymous)
      if !anonymous.isEmpty {
        reportNobodys(anonymous, at: kinds.span)
        return nil
      }
    case .content:
      guard areOfItems(pattern.kinds, at: kinds.span) else { return nil }
    case .community:
      let nobodys = pattern.kinds.filter { isAnonymous($0) }
      if scope.split != nil, !nobodys.isEmpty {
        report(MetricProblem.nobodys(kindNames(nobodys)), at: kinds.span)
        return nil
      }
    }
    if scope.subject != .member, let condition = pattern.condition, let spot = spot(in: condition, \.member) {
      report(
        AggregateProblem.memberInCommunity(Wording(en: "this condition", zh: "这个条件"), scope.subject), at: spot.span)
      return nil
    }
    return (pattern, EventScope(pattern.kinds))
  }

  /// Says that events have no member: each kind by its reason.
  func reportNobodys(_ kinds: [Int], at span: Span) {
    let records = kinds.filter(isRecord)
    report(
      records.isEmpty ? AggregateProblem.anonymous(kindNames(kinds)) : .records(kindNames(records)), at: span,
      related: records.count == 1 ? kindNames(records).flatMap { declared($0) } : [])
  }

  /// The parts that an expression of kinds names; empty, reported, if one is unknown.
  private func parts(of kinds: Expr, _ scope: ExpressionScope) -> [PatternPart] {
    switch kinds.kind {
    case .error: return []
    case .parenthesized(let inner): return parts(of: inner, scope)
    case .binary(.or, let left, let right):
      let one = parts(of: left, scope)
      let other = parts(of: right, scope)
      return one.isEmpty || other.isEmpty ? [] : one + other
    case .name(let name): return parts(named: name, scope)
    default:
      report(AggregateProblem.notEvents, at: kinds.span)
      return []
    }
  }

  private func parts(named name: Name, _ scope: ExpressionScope) -> [PatternPart] {
    if let parameter = scope.parameters[name.text] {
      if case .events(let parts) = parameter { return parts }
      report(AggregateProblem.notEvents, at: name.span)
      return []
    }
    switch names[name.text]?.entity {
    case .kind(let index): return [PatternPart(kinds: [index], condition: nil)]
    case .eventSet(let index):
      return parts(ofSet: index, name)
    case .builtIn(.anything):
      let all = schema.events?.kinds.indices.filter { !isAnonymous($0) && !isSeen($0) } ?? []
      if all.isEmpty { report(NameProblem.unknownKind(name.text, near: nil), at: name.span) }
      return all.isEmpty ? [] : [PatternPart(kinds: all, condition: nil)]
    case .later: return []
    default:
      let near = names[name.text] == nil ? names.near(name.text, .events) : nil
      report(
        NameProblem.unknownKind(name.text, near: near), at: name.span, related: declared(near ?? name.text),
        edits: edits(name.span, near))
      return []
    }
  }

  private func parts(ofSet index: Int, _ name: Name) -> [PatternPart] {
    if sets[index].state == .checking {
      let cycle = openSets[(openSets.firstIndex(of: index) ?? 0)...].map { sets[$0].name }
      report(
        NameProblem.cycle((cycle + cycle.prefix(1)).map(\.text)), at: cycle.first?.span ?? name.span,
        related: cycle.dropFirst().flatMap { declared(at: $0.span, $0.text) })
      return []
    }
    guard openSets.count < 64 || sets[index].state == .checked else {
      report(TypeProblem.tooDeep, at: name.span)
      return []
    }
    resolveSet(index)
    return sets[index].parts
  }

  /// Parts whose events also meet a condition, which is about all their kinds.
  private func narrowedParts(
    _ parts: [PatternPart], by condition: Expr?, _ span: Span, _ scope: ExpressionScope
  ) -> [PatternPart] {
    guard let condition, !parts.isEmpty else { return parts }
    let base = pattern(of: parts, span)
    let typed = checkCondition(condition, EventScope(base.kinds), knowing(base.condition, scope))
    return [PatternPart(kinds: base.kinds, condition: conjunction(base.condition, typed))]
  }

  private func knowing(_ condition: TypedExpr?, _ scope: ExpressionScope) -> ExpressionScope {
    guard let condition else { return scope }
    return scope.knowing(settledIfTrue(condition))
  }

  private func conjunction(_ left: TypedExpr?, _ right: TypedExpr) -> TypedExpr {
    guard let left else { return right }
    if left.isError || right.isError { return .error(right.span) }
    return TypedExpr(.and(left, right), Type.bool.tainted(by: left.type, right.type), right.span)
  }

  private func checkCondition(_ condition: Expr, _ event: EventScope, _ scope: ExpressionScope) -> TypedExpr {
    let typed = yesNo(checkInPattern(condition, event, scope), for: Wording("`where`"))
    return typed
  }

  /// A condition or value about the scanned event: no aggregates, no points, no tiers, not through a `let` either.
  func checkInPattern(_ expression: Expr, _ event: EventScope, _ scope: ExpressionScope) -> TypedExpr {
    var inner = scope
    inner.scanned = event
    inner.mayFire = false
    let typed = check(expression, inner)
    if typed.isError { return typed }
    let traits = traits(of: typed)
    guard traits.aggregate || traits.community || traits.rewards || traits.tier || traits.previous else { return typed }
    let forbidden: [(KeyPath<Traits, Bool>, Wording)] = [
      (\.aggregate, Wording(en: "aggregate about events", zh: "事件汇总")),
      (\.community, Wording(en: "aggregate about members", zh: "成员汇总")),
      (\.rewards, Wording(en: "points, awards or badges", zh: "积分、发放记录或徽章")),
      (\.tier, Wording(en: "tier", zh: "等级")),
      (\.previous, Wording(en: "value of another day", zh: "别的日子的取值")),
    ]
    for (trait, words) in forbidden where traits[keyPath: trait] {
      guard let spot = spot(in: typed, trait) else { continue }
      report(AggregateProblem.aggregateInPattern(words), at: spot.span, related: spot.related)
      return .error(expression.span)
    }
    return typed
  }

  // MARK: From parts to a pattern

  /// One pattern for all parts: where they have different conditions, each is tied to its kinds.
  func pattern(of parts: [PatternPart], _ span: Span) -> EventPattern {
    if let only = parts.first, parts.count == 1 {
      return EventPattern(kinds: Set(only.kinds).sorted(), condition: only.condition, span: span)
    }
    if parts.allSatisfy({ $0.condition == nil }) {
      return EventPattern(kinds: Set(parts.flatMap(\.kinds)).sorted(), condition: nil, span: span)
    }
    var conditions: [Int: [TypedExpr]] = [:]
    var free: Set<Int> = []
    for part in parts {
      for kind in part.kinds {
        if let condition = part.condition { conditions[kind, default: []].append(condition) } else { free.insert(kind) }
      }
    }
    let kinds = Set(conditions.keys).union(free).sorted()
    // Kinds that share a condition, in the order of the kinds; no condition beats any.
    var groups: [(kinds: [Int], key: String, condition: TypedExpr?)] = []
    for kind in kinds {
      let condition = free.contains(kind) ? nil : disjunction(conditions[kind] ?? [], span)
      let key = condition.map(key) ?? ""
      if let index = groups.firstIndex(where: { $0.key == key }) {
        groups[index].kinds.append(kind)
      } else {
        groups.append(([kind], key, condition))
      }
    }
    guard groups.count > 1 else { return EventPattern(kinds: kinds, condition: groups.first?.condition, span: span) }
    let tests = groups.map { group -> TypedExpr in
      let test = isOfKind(group.kinds, span)
      return group.condition.map { conjunction(test, $0) } ?? test
    }
    return EventPattern(kinds: kinds, condition: disjunction(tests, span), span: span)
  }

  private func disjunction(_ conditions: [TypedExpr], _ span: Span) -> TypedExpr? {
    var seen: Set<String> = []
    var result: TypedExpr?
    for condition in conditions where seen.insert(key(condition)).inserted {
      if condition.isError { return .error(span) }
      if let before = result {
        result = TypedExpr(.or(before, condition), Type.bool.tainted(by: before.type, condition.type), span)
      } else {
        result = condition
      }
    }
    return result
  }

  private func isOfKind(_ kinds: [Int], _ span: Span) -> TypedExpr {
    let type = Type(.choice(Choice(schema.events?.kinds.map(\.name) ?? [])))
    let values = kinds.map { TypedExpr(.constant(.choice($0)), type, span) }
    let kind = TypedExpr(.eventKind(.scanned), type, span)
    if let only = values.first, values.count == 1 { return TypedExpr(.compare(.equal, kind, only), .bool, span) }
    return TypedExpr(.isIn(kind, values), .bool, span)
  }
}
