// A refund without its purchase: an event at which a rule takes back what another awarded for an event with the same
// attributes, where the member had no such event before, awarded or not.

/// Such an event.
struct StrayTaking: Sendable {
  /// The rule that takes back.
  var rule: Int
  /// Who did it, as the data have it: row in the member table, instant, and the kind in the file.
  var doer: Int
  var at: Int64
  var kind: Int
  /// The values by which the other event is looked for. - Missing: nil where the file may spell it otherwise.
  var values: [String?]
}

extension StrayTaking {
  /// Those among the events at which rules took nothing back.
  /// - Parameter idle: by rule.
  static func found(_ idle: [Int: [Wanted]], _ batch: BatchRun) -> [StrayTaking] {
    let program = batch.context.program
    var result: [StrayTaking] = []
    for (rule, events) in idle.sorted(by: { $0.key < $1.key }) where !events.isEmpty {
      guard let takeBack = program.incentives[rule].takeBack, !takeBack.isIfAny,
        case .events(let pattern) = batch.context.plan.incentives[takeBack.rule].points
      else { continue }
      let rows = events.map(\.row)
      let known = EarlierEvents(
        batch.rows(of: batch.context.plan.patterns[pattern]).rows, among: Set(events.map(\.member)), takeBack.same,
        batch)
      let keys = GroupKeys(rows: rows, attributes: takeBack.same, batch)
      let doers = batch.doers(at: rows)
      for (place, row) in rows.enumerated() where row >= 0 && keys.isComplete(place) {
        if known.hasEvent(of: events[place].member, keys.values(place), before: row) { continue }
        var kind = Int(batch.events.kinds[Int(row)])
        if case .seen(let base, _)? = program.schema.events?.kinds[kind].source { kind = base }
        result.append(
          StrayTaking(
            rule: rule, doer: Int(doers[place]), at: batch.events.times[Int(row)], kind: kind,
            values: takeBack.same.map { text(of: $0, at: row, batch) }))
      }
    }
    return result
  }

  private static func text(of attribute: Int, at row: Int32, _ batch: BatchRun) -> String? {
    guard let values = batch.values(ofAttribute: attribute, at: [row]),
      let schema = batch.context.program.schema.events?.attributes, schema.indices.contains(attribute)
    else { return nil }
    switch values.value(0, schema[attribute].type, batch) {
    case .text(let text): return text
    case .int(let int): return String(int)
    default: return nil
    }
  }
}

/// When members first had an event with some attributes.
private struct EarlierEvents {
  private struct Key: Hashable {
    var member: Int32
    var values: [Int64]
  }
  private var first: [Key: Int32] = [:]

  init(_ rows: [Int32], among members: Set<Int32>, _ attributes: [Int], _ batch: BatchRun) {
    let events = batch.events
    let own = rows.filter { members.contains(events.owner(of: Int($0))) }
    let keys = GroupKeys(rows: own, attributes: attributes, batch)
    for (place, row) in own.enumerated() where keys.isComplete(place) {
      let key = Key(member: events.owner(of: Int(row)), values: keys.values(place))
      first[key] = min(first[key] ?? row, row)
    }
  }

  func hasEvent(of member: Int32, _ values: [Int64], before row: Int32) -> Bool {
    first[Key(member: member, values: values)].map { $0 < row } ?? false
  }
}
