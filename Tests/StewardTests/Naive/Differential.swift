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
    /// The community's decisions are taken one day at a time.
    var goesDayByDay = false
  }

  enum Finding {
    case agrees
    /// The rule set does not parse or check.
    case unchecked(String)
    /// The first thing that differs, in words.
    case differs(String)
  }

  let program: RandomProgram
  /// The rows, loaded already in the mode at hand.
  var dataset: Dataset?

  func finding(_ mode: Mode = Mode()) -> Finding { findings([mode]).first?.finding ?? .agrees }

  /// What is found in each mode, and what is said where there is no outcome.
  func findings(_ modes: [Mode]) -> [(finding: Finding, failure: String?)] {
    let file = SourceFile(id: FileID(0), name: "random.steward", text: program.source)
    let (syntax, parsing) = Parser.parse(file)
    let (typed, checking) = Checker.check([syntax])
    if let error = (parsing + checking).first(where: { $0.severity == .error }) {
      return [(.unchecked("\(error.code) \(error.message.english)"), nil)]
    }
    var naive = NaiveEvaluator(
      program: typed, data: program.rows.naiveData(typed.schema), calendar: program.rows.calendar,
      asOf: program.rows.asOf)
    let expected = naive.run()
    for error in expected.errors {
      if case .broken(let promise) = error.fault {
        return [(.differs("the typed tree broke a promise: \(error.rule): \(promise)"), nil)]
      }
    }
    return modes.map { mode in
      let outcome = outcome(typed, mode)
      if case .failure(let failure) = outcome { return (finding(outcome, expected, typed), failure.text) }
      return (finding(outcome, expected, typed), nil)
    }
  }

  private func finding(
    _ outcome: Result<Outcome, Failure>, _ expected: NaiveOutcome, _ typed: TypedProgram
  ) -> Finding {
    switch outcome {
    case .failure(let words):
      if !expected.errors.isEmpty, words.hasPrefix("R") { return .agrees }
      return .differs("the engine gave no outcome, the naive evaluator did: \(words.text)")
    case .success(let outcome):
      if let error = expected.errors.first { return .differs("the engine met no fault, the naive evaluator \(error)") }
      let comparison = OutcomeComparison(
        typed, names: program.rows.memberIds, program.rows.calendar)
      return comparison.firstDifference(outcome, expected).map { .differs($0) } ?? .agrees
    }
  }

  struct Failure: Error {
    var text: String
    func hasPrefix(_ prefix: String) -> Bool { text.hasPrefix(prefix) }
  }

  /// The rows as the loader gives them for this rule set, or any other about the same community.
  func loaded(_ mode: Mode) -> Result<Dataset, Failure> {
    let file = SourceFile(id: FileID(0), name: "random.steward", text: program.source)
    return loaded(Checker.check([Parser.parse(file).0]).0, mode)
  }

  private func loaded(_ typed: TypedProgram, _ mode: Mode) -> Result<Dataset, Failure> {
    if let dataset { return .success(dataset) }
    let files = program.rows.files(shuffledBy: mode.shuffle)
    var options = LoadOptions()
    if let size = mode.blockSize { (options.blockSize, options.pieceSize) = (size, size / 7) }
    let load = Loader.load(
      typed.schema, calendar: program.rows.calendar,
      open: { (name: String) throws(SourceFailure) -> any ByteSource in
        guard let file = files.first(where: { $0.name == name }) else { throw SourceFailure(Wording("no \(name)")) }
        return MemorySource(name: file.name, text: file.text)
      }, options: options, workers: workers(mode))
    return load.dataset.map { .success($0) } ?? .failure(Failure(text: words(load.diagnostics)))
  }

  private func workers(_ mode: Mode) -> Workers { mode.threads > 1 ? Differential.threads(mode.threads) : .serial }

  private func outcome(_ typed: TypedProgram, _ mode: Mode) -> Result<Outcome, Failure> {
    var options = Engine.Options(asOf: program.rows.asOf, batchRows: mode.batchRows)
    options.acceptsDayByDay = mode.goesDayByDay
    return loaded(typed, mode).flatMap { [options] dataset in
      let result = Engine.run(
        typed, dataset.withEverythingSeen(typed.schema), calendar: program.rows.calendar,
        options: options, workers: workers(mode))
      return result.outcome.map { .success($0) } ?? .failure(Failure(text: words(result.diagnostics)))
    }
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
    for index in smallest.declarations.indices {
      for line in (0..<smallest.declarations[index].split(separator: "\n").count).reversed() {
        if let candidate = without(line, ofDeclaration: index, smallest) { _ = accept(candidate) }
      }
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

  /// The program without one clause: they stand on lines of their own.
  private func without(_ line: Int, ofDeclaration index: Int, _ program: RandomProgram) -> RandomProgram? {
    var lines = program.declarations[index].split(separator: "\n")
    guard lines.count > 2, lines.indices.contains(line) else { return nil }
    lines.remove(at: line)
    var shorter = program
    shorter.declarations[index] = lines.joined(separator: "\n")
    return shorter
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
    return awards(found, expected) ?? refusals(found, expected) ?? balances(found, expected)
      ?? boards(found, expected) ?? budgetUses(found, expected) ?? tiers(found, expected)
      ?? facts(found, expected) ?? communityFacts(found, expected) ?? metrics(found, expected)
  }

  func difference<T: Equatable>(
    _ what: String, _ found: [T], _ expected: [T], _ words: (T) -> String
  ) -> String? {
    for (index, pair) in zip(found, expected).enumerated() where pair.0 != pair.1 {
      return "\(what) \(index): found \(words(pair.0)), expected \(words(pair.1))"
    }
    if found.count > expected.count { return "\(what): one more, \(words(found[expected.count]))" }
    if found.count < expected.count { return "\(what): one is missing, \(words(expected[found.count]))" }
    return nil
  }

  func rule(_ index: Int) -> String { program.incentives[index].name }

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

  private func metrics(_ found: Outcome, _ expected: NaiveOutcome) -> String? {
    for (index, metric) in program.metrics.enumerated() {
      guard let series = found.metrics[index] else { return "there is no metric \(metric.name)" }
      let wanted = expected.metrics[index]
      for group in series.groups where !wanted.contains(where: { $0.group.isSame(group) }) {
        return "\(metric.name) has a group \(group)"
      }
      for (group, values) in wanted {
        guard let place = series.groups.firstIndex(where: { $0.isSame(group) }) else {
          return "\(metric.name) has no group \(group)"
        }
        if series.moments.count != values.count { return "\(metric.name) at \(series.moments.count) checks" }
        for (check, value) in values.enumerated() where !series.value(place, check).isSame(value) {
          return "\(metric.name)[\(group)] at \(calendar.text(ofInstant: series.moments[check])): found "
            + "\(series.value(place, check)), expected \(value)"
        }
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
