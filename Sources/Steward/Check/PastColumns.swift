// Columns of members hold for every moment as the file has them today; rules about the past that read one are named.

extension ProgramChecker {
  /// Names the columns not marked `fixed` that rules about the past read, each once a rule.
  func notePast(_ expressions: [TypedExpr]) {
    var found: [(column: Int, span: Span)] = []
    for expression in expressions { collectColumns(expression, nil, &found) }
    guard let columns = schema.members?.columns else { return }
    var seen: Set<Int> = []
    for (column, span) in found where columns.indices.contains(column) && seen.insert(column).inserted {
      let roles = [schema.members?.key, schema.members?.joined, schema.members?.left]
      if columns[column].isFixed || roles.contains(column) { continue }
      report(RuleProblem.pastColumn(columns[column].name), at: span, related: declared(columns[column].name))
    }
  }

  /// Columns that an expression reads, with the place in the rule; through the `let`s that it names.
  private func collectColumns(_ expression: TypedExpr, _ place: Span?, _ found: inout [(column: Int, span: Span)]) {
    switch expression.node {
    case .column(let index): found.append((index, place ?? expression.span))
    case .reference(let index) where lets.indices.contains(index):
      for column in lets[index].traits.columns.sorted() { found.append((column, place ?? expression.span)) }
    default:
      for child in expression.children { collectColumns(child, place, &found) }
    }
  }
}
