// Diagnostics of what somebody has just typed at a prompt: the first mark stands under the line on the screen.

extension TextRenderer {
  /// As `render`, without the count at the end; the first diagnostic about a typed file of one line is marked where the
  /// line stands.
  /// - Parameters:
  ///   - indent: the columns before the line on the screen. Nil if it is not there.
  ///   - file: what was typed.
  public func renderTyped(_ diagnostics: [Diagnostic], under indent: Int?, file: FileID?) -> String {
    var lines: [String] = []
    var isFirst = true
    for diagnostic in DiagnosticOrder.sorted(diagnostics).prefix(20) {
      let mark = isFirst ? typedMark(diagnostic, indent, file) : nil
      isFirst = false
      if let mark {
        lines.append(mark)
        var shown = diagnostic
        shown.span = nil
        shown.label = nil
        shown.related.removeAll { $0.span.file == file }
        shown.edits = diagnostic.edits
        lines += block(shown)
      } else {
        lines += block(diagnostic)
      }
    }
    if diagnostics.count > 20 {
      lines.append(Wording(en: "and \(diagnostics.count - 20) more", zh: "另有 \(diagnostics.count - 20) 处")[language])
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The mark under a typed line. - Missing: nil where the line has broken or is not on the screen.
  private func typedMark(_ diagnostic: Diagnostic, _ indent: Int?, _ file: FileID?) -> String? {
    guard let indent, let span = diagnostic.span, span.file == file,
      let source = sources.first(where: { $0.id == file }),
      source.lineStarts.count == 1
    else { return nil }
    let excerpt = Excerpt(line: source.line(0), marked: span.range, available: .max / 64)
    guard indent + DisplayWidth.of(excerpt.text) < width else { return nil }
    var line = String(repeating: " ", count: indent) + excerpt.marks("^", style, ink(diagnostic.severity))
    if let label = diagnostic.label {
      let words = DisplayWidth.printable(label[language])
      if indent + excerpt.indent + excerpt.width + 1 + DisplayWidth.of(words) <= width {
        line += " " + style(words, ink(diagnostic.severity))
      }
    }
    return line
  }
}
