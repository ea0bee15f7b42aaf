// What a figure can be at all: a share lies between 0 and 1, a count is whole.

extension ProgramChecker {
  private enum Scale { case share, count }

  /// Warns of a share held against a number that no share reaches, and of a count held against a part of one.
  func noteScale(_ one: TypedExpr, _ other: TypedExpr) {
    for (figure, bound) in [(one, other), (other, one)] {
      let value: Double
      switch constant(bound) {
      case .int(let int): value = Double(int)
      case .number(let number): value = number
      default: continue
      }
      switch scale(of: figure) {
      case .share where value > 1 || value < 0:
        // `20` beside a share means 20 %.
        let isPercent = value > 1 && value <= 100 && value == value.rounded()
        report(
          TypeProblem.scaleOfShare(NumberText.shortest(value), isPercent: isPercent), at: bound.span,
          related: whence(figure))
      case .count where value > 0 && value < 1:
        report(TypeProblem.scaleOfCount(NumberText.shortest(value)), at: bound.span, related: whence(figure))
      default: continue
      }
    }
  }

  private func scale(of expr: TypedExpr, depth: Int = 0) -> Scale? {
    // Of names behind names behind names nothing is said.
    if depth > 20 { return nil }
    return switch expr.node {
    case .memberAggregate(let aggregate):
      switch aggregate.function {
      case .share: .share
      case .count: .count
      default: nil
      }
    case .aggregate(let aggregate):
      switch aggregate.function {
      case .count, .days, .streak: .count
      default: nil
      }
    case .convert(_, let operand), .coalesce(let operand, _): scale(of: operand, depth: depth + 1)
    case .reference(let index):
      lets.indices.contains(index) ? scale(of: lets[index].typed.value, depth: depth + 1) : nil
    case .metric(let index, _):
      metrics.indices.contains(index) ? scale(of: metrics[index].typed.value, depth: depth + 1) : nil
    default: nil
    }
  }
}
