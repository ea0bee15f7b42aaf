/// Values of members, from lanes that hold until the next; what does not change from lane to lane comes and goes once.
struct MemberLanes {
  let function: MemberAggregate.Function
  let points: CheckPoints
  let value: Vector
  let among: Vector?
  /// Whether a column counts as the decimals written, and those, where its doubles do not tell them.
  let written: (isDecimal: Bool, decimals: [Decimal]?)
  /// By lane: the place of its group. - Missing: nil, there is one.
  let groups: [Int32]?

  private static let skipped: UInt8 = 0
  private static let seen: UInt8 = 1
  private static let faulty: UInt8 = 2

  static func written(_ node: Int, _ frame: Frame) -> (Bool, [Decimal]?) {
    let context = frame.batch.context
    guard case .column(let column) = context.plan.nodes[node].op else { return (false, nil) }
    let first = Int32(truncatingIfNeeded: frame.batch.members.lowerBound)
    guard context.data.members.columns.indices.contains(column) else { return (true, nil) }
    return (true, context.data.members.columns[column].written(at: frame.members.map { first &+ $0 }))
  }

  func add(to part: inout GridPart, _ place: Int) {
    if points.count == 0 { return }
    let statuses = self.statuses()
    let keys = self.keys()
    let isCounted = function == .count || function == .share
    for group in part.cells.indices { part.cells[group][place].openCounts(held: isCounted) }
    if isCounted { return count(statuses, keys, to: &part, place) }
    var lane = 0
    while lane < points.count {
      let end = end(of: lane, statuses, keys)
      if statuses[lane] != MemberLanes.skipped {
        let group = groups.map { Int($0[lane]) } ?? 0
        let (from, until) = (Int(points.checkOfLane[lane]), Int(points.endOfLane[end - 1]))
        if statuses[lane] == MemberLanes.faulty {
          part.cells[group][place].fail(from, until)
        } else {
          add(lane, keys[lane], from, until, to: &part.cells[group][place])
        }
      }
      lane = end
    }
  }

  /// The first lane after one that is another member's, in another group, or says something else.
  @inline(__always)
  private func end(of lane: Int, _ statuses: [UInt8], _ keys: [Int64]) -> Int {
    var next = lane &+ 1
    if written.decimals != nil { return next }
    while next < statuses.count, points.members[next] == points.members[lane], keys[next] == keys[lane],
      statuses[next] == statuses[lane], groups.map({ $0[next] == $0[lane] }) ?? true
    { next &+= 1 }
    return next
  }

  /// By lane: whether it counts.
  private func statuses() -> [UInt8] {
    var result = [UInt8](repeating: MemberLanes.seen, count: points.count)
    if !value.states.isEmpty {
      for lane in result.indices {
        let state = value.state(lane)
        if state != Vector.present { result[lane] = state == Vector.fault ? MemberLanes.faulty : MemberLanes.skipped }
      }
    }
    guard let among else { return result }
    let asked = among.expanded(to: points.count)
    let flags = asked.flags
    for lane in result.indices {
      let state = asked.states.isEmpty ? Vector.present : asked.states[lane]
      if state == Vector.fault {
        result[lane] = MemberLanes.faulty
      } else if state != Vector.present || !flags.indices.contains(lane) || flags[lane] == 0 {
        result[lane] = MemberLanes.skipped
      }
    }
    return result
  }

  /// By lane the value's bits.
  private func keys() -> [Int64] {
    switch value.expanded(to: points.count).storage {
    case .flags(let flags): mapLanes(flags) { Int64($0) }
    case .ints(let ints): ints
    case .numbers(let numbers): mapLanes(numbers) { Int64(bitPattern: $0.bitPattern) }
    case .lists: Array(repeating: 0, count: points.count)
    }
  }

  private func add(_ lane: Int, _ key: Int64, _ from: Int, _ until: Int, to cells: inout CheckCells) {
    cells.see(from, until)
    let isInt = value.kind == .ints
    let number = Double(bitPattern: UInt64(bitPattern: key))
    switch function {
    case .count, .share: break
    case .sum, .avg:
      if isInt {
        cells.addSum(key, from, until)
      } else {
        cells.addSum(number, isDecimal: written.isDecimal, written: written.decimals?[lane], from, until)
      }
    case .min, .max, .median, .quantile:
      if isInt {
        cells.keep(key, from, until)
      } else {
        cells.keep(number, written: written.decimals?[lane], from, until)
      }
    }
  }

  // MARK: Counting

  private func count(_ statuses: [UInt8], _ flags: [Int64], to part: inout GridPart, _ place: Int) {
    // Taken out while they grow, so that they are not copied.
    var seen = part.cells.map { $0[place].seen }
    var held = part.cells.map { $0[place].held }
    for group in part.cells.indices {
      part.cells[group][place].seen = []
      part.cells[group][place].held = []
    }
    if groups == nil {
      count(statuses, flags, 0, &seen[0], &held[0])
    } else {
      countGroups(statuses, flags, &seen, &held)
    }
    for group in part.cells.indices {
      part.cells[group][place].seen = seen[group]
      part.cells[group][place].held = held[group]
    }
    for lane in statuses.indices where statuses[lane] == MemberLanes.faulty {
      let group = groups.map { Int($0[lane]) } ?? 0
      part.cells[group][place].fail(Int(points.checkOfLane[lane]), Int(points.endOfLane[lane]))
    }
  }

  private func count(
    _ statuses: [UInt8], _ flags: [Int64], _ group: Int, _ seen: inout [Int64], _ held: inout [Int64]
  ) {
    let (members, from, until) = (points.members.span, points.checkOfLane.span, points.endOfLane.span)
    let (states, values) = (statuses.span, flags.span)
    var seenCells = seen.mutableSpan
    var heldCells = held.mutableSpan
    var lane = 0
    while lane < states.count {
      let first = lane
      lane &+= 1
      while lane < states.count, members[lane] == members[first], values[lane] == values[first],
        states[lane] == states[first]
      { lane &+= 1 }
      if states[first] != MemberLanes.seen { continue }
      let (start, end) = (Int(from[first]), Int(until[lane &- 1]))
      seenCells[start] &+= 1
      seenCells[end] &-= 1
      heldCells[start] &+= values[first]
      heldCells[end] &-= values[first]
    }
  }

  private func countGroups(
    _ statuses: [UInt8], _ flags: [Int64], _ seen: inout [[Int64]], _ held: inout [[Int64]]
  ) {
    var lane = 0
    while lane < statuses.count {
      let end = end(of: lane, statuses, flags)
      if statuses[lane] == MemberLanes.seen, let groups {
        let group = Int(groups[lane])
        let (from, until) = (Int(points.checkOfLane[lane]), Int(points.endOfLane[end - 1]))
        seen[group][from] &+= 1
        seen[group][until] &-= 1
        held[group][from] &+= flags[lane]
        held[group][until] &-= flags[lane]
      }
      lane = end
    }
  }
}
