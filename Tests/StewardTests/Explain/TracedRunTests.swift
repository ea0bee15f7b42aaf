import Testing

@testable import Steward

/// A member's own run, traced, decides as the whole run did.
@Suite struct TracedRunTests {
  @Test func `random rule sets: the traced member is the plain one`() throws {
    var checked = 0
    for seed in 0..<UInt64(environment("STEWARD_SEEDS") ?? 60) {
      for program in [try RandomProgramTests.program(seed * 7), try RandomRewardTests.program(seed * 5)] {
        let file = SourceFile(id: FileID(0), name: "random.steward", text: program.source)
        let (typed, problems) = Pipeline.check([file])
        if problems.contains(where: { $0.severity == .error }) { continue }
        guard let data = try? Differential(program: program).loaded(Differential.Mode()).get() else { continue }
        let result = Engine.run(
          typed, data, calendar: program.rows.calendar, options: Engine.Options(asOf: program.rows.asOf))
        guard let ground = result.ground, let outcome = result.outcome else { continue }
        checked += 1
        for member in data.members.ids.indices {
          let wrong = TracedRunTests.difference(MemberRun(ground.context, member: member, ground.series), outcome)
          #expect(wrong == nil, "seed \(seed), member \(member)\n\(program.source)")
        }
      }
    }
    #expect(checked > 50)
  }

  /// What differs between one member's run and the whole; nil if nothing does.
  static func difference(_ run: MemberRun, _ outcome: Outcome) -> String? {
    let member = Int32(run.member)
    let ranks = run.context.ruleRanks
    let awards = outcome.awards.filter { $0.member == member }.sorted { $0.isBefore($1, ranks) }
    if run.records != awards { return "awards" }
    for (purse, balances) in outcome.balances.enumerated() where run.balance(purse) != balances[run.member] {
      return "balance \(purse): \(run.balance(purse)), \(balances[run.member])"
    }
    for (ladder, tiers) in outcome.tiers.enumerated() where run.tier(ladder) != tiers[run.member] {
      return "tier \(ladder)"
    }
    let changes = outcome.tierChanges.filter { $0.member == member }
    if Set(run.strata.tierChanges) != Set(changes) { return "tier changes" }
    return wrongFact(run, outcome) ?? wrongPurse(run, outcome)
  }

  /// The value that an explanation shows is that of `facts.csv`.
  private static func wrongFact(_ run: MemberRun, _ outcome: Outcome) -> String? {
    let frame = run.asOfFrame()
    for fact in outcome.facts {
      let declared = run.program.lets[fact.letIndex]
      guard let vector = run.vector(declared.value, frame) else { return "no node for \(declared.name)" }
      let own = FactColumn(fact.letIndex, declared.value.type, vector, run.batch)
      let isMissing = fact.missing.indices.contains(run.member) && fact.missing[run.member] != 0
      if isMissing != (own.missing.first == 1) { return "\(declared.name) is missing" }
      if !isMissing, text(own, 0) != text(fact, run.member) { return declared.name }
      let part = PartReader.part(declared.value, run, RuleTexts([]), frame)
      let shown = declared.value.type.isPrivate ? ShownValue.State.hidden : isMissing ? .missing : .present
      if part.value.state != shown { return "\(declared.name) is shown as \(part.value.state)" }
    }
    return nil
  }

  private static func text(_ fact: FactColumn, _ row: Int) -> String {
    switch fact.values {
    case .flags(let values): "\(values[row])"
    case .ints(let values): "\(values[row])"
    case .numbers(let values): "\(values[row].bitPattern)"
    case .texts(let values): values[row]
    case .lists(let values): "\(values[row])"
    }
  }

  /// Everything told of a purse adds up to its balance.
  private static func wrongPurse(_ run: MemberRun, _ outcome: Outcome) -> String? {
    for purse in outcome.balances.indices {
      let own = outcome.refusals.filter { Int($0.member) == run.member }
      let story = PurseReader(run: run, purse: purse, refusals: own).story()
      let record = outcome.balances[purse][run.member]
      let sum = story.entries.reduce(Int128(0)) { $0 + Int128($1.points) }
      if sum != Int128(record.points) - Int128(record.debt) { return "entries of purse \(purse)" }
      if let last = story.entries.last, (last.balance, last.debt) != (record.points, record.debt) {
        return "last balance of purse \(purse)"
      }
      let expired = story.entries.filter { $0.kind == .expiry }.reduce(Int128(0)) { $0 - Int128($1.points) }
      if expired != Int128(record.expired) { return "expired of purse \(purse)" }
      let ruled = story.rules.reduce(Int128(0)) { $0 + Int128($1.points) }
      if ruled - expired != sum { return "rules of purse \(purse)" }
      // What was refused or cut is what the run has on record.
      let refused = own.filter { Int($0.purse) == purse }
      let lost = story.entries.reduce(Int128(0)) { total, entry in
        entry.kind == .expiry ? total : total + abs(Int128(entry.wanted) - Int128(entry.points))
      }
      let recorded = refused.reduce(Int128(0)) { $0 + Int128($1.wanted) - Int128($1.granted) }
      if recorded > 0, lost > recorded { return "lost of purse \(purse): \(lost), \(recorded)" }
    }
    return nil
  }
}
