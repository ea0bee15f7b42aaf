/// A plan as text, for `--dump plan` and goldens: what is asked at which points, what is shared, what it costs.
public enum PlanDump {
  /// - Shape: one line a declaration, pattern, aggregate and node; indices as the nodes name each other.
  public static func text(_ program: TypedProgram) -> String { text(Planner.plan(program), program) }

  static func text(_ plan: Plan, _ program: TypedProgram) -> String {
    var lines: [String] = []
    for (index, stratum) in plan.strata.enumerated() { lines.append("stratum \(index): \(text(stratum, program))") }
    let boards = program.incentives.filter { $0.board != nil }.map(\.name)
    let budgets = program.budgets.filter { !$0.isPerMember }.map(\.name)
    if !(boards + budgets).isEmpty {
      lines.append("community: \((boards + budgets).joined(separator: ", ")); rounds until nothing differs")
    }
    for (planned, typed) in zip(plan.incentives, program.incentives) {
      var line = "incentive \(typed.name): "
      switch planned.points {
      case .events(let pattern): line += "at events of pattern \(pattern)"
      case .checks(let unit): line += "at each \(unit.keyword), \(clock(plan, planned.roots))"
      }
      if let condition = planned.condition { line += ", when n\(condition)" }
      if !planned.amounts.isEmpty { line += ", award " + planned.amounts.map(names).joined(separator: " and ") }
      if !planned.keys.isEmpty { line += ", ranked by \(names(planned.keys))" }
      if !planned.within.isEmpty { line += " within \(names(planned.within))" }
      lines.append(line)
    }
    for (planned, typed) in zip(plan.ladders, program.ladders) {
      let when = planned.when.map { $0.map { "n\($0)" } ?? "-" }.joined(separator: " ")
      let keep = planned.keep.map { $0.map { "n\($0)" } ?? "-" }.joined(separator: " ")
      lines.append(
        "tiers \(typed.name): at each \(typed.review.keyword), \(clock(plan, planned.roots)); when \(when); keep \(keep)"
      )
    }
    for fact in plan.facts + plan.communityFacts {
      lines.append("fact \(program.lets[fact.letIndex].name): at the as-of, n\(fact.node)")
    }
    lines += series(plan, program)
    lines += plan.patterns.enumerated().map { "pattern \($0): \(text($1, program))" }
    lines += plan.aggregates.enumerated().map { "aggregate \($0): \(text($1, plan))" }
    var uses = [Int](repeating: 0, count: plan.nodes.count)
    for node in plan.nodes { for input in Set(node.inputs) { uses[input] += 1 } }
    for (index, node) in plan.nodes.enumerated() {
      let inputs = node.inputs.map { " n\($0)" }.joined()
      lines.append(
        "n\(index): \(text(node.op, plan, program))\(inputs)" + (uses[index] > 1 ? "  (shared by \(uses[index]))" : ""))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What is asked of the community at checks, and how what members read of it is found.
  private static func series(_ plan: Plan, _ program: TypedProgram) -> [String] {
    let early = plan.earlySeries
    let read = plan.seriesReadByMembers
    var lines = plan.series.enumerated().map { index, series in
      let grid = plan.grids[series.grid]
      let when =
        switch grid.rhythm {
        case .checks(.period(let unit)): "at each \(unit.keyword)"
        case .checks(.exact(let length)): "every \(length / 60_000_000) minutes"
        case .beforeEnd(let days): "\(days) days before the as-of"
        }
      let name = plan.metricSeries.firstIndex(of: index).map { " (metric \(program.metrics[$0].name))" } ?? ""
      let split = grid.split.map { " by n\($0)" } ?? ""
      let order = early.contains(index) ? ", known first" : read.contains(index) ? ", guessed" : ""
      return "series \(index)\(name): \(when)\(split), n\(series.node)\(order)"
    }
    if !read.isSubset(of: early) { lines.append("community: what members read of it; rounds until nothing differs") }
    for (index, value) in plan.communityValues.enumerated() {
      lines.append("community value \(index): \(text(value, plan))")
    }
    return lines
  }

  private static func text(_ value: PlanCommunityValue, _ plan: Plan) -> String {
    switch value {
    case .members(let function, let node, let among, let guards):
      let order = plan.needed(by: value.nodes)
      let dense = ClockUses(plan: plan, order: order).isDense ? "every check" : "where a value may change"
      return "\(plain("\(function)")) of members' n\(node)" + (among.map { " among n\($0)" } ?? "")
        + (guards.isEmpty ? "" : ", withheld from few") + ", \(dense)"
    case .events(let aggregate, _):
      let isAsked = plan.aggregates[aggregate].isCorrelated
      return "aggregate \(aggregate), " + (isAsked ? "every check" : "from row to row")
    }
  }

  private static func names(_ nodes: [Int]) -> String { nodes.map { "n\($0)" }.joined(separator: " ") }

  private static func text(_ stratum: Stratum, _ program: TypedProgram) -> String {
    func rules(_ indices: [Int]) -> String { indices.map { program.incentives[$0].name }.joined(separator: ", ") }
    func ladders(_ indices: [Int]) -> String { indices.map { program.ladders[$0].name }.joined(separator: ", ") }
    switch stratum {
    case .rules(let indices): return rules(indices) + (indices.count > 1 ? " (together: they share a budget)" : "")
    case .ladder(let ladder): return "tiers " + ladders([ladder])
    case .loop(let inside, let reviewed):
      let names = [rules(inside), reviewed.isEmpty ? "" : "tiers " + ladders(reviewed)].filter { !$0.isEmpty }
      return names.joined(separator: ", ") + " (day by day: they read each other's results)"
    }
  }

  private static func clock(_ plan: Plan, _ roots: [Int]) -> String {
    let order = plan.needed(by: roots)
    if ClockUses(plan: plan, order: order, read: Set(roots)).isDense {
      return "every check (`now` stands where it changes at each)"
    }
    for node in order {
      if case .aggregate(let index) = plan.nodes[node].op, plan.aggregates[index].isCorrelated {
        return "every check (aggregate \(index) asks its events about `now`)"
      }
    }
    return "where a value may change"
  }

  private static func text(_ pattern: PlanPattern, _ program: TypedProgram) -> String {
    let names = program.schema.events?.kinds.map(\.name) ?? []
    let chosen = zip(names, pattern.kinds).filter { $0.1 != 0 }.map(\.0)
    let kinds = chosen.count == names.count && names.count > 1 ? "all" : chosen.joined(separator: " or ")
    return "events \(kinds)" + (pattern.condition.map { " where n\($0)" } ?? "")
  }

  private static func text(_ aggregate: PlanAggregate, _ plan: Plan) -> String {
    var line = plain("\(aggregate.function) of pattern \(aggregate.pattern)")
    if let value = aggregate.value { line += ", value n\(value)" }
    line += ", " + plain("\(aggregate.window)")
    if !aggregate.same.isEmpty { line += ", same \(aggregate.same)" }
    if aggregate.isCorrelated { line += ", \(text(PairPlan(aggregate, plan)))" }
    return line
  }

  private static func text(_ op: PlanOp, _ plan: Plan, _ program: TypedProgram) -> String {
    switch op {
    case .attribute(let index, let scope):
      let attributes = program.schema.events?.attributes ?? []
      return "\(scope) event's \(attributes.indices.contains(index) ? attributes[index].name : "attribute \(index)")"
    case .column(let index):
      let columns = program.schema.members?.columns ?? []
      return "member's \(columns.indices.contains(index) ? columns[index].name : "column \(index)")"
    case .number(let bits): return NumberText.shortest(Double(bitPattern: bits))
    case .text(let index): return "text \"\(plan.texts[index])\""
    default: return plain("\(op)")
    }
  }

  /// What Swift prints of an enum, without the names of its types.
  private static func plain(_ description: String) -> String {
    var result = ""
    var word = ""
    for character in description {
      if character == "." {
        word = ""
      } else if character.isLetter || character.isNumber {
        word.append(character)
      } else {
        result += word
        result.append(character)
        word = ""
      }
    }
    return result + word
  }

  private static func text(_ pairs: PairPlan) -> String {
    var parts: [String] = []
    let rows = pairs.conditions.ofRows
    if !rows.isEmpty { parts.append("rows where " + rows.map { "n\($0)" }.joined(separator: " and ")) }
    let points = pairs.conditions.ofPoints
    if !points.isEmpty { parts.append("points where " + points.map { "n\($0)" }.joined(separator: " and ")) }
    let keys = pairs.conditions.keys
    if !keys.isEmpty { parts.append("joined by " + keys.map { "n\($0.row) = n\($0.point)" }.joined(separator: ", ")) }
    if pairs.asked != nil { parts.append("looked at pair by pair") }
    return parts.joined(separator: ", ")
  }
}
