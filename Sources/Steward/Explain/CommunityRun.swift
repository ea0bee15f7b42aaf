// The community's series once more, of the expressions that somebody asks about and of every part under them: the engine's
// own grids, fed with all members, so that what an explanation shows is what the run computed.

/// A run that explanations read the parts of expressions from.
protocol ExplainedRun: AnyObject {
  var context: RunContext { get }
  /// Where an expression stands in the plan. - Missing: nil if the plan does not have it.
  func node(_ expr: TypedExpr) -> Int?
}

extension ExplainedRun {
  var program: TypedProgram { context.program }
  var calendar: Calendar { context.calendar }
}

extension MemberRun: ExplainedRun {}

/// What the community said, at the checks of one grid, of some expressions.
///
/// - Cost: a round of the run over all members; what they hold is decided again only where the expressions read it.
final class CommunityRun: ExplainedRun {
  let context: RunContext
  /// When it was asked.
  let checks: RunContext.Checks
  let groups: [Value]
  private let grid: Int
  private let split: TypedExpr?
  private var planner: Planner
  private let columns: [Int: SeriesColumn]
  private let values: CommunityValues
  /// Those that the values mean by their codes.
  private let texts: TextScope
  private var wholes: [Int: Frame] = [:]

  /// - Parameters:
  ///   - asked: expressions about the community.
  ///   - split: what members are split by.
  init(
    _ ground: Engine.Ground, _ asked: [TypedExpr], _ rhythm: CheckRhythm, split: TypedExpr? = nil,
    workers: Workers = .serial
  ) {
    let base = ground.context
    var planner = Planner(goingOnFrom: base.plan, of: base.program)
    let series = asked.map { planner.series($0, rhythm, split: split) }
    let plan = planner.extended
    context = RunContext(
      program: base.program, plan: plan, data: base.data, calendar: base.calendar, asOf: base.asOf,
      firstDay: base.firstDay, keepsAwards: false, standing: base.standing, heardUntil: base.heardUntil)
    let grid = series.first.map { plan.series[$0].grid } ?? 0
    self.planner = planner
    self.split = split
    self.grid = grid
    checks = context.gridChecks[grid]
    let needed = CommunityRun.closure(of: series, plan)
    let parts = CommunityRun.parts(needed, context, ground.series, workers)
    columns = ground.series.columns.merging(SettledSeries(parts, only: needed, context).columns) { _, new in new }
    let batch = BatchRun(context: context, members: 0..<0)
    values = CommunityValues(parts[grid], grid, batch)
    texts = batch.texts
    groups = values.groups
  }

  /// Some series, and those that they read.
  private static func closure(of series: [Int], _ plan: Plan) -> Set<Int> {
    var result = Set(series)
    var stack = series
    while let next = stack.popLast() {
      for other in plan.seriesRead(by: [plan.series[next].node]) where result.insert(other).inserted {
        stack.append(other)
      }
    }
    return result
  }

  /// What all members together say of some series, by grid.
  private static func parts(
    _ series: Set<Int>, _ context: RunContext, _ decided: CommunitySeries, _ workers: Workers
  ) -> [GridPart] {
    let plan = context.plan
    var wanted: [Set<Int>] = plan.grids.map { _ in [] }
    for index in series {
      for node in plan.needed(by: [plan.series[index].node]) {
        if case .communityValue(let value) = plan.nodes[node].op { wanted[plan.series[index].grid].insert(value) }
      }
    }
    let orders = plan.grids.indices.flatMap { grid -> [Int] in
      let planned = context.gridPlans[grid]
      if !series.contains(where: { plan.series[$0].grid == grid }) { return [] }
      let places = planned.values.indices.filter { wanted[grid].contains(planned.values[$0]) }
      return places.flatMap { planned.orders[$0] } + planned.splitOrder
    }
    let readsStanding = orders.contains { plan.dependence[$0].contains(.standing) }
    let grids = plan.grids.indices.filter { grid in series.contains { plan.series[$0].grid == grid } }
    // As the run cut them: what it kept of standing is kept by batch.
    let batches = Engine.batches(of: context.data, rows: Engine.Options().batchRows)
    let isKept = context.standing?.isComplete == true && batches.allSatisfy { context.standing?.pages(of: $0) != nil }
    let totals = GridTotals(context)
    workers.each(batches.count) { [wanted] number in
      let batch = BatchRun(
        context: context, members: batches[number], series: decided,
        pages: isKept ? context.standing?.pages(of: batches[number]) : nil)
      if readsStanding, !isKept {
        var strata = StrataRun(batch)
        strata.run()
        strata.prepare(orders)
      }
      for grid in grids {
        var run = GridRun(grid, batch, number: number, totals.take(grid))
        totals.give(run.members(only: wanted[grid]), to: grid)
      }
    }
    return Engine.withNobodys(totals, context, number: batches.count)
  }

  func node(_ expr: TypedExpr) -> Int? {
    let place = planner.place(of: expr, on: context.plan.grids[grid], split?.type)
    return place < context.plan.nodes.count ? place : nil
  }

  // MARK: Points

  private func batch(_ group: Int, _ vectors: [Vector]) -> BatchRun {
    let batch = BatchRun(context: context, members: 0..<0)
    batch.columns = columns
    batch.texts = texts
    batch.ownGroup = groups[group]
    batch.communityValues = vectors
    return batch
  }

  /// A group at one check.
  func point(_ group: Int, _ check: Int) -> Frame {
    let vectors = values.vectors[group].map { $0.lane(check) }
    return Frame(
      batch: batch(group, vectors), members: [0], moments: [checks.moments[check]], days: [checks.days[check]],
      reader: context.reader(grid))
  }

  /// A group at all checks.
  private func whole(_ group: Int) -> Frame {
    if let known = wholes[group] { return known }
    let made = Frame(
      batch: batch(group, values.vectors[group]), members: Array(repeating: 0, count: checks.count),
      moments: checks.moments, days: checks.days, reader: context.reader(grid))
    wholes[group] = made
    return made
  }

  /// What an expression says of a group at some checks.
  func values(_ expr: TypedExpr, _ group: Int, _ range: Range<Int>) -> [ShownValue] {
    guard groups.indices.contains(group), let node = node(expr) else { return range.map { _ in .missing } }
    let frame = whole(group)
    frame.evaluate(context.plan.needed(by: [node]))
    return range.map { check in
      if expr.type.isPrivate { return .hidden }
      if let withheld = withheld(node, group, check) { return withheld }
      let value = ShownValue(frame[node], check, expr.type, frame.batch)
      return expr.isShare(program) ? value.asShare : value
    }
  }

  /// What stands for a value that is withheld from few. - Missing: nil where it is not.
  func withheld(_ node: Int, _ group: Int, _ check: Int) -> ShownValue? {
    guard case .communityValue(let index) = context.plan.nodes[node].op, values.withheld.indices.contains(group),
      let states = values.withheld[group][index], states.indices.contains(check), states[check] != 0
    else { return nil }
    guard case .members(.count, _, _, _) = context.plan.communityValues[index] else { return .withheld }
    return .fewer(than: program.schema.privacyGroup)
  }
}

extension Vector {
  /// One lane alone.
  func lane(_ lane: Int) -> Vector {
    let kept = state(lane)
    switch storage {
    case .flags: return .uniform(.flags([flag(lane) ? 1 : 0]), state: kept)
    case .ints: return .uniform(.ints([int(lane)]), state: kept)
    case .numbers: return .uniform(.numbers([number(lane)]), state: kept)
    case .lists:
      let codes = Array(list(lane))
      return .uniform(.lists(offsets: [0, Int32(truncatingIfNeeded: codes.count)], codes: codes), state: kept)
    }
  }
}
