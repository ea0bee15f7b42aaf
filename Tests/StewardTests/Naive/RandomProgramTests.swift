import Testing

@testable import Steward

@Suite struct RandomProgramTests {
  static func program(_ seed: UInt64) throws -> RandomProgram {
    try RandomProgram(seed: seed) { zone, weekStart in try ZoneFixtures.calendar(zone, weekStart: weekStart) }
  }

  /// What does not parse or check, in words; nil if all is well.
  static func firstError(_ source: String) -> String? {
    let file = SourceFile(id: FileID(0), name: "random.steward", text: source)
    let (syntax, parsing) = Parser.parse(file)
    let diagnostics = parsing + Checker.check([syntax]).diagnostics
    guard let first = diagnostics.first(where: { $0.severity == .error }) else { return nil }
    let line = first.span.map { String(decoding: file.line(file.position(of: Int($0.start)).line), as: UTF8.self) }
    let spot = first.span.map { file.text($0) } ?? ""
    return "\(first.code) \(first.message.english) at `\(spot)` in `\(line ?? "")`"
  }

  @Test func `nearly every random rule set parses and checks`() throws {
    var failed: [String] = []
    let count = environment("STEWARD_SEEDS") ?? 200
    for seed in 0..<UInt64(count) {
      let program = try RandomProgramTests.program(seed)
      if let error = RandomProgramTests.firstError(program.source) { failed.append("seed \(seed): \(error)") }
    }
    #expect(failed.count * 50 <= count, "\(failed.joined(separator: "\n"))")
  }

  @Test func `random rule sets do something`() throws {
    var seen: [String: Int] = [:]
    func count(_ what: String, _ isSeen: Bool) { seen[what, default: 0] += isSeen ? 1 : 0 }
    for number in 0..<UInt64(200) {
      let program = try RandomProgramTests.program(number * RandomProgram.perCommunity)
      let file = SourceFile(id: FileID(0), name: "random.steward", text: program.source)
      let (typed, diagnostics) = Checker.check([Parser.parse(file).0])
      if diagnostics.contains(where: { $0.severity == .error }) { continue }
      let plan = Planner.plan(typed)
      let pairs = plan.aggregates.filter(\.isCorrelated).map { PairPlan($0, plan) }
      count("lets about the firing event", typed.lets.contains { $0.needsFiringEvent })
      count("rules that read such lets", typed.readsLetsAboutTheEvent)
      count(
        "private values about the community",
        typed.lets.contains { $0.subject == .community && ($0.value.type.isPrivate || $0.value.isGuarded) })
      count("joined patterns", pairs.contains { !$0.conditions.keys.isEmpty && $0.asked == nil })
      count("joined patterns with more to ask", pairs.contains { !$0.conditions.keys.isEmpty && $0.asked != nil })
      count("patterns asked pair by pair", pairs.contains { $0.conditions.keys.isEmpty && $0.asked != nil })
      var naive = NaiveEvaluator(
        program: typed, data: program.rows.naiveData(typed.schema), calendar: program.rows.calendar,
        asOf: program.rows.asOf)
      let outcome = naive.run()
      count("awards for events", outcome.awards.contains { $0.event >= 0 })
      count("awards for periods", outcome.awards.contains { $0.event < 0 })
      count("badges", outcome.badges.contains { !$0.isEmpty })
      count("refusals", !outcome.refusals.isEmpty)
      count("budget refusals", outcome.refusals.contains { $0.reason != .cap })
      count("promotions", outcome.tierChanges.contains { $0.to > $0.from })
      count("demotions", outcome.tierChanges.contains { $0.to < $0.from })
      count("failures under grace", outcome.tiers.joined().contains { $0.failingSince != nil })
      count("faults", !outcome.errors.isEmpty)
      for (index, facts) in outcome.facts.enumerated() where Set(facts).count > 1 {
        count("facts that differ: \(typed.lets[index].value.type.base)".prefix(30).description, true)
      }
      count("community facts", outcome.communityFacts.contains { $0 != .missing })
    }
    if environment("STEWARD_SEEN") != nil { print(seen.sorted { $0.key < $1.key }) }
    for what in ["awards for events", "awards for periods", "badges", "promotions"] {
      #expect(seen[what, default: 0] >= 20, "\(what): \(seen)")
    }
    for what in ["rules that read such lets", "private values about the community"] {
      #expect(seen[what, default: 0] >= 5, "\(what): \(seen)")
    }
    for what in ["joined patterns", "joined patterns with more to ask", "patterns asked pair by pair"] {
      #expect(seen[what, default: 0] >= 3, "\(what): \(seen)")
    }
    for what in ["refusals", "demotions", "failures under grace", "community facts"] {
      #expect(seen[what, default: 0] >= 10, "\(what): \(seen)")
    }
  }

  @Test func `the same seed gives the same rule set and rows`() throws {
    let (one, other) = (try RandomProgramTests.program(7), try RandomProgramTests.program(7))
    #expect(one.source == other.source)
    #expect(one.rows.files(shuffledBy: 3).map(\.text) == other.rows.files(shuffledBy: 3).map(\.text))
    #expect(one.rows.files(shuffledBy: 3).map(\.text) != other.rows.files(shuffledBy: 4).map(\.text))
  }
}

extension TypedExpr {
  /// Whether an aggregate in it is withheld from few.
  fileprivate var isGuarded: Bool {
    first { if case .memberAggregate(let aggregate) = $0.node { aggregate.isGuarded } else { false } } != nil
  }
}

extension TypedProgram {
  /// Whether an incentive reads a `let` that is about the firing event.
  fileprivate var readsLetsAboutTheEvent: Bool {
    incentives.contains { rule in
      [rule.among, rule.when].compactMap(\.self).contains { condition in
        condition.references.contains { lets[$0].needsFiringEvent }
      }
    }
  }
}
