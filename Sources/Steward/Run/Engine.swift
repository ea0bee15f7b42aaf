import OrderedCollections

/// Runs a rule set over a community's data.
///
/// Takes a program without errors and a dataset in order; gives the outcome at the as-of, or the faults that the rules met.
/// Members are cut into batches of whole members; each batch goes through all mechanisms in the order of a day's steps, and
/// the partial outcomes are merged in batch order, so that neither threads nor batch size show.
public enum Engine {
  public struct Options: Sendable {
    /// - Unit: microseconds since 1970-01-01 00:00 UTC. - Missing: the last instant of the day of the newest event.
    public var asOf: Int64?
    /// Names of declarations to keep; empty keeps all.
    public var only: Set<String>
    /// Whether `Outcome.awards` is filled.
    public var keepsAwards: Bool
    /// A batch ends at about so many event rows.
    public var batchRows: Int
    /// Complete, it is read instead of deciding anything; else it is filled.
    public var standing: KeptStanding?
    /// What the community decides is taken one day at a time, without guessing ahead: slow, and the same result.
    var acceptsDayByDay = false

    /// Until when the data speaks, where nobody has named the as-of. - Missing: nil, up to the as-of if there is one.
    var heardUntil: Int64?
    public init(asOf: Int64? = nil, only: Set<String> = [], keepsAwards: Bool = true, batchRows: Int = 16_384) {
      self.asOf = asOf
      self.only = only
      self.keepsAwards = keepsAwards
      self.batchRows = max(1, batchRows)
    }
  }

  public struct Result: Sendable {
    /// - Missing: nil if the rules met a fault, or the run was stopped.
    public var outcome: Outcome?
    public var diagnostics: [Diagnostic]
    public var isInterrupted: Bool
    /// What explanations go on from. - Missing: nil without an outcome.
    var ground: Ground?
    /// Refunds without their purchases, and the like; rules that expect them have none.
    var strays: [StrayTaking] = []
  }

  /// What a run was about, and what the community decided in it.
  struct Ground: Sendable {
    var context: RunContext
    var series: CommunitySeries
  }

  /// Two hundred years: what is longer is a wrong date, and would be very many checks.
  private static let mostDays: Int32 = 73_050

  public static func run(
    _ program: TypedProgram, _ data: Dataset, calendar: Calendar, options: Options = Options(),
    workers: Workers = .serial, stop: StopFlag = StopFlag()
  ) -> Result {
    let plan = Planner.plan(program, only: options.only)
    let data = withOffsetsOfAllMembers(data).withSeenRows(program.schema, wanted: plan.kindsRead)
    let newest = data.lastInstant.map { calendar.end(ofDay: calendar.day(of: $0)) }
    guard let asOf = options.asOf ?? newest else {
      return Result(outcome: nil, diagnostics: [RunProblem.noAsOf.at(nil)], isInterrupted: false)
    }
    // Events after the as-of do not exist for a run.
    let firstEvent = data.firstInstant.flatMap { $0 <= asOf ? calendar.day(of: $0) : nil }
    let firstDay = program.schema.starts ?? firstEvent ?? calendar.day(of: asOf)
    let lastDay = calendar.day(of: asOf)
    if lastDay - firstDay > mostDays {
      let problem = RunProblem.tooManyDays(
        first: CivilDate(dayNumber: firstDay).text, last: CivilDate(dayNumber: lastDay).text,
        isNewestEvent: options.asOf == nil)
      return Result(outcome: nil, diagnostics: [problem.at(nil)], isInterrupted: false)
    }
    let context = RunContext(
      program: program, plan: plan, data: data, calendar: calendar, asOf: asOf,
      firstDay: firstDay, keepsAwards: options.keepsAwards, standing: options.standing,
      heardUntil: options.heardUntil ?? (options.asOf == nil ? data.lastInstant : nil))
    let batches = batches(of: data, rows: options.batchRows)
    var series = CommunitySeries()
    series.phases = PhaseCalendar(program.plans, firstDay: firstDay)
    if let early = earlySeries(context, batches, workers, stop) {
      series.columns = early.ofMembers
      if context.phasesGateRules { series.phases = PhaseCalendar(early, context) }
    }
    var failed: [CommunitySeries] = []
    while true {
      let totals = GridTotals(context)
      let partials = workers.map(batches.count) { [series] index -> Partial? in
        stop.isRaised ? nil : Partial(context, batches[index], series, number: index, totals: totals)
      }.compactMap(\.self)
      if stop.isRaised { return Result(outcome: nil, diagnostics: [], isInterrupted: true) }
      let settled = SettledSeries(withNobodys(totals, context, number: batches.count), context)
      var settlement = Settlement(partials, context)
      settlement.series.columns = settled.ofMembers
      settlement.series.phases = PhaseCalendar(settled, context)
      if let difference = settlement.series.firstDifference(from: series, context) {
        // What is said up to the first difference is certain; behind it, it is the next guess.
        let isStepping = options.acceptsDayByDay
        let end = isStepping ? calendar.end(ofDay: calendar.day(of: difference)) &+ 1 : .max
        let next = isStepping ? settlement.series.before(end, context) : settlement.series
        // A rule that fails leaves the series open: guesses that come round again are as good as it gets, and it is told.
        let isFailing = partials.contains { $0.stoppedAt != nil }
        if isFailing || !failed.isEmpty { failed.append(series) }
        if !isFailing || !failed.contains(next) {
          series = next
          continue
        }
      }
      settlement.series = series
      var result = merge(partials, settlement, settled, context)
      if result.outcome != nil {
        result.ground = Ground(context: context, series: series)
        options.standing?.finish()
      }
      return result
    }
  }

  /// The same data, where a community without events has none of every member.
  private static func withOffsetsOfAllMembers(_ data: Dataset) -> Dataset {
    let count = data.members.count + 1
    if data.events.offsets.count == count { return data }
    var data = data
    data.events = EventStore(
      base: data.events.base, offsets: Array(repeating: 0, count: count), attributes: data.events.attributes)
    return data
  }

  /// Cuts the members into runs of about so many rows; a member is never cut. A community of nobody is one batch, so that
  /// its outcome has the same tables.
  static func batches(of data: Dataset, rows: Int) -> [Range<Int>] {
    let offsets = data.events.offsets
    let count = data.members.count
    guard offsets.count == count + 1 else { return [] }
    if count == 0 { return [0..<0] }
    var result: [Range<Int>] = []
    var start = 0
    let mostMembers = max(1, rows / 4)
    for member in 0..<count {
      let size = offsets[member + 1] - offsets[start]
      if member > start, size > rows || member - start >= mostMembers {
        result.append(start..<member)
        start = member
      }
    }
    if start < count { result.append(start..<count) }
    return result
  }

  // MARK: Merging

  /// What members read of the community, or phases end by, that nothing but events and tables decides: it needs no guess.
  private static func earlySeries(
    _ context: RunContext, _ batches: [Range<Int>], _ workers: Workers, _ stop: StopFlag
  ) -> SettledSeries? {
    if context.earlySeries.isEmpty { return nil }
    let totals = GridTotals(context)
    workers.each(batches.count) { index in
      if stop.isRaised { return }
      let batch = BatchRun(context: context, members: batches[index])
      for (grid, values) in context.earlyValues.enumerated() where !values.isEmpty {
        var run = GridRun(grid, batch, number: index, totals.take(grid))
        totals.give(run.members(only: values), to: grid)
      }
    }
    let parts = withNobodys(totals, context, number: batches.count)
    return SettledSeries(parts, only: context.earlySeries, context)
  }

  /// The totals of all batches, with the events of nobody.
  static func withNobodys(_ totals: GridTotals, _ context: RunContext, number: Int) -> [GridPart] {
    if context.plan.grids.isEmpty { return [] }
    if !context.data.anonymous.rows.isEmpty {
      let batch = BatchRun(anonymousIn: context)
      for grid in context.gridPlans.indices {
        var run = GridRun(grid, batch, number: number, totals.take(grid))
        totals.give(run.nobodys(), to: grid)
      }
    }
    return totals.all
  }

  private static func merge(
    _ partials: [Partial], _ settlement: Settlement, _ settled: SettledSeries, _ context: RunContext
  ) -> Result {
    // Where a stratum failed anywhere, later ones say nothing: else it would show who shared a batch.
    let stopped = partials.compactMap(\.stoppedAt).min()
    let faults = partials.filter { $0.stoppedAt == stopped }.flatMap(\.faults)
    if !faults.isEmpty {
      return Result(outcome: nil, diagnostics: diagnostics(faults, context), isInterrupted: false)
    }
    let seriesFaults = self.seriesFaults(settled, context)
    if !seriesFaults.isEmpty { return Result(outcome: nil, diagnostics: seriesFaults, isInterrupted: false) }
    var outcome = Outcome(asOf: context.asOf, firstDay: context.firstDay)
    outcome.metrics = context.plan.metricSeries.map { $0.map { settled.values(of: $0) } }
    conclude(partials.flatMap(\.alerts), settled, context, &outcome)
    let program = context.program
    outcome.incentiveTotals = program.incentives.map { _ in IncentiveTotal() }
    outcome.balances = program.schema.purses.map { _ in [] }
    outcome.refusals = settlement.refusals
    outcome.budgetUses = settlement.uses
    outcome.boardPlaces = settlement.places
    outcome.tiers = program.ladders.map { _ in [] }
    for partial in partials {
      outcome.eventCount += partial.eventCount
      outcome.presentCount += partial.presentCount
      outcome.presence.append(contentsOf: partial.presence)
      for index in partial.balances.indices { outcome.balances[index].append(contentsOf: partial.balances[index]) }
      outcome.refusals.append(contentsOf: partial.refusals)
      outcome.tierChanges.append(contentsOf: partial.tierChanges)
      for index in partial.standings.indices { outcome.tiers[index].append(contentsOf: partial.standings[index]) }
    }
    outcome.eventCount += anonymousCount(context)
    var totalFaults: [Diagnostic] = []
    addTotals(partials, context, &outcome, &totalFaults)
    if !totalFaults.isEmpty { return Result(outcome: nil, diagnostics: totalFaults, isInterrupted: false) }
    if context.keepsAwards { outcome.awards = sorted(partials.map(\.awards), context) }
    let ranks = context.ruleRanks
    outcome.refusals.sort { left, right in
      (left.at, left.member, ranks[Int(left.rule)]) < (right.at, right.member, ranks[Int(right.rule)])
    }
    outcome.tierChanges.sort { left, right in
      (left.at, left.member, left.ladder) < (right.at, right.member, right.ladder)
    }
    outcome.facts = FactColumn.joined(partials.map(\.facts))
    outcome.itemFacts = itemFacts(context, settled, &totalFaults)
    if !totalFaults.isEmpty { return Result(outcome: nil, diagnostics: totalFaults, isInterrupted: false) }
    let communityFaults = Community.conclude(partials.map(\.community), settled.columns, context, &outcome)
    if !communityFaults.isEmpty { return Result(outcome: nil, diagnostics: communityFaults, isInterrupted: false) }
    return Result(
      outcome: outcome, diagnostics: idleTakings(partials, program), isInterrupted: false,
      strays: partials.flatMap(\.strays))
  }

  /// Rules that found nothing to take back at some of their events.
  private static func idleTakings(_ partials: [Partial], _ program: TypedProgram) -> [Diagnostic] {
    var counts: [Int: Int] = [:]
    for partial in partials { counts.merge(partial.idle) { $0 + $1 } }
    return counts.keys.sorted().compactMap { index in
      let rule = program.incentives[index]
      guard let count = counts[index], count > 0, let takeBack = rule.takeBack else { return nil }
      let target = program.incentives[takeBack.rule].name
      let attributes = program.schema.events?.attributes ?? []
      let same = takeBack.same.compactMap { attributes.indices.contains($0) ? attributes[$0].name : nil }
      return RunProblem.idleTakings(
        rule: rule.name, target: target, same: same, count: count, isExpected: takeBack.isIfAny
      ).at(rule.span)
    }
  }

  /// Alerts, goals and phases.
  private static func conclude(
    _ histories: [MemberAlerts.History], _ settled: SettledSeries, _ context: RunContext, _ outcome: inout Outcome
  ) {
    let alerts = Alerts(histories, settled, context)
    outcome.watched = Alerts.watched(context)
    outcome.alerts = alerts.records
    outcome.notifications = alerts.notifications
    outcome.pushRefusals = alerts.refusals
    outcome.goals = Goals.records(settled, context)
    outcome.phases = PhaseCalendar(settled, context)
      .records(context.program.plans, lastDay: context.calendar.day(of: context.asOf))
      .filter { context.plan.phases[$0.phase.plan] != nil }
  }

  /// Lets about items at the as-of.
  private static func itemFacts(
    _ context: RunContext, _ settled: SettledSeries, _ faults: inout [Diagnostic]
  ) -> [FactColumn] {
    if context.plan.itemFacts.isEmpty { return [] }
    let batch = BatchRun(context: context, items: 0..<context.data.content.count, columns: settled.columns)
    let frame = Frame.moment(context.asOf, batch)
    frame.evaluate(context.itemOrder)
    return context.plan.itemFacts.map { fact in
      let declared = context.program.lets[fact.letIndex]
      let vector = frame[fact.node]
      if let lane = (0..<frame.count).first(where: { vector.state($0) == Vector.fault }) {
        let item = context.data.content.ids[lane]
        faults.append(RunProblem.itemFactOverflow(name: declared.name, item: item).at(declared.span))
      }
      return FactColumn(fact.letIndex, declared.value.type, vector, batch)
    }
  }

  /// Where metrics, conditions of alerts, goals and ends of phases could not be computed: each once, at its first such check.
  private static func seriesFaults(_ settled: SettledSeries, _ context: RunContext) -> [Diagnostic] {
    var first: [Int: Int64] = [:]
    for (series, moment) in settled.faults { first[series] = min(first[series] ?? moment, moment) }
    if first.isEmpty, settled.crowded.isEmpty { return [] }
    var result: [Diagnostic] = []
    var crowded = settled.crowded
    func report(_ series: Int?, _ what: (String) -> RunProblem.Watched, _ name: String, _ span: Span) {
      guard let series else { return }
      if crowded.remove(context.plan.series[series].grid) != nil {
        result.append(RunProblem.tooManyGroups(what(name), most: GridPart.mostGroups).at(span))
      }
      guard let moment = first[series] else { return }
      result.append(
        RunProblem.seriesOverflow(what(name), moment: Summary.check(moment, context.calendar)).at(span))
    }
    let (program, plan) = (context.program, context.plan)
    for (metric, series) in zip(program.metrics, plan.metricSeries) {
      report(series, { .metric($0) }, metric.name, metric.span)
    }
    for (alert, planned) in zip(program.alerts, plan.alerts) {
      guard case .community(let when, _, _, _) = planned.asked else { continue }
      report(when, { .alert($0) }, alert.name, alert.span)
    }
    for (goal, planned) in zip(program.goals, plan.goals) {
      let isFaulty = first[planned?.value ?? -1] != nil
      report(isFaulty ? planned?.value : planned?.target, { .goal($0) }, goal.name, goal.span)
    }
    for (phased, planned) in zip(program.plans, plan.phases) {
      for (phase, series) in zip(phased.phases, planned ?? []) {
        report(series, { .phase($0) }, phase.name, phase.span)
      }
    }
    return result
  }

  /// Events of `anonymous` kinds up to the as-of; records are none.
  private static func anonymousCount(_ context: RunContext) -> Int {
    let store = context.data.anonymous
    let isRecord = context.program.schema.events?.kinds.map { $0.records != nil } ?? []
    return store.rows.count { row in
      let kind = Int(row & EventStore.kindMask)
      return store.base &+ Int64(truncatingIfNeeded: row &>> EventStore.kindBits) <= context.asOf
        && !(isRecord.indices.contains(kind) && isRecord[kind])
    }
  }

  private static func addTotals(
    _ partials: [Partial], _ context: RunContext, _ outcome: inout Outcome, _ faults: inout [Diagnostic]
  ) {
    var overflowing: Set<Int> = []
    for partial in partials {
      overflowing.formUnion(partial.overflowing)
      for (index, total) in partial.totals.enumerated() {
        outcome.incentiveTotals[index].awards += total.awards
        outcome.incentiveTotals[index].members += total.members
        let (sum, overflow) = outcome.incentiveTotals[index].points.addingReportingOverflow(total.points)
        outcome.incentiveTotals[index].points = sum
        if overflow { overflowing.insert(index) }
      }
    }
    for index in overflowing.sorted() {
      let rule = context.program.incentives[index]
      faults.append(RunProblem.tooManyPoints(rule: rule.name, member: nil).at(rule.span))
    }
  }

  /// All awards by (at, member, event, rule name); those of a batch come by member first.
  private static func sorted(_ parts: [[AwardRecord]], _ context: RunContext) -> [AwardRecord] {
    let ranks = context.ruleRanks
    var all: [AwardRecord] = []
    all.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for part in parts { all.append(contentsOf: part) }
    all.sort { $0.isBefore($1, ranks) }
    return all
  }

  /// What went wrong, each mistake of the rules once, at the first member and moment that met it; the first twenty.
  private static func diagnostics(_ faults: [RunFault], _ context: RunContext) -> [Diagnostic] {
    let sorted = faults.sorted { left, right in
      let (first, second) = (left.span, right.span)
      return (first.file.index, first.start, left.moment, left.member)
        < (second.file.index, second.start, right.moment, right.member)
    }
    var firsts: OrderedDictionary<RunFault.Mistake, (fault: RunFault, count: Int)> = [:]
    for fault in sorted { firsts[fault.mistake, default: (fault, 0)].count += 1 }
    var result = firsts.values.prefix(20).map { $0.fault.diagnostic(context, others: $0.count - 1) }
    if firsts.count > 20, let last = firsts.values.last {
      result.append(RunProblem.more(count: firsts.count - 20).at(last.fault.span))
    }
    return result
  }
}
