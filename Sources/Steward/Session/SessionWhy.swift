// `:why` at the prompt: the run is there, so one member is run again with reasons.

extension Session {
  /// `:why ann`, `:why ann standing`, `:why ann not daily`; without a member the chosen one; an expression instead of a name.
  func why(_ rest: String) throws(SessionFailure) -> String {
    var words = rest.split(separator: " ").map(String.init)
    let ids = state.data?.dataset.members
    let isOfCommunity = words.count > 1 && CommunityTopic(rawValue: words[0]) != nil
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
    let explanation: Explanation
    do throws(ExplainFailure) {
      if case .member(let id, let about?, false) = subject, let checked = expression(about, program),
        let declared = checked.own, let explainer = explainer(checked.program, outcome, checked.lets.files)
      {
        explanation = try explainer.explain(declared.value, of: id)
      } else {
        guard let explainer = explainer(program, outcome, []) else { return "" }
        explanation = try explainer.explain(subject)
      }
    } catch { throw .message(error.wording) }
    return explanation.text(language: display.language, width: display.width, style: display.style)
  }

  /// What stands behind the member, where it is no single name and compiles as an expression.
  private func expression(_ text: String, _ program: TypedProgram) -> CheckedExpression? {
    let badges = program.incentives.compactMap(\.badge)
    if state.isKnown(text) || badges.contains(text) { return nil }
    let file = input(text)
    let parsed = Parser.statement(file) { state.isKnown($0) }
    guard case .expression(let expression) = parsed.statement,
      !parsed.diagnostics.contains(where: { $0.severity == .error })
    else { return nil }
    return try? check(expression, in: file)
  }

  private func explainer(_ program: TypedProgram, _ outcome: Outcome, _ files: [SourceFile]) -> Explainer? {
    guard let data = state.data else { return nil }
    let context = RunContext(
      program: program, plan: Planner.plan(program), data: data.dataset(program.schema), calendar: data.calendar,
      asOf: outcome.asOf, firstDay: outcome.firstDay, keepsAwards: true, standing: state.results.standing)
    let ground = Engine.Ground(context: context, series: state.results.series ?? CommunitySeries())
    let result = Engine.Result(outcome: outcome, diagnostics: [], isInterrupted: false, ground: ground)
    return Explainer(result, sources: state.files + files, workers: host.workers)
  }
}
