/// The text of a `TypedProgram`, for `--dump types` and goldens: stable, one declaration after another.
public enum TypedDump {
  public static func text(_ program: TypedProgram) -> String {
    let writer = writer(program)
    var lines = schema(program.schema, writer)
    for binding in program.lets { lines.append(text(binding, writer)) }
    for (index, incentive) in program.incentives.enumerated() {
      lines += text(incentive, writer)
      if !incentive.during.isEmpty { lines.append("  during " + phases(incentive.during, program)) }
      for budget in program.budgets where budget.isClause && budget.covers == [index] {
        lines.append("  budget \(amount(budget, writer))")
      }
    }
    for budget in program.budgets where !budget.isClause { lines += text(budget, writer) }
    for ladder in program.ladders { lines += text(ladder, writer) }
    lines += alertsGoalsPlans(program, writer)
    for metric in program.metrics { lines.append(text(metric, writer)) }
    for benchmark in program.benchmarks where program.metrics.indices.contains(benchmark.metric) {
      let source = benchmark.source.map { " source \"\($0)\"" } ?? ""
      lines.append("benchmark \(program.metrics[benchmark.metric].name) = \(benchmark.value)\(source)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The canonical text of one expression.
  public static func text(_ expression: TypedExpr, in program: TypedProgram) -> String {
    writer(program).text(expression)
  }

  /// The canonical text of a pattern, and of a window.
  static func text(_ pattern: EventPattern, in program: TypedProgram) -> String { writer(program).text(pattern) }
  static func text(_ window: Window, in program: TypedProgram) -> String { writer(program).text(window) }

  private static func writer(_ program: TypedProgram) -> TypedText {
    TypedText(
      schema: program.schema,
      lets: { program.lets.indices.contains($0) ? program.lets[$0].name : "?" },
      incentives: { program.incentives.indices.contains($0) ? program.incentives[$0].name : "?" },
      ladders: { index in
        guard program.ladders.indices.contains(index) else { return ("?", []) }
        return (program.ladders[index].name, program.ladders[index].tiers.map(\.name))
      }, metrics: { program.metrics.indices.contains($0) ? program.metrics[$0].name : "?" })
  }

  // MARK: Schema

  private static func schema(_ schema: Schema, _ writer: TypedText) -> [String] {
    var lines = ["community \"\(schema.name)\" zone \(schema.zone) week \(schema.weekStart.name)"]
    if let starts = schema.starts { lines.append("  starts \(CivilDate(dayNumber: starts).text)") }
    if schema.privacyGroup != 5 { lines.append("  privacy group \(schema.privacyGroup)") }
    if schema.skipBadRows { lines.append("  skip bad rows") }
    if let members = schema.members { lines += table("members", members) }
    if let events = schema.events { lines += self.events(events, writer) }
    if let content = schema.content { lines += table("content", content) }
    if schema.purses.count > 1 { lines.append("  purse " + schema.purses.dropFirst().joined(separator: ", ")) }
    return lines
  }

  private static func from(_ files: [String], _ encoding: TextEncoding?) -> String {
    "from " + files.map { "\"\($0)\"" }.joined(separator: ", ")
      + (encoding.map { " encoding \"\($0.rawValue)\"" } ?? "")
  }

  private static func table(_ name: String, _ table: TableSchema) -> [String] {
    ["  \(name) " + (table.isFromEvents ? "from events" : from(table.files, table.encoding))]
      + table.columns.enumerated().map { index, column in
        var marks = ""
        if index == table.key { marks += " key" }
        if index == table.joined { marks += " joined" }
        if index == table.left { marks += " left" }
        return "    " + self.column(column) + marks
      }
  }

  private static func column(_ column: ColumnSchema) -> String {
    var text = "\(column.name): \(name(of: column.type))"
    if column.type.base == .list { text += " by \"\(column.separator)\"" }
    if column.isFixed { text += " fixed" }
    if column.spelling != column.name { text += " is \"\(column.spelling)\"" }
    return text
  }

  private static func events(_ events: EventSchema, _ writer: TypedText) -> [String] {
    var lines = ["  events \(from(events.files, events.encoding))"]
    if let key = events.key { lines.append("    \(column(key)) key") }
    lines += [events.member, events.at, events.kind].map { "    " + column($0) }
    for kind in events.kinds {
      var line = "    event \(kind.name)"
      if kind.spelling != kind.name { line += " is \"\(kind.spelling)\"" }
      switch kind.source {
      case .file: if kind.isAnonymous { line += " anonymous" }
      case .seen(let seen, let witness):
        line += " = \(events.kinds.indices.contains(seen) ? events.kinds[seen].name : "?") seen by "
        line += writer.text(witness)
      case .records(let records):
        line = "    records \(kind.name) \(from(records.files, records.encoding)) at \"\(records.at)\""
      }
      let attributes = kind.attributes.compactMap { attribute -> String? in
        guard events.attributes.indices.contains(attribute.index) else { return nil }
        var column = events.attributes[attribute.index]
        column.type.isOptional = attribute.isOptional
        return self.column(column)
      }
      if !attributes.isEmpty { line += " { \(attributes.joined(separator: ", ")) }" }
      lines.append(line)
    }
    for set in events.sets { lines.append("    events \(set.name) = \(writer.text(set.pattern))") }
    return lines
  }

  // MARK: Declarations

  private static func text(_ binding: TypedLet, _ writer: TypedText) -> String {
    var line = "\(binding.isSegment ? "segment" : "let") \(binding.name) about \(binding.subject.rawValue)"
    if binding.needsFiringEvent { line += " at an event" }
    return line + ": \(name(of: binding.value.type)) = \(writer.text(binding.value))"
  }

  private static func text(_ metric: TypedMetric, _ writer: TypedText) -> String {
    let by = metric.by.map { " by \(writer.text($0))" } ?? ""
    return "metric \(metric.name)\(by) every \(metric.every.keyword): \(name(of: metric.value.type)) = "
      + writer.text(metric.value)
  }

  private static func text(_ incentive: TypedIncentive, _ writer: TypedText) -> [String] {
    var lines = ["incentive \(incentive.name)"]
    switch incentive.trigger {
    case .on(let pattern): lines.append("  on \(writer.text(pattern))")
    case .every(let unit): lines.append("  every \(unit.keyword)")
    }
    if let among = incentive.among { lines.append("  among \(writer.text(among))") }
    if let when = incentive.when { lines.append("  when \(writer.text(when))") }
    if let board = incentive.board {
      let keys = board.keys.map { writer.text($0.value) + ($0.isAscending ? " asc" : " desc") }
      let groups = board.within.isEmpty ? "" : " within " + board.within.map(writer.text).joined(separator: ", ")
      lines.append("  rank by \(keys.joined(separator: ", "))\(groups)")
    }
    for amount in incentive.amounts {
      let places = amount.places.map(writer.text).joined(separator: ", ")
      lines.append("  award \(places) \(writer.purse(amount.purse))")
    }
    if let badge = incentive.badge { lines.append("  award badge \"\(badge)\"") }
    if let deduction = incentive.deduction {
      let upTo = deduction.isUpTo ? "up to " : ""
      lines.append("  deduct \(upTo)\(writer.text(deduction.points)) \(writer.purse(deduction.purse))")
    }
    if let takeBack = incentive.takeBack {
      let same = takeBack.same.map(writer.attribute).joined(separator: ", ")
      lines.append(
        "  take back \(writer.incentives(takeBack.rule)) same \(same)" + (takeBack.isIfAny ? " if any" : ""))
    }
    for limit in incentive.limits {
      switch limit.per {
      case .ever: lines.append("  limit \(limit.count) ever")
      case .period(let unit): lines.append("  limit \(limit.count) per \(unit.keyword)")
      case .attribute(let index):
        let one = TypedExpr(.attribute(index, .firing), .text, limit.span)
        lines.append("  limit \(limit.count) per \(writer.text(one))")
      }
    }
    if let cooldown = incentive.cooldown { lines.append("  cooldown \(writer.duration(cooldown))") }
    for cap in incentive.caps {
      lines.append("  cap \(cap.points) \(writer.purse(cap.purse)) per \(cap.per.keyword)")
    }
    if let days = incentive.expiresAfterDays { lines.append("  expires after \(days) days") }
    if let cost = incentive.costPerPoint { lines.append("  cost \(cost) per point") }
    return lines
  }

  private static func text(_ budget: TypedBudget, _ writer: TypedText) -> [String] {
    var lines = ["budget \(budget.name)", "  \(amount(budget, writer))"]
    lines.append("  covers " + budget.covers.map(writer.incentives).joined(separator: ", "))
    if let share = budget.warnAt { lines.append("  warn at \(share)") }
    return lines
  }

  private static func amount(_ budget: TypedBudget, _ writer: TypedText) -> String {
    "\(budget.points) \(writer.purse(budget.purse)) per \(budget.per.keyword)"
      + (budget.isPerMember ? " per member" : "")
  }

  private static func text(_ ladder: TypedLadder, _ writer: TypedText) -> [String] {
    var lines = ["tiers \(ladder.name) review \(ladder.review.keyword)"]
    switch ladder.grace {
    case .days(let days): lines[0] += " grace \(days) days"
    case .exact(let micros): lines[0] += " grace \(writer.duration(micros))"
    }
    if ladder.demotesOneStep { lines[0] += " demote one step" }
    for tier in ladder.tiers {
      lines.append("  tier \(tier.name)")
      if let when = tier.when { lines.append("    when \(writer.text(when))") }
      if let keep = tier.keep { lines.append("    keep when \(writer.text(keep))") }
      for grant in tier.grants { lines.append("    grants \"\(grant)\"") }
    }
    return lines
  }

  // MARK: Types

  /// `number? private`
  public static func name(of type: Type) -> String {
    name(of: type.base) + (type.isOptional ? "?" : "") + (type.isPrivate ? " private" : "")
  }

  private static func name(of base: Type.Base) -> String {
    switch base {
    case .bool: "bool"
    case .int: "int"
    case .number: "number"
    case .text: "text"
    case .time: "time"
    case .date: "date"
    case .duration: "duration"
    case .period(let unit): unit.keyword
    case .choice(let choice): "one of(" + choice.values.map { "\"\($0)\"" }.joined(separator: ", ") + ")"
    case .tier(let ladder): "tier \(ladder)"
    case .list: "list"
    case .member: "member"
    case .item: "item"
    case .error: "ERROR"
    }
  }
}
