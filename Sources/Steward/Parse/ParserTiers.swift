// `tiers NAME { … }`

extension FileParser {
  mutating func ladder(_ base: Int) -> LadderSyntax {
    advance()
    let name = name(Wording(en: "the ladder's name", zh: "等级体系的名称"))
    var clauses: [LadderSyntax.Clause] = []
    block(baseColumn: base) { parser in
      let start = parser.index
      let kind = parser.ladderClause()
      clauses.append(LadderSyntax.Clause(kind, parser.span(from: start)))
    }
    return LadderSyntax(name: name, clauses: clauses)
  }

  private mutating func ladderClause() -> LadderSyntax.Kind {
    guard case .word(let keyword) = current.kind else {
      expectedStart(.words(FileParser.clauseNames(.tiers)))
      return .error
    }
    if let kind = ladderClause(keyword) { return kind }
    let word = text(current)
    let near = Suggestions.near(word, in: ["title", "tier", "review", "grace", "demote"])
    if let near, let keyword = Keyword(rawValue: near) {
      note(
        .unknownClause(word, block: .tiers, near: near), at: here, edits: [TextEdit(span: here, replacement: near)])
      return ladderClause(keyword) ?? .error
    }
    report(.unknownClause(word, block: .tiers, near: nil))
    advance()
    skipClause()
    return .error
  }

  private mutating func ladderClause(_ keyword: Keyword?) -> LadderSyntax.Kind? {
    switch keyword {
    case .title:
      advance()
      return textLiteral(Wording(en: "the title", zh: "标题")).map { .title($0) } ?? .error
    case .tier: return .tier(tier())
    case .review:
      advance()
      if let unit = periodAdverb("every ") { return .review(unit) }
      guard expect(.every) else { return .error }
      if let unit = everyAdverb() { return .review(unit) }
      guard let unit = periodUnit() else { return .error }
      return .review(unit)
    case .grace:
      advance()
      return .grace(clauseValue())
    case .demote:
      advance()
      return expect(.one) && expect(.step) ? .demoteOneStep : .error
    default: return nil
    }
  }

  /// `tier NAME [{ … }]`
  private mutating func tier() -> TierSyntax {
    let doc = docs[index] ?? []
    let base = column(current)
    advance()
    let name = name(Wording(en: "the tier's name", zh: "等级的名称"))
    var clauses: [TierSyntax.Clause] = []
    if at(.leftBrace) {
      block(baseColumn: base, outer: \.startsLadderClause) { parser in
        clauses.append(parser.tierClause())
      }
    }
    return TierSyntax(name: name, doc: doc, clauses: clauses)
  }

  /// Whether the current token begins a clause of `tiers`, seen from inside a tier.
  private var startsLadderClause: Bool {
    switch current.keyword {
    case .tier, .review, .grace, .demote: true
    default: false
    }
  }

  private mutating func tierClause() -> TierSyntax.Clause {
    guard case .word(let keyword) = current.kind else {
      expectedStart(.words(FileParser.clauseNames(.tier)))
      return .error(here)
    }
    if let clause = tierClause(keyword) { return clause }
    let word = text(current)
    let place = here
    let near = Suggestions.near(word, in: ["title", "when", "keep", "grants"])
    if let near, let keyword = Keyword(rawValue: near) {
      note(.unknownClause(word, block: .tier, near: near), at: here, edits: [TextEdit(span: here, replacement: near)])
      return tierClause(keyword) ?? .error(place)
    }
    report(.unknownClause(word, block: .tier, near: nil))
    advance()
    skipClause()
    return .error(place)
  }

  private mutating func tierClause(_ keyword: Keyword?) -> TierSyntax.Clause? {
    let start = index
    switch keyword {
    case .when:
      advance()
      let value = clauseValue()
      return .when(value, span(from: start))
    case .keep:
      advance()
      guard expect(.when) else { return .error(span(from: start)) }
      let value = clauseValue()
      return .keepWhen(value, span(from: start))
    case .grants:
      advance()
      var all: [TextLiteral] = []
      repeat {
        guard let grant = textLiteral(Wording(en: "what the tier grants", zh: "这个等级的权益")) else { break }
        all.append(grant)
      } while take(.comma)
      return .grants(all, span(from: start))
    case .title:
      advance()
      guard let title = textLiteral(Wording(en: "the title", zh: "标题")) else { return .error(span(from: start)) }
      return .title(title, span(from: start))
    default: return nil
    }
  }
}
