import Testing

@testable import Steward

@Suite struct FaultTests {
  private func club() -> LoadFixture {
    var fixture = LoadFixture()
    fixture.members([
      ColumnSchema(name: "joined", type: .date), ColumnSchema(name: "inviter", type: Type(.member, optional: true)),
      ColumnSchema(name: "phone", type: Type(.text, optional: true, isPrivate: true)),
    ])
    fixture.content([ColumnSchema(name: "author", type: Type(.member, optional: true))])
    fixture.events(
      [
        KindSchema(name: "checkin"),
        KindSchema(name: "like", attributes: [.init(index: 0, isOptional: false)]),
        KindSchema(name: "whisper", isAnonymous: true),
      ], [ColumnSchema(name: "content", type: Type(.item))])
    fixture.file("members.csv", "id,joined,inviter,phone\nbo,2026-01-02,ann,555\nann,2026-01-01,,556\n")
    fixture.file("content.csv", "id,author\nc1,ann\n")
    fixture.file(
      "events.csv",
      """
      member,at,kind,content
      ann,2026-01-03T09:00:00Z,checkin,
      bo,2026-01-03T09:00:01Z,like,c1
      ,2026-01-03T09:00:02Z,whisper,
      ann,2026-01-03T09:00:03Z,shrug,c9
      """)
    return fixture
  }

  @Test func aCleanCommunity() {
    let fixture = club()
    let result = fixture.load()
    #expect(result.told == [])
    guard let data = result.dataset else { return }
    #expect(data.rows(data.members, fixture.schema.members) == ["ann,20454,-,556", "bo,20455,ann,555"])
    #expect(data.rows(data.content, fixture.schema.content) == ["c1,ann"])
    #expect(
      data.rows(data.events, fixture.schema.events) == ["ann,1767430800000000,checkin", "bo,1767430801000000,like,c1"])
    #expect(data.rows(data.anonymous, fixture.schema.events).count == 1)
    #expect(data.firstInstant == 1_767_430_800_000_000)
    #expect(data.lastInstant == 1_767_430_802_000_000)
    #expect(data.skippedKinds.map(\.spelling) == ["shrug"])
    #expect(data.bytes == fixture.files.values.reduce(0) { $0 + $1.count })
  }

  @Test func everyFaultIsToldWithItsPlace() {
    var fixture = club()
    fixture.file(
      "members.csv", "id,joined,inviter,phone\nann,soon,,\nbo,2026-01-02,zed,\nann,2026-01-01,,\n,2026-01-01,,\n")
    fixture.file("content.csv", "id,author\nc1,zed\nc1,\n")
    fixture.file(
      "events.csv",
      """
      member,at,kind,content
      cy,2026-01-03T09:00:00Z,checkin,
      bo,yesterday,like,c2
      bo,2026-01-03T09:00:00Z,like,
      ,2026-01-03T09:00:00Z,checkin,
      """)
    #expect(
      fixture.load().told == [
        "D0410 members.csv:2:2 soon", "D0411 members.csv:3:3 zed", "D0413 members.csv:5:1 ",
        "D0411 content.csv:2:2 zed", "D0414 content.csv:3:1 c1",
        "D0411 events.csv:2:1 cy", "D0410 events.csv:3:2 yesterday", "D0409 events.csv:4:4 ", "D0409 events.csv:5:1 ",
      ])
  }

  @Test func aDuplicateKeyNamesTheFirst() {
    var fixture = club()
    fixture.file("members.csv", "id,joined,inviter,phone\n\"ann\",2026-01-01,,\n\nbo,2026-01-01,,\nann,2026-01-01,,\n")
    let result = fixture.load()
    #expect(result.told == ["D0414 members.csv:5:1 ann"])
    #expect(result.diagnostics.first?.message.english == "the key \"ann\" was already given in members.csv, line 2")
  }

  @Test func onlyTheFirstTwentyAreTold() {
    var fixture = club()
    let bad = (0..<50).map { "x\($0),2026-01-01T00:00:00Z,checkin," }
    fixture.file("events.csv", (["member,at,kind,content"] + bad).joined(separator: "\n"))
    for size in [64, 200, 1 << 20] {
      fixture.options.blockSize = size
      fixture.options.pieceSize = max(1, size / 3)
      let told = fixture.load().told
      #expect(told.count == 21)
      #expect(told.first == "D0411 events.csv:2:1 x0")
      #expect(told[19] == "D0411 events.csv:21:1 x19")
      #expect(told.last == "D0415")
    }
  }

  @Test func skippingGoesOnWithoutBadRows() {
    var fixture = club()
    fixture.options.skipBadRows = true
    fixture.file(
      "members.csv",
      "id,joined,inviter,phone\nann,soon,,556\nbo,2026-01-02,ann,555\ncy,2026-01-02,bo,\ndi,2026-01-02,,7,8\nem,2026-01-02,,\n"
    )
    let result = fixture.load()
    #expect(result.told == [])
    guard let data = result.dataset else { return }
    // ann's row is bad, so bo's inviter is unknown, so cy's is; and content and events lead to them.
    #expect(data.members.ids == ["em"])
    #expect(data.content.ids == [])
    #expect(data.events.rows.isEmpty)
    #expect(
      data.rejected.map { "\($0.place.file):\($0.place.line ?? 0) \($0.row)" } == [
        "members.csv:2 ann,soon,,•••", "members.csv:3 bo,2026-01-02,ann,•••", "members.csv:4 cy,2026-01-02,bo,",
        "members.csv:5 di,2026-01-02,,•••,•••", "content.csv:2 c1,ann",
        "events.csv:2 ann,2026-01-03T09:00:00Z,checkin,", "events.csv:3 bo,2026-01-03T09:00:01Z,like,c1",
      ])
  }

  @Test func aPrivateFieldIsNotShown() {
    var fixture = club()
    fixture.members([ColumnSchema(name: "birthday", type: Type(.date, isPrivate: true))])
    fixture.content()
    fixture.file("members.csv", "id,birthday\nann,1 May\n")
    fixture.file("content.csv", "id\n")
    fixture.schema.events = nil
    let diagnostic = fixture.load().diagnostics.first
    #expect(diagnostic?.place?.text == "•••")
    #expect(diagnostic?.message.english == "`birthday` is \"•••\", which is not a date")
  }

  @Test func filesThatAreNone() {
    var fixture = club()
    fixture.files["members.csv"] = nil
    fixture.file("content.csv", "")
    fixture.file("events.csv", "Member,at,knd\n")
    let result = fixture.load()
    #expect(
      result.told == [
        "D0401 members.csv", "D0402 content.csv", "D0403 events.csv:1", "D0403 events.csv:1", "D0403 events.csv:1",
      ])
    #expect(result.diagnostics[2].hint?.english.hasPrefix("did you mean `Member`?") == true)
    #expect(result.diagnostics[3].hint?.english.hasPrefix("did you mean `knd`?") == true)
    #expect(result.diagnostics[4].hint?.english.hasPrefix("the file has `Member`, `at`, `knd`") == true)
  }

  @Test func twoFilesOfOneTable() {
    var fixture = club()
    fixture.members([], files: ["a.csv", "b.csv"])
    fixture.file("a.csv", "id\nbo\n")
    fixture.file("b.csv", "x,id\n1,ann\n2,bo\n")
    #expect(fixture.load().told == ["D0414 b.csv:3:2 bo"])
  }

  @Test func aStoppedLoadGivesNothing() {
    let stop = StopFlag()
    stop.raise()
    let result = Loader.load(
      club().schema, calendar: Calendar(),
      open: { (name: String) throws(SourceFailure) -> any ByteSource in MemorySource(name: name, text: "id\n") },
      stop: stop)
    #expect(result.isInterrupted)
    #expect(result.dataset == nil)
  }
}
