// Which table is which: members, events, content, records. Every sign is worth some points, and the table with most of them
// is taken; signs are names of files and columns, what refers to what, and what a role cannot do without.

/// What a folder's tables are.
struct SurveyRoles: Sendable {
  /// By place in the list of tables.
  var members: Int?
  var events: EventRoles?
  var content: Int?
  var records: [Int] = []
  /// Tables with no place in a community, with the reason.
  var unused: [(table: Int, why: Wording)] = []
  /// Tables of times in a form that is not read.
  var unread: [(table: Int, column: Int, time: UnreadTime)] = []

  /// The columns of the events table that every event has.
  struct EventRoles: Sendable {
    var table: Int
    var member: Int
    var at: Int
    var kind: Int
    /// Whether the kinds' column is so called; else it is a mere guess.
    var isKindNamed: Bool
  }
}

/// Decides on the tables.
struct RoleFinder {
  private(set) var tables: [SurveyTable]
  /// The columns that may be keys, in the order of `TableLook.hits`.
  private let targets: [(table: Int, column: Int)]
  /// Their ids.
  private let ids: [IdTable]
  private(set) var looks: [TableLook?] = []
  private(set) var plans: [LookPlan] = []

  /// Reads every table once more.
  init(_ tables: [SurveyTable], _ reader: SurveyReader) {
    self.tables = tables
    targets = tables.indices.filter { tables[$0].isTarget }.flatMap { index in
      tables[index].candidates.prefix(3).map { (table: index, column: $0) }
    }
    let ids = targets.map { IdTable(tables[$0.table].profiles[$0.column].keys?.all() ?? []) }
    self.ids = ids
    for table in tables {
      let (kind, time) = (RoleFinder.kind(of: table)?.column, RoleFinder.time(of: table))
      plans.append(LookPlan(table, kind: kind, time: time, targets: ids))
      looks.append(reader.look(table, kind: kind, time: time, targets: ids))
    }
    for index in tables.indices where tables[index].isTarget && tables[index].candidates.count > 1 { chooseKey(index) }
  }

  /// Of several columns that could be the key, the one that other tables refer to.
  private mutating func chooseKey(_ index: Int) {
    let table = tables[index]
    let isOfMembers = ColumnNames.stem(table.stem, has: ColumnNames.memberFiles)
    var best: (column: Int, score: Double, by: Wording?) = (table.candidates[0], 0, nil)
    for candidate in table.candidates.prefix(3) {
      // Ids of people in a table of other things refer to people.
      if !isOfMembers, candidate != table.key,
        ColumnNames.place(of: table.names[candidate], in: ColumnNames.member) != nil,
        tables.contains(where: { ColumnNames.stem($0.stem, has: ColumnNames.memberFiles) })
      {
        continue
      }
      guard let own = targets.firstIndex(where: { $0.table == index && $0.column == candidate }) else { continue }
      for other in tables.indices where other != index {
        for (place, column) in plans[other].references.enumerated() {
          let name = tables[other].names[column]
          let share =
            Double(looks[other]?.hits[place][own] ?? 0) / Double(max(1, tables[other].profiles[column].filled))
          guard share >= 0.5, column != tables[other].key else { continue }
          let isMeant = ColumnNames.means(name, key: table.names[candidate], stem: table.stem)
          let score = share + (isMeant ? 0.5 : 0)
          if score > best.score + 0.01 { best = (candidate, score, named(name, tables[other].paths[0])) }
        }
      }
    }
    if best.column != table.key { tables[index].referredBy = best.by }
    tables[index].key = best.column
  }

  private func named(_ column: String, _ file: String) -> Wording {
    Wording(en: "`\(BlockText.oneLine(column))` of \(file)", zh: "\(file) 的“\(BlockText.oneLine(column))”")
  }

  /// The place of a table's key among the targets.
  private func target(_ table: Int) -> Int? {
    targets.firstIndex { $0.table == table && $0.column == tables[table].key }
  }

  /// The roles of the tables. Where another column than one called so stands for the kinds, its table is read once more.
  mutating func settledRoles(_ reader: SurveyReader) -> SurveyRoles {
    let roles = roles()
    if let events = roles.events, plans[events.table].kind != events.kind {
      let table = tables[events.table]
      plans[events.table] = LookPlan(table, kind: events.kind, time: events.at, targets: ids)
      looks[events.table] = reader.look(table, kind: events.kind, time: events.at, targets: ids)
    }
    return roles
  }

  /// The share of a column's fields that are ids of a table; 0 if that cannot be.
  func share(_ table: Int, _ column: Int, of target: Int) -> Double {
    guard let place = plans[table].references.firstIndex(of: column), let own = self.target(target),
      let hits = looks[table]?.hits[place][own]
    else { return 0 }
    return Double(hits) / Double(max(1, tables[table].profiles[column].filled))
  }

  func hits(_ table: Int, _ column: Int, of target: Int) -> Int {
    guard let place = plans[table].references.firstIndex(of: column), let own = self.target(target) else {
      return 0
    }
    return looks[table]?.hits[place][own] ?? 0
  }

  private func roles() -> SurveyRoles {
    var roles = SurveyRoles()
    roles.members = best(tables.indices.filter { tables[$0].key != nil }, least: 4) { membersScore($0) }
    let candidates = tables.indices.compactMap { index -> (SurveyRoles.EventRoles, Double)? in
      guard index != roles.members, let found = eventRoles(index, members: roles.members) else { return nil }
      return (found, eventsScore(found, members: roles.members))
    }
    roles.events = candidates.max { $0.1 < $1.1 }?.0
    let others = tables.indices.filter { $0 != roles.members && $0 != roles.events?.table && tables[$0].key != nil }
    roles.content = best(others, least: 5) { contentScore($0, roles) }
    for index in tables.indices
    where index != roles.members && index != roles.events?.table && index != roles.content {
      if RoleFinder.time(of: tables[index]) != nil, isRecords(index) {
        roles.records.append(index)
      } else {
        roles.unused.append((index, reason(index, roles)))
        if let found = UnreadTime.column(of: tables[index]), tables[index].rows > 0, index != roles.members {
          roles.unread.append((index, found.column, found.time))
        }
      }
    }
    return roles
  }

  private func best(_ indices: [Int], least: Double, _ score: (Int) -> Double) -> Int? {
    indices.map { ($0, score($0)) }.filter { $0.1 >= least }.max { $0.1 < $1.1 }?.0
  }

  // MARK: Members

  private func membersScore(_ index: Int) -> Double {
    let table = tables[index]
    guard let key = table.key else { return 0 }
    var score = 0.0
    let isNamed = ColumnNames.stem(table.stem, has: ColumnNames.memberFiles)
    if isNamed { score += 6 }
    if ColumnNames.isMembersFile(table.stem) { score += 4 }
    if ColumnNames.stem(table.stem, has: ColumnNames.eventFiles) { score -= 5 }
    if ColumnNames.stem(table.stem, has: ColumnNames.contentFiles) { score -= 6 }
    let name = table.names[key]
    if ColumnNames.place(of: name, in: ColumnNames.member) != nil { score += 5 }
    if table.names.contains(where: { ColumnNames.place(of: $0, in: ColumnNames.joined) != nil }) { score += 2 }
    if table.names.contains(where: ColumnNames.isPrivate) { score += 2 }
    if refersByName(to: index) { score += 3 }
    let hasDoer = table.names.indices.contains { column in
      column != key && ColumnNames.place(of: table.names[column], in: ColumnNames.member) != nil
        && !(isNamed && table.candidates.contains(column))
    }
    if hasDoer, RoleFinder.kind(of: table) != nil || RoleFinder.time(of: table) != nil { score -= 8 }
    return score
  }

  /// Whether another table has a column that is called after this one or its key.
  private func refersByName(to index: Int) -> Bool {
    guard let key = tables[index].key else { return false }
    let (name, stem) = (tables[index].names[key], tables[index].stem)
    return tables.indices.contains { other in
      other != index
        && tables[other].names.indices.contains { column in
          column != tables[other].key && ColumnNames.means(tables[other].names[column], key: name, stem: stem)
        }
    }
  }

  // MARK: Events

  /// The column of kinds: of few values, never empty, called one.
  static func kind(of table: SurveyTable) -> (column: Int, rank: Int)? {
    let able = table.names.indices.compactMap { column -> (column: Int, rank: Int)? in
      guard let rank = ColumnNames.place(of: table.names[column], in: ColumnNames.kind),
        mayBeKind(table, column, most: EventSchema.mostKinds)
      else { return nil }
      return (column, rank)
    }
    return able.min { $0.rank < $1.rank }
  }

  private static func mayBeKind(_ table: SurveyTable, _ column: Int, most: Int) -> Bool {
    let profile = table.profiles[column]
    let shape = table.shapes[column]
    guard let distinct = profile.distinct, profile.filled > 0, distinct <= most, column != table.key else {
      return false
    }
    return profile.filled * 5 >= table.rows * 4 && shape.longest <= 64 && shape.times == shape.ints
      && shape.arrays == 0
      && shape.broken == 0 && shape.numbers == shape.ints
  }

  /// The time column: by its name, else the first that is never empty.
  static func time(of table: SurveyTable) -> Int? {
    let able = table.names.indices.filter { column in
      let profile = table.profiles[column]
      return profile.filled > 0 && table.shapes[column].times * 100 >= profile.filled * 99
        && table.shapes[column].numbers == 0 && profile.filled * 100 >= table.rows * 95
    }
    let named = able.min { left, right in
      rank(table.names[left], ColumnNames.at) < rank(table.names[right], ColumnNames.at)
    }
    return named
  }

  private static func rank(_ name: String, _ roles: [String]) -> Int {
    ColumnNames.place(of: name, in: roles) ?? roles.count
  }

  /// The columns that events must have, if a table has them.
  private func eventRoles(_ index: Int, members: Int?) -> SurveyRoles.EventRoles? {
    let table = tables[index]
    guard let at = RoleFinder.time(of: table), let member = doer(index, members: members) else { return nil }
    if let named = RoleFinder.kind(of: table), named.column != member {
      return SurveyRoles.EventRoles(table: index, member: member, at: at, kind: named.column, isKindNamed: true)
    }
    let others = table.names.indices.filter { column in
      guard column != member, column != at, RoleFinder.mayBeKind(table, column, most: 30) else { return false }
      return table.shapes[column].numbers == 0 && table.shapes[column].bools == 0
        && table.profiles[column].empty == 0 && table.profiles[column].distinct != 1
        && table.rows >= 3 * (table.profiles[column].distinct ?? .max)
        && !ColumnNames.isPrivate(table.names[column])
    }
    guard let guess = others.min(by: { table.profiles[$0].counts.count < table.profiles[$1].counts.count }) else {
      return nil
    }
    return SurveyRoles.EventRoles(table: index, member: member, at: at, kind: guess, isKindNamed: false)
  }

  /// The column that says who did it.
  private func doer(_ index: Int, members: Int?) -> Int? {
    let table = tables[index]
    var found: (column: Int, score: Double)?
    for column in table.names.indices where column != table.key && table.profiles[column].filled > 0 {
      if table.shapes[column].times > table.shapes[column].ints { continue }
      let name = table.names[column]
      var score = 0.0
      if let place = ColumnNames.place(of: name, in: ColumnNames.member) { score += 8 - Double(place) * 0.02 }
      if let members, let key = tables[members].key {
        if ColumnNames.means(name, key: tables[members].names[key], stem: tables[members].stem) { score += 6 }
        let share = share(index, column, of: members)
        // Where names say so, the ids are merely written otherwise.
        if share < 0.5, RoleFinder.kind(of: table) == nil || ColumnNames.place(of: name, in: ColumnNames.member) == nil
        {
          continue
        }
        score += share >= 0.95 ? 8 : share >= 0.5 ? 2 : 0
      }
      // Who did it is said for most events.
      if table.profiles[column].filled * 2 < table.rows { score -= 4 }
      if score >= 6, score > found?.score ?? 0 { found = (column, score) }
    }
    return found?.column
  }

  private func eventsScore(_ roles: SurveyRoles.EventRoles, members: Int?) -> Double {
    let table = tables[roles.table]
    var score = roles.isKindNamed ? 6.0 : 0
    if ColumnNames.stem(table.stem, has: ColumnNames.eventFiles) { score += 5 }
    if ColumnNames.stem(table.stem, has: ColumnNames.contentFiles) { score -= 3 }
    if table.key != nil, refersByName(to: roles.table) { score -= 4 }
    var rows = table.rows
    while rows > 1 {
      score += 0.1
      rows /= 2
    }
    return score
  }

  // MARK: Content and records

  private func contentScore(_ index: Int, _ roles: SurveyRoles) -> Double {
    let table = tables[index]
    guard let key = table.key else { return 0 }
    var score = 0.0
    if ColumnNames.stem(table.stem, has: ColumnNames.contentFiles) { score += 5 }
    guard let events = roles.events?.table else { return score }
    for column in tables[events].names.indices where column != roles.events?.member {
      let share = share(events, column, of: index)
      let isMeant = ColumnNames.means(tables[events].names[column], key: table.names[key], stem: table.stem)
      if share >= 0.9, isMeant { return score + 8 }
      if share >= 0.9, tables[events].shapes[column].numbers == 0, !isMembers(events, column, roles) { score += 6 }
    }
    return score
  }

  private func isMembers(_ table: Int, _ column: Int, _ roles: SurveyRoles) -> Bool {
    guard let members = roles.members else { return false }
    return share(table, column, of: members) >= 0.9
  }

  /// Timed rows that nothing refers to.
  private func isRecords(_ index: Int) -> Bool {
    let table = tables[index]
    guard let key = table.key else { return true }
    return !refersByName(to: index) && (table.names.count > 2 || ColumnNames.mayRefer(table.names[key]))
  }

  private func reason(_ index: Int, _ roles: SurveyRoles) -> Wording {
    let table = tables[index]
    if table.rows == 0, table.faults > 0 {
      return Wording(en: "none of its rows can be read", zh: "没有一行读得出来")
    }
    if table.rows == 0 { return Wording(en: "it has no rows", zh: "没有数据行") }
    if let found = UnreadTime.column(of: table) { return found.time.words(table, found.column) }
    return Wording(
      en: "neither members, nor timed rows, nor items that events refer to",
      zh: "既不是成员，也没有时间列，也不是事件所指的内容")
  }
}
