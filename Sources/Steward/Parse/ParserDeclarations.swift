// The declarations of a file: `let`, `fn`, `segment`; the others have files of their own.

extension FileParser {
  mutating func declarations() -> [Declaration] {
    var all: [Declaration] = []
    while true {
      while take(.semicolon) {}
      if current.isEnd { return all }
      if at(.rightBrace) || at(.rightParenthesis) || at(.rightBracket) {
        report(.strayClosing(text(current)))
        advance()
        continue
      }
      let start = index
      let doc = docs[index] ?? []
      let isOverride = at(.override) && peek(1).isWord && take(.override)
      let kind = declaration()
      endDeclaration(since: start)
      if index == start { advance() }
      all.append(Declaration(kind, doc: doc, isOverride: isOverride, span: span(from: start)))
    }
  }

  /// Reports what is left of a declaration on its line, and skips it.
  private mutating func endDeclaration(since start: Int) {
    if current.isEnd || at(.semicolon) || current.startsLine && !continuesLine { return }
    if at(.rightBrace) || at(.rightParenthesis) || at(.rightBracket) { return }
    if index > start { report(.unexpected(found, after: Wording("`\(text(previous))`"))) }
    skipDeclaration()
  }

  static let declarationKeywords: [Keyword] = [
    .community, .let, .fn, .segment, .metric, .benchmark, .incentive, .budget, .tiers, .use, .needs, .parameter, .alert,
    .goal, .plan,
  ]
  static let laterDeclarations: [Keyword] = [
    .funnel, .cohort, .experiment, .rotation, .test,
  ]

  private func isDeclarationKeyword(_ keyword: Keyword?) -> Bool {
    switch keyword {
    case .community, .let, .fn, .segment, .incentive, .budget, .tiers, .override, .use, .needs, .parameter: true
    case .metric, .benchmark, .alert, .goal, .plan, .funnel, .cohort, .experiment, .rotation, .test: true
    default: false
    }
  }

  /// Whether the current token, if first on its line, begins a declaration.
  var startsDeclaration: Bool {
    guard isDeclarationKeyword(current.keyword) else { return false }
    let next = peek(1)
    if next.startsLine { return false }
    return next.isWord || next.isText || at(.community) && next.symbol == .leftBrace
  }

  private mutating func declaration() -> Declaration.Kind {
    guard case .word(let keyword) = current.kind else {
      expectedStart(.declaration)
      skipDeclaration()
      return .error
    }
    if let keyword, isDeclarationKeyword(keyword) { return declaration(keyword) }
    return unknownDeclaration()
  }

  private mutating func declaration(_ keyword: Keyword) -> Declaration.Kind {
    let base = column(current)
    switch keyword {
    case .community: return .community(community(base))
    case .let: return .let(letDeclaration())
    case .segment: return .segment(letDeclaration())
    case .fn: return .function(function())
    case .incentive: return .incentive(incentive(base))
    case .budget: return .budget(budget(base))
    case .tiers: return .tiers(ladder(base))
    case .alert: return .alert(alert(base))
    case .goal: return .goal(goal(base))
    case .plan: return .plan(phasePlan(base))
    case .use: return use()
    case .needs: return needs()
    case .parameter: return parameter()
    case .metric: return .metric(metric())
    case .benchmark: return .benchmark(benchmark())
    default: return later()
    }
  }

  private mutating func later() -> Declaration.Kind {
    let keyword = Name(text(current), here)
    note(.later(keyword.text), at: here)
    advance()
    var name: Name?
    if current.isWord, !current.startsLine { name = Name(text(current), here) }
    skipDeclaration()
    return .later(keyword: keyword, name: name)
  }

  private mutating func unknownDeclaration() -> Declaration.Kind {
    let word = text(current)
    if let block = FileParser.owner(ofClause: word), peek(1).symbol != .assign {
      report(.misplacedClause(word, block: block))
      skipDeclaration()
      return .error
    }
    let all = FileParser.declarationKeywords + FileParser.laterDeclarations
    let near = Suggestions.near(word, in: all.map(\.rawValue))
    if let near, let keyword = Keyword(rawValue: near),
      peek(1).isWord || peek(1).isText || peek(1).symbol == .leftBrace,
      !peek(1).startsLine
    {
      note(
        .unknownDeclaration(word, near: near), at: here, edits: [TextEdit(span: here, replacement: near)])
      return declaration(keyword)
    }
    if peek(1).symbol == .assign, !peek(1).startsLine {
      let place = here
      note(
        .missingLet(word), at: place,
        edits: [TextEdit(span: Span(file: place.file, start: place.start, end: place.start), replacement: "let ")])
      return .let(named(mayStartLine: true))
    }
    report(.unknownDeclaration(word, near: near))
    skipDeclaration()
    return .error
  }

  /// The block whose clause a word begins, for a clause that stands outside.
  private static func owner(ofClause word: String) -> ParseProblem.Block? {
    ParseProblem.Block.allCases.first {
      clauseNames($0).contains { $0.split(separator: " ").first.map(String.init) == word }
    }
  }

  /// The clauses of a block, as hints list them.
  static func clauseNames(_ block: ParseProblem.Block) -> [String] {
    switch block {
    case .community:
      [
        "time zone", "week starts", "starts", "privacy group", "skip bad rows", "members", "events", "content", "event",
        "records", "purse",
      ]
    case .incentive:
      [
        "title", "on", "every", "among", "during", "when", "rank by", "award", "deduct", "take back", "limit", "cap",
        "cooldown", "budget", "expires", "cost",
      ]
    case .budget: ["300 points per month", "covers", "warn at", "title"]
    case .tiers: ["title", "tier", "review", "grace", "demote one step"]
    case .tier: ["title", "when", "keep when", "grants"]
    case .alert:
      [
        "title", "each", "when", "for", "keep", "check every", "severity", "cooldown", "group by", "unless", "message",
        "notify", "suggest",
      ]
    case .goal: ["title", "reach", "from", "by"]
    case .plan: ["title", "phase"]
    case .phase: ["title", "from", "until", "by"]
    }
  }

  /// Skips a declaration: to the first line outside all braces that does not go on with the one before.
  mutating func skipDeclaration() {
    var open = 0
    var isFirst = true
    while !current.isEnd {
      if current.startsLine, !isFirst {
        if startsDeclaration, open == 0 || column(current) == 0 { break }
        if open == 0, !continuesLine, !at(.leftBrace), !previousGoesOn { break }
      }
      isFirst = false
      switch current.symbol {
      case .semicolon where open == 0: return
      case .leftBrace, .leftParenthesis, .leftBracket: open += 1
      case .rightBrace, .rightParenthesis, .rightBracket:
        if open == 0, at(.rightBrace) { return }
        open = max(0, open - 1)
      default: break
      }
      advance()
    }
  }

  // MARK: let, segment, fn

  private static let nameOfLet = Wording(en: "a name", zh: "一个名称")

  private mutating func letDeclaration() -> LetSyntax {
    advance()
    return named()
  }

  /// `NAME [about SUBJECT] = E [title TEXT]`
  private mutating func named(mayStartLine: Bool = false) -> LetSyntax {
    let name = name(FileParser.nameOfLet, mayStartLine: mayStartLine)
    var subject: SubjectKind?
    if at(.about) {
      advance()
      subject = current.isWord ? SubjectKind(rawValue: text(current)) : nil
      if subject == nil { expected(.words(["member", "content", "community"])) } else { advance() }
    }
    let (title, value) = titledValue()
    return LetSyntax(name: name, about: subject, title: title, value: value)
  }

  /// `[title TEXT] = E [title TEXT]`
  mutating func titledValue() -> (TextLiteral?, Expr) {
    var title = titleClause()
    var isGiven = false
    if at(.colon), !lineEnds {
      // `let a: count(like)`, and `let a: int = 5`, whose type follows from the value.
      let isTyped = peek(1).isWord && peek(2).symbol == .assign
      let place = isTyped ? here.joined(span(peek(1))) : here
      let before = previous.end == current.start ? " " : ""
      let after = current.end == peek(1).start ? " " : ""
      note(
        .expected(.symbol("="), found: .source(file.text(place))), at: place,
        edits: [TextEdit(span: place, replacement: isTyped ? "" : "\(before)=\(after)")])
      index += isTyped ? 2 : 1
      isGiven = !isTyped
    }
    guard isGiven || expect(.assign) else {
      let place = here
      skipDeclaration()
      return (title, Expr(.error, place))
    }
    let value = expression()
    if let later = titleClause() { title = later }
    return (title, value)
  }

  /// `title TEXT`, also at the start of the next line.
  private mutating func titleClause() -> TextLiteral? {
    guard at(.title), peek(1).isText else { return nil }
    advance()
    return textLiteral(Wording(en: "the title", zh: "标题"))
  }

  /// `fn NAME(NAME: TYPE, …) = E`
  private mutating func function() -> FunctionSyntax {
    advance()
    let name = name(Wording(en: "the name of a function", zh: "函数的名称"))
    var parameters: [FunctionSyntax.Parameter] = []
    let opening = here
    if expect(.leftParenthesis) {
      let saved = newlineEnds
      newlineEnds = false
      while !at(.rightParenthesis), !current.isEnd {
        let parameter = self.name(Wording(en: "the name of a parameter", zh: "参数的名称"))
        guard !parameter.text.isEmpty, expect(.colon) else { break }
        guard current.isWord else {
          expected(.type)
          break
        }
        parameters.append(FunctionSyntax.Parameter(name: parameter, type: self.name(FileParser.nameOfLet)))
        if !take(.comma) { break }
      }
      close(.rightParenthesis, opened: opening)
      newlineEnds = saved
    }
    let (title, value) = titledValue()
    return FunctionSyntax(name: name, parameters: parameters, title: title, value: value)
  }

  /// Takes a closing bracket, or reports it missing and where its opening one stands.
  mutating func close(_ symbol: Symbol, opened: Span) {
    if take(symbol) { return }
    let opening = symbol == .rightParenthesis ? "(" : "["
    report(
      .expected(.symbol(symbol.rawValue), found: current.startsLine && !current.isEnd ? .endOfLine : found),
      at: index > 0 && current.startsLine ? span(previous).after : here,
      related: [
        Diagnostic.Related(
          span: opened, message: Wording(en: "to close this `\(opening)`", zh: "用来对应这个 `\(opening)`"))
      ])
  }
}
