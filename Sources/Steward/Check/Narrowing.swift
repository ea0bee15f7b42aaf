// Guards: `x is not missing and …` shows that x is there. An expression is known by its canonical text (`TypedText`), so that
// structurally equal expressions share what is known. A pure language makes that sound: the same text about the same subject at
// the same moment is the same value.

extension ProgramChecker {
  /// The same expression, without `?` if a guard has shown that it is there.
  func narrowed(_ expression: TypedExpr, _ scope: ExpressionScope) -> TypedExpr {
    guard expression.type.isOptional, !scope.settled.isEmpty, scope.settled.contains(key(expression)) else {
      return expression
    }
    return expression.typed(expression.type.settled)
  }

  /// What is known to be there if a condition holds.
  func settledIfTrue(_ condition: TypedExpr) -> Set<String> {
    switch condition.node {
    case .not(let inner): settledIfFalse(inner)
    case .and(let left, let right): settledIfTrue(left).union(settledIfTrue(right))
    case .or(let left, let right): settledIfTrue(left).intersection(settledIfTrue(right))
    default: []
    }
  }

  /// What is known to be there if a condition does not hold.
  func settledIfFalse(_ condition: TypedExpr) -> Set<String> {
    switch condition.node {
    case .isMissing(let operand): keysThere(operand)
    case .not(let inner): settledIfTrue(inner)
    case .or(let left, let right): settledIfFalse(left).union(settledIfFalse(right))
    case .and(let left, let right): settledIfFalse(left).intersection(settledIfFalse(right))
    default: []
    }
  }

  /// The keys of an expression that is there, and of the parts without which it would be missing.
  private func keysThere(_ expression: TypedExpr) -> Set<String> {
    var keys: Set<String> = [key(expression)]
    switch expression.node {
    case .arithmetic, .negate, .convert, .period, .weekday, .hour, .anniversary, .function, .referenced:
      for child in expression.children where child.type.isOptional { keys.formUnion(keysThere(child)) }
    default: break
    }
    return keys
  }

  func key(_ expression: TypedExpr) -> String { typedText.text(expression) }

  /// What a trigger's condition has shown about the event, as the rule's clauses name it.
  func settledByTrigger(_ condition: TypedExpr?) -> Set<String> {
    guard let condition else { return [] }
    writesScannedAsFiring = true
    defer { writesScannedAsFiring = false }
    return settledIfTrue(condition)
  }

  /// Writes expressions; made when the schema is known.
  var typedText: TypedText {
    TypedText(
      schema: schema, lets: { [lets] in lets.indices.contains($0) ? lets[$0].syntax.name.text : "?" },
      incentives: { [incentives] in incentives.indices.contains($0) ? incentives[$0].syntax.name.text : "?" },
      ladders: { [ladders] in
        ladders.indices.contains($0) ? (ladders[$0].syntax.name.text, ladders[$0].tiers.map(\.text)) : ("?", [])
      }, metrics: { [metrics] in metrics.indices.contains($0) ? metrics[$0].syntax.name.text : "?" },
      scannedAsFiring: writesScannedAsFiring)
  }
}
