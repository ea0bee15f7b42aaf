import Testing

@testable import Steward

/// `members from events`: those who appear.
@Suite struct FoundMemberTests {
  private static let block = """
    members from events
    events from "events.csv" { member member is "who"; at time; kind text }
    event post { content item? }
    event answer { to member?; score int }
    event whisper anonymous
    content from "content.csv" { id text key; author member? }
    """
  private static let header = "who,at,kind,content,to,score"

  private func club(_ rows: [String], content: [String] = []) throws -> LoadFixture {
    var fixture = try LoadFixture(FoundMemberTests.block)
    fixture.lines("events.csv", [FoundMemberTests.header] + rows)
    fixture.lines("content.csv", ["id,author"] + content)
    return fixture
  }

  @Test func `members are those who appear in rows of declared kinds`() throws {
    let fixture = try club(
      [
        "zoe,1970-01-03T23:59:00Z,post,c1,,", " bob ,1970-01-05T00:00:00Z,answer,,zoe,3", "bob,1970-01-02,post,,,",
        "cat,1970-01-01,shrug,,,", "dan,1970-01-01,whisper,,,", ",1970-01-01,whisper,,,", "é,1970-01-09,post,,,",
      ], content: ["c1,bob"])
    // id and day joined; then content, events, and those of nobody.
    #expect(
      fixture.results() == [
        [
          "bob,1", "zoe,2", "é,8", "c1,bob", "bob,86400000000,post,-", "bob,345600000000,answer,zoe,3",
          "zoe,259140000000,post,c1", "é,691200000000,post,-", "nobody,0,whisper", "nobody,0,whisper",
        ]
      ])
    #expect(fixture.load().dataset?.skippedKinds.map(\.spelling) == ["shrug"])
  }

  @Test func `the day is the community's`() throws {
    var fixture = try club(["ann,2026-01-01T17:00:00Z,post,,,"])
    let calendar = try ZoneFixtures.calendar("Asia/Shanghai", weekStart: .monday)
    let files = fixture.files
    fixture.options.memberColumnsRead = [1]
    let data = Loader.load(fixture.schema, calendar: calendar) { (name: String) throws(SourceFailure) in
      MemorySource(name: name, bytes: files[name] ?? [])
    }.dataset
    #expect(data?.members.columns[1].storage.ints == [Int64(try ZoneFixtures.day("2026-01-02"))])
  }

  @Test func `the key may have another name`() throws {
    var fixture = try LoadFixture(
      """
      members from events { handle text key; joined date }
      events from "a.csv", "b.jsonl" { member member; at time; kind text }
      event post
      """)
    fixture.lines("a.csv", ["kind,member,at", "post,ann,1970-01-03"])
    fixture.lines("b.jsonl", [#"{"at": "1970-01-02", "kind": "post", "member": "ann"}"#])
    #expect(fixture.results() == [["ann,1", "ann,86400000000,post", "ann,172800000000,post"]])
  }

  @Test func `nobody appears where there is nothing`() throws {
    #expect(try club([]).results() == [[]])
    #expect(try club(["ann,1970-01-01,shrug,,,"]).load().told == ["D0420 events.csv"])
    // Content by somebody who never did anything.
    #expect(try club([], content: ["c1,ann"]).results() == [["D0411 content.csv:2:2 ann"]])
  }

  @Test func `one mistake is told once`() throws {
    #expect(
      try club(["ann,soon,post,,,", "bob,1970-01-01,answer,,ann,1", "bob,1970-01-01,answer,,cat,x"]).results() == [
        ["D0410 events.csv:2:2 soon", "D0411 events.csv:4:5 cat", "D0410 events.csv:4:6 x"]
      ])
    // A row that cannot be taken apart may be anybody's.
    #expect(
      try club(["ann,1970-01-01,post", "bob,1970-01-01,answer,,ann,1"], content: ["c1,ann"]).results() == [
        ["D0405 events.csv:2"]
      ])
    #expect(
      try club(["ann,1970-01-01,,,,", "bob,1970-01-01,answer,,ann,1"]).results() == [["D0409 events.csv:2:3 "]])
    var fixture = try club([])
    fixture.files["events.csv"] = nil
    #expect(fixture.results() == [["D0401 events.csv"]])
  }

  @Test func `who has only bad rows is no member`() throws {
    // cat's only row is bad; so the one that answers her is, and with it the only one of bob.
    var fixture = try club(
      [
        "ann,1970-01-02,post,,,", "bob,1970-01-02,answer,,cat,1", "cat,1970-01-01,answer,,ann,many", "ann,soon,post,,,",
      ],
      content: ["c1,ann", "c2,bob"])
    fixture.options.skipBadRows = true
    #expect(
      fixture.results() == [
        [
          "ann,1", "c1,ann", "ann,86400000000,post,-", "rejected content.csv:3 c2,bob",
          "rejected events.csv:3 bob,1970-01-02,answer,,cat,1", "rejected events.csv:4 cat,1970-01-01,answer,,ann,many",
          "rejected events.csv:5 ann,soon,post,,,",
        ]
      ])
  }

  /// A load without its bad rows is the load of files that never had them.
  @Test(arguments: 0..<25) func `rejected rows might as well not be there`(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    func one(_ choices: [String]) -> String { choices[Int(random.next() % UInt64(choices.count))] }
    let people = ["ann", "bob", "cat", "dan", "eve", "fay"]
    let rows = (0..<Int(random.next() % 14 + 1)).map { _ -> String in
      let (who, day) = (one(people), one(["1970-01-01", "1970-01-02", "1970-01-03", "soon"]))
      switch random.next() % 3 {
      case 0: return "\(who),\(day),post,\(one(["", "c1", "c2", "c9"])),,"
      case 1: return "\(who),\(day),answer,,\(one(people)),\(one(["1", "2", "x"]))"
      default: return "\(who),\(day),\(one(["whisper", "shrug", "post"])),,,"
      }
    }
    let content = ["c1,\(one(people))", "c2,\(one(people))"]
    var fixture = try club(rows, content: content)
    fixture.options.skipBadRows = true
    let found = fixture.results(sizes: [16, 1 << 20])
    #expect(found.count == 1)
    let data = try #require(fixture.load().dataset)
    func kept(_ lines: [String], _ file: String) -> [String] {
      let bad = Set(data.rejected.filter { $0.place.file == file }.map { $0.place.line ?? 0 })
      return lines.indices.filter { !bad.contains($0 + 2) }.map { lines[$0] }
    }
    fixture = try club(kept(rows, "events.csv"), content: kept(content, "content.csv"))
    let clean = fixture.results(sizes: [1 << 20])
    func told(_ results: [[String]]) -> [[String]] {
      // What is said of kinds counts rows that are bad, too.
      results.map { $0.filter { !$0.starts(with: "rejected ") && !$0.starts(with: "D04") } }
    }
    #expect(told(clean) == told(found))
  }

  @Test func `other encodings are told by the first pass`() throws {
    var fixture = try LoadFixture(
      """
      members from events { id text key }
      events from "e.csv" { member member is "编号"; at time; kind text }
      event post
      """)
    fixture.options.gb18030 = { Encoded.table }
    let text = "编号,at,kind\n上海,1970-01-02,post\n中文,1970-01-01,post\n上海,1970-01-01,post\n"
    for bytes in [Array(text.utf8), Encoded.gb18030(text), Encoded.utf16(text)] {
      fixture.files["e.csv"] = bytes
      #expect(
        fixture.results() == [["上海,0", "中文,0", "上海,0,post", "上海,86400000000,post", "中文,0,post"]])
    }
  }
}

extension Column.Storage {
  fileprivate var ints: [Int64]? { if case .ints(let ints) = self { ints } else { nil } }
}
