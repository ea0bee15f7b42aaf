// Bytes → tokens.
//
// Takes a file's bytes as they are. Gives every token, comments too, and one `.end`. Promises: every byte is looked at once,
// or twice where a literal may turn out to be a date; nothing traps, whatever the bytes; what a slip of the keyboard or a
// Chinese input method wrote (`，`, `&&`, `'text'`) is reported with the edit that mends it, and read as what was meant.
//
// Texts with values are flat: `"a {b} c"` is head, the tokens of `b`, tail. `interpolations` holds, for each text that is
// open around the current place, how many braces are open inside its value. A text ends at its line, at the latest.

/// Cuts a file into tokens.
public struct Lexer {
  let file: SourceFile
  let bytes: [UInt8]
  var position = 0
  var tokens: [Token] = []
  var diagnostics: [Diagnostic] = []
  /// The next token is the first on its line.
  var atLineStart = true
  /// The next token follows something that was reported and left out.
  var afterBroken = false
  var interpolations: [Interpolation] = []
  /// The full-width characters of one line, gathered into one message.
  var fullWidth = FullWidthLine()
  var hasReportedEncoding = false

  struct Interpolation {
    /// Of the text's opening quote.
    let start: Int
    let closers: [[UInt8]]
    var braces = 0
  }

  /// The tokens of a file, with comments, ending in `.end`.
  /// - Reports: P0101–P0119
  /// - Cost: linear in the bytes.
  public static func tokens(of file: SourceFile) -> ([Token], [Diagnostic]) {
    var lexer = Lexer(file: file)
    lexer.run()
    return (lexer.tokens, lexer.diagnostics)
  }

  private init(file: SourceFile) {
    self.file = file
    self.bytes = file.bytes
    tokens.reserveCapacity(file.bytes.count / 5)
  }

  // MARK: Looking

  /// The byte at an offset from the current place; 0 beyond the end.
  func byte(_ ahead: Int = 0) -> UInt8 {
    let index = position + ahead
    return index < bytes.count ? bytes[index] : 0
  }

  func byte(at index: Int) -> UInt8 { index >= 0 && index < bytes.count ? bytes[index] : 0 }

  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  func span(_ range: Range<Int>) -> Span { Span(file.id, range) }

  /// The scalar at an index and its length in bytes; nil at the end and where the bytes are not UTF-8.
  func scalar(at index: Int) -> (value: Unicode.Scalar, length: Int)? {
    guard index < bytes.count else { return nil }
    let first = bytes[index]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, index + length <= bytes.count else { return nil }
    var value = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for next in bytes[(index + 1)..<(index + length)] {
      guard next & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(next & 0x3F)
    }
    // Overlong forms, surrogates and numbers beyond Unicode are not UTF-8.
    guard value >= (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000), let scalar = Unicode.Scalar(value) else {
      return nil
    }
    return (scalar, length)
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// The length of the character at an index if it may stand in a name, else 0.
  func nameLength(at index: Int, starts: Bool = false) -> Int {
    let first = byte(at: index)
    if first < 0x80 {
      let lower = first | 0x20
      if lower >= 0x61 && lower <= 0x7A || first == 0x5F { return 1 }
      return !starts && Lexer.isDigit(first) ? 1 : 0
    }
    guard let (value, length) = scalar(at: index) else { return 0 }
    let properties = value.properties
    return (starts ? properties.isXIDStart : properties.isXIDContinue) ? length : 0
  }

  // MARK: Giving

  mutating func add(_ kind: Token.Kind, from start: Int, isBroken: Bool = false) {
    tokens.append(
      Token(kind, start: start, end: position, startsLine: atLineStart, isBroken: isBroken || afterBroken))
    atLineStart = false
    afterBroken = false
  }

  mutating func report(_ problem: ParseProblem, _ range: Range<Int>, edits: [TextEdit] = []) {
    diagnostics.append(problem.at(span(range), edits: edits))
  }

  func edit(_ range: Range<Int>, _ replacement: String) -> TextEdit {
    TextEdit(span: span(range), replacement: replacement)
  }

  // MARK: The loop

  private mutating func run() {
    position = SourceFile.marks(bytes)
    if isUTF16 {
      report(.notUTF8, 0..<2)
      position = bytes.count
    }
    while position < bytes.count { next() }
    endLine()
    atLineStart = true
    add(.end, from: position)
  }

  /// Whether the file has the mark of UTF-16, or so many zeros as it has without one.
  private var isUTF16: Bool {
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) { return true }
    let head = bytes.prefix(256)
    return head.count >= 4 && head.count { $0 == 0 } * 4 >= head.count
  }

  private mutating func next() {
    let start = position
    let first = bytes[position]
    switch first {
    case 0x20, 0x09, 0x0B, 0x0C: position += 1
    case 0x0A, 0x0D: newline()
    case 0x61...0x7A, 0x41...0x5A, 0x5F: word()
    case 0x30...0x39: number()
    case 0x22: text(from: start, closers: [Lexer.quote])
    case 0x27: singleQuoted()
    case 0x23: foreignLineComment()
    case 0x2F where byte(1) == 0x2F: comment()
    case 0x2F where byte(1) == 0x2A: foreignBlockComment()
    case 0x80...: beyondASCII()
    default: punctuation()
    }
    // Whatever happened, go on.
    if position == start { position += 1 }
  }

  private mutating func newline() {
    endLine()
    position += byte() == 0x0D && byte(1) == 0x0A ? 2 : 1
    atLineStart = true
  }

  /// Closes what may not go beyond its line.
  private mutating func endLine() {
    if let outermost = interpolations.first {
      report(.unterminatedText(hasValue: true), outermost.start..<position)
      for _ in interpolations { add(.textTail(""), from: position, isBroken: true) }
      interpolations.removeAll()
    }
    flushFullWidth()
  }

  mutating func word() {
    let start = position
    while true {
      let length = nameLength(at: position)
      if length == 0 { break }
      position += length
    }
    add(.word(Keyword.spelled(bytes[start..<position])), from: start)
  }

  private mutating func comment() {
    let start = position
    skipLine()
    let isDoc = byte(at: start + 2) == 0x2F && byte(at: start + 3) != 0x2F
    checkEncoding(start..<position)
    let wasBroken = afterBroken
    let startedLine = atLineStart
    add(isDoc ? .docComment : .comment, from: start)
    // A comment is as nothing for what follows it.
    atLineStart = startedLine
    afterBroken = wasBroken
  }

  mutating func skipLine() {
    while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
  }

  /// Reports the first place of the file that is not UTF-8.
  mutating func checkEncoding(_ range: Range<Int>) {
    guard !hasReportedEncoding else { return }
    var index = range.lowerBound
    while index < range.upperBound {
      if bytes[index] < 0x80 {
        index += 1
      } else if let (_, length) = scalar(at: index) {
        index += length
      } else {
        hasReportedEncoding = true
        report(.notUTF8, index..<(index + 1))
        return
      }
    }
  }

  private mutating func beyondASCII() {
    guard let (value, length) = scalar(at: position) else {
      checkEncoding(position..<(position + 1))
      position += 1
      afterBroken = true
      return
    }
    if value.properties.isXIDStart && !Lexer.isFullWidthDigit(value) { return word() }
    if value.properties.isWhitespace || value == "\u{FEFF}" || value == "\u{200B}" {
      position += length
      return
    }
    if let closers = Lexer.textClosers(opening: value) {
      mend(position..<(position + length), as: "\"")
      return text(from: position, closers: closers)
    }
    if Lexer.asciiSibling(of: value) != nil { return punctuation() }
    if Lexer.isFullWidthDigit(value) { return fullWidthNumber() }
    unknownCharacters()
  }

  /// Reports a run of characters that mean nothing, and leaves them out.
  mutating func unknownCharacters() {
    let start = position
    while position < bytes.count, let (value, length) = scalar(at: position),
      position == start
        || value.value >= 0x80 && !value.properties.isXIDContinue && !value.properties.isWhitespace
          && Lexer.asciiSibling(of: value) == nil
    {
      position += length
    }
    report(.unknownCharacter(text(start..<position)), start..<position)
    afterBroken = true
  }
}
