// The syntax tree of metrics and benchmarks.

/// `metric activity by city every week = share(not silent) title "…"`
public struct MetricSyntax: Sendable {
  public let name: Name
  /// A column, a `let` or a ladder: one value a group.
  public let by: Name?
  /// - Missing: nil, a value a day.
  public let every: PeriodUnit?
  public let title: TextLiteral?
  public let value: Expr
  public init(name: Name, by: Name?, every: PeriodUnit?, title: TextLiteral?, value: Expr) {
    self.name = name
    self.by = by
    self.every = every
    self.title = title
    self.value = value
  }
}

/// `benchmark silent_share = 77% source "…"`: an outside figure for a metric.
public struct BenchmarkSyntax: Sendable {
  /// The metric's name.
  public let name: Name
  public let title: TextLiteral?
  public let value: Expr
  public let source: TextLiteral?
  public init(name: Name, title: TextLiteral?, value: Expr, source: TextLiteral?) {
    self.name = name
    self.title = title
    self.value = value
    self.source = source
  }
}
