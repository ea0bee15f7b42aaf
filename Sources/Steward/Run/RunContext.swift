import Algorithms
import Synchronization

/// What every batch of a run shares, and never changes.
final class RunContext: Sendable {
  let program: TypedProgram
  let plan: Plan
  let data: Dataset
  let calendar: Calendar
  /// The last instant of the run.
  let asOf: Int64
  let firstDay: Int32
  let keepsAwards: Bool
  /// What an earlier run decided, or what this one is to keep.
  let standing: KeptStanding?
  /// For each period unit the moments of its completed periods, ascending.
  let checks: [Checks]
  /// By index in `Plan.grids`.
  let gridChecks: [Checks]
  /// Until when the data speaks: no check within a day is made behind it.
  let heardUntil: Int64
  let gridPlans: [GridPlan]
  private let knownSpans = Mutex<[CheckWindow: CheckSpans]>([:])
  private struct CheckWindow: Hashable {
    var rhythm: GridRhythm
    var window: Window
  }
  /// By alert.
  let alertChecks: [Checks]
  let alertClocks: [AlertClock]
  /// Whether phases decide what some rule does.
  let phasesGateRules: Bool
  /// Series that members read, so that they have to be guessed.
  let seriesOfMembers: Set<Int>
  /// Series that are known before anything else is; and by grid, what they are made of.
  let earlySeries: Set<Int>
  let earlyValues: [Set<Int>]
  let seriesInOrder: [Int]
  /// Whether some grid counts whole kinds by day.
  let countsByDay: Bool
  /// The codes of `Plan.texts`, and texts that no datum has.
  let texts: TextScope
  let textCodes: [Int32]
  /// Which nodes each root set needs, children first.
  let incentiveOrders: [[Int]]
  let ladderOrders: [[Int]]
  let factOrder: [Int]
  let communityOrder: [Int]
  /// Indices in `Plan.communityValues` of those that are asked for at the as-of.
  let valuesAtEnd: Set<Int>
  let itemOrder: [Int]
  /// The events that refer to each item, if a let is about items.
  let itemEvents: EventStore
  /// By node, for conditions of patterns and values of aggregates.
  let rowOrders: [Int: [Int]]
  let pairPlans: [PlanAggregate: PairPlan]
  /// The place of each incentive in the order of their names' bytes.
  let ruleRanks: [Int]
  /// Rules under a budget of the community, and by rule the budgets.
  let coveredRules: Set<Int>
  /// By rule.
  let effects: [RuleEffect]
  let budgetsOfRule: [[Int]]

  /// The moments at which a periodic mechanism looks.
  struct Checks: Sendable {
    /// Which they are: no two of a run have one rhythm and are not the same.
    var rhythm: GridRhythm
    var moments: [Int64]
    var days: [Int32]
    /// For each day from `RunContext.firstDay` on the first check of that day or a later one.
    var checkOfDay: [Int32]
    /// Whether a day may have several.
    var isWithinDays = false
    /// The length of the stretches that each day is cut into, from its first instant, if it is. - Unit: microseconds.
    var stride: Int64 = 0
    /// For each day from `RunContext.firstDay` on its first instant; empty without a stride.
    var startOfDay: [Int64] = []
  }

  init(
    program: TypedProgram, plan: Plan, data: Dataset, calendar: Calendar, asOf: Int64, firstDay: Int32,
    keepsAwards: Bool, standing: KeptStanding? = nil, heardUntil: Int64? = nil
  ) {
    let heard = min(heardUntil ?? asOf, asOf)
    self.heardUntil = heard
    self.standing = standing
    self.program = program
    self.plan = plan
    self.data = data
    self.calendar = calendar
    self.asOf = asOf
    self.firstDay = firstDay
    self.keepsAwards = keepsAwards
    var scope = TextScope(base: data.texts)
    textCodes = plan.texts.map { scope.intern($0) }
    texts = scope
    incentiveOrders = plan.incentives.map { plan.needed(by: $0.roots) }
    ladderOrders = plan.ladders.map { plan.needed(by: $0.roots) }
    communityOrder = plan.needed(by: plan.communityFacts.map(\.node))
    var asked: Set<Int> = []
    for node in communityOrder { if case .communityValue(let index) = plan.nodes[node].op { asked.insert(index) } }
    valuesAtEnd = asked
    let values = asked.sorted().flatMap { plan.communityValues[$0].nodes }
    factOrder = plan.needed(by: plan.facts.map(\.node) + values)
    itemOrder = plan.needed(by: plan.itemFacts.map(\.node))
    itemEvents = plan.itemFacts.isEmpty ? EventStore() : data.eventsOfItems(program.schema)
    var orders: [Int: [Int]] = [:]
    for node in plan.patterns.compactMap(\.condition) + plan.aggregates.compactMap(\.value) {
      orders[node] = plan.needed(by: [node])
    }
    rowOrders = orders
    var pairs: [PlanAggregate: PairPlan] = [:]
    for aggregate in plan.aggregates where aggregate.isCorrelated { pairs[aggregate] = PairPlan(aggregate, plan) }
    pairPlans = pairs
    ruleRanks = OutcomeTables.ranks(program.incentives.map(\.name))
    effects = RuleEffect.all(program)
    var budgets: [[Int]] = program.incentives.map { _ in [] }
    for (index, budget) in program.budgets.enumerated() where !budget.isPerMember {
      for rule in Set(budget.covers) where budgets.indices.contains(rule) { budgets[rule].append(index) }
    }
    budgetsOfRule = budgets
    coveredRules = Set(budgets.indices.filter { !budgets[$0].isEmpty })
    checks = PeriodUnit.allCases.map {
      RunContext.checks($0, calendar: calendar, firstDay: firstDay, asOf: asOf)
    }
    let periods = checks
    func ownChecks(_ rhythm: CheckRhythm) -> Checks {
      switch rhythm {
      case .period(let unit): periods[unit.rawValue]
      case .exact(let length): RunContext.checks(every: length, calendar: calendar, firstDay: firstDay, asOf: heard)
      }
    }
    gridChecks = plan.grids.map { grid in
      switch grid.rhythm {
      case .checks(let rhythm): ownChecks(rhythm)
      case .beforeEnd(let days):
        RunContext.check(daysBeforeEnd: days, calendar: calendar, firstDay: firstDay, asOf: asOf)
      }
    }
    let watched = program.alerts.map { ownChecks($0.check) }
    alertChecks = watched
    alertClocks = watched.map {
      AlertClock(moments: $0.moments, start: calendar.start(ofDay: firstDay), calendar)
    }
    phasesGateRules = plan.phasesGateRules
    gridPlans = plan.grids.indices.map { GridPlan($0, plan) }
    seriesOfMembers = plan.seriesReadByMembers
    seriesInOrder = plan.seriesInOrder
    countsByDay = RunContext.countsByDay(gridPlans, plan, gridChecks)
    earlySeries = plan.earlySeries
    var early: [Set<Int>] = plan.grids.map { _ in [] }
    for index in earlySeries {
      let series = plan.series[index]
      for node in plan.needed(by: [series.node]) {
        if case .communityValue(let value) = plan.nodes[node].op { early[series.grid].insert(value) }
      }
    }
    earlyValues = early
  }

  /// Whether some value of a grid is counted by days.
  private static func countsByDay(_ grids: [GridPlan], _ plan: Plan, _ checks: [Checks]) -> Bool {
    grids.indices.contains { grid in
      grids[grid].values.contains { index in
        guard case .events(let aggregate, _) = plan.communityValues[index] else { return false }
        return countsByDay(plan.aggregates[aggregate], grid, plan, checks[grid])
      }
    }
  }

  /// One check, so many calendar days before the as-of. - Missing: empty where that is before the first day.
  private static func check(daysBeforeEnd days: Int32, calendar: Calendar, firstDay: Int32, asOf: Int64) -> Checks {
    let last = calendar.day(of: asOf)
    let day = last &- days
    let isEnd = asOf == calendar.end(ofDay: last)
    let moment =
      days == 0
      ? asOf : isEnd ? calendar.end(ofDay: day) : calendar.instant(day: day, micros: calendar.local(asOf).micros)
    var checks = checks(
      .beforeEnd(days: days), at: day < firstDay ? [] : [moment], calendar: calendar, firstDay: firstDay, asOf: asOf)
    checks.isWithinDays = true
    return checks
  }

  /// Several checks a day, the last with the day; of a day that is not over those up to the as-of.
  static func checks(every length: Int64, calendar: Calendar, firstDay: Int32, asOf: Int64) -> Checks {
    var moments: [Int64] = []
    let days = calendar.completedPeriods(.day, from: firstDay, through: asOf)
    for end in days {
      var moment = calendar.start(ofDay: calendar.day(of: end)) &+ length &- 1
      while moment < end {
        moments.append(moment)
        moment &+= max(1, length)
      }
      moments.append(end)
    }
    // What is over of a day that goes on; an hour that nothing is known of yet would look like one in which nothing happened.
    let today = calendar.day(of: asOf)
    if asOf < calendar.end(ofDay: today), today >= firstDay {
      var moment = calendar.start(ofDay: today) &+ length &- 1
      while moment <= asOf {
        moments.append(moment)
        moment &+= max(1, length)
      }
    }
    var checks = checks(.checks(.exact(length)), at: moments, calendar: calendar, firstDay: firstDay, asOf: asOf)
    checks.isWithinDays = true
    checks.stride = max(1, length)
    checks.startOfDay = checks.checkOfDay.indices.map {
      calendar.start(ofDay: firstDay &+ Int32(truncatingIfNeeded: $0))
    }
    return checks
  }

  private static func checks(_ unit: PeriodUnit, calendar: Calendar, firstDay: Int32, asOf: Int64) -> Checks {
    let moments = calendar.completedPeriods(unit, from: firstDay, through: asOf)
    return checks(.checks(.period(unit)), at: moments, calendar: calendar, firstDay: firstDay, asOf: asOf)
  }

  private static func checks(
    _ rhythm: GridRhythm, at moments: [Int64], calendar: Calendar, firstDay: Int32, asOf: Int64
  ) -> Checks {
    var checks = Checks(rhythm: rhythm, moments: moments, days: moments.map { calendar.day(of: $0) }, checkOfDay: [])
    let lastDay = calendar.day(of: asOf)
    guard firstDay <= lastDay else { return checks }
    checks.checkOfDay.reserveCapacity(Int(lastDay - firstDay) + 1)
    var check = 0
    for day in firstDay...lastDay {
      while check < checks.days.count, checks.days[check] < day { check += 1 }
      checks.checkOfDay.append(Int32(truncatingIfNeeded: check))
    }
    return checks
  }
}

extension RunContext {
  /// As of when the members of a grid read standing.
  func reader(_ grid: Int) -> Reader {
    if case .beforeEnd = plan.grids[grid].rhythm { .dayEnded } else { .check }
  }

  /// From which check to which rows count in a window.
  func spans(_ window: Window, _ grid: Int) -> CheckSpans { spans(window, gridChecks[grid]) }

  /// The same of any checks; made when the first batch asks.
  func spans(_ window: Window, _ checks: Checks) -> CheckSpans {
    let key = CheckWindow(rhythm: checks.rhythm, window: window)
    return knownSpans.withLock { known in
      if let spans = known[key] { return spans }
      let made = CheckSpans(window, checks, calendar, firstDay: firstDay, lastDay: calendar.day(of: asOf))
      known[key] = made
      return made
    }
  }
}

/// What counts of whole kinds by day serve.
extension RunContext {
  func countsByDay(_ aggregate: PlanAggregate, _ grid: Int) -> Bool {
    RunContext.countsByDay(aggregate, grid, plan, gridChecks[grid])
  }

  fileprivate static func countsByDay(
    _ aggregate: PlanAggregate, _ grid: Int, _ plan: Plan, _ checks: Checks
  ) -> Bool {
    let isCount = aggregate.function == .count || aggregate.function == .any
    return isCount && !aggregate.isCorrelated && plan.patterns[aggregate.pattern].condition == nil
      && plan.grids[grid].split == nil && CheckSpans.goesByDay(aggregate.window) && !checks.isWithinDays
  }
}

/// What is read of standing.
extension RunContext {
  func readsBalance(_ purse: Int) -> Bool {
    plan.nodes.contains { node in
      guard case .standing(let standing) = node.op else { return false }
      switch standing {
      case .balance(purse), .spent(purse, _): return true
      default: return false
      }
    }
  }

  /// Whether rules, reviews or series read a balance, or anything looks back at it; else only reports do, at the as-of.
  func readsBalanceInHistory(_ purse: Int) -> Bool {
    var atEnd = Array(repeating: false, count: plan.nodes.count)
    for node in factOrder + communityOrder { atEnd[node] = true }
    for node in (incentiveOrders + ladderOrders).joined() { atEnd[node] = false }
    for grid in gridPlans { for node in grid.orders.joined() + grid.splitOrder { atEnd[node] = false } }
    for alert in plan.alerts { for node in plan.needed(by: alert.roots + alert.lateRoots) { atEnd[node] = false } }
    return plan.nodes.indices.contains { index in
      switch plan.nodes[index].op {
      case .standing(.balance(purse)): !atEnd[index]
      case .previous: true
      default: false
      }
    }
  }

  /// Ladders such that each comes after those that its tiers read.
  func ordered(_ ladders: [Int]) -> [Int] {
    var result: [Int] = []
    var rest = ladders
    while !rest.isEmpty {
      let free = rest.filter { ladder in
        !ladderOrders[ladder].contains { node in
          guard case .standing(let standing) = plan.nodes[node].op else { return false }
          switch standing {
          case .tier(let other), .tierSince(let other): return other != ladder && rest.contains(other)
          default: return false
          }
        }
      }
      // The checker lets no cycle within one review through.
      let next = free.isEmpty ? rest : free
      result += next
      rest.removeAll { next.contains($0) }
    }
    return result
  }
}

extension RunContext.Checks {
  var count: Int { moments.count }

  /// The first check whose moment is not before an instant of that day.
  func check(onOrAfterDay day: Int32, firstDay: Int32) -> Int {
    if day < firstDay { return 0 }
    let index = Int(day) - Int(firstDay)
    return index < checkOfDay.count ? Int(checkOfDay[index]) : count
  }

  /// The first check that sees a row of a day, which came at an instant.
  @inline(__always)
  func check(seeing instant: Int64, ofDay day: Int32, firstDay: Int32) -> Int {
    if !isWithinDays { return check(onOrAfterDay: day, firstDay: firstDay) }
    let index = Int(day) &- Int(firstDay)
    guard stride > 0, index >= 0, index + 1 < checkOfDay.count else { return check(onOrAfter: instant) }
    let first = Int(checkOfDay[index])
    let last = Int(checkOfDay[index + 1]) - 1
    // A day's last stretch may be cut short.
    return last < first ? first : min(last, first + Int((instant &- startOfDay[index]) / stride))
  }

  /// The first check whose moment is not before an instant.
  func check(onOrAfter instant: Int64) -> Int {
    moments.partitioningIndex { $0 >= instant }
  }
}

/// Texts as codes: those of the data, and beyond them texts that came up since.
struct TextScope: Sendable {
  let base: TextPool
  private var extra: [String] = []
  /// By their bytes, as in the pool.
  private var codes: [[UInt8]: Int32] = [:]

  init(base: TextPool) { self.base = base }

  var count: Int { base.count + extra.count }

  mutating func intern(_ text: String) -> Int32 {
    if let code = base.code(of: text) { return code }
    let bytes = Array(text.utf8)
    if let code = codes[bytes] { return code }
    let code = Int32(truncatingIfNeeded: base.count + extra.count)
    extra.append(text)
    codes[bytes] = code
    return code
  }

  subscript(code: Int64) -> String {
    let index = Int(code)
    if index < base.count { return index >= 0 ? base[Int32(truncatingIfNeeded: code)] : "" }
    return index - base.count < extra.count ? extra[index - base.count] : ""
  }
}
