// How an expression is computed, for the person who wrote it: a tree of what is read, with what it costs to find it.

/// The plan of one expression in words.
struct PlanStory {
  let plan: Plan
  let program: TypedProgram
  let language: Language

  /// - Shape: a tree a fact, two blanks a level; then whether the rules must run.
  func text() -> String {
    var lines: [String] = []
    var readsStanding = false
    let facts = plan.facts + plan.itemFacts
    for fact in facts {
      lines.append(say("about each member:", "对每个成员："))
      add(fact.node, 1, &lines, &readsStanding)
    }
    for fact in plan.communityFacts {
      lines.append(say("about the community:", "对整个社群："))
      add(fact.node, 1, &lines, &readsStanding)
    }
    if readsStanding {
      lines.append(
        say(
          "reads what the rules give: they run once, and what they found is kept",
          "要读规则发放的结果：规则先运行一次，结果留着再用"))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func say(_ english: String, _ chinese: String) -> String { language == .english ? english : chinese }

  private func add(_ index: Int, _ depth: Int, _ lines: inout [String], _ readsStanding: inout Bool) {
    guard depth < 40, plan.nodes.indices.contains(index) else { return }
    let node = plan.nodes[index]
    if case .standing = node.op { readsStanding = true }
    lines.append(String(repeating: "  ", count: depth) + words(node.op))
    for input in node.inputs { add(input, depth + 1, &lines, &readsStanding) }
    switch node.op {
    case .aggregate(let place): addParts(of: place, depth, &lines, &readsStanding)
    case .communityValue(let place):
      guard plan.communityValues.indices.contains(place) else { return }
      switch plan.communityValues[place] {
      case .members(_, let value, let among, _):
        add(value, depth + 1, &lines, &readsStanding)
        if let among {
          lines.append(String(repeating: "  ", count: depth + 1) + say("among those with", "只看"))
          add(among, depth + 2, &lines, &readsStanding)
        }
      case .events(let aggregate, _): addParts(of: aggregate, depth, &lines, &readsStanding)
      }
    default: break
    }
  }

  /// The value and the condition of an aggregate.
  private func addParts(of place: Int, _ depth: Int, _ lines: inout [String], _ readsStanding: inout Bool) {
    guard plan.aggregates.indices.contains(place) else { return }
    let aggregate = plan.aggregates[place]
    let blanks = String(repeating: "  ", count: depth + 1)
    if let value = aggregate.value {
      lines.append(blanks + say("of", "取值"))
      add(value, depth + 2, &lines, &readsStanding)
    }
    if plan.patterns.indices.contains(aggregate.pattern), let condition = plan.patterns[aggregate.pattern].condition {
      lines.append(blanks + say("where", "条件"))
      add(condition, depth + 2, &lines, &readsStanding)
    }
  }

  // MARK: Words

  private func words(_ op: PlanOp) -> String {
    let members = program.schema.members?.columns ?? []
    let attributes = program.schema.events?.attributes ?? []
    switch op {
    case .flag(let value): return value ? say("every member", "每个成员") : "false"
    case .int(let value): return "\(value)"
    case .number(let bits): return NumberText.shortest(Double(bitPattern: bits))
    case .text(let index): return plan.texts.indices.contains(index) ? "\"\(plan.texts[index])\"" : say("a text", "文字")
    case .list(let texts):
      return "[" + texts.map { plan.texts.indices.contains($0) ? "\"\(plan.texts[$0])\"" : "" }.joined(separator: ", ")
        + "]"
    case .missing: return "missing"
    case .now: return say("now", "现在")
    case .subject: return say("the member", "这个成员")
    case .column(let index):
      return say("column ", "列 ") + (members.indices.contains(index) ? members[index].name : "\(index)")
    case .attribute(let index, _):
      return say("the event's ", "事件的 ") + (attributes.indices.contains(index) ? attributes[index].name : "\(index)")
    case .eventTime: return say("the event's time", "事件的时间")
    case .eventKind: return say("the event's kind", "事件的种类")
    case .compare(let comparison): return comparison.rawValue
    case .arithmetic(let operation, _): return symbol(operation)
    case .choose: return "if"
    case .isMissing: return "is missing"
    case .dateToTime, .intToNumber, .choiceToText: return say("the same as another type", "换成另一种类型")
    case .hour: return say("hour of", "小时")
    case .aggregate(let index): return aggregateWords(index, ofAll: false)
    case .standing(let standing): return standingWords(standing)
    case .communityValue(let index): return communityWords(index)
    case .series: return say("a series of the community", "社群的一条序列")
    case .during: return say("whether a phase is on", "是否处于某个阶段")
    default: return firstWord("\(op)")
    }
  }

  /// `listContains` as `list contains`.
  private func firstWord(_ description: String) -> String {
    var words = ""
    for character in description.prefix(while: { $0.isLetter }) {
      if character.isUppercase { words.append(" ") }
      words += character.lowercased()
    }
    return words
  }

  private func symbol(_ operation: TypedExpr.Arithmetic) -> String {
    switch operation {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .div: "div"
    case .mod: "mod"
    }
  }

  private func aggregateWords(_ index: Int, ofAll: Bool) -> String {
    guard plan.aggregates.indices.contains(index) else { return "" }
    let aggregate = plan.aggregates[index]
    let names = program.schema.events?.kinds.map(\.name) ?? []
    let kinds = plan.patterns.indices.contains(aggregate.pattern) ? plan.patterns[aggregate.pattern].kinds : []
    var chosen: [String] = []
    for place in kinds.indices where kinds[place] != 0 && names.indices.contains(place) { chosen.append(names[place]) }
    var events = chosen.prefix(4).joined(separator: ", ")
    if chosen.count == names.count, names.count > 1 { events = say("all events", "所有事件") }
    if chosen.count > 4, chosen.count < names.count {
      events += say(" and \(chosen.count - 4) more", " 等 \(chosen.count) 种")
    }
    let how =
      aggregate.isCorrelated
      ? say("its events looked at again at each point", "每次都重新查看事件")
      : say("kept from event to event", "随事件累计")
    let function = firstWord("\(aggregate.function)")
    return say("\(function) of \(events)", "\(events) 的 \(function)")
      + (ofAll ? say(", of everybody", "（所有人）") : "") + say(", ", "，") + window(aggregate.window)
      + say("  (\(how))", "（\(how)）")
  }

  private func window(_ window: Window) -> String {
    switch window {
    case .all: say("ever", "全部时间")
    case .lastDays(let days): say("last \(days) day\(days == 1 ? "" : "s")", "最近 \(days) 天")
    case .lastExact(let length): say("last \(length / 60_000_000) minutes", "最近 \(length / 60_000_000) 分钟")
    case .current(let unit): "this \(unit.keyword)"
    case .previous(let unit): "previous \(unit.keyword)"
    case .between: say("between two days", "两个日期之间")
    }
  }

  private func standingWords(_ standing: Standing) -> String {
    func purse(_ index: Int) -> String {
      program.schema.purses.indices.contains(index) ? program.schema.purses[index] : "points"
    }
    func rule(_ index: Int) -> String {
      program.incentives.indices.contains(index) ? program.incentives[index].name : ""
    }
    func ladder(_ index: Int) -> String { program.ladders.indices.contains(index) ? program.ladders[index].name : "" }
    switch standing {
    case .balance(let index): return purse(index)
    case .earned(let index, let span): return say("\(purse(index)) earned, ", "得到的 \(purse(index))，") + window(span)
    case .spent(let index, let span): return say("\(purse(index)) spent, ", "花掉的 \(purse(index))，") + window(span)
    case .awards(let index, let span): return say("awards of \(rule(index)), ", "\(rule(index)) 的发放，") + window(span)
    case .lastAward(let index): return say("the last award of \(rule(index))", "\(rule(index)) 最近一次发放")
    case .badges: return say("badges", "徽章")
    case .tier(let index): return say("the tier of \(ladder(index))", "\(ladder(index)) 的等级")
    case .tierSince(let index): return say("since when the tier of \(ladder(index))", "\(ladder(index)) 等级的起始")
    }
  }

  private func communityWords(_ index: Int) -> String {
    guard plan.communityValues.indices.contains(index) else { return "" }
    switch plan.communityValues[index] {
    case .members(let function, _, _, let guards):
      let name = firstWord("\(function)")
      return say("\(name) of members with", "成员的 \(name)：")
        + (guards.isEmpty ? "" : say("  (withheld from few)", "  （人太少时不显示）"))
    case .events(let aggregate, _): return aggregateWords(aggregate, ofAll: true)
    }
  }
}
