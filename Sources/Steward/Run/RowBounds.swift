/// For each lane of a frame, which rows of a stream lie in a window: row numbers [low, high).
///
/// Lanes ascend by (member, moment), so each bound is found by galloping on from the one before.
struct RowBounds {
  var low: [Int32]
  var high: [Int32]
  /// Whether windows end with their lanes' moments.
  private(set) var endsWithMoment = true

  init(window: Window, stream: Stream, frame: Frame) {
    let visible = frame.visible
    high = visible
    switch window {
    case .all:
      low = frame.members.map { stream.offsets[Int($0)] }
    case .lastDays(let days):
      low = RowBounds.first(of: stream.dayRuns, frame) { lane in frame.days[lane] &- days &+ 1 }
    case .lastExact(let length):
      low = RowBounds.first(stream.times, stream.offsets, frame) { lane in
        frame.moments[lane].subtractingReportingOverflow(length).partialValue &+ 1
      }
    case .current(let unit):
      let starts = RowBounds.firstDays(unit, shift: 0, frame)
      low = RowBounds.first(of: stream.dayRuns, frame) { starts[$0] }
    case .previous(let unit):
      let starts = RowBounds.firstDays(unit, shift: -1, frame)
      let ends = RowBounds.firstDays(unit, shift: 0, frame)
      low = RowBounds.first(of: stream.dayRuns, frame) { starts[$0] }
      let limit = RowBounds.first(of: stream.dayRuns, frame) { ends[$0] }
      high = (0..<frame.count).map { min(visible[$0], limit[$0]) }
      endsWithMoment = false
    case .between(let from, let to):
      let calendar = frame.batch.context.calendar
      let start = RowBounds.instant(from, calendar, isEnd: false)
      low = RowBounds.first(stream.times, stream.offsets, frame) { _ in start }
      if let to {
        let end = RowBounds.instant(to, calendar, isEnd: true)
        let limit = RowBounds.first(stream.times, stream.offsets, frame) { _ in end &+ 1 }
        high = (0..<frame.count).map { min(visible[$0], limit[$0]) }
        endsWithMoment = false
      }
    }
    for lane in 0..<frame.count where low[lane] > high[lane] { low[lane] = high[lane] }
  }

  static func instant(_ bound: Window.Bound, _ calendar: Calendar, isEnd: Bool) -> Int64 {
    switch bound {
    case .day(let day): isEnd ? calendar.end(ofDay: day) : calendar.start(ofDay: day)
    case .local(let day, let micros): calendar.instant(day: day, micros: micros)
    }
  }

  /// The first row behind each lane's moment: an event sees itself and those before it, others what is not later.
  static func visible(_ stream: Stream, _ frame: Frame) -> [Int32] {
    if !frame.firing.isEmpty { return mapLanes(frame.firing) { $0 &+ 1 } }
    return first(stream.times, stream.offsets, frame) { lane in frame.moments[lane] &+ 1 }
  }

  /// For each lane the first row of its member whose day is not before a threshold.
  @inline(__always)
  private static func first(of runs: DayRuns, _ frame: Frame, _ threshold: (Int) -> Int32) -> [Int32] {
    let starts = runs.starts.span
    return mapLanes(first(runs.days, runs.offsets, frame, threshold)) { starts[Int($0)] }
  }

  /// For each lane the first place of its member whose key is not below a threshold.
  @inline(__always)
  private static func first<Key: Comparable>(
    _ keys: [Key], _ offsets: [Int32], _ frame: Frame, _ threshold: (Int) -> Key
  ) -> [Int32] {
    let keySpan = keys.span
    let lanes = frame.members
    let members = lanes.span
    let offsets = offsets.span
    var previousMember: Int32 = -1
    var position = 0
    return Array(capacity: frame.count) { output in
      for lane in 0..<frame.count {
        let member = members[lane]
        let start = Int(offsets[Int(member)])
        let end = Int(offsets[Int(member) &+ 1])
        let wanted = threshold(lane)
        if member != previousMember {
          previousMember = member
          position = start
          // Often what is asked for lies behind everything.
          if start < end, keySpan[end &- 1] < wanted { position = end }
        } else if position > start, keySpan[position &- 1] >= wanted {
          // A threshold may only step back where lanes of one member are not in order: search afresh.
          position = start
        }
        var step = 1
        var low = position
        var high = position
        while high < end, keySpan[high] < wanted {
          low = high &+ 1
          high = min(end, high &+ step)
          step &*= 2
        }
        while low < high {
          let middle = (low &+ high) &>> 1
          if keySpan[middle] < wanted { low = middle &+ 1 } else { high = middle }
        }
        position = low
        output.append(Int32(truncatingIfNeeded: low))
      }
    }
  }

  private static func firstDays(_ unit: PeriodUnit, shift: Int32, _ frame: Frame) -> [Int32] {
    let calendar = frame.batch.context.calendar
    if unit == .day { return mapLanes(frame.days) { $0 &+ shift } }
    var knownDay = Int32.min
    var known: Int32 = 0
    return frame.days.map { day in
      if day != knownDay {
        knownDay = day
        known = calendar.firstDay(unit, calendar.period(unit, ofDay: day) &+ shift)
      }
      return known
    }
  }
}
