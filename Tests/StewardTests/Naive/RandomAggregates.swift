@testable import Steward

// Patterns, windows and aggregates of random rule sets, and what may be missing.
extension RandomExpressions {
  // MARK: Perhaps missing

  mutating func perhaps(_ type: RandomType, _ depth: Int, _ place: Place) -> String {
    let next = max(0, depth - 1)
    if isWide, !lacking.contains("previous"), place.scanned == nil, random.chance(15),
      !place.isCommunity || !lacking.contains("previousOfCommunity")
    {
      return previous(type, next, place)
    }
    if let read = ofCommunity(type, place) { return read }
    if random.chance(40), let atom = optionalAtom(type, place) { return atom }
    if place.isCommunity, place.scanned == nil, random.chance(50), let found = members(type, next) { return found }
    switch type {
    case .int:
      switch random.below(4) {
      case 0: return "(\(settled(.int, next, place)) \(random.one(["div", "mod"])) \(divisor(.int, next, place)))"
      case 1:
        if let atom = optionalAtom(.int, place) { return "(\(atom) + \(settled(.int, next, place)))" }
      case 2: return "floor(\(perhaps(.number, next, place)))"
      default: if let last = valued("last", [.int], place) { return last }
      }
      return "(\(settled(.int, next, place)) div \(divisor(.int, next, place)))"
    case .number: return number(next, place)
    case .time:
      if place.scanned == nil {
        return "\(random.one(["first", "last"]))(\(aggregate(place, withValue: nil, isPlain: true)))"
      }
    case .list: break
    case .text, .date, .bool, .member, .item, .choice:
      if let last = valued("last", [type], place) { return last }
    case .duration:
      if let atom = optionalAtom(.time, place) { return "(now - \(atom))" }
    case .period(let unit):
      if let atom = optionalAtom(.time, place) { return "(\(unit.keyword) of \(atom))" }
    }
    return optionalAtom(type, place) ?? "(case { when \(condition(0, place)) then \(settled(type, next, place)) })"
  }

  // MARK: About members

  /// An expression about a member, as aggregates about members take them: all that there is at the as-of.
  mutating func member(_ type: RandomType, _ depth: Int) -> String {
    let place = Place(readsAwards: true, readsLadders: true, allowsPrivate: random.chance(40))
    let hidden = atoms(place).filter { $0.isPrivate }
    if place.allowsPrivate, !hidden.isEmpty {
      let column = random.one(hidden)
      hasPrivate = true
      if type == .bool, column.isOptional { return "(\(column.text) is not missing)" }
      if type == column.type, !column.isOptional || type == .number { return column.text }
      if type == .bool { return "(\(column.text) == \(column.text))" }
    }
    return random.chance(30) && type == .number
      ? perhaps(type, max(0, depth), place) : settled(type, max(0, depth), place)
  }

  private mutating func among() -> String {
    random.chance(35) ? " among \(member(.bool, random.within(0...1)))" : ""
  }

  mutating func membersInt(_ depth: Int) -> String {
    guarded { own in
      own.random.chance(65)
        ? "count(\(own.member(.bool, depth))\(own.among()))" : "sum(\(own.member(.int, depth))\(own.among()))"
    }
  }

  /// An aggregate about members, which is public, and withheld from few if it reads something private.
  mutating func guarded(_ make: (inout RandomExpressions) -> String) -> String {
    let outer = hasPrivate
    hasPrivate = false
    let text = make(&self)
    defer { hasPrivate = outer }
    return hasPrivate ? "(\(text) ?? 0)" : text
  }

  /// What a member reads of the community, or what a metric was: perhaps missing.
  private mutating func ofCommunity(_ type: RandomType, _ place: Place) -> String? {
    guard place.scanned == nil, !place.firingIsAny, type == .int || type == .number, random.chance(20) else {
      return nil
    }
    let fitting = metrics.filter { $0.type == type || type == .number && $0.type == .int }
    if !fitting.isEmpty, random.chance(70) {
      let metric = random.one(fitting)
      let days = random.one(["1 days", "7 days", "2 weeks"])
      if type == .number, random.chance(70) {
        return "\(random.one(["growth", "moving_avg"]))(\(metric.name), \(days))"
      }
      if metric.type == type { return "\(random.one(["change", "previous"]))(\(metric.name), \(days))" }
    }
    if place.isCommunity { return nil }
    if type == .int { return "count(\(member(.bool, 0)))" }
    return random.one(["avg(\(member(.int, 0)))", "share(\(member(.bool, 0)))", "median(\(member(.number, 0)))"])
  }

  private mutating func members(_ type: RandomType, _ depth: Int) -> String? {
    let function = random.one(["avg", "min", "max", "median", "share", "quantile"])
    switch (type, function) {
    case (.number, "share"): return "share(\(member(.bool, depth)) among \(member(.bool, 1)))"
    case (.number, "quantile"): return "quantile(\(member(.number, depth)), \(random.one(["0.9", "0.333"]))\(among()))"
    case (.number, _): return "\(function)(\(member(random.one([.number, .int]), depth))\(among()))"
    case (.int, "min"), (.int, "max"): return "\(function)(\(member(.int, depth))\(among()))"
    default: return nil
    }
  }

  private mutating func optionalAtom(_ type: RandomType, _ place: Place) -> String? {
    let fitting = atoms(place).filter {
      $0.type == type && $0.isOptional && (place.allowsPrivate || !$0.isPrivate)
        && (place.readsAwards || !$0.readsAwards) && (place.readsLadders || !$0.readsLadders)
    }
    guard !fitting.isEmpty else { return nil }
    let atom = random.one(fitting)
    hasPrivate = hasPrivate || atom.isPrivate
    hasAwards = hasAwards || atom.readsAwards
    hasLadders = hasLadders || atom.readsLadders
    return atom.text
  }

  private mutating func number(_ depth: Int, _ place: Place) -> String {
    let functions = ["avg", "min", "max", "median"]
    switch random.below(place.scanned == nil ? 8 : 3) {
    case 0: return "(\(settled(.number, depth, place)) / \(divisor(.number, depth, place)))"
    case 1: return "(\(settled(.int, depth, place)) / \(divisor(.int, depth, place)))"
    case 2: return "sqrt(\(settled(.number, depth, place)))"
    case 3: if let call = call(.number, isOptional: true, depth, place) { return call }
    case 4:
      let share = random.one(["0.9", "0.25", "0.07", "1.0", "0.0", "0.333"])
      if let quantile = valued("quantile", [.number, .int], place, rank: share) { return quantile }
    case 5: if let last = valued("last", [.number], place) { return last }
    default: if let found = valued(random.one(functions), [.number, .int], place) { return found }
    }
    return "sqrt(\(settled(.number, depth, place)))"
  }

  mutating func call(_ type: RandomType, isOptional: Bool, _ depth: Int, _ place: Place) -> String? {
    let fitting = functions.filter { $0.type == type && $0.isOptional == isOptional }
    guard place.scanned == nil, !place.isCommunity, !fitting.isEmpty else { return nil }
    let function = random.one(fitting)
    let arguments = function.parameters.map { parameter -> String in
      switch parameter {
      case "window": return window(place)
      case "events": return pattern(place).text
      default: return settled(.int, max(0, depth - 1), place)
      }
    }
    return "\(function.name)(\(arguments.joined(separator: ", ")))"
  }

  // MARK: Windows

  mutating func window(_ place: Place) -> String {
    if let window = place.window, random.chance(70) { return window }
    let day = { (day: Int32) in CivilDate(dayNumber: day).text }
    let from = community.middle + Int32(random.within(-35...5))
    switch random.below(16) {
    case 0, 1: return "last \(random.one([1, 2, 3, 7, 30])) days"
    case 2: return "last \(random.one([1, 2, 5])) weeks"
    case 3: return "last \(random.one([1, 12, 24, 25, 48])) hours"
    case 4: return "last \(random.one([1, 30, 90])) minutes"
    case 5: return "today"
    case 6: return "this \(random.one(["week", "month", "quarter", "year"]))"
    case 7: return "this week"
    case 8: return "yesterday"
    case 9: return "previous \(random.one(["week", "month", "quarter", "year"]))"
    case 10: return "previous week"
    case 11: return "since \(day(from))"
    case 12: return "since \(day(from)) \(random.one(["02:30", "00:00", "12:15"]))"
    case 13: return "from \(day(from)) to \(day(from + Int32(random.below(20))))"
    case 14: return "from \(day(from)) 09:30 to \(day(from + Int32(random.within(1...20)))) 02:15"
    default: return "last \(random.within(1...40)) days"
    }
  }

  // MARK: Patterns

  /// A pattern, and its kinds.
  mutating func pattern(_ place: Place) -> (text: String, kinds: [Int]) {
    var text: String
    var kinds: [Int]
    if let bound = place.pattern, random.chance(70) {
      (text, kinds) = (bound.name, bound.kinds)
    } else if random.chance(12) {
      (text, kinds) = ("anything", community.doneKinds)
    } else if random.chance(15), !community.sets.isEmpty, !place.isSplit {
      let set = random.one(community.sets)
      (text, kinds) = (set.name, set.kinds)
    } else {
      let all = place.isCommunity && !place.isSplit ? Array(community.kinds.indices) : community.memberKinds
      kinds = [random.one(all)]
      if random.chance(30) { kinds = Array(Set(kinds + [random.one(all)])).sorted() }
      text = random.shuffled(kinds).map { community.kinds[$0].name }.joined(separator: " or ")
    }
    if random.chance(40) {
      var inside = place
      inside.scanned = kinds
      inside.window = nil
      inside.pattern = nil
      text += " where \(patternCondition(inside))"
    }
    return (text, kinds)
  }

  /// What stands behind `where`: in a rule on events often with equalities that tie the scanned event to the firing one.
  mutating func patternCondition(_ inside: Place) -> String {
    guard let firing = inside.firing, !inside.firingIsAny, let scanned = inside.scanned, random.chance(55) else {
      return condition(random.within(0...2), inside)
    }
    var conjuncts = [tie(scanned, firing)]
    if random.chance(20) { conjuncts.append(tie(scanned, firing)) }
    if random.chance(40) { conjuncts = random.chance(60) ? conjuncts : [] }
    if random.chance(40) || conjuncts.isEmpty { conjuncts.append(pairwise(scanned, firing)) }
    if random.chance(40) { conjuncts.append(condition(random.within(0...1), inside)) }
    if random.chance(25) {
      var rowOnly = inside
      rowOnly.firing = nil
      conjuncts.append(condition(random.within(0...1), rowOnly))
    }
    return random.shuffled(conjuncts).joined(separator: " and ")
  }

  /// `x == this.x`, in one of the ways in which rules say so.
  private mutating func tie(_ scanned: [Int], _ firing: [Int]) -> String {
    let names = community.attributes(of: firing).map(\.name)
    let shared = community.attributes(of: scanned).filter { names.contains($0.name) }
    if shared.isEmpty || random.chance(15) {
      return random.one([
        "(hour of at == hour of this.at)", "(day of at == day of this.at)", "(kind == this.kind)",
        "(week of this.at == week of at)", "(day of at == day of now)",
      ])
    }
    let column = random.one(shared)
    let isOptional =
      column.isOptional || community.attributes(of: firing).contains { $0.name == column.name && $0.isOptional }
    let (row, point) = (column.name, "this.\(column.name)")
    if isOptional, random.chance(60) || !hasDefault(column.type) {
      return "(\(row) is not missing and \(point) is not missing and \(row) == \(point))"
    }
    if isOptional { return "((\(row) ?? \(literal(column.type))) == (\(point) ?? \(literal(column.type))))" }
    switch column.type {
    case .int where random.chance(40): return "(\(row) + \(random.one(["0", "1"])) == \(point))"
    case .number where random.chance(30): return "(\(point) * 1.5 == \(row) * 1.5)"
    default: return random.chance(50) ? "(\(row) == \(point))" : "(\(point) == \(row))"
    }
  }

  /// What can only be asked of the scanned event and the firing one together.
  private mutating func pairwise(_ scanned: [Int], _ firing: [Int]) -> String {
    let names = community.attributes(of: firing).filter { !$0.isOptional }.map(\.name)
    let shared = community.attributes(of: scanned).filter { column in
      names.contains(column.name) && !column.isOptional && (column.type == .int || column.type == .number)
    }
    if !shared.isEmpty, random.chance(60) {
      let name = random.one(shared).name
      return random.one(["(\(name) < this.\(name))", "(this.\(name) - \(name) >= 1)", "(\(name) != this.\(name))"])
    }
    return random.one([
      "(at < this.at)", "(this.at - at <= 3 days)", "(at >= this.at - 12 hours)", "(now - at >= 1 days)",
    ])
  }

  private func hasDefault(_ type: RandomType) -> Bool {
    switch type {
    case .bool, .int, .number, .text, .time, .date, .choice: true
    default: false
    }
  }

  /// What stands between the parentheses of an aggregate.
  mutating func aggregate(_ place: Place, withValue value: String?, isPlain: Bool, kinds: [Int]? = nil) -> String {
    var text = ""
    var same: [RandomColumn] = []
    var (patternText, patternKinds) = pattern(place)
    if let kinds {
      patternKinds = kinds
      patternText = kinds.map { community.kinds[$0].name }.joined(separator: " or ")
      if random.chance(35) {
        var inside = place
        inside.scanned = kinds
        patternText += " where \(patternCondition(inside))"
      }
    }
    text = (value.map { "\($0) of " } ?? "") + patternText
    if let firing = place.firing, !place.firingIsAny, random.chance(35) {
      let scanned = community.attributes(of: patternKinds).map(\.name)
      same = community.attributes(of: firing).filter { scanned.contains($0.name) && $0.type != .list }
      same = Array(random.shuffled(same).prefix(random.within(1...2)))
    }
    if !same.isEmpty { text += ", same " + same.map(\.name).joined(separator: ", ") }
    if random.chance(70) { text += ", " + window(place) }
    return text
  }

  mutating func count(_ place: Place) -> String {
    if place.scanned != nil { return "2" }
    switch random.below(8) {
    case 0, 1: return "days(\(aggregate(place, withValue: nil, isPlain: true)))"
    case 2 where isWide && !lacking.contains("forgive"): return forgivingStreak(place)
    case 2: return "streak(\(pattern(place).text))"
    case 3: return "streak(\(pattern(place).text), by \(random.one(["day", "week"])))"
    case 4:
      let types: [RandomType] = [
        .int, .number, .text, .bool, .date, .time, .member, .item, .choice(RandomCommunity.moods),
      ]
      return valued("distinct", types, place) ?? "count(\(aggregate(place, withValue: nil, isPlain: true)))"
    default: return "count(\(aggregate(place, withValue: nil, isPlain: true)))"
    }
  }

  mutating func sum(_ type: RandomType, _ place: Place) -> String? { valued("sum", [type], place) }

  /// `f(E of P, …)` for some kinds that have a value of one of the types.
  mutating func valued(_ function: String, _ types: [RandomType], _ place: Place, rank: String? = nil) -> String? {
    if place.scanned != nil { return nil }
    let all = place.isCommunity ? Array(community.kinds.indices) : community.memberKinds
    let kind = random.one(all)
    let fitting = community.attributes(of: [kind]).filter { types.contains($0.type) }
    guard !fitting.isEmpty else { return nil }
    let attribute = random.one(fitting)
    var kinds = [kind]
    let others = all.filter { other in
      other != kind && community.attributes(of: [other]).contains { $0.name == attribute.name }
    }
    if random.chance(30), !others.isEmpty { kinds = (kinds + [random.one(others)]).sorted() }
    var value = attribute.name
    if random.chance(30), attribute.type == .number || attribute.type == .int {
      let isOptional = community.attributes(of: kinds).first { $0.name == attribute.name }?.isOptional ?? false
      value = random.one(
        attribute.type == .number ? ["\(value) * 1.1", "\(value) / 3", "-\(value)"] : ["\(value) * 2", "\(value) - 1"])
      if isOptional, random.chance(40) { value = "(\(attribute.name) ?? \(attribute.type == .int ? "4" : "0.3"))" }
    }
    if attribute.type == .text, random.chance(40) { value = "\"t {\(value)}\"" }
    let inside = aggregate(place, withValue: value, isPlain: false, kinds: kinds)
    guard let rank else { return "\(function)(\(inside))" }
    return "\(function)(\(inside), \(rank))"
  }
}
