/// The rows of a stream that a pattern matches, packed: aggregates are gathers over it.
///
/// A window's rows [low, high) become ranks [rank(low), rank(high)) here; then a count is a difference of ranks, and sums,
/// days and streaks are differences of prefix columns over the matches. Bounds of lanes ascend, as lanes and rows stand in
/// the same order, so their ranks are found by galloping through the matches and no column of all rows is needed.
final class MatchSpace {
  /// Rows of the stream, ascending within each group.
  let rows: [Int32]
  /// The value of each match, if the space was made for one.
  let values: Vector?
  /// One byte a match: the pattern's condition or value could not be computed. Empty if all could.
  let faults: [UInt8]
  /// Matches of one group (a member; a member and its `same` attributes) stand together; the group of each match.
  private(set) lazy var groups: [Int32] = makeGroups()
  private let makeGroups: () -> [Int32]
  /// In a regrouped space: where the group of some keys begins and ends.
  let groupIndex: GroupIndex?
  /// Whether the matches are all rows of the stream.
  let isWhole: Bool
  /// For each member where its matches begin, and one more, in a space that is not regrouped; made when first asked for.
  var offsets: [Int32]?

  /// By the rhythm of the checks.
  var runsByRhythm: [GridRhythm: MatchRuns] = [:]
  private var firstOfDayCounts: [Int32]?
  private var runs: [PeriodUnit: [Int32]] = [:]
  private var sums: PrefixSums?
  private var faultCounts: [Int32]?

  init(
    rows: [Int32], values: Vector?, faults: [UInt8], groupIndex: GroupIndex? = nil, isWhole: Bool = false,
    offsets: [Int32]? = nil, groups: @escaping () -> [Int32]
  ) {
    self.rows = rows
    self.values = values
    self.faults = faults
    makeGroups = groups
    self.groupIndex = groupIndex
    self.isWhole = isWhole
    self.offsets = offsets
  }

  var count: Int { rows.count }

  // MARK: Making

  /// Some rows of a stream.
  convenience init(_ found: MemberRows, _ stream: Stream) {
    let rows = found.rows
    self.init(rows: rows, values: nil, faults: [], isWhole: found.isWhole, offsets: found.offsets) {
      stream.owners(of: rows)
    }
  }

  /// Those of some matches for which a condition holds.
  static func matching(_ condition: Int, _ all: MatchSpace, _ batch: BatchRun) -> MatchSpace {
    if all.count == 0 { return all }
    let frame = Frame.scanned(all.rows, batch)
    frame.evaluate(batch.context.rowOrders[condition] ?? [])
    let holds = frame[condition]
    var kept: [Int32] = []
    var faults: [UInt8] = []
    for lane in all.rows.indices {
      let isFault = holds.state(lane) == Vector.fault
      if isFault || holds.state(lane) == Vector.present && holds.flag(lane) {
        kept.append(all.rows[lane])
        faults.append(isFault ? 1 : 0)
      }
    }
    let (matches, stream) = (kept, batch.events)
    return MatchSpace(
      rows: matches, values: nil, faults: faults.contains(1) ? faults : []
    ) { stream.owners(of: matches) }
  }

  /// The matches of a space for which a value is there, with the value.
  static func valued(_ space: MatchSpace, _ value: Int, _ batch: BatchRun) -> MatchSpace {
    let frame = Frame.scanned(space.rows, batch)
    frame.evaluate(batch.context.rowOrders[value] ?? [])
    return filtered(space, frame[value].expanded(to: space.count))
  }

  /// Drops matches whose value is missing; faults stay.
  static func filtered(_ space: MatchSpace, _ values: Vector) -> MatchSpace {
    if values.states.isEmpty {
      return MatchSpace(
        rows: space.rows, values: values, faults: space.faults, isWhole: space.isWhole, offsets: space.offsets
      ) { space.groups }
    }
    var picks: [Int32] = []
    var faults: [UInt8] = []
    for match in 0..<space.count {
      let isFault = values.state(match) == Vector.fault || space.isFault(match)
      if isFault || values.state(match) == Vector.present {
        picks.append(Int32(truncatingIfNeeded: match))
        faults.append(isFault ? 1 : 0)
      }
    }
    let rows = Gather.pick(space.rows, picks)
    return MatchSpace(
      rows: rows, values: values.picked(picks),
      faults: faults.contains(1) ? faults : []
    ) { [picks] in Gather.pick(space.groups, picks) }
  }

  func isFault(_ match: Int) -> Bool { faults.indices.contains(match) && faults[match] != 0 }

  // MARK: Prefix columns

  /// For each match, and the end, how many matches before it are the first of their day in their group.
  func firstOfDay(_ stream: Stream) -> [Int32] {
    if let known = firstOfDayCounts { return known }
    var result: [Int32] = []
    result.reserveCapacity(count + 1)
    let groups = self.groups
    let rows = self.rows
    MatchSpace.countFirsts(rows.span, groups.span, stream.runs.span, into: &result)
    firstOfDayCounts = result
    return result
  }

  private static func countFirsts(
    _ rows: Swift.Span<Int32>, _ groups: Swift.Span<Int32>, _ runs: Swift.Span<Int32>, into result: inout [Int32]
  ) {
    var total: Int32 = 0
    var group: Int32 = -1
    var run: Int32 = -1
    for match in rows.indices {
      result.append(total)
      // Rows of one member and day are of one run.
      let next = runs[Int(rows[match])]
      if groups[match] != group || next != run {
        total &+= 1
        group = groups[match]
        run = next
      }
    }
    result.append(total)
  }

  /// For each match the number of days (weeks) in a row that end with its own, in its group.
  func runLengths(_ unit: PeriodUnit, _ stream: Stream, _ calendar: Calendar) -> [Int32] {
    if let known = runs[unit] { return known }
    let groups = self.groups
    let days = stream.days(of: rows)
    var result: [Int32] = []
    result.reserveCapacity(count)
    var period: Int32 = 0
    var run: Int32 = 0
    for match in 0..<count {
      let current = calendar.period(unit, ofDay: days[match])
      if match == 0 || groups[match] != groups[match &- 1] {
        run = 1
      } else if current == period &+ 1 {
        run &+= 1
      } else if current != period {
        run = 1
      }
      period = current
      result.append(run)
    }
    runs[unit] = result
    return result
  }

  func prefixSums(_ make: () -> PrefixSums) -> PrefixSums {
    if let sums { return sums }
    let made = make()
    sums = made
    return made
  }

  /// For each match, and the end, how many faults lie before it; nil if there is none.
  func faultsBefore() -> [Int32]? {
    if faults.isEmpty { return nil }
    if let faultCounts { return faultCounts }
    var result: [Int32] = [0]
    for fault in faults { result.append((result.last ?? 0) &+ Int32(fault)) }
    faultCounts = result
    return result
  }
}
