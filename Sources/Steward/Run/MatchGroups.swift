// Spaces of a finer subject than the member: the matches that share the values of some keys.

extension MatchSpace {
  /// The same matches ordered by (member, keys, row): the finer subject of `same X`. Matches without a key are left out.
  static func regrouped(_ space: MatchSpace, by keys: GroupKeys) -> MatchSpace {
    let owners = space.groups
    var order: [Int32] = []
    order.reserveCapacity(space.count)
    for match in 0..<space.count where keys.isComplete(match) { order.append(Int32(truncatingIfNeeded: match)) }
    order.sort { left, right in
      let a = Int(left)
      let b = Int(right)
      if owners[a] != owners[b] { return owners[a] < owners[b] }
      let comparison = keys.compare(a, b)
      return comparison == 0 ? a < b : comparison < 0
    }
    var groups: [Int32] = []
    var index = GroupIndex()
    var group: Int32 = -1
    for (place, match) in order.enumerated() {
      let current = Int(match)
      let isNew =
        place == 0 || owners[Int(order[place - 1])] != owners[current]
        || keys.compare(Int(order[place - 1]), current) != 0
      if isNew {
        group += 1
        index.begin(GroupIndex.Key(member: owners[current], values: keys.values(current)), at: place)
      }
      groups.append(group)
    }
    index.end(at: order.count)
    let faults = space.faults.isEmpty ? [] : Gather.pick(space.faults, order)
    return MatchSpace(
      rows: Gather.pick(space.rows, order), values: space.values?.picked(order), faults: faults,
      groupIndex: index
    ) { [groups] in groups }
  }

  /// The rows of a pattern for which what is asked of rows alone holds, grouped by its keys and `same` attributes.
  /// - Missing: nil if what is asked of some row is a fault.
  static func joined(_ key: BatchRun.SpaceKey, _ pairs: PairPlan, _ batch: BatchRun) -> MatchSpace? {
    let kinds = batch.space(BatchRun.SpaceKey(pattern: key.pattern, value: nil, same: [], ignoresCondition: true))
    let frame = Frame.scanned(kinds.rows, batch)
    frame.evaluate(pairs.rowOrder)
    let asked = pairs.conditions.ofRows.map { frame[$0] }
    let columns = pairs.conditions.keys.map { frame[$0.row] }
    if (asked + columns).contains(where: { $0.states.contains(Vector.fault) }) { return nil }
    var space = kinds
    if !asked.isEmpty {
      let rows = kinds.rows.indices.filter { row in
        asked.allSatisfy { $0.state(row) == Vector.present && $0.flag(row) }
      }.map { kinds.rows[$0] }
      let stream = batch.events
      space = MatchSpace(rows: rows, values: nil, faults: []) { stream.owners(of: rows) }
    }
    if let value = key.value { space = MatchSpace.valued(space, value, batch) }
    if columns.isEmpty && key.same.isEmpty { return space }
    let kept = Frame.scanned(space.rows, batch)
    kept.evaluate(pairs.rowOrder)
    let same = key.same.map { batch.values(ofAttribute: $0, at: space.rows) ?? .allMissing(.ints) }
    return regrouped(space, by: GroupKeys(pairs.conditions.keys.map { kept[$0.row] } + same))
  }
}

/// The values of some attributes at some event rows, comparable as keys.
struct GroupKeys {
  private let columns: [Vector]

  /// What is equal as a value is equal as an integer; a list stays one.
  init(_ columns: [Vector]) {
    self.columns = columns.map { column in
      switch column.storage {
      case .flags(let flags):
        Vector(.ints(mapLanes(flags) { Int64($0) }), states: column.states, isUniform: column.isUniform)
      case .numbers(let numbers):
        Vector(
          .ints(mapLanes(numbers) { Int64(bitPattern: ($0 + 0).bitPattern) }), states: column.states,
          isUniform: column.isUniform)
      case .ints, .lists: column
      }
    }
  }

  init(rows: [Int32], attributes: [Int], _ batch: BatchRun) {
    self.init(attributes.map { batch.values(ofAttribute: $0, at: rows) ?? .allMissing(.ints) })
  }

  /// Whether every attribute is there.
  func isComplete(_ lane: Int) -> Bool { columns.allSatisfy { $0.state(lane) == Vector.present } }

  /// The attributes as integers; equal if and only if the values are.
  func values(_ lane: Int) -> [Int64] {
    columns.flatMap { column -> [Int64] in
      switch column.kind {
      case .lists: column.list(lane).map { Int64($0) } + [-1]
      default: [column.int(lane)]
      }
    }
  }

  /// -1, 0 or 1.
  func compare(_ left: Int, _ right: Int) -> Int {
    for column in columns {
      switch column.kind {
      case .ints:
        let (a, b) = (column.int(left), column.int(right))
        if a != b { return a < b ? -1 : 1 }
      default:
        let (a, b) = (values(left), values(right))
        if a != b { return a.lexicographicallyPrecedes(b) ? -1 : 1 }
      }
    }
    return 0
  }
}

/// Where the matches of each (member, attributes) stand in a regrouped space.
struct GroupIndex {
  struct Key: Hashable {
    var member: Int32
    var values: [Int64]
  }
  private var places: [Key: Int] = [:]
  private var starts: [Int] = []

  mutating func begin(_ key: Key, at place: Int) {
    places[key] = starts.count
    starts.append(place)
  }

  mutating func end(at place: Int) { starts.append(place) }

  subscript(key: Key) -> Range<Int>? {
    guard let group = places[key], group + 1 < starts.count else { return nil }
    return starts[group]..<starts[group + 1]
  }
}
