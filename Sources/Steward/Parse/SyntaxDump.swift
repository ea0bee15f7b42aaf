// The tree as text, for `--dump syntax` and the golden tests: one line a declaration or clause, expressions in prefix form.

public enum SyntaxDump {
  /// A file's tree, readable and stable.
  /// - Shape: a line for each declaration and clause, two spaces deeper than what it belongs to; with `spans`, each node's
  ///   UTF-8 offsets behind it, as `@start-end`.
  public static func text(of tree: FileSyntax, spans: Bool = false) -> String {
    var writer = SyntaxWriter(showsSpans: spans)
    for declaration in tree.declarations { writer.write(declaration) }
    return writer.lines.map { $0 + "\n" }.joined()
  }

  /// One expression on a line.
  public static func text(of expression: Expr, spans: Bool = false) -> String {
    SyntaxWriter(showsSpans: spans).text(expression)
  }

  /// Tokens, one a line: place, kind, text; `^` marks the first of a line.
  public static func text(of tokens: [Token], in file: SourceFile) -> String {
    var result = ""
    for token in tokens {
      let place = file.position(of: Int(token.start))
      let written = file.text(Span(file.id, Int(token.start)..<Int(token.end)))
      result += "\(place.line + 1):\(place.column + 1) \(token.startsLine ? "^" : "")\(kind(token))"
      result += written.isEmpty ? "\n" : " \(written)\n"
    }
    return result
  }

  private static func kind(_ token: Token) -> String {
    switch token.kind {
    case .word(let keyword): keyword == nil ? "name" : "word"
    case .int(let value): "int(\(value))"
    case .number(let value): "number(\(value))"
    case .date(let day): "date(\(day))"
    case .dateTime(let day, let micros): "date-time(\(day), \(micros))"
    case .timeOfDay(let micros): "time-of-day(\(micros))"
    case .text: "text"
    case .textHead: "text-head"
    case .textMiddle: "text-middle"
    case .textTail: "text-tail"
    case .symbol: "symbol"
    case .comment: "comment"
    case .docComment: "doc"
    case .end: "end"
    }
  }
}

/// Writes nodes; the declarations are in SyntaxDump+Declarations.
struct SyntaxWriter {
  let showsSpans: Bool
  var lines: [String] = []
  var level = 0

  init(showsSpans: Bool) { self.showsSpans = showsSpans }

  mutating func line(_ text: String) {
    lines.append(String(repeating: "  ", count: level) + text)
  }

  mutating func nested(_ body: (inout SyntaxWriter) -> Void) {
    level += 1
    body(&self)
    level -= 1
  }

  func place(_ span: Span) -> String { showsSpans ? "@\(span.start)-\(span.end)" : "" }

  func quoted(_ text: String) -> String {
    var result = "\""
    for character in text {
      switch character {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default: result.append(character)
      }
    }
    return result + "\""
  }

  func text(_ literal: TextLiteral) -> String { quoted(literal.text) + place(literal.span) }

  func text(_ name: Name) -> String { (name.text.isEmpty ? "<missing>" : name.text) + place(name.span) }

  // MARK: Expressions

  func text(_ expression: Expr) -> String { plain(expression) + place(expression.span) }

  private func list(_ head: String, _ parts: [String]) -> String {
    "(" + ([head] + parts).joined(separator: " ") + ")"
  }

  private func plain(_ expression: Expr) -> String {
    switch expression.kind {
    case .error: "<error>"
    case .int(let value): String(value)
    case .number(let value): "\(value)"
    case .bool(let value): value ? "true" : "false"
    case .date(let day): CivilDate(dayNumber: day).text
    case .dateTime(let day, let micros): CivilDate(dayNumber: day).text + "T" + clock(micros)
    case .timeOfDay(let micros): clock(micros)
    case .duration(let literal): list(literal.unit.rawValue, [String(literal.count)])
    case .name(let name): name.text
    case .text(let pieces): text(pieces)
    case .field(let base, let name): list(".", [text(base), text(name)])
    case .element(let base, let group): list("[]", [text(base), text(group)])
    case .call(let name, let arguments): list(text(name), arguments.map(argument))
    case .parenthesized(let inside): list("parens", [text(inside)])
    default: operation(expression)
    }
  }

  private func operation(_ expression: Expr) -> String {
    switch expression.kind {
    case .unary(let operation, let operand): list(operation == .not ? "not" : "negate", [text(operand)])
    case .binary(let operation, let left, let right): list(operation.rawValue, [text(left), text(right)])
    case .comparison(let operands, let operators): comparison(operands, operators)
    case .isMissing(let operand, let negated): list(negated ? "is-not-missing" : "is-missing", [text(operand)])
    case .isIn(let operand, let values):
      list("in", [text(operand), "[" + values.map(text).joined(separator: " ") + "]"])
    case .contains(let left, let right): list("contains", [text(left), text(right)])
    case .startsWith(let left, let right): list("starts-with", [text(left), text(right)])
    case .part(let part, let operand): list(name(part) + "-of", [text(operand)])
    case .if(let condition, let then, let other): list("if", [text(condition), text(then), text(other)])
    case .cases(let arms, let other):
      list(
        "case",
        arms.map { list("when", [text($0.condition), text($0.value)]) }
          + (other.map { [list("else", [text($0)])] } ?? []))
    default: "<error>"
    }
  }

  private func comparison(_ operands: [Expr], _ operators: [Expr.ComparisonOperator]) -> String {
    let all = operands.map(text)
    guard operators.count > 1 else { return list(operators.first?.rawValue ?? "==", all) }
    var parts: [String] = []
    for (index, operand) in all.enumerated() {
      if index > 0, index <= operators.count { parts.append(operators[index - 1].rawValue) }
      parts.append(operand)
    }
    return list("chain", parts)
  }

  private func name(_ part: Expr.Part) -> String {
    switch part {
    case .period(let unit): unit.keyword
    case .weekday: "weekday"
    case .hour: "hour"
    }
  }

  private func text(_ pieces: [TextPiece]) -> String {
    if pieces.isEmpty { return "\"\"" }
    if pieces.count == 1, case .literal(let text, _) = pieces[0] { return quoted(text) }
    return list(
      "text",
      pieces.map { piece in
        switch piece {
        case .literal(let literal, let span): quoted(literal) + place(span)
        case .value(let value, let format?): list("as", [text(value), text(format)])
        case .value(let value, nil): text(value)
        }
      })
  }

  private func clock(_ micros: Int64) -> String {
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let seconds = micros / 1_000_000
    let minutes = two(seconds / 3600) + ":" + two(seconds / 60 % 60)
    return seconds % 60 == 0 ? minutes : minutes + ":" + two(seconds % 60)
  }

  // MARK: Arguments

  private func argument(_ argument: Argument) -> String {
    let plain: String
    switch argument.kind {
    case .subject(nil, let subject, nil, nil): return text(subject)
    case .subject(let value, let subject, let condition, let segment):
      var parts = [text(subject)]
      if let value { parts.append(list("value", [text(value)])) }
      if let condition { parts.append(list("where", [text(condition)])) }
      if let segment { parts.append(list("among", [text(segment)])) }
      plain = list("of", parts)
    case .window(let window): return text(window)
    case .same(let names): plain = list("same", names.map(text))
    case .by(let unit): plain = list("by", [unit.keyword])
    case .forgive(let count, let unit): plain = list("forgive", [text(count), unit.keyword])
    }
    return plain + place(argument.span)
  }

  func text(_ window: WindowSyntax) -> String {
    let plain =
      switch window.kind {
      case .last(let length): list("last", [text(length)])
      case .current(let unit): list("this", [unit.keyword])
      case .previous(let unit): list("previous", [unit.keyword])
      case .since(let from): list("since", [text(from)])
      case .between(let from, let to): list("between", [text(from), text(to)])
      case .within(let length): list("within", [text(length)])
      }
    return plain + place(window.span)
  }

  func text(_ pattern: PatternSyntax) -> String {
    guard let condition = pattern.condition else { return text(pattern.kinds) }
    return list("of", [text(pattern.kinds), list("where", [text(condition)])]) + place(pattern.span)
  }
}
