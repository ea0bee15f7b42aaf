// Diagnostics for people at a terminal.
//
//     points.steward:12:15: error N0203: purchase has no attribute `ammount`
//        12 │   award floor(ammount) points
//           │               ^^^^^^^ an attribute of purchase is expected here
//         4 │   event purchase { amount number }
//           │                    ------ purchase has this one
//      hint: write `amount`
//       fix:   award floor(amount) points
//                          ++++++

/// Diagnostics as text: the line with the spot marked, what belongs to it, a hint and the mended line.
public struct TextRenderer: Sendable {
  public let sources: [SourceFile]
  public let language: Language
  public let style: TextStyle
  /// - Unit: columns of the terminal
  public let width: Int

  public init(sources: [SourceFile], language: Language, style: TextStyle = .plain, width: Int = 100) {
    self.sources = sources
    self.language = language
    self.style = style
    self.width = max(40, width)
  }

  /// A person mends these first, and the rest is mostly their echo.
  private static let mostShown = 200

  /// Those of the first places, by file and place, each followed by an empty line, and at the end how many there are in all.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    if diagnostics.isEmpty { return "" }
    var lines: [String] = []
    for diagnostic in DiagnosticOrder.sorted(diagnostics).prefix(Self.mostShown) {
      lines += block(diagnostic)
      lines.append("")
    }
    let left = diagnostics.count - Self.mostShown
    if left > 0 { lines += [Wording(en: "and \(left) more", zh: "另有 \(left) 处")[language], ""] }
    lines.append(Self.closing(diagnostics, language))
    return lines.joined(separator: "\n") + "\n"
  }

  /// `3 errors, 1 warning`
  public static func closing(_ diagnostics: [Diagnostic], _ language: Language) -> String {
    var parts: [Wording] = []
    let words: [(Severity, String, String)] = [
      (.error, "error", "个错误"), (.warning, "warning", "个警告"), (.note, "note", "条说明"),
    ]
    for (severity, english, chinese) in words {
      let count = diagnostics.count { $0.severity == severity }
      if count > 0 {
        parts.append(Wording(en: "\(count) \(english)\(count == 1 ? "" : "s")", zh: "\(count) \(chinese)"))
      }
    }
    return parts.map { $0[language] }.joined(separator: language == .english ? ", " : "，")
  }

  // MARK: One diagnostic

  func block(_ diagnostic: Diagnostic) -> [String] {
    var lines = [head(diagnostic)]
    let gutter = gutterWidth(diagnostic)
    if let span = diagnostic.span, let source = source(span.file) {
      lines += excerpt(source, span, label: diagnostic.label, mark: "^", ink: ink(diagnostic.severity), gutter: gutter)
    } else if let label = diagnostic.label {
      lines += entry("", label[language], gutter: gutter)
    }
    if let place = diagnostic.place { lines += excerpt(place, diagnostic, gutter: gutter) }
    for related in diagnostic.related {
      guard let source = source(related.span.file) else { continue }
      if related.span.file != diagnostic.span?.file {
        lines.append(String(repeating: " ", count: gutter + 1) + style("→ " + place(source, related.span), .dim))
      }
      lines += excerpt(source, related.span, label: related.message, mark: "-", ink: .cyan, gutter: gutter)
    }
    if let hint = diagnostic.hint {
      lines += entry(language == .english ? "hint: " : "提示：", hint[language], gutter: gutter)
    }
    lines += mended(diagnostic.edits, gutter: gutter)
    return lines
  }

  /// `file:line:column: error N0203: what is wrong`
  private func head(_ diagnostic: Diagnostic) -> String {
    var place = ""
    if let span = diagnostic.span, let source = source(span.file) {
      place = self.place(source, span)
    } else if let data = diagnostic.place {
      place = data.text(language)
    }
    let severity = style(
      Self.word(diagnostic.severity)[language] + " " + diagnostic.code.text, ink(diagnostic.severity))
    let colon = language == .english ? ": " : "："
    let message = DisplayWidth.printable(diagnostic.message[language])
    return (place.isEmpty ? "" : style(place, .bold) + ": ") + severity + colon + style(message, .bold)
  }

  static func word(_ severity: Severity) -> Wording {
    switch severity {
    case .error: Wording(en: "error", zh: "错误")
    case .warning: Wording(en: "warning", zh: "警告")
    case .note: Wording(en: "note", zh: "说明")
    }
  }

  func ink(_ severity: Severity) -> TextStyle.Ink {
    switch severity {
    case .error: .red
    case .warning: .yellow
    case .note: .blue
    }
  }

  private func source(_ file: FileID) -> SourceFile? { sources.first { $0.id == file } }

  /// `file:line:column`, from 1, the column in characters.
  private func place(_ source: SourceFile, _ span: Span) -> String {
    let place = SourcePlace(source, Int(span.start))
    return "\(DisplayWidth.printable(source.name)):\(place.line):\(place.column)"
  }

  // MARK: Excerpts

  private func excerpt(
    _ source: SourceFile, _ span: Span, label: Wording?, mark: Character, ink: TextStyle.Ink, gutter: Int
  ) -> [String] {
    var range = span.range.clamped(to: 0..<source.bytes.count)
    var (first, start) = source.position(of: range.lowerBound)
    if range.isEmpty, start == 0, first > 0, source.line(first).isEmpty, first + 1 == source.lineStarts.count {
      // The end of the file: behind the last line that says something.
      while first > 0, source.line(first).allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { first -= 1 }
      start = source.line(first).count
      range = 0..<0
    }
    let (last, end) = range.isEmpty ? (first, start) : source.position(of: range.upperBound - 1)
    let stop = range.isEmpty ? start : end + 1
    var lines: [String] = []
    if last > first {
      let line = source.line(first)
      lines.append(contentsOf: marked(line, start..<line.count, first, mark, ink, gutter, label: nil))
      if last > first + 1 { lines.append(style(DisplayWidth.padded(before: "…", to: gutter), .dim)) }
      let closing = source.line(last)
      let blank = closing.prefix { $0 == 0x20 || $0 == 0x09 }.count
      lines += marked(closing, min(blank, stop)..<stop, last, mark, ink, gutter, label: label)
    } else {
      lines += marked(source.line(first), start..<stop, first, mark, ink, gutter, label: label)
    }
    return lines
  }

  private func marked(
    _ line: ArraySlice<UInt8>, _ range: Range<Int>, _ number: Int?, _ mark: Character, _ ink: TextStyle.Ink,
    _ gutter: Int,
    label: Wording?
  ) -> [String] {
    let available = width - gutter - 3
    let excerpt = Excerpt(line: line, marked: range, available: available)
    let empty = style(String(repeating: " ", count: gutter) + " │ ", .dim)
    let head = style(DisplayWidth.padded(before: number.map { String($0 + 1) } ?? "", to: gutter) + " │ ", .dim)
    var lines = [head + excerpt.text, empty + excerpt.marks(mark, style, ink)]
    guard let label else { return lines }
    let words = DisplayWidth.printable(label[language])
    let end = excerpt.indent + excerpt.width + 1
    if end + DisplayWidth.of(words) <= available {
      lines[1] += " " + style(words, ink)
      return lines
    }
    let indent = min(excerpt.indent, max(0, available - 40))
    for line in TextWrap.lines(words, width: available - indent) {
      lines.append(empty + String(repeating: " ", count: indent) + style(line, ink))
    }
    return lines
  }

  /// The offending field, unless the message says it already.
  private func excerpt(_ place: DataPlace, _ diagnostic: Diagnostic, gutter: Int) -> [String] {
    guard let text = place.text, !text.isEmpty, !diagnostic.message[language].contains(text) else { return [] }
    let line = Array(text.utf8)[...]
    return marked(line, 0..<line.count, place.line.map { $0 - 1 }, "^", ink(diagnostic.severity), gutter, label: nil)
  }

  private func gutterWidth(_ diagnostic: Diagnostic) -> Int {
    var highest = diagnostic.place?.line ?? 0
    for span in [diagnostic.span].compactMap(\.self) + diagnostic.related.map(\.span) {
      guard let source = source(span.file) else { continue }
      highest = max(highest, source.position(of: Int(span.end)).line + 1)
    }
    return max(5, String(highest).count + 1)
  }

  /// A word before the gutter and text that keeps its left edge.
  private func entry(_ word: String, _ text: String, gutter: Int) -> [String] {
    let edge = gutter + 3
    let lines = TextWrap.lines(DisplayWidth.printable(text), width: width - edge)
    return lines.enumerated().map { index, line in
      index == 0
        ? style(DisplayWidth.padded(before: word, to: edge), .bold) + line : String(repeating: " ", count: edge) + line
    }
  }

  // MARK: Edits

  /// The lines as the edits leave them, with what is new marked.
  private func mended(_ edits: [TextEdit], gutter: Int) -> [String] {
    var lines: [String] = []
    let edge = gutter + 3
    func word() -> String {
      let word = lines.isEmpty ? (language == .english ? "fix: " : "修改：") : ""
      return style(DisplayWidth.padded(before: word, to: edge), .bold)
    }
    for change in MendedLines.of(edits, in: sources) {
      if let removed = change.removed {
        let text = DisplayWidth.clipped(DisplayWidth.printable(removed), to: width - edge - 10)
        lines.append(word() + (language == .english ? "remove `\(text)`" : "删去 `\(text)`"))
        continue
      }
      for (line, marked) in zip(change.lines, change.inserted) {
        let excerpt = Excerpt(line: line[...], marked: marked ?? 0..<0, available: width - edge)
        lines.append(word() + excerpt.text)
        if marked != nil { lines.append(String(repeating: " ", count: edge) + excerpt.marks("+", style, .green)) }
      }
    }
    return lines
  }
}

extension DataPlace {
  /// `events.csv:1041:3 (quality)`
  public func text(_ language: Language) -> String {
    var result = DisplayWidth.printable(file)
    if let line { result += ":\(line)" }
    if let line = line, let column, line > 0 { result += ":\(column)" }
    if let columnName {
      let name = DisplayWidth.printable(columnName)
      result += language == .english ? " (\(name))" : "（\(name)）"
    }
    return result
  }
}
