// The last checks of expressions about the community, as a table with sparklines.

struct CheckReader {
  let run: CommunityRun
  let sources: RuleTexts
  let group: Int
  static let sparkChecks = Summary.sparkCells
  static let shownChecks = 7
  static let mostColumns = 3

  /// The last checks before and at one.
  private func last(_ count: Int, _ check: Int) -> Range<Int> { max(0, check + 1 - count)..<(check + 1) }

  /// What some expressions said up to a check.
  /// - Parameter condition: whether it held at each of them.
  func table(
    _ expressions: [(expr: TypedExpr, source: String, title: String?)], condition: TypedExpr? = nil, upTo check: Int
  ) -> CheckTable {
    let shown = last(CheckReader.shownChecks, check)
    let columns = expressions.map { one in
      CheckTable.Column(
        source: one.source, title: one.title,
        spark: run.values(one.expr, group, last(CheckReader.sparkChecks, check)).map(\.number))
    }
    let values = expressions.map { run.values($0.expr, group, shown) }
    let holds = condition.map { run.values($0, group, shown).map(\.flag) }
    let rows = shown.enumerated().map { place, at in
      CheckTable.Row(
        at: run.checks.moments[at], values: values.map { $0[place] }, holds: holds?[place] ?? nil, state: nil)
    }
    return CheckTable(columns: columns, rows: rows, hasCondition: condition != nil, hasStates: false)
  }

  /// What a condition compares, where that is a number that changes.
  func compared(_ part: ExplainedPart) -> [(expr: TypedExpr, source: String, title: String?)] {
    var result: [(expr: TypedExpr, source: String, title: String?)] = []
    var stack = [part]
    while let next = stack.popLast() {
      if result.count == CheckReader.mostColumns { break }
      if next.isHidden { continue }
      if case .comparison(let gap) = next.form {
        let base = gap.expr.type.base
        if base == .int || base == .number, !result.contains(where: { $0.source == gap.subject }) {
          result.append((gap.expr, gap.subject, next.parts.first?.definition?.title))
        }
        continue
      }
      stack += next.parts.reversed()
    }
    return result
  }
}

extension ShownValue {
  /// As a number, where it is one.
  var number: Double? {
    switch json {
    case .int(let int): Double(int)
    case .number(let text): Double(text)
    case .bool(let flag): flag ? 1 : 0
    default: nil
    }
  }

  var flag: Bool? {
    if case .bool(let flag) = json, state == .present { flag } else { nil }
  }
}
