// The conversions that the language makes by itself: int → number, date → time, choice → text, text literal → choice.

extension ProgramChecker {
  private func converted(_ expression: TypedExpr, _ conversion: TypedExpr.Conversion, _ base: Type.Base) -> TypedExpr {
    let type = Type(base, optional: expression.type.isOptional, isPrivate: expression.type.isPrivate)
    return TypedExpr(.convert(conversion, expression), type, expression.span)
  }

  func toNumber(_ expression: TypedExpr) -> TypedExpr {
    guard expression.type.base == .int else { return expression }
    if case .constant(.int(let value)) = expression.node, let exact = Double(exactly: value) {
      return TypedExpr(.constant(.number(exact)), .number, expression.span)
    }
    return converted(expression, .intToNumber, .number)
  }

  func toTime(_ expression: TypedExpr) -> TypedExpr {
    expression.type.base == .date ? converted(expression, .dateToTime, .time) : expression
  }

  /// A choice or a tier as its text.
  func toText(_ expression: TypedExpr) -> TypedExpr {
    switch expression.type.base {
    case .choice(let choice):
      if case .constant(.choice(let index)) = expression.node, choice.values.indices.contains(index) {
        return TypedExpr(.constant(.text(choice.values[index])), .text, expression.span)
      }
      return converted(expression, .choiceToText, .text)
    case .tier: return converted(expression, .choiceToText, .text)
    default: return expression
    }
  }

  /// The text of a literal.
  func literalText(_ expression: TypedExpr) -> String? {
    if case .constant(.text(let text)) = expression.node { text } else { nil }
  }

  /// A text literal as a value of a choice. - Missing: nil, reported, if it is none of them.
  func toChoice(_ expression: TypedExpr, _ text: String, _ choice: Choice, _ other: TypedExpr) -> TypedExpr? {
    if let index = choice.values.firstIndex(of: text) {
      return TypedExpr(.constant(.choice(index)), Type(.choice(choice)), expression.span)
    }
    reportNotAChoice(expression, text, choice.values, other)
    return nil
  }

  func toTier(_ expression: TypedExpr, _ text: String, _ ladder: Int, _ other: TypedExpr) -> TypedExpr? {
    let tiers = ladders.indices.contains(ladder) ? ladders[ladder].tiers.map(\.text) : []
    if let index = tiers.firstIndex(of: text) {
      return TypedExpr(.constant(.tier(index)), Type(.tier(ladder)), expression.span)
    }
    reportNotAChoice(expression, text, tiers, other)
    return nil
  }

  private func reportNotAChoice(_ expression: TypedExpr, _ text: String, _ values: [String], _ other: TypedExpr) {
    let near = Suggestions.near(text, in: values)
    report(
      TypeProblem.notAChoice(text, values: values, near: near), at: expression.span, related: whence(other),
      edits: near.map { [TextEdit(span: expression.span, replacement: "\"\($0)\"")] } ?? [])
  }

  /// Both sides of a comparison with one base. - Missing: nil, reported, if they have none in common.
  func aligned(
    _ left: TypedExpr, _ right: TypedExpr, _ span: Span, sign: String? = nil
  ) -> (TypedExpr, TypedExpr)? {
    if left.isError || right.isError { return nil }
    if left.type.base == right.type.base { return (left, right) }
    switch (left.type.base, right.type.base) {
    case (.int, .number), (.number, .int): return (toNumber(left), toNumber(right))
    case (.date, .time), (.time, .date): return (toTime(left), toTime(right))
    case (.period(.day), .date): return (left, dayPeriod(right))
    case (.date, .period(.day)): return (dayPeriod(left), right)
    case (.choice(let choice), .text):
      guard let text = literalText(right) else { return (toText(left), right) }
      return toChoice(right, text, choice, left).map { (left, $0) }
    case (.text, .choice(let choice)):
      guard let text = literalText(left) else { return (left, toText(right)) }
      return toChoice(left, text, choice, right).map { ($0, right) }
    case (.tier(let ladder), .text):
      guard let text = literalText(right) else { return (toText(left), right) }
      return toTier(right, text, ladder, left).map { (left, $0) }
    case (.text, .tier(let ladder)):
      guard let text = literalText(left) else { return (left, toText(right)) }
      return toTier(left, text, ladder, right).map { ($0, right) }
    case (.choice, .choice), (.tier, .choice), (.choice, .tier): return (toText(left), toText(right))
    default:
      reportIncomparable(left, right, span, sign: sign)
      return nil
    }
  }

  private func dayPeriod(_ date: TypedExpr) -> TypedExpr {
    let type = Type(.period(.day), optional: date.type.isOptional, isPrivate: date.type.isPrivate)
    return TypedExpr(.period(.day, date), type, date.span)
  }

  func hintComparing(_ left: Type.Base, _ right: Type.Base) -> Wording? {
    let pair = [left, right]
    func has(_ test: (Type.Base) -> Bool) -> Bool { pair.contains(where: test) }
    let isPoint = has { $0 == .time || $0 == .date }
    if has({ $0 == .duration }), isPoint {
      return Wording(en: "an age is a difference: `now - joined >= 30 days`", zh: "时长是两个时间之差：`now - joined >= 30 days`")
    }
    if has({ $0 == .duration }), has({ $0 == .int || $0 == .number }) {
      return Wording(en: "write the unit: `30 days`, `12 hours`", zh: "请写上单位：`30 days`、`12 hours`")
    }
    if case .period(let unit)? = pair.first(where: { if case .period = $0 { true } else { false } }),
      has({ $0 == .int || $0 == .number })
    {
      let keyword = unit.keyword
      return Wording(
        en: "`\(keyword) of x` is one \(keyword) on the calendar, such as that of 1 December 2026: "
          + "`\(keyword) of at == \(keyword) of 2026-12-01`",
        zh: "`\(keyword) of x` 是日历上具体的某一个，例如 2026 年 12 月 1 日所在的那个："
          + "`\(keyword) of at == \(keyword) of 2026-12-01`")
    }
    if has({ if case .period = $0 { true } else { false } }) {
      return Wording(
        en: "take the same period of both: `month of at == month of now`", zh: "两边取同一种周期：`month of at == month of now`")
    }
    if has({ $0 == .list }) {
      return Wording(
        en: "ask whether it contains it: `interests contains \"…\"`", zh: "请用包含判断：`interests contains \"…\"`")
    }
    if has({ $0 == .bool }) {
      return Wording(en: "yes or no needs no comparison: `paying`, `not paying`", zh: "是或否不需要比较：`paying`、`not paying`")
    }
    if has({ $0 == .text }), has({ $0 == .int || $0 == .number }) {
      return Wording(en: "write the number without quotes", zh: "数字不要加引号")
    }
    return nil
  }

  /// Values with one base, for branches, `??`, `min` and `max`. - Missing: nil, reported unless one did not compile.
  func unify(_ values: [TypedExpr], _ span: Span) -> (values: [TypedExpr], base: Type.Base)? {
    guard let first = values.first, !values.contains(where: \.isError) else { return nil }
    let bases = values.map(\.type.base)
    if bases.allSatisfy({ $0 == first.type.base }) { return (values, first.type.base) }
    if bases.allSatisfy({ $0 == .int || $0 == .number }) { return (values.map(toNumber), .number) }
    if bases.allSatisfy({ $0 == .date || $0 == .time }) { return (values.map(toTime), .time) }
    if bases.allSatisfy(isTextual) { return unifyTexts(values) }
    let other = values.first { $0.type.base != first.type.base } ?? first
    report(
      TypeProblem.branches(first.type, other.type), at: other.span,
      related: [
        .init(
          span: first.span,
          message: Wording(
            en: "this is \(first.type.base.words.english)", zh: "这里是\(first.type.base.words.chinese)"))
      ])
    return nil
  }

  private func isTextual(_ base: Type.Base) -> Bool {
    switch base {
    case .text, .choice, .tier: true
    default: false
    }
  }

  /// One choice if literals are all that stands beside it, else texts.
  private func unifyTexts(_ values: [TypedExpr]) -> (values: [TypedExpr], base: Type.Base) {
    let open = values.filter { literalText($0) == nil }
    if let first = open.first, case .choice(let choice) = first.type.base,
      open.allSatisfy({ $0.type.base == first.type.base }),
      values.allSatisfy({ value in literalText(value).map { position(of: $0, in: choice.values) != nil } ?? true })
    {
      let chosen = values.map { value in
        guard let text = literalText(value), let index = position(of: text, in: choice.values) else { return value }
        return TypedExpr(.constant(.choice(index)), Type(.choice(choice)), value.span)
      }
      return (chosen, .choice(choice))
    }
    return (values.map(toText), .text)
  }
}
