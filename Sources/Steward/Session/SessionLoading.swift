// Rules and data from outside.

extension Session {
  /// Loads rules, and their data where it is found; what is wrong is told, and the session goes on with what there is.
  public mutating func start(rules: String?, data: String?, skipBadRows: Bool = false) -> SessionReply {
    var reply = SessionReply()
    state.skipsBadRows = skipBadRows
    do throws(SessionFailure) {
      if let rules {
        try load(rules, data: data, &reply)
      } else {
        try load(empty: data, &reply)
      }
    } catch { tell(error, &reply) }
    earlier = []
    return reply
  }

  private mutating func load(empty data: String?, _ reply: inout SessionReply) throws(SessionFailure) {
    var next = SessionState()
    next.askedData = data
    next.skipsBadRows = state.skipsBadRows
    try check(&next, [], &reply)
    state = next
  }

  /// Other rules; what the session declared is put aside.
  mutating func load(_ path: String, data: String?, _ reply: inout SessionReply) throws(SessionFailure) {
    var next = SessionState()
    next.loads = state.loads + 1
    next.rulesPath = path
    next.askedData = data ?? state.askedData
    next.asOf = state.asOf
    next.skipsBadRows = state.skipsBadRows
    next.watched = state.watched
    next.sources = try gather(path)
    let (program, diagnostics) = Pipeline.check(next.sources())
    next.diagnostics = diagnostics
    let isWrong = diagnostics.contains { $0.severity == .error }
    next.program = isWrong ? nil : program
    reply.problems += rendered(diagnostics.filter { $0.severity > .note }, next.files)
    if isWrong {
      reply.isError = true
      take(next)
      last = nil
      return
    }
    var problem: SessionFailure?
    do throws(SessionFailure) { next.data = try self.data(for: next, &reply) } catch {
      if case .interrupted = error { throw error }
      problem = error
    }
    let putAside = state.declared.count
    keepSubject(&next)
    take(next)
    last = nil
    if putAside > 0 {
      reply.output += say(
        "\(putAside) declaration\(putAside == 1 ? "" : "s") of this session put aside; `:undo` brings them back\n",
        "本次会话的 \(putAside) 项声明已放到一边；`:undo` 可以恢复\n")
    }
    if let problem { tell(problem, &reply) }
    reply.output += overview()
  }

  private func gather(_ path: String) throws(SessionFailure) -> RuleSources {
    do throws(SourceFailure) {
      let (files, modules) = try host.rules(path)
      return RuleSources.gather(files, modules: modules)
    } catch { throw .message(error.message) }
  }

  /// The rules and the data once more, with what the session declared.
  mutating func reload(_ reply: inout SessionReply) throws(SessionFailure) {
    guard let path = state.rulesPath else {
      throw .message(Wording(en: "no rules are loaded; `:load FOLDER` loads some", zh: "还没有载入规则；用 `:load 文件夹` 载入"))
    }
    var next = state
    next.loads += 1
    next.sources = try gather(path)
    // Spans of what was declared name files by number, so that these are read again behind the others.
    next.declared = []
    next.inputs = []
    for old in state.declared {
      let id = FileID(UInt16(clamping: next.files.count))
      let file = SourceFile(id: id, name: say("input", "输入"), text: old.text)
      next.inputs.append(file)
      next.declared += Parser.parse(file).0.declarations.map {
        SessionDeclaration(syntax: Declaration($0.kind, doc: $0.doc, span: $0.span), file: id, text: old.text)
      }
    }
    let (program, diagnostics) = Pipeline.check(next.sources())
    if diagnostics.contains(where: { $0.severity == .error }) {
      throw .diagnostics(diagnostics.filter { $0.severity == .error }, next.files)
    }
    next.diagnostics = diagnostics
    next.program = program
    next.results = SessionResults()
    reply.problems += rendered(diagnostics.filter { $0.severity == .warning }, next.files)
    next.data = try data(for: next, &reply)
    keepSubject(&next)
    let before = state
    last = nil
    take(next)
    reply.output += overview()
    if before.data != nil { try tellChanges(from: before, &reply) }
  }

  /// Another folder of data.
  mutating func loadData(_ folder: String, _ reply: inout SessionReply) throws(SessionFailure) {
    try requireRules()
    if !state.saysWhatDataIs { throw noData }
    var next = state
    next.loads += 1
    next.askedData = folder
    next.results = SessionResults()
    do throws(SessionFailure) { next.data = try data(for: next, &reply) } catch {
      // Once, not for each file that is not there.
      guard case .diagnostics = error, host.names(folder).isEmpty else { throw error }
      throw .message(Wording(en: "there is no folder `\(folder)` of data", zh: "找不到数据文件夹“\(folder)”"))
    }
    keepSubject(&next)
    take(next)
    reply.output += overview()
  }

  /// - Missing: nil where the rules describe no data.
  func data(for state: SessionState, _ reply: inout SessionReply) throws(SessionFailure) -> SessionData? {
    guard let program = state.program else { return nil }
    let schema = program.schema
    if state.rulesPath == nil, !state.declared.contains(where: \.isCommunity) { return nil }
    if schema.members == nil, schema.events == nil, schema.content == nil { return nil }
    let folder = state.askedData ?? state.rulesPath.map(host.dataFolder) ?? "."
    let (calendar, zoneProblems) = Pipeline.calendar(program, files: state.files, zoneTable: host.zoneTable)
    guard let calendar else { throw .diagnostics(zoneProblems, state.files) }
    var options = LoadOptions(skipBadRows: state.skipsBadRows)
    options.gb18030 = host.gb18030
    let open = host.open
    let result = Loader.load(
      schema, calendar: calendar,
      open: { (path: String) throws(SourceFailure) -> any ByteSource in try open(folder, path) },
      options: options, workers: host.workers, stop: host.stop)
    if result.isInterrupted { throw .interrupted }
    guard let dataset = result.dataset else { throw .diagnostics(result.diagnostics, state.files) }
    reply.problems += rendered(
      (zoneProblems + result.diagnostics).filter { $0.severity > .note }, state.files)
    return SessionData(folder: folder, calendar: calendar, dataset: dataset)
  }

  /// A member or an item that the data no longer has is let go.
  private func keepSubject(_ next: inout SessionState) {
    next.member = state.member.flatMap { next.data?.dataset.members.row(of: $0) == nil ? nil : $0 }
    next.item = state.item.flatMap { next.data?.dataset.content.row(of: $0) == nil ? nil : $0 }
  }

  /// `居家读书会: 300 members, 12,345 events up to 2026-06-30`
  public func overview() -> String {
    guard let program = state.program else { return "" }
    let name = program.schema.name
    func number(_ value: Int) -> String { TextTable.grouped(Int64(value)) }
    guard let data = state.data else {
      return (name.isEmpty ? "" : name + say(": ", "：")) + say("no data loaded\n", "还没有载入数据\n")
    }
    let members = data.dataset.members.count
    let events = data.dataset.events.rows.count + data.dataset.anonymous.rows.count
    let start = name.isEmpty ? "" : name + say(": ", "：")
    let until = state.momentText.map { say(", as of \($0)", "，截至 \($0)") } ?? ""
    var line =
      start
      + say("\(number(members)) members, \(number(events)) events", "\(number(members)) 名成员，\(number(events)) 条事件")
      + until + "\n"
    if !data.dataset.rejected.isEmpty {
      let count = number(data.dataset.rejected.count)
      line += say("\(count) bad rows left out\n", "已跳过 \(count) 行有误的数据\n")
    }
    return line
  }
}
