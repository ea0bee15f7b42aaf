// A metric by its name: its last value, a sparkline, the last days; a split one, a line for each group.

extension Session {
  /// - Missing: nil unless the expression is no more than a metric's name.
  func metricText(_ expression: Expr) throws(SessionFailure) -> (text: String, isSplit: Bool)? {
    guard let name = expression.bare.plainName?.text, let program = state.program,
      let index = program.metrics.firstIndex(where: { $0.name == name })
    else { return nil }
    let outcome = try outcome()
    guard outcome.metrics.indices.contains(index), let found = outcome.metrics[index] else { return nil }
    let metric = program.metrics[index]
    var lines = found.isSplit ? groupLines(found, metric) : seriesLines(found, metric)
    if let benchmark = program.benchmarks.first(where: { $0.metric == index }) {
      let isShare = metric.value.isShare(program)
      let value = isShare ? Summary.percent(benchmark.value) : NumberText.shortest(benchmark.value)
      let source = benchmark.source.map { say(" (\($0))", "（\($0)）") } ?? ""
      lines.append(display.style(DisplayWidth.printable(say("  benchmark \(value)", "  基准 \(value)") + source), .dim))
    }
    lines.append("  " + display.style(say("`:why metric \(name)` tells why", "`:why metric \(name)` 说明原因"), .dim))
    return (lines.map { $0 + "\n" }.joined(), found.isSplit)
  }

  private func shown(_ found: CheckSeries, _ metric: TypedMetric, _ group: Int, _ check: Int) -> String {
    if found.isWithheld(group, check) {
      let program = state.program ?? TypedProgram(schema: Schema())
      return metric.value.isCountOfMembers(program) ? "<\(program.schema.privacyGroup)" : ValueDisplay.missing
    }
    let value = found.value(group, check)
    if state.program.map({ metric.value.isShare($0) }) == true, case .number(let share) = value {
      return Summary.percent(share)
    }
    return values.text(value, found.type)
  }

  private func numbers(_ found: CheckSeries, _ group: Int) -> [Double?] {
    found.moments.indices.map { check in
      if found.isWithheld(group, check) { return nil }
      switch found.value(group, check) {
      case .int(let int): return Double(int)
      case .number(let number): return number
      case .bool(let flag): return flag ? 1 : 0
      default: return nil
      }
    }
  }

  private func seriesLines(_ found: CheckSeries, _ metric: TypedMetric) -> [String] {
    guard let last = found.moments.indices.last else { return [say("no check yet", "还没有检查过")] }
    let type = values.name(found.type)
    var lines = [shown(found, metric, 0, last) + "  " + display.style(say("\(type), metric", "\(type)，指标"), .dim)]
    let cells = max(8, min(60, display.width - 24))
    let series = Array(numbers(found, 0).suffix(cells))
    if series.contains(where: { $0 != nil }) {
      lines.append(
        "  " + display.style(Summary.sparkline(series), .cyan) + "  "
          + display.style(say("last \(series.count) checks", "最近 \(series.count) 次"), .dim))
    }
    let first = max(0, last - 6)
    let width = (first...last).map { DisplayWidth.of(shown(found, metric, 0, $0)) }.max() ?? 0
    for check in first...last {
      let value = DisplayWidth.padded(before: shown(found, metric, 0, check), to: width)
      lines.append("  " + display.style(CivilDate(dayNumber: found.days[check]).text, .dim) + "  " + value)
    }
    return lines
  }

  private func groupLines(_ found: CheckSeries, _ metric: TypedMetric) -> [String] {
    guard let last = found.moments.indices.last, let data = state.data, let program = state.program else { return [] }
    var table = TextTable(columns: [
      .init(say("group", "分组"), .left), .init(say("latest", "最新"), .right),
      .init(say("last checks", "最近各次"), .left, ink: .cyan),
    ])
    let cells = max(8, min(40, display.width - 44))
    for group in found.groups.indices.prefix(24) {
      let name = Summary.group(found.groups[group], metric, program, data.dataset, data.calendar)
      table.rows.append([
        DisplayWidth.printable(name), shown(found, metric, group, last),
        Summary.sparkline(Array(numbers(found, group).suffix(cells))),
      ])
    }
    var lines = table.lines(width: display.width - 2, style: display.style).map { "  " + $0 }
    let rest = found.groups.count - 24
    if rest > 0 { lines.append(display.style(say("  and \(rest) more groups", "  另有 \(rest) 组"), .dim)) }
    return lines
  }
}
