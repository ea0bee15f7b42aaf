import Algorithms

// An expression is a hidden `let`: checked with the whole rule set, run over the loaded data alone.

/// What an expression gave.
struct SessionAnswer: Sendable {
  var type: Type
  /// About the member or item at hand, or the community.
  var value: Value?
  /// About every member, or every item.
  var spread: FactColumn?
  /// The rows that count: members present, or all items.
  var rows: [Int] = []
  var isAboutItems = false
  var isSegment = false
  /// A share, which people read in per cent.
  var isShare = false
  /// A count of members of which private values decide: where it has no value, few are in it, or out.
  var isWithheldCount = false
}

/// A checked expression of a session.
struct CheckedExpression {
  var program: TypedProgram
  /// The name of the hidden `let` about whoever has it, and of the one about the community.
  var about: (own: String?, community: String?)
  var lets: LastExpression
  var diagnostics: [Diagnostic]

  var own: TypedLet? { about.own.flatMap { name in program.lets.first { $0.name == name } } }
  var community: TypedLet? { about.community.flatMap { name in program.lets.first { $0.name == name } } }
}

extension Session {
  mutating func evaluate(
    _ expression: Expr, in file: SourceFile, _ warnings: [Diagnostic], _ reply: inout SessionReply
  ) throws(SessionFailure) {
    if case .name(let name) = expression.kind, name.text == "members", state.member == nil, state.data != nil {
      reply.output += try membersText()
      return
    }
    if let text = try standing(expression) {
      reply.output += text
      return
    }
    let metric = try metricText(expression)
    // A split one has no value without its group.
    if let metric, metric.isSplit {
      reply.output += metric.text
      return
    }
    let checked = try check(expression, in: file)
    reply.problems += rendered(
      warnings + checked.diagnostics.filter { $0.severity == .warning }, state.files + checked.lets.files)
    if let metric {
      reply.output += metric.text
    } else {
      reply.output += text(try answers(checked))
    }
    last = checked.lets
  }

  // MARK: Checking

  /// - Reports: N02xx, T03xx of the expression.
  func check(_ expression: Expr, in file: SourceFile) throws(SessionFailure) -> CheckedExpression {
    try requireRules()
    let usesLast = expression.reads("_")
    if usesLast, last == nil {
      throw .message(Wording(en: "`_` is the last value, and there is none yet", zh: "“_”是上一个结果，现在还没有"))
    }
    let before = usesLast ? last : nil
    let name = "_\((before?.lets.count ?? 0) + 1)"
    let value = before.map { expression.renaming("_", to: $0.name) } ?? expression
    let files = (before?.files ?? []) + [file]
    func hidden(_ name: String, _ about: SubjectKind?) -> FileSyntax {
      let syntax = LetSyntax(name: Name(name, value.span), about: about, title: nil, value: value)
      return FileSyntax(
        file: file.id, declarations: [Declaration(.let(syntax), doc: [], span: value.span)], comments: [])
    }
    let stand = before?.lets.map(\.tree) ?? []
    let known = Set(state.diagnostics.map(DiagnosticKey.init))
    func attempt(_ trees: [FileSyntax]) -> (program: TypedProgram, diagnostics: [Diagnostic], isGood: Bool) {
      let (program, all) = Pipeline.check(state.sources(with: stand + trees, files: files))
      let diagnostics = all.filter { !known.contains(DiagnosticKey($0)) }
      return (program, diagnostics, !diagnostics.contains { $0.severity == .error })
    }
    let own = hidden(name, state.item == nil ? nil : .content)
    let first = attempt([own])
    let remembered = LastExpression(lets: (before?.lets ?? []) + [(name, own)], files: files)
    guard first.isGood else {
      // Only a content item may have it, or, while one is chosen, only the community or a member.
      let content = hidden(name, state.item == nil ? .content : nil)
      if state.program?.schema.content != nil {
        let other = attempt([content])
        if other.isGood {
          let lets = LastExpression(lets: (before?.lets ?? []) + [(name, content)], files: files)
          let isCommunity = other.program.lets.first { $0.name == name }?.subject == .community
          return CheckedExpression(
            program: other.program, about: isCommunity ? (nil, name) : (name, nil), lets: lets,
            diagnostics: other.diagnostics)
        }
      }
      throw .diagnostics(first.diagnostics, state.files + files)
    }
    let subject = first.program.lets.first { $0.name == name }?.subject
    if subject == .community {
      return CheckedExpression(
        program: first.program, about: (nil, name), lets: remembered, diagnostics: first.diagnostics)
    }
    if subject == .member, state.member == nil {
      // What reads nothing that only a member has is also about the community.
      let both = attempt([own, hidden(name + "_all", .community)])
      if both.isGood {
        return CheckedExpression(
          program: both.program, about: (name, name + "_all"), lets: remembered, diagnostics: first.diagnostics)
      }
    }
    return CheckedExpression(
      program: first.program, about: (name, nil), lets: remembered, diagnostics: first.diagnostics)
  }

  func requireRules() throws(SessionFailure) {
    if state.program != nil { return }
    let errors = state.diagnostics.count { $0.severity == .error }
    throw .message(
      Wording(
        en: "the rules have \(errors) error\(errors == 1 ? "" : "s"); mend them, then `:reload`",
        zh: "规则有 \(errors) 个错误；请先改正，再用 `:reload` 重新载入"))
  }

  // MARK: Running

  func answers(_ checked: CheckedExpression) throws(SessionFailure) -> [SessionAnswer] {
    if checked.own?.needsFiringEvent == true {
      throw .message(
        Wording(
          en: "this reads an attribute of the event that fires a rule, and here none does; "
            + "ask about many events instead: `sum(amount of purchase)`",
          zh: "这里用到了触发规则的那个事件的属性，而现在没有事件触发；请改为对多个事件求值，如 `sum(amount of purchase)`"))
    }
    let names = [checked.about.own, checked.about.community].compactMap(\.self)
    let outcome = try run(checked.program, only: Set(names))
    var answers: [SessionAnswer] = []
    if let declared = checked.community {
      let index = checked.program.lets.firstIndex { $0.name == declared.name }
      let value = outcome.communityFacts.first { $0.letIndex == index }?.value
      var answer = SessionAnswer(
        type: declared.value.type, value: value ?? .missing, isShare: declared.value.isShare(checked.program))
      answer.isWithheldCount = value == .missing && declared.value.isGuardedCount(checked.program)
      answers.append(answer)
      if !Self.variesByMember(declared.value, checked.program) { return answers }
    }
    if let declared = checked.own {
      let index = checked.program.lets.firstIndex { $0.name == declared.name }
      let isAboutItems = declared.subject == .content
      let facts = isAboutItems ? outcome.itemFacts : outcome.facts
      guard let column = facts.first(where: { $0.letIndex == index }) else { return answers }
      var answer = SessionAnswer(type: declared.value.type, isAboutItems: isAboutItems)
      answer.isSegment = Self.isSegment(declared.value, checked.program)
      answer.isShare = declared.value.isShare(checked.program)
      if let row = isAboutItems ? try itemRow() : try memberRow() {
        answer.value = column.value(row)
      } else {
        answer.spread = column
        answer.rows = (0..<column.values.count).filter { isAboutItems || outcome.isPresent($0) }
      }
      answers.append(answer)
    }
    return answers
  }

  /// The chosen member's row. - Missing: nil for the community.
  func memberRow() throws(SessionFailure) -> Int? {
    guard let id = state.member else { return nil }
    return try row(ofMember: id)
  }

  func itemRow() throws(SessionFailure) -> Int? {
    guard let id = state.item else { return nil }
    return state.data?.dataset.content.ids.firstIndex(of: id)
  }

  func row(ofMember id: String) throws(SessionFailure) -> Int {
    guard let data = state.data else { throw noData }
    if let row = data.dataset.members.row(of: id) { return row }
    let near = Suggestions.near(id, in: data.dataset.members.ids)
    throw .message(
      Wording(
        en: "there is no member `\(id)`" + (near.map { "; near: `\($0)`" } ?? ""),
        zh: "没有成员“\(id)”" + (near.map { "；相近的有“\($0)”" } ?? "")))
  }

  var noData: SessionFailure {
    state.saysWhatDataIs
      ? .message(Wording(en: "no data is loaded; `:data FOLDER` loads some", zh: "还没有载入数据；用 `:data 文件夹` 载入"))
      : .message(
        Wording(
          en: "no data is loaded, and no rules say what it would be; `:load RULES` first",
          zh: "还没有载入数据，也没有规则说明数据是什么；请先用 `:load 规则` 载入规则"))
  }

  /// Runs some declarations at the as-of. What reads points, awards or tiers reads those of the rules, decided once.
  func run(_ program: TypedProgram, only: Set<String>) throws(SessionFailure) -> Outcome {
    let plan = Planner.plan(program, only: only)
    let nodes = plan.needed(
      by: (plan.facts + plan.communityFacts).map(\.node) + plan.communityValues.flatMap(\.nodes))
    var asOf = state.moment
    if asOf == nil {
      // Without data only what is always the same has a value.
      guard nodes.allSatisfy({ plan.dependence[$0].isEmpty }) else { throw noData }
      asOf = 0
    }
    let readsStanding = nodes.contains { if case .standing = plan.nodes[$0].op { true } else { false } }
    if readsStanding { _ = try outcome() }
    var options = Engine.Options(asOf: asOf, only: only, keepsAwards: false)
    options.heardUntil = state.heardUntil
    options.standing = readsStanding ? state.results.standing : nil
    return try engine(program, options).outcome
  }

  private func engine(
    _ program: TypedProgram, _ options: Engine.Options
  ) throws(SessionFailure) -> (outcome: Outcome, ground: Engine.Ground?, strays: Int) {
    let result = Engine.run(
      program, state.data?.dataset(program.schema) ?? Dataset(), calendar: state.data?.calendar ?? Calendar(),
      options: options, workers: host.workers, stop: host.stop)
    if result.isInterrupted { throw .interrupted }
    guard let outcome = result.outcome else {
      throw .diagnostics(result.diagnostics, state.files + (last?.files ?? []))
    }
    let strays = state.skipsBadRows || program.schema.skipBadRows ? 0 : StrayReport.count(result.strays)
    return (outcome, result.ground, strays)
  }

  /// What all rules find; found once in a state.
  func outcome() throws(SessionFailure) -> Outcome {
    if let outcome = state.results.outcome { return outcome }
    try requireRules()
    guard let program = state.program, state.data != nil else { throw noData }
    var options = Engine.Options(asOf: state.moment)
    options.heardUntil = state.heardUntil
    options.standing = state.results.standing
    var outcome: Outcome
    if let base = state.results.base, state.results.standing.isComplete {
      let lets = try engine(program, options).outcome
      outcome = base
      outcome.facts = lets.facts
      outcome.itemFacts = lets.itemFacts
      outcome.communityFacts = lets.communityFacts
      outcome.metrics = lets.metrics
    } else {
      let found = try engine(KeptStanding.probing(program), options)
      outcome = found.outcome
      state.results.strays = found.strays
      state.results.ground = found.ground
      outcome.facts.removeAll { $0.letIndex >= program.lets.count }
    }
    state.results.outcome = outcome
    return outcome
  }

  /// Whether members may differ in what is about the community as well: where events are counted.
  private static func variesByMember(_ expression: TypedExpr, _ program: TypedProgram) -> Bool {
    var isAggregate = false
    if case .aggregate = expression.node { isAggregate = true }
    if case .reference(let index) = expression.node, program.lets.indices.contains(index) {
      return variesByMember(program.lets[index].value, program)
    }
    return isAggregate || expression.children.contains { variesByMember($0, program) }
  }

  private static func isSegment(_ expression: TypedExpr, _ program: TypedProgram) -> Bool {
    if case .reference(let index) = expression.node, program.lets.indices.contains(index) {
      return program.lets[index].isSegment
    }
    return false
  }
}

/// What tells one diagnostic from another.
struct DiagnosticKey: Hashable {
  let code: DiagnosticCode
  let span: Span?
  init(_ diagnostic: Diagnostic) {
    code = diagnostic.code
    span = diagnostic.span
  }
}

extension KeyedTable {
  /// The row of an id. - Cost: a search among the sorted ids.
  func row(of id: String) -> Int? {
    let row = ids.partitioningIndex { !$0.utf8.lexicographicallyPrecedes(id.utf8) }
    return row < ids.count && ids[row] == id ? row : nil
  }
}

extension FactColumn {
  /// The value of a row.
  func value(_ row: Int) -> Value {
    guard row >= 0, row < values.count, !(missing.indices.contains(row) && missing[row] != 0) else { return .missing }
    switch values {
    case .flags(let flags): return .bool(flags[row] != 0)
    case .numbers(let numbers): return .number(numbers[row])
    case .texts(let texts): return .text(texts[row])
    case .lists(let lists): return .list(lists[row])
    case .ints(let ints):
      let int = ints[row]
      switch type.base {
      case .time: return .time(int)
      case .date: return .date(Int32(clamping: int))
      case .duration: return .duration(int)
      case .period(let unit): return .period(unit, Int32(clamping: int))
      case .choice: return .choice(Int(clamping: int))
      case .tier: return .tier(Int(clamping: int))
      case .member: return .member(Int(clamping: int))
      case .item: return .item(Int(clamping: int))
      default: return .int(int)
      }
    }
  }
}
