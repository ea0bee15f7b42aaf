// What is asked of the community at checks: a metric's value, an alert's condition, a goal's measure, a phase's end.
//
// A series is a node about the community on a grid: its checks, and what members are split by. All series of a grid are fed
// together, once a batch; a series may read others (`SeriesRead`), never itself.

/// When the series of a grid are asked.
enum GridRhythm: Hashable, Sendable {
  case checks(CheckRhythm)
  /// Once, so many calendar days before the as-of at the same local time.
  case beforeEnd(days: Int32)
}

/// The checks of some series, and what members are split by there.
struct PlanGrid: Hashable, Sendable {
  var rhythm: GridRhythm
  /// A node about a member. - Missing: nil, everybody together.
  var split: Int?
}

/// An expression about the community at each check of a grid.
struct PlanSeries: Hashable, Sendable {
  /// Index in `Plan.grids`.
  var grid: Int
  var node: Int
}

/// What is read of a series at a moment.
enum SeriesRead: Hashable, Sendable {
  /// Its value at the last check up to so many calendar days earlier at the same local time.
  case held(daysEarlier: Int32)
  /// The average of its values at the checks of so many calendar days up to the moment.
  case average(days: Int32)
}

extension Plan {
  /// The types of series and of what they are split by, by index.
  struct SeriesTypes: Sendable {
    var value: Type
    var split: Type?
  }

  /// The series that nodes under some roots read.
  func seriesRead(by roots: [Int]) -> Set<Int> {
    var result: Set<Int> = []
    for index in needed(by: roots) { if case .series(let series, _, _) = nodes[index].op { result.insert(series) } }
    return result
  }
}

extension Plan {
  /// Series that something about members or items reads: rules, facts, and what members are asked for other series.
  var seriesReadByMembers: Set<Int> {
    let rules = incentives.filter(\.isWanted).flatMap(\.roots) + ladders.filter(\.isWanted).flatMap(\.roots)
    let values = communityValues.flatMap { value -> [Int] in
      switch value {
      case .members: value.nodes
      case .events: []
      }
    }
    let watched = alerts.flatMap { $0.roots + $0.lateRoots }
    return seriesRead(by: rules + values + watched + (facts + itemFacts).map(\.node) + grids.compactMap(\.split))
  }
}

/// What is asked of members and of events for the series of one grid.
struct GridPlan: Sendable {
  /// Indices in `Plan.communityValues`, ascending.
  var values: [Int] = []
  /// By place in `values`: the nodes about members to evaluate, the split's included, children first.
  var orders: [[Int]] = []
  var splitOrder: [Int] = []
  /// Whether some value is withheld from few, so that those present have to be counted.
  var countsPresent = false

  init(_ grid: Int, _ plan: Plan) {
    let roots = plan.series.filter { $0.grid == grid }.map(\.node)
    var found: Set<Int> = []
    for node in plan.needed(by: roots) {
      if case .communityValue(let index) = plan.nodes[node].op { found.insert(index) }
    }
    values = found.sorted()
    let split = plan.grids[grid].split.map { [$0] } ?? []
    splitOrder = plan.needed(by: split)
    orders = values.map { plan.needed(by: plan.communityValues[$0].nodes + split) }
    countsPresent = values.contains { index in
      if case .members(_, _, _, let guards) = plan.communityValues[index] { guards != [] } else { false }
    }
  }
}

extension Plan {
  /// Whether phases decide what some rule does.
  var phasesGateRules: Bool { nodes.contains { if case .during = $0.op { true } else { false } } }

  /// Of the series that members read or phases that gate rules end by, and of those that these read, the ones that no award, tier or other series decides:
  /// they are known before anything else is.
  var earlySeries: Set<Int> {
    var asked = seriesReadByMembers
    if phasesGateRules { asked.formUnion(phases.flatMap { $0 ?? [] }.compactMap(\.self)) }
    var stack = Array(asked)
    while let next = stack.popLast() {
      for other in seriesRead(by: [series[next].node]) where asked.insert(other).inserted { stack.append(other) }
    }
    var early: Set<Int> = []
    for index in seriesInOrder where asked.contains(index) {
      let one = series[index]
      let values = needed(by: [one.node]).flatMap { node -> [Int] in
        if case .communityValue(let value) = nodes[node].op { communityValues[value].nodes } else { [] }
      }
      let ofMembers = needed(by: values + [grids[one.grid].split].compactMap(\.self))
      let isFree = ofMembers.allSatisfy { node in
        if case .series = nodes[node].op { return false }
        return !dependence[node].contains(.standing)
      }
      if isFree, seriesRead(by: [one.node]).isSubset(of: early) { early.insert(index) }
    }
    return early
  }
}

extension Plan {
  /// Series such that each comes after those that it reads; the checker lets no cycle through.
  var seriesInOrder: [Int] {
    var result: [Int] = []
    var isDone = [Bool](repeating: false, count: series.count)
    for root in series.indices {
      var stack = [(series: root, isOpen: false)]
      while let top = stack.popLast() {
        if isDone[top.series] { continue }
        if top.isOpen {
          isDone[top.series] = true
          result.append(top.series)
          continue
        }
        stack.append((top.series, true))
        for other in seriesRead(by: [series[top.series].node]).sorted() where !isDone[other] {
          stack.append((other, false))
        }
      }
    }
    return result
  }
}
