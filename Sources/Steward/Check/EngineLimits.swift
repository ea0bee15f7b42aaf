// What the checker understands and this version's engine does not compute yet: the one place that says so. As the engine learns
// a construct, its case goes.

/// A construct that a run would get wrong.
public enum EngineLimit: String, Sendable, CaseIterable {
  case previous, forgive
  case seenBy, references, items

  var words: Wording {
    switch self {
    case .previous: Wording("`previous(…)`")
    case .forgive: Wording("`forgive`")
    case .seenBy: Wording("`seen by`")
    case .references: Wording(en: "reading a column of what a reference points to", zh: "读取引用所指向的列")
    case .items: Wording("`about content`")
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
    walk.schema()
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

  mutating func schema() {
    for kind in program.schema.events?.kinds ?? [] {
      if case .seen = kind.source { meet(.seenBy, at: kind.span) }
    }
    for set in program.schema.events?.sets ?? [] {
      if let condition = set.pattern.condition { walk(condition) }
    }
  }

  mutating func declarations() {
    for binding in program.lets {
      if binding.subject == .content { meet(.items, at: binding.span) }
      walk(binding.value)
    }
    for incentive in program.incentives { walk(incentive) }
    for ladder in program.ladders {
      for tier in ladder.tiers {
        for condition in [tier.when, tier.keep].compactMap(\.self) { walk(condition) }
      }
    }
  }

  private mutating func walk(_ incentive: TypedIncentive) {
    let amounts = incentive.amounts.flatMap(\.places)
    if case .on(let pattern) = incentive.trigger, let condition = pattern.condition { walk(condition) }
    var values = [incentive.among, incentive.when, incentive.deduction?.points].compactMap(\.self) + amounts
    if let board = incentive.board { values += board.keys.map(\.value) + board.within }
    for value in values { walk(value) }
  }

  private mutating func walk(_ expression: TypedExpr) {
    switch expression.node {
    case .previous: meet(.previous, at: expression.span)
    case .referenced: meet(.references, at: expression.span)
    case .aggregate(let aggregate):
      if case .streak(_, .some) = aggregate.function { meet(.forgive, at: expression.span) }
    default: break
    }
    for child in expression.children { walk(child) }
  }
}
