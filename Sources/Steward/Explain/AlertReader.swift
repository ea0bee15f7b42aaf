/// Tells how an alert stands, and why.
struct AlertReader {
  let ground: Engine.Ground
  let outcome: Outcome
  let sources: RuleTexts
  let workers: Workers
  let alert: Int

  private var program: TypedProgram { ground.context.program }
  private var typed: TypedAlert { program.alerts[alert] }
  private var checks: RunContext.Checks { ground.context.alertChecks[alert] }
  private var clock: AlertClock { ground.context.alertClocks[alert] }
  private static let shownSubjects = 100

  // MARK: Stories

  /// - Parameter name: the group or member that is asked about. - Missing: nil for all.
  func story(of name: String?) throws(ExplainFailure) -> AlertStory {
    var story = empty
    switch typed.about {
    case .community:
      if let name { throw .notAboutGroups(typed.name, name) }
      story.watch = community(nil, .community)
      story.notices = notices(.community)
    case .groups(let split, _):
      story.each = sources.text(split.span).map { "each " + $0 }
      try tellGroups(&story, split, name)
    case .members(let segment):
      story.each = "each member in " + (sources.text(segment.span) ?? TypedDump.text(segment, in: program))
      if let name {
        let ids = ground.context.data.members.ids
        guard let row = ids.firstIndex(of: name) else { throw .noMember(name, near: MemberNames.near(name, ids)) }
        tell(&story, ofMember: row)
      } else {
        tellAll(&story) { $0 }
      }
    }
    return story
  }

  /// About a member, of whom it watches each.
  func story(of run: MemberRun) -> AlertStory {
    var story = empty
    if case .members(let segment) = typed.about {
      story.each = "each member in " + (sources.text(segment.span) ?? TypedDump.text(segment, in: program))
    }
    story.watch = member(run)
    story.notices = notices(.member(Int32(truncatingIfNeeded: run.member)))
    return story
  }

  private func tell(_ story: inout AlertStory, ofMember row: Int) {
    let run = MemberRun(ground.context, member: row, ground.series)
    story.watch = member(run)
    story.notices = notices(.member(Int32(truncatingIfNeeded: row)))
  }

  private var empty: AlertStory {
    AlertStory(
      alert: typed.name, title: typed.title, doc: typed.doc, severity: typed.severity, each: nil,
      condition: sources.text(typed.when.span) ?? TypedDump.text(typed.when, in: program), watch: nil, subjects: [],
      firing: 0, pending: 0, firingCounts: nil, notices: [], notify: typed.notify, isHourly: typed.check.isWithinDays)
  }

  // MARK: Groups

  private func tellGroups(_ story: inout AlertStory, _ split: TypedExpr, _ name: String?) throws(ExplainFailure) {
    let run = communityRun(split)
    let names = run.groups.map { group -> String in
      if case .text(let text) = group { return text }
      return group == .missing
        ? "(none)" : Summary.text(group, split.type, program, ground.context.data, ground.context.calendar)
    }
    if let name {
      guard let group = names.firstIndex(of: name) else {
        throw .noGroup(typed.name, name, near: Suggestions.near(name, in: names))
      }
      story.watch = watch(run, group, .group(name))
      story.notices = notices(.group(name))
      return
    }
    tellAll(&story) { subject in
      var subject = subject
      guard let group = names.firstIndex(of: subject.about), let check = run.checks.moments.indices.last else {
        return subject
      }
      let part = PartReader.part(typed.when, run, sources, run.point(group, check))
      subject.value = CheckReader(run: run, sources: sources, group: group).compared(part).first.map {
        run.values($0.expr, group, check..<(check + 1)).first ?? .missing
      }
      return subject
    }
  }

  private func tellAll(_ story: inout AlertStory, _ fill: (AlertStory.Subject) -> AlertStory.Subject) {
    let own = outcome.alerts.filter { Int($0.alert) == alert }
    let open = own.filter { $0.to == nil && $0.state != .resolved }
    story.firing = open.count { $0.state == .firing }
    story.pending = open.count - story.firing
    let sorted = open.sorted { left, right in
      if left.state != right.state { return left.state == .firing }
      if left.from != right.from { return left.from > right.from }
      return name(left.about).utf8.lexicographicallyPrecedes(name(right.about).utf8)
    }
    story.subjects = sorted.prefix(AlertReader.shownSubjects).map { record in
      fill(
        AlertStory.Subject(
          about: name(record.about), state: record.state, since: record.from, message: record.message, value: nil))
    }
    story.notices = notices(nil)
    story.firingCounts = counts(own)
  }

  /// For how many it fired at each of the last checks.
  private func counts(_ records: [AlertRecord]) -> CheckTable? {
    let moments = checks.moments.suffix(CheckReader.sparkChecks)
    if moments.isEmpty { return nil }
    let firing = records.filter { $0.state == .firing }
    let counts = moments.map { at in firing.count { $0.from <= at && at < $0.to ?? .max } }
    let column = CheckTable.Column(source: "firing", title: nil, spark: counts.map { Double($0) })
    let rows = zip(moments, counts).suffix(CheckReader.shownChecks).map { at, count in
      CheckTable.Row(at: at, values: [.points(Int64(count))], holds: nil, state: nil)
    }
    return CheckTable(columns: [column], rows: Array(rows), hasCondition: false, hasStates: false)
  }

  func name(_ subject: AlertSubject) -> String {
    switch subject {
    case .community: return ""
    case .group(let name): return name
    case .member(let row):
      let ids = ground.context.data.members.ids
      return ids.indices.contains(Int(row)) ? ids[Int(row)] : ""
    }
  }

  // MARK: One subject

  private func communityRun(_ split: TypedExpr?) -> CommunityRun {
    CommunityRun(
      ground, [typed.when] + program.countsOfShares(in: [typed.when]), typed.check, split: split, workers: workers)
  }

  private func community(_ split: TypedExpr?, _ subject: AlertSubject) -> AlertStory.Watch {
    watch(communityRun(split), 0, subject)
  }

  private func watch(_ run: CommunityRun, _ group: Int, _ subject: AlertSubject) -> AlertStory.Watch {
    var watch = empty(subject)
    guard let check = run.checks.moments.indices.last, run.groups.indices.contains(group) else { return watch }
    watch.check = run.checks.moments[check]
    let part = PartReader.part(typed.when, run, sources, run.point(group, check))
    watch.conditions = [part]
    let reader = CheckReader(run: run, sources: sources, group: group)
    var table = reader.table(reader.compared(part), condition: typed.when, upTo: check)
    addStates(&table, watch.stays)
    watch.table = table
    let holds = run.values(typed.when, group, 0..<(check + 1)).map { $0.flag ?? false }
    watch.clauses = AlertClauses(reader: self, subject: subject, stays: watch.stays, holds: holds).all
    return watch
  }

  private func member(_ run: MemberRun) -> AlertStory.Watch {
    let subject = AlertSubject.member(Int32(truncatingIfNeeded: run.member))
    var watch = empty(subject)
    let presence = run.batch.presenceOfMembers()
    let there = checks.moments.indices.filter { presence.isPresent(0, at: checks.moments[$0]) }
    guard case .members(let segment) = typed.about, let check = there.last else {
      watch.isWatched = false
      return watch
    }
    watch.check = checks.moments[check]
    let point = run.frame(checks, [check], .check)
    let isIn = PartReader.part(segment, run, sources, point)
    let part = PartReader.part(typed.when, run, sources, point)
    // Whether somebody private is watched is not told.
    watch.isWatched = isIn.isHidden || isIn.truth == true
    watch.conditions = [isIn, part]
    let all = run.frame(checks, Array(checks.moments.indices), .check)
    let inside = run.vector(segment, all)
    let holding = run.vector(typed.when, all)
    func flag(_ vector: Vector?, _ lane: Int) -> Bool {
      vector.map { $0.state(lane) == Vector.present && $0.flag(lane) } ?? false
    }
    let isThere = Set(there)
    let holds = checks.moments.indices.map { flag(inside, $0) && flag(holding, $0) && isThere.contains($0) }
    if !isIn.isHidden, !part.isHidden {
      var rows: [CheckTable.Row] = []
      for place in there.suffix(CheckReader.shownChecks) {
        rows.append(
          CheckTable.Row(at: checks.moments[place], values: [], holds: holds[place], state: nil))
      }
      var table = CheckTable(columns: [], rows: rows, hasCondition: true, hasStates: true)
      addColumns(&table, part, run, run.frame(checks, Array(there.suffix(CheckReader.sparkChecks)), .check))
      addStates(&table, watch.stays)
      watch.table = table
    }
    // Since when a private condition holds or fails is not told.
    let isTold = !isIn.isHidden && !part.isHidden
    watch.clauses = AlertClauses(reader: self, subject: subject, stays: watch.stays, holds: isTold ? holds : []).all
    return watch
  }

  /// What a member's condition compares, at the last checks, which are the lanes of a frame.
  private func addColumns(_ table: inout CheckTable, _ part: ExplainedPart, _ run: MemberRun, _ frame: Frame) {
    var stack = [part]
    while let next = stack.popLast(), table.columns.count < CheckReader.mostColumns {
      if next.isHidden { continue }
      guard case .comparison(let gap) = next.form else {
        stack += next.parts.reversed()
        continue
      }
      guard let vector = run.vector(gap.expr, frame), !table.columns.contains(where: { $0.source == gap.subject })
      else { continue }
      func value(_ lane: Int) -> ShownValue { ShownValue(vector, lane, gap.expr.type, run.batch) }
      let sparks = (0..<frame.count).map { value($0).number }
      table.columns.append(CheckTable.Column(source: gap.subject, title: nil, spark: sparks))
      let first = frame.count - table.rows.count
      for row in table.rows.indices { table.rows[row].values.append(value(first + row)) }
    }
  }

  private func empty(_ subject: AlertSubject) -> AlertStory.Watch {
    let own = outcome.alerts.filter { Int($0.alert) == alert && $0.about == subject }
    let stays = own.sorted { $0.from < $1.from }.map {
      AlertStory.Stay(state: $0.state, from: $0.from, to: $0.to, message: $0.message)
    }
    let current = stays.last { $0.to == nil }
    var about: String?
    if subject != .community { about = name(subject) }
    return AlertStory.Watch(
      about: about, check: nil, isWatched: true, conditions: [], state: current?.state,
      since: current?.from ?? stays.last?.to, table: nil, clauses: [], stays: stays)
  }

  /// The state of each row: that of the stay that began with it or before and had not ended.
  private func addStates(_ table: inout CheckTable, _ stays: [AlertStory.Stay]) {
    table.hasStates = true
    for row in table.rows.indices {
      let at = table.rows[row].at
      table.rows[row].state = stays.last { $0.from <= at && at < $0.to ?? .max }?.state
    }
  }

  /// - Parameter subject: nil is everybody.
  private func notices(_ subject: AlertSubject?) -> [AlertStory.Notice] {
    outcome.notifications.filter {
      Int($0.alert) == alert && (subject == nil || $0.about.contains(subject ?? .community))
    }
    .map { notice in
      AlertStory.Notice(
        at: notice.at, about: notice.about.map { name($0) }, group: notice.group, message: notice.message,
        suggest: notice.suggest)
    }
  }
}
