@testable import Steward

/// A stay of an alert in a state.
struct NaiveStay: Hashable {
  var alert: Int
  var about: AlertSubject
  var state: AlertRecord.State
  var from: Int64
  var to: Int64?
  var message: String?
}

struct NaiveNotice: Hashable {
  var alert: Int
  var at: Int64
  var about: [AlertSubject]
  /// Texts, which are told apart by their bytes.
  var group: [Value]
}

struct NaivePhase: Hashable {
  var phase: PhaseIndex
  var from: Int32?
  var to: Int32?
}

/// What plans, alerts and goals were found to be.
struct NaiveWatch {
  var phases: [NaivePhase] = []
  var stays: [NaiveStay] = []
  var notices: [NaiveNotice] = []
  var refusals: [PushRefusal] = []
  /// By goal: value, target, share of the way, status.
  var goals: [(value: Double, target: Double, share: Double?, status: GoalRecord.Status)?] = []
}

// Alerts, goals and plans: LANGUAGE §5.4, §5.5. Every check of every subject is looked at, one after the other.
extension NaiveEvaluator {
  // MARK: Plans

  /// Whether one of some phases is on at a day.
  func isOn(_ phases: [PhaseIndex], _ day: Int32) -> Bool {
    phases.contains { phase in
      let starts = phaseStarts[phase.plan]
      guard starts.indices.contains(phase.phase), starts[phase.phase] <= day else { return false }
      return !starts.indices.contains(phase.phase + 1) || day < starts[phase.phase + 1]
    }
  }

  /// Ends the phases whose `until` holds now that the day is over.
  mutating func movePhases(_ day: Int32, _ outcome: inout NaiveOutcome) {
    for (index, plan) in program.plans.enumerated() {
      let current = phaseStarts[index].count - 1
      guard phaseStarts[index][current] <= day, plan.phases.indices.contains(current),
        let until = plan.phases[current].until
      else { continue }
      let isOver = attempt(plan.name, nil, calendar.end(ofDay: day), &outcome) {
        try valueAtCheck(
          "until \(index) \(current)", until, (calendar.end(ofDay: day), day), nil) == .bool(true)
      }
      if isOver == true { phaseStarts[index].append(day + 1) }
    }
  }

  private func phases() -> [NaivePhase] {
    let last = calendar.day(of: asOf)
    return program.plans.indices.flatMap { plan in
      program.plans[plan].phases.indices.map { place in
        let starts = phaseStarts[plan]
        var phase = NaivePhase(phase: PhaseIndex(plan: plan, phase: place))
        if starts.indices.contains(place), starts[place] <= last { phase.from = starts[place] }
        if phase.from != nil, starts.indices.contains(place + 1), starts[place + 1] - 1 <= last {
          phase.to = starts[place + 1] - 1
        }
        return phase
      }
    }
  }

  // MARK: Alerts

  /// What an alert found of one subject at each of its checks: nil outside.
  private struct Row {
    var alert: Int
    var about: AlertSubject
    var group: (by: TypedExpr, value: Value)?
    var found: [Bool?]
    var isFiring: [Bool] = []
    var begins: [Int] = []
  }

  mutating func watch(_ outcome: inout NaiveOutcome) {
    var watch = NaiveWatch()
    watch.phases = phases()
    var rows: [Row] = []
    for index in program.alerts.indices { rows += self.rows(index, &outcome) }
    for index in rows.indices { watch.stays += step(&rows[index], &outcome) }
    tell(rows, &watch, &outcome)
    for goal in program.goals { watch.goals.append(self.goal(goal, &outcome)) }
    outcome.watch = watch
  }

  private func alertChecks(_ rhythm: CheckRhythm) -> [(at: Int64, day: Int32)] {
    switch rhythm {
    case .period(let unit): return checks(unit)
    case .exact(let length):
      func within(_ day: Int32, until end: Int64) -> [(at: Int64, day: Int32)] {
        var all: [(at: Int64, day: Int32)] = []
        var at = calendar.start(ofDay: day) + length - 1
        while at < end {
          all.append((at, day))
          at += length
        }
        return all
      }
      let today = calendar.day(of: asOf)
      let isOver = today < firstDay || calendar.end(ofDay: today) <= asOf
      return checks(.day).flatMap { within($0.day, until: $0.at) + [$0] }
        + (isOver ? [] : within(today, until: asOf + 1))
    }
  }

  private func rows(_ index: Int, _ outcome: inout NaiveOutcome) -> [Row] {
    let alert = program.alerts[index]
    let checks = alertChecks(alert.check)
    func asked(_ group: (by: TypedExpr, value: Value)?) -> [Bool?] {
      checks.map { check -> Bool? in
        attempt(alert.name, nil, check.at, &outcome) { () -> Bool? in
          // A group that nobody is in has no alert.
          if let group {
            let context = Context(subject: .community, at: check.at, view: evening(check.day))
            let isThere = try data.members.indices.contains {
              try isPresent($0, check.at) && isOf(group, $0, context)
            }
            if !isThere { return nil }
          }
          return try valueAtCheck("when \(index)", alert.when, check, group) == .bool(true)
        } ?? false
      }
    }
    switch alert.about {
    case .community: return [Row(alert: index, about: .community, found: asked(nil))]
    case .groups(let by, _):
      return groups(by, alert.name, checks, &outcome).map { value in
        Row(
          alert: index, about: .group(value == .missing ? "(none)" : text(value, by.type)),
          group: (by, value), found: asked((by, value)))
      }
    case .members(let segment):
      return data.members.indices.map { member in
        let found = checks.map { check -> Bool? in
          guard isPresent(member, check.at) else { return nil }
          let context = Context(subject: .member(member), at: check.at, view: evening(check.day))
          return attempt(alert.name, member, check.at, &outcome) { () -> Bool? in
            try isTrue(segment, context) ? isTrue(alert.when, context) : nil
          } ?? nil
        }
        return Row(alert: index, about: .member(Int32(member)), found: found)
      }
    }
  }

  private func groups(
    _ by: TypedExpr, _ name: String, _ checks: [(at: Int64, day: Int32)], _ outcome: inout NaiveOutcome
  ) -> [Value] {
    var groups: [Value] = []
    for check in checks {
      for member in data.members.indices where isPresent(member, check.at) {
        let value =
          attempt(name, member, check.at, &outcome) {
            try self.value(by, Context(subject: .member(member), at: check.at, view: evening(check.day)))
          } ?? .missing
        if !groups.contains(where: { $0.isSame(value) }) { groups.append(value) }
      }
    }
    return groups
  }

  /// As `"{…}"` prints it.
  private func text(_ value: Value, _ type: Type) -> String {
    switch value {
    case .text(let text): text
    case .bool(let flag): flag ? "true" : "false"
    case .int(let int): TextTable.grouped(int)
    case .choice(let place): if case .choice(let choice) = type.base { choice.values[place] } else { "" }
    case .tier(let place):
      if case .tier(let ladder) = type.base { program.ladders[ladder].tiers[place].name } else { "" }
    case .date(let day): CivilDate(dayNumber: day).text
    default: "\(value)"
    }
  }

  /// Whether what began with one check's stretch has lasted so long at the end of another's.
  private func hasLasted(_ length: TypedLength, _ first: Int, _ last: Int, _ moments: [Int64]) -> Bool {
    let begin = first == 0 ? calendar.start(ofDay: firstDay) : moments[first - 1] + 1
    return moments[last] + 1 >= later(begin, length)
  }

  private func later(_ instant: Int64, _ length: TypedLength) -> Int64 {
    switch length {
    case .exact(let micros): return instant + micros
    case .days(0): return instant
    case .days(let days):
      let local = calendar.local(instant)
      return calendar.instant(day: local.day + days, micros: local.micros)
    }
  }

  private func step(_ row: inout Row, _ outcome: inout NaiveOutcome) -> [NaiveStay] {
    let alert = program.alerts[row.alert]
    let checks = alertChecks(alert.check)
    let moments = checks.map(\.at)
    var states: [AlertRecord.State?] = []
    var since: Int?
    var calm: Int?
    for check in moments.indices {
      let before = states.last ?? nil
      switch row.found[check] {
      case true:
        calm = nil
        since = since ?? check
        let fires = before == .firing || hasLasted(alert.holds, since ?? check, check, moments)
        states.append(fires ? .firing : .pending)
      case false:
        since = nil
        calm = calm ?? check
        if before == .firing {
          states.append(hasLasted(alert.keep, calm ?? check, check, moments) ? .resolved : .firing)
        } else {
          states.append(before == .resolved ? .resolved : nil)
        }
      default:
        (since, calm) = (nil, nil)
        states.append(before == .firing || before == .resolved ? .resolved : nil)
      }
      if states[check] != .firing { calm = nil }
    }
    row.isFiring = states.map { $0 == .firing }
    row.begins = states.indices.filter { states[$0] == .firing && ($0 == 0 || states[$0 - 1] != .firing) }
    var stays: [NaiveStay] = []
    for check in states.indices {
      guard let state = states[check], check == 0 || states[check - 1] != state else { continue }
      var end = check
      while end < states.count, states[end] == state { end += 1 }
      let message = state == .firing ? self.said(alert.message, row, checks[check], &outcome) : nil
      stays.append(
        NaiveStay(
          alert: row.alert, about: row.about, state: state, from: moments[check],
          to: end < moments.count ? moments[end] : nil, message: message))
    }
    return stays
  }

  private func said(
    _ text: TypedExpr?, _ row: Row, _ check: (at: Int64, day: Int32), _ outcome: inout NaiveOutcome
  ) -> String? {
    guard let text else { return nil }
    var subject = Subject.community
    if case .member(let member) = row.about { subject = .member(Int(member)) }
    let found = attempt(program.alerts[row.alert].name, nil, check.at, &outcome) {
      try value(text, Context(subject: subject, at: check.at, view: evening(check.day), group: row.group))
    }
    if case .text(let text)? = found { return text }
    return nil
  }

  // MARK: Notifications

  private struct Told {
    /// The check at which the firing under way began, until it has been told or refused.
    var waiting: Int?
    var last: Int64?
  }

  /// Goes through all moments at which anything is checked.
  private func tell(_ rows: [Row], _ watch: inout NaiveWatch, _ outcome: inout NaiveOutcome) {
    let moments = program.alerts.map { alertChecks($0.check) }
    var told = rows.map { _ in Told() }
    var used: [String: Int64] = [:]
    func rank(_ alert: Int) -> [Int] {
      for (budget, pushes) in program.pushBudgets.enumerated() {
        if let place = pushes.covers.firstIndex(of: alert) { return [budget, place] }
      }
      return [.max, alert]
    }
    let order = rows.indices.sorted { rank(rows[$0].alert).lexicographicallyPrecedes(rank(rows[$1].alert)) }
    for moment in Set(moments.flatMap { $0.map(\.at) }).sorted() {
      var now: [NaiveNotice] = []
      for index in order {
        let row = rows[index]
        guard let check = moments[row.alert].firstIndex(where: { $0.at == moment }) else { continue }
        if !row.isFiring[check] { told[index].waiting = nil }
        if row.begins.contains(check) { told[index].waiting = check }
        guard let began = told[index].waiting else { continue }
        let alert = program.alerts[row.alert]
        if let last = told[index].last, moment < later(last, alert.cooldown) { continue }
        if alert.unless.contains(where: { isLoud($0, row, rows, moments, moment) }) { continue }
        told[index].waiting = nil
        if !mayPush(row, moment, &used, &watch) { continue }
        told[index].last = moment
        let keys = alert.groupBy.map { key -> Value in
          guard case .member(let member) = row.about else { return .missing }
          let check = moments[row.alert][began]
          let value = attempt(alert.name, Int(member), check.at, &outcome) {
            try self.value(
              key, Context(subject: .member(Int(member)), at: check.at, view: evening(check.day)))
          }
          return .text(value == .missing ? "(none)" : value.map { printed($0, key.type) } ?? "")
        }
        if !alert.groupBy.isEmpty, let place = now.firstIndex(where: { $0.alert == row.alert && $0.group == keys }) {
          now[place].about.append(row.about)
        } else {
          now.append(NaiveNotice(alert: row.alert, at: moment, about: [row.about], group: keys))
        }
      }
      watch.notices += now
    }
  }

  private func printed(_ value: Value, _ type: Type) -> String {
    if case .int(let int) = value { return String(int) }
    return text(value, type)
  }

  private func isLoud(
    _ other: Int, _ row: Row, _ rows: [Row], _ moments: [[(at: Int64, day: Int32)]], _ moment: Int64
  ) -> Bool {
    guard let last = moments[other].lastIndex(where: { $0.at <= moment }) else { return false }
    let isCommunitys = if case .community = program.alerts[other].about { true } else { false }
    return rows.contains { loud in
      loud.alert == other && (isCommunitys || loud.about == row.about) && loud.isFiring[last]
    }
  }

  private func mayPush(_ row: Row, _ moment: Int64, _ used: inout [String: Int64], _ watch: inout NaiveWatch) -> Bool {
    guard case .member(let member) = row.about else { return true }
    let day = calendar.day(of: moment)
    let budgets = program.pushBudgets.indices.filter { program.pushBudgets[$0].covers.contains(row.alert) }
    func key(_ budget: Int) -> String {
      "\(budget) \(member) \(calendar.period(program.pushBudgets[budget].per, ofDay: day))"
    }
    if let empty = budgets.first(where: { used[key($0), default: 0] >= program.pushBudgets[$0].pushes }) {
      watch.refusals.append(
        PushRefusal(budget: Int32(empty), alert: Int32(row.alert), member: member, at: moment))
      return false
    }
    for budget in budgets { used[key(budget), default: 0] += 1 }
    return true
  }

  // MARK: Goals

  private func goal(
    _ goal: TypedGoal, _ outcome: inout NaiveOutcome
  ) -> (value: Double, target: Double, share: Double?, status: GoalRecord.Status)? {
    let days = checks(.day)
    func number(_ expr: TypedExpr, _ check: (at: Int64, day: Int32)) -> Double {
      let value = attempt(goal.name, nil, check.at, &outcome) {
        try valueAtCheck(TypedDump.text(expr, in: program), expr, check, nil)
      }
      if case .number(let number)? = value { return number }
      if case .int(let int)? = value { return Double(int) }
      return 0
    }
    guard let last = days.last else { return nil }
    let from = max(goal.from ?? firstDay, firstDay)
    if from > last.day { return (number(goal.value, last), number(goal.target, last), nil, .upcoming) }
    guard let end = days.last(where: { $0.day <= max(goal.by, from) }),
      let first = days.first(where: { $0.day >= from })
    else { return nil }
    let (value, target, start) = (number(goal.value, end), number(goal.target, end), number(goal.value, first))
    func reached(_ one: Double, _ other: Double) -> Bool { goal.isAtLeast ? one >= other : one <= other }
    if reached(start, target) {
      let isMet = reached(value, target)
      return (value, target, isMet ? 1 : 0, isMet ? .met : goal.by <= last.day ? .missed : .behind)
    }
    let share = (value - start) / (target - start)
    if reached(value, target) { return (value, target, share, .met) }
    if goal.by <= last.day { return (value, target, share, .missed) }
    let line = start + (target - start) * (Double(end.day - from) / Double(goal.by - from))
    return (value, target, share, reached(value, line) ? .onTrack : .behind)
  }
}

extension OutcomeComparison {
  private func place(_ subject: AlertSubject) -> String {
    if case .group(let name) = subject { return name.utf8.map { String(1000 + Int($0)) }.joined() }
    return "\(subject)"
  }

  func watch(_ found: Outcome, _ expected: NaiveOutcome) -> String? {
    let wanted = expected.watch
    let phases = found.phases.map { NaivePhase(phase: $0.phase, from: $0.from, to: $0.to) }
    if let words = difference("phase", phases, wanted.phases, { "\($0)" }) { return words }
    func order(_ one: NaiveStay, _ other: NaiveStay) -> Bool {
      (one.from, one.alert, place(one.about), one.state.rawValue) < (
        other.from, other.alert, place(other.about), other.state.rawValue
      )
    }
    let stays = found.alerts.map {
      NaiveStay(alert: Int($0.alert), about: $0.about, state: $0.state, from: $0.from, to: $0.to, message: $0.message)
    }
    func words(_ stay: NaiveStay) -> String {
      let name = program.alerts[stay.alert].name
      return "\(name) of \(stay.about) \(stay.state) from \(calendar.text(ofInstant: stay.from)) to "
        + (stay.to.map { calendar.text(ofInstant: $0) } ?? "now") + " “\(stay.message ?? "")”"
    }
    let stay = difference("stay", stays.sorted(by: order), wanted.stays.sorted(by: order), words)
    if let stay { return stay }
    func earlier(_ one: NaiveNotice, _ other: NaiveNotice) -> Bool {
      (one.at, one.alert, one.about.map(place).joined()) < (other.at, other.alert, other.about.map(place).joined())
    }
    func sorted(_ notices: [NaiveNotice]) -> [NaiveNotice] {
      notices.map { notice in
        var notice = notice
        notice.about.sort { place($0) < place($1) }
        return notice
      }.sorted(by: earlier)
    }
    let notices = found.notifications.map {
      NaiveNotice(alert: Int($0.alert), at: $0.at, about: $0.about, group: $0.group.map { .text($0) })
    }
    let notice = difference("notification", sorted(notices), sorted(wanted.notices)) {
      "\(program.alerts[$0.alert].name) at \(calendar.text(ofInstant: $0.at)) about \($0.about) \($0.group)"
    }
    if let notice { return notice }
    func first(_ one: PushRefusal, _ other: PushRefusal) -> Bool {
      (one.at, one.member, one.alert) < (other.at, other.member, other.alert)
    }
    let refusals = difference(
      "push refused", found.pushRefusals.sorted(by: first), wanted.refusals.sorted(by: first)
    ) { "\($0)" }
    return refusals ?? goals(found, wanted)
  }

  private func goals(_ found: Outcome, _ wanted: NaiveWatch) -> String? {
    for (index, goal) in wanted.goals.enumerated() {
      let record = found.goals.first { $0.goal == index }
      guard let goal else { return record == nil ? nil : "goal \(index) is there" }
      guard let record else { return "goal \(index) is not there" }
      if record.value != goal.value || record.target != goal.target || record.share != goal.share
        || record.status != goal.status
      {
        return "goal \(program.goals[index].name): found \(record), expected \(goal)"
      }
    }
    return nil
  }
}
