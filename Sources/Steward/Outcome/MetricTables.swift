// Metrics as tables: `metrics.csv`, and the overview's lines with a sparkline each.

extension OutcomeTables {
  private struct MetricRow {
    var metric: Int
    var group: Int
    var name: String
    var groupName: String
  }

  /// `metrics.csv`: every metric at each of its checks, by metric, group and time.
  func writeMetrics(to sink: some TableSink) throws(SourceFailure) {
    var series: [MetricRow] = []
    for (index, found) in outcome.metrics.enumerated() {
      guard let found, program.metrics.indices.contains(index) else { continue }
      for group in found.groups.indices where !found.moments.isEmpty {
        let name = found.isSplit ? groupName(found.groups[group], program.metrics[index]) : ""
        series.append(MetricRow(metric: index, group: group, name: program.metrics[index].name, groupName: name))
      }
    }
    if series.isEmpty { return }
    series.sort { left, right in
      left.metric == right.metric
        ? left.groupName.utf8.lexicographicallyPrecedes(right.groupName.utf8)
        : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
    let rows = series.flatMap { one in (outcome.metrics[one.metric]?.moments.indices ?? 0..<0).map { (one, $0) } }
    let columns = ["metric", "group", "at", "value"]
    try table("metrics.csv", columns, rows: rows.count, to: sink) { row, bytes in
      let (one, check) = rows[row]
      guard let found = outcome.metrics[one.metric] else { return }
      bytes.text(one.name)
      bytes.comma()
      bytes.text(one.groupName)
      bytes.comma()
      bytes.time(found.moments[check])
      bytes.comma()
      if found.isWithheld(one.group, check) {
        if program.metrics[one.metric].value.isCountOfMembers(program) { bytes.raw("<\(program.schema.privacyGroup)") }
      } else {
        append(found.value(one.group, check), found.type, &bytes)
      }
      bytes.endRow()
    }
  }

  private func groupName(_ group: Value, _ metric: TypedMetric) -> String {
    Summary.group(group, metric, program, dataset, calendar)
  }

  func append(_ value: Value, _ type: Type, _ bytes: inout TableBytes) {
    switch value {
    case .missing: break
    case .bool(let flag): bytes.raw(flag ? "true" : "false")
    case .int(let int): bytes.int(int)
    case .number(let number): bytes.number(number)
    case .text(let text): bytes.text(text)
    case .time(let instant): bytes.time(instant)
    case .date(let day): bytes.date(day)
    case .duration(let micros): bytes.duration(micros)
    case .period(let unit, let number): bytes.text(calendar.text(unit, number))
    case .choice(let place), .tier(let place), .member(let place), .item(let place):
      bytes.text(ValueNames.name(Int64(place), type, program, dataset) ?? "")
    case .list(let texts): bytes.text(texts.joined(separator: ";"))
    }
  }
}

extension TypedExpr {
  /// Whether it is a count of members, of which it is said that it is small.
  func isCountOfMembers(_ program: TypedProgram) -> Bool { countOfMembers(program) != nil }

  /// Whether it is a count of members that private values decide, so that it has no value where it is withheld.
  func isGuardedCount(_ program: TypedProgram) -> Bool { countOfMembers(program)?.isGuarded == true }

  private func countOfMembers(_ program: TypedProgram) -> MemberAggregate? {
    switch node {
    case .memberAggregate(let aggregate): aggregate.function == .count ? aggregate : nil
    case .reference(let index):
      program.lets.indices.contains(index) ? program.lets[index].value.countOfMembers(program) : nil
    case .metric(let index, _):
      program.metrics.indices.contains(index) ? program.metrics[index].value.countOfMembers(program) : nil
    case .convert(_, let operand), .ofCommunity(let operand): operand.countOfMembers(program)
    default: nil
    }
  }

  /// Whether it is a share, which people read in per cent.
  func isShare(_ program: TypedProgram) -> Bool {
    switch node {
    case .memberAggregate(let aggregate): aggregate.function == .share
    case .coalesce(let value, _), .convert(_, let value), .previous(let value, _), .ofCommunity(let value),
      .movingAverage(let value, _):
      value.isShare(program)
    case .metric(let index, _):
      program.metrics.indices.contains(index) && program.metrics[index].value.isShare(program)
    case .reference(let index): program.lets.indices.contains(index) && program.lets[index].value.isShare(program)
    // How a share moved, and what it lacks of all. Of the left side no more is asked, for chains of such would take for ever.
    case .arithmetic(.subtract, let left, let right):
      (left.isOne || left.isShareItself || left.readsMetric(of: right)) && right.isShare(program)
    case .arithmetic(.divide, _, _): isGrowth
    default: false
    }
  }

  private var isShareItself: Bool {
    if case .memberAggregate(let aggregate) = unwrapped.node { aggregate.function == .share } else { false }
  }

  /// Whether both are of one metric, now and before.
  private func readsMetric(of other: TypedExpr) -> Bool {
    if case .metric(let index, _) = unwrapped.node, case .metric(index, _) = other.unwrapped.node {
      true
    } else {
      false
    }
  }

  /// Without what is the same figure still: a default, an earlier time, another subject.
  private var unwrapped: TypedExpr {
    switch node {
    case .coalesce(let value, _), .convert(_, let value), .previous(let value, _), .ofCommunity(let value):
      value.unwrapped
    default: self
    }
  }

  private var isOne: Bool {
    switch node {
    case .constant(.int(1)), .constant(.number(1)): true
    case .convert(_, let operand): operand.isOne
    default: false
    }
  }

  /// Whether it is what `growth(…)` stands for: the difference from before by what was before, all of one place.
  private var isGrowth: Bool {
    guard case .arithmetic(.divide, let difference, let base) = node,
      case .arithmetic(.subtract, _, let before) = difference.unconverted.node,
      case .previous = before.unconverted.node, case .previous = base.unconverted.node
    else { return false }
    return [difference, base, before].allSatisfy { $0.unconverted.span == span }
  }

  private var unconverted: TypedExpr {
    if case .convert(_, let operand) = node { operand.unconverted } else { self }
  }
}

extension Summary {
  /// A metric, or one group of it.
  public struct Metric: Sendable {
    public var name: String
    public var title: String?
    /// - Missing: nil where it is not split.
    public var group: String?
    /// At its last check.
    public var latest: String
    /// The day of that check.
    public var at: String
    /// The last checks, oldest first. - Missing: nil where there is no value, or none that is a number.
    public var values: [Double?]
    public var benchmark: String?
    public var benchmarkNumber: Double?
    public var source: String?
  }

  /// How many checks a sparkline shows.
  static let sparkCells = 28

  static func metrics(
    _ outcome: Outcome, _ program: TypedProgram, _ dataset: Dataset, _ calendar: Calendar
  ) -> [Metric] {
    var result: [Metric] = []
    for (index, found) in outcome.metrics.enumerated() {
      guard let found, let last = found.moments.indices.last else { continue }
      let metric = program.metrics[index]
      let benchmark = program.benchmarks.first { $0.metric == index }
      let isShare = metric.value.isShare(program)
      func text(_ value: Value) -> String {
        if case .number(let share) = value, isShare { return Summary.percent(share) }
        return Summary.text(value, found.type, program, dataset, calendar)
      }
      for group in found.groups.indices {
        var latest = text(found.value(group, last))
        if found.isWithheld(group, last), metric.value.isCountOfMembers(program) {
          latest = "<\(program.schema.privacyGroup)"
        }
        let first = max(0, last + 1 - sparkCells)
        result.append(
          Metric(
            name: metric.name, title: metric.title,
            group: found.isSplit ? self.group(found.groups[group], metric, program, dataset, calendar) : nil,
            latest: latest, at: CivilDate(dayNumber: found.days[last]).text,
            values: (first...last).map { number(found.value(group, $0)) },
            benchmark: benchmark.map {
              isShare ? Summary.percent($0.value) : Summary.text(.number($0.value), .number, program, dataset, calendar)
            },
            benchmarkNumber: benchmark?.value, source: benchmark?.source))
      }
    }
    return result
  }

  private static func number(_ value: Value) -> Double? {
    switch value {
    case .int(let int): Double(int)
    case .number(let number): number
    case .bool(let flag): flag ? 1 : 0
    default: nil
    }
  }

  /// The name of a group; `(none)` where members have no value.
  static func group(
    _ group: Value, _ metric: TypedMetric, _ program: TypedProgram, _ dataset: Dataset, _ calendar: Calendar
  ) -> String {
    switch group {
    case .missing: "(none)"
    // A value that reads like it is told apart.
    case .text("(none)"): "\"(none)\""
    case .text(let text): text
    default: text(group, metric.by?.type ?? .text, program, dataset, calendar)
    }
  }

  /// One block a value, from the least to the most of them; a blank where there is none.
  static func sparkline(_ values: [Double?]) -> String {
    let values = values.map { $0.flatMap { $0.isFinite ? $0 : nil } }
    let there = values.compactMap(\.self)
    guard let least = there.min(), let most = there.max() else { return "" }
    let blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    return values.map { value in
      guard let value else { return " " }
      if most == least { return value == 0 ? blocks[0] : blocks[3] }
      // Halves, so that the distance between the farthest numbers is a number.
      let place = (value / 2 - least / 2) / (most / 2 - least / 2) * 7
      return blocks[max(0, min(7, Int(exactly: place.rounded()) ?? 0))]
    }.joined()
  }

  func metricLines(_ language: Language, _ width: Int, _ style: TextStyle) -> [String] {
    let hasBenchmark = metrics.contains { $0.benchmark != nil }
    var table = TextTable(columns: [
      .init(language == .english ? "metric" : "指标", .left), .init(language == .english ? "latest" : "最新", .right),
    ])
    if hasBenchmark { table.columns.append(.init(language == .english ? "benchmark" : "基准", .right)) }
    let cells = width >= 80 ? Summary.sparkCells : width >= 60 ? 14 : 7
    table.columns.append(
      .init(language == .english ? "last \(cells) checks" : "最近 \(cells) 次", .left, ink: .cyan))
    let shown = shownMetrics
    let sources = Summary.sources(shown)
    for metric in shown {
      let name = DisplayWidth.printable(metric.title ?? metric.name)
      var row = [name + (metric.group.map { " · " + DisplayWidth.printable($0) } ?? ""), metric.latest]
      if hasBenchmark { row.append((metric.benchmark ?? "") + (metric.source.map { Summary.mark($0, sources) } ?? "")) }
      row.append(Summary.sparkline(Array(metric.values.suffix(cells))))
      table.rows.append(row)
    }
    var lines = table.lines(width: width, style: style)
    for (place, source) in sources.enumerated() {
      let mark = sources.count == 1 ? "" : " " + Summary.marks(place)
      let text = (language == .english ? "benchmark\(mark): " : "基准\(mark)：") + DisplayWidth.printable(source)
      lines += TextWrap.lines(text, width: width).map { style($0, .dim) }
    }
    let left = metrics.count - shown.count
    if left > 0 {
      lines.append(
        style(
          language == .english ? "… and \(left) more: metrics.csv with --out" : "……其余 \(left) 项见 metrics.csv（加 --out）",
          .dim))
    }
    return lines
  }

  private static let mostMetrics = 16
  private static let mostGroups = 6

  /// Those that a screen has room for, as declared: of a split metric a few groups; where there are too many all the same,
  /// first those with a benchmark, then those of everybody.
  private var shownMetrics: [Metric] {
    var groups: [String: Int] = [:]
    let places = metrics.indices.filter { place in
      guard metrics[place].group != nil else { return true }
      groups[metrics[place].name, default: 0] += 1
      return groups[metrics[place].name] ?? 0 <= Summary.mostGroups
    }
    func rank(_ metric: Metric) -> Int { metric.group != nil ? 2 : metric.benchmark == nil ? 1 : 0 }
    let kept = places.sorted { (rank(metrics[$0]), $0) < (rank(metrics[$1]), $1) }.prefix(Summary.mostMetrics)
    return kept.sorted().map { metrics[$0] }
  }

  /// Where the benchmarks of some metrics are from, each once.
  private static func sources(_ metrics: [Metric]) -> [String] {
    var result: [String] = []
    for metric in metrics where metric.benchmark != nil {
      if let source = metric.source, !result.contains(source) { result.append(source) }
    }
    return result
  }

  /// `¹` where there are several sources.
  private static func mark(_ source: String, _ sources: [String]) -> String {
    guard sources.count > 1, let place = sources.firstIndex(of: source) else { return "" }
    return marks(place)
  }

  private static func marks(_ place: Int) -> String {
    let digits = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    return String(place + 1).compactMap { $0.wholeNumberValue.map { digits[$0] } }.joined()
  }

  static func json(_ number: Double) -> JSONValue { number.isFinite ? .number(NumberText.shortest(number)) : .null }

  /// For programs: the last value (a text where it is no number, or withheld) and the sparkline's.
  var metricJSON: JSONValue {
    .array(
      metrics.map { metric in
        .object([
          ("name", .text(metric.name)), ("title", .optional(metric.title)), ("group", .optional(metric.group)),
          ("at", .text(metric.at)),
          ("value", metric.values.last.flatMap(\.self).map(Summary.json) ?? .text(metric.latest)),
          ("benchmark", metric.benchmarkNumber.map(Summary.json) ?? .null),
          ("source", .optional(metric.source)),
          ("series", .array(metric.values.map { $0.map(Summary.json) ?? .null })),
        ])
      })
  }
}
