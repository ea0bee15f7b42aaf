/// The series of a round, once all batches have been heard.
///
/// Each is evaluated over all checks of its grid at once, a group after the other, those that it reads first.
struct SettledSeries {
  /// By index in `Plan.series`.
  private(set) var columns: [Int: SeriesColumn] = [:]
  /// Where a series could not be computed, and the first such moment.
  private(set) var faults: [(series: Int, moment: Int64)] = []
  /// Grids whose members are split by what has too many values.
  private(set) var crowded: Set<Int> = []
  private let context: RunContext

  /// - Parameter only: the series to evaluate; nil is all.
  init(_ parts: [GridPart], only: Set<Int>? = nil, _ context: RunContext) {
    self.context = context
    if context.plan.series.isEmpty || only?.isEmpty == true { return }
    let batch = BatchRun(context: context, members: 0..<0)
    var values: [CommunityValues] = []
    for (grid, part) in parts.enumerated() where part.hasTooMany { crowded.insert(grid) }
    for (grid, part) in parts.enumerated() { values.append(CommunityValues(part, grid, batch)) }
    for series in context.seriesInOrder where only?.contains(series) ?? true {
      columns[series] = column(series, values[context.plan.series[series].grid], batch)
      batch.columns = columns
    }
  }

  private mutating func column(_ index: Int, _ values: CommunityValues, _ batch: BatchRun) -> SeriesColumn {
    let series = context.plan.series[index]
    let checks = context.gridChecks[series.grid]
    let order = context.plan.needed(by: [series.node])
    let asked = order.compactMap { node -> Int? in
      if case .communityValue(let value) = context.plan.nodes[node].op { value } else { nil }
    }
    let type = context.plan.seriesTypes[index].value
    var column = SeriesColumn(groups: values.groups, values: [], withheld: [])
    for group in values.groups.indices {
      batch.ownGroup = values.groups[group]
      batch.communityValues = values.vectors[group]
      let frame = Frame(
        batch: batch, members: Array(repeating: 0, count: checks.count), moments: checks.moments, days: checks.days,
        reader: context.reader(series.grid))
      frame.evaluate(order)
      let vector = frame[series.node]
      column.values.append((0..<checks.count).map { vector.value($0, type, batch) })
      let faulty = (0..<checks.count).filter { vector.state($0) == Vector.fault }
      if let first = faulty.first {
        column.faults[group] = Set(faulty)
        faults.append((index, checks.moments[first]))
      }
      let hidden = asked.compactMap { values.withheld[group][$0] }
      if hidden.isEmpty { continue }
      column.withheld.append(
        (0..<checks.count).map { check in
          vector.state(check) == Vector.missing && hidden.contains { $0[check] != 0 } ? 1 : 0
        })
    }
    return column
  }

  /// Those that members read, as the next round takes them to be.
  var ofMembers: [Int: SeriesColumn] { columns.filter { context.seriesOfMembers.contains($0.key) } }

  /// A series for those who look at it check by check.
  func values(of index: Int) -> CheckSeries {
    let grid = context.plan.series[index].grid
    let checks = context.gridChecks[grid]
    guard let column = columns[index] else { return CheckSeries(type: context.plan.seriesTypes[index].value) }
    return CheckSeries(
      type: context.plan.seriesTypes[index].value, moments: checks.moments, days: checks.days, groups: column.groups,
      isSplit: context.plan.grids[grid].split != nil, values: column.values, withheld: column.withheld)
  }
}

/// What a grid's cells say: for each group, and each value that its series are made of, a vector over the checks.
struct CommunityValues {
  var groups: [Value] = []
  /// By group, then by index in `Plan.communityValues`.
  var vectors: [[Vector]] = []
  /// The same: 1 where the value is withheld from few.
  var withheld: [[Int: [UInt8]]] = []

  init(_ part: GridPart, _ grid: Int, _ batch: BatchRun) {
    let context = batch.context
    let planned = context.gridPlans[grid]
    let type =
      context.plan.series.indices.first { context.plan.series[$0].grid == grid }
      .flatMap { context.plan.seriesTypes[$0].split } ?? .text
    let named = part.groups.indices.map { (index: $0, value: CommunityValues.value(part.groups[$0], type, batch)) }
    for (index, value) in named.sorted(by: { CommunityValues.comes($0.value, before: $1.value) }) {
      groups.append(value)
      var vectors = Array(repeating: Vector.allMissing(.ints), count: context.plan.communityValues.count)
      var hidden: [Int: [UInt8]] = [:]
      let present = planned.countsPresent ? CellValues(part.cells[index][planned.width - 1]).seen : []
      for (place, number) in planned.values.enumerated() {
        let cells = CellValues(part.cells[index][place])
        let community = context.plan.communityValues[number]
        vectors[number] = CommunityValues.vector(cells, community, number, grid, batch)
        guard case .members(let function, _, _, let guards) = community, guards != [] else { continue }
        hidden[number] = CommunityValues.withhold(&vectors[number], cells, function, guards, present, context)
      }
      self.vectors.append(vectors)
      withheld.append(hidden)
    }
  }

  private static func vector(
    _ cells: CellValues, _ value: PlanCommunityValue, _ number: Int, _ grid: Int, _ batch: BatchRun
  ) -> Vector {
    let context = batch.context
    switch value {
    case .members(let function, let node, let among, _):
      return cells.vector(function, isAmong: among != nil, isWhole: context.plan.nodes[node].kind == .ints)
    case .events(let index, _):
      let aggregate = context.plan.aggregates[index]
      let kind = aggregate.value.map { context.plan.nodes[$0].kind } ?? .ints
      return cells.vector(
        aggregate, isWhole: kind == .ints, kind: kind, context.spans(aggregate.window, grid), context.gridChecks[grid],
        batch)
    }
  }

  private static func withhold(
    _ vector: inout Vector, _ cells: CellValues, _ function: MemberAggregate.Function,
    _ guards: MemberAggregate.Guards, _ present: [Int64], _ context: RunContext
  ) -> [UInt8] {
    let (seen, held) = (cells.seen, cells.held)
    let least = context.program.schema.privacyGroup
    let hidden = (0..<cells.count).map { check -> UInt8 in
      let isShown = guards.show(
        function, seen: Int(seen[check]), held: Int(held[check]), present: Int(present[check]), least: least)
      return isShown || vector.state(check) == Vector.fault ? 0 : 1
    }
    guard hidden.contains(1) else { return hidden }
    if vector.states.isEmpty { vector.states = Array(repeating: Vector.present, count: cells.count) }
    for check in hidden.indices where hidden[check] != 0 { vector.states[check] = Vector.missing }
    return hidden
  }

  private static func value(_ group: CommunityPart.Scalar?, _ type: Type, _ batch: BatchRun) -> Value {
    switch group {
    case nil: return .missing
    case .text(let bytes): return .text(String(decoding: bytes, as: UTF8.self))
    case .number(let number): return .number(number)
    case .int(let int):
      if type.base == .bool { return .bool(int != 0) }
      return Vector(ints: [int]).value(0, type, batch)
    }
  }

  /// `(none)` comes last.
  private static func comes(_ one: Value, before other: Value) -> Bool {
    if one == .missing { return false }
    return other == .missing || one.isOrdered(before: other)
  }
}
