import OrderedCollections

/// Makes a plan of a typed program: flattens its expressions, shares equal ones, and notes what each depends on.
///
/// Takes a program without errors; gives a plan whose node indices ascend from operands to operators.
struct Planner {
  let program: TypedProgram
  var plan = Plan()
  /// By their bytes, as `Value` tells texts apart.
  private var texts: OrderedSet<Value> = []
  private var letNodes: [Int: Int] = [:]
  /// Lets about the community, which mean another node on each grid.
  private var gridLetNodes: [PlanGrid?: [Int: Int]] = [:]
  /// Metrics written out where they are read at the same checks, likewise.
  var gridMetricNodes: [PlanGrid?: [Int: Int]] = [:]
  /// Whether the expression at hand is about the community, so that event aggregates are everybody's.
  var isAboutCommunity = false
  /// The checks at which it is asked. - Missing: nil, at the as-of.
  var grid: PlanGrid?
  var splitType: Type?

  private init(_ program: TypedProgram) {
    self.program = program
    plan.metricSeries = Array(repeating: nil, count: program.metrics.count)
  }

  /// Goes on from a plan of the program, so that each expression of the rules finds the node that it has there.
  init(goingOnFrom plan: Plan, of program: TypedProgram) {
    self.program = program
    self.plan = plan
    for text in plan.texts { texts.append(.text(text)) }
    planLetsInOrder()
  }

  /// The plan with what was added to it.
  var extended: Plan { plan }

  /// The node of an expression; one that the plan does not have yet is added.
  mutating func place(of expr: TypedExpr) -> Int { node(expr) }

  /// - Parameter only: names of declarations to keep; empty keeps all.
  static func plan(_ program: TypedProgram, only: Set<String> = []) -> Plan {
    var planner = Planner(program)
    planner.planLetsInOrder()
    for incentive in program.incentives { planner.add(incentive) }
    for ladder in program.ladders { planner.add(ladder) }
    for (index, declared) in program.lets.enumerated()
    where declared.subject == .member && !declared.needsFiringEvent {
      guard only.isEmpty || only.contains(declared.name) else { continue }
      planner.plan.facts.append(PlanFact(letIndex: index, node: planner.letNode(index)))
    }
    planner.planCommunityLets(only)
    planner.planItemLets(only)
    planner.planMetrics(only)
    planner.planAlerts(only)
    planner.readSources()
    let graph = StrataGraph(program, planner.plan)
    if !only.isEmpty { planner.dropUnwanted(only, graph) }
    planner.plan.strata = graph.strata().filter { planner.plan.isWanted($0) }
    return planner.plan
  }

  /// Keeps the rules and ladders that are named, and those that they or the lets that are kept read.
  private mutating func dropUnwanted(_ only: Set<String>, _ graph: StrataGraph) {
    var wanted: Set<StrataGraph.Vertex> = []
    for root in (plan.facts + plan.communityFacts).map(\.node) + plan.communityValues.flatMap(\.nodes)
      + plan.alerts.flatMap({ $0.roots + $0.lateRoots })
    {
      wanted.formUnion(graph.reads(of: [root]))
    }
    for (index, ladder) in program.ladders.enumerated() where only.contains(ladder.name) {
      wanted.insert(.ladder(index))
    }
    for (index, rule) in program.incentives.enumerated() where only.contains(rule.name) { wanted.insert(.rule(index)) }
    wanted = graph.closure(of: wanted)
    for index in plan.ladders.indices { plan.ladders[index].isWanted = wanted.contains(.ladder(index)) }
    for index in plan.incentives.indices { plan.incentives[index].isWanted = wanted.contains(.rule(index)) }
  }

  // MARK: Declarations

  /// Lets about the community: what they aggregate becomes a value that all batches give a part of.
  private mutating func planCommunityLets(_ only: Set<String>) {
    isAboutCommunity = true
    for (index, declared) in program.lets.enumerated() where declared.subject == .community {
      guard only.isEmpty || only.contains(declared.name) else { continue }
      plan.communityFacts.append(PlanFact(letIndex: index, node: letNode(index)))
    }
    isAboutCommunity = false
  }

  private mutating func planItemLets(_ only: Set<String>) {
    for (index, declared) in program.lets.enumerated() where declared.subject == .content {
      guard only.isEmpty || only.contains(declared.name) else { continue }
      plan.itemFacts.append(PlanFact(letIndex: index, node: letNode(index)))
    }
  }

  /// Notes what has to be read to know who sees an event, and to which item it belongs.
  private mutating func readSources() {
    let kinds = program.schema.events?.kinds ?? []
    for kind in plan.kindsRead.sorted() where kinds.indices.contains(kind) {
      if !plan.itemFacts.isEmpty, let item = program.schema.itemAttribute(of: kind) { plan.attributesRead.insert(item) }
      guard case .seen(let base, let witness) = kinds[kind].source else { continue }
      switch witness {
      case .attribute(let attribute): plan.attributesRead.insert(attribute)
      case .memberColumn(let column): plan.columnsRead.insert(column)
      case .itemColumn(let column):
        plan.contentColumnsRead.insert(column)
        if let item = program.schema.itemAttribute(of: base) { plan.attributesRead.insert(item) }
      }
    }
  }

  private mutating func communityNode(_ value: PlanCommunityValue, _ expr: TypedExpr) -> Int {
    add(.communityValue(plan.communityValues.append(value).index), [], kind(expr.type), expr.span)
  }

  private mutating func memberAggregate(_ typed: MemberAggregate, _ expr: TypedExpr) -> Int {
    let outer = (isAboutCommunity, grid)
    (isAboutCommunity, grid) = (false, nil)
    let value = node(typed.value)
    let among = typed.among.map { node($0) }
    (isAboutCommunity, grid) = outer
    return communityNode(.members(typed.function, value: value, among: among, typed.guards), expr)
  }

  /// Plans lets before those that refer to them, so that a long chain of lets needs no deep recursion.
  private mutating func planLetsInOrder() {
    for index in program.lets.indices where program.lets[index].subject == .member { _ = letNode(index) }
  }

  private mutating func letNode(_ index: Int) -> Int {
    guard program.lets.indices.contains(index) else { return add(.flag(false), [], .flags, nil) }
    if let known = knownNode(ofLet: index) { return known }
    // Those that it refers to come first, so that a long chain needs no deep recursion.
    var stack = [index]
    while let top = stack.last {
      if knownNode(ofLet: top) != nil {
        stack.removeLast()
        continue
      }
      let missing = program.lets[top].value.references.filter {
        $0 != top && program.lets[$0].subject == program.lets[index].subject && knownNode(ofLet: $0) == nil
      }
      if missing.isEmpty || stack.count > program.lets.count {
        let made = node(program.lets[top].value)
        if program.lets[top].subject == .community {
          gridLetNodes[grid, default: [:]][top] = made
        } else {
          letNodes[top] = made
        }
        stack.removeLast()
      } else {
        stack.append(contentsOf: missing)
      }
    }
    return knownNode(ofLet: index) ?? add(.flag(false), [], .flags, nil)
  }

  private func knownNode(ofLet index: Int) -> Int? {
    program.lets[index].subject == .community ? gridLetNodes[grid]?[index] : letNodes[index]
  }

  private mutating func add(_ incentive: TypedIncentive) {
    let points: PlanIncentive.Points
    switch incentive.trigger {
    case .on(let pattern): points = .events(pattern: eventPattern(pattern))
    case .every(let unit): points = .checks(unit)
    }
    let during = incentive.during.isEmpty ? [] : [duringNode(incentive.during, incentive.span)]
    let conditions =
      [incentive.among].compactMap(\.self).map { node($0) } + during
      + [incentive.when].compactMap(\.self).map { node($0) }
    let condition = conditions.dropFirst().reduce(conditions.first) { left, right in
      left.map { add(.and, [$0, right], .flags, incentive.span) }
    }
    var planned = PlanIncentive(points: points, condition: condition)
    planned.amounts = incentive.amounts.map { $0.places.map { node($0) } }
    if let deduction = incentive.deduction { planned.amounts = [[node(deduction.points)]] }
    if let board = incentive.board {
      planned.keys = board.keys.map { node($0.value) }
      planned.within = board.within.map { node($0) }
    }
    plan.incentives.append(planned)
    for limit in incentive.limits {
      if case .attribute(let index) = limit.per { plan.attributesRead.insert(index) }
    }
    plan.attributesRead.formUnion(incentive.takeBack?.same ?? [])
  }

  private mutating func add(_ ladder: TypedLadder) {
    let when = ladder.tiers.map { tier in tier.when.map { node($0) } }
    let keep = ladder.tiers.enumerated().map { index, tier in tier.keep.map { node($0) } ?? when[index] }
    plan.ladders.append(PlanLadder(when: when, keep: keep))
  }

  // MARK: Nodes

  mutating func add(_ op: PlanOp, _ inputs: [Int], _ kind: VectorKind, _ span: Span?) -> Int {
    let (isNew, index) = plan.nodes.append(PlanNode(op: op, inputs: inputs, kind: kind))
    if !isNew { return index }
    plan.spans.append(span ?? Span(file: FileID(0), start: 0, end: 0))
    var depends = inputs.reduce(into: Dependence()) { $0.formUnion(plan.dependence[$1]) }
    depends.formUnion(own(op))
    plan.dependence.append(depends)
    plan.mayFault.append(op.mayFault || inputs.contains { plan.mayFault[$0] })
    switch op {
    case .column(let column), .referenced(.members, let column): plan.columnsRead.insert(column)
    case .referenced(.content, let column): plan.contentColumnsRead.insert(column)
    case .attribute(let attribute, _): plan.attributesRead.insert(attribute)
    default: break
    }
    return index
  }

  private func own(_ op: PlanOp) -> Dependence {
    switch op {
    case .now, .anniversary, .previous, .series, .during, .ownGroup: .moment
    case .attribute(_, .scanned), .eventTime(.scanned), .eventKind(.scanned), .eventMember(.scanned): .scanned
    case .attribute(_, .firing), .eventTime(.firing), .eventKind(.firing), .eventMember(.firing): .firing
    case .aggregate(let index):
      aggregateDependence(plan.aggregates[index])
    case .standing: [.moment, .standing]
    default: []
    }
  }

  private func aggregateDependence(_ aggregate: PlanAggregate) -> Dependence {
    var depends: Dependence = .moment
    if !aggregate.same.isEmpty { depends.insert(.firing) }
    let parts = [plan.patterns[aggregate.pattern].condition, aggregate.value].compactMap(\.self)
    if parts.contains(where: { plan.dependence[$0].contains(.firing) }) { depends.insert(.firing) }
    return depends
  }

  func kind(_ type: Type) -> VectorKind {
    switch type.base {
    case .bool: .flags
    case .number: .numbers
    case .list: .lists
    default: .ints
    }
  }

  mutating func text(_ text: String) -> Int {
    let (isNew, index) = texts.append(.text(text))
    if isNew { plan.texts.append(text) }
    return index
  }

  private mutating func constant(_ value: Value, _ type: Type, _ span: Span) -> Int {
    switch value {
    case .missing: return add(.missing(kind(type)), [], kind(type), span)
    case .bool(let flag): return add(.flag(flag), [], .flags, span)
    case .int(let int), .time(let int), .duration(let int): return add(.int(int), [], .ints, span)
    case .number(let number):
      return add(.number(bits: (number == 0 ? 0 : number).bitPattern), [], .numbers, span)
    case .date(let day), .period(_, let day): return add(.int(Int64(day)), [], .ints, span)
    case .choice(let position), .tier(let position), .member(let position), .item(let position):
      return add(.int(Int64(position)), [], .ints, span)
    case .text(let string): return add(.text(text(string)), [], .ints, span)
    case .list(let strings): return add(.list(strings.map { text($0) }), [], .lists, span)
    }
  }

  mutating func node(_ expr: TypedExpr) -> Int {
    switch expr.node {
    case .error: return add(.missing(kind(expr.type)), [], kind(expr.type), expr.span)
    case .constant(let value): return constant(value, expr.type, expr.span)
    case .reference(let index): return letNode(index)
    case .localTime(let day, let micros): return add(.localTime(day: day, micros: micros), [], .ints, expr.span)
    case .now: return add(.now, [], .ints, expr.span)
    case .subject: return add(.subject, [], .ints, expr.span)
    case .group: return add(.ownGroup, [], kind(expr.type), expr.span)
    case .column(let index): return add(.column(index), [], kind(expr.type), expr.span)
    case .attribute(let index, let scope): return add(.attribute(index, scope), [], kind(expr.type), expr.span)
    case .eventTime(let scope): return add(.eventTime(scope), [], .ints, expr.span)
    case .eventKind(let scope): return add(.eventKind(scope), [], .ints, expr.span)
    case .eventMember(let scope): return add(.eventMember(scope), [], .ints, expr.span)
    case .balance(let purse): return add(.standing(.balance(purse)), [], .ints, expr.span)
    case .earned(let purse, let window): return add(.standing(.earned(purse, window)), [], .ints, expr.span)
    case .spent(let purse, let window): return add(.standing(.spent(purse, window)), [], .ints, expr.span)
    case .awards(let rule, let window): return add(.standing(.awards(rule, window)), [], .ints, expr.span)
    case .lastAward(let rule): return add(.standing(.lastAward(rule)), [], .ints, expr.span)
    case .badges: return add(.standing(.badges), [], .lists, expr.span)
    case .tier(let ladder): return add(.standing(.tier(ladder)), [], .ints, expr.span)
    case .tierSince(let ladder): return add(.standing(.tierSince(ladder)), [], .ints, expr.span)
    case .aggregate(let aggregate): return aggregateNode(aggregate, expr)
    case .memberAggregate(let aggregate): return memberAggregate(aggregate, expr)
    case .text(let parts): return template(parts, expr.span)
    case .choose(let arms, let otherwise):
      var inputs: [Int] = []
      for arm in arms {
        inputs.append(node(arm.condition))
        inputs.append(node(arm.value))
      }
      inputs.append(node(otherwise))
      return add(.choose, inputs, kind(expr.type), expr.span)
    case .function(let function, let arguments):
      let inputs = arguments.map { node($0) }
      return add(.function(function), inputs, kind(expr.type), expr.span)
    case .isIn(let operand, let candidates): return membership(operand, candidates, expr.span)
    default: return operatorNode(expr)
    }
  }

  private mutating func membership(_ operand: TypedExpr, _ candidates: [TypedExpr], _ span: Span) -> Int {
    let left = node(operand)
    var result: Int?
    for candidate in candidates {
      let equal = add(.compare(.equal), [left, node(candidate)], .flags, span)
      result = result.map { add(.or, [$0, equal], .flags, span) } ?? equal
    }
    return result ?? add(.flag(false), [], .flags, span)
  }

  private mutating func operatorNode(_ expr: TypedExpr) -> Int {
    let span = expr.span
    switch expr.node {
    case .negate(let operand): return add(.negate, [node(operand)], kind(expr.type), span)
    case .not(let operand): return add(.not, [node(operand)], .flags, span)
    case .and(let left, let right): return add(.and, [node(left), node(right)], .flags, span)
    case .or(let left, let right): return add(.or, [node(left), node(right)], .flags, span)
    case .arithmetic(let operation, let left, let right):
      return arithmetic(operation, left, right, expr)
    case .compare(let operation, let left, let right):
      return add(.compare(operation), [node(left), node(right)], .flags, span)
    case .contains(let whole, let part):
      let op: PlanOp = whole.type.base == .list ? .listContains : .textContains
      return add(op, [node(whole), node(part)], .flags, span)
    case .startsWith(let whole, let part): return add(.startsWith, [node(whole), node(part)], .flags, span)
    case .isMissing(let operand): return add(.isMissing, [node(operand)], .flags, span)
    case .coalesce(let value, let fallback):
      return add(.coalesce, [node(value), node(fallback)], kind(expr.type), span)
    case .convert(let conversion, let operand): return convert(conversion, operand, span)
    case .period(let unit, let operand):
      let op: PlanOp = operand.type.base == .date ? .periodOfDate(unit) : .periodOfTime(unit)
      return add(op, [node(operand)], .ints, span)
    case .weekday(let operand):
      return add(operand.type.base == .date ? .weekdayOfDate : .weekdayOfTime, [node(operand)], .ints, span)
    case .hour(let operand): return add(.hour, [node(operand)], .ints, span)
    case .anniversary(let operand): return add(.anniversary, [node(operand)], .flags, span)
    case .referenced(let reference, let column):
      let table: PlanTable = reference.type.base == .item ? .content : .members
      return add(.referenced(table, column: column), [node(reference)], kind(expr.type), span)
    case .previous(let operand, let days):
      if isAboutCommunity { return previousOfCommunity(operand, days, expr) }
      return add(.previous(days: days), [node(operand)], kind(expr.type), span)
    case .metric(let index, let group): return metricNode(index, group, expr)
    case .movingAverage(let metric, let days): return averageNode(metric, days, expr)
    case .ofCommunity(let operand):
      let series = series(operand, .daily, split: nil)
      return add(.series(series, .held(daysEarlier: 0), .none), [], kind(expr.type), span)
    default: return add(.missing(kind(expr.type)), [], kind(expr.type), span)
    }
  }

  private mutating func arithmetic(
    _ operation: TypedExpr.Arithmetic, _ left: TypedExpr, _ right: TypedExpr, _ expr: TypedExpr
  ) -> Int {
    let form: ArithmeticForm
    switch (left.type.base, right.type.base) {
    case (.duration, .duration) where operation == .divide: form = .durationRatio
    case (.duration, .number), (.number, .duration): form = .durationByNumber
    case (.date, .date): form = .dates
    case (.date, .duration), (.duration, .date): form = .dateAndDuration
    case (.number, _), (_, .number): form = .numbers
    default: form = .ints
    }
    var inputs = [node(left), node(right)]
    if form == .dateAndDuration, left.type.base == .duration { inputs.swapAt(0, 1) }
    return add(.arithmetic(operation, form), inputs, kind(expr.type), expr.span)
  }

  private mutating func convert(_ conversion: TypedExpr.Conversion, _ operand: TypedExpr, _ span: Span) -> Int {
    switch conversion {
    case .intToNumber: return add(.intToNumber, [node(operand)], .numbers, span)
    case .dateToTime: return add(.dateToTime, [node(operand)], .ints, span)
    case .choiceToText:
      var names: [String] = []
      switch operand.type.base {
      case .choice(let choice): names = choice.values
      case .tier(let ladder) where program.ladders.indices.contains(ladder):
        names = program.ladders[ladder].tiers.map(\.name)
      default: break
      }
      let table = names.map { text($0) }
      return add(.choiceToText(plan.choiceTables.append(table).index), [node(operand)], .ints, span)
    }
  }

  private mutating func template(_ parts: [TypedExpr.TextPart], _ span: Span) -> Int {
    var inputs: [Int] = []
    var planned: [PlanTemplate.Part] = []
    for part in parts {
      switch part {
      case .literal(let literal): planned.append(.literal(text(literal)))
      case .value(let value, let format):
        planned.append(.value(inputs.count, value.type, format))
        inputs.append(node(value))
      }
    }
    return add(.template(plan.templates.append(PlanTemplate(parts: planned)).index), inputs, .ints, span)
  }

  // MARK: Aggregates

  private mutating func eventPattern(_ typed: EventPattern) -> Int {
    var kinds = [UInt8](repeating: 0, count: program.schema.events?.kinds.count ?? 0)
    for kind in typed.kinds where kinds.indices.contains(kind) { kinds[kind] = 1 }
    var condition = typed.condition.map { node($0) }
    if isAboutCommunity { condition = once(&kinds, condition, typed.span) }
    plan.kindsRead.formUnion(kinds.indices.filter { kinds[$0] != 0 })
    return plan.patterns.append(PlanPattern(kinds: kinds, condition: condition)).index
  }

  private mutating func aggregateNode(_ typed: EventAggregate, _ expr: TypedExpr) -> Int {
    let pattern = eventPattern(typed.pattern)
    let value = typed.value.map { node($0) }
    let parts = [plan.patterns[pattern].condition, value].compactMap(\.self)
    let correlated = parts.contains {
      plan.dependence[$0].contains(.moment) || plan.dependence[$0].contains(.firing)
    }
    plan.attributesRead.formUnion(typed.same)
    let made = PlanAggregate(
      function: typed.function, pattern: pattern, value: value, window: typed.window, same: typed.same,
      isCorrelated: correlated)
    let index = plan.aggregates.append(made).index
    if isAboutCommunity { return communityNode(.events(index, isText: typed.value?.type.base == .text), expr) }
    return add(.aggregate(index), [], kind(expr.type), expr.span)
  }
}
