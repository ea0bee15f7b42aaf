@testable import Steward

// The order of a day, member by member: LANGUAGE §5.2, §5.3 and §6.
extension NaiveEvaluator {
  /// Everything that a run finds.
  mutating func run() -> NaiveOutcome {
    let firstEvent = data.events.map(\.at).filter { $0 <= asOf }.min()
    let firstDay = program.schema.starts ?? calendar.day(of: firstEvent ?? asOf)
    var outcome = NaiveOutcome(firstDay: firstDay)
    let byName = program.incentives.indices.sorted {
      precedes(program.incentives[$0].name, program.incentives[$1].name)
    }
    for member in data.members.indices {
      fireOnEvents(member, byName, &outcome)
      firePeriods(member, byName, &outcome)
      for ladder in program.ladders.indices { review(member, ladder, &outcome) }
    }
    outcome.awards = awards
    outcome.tiers = tiers
    for member in data.members.indices {
      let own = awards.filter { $0.member == member }
      outcome.badges.append(badges(of: own))
      let points = own.reduce(ExactDecimal.zero) { $0 + ExactDecimal($1.points) }.int
      if points == nil { outcome.errors.append(NaiveError(rule: "", member: member, at: asOf, fault: .overflow)) }
      outcome.points.append(points ?? 0)
    }
    // A rule's points together are a figure of the summary.
    for (index, rule) in program.incentives.enumerated() {
      let total = awards.filter { $0.rule == index }.reduce(ExactDecimal.zero) { $0 + ExactDecimal($1.points) }
      if total.int == nil { outcome.errors.append(NaiveError(rule: rule.name, at: asOf, fault: .overflow)) }
    }
    report(&outcome)
    return outcome
  }

  /// The `let`s at the as-of: after everything else.
  private func report(_ outcome: inout NaiveOutcome) {
    for declared in program.lets {
      var facts: [Value] = []
      var communityFact = Value.missing
      if declared.subject == .member, !declared.needsFiringEvent {
        for member in data.members.indices {
          facts.append(
            attempt(declared.name, member, asOf, &outcome) {
              try value(declared.value, Context(subject: .member(member), at: asOf))
            } ?? .missing)
        }
      } else if declared.subject == .community {
        communityFact =
          attempt(declared.name, nil, asOf, &outcome) {
            try value(declared.value, Context(subject: .community, at: asOf))
          } ?? .missing
      }
      outcome.facts.append(facts)
      outcome.communityFacts.append(communityFact)
    }
  }

  /// What the body gives, or nil and a record of its fault.
  private func attempt<T>(
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

  // MARK: Incentives

  private mutating func fireOnEvents(_ member: Int, _ byName: [Int], _ outcome: inout NaiveOutcome) {
    for placed in eventsOfMember[member] where placed.event.at <= asOf {
      // Left is who left after having joined; an earlier day of leaving is one from before.
      if let left = left(member), joined(member) <= left, left < placed.event.at { continue }
      let context = Context(subject: .member(member), at: placed.event.at, firing: placed, scanned: placed.event)
      for rule in byName {
        guard case .on(let pattern) = program.incentives[rule].trigger else { continue }
        fire(rule, member, context, &outcome) { try $0.matches(placed.event, pattern, context) }
      }
    }
  }

  /// The completed periods of a unit, by number, with their moments.
  private func completedPeriods(_ unit: PeriodUnit, from firstDay: Int32) -> [(moment: Int64, period: Int32)] {
    var completed: [(Int64, Int32)] = []
    var period = calendar.period(unit, ofDay: firstDay)
    while calendar.end(ofDay: calendar.lastDay(unit, period)) <= asOf {
      completed.append((calendar.end(ofDay: calendar.lastDay(unit, period)), period))
      period += 1
    }
    return completed
  }

  private mutating func firePeriods(_ member: Int, _ byName: [Int], _ outcome: inout NaiveOutcome) {
    var points: [(moment: Int64, unit: PeriodUnit, rule: Int)] = []
    for rule in byName {
      guard case .every(let unit) = program.incentives[rule].trigger else { continue }
      points += completedPeriods(unit, from: outcome.firstDay).map { ($0.moment, unit, rule) }
    }
    // A stable order: by moment, then short periods first, then by name.
    points = points.enumerated().sorted {
      let (a, b) = ($0.element, $1.element)
      return (a.moment, a.unit.rawValue, $0.offset) < (b.moment, b.unit.rawValue, $1.offset)
    }.map(\.element)
    for point in points where isPresent(member, point.moment) {
      let context = Context(subject: .member(member), at: point.moment)
      fire(point.rule, member, context, &outcome) { _ in true }
    }
  }

  /// One rule at one point: among, when, limits, cooldown, caps, budgets.
  private mutating func fire(
    _ rule: Int, _ member: Int, _ context: Context, _ outcome: inout NaiveOutcome,
    triggers: (NaiveEvaluator) throws -> Bool
  ) {
    let incentive = program.incentives[rule]
    let wanted: Int64?? = attempt(incentive.name, member, context.at, &outcome) {
      guard try triggers(self) else { return nil }
      if let among = incentive.among, try !isTrue(among, context) { return nil }
      if let when = incentive.when, try !isTrue(when, context) { return nil }
      guard let points = incentive.points else { return 0 }
      guard case .int(let int) = try value(points, context) else { throw NaiveFault.broken("an award of \(points)") }
      if int < 0 { throw NaiveFault.negativeAward }
      return int
    }
    guard let wanted, let wanted else { return }
    let earlier = awards.filter { $0.member == member && $0.rule == rule }
    for limit in incentive.limits where !isWithin(limit, earlier, member, context) { return }
    if let cooldown = incentive.cooldown, let last = earlier.last, context.at - last.at < cooldown { return }
    let granted = cut(wanted, incentive, rule, earlier, member, context, &outcome)
    if granted == 0, incentive.badge == nil { return }
    awards.append(
      NaiveAward(member: member, rule: rule, at: context.at, points: granted, event: context.firing?.row ?? -1))
  }

  private func isWithin(
    _ limit: TypedIncentive.Limit, _ earlier: [NaiveAward], _ member: Int, _ context: Context
  ) -> Bool {
    let counted: Int
    switch limit.per {
    case .ever: counted = earlier.count
    case .period(let unit):
      counted = earlier.count { isSamePeriod(unit, $0.at, context.at) }
    case .attribute(let attribute):
      guard let value = context.firing?.event.attribute(attribute), value != .missing else { return true }
      counted = earlier.count { award in
        eventsOfMember[member].contains { $0.row == award.event && $0.event.attribute(attribute).isSame(value) }
      }
    }
    return Int64(counted) < limit.count
  }

  private func isSamePeriod(_ unit: PeriodUnit, _ left: Int64, _ right: Int64) -> Bool {
    calendar.period(unit, ofDay: calendar.day(of: left)) == calendar.period(unit, ofDay: calendar.day(of: right))
  }

  /// The points that caps and budgets leave of those wanted; a cut is on record.
  private func cut(
    _ wanted: Int64, _ incentive: TypedIncentive, _ rule: Int, _ earlier: [NaiveAward], _ member: Int,
    _ context: Context, _ outcome: inout NaiveOutcome
  ) -> Int64 {
    var granted = wanted
    var reason: RefusalRecord.Reason?
    let caps = incentive.caps.map { (points: $0.points, per: $0.per, reason: RefusalRecord.Reason.cap) }
    let budgets = program.budgets.enumerated().filter { $0.element.covers.contains(rule) }.map {
      (points: $0.element.points, per: $0.element.per, reason: RefusalRecord.Reason.budget($0.offset))
    }
    for allowance in caps + budgets {
      let used = earlier.filter { isSamePeriod(allowance.per, $0.at, context.at) }.reduce(0) { $0 + $1.points }
      let rest = max(0, allowance.points - used)
      if granted > rest {
        granted = rest
        reason = allowance.reason
      }
    }
    if let reason {
      outcome.refusals.append(
        NaiveRefusal(
          member: member, rule: rule, at: context.at, wanted: wanted, granted: granted, reason: reason))
    }
    return granted
  }

  // MARK: Tiers

  private mutating func review(_ member: Int, _ ladder: Int, _ outcome: inout NaiveOutcome) {
    for review in completedPeriods(program.ladders[ladder].review, from: outcome.firstDay)
    where isPresent(member, review.moment) {
      let before = tiers[ladder][member]
      let after = attempt(program.ladders[ladder].name, member, review.moment, &outcome) {
        try reviewed(before, program.ladders[ladder], Context(subject: .member(member), at: review.moment))
      }
      guard let after else { continue }
      tiers[ladder][member] = after
      if after.tier != before.tier {
        outcome.tierChanges.append(
          NaiveTierChange(ladder: ladder, member: member, from: before.tier, to: after.tier, at: review.moment))
      }
    }
  }

  private func reviewed(_ standing: NaiveTier, _ ladder: TypedLadder, _ context: Context) throws -> NaiveTier {
    let now = context.at
    func holds(_ condition: TypedExpr?) throws -> Bool { try condition.map { try isTrue($0, context) } ?? true }
    func isKept(_ tier: Int) throws -> Bool { try holds(ladder.tiers[tier].keep ?? ladder.tiers[tier].when) }
    let deserved = try ladder.tiers.indices.last { try $0 == 0 || holds(ladder.tiers[$0].when) } ?? 0
    if deserved > standing.tier { return NaiveTier(tier: deserved, since: now) }
    if deserved == standing.tier { return NaiveTier(tier: standing.tier, since: standing.since) }
    if try isKept(standing.tier) { return NaiveTier(tier: standing.tier, since: standing.since) }
    let failingSince = standing.failingSince ?? now
    let isOver =
      switch ladder.grace {
      case .days(let days): calendar.day(of: now) - calendar.day(of: failingSince) >= days
      case .exact(let micros): now - failingSince >= micros
      }
    guard isOver else { return NaiveTier(tier: standing.tier, since: standing.since, failingSince: failingSince) }
    guard ladder.demotesOneStep else { return NaiveTier(tier: deserved, since: now) }
    let lower = standing.tier - 1
    let failsAgain = try lower > deserved && !isKept(lower)
    return NaiveTier(tier: lower, since: now, failingSince: failsAgain ? now : nil)
  }
}
