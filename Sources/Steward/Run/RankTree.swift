/// Values that come and go, by rank: how many there are, and which is the k-th. A Fenwick tree over sorted ranks
/// (Fenwick, "A New Data Structure for Cumulative Frequency Tables", 1994).
struct RankTree {
  private var tree: [Int64]
  private let top: Int
  private(set) var count = 0

  init(size: Int) {
    tree = Array(repeating: 0, count: size + 1)
    var top = 1
    while top * 2 <= size { top *= 2 }
    self.top = top
  }

  /// - Cost: logarithmic.
  mutating func add(_ amount: Int, at rank: Int) {
    count += amount
    var place = rank + 1
    while place < tree.count {
      tree[place] += Int64(amount)
      place += place & -place
    }
  }

  /// The rank of the value that so many come before, counting equals each.
  func rank(of order: Int) -> Int {
    var place = 0
    var left = Int64(order)
    var step = top
    while step > 0 {
      let next = place + step
      if next < tree.count, tree[next] <= left {
        place = next
        left -= tree[next]
      }
      step /= 2
    }
    return place
  }
}

/// The values of a series' cells at each check, least to largest, without being listed.
struct RankSweep<Datum: Sendable> {
  private var values: [Datum] = []
  private var changes: [(check: Int32, rank: Int32, count: Int32)] = []

  /// - Parameter isLess: a strict order; what is equal in it is one value.
  init(_ all: [CheckCells.Change<Datum>], by isLess: (Datum, Datum) -> Bool) {
    let order = all.indices.sorted { isLess(all[$0].value, all[$1].value) }
    changes.reserveCapacity(all.count)
    for index in order {
      if values.last.map({ isLess($0, all[index].value) }) ?? true { values.append(all[index].value) }
      changes.append((all[index].check, Int32(truncatingIfNeeded: values.count - 1), all[index].count))
    }
    changes.sort { $0.check < $1.check }
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
