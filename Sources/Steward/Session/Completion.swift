import Algorithms

// What may stand at a place of an entry: a pure function of the session, the text and the cursor.
//
// A command has its own arguments. In an expression or a declaration the tokens before the cursor tell the place: inside a
// text the values of the choice that it is compared with; behind a dot the columns of what is referred to; at the start of a
// clause the clauses of its block; in a call kinds, attributes or windows; elsewhere values or operators.

/// What Tab offers.
public struct Completion: Equatable, Sendable {
  /// Where the word begins that a candidate replaces. - Unit: UTF-8 bytes
  public var start: Int
  /// Sorted by their bytes, each once.
  public var candidates: [String]
  /// What follows a single candidate: a space, a quote that closes a text, or nothing.
  public var suffix: String
  public init(start: Int, candidates: [String], suffix: String = " ") {
    self.start = start
    self.candidates = candidates
    self.suffix = suffix
  }
}

extension Session {
  private static let mostCandidates = 500

  /// - Parameter cursor: a UTF-8 offset into the text.
  public func completion(_ text: String, cursor: Int) -> Completion {
    let before = String(decoding: Array(text.utf8.prefix(max(0, cursor))), as: UTF8.self)
    let blanks = before.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
    let typed = String(before.dropFirst(blanks))
    if typed.hasPrefix(":") { return command(typed, offset: blanks) }
    if typed.hasPrefix("?") {
      return made(String(typed.dropFirst()), helpWords, from: blanks + 1)
    }
    return inRules(before, offset: 0)
  }

  // MARK: Commands

  private func command(_ typed: String, offset: Int) -> Completion {
    let body = typed.dropFirst()
    guard let space = body.firstIndex(of: " ") else {
      return made(typed, SessionCommand.Name.allCases.map { ":" + $0.rawValue }, from: offset)
    }
    let name = SessionCommand(reading: String(body[..<space])).name
    let argument = String(body[space...].drop { $0 == " " })
    let start = offset + typed.utf8.count - argument.utf8.count
    let names = state.declarations.compactMap { $0.kind.name?.text }
    switch name {
    case .load: return paths(argument, from: start) { $0.hasSuffix("/") || $0.hasSuffix(".steward") }
    case .data: return paths(argument, from: start) { $0.hasSuffix("/") }
    case .save: return paths(argument, from: start) { _ in true }
    case .about: return made(argument, ["community"] + members(argument), from: start)
    case .timeline: return made(argument, members(argument), from: start)
    case .why: return whyWords(argument, from: offset + typed.utf8.count)
    case .show, .watch: return made(argument, names + (name == .watch ? ["off"] : []), from: start)
    case .list:
      return made(argument, FileParser.declarationKeywords.map(\.rawValue) + Session.listedKinds, from: start)
    case .time: return made(argument, ["on", "off"], from: start)
    case .help: return made(argument, helpWords, from: start)
    case .type, .plan: return inRules(String(argument), offset: start)
    case .asOf: return made(argument, state.momentText.map { [$0] } ?? [], from: start)
    default: return Completion(start: start, candidates: [])
    }
  }

  /// - Parameter end: where the argument ends.
  private func whyWords(_ argument: String, from end: Int) -> Completion {
    let names = state.declarations.compactMap { $0.kind.name?.text }
    let last = argument.lastIndex(of: " ").map { String(argument[argument.index(after: $0)...]) } ?? argument
    let start = end - last.utf8.count
    let before = argument.dropLast(last.count).split(separator: " ").map(String.init)
    guard let topic = before.first.flatMap({ CommunityTopic(rawValue: $0) }), let program = state.program else {
      let topics = before.isEmpty ? CommunityTopic.allCases.map(\.rawValue) : []
      return made(last, names + topics + members(last), from: start)
    }
    if before.count == 1 { return made(last, program.names(topic), from: start) }
    if before.last != "for" { return made(last, ["for"], from: start) }
    return made(last, groups(topic, before[1]) + members(last), from: start)
  }

  /// The groups of a metric, where they have been found.
  private func groups(_ topic: CommunityTopic, _ name: String) -> [String] {
    guard topic == .metric, let program = state.program, let data = state.data, let outcome = state.results.outcome,
      let index = program.metrics.firstIndex(where: { $0.name == name }), outcome.metrics.indices.contains(index),
      let found = outcome.metrics[index], found.isSplit
    else { return [] }
    return found.groups.map { Summary.group($0, program.metrics[index], program, data.dataset, data.calendar) }
  }

  private var helpWords: [String] {
    SessionCommand.Name.allCases.map(\.rawValue) + FunctionPage.names + HelpTopic.all.map(\.name)
      + state.declarations.compactMap { $0.kind.name?.text }
  }

  private func members(_ prefix: String) -> [String] {
    guard let ids = state.data?.dataset.members.ids else { return [] }
    let first = ids.partitioningIndex { !$0.utf8.lexicographicallyPrecedes(prefix.utf8) }
    return Array(ids[first...].prefix { $0.hasPrefix(prefix) }.prefix(Session.mostCandidates))
  }

  private func paths(_ typed: String, from start: Int, where isMeant: (String) -> Bool) -> Completion {
    let typed = typed.hasPrefix("\"") ? String(typed.dropFirst()) : typed
    let slash = typed.lastIndex(of: "/")
    let folder = slash.map { String(typed[...$0]) } ?? ""
    let name = slash.map { String(typed[typed.index(after: $0)...]) } ?? typed
    let all = host.names(folder.isEmpty ? "." : folder).filter {
      isMeant($0) && (name.hasPrefix(".") || !$0.hasPrefix("."))
    }
    var result = made(typed, all.map { folder + $0 }, from: start)
    if result.candidates.count == 1, result.candidates[0].hasSuffix("/") { result.suffix = "" }
    return result
  }

  /// The values that a column of texts has in the data, unless they are private or too many to choose from.
  private func valuesOccurring(_ name: String) -> [String] {
    guard let data = state.data?.dataset, let schema = state.program?.schema else { return [] }
    let tables = [(schema.members?.columns ?? [], data.members), (schema.content?.columns ?? [], data.content)]
    for (columns, table) in tables {
      guard let place = columns.firstIndex(where: { $0.name == name }), table.columns.indices.contains(place) else {
        continue
      }
      let (type, column) = (columns[place].type, table.columns[place])
      guard !type.isPrivate, type.base == .text, case .codes(let codes) = column.storage else { return [] }
      var found: Set<Int32> = []
      for row in codes.indices where column.missing.isEmpty || column.missing[row] == 0 {
        if found.insert(codes[row]).inserted, found.count > Session.mostCandidates { return [] }
      }
      return found.map { data.texts[$0] }.filter { value in
        !value.contains { "\"\\{}".contains($0) || $0.isNewline }
      }
    }
    return []
  }

  /// Those of the words that begin with what is typed; failing that, whatever the case of letters.
  func made(_ prefix: String, _ words: [String], from start: Int, suffix: String = " ") -> Completion {
    var found = Set(words.filter { !$0.isEmpty && $0.hasPrefix(prefix) })
    if found.isEmpty {
      let lower = prefix.lowercased()
      found = Set(words.filter { $0.lowercased().hasPrefix(lower) })
    }
    let sorted = found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var result = Completion(start: start, candidates: Array(sorted.prefix(Session.mostCandidates)), suffix: suffix)
    if sorted.count == 1, sorted[0].hasSuffix("(") { result.suffix = "" }
    return result
  }

  // MARK: Rules

  private func inRules(_ before: String, offset: Int) -> Completion {
    let place = CompletionPlace(before)
    let start = offset + place.start
    let names = CompletionNames(state)
    switch place.kind {
    case .text(let operand):
      return made(
        place.prefix, operand.map { names.choices[$0] ?? valuesOccurring($0) } ?? [], from: start, suffix: "\"")
    case .field(let base): return made(place.prefix, names.fields(of: base), from: start)
    case .period: return made(place.prefix, PeriodUnit.allCases.map(\.keyword), from: start)
    case .words(let words): return made(place.prefix, words, from: start)
    case .events: return made(place.prefix, names.events, from: start)
    case .alerts: return made(place.prefix, names.alerts, from: start)
    case .phases: return made(place.prefix, names.phases, from: start)
    case .clause(let block): return made(place.prefix, CompletionPlace.clauses(block), from: start)
    case .statement:
      let keywords = FileParser.declarationKeywords.map(\.rawValue)
      return made(place.prefix, names.values + names.standing + keywords + CompletionPlace.openers, from: start)
    case .value(let inCall):
      var words = names.values + CompletionPlace.openers
      if let inCall {
        words += names.attributes
        if inCall.isFirst { words += names.events + names.segments }
      }
      return made(place.prefix, words, from: start)
    case .afterValue(let inCall):
      var words = CompletionPlace.infixes
      if inCall != nil { words += ["where", "of", "among"] }
      words += place.clauseWords(names.purses)
      return made(place.prefix, words, from: start)
    case .argument:
      return made(place.prefix, CompletionPlace.windows + names.values, from: start)
    case .nothing: return Completion(start: start, candidates: [])
    }
  }
}

/// The names of a session, by what they can stand for.
struct CompletionNames {
  let schema: Schema?
  let segments: [String]
  let events: [String]
  let attributes: [String]
  let purses: [String]
  let alerts: [String]
  let phases: [String]
  /// Columns, lets, ladders, purses, functions with `(`, built-in values.
  let values: [String]
  /// Alerts, goals, plans and phases: they have no value, but can be asked how they stand.
  let standing: [String]
  /// The values of each name that is a choice.
  let choices: [String: [String]]
  private let ladders: [String]
  private let declared: [String]

  init(_ state: SessionState) {
    let schema = state.program?.schema
    self.schema = schema
    let declarations = state.declarations
    func named(_ keywords: Set<String>) -> [String] {
      declarations.filter { keywords.contains($0.kind.keyword) }.compactMap { $0.kind.name?.text }
    }
    declared = declarations.compactMap { $0.kind.name?.text }
    segments = named(["segment"]) + ["members"]
    ladders = named(["tiers"])
    alerts = named(["alert"])
    phases = declarations.flatMap { declaration -> [String] in
      guard case .plan(let plan) = declaration.kind else { return [] }
      return plan.clauses.compactMap { if case .phase(let phase) = $0.kind { phase.name.text } else { nil } }
    }
    let kinds = (schema?.events?.kinds ?? []).map(\.name) + (schema?.events?.sets ?? []).map(\.name)
    events = kinds + ["anything"]
    standing =
      named(["alert", "goal", "plan"]) + (state.program?.plans ?? []).flatMap { $0.phases.map(\.name) }
    attributes = (schema?.events?.attributes ?? []).map(\.name) + ["at", "kind"]
    purses = schema?.purses ?? ["points"]
    let tiers = (state.program?.ladders ?? []).flatMap { $0.tiers.map(\.name) }
    values =
      ((state.item == nil ? schema?.members : schema?.content)?.columns ?? []).map(\.name)
      + named(["let", "segment", "metric", "parameter"])
      + named(["fn"]).map { $0 + "(" } + ladders + tiers + purses + FunctionPage.names.map { $0 + "(" }
      + ["now", "badges", "member", "members", "_"]
    var choices: [String: [String]] = [:]
    let columns =
      (schema?.members?.columns ?? []) + (schema?.content?.columns ?? []) + (schema?.events?.attributes ?? [])
    for column in columns {
      if case .choice(let choice) = column.type.base { choices[column.name, default: []] += choice.values }
    }
    for declared in state.program?.lets ?? [] {
      if case .choice(let choice) = declared.value.type.base { choices[declared.name] = choice.values }
    }
    choices["weekday"] = Choice.weekdays.values
    choices["badges"] = (state.program?.incentives ?? []).compactMap(\.badge)
    choices["kind"] = (schema?.events?.kinds ?? []).map(\.name)
    self.choices = choices
  }

  /// Every name that there is.
  var all: Set<String> { Set(values + events + attributes + declared + standing) }

  /// What may stand behind `base.`
  func fields(of base: String) -> [String] {
    if ladders.contains(base) { return ["since"] }
    if base == "event" || base == "this" { return attributes + ["member"] }
    let columns =
      (schema?.members?.columns ?? []) + (schema?.events?.attributes ?? []) + (schema?.content?.columns ?? [])
    let bases = columns.filter { $0.name == base }.map(\.type.base)
    if base == "member" || bases.contains(.member) { return (schema?.members?.columns ?? []).map(\.name) }
    if base == "item" || base == "content" || bases.contains(.item) {
      return (schema?.content?.columns ?? []).map(\.name)
    }
    return []
  }
}
