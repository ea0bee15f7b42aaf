/// A value as a session prints it: all its digits, names for places, `•••` where it is private.
struct ValueDisplay {
  let program: TypedProgram
  let data: SessionData?
  let language: Language

  static let hidden = "•••"
  static let missing = "–"

  func text(_ value: Value, _ type: Type, isShare: Bool = false) -> String {
    if type.isPrivate { return ValueDisplay.hidden }
    switch value {
    case .missing: return ValueDisplay.missing
    case .bool(let flag): return flag ? "true" : "false"
    case .int(let number): return TextTable.grouped(number)
    case .number(let number): return isShare ? NumberText.percent(number) : NumberText.shortest(number)
    case .text(let text): return DisplayWidth.printable(text)
    case .time(let instant): return time(instant)
    case .date(let day): return CivilDate(dayNumber: day).text
    case .duration(let micros): return ValueDisplay.duration(micros)
    case .period(let unit, let number): return calendar.text(unit, number)
    case .list(let texts): return texts.isEmpty ? "[]" : DisplayWidth.printable(texts.joined(separator: ", "))
    case .choice(let place), .tier(let place), .member(let place), .item(let place):
      let name = data.flatMap { ValueNames.name(Int64(place), type, program, $0.dataset) }
      return DisplayWidth.printable(name ?? ValueNames.name(Int64(place), type, program, Dataset()) ?? "")
    }
  }

  /// To the millisecond: a day ends a microsecond before the next, and nobody means that.
  static func duration(_ micros: Int64) -> String {
    let (sum, overflow) = micros.addingReportingOverflow(micros < 0 ? -500 : 500)
    return ValueText.duration(overflow ? micros : sum / 1000 * 1000)
  }

  var calendar: Calendar { data?.calendar ?? Calendar() }

  /// By the community's clock, to the minute where there are no seconds: `2026-03-01 09:00`.
  func time(_ instant: Int64) -> String {
    let local = calendar.local(instant)
    return CivilDate(dayNumber: local.day).text + " " + ValueDisplay.clock(local.micros)
  }

  /// `09:00`, `09:00:30`
  static func clock(_ micros: Int64) -> String {
    func two(_ value: Int64) -> String { (value < 10 ? "0" : "") + String(value) }
    let seconds = micros / 1_000_000
    let text = two(seconds / 3600) + ":" + two(seconds / 60 % 60)
    return seconds % 60 == 0 ? text : text + ":" + two(seconds % 60)
  }

  /// `number?`, `one of "app", "web"`, as the language writes types.
  func name(_ type: Type) -> String { name(type.base) + (type.isOptional ? "?" : "") }

  private func name(_ base: Type.Base) -> String {
    switch base {
    case .bool: "bool"
    case .int: "int"
    case .number: "number"
    case .text: "text"
    case .time: "time"
    case .date: "date"
    case .duration: "duration"
    case .period(let unit): unit.keyword
    case .choice(let choice):
      choice == .weekdays
        ? "weekday"
        : "one of " + choice.values.prefix(6).map { "\"\($0)\"" }.joined(separator: ", ")
          + (choice.values.count > 6 ? ", …" : "")
    case .tier(let ladder):
      program.ladders.indices.contains(ladder) ? "tier of \(program.ladders[ladder].name)" : "tier"
    case .list: "list of text"
    case .member: "member"
    case .item: "item"
    case .error: "–"
    }
  }
}
