/// Tells what a rule made of each of a member's events, or of each period.
struct RuleReader {
  let run: MemberRun
  let sources: RuleTexts
  let rule: Int
  let refusals: [RefusalRecord]
  /// Of all boards.
  let places: [BoardPlace]

  var typed: TypedIncentive { run.program.incentives[rule] }

  /// An event of the batch, or a check.
  struct Occasion {
    var at: Int64
    /// -1 for a check.
    var row: Int32
    /// -1 for an event.
    var check: Int
  }

  /// Whether something private decides who is awarded: then nothing tells where it stopped.
  private var isVeiled: Bool {
    var conditions = [typed.among, typed.when]
    if case .on(let pattern) = typed.trigger { conditions.append(pattern.condition) }
    return conditions.contains { $0?.type.isPrivate == true }
  }

  func story() -> RuleStory {
    let occasions = occasions()
    var ends = ends(occasions)
    if isVeiled { ends = ends.map { $0 == .gave || $0 == .left ? $0 : .hidden } }
    var story = RuleStory(
      rule: typed.name, title: typed.title, doc: typed.doc, trigger: trigger, badge: typed.badge, unit: unit,
      points: occasions.count, ends: counted(ends), given: [], last: nil, missed: nil)
    var given: [Int: Int64] = [:]
    for record in run.records where Int(record.rule) == rule && record.purse >= 0 {
      given[Int(record.purse), default: 0] &+= record.points
    }
    story.given = given.sorted { $0.key < $1.key }.map { (run.program.schema.purses[$0.key], $0.value) }
    if let place = ends.lastIndex(of: .gave) { story.last = point(occasions[place], .gave) }
    if let place = ends.lastIndex(where: { $0 != .gave }) { story.missed = point(occasions[place], ends[place]) }
    return story
  }

  private var unit: PeriodUnit? {
    if case .every(let unit) = typed.trigger { unit } else { nil }
  }

  private var trigger: String {
    switch typed.trigger {
    case .on(let pattern): "on " + (sources.text(pattern.span) ?? TypedDump.text(pattern, in: run.program))
    case .every(let unit): "every " + unit.keyword
    }
  }

  private func counted(_ ends: [RuleStory.End]) -> [(end: RuleStory.End, count: Int)] {
    var counts: [RuleStory.End: Int] = [:]
    for end in ends { counts[end, default: 0] += 1 }
    return counts.sorted { $0.key.rank < $1.key.rank }.map { ($0.key, $0.value) }
  }

  // MARK: Where they ended

  private func occasions() -> [Occasion] {
    switch typed.trigger {
    case .on:
      guard case .events(let pattern) = run.context.plan.incentives[rule].points else { return [] }
      let key = BatchRun.SpaceKey(pattern: pattern, value: nil, same: [], ignoresCondition: true)
      let times = run.batch.events.times
      return run.batch.space(key).rows.map { Occasion(at: times[Int($0)], row: $0, check: -1) }
    case .every(let unit):
      let moments = run.context.checks[unit.rawValue].moments
      return run.presentChecks(unit).map { Occasion(at: moments[$0], row: -1, check: $0) }
    }
  }

  /// The points of some occasions, as the rule's clauses see them.
  private func frame(_ occasions: [Occasion], isScanned: Bool = false) -> Frame {
    switch typed.trigger {
    case .on: return Frame.events(occasions.map(\.row), run.batch, isScanned: isScanned)
    case .every(let unit):
      return run.frame(run.context.checks[unit.rawValue], occasions.map(\.check), .before(Step(unit)))
    }
  }

  private func ends(_ occasions: [Occasion]) -> [RuleStory.End] {
    if occasions.isEmpty { return [] }
    var pattern: Vector?
    if case .on(let events) = typed.trigger, let condition = events.condition {
      pattern = run.vector(condition, frame(occasions, isScanned: true))
    }
    let points = frame(occasions)
    let among = typed.among.flatMap { run.vector($0, points) }
    let when = typed.when.flatMap { run.vector($0, points) }
    let until = run.batch.presenceOfMembers().until.first ?? .max
    var given: Set<MemberRun.Occasion> = []
    for wanted in run.strata.decisions.granted[rule] {
      given.insert(MemberRun.Occasion(rule: rule, at: wanted.at, row: wanted.row))
    }
    func fails(_ vector: Vector?, _ lane: Int) -> Bool {
      guard let vector else { return false }
      return vector.state(lane) != Vector.present || !vector.flag(lane)
    }
    return occasions.indices.map { lane in
      let occasion = occasions[lane]
      if given.contains(MemberRun.Occasion(rule: rule, at: occasion.at, row: occasion.row)) { return .gave }
      if occasion.row >= 0, occasion.at > until { return .left }
      if fails(pattern, lane) { return .pattern }
      if fails(among, lane) { return .among }
      if !isOn(occasion.at) { return .during }
      if fails(when, lane) { return .when }
      return sinkEnd(occasion)
    }
  }

  /// Whether a phase is on in which the rule acts.
  private func isOn(_ at: Int64) -> Bool { run.batch.series.phases.isOn(typed.during, day: run.calendar.day(of: at)) }

  /// `during` with the phases that were on instead.
  private func phases(_ at: Int64) -> Wording {
    let plans = run.program.plans
    let day = run.calendar.day(of: at)
    func name(_ phase: PhaseIndex) -> String { plans[phase.plan].phases[phase.phase].name }
    let source = "during " + typed.during.map { name($0) }.joined(separator: ", ")
    if isOn(at) { return Wording(source) }
    let others = Set(typed.during.map(\.plan)).sorted().flatMap { plan in
      plans[plan].phases.indices.map { PhaseIndex(plan: plan, phase: $0) }
    }.filter { run.batch.series.phases.isOn([$0], day: day) }
    if others.isEmpty { return Wording(en: source + ": no phase was on", zh: source + "：当时不在任何阶段") }
    let names = others.map { name($0) }.joined(separator: ", ")
    return Wording(en: source + ": \(names) was on", zh: source + "：当时是 \(names)")
  }

  /// What the sink, and the ledger behind it, made of an offer that was not granted.
  private func sinkEnd(_ occasion: Occasion) -> RuleStory.End {
    guard let decision = run.decision(rule, occasion.at, occasion.row) else {
      return typed.board == nil ? .nothing : .rank
    }
    switch decision.stop {
    case .limit(let index): return .limit(index)
    case .cooldown: return .cooldown
    case .nothing: return decision.cuts.isEmpty ? .nothing : .cut
    case .refused: return .refused
    case nil: return typed.deduction != nil ? .shortfall : typed.takeBack != nil ? .idle : .nothing
    }
  }

  // MARK: One occasion

  private func point(_ occasion: Occasion, _ end: RuleStory.End) -> RuleStory.Point {
    var point = RuleStory.Point(at: occasion.at, event: nil, period: nil, end: end, clauses: [], given: [], wants: [])
    if occasion.row >= 0 {
      point.event = EventReader(run).line(occasion.row)
    } else if let unit {
      point.period = run.calendar.text(unit, run.calendar.period(unit, ofDay: run.calendar.day(of: occasion.at)))
    }
    point.clauses = clauses(occasion, end)
    for record in run.records where Int(record.rule) == rule && record.at == occasion.at && record.purse >= 0 {
      if occasion.row >= 0, record.event < 0 || eventRow(record) != occasion.row { continue }
      if end == .gave { point.given.append((run.program.schema.purses[Int(record.purse)], record.points)) }
    }
    let stopped = point.clauses.first { $0.verdict == .stopped }
    if let part = stopped?.part, part.isCondition {
      point.wants = WantFinder(run: run, moment: occasion.at, sources: sources).wants(part)
    }
    return point
  }

  private func eventRow(_ record: AwardRecord) -> Int32 {
    guard let first = run.batch.events.firstRows.first else { return -1 }
    return record.event - Int32(truncatingIfNeeded: first)
  }

  private func clauses(_ occasion: Occasion, _ end: RuleStory.End) -> [RuleStory.Clause] {
    let points = frame([occasion])
    var clauses: [RuleStory.Clause] = []
    func add(_ clause: String, _ own: RuleStory.End, _ text: Wording, _ part: ExplainedPart? = nil) {
      var verdict = verdict(own, end)
      if part?.value.state == .hidden { verdict = .hidden }
      // A public condition is as it is, whatever else there was.
      if end == .hidden, let truth = part?.truth { verdict = truth ? .passed : .stopped }
      clauses.append(RuleStory.Clause(clause: clause, verdict: verdict, text: text, part: part))
    }
    if case .on(let pattern) = typed.trigger {
      let part = pattern.condition.map { PartReader.part($0, run, sources, frame([occasion], isScanned: true)) }
      add("on", .pattern, Wording(trigger), part)
    }
    func condition(_ keyword: String, _ own: RuleStory.End, _ expr: TypedExpr?) {
      guard let expr else { return }
      let part = PartReader.part(expr, run, sources, points)
      add(keyword, own, Wording(keyword + " " + part.source), part)
    }
    condition("among", .among, typed.among)
    if !typed.during.isEmpty { add("during", .during, phases(occasion.at)) }
    condition("when", .when, typed.when)
    if typed.board != nil { add("rank", .rank, BoardWords(self).text(occasion.check, points)) }
    let decision = run.decision(rule, occasion.at, occasion.row)
    let words = ClauseWords(run: run, rule: rule, refusals: refusals)
    for index in typed.limits.indices {
      add("limit", .limit(index), words.limit(index, occasion, isStop: end == .limit(index)))
    }
    if typed.cooldown != nil { add("cooldown", .cooldown, words.cooldown(decision)) }
    if end == .hidden { return clauses }
    clauses += words.cuts(decision)
    if end == .refused, let decision {
      clauses.append(RuleStory.Clause(clause: "budget", verdict: .stopped, text: words.refusal(decision), part: nil))
    }
    if let deduction = typed.deduction {
      let part = PartReader.part(deduction.points, run, sources, points)
      let text = Wording("deduct " + (deduction.isUpTo ? "up to " : "") + part.source)
      add("deduct", .shortfall, text, part)
    }
    if typed.takeBack != nil { add("take back", .idle, words.takeBack()) }
    if typed.board == nil {
      for amount in typed.amounts {
        guard let points = amount.places.first else { continue }
        let part = PartReader.part(points, run, sources, frame([occasion]))
        let purse =
          run.program.schema.purses.indices.contains(amount.purse)
          ? run.program.schema.purses[amount.purse] : ""
        add("award", .nothing, Wording("award " + part.source + " " + purse), part)
      }
    }
    return clauses
  }

  private func verdict(_ own: RuleStory.End, _ end: RuleStory.End) -> RuleStory.Clause.Verdict {
    if end == .gave { return .passed }
    if end == .hidden { return .hidden }
    if end == own { return .stopped }
    return own.rank < end.rank ? .passed : .notReached
  }
}

extension RuleStory.End {
  /// The order in which clauses apply.
  var rank: Int {
    switch self {
    case .left: 0
    case .pattern: 1
    case .among: 2
    case .during: 3
    case .when: 4
    case .rank: 5
    case .limit(let index): 6 + min(index, 100)
    case .cooldown: 200
    case .nothing: 201
    case .cut: 202
    case .refused: 203
    case .shortfall: 204
    case .idle: 205
    case .hidden: 206
    case .gave: 207
    }
  }

  public var name: String {
    switch self {
    case .gave: "gave"
    case .left: "left"
    case .pattern: "on"
    case .among: "among"
    case .during: "during"
    case .when: "when"
    case .rank: "rank"
    case .limit: "limit"
    case .cooldown: "cooldown"
    case .nothing: "nothing"
    case .cut: "cut"
    case .refused: "budget"
    case .shortfall: "shortfall"
    case .idle: "nothing_to_take_back"
    case .hidden: "hidden"
    }
  }
}
