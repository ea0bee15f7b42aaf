// Several statements in one entry, as somebody pastes them: each line goes to the statement before it until that is whole, so
// that the same text does the same pasted and read from a script.

extension Session {
  /// A statement of an entry, and its line, from 1.
  public struct EnteredStatement: Sendable, Equatable {
    public var text: String
    public var line: Int
  }

  /// The statements of an entry; one that is read as a whole stays so.
  public func statements(of text: String) -> [EnteredStatement] {
    let (whole, rest) = pieces(of: text)
    return whole + rest
  }

  /// Whether a bracket is open at the end of a text.
  public func hasOpenBracket(_ text: String) -> Bool {
    var open = 0
    for token in Lexer.tokens(of: input(text)).0 {
      switch token.symbol {
      case .leftBrace, .leftParenthesis, .leftBracket: open += 1
      case .rightBrace, .rightParenthesis, .rightBracket: open -= 1
      default: break
      }
    }
    return open > 0
  }

  /// Whether another line could not be meant to go on with a statement.
  func isWhole(_ text: String) -> Bool {
    if let first = text.trimmed.first, ":：?？".contains(first) { return true }
    return Parser.statement(input(text)) { state.isKnown($0) }.isComplete
  }

  /// The statements of an entry that are whole, and what is left.
  func pieces(of text: String) -> (whole: [EnteredStatement], rest: [EnteredStatement]) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    let isCommand = text.trimmed.first.map { ":：?？".contains($0) } ?? false
    if lines.count == 1 || !isCommand && isOneStatement(text) {
      let one = [EnteredStatement(text: text, line: 1)]
      return isWhole(text) ? (one, []) : ([], one)
    }
    var whole: [EnteredStatement] = []
    var entry = ""
    var first = 1
    for (index, line) in lines.enumerated() {
      if entry.isEmpty { first = index + 1 } else { entry += "\n" }
      entry += line
      if entry.allSatisfy(\.isWhitespace) {
        entry = ""
        continue
      }
      let isEnded = line.allSatisfy(\.isWhitespace) && !hasOpenBracket(entry)
      guard isEnded || isWhole(entry) else { continue }
      whole.append(EnteredStatement(text: entry, line: first))
      entry = ""
    }
    return (whole, entry.isEmpty ? [] : [EnteredStatement(text: entry, line: first)])
  }

  private func isOneStatement(_ text: String) -> Bool {
    !Parser.statement(input(text)) { state.isKnown($0) }.diagnostics.contains { $0.severity == .error }
  }
}
