/// A set of points at which expressions are evaluated, a column a node.
///
/// Lanes ascend by (member, moment). Which arrays are filled depends on who asks: the firing event in `on` rules, the
/// scanned row inside patterns, both for pairs of them.
final class Frame {
  let batch: BatchRun
  let count: Int
  /// The member's place in the batch.
  let members: [Int32]
  /// - Unit: microseconds; empty where no node may depend on the moment.
  let moments: [Int64]
  let days: [Int32]
  /// As of when lanes read points, badges and tiers.
  let reader: Reader
  /// The checks that lanes are at, if each member's lanes are at ascending ones.
  let checks: LaneChecks?
  /// Event rows of the batch; empty where there is none.
  let firing: [Int32]
  let scanned: [Int32]

  private var vectors: [Vector?]
  private var boundsByWindow: [Window: RowBounds] = [:]
  /// The first row behind each lane's moment.
  private(set) lazy var visible = RowBounds.visible(batch.events, self)
  private var visibleRanks: [ObjectIdentifier: (space: MatchSpace, ranks: [Int32])] = [:]

  init(
    batch: BatchRun, members: [Int32], moments: [Int64] = [], days: [Int32] = [], firing: [Int32] = [],
    scanned: [Int32] = [], reader: Reader = .end, checks: LaneChecks? = nil
  ) {
    self.batch = batch
    count = members.count
    self.members = members
    self.moments = moments
    self.days = days
    self.firing = firing
    self.scanned = scanned
    self.reader = reader
    self.checks = checks
    vectors = Array(repeating: nil, count: batch.context.plan.nodes.count)
  }

  /// Some of a frame's lanes, nothing evaluated yet.
  func lanes(_ range: Range<Int>) -> Frame {
    Frame(
      batch: batch, members: Array(members[range]), moments: moments.isEmpty ? [] : Array(moments[range]),
      days: days.isEmpty ? [] : Array(days[range]), firing: firing.isEmpty ? [] : Array(firing[range]))
  }

  /// Pairs of points and rows, of which some nodes are known; only nodes above those can be evaluated.
  static func pairs(count: Int, days: [Int32], known: [(node: Int, values: Vector)], _ batch: BatchRun) -> Frame {
    let frame = Frame(batch: batch, members: Array(repeating: 0, count: count), days: days)
    for (node, values) in known { frame.vectors[node] = values }
    return frame
  }

  /// Points at event rows: each is both the moment and the firing event (and what a pattern looks at, if asked).
  static func events(_ rows: [Int32], _ batch: BatchRun, isScanned: Bool = false) -> Frame {
    let stream = batch.events
    return Frame(
      batch: batch, members: stream.owners(of: rows), moments: Gather.pick(stream.times, rows),
      days: stream.days(of: rows), firing: rows, scanned: isScanned ? rows : [],
      reader: .dayBegan)
  }

  /// Event rows looked at by a pattern, at no moment.
  static func scanned(_ rows: [Int32], _ batch: BatchRun) -> Frame {
    Frame(batch: batch, members: batch.events.owners(of: rows), scanned: rows)
  }

  /// Every member of the batch at one moment.
  static func moment(_ moment: Int64, _ batch: BatchRun) -> Frame {
    let day = batch.context.calendar.day(of: moment)
    let members = (0..<batch.members.count).map { Int32(truncatingIfNeeded: $0) }
    return Frame(
      batch: batch, members: members, moments: Array(repeating: moment, count: members.count),
      days: Array(repeating: day, count: members.count))
  }

  /// Evaluates nodes in the order given, children first.
  func evaluate(_ order: [Int]) {
    for index in order where vectors[index] == nil { vectors[index] = compute(index) }
  }

  /// The values of a node that has been evaluated.
  subscript(node: Int) -> Vector { vectors[node] ?? .allMissing(batch.context.plan.nodes[node].kind) }

  /// Gives a node the values that are known of it.
  func set(_ node: Int, _ vector: Vector) { vectors[node] = vector }

  func bounds(_ window: Window) -> RowBounds {
    if let known = boundsByWindow[window] { return known }
    let made = RowBounds(window: window, stream: batch.events, frame: self)
    boundsByWindow[window] = made
    return made
  }

  /// How many matches of a space of the batch lie before each lane's moment, or are of it.
  func visibleRanks(_ space: MatchSpace) -> [Int32] {
    if let known = visibleRanks[ObjectIdentifier(space)] { return known.ranks }
    let made = space.ranks(of: visible, self)
    visibleRanks[ObjectIdentifier(space)] = (space, made)
    return made
  }

  // MARK: Nodes

  private func compute(_ index: Int) -> Vector {
    let node = batch.context.plan.nodes[index]
    let inputs = node.inputs.map { self[$0] }
    if inputs.isEmpty { return leaf(node) }
    let first = inputs[0]
    let second = inputs.count > 1 ? inputs[1] : first
    switch node.op {
    case .negate: return ArithmeticKernels.negate(first)
    case .not: return OperatorKernels.not(first)
    case .and: return OperatorKernels.and(first, second, count)
    case .or: return OperatorKernels.or(first, second, count)
    case .arithmetic(let operation, let form):
      return ArithmeticKernels.apply(operation, form, first, second, count)
    case .compare(let operation): return OperatorKernels.compare(operation, first, second, count)
    case .isMissing: return OperatorKernels.isMissing(first, count)
    case .coalesce: return OperatorKernels.coalesce(first, second, count)
    case .choose: return OperatorKernels.choose(inputs, count)
    case .intToNumber: return ArithmeticKernels.toNumber(first)
    case .function(let function): return ArithmeticKernels.function(function, inputs, count)
    case .referenced(let table, let column): return referenced(first, table, column, node.kind)
    case .previous(let days): return PreviousRun(node.inputs[0], days: days, self).result()
    case .textContains, .listContains, .startsWith, .choiceToText, .template:
      return TextKernels.compute(node.op, inputs, count, batch)
    default: return CalendarKernels.compute(node.op, first, self)
    }
  }

  private func leaf(_ node: PlanNode) -> Vector {
    switch node.op {
    case .flag(let flag): return .uniform(.flags([flag ? 1 : 0]))
    case .int(let int): return .uniform(.ints([int]))
    case .number(let bits): return .uniform(.numbers([Double(bitPattern: bits)]))
    case .text(let index): return .uniform(.ints([Int64(batch.context.textCodes[index])]))
    case .list(let texts):
      return .uniform(
        .lists(offsets: [0, Int32(truncatingIfNeeded: texts.count)], codes: texts.map { batch.context.textCodes[$0] }))
    case .missing(let kind): return .allMissing(kind)
    case .localTime(let day, let micros):
      return .uniform(.ints([batch.context.calendar.instant(day: day, micros: micros)]))
    case .now: return Vector(ints: moments)
    case .subject:
      let first = Int64(batch.members.lowerBound)
      return Vector(ints: mapLanes(members) { first &+ Int64($0) })
    case .column(let column):
      guard batch.context.data.members.columns.indices.contains(column) else { return .allMissing(node.kind) }
      let first = Int32(truncatingIfNeeded: batch.members.lowerBound)
      return Gather.rows(mapLanes(members) { first &+ $0 }, of: batch.context.data.members.columns[column])
    case .attribute(let attribute, let scope): return self.attribute(attribute, scope, node.kind)
    case .eventTime(let scope):
      let times = batch.events.times
      return Vector(ints: rows(scope).map { times[Int($0)] })
    case .eventKind(let scope):
      let kinds = batch.events.kinds
      return Vector(ints: rows(scope).map { Int64(kinds[Int($0)]) })
    case .eventMember(let scope):
      return Vector(ints: batch.doers(at: rows(scope)))
    case .aggregate(let index): return AggregateRun(batch.context.plan.aggregates[index], self).result()
    case .standing(let standing): return batch.book.vector(standing, self)
    case .series(let series, let read, let group): return SeriesReading(series, read, group, self).vector(node.kind)
    case .ownGroup: return batch.vectorOfOwnGroup(node.kind)
    case .during(let phases):
      let calendar = batch.series.phases
      return Vector(flags: mapLanes(days) { calendar.isOn(phases, day: $0) ? 1 : 0 })
    case .communityValue(let index):
      return batch.communityValues.indices.contains(index) ? batch.communityValues[index] : .allMissing(node.kind)
    default: return .allMissing(node.kind)
    }
  }

  /// The column's values at the rows that references point to.
  private func referenced(_ references: Vector, _ table: PlanTable, _ column: Int, _ kind: VectorKind) -> Vector {
    let data = batch.context.data
    let columns = table == .members ? data.members.columns : data.content.columns
    let rowCount = table == .members ? data.members.count : data.content.count
    guard columns.indices.contains(column), rowCount > 0 else { return .allMissing(kind) }
    let lanes = references.expanded(to: count)
    let rows = lanes.ints.map { Int32(truncatingIfNeeded: max(0, min(Int64(rowCount - 1), $0))) }
    var result = Gather.rows(rows, of: columns[column])
    if lanes.states.isEmpty { return result }
    let states = result.states.isEmpty ? [UInt8](repeating: Vector.present, count: count) : result.states
    result.states = (0..<count).map { max(lanes.states[$0], states[$0]) }
    return result
  }

  private func rows(_ scope: TypedExpr.Scope) -> [Int32] { scope == .firing ? firing : scanned }

  private func attribute(_ attribute: Int, _ scope: TypedExpr.Scope, _ kind: VectorKind) -> Vector {
    batch.values(ofAttribute: attribute, at: rows(scope)) ?? .allMissing(kind)
  }
}

/// Which checks the lanes of a frame are at.
struct LaneChecks {
  let all: RunContext.Checks
  let ofLane: [Int32]
}

extension Column {
  /// The numbers at some rows as the file has them. - Missing: nil where their doubles tell as much.
  func written(at rows: [Int32]) -> [Decimal]? {
    guard case .decimals(let data) = storage else { return nil }
    let picked = Gather.pick(data, rows)
    return picked.contains(where: \.isUntoldByDouble) ? picked : nil
  }
}

/// Columns of tables, gathered at rows.
enum Gather {
  static func rows(_ rows: [Int32], of column: Column) -> Vector {
    let states = column.missing.isEmpty ? [] : pick(column.missing, rows)
    let kept = states.contains(1) ? states : []
    switch column.storage {
    case .flags(let values): return Vector(flags: pick(values, rows), states: kept)
    case .ints(let values): return Vector(ints: pick(values, rows), states: kept)
    case .codes(let values): return Vector(ints: mapLanes(pick(values, rows)) { Int64($0) }, states: kept)
    case .scaled(let values, let scale):
      let divisor = PowersOfTen.doubles[min(scale, PowersOfTen.doubles.count - 1)]
      let picked = pick(values, rows)
      if scale == 0 { return Vector(numbers: mapLanes(picked) { Double($0) }, states: kept) }
      let limit: Int64 = 1 << 53
      if picked.allSatisfy({ $0 <= limit && $0 >= 0 - limit }) {
        return Vector(numbers: mapLanes(picked) { Double($0) / divisor }, states: kept)
      }
      return Vector(
        numbers: picked.map { Decimal.decimal(digits: $0, scale: Int16(clamping: scale)).value }, states: kept)
    case .decimals(let values): return Vector(numbers: rows.map { values[Int($0)].value }, states: kept)
    case .lists(let offsets, let codes):
      var newOffsets: [Int32] = [0]
      var newCodes: [Int32] = []
      for row in rows {
        newCodes.append(contentsOf: codes[Int(offsets[Int(row)])..<Int(offsets[Int(row) + 1])])
        newOffsets.append(Int32(truncatingIfNeeded: newCodes.count))
      }
      return Vector(.lists(offsets: newOffsets, codes: newCodes), states: kept)
    }
  }

  static func pick<T>(_ values: [T], _ rows: [Int32]) -> [T] {
    let source = values.span
    return mapLanes(rows) { source[Int($0)] }
  }
}
