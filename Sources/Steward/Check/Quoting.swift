// Quotes too many and too few: a date or a number in quotes, a text without.

extension ProgramChecker {
  /// What a text literal says that would be a value of a type without its quotes: `2026-06-30`, `5`.
  func unquoted(_ expression: TypedExpr, as base: Type.Base) -> String? {
    guard let text = literalText(expression) else { return nil }
    switch base {
    case .date, .time:
      let parts = text.split(whereSeparator: { "-/.".contains($0) }).map { Int($0) }
      guard parts.count == 3, text.utf8.count <= 10, let year = parts[0], year > 999, let month = parts[1],
        let day = parts[2]
      else { return nil }
      return CivilDate(year: year, month: month, day: day)?.text
    case .int: return Int64(text).map { "\($0)" }
    case .number:
      guard let value = Double(text), value.isFinite, let first = text.first, first.isNumber else { return nil }
      return text.contains("e") || text.contains("x") ? nil : text
    default: return nil
    }
  }

  /// One of two operands that is a text literal, and what it would be as a value of the other's type.
  private func quoted(_ left: TypedExpr, _ right: TypedExpr) -> (expression: TypedExpr, meant: String)? {
    if let meant = unquoted(right, as: left.type.base) { return (right, meant) }
    if let meant = unquoted(left, as: right.type.base) { return (left, meant) }
    return nil
  }

  /// Says that two values cannot be compared, and what may be meant.
  func reportIncomparable(_ left: TypedExpr, _ right: TypedExpr, _ span: Span, sign: String?) {
    if let (expression, meant) = quoted(left, right) {
      report(
        TypeProblem.incomparable(left.type, right.type, hint: .withoutQuotes(meant)), at: span,
        related: whence(left) + whence(right), edits: [TextEdit(span: expression.span, replacement: meant)])
      return
    }
    report(
      TypeProblem.incomparable(
        left.type, right.type,
        hint: hintOfAge(left, right, sign) ?? hintComparing(left.type.base, right.type.base)), at: span,
      related: whence(left) + whence(right))
  }

  /// `joined > 30`: an age, `now - joined > 30 days`.
  private func hintOfAge(_ left: TypedExpr, _ right: TypedExpr, _ sign: String?) -> Wording? {
    guard let sign, sign != "==", sign != "!=", left.type.base == .date || left.type.base == .time else { return nil }
    let age: String
    switch (constant(right), right.type.base) {
    case (.int(let days), _): age = "\(days) days"
    case (_, .duration): age = key(right)
    default: return nil
    }
    var name = key(left)
    if case .column(let index) = left.node, let columns = schema.members?.columns, columns.indices.contains(index) {
      name = columns[index].name
    }
    let form = "now - \(name) \(sign) \(age)"
    return Wording(en: "an age is a difference: `\(form)`", zh: "时长是两个时间之差：`\(form)`")
  }

  /// Reads an operand where a text is wanted, so that an unknown bare name is offered its quotes.
  func checkBesideText(_ operand: Expr, _ other: TypedExpr, _ scope: ExpressionScope) -> TypedExpr {
    switch other.type.base {
    case .text, .choice, .list:
      quotable = operand.bare.span
      defer { quotable = nil }
      return check(operand, scope)
    default: return check(operand, scope)
    }
  }
}

extension Wording {
  static func withoutQuotes(_ meant: String) -> Wording {
    Wording(en: "write it without quotes: `\(meant)`", zh: "请去掉引号：`\(meant)`")
  }
}
