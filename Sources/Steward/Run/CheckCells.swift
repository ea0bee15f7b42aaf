/// What one batch knows of a value about the community at every check, as differences: a member's value, or a row, that
/// counts from one check up to another adds where it comes and takes away where it goes.
///
/// Sums of integers and exact sums are the same in any order, and so are the values kept for extremes and quantiles, so
/// that parts merge in any grouping to the same whole.
struct CheckCells: Sendable {
  struct Change<Datum: Sendable>: Sendable {
    var check: Int32
    var count: Int32
    var value: Datum
  }

  /// The latest or earliest row of a check, with its value.
  struct Moment: Sendable {
    var at: Int64
    var value: CommunityPart.Scalar
    /// Of rows at one instant that of the later batch counts, and in a batch the later row.
    var batch: Int32
    var row: Int32
  }

  let count: Int
  /// Members or rows looked at, and those for which the bool holds; one more than checks.
  var seen: [Int64] = []
  var held: [Int64] = []
  var faults: [Int64] = []
  var intSums: [Int128] = []
  var sums: [ExactSum] = []
  var ints: [Change<Int64>] = []
  var numbers: [Change<Double>] = []
  var untold: [Change<Decimal>] = []
  /// For each value one bit a check: whether a row has it there.
  var bits: [CommunityPart.Scalar: [UInt64]] = [:]
  /// By the check at which rows come: the latest of them. By that at which they go: the earliest.
  var latest: [Moment?] = []
  var earliest: [Int64?] = []
  /// The same of rows that count for some checks of their window alone: a binary tree over the checks, whose leaves begin
  /// at `count`, and where what a node holds goes for all checks under it.
  var latestAt: [Moment?] = []
  var earliestAt: [Int64?] = []

  init(count: Int) { self.count = count }

  private mutating func open(_ cells: WritableKeyPath<CheckCells, [Int64]>) {
    if self[keyPath: cells].isEmpty { self[keyPath: cells] = Array(repeating: 0, count: count + 1) }
  }

  mutating func openCounts(held isAsked: Bool) {
    open(\.seen)
    if isAsked { open(\.held) }
  }

  @inline(__always)
  mutating func see(_ from: Int, _ until: Int) {
    seen[from] &+= 1
    seen[until] &-= 1
  }

  mutating func fail(_ from: Int, _ until: Int) {
    open(\.faults)
    faults[from] &+= 1
    faults[until] &-= 1
  }

  mutating func addSum(_ value: Int64, _ from: Int, _ until: Int) {
    if intSums.isEmpty { intSums = Array(repeating: 0, count: count + 1) }
    intSums[from] += Int128(value)
    intSums[until] -= Int128(value)
  }

  mutating func addSum(_ value: Double, isDecimal: Bool, written: Decimal?, _ from: Int, _ until: Int) {
    if sums.isEmpty { sums = Array(repeating: ExactSum(), count: count + 1) }
    if let written, written.isUntoldByDouble {
      sums[from].add(written)
      sums[until].subtract(written)
    } else if isDecimal {
      sums[from].add(Decimal(standingFor: value))
      sums[until].subtract(Decimal(standingFor: value))
    } else {
      sums[from].add(value)
      sums[until].subtract(value)
    }
  }

  /// Decimals at one scale.
  mutating func addSum(digits: Int64, scale: Int, _ from: Int, _ until: Int) {
    if sums.isEmpty { sums = Array(repeating: ExactSum(), count: count + 1) }
    sums[from].add(scaledSum: Int128(digits), scale: scale)
    sums[until].add(scaledSum: -Int128(digits), scale: scale)
  }

  mutating func keep(_ value: Int64, _ from: Int, _ until: Int) {
    ints.append(Change(check: Int32(truncatingIfNeeded: from), count: 1, value: value))
    if until < count { ints.append(Change(check: Int32(truncatingIfNeeded: until), count: -1, value: value)) }
  }

  mutating func keep(_ value: Double, written: Decimal?, _ from: Int, _ until: Int) {
    let (from, end) = (Int32(truncatingIfNeeded: from), Int32(truncatingIfNeeded: until))
    if let written, written.isUntoldByDouble {
      untold.append(Change(check: from, count: 1, value: written))
      if until < count { untold.append(Change(check: end, count: -1, value: written)) }
    } else {
      numbers.append(Change(check: from, count: 1, value: value))
      if until < count { numbers.append(Change(check: end, count: -1, value: value)) }
    }
  }

  mutating func mark(_ value: CommunityPart.Scalar, _ from: Int, _ until: Int) {
    let words = (count + 63) / 64
    var own = bits[value] ?? Array(repeating: 0, count: words)
    var check = from
    while check < until {
      let (word, bit) = (check >> 6, check & 63)
      let length = min(64 - bit, until - check)
      let ones: UInt64 = length == 64 ? .max : (1 << UInt64(length)) - 1
      own[word] |= ones << UInt64(bit)
      check += length
    }
    bits[value] = own
  }

  /// - Parameter isPartial: the checks are not all those of the row's window.
  /// - Cost: the logarithm of the checks if it is partial.
  mutating func addMoment(_ moment: Moment, _ from: Int, _ until: Int, isPartial: Bool) {
    if isPartial {
      if latestAt.isEmpty { latestAt = Array(repeating: nil, count: 2 * count) }
      if earliestAt.isEmpty { earliestAt = Array(repeating: nil, count: 2 * count) }
      var (low, high) = (from + count, min(until, count) + count)
      while low < high {
        if low & 1 == 1 {
          addMoment(moment, at: low)
          low += 1
        }
        if high & 1 == 1 {
          high -= 1
          addMoment(moment, at: high)
        }
        low >>= 1
        high >>= 1
      }
      return
    }
    if latest.isEmpty { latest = Array(repeating: nil, count: count + 1) }
    if earliest.isEmpty { earliest = Array(repeating: nil, count: count + 1) }
    latest[from] = CheckCells.later(latest[from], moment)
    earliest[until] = min(earliest[until] ?? moment.at, moment.at)
  }

  private mutating func addMoment(_ moment: Moment, at node: Int) {
    latestAt[node] = CheckCells.later(latestAt[node], moment)
    earliestAt[node] = min(earliestAt[node] ?? moment.at, moment.at)
  }

  /// The latest and the earliest of the rows that count for some checks of their window, this one among them.
  func partialMoments(at check: Int) -> (latest: Moment?, earliest: Int64?) {
    var result: (latest: Moment?, earliest: Int64?)
    if latestAt.isEmpty { return result }
    var node = check + count
    while node > 0 {
      result.latest = CheckCells.later(result.latest, latestAt[node])
      if let earliest = earliestAt[node] { result.earliest = min(result.earliest ?? earliest, earliest) }
      node >>= 1
    }
    return result
  }

  static func later(_ one: Moment?, _ other: Moment?) -> Moment? {
    guard let one else { return other }
    guard let other else { return one }
    return (one.at, one.batch, one.row) > (other.at, other.batch, other.row) ? one : other
  }

  // MARK: Merging

  mutating func merge(_ other: CheckCells) {
    CheckCells.add(&seen, other.seen)
    CheckCells.add(&held, other.held)
    CheckCells.add(&faults, other.faults)
    if intSums.isEmpty {
      intSums = other.intSums
    } else {
      for check in other.intSums.indices { intSums[check] += other.intSums[check] }
    }
    if sums.isEmpty {
      sums = other.sums
    } else {
      for check in other.sums.indices { sums[check].merge(other.sums[check]) }
    }
    ints += other.ints
    numbers += other.numbers
    untold += other.untold
    for (value, theirs) in other.bits {
      if var own = bits[value] {
        for word in theirs.indices { own[word] |= theirs[word] }
        bits[value] = own
      } else {
        bits[value] = theirs
      }
    }
    CheckCells.merge(&latest, other.latest, CheckCells.later)
    CheckCells.merge(&latestAt, other.latestAt, CheckCells.later)
    CheckCells.merge(&earliest, other.earliest) { one, other in [one, other].compactMap(\.self).min() }
    CheckCells.merge(&earliestAt, other.earliestAt) { one, other in [one, other].compactMap(\.self).min() }
  }

  private static func add(_ cells: inout [Int64], _ other: [Int64]) {
    if cells.isEmpty {
      cells = other
    } else {
      for check in other.indices { cells[check] &+= other[check] }
    }
  }

  private static func merge<Cell>(_ cells: inout [Cell], _ other: [Cell], _ body: (Cell, Cell) -> Cell) {
    if cells.isEmpty {
      cells = other
    } else {
      for check in other.indices { cells[check] = body(cells[check], other[check]) }
    }
  }
}

/// What one batch knows of the series of a grid.
struct GridPart: Sendable {
  /// By group, then by place in `GridPlan.values`, and last those present, where they are counted.
  var cells: [[CheckCells]] = []
  /// - Missing: nil is the group `(none)`, and that of a grid without a split.
  var groups: [CommunityPart.Scalar?] = []
  /// What members are split by has more values than a series has groups: the run ends with an error.
  private(set) var hasTooMany = false
  static let mostGroups = 2000
  private var places: [CommunityPart.Scalar?: Int] = [:]
  private let count: Int
  private let width: Int

  init(count: Int, width: Int) {
    self.count = count
    self.width = width
  }

  mutating func place(_ group: CommunityPart.Scalar?) -> Int {
    if let known = places[group] { return known }
    if groups.count == GridPart.mostGroups {
      hasTooMany = true
      return 0
    }
    places[group] = groups.count
    groups.append(group)
    cells.append(Array(repeating: CheckCells(count: count), count: width))
    return groups.count - 1
  }

  mutating func merge(_ other: GridPart) {
    hasTooMany = hasTooMany || other.hasTooMany
    for (index, group) in other.groups.enumerated() {
      let own = place(group)
      for place in other.cells[index].indices { cells[own][place].merge(other.cells[index][place]) }
    }
  }
}
