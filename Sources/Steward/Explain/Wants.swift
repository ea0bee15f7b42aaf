/// Something that is missing before a condition holds, and ways to get it.
public struct Want: Sendable {
  /// How the rules write what is to change.
  public var source: String
  public var have: ShownValue?
  public var need: ShownValue?
  /// What is missing, in a sentence.
  public var text: Wording
  /// What would bring it.
  public var ways: [Wording]
  /// About how many acts, or days, it takes.
  var cost: Double
}

/// Finds the shortest way to a condition: everything that has to change, taking of several alternatives the nearest.
struct WantFinder {
  let run: MemberRun
  /// The moment from which time passes.
  let moment: Int64
  let sources: RuleTexts

  /// What is missing for a condition to hold (or, with `goal` false, not to hold). Empty if it does.
  func wants(_ part: ExplainedPart, toBe goal: Bool = true) -> [Want] {
    // Whether something private holds is not told, so neither is what is missing.
    if part.value.state == .hidden { return hidden(part) }
    if part.truth == goal { return [] }
    switch part.form {
    case .all: return goal ? part.parts.flatMap { wants($0) } : nearest(part.parts, false)
    case .any: return goal ? nearest(part.parts, true) : part.parts.flatMap { wants($0, toBe: false) }
    case .not: return part.parts.first.map { wants($0, toBe: !goal) } ?? [plain(part, goal)]
    case .presence(let isWanted): return [presence(part, isWanted == goal)]
    case .comparison(let gap): return [comparison(part, gap, goal)]
    case .reference:
      // A name that stands for a condition: what is missing is missing there.
      if let inner = part.parts.first, part.parts.count == 1, inner.isCondition { return wants(inner, toBe: goal) }
      return [plain(part, goal)]
    case .plain: return [plain(part, goal)]
    }
  }

  private func nearest(_ parts: [ExplainedPart], _ goal: Bool) -> [Want] {
    let ways = parts.map { wants($0, toBe: goal) }.filter { !$0.isEmpty }
    return ways.min { cost($0) < cost($1) } ?? []
  }

  private func cost(_ wants: [Want]) -> Double { wants.reduce(0) { $0 + $1.cost } }

  private func hidden(_ part: ExplainedPart) -> [Want] {
    [
      Want(
        source: part.source, have: nil, need: nil,
        text: Wording(
          en: "`\(part.source)` reads private data: whether it holds is not shown",
          zh: "`\(part.source)` 用到私密数据，是否成立不予显示"),
        ways: [], cost: 1)
    ]
  }

  private func plain(_ part: ExplainedPart, _ goal: Bool) -> Want {
    if case .aggregate(let aggregate) = part.expr.node, aggregate.function == .any {
      let events = sources.text(aggregate.pattern.span) ?? part.source
      return Want(
        source: part.source, have: part.value, need: nil,
        text: goal ? once(events, aggregate.window) : never(events, aggregate.window), ways: [], cost: 1)
    }
    return Want(
      source: part.source, have: part.value, need: nil,
      text: goal
        ? Wording(en: "`\(part.source)` has to hold", zh: "`\(part.source)` 要成立")
        : Wording(en: "`\(part.source)` must not hold", zh: "`\(part.source)` 不能成立"),
      ways: [], cost: 1)
  }

  private func presence(_ part: ExplainedPart, _ isWanted: Bool) -> Want {
    let subject = part.parts.first?.source ?? part.source
    return Want(
      source: part.source, have: part.parts.first?.value, need: nil,
      text: isWanted
        ? Wording(en: "`\(subject)` has no value; it needs one", zh: "`\(subject)` 没有值，需要有值")
        : Wording(en: "`\(subject)` has a value; it must have none", zh: "`\(subject)` 有值，需要没有值"),
      ways: [], cost: 1)
  }

  // MARK: Comparisons

  private func comparison(_ part: ExplainedPart, _ gap: Gap, _ goal: Bool) -> Want {
    let op = goal ? gap.op : gap.op.opposite
    let (have, need) = (gap.have.text, gap.need.text)
    var want = Want(
      source: part.source, have: gap.have, need: gap.need,
      text: Wording(
        en: "`\(gap.subject)` is \(have.english), wanted \(op.rawValue) \(need.english)",
        zh: "`\(gap.subject)` 是 \(have.chinese)，需要 \(op.rawValue) \(need.chinese)"),
      ways: [], cost: 1)
    guard let distance = gap.distance, gap.have.state == .present else { return want }
    want.cost = cost(distance)
    guard let sentence = sentence(distance, op, gap) else { return want }
    want.text = sentence
    if op == .greaterOrEqual || op == .greater, case .whole(let missing) = distance {
      let more = missing + (op == .greater ? 1 : 0)
      want.ways = ways(gap.expr, more)
      if let purse = purse(behind: gap.expr) {
        want.cost = PurseWays(run: run).fewest(purse, more).map { Double($0) } ?? want.cost
      }
    }
    if op == .greaterOrEqual || op == .greater, case .time(let missing) = distance,
      let day = waits(gap.expr, missing)
    {
      want.text = Wording(
        en: want.text.english + ", there by itself on \(day)", zh: want.text.chinese + "，到 \(day) 自然满足")
    }
    return want
  }

  private func sentence(_ distance: Gap.Distance, _ op: Expr.ComparisonOperator, _ gap: Gap) -> Wording? {
    let (have, need) = (gap.have.text, gap.need.text)
    switch op {
    case .greaterOrEqual, .greater:
      guard let more = amount(distance, isMore: true, op == .greater) else { return nil }
      let target = op == .greater ? Wording(en: "more than \(need.english)", zh: "大于 \(need.chinese)") : need
      return Wording(
        en: "`\(gap.subject)` \(have.english) of \(target.english): \(more.english) more",
        zh: "`\(gap.subject)` 现在是 \(have.chinese)，要达到\(spaced(target.chinese))：还差 \(more.chinese)")
    case .lessOrEqual, .less:
      guard let less = amount(distance, isMore: false, op == .less) else { return nil }
      let target =
        op == .less
        ? Wording(en: "below \(need.english)", zh: "低于 \(need.chinese)")
        : Wording(en: "at most \(need.english)", zh: "不超过 \(need.chinese)")
      return Wording(
        en: "`\(gap.subject)` is \(have.english), has to be \(target.english): \(less.english) too many",
        zh: "`\(gap.subject)` 现在是 \(have.chinese)，要\(spaced(target.chinese))：多了 \(less.chinese)")
    case .equal, .notEqual: return nil
    }
  }

  /// A blank between Chinese and what is not.
  private func spaced(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, first.value < 0x2E80 else { return text }
    return " " + text
  }

  private func amount(_ distance: Gap.Distance, isMore: Bool, _ isStrict: Bool) -> Wording? {
    switch distance {
    case .whole(let difference):
      if difference == .min { return nil }
      let (size, overflow) = (isMore ? difference : 0 - difference).addingReportingOverflow(isStrict ? 1 : 0)
      return overflow ? nil : Wording(TextTable.grouped(size))
    case .number(let difference):
      let size = abs(difference)
      return Wording(NumberText.shortest((size * 1e6).rounded() / 1e6))
    case .time(let difference):
      return Moment.length(isMore ? difference : 0 &- difference, roundsUp: true)
    }
  }

  private func cost(_ distance: Gap.Distance) -> Double {
    switch distance {
    case .whole(let difference): Double(difference.magnitude)
    case .number(let difference): max(1, abs(difference))
    case .time(let micros): Double(micros.magnitude) / Double(Calendar.microsPerDay)
    }
  }

  // MARK: Ways

  /// The day from which a length of time since something is long enough.
  private func waits(_ expr: TypedExpr, _ missing: Int64) -> String? {
    guard case .arithmetic(.subtract, let left, _) = expr.node, case .now = left.node, missing > 0 else { return nil }
    let (instant, overflow) = moment.addingReportingOverflow(missing)
    return overflow ? nil : Moment.date(instant, run.calendar)
  }

  /// The purse whose points an expression is, give or take a constant.
  private func purse(behind expr: TypedExpr) -> Int? {
    switch expr.node {
    case .reference(let index) where run.program.lets.indices.contains(index):
      return purse(behind: run.program.lets[index].value)
    case .arithmetic(.add, let left, let right):
      if case .constant = right.node { return purse(behind: left) }
      if case .constant = left.node { return purse(behind: right) }
      return nil
    case .convert(_, let operand): return purse(behind: operand)
    case .balance(let purse), .earned(let purse, _): return purse
    default: return nil
    }
  }

  /// How some more of a whole number may come about.
  private func ways(_ expr: TypedExpr, _ missing: Int64) -> [Wording] {
    if missing <= 0 { return [] }
    if let purse = purse(behind: expr) { return PurseWays(run: run).ways(purse, missing) }
    switch expr.node {
    case .reference(let index) where run.program.lets.indices.contains(index):
      return ways(run.program.lets[index].value, missing)
    case .convert(_, let operand): return ways(operand, missing)
    case .aggregate(let aggregate): return ways(aggregate, missing)
    case .arithmetic(.add, let left, let right): return Array((ways(left, missing) + ways(right, missing)).prefix(3))
    case .arithmetic(.multiply, let left, let right):
      // So many times a count: fewer of them do.
      if case .constant(.int(let factor)) = left.node, factor > 0 { return ways(right, (missing - 1) / factor + 1) }
      if case .constant(.int(let factor)) = right.node, factor > 0 { return ways(left, (missing - 1) / factor + 1) }
      return []
    default: return []
    }
  }

  private func ways(_ aggregate: EventAggregate, _ missing: Int64) -> [Wording] {
    let events = sources.text(aggregate.pattern.span) ?? TypedDump.text(aggregate.pattern, in: run.program)
    let number = TextTable.grouped(missing)
    switch aggregate.function {
    case .count: return [Wording(en: "\(number) × `\(events)`", zh: "再来 \(number) 次 `\(events)`")]
    case .days:
      return [
        Wording(
          en: "`\(events)` on \(number) more day\(missing == 1 ? "" : "s")", zh: "再有 \(number) 天出现 `\(events)`")
      ]
    case .streak(let unit, _):
      let name = unit == .week ? Wording(en: "week", zh: "周") : Wording(en: "day", zh: "天")
      return [
        Wording(
          en: "`\(events)` \(number) \(name.english)\(missing == 1 ? "" : "s") more in a row",
          zh: "再连续 \(number) \(name.chinese)有 `\(events)`")
      ]
    default: return []
    }
  }

  private func once(_ events: String, _ window: Window) -> Wording {
    switch window {
    case .all: return Wording(en: "one `\(events)`", zh: "有一次 `\(events)`")
    case .lastDays(let days):
      return Wording(en: "one `\(events)` within \(days) days", zh: "\(days) 天内有一次 `\(events)`")
    default:
      let text = TypedDump.text(window, in: run.program)
      return Wording(en: "one `\(events)` (\(text))", zh: "有一次 `\(events)`（\(text)）")
    }
  }

  private func never(_ events: String, _ window: Window) -> Wording {
    switch window {
    case .all:
      return Wording(
        en: "never a `\(events)`, and there was one", zh: "要从未有过 `\(events)`，而这已经有过")
    case .lastDays(let days):
      return Wording(en: "no `\(events)` for \(days) days", zh: "连续 \(days) 天没有 `\(events)`")
    default:
      let text = TypedDump.text(window, in: run.program)
      return Wording(en: "no `\(events)` (\(text))", zh: "没有 `\(events)`（\(text)）")
    }
  }
}

/// Which rules would bring a member points of a purse, and how often they would have to.
struct PurseWays {
  let run: MemberRun
  private static let shown = 2

  private struct Way {
    var rule: TypedIncentive
    var times: Int64
    var each: Int64
    /// Awards that the member already had.
    var had: Int
  }

  /// The fewest awards that bring that many points. - Missing: nil if no rule does.
  func fewest(_ purse: Int, _ missing: Int64) -> Int64? { found(purse, missing).first?.times }

  /// The rules with the fewest awards for that many points; first those that the member has had before.
  private func found(_ purse: Int, _ missing: Int64) -> [Way] {
    if missing <= 0 { return [] }
    var found: [Way] = []
    for (index, rule) in run.program.incentives.enumerated() {
      guard let way = way(index, rule, purse, missing) else { continue }
      found.append(way)
    }
    found.sort { left, right in
      if (left.had > 0) != (right.had > 0) { return left.had > 0 }
      if left.times != right.times { return left.times < right.times }
      return left.rule.name.utf8.lexicographicallyPrecedes(right.rule.name.utf8)
    }
    return found
  }

  /// The first of these, in words.
  func ways(_ purse: Int, _ missing: Int64) -> [Wording] {
    found(purse, missing).prefix(PurseWays.shown).map { way in
      let name = DisplayWidth.printable(way.rule.title ?? way.rule.name)
      let each = TextTable.grouped(way.each)
      let limit = way.rule.limits.compactMap { limit -> Wording? in
        guard case .period(let unit) = limit.per else { return nil }
        return PeriodWords.atMost(limit.count, unit)
      }.first
      return Wording(
        en: "\(TextTable.grouped(way.times)) × \(name) (\(each) each\(limit.map { ", " + $0.english } ?? ""))",
        zh: "“\(name)”\(TextTable.grouped(way.times)) 次（每次 \(each)\(limit.map { "，" + $0.chinese } ?? "")）")
    }
  }

  private func way(_ index: Int, _ rule: TypedIncentive, _ purse: Int, _ missing: Int64) -> Way? {
    // Whether something private holds is not told, so neither is a way that depends on it.
    if rule.among?.type.isPrivate == true || rule.when?.type.isPrivate == true { return nil }
    guard rule.board == nil, let amount = rule.amounts.firstIndex(where: { $0.purse == purse }),
      let points = rule.amounts[amount].places.first
    else { return nil }
    let own = run.strata.decisions.granted[index]
    var each: Int64 = 0
    if case .constant(.int(let constant)) = points.node {
      each = constant
    } else if !own.isEmpty {
      let total = own.reduce(Int64(0)) { $0 &+ run.strata.decisions.points($1, amount) }
      each = total / Int64(own.count)
    }
    if each <= 0 { return nil }
    let times = (missing - 1) / each + 1
    for limit in rule.limits {
      switch limit.per {
      case .ever: if limit.count - Int64(own.count) < times { return nil }
      // What takes years is no way.
      case .period(.year): if limit.count < times { return nil }
      default: continue
      }
    }
    return Way(rule: rule, times: times, each: each, had: own.count)
  }
}

/// Periods in sentences.
enum PeriodWords {
  static func per(_ unit: PeriodUnit) -> Wording {
    switch unit {
    case .day: Wording(en: "per day", zh: "每天")
    case .week: Wording(en: "per week", zh: "每周")
    case .month: Wording(en: "per month", zh: "每月")
    case .quarter: Wording(en: "per quarter", zh: "每季度")
    case .year: Wording(en: "per year", zh: "每年")
    }
  }

  static func atMost(_ count: Int64, _ unit: PeriodUnit) -> Wording {
    Wording(
      en: "at most \(TextTable.grouped(count)) \(per(unit).english)",
      zh: "\(per(unit).chinese)最多 \(TextTable.grouped(count)) 次")
  }
}
