/// Feeds the series of one grid with one batch: what its members say at which checks, and from when to when its rows count.
struct GridRun {
  private let batch: BatchRun
  private let context: RunContext
  private let grid: Int
  private let planned: GridPlan
  private let checks: RunContext.Checks
  private var part: GridPart
  private var splits: SplitLanes?
  /// The batch's number, by which the latest of equal instants is told.
  private let number: Int32

  /// - Parameter part: what other batches found, to go on with.
  init(_ grid: Int, _ batch: BatchRun, number: Int, _ part: GridPart) {
    self.batch = batch
    context = batch.context
    self.grid = grid
    planned = context.gridPlans[grid]
    checks = context.gridChecks[grid]
    self.part = part
    self.number = Int32(truncatingIfNeeded: number)
  }

  /// What members and their events add.
  /// - Parameter only: the values to look at; nil is all.
  mutating func members(only: Set<Int>? = nil) -> GridPart {
    if checks.count == 0 { return part }
    if context.plan.grids[grid].split != nil {
      splits = SplitLanes(grid, batch, &part)
    } else {
      _ = part.place(nil)
    }
    for (place, index) in planned.values.enumerated() where only?.contains(index) ?? true {
      switch context.plan.communityValues[index] {
      case .members(let function, let value, let among, _):
        addMembers(place, function, value, among, planned.orders[place])
      case .events(let aggregate, let isText): addEvents(place, context.plan.aggregates[aggregate], isText)
      }
    }
    if planned.countsPresent { addPresent() }
    return part
  }

  /// What events of nobody add: there is no split that they belong to.
  mutating func nobodys() -> GridPart {
    if checks.count == 0 || context.plan.grids[grid].split != nil { return part }
    _ = part.place(nil)
    for (place, index) in planned.values.enumerated() {
      if case .events(let aggregate, let isText) = context.plan.communityValues[index] {
        addEvents(place, context.plan.aggregates[aggregate], isText)
      }
    }
    return part
  }

  // MARK: Members

  private func points(_ order: [Int], _ roots: [Int]) -> CheckPoints {
    let split = context.plan.grids[grid].split.map { [$0] } ?? []
    return CheckPoints(checks, order: order, read: Set(roots + split), context.reader(grid), batch)
  }

  private mutating func addMembers(
    _ place: Int, _ function: MemberAggregate.Function, _ value: Int, _ among: Int?, _ order: [Int]
  ) {
    if addFlags(place, function, value, among) { return }
    let points = points(order, [value] + (among.map { [$0] } ?? []))
    let frame = points.frame(batch)
    frame.evaluate(order)
    let groups = splits.map { splits in splits.groups(points, frame[splits.node], batch, &part) }
    let adding = MemberLanes(
      function: function, points: points, value: frame[value], among: among.map { frame[$0] },
      written: MemberLanes.written(value, frame), groups: groups)
    adding.add(to: &part, place)
  }

  /// Members of whom a condition about days holds. - Missing: false where it is something else.
  private mutating func addFlags(
    _ place: Int, _ function: MemberAggregate.Function, _ value: Int, _ among: Int?
  ) -> Bool {
    guard splits == nil, function == .count || function == .share else { return false }
    let others = among.map { FlagBits($0, checks, batch) }
    if case .some(.none) = others { return false }
    guard let bits = FlagBits(value, checks, batch) else { return false }
    part.cells[0][place].add(bits, among: others ?? nil, in: batch.presence(at: checks))
    return true
  }

  private mutating func addPresent() {
    let points = points(planned.splitOrder, [])
    let frame = points.frame(batch)
    frame.evaluate(planned.splitOrder)
    let groups = splits.map { splits in splits.groups(points, frame[splits.node], batch, &part) }
    let adding = MemberLanes(
      function: .share, points: points, value: .uniform(.flags([1])), among: nil, written: (false, nil), groups: groups)
    adding.add(to: &part, planned.width - 1)
  }

  // MARK: Events

  private mutating func addEvents(_ place: Int, _ aggregate: PlanAggregate, _ isText: Bool) {
    if aggregate.isCorrelated { return addAsked(place, aggregate, isText) }
    let spans = context.spans(aggregate.window, grid)
    if addDayCounts(place, aggregate, spans) { return }
    let space = batch.space(BatchRun.SpaceKey(pattern: aggregate.pattern, value: aggregate.value, same: []))
    if space.count == 0 || addRuns(place, aggregate, space, spans) { return }
    let stream = batch.events
    let rows = SpaceRows(aggregate, space, isText: isText, batch, number: number)
    for match in 0..<space.count {
      let row = Int(space.rows[match])
      let (from, until) = spans.span(day: stream.day(of: row), at: stream.times[row])
      if from >= until { continue }
      guard let splits else {
        rows.add(match, from, until, isPartial: false, to: &part.cells[0][place])
        continue
      }
      splits.forEach(Int(stream.owner(of: row)), from, until) { group, from, until in
        rows.add(match, from, until, isPartial: true, to: &part.cells[group][place])
      }
    }
  }

  /// Counts of whole kinds by day. - Missing: false where it is something else.
  private mutating func addDayCounts(_ place: Int, _ aggregate: PlanAggregate, _ spans: CheckSpans) -> Bool {
    guard context.countsByDay(aggregate, grid), let counts = batch.dayCounts else { return false }
    let pattern = context.plan.patterns[aggregate.pattern]
    part.cells[0][place].openCounts(held: false)
    counts.add(pattern.kinds, spans, to: &part.cells[0][place].seen)
    return true
  }

  /// Counts and sums of runs, in windows that go by days. - Missing: false where it is something else.
  private mutating func addRuns(
    _ place: Int, _ aggregate: PlanAggregate, _ space: MatchSpace, _ spans: CheckSpans
  ) -> Bool {
    guard spans.goesByDay, space.faults.isEmpty else { return false }
    switch aggregate.function {
    case .count, .any:
      let runs = space.runs(batch, checks)
      for group in part.cells.indices { part.cells[group][place].openCounts(held: false) }
      forEachRun(runs, spans) { cells, run, from, until in
        let size = Int64(runs.size(run))
        cells[place].seen[from] &+= size
        cells[place].seen[until] &-= size
      }
      return true
    case .sum, .avg:
      let isInt = space.values?.kind == .ints
      guard case .narrow(let totals, let scale) = space.prefixSums(aggregate, batch), !isInt || scale == 0 else {
        return false
      }
      let runs = space.runs(batch, checks)
      for group in part.cells.indices { part.cells[group][place].openCounts(held: false) }
      forEachRun(runs, spans) { cells, run, from, until in
        let size = Int64(runs.size(run))
        cells[place].seen[from] &+= size
        cells[place].seen[until] &-= size
        let sum = totals[Int(runs.firsts[run + 1])] &- totals[Int(runs.firsts[run])]
        if isInt {
          cells[place].addSum(sum, from, until)
        } else {
          cells[place].addSum(digits: sum, scale: scale, from, until)
        }
      }
      return true
    default: return false
    }
  }

  /// The runs that count, with the cells of the groups that their members are in meanwhile.
  private mutating func forEachRun(
    _ runs: MatchRuns, _ spans: CheckSpans, _ body: (inout [CheckCells], Int, Int, Int) -> Void
  ) {
    runs.forEach(spans) { member, run, from, until in
      guard let splits else {
        body(&part.cells[0], run, from, until)
        return
      }
      splits.forEach(member, from, until) { group, from, until in body(&part.cells[group], run, from, until) }
    }
  }

  /// A pattern that asks its rows about the moment: each check for itself.
  private mutating func addAsked(_ place: Int, _ aggregate: PlanAggregate, _ isText: Bool) {
    for check in 0..<checks.count {
      let frame = Frame.moment(checks.moments[check], batch)
      AggregateRun(aggregate, frame).forEachStretches { run, stretches in
        let rows = SpaceRows(aggregate, stretches.space, isText: isText, batch, number: number)
        for lane in 0..<run.frame.count {
          for match in Int(stretches.low[lane])..<Int(stretches.high[lane]) {
            let owner = Int(run.frame.members[lane])
            guard let splits else {
              rows.add(match, check, check + 1, isPartial: true, to: &part.cells[0][place])
              continue
            }
            splits.forEach(owner, check, check + 1) { group, from, until in
              rows.add(match, from, until, isPartial: true, to: &part.cells[group][place])
            }
          }
        }
      }
    }
  }
}

/// Rows of a space, as they are added to cells.
struct SpaceRows {
  private let function: EventAggregate.Function
  private let space: MatchSpace
  private let isText: Bool
  private let batch: BatchRun
  private let number: Int32
  private let isDecimal: Bool
  private let written: [Decimal]?

  init(_ aggregate: PlanAggregate, _ space: MatchSpace, isText: Bool, _ batch: BatchRun, number: Int32) {
    function = aggregate.function
    self.space = space
    self.isText = isText
    self.batch = batch
    self.number = number
    let run = AggregateRun(aggregate, Frame(batch: batch, members: []))
    isDecimal = run.readsPlainNumber
    written = isDecimal ? run.written(space) : nil
  }

  func add(_ match: Int, _ from: Int, _ until: Int, isPartial: Bool, to cells: inout CheckCells) {
    if space.isFault(match) { return cells.fail(from, until) }
    cells.openCounts(held: false)
    cells.see(from, until)
    let row = Int(space.rows[match])
    let at = batch.events.times[row]
    switch function {
    case .count, .any: break
    case .days, .streak: cells.mark(.int(Int64(batch.events.day(of: row))), from, until)
    case .first, .last:
      cells.addMoment(
        CheckCells.Moment(at: at, value: .int(at), batch: number, row: space.rows[match]), from, until,
        isPartial: isPartial)
    case .lastValue:
      let value = scalar(match)
      cells.addMoment(
        CheckCells.Moment(at: at, value: value, batch: number, row: space.rows[match]), from, until,
        isPartial: isPartial)
    case .distinct: cells.mark(scalar(match), from, until)
    case .sum, .avg:
      guard let values = space.values else { return }
      if values.kind == .ints {
        cells.addSum(values.int(match), from, until)
      } else {
        cells.addSum(values.number(match), isDecimal: isDecimal, written: written?[match], from, until)
      }
    case .min, .max, .median, .quantile:
      guard let values = space.values else { return }
      if values.kind == .ints {
        cells.keep(values.int(match), from, until)
      } else {
        cells.keep(values.number(match), written: written?[match], from, until)
      }
    }
  }

  private func scalar(_ match: Int) -> CommunityPart.Scalar {
    space.values.map { CommunityPart.Scalar($0, match, isText: isText, batch) } ?? .int(0)
  }
}
