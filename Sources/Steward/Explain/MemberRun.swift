/// One member's history, decided again with every reason kept; what the community decided is taken as it was.
///
/// It is the engine itself on a batch of one member, so that whatever an explanation says is what a run computes.
final class MemberRun {
  let member: Int
  let context: RunContext
  let batch: BatchRun
  let trace: DecisionTrace
  let strata: StrataRun
  private var planner: Planner

  init(_ context: RunContext, member: Int, _ series: CommunitySeries) {
    self.member = member
    self.context = context
    batch = BatchRun(context: context, members: member..<(member + 1), series: series)
    trace = DecisionTrace()
    batch.trace = trace
    var strata = StrataRun(batch)
    strata.run()
    strata.prepare(Array(context.plan.nodes.indices))
    self.strata = strata
    planner = Planner(goingOnFrom: context.plan, of: context.program)
  }

  var program: TypedProgram { context.program }
  var calendar: Calendar { context.calendar }
  var id: String { context.data.members.ids.indices.contains(member) ? context.data.members.ids[member] : "" }

  /// Where an expression of the rules stands in the plan. - Missing: nil if the plan does not have it.
  func node(_ expr: TypedExpr) -> Int? {
    let place = planner.place(of: expr)
    return place < context.plan.nodes.count ? place : nil
  }

  // MARK: Points

  /// The member at the as-of, after everything of the day.
  func asOfFrame() -> Frame { Frame.moment(context.asOf, batch) }

  /// The member at some checks of a period.
  func frame(_ checks: RunContext.Checks, _ range: [Int], _ reader: Reader) -> Frame {
    Frame(
      batch: batch, members: Array(repeating: 0, count: range.count), moments: range.map { checks.moments[$0] },
      days: range.map { checks.days[$0] }, reader: reader)
  }

  /// The values of an expression at every lane of a frame.
  func vector(_ expr: TypedExpr, _ frame: Frame) -> Vector? {
    guard let node = node(expr) else { return nil }
    frame.evaluate(context.plan.needed(by: [node]))
    return frame[node]
  }

  /// The checks of a period at which the member was present.
  func presentChecks(_ unit: PeriodUnit) -> [Int] {
    let presence = batch.presenceOfMembers()
    let moments = context.checks[unit.rawValue].moments
    return moments.indices.filter { presence.isPresent(0, at: moments[$0]) }
  }

  // MARK: What was given

  func balance(_ purse: Int) -> BalanceRecord {
    strata.ledgers[purse]?.records.first ?? BalanceRecord(points: 0, earned: 0)
  }

  func tier(_ ladder: Int) -> TierRecord {
    strata.standings.indices.contains(ladder)
      ? strata.standings[ladder].first ?? TierRecord(tier: 0, since: nil, failingSince: nil)
      : TierRecord(tier: 0, since: nil, failingSince: nil)
  }

  /// What made a rule decide: an event of the batch, or (with row -1) a moment.
  struct Occasion: Hashable {
    var rule: Int
    var at: Int64
    var row: Int32
  }

  /// The decisions of all sinks by their occasion: indices in `trace.decisions`.
  lazy var decisions: [Occasion: Int] = {
    var result: [Occasion: Int] = [:]
    for (index, decision) in trace.decisions.enumerated() {
      result[Occasion(rule: decision.rule, at: decision.at, row: decision.row)] = index
    }
    return result
  }()

  func decision(_ rule: Int, _ at: Int64, _ row: Int32) -> DecisionTrace.Decision? {
    decisions[Occasion(rule: rule, at: at, row: row)].map { trace.decisions[$0] }
  }

  /// What awards paid of debts, by their occasion: indices in `trace.payments`.
  lazy var payments: [Occasion: [Int]] = {
    var result: [Occasion: [Int]] = [:]
    for (index, payment) in trace.payments.enumerated() {
      result[Occasion(rule: payment.rule, at: payment.at, row: payment.row), default: []].append(index)
    }
    return result
  }()

  /// What the award of an occasion paid of a purse's debt.
  func debtPaid(_ purse: Int, _ occasion: Occasion) -> Int64 {
    (payments[occasion] ?? []).first { trace.payments[$0].purse == purse }.map { trace.payments[$0].points } ?? 0
  }

  /// What the rules gave and took, in the order of the ledger.
  lazy var records: [AwardRecord] = strata.decisions.records(batch)
}
