extension Expr {
  /// The expression without parentheses around it.
  var bare: Expr {
    var expression = self
    while case .parenthesized(let inner) = expression.kind { expression = inner }
    return expression
  }

  /// The name, where it is nothing else.
  var plainName: Name? {
    if case .name(let name) = kind { return name }
    return nil
  }

  /// The expressions that this one is written from, arguments of calls included.
  var children: [Expr] {
    switch kind {
    case .error, .int, .number, .bool, .date, .dateTime, .timeOfDay, .duration, .name: []
    case .text(let pieces): pieces.compactMap { if case .value(let value, _) = $0 { value } else { nil } }
    case .field(let base, _): [base]
    case .element(let base, let group): [base, group]
    case .call(_, let arguments): arguments.flatMap(\.expressions)
    case .unary(_, let operand), .isMissing(let operand, _), .part(_, let operand), .parenthesized(let operand):
      [operand]
    case .binary(_, let left, let right), .contains(let left, let right), .startsWith(let left, let right):
      [left, right]
    case .comparison(let operands, _): operands
    case .isIn(let operand, let values): [operand] + values
    case .if(let condition, let then, let otherwise): [condition, then, otherwise]
    case .cases(let arms, let otherwise): arms.flatMap { [$0.condition, $0.value] } + [otherwise].compactMap(\.self)
    }
  }

  /// The names that occur in it, those of called functions included.
  func collectNames(into names: inout Set<String>) {
    switch kind {
    case .name(let name): names.insert(name.text)
    case .call(let name, _): names.insert(name.text)
    default: break
    }
    for child in children { child.collectNames(into: &names) }
  }
}

extension Argument {
  var expressions: [Expr] {
    switch kind {
    case .subject(let value, let subject, let condition, let among):
      [value, subject, condition, among].compactMap(\.self)
    case .window(let window):
      switch window.kind {
      case .last(let bound), .since(let bound), .within(let bound): [bound]
      case .between(let from, let to): [from, to]
      case .current, .previous: []
      }
    case .forgive(let count, _): [count]
    case .same, .by: []
    }
  }
}
