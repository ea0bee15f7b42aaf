// What a figure can be at all: a share lies between 0 and 1, a count is whole.

extension ProgramChecker {
  private enum Scale { case share, count, changeOfShare, changeOfCount }

  /// Warns of a share held against a number that no share reaches, and of a count held against a part of one.
  func noteScale(_ one: TypedExpr, _ other: TypedExpr) {
    for (figure, bound) in [(one, other), (other, one)] { noteScale(of: figure, beside: bound) }
  }

  /// - Parameter bound: a fixed number; of others nothing is said.
  func noteScale(of figure: TypedExpr, beside bound: TypedExpr) {
    let value: Double
    switch constant(bound) {
    case .int(let int): value = Double(int)
    case .number(let number): value = number
    default: return
    }
    let text = NumberText.shortest(value)
    // `20` beside a share means 20 %.
    let isPercent = value.magnitude > 1 && value.magnitude <= 100 && value == value.rounded()
    switch scale(of: figure) {
    case .share where value > 1 || value < 0:
      report(
        TypeProblem.scaleOfShare(text, isPercent: isPercent && value > 0), at: bound.span, related: whence(figure))
    case .changeOfShare where value.magnitude > 1:
      report(TypeProblem.scaleOfChange(text, isPercent: isPercent), at: bound.span, related: whence(figure))
    case .count where value > 0 && value < 1:
      report(TypeProblem.scaleOfCount(text, isChange: false), at: bound.span, related: whence(figure))
    case .changeOfCount where value != 0 && value.magnitude < 1:
      report(TypeProblem.scaleOfCount(text, isChange: true), at: bound.span, related: whence(figure))
    default: return
    }
  }

  /// The same of the benchmark of a metric.
  func noteScale(ofMetric index: Int, beside bound: TypedExpr) {
    guard metrics.indices.contains(index) else { return }
    typeMetric(index)
    noteScale(of: metrics[index].typed.value, beside: bound)
  }

  private func scale(of expr: TypedExpr, depth: Int = 0) -> Scale? {
    // Of names behind names behind names nothing is said.
    if depth > 20 { return nil }
    switch expr.node {
    case .memberAggregate(let aggregate):
      switch aggregate.function {
      case .share: return .share
      case .count: return .count
      default: return nil
      }
    case .aggregate(let aggregate):
      switch aggregate.function {
      case .count, .days, .streak: return .count
      default: return nil
      }
    case .convert(_, let operand), .coalesce(let operand, _), .previous(let operand, _), .ofCommunity(let operand):
      return scale(of: operand, depth: depth + 1)
    // The average of counts is not whole.
    case .movingAverage(let operand, _): return scale(of: operand, depth: depth + 1) == .share ? .share : nil
    case .arithmetic(.subtract, let now, let before):
      switch (scale(of: now, depth: depth + 1), scale(of: before, depth: depth + 1)) {
      case (.share, .share): return .changeOfShare
      case (.count, .count): return .changeOfCount
      default: return nil
      }
    case .reference(let index):
      return lets.indices.contains(index) ? scale(of: lets[index].typed.value, depth: depth + 1) : nil
    case .metric(let index, _):
      return metrics.indices.contains(index) ? scale(of: metrics[index].typed.value, depth: depth + 1) : nil
    default: return nil
    }
  }
}
