/// The lines of an expression with the values of its parts.
struct PartText {
  let language: Language
  let width: Int
  let style: TextStyle
  /// Whether events and the inside of names are shown.
  let isFull: Bool

  private struct Row {
    var indent: Int
    var mark: String
    var ink: TextStyle.Ink?
    var text: String
    var value: String
    var note: String
  }

  /// So many events are few enough to be shown.
  private static let fewEvents = 5
  private static let widestText = 64

  /// - Parameter label: stands for the expression's own text, as a clause with its keyword does.
  func lines(_ part: ExplainedPart, indent: Int, label: String? = nil) -> [String] {
    var rows: [Row] = []
    // What holds together needs no line of its own at the top: the lines under it say it.
    if label == nil, part.form.isChain, !part.isHidden {
      for one in part.parts { add(one, indent, &rows, isAlternative: part.form.isAny) }
    } else {
      add(part, indent, &rows, label: label)
    }
    return aligned(rows)
  }

  /// What stands under a line that shows the expression and its value already.
  func inside(_ part: ExplainedPart, indent: Int) -> [String] {
    var rows: [Row] = []
    addInside(part, indent, &rows)
    return aligned(rows)
  }

  private func words(_ english: String, _ chinese: String) -> String { language == .english ? english : chinese }

  // MARK: Rows

  private func add(
    _ part: ExplainedPart, _ indent: Int, _ rows: inout [Row], label: String? = nil, isAlternative: Bool = false
  ) {
    var row = Row(
      indent: indent, mark: mark(part), ink: ink(part), text: label ?? part.source, value: "", note: "")
    if !part.isNeeded, part.value.state != .present {
      row.mark = "–"
      row.note = words("not asked", "没有问到")
      rows.append(row)
      return
    }
    row.value = value(part)
    row.note = note(part, isIdle: isAlternative && !part.isNeeded)
    rows.append(row)
    addInside(part, indent + 1, &rows)
  }

  private func addInside(_ part: ExplainedPart, _ indent: Int, _ rows: inout [Row]) {
    if let evidence = part.evidence { add(evidence, indent, &rows) }
    if part.definition != nil, !isFull { return }
    for one in part.parts where one.isNeeded || part.form.isChain {
      if part.showsInsideOf(one) {
        addInside(one, indent, &rows)
      } else if part.definition != nil, one.form.isChain, !one.isHidden {
        for each in one.parts { add(each, indent, &rows, isAlternative: one.form.isAny) }
      } else {
        add(one, indent, &rows, isAlternative: part.form.isAny)
      }
    }
  }

  private func add(_ evidence: Evidence, _ indent: Int, _ rows: inout [Row]) {
    guard isFull, evidence.matched <= PartText.fewEvents else { return }
    for event in evidence.events {
      rows.append(Row(indent: indent, mark: " ", ink: .dim, text: line(event), value: "", note: ""))
    }
  }

  func line(_ event: EventLine) -> String {
    var parts = [event.at.text[language], DisplayWidth.printable(event.kind)]
    if let by = event.by { parts.append(words("by \(DisplayWidth.printable(by))", "来自 \(DisplayWidth.printable(by))")) }
    let attributes = event.attributes.filter { $0.value.state != .missing }
      .map { "\($0.name) \($0.value.text[language])" }
    if !attributes.isEmpty { parts.append(attributes.joined(separator: ", ")) }
    return parts.joined(separator: "  ")
  }

  private func mark(_ part: ExplainedPart) -> String {
    if part.isHidden { return "•" }
    guard part.isCondition else { return "·" }
    switch part.truth {
    case true?: return "✓"
    case false?: return "✗"
    case nil: return "?"
    }
  }

  private func ink(_ part: ExplainedPart) -> TextStyle.Ink? {
    if part.isHidden || !part.isNeeded { return .dim }
    switch part.truth {
    case true?: return .green
    case false?: return .red
    case nil: return .dim
    }
  }

  private func value(_ part: ExplainedPart) -> String {
    if part.isHidden { return "•••" }
    if case .comparison(let gap) = part.form {
      let shown = part.parts.count
      if shown == 1 || part.parts.isEmpty { return gap.have.text[language] }
      return gap.have.text[language] + words(" against ", " 对 ") + gap.need.text[language]
    }
    if case .presence = part.form { return part.parts.first?.value.text[language] ?? "" }
    if part.isCondition { return part.value.state == .present ? "" : part.value.text[language] }
    // What a name stands for is written beside the name.
    if case .reference = part.form { return part.value.text[language] }
    return part.value.text[language]
  }

  private func note(_ part: ExplainedPart, isIdle: Bool) -> String {
    var notes: [String] = []
    if let title = part.definition?.title, title != part.source { notes.append(DisplayWidth.printable(title)) }
    if case .comparison(let gap) = part.form, let evidence = part.parts.first?.evidence, part.parts.count == 1 {
      notes += matched(evidence, gap.expr)
    } else if let evidence = part.evidence {
      notes += matched(evidence, part.expr)
    }
    let ratio = part.ratio ?? (part.parts.count == 1 ? part.parts.first?.ratio : nil)
    if let ratio, !part.showsRatioBelow {
      let (held, seen) = (ratio.held.text[language], ratio.seen.text[language])
      notes.append(words("\(held) of \(seen)", "\(seen) 名成员中的 \(held) 名"))
    }
    if part.value.state == .withheld { notes.append(words("too few members to tell", "人数太少，不予显示")) }
    let isMerged = part.parts.count == 1 && part.parts.first.map { part.showsInsideOf($0) } ?? false
    if isFull { notes += givers(isMerged ? part.parts.first?.givers ?? [] : part.givers) }
    if isIdle { notes.append(words("not needed", "不影响结果")) }
    return notes.joined(separator: words(", ", "，"))
  }

  private static let shownGivers = 3

  private func givers(_ givers: [(rule: String, title: String?, points: Int64)]) -> [String] {
    if givers.isEmpty { return [] }
    var notes = givers.prefix(PartText.shownGivers).map {
      DisplayWidth.printable($0.title ?? $0.rule) + " " + TextTable.grouped($0.points)
    }
    if givers.count > PartText.shownGivers { notes.append("…") }
    return notes
  }

  private func matched(_ evidence: Evidence, _ expr: TypedExpr) -> [String] {
    guard let seen = evidence.seen, seen > evidence.matched else { return [] }
    let (some, all) = (TextTable.grouped(Int64(evidence.matched)), TextTable.grouped(Int64(seen)))
    return [words("\(some) of \(all) meet the condition", "\(all) 次里有 \(some) 次符合条件")]
  }

  // MARK: Alignment

  private func aligned(_ rows: [Row]) -> [String] {
    let limit = min(PartText.widestText, max(24, width - 24))
    let widths = rows.filter { !$0.value.isEmpty || !$0.note.isEmpty }
      .map { DisplayWidth.of($0.text) + $0.indent * 2 + 2 }
    let column = min(limit, widths.max() ?? 0)
    let values = rows.filter { !$0.note.isEmpty }.map { DisplayWidth.of($0.value) }.max() ?? 0
    return rows.map { row in
      let row = clipped(row, limit)
      let pad = String(repeating: " ", count: row.indent * 2)
      var line = pad + style(row.mark, row.ink) + " " + (row.mark == " " ? style(row.text, .dim) : row.text)
      if row.value.isEmpty, row.note.isEmpty { return trimmed(line) }
      let used = row.indent * 2 + 2 + DisplayWidth.of(row.text)
      line += String(repeating: " ", count: max(0, column - used) + 2)
      line += row.note.isEmpty ? row.value : DisplayWidth.padded(row.value, to: values)
      if !row.note.isEmpty { line += (values > 0 ? "  " : "") + style(row.note, .dim) }
      return trimmed(line)
    }
  }

  /// What is longer than the column leaves room for its value; `--format json` has it whole.
  private func clipped(_ row: Row, _ limit: Int) -> Row {
    var row = row
    let room = row.value.isEmpty && row.note.isEmpty ? width : limit
    row.text = PartText.clipped(row.text, to: max(20, room - row.indent * 2 - 2))
    return row
  }

  /// The text without its middle: what a condition compares with stands at its end.
  private static func clipped(_ text: String, to width: Int) -> String {
    if DisplayWidth.of(text) <= width { return text }
    var tail = ""
    for character in text.reversed() {
      if DisplayWidth.of(tail) + DisplayWidth.of(character) > width / 4 { break }
      tail.insert(character, at: tail.startIndex)
    }
    return DisplayWidth.clipped(text, to: width - DisplayWidth.of(tail)) + tail
  }

  private func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}

extension ExplainedPart {
  var isHidden: Bool { value.state == .hidden }

  /// Whether a part says nothing that its parent's line does not say: then only what is inside it is shown.
  func showsInsideOf(_ part: ExplainedPart) -> Bool {
    switch form {
    case .comparison: parts.count == 1 && part.definition == nil
    case .presence: part.definition == nil
    // A sum of one: the name shows its value.
    case .reference: part.isSum && !part.isHidden
    default: false
    }
  }
}

extension ExplainedPart {
  /// Whether the share that it is about has a line of its own.
  var showsRatioBelow: Bool {
    guard ratio == nil, let only = parts.first, parts.count == 1, only.ratio != nil else { return false }
    return !showsInsideOf(only)
  }
}

extension ExplainedPart {
  /// Whether it adds up the parts under it.
  var isSum: Bool {
    if case .arithmetic(.add, _, _) = expr.node { true } else { false }
  }
}

extension ExplainedPart.Form {
  var isAny: Bool { if case .any = self { true } else { false } }

  var isChain: Bool {
    switch self {
    case .all, .any: true
    default: false
    }
  }
}
