import Testing

@testable import Steward

/// Exports as they come out of databases and spreadsheets, with what usually is amiss in them.
@Suite struct SurveyMistakesTests {
  private func lines(_ count: Int, _ line: (Int) -> String) -> String { (0..<count).map { line($0) + "\n" }.joined() }

  private func plain(_ text: String) -> [String] {
    text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
  }

  private func events(_ member: String = "user_id", _ id: (Int) -> String) -> String {
    "\(member),at,kind\n" + lines(90) { "\(id($0)),2026-02-\($0 % 18 + 10) 09:00,visit" }
  }

  /// Of two columns that tell members apart, events say which is the key.
  @Test(arguments: [
    ("members.csv", "id,user_id,joined", "user_id"), ("users.csv", "id,uid,signup_date", "uid"),
    ("会员.csv", "序号,用户ID,注册时间", "用户ID"), ("members.csv", "id,code,joined", "code"),
  ]) func surrogateId(_ file: String, _ header: String, _ key: String) throws {
    let fixture = SurveyFixture([
      file: header + "\n" + lines(20) { "\($0),U\($0),2026-01-\($0 % 20 + 10)" },
      "events.csv": events { "U\($0 % 20)" },
    ])
    let survey = fixture.survey()
    let block = plain(try #require(survey.files.first).text)
    let first = header.split(separator: ",")[0]
    #expect(
      block.contains(
        "\(key) text key // no two rows share it, nor `\(first)`; `user_id` of events.csv refers to this one")
    )
    #expect(block.contains { $0.hasPrefix("members from \"\(file)\"") })
    #expect(block.contains { $0.hasPrefix("events from \"events.csv\"") })
    #expect(try fixture.run(survey)?.asOf != nil)
  }

  /// Ids that differ by case or by `.0`, or of which few are known: the events stay events, and it is said.
  @Test func idsWrittenOtherwise() throws {
    func doubt(_ own: (Int) -> String, _ theirs: (Int) -> String) throws -> String {
      let fixture = SurveyFixture([
        "members.csv": "id,joined\n" + lines(40) { "\(own($0)),2026-01-\($0 % 20 + 10)" },
        "events.csv": events("member", theirs),
      ])
      let survey = fixture.survey()
      try fixture.run(survey, asOf: "2026-02-28")
      #expect(try #require(survey.files.first).text.contains("events from \"events.csv\""))
      #expect(survey.doubts.filter { $0.english.contains("skipped") }.count == 1)
      return try #require(survey.doubts.first).english
    }
    #expect(
      try doubt({ "m\($0)" }, { "M\($0 % 40)" })
        == "`member` of events.csv: 0 of 90 are ids of members.csv, e.g. not `M0`; near `m0`; all rows are skipped until "
        + "both are written alike")
    #expect(try doubt({ "\($0)" }, { "\($0 % 40).0" }).contains("e.g. not `0.0`; near `0`"))
    #expect(try doubt({ "m\($0)" }, { "m\($0)" }).hasPrefix("`member` of events.csv: 40 of 90 are ids of members.csv"))
  }

  /// Times in a form that is not read: the column is named, with what to export.
  @Test(arguments: [
    ("1767225600", "`ts` looks like seconds since 1970, which are not read: export it as 2026-01-01 10:00"),
    ("1767225600000", "`ts` looks like milliseconds since 1970, which are not read: export it as 2026-01-01 10:00"),
    (
      "1/31/2026 10:00 AM",
      "`ts` looks like times in a form that is not read (1/31/2026 10:00 AM): export it as 2026-01-31 10:00"
    ), ("31.01.2026", "`ts` looks like dates in a form that is not read (31.01.2026): export it as 2026-01-31"),
    ("2026年2月1日", "`ts` looks like dates in a form that is not read (2026年2月1日): export it as 2026-01-31"),
    ("2026-02-01 24:00:00", "`ts` has the time 24:00, which is not read: export it as 00:00 of the next day"),
  ]) func unreadTimes(_ time: String, _ words: String) throws {
    let fixture = SurveyFixture([
      "members.csv": "user_id,joined\n" + lines(20) { "U\($0),2026-01-\($0 % 20 + 10)" },
      "events.csv": "user_id,ts,kind\n" + lines(40) { "U\($0 % 20),\(time),visit" },
    ])
    let survey = fixture.survey()
    #expect(survey.doubts.map(\.english) == ["events.csv is left out, for " + words])
    try fixture.run(survey, asOf: "2026-03-01")
    let alone = SurveyFixture(["events.csv": "user_id,ts,kind\n" + lines(40) { "U\($0 % 20),\(time),visit" }])
    #expect(alone.survey().leftOut.map(\.why.english) == [words])
  }

  @Test func unreadJoined() throws {
    let fixture = SurveyFixture([
      "members.csv": "user_id,signup\n" + lines(20) { "U\($0),12/\($0 + 1)/2025" },
      "events.csv": events { "U\($0 % 20)" },
    ])
    let survey = fixture.survey()
    #expect(
      survey.doubts.map(\.english) == [
        "members.csv: `signup` looks like dates in a form that is not read (12/1/2025): export it as 2026-01-31; until "
          + "then everybody is present from the first day"
      ])
    try fixture.run(survey)
  }

  /// Whatever is said of files that are no events is true.
  @Test func whatIsLacking() throws {
    let views = SurveyFixture(["views.csv": "user,ts,url\n" + lines(40) { "m\($0 % 9),2026-02-01 09:00,/\($0)" }])
    #expect(
      views.survey().leftOut.map(\.why.english) == [
        "`user` says who and `ts` when, but no column says what; add a column `kind`, with one word in every row if all "
          + "are alike"
      ])
    var latin = SurveyFixture(["events.csv": events { "U\($0 % 20)" }])
    latin.files["members.csv"] =
      Array("id,name\n".utf8) + (0..<20).flatMap { Array("U\($0),J".utf8) + [0xFC] + Array("rgen\n".utf8) }
    let survey = latin.survey()
    #expect(survey.problems.map(\.code.text) == ["D0408"])
    #expect(survey.leftOut.isEmpty)
    try latin.run(survey)
  }

  /// A kind that a few rows leave empty is the kind all the same, and no constant column takes its place.
  @Test func emptyKinds() throws {
    let fixture = SurveyFixture([
      "events.csv": "member,at,kind,source\n"
        + lines(190) { "m\($0 % 20),2026-02-01 09:00,\($0 % 19 == 0 ? "" : "k\($0 % 3)"),app" }
    ])
    let survey = fixture.survey()
    let block = plain(try #require(survey.files.first).text)
    #expect(block.contains { $0.hasPrefix("kind text //") } && block.contains { $0.hasPrefix("source text") })
    #expect(survey.badRows == 10)
    try fixture.run(survey)
  }

  @Test func twoDownloads() throws {
    let members = "member_id,joined\n" + lines(30) { "u\($0),2026-01-\($0 % 20 + 10)" }
    var fixture = SurveyFixture([
      "members.csv": members, "members (1).csv": members, "events.csv": events { "u\($0 % 30)" },
    ])
    let survey = fixture.survey()
    #expect(survey.leftOut.map(\.what) == ["members (1).csv"])
    #expect(survey.leftOut.map(\.why.english) == ["the same content as members.csv"])
    #expect(try #require(survey.files.first).text.contains("members from \"members.csv\" {"))
    try fixture.run(survey)
    fixture.files["members (1).csv"] = Array((members + "u99,2026-02-01\n").utf8)
    #expect(fixture.survey().doubts.contains { $0.english.contains("look like one export at two times") })
  }

  @Test func shownKeysAndOddNames() throws {
    let fixture = SurveyFixture([
      "members.csv": "email,joined,\"a\"\"b\"\n" + lines(20) { "a\($0)@example.org,2026-01-\($0 % 20 + 10),1" }
    ])
    let survey = fixture.survey()
    #expect(
      survey.doubts.first?.english.hasPrefix("`email` of members.csv looks private but tells members apart") == true)
    #expect(survey.leftOut.map(\.what) == ["`a\"b`, members.csv"])
    try fixture.run(survey, asOf: "2026-02-28")
  }

  /// Who did it cannot be private; addresses of computers are no dates; traditional characters mean the same.
  @Test func membersByMail() throws {
    let fixture = SurveyFixture([
      "members.csv": "email,joined,ip\n" + lines(20) { "a\($0)@example.org,2026-01-\($0 % 20 + 10),10.0.0.\($0)" },
      "events.csv": events("email") { "a\($0 % 20)@example.org" },
    ])
    let survey = fixture.survey()
    let block = plain(try #require(survey.files.first).text)
    #expect(block.contains("ip text private // looks private"))
    #expect(block.contains("member member is \"email\" // who did it"))
    try fixture.run(survey)
    let alone = SurveyFixture(["events.csv": "openid,at,kind\n" + lines(30) { "o\($0 % 9),2026-02-01 09:00,visit" }])
    #expect(alone.survey().doubts.first?.english.hasPrefix("`openid` of events.csv looks private") == true)
    try alone.run(alone.survey())
    let traditional = SurveyFixture([
      "會員.csv": "會員編號,暱稱,加入日期\n" + lines(20) { "m\($0),n\($0),2026-01-\($0 % 20 + 10)" },
      "紀錄.csv": "會員編號,時間,行為\n" + lines(90) { "m\($0 % 20),2026-02-01 09:00,簽到" },
    ])
    #expect(try traditional.block().contains("events from \"紀錄.csv\""))
  }

  /// Tables of a club with random mistakes: whatever is written passes the checker, the loader and a run.
  @Test(arguments: 0..<80) func fuzz(_ seed: Int) throws {
    var random = SplitMix(state: UInt64(seed) &+ 77)
    func pick(_ words: [String]) -> String { words.randomElement(using: &random) ?? "" }
    func one(_ of: Int) -> Bool { Int.random(in: 0..<of, using: &random) == 0 }
    let ids: [(Int) -> String] = [
      { "\($0)" }, { "U\($0)" }, { "u\($0)" }, { "\($0).0" }, { "00\($0)" }, { "u\($0)@x.org" },
    ]
    let times: [(Int) -> String] = [
      { "2026-01-\($0 % 20 + 10)" }, { "2026/1/\($0 % 20 + 1) 9:05" }, { "\(1_767_225_600 + $0)" },
      { "1/\($0 % 12 + 1)/2026" },
      { "2026-01-\($0 % 20 + 10)T08:00:00Z" }, { _ in "" }, { "2026年1月\($0 % 20 + 1)日" },
    ]
    func id() -> (Int) -> String { ids.randomElement(using: &random) ?? { "\($0)" } }
    func time() -> (Int) -> String { times.randomElement(using: &random) ?? { "\($0)" } }
    var fixture = SurveyFixture()
    let (own, second, joined) = (id(), id(), time())
    let count = Int.random(in: 1...40, using: &random)
    let header = [
      pick(["id", "序号", "uid", "email"]), pick(["user_id", "code", "用户ID", "name"]),
      pick(["joined", "signup", "注册时间"]),
    ]
    let file = pick(["members", "users", "会员", "crm"])
    fixture.files["\(file).csv"] = Array(
      (header.joined(separator: ",") + "\n" + lines(count) { "\(own($0)),\(second($0)),\(joined($0))" }).utf8)
    if one(4) { fixture.files["\(file) (1).csv"] = fixture.files["\(file).csv"] }
    for name in ["events", "log-2"].prefix(one(2) ? 1 : 2) {
      let (who, when) = (one(2) ? own : id(), time())
      let names = [
        pick(["user_id", "member", "id", "用户"]), pick(["at", "ts", "时间", "x"]), pick(["kind", "event", "source"]),
      ]
      let kinds = [pick(["post", "", "true", "2fa", "a\nb"]), "like"]
      fixture.files["\(name).csv"] = Array(
        (names.joined(separator: ",") + "\n"
          + lines(90) { "\(who($0 % max(1, count + 3))),\(when($0)),\"\(kinds[$0 % 7 == 0 ? 0 : 1])\"" }).utf8)
    }
    let survey = fixture.survey(seed % 2 == 0 ? .english : .chinese)
    if !survey.files.isEmpty { try fixture.run(survey, asOf: "2026-03-31") }
  }
}
