// What two outcomes differ in of the community's own: metrics, alerts, goals, plans.

extension ChangeReport {
  typealias Found = (program: TypedProgram, outcome: Outcome)

  mutating func addMetrics(_ before: Found?, _ after: Found) {
    for (index, metric) in after.program.metrics.enumerated() where after.outcome.metrics.indices.contains(index) {
      guard let new = after.outcome.metrics[index] else { continue }
      let place = before?.program.metrics.firstIndex { $0.name == metric.name }
      let old = place.flatMap { place in
        before.flatMap { $0.outcome.metrics.indices.contains(place) ? $0.outcome.metrics[place] : nil }
      }
      add(metric.name, parts(metric, old, new, after.program))
    }
  }

  private func parts(
    _ metric: TypedMetric, _ old: CheckSeries?, _ new: CheckSeries, _ program: TypedProgram
  ) -> [String] {
    guard let last = new.moments.indices.last else { return [] }
    func shown(_ series: CheckSeries, _ check: Int) -> String {
      if series.isWithheld(0, check) {
        return metric.value.isCountOfMembers(program) ? "<\(program.schema.privacyGroup)" : ValueDisplay.missing
      }
      let isShare = metric.value.isShare(program)
      if !isShare, case .number(let number) = series.value(0, check) { return Summary.rounded(number) }
      return values.text(series.value(0, check), series.type, isShare: isShare)
    }
    let checks = english ? "check\(new.moments.count == 1 ? "" : "s")" : "次检查"
    if new.isSplit || old?.isSplit == true {
      guard let old, old.isSplit, new.isSplit else {
        return [english ? "\(new.groups.count) group\(new.groups.count == 1 ? "" : "s")" : "\(new.groups.count) 组"]
      }
      let differing = new.groups.indices.count { group in
        guard let same = old.groups.firstIndex(of: new.groups[group]) else { return true }
        return old.values[same] != new.values[group]
      }
      if differing == 0, old.groups.count == new.groups.count { return [] }
      return [
        english
          ? "\(differing) of \(new.groups.count) group\(new.groups.count == 1 ? "" : "s") differ"
          : "\(new.groups.count) 组里有 \(differing) 组变了"
      ]
    }
    guard let old, let before = old.moments.indices.last else { return [shown(new, last)] }
    if old.moments != new.moments { return [moved(shown(old, before), shown(new, last))] }
    let differing = new.moments.indices.count { old.value(0, $0) != new.value(0, $0) }
    if differing == 0 { return [] }
    let (one, other) = (shown(old, before), shown(new, last))
    let value = one == other ? (english ? "still \(other)" : "仍为 \(other)") : moved(one, other)
    return [
      value,
      english
        ? "\(differing) of \(new.moments.count) \(checks) differ" : "\(new.moments.count) \(checks)里有 \(differing) 次变了",
    ]
  }

  mutating func addBenchmarks(_ before: Found?, _ after: Found) {
    func figure(_ benchmark: TypedBenchmark, _ program: TypedProgram) -> String {
      program.metrics[benchmark.metric].value.isShare(program)
        ? Summary.percent(benchmark.value) : Summary.rounded(benchmark.value)
    }
    for benchmark in after.program.benchmarks {
      let name = after.program.metrics[benchmark.metric].name
      let old = before.flatMap { before in
        before.program.benchmarks.first { before.program.metrics[$0.metric].name == name }
          .map { (figure: figure($0, before.program), source: $0.source) }
      }
      let new = figure(benchmark, after.program)
      var parts: [String] = []
      if old?.figure != new { parts.append(moved(old?.figure, new)) }
      if old?.source != benchmark.source, let source = benchmark.source { parts.append(source) }
      add("benchmark " + name, parts)
    }
  }

  mutating func addAlerts(_ before: Found?, _ after: Found) {
    for index in after.outcome.watched where after.program.alerts.indices.contains(index) {
      let alert = after.program.alerts[index]
      let new = AlertFigures(index, after.outcome)
      let old = before.flatMap { before in
        before.program.alerts.firstIndex { $0.name == alert.name }.map { AlertFigures($0, before.outcome) }
      }
      add(alert.name, parts(alert, old, new))
    }
  }

  /// What is said of an alert at a glance.
  private struct AlertFigures: Equatable {
    var notifications: Int
    /// How many fire, and how many wait.
    var firing: Int
    var pending: Int

    init(_ index: Int, _ outcome: Outcome) {
      notifications = outcome.notifications.count { Int($0.alert) == index }
      let open = outcome.alerts.filter { Int($0.alert) == index && $0.to == nil }
      firing = open.count { $0.state == .firing }
      pending = open.count { $0.state == .pending }
    }
  }

  private func parts(_ alert: TypedAlert, _ old: AlertFigures?, _ new: AlertFigures) -> [String] {
    var parts: [String] = []
    if old?.notifications != new.notifications {
      let count = moved(
        old.map { TextTable.grouped(Int64($0.notifications)) }, TextTable.grouped(Int64(new.notifications)))
      let isOne = new.notifications == 1 && old == nil
      parts.append(english ? "\(count) notification\(isOne ? "" : "s")" : "通知 \(count) 次")
    }
    if case .community = alert.about {
      func state(_ figures: AlertFigures) -> String {
        figures.firing > 0
          ? (english ? "firing" : "触发中")
          : figures.pending > 0 ? (english ? "pending" : "待定") : (english ? "inactive" : "未触发")
      }
      let now = state(new)
      if old == nil { parts.append(now) }
      if let old, state(old) != now { parts.append(english ? "now \(now)" : "现在\(now)") }
    } else if old?.firing != new.firing {
      let firing = moved(old.map { TextTable.grouped(Int64($0.firing)) }, TextTable.grouped(Int64(new.firing)))
      parts.append(english ? "firing for \(firing)" : "触发 \(firing) 个")
    }
    return parts
  }

  mutating func addGoals(_ before: Found?, _ after: Found) {
    for record in after.outcome.goals {
      let goal = after.program.goals[Int(record.goal)]
      let old = before.flatMap { before in
        before.outcome.goals.first { before.program.goals[Int($0.goal)].name == goal.name }
      }
      let oldGoal = before.flatMap { $0.program.goals.first { $0.name == goal.name } }
      let isShare = goal.value.isShare(after.program)
      // What the goal was about may have been no share, or one.
      let wasShare = before.flatMap { before in oldGoal?.value.isShare(before.program) } ?? isShare
      let isSameWay = (oldGoal?.isAtLeast ?? goal.isAtLeast) == goal.isAtLeast
      func figure(_ value: Double, _ isShare: Bool) -> String {
        isShare ? Summary.percent(value) : Summary.rounded(value)
      }
      func target(_ record: GoalRecord, _ goal: TypedGoal, _ isShare: Bool) -> String {
        (isSameWay ? "" : goal.isAtLeast ? "≥ " : "≤ ") + figure(record.target, isShare)
      }
      func words(_ status: GoalRecord.Status) -> String { GoalWords.status(status)[values.language] }
      var parts: [String] = []
      if old?.value != record.value {
        parts.append(moved(old.map { figure($0.value, wasShare) }, figure(record.value, isShare)))
      }
      if let old, let oldGoal, old.target != record.target || wasShare != isShare || !isSameWay {
        let target = moved(target(old, oldGoal, wasShare), target(record, goal, isShare))
        parts.append(english ? "to reach \(target)" : "要达到 \(target)")
      }
      if old?.status != record.status { parts.append(moved(old.map { words($0.status) }, words(record.status))) }
      if let old, old.projected != record.projected, record.status != .met, old.status != .met {
        func day(_ day: Int32?) -> String { day.map { CivilDate(dayNumber: $0).text } ?? (english ? "never" : "达不到") }
        let days = moved(day(old.projected), day(record.projected))
        parts.append(english ? "the trend gets there \(days)" : "按趋势 \(days) 达到")
      }
      add(goal.name, parts)
    }
  }

  mutating func addPlans(_ before: Found?, _ after: Found) {
    for (index, plan) in after.program.plans.enumerated() {
      guard after.outcome.phases.contains(where: { $0.phase.plan == index }) else { continue }
      let place = before?.program.plans.firstIndex { $0.name == plan.name }
      let old = place.flatMap { place in before.map { begins($0, place) } }
      let new = begins(after, index)
      let now = current(after, index)
      guard let before, let place, let old else {
        add(plan.name, [now])
        continue
      }
      if old == new { continue }
      let then = current(before, place)
      var parts = [then == now ? (english ? "still in \(now)" : "仍在 \(now)") : moved(then, now)]
      let differing = new.filter { one in !old.contains(one) }
      if let first = differing.first { parts.append(first.text(english)) }
      add(plan.name, parts)
    }
  }

  private struct Beginning: Equatable {
    var phase: String
    var day: Int32?
    func text(_ english: Bool) -> String {
      guard let day else { return english ? "\(phase) has not begun" : "\(phase) 尚未开始" }
      let date = CivilDate(dayNumber: day).text
      return english ? "\(phase) begins \(date)" : "\(phase) \(date) 开始"
    }
  }

  private func begins(_ found: Found, _ plan: Int) -> [Beginning] {
    found.outcome.phases.filter { $0.phase.plan == plan }.map {
      Beginning(phase: found.program.plans[plan].phases[$0.phase.phase].name, day: $0.from)
    }
  }

  private func current(_ found: Found, _ plan: Int) -> String {
    let record = found.outcome.phases.last { $0.phase.plan == plan && $0.from != nil && $0.to == nil }
    return record.map { found.program.plans[plan].phases[$0.phase.phase].name } ?? (english ? "no phase" : "不在任何阶段")
  }
}
