/// Explains what a run found: for each question one member's history is run again by the engine, with every reason kept and
/// with what the community decided taken from the run.
///
/// - Cost: of a question, a run over one member's events; nothing of other members is read.
public struct Explainer: Sendable {
  let ground: Engine.Ground
  let outcome: Outcome
  let sources: RuleTexts
  /// Who looks at all members, where something of the community is asked.
  let workers: Workers

  /// - Parameter sources: the files of the rules, so that expressions are shown as they are written.
  /// - Missing: nil if the run found no outcome.
  public init?(_ result: Engine.Result, sources: [SourceFile], workers: Workers = .serial) {
    self.init(result, RuleTexts(sources), workers)
  }

  private init?(_ result: Engine.Result, _ sources: RuleTexts, _ workers: Workers) {
    guard let ground = result.ground, let outcome = result.outcome else { return nil }
    self.ground = ground
    self.outcome = outcome
    self.sources = sources
    self.workers = workers
  }

  public var program: TypedProgram { ground.context.program }
  public var calendar: Calendar { ground.context.calendar }

  /// Everything that can be asked about a member, for completion: lets, segments, rules, ladders, tiers, purses, alerts.
  public var names: [String] {
    program.schema.purses + program.ladders.map(\.name) + program.ladders.flatMap { $0.tiers.map(\.name) }
      + program.incentives.map(\.name) + program.incentives.compactMap(\.badge)
      + program.lets.filter { $0.subject == .member && !$0.needsFiringEvent }.map(\.name)
      + program.alerts.filter(\.isAboutMembers).map(\.name)
  }

  /// Answers a question, as of a moment of the past if one is given, else as of the run's.
  /// - Unit: microseconds since 1970-01-01 00:00 UTC.
  public func explain(_ subject: ExplainedSubject, at asOf: Int64? = nil) throws(ExplainFailure) -> Explanation {
    if let asOf, asOf > ground.context.asOf { throw afterTheRun }
    if let asOf, let past = past(asOf, subject) { return try past.explain(subject) }
    switch subject {
    case .community(let topic, let name, let who): return try explain(topic, name, of: who)
    case .member(let id, let about, _):
      let member = try member(id, about: about)
      let run = MemberRun(try context(asOf), member: member, ground.series)
      guard let about else { return overview(run) }
      return try explanation(run, about)
    }
  }

  /// Explains an expression about a member, which the run's plan may not have.
  public func explain(
    _ expr: TypedExpr, of id: String, at asOf: Int64? = nil
  ) throws(ExplainFailure) -> Explanation {
    if let asOf, let past = past(asOf) { return try past.explain(expr, of: id) }
    let member = try member(id)
    let base = try context(asOf)
    var planner = Planner(goingOnFrom: base.plan, of: base.program)
    _ = planner.place(of: expr)
    let context = RunContext(
      program: base.program, plan: planner.extended, data: base.data, calendar: base.calendar, asOf: base.asOf,
      firstDay: base.firstDay, keepsAwards: true, heardUntil: base.heardUntil)
    let run = MemberRun(context, member: member, ground.series)
    let part = PartReader.part(expr, run, sources, run.asOfFrame())
    return explanation(run, [.value(story(nil, part, run))])
  }

  // MARK: Finding what is asked for

  private var afterTheRun: ExplainFailure { .afterTheRun(last: Summary.moment(ground.context.asOf, calendar)) }

  private func member(_ id: String, about: String? = nil) throws(ExplainFailure) -> Int {
    let ids = ground.context.data.members.ids
    if let found = ids.firstIndex(of: id) { return found }
    // A name alone: somebody wants to know of it, not of a member.
    let all = about.map { id + " " + $0 } ?? id
    if let topic = program.topic(of: all) { throw .ofCommunity(all, topic) }
    if about == nil, let topic = CommunityTopic(rawValue: id) { throw .nameless(topic, names: program.names(topic)) }
    throw .noMember(id, near: MemberNames.near(id, ids))
  }

  /// A run of its own up to an earlier moment, where rules read series of the community, some of which look back from the
  /// as-of, or where what all members together were is asked. - Missing: nil where the run at hand serves.
  private func past(_ instant: Int64, _ subject: ExplainedSubject? = nil) -> Explainer? {
    let context = ground.context
    var isOfCommunity = !context.plan.series.isEmpty || !program.alerts.isEmpty
    if case .community = subject { isOfCommunity = true }
    guard isOfCommunity, instant < context.asOf else { return nil }
    let result = Engine.run(
      context.program, context.data, calendar: context.calendar, options: Engine.Options(asOf: instant),
      workers: workers)
    return Explainer(result, sources, workers)
  }

  /// The run's context, or the same as of an earlier moment: what was decided up to then does not depend on what came later.
  private func context(_ asOf: Int64?) throws(ExplainFailure) -> RunContext {
    let context = ground.context
    guard let instant = asOf, instant != context.asOf else { return context }
    if instant > context.asOf { throw afterTheRun }
    return RunContext(
      program: context.program, plan: context.plan, data: context.data, calendar: context.calendar, asOf: instant,
      firstDay: context.firstDay, keepsAwards: true, heardUntil: context.heardUntil)
  }

  private func explanation(_ run: MemberRun, _ name: String) throws(ExplainFailure) -> Explanation {
    if let purse = program.schema.purses.firstIndex(of: name) {
      return explanation(run, [.purse(purseStory(run, purse))])
    }
    if let ladder = program.ladders.firstIndex(where: { $0.name == name || $0.title == name }) {
      return explanation(run, [.ladder(LadderReader(run: run, sources: sources, ladder: ladder).story())])
    }
    let rules = program.incentives.indices.filter {
      program.incentives[$0].name == name || program.incentives[$0].title == name
        || program.incentives[$0].badge == name
    }
    if !rules.isEmpty { return explanation(run, rules.map { .rule(ruleStory(run, $0)) }) }
    if let index = program.lets.firstIndex(where: { $0.name == name || $0.title == name }) {
      let declared = program.lets[index]
      if declared.subject != .member || declared.needsFiringEvent { throw .notAboutMembers(name) }
      return explanation(run, [.value(value(run, index))])
    }
    for (ladder, declared) in program.ladders.enumerated() {
      if let tier = declared.tiers.firstIndex(where: { $0.name == name || $0.title == name }) {
        let reader = LadderReader(run: run, sources: sources, ladder: ladder)
        return explanation(run, [.ladder(reader.story(of: tier))])
      }
    }
    if let alert = program.place(.alert, name), program.alerts[alert].isAboutMembers {
      return explanation(run, [alertStory(run, alert)])
    }
    if let topic = program.topic(of: name) { throw .ofCommunity(name, topic) }
    if let what = program.otherThing(name) { throw .otherThing(name, what) }
    throw .noName(name, near: Suggestions.near(name, in: names))
  }

  // MARK: Sections

  private func overview(_ run: MemberRun) -> Explanation {
    var sections: [Explanation.Section] = []
    for purse in program.schema.purses.indices where isUsed(purse) {
      let story = purseStory(run, purse)
      if purse == 0 || !story.entries.isEmpty { sections.append(.purse(story)) }
    }
    for ladder in program.ladders.indices {
      sections.append(.ladder(LadderReader(run: run, sources: sources, ladder: ladder).story()))
    }
    let frame = run.asOfFrame()
    var badges: [String] = []
    for record in run.records where !record.isUndone {
      let rule = program.incentives[Int(record.rule)]
      guard let badge = rule.badge, !badges.contains(badge) else { continue }
      badges.append(badge)
    }
    if !badges.isEmpty { sections.append(.badges(badges)) }
    var segments: [(definition: ExplainedPart.Definition, holds: Bool)] = []
    for declared in program.lets
    where declared.isSegment && declared.subject == .member && !declared.needsFiringEvent
      && !declared.value.type.isPrivate
    {
      guard let vector = run.vector(declared.value, frame), vector.state(0) == Vector.present else { continue }
      segments.append((definition(declared), vector.flag(0)))
    }
    if !segments.isEmpty { sections.append(.segments(segments)) }
    let alerts = alerts(run)
    if !alerts.isEmpty { sections.append(.alerts(alerts)) }
    var explanation = explanation(run, sections)
    explanation.isOverview = true
    return explanation
  }

  /// Those that fire or wait about a member.
  private func alerts(
    _ run: MemberRun
  ) -> [(alert: String, title: String?, state: AlertRecord.State, since: Int64)] {
    outcome.alerts.filter { record in
      guard case .member(let member) = record.about else { return false }
      return Int(member) == run.member && record.to == nil && record.state != .resolved
    }.map { record in
      let alert = program.alerts[Int(record.alert)]
      return (alert.name, alert.title, record.state, record.from)
    }
  }

  /// Whether any rule gives to a purse or takes from it.
  private func isUsed(_ purse: Int) -> Bool {
    program.incentives.indices.contains { ground.context.touches($0, purse) }
  }

  private func purseStory(_ run: MemberRun, _ purse: Int) -> PurseStory {
    PurseReader(run: run, purse: purse, refusals: refusals(run)).story()
  }

  /// What was cut or refused to the member.
  private func refusals(_ run: MemberRun) -> [RefusalRecord] {
    outcome.refusals.filter { Int($0.member) == run.member }
  }

  private func ruleStory(_ run: MemberRun, _ rule: Int) -> RuleStory {
    RuleReader(run: run, sources: sources, rule: rule, refusals: refusals(run), places: outcome.boardPlaces)
      .story()
  }

  private func value(_ run: MemberRun, _ index: Int) -> ValueStory {
    let declared = program.lets[index]
    let part = PartReader.part(declared.value, run, sources, run.asOfFrame())
    return story(definition(declared), part, run)
  }

  private func story(_ definition: ExplainedPart.Definition?, _ part: ExplainedPart, _ run: MemberRun) -> ValueStory {
    var story = ValueStory(definition: definition, part: part, wants: [])
    if part.isCondition, part.truth == false {
      story.wants = WantFinder(run: run, moment: run.context.asOf, sources: sources).wants(part)
    }
    return story
  }

  private func definition(_ declared: TypedLet) -> ExplainedPart.Definition {
    ExplainedPart.Definition(
      name: declared.name, title: declared.title, doc: declared.doc, isSegment: declared.isSegment)
  }

  private func explanation(_ run: MemberRun, _ sections: [Explanation.Section]) -> Explanation {
    let presence = run.batch.presenceOfMembers()
    let context = run.context
    let from = presence.from.first ?? .min
    let until = presence.until.first ?? .max
    return Explanation(
      community: program.schema.name, member: run.id, asOf: context.asOf,
      joined: from == .min || isPrivate(\.joined) ? nil : context.calendar.day(of: from),
      left: until == .max || until > context.asOf || isPrivate(\.left) ? nil : context.calendar.day(of: until),
      isPresent: presence.isPresent(0, at: context.asOf), isOverview: false, sections: sections,
      calendar: context.calendar)
  }

  private func isPrivate(_ role: KeyPath<TableSchema, Int?>) -> Bool {
    guard let members = program.schema.members, let column = members[keyPath: role] else { return false }
    return members.columns[column].type.isPrivate
  }
}

/// Ids like one that nobody has.
enum MemberNames {
  private static let most = 5

  /// The nearest id, then others that begin alike.
  static func near(_ id: String, _ ids: [String]) -> [String] {
    var result: [String] = []
    if let near = Suggestions.near(id, in: ids) { result.append(near) }
    var prefix = id
    while result.count < most, prefix.count > 1 {
      let beginning = prefix
      for other in ids where other.hasPrefix(beginning) && !result.contains(other) {
        result.append(other)
        if result.count == most { break }
      }
      prefix.removeLast()
      if prefix.count * 2 < id.count { break }
    }
    return result
  }
}
