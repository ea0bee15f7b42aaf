// What stands between the parentheses of a call: patterns, windows, `same`, `by`, `forgive`.

extension FileParser {
  /// `NAME(ARGUMENT, …)`
  mutating func call() -> Expr {
    let start = index
    let name = Name(text(current), here)
    advance()
    let opening = here
    advance()
    let saved = newlineEnds
    newlineEnds = false
    var arguments: [Argument] = []
    var deepest = 0
    while !at(.rightParenthesis), !current.isEnd {
      let before = index
      arguments.append(argument())
      deepest = max(deepest, depth)
      if !take(.comma) || index == before { break }
    }
    close(.rightParenthesis, opened: opening)
    newlineEnds = saved
    return node(.call(name, arguments), from: start, below: deepest)
  }

  private mutating func argument() -> Argument {
    let start = index
    depth = 0
    wordsBeforeWindow()
    if let window = window() { return Argument(.window(window), window.span) }
    let next = peek(1)
    if at(.same), next.isWord, !FileParser.isInfix(next.keyword) { return sameNames() }
    if at(.by), let unit = FileParser.period(next.keyword) {
      advance()
      advance()
      return Argument(.by(unit), span(from: start))
    }
    if at(.forgive), startsOperand(next), next.symbol != .leftParenthesis, next.symbol != .minus {
      advance()
      let count = amount()
      expect(.per)
      let unit = periodUnit() ?? .week
      return Argument(.forgive(count, unit), span(from: start))
    }
    return subject()
  }

  /// `[E of] E [where E] [among E]`
  private mutating func subject() -> Argument {
    let start = index
    var first = expression()
    var deepest = depth
    var value: Expr?
    if take(.of) {
      value = first
      first = expression()
      deepest = max(deepest, depth)
    }
    var condition: Expr?
    if take(.where) {
      condition = expression()
      deepest = max(deepest, depth)
    }
    var segment: Expr?
    if take(.among) {
      segment = expression()
      deepest = max(deepest, depth)
    }
    depth = deepest
    return Argument(.subject(value: value, subject: first, where: condition, among: segment), span(from: start))
  }

  /// `same NAME, NAME`: up to the next argument that is not a name alone.
  private mutating func sameNames() -> Argument {
    let start = index
    advance()
    var names = [Name(text(current), here)]
    advance()
    while at(.comma), peek(1).isWord, peek(1).keyword != .today, peek(1).keyword != .yesterday,
      peek(2).symbol == .comma || peek(2).symbol == .rightParenthesis
    {
      advance()
      names.append(Name(text(current), here))
      advance()
    }
    return Argument(.same(names), span(from: start))
  }

  // MARK: Windows

  /// A window, if one begins here.
  ///
  /// `last`, `since`, `from` and `within` begin one when a value follows; `this` and `previous` when a period does; `today`
  /// and `yesterday` when they stand alone. Everywhere else they are names.
  private mutating func window() -> WindowSyntax? {
    let start = index
    let next = peek(1)
    switch current.keyword {
    case .last where FileParser.period(next.keyword) != nil && endsArgument(peek(2)):
      return lastPeriod()
    case .last where startsOperand(next) && next.symbol != .leftParenthesis && next.symbol != .minus:
      advance()
      let length = amount()
      return WindowSyntax(.last(length), span(from: start))
    case .today where endsArgument(next):
      advance()
      return WindowSyntax(.current(.day), span(from: start))
    case .yesterday where endsArgument(next):
      advance()
      return WindowSyntax(.previous(.day), span(from: start))
    case .this, .previous:
      guard let unit = FileParser.period(next.keyword), endsArgument(peek(2)) else { return nil }
      let isThis = at(.this)
      advance()
      advance()
      return WindowSyntax(isThis ? .current(unit) : .previous(unit), span(from: start))
    case .since where startsOperand(next):
      advance()
      let from = amount()
      return WindowSyntax(.since(from), span(from: start))
    case .within where startsOperand(next):
      advance()
      let length = amount()
      return WindowSyntax(.within(length), span(from: start))
    case .from where startsOperand(next): return between()
    default: return nil
    }
  }

  /// `last month`, as people say for the month before this one.
  private mutating func lastPeriod() -> WindowSyntax? {
    let start = index
    guard let unit = FileParser.period(peek(1).keyword) else { return nil }
    let wrote = "last \(text(peek(1)))"
    advance()
    advance()
    let meant = unit == .day ? "yesterday" : "previous \(unit.keyword)"
    let place = span(from: start)
    note(.foreignWord(wrote: wrote, meant: meant), at: place, edits: [TextEdit(span: place, replacement: meant)])
    return WindowSyntax(.previous(unit), place)
  }

  private mutating func between() -> WindowSyntax {
    let start = index
    advance()
    let from = amount()
    let deepest = depth
    guard take(.to) else {
      expected(.windowEnd)
      return WindowSyntax(.between(from, errorNode()), span(from: start))
    }
    let to = amount()
    depth = max(depth, deepest)
    return WindowSyntax(.between(from, to), span(from: start))
  }

  private func endsArgument(_ token: Token) -> Bool {
    token.symbol == .comma || token.symbol == .rightParenthesis || token.isEnd
  }

  /// Whether a value may begin with a token; an operator in words begins none.
  func startsOperand(_ token: Token) -> Bool {
    switch token.kind {
    case .int, .number, .date, .dateTime, .timeOfDay, .text, .textHead: true
    case .symbol(let symbol): symbol == .leftParenthesis || symbol == .minus
    case .word(let keyword): !FileParser.isInfix(keyword)
    default: false
    }
  }

  /// The words that go on with an argument.
  static func isInfix(_ keyword: Keyword?) -> Bool {
    switch keyword {
    case .and, .or, .div, .mod, .in, .contains, .is, .of, .where, .among, .then, .else, .starts, .to, .as: true
    default: false
    }
  }

  // MARK: Patterns

  /// `KIND or KIND [where E]` in a clause.
  mutating func pattern() -> PatternSyntax {
    let start = index
    let kinds = expression()
    var condition: Expr?
    // `where` may begin the next line: nothing else begins with it.
    if take(.where) { condition = expression() }
    return PatternSyntax(kinds: kinds, condition: condition, span: span(from: start))
  }
}
