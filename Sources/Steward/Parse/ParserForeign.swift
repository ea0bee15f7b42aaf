// What spreadsheets, other query languages and everyday speech would write: read as what it means, with one message.

extension FileParser {
  /// Notes that some words are written otherwise, with the edit that mends them.
  private mutating func mend(_ place: Span, as meant: String) {
    note(
      .foreignWord(wrote: file.text(place), meant: meant), at: place,
      edits: [TextEdit(span: place, replacement: meant)])
  }

  /// Takes `in`, `in the`, `over the` and the like before a window.
  mutating func wordsBeforeWindow() {
    guard current.isWord, ["in", "over", "within", "during", "for", "the"].contains(text(current)) else { return }
    let isArticle = text(current) == "the"
    let ahead = !isArticle && text(peek(1)) == "the" ? 2 : 1
    let next = peek(ahead)
    switch next.keyword {
    case .last, .since: guard startsOperand(peek(ahead + 1)) else { return }
    case .this, .previous: guard FileParser.period(peek(ahead + 1).keyword) != nil else { return }
    default: return
    }
    let place = here.joined(span(next))
    mend(place, as: text(next))
    index += ahead
  }

  /// The period that `weekly`, `每周` and the like mean.
  static func adverb(_ word: String) -> PeriodUnit? {
    switch word {
    case "daily", "每天", "每日": .day
    case "weekly", "每周", "每星期": .week
    case "monthly", "每月", "每个月": .month
    case "quarterly", "每季度", "每季": .quarter
    case "yearly", "annually", "每年": .year
    default: nil
    }
  }

  /// Takes `weekly` and the like. - Parameter words: what stands before the period: `every `, or nothing.
  mutating func periodAdverb(_ words: String = "") -> PeriodUnit? {
    guard current.isWord, current.keyword == nil, !lineEnds, let unit = FileParser.adverb(text(current)) else {
      return nil
    }
    mend(here, as: words + unit.keyword)
    advance()
    return unit
  }

  /// Takes `every weekly` behind the keyword before it, named whole.
  mutating func everyAdverb() -> PeriodUnit? {
    guard current.isWord, current.keyword == nil, !lineEnds, let unit = FileParser.adverb(text(current)) else {
      return nil
    }
    mend(span(previous).joined(here), as: "every " + unit.keyword)
    advance()
    return unit
  }

  /// `5% of x`: a product.
  mutating func percentOf(_ value: Double, from start: Int) -> Expr? {
    let number = span(previous)
    let written = file.text(number)
    guard at(.of), !lineEnds, written.hasSuffix("%") || written.hasSuffix("％") else { return nil }
    let place = number.joined(here)
    advance()
    mend(place, as: "\(value) *")
    let right = binary(.unary)
    return node(.binary(.multiply, Expr(.number(value), number), right), from: start, below: depth)
  }

  /// `10% of points`, as an amount that is awarded or deducted: a share of them, rounded, with its purse.
  ///
  /// The name `round` that was not written has the span of the whole.
  mutating func shareOfPoints() -> Expr? {
    guard case .number(let share) = current.kind, peek(1).keyword == .of, !peek(1).startsLine,
      text(current).hasSuffix("%")
    else { return nil }
    let start = index
    let number = here
    advance()
    advance()
    let whole = binary(.unary)
    let below = depth
    let place = span(from: start)
    let after = current.isWord && !lineEnds && !at(.per) && !at(.and) ? "" : " points"
    note(
      .foreignWord(
        wrote: file.text(place), meant: "round(\(file.text(whole.span)) * \(file.text(number)))\(after)"), at: place,
      edits: [
        TextEdit(span: place, replacement: "round(\(file.text(whole.span)) * \(file.text(number)))\(after)")
      ])
    let product = Expr(.binary(.multiply, whole, Expr(.number(share), number)), place)
    let argument = Argument(.subject(value: nil, subject: product, where: nil, among: nil), place)
    return node(.call(Name("round", place), [argument]), from: start, below: below + 1)
  }

  // MARK: Functions of spreadsheets

  /// `COUNTIF(x, c)` as `count(x where c)`.
  mutating func countIf(_ call: Expr) -> Expr {
    guard case .call(let name, let arguments) = call.kind else { return call }
    let functions = ["COUNTIF": "count", "COUNTIFS": "count", "countif": "count", "countifs": "count"]
    guard let function = functions[name.text], arguments.count == 2,
      case .subject(nil, let events, nil, nil) = arguments[0].kind,
      case .subject(nil, let condition, nil, nil) = arguments[1].kind
    else { return call }
    mend(call.span, as: "\(function)(\(file.text(events.span)) where \(file.text(condition.span)))")
    let subject = Argument(
      .subject(value: nil, subject: events, where: condition, among: nil),
      arguments[0].span.joined(arguments[1].span))
    return Expr(.call(Name(function, name.span), [subject]), call.span)
  }

  /// Whether the current word is an `IF(c, a, b)`.
  var isIfCall: Bool {
    guard peek(1).symbol == .leftParenthesis else { return false }
    if current.keyword == nil { return ["IF", "If", "IIF", "iif"].contains(text(current)) }
    guard at(.if) else { return false }
    var open = 0
    var commas = 0
    var ahead = 1
    while !peek(ahead).isEnd {
      switch peek(ahead).symbol {
      case .leftParenthesis, .leftBracket, .leftBrace: open += 1
      case .rightParenthesis, .rightBracket, .rightBrace: open -= 1
      case .comma where open == 1: commas += 1
      default: break
      }
      if open == 0 { return commas == 2 }
      ahead += 1
    }
    return false
  }

  /// `IF(c, a, b)` as `if c then a else b`.
  mutating func ifCall() -> Expr {
    let start = index
    let call = call()
    guard case .call(_, let arguments) = call.kind, arguments.count == 3 else { return call }
    var parts: [Expr] = []
    for argument in arguments {
      guard case .subject(nil, let part, nil, nil) = argument.kind else { return call }
      parts.append(part)
    }
    let texts = parts.map { file.text($0.span) }
    var meant = "if \(texts[0]) then \(texts[1]) else \(texts[2])"
    let isLast =
      lineEnds || current.isEnd || at(.comma) || at(.rightParenthesis) || at(.rightBrace) || at(.semicolon)
      || current.startsLine
    if !isLast { meant = "(\(meant))" }
    mend(call.span, as: meant)
    return node(.if(condition: parts[0], then: parts[1], else: parts[2]), from: start, below: depth)
  }
}
