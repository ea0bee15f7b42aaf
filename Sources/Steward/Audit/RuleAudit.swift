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
    /// The phases in which it acts; none is always.
    var during: [PhaseIndex] = []
    var all: [TypedExpr] { pattern + clauses }

    mutating func replace(_ index: Int, with clause: TypedExpr) {
      if index < pattern.count { pattern[index] = clause } else { clauses[index - pattern.count] = clause }
    }
  }

  /// - Parameter strays: takes the events at which a rule took back what was not there.
  func findings(strays: inout [StrayTaking]) -> [Diagnostic] {
    guard asOf != nil || data.lastInstant != nil, data.members.count > 0 else { return [] }
    let segments = program.lets.indices.filter { index in
      let own = program.lets[index]
      // Who is in a private segment, or that nobody is, is withheld.
      return own.isSegment && own.subject == .member && !own.needsFiringEvent && !own.value.type.isPrivate
    }
    let probes = segments.map { Probe(trigger: .every(.day), clauses: [program.lets[$0].value]) }
    let result = result(probes.map { rule($0, $0.all.count) })
    guard let outcome = result.outcome else { return [] }
    strays = result.strays
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
    let refused = refused(outcome)
    if silent.isEmpty { return refused }
    return explained(silent, emptySegments: empty, outcome) + refused
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
      probe.during = rule.during
      let declaration: AuditProblem.Declaration =
        rule.deduction != nil ? .deduction : rule.takeBack != nil ? .takeBack : .incentive
      return Silent(declaration: declaration, name: rule.name, span: rule.span, probe: probe)
    }
  }

  /// Rules of which everything was refused.
  private func refused(_ outcome: Outcome) -> [Diagnostic] {
    var counts: [Int: Int] = [:]
    for refusal in outcome.refusals { counts[Int(refusal.rule), default: 0] += 1 }
    return program.incentives.indices.compactMap { index in
      guard outcome.incentiveTotals[index].awards == 0, let count = counts[index] else { return nil }
      let rule = program.incentives[index]
      let isDeduction = rule.deduction != nil
      return AuditProblem.neverFired(
        isDeduction ? .deduction : .incentive, name: rule.name, .refused(count, isDeduction: isDeduction)
      ).at(rule.span)
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
      // All of them in its phases.
      if !own.probe.during.isEmpty {
        var inPhases = rule(own.probe, own.probe.all.count)
        inPhases.during = own.probe.during
        rules.append(inPhases)
      }
    }
    guard let outcome = run(rules) else { return [] }
    let totals = outcome.incentiveTotals.dropFirst(program.incentives.count).map(\.awards)
    var found: [Diagnostic] = []
    var failed: [Failed] = []
    for (own, start) in zip(silent, starts) {
      let clauses = own.probe.all
      let occasions = totals[start]
      guard let failing = (0...clauses.count).first(where: { totals[start + $0] == 0 }) else {
        let inPhases = start + clauses.count + max(1, clauses.count)
        if !own.probe.during.isEmpty, totals.indices.contains(inPhases), totals[inPhases] == 0 {
          let names = own.probe.during.map { program.plans[$0.plan].phases[$0.phase].name }
          found.append(AuditProblem.neverFired(own.declaration, name: own.name, .outsidePhases(names)).at(own.span))
          continue
        }
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
      if clause.type.isPrivate {
        found.append(AuditProblem.neverFired(own.declaration, name: own.name, .withheld).at(own.span))
      } else {
        failed.append(Failed(own: own, count: failing, clause: clause, alone: alone, occasions: asked))
      }
    }
    let reached = reached(failed)
    for (place, own) in failed.enumerated() {
      let why = AuditProblem.Why.clause(alone: own.alone, occasions: own.occasions, most: reached[place])
      found.append(
        AuditProblem.neverFired(own.own.declaration, name: own.own.name, why).at(
          own.clause.span, related: related(own.own, own.clause)))
    }
    return found
  }

  /// A clause that never held together with those before it.
  private struct Failed {
    var own: Silent
    /// It is the last of so many.
    var count: Int
    var clause: TypedExpr
    var alone: Bool
    var occasions: AuditProblem.Occasions
  }

  /// How far it came where a whole number had to be large enough: the most that it was. - Missing: it is another clause.
  private func reached(_ failed: [Failed]) -> [Int64?] {
    // The largest threshold known to hold, the smallest known not to.
    var bounds: [(low: Int64?, high: Int64)?] = failed.map { own in
      guard let wanted = Threshold(own.clause) else { return nil }
      return (nil, wanted.least)
    }
    for _ in 0..<3 {
      var rules: [TypedIncentive] = []
      var asked: [(place: Int, least: Int64)] = []
      for (place, own) in failed.enumerated() {
        guard let bound = bounds[place], let threshold = Threshold(own.clause) else { continue }
        for least in RuleAudit.thresholds(bound) {
          asked.append((place, least))
          var probe = own.own.probe
          probe.replace(own.count - 1, with: threshold.clause(least))
          rules.append(rule(probe, own.count))
        }
      }
      guard !rules.isEmpty, let outcome = run(rules) else { break }
      let totals = outcome.incentiveTotals.dropFirst(program.incentives.count).map(\.awards)
      for (index, (place, least)) in asked.enumerated() {
        guard let bound = bounds[place] else { continue }
        bounds[place] =
          totals[index] > 0 ? (max(bound.low ?? least, least), bound.high) : (bound.low, min(bound.high, least))
      }
    }
    return bounds.map { bound in
      guard let bound, let low = bound.low, bound.high - low == 1 else { return nil }
      return low
    }
  }

  /// At most sixteen numbers between what holds and what does not; from 0 on where nothing is known to hold.
  private static func thresholds(_ bound: (low: Int64?, high: Int64)) -> [Int64] {
    let first = bound.low.map { $0 + 1 } ?? 0
    guard first < bound.high, bound.high - first < 1 << 40 else { return [] }
    let step = max(1, (bound.high - first + 15) / 16)
    return Array(stride(from: first, to: bound.high, by: Int64.Stride(step)))
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
  private func run(_ rules: [TypedIncentive]) -> Outcome? { result(rules).outcome }

  private func result(_ rules: [TypedIncentive]) -> Engine.Result {
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
      stop: stop)
  }
}

/// `count(answer) >= 9`: a whole number that must be at least so large.
private struct Threshold {
  let value: TypedExpr
  let least: Int64
  let constant: TypedExpr
  let whole: TypedExpr

  init?(_ clause: TypedExpr) {
    guard case .compare(let sign, let left, let right) = clause.node, left.type.base == .int else { return nil }
    switch (sign, left.node, right.node) {
    case (.greaterOrEqual, _, .constant(.int(let wanted))): (value, constant, least) = (left, right, wanted)
    case (.greater, _, .constant(.int(let wanted))) where wanted < .max:
      (value, constant, least) = (left, right, wanted + 1)
    case (.lessOrEqual, .constant(.int(let wanted)), _): (value, constant, least) = (right, left, wanted)
    case (.less, .constant(.int(let wanted)), _) where wanted < .max:
      (value, constant, least) = (right, left, wanted + 1)
    default: return nil
    }
    whole = clause
  }

  /// The same with another number.
  func clause(_ least: Int64) -> TypedExpr {
    let number = TypedExpr(.constant(.int(least)), constant.type, constant.span)
    return TypedExpr(.compare(.greaterOrEqual, value, number), whole.type, whole.span)
  }
}

extension Span {
  fileprivate func lies(in other: Span) -> Bool {
    file == other.file && other.start <= start && end <= other.end
  }
}
