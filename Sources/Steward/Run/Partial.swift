/// What one batch found: a part of the outcome, to be merged with others in member order.
struct Partial: Sendable {
  var eventCount = 0
  var presentCount = 0
  /// By place in the batch: 1 if present at the as-of.
  var presence: [UInt8] = []
  /// In the order of the ledger; kept only if asked for.
  var awards: [AwardRecord] = []
  var refusals: [RefusalRecord] = []
  var totals: [IncentiveTotal] = []
  /// Rules whose points of all members together Int64 does not hold.
  var overflowing: Set<Int> = []
  /// By purse, then by place in the batch.
  var balances: [[BalanceRecord]] = []
  /// By ladder, then by place in the batch.
  var standings: [[TierRecord]] = []
  var tierChanges: [TierChange] = []
  var facts: [FactColumn] = []
  /// By index in `Plan.communityValues`.
  var community: [CommunityPart] = []
  /// What rules under a budget of the community want.
  var covered: [CoveredAward] = []
  /// Members who are first on the batch's boards.
  var boards: [BoardCandidate] = []
  /// What places on boards got.
  var prizes: [CommunitySeries.AwardKey: Int64] = [:]
  var alerts: [MemberAlerts.History] = []
  /// By rule: takings back that found nothing to take.
  var idle: [Int: Int] = [:]
  var strays: [StrayTaking] = []
  var faults: [RunFault] = []
  /// The stratum whose faults kept later ones from running.
  var stoppedAt: Int?

  /// Runs the strata over one batch, then what is asked at the as-of.
  /// - Parameters:
  ///   - number: which batch it is.
  ///   - totals: where it adds what it knows of the community's series.
  init(
    _ context: RunContext, _ members: Range<Int>, _ series: CommunitySeries, number: Int = 0, totals: GridTotals? = nil
  ) {
    let batch = BatchRun(
      context: context, members: members, series: series, pages: context.standing?.pages(of: members))
    eventCount = batch.countOfOwnEvents
    let stays = batch.presenceOfMembers()
    presence = (0..<members.count).map { stays.isPresent($0, at: context.asOf) ? 1 : 0 }
    presentCount = presence.count { $0 != 0 }

    if context.standing?.isComplete != true {
      var strata = StrataRun(batch)
      strata.run()
      take(strata, batch)
      faults = strata.decisions.faults
      stoppedAt = strata.stoppedAt
      if stoppedAt != nil { return }
      strata.prepare(context.factOrder)
      for grid in context.gridPlans { for order in grid.orders + [grid.splitOrder] { strata.prepare(order) } }
      for alert in context.plan.alerts { strata.prepare(context.plan.needed(by: alert.roots + alert.lateRoots)) }
      context.standing?.keep(batch.book, of: members)
    }
    if let totals {
      for grid in context.gridPlans.indices {
        var run = GridRun(grid, batch, number: number, totals.take(grid))
        totals.give(run.members(), to: grid)
      }
    }
    let watched = MemberAlerts(batch)
    alerts = watched.histories
    faults += watched.faults

    let frame = Frame.moment(context.asOf, batch)
    frame.evaluate(context.factOrder)
    for fact in context.plan.facts {
      let vector = frame[fact.node]
      let declared = context.program.lets[fact.letIndex]
      for lane in 0..<frame.count where vector.state(lane) == Vector.fault {
        faults.append(
          RunFault(
            kind: .fact(letIndex: fact.letIndex), name: declared.name, span: declared.span,
            member: members.lowerBound + lane, moment: context.asOf))
      }
      facts.append(FactColumn(fact.letIndex, declared.value.type, vector, batch))
    }
    community = context.plan.communityValues.enumerated().map { index, value in
      context.valuesAtEnd.contains(index) ? CommunityPart(value, frame) : CommunityPart()
    }
  }

  private mutating func take(_ strata: StrataRun, _ batch: BatchRun) {
    let decisions = strata.decisions
    refusals = decisions.refusals
    idle = decisions.idle.mapValues(\.count)
    strays = StrayTaking.found(decisions.idle, batch)
    boards = strata.boards
    standings = strata.standings
    tierChanges = strata.tierChanges
    balances = batch.context.program.schema.purses.indices.map { purse in
      strata.ledgers[purse]?.records
        ?? Array(repeating: BalanceRecord(points: 0, earned: 0), count: batch.members.count)
    }
    covered = decisions.covered.map { wanted in
      let amounts = batch.context.program.incentives[Int(wanted.rule)].amounts.indices
      return CoveredAward(
        key: batch.key(of: wanted), step: wanted.step, place: wanted.place,
        points: amounts.map { decisions.points(wanted, $0) })
    }
    addTotals(decisions, batch)
    if batch.context.keepsAwards { awards = decisions.records(batch) }
  }

  private mutating func addTotals(_ decisions: Decisions, _ batch: BatchRun) {
    totals = batch.context.effects.map { _ in IncentiveTotal() }
    for (rule, granted) in decisions.granted.enumerated() {
      let effect = batch.context.effects[rule]
      // What was taken back is known purse by purse, in the records.
      let sign: Int64 = effect.takesBack != nil ? 0 : effect.deducts != nil ? -1 : 1
      var total = totals[rule]
      var isSeen = [Bool](repeating: false, count: batch.members.count)
      for wanted in granted {
        let (points, overflow) = total.points.addingReportingOverflow(sign &* wanted.points)
        total.points = points
        if overflow { overflowing.insert(rule) }
        isSeen[Int(wanted.member)] = true
        if wanted.place > 0 { prizes[batch.key(of: wanted)] = wanted.points }
      }
      total.members += isSeen.count { $0 }
      total.awards += granted.count
      totals[rule] = total
    }
    for record in decisions.taken {
      // The first purse of what is taken back stands for the taking.
      guard let target = batch.context.effects[Int(record.rule)].takesBack,
        batch.context.effects[target].purses.first == Int(record.purse)
      else { continue }
      add(record.points, Int(record.rule))
    }
  }

  private mutating func add(_ points: Int64, _ rule: Int) {
    let (total, overflow) = totals[rule].points.addingReportingOverflow(points)
    totals[rule].points = total
    // That of all members together is said once, of the whole run.
    if overflow { overflowing.insert(rule) }
  }
}

extension Decisions {
  /// Everything that was given and taken, sorted by (member, at, event, rule name, purse).
  func records(_ batch: BatchRun) -> [AwardRecord] {
    var result = taken
    result.reserveCapacity(taken.count + granted.reduce(0) { $0 + $1.count })
    for (index, rule) in batch.context.program.incentives.enumerated()
    where rule.deduction == nil && rule.takeBack == nil {
      let undone = Set(batch.context.undoers(of: index).flatMap { undoes[$0] ?? [] }.flatMap(\.self))
      for (number, wanted) in granted[index].enumerated() {
        var record = batch.record(wanted, purse: rule.amounts.first?.purse ?? -1, points: wanted.points)
        record.isUndone = !undone.isEmpty && undone.contains(Int32(truncatingIfNeeded: number))
        // Of several purses only what is given is on record, and a badge comes with the first.
        let isShown = wanted.points != 0 || rule.badge != nil || rule.amounts.count < 2
        if isShown { result.append(record) }
        for (place, amount) in rule.amounts.enumerated().dropFirst() where points(wanted, place) != 0 {
          record.purse = Int32(truncatingIfNeeded: amount.purse)
          record.points = points(wanted, place)
          result.append(record)
        }
      }
    }
    let ranks = batch.context.ruleRanks
    result.sort { left, right in
      left.member == right.member ? left.isBefore(right, ranks) : left.member < right.member
    }
    return result
  }
}

extension AwardRecord {
  /// The order of the ledger: an award of a period comes after those of the events of its moment.
  func isBefore(_ other: AwardRecord, _ ranks: [Int]) -> Bool {
    if at != other.at { return at < other.at }
    if member != other.member { return member < other.member }
    if event != other.event { return UInt32(bitPattern: event) < UInt32(bitPattern: other.event) }
    if rule != other.rule { return ranks[Int(rule)] < ranks[Int(other.rule)] }
    return purse < other.purse
  }
}

extension FactColumn {
  /// The values of a node at the as-of, for the members of a batch.
  init(_ letIndex: Int, _ type: Type, _ vector: Vector, _ batch: BatchRun) {
    let vector = vector.expanded(to: batch.members.count)
    let missing = mapLanes(vector.states) { $0 == Vector.present ? UInt8(0) : 1 }
    let values: Values
    switch vector.storage {
    case .flags(let flags): values = .flags(flags)
    case .numbers(let numbers): values = .numbers(numbers)
    case .ints(let ints):
      values = type.base == .text ? .texts(ints.map { batch.texts[$0] }) : .ints(ints)
    case .lists:
      values = .lists((0..<batch.members.count).map { lane in vector.list(lane).map { batch.texts[Int64($0)] } })
    }
    self.init(letIndex: letIndex, type: type, values: values, missing: missing.contains(1) ? missing : [])
  }

  /// The columns of batches, one after the other.
  static func joined(_ parts: [[FactColumn]]) -> [FactColumn] {
    guard let first = parts.first else { return [] }
    return first.indices.map { index in
      let columns = parts.map { $0[index] }
      let hasMissing = columns.contains { !$0.missing.isEmpty }
      let missing =
        !hasMissing
        ? []
        : columns.flatMap { column in
          column.missing.isEmpty ? [UInt8](repeating: 0, count: column.values.count) : column.missing
        }
      return FactColumn(
        letIndex: first[index].letIndex, type: first[index].type, values: Values.joined(columns.map(\.values)),
        missing: missing)
    }
  }
}

extension FactColumn.Values {
  var count: Int {
    switch self {
    case .flags(let values): values.count
    case .ints(let values): values.count
    case .numbers(let values): values.count
    case .texts(let values): values.count
    case .lists(let values): values.count
    }
  }

  /// The values of batches, one after the other; all are stored alike.
  static func joined(_ parts: [FactColumn.Values]) -> FactColumn.Values {
    var flags: [UInt8] = []
    var ints: [Int64] = []
    var numbers: [Double] = []
    var texts: [String] = []
    var lists: [[String]] = []
    for part in parts {
      switch part {
      case .flags(let values): flags += values
      case .ints(let values): ints += values
      case .numbers(let values): numbers += values
      case .texts(let values): texts += values
      case .lists(let values): lists += values
      }
    }
    switch parts.first {
    case .flags: return .flags(flags)
    case .numbers: return .numbers(numbers)
    case .texts: return .texts(texts)
    case .lists: return .lists(lists)
    case .ints, nil: return .ints(ints)
    }
  }
}
