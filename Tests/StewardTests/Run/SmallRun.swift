import Testing

@testable import Steward

/// Rules and files, through all stages, for tests whose outcome a reader can check by hand.
struct SmallRun {
  var members = "id,joined\nann,2026-01-01\nbob,2026-01-01\ncat,2026-01-02\n"
  var events: String? = """
    member,at,kind,ok,note,amount
    ann,2026-01-03 10:00,check,true,first,5
    bob,2026-01-03 11:00,check,false,second,1
    bob,2026-01-04 12:00,check,true,first,7

    """
  var asOf = "2026-01-04"

  private var community: String {
    var lines = [
      "community \"Small\" {", "time zone \"UTC\"", "members from \"members.csv\" { id text key; joined date }",
    ]
    if events != nil {
      lines += [
        "events from \"events.csv\" { member member; at time; kind text }",
        "event check { ok bool; note text; amount number }", "event like",
      ]
    }
    return (lines + ["}", ""]).joined(separator: "\n")
  }

  /// Runs the rules, one member a batch unless told otherwise.
  func run(_ rules: String, batchRows: Int = 1, only: Set<String> = []) throws -> (Engine.Result, TypedProgram) {
    let (program, problems) = Pipeline.check([SourceFile(id: FileID(0), name: "t.steward", text: community + rules)])
    try #require(!problems.contains { $0.severity == .error }, "\(problems.map(\.message.english))")
    let files = ["members.csv": members, "events.csv": events ?? ""]
    let load = Loader.load(program.schema, calendar: Calendar()) { (name: String) throws(SourceFailure) in
      MemorySource(name: name, text: files[name] ?? "")
    }
    let data = try #require(load.dataset, "\(load.diagnostics.map(\.message.english))")
    let options = Engine.Options(
      asOf: AsOf(asOf)?.instant(Calendar()), only: only, keepsAwards: true, batchRows: batchRows)
    return (Engine.run(program, data, calendar: Calendar(), options: options), program)
  }

  /// What each `let` about the community is.
  func communityFacts(_ rules: String, batchRows: Int = 1) throws -> [String: Value] {
    let (result, program) = try run(rules, batchRows: batchRows)
    let outcome = try #require(result.outcome, "\(result.diagnostics.map(\.message.english))")
    return Dictionary(uniqueKeysWithValues: outcome.communityFacts.map { (program.lets[$0.letIndex].name, $0.value) })
  }
}
