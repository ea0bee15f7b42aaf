/// The work on one batch: whole members, their rows unpacked, and what its mechanisms share.
///
/// Belongs to one work item; nothing of it outlives the batch but its `Partial`.
final class BatchRun {
  let context: RunContext
  let members: Range<Int>
  /// Where the events are from: the members' own, or those of nobody.
  let store: EventStore
  let events: Stream
  var texts: TextScope
  /// What the members were given and hold.
  let book: StandingBook
  /// What the community is taken to decide.
  let series: CommunitySeries
  /// Where sinks and ledgers say why they decided as they did, if somebody wants to know.
  var trace: DecisionTrace?

  /// What all batches found, once they are merged.
  var communityValues: [Vector] = []
  /// What the community's series are taken to be, by index in `Plan.series`.
  var columns: [Int: SeriesColumn]
  /// The group that an expression about the community is about.
  var ownGroup = Value.missing

  func vectorOfOwnGroup(_ kind: VectorKind) -> Vector {
    switch ownGroup {
    case .bool(let flag): return .uniform(.flags([flag ? 1 : 0]))
    case .int(let int), .time(let int), .duration(let int): return .uniform(.ints([int]))
    case .date(let day), .period(_, let day): return .uniform(.ints([Int64(day)]))
    case .choice(let place), .tier(let place), .member(let place), .item(let place):
      return .uniform(.ints([Int64(place)]))
    case .text(let text): return .uniform(.ints([Int64(texts.intern(text))]))
    case .missing, .number, .list: return .allMissing(kind)
    }
  }

  private var matchSpaces: [SpaceKey: MatchSpace] = [:]
  private var joinedSpaces: [SpaceKey: MatchSpace?] = [:]
  private var attributeRows: [[Int32]?]
  private var rowsOfDoers: [Int32]?
  private var presence: Presence?
  private var presenceByRhythm: [GridRhythm: [Range<Int>]] = [:]

  struct SpaceKey: Hashable {
    var pattern: Int
    var value: Int?
    var same: [Int]
    /// Takes the pattern's kinds alone.
    var ignoresCondition = false
  }

  /// - Parameter pages: what an earlier run found of standing.
  init(
    context: RunContext, members: Range<Int>, series: CommunitySeries = CommunitySeries(),
    pages: StandingBook.Pages? = nil
  ) {
    self.context = context
    self.members = members
    self.series = series
    columns = series.columns
    book =
      pages.map { StandingBook(memberCount: members.count, pages: $0) } ?? StandingBook(memberCount: members.count)
    texts = context.texts
    store = context.data.events
    events = Stream(events: store, members: members, through: context.asOf, calendar: context.calendar)
    attributeRows = Array(repeating: nil, count: store.attributes.count)
  }

  /// Some items, with the events that refer to them.
  init(context: RunContext, items: Range<Int>, columns: [Int: SeriesColumn]) {
    self.context = context
    members = items
    series = CommunitySeries()
    self.columns = columns
    book = StandingBook(memberCount: items.count)
    texts = context.texts
    store = context.itemEvents
    events = Stream(events: store, members: items, through: context.asOf, calendar: context.calendar)
    attributeRows = Array(repeating: nil, count: store.attributes.count)
    presence = Presence(always: items.count)
  }

  /// The events of `anonymous` kinds, as those of one nobody: they count for the community alone.
  init(anonymousIn context: RunContext) {
    self.context = context
    members = 0..<1
    series = CommunitySeries()
    columns = [:]
    book = StandingBook(memberCount: 1)
    texts = context.texts
    store = context.data.anonymous
    events = Stream(events: store, members: members, through: context.asOf, calendar: context.calendar)
    attributeRows = Array(repeating: nil, count: store.attributes.count)
  }

  /// Whether the community's budgets refuse an award.
  func isRefused(_ wanted: Wanted) -> Bool { !series.refused.isEmpty && series.refused.contains(key(of: wanted)) }

  /// Who decided it, for the community.
  func key(of wanted: Wanted) -> CommunitySeries.AwardKey {
    CommunitySeries.AwardKey(
      rule: wanted.rule, member: Int32(truncatingIfNeeded: members.lowerBound) &+ wanted.member, at: wanted.at,
      event: storeRow(of: wanted))
  }

  /// The places of the batch's members on a rule's board.
  func prizes(of rule: Int) -> [CommunitySeries.Prize] {
    series.prizes.filter { Int($0.rule) == rule && members.contains(Int($0.member)) }
  }

  /// An entry of the ledger.
  func record(_ wanted: Wanted, purse: Int, points: Int64) -> AwardRecord {
    AwardRecord(
      member: Int32(truncatingIfNeeded: members.lowerBound) &+ wanted.member, rule: wanted.rule, at: wanted.at,
      points: points, event: storeRow(of: wanted), purse: Int32(truncatingIfNeeded: purse))
  }

  /// The row in `EventStore.rows` of the event that fired; -1 without one.
  private func storeRow(of wanted: Wanted) -> Int32 {
    guard wanted.row >= 0 else { return -1 }
    let member = Int(wanted.member)
    return Int32(truncatingIfNeeded: Int(wanted.row) - Int(events.offsets[member]) + events.firstRows[member])
  }

  /// How many events the members did themselves.
  var countOfOwnEvents: Int {
    guard let doers = store.doers else { return events.count }
    return events.kinds.count { doers.kinds[Int($0)] == 0 }
  }

  /// The column of an attribute. - Missing: nil if nobody reads it, or the data has no events.
  func column(ofAttribute attribute: Int) -> EventColumn? {
    store.attributes.indices.contains(attribute) ? store.attributes[attribute] : nil
  }

  /// The values of an attribute at event rows of the batch; arbitrary at those of kinds without it.
  /// - Missing: nil as above, and if no event has it.
  func values(ofAttribute attribute: Int, at rows: [Int32]) -> Vector? {
    guard let column = column(ofAttribute: attribute), column.offsets.last ?? 0 > 0 else { return nil }
    return Gather.rows(Gather.pick(self.rows(ofAttribute: attribute), rows), of: column.column)
  }

  /// Who did the events at some rows.
  func doers(at rows: [Int32]) -> [Int64] {
    let first = Int64(members.lowerBound)
    let events = self.events
    guard let doers = store.doers, case .codes(let codes) = doers.column.storage, !codes.isEmpty else {
      return mapLanes(events.owners(of: rows)) { first &+ Int64($0) }
    }
    let places = rowsOfDoers ?? self.rows(of: doers)
    rowsOfDoers = places
    return rows.map { row in
      let row = Int(row)
      return doers.kinds[Int(events.kinds[row])] != 0
        ? Int64(codes[Int(places[row])]) : first &+ Int64(events.owner(of: row))
    }
  }

  /// For each event row of the batch the row of an attribute's column that belongs to it.
  /// - Shape: rows of kinds without the attribute hold an arbitrary one; empty if the column is not there.
  func rows(ofAttribute attribute: Int) -> [Int32] {
    guard let column = column(ofAttribute: attribute) else { return [] }
    if let known = attributeRows[attribute] { return known }
    let kindsWith = column.kinds.indices.filter { column.kinds[$0] != 0 }
    let result = kindsWith.count == 1 ? rows(of: column, kind: kindsWith[0]) : rows(of: column)
    attributeRows[attribute] = result
    return result
  }

  private func rows(of column: EventColumn) -> [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(events.count)
    let last = Int32(truncatingIfNeeded: max(0, (column.offsets.last ?? 0) - 1))
    var has = column.kinds
    while has.count < 1 << Int(EventStore.kindBits) { has.append(0) }
    let table = has.span
    let stream = events
    let kinds = stream.kinds.span
    for local in 0..<members.count {
      var next = Int32(truncatingIfNeeded: column.offsets[members.lowerBound + local])
      for row in stream.rows(of: local) {
        // Behind the last row that has it there is none.
        result.append(min(next, last))
        next &+= Int32(table[Int(kinds[row])])
      }
    }
    return result
  }

  /// The same for an attribute that only one kind has.
  private func rows(of column: EventColumn, kind: Int) -> [Int32] {
    let events = self.events
    var result = [Int32](repeating: 0, count: events.count)
    var owner: Int32 = -1
    var next: Int32 = 0
    for row in rowsByKind.rows(of: kind).rows {
      let place = Int(row)
      if events.owner(of: place) != owner {
        owner = events.owner(of: place)
        next = Int32(truncatingIfNeeded: column.offsets[members.lowerBound + Int(owner)])
      }
      result[place] = next
      next &+= 1
    }
    return result
  }

  /// The rows of a pattern's kinds, its condition aside.
  func rows(of pattern: PlanPattern) -> MemberRows {
    let known = 0..<events.kindCount
    if known.allSatisfy({ pattern.kinds.indices.contains($0) && pattern.kinds[$0] != 0 }) {
      return MemberRows(events)
    }
    let wanted = known.filter { pattern.kinds.indices.contains($0) && pattern.kinds[$0] != 0 }
    return wanted.count == 1 ? rowsByKind.rows(of: wanted[0]) : MemberRows(events, ofKinds: pattern.kinds)
  }

  /// All event rows by kind, in order within it; made when the first pattern of one kind asks.
  private lazy var rowsByKind = KindRows(events, totals: context.countsByDay ? dayCounts?.totals : nil)

  /// Rows of a pattern (with `value`: those for which it is there), grouped by `same` attributes where asked.
  func space(_ asked: SpaceKey) -> MatchSpace {
    var key = asked
    if context.plan.patterns[key.pattern].condition == nil { key.ignoresCondition = false }
    if let known = matchSpaces[key] { return known }
    let made: MatchSpace
    if !key.same.isEmpty {
      var ungrouped = key
      ungrouped.same = []
      let whole = space(ungrouped)
      made = MatchSpace.regrouped(whole, by: GroupKeys(rows: whole.rows, attributes: key.same, self))
    } else if let value = key.value {
      made = MatchSpace.valued(space(SpaceKey(pattern: key.pattern, value: nil, same: [])), value, self)
    } else if let condition = context.plan.patterns[key.pattern].condition, !key.ignoresCondition {
      let all = space(SpaceKey(pattern: key.pattern, value: nil, same: [], ignoresCondition: true))
      made = MatchSpace.matching(condition, all, self)
    } else {
      made = MatchSpace(rows(of: context.plan.patterns[key.pattern]), events)
    }
    matchSpaces[key] = made
    return made
  }

  /// Rows of a correlated aggregate's pattern for which what is asked of rows alone holds, grouped by its keys and `same`.
  /// - Missing: nil if what is asked of some row is a fault, so that nothing can be asked ahead of its turn.
  func joinedSpace(_ aggregate: PlanAggregate, _ pairs: PairPlan, withValue: Bool) -> MatchSpace? {
    let key = SpaceKey(pattern: aggregate.pattern, value: withValue ? aggregate.value : nil, same: aggregate.same)
    if let known = joinedSpaces[key] { return known }
    let made = MatchSpace.joined(key, pairs, self)
    joinedSpaces[key] = .some(made)
    return made
  }

  /// When each member of the batch is present.
  func presenceOfMembers() -> Presence {
    if let presence { return presence }
    let made = Presence(context, members)
    presence = made
    return made
  }

  /// The checks at which each member is present.
  func presence(at checks: RunContext.Checks) -> [Range<Int>] {
    if let known = presenceByRhythm[checks.rhythm] { return known }
    let made = presenceOfMembers().checks(checks)
    presenceByRhythm[checks.rhythm] = made
    return made
  }

  /// How many events each day has. - Missing: nil where counting them so does not pay.
  private(set) lazy var dayCounts = DayCounts(
    events, firstDay: context.firstDay, lastDay: context.calendar.day(of: context.asOf))
}

/// From when to when members are present: joined ≤ moment, and not left by it.
struct Presence {
  /// - Unit: microseconds; `Int64.min` where there is no `joined` column.
  var from: [Int64]
  /// The last instant of presence; `Int64.max` where the member has not left.
  var until: [Int64]

  /// Of subjects that are always there.
  init(always count: Int) {
    from = Array(repeating: .min, count: count)
    until = Array(repeating: .max, count: count)
  }

  init(_ context: RunContext, _ members: Range<Int>) {
    from = Array(repeating: .min, count: members.count)
    until = Array(repeating: .max, count: members.count)
    guard let schema = context.program.schema.members else { return }
    let table = context.data.members
    if let joined = schema.joined, table.columns.indices.contains(joined) {
      let isDate = schema.columns[joined].type.base == .date
      Presence.read(table.columns[joined], members) { local, value in
        from[local] = isDate ? context.calendar.start(ofDay: Int32(clamping: value)) : value
      }
    }
    if let left = schema.left, table.columns.indices.contains(left) {
      let isDate = schema.columns[left].type.base == .date
      Presence.read(table.columns[left], members) { local, value in
        // A date in `left` means its last instant. Who left before joining has come back.
        let instant = isDate ? context.calendar.end(ofDay: Int32(clamping: value)) : value
        if instant >= from[local] { until[local] = instant }
      }
    }
  }

  private static func read(_ column: Column, _ members: Range<Int>, _ body: (Int, Int64) -> Void) {
    guard case .ints(let values) = column.storage else { return }
    for member in members where values.indices.contains(member) {
      if column.missing.indices.contains(member), column.missing[member] != 0 { continue }
      body(member - members.lowerBound, values[member])
    }
  }

  /// The checks at which each is present.
  func checks(_ checks: RunContext.Checks) -> [Range<Int>] {
    from.indices.map { member in
      let first = from[member] == .min ? 0 : checks.check(onOrAfter: from[member])
      let last = until[member] == .max ? checks.count : checks.check(onOrAfter: until[member] &+ 1)
      return first..<max(first, last)
    }
  }

  @inline(__always) func isPresent(_ member: Int, at moment: Int64) -> Bool {
    from[member] <= moment && moment <= until[member]
  }
}
