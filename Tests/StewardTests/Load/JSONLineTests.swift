import Testing

@testable import Steward

@Suite struct JSONLineTests {
  private func fixture(_ lines: String...) -> FormatFixture {
    FormatFixture("members.jsonl", lines.joined(separator: "\n") + "\n")
  }

  static let all = "\"city\": null, \"score\": 1, \"tags\": [], \"phone\": \"1\""

  @Test func valuesBecomeFields() {
    #expect(
      fixture(
        "{\"id\": \"a\", \"city\": \"上海\", \"score\": 1.5, \"tags\": [\"x\", \"y\"], \"phone\": null}", "",
        "{\"score\":-2,\"id\":\"b\",\"tags\":\"x;y\",\"other\":{\"deep\":[1,{\"id\":\"no\"}]},\"phone\":139}", "   ",
        "{ \"id\" : 17 , \"city\" : true , \"score\" : \"3\" , \"tags\" : [ ] }\r"
      ).results == [["17,true,30e-1,-,-", "a,上海,15e-1,[x|y],-", "b,-,-20e-1,[x|y],139"]])
  }

  @Test func textsAreUnescaped() {
    #expect(
      fixture(
        #"{"id": "a", "city": "\u4e0a\u6d77 \"x\" \\ \/ \ud840\udc00 \b\f\n\r\t", \#(Self.all.dropFirst(14))}"#,
        #"{"\u0069d": "b", "c\u0069ty": "plain"}"#
      ).results == [["a,上海 \"x\" \\ / 𠀀 \u{8}\u{c}\n\r\t,1e-0,-,1", "b,plain,-,-,-"]])
    let half = fixture(#"{"id": "a", "city": "\ud840 x", "score": 1, "tags": [], "phone": ""}"#)
    #expect(half.results == [["D0423 members.jsonl:1"]])
    #expect(half.message == "this line is not JSON: at character 21, a text has half a character")
  }

  /// In texts that nobody reads half a character is as good as any escape.
  @Test func whatNobodyReadsMustBeValidAllTheSame() {
    #expect(fixture("{\"id\": \"a\", \"x\": \"\\ud840\", \(Self.all)}").results == [["a,-,1e-0,-,1"]])
    #expect(
      fixture("{\"id\": \"a\", \"x\": [1, 02], \(Self.all)}").message.contains("at character 22, this is no number"))
    #expect(fixture("{\"id\": \"a\", \"x\": {\"y\" 1}, \(Self.all)}").message.contains("at character 23, a colon"))
  }

  @Test func listsKeepTheirElements() {
    #expect(
      fixture(
        "{\"id\": \"a\", \"tags\": [\"x;y\", \"z\", 5, null, \" w \"], \"city\": \"\", \"score\": 1, \"phone\": null}",
        "{\"id\": \"b\", \"tags\": [\"one\"]}"
      ).results == [["a,-,1e-0,[x;y|z|5|w],-", "b,-,-,[one],-"]])
  }

  @Test func numbersWithExponents() {
    for (number, plain) in [
      ("1e3", "1000"), ("-1.25E2", "-125"), ("1.5e-3", "0.0015"), ("12.50e1", "125"), ("0e5", "0"), ("5E0", "5"),
      ("1e-5", "0.00001"), ("-0.0e0", "-0"),
    ] {
      #expect(JSONRowScan.plainDecimal(Array(number.utf8)).map { String(decoding: $0, as: UTF8.self) } == plain)
    }
    #expect(JSONRowScan.plainDecimal(Array("1e400".utf8)) == nil)
    #expect(
      fixture("{\"id\": 1e3, \"score\": 25e-1, \"city\": 1e3, \"tags\": [], \"phone\": null}").results == [
        ["1e3,1e3,25e-1,-,-"]
      ])
    #expect(
      fixture("{\"id\": \"a\", \"score\": 1e400, \"city\": \"\", \"tags\": [], \"phone\": null}").results == [
        ["D0410 members.jsonl:1 1e400"]
      ])
  }

  @Test func linesThatAreNone() {
    let bad = fixture(
      "{\"id\": \"a\", \(Self.all)}", "[1]", "5", "{\"id\": \"b\",}", "{\"id\": \"c\"", "{'id': 1}",
      "{\"id\": \"d\"} x",
      "{\"id\": \"e\", \"city\": \"tab\there\"}", "{\"id\": nul}")
    #expect(
      bad.results == [
        [
          "D0424 members.jsonl:2", "D0424 members.jsonl:3", "D0423 members.jsonl:4", "D0423 members.jsonl:5",
          "D0423 members.jsonl:6", "D0423 members.jsonl:7",
        ]
      ])
    #expect(
      bad.diagnostics.map(\.message.english).dropFirst(2).prefix(3) == [
        "this line is not JSON: at character 12, a name in double quotes is expected",
        "this line is not JSON: at character 11, a comma or the closing bracket is expected",
        "this line is not JSON: at character 2, a name in double quotes is expected",
      ])
    #expect(bad.diagnostics.last?.message.english == "and 3 more rows with the same error, lines 7, 8, 9")
    // Places count characters, not bytes.
    #expect(fixture("{\"上海\": \"中文\" 5}").message.contains("at character 13,"))
  }

  @Test func aFileThatIsOneArray() {
    let array = FormatFixture("members.jsonl", "[\n  {\"id\": \"a\", \(Self.all)},\n  {\"id\": \"b\"}\n]\n")
    #expect(
      array.results == [["D0424 members.jsonl:1", "D0423 members.jsonl:2", "D0424 members.jsonl:4"]])
    #expect(array.diagnostics.first?.hint?.english.contains("jq") == true)
  }

  @Test func nestedValuesAndNamesThatStandTwice() {
    let nested = fixture("{\"id\": \"a\", \"city\": {\"x\": 1}, \"score\": [1], \"tags\": [[1]], \"phone\": null}")
    #expect(nested.results == [["D0425 members.jsonl:1"]])
    #expect(nested.message == "`city` holds an array or an object here, and one value is expected")
    let twice = fixture("{\"id\": \"a\", \"id\": \"b\", \"x\": 1, \"x\": 2}", "{\"id\": \"c\", \(Self.all)}")
    #expect(twice.results == [["D0426 members.jsonl:1"]])
  }

  @Test func namesThatNoLineHas() {
    #expect(
      fixture("{\"id\": \"a\", \"City\": \"x\", \"score\": 1, \"tags\": [], \"phone\": null}").results == [
        ["D0403 members.jsonl"]
      ])
    #expect(
      fixture("{\"id\": \"a\", \"City\": \"x\", \"score\": 1, \"tags\": [], \"phone\": null}").message
        == "no line of this file has the name `city`")
    #expect(
      fixture("{\"id\": \"a\"}", "{\"id\": \"b\", \(Self.all)}").results == [["a,-,-,-,-", "b,-,1e-0,-,1"]])
    #expect(FormatFixture("members.jsonl", "").results == [[]])
    #expect(FormatFixture("members.jsonl", "\n\n").results == [[]])
  }

  @Test func privateValuesAreHidden() {
    var fixture = fixture(
      "{\"id\": \"a\", \(Self.all)}", "{\"id\": \"a\", \"phone\": \"139\", \"city\": \"x\"}", "{\"phone\": \"139\", }")
    fixture.skipsBadRows = true
    #expect(
      fixture.results == [
        ["a,-,1e-0,-,1", "rejected 2 id: {\"id\": \"a\", \"phone\": \"•••\", \"city\": \"x\"}", "rejected 3 -: •••"]
      ])
  }

  @Test func encodings() {
    let line = "{\"id\": \"a\", \"city\": \"上海\", \"score\": 1, \"tags\": [\"书\"], \"phone\": null}\n"
    let rows = [["a,上海,1e-0,[书],-"]]
    #expect(FormatFixture("members.jsonl", "\u{FEFF}" + line).results == rows)
    #expect(FormatFixture("members.jsonl", bytes: Encoded.utf16(line)).results == rows)
    #expect(FormatFixture("members.ndjson", bytes: Encoded.gb18030(line)).results == rows)
    var streamed = FormatFixture("members.jsonl.gz", line)
    streamed.isStreamed = true
    #expect(streamed.results == rows)
    let bad = FormatFixture(
      "members.jsonl", bytes: Array(line.utf8) + Array("{\"id\": \"b".utf8) + [0xFF] + Array("\"}\n".utf8))
    #expect(bad.results == [["D0427 members.jsonl:2"]])
  }

  /// Attributes of kinds that do not occur may be absent; one of a kind that does may not.
  @Test func attributesOfKindsThatDoNotOccur() {
    var fixture = LoadFixture()
    fixture.members()
    fixture.events(
      [
        KindSchema(name: "checkin"), KindSchema(name: "buy", attributes: [.init(index: 0, isOptional: false)]),
        KindSchema(name: "note", attributes: [.init(index: 1, isOptional: true)]),
      ], [ColumnSchema(name: "amount", type: .number), ColumnSchema(name: "words", type: .int)], files: ["e.jsonl"])
    fixture.file("members.csv", "id\nann\n")
    let line = { (kind: String) in "{\"member\":\"ann\",\"at\":\"2026-01-03T09:00:00Z\",\"kind\":\"\(kind)\"}\n" }
    fixture.file("e.jsonl", line("checkin"))
    #expect(fixture.load().told == [])
    fixture.file("e.jsonl", line("checkin") + line("buy"))
    #expect(fixture.load().told == ["D0403 e.jsonl"])
    fixture.file("e.jsonl", line("note"))
    #expect(fixture.load().told == ["D0403 e.jsonl"])
    fixture.file("e.jsonl", line("buy").replacing("}", with: ",\"amount\":2.50}") + line("buy"))
    #expect(fixture.load().told == ["D0409 e.jsonl:2 "])
  }
}
