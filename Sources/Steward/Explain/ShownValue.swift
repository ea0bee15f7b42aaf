/// A value as an explanation shows it: in words for people, and as it is for programs.
public struct ShownValue: Sendable {
  public enum State: String, Sendable {
    case present, missing
    /// A private column decides it.
    case hidden
    /// Private values decide it, and too few members are in, or out.
    case withheld
    /// It could not be computed: a number grew too large.
    case fault
  }

  public let state: State
  public let text: Wording
  public let json: JSONValue

  init(_ state: State, _ text: Wording, _ json: JSONValue) {
    self.state = state
    self.text = text
    self.json = json
  }

  static let hidden = ShownValue(.hidden, Wording("•••"), .null)
  static let missing = ShownValue(.missing, Wording(en: "missing", zh: "没有值"), .null)
  static let fault = ShownValue(.fault, Wording(en: "too large a number", zh: "数值过大"), .null)

  static let withheld = ShownValue(.withheld, Wording("–"), .null)

  /// A count that is withheld.
  static func fewer(than group: Int) -> ShownValue {
    ShownValue(.withheld, Wording("<\(group)"), .text("<\(group)"))
  }

  /// The same, in per cent: a value near a threshold is told from it.
  var asShare: ShownValue {
    guard state == .present, case .number(let text) = json, let share = Double(text), share.isFinite else {
      return self
    }
    let percent = NumberText.shortest((share * 10_000).rounded() / 100)
    return ShownValue(.present, Wording(percent + "%"), json)
  }

  static func points(_ points: Int64) -> ShownValue {
    ShownValue(.present, Wording(TextTable.grouped(points)), .int(points))
  }

  static func instant(_ instant: Int64, _ calendar: Calendar) -> ShownValue {
    ShownValue(.present, Wording(Moment.text(instant, calendar)), .text(calendar.text(ofInstant: instant)))
  }
}

extension ShownValue {
  /// The value of a node at a lane.
  init(_ vector: Vector, _ lane: Int, _ type: Type, _ batch: BatchRun) {
    switch vector.state(lane) {
    case Vector.missing: self = .missing
    case Vector.fault: self = .fault
    default: self.init(vector.value(lane, type, batch), type, batch.context)
    }
  }

  init(_ value: Value, _ type: Type, _ context: RunContext) {
    let text: Wording
    let json: JSONValue
    switch value {
    case .missing:
      self = .missing
      return
    case .bool(let flag):
      text = flag ? Wording(en: "yes", zh: "是") : Wording(en: "no", zh: "否")
      json = .bool(flag)
    case .int(let number):
      text = Wording(TextTable.grouped(number))
      json = .int(number)
    case .number(let number):
      text = Wording(Moment.rounded(number))
      json = .number(NumberText.shortest(number))
    case .text(let string):
      text = Wording(DisplayWidth.printable(string))
      json = .text(string)
    case .time(let instant):
      self = .instant(instant, context.calendar)
      return
    case .date(let day):
      text = Wording(CivilDate(dayNumber: day).text)
      json = .text(CivilDate(dayNumber: day).text)
    case .duration(let micros):
      text = Moment.length(micros)
      json = .number(NumberText.shortest(Double(micros) / 1e6))
    case .period(let unit, let number):
      text = Wording(context.calendar.text(unit, number))
      json = .text(context.calendar.text(unit, number))
    case .list(let texts):
      text = Wording(DisplayWidth.printable(texts.joined(separator: ", ")))
      json = .array(texts.map { .text($0) })
    case .choice(let place), .tier(let place), .member(let place), .item(let place):
      let name = ValueNames.name(Int64(place), type, context.program, context.data) ?? ""
      text = Wording(DisplayWidth.printable(name))
      json = .text(name)
    }
    self.init(.present, text, json)
  }
}

/// Moments, lengths of time and numbers as people say them.
enum Moment {
  /// `2026-06-30` for a day's last instant, else `2026-06-30 10:00`, with seconds where there are any.
  static func text(_ instant: Int64, _ calendar: Calendar) -> String {
    let day = calendar.day(of: instant)
    let date = CivilDate(dayNumber: day).text
    if instant == calendar.end(ofDay: day) { return date }
    let seconds = calendar.local(instant).micros / 1_000_000
    func two(_ value: Int64) -> String { (value < 10 ? "0" : "") + String(value) }
    let text = date + " " + two(seconds / 3600) + ":" + two(seconds / 60 % 60)
    return seconds % 60 == 0 ? text : text + ":" + two(seconds % 60)
  }

  static func date(_ instant: Int64, _ calendar: Calendar) -> String {
    CivilDate(dayNumber: calendar.day(of: instant)).text
  }

  /// A number with six decimals at most.
  static func rounded(_ number: Double) -> String {
    guard abs(number) < 1e9 else { return NumberText.shortest(number) }
    return NumberText.shortest((number * 1e6).rounded() / 1e6)
  }

  /// Days with a tenth, hours or minutes: the unit that people would use; what is beyond is left out.
  static func length(_ micros: Int64, roundsUp: Bool = false) -> Wording {
    let size = micros.magnitude
    let sign = micros < 0 ? "-" : ""
    func text(_ unit: UInt64) -> String {
      let tenths = (size * 10 + (roundsUp ? unit - 1 : 0)) / unit
      return sign + String(tenths / 10) + (tenths % 10 == 0 ? "" : "." + String(tenths % 10))
    }
    if size > UInt64.max / 20 { return Wording("…") }
    if size >= 86_400_000_000 {
      let number = text(86_400_000_000)
      return Wording(en: "\(number) day\(number == "1" ? "" : "s")", zh: "\(number) 天")
    }
    if size >= 3_600_000_000 {
      let number = text(3_600_000_000)
      return Wording(en: "\(number) hour\(number == "1" ? "" : "s")", zh: "\(number) 小时")
    }
    let number = text(60_000_000)
    return Wording(en: "\(number) minute\(number == "1" ? "" : "s")", zh: "\(number) 分钟")
  }
}
