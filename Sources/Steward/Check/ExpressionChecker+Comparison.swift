// Comparisons and their kin. A bare name beside a ladder is first that ladder's tier.

extension ProgramChecker {
  func checkComparison(
    _ operands: [Expr], _ operators: [Expr.ComparisonOperator], _ span: Span, _ scope: ExpressionScope
  ) -> TypedExpr {
    let typed = checkBesideLadders(operands, scope)
    var result: TypedExpr?
    var isWrong = false
    for (index, operation) in operators.enumerated() where index + 1 < typed.count {
      let pair = typed[index].span.joined(typed[index + 1].span)
      guard let one = compare(operation, typed[index], typed[index + 1], operators.count == 1 ? span : pair) else {
        isWrong = true
        continue
      }
      if let before = result {
        result = TypedExpr(.and(before, one), Type.bool.tainted(by: before.type, one.type), span)
      } else {
        result = one
      }
    }
    return isWrong ? .error(span) : result ?? .error(span)
  }

  private func compare(
    _ operation: Expr.ComparisonOperator, _ left: TypedExpr, _ right: TypedExpr, _ span: Span
  ) -> TypedExpr? {
    guard let (one, other) = aligned(left, right, span, sign: operation.rawValue) else { return nil }
    if operation != .equal, operation != .notEqual, !one.type.base.isOrdered {
      report(TypeProblem.unordered(one.type), at: span, related: whence(left) + whence(right))
      return nil
    }
    noteScale(one, other)
    let place = Wording(en: "a comparison", zh: "比较")
    return TypedExpr(
      .compare(operation, settled(one, for: place), settled(other, for: place)),
      Type.bool.tainted(by: one.type, other.type), span)
  }

  /// Operands typed so that a bare name beside a ladder is that ladder's tier.
  private func checkBesideLadders(_ operands: [Expr], _ scope: ExpressionScope) -> [TypedExpr] {
    let found = operands.map { ladder(of: $0, scope) }
    var typed: [TypedExpr] = []
    for index in operands.indices {
      let beside = [index - 1, index + 1].compactMap { operands.indices.contains($0) ? found[$0] : nil }.first
      if found[index] == nil, let ladder = beside, let tier = checkTierName(operands[index], ladder, scope) {
        typed.append(tier)
      } else if let before = typed.last {
        typed.append(checkBesideText(operands[index], before, scope))
      } else {
        typed.append(check(operands[index], scope))
      }
    }
    return typed
  }

  /// The ladder whose tier an operand is: the ladder's name, or a `let` or parameter of that type.
  func ladder(of operand: Expr, _ scope: ExpressionScope) -> Int? {
    if case .call(let function, let arguments) = operand.bare.kind, function.text == "previous",
      case .subject(nil, let inner, nil, nil)? = arguments.first?.kind
    {
      return ladder(of: inner, scope)
    }
    if case .binary(.coalesce, let left, _) = operand.bare.kind { return ladder(of: left, scope) }
    guard let name = operand.bare.plainName else { return nil }
    if let parameter = scope.parameters[name.text] {
      if case .value(let value, _) = parameter, case .tier(let ladder) = value.type.base { return ladder }
      return nil
    }
    switch names[name.text]?.entity {
    case .ladder(let index): return index
    case .binding(let index):
      if lets[index].state == .unchecked { typeLet(index) }
      if case .tier(let ladder) = lets[index].typed.value.type.base { return ladder }
      return nil
    default: return nil
    }
  }

  /// A tier by its bare name. - Missing: nil if it is not a bare name, or one that means something else.
  func checkTierName(_ operand: Expr, _ ladder: Int, _ scope: ExpressionScope) -> TypedExpr? {
    guard let name = operand.bare.plainName, ladders.indices.contains(ladder) else { return nil }
    let tiers = ladders[ladder].tiers
    if let position = tiers.firstIndex(where: { $0.text == name.text }) {
      return TypedExpr(.constant(.tier(position)), Type(.tier(ladder)), operand.span)
    }
    if names[name.text] != nil || scope.parameters[name.text] != nil { return nil }
    if let event = scope.scanned ?? scope.firing, eventValue(name.text, .scanned, event, name.span) != nil {
      return nil
    }
    let near = Suggestions.near(name.text, in: tiers.map(\.text))
    let ladderName = ladders[ladder].syntax.name.text
    report(
      NameProblem.unknownTier(name.text, ladder: ladderName, tiers: tiers.map(\.text), near: near), at: name.span,
      related: near.map { tier in declared(at: tiers.first { $0.text == tier }?.span, tier) } ?? declared(ladderName),
      edits: edits(name.span, near))
    return .error(operand.span)
  }

  // MARK: in, contains, starts with

  func checkIsIn(_ operand: Expr, _ values: [Expr], _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    let one = check(operand, scope)
    let ladder = ladder(of: operand, scope)
    let others = values.map { value in
      ladder.flatMap { checkTierName(value, $0, scope) } ?? checkBesideText(value, one, scope)
    }
    if one.isError || others.contains(where: \.isError) { return .error(span) }
    if let list = others.first, others.count == 1, list.type.base == .list, one.type.base != .list {
      return contains(list, one, span)
    }
    let place = Wording("`in`")
    // A choice that meets free text is compared as text throughout.
    var subject = one
    if case .choice = one.type.base,
      others.contains(where: { $0.type.base != one.type.base && literalText($0) == nil })
    {
      subject = toText(one)
    }
    if one.type.base == .int, others.contains(where: { $0.type.base == .number }) { subject = toNumber(one) }
    if one.type.base == .date, others.contains(where: { $0.type.base == .time }) { subject = toTime(one) }
    var list: [TypedExpr] = []
    var type = Type.bool.tainted(by: one.type)
    for other in others {
      guard let (_, value) = aligned(subject, other, other.span) else { return .error(span) }
      guard value.type.base == subject.type.base else {
        report(TypeProblem.incomparable(one.type, other.type, hint: nil), at: other.span)
        return .error(span)
      }
      list.append(settled(value, for: place))
      type = type.tainted(by: value.type)
    }
    return TypedExpr(.isIn(settled(subject, for: place), list), type, span)
  }

  func checkContains(_ left: Expr, _ right: Expr, _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    let one = check(left, scope)
    let other = checkBesideText(right, one, scope)
    if one.isError || other.isError { return .error(span) }
    return contains(one, other, span)
  }

  private func contains(_ whole: TypedExpr, _ part: TypedExpr, _ span: Span) -> TypedExpr {
    let one = whole.type.base == .list ? whole : toText(whole)
    let other = toText(part)
    guard one.type.base == .list || one.type.base == .text, other.type.base == .text else {
      report(
        TypeProblem.operands(
          "contains", whole.type, part.type,
          hint: Wording(en: "it looks for a text in a text or in a list", zh: "它在文本或列表中查找一段文本")),
        at: span, related: whence(whole) + whence(part))
      return .error(span)
    }
    let place = Wording("`contains`")
    return TypedExpr(
      .contains(settled(one, for: place), settled(other, for: place)), Type.bool.tainted(by: one.type, other.type), span
    )
  }

  func checkStartsWith(_ left: Expr, _ right: Expr, _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    let one = toText(check(left, scope))
    let other = toText(checkBesideText(right, one, scope))
    if one.isError || other.isError { return .error(span) }
    guard one.type.base == .text, other.type.base == .text else {
      report(
        TypeProblem.operands(
          "starts with", one.type, other.type, hint: Wording(en: "it takes two texts", zh: "两边都要是文本")),
        at: span, related: whence(one) + whence(other))
      return .error(span)
    }
    let place = Wording("`starts with`")
    return TypedExpr(
      .startsWith(settled(one, for: place), settled(other, for: place)),
      Type.bool.tainted(by: one.type, other.type), span)
  }
}

extension Type.Base {
  var isOrdered: Bool {
    switch self {
    case .int, .number, .time, .date, .duration, .period, .tier, .error: true
    case .bool, .text, .choice, .list, .member, .item: false
    }
  }
}
