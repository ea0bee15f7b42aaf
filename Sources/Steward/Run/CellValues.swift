/// What cells say at each check, once those of all batches are together.
struct CellValues {
  let cells: CheckCells
  let count: Int

  init(_ cells: CheckCells) {
    self.cells = cells
    count = cells.count
  }

  /// The running totals of differences.
  private func running(_ cells: [Int64]) -> [Int64] {
    if cells.isEmpty { return Array(repeating: 0, count: count) }
    var total: Int64 = 0
    return (0..<count).map { check in
      total &+= cells[check]
      return total
    }
  }

  var seen: [Int64] { running(cells.seen) }
  var held: [Int64] { running(cells.held) }

  private func withFaults(_ vector: Vector) -> Vector {
    if cells.faults.isEmpty { return vector }
    let faults = running(cells.faults)
    if faults.allSatisfy({ $0 == 0 }) { return vector }
    var vector = vector
    var states = vector.states.isEmpty ? [UInt8](repeating: Vector.present, count: count) : vector.states
    for check in 0..<count where faults[check] != 0 { states[check] = Vector.fault }
    vector.states = states
    return vector
  }

  func vector(_ function: MemberAggregate.Function, isAmong: Bool, isWhole: Bool) -> Vector {
    switch function {
    case .count: return withFaults(Vector(ints: held))
    case .share:
      let (seen, held) = (seen, held)
      var states = [UInt8](repeating: Vector.present, count: count)
      // Two whole numbers, rounded once.
      let shares = (0..<count).map { check -> Double in
        if seen[check] > 0 { return Double(held[check]) / Double(seen[check]) }
        if isAmong { states[check] = Vector.missing }
        return 0
      }
      return withFaults(Vector(numbers: shares, states: states.contains(Vector.missing) ? states : []))
    case .sum: return withFaults(sums(isWhole))
    case .avg: return withFaults(averages(isWhole))
    case .min: return withFaults(ordered(isWhole, 0))
    case .max: return withFaults(ordered(isWhole, 1))
    case .median: return withFaults(quantiles(isWhole, 0.5))
    case .quantile(let rank): return withFaults(quantiles(isWhole, rank))
    }
  }

  func vector(
    _ aggregate: PlanAggregate, isWhole: Bool, kind: VectorKind, _ spans: CheckSpans, _ checks: RunContext.Checks,
    _ batch: BatchRun
  ) -> Vector {
    switch aggregate.function {
    case .count: withFaults(Vector(ints: seen))
    case .any: withFaults(Vector(flags: seen.map { $0 > 0 ? 1 : 0 }))
    case .days, .distinct: withFaults(Vector(ints: bitCounts))
    case .streak(let unit, let forgiveness): withFaults(streaks(unit, forgiveness, checks, batch.context.calendar))
    case .first: withFaults(moments(earliest(spans).map { $0.map { (at: $0, value: .int($0)) } }, .ints, batch))
    case .last, .lastValue: withFaults(moments(latest(spans), kind, batch))
    case .sum: withFaults(sums(isWhole))
    case .avg: withFaults(averages(isWhole))
    case .min: withFaults(ordered(isWhole, 0))
    case .max: withFaults(ordered(isWhole, 1))
    case .median: withFaults(quantiles(isWhole, 0.5))
    case .quantile(let rank): withFaults(quantiles(isWhole, rank))
    }
  }

  // MARK: Sums

  private func sums(_ isWhole: Bool) -> Vector {
    if isWhole {
      var total: Int128 = 0
      var states: [UInt8] = []
      let sums = (0..<count).map { check -> Int64 in
        if cells.intSums.indices.contains(check) { total += cells.intSums[check] }
        let sum = Int64(exactly: total)
        states.append(sum == nil ? Vector.fault : Vector.present)
        return sum ?? 0
      }
      return Vector(ints: sums, states: states.contains(Vector.fault) ? states : [])
    }
    var total = ExactSum()
    let sums = (0..<count).map { check -> Double in
      if cells.sums.indices.contains(check) { total.merge(cells.sums[check]) }
      return total.rounded()
    }
    return OperatorKernels.finite(sums, [], false)
  }

  private func averages(_ isWhole: Bool) -> Vector {
    let seen = seen
    var whole: Int128 = 0
    var total = ExactSum()
    var states = [UInt8](repeating: Vector.present, count: count)
    let averages = (0..<count).map { check -> Double in
      if cells.intSums.indices.contains(check) { whole += cells.intSums[check] }
      if cells.sums.indices.contains(check) { total.merge(cells.sums[check]) }
      guard seen[check] > 0 else {
        states[check] = Vector.missing
        return 0
      }
      let number = Int(seen[check])
      return isWhole ? rounded(scaledSum: whole, scale: 0, dividedBy: number) : total.rounded(dividedBy: number)
    }
    return OperatorKernels.finite(averages, states.contains(Vector.missing) ? states : [], false)
  }

  // MARK: Order

  /// The least value, or the largest.
  private func ordered(_ isWhole: Bool, _ end: Int) -> Vector {
    var states = [UInt8](repeating: Vector.missing, count: count)
    if isWhole {
      var values = [Int64](repeating: 0, count: count)
      RankSweep(cells.ints).forEach(count) { check, number, value in
        if number == 0 { return }
        states[check] = Vector.present
        values[check] = value(end == 0 ? 0 : number - 1)
      }
      return Vector(ints: values, states: states)
    }
    var values = [Double](repeating: 0, count: count)
    let all =
      cells.numbers + cells.untold.map { CheckCells.Change(check: $0.check, count: $0.count, value: $0.value.value) }
    RankSweep(all, by: <).forEach(count) { check, number, value in
      if number == 0 { return }
      states[check] = Vector.present
      values[check] = value(end == 0 ? 0 : number - 1)
    }
    return Vector(numbers: values, states: states)
  }

  private func quantiles(_ isWhole: Bool, _ rank: Double) -> Vector {
    var states = [UInt8](repeating: Vector.missing, count: count)
    var values = [Double](repeating: 0, count: count)
    func take(_ check: Int, _ value: Double) {
      states[check] = Vector.present
      values[check] = value
    }
    if isWhole {
      RankSweep(cells.ints).forEach(count) { check, number, value in
        guard let place = QuantilePlace(rank, count: number) else { return }
        let upper = place.part == 0 ? place.row : min(number - 1, place.row + 1)
        take(check, place.value(between: Double(value(place.row)), and: Double(value(upper))))
      }
    } else if cells.untold.isEmpty {
      RankSweep(cells.numbers, by: <).forEach(count) { check, number, value in
        guard let place = QuantilePlace(rank, count: number) else { return }
        let upper = place.part == 0 ? place.row : min(number - 1, place.row + 1)
        take(check, place.value(between: value(place.row), and: value(upper)))
      }
    } else {
      let all =
        cells.untold
        + cells.numbers.map {
          CheckCells.Change(check: $0.check, count: $0.count, value: Decimal(standingFor: $0.value))
        }
      RankSweep(all) { $0.precedes($1) }.forEach(count) { check, number, value in
        guard let place = QuantilePlace(rank, count: number) else { return }
        let upper = place.part == 0 ? place.row : min(number - 1, place.row + 1)
        take(check, place.value(between: value(place.row), and: value(upper)))
      }
    }
    return Vector(numbers: values, states: states)
  }

  // MARK: Rows

  /// For each check how many values have a row.
  private var bitCounts: [Int64] {
    var counts = [Int64](repeating: 0, count: count)
    for words in cells.bits.values {
      for (word, bits) in words.enumerated() {
        var bits = bits
        while bits != 0 {
          counts[word << 6 + bits.trailingZeroBitCount] += 1
          bits &= bits &- 1
        }
      }
    }
    return counts
  }

  private func streaks(
    _ unit: PeriodUnit, _ forgiveness: EventAggregate.Forgiveness?, _ checks: RunContext.Checks, _ calendar: Calendar
  ) -> Vector {
    let days = cells.bits.compactMap { key, words -> (day: Int32, words: [UInt64])? in
      if case .int(let day) = key { (Int32(clamping: day), words) } else { nil }
    }
    return Vector(
      ints: (0..<count).map { check in
        let seen = days.filter { $0.words[check >> 6] & (1 << UInt64(check & 63)) != 0 }.map(\.day)
        return Community.streak(unit, forgiveness, seen, at: checks.moments[check], calendar)
      })
  }

  private typealias Latest = (at: Int64, value: CommunityPart.Scalar)

  private func latest(_ spans: CheckSpans) -> [Latest?] {
    var newest: CheckCells.Moment?
    return (0..<count).map { check in
      if cells.latest.indices.contains(check) { newest = CheckCells.later(newest, cells.latest[check]) }
      var found = newest.flatMap { spans.span(at: $0.at).until > check ? $0 : nil }
      found = CheckCells.later(found, cells.partialMoments(at: check).latest)
      return found.map { ($0.at, $0.value) }
    }
  }

  private func earliest(_ spans: CheckSpans) -> [Int64?] {
    var result = [Int64?](repeating: nil, count: count)
    var oldest: Int64?
    for check in (0..<count).reversed() {
      // Of the rows that go at a later check, the earliest, if it has come.
      if cells.earliest.indices.contains(check + 1), let row = cells.earliest[check + 1] {
        oldest = min(oldest ?? row, row)
      }
      if let row = oldest, spans.span(at: row).from <= check { result[check] = row }
      if let row = cells.partialMoments(at: check).earliest {
        result[check] = min(result[check] ?? row, row)
      }
    }
    return result
  }

  private func moments(_ moments: [Latest?], _ kind: VectorKind, _ batch: BatchRun) -> Vector {
    var states: [UInt8] = []
    var ints: [Int64] = []
    var numbers: [Double] = []
    for moment in moments {
      states.append(moment == nil ? Vector.missing : Vector.present)
      var (int, number) = (Int64(0), 0.0)
      switch moment?.value {
      case .int(let value): int = value
      case .number(let value): number = value
      case .text(let bytes): int = Int64(batch.texts.intern(String(decoding: bytes, as: UTF8.self)))
      case nil: break
      }
      ints.append(int)
      numbers.append(number)
    }
    let kept = states.contains(Vector.missing) ? states : []
    switch kind {
    case .flags: return Vector(flags: ints.map { $0 == 0 ? 0 : 1 }, states: kept)
    case .numbers: return Vector(numbers: numbers, states: kept)
    case .ints, .lists: return Vector(ints: ints, states: kept)
    }
  }
}

extension MemberAggregate.Guards {
  /// Whether an aggregate may be shown.
  func show(
    _ function: MemberAggregate.Function, seen: Int, held: Int, present: Int, least: Int
  ) -> Bool {
    if contains(.value) {
      switch function {
      case .count, .share: if held < least || seen - held < least { return false }
      // A group stands on either side of it.
      case .median: if seen < 2 * least { return false }
      case .quantile(let rank): if Double(seen) * min(rank, 1 - rank) < Double(least) { return false }
      case .sum, .avg, .min, .max: if seen < least { return false }
      }
    }
    return !contains(.among) || seen >= least && present - seen >= least
  }
}
