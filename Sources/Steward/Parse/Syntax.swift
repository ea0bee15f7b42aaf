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
    /// A declaration that the language has and this version does not build yet (`metric`, `alert`, `goal`, …); the
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

// MARK: community

/// The `community` block.
public struct CommunitySyntax: Sendable {
  public let name: TextLiteral?
  public let clauses: [Clause]
  public init(name: TextLiteral?, clauses: [Clause]) {
    self.name = name
    self.clauses = clauses
  }

  public struct Clause: Sendable {
    public let kind: Kind
    public let span: Span
    public init(_ kind: Kind, _ span: Span) {
      self.kind = kind
      self.span = span
    }
  }

  public enum Kind: Sendable {
    case error
    case timeZone(TextLiteral)
    case weekStarts(Name)
    /// - Unit: days since 1970-01-01.
    case starts(Int32)
    case privacyGroup(Int64)
    case skipBadRows
    case members(TableSyntax)
    case events(TableSyntax)
    case content(TableSyntax)
    /// `event checkin, share { … }`, with `anonymous` and `is "…"` a name.
    case kinds([KindSyntax], columns: [ColumnSyntax])
    /// `events deep = post or answer or followup`, also with `where`.
    case eventSet(Name, PatternSyntax)
    /// `records`, `purse`, `seen by`, `members from events`: the language has them, this version does not.
    case later(keyword: Name)
  }
}

/// `members from "a.csv", "b.csv" { columns }`
public struct TableSyntax: Sendable {
  public let keyword: Name
  public let files: [TextLiteral]
  /// `encoding "gb18030"`
  public let encoding: TextLiteral?
  public let columns: [ColumnSyntax]
  public init(keyword: Name, files: [TextLiteral], encoding: TextLiteral?, columns: [ColumnSyntax]) {
    self.keyword = keyword
    self.files = files
    self.encoding = encoding
    self.columns = columns
  }
}

/// One kind of an `event` line.
public struct KindSyntax: Sendable {
  public let name: Name
  public let isAnonymous: Bool
  public let spelling: TextLiteral?
  public init(name: Name, isAnonymous: Bool, spelling: TextLiteral?) {
    self.name = name
    self.isAnonymous = isAnonymous
    self.spelling = spelling
  }
}

/// `city text? private is "城市"`
public struct ColumnSyntax: Sendable {
  public enum TypeSyntax: Sendable {
    /// `bool int number text date time member item`, or an unknown name.
    case named(Name)
    case oneOf([TextLiteral])
    case list(separator: TextLiteral?)
    case error
  }
  public let name: Name
  public let type: TypeSyntax
  public let isOptional: Bool
  public let isKey: Bool
  public let isFixed: Bool
  public let isPrivate: Bool
  public let spelling: TextLiteral?
  public let span: Span
  public init(
    name: Name, type: TypeSyntax, isOptional: Bool, isKey: Bool, isFixed: Bool, isPrivate: Bool, spelling: TextLiteral?,
    span: Span
  ) {
    self.name = name
    self.type = type
    self.isOptional = isOptional
    self.isKey = isKey
    self.isFixed = isFixed
    self.isPrivate = isPrivate
    self.spelling = spelling
    self.span = span
  }
}

// MARK: incentive

/// An `incentive` with its clauses.
public struct IncentiveSyntax: Sendable {
  public let name: Name
  public let clauses: [Clause]
  public init(name: Name, clauses: [Clause]) {
    self.name = name
    self.clauses = clauses
  }

  public struct Clause: Sendable {
    public let kind: Kind
    public let span: Span
    public init(_ kind: Kind, _ span: Span) {
      self.kind = kind
      self.span = span
    }
  }

  public enum Kind: Sendable {
    case error
    case title(TextLiteral)
    case on(PatternSyntax)
    case every(PeriodUnit)
    case among(Expr)
    case during([Name])
    case when(Expr)
    /// `award 5 points and badge "首答"`; `5 points and 5 xp` has two parts.
    case award([AwardPart])
    case limit([LimitSyntax])
    case cap([AmountPer])
    /// `cooldown 10 minutes`
    case cooldown(Expr)
    /// `budget 50 points per month per member`; without `per member` it is the community's.
    case budget(AmountPer, perMember: Bool)
    /// `expires`, `deduct`, `take back`, `rank by`, `cost`: the language has them, this version does not.
    case later(keyword: Name)
  }
}

/// What an `award` clause gives: points or a badge.
public enum AwardPart: Sendable {
  /// `E points`, or `E xp` with the purse's name.
  case points(Expr, purse: Name)
  case badge(TextLiteral)
}

/// `3 per day`, `1 per content`, `1 ever`
public struct LimitSyntax: Sendable {
  public enum Per: Sendable {
    case ever
    case period(PeriodUnit)
    case attribute(Name)
  }
  public let count: Expr
  public let per: Per
  public let span: Span
  public init(count: Expr, per: Per, span: Span) {
    self.count = count
    self.per = per
    self.span = span
  }
}

/// `30 points per day`
public struct AmountPer: Sendable {
  public let amount: Expr
  public let unit: PeriodUnit
  public let span: Span
  public init(amount: Expr, unit: PeriodUnit, span: Span) {
    self.amount = amount
    self.unit = unit
    self.span = span
  }
}

// MARK: tiers

/// A `tiers` declaration with its clauses.
public struct LadderSyntax: Sendable {
  public let name: Name
  public let clauses: [Clause]
  public init(name: Name, clauses: [Clause]) {
    self.name = name
    self.clauses = clauses
  }

  public struct Clause: Sendable {
    public let kind: Kind
    public let span: Span
    public init(_ kind: Kind, _ span: Span) {
      self.kind = kind
      self.span = span
    }
  }

  public enum Kind: Sendable {
    case error
    case title(TextLiteral)
    case tier(TierSyntax)
    case review(PeriodUnit)
    /// `grace 30 days`
    case grace(Expr)
    case demoteOneStep
  }
}

/// One `tier` of a ladder.
public struct TierSyntax: Sendable {
  public enum Clause: Sendable {
    case when(Expr, Span)
    case keepWhen(Expr, Span)
    case grants([TextLiteral], Span)
    case title(TextLiteral, Span)
    case error(Span)
  }
  public let name: Name
  public let doc: [String]
  public let clauses: [Clause]
  public init(name: Name, doc: [String], clauses: [Clause]) {
    self.name = name
    self.doc = doc
    self.clauses = clauses
  }
}
