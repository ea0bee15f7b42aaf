/// A node about the same subjects so many calendar days earlier, at the same local time.
///
/// Points, badges and tiers are read as that day began in an `on` rule, else as it ended. Before the first day, and on
/// days before a member joined, there is nothing.
struct PreviousRun {
  private let node: Int
  private let days: Int32
  private let frame: Frame

  init(_ node: Int, days: Int32, _ frame: Frame) {
    self.node = node
    self.days = days
    self.frame = frame
  }

  /// The same subjects then, with the node and all under it evaluated.
  func past() -> Frame {
    let batch = frame.batch
    let calendar = batch.context.calendar
    var moments: [Int64] = []
    var earlier: [Int32] = []
    moments.reserveCapacity(frame.count)
    for lane in 0..<frame.count {
      let (day, micros) = (frame.days[lane] &- days, calendar.local(frame.moments[lane]).micros)
      let isEnd = frame.moments[lane] == calendar.end(ofDay: frame.days[lane])
      moments.append(isEnd ? calendar.end(ofDay: day) : calendar.instant(day: day, micros: micros))
      earlier.append(day)
    }
    let past = Frame(
      batch: batch, members: frame.members, moments: moments, days: earlier,
      reader: frame.reader == .dayBegan ? .dayBegan : .dayEnded)
    past.evaluate(batch.context.plan.needed(by: [node]))
    return past
  }

  func result() -> Vector {
    let batch = frame.batch
    let calendar = batch.context.calendar
    let past = past()
    let earlier = past.days
    var vector = past[node].expanded(to: frame.count)
    let presence = batch.presenceOfMembers()
    let first = batch.context.firstDay
    let joined = presence.from.map { $0 == .min ? Int32.min : calendar.day(of: $0) }
    let isThere = (0..<frame.count).map { lane in
      earlier[lane] >= first && joined[Int(frame.members[lane])] <= earlier[lane]
    }
    if isThere.allSatisfy({ $0 }) { return vector }
    if vector.states.isEmpty { vector.states = Array(repeating: Vector.present, count: frame.count) }
    for lane in isThere.indices where !isThere[lane] { vector.states[lane] = Vector.missing }
    return vector
  }
}
