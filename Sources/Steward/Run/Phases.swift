/// When the phases of plans begin and end.
///
/// A phase that is over at a day's end makes room for the next one on the following day: what a plan's phase is on a day is
/// known when the day begins.
struct PhaseCalendar: Hashable, Sendable {
  /// By plan, then by phase: the first day. - Missing: nil before it begins.
  private(set) var begins: [[Int32?]]
  /// By plan: the day after the last phase, where that has an end and it was met.
  private(set) var over: [Int32?]

  /// Only first phases.
  init(_ plans: [TypedPhasePlan], firstDay: Int32) {
    begins = plans.map { plan in
      plan.phases.indices.map { $0 == 0 ? plan.from ?? firstDay : nil }
    }
    over = plans.map { _ in nil }
  }

  /// - Parameter isOver: whether a phase's `until` holds at the end of a day.
  init(
    _ plans: [TypedPhasePlan], firstDay: Int32, lastDay: Int32, isOver: (_ phase: PhaseIndex, _ day: Int32) -> Bool
  ) {
    self.init(plans, firstDay: firstDay)
    for plan in plans.indices where !plans[plan].phases.isEmpty {
      var phase = 0
      var day = max(plans[plan].from ?? firstDay, firstDay)
      while day <= lastDay, phase < plans[plan].phases.count {
        if plans[plan].phases[phase].until != nil, isOver(PhaseIndex(plan: plan, phase: phase), day) {
          phase += 1
          if phase < plans[plan].phases.count {
            begins[plan][phase] = day &+ 1
          } else {
            over[plan] = day &+ 1
          }
        }
        day &+= 1
      }
    }
  }

  /// The days of a phase. - Missing: nil before it begins; without an end while it lasts.
  func days(of phase: PhaseIndex) -> (first: Int32, last: Int32?)? {
    guard begins.indices.contains(phase.plan), begins[phase.plan].indices.contains(phase.phase),
      let first = begins[phase.plan][phase.phase]
    else { return nil }
    let next = phase.phase + 1
    let after = next < begins[phase.plan].count ? begins[phase.plan][next] : over[phase.plan]
    return (first, after.map { $0 &- 1 })
  }

  /// Whether one of some phases is on at a day; with none named, always.
  func isOn(_ phases: [PhaseIndex], day: Int32) -> Bool {
    if phases.isEmpty { return true }
    return phases.contains { phase in
      guard let days = days(of: phase) else { return false }
      return days.first <= day && day <= days.last ?? .max
    }
  }

  /// The first day on which two calendars differ.
  func firstDifference(from other: PhaseCalendar) -> Int32? {
    var result: Int32?
    func note(_ one: Int32?, _ two: Int32?) {
      if one == two { return }
      let day = min(one ?? .max, two ?? .max)
      result = min(result ?? day, day)
    }
    for (one, two) in zip(begins, other.begins) {
      for (first, second) in zip(one, two) { note(first, second) }
    }
    for (one, two) in zip(over, other.over) { note(one, two) }
    return result
  }

  /// What is known before a day: later phases have not begun.
  func before(_ day: Int32) -> PhaseCalendar {
    var result = self
    for plan in begins.indices {
      for phase in begins[plan].indices where phase > 0 {
        if let begin = begins[plan][phase], begin >= day { result.begins[plan][phase] = nil }
      }
      if let end = over[plan], end >= day { result.over[plan] = nil }
    }
    return result
  }

  func records(_ plans: [TypedPhasePlan], lastDay: Int32) -> [PhaseRecord] {
    plans.indices.flatMap { plan in
      plans[plan].phases.indices.map { place in
        let phase = PhaseIndex(plan: plan, phase: place)
        let days = days(of: phase).flatMap { $0.first <= lastDay ? $0 : nil }
        let to = days?.last.flatMap { $0 <= lastDay ? $0 : nil }
        let late = plans[plan].phases[place].by.map { max(0, (to ?? lastDay) &- $0) }
        return PhaseRecord(phase: phase, from: days?.first, to: to, lateDays: late)
      }
    }
  }
}
