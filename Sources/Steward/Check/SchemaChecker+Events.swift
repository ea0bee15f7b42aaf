extension ProgramChecker {
  func isAnonymous(_ kind: Int) -> Bool {
    guard let kinds = schema.events?.kinds, kinds.indices.contains(kind) else { return false }
    return kinds[kind].isAnonymous
  }

  func kindNames(_ kinds: [Int]) -> [String] {
    guard let all = schema.events?.kinds else { return [] }
    return kinds.filter(all.indices.contains).map { all[$0].name }
  }

  func attributeIndex(_ name: String) -> Int? { schema.events?.attributes.firstIndex { $0.name == name } }

  /// The events table, its kinds and their attributes.
  func checkEvents(_ block: CommunitySyntax) {
    var table: (TableSyntax, Span)?
    var firstKind: Span?
    for clause in block.clauses {
      if case .events(let syntax) = clause.kind, table == nil { table = (syntax, clause.span) }
      if case .kinds = clause.kind, firstKind == nil { firstKind = clause.span }
    }
    guard let table else {
      if let firstKind, !block.clauses.contains(where: \.kind.isError) {
        report(SchemaProblem.noEvents, at: firstKind)
      }
      // Names of kinds stay known, so that only the missing table is said.
      if firstKind != nil {
        schema.events = EventSchema(
          files: [], member: ColumnSchema(name: "member", type: Type(.member)),
          at: ColumnSchema(name: "at", type: .time), kind: ColumnSchema(name: "kind", type: .text))
        enterKinds(block, shared: [])
      }
      return
    }
    let shared = checkEventTable(table.0, span: table.1)
    enterKinds(block, shared: shared)
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
      column.type = Type(role.base, isPrivate: column.type.isPrivate)
      found.append(column)
    }
    if !missing.isEmpty { report(SchemaProblem.rolesMissing(missing, forms: forms), at: table.keyword.span) }
    let key = checkEventKey(table)
    let shared = table.columns.filter { column in
      !column.isKey && !ProgramChecker.roles.contains { $0.name == column.name.text }
    }
    schema.events = EventSchema(
      files: table.files.map(\.text), encoding: table.encoding?.text, key: key, member: found[0], at: found[1],
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
      guard case .kinds(let names, let columns) = clause.kind else { continue }
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
    }
    if kinds.count > EventSchema.mostKinds, let span = kinds[EventSchema.mostKinds].span {
      report(SchemaProblem.tooManyKinds(most: EventSchema.mostKinds), at: span)
      kinds.removeLast(kinds.count - EventSchema.mostKinds)
    }
    checkAttributeSpellings(attributes)
    schema.events?.attributes = attributes
    schema.events?.kinds = kinds
  }

  private func checkAttributeSpellings(_ attributes: [ColumnSchema]) {
    guard let events = schema.events else { return }
    checkSpellings([events.key, events.member, events.at, events.kind].compactMap(\.self) + attributes)
  }

  /// Enters an attribute, which is one column of the file whatever kinds have it.
  private func attribute(_ syntax: ColumnSyntax, in attributes: inout [ColumnSchema]) -> KindSchema.Attribute? {
    let name = syntax.name.text
    if ProgramChecker.roles.contains(where: { $0.name == name }) || Entity.BuiltIn(rawValue: name) != nil {
      report(
        NameProblem.clash(
          name, what: Wording(en: "a column that every event has", zh: "每个事件都有的列"), builtIn: true, canRespell: true),
        at: syntax.name.span)
      return nil
    }
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
}
