import Testing

@testable import Steward

/// Values that come and go, by rank.
@Suite struct RankTreeTests {
  @Test func ranks() {
    var tree = RankTree(size: 5)
    for (rank, count) in [(0, 2), (3, 1), (4, 1)] { tree.add(count, at: rank) }
    #expect((0..<4).map { tree.rank(of: $0) } == [0, 0, 3, 4])
    tree.add(-2, at: 0)
    tree.add(1, at: 1)
    #expect((0..<3).map { tree.rank(of: $0) } == [1, 3, 4])
    #expect(tree.count == 3)
  }

  @Test func sweep() {
    func change(_ check: Int32, _ count: Int32, _ value: Int64) -> CheckCells.Change<Int64> {
      CheckCells.Change(check: check, count: count, value: value)
    }
    let sweep = RankSweep([change(0, 1, 7), change(2, -1, 7), change(1, 1, 3), change(1, 1, 7)], by: <)
    var found: [[Int64]] = []
    sweep.forEach(3) { _, count, value in found.append((0..<count).map(value)) }
    #expect(found == [[7], [3, 7, 7], [3, 7]])
  }
}
