@testable import Steward

// Aggregates about events and about members: LANGUAGE §3 and §4.
extension NaiveEvaluator {
  /// The instants that a window spans at a moment, both ends included.
  func span(_ window: Window, _ now: Int64) -> (from: Int64, to: Int64) {
    let today = calendar.day(of: now)
    switch window {
    case .all: return (.min, now)
    case .lastDays(let days): return (calendar.start(ofDay: today - days + 1), now)
    case .lastExact(let micros): return (now - micros + 1, now)
    case .current(let unit):
      return (calendar.start(ofDay: calendar.firstDay(unit, calendar.period(unit, ofDay: today))), now)
    case .previous(let unit):
      let period = calendar.period(unit, ofDay: today) - 1
      return (
        calendar.start(ofDay: calendar.firstDay(unit, period)), calendar.end(ofDay: calendar.lastDay(unit, period))
      )
    case .between(let from, let to):
      let start =
        switch from {
        case .day(let day): calendar.start(ofDay: day)
        case .local(let day, let micros): calendar.instant(day: day, micros: micros)
        }
      let end: Int64 =
        switch to {
        case .day(let day)?: calendar.end(ofDay: day)
        case .local(let day, let micros)?: calendar.instant(day: day, micros: micros)
        case nil: now
        }
      return (start, min(end, now))
    }
  }

  /// The subject's events of a pattern in a window, in order: those not after the moment and, at an event's moment, not
  /// after that event.
  func events(_ aggregate: EventAggregate, _ context: Context) throws -> [NaiveData.Event] {
    let all: [PlacedEvent] =
      switch context.subject {
      case .member(let member): self.events.ofMember[member]
      case .item(let item): self.events.ofItem[item]
      case .community: self.events.ofAll
      }
    let pattern = aggregate.pattern
    let span = span(aggregate.window, context.at)
    var found: [NaiveData.Event] = []
    for placed in all {
      let event = placed.event
      guard event.at <= asOf, span.from <= event.at, event.at <= span.to else { continue }
      if let group = context.group, try !isOf(group, placed.owner, context) { continue }
      if let firing = context.firing, placed.row > firing.row { continue }
      guard pattern.kinds.contains(event.kind) else { continue }
      let isSame = aggregate.same.allSatisfy { attribute in
        guard let firing = context.firing?.event.attribute(attribute), firing != .missing else { return false }
        return event.attribute(attribute).isSame(firing)
      }
      guard isSame, try matches(event, pattern, context) else { continue }
      if case .community = context.subject, try matchesBefore(placed, pattern, context) { continue }
      found.append(event)
    }
    return found
  }

  /// About the community a row counts once: as its own kind where that matches, else as the first in the block that does.
  private func matchesBefore(_ placed: PlacedEvent, _ pattern: EventPattern, _ context: Context) throws -> Bool {
    for kind in placed.forms {
      if kind == placed.event.kind { return false }
      var other = placed.event
      other.kind = kind
      if try matches(other, pattern, context) { return true }
    }
    return false
  }

  func matches(_ event: NaiveData.Event, _ pattern: EventPattern, _ context: Context) throws -> Bool {
    guard pattern.kinds.contains(event.kind) else { return false }
    guard let condition = pattern.condition else { return true }
    var context = context
    context.scanned = event
    return try isTrue(condition, context)
  }

  /// A number as it is summed: a column's as it was written, a computed one as the double that it is.
  private func exact(_ value: Value, of expr: TypedExpr) throws -> ExactDecimal {
    // A `let` that only names a column stands for it.
    if case .reference(let index) = expr.node { return try exact(value, of: program.lets[index].value) }
    switch (value, expr.node) {
    case (.int(let int), _): return ExactDecimal(int)
    case (.number(let number), .column), (.number(let number), .attribute): return ExactDecimal(written: number)
    case (.number(let number), _): return ExactDecimal(exactly: number)
    default: throw NaiveFault.broken("no number: \(value)")
    }
  }

  private func number(_ sum: ExactDecimal, dividedBy divisor: UInt64 = 1) throws -> Value {
    let number = sum.rounded(dividedBy: divisor)
    guard number.isFinite else { throw NaiveFault.overflow }
    return .number(number)
  }

  /// A sum: an int's is an int.
  private func sum(_ terms: [ExactDecimal], _ type: Type) throws -> Value {
    let sum = terms.reduce(.zero, +)
    guard type.base == .int else { return try number(sum) }
    guard let int = sum.int else { throw NaiveFault.overflow }
    return .int(int)
  }

  private func average(_ terms: [ExactDecimal]) throws -> Value {
    terms.isEmpty ? .missing : try number(terms.reduce(.zero, +), dividedBy: UInt64(terms.count))
  }

  /// Type 7: linear between the two closest ranks of (n − 1) × share.
  ///
  /// A computed number counts as the decimal of up to 15 digits that it stands for, here.
  private func quantile(_ values: [Value], _ share: Double) throws -> Value {
    guard !values.isEmpty else { return .missing }
    let terms = try values.map { value -> ExactDecimal in
      switch value {
      case .int(let int): return ExactDecimal(int)
      case .number(let number): return ExactDecimal(written: number)
      default: throw NaiveFault.broken("no number: \(value)")
      }
    }
    let sorted = terms.sorted(by: <)
    let share = ExactDecimal(written: share)
    let rank = ExactDecimal(Int64(terms.count - 1)) * share
    // The rank's whole part: so many ranks are not above it.
    let below = (0..<terms.count).last { !(rank < ExactDecimal(Int64($0))) } ?? 0
    let above = min(below + 1, terms.count - 1)
    let fraction = rank + -ExactDecimal(Int64(below))
    return try number(sorted[below] + fraction * (sorted[above] + -sorted[below]))
  }

  /// The value in the type that the tree gives it: an int where a number is wanted becomes one.
  private func typed(_ value: Value?, _ type: Type) -> Value {
    if case .int(let int)? = value, type.base == .number { return .number(Double(int)) }
    return value ?? .missing
  }

  func aggregate(_ aggregate: EventAggregate, _ type: Type, _ context: Context) throws -> Value {
    let events = try events(aggregate, context)
    var values: [Value] = []
    if let expr = aggregate.value {
      for event in events {
        var context = context
        context.scanned = event
        let value = try value(expr, context)
        if value != .missing { values.append(value) }
      }
    }
    func terms() throws -> [ExactDecimal] {
      guard let expr = aggregate.value else { return [] }
      return try values.map { try exact($0, of: expr) }
    }
    let days = Set(events.map { calendar.day(of: $0.at) })
    switch aggregate.function {
    case .count: return .int(Int64(events.count))
    case .any: return .bool(!events.isEmpty)
    case .days: return .int(Int64(days.count))
    case .first: return events.first.map { .time($0.at) } ?? .missing
    case .last: return events.last.map { .time($0.at) } ?? .missing
    case .sum: return try sum(terms(), type)
    case .avg: return try average(terms())
    case .min: return typed(values.min { $0.comes(before: $1) }, type)
    case .max: return typed(values.max { $0.comes(before: $1) }, type)
    case .median: return try quantile(values, 0.5)
    case .quantile(let share): return try quantile(values, share)
    case .distinct:
      var distinct: [Value] = []
      for value in values where !distinct.contains(where: { $0.isSame(value) }) { distinct.append(value) }
      return .int(Int64(distinct.count))
    case .lastValue: return typed(values.last, type)
    case .streak(let unit, let forgiveness): return .int(streak(unit, forgiveness, days, context.at))
    }
  }

  /// Periods in a row with an event, back from the moment's own or, while that is not over, from the one before.
  ///
  /// A period without one is bridged while no more of them are in its calendar period than are forgiven; it is not
  /// counted, so that bridges which lead nowhere change nothing. A week belongs to the month that holds most of it.
  private func streak(
    _ unit: PeriodUnit, _ forgiveness: EventAggregate.Forgiveness?, _ days: Set<Int32>, _ now: Int64
  ) -> Int64 {
    let periods = Set(days.map { calendar.period(unit, ofDay: $0) })
    guard let first = periods.min() else { return 0 }
    var period = calendar.period(unit, ofDay: calendar.day(of: now))
    let isOver = now >= calendar.end(ofDay: calendar.lastDay(unit, period))
    if !periods.contains(period), !isOver { period -= 1 }
    var length: Int64 = 0
    var bridged: [Int32: Int64] = [:]
    while period >= first {
      if periods.contains(period) {
        length += 1
      } else {
        guard let forgiveness else { break }
        let home = calendar.period(
          forgiveness.per, ofDay: calendar.firstDay(unit, period) + (unit == .week ? 3 : 0))
        bridged[home, default: 0] += 1
        if bridged[home, default: 0] > forgiveness.count { break }
      }
      period -= 1
    }
    return length
  }

  func memberAggregate(_ aggregate: MemberAggregate, _ type: Type, _ context: Context) throws -> Value {
    var context = context
    context.firing = nil
    context.scanned = nil
    var values: [Value] = []
    let group = context.group
    context.group = nil
    var present = 0
    for member in data.members.indices where isPresent(member, context.at) {
      if let group, try !isOf(group, member, context) { continue }
      present += 1
      context.subject = .member(member)
      if let among = aggregate.among, try !isTrue(among, context) { continue }
      let value = try value(aggregate.value, context)
      if value != .missing { values.append(value) }
    }
    if isWithheld(aggregate, values, present) { return .missing }
    func terms() throws -> [ExactDecimal] { try values.map { try exact($0, of: aggregate.value) } }
    let holding = values.count { $0 == .bool(true) }
    switch aggregate.function {
    case .count: return .int(Int64(holding))
    case .share:
      if values.isEmpty { return aggregate.among == nil ? .number(0) : .missing }
      return .number(Double(holding) / Double(values.count))
    case .sum: return try sum(terms(), type)
    case .avg: return try average(terms())
    case .min: return typed(values.min { $0.comes(before: $1) }, type)
    case .max: return typed(values.max { $0.comes(before: $1) }, type)
    case .median: return try quantile(values, 0.5)
    case .quantile(let share): return try quantile(values, share)
    }
  }
}
