import Algorithms

/// One aggregate about events at the lanes of a frame: finds each lane's stretch of matches, then gathers.
struct AggregateRun {
  let aggregate: PlanAggregate
  let frame: Frame
  private let batch: BatchRun
  private let stream: Stream

  init(_ aggregate: PlanAggregate, _ frame: Frame) {
    self.aggregate = aggregate
    self.frame = frame
    batch = frame.batch
    stream = frame.batch.events
  }

  /// Each lane's matches: ranks [low, high) of a space.
  struct Stretches {
    var space: MatchSpace
    var low: [Int32]
    var high: [Int32]
  }

  func result() -> Vector {
    guard aggregate.isCorrelated else { return value(of: plainStretches()) }
    var parts: [Vector] = []
    var counts: [Int] = []
    forEachStretches { run, stretches in
      parts.append(run.value(of: stretches))
      counts.append(run.frame.count)
    }
    return Vector.joined(parts, counts: counts)
  }

  /// Gives the stretches of all lanes: at once, or where each lane has matches of its own, some lanes after the others.
  func forEachStretches(_ body: (AggregateRun, Stretches) -> Void) {
    if aggregate.isCorrelated {
      CorrelatedMatches(aggregate, frame).forEachChunk { body(AggregateRun(aggregate, $0), $1) }
    } else {
      body(self, plainStretches())
    }
  }

  private func value(of stretches: Stretches) -> Vector {
    var vector = gather(stretches)
    if let faults = stretches.space.faultsBefore() {
      var states = vector.states.isEmpty ? [UInt8](repeating: 0, count: frame.count) : vector.states
      for lane in 0..<frame.count where faults[Int(stretches.high[lane])] > faults[Int(stretches.low[lane])] {
        states[lane] = Vector.fault
      }
      vector.states = states
    }
    return vector
  }

  private func plainStretches() -> Stretches {
    let key = BatchRun.SpaceKey(pattern: aggregate.pattern, value: aggregate.value, same: aggregate.same)
    let space = batch.space(key)
    if let checks = frame.checks, aggregate.same.isEmpty {
      let spans = batch.context.spans(aggregate.window, checks.all)
      if spans.goesByDay { return Stretches(space, space.runs(batch, checks.all), spans, frame, checks.ofLane) }
    }
    let bounds = frame.bounds(aggregate.window)
    let keys = aggregate.same.map { batch.values(ofAttribute: $0, at: frame.firing) ?? .allMissing(.ints) }
    return Stretches(space, bounds, keys, frame)
  }

  // MARK: Gathers

  private func gather(_ stretches: Stretches) -> Vector {
    switch aggregate.function {
    case .count:
      return Vector(ints: zip(stretches) { Int64($1 &- $0) })
    case .any:
      return Vector(flags: zip(stretches) { $1 > $0 ? 1 : 0 })
    case .days: return days(stretches)
    case .first:
      return optional(stretches) { low, _ in self.stream.times[Int(stretches.space.rows[Int(low)])] }
    case .last:
      return optional(stretches) { _, high in self.stream.times[Int(stretches.space.rows[Int(high) - 1])] }
    case .streak(let unit, nil): return streak(unit, stretches)
    case .streak(let unit, let forgiveness?): return streak(unit, forgiveness, stretches)
    case .sum, .avg: return sums(stretches)
    case .lastValue:
      guard let values = stretches.space.values else { return .allMissing(.ints) }
      let picks = zip(stretches) { $1 > $0 ? $1 &- 1 : 0 }
      return masked(values.isEmptyVector ? nil : values.picked(picks), stretches, values.kind)
    case .min: return OrderedAggregates.extreme(stretches, takesLess: true)
    case .max: return OrderedAggregates.extreme(stretches, takesLess: false)
    case .median: return OrderedAggregates.quantile(0.5, stretches, written: written(stretches.space))
    case .quantile(let rank): return OrderedAggregates.quantile(rank, stretches, written: written(stretches.space))
    case .distinct: return OrderedAggregates.distinct(stretches)
    }
  }

  @inline(__always)
  private func zip<Output>(_ stretches: Stretches, _ body: (Int32, Int32) -> Output) -> [Output] {
    mapLanes(stretches.low, false, stretches.high, false, frame.count, body)
  }

  private func optional(_ stretches: Stretches, _ body: (Int32, Int32) -> Int64) -> Vector {
    var values: [Int64] = []
    var states: [UInt8] = []
    values.reserveCapacity(frame.count)
    var isComplete = true
    for lane in 0..<frame.count {
      let (low, high) = (stretches.low[lane], stretches.high[lane])
      values.append(high > low ? body(low, high) : 0)
      states.append(high > low ? Vector.present : Vector.missing)
      isComplete = isComplete && high > low
    }
    return Vector(ints: values, states: isComplete ? [] : states)
  }

  /// The values, missing where a stretch is empty.
  private func masked(_ values: Vector?, _ stretches: Stretches, _ kind: VectorKind) -> Vector {
    guard var values else { return .allMissing(kind) }
    let states = zip(stretches) { $1 > $0 ? Vector.present : Vector.missing }
    values.states = states.contains(Vector.missing) ? states : []
    return values
  }

  private func days(_ stretches: Stretches) -> Vector {
    let space = stretches.space
    if space.isWhole {
      let runs = stream.runs.span
      return Vector(
        ints: zip(stretches) { low, high in
          high > low ? Int64(runs[Int(high) &- 1] &- runs[Int(low)]) &+ 1 : 0
        })
    }
    let firsts = space.firstOfDay(stream)
    let counts = firsts.span
    return Vector(
      ints: zip(stretches) { low, high in
        if high <= low { return 0 }
        // Where the window begins behind the first match of a day, that day is not among the counted firsts.
        let isCut = counts[Int(low) &+ 1] == counts[Int(low)]
        return Int64(counts[Int(high)] &- counts[Int(low)]) &+ (isCut ? 1 : 0)
      })
  }

  private func streak(_ unit: PeriodUnit, _ stretches: Stretches) -> Vector {
    let calendar = batch.context.calendar
    let space = stretches.space
    let runs = space.runLengths(unit, stream, calendar)
    var values: [Int64] = []
    values.reserveCapacity(frame.count)
    var knownDay = Int32.min
    var dayEnd: Int64 = 0
    var isLastDay = false
    for lane in 0..<frame.count {
      let (low, high) = (stretches.low[lane], stretches.high[lane])
      if high <= low {
        values.append(0)
        continue
      }
      let day = frame.days[lane]
      if day != knownDay {
        knownDay = day
        dayEnd = calendar.end(ofDay: day)
        isLastDay = unit == .day || calendar.lastDay(unit, calendar.period(unit, ofDay: day)) == day
      }
      let isOver = isLastDay && frame.moments[lane] >= dayEnd
      let match = Int(high) - 1
      let lastDay = stream.day(of: Int(space.rows[match]))
      let last = calendar.period(unit, ofDay: lastDay)
      let current = calendar.period(unit, ofDay: day)
      let counts = last == current || (!isOver && last == current &- 1)
      values.append(counts ? Int64(runs[match]) : 0)
    }
    return Vector(ints: values)
  }

  private func sums(_ stretches: Stretches) -> Vector {
    let space = stretches.space
    let isInt = space.values?.kind == .ints
    let prefix = space.prefixSums(aggregate, batch)
    if aggregate.function == .avg {
      var values: [Double] = []
      var states: [UInt8] = []
      for lane in 0..<frame.count {
        let (low, high) = (Int(stretches.low[lane]), Int(stretches.high[lane]))
        values.append(high > low ? prefix.number(low, high, dividedBy: high - low) : 0)
        states.append(high > low ? Vector.present : Vector.missing)
      }
      return OperatorKernels.finite(values, states.contains(Vector.missing) ? states : [], false)
    }
    if !isInt {
      let values: [Double]
      if case .narrow(let totals, let scale) = prefix, scale <= 22 {
        values = narrowSums(totals, scale, stretches)
      } else {
        values = zip(stretches) { prefix.number(Int($0), Int($1)) }
      }
      return OperatorKernels.finite(values, [], false)
    }
    if case .narrow(let totals, _) = prefix {
      let totals = totals.span
      return Vector(ints: zip(stretches) { totals[Int($1)] &- totals[Int($0)] })
    }
    var states: [UInt8] = []
    let values = zip(stretches) { low, high -> Int64 in
      let sum = prefix.int(Int(low), Int(high))
      states.append(sum == nil ? Vector.fault : Vector.present)
      return sum ?? 0
    }
    return Vector(ints: values, states: states)
  }

  private func narrowSums(_ totals: [Int64], _ scale: Int, _ stretches: Stretches) -> [Double] {
    let totals = totals.span
    let divisor = PowersOfTen.doubles[scale]
    let limit: UInt64 = 1 << 53
    return zip(stretches) { low, high in
      let sum = totals[Int(high)] &- totals[Int(low)]
      return sum.magnitude <= limit ? Double(sum) / divisor : rounded(scaledSum: sum, scale: scale)
    }
  }

  /// Whether the value is a number attribute as it stands, whose sums add the decimals written.
  var readsPlainNumber: Bool {
    guard let value = aggregate.value, case .attribute = batch.context.plan.nodes[value].op else { return false }
    return batch.context.plan.nodes[value].kind == .numbers
  }

  /// The numbers of a plain attribute as the file has them. - Missing: nil where their doubles tell as much.
  func written(_ space: MatchSpace) -> [Decimal]? {
    guard let value = aggregate.value, case .attribute(let attribute, .scanned) = batch.context.plan.nodes[value].op,
      let column = batch.column(ofAttribute: attribute)?.column
    else { return nil }
    return column.written(at: Gather.pick(batch.rows(ofAttribute: attribute), space.rows))
  }
}

extension MatchSpace {
  /// Sums of a plain number attribute add the decimals as written, others what was computed.
  func prefixSums(_ aggregate: PlanAggregate, _ batch: BatchRun) -> PrefixSums {
    prefixSums {
      guard let value = aggregate.value else { return .narrow([0], scale: 0) }
      if case .attribute(let attribute, .scanned) = batch.context.plan.nodes[value].op,
        let column = batch.column(ofAttribute: attribute)
      {
        let columnRows = Gather.pick(batch.rows(ofAttribute: attribute), rows)
        switch column.column.storage {
        case .scaled(let digits, let scale): return PrefixSums.scaled(Gather.pick(digits, columnRows), scale: scale)
        case .decimals(let data): return .data(Gather.pick(data, columnRows))
        default: break
        }
      }
      guard let values else { return .narrow([0], scale: 0) }
      return PrefixSums(values)
    }
  }
}

extension Vector {
  /// Whether there is no entry at all to pick from.
  var isEmptyVector: Bool {
    switch storage {
    case .flags(let values): values.isEmpty
    case .ints(let values): values.isEmpty
    case .numbers(let values): values.isEmpty
    case .lists(let offsets, _): offsets.count <= 1
    }
  }
}

extension AggregateRun.Stretches {
  /// The stretch of each lane: of its member's matches, or in a regrouped space of its group of the keys.
  init(_ space: MatchSpace, _ bounds: RowBounds, _ keys: [Vector], _ frame: Frame) {
    guard let index = space.groupIndex else {
      let high = bounds.endsWithMoment ? frame.visibleRanks(space) : space.ranks(of: bounds.high, frame)
      self.init(space: space, low: space.ranks(of: bounds.low, frame), high: high)
      return
    }
    self.init(
      space: space, low: Array(repeating: 0, count: frame.count), high: Array(repeating: 0, count: frame.count))
    let keys = GroupKeys(keys)
    for lane in 0..<frame.count where keys.isComplete(lane) {
      guard let group = index[GroupIndex.Key(member: frame.members[lane], values: keys.values(lane))] else { continue }
      low[lane] = AggregateRun.Stretches.lowerBound(space.rows, group, bounds.low[lane])
      high[lane] = max(low[lane], AggregateRun.Stretches.lowerBound(space.rows, group, bounds.high[lane]))
    }
  }

  private static func lowerBound(_ rows: [Int32], _ range: Range<Int>, _ row: Int32) -> Int32 {
    Int32(truncatingIfNeeded: rows[range].partitioningIndex { $0 >= row })
  }
}
