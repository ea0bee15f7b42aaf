import Testing

@testable import Steward

/// A community of a few rows, as plain data and as files, for tests whose figures a reader can check by hand.
struct SmallCommunity {
  /// What the `community` block says: tables, kinds, purses.
  var block: String
  /// `ann joined=2026-01-01 city=Rome`: the key, then columns by name.
  var members = ["ann", "ben", "cai"]
  var items: [String] = []
  /// `ann buy 2026-01-01 09:00 order=a`: the doer (`-` for nobody), the kind, when, then attributes by name. A record has
  /// no doer either.
  var events: [String]
  var calendar = Calendar()

  struct Row {
    var key = ""
    var kind = ""
    var at = ""
    var fields: [String: String] = [:]
  }

  private func row(_ text: String, isEvent: Bool) -> Row {
    let words = text.split(separator: " ").map(String.init)
    let plain = words.prefix { !$0.contains("=") }
    var row = Row(key: plain.first ?? "")
    if isEvent {
      row.kind = plain.dropFirst().first ?? ""
      row.at = plain.dropFirst(2).joined(separator: " ")
    }
    for field in words.dropFirst(plain.count) {
      let halves = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      row.fields[halves[0]] = halves[1]
    }
    return row
  }

  func checked(_ rules: String) throws -> TypedProgram {
    let source = "community \"small\" {\n\(block)\n}\n\(rules)\n"
    let (syntax, parsing) = Parser.parse(SourceFile(id: FileID(0), name: "small.steward", text: source))
    let (typed, checking) = Checker.check([syntax])
    let errors = (parsing + checking).filter { $0.severity == .error }
    try #require(errors.isEmpty, "\(errors.map { "\($0.code) \($0.message.english)" })")
    return typed
  }

  // MARK: As plain data

  func data(_ schema: Schema) throws -> NaiveData {
    let eventRows = events.map { row($0, isEvent: true) }
    let memberRows = members.map { row($0, isEvent: false) }.sorted { precedes($0.key, $1.key) }
    let itemRows = items.map { row($0, isEvent: false) }.sorted { precedes($0.key, $1.key) }
    let isFromEvents = schema.members?.isFromEvents ?? false
    let ids =
      isFromEvents ? Set(eventRows.map(\.key)).subtracting(["-"]).sorted(by: precedes) : memberRows.map(\.key)
    func value(_ column: ColumnSchema, _ text: String?) throws -> Value {
      try self.value(column.type.base, text, ids, itemRows.map(\.key))
    }
    func columns(_ row: Row, _ table: TableSchema?) throws -> [Value] {
      try (table?.columns ?? []).enumerated().map {
        try $0.offset == table?.key ? .text(row.key) : value($0.element, row.fields[$0.element.name])
      }
    }
    let events = try eventRows.map { row -> NaiveData.Event in
      let kinds = schema.events?.kinds ?? []
      let kind = try #require(kinds.firstIndex { $0.name == row.kind }, "\(row.kind)")
      var attributes: [Int: Value] = [:]
      for index in kinds[kind].attributes.map(\.index) {
        guard let column = schema.events?.attributes[index] else { continue }
        let value = try value(column, row.fields[column.name])
        if value != .missing { attributes[index] = value }
      }
      return NaiveData.Event(
        member: ids.firstIndex(of: row.key), at: try instant(row.at), kind: kind, attributes: attributes, key: nil)
    }
    let items = try itemRows.map { NaiveData.Item(id: $0.key, columns: try columns($0, schema.content)) }
    if let table = schema.members, table.isFromEvents {
      return NaiveData(membersFrom: events, ids: ids, table, calendar, items: items)
    }
    let members = try memberRows.map { NaiveData.Member(id: $0.key, columns: try columns($0, schema.members)) }
    return NaiveData(members: members, events: events, items: items)
  }

  private func value(_ base: Type.Base, _ text: String?, _ ids: [String], _ items: [String]) throws -> Value {
    guard let text, !text.isEmpty else { return .missing }
    switch base {
    case .bool: return .bool(text == "true")
    case .int: return .int(try #require(Int64(text)))
    case .number: return .number(try #require(Double(text)))
    case .date: return .date(try ZoneFixtures.day(text))
    case .choice(let choice): return .choice(try #require(choice.values.firstIndex(of: text)))
    case .member: return .member(try #require(ids.firstIndex(of: text), "\(text)"))
    case .item: return .item(try #require(items.firstIndex(of: text), "\(text)"))
    default: return .text(text)
    }
  }

  /// `2026-01-01 09:00`, by the community's clock.
  private func instant(_ text: String) throws -> Int64 {
    let halves = text.split(separator: " ")
    let clock = halves[1].split(separator: ":").compactMap { Int64($0) }
    return calendar.instant(
      day: try ZoneFixtures.day(String(halves[0])), micros: (clock[0] * 60 + clock[1]) * 60_000_000)
  }

  // MARK: As files

  /// The file of that name, as the block asks for it.
  private func file(_ name: String, _ program: TypedProgram) -> String {
    let schema = program.schema
    func table(_ first: [String], _ columns: [ColumnSchema], _ rows: [([String], Row)]) -> String {
      let lines = rows.map { row in row.0 + columns.map { row.1.fields[$0.name] ?? "" } }
      return ([first + columns.map(\.spelling)] + lines).map { $0.joined(separator: ",") + "\n" }.joined()
    }
    func columns(_ table: TableSchema?) -> [ColumnSchema] {
      (table?.columns ?? []).enumerated().filter { $0.offset != table?.key }.map(\.element)
    }
    switch name {
    case "members.csv":
      return table(
        ["id"], columns(schema.members), members.map { row($0, isEvent: false) }.map { ([$0.key], $0) })
    case "content.csv":
      return table(["id"], columns(schema.content), items.map { row($0, isEvent: false) }.map { ([$0.key], $0) })
    default: break
    }
    let kinds = schema.events?.kinds ?? []
    let rows = events.map { row($0, isEvent: true) }
    for kind in kinds {
      guard case .records(let record) = kind.source, record.files == [name] else { continue }
      let own = kind.attributes.compactMap { schema.events?.attributes[$0.index] }
      return table([record.at], own, rows.filter { $0.kind == kind.name }.map { ([$0.at], $0) })
    }
    let shown = Set(kinds.filter { if case .file = $0.source { true } else { false } }.map(\.name))
    let own = kinds.filter { shown.contains($0.name) }.flatMap(\.attributes).map(\.index)
    let attributes = Set(own).sorted().compactMap { schema.events?.attributes[$0] }
    return table(
      ["member", "at", "kind"], attributes,
      rows.filter { shown.contains($0.kind) }.map { ([$0.key == "-" ? "" : $0.key, $0.at, $0.kind], $0) })
  }

  /// What the engine finds.
  func engine(_ program: TypedProgram, asOf: Int64) throws -> Outcome {
    let load = Loader.load(program.schema, calendar: calendar) { (name: String) throws(SourceFailure) in
      MemorySource(name: name, text: file(name, program))
    }
    let data = try #require(load.dataset, "\(load.diagnostics.map(\.message.english))")
    let result = Engine.run(
      program, data.withEverythingSeen(program.schema), calendar: calendar,
      options: Engine.Options(asOf: asOf, keepsAwards: true))
    return try #require(result.outcome, "\(result.diagnostics.map(\.message.english))")
  }

  // MARK: Running

  struct Found {
    var program: TypedProgram
    var members: [String]
    var items: [String]
    var calendar: Calendar
    var outcome: NaiveOutcome

    private func rule(_ name: String) -> Int { program.incentives.firstIndex { $0.name == name } ?? -1 }

    /// `ann 5`, `ben -3 xp`: what a rule gave and took, by moment.
    func awards(_ name: String? = nil) -> [String] {
      outcome.awards.filter { name == nil || $0.rule == rule(name ?? "") }.sorted { $0.at < $1.at }.map { award in
        "\(members[award.member]) \(award.points)" + (award.purse == 0 ? "" : " \(program.schema.purses[award.purse])")
      }
    }

    /// `ann 5 of 10: cap`, by moment.
    func refusals(_ name: String? = nil) -> [String] {
      outcome.refusals.filter { name == nil || $0.rule == rule(name ?? "") }.sorted { $0.at < $1.at }.map { refusal in
        let reason =
          switch refusal.reason {
          case .cap: "cap"
          case .shortfall: "shortfall"
          case .budget(let index): program.budgets[index].name
          }
        let purse = refusal.purse == 0 ? "" : " \(program.schema.purses[refusal.purse])"
        return "\(members[refusal.member]) \(refusal.granted) of \(refusal.wanted)\(purse): \(reason)"
      }
    }

    func balance(_ member: String, _ purse: String = "points") -> NaiveBalance? {
      guard let purse = program.schema.purses.firstIndex(of: purse), let member = members.firstIndex(of: member) else {
        return nil
      }
      return outcome.balances[purse][member]
    }

    private func binding(_ name: String) -> Int { program.lets.firstIndex { $0.name == name } ?? -1 }

    /// Of each member, in the order of ids.
    func facts(_ name: String) -> [Value] { outcome.facts[binding(name)] }
    func itemFacts(_ name: String) -> [Value] { outcome.itemFacts[binding(name)] }
    func figure(_ name: String) -> Value { outcome.communityFacts[binding(name)] }

    /// `3 ann 5`: place, member, value.
    func board(_ name: String) -> [String] {
      outcome.boards.filter { $0.rule == rule(name) }
        .sorted { ($0.at, $0.place, $0.member) < ($1.at, $1.place, $1.member) }
        .map { place in
          switch place.value {
          case .int(let int): "\(place.place) \(members[place.member]) \(int)"
          default: "\(place.place) \(members[place.member]) \(place.value)"
          }
        }
    }

    /// `2026-01-03 ann low-mid`: the day, the member, from and to.
    func changes(_ name: String) -> [String] {
      let ladder = program.ladders.firstIndex { $0.name == name } ?? -1
      return outcome.tierChanges.filter { $0.ladder == ladder }.sorted { ($0.at, $0.member) < ($1.at, $1.member) }.map {
        let tiers = program.ladders[ladder].tiers
        let day = CivilDate(dayNumber: calendar.day(of: $0.at)).text
        return "\(day) \(members[$0.member]) \(tiers[$0.from].name)-\(tiers[$0.to].name)"
      }
    }
  }

  /// - Parameters:
  ///   - asOf: the end of that day, or an instant.
  ///   - engine: whether the engine has to find the same.
  func run(_ rules: String, asOf: String, engine isRun: Bool = true) throws -> Found {
    let program = try checked(rules)
    let data = try data(program.schema)
    let end = asOf.contains(" ") ? try instant(asOf) : calendar.end(ofDay: try ZoneFixtures.day(asOf))
    var naive = NaiveEvaluator(program: program, data: data, calendar: calendar, asOf: end)
    let outcome = naive.run()
    #expect(outcome.errors.isEmpty, "\(outcome.errors)")
    if isRun {
      let engine = try engine(program, asOf: end)
      let comparison = OutcomeComparison(program, names: data.members.map(\.id), calendar)
      #expect(comparison.firstDifference(engine, outcome) == nil)
    }
    return Found(
      program: program, members: data.members.map(\.id), items: data.items.map(\.id), calendar: calendar,
      outcome: outcome)
  }
}
