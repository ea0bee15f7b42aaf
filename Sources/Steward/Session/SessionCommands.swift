// The commands that begin with a colon.

/// A command and what stands behind it.
struct SessionCommand {
  enum Name: String, CaseIterable {
    case data, load, reload
    case asOf = "as-of"
    case about, type, plan, why, timeline, watch, list, show, save, undo, time, help, quit
  }
  let word: String
  let rest: String
  /// - Missing: nil where there is no such command.
  let name: Name?

  init(reading text: String) {
    let typed = text.trimmed
    let end = typed.firstIndex(where: \.isWhitespace) ?? typed.endIndex
    word = String(typed[..<end])
    rest = typed[end...].trimmed
    let lower = word.lowercased()
    let others = ["q": Name.quit, "exit": .quit, "asof": .asOf, "as_of": .asOf, "h": .help, "?": .help]
    name = Name(rawValue: lower) ?? others[lower]
  }
}

extension Session {
  mutating func run(_ command: SessionCommand, _ reply: inout SessionReply) throws(SessionFailure) {
    guard let name = command.name else {
      let near = Suggestions.near(command.word, in: SessionCommand.Name.allCases.map(\.rawValue))
      throw .message(
        Wording(
          en: "there is no command `:\(command.word)`"
            + (near.map { "; did you mean `:\($0)`?" } ?? "; `:help` lists them"),
          zh: "没有“:\(command.word)”这个命令" + (near.map { "；是不是“:\($0)”？" } ?? "；`:help` 会列出全部命令")))
    }
    let rest = command.rest
    switch name {
    case .quit: reply.quits = true
    case .help: reply.output += try help(rest)
    case .load: try load(path(rest, name), data: nil, &reply)
    case .data: try loadData(path(rest, name), &reply)
    case .reload: try reload(&reply)
    case .asOf: try setAsOf(rest, &reply)
    case .about: try setSubject(rest, &reply)
    case .type: reply.output += try typeText(rest)
    case .plan: reply.output += try planText(rest)
    case .why: reply.output += try why(rest)
    case .timeline: reply.output += try timeline(rest)
    case .watch: try watch(rest, &reply)
    case .list: reply.output += try list(rest)
    case .show: reply.output += try show(rest)
    case .save: reply.output += try save(rest)
    case .undo: try undo(&reply)
    case .time: try setTime(rest, &reply)
    }
  }

  /// What must stand behind a command.
  private func argument(_ rest: String, _ command: SessionCommand.Name, en: String, zh: String) throws(SessionFailure)
    -> String
  {
    if !rest.isEmpty { return rest }
    throw .message(
      Wording(
        en: "`:\(command.rawValue)` needs \(en)", zh: "`:\(command.rawValue)` 后面要写\(zh)"))
  }

  /// A path, perhaps in quotes.
  private func path(_ rest: String, _ command: SessionCommand.Name) throws(SessionFailure) -> String {
    let isFile = command == .save
    return Session.unquoted(
      try argument(
        rest, command, en: isFile ? "the name of a file" : "the name of a folder", zh: isFile ? "文件名" : "文件夹的名字"))
  }

  /// A text without the quotes around it.
  static func unquoted(_ text: String) -> String {
    for (open, close) in [("\"", "\""), ("'", "'"), ("“", "”")]
    where text.count > 1 && text.hasPrefix(open) && text.hasSuffix(close) {
      return String(text.dropFirst().dropLast())
    }
    return text
  }

  // MARK: Moment and subject

  private mutating func setAsOf(_ rest: String, _ reply: inout SessionReply) throws(SessionFailure) {
    var next = state
    next.results = SessionResults()
    if ["", "latest", "newest"].contains(rest) {
      next.asOf = nil
    } else {
      do throws(AsOf.Failure) { next.asOf = try AsOf(reading: rest) } catch {
        switch error {
        case .notADay:
          throw .message(
            Wording(
              en: "`:as-of` takes a day like 2026-06-30 or a time like 2026-06-30 10:00, not `\(rest)`",
              zh: "`:as-of` 要写日期（如 2026-06-30）或时间（如 2026-06-30 10:00），不能是“\(rest)”"))
        case .noSuchDay: throw .message(Wording(en: "there is no day \(rest)", zh: "没有 \(rest) 这一天"))
        case .noSuchTime: throw .message(Wording(en: "there is no time \(rest)", zh: "没有 \(rest) 这个时刻"))
        }
      }
    }
    let before = state
    take(next)
    if !state.watched.isEmpty, state.data != nil { try tellChanges(from: before, &reply, watchedOnly: true) }
  }

  private mutating func setSubject(_ rest: String, _ reply: inout SessionReply) throws(SessionFailure) {
    let id = Session.unquoted(try argument(rest, .about, en: "a member, or `community`", zh: "成员，或 `community`"))
    var next = state
    if id == "community" || id == "社群" {
      next.member = nil
      next.item = nil
    } else if let data = state.data, data.dataset.members.row(of: id) == nil, data.dataset.content.row(of: id) != nil {
      next.member = nil
      next.item = id
    } else {
      _ = try row(ofMember: id)
      next.item = nil
      next.member = id
    }
    take(next)
  }

  private mutating func setTime(_ rest: String, _ reply: inout SessionReply) throws(SessionFailure) {
    switch rest {
    case "on", "": isTimed = rest == "on" || !isTimed
    case "off": isTimed = false
    default: throw .message(Wording(en: "`:time on` or `:time off`", zh: "请写 `:time on` 或 `:time off`"))
    }
  }

  private mutating func undo(_ reply: inout SessionReply) throws(SessionFailure) {
    guard let before = earlier.popLast() else {
      throw .message(Wording(en: "there is nothing to undo", zh: "没有可以撤销的"))
    }
    let old = state
    state = before
    last = nil
    let gone = old.declared.compactMap(\.name).filter { name in
      !before.declared.contains { $0.name == name }
    }
    let back = before.declared.compactMap(\.name).filter { name in
      before.declared.last { $0.name == name }?.text != old.declared.last { $0.name == name }?.text
    }
    for name in gone {
      let base = before.declaration(name) != nil
      reply.output +=
        base
        ? say("\(name): as in the rules again\n", "\(name)：恢复为规则里的写法\n") : say("\(name): gone\n", "\(name)：已去掉\n")
    }
    for name in back { reply.output += say("\(name): as before\n", "\(name)：恢复为之前的写法\n") }
    if before.loads != old.loads {
      let rules = before.rulesPath ?? say("no rules", "没有规则")
      let data = before.data?.folder ?? say("no data", "没有数据")
      reply.output += say("back: rules \(rules), data \(data)\n", "已恢复：规则 \(rules)，数据 \(data)\n") + overview()
    } else if gone.isEmpty, back.isEmpty {
      reply.output += promptText + "\n"
    }
  }

  // MARK: Types and plans

  private mutating func typeText(_ rest: String) throws(SessionFailure) -> String {
    let checked = try checked(argument(rest, .type, en: "an expression", zh: "表达式"))
    guard let declared = checked.community ?? checked.own else { return "" }
    let type = declared.value.type
    var parts = [values.name(type)]
    parts[0] += "  (" + type.words[display.language] + ")"
    if checked.community != nil, checked.own != nil {
      parts.append(say("about the community, or each member", "关于整个社群，也可以关于每个成员"))
    } else {
      switch declared.subject {
      case .community: parts.append(say("about the community", "关于整个社群"))
      case .content: parts.append(say("about each content item", "关于每项内容"))
      case .member: parts.append(say("about each member", "关于每个成员"))
      }
    }
    if type.isPrivate { parts.append(say("private", "私密")) }
    return parts.joined(separator: say(", ", "，")) + "\n"
  }

  private mutating func planText(_ rest: String) throws(SessionFailure) -> String {
    let checked = try checked(argument(rest, .plan, en: "an expression", zh: "表达式"))
    let names = [checked.about.own, checked.about.community].compactMap(\.self)
    let plan = Planner.plan(checked.program, only: Set(names))
    return PlanStory(plan: plan, program: checked.program, language: display.language).text()
  }

  /// An expression behind a command.
  private func checked(_ text: String) throws(SessionFailure) -> CheckedExpression {
    let file = input(text)
    let parsed = Parser.statement(file) { state.isKnown($0) }
    if parsed.diagnostics.contains(where: { $0.severity == .error }) {
      throw .diagnostics(parsed.diagnostics, state.files + [file])
    }
    guard case .expression(let expression) = parsed.statement else {
      throw .message(Wording(en: "an expression is wanted here", zh: "这里要写表达式"))
    }
    return try check(expression, in: file)
  }

  // MARK: Saving

  private func save(_ rest: String) throws(SessionFailure) -> String {
    var path = try path(rest, .save)
    if !path.hasSuffix(".steward") { path += ".steward" }
    guard !state.declared.isEmpty else {
      throw .message(Wording(en: "this session has declared nothing yet", zh: "本次会话还没有声明任何东西"))
    }
    let own = Set((state.sources.modules.first?.files ?? []).flatMap(\.declarations).compactMap(\.kind.overriddenName))
    let used = Set(
      state.sources.modules.dropFirst().flatMap(\.files).flatMap(\.declarations).compactMap(\.kind.overriddenName))
    var texts: [String] = []
    for declared in state.declared {
      let isOverride = declared.name.map { used.contains($0) && !own.contains($0) } ?? false
      texts.append(isOverride ? Session.overriding(declared.text) : declared.text)
    }
    let text = texts.joined(separator: "\n\n") + "\n"
    do throws(SourceFailure) { try host.save(path, text) } catch { throw .message(error.message) }
    let count = texts.count
    var told = say(
      "\(count) declaration\(count == 1 ? "" : "s") in \(path)\n", "\(count) 项声明已写入 \(path)\n")
    for name in state.declared.compactMap(\.name) where own.contains(name) {
      let place = self.place(name, in: state.sources.modules) ?? ""
      told += say(
        "`\(name)` also stands in \(place); remove one of the two\n", "“\(name)”在 \(place) 也有；请删去其中一处\n")
    }
    return told
  }

  /// With `override` before the keyword, behind the doc comment.
  private static func overriding(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let first = lines.firstIndex(where: { !$0.hasPrefix("///") }) else { return text }
    if !lines[first].hasPrefix("override ") { lines[first] = "override " + lines[first] }
    return lines.joined(separator: "\n")
  }

  /// `rules/points.steward:12`
  func place(_ name: String, in modules: [RuleModule]) -> String? {
    for file in modules.flatMap(\.files) {
      for declaration in file.declarations where declaration.kind.overriddenName == name {
        guard let source = state.files.first(where: { $0.id == file.file }) else { continue }
        return "\(source.name):\(source.position(of: Int(declaration.span.start)).line + 1)"
      }
    }
    return nil
  }
}
