/// What the members of a batch are split by, at which checks: present or not, as their events count in their group.
struct SplitLanes {
  let node: Int
  private let isText: Bool
  /// For each member where its lanes begin, and one more.
  private var offsets: [Int32]
  private var from: [Int32]
  private var until: [Int32]
  private var groups: [Int32]

  init?(_ grid: Int, _ batch: BatchRun, _ part: inout GridPart) {
    let context = batch.context
    guard let split = context.plan.grids[grid].split else { return nil }
    node = split
    let types = context.plan.series.indices.first { context.plan.series[$0].grid == grid }
      .flatMap { context.plan.seriesTypes[$0].split }
    isText = types?.base == .text
    let order = context.gridPlans[grid].splitOrder
    let points = CheckPoints(
      context.gridChecks[grid], order: order, read: [split], context.reader(grid), batch,
      presence: Presence(always: batch.members.count))
    let frame = points.frame(batch)
    frame.evaluate(order)
    from = points.checkOfLane
    until = points.endOfLane
    groups = []
    offsets = [0]
    groups = groups(points, frame[split], batch, &part)
    for lane in 0..<points.count {
      while offsets.count <= Int(points.members[lane]) { offsets.append(Int32(truncatingIfNeeded: lane)) }
    }
    while offsets.count <= batch.members.count { offsets.append(Int32(truncatingIfNeeded: points.count)) }
  }

  /// The places of the groups of some lanes.
  func groups(_ points: CheckPoints, _ split: Vector, _ batch: BatchRun, _ part: inout GridPart) -> [Int32] {
    var known: [Int64: Int32] = [:]
    var none: Int32 = -1
    var last: (code: Int64?, place: Int32) = (nil, -1)
    var result: [Int32] = []
    result.reserveCapacity(points.count)
    for lane in 0..<points.count {
      if split.state(lane) != Vector.present {
        if none < 0 { none = Int32(truncatingIfNeeded: part.place(nil)) }
        result.append(none)
        continue
      }
      let code = split.kind == .flags ? (split.flag(lane) ? 1 : 0) : split.int(lane)
      if code == last.code {
        result.append(last.place)
        continue
      }
      if let place = known[code] {
        last = (code, place)
        result.append(place)
        continue
      }
      let place = Int32(truncatingIfNeeded: part.place(CommunityPart.Scalar(split, lane, isText: isText, batch)))
      known[code] = place
      result.append(place)
    }
    return result
  }

  /// The groups of a member over some checks.
  func forEach(_ member: Int, _ from: Int, _ until: Int, _ body: (Int, Int, Int) -> Void) {
    for lane in Int(offsets[member])..<Int(offsets[member + 1]) {
      let start = max(from, Int(self.from[lane]))
      let end = min(until, Int(self.until[lane]))
      if start < end { body(Int(groups[lane]), start, end) }
    }
  }
}
