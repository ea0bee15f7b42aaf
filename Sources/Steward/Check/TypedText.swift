// The canonical text of a typed expression: what `--dump types` and goldens show, and the key by which equal expressions are
// known. It reads like the language, with every conversion and parenthesis written out.

struct TypedText {
  let schema: Schema
  let lets: (Int) -> String
  let incentives: (Int) -> String
  let ladders: (Int) -> (name: String, tiers: [String])
  let metrics: (Int) -> String
  var scannedAsFiring = false

  func text(_ expression: TypedExpr) -> String {
    switch expression.node {
    case .error: "ERROR"
    case .constant(let value): text(value, expression.type.base)
    case .localTime(let day, let micros): "local(\(CivilDate(dayNumber: day).text) \(clock(micros)))"
    case .now: "now"
    case .subject: expression.type.base == .item ? "content" : "member"
    case .group: "group"
    case .column(let index): "member." + column(index)
    case .attribute(let index, let scope): event(scope) + attribute(index)
    case .eventTime(let scope): event(scope) + "at"
    case .eventKind(let scope): event(scope) + "kind"
    case .eventMember(let scope): event(scope) + "member"
    case .reference(let index): lets(index)
    case .balance(let purse): self.purse(purse)
    case .earned(let purse, let window): "earned(\(purse == 0 ? "" : self.purse(purse) + ", ")\(text(window)))"
    case .spent(let purse, let window): "spent(\(purse == 0 ? "" : self.purse(purse) + ", ")\(text(window)))"
    case .lastAward(let index): "last_award(\(incentives(index)))"
    case .awards(let index, let window): "awards(\(incentives(index)), \(text(window)))"
    case .badges: "badges"
    case .tier(let index): ladders(index).name
    case .tierSince(let index): ladders(index).name + ".since"
    case .aggregate(let aggregate): text(aggregate)
    case .memberAggregate(let aggregate): text(aggregate)
    case .metric(let index, .none): metrics(index)
    case .metric(let index, .own): metrics(index) + "[own]"
    case .metric(let index, .only(let group)): metrics(index) + "[\(group)]"
    default: compound(expression)
    }
  }

  private func compound(_ expression: TypedExpr) -> String {
    switch expression.node {
    case .negate(let operand): "-" + text(operand)
    case .not(let operand): "not " + text(operand)
    case .and(let left, let right): "(\(text(left)) and \(text(right)))"
    case .or(let left, let right): "(\(text(left)) or \(text(right)))"
    case .arithmetic(let operation, let left, let right): "(\(text(left)) \(operation.sign) \(text(right)))"
    case .compare(let operation, let left, let right): "(\(text(left)) \(operation.rawValue) \(text(right)))"
    case .isIn(let operand, let values): "(\(text(operand)) in [\(texts(values))])"
    case .contains(let left, let right): "(\(text(left)) contains \(text(right)))"
    case .startsWith(let left, let right): "(\(text(left)) starts with \(text(right)))"
    case .isMissing(let operand): "(\(text(operand)) is missing)"
    case .coalesce(let left, let right): "(\(text(left)) ?? \(text(right)))"
    case .choose(let arms, let otherwise):
      "case { " + arms.map { "when \(text($0.condition)) then \(text($0.value)); " }.joined()
        + "else \(text(otherwise)) }"
    case .convert(let conversion, let operand): "\(conversion.name)(\(text(operand)))"
    case .period(let unit, let operand): "\(unit.keyword) of \(text(operand))"
    case .weekday(let operand): "weekday of \(text(operand))"
    case .hour(let operand): "hour of \(text(operand))"
    case .anniversary(let operand): "anniversary(\(text(operand)))"
    case .referenced(let reference, let index): "\(text(reference)).\(column(index, of: reference))"
    case .movingAverage(let operand, let days): "moving_avg(\(text(operand)), \(days) days)"
    case .ofCommunity(let operand): "community(\(text(operand)))"
    case .previous(let operand, let days): "previous(\(text(operand)), \(days) days)"
    case .function(let function, let operands): "\(function.name)(\(texts(operands)))"
    case .text(let parts):
      "\""
        + parts.map { part in
          switch part {
          case .literal(let literal): escaped(literal)
          case .value(let value, let format): "{\(text(value))\(format.suffix)}"
          }
        }.joined() + "\""
    default: ""
    }
  }

  private func texts(_ expressions: [TypedExpr]) -> String { expressions.map(text).joined(separator: ", ") }

  private func event(_ scope: TypedExpr.Scope) -> String {
    scope == .firing || scannedAsFiring ? "this." : "event."
  }

  private func column(_ index: Int) -> String {
    guard let columns = schema.members?.columns, columns.indices.contains(index) else { return "?" }
    return columns[index].name
  }

  func attribute(_ index: Int) -> String {
    guard let attributes = schema.events?.attributes, attributes.indices.contains(index) else { return "?" }
    return attributes[index].name
  }

  func purse(_ index: Int) -> String { schema.purses.indices.contains(index) ? schema.purses[index] : "?" }

  private func column(_ index: Int, of reference: TypedExpr) -> String {
    let table = reference.type.base == .item ? schema.content : schema.members
    guard let columns = table?.columns, columns.indices.contains(index) else { return "?" }
    return columns[index].name
  }

  func text(_ witness: Witness) -> String {
    func name(_ table: TableSchema?, _ index: Int) -> String {
      guard let columns = table?.columns, columns.indices.contains(index) else { return "?" }
      return columns[index].name
    }
    return switch witness {
    case .attribute(let index): attribute(index)
    case .memberColumn(let index): "member." + name(schema.members, index)
    case .itemColumn(let index): "content." + name(schema.content, index)
    }
  }

  // MARK: Aggregates

  private func text(_ aggregate: EventAggregate) -> String {
    var parts: [String] = []
    var subject = text(aggregate.pattern)
    if let value = aggregate.value { subject = "\(text(value)) of \(subject)" }
    parts.append(subject)
    if case .quantile(let rank) = aggregate.function { parts.append("\(rank)") }
    if case .streak(let unit, let forgiveness) = aggregate.function {
      parts.append("by \(unit.keyword)")
      if let forgiveness { parts.append("forgive \(forgiveness.count) per \(forgiveness.per.keyword)") }
    }
    if aggregate.window != .all { parts.append(text(aggregate.window)) }
    if !aggregate.same.isEmpty { parts.append("same " + aggregate.same.map(attribute).joined(separator: ", ")) }
    return "\(aggregate.function.name)(\(parts.joined(separator: ", ")))"
  }

  private func text(_ aggregate: MemberAggregate) -> String {
    var parts = [text(aggregate.value)]
    if case .quantile(let rank) = aggregate.function { parts.append("\(rank)") }
    let among = aggregate.among.map { " among \(text($0))" } ?? ""
    if aggregate.isGuarded { parts.append("guarded") }
    return "members.\(aggregate.function.name)(\(parts.joined(separator: ", "))\(among))"
  }

  func text(_ pattern: EventPattern) -> String {
    let kinds = pattern.kinds.map { index in
      guard let all = schema.events?.kinds, all.indices.contains(index) else { return "?" }
      return all[index].name
    }
    let condition = pattern.condition.map { " where \(text($0))" } ?? ""
    return kinds.joined(separator: " or ") + condition
  }

  func text(_ window: Window) -> String {
    switch window {
    case .all: "all time"
    case .lastDays(let days): "last \(days) days"
    case .lastExact(let micros): "last \(duration(micros))"
    case .current(.day): "today"
    case .current(let unit): "this \(unit.keyword)"
    case .previous(.day): "yesterday"
    case .previous(let unit): "previous \(unit.keyword)"
    case .between(let from, nil): "since \(text(from))"
    case .between(let from, .some(let to)): "from \(text(from)) to \(text(to))"
    }
  }

  private func text(_ bound: Window.Bound) -> String {
    switch bound {
    case .day(let day): CivilDate(dayNumber: day).text
    case .local(let day, let micros): "\(CivilDate(dayNumber: day).text) \(clock(micros))"
    }
  }

  // MARK: Values

  private func text(_ value: Value, _ base: Type.Base) -> String {
    switch value {
    case .missing: "missing"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let value): "\"\(escaped(value))\""
    case .time(let micros): "time(\(micros))"
    case .date(let day): CivilDate(dayNumber: day).text
    case .duration(let micros): duration(micros)
    case .period(let unit, let number): "\(unit.keyword)(\(number))"
    case .choice(let index):
      if case .choice(let choice) = base, choice.values.indices.contains(index) {
        "'\(escaped(choice.values[index]))'"
      } else {
        "choice(\(index))"
      }
    case .tier(let index):
      if case .tier(let ladder) = base, ladders(ladder).tiers.indices.contains(index) {
        "'\(ladders(ladder).tiers[index])'"
      } else {
        "tier(\(index))"
      }
    case .list(let values): "[" + values.map { "\"\(escaped($0))\"" }.joined(separator: ", ") + "]"
    case .member(let index): "member(\(index))"
    case .item(let index): "item(\(index))"
    }
  }

  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default: result.append(character)
      }
    }
    return result
  }

  func duration(_ micros: Int64) -> String {
    let units: [(Int64, String)] = [(86_400_000_000, "days"), (3_600_000_000, "hours"), (60_000_000, "minutes")]
    for (size, name) in units where micros % size == 0 { return "\(micros / size) \(name)" }
    return "\(micros) µs"
  }

  private func clock(_ micros: Int64) -> String {
    let seconds = micros / 1_000_000
    let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60]
    return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
      + (micros % 1_000_000 == 0 ? "" : "+\(micros % 1_000_000)µs")
  }
}

extension TypedExpr.Arithmetic {
  var sign: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .div: "div"
    case .mod: "mod"
    }
  }
}

extension TypedExpr.Conversion {
  var name: String {
    switch self {
    case .intToNumber: "number"
    case .dateToTime: "time"
    case .choiceToText: "text"
    }
  }
}

extension TypedExpr.Function {
  var name: String {
    switch self {
    case .min: "min"
    case .max: "max"
    case .abs: "abs"
    case .round: "round"
    case .floor: "floor"
    case .ceil: "ceil"
    case .sqrt: "sqrt"
    case .log: "log"
    }
  }
}

extension TypedExpr.Format {
  fileprivate var suffix: String {
    switch self {
    case .plain: ""
    case .percent: " as percent"
    case .date: " as date"
    case .points: " as points"
    case .decimals(let digits): digits > 0 ? " as 0." + String(repeating: "0", count: digits) : " as 0"
    }
  }
}

extension EventAggregate.Function {
  var name: String {
    switch self {
    case .count: "count"
    case .any: "any"
    case .days: "days"
    case .first: "first"
    case .last, .lastValue: "last"
    case .sum: "sum"
    case .avg: "avg"
    case .min: "min"
    case .max: "max"
    case .median: "median"
    case .quantile: "quantile"
    case .distinct: "distinct"
    case .streak: "streak"
    }
  }
}

extension MemberAggregate.Function {
  var name: String {
    switch self {
    case .count: "count"
    case .share: "share"
    case .sum: "sum"
    case .avg: "avg"
    case .min: "min"
    case .max: "max"
    case .median: "median"
    case .quantile: "quantile"
    }
  }
}
