@testable import Steward

/// What a rule wants for a member at a moment, once limits, cooldown, caps and budgets per member have had their say.
///
/// One that the community's budgets refuse, or a deduction that the balance cannot pay, is none of the ledger, but counts
/// for limits and the like.
struct NaiveAttempt {
  enum Want {
    /// Points by purse.
    case award([Int64])
    case deduction(purse: Int, points: Int64, isUpTo: Bool)
    case takeBack
  }
  var member: Int
  var rule: Int
  var at: Int64
  var firing: PlacedEvent?
  /// On a board, from 1; else 0.
  var place = 0
  var want: Want

  var awarded: [Int64]? {
    if case .award(let points) = want { points } else { nil }
  }
}

// Incentives: LANGUAGE §5.2. First what is wanted, then what budgets pay, then the ledger.
extension NaiveEvaluator {
  private var rulesByName: [Int] {
    program.incentives.indices.sorted { precedes(program.incentives[$0].name, program.incentives[$1].name) }
  }

  /// The `on` rules of a day. All of them see the day as it began, so that all that is wanted is known before any of it is
  /// paid.
  mutating func fireOnEvents(_ day: Int32, _ outcome: inout NaiveOutcome) {
    var wanted: [NaiveAttempt] = []
    for member in data.members.indices {
      for placed in events.ofMember[member] where placed.event.at <= asOf && calendar.day(of: placed.event.at) == day {
        // Left is who left after having joined; an earlier day of leaving is one from before.
        if let left = left(member), joined(member) <= left, left < placed.event.at { continue }
        let context = Context(
          subject: .member(member), at: placed.event.at, view: morning(day), firing: placed, scanned: placed.event)
        for rule in rulesByName {
          guard case .on(let pattern) = program.incentives[rule].trigger else { continue }
          let found: NaiveAttempt.Want?? = attempt(program.incentives[rule].name, member, context.at, &outcome) {
            try matches(placed.event, pattern, context) ? want(rule, context) : nil
          }
          if let found, let want = found { offer(want, rule, 0, context, &wanted, &outcome) }
        }
      }
    }
    settle(wanted, .onEvents(day), &outcome)
  }

  /// The `every` rules of a unit at the end of one of its periods. They see the shorter units', not each other's awards.
  mutating func firePeriod(_ unit: PeriodUnit, _ day: Int32, _ outcome: inout NaiveOutcome) {
    let moment = calendar.end(ofDay: day)
    let view = NaiveView(before: .every(unit, day), balancesAt: moment, isOfMorning: false, lastCheck: day - 1)
    var wanted: [NaiveAttempt] = []
    let rules = rulesByName.filter {
      if case .every(unit) = program.incentives[$0].trigger { true } else { false }
    }
    var places: [Int: [Int: Int]] = [:]
    for rule in rules where program.incentives[rule].board != nil {
      places[rule] = self.places(rule, moment, view, &outcome)
    }
    for member in data.members.indices where isPresent(member, moment) {
      let context = Context(subject: .member(member), at: moment, view: view)
      for rule in rules {
        if program.incentives[rule].board == nil {
          let found: NaiveAttempt.Want?? = attempt(program.incentives[rule].name, member, moment, &outcome) {
            try want(rule, context)
          }
          if let found, let want = found { offer(want, rule, 0, context, &wanted, &outcome) }
        } else if let place = places[rule]?[member] {
          let prize = attempt(program.incentives[rule].name, member, moment, &outcome) {
            try self.award(rule, place, context)
          }
          if let prize { offer(prize, rule, place, context, &wanted, &outcome) }
        }
      }
    }
    settle(wanted, .every(unit, day), &outcome)
  }

  func holds(_ rule: Int, _ context: Context) throws -> Bool {
    let incentive = program.incentives[rule]
    if let among = incentive.among, try !isTrue(among, context) { return false }
    if let when = incentive.when, try !isTrue(when, context) { return false }
    return true
  }

  /// What a rule that is no board wants here; nil if `among` or `when` does not hold.
  private func want(_ rule: Int, _ context: Context) throws -> NaiveAttempt.Want? {
    guard try holds(rule, context) else { return nil }
    if program.incentives[rule].takeBack != nil { return .takeBack }
    guard let deduction = program.incentives[rule].deduction else { return try award(rule, 1, context) }
    let points = try points(deduction.points, context)
    return points == 0 ? nil : .deduction(purse: deduction.purse, points: points, isUpTo: deduction.isUpTo)
  }

  /// What somebody at a place gets, by purse; who is on no board has the first.
  private func award(_ rule: Int, _ place: Int, _ context: Context) throws -> NaiveAttempt.Want {
    var award = program.schema.purses.map { _ in Int64(0) }
    for amount in program.incentives[rule].amounts where place <= amount.places.count {
      award[amount.purse] = try points(amount.places[place - 1], context)
    }
    return .award(award)
  }

  private func points(_ expr: TypedExpr, _ context: Context) throws -> Int64 {
    guard case .int(let int) = try value(expr, context) else { throw NaiveFault.broken("points that are \(expr)") }
    if int < 0 { throw NaiveFault.negativeAward }
    return int
  }

  // MARK: Limits, cooldown, caps

  /// Adds what limits, cooldown, caps and budgets per member leave of a want.
  private mutating func offer(
    _ want: NaiveAttempt.Want, _ rule: Int, _ place: Int, _ context: Context, _ wanted: inout [NaiveAttempt],
    _ outcome: inout NaiveOutcome
  ) {
    guard case .member(let member) = context.subject else { return }
    let incentive = program.incentives[rule]
    var attempt = NaiveAttempt(
      member: member, rule: rule, at: context.at, firing: context.firing, place: place, want: want)
    let earlier = attempts[member].filter { $0.rule == rule }
    if incentive.limits.contains(where: { !isWithin($0, earlier, context) }) { return }
    if let cooldown = incentive.cooldown, let last = earlier.last, context.at - last.at < cooldown { return }
    if let award = attempt.awarded {
      let granted = award.indices.map { cut(award[$0], $0, attempt, &outcome) }
      if granted.allSatisfy({ $0 == 0 }), incentive.badge == nil { return }
      attempt.want = .award(granted)
    }
    attempts[member].append(attempt)
    wanted.append(attempt)
  }

  private func isWithin(_ limit: TypedIncentive.Limit, _ earlier: [NaiveAttempt], _ context: Context) -> Bool {
    let counted: Int
    switch limit.per {
    case .ever: counted = earlier.count
    case .period(let unit): counted = earlier.count { isSamePeriod(unit, $0.at, context.at) }
    case .attribute(let attribute):
      guard let value = context.firing?.event.attribute(attribute), value != .missing else { return true }
      counted = earlier.count { $0.firing?.event.attribute(attribute).isSame(value) ?? false }
    }
    return Int64(counted) < limit.count
  }

  func isSamePeriod(_ unit: PeriodUnit, _ left: Int64, _ right: Int64) -> Bool {
    period(unit, left) == period(unit, right)
  }

  func period(_ unit: PeriodUnit, _ instant: Int64) -> Int32 { calendar.period(unit, ofDay: calendar.day(of: instant)) }

  /// The points of a purse that caps and budgets per member leave of those wanted; a cut is on record.
  private func cut(_ wanted: Int64, _ purse: Int, _ attempt: NaiveAttempt, _ outcome: inout NaiveOutcome) -> Int64 {
    var granted = wanted
    var reason: RefusalRecord.Reason?
    func allow(_ points: Int64, _ per: PeriodUnit, _ rules: [Int], _ allowance: RefusalRecord.Reason) {
      let used = attempts[attempt.member].filter { rules.contains($0.rule) && isSamePeriod(per, $0.at, attempt.at) }
        .reduce(Int128(0)) { $0 + Int128($1.awarded?[purse] ?? 0) }
      let rest = Int64(max(0, Int128(points) - used))
      if granted > rest { (granted, reason) = (rest, allowance) }
    }
    for cap in program.incentives[attempt.rule].caps where cap.purse == purse {
      allow(cap.points, cap.per, [attempt.rule], .cap)
    }
    // Where several leave the same, the one that is named is the rule's own before one that it shares.
    for isShared in [false, true] {
      for (index, budget) in program.budgets.enumerated()
      where budget.isPerMember && budget.purse == purse && budget.covers.contains(attempt.rule)
        && (budget.covers.count > 1) == isShared
      {
        allow(budget.points, budget.per, budget.covers, .budget(index))
      }
    }
    if let reason {
      outcome.refusals.append(
        NaiveRefusal(
          member: attempt.member, rule: attempt.rule, at: attempt.at, purse: purse, wanted: wanted, granted: granted,
          reason: reason))
    }
    return granted
  }

  // MARK: The ledger

  /// Budgets of the community, then each member's ledger in order.
  private mutating func settle(_ wanted: [NaiveAttempt], _ step: NaiveStep, _ outcome: inout NaiveOutcome) {
    let refused = refusedByBudgets(wanted, &outcome)
    for (index, attempt) in wanted.enumerated() where !refused.contains(index) { enter(attempt, step, &outcome) }
  }

  private mutating func enter(_ attempt: NaiveAttempt, _ step: NaiveStep, _ outcome: inout NaiveOutcome) {
    let (member, rule) = (attempt.member, attempt.rule)
    var entry = NaiveEntry(rule: rule, at: attempt.at, step: step, firing: attempt.firing, change: .takeBack([]))
    switch attempt.want {
    case .award(let points): entry.change = .award(points)
    case .deduction(let purse, let points, let isUpTo):
      let balance = Int64(clamping: ledger(member, purse, before: .end, at: attempt.at).balance)
      if balance < points, !isUpTo {
        outcome.refusals.append(
          NaiveRefusal(
            member: member, rule: rule, at: attempt.at, purse: purse, wanted: points, granted: 0, reason: .shortfall))
        return
      }
      if balance == 0 { return }
      entry.change = .deduction(purse: purse, points: min(points, balance))
    case .takeBack:
      let undone = awardsToUndo(attempt)
      if undone.isEmpty { return }
      markUndone(undone, member, &outcome)
      entry.change = .takeBack(undone)
    }
    record(entry, member, &outcome)
    entries[member].append(entry)
  }

  /// The entries, by place, that a `take back` undoes: awards of its rule whose event agrees with the firing one.
  private func awardsToUndo(_ attempt: NaiveAttempt) -> [Int] {
    guard let takeBack = program.incentives[attempt.rule].takeBack, let firing = attempt.firing?.event else {
      return []
    }
    let undone = undoneEntries(attempt.member, before: .end)
    return entries[attempt.member].indices.filter { place in
      let entry = entries[attempt.member][place]
      guard entry.rule == takeBack.rule, entry.awarded != nil, !undone.contains(place), let event = entry.firing?.event
      else { return false }
      return takeBack.same.allSatisfy { attribute in
        let value = firing.attribute(attribute)
        return value != .missing && event.attribute(attribute).isSame(value)
      }
    }
  }

  /// On record, what an award gave is then known to be undone.
  private func markUndone(_ undone: [Int], _ member: Int, _ outcome: inout NaiveOutcome) {
    for entry in undone.map({ entries[member][$0] }) {
      for index in outcome.awards.indices
      where outcome.awards[index].member == member && outcome.awards[index].rule == entry.rule
        && outcome.awards[index].event == entry.firing?.row
      {
        outcome.awards[index].isUndone = true
      }
    }
  }

  /// Puts on record what an entry that comes last gives or takes, purse by purse.
  private func record(_ entry: NaiveEntry, _ member: Int, _ outcome: inout NaiveOutcome) {
    var changes: [(purse: Int, points: Int64)] = []
    switch entry.change {
    case .award(let points):
      changes = points.enumerated().map { (purse: $0.offset, points: $0.element) }.filter { $0.points > 0 }
      if changes.isEmpty { changes = [(purse: 0, points: 0)] }
    case .deduction(let purse, let points): changes = [(purse, -points)]
    case .takeBack:
      // Of each purse that the other rule gives, also where all of it has expired.
      let target = program.incentives[entry.rule].takeBack?.rule ?? 0
      for purse in program.incentives[target].amounts.map(\.purse).sorted() {
        var ledger = ledger(member, purse, before: .end, at: entry.at)
        let taken = apply(entry, entries[member].count, member, purse, &ledger)
        let points = attempt(program.incentives[entry.rule].name, member, entry.at, &outcome) {
          guard let points = Int64(exactly: taken) else { throw NaiveFault.overflow }
          return points
        }
        changes.append((purse, -(points ?? 0)))
      }
    }
    for change in changes {
      outcome.awards.append(
        NaiveAward(
          member: member, rule: entry.rule, at: entry.at, purse: change.purse, points: change.points,
          event: entry.firing?.row ?? -1))
    }
  }
}
