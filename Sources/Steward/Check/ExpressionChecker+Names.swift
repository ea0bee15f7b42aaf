// What a name or `x.y` means where it stands.

extension ProgramChecker {
  func checkName(_ name: Name, _ scope: ExpressionScope) -> TypedExpr {
    if let parameter = scope.parameters[name.text] { return checkParameter(parameter, name, scope) }
    if let scanned = scope.scanned, let attribute = eventValue(name.text, .scanned, scanned, name.span) {
      return chosen(attribute, name, scanned, scope)
    }
    if scope.subject == .community, scope.scanned == nil, let split = scope.split, split.name == name.text {
      return narrowed(TypedExpr(.group, split.value.type, name.span), scope)
    }
    if scope.subject == .content, let own = itemValue(name, scope) { return own }
    if scope.scanned == nil, let firing = scope.firing,
      let attribute = eventValue(name.text, .firing, firing, name.span)
    {
      if attribute.lacking.isEmpty { return attribute.value }
      // Where some kinds lack it and the name means something else as well, it means that.
      if names[name.text]?.entity.isValue != true { return lacking(attribute, name, firing) }
    }
    if let entry = names[name.text] { return checkEntity(entry.entity, name, scope) }
    if scope.scanned == nil, scope.mayFire,
      let attribute = eventValue(name.text, .firing, EventScope(nil), name.span)
    {
      return attribute.value
    }
    return unknown(name, scope)
  }

  /// A value of an event: an attribute, its time or its kind, with the kinds that lack it.
  struct EventValue {
    let value: TypedExpr
    let lacking: [Int]
  }

  /// - Missing: nil if no kind has an attribute of that name.
  func eventValue(_ name: String, _ which: TypedExpr.Scope, _ scope: EventScope, _ span: Span) -> EventValue? {
    guard let events = schema.events else { return nil }
    switch name {
    case "at": return EventValue(value: TypedExpr(.eventTime(which), .time, span), lacking: [])
    case "kind":
      let type = Type(.choice(Choice(events.kinds.map(\.name))))
      return EventValue(value: TypedExpr(.eventKind(which), type, span), lacking: [])
    default: break
    }
    guard let index = attributeIndex(name, scope) else { return nil }
    let declared = events.attributes[index].type
    var isOptional = false
    for kind in scope.kinds ?? Array(events.kinds.indices) where events.kinds.indices.contains(kind) {
      if let attribute = events.kinds[kind].attributes.first(where: { $0.index == index }), attribute.isOptional {
        isOptional = true
      }
    }
    if declared.base == .error { return EventValue(value: .error(span), lacking: []) }
    let type = Type(declared.base, optional: isOptional, isPrivate: declared.isPrivate)
    return EventValue(value: TypedExpr(.attribute(index, which), type, span), lacking: kindsLacking(index, scope))
  }

  func kindsLacking(_ attribute: Int, _ scope: EventScope) -> [Int] {
    guard let kinds = schema.events?.kinds else { return [] }
    return (scope.kinds ?? []).filter { kind in
      kinds.indices.contains(kind) && !kinds[kind].attributes.contains { $0.index == attribute }
    }
  }

  /// A plain name in a pattern: the event's, unless it may as well be the member's.
  private func chosen(
    _ attribute: EventValue, _ name: Name, _ scope: EventScope, _ outer: ExpressionScope
  ) -> TypedExpr {
    if outer.subject == .content { return chosenAboutItem(attribute, name, scope) }
    if let entry = names[name.text], entry.entity.isValue {
      let count = scope.kinds?.count ?? 1
      if count > 0, attribute.lacking.count == count, case .column = entry.entity {
        // No kind here has it: it can only be the member's.
        return checkEntity(entry.entity, name, outer)
      }
      let form =
        if case .column = entry.entity { Wording("`member.\(name.text)`") } else {
          Wording(en: "rename one of them", zh: "给其中一个改名")
        }
      report(
        NameProblem.ambiguous(name.text, other: entry.entity.words, otherForm: form), at: name.span,
        related: declared(name.text))
      return .error(name.span)
    }
    return attribute.lacking.isEmpty ? attribute.value : lacking(attribute, name, scope)
  }

  func lacking(_ attribute: EventValue, _ name: Name, _ scope: EventScope) -> TypedExpr {
    let index = attributeIndex(name.text, scope)
    let span = index.flatMap { schema.events?.attributes[$0].span }
    let all = scope.kinds?.count ?? 0
    if attribute.lacking.count == all {
      let own = attributeNames(scope)
      let near = Suggestions.near(name.text, in: own)
      report(
        NameProblem.noSuchAttribute(name.text, kinds: kindNames(attribute.lacking), near: near), at: name.span,
        related: declared(at: span, name.text), edits: edits(name.span, near))
    } else {
      let others = attribute.lacking.filter { attributeIndex(name.text, EventScope([$0])) != index }
      report(
        others.isEmpty
          ? NameProblem.attributeLacking(name.text, kinds: kindNames(attribute.lacking))
          : .attributeApart(name.text, kinds: kindNames(others)), at: name.span,
        related: declared(at: span, name.text))
    }
    return .error(name.span)
  }

  func attributeNames(_ scope: EventScope) -> [String] {
    guard let events = schema.events else { return [] }
    let kinds = scope.kinds ?? Array(events.kinds.indices)
    return events.attributes.indices.filter { index in
      kinds.contains { kind in
        events.kinds.indices.contains(kind) && events.kinds[kind].attributes.contains { $0.index == index }
      }
    }.map { events.attributes[$0].name }
  }

  private func checkParameter(_ parameter: Bound, _ name: Name, _ scope: ExpressionScope) -> TypedExpr {
    switch parameter {
    case .value(let value, _): return narrowed(TypedExpr(value.node, value.type, value.span), scope)
    case .window:
      report(
        NameProblem.notAValue(
          name.text, what: Wording(en: "a window", zh: "时间窗口"),
          hint: Wording(
            en: "it belongs at the end of an aggregate: `count(P, \(name.text))`",
            zh: "它用在汇总的末尾：`count(P, \(name.text))`")),
        at: name.span)
    case .events, .anyEvents:
      report(
        NameProblem.notAValue(
          name.text, what: Wording(en: "a pattern of events", zh: "事件模式"),
          hint: Wording(en: "count it: `count(\(name.text))`", zh: "请统计它：`count(\(name.text))`")),
        at: name.span)
    }
    return .error(name.span)
  }

  func checkEntity(_ entity: Entity, _ name: Name, _ scope: ExpressionScope) -> TypedExpr {
    let span = name.span
    switch entity {
    case .builtIn(let value): return checkBuiltIn(value, name, scope)
    case .column(let index):
      guard isAboutMember(scope, name) else { return .error(span) }
      guard let columns = schema.members?.columns, columns.indices.contains(index) else { return .error(span) }
      return TypedExpr(.column(index), columns[index].type, span)
    case .binding(let index): return reference(to: index, name, scope)
    case .ladder(let index):
      guard isAboutMember(scope, name) else { return .error(span) }
      return TypedExpr(.tier(index), Type(.tier(index)), span)
    case .purse(let index):
      return isAboutMember(scope, name) ? TypedExpr(.balance(index), .int, span) : .error(span)
    case .parameter(let index):
      let value = parameterValue(index)
      return TypedExpr(value.node, value.type, span)
    case .metric(let index): return metric(index, name, span, scope)
    case .later: return .error(span)
    case .alert, .goal, .plan, .phase:
      return notAValue(
        entity, name, Wording(en: "its outcome is in the tables of a run", zh: "它的结果在运行输出的表格里"))
    case .budget:
      return notAValue(
        entity, name,
        Wording(en: "what a member was awarded is `earned(this month)`", zh: "成员获得的积分用 `earned(this month)` 读取"))
    case .kind, .eventSet:
      return notAValue(
        entity, name,
        Wording(
          en: "count it, `count(\(name.text))`, or ask `any(\(name.text))`",
          zh: "请统计它 `count(\(name.text))`，或用 `any(\(name.text))` 判断有没有"))
    case .incentive:
      return notAValue(
        entity, name, Wording(en: "count its awards: `awards(\(name.text))`", zh: "请统计发放次数：`awards(\(name.text))`"))
    case .function, .builtInFunction:
      return notAValue(
        entity, name, Wording(en: "call it: `\(name.text)(…)`", zh: "请加括号调用：`\(name.text)(…)`"))
    }
  }

  private func notAValue(_ entity: Entity, _ name: Name, _ hint: Wording) -> TypedExpr {
    report(
      NameProblem.notAValue(name.text, what: entity.words, hint: hint), at: name.span, related: declared(name.text))
    return .error(name.span)
  }

  private func checkBuiltIn(_ value: Entity.BuiltIn, _ name: Name, _ scope: ExpressionScope) -> TypedExpr {
    let span = name.span
    switch value {
    case .now: return TypedExpr(.now, .time, span)
    case .members: return TypedExpr(.constant(.bool(true)), .bool, span)
    case .points:
      return isAboutMember(scope, name) ? TypedExpr(.balance(0), .int, span) : .error(span)
    case .badges:
      return isAboutMember(scope, name) ? TypedExpr(.badges, .list, span) : .error(span)
    case .member:
      return isAboutMember(scope, name) ? TypedExpr(.subject, Type(.member), span) : .error(span)
    case .anything:
      return notAValue(.eventSet(0), name, Wording(en: "count it: `count(anything)`", zh: "请统计它：`count(anything)`"))
    case .event, .this:
      report(
        NameProblem.notAValue(
          name.text, what: Wording(en: "an event", zh: "事件"),
          hint: Wording(en: "name what of it: `\(name.text).at`", zh: "请写明取它的什么：`\(name.text).at`")),
        at: span)
      return .error(span)
    }
  }

  func isAboutMember(_ scope: ExpressionScope, _ name: Name) -> Bool {
    guard scope.subject != .member else { return true }
    report(
      AggregateProblem.memberInCommunity(Wording("`\(name.text)`"), scope.subject), at: name.span,
      related: declared(name.text))
    return false
  }

  private func unknown(_ name: Name, _ scope: ExpressionScope) -> TypedExpr {
    if scope.scanned == nil, scope.firing == nil, eventValue(name.text, .firing, EventScope(nil), name.span) != nil {
      report(
        NameProblem.eventOutsideRule(name.text), at: name.span,
        related: attributeIndex(name.text).map { declared(at: schema.events?.attributes[$0].span, name.text) } ?? [])
      return .error(name.span)
    }
    if scope.subject != .content, let column = schema.content?.columns.first(where: { $0.name == name.text }) {
      report(
        NameProblem.columnOfContent(name.text), at: name.span, related: declared(at: column.span, column.name))
      return .error(name.span)
    }
    var others = Array(scope.parameters.keys)
    if scope.subject == .content { others += (schema.content?.columns.map(\.name) ?? []) + ["item"] }
    if let event = scope.scanned ?? scope.firing { others += attributeNames(event) + ["at", "kind"] }
    let near = names.near(name.text, scope.scanned == nil ? .valueOrEvents : .value, or: others)
    if near == nil, quotable == name.span {
      report(
        NameProblem.textWithoutQuotes(name.text), at: name.span,
        edits: [TextEdit(span: name.span, replacement: "\"\(name.text)\"")])
      return .error(name.span)
    }
    report(
      NameProblem.unknownName(name.text, near: near), at: name.span,
      related: near.map { whereDeclared($0, scope) } ?? [], edits: edits(name.span, near))
    return .error(name.span)
  }

  func whereDeclared(_ name: String, _ scope: ExpressionScope) -> [Diagnostic.Related] {
    if scope.scanned != nil || scope.firing != nil, let index = attributeIndex(name) {
      return declared(at: schema.events?.attributes[index].span, name)
    }
    return declared(name)
  }

  // MARK: x.y

  func checkField(_ base: Expr, _ field: Name, _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    if let name = base.plainName, scope.parameters[name.text] == nil {
      switch names[name.text]?.entity {
      case .builtIn(.event): return checkEventField(field, span, scope)
      case .builtIn(.this): return checkThisField(field, span, scope)
      case .builtIn(.member): return checkMemberField(field, span, scope)
      default: break
      }
    }
    let typed = check(base, scope)
    switch typed.type.base {
    case .error: break
    case .tier:
      if case .tier(let ladder) = typed.node, field.text == "since" {
        return TypedExpr(.tierSince(ladder), Type(.time, optional: true), span)
      }
      let near = field.text == "since" ? nil : Suggestions.near(field.text, in: ["since"])
      report(
        NameProblem.unknownField(field.text, of: Type.Base.tier(0).words, near: near), at: field.span,
        edits: edits(field.span, near))
    case .member, .item: return referenced(typed, field, span)
    default:
      report(NameProblem.unknownField(field.text, of: typed.type.base.words, near: nil), at: field.span)
    }
    return .error(span)
  }

  private func checkEventField(_ field: Name, _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    let which: TypedExpr.Scope = scope.scanned == nil ? .firing : .scanned
    guard let event = scope.scanned ?? scope.firing ?? (scope.mayFire ? EventScope(nil) : nil) else {
      report(NameProblem.eventOutsideRule("event." + field.text), at: span)
      return .error(span)
    }
    return checkEventField(field, span, which, event)
  }

  private func checkThisField(_ field: Name, _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    guard scope.scanned != nil, let firing = scope.firing else {
      let hint = scope.firing != nil && scope.scanned == nil
      if hint {
        // Outside a pattern plain names mean the firing event already.
        return checkEventField(field, span, .firing, scope.firing ?? EventScope(nil))
      }
      // In the pattern that a rule is about, the event asked about is the one that fires.
      let isMember = field.text == "member" && scope.scanned != nil
      report(
        NameProblem.thisOutsideRule(field.text, isSubject: isMember), at: span,
        edits: isMember ? [TextEdit(span: span, replacement: "member")] : [])
      return .error(span)
    }
    return checkEventField(field, span, .firing, firing)
  }

  private func checkEventField(
    _ field: Name, _ span: Span, _ which: TypedExpr.Scope, _ event: EventScope
  ) -> TypedExpr {
    if field.text == "member" {
      let nobodys = (event.kinds ?? []).filter(isAnonymous)
      if !nobodys.isEmpty {
        reportNobodys(nobodys, at: span)
        return .error(span)
      }
      return TypedExpr(.eventMember(which), Type(.member), span)
    }
    if let value = eventValue(field.text, which, event, span) {
      return value.lacking.isEmpty ? value.value : lacking(value, field, event)
    }
    let near = Suggestions.near(field.text, in: attributeNames(event) + ["at", "kind", "member"])
    report(
      NameProblem.noSuchAttribute(field.text, kinds: kindNames(event.kinds ?? []), near: near), at: field.span,
      edits: edits(field.span, near))
    return .error(span)
  }

  private func checkMemberField(_ field: Name, _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    guard isAboutMember(scope, Name("member." + field.text, span)) else { return .error(span) }
    guard let columns = schema.members?.columns else { return .error(span) }
    guard let index = columns.firstIndex(where: { $0.name == field.text }) else {
      let near = Suggestions.near(field.text, in: columns.map(\.name))
      report(
        NameProblem.unknownField(field.text, of: Wording(en: "the members table", zh: "成员表"), near: near),
        at: field.span, related: near.map { declared($0) } ?? [], edits: edits(field.span, near))
      return .error(span)
    }
    return TypedExpr(.column(index), columns[index].type, span)
  }
}
