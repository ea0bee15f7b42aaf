// Expressions about the community become series. A metric is written out where it is read at the same checks; otherwise,
// and where another day or another subject asks, it is a series of its own that is read.

extension Planner {
  /// The series of an expression about the community; equal ones on one grid are one.
  mutating func series(_ value: TypedExpr, _ rhythm: CheckRhythm, split: TypedExpr?) -> Int {
    let own = PlanGrid(rhythm: .checks(rhythm), split: split.map { splitNode($0) })
    return series(value, own, split?.type)
  }

  private mutating func series(_ value: TypedExpr, _ own: PlanGrid, _ type: Type?) -> Int {
    let outer = (isAboutCommunity, grid, splitType)
    (isAboutCommunity, grid, splitType) = (true, own, type)
    let root = node(value)
    (isAboutCommunity, grid, splitType) = outer
    let place = plan.grids.append(own).index
    let (isNew, index) = plan.series.append(PlanSeries(grid: place, node: root))
    if isNew { plan.seriesTypes.append(Plan.SeriesTypes(value: value.type, split: type)) }
    return index
  }

  /// The node that an expression about the community has on a grid; one that the plan does not have yet is added.
  mutating func place(of value: TypedExpr, on own: PlanGrid, _ type: Type?) -> Int {
    let outer = (isAboutCommunity, grid, splitType)
    (isAboutCommunity, grid, splitType) = (true, own, type)
    defer { (isAboutCommunity, grid, splitType) = outer }
    return node(value)
  }

  /// The series of a metric at its own checks.
  mutating func series(ofMetric index: Int) -> Int {
    if let known = plan.metricSeries[index] { return known }
    let metric = program.metrics[index]
    let made = series(metric.value, .period(metric.every), split: metric.by)
    plan.metricSeries[index] = made
    return made
  }

  mutating func planMetrics(_ only: Set<String>) {
    for (index, metric) in program.metrics.enumerated() where only.isEmpty || only.contains(metric.name) {
      _ = series(ofMetric: index)
    }
  }

  /// What a metric says at the checks at hand.
  mutating func metricNode(_ index: Int, _ group: MetricGroup, _ expr: TypedExpr) -> Int {
    guard program.metrics.indices.contains(index) else {
      return add(.missing(kind(expr.type)), [], kind(expr.type), nil)
    }
    let metric = program.metrics[index]
    if case .only(.text(let name)) = group { _ = text(name) }
    var isFresh = metric.every == .day
    if case .checks(let rhythm) = grid?.rhythm { isFresh = isFresh || rhythm == .period(metric.every) }
    guard isFresh else {
      let series = series(ofMetric: index)
      return add(.series(series, .held(daysEarlier: 0), group), [], kind(expr.type), expr.span)
    }
    // A daily one is asked afresh where the day has several checks, and at the as-of.
    if group == .own || metric.by == nil && grid?.split == nil {
      guard isAboutCommunity else { return node(metric.value) }
      if let known = gridMetricNodes[grid]?[index] { return known }
      let made = node(metric.value)
      gridMetricNodes[grid, default: [:]][index] = made
      return made
    }
    let rhythm = grid?.rhythm ?? .beforeEnd(days: 0)
    let split = metric.by.map { splitNode($0) }
    let series = series(metric.value, PlanGrid(rhythm: rhythm, split: split), metric.by?.type)
    return add(.series(series, .held(daysEarlier: 0), group), [], kind(expr.type), expr.span)
  }

  private mutating func splitNode(_ split: TypedExpr) -> Int {
    let outer = (isAboutCommunity, grid, splitType)
    (isAboutCommunity, grid, splitType) = (false, nil, nil)
    defer { (isAboutCommunity, grid, splitType) = outer }
    return node(split)
  }

  /// An expression about the community some days earlier.
  mutating func previousOfCommunity(_ operand: TypedExpr, _ days: Int32, _ expr: TypedExpr) -> Int {
    let split = grid?.split
    let group: MetricGroup = split == nil ? .none : .own
    switch grid?.rhythm {
    case .checks(let rhythm):
      // Only days have a check at the same local time, whatever the period.
      let rhythm = rhythm.isWithinDays ? rhythm : .daily
      let series = series(operand, PlanGrid(rhythm: .checks(rhythm), split: split), splitType)
      return add(.series(series, .held(daysEarlier: days), group), [], kind(expr.type), expr.span)
    case .beforeEnd, nil:
      var before = days
      if case .beforeEnd(let earlier) = grid?.rhythm { before &+= earlier }
      let series = series(operand, PlanGrid(rhythm: .beforeEnd(days: before), split: split), splitType)
      return add(.series(series, .held(daysEarlier: 0), group), [], kind(expr.type), expr.span)
    }
  }

  mutating func averageNode(_ metric: TypedExpr, _ days: Int32, _ expr: TypedExpr) -> Int {
    guard case .metric(let index, let group) = metric.node, program.metrics.indices.contains(index) else {
      return add(.missing(.numbers), [], .numbers, expr.span)
    }
    let series = series(ofMetric: index)
    return add(.series(series, .average(days: days), group), [], .numbers, expr.span)
  }
}
