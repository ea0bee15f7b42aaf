// Segments and lets about members in the overview: counted over those present, as `share(…)` and `median(…)` count.

extension Outcome {
  /// Whether a member is present at the as-of.
  func isPresent(_ member: Int) -> Bool { presence.indices.contains(member) ? presence[member] != 0 : presence.isEmpty }
}

extension FactColumn {
  /// The rows of those present who have a value.
  fileprivate func rows(_ outcome: Outcome) -> [Int] {
    (0..<values.count).filter { row in
      outcome.isPresent(row) && !(missing.indices.contains(row) && missing[row] != 0)
    }
  }
}

extension Summary {
  /// Lets about members, in the order of the rule files, that may be shown.
  private static func shownFacts(
    _ outcome: Outcome, _ program: TypedProgram
  ) -> [(declared: TypedLet, fact: FactColumn)] {
    outcome.facts.sorted { $0.letIndex < $1.letIndex }.compactMap { fact in
      guard program.lets.indices.contains(fact.letIndex) else { return nil }
      let declared = program.lets[fact.letIndex]
      if fact.type.isPrivate || declared.value.type.isPrivate || declared.needsFiringEvent { return nil }
      return (declared, fact)
    }
  }

  /// The segments, and the yes-or-no lets that were asked for.
  static func segments(_ outcome: Outcome, _ program: TypedProgram, _ asked: [String]) -> [Segment] {
    shownFacts(outcome, program).compactMap { declared, fact in
      guard declared.isSegment || asked.contains(declared.name), case .flags(let flags) = fact.values else {
        return nil
      }
      let members = fact.rows(outcome).count { flags[$0] != 0 }
      return Segment(name: declared.name, title: declared.title, members: members)
    }
  }

  /// Of the lets that were asked for.
  static func distributions(
    _ outcome: Outcome, _ program: TypedProgram, _ dataset: Dataset, _ calendar: Calendar, _ asked: [String]
  ) -> [Distribution] {
    shownFacts(outcome, program).compactMap { declared, fact in
      guard asked.contains(declared.name) else { return nil }
      let rows = fact.rows(outcome)
      var made = Distribution(name: declared.name, title: declared.title, members: rows.count)
      switch fact.values {
      case .flags: return nil
      case .numbers(let values):
        made.range = range(rows.map { values[$0] }) { text(.number($0), fact.type, program, dataset, calendar) }
      case .ints(let values):
        let found = rows.map { values[$0] }
        if fact.type.base == .int {
          made.range = range(found.map(Double.init)) { text(.number($0), fact.type, program, dataset, calendar) }
        } else if fact.type.base != .text {
          made.range = range(found) { value in
            shown(value, fact.type).map { text($0, fact.type, program, dataset, calendar) }
          }
        }
      case .texts, .lists: break
      }
      return made
    }
  }

  /// A stored whole number as a value of a type that has an order.
  private static func shown(_ value: Int64, _ type: Type) -> Value? {
    switch type.base {
    case .time: .time(value)
    case .date: .date(Int32(clamping: value))
    case .duration: .duration(value)
    case .period(let unit): .period(unit, Int32(clamping: value))
    case .tier: .tier(Int(clamping: value))
    default: nil
    }
  }

  /// The median of an even number is halfway between the two in the middle.
  private static func range(
    _ values: [Double], _ text: (Double) -> String
  ) -> (least: String, median: String, most: String)? {
    let sorted = values.sorted()
    guard let least = sorted.first, let most = sorted.last else { return nil }
    let low = sorted[(sorted.count - 1) / 2]
    let high = sorted[sorted.count / 2]
    return (text(least), text(low + (high - low) / 2), text(most))
  }

  /// The median of an even number is the lower one of the two in the middle.
  private static func range(
    _ values: [Int64], _ text: (Int64) -> String?
  ) -> (least: String, median: String, most: String)? {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last, let least = text(first), let most = text(last),
      let median = text(sorted[(sorted.count - 1) / 2])
    else { return nil }
    return (least, median, most)
  }

  /// A share in per cent, always with one decimal, so that a column of them aligns.
  static func percent(_ share: Double) -> String {
    let text = NumberText.percent(share)
    if text.contains(".") || !share.isFinite { return text }
    return text.dropLast() + ".0%"
  }

  /// `12.3%`; a few of many are never none, nor most of them all.
  static func share(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "" }
    let text = percent(Double(part) / Double(whole))
    if part > 0, text == "0.0%" { return "<0.1%" }
    if part < whole, text == "100.0%" { return ">99.9%" }
    return text
  }
}
