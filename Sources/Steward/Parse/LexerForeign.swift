// Punctuation; and what other keyboards and other languages write for it, mended.

/// The full-width characters of one line: one message for all of them.
struct FullWidthLine {
  var edits: [TextEdit] = []
  var wrote: [String] = []
  var meant: [String] = []
}

extension Lexer {
  /// The ASCII punctuation that a character of a Chinese input method, or of mathematics, stands for.
  static func asciiSibling(of value: Unicode.Scalar) -> String? {
    switch value {
    case "、": ","
    case "。": "."
    case "【": "["
    case "】": "]"
    case "≥": ">="
    case "≤": "<="
    case "≠": "!="
    case "×": "*"
    case "÷": "/"
    case "−", "–", "—": "-"
    case "\u{FF01}"..."\u{FF0F}", "\u{FF1A}"..."\u{FF20}", "\u{FF3B}"..."\u{FF3E}", "\u{FF5B}"..."\u{FF5E}":
      // Full-width forms of ASCII; letters and digits are read as names and numbers.
      Unicode.Scalar(value.value - 0xFEE0).map(String.init)
    default: nil
    }
  }

  /// Notes a full-width character and what it stands for; one message a line says them all.
  mutating func mend(_ range: Range<Int>, as replacement: String) {
    fullWidth.edits.append(edit(range, replacement))
    let wrote = text(range)
    if !fullWidth.wrote.contains(wrote) {
      fullWidth.wrote.append(wrote)
      fullWidth.meant.append(replacement)
    }
  }

  mutating func flushFullWidth() {
    guard let first = fullWidth.edits.first else { return }
    diagnostics.append(
      ParseProblem.fullWidth(wrote: fullWidth.wrote, meant: fullWidth.meant).at(first.span, edits: fullWidth.edits))
    fullWidth = FullWidthLine()
  }

  /// The ASCII punctuation at an index, mended if need be, and its length in bytes; `""` if there is none.
  private func sign(at index: Int) -> (text: String, length: Int) {
    let first = byte(at: index)
    if first > 0x20, first < 0x7F { return (String(Unicode.Scalar(first)), 1) }
    guard first >= 0x80, let (value, length) = scalar(at: index), let sibling = Lexer.asciiSibling(of: value) else {
      return ("", 1)
    }
    return (sibling, length)
  }

  private mutating func take(_ length: Int, as sign: String) {
    if length > 1 || byte() >= 0x80 { mend(position..<(position + length), as: sign) }
    position += length
  }

  mutating func punctuation() {
    let start = position
    if byte() < 0x80, plainPunctuation() { return }
    let first = sign(at: position)
    guard !first.text.isEmpty else { return unknownCharacters() }
    let second = sign(at: position + first.length)
    let pair = first.text + second.text
    let third = sign(at: position + first.length + second.length)
    if let (length, wrote) = foreignLength(first, second, third), let foreign = Lexer.foreign[wrote] {
      return foreignOperator(foreign, wrote, length)
    }
    if pair.utf8.count == 2, let symbol = Symbol(rawValue: pair) {
      take(first.length, as: first.text)
      take(second.length, as: second.text)
      return add(.symbol(symbol), from: start)
    }
    guard let symbol = Symbol(rawValue: first.text) else { return unknownCharacters() }
    if symbol == .dot, Lexer.isDigit(byte(first.length)), isOperandNext {
      report(
        .leadingDot(text(position..<(position + 2))), position..<(position + 2), edits: [edit(position..<position, "0")]
      )
      // Read `.5` as 0.5.
      position += first.length
      let digits = position
      while Lexer.isDigit(byte()) { position += 1 }
      return add(.number(Double("0." + text(digits..<position)) ?? 0), from: start)
    }
    if symbol == .colon, first.length > 1, namesValue {
      // `let a：…` is told whole by the parser.
      position += first.length
      return add(.symbol(.colon), from: start)
    }
    take(first.length, as: first.text)
    brace(symbol, from: start)
  }

  /// Whether `let NAME` or `segment NAME` comes just before.
  private var namesValue: Bool {
    guard tokens.count >= 2, tokens[tokens.count - 1].isWord else { return false }
    let keyword = tokens[tokens.count - 2].keyword
    return keyword == .let || keyword == .segment
  }

  /// The signs that need no second look, fast.
  private mutating func plainPunctuation() -> Bool {
    let start = position
    let symbol: Symbol
    switch byte() {
    case 0x28: symbol = .leftParenthesis
    case 0x29: symbol = .rightParenthesis
    case 0x5B: symbol = .leftBracket
    case 0x5D: symbol = .rightBracket
    case 0x7B: symbol = .leftBrace
    case 0x7D: symbol = .rightBrace
    case 0x2C: symbol = .comma
    case 0x3B: symbol = .semicolon
    case 0x3A: symbol = .colon
    case 0x2B: symbol = .plus
    default: return false
    }
    if symbol == .rightBrace {
      brace(symbol, from: start)
      return true
    }
    position += 1
    brace(symbol, from: start)
    return true
  }

  /// Adds a symbol; braces are counted inside the value of a text, whose last `}` goes on with the text.
  private mutating func brace(_ symbol: Symbol, from start: Int) {
    let isASCII = byte(at: start) == 0x7D
    if symbol == .rightBrace, let open = interpolations.last, open.braces == 0 {
      position = start
      return resumeText(closingLength: isASCII ? 1 : 3)
    }
    if symbol == .rightBrace, isASCII { position = start + 1 }
    if let last = interpolations.indices.last {
      if symbol == .leftBrace { interpolations[last].braces += 1 }
      if symbol == .rightBrace { interpolations[last].braces -= 1 }
    }
    add(.symbol(symbol), from: start)
  }

  /// Whether a value may begin here, by the token before.
  private var isOperandNext: Bool {
    guard let last = tokens.last, Int(last.end) == position else { return true }
    switch last.kind {
    case .word, .symbol(.rightParenthesis), .symbol(.rightBracket), .int, .number: return false
    default: return true
    }
  }

  // MARK: Other languages' operators

  enum Foreign {
    case word(Keyword)
    case symbol(Symbol)

    var text: String {
      switch self {
      case .word(let keyword): keyword.rawValue
      case .symbol(let symbol): symbol.rawValue
      }
    }
  }

  static let foreign: [String: Foreign] = [
    "&&": .word(.and), "&": .word(.and), "||": .word(.or), "|": .word(.or), "!": .word(.not), "%": .word(.mod),
    "<>": .symbol(.notEqual), "===": .symbol(.equal), "!==": .symbol(.notEqual), "=<": .symbol(.lessOrEqual),
    "=>": .symbol(.greaterOrEqual), "~=": .symbol(.notEqual),
  ]

  private func foreignLength(
    _ first: (text: String, length: Int), _ second: (text: String, length: Int), _ third: (text: String, length: Int)
  ) -> (length: Int, wrote: String)? {
    let two = first.text + second.text
    let three = two + third.text
    if three.utf8.count == 3, Lexer.foreign[three] != nil {
      return (first.length + second.length + third.length, three)
    }
    if two.utf8.count == 2, Lexer.foreign[two] != nil { return (first.length + second.length, two) }
    if Symbol(rawValue: two) != nil, two.utf8.count == 2 { return nil }
    return Lexer.foreign[first.text] == nil ? nil : (first.length, first.text)
  }

  private mutating func foreignOperator(_ foreign: Foreign, _ wrote: String, _ length: Int) {
    let start = position
    position += length
    var replacement = foreign.text
    if case .word = foreign {
      // Words need spaces where signs do not.
      let before = byte(at: start - 1)
      if start > 0, before > 0x20, before != 0x28, before != 0x5B { replacement = " " + replacement }
      if byte() > 0x20 { replacement += " " }
    }
    report(
      .foreignOperator(wrote: wrote, meant: foreign.text), start..<position,
      edits: [edit(start..<position, replacement)])
    switch foreign {
    case .word(let keyword): add(.word(keyword), from: start)
    case .symbol(let symbol): add(.symbol(symbol), from: start)
    }
  }

  // MARK: Other languages' comments

  mutating func foreignLineComment() {
    let start = position
    skipLine()
    report(.foreignComment("#"), start..<(start + 1), edits: [edit(start..<(start + 1), "//")])
  }

  mutating func foreignBlockComment() {
    let start = position
    position += 2
    while position < bytes.count, !(byte() == 0x2A && byte(1) == 0x2F) {
      if byte() == 0x0A || byte() == 0x0D { atLineStart = true }
      position += 1
    }
    position = min(position + 2, bytes.count)
    report(.foreignComment("/*"), start..<(start + 2))
  }
}
