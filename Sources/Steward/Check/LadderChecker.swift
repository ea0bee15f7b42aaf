// Ladders of tiers: the lowest first, each other one with its condition.

extension ProgramChecker {
  func checkLadder(_ index: Int) -> TypedLadder {
    let entry = ladders[index]
    var draft = TypedLadder(name: entry.syntax.name.text, doc: entry.doc, tiers: [], span: entry.span)
    unfolded = 0
    var seen: [String: Span] = [:]
    var tierNames: [String: Span] = [:]
    var hasErrors = false
    for clause in entry.syntax.clauses {
      if let keyword = clause.kind.keyword {
        if let first = seen[keyword] {
          report(RuleProblem.clauseTwice(keyword), at: clause.span, related: [firstHere(first)])
          continue
        }
        seen[keyword] = clause.span
      }
      switch clause.kind {
      case .title(let title): draft.title = title.text
      case .tier(let tier):
        if let first = tierNames.updateValue(tier.name.span, forKey: tier.name.text) {
          report(RuleProblem.tierTwice(tier.name.text), at: tier.name.span, related: [firstHere(first)])
        }
        draft.tiers.append(checkTier(tier, isLowest: draft.tiers.isEmpty, clause.span))
      case .review(let unit): draft.review = unit
      case .grace(let length): draft.grace = checkGrace(length)
      case .demoteOneStep: draft.demotesOneStep = true
      case .error: hasErrors = true
      }
    }
    notePast(draft.tiers.flatMap { [$0.when, $0.keep].compactMap(\.self) })
    if draft.tiers.count < 2, !hasErrors {
      report(RuleProblem.tooFewTiers(draft.name), at: entry.syntax.name.span)
    }
    return draft
  }

  private func checkTier(_ syntax: TierSyntax, isLowest: Bool, _ span: Span) -> TypedLadder.Tier {
    var tier = TypedLadder.Tier(name: syntax.name.text, doc: syntax.doc, when: nil, span: span)
    var seen: [String: Span] = [:]
    var hasErrors = false
    func isFirst(_ keyword: String, _ span: Span) -> Bool {
      guard let first = seen[keyword] else {
        seen[keyword] = span
        return true
      }
      report(RuleProblem.clauseTwice(keyword), at: span, related: [firstHere(first)])
      return false
    }
    for clause in syntax.clauses {
      switch clause {
      case .when(let condition, let span):
        guard isFirst("when", span) else { continue }
        if isLowest {
          report(RuleProblem.lowestTierCondition(syntax.name.text), at: span)
        } else {
          tier.when = checkTierCondition(condition, "when")
        }
      case .keepWhen(let condition, let span):
        guard isFirst("keep when", span) else { continue }
        if isLowest {
          report(RuleProblem.keepOnLowest(syntax.name.text), at: span)
        } else {
          tier.keep = checkTierCondition(condition, "keep when")
        }
      case .grants(let grants, let span):
        guard isFirst("grants", span) else { continue }
        tier.grants = grants.map(\.text)
      case .title(let title, let span):
        guard isFirst("title", span) else { continue }
        tier.title = title.text
      case .error: hasErrors = true
      }
    }
    if !isLowest, seen["when"] == nil, !hasErrors {
      report(RuleProblem.tierConditionMissing(syntax.name.text), at: syntax.name.span)
    }
    return tier
  }

  /// Ladders whose tiers wait for each other at one review.
  func checkLadderCycles(_ typed: [TypedLadder]) {
    let reads = typed.map { ladder in
      ladder.tiers.flatMap { [$0.when, $0.keep].compactMap(\.self) }
        .reduce(into: Set<Int>()) { $0.formUnion(traits(of: $1).ladders) }
    }
    let edges = reads.map { $0.filter(reads.indices.contains).sorted() }
    var state = Array(repeating: 0, count: typed.count)
    for root in typed.indices where state[root] == 0 {
      var stack = [(node: root, next: 0)]
      state[root] = 1
      while let top = stack.last {
        guard top.next < edges[top.node].count else {
          stack.removeLast()
          state[top.node] = 2
          continue
        }
        stack[stack.count - 1].next += 1
        let target = edges[top.node][top.next]
        if state[target] == 0 {
          state[target] = 1
          stack.append((target, 0))
        } else if state[target] == 1, let start = stack.firstIndex(where: { $0.node == target }) {
          reportLadders(stack[start...].map(\.node))
        }
      }
    }
  }

  private func reportLadders(_ cycle: [Int]) {
    guard let first = cycle.min(), let start = cycle.firstIndex(of: first) else { return }
    let turned = cycle[start...] + cycle[..<start]
    let names = turned.map { ladders[$0].syntax.name }
    report(
      NameProblem.ladderCycle((names + names.prefix(1)).map(\.text)), at: ladders[first].syntax.name.span,
      related: names.dropFirst().prefix(10).flatMap { declared(at: $0.span, $0.text) })
  }

  private func checkTierCondition(_ condition: Expr, _ keyword: String) -> TypedExpr {
    let typed = yesNo(check(condition, ExpressionScope()), for: Wording("`\(keyword)`"))
    if typed.isError { return typed }
    if typed.type.isPrivate { notePrivate(typed, decides: Wording(en: "who gets a tier", zh: "谁得到等级")) }
    return typed
  }

  /// Days and weeks count calendar days, hours and minutes exactly.
  private func checkGrace(_ length: Expr) -> TypedLadder.Grace {
    guard let literal = durationLiteral(length, ExpressionScope()) else {
      if case .error = length.kind { return .days(0) }
      report(RuleProblem.grace, at: length.span)
      return .days(0)
    }
    guard let micros = micros(of: literal, at: length.span) else { return .days(0) }
    switch literal.unit {
    case .days, .weeks: return .days(Int32(clamping: micros / Calendar.microsPerDay))
    default: return .exact(micros)
    }
  }
}

extension LadderSyntax.Kind {
  /// The keyword of a clause that may stand once.
  fileprivate var keyword: String? {
    switch self {
    case .title: "title"
    case .review: "review"
    case .grace: "grace"
    case .demoteOneStep: "demote"
    case .tier, .error: nil
    }
  }
}
