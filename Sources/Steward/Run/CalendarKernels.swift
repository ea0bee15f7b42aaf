// Kernels of the calendar: periods, weekdays, hours. Neighbouring lanes often share a day, so the last answer is kept.

enum CalendarKernels {
  static func compute(_ op: PlanOp, _ operand: Vector, _ frame: Frame) -> Vector {
    let calendar = frame.batch.context.calendar
    switch op {
    case .dateToTime:
      return perDay(operand) { calendar.start(ofDay: $0) }
    case .periodOfDate(let unit):
      return perDay(operand) { Int64(calendar.period(unit, ofDay: $0)) }
    case .periodOfTime(let unit):
      return perDay(days(operand, calendar)) { Int64(calendar.period(unit, ofDay: $0)) }
    case .weekdayOfDate:
      return perDay(operand) { Int64(calendar.weekday(ofDay: $0).rawValue) }
    case .weekdayOfTime:
      return perDay(days(operand, calendar)) { Int64(calendar.weekday(ofDay: $0).rawValue) }
    case .hour:
      let values = mapLanes(operand.ints) { calendar.local($0).micros / 3_600_000_000 }
      return Vector(.ints(values), states: operand.states, isUniform: operand.isUniform)
    case .anniversary:
      let operand = operand.expanded(to: frame.count)
      let dates = operand.ints
      let flags: [UInt8] = dates.indices.map {
        calendar.anniversary(of: Int32(clamping: dates[$0]), on: frame.days[$0]) ? 1 : 0
      }
      return Vector(flags: flags, states: operand.states)
    default: return .allMissing(.ints)
    }
  }

  private static func days(_ operand: Vector, _ calendar: Calendar) -> Vector {
    var cursor = DayCursor(calendar)
    let values = operand.ints.map { Int64(cursor.day(of: $0)) }
    return Vector(.ints(values), states: operand.states, isUniform: operand.isUniform)
  }

  private static func perDay(_ operand: Vector, _ body: (Int32) -> Int64) -> Vector {
    var knownDay = Int64.min
    var known: Int64 = 0
    let values = operand.ints.map { day in
      if day != knownDay {
        knownDay = day
        known = body(Int32(clamping: day))
      }
      return known
    }
    return Vector(.ints(values), states: operand.states, isUniform: operand.isUniform)
  }
}
