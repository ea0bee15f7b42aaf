extension TypedExpr {
  /// The expressions directly below this one, patterns and values of aggregates included.
  var children: [TypedExpr] {
    switch node {
    case .error, .constant, .now, .subject, .column, .attribute, .eventTime, .eventKind, .eventMember, .reference,
      .points, .earned, .awards, .badges, .tier, .tierSince:
      []
    case .negate(let operand), .not(let operand), .isMissing(let operand), .convert(_, let operand),
      .period(_, let operand), .weekday(let operand), .hour(let operand), .anniversary(let operand):
      [operand]
    case .and(let left, let right), .or(let left, let right), .arithmetic(_, let left, let right),
      .compare(_, let left, let right), .contains(let left, let right), .startsWith(let left, let right),
      .coalesce(let left, let right):
      [left, right]
    case .isIn(let operand, let candidates): [operand] + candidates
    case .choose(let arms, let otherwise): arms.flatMap { [$0.condition, $0.value] } + [otherwise]
    case .function(_, let arguments): arguments
    case .text(let parts):
      parts.compactMap { part in
        if case .value(let value, _) = part { value } else { nil }
      }
    case .aggregate(let aggregate): [aggregate.pattern.condition, aggregate.value].compactMap(\.self)
    case .memberAggregate(let aggregate): [aggregate.value, aggregate.among].compactMap(\.self)
    }
  }

  /// The lets that this expression names anywhere.
  var references: Set<Int> {
    var result: Set<Int> = []
    var stack = [self]
    while let top = stack.popLast() {
      if case .reference(let index) = top.node { result.insert(index) }
      stack.append(contentsOf: top.children)
    }
    return result
  }
}
