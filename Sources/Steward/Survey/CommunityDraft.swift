// A `community` block on its way to text: what every table and kind is declared as, and what is said about it.

/// A `community` block that was guessed.
public struct CommunityDraft: Sendable {
  /// A table with its columns.
  struct Table: Sendable {
    var paths: [String]
    var rows: Int
    var columns: [ColumnGuess]
    var note = Wording("")
  }
  /// Kinds with the same attributes.
  struct Kinds: Sendable {
    var kinds: [(name: String, spelling: String, rows: Int)]
    var attributes: [ColumnGuess]
    var isAnonymous: Bool
  }
  struct Records: Sendable {
    var name: String
    var table: Table
  }

  var name: String
  var starts: (day: Int32, why: Wording)?
  /// With how many rows do not fit; nil where all do.
  var badRows: Int?
  /// - Missing: members are found in the events.
  var members: Table?
  var events: Table?
  var kinds: [Kinds] = []
  var content: Table?
  var records: [Records] = []
  /// What the block says nothing of.
  var leftOut: [(what: String, why: Wording)] = []
  /// Whether times have an offset of their own.
  var hasOffsets = false
  /// What a person should look at first.
  var doubts: [Wording] = []
  /// The file whose many unknown ids are among the doubts, and in how many rows they stand.
  var isToldOfIds: (file: String, rows: Int)?
  /// Attributes of some kinds, for what is said about them.
  var attributeNotes: [ColumnGuess] = []
  /// The last day that is not far behind all others. - Missing: no day is.
  var newestDay: Int32?
  /// Names that rules may not use again.
  var taken: Set<String> = []

  var kindCount: Int { kinds.reduce(0) { $0 + $1.kinds.count } }
}

/// Makes a draft of what tables are.
struct CommunityDrafting {
  let finder: RoleFinder
  let roles: SurveyRoles
  /// Of members' columns, kinds and records, which share one name space.
  private var namer = Namer()
  var draft: CommunityDraft

  var tables: [SurveyTable] { finder.tables }

  init(_ finder: RoleFinder, _ roles: SurveyRoles, name: String) {
    self.finder = finder
    self.roles = roles
    draft = CommunityDraft(name: name)
  }

  /// - Missing: there are neither members nor events.
  static func draft(_ finder: RoleFinder, _ roles: SurveyRoles, name: String) -> CommunityDraft? {
    guard roles.members != nil || roles.events != nil else { return nil }
    var drafting = CommunityDrafting(finder, roles, name: name)
    drafting.draftMembers()
    drafting.draftEvents()
    drafting.draftContent()
    drafting.draftRecords()
    drafting.noteLeftOut()
    drafting.noteFarIds()
    drafting.draft.taken = drafting.namer.taken
    return drafting.draft
  }

  private func guesser(_ index: Int) -> ColumnGuesser {
    ColumnGuesser(table: tables[index], index: index, finder: finder, roles: roles)
  }

  private func rowsNote(_ index: Int) -> Wording {
    let rows = Grouped.text(tables[index].rows)
    var parts = [Wording(en: "\(rows) row\(tables[index].rows == 1 ? "" : "s")", zh: "\(rows) 行")]
    for file in tables[index].files {
      switch file.encoding {
      case .gb18030: parts.append(Wording(en: "in GB18030, as Excel writes it", zh: "编码为 GB18030（Excel 常用）"))
      case .utf16: parts.append(Wording(en: "in UTF-16", zh: "编码为 UTF-16"))
      case .utf8: continue
      }
      break
    }
    return Wording.list(parts)
  }

  // MARK: Members

  private mutating func draftMembers() {
    guard let index = roles.members else {
      namer.keep("id")
      namer.keep("joined")
      return
    }
    let table = tables[index]
    let joined = role(index, ColumnNames.joined)
    let left = role(index, ColumnNames.left, otherThan: joined)
    // Columns of these names that are no dates mean something else.
    namer.keep("joined")
    namer.keep("left")
    var columns: [ColumnGuess] = []
    for column in table.names.indices {
      if column == table.key {
        columns.append(key(index, column, name: namer.name(table.names[column], prefix: "id")))
        if guesser(index).isPrivate(column) { noteShownKey(index, column) }
        continue
      }
      let role = column == joined ? "joined" : column == left ? "left" : nil
      let name = role ?? namer.name(table.names[column], prefix: "member")
      var guess = guesser(index).guess(column, name: name)
      if let role, role != guess.spelling {
        let words =
          role == "joined"
          ? Wording(en: "guess: when they joined", zh: "猜测：加入的时间")
          : Wording(en: "guess: when they left", zh: "猜测：离开的时间")
        guess.comment = Wording.list([words, guess.comment])
      }
      columns.append(guess)
    }
    if joined == nil, let unread = unreadJoined(index) {
      draft.doubts.append(unread)
    } else if joined == nil {
      draft.doubts.append(
        Wording(
          en: "no column says when members joined; without `joined` everybody is present from the first day",
          zh: "没有一列说明加入时间；没有 `joined` 时，所有人从第一天起就算在场"))
    }
    draft.members = CommunityDraft.Table(
      paths: table.paths, rows: table.rows, columns: columns, note: rowsNote(index))
  }

  private func key(_ index: Int, _ column: Int, name: String) -> ColumnGuess {
    var key = ColumnGuess(
      column: column, name: name, spelling: tables[index].names[column], form: .text, isKey: true)
    key.comment = keyComment(index, column)
    return key
  }

  /// The column of dates or times that has one of some names, the likeliest first.
  private func role(_ index: Int, _ names: [String], otherThan taken: Int? = nil) -> Int? {
    let table = tables[index]
    let able = table.names.indices.compactMap { column -> (Int, Int)? in
      guard column != taken, column != table.key, let rank = ColumnNames.place(of: table.names[column], in: names)
      else {
        return nil
      }
      if table.profiles[column].filled == 0 { return nil }
      switch guesser(index).guess(column, name: "").form {
      case .date, .time: return (column, rank)
      default: return nil
      }
    }
    return able.min { $0.1 < $1.1 }?.0
  }

  // MARK: Events

  private mutating func draftEvents() {
    guard let own = roles.events else { return }
    let table = tables[own.table]
    var attributeNames = Namer(taken: ["member", "at", "kind"])
    var columns: [ColumnGuess] = []
    var attributes: [ColumnGuess] = []
    for column in table.names.indices {
      let spelling = table.names[column]
      if column == table.key, column != own.kind, column != own.at, ColumnNames.keyRank(spelling, column) > 10 {
        let name = attributeNames.name(spelling, prefix: "event")
        columns.append(key(own.table, column, name: name))
        continue
      }
      guard let guess = roleColumn(column, own) else {
        if table.profiles[column].filled == 0, table.rows > 0 {
          let why = Wording(en: "empty in every row", zh: "每一行都为空")
          draft.leftOut.append(("`\(spelling)`, \(table.paths[0])", why))
          continue
        }
        let name = attributeNames.name(spelling, prefix: "event")
        attributes.append(guesser(own.table).guess(column, name: name, ofKind: true))
        continue
      }
      columns.append(guess)
    }
    draft.events = CommunityDraft.Table(
      paths: table.paths, rows: table.rows, columns: columns, note: rowsNote(own.table))
    // Every table says by whom, so that the column itself cannot be private.
    if roles.members == nil, guesser(own.table).isPrivate(own.member) { noteShownKey(own.table, own.member) }
    draft.hasOffsets = table.shapes[own.at].zoned * 2 > table.shapes[own.at].times
    draftKinds(own, attributes)
    draftStarts(own)
    if !own.isKindNamed {
      draft.doubts.append(
        Wording(
          en: "no column is called a kind; `\(table.names[own.kind])` has few values and stands for it",
          zh: "没有一列像“种类”；先用取值不多的“\(table.names[own.kind])”代替"))
    }
  }

  /// One of the columns that every event has.
  private func roleColumn(_ column: Int, _ own: SurveyRoles.EventRoles) -> ColumnGuess? {
    let table = tables[own.table]
    let spelling = table.names[column]
    let span = guesser(own.table).span(table.shapes[column])
    switch column {
    case own.member:
      let missed = roles.members.map { table.profiles[column].filled - finder.hits(own.table, column, of: $0) } ?? 0
      let empty = table.profiles[column].empty
      var parts = [Wording(en: "who did it", zh: "谁做的")]
      if missed > 0 {
        parts.append(
          Wording(
            en: "\(Grouped.text(missed)) \(missed == 1 ? "row names" : "rows name") nobody in the members' file",
            zh: "\(Grouped.text(missed)) 行在成员表里找不到"))
      }
      if empty > 0 { parts.append(Wording(en: "empty in \(Grouped.text(empty))", zh: "有 \(Grouped.text(empty)) 行没有填")) }
      return ColumnGuess(
        column: column, name: "member", spelling: spelling, form: .member, comment: Wording.list(parts))
    case own.at: return ColumnGuess(column: column, name: "at", spelling: spelling, form: .time, comment: span)
    case own.kind:
      let kinds = table.profiles[column].distinct ?? 0
      return ColumnGuess(
        column: column, name: "kind", spelling: spelling, form: .text,
        comment: Wording(en: "\(kinds) kind\(kinds == 1 ? "" : "s")", zh: "\(kinds) 种"))
    default: return nil
    }
  }

  /// The kinds, those with the same attributes together, the most frequent first.
  private mutating func draftKinds(_ own: SurveyRoles.EventRoles, _ attributes: [ColumnGuess]) {
    let table = tables[own.table]
    guard let look = finder.looks[own.table] else { return }
    let values = table.profiles[own.kind].frequent()
    var groups: [CommunityDraft.Kinds] = []
    for (index, value) in values.enumerated() where look.kindRows.indices.contains(index) {
      let rows = look.kindRows[index]
      let filled = look.kindFilled[index]
      var had: [ColumnGuess] = []
      for attribute in attributes where filled[attribute.column] > 0 {
        var attribute = attribute
        attribute.isOptional = filled[attribute.column] < rows
        if case .list = attribute.form { attribute.isOptional = false }
        attribute.comment = Wording("")
        had.append(attribute)
      }
      let isAnonymous = filled[own.member] * 20 < rows
      let name = namer.name(value.value, prefix: "event")
      let same = groups.firstIndex { group in
        group.isAnonymous == isAnonymous && group.attributes.count == had.count
          && had.indices.allSatisfy {
            group.attributes[$0].column == had[$0].column && group.attributes[$0].isOptional == had[$0].isOptional
          }
      }
      if let same {
        groups[same].kinds.append((name, value.value, rows))
      } else {
        groups.append(
          CommunityDraft.Kinds(kinds: [(name, value.value, rows)], attributes: had, isAnonymous: isAnonymous))
      }
    }
    draft.kinds = groups
    shareAttributes(attributes)
  }

  /// What every kind has stands in the events' own block.
  private mutating func shareAttributes(_ attributes: [ColumnGuess]) {
    for attribute in attributes {
      let had = draft.kinds.map { group in group.attributes.first { $0.column == attribute.column } }
      guard let first = had.first, let first, had.allSatisfy({ $0?.isOptional == first.isOptional }) else {
        continue
      }
      var shared = attribute
      shared.isOptional = first.isOptional
      draft.events?.columns.append(shared)
      for index in draft.kinds.indices { draft.kinds[index].attributes.removeAll { $0.column == attribute.column } }
    }
    draft.attributeNotes = attributes.filter { attribute in
      draft.kinds.contains { $0.attributes.contains { $0.column == attribute.column } }
    }
  }

  /// A first day, where a few rows lie years before all others.
  private mutating func draftStarts(_ own: SurveyRoles.EventRoles) {
    guard let days = finder.looks[own.table]?.days, days.count > 1 else { return }
    let sorted = days.keys.sorted()
    let all = days.values.reduce(0, +)
    var before = 0
    var after = all
    for index in sorted.indices.dropFirst() {
      let count = days[sorted[index - 1]] ?? 0
      before += count
      after -= count
      guard sorted[index] - sorted[index - 1] > 365 else { continue }
      let gap = (CivilDate(dayNumber: sorted[index - 1]).text, CivilDate(dayNumber: sorted[index]).text)
      if before * 100 <= all {
        draft.starts = (
          sorted[index],
          Wording(
            en:
              "\(Grouped.text(before)) \(before == 1 ? "row lies" : "rows lie") more than a year before, up to \(gap.0)",
            zh: "有 \(Grouped.text(before)) 行早了一年以上（最晚 \(gap.0)）")
        )
      } else if after * 100 <= all {
        draft.doubts.append(
          Wording(
            en:
              "\(Grouped.text(after)) \(after == 1 ? "row is" : "rows are") dated \(gap.1) or later, more than a year "
              + "after all others; run with `--as-of \(gap.0)`",
            zh: "有 \(Grouped.text(after)) 行的日期在 \(gap.1) 或更晚，比其他行晚一年以上；运行时请加 `--as-of \(gap.0)`"))
        draft.newestDay = draft.newestDay ?? sorted[index - 1]
      }
    }
  }

  // MARK: Content, records, the rest

  private mutating func draftContent() {
    guard let index = roles.content else { return }
    let table = tables[index]
    var names = Namer()
    let columns = table.names.indices.map { column in
      column == table.key
        ? key(index, column, name: names.name(table.names[column], prefix: "id"))
        : guesser(index).guess(column, name: names.name(table.names[column], prefix: "item"))
    }
    draft.content = CommunityDraft.Table(
      paths: table.paths, rows: table.rows, columns: columns, note: rowsNote(index))
  }

  private mutating func draftRecords() {
    for index in roles.records {
      let table = tables[index]
      guard let at = RoleFinder.time(of: table) else { continue }
      var names = Namer(taken: ["at", "member", "kind"])
      var columns: [ColumnGuess] = []
      for column in table.names.indices {
        if column == at {
          let span = guesser(index).span(table.shapes[column])
          columns.append(
            ColumnGuess(column: column, name: "at", spelling: table.names[column], form: .time, comment: span))
        } else {
          let name = names.name(table.names[column], prefix: "record")
          columns.append(guesser(index).guess(column, name: name))
        }
      }
      var note = rowsNote(index)
      if columns.contains(where: { $0.form == .member }) {
        note = Wording.list([
          note,
          Wording(
            en: "for the community alone: records belong to no member", zh: "只按整个社群计：记录不属于成员"),
        ])
        draft.doubts.append(recordsDoubt(index))
      }
      draft.records.append(
        CommunityDraft.Records(
          name: namer.name(table.stem, prefix: "records"),
          table: CommunityDraft.Table(paths: table.paths, rows: table.rows, columns: columns, note: note)))
    }
  }
}
