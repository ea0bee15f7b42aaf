@testable import Steward

// What a random community has beside members and events: purses, columns of items, events seen from the other side, records,
// members that events bring.
extension RandomCommunity {
  /// - Parameter lacking: what the engine does not compute yet.
  mutating func widen(without lacking: Set<String>, _ random: inout RandomBits) {
    if random.chance(55) { purses = random.chance(70) ? ["xp"] : ["xp", "成长值"] }
    membersFromEvents = random.chance(12) && !lacking.contains("membersFromEvents")
    if membersFromEvents {
      memberColumns = [RandomColumn(name: "joined", spelling: "joined", type: .date)]
      let references = attributes.filter { $0.type == .member }.map(\.name)
      attributes.removeAll { references.contains($0.name) }
      for kind in kinds.indices { kinds[kind].attributes.removeAll { references.contains($0.name) } }
    }
    widenItems(&random)
    widenReferences(&random)
    addSeenKinds(&random)
    addSetOfAttribute(&random)
    for (name, columns) in [
      ("outage", [("minutes", RandomType.int)]), ("spend", [("cost_of", .number), ("way", .text)]),
    ]
    where random.chance(35) {
      let isOptional = random.chance(30)
      attributes += columns.map { RandomColumn(name: $0.0, spelling: $0.0, type: $0.1) }
      kinds.append(
        RandomKind(
          name: name, spelling: name, isAnonymous: true,
          attributes: columns.map { (name: $0.0, isOptional: isOptional) },
          isRecord: true))
    }
  }

  private mutating func widenItems(_ random: inout RandomBits) {
    guard hasItems else { return }
    var pool: [(String, RandomType)] = [
      ("heading", .text), ("price_of", .number), ("rank_of", .int), ("ready", .bool), ("published", .date),
    ]
    if !membersFromEvents { pool.append(("owner", .member)) }
    for (name, type) in pool where random.chance(name == "owner" ? 75 : 40) {
      contentColumns.append(RandomColumn(name: name, spelling: name, type: type, isOptional: random.chance(40)))
    }
  }

  /// More references than chance gives: they are what `seen by` and `ref.column` need.
  private mutating func widenReferences(_ random: inout RandomBits) {
    if membersFromEvents { return }
    if random.chance(60), !memberColumns.contains(where: { $0.name == "inviter" }) {
      memberColumns.append(RandomColumn(name: "inviter", spelling: "inviter", type: .member, isOptional: true))
    }
    guard random.chance(60), !attributes.contains(where: { $0.name == "author" }) else { return }
    attributes.append(RandomColumn(name: "author", spelling: "author", type: .member))
    for kind in kinds.indices where random.chance(60) {
      kinds[kind].attributes.append((name: "author", isOptional: random.chance(40)))
    }
    if !kinds.contains(where: { $0.attributes.contains { $0.name == "author" } }) {
      kinds[0].attributes.append((name: "author", isOptional: true))
    }
  }

  private mutating func addSeenKinds(_ random: inout RandomBits) {
    for (kind, declared) in kinds.enumerated() where !declared.isAnonymous && random.chance(45) {
      var witnesses: [String] = []
      for attribute in declared.attributes {
        guard let column = attributes.first(where: { $0.name == attribute.name }) else { continue }
        if column.type == .member { witnesses.append(column.name) }
        let owns = contentColumns.contains { $0.name == "owner" }
        if column.type == .item, owns { witnesses.append("content.owner") }
      }
      if memberColumns.contains(where: { $0.name == "inviter" && !$0.isPrivate }) { witnesses.append("member.inviter") }
      // Some are seen by more than one.
      let first = kinds.count
      for _ in 0..<(random.chance(40) ? 1 : 2) where !witnesses.isEmpty {
        let witness = random.one(witnesses)
        witnesses.removeAll { $0 == witness }
        kinds.append(
          RandomKind(
            name: "seen_\(kinds.count)", spelling: "", attributes: declared.attributes, seen: (kind: kind, by: witness))
        )
      }
      if kinds.count > first + 1, random.chance(70) { sets.append(("both_\(first)", [first, first + 1], nil)) }
    }
  }

  /// A set of events whose condition reads what kinds beside them in a pattern do not have.
  private mutating func addSetOfAttribute(_ random: inout RandomBits) {
    let own = kinds.indices.filter { !kinds[$0].isAnonymous && random.chance(40) }
    let conditions = attributes(of: own).compactMap { attribute -> String? in
      let name = "event.\(attribute.name)"
      return switch attribute.type {
      case .int: attribute.isOptional ? "(\(name) ?? 0) > 2" : "\(name) > 2"
      case .text: attribute.isOptional ? "(\(name) ?? \"\") != \"red\"" : "\(name) != \"red\""
      case .member, .item: attribute.isOptional ? "\(name) is not missing" : nil
      default: nil
      }
    }
    if own.isEmpty || conditions.isEmpty || random.chance(50) { return }
    sets.append(("of_some", own, random.one(conditions)))
  }
}
