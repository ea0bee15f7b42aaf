import Algorithms

/// Which of an alert's firings are notified, when, and together with whom.
///
/// A subject's alert is notified when it begins to fire. Inside its cooldown, or while an alert fires that silences it, it
/// waits, and is notified at the first check after that at which it still fires. A member's budget of pushes is used in
/// the order of time, at one moment in the order in which the budget names its alerts; a notification that it has nothing
/// left for is not made up for later.
struct Notifications {
  /// A stay in `firing`.
  struct Firing: Sendable, Hashable {
    var subject: AlertSubject
    /// Checks.
    var from: Int
    var to: Int?
    /// What `group by` says of the member when it begins.
    var group: [String] = []
  }

  /// What is told at one check.
  struct Notice: Hashable {
    var alert: Int
    var check: Int
    /// Places among the alert's firings, in their order.
    var firings: [Int]
  }

  private(set) var notices: [Notice] = []
  private(set) var refusals: [PushRefusal] = []
  private let program: TypedProgram
  private let calendar: Calendar
  private let clocks: [AlertClock]
  private let firings: [[Firing]]
  /// By alert that silences others: when it fires, from an instant on and before another.
  private var loud: [Int: [AlertSubject: [(from: Int64, to: Int64)]]] = [:]
  /// By alert: where it stands among those that use pushes.
  private var ranks: [Int: (budget: Int, place: Int)] = [:]

  /// - Parameters:
  ///   - clocks: by alert.
  ///   - firings: by alert, those of a subject in order.
  init(_ program: TypedProgram, _ calendar: Calendar, clocks: [AlertClock], firings: [[Firing]]) {
    self.program = program
    self.calendar = calendar
    self.clocks = clocks
    self.firings = firings
    for alert in Set(program.alerts.flatMap(\.unless)) { loud[alert] = spans(of: alert) }
    for (budget, pushes) in program.pushBudgets.enumerated() {
      for (place, alert) in pushes.covers.enumerated() where ranks[alert] == nil { ranks[alert] = (budget, place) }
    }
    for (_, chains) in chains() { tell(chains) }
    notices = joined(notices)
  }

  private func spans(of alert: Int) -> [AlertSubject: [(from: Int64, to: Int64)]] {
    var result: [AlertSubject: [(from: Int64, to: Int64)]] = [:]
    let moments = clocks[alert].moments
    for firing in firings[alert] {
      result[firing.subject, default: []].append((moments[firing.from], firing.to.map { moments[$0] } ?? .max))
    }
    return result
  }

  // MARK: One subject after another

  /// The firings of one alert about one subject, of which some have been told.
  private struct Chain {
    let alert: Int
    let subject: AlertSubject
    /// Places among the alert's firings.
    var places: [Int]
    var next = 0
    /// The check at which it was last told.
    var last: Int?
  }

  /// All chains, those of a member together where a budget of pushes joins them.
  private func chains() -> [(subject: AlertSubject, chains: [Chain])] {
    var all: [AlertSubject: [Chain]] = [:]
    var order: [AlertSubject] = []
    for (alert, firings) in firings.enumerated() {
      for (place, firing) in firings.enumerated() {
        if all[firing.subject] == nil { order.append(firing.subject) }
        var chains = all.removeValue(forKey: firing.subject) ?? []
        if let last = chains.indices.last, chains[last].alert == alert {
          chains[last].places.append(place)
        } else {
          chains.append(Chain(alert: alert, subject: firing.subject, places: [place]))
        }
        all[firing.subject] = chains
      }
    }
    return order.map { ($0, all[$0] ?? []) }
  }

  private struct Cell: Hashable {
    var budget: Int
    var period: Int32
  }

  private mutating func tell(_ chains: [Chain]) {
    var chains = chains
    var used: [Cell: Int64] = [:]
    while let (chain, check) = earliest(&chains) {
      let alert = chains[chain].alert
      let place = chains[chain].places[chains[chain].next]
      chains[chain].next += 1
      guard mayPush(alert, chains[chain].subject, check, &used) else { continue }
      chains[chain].last = check
      notices.append(Notice(alert: alert, check: check, firings: [place]))
    }
  }

  /// The chain whose next notification comes first, and its check.
  private func earliest(_ chains: inout [Chain]) -> (chain: Int, check: Int)? {
    var best: (chain: Int, check: Int, moment: Int64)?
    for index in chains.indices {
      guard let check = due(&chains[index]) else { continue }
      let alert = chains[index].alert
      let moment = clocks[alert].moments[check]
      if let known = best {
        if moment > known.moment { continue }
        if moment == known.moment, !comesFirst(alert, before: chains[known.chain].alert) { continue }
      }
      best = (index, check, moment)
    }
    return best.map { ($0.chain, $0.check) }
  }

  private func comesFirst(_ one: Int, before other: Int) -> Bool {
    guard let left = ranks[one] else { return false }
    guard let right = ranks[other] else { return true }
    return left < right
  }

  /// The check at which a chain's next firing may be told; firings that never may are passed over.
  private func due(_ chain: inout Chain) -> Int? {
    let alert = program.alerts[chain.alert]
    let clock = clocks[chain.alert]
    while chain.next < chain.places.count {
      let firing = firings[chain.alert][chain.places[chain.next]]
      var check = firing.from
      if let last = chain.last { check = max(check, clock.check(after: alert.cooldown, from: last)) }
      check = unsilenced(check, alert, firing.subject, clock)
      if check < firing.to ?? clock.count { return check }
      chain.next += 1
    }
    return nil
  }

  /// The first check from one on at which nothing silences an alert.
  private func unsilenced(_ check: Int, _ alert: TypedAlert, _ subject: AlertSubject, _ clock: AlertClock) -> Int {
    var check = check
    var isSilent = !alert.unless.isEmpty
    while isSilent, check < clock.count {
      isSilent = false
      for other in alert.unless {
        let about = if case .community = program.alerts[other].about { AlertSubject.community } else { subject }
        guard let spans = loud[other]?[about] else { continue }
        let moment = clock.moments[check]
        let index = spans.partitioningIndex { $0.from > moment } - 1
        guard index >= 0, spans[index].to > moment else { continue }
        check = clock.check(onOrAfter: spans[index].to)
        isSilent = true
        if check >= clock.count { break }
      }
    }
    return check
  }

  /// Takes a push from each budget that covers an alert; none, on record, where one is used up.
  private mutating func mayPush(
    _ alert: Int, _ subject: AlertSubject, _ check: Int, _ used: inout [Cell: Int64]
  ) -> Bool {
    guard ranks[alert] != nil, case .member(let member) = subject else { return true }
    let at = clocks[alert].moments[check]
    let day = calendar.day(of: at)
    let budgets = program.pushBudgets.indices.filter { program.pushBudgets[$0].covers.contains(alert) }
    let cells = budgets.map { Cell(budget: $0, period: calendar.period(program.pushBudgets[$0].per, ofDay: day)) }
    if let empty = cells.first(where: { used[$0, default: 0] >= program.pushBudgets[$0.budget].pushes }) {
      refusals.append(
        PushRefusal(
          budget: Int32(truncatingIfNeeded: empty.budget), alert: Int32(truncatingIfNeeded: alert), member: member,
          at: at))
      return false
    }
    for cell in cells { used[cell, default: 0] += 1 }
    return true
  }

  // MARK: Together

  private struct Group: Hashable {
    var alert: Int
    var check: Int
    /// The bytes of each.
    var keys: [[UInt8]]
  }

  /// Notices of an alert with `group by` that fall on one check and have one group become one.
  private func joined(_ all: [Notice]) -> [Notice] {
    var result: [Notice] = []
    var known: [Group: Int] = [:]
    for notice in all {
      if program.alerts[notice.alert].groupBy.isEmpty {
        result.append(notice)
        continue
      }
      let keys = notice.firings.first.map { firings[notice.alert][$0].group } ?? []
      let group = Group(alert: notice.alert, check: notice.check, keys: keys.map { Array($0.utf8) })
      if let index = known[group] {
        result[index].firings += notice.firings
      } else {
        known[group] = result.count
        result.append(notice)
      }
    }
    for index in result.indices { result[index].firings.sort() }
    return result.sorted { left, right in
      let (one, other) = (clocks[left.alert].moments[left.check], clocks[right.alert].moments[right.check])
      return (one, left.alert, left.firings.first ?? 0) < (other, right.alert, right.firings.first ?? 0)
    }
  }
}
