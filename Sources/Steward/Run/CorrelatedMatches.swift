/// Matches of a pattern whose condition or value reads the moment or the firing event, so that each point sees matches of
/// its own.
///
/// What is asked of rows alone is asked once, and equalities between a row and its point are looked up: rows stand in
/// groups of equal keys (a hash join). Where that is all, each point's matches are a stretch of its group, as they are for
/// `same X`. What is left is asked of each pair of a point and a row of its stretch, a column at a time, some points after
/// the others: sub-expressions about the row or the point alone are computed there and gathered.
///
/// - Cost: as the rows and points together without such a rest; else as the pairs, in the memory of some 32,768 of them
///   (or of the rows of one point).
struct CorrelatedMatches {
  private let aggregate: PlanAggregate
  private let frame: Frame
  private let batch: BatchRun
  /// Rows that may match, and which of them each lane looks at.
  private let candidates: AggregateRun.Stretches
  /// What is asked of pairs. - Missing: nil if the candidates match as they are.
  private let orders: PairOrders?
  private let conditions: [Int]
  /// The values at the candidates of the nodes that those about pairs read.
  private let rowInputs: [(node: Int, values: Vector)]

  /// Pairs are evaluated in chunks of about this many.
  private static let chunk = 32_768

  init(_ aggregate: PlanAggregate, _ frame: Frame) {
    self.aggregate = aggregate
    self.frame = frame
    batch = frame.batch
    let context = batch.context
    let pattern = context.plan.patterns[aggregate.pattern]
    let bounds = frame.bounds(aggregate.window)
    let same = aggregate.same.map { frame.batch.values(ofAttribute: $0, at: frame.firing) ?? .allMissing(.ints) }
    let pairs = context.pairPlans[aggregate] ?? PairPlan(aggregate, context.plan)
    let keys = CorrelatedMatches.pointKeys(pairs, frame)
    if let keys, let space = batch.joinedSpace(aggregate, pairs, withValue: pairs.asked == nil) {
      var stretches = AggregateRun.Stretches(space, bounds, keys + same, frame)
      let asked = pairs.conditions.ofPoints.map { frame[$0] }
      for lane in 0..<frame.count where asked.contains(where: { $0.state(lane) != Vector.present || !$0.flag(lane) }) {
        stretches.high[lane] = stretches.low[lane]
      }
      candidates = stretches
      orders = pairs.asked
      conditions = pairs.conditions.ofPairs
    } else {
      let space = batch.space(
        BatchRun.SpaceKey(pattern: aggregate.pattern, value: nil, same: aggregate.same, ignoresCondition: true))
      candidates = AggregateRun.Stretches(space, bounds, same, frame)
      orders = pairs.whole
      conditions = pattern.condition.map { [$0] } ?? []
    }
    guard let orders else {
      rowInputs = []
      return
    }
    let rows = Frame.scanned(candidates.space.rows, batch)
    rows.evaluate(orders.ofRows)
    rowInputs = orders.rowInputs.map { ($0, rows[$0]) }
    frame.evaluate(orders.ofPoints)
  }

  /// What the points are looked up by. - Missing: nil if that, or what is asked of points alone, is a fault somewhere.
  private static func pointKeys(_ pairs: PairPlan, _ frame: Frame) -> [Vector]? {
    frame.evaluate(pairs.pointOrder)
    let keys = pairs.conditions.keys.map { frame[$0.point] }
    let asked = keys + pairs.conditions.ofPoints.map { frame[$0] }
    return asked.contains { $0.states.contains(Vector.fault) } ? nil : keys
  }

  /// Gives the lanes, some after the others, each time with their matches.
  func forEachChunk(_ body: (Frame, AggregateRun.Stretches) -> Void) {
    guard let orders else { return body(frame, candidates) }
    var start = 0
    var pairs = 0
    for lane in 0..<frame.count {
      pairs += Int(candidates.high[lane] &- candidates.low[lane])
      let isLast = lane == frame.count - 1
      if !isLast, pairs < CorrelatedMatches.chunk { continue }
      let lanes = start..<(lane + 1)
      body(start == 0 && isLast ? frame : frame.lanes(lanes), matches(lanes, orders))
      start = lane + 1
      pairs = 0
    }
    if frame.count == 0 { body(frame, candidates) }
  }

  /// The matches of some lanes, packed.
  private func matches(_ lanes: Range<Int>, _ orders: PairOrders) -> AggregateRun.Stretches {
    var points: [Int32] = []
    var picks: [Int32] = []
    for lane in lanes {
      let point = Int32(truncatingIfNeeded: lane)
      for match in candidates.low[lane]..<max(candidates.low[lane], candidates.high[lane]) {
        points.append(point)
        picks.append(match)
      }
    }
    var known = rowInputs.map { (node: $0.node, values: $0.values.isUniform ? $0.values : $0.values.picked(picks)) }
    for node in orders.pointInputs {
      known.append((node, frame[node].isUniform ? frame[node] : frame[node].picked(points)))
    }
    let days = orders.readsDays ? Gather.pick(frame.days, points) : []
    let pairs = Frame.pairs(count: picks.count, days: days, known: known, batch)
    pairs.evaluate(orders.ofPairs)
    let values = aggregate.value.map { pairs[$0].expanded(to: picks.count) }
    let verdicts = verdicts(conditions.map { pairs[$0] }, values, picks.count)
    return packed(lanes, picks, verdicts, values)
  }

  /// For each pair whether it matches: 0 or 1, or 2 where that or its value is a fault.
  private func verdicts(_ conditions: [Vector], _ values: Vector?, _ count: Int) -> [UInt8] {
    var verdicts = [UInt8](repeating: 1, count: count)
    for condition in conditions {
      if condition.states.isEmpty, !condition.isUniform {
        verdicts = mapLanes(verdicts, false, condition.flags, false, count) { $0 == 1 ? $1 : $0 }
        continue
      }
      for pair in 0..<count where verdicts[pair] == 1 {
        switch condition.state(pair) {
        case Vector.present: verdicts[pair] = condition.flag(pair) ? 1 : 0
        case Vector.fault: verdicts[pair] = 2
        default: verdicts[pair] = 0
        }
      }
    }
    if let values, !values.states.isEmpty {
      verdicts = mapLanes(verdicts, false, values.states, false, count) { verdict, state in
        verdict != 1 || state == Vector.present ? verdict : state == Vector.fault ? 2 : 0
      }
    }
    return verdicts
  }

  /// The pairs that match, lane by lane.
  private func packed(
    _ lanes: Range<Int>, _ picks: [Int32], _ verdicts: [UInt8], _ values: Vector?
  ) -> AggregateRun.Stretches {
    var kept: [Int32] = []
    var groups: [Int32] = []
    var low: [Int32] = []
    var high: [Int32] = []
    var pair = 0
    for lane in lanes {
      low.append(Int32(truncatingIfNeeded: kept.count))
      for _ in candidates.low[lane]..<max(candidates.low[lane], candidates.high[lane]) {
        if verdicts[pair] != 0 {
          kept.append(Int32(truncatingIfNeeded: pair))
          groups.append(Int32(truncatingIfNeeded: lane))
        }
        pair += 1
      }
      high.append(Int32(truncatingIfNeeded: kept.count))
    }
    let faults = verdicts.contains(2) ? mapLanes(Gather.pick(verdicts, kept)) { $0 == 2 ? UInt8(1) : 0 } : []
    let rows = Gather.pick(candidates.space.rows, Gather.pick(picks, kept))
    let space = MatchSpace(rows: rows, values: values?.picked(kept), faults: faults) { [groups] in groups }
    return AggregateRun.Stretches(space: space, low: low, high: high)
  }
}
