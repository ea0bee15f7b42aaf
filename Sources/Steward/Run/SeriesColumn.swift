import Algorithms

/// What a series says at each of its checks, for each group.
struct SeriesColumn: Sendable, Equatable {
  var groups: [Value]
  /// By group, then check.
  var values: [[Value]]
  /// By group, then check: 1 where the value is withheld from few.
  var withheld: [[UInt8]]
  /// By group: the checks at which it could not be computed. Like any fault it counts only where it is used.
  var faults: [Int: Set<Int>] = [:]

  /// The values before an instant; nothing is known of later ones.
  func before(_ instant: Int64, _ checks: RunContext.Checks) -> SeriesColumn {
    let known = checks.check(onOrAfter: instant)
    var result = self
    for group in values.indices {
      for check in known..<max(known, values[group].count) { result.values[group][check] = .missing }
    }
    result.faults = faults.mapValues { $0.filter { $0 < known } }
    return result
  }

  /// The first check about which two columns differ.
  func firstDifference(from other: SeriesColumn?, _ checks: RunContext.Checks) -> Int? {
    var first: Int?
    let all = Set(groups).union(other?.groups ?? [])
    for group in all {
      let (mine, theirs) = (row(group), other?.row(group))
      for check in 0..<checks.count {
        let (one, two) = (mine?[check] ?? .missing, theirs?[check] ?? .missing)
        if one != two || isFaulty(group, check) != (other?.isFaulty(group, check) ?? false) {
          first = min(first ?? check, check)
          break
        }
      }
    }
    return first
  }

  private func isFaulty(_ group: Value, _ check: Int) -> Bool {
    groups.firstIndex(of: group).map { faults[$0]?.contains(check) ?? false } ?? false
  }

  func row(_ group: Value) -> [Value]? { groups.firstIndex(of: group).map { values[$0] } }
}

/// Reads a series at the lanes of a frame.
struct SeriesReading {
  private let read: SeriesRead
  private let frame: Frame
  private let checks: RunContext.Checks
  /// The series' values by check. - Missing: nil where nothing is known of it, or it has no such group.
  private let row: [Value]?
  private let faults: Set<Int>

  init(_ series: Int, _ read: SeriesRead, _ group: MetricGroup, _ frame: Frame) {
    self.read = read
    self.frame = frame
    let batch = frame.batch
    checks = batch.context.gridChecks[batch.context.plan.series[series].grid]
    let column = batch.columns[series]
    let place: Int? =
      switch group {
      case .none: 0
      case .own: column?.groups.firstIndex(of: batch.ownGroup)
      case .only(let value): column?.groups.firstIndex(of: value)
      }
    row = place.flatMap { place in column.flatMap { $0.values.indices.contains(place) ? $0.values[place] : nil } }
    faults = place.flatMap { column?.faults[$0] } ?? []
  }

  func vector(_ kind: VectorKind) -> Vector {
    guard let row, checks.count > 0 else { return .allMissing(kind) }
    switch read {
    case .held(let days):
      let lanes = (0..<frame.count).map { check($0, daysEarlier: days) }
      var vector = SeriesReading.vector(of: row, at: lanes, kind, frame.batch)
      if faults.isEmpty { return vector }
      if vector.states.isEmpty { vector.states = Array(repeating: Vector.present, count: frame.count) }
      for (lane, check) in lanes.enumerated() where faults.contains(check) { vector.states[lane] = Vector.fault }
      return vector
    case .average(let days): return averages(row, days)
    }
  }

  /// The last check that a lane sees, so many calendar days earlier at the same local time; -1 is none.
  private func check(_ lane: Int, daysEarlier: Int32) -> Int {
    let calendar = frame.batch.context.calendar
    let day = frame.days[lane] &- daysEarlier
    let firstDay = frame.batch.context.firstDay
    switch frame.reader {
    case .dayBegan, .before: return checks.check(onOrAfterDay: day, firstDay: firstDay) - 1
    case .dayEnded: return checks.check(onOrAfterDay: day &+ 1, firstDay: firstDay) - 1
    case .check, .end:
      let moment = frame.moments[lane]
      var target = moment
      if daysEarlier != 0 {
        let isEnd = moment == calendar.end(ofDay: frame.days[lane])
        target = isEnd ? calendar.end(ofDay: day) : calendar.instant(day: day, micros: calendar.local(moment).micros)
      }
      return checks.moments.partitioningIndex { $0 > target } - 1
    }
  }

  static func vector(of row: [Value], at lanes: [Int], _ kind: VectorKind, _ batch: BatchRun) -> Vector {
    let known = lanes.map { row.indices.contains($0) ? row[$0] : .missing }
    let states = known.map { $0 == .missing ? Vector.missing : Vector.present }
    let kept = states.contains(Vector.missing) ? states : []
    switch kind {
    case .flags: return Vector(flags: known.map { $0 == .bool(true) ? 1 : 0 }, states: kept)
    case .numbers:
      return Vector(
        numbers: known.map { value in
          switch value {
          case .number(let number): number
          case .int(let int): Double(int)
          default: 0
          }
        }, states: kept)
    case .ints, .lists: return Vector(ints: known.map { SeriesReading.int($0, batch) }, states: kept)
    }
  }

  private static func int(_ value: Value, _ batch: BatchRun) -> Int64 {
    switch value {
    case .int(let int), .time(let int), .duration(let int): int
    case .date(let day), .period(_, let day): Int64(day)
    case .choice(let place), .tier(let place), .member(let place), .item(let place): Int64(place)
    case .text(let text): Int64(batch.texts.intern(text))
    case .bool(let flag): flag ? 1 : 0
    case .missing, .number, .list: 0
    }
  }

  /// Over the checks of so many calendar days up to the moment's, those missing left out.
  private func averages(_ row: [Value], _ days: Int32) -> Vector {
    var known: [Int: Double?] = [:]
    var numbers: [Double] = []
    var states: [UInt8] = []
    for lane in 0..<frame.count {
      let last = check(lane, daysEarlier: 0)
      let isMorning = frame.reader == .dayBegan || { if case .before = frame.reader { true } else { false } }()
      let day = isMorning ? frame.days[lane] &- 1 : frame.days[lane]
      let first = checks.check(onOrAfterDay: day &- days &+ 1, firstDay: frame.batch.context.firstDay)
      let key = last &* (checks.count + 1) &+ first
      let average = known[key] ?? SeriesReading.average(row, first, last)
      known[key] = .some(average)
      numbers.append(average ?? 0)
      let isFaulty = !faults.isEmpty && (first..<max(first, last + 1)).contains { faults.contains($0) }
      states.append(isFaulty ? Vector.fault : average == nil ? Vector.missing : Vector.present)
    }
    return Vector(numbers: numbers, states: states.contains { $0 != Vector.present } ? states : [])
  }

  private static func average(_ row: [Value], _ first: Int, _ last: Int) -> Double? {
    var sum = ExactSum()
    var whole: Int128 = 0
    var (count, isWhole) = (0, true)
    for check in first..<max(first, last + 1) where row.indices.contains(check) {
      switch row[check] {
      case .int(let int): whole += Int128(int)
      case .number(let number):
        sum.add(number)
        isWhole = false
      default: continue
      }
      count += 1
    }
    if count == 0 { return nil }
    return isWhole ? rounded(scaledSum: whole, scale: 0, dividedBy: count) : sum.rounded(dividedBy: count)
  }
}
