import Testing

@testable import Steward

/// Files as spreadsheets and exports really leave them.
@Suite struct SpreadsheetTests {
  static let members = "id,city,inviter\nann,北京,\nbo,上海,ann\n"
  static let events = """
    member,at,kind,content,channel,quality
    ann,2026-01-03T09:00:00Z,checkin,,,
    bo,2026-01-03T09:00:01Z,like,c1,app,0.5

    """

  private func club(key: String? = nil) -> LoadFixture {
    var fixture = LoadFixture()
    fixture.members([
      ColumnSchema(name: "city", type: Type(.text, optional: true)),
      ColumnSchema(name: "inviter", type: Type(.member, optional: true)),
    ])
    fixture.content()
    fixture.events(
      [
        KindSchema(name: "checkin"),
        KindSchema(name: "like", attributes: (0..<3).map { .init(index: $0, isOptional: false) }),
        KindSchema(name: "buy", spelling: "购买"),
      ],
      [
        ColumnSchema(name: "content", type: Type(.item)),
        ColumnSchema(name: "channel", type: Type(.choice(Choice(["wechat", "app"])))),
        ColumnSchema(name: "quality", type: .number),
      ], key: key)
    fixture.file("members.csv", Self.members)
    fixture.file("content.csv", "id\nc1\n")
    fixture.file("events.csv", Self.events)
    return fixture
  }

  private func rows(_ result: LoadResult, _ fixture: LoadFixture) -> [String] {
    result.dataset.map { $0.rows($0.events, fixture.schema.events) } ?? result.told
  }

  // MARK: Encodings

  /// 编号 and 上海 in GB18030.
  static let number: [UInt8] = [0xB1, 0xE0, 0xBA, 0xC5]
  static let city: [UInt8] = [0xC9, 0xCF, 0xBA, 0xA3]

  /// Without the host's tables nothing is GB18030.
  @Test func aHeaderOfAnotherEncodingIsToldOnce() {
    var fixture = club()
    fixture.files["members.csv"] = Self.number + Array(",city,inviter\nann,".utf8) + Self.city + Array(",\n".utf8)
    let result = fixture.load()
    #expect(result.told == ["D0408 members.csv:1"])
    #expect(result.diagnostics.first?.message.english == "the file is not UTF-8; it looks like GB18030")
  }

  @Test func rowsOfAnotherEncodingAreToldOnce() {
    var fixture = club()
    var bytes = Array("id,city,inviter\nzoe,x,nobody\n".utf8)
    for row in 0..<200 { bytes += Array("m\(row),".utf8) + Self.city + Array(",m\(row)\n".utf8) }
    fixture.files["members.csv"] = bytes
    fixture.file(
      "events.csv", "member,at,kind,content,channel,quality\n" + (0..<50).map { "m\($0),soon,checkin,,,\n" }.joined())
    for size in [64, 1000, 1 << 20] {
      fixture.options.blockSize = size
      fixture.options.pieceSize = max(1, size / 3)
      #expect(
        fixture.load().told.map { $0 } == [
          "D0408 members.csv:3", "D0410 events.csv:2:2 soon", "D0410 events.csv:3:2 soon", "D0410 events.csv:4:2 soon",
          "D0410 events.csv:5:2",
        ])
    }
  }

  @Test func westernTextIsNotCalledChinese() {
    var fixture = club()
    // Köln and München in Windows-1252.
    let towns: [UInt8] =
      Array("ann,K".utf8) + [0xF6] + Array("ln,\nbo,M".utf8) + [0xFC] + Array("nchen,\n".utf8)
    fixture.files["members.csv"] = Array("id,city,inviter\ncy,Bonn,\n".utf8) + towns
    fixture.schema.events = nil
    let result = fixture.load()
    #expect(result.told == ["D0408 members.csv:3"])
    #expect(
      result.diagnostics.first?.message.english == "the file is not UTF-8: this line has bytes of another encoding")
  }

  // MARK: Rows

  @Test func aMembersFileWithoutRowsIsToldOnce() {
    var fixture = club()
    fixture.file("members.csv", "id,city,inviter\n,,\n")
    #expect(fixture.load().told == ["D0418 members.csv"])
    fixture.options.skipBadRows = true
    #expect(fixture.load().told == ["D0418 members.csv"])
    fixture.file("events.csv", "member,at,kind,content,channel,quality\n")
    #expect(fixture.load().told == [])
  }

  @Test func aContentFileWithoutRowsIsToldOnce() {
    var fixture = club()
    fixture.file("content.csv", "id\n")
    #expect(fixture.load().told == ["D0418 content.csv"])
  }

  @Test func blankRowsArePassedOver() {
    var fixture = club()
    let expected = rows(fixture.load(), fixture)
    fixture.file("members.csv", Self.members + ",,\n , ,\r\n   \n,,,,,\n")
    fixture.file("content.csv", "id\n\n \nc1\n,,\n")
    fixture.file("events.csv", Self.events.replacing("\nbo", with: "\n,,,,,\n,\nbo") + ",,,,,\n  ,,,,,  ")
    for size in [1, 7, 64, 1 << 20] {
      fixture.options.blockSize = size
      fixture.options.pieceSize = max(1, size / 3)
      #expect(rows(fixture.load(), fixture) == expected)
    }
    // Lines are counted on.
    fixture.file("members.csv", "id,city,inviter\n,,\nann,x\n")
    fixture.schema.events = nil
    #expect(fixture.load().told == ["D0405 members.csv:3"])
  }

  @Test func anEventWithoutAKindIsWrong() {
    var fixture = club()
    fixture.file("events.csv", Self.events + "ann,2026-01-03T09:00:00Z,,,,\nann,2026-01-03T09:00:00Z,  ,,,\n")
    let result = fixture.load()
    #expect(result.told == ["D0409 events.csv:4:3 ", "D0409 events.csv:5:3   "])
    #expect(result.diagnostics.first?.hint == nil)
  }

  @Test func spacesAroundIdsAndKindsDoNotMatter() {
    var fixture = club(key: "order")
    let header = "order,member,at,kind,content,channel,quality\n"
    fixture.file(
      "events.csv", header + "k1,ann,2026-01-03T09:00:00Z,购买,,,\nk2,bo,2026-01-03T09:00:01Z,like,c1,app,0.5\n")
    let expected = rows(fixture.load(), fixture)
    #expect(expected.count == 2)
    fixture.file("members.csv", "id,city,inviter\n ann,北京, \nbo ,上海, ann \n")
    fixture.file("content.csv", "id\n c1 \n")
    fixture.file(
      "events.csv",
      header + " k1,ann  ,2026-01-03T09:00:00Z,购买 ,,,\nk2 , bo,2026-01-03T09:00:01Z,\" like\", c1,app ,0.5\n")
    let result = fixture.load()
    #expect(rows(result, fixture) == expected)
    #expect(result.dataset.map { $0.rows($0.members, fixture.schema.members) } == ["ann,北京,-", "bo,上海,ann"])
    #expect(result.dataset?.skippedKinds.isEmpty == true)
    fixture.file("members.csv", "id,city,inviter\nann,,\nann ,,\nbo,,\n")
    #expect(fixture.load().told == ["D0414 members.csv:3:1 ann"])
  }

  // MARK: Kinds

  @Test func skippedKindsNearADeclaredOneAreTold() {
    var fixture = club()
    let more = (0..<3).map { "ann,2026-01-03T09:00:0\($0)Z,Checkin ,,,\n" } + ["bo,2026-01-03T09:00:00Z,shrug,,,\n"]
    fixture.file("events.csv", Self.events + more.joined())
    let result = fixture.load()
    #expect(result.told == ["D0419 events.csv"])
    #expect(result.diagnostics.first?.severity == .warning)
    #expect(
      result.diagnostics.first?.message.english
        == "3 rows of kind `Checkin` are skipped; did you mean `checkin`?")
    #expect(result.dataset?.skippedKinds.map(\.spelling) == ["Checkin", "shrug"])
    #expect(fixture.schema.events?.kind(near: "buy")?.name == "buy")
    #expect(fixture.schema.events?.kind(near: "shrug") == nil)
  }

  @Test func eventsOfUndeclaredKindsAlone() {
    var fixture = club()
    fixture.file(
      "events.csv", "member,at,kind,content,channel,quality\nann,2026-01-03,Checkin,,,\nann,2026-01-03,签到,,,\n")
    let warned = fixture.load()
    #expect(warned.told == ["D0420 events.csv"])
    #expect(warned.dataset != nil && warned.diagnostics.first?.severity == .warning)
    fixture.options.needsEvents = true
    let result = fixture.load()
    #expect(result.dataset == nil && result.diagnostics.map(\.severity) == [.error])
    #expect(
      result.diagnostics.first?.message.english
        == "no event row is of a declared kind: the 2 rows are of kind `Checkin` (1), `签到` (1)")
    #expect(result.diagnostics.first?.hint?.english.contains("`checkin` for `Checkin`") == true)
  }

  // MARK: Separators

  @Test func otherSeparatorsAreToldOnce() {
    var fixture = club()
    for (text, name) in [
      ("id;city;inviter\nann;北京;\n", "semicolons"), ("id\tcity\tinviter\nann\t\t\n", "tabs"),
      ("\"id\";\"city\";\"inviter\"\n", "semicolons"), ("sep=;\nid;city;inviter\n", "semicolons"),
      ("id，city，inviter\n", "full-width commas"),
    ] {
      fixture.file("members.csv", text)
      let result = fixture.load()
      #expect(result.told == ["D0421 members.csv:1"])
      #expect(
        result.diagnostics.first?.message.english
          == "the fields of this file are separated by \(name), not by commas")
    }
  }

  @Test func whatExcelSaysOfTheSeparatorIsPassedOver() {
    var fixture = club()
    let expected = rows(fixture.load(), fixture)
    fixture.file("members.csv", "\u{FEFF}sep=,\r\n" + Self.members)
    #expect(rows(fixture.load(), fixture) == expected)
    fixture.file("members.csv", "sep=,\r\nid,city,inviter\nann,,zed\nbo,,\n")
    #expect(fixture.load().told == ["D0411 members.csv:3:3 zed"])
  }

  // MARK: Messages

  @Test func theSameErrorIsToldThreeTimes() {
    var fixture = club()
    var lines = Self.events
    for row in 0..<40 { lines += "\(row % 2 == 0 ? "zed" : "m\(row)"),2026-01-03T09:00:00Z,checkin,,,\n" }
    fixture.file("events.csv", lines)
    for size in [64, 300, 1 << 20] {
      fixture.options.blockSize = size
      fixture.options.pieceSize = max(1, size / 3)
      let result = fixture.load()
      // zed in lines 4, 6, 8 and 17 more from 10 on; others in lines 5, 7, …
      #expect(
        result.told.prefix(9) == [
          "D0411 events.csv:4:1 zed", "D0411 events.csv:5:1 m1", "D0411 events.csv:6:1 zed", "D0411 events.csv:7:1 m3",
          "D0411 events.csv:8:1 zed", "D0411 events.csv:9:1 m5", "D0411 events.csv:10:1", "D0411 events.csv:11:1 m7",
          "D0411 events.csv:13:1 m9",
        ])
      #expect(result.told.count == 21)
      #expect(
        result.diagnostics[6].message.english == "and 17 more rows with the same error, lines 10, 12, 14, 16, 18, …")
      #expect(
        result.diagnostics.last?.message.english == "and 4 more errors in the data; the first 20 are shown")
      #expect(result.diagnostics.compactMap(\.hint).count == 2)
    }
  }

  @Test func theSameDuplicateIsToldThreeTimes() {
    var fixture = club()
    fixture.schema.events = nil
    fixture.file("members.csv", "id,city,inviter\n" + String(repeating: "ann,,\n", count: 30))
    let result = fixture.load()
    #expect(result.told.count == 4)
    #expect(
      result.diagnostics.last?.message.english == "and 26 more rows with the same error, lines 6, 7, 8, 9, 10, …")
  }

  @Test func hintsRepeatTheDeclaration() {
    var fixture = club()
    fixture.file("events.csv", Self.events + "bo,2026-01-03T09:00:01Z,like,,,\n")
    #expect(
      fixture.load().diagnostics.map { $0.hint?.english } == [
        "if it may be empty, declare it with a question mark: `content item?`",
        "if it may be empty, declare it with a question mark: `channel one of \"wechat\", \"app\"?`",
        "if it may be empty, declare it with a question mark: `quality number?`",
      ])
  }

  @Test func quotesAreMentionedWhereTheRowEndsInOne() {
    var fixture = club()
    fixture.schema.events = nil
    fixture.file("members.csv", "id,city,inviter\nann,x\nbo, \"y\nz\",\n")
    let hints = fixture.load().diagnostics.map { $0.hint?.english ?? "" }
    #expect(hints.first == "an empty field needs its comma too; a row of this file has 2")
    #expect(hints.dropFirst().first?.contains("ends inside a quote") == true)
  }

  @Test func rejectedRowsNameFilesAsTheRulesDo() {
    var fixture = club()
    fixture.folder = "exports/my club/"
    fixture.file("events.csv", Self.events + "zed,2026-01-03T09:00:01Z,checkin,,,\n")
    #expect(fixture.load().told == ["D0411 exports/my club/events.csv:4:1 zed"])
    fixture.options.skipBadRows = true
    #expect(fixture.load().dataset?.rejected.map(\.place.file) == ["events.csv"])
    fixture.options.skipBadRows = false
    fixture.file("members.csv", "id,city,inviter\nann,,\nann,,\n")
    fixture.schema.events = nil
    #expect(
      fixture.load().diagnostics.first?.message.english == "the key \"ann\" was already given in members.csv, line 2")
  }
}
