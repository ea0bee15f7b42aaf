extension ProgramChecker {
  func isAnonymous(_ kind: Int) -> Bool {
    guard let kinds = schema.events?.kinds, kinds.indices.contains(kind) else { return false }
    return kinds[kind].isAnonymous
  }

  func kindNames(_ kinds: [Int]) -> [String] {
    guard let all = schema.events?.kinds else { return [] }
    return kinds.filter(all.indices.contains).map { all[$0].name }
  }

  /// Records, which no member has.
  func isRecord(_ kind: Int) -> Bool {
    guard let kinds = schema.events?.kinds, kinds.indices.contains(kind) else { return false }
    if case .records = kinds[kind].source { return true }
    return false
  }

  /// The same rows as another kind's, for another member.
  func isSeen(_ kind: Int) -> Bool { seenKind(kind) != nil }

  /// The kind whose rows a kind of `seen by` has.
  func seenKind(_ kind: Int) -> Int? {
    guard let kinds = schema.events?.kinds, kinds.indices.contains(kind) else { return nil }
    if case .seen(let base, _) = kinds[kind].source { return base }
    return nil
  }

  /// The attribute that a name means for events of some kinds: records have columns of their own, whatever others call theirs.
  func attributeIndex(_ name: String, _ scope: EventScope = EventScope(nil)) -> Int? {
    guard let events = schema.events else { return nil }
    let all = events.attributes.indices.filter { events.attributes[$0].name == name }
    guard all.count > 1, let kinds = scope.kinds else { return all.first }
    return all.first { index in kinds.contains { !kindsLacking(index, EventScope([$0])).contains($0) } } ?? all.first
  }

  /// The events table, its kinds and their attributes.
  func checkEvents(_ block: CommunitySyntax) {
    var table: (TableSyntax, Span)?
    var firstKind: Span?
    var firstRecords: Span?
    for clause in block.clauses {
      switch clause.kind {
      case .events(let syntax): if table == nil { table = (syntax, clause.span) }
      case .kinds, .seenKind: firstKind = firstKind ?? clause.span
      case .records: firstRecords = firstRecords ?? clause.span
      default: break
      }
    }
    if let table {
      enterKinds(block, shared: checkEventTable(table.0, span: table.1))
      return
    }
    let isExcused = block.clauses.contains(where: \.kind.isError)
    if !isExcused {
      if let firstKind {
        report(SchemaProblem.noEvents, at: firstKind)
      } else if schema.members?.isFromEvents == true, let span = schema.members?.span {
        report(SchemaProblem.membersWithoutEvents, at: span)
      }
    }
    // Names of kinds stay known, so that only the missing table is said; records need none.
    guard let span = firstKind ?? firstRecords else { return }
    schema.events = EventSchema(
      files: [], member: ColumnSchema(name: "member", type: Type(.member)), at: ColumnSchema(name: "at", type: .time),
      kind: ColumnSchema(name: "kind", type: .text), span: span)
    enterKinds(block, shared: [])
  }

  private static let roles: [(name: String, base: Type.Base, form: String)] = [
    ("member", .member, "member member"), ("at", .time, "at time"), ("kind", .text, "kind text"),
  ]

  /// The table and its columns with a role; columns without one are attributes of every kind.
  private func checkEventTable(_ table: TableSyntax, span: Span) -> [ColumnSyntax] {
    if table.files.isEmpty { report(SchemaProblem.filesMissing(table.keyword.text), at: table.keyword.span) }
    checkTwice(table.columns)
    var found: [ColumnSchema] = []
    var missing: [String] = []
    var forms: [String] = []
    for role in ProgramChecker.roles {
      guard let syntax = table.columns.first(where: { $0.name.text == role.name }) else {
        missing.append(role.name)
        forms.append(role.form)
        found.append(ColumnSchema(name: role.name, type: Type(role.base)))
        continue
      }
      var column = checkColumn(syntax)
      if column.type.base != .error, column.type.base != role.base || column.type.isOptional {
        report(
          SchemaProblem.roleType(
            role.name,
            expected: Wording(
              en: role.base.words.english + " that is never empty", zh: "不为空的" + role.base.words.chinese),
            form: role.form),
          at: syntax.span)
      }
      if column.type.isPrivate {
        report(
          SchemaProblem.markNotHere(
            "private", why: Wording(en: "every table shows when and by whom", zh: "所有结果表都会显示时间和成员")), at: syntax.span)
      }
      column.type = Type(role.base)
      found.append(column)
    }
    if !missing.isEmpty {
      report(SchemaProblem.rolesMissing(missing, of: "events", forms: forms), at: table.keyword.span)
    }
    let key = checkEventKey(table)
    let shared = table.columns.filter { column in
      !column.isKey && !ProgramChecker.roles.contains { $0.name == column.name.text }
    }
    schema.events = EventSchema(
      files: table.files.map(\.text), encoding: encoding(table), key: key, member: found[0], at: found[1],
      kind: found[2], span: span)
    return shared
  }

  private func checkEventKey(_ table: TableSyntax) -> ColumnSchema? {
    var key: ColumnSchema?
    for syntax in table.columns where syntax.isKey {
      if key != nil {
        report(SchemaProblem.keyTwice, at: syntax.span)
        continue
      }
      let column = checkColumn(syntax)
      // `id text? key` is allowed: an empty one falls back on what else tells the event apart.
      if column.type.base != .error, column.type.base != .text {
        report(SchemaProblem.keyNotText(column.name), at: syntax.span)
      }
      key = column
    }
    return key
  }

  private func enterKinds(_ block: CommunitySyntax, shared: [ColumnSyntax]) {
    var attributes: [ColumnSchema] = []
    var kinds: [KindSchema] = []
    var spellings: [String: KindSyntax] = [:]
    let common = shared.compactMap { attribute($0, in: &attributes) }
    for clause in block.clauses {
      switch clause.kind {
      case .kinds(let names, let columns):
        checkTwice(shared + columns)
        let own = columns.compactMap { attribute($0, in: &attributes) }
        for kind in names {
          let spelling = kind.spelling?.text ?? kind.name.text
          if let first = spellings[spelling] {
            if first.name.text != kind.name.text {
              report(
                SchemaProblem.spellingTwice(spelling), at: kind.name.span,
                related: declared(at: first.name.span, first.name.text))
            }
          } else {
            spellings[spelling] = kind
          }
          kinds.append(
            KindSchema(
              name: kind.name.text, spelling: spelling, isAnonymous: kind.isAnonymous, attributes: common + own,
              span: kind.name.span))
        }
      // Those of other sources keep their places; they are filled in when the events' own are known.
      case .seenKind(let name, _, _), .records(let name, _):
        kinds.append(
          KindSchema(name: name.text, source: .records(RecordSchema(files: [], at: "")), span: name.span))
      default: break
      }
    }
    if kinds.count > EventSchema.mostKinds, let span = kinds[EventSchema.mostKinds].span {
      report(SchemaProblem.tooManyKinds(most: EventSchema.mostKinds), at: span)
      kinds.removeLast(kinds.count - EventSchema.mostKinds)
    }
    checkAttributeSpellings(attributes)
    schema.events?.attributes = attributes
    enterOtherKinds(block, &kinds)
    schema.events?.kinds = kinds
  }

  /// Fills in the kinds of `seen by` and records.
  private func enterOtherKinds(_ block: CommunitySyntax, _ kinds: inout [KindSchema]) {
    let own = kinds
    var place = 0
    var attributes = schema.events?.attributes ?? []
    for clause in block.clauses {
      switch clause.kind {
      case .kinds(let names, _): place += names.count
      case .seenKind(let name, let kind, let path):
        if let seen = checkSeenKind(name, kind, path, own), kinds.indices.contains(place) { kinds[place] = seen }
        place += 1
      case .records(let name, let table):
        let records = checkRecords(name, table, &attributes)
        if kinds.indices.contains(place) { kinds[place] = records }
        place += 1
      default: break
      }
    }
    schema.events?.attributes = attributes
  }

  private func checkAttributeSpellings(_ attributes: [ColumnSchema]) {
    guard let events = schema.events else { return }
    checkSpellings([events.key, events.member, events.at, events.kind].compactMap(\.self) + attributes)
  }

  /// Enters an attribute, which is one column of the file whatever kinds have it.
  private func attribute(_ syntax: ColumnSyntax, in attributes: inout [ColumnSchema]) -> KindSchema.Attribute? {
    let name = syntax.name.text
    guard isFreeAttributeName(syntax) else { return nil }
    if syntax.isKey {
      report(
        SchemaProblem.markNotHere(
          "key", why: Wording(en: "the key of events stands in the `events` block", zh: "事件的主键写在 `events` 块里")),
        at: syntax.span)
    }
    let column = checkColumn(syntax)
    guard let index = attributes.firstIndex(where: { $0.name == name }) else {
      attributes.append(column)
      return KindSchema.Attribute(index: attributes.count - 1, isOptional: column.type.isOptional)
    }
    let first = attributes[index]
    if first.type.base == .error || column.type.base == .error {
      // Said already.
    } else if first.type.base != column.type.base || first.separator != column.separator {
      report(
        SchemaProblem.attributeConflict(name, one: column.type.base.words, other: first.type.base.words),
        at: syntax.span, related: declared(at: first.span, name))
    } else if first.spelling != column.spelling {
      report(SchemaProblem.attributeSpelling(name), at: syntax.span, related: declared(at: first.span, name))
    }
    attributes[index].type = Type(
      first.type.base, optional: first.type.isOptional || column.type.isOptional,
      isPrivate: first.type.isPrivate || column.type.isPrivate)
    return KindSchema.Attribute(index: index, isOptional: column.type.isOptional)
  }

  /// Whether an attribute may have its name; reported if not.
  func isFreeAttributeName(_ syntax: ColumnSyntax) -> Bool {
    let name = syntax.name.text
    guard ProgramChecker.roles.contains(where: { $0.name == name }) || Entity.BuiltIn(rawValue: name) != nil else {
      return true
    }
    report(
      NameProblem.clash(
        name, what: Wording(en: "a column that every event has", zh: "每个事件都有的列"), builtIn: true, canRespell: true),
      at: syntax.name.span)
    return false
  }
}
