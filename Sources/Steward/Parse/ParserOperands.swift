// What operators stand between: prefixes, literals, names, calls, `if` and `case`.

extension FileParser {
  /// `not E`, `-E`, or an operand with what follows it.
  mutating func prefix(_ loosest: Binding) -> Expr {
    let start = index
    if at(.not), !lineEnds {
      let word = here
      advance()
      let operand = binary(loosest > .not ? loosest : .not)
      if loosest > .not {
        let start = Span(file: word.file, start: word.start, end: word.start)
        note(
          .notInside, at: word,
          edits: [TextEdit(span: start, replacement: "("), TextEdit(span: operand.span.after, replacement: ")")])
      }
      return node(.unary(.not, operand), from: start, below: depth)
    }
    if at(.minus) {
      advance()
      if case .int(let magnitude) = current.kind, magnitude == 1 << 63, !current.startsLine {
        advance()
        return node(.int(Int64.min), from: start, below: 0)
      }
      let operand = prefixed()
      return node(.unary(.negate, operand), from: start, below: depth)
    }
    return operand()
  }

  private mutating func prefixed() -> Expr { nested { $0.prefix(.unary) } }

  /// What stands one level deeper; too deep a level is told, and its clause skipped.
  private mutating func nested(_ parse: (inout FileParser) -> Expr) -> Expr {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= FileParser.deepestNesting else {
      report(.tooDeep)
      skipClause()
      keepQuiet()
      return errorNode()
    }
    return parse(&self)
  }

  // MARK: Operands

  private mutating func operand() -> Expr {
    let start = index
    var result = primary()
    while !current.startsLine || !newlineEnds {
      if at(.dot) {
        advance()
        guard current.isWord, !current.startsLine else {
          expected(.name(Wording(en: "a name behind the dot", zh: "点号后面的名称")))
          return result
        }
        let field = Name(text(current), here)
        advance()
        result = node(.field(result, field), from: start, below: depth)
      } else if at(.leftBracket), case .name = result.kind {
        // `activity["上海"]`: one group of a metric.
        result = element(of: result, from: start)
      } else {
        break
      }
    }
    return result
  }

  private mutating func element(of base: Expr, from start: Int) -> Expr {
    let below = depth
    let opening = here
    advance()
    let saved = newlineEnds
    newlineEnds = false
    defer { newlineEnds = saved }
    let group = nested { $0.expression() }
    close(.rightBracket, opened: opening)
    return node(.element(base, group), from: start, below: max(below, depth))
  }

  private mutating func leaf(_ kind: Expr.Kind) -> Expr {
    let start = index
    advance()
    return node(kind, from: start, below: 0)
  }

  private mutating func primary() -> Expr {
    switch current.kind {
    case .int(let magnitude): return wholeNumber(magnitude)
    case .number(let value): return decimal(value)
    case .date(let day): return leaf(.date(day))
    case .dateTime(let day, let micros): return leaf(.dateTime(day: day, micros: micros))
    case .timeOfDay(let micros): return leaf(.timeOfDay(micros))
    case .text(let text): return leaf(.text(text.isEmpty ? [] : [.literal(text, here)]))
    case .textHead(let text): return textWithValues(text)
    case .symbol(.leftParenthesis): return parenthesized()
    case .word: return wordOperand()
    default:
      expected(.value)
      return errorNode()
    }
  }

  private mutating func parenthesized() -> Expr {
    let start = index
    let opening = here
    advance()
    let saved = newlineEnds
    newlineEnds = false
    let inside = expression()
    let below = depth
    close(.rightParenthesis, opened: opening)
    newlineEnds = saved
    return node(.parenthesized(inside), from: start, below: below)
  }

  private mutating func wordOperand() -> Expr {
    let next = peek(1)
    let isNextHere = !next.startsLine || !newlineEnds
    if isNextLineItsOwn {
      // `let a = 1 +` and then another declaration, or clause.
      expected(.value)
      return errorNode()
    }
    switch current.keyword {
    case .true: return leaf(.bool(true))
    case .false: return leaf(.bool(false))
    case .if where isIfCall, nil where isIfCall: return ifCall()
    case .if: return conditional()
    case .case where next.symbol == .leftBrace: return cases()
    case let keyword? where isNextHere && next.keyword == .of:
      if let part = FileParser.part(keyword) { return partOf(part) }
    case .then, .else, .and, .or, .div, .mod, .contains, .in, .is:
      // An operator or the next part of an `if`: a value is missing before it. As a name it would stand alone.
      expected(.value)
      return errorNode()
    default: break
    }
    if isNextHere, next.symbol == .leftParenthesis {
      let call = call()
      return countIf(call)
    }
    return leaf(.name(Name(text(current), here)))
  }

  /// Whether the current word, where a value is wanted, begins a declaration or clause on a line of its own.
  private var isNextLineItsOwn: Bool {
    guard current.startsLine else { return false }
    if startsDeclaration { return column(current) == 0 }
    guard newlineEnds, startsClause else { return false }
    let next = peek(1)
    if next.startsLine { return false }
    return next.isWord && !FileParser.isInfix(next.keyword) || next.isText || FileParser.isNumber(next)
  }

  private static func isNumber(_ token: Token) -> Bool {
    switch token.kind {
    case .int, .number: true
    default: false
    }
  }

  private static func part(_ keyword: Keyword) -> Expr.Part? {
    switch keyword {
    case .weekday: .weekday
    case .hour: .hour
    default: period(keyword).map { .period($0) }
    }
  }

  /// `day of E`
  private mutating func partOf(_ part: Expr.Part) -> Expr {
    let start = index
    advance()
    advance()
    return nested { parser in
      let operand = parser.operand()
      return parser.node(.part(part, operand), from: start, below: parser.depth)
    }
  }

  // MARK: Numbers and durations

  private mutating func wholeNumber(_ magnitude: UInt64) -> Expr {
    let start = index
    guard let value = Int64(exactly: magnitude) else {
      // What no 64 bits hold the lexer has told.
      if !current.isBroken { note(.numberTooLarge, at: here) }
      return leaf(.error)
    }
    advance()
    if let unit = durationUnit() {
      advance()
      return node(.duration(DurationLiteral(count: value, unit: unit)), from: start, below: 0)
    }
    if let unit = foreignUnit() {
      return node(unit.map { .duration(DurationLiteral(count: value, unit: $0)) } ?? .error, from: start, below: 0)
    }
    return node(.int(value), from: start, below: 0)
  }

  private mutating func decimal(_ value: Double) -> Expr {
    let start = index
    advance()
    if let product = percentOf(value, from: start) { return product }
    if durationUnit() != nil {
      advance()
      note(.partialDuration(file.text(span(from: start))), at: span(from: start))
      return node(.error, from: start, below: 0)
    }
    return node(.number(value), from: start, below: 0)
  }

  private func durationUnit() -> DurationLiteral.Unit? {
    guard !current.startsLine else { return nil }
    switch current.keyword {
    case .minute, .minutes: return .minutes
    case .hour, .hours: return .hours
    case .day, .days: return .days
    case .week, .weeks: return .weeks
    case .month, .months: return .months
    case .year, .years: return .years
    default: return nil
    }
  }

  /// Reports `30 mins`, `30 天` and the like, and takes the word.
  /// - Missing: nil if there is no such word; a missing unit if there is none that it means.
  private mutating func foreignUnit() -> DurationLiteral.Unit?? {
    guard current.isWord, current.keyword == nil, !current.startsLine, current.end - current.start <= 9 else {
      return nil
    }
    let wrote = text(current)
    let meant: DurationLiteral.Unit?
    switch wrote {
    case "d", "天", "日": meant = .days
    case "h", "hr", "hrs", "小时", "个小时": meant = .hours
    case "min", "mins", "分钟", "分": meant = .minutes
    case "w", "周", "星期": meant = .weeks
    case "second", "seconds", "sec", "秒", "s": meant = nil
    default: return nil
    }
    note(
      .unknownUnit(wrote: wrote, meant: meant?.rawValue ?? ""), at: here,
      edits: meant.map { [TextEdit(span: here, replacement: $0.rawValue)] } ?? [])
    advance()
    return .some(meant)
  }

  // MARK: Texts with values

  private mutating func textWithValues(_ head: String) -> Expr {
    let start = index
    var pieces: [TextPiece] = head.isEmpty ? [] : [.literal(head, here)]
    var deepest = 0
    advance()
    let saved = newlineEnds
    defer { newlineEnds = saved }
    newlineEnds = false
    while true {
      pieces.append(textValue())
      deepest = max(deepest, depth)
      switch current.kind {
      case .textMiddle(let text):
        if !text.isEmpty { pieces.append(.literal(text, here)) }
        advance()
      case .textTail(let text):
        if !text.isEmpty { pieces.append(.literal(text, here)) }
        advance()
        return node(.text(pieces), from: start, below: deepest)
      default:
        return node(.text(pieces), from: start, below: deepest)
      }
    }
  }

  /// `E [as FORMAT]`, up to the piece of text that follows.
  private mutating func textValue() -> TextPiece {
    let start = index
    switch current.kind {
    case .textMiddle, .textTail:
      report(.emptyValue, at: span(previous).joined(here))
      depth = 1
      return .value(Expr(.error, here), format: nil)
    default: break
    }
    let value = expression()
    let below = depth
    var format: Name?
    if take(.as) {
      switch current.kind {
      case .word, .number, .int:
        format = Name(text(current), here)
        advance()
      default: expected(.words(["percent", "date", "points", "0.00"]))
      }
    }
    // Whatever else stands before the text goes on.
    var open = 0
    while !current.isEnd {
      if case .textHead = current.kind { open += 1 }
      switch current.kind {
      case .textMiddle where open == 0, .textTail where open == 0:
        depth = below
        return .value(value, format: format)
      case .textTail: open -= 1
      default: break
      }
      report(
        index == start ? .expected(.value, found: found) : .unexpected(found, after: Wording("`\(text(previous))`")))
      advance()
      keepQuiet()
    }
    depth = below
    return .value(value, format: format)
  }

  // MARK: if and case

  private mutating func conditional() -> Expr {
    let start = index
    let word = here
    advance()
    let condition = expression()
    var deepest = depth
    // Either may begin the next line: every `if` has both.
    if !take(.then) {
      expected(.word("then"))
      return node(.error, from: start, below: deepest)
    }
    let then = expression()
    deepest = max(deepest, depth)
    if let elseIf = elseIfWord() {
      note(.elseIf(elseIf), at: here, edits: [TextEdit(span: here, replacement: "else if")])
      // Read on as if the word were `else if`.
      let other = nestedConditional()
      return node(.if(condition: condition, then: then, else: other), from: start, below: max(deepest, depth))
    }
    if !take(.else) {
      report(.ifWithoutElse, at: word)
      depth = deepest
      return node(.error, from: start, below: deepest)
    }
    let other = expression()
    return node(.if(condition: condition, then: then, else: other), from: start, below: max(deepest, depth))
  }

  private mutating func nestedConditional() -> Expr { nested { $0.conditional() } }

  private func elseIfWord() -> String? {
    guard current.isWord, current.keyword == nil else { return nil }
    let word = text(current)
    return word == "elif" || word == "elsif" || word == "elseif" ? word : nil
  }

  /// `case { when a then b; when c then d; else e }`
  private mutating func cases() -> Expr {
    let start = index
    let base = column(current)
    advance()
    var arms: [CaseArm] = []
    var other: Expr?
    var deepest = 0
    block(baseColumn: min(base, lineColumn(start)), commas: true) { parser in
      if parser.take(.when) {
        let condition = parser.expression()
        deepest = max(deepest, parser.depth)
        guard parser.take(.then) else { return parser.expected(.word("then")) }
        let value = parser.expression()
        deepest = max(deepest, parser.depth)
        arms.append(CaseArm(condition: condition, value: value))
      } else if parser.take(.else) {
        let value = parser.expression()
        deepest = max(deepest, parser.depth)
        if other == nil { other = value } else { parser.report(.expected(.symbol("}"), found: .source("else"))) }
      } else {
        parser.expectedStart(.words(["when", "else"]))
      }
    }
    return node(.cases(arms, else: other), from: start, below: deepest)
  }

  /// The column of the first token on the line of a token.
  private func lineColumn(_ start: Int) -> Int {
    var first = min(start, tokens.count - 1)
    while first > 0, !tokens[first].startsLine { first -= 1 }
    return column(tokens[first])
  }
}
