/// What was typed into a session.
enum Statement: Sendable {
  case nothing
  case declarations(FileSyntax)
  case expression(Expr)
}

/// An entry, read.
struct ParsedStatement: Sendable {
  var statement: Statement
  var diagnostics: [Diagnostic]
  /// Whether another line could not be meant to go on with it.
  var isComplete: Bool
}

extension Parser {
  /// Reads declarations, or one expression.
  ///
  /// An entry is not complete while a bracket is open, or where the end of the text is what the parser stumbles over.
  /// - Reports: P0101–P0149.
  static func statement(_ file: SourceFile, isKnown: (String) -> Bool) -> ParsedStatement {
    let (tokens, problems) = Lexer.tokens(of: file)
    var parser = FileParser(file: file, tokens: tokens)
    var end = 0
    var open = 0
    for token in parser.tokens where !token.isEnd {
      end = Int(token.end)
      switch token.symbol {
      case .leftBrace, .leftParenthesis, .leftBracket: open += 1
      case .rightBrace, .rightParenthesis, .rightBracket: open -= 1
      default: break
      }
    }
    if parser.current.isEnd {
      let isDoc = tokens.contains { if case .docComment = $0.kind { true } else { false } }
      return ParsedStatement(statement: .nothing, diagnostics: problems, isComplete: !isDoc)
    }
    let statement: Statement
    if parser.beginsDeclaration(isKnown) {
      let declarations = parser.declarations()
      statement = .declarations(FileSyntax(file: file.id, declarations: declarations, comments: parser.comments))
    } else {
      statement = .expression(parser.wholeExpression())
    }
    let all = problems + parser.diagnostics
    let stumblesAtEnd = all.contains { $0.severity == .error && Int($0.span?.start ?? 0) >= end }
    return ParsedStatement(
      statement: statement, diagnostics: all, isComplete: open <= 0 && !stumblesAtEnd)
  }
}

extension FileParser {
  /// Whether an entry is to be read as declarations: by its keyword, or because no expression looks like that.
  fileprivate func beginsDeclaration(_ isKnown: (String) -> Bool) -> Bool {
    if startsDeclaration || at(.override) && peek(1).isWord { return true }
    guard current.isWord, !isKnown(text(current)) else { return false }
    if current.keyword == .let || current.keyword == .segment || current.keyword == .incentive { return true }
    if peek(1).symbol == .assign { return true }
    // Two plain words in a row are no expression: the first is a keyword misspelt.
    guard current.keyword == nil, case .word(let next) = peek(1).kind, !peek(1).startsLine else { return false }
    return next == nil
  }

  fileprivate mutating func wholeExpression() -> Expr {
    let start = index
    let value = expression()
    while take(.semicolon) {}
    if !current.isEnd {
      if at(.rightParenthesis) || at(.rightBracket) || at(.rightBrace) {
        report(.strayClosing(text(current)))
      } else if index > start {
        report(.unexpected(found, after: Wording("`\(text(previous))`")))
      } else {
        report(.expected(.value, found: .source(text(current))))
      }
    }
    return value
  }
}

extension Expr {
  /// The expression with one name in the place of another.
  func renaming(_ old: String, to new: String) -> Expr {
    func renamed(_ expression: Expr) -> Expr { expression.renaming(old, to: new) }
    func maybe(_ expression: Expr?) -> Expr? { expression.map(renamed) }
    func made(_ kind: Kind) -> Expr { Expr(kind, span) }
    switch kind {
    case .error, .int, .number, .bool, .date, .dateTime, .timeOfDay, .duration: return self
    case .name(let name): return name.text == old ? made(.name(Name(new, name.span))) : self
    case .text(let pieces):
      return made(
        .text(
          pieces.map { piece in
            if case .value(let value, let format) = piece { .value(renamed(value), format: format) } else { piece }
          }))
    case .element(let base, let group): return made(.element(renamed(base), renamed(group)))
    case .field(let base, let name): return made(.field(renamed(base), name))
    case .call(let name, let arguments): return made(.call(name, arguments.map { $0.renaming(old, to: new) }))
    case .unary(let operation, let operand): return made(.unary(operation, renamed(operand)))
    case .binary(let operation, let left, let right): return made(.binary(operation, renamed(left), renamed(right)))
    case .comparison(let operands, let operators): return made(.comparison(operands.map(renamed), operators))
    case .isMissing(let operand, let negated): return made(.isMissing(renamed(operand), negated: negated))
    case .isIn(let operand, let values): return made(.isIn(renamed(operand), values.map(renamed)))
    case .contains(let left, let right): return made(.contains(renamed(left), renamed(right)))
    case .startsWith(let left, let right): return made(.startsWith(renamed(left), renamed(right)))
    case .part(let part, let operand): return made(.part(part, renamed(operand)))
    case .if(let condition, let then, let otherwise):
      return made(.if(condition: renamed(condition), then: renamed(then), else: renamed(otherwise)))
    case .cases(let arms, let otherwise):
      let arms = arms.map { CaseArm(condition: renamed($0.condition), value: renamed($0.value)) }
      return made(.cases(arms, else: maybe(otherwise)))
    case .parenthesized(let inner): return made(.parenthesized(renamed(inner)))
    }
  }

  /// Whether a name occurs in it.
  func reads(_ name: String) -> Bool {
    var names: Set<String> = []
    collectNames(into: &names)
    return names.contains(name)
  }
}

extension Argument {
  fileprivate func renaming(_ old: String, to new: String) -> Argument {
    guard case .subject(let value, let subject, let condition, let among) = kind else { return self }
    return Argument(
      .subject(
        value: value?.renaming(old, to: new), subject: subject.renaming(old, to: new),
        where: condition?.renaming(old, to: new), among: among?.renaming(old, to: new)), span)
  }
}
