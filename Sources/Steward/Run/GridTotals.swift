import Synchronization

/// What all batches of a round together know of the series, by grid.
///
/// Parts merge in any order to the same whole. So a batch goes on with a part that no other batch is at, and there are as
/// many as batches run at once.
final class GridTotals: Sendable {
  private let parts: Mutex<[[GridPart]]>
  private let context: RunContext

  init(_ context: RunContext) {
    self.context = context
    parts = Mutex(context.gridPlans.map { _ in [] })
  }

  /// A part to go on with.
  func take(_ grid: Int) -> GridPart { parts.withLock { $0[grid].popLast() } ?? part(grid) }

  func give(_ part: GridPart, to grid: Int) { parts.withLock { $0[grid].append(part) } }

  /// Everything, a part a grid.
  var all: [GridPart] {
    let found = parts.withLock { $0 }
    return found.indices.map { grid in
      var whole = found[grid].first ?? part(grid)
      for part in found[grid].dropFirst() { whole.merge(part) }
      return whole
    }
  }

  private func part(_ grid: Int) -> GridPart {
    var part = GridPart(count: context.gridChecks[grid].count, width: context.gridPlans[grid].width)
    // Without a split there is one group, even of nobody.
    if context.plan.grids[grid].split == nil { _ = part.place(nil) }
    for group in context.groupsRead(of: grid) { _ = part.place(group) }
    return part
  }
}

extension RunContext {
  /// Groups that are read by name: they are there, even if nobody is in them.
  fileprivate func groupsRead(of grid: Int) -> [CommunityPart.Scalar?] {
    var scope = texts
    var result: [CommunityPart.Scalar?] = []
    for node in plan.nodes {
      guard case .series(let series, _, .only(let group)) = node.op, plan.series[series].grid == grid else { continue }
      switch group {
      case .missing: result.append(nil)
      case .text(let text): result.append(.int(Int64(scope.intern(text))))
      case .bool(let flag): result.append(.int(flag ? 1 : 0))
      case .int(let int), .duration(let int), .time(let int): result.append(.int(int))
      case .date(let day), .period(_, let day): result.append(.int(Int64(day)))
      case .choice(let place), .tier(let place), .member(let place), .item(let place): result.append(.int(Int64(place)))
      case .number, .list: break
      }
    }
    return result
  }
}

extension GridPlan {
  /// How many cells a group has: one for each value, and one for those present.
  var width: Int { values.count + (countsPresent ? 1 : 0) }
}
