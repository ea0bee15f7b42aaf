// The syntax tree of alerts, goals and plans.

/// How often something about the community is looked at.
public enum CheckStep: Hashable, Sendable {
  case hour
  case period(PeriodUnit)

  /// The word behind `every`.
  public var keyword: String {
    switch self {
    case .hour: "hour"
    case .period(let unit): unit.keyword
    }
  }
}

/// An `alert` with its clauses.
public struct AlertSyntax: Sendable {
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
    /// `each member in S`
    case eachMember(Expr)
    /// `each city`
    case eachGroup(Name)
    case when(Expr)
    /// `for 3 days`
    case holds(Expr)
    /// `keep 2 days`
    case keep(Expr)
    case check(CheckStep)
    case severity(Name)
    case cooldown(Expr)
    /// `group by city, channel`
    case groupBy([Expr])
    /// `unless silent_majority`
    case unless([Name])
    case message(Expr)
    case notify([TextLiteral])
    case suggest(Expr)
  }
  public let name: Name
  public let clauses: [Clause]
  public init(name: Name, clauses: [Clause]) {
    self.name = name
    self.clauses = clauses
  }
}

/// `goal arpu { reach E >= 5; from 2026-01-01; by 2026-12-31 }`
public struct GoalSyntax: Sendable {
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
    case reach(Expr)
    case from(Expr)
    case by(Expr)
  }
  public let name: Name
  public let clauses: [Clause]
  public init(name: Name, clauses: [Clause]) {
    self.name = name
    self.clauses = clauses
  }
}

/// `plan launch { phase foundation { … }; phase activation { … } }`
public struct PhasePlanSyntax: Sendable {
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
    case phase(PhaseSyntax)
  }
  public let name: Name
  public let clauses: [Clause]
  public init(name: Name, clauses: [Clause]) {
    self.name = name
    self.clauses = clauses
  }
}

/// `phase foundation { from 2026-01-01; until count(members) >= 500; by 2026-02-15 }`
public struct PhaseSyntax: Sendable {
  public enum Clause: Sendable {
    case title(TextLiteral, Span)
    case from(Expr, Span)
    case until(Expr, Span)
    case by(Expr, Span)
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
