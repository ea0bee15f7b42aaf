/// A value as text, as `"{…}"` in a rule prints it. Cells of tables are written by `TableBytes`: a duration as ISO 8601.
enum ValueText {
  static func text(_ vector: Vector, _ lane: Int, _ type: Type, _ format: TypedExpr.Format, _ batch: BatchRun) -> String
  {
    let context = batch.context
    switch vector.kind {
    case .flags: return vector.flag(lane) ? "true" : "false"
    case .numbers: return number(vector.number(lane), format)
    case .lists: return vector.list(lane).map { batch.texts[Int64($0)] }.joined(separator: ";")
    case .ints:
      let value = vector.int(lane)
      switch type.base {
      case .text: return batch.texts[value]
      case .int: return format == .plain || format == .date ? String(value) : number(Double(value), format)
      default:
        return ValueNames.name(value, type, context.program, context.data) ?? calendarText(value, type, format, context)
      }
    }
  }

  private static func calendarText(
    _ value: Int64, _ type: Type, _ format: TypedExpr.Format, _ context: RunContext
  ) -> String {
    switch type.base {
    case .date: return CivilDate(dayNumber: Int32(clamping: value)).text
    case .time:
      if format == .date { return CivilDate(dayNumber: context.calendar.day(of: value)).text }
      return context.calendar.text(ofInstant: value)
    case .duration: return duration(value)
    case .period(let unit): return context.calendar.text(unit, Int32(clamping: value))
    default: return String(value)
    }
  }

  static func number(_ value: Double, _ format: TypedExpr.Format) -> String {
    switch format {
    case .percent: NumberText.percent(value)
    case .points: NumberText.points(value)
    case .decimals(let places): NumberText.decimals(value, places)
    case .plain, .date: NumberText.shortest(value)
    }
  }

  /// `12 days`, `3 hours`, `90 minutes`, else seconds: the coarsest unit that loses nothing.
  static func duration(_ micros: Int64) -> String {
    let units: [(Int64, String)] = [(86_400_000_000, "day"), (3_600_000_000, "hour"), (60_000_000, "minute")]
    for (length, name) in units where micros % length == 0 {
      let count = micros / length
      return "\(count) \(name)\(abs(count) == 1 ? "" : "s")"
    }
    return NumberText.shortest(Double(micros) / 1e6) + " seconds"
  }
}
