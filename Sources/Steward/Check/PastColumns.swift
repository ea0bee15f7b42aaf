// Columns of members hold for every moment as the file has them today; rules about the past that read one are named.

extension ProgramChecker {
  /// Names the columns not marked `fixed` that rules about the past read, each once a rule.
  func notePast(_ expressions: [TypedExpr]) {
    var found: [PastColumn] = []
    for expression in expressions { collectColumns(expression, nil, &found) }
    var seen: Set<String> = []
    for column in found {
      let table = column.isOfItem ? schema.content : schema.members
      guard let table, table.columns.indices.contains(column.index) else { continue }
      let schema = table.columns[column.index]
      guard seen.insert("\(column.isOfItem) \(column.index)").inserted else { continue }
      if schema.isFixed || [table.key, table.joined, table.left].contains(column.index) { continue }
      report(
        RuleProblem.pastColumn(schema.name), at: column.span, related: declared(at: schema.span, schema.name))
    }
  }

  private struct PastColumn {
    let index: Int
    let isOfItem: Bool
    let span: Span
  }

  /// Columns that an expression reads, with the place in the rule; through the `let`s that it names.
  private func collectColumns(_ expression: TypedExpr, _ place: Span?, _ found: inout [PastColumn]) {
    let span = place ?? expression.span
    switch expression.node {
    case .column(let index): found.append(PastColumn(index: index, isOfItem: false, span: span))
    case .referenced(let reference, let index):
      found.append(PastColumn(index: index, isOfItem: reference.type.base == .item, span: span))
      collectColumns(reference, place, &found)
    case .reference(let index) where lets.indices.contains(index):
      for column in lets[index].traits.columns.sorted() {
        found.append(PastColumn(index: column, isOfItem: false, span: span))
      }
      for column in lets[index].traits.itemColumns.sorted() {
        found.append(PastColumn(index: column, isOfItem: true, span: span))
      }
    default:
      for child in expression.children { collectColumns(child, place, &found) }
    }
  }
}
