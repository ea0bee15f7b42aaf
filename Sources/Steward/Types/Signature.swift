/// What a built-in function or aggregate takes and gives.
///
/// The checker reads calls by it; help pages and docs are made from it.
public struct Signature: Sendable {
  public enum Family: String, Hashable, Sendable {
    /// About the subject's events.
    case events
    /// About the members present.
    case members
    case function
    /// About what the rules have awarded.
    case rewards
    /// About a metric.
    case metrics
  }

  /// Which types a value may have.
  public enum Accepts: Hashable, Sendable {
    case yesNo
    /// int or number
    case numeric
    /// int, number or duration
    case signed
    /// int, number, time, date or duration
    case measured
    /// Everything but a list.
    case scalar
    case date
  }

  public enum Shape: Hashable, Sendable {
    /// `like or comment where …`, the name of an event set, `anything`
    case pattern
    /// `E of P`
    case valueOfPattern(Accepts)
    /// A value about each member.
    case memberValue(Accepts)
    case scalar(Accepts)
    /// Two or more values of one type.
    case scalars(Accepts)
    /// A constant from 0 to 1.
    case rank
    /// The name of an incentive.
    case incentive
    case window
    /// `same a, b`
    case same
    /// `by week`
    case byPeriod
    /// `forgive 1 per week`
    case forgive
    /// The name of a purse.
    case purse
    /// Any value, about whatever subject.
    case value
    /// The name of a metric.
    case metric
    /// A number of days that is always the same.
    case days
    /// `among SEGMENT`, behind the last argument.
    case among
  }

  public struct Parameter: Hashable, Sendable {
    public let shape: Shape
    public let isOptional: Bool
    public init(_ shape: Shape, optional: Bool = false) {
      self.shape = shape
      isOptional = optional
    }
  }

  public enum Result: Hashable, Sendable {
    case fixed(Type)
    /// The type of the value.
    case value(optional: Bool)
  }

  public let name: String
  public let family: Family
  public let parameters: [Parameter]
  public let result: Result
  /// One sentence without a full stop.
  public let summary: Wording

  public init(_ name: String, _ family: Family, _ parameters: [Parameter], _ result: Result, _ summary: Wording) {
    self.name = name
    self.family = family
    self.parameters = parameters
    self.result = result
    self.summary = summary
  }

  /// Whether the call may hold an argument of that shape.
  public func takes(_ shape: Shape) -> Bool { parameters.contains { $0.shape == shape } }

  /// What the first argument accepts, where it is a value.
  public var accepts: Accepts? {
    switch parameters.first?.shape {
    case .valueOfPattern(let accepts), .memberValue(let accepts), .scalar(let accepts), .scalars(let accepts): accepts
    default: nil
    }
  }

  /// How it is written: `count(EVENTS, WINDOW)`.
  public var form: String { form(in: .english) }

  /// How it is written, its blanks in a language: `count(事件, 时间窗口)`.
  public func form(in language: Language) -> String {
    var parts: [String] = []
    var among = ""
    for parameter in parameters {
      parts += Signature.blanks(parameter.shape).map { $0[language] }
      if case .among = parameter.shape { among = " among " + Signature.segment[language] }
    }
    return name + "(" + parts.joined(separator: ", ") + among + ")"
  }

  /// How it is written, in both languages.
  var forms: Wording { Wording(en: form(in: .english), zh: form(in: .chinese)) }

  private static let segment = Wording(en: "SEGMENT", zh: "分群")

  private static func blanks(_ shape: Shape) -> [Wording] {
    switch shape {
    case .pattern: [Wording(en: "EVENTS", zh: "事件")]
    case .valueOfPattern: [Wording(en: "VALUE of EVENTS", zh: "取值 of 事件")]
    case .memberValue(.yesNo): [segment]
    case .memberValue: [Wording(en: "VALUE", zh: "取值")]
    case .scalar(.date): [Wording(en: "DATE", zh: "日期")]
    case .scalar: [Wording(en: "NUMBER", zh: "数字")]
    case .scalars: [Wording("A"), Wording("B")]
    case .rank: [Wording("0.9")]
    case .incentive: [Wording(en: "INCENTIVE", zh: "激励规则")]
    case .window: [Wording(en: "WINDOW", zh: "时间窗口")]
    case .byPeriod: [Wording("by week")]
    case .forgive: [Wording("forgive 1 per week")]
    case .purse: [Wording(en: "PURSE", zh: "积分账户")]
    case .value: [Wording(en: "VALUE", zh: "取值")]
    case .metric: [Wording(en: "METRIC", zh: "指标")]
    case .days: [Wording("30 days")]
    case .same, .among: []
    }
  }
}
