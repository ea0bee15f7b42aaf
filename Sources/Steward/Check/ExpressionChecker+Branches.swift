// `if` and `case`: the first arm whose condition holds. Each arm knows that the conditions before it do not hold.

extension ProgramChecker {
  func checkBranches(_ expression: Expr, _ scope: ExpressionScope) -> TypedExpr {
    let span = expression.span
    var arms: [(condition: Expr, value: Expr)] = []
    var otherwise: Expr?
    switch expression.kind {
    case .if(let condition, let then, let last):
      arms = [(condition, then)]
      otherwise = last
    case .cases(let list, let last):
      arms = list.map { ($0.condition, $0.value) }
      otherwise = last
    default: return .error(span)
    }
    var known = scope
    var conditions: [TypedExpr] = []
    var values: [TypedExpr] = []
    for arm in arms {
      let condition = yesNo(check(arm.condition, known), for: Wording(en: "a condition", zh: "条件"))
      conditions.append(condition)
      values.append(check(arm.value, known.knowing(settledIfTrue(condition))))
      known = known.knowing(settledIfFalse(condition))
    }
    if let otherwise { values.append(check(otherwise, known)) }
    if conditions.contains(where: \.isError) || values.isEmpty { return .error(span) }
    guard let (unified, base) = unifyBranches(values, span) else { return .error(span) }
    var type = Type(base, optional: otherwise == nil || unified.contains { $0.type.isOptional })
    for part in conditions + unified { type = type.tainted(by: part.type) }
    let typedArms = zip(conditions, unified).map { TypedExpr.Arm(condition: $0, value: $1) }
    let last =
      otherwise == nil
      ? TypedExpr(.constant(.missing), Type(base, optional: true), span) : unified.last ?? .error(span)
    return TypedExpr(.choose(typedArms, else: last), type, span)
  }

  /// Branches that are all text literals make a choice of those.
  private func unifyBranches(_ values: [TypedExpr], _ span: Span) -> (values: [TypedExpr], base: Type.Base)? {
    var texts: [String] = []
    if values.allSatisfy({ collectLiterals($0, into: &texts) }) {
      let choice = Choice(texts)
      return (values.map { chosen($0, choice) }, .choice(choice))
    }
    return unify(values, span)
  }

  /// Whether a value is a text literal, or branches of nothing else.
  private func collectLiterals(_ value: TypedExpr, into texts: inout [String]) -> Bool {
    switch (value.node, value.type.base) {
    case (.constant(.text(let text)), _):
      if position(of: text, in: texts) == nil { texts.append(text) }
      return true
    case (.constant(.choice(let index)), .choice(let choice)) where choice.values.indices.contains(index):
      let text = choice.values[index]
      if position(of: text, in: texts) == nil { texts.append(text) }
      return true
    case (.constant(.missing), _): return true
    case (.choose(let arms, let otherwise), .choice):
      return arms.allSatisfy { collectLiterals($0.value, into: &texts) } && collectLiterals(otherwise, into: &texts)
    default: return false
    }
  }

  /// Texts are told apart by their bytes, as in the data.
  func position(of text: String, in texts: [String]) -> Int? {
    texts.firstIndex { $0.utf8.elementsEqual(text.utf8) }
  }

  /// Literals as values of a choice that holds them all.
  private func chosen(_ value: TypedExpr, _ choice: Choice) -> TypedExpr {
    let type = Type(.choice(choice), optional: value.type.isOptional, isPrivate: value.type.isPrivate)
    func constant(_ text: String) -> TypedExpr {
      TypedExpr(.constant(.choice(position(of: text, in: choice.values) ?? 0)), type, value.span)
    }
    switch (value.node, value.type.base) {
    case (.constant(.text(let text)), _): return constant(text)
    case (.constant(.choice(let index)), .choice(let old)) where old.values.indices.contains(index):
      return constant(old.values[index])
    case (.choose(let arms, let otherwise), _):
      let changed = arms.map { TypedExpr.Arm(condition: $0.condition, value: chosen($0.value, choice)) }
      return TypedExpr(.choose(changed, else: chosen(otherwise, choice)), type, value.span)
    default: return value.typed(type)
    }
  }
}
