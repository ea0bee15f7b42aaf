import Steward

/// How each section of a golden file is rendered. Whoever adds a stage adds its line here.
enum GoldenSections {
  typealias Renderer = @Sendable (GoldenInput) -> String

  static let renderers: [String: Renderer] = [
    "tokens": { input in
      input.rules.map { SyntaxDump.text(of: Lexer.tokens(of: $0).0, in: $0) }.joined()
    },
    "syntax": { input in input.rules.map { SyntaxDump.text(of: Parser.parse($0).0) }.joined() },
    "syntax-spans": { input in input.rules.map { SyntaxDump.text(of: Parser.parse($0).0, spans: true) }.joined() },
    "diagnostics": { input in lines(of: input.rules.flatMap { Parser.parse($0).1 }, in: input) },
    "check": { input in lines(of: checked(input).diagnostics, in: input) },
    "check-fixed": { input in
      let diagnostics = checked(input).diagnostics
      return input.rules.map { file in
        fixed(file, diagnostics.filter { $0.span?.file == file.id })
      }.joined()
    },
    "run": { input in GoldenRun(input: input).run },
    "audit": { input in GoldenRun(input: input).audit },
    "plan": { input in PlanDump.text(checked(input).program) },
    "types": { input in TypedDump.text(checked(input).program) },
    "transcript": { input in SessionTranscript(input, .english).text },
    "transcript-zh": { input in SessionTranscript(input, .chinese).text },
    "fixed": { input in input.rules.map { fixed($0, Parser.parse($0).1) }.joined() },
  ]

  /// Parsed and checked, with what both say.
  static func checked(_ input: GoldenInput) -> (program: TypedProgram, diagnostics: [Diagnostic]) {
    Pipeline.check(input.sources)
  }

  /// Diagnostics, one a line, in English and then in Chinese: `file:line:column code message ^ label | hint`.
  static func lines(of diagnostics: [Diagnostic], in input: GoldenInput) -> String {
    Language.allCases.map { language in
      diagnostics.map { line(of: $0, in: input, language) + "\n" }.joined()
    }.joined()
  }

  private static func line(of diagnostic: Diagnostic, in input: GoldenInput, _ language: Language) -> String {
    var text = place(diagnostic, in: input) + " \(diagnostic.code)"
    if diagnostic.severity != .error { text += " \(diagnostic.severity.rawValue)" }
    text += " " + diagnostic.message[language]
    for related in diagnostic.related {
      text += " (\(place(related.span, in: input)) \(related.message[language]))"
    }
    if let label = diagnostic.label { text += " ^ " + label[language] }
    if let hint = diagnostic.hint { text += " | " + hint[language] }
    return text
  }

  private static func place(_ diagnostic: Diagnostic, in input: GoldenInput) -> String {
    if let span = diagnostic.span { return place(span, in: input) }
    guard let place = diagnostic.place else { return "-" }
    return [place.file, place.line.map(String.init), place.column.map(String.init)].compactMap { $0 }
      .joined(separator: ":")
  }

  /// - Unit: line from 1, column in characters from 1.
  private static func place(_ span: Span, in input: GoldenInput) -> String {
    guard let file = input.file(span.file) else { return "-" }
    let position = file.position(of: Int(span.start))
    let start = Span(span.file, (Int(span.start) - position.column)..<Int(span.start))
    return "\(file.name):\(position.line + 1):\(file.text(start).count + 1)"
  }

  /// The source after all offered edits.
  static func fixed(_ file: SourceFile, _ diagnostics: [Diagnostic]) -> String {
    var bytes = file.bytes
    let edits = diagnostics.flatMap(\.edits).sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
    for edit in edits.reversed() where edit.span.range.upperBound <= bytes.count {
      bytes.replaceSubrange(edit.span.range, with: Array(edit.replacement.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
