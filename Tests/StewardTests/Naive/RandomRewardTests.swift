import Testing

@testable import Steward

/// Random rule sets about points, by the naive evaluator.
@Suite struct RandomRewardTests {
  static func program(_ seed: UInt64) throws -> RandomProgram {
    try RandomProgram(rewardsSeed: seed) { zone, weekStart in try ZoneFixtures.calendar(zone, weekStart: weekStart) }
  }

  @Test func `nearly every random rule set about points parses and checks`() throws {
    var failed: [String] = []
    let count = environment("STEWARD_SEEDS") ?? 200
    for seed in 0..<UInt64(count) {
      let program = try RandomRewardTests.program(seed * 5)
      if let error = RandomProgramTests.firstError(program.source) { failed.append("seed \(seed * 5): \(error)") }
    }
    #expect(failed.count * 33 <= count, "\(failed.joined(separator: "\n"))")
  }

  /// The same whatever the rules: what was recorded adds up to what is there, and nothing is exceeded.
  @Test func `books balance, budgets are kept`() throws {
    var profile = RewardProfile()
    for number in 0..<UInt64(environment("STEWARD_SEEDS") ?? 150) {
      let program = try RandomRewardTests.program(number * 5)
      let file = SourceFile(id: FileID(0), name: "random.steward", text: program.source)
      let (typed, diagnostics) = Checker.check([Parser.parse(file).0])
      if diagnostics.contains(where: { $0.severity == .error }) { continue }
      var naive = NaiveEvaluator(
        program: typed, data: program.rows.naiveData(typed.schema), calendar: program.rows.calendar,
        asOf: program.rows.asOf)
      let outcome = naive.run()
      for error in outcome.errors {
        if case .broken(let promise) = error.fault { Issue.record("seed \(number * 5): \(error.rule): \(promise)") }
      }
      if outcome.errors.isEmpty {
        let wrong = NaiveBooks(typed, outcome, program.rows.calendar).firstWrong()
        #expect(wrong == nil, "seed \(number * 5)\n\(program.source)")
      }
      profile.add(typed, outcome)
    }
    if environment("STEWARD_SEEN") != nil { print(profile.text) }
    #expect(profile.rare.isEmpty, "hardly ever; \(profile.text)")
  }
}

/// What must hold of any outcome.
struct NaiveBooks {
  let program: TypedProgram
  let outcome: NaiveOutcome
  let calendar: Calendar

  init(_ program: TypedProgram, _ outcome: NaiveOutcome, _ calendar: Calendar) {
    self.program = program
    self.outcome = outcome
    self.calendar = calendar
  }

  func firstWrong() -> String? { wrongBalance() ?? wrongBudget() ?? wrongCap() ?? wrongBoard() }

  /// Awards less what was taken, spent or has expired is what is there, or owed.
  private func wrongBalance() -> String? {
    for (purse, balances) in outcome.balances.enumerated() {
      for (member, balance) in balances.enumerated() {
        let own = outcome.awards.filter { $0.member == member && $0.purse == purse }
        let sum = own.reduce(Int128(0)) { $0 + Int128($1.points) }
        let left = Int128(balance.points) - Int128(balance.debt)
        if sum - Int128(balance.expired) != left { return "member \(member), purse \(purse): \(sum), \(balance)" }
        if balance.points > 0, balance.debt > 0 { return "member \(member) has points and debt: \(balance)" }
        let spent = own.filter { program.incentives[$0.rule].deduction != nil }.reduce(Int128(0)) {
          $0 - Int128($1.points)
        }
        if spent != Int128(balance.spent) { return "member \(member) spent \(spent): \(balance)" }
        let fields = [balance.points, balance.earned, balance.spent, balance.expired, balance.debt]
        if fields.contains(where: { $0 < 0 }) { return "member \(member): \(balance)" }
      }
    }
    return nil
  }

  private func period(_ unit: PeriodUnit, _ at: Int64) -> Int32 {
    calendar.period(unit, ofDay: calendar.day(of: at))
  }

  /// What covered rules gave in a period is at most the budget; for the community it is what the budget says it paid.
  private func wrongBudget() -> String? {
    for (index, budget) in program.budgets.enumerated() {
      var used: [[Int]: Int128] = [:]
      for award in outcome.awards where budget.covers.contains(award.rule) && award.purse == budget.purse {
        // A covered rule may deduct or take back; that is none of the budget's.
        if award.points <= 0 { continue }
        used[[budget.isPerMember ? award.member : 0, Int(period(budget.per, award.at))], default: 0] += Int128(
          award.points)
      }
      if let most = used.values.max(), most > Int128(budget.points) { return "\(budget.name) paid \(most)" }
      let uses = outcome.budgetUses.filter { $0.budget == index && $0.used > 0 }
      if budget.isPerMember {
        if !uses.isEmpty { return "\(budget.name) of members is asked as one" }
      } else if Dictionary(uniqueKeysWithValues: uses.map { ([0, Int($0.period)], $0.used) }) != used {
        return "\(budget.name) says \(uses), awards say \(used)"
      }
    }
    return nil
  }

  private func wrongCap() -> String? {
    for (rule, incentive) in program.incentives.enumerated() {
      for cap in incentive.caps {
        var used: [[Int]: Int64] = [:]
        for award in outcome.awards where award.rule == rule && award.purse == cap.purse {
          used[[award.member, Int(period(cap.per, award.at))], default: 0] += award.points
        }
        if let most = used.values.max(), most > cap.points { return "\(incentive.name): \(most) over the cap" }
      }
    }
    return nil
  }

  /// Places begin at 1, and who is on a board has a first key above 0.
  private func wrongBoard() -> String? {
    for place in outcome.boards {
      let prizes = program.incentives[place.rule].amounts.map(\.places.count).max() ?? 0
      if place.place < 1 || place.place > prizes { return "\(place)" }
    }
    return nil
  }
}

/// How many rule sets have each construct, and how many outcomes show that it did something.
struct RewardProfile {
  private var seen: [String: Int] = [:]
  private var count = 0

  var text: String {
    "of \(count): " + seen.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  /// What less than one rule set in 50 shows; of faults, which leave nothing else to compare, one in 150.
  var rare: [String] {
    seen.filter { $0.value * ($0.key == "faults" ? 150 : 50) < count }.map(\.key).sorted()
  }

  private mutating func note(_ what: String, _ isSeen: Bool) { seen[what, default: 0] += isSeen ? 1 : 0 }

  mutating func add(_ program: TypedProgram, _ outcome: NaiveOutcome) {
    count += 1
    addAwards(program, outcome)
    addBudgets(program, outcome)
    addExpressions(program)
    addSchema(program.schema, outcome)
    let balances = outcome.balances.joined()
    note("expired", balances.contains { $0.expired > 0 })
    note("spent", balances.contains { $0.spent > 0 })
    note("debt", balances.contains { $0.debt > 0 })
    note("several purses", outcome.balances.dropFirst().joined().contains { $0.earned > 0 })
    note("promoted", outcome.tierChanges.contains { $0.to > $0.from })
    note("demoted", outcome.tierChanges.contains { $0.to < $0.from })
    note("faults", !outcome.errors.isEmpty)
  }

  private mutating func addAwards(_ program: TypedProgram, _ outcome: NaiveOutcome) {
    func rules(_ test: (TypedIncentive) -> Bool) -> Set<Int> {
      Set(program.incentives.indices.filter { test(program.incentives[$0]) })
    }
    let deducting = rules { $0.deduction?.isUpTo == false }
    let deductingUpTo = rules { $0.deduction?.isUpTo == true }
    let taking = rules { $0.takeBack != nil }
    let paid = Set(outcome.awards.map(\.rule))
    note("awards at events", outcome.awards.contains { $0.event >= 0 && $0.points > 0 })
    let onSeen = rules { rule in
      guard case .on(let pattern) = rule.trigger else { return false }
      return pattern.kinds.contains { kind in
        if case .seen? = program.schema.events?.kinds[kind].source { true } else { false }
      }
    }
    note("awards at events of others", !paid.isDisjoint(with: onSeen))
    note("awards of periods", outcome.awards.contains { $0.event < 0 && $0.points > 0 })
    note("deductions", !paid.isDisjoint(with: deducting))
    note("deductions up to", !paid.isDisjoint(with: deductingUpTo))
    note("shortfalls", outcome.refusals.contains { $0.reason == .shortfall })
    note("taken back", !paid.isDisjoint(with: taking))
    note("prizes", !paid.isDisjoint(with: rules { $0.board != nil }))
    note("shared places", Set(outcome.boards.map { [$0.rule, Int($0.at), $0.place] }).count < outcome.boards.count)
    note("second places", outcome.boards.contains { $0.place > 1 })
    note("boards within", !paid.isDisjoint(with: rules { !($0.board?.within.isEmpty ?? true) }))
    note("badges", outcome.badges.contains { !$0.isEmpty })
  }

  private mutating func addBudgets(_ program: TypedProgram, _ outcome: NaiveOutcome) {
    let refusing = Set(
      outcome.refusals.compactMap { if case .budget(let index) = $0.reason { index } else { nil } })
    note("community budgets refuse", refusing.contains { !program.budgets[$0].isPerMember })
    note("members' budgets cut", refusing.contains { program.budgets[$0].isPerMember })
    note(
      "shared members' budgets cut",
      refusing.contains { program.budgets[$0].isPerMember && program.budgets[$0].covers.count > 1 })
    note(
      "shared community budgets refuse",
      refusing.contains { !program.budgets[$0].isPerMember && program.budgets[$0].covers.count > 1 })
    note("caps", outcome.refusals.contains { $0.reason == .cap })
    note(
      "several budgets",
      program.incentives.indices.contains { rule in
        program.budgets.count { !$0.isPerMember && $0.covers.contains(rule) } > 1
      })
  }

  private mutating func addExpressions(_ program: TypedProgram) {
    var nodes: Set<String> = []
    func walk(_ expr: TypedExpr, _ place: String) {
      switch expr.node {
      case .balance: nodes.insert("\(place) points")
      case .earned: nodes.insert("\(place) earned")
      case .spent: nodes.insert("spent()")
      case .awards: nodes.insert("\(place) awards")
      case .lastAward: nodes.insert("last_award")
      case .badges: nodes.insert("badges read")
      case .tier: nodes.insert("\(place) tiers")
      case .previous: nodes.insert("previous")
      case .referenced: nodes.insert("ref.column")
      case .aggregate(let aggregate):
        if case .streak(let unit, .some) = aggregate.function { nodes.insert("forgive by \(unit)") }
      default: break
      }
      for child in expr.children { walk(child, place) }
    }
    for rule in program.incentives {
      for expr in [rule.among, rule.when, rule.deduction?.points].compactMap(\.self) + rule.amounts.flatMap(\.places)
        + (rule.board?.keys.map(\.value) ?? [])
      {
        if case .on = rule.trigger { walk(expr, "on rules read") } else { walk(expr, "every rules read") }
      }
    }
    for ladder in program.ladders {
      for tier in ladder.tiers { for expr in [tier.when, tier.keep].compactMap(\.self) { walk(expr, "ladders read") } }
    }
    for declared in program.lets { walk(declared.value, "lets read") }
    for declared in program.lets where declared.subject == .community {
      let seesTwice = declared.value.first { expression in
        guard case .aggregate(let aggregate) = expression.node else { return false }
        let seen = aggregate.pattern.kinds.compactMap { kind -> Int? in
          if case .seen(let base, _)? = program.schema.events?.kinds[kind].source { base } else { nil }
        }
        return Set(seen).count < seen.count
      }
      note("rows seen twice", seesTwice != nil)
    }
    for node in nodes { note(node, true) }
  }

  private mutating func addSchema(_ schema: Schema, _ outcome: NaiveOutcome) {
    note("members from events", schema.members?.isFromEvents ?? false)
    note("facts of items", outcome.itemFacts.contains { !$0.isEmpty })
    for kind in schema.events?.kinds ?? [] {
      switch kind.source {
      case .file: break
      case .records: note("records", true)
      case .seen(_, .attribute): note("seen by an attribute", true)
      case .seen(_, .memberColumn): note("seen by a member's column", true)
      case .seen(_, .itemColumn): note("seen by an item's column", true)
      }
    }
  }
}
