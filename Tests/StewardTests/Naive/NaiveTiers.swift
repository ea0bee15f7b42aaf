@testable import Steward

// Ladders: LANGUAGE §5.3.
extension NaiveEvaluator {
  /// Ladders that read others after those; those that do not depend on each other as declared.
  var ladderOrder: [Int] {
    var order: [Int] = []
    var visited: Set<Int> = []
    func visit(_ ladder: Int) {
      guard visited.insert(ladder).inserted else { return }
      for other in program.ladders.indices where other != ladder && reads(ladder, other) { visit(other) }
      order.append(ladder)
    }
    for ladder in program.ladders.indices { visit(ladder) }
    return order
  }

  private func reads(_ ladder: Int, _ other: Int) -> Bool {
    program.ladders[ladder].tiers.contains { tier in
      [tier.when, tier.keep].contains { condition in condition.map { reads($0, other) } ?? false }
    }
  }

  /// Whether an expression reads where members stand on a ladder now; what it reads of earlier days does not count.
  private func reads(_ expr: TypedExpr, _ ladder: Int) -> Bool {
    switch expr.node {
    case .tier(ladder), .tierSince(ladder): true
    case .previous: false
    case .reference(let index): reads(program.lets[index].value, ladder)
    default: expr.children.contains { reads($0, ladder) }
    }
  }

  mutating func review(_ member: Int, _ ladder: Int, _ step: NaiveStep, _ outcome: inout NaiveOutcome) {
    let moment = calendar.end(ofDay: step.day)
    let context = Context(
      subject: .member(member), at: moment,
      view: NaiveView(
        before: step, balancesAt: moment, isOfMorning: false, lastCheck: calendar.day(of: moment) - 1))
    let before = standing(ladder, member, step)
    let after = attempt(program.ladders[ladder].name, member, moment, &outcome) {
      try reviewed(before, program.ladders[ladder], context)
    }
    guard let after, after != before else { return }
    reviews[ladder][member].append((step, after))
    if after.tier != before.tier {
      outcome.tierChanges.append(
        NaiveTierChange(ladder: ladder, member: member, from: before.tier, to: after.tier, at: moment))
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
