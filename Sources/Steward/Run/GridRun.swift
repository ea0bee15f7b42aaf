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

  init(_ grid: Int, _ batch: BatchRun, number: Int) {
    self.batch = batch
    context = batch.context
    self.grid = grid
    planned = context.gridPlans[grid]
    checks = context.gridChecks[grid]
    part = GridPart(count: checks.count, width: planned.width)
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
    let points = points(order, [value] + (among.map { [$0] } ?? []))
    let frame = points.frame(batch)
    frame.evaluate(order)
    let groups = splits.map { splits in splits.groups(points, frame[splits.node], batch, &part) }
    let adding = MemberLanes(
      function: function, points: points, value: frame[value], among: among.map { frame[$0] },
      written: MemberLanes.written(value, frame), groups: groups)
    adding.add(to: &part, place)
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
    let space = batch.space(BatchRun.SpaceKey(pattern: aggregate.pattern, value: aggregate.value, same: []))
    if space.count == 0 { return }
    let spans = context.spans(aggregate.window, grid)
    let stream = batch.events
    let (days, times) = (stream.days, stream.times)
    let isPlainCount = space.faults.isEmpty && (aggregate.function == .count || aggregate.function == .any)
    if splits == nil, isPlainCount {
      part.cells[0][place].openCounts(held: false)
      CheckCells.count(space.rows, days, times, spans, &part.cells[0][place].seen)
      return
    }
    let rows = SpaceRows(aggregate, space, isText: isText, batch, number: number)
    for match in 0..<space.count {
      let row = Int(space.rows[match])
      let (from, until) = spans.span(day: days[row], at: times[row])
      if from >= until { continue }
      guard let splits else {
        rows.add(match, from, until, isPartial: false, to: &part.cells[0][place])
        continue
      }
      splits.forEach(Int(stream.owners[row]), from, until) { group, from, until in
        rows.add(match, from, until, isPartial: true, to: &part.cells[group][place])
      }
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

extension CheckCells {
  /// Adds rows that are counted and nothing else.
  /// - Cost: two cells a row.
  static func count(
    _ rows: [Int32], _ days: [Int32], _ times: [Int64], _ spans: CheckSpans, _ seen: inout [Int64]
  ) {
    let (rowSpan, daySpan, timeSpan) = (rows.span, days.span, times.span)
    var cells = seen.mutableSpan
    for match in rowSpan.indices {
      let row = Int(rowSpan[match])
      let (from, until) = spans.span(day: daySpan[row], at: timeSpan[row])
      if from >= until { continue }
      cells[from] &+= 1
      cells[until] &-= 1
    }
  }
}

/// Values of members, from lanes that hold until the next.
struct MemberLanes {
  let function: MemberAggregate.Function
  let points: CheckPoints
  let value: Vector
  let among: Vector?
  /// Whether a column counts as the decimals written, and those, where its doubles do not tell them.
  let written: (isDecimal: Bool, decimals: [Decimal]?)
  /// By lane: the place of its group. - Missing: nil, there is one.
  let groups: [Int32]?

  static func written(_ node: Int, _ frame: Frame) -> (Bool, [Decimal]?) {
    let context = frame.batch.context
    guard case .column(let column) = context.plan.nodes[node].op else { return (false, nil) }
    let first = Int32(truncatingIfNeeded: frame.batch.members.lowerBound)
    guard context.data.members.columns.indices.contains(column) else { return (true, nil) }
    return (true, context.data.members.columns[column].written(at: frame.members.map { first &+ $0 }))
  }

  func add(to part: inout GridPart, _ place: Int) {
    let isCounted = function == .count || function == .share
    if let groups {
      for group in Set(groups) { part.cells[Int(group)][place].openCounts(held: isCounted) }
    } else {
      part.cells[0][place].openCounts(held: isCounted)
      if isCounted, among == nil, value.states.isEmpty {
        // Taken out while they grow, so that they are not copied.
        var (seen, held) = (part.cells[0][place].seen, part.cells[0][place].held)
        part.cells[0][place].seen = []
        part.cells[0][place].held = []
        MemberLanes.count(points.checkOfLane, points.endOfLane, value, &seen, &held)
        part.cells[0][place].seen = seen
        part.cells[0][place].held = held
        return
      }
    }
    for lane in 0..<points.count {
      let group = groups.map { Int($0[lane]) } ?? 0
      add(lane, to: &part.cells[group][place])
    }
  }

  private static func count(
    _ from: [Int32], _ until: [Int32], _ value: Vector, _ seen: inout [Int64], _ held: inout [Int64]
  ) {
    let flags = value.expanded(to: from.count).flags
    let (fromSpan, untilSpan, flagSpan) = (from.span, until.span, flags.span)
    guard flags.count == from.count, until.count == from.count else { return }
    var seenCells = seen.mutableSpan
    var heldCells = held.mutableSpan
    for lane in fromSpan.indices {
      let (start, end, flag) = (Int(fromSpan[lane]), Int(untilSpan[lane]), Int64(flagSpan[lane]))
      seenCells[start] &+= 1
      seenCells[end] &-= 1
      heldCells[start] &+= flag
      heldCells[end] &-= flag
    }
  }

  private func add(_ lane: Int, to cells: inout CheckCells) {
    let (from, until) = (Int(points.checkOfLane[lane]), Int(points.endOfLane[lane]))
    if let among {
      if among.state(lane) == Vector.fault { cells.fail(from, until) }
      if among.state(lane) != Vector.present || !among.flag(lane) { return }
    }
    if value.state(lane) == Vector.fault { cells.fail(from, until) }
    if value.state(lane) != Vector.present { return }
    cells.see(from, until)
    switch (function, value.kind) {
    case (.count, _), (.share, _):
      if value.flag(lane) {
        cells.held[from] &+= 1
        cells.held[until] &-= 1
      }
    case (.sum, .ints), (.avg, .ints): cells.addSum(value.int(lane), from, until)
    case (.sum, _), (.avg, _):
      cells.addSum(
        value.number(lane), isDecimal: written.isDecimal, written: written.decimals?[lane], from, until)
    case (_, .ints): cells.keep(value.int(lane), from, until)
    default: cells.keep(value.number(lane), written: written.decimals?[lane], from, until)
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
    case .days, .streak: cells.mark(.int(Int64(batch.events.days[row])), from, until)
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
