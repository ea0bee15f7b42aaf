import Steward
import StewardHost
import Testing

/// The pack of the reading club over the sample: what `why` tells of every member against the tables of the run.
@Suite struct WhyTests {
  private final class Tables: TableSink {
    var files: [String: String] = [:]
    private var open = ""
    func begin(_ name: String) throws(SourceFailure) {
      open = name
      files[name] = ""
    }
    func write(_ bytes: [UInt8]) throws(SourceFailure) {
      files[open, default: ""] += String(decoding: bytes, as: UTF8.self)
    }
  }

  @Test(arguments: Language.allCases)
  func `every explained award adds up to balances.csv`(language: Language) throws {
    var files: [String: [UInt8]] = [:]
    let options = try SampleOptions(members: 150, days: 120, language: language)
    Sample.write(options) { file, chunk in files[file, default: []] += chunk }
    let path = PackRun.folder("home-community")
    let sources = RuleSources.gather(try RuleFolder.read(path), modules: RuleFolder.modules(of: path))
    let program = Pipeline.check(sources).program
    let calendar = try #require(Pipeline.calendar(program, files: [], zoneTable: ZoneFiles.table).calendar)
    let host = PipelineHost { [files] (name: String) throws(SourceFailure) in
      MemorySource(name: name, bytes: files[name] ?? [])
    }
    let dataset = try #require(Pipeline.load(program, calendar: calendar, options: RunOptions(), host: host).dataset)
    let result = Pipeline.run(program, dataset, calendar: calendar, options: RunOptions(), host: host)
    let outcome = try #require(result.outcome)
    let tables = Tables()
    try OutcomeTables(outcome: outcome, program: program, dataset: dataset, calendar: calendar).write(to: tables)
    let explainer = try #require(Explainer(result, sources: sources.files))
    var told = "member,purse,points,earned,spent,expired,debt\n"
    var entries = 0
    for id in dataset.members.ids {
      for purse in program.schema.purses.sorted() {
        let subject = ExplainedSubject.member(id: id, about: purse, isNegated: false)
        guard case .purse(let story) = try explainer.explain(subject).sections.first else { continue }
        entries += story.entries.count
        func sum(_ kinds: [PurseStory.Entry.Kind], where keeps: (PurseStory.Entry) -> Bool = { _ in true }) -> Int64 {
          story.entries.filter { kinds.contains($0.kind) && keeps($0) }.reduce(0) { $0 + $1.points }
        }
        let net = sum([.award, .deduction, .takenBack, .expiry])
        told += "\(id),\(purse),\(max(0, net)),\(sum([.award]) { !$0.isUndone }),\(-sum([.deduction])),"
        told += "\(-sum([.expiry])),\(max(0, -net))\n"
      }
    }
    #expect(entries > 1000)
    #expect(told == tables.files["balances.csv"])
  }
}
