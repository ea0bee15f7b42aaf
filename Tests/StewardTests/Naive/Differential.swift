import Dispatch

@testable import Steward

/// One random rule set through parser, checker, loader and engine on one side, the naive evaluator on the other.
struct Differential {
  /// How the engine's side is run; none of it may show.
  struct Mode {
    var batchRows = 16_384
    var threads = 1
    /// The order of rows in the files.
    var shuffle: UInt64 = 1
    var blockSize: Int?
  }

  enum Finding {
    case agrees
    /// The rule set does not parse or check.
    case unchecked(String)
    /// The first thing that differs, in words.
    case differs(String)
  }

  let program: RandomProgram

  func finding(_ mode: Mode = Mode()) -> Finding {
    let file = SourceFile(id: FileID(0), name: "random.steward", text: program.source)
    let (syntax, parsing) = Parser.parse(file)
    let (typed, checking) = Checker.check([syntax])
    if let error = (parsing + checking).first(where: { $0.severity == .error }) {
      return .unchecked("\(error.code) \(error.message.english)")
    }
    var naive = NaiveEvaluator(
      program: typed, data: program.rows.naiveData(typed.schema), calendar: program.rows.calendar,
      asOf: program.rows.asOf)
    let expected = naive.run()
    for error in expected.errors {
      if case .broken(let promise) = error.fault {
        return .differs("the typed tree broke a promise: \(error.rule): \(promise)")
      }
    }
    switch outcome(typed, mode) {
    case .failure(let words):
      if !expected.errors.isEmpty, words.hasPrefix("R") { return .agrees }
      return .differs("the engine gave no outcome, the naive evaluator did: \(words.text)")
    case .success(let outcome):
      if let error = expected.errors.first { return .differs("the engine met no fault, the naive evaluator \(error)") }
      let comparison = OutcomeComparison(
        typed, names: program.rows.members.map(\.id).sorted(by: precedes), program.rows.calendar)
      return comparison.firstDifference(outcome, expected).map { .differs($0) } ?? .agrees
    }
  }

  /// What is said where there is no outcome.
  func failure(_ mode: Mode) -> String? {
    let file = SourceFile(id: FileID(0), name: "random.steward", text: program.source)
    let (typed, diagnostics) = Checker.check([Parser.parse(file).0])
    if diagnostics.contains(where: { $0.severity == .error }) { return nil }
    if case .failure(let failure) = outcome(typed, mode) { return failure.text }
    return nil
  }

  struct Failure: Error {
    var text: String
    func hasPrefix(_ prefix: String) -> Bool { text.hasPrefix(prefix) }
  }

  private func outcome(_ typed: TypedProgram, _ mode: Mode) -> Result<Outcome, Failure> {

    let files = program.rows.files(shuffledBy: mode.shuffle)
    let workers = mode.threads > 1 ? Differential.threads(mode.threads) : .serial
    var options = LoadOptions()
    if let size = mode.blockSize { (options.blockSize, options.pieceSize) = (size, size / 7) }
    let load = Loader.load(
      typed.schema, calendar: program.rows.calendar,
      open: { (name: String) throws(SourceFailure) -> any ByteSource in
        guard let file = files.first(where: { $0.name == name }) else { throw SourceFailure(Wording("no \(name)")) }
        return MemorySource(name: file.name, text: file.text)
      }, options: options, workers: workers)
    guard let dataset = load.dataset else { return .failure(Failure(text: words(load.diagnostics))) }
    let result = Engine.run(
      typed, dataset, calendar: program.rows.calendar,
      options: Engine.Options(asOf: program.rows.asOf, batchRows: mode.batchRows), workers: workers)
    return result.outcome.map { .success($0) } ?? .failure(Failure(text: words(result.diagnostics)))
  }

  private func words(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { diagnostic in
      let place =
        diagnostic.place.map { " at \($0.file):\($0.line ?? 0) \($0.columnName ?? "") `\($0.text ?? "")`" } ?? ""
      return "\(diagnostic.code) \(diagnostic.message.english)\(place)"
    }.joined(separator: "; ")
  }

  static func threads(_ width: Int) -> Workers {
    Workers(width: width) { count, body in
      DispatchQueue.concurrentPerform(iterations: count) { body($0) }
    }
  }

  // MARK: Shrinking

  /// The same disagreement with as few declarations, events and members as dropping them one after the other leaves.
  func shrunk(_ mode: Mode) -> (program: RandomProgram, words: String) {
    var smallest = program
    var words = ""
    if case .differs(let found) = finding(mode) { words = found }
    func accept(_ candidate: RandomProgram) -> Bool {
      guard case .differs(let found) = Differential(program: candidate).finding(mode), !found.contains("D04") else {
        return false
      }
      smallest = candidate
      words = found
      return true
    }
    for index in smallest.declarations.indices.reversed() {
      var candidate = smallest
      candidate.declarations.remove(at: index)
      _ = accept(candidate)
    }
    for size in [16, 4, 1] {
      var index = smallest.rows.events.count
      while index > 0 {
        index -= size
        var candidate = smallest
        let range = max(0, index)..<min(max(0, index) + size, candidate.rows.events.count)
        candidate.rows.events.removeSubrange(range)
        _ = accept(candidate)
      }
    }
    for index in smallest.rows.members.indices.reversed() {
      var candidate = smallest
      let gone = candidate.rows.members.remove(at: index).id
      candidate.rows.events.removeAll { sameText($0.member, gone) }
      _ = accept(candidate)
    }
    return (smallest, words)
  }

  /// Everything that is needed to look at a disagreement.
  func report(_ mode: Mode) -> String {
    let (smallest, words) = shrunk(mode)
    let asOf = smallest.rows.calendar.text(ofInstant: smallest.rows.asOf)
    let files = smallest.rows.files(shuffledBy: mode.shuffle).map { "--- \($0.name)\n\($0.text)" }.joined()
    return "seed \(program.seed), \(mode), as of \(asOf): \(words)\n\(smallest.source)\(files)"
  }
}

/// Holds an outcome of the engine against one of the naive evaluator.
struct OutcomeComparison {
  let program: TypedProgram
  let names: [String]
  let calendar: Calendar

  init(_ program: TypedProgram, names: [String], _ calendar: Calendar) {
    self.program = program
    self.names = names
    self.calendar = calendar
  }

  func firstDifference(_ found: Outcome, _ expected: NaiveOutcome) -> String? {
    if found.firstDay != expected.firstDay { return "first day: \(found.firstDay), expected \(expected.firstDay)" }
    return awards(found, expected) ?? refusals(found, expected)
      ?? difference("points", found.points, expected.points) { "\($0)" } ?? tiers(found, expected)
      ?? facts(found, expected) ?? communityFacts(found, expected)
  }

  private func difference<T: Equatable>(
    _ what: String, _ found: [T], _ expected: [T], _ words: (T) -> String
  ) -> String? {
    for (index, pair) in zip(found, expected).enumerated() where pair.0 != pair.1 {
      return "\(what) \(index): found \(words(pair.0)), expected \(words(pair.1))"
    }
    if found.count > expected.count { return "\(what): one more, \(words(found[expected.count]))" }
    if found.count < expected.count { return "\(what): one is missing, \(words(expected[found.count]))" }
    return nil
  }

  private func rule(_ index: Int) -> String { program.incentives[index].name }

  private func awards(_ found: Outcome, _ expected: NaiveOutcome) -> String? {
    let given = found.awards.map {
      NaiveAward(member: Int($0.member), rule: Int($0.rule), at: $0.at, points: $0.points, event: Int($0.event))
    }
    // Awards of a period come behind those of events.
    let sorted = expected.awards.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      let (x, y) = (a.event < 0 ? Int.max : a.event, b.event < 0 ? Int.max : b.event)
      if (a.at, a.member, x) != (b.at, b.member, y) { return (a.at, a.member, x) < (b.at, b.member, y) }
      return precedes(rule(a.rule), rule(b.rule))
    }.map(\.element)
    return difference("award", given, sorted) {
      "\($0.points) points of \(rule($0.rule)) to \(names[$0.member]) at \(calendar.text(ofInstant: $0.at)) for row \($0.event)"
    }
  }

  private func refusals(_ found: Outcome, _ expected: NaiveOutcome) -> String? {
    let given = found.refusals.map {
      NaiveRefusal(
        member: Int($0.member), rule: Int($0.rule), at: $0.at, wanted: $0.wanted, granted: $0.granted, reason: $0.reason
      )
    }
    let sorted = expected.refusals.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if (a.at, a.member) != (b.at, b.member) { return (a.at, a.member) < (b.at, b.member) }
      if a.rule != b.rule { return precedes(rule(a.rule), rule(b.rule)) }
      return left.offset < right.offset
    }.map(\.element)
    return difference("refusal", given, sorted) {
      "\($0.granted) of \($0.wanted) of \(rule($0.rule)) to \(names[$0.member]) at \(calendar.text(ofInstant: $0.at)) by \($0.reason)"
    }
  }

  private func tiers(_ found: Outcome, _ expected: NaiveOutcome) -> String? {
    func moment(_ instant: Int64?) -> String { instant.map { calendar.text(ofInstant: $0) } ?? "never" }
    let changes = expected.tierChanges.sorted { ($0.at, $0.member, $0.ladder) < ($1.at, $1.member, $1.ladder) }
    let given = found.tierChanges.map {
      NaiveTierChange(ladder: Int($0.ladder), member: Int($0.member), from: Int($0.from), to: Int($0.to), at: $0.at)
    }
    let change = difference("tier change", given, changes) {
      "\(program.ladders[$0.ladder].name): \(names[$0.member]) from \($0.from) to \($0.to) at \(moment($0.at))"
    }
    if let change { return change }
    for (ladder, records) in found.tiers.enumerated() {
      let given = records.map { NaiveTier(tier: Int($0.tier), since: $0.since, failingSince: $0.failingSince) }
      let difference = difference("\(program.ladders[ladder].name) of member", given, expected.tiers[ladder]) {
        "\($0.tier) since \(moment($0.since)), failing since \(moment($0.failingSince))"
      }
      if let difference { return difference }
    }
    return found.tiers.count == expected.tiers.count ? nil : "\(found.tiers.count) ladders"
  }

  private func facts(_ found: Outcome, _ expected: NaiveOutcome) -> String? {
    for (index, declared) in program.lets.enumerated() where !expected.facts[index].isEmpty {
      guard let column = found.facts.first(where: { $0.letIndex == index }) else {
        if declared.value.type.isPrivate { continue }
        return "there is no fact \(declared.name)"
      }
      for member in names.indices {
        let value = value(column, member)
        let wanted = expected.facts[index][member]
        if !value.isSame(wanted) { return "\(declared.name) of \(names[member]): found \(value), expected \(wanted)" }
      }
    }
    return nil
  }

  private func communityFacts(_ found: Outcome, _ expected: NaiveOutcome) -> String? {
    for fact in found.communityFacts where !fact.value.isSame(expected.communityFacts[fact.letIndex]) {
      let name = program.lets[fact.letIndex].name
      return "\(name): found \(fact.value), expected \(expected.communityFacts[fact.letIndex])"
    }
    return nil
  }

  private func value(_ column: FactColumn, _ member: Int) -> Value {
    if !column.missing.isEmpty, column.missing[member] != 0 { return .missing }
    switch column.values {
    case .flags(let flags): return .bool(flags[member] != 0)
    case .numbers(let numbers): return .number(numbers[member])
    case .texts(let texts): return .text(texts[member])
    case .lists(let lists): return .list(lists[member])
    case .ints(let ints):
      let int = ints[member]
      switch column.type.base {
      case .time: return .time(int)
      case .date: return .date(Int32(clamping: int))
      case .duration: return .duration(int)
      case .period(let unit): return .period(unit, Int32(clamping: int))
      case .choice: return .choice(Int(int))
      case .tier: return .tier(Int(int))
      case .member: return .member(Int(int))
      case .item: return .item(Int(int))
      default: return .int(int)
      }
    }
  }
}
