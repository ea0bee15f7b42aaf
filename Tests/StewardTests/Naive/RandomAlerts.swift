@testable import Steward

/// Grows plans, alerts and goals onto a rule set, and lets some of its rules act in phases alone.
struct RandomAlerts {
  private var expressions: RandomExpressions

  private typealias Place = RandomExpressions.Place

  init(_ expressions: RandomExpressions) { self.expressions = expressions }

  private mutating func one<T>(_ choices: [T]) -> T { expressions.random.one(choices) }
  private mutating func chance(_ percent: Int) -> Bool { expressions.random.chance(percent) }
  private var depth: Int { mutating get { expressions.random.within(1...2) } }

  /// - Parameter declarations: a rule set; a clause of a rule is on a line of its own.
  mutating func grown(_ declarations: [String]) -> [String] {
    var result = declarations
    if chance(60) {
      result += plans()
      for index in result.indices where chance(50) { result[index] = gated(result[index]) }
    }
    if chance(60) { result += alerts() }
    if chance(25) { result.append(goal()) }
    return result
  }

  // MARK: Plans

  private var phases: [String] = []

  private mutating func plans() -> [String] {
    (0..<expressions.random.within(1...2)).map { number in
      var lines = ["plan 计划\(number) {"]
      let count = expressions.random.within(1...3)
      for place in 0..<count {
        let name = "期\(number)_\(place)"
        phases.append(name)
        let isLast = place == count - 1 && chance(70)
        lines.append(isLast ? "  phase \(name)" : "  phase \(name) { until \(condition()) }")
      }
      return (lines + ["}"]).joined(separator: "\n")
    }
  }

  /// A bool about the community that changes as time goes on.
  private mutating func condition() -> String {
    let kind = expressions.community.kinds[one(expressions.community.memberKinds)].name
    switch expressions.random.below(6) {
    case 0: return "sum(points) >= \(expressions.random.within(1...60))"
    case 1: return "count(points > \(expressions.random.within(0...20))) >= \(expressions.random.within(1...3))"
    case 2: return "count(\(kind)) >= \(expressions.random.within(1...12))"
    case 3: return "count(\(kind), today) == 0"
    case 4: return "share(any(\(kind), last 3 days)) \(one([">", "<"])) \(one(["30%", "50%"]))"
    default: return expressions.settled(.bool, depth, Place(isCommunity: true))
    }
  }

  /// The rule with a `during`.
  private mutating func gated(_ declaration: String) -> String {
    var lines = declaration.split(separator: "\n").map(String.init)
    guard declaration.hasPrefix("incentive "), lines.count > 2, !phases.isEmpty else { return declaration }
    let named = expressions.random.shuffled(phases).prefix(expressions.random.within(1...2)).joined(separator: ", ")
    lines.insert("  during \(named)", at: 1)
    return lines.joined(separator: "\n")
  }

  // MARK: Alerts

  private mutating func length() -> String { one(["1 days", "2 days", "3 days", "1 weeks", "36 hours", "90 minutes"]) }

  private mutating func alerts() -> [String] {
    let count = expressions.random.within(1...3)
    var aboutMembers: [String] = []
    var aboutAll: [String] = []
    var result: [String] = []
    for number in 0..<count {
      let name = "警\(number)"
      var clauses: [String] = []
      let splits = expressions.community.memberColumns.filter { column in
        switch column.type {
        case .text, .choice, .bool: !column.isPrivate
        default: false
        }
      }
      var silencers = aboutAll
      switch expressions.random.below(3) {
      case 0:
        clauses += members(splits.map(\.name))
        silencers += aboutMembers
        aboutMembers.append(name)
      case 1 where !splits.isEmpty:
        let column = one(splits).name
        clauses += ["each \(column)", "when count(\(segment())) \(one(["== 0", "> 1", "< 2"]))"]
        clauses.append("message \"{count(members)}\"")
      default:
        clauses += ["when \(condition())", "message \"{count(members)} {sum(points)}\""]
        aboutAll.append(name)
      }
      if chance(50) { clauses.append("for \(length())") }
      if chance(40) { clauses.append("keep \(length())") }
      if chance(40) { clauses.append("cooldown \(length())") }
      if chance(20) { clauses.append("check every \(one(["week", "month", "day"]))") }
      if chance(40), !silencers.isEmpty { clauses.append("unless \(one(silencers))") }
      result.append(
        (["alert \(name) {"] + expressions.random.shuffled(clauses).map { "  " + $0 } + ["}"]).joined(separator: "\n"))
    }
    if !aboutMembers.isEmpty, chance(50) {
      let covered = expressions.random.shuffled(aboutMembers).joined(separator: ", ")
      result.append(
        "budget 注意 { \(expressions.random.within(1...3)) pushes per \(one(["day", "week", "month"])) per member; "
          + "covers \(covered) }")
    }
    return result
  }

  private mutating func segment() -> String {
    let kind = expressions.community.kinds[one(expressions.community.memberKinds)].name
    return one(["any(\(kind), last 3 days)", "points > 5", "count(\(kind), today) > 0", "members"])
  }

  private mutating func members(_ columns: [String]) -> [String] {
    var place = Place(readsAwards: true, readsLadders: true)
    place.allowsPrivate = chance(50)
    let kind = expressions.community.kinds[one(expressions.community.memberKinds)].name
    let when =
      chance(50)
      ? one(
        [
          "any(\(kind), last 2 days)", "not any(\(kind), last 3 days)", "count(\(kind), today) >= 2",
          "earned(today) > 0",
          "points >= 10", "count(\(kind), this week) mod 3 == 1 is missing",
        ].dropLast().map { $0 })
      : expressions.settled(.bool, depth, place)
    let watched = chance(50) ? "members" : expressions.settled(.bool, 1, place)
    var clauses = ["each member in \(watched)", "when \(when)"]
    if chance(40), !columns.isEmpty { clauses.append("group by \(one(columns))") }
    if chance(40) { clauses.append("message \"{points} {count(\(kind))}\"") }
    return clauses
  }

  // MARK: Goals

  private mutating func goal() -> String {
    let kind = expressions.community.kinds[one(expressions.community.memberKinds)].name
    let value = one(["count(\(kind))", "share(points > 3)", "sum(points)", "count(\(kind), last 7 days)"])
    let target = one(["5", "50%", "20", "100"])
    return
      "goal 目标 { reach \(value) \(one([">=", "<="])) \(target); by \(one(["2018-04-01", "2025-04-02", "2030-01-01"])) }"
  }
}
