// Text literals, with values in them.

extension Lexer {
  static let quote: [UInt8] = [0x22]
  private static let rightQuote: [UInt8] = [0xE2, 0x80, 0x9D]
  private static let leftQuote: [UInt8] = [0xE2, 0x80, 0x9C]

  /// What may end a text that a quotation mark of an input method has begun.
  static func textClosers(opening: Unicode.Scalar) -> [[UInt8]]? {
    switch opening {
    case "“", "”", "＂": [rightQuote, leftQuote, quote, [0xEF, 0xBC, 0x82]]
    case "「": [[0xE3, 0x80, 0x8D]]
    case "‘": [[0xE2, 0x80, 0x99]]
    default: nil
    }
  }

  /// Reads a text whose opening quote is at the current place.
  mutating func text(from start: Int, closers: [[UInt8]]) {
    position += scalar(at: position)?.length ?? 1
    text(from: start, opening: start, closers: closers, isHead: true)
  }

  /// Goes on with the innermost text after the `}` of a value, of one byte or, full-width, of three.
  mutating func resumeText(closingLength: Int) {
    guard let open = interpolations.popLast() else { return }
    let start = position
    position += closingLength
    text(from: start, opening: open.start, closers: open.closers, isHead: false)
  }

  /// Reads text up to its end or to the `{` of a value.
  private mutating func text(from start: Int, opening: Int, closers: [[UInt8]], isHead: Bool) {
    var content: [UInt8] = []
    while position < bytes.count {
      let here = bytes[position]
      if let length = closerLength(closers) {
        let end = position
        position += length
        if length > 1 { mend(end..<position, as: "\"") }
        checkEncoding(start..<position)
        add(isHead ? .text(string(content)) : .textTail(string(content)), from: start)
        return
      }
      switch here {
      case 0x0A, 0x0D: return unterminated(from: start, opening: opening, content, closers, isHead)
      case 0x5C: escape(into: &content)
      case 0x7B where byte(1) != 0x7B:
        position += 1
        checkEncoding(start..<position)
        add(isHead ? .textHead(string(content)) : .textMiddle(string(content)), from: start)
        interpolations.append(Interpolation(start: opening, closers: closers))
        return
      case 0x7B, 0x7D:
        // `{{` and `}}` are a brace; a `}` alone is itself.
        position += byte(1) == here ? 2 : 1
        content.append(here)
      default:
        position += 1
        content.append(here)
      }
    }
    unterminated(from: start, opening: opening, content, closers, isHead)
  }

  private func string(_ content: [UInt8]) -> String { String(decoding: content, as: UTF8.self) }

  private func closerLength(_ closers: [[UInt8]]) -> Int? {
    for closer in closers where byte() == closer[0] {
      if closer.count == 1 || byte(1) == closer[1] && byte(2) == closer[2] { return closer.count }
    }
    return nil
  }

  /// Ends a text at its line; or at a `”`, if that is how it was meant to end.
  private mutating func unterminated(
    from start: Int, opening: Int, _ content: [UInt8], _ closers: [[UInt8]], _ isHead: Bool
  ) {
    if closers == [Lexer.quote], let mended = lastRightQuote(from: start) {
      mend(mended..<(mended + 3), as: "\"")
      position = mended + 3
      let kept = content.count - (contentLength(after: mended, content) ?? 0)
      add(
        isHead ? .text(string(Array(content.prefix(kept)))) : .textTail(string(Array(content.prefix(kept)))),
        from: start)
      return
    }
    // A text inside a value of another: the outer one is reported, at the end of the line.
    if interpolations.isEmpty { report(.unterminatedText(hasValue: !isHead), opening..<position) }
    checkEncoding(start..<position)
    add(isHead ? .text(string(content)) : .textTail(string(content)), from: start, isBroken: true)
    afterBroken = true
  }

  private func lastRightQuote(from start: Int) -> Int? {
    var index = position - 3
    while index > start {
      if bytes[index] == 0xE2, bytes[index + 1] == 0x80, bytes[index + 2] == 0x9D { return index }
      index -= 1
    }
    return nil
  }

  /// How many bytes of the content come from the quote on.
  private func contentLength(after index: Int, _ content: [UInt8]) -> Int? {
    var found = content.count - 3
    while found >= 0 {
      if content[found] == 0xE2, content[found + 1] == 0x80, content[found + 2] == 0x9D { return content.count - found }
      found -= 1
    }
    return nil
  }

  private mutating func escape(into content: inout [UInt8]) {
    let start = position
    position += 2
    switch byte(at: start + 1) {
    case 0x6E: content.append(0x0A)
    case 0x74: content.append(0x09)
    case 0x22: content.append(0x22)
    case 0x5C: content.append(0x5C)
    case 0x27: content.append(0x27)
    case 0x7B, 0x7D: unknownEscape(start, "{{", into: &content)
    default:
      // The line's end is not part of the escape, and the text, not being closed, is reported.
      if byte(at: start + 1) == 0x0A || byte(at: start + 1) == 0x0D || start + 1 >= bytes.count {
        position = start + 1
        return
      }
      if byte(at: start + 1) >= 0x80 { position = start + 1 + (scalar(at: start + 1)?.length ?? 1) }
      unknownEscape(start, "\\\\", into: &content)
    }
  }

  private mutating func unknownEscape(_ start: Int, _ meant: String, into content: inout [UInt8]) {
    let isBrace = meant == "{{"
    let brace = text((start + 1)..<position)
    let replacement = isBrace ? brace + brace : "\\\\" + brace
    report(
      .unknownEscape(text(start..<position), meant: replacement), start..<position,
      edits: [edit(start..<position, replacement)])
    content.append(contentsOf: bytes[(isBrace ? start + 1 : start)..<position])
  }

  // MARK: 'text'

  /// Reads `'text'` as `"text"`, if it ends on its line.
  mutating func singleQuoted() {
    var end = position + 1
    while end < bytes.count, bytes[end] != 0x27, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    guard byte(at: end) == 0x27 else { return unknownCharacters() }
    let start = position
    let holdsQuote = bytes[start..<end].contains(0x22)
    report(
      .singleQuotes(holdsQuote ? "…" : text((start + 1)..<end)), start..<(end + 1),
      edits: holdsQuote ? [] : [edit(start..<(start + 1), "\""), edit(end..<(end + 1), "\"")])
    text(from: start, closers: [[0x27]])
  }
}
