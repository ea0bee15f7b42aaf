import Testing

@testable import Steward

/// A refund without its purchase.
@Suite struct StrayTakingTests {
  static let block = """
    community "c" {
      members from "members.csv" { id text key; inviter member? }
      events from "events.csv" { member member; at time; kind text }
      event purchase { order text; amount number }
      event refund { order text }
      event friend_purchase = purchase seen by member.inviter
      event friend_refund = refund seen by member.inviter
    }

    """
  static let rules = """
    incentive buying { on purchase; award floor(amount) points }
    incentive returned { on refund; take back buying same order }
    incentive referral { on friend_purchase; award 5 points }
    incentive unreferred { on friend_refund; take back referral same order }

    """
  static let events = """
    member,at,kind,order,amount
    ann,2026-01-01 10:00,purchase,A1,5
    bob,2026-01-02 10:00,refund,A1,
    bob,2026-01-02 10:00,refund,"B7",
    ann,2026-01-03 10:00,refund,A1,
    ann,2026-01-04 10:00,refund,A1,
    ann,2026-01-05 10:00,purchase,A2,0.5
    ann,2026-01-06 10:00,refund,A2,
    ann,2026-01-07 10:00,refund,A3,
    ann,2026-01-08 10:00,purchase,A3,8

    """

  /// `check --data` tells them as the errors that they are, at their rows; `why` and the prompt in a sentence.
  @Test func `it is told before a run`() throws {
    let text = StrayTakingTests.block + StrayTakingTests.rules
    let (program, _) = Pipeline.check([SourceFile(id: FileID(0), name: "r.steward", text: text)])
    let files = ["members.csv": "id,inviter\nann,\nbob,ann\n", "events.csv": StrayTakingTests.events]
    let host = PipelineHost { (name: String) throws(SourceFailure) in
      MemorySource(name: name, text: files[name] ?? "")
    }
    let found = Pipeline.audit(program, calendar: Calendar(), options: RunOptions(), host: host).diagnostics
    let told = found.filter { $0.code.text == "R0513" }
    #expect(told.map { $0.place?.line } == [3, 4, 9] && told.allSatisfy { $0.severity == .error })
    let skipping = Pipeline.audit(program, calendar: Calendar(), options: RunOptions(skipBadRows: true), host: host)
    #expect(!skipping.diagnostics.contains { $0.code.text == "R0513" })

    var options = RunOptions()
    options.acceptsStrays = true
    let load = Pipeline.load(program, calendar: Calendar(), options: options, host: host)
    let result = Pipeline.run(program, try #require(load.dataset), calendar: Calendar(), options: options, host: host)
    let sentence = Pipeline.strayWarning(result, program, skipBadRows: false)?.english
    #expect(sentence?.hasPrefix("a run with these rules would end: 3 events ") == true)
    #expect(Pipeline.strayWarning(result, program, skipBadRows: true) == nil)

    var input = GoldenInput()
    input.rules = [SourceFile(id: FileID(0), name: "rules.steward", text: text)]
    input.tables = files.mapValues { Array($0.utf8) }
    var session = Session(host: SessionTranscript.host(input), display: SessionDisplay(language: .english))
    #expect(session.start(rules: "rules", data: nil).problems.isEmpty)
    #expect(session.enter("count(refund)").problems.isEmpty)
    #expect(session.enter("points").problems == (sentence ?? "") + "\n")
    #expect(session.enter("sum(points)").problems.isEmpty)
    #expect(session.enter("let twice = points * 2").problems.isEmpty)
  }

  private func result(_ rules: String, skipBadRows: Bool = false, events: String = events) throws -> Engine.Result {
    let (program, problems) = Pipeline.check([
      SourceFile(id: FileID(0), name: "r.steward", text: StrayTakingTests.block + rules)
    ])
    try #require(problems.allSatisfy { $0.severity < .error }, "\(problems.map(\.message.english))")
    let files = ["members.csv": "id,inviter\nann,\nbob,ann\n", "events.csv": events]
    let host = PipelineHost { (name: String) throws(SourceFailure) in
      MemorySource(name: name, text: files[name] ?? "")
    }
    let options = RunOptions(skipBadRows: skipBadRows)
    let load = Pipeline.load(program, calendar: Calendar(), options: options, host: host)
    let data = try #require(load.dataset)
    return Pipeline.run(program, data, calendar: Calendar(), options: options, host: host)
  }

  @Test func `it ends the run and is told at its row`() throws {
    let found = try result(StrayTakingTests.rules)
    #expect(found.outcome == nil)
    // Order A1 was ann's, not bob's; the second refund of A1 and the purchase of half a yuan are nothing strange; A3
    // was bought after it was returned. What bob's inviter has to give back is told with bob's own rule.
    #expect(found.diagnostics.map(\.code.text) == ["R0513", "R0513", "R0513"])
    #expect(found.diagnostics.map { $0.place?.line } == [3, 4, 9])
    #expect(found.diagnostics.map { $0.place?.text } == ["A1", "B7", "A3"])
    #expect(found.diagnostics.allSatisfy { $0.place?.columnName == "order" })
    #expect(
      found.diagnostics.first?.message.english
        == "`returned` has nothing to take back here: before this row the member has no `purchase` with the same `order`"
    )
    #expect(found.diagnostics.map { $0.hint != nil } == [true, false, false])
  }

  @Test func `bad rows that are skipped leave the warning`() throws {
    let found = try result(StrayTakingTests.rules, skipBadRows: true)
    #expect(found.outcome != nil)
    #expect(found.diagnostics.map(\.code.text) == ["R0511", "R0511"])
    #expect(found.diagnostics.map(\.severity) == [.warning, .warning])
  }

  @Test func `a rule may expect it`() throws {
    let found = try result(StrayTakingTests.rules.replacing("same order", with: "same order if any"))
    // 5 for A1, taken back; 0 for A2; 8 for A3.
    #expect(found.outcome?.balances.first?.map(\.points) == [8, 0])
    #expect(found.diagnostics.map(\.severity) == [.note, .note])
  }

  @Test func `the rest is counted`() throws {
    let many = (0..<30).map { "bob,2026-02-01 10:00,refund,X\($0)," }.joined(separator: "\n")
    let found = try result(StrayTakingTests.rules, events: StrayTakingTests.events + many + "\n")
    #expect(found.diagnostics.count == 21)
    #expect(found.diagnostics.last?.message.english == "and 13 more of the same kind")
  }
}
