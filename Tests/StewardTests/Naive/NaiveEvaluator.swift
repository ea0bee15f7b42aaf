@testable import Steward

/// The oracle of the engine: every value of a rule set from its definition, one subject at one moment at a time.
///
/// It shares with the engine the typed tree, `Value` and the calendar's days and periods, and nothing else. It is made to
/// be obviously right: each aggregate scans all the subject's events, each sum is a sum of decimals of any length.
struct NaiveEvaluator {
  enum Subject {
    case member(Int)
    case community
  }

  /// About whom, when, and what a name may point to.
  struct Context {
    var subject: Subject
    var at: Int64
    /// At an event's moment, that event: what comes after it in the member's order is not seen.
    var firing: PlacedEvent?
    var scanned: NaiveData.Event?
  }

  let program: TypedProgram
  let data: NaiveData
  let calendar: Calendar
  let asOf: Int64
  /// Per member, in order.
  let eventsOfMember: [[PlacedEvent]]
  /// Everybody's, anonymous ones too, in order.
  let eventsOfAll: [PlacedEvent]

  /// What the run has found so far: read by `points`, `earned`, `awards`, `badges` and ladders.
  var awards: [NaiveAward] = []
  var tiers: [[NaiveTier]] = []

  init(program: TypedProgram, data: NaiveData, calendar: Calendar, asOf: Int64) {
    self.program = program
    self.data = data
    self.calendar = calendar
    self.asOf = asOf
    let kinds = program.schema.events?.kinds ?? []
    let ordered = data.events.sorted { NaiveEvaluator.comesBefore($0, $1, kinds) }
    var row = 0
    var eventsOfMember: [[PlacedEvent]] = []
    for member in data.members.indices {
      var own: [PlacedEvent] = []
      for event in ordered where event.member == member {
        own.append(PlacedEvent(event: event, row: row))
        row += 1
      }
      eventsOfMember.append(own)
    }
    self.eventsOfMember = eventsOfMember
    // Between members their ids decide at equal times; events of nobody come last.
    eventsOfAll = ordered.enumerated().sorted {
      let (a, b) = ($0.element, $1.element)
      return (a.at, a.member ?? .max, $0.offset) < (b.at, b.member ?? .max, $1.offset)
    }.map { PlacedEvent(event: $0.element, row: -1) }
    tiers = program.ladders.map { _ in data.members.map { _ in NaiveTier() } }
  }

  /// Time, the kind's place in the block, identity: the key, or the doer and then the other columns as the kind names them.
  static func comesBefore(_ left: NaiveData.Event, _ right: NaiveData.Event, _ kinds: [KindSchema]) -> Bool {
    if left.at != right.at { return left.at < right.at }
    if left.kind != right.kind { return left.kind < right.kind }
    if let a = left.key, let b = right.key { return precedes(a, b) }
    if left.member != right.member { return left.member ?? Int.max < right.member ?? Int.max }
    for index in kinds[left.kind].attributes.map(\.index) {
      let (a, b) = (left.attribute(index), right.attribute(index))
      if a.comes(before: b) { return true }
      if b.comes(before: a) { return false }
    }
    return false
  }

  // MARK: Who is there

  func instant(_ value: Value, endOfDay: Bool) -> Int64? {
    switch value {
    case .time(let instant): instant
    case .date(let day): endOfDay ? calendar.end(ofDay: day) : calendar.start(ofDay: day)
    default: nil
    }
  }

  func joined(_ member: Int) -> Int64 {
    guard let column = program.schema.members?.joined else { return .min }
    return instant(data.members[member].columns[column], endOfDay: false) ?? .min
  }

  func left(_ member: Int) -> Int64? {
    guard let column = program.schema.members?.left else { return nil }
    return instant(data.members[member].columns[column], endOfDay: true)
  }

  /// joined ≤ moment, and not joined ≤ left < moment.
  func isPresent(_ member: Int, _ moment: Int64) -> Bool {
    guard joined(member) <= moment else { return false }
    guard let left = left(member) else { return true }
    return !(joined(member) <= left && left < moment)
  }

  // MARK: Values

  /// The value of an expression, held against the type that the tree promises.
  func value(_ expr: TypedExpr, _ context: Context) throws -> Value {
    let value = try valueOfNode(expr, context)
    if case .missing = value, !expr.type.isOptional { throw NaiveFault.broken("\(expr.node) is missing") }
    guard fits(value, expr.type.base) else { throw NaiveFault.broken("\(value) is no \(expr.type.base)") }
    return value
  }

  func fits(_ value: Value, _ base: Type.Base) -> Bool {
    switch (value, base) {
    case (.missing, _), (.bool, .bool), (.int, .int), (.text, .text), (.time, .time), (.date, .date): true
    case (.number(let number), .number): number.isFinite
    case (.duration, .duration), (.list, .list), (.member, .member), (.item, .item): true
    case (.period(let a, _), .period(let b)): a == b
    case (.choice(let position), .choice(let choice)): choice.values.indices.contains(position)
    case (.tier(let tier), .tier(let ladder)): program.ladders[ladder].tiers.indices.contains(tier)
    default: false
    }
  }

  func isTrue(_ expr: TypedExpr, _ context: Context) throws -> Bool {
    guard case .bool(let bool) = try value(expr, context) else {
      throw NaiveFault.broken("a condition is not settled: \(expr.node)")
    }
    return bool
  }

  private func valueOfNode(_ expr: TypedExpr, _ context: Context) throws -> Value {
    switch expr.node {
    case .error: throw NaiveFault.broken("an error node")
    case .constant(let value): return value
    case .localTime(let day, let micros): return .time(calendar.instant(day: day, micros: micros))
    case .now: return .time(context.at)
    case .subject, .column, .attribute, .eventTime, .eventKind, .eventMember:
      return try valueOfName(expr, context)
    case .reference(let index): return try value(program.lets[index].value, context)
    case .negate(let operand): return try negated(value(operand, context))
    case .not(let operand): return .bool(try !isTrue(operand, context))
    case .and(let left, let right): return .bool(try isTrue(left, context) && isTrue(right, context))
    case .or(let left, let right): return .bool(try isTrue(left, context) || isTrue(right, context))
    case .arithmetic(let operation, let left, let right):
      return try arithmetic(operation, value(left, context), value(right, context))
    case .compare(let comparison, let left, let right):
      return .bool(try compare(comparison, value(left, context), value(right, context)))
    case .isIn(let operand, let list):
      let operand = try value(operand, context)
      return .bool(try list.map { try compare(.equal, operand, value($0, context)) }.contains(true))
    case .contains(let whole, let part): return .bool(try contains(value(whole, context), value(part, context)))
    case .startsWith(let whole, let part): return .bool(try startsWith(value(whole, context), value(part, context)))
    case .isMissing(let operand): return .bool(try value(operand, context) == .missing)
    case .coalesce(let first, let second):
      let first = try value(first, context)
      return first == .missing ? try value(second, context) : first
    case .choose(let arms, else: let last):
      for arm in arms where try isTrue(arm.condition, context) { return try value(arm.value, context) }
      return try value(last, context)
    case .convert(let conversion, let operand): return try converted(conversion, operand, context)
    case .period(let unit, let operand):
      return try day(value(operand, context)).map { .period(unit, calendar.period(unit, ofDay: $0)) } ?? .missing
    case .weekday(let operand):
      return try day(value(operand, context)).map { .choice(calendar.weekday(ofDay: $0).rawValue) } ?? .missing
    case .hour(let operand):
      guard case .time(let instant) = try value(operand, context) else { return .missing }
      return .int(calendar.local(instant).micros / 3_600_000_000)
    case .anniversary(let operand): return try anniversary(value(operand, context), context)
    case .function(let function, let operands):
      return try apply(function, operands.map { try value($0, context) })
    case .text(let parts): return try text(parts, context)
    case .aggregate(let aggregate): return try self.aggregate(aggregate, expr.type, context)
    case .memberAggregate(let aggregate): return try self.memberAggregate(aggregate, expr.type, context)
    case .referenced, .previous: throw NaiveFault.broken("not evaluated yet")
    case .balance, .earned, .spent, .awards, .lastAward, .badges, .tier, .tierSince:
      return try valueOfStanding(expr, context)
    }
  }

  private func valueOfName(_ expr: TypedExpr, _ context: Context) throws -> Value {
    func event(_ scope: TypedExpr.Scope) throws -> NaiveData.Event {
      let event = scope == .scanned ? context.scanned : context.firing?.event
      guard let event else { throw NaiveFault.broken("no \(scope) event") }
      return event
    }
    switch expr.node {
    case .column(let column): return data.members[try member(context)].columns[column]
    case .attribute(let index, let scope): return try event(scope).attribute(index)
    case .eventTime(let scope): return .time(try event(scope).at)
    case .eventKind(let scope): return .choice(try event(scope).kind)
    case .eventMember(let scope): return try event(scope).member.map { .member($0) } ?? .missing
    default: return .member(try member(context))
    }
  }

  func member(_ context: Context) throws -> Int {
    guard case .member(let member) = context.subject else { throw NaiveFault.broken("the community is no member") }
    return member
  }

  private func valueOfStanding(_ expr: TypedExpr, _ context: Context) throws -> Value {
    let member = try member(context)
    /// In the order in which they were made; an award's moment is its own.
    func awards(_ window: Window) -> [NaiveAward] {
      let span = self.span(window, context.at)
      return self.awards.filter { $0.member == member && span.from <= $0.at && $0.at <= span.to }
    }
    func total(_ awards: [NaiveAward]) throws -> Value {
      guard let sum = awards.reduce(ExactDecimal.zero, { $0 + ExactDecimal($1.points) }).int else {
        throw NaiveFault.overflow
      }
      return .int(sum)
    }
    switch expr.node {
    case .balance: return try total(awards(.all))
    case .earned(_, let window): return try total(awards(window))
    case .awards(let rule, let window): return .int(Int64(awards(window).filter { $0.rule == rule }.count))
    case .badges: return .list(badges(of: awards(.all)))
    case .tier(let ladder): return .tier(tiers[ladder][member].tier)
    case .tierSince(let ladder): return tiers[ladder][member].since.map { .time($0) } ?? .missing
    default: throw NaiveFault.broken("\(expr.node)")
    }
  }

  /// The distinct badges, in order of the first award.
  func badges(of awards: [NaiveAward]) -> [String] {
    var badges: [String] = []
    // At one moment those of events come before those of periods, as they were made.
    let inOrder = awards.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
    for award in inOrder.map(\.element) {
      if let badge = program.incentives[award.rule].badge, !badges.contains(where: { sameText($0, badge) }) {
        badges.append(badge)
      }
    }
    return badges
  }

  func day(_ value: Value) -> Int32? {
    switch value {
    case .time(let instant): calendar.day(of: instant)
    case .date(let day): day
    default: nil
    }
  }

  private func anniversary(_ date: Value, _ context: Context) -> Value {
    guard case .date(let day) = date else { return .missing }
    let born = CivilDate(dayNumber: day)
    let today = CivilDate(dayNumber: calendar.day(of: context.at))
    // The day itself is none: there is no anniversary before a year has passed.
    if today.year <= born.year { return .bool(false) }
    if born.month == 2, born.day == 29, !CivilDate.isLeap(today.year) {
      return .bool(today.month == 2 && today.day == 28)
    }
    return .bool(today.month == born.month && today.day == born.day)
  }

  private func converted(_ conversion: TypedExpr.Conversion, _ operand: TypedExpr, _ context: Context) throws -> Value {
    switch (conversion, try value(operand, context), operand.type.base) {
    case (_, .missing, _): return .missing
    case (.intToNumber, .int(let int), _): return .number(Double(int))
    case (.dateToTime, .date(let day), _): return .time(calendar.start(ofDay: day))
    case (.choiceToText, .choice(let position), .choice(let choice)): return .text(choice.values[position])
    case (.choiceToText, .tier(let tier), .tier(let ladder)): return .text(program.ladders[ladder].tiers[tier].name)
    default: throw NaiveFault.broken("\(conversion) of \(operand.node)")
    }
  }
}
