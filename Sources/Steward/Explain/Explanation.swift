/// Why a member has what they have at a moment, or how something of the community stands: sections, each about one thing.
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
    case alert(AlertStory)
    case metric(MetricStory)
    case goal(GoalStory)
    case phase(PhaseStory)
    /// The alerts that fire or wait about the member.
    case alerts([(alert: String, title: String?, state: AlertRecord.State, since: Int64)])
  }

  public var community: String
  /// - Missing: nil where it is about the community.
  public var member: String?
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
  /// - Missing: without a group or member, all of them.
  case community(CommunityTopic, name: String, of: String?)

  /// Reads `MEMBER`, `MEMBER WHAT`, `MEMBER not WHAT`, `alert NAME`, `alert NAME for WHO`, `metric NAME` and so on.
  /// - Missing: nil if there is no word.
  public init?(words: [String]) {
    guard let first = words.first else { return nil }
    if let asked = ExplainedSubject(topic: words) {
      self = asked
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
  /// The moment lies after the last one computed, which is told.
  case afterTheRun(last: String)
  /// It is not of the kind that was asked for, but of another.
  case otherTopic(CommunityTopic, String, CommunityTopic)
  /// What is of the community, where a member was expected.
  case ofCommunity(String, CommunityTopic)
  /// It has no groups or members of its own.
  case notAboutGroups(String, String)
  case noGroup(String, String, near: String?)
  /// Neither a member nor the name of anything: `alert` alone, with the alerts that there are.
  case nameless(CommunityTopic, names: [String])
  /// Nothing of the kind that was asked for is called so.
  case noneCalled(String, CommunityTopic, near: String?, names: [String])

  /// In words, for the command `steward why`.
  public var wording: Wording { wording(command: "why") }

  /// - Parameter command: how questions begin where this one was asked.
  func wording(command: String) -> Wording {
    switch self {
    case .nameless(let topic, let names):
      return topic.nameless(names, command: command)
    case .noneCalled(let name, let topic, let near, let names):
      return topic.noneCalled(name, near: near, names: names)
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
    case .afterTheRun(let last):
      return Wording(
        en: "that lies after \(last), the last day there is; ask about that one, or one before",
        zh: "这已晚于能计算到的最后一天 \(last)；请问这一天或更早的某一天")
    case .otherTopic(let asked, let name, let topic):
      return Wording(
        en: "`\(name)` is no \(asked.rawValue); ask `\(command) \(topic.rawValue) \(name)`",
        zh: "“\(name)”不是 \(asked.rawValue)；请问 `\(command) \(topic.rawValue) \(name)`")
    case .ofCommunity(let name, let topic):
      return Wording(
        en: "`\(name)` is about the community; ask `\(command) \(topic.rawValue) \(name)`",
        zh: "“\(name)”说的是社群；请问 `\(command) \(topic.rawValue) \(name)`")
    case .notAboutGroups(let name, let who):
      return Wording(
        en: "`\(name)` is about the whole community, so there is nothing of it for `\(who)`",
        zh: "“\(name)”说的是整个社群，没有“\(who)”单独的一份")
    case .noGroup(let name, let group, let near):
      return Wording(
        en: "`\(name)` has no group `\(group)`" + (near.map { "; did you mean `\($0)`?" } ?? ""),
        zh: "“\(name)”没有“\(group)”这一组" + (near.map { "；是不是“\($0)”？" } ?? ""))
    }
  }
}
