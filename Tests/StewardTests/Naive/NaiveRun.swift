@testable import Steward

// The order of a day: LANGUAGE §6.
extension NaiveEvaluator {
  /// Everything that a run finds.
  mutating func run() -> NaiveOutcome {
    var outcome = NaiveOutcome(firstDay: firstDay)
    let lastDay = calendar.day(of: asOf)
    let eventDays = events.ofMember.joined().map { calendar.day(of: $0.event.at) }.filter { $0 <= lastDay }
    for day in stride(from: min(firstDay, eventDays.min() ?? firstDay), through: lastDay, by: 1) {
      fireOnEvents(day, &outcome)
      if day < firstDay || calendar.end(ofDay: day) > asOf { continue }
      for unit in PeriodUnit.allCases where isLastDay(day, of: unit) { firePeriod(unit, day, &outcome) }
      for (order, ladder) in ladderOrder.enumerated() where isLastDay(day, of: program.ladders[ladder].review) {
        for member in data.members.indices where isPresent(member, calendar.end(ofDay: day)) {
          review(member, ladder, .review(order, day), &outcome)
        }
      }
    }
    finish(&outcome)
    return outcome
  }

  func isLastDay(_ day: Int32, of unit: PeriodUnit) -> Bool {
    calendar.lastDay(unit, calendar.period(unit, ofDay: day)) == day
  }

  /// What the body gives, or nil and a record of its fault.
  func attempt<T>(
    _ rule: String, _ member: Int?, _ at: Int64, _ outcome: inout NaiveOutcome, _ body: () throws -> T
  ) -> T? {
    do {
      return try body()
    } catch {
      let fault = error as? NaiveFault ?? .broken("\(error)")
      outcome.errors.append(NaiveError(rule: rule, member: member, at: at, fault: fault))
      return nil
    }
  }

  // MARK: At the as-of

  private mutating func finish(_ outcome: inout NaiveOutcome) {
    for purse in program.schema.purses.indices {
      outcome.balances.append(
        data.members.indices.map { member in
          attempt("", member, asOf, &outcome) { try balance(member, purse) } ?? NaiveBalance()
        })
    }
    outcome.badges = data.members.indices.map { badges($0) }
    outcome.tiers = program.ladders.indices.map { ladder in
      data.members.indices.map { standing(ladder, $0, .end) }
    }
    for index in outcome.boards.indices {
      let place = outcome.boards[index]
      let purse = program.incentives[place.rule].amounts.first?.purse
      outcome.boards[index].points =
        outcome.awards.first {
          $0.rule == place.rule && $0.member == place.member && $0.at == place.at && $0.purse == purse
        }?.points ?? 0
    }
    // What was asked for in vain fails no run: beyond 64 bits it is the largest number there is.
    for index in budgetUses.indices { budgetUses[index].refused = min(budgetUses[index].refused, Int128(Int64.max)) }
    outcome.budgetUses = budgetUses.sorted { ($0.budget, $0.period) < ($1.budget, $1.period) }
    // A rule's points together, of its first purse, are a figure of the summary.
    for (index, rule) in program.incentives.enumerated() {
      guard let purse = rule.amounts.first?.purse else { continue }
      let total = entries.joined().filter { $0.rule == index }.reduce(Int128(0)) {
        $0 + Int128($1.awarded?[purse] ?? 0)
      }
      if Int64(exactly: total) == nil {
        outcome.errors.append(NaiveError(rule: rule.name, at: asOf, fault: .overflow))
      }
    }
    report(&outcome)
    reportMetrics(&outcome)
  }

  /// The `let`s: after everything else.
  private func report(_ outcome: inout NaiveOutcome) {
    let view = NaiveView(before: .end, balancesAt: asOf, isOfMorning: false, lastCheck: lastCheckDay)
    for declared in program.lets {
      func value(_ subject: Subject) -> Value {
        var member: Int?
        if case .member(let position) = subject { member = position }
        return attempt(declared.name, member, asOf, &outcome) {
          try self.value(declared.value, Context(subject: subject, at: asOf, view: view))
        } ?? .missing
      }
      let subject = declared.needsFiringEvent ? nil : declared.subject
      outcome.facts.append(subject == .member ? data.members.indices.map { value(.member($0)) } : [])
      outcome.itemFacts.append(subject == .content ? data.items.indices.map { value(.item($0)) } : [])
      outcome.communityFacts.append(subject == .community ? value(.community) : .missing)
    }
  }
}
