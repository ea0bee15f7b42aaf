// Answers in print: a value with its type, a spread with bars, a segment with its size.

extension Session {
  func text(_ answers: [SessionAnswer]) -> String {
    var lines: [String] = []
    for answer in answers {
      if answer.value != nil {
        lines.append(valueLine(answer, isOneOfTwo: answers.count > 1))
      } else if let column = answer.spread {
        lines += spreadLines(column, answer, isOneOfTwo: answers.count > 1)
      }
    }
    return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  var values: ValueDisplay {
    ValueDisplay(
      program: state.program ?? TypedProgram(schema: Schema()), data: state.data, language: display.language)
  }

  /// `1,234  int`
  private func valueLine(_ answer: SessionAnswer, isOneOfTwo: Bool) -> String {
    let value = answer.value ?? .missing
    var type = values.name(answer.type)
    if answer.isShare, case .number(let number) = value, !answer.type.isPrivate {
      type += " \(NumberText.shortest(number))"
    }
    if case .missing = value, !answer.type.isPrivate { type += say(", missing", "，缺失") }
    if isOneOfTwo { type += say(", the whole community", "，整个社群") }
    if answer.isWithheldCount {
      let type = values.name(answer.type) + say(", too few to tell", "，人数太少")
      return "<\(state.program?.schema.privacyGroup ?? 5)  " + display.style(type, .dim)
    }
    return values.text(value, answer.type, isShare: answer.isShare) + "  " + display.style(type, .dim)
  }

  // MARK: Spreads

  private func spreadLines(_ column: FactColumn, _ answer: SessionAnswer, isOneOfTwo: Bool) -> [String] {
    if answer.type.base == .bool { return holdsLines(column, answer) }
    if answer.type.isPrivate {
      return [ValueDisplay.hidden + "  " + display.style(values.name(answer.type) + say(", private", "，私密"), .dim)]
    }
    let spread = Spread(column, present: answer.rows, display: values, isShare: answer.isShare)
    var lines = [display.style(spreadHead(spread, answer, isOneOfTwo), .dim)]
    if let five = spread.fiveNumbers {
      let names =
        display.language == .english
        ? ["least", "lower quarter", "median", "upper quarter", "most"]
        : ["最小", "下四分位", "中位数", "上四分位", "最大"]
      let parts = zip(names, five).map { name, value in display.style(name, .dim) + " " + value }
      lines.append("  " + parts.joined(separator: display.style(" · ", .dim)))
    }
    lines += barLines(spread.bars(), of: spread.rows.count)
    if spread.isOrdered { lines += topLines(spread, answer) }
    return lines
  }

  private func spreadHead(_ spread: Spread, _ answer: SessionAnswer, _ isOneOfTwo: Bool) -> String {
    let count = TextTable.grouped(Int64(spread.rows.count))
    let type = values.name(answer.type)
    var head: String
    switch (display.language, answer.isAboutItems) {
    case (.english, false): head = "\(type), \(count) member\(spread.rows.count == 1 ? "" : "s")"
    case (.english, true): head = "\(type), \(count) item\(spread.rows.count == 1 ? "" : "s")"
    case (.chinese, false): head = "\(type)，\(count) 名成员"
    case (.chinese, true): head = "\(type)，\(count) 项内容"
    }
    if spread.missing > 0 {
      let missing = TextTable.grouped(Int64(spread.missing))
      head += say(", \(missing) without a value", "，\(missing) 个没有值")
    }
    return head
  }

  /// Bars under one another, with counts and shares.
  func barLines(_ bars: [SpreadBar], of whole: Int) -> [String] {
    let labels = min(28, bars.map { DisplayWidth.of($0.label) }.max() ?? 0)
    let most = bars.map(\.count).max() ?? 0
    let counts = bars.map { TextTable.grouped(Int64($0.count)) }
    let countWidth = counts.map { DisplayWidth.of($0) }.max() ?? 0
    let cells = max(8, min(32, display.width - labels - countWidth - 16))
    return zip(bars, counts).map { bar, count in
      let label = DisplayWidth.padded(before: DisplayWidth.clipped(bar.label, to: labels), to: labels)
      let drawn = DisplayWidth.padded(TextTable.bar(bar.count, of: most, cells: cells), to: cells)
      let share = DisplayWidth.padded(before: Summary.share(bar.count, of: whole), to: 6)
      return "  " + label + "  " + display.style(drawn, .cyan) + "  "
        + DisplayWidth.padded(before: count, to: countWidth) + "  " + display.style(share, .dim)
    }
  }

  private func topLines(_ spread: Spread, _ answer: SessionAnswer) -> [String] {
    let names = ids(isItems: answer.isAboutItems)
    let top = spread.ordered(ascending: false).prefix(5)
    if top.isEmpty { return [] }
    var table = TextTable(columns: [
      .init(answer.isAboutItems ? say("item", "内容") : say("member", "成员"), .left),
      .init(say("value", "值"), .right),
    ])
    table.rows = top.map { row in
      [
        DisplayWidth.printable(names.indices.contains(row) ? names[row] : ""),
        values.text(spread.column.value(row), answer.type, isShare: answer.isShare),
      ]
    }
    return table.lines(width: display.width - 2, style: display.style).map { "  " + $0 }
  }

  private func ids(isItems: Bool) -> [String] {
    (isItems ? state.data?.dataset.content.ids : state.data?.dataset.members.ids) ?? []
  }

  /// A segment or another yes or no: how many, what share, and a few of them.
  private func holdsLines(_ column: FactColumn, _ answer: SessionAnswer) -> [String] {
    guard case .flags(let flags) = column.values else { return [] }
    let known = answer.rows.filter { !(column.missing.indices.contains($0) && column.missing[$0] != 0) }
    let holding = known.filter { flags[$0] != 0 }
    let type = answer.isSegment ? "segment" : values.name(answer.type)
    let whole = TextTable.grouped(Int64(known.count))
    let group = state.program?.schema.privacyGroup ?? 5
    if answer.type.isPrivate {
      // Not even how many have a value is told.
      let whole = TextTable.grouped(Int64(answer.rows.count))
      let isWithheld = holding.count < group || known.count - holding.count < group
      let size = holding.count < group ? "<\(group)" : ValueDisplay.hidden
      let shown = isWithheld ? size : TextTable.grouped(Int64(holding.count))
      return [
        say("\(shown) of \(whole) members", "\(whole) 名成员中的 \(shown) 名") + "  "
          + display.style(type + say(", private", "，私密"), .dim)
      ]
    }
    let size = TextTable.grouped(Int64(holding.count))
    let share = Summary.share(holding.count, of: known.count)
    let head =
      answer.isAboutItems
      ? say("\(size) of \(whole) items", "\(whole) 项内容中的 \(size) 项")
      : say("\(size) of \(whole) members", "\(whole) 名成员中的 \(size) 名")
    var lines = [
      head + (share.isEmpty ? "" : say(" (\(share))", "（\(share)）")) + "  " + display.style(type, .dim)
    ]
    let missing = answer.rows.count - known.count
    if missing > 0 {
      lines.append(display.style(say("  \(missing) without a value", "  \(missing) 个没有值"), .dim))
    }
    if !known.isEmpty {
      let cells = max(10, min(40, display.width - 10))
      let bar = TextTable.bar(holding.count, of: known.count, cells: cells)
      let drawn = bar + String(repeating: "·", count: max(0, cells - DisplayWidth.of(bar)))
      lines.append("  " + display.style(drawn, .cyan))
    }
    if !holding.isEmpty { lines.append("  " + few(holding, isItems: answer.isAboutItems)) }
    return lines
  }

  /// `ann, bob, cat and 120 more`, on one line.
  func few(_ rows: [Int], isItems: Bool = false) -> String {
    let names = ids(isItems: isItems)
    var shown: [String] = []
    var width = 0
    for row in rows.prefix(8) where names.indices.contains(row) {
      let name = DisplayWidth.clipped(DisplayWidth.printable(names[row]), to: 24)
      width += DisplayWidth.of(name) + 2
      if !shown.isEmpty, width > display.width - 24 { break }
      shown.append(name)
    }
    let rest = rows.count - shown.count
    let list = shown.joined(separator: say(", ", "、"))
    if rest == 0 { return list }
    let more = TextTable.grouped(Int64(rest))
    return list + say(" and \(more) more", " 等，另有 \(more) 个")
  }
}
