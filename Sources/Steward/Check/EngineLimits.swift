// What the checker understands and this version's engine does not compute yet: the one place that says so. As the engine learns
// a construct, its case goes.

/// A construct that a run would get wrong.
public enum EngineLimit: String, Sendable, CaseIterable {
  case expires, deduct, takeBack, board, purses, cost, communityBudget, sharedBudget
  case rewardsInRules, tiersInRules, tiersInLadders, spent, lastAward, previous, forgive
  case seenBy, records, membersFromEvents, references, items

  var words: Wording {
    switch self {
    case .expires: Wording("`expires after`")
    case .deduct: Wording("`deduct`")
    case .takeBack: Wording("`take back`")
    case .board: Wording("`rank by`")
    case .purses: Wording(en: "a second purse", zh: "第二种积分")
    case .cost: Wording("`cost`")
    case .communityBudget: Wording(en: "a budget of the whole community", zh: "整个社群的预算")
    case .sharedBudget: Wording(en: "a budget that covers several incentives", zh: "覆盖多条激励的预算")
    case .rewardsInRules: Wording(en: "points, awards and badges read by an incentive", zh: "激励规则读取积分、发放记录或徽章")
    case .tiersInRules: Wording(en: "a tier read by an incentive", zh: "激励规则读取等级")
    case .tiersInLadders: Wording(en: "a ladder read by the tiers of a ladder", zh: "等级条件读取另一套等级")
    case .spent: Wording("`spent(…)`")
    case .lastAward: Wording("`last_award(…)`")
    case .previous: Wording("`previous(…)`")
    case .forgive: Wording("`forgive`")
    case .seenBy: Wording("`seen by`")
    case .records: Wording("`records`")
    case .membersFromEvents: Wording("`members from events`")
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
    if program.schema.members?.isFromEvents == true { meet(.membersFromEvents, at: program.schema.members?.span) }
    for kind in program.schema.events?.kinds ?? [] {
      switch kind.source {
      case .file: break
      case .seen: meet(.seenBy, at: kind.span)
      case .records: meet(.records, at: kind.span)
      }
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
    for budget in program.budgets {
      if !budget.isPerMember { meet(.communityBudget, at: budget.span) }
      if !budget.isClause { meet(.sharedBudget, at: budget.span) }
      if budget.purse != 0 { meet(.purses, at: budget.span) }
    }
    for ladder in program.ladders {
      for tier in ladder.tiers {
        for condition in [tier.when, tier.keep].compactMap(\.self) {
          walk(condition)
          if reads(condition, isTier) { meet(.tiersInLadders, at: condition.span) }
        }
      }
    }
  }

  private mutating func walk(_ incentive: TypedIncentive) {
    if incentive.expiresAfterDays != nil { meet(.expires, at: incentive.span) }
    if incentive.costPerPoint != nil { meet(.cost, at: incentive.span) }
    if let board = incentive.board { meet(.board, at: board.span) }
    if let deduction = incentive.deduction { meet(.deduct, at: deduction.span) }
    if let takeBack = incentive.takeBack { meet(.takeBack, at: takeBack.span) }
    let amounts = incentive.amounts.flatMap(\.places)
    if incentive.amounts.contains(where: { $0.purse != 0 }) { meet(.purses, at: amounts.first?.span ?? incentive.span) }
    for cap in incentive.caps where cap.purse != 0 { meet(.purses, at: cap.span) }
    if case .on(let pattern) = incentive.trigger, let condition = pattern.condition { walk(condition) }
    var values = [incentive.among, incentive.when, incentive.deduction?.points].compactMap(\.self) + amounts
    if let board = incentive.board { values += board.keys.map(\.value) + board.within }
    for value in values {
      walk(value)
      if reads(value, isReward) { meet(.rewardsInRules, at: value.span) }
      if reads(value, isTier) { meet(.tiersInRules, at: value.span) }
    }
  }

  private mutating func walk(_ expression: TypedExpr) {
    switch expression.node {
    case .balance(let purse), .earned(let purse, _): if purse != 0 { meet(.purses, at: expression.span) }
    case .spent: meet(.spent, at: expression.span)
    case .lastAward: meet(.lastAward, at: expression.span)
    case .previous: meet(.previous, at: expression.span)
    case .referenced: meet(.references, at: expression.span)
    case .aggregate(let aggregate):
      if case .streak(_, .some) = aggregate.function { meet(.forgive, at: expression.span) }
    default: break
    }
    for child in expression.children { walk(child) }
  }

  private func isTier(_ expression: TypedExpr) -> Bool {
    switch expression.node {
    case .tier, .tierSince: true
    default: false
    }
  }

  private func isReward(_ expression: TypedExpr) -> Bool {
    switch expression.node {
    case .balance, .earned, .spent, .awards, .lastAward, .badges: true
    default: false
    }
  }

  /// Whether an expression, or a `let` that it reads, has such a node.
  private func reads(_ expression: TypedExpr, _ test: (TypedExpr) -> Bool) -> Bool {
    var visited: Set<Int> = []
    var open = [expression]
    while let next = open.popLast() {
      if next.first(where: test) != nil { return true }
      for index in next.references where visited.insert(index).inserted && program.lets.indices.contains(index) {
        open.append(program.lets[index].value)
      }
    }
    return false
  }
}
