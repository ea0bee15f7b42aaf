import Steward
import StewardHost
import Testing

/// A pack of `rules/`, run over a few rows, for figures that a reader can check by hand.
struct PackRun {
  let program: TypedProgram
  let outcome: Outcome
  private let ids: [String]

  /// A folder under `rules/`, found from this file.
  static func folder(_ pack: String) -> String {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    return parts.joined(separator: "/") + "/rules/" + pack
  }

  /// What checking a pack finds: the rules, and what is wrong with them. Notes are not wrong.
  static func checked(_ pack: String) throws -> (program: TypedProgram, wrong: [String]) {
    let path = folder(pack)
    let sources = RuleSources.gather(try RuleFolder.read(path), modules: RuleFolder.modules(of: path))
    let (program, found) = Pipeline.check(sources)
    return (program, found.filter { $0.severity != .note }.map(\.message.english))
  }

  init(_ pack: String, members: [String], content: [String], events: [String], asOf: String) throws {
    let (program, wrong) = try PackRun.checked(pack)
    try #require(wrong.isEmpty, "\(wrong)")
    let (found, _) = Pipeline.calendar(program, files: [], zoneTable: ZoneFiles.table)
    let calendar = try #require(found)
    let files = [
      "members.csv": members, "content.csv": content, "events.csv": events, "spend.csv": ["at,amount,channel"],
      "outages.csv": ["at,minutes"], "mentions.csv": ["at,sentiment"],
    ]
    let host = PipelineHost { (name: String) throws(SourceFailure) in
      MemorySource(name: name, text: (files[name] ?? []).joined(separator: "\n") + "\n")
    }
    let options = RunOptions(asOf: AsOf(asOf))
    let loaded = Pipeline.load(program, calendar: calendar, options: options, host: host)
    let dataset = try #require(loaded.dataset, "\(loaded.diagnostics.map(\.message.english))")
    let result = Pipeline.run(program, dataset, calendar: calendar, options: options, host: host)
    outcome = try #require(result.outcome, "\(result.diagnostics.map(\.message.english))")
    self.program = program
    ids = dataset.members.ids
  }

  /// What a rule gave or took, in order: `bob 30`, of another purse than points `bob 30 xp`.
  func entries(_ rule: String) -> [String] {
    outcome.awards.filter { program.incentives[Int($0.rule)].name == rule }
      .map { entry in
        let purse = entry.purse > 0 ? " " + program.schema.purses[Int(entry.purse)] : ""
        return "\(ids[Int(entry.member)]) \(entry.points)\(purse)"
      }
  }

  /// The badges of a member, by name.
  func badges(_ member: String) -> [String] {
    outcome.awards.filter { ids[Int($0.member)] == member }
      .compactMap { program.incentives[Int($0.rule)].badge }.sorted()
  }

  /// - Missing: nil if there is no such member or purse.
  func balance(_ member: String, _ purse: String = "points") -> BalanceRecord? {
    guard let row = ids.firstIndex(of: member), let place = program.schema.purses.firstIndex(of: purse) else {
      return nil
    }
    return outcome.balances[place][row]
  }

  /// The tiers that a member came to on a ladder, the first one included.
  func path(_ member: String, on ladder: String) -> [String] {
    guard let place = program.ladders.firstIndex(where: { $0.name == ladder }) else { return [] }
    let tiers = program.ladders[place].tiers.map(\.name)
    let changes = outcome.tierChanges.filter { Int($0.ladder) == place && ids[Int($0.member)] == member }
    return [tiers[0]] + changes.map { tiers[Int($0.to)] }
  }

  /// The places of a board: `1 bob 100`.
  func board(_ rule: String) -> [String] {
    outcome.boardPlaces.filter { program.incentives[Int($0.rule)].name == rule }
      .map { "\($0.place) \(ids[Int($0.member)]) \($0.points)" }
  }
}
