/// Values that come and go, by rank: how many there are, and which is the k-th.
///
/// Many come and go between two questions, so a change touches one count of each of three levels, and a question looks
/// through at most 256 of each but the highest.
struct RankTree {
  private var each: [Int64]
  /// Of 256 ranks together, and of 65,536.
  private var blocks: [Int64]
  private var areas: [Int64]
  private(set) var count = 0

  init(size: Int) {
    each = Array(repeating: 0, count: size)
    blocks = Array(repeating: 0, count: size >> 8 + 1)
    areas = Array(repeating: 0, count: size >> 16 + 1)
  }

  mutating func add(_ amount: Int, at rank: Int) {
    guard each.indices.contains(rank) else { return }
    count &+= amount
    each[rank] &+= Int64(amount)
    blocks[rank >> 8] &+= Int64(amount)
    areas[rank >> 16] &+= Int64(amount)
  }

  /// The rank of the value that so many come before, counting equals each.
  func rank(of order: Int) -> Int {
    var left = Int64(order)
    var area = 0
    while area < areas.count - 1, areas[area] <= left {
      left &-= areas[area]
      area += 1
    }
    var block = area << 8
    while block < blocks.count - 1, blocks[block] <= left {
      left &-= blocks[block]
      block += 1
    }
    var rank = block << 8
    while rank < each.count, each[rank] <= left {
      left &-= each[rank]
      rank += 1
    }
    return rank
  }
}

/// The values of a series' cells at each check, least to largest, without being listed.
struct RankSweep<Datum: Sendable> {
  private var values: [Datum] = []
  private var changes: [(check: Int32, rank: Int32, count: Int32)] = []

  private init(values: [Datum], changes: [(check: Int32, rank: Int32, count: Int32)]) {
    self.values = values
    self.changes = changes
  }

  /// - Parameter isLess: a strict order; what is equal in it is one value.
  init(_ all: [CheckCells.Change<Datum>], by isLess: (Datum, Datum) -> Bool) {
    let order = all.indices.sorted { isLess(all[$0].value, all[$1].value) }
    changes.reserveCapacity(all.count)
    for index in order {
      if values.last.map({ isLess($0, all[index].value) }) ?? true { values.append(all[index].value) }
      changes.append((all[index].check, Int32(truncatingIfNeeded: values.count - 1), all[index].count))
    }
    changes = RankSweep.byCheck(changes)
  }

  /// In the order of checks, whatever that of equals.
  /// - Cost: linear.
  private static func byCheck(
    _ changes: [(check: Int32, rank: Int32, count: Int32)]
  ) -> [(check: Int32, rank: Int32, count: Int32)] {
    let last = changes.reduce(-1) { max($0, Int($1.check)) }
    var next = [Int](repeating: 0, count: last + 2)
    for change in changes { next[Int(change.check) + 1] += 1 }
    for check in next.indices.dropFirst() { next[check] += next[check - 1] }
    var result = changes
    for change in changes {
      result[next[Int(change.check)]] = change
      next[Int(change.check)] += 1
    }
    return result
  }

  /// Whole numbers: those that lie close together are their own ranks, and need no sorting.
  init(_ all: [CheckCells.Change<Int64>]) where Datum == Int64 {
    let least = all.reduce(Int64.max) { min($0, $1.value) }
    let most = all.reduce(Int64.min) { max($0, $1.value) }
    let (width, overflow) = most.subtractingReportingOverflow(least)
    guard !all.isEmpty, !overflow, width <= 4 * Int64(all.count) + 65_536 else {
      self.init(all, by: <)
      return
    }
    self.init(
      values: Array(least...most),
      changes: RankSweep.byCheck(all.map { ($0.check, Int32(truncatingIfNeeded: $0.value &- least), $0.count) }))
  }

  /// Gives for each check how many values there are, and the one of each rank.
  func forEach(_ checks: Int, _ body: (Int, Int, (Int) -> Datum) -> Void) {
    var tree = RankTree(size: values.count)
    var next = 0
    for check in 0..<checks {
      while next < changes.count, Int(changes[next].check) <= check {
        tree.add(Int(changes[next].count), at: Int(changes[next].rank))
        next += 1
      }
      body(check, tree.count) { values[min(values.count - 1, tree.rank(of: $0))] }
    }
  }
}
