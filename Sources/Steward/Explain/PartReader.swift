/// Reads an expression at one point: the value of each part is the engine's own, from the column of its node.
struct PartReader {
  let run: any ExplainedRun
  let sources: RuleTexts
  /// The point: the first lane of a frame.
  let frame: Frame
  /// Where the expression stands; what is written elsewhere (the body of a `fn`) is shown as the checker understood it.
  var home: Span
  /// Something above is private: then what was asked and what was not would tell its value.
  private var isVeiled = false
  /// Names that were followed: each is, once at a point, so that a tree stays as small as its rules.
  let followed = Followed()
  static let shownEvents = 5
  /// How many names were followed to get here; beyond the limit a name is shown with its value alone.
  private var depth = 0
  private static let mostDepth = 40

  private init(_ run: any ExplainedRun, _ sources: RuleTexts, _ frame: Frame, home: Span) {
    self.run = run
    self.sources = sources
    self.frame = frame
    self.home = home
  }

  /// An expression with the values of all its parts at the first lane of a frame.
  static func part(
    _ expr: TypedExpr, _ run: any ExplainedRun, _ sources: RuleTexts, _ frame: Frame
  ) -> ExplainedPart {
    if let node = run.node(expr) { frame.evaluate(run.context.plan.needed(by: [node])) }
    return PartReader(run, sources, frame, home: expr.span).part(expr, isNeeded: true)
  }

  func part(_ expr: TypedExpr, isNeeded: Bool) -> ExplainedPart {
    // A conversion is nothing that people wrote.
    if case .convert(_, let operand) = expr.node { return part(operand, isNeeded: isNeeded) }
    var part = ExplainedPart(
      source: source(expr), value: value(expr), isNeeded: isNeeded || isVeiled, definition: nil, evidence: nil,
      parts: [], expr: expr, form: .plain, truth: nil)
    if expr.type.base == .bool, part.value.state == .present, case .bool(let flag) = part.value.json {
      part.truth = flag
    }
    var inner = self
    inner.isVeiled = isVeiled || expr.type.isPrivate
    inner.fill(&part)
    return part
  }

  private func source(_ expr: TypedExpr) -> String {
    // What `change` and `growth` look back on is not written anywhere.
    if case .previous(let operand, let days) = expr.node, isAboutCommunity {
      return "previous(\(source(operand)), \(days) days)"
    }
    if expr.span.file == home.file, home.start <= expr.span.start, expr.span.end <= home.end,
      let text = sources.text(expr.span)
    {
      return RuleTexts.bare(text)
    }
    return TypedDump.text(expr, in: run.program)
  }

  func value(_ expr: TypedExpr) -> ShownValue {
    if expr.type.isPrivate { return .hidden }
    guard frame.count > 0, let node = run.node(expr) else { return .missing }
    if let value = withheld(node) { return value }
    let value = ShownValue(frame[node], 0, expr.type, frame.batch)
    return expr.isShare(run.program) ? value.asShare : value
  }

  private func fill(_ part: inout ExplainedPart) {
    let expr = part.expr
    let isNeeded = part.isNeeded
    switch expr.node {
    case .and: fillChain(&part, isAll: true)
    case .or: fillChain(&part, isAll: false)
    case .not(let operand):
      if case .isMissing(let subject) = operand.node {
        part.form = .presence(isWanted: true)
        part.parts = [self.part(subject, isNeeded: isNeeded)]
      } else {
        part.form = .not
        part.parts = [self.part(operand, isNeeded: isNeeded)]
      }
    case .isMissing(let subject):
      part.form = .presence(isWanted: false)
      part.parts = [self.part(subject, isNeeded: isNeeded)]
    case .compare(let op, let left, let right):
      part.parts = worthShowing([left, right]).map { self.part($0, isNeeded: isNeeded) }
      if let gap = gap(op, left, right, isHidden: expr.type.isPrivate) { part.form = .comparison(gap) }
    case .reference(let index): fillReference(&part, index)
    case .coalesce(let value, let fallback):
      let isThere = self.value(value).state != .missing
      part.parts = [self.part(value, isNeeded: isNeeded)]
      part.parts += worthShowing([fallback]).map { self.part($0, isNeeded: isNeeded && !isThere) }
    case .choose(let arms, let otherwise): fillChoice(&part, arms, otherwise)
    case .aggregate(let aggregate):
      if !expr.type.isPrivate { part.evidence = evidence(aggregate, expr) }
    case .earned(let purse, let window):
      if !expr.type.isPrivate { part.givers = givers(purse, window) }
    case .memberAggregate(let aggregate): fillAggregate(&part, aggregate)
    case .metric(let index, _): fillMetric(&part, index)
    // What the community says is one value here; `why metric` tells more of it.
    case .movingAverage, .ofCommunity: break
    case .arithmetic(.add, _, _):
      part.parts = worthShowing(terms(expr)).map { self.part($0, isNeeded: isNeeded) }
    // Of the community, another day's value is one value.
    case .previous where isAboutCommunity: break
    case .previous(let operand, let days):
      guard let node = run.node(operand) else { return }
      var past = PartReader(
        run, sources, PreviousRun(node, days: days, frame).past(), home: home)
      past.isVeiled = isVeiled
      part.parts = worthShowing([operand]).map { past.part($0, isNeeded: isNeeded) }
    default: part.parts = worthShowing(expr.children).map { self.part($0, isNeeded: isNeeded) }
    }
  }

  /// What has a value that the text does not show already.
  func worthShowing(_ expressions: [TypedExpr]) -> [TypedExpr] {
    expressions.filter { expr in
      switch expr.node {
      case .now, .subject: false
      default: !expr.isConstant
      }
    }
  }

  /// `a and b and c` as one line of three.
  private func fillChain(_ part: inout ExplainedPart, isAll: Bool) {
    part.form = isAll ? .all : .any
    var isOpen = part.isNeeded
    for operand in chain(part.expr, isAll) {
      let one = self.part(operand, isNeeded: isOpen)
      if one.truth == !isAll { isOpen = false }
      part.parts.append(one)
    }
  }

  private func chain(_ expr: TypedExpr, _ isAll: Bool) -> [TypedExpr] {
    switch expr.node {
    case .and(let left, let right) where isAll: chain(left, isAll) + chain(right, isAll)
    case .or(let left, let right) where !isAll: chain(left, isAll) + chain(right, isAll)
    default: [expr]
    }
  }

  /// `a + b + c` as three terms.
  private func terms(_ expr: TypedExpr) -> [TypedExpr] {
    switch expr.node {
    case .arithmetic(.add, let left, let right): terms(left) + terms(right)
    case .convert(.intToNumber, let operand): terms(operand)
    default: [expr]
    }
  }

  private func fillReference(_ part: inout ExplainedPart, _ index: Int) {
    part.form = .reference
    guard run.program.lets.indices.contains(index) else { return }
    let declared = run.program.lets[index]
    part.definition = ExplainedPart.Definition(
      name: declared.name, title: declared.title, doc: declared.doc, isSegment: declared.isSegment)
    if depth >= PartReader.mostDepth || !followed.lets.insert(index).inserted { return }
    var inner = self
    inner.depth += 1
    inner.home = declared.value.span
    part.parts = worthShowing([declared.value]).map { inner.part($0, isNeeded: part.isNeeded) }
  }

  private func fillChoice(_ part: inout ExplainedPart, _ arms: [TypedExpr.Arm], _ otherwise: TypedExpr) {
    var isOpen = part.isNeeded
    for arm in arms {
      let condition = self.part(arm.condition, isNeeded: isOpen)
      let isTaken = isOpen && condition.truth == true
      part.parts.append(condition)
      part.parts += worthShowing([arm.value]).map { self.part($0, isNeeded: isTaken) }
      if isTaken { isOpen = false }
    }
    part.parts += worthShowing([otherwise]).map { self.part($0, isNeeded: isOpen) }
  }

  // MARK: Comparisons

  private func gap(
    _ op: Expr.ComparisonOperator, _ left: TypedExpr, _ right: TypedExpr, isHidden: Bool
  ) -> Gap? {
    if isHidden { return nil }
    let isTurned = worthShowing([left]).isEmpty && !worthShowing([right]).isEmpty
    let (subject, target) = isTurned ? (right, left) : (left, right)
    var gap = Gap(
      have: value(subject), need: value(target), op: isTurned ? op.turned : op, subject: source(plain(subject)),
      expr: plain(subject), distance: nil)
    gap.distance = distance(subject, target)
    return gap
  }

  private func plain(_ expr: TypedExpr) -> TypedExpr {
    if case .convert(_, let operand) = expr.node { return plain(operand) }
    return expr
  }

  private func distance(_ subject: TypedExpr, _ target: TypedExpr) -> Gap.Distance? {
    guard frame.count > 0, let first = run.node(subject), let second = run.node(target) else { return nil }
    let (have, need) = (frame[first], frame[second])
    guard have.state(0) == Vector.present, need.state(0) == Vector.present else { return nil }
    if have.kind == .numbers {
      return distance(have.number(0), need.number(0), isWhole: plain(subject).type.base == .int)
    }
    let (difference, overflow) = need.int(0).subtractingReportingOverflow(have.int(0))
    if overflow { return nil }
    let base = subject.type.base
    if base == .int { return .whole(difference) }
    if base == .duration || base == .time { return .time(difference) }
    if base == .date {
      let (length, isTooLong) = difference.multipliedReportingOverflow(by: Calendar.microsPerDay)
      return isTooLong ? nil : .time(length)
    }
    return nil
  }

  /// - Parameter isWhole: what has to reach it counts in whole numbers.
  private func distance(_ have: Double, _ need: Double, isWhole: Bool) -> Gap.Distance {
    let difference = need - have
    if isWhole, need == need.rounded(.up), let whole = Int64(exactly: difference.rounded(.up)) { return .whole(whole) }
    return .number(difference)
  }

  // MARK: Points

  /// What each rule gave of a purse within a window, as far as the point may see.
  private func givers(_ purse: Int, _ window: Window) -> [(rule: String, title: String?, points: Int64)] {
    if frame.count == 0 { return [] }
    guard let run = run as? MemberRun else { return [] }
    var span = EntrySpan(window, frame)
    let (low, seen) = span.keys(0)
    let high = min(seen, EntryKey(frame.moments.first ?? run.context.asOf, .end))
    var sums: [Int: Int64] = [:]
    for record in run.records where Int(record.purse) == purse && record.points > 0 && !record.isUndone {
      let rule = Int(record.rule)
      var step = Step.events
      if case .every(let unit) = run.program.incentives[rule].trigger { step = Step(unit) }
      let key = EntryKey(record.at, step)
      if low <= key, key < high { sums[rule, default: 0] &+= record.points }
    }
    let names = run.program.incentives
    return sums.sorted { left, right in
      left.value == right.value ? names[left.key].name < names[right.key].name : left.value > right.value
    }.map { (names[$0.key].name, names[$0.key].title, $0.value) }
  }

  // MARK: Events

  private func evidence(_ typed: EventAggregate, _ expr: TypedExpr) -> Evidence? {
    guard frame.count > 0, let run = run as? MemberRun, let node = run.node(expr),
      case .aggregate(let index) = run.context.plan.nodes[node].op
    else { return nil }
    let aggregate = run.context.plan.aggregates[index]
    var rows: [Int32] = []
    AggregateRun(aggregate, frame).forEachStretches { _, stretches in
      guard let low = stretches.low.first, let high = stretches.high.first, low < high else { return }
      rows += stretches.space.rows[Int(low)..<Int(high)]
    }
    var seen: Int?
    if run.context.plan.patterns[aggregate.pattern].condition != nil, !aggregate.isCorrelated, aggregate.same.isEmpty {
      let key = BatchRun.SpaceKey(pattern: aggregate.pattern, value: nil, same: [], ignoresCondition: true)
      let space = run.batch.space(key)
      let bounds = frame.bounds(aggregate.window)
      if let low = space.ranks(of: bounds.low, frame).first, let high = space.ranks(of: bounds.high, frame).first {
        seen = Int(high - low)
      }
    }
    let reader = EventReader(run)
    return Evidence(
      matched: rows.count, seen: seen,
      events: rows.suffix(PartReader.shownEvents).reversed().map { reader.line($0) })
  }
}

extension TypedExpr {
  /// Whether it is made of literals alone.
  var isConstant: Bool {
    switch node {
    case .constant, .localTime: true
    case .negate, .convert, .period, .arithmetic, .function: children.allSatisfy(\.isConstant)
    default: false
    }
  }
}

/// The names that a tree has followed.
final class Followed {
  var lets: Set<Int> = []
  var metrics: Set<Int> = []
}

/// Reads events of the member as lines.
struct EventReader {
  private let run: MemberRun

  init(_ run: MemberRun) { self.run = run }

  /// - Parameter row: of the batch.
  func line(_ row: Int32) -> EventLine {
    let batch = run.batch
    let stream = batch.events
    let schema = run.program.schema.events
    let kind = Int(stream.kinds[Int(row)])
    let isAtPrivate = schema?.at.type.isPrivate == true
    let at = isAtPrivate ? .hidden : ShownValue.instant(stream.times[Int(row)], run.calendar)
    guard let schema, schema.kinds.indices.contains(kind) else {
      return EventLine(at: at, kind: "", by: nil, attributes: [])
    }
    let declared = schema.kinds[kind]
    var line = EventLine(at: at, kind: declared.name, by: nil, attributes: [])
    if case .seen = declared.source, let doer = batch.doers(at: [row]).first {
      let ids = run.context.data.members.ids
      line.by = ids.indices.contains(Int(doer)) ? ids[Int(doer)] : nil
    }
    for attribute in declared.attributes where schema.attributes.indices.contains(attribute.index) {
      let column = schema.attributes[attribute.index]
      guard let data = batch.column(ofAttribute: attribute.index), data.kinds.indices.contains(kind),
        data.kinds[kind] != 0, let values = batch.values(ofAttribute: attribute.index, at: [row])
      else { continue }
      let value = column.type.isPrivate ? ShownValue.hidden : ShownValue(values, 0, column.type, batch)
      line.attributes.append((column.name, value))
    }
    return line
  }
}

extension Expr.ComparisonOperator {
  /// The same comparison with its sides exchanged.
  var turned: Expr.ComparisonOperator {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .equal: .equal
    case .notEqual: .notEqual
    }
  }

  /// What holds where this does not.
  var opposite: Expr.ComparisonOperator {
    switch self {
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    case .equal: .notEqual
    case .notEqual: .equal
    }
  }
}

/// The texts of the rules by their places.
public struct RuleTexts: Sendable {
  private let files: [SourceFile]

  public init(_ files: [SourceFile]) { self.files = files }

  /// What stands at a place, on one line and without comments. - Missing: nil if its file is not there.
  func text(_ span: Span) -> String? {
    guard span.end > span.start, let file = files.first(where: { $0.id == span.file }) else { return nil }
    var result = ""
    for line in file.text(span).split(whereSeparator: \.isNewline) {
      let code = RuleTexts.withoutComment(String(line)).split(whereSeparator: { $0 == " " || $0 == "\t" })
      if code.isEmpty { continue }
      if !result.isEmpty { result += " " }
      result += code.joined(separator: " ")
    }
    return DisplayWidth.printable(result)
  }

  /// The text without parentheses around the whole.
  static func bare(_ text: String) -> String {
    guard text.first == "(", text.last == ")" else { return text }
    var depth = 0
    for index in text.indices {
      if text[index] == "\"" { return text }
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" { depth -= 1 }
      if depth == 0 { return index == text.index(before: text.endIndex) ? String(text.dropFirst().dropLast()) : text }
    }
    return text
  }

  private static func withoutComment(_ line: String) -> String {
    var isQuoted = false
    var previous: Character = " "
    for index in line.indices {
      let character = line[index]
      if character == "\"", previous != "\\" { isQuoted.toggle() }
      if !isQuoted, character == "/", previous == "/" { return String(line[..<line.index(before: index)]) }
      previous = character
    }
    return line
  }
}
