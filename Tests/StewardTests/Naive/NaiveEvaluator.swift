@testable import Steward

/// The oracle of the engine: every value of a rule set from its definition, one subject at one moment at a time.
///
/// It shares with the engine the typed tree, `Value` and the calendar's days and periods, and nothing else. It is made to
/// be obviously right: each aggregate scans all the subject's events, each sum is a sum of decimals of any length.
struct NaiveEvaluator {
  enum Subject {
    case member(Int)
    case item(Int)
    case community
  }

  /// About whom, when, and what a name may point to.
  struct Context {
    var subject: Subject
    var at: Int64
    /// What of points and tiers is seen.
    var view: NaiveView
    /// At an event's moment, that event: what comes after it in the member's order is not seen.
    var firing: PlacedEvent?
    var scanned: NaiveData.Event?
    /// Where an expression about the community is about one group of members: by what, and which.
    var group: (by: TypedExpr, value: Value)?
  }

  let program: TypedProgram
  let data: NaiveData
  let calendar: Calendar
  let asOf: Int64
  /// First day of the daily series.
  let firstDay: Int32
  let events: NaiveEvents

  // What the run has found so far.

  /// Per member, what a limit, a cooldown, a cap or a member's budget counts: refused by the community's budgets or not.
  var attempts: [[NaiveAttempt]]
  /// Per member, what came into the ledger, in its order.
  var entries: [[NaiveEntry]]
  /// Per ladder and member, each change of the standing.
  var reviews: [[[(step: NaiveStep, standing: NaiveTier)]]]
  /// What was found of the community at checks, so that it need not be found again.
  let found = NaiveFound()
  /// What the community's budgets have paid.
  var budgetUses: [NaiveBudgetUse] = []

  init(program: TypedProgram, data: NaiveData, calendar: Calendar, asOf: Int64) {
    self.program = program
    self.data = data
    self.calendar = calendar
    self.asOf = asOf
    // Records date the community only where nothing else does.
    let ofMembers = data.events.filter { !program.schema.isRecord($0.kind) }
    let firstEvent = (ofMembers.isEmpty ? data.events : ofMembers).filter { $0.at <= asOf }.map(\.at).min()
    firstDay = program.schema.starts ?? calendar.day(of: firstEvent ?? asOf)
    events = NaiveEvents(program.schema, data)
    attempts = data.members.map { _ in [] }
    entries = data.members.map { _ in [] }
    reviews = program.ladders.map { _ in data.members.map { _ in [] } }
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
    case .referenced(let reference, let column): return referenced(try value(reference, context), column)
    case .previous(let inner, let days): return try previous(inner, days: days, context)
    case .metric(let index, let group): return try metric(index, group, context)
    case .movingAverage(let metric, let days): return try movingAverage(metric, days, context)
    case .ofCommunity(let operand): return try ofCommunity(operand, context)
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
    default:
      if case .item(let item) = context.subject { return .item(item) }
      return .member(try member(context))
    }
  }

  /// A column of what a reference points to.
  private func referenced(_ reference: Value, _ column: Int) -> Value {
    switch reference {
    case .member(let member): data.members[member].columns[column]
    case .item(let item): data.items[item].columns[column]
    default: .missing
    }
  }

  func member(_ context: Context) throws -> Int {
    guard case .member(let member) = context.subject else { throw NaiveFault.broken("\(context.subject) is no member") }
    return member
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

extension Schema {
  func isRecord(_ kind: Int) -> Bool {
    guard case .records? = events?.kinds[kind].source else { return false }
    return true
  }
}
