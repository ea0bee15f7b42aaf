@testable import Steward

// What rules about points read: purses, what was earned and spent, earlier days, what references point to, joker days.
extension RandomExpressions {
  /// `inviter.city`, `content.heading`.
  func referenceAtoms(_ place: Place) -> [Atom] {
    if lacking.contains("references") { return [] }
    var references: [(text: String, type: RandomType, isOptional: Bool, isPrivate: Bool)] = []
    if !place.isCommunity {
      references += community.memberColumns.map { ($0.name, $0.type, $0.isOptional, $0.isPrivate) }
    }
    func add(_ kinds: [Int], _ prefix: String) {
      references += community.attributes(of: kinds).map { (prefix + $0.name, $0.type, $0.isOptional, false) }
      references.append((prefix.isEmpty ? "event.member" : "", .member, false, false))
    }
    if let scanned = place.scanned { add(scanned, "") }
    if let firing = place.firing, !place.firingIsAny { add(firing, place.scanned == nil ? "" : "this.") }
    var atoms: [Atom] = []
    for reference in references where !reference.text.isEmpty && reference.type == .member {
      // Of anonymous events nobody is known.
      let isAnonymous = (place.scanned ?? []).contains { community.kinds[$0].isAnonymous }
      if reference.text == "event.member", isAnonymous { continue }
      atoms += community.memberColumns.map { column in
        Atom(
          text: "\(reference.text).\(column.name)", type: column.type,
          isOptional: reference.isOptional || column.isOptional, isPrivate: reference.isPrivate || column.isPrivate)
      }
    }
    for reference in references where reference.type == .item {
      atoms += community.contentColumns.map { column in
        Atom(
          text: "\(reference.text).\(column.name)", type: column.type,
          isOptional: reference.isOptional || column.isOptional)
      }
    }
    return atoms
  }

  /// A whole number about points.
  mutating func reward(_ window: String) -> String {
    let purse = community.purses.isEmpty || random.chance(60) ? "" : random.one(community.purses) + ", "
    switch random.below(incentives.isEmpty ? 5 : 7) {
    case 0, 4: return "spent(\(purse)\(window))"
    case 1: return random.one(["points"] + community.purses)
    case 2, 3: return "earned(\(purse)\(window))"
    default: return "awards(\(random.one(incentives)), \(window))"
    }
  }

  /// `previous(E, 7 days)`: it reads no event outside its patterns.
  mutating func previous(_ type: RandomType, _ depth: Int, _ place: Place) -> String {
    var inner = place
    inner.firing = nil
    inner.firingIsAny = false
    let length = random.one(["1 days", "2 days", "7 days", "1 weeks", "30 days"])
    let value =
      type == .int && place.readsAwards && !place.isCommunity && random.chance(40)
      ? reward(window(Place())) : settled(type, max(0, depth), inner)
    return "previous(\(value), \(length))"
  }

  mutating func forgivingStreak(_ place: Place) -> String {
    let text = pattern(place).text
    if random.chance(40) {
      let per = random.one(["month", "quarter", "year"])
      return "streak(\(text), by week, forgive \(random.within(1...3)) per \(per))"
    }
    return "streak(\(text), forgive \(random.within(1...4)) per \(random.one(["week", "week", "month", "year"])))"
  }
}

extension RandomRewards {
  /// About the community rows that several members see: as one kind, as another, with their own kind, with others.
  mutating func seenBySeveral() {
    let kinds = expressions.community.kinds
    for (first, kind) in kinds.enumerated() {
      guard let base = kind.seen?.kind, first + 1 < kinds.count, kinds[first + 1].seen?.kind == base else { continue }
      var named = [first, first + 1]
      if expressions.random.chance(20) { named.append(base) }
      if expressions.random.chance(30) { named.append(expressions.random.one(expressions.community.memberKinds)) }
      named = Array(Set(named)).sorted()
      var pattern = expressions.random.shuffled(named).map { kinds[$0].name }.joined(separator: " or ")
      if let set = expressions.community.sets.first(where: { $0.kinds == [first, first + 1] }), named.count == 2 {
        pattern = set.name
      }
      if expressions.random.chance(30) { pattern += " or " + kinds[first].name }
      if let set = expressions.community.sets.first(where: { $0.name == "of_some" }), expressions.random.chance(25) {
        pattern += " or " + set.name
      }
      switch expressions.random.below(4) {
      case 0: pattern += " where kind != \"\(kinds[first].name)\""
      case 1: pattern += " where kind == \"\(kinds[first + 1].name)\" or hour of at < 12"
      default: break
      }
      let window = expressions.window(RandomExpressions.Place(isCommunity: true))
      let aggregate = expressions.random.one(["count(", "days(", "distinct(event.member of ", "distinct(kind of "])
      let keyword = expressions.random.one(["let 双\(first) about community", "metric 双\(first)"])
      declarations.append("\(keyword) = \(aggregate)\(pattern), \(window))")
    }
  }
}
