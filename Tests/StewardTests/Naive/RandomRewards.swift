@testable import Steward

/// Grows rule sets about points: boards, purses, deductions, what is taken back, budgets, ladders that feed back.
struct RandomRewards {
  var expressions: RandomExpressions
  var declarations: [String] = []
  /// Rules on events that award points, with the kinds that fire them: they can be taken back.
  private var givers: [(name: String, kinds: [Int])] = []
  /// Rules that award a purse.
  private var payers: [(name: String, purse: String)] = []

  private typealias Place = RandomExpressions.Place

  init(_ expressions: RandomExpressions, without lacking: Set<String>) {
    self.expressions = expressions
    self.expressions.lacking = lacking
    self.expressions.isWide = true
  }

  /// What rules, tiers and reports may read: everything.
  private var everything: Place { Place(readsAwards: true, readsLadders: true, allowsPrivate: true) }
  private var depth: Int { mutating get { expressions.random.within(1...2) } }
  private var purses: [String] { ["points"] + expressions.community.purses }

  mutating func grow() -> [String] {
    // Rules may read each other and themselves: their names stand before they do.
    let names = expressions.random.shuffled(["a1", "b2", "zeta", "M", "规则", "r5", "x_1"])
    var rules = Array(names.prefix(expressions.random.within(3...7)))
    // Those that take back come last: by then there is something to take.
    let takers = (0..<expressions.random.one([0, 1, 1, 2])).map { _ in rules.removeLast() }
    expressions.incentives = rules + (expressions.lacking.contains("awardsOfTakers") ? [] : takers)
    expressions.badges = ["首答", "star"]
    if chance(35) { for number in 0..<expressions.random.within(1...2) { metric("q\(number)") } }
    for number in 0..<expressions.random.within(0...2) { binding("u\(number)") }
    for number in 0..<expressions.random.within(0...2) { ladder("梯\(number)") }
    for number in 0..<expressions.random.within(0...1) { binding("v\(number)") }
    if rules.count >= 2, !takers.isEmpty, chance(60) { circle(&rules) }
    for name in rules { incentive(name) }
    for name in takers where givers.isEmpty || !takeBack(name) { award(name) }
    for number in 0..<expressions.random.within(0...2) { budget("预算\(number)") }
    for number in 0..<expressions.random.within(1...3) { binding("w\(number)") }
    for number in 0..<expressions.random.within(0...1) { communityBinding("众\(number)") }
    seenBySeveral()
    if !expressions.lacking.contains("items"), expressions.community.hasItems, chance(50) { itemBinding("物") }
    var alerts = RandomAlerts(expressions)
    return expressions.random.shuffled(alerts.grown(declarations))
  }

  private mutating func one<T>(_ choices: [T]) -> T { expressions.random.one(choices) }
  private mutating func chance(_ percent: Int) -> Bool { expressions.random.chance(percent) }

  // MARK: Lets

  private mutating func binding(_ name: String) {
    // A let that reads ladders stands behind them.
    let place = Place(readsAwards: true, readsLadders: !expressions.ladders.isEmpty)
    let type = one([RandomType.int, .int, .int, .number, .bool, .time])
    let isOptional = chance(40)
    expressions.hasPrivate = false
    expressions.hasAwards = false
    expressions.hasLadders = false
    if let ladder = expressions.ladders.first, type == .bool || chance(15) {
      declarations.append("let \(name) = \(ladder.name) \(one(["==", ">="])) \(one(ladder.tiers))")
      expressions.bindings.append(
        .init(
          name: name, type: .bool, isOptional: false, isPrivate: false, readsAwards: true, readsLadders: true))
      return
    }
    if type == .int, chance(35) {
      let value = expressions.reward(expressions.window(place))
      declarations.append("let \(name) = \(value)")
      return
    }
    let value = isOptional ? expressions.perhaps(type, depth, place) : expressions.settled(type, depth, place)
    declarations.append("let \(name) = \(value)")
    expressions.bindings.append(
      .init(
        name: name, type: type, isOptional: isOptional, isPrivate: expressions.hasPrivate, readsAwards: true,
        readsLadders: expressions.hasLadders))
  }

  /// What feeds back: rules read it, and it reads what they gave.
  private mutating func metric(_ name: String) {
    let type = one([RandomType.int, .int, .number])
    let unit = chance(20) ? " every week" : ""
    let value =
      chance(50)
      ? one(["count(points > 10)", "sum(points)", "count(earned(last 3 days) > 0)", "sum(earned(today))"])
      : expressions.settled(type, depth, Place(isCommunity: true))
    let isInt =
      type == .int || value.hasPrefix("count(points") || value.hasPrefix("sum(") || value.hasPrefix("count(earned")
    declarations.append("metric \(name)\(unit) = \(value)")
    if isInt == (type == .int) {
      expressions.metrics.append(.init(name: name, type: type, isOptional: !unit.isEmpty))
    }
  }

  private mutating func communityBinding(_ name: String) {
    let type = one([RandomType.int, .number])
    let place = Place(isCommunity: true)
    let value = chance(50) ? expressions.perhaps(type, depth, place) : expressions.settled(type, depth, place)
    declarations.append("let \(name) about community = \(value)")
  }

  /// About items: their columns and their events.
  private mutating func itemBinding(_ name: String) {
    let community = expressions.community
    let referring = community.doneKinds.filter { kind in
      community.kinds[kind].attributes.contains { own in
        community.attributes.contains { $0.name == own.name && $0.type == .item }
      }
    }
    guard !referring.isEmpty else { return }
    let kind = community.kinds[one(referring)].name
    let window = expressions.window(Place())
    declarations.append(
      "let \(name) about content = "
        + one([
          "count(\(kind), \(window))", "last(\(kind))", "days(\(kind), \(window))", "distinct(event.member of \(kind))",
          "previous(count(\(kind)), 7 days)", "streak(\(kind), forgive 1 per week)",
        ]))
  }

  // MARK: Incentives

  private mutating func incentive(_ name: String) {
    switch expressions.random.below(100) {
    case ..<17: board(name)
    case ..<37: deduction(name)
    default: award(name)
    }
  }

  private mutating func declare(_ name: String, _ trigger: String, _ clauses: [String]) {
    let lines = [trigger] + expressions.random.shuffled(clauses)
    declarations.append("incentive \(name) {\n  " + lines.joined(separator: "\n  ") + "\n}")
  }

  /// A trigger, where its clauses stand, and `among` and `when`.
  private mutating func trigger(_ onEvents: Int) -> (text: String, place: Place, clauses: [String]) {
    var place = everything
    var text = "every \(one(["day", "day", "week", "week", "month", "quarter", "year"]))"
    if chance(onEvents) {
      let (pattern, kinds) = chance(30) ? expressions.pattern(Place()) : plainPattern
      text = "on \(pattern)"
      place.firing = kinds
    }
    var clauses: [String] = []
    if chance(15) { clauses.append("among \(expressions.condition(1, everything))") }
    if chance(40) { clauses.append("when \(condition(place))") }
    return (text, place, clauses)
  }

  private var plainPattern: (text: String, kinds: [Int]) {
    mutating get {
      let community = expressions.community
      if chance(20) { return ("anything", community.doneKinds) }
      let kind = one(community.memberKinds)
      return (community.kinds[kind].name, [kind])
    }
  }

  /// Mostly about what awards and tiers have come to.
  private mutating func condition(_ place: Place) -> String {
    let number = expressions.random.within(1...40)
    let purse = one(purses)
    switch expressions.random.below(8) {
    case 0: return "\(purse) \(one([">=", "<"])) \(number)"
    case 1: return "earned(\(purse), \(expressions.window(place))) \(one([">=", "<"])) \(number)"
    case 2: return "awards(\(one(expressions.incentives)), \(expressions.window(place))) \(one([">=", "<"])) 2"
    case 3:
      if let ladder = expressions.ladders.first { return "\(ladder.name) \(one([">=", "=="])) \(one(ladder.tiers))" }
      return expressions.condition(depth, place)
    case 4: return "\(chance(50) ? "not " : "")(badges contains \"\(one(expressions.badges))\")"
    case 5:
      return
        "(last_award(\(one(expressions.incentives))) is missing or now - (last_award(\(one(expressions.incentives))) ?? now) < 3 days)"
    default: return expressions.condition(depth, place)
    }
  }

  private mutating func amount(_ place: Place) -> String {
    var place = place
    place.allowsPrivate = false
    switch expressions.random.below(10) {
    case 0:
      if let ladder = expressions.ladders.last {
        return "(if \(ladder.name) >= \(one(ladder.tiers)) then \(one(["20", "7"])) else \(one(["5", "0"])))"
      }
      return "10"
    case 1: return "(points div 2 + 1)"
    case 2: return "max(0, \(expressions.settled(.int, depth, place)))"
    case 3: return "min(40, max(0, \(expressions.settled(.int, depth, place))))"
    case 4: return chance(25) ? one(["4_000_000_000_000_000_000", expressions.settled(.int, depth, place)]) : "33"
    default: return one(["5", "10", "10", "20", "50", "3", "0"])
    }
  }

  private mutating func limits(_ place: Place) -> [String] {
    var clauses: [String] = []
    if chance(30) {
      var limits = ["\(expressions.random.within(1...5)) \(one(["ever", "per day", "per week", "per month"]))"]
      if let firing = place.firing {
        let attributes = expressions.community.attributes(of: firing).filter { $0.type != .list }
        if !attributes.isEmpty, chance(40) {
          limits.append("\(expressions.random.within(1...2)) per \(one(attributes).name)")
        }
      }
      clauses.append("limit " + limits.joined(separator: ", "))
    }
    if chance(15) { clauses.append("cooldown \(one(["10 minutes", "1 days", "3 days", "25 hours"]))") }
    return clauses
  }

  private mutating func allowance(_ purse: String) -> String {
    "\(one([12, 30, 75, 200])) \(purse) per \(one(["day", "week", "month", "quarter", "year"]))"
  }

  /// Caps, expiry and a budget of its own, for a rule that awards some purses.
  private mutating func paying(_ purses: [String]) -> [String] {
    var clauses: [String] = []
    if chance(25) { clauses.append("cap \(purses.map { allowance($0) }.joined(separator: ", "))") }
    if chance(25) { clauses.append("budget \(allowance(one(purses)))\(chance(50) ? " per member" : "")") }
    if chance(40) { clauses.append("expires after \(one(["1 days", "3 days", "1 weeks", "30 days"]))") }
    if chance(5) { clauses.append("cost 0.01 per point") }
    return clauses
  }

  private mutating func badge() -> String { chance(25) ? " and badge \"\(one(expressions.badges))\"" : "" }

  private mutating func award(_ name: String) {
    let (trigger, place, clauses) = trigger(75)
    let given = Array(expressions.random.shuffled(purses).prefix(chance(30) ? 2 : 1))
    let parts = given.map { "\(amount(place)) \($0)" }
    let award =
      chance(5) ? "award badge \"\(one(expressions.badges))\"" : "award \(parts.joined(separator: " and "))\(badge())"
    declare(name, trigger, clauses + [award] + limits(place) + paying(given))
    if let firing = place.firing, award.contains(parts[0]) { givers.append((name, firing)) }
    payers += given.map { (name, $0) }
  }

  private mutating func board(_ name: String) {
    var (trigger, place, clauses) = trigger(0)
    place.allowsPrivate = false
    var keys = [chance(40) ? expressions.reward(expressions.window(place)) : expressions.count(place)]
    if chance(35) { keys = [one(["count(anything)", "days(anything, last 30 days)"])] }
    if chance(15) { keys = [expressions.perhaps(one([.int, .number]), depth, place)] }
    if chance(40) { keys.append(expressions.settled(one([.int, .time, .number]), 1, place)) }
    if chance(20) { keys.append(expressions.perhaps(.time, 1, place)) }
    let ranked = keys.map { $0 + one(["", "", " asc"]) }.joined(separator: ", ")
    var within: [String] = []
    let columns = expressions.community.memberColumns.filter {
      !$0.isPrivate && ($0.type == .text || $0.type == .bool || $0.type.isChoice)
    }
    if !columns.isEmpty, chance(60) { within = [one(columns).name] }
    let given = Array(expressions.random.shuffled(purses).prefix(chance(20) ? 2 : 1))
    let prizes = given.map { purse in
      (0..<expressions.random.within(1...3)).map { _ in amount(place) }.joined(separator: ", ") + " " + purse
    }
    clauses.append("rank by \(ranked)" + (within.isEmpty ? "" : " within " + within.joined(separator: ", ")))
    clauses.append("award \(prizes.joined(separator: " and "))\(badge())")
    declare(name, trigger, clauses + limits(place) + paying(given))
    payers += given.map { (name, $0) }
  }

  private mutating func deduction(_ name: String) {
    let (trigger, place, clauses) = trigger(70)
    let amount = chance(60) ? one(["2", "5", "8", "15"]) : amount(place)
    declare(
      name, trigger,
      clauses + ["deduct \(chance(45) ? "up to " : "")\(amount) \(chance(70) ? "points" : one(purses))"]
        + limits(place))
  }

  /// Whether there is a rule to take back, and events that agree with those of it.
  private mutating func takeBack(_ name: String) -> Bool {
    let giver = one(givers)
    let community = expressions.community
    let place = everything
    func shared(_ kinds: [Int]) -> [RandomColumn] {
      community.attributes(of: kinds + giver.kinds).filter { $0.type != .list }
    }
    var (pattern, kinds) = expressions.pattern(Place())
    let fitting = community.memberKinds.filter { !shared([$0]).isEmpty }
    if chance(80), !fitting.isEmpty {
      kinds = [one(fitting)]
      pattern = community.kinds[kinds[0]].name
    }
    let shared = shared(kinds)
    guard !shared.isEmpty else { return false }
    // What has few values agrees more often.
    let few = shared.filter { $0.type != .number && $0.type != .int && $0.type != .time && $0.type != .date }
    let same = Array(expressions.random.shuffled(few.isEmpty ? shared : few).prefix(chance(20) ? 2 : 1)).map(\.name)
    var firing = place
    firing.firing = kinds
    var clauses = ["take back \(giver.name) same \(same.joined(separator: ", "))"]
    if chance(25) { clauses.append("when \(condition(firing))") }
    declare(name, "on \(pattern)", clauses)
    return true
  }

  /// Points that are given and spent: if they are taken back then, there are debts.
  private mutating func circle(_ names: inout [String]) {
    let (giving, kinds) = plainPattern
    let name = names.removeLast()
    declare(name, "on \(giving)", ["award \(one(["10", "20", "(points div 2 + 5)"])) points"] + paying(["points"]))
    givers.append((name, kinds))
    payers.append((name, "points"))
    let spending = plainPattern.text
    declare(names.removeLast(), "on \(spending)", ["deduct up to \(one(["10", "30", "points"])) points"])
  }

  private mutating func budget(_ name: String) {
    guard !payers.isEmpty else { return }
    let purse = one(payers).purse
    var covered: [String] = []
    for payer in payers where (payer.purse == purse || chance(10)) && chance(75) && !covered.contains(payer.name) {
      covered.append(payer.name)
    }
    if covered.isEmpty { return }
    let perMember = chance(35) ? " per member" : ""
    declarations.append(
      "budget \(name) { \(allowance(purse))\(perMember); covers \(covered.joined(separator: ", "))"
        + (chance(20) ? "; warn at 80%" : "") + " }")
  }

  // MARK: Ladders

  private mutating func ladder(_ name: String) {
    let place = Place(readsAwards: true, readsLadders: !expressions.ladders.isEmpty, allowsPrivate: true)
    var lines = ["tier low"]
    var tiers = ["low"]
    for tier in ["mid", "top"].prefix(expressions.random.within(1...2)) {
      tiers.append(tier)
      let keep = chance(40) ? "; keep when \(standing(place))" : ""
      lines.append("tier \(tier) { when \(standing(place))\(keep) }")
    }
    if chance(80) { lines.append("review every \(one(["day", "week", "month"]))") }
    if chance(60) { lines.append("grace \(one(["0 days", "1 days", "3 days", "36 hours"]))") }
    if chance(50) { lines.append("demote one step") }
    declarations.append("tiers \(name) {\n  " + lines.joined(separator: "\n  ") + "\n}")
    expressions.ladders.append((name, tiers))
  }

  private mutating func standing(_ place: Place) -> String {
    let number = expressions.random.within(1...50)
    if let other = expressions.ladders.last, chance(30) {
      return "\(other.name) >= \(one(other.tiers)) and any(anything, last \(expressions.random.within(1...9)) days)"
    }
    switch expressions.random.below(5) {
    case 0: return "points >= \(number)"
    case 3: return "awards(\(one(expressions.incentives)), last 14 days) >= 1"
    case 1: return "earned(\(one(["last 7 days", "this month", "last 3 days"]))) >= \(number)"
    case 2: return "count(\(expressions.pattern(place).text), last \(expressions.random.within(1...14)) days) >= 1"
    default: return expressions.condition(depth, place)
    }
  }
}

extension RandomProgram {
  /// A rule set about points, over data that have purses, items, references and records.
  init(
    rewardsSeed seed: UInt64, without lacking: Set<String> = [],
    calendar: (_ zone: String, _ weekStart: Weekday) throws -> Calendar
  ) rethrows {
    self.seed = seed
    var random = RandomBits(seed: seed / RandomProgram.perCommunity &+ 0x5EED)
    var community = RandomCommunity(&random)
    community.widen(without: lacking, &random)
    self.community = community
    rows = RandomRows(
      community, calendar: try calendar(community.zone, community.weekStart), events: 20...110, &random)
    var grower = RandomRewards(RandomExpressions(community, random: RandomBits(seed: ~seed)), without: lacking)
    declarations = grower.grow()
  }
}
