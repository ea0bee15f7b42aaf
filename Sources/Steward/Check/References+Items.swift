// What references point to, `inviter.city`, and what names mean where the subject is a content item.

extension ProgramChecker {
  /// `ref.column`: a column of the member or item that a value refers to; missing where the reference is.
  func referenced(_ reference: TypedExpr, _ field: Name, _ span: Span) -> TypedExpr {
    let isItem = reference.type.base == .item
    guard let columns = (isItem ? schema.content : schema.members)?.columns else { return .error(span) }
    guard let index = columns.firstIndex(where: { $0.name == field.text }) else {
      let near = Suggestions.near(field.text, in: columns.map(\.name))
      let known = names[field.text].map { entry in
        switch entry.entity {
        case .binding, .ladder, .purse: true
        default: false
        }
      }
      if near == nil, known == true || ["points", "badges"].contains(field.text) {
        report(
          NameProblem.later(
            Wording(en: "`\(field.text)` of somebody else", zh: "读取别人的“\(field.text)”"),
            instead: Wording(en: "only columns can be read through a reference", zh: "通过引用只能读取列")), at: field.span)
        return .error(span)
      }
      report(
        NameProblem.unknownField(field.text, of: reference.type.base.words, near: near), at: field.span,
        related: near.flatMap { name in columns.first { $0.name == name }.map { declared(at: $0.span, name) } } ?? [],
        edits: edits(field.span, near))
      return .error(span)
    }
    var type = columns[index].type
    if type.base == .error { return .error(span) }
    type.isOptional = type.isOptional || reference.type.isOptional
    return TypedExpr(.referenced(reference, column: index), type.tainted(by: reference.type), span)
  }

  // MARK: About an item

  /// `content` and `item`, the item itself, and its columns by plain name. - Missing: nil if it is none of them.
  func itemValue(_ name: Name, _ scope: ExpressionScope) -> TypedExpr? {
    let item = TypedExpr(.subject, Type(.item), name.span)
    if name.text == "content" || name.text == "item" { return item }
    guard schema.content?.columns.contains(where: { $0.name == name.text }) == true else { return nil }
    if let entry = names[name.text], entry.entity.isValue {
      if case .column = entry.entity { return referenced(item, name, name.span) }
      report(
        NameProblem.ambiguousItem(name.text, other: entry.entity.words), at: name.span, related: declared(name.text))
      return .error(name.span)
    }
    return referenced(item, name, name.span)
  }

  /// A plain name in a pattern about an item: the event's, unless it may as well be the item's.
  func chosenAboutItem(_ attribute: EventValue, _ name: Name, _ scope: EventScope) -> TypedExpr {
    let column = schema.content?.columns.first { $0.name == name.text }
    if attribute.lacking.isEmpty || column == nil {
      guard let column else { return attribute.lacking.isEmpty ? attribute.value : lacking(attribute, name, scope) }
      report(
        NameProblem.ambiguous(
          name.text, other: Wording(en: "the item's", zh: "内容条目的列"), otherForm: Wording("`item.\(name.text)`")),
        at: name.span, related: declared(at: column.span, name.text))
      return .error(name.span)
    }
    if attribute.lacking.count == scope.kinds?.count {
      // No kind here has it: it can only be the item's.
      return referenced(TypedExpr(.subject, Type(.item), name.span), name, name.span)
    }
    return lacking(attribute, name, scope)
  }

  /// Whether events of these kinds can belong to an item; reported if not.
  func areOfItems(_ kinds: [Int], at span: Span) -> Bool {
    let nobodys = kinds.filter(isAnonymous)
    if !nobodys.isEmpty {
      reportNobodys(nobodys, at: span)
      return false
    }
    if let seen = kinds.first(where: isSeen), let base = seenKind(seen) {
      let names = kindNames([seen, base])
      report(
        AggregateProblem.seenByItem(names.first ?? "", of: names.last ?? ""), at: span,
        related: declared(names.first ?? ""))
      return false
    }
    let refer = kinds.contains { kind in
      guard let events = schema.events, events.kinds.indices.contains(kind) else { return false }
      return events.kinds[kind].attributes.contains { events.attributes[$0.index].type.base == .item }
    }
    if !refer, !kinds.isEmpty { report(AggregateProblem.refersToNoItem(kindNames(kinds)), at: span) }
    return refer
  }
}
