import Synchronization

/// What all batches of a round together know of the series, by grid.
///
/// Batches add as they finish: parts merge in any order to the same whole, and none of them is kept.
final class GridTotals: Sendable {
  private let parts: Mutex<[GridPart]>

  init(_ context: RunContext) {
    parts = Mutex(
      context.gridPlans.indices.map { grid in
        var part = GridPart(count: context.gridChecks[grid].count, width: context.gridPlans[grid].width)
        // Without a split there is one group, even of nobody.
        if context.plan.grids[grid].split == nil { _ = part.place(nil) }
        return part
      })
  }

  func add(_ part: GridPart, to grid: Int) { parts.withLock { $0[grid].merge(part) } }

  var all: [GridPart] { parts.withLock { $0 } }
}

extension GridPlan {
  /// How many cells a group has: one for each value, and one for those present.
  var width: Int { values.count + (countsPresent ? 1 : 0) }
}
