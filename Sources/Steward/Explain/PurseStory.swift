/// How a member's balance in a purse came about.
public struct PurseStory: Sendable {
  /// What one rule did to the purse.
  public struct RuleLine: Sendable {
    public var rule: String
    public var title: String?
    /// How often it gave or took something.
    public var count: Int
    /// What it gave in all; negative for what it took.
    public var points: Int64
    /// What caps and budgets took off its awards, and how many were refused or came to nothing.
    public var cut: Int64
    public var refused: Int
    /// Of its awards, those taken back later, which count in `points` all the same.
    public var undone: Int
  }

  /// Something that moved the balance, or would have.
  public struct Entry: Sendable {
    public enum Kind: String, Sendable { case award, deduction, takenBack = "taken_back", expiry, refusal }
    public var kind: Kind
    public var at: Int64
    /// - Missing: nil for points that expired.
    public var rule: String?
    public var title: String?
    /// What entered or left; 0 for what was refused.
    public var points: Int64
    /// What it would have been without cuts.
    public var wanted: Int64
    public var reasons: [Wording]
    /// The event that fired, or the period.
    public var cause: String?
    /// Was taken back later.
    public var isUndone: Bool
    /// Of an award, what paid a debt.
    public var debtPaid: Int64
    /// After it.
    public var balance: Int64
    public var debt: Int64
  }

  public var purse: String
  public var record: BalanceRecord
  /// What takings back took.
  public var takenBack: Int64
  /// By what they gave, the most first; then what they took.
  public var rules: [RuleLine]
  /// In the order of history.
  public var entries: [Entry]
}

/// Tells how a purse was filled and emptied, from the records of the member's own run.
struct PurseReader {
  let run: MemberRun
  let purse: Int
  /// What was cut or refused to the member.
  let refusals: [RefusalRecord]

  func story() -> PurseStory {
    let record = run.balance(purse)
    var entries = records() + refused() + expired()
    entries.sort { ($0.entry.at, $0.step, $0.order) < ($1.entry.at, $1.step, $1.order) }
    var story = PurseStory(
      purse: run.program.schema.purses.indices.contains(purse) ? run.program.schema.purses[purse] : "",
      record: record, takenBack: 0, rules: [], entries: [])
    // Points that are there, less what is owed: an award adds to it, whatever is paid first.
    var net: Int64 = 0
    for raw in entries {
      var entry = raw.entry
      net &+= entry.points
      entry.balance = max(0, net)
      entry.debt = max(0, 0 &- net)
      if entry.kind == .takenBack { story.takenBack &-= entry.points }
      story.entries.append(entry)
    }
    story.rules = lines(entries)
    return story
  }

  private struct Raw {
    var entry: PurseStory.Entry
    var step: Int
    var order: UInt32
    var rule: Int
  }

  private func records() -> [Raw] {
    let events = EventReader(run)
    return run.records.filter { Int($0.purse) == purse }.map { record in
      let rule = run.program.incentives[Int(record.rule)]
      let kind: PurseStory.Entry.Kind =
        rule.takeBack != nil ? .takenBack : rule.deduction != nil ? .deduction : .award
      var entry = entry(kind, record.at, Int(record.rule))
      entry.points = record.points
      entry.wanted = record.points
      entry.isUndone = record.isUndone
      let row = batchRow(record.event)
      if kind == .award, let decision = run.decision(Int(record.rule), record.at, row) {
        for cut in decision.cuts where amountPurse(Int(record.rule), cut.amount) == purse {
          entry.wanted = cut.from
          entry.reasons.append(ReasonWords.of(cut.reason, run.program))
        }
      }
      entry.debtPaid = run.debtPaid(purse, MemberRun.Occasion(rule: Int(record.rule), at: record.at, row: row))
      entry.cause = cause(Int(record.rule), record.at, row, events)
      let step = record.event >= 0 ? 1 : 2
      return Raw(entry: entry, step: step, order: UInt32(bitPattern: record.event), rule: Int(record.rule))
    }
  }

  /// What came to nothing: cut away, refused by the community's budgets, or more than the balance could pay.
  private func refused() -> [Raw] {
    var result: [Raw] = []
    let events = EventReader(run)
    func add(_ rule: Int, _ at: Int64, _ row: Int32, _ wanted: Int64, _ reason: Wording) {
      var entry = entry(.refusal, at, rule)
      entry.wanted = wanted
      entry.reasons = [reason]
      entry.cause = cause(rule, at, row, events)
      result.append(Raw(entry: entry, step: row >= 0 ? 1 : 2, order: UInt32(bitPattern: row), rule: rule))
    }
    let told = Set(
      run.records.filter { Int($0.purse) == purse }.map {
        MemberRun.Occasion(rule: Int($0.rule), at: $0.at, row: batchRow($0.event))
      })
    for decision in run.trace.decisions {
      let isTold = told.contains(MemberRun.Occasion(rule: decision.rule, at: decision.at, row: decision.row))
      for (index, amount) in decision.wanted.enumerated()
      where amountPurse(decision.rule, index) == purse && amount > 0 {
        // Of an award in several purses one part may be cut to nothing.
        let isNothing =
          decision.stop == .nothing
          || decision.stop == nil && !isTold && decision.given.indices.contains(index) && decision.given[index] == 0
        if isNothing, let cut = decision.cuts.last(where: { $0.amount == index }) {
          add(decision.rule, decision.at, decision.row, amount, ReasonWords.of(cut.reason, run.program))
        } else if decision.stop == .refused {
          let left = decision.cuts.first { $0.amount == index }?.to ?? amount
          add(decision.rule, decision.at, decision.row, left, refusalReason(decision))
        }
      }
    }
    for refusal in run.strata.decisions.refusals where refusal.reason == .shortfall && Int(refusal.purse) == purse {
      let decision = run.trace.decisions.first { $0.rule == Int(refusal.rule) && $0.at == refusal.at }
      add(
        Int(refusal.rule), refusal.at, decision?.row ?? -1, 0 &- refusal.wanted,
        ReasonWords.of(.shortfall, run.program))
    }
    return result
  }

  private func refusalReason(_ decision: DecisionTrace.Decision) -> Wording {
    let found = refusals.first {
      Int($0.rule) == decision.rule && $0.at == decision.at
    }
    if let found { return ReasonWords.of(found.reason, run.program) }
    let budget = run.context.budgetsOfRule[decision.rule].first ?? 0
    return ReasonWords.of(.budget(budget), run.program)
  }

  private func expired() -> [Raw] {
    run.trace.expiries.filter { $0.purse == purse }.map { expiry in
      var entry = entry(.expiry, expiry.at, nil)
      entry.points = 0 &- expiry.points
      entry.wanted = entry.points
      return Raw(entry: entry, step: 0, order: 0, rule: -1)
    }
  }

  private func entry(_ kind: PurseStory.Entry.Kind, _ at: Int64, _ rule: Int?) -> PurseStory.Entry {
    let typed = rule.map { run.program.incentives[$0] }
    return PurseStory.Entry(
      kind: kind, at: at, rule: typed?.name, title: typed?.title, points: 0, wanted: 0, reasons: [], cause: nil,
      isUndone: false, debtPaid: 0, balance: 0, debt: 0)
  }

  private func amountPurse(_ rule: Int, _ amount: Int) -> Int? {
    let amounts = run.program.incentives[rule].amounts
    return amounts.indices.contains(amount) ? amounts[amount].purse : nil
  }

  /// The row in the batch of a row of the store.
  private func batchRow(_ event: Int32) -> Int32 {
    guard event >= 0, let first = run.batch.events.firstRows.first else { return -1 }
    return event - Int32(truncatingIfNeeded: first)
  }

  private func cause(_ rule: Int, _ at: Int64, _ row: Int32, _ events: EventReader) -> String? {
    if row >= 0 { return events.line(row).kind }
    guard case .every(let unit) = run.program.incentives[rule].trigger else { return nil }
    return run.calendar.text(unit, run.calendar.period(unit, ofDay: run.calendar.day(of: at)))
  }

  private func lines(_ entries: [Raw]) -> [PurseStory.RuleLine] {
    var lines: [Int: PurseStory.RuleLine] = [:]
    for raw in entries where raw.rule >= 0 {
      let entry = raw.entry
      var line =
        lines[raw.rule]
        ?? PurseStory.RuleLine(
          rule: entry.rule ?? "", title: entry.title, count: 0, points: 0, cut: 0, refused: 0, undone: 0)
      if entry.kind == .refusal {
        line.refused += 1
        if entry.wanted > 0 { line.cut &+= entry.wanted }
      } else {
        line.count += 1
        line.points &+= entry.points
        if entry.kind == .award { line.cut &+= entry.wanted &- entry.points }
        if entry.isUndone { line.undone += 1 }
      }
      lines[raw.rule] = line
    }
    return lines.values.sorted { left, right in
      left.points == right.points
        ? left.rule.utf8.lexicographicallyPrecedes(right.rule.utf8) : left.points > right.points
    }
  }
}

/// Why something was cut or refused, in words.
enum ReasonWords {
  static func of(_ reason: RefusalRecord.Reason, _ program: TypedProgram) -> Wording {
    switch reason {
    case .cap: return Wording(en: "cap", zh: "达到上限")
    case .shortfall: return Wording(en: "the balance does not pay it", zh: "余额不足")
    case .budget(let index):
      guard program.budgets.indices.contains(index) else { return Wording(en: "budget", zh: "预算") }
      let budget = program.budgets[index]
      if budget.isClause, budget.isPerMember {
        return Wording(en: "the member's budget", zh: "个人预算用完")
      }
      let name = DisplayWidth.printable(budget.title ?? budget.name)
      return Wording(en: "budget \(name)", zh: "预算“\(name)”用完")
    }
  }
}
