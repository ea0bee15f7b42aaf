/// Where the offers of one rule become awards: the state of its limits, cooldown and caps, member by member.
///
/// A rule on its own sees all offers of a member in a row, and keeps one state; in a loop the members come day by day, and
/// each has its own.
struct RuleSink {
  struct Offer {
    /// Place in the batch.
    var member: Int
    var at: Int64
    var day: Int32
    /// Event row of the batch, or -1.
    var row: Int32
    var place: Int32 = 0
    /// Where the attributes of limits stand in `limitKeys`.
    var lane: Int
  }

  let rule: Int
  private let typed: TypedIncentive
  private let batch: BatchRun
  private let step: Step
  private let calendar: Calendar
  /// An award without points is none.
  private let needsPoints: Bool
  private let isCovered: Bool
  /// For each limit by an attribute its values at the lanes.
  var limitKeys: [GroupKeys?] = []

  /// What the offer at hand is to give, before and after cuts.
  var amounts: [Int64] = []
  private let empty: MemberState
  private var state: MemberState
  private var member = -1
  private var kept: [MemberState?]
  private let isInterleaved: Bool
  private let trace: DecisionTrace?

  private struct LimitState {
    var count: Int64
    var per: TypedIncentive.Limit.Per
    var period = PeriodCounter()
    var byKey: [[Int64]: Int64] = [:]
  }

  private struct CapState {
    var points: Int64
    var amount: Int
    var per: PeriodUnit
    var reason: RefusalRecord.Reason
    var period = PeriodCounter()
  }

  private struct MemberState {
    var lastAward: Int64?
    var limits: [LimitState]
    var caps: [CapState]
  }

  init(rule: Int, batch: BatchRun, isInterleaved: Bool) {
    let program = batch.context.program
    let typed = program.incentives[rule]
    self.rule = rule
    self.typed = typed
    self.batch = batch
    self.isInterleaved = isInterleaved
    trace = batch.trace
    calendar = batch.context.calendar
    needsPoints = typed.badge == nil && typed.takeBack == nil
    isCovered = batch.context.coveredRules.contains(rule)
    switch typed.trigger {
    case .on: step = .events
    case .every(let unit): step = Step(unit)
    }
    func amount(of purse: Int) -> Int { typed.amounts.firstIndex { $0.purse == purse } ?? 0 }
    var caps = typed.caps.map {
      CapState(points: $0.points, amount: amount(of: $0.purse), per: $0.per, reason: .cap)
    }
    for (index, budget) in program.budgets.enumerated()
    where budget.isPerMember && budget.covers.contains(rule) && Set(budget.covers).count == 1
      && typed.amounts.contains(where: { $0.purse == budget.purse })
    {
      caps.append(
        CapState(points: budget.points, amount: amount(of: budget.purse), per: budget.per, reason: .budget(index)))
    }
    empty = MemberState(
      lastAward: nil, limits: typed.limits.map { LimitState(count: $0.count, per: $0.per) }, caps: caps)
    state = empty
    kept = isInterleaved ? Array(repeating: nil, count: batch.members.count) : []
  }

  /// What decides the same with less, of a rule on its own that nobody explains. - Missing: nil if it needs more.
  func periodSink(_ shared: SharedBudgets) -> PeriodSink? {
    if isInterleaved || trace != nil || isCovered || !shared.isEmpty || typed.amounts.count > 1 { return nil }
    var limits: [PeriodSink.Gate] = []
    for limit in empty.limits {
      switch limit.per {
      case .ever: limits.append(PeriodSink.Gate(unit: nil, bound: limit.count))
      case .period(let unit): limits.append(PeriodSink.Gate(unit: unit, bound: limit.count))
      case .attribute: return nil
      }
    }
    return PeriodSink(
      rule: Int32(truncatingIfNeeded: rule), step: step, needsPoints: needsPoints, cooldown: typed.cooldown,
      purse: Int32(truncatingIfNeeded: typed.amounts.first?.purse ?? 0), limits: limits,
      caps: empty.caps.map { PeriodSink.Gate(unit: $0.per, bound: $0.points) }, reasons: empty.caps.map(\.reason),
      calendar: calendar, firstMember: Int32(truncatingIfNeeded: batch.members.lowerBound))
  }

  /// Whether `among and when` hold at a lane; a fault is reported.
  func passes(_ holds: Vector?, _ lane: Int, _ member: Int, _ at: Int64, _ decisions: inout Decisions) -> Bool {
    guard let holds else { return true }
    switch holds.state(lane) {
    case Vector.present: return holds.flag(lane)
    case Vector.fault:
      report(.overflow, member, at, &decisions)
      return false
    default: return false
    }
  }

  /// Reads the points at a lane of each of the rule's amounts, for `decide`.
  /// - Missing: false where there is none to give, or a fault, which is reported.
  mutating func read(_ vectors: [Vector], _ lane: Int, _ offer: Offer, _ decisions: inout Decisions) -> Bool {
    if amounts.count != vectors.count { amounts = Array(repeating: 0, count: vectors.count) }
    for (index, vector) in vectors.enumerated() {
      guard vector.state(lane) == Vector.present else {
        if vector.state(lane) == Vector.fault { report(.overflow, offer.member, offer.at, &decisions) }
        return false
      }
      let points = vector.int(lane)
      if points < 0 {
        report(.negative(points), offer.member, offer.at, &decisions)
        return false
      }
      amounts[index] = points
    }
    return true
  }

  /// Decides an offer of the amounts at hand.
  mutating func decide(_ offer: Offer, _ shared: inout SharedBudgets, _ decisions: inout Decisions) {
    trace?.begin(rule, offer, amounts)
    enter(offer.member)
    if let limit = exhaustedLimit(offer) {
      trace?.stop(.limit(limit))
      return
    }
    if let cooldown = typed.cooldown, let last = state.lastAward, offer.at &- last < cooldown {
      trace?.stop(.cooldown(last: last))
      return
    }
    for index in amounts.indices { cut(index, offer, &shared, &decisions) }
    if needsPoints, amounts.allSatisfy({ $0 == 0 }) {
      trace?.stop(.nothing)
      return
    }
    count(offer, &shared)
    var award = Wanted(
      member: Int32(truncatingIfNeeded: offer.member), rule: Int32(truncatingIfNeeded: rule), at: offer.at,
      row: offer.row, place: offer.place, points: amounts.first ?? 0, step: step)
    if amounts.count > 1 {
      award.more = Int32(truncatingIfNeeded: decisions.more.count)
      decisions.more.append(Array(amounts.dropFirst()))
    }
    if isCovered {
      decisions.covered.append(award)
      if batch.isRefused(award) {
        trace?.stop(.refused)
        return
      }
    }
    trace?.give(amounts)
    decisions.granted[rule].append(award)
  }

  /// An offer as an act, for the order of history.
  func act(of offer: Offer) -> LedgerRun.Act {
    LedgerRun.Act(
      wanted: Wanted(
        member: Int32(truncatingIfNeeded: offer.member), rule: Int32(truncatingIfNeeded: rule), at: offer.at,
        row: offer.row, points: 0, step: step), index: 0)
  }

  private mutating func enter(_ next: Int) {
    if next == member { return }
    if isInterleaved {
      if kept.indices.contains(member) { kept[member] = state }
      state = kept.indices.contains(next) ? kept[next] ?? empty : empty
    } else {
      state = empty
    }
    member = next
  }

  /// The first limit that leaves no room. - Missing: nil if all do.
  private mutating func exhaustedLimit(_ offer: Offer) -> Int? {
    for index in state.limits.indices {
      switch state.limits[index].per {
      case .ever:
        if state.limits[index].period.total >= state.limits[index].count { return index }
      case .period(let unit):
        state.limits[index].period.enter(unit, offer.day, calendar)
        if state.limits[index].period.total >= state.limits[index].count { return index }
      case .attribute:
        guard let key = key(index, offer) else { continue }
        if state.limits[index].byKey[key, default: 0] >= state.limits[index].count { return index }
      }
    }
    return nil
  }

  private func key(_ limit: Int, _ offer: Offer) -> [Int64]? {
    guard limitKeys.indices.contains(limit), let keys = limitKeys[limit], keys.isComplete(offer.lane) else {
      return nil
    }
    return keys.values(offer.lane)
  }

  /// What caps and the member's budgets leave of an amount.
  private mutating func cut(
    _ amount: Int, _ offer: Offer, _ shared: inout SharedBudgets, _ decisions: inout Decisions
  ) {
    let wanted = amounts[amount]
    var points = wanted
    var reason = RefusalRecord.Reason.cap
    for index in state.caps.indices where state.caps[index].amount == amount {
      state.caps[index].period.enter(state.caps[index].per, offer.day, calendar)
      let left = max(0, state.caps[index].points &- state.caps[index].period.total)
      if left < points {
        points = left
        reason = state.caps[index].reason
      }
    }
    let purse = typed.amounts.indices.contains(amount) ? typed.amounts[amount].purse : 0
    shared.forEach(rule, purse) { budget, index in
      let left = budget.left(offer.member, offer.day, calendar)
      if left < points {
        points = left
        reason = .budget(index)
      }
    }
    if points < wanted {
      amounts[amount] = points
      trace?.cut(DecisionTrace.Cut(amount: amount, from: wanted, to: points, reason: reason))
      decisions.refusals.append(
        RefusalRecord(
          member: Int32(truncatingIfNeeded: batch.members.lowerBound + offer.member),
          rule: Int32(truncatingIfNeeded: rule), purse: Int32(truncatingIfNeeded: purse), at: offer.at, wanted: wanted,
          granted: points, reason: reason))
    }
  }

  private mutating func count(_ offer: Offer, _ shared: inout SharedBudgets) {
    state.lastAward = offer.at
    for index in state.limits.indices {
      if case .attribute = state.limits[index].per {
        if let key = key(index, offer) { state.limits[index].byKey[key, default: 0] += 1 }
      } else {
        state.limits[index].period.total &+= 1
      }
    }
    for index in state.caps.indices where amounts.indices.contains(state.caps[index].amount) {
      state.caps[index].period.total &+= amounts[state.caps[index].amount]
    }
    if shared.isEmpty { return }
    for (amount, points) in amounts.enumerated() where typed.amounts.indices.contains(amount) {
      shared.forEach(rule, typed.amounts[amount].purse) { budget, _ in budget.use(points, offer.member) }
    }
  }

  private func report(_ kind: RunFault.Kind, _ member: Int, _ at: Int64, _ decisions: inout Decisions) {
    decisions.faults.append(
      RunFault(
        kind: kind, name: typed.name, span: typed.span, member: batch.members.lowerBound + member, moment: at))
  }
}

/// The budgets of members that cover several rules together.
struct SharedBudgets {
  struct Budget {
    let index: Int
    let rules: Set<Int>
    let purse: Int
    let points: Int64
    let per: PeriodUnit
    var periods: [PeriodCounter]

    mutating func left(_ member: Int, _ day: Int32, _ calendar: Calendar) -> Int64 {
      guard periods.indices.contains(member) else { return 0 }
      periods[member].enter(per, day, calendar)
      return max(0, points &- periods[member].total)
    }

    mutating func use(_ points: Int64, _ member: Int) {
      if periods.indices.contains(member) { periods[member].total &+= points }
    }
  }
  private var budgets: [Budget] = []
  var isEmpty: Bool { budgets.isEmpty }

  /// - Parameter rules: those that are decided together.
  init(_ rules: [Int], _ batch: BatchRun) {
    for (index, budget) in batch.context.program.budgets.enumerated()
    where budget.isPerMember && Set(budget.covers).count > 1 && budget.covers.contains(where: { rules.contains($0) }) {
      budgets.append(
        Budget(
          index: index, rules: Set(budget.covers), purse: budget.purse, points: budget.points, per: budget.per,
          periods: Array(repeating: PeriodCounter(), count: batch.members.count)))
    }
  }

  @inline(__always)
  mutating func forEach(_ rule: Int, _ purse: Int, _ body: (inout Budget, Int) -> Void) {
    for place in budgets.indices where budgets[place].purse == purse && budgets[place].rules.contains(rule) {
      body(&budgets[place], budgets[place].index)
    }
  }
}

/// A total that starts anew with each calendar period; the period of the last day asked for is kept.
struct PeriodCounter {
  private var day = Int32.min
  private var period = Int32.min
  var total: Int64 = 0

  mutating func enter(_ unit: PeriodUnit, _ day: Int32, _ calendar: Calendar) {
    if day == self.day { return }
    self.day = day
    let number = unit == .day ? day : calendar.period(unit, ofDay: day)
    if number != period {
      period = number
      total = 0
    }
  }
}
