/// Matches of a pattern whose condition or value reads the moment or the firing event: no prefix serves every lane, so
/// each pair of a lane and a row in its window is looked at, a column at a time.
///
/// - Cost: as many evaluations as there are rows of the pattern's kinds in all windows together.
struct CorrelatedMatches {
  private let aggregate: PlanAggregate
  private let frame: Frame
  private let batch: BatchRun
  private let condition: Int?

  /// Pairs are evaluated in chunks of about this many.
  private static let chunk = 32_768

  init(_ aggregate: PlanAggregate, _ frame: Frame) {
    self.aggregate = aggregate
    self.frame = frame
    batch = frame.batch
    condition = frame.batch.context.plan.patterns[aggregate.pattern].condition
  }

  func stretches() -> AggregateRun.Stretches {
    let candidates = batch.space(
      BatchRun.SpaceKey(pattern: aggregate.pattern, value: nil, same: [], ignoresCondition: true))
    let bounds = frame.bounds(aggregate.window)
    let first = candidates.ranks(of: bounds.low)
    let last = candidates.ranks(of: bounds.high)
    let firingKeys = aggregate.same.isEmpty ? nil : GroupKeys(rows: frame.firing, attributes: aggregate.same, batch)
    let rowKeys = aggregate.same.isEmpty ? nil : GroupKeys(rows: candidates.rows, attributes: aggregate.same, batch)
    var found = Found()
    var lanes: [Int32] = []
    var rows: [Int32] = []
    var low: [Int32] = []
    var high: [Int32] = []
    var counts: [Int] = []
    for lane in 0..<frame.count {
      let from = Int(first[lane])
      let to = max(from, Int(last[lane]))
      var pairs = 0
      for match in from..<to where isSame(lane, match, firingKeys, rowKeys) {
        lanes.append(Int32(truncatingIfNeeded: lane))
        rows.append(candidates.rows[match])
        pairs += 1
      }
      counts.append(pairs)
      if lanes.count >= CorrelatedMatches.chunk || lane == frame.count - 1 {
        evaluate(lanes, rows, counts, &found, &low, &high)
        lanes.removeAll(keepingCapacity: true)
        rows.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
      }
    }
    let space = MatchSpace(
      rows: found.rows, values: found.values, faults: found.faults.contains(1) ? found.faults : []
    ) { [groups = found.groups] in groups }
    return AggregateRun.Stretches(space: space, low: low, high: high)
  }

  private struct Found {
    var rows: [Int32] = []
    var values: Vector?
    var faults: [UInt8] = []
    var groups: [Int32] = []
  }

  private func isSame(_ lane: Int, _ match: Int, _ firing: GroupKeys?, _ rows: GroupKeys?) -> Bool {
    guard let firing, let rows else { return true }
    return firing.isComplete(lane) && rows.isComplete(match) && firing.equals(lane, rows, match)
  }

  /// Evaluates condition and value at the pairs gathered so far, and appends what matches.
  private func evaluate(
    _ lanes: [Int32], _ rows: [Int32], _ counts: [Int], _ found: inout Found, _ low: inout [Int32],
    _ high: inout [Int32]
  ) {
    let pairs = Frame(
      batch: batch, members: Gather.pick(frame.members, lanes), moments: Gather.pick(frame.moments, lanes),
      days: Gather.pick(frame.days, lanes), firing: frame.firing.isEmpty ? [] : Gather.pick(frame.firing, lanes),
      scanned: rows)
    let orders = batch.context.rowOrders
    if let condition { pairs.evaluate(orders[condition] ?? []) }
    if let value = aggregate.value { pairs.evaluate(orders[value] ?? []) }
    let holds = condition.map { pairs[$0] }
    let values = aggregate.value.map { pairs[$0].expanded(to: lanes.count) }
    var kept: [Int32] = []
    var pair = 0
    var lane = low.count
    for count in counts {
      low.append(Int32(truncatingIfNeeded: found.rows.count))
      for index in pair..<(pair + count) {
        let conditionState = holds?.state(index) ?? Vector.present
        if conditionState == Vector.missing { continue }
        var isFault = conditionState == Vector.fault
        if !isFault, holds.map({ $0.flag(index) }) == false { continue }
        let valueState = values?.state(index) ?? Vector.present
        if !isFault, valueState == Vector.missing { continue }
        isFault = isFault || valueState == Vector.fault
        kept.append(Int32(truncatingIfNeeded: index))
        found.rows.append(rows[index])
        found.faults.append(isFault ? 1 : 0)
        found.groups.append(Int32(truncatingIfNeeded: lane))
      }
      pair += count
      lane += 1
      high.append(Int32(truncatingIfNeeded: found.rows.count))
    }
    if let values {
      let picked = values.picked(kept)
      found.values = found.values.map { $0.appending(picked) } ?? picked
    }
  }
}

extension Vector {
  /// These entries, then those of another vector of the same kind.
  func appending(_ other: Vector) -> Vector {
    switch (storage, other.storage) {
    case (.flags(let left), .flags(let right)): return Vector(flags: left + right)
    case (.ints(let left), .ints(let right)): return Vector(ints: left + right)
    case (.numbers(let left), .numbers(let right)): return Vector(numbers: left + right)
    case (.lists(let offsets, let codes), .lists(let moreOffsets, let moreCodes)):
      let shift = offsets.last ?? 0
      return Vector(.lists(offsets: offsets + moreOffsets.dropFirst().map { $0 &+ shift }, codes: codes + moreCodes))
    default: return self
    }
  }
}
