// Where else rows come from: members found in the events, kinds seen by others, records of nobody.

extension ProgramChecker {
  // MARK: members from events

  private static let keyOfFound = "id"
  private static let joinedOfFound = "joined"

  /// Enters the columns that members found in events have without being declared.
  func enterFoundMembers(_ table: TableSyntax) {
    for (index, name) in addedColumns(table).enumerated() {
      _ = names.declare(name, .column(table.columns.count + index), nil)
    }
  }

  private func addedColumns(_ table: TableSyntax) -> [String] {
    var added: [String] = []
    if !table.columns.contains(where: \.isKey) { added.append(ProgramChecker.keyOfFound) }
    if !table.columns.contains(where: { $0.name.text == ProgramChecker.joinedOfFound }) {
      added.append(ProgramChecker.joinedOfFound)
    }
    return added
  }

  /// Members who appear in the events: their key, and `joined`, the day of their first event.
  func checkFoundMembers(_ table: TableSyntax, span: Span) -> TableSchema {
    var columns: [ColumnSchema] = []
    var key: Int?
    for (index, column) in table.columns.enumerated() {
      var checked = checkColumn(column)
      if column.isKey {
        if key != nil { report(SchemaProblem.keyTwice, at: column.span) }
        key = key ?? index
        if checked.type.base != .error, checked.type.base != .text || checked.type.isOptional {
          report(SchemaProblem.keyNotText(column.name.text), at: column.span)
        }
      } else if column.name.text != ProgramChecker.joinedOfFound {
        report(SchemaProblem.foundColumn(column.name.text), at: column.span)
      } else if checked.type.base != .error, checked.type.base != .date || checked.type.isOptional {
        report(
          SchemaProblem.roleType(
            "joined", expected: Wording(en: "a date, the day of the first event", zh: "日期，即首次事件的那一天"),
            form: "joined date"), at: column.span)
      }
      checked.isFixed = true
      columns.append(checked)
    }
    for name in addedColumns(table) {
      if name == ProgramChecker.keyOfFound { key = columns.count }
      columns.append(
        ColumnSchema(name: name, type: name == ProgramChecker.keyOfFound ? .text : .date, isFixed: true, span: nil))
    }
    var found = TableSchema(files: [], columns: columns, key: key ?? 0, span: span)
    found.isFromEvents = true
    found.joined = columns.firstIndex { $0.name == ProgramChecker.joinedOfFound }
    return found
  }

  // MARK: seen by

  /// `event liked = like seen by author`: the kind with the rows of the other. - Missing: nil, reported, if it is none.
  func checkSeenKind(_ name: Name, _ kind: Name, _ path: [Name], _ kinds: [KindSchema]) -> KindSchema? {
    guard case .kind(let index) = names[kind.text]?.entity, kinds.indices.contains(index) else {
      let near = Suggestions.near(kind.text, in: kinds.filter { $0.source == .file }.map(\.name))
      report(
        NameProblem.unknownKind(kind.text, near: near), at: kind.span, related: declared(near ?? kind.text),
        edits: edits(kind.span, near))
      return nil
    }
    let base = kinds[index]
    guard base.source == .file, base.name != name.text else {
      report(SeenProblem.notOfFile(kind.text), at: kind.span, related: declared(kind.text))
      return nil
    }
    guard !base.isAnonymous else {
      report(AggregateProblem.anonymous([kind.text]), at: kind.span, related: declared(kind.text))
      return nil
    }
    guard let witness = checkWitness(path, base) else { return nil }
    return KindSchema(
      name: name.text, attributes: base.attributes, source: .seen(kind: index, by: witness), span: name.span)
  }

  /// Who sees: a column of type member of the event, of its doer, or of its item.
  private func checkWitness(_ path: [Name], _ kind: KindSchema) -> Witness? {
    guard let first = path.first, let last = path.last else { return nil }
    func own(_ name: Name) -> Int? {
      kind.attributes.first { schema.events?.attributes[$0.index].name == name.text }?.index
    }
    if path.count == 1 {
      let all = kind.attributes.compactMap { schema.events?.attributes[$0.index] }
      guard let index = own(first), let column = schema.events?.attributes[index] else {
        let near = Suggestions.near(first.text, in: all.filter { $0.type.base == .member }.map(\.name))
        report(
          NameProblem.noSuchAttribute(first.text, kinds: [kind.name], near: near), at: first.span,
          edits: edits(first.span, near))
        return nil
      }
      return isMember(column, first) ? .attribute(index) : nil
    }
    guard path.count == 2 else {
      report(SeenProblem.longPath, at: first.span.joined(last.span))
      return nil
    }
    if first.text == "member" {
      return column(last, schema.members, Type.Base.member.words).map { .memberColumn($0) }
    }
    let itemOf = kind.attributes.first { schema.events?.attributes[$0.index].type.base == .item }?.index
    if let named = own(first), schema.events?.attributes[named].type.base == .member {
      report(SeenProblem.longPath, at: first.span.joined(last.span))
      return nil
    }
    guard let itemOf, let itemColumn = schema.events?.attributes[itemOf] else {
      report(SeenProblem.noItem(kind.name), at: first.span, related: declared(kind.name))
      return nil
    }
    guard own(first).map({ $0 == itemOf }) ?? (first.text == "content" || first.text == "item") else {
      report(
        SeenProblem.otherItem(first.text, first: itemColumn.name), at: first.span,
        related: declared(at: itemColumn.span, itemColumn.name),
        edits: [TextEdit(span: first.span, replacement: itemColumn.name)])
      return nil
    }
    return column(last, schema.content, Type.Base.item.words).map { .itemColumn($0) }
  }

  private func column(_ name: Name, _ table: TableSchema?, _ words: Wording) -> Int? {
    guard let columns = table?.columns else { return nil }
    guard let index = columns.firstIndex(where: { $0.name == name.text }) else {
      let near = Suggestions.near(name.text, in: columns.filter { $0.type.base == .member }.map(\.name))
      report(NameProblem.unknownField(name.text, of: words, near: near), at: name.span, edits: edits(name.span, near))
      return nil
    }
    return isMember(columns[index], name) ? index : nil
  }

  private func isMember(_ column: ColumnSchema, _ name: Name) -> Bool {
    if column.type.base == .member {
      if column.type.isPrivate {
        report(SeenProblem.privateColumn(name.text), at: name.span, related: declared(at: column.span, column.name))
      }
      return true
    }
    if column.type.base != .error {
      report(
        SeenProblem.noMember(name.text, column.type), at: name.span, related: declared(at: column.span, column.name))
    }
    return false
  }

  // MARK: records

  /// `records spend from … { at time; … }`: a kind of nobody, whose columns share nothing with others of their name.
  func checkRecords(_ name: Name, _ table: TableSyntax, _ attributes: inout [ColumnSchema]) -> KindSchema {
    checkTwice(table.columns)
    var at = ColumnSchema(name: "at", type: .time)
    var own: [KindSchema.Attribute] = []
    var columns: [ColumnSchema] = []
    var hasTime = false
    for syntax in table.columns {
      if syntax.name.text == "at" {
        hasTime = true
        at = checkColumn(syntax)
        if at.type.base != .error, at.type.base != .time || at.type.isOptional {
          report(
            SchemaProblem.roleType(
              "at", expected: Wording(en: "a time that is never empty", zh: "不为空的时间"), form: "at time"),
            at: syntax.span)
        }
        continue
      }
      guard isFreeAttributeName(syntax) else { continue }
      if syntax.isKey {
        report(
          SchemaProblem.markNotHere(
            "key", why: Wording(en: "records have no identity of their own", zh: "记录没有自己的标识")), at: syntax.span)
      }
      let column = checkColumn(syntax)
      columns.append(column)
      attributes.append(column)
      own.append(KindSchema.Attribute(index: attributes.count - 1, isOptional: column.type.isOptional))
    }
    if !hasTime {
      report(SchemaProblem.rolesMissing(["at"], of: "records", forms: ["at time"]), at: name.span)
    }
    checkSpellings([at] + columns)
    let source = RecordSchema(
      files: table.files.map(\.text), encoding: encoding(table), at: at.spelling, isAtPrivate: at.type.isPrivate)
    return KindSchema(name: name.text, isAnonymous: true, attributes: own, source: .records(source), span: name.span)
  }
}

/// What can be wrong with `seen by`.
enum SeenProblem: CheckProblem {
  case notOfFile(String)
  case longPath
  case noItem(String)
  case otherItem(String, first: String)
  case noMember(String, Type)
  case privateColumn(String)

  var words: CheckWords {
    switch self {
    case .notOfFile(let name):
      CheckWords(
        .seen, en: "`\(name)` has no rows of its own in the events file", zh: "“\(name)”在事件文件里没有自己的行",
        hint: Wording(en: "name the kind that the file has", zh: "请写文件里有的那种事件"))
    case .longPath:
      CheckWords(
        .seen, en: "who sees an event is a column of the event, of its doer, or of its item",
        zh: "看到事件的人只能由事件、做事件的成员或所属内容的某一列指明",
        hint: Wording(
          en: "write `seen by author`, `seen by member.inviter` or `seen by content.author`",
          zh: "请写 `seen by author`、`seen by member.inviter` 或 `seen by content.author`"))
    case .noItem(let kind):
      CheckWords(
        .seen, en: "`\(kind)` refers to no content item", zh: "“\(kind)”没有指向内容条目",
        hint: Wording(
          en: "give it an `item` column, or name a member: `seen by member.inviter`",
          zh: "请给它加一个 `item` 类型的列，或写成员：`seen by member.inviter`"))
    case .otherItem(let name, let first):
      CheckWords(
        .seen, en: "an event belongs to the item in its first `item` column, `\(first)`, not to `\(name)`",
        zh: "事件属于它第一个 `item` 列“\(first)”所指的内容，不是“\(name)”",
        hint: Wording(
          en: "write `\(first).…`, or declare `\(name)` first", zh: "请写 `\(first).…`，或把“\(name)”声明在前"))
    case .privateColumn(let name):
      CheckWords(
        .seen, en: "`\(name)` is private, and who sees an event would show it", zh: "“\(name)”是私密的，谁看到事件会暴露它",
        hint: Wording(en: "drop `private`, or `seen by`", zh: "请去掉 `private` 或 `seen by`"))
    case .noMember(let name, let type):
      CheckWords(
        .seen, en: "`\(name)` names no member, it is \(type.words.english)",
        zh: "“\(name)”不是成员，而是\(type.words.chinese)",
        hint: Wording(en: "a column that names one is of type `member`", zh: "指明成员的列要用 `member` 类型"))
    }
  }
}
