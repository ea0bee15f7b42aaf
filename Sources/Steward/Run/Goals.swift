/// How far goals have got, from what their figures were at each day's end.
enum Goals {
  /// As many days as a trend looks back on.
  static let trendDays = 28
  /// A forecast beyond two hundred years is none.
  private static let farthest: Int64 = 73_050

  /// - Parameters:
  ///   - values: at the end of each day from the first one; not empty.
  ///   - targets: what is to be reached, as of the same days.
  static func record(
    _ index: Int, _ goal: TypedGoal, values: [Double], targets: [Double], firstDay: Int32
  ) -> GoalRecord? {
    guard let value = values.last, let target = targets.last, values.count == targets.count else { return nil }
    let lastDay = firstDay &+ Int32(truncatingIfNeeded: values.count - 1)
    let from = max(goal.from ?? firstDay, firstDay)
    var record = GoalRecord(
      goal: Int32(truncatingIfNeeded: index), from: goal.from ?? firstDay, value: value, target: target, share: nil,
      expected: nil, status: .upcoming, projected: nil)
    if from > lastDay { return record }
    // Past its day, a goal is held to what was then.
    let end = min(lastDay, max(goal.by, from))
    let place = Int(end - firstDay)
    record.value = values[place]
    record.target = targets[place]
    let start = values[Int(from - firstDay)]
    pace(start, from, end, goal, &record)
    if goal.isReached(record.value, record.target) {
      record.status = .met
      return record
    }
    if goal.by <= lastDay {
      record.status = .missed
    } else {
      let isAhead = record.expected.map { goal.isReached(record.value, $0) } ?? false
      record.status = isAhead ? .onTrack : .behind
    }
    record.projected = projected(values, target, goal).map { lastDay &+ $0 }
    return record
  }

  /// The share of the way, and what a straight line would have.
  private static func pace(_ start: Double, _ from: Int32, _ end: Int32, _ goal: TypedGoal, _ record: inout GoalRecord)
  {
    let way = record.target - start
    if goal.isReached(start, record.target) {
      record.share = goal.isReached(record.value, record.target) ? 1 : 0
      record.expected = record.target
      return
    }
    record.share = (record.value - start) / way
    let days = Double(goal.by) - Double(from)
    record.expected = days > 0 ? start + way * ((Double(end) - Double(from)) / days) : record.target
  }

  /// In how many days the line of best fit through the last days, drawn on from the last value, gets to the target.
  /// - Missing: nil if it leads elsewhere, is there, or has fewer than two days to go by.
  static func projected(_ values: [Double], _ target: Double, _ goal: TypedGoal) -> Int32? {
    guard let value = values.last, !goal.isReached(value, target) else { return nil }
    guard let slope = slope(of: values.suffix(trendDays)), slope != 0 else { return nil }
    let quotient = (target - value) / slope
    // What the last digits of a sum are off by makes no day.
    guard let days = WholeNumber.ceil(quotient * (1 - 1e-12)), days > 0, days < farthest else { return nil }
    return Int32(truncatingIfNeeded: days)
  }

  /// The least-squares slope of values a day apart.
  private static func slope(of values: ArraySlice<Double>) -> Double? {
    let count = values.count
    if count < 2 { return nil }
    // With places counted from the middle in half days, the sums of places and of their squares are whole numbers.
    var across: Double = 0
    var squares: Double = 0
    for (place, value) in values.enumerated() {
      let x = Double(2 * place - (count - 1))
      across += x * value
      squares += x * x
    }
    return 2 * across / squares
  }
}

extension TypedGoal {
  func isReached(_ value: Double, _ target: Double) -> Bool { isAtLeast ? value >= target : value <= target }
}
