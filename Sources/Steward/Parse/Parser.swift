// Tokens → FileSyntax, by recursive descent, as Grammar.txt says.
//
// Takes a file, gives its tree and everything wrong with it. Promises: every file has a tree, whatever is in it; one mistake
// gives one message; the tree is never deeper than `FileParser.deepest`, so that those who walk it need no limit of their own.
//
// Recovery. A rule that does not find what it wants reports it once and returns an error node without taking anything;
// whoever parses the clause then skips to the clause's end. Nothing more is reported before the parser has moved on. A brace
// that is missing is seen at the first line that begins a clause of the outer block, no further in than the block itself.

/// Makes a syntax tree of a file.
public enum Parser {
  /// The tree of a file.
  /// - Reports: P0101–P0149, in the order of their places.
  /// - Cost: linear in the bytes.
  public static func parse(_ file: SourceFile) -> (FileSyntax, [Diagnostic]) {
    let (tokens, problems) = Lexer.tokens(of: file)
    var parser = FileParser(file: file, tokens: tokens)
    let declarations = parser.declarations()
    let all = (problems + parser.diagnostics).enumerated().sorted { left, right in
      let leftStart = left.element.span?.start ?? 0
      let rightStart = right.element.span?.start ?? 0
      return (leftStart, left.offset) < (rightStart, right.offset)
    }
    let tree = FileSyntax(file: file.id, declarations: declarations, comments: parser.comments)
    return (tree, all.map(\.element))
  }
}

struct FileParser {
  let file: SourceFile
  /// Without comments; the last is `.end`.
  let tokens: [Token]
  /// The lines of the `///` comment before a token, by the token's index.
  var docs: [Int: [String]] = [:]
  var comments: [Span] = []
  var diagnostics: [Diagnostic] = []
  var index = 0
  /// Whether a line's end ends what is being read: not inside `( )` and `[ ]`.
  var newlineEnds = true
  /// Whether an operator at the start of a line goes on with the line before: not among columns, which may be called `in`.
  var operatorsGoOn = true
  /// How many expressions are open around the current one.
  var nesting = 0
  /// How deep the tree of the expression just read is.
  var depth = 0
  /// The token at which something was last reported.
  private var reportedAt = -1

  /// How deeply expressions may be nested in one another.
  static let deepestNesting = 200
  /// How deep a tree may get, long chains of operators included.
  static let deepest = 500

  init(file: SourceFile, tokens all: [Token]) {
    self.file = file
    var kept: [Token] = []
    kept.reserveCapacity(all.count)
    var pending: [Token] = []
    for token in all {
      switch token.kind {
      case .comment: comments.append(Span(file.id, Int(token.start)..<Int(token.end)))
      case .docComment: pending.append(token)
      default:
        if !pending.isEmpty {
          docs[kept.count] = pending.map { FileParser.docLine($0, in: file) }
          pending.removeAll()
        }
        kept.append(token)
      }
    }
    if kept.isEmpty { kept.append(Token(.end, start: 0, end: 0, startsLine: true)) }
    tokens = kept
  }

  private static func docLine(_ token: Token, in file: SourceFile) -> String {
    var text = file.text(Span(file.id, (Int(token.start) + 3)..<Int(token.end)))
    if text.hasPrefix(" ") { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  // MARK: Looking

  var current: Token { tokens[min(index, tokens.count - 1)] }

  func peek(_ ahead: Int) -> Token { tokens[max(0, min(index + ahead, tokens.count - 1))] }

  var previous: Token { peek(-1) }

  func span(_ token: Token) -> Span { Span(file: file.id, start: token.start, end: token.end) }

  var here: Span { span(current) }

  /// From a token up to the last one taken.
  func span(from start: Int) -> Span {
    let first = tokens[min(start, tokens.count - 1)]
    let last = tokens[max(0, min(index - 1, tokens.count - 1))]
    return Span(file: file.id, start: first.start, end: max(first.start, index > start ? last.end : first.start))
  }

  func text(_ token: Token) -> String { file.text(span(token)) }

  func at(_ keyword: Keyword) -> Bool { current.keyword == keyword }

  func at(_ symbol: Symbol) -> Bool { current.symbol == symbol }

  /// Where a token stands on its line. - Unit: bytes from the line's start.
  func column(_ token: Token) -> Int { file.position(of: Int(token.start)).column }

  /// Whether a line's end, here, ends what is being read.
  var lineEnds: Bool { newlineEnds && current.startsLine && !continuesLine && !previousGoesOn }

  /// Whether the token before cannot end a line: a comma, `=` or an operator.
  var previousGoesOn: Bool {
    switch previous.kind {
    case .symbol(let symbol):
      switch symbol {
      case .comma, .assign, .coalesce, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .plus, .minus,
        .star, .slash:
        true
      default: false
      }
    case .word(let keyword): keyword == .and || keyword == .or || keyword == .div || keyword == .mod
    default: false
    }
  }

  /// Whether the current token, first on its line, goes on with the expression of the line before.
  var continuesLine: Bool {
    operatorsGoOn && isInfix(current)
  }

  private func isInfix(_ token: Token) -> Bool {
    switch token.kind {
    case .word(let keyword):
      switch keyword {
      case .and, .or, .div, .mod, .in, .contains, .is: true
      case .starts: peek(1).keyword == .with
      default: false
      }
    case .symbol(let symbol):
      switch symbol {
      case .coalesce, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .plus, .minus, .star, .slash:
        true
      default: false
      }
    default: false
    }
  }

  /// Whether a clause ends here.
  var isAtClauseEnd: Bool {
    current.isEnd || at(.semicolon) || at(.rightBrace) || lineEnds
  }

  // MARK: Taking

  mutating func advance() { index = min(index + 1, tokens.count - 1) }

  mutating func take(_ keyword: Keyword) -> Bool {
    guard at(keyword) else { return false }
    advance()
    return true
  }

  mutating func take(_ symbol: Symbol) -> Bool {
    guard at(symbol) else { return false }
    advance()
    return true
  }

  /// Takes a keyword of the same clause, or reports that it is missing.
  @discardableResult
  mutating func expect(_ keyword: Keyword) -> Bool {
    if !lineEnds, take(keyword) { return true }
    expected(.word(keyword.rawValue))
    return false
  }

  @discardableResult
  mutating func expect(_ symbol: Symbol) -> Bool {
    if take(symbol) { return true }
    expected(.symbol(symbol.rawValue))
    return false
  }

  /// Takes a name, or reports that it is missing and gives an empty one.
  mutating func name(_ what: Wording, mayStartLine: Bool = false) -> Name {
    if current.isWord, mayStartLine || !lineEnds {
      let name = Name(text(current), here)
      advance()
      return name
    }
    expected(.name(what))
    return Name("", here)
  }

  /// Takes a text without values, or reports that it is missing.
  mutating func textLiteral(_ what: Wording) -> TextLiteral? {
    if case .text(let text) = current.kind, !lineEnds {
      let literal = TextLiteral(text, here)
      advance()
      return literal
    }
    expected(.text(what))
    return nil
  }

  /// Takes `day`, `week`, `month`, `quarter` or `year`.
  mutating func periodUnit(or expectation: ParseProblem.Expected = .period) -> PeriodUnit? {
    if !lineEnds, let unit = FileParser.period(current.keyword) {
      advance()
      return unit
    }
    if let unit = periodAdverb() { return unit }
    expected(expectation)
    return nil
  }

  static func period(_ keyword: Keyword?) -> PeriodUnit? {
    switch keyword {
    case .day: .day
    case .week: .week
    case .month: .month
    case .quarter: .quarter
    case .year: .year
    default: nil
    }
  }

  // MARK: Reporting

  /// Reports a problem of which the parser knows what was meant, and goes on.
  mutating func note(
    _ problem: ParseProblem, at place: Span, related: [Diagnostic.Related] = [], edits: [TextEdit] = []
  ) {
    diagnostics.append(problem.at(place, related: related, edits: edits))
  }

  /// Reports a problem, unless one has been reported at this token, or the lexer has.
  mutating func report(
    _ problem: ParseProblem, at place: Span? = nil, related: [Diagnostic.Related] = [], edits: [TextEdit] = []
  ) {
    defer { reportedAt = index }
    guard reportedAt != index, !current.isBroken, index == 0 || !previous.isBroken else { return }
    note(problem, at: place ?? here, related: related, edits: edits)
  }

  /// Says nothing more about the current token.
  mutating func keepQuiet() { reportedAt = index }

  /// What stands here, in words.
  var found: ParseProblem.Found {
    if current.isEnd { return .endOfFile }
    if current.startsLine, newlineEnds { return .endOfLine }
    switch current.kind {
    case .text, .textHead, .textMiddle, .textTail: return .text
    default: return .source(text(current))
    }
  }

  /// The current token, or the end of the line before it.
  var placeOfExpected: Span {
    index > 0 && (current.isEnd || current.startsLine && newlineEnds) ? span(previous).after : here
  }

  mutating func expected(_ what: ParseProblem.Expected) {
    report(.expected(what, found: found), at: placeOfExpected)
  }

  /// Reports that a declaration or clause should begin here.
  mutating func expectedStart(_ what: ParseProblem.Expected) {
    let found: ParseProblem.Found = current.isText ? .text : .source(text(current))
    report(.expected(what, found: found), at: here)
  }

  // MARK: Clauses and blocks

  /// Reads `{ clause … }`; clauses end at a line's end, `;` and, where `commas`, at a comma.
  ///
  /// `outer` says whether the current token begins a clause of the block around this one.
  mutating func block(
    baseColumn: Int, commas: Bool = false, outer: (FileParser) -> Bool = { _ in false },
    clause: (inout FileParser) -> Void
  ) {
    let opening = at(.leftBrace) ? here : placeOfExpected
    guard openBlock() else { return }
    let saved = newlineEnds
    defer { newlineEnds = saved }
    newlineEnds = true
    while true {
      while take(.semicolon) || commas && take(.comma) {}
      if take(.rightBrace) { return }
      let isOutside =
        current.startsLine && (startsDeclaration || outer(self)) && column(current) <= baseColumn
      if current.isEnd || isOutside {
        report(.unclosed("{"), at: opening)
        return
      }
      let start = index
      clause(&self)
      endClause(since: start, commas: commas)
    }
  }

  /// Takes `{`. Where it is missing, reports that and goes to the `{` further on, or on as if it stood here.
  private mutating func openBlock() -> Bool {
    if take(.leftBrace) { return true }
    expected(.symbol("{"))
    var ahead = 0
    while !peek(ahead).isEnd, ahead == 0 || !peek(ahead).startsLine {
      if peek(ahead).symbol == .leftBrace {
        index += ahead + 1
        return true
      }
      ahead += 1
    }
    if current.isWord, !startsDeclaration { return true }
    skipClause()
    return false
  }

  /// Words that begin a clause of a rule, and go on with none.
  private static let ruleClauses: Set<Keyword> = [
    .when, .award, .limit, .cap, .cooldown, .expires, .deduct, .cost, .during, .every,
  ]

  /// Reports what is left of a clause, and skips it.
  private mutating func endClause(since start: Int, commas: Bool) {
    if index == start {
      advance()
      return skipClause()
    }
    if isAtClauseEnd || commas && at(.comma) { return }
    if at(.rightParenthesis) || at(.rightBracket) {
      report(.strayClosing(text(current)))
    } else if let keyword = current.keyword, FileParser.ruleClauses.contains(keyword) {
      // Read on as if it stood on a line of its own.
      let place = span(previous).after
      note(.clauseOnLine(text(current)), at: here, edits: [TextEdit(span: place, replacement: ";")])
      return
    } else {
      report(.unexpected(found, after: Wording("`\(text(previous))`")))
    }
    skipClause()
  }

  /// Skips to the end of a clause: past whole blocks in braces, never beyond the brace of the block around it.
  mutating func skipClause() {
    var braces = 0
    var parentheses = 0
    while !current.isEnd {
      if current.startsLine, !continuesLine {
        if startsDeclaration, column(current) == 0 { return }
        if braces == 0, parentheses == 0 || startsClause { return }
      }
      switch current.symbol {
      case .semicolon where braces == 0 && parentheses == 0: return
      case .leftBrace: braces += 1
      case .rightBrace:
        if braces == 0 { return }
        braces -= 1
      case .leftParenthesis, .leftBracket: parentheses += 1
      case .rightParenthesis, .rightBracket: parentheses = max(0, parentheses - 1)
      default: break
      }
      advance()
    }
  }

  /// Whether the current word, first on its line, can only begin a clause of an incentive or a ladder.
  var startsClause: Bool {
    switch current.keyword {
    case .on, .every, .when, .award, .deduct, .take, .rank, .expires, .limit, .cap, .cooldown, .covers, .grants,
      .review, .grace, .demote, .severity, .unless, .message, .notify, .suggest, .reach, .until:
      true
    default: false
    }
  }
}
