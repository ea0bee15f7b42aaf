// Logic, arithmetic, `??`, text, parts of times.

extension ProgramChecker {
  func checkLogic(
    _ left: Expr, _ right: Expr, isAnd: Bool, _ span: Span, _ scope: ExpressionScope
  ) -> TypedExpr {
    let place = Wording(isAnd ? "`and`" : "`or`")
    let one = yesNo(check(left, scope), for: place)
    let known = isAnd ? settledIfTrue(one) : settledIfFalse(one)
    let other = yesNo(check(right, scope.knowing(known)), for: place)
    if one.isError || other.isError { return .error(span) }
    return TypedExpr(isAnd ? .and(one, other) : .or(one, other), Type.bool.tainted(by: one.type, other.type), span)
  }

  func checkIsMissing(_ operand: Expr, negated: Bool, _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    let typed = check(operand, scope)
    if typed.isError { return .error(span) }
    if !typed.type.isOptional, !scope.isWrittenOut, !scope.settled.contains(key(typed)) {
      report(TypeProblem.neverMissing(defaulted: false), at: span, related: whence(typed))
    }
    let type = Type.bool.tainted(by: typed.type)
    let test = TypedExpr(.isMissing(typed), type, span)
    return negated ? TypedExpr(.not(test), type, span) : test
  }

  func checkCoalesce(_ left: Expr, _ right: Expr, _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    let one = check(left, scope)
    let other = ladder(of: left, scope).flatMap { checkTierName(right, $0, scope) } ?? check(right, scope)
    if one.isError || other.isError { return .error(span) }
    if !one.type.isOptional, !scope.isWrittenOut {
      let drop = Span(file: one.span.file, start: one.span.end, end: max(one.span.end, other.span.end))
      report(
        TypeProblem.neverMissing(defaulted: true), at: span, related: whence(one),
        edits: [TextEdit(span: drop, replacement: "")])
    }
    guard let (values, base) = unify([one, other], span) else { return .error(span) }
    let type = Type(base, optional: other.type.isOptional && one.type.isOptional).tainted(by: one.type, other.type)
    return TypedExpr(.coalesce(values[0], values[1]), type, span)
  }

  // MARK: Arithmetic

  func checkNegation(_ operand: Expr, _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    let typed = check(operand, scope)
    switch (typed.type.base, typed.node) {
    case (.error, _): return .error(span)
    // That of the least number is left to the run, which says that it is too large.
    case (_, .constant(.int(let value))) where value > .min:
      return TypedExpr(.constant(.int(0 - value)), typed.type, span)
    case (_, .constant(.number(let value))): return TypedExpr(.constant(.number(-value)), typed.type, span)
    case (_, .constant(.duration(let value))) where value > .min:
      return TypedExpr(.constant(.duration(0 - value)), typed.type, span)
    case (.int, _), (.number, _), (.duration, _): return TypedExpr(.negate(typed), typed.type, span)
    default:
      report(TypeProblem.operands("-", typed.type, nil, hint: nil), at: span, related: whence(typed))
      return .error(span)
    }
  }

  func checkArithmetic(
    _ operation: Expr.BinaryOperator, _ left: Expr, _ right: Expr, _ span: Span, _ scope: ExpressionScope
  ) -> TypedExpr {
    let one = check(left, scope)
    let other = check(right, scope)
    if one.isError || other.isError { return .error(span) }
    switch operation {
    case .add, .subtract: return checkSum(operation == .add ? .add : .subtract, one, other, right, left, span, scope)
    case .multiply: return checkProduct(one, other, span)
    case .divide: return checkQuotient(one, other, span)
    default: return checkWholeDivision(operation == .div ? .div : .mod, one, other, span)
    }
  }

  private func arithmetic(
    _ operation: TypedExpr.Arithmetic, _ left: TypedExpr, _ right: TypedExpr, _ base: Type.Base, _ span: Span,
    optional: Bool = false
  ) -> TypedExpr {
    let type = Type(base, optional: optional || left.type.isOptional || right.type.isOptional)
    return TypedExpr(.arithmetic(operation, left, right), type.tainted(by: left.type, right.type), span)
  }

  private func checkSum(
    _ operation: TypedExpr.Arithmetic, _ one: TypedExpr, _ other: TypedExpr, _ right: Expr, _ left: Expr, _ span: Span,
    _ scope: ExpressionScope
  ) -> TypedExpr {
    let isSum = operation == .add
    switch (one.type.base, other.type.base) {
    case (.int, .int): return arithmetic(operation, one, other, .int, span)
    case (.number, .number), (.int, .number), (.number, .int):
      return arithmetic(operation, toNumber(one), toNumber(other), .number, span)
    case (.duration, .duration): return arithmetic(operation, one, other, .duration, span)
    case (.time, .duration): return arithmetic(operation, one, other, .time, span)
    case (.date, .duration):
      return isWholeDays(right, scope)
        ? arithmetic(operation, one, other, .date, span) : arithmetic(operation, toTime(one), other, .time, span)
    case (.duration, .time) where isSum: return arithmetic(.add, other, one, .time, span)
    case (.duration, .date) where isSum:
      return isWholeDays(left, scope)
        ? arithmetic(.add, other, one, .date, span) : arithmetic(.add, toTime(other), one, .time, span)
    case (.date, .date) where !isSum: return arithmetic(.subtract, one, other, .duration, span)
    case (.time, .time) where !isSum, (.time, .date) where !isSum, (.date, .time) where !isSum:
      return arithmetic(.subtract, toTime(one), toTime(other), .duration, span)
    default: return noArithmetic(operation, one, other, span)
    }
  }

  private func noArithmetic(
    _ operation: TypedExpr.Arithmetic, _ one: TypedExpr, _ other: TypedExpr, _ span: Span
  ) -> TypedExpr {
    var hint: Wording?
    let bases = [one.type.base, other.type.base]
    if operation == .add, bases.contains(.text) {
      hint = Wording(en: "put values into a text: `\"{a} and {b}\"`", zh: "请把值写进文本：`\"{a} 和 {b}\"`")
    } else if bases.contains(.int), bases.contains(.date) || bases.contains(.time) || bases.contains(.duration) {
      hint = Wording(en: "write the unit: `3 days`, `12 hours`", zh: "请写上单位：`3 days`、`12 hours`")
    } else if bases.contains(.bool) {
      hint = Wording(en: "write `if x then 1 else 0`", zh: "请写 `if x then 1 else 0`")
    }
    report(
      TypeProblem.operands(operation.sign, one.type, other.type, hint: hint), at: span,
      related: whence(one) + whence(other))
    return .error(span)
  }

  /// A literal of days or weeks, so that a date moves by calendar days.
  private func isWholeDays(_ expression: Expr, _ scope: ExpressionScope) -> Bool {
    guard let literal = durationLiteral(expression, scope) else { return false }
    return literal.unit == .days || literal.unit == .weeks
  }

  private func checkProduct(_ one: TypedExpr, _ other: TypedExpr, _ span: Span) -> TypedExpr {
    switch (one.type.base, other.type.base) {
    case (.int, .int): return arithmetic(.multiply, one, other, .int, span)
    case (.number, .number), (.int, .number), (.number, .int):
      return arithmetic(.multiply, toNumber(one), toNumber(other), .number, span)
    case (.duration, .int), (.duration, .number): return arithmetic(.multiply, one, other, .duration, span)
    case (.int, .duration), (.number, .duration): return arithmetic(.multiply, other, one, .duration, span)
    default: return noArithmetic(.multiply, one, other, span)
    }
  }

  private func checkQuotient(_ one: TypedExpr, _ other: TypedExpr, _ span: Span) -> TypedExpr {
    let isSafe = checkDivisor(other)
    switch (one.type.base, other.type.base) {
    case (.int, .int), (.number, .number), (.int, .number), (.number, .int):
      return arithmetic(.divide, toNumber(one), toNumber(other), .number, span, optional: !isSafe)
    case (.duration, .duration): return arithmetic(.divide, one, other, .number, span, optional: !isSafe)
    case (.duration, .int), (.duration, .number):
      report(
        TypeProblem.operands(
          "/", one.type, other.type,
          hint: Wording(en: "multiply instead: `d * 0.5`", zh: "请改用乘法：`d * 0.5`")), at: span)
      return .error(span)
    default: return noArithmetic(.divide, one, other, span)
    }
  }

  private func checkWholeDivision(
    _ operation: TypedExpr.Arithmetic, _ one: TypedExpr, _ other: TypedExpr, _ span: Span
  ) -> TypedExpr {
    let isSafe = checkDivisor(other)
    if one.type.base == .int, other.type.base == .int {
      return arithmetic(operation, one, other, .int, span, optional: !isSafe)
    }
    let numeric = Signature.Accepts.numeric
    guard numeric.allows(one.type.base), numeric.allows(other.type.base) else {
      return noArithmetic(operation, one, other, span)
    }
    report(
      TypeProblem.wholeNumbers(
        operation.sign,
        hint: operation == .div
          ? Wording(en: "write `floor(a / b)`", zh: "请写 `floor(a / b)`")
          : Wording(en: "round it first: `floor(a) mod b`", zh: "请先取整：`floor(a) mod b`")),
      at: span, related: whence(one.type.base == .int ? other : one))
    return .error(span)
  }

  /// Whether a divisor is a constant other than 0; a 0 is reported.
  private func checkDivisor(_ divisor: TypedExpr) -> Bool {
    switch constant(divisor) {
    case .int(let value), .duration(let value):
      if value == 0 { report(TypeProblem.divisionByZero, at: divisor.span) }
      return true
    case .number(let value):
      if value == 0 { report(TypeProblem.divisionByZero, at: divisor.span) }
      return true
    default: return false
    }
  }

  // MARK: Parts of times, text

  func checkPart(_ part: Expr.Part, _ operand: Expr, _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    let typed = check(operand, scope)
    if typed.isError { return .error(span) }
    let isTime = typed.type.base == .time
    let name: String =
      switch part {
      case .period(let unit): unit.keyword
      case .weekday: "weekday"
      case .hour: "hour"
      }
    guard isTime || typed.type.base == .date && part != .hour else {
      report(TypeProblem.notPeriodic(name, typed.type), at: span, related: whence(typed))
      return .error(span)
    }
    func like(_ base: Type.Base) -> Type {
      Type(base, optional: typed.type.isOptional, isPrivate: typed.type.isPrivate)
    }
    switch part {
    case .period(let unit): return TypedExpr(.period(unit, typed), like(.period(unit)), span)
    case .weekday: return TypedExpr(.weekday(typed), like(.choice(.weekdays)), span)
    case .hour: return TypedExpr(.hour(typed), like(.int), span)
    }
  }

  func checkText(_ pieces: [TextPiece], _ span: Span, _ scope: ExpressionScope) -> TypedExpr {
    var literal = ""
    var parts: [TypedExpr.TextPart] = []
    var type = Type.text
    var isWrong = false
    for piece in pieces {
      switch piece {
      case .literal(let text, _):
        literal += text
        parts.append(.literal(text))
      case .value(let value, let format):
        let typed = check(value, scope)
        let shown = checkFormat(format, typed)
        isWrong = isWrong || typed.isError || shown == nil
        type = Type(.text, optional: type.isOptional || typed.type.isOptional).tainted(by: type, typed.type)
        parts.append(.value(typed, shown ?? .plain))
      }
    }
    if isWrong { return .error(span) }
    let isPlain = pieces.allSatisfy { if case .literal = $0 { true } else { false } }
    return isPlain ? TypedExpr(.constant(.text(literal)), .text, span) : TypedExpr(.text(parts), type, span)
  }

  private func checkFormat(_ name: Name?, _ value: TypedExpr) -> TypedExpr.Format? {
    guard let name else { return .plain }
    let format: TypedExpr.Format
    var fits = Signature.Accepts.numeric.allows(value.type.base)
    switch name.text {
    case "percent": format = .percent
    case "points": format = .points
    case "date":
      format = .date
      fits = [.date, .time, .error].contains(value.type.base)
    default:
      let characters = Array(name.text)
      guard characters.first == "0", characters.count <= 2 + 15,
        characters.count == 1 || characters.count > 2 && characters[1] == ".",
        characters.dropFirst(2).allSatisfy({ $0 == "0" })
      else {
        let near = Suggestions.near(name.text, in: ["percent", "date", "points"])
        report(TypeProblem.unknownFormat(name.text, near: near), at: name.span, edits: edits(name.span, near))
        return nil
      }
      format = .decimals(max(0, characters.count - 2))
    }
    guard fits else {
      report(TypeProblem.format(name.text, value.type), at: name.span, related: whence(value))
      return nil
    }
    return format
  }
}
