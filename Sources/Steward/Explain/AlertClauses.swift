/// How the clauses of an alert stand for one subject at its last check, in words.
struct AlertClauses {
  let reader: AlertReader
  let subject: AlertSubject
  let stays: [AlertStory.Stay]
  /// By check: whether the condition holds; empty where that is private.
  let holds: [Bool]

  private var context: RunContext { reader.ground.context }
  private var typed: TypedAlert { context.program.alerts[reader.alert] }
  private var clock: AlertClock { context.alertClocks[reader.alert] }

  var all: [(clause: String, text: Wording)] {
    var result: [(clause: String, text: Wording)] = []
    if typed.holds != .days(0), !holds.isEmpty { result.append(("for", holding)) }
    if typed.keep != .days(0), !holds.isEmpty { result.append(("keep", keeping)) }
    if typed.cooldown != .days(0) { result.append(("cooldown", cooling)) }
    for other in typed.unless where context.program.alerts.indices.contains(other) {
      result.append(("unless", silence(other)))
    }
    if let budget = refused { result.append(("budget", budget)) }
    return result
  }

  private func moment(_ instant: Int64) -> String {
    Summary.check(instant, context.calendar, isHourly: typed.check.isWithinDays)
  }

  private static func words(_ length: TypedLength) -> Wording {
    switch length {
    case .days(let days): Moment.length(Int64(days) &* Calendar.microsPerDay)
    case .exact(let micros): Moment.length(micros)
    }
  }

  private var state: AlertRecord.State? { stays.last { $0.to == nil }?.state }

  /// The first check of the run at whose end the condition is (or is not) true now.
  private func since(_ wanted: Bool) -> Int? {
    guard holds.last == wanted else { return nil }
    return (holds.lastIndex(of: !wanted) ?? -1) + 1
  }

  private var holding: Wording {
    let length = AlertClauses.words(typed.holds)
    guard let first = since(true) else {
      return Wording(
        en: "for \(length.english): the condition does not hold", zh: "for \(length.chinese)：条件目前不成立")
    }
    let from = moment(clock.moments[first])
    if state == .pending, let due = clock.end(of: typed.holds, since: first) {
      let due = moment(due)
      return Wording(
        en: "for \(length.english): holds since the check of \(from); fires at that of \(due) if it goes on",
        zh: "for \(length.chinese)：自 \(from) 那次检查起成立；若持续下去，\(due) 触发")
    }
    return Wording(
      en: "for \(length.english): holds since the check of \(from), long enough",
      zh: "for \(length.chinese)：自 \(from) 那次检查起成立，时间已够")
  }

  private var keeping: Wording {
    let length = AlertClauses.words(typed.keep)
    guard state == .firing, let first = since(false), let due = clock.end(of: typed.keep, since: first) else {
      return state == .firing
        ? Wording(
          en: "keep \(length.english): not needed, the condition holds", zh: "keep \(length.chinese)：条件成立，用不上")
        : Wording(en: "keep \(length.english): nothing fires", zh: "keep \(length.chinese)：目前没有触发")
    }
    let (from, end) = (moment(clock.moments[first]), moment(due))
    return Wording(
      en: "keep \(length.english): fails since the check of \(from); resolved at that of \(end) if it goes on",
      zh: "keep \(length.chinese)：自 \(from) 那次检查起不再成立；若持续下去，\(end) 解除")
  }

  private var cooling: Wording {
    let length = AlertClauses.words(typed.cooldown)
    let last = reader.outcome.notifications.last {
      Int($0.alert) == reader.alert && $0.about.contains(subject)
    }
    guard let last, let end = clock.end(of: typed.cooldown, afterCheckAt: last.at) else {
      return Wording(en: "cooldown \(length.english): nothing told yet", zh: "cooldown \(length.chinese)：还没有通知过")
    }
    let (told, until) = (moment(last.at), moment(end))
    if end <= context.asOf {
      return Wording(
        en: "cooldown \(length.english): told \(told), over since \(until)",
        zh: "cooldown \(length.chinese)：上次通知 \(told)，\(until) 起可再通知")
    }
    return Wording(
      en: "cooldown \(length.english): told \(told), nothing more before \(until)",
      zh: "cooldown \(length.chinese)：上次通知 \(told)，\(until) 之前不再通知")
  }

  private func silence(_ other: Int) -> Wording {
    let alert = context.program.alerts[other]
    let about = if case .community = alert.about { AlertSubject.community } else { subject }
    let firing = reader.outcome.alerts.last {
      Int($0.alert) == other && $0.about == about && $0.state == .firing && $0.to == nil
    }
    let name = alert.name
    guard let firing else {
      return Wording(en: "unless \(name): that does not fire", zh: "unless \(name)：该预警没有触发")
    }
    let from = moment(firing.from)
    return Wording(
      en: "unless \(name): that fires since \(from), so nothing is told",
      zh: "unless \(name)：该预警自 \(from) 触发中，因此不通知")
  }

  /// A push that a budget did not have.
  private var refused: Wording? {
    guard case .member(let member) = subject,
      let refusal = reader.outcome.pushRefusals.last(where: { Int($0.alert) == reader.alert && $0.member == member }),
      context.program.pushBudgets.indices.contains(Int(refusal.budget))
    else { return nil }
    let budget = context.program.pushBudgets[Int(refusal.budget)].name
    let at = moment(refusal.at)
    return Wording(
      en: "budget \(budget): had nothing left at \(at), so it was not told",
      zh: "budget \(budget)：\(at) 已用完，这次没有通知")
  }
}
