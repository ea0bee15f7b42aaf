// Rules of which nothing ever came, and why. One run says which: an incentive without an award, a tier that nobody reached, a
// segment that nobody was in on any day. A second run asks for each of their clauses, by rules of our own that stand beside
// the rule set: the same trigger with the first clause alone, with the first two, and so on. They award a purse of their own,
// so that they change nothing, and the first of them that never fires names the clause.

/// Finds rules that could never have fired.
struct RuleAudit {
  let program: TypedProgram
  let data: Dataset
  let calendar: Calendar
  let asOf: Int64?
  let counts: KindCounts
  /// What was said already of texts in clauses.
  let told: [Span]
  let workers: Workers
  let stop: StopFlag

  /// A declaration of which nothing came.
  private struct Silent {
    var declaration: AuditProblem.Declaration
    var name: String
    var span: Span
    var probe: Probe
  }

  /// What a declaration waits for: a trigger, and clauses in the order in which they are asked.
  private struct Probe {
    var trigger: TypedIncentive.Trigger
    /// Conditions of the pattern itself.
    var pattern: [TypedExpr] = []
    var clauses: [TypedExpr] = []
    var board: TypedIncentive.Board?
    var all: [TypedExpr] { pattern + clauses }
  }

  func findings() -> [Diagnostic] {
    guard asOf != nil || data.lastInstant != nil, data.members.count > 0 else { return [] }
    let segments = program.lets.indices.filter { index in
      let own = program.lets[index]
      return own.isSegment && own.subject == .member && !own.needsFiringEvent
    }
    let probes = segments.map { Probe(trigger: .every(.day), clauses: [program.lets[$0].value]) }
    guard let outcome = run(probes.map { rule($0, $0.all.count) }) else { return [] }
    let totals = outcome.incentiveTotals
    var silent: [Silent] = []
    for (place, index) in segments.enumerated() where totals[program.incentives.count + place].awards == 0 {
      let own = program.lets[index]
      silent.append(
        Silent(
          declaration: .segment, name: own.name, span: own.span,
          probe: Probe(trigger: .every(.day), clauses: RuleAudit.parts(own.value))))
    }
    let empty = Set(
      segments.enumerated().filter { totals[program.incentives.count + $0.offset].awards == 0 }.map(\.element))
    silent += incentives(outcome) + tiers(outcome)
    if silent.isEmpty { return [] }
    return explained(silent, emptySegments: empty, outcome)
  }

  // MARK: What never came

  private func incentives(_ outcome: Outcome) -> [Silent] {
    let refused = Set(outcome.refusals.map(\.rule))
    return program.incentives.indices.compactMap { index in
      let rule = program.incentives[index]
      if outcome.incentiveTotals[index].awards > 0 || refused.contains(Int32(truncatingIfNeeded: index)) { return nil }
      var probe = Probe(trigger: rule.trigger)
      if case .on(let pattern) = rule.trigger {
        // That a kind never occurs is said where it is declared.
        if pattern.kinds.allSatisfy({ counts.unseen.contains(base($0)) }) { return nil }
        probe.pattern = pattern.condition.map(RuleAudit.parts) ?? []
        var bare = pattern
        bare.condition = nil
        probe.trigger = .on(bare)
      }
      probe.clauses = [rule.among, rule.when].compactMap(\.self).flatMap(RuleAudit.parts)
      probe.board = rule.board
      let declaration: AuditProblem.Declaration =
        rule.deduction != nil ? .deduction : rule.takeBack != nil ? .takeBack : .incentive
      return Silent(declaration: declaration, name: rule.name, span: rule.span, probe: probe)
    }
  }

  /// The kind of the file whose rows a kind has.
  private func base(_ kind: Int) -> Int {
    if let kinds = program.schema.events?.kinds, kinds.indices.contains(kind),
      case .seen(let base, _) = kinds[kind].source
    {
      return base
    }
    return kind
  }

  private func tiers(_ outcome: Outcome) -> [Silent] {
    var silent: [Silent] = []
    for (number, ladder) in program.ladders.enumerated() {
      var reached: Set<Int32> = []
      for change in outcome.tierChanges where Int(change.ladder) == number { reached.insert(change.to) }
      for record in outcome.tiers[number] { reached.insert(record.tier) }
      let highest = reached.max() ?? 0
      for (index, tier) in ladder.tiers.enumerated() where index > Int(highest) {
        guard let when = tier.when else { continue }
        silent.append(
          Silent(
            declaration: .tier(ladder: ladder.name), name: tier.name, span: tier.span,
            probe: Probe(trigger: .every(.day), clauses: RuleAudit.parts(when))))
      }
    }
    return silent
  }

  /// The conditions that must hold together.
  private static func parts(_ condition: TypedExpr) -> [TypedExpr] {
    if case .and(let left, let right) = condition.node { return parts(left) + parts(right) }
    return [condition]
  }

  // MARK: Why

  private func explained(_ silent: [Silent], emptySegments: Set<Int>, _ first: Outcome) -> [Diagnostic] {
    var rules: [TypedIncentive] = []
    var starts: [Int] = []
    for own in silent {
      starts.append(rules.count)
      for count in 0...own.probe.all.count { rules.append(rule(own.probe, count, isCounted: count == 0)) }
      // Each clause but the first alone.
      for index in own.probe.all.indices.dropFirst() { rules.append(rule(only: index, own.probe)) }
    }
    guard let outcome = run(rules) else { return [] }
    let totals = outcome.incentiveTotals.dropFirst(program.incentives.count).map(\.awards)
    var found: [Diagnostic] = []
    for (own, start) in zip(silent, starts) {
      let clauses = own.probe.all
      let occasions = totals[start]
      guard let failing = (0...clauses.count).first(where: { totals[start + $0] == 0 }) else {
        found.append(board(own) ?? AuditProblem.neverFired(own.declaration, name: own.name, .nothingGiven).at(own.span))
        continue
      }
      if failing == 0 {
        let occasion = noOccasion(own.probe.trigger)
        found.append(AuditProblem.neverFired(own.declaration, name: own.name, .noOccasion(occasion)).at(own.span))
        continue
      }
      let clause = clauses[failing - 1]
      // A segment that nobody was ever in is told itself.
      if case .reference(let index) = clause.node, emptySegments.contains(index) { continue }
      if told.contains(where: { $0.lies(in: clause.span) }) { continue }
      let alone = failing > 1 && totals[start + clauses.count + failing - 1] > 0
      let asked = self.occasions(own.probe.trigger, occasions, outcome)
      found.append(
        AuditProblem.neverFired(own.declaration, name: own.name, .clause(alone: alone, occasions: asked)).at(
          clause.span, related: related(own, clause)))
    }
    return found
  }

  /// A board whose first key is never above 0.
  private func board(_ own: Silent) -> Diagnostic? {
    guard let board = own.probe.board, let key = board.keys.first else { return nil }
    return AuditProblem.neverFired(own.declaration, name: own.name, .noRank).at(
      key.value.span, related: related(own, key.value))
  }

  private func related(_ own: Silent, _ clause: TypedExpr) -> [Diagnostic.Related] {
    clause.span.lies(in: own.span) ? [] : [.init(span: own.span, message: Wording(en: "for this", zh: "用在这里"))]
  }

  private func noOccasion(_ trigger: TypedIncentive.Trigger) -> Wording {
    switch trigger {
    case .on(let pattern):
      let names = pattern.kinds.compactMap { program.schema.events?.kinds[$0].name }
      return Wording(
        en: "no event \(names.map { "`\($0)`" }.joined(separator: " or ")) of a member",
        zh: "没有哪名成员有\(names.map { "“\($0)”" }.joined(separator: "或"))事件")
    case .every(let unit):
      let unit = AuditProblem.words(unit)
      return Wording(en: "no \(unit.english) has ended yet", zh: "还没有过完一个\(unit.chinese)")
    }
  }

  private func occasions(_ trigger: TypedIncentive.Trigger, _ count: Int, _ outcome: Outcome) -> AuditProblem.Occasions
  {
    let first = CivilDate(dayNumber: outcome.firstDay).text
    let last = CivilDate(dayNumber: calendar.day(of: outcome.asOf)).text
    if case .on = trigger { return .events(count) }
    return .days(first: first, last: last)
  }

  // MARK: Rules that ask

  /// A rule with the first so many clauses.
  private func rule(_ probe: Probe, _ count: Int, isCounted: Bool = false) -> TypedIncentive {
    let pattern = Array(probe.pattern.prefix(count))
    let clauses = Array(probe.clauses.prefix(max(0, count - probe.pattern.count)))
    return rule(probe.trigger, pattern, clauses, isCounted: isCounted)
  }

  /// A rule with one clause alone.
  private func rule(only index: Int, _ probe: Probe) -> TypedIncentive {
    index < probe.pattern.count
      ? rule(probe.trigger, [probe.pattern[index]], []) : rule(probe.trigger, [], [probe.all[index]])
  }

  private func rule(
    _ trigger: TypedIncentive.Trigger, _ pattern: [TypedExpr], _ clauses: [TypedExpr], isCounted: Bool = false
  ) -> TypedIncentive {
    let span = clauses.first?.span ?? pattern.first?.span ?? Span(file: FileID(0), start: 0, end: 0)
    var asking = trigger
    if case .on(var own) = trigger {
      own.condition = RuleAudit.all(pattern)
      asking = .on(own)
    }
    let one = TypedExpr(.constant(.int(1)), .int, span)
    return TypedIncentive(
      name: "", trigger: asking, when: RuleAudit.all(clauses),
      amounts: [TypedIncentive.Amount(purse: program.schema.purses.count, places: [one])],
      limits: isCounted ? [] : [TypedIncentive.Limit(count: 1, per: .ever, span: span)], span: span)
  }

  private static func all(_ conditions: [TypedExpr]) -> TypedExpr? {
    guard var all = conditions.first else { return nil }
    for next in conditions.dropFirst() { all = TypedExpr(.and(all, next), .bool, next.span) }
    return all
  }

  /// What comes of the rule set with some rules beside it.
  private func run(_ rules: [TypedIncentive]) -> Outcome? {
    var asking = program
    asking.schema.purses.append("\u{0}")
    for (index, rule) in rules.enumerated() {
      var rule = rule
      // Behind all others in the order of names.
      rule.name = "\u{10FFFF}\(index)"
      asking.incentives.append(rule)
    }
    return Engine.run(
      asking, data, calendar: calendar, options: Engine.Options(asOf: asOf, keepsAwards: false), workers: workers,
      stop: stop
    ).outcome
  }
}

extension Span {
  fileprivate func lies(in other: Span) -> Bool {
    file == other.file && other.start <= start && end <= other.end
  }
}
