// The typed tree: what was meant. Every name is an index, every conversion is written out, `fn`s are inlined, every node has
// a type and keeps the span it came from. The engine and the naive evaluator of the tests start from here.
//
// Missing values: an operand of a comparison, of `and or not`, and a clause is settled: either its type is not optional or a
// guard (`x is not missing and …`, the branch of an `if`) has shown that it is there. Everything else passes missing on.

/// An expression with its type; names are settled, and conversions are nodes.
public struct TypedExpr: Sendable {
  public let node: Node
  public let type: Type
  public let span: Span

  public init(_ node: Node, _ type: Type, _ span: Span) {
    self.node = node
    self.type = type
    self.span = span
  }

  /// Which event an attribute is read from.
  public enum Scope: Hashable, Sendable {
    /// The event that a pattern is looking at: plain names inside a pattern, `event.x`.
    case scanned
    /// The event that fired the `on` rule: plain names in its clauses, `this.x` inside a pattern.
    case firing
  }

  public enum Arithmetic: Hashable, Sendable {
    /// int × int, number × number, duration ± duration, time ± duration, date ± duration (days of the calendar; the
    /// literal has days or weeks), time − time and date − date (a duration), duration × int or number.
    case add, subtract, multiply
    /// number / number: missing if the divisor is 0. duration / duration is a number.
    case divide
    /// int only; towards minus infinity; missing if the divisor is 0.
    case div, mod
  }

  public enum Conversion: Hashable, Sendable {
    case intToNumber
    /// A day's first instant.
    case dateToTime
    /// A choice or tier to its text.
    case choiceToText
  }

  public enum Function: Hashable, Sendable {
    /// Two or more int, number, time, date or duration of one type; missing if one is missing.
    case min, max
    case abs
    /// number → int, on the 15-digit decimal of the argument; round takes halves away from zero.
    case round, floor, ceil
    /// Missing outside their domain.
    case sqrt, log
  }

  public enum Format: Hashable, Sendable {
    /// As tables print it: the shortest decimal, ISO dates.
    case plain
    /// `0.153` → `15.3%`, at most one decimal
    case percent
    case date
    /// With thousands separated: `12,345`
    case points
    /// `0.00`: that many decimals
    case decimals(Int)
  }

  public enum TextPart: Sendable {
    case literal(String)
    case value(TypedExpr, Format)
  }

  public indirect enum Node: Sendable {
    /// What did not compile. Never reaches the engine.
    case error
    case constant(Value)
    /// `2026-01-31 09:00`: an instant by the community's clock, which only the host's zone table can place.
    /// - Unit: days since 1970-01-01, microseconds since local midnight.
    case localTime(day: Int32, micros: Int64)
    /// The moment of evaluation, a time.
    case now
    /// The subject: a member, or an item (the expression's type tells).
    case subject
    /// A column of the subject's row, by its index in `Schema.members.columns`.
    case column(Int)
    /// An attribute of an event, by its index in `EventSchema.attributes`.
    case attribute(Int, Scope)
    /// `at`
    case eventTime(Scope)
    /// `kind`, a choice over the names of all declared kinds.
    case eventKind(Scope)
    /// `event.member`
    case eventMember(Scope)
    /// A `let` or `segment`, by its index in `TypedProgram.lets`.
    case reference(Int)
    case negate(TypedExpr)
    case not(TypedExpr)
    case and(TypedExpr, TypedExpr)
    case or(TypedExpr, TypedExpr)
    case arithmetic(Arithmetic, TypedExpr, TypedExpr)
    /// Both sides have the same base. Text and lists know only `==` and `!=`; times, dates, durations, periods,
    /// numbers, ints and tiers are ordered.
    case compare(Expr.ComparisonOperator, TypedExpr, TypedExpr)
    case isIn(TypedExpr, [TypedExpr])
    /// text in text, or text in list
    case contains(TypedExpr, TypedExpr)
    case startsWith(TypedExpr, TypedExpr)
    case isMissing(TypedExpr)
    /// `a ?? b`
    case coalesce(TypedExpr, TypedExpr)
    /// `if` and `case`: the first arm whose condition holds.
    case choose([Arm], else: TypedExpr)
    case convert(Conversion, TypedExpr)
    /// `day of x` … `year of x`; of a time or a date.
    case period(PeriodUnit, TypedExpr)
    /// A choice over `Choice.weekdays`; of a time or a date.
    case weekday(TypedExpr)
    /// 0–23, of a time.
    case hour(TypedExpr)
    /// Whether the moment's day is the anniversary of a date; 28 February where the 29th is missing.
    case anniversary(TypedExpr)
    case function(Function, [TypedExpr])
    case text([TextPart])
    case aggregate(EventAggregate)
    /// An aggregate about members; its value is about the community.
    case memberAggregate(MemberAggregate)
    /// The balance of a purse, by its index in `Schema.purses`; `points` is the first.
    case balance(Int)
    /// Points of a purse awarded within the window, without awards taken back by the moment.
    case earned(Int, Window)
    /// Points of a purse that `deduct` took within the window.
    case spent(Int, Window)
    /// How many awards of an incentive, by its index in `TypedProgram.incentives`; those taken back do not count.
    case awards(Int, Window)
    /// When the subject last got an award of an incentive; a time, missing before the first.
    case lastAward(Int)
    /// The badges held, a list of text.
    case badges
    /// The subject's tier on a ladder, by its index in `TypedProgram.ladders`; of type `.tier`.
    case tier(Int)
    /// When the subject got that tier; missing while it never changed.
    case tierSince(Int)
    /// `ref.column`: the column, by its index in the table of members or content, of what a reference of type member or
    /// item points to; missing where the reference is. About an item, its own columns are those of `subject`.
    case referenced(TypedExpr, column: Int)
    /// The expression about the same subject so many calendar days earlier at the same local time. It reads neither
    /// firing nor scanned events. Missing before the subject was there: before `joined`, and before the first day.
    case previous(TypedExpr, days: Int32)
    /// A metric at the same check; one of longer periods: as of its last. About the community.
    case metric(Int, MetricGroup)
    /// The average of a metric over the checks of so many calendar days up to the moment, those missing left out.
    case movingAverage(TypedExpr, days: Int32)
    /// What the operand, which is about the community, says where a member or an item is the subject: as the day began in
    /// rules and tiers, else as of the moment's check. Missing before the first check.
    case ofCommunity(TypedExpr)
  }

  public struct Arm: Sendable {
    public let condition: TypedExpr
    public let value: TypedExpr
    public init(condition: TypedExpr, value: TypedExpr) {
      self.condition = condition
      self.value = value
    }
  }
}

/// Which events: those of some kinds for which a condition holds.
public struct EventPattern: Sendable {
  /// Ascending indices in `EventSchema.kinds`, which hold records and the events of `seen by` too.
  public var kinds: [Int]
  /// A bool about the scanned event: its attributes (`.scanned`), the subject's columns, constants, `now`, and in an `on`
  /// rule the firing event (`.firing`). It holds no aggregate.
  public var condition: TypedExpr?
  public var span: Span
  public init(kinds: [Int], condition: TypedExpr?, span: Span) {
    self.kinds = kinds
    self.condition = condition
    self.span = span
  }
}

/// A stretch of time that ends at the moment of evaluation, or a fixed one that never reaches beyond it.
public enum Window: Hashable, Sendable {
  /// A place in local time: a day, or a day and microseconds since its midnight.
  public enum Bound: Hashable, Sendable {
    case day(Int32)
    case local(day: Int32, micros: Int64)
  }
  /// All time up to the moment.
  case all
  /// Today and the n − 1 calendar days before it, up to now; `last 2 weeks` is 14.
  case lastDays(Int32)
  /// (now − d, now]. - Unit: microseconds.
  case lastExact(Int64)
  /// From the period's start to now.
  case current(PeriodUnit)
  /// The whole period before the current one.
  case previous(PeriodUnit)
  /// Ends included: a day as `to` means its last instant. Never beyond now.
  case between(from: Bound, to: Bound?)
}

/// An aggregate about the subject's events.
public struct EventAggregate: Sendable {
  public enum Function: Hashable, Sendable {
    case count, any, days, first, last
    /// Of `value`: exact, rounded once. `sum` of int is an int.
    case sum, avg, min, max, median
    /// Linear between the closest ranks (type 7).
    case quantile(Double)
    case distinct
    /// `last(E of P)`
    case lastValue
    /// Days or weeks in a row. Forgiven ones are bridged: they neither break nor add.
    case streak(PeriodUnit, Forgiveness?)
  }
  /// `forgive 1 per week`: so many missing days (or weeks) in each calendar period do not break a streak.
  public struct Forgiveness: Hashable, Sendable {
    public var count: Int64
    public var per: PeriodUnit
    public init(count: Int64, per: PeriodUnit) {
      self.count = count
      self.per = per
    }
  }
  public var function: Function
  public var pattern: EventPattern
  /// What is summed and so on: about the scanned event, like the pattern's condition. Rows for which it is missing are
  /// skipped. An int stays an int, whatever the function: `avg` of ints gives a number all the same.
  public var value: TypedExpr?
  public var window: Window
  /// `same a, b`: only events whose attributes equal the firing event's; an event for which one is missing on either
  /// side is not the same.
  public var same: [Int]
  public var span: Span
  public init(
    function: Function, pattern: EventPattern, value: TypedExpr?, window: Window, same: [Int] = [], span: Span
  ) {
    self.function = function
    self.pattern = pattern
    self.value = value
    self.window = window
    self.same = same
    self.span = span
  }
}

/// An aggregate about the members present.
public struct MemberAggregate: Sendable {
  public enum Function: Hashable, Sendable {
    case count, share, sum, avg, min, max, median
    case quantile(Double)
  }
  /// Which private values decide an aggregate.
  public struct Guards: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Of a count or share a privacy group is in and one is out; of others one has a value.
    public static let value = Guards(rawValue: 1)
    /// A privacy group is among those looked at, and one is not.
    public static let among = Guards(rawValue: 2)
  }
  public var function: Function
  /// A bool for `count` and `share`, else an int or number; about a member.
  public var value: TypedExpr
  /// A bool about a member.
  public var among: TypedExpr?
  /// Private values decide it, so that it is withheld from few.
  public var guards: Guards
  public var isGuarded: Bool { guards != [] }
  public var span: Span
  public init(function: Function, value: TypedExpr, among: TypedExpr?, guards: Guards = [], span: Span) {
    self.function = function
    self.value = value
    self.among = among
    self.guards = guards
    self.span = span
  }
}

// MARK: Declarations

/// A whole rule set.
public struct TypedProgram: Sendable {
  public var schema: Schema
  /// `let`s and `segment`s, file by file as declared. A reference points to any of them; there are no cycles.
  public var lets: [TypedLet]
  public var incentives: [TypedIncentive]
  public var ladders: [TypedLadder]
  /// Clauses of incentives and declarations, file by file as written.
  public var budgets: [TypedBudget]
  /// A metric reads others of its own check, without cycles.
  public var metrics: [TypedMetric]
  /// At most one a metric.
  public var benchmarks: [TypedBenchmark]
  public init(
    schema: Schema, lets: [TypedLet] = [], incentives: [TypedIncentive] = [], ladders: [TypedLadder] = [],
    budgets: [TypedBudget] = [], metrics: [TypedMetric] = [], benchmarks: [TypedBenchmark] = []
  ) {
    self.metrics = metrics
    self.benchmarks = benchmarks
    self.schema = schema
    self.lets = lets
    self.incentives = incentives
    self.ladders = ladders
    self.budgets = budgets
  }
}

/// A `let` or a segment.
public struct TypedLet: Sendable {
  public var name: String
  public var isSegment: Bool
  /// Whose value it is. One that reads nothing of a member (a constant, `now`) is about members.
  public var subject: SubjectKind
  /// Reads the firing event: usable in `on` rules only, no column of `facts.csv`.
  public var needsFiringEvent: Bool
  public var title: String?
  public var doc: [String]
  public var value: TypedExpr
  public var span: Span
  public init(
    name: String, isSegment: Bool, subject: SubjectKind, needsFiringEvent: Bool = false, title: String? = nil,
    doc: [String] = [], value: TypedExpr, span: Span
  ) {
    self.name = name
    self.isSegment = isSegment
    self.subject = subject
    self.needsFiringEvent = needsFiringEvent
    self.title = title
    self.doc = doc
    self.value = value
    self.span = span
  }
}

/// A ladder of tiers, the lowest first.
public struct TypedLadder: Sendable {
  public struct Tier: Sendable {
    public var name: String
    public var title: String?
    public var doc: [String]
    /// Missing on the lowest tier alone.
    public var when: TypedExpr?
    public var keep: TypedExpr?
    public var grants: [String]
    public var span: Span
    public init(
      name: String, title: String? = nil, doc: [String] = [], when: TypedExpr?, keep: TypedExpr? = nil,
      grants: [String] = [], span: Span
    ) {
      self.name = name
      self.title = title
      self.doc = doc
      self.when = when
      self.keep = keep
      self.grants = grants
      self.span = span
    }
  }
  public enum Grace: Hashable, Sendable {
    /// Calendar days from the day of the first failing review.
    case days(Int32)
    /// - Unit: microseconds.
    case exact(Int64)
  }
  public var name: String
  public var title: String?
  public var doc: [String]
  /// From the lowest to the highest.
  public var tiers: [Tier]
  public var review: PeriodUnit
  public var grace: Grace
  public var demotesOneStep: Bool
  public var span: Span
  public init(
    name: String, title: String? = nil, doc: [String] = [], tiers: [Tier], review: PeriodUnit = .day,
    grace: Grace = .days(0), demotesOneStep: Bool = false, span: Span
  ) {
    self.name = name
    self.title = title
    self.doc = doc
    self.tiers = tiers
    self.review = review
    self.grace = grace
    self.demotesOneStep = demotesOneStep
    self.span = span
  }
}
