/// A streak that some missing days in each calendar period do not break: walked back from the moment, period by period.
///
/// A missing day is bridged while its calendar period has forgiven fewer than it may; bridged days do not add, and count
/// only if they lead to a day that does.
struct ForgivingStreak {
  let unit: PeriodUnit
  let forgiveness: EventAggregate.Forgiveness
  let calendar: Calendar

  /// - Parameters:
  ///   - period: the first that is looked at, counted in `unit`.
  ///   - earlier: gives the next period with a match that is not behind a given one, from the latest on; nil if none is.
  func length(from period: Int32, _ earlier: (Int32) -> Int32?) -> Int64 {
    var length: Int64 = 0
    var next = period
    var used: Int64 = 0
    var usedIn = Int32.min
    while let match = earlier(next) {
      var missing = next
      while missing > match {
        let scope = scope(of: missing)
        if scope != usedIn {
          usedIn = scope
          used = 0
        }
        used += 1
        if used > forgiveness.count { return length }
        missing &-= 1
      }
      length += 1
      next = match &- 1
    }
    return length
  }

  /// The calendar period of forgiveness in which a day lies; a week belongs to the one that holds most of it.
  private func scope(of period: Int32) -> Int32 {
    calendar.period(forgiveness.per, ofDay: unit == .day ? period : calendar.firstDay(unit, period) &+ 3)
  }
}

extension AggregateRun {
  func streak(_ unit: PeriodUnit, _ forgiveness: EventAggregate.Forgiveness, _ stretches: Stretches) -> Vector {
    let calendar = frame.batch.context.calendar
    let walk = ForgivingStreak(unit: unit, forgiveness: forgiveness, calendar: calendar)
    let rows = stretches.space.rows
    let stream = frame.batch.events
    func period(_ match: Int) -> Int32 { calendar.period(unit, ofDay: stream.day(of: Int(rows[match]))) }
    return Vector(
      ints: (0..<frame.count).map { lane in
        let low = Int(stretches.low[lane])
        var last = Int(stretches.high[lane]) - 1
        if last < low { return 0 }
        let day = frame.days[lane]
        let current = calendar.period(unit, ofDay: day)
        let isOver =
          calendar.lastDay(unit, current) == day && frame.moments[lane] >= calendar.end(ofDay: day)
        let begin = isOver || period(last) == current ? current : current &- 1
        return walk.length(from: begin) { next in
          while last >= low, period(last) > next { last -= 1 }
          return last >= low ? period(last) : nil
        }
      })
  }
}
