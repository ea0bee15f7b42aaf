// What alerts, goals and plans ask of the engine.

/// What an alert asks.
struct PlanAlert: Sendable {
  enum Asked: Sendable {
    /// Indices in `Plan.series`, of the community or of its groups; how many members are in a group.
    case community(when: Int, members: Int?, message: Int?, suggest: Int?)
    /// Nodes about a member.
    case members(segment: Int, when: Int, groupBy: [Int], message: Int?, suggest: Int?)
  }
  /// - Missing: nil where the run was not asked for it.
  var asked: Asked?

  /// The nodes that say at each check whom it is about, and whether it holds.
  var roots: [Int] {
    if case .members(let segment, let when, _, _, _) = asked { [segment, when] } else { [] }
  }

  /// The nodes that are asked when it begins to fire.
  var lateRoots: [Int] {
    guard case .members(_, _, let groupBy, let message, let suggest) = asked else { return [] }
    return groupBy + [message, suggest].compactMap(\.self)
  }
}

/// What a goal asks: indices in `Plan.series`.
struct PlanGoal: Sendable {
  var value: Int
  var target: Int
}

extension Planner {
  mutating func planAlerts(_ only: Set<String>) {
    let wanted = wantedAlerts(only)
    plan.alerts = program.alerts.enumerated().map { index, alert in
      PlanAlert(asked: wanted.contains(index) ? asked(alert) : nil)
    }
    plan.goals = program.goals.map { goal in
      guard only.isEmpty || only.contains(goal.name) else { return nil }
      return PlanGoal(
        value: series(goal.value, .daily, split: nil), target: series(goal.target, .daily, split: nil))
    }
    let gating = Set(program.incentives.flatMap(\.during).map(\.plan))
    plan.phases = program.plans.enumerated().map { index, phased in
      // Under `--only` a rule that is asked for may act in some phases alone.
      guard only.isEmpty || only.contains(phased.name) || gating.contains(index) else { return nil }
      return phased.phases.map { phase in phase.until.map { series($0, .daily, split: nil) } }
    }
  }

  /// The alerts that are asked for, with those that silence them or draw on the same budget of pushes.
  private func wantedAlerts(_ only: Set<String>) -> Set<Int> {
    if only.isEmpty { return Set(program.alerts.indices) }
    var open = program.alerts.indices.filter { only.contains(program.alerts[$0].name) }
    var wanted: Set<Int> = []
    while let index = open.popLast() {
      guard wanted.insert(index).inserted else { continue }
      open += program.alerts[index].unless
      for budget in program.pushBudgets where budget.covers.contains(index) { open += budget.covers }
    }
    return wanted
  }

  private mutating func asked(_ alert: TypedAlert) -> PlanAlert.Asked {
    var split: TypedExpr?
    switch alert.about {
    case .members(let segment):
      return .members(
        segment: node(segment), when: node(alert.when), groupBy: alert.groupBy.map { node($0) },
        message: alert.message.map { node($0) }, suggest: alert.suggest.map { node($0) })
    case .groups(let value, _): split = value
    case .community: break
    }
    return .community(
      when: series(alert.when, alert.check, split: split),
      members: split.map { series(countOfMembers($0.span), alert.check, split: $0) },
      message: alert.message.map { series($0, alert.check, split: split) },
      suggest: alert.suggest.map { series($0, alert.check, split: split) })
  }

  private func countOfMembers(_ span: Span) -> TypedExpr {
    let everybody = TypedExpr(.constant(.bool(true)), .bool, span)
    return TypedExpr(
      .memberAggregate(MemberAggregate(function: .count, value: everybody, among: nil, span: span)), .int, span)
  }

  /// Whether one of some phases is on.
  mutating func duringNode(_ phases: [PhaseIndex], _ span: Span) -> Int {
    add(.during(phases), [], .flags, span)
  }
}
