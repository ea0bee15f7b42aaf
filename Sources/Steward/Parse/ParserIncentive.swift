// `incentive NAME { … }`

extension FileParser {
  mutating func incentive(_ base: Int) -> IncentiveSyntax {
    advance()
    let name = name(Wording(en: "the incentive's name", zh: "激励规则的名称"))
    var clauses: [IncentiveSyntax.Clause] = []
    block(baseColumn: base) { parser in
      let start = parser.index
      let kind = parser.incentiveClause()
      clauses.append(IncentiveSyntax.Clause(kind, parser.span(from: start)))
    }
    reportPrizes(clauses)
    return IncentiveSyntax(name: name, clauses: clauses)
  }

  /// Several prizes belong to `rank by`; if that has been reported, they have.
  private mutating func reportPrizes(_ clauses: [IncentiveSyntax.Clause]) {
    var prizes: Name?
    for clause in clauses {
      guard case .later(let keyword) = clause.kind else { continue }
      if keyword.text == "rank" { return }
      if keyword.text == "award" { prizes = keyword }
    }
    if let prizes { note(.later("award 500, 300, 200 points"), at: prizes.span) }
  }

  private mutating func incentiveClause() -> IncentiveSyntax.Kind {
    guard case .word(let keyword) = current.kind else {
      expectedStart(.words(FileParser.clauseNames(.incentive)))
      return .error
    }
    return incentiveClause(keyword) ?? unknownIncentiveClause()
  }

  private mutating func incentiveClause(_ keyword: Keyword?) -> IncentiveSyntax.Kind? {
    switch keyword {
    case .title:
      advance()
      return textLiteral(Wording(en: "the title", zh: "标题")).map { .title($0) } ?? .error
    case .on:
      advance()
      return .on(pattern())
    case .every:
      advance()
      if let unit = everyAdverb() { return .every(unit) }
      return periodUnit().map { .every($0) } ?? .error
    case .among:
      advance()
      return .among(clauseValue())
    case .during: return during()
    case .when:
      advance()
      return .when(clauseValue())
    case .award: return award()
    case .limit: return limit()
    case .cap: return cap()
    case .cooldown:
      advance()
      return .cooldown(clauseValue())
    case .budget: return budget()
    case .expires, .deduct, .cost: return laterIncentiveClause(text(current))
    case .take: return laterIncentiveClause("take back")
    case .rank: return laterIncentiveClause("rank by")
    default: return nil
    }
  }

  /// The value of a clause, which must begin on the clause's line.
  mutating func clauseValue() -> Expr {
    guard isAtClauseEnd else { return expression() }
    expected(.value)
    return errorNode()
  }

  private mutating func laterIncentiveClause(_ words: String) -> IncentiveSyntax.Kind {
    let keyword = Name(text(current), here)
    note(.later(words), at: here)
    advance()
    skipClause()
    return .later(keyword: keyword)
  }

  private mutating func unknownIncentiveClause() -> IncentiveSyntax.Kind {
    let word = text(current)
    if FileParser.laterWords.contains(word) { return laterIncentiveClause(word) }
    let words = [
      "title", "on", "every", "among", "during", "when", "award", "limit", "cap", "cooldown", "budget", "expires",
      "deduct", "cost", "take", "rank",
    ]
    if let near = Suggestions.near(word, in: words), let keyword = Keyword(rawValue: near) {
      note(
        .unknownClause(word, block: .incentive, near: near), at: here,
        edits: [TextEdit(span: here, replacement: near)])
      return incentiveClause(keyword) ?? .error
    }
    report(.unknownClause(word, block: .incentive, near: nil))
    advance()
    skipClause()
    return .error
  }

  private mutating func during() -> IncentiveSyntax.Kind {
    advance()
    var phases: [Name] = []
    repeat {
      let phase = name(Wording(en: "the name of a phase", zh: "阶段的名称"))
      if phase.text.isEmpty { break }
      phases.append(phase)
    } while take(.comma)
    return phases.isEmpty ? .error : .during(phases)
  }

  // MARK: Amounts

  /// An amount that must begin on the clause's line.
  private mutating func clauseAmount() -> Expr {
    guard isAtClauseEnd || at(.per) || at(.points) && endsClause(after: 0) else { return amount() }
    expected(.number(Wording(en: "a number", zh: "一个数")))
    return errorNode()
  }

  /// `award E points and badge TEXT`
  private mutating func award() -> IncentiveSyntax.Kind {
    let keyword = Name(text(current), here)
    advance()
    var parts: [AwardPart] = []
    repeat {
      if at(.badge), peek(1).isText || endsClause(after: 0) {
        advance()
        guard let badge = textLiteral(Wording(en: "the badge's name", zh: "徽章名称")) else { break }
        parts.append(.badge(badge))
        continue
      }
      let amount = clauseAmount()
      if case .error = amount.kind {
        skipClause()
        break
      }
      if at(.comma) {
        // `award 500, 300, 200 points`: the prizes of a board.
        skipClause()
        return .later(keyword: keyword)
      }
      guard let purse = purse(of: amount) else { break }
      parts.append(.points(amount, purse: purse))
    } while !lineEndsClause && take(.and)
    return parts.isEmpty ? .error : .award(parts)
  }

  private var lineEndsClause: Bool { current.isEnd || lineEnds }

  /// Whether the token after the next `ahead` ones ends the clause.
  private func endsClause(after ahead: Int) -> Bool {
    let next = peek(ahead + 1)
    return next.startsLine || next.isEnd || next.symbol == .semicolon || next.symbol == .rightBrace
  }

  /// `points`, or the name of a purse.
  private mutating func purse(of amount: Expr) -> Name? {
    if current.isWord, !lineEnds, !at(.per), !at(.and) { return name(Wording(en: "`points`", zh: "`points`")) }
    if isAtClauseEnd || at(.per) || at(.and) {
      let place = span(previous).after
      report(.pointsOmitted(file.text(amount.span)), at: place, edits: [TextEdit(span: place, replacement: " points")])
      return Name("points", place)
    }
    expected(.word("points"))
    return nil
  }

  /// `limit E per day, E per ATTRIBUTE, E ever`
  private mutating func limit() -> IncentiveSyntax.Kind {
    advance()
    var all: [LimitSyntax] = []
    repeat {
      let start = index
      let count = clauseAmount()
      if !lineEnds, take(.ever) {
        all.append(LimitSyntax(count: count, per: .ever, span: span(from: start)))
        continue
      }
      guard !lineEnds, take(.per) else {
        expected(.words(["per", "ever"]))
        break
      }
      if let unit = FileParser.period(current.keyword), !lineEnds {
        advance()
        all.append(LimitSyntax(count: count, per: .period(unit), span: span(from: start)))
        continue
      }
      let attribute = name(
        Wording(en: "a period like `day`, or an attribute of the event", zh: "周期（如 `day`）或事件的属性名"))
      if attribute.text.isEmpty { break }
      all.append(LimitSyntax(count: count, per: .attribute(attribute), span: span(from: start)))
    } while take(.comma)
    return all.isEmpty ? .error : .limit(all)
  }

  /// `cap E points per day, …`
  private mutating func cap() -> IncentiveSyntax.Kind {
    advance()
    var all: [AmountPer] = []
    repeat {
      guard let amount = amountPer() else { break }
      all.append(amount)
    } while take(.comma)
    return all.isEmpty ? .error : .cap(all)
  }

  /// `E points per PERIOD`
  private mutating func amountPer() -> AmountPer? {
    let start = index
    let amount = clauseAmount()
    if case .error = amount.kind { return nil }
    if at(.per) || !isAtClauseEnd, purse(of: amount) == nil { return nil }
    guard expect(.per), let unit = periodUnit() else { return nil }
    return AmountPer(amount: amount, unit: unit, span: span(from: start))
  }

  /// `budget E points per PERIOD [per member]`
  private mutating func budget() -> IncentiveSyntax.Kind {
    advance()
    guard let amount = amountPer() else { return .error }
    var isPerMember = false
    if !lineEnds, take(.per) { isPerMember = expect(.member) }
    return .budget(amount, perMember: isPerMember)
  }
}
