/// Why a member has what they have at a moment: sections, each about one thing.
public struct Explanation: Sendable {
  public enum Section: Sendable {
    case purse(PurseStory)
    case ladder(LadderStory)
    case value(ValueStory)
    case rule(RuleStory)
    /// The segments that hold, and those that do not.
    case segments([(definition: ExplainedPart.Definition, holds: Bool)])
    /// The badges held.
    case badges([String])
  }

  public var community: String
  public var member: String
  /// - Unit: microseconds since 1970-01-01 00:00 UTC.
  public var asOf: Int64
  /// The first and last day of presence. - Missing: nil where the data does not say.
  public var joined: Int32?
  public var left: Int32?
  public var isPresent: Bool
  /// Whether everything is told at a glance, not one thing in full.
  public var isOverview: Bool
  public var sections: [Section]
  let calendar: Calendar
}

/// What is asked about a member, or about something of the community.
public enum ExplainedSubject: Hashable, Sendable {
  /// - Missing: without a name, everything at a glance.
  case member(id: String, about: String?, isNegated: Bool)
  case alert(String)
  case metric(String)

  /// Reads `MEMBER`, `MEMBER WHAT`, `MEMBER not WHAT`, `alert NAME`, `metric NAME`.
  /// - Missing: nil if there is no word.
  public init?(words: [String]) {
    guard let first = words.first else { return nil }
    if words.count == 2, first == "alert" || first == "metric" {
      self = first == "alert" ? .alert(words[1]) : .metric(words[1])
      return
    }
    var rest = Array(words.dropFirst())
    let isNegated = rest.count > 1 && rest[0] == "not"
    if isNegated { rest.removeFirst() }
    self = .member(id: first, about: rest.isEmpty ? nil : rest.joined(separator: " "), isNegated: isNegated)
  }
}

/// Why a question cannot be answered.
public enum ExplainFailure: Error, Sendable {
  case noMember(String, near: [String])
  case noName(String, near: String?)
  /// The name is that of something else, as a budget.
  case otherThing(String, Wording)
  /// The name is about items, the community, or events.
  case notAboutMembers(String)
  case afterTheRun
  case later(Wording)

  public var wording: Wording {
    switch self {
    case .noMember(let id, let near):
      if near.isEmpty { return Wording(en: "there is no member `\(id)`", zh: "没有成员“\(id)”") }
      let english = near.map { "`\($0)`" }.joined(separator: ", ")
      let chinese = near.map { "“\($0)”" }.joined(separator: "、")
      return Wording(
        en: "there is no member `\(id)`; near: \(english)", zh: "没有成员“\(id)”；相近的有 \(chinese)")
    case .noName(let name, let near):
      return Wording(
        en: "the rules have no `\(name)`" + (near.map { "; did you mean `\($0)`?" } ?? ""),
        zh: "规则里没有“\(name)”" + (near.map { "；是不是“\($0)”？" } ?? ""))
    case .otherThing(let name, let what):
      return Wording(
        en:
          "`\(name)` is \(what.english); of a member, points, tiers, incentives, badges, segments and lets are explained",
        zh: "“\(name)”是\(what.chinese)；关于成员，能解释的是积分、等级、激励、徽章、分群和 let")
    case .notAboutMembers(let name):
      return Wording(en: "`\(name)` is not about members", zh: "“\(name)”不是关于成员的")
    case .afterTheRun:
      return Wording(en: "that day lies after the last one computed", zh: "这一天晚于计算到的最后一天")
    case .later(let what):
      return Wording(en: "this version does not explain \(what.english) yet", zh: "当前版本还不能解释\(what.chinese)")
    }
  }
}
