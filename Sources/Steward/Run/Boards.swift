/// Who may be placed on a board: a member for whom the rule's conditions hold at a check, with what they are ranked by.
struct BoardCandidate: Sendable {
  var rule: Int32
  /// Index in the checks of the rule's period.
  var check: Int32
  var group: [Value]
  var keys: [Value]
  /// Row in the member table.
  var member: Int32
}

/// The order of a board and what its places are worth.
struct BoardOrder {
  let rule: Int
  private let isAscending: [Bool]
  /// How many places have a prize.
  let places: Int

  init(_ rule: Int, _ program: TypedProgram) {
    self.rule = rule
    let typed = program.incentives[rule]
    isAscending = typed.board?.keys.map(\.isAscending) ?? []
    places = typed.amounts.map(\.places.count).max() ?? 0
  }

  /// Negative if the first stands before the second; missing values come last.
  func compare(_ left: [Value], _ right: [Value]) -> Int {
    for (index, isAscending) in isAscending.enumerated()
    where left.indices.contains(index) && right.indices.contains(index) {
      let (a, b) = (left[index], right[index])
      if a == b { continue }
      if a == .missing { return 1 }
      if b == .missing { return -1 }
      return a.isOrdered(before: b) == isAscending ? -1 : 1
    }
    return 0
  }

  /// The candidates of one check that have a place with a prize, with the place: by group, then place, then member.
  /// - Missing: candidates behind the last place; equals share the higher place, and the places after them are skipped.
  func placed(_ candidates: [BoardCandidate]) -> [(candidate: BoardCandidate, place: Int)] {
    var result: [(candidate: BoardCandidate, place: Int)] = []
    rank(candidates, checks: candidates.map { _ in 0..<1 }) { index, _, place in
      result.append((candidates[index], place))
    }
    return result
  }

  /// Places candidates who stand at a range of checks each, and gives those with a prize: by group, then place, then member.
  /// - Cost: candidates are sorted once; then a few operations for each candidate and check, and memory for the checks.
  func rank(
    _ candidates: [BoardCandidate], checks: [Range<Int>], _ take: (_ index: Int, _ check: Int, _ place: Int) -> Void
  ) {
    guard let first = checks.map(\.lowerBound).min(), let end = checks.map(\.upperBound).max() else { return }
    let order = candidates.indices.sorted { left, right in
      let (left, right) = (candidates[left], candidates[right])
      if left.group != right.group { return BoardOrder.precedes(left.group, right.group) }
      let order = compare(left.keys, right.keys)
      return order == 0 ? left.member < right.member : order < 0
    }
    // Who stands last on the board of a check so far, by the group that the board is of.
    var standing = [(group: Int, last: Int, position: Int, place: Int)](repeating: (-1, 0, 0, 0), count: end - first)
    // Candidates with equal keys have one number, so that checks compare numbers only.
    var group = 0
    var equals = 0
    for (rank, index) in order.enumerated() {
      if rank > 0 {
        let before = candidates[order[rank - 1]]
        if before.group != candidates[index].group {
          group += 1
          equals += 1
        } else if compare(before.keys, candidates[index].keys) != 0 {
          equals += 1
        }
      }
      for check in checks[index] {
        var board = standing[check - first]
        if board.group != group { board = (group, -1, 0, 0) }
        board.position += 1
        if board.last != equals { board.place = board.position }
        board.last = equals
        standing[check - first] = board
        if board.place <= places { take(index, check, board.place) }
      }
    }
  }

  private static func precedes(_ left: [Value], _ right: [Value]) -> Bool {
    for (a, b) in zip(left, right) where a != b {
      if a == .missing { return false }
      if b == .missing { return true }
      return a.isOrdered(before: b)
    }
    return false
  }
}

/// The boards of one rule in one batch.
struct BoardRun {
  let rule: Int
  private let batch: BatchRun
  private let planned: PlanIncentive
  private let typed: TypedIncentive

  init(_ rule: Int, _ batch: BatchRun) {
    self.rule = rule
    self.batch = batch
    planned = batch.context.plan.incentives[rule]
    typed = batch.context.program.incentives[rule]
  }

  /// A member at a check, as a lane of an evaluated frame says.
  /// - Missing: nil where the conditions do not hold or the first key is missing or not above 0.
  func candidate(_ frame: Frame, _ lane: Int, check: Int, _ decisions: inout Decisions) -> BoardCandidate? {
    let member = Int(frame.members[lane])
    if let condition = planned.condition {
      let holds = frame[condition]
      if holds.state(lane) == Vector.fault { report(member, frame.moments[lane], &decisions) }
      guard holds.state(lane) == Vector.present, holds.flag(lane) else { return nil }
    }
    var keys: [Value] = []
    for (index, node) in planned.keys.enumerated() {
      guard let type = typed.board?.keys[index].value.type else { return nil }
      let vector = frame[node]
      if vector.state(lane) == Vector.fault {
        report(member, frame.moments[lane], &decisions)
        return nil
      }
      if index == 0, !isPositive(vector, lane) { return nil }
      keys.append(vector.value(lane, type, batch))
    }
    let group = zip(planned.within, typed.board?.within ?? []).map { frame[$0.0].value(lane, $0.1.type, batch) }
    return BoardCandidate(
      rule: Int32(truncatingIfNeeded: rule), check: Int32(truncatingIfNeeded: check), group: group, keys: keys,
      member: Int32(truncatingIfNeeded: batch.members.lowerBound + member))
  }

  private func isPositive(_ vector: Vector, _ lane: Int) -> Bool {
    guard vector.state(lane) == Vector.present else { return false }
    return vector.kind == .numbers ? vector.number(lane) > 0 : vector.int(lane) > 0
  }

  private func report(_ member: Int, _ at: Int64, _ decisions: inout Decisions) {
    decisions.faults.append(
      RunFault(
        kind: .overflow, name: typed.name, span: typed.span, member: batch.members.lowerBound + member, moment: at))
  }

  /// Finds the candidates at all checks, and what the places of the series are worth to members of the batch.
  func history(
    _ unit: PeriodUnit, _ sink: inout RuleSink, _ decisions: inout Decisions
  ) -> (candidates: [BoardCandidate], offers: [(RuleSink.Offer, [Int64])]) {
    let order = batch.context.incentiveOrders[rule]
    let points = CheckPoints(unit, order: order, read: Set(planned.roots), .before(Step(unit)), batch)
    if points.count == 0 { return ([], []) }
    let frame = points.frame(batch)
    frame.evaluate(order)
    var candidates: [BoardCandidate] = []
    var ranges: [Range<Int>] = []
    for lane in 0..<frame.count {
      let range = Int(points.checkOfLane[lane])..<Int(points.endOfLane[lane])
      guard let found = candidate(frame, lane, check: range.lowerBound, &decisions) else { continue }
      candidates.append(found)
      ranges.append(range)
    }
    var result: [BoardCandidate] = []
    BoardOrder(rule, batch.context.program).rank(candidates, checks: ranges) { index, check, _ in
      var placed = candidates[index]
      placed.check = Int32(truncatingIfNeeded: check)
      result.append(placed)
    }
    let checks = points.checks
    // A member's past is run up to an earlier moment: what was placed later has not happened.
    let prizes = batch.prizes(of: rule).filter { checks.moments.indices.contains(Int($0.check)) }.sorted {
      ($0.member, $0.check) < ($1.member, $1.check)
    }
    let given = Frame(
      batch: batch, members: prizes.map { $0.member - Int32(truncatingIfNeeded: batch.members.lowerBound) },
      moments: prizes.map { checks.moments[Int($0.check)] }, days: prizes.map { checks.days[Int($0.check)] },
      reader: .before(Step(unit)))
    return (result, offers(prizes, given, &sink, &decisions))
  }

  /// What some places are worth, as offers; lanes of the frame are those of the prizes.
  func offers(
    _ prizes: [CommunitySeries.Prize], _ frame: Frame, _ sink: inout RuleSink, _ decisions: inout Decisions
  ) -> [(RuleSink.Offer, [Int64])] {
    if prizes.isEmpty { return [] }
    var result: [(RuleSink.Offer, [Int64])] = []
    frame.evaluate(batch.context.plan.needed(by: planned.amounts.flatMap(\.self)))
    for (lane, prize) in prizes.enumerated() {
      let offer = RuleSink.Offer(
        member: Int(frame.members[lane]), at: frame.moments[lane], day: frame.days[lane], row: -1, place: prize.place,
        lane: lane)
      let vectors = planned.amounts.map { places in
        places.indices.contains(Int(prize.place) - 1) ? frame[places[Int(prize.place) - 1]] : .uniform(.ints([0]))
      }
      if sink.read(vectors, lane, offer, &decisions) { result.append((offer, sink.amounts)) }
    }
    return result
  }
}
