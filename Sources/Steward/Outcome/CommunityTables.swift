// What the community as a whole decided: its budgets and its boards.

extension OutcomeTables {
  /// `budgets.csv`: the budgets of the community in each period in which somebody asked.
  func writeBudgets(to sink: some TableSink) throws(SourceFailure) {
    if outcome.budgetUses.isEmpty { return }
    let ranks = OutcomeTables.ranks(program.budgets.map(\.name))
    let uses = outcome.budgetUses.filter { program.budgets.indices.contains(Int($0.budget)) }.sorted { left, right in
      (ranks[Int(left.budget)], left.period) < (ranks[Int(right.budget)], right.period)
    }
    let columns = ["budget", "period", "limit", "used", "refused", "runs_dry"]
    try table("budgets.csv", columns, rows: uses.count, to: sink) { row, bytes in
      let use = uses[row]
      let budget = program.budgets[Int(use.budget)]
      bytes.text(budget.name)
      bytes.comma()
      bytes.text(calendar.text(budget.per, use.period))
      for number in [budget.points, use.used, use.refused] {
        bytes.comma()
        bytes.int(number)
      }
      bytes.comma()
      if let day = use.runsDry { bytes.date(day) }
      bytes.endRow()
    }
  }

  /// `boards.csv`: the places that had a prize.
  func writeBoards(to sink: some TableSink) throws(SourceFailure) {
    if outcome.boardPlaces.isEmpty { return }
    let ranks = OutcomeTables.ranks(program.incentives.map(\.name))
    let places = outcome.boardPlaces.sorted { left, right in
      (ranks[Int(left.rule)], left.period, left.place, left.member)
        < (ranks[Int(right.rule)], right.period, right.place, right.member)
    }
    let columns = ["rule", "period", "place", "member", "value", "points", "within"]
    try table("boards.csv", columns, rows: places.count, to: sink) { row, bytes in
      let place = places[row]
      bytes.raw(rule(place.rule))
      bytes.comma()
      if case .every(let unit) = program.incentives[Int(place.rule)].trigger {
        bytes.text(calendar.text(unit, place.period))
      }
      bytes.comma()
      bytes.int(Int64(place.place))
      bytes.comma()
      bytes.raw(member(place.member))
      bytes.comma()
      switch place.value {
      case .int(let value): bytes.int(value)
      case .number(let value): bytes.number(value)
      default: break
      }
      bytes.comma()
      bytes.int(place.points)
      bytes.comma()
      bytes.text(group(place))
      bytes.endRow()
    }
  }

  /// The values that a board is within, as people read them.
  private func group(_ place: BoardPlace) -> String {
    let within = program.incentives[Int(place.rule)].board?.within ?? []
    let texts = place.group.indices.map { index in
      guard within.indices.contains(index) else { return "" }
      switch place.group[index] {
      case .missing: return ""
      case .int(let number): return String(number)
      case .text(let text): return text
      default: return Summary.text(place.group[index], within[index].type, program, dataset, calendar)
      }
    }
    return texts.joined(separator: " · ")
  }
}
