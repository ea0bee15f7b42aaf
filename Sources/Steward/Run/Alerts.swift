/// What all batches together say of alerts, goals and phases, once the community's series are settled.
struct Alerts {
  private let context: RunContext
  private let settled: SettledSeries
  private var program: TypedProgram { context.program }
  private(set) var records: [AlertRecord] = []
  private(set) var notifications: [AlertNotification] = []
  private(set) var refusals: [PushRefusal] = []
  /// By alert, those of a subject in order; and by firing what is said when it begins.
  private var firings: [[Notifications.Firing]]
  private var texts: [[MemberAlerts.Texts?]]
  /// By alert: the series' group of a subject.
  private var groups: [Int: [AlertSubject: Int]] = [:]

  /// - Parameter histories: of members, in their order.
  init(_ histories: [MemberAlerts.History], _ settled: SettledSeries, _ context: RunContext) {
    self.context = context
    self.settled = settled
    firings = context.program.alerts.map { _ in [] }
    texts = firings.map { _ in [] }
    for index in context.plan.alerts.indices { watchCommunity(index) }
    for history in histories { add(history) }
    let told = Notifications(program, context.calendar, clocks: context.alertClocks, firings: firings)
    refusals = told.refusals
    notifications = told.notices.map(notification)
  }

  /// The alerts that were looked at.
  static func watched(_ context: RunContext) -> [Int] {
    context.plan.alerts.indices.filter { context.plan.alerts[$0].asked != nil }
  }

  // MARK: The community

  private mutating func watchCommunity(_ index: Int) {
    guard case .community(let when, let members, _, _) = context.plan.alerts[index].asked else { return }
    let series = settled.values(of: when)
    // A group that nobody is in has no alert.
    let present = members.map { settled.values(of: $0) }
    for group in series.groups.indices {
      let subject = subject(index, series.groups[group])
      groups[index, default: [:]][subject] = group
      var machine = AlertMachine(program.alerts[index], context.alertClocks[index])
      let verdicts = series.moments.indices.map { check -> AlertVerdict in
        if present?.value(group, check) == .int(0) { return .outside }
        return series.value(group, check) == .bool(true) ? .holds : .fails
      }
      var check = 0
      while check < verdicts.count {
        var end = check + 1
        while end < verdicts.count, verdicts[end] == verdicts[check] { end += 1 }
        machine.step(from: check, to: end, verdicts[check])
        check = end
      }
      add(machine.stays, index, subject) { _ in nil }
    }
  }

  private func subject(_ alert: Int, _ group: Value) -> AlertSubject {
    guard case .groups(let split, _) = program.alerts[alert].about else { return .community }
    return .group(groupName(group, split.type))
  }

  private func groupName(_ group: Value, _ type: Type) -> String {
    switch group {
    case .missing: "(none)"
    // A value that reads like it is told apart.
    case .text("(none)"): "\"(none)\""
    case .text(let text): text
    default: Summary.text(group, type, program, context.data, context.calendar)
    }
  }

  /// What a series of texts says of a subject at a check.
  private func said(_ series: Int?, _ alert: Int, _ subject: AlertSubject, _ check: Int) -> String? {
    guard let series, let group = groups[alert]?[subject] else { return nil }
    if case .text(let text) = settled.values(of: series).value(group, check) { return text }
    return nil
  }

  private func message(_ alert: Int, _ subject: AlertSubject, _ check: Int) -> String? {
    guard case .community(_, _, let message, _) = context.plan.alerts[alert].asked else { return nil }
    return said(message, alert, subject, check)
  }

  private func suggestion(_ alert: Int, _ subject: AlertSubject, _ check: Int) -> String? {
    guard case .community(_, _, _, let suggest) = context.plan.alerts[alert].asked else { return nil }
    return said(suggest, alert, subject, check)
  }

  // MARK: Members

  private mutating func add(_ history: MemberAlerts.History) {
    add(history.stays, history.alert, .member(history.member)) { history.texts[$0] }
  }

  private mutating func add(
    _ stays: [AlertStay], _ alert: Int, _ subject: AlertSubject, _ said: (Int) -> MemberAlerts.Texts?
  ) {
    let moments = context.alertChecks[alert].moments
    for (place, stay) in stays.enumerated() {
      var record = AlertRecord(
        alert: Int32(truncatingIfNeeded: alert), about: subject, state: AlertRecord.State(stay.state),
        from: moments[stay.from], to: stay.to.map { moments[$0] })
      if stay.state == .firing {
        let own = said(place)
        record.message = own?.message ?? message(alert, subject, stay.from)
        firings[alert].append(
          Notifications.Firing(subject: subject, from: stay.from, to: stay.to, group: own?.group ?? []))
        texts[alert].append(own)
      }
      records.append(record)
    }
  }

  /// What one notification says of several members: each text once, the first few of them.
  private static func together(_ texts: [String]) -> String? {
    var seen: Set<String> = []
    let distinct = texts.filter { seen.insert($0).inserted }
    let left = distinct.count - mostTexts
    return distinct.isEmpty
      ? nil : distinct.prefix(mostTexts).joined(separator: "; ") + (left > 0 ? "; … +\(left)" : "")
  }

  private static let mostTexts = 5

  private func notification(_ notice: Notifications.Notice) -> AlertNotification {
    let about = notice.firings.map { firings[notice.alert][$0].subject }
    var result = AlertNotification(
      alert: Int32(truncatingIfNeeded: notice.alert), at: context.alertChecks[notice.alert].moments[notice.check],
      about: about)
    guard let first = notice.firings.first else { return result }
    result.group = firings[notice.alert][first].group
    if texts[notice.alert][first] != nil {
      let own = notice.firings.compactMap { texts[notice.alert][$0] }
      result.message = Alerts.together(own.compactMap(\.message))
      result.suggest = Alerts.together(own.compactMap(\.suggest))
    } else if let subject = about.first {
      result.message = message(notice.alert, subject, notice.check)
      result.suggest = suggestion(notice.alert, subject, notice.check)
    }
    return result
  }
}

extension AlertRecord.State {
  init(_ state: AlertStay.State) {
    switch state {
    case .pending: self = .pending
    case .firing: self = .firing
    case .resolved: self = .resolved
    }
  }
}

// MARK: Goals and phases

extension Goals {
  /// How far each goal has got at the end of the last day.
  static func records(_ settled: SettledSeries, _ context: RunContext) -> [GoalRecord] {
    context.plan.goals.enumerated().compactMap { index, planned in
      guard let planned else { return nil }
      let values = numbers(settled.values(of: planned.value))
      let targets = numbers(settled.values(of: planned.target))
      return record(index, context.program.goals[index], values: values, targets: targets, firstDay: context.firstDay)
    }
  }

  private static func numbers(_ series: CheckSeries) -> [Double] {
    (series.values.first ?? []).map { value in
      switch value {
      case .number(let number): number
      case .int(let int): Double(int)
      default: 0
      }
    }
  }
}

extension PhaseCalendar {
  /// The phases as the series say.
  init(_ settled: SettledSeries, _ context: RunContext) {
    let days = context.checks[PeriodUnit.day.rawValue].days
    let ends = context.plan.phases.map { plan in (plan ?? []).map { $0.map { settled.values(of: $0) } } }
    self.init(
      context.program.plans, firstDay: context.firstDay, lastDay: days.last ?? context.firstDay &- 1
    ) { phase, day in
      guard ends[phase.plan].indices.contains(phase.phase), let series = ends[phase.plan][phase.phase] else {
        return false
      }
      return series.value(0, Int(day) - Int(context.firstDay)) == .bool(true)
    }
  }
}
