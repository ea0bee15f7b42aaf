extension TypedExpr {
  /// Stands for what did not compile, so that nothing more is said about it.
  static func error(_ span: Span) -> TypedExpr { TypedExpr(.error, .error, span) }

  var isError: Bool { type.base == .error }

  /// The same value with another type.
  func typed(_ type: Type) -> TypedExpr { TypedExpr(node, type, span) }

  /// The expressions that this one is made of, those of patterns included, in the order written.
  public var children: [TypedExpr] {
    switch node {
    case .error, .constant, .localTime, .now, .subject, .group, .column, .attribute, .eventTime, .eventKind,
      .eventMember,
      .reference, .balance, .earned, .spent, .awards, .lastAward, .badges, .tier, .tierSince,
      .metric:
      return []
    case .negate(let operand), .not(let operand), .isMissing(let operand), .convert(_, let operand),
      .period(_, let operand), .weekday(let operand), .hour(let operand), .anniversary(let operand),
      .referenced(let operand, _), .previous(let operand, _), .movingAverage(let operand, _), .ofCommunity(let operand):
      return [operand]
    case .and(let left, let right), .or(let left, let right), .arithmetic(_, let left, let right),
      .compare(_, let left, let right), .contains(let left, let right), .startsWith(let left, let right),
      .coalesce(let left, let right):
      return [left, right]
    case .isIn(let operand, let values): return [operand] + values
    case .choose(let arms, let otherwise): return arms.flatMap { [$0.condition, $0.value] } + [otherwise]
    case .function(_, let operands): return operands
    case .text(let parts):
      return parts.compactMap { if case .value(let value, _) = $0 { value } else { nil } }
    case .aggregate(let aggregate):
      return [aggregate.value, aggregate.pattern.condition].compactMap(\.self)
    case .memberAggregate(let aggregate): return [aggregate.value, aggregate.among].compactMap(\.self)
    }
  }

  /// The first node, itself included, for which a test holds; children before their parent's later siblings.
  public func first(where test: (TypedExpr) -> Bool) -> TypedExpr? {
    if test(self) { return self }
    for child in children {
      if let found = child.first(where: test) { return found }
    }
    return nil
  }
}
