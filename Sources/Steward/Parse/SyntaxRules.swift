// The syntax tree of incentives, budgets and ladders.

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
    /// `expires after 180 days`
    case expires(Expr)
    /// `deduct 100 points`, `deduct up to 100 points`
    case deduct(Expr, purse: Name, isUpTo: Bool)
    /// `take back buying same order, member`
    case takeBack(rule: Name, same: [Name], isIfAny: Bool)
    /// `rank by E desc, F asc within city, channel`
    case rank([RankKey], within: [Expr])
    /// `cost 0.01 per point`
    case cost(Expr)
    case limit([LimitSyntax])
    case cap([AmountPer])
    /// `cooldown 10 minutes`
    case cooldown(Expr)
    /// `budget 50 points per month per member`; without `per member` it is the community's.
    case budget(AmountPer, perMember: Bool)
  }
}

/// What an `award` clause gives: points or a badge.
public enum AwardPart: Sendable {
  /// `E points`, or `E xp` with the purse's name; `500, 300, 200 points` are the prizes of a board.
  case points([Expr], purse: Name)
  case badge(TextLiteral)
}

/// `joined asc` of a `rank by`.
public struct RankKey: Sendable {
  public let value: Expr
  public let isAscending: Bool
  public init(value: Expr, isAscending: Bool) {
    self.value = value
    self.isAscending = isAscending
  }
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
  public let purse: Name
  public let unit: PeriodUnit
  public let span: Span
  public init(amount: Expr, purse: Name, unit: PeriodUnit, span: Span) {
    self.amount = amount
    self.purse = purse
    self.unit = unit
    self.span = span
  }
}

// MARK: budget

/// `budget season { 300_000 points per quarter; covers daily_checkin, weekly_task; warn at 80% }`
public struct BudgetSyntax: Sendable {
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
    /// `200 points per day per member`
    case amount(AmountPer, perMember: Bool)
    case covers([Name])
    /// `warn at 80%`
    case warn(Expr)
  }
  public let name: Name
  public let clauses: [Clause]
  public init(name: Name, clauses: [Clause]) {
    self.name = name
    self.clauses = clauses
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
