@testable import Steward

/// A random rule set, declaration by declaration, and random data for it.
struct RandomProgram {
  let seed: UInt64
  let community: RandomCommunity
  /// Each a whole declaration; order does not matter.
  var declarations: [String]
  var rows: RandomRows

  var source: String { community.source + declarations.joined(separator: "\n") + "\n" }

  /// So many rule sets in a row are about one community and its data, which need to be loaded once for them.
  static let perCommunity: UInt64 = 5

  init(seed: UInt64, calendar: (_ zone: String, _ weekStart: Weekday) throws -> Calendar) rethrows {
    self.seed = seed
    var random = RandomBits(seed: seed / RandomProgram.perCommunity)
    community = RandomCommunity(&random)
    rows = RandomRows(community, calendar: try calendar(community.zone, community.weekStart), &random)
    var grower = RandomDeclarations(RandomExpressions(community, random: RandomBits(seed: ~seed)))
    declarations = grower.grow()
  }

  /// Another rule set about the same rows.
  init(seed: UInt64, about other: RandomProgram) {
    self.seed = seed
    community = other.community
    rows = other.rows
    var grower = RandomDeclarations(RandomExpressions(community, random: RandomBits(seed: ~seed)))
    declarations = grower.grow()
  }
}

/// Grows the declarations of a rule set.
struct RandomDeclarations {
  private var expressions: RandomExpressions
  private var declarations: [String] = []

  init(_ expressions: RandomExpressions) { self.expressions = expressions }

  private typealias Place = RandomExpressions.Place

  mutating func grow() -> [String] {
    func times(_ range: ClosedRange<Int>) -> Range<Int> { 0..<expressions.random.within(range) }
    for number in times(0...2) { function("f\(number)") }
    // First those that rules and ladders may read, then those that may read awards and ladders.
    for number in times(0...2) { binding("a\(number)", Place()) }
    for number in times(0...2) { segment("甲\(number)", Place()) }
    for number in times(0...2) { firingBinding("e\(number)") }
    if expressions.random.chance(35) { metric("q") }
    for number in times(1...3) { incentive("r\(number)") }
    for number in times(0...1) { binding("b\(number)", Place(readsAwards: true)) }
    for number in times(0...2) { ladder("梯\(number)") }
    for number in times(1...3) { binding("c\(number)", Place(readsAwards: true, readsLadders: true)) }
    for number in times(0...2) { binding("众\(number)", Place(isCommunity: true)) }
    for number in times(0...3) { metric("m\(number)") }
    for number in times(0...1) { binding("d\(number)", Place(readsAwards: true, readsLadders: true)) }
    if !expressions.random.chance(30) { return declarations }
    var alerts = RandomAlerts(expressions)
    return alerts.grown(declarations)
  }

  private var depth: Int { mutating get { expressions.random.within(1...3) } }

  private mutating func function(_ name: String) {
    let kinds = expressions.community.memberKinds
    var place = Place()
    place.window = "w"
    place.pattern = ("p", kinds)
    if expressions.random.chance(60) {
      place.ints = ["k"]
      declarations.append(
        "fn \(name)(w: window, p: events, k: int) = count(p, w) \(expressions.random.one(["+ k", "* 2 - k", ">= k"]))")
      let isBool = declarations[declarations.count - 1].contains(">=")
      if isBool { return }
      expressions.functions.append(
        .init(name: name, parameters: ["window", "events", "int"], type: .int, isOptional: false))
    } else {
      declarations.append("fn \(name)(p: events, w: window) = count(p, w) / days(p, w)")
      expressions.functions.append(
        .init(name: name, parameters: ["events", "window"], type: .number, isOptional: true))
    }
  }

  private mutating func binding(_ name: String, _ place: Place) {
    let types: [RandomType] = [
      .bool, .int, .int, .number, .number, .number, .text, .time, .date, .duration, .list,
      .choice(RandomCommunity.plans), .choice(RandomExpressions.weekdays), .period(.week), .period(.month),
    ]
    var type = expressions.random.one(types)
    let isThere = expressions.atoms(place).contains { $0.type == type && !$0.isPrivate && !$0.isOptional }
    if !isThere, type == .list || type == .choice(RandomCommunity.plans) { type = .int }
    let isOptional = expressions.random.chance(45)
    declare(name, type, isOptional: isOptional, place, keyword: "let")
  }

  /// A `let` that reads the firing event: for rules on kinds that all have one attribute.
  private mutating func firingBinding(_ name: String) {
    let community = expressions.community
    guard !community.attributes.isEmpty else { return }
    let attribute = expressions.random.one(community.attributes).name
    let kinds = community.kinds.indices.filter { kind in
      community.kinds[kind].attributes.contains { $0.name == attribute }
    }
    // What may be empty in some kind may be so here.
    var place = Place(firing: Array(kinds))
    place.firingIsAny = true
    binding(name, place)
    if !expressions.bindings.isEmpty, expressions.bindings[expressions.bindings.count - 1].name == name {
      expressions.bindings[expressions.bindings.count - 1].firing = kinds
    }
  }

  private mutating func segment(_ name: String, _ place: Place) {
    declare(name, .bool, isOptional: false, place, keyword: "segment")
  }

  private mutating func declare(
    _ name: String, _ type: RandomType, isOptional: Bool, _ place: Place, keyword: String
  ) {
    expressions.hasPrivate = false
    expressions.hasAwards = false
    expressions.hasLadders = false
    var place = place
    place.allowsPrivate = expressions.random.chance(type == .bool ? 30 : 12)
    let value =
      isOptional ? expressions.perhaps(type, depth, place) : expressions.settled(type, depth, place)
    declarations.append("\(keyword) \(name)\(place.isCommunity ? " about community" : "") = \(value)")
    // A choice without a column of that type falls back on something else: such a name is not used again.
    switch type {
    case .list, .choice: return
    default: break
    }
    expressions.bindings.append(
      .init(
        name: name, type: type, isOptional: isOptional, isPrivate: expressions.hasPrivate,
        readsAwards: expressions.hasAwards, readsLadders: expressions.hasLadders, isCommunity: place.isCommunity))
  }

  // MARK: Metrics

  mutating func metric(_ name: String) {
    var by = ""
    var splits = expressions.community.memberColumns.filter { column in
      switch column.type {
      case .text, .choice, .bool, .int: !column.isPrivate
      default: false
      }
    }.map(\.name)
    // What may change from check to check, so that members go from group to group.
    splits += expressions.bindings.filter {
      $0.firing == nil && !$0.isPrivate && !$0.isCommunity && ($0.type == .bool || $0.type == .text || $0.type == .int)
    }.map(\.name)
    var place = Place(isCommunity: true)
    if !splits.isEmpty, expressions.random.chance(30) {
      by = " by \(expressions.random.one(splits))"
      place.isSplit = true
    }
    let unit = expressions.random.chance(25) ? " every \(expressions.random.one(PeriodUnit.allCases).keyword)" : ""
    let type = expressions.random.one([RandomType.int, .int, .number, .number, .bool, .time, .text])
    let isOptional = expressions.random.chance(30)
    let value =
      isOptional ? expressions.perhaps(type, depth, place) : expressions.settled(type, depth, place)
    declarations.append("metric \(name)\(by)\(unit) = \(value)")
    if by.isEmpty {
      expressions.metrics.append(
        .init(name: name, type: type, isOptional: isOptional || !unit.isEmpty && unit != " every day"))
    }
  }

  // MARK: Incentives

  private mutating func incentive(_ name: String) {
    var place = Place()
    var lines: [String] = []
    if expressions.random.chance(65) {
      let (text, kinds) = expressions.pattern(place)
      lines.append("on \(text)")
      place.firing = kinds
    } else {
      lines.append("every \(expressions.random.one(PeriodUnit.allCases).keyword)")
    }
    place.allowsPrivate = true
    if expressions.random.chance(25) {
      // Who: nothing about the event.
      let among = expressions.condition(1, Place(allowsPrivate: true))
      lines.append("among \(among)")
    }
    if let asked = askedOfEvent(place), expressions.random.chance(40) {
      lines.append("when \(asked)")
    } else if expressions.random.chance(60) {
      lines.append("when \(expressions.condition(depth, place))")
    }
    place.allowsPrivate = false
    award(name, place, &lines)
    limits(place, &lines)
    if expressions.random.chance(25) {
      lines.append("cooldown \(expressions.random.one(["10 minutes", "1 hours", "1 days", "3 days", "25 hours"]))")
    }
    lines = lines.prefix(1) + expressions.random.shuffled(Array(lines.dropFirst()))
    declarations.append("incentive \(name) {\n  " + lines.joined(separator: "\n  ") + "\n}")
    expressions.incentives.append(name)
  }

  /// A condition that reads a `let` about the firing event.
  private mutating func askedOfEvent(_ place: Place) -> String? {
    guard let firing = place.firing else { return nil }
    let readable = expressions.bindings.filter { binding in
      binding.firing.map { kinds in firing.allSatisfy { kinds.contains($0) } } ?? false
    }
    guard !readable.isEmpty else { return nil }
    let binding = expressions.random.one(readable)
    if binding.isOptional { return "\(binding.name) is not missing" }
    switch binding.type {
    case .bool: return binding.name
    case .int: return "\(binding.name) >= \(expressions.random.within(0...5))"
    case .number: return "\(binding.name) > 0.5"
    default: return "\(binding.name) == \(binding.name)"
    }
  }

  private mutating func award(_ name: String, _ place: Place, _ lines: inout [String]) {
    let points =
      expressions.random.chance(50)
      ? expressions.random.one(["5", "10", "1", "0", "100"])
      : expressions.random.chance(90)
        ? "max(0, \(expressions.settled(.int, depth, place)))" : expressions.settled(.int, depth, place)
    let badge = expressions.random.one(["首答", "b one", "star"])
    let large = expressions.random.chance(6) ? " * 4_000_000_000_000_000_000" : ""
    let hasBadge = expressions.random.chance(25)
    if hasBadge { expressions.badges.append(badge) }
    if hasBadge, expressions.random.chance(40) {
      lines.append("award badge \"\(badge)\"")
      return
    }
    lines.append("award \(points)\(large) points" + (hasBadge ? " and badge \"\(badge)\"" : ""))
    func allowances(_ range: ClosedRange<Int>) -> String {
      (0..<expressions.random.within(range)).map { _ in
        "\(expressions.random.one([5, 12, 30, 100])) points per \(expressions.random.one(PeriodUnit.allCases).keyword)"
      }.joined(separator: ", ")
    }
    if expressions.random.chance(35) { lines.append("cap \(allowances(1...2))") }
    if expressions.random.chance(30) { lines.append("budget \(allowances(1...1)) per member") }
  }

  private mutating func limits(_ place: Place, _ lines: inout [String]) {
    guard expressions.random.chance(45) else { return }
    var limits = (0..<expressions.random.within(1...2)).map { _ -> String in
      let count = expressions.random.within(1...4)
      return expressions.random.chance(15)
        ? "\(count) ever" : "\(count) per \(expressions.random.one(PeriodUnit.allCases).keyword)"
    }
    if let firing = place.firing, expressions.random.chance(40) {
      let attributes = expressions.community.attributes(of: firing).filter { $0.type != .list }
      if !attributes.isEmpty {
        limits.append("\(expressions.random.within(1...2)) per \(expressions.random.one(attributes).name)")
      }
    }
    lines.append("limit " + limits.joined(separator: ", "))
  }

  // MARK: Ladders

  private mutating func ladder(_ name: String) {
    let place = Place(readsAwards: true, allowsPrivate: true)
    var lines = ["tier low"]
    var tiers = ["low"]
    for tier in ["mid", "高", "top"].prefix(expressions.random.within(1...3)) {
      tiers.append(tier)
      // Conditions that come and go: without them most would never change.
      let when =
        expressions.random.chance(75)
        ? "\(activity(place)) >= \(expressions.random.within(1...3))" : expressions.condition(depth, place)
      let keep =
        expressions.random.chance(45)
        ? "; keep when \(expressions.random.chance(60) ? "\(activity(place)) >= 1" : expressions.condition(1, place))"
        : ""
      lines.append("tier \(tier) { when \(when)\(keep) }")
    }
    if expressions.random.chance(85) {
      lines.append("review every \(expressions.random.one(["day", "week", "week", "month"]))")
    }
    if expressions.random.chance(70) {
      lines.append("grace \(expressions.random.one(["0 days", "1 days", "3 days", "2 weeks", "36 hours", "30 days"]))")
    }
    if expressions.random.chance(50) { lines.append("demote one step") }
    declarations.append("tiers \(name) {\n  " + lines.joined(separator: "\n  ") + "\n}")
    expressions.ladders.append((name, tiers))
  }

  private mutating func activity(_ place: Place) -> String {
    let days = expressions.random.one([1, 2, 3, 7, 14])
    return switch expressions.random.below(8) {
    case 0: expressions.count(place)
    case 1: "earned(\(expressions.window(place)))"
    case 2: "earned(last \(days) days)"
    case 3: "count(anything, last \(expressions.random.one([36, 100])) hours)"
    case 4: "days(\(expressions.pattern(place).text), last \(days) days)"
    case 5: "count(\(expressions.pattern(place).text), this week)"
    default: "count(\(expressions.pattern(place).text), last \(days) days)"
    }
  }
}
