/// What all batches of a round together say about the community: who is placed on boards, and what its budgets refuse.
struct Settlement {
  var series = CommunitySeries()
  private(set) var refusals: [RefusalRecord] = []
  private(set) var uses: [BudgetUse] = []
  private(set) var places: [BoardPlace] = []

  init(_ partials: [Partial], _ context: RunContext) {
    if !context.coveredRules.isEmpty {
      let budgets = BudgetSettlement(partials.flatMap(\.covered), context)
      series.refused = budgets.refused
      refusals = budgets.refusals
      uses = budgets.uses
    }
    placeMembers(partials, context)
  }

  private struct Board: Hashable {
    var rule: Int32
    var check: Int32
  }

  private mutating func placeMembers(_ partials: [Partial], _ context: RunContext) {
    var candidates: [Board: [BoardCandidate]] = [:]
    for candidate in partials.flatMap(\.boards) {
      candidates[Board(rule: candidate.rule, check: candidate.check), default: []].append(candidate)
    }
    var given: [CommunitySeries.AwardKey: Int64] = [:]
    for partial in partials { given.merge(partial.prizes) { _, new in new } }
    for board in candidates.keys.sorted(by: { ($0.rule, $0.check) < ($1.rule, $1.check) }) {
      let rule = Int(board.rule)
      guard case .every(let unit) = context.program.incentives[rule].trigger else { continue }
      let checks = context.checks[unit.rawValue]
      let day = checks.days[Int(board.check)]
      for (candidate, place) in BoardOrder(rule, context.program).placed(candidates[board] ?? []) {
        let prize = CommunitySeries.Prize(
          rule: board.rule, check: board.check, member: candidate.member, place: Int32(truncatingIfNeeded: place),
          value: candidate.keys.first ?? .missing)
        series.prizes.append(prize)
        let key = CommunitySeries.AwardKey(
          rule: board.rule, member: candidate.member, at: checks.moments[Int(board.check)], event: -1)
        places.append(
          BoardPlace(
            rule: board.rule, period: context.calendar.period(unit, ofDay: day), place: prize.place,
            member: candidate.member, value: prize.value, points: given[key] ?? 0, group: candidate.group))
      }
    }
    places.sort { ($0.rule, $0.period, $0.place, $0.member) < ($1.rule, $1.period, $1.place, $1.member) }
  }
}
