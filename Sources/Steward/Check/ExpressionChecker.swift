// Types an expression, bottom up. Names are in ExpressionChecker+Names, operators in +Operators, comparisons in +Comparison,
// branches in +Branches, calls in CallChecker, patterns in PatternChecker, windows in WindowChecker.

extension ProgramChecker {
  static let greatestDepth = 300
  static let greatestUnfolding = 50_000
  static let greatestCallDepth = 32

  func check(_ expression: Expr, _ scope: ExpressionScope) -> TypedExpr {
    guard depth < ProgramChecker.greatestDepth else {
      report(TypeProblem.tooDeep, at: expression.span)
      return .error(expression.span)
    }
    if scope.isWrittenOut {
      unfolded += 1
      if unfolded > ProgramChecker.greatestUnfolding {
        if unfolded == ProgramChecker.greatestUnfolding + 1 { reportTooLarge(expression) }
        return .error(expression.span)
      }
    }
    depth += 1
    defer { depth -= 1 }
    return narrowed(checkKind(expression, scope), scope)
  }

  private func reportTooLarge(_ expression: Expr) {
    let place = callSites.first ?? expression.span
    callSites = []
    report(TypeProblem.tooLarge, at: place)
  }

  private func checkKind(_ expression: Expr, _ scope: ExpressionScope) -> TypedExpr {
    let span = expression.span
    switch expression.kind {
    case .error, .int, .number, .bool, .date, .dateTime, .timeOfDay, .duration: return checkLiteral(expression)
    case .text(let pieces): return checkText(pieces, span, scope)
    case .name(let name): return checkName(name, scope)
    case .field(let base, let name): return checkField(base, name, span, scope)
    case .element(let base, let group): return checkElement(base, group, span, scope)
    case .call(let name, let arguments): return checkCall(name, arguments, span, scope)
    case .unary(.negate, let operand): return checkNegation(operand, span, scope)
    case .unary(.not, let operand):
      let typed = yesNo(check(operand, scope), for: Wording("`not`"))
      return typed.isError ? .error(span) : TypedExpr(.not(typed), typed.type, span)
    case .binary(.and, let left, let right): return checkLogic(left, right, isAnd: true, span, scope)
    case .binary(.or, let left, let right): return checkLogic(left, right, isAnd: false, span, scope)
    case .binary(.coalesce, let left, let right): return checkCoalesce(left, right, span, scope)
    case .binary(let operation, let left, let right): return checkArithmetic(operation, left, right, span, scope)
    case .comparison(let operands, let operators): return checkComparison(operands, operators, span, scope)
    case .isMissing(let operand, let negated): return checkIsMissing(operand, negated: negated, span, scope)
    case .isIn(let operand, let values): return checkIsIn(operand, values, span, scope)
    case .contains(let left, let right): return checkContains(left, right, span, scope)
    case .startsWith(let left, let right): return checkStartsWith(left, right, span, scope)
    case .part(let part, let operand): return checkPart(part, operand, span, scope)
    case .if, .cases: return checkBranches(expression, scope)
    case .parenthesized(let inner):
      let typed = check(inner, scope)
      return TypedExpr(typed.node, typed.type, span)
    }
  }

  private func checkLiteral(_ expression: Expr) -> TypedExpr {
    let span = expression.span
    switch expression.kind {
    case .int(let value): return TypedExpr(.constant(.int(value)), .int, span)
    case .number(let value): return TypedExpr(.constant(.number(value)), .number, span)
    case .bool(let value): return TypedExpr(.constant(.bool(value)), .bool, span)
    case .date(let day): return TypedExpr(.constant(.date(day)), .date, span)
    case .dateTime(let day, let micros): return TypedExpr(.localTime(day: day, micros: micros), .time, span)
    case .timeOfDay:
      report(TypeProblem.timeOfDay, at: span)
      return .error(span)
    case .duration(let literal):
      guard let micros = micros(of: literal, at: span) else { return .error(span) }
      return TypedExpr(.constant(.duration(micros)), .duration, span)
    default: return .error(span)
    }
  }

  /// The length of a literal. - Missing: nil, reported, for months, years and what is too long.
  func micros(of literal: DurationLiteral, at span: Span) -> Int64? {
    let unit: Int64
    switch literal.unit {
    case .minutes: unit = 60_000_000
    case .hours: unit = 3_600_000_000
    case .days: unit = Calendar.microsPerDay
    case .weeks: unit = 7 * Calendar.microsPerDay
    case .months, .years:
      report(TypeProblem.durationUnit, at: span)
      return nil
    }
    let product = literal.count.multipliedReportingOverflow(by: unit)
    guard !product.overflow, product.partialValue <= 1_000_000 * Calendar.microsPerDay else {
      report(TypeProblem.durationTooLong, at: span)
      return nil
    }
    return product.partialValue
  }

  // MARK: What a place needs

  /// A value that is there; reported otherwise, with the `??` that would settle it.
  func settled(_ expression: TypedExpr, for place: Wording) -> TypedExpr {
    guard expression.type.isOptional, !expression.isError else { return expression }
    let standIn: String? =
      switch expression.type.base {
      case .int, .number: "0"
      case .bool: "false"
      case .text: "\"\""
      default: nil
      }
    let hint =
      standIn.map {
        Wording(en: "say what to take then: `?? \($0)`", zh: "请说明缺失时取什么：`?? \($0)`")
      }
      ?? Wording(
        en: "say what to take then, `?? …`, or test it first: `x is not missing and …`",
        zh: "请说明缺失时取什么：`?? …`，或先判断：`x is not missing and …`")
    var edits: [TextEdit] = []
    if let standIn {
      if case .choose = expression.node {
        let before = Span(file: expression.span.file, start: expression.span.start, end: expression.span.start)
        edits = [
          TextEdit(span: before, replacement: "("),
          TextEdit(span: expression.span.after, replacement: ") ?? \(standIn)"),
        ]
      } else {
        edits = [TextEdit(span: expression.span.after, replacement: " ?? \(standIn)")]
      }
    }
    report(
      TypeProblem.missing(expression.type, where: place, hint: hint), at: expression.span,
      related: whyMissing(expression), edits: edits)
    return expression.typed(expression.type.settled)
  }

  private func whyMissing(_ expression: TypedExpr) -> [Diagnostic.Related] {
    switch expression.node {
    case .column(let index):
      guard let columns = schema.members?.columns, columns.indices.contains(index), let span = columns[index].span
      else { return [] }
      return [.init(span: span, message: Wording(en: "it may be empty: `?`", zh: "它可以为空：`?`"))]
    case .attribute(let index, _):
      guard let attributes = schema.events?.attributes, attributes.indices.contains(index),
        let span = attributes[index].span
      else { return [] }
      return [.init(span: span, message: Wording(en: "it may be empty: `?`", zh: "它可以为空：`?`"))]
    case .reference(let index):
      guard lets.indices.contains(index) else { return [] }
      return declared(lets[index].syntax.name.text)
    case .referenced(let reference, let index):
      if reference.type.isOptional { return whyMissing(reference) }
      guard let column = referencedColumn(reference, index), let span = column.span else { return [] }
      return [.init(span: span, message: Wording(en: "it may be empty: `?`", zh: "它可以为空：`?`"))]
    default:
      guard let cause = expression.children.first(where: \.type.isOptional) else {
        return [.init(span: expression.span, message: reasonMissing(expression))]
      }
      return whyMissing(cause)
    }
  }

  private func reasonMissing(_ expression: TypedExpr) -> Wording {
    switch expression.node {
    case .arithmetic:
      Wording(en: "missing where the divisor is 0", zh: "除数为 0 时缺失")
    case .aggregate: Wording(en: "missing where there is no such event", zh: "没有这样的事件时缺失")
    case .memberAggregate: Wording(en: "missing where there is no such member", zh: "没有这样的成员时缺失")
    case .function: Wording(en: "missing outside what the function is defined for", zh: "超出函数的定义范围时缺失")
    case .previous: Wording(en: "missing before there was one", zh: "当时还没有时缺失")
    case .lastAward: Wording(en: "missing before the first award", zh: "首次发放之前缺失")
    case .metric, .ofCommunity, .movingAverage:
      Wording(en: "missing before the first day of the series", zh: "序列开始之前缺失")
    case .tierSince: Wording(en: "missing while the tier never changed", zh: "等级从未变化时缺失")
    default: Wording(en: "may be missing", zh: "可能缺失")
    }
  }

  /// Yes or no, there.
  func yesNo(_ expression: TypedExpr, for place: Wording) -> TypedExpr {
    guard !expression.isError else { return expression }
    guard expression.type.base == .bool else {
      var hint: Wording?
      switch expression.type.base {
      case .int, .number: hint = Wording(en: "compare it: `… > 0`", zh: "请做比较：`… > 0`")
      default: break
      }
      report(
        TypeProblem.mismatch(
          what: place, expected: Type.Base.bool.words, found: expression.type, hint: hint),
        at: expression.span, related: whence(expression))
      return .error(expression.span)
    }
    return settled(expression, for: place)
  }

  /// Where the type of a plain reference comes from.
  func whence(_ expression: TypedExpr) -> [Diagnostic.Related] {
    switch expression.node {
    case .reference(let index):
      return lets.indices.contains(index) ? declared(lets[index].syntax.name.text) : []
    case .column(let index):
      guard let columns = schema.members?.columns, columns.indices.contains(index) else { return [] }
      return declared(at: columns[index].span, columns[index].name)
    case .attribute(let index, _):
      guard let attributes = schema.events?.attributes, attributes.indices.contains(index) else { return [] }
      return declared(at: attributes[index].span, attributes[index].name)
    case .referenced(let reference, let index):
      return referencedColumn(reference, index).map { declared(at: $0.span, $0.name) } ?? []
    default: return []
    }
  }

  private func referencedColumn(_ reference: TypedExpr, _ index: Int) -> ColumnSchema? {
    let columns = (reference.type.base == .item ? schema.content : schema.members)?.columns
    guard let columns, columns.indices.contains(index) else { return nil }
    return columns[index]
  }

  /// The value of an expression that is always the same, through `let`s.
  func constant(_ expression: TypedExpr) -> Value? {
    switch expression.node {
    case .constant(let value): value
    case .convert(.intToNumber, let operand):
      if case .int(let value) = constant(operand) { .number(Double(value)) } else { nil }
    case .reference(let index): lets.indices.contains(index) ? constant(lets[index].typed.value) : nil
    default: nil
    }
  }
}
