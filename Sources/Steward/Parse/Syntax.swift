// The syntax tree: what was written, nothing more. Every node keeps its span; names are not resolved, types are unknown.
// Broken input gives `.error` nodes, so that the formatter and the checker go on.

/// A name as written, with its place.
public struct Name: Hashable, Sendable {
  public let text: String
  public let span: Span
  public init(_ text: String, _ span: Span) {
    self.text = text
    self.span = span
  }
}

/// A text literal without values in it, with its place.
public struct TextLiteral: Hashable, Sendable {
  public let text: String
  public let span: Span
  public init(_ text: String, _ span: Span) {
    self.text = text
    self.span = span
  }
}

// MARK: Expressions

/// An expression as written.
public struct Expr: Sendable {
  public let kind: Kind
  public let span: Span
  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }

  public enum UnaryOperator: Sendable { case negate, not }

  public enum BinaryOperator: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case div, mod, and, or
    case coalesce = "??"
  }

  public enum ComparisonOperator: String, Sendable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  /// `day of x` and the like.
  public enum Part: Hashable, Sendable {
    case period(PeriodUnit)
    case weekday, hour
  }

  public indirect enum Kind: Sendable {
    case error
    case int(Int64)
    /// `0.8`; `15%` is 0.15. The value is the literal's decimal, correctly rounded.
    case number(Double)
    case bool(Bool)
    /// `"text {value as format}"`; a literal without values is one `.literal` piece (or none, if empty).
    case text([TextPiece])
    /// `2026-01-31`. - Unit: days since 1970-01-01.
    case date(Int32)
    /// `2026-01-31 09:00`, local to the community. - Unit: days since 1970-01-01, microseconds since midnight.
    case dateTime(day: Int32, micros: Int64)
    /// `08:30`. - Unit: microseconds since midnight.
    case timeOfDay(Int64)
    /// `30 days`, `12 hours`.
    case duration(DurationLiteral)
    case name(Name)
    /// `event.x`, `this.x`, `member.x`, `standing.since`, `ref.column`.
    case field(Expr, Name)
    /// `activity["上海"]`: one group of a metric.
    case element(Expr, Expr)
    /// `f(…)`: a built-in, an aggregate or a `fn`.
    case call(Name, [Argument])
    case unary(UnaryOperator, Expr)
    case binary(BinaryOperator, Expr, Expr)
    /// `a <= b < c`: one more operand than operators; usually two operands.
    case comparison([Expr], [ComparisonOperator])
    case isMissing(Expr, negated: Bool)
    case isIn(Expr, [Expr])
    case contains(Expr, Expr)
    case startsWith(Expr, Expr)
    case part(Part, Expr)
    case `if`(condition: Expr, then: Expr, else: Expr)
    case cases([CaseArm], else: Expr?)
    /// In parentheses; kept for the formatter.
    case parenthesized(Expr)
  }
}

/// A part of a text with values.
public enum TextPiece: Sendable {
  case literal(String, Span)
  /// `{expr as format}`; formats `percent date points 0.00`.
  case value(Expr, format: Name?)
}

/// `when a then b`
public struct CaseArm: Sendable {
  public let condition: Expr
  public let value: Expr
  public init(condition: Expr, value: Expr) {
    self.condition = condition
    self.value = value
  }
}

/// `30 days`, as written.
public struct DurationLiteral: Hashable, Sendable {
  public enum Unit: String, Hashable, Sendable, CaseIterable { case minutes, hours, days, weeks, months, years }
  public let count: Int64
  public let unit: Unit
  public init(count: Int64, unit: Unit) {
    self.count = count
    self.unit = unit
  }
}

/// What stands between the parentheses of a call.
public struct Argument: Sendable {
  public enum Kind: Sendable {
    /// An expression, or a pattern: `value of subject where condition among segment`, all but `subject` optional.
    ///
    /// `count(like or comment where x)` has `subject` = `like or comment`; `sum(amount of purchase)` has `value` =
    /// `amount`, `subject` = `purchase`; `avg(points among active)` has `subject` = `points`.
    case subject(value: Expr?, subject: Expr, where: Expr?, among: Expr?)
    case window(WindowSyntax)
    /// `same content, author` takes the names up to the next argument that is not a bare name.
    case same([Name])
    /// `by week`
    case by(PeriodUnit)
    /// `forgive 1 per week`
    case forgive(Expr, PeriodUnit)
  }
  public let kind: Kind
  public let span: Span
  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}

/// `last 30 days`, as written.
public struct WindowSyntax: Sendable {
  public enum Kind: Sendable {
    /// `last 30 days`; `last D` with the name of a parameter.
    case last(Expr)
    /// `today`, `this week`, …
    case current(PeriodUnit)
    /// `yesterday`, `previous week`, …
    case previous(PeriodUnit)
    case since(Expr)
    case between(Expr, Expr)
    case within(Expr)
  }
  public let kind: Kind
  public let span: Span
  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}

/// `like or comment where EXPR`: an event pattern in a clause.
public struct PatternSyntax: Sendable {
  public let kinds: Expr
  public let condition: Expr?
  public let span: Span
  public init(kinds: Expr, condition: Expr?, span: Span) {
    self.kinds = kinds
    self.condition = condition
    self.span = span
  }
}

// MARK: Declarations

/// One declaration of a file, with its doc comment.
public struct Declaration: Sendable {
  public let kind: Kind
  /// The lines of the `///` comment before it, without the slashes.
  public let doc: [String]
  public let isOverride: Bool
  public let span: Span
  public init(_ kind: Kind, doc: [String], isOverride: Bool = false, span: Span) {
    self.kind = kind
    self.doc = doc
    self.isOverride = isOverride
    self.span = span
  }

  public indirect enum Kind: Sendable {
    case error
    case community(CommunitySyntax)
    case `let`(LetSyntax)
    case function(FunctionSyntax)
    case segment(LetSyntax)
    case incentive(IncentiveSyntax)
    case tiers(LadderSyntax)
    case budget(BudgetSyntax)
    case alert(AlertSyntax)
    case goal(GoalSyntax)
    case plan(PhasePlanSyntax)
    case use(UseSyntax)
    case needs(NeedsSyntax)
    case parameter(ParameterSyntax)
    case metric(MetricSyntax)
    case benchmark(BenchmarkSyntax)
    /// A declaration that the language has and this version does not build yet (`alert`, `goal`, …); the
    /// parser skips its body and reports it.
    case later(keyword: Name, name: Name?)
  }
}

/// One parsed file.
public struct FileSyntax: Sendable {
  public let file: FileID
  public let declarations: [Declaration]
  /// `//` comments, for the formatter.
  public let comments: [Span]
  public init(file: FileID, declarations: [Declaration], comments: [Span]) {
    self.file = file
    self.declarations = declarations
    self.comments = comments
  }
}

/// Which subject a `let … about X` is fixed to.
public enum SubjectKind: String, Hashable, Sendable { case member, content, community }

/// `let x about member = E title "…"`, and `segment x = E`.
public struct LetSyntax: Sendable {
  public let name: Name
  public let about: SubjectKind?
  public let title: TextLiteral?
  public let value: Expr
  public init(name: Name, about: SubjectKind?, title: TextLiteral?, value: Expr) {
    self.name = name
    self.about = about
    self.title = title
    self.value = value
  }
}

/// `fn f(w: window, k: number) = …`
public struct FunctionSyntax: Sendable {
  public struct Parameter: Sendable {
    public let name: Name
    /// `window`, `events`, or a type name (`bool int number text time date duration`).
    public let type: Name
    public init(name: Name, type: Name) {
      self.name = name
      self.type = type
    }
  }
  public let name: Name
  public let parameters: [Parameter]
  public let title: TextLiteral?
  public let value: Expr
  public init(name: Name, parameters: [Parameter], title: TextLiteral?, value: Expr) {
    self.name = name
    self.parameters = parameters
    self.title = title
    self.value = value
  }
}

// MARK: Modules

/// `use std.points`, `use "../shared"`
public struct UseSyntax: Sendable {
  public enum Target: Hashable, Sendable {
    /// A module of the standard library, without `std.`
    case standard(String)
    /// A folder of rule files, relative to the file that uses it.
    case folder(String)
  }
  public let target: Target
  public let span: Span
  public init(target: Target, span: Span) {
    self.target = target
    self.span = span
  }
}

/// `needs events interaction, events deep`: kinds or event sets that whoever uses the module has to declare.
public struct NeedsSyntax: Sendable {
  public let events: [Name]
  public init(events: [Name]) { self.events = events }
}

/// `parameter silent_after = 30 days`, and with `override` the value that a rule set gives it.
public struct ParameterSyntax: Sendable {
  public let name: Name
  public let title: TextLiteral?
  public let value: Expr
  public init(name: Name, title: TextLiteral?, value: Expr) {
    self.name = name
    self.title = title
    self.value = value
  }
}
