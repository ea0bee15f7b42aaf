import Testing

@testable import Steward

/// `records NAME from "f" { at time; … }`: timed rows of nobody.
@Suite struct RecordTests {
  private static let block = """
    members from "members.csv" { id text key }
    events from "events.csv" { member member; at time; kind text }
    event buy { amount number }
    event whisper anonymous { topic text? }
    records spend from "spend.csv" { at time is "paid at"; amount number; channel text?; by member? }
    """

  private func club(_ block: String = RecordTests.block) throws -> LoadFixture {
    var fixture = try LoadFixture(block)
    fixture.lines("members.csv", ["id", "ann", "bo"])
    fixture.lines(
      "events.csv",
      [
        "member,at,kind,amount,topic", "ann,1970-01-01T00:00:05Z,buy,1.5,", ",1970-01-01T00:00:09Z,whisper,,tea",
        "bo,1970-01-01T00:00:07Z,whisper,,",
      ])
    fixture.lines(
      "spend.csv",
      [
        "channel,paid at,by,amount,note", "web,1970-01-01T00:00:09Z,ann,20,x", "web,1970-01-01T00:00:01Z,,3.25,y",
        "app,1970-01-01T00:00:09Z,,20,z", ",1970-01-01T00:00:09Z,bo,4,",
      ])
    return fixture
  }

  @Test func `records stand among the events of nobody`() throws {
    // By time, then the kinds' places, then the columns as declared; a missing text comes last.
    let fixture = try club()
    #expect(
      fixture.results() == [
        [
          "ann", "bo", "ann,5000000,buy,15e-1", "nobody,1000000,spend,325e-2,web,-", "nobody,7000000,whisper,-",
          "nobody,9000000,whisper,tea", "nobody,9000000,spend,400e-2,-,bo", "nobody,9000000,spend,2000e-2,app,-",
          "nobody,9000000,spend,2000e-2,web,ann",
        ]
      ])
    let data = fixture.load().dataset
    #expect(data?.bytes == fixture.files.values.reduce(0) { $0 + $1.count })
  }

  @Test func `only events say when a community begins and ends`() throws {
    var fixture = try club()
    var data = fixture.load().dataset
    #expect(data?.firstInstant == 5_000_000)
    #expect(data?.lastInstant == 9_000_000)
    fixture.lines("spend.csv", ["paid at,amount,channel,by", "1970-01-01T00:00:30Z,1,,", "1969-12-31T23:59:00Z,1,,"])
    data = fixture.load().dataset
    #expect(data?.lastInstant == 9_000_000)
    #expect(data?.firstInstant == 5_000_000)
    // Without an event the records do.
    fixture.lines("events.csv", ["member,at,kind,amount,topic"])
    data = fixture.load().dataset
    #expect(data?.firstInstant == -60_000_000)
    #expect(data?.lastInstant == 30_000_000)
  }

  @Test func `a rule set may have records and no events`() throws {
    var fixture = try LoadFixture(
      """
      members from "members.csv" { id text key }
      records outage from "a.csv", "b.jsonl" { at time; minutes int }
      """)
    fixture.lines("members.csv", ["id", "ann"])
    fixture.lines("a.csv", ["at,minutes", "2026-01-03,5"])
    fixture.lines("b.jsonl", [#"{"minutes": 7, "at": "2026-01-01"}"#])
    #expect(
      fixture.results() == [["ann", "nobody,1767225600000000,outage,7", "nobody,1767398400000000,outage,5"]])
    #expect(fixture.load().dataset?.events.offsets == [0, 0])
  }

  @Test func `every format has records`() throws {
    let rows = [["1970-01-01T00:00:02Z", "2", "a, b"], ["1970-01-01T00:00:01Z", "1.50", ""]]
    let json = [
      #"{"note": "a, b", "amount": 2, "paid at": "1970-01-01T00:00:02Z", "other": {}}"#,
      #"{"amount": 1.50, "paid at": "1970-01-01T00:00:01Z", "note": null}"#,
    ]
    for (name, text) in [
      ("spend.csv", "paid at,amount,note\n" + rows.map { "\($0[0]),\($0[1]),\"\($0[2])\"\n" }.joined()),
      ("spend.tsv", "paid at\tamount\tnote\n" + rows.map { $0.joined(separator: "\t") + "\n" }.joined()),
      ("spend.jsonl", json.joined(separator: "\n")),
    ] {
      var fixture = try LoadFixture(
        """
        members from "members.csv" { id text key }
        records spend from "\(name)" { at time is "paid at"; amount number; note text? }
        """)
      fixture.lines("members.csv", ["id"])
      fixture.file(name, text)
      #expect(
        fixture.results() == [["nobody,1000000,spend,150e-2,-", "nobody,2000000,spend,200e-2,a, b"]], "\(name)")
    }
    // UTF-16 as Excel writes it, and GB18030 where the block says so.
    for (encoding, bytes) in [
      ("utf-16", Encoded.utf16("paid at\tamount\tnote\n1970-01-01\t1\t上海\n")),
      ("gb18030", Encoded.gb18030("paid at\tamount\tnote\n1970-01-01\t1\t上海\n")),
    ] {
      var fixture = try LoadFixture(
        """
        members from "members.csv" { id text key }
        records spend from "s.tsv" encoding "\(encoding)" { at time is "paid at"; amount number; note text? }
        """)
      fixture.lines("members.csv", ["id"])
      fixture.files["s.tsv"] = bytes
      fixture.options.gb18030 = { Encoded.table }
      #expect(fixture.results() == [["nobody,0,spend,1e-0,上海"]], "\(encoding)")
    }
  }

  @Test func `the events' file knows nothing of records`() throws {
    // Neither their columns nor their names: such a row is of an undeclared kind.
    var fixture = try club()
    fixture.lines(
      "events.csv", ["member,at,kind,amount,topic", "ann,1970-01-01,spend,1,", "ann,1970-01-01,buy,2,"])
    let data = fixture.load().dataset
    #expect(data?.skippedKinds.map(\.spelling) == ["spend"])
    #expect(data?.events.rows.count == 1)
    // A kind of the file may be spelt like records.
    fixture = try club(
      RecordTests.block.split(separator: "\n").map {
        $0.starts(with: "event buy") ? "event buy is \"spend\" { amount number }" : $0
      }
      .joined(separator: "\n"))
    fixture.lines("events.csv", ["member,at,kind,amount,topic", "ann,1970-01-01,spend,1,", "ann,1970-01-01,buy,2,"])
    fixture.lines("spend.csv", ["paid at,amount,channel,by"])
    #expect(fixture.results() == [["D0419 events.csv", "ann", "bo", "ann,0,buy,1e-0"]])
  }

  @Test func `a kind that others see has no rows of its own`() throws {
    var fixture = try LoadFixture(
      """
      members from "members.csv" { id text key }
      event liked = like seen by author
      event like { author member? }
      events from "events.csv" { member member; at time; kind text }
      """)
    fixture.lines("members.csv", ["id", "ann", "bo"])
    fixture.lines(
      "events.csv", ["member,at,kind,author", "ann,1970-01-01,liked,bo", "bo,1970-01-01,like,ann", "ann,1970-01-01,,"])
    #expect(fixture.results() == [["D0409 events.csv:4:3 ", "D0419 events.csv"]])
    fixture.options.skipBadRows = true
    let data = fixture.load().dataset
    #expect(data.map { $0.rows($0.events, fixture.schema.events) } == ["bo,0,like,ann"])
    #expect(data?.skippedKinds.map(\.rows) == [1])
  }

  @Test func `a key tells events apart, not records`() throws {
    var fixture = try LoadFixture(
      """
      members from "members.csv" { id text key }
      events from "events.csv" { no text key; member member; at time; kind text }
      event whisper anonymous { topic text? }
      event buy
      records spend from "spend.csv" { at time; amount int }
      """)
    fixture.lines("members.csv", ["id", "ann"])
    fixture.lines(
      "events.csv",
      ["member,at,kind,topic,no", ",1970-01-01,whisper,a,k2", ",1970-01-01,whisper,b,k1", "ann,1970-01-01,buy,,k0"])
    fixture.lines("spend.csv", ["at,amount", "1970-01-01,20", "1970-01-01,3", "1970-01-01,3"])
    #expect(
      fixture.results() == [
        [
          "ann", "ann,0,buy,k0", "nobody,0,whisper,b,k1", "nobody,0,whisper,a,k2", "nobody,0,spend,3",
          "nobody,0,spend,3", "nobody,0,spend,20",
        ]
      ])
  }

  // MARK: Bad input

  @Test func `what is wrong is told by place`() throws {
    var fixture = try club()
    fixture.lines(
      "spend.csv",
      [
        "paid at,amount,channel,by", "soon,1,,", ",1,,", "2026-01-01,,,", "2026-01-01,1e3,,", "2026-01-01,1,,zed",
        "2026-01-01,1,", "3026-01-01,1,,",
      ])
    let told = [
      "D0410 spend.csv:2:1 soon", "D0409 spend.csv:3:1 ", "D0409 spend.csv:4:2 ", "D0410 spend.csv:5:2 1e3",
      "D0411 spend.csv:6:4 zed", "D0405 spend.csv:7", "D0410 spend.csv:8:1 3026-01-01",
    ]
    #expect(fixture.results() == [told])
    fixture.options.skipBadRows = true
    let data = fixture.load().dataset
    #expect(data?.rejected.map { $0.place.line ?? 0 } == [2, 3, 4, 5, 6, 7, 8])
    #expect(data?.rejected.first?.row == "soon,1,,")
    #expect(data?.anonymous.rows.count == 2)
  }

  @Test func `files and columns that are not there`() throws {
    var fixture = try club()
    fixture.files["spend.csv"] = nil
    #expect(fixture.load().told == ["D0401 spend.csv"])
    fixture.lines("spend.csv", ["amount,Channel"])
    #expect(fixture.load().told == ["D0403 spend.csv:1", "D0403 spend.csv:1", "D0403 spend.csv:1"])
    fixture.file("spend.csv", "")
    #expect(fixture.load().told == ["D0402 spend.csv"])
  }

  @Test func `json lines of records`() throws {
    var fixture = try LoadFixture(
      """
      members from "members.csv" { id text key }
      records spend from "spend.jsonl" { at time; amount int; note text? }
      """)
    fixture.lines("members.csv", ["id"])
    fixture.lines(
      "spend.jsonl",
      [
        #"{"at": "2026-01-01", "amount": 1}"#, #"[1]"#, #"{"at": "2026-01-01", "amount": {"eur": 1}}"#, "nonsense",
        #"{"at": "2026-13-01", "amount": 1}"#, #"{"at": "2026-01-01", "note": ""}"#,
      ])
    #expect(
      fixture.results() == [
        [
          "D0424 spend.jsonl:2", "D0425 spend.jsonl:3", "D0423 spend.jsonl:4", "D0410 spend.jsonl:5 2026-13-01",
          "D0409 spend.jsonl:6 ",
        ]
      ])
    // A name that no line has is most likely spelt otherwise.
    fixture.lines("spend.jsonl", [#"{"at": "2026-01-01", "Amount": 1, "note": "x"}"#])
    #expect(fixture.load().diagnostics.contains { $0.code.text == "D0403" })
  }

  @Test func `the first twenty of all files, by file and line`() throws {
    var fixture = try club()
    fixture.lines("events.csv", ["member,at,kind,amount,topic"] + (1...9).map { "ann,day \($0),buy,1," })
    fixture.lines("spend.csv", ["paid at,amount,channel,by"] + (1...30).map { "day \($0),1,," })
    let told = fixture.load().told
    #expect(told.count == 21)
    #expect(told[8...9] == ["D0410 events.csv:10:2 day 9", "D0410 spend.csv:2:1 day 1"])
    #expect(told.last == "D0415")
  }

  @Test func `what is private is not shown`() throws {
    var fixture = try LoadFixture(
      """
      members from "members.csv" { id text key }
      records spend from "spend.csv" { at time private; payee text private; amount int private }
      """)
    fixture.lines("members.csv", ["id"])
    fixture.lines("spend.csv", ["at,payee,amount", "secret,ann,1", "2026-01-01,ann,secret"])
    #expect(fixture.load().told == ["D0410 spend.csv:2:1 •••", "D0410 spend.csv:3:3 •••"])
    #expect(!fixture.load().diagnostics.contains { $0.message.english.contains("secret") })
    fixture.options.skipBadRows = true
    #expect(fixture.load().dataset?.rejected.map(\.row) == ["•••,•••,•••", "•••,•••,•••"])
  }

  @Test func `random bytes never trap`() throws {
    var random = SplitMix(state: 11)
    let pieces = ["2026-01-01", ",", ",", "\n", "\n", "\"", "ann", "1.5", "-", "\u{0}", "中", "9223372036854775808"].map
    { Array($0.utf8) }
    for round in 0..<200 {
      var fixture = try club()
      var bytes = fixture.files["spend.csv"] ?? []
      for _ in 0..<(random.next() % 60) { bytes += pieces[Int(random.next() % UInt64(pieces.count))] }
      if round % 3 == 0 { bytes += (0..<20).map { _ in UInt8(truncatingIfNeeded: random.next()) } }
      fixture.files["spend.csv"] = bytes
      fixture.options.blockSize = [5, 64, 1 << 20][round % 3]
      fixture.options.skipBadRows = round % 2 == 0
      let result = fixture.load()
      #expect(result.dataset != nil || !result.diagnostics.isEmpty)
    }
  }
}
