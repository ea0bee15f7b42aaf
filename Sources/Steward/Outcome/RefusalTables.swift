// Awards that were cut or refused, and pushes that a member did not get.

extension OutcomeTables {
  /// A row of `refusals.csv`.
  private struct Refusal {
    var at: Int64
    var member: Int32
    var rule: String
    var purse: String
    var wanted: Int64
    var granted: Int64
    var reason: String
  }

  /// `refusals.csv`: awards that were cut or refused, and pushes that a member had no attention left for.
  func writeRefusals(to sink: some TableSink) throws(SourceFailure) {
    let all = awardsRefused + pushesRefused
    if all.isEmpty { return }
    let refusals = all.sorted { left, right in
      if left.at != right.at { return left.at < right.at }
      if left.member != right.member { return left.member < right.member }
      for (one, other) in [(left.rule, right.rule), (left.purse, right.purse)] where one != other {
        return one.utf8.lexicographicallyPrecedes(other.utf8)
      }
      if left.wanted != right.wanted { return left.wanted < right.wanted }
      if left.granted != right.granted { return left.granted < right.granted }
      return left.reason.utf8.lexicographicallyPrecedes(right.reason.utf8)
    }
    let columns = ["at", "member", "rule", "purse", "wanted", "granted", "reason"]
    try table("refusals.csv", columns, rows: refusals.count, to: sink) { row, bytes in
      let refusal = refusals[row]
      bytes.time(refusal.at)
      bytes.comma()
      bytes.raw(member(refusal.member))
      bytes.comma()
      bytes.text(refusal.rule)
      bytes.comma()
      bytes.text(refusal.purse)
      bytes.comma()
      bytes.int(refusal.wanted)
      bytes.comma()
      bytes.int(refusal.granted)
      bytes.comma()
      bytes.text(refusal.reason)
      bytes.endRow()
    }
  }

  private var awardsRefused: [Refusal] {
    let rules = program.incentives.map(\.name)
    let purses = program.schema.purses
    let budgets = program.budgets.map { "budget " + $0.name }
    return outcome.refusals.map { refusal in
      let reason =
        switch refusal.reason {
        case .cap: "cap"
        case .shortfall: "shortfall"
        case .budget(let index): budgets.indices.contains(index) ? budgets[index] : "budget"
        }
      return Refusal(
        at: refusal.at, member: refusal.member,
        rule: rules.indices.contains(Int(refusal.rule)) ? rules[Int(refusal.rule)] : "",
        purse: purses.indices.contains(Int(refusal.purse)) ? purses[Int(refusal.purse)] : "", wanted: refusal.wanted,
        granted: refusal.granted, reason: reason)
    }
  }

  private var pushesRefused: [Refusal] {
    outcome.pushRefusals.map { refusal in
      Refusal(
        at: refusal.at, member: refusal.member, rule: program.alerts[Int(refusal.alert)].name, purse: "pushes",
        wanted: 1, granted: 0, reason: "budget " + program.pushBudgets[Int(refusal.budget)].name)
    }
  }
}
