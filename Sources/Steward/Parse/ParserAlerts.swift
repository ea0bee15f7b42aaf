// `alert NAME { … }`, `goal NAME { … }`, `plan NAME { … }`

extension FileParser {
  /// Reads a clause that begins with a word. - Missing: nil, reported, where no clause begins so.
  private mutating func clause<Kind>(
    of block: ParseProblem.Block, _ read: (inout FileParser, Keyword?) -> Kind?
  ) -> Kind? {
    guard case .word(let keyword) = current.kind else {
      expectedStart(.words(FileParser.clauseNames(block)))
      return nil
    }
    if let kind = read(&self, keyword) { return kind }
    let word = text(current)
    let words = FileParser.clauseNames(block).compactMap { $0.split(separator: " ").first.map(String.init) }
    if let near = Suggestions.near(word, in: words), let keyword = Keyword(rawValue: near) {
      note(.unknownClause(word, block: block, near: near), at: here, edits: [TextEdit(span: here, replacement: near)])
      return read(&self, keyword)
    }
    report(.unknownClause(word, block: block, near: nil))
    advance()
    skipClause()
    return nil
  }

  private mutating func titleValue() -> TextLiteral? {
    advance()
    return textLiteral(Wording(en: "the title", zh: "标题"))
  }

  /// The value of a clause behind its keyword.
  private mutating func valueAfterKeyword() -> Expr {
    advance()
    return clauseValue()
  }

  // MARK: alert

  mutating func alert(_ base: Int) -> AlertSyntax {
    advance()
    let name = name(Wording(en: "the alert's name", zh: "预警的名称"))
    var clauses: [AlertSyntax.Clause] = []
    block(baseColumn: base) { parser in
      let start = parser.index
      let kind = parser.clause(of: .alert) { $0.alertClause($1) } ?? .error
      clauses.append(AlertSyntax.Clause(kind, parser.span(from: start)))
    }
    return AlertSyntax(name: name, clauses: clauses)
  }

  private mutating func alertClause(_ keyword: Keyword?) -> AlertSyntax.Kind? {
    switch keyword {
    case .title: return titleValue().map { .title($0) } ?? .error
    case .each: return each()
    case .when: return .when(valueAfterKeyword())
    case .for: return .holds(valueAfterKeyword())
    case .keep: return .keep(valueAfterKeyword())
    case .cooldown: return .cooldown(valueAfterKeyword())
    case .message: return .message(valueAfterKeyword())
    case .suggest: return .suggest(valueAfterKeyword())
    case .check: return check()
    case .severity:
      advance()
      let severity = name(Wording(en: "`info`, `warning` or `critical`", zh: "`info`、`warning` 或 `critical`"))
      return severity.text.isEmpty ? .error : .severity(severity)
    case .group: return groupBy()
    case .unless:
      advance()
      let alerts = names(Wording(en: "the name of an alert", zh: "预警的名称"))
      return alerts.isEmpty ? .error : .unless(alerts)
    case .notify:
      advance()
      var all: [TextLiteral] = []
      repeat {
        guard let who = textLiteral(Wording(en: "who is notified", zh: "通知谁")) else { break }
        all.append(who)
      } while take(.comma)
      return all.isEmpty ? .error : .notify(all)
    default: return nil
    }
  }

  /// `each member in S`, `each city`
  private mutating func each() -> AlertSyntax.Kind {
    advance()
    if at(.member), !lineEnds {
      advance()
      guard expect(.in) else { return .error }
      return .eachMember(clauseValue())
    }
    let group = name(Wording(en: "`member in …`, or what a metric is grouped by", zh: "`member in …`，或指标的分组名"))
    return group.text.isEmpty ? .error : .eachGroup(group)
  }

  /// `check every hour`
  private mutating func check() -> AlertSyntax.Kind {
    advance()
    if let unit = periodAdverb("every ") { return .check(.period(unit)) }
    guard expect(.every) else { return .error }
    if at(.hour), !lineEnds {
      advance()
      return .check(.hour)
    }
    if let unit = everyAdverb() { return .check(.period(unit)) }
    return periodUnit(or: .checkPeriod).map { .check(.period($0)) } ?? .error
  }

  /// `group by E, F`
  private mutating func groupBy() -> AlertSyntax.Kind {
    advance()
    guard expect(.by) else { return .error }
    var all: [Expr] = []
    repeat {
      let value = clauseValue()
      if case .error = value.kind { return .error }
      all.append(value)
    } while take(.comma)
    return .groupBy(all)
  }

  // MARK: goal

  mutating func goal(_ base: Int) -> GoalSyntax {
    advance()
    let name = name(Wording(en: "the goal's name", zh: "目标的名称"))
    var clauses: [GoalSyntax.Clause] = []
    block(baseColumn: base) { parser in
      let start = parser.index
      let kind = parser.clause(of: .goal) { $0.goalClause($1) } ?? .error
      clauses.append(GoalSyntax.Clause(kind, parser.span(from: start)))
    }
    return GoalSyntax(name: name, clauses: clauses)
  }

  private mutating func goalClause(_ keyword: Keyword?) -> GoalSyntax.Kind? {
    switch keyword {
    case .title: titleValue().map { .title($0) } ?? .error
    case .reach: .reach(valueAfterKeyword())
    case .from: .from(valueAfterKeyword())
    case .by: .by(valueAfterKeyword())
    default: nil
    }
  }

  // MARK: plan

  mutating func phasePlan(_ base: Int) -> PhasePlanSyntax {
    advance()
    let name = name(Wording(en: "the plan's name", zh: "计划的名称"))
    var clauses: [PhasePlanSyntax.Clause] = []
    block(baseColumn: base) { parser in
      let start = parser.index
      let kind = parser.clause(of: .plan) { $0.planClause($1) } ?? .error
      clauses.append(PhasePlanSyntax.Clause(kind, parser.span(from: start)))
    }
    return PhasePlanSyntax(name: name, clauses: clauses)
  }

  private mutating func planClause(_ keyword: Keyword?) -> PhasePlanSyntax.Kind? {
    switch keyword {
    case .title: titleValue().map { .title($0) } ?? .error
    case .phase: .phase(phase())
    default: nil
    }
  }

  /// `phase NAME [{ … }]`
  private mutating func phase() -> PhaseSyntax {
    let doc = docs[index] ?? []
    let base = column(current)
    advance()
    let name = name(Wording(en: "the phase's name", zh: "阶段的名称"))
    var clauses: [PhaseSyntax.Clause] = []
    if at(.leftBrace) {
      block(baseColumn: base, outer: { $0.at(.phase) }) { parser in
        let start = parser.index
        let clause = parser.clause(of: .phase) { $0.phaseClause($1) }
        clauses.append(clause ?? .error(parser.span(from: start)))
      }
    }
    return PhaseSyntax(name: name, doc: doc, clauses: clauses)
  }

  private mutating func phaseClause(_ keyword: Keyword?) -> PhaseSyntax.Clause? {
    let start = index
    switch keyword {
    case .title:
      let title = titleValue()
      return title.map { .title($0, span(from: start)) } ?? .error(span(from: start))
    case .from:
      let value = valueAfterKeyword()
      return .from(value, span(from: start))
    case .until:
      let value = valueAfterKeyword()
      return .until(value, span(from: start))
    case .by:
      let value = valueAfterKeyword()
      return .by(value, span(from: start))
    default: return nil
    }
  }
}
