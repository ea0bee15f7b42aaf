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
    return IncentiveSyntax(name: name, clauses: clauses)
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
    case .budget:
      advance()
      return budgetAmount().map { .budget($0.amount, perMember: $0.perMember) } ?? .error
    case .expires: return expires()
    case .deduct: return deduct()
    case .take: return takeBack()
    case .rank: return rank()
    case .cost: return cost()
    default: return nil
    }
  }

  /// The value of a clause, which must begin on the clause's line.
  mutating func clauseValue() -> Expr {
    guard isAtClauseEnd else { return expression() }
    expected(.value)
    return errorNode()
  }

  private mutating func unknownIncentiveClause() -> IncentiveSyntax.Kind {
    let word = text(current)
    if at(.badge), peek(1).isText, !peek(1).startsLine {
      note(
        .foreignWord(wrote: word, meant: "award badge"), at: here,
        edits: [TextEdit(span: here, replacement: "award badge")])
      return awarded()
    }
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

  /// An amount that must begin on the clause's line, unless the clause begins with it.
  private mutating func clauseAmount(isFirst: Bool = false) -> Expr {
    if let share = shareOfPoints() { return share }
    let isAtEnd = isFirst ? current.isEnd || at(.semicolon) || at(.rightBrace) : isAtClauseEnd
    guard isAtEnd || at(.per) || at(.points) && endsClause(after: 0) else { return amount() }
    expected(.number(Wording(en: "a number", zh: "一个数")))
    return errorNode()
  }

  /// `award E points and badge TEXT`
  private mutating func award() -> IncentiveSyntax.Kind {
    advance()
    return awarded()
  }

  private mutating func awarded() -> IncentiveSyntax.Kind {
    var parts: [AwardPart] = []
    repeat {
      if at(.badge), case .textHead = peek(1).kind, !peek(1).startsLine {
        advance()
        note(.badgeWithValues, at: here)
        _ = expression()
        return .error
      }
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
      // `award 500, 300, 200 points`: the prizes of a board.
      var places = [amount]
      while take(.comma) {
        let next = clauseAmount()
        if case .error = next.kind { break }
        places.append(next)
      }
      guard let purse = purse(of: places[places.count - 1]) else { break }
      parts.append(.points(places, purse: purse))
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
      // Said already, with the share.
      if case .call(let name, _) = amount.kind, name.span == amount.span { return Name("points", place) }
      let text = file.text(amount.span)
      // Of the balance itself it cannot be told what was meant.
      let edits = text.hasPrefix("points ") ? [] : [TextEdit(span: place, replacement: " points")]
      note(.pointsOmitted(text), at: place, edits: edits)
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
      if let quotient = perPeriod(count) {
        let meant = "\(file.text(quotient.count.span)) per \(quotient.unit.keyword)"
        note(
          .foreignOperator(wrote: file.text(count.span), meant: meant), at: count.span,
          edits: [TextEdit(span: count.span, replacement: meant)])
        all.append(LimitSyntax(count: quotient.count, per: .period(quotient.unit), span: span(from: start)))
        continue
      }
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

  /// `1/day`
  private func perPeriod(_ amount: Expr) -> (count: Expr, unit: PeriodUnit)? {
    guard case .binary(.divide, let count, let divisor) = amount.kind, case .name(let name) = divisor.kind,
      let unit = PeriodUnit.allCases.first(where: { $0.keyword == name.text }), isAtClauseEnd || at(.comma)
    else { return nil }
    return (count, unit)
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
  private mutating func amountPer(isFirst: Bool = false) -> AmountPer? {
    let start = index
    let amount = clauseAmount(isFirst: isFirst)
    if case .error = amount.kind { return nil }
    guard at(.per) || !isAtClauseEnd else {
      expected(.word("per"))
      return nil
    }
    guard let purse = purse(of: amount), expect(.per), let unit = periodUnit() else { return nil }
    return AmountPer(amount: amount, purse: purse, unit: unit, span: span(from: start))
  }

  /// `E points per PERIOD [per member]`
  private mutating func budgetAmount(isFirst: Bool = false) -> (amount: AmountPer, perMember: Bool)? {
    guard let amount = amountPer(isFirst: isFirst) else { return nil }
    var isPerMember = false
    if !lineEnds, take(.per) { isPerMember = expect(.member) }
    return (amount, isPerMember)
  }

  // MARK: What becomes of points

  /// Takes a word behind another; one that is missing, or stands in for it, is reported with its edit.
  private mutating func follow(_ keyword: Keyword, instead: Set<String> = []) {
    if !lineEnds, take(keyword) { return }
    if current.isWord, !lineEnds, instead.contains(text(current)) {
      note(
        .expected(.word(keyword.rawValue), found: found), at: here,
        edits: [TextEdit(span: here, replacement: keyword.rawValue)])
      return advance()
    }
    let place = span(previous).after
    report(
      .expected(.word(keyword.rawValue), found: found), at: placeOfExpected,
      edits: [TextEdit(span: place, replacement: " " + keyword.rawValue)])
  }

  /// `expires after 180 days`
  private mutating func expires() -> IncentiveSyntax.Kind {
    advance()
    if current.isWord, !lineEnds, ["at", "on", "by", "every", "end", "never"].contains(text(current)) {
      report(.expiryForm(found))
      skipClause()
      return .error
    }
    follow(.after, instead: ["in", "within"])
    return .expires(clauseValue())
  }

  /// `deduct [up to] E points`
  private mutating func deduct() -> IncentiveSyntax.Kind {
    advance()
    var isUpTo = false
    if at(.up), peek(1).keyword == .to {
      advance()
      expect(.to)
      isUpTo = true
    }
    let amount = clauseAmount()
    if case .error = amount.kind {
      skipClause()
      return .error
    }
    guard let purse = purse(of: amount) else { return .error }
    if !lineEnds, at(.and) || at(.comma) {
      let start = index
      skipClause()
      note(.oneDeduction, at: span(from: start))
    }
    return .deduct(amount, purse: purse, isUpTo: isUpTo)
  }

  /// `take back RULE same ATTRIBUTE, ATTRIBUTE [if any]`
  private mutating func takeBack() -> IncentiveSyntax.Kind {
    advance()
    expect(.back)
    let rule = name(Wording(en: "the incentive whose awards are taken back", zh: "要收回哪条激励发放的奖励"))
    guard !rule.text.isEmpty, expect(.same) else { return .error }
    let same = names(Wording(en: "an attribute that both events have", zh: "两个事件都有的属性"))
    if same.isEmpty { return .error }
    guard !lineEnds, take(.if) else { return .takeBack(rule: rule, same: same, isIfAny: false) }
    return expect(.any) ? .takeBack(rule: rule, same: same, isIfAny: true) : .error
  }

  /// `rank by E [asc | desc], … [within E, …]`
  private mutating func rank() -> IncentiveSyntax.Kind {
    advance()
    expect(.by)
    var keys: [RankKey] = []
    repeat {
      let value = rankValue()
      if case .error = value.kind { return .error }
      let isAscending = !lineEnds && take(.asc)
      if !isAscending, !lineEnds { _ = take(.desc) }
      keys.append(RankKey(value: value, isAscending: isAscending))
    } while take(.comma)
    var within: [Expr] = []
    if !lineEnds, take(.within) {
      repeat {
        let value = rankValue()
        if case .error = value.kind { return .error }
        within.append(value)
      } while take(.comma)
    }
    return .rank(keys, within: within)
  }

  private mutating func rankValue() -> Expr {
    guard isAtClauseEnd || at(.within) else { return amount() }
    expected(.value)
    return errorNode()
  }

  /// `cost E per point`
  private mutating func cost() -> IncentiveSyntax.Kind {
    advance()
    let amount = clauseAmount()
    if case .error = amount.kind { return .error }
    guard expect(.per) else { return .error }
    follow(.point, instead: ["points"])
    return .cost(amount)
  }

  // MARK: budget

  /// `budget NAME { … }`
  mutating func budget(_ base: Int) -> BudgetSyntax {
    advance()
    let name = name(Wording(en: "the budget's name", zh: "预算的名称"))
    var clauses: [BudgetSyntax.Clause] = []
    block(baseColumn: base) { parser in
      let start = parser.index
      let kind = parser.budgetClause()
      clauses.append(BudgetSyntax.Clause(kind, parser.span(from: start)))
    }
    return BudgetSyntax(name: name, clauses: clauses)
  }

  private mutating func budgetClause() -> BudgetSyntax.Kind {
    switch current.keyword {
    case .title where peek(1).isText:
      advance()
      return textLiteral(Wording(en: "the title", zh: "标题")).map { .title($0) } ?? .error
    case .covers:
      advance()
      let covered = names(Wording(en: "the name of an incentive", zh: "激励规则的名称"))
      return covered.isEmpty ? .error : .covers(covered)
    case .warn:
      advance()
      follow(.at, instead: ["when", "after"])
      return .warn(clauseValue())
    default: break
    }
    if current.isWord, current.keyword == nil, let near = Suggestions.near(text(current), in: ["covers", "warn"]),
      peek(1).isWord, !peek(1).startsLine
    {
      note(
        .unknownClause(text(current), block: .budget, near: near), at: here,
        edits: [TextEdit(span: here, replacement: near)])
      advance()
      if near == "covers" { return .covers(names(Wording(en: "the name of an incentive", zh: "激励规则的名称"))) }
      follow(.at)
      return .warn(clauseValue())
    }
    guard startsOperand(current) else {
      expectedStart(.words(FileParser.clauseNames(.budget)))
      return .error
    }
    return budgetAmount(isFirst: true).map { .amount($0.amount, perMember: $0.perMember) } ?? .error
  }

  /// `NAME, NAME`
  mutating func names(_ what: Wording) -> [Name] {
    var all: [Name] = []
    repeat {
      let one = name(what)
      if one.text.isEmpty { break }
      all.append(one)
    } while take(.comma)
    return all
  }
}
