// How the values of a column spread over members: five numbers, bars, and who is first.

import Algorithms

/// A bar of a histogram.
struct SpreadBar: Equatable {
  var label: String
  var count: Int
}

/// The values of one column for some rows.
struct Spread {
  let column: FactColumn
  /// Those present who have a value.
  let rows: [Int]
  /// Those present without a value.
  let missing: Int
  let display: ValueDisplay
  /// A share, printed in per cent.
  let isShare: Bool

  init(_ column: FactColumn, present: [Int], display: ValueDisplay, isShare: Bool) {
    self.column = column
    self.display = display
    self.isShare = isShare
    rows = present.filter { row in !(column.missing.indices.contains(row) && column.missing[row] != 0) }
    missing = present.count - rows.count
  }

  /// The least, the quartiles and the most. - Missing: nil where values have no order, or there is none.
  /// Quartiles of numbers are linear between neighbours; of others the lower neighbour.
  var fiveNumbers: [String]? {
    if rows.isEmpty { return nil }
    if let numbers {
      let sorted = numbers.sorted()
      return [0, 0.25, 0.5, 0.75, 1].map { rank in
        let value = quantile(rank, ofSorted: sorted) ?? 0
        return isShare ? NumberText.percent(value) : Spread.number(value)
      }
    }
    guard isOrdered else { return nil }
    let sorted = ordered(ascending: true)
    return [0, 0.25, 0.5, 0.75, 1].map { rank in
      let place = Int((Double(sorted.count - 1) * rank).rounded(.down))
      return display.text(column.value(sorted[place]), column.type)
    }
  }

  private static func number(_ value: Double) -> String {
    if let whole = Int64(exactly: value), abs(value) < 1e15 { return TextTable.grouped(whole) }
    return NumberText.shortest(value)
  }

  /// The values as numbers, where they are numbers.
  private var numbers: [Double]? {
    switch (column.values, column.type.base) {
    case (.numbers(let values), _): rows.map { values[$0] }
    case (.ints(let values), .int): rows.map { Double(values[$0]) }
    default: nil
    }
  }

  /// Whether values have an order that people care for.
  var isOrdered: Bool {
    switch column.type.base {
    case .int, .number, .time, .date, .duration, .period, .tier: true
    default: false
    }
  }

  /// Rows by value, equals by their id.
  func ordered(ascending: Bool) -> [Int] {
    switch column.values {
    case .ints(let values):
      rows.sorted { values[$0] == values[$1] ? $0 < $1 : (values[$0] < values[$1]) == ascending }
    case .numbers(let values):
      rows.sorted { values[$0] == values[$1] ? $0 < $1 : (values[$0] < values[$1]) == ascending }
    default: rows
    }
  }

  // MARK: Bars

  func bars() -> [SpreadBar] {
    if let numbers { return Spread.bars(of: numbers.sorted(), isWhole: column.type.base == .int) }
    switch (column.values, column.type.base) {
    case (.ints(let values), .date):
      return periodBars(rows.map { Int32(clamping: values[$0]) })
    case (.ints(let values), .time):
      return periodBars(rows.map { display.calendar.day(of: values[$0]) })
    case (.ints(let values), .duration):
      // To the second: a day ends a microsecond before the next.
      let days = rows.map { (Double(values[$0]) / 1_000_000).rounded() / 86_400 }
      return Spread.bars(of: days.sorted(), isWhole: false).map { bar in
        var bar = bar
        bar.label += display.language == .english ? " days" : " 天"
        return bar
      }
    default: return countedBars()
    }
  }

  /// How often each value occurs: tiers and periods in their order, others by count.
  private func countedBars() -> [SpreadBar] {
    var counts: [Value: Int] = [:]
    for row in rows {
      if case .list(let texts) = column.value(row) {
        for text in Set(texts) { counts[.text(text), default: 0] += 1 }
      } else {
        counts[column.value(row), default: 0] += 1
      }
    }
    let sorted = counts.sorted { left, right in
      if isOrdered { return left.key.isOrdered(before: right.key) }
      if left.value != right.value { return left.value > right.value }
      return left.key.isOrdered(before: right.key)
    }
    let most = isOrdered ? 24 : 10
    var bars = sorted.prefix(most).map { SpreadBar(label: display.text($0.key, shownType), count: $0.value) }
    let rest = sorted.dropFirst(most)
    if !rest.isEmpty {
      let label = display.language == .english ? "\(rest.count) others" : "其余 \(rest.count) 种"
      bars.append(SpreadBar(label: label, count: rest.reduce(0) { $0 + $1.value }))
    }
    return bars
  }

  private var shownType: Type { column.type.base == .list ? .text : column.type }

  /// Bars of equal width with round ends; a long tail is one bar.
  static func bars(of sorted: [Double], isWhole: Bool) -> [SpreadBar] {
    guard let least = sorted.first, let most = sorted.last else { return [] }
    let distinct = Set(sorted)
    if distinct.count <= 8 {
      return distinct.sorted().map { value in
        SpreadBar(label: number(value), count: sorted.count { $0 == value })
      }
    }
    let body = sorted[(sorted.count - 1) * 95 / 100]
    let hasTail = most - least > 2 * (body - least) && body > least
    let high = hasTail ? body : most
    var step = roundStep((high - least) / 8)
    if isWhole { step = max(1, step.rounded(.up)) }
    guard step > 0, step.isFinite else { return [SpreadBar(label: number(least), count: sorted.count)] }
    var bars: [SpreadBar] = []
    var edge = (least / step).rounded(.down)
    var from = 0
    while from < sorted.count {
      let lower = edge * step
      let upper = (edge + 1) * step
      if hasTail, lower > high || bars.count >= 12 {
        bars.append(SpreadBar(label: "≥ " + number(lower), count: sorted.count - from))
        break
      }
      let end = sorted.partitioningIndex { $0 >= upper }
      let label =
        isWhole
        ? (step == 1 ? number(lower) : number(lower) + "–" + number(upper - 1)) : number(lower) + "–" + number(upper)
      bars.append(SpreadBar(label: label, count: end - from))
      from = max(from, end)
      edge += 1
      if bars.count > 40 { break }
    }
    return bars
  }

  /// 1, 2 or 5 times a power of ten, the next above.
  private static func roundStep(_ raw: Double) -> Double {
    guard raw > 0, raw.isFinite else { return 0 }
    var power = 1.0
    while power * 10 <= raw { power *= 10 }
    while power > raw { power /= 10 }
    for factor in [1.0, 2.0, 5.0, 10.0] where factor * power >= raw * 0.999_999 {
      // Small steps as the decimal that people write.
      return fifteenDigit(factor * power).value
    }
    return 10 * power
  }

  /// Bars of days, weeks, months, quarters or years: the finest of which there are at most a dozen.
  private func periodBars(_ days: [Int32]) -> [SpreadBar] {
    guard let first = days.min(), let last = days.max() else { return [] }
    let calendar = display.calendar
    let unit =
      PeriodUnit.allCases.first {
        Int(calendar.period($0, ofDay: last)) - Int(calendar.period($0, ofDay: first)) < 12
      } ?? .year
    var counts: [Int32: Int] = [:]
    for day in days { counts[calendar.period(unit, ofDay: day), default: 0] += 1 }
    let low = calendar.period(unit, ofDay: first)
    let high = calendar.period(unit, ofDay: last)
    if Int(high) - Int(low) > 40 {
      return counts.sorted { $0.key < $1.key }.prefix(40).map {
        SpreadBar(label: calendar.text(unit, $0.key), count: $0.value)
      }
    }
    return (low...high).map { SpreadBar(label: calendar.text(unit, $0), count: counts[$0] ?? 0) }
  }
}
