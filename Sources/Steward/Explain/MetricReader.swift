/// Tells what a metric says and what it is made of.
struct MetricReader {
  let ground: Engine.Ground
  let sources: RuleTexts
  let workers: Workers
  let metric: Int

  private var program: TypedProgram { ground.context.program }
  private var typed: TypedMetric { program.metrics[metric] }

  /// - Parameter name: the group that is asked about. - Missing: nil for all.
  func story(of name: String?) throws(ExplainFailure) -> MetricStory {
    let asked = [typed.value] + program.countsOfShares(in: [typed.value])
    let run = CommunityRun(ground, asked, .period(typed.every), split: typed.by, workers: workers)
    var story = MetricStory(
      metric: typed.name, title: typed.title, doc: typed.doc, every: typed.every,
      by: typed.by.map { sources.text($0.span) ?? TypedDump.text($0, in: program) }, group: name, check: nil, part: nil,
      table: nil, groups: [], benchmark: benchmark)
    let check = run.checks.moments.indices.last
    story.check = check.map { run.checks.moments[$0] }
    if typed.by == nil {
      if let name { throw .notAboutGroups(typed.name, name) }
      if let check { tell(&story, run, 0, check) }
      return story
    }
    let names = run.groups.map { Summary.group($0, typed, program, ground.context.data, ground.context.calendar) }
    if let name {
      guard let group = names.firstIndex(of: name) else {
        throw .noGroup(typed.name, name, near: Suggestions.near(name, in: names))
      }
      if let check { tell(&story, run, group, check) }
      return story
    }
    guard let check else { return story }
    story.groups = run.groups.indices.map { group in
      let first = max(0, check + 1 - CheckReader.sparkChecks)
      let values = run.values(typed.value, group, first..<(check + 1))
      return MetricStory.Group(
        name: names[group], value: values.last ?? .missing, spark: values.map(\.number))
    }
    return story
  }

  private func tell(_ story: inout MetricStory, _ run: CommunityRun, _ group: Int, _ check: Int) {
    guard run.groups.indices.contains(group) else { return }
    story.part = PartReader.part(typed.value, run, sources, run.point(group, check))
    let reader = CheckReader(run: run, sources: sources, group: group)
    story.table = reader.table([(typed.value, typed.name, typed.title)], upTo: check)
  }

  private var benchmark: (value: ShownValue, source: String?)? {
    guard let found = program.benchmarks.first(where: { $0.metric == metric }) else { return nil }
    let value = ShownValue(.number(found.value), .number, ground.context)
    return (typed.value.isShare(program) ? value.asShare : value, found.source)
  }
}

/// Tells how far a goal has got.
struct GoalReader {
  let ground: Engine.Ground
  let outcome: Outcome
  let sources: RuleTexts
  let workers: Workers
  let goal: Int

  /// - Missing: nil where the run was not asked for it.
  func story() -> GoalStory? {
    let program = ground.context.program
    let typed = program.goals[goal]
    guard let record = outcome.goals.first(where: { Int($0.goal) == goal }) else { return nil }
    let asked = [typed.value, typed.target]
    let run = CommunityRun(ground, asked + program.countsOfShares(in: asked), .daily, workers: workers)
    let isShare = typed.value.isShare(program)
    let source = sources.text(typed.value.span) ?? TypedDump.text(typed.value, in: program)
    let target = sources.text(typed.target.span) ?? TypedDump.text(typed.target, in: program)
    var story = GoalStory(
      goal: typed.name, title: typed.title, doc: typed.doc,
      condition: source + (typed.isAtLeast ? " >= " : " <= ") + target, record: record, start: nil, by: typed.by,
      isAtLeast: typed.isAtLeast, isShare: isShare, check: nil, parts: [], table: nil)
    // Past its day, a goal is held to what was then.
    let last = run.checks.days.lastIndex { $0 <= max(typed.by, record.from) } ?? run.checks.days.indices.last
    guard let check = last, run.groups.indices.contains(0) else { return story }
    story.check = run.checks.moments[check]
    if let first = run.checks.days.firstIndex(where: { $0 >= record.from }), first <= check {
      story.start = run.values(typed.value, 0, first..<(first + 1)).first?.number
    }
    let point = run.point(0, check)
    story.parts = [PartReader.part(typed.value, run, sources, point)]
    var columns: [(expr: TypedExpr, source: String, title: String?)] = [(typed.value, source, nil)]
    if !typed.target.isConstantValue {
      story.parts.append(PartReader.part(typed.target, run, sources, point))
      columns.append((typed.target, target, nil))
    }
    story.table = CheckReader(run: run, sources: sources, group: 0).table(columns, upTo: check)
    return story
  }
}

extension TypedExpr {
  /// Whether it is a constant, whatever it was turned into.
  fileprivate var isConstantValue: Bool {
    if case .convert(_, let operand) = node { operand.isConstant } else { isConstant }
  }
}

/// Tells when a phase is on, and what it waits for.
struct PhaseReader {
  let ground: Engine.Ground
  let outcome: Outcome
  let sources: RuleTexts
  let workers: Workers
  let phase: PhaseIndex

  /// - Missing: nil where the run was not asked for it.
  func story() -> PhaseStory? {
    let program = ground.context.program
    let plan = program.plans[phase.plan]
    let typed = plan.phases[phase.phase]
    guard let record = outcome.phases.first(where: { $0.phase == phase }) else { return nil }
    var story = PhaseStory(
      plan: plan.name, phase: typed.name, title: typed.title, doc: typed.doc, record: record, by: typed.by,
      place: phase.phase + 1, count: plan.phases.count, waitsFor: nil, until: nil, check: nil, table: nil, rules: [])
    if record.from == nil, phase.phase > 0 { story.waitsFor = plan.phases[phase.phase - 1].name }
    story.rules = program.incentives.filter { $0.during.contains(phase) }.map(\.name)
    guard let until = typed.until else { return story }
    let run = CommunityRun(ground, [until] + program.countsOfShares(in: [until]), .daily, workers: workers)
    // What is over is told as it was when it ended.
    let last = record.to.flatMap { day in run.checks.days.lastIndex { $0 <= day } } ?? run.checks.days.indices.last
    guard let check = last, run.groups.indices.contains(0) else { return story }
    story.check = run.checks.moments[check]
    let part = PartReader.part(until, run, sources, run.point(0, check))
    story.until = part
    let reader = CheckReader(run: run, sources: sources, group: 0)
    story.table = reader.table(reader.compared(part), condition: until, upTo: check)
    return story
  }
}
