/// What one batch knows of a value about the community; parts merge in any grouping to the same whole.
struct CommunityPart: Sendable {
  /// A scalar that is equal in two batches if and only if the values are.
  enum Scalar: Hashable, Sendable {
    /// Also a text that all batches know by the same code.
    case int(Int64)
    case number(Double)
    /// The bytes of a text that a batch has computed.
    case text([UInt8])
  }

  /// Members or events that were looked at, and those for which the bool holds.
  var seen = 0
  var held = 0
  /// Members present.
  var present = 0
  var sum = ExactSum()
  var intSum: Int128 = 0
  /// Whether there was an int, so that `intSum` is the sum.
  var isWhole = false
  /// Every value, where median, quantiles or extremes ask for them.
  var numbers: [Double] = []
  /// Numbers that are not the ones that their doubles stand for.
  var untold: [Decimal] = []
  var ints: [Int64] = []
  var distinct: Set<Scalar> = []
  var days: Set<Int32> = []
  var first: Int64?
  var last: Int64?
  /// The latest event's value, with its moment.
  var latest: (at: Int64, value: Scalar)?
  var isFaulty = false
  private var keepsValues = false

  /// A part of nothing.
  init() {}

  init(_ value: PlanCommunityValue, _ frame: Frame) {
    switch value {
    case .members(let function, let value, let among, _):
      keepsValues = function.isOrdered
      addMembers(value, among.map { frame[$0] }, frame)
    case .events(let index, let isText):
      let aggregate = frame.batch.context.plan.aggregates[index]
      keepsValues = aggregate.function.isOrdered
      addEvents(aggregate, isText, frame)
    }
  }

  // MARK: Members

  private mutating func addMembers(_ node: Int, _ among: Vector?, _ frame: Frame) {
    let value = frame[node]
    let context = frame.batch.context
    let presence = frame.batch.presenceOfMembers()
    let asOf = context.asOf
    // A column counts as the decimals written; what was computed counts as it is.
    var isDecimal = false
    var written: [Decimal]?
    if case .column(let column) = context.plan.nodes[node].op {
      isDecimal = true
      let first = Int32(truncatingIfNeeded: frame.batch.members.lowerBound)
      if context.data.members.columns.indices.contains(column) {
        written = context.data.members.columns[column].written(at: frame.members.map { first &+ $0 })
      }
    }
    for lane in 0..<frame.count where presence.isPresent(lane, at: asOf) {
      present += 1
      if let among {
        if among.state(lane) == Vector.fault { isFaulty = true }
        if among.state(lane) != Vector.present || !among.flag(lane) { continue }
      }
      if value.state(lane) == Vector.fault { isFaulty = true }
      if value.state(lane) != Vector.present { continue }
      seen += 1
      switch value.kind {
      case .flags: held += value.flag(lane) ? 1 : 0
      case .ints: add(value.int(lane))
      case .numbers: add(value.number(lane), isDecimal: isDecimal, written: written?[lane])
      case .lists: break
      }
    }
  }

  private mutating func add(_ value: Int64) {
    intSum += Int128(value)
    isWhole = true
    if keepsValues { ints.append(value) }
  }

  /// - Parameter written: the datum, where the column has some that their doubles do not tell.
  private mutating func add(_ value: Double, isDecimal: Bool, written: Decimal?) {
    if let written, written.isUntoldByDouble {
      sum.add(written)
      if keepsValues { untold.append(written) }
      return
    }
    if isDecimal { sum.add(Decimal(standingFor: value)) } else { sum.add(value) }
    if keepsValues { numbers.append(value) }
  }

  // MARK: Events

  private mutating func addEvents(_ aggregate: PlanAggregate, _ isText: Bool, _ frame: Frame) {
    AggregateRun(aggregate, frame).forEachStretches { run, stretches in add(stretches, run, isText) }
  }

  private mutating func add(_ stretches: AggregateRun.Stretches, _ run: AggregateRun, _ isText: Bool) {
    let (aggregate, frame) = (run.aggregate, run.frame)
    let space = stretches.space
    let stream = frame.batch.events
    let isDecimal = run.readsPlainNumber
    let written = isDecimal ? run.written(space) : nil
    for lane in 0..<frame.count {
      for match in Int(stretches.low[lane])..<Int(stretches.high[lane]) {
        if space.isFault(match) {
          isFaulty = true
          continue
        }
        seen += 1
        let row = Int(space.rows[match])
        let time = stream.times[row]
        first = min(first ?? time, time)
        last = max(last ?? time, time)
        if aggregate.function.countsDays { days.insert(stream.day(of: row)) }
        guard let values = space.values else { continue }
        switch aggregate.function {
        case .distinct: distinct.insert(scalar(values, match, isText, frame.batch))
        case .lastValue:
          if latest.map({ $0.at <= time }) ?? true { latest = (time, scalar(values, match, isText, frame.batch)) }
        default:
          if values.kind == .ints { add(values.int(match)) }
          if values.kind == .numbers {
            add(values.number(match), isDecimal: isDecimal, written: written?[match])
          }
        }
      }
    }
  }

  private func scalar(_ values: Vector, _ lane: Int, _ isText: Bool, _ batch: BatchRun) -> Scalar {
    Scalar(values, lane, isText: isText, batch)
  }

  // MARK: Merging

  mutating func merge(_ other: CommunityPart) {
    seen += other.seen
    held += other.held
    present += other.present
    sum.merge(other.sum)
    intSum += other.intSum
    isWhole = isWhole || other.isWhole
    numbers += other.numbers
    untold += other.untold
    ints += other.ints
    distinct.formUnion(other.distinct)
    days.formUnion(other.days)
    if let theirs = other.first { first = min(first ?? theirs, theirs) }
    if let theirs = other.last { last = max(last ?? theirs, theirs) }
    if let theirs = other.latest, latest.map({ $0.at <= theirs.at }) ?? true { latest = theirs }
    isFaulty = isFaulty || other.isFaulty
  }
}

extension CommunityPart.Scalar {
  /// The value of a lane. The checker lets no list through.
  init(_ values: Vector, _ lane: Int, isText: Bool, _ batch: BatchRun) {
    switch values.kind {
    case .flags: self = .int(values.flag(lane) ? 1 : 0)
    case .numbers: self = .number(values.number(lane))
    case .ints, .lists:
      let int = values.int(lane)
      // Codes beyond those of the data and the rules are each batch's own.
      self = isText && int >= batch.context.texts.count ? .text(Array(batch.texts[int].utf8)) : .int(int)
    }
  }
}

extension MemberAggregate.Function {
  /// Whether it needs every value, not a total.
  fileprivate var isOrdered: Bool {
    switch self {
    case .min, .max, .median, .quantile: true
    case .count, .share, .sum, .avg: false
    }
  }
}

extension EventAggregate.Function {
  /// Whether it needs every value, not a total.
  fileprivate var isOrdered: Bool {
    switch self {
    case .min, .max, .median, .quantile: true
    default: false
    }
  }
}

/// Values about the community at the as-of.
enum Community {
  /// Merges the parts of all batches, evaluates the community's lets, and gives the faults that were met.
  static func conclude(
    _ parts: [[CommunityPart]], _ columns: [Int: SeriesColumn], _ context: RunContext, _ outcome: inout Outcome
  ) -> [Diagnostic] {
    guard !context.plan.communityFacts.isEmpty else { return [] }
    let batch = BatchRun(context: context, members: 0..<0)
    batch.columns = columns
    let all = parts + [anonymousParts(context)]
    for (index, value) in context.plan.communityValues.enumerated() {
      var whole: CommunityPart?
      for part in all where part.indices.contains(index) {
        whole?.merge(part[index])
        whole = whole ?? part[index]
      }
      guard context.valuesAtEnd.contains(index) else {
        batch.communityValues.append(.allMissing(.ints))
        continue
      }
      let kind = context.plan.nodes.first { $0.op == .communityValue(index) }?.kind
      batch.communityValues.append(shaped(vector(value, whole, batch), kind))
    }
    let frame = Frame(
      batch: batch, members: [0], moments: [context.asOf], days: [context.calendar.day(of: context.asOf)])
    frame.evaluate(context.communityOrder)
    var faults: [Diagnostic] = []
    for fact in context.plan.communityFacts {
      let declared = context.program.lets[fact.letIndex]
      let result = frame[fact.node]
      if result.state(0) == Vector.fault {
        faults.append(RunProblem.factOverflow(name: declared.name, member: nil).at(declared.span))
      }
      outcome.communityFacts.append((fact.letIndex, result.value(0, declared.value.type, batch)))
    }
    return faults
  }

  /// What events of `anonymous` kinds add to each value.
  private static func anonymousParts(_ context: RunContext) -> [CommunityPart] {
    if context.data.anonymous.rows.isEmpty { return [] }
    let frame = Frame.moment(context.asOf, BatchRun(anonymousIn: context))
    return context.plan.communityValues.enumerated().map { index, value in
      guard case .events = value, context.valuesAtEnd.contains(index) else { return CommunityPart() }
      return CommunityPart(value, frame)
    }
  }

  /// An aggregate of nothing has no values to tell its kind by, and a bool was merged as an int.
  private static func shaped(_ vector: Vector, _ kind: VectorKind?) -> Vector {
    guard let kind, vector.kind != kind else { return vector }
    switch kind {
    case .flags: return Vector(.flags([vector.int(0) == 0 ? 0 : 1]), states: vector.states, isUniform: true)
    case .ints: return Vector(.ints([Int64(exactly: vector.number(0)) ?? 0]), states: vector.states, isUniform: true)
    case .numbers: return Vector(.numbers([Double(vector.int(0))]), states: vector.states, isUniform: true)
    case .lists: return .uniform(.lists(offsets: [0, 0], codes: []), state: max(Vector.missing, vector.state(0)))
    }
  }

  private static func vector(_ value: PlanCommunityValue, _ part: CommunityPart?, _ batch: BatchRun) -> Vector {
    switch value {
    case .members(let function, _, let among, let guards):
      let result = vector(function, part, isAmong: among != nil)
      if part?.isFaulty == true { return result }
      let isShown = guards.show(
        function, seen: part?.seen ?? 0, held: part?.held ?? 0, present: part?.present ?? 0,
        least: batch.context.program.schema.privacyGroup)
      return isShown ? result : .allMissing(result.kind)
    case .events(let index, _): return vector(batch.context.plan.aggregates[index].function, part, batch)
    }
  }

  private static func vector(
    _ function: MemberAggregate.Function, _ part: CommunityPart?, isAmong: Bool
  ) -> Vector {
    if part?.isFaulty == true { return .uniform(.numbers([0]), state: Vector.fault) }
    switch function {
    case .count: return .uniform(.ints([Int64(part?.held ?? 0)]))
    case .share:
      guard let part, part.seen > 0 else { return isAmong ? .allMissing(.numbers) : .uniform(.numbers([0])) }
      // Two whole numbers, rounded once.
      return .uniform(.numbers([Double(part.held) / Double(part.seen)]))
    case .sum: return sum(part)
    case .avg: return average(part)
    case .min: return extreme(part, takesLess: true)
    case .max: return extreme(part, takesLess: false)
    case .median: return quantile(0.5, part)
    case .quantile(let rank): return quantile(rank, part)
    }
  }

  private static func vector(
    _ function: EventAggregate.Function, _ part: CommunityPart?, _ batch: BatchRun
  ) -> Vector {
    if part?.isFaulty == true { return .uniform(.ints([0]), state: Vector.fault) }
    switch function {
    case .count: return .uniform(.ints([Int64(part?.seen ?? 0)]))
    case .any: return .uniform(.flags([(part?.seen ?? 0) > 0 ? 1 : 0]))
    case .days: return .uniform(.ints([Int64(part?.days.count ?? 0)]))
    case .distinct: return .uniform(.ints([Int64(part?.distinct.count ?? 0)]))
    case .first: return time(part?.first)
    case .last: return time(part?.last)
    case .sum: return sum(part)
    case .avg: return average(part)
    case .min: return extreme(part, takesLess: true)
    case .max: return extreme(part, takesLess: false)
    case .median: return quantile(0.5, part)
    case .quantile(let rank): return quantile(rank, part)
    case .lastValue:
      switch part?.latest?.value {
      case .int(let int): return .uniform(.ints([int]))
      case .number(let number): return .uniform(.numbers([number]))
      case .text(let bytes):
        return .uniform(.ints([Int64(batch.texts.intern(String(decoding: bytes, as: UTF8.self)))]))
      case nil: return .allMissing(.ints)
      }
    case .streak(let unit, let forgiveness):
      let context = batch.context
      let days = Array(part?.days ?? [])
      return .uniform(.ints([streak(unit, forgiveness, days, at: context.asOf, context.calendar)]))
    }
  }

  /// Periods in a row with an event of anybody's, up to the moment's own or, while that is not over, the one before.
  static func streak(
    _ unit: PeriodUnit, _ forgiveness: EventAggregate.Forgiveness?, _ days: [Int32], at moment: Int64,
    _ calendar: Calendar
  ) -> Int64 {
    let periods = Set(days.map { calendar.period(unit, ofDay: $0) })
    var period = calendar.period(unit, ofDay: calendar.day(of: moment))
    if !periods.contains(period), moment < calendar.end(ofCurrent: unit, at: moment) { period &-= 1 }
    if let forgiveness {
      let walk = ForgivingStreak(unit: unit, forgiveness: forgiveness, calendar: calendar)
      var left = periods.sorted()
      return walk.length(from: period) { next in
        while let last = left.last, last > next { left.removeLast() }
        return left.last
      }
    }
    var length: Int64 = 0
    while periods.contains(period) {
      length += 1
      period &-= 1
    }
    return length
  }

  private static func time(_ instant: Int64?) -> Vector {
    instant.map { .uniform(.ints([$0])) } ?? .allMissing(.ints)
  }

  private static func sum(_ part: CommunityPart?) -> Vector {
    guard let part else { return .uniform(.numbers([0])) }
    if part.isWhole {
      guard let sum = Int64(exactly: part.intSum) else { return .uniform(.ints([0]), state: Vector.fault) }
      return .uniform(.ints([sum]))
    }
    return OperatorKernels.finite([part.sum.rounded()], [], true)
  }

  private static func average(_ part: CommunityPart?) -> Vector {
    guard let part, part.seen > 0 else { return .allMissing(.numbers) }
    if part.isWhole {
      return .uniform(.numbers([rounded(scaledSum: part.intSum, scale: 0, dividedBy: part.seen)]))
    }
    return OperatorKernels.finite([part.sum.rounded(dividedBy: part.seen)], [], true)
  }

  private static func extreme(_ part: CommunityPart?, takesLess: Bool) -> Vector {
    if let ints = part?.ints, let best = takesLess ? ints.min() : ints.max() { return .uniform(.ints([best])) }
    let numbers = part.map { $0.numbers + $0.untold.map(\.value) } ?? []
    guard let best = takesLess ? numbers.min() : numbers.max() else { return .allMissing(.numbers) }
    return .uniform(.numbers([best]))
  }

  private static func quantile(_ rank: Double, _ part: CommunityPart?) -> Vector {
    guard let part else { return .allMissing(.numbers) }
    let result: Double?
    if part.untold.isEmpty {
      let values = part.numbers.isEmpty ? part.ints.map { Double($0) } : part.numbers
      result = Steward.quantile(rank, ofSorted: values.sorted())
    } else {
      let values = part.numbers.map { Decimal(standingFor: $0) } + part.untold
      result = Steward.quantile(rank, ofSortedDecimals: values.sorted { $0.precedes($1) })
    }
    guard let result else { return .allMissing(.numbers) }
    return .uniform(.numbers([result]))
  }
}

extension EventAggregate.Function {
  fileprivate var countsDays: Bool {
    switch self {
    case .days, .streak: true
    default: false
    }
  }
}
