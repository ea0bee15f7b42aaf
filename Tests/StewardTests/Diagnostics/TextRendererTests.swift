import Testing

@testable import Steward

/// Diagnostics over a text, with spots found by what stands there.
struct Spots {
  let source: SourceFile
  init(_ text: String, name: String = "points.steward", id: UInt16 = 0) {
    source = SourceFile(id: FileID(id), name: name, text: text)
  }

  /// The span of the first occurrence of a text; of several lines when it spans them.
  func span(_ text: String) -> Span {
    let wanted = Array(text.utf8)
    for start in 0...max(0, source.bytes.count - wanted.count) {
      let end = start + wanted.count
      if end <= source.bytes.count, Array(source.bytes[start..<end]) == wanted { return Span(source.id, start..<end) }
    }
    return Span(source.id, 0..<0)
  }

  var end: Span { Span(source.id, source.bytes.count..<source.bytes.count) }
}

private func diagnostic(
  _ code: String, _ span: Span?, _ message: Wording, severity: Severity = .error, place: DataPlace? = nil,
  label: Wording? = nil, related: [Diagnostic.Related] = [], hint: Wording? = nil, edits: [TextEdit] = []
) -> Diagnostic {
  Diagnostic(
    code: DiagnosticCode(code), severity: severity, span: span, place: place, message: message, label: label,
    related: related, hint: hint, edits: edits)
}

@Suite struct TextRendererGoldenTests {
  static let club = Spots(
    """
    community "居家读书会" {
      event like     { content item }
      event purchase { amount number }
    }
    incentive buying {
      on purchase
    \taward floor(ammount) points
    }
    segment 沉默成员 = not any(interation, last 30 days)
    incentive 签到 { on checkin；award 5 points }
    """)

  static var several: [Diagnostic] {
    let spots = club
    return [
      diagnostic(
        "P0107", spots.span("；"), Wording(en: "a full-width semicolon", zh: "这里是全角分号"),
        hint: Wording(en: "write `;`", zh: "请改为 `;`"), edits: [TextEdit(span: spots.span("；"), replacement: "; ")]),
      diagnostic(
        "N0203", spots.span("ammount"),
        Wording(en: "events of kind `purchase` have no `ammount`", zh: "事件“purchase”没有属性“ammount”"),
        label: Wording(en: "an attribute of `purchase` is expected here", zh: "这里应该是“purchase”的属性"),
        related: [
          .init(span: spots.span("amount number"), message: Wording(en: "this one is declared", zh: "已声明的是这个"))
        ], hint: Wording(en: "write `amount`", zh: "请写 `amount`"),
        edits: [TextEdit(span: spots.span("ammount"), replacement: "amount")]),
      diagnostic(
        "N0201", spots.span("interation"), Wording(en: "nothing is called `interation`", zh: "没有叫“interation”的东西"),
        severity: .warning),
      diagnostic(
        "D0407", nil, Wording(en: "this is not a number", zh: "这不是数"),
        place: DataPlace(file: "events.csv", line: 1041, column: 6, columnName: "quality", text: "0，8"),
        hint: Wording(en: "numbers are written like `0.8`", zh: "数写作 `0.8`")),
      diagnostic(
        "D0408", nil, Wording(en: "the member `m0042` stands in two rows", zh: "成员“m0042”出现了两次"),
        place: DataPlace(file: "members.csv", line: 3, column: 1, columnName: "id", text: "m0042")),
    ]
  }

  @Test func english() throws {
    try expectGolden(
      "diagnostics-en", TextRenderer(sources: [Self.club.source], language: .english).render(Self.several))
  }

  @Test func chinese() throws {
    try expectGolden(
      "diagnostics-zh", TextRenderer(sources: [Self.club.source], language: .chinese).render(Self.several))
  }

  @Test func colored() throws {
    let renderer = TextRenderer(
      sources: [Self.club.source], language: .english, style: TextStyle(isColored: true))
    try expectGolden("diagnostics-color", renderer.render([Self.several[1]]))
  }

  @Test func json() throws {
    try expectGolden(
      "diagnostics-json", JSONRenderer(sources: [Self.club.source], language: .english).render(Self.several))
  }

  /// Long lines are cut around the mark, on either side; Chinese ones by columns.
  @Test func longLines() throws {
    let filler = (1...30).map { "count(like, last \($0) days)" }.joined(separator: " + ")
    let chinese = String(repeating: "很长的名字", count: 20)
    let spots = Spots(
      "let a = oops + \(filler)\nlet b = \(filler) + oops2 + \(filler)\nlet \(chinese) = 错误的地方 + \(chinese)\n")
    let diagnostics = ["oops ", "oops2", "错误的地方", filler].map { text in
      diagnostic("N0201", spots.span(text), Wording(en: "nothing is called that", zh: "没有这个名字"))
    }
    let renderer = TextRenderer(sources: [spots.source], language: .english, width: 80)
    let text = renderer.render(diagnostics)
    for line in text.split(separator: "\n") { #expect(DisplayWidth.of(String(line)) <= 80, "\(line)") }
    try expectGolden("diagnostics-long", text)
  }

  /// A span over lines, the end of the file, an insertion, and a deletion of a line's end.
  @Test func spansAndEnds() throws {
    let spots = Spots("incentive a {\n  on like\n  on share\n  award 5 points\n\n")
    let insertion = Span(FileID(0), 41..<41)
    let diagnostics = [
      diagnostic(
        "P0103", spots.end, Wording(en: "the file ends inside `incentive a`", zh: "文件在 `incentive a` 里结束了"),
        label: Wording(en: "`}` is expected here", zh: "这里应有 `}`"),
        related: [.init(span: spots.span("{"), message: Wording(en: "it opens here", zh: "从这里开始"))],
        edits: [TextEdit(span: spots.end, replacement: "}\n")]),
      diagnostic(
        "P0110", spots.span("on like\n  on share"), Wording(en: "`on` stands twice", zh: "`on` 写了两次"),
        label: Wording(en: "one is enough", zh: "一个就够了"),
        edits: [TextEdit(span: spots.span("  on share\n"), replacement: "")]),
      diagnostic("P0111", insertion, Wording(en: "something is missing here", zh: "这里少了什么")),
    ]
    try expectGolden("diagnostics-spans", TextRenderer(sources: [spots.source], language: .english).render(diagnostics))
  }

  /// A long label stands on lines of its own; long hints wrap; other files are named; damaged bytes show as marks.
  @Test func labelsHintsAndFiles() throws {
    let spots = Spots("segment 沉默 = not any(interaction, last 30 days) and earned(last 30 days) < 5\n")
    let other = SourceFile(
      id: FileID(1), name: "rules/基础.steward",
      bytes: Array("event a \"".utf8) + [0xFF, 0xFE, 0x1B] + Array("\" b\n".utf8))
    let long = Wording(
      en: "a segment is about members, so every value in it must be about a member; this one is about the community",
      zh: "分群是关于成员的，所以里面的每个值都必须是关于成员的；这个值却是关于社群的，不能写在这里，需要换一种写法")
    let diagnostics = [
      diagnostic(
        "T0302", spots.span("earned(last 30 days)"), Wording(en: "wrong subject", zh: "对象不对"), label: long,
        related: [.init(span: Span(FileID(1), 8..<13), message: Wording(en: "see here", zh: "见这里"))], hint: long)
    ]
    for language in Language.allCases {
      let renderer = TextRenderer(sources: [spots.source, other], language: language, width: 72)
      try expectGolden("diagnostics-labels-\(language.rawValue)", renderer.render(diagnostics))
    }
  }

  @Test func closingLine() {
    let spots = Self.club
    func some(_ severities: [Severity]) -> [Diagnostic] {
      severities.map { diagnostic("N0201", spots.span("like"), Wording("x"), severity: $0) }
    }
    #expect(TextRenderer.closing(some([.error]), .english) == "1 error")
    #expect(TextRenderer.closing(some([.error, .error, .error, .warning]), .english) == "3 errors, 1 warning")
    #expect(TextRenderer.closing(some([.warning, .warning, .note]), .chinese) == "2 个警告，1 条说明")
    #expect(TextRenderer(sources: [], language: .english).render([]).isEmpty)
  }

  /// Spans that lie outside the file, or in no file, are printed as well as they can be.
  @Test func strangeSpans() {
    let spots = Spots("")
    for span in [Span(FileID(0), 0..<0), Span(FileID(0), 5..<9), Span(FileID(7), 0..<1)] {
      let text = TextRenderer(sources: [spots.source], language: .english)
        .render([diagnostic("P0101", span, Wording("x"), edits: [TextEdit(span: span, replacement: "y")])])
      #expect(text.contains("P0101"))
    }
  }
}
