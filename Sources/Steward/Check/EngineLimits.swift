// What the checker understands and this version's engine does not compute yet: the one place that says so. As the engine learns
// a construct, its case goes.

/// A construct that a run would get wrong.
public enum EngineLimit: String, Sendable, CaseIterable {
  case previousOfCommunity, seenTwice, metrics, alert, goal, plan, pushes

  var words: Wording {
    switch self {
    case .previousOfCommunity: Wording(en: "`previous(…)` about the community", zh: "对整个社群使用 `previous(…)`")
    case .alert: Wording("`alert`")
    case .goal: Wording("`goal`")
    case .plan: Wording("`plan`")
    case .pushes: Wording(en: "a budget of `pushes`", zh: "推送次数（`pushes`）的预算")
    case .metrics: Wording(en: "`metric` and what rules read of the community", zh: "`metric` 以及规则读取社群数据")
    case .seenTwice:
      Wording(
        en: "one kind of events as two members see it, counted together about the community",
        zh: "把两个成员看到的同一种事件合在一起按整个社群统计")
    }
  }
}

public enum EngineLimits {
  /// The constructs of a program that the engine does not compute yet, each place once.
  /// - Reports: N0290.
  public static func problems(
    in program: TypedProgram, limits: [EngineLimit] = EngineLimit.allCases
  ) -> [Diagnostic] {
    if limits.isEmpty { return [] }
    var walk = EngineWalk(program: program, limits: Set(limits))
    walk.declarations()
    return walk.found
  }
}

private struct EngineWalk {
  let program: TypedProgram
  let limits: Set<EngineLimit>
  var found: [Diagnostic] = []
  private var seen: Set<String> = []

  init(program: TypedProgram, limits: Set<EngineLimit>) {
    self.program = program
    self.limits = limits
  }

  mutating func meet(_ limit: EngineLimit, at span: Span?) {
    guard limits.contains(limit), let span else { return }
    guard seen.insert("\(limit) \(span.file.index) \(span.start)").inserted else { return }
    found.append(NameProblem.later(limit.words, instead: nil).at(span))
  }

  mutating func declarations() {
    for alert in program.alerts { meet(.alert, at: alert.span) }
    for goal in program.goals { meet(.goal, at: goal.span) }
    for plan in program.plans { meet(.plan, at: plan.span) }
    for budget in program.pushBudgets { meet(.pushes, at: budget.span) }
    for metric in program.metrics { meet(.metrics, at: metric.span) }
    for binding in program.lets { meet(.metrics, at: ofCommunity(binding.value)) }
    for rule in program.incentives { meet(.metrics, at: rule.when.flatMap(ofCommunity)) }
    for binding in program.lets where binding.subject == .community {
      let spot = binding.value.first { if case .previous = $0.node { true } else { false } }
      meet(.previousOfCommunity, at: spot?.span)
      let twice = binding.value.first { expression in
        guard case .aggregate(let aggregate) = expression.node else { return false }
        return seesTwice(aggregate.pattern)
      }
      meet(.seenTwice, at: twice?.span)
    }
  }

  private func ofCommunity(_ value: TypedExpr) -> Span? {
    value.first { if case .ofCommunity = $0.node { true } else { false } }?.span
  }

  /// Whether a row may be among a pattern's twice.
  private func seesTwice(_ pattern: EventPattern) -> Bool {
    let kinds = program.schema.events?.kinds ?? []
    let bases = pattern.kinds.compactMap { index -> Int? in
      guard kinds.indices.contains(index), case .seen(let base, _) = kinds[index].source else { return nil }
      return pattern.kinds.contains(base) ? nil : base
    }
    return Set(bases).count < bases.count
  }
}
