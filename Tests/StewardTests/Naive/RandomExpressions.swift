@testable import Steward

/// Grows expressions of a wanted type, in the words of the language.
///
/// `settled` gives one that is never missing, `perhaps` one that may be. What is grown nearly always checks.
struct RandomExpressions {
  /// Where an expression stands: what it may name.
  struct Place {
    /// The kinds of the pattern that it stands in.
    var scanned: [Int]?
    /// The kinds that fire the rule that it stands in.
    var firing: [Int]?
    /// In a `let`: the firing event may be of any kind that has what is named, and patterns do not see it.
    var firingIsAny = false
    /// Points, awards and badges; ladders.
    var readsAwards = false
    var readsLadders = false
    var allowsPrivate = false
    /// About the community, not a member.
    var isCommunity = false
    /// About each group of members: events of nobody belong to none.
    var isSplit = false
    /// Names bound by a `fn`: its window, its pattern with its kinds, its numbers.
    var window: String?
    var pattern: (name: String, kinds: [Int])?
    var ints: [String] = []
  }

  /// A metric without groups that stands already.
  struct Metric {
    var name: String
    var type: RandomType
    var isOptional: Bool
  }

  /// A `let` or segment that stands already.
  struct Binding {
    var name: String
    var type: RandomType
    var isOptional: Bool
    var isPrivate: Bool
    var readsAwards: Bool
    var readsLadders: Bool
    var isCommunity = false
    /// It reads the firing event, which must be of one of these kinds.
    var firing: [Int]?
  }

  /// A `fn` that stands already; its result is a settled int or a number that may be missing.
  struct Function {
    var name: String
    /// `window`, `events`, `int`
    var parameters: [String]
    var type: RandomType
    var isOptional: Bool
  }

  var random: RandomBits
  let community: RandomCommunity
  /// Whether references, purses, `previous` and the like are grown too.
  var isWide = false
  /// What the engine does not compute yet.
  var lacking: Set<String> = []
  var bindings: [Binding] = []
  var metrics: [Metric] = []
  var functions: [Function] = []
  var incentives: [String] = []
  var badges: [String] = []
  var ladders: [(name: String, tiers: [String])] = []
  /// Whether what was grown since it was reset read something private, awards or ladders.
  var hasPrivate = false
  var hasAwards = false
  var hasLadders = false

  init(_ community: RandomCommunity, random: RandomBits) {
    self.community = community
    self.random = random
  }

  // MARK: Names

  struct Atom {
    var text: String
    var type: RandomType
    var isOptional: Bool
    var isPrivate = false
    var readsAwards = false
    var readsLadders = false
  }

  /// Everything of that type that a plain name may stand for here.
  func atoms(_ place: Place) -> [Atom] {
    var atoms: [Atom] = []
    for column in community.memberColumns where !place.isCommunity {
      atoms.append(
        Atom(text: column.name, type: column.type, isOptional: column.isOptional, isPrivate: column.isPrivate))
    }
    if let scanned = place.scanned { atoms += eventAtoms(scanned, prefix: "") }
    if let firing = place.firing, !place.firingIsAny {
      atoms += eventAtoms(firing, prefix: place.scanned == nil ? "" : "this.")
    } else if let firing = place.firing, place.scanned == nil {
      atoms += eventAtoms(firing, prefix: "").map { atom in
        var atom = atom
        let own = community.kinds.flatMap(\.attributes).filter { $0.name == atom.text }
        atom.isOptional = own.contains { $0.isOptional }
        return atom
      }
    }
    if isWide { atoms += referenceAtoms(place) }
    atoms.append(Atom(text: "now", type: .time, isOptional: false))
    atoms += place.ints.map { Atom(text: $0, type: .int, isOptional: false) }
    if place.scanned != nil { return atoms }
    let visible = bindings.filter { binding in
      guard binding.isCommunity == place.isCommunity else { return false }
      guard let kinds = binding.firing else { return true }
      return place.firing.map { $0.allSatisfy(kinds.contains) } ?? false
    }
    atoms += visible.map {
      Atom(
        text: $0.name, type: $0.type, isOptional: $0.isOptional, isPrivate: $0.isPrivate, readsAwards: $0.readsAwards,
        readsLadders: $0.readsLadders)
    }
    atoms += metrics.map { Atom(text: $0.name, type: $0.type, isOptional: $0.isOptional || !place.isCommunity) }
    if place.isCommunity { return atoms }
    if place.readsAwards {
      atoms.append(Atom(text: "points", type: .int, isOptional: false, readsAwards: true))
      atoms += community.purses.map { Atom(text: $0, type: .int, isOptional: false, readsAwards: true) }
      if isWide {
        atoms += incentives.map { Atom(text: "last_award(\($0))", type: .time, isOptional: true, readsAwards: true) }
      }
      atoms.append(Atom(text: "badges", type: .list, isOptional: false, readsAwards: true))
    }
    if place.readsLadders {
      atoms += ladders.map { Atom(text: $0.name + ".since", type: .time, isOptional: true, readsLadders: true) }
    }
    return atoms
  }

  private func eventAtoms(_ kinds: [Int], prefix: String) -> [Atom] {
    community.attributes(of: kinds).map { Atom(text: prefix + $0.name, type: $0.type, isOptional: $0.isOptional) }
      + [
        Atom(text: prefix + "at", type: .time, isOptional: false),
        Atom(text: prefix + "kind", type: .choice(community.kinds.map(\.name)), isOptional: false),
      ]
  }

  private mutating func atom(_ place: Place, where fits: (Atom) -> Bool) -> Atom? {
    let fitting = atoms(place).filter {
      fits($0) && (place.allowsPrivate || !$0.isPrivate) && (place.readsAwards || !$0.readsAwards)
        && (place.readsLadders || !$0.readsLadders)
    }
    if fitting.isEmpty { return nil }
    let atom = random.one(fitting)
    hasPrivate = hasPrivate || atom.isPrivate
    hasAwards = hasAwards || atom.readsAwards
    hasLadders = hasLadders || atom.readsLadders
    return atom
  }

  // MARK: Settled

  mutating func settled(_ type: RandomType, _ depth: Int, _ place: Place) -> String {
    if depth <= 0 || random.chance(25) {
      let isOften = type.hasLiterals ? random.chance(75) : true
      if isOften, let atom = atom(place, where: { $0.type == type && !$0.isOptional }) { return atom.text }
      return literal(type)
    }
    if random.chance(18) { return "(\(perhaps(type, depth - 1, place)) ?? \(settled(type, depth - 1, place)))" }
    if random.chance(12) { return chosen(type, depth - 1, place) }
    switch type {
    case .bool: return condition(depth, place)
    case .int: return int(depth, place)
    case .number: return number(depth, place)
    case .text: return text(depth, place)
    case .time: return time(depth, place)
    case .date: return date(depth, place)
    case .duration: return duration(depth, place)
    case .choice(let values) where values == RandomExpressions.weekdays:
      return "(weekday of \(instant(depth - 1, place)))"
    case .choice, .list, .member, .item: return literalOrAtom(type, place)
    case .period(let unit): return "(\(unit.keyword) of \(instant(depth - 1, place)))"
    }
  }

  static let weekdays = Choice.weekdays.values

  private mutating func literalOrAtom(_ type: RandomType, _ place: Place) -> String {
    if let atom = atom(place, where: { $0.type == type && !$0.isOptional }) { return atom.text }
    return literal(type)
  }

  private mutating func chosen(_ type: RandomType, _ depth: Int, _ place: Place) -> String {
    if random.chance(60) {
      return "(if \(condition(depth, place)) then \(settled(type, depth, place)) else \(settled(type, depth, place)))"
    }
    if random.chance(40), let atom = atom(place, where: { $0.type == type && $0.isOptional }) {
      // The branch that a guard opens.
      return "(if \(atom.text) is not missing then \(atom.text) else \(settled(type, depth, place)))"
    }
    return "(case { when \(condition(depth, place)) then \(settled(type, depth, place)); "
      + "when \(condition(depth, place)) then \(settled(type, depth, place)); else \(settled(type, depth, place)) })"
  }

  /// Something to divide by; a constant 0 would not check.
  mutating func divisor(_ type: RandomType, _ depth: Int, _ place: Place) -> String {
    switch settled(type, depth, place) {
    case "0": "(hour of now)"
    case "0.0": "(hour of now * 0.5)"
    case let text: text
    }
  }

  mutating func literal(_ type: RandomType) -> String {
    switch type {
    case .bool: return random.one(["true", "false"])
    case .int: return random.one(["0", "1", "2", "3", "7", "10", "1_000"])
    case .number: return random.one(["0.0", "0.5", "1.25", "15%", "2.0", "0.1", "100.0"])
    case .text: return quoted(random.one(RandomRows.texts))
    case .time:
      let day = CivilDate(dayNumber: community.middle + Int32(random.within(-30...25))).text
      return day + random.one([" 00:00", " 02:30", " 09:00", " 23:59"])
    case .date: return CivilDate(dayNumber: community.middle + Int32(random.within(-30...25))).text
    case .duration: return random.one(["3 days", "12 hours", "90 minutes", "2 weeks", "1 days", "30 days"])
    case .choice(let values): return quoted(random.one(values))
    // No literal says these: something that is always there.
    case .period(let unit): return "(\(unit.keyword) of now)"
    case .list, .member, .item: return "member"
    }
  }

  func quoted(_ text: String) -> String {
    "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"") + "\""
  }

  private mutating func int(_ depth: Int, _ place: Place) -> String {
    let next = depth - 1
    if place.isCommunity, place.scanned == nil, random.chance(40) { return membersInt(next) }
    switch random.below(place.scanned == nil ? 13 : 7) {
    case 0: return "(\(settled(.int, next, place)) \(random.one(["+", "-"])) \(settled(.int, next, place)))"
    case 1: return "(\(settled(.int, next, place)) * \(random.one(["2", "3", "-1", "10"])))"
    case 2: return "(\(settled(.int, next, place)) \(random.one(["div", "mod"])) \(random.one(["7", "3", "2", "-3"])))"
    case 3: return "\(random.one(["round", "floor", "ceil"]))(\(settled(.number, next, place)))"
    case 4: return "(hour of \(settled(.time, next, place)))"
    case 5: return "\(random.one(["min", "max"]))(\(settled(.int, next, place)), \(settled(.int, next, place)))"
    case 6: return random.chance(50) ? "abs(\(settled(.int, next, place)))" : "(-\(settled(.int, next, place)))"
    case 7 where place.readsAwards && !place.isCommunity:
      hasAwards = true
      let windows = window(place)
      if isWide { return reward(windows) }
      if random.chance(50) || incentives.isEmpty { return "earned(\(windows))" }
      return "awards(\(random.one(incentives)), \(windows))"
    case 8:
      if let call = call(.int, isOptional: false, next, place) { return call }
      return count(place)
    case 9: return sum(.int, place) ?? count(place)
    default: return count(place)
    }
  }

  private mutating func number(_ depth: Int, _ place: Place) -> String {
    let next = depth - 1
    if place.isCommunity, place.scanned == nil, random.chance(40) {
      return guarded { $0.random.chance(60) ? "share(\($0.member(.bool, next)))" : "sum(\($0.member(.number, next)))" }
    }
    switch random.below(place.scanned == nil ? 8 : 5) {
    case 0:
      return "(\(settled(.number, next, place)) \(random.one(["+", "-", "*"])) \(settled(.number, next, place)))"
    case 1: return "(\(settled(.number, next, place)) / \(random.one(["2", "3", "0.7", "100"])))"
    case 2: return "(\(settled(.int, next, place)) \(random.one(["+ 0.5", "* 0.29", "- 0.1", "/ 7"])))"
    case 3: return "\(random.one(["min", "max"]))(\(settled(.number, next, place)), \(settled(.number, next, place)))"
    case 4: return "abs(\(settled(.number, next, place)))"
    default: return sum(.number, place) ?? "(\(settled(.number, next, place)) * 1.5)"
    }
  }

  private mutating func text(_ depth: Int, _ place: Place) -> String {
    if random.chance(50) { return literalOrAtom(.text, place) }
    let parts = (0..<random.within(1...2)).map { _ -> String in
      switch random.below(8) {
      case 0: "{\(settled(.int, depth - 1, place))}"
      case 1: "{\(settled(.date, depth - 1, place))}"
      case 2: "{\(settled(.int, depth - 1, place)) as \(random.one(["percent", "points", "0.0", "0"]))}"
      case 3: "{\(settled(.number, depth - 1, place))}"
      case 4, 5:
        "{\(settled(.number, depth - 1, place)) as \(random.one(["percent", "points", "0", "0.0", "0.00", "0.0000"]))}"
      case 6: "{\(settled(.duration, depth - 1, place))}"
      default: "{\(literalOrAtom(.choice(RandomCommunity.plans), place))}"
      }
    }
    return "\"v " + parts.joined(separator: " / ") + "\""
  }

  /// A time or a date.
  private mutating func instant(_ depth: Int, _ place: Place) -> String {
    settled(random.chance(60) ? .time : .date, depth, place)
  }

  private mutating func time(_ depth: Int, _ place: Place) -> String {
    let next = depth - 1
    switch random.below(4) {
    case 0: return "(\(settled(.time, next, place)) \(random.one(["+", "-"])) \(settled(.duration, next, place)))"
    case 1: return "\(random.one(["min", "max"]))(\(settled(.time, next, place)), \(settled(.time, next, place)))"
    default: return literalOrAtom(.time, place)
    }
  }

  private mutating func date(_ depth: Int, _ place: Place) -> String {
    switch random.below(3) {
    case 0:
      return "(\(settled(.date, depth - 1, place)) \(random.one(["+", "-"])) \(random.one(["3 days", "2 weeks"])))"
    default: return literalOrAtom(.date, place)
    }
  }

  private mutating func duration(_ depth: Int, _ place: Place) -> String {
    let next = depth - 1
    switch random.below(5) {
    case 0: return "(\(settled(.time, next, place)) - \(settled(.time, next, place)))"
    case 1: return "(\(settled(.date, next, place)) - \(settled(.date, next, place)))"
    case 2: return "(\(literal(.duration)) * \(random.one(["2", "3"])))"
    case 3: return "(\(literal(.duration)) \(random.one(["+", "-"])) \(literal(.duration)))"
    default: return literal(.duration)
    }
  }

  // MARK: Conditions

  mutating func condition(_ depth: Int, _ place: Place) -> String {
    let next = depth - 1
    if depth <= 0 { return comparison(0, place) }
    switch random.below(14) {
    case 0: return "(\(condition(next, place)) and \(condition(next, place)))"
    case 1: return "(\(condition(next, place)) or \(condition(next, place)))"
    case 2: return "(not \(condition(next, place)))"
    case 3: return guarded(next, place) ?? comparison(next, place)
    case 4:
      if let atom = atom(place, where: { $0.isOptional }) {
        return "(\(atom.text) is \(random.one(["", "not "]))missing)"
      }
      return comparison(next, place)
    case 5: return membership(place) ?? comparison(next, place)
    case 6:
      let date = atom(place) { $0.type == .date }
      guard let date else { return comparison(next, place) }
      return date.isOptional
        ? "(\(date.text) is not missing and anniversary(\(date.text)))" : "anniversary(\(date.text))"
    case 7: return settledAtom(.bool, place) ?? comparison(next, place)
    case 8 where place.readsLadders && !place.isCommunity && place.scanned == nil && !ladders.isEmpty:
      hasLadders = true
      let ladder = random.one(ladders)
      return "(\(ladder.name) \(random.one([">=", "==", "<"])) \(random.one(ladder.tiers)))"
    case 9 where place.readsAwards && !place.isCommunity && place.scanned == nil && !badges.isEmpty:
      hasAwards = true
      return "(badges contains \(quoted(random.one(badges))))"
    case 10 where place.scanned == nil: return "any(\(aggregate(place, withValue: nil, isPlain: true)))"
    case 11:
      let low = settled(.int, next, place)
      return "(\(low) <= \(settled(.int, next, place)) < \(settled(.int, next, place)))"
    case 12: return age(next, place)
    default: return comparison(next, place)
    }
  }

  private mutating func settledAtom(_ type: RandomType, _ place: Place) -> String? {
    atom(place) { $0.type == type && !$0.isOptional }?.text
  }

  /// How long ago: the comparisons whose crossing the engine foresees.
  private mutating func age(_ depth: Int, _ place: Place) -> String {
    let order = random.one([">=", ">", "<", "<="])
    let age = random.one(["30 days", "3 days", "12 hours", "2 weeks", "0 days"])
    if random.chance(40), place.scanned == nil {
      let last = "\(random.one(["last", "first"]))(\(pattern(place).text))"
      return "(now - (\(last) ?? \(settled(.time, 0, place))) \(order) \(age))"
    }
    return random.chance(50)
      ? "(now - \(settled(.time, 0, place)) \(order) \(age))" : "(\(settled(.time, 0, place)) \(order) now)"
  }

  /// `x is not missing and …x…`
  private mutating func guarded(_ depth: Int, _ place: Place) -> String? {
    let ordered: Set<RandomType> = [.int, .number, .time, .date]
    guard let atom = atom(place, where: { $0.isOptional && (ordered.contains($0.type) || $0.type == .text) })
    else { return nil }
    let order = atom.type == .text ? "==" : random.one([">=", "<", "=="])
    return "(\(atom.text) is not missing and \(atom.text) \(order) \(settled(atom.type, depth, place)))"
  }

  private mutating func membership(_ place: Place) -> String? {
    let listed = atom(place) { !$0.isOptional && ($0.type == .list || $0.type == .text || $0.type.isChoice) }
    guard let listed else { return nil }
    switch listed.type {
    case .list: return "(\(listed.text) contains \(random.one(["\"tea\"", "\"茶\"", "\"caf\u{E9}\"", "\"\""])))"
    case .choice(let values):
      return "(\(listed.text) in [\(quoted(random.one(values))), \(quoted(random.one(values)))])"
    default:
      switch random.below(3) {
      case 0: return "(\(listed.text) contains \(random.one(["\"o\"", "\"\"", "\"京\"", "\"e\""])))"
      case 1: return "(\(listed.text) starts with \(random.one(["\"caf\"", "\"S\"", "\"\"", "\"北京北\""])))"
      default: return "(\(listed.text) in [\"north\", \"caf\u{E9}\"])"
      }
    }
  }

  private mutating func comparison(_ depth: Int, _ place: Place) -> String {
    let order = random.one(["<", "<=", ">", ">=", "==", "!="])
    let equality = random.one(["==", "!="])
    if random.chance(6), let reference = referenceComparison(equality, place) { return reference }
    switch random.below(12) {
    case 0, 1, 2, 3: return "(\(settled(.int, depth, place)) \(order) \(settled(.int, depth, place)))"
    case 4, 5: return "(\(settled(.number, depth, place)) \(order) \(settled(.number, depth, place)))"
    case 6: return "(\(settled(.time, depth, place)) \(order) \(settled(.time, depth, place)))"
    case 7: return "(\(settled(.duration, depth, place)) \(order) \(settled(.duration, depth, place)))"
    case 8:
      let unit = random.one(PeriodUnit.allCases)
      return "(\(settled(.period(unit), depth, place)) \(order) \(settled(.period(unit), depth, place)))"
    case 9:
      return "(weekday of \(instant(depth, place)) \(equality) "
        + "\(quoted(random.one(RandomExpressions.weekdays))))"
    case 10:
      if let choice = atom(place, where: { $0.type.isChoice && !$0.isOptional }), case .choice(let values) = choice.type
      {
        return "(\(choice.text) \(equality) \(quoted(random.one(values))))"
      }
      return "(\(settled(.text, depth, place)) \(equality) \(settled(.text, depth, place)))"
    default: return "(\(settled(.date, depth, place)) \(order) \(settled(.date, depth, place)))"
    }
  }

  /// Two references to members, or to items: who wrote it, which item it is about.
  private mutating func referenceComparison(_ equality: String, _ place: Place) -> String? {
    let references: (Atom) -> Bool = { !$0.isOptional && ($0.type == .member || $0.type == .item) }
    guard let left = atom(place, where: references) else { return nil }
    if left.type == .member, !place.isCommunity, random.chance(50) { return "(\(left.text) \(equality) member)" }
    guard let right = atom(place, where: { !$0.isOptional && $0.type == left.type }) else { return nil }
    return "(\(left.text) \(equality) \(right.text))"
  }
}
