// The community block becomes the `Schema`: settings, tables, and (in SchemaChecker+Events) kinds and their attributes.

extension ProgramChecker {
  /// Enters columns of members, kinds and event sets; their indices are those of the `Schema`.
  func enterSchemaNames(_ block: CommunitySyntax) {
    var kinds = 0
    var hasMembers = false
    for clause in block.clauses {
      switch clause.kind {
      case .members(let table) where !hasMembers:
        hasMembers = true
        for (index, column) in table.columns.enumerated() { enter(column.name, .column(index), canRespell: true) }
        if table.isFromEvents { enterFoundMembers(table) }
      case .kinds(let declared, _):
        for kind in declared {
          enter(kind.name, .kind(kinds), canRespell: true)
          kinds += 1
        }
      case .seenKind(let name, _, _), .records(let name, _):
        enter(name, .kind(kinds))
        kinds += 1
      case .eventSet(let name, let pattern):
        sets.append(SetEntry(name: name, syntax: pattern, span: clause.span))
        enter(name, .eventSet(sets.count - 1))
      case .purses(let names):
        for name in names {
          enter(name, .purse(schema.purses.count))
          schema.purses.append(name.text)
        }
      default: break
      }
    }
  }

  func checkSchema(_ community: (block: CommunitySyntax, span: Span)) {
    schema.name = community.block.name?.text ?? ""
    schema.span = community.span
    var seen: [String: Span] = [:]
    for clause in community.block.clauses {
      if let keyword = clause.kind.onceOnly {
        if let first = seen[keyword] {
          report(
            SchemaProblem.declaredTwice(Wording("`\(keyword)`")), at: clause.span,
            related: [.init(span: first, message: Wording(en: "first here", zh: "第一次在这里"))])
          continue
        }
        seen[keyword] = clause.span
      }
      checkSetting(clause)
    }
    if schema.members == nil, !community.block.clauses.contains(where: \.kind.isError) {
      report(SchemaProblem.noMembers, at: community.span)
    }
    checkEvents(community.block)
  }

  private func checkSetting(_ clause: CommunitySyntax.Clause) {
    switch clause.kind {
    case .timeZone(let zone): schema.zone = zone.text
    case .weekStarts(let name):
      if let day = Weekday.allCases.first(where: { $0.name == name.text }) {
        schema.weekStart = day
      } else {
        let near = Suggestions.near(name.text, in: Weekday.allCases.map(\.name))
        report(SchemaProblem.weekStart(name.text, near: near), at: name.span, edits: edits(name.span, near))
      }
    case .starts(let day): schema.starts = day
    case .privacyGroup(let size):
      if size < 1 { report(SchemaProblem.privacyGroup, at: clause.span) }
      schema.privacyGroup = Int(clamping: max(1, size))
    case .skipBadRows: schema.skipBadRows = true
    case .members(let table):
      schema.members =
        table.isFromEvents
        ? checkFoundMembers(table, span: clause.span) : checkTable(table, span: clause.span, isMembers: true)
    case .content(let table): schema.content = checkTable(table, span: clause.span, isMembers: false)
    case .events, .kinds, .eventSet, .seenKind, .records, .purses, .error: break
    }
  }

  private func checkTable(_ table: TableSyntax, span: Span, isMembers: Bool) -> TableSchema {
    if table.files.isEmpty { report(SchemaProblem.filesMissing(table.keyword.text), at: table.keyword.span) }
    let columns = table.columns.map { checkColumn($0) }
    checkSpellings(columns)
    if !isMembers { checkTwice(table.columns) }
    var key: Int?
    for (index, column) in table.columns.enumerated() where column.isKey {
      if key != nil {
        report(SchemaProblem.keyTwice, at: column.span)
        continue
      }
      key = index
      let type = columns[index].type
      if type.base != .error, type.base != .text || type.isOptional {
        report(SchemaProblem.keyNotText(column.name.text), at: column.span)
      }
    }
    if key == nil { report(SchemaProblem.keyMissing(table: table.keyword.text), at: table.keyword.span) }
    var schema = TableSchema(
      files: table.files.map(\.text), encoding: encoding(table), columns: columns, key: key ?? 0, span: span)
    if isMembers {
      schema.joined = role("joined", of: columns)
      schema.left = role("left", of: columns)
    }
    return schema
  }

  /// The encoding that a table's files are said to have; names of files and encodings that mean nothing are told.
  func encoding(_ table: TableSyntax) -> TextEncoding? {
    for file in table.files where FileFormat(path: file.text) == nil {
      report(SchemaProblem.fileEnding(file.text), at: file.span)
    }
    guard let literal = table.encoding else { return nil }
    if let encoding = TextEncoding(named: literal.text) { return encoding }
    let near = Suggestions.near(literal.text, in: TextEncoding.allCases.map(\.rawValue))
    report(
      SchemaProblem.encoding(literal.text, near: near), at: literal.span,
      edits: near.map { [TextEdit(span: literal.span, replacement: "\"\($0)\"")] } ?? [])
    return nil
  }

  /// The column of that name, which must hold a date or a time.
  func role(_ name: String, of columns: [ColumnSchema]) -> Int? {
    guard let index = columns.firstIndex(where: { $0.name == name }) else { return nil }
    let base = columns[index].type.base
    if base == .date || base == .time { return index }
    if base != .error, let span = columns[index].span {
      report(
        SchemaProblem.roleType(
          name, expected: Wording(en: "a date or a time", zh: "日期或时间"),
          form: name == "left" ? "left date?" : "joined date"),
        at: span)
    }
    return nil
  }

  /// A column with its type, spelling and marks.
  func checkColumn(_ column: ColumnSyntax) -> ColumnSchema {
    var separator = ";"
    let base: Type.Base
    switch column.type {
    case .named(let name): base = checkTypeName(name, of: column)
    case .oneOf(let values): base = checkChoice(values, at: column.span)
    case .list(let literal):
      base = .list
      if let literal {
        if literal.text.isEmpty { report(SchemaProblem.separatorEmpty, at: literal.span) }
        separator = literal.text.isEmpty ? ";" : literal.text
      }
    case .error: base = .error
    }
    return ColumnSchema(
      name: column.name.text, spelling: column.spelling?.text,
      type: Type(base, optional: column.isOptional, isPrivate: column.isPrivate), separator: separator,
      isFixed: column.isFixed, span: column.span)
  }

  private static let columnTypes: [String: Type.Base] = [
    "bool": .bool, "int": .int, "number": .number, "text": .text, "date": .date, "time": .time, "member": .member,
    "item": .item,
  ]

  private func checkTypeName(_ name: Name, of column: ColumnSyntax) -> Type.Base {
    guard let base = ProgramChecker.columnTypes[name.text] else {
      let near = Suggestions.near(name.text, in: ProgramChecker.columnTypes.keys.sorted())
      report(SchemaProblem.unknownType(name.text, near: near), at: name.span, edits: edits(name.span, near))
      return .error
    }
    if base == .item, !declaresContent {
      report(SchemaProblem.noContent(column.name.text), at: name.span)
      return .error
    }
    return base
  }

  private var declaresContent: Bool {
    files.contains { file in
      file.declarations.contains { declaration in
        guard case .community(let block) = declaration.kind else { return false }
        return block.clauses.contains { if case .content = $0.kind { true } else { $0.kind.isError } }
      }
    }
  }

  private func checkChoice(_ values: [TextLiteral], at span: Span) -> Type.Base {
    if values.isEmpty { report(SchemaProblem.choiceEmpty, at: span) }
    var seen: Set<String> = []
    for value in values where !seen.insert(value.text).inserted {
      report(SchemaProblem.choiceTwice(value.text), at: value.span)
    }
    return .choice(Choice(values.map(\.text)))
  }

  /// Two columns of one table with one header.
  func checkSpellings(_ columns: [ColumnSchema]) {
    var seen: [String: ColumnSchema] = [:]
    for column in columns {
      guard let first = seen.updateValue(column, forKey: column.spelling), first.name != column.name,
        let span = column.span
      else { continue }
      report(
        SchemaProblem.spellingTwice(column.spelling), at: span, related: declared(at: first.span, first.name))
    }
  }

  /// Two columns of one name, where the name space does not tell.
  func checkTwice(_ columns: [ColumnSyntax]) {
    var seen: [String: Span] = [:]
    for column in columns {
      if let first = seen[column.name.text] {
        report(
          SchemaProblem.declaredTwice(Wording("`\(column.name.text)`")), at: column.name.span,
          related: declared(at: first, column.name.text))
      } else {
        seen[column.name.text] = column.name.span
      }
    }
  }

  /// The edit that puts a near name in place.
  func edits(_ span: Span, _ near: String?) -> [TextEdit] {
    near.map { [TextEdit(span: span, replacement: $0)] } ?? []
  }
}

extension CommunitySyntax.Kind {
  /// The keyword of a clause that may stand once.
  fileprivate var onceOnly: String? {
    switch self {
    case .timeZone: "time zone"
    case .weekStarts: "week starts"
    case .starts: "starts"
    case .privacyGroup: "privacy group"
    case .skipBadRows: "skip bad rows"
    case .members: "members"
    case .events: "events"
    case .content: "content"
    case .kinds, .eventSet, .seenKind, .records, .purses, .error: nil
    }
  }

  /// What has been reported already, and may be what seems to be missing.
  var isError: Bool { if case .error = self { true } else { false } }
}
