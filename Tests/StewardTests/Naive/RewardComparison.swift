@testable import Steward

// What an outcome says about points, held against the naive evaluator's.
extension OutcomeComparison {
  /// By moment, member, event (those of periods last), name, purse: what a reader sees first, however it was found.
  ///
  /// Rows are numbered by who sees them: with kinds that others see only whether there was an event is compared, and the
  /// order of those at one instant.
  private func sorted(_ awards: [NaiveAward]) -> [NaiveAward] {
    let isNumbered = !(program.schema.events?.kinds ?? []).contains {
      if case .seen = $0.source { true } else { false }
    }
    return awards.map { award in
      var award = award
      if !isNumbered { award.event = min(award.event, 0) }
      return award
    }.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      let (x, y) = (a.event < 0 ? Int.max : a.event, b.event < 0 ? Int.max : b.event)
      if (a.at, a.member, x) != (b.at, b.member, y) { return (a.at, a.member, x) < (b.at, b.member, y) }
      if a.rule != b.rule { return precedes(rule(a.rule), rule(b.rule)) }
      if a.purse != b.purse { return a.purse < b.purse }
      return left.offset < right.offset
    }.map(\.element)
  }

  func awards(_ found: Outcome, _ expected: NaiveOutcome) -> String? {
    var given = found.awards.map {
      NaiveAward(
        member: Int($0.member), rule: Int($0.rule), at: $0.at, purse: Int($0.purse), points: $0.points,
        event: Int($0.event), isUndone: $0.isUndone)
    }
    // Of an award that gives several purses the engine puts the first on record even where it is 0.
    given = given.filter { award in
      award.points != 0 || program.incentives[award.rule].takeBack != nil
        || !given.contains {
          $0.points != 0 && $0.rule == award.rule && $0.member == award.member && $0.at == award.at
            && $0.event == award.event
        }
    }
    for index in given.indices where given[index].points == 0 && program.incentives[given[index].rule].takeBack == nil {
      given[index].purse = 0
    }
    return difference("award", sorted(given), sorted(expected.awards)) {
      "\($0.points) \(program.schema.purses[$0.purse]) of \(rule($0.rule)) to \(names[$0.member]) at "
        + "\(calendar.text(ofInstant: $0.at)) for row \($0.event)\($0.isUndone ? ", undone later" : "")"
    }
  }

  func refusals(_ found: Outcome, _ expected: NaiveOutcome) -> String? {
    let given = found.refusals.map {
      NaiveRefusal(
        member: Int($0.member), rule: Int($0.rule), at: $0.at, purse: Int($0.purse), wanted: $0.wanted,
        granted: $0.granted, reason: $0.reason)
    }
    func sorted(_ refusals: [NaiveRefusal]) -> [NaiveRefusal] {
      refusals.enumerated().sorted { left, right in
        let (a, b) = (left.element, right.element)
        if (a.at, a.member) != (b.at, b.member) { return (a.at, a.member) < (b.at, b.member) }
        if a.rule != b.rule { return precedes(rule(a.rule), rule(b.rule)) }
        if a.purse != b.purse { return a.purse < b.purse }
        // Several at one moment, in any order.
        return ("\(a)", left.offset) < ("\(b)", right.offset)
      }.map(\.element)
    }
    return difference("refusal", sorted(given), sorted(expected.refusals)) {
      "\($0.granted) of \($0.wanted) \(program.schema.purses[$0.purse]) of \(rule($0.rule)) to \(names[$0.member]) at "
        + "\(calendar.text(ofInstant: $0.at)) by \($0.reason)"
    }
  }

  func balances(_ found: Outcome, _ expected: NaiveOutcome) -> String? {
    for (purse, balances) in expected.balances.enumerated() {
      guard found.balances.indices.contains(purse) else { return "no balances of \(program.schema.purses[purse])" }
      let given = found.balances[purse].map {
        NaiveBalance(points: $0.points, earned: $0.earned, spent: $0.spent, expired: $0.expired, debt: $0.debt)
      }
      let difference = difference("\(program.schema.purses[purse]) of member", given, balances) { "\($0)" }
      if let difference { return difference }
    }
    return nil
  }

  func boards(_ found: Outcome, _ expected: NaiveOutcome) -> String? {
    struct Place: Equatable {
      var rule: Int
      var period: Int32
      var place: Int
      var member: Int
      var value: Value
      var points: Int64
    }
    let given = found.boardPlaces.map {
      Place(
        rule: Int($0.rule), period: $0.period, place: Int($0.place), member: Int($0.member), value: $0.value,
        points: $0.points)
    }
    let wanted = expected.boards.map { board -> Place in
      var period = Int32(0)
      if case .every(let unit) = program.incentives[board.rule].trigger {
        period = calendar.period(unit, ofDay: calendar.day(of: board.at))
      }
      return Place(
        rule: board.rule, period: period, place: board.place, member: board.member, value: board.value,
        points: board.points)
    }.sorted { ($0.rule, $0.period, $0.place, $0.member) < ($1.rule, $1.period, $1.place, $1.member) }
    return difference("board place", given, wanted) {
      "\($0.place) of \(rule($0.rule)) in period \($0.period): \(names[$0.member]) with \($0.value), \($0.points) points"
    }
  }

  func budgetUses(_ found: Outcome, _ expected: NaiveOutcome) -> String? {
    let given = found.budgetUses.map {
      NaiveBudgetUse(
        budget: Int($0.budget), period: $0.period, used: Int128($0.used), refused: Int128($0.refused))
    }.filter { $0.used + $0.refused > 0 }
    return difference("budget", given, expected.budgetUses.filter { $0.used + $0.refused > 0 }) {
      "\(program.budgets[$0.budget].name) in period \($0.period): \($0.used) used, \($0.refused) refused"
    }
  }
}

extension Dataset {
  /// With the rows of every kind that others see, also of those that no rule reads: rows then have the naive evaluator's
  /// numbers.
  func withEverythingSeen(_ schema: Schema) -> Dataset {
    withSeenRows(schema, wanted: Set(schema.events?.kinds.indices ?? 0..<0))
  }
}
