// `:why` at the prompt: the run is there, so one member is run again with reasons.

extension Session {
  /// `:why ann`, `:why ann standing`, `:why ann not daily`; without a member the chosen one; an expression instead of a name.
  func why(_ rest: String) throws(SessionFailure) -> String {
    var words = whyWords(rest)
    let ids = state.data?.dataset.members
    let isTopic = words.first.flatMap { CommunityTopic(rawValue: $0) } != nil
    let isOfCommunity = isTopic && (words.count > 1 || state.declaration(words[0]) == nil)
    if let member = state.member, !isOfCommunity, words.first.map({ ids?.row(of: $0) == nil }) ?? true {
      words.insert(member, at: 0)
    }
    guard let subject = ExplainedSubject(words: words) else {
      throw .message(
        Wording(
          en: "`:why` needs a member, or choose one with `:about`", zh: "`:why` 后面要写成员，或先用 `:about` 选定"))
    }
    let outcome = try outcome()
    guard let program = state.program else { throw noData }
    var asked: (id: String, value: TypedExpr)?
    var explainer: Explainer?
    if case .member(let id, let about?, false) = subject, let checked = try expression(about, program),
      let declared = checked.own
    {
      asked = (id, declared.value)
      explainer = try self.explainer(checked.program, outcome, checked.lets.files)
    } else {
      explainer = try self.explainer(program, outcome, [])
    }
    guard let explainer else { return "" }
    let explanation: Explanation
    do throws(ExplainFailure) {
      if let asked {
        explanation = try explainer.explain(asked.value, of: asked.id)
      } else {
        explanation = try explainer.explain(subject)
      }
    } catch { throw .message(error.wording(command: ":why")) }
    return explanation.text(
      language: display.language, width: display.width, style: display.style, command: ":why")
  }

  /// What stands behind the member, where it is no single name and compiles as an expression.
  private func expression(_ text: String, _ program: TypedProgram) throws(SessionFailure) -> CheckedExpression? {
    let badges = program.incentives.compactMap(\.badge)
    if state.isKnown(text) || badges.contains(text) { return nil }
    let file = input(text)
    let parsed = Parser.statement(file) { state.isKnown($0) }
    guard case .expression(let expression) = parsed.statement,
      !parsed.diagnostics.contains(where: { $0.severity == .error })
    else { return nil }
    // A single word is a name that is misspelt.
    if case .name = expression.kind { return try? check(expression, in: file) }
    return try check(expression, in: file)
  }

  /// The words behind `:why`; an id with blanks stands in quotes, or is known to be one.
  private func whyWords(_ rest: String) -> [String] {
    let ids = state.data?.dataset.members
    for (open, close): (Character, Character) in [("\"", "\""), ("'", "'"), ("“", "”")] where rest.first == open {
      let behind = rest.dropFirst()
      guard let end = behind.firstIndex(of: close) else { continue }
      return [String(behind[..<end])]
        + behind[end...].dropFirst().split(separator: " ").map(String.init)
    }
    let words = rest.split(separator: " ").map(String.init)
    guard words.count > 1, ids?.row(of: words[0]) == nil else { return words }
    for count in stride(from: words.count, to: 1, by: -1) {
      let id = words.prefix(count).joined(separator: " ")
      if ids?.row(of: id) != nil { return [id] + words.dropFirst(count) }
    }
    return words
  }

  /// - Parameter files: of declarations that the session's program does not have.
  private func explainer(
    _ program: TypedProgram, _ outcome: Outcome, _ files: [SourceFile]
  ) throws(SessionFailure) -> Explainer? {
    guard let data = state.data else { return nil }
    let sources = state.files + files
    let plan = Planner.plan(program)
    if plan.series.isEmpty {
      let context = RunContext(
        program: program, plan: plan, data: data.dataset(program.schema), calendar: data.calendar,
        asOf: outcome.asOf, firstDay: outcome.firstDay, keepsAwards: true, standing: state.results.standing)
      let ground = Engine.Ground(context: context, series: state.results.decided ?? CommunitySeries())
      return Explainer(
        Engine.Result(outcome: outcome, diagnostics: [], isInterrupted: false, ground: ground), sources: sources,
        workers: host.workers)
    }
    // What members read of the community is named by its place in the plan of the run that found it.
    if files.isEmpty, let ground = state.results.ground {
      var plan = ground.context.plan
      plan.facts.removeAll { $0.letIndex >= program.lets.count }
      let context = RunContext(
        program: program, plan: plan, data: ground.context.data, calendar: data.calendar, asOf: outcome.asOf,
        firstDay: outcome.firstDay, keepsAwards: true, standing: state.results.standing,
        heardUntil: ground.context.heardUntil)
      let same = Engine.Ground(context: context, series: ground.series)
      return Explainer(
        Engine.Result(outcome: outcome, diagnostics: [], isInterrupted: false, ground: same), sources: sources,
        workers: host.workers)
    }
    var options = Engine.Options(asOf: state.moment, keepsAwards: true)
    options.heardUntil = state.heardUntil
    let found = Engine.run(
      program, data.dataset(program.schema), calendar: data.calendar, options: options, workers: host.workers,
      stop: host.stop)
    if found.isInterrupted { throw .interrupted }
    if found.outcome == nil { throw .diagnostics(found.diagnostics, sources) }
    if files.isEmpty { state.results.ground = found.ground }
    return Explainer(found, sources: sources, workers: host.workers)
  }
}
