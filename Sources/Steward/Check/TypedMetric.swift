/// A series about the community: a value at the end of each day, or of each period.
public struct TypedMetric: Sendable {
  public var name: String
  public var title: String?
  public var doc: [String]
  /// What members are split by: a column, a `let` or a tier; about a member, never a number or private.
  /// - Missing: nil, one value for the whole community.
  public var by: TypedExpr?
  public var every: PeriodUnit
  /// About the community.
  public var value: TypedExpr
  public var span: Span
  public init(
    name: String, title: String? = nil, doc: [String] = [], by: TypedExpr? = nil, every: PeriodUnit = .day,
    value: TypedExpr, span: Span
  ) {
    self.name = name
    self.title = title
    self.doc = doc
    self.by = by
    self.every = every
    self.value = value
    self.span = span
  }
}

/// An outside figure to hold a metric against.
public struct TypedBenchmark: Sendable {
  /// Index in `TypedProgram.metrics`.
  public var metric: Int
  public var title: String?
  public var doc: [String]
  public var value: Double
  /// Where the figure is from.
  public var source: String?
  public var span: Span
  public init(
    metric: Int, title: String? = nil, doc: [String] = [], value: Double, source: String? = nil, span: Span
  ) {
    self.metric = metric
    self.title = title
    self.doc = doc
    self.value = value
    self.source = source
    self.span = span
  }
}

/// Which group of a metric is read.
public enum MetricGroup: Hashable, Sendable {
  /// The metric has no groups.
  case none
  /// The group that the expression itself is about: `each city`, or a metric split by the same.
  case own
  /// `activity["上海"]`; `.missing` is the group `(none)`.
  case only(Value)
}
