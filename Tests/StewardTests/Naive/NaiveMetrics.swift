@testable import Steward

/// What was found before of the community at a check.
final class NaiveFound {
  struct Key: Hashable {
    var what: String
    var at: Int64
    var group: Value?
  }
  var values: [Key: Value] = [:]
  var texts: [Span: String] = [:]
}

// Metrics, and what others read of the community: LANGUAGE §5.1, §6. Nothing is kept from day to day: what a metric said is
// asked again, as of then.
extension NaiveEvaluator {
  /// The moments at which a metric is taken, and their days.
  func checks(_ unit: PeriodUnit) -> [(at: Int64, day: Int32)] {
    var result: [(Int64, Int32)] = []
    guard firstDay <= calendar.day(of: asOf) else { return [] }
    for day in firstDay...calendar.day(of: asOf) where isLastDay(day, of: unit) {
      let end = calendar.end(ofDay: day)
      // A day that the calendar leaves out never ends.
      if end > asOf || unit == .day && calendar.start(ofDay: day) > end { continue }
      result.append((end, calendar.day(of: end)))
    }
    return result
  }

  /// The last day that is over at the as-of.
  var lastCheckDay: Int32 {
    let last = calendar.day(of: asOf)
    return calendar.end(ofDay: last) <= asOf ? last : last - 1
  }

  /// An expression about the community at the end of a day, once all of that day is known.
  func valueAtCheck(
    _ what: String, _ expr: TypedExpr, _ check: (at: Int64, day: Int32), _ group: (by: TypedExpr, value: Value)?
  ) throws -> Value {
    let key = NaiveFound.Key(what: what, at: check.at, group: group?.value)
    if let known = found.values[key] { return known }
    let value = try value(
      expr, Context(subject: .community, at: check.at, view: evening(check.day), group: group))
    found.values[key] = value
    return value
  }

  func metric(_ index: Int, _ group: MetricGroup, _ context: Context) throws -> Value {
    let metric = program.metrics[index]
    if metric.every == .day {
      let own = try self.group(metric, group, context)
      let key = NaiveFound.Key(what: "metric \(index)", at: context.at, group: own?.value)
      if let known = found.values[key] { return known }
      var context = context
      context.group = own
      let value = try value(metric.value, context)
      found.values[key] = value
      return value
    }
    guard let check = checks(metric.every).last(where: { $0.day <= context.view.lastCheck }) else { return .missing }
    return try valueAtCheck("metric \(index)", metric.value, check, self.group(metric, group, context))
  }

  private func group(
    _ metric: TypedMetric, _ group: MetricGroup, _ context: Context
  ) throws -> (by: TypedExpr, value: Value)? {
    guard let by = metric.by else { return nil }
    switch group {
    case .none: return nil
    case .own: return (by, context.group?.value ?? .missing)
    case .only(let value): return (by, value)
    }
  }

  /// Over the days there are.
  func movingAverage(_ expr: TypedExpr, _ days: Int32, _ context: Context) throws -> Value {
    guard case .metric(let index, let group) = expr.node else { throw NaiveFault.broken("no metric") }
    let metric = program.metrics[index]
    let today = calendar.day(of: context.at)
    var sum = ExactDecimal.zero
    var count: UInt64 = 0
    for check in checks(metric.every) where check.day <= context.view.lastCheck {
      guard check.day > today - days, check.day <= today else { continue }
      let own = try self.group(metric, group, context)
      switch try valueAtCheck("metric \(index)", metric.value, check, own) {
      case .int(let int): sum = sum + ExactDecimal(int)
      case .number(let number): sum = sum + ExactDecimal(exactly: number)
      default: continue
      }
      count += 1
    }
    return count == 0 ? .missing : .number(sum.rounded(dividedBy: count))
  }

  /// What a member or an item reads of the community: of the last day that is seen.
  func ofCommunity(_ operand: TypedExpr, _ context: Context) throws -> Value {
    guard let check = checks(.day).last(where: { $0.day <= context.view.lastCheck }) else { return .missing }
    return try valueAtCheck(TypedDump.text(operand, in: program), operand, check, nil)
  }

  /// Whether a member belongs to a group at a moment.
  func isOf(_ group: (by: TypedExpr, value: Value), _ member: Int?, _ context: Context) throws -> Bool {
    guard let member else { return false }
    var context = context
    context.subject = .member(member)
    context.firing = nil
    context.scanned = nil
    context.group = nil
    return try value(group.by, context).isSame(group.value)
  }

  /// Whether private values decide too few members, or all but too few.
  func isWithheld(_ aggregate: MemberAggregate, _ values: [Value], _ present: Int) -> Bool {
    let least = program.schema.privacyGroup
    if aggregate.guards.contains(.value) {
      switch aggregate.function {
      case .count, .share:
        let held = values.count { $0 == .bool(true) }
        if held < least || values.count - held < least { return true }
      case .median: if values.count < 2 * least { return true }
      case .quantile(let rank): if Double(values.count) * min(rank, 1 - rank) < Double(least) { return true }
      default: if values.count < least { return true }
      }
    }
    return aggregate.guards.contains(.among) && (values.count < least || present - values.count < least)
  }

  // MARK: The outcome

  func reportMetrics(_ outcome: inout NaiveOutcome) {
    for (index, metric) in program.metrics.enumerated() {
      let checks = checks(metric.every)
      var groups: [(group: Value, values: [Value])] = []
      for group in groupsOfMembers(metric, index, checks, &outcome) {
        let values = checks.map { check in
          attempt(metric.name, nil, check.at, &outcome) {
            try valueAtCheck(
              "metric \(index)", metric.value, check, metric.by.map { (by: $0, value: group) })
          } ?? .missing
        }
        groups.append((group, values))
      }
      outcome.metrics.append(groups)
    }
  }

  /// What members are split by at any check, and the groups that rules read by name.
  private func groupsOfMembers(
    _ metric: TypedMetric, _ index: Int, _ checks: [(at: Int64, day: Int32)], _ outcome: inout NaiveOutcome
  ) -> [Value] {
    guard let by = metric.by else { return [.missing] }
    var groups = program.groupsRead(of: index)
    for check in checks {
      for member in data.members.indices {
        let value: Value =
          attempt(metric.name, member, check.at, &outcome) {
            try self.value(by, Context(subject: .member(member), at: check.at, view: evening(check.day)))
          } ?? .missing
        if !groups.contains(where: { $0.isSame(value) }) { groups.append(value) }
      }
    }
    return groups
  }
}

extension TypedProgram {
  /// The groups of a metric that some expression names.
  fileprivate func groupsRead(of metric: Int) -> [Value] {
    var result: [Value] = []
    // Metrics that are split alike have the same groups.
    func isAlike(_ other: Int) -> Bool {
      guard let by = metrics[metric].by, let theirs = metrics[other].by else { return false }
      return metrics[other].every == metrics[metric].every
        && TypedDump.text(by, in: self) == TypedDump.text(theirs, in: self)
    }
    func look(_ expr: TypedExpr) {
      if case .metric(let other, .only(let group)) = expr.node, isAlike(other),
        !result.contains(where: { $0.isSame(group) })
      {
        result.append(group)
      }
      for child in expr.children { look(child) }
    }
    for value in lets.map(\.value) + metrics.map(\.value) { look(value) }
    for rule in incentives { for value in [rule.among, rule.when].compactMap(\.self) { look(value) } }
    return result
  }
}
