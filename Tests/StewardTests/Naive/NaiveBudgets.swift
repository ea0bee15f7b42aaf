@testable import Steward

// Budgets of the community: LANGUAGE §5.5. They pay an award in full or refuse it.
extension NaiveEvaluator {
  /// The order in which budgets are asked: moment, place on a board, then by lot; one member's in event and name order.
  private func budgetOrder(_ wanted: [NaiveAttempt]) -> [Int] {
    wanted.indices.map { (index: $0, lot: lot(wanted[$0])) }.sorted { left, right in
      let (a, b) = (wanted[left.index], wanted[right.index])
      return (a.at, a.place, left.lot, a.member, left.index) < (b.at, b.place, right.lot, b.member, right.index)
    }.map(\.index)
  }

  /// By the first budget that covers the rule.
  private func lot(_ attempt: NaiveAttempt) -> UInt64 {
    guard let budget = program.budgets.first(where: { !$0.isPerMember && $0.covers.contains(attempt.rule) }) else {
      return 0
    }
    return BudgetOrder.hash(
      budget: budget.name, period: period(budget.per, attempt.at), member: data.members[attempt.member].id)
  }

  /// Which of the awards, by their position, budgets cannot pay; the others are paid.
  mutating func refusedByBudgets(_ wanted: [NaiveAttempt], _ outcome: inout NaiveOutcome) -> Set<Int> {
    var refused: Set<Int> = []
    for index in budgetOrder(wanted) {
      let attempt = wanted[index]
      guard let award = attempt.awarded else { continue }
      let covering = program.budgets.indices.filter { budget in
        let budget = program.budgets[budget]
        return !budget.isPerMember && budget.covers.contains(attempt.rule) && award[budget.purse] > 0
      }
      let empty = covering.first { budget in
        used(budget, attempt.at) + Int128(award[program.budgets[budget].purse])
          > Int128(program.budgets[budget].points)
      }
      guard let empty else {
        for budget in covering { book(award[program.budgets[budget].purse], budget, attempt.at, isPaid: true) }
        continue
      }
      // The one that the refusal names.
      book(award[program.budgets[empty].purse], empty, attempt.at, isPaid: false)
      refused.insert(index)
      for (purse, points) in award.enumerated() where points > 0 {
        outcome.refusals.append(
          NaiveRefusal(
            member: attempt.member, rule: attempt.rule, at: attempt.at, purse: purse, wanted: points, granted: 0,
            reason: .budget(empty)))
      }
    }
    return refused
  }

  private func used(_ budget: Int, _ at: Int64) -> Int128 {
    let period = period(program.budgets[budget].per, at)
    return budgetUses.first { $0.budget == budget && $0.period == period }?.used ?? 0
  }

  private mutating func book(_ points: Int64, _ budget: Int, _ at: Int64, isPaid: Bool) {
    let period = period(program.budgets[budget].per, at)
    if !budgetUses.contains(where: { $0.budget == budget && $0.period == period }) {
      budgetUses.append(NaiveBudgetUse(budget: budget, period: period))
    }
    for index in budgetUses.indices where budgetUses[index].budget == budget && budgetUses[index].period == period {
      if isPaid { budgetUses[index].used += Int128(points) } else { budgetUses[index].refused += Int128(points) }
    }
  }
}
