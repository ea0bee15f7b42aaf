/// What the community as a whole decides about members' awards: which ones its budgets refuse, and who is placed on boards.
///
/// The members' runs need it before it can be known. So a run guesses it, decides all members, finds what the series would
/// be then, and repeats with that until nothing differs. As what is decided at a moment depends on earlier moments alone,
/// each round makes at least one more moment right for good, and the first guess that is confirmed is the only one that
/// can be.
struct CommunitySeries: Sendable, Equatable {
  /// An award, whoever decides it.
  struct AwardKey: Hashable, Sendable {
    var rule: Int32
    /// Row in the member table.
    var member: Int32
    var at: Int64
    /// Row of `EventStore.rows`, or -1.
    var event: Int32
  }

  /// A place that is worth a prize.
  struct Prize: Hashable, Sendable {
    var rule: Int32
    /// Index in the checks of the rule's period.
    var check: Int32
    var member: Int32
    var place: Int32
    /// Of the first key.
    var value: Value
  }

  var refused: Set<AwardKey> = []
  /// By (rule, check, place, member).
  var prizes: [Prize] = []
  /// What members read of the community at its checks, by index in `Plan.series`.
  var columns: [Int: SeriesColumn] = [:]

  /// Keeps what is decided before an instant.
  func before(_ instant: Int64, _ context: RunContext) -> CommunitySeries {
    CommunitySeries(
      refused: refused.filter { $0.at < instant },
      prizes: prizes.filter { CommunitySeries.instant(of: $0, context) < instant },
      columns: columns.reduce(into: [:]) { result, entry in
        result[entry.key] = entry.value.before(instant, CommunitySeries.checks(of: entry.key, context))
      })
  }

  /// The first instant about which two series differ.
  func firstDifference(from other: CommunitySeries, _ context: RunContext) -> Int64? {
    let awards = refused.symmetricDifference(other.refused).map(\.at)
    let places = Set(prizes).symmetricDifference(other.prizes).map { CommunitySeries.instant(of: $0, context) }
    let checks = Set(columns.keys).union(other.columns.keys).compactMap { series -> Int64? in
      let checks = CommunitySeries.checks(of: series, context)
      let none = SeriesColumn(groups: [], values: [], withheld: [])
      return (columns[series] ?? none).firstDifference(from: other.columns[series], checks).map { checks.moments[$0] }
    }
    return (awards + places + checks).min()
  }

  private static func checks(of series: Int, _ context: RunContext) -> RunContext.Checks {
    context.gridChecks[context.plan.series[series].grid]
  }

  private static func instant(of prize: Prize, _ context: RunContext) -> Int64 {
    guard case .every(let unit) = context.program.incentives[Int(prize.rule)].trigger else { return .min }
    let moments = context.checks[unit.rawValue].moments
    return moments.indices.contains(Int(prize.check)) ? moments[Int(prize.check)] : .min
  }
}

/// What a batch tells the community of one rule under a budget.
struct CoveredAward: Sendable {
  var key: CommunitySeries.AwardKey
  var step: Step
  var place: Int32
  /// By the rule's amounts.
  var points: [Int64]
}

/// Decides the community's budgets over what all members want.
///
/// Awards are taken in the order (moment, step of the day, place on a board, hash of budget, period and member), those of
/// one member in event and name order. One that its budgets cannot pay in full is refused; all that cover it pay, or none.
struct BudgetSettlement {
  private let context: RunContext
  private let budgets: [TypedBudget]
  private(set) var refused: Set<CommunitySeries.AwardKey> = []
  private(set) var refusals: [RefusalRecord] = []
  private(set) var uses: [BudgetUse] = []

  private struct Cell: Hashable {
    var budget: Int
    var period: Int32
  }
  private var used: [Cell: Int64] = [:]
  private var lost: [Cell: Int64] = [:]

  init(_ covered: [CoveredAward], _ context: RunContext) {
    self.context = context
    budgets = context.program.budgets
    var wanted: [Cell: Int64] = [:]
    var cursor = DayCursor(context.calendar)
    let days = covered.map { cursor.day(of: $0.key.at) }
    for index in covered.indices {
      for cell in cells(covered[index], days[index]) {
        let points = points(covered[index], of: cell)
        let (sum, overflow) = wanted[cell, default: 0].addingReportingOverflow(points)
        wanted[cell] = overflow ? .max : sum
      }
    }
    let tight = Set(wanted.filter { $0.value > budgets[$0.key.budget].points }.keys)
    used = wanted.filter { !tight.contains($0.key) }
    settle(covered, days, tight)
    let all = Set(wanted.keys)
    uses = all.map {
      BudgetUse(
        budget: Int32(truncatingIfNeeded: $0.budget), period: $0.period, used: used[$0] ?? 0, refused: lost[$0] ?? 0)
    }.sorted { ($0.budget, $0.period) < ($1.budget, $1.period) }
  }

  /// The budgets of the community that cover an award, in their periods.
  private func cells(_ award: CoveredAward, _ day: Int32) -> [Cell] {
    context.budgetsOfRule[Int(award.key.rule)].map {
      Cell(budget: $0, period: context.calendar.period(budgets[$0].per, ofDay: day))
    }
  }

  private func points(_ award: CoveredAward, of cell: Cell) -> Int64 {
    let amounts = context.program.incentives[Int(award.key.rule)].amounts
    var total: Int64 = 0
    for (index, amount) in amounts.enumerated() where amount.purse == budgets[cell.budget].purse {
      total &+= award.points.indices.contains(index) ? award.points[index] : 0
    }
    return total
  }

  /// Pays the awards of periods in which a budget is asked for more than it has.
  private mutating func settle(_ covered: [CoveredAward], _ days: [Int32], _ tight: Set<Cell>) {
    if tight.isEmpty { return }
    var queue: [(index: Int, hash: UInt64)] = []
    for index in covered.indices {
      let cells = cells(covered[index], days[index])
      guard let first = cells.first, cells.contains(where: { tight.contains($0) }) else { continue }
      let member = context.data.members.ids[Int(covered[index].key.member)]
      queue.append(
        (index, BudgetOrder.hash(budget: budgets[first.budget].name, period: first.period, member: member)))
    }
    let ranks = context.ruleRanks
    queue.sort { left, right in
      let (a, b) = (covered[left.index], covered[right.index])
      if a.key.at != b.key.at { return a.key.at < b.key.at }
      if a.step != b.step { return a.step < b.step }
      if a.place != b.place { return a.place < b.place }
      if left.hash != right.hash { return left.hash < right.hash }
      if a.key.member != b.key.member { return a.key.member < b.key.member }
      if a.key.event != b.key.event { return UInt32(bitPattern: a.key.event) < UInt32(bitPattern: b.key.event) }
      return ranks[Int(a.key.rule)] < ranks[Int(b.key.rule)]
    }
    for entry in queue { pay(covered[entry.index], days[entry.index], tight) }
  }

  private mutating func pay(_ award: CoveredAward, _ day: Int32, _ tight: Set<Cell>) {
    let cells = cells(award, day)
    let empty = cells.first { cell in
      tight.contains(cell) && used[cell, default: 0] > budgets[cell.budget].points &- points(award, of: cell)
    }
    if let empty {
      refused.insert(award.key)
      let (sum, overflow) = lost[empty, default: 0].addingReportingOverflow(points(award, of: empty))
      lost[empty] = overflow ? .max : sum
      // What another budget had set aside for it is free again.
      for cell in cells where !tight.contains(cell) { used[cell, default: 0] &-= points(award, of: cell) }
      let rule = context.program.incentives[Int(award.key.rule)]
      for (index, amount) in rule.amounts.enumerated()
      where award.points.indices.contains(index) && award.points[index] > 0 {
        refusals.append(
          RefusalRecord(
            member: award.key.member, rule: award.key.rule, purse: Int32(truncatingIfNeeded: amount.purse),
            at: award.key.at, wanted: award.points[index], granted: 0, reason: .budget(empty.budget)))
      }
    } else {
      for cell in cells where tight.contains(cell) { used[cell, default: 0] &+= points(award, of: cell) }
    }
  }
}

/// Who is served first by a community's budget at one moment: nobody for their name's sake.
public enum BudgetOrder {
  /// The first 64 bits of SipHash-2-4-128 over the budget's name, the period's number and the member's id.
  public static func hash(budget: String, period: Int32, member: String) -> UInt64 {
    var hash = SipHash()
    hash.absorb(budget)
    hash.absorb(UInt64(bitPattern: Int64(period)))
    hash.absorb(member)
    return hash.finished().low
  }
}
