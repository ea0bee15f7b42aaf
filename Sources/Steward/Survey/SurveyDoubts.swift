// What a draft tells of ids that do not meet, of keys that could be others, and of files that were left out.

extension CommunityDrafting {
  /// Why a column is the key, and which other could be it.
  func keyComment(_ index: Int, _ column: Int) -> Wording {
    let table = tables[index]
    let twice = table.profiles[column].keys?.twice ?? 0
    if twice > 0 {
      return Wording(
        en: "\(Grouped.text(twice)) row\(twice == 1 ? " repeats" : "s repeat") another's",
        zh: "\(Grouped.text(twice)) 行与别的行重复")
    }
    let other = table.candidates.first { $0 != column && ColumnNames.mayBeKey(table.names[$0]) }
    guard index == roles.members, let other else { return Wording(en: "no two rows share it", zh: "每行都不同") }
    let name = BlockText.oneLine(table.names[other])
    guard let by = table.referredBy else {
      return Wording(en: "no two rows share it, nor `\(name)`", zh: "每行都不同；“\(name)”也是")
    }
    return Wording(
      en: "no two rows share it, nor `\(name)`; \(by.english) refers to this one",
      zh: "每行都不同；“\(name)”也是，但 \(by.chinese)指的是这一列")
  }

  /// Keys stand in every list of members.
  mutating func noteShownKey(_ index: Int, _ column: Int) {
    let name = tables[index].names[column]
    draft.doubts.append(
      Wording(
        en: "`\(name)` of \(tables[index].paths[0]) looks private but tells members apart, so every list of members "
          + "shows it; export an id that says nothing to have it hidden",
        zh: "\(tables[index].paths[0]) 的“\(name)”像是隐私，但成员靠它区分，所有成员名单都会显示；想不显示，请导出一列不透露身份的编号"))
  }

  /// A column that would say when members joined, if it could be read.
  func unreadJoined(_ index: Int) -> Wording? {
    let table = tables[index]
    for column in table.names.indices where ColumnNames.place(of: table.names[column], in: ColumnNames.joined) != nil {
      guard let time = UnreadTime(table.profiles[column], table.shapes[column]) else { continue }
      let words = time.words(table, column)
      return Wording(
        en: "\(table.paths[0]): \(words.english); until then everybody is present from the first day",
        zh: "\(table.paths[0])：\(words.chinese)；在此之前，所有人从第一天起就算在场")
    }
    return nil
  }

  /// Why a file that names members is read as records.
  func recordsDoubt(_ index: Int) -> Wording {
    let table = tables[index]
    let named = table.names.indices.first { ColumnNames.place(of: table.names[$0], in: ColumnNames.kind) != nil }
    guard let kind = RoleFinder.kind(of: table), let events = roles.events else {
      if let named, let fault = kindFault(table, named) {
        let name = table.names[named]
        return Wording(
          en:
            "\(table.paths[0]) names members, but its `\(name)` cannot be the kind of event, for \(fault.english), so it "
            + "is read as records",
          zh: "\(table.paths[0]) 有成员，但“\(name)”不能当种类：\(fault.chinese)，只能当作记录")
      }
      return Wording(
        en: "\(table.paths[0]) names members but has no column of kinds, so it is read as records; put it into one "
          + "events file with a column `kind` to write rules on it",
        zh: "\(table.paths[0]) 有成员却没有“种类”列，只能当作记录；想给它写规则，请把它并入一个带 `kind` 列的事件文件")
    }
    let other = tables[events.table]
    let kindName = table.names[kind.column]
    let differs = table.names.filter { !other.names.contains($0) } + other.names.filter { !table.names.contains($0) }
    let names = differs.prefix(3).map { "`\(BlockText.oneLine($0))`" }
    guard !names.isEmpty else {
      return Wording(
        en: "\(table.paths[0]) has kinds too (`\(kindName)`), but a community has one table of events, and "
          + "\(other.paths[0]) is in another format; put both into one format to write rules on it",
        zh: "\(table.paths[0]) 也有种类（“\(kindName)”），但一个社群只有一张事件表，而 \(other.paths[0]) 是另一种格式；想给它写规则，请统一成一种格式")
    }
    return Wording(
      en: "\(table.paths[0]) has kinds too (`\(kindName)`), but other columns than \(other.paths[0]) "
        + "(\(names.joined(separator: ", "))), so it is read as records; give both the same columns to write rules on it",
      zh: "\(table.paths[0]) 也有种类（“\(kindName)”），但列与 \(other.paths[0]) 不同（\(names.joined(separator: "、"))），"
        + "只能当作记录；想给它写规则，请让两者的列相同")
  }

  /// Why a column that is called a kind is none.
  private func kindFault(_ table: SurveyTable, _ column: Int) -> Wording? {
    let (profile, shape) = (table.profiles[column], table.shapes[column])
    if shape.broken > 0 { return Wording(en: "it has line breaks", zh: "里面有换行") }
    if shape.longest > 64 { return Wording(en: "its texts are long", zh: "文字太长") }
    if shape.arrays > 0 { return Wording(en: "it has lists", zh: "里面是列表") }
    if profile.empty * 5 > table.rows { return Wording(en: "it is empty in many rows", zh: "很多行没有填") }
    if (profile.distinct ?? .max) > EventSchema.mostKinds {
      return Wording(en: "it has too many values", zh: "取值太多")
    }
    return nil
  }

  /// Ids of an events file that are none of the members, with one of them and what it may have meant.
  mutating func noteFarIds() {
    guard let own = roles.events, let members = roles.members, let key = tables[members].key else { return }
    let table = tables[own.table]
    let filled = table.profiles[own.member].filled
    let hits = finder.hits(own.table, own.member, of: members)
    guard filled > 0, hits * 5 < filled * 4 else { return }
    let ids = tables[members].profiles[key].keys?.all() ?? []
    let known = Set(ids)
    let strangers = table.profiles[own.member].frequent().map(\.value).filter { !known.contains($0) }
    var near: (id: String, like: String)?
    for stranger in strangers.prefix(3) {
      let folded = CommunityDrafting.foldedId(stranger)
      if let like = ids.first(where: { CommunityDrafting.foldedId($0) == folded }) {
        near = (stranger, like)
        break
      }
    }
    let example = near?.id ?? strangers.first ?? ""
    let (name, file) = (table.names[own.member], table.paths[0])
    draft.isToldOfIds = (file, filled - hits)
    draft.doubts.insert(
      Wording(
        en:
          "`\(name)` of \(file): \(Grouped.text(hits)) of \(Grouped.text(filled)) are ids of \(tables[members].paths[0])"
          + (example.isEmpty ? "" : ", e.g. not `\(example)`") + (near.map { "; near `\($0.like)`" } ?? "")
          + "; \(hits == 0 ? "all" : "the other") rows are skipped until both are written alike",
        zh:
          "\(file) 的“\(name)”：\(Grouped.text(filled)) 个里\(hits == 0 ? "没有一个" : "只有 \(Grouped.text(hits)) 个")是 \(tables[members].paths[0]) 的编号"
          + (example.isEmpty ? "" : "，例如没有“\(example)”") + (near.map { "，相近的是“\($0.like)”" } ?? "")
          + "；在两边写法一致之前，\(hits == 0 ? "所有" : "其余")的行都会被略过"),
      at: 0)
    if hits == 0 { draft.newestDay = draft.newestDay ?? finder.looks[own.table]?.days.keys.max() }
  }

  /// An id without what spreadsheets and databases do to it: case, `.0`, zeros and blanks in front.
  private static func foldedId(_ id: String) -> Substring {
    var text = id.lowercased().filter { !$0.isWhitespace && $0 != "-" && $0 != "_" }[...]
    if text.hasSuffix(".0") { text = text.dropLast(2) }
    while text.count > 1, text.first == "0" { text = text.dropFirst() }
    return text
  }

  /// Files and columns that the block says nothing of.
  mutating func noteLeftOut() {
    for (table, column, time) in roles.unread {
      let words = time.words(tables[table], column)
      let file = tables[table].paths[0]
      draft.doubts.append(
        Wording(en: "\(file) is left out, for \(words.english)", zh: "\(file) 没有用到，因为\(words.chinese)"))
    }
    for (index, why) in roles.unused {
      let isUnread = roles.unread.contains { $0.table == index }
      let reason = isUnread ? Wording(en: "its times are in a form that is not read", zh: "里面的时间读不了") : why
      draft.leftOut.append((tables[index].shownPaths, reason))
    }
    for table in tables {
      for (path, other) in table.copies {
        draft.leftOut.append((path, Wording(en: "the same content as \(other)", zh: "内容与 \(other) 相同")))
      }
      for (path, other) in table.rivals {
        draft.doubts.append(
          Wording(
            en: "\(path) and \(other) look like one export at two times, and both are read: remove the older one",
            zh: "\(path) 和 \(other) 像是同一份数据先后导出的两份，现在两份都读：请删掉旧的"))
      }
      for (name, why) in table.leftOut { draft.leftOut.append(("`\(name)`, \(table.paths[0])", why)) }
    }
  }
}

extension RoleFinder {
  /// Why nothing came of any table.
  func reasons(_ roles: SurveyRoles) -> [(what: String, why: Wording)] {
    let untold = roles.records + [roles.content].compactMap(\.self)
    return (roles.unused + untold.map { ($0, lack($0)) }).map { (tables[$0.0].shownPaths, $0.1) }
  }

  /// What a table lacks to be one of events.
  private func lack(_ index: Int) -> Wording {
    let table = tables[index]
    let who = table.names.first { ColumnNames.place(of: $0, in: ColumnNames.member) != nil }
    let hasKind = RoleFinder.kind(of: table) != nil
    guard let time = RoleFinder.time(of: table) else {
      return Wording(en: "no column says when", zh: "没有一列说明“何时”")
    }
    let when = table.names[time]
    switch (who, hasKind) {
    case (let who?, false):
      return Wording(
        en:
          "`\(who)` says who and `\(when)` when, but no column says what; add a column `kind`, with one word in every "
          + "row if all are alike",
        zh: "“\(who)”是谁，“\(when)”是何时，但没有一列说明“什么事”；请加一列 `kind`，都一样的话每行写同一个词")
    case (nil, true):
      return Wording(
        en: "`\(when)` says when, but no column says who; call it `member` or `user_id`",
        zh: "“\(when)”是何时，但没有一列说明“谁”；请把那一列叫作 `member` 或 `user_id`")
    default:
      return Wording(
        en: "`\(when)` says when, but no column says who and what (`member`, `kind`)",
        zh: "“\(when)”是何时，但没有一列说明“谁”和“什么事”（`member`、`kind`）")
    }
  }
}
