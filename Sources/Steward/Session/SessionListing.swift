// What there is: lists, sources, watched rules, help.

extension Session {
  /// The kinds of things that `:list` takes, besides the keywords of declarations.
  static let listedKinds = ["columns", "events", "purses", "functions"]

  func list(_ rest: String) throws(SessionFailure) -> String {
    let declarations = state.declarations.filter { $0.kind.name.map { !$0.text.isEmpty } ?? false }
    if rest.isEmpty {
      return overviewOfNames(declarations)
    }
    let word = rest.lowercased()
    switch word {
    case "column", "columns": return columnLines()
    case "event", "events", "kind", "kinds", "record", "records": return eventLines()
    case "purse", "purses": return (state.program?.schema.purses ?? []).map { $0 + "\n" }.joined()
    case "function", "functions", "fn", "fns":
      return declarations.filter { $0.kind.keyword == "fn" }.map { line($0) }.joined()
        + FunctionPage.names.joined(separator: " ") + "\n"
    default: break
    }
    let keyword = word.hasSuffix("s") && word != "tiers" ? String(word.dropLast()) : word == "tier" ? "tiers" : word
    let kinds = Set(FileParser.declarationKeywords.map(\.rawValue) + FileParser.laterDeclarations.map(\.rawValue))
    guard kinds.contains(keyword) else {
      let all = kinds.union(Session.listedKinds)
      let near = Suggestions.near(rest, in: all)
      throw .message(
        Wording(
          en: "`:list` knows no `\(rest)`" + (near.map { "; did you mean `\($0)`?" } ?? ""),
          zh: "`:list` 没有“\(rest)”这一类" + (near.map { "；是不是“\($0)”？" } ?? "")))
    }
    let found = declarations.filter { $0.kind.keyword == keyword }
    if found.isEmpty { return say("no \(keyword)\n", "没有 \(keyword)\n") }
    return found.map { line($0) }.joined()
  }

  /// Names on lines, none of them cut.
  private static func rows(of names: [String], width: Int) -> [String] {
    var rows: [String] = []
    for name in names {
      if let last = rows.last, DisplayWidth.of(last) + 2 + DisplayWidth.of(name) <= width {
        rows[rows.count - 1] = last + "  " + name
      } else {
        rows.append(name)
      }
    }
    return rows
  }

  private func overviewOfNames(_ declarations: [Declaration]) -> String {
    var lines: [String] = []
    var keywords: [String] = []
    for declaration in declarations where !keywords.contains(declaration.kind.keyword) {
      keywords.append(declaration.kind.keyword)
    }
    let width = (keywords.map(\.count).max() ?? 0) + 2
    func add(_ keyword: String, _ names: [String]) {
      if names.isEmpty { return }
      let rows = Session.rows(of: names, width: max(20, display.width - width))
      for (index, row) in rows.enumerated() {
        let head =
          index == 0
          ? display.style(DisplayWidth.padded(keyword, to: width), .dim) : String(repeating: " ", count: width)
        lines.append(head + row)
      }
    }
    for keyword in keywords {
      add(keyword, declarations.filter { $0.kind.keyword == keyword }.compactMap { $0.kind.name?.text })
    }
    let schema = state.program?.schema
    add("event", (schema?.events?.kinds ?? []).map(\.name) + (schema?.events?.sets ?? []).map(\.name))
    add("purse", Array((schema?.purses ?? []).dropFirst()))
    add("column", (schema?.members?.columns ?? []).map(\.name))
    if lines.isEmpty { return say("nothing is declared\n", "还没有任何声明\n") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `name  title or the first line of its doc`
  private func line(_ declaration: Declaration) -> String {
    let name = declaration.kind.name?.text ?? ""
    let isOwn = state.declared.contains { $0.name == declaration.kind.overriddenName }
    let words = title(of: name) ?? declaration.doc.first ?? ""
    var line = DisplayWidth.padded(name, to: 24)
    if !words.isEmpty {
      line += " " + display.style(DisplayWidth.clipped(words, to: max(20, display.width - 40)), .dim)
    }
    if isOwn { line += display.style(say("  (this session)", "（本次会话）"), .dim) }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }

  private func title(of name: String) -> String? {
    guard let program = state.program else { return nil }
    if let declared = program.lets.first(where: { $0.name == name }) { return declared.title }
    if let declared = program.incentives.first(where: { $0.name == name }) { return declared.title }
    if let declared = program.ladders.first(where: { $0.name == name }) { return declared.title }
    if let declared = program.budgets.first(where: { $0.name == name }) { return declared.title }
    if let declared = program.metrics.first(where: { $0.name == name }) { return declared.title }
    if let declared = program.alerts.first(where: { $0.name == name }) { return declared.title }
    if let declared = program.goals.first(where: { $0.name == name }) { return declared.title }
    if let declared = program.plans.first(where: { $0.name == name }) { return declared.title }
    return nil
  }

  private func columnLines() -> String {
    guard let schema = state.program?.schema else { return "" }
    var lines: [String] = []
    for (title, table) in [(say("members", "成员"), schema.members), (say("content", "内容"), schema.content)] {
      guard let table else { continue }
      lines.append(display.style(title, .bold))
      for column in table.columns { lines.append("  " + columnLine(column)) }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func columnLine(_ column: ColumnSchema) -> String {
    var line = DisplayWidth.padded(column.name, to: 18) + " " + display.style(values.name(column.type), .dim)
    if column.spelling != column.name { line += display.style(" \"\(column.spelling)\"", .dim) }
    if column.type.isPrivate { line += display.style(say(" private", " 私密"), .dim) }
    return line
  }

  private func eventLines() -> String {
    guard let events = state.program?.schema.events else { return say("no events\n", "没有事件\n") }
    let counts = eventCounts()
    var lines: [String] = []
    for (index, kind) in events.kinds.enumerated() {
      let attributes = kind.attributes.compactMap { place -> String? in
        guard events.attributes.indices.contains(place.index) else { return nil }
        let column = events.attributes[place.index]
        return column.name + " " + values.name(Type(column.type.base, optional: place.isOptional))
      }
      var line = DisplayWidth.padded(kind.name, to: 18)
      if let count = counts[index] {
        line += " " + DisplayWidth.padded(before: TextTable.grouped(Int64(count)), to: 9)
      }
      if !attributes.isEmpty { line += "  " + display.style("{ " + attributes.joined(separator: ", ") + " }", .dim) }
      if kind.records != nil {
        line += display.style(say("  records", "  记录"), .dim)
      } else if kind.isAnonymous {
        line += display.style(say("  anonymous", "  匿名"), .dim)
      }
      while line.last == " " { line.removeLast() }
      lines.append(line)
    }
    for set in events.sets {
      let names = set.pattern.kinds.compactMap { events.kinds.indices.contains($0) ? events.kinds[$0].name : nil }
      lines.append(
        DisplayWidth.padded(set.name, to: 18) + " " + display.style("= " + names.joined(separator: " or "), .dim))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// How many events of each kind the data has.
  private func eventCounts() -> [Int: Int] {
    guard let data = state.data else { return [:] }
    var counts = [Int](repeating: 0, count: 1 << Int(EventStore.kindBits))
    for row in data.dataset.events.rows { counts[Int(row & EventStore.kindMask)] += 1 }
    for row in data.dataset.anonymous.rows { counts[Int(row & EventStore.kindMask)] += 1 }
    return Dictionary(
      uniqueKeysWithValues: counts.enumerated().filter { $0.element > 0 }.map { ($0.offset, $0.element) })
  }

  // MARK: One declaration

  func show(_ rest: String) throws(SessionFailure) -> String {
    if rest.isEmpty { throw .message(Wording(en: "`:show` needs a name", zh: "`:show` 后面要写名称")) }
    guard let declaration = state.declaration(rest) else {
      if let thing = thing(rest) { return thing }
      throw unknown(rest)
    }
    if let own = state.declared.last(where: { $0.name == rest }) {
      return own.text + "\n" + display.style(say("this session", "本次会话"), .dim) + "\n"
    }
    guard let source = state.files.first(where: { $0.id == declaration.span.file }) else { return "" }
    let doc = declaration.doc.map { "///" + ($0.isEmpty ? "" : " " + $0) + "\n" }.joined()
    let place = "\(source.name):\(source.position(of: Int(declaration.span.start)).line + 1)"
    return doc + source.text(declaration.span).trimmed + "\n" + display.style(place, .dim) + "\n"
  }

  func unknown(_ name: String) -> SessionFailure {
    let near = Suggestions.near(name, in: state.declarations.compactMap { $0.kind.name?.text })
    return .message(
      Wording(
        en: "nothing is called `\(name)`" + (near.map { "; did you mean `\($0)`?" } ?? ""),
        zh: "没有叫“\(name)”的东西" + (near.map { "；是不是“\($0)”？" } ?? "")))
  }

  // MARK: Watching

  mutating func watch(_ rest: String, _ reply: inout SessionReply) throws(SessionFailure) {
    if rest.isEmpty || rest == "off" {
      if rest == "off" {
        state.watched = []
        return
      }
      if state.watched.isEmpty {
        reply.output += say(
          "nothing is watched; `:watch RULE` shows its figures after every change\n",
          "没有在观察的规则；`:watch 规则` 会在每次改动之后显示它的数字\n")
        return
      }
      reply.output += try watchedFigures(state.watched)
      return
    }
    guard state.declaration(rest) != nil else { throw unknown(rest) }
    if !state.watched.contains(rest) { state.watched.append(rest) }
    reply.output += try watchedFigures([rest])
  }

  private func watchedFigures(_ names: [String]) throws(SessionFailure) -> String {
    guard state.data != nil, let program = state.program else { return names.map { $0 + "\n" }.joined() }
    let report = ChangeReport(before: nil, after: (program, try outcome()), values: values)
    return names.map { (report.line($0) ?? $0) + "\n" }.joined()
  }

  // MARK: Help

  func help(_ rest: String) throws(SessionFailure) -> String {
    if rest.isEmpty { return SessionHelp.overview(display) }
    let word = rest.hasPrefix(":") ? String(rest.dropFirst()) : rest
    if rest.hasPrefix(":") || SessionCommand(reading: word).name != nil && state.declaration(word) == nil,
      let name = SessionCommand(reading: word).name
    {
      return SessionHelp.page(name, display)
    }
    if let page = HelpPages.page(word) {
      return page.text(language: display.language, width: display.width, style: display.style)
    }
    if state.declaration(word) != nil { return try show(word) }
    if let text = FunctionPage.text(word, language: display.language, style: display.style) { return text }
    if let text = thing(word) { return text }
    if let topic = HelpTopic.named(word) { return topic.text(language: display.language, style: display.style) }
    let names = FunctionPage.names + state.declarations.compactMap { $0.kind.name?.text }
    let near = HelpPages.near(word, others: names + SessionCommand.Name.allCases.map(\.rawValue))
    throw .message(
      Wording(
        en: "there is no help about `\(word)`"
          + (near.map { "; did you mean `?\($0)`?" } ?? "; `:help` lists the commands"),
        zh: "没有关于“\(word)”的说明" + (near.map { "；是不是想查 `?\($0)`？" } ?? "；`:help` 会列出全部命令")))
  }

  /// A column or a kind of events.
  func columnHelp(_ word: String) -> String? {
    guard let schema = state.program?.schema else { return nil }
    if let column = schema.members?.columns.first(where: { $0.name == word }) {
      return columnLine(column) + "\n" + display.style(say("a column of members", "成员表的列"), .dim) + "\n"
    }
    if let column = schema.content?.columns.first(where: { $0.name == word }) {
      return columnLine(column) + "\n" + display.style(say("a column of content", "内容表的列"), .dim) + "\n"
    }
    if let column = schema.events?.attributes.first(where: { $0.name == word }) {
      return columnLine(column) + "\n" + display.style(say("an attribute of events", "事件的属性"), .dim) + "\n"
    }
    guard let kinds = schema.events?.kinds, kinds.contains(where: { $0.name == word }) else { return nil }
    return eventLines().split(separator: "\n").filter { $0 == word || $0.hasPrefix(word + " ") }.map { $0 + "\n" }
      .joined()
  }
}
