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
  /// By place in the batch.
  var points: [Int64] = []
  /// By ladder, then by place in the batch.
  var standings: [[TierRecord]] = []
  var tierChanges: [TierChange] = []
  var facts: [FactColumn] = []
  /// By index in `Plan.communityValues`.
  var community: [CommunityPart] = []
  var faults: [RunFault] = []
  /// Faults of incentives kept the later steps from running.
  var stoppedEarly = false

  /// Runs the steps of a day's order over one batch: incentives, tiers, then what is asked at the as-of.
  init(_ context: RunContext, _ members: Range<Int>) {
    let batch = BatchRun(context: context, members: members)
    eventCount = batch.events.count
    let stays = batch.presenceOfMembers()
    presence = (0..<members.count).map { stays.isPresent($0, at: context.asOf) ? 1 : 0 }
    presentCount = presence.count { $0 != 0 }

    var incentives = Incentives(batch)
    incentives.decide()
    faults.append(contentsOf: incentives.faults)
    refusals = incentives.refusals
    let ledger = Ledger(incentives.awards, batch)
    faults.append(contentsOf: ledger.faults)
    points = ledger.balances
    totals = ledger.totals
    overflowing = ledger.overflowing
    if context.readsAwards { batch.awards = ledger.stream(batch) }
    if context.keepsAwards { awards = ledger.awards }
    if !faults.isEmpty {
      stoppedEarly = true
      return
    }

    var tiers = Tiers(batch)
    tiers.review()
    faults.append(contentsOf: tiers.faults)
    standings = tiers.standings
    tierChanges = tiers.changes
    batch.standings = standings

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
    community = context.plan.communityValues.map { CommunityPart($0, frame) }
  }
}

/// The awards of a batch in the order of the ledger, and what they add up to.
struct Ledger {
  /// Sorted by (member, at, event, rule name).
  private(set) var awards: [AwardRecord]
  private(set) var balances: [Int64]
  private(set) var totals: [IncentiveTotal]
  private(set) var overflowing: Set<Int> = []
  private(set) var faults: [RunFault] = []

  init(_ unordered: [AwardRecord], _ batch: BatchRun) {
    awards = unordered
    let rules = batch.context.program.incentives
    balances = Array(repeating: 0, count: batch.members.count)
    totals = rules.map { _ in IncentiveTotal() }
    var lastMember = [Int32](repeating: -1, count: rules.count)
    for award in unordered {
      let rule = Int(award.rule)
      let local = Int(award.member) - batch.members.lowerBound
      totals[rule].awards += 1
      if lastMember[rule] != award.member {
        lastMember[rule] = award.member
        totals[rule].members += 1
      }
      let (total, totalOverflow) = totals[rule].points.addingReportingOverflow(award.points)
      let (balance, overflow) = balances[local].addingReportingOverflow(award.points)
      totals[rule].points = total
      balances[local] = balance
      // That of all members together is said once, of the whole run.
      if totalOverflow { overflowing.insert(rule) }
      if overflow {
        faults.append(
          RunFault(
            kind: .tooManyPoints, name: rules[rule].name, span: rules[rule].span, member: Int(award.member),
            moment: award.at))
      }
    }
    if batch.context.readsAwards || batch.context.keepsAwards { order(batch.context.ruleRanks) }
  }

  private mutating func order(_ ranks: [Int]) {
    awards.sort { left, right in
      if left.member != right.member { return left.member < right.member }
      if left.at != right.at { return left.at < right.at }
      // An award of a period comes after those of the events of its moment.
      if left.event != right.event { return UInt32(bitPattern: left.event) < UInt32(bitPattern: right.event) }
      return ranks[Int(left.rule)] < ranks[Int(right.rule)]
    }
  }

  /// The awards as a stream, so that `earned` and the like are windows over it.
  func stream(_ batch: BatchRun) -> Stream {
    var stream = Stream()
    var cursor = DayCursor(batch.context.calendar)
    var next = 0
    for member in 0..<batch.members.count {
      while next < awards.count, Int(awards[next].member) == batch.members.lowerBound + member {
        let award = awards[next]
        stream.times.append(award.at)
        stream.days.append(cursor.day(of: award.at))
        stream.kinds.append(UInt16(truncatingIfNeeded: award.rule))
        stream.owners.append(Int32(truncatingIfNeeded: member))
        stream.points.append(award.points)
        next += 1
      }
      stream.offsets.append(Int32(truncatingIfNeeded: stream.times.count))
    }
    return stream
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
