import Testing

@testable import Steward

/// What `init` makes of folders; everything it writes is checked, loaded and run.
@Suite struct SurveyTests {
  private static let members = """
    id,joined,city,phone
    ann,2026-01-01,Bath,13800000001
    bob,2026-01-02,,13800000002
    cat,2026-01-05,Bath,13800000003

    """

  /// Lines of the block, without comments and the blanks that align them.
  private func plain(_ block: String) -> [String] {
    block.split(separator: "\n").compactMap { line in
      let code = line.components(separatedBy: "//")[0]
      let words = code.split(separator: " ").joined(separator: " ")
      return words.isEmpty ? nil : words
    }
  }

  @Test func smallClub() throws {
    let fixture = SurveyFixture([
      "members.csv": Self.members,
      "events.csv": """
      member,at,kind,amount
      ann,2026-01-02 09:00,checkin,
      bob,2026-01-02 10:00,checkin,
      ann,2026-01-03 09:00,purchase,9.50
      ann,2026-01-04 09:00,group-join,

      """,
    ])
    #expect(
      plain(try fixture.block()) == [
        "community \"club\" {", "time zone \"UTC\"", "week starts monday",
        "members from \"members.csv\" {", "id text key", "joined date", "city text?", "phone text private", "}",
        "events from \"events.csv\" {", "member member", "at time", "kind text", "}",
        "event checkin, group_join is \"group-join\"", "event purchase { amount number }", "}",
      ])
  }

  /// Roles under other names, in English and Chinese.
  @Test(arguments: [
    ("member_id", "ts", "event_type"), ("userId", "Created At", "Action"), ("uid", "timestamp", "eventName"),
    ("customer", "date", "type"), ("用户", "时间", "类型"), ("会员编号", "发生时间", "行为"), ("成员ID", "创建时间", "事件类型"),
  ]) func rolesUnderOtherNames(_ member: String, _ at: String, _ kind: String) throws {
    let fixture = SurveyFixture([
      "a.csv":
        "\(kind),\(at),\(member)\ncheckin,2026-01-02 09:00,m1\npost,2026-01-03 09:00,m2\nlike,2026-01-03 10:00,m1\n"
    ])
    let block = plain(try fixture.block())
    #expect(block.contains("members from events"))
    #expect(block.contains("member member is \"\(member)\""))
    #expect(block.contains("at time is \"\(at)\""))
    #expect(block.contains("kind text is \"\(kind)\""))
    #expect(block.contains("event checkin, like, post"))
  }

  @Test func noEvents() throws {
    let fixture = SurveyFixture(["people.csv": "name,user_id,registered_at\nAnn A,7,2026-01-01\nBob B,9,2026-02-01\n"])
    let survey = fixture.survey()
    #expect(survey.needsAsOf == .some(nil))
    let outcome = try fixture.run(survey, asOf: "2026-03-31")
    #expect(outcome != nil)
    let block = plain(try #require(survey.files.first).text)
    #expect(block.contains("user_id text key") && block.contains("joined date is \"registered_at\""))
    #expect(block.contains("name text") && !block.contains { $0.hasPrefix("event") })
  }

  /// References: to members by name or by values that are ids; to content; numbers need a name that says so.
  @Test func references() throws {
    let fixture = SurveyFixture([
      "users.csv": "id,invited_by,level\n1,,2\n2,1,1\n3,1,1\n",
      "posts.csv": "id,author_id,parent_id,score\n1,2,,3\n2,3,1,2\n3,1,1,1\n",
      "log.csv": "user_id,post_id,time,type,score\n1,2,2026-01-01 08:00,like,2\n2,3,2026-01-02 08:00,view,3\n",
    ])
    let block = plain(try fixture.block())
    #expect(block.contains("invited_by member?") && block.contains("level int"))
    #expect(block.contains("author_id member") && block.contains("parent_id item?") && block.contains("score int"))
    #expect(block.contains("post_id item"))
    #expect(block.contains("member member is \"user_id\""))
  }

  /// Rows that do not fit are counted exactly as the loader skips them.
  @Test func badRows() throws {
    let members = (1...300).map { "m\($0),2026-01-01\n" }.joined()
    var events = (1...999).map { "m\($0 % 300 + 1),2026-01-0\($0 % 9 + 1) 08:00,checkin,\($0 % 7)\n" }.joined()
    events += "m999,2026-01-03 08:00,checkin,1\nm2,2026-01-03 08:00,checkin,n/a\nm3,2026-13-03 08:00,checkin,1\nm3,x\n"
    let fixture = SurveyFixture([
      "members.csv": "id,joined\n" + members, "events.csv": "member,at,kind,amount\n" + events,
    ])
    let survey = fixture.survey()
    #expect(survey.badRows == 4)
    #expect(
      try #require(survey.files.first).text.contains("skip bad rows    // 4 rows do not fit below and are left out"))
    #expect(
      survey.doubts.contains { $0.english.contains("4 rows of events.csv will be skipped; the first in line 1,001") })
    try fixture.run(survey)
  }

  /// Types of columns, by all of their values.
  @Test(arguments: [
    (["1", "2", "-3"], "x int"), (["1.5", "2", "-3"], "x number"), (["007", "123", "4"], "x text"),
    (["yes", "no", "yes"], "x bool"), (["2026-01-01", "2026/1/2", "2026-01-03"], "x date"),
    (["2026-01-01 08:00", "2026-01-02", "2026-01-03T08:00:00Z"], "x time"), (["a b", "c", "d"], "x text"),
    (["1", "", "2"], "x int?"), (["ann@example.org", "b@c.de", "d@e.fr"], "x text private"),
    (["a;b", "b;c", "a;c"], "x list of text by \";\""), (["1767225600", "1767225601", "1767225602"], "x int"),
    (["是", "否", "是"], "x bool"), (["1e5", "2", "3"], "x text"), (["", "", ""], "x text?"),
  ]) func types(_ values: [String], _ declared: String) throws {
    let rows = values.enumerated().map { "m\($0.offset),\($0.element)\n" }.joined()
    let fixture = SurveyFixture(["members.csv": "id,x\n" + rows])
    #expect(plain(try fixture.block(asOf: "2026-03-31")).contains(declared))
  }

  /// A few values that come again and again are a choice; many, or few rows, are text.
  @Test func choices() throws {
    func declared(_ rows: Int, _ values: Int) throws -> String? {
      let lines = (0..<rows).map { "m\($0),v\($0 % values)\n" }.joined()
      let block = try SurveyFixture(["members.csv": "id,x\n" + lines]).block(asOf: "2026-03-31")
      return plain(block).first { $0.hasPrefix("x ") }
    }
    #expect(try declared(30, 3) == "x one of \"v0\", \"v1\", \"v2\"")
    #expect(try declared(6, 3) == "x text")
    #expect(try declared(300, 40) == "x text")
  }

  @Test func formatsAndEncodings() throws {
    var fixture = SurveyFixture([
      "events.jsonl": """
      {"user": "m1", "at": "2026-01-01 08:00", "kind": "post", "tags": ["a", "b"], "meta": {"x": 1}, "size": 1.55e1}
      {"user": "m2", "at": "2026-01-02 08:00", "kind": "post", "tags": ["a"], "size": 2}
      {"user": "m2", "at": "2026-01-03 08:00", "kind": "view"}

      """,
      "members.tsv": "user\tcity\nm1\tBath\nm2\tYork\n",
    ])
    let block = plain(try fixture.block())
    #expect(block.contains("event post { tags list of text, size number }"))
    #expect(block.contains("members from \"members.tsv\" {"))
    #expect(!block.contains { $0.hasPrefix("meta") })
    #expect(fixture.survey().leftOut.contains { $0.what == "`meta`, events.jsonl" })
    // UTF-16 with its mark, as Excel's "Unicode text".
    let text = "user\tcity\nm1\t上海\nm2\t北京\n"
    fixture.files["members.tsv"] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try fixture.block().contains("in UTF-16"))
  }

  /// Files with the same columns are one table.
  @Test func severalFiles() throws {
    let fixture = SurveyFixture([
      "events-2026-01.csv": "member,at,kind\nm1,2026-01-01 08:00,post\n",
      "events-2026-02.csv": "kind,member,at\nview,m2,2026-02-01 08:00\n",
      "spend.csv": "at,amount\n2026-01-03,5\n2026-01-03,6\n",
    ])
    let survey = fixture.survey()
    let block = plain(try #require(survey.files.first).text)
    #expect(block.contains("events from \"events-2026-01.csv\", \"events-2026-02.csv\" {"))
    #expect(block.contains("records spend from \"spend.csv\" {"))
    try fixture.run(survey)
  }

  /// A kind of nobody is anonymous; a row years before all others is not the first day.
  @Test func anonymousAndStarts() throws {
    let rows = (1...200).map { "m\($0 % 9),2026-01-0\($0 % 9 + 1) 08:00,post\n,2026-01-0\($0 % 9 + 1) 09:00,whisper\n" }
    let fixture = SurveyFixture([
      "events.csv": "member,at,kind\nm1,1970-01-01 00:00,post\n" + rows.joined()
    ])
    let block = plain(try fixture.block())
    #expect(block.contains("event whisper anonymous"))
    #expect(block.contains("starts 2026-01-01"))
  }

  /// Names that the language uses itself, or that clash, are spelled with `is`.
  @Test func awkwardNames() throws {
    let fixture = SurveyFixture([
      "members.csv": "id,points,First Name,case,2nd,post\nm1,5,Ann,x,1,a\nm2,6,Bob,y,2,b\n",
      "events.csv": "member,at,kind,this,now\nm1,2026-01-01 08:00,post,1,2\nm1,2026-01-01 08:00,not,1,2\n",
    ])
    let block = plain(try fixture.block())
    #expect(block.contains("member_points int is \"points\""))
    #expect(block.contains("first_name text private is \"First Name\""))
    #expect(
      block.contains("event not_event is \"not\", event_post is \"post\"")
        || block.contains { $0.contains("is \"post\"") })
  }

  /// The number of threads and the size of blocks do not show.
  @Test func threads() throws {
    var fixture = SurveyFixture(["members.csv": Self.members])
    let rows = (0..<5000).map { "ann,2026-01-0\($0 % 9 + 1) 08:00,k\($0 % 3),\($0)\n" }.joined()
    fixture.files["events.csv"] = Array(("member,at,kind,n\n" + rows).utf8)
    let serial = fixture.survey().files.map(\.text)
    fixture.workers = LoadFixture.threads
    #expect(fixture.survey().files.map(\.text) == serial)
  }
}

/// Folders that are none.
@Suite struct OddFolderTests {
  @Test(arguments: [
    ["a.csv": ""], ["a.csv": "id\n"], ["a.csv": "\n\n\n"], ["a.csv": "\u{FEFF}"], ["a.csv": ",,,\n,,,\n"],
    ["a.jsonl": "[]\n"], ["a.jsonl": "{}\n{}\n"], ["a.csv": "a,a\n1,2\n"], ["a.csv": "x\n\"open\n"], [:],
    ["a.csv": "a;b;c\n1;2;3\n"], ["a.csv": "x,y\n1\n2\n3\n"],
  ]) func nothingToSay(_ files: [String: String]) throws {
    let fixture = SurveyFixture(files)
    let survey = fixture.survey()
    if !survey.files.isEmpty { try fixture.run(survey, asOf: "2026-01-31") }
  }

  /// Headers without a row give a block that checks; a run has nobody.
  @Test func headersOnly() throws {
    let fixture = SurveyFixture([
      "members.csv": "id,joined,phone\n", "events.csv": "member,at,kind\n",
    ])
    let survey = fixture.survey()
    if !survey.files.isEmpty { try fixture.run(survey, asOf: "2026-01-31") }
  }

  @Test func unreadable() throws {
    let fixture = SurveyFixture(["members.csv": "id\nm1\n"])
    let survey = fixture.survey(paths: ["members.csv", "gone.csv", "notes.txt"])
    #expect(survey.problems.map(\.code.text) == ["D0401"])
    #expect(survey.files.count == 2)
  }

  /// Random bytes and random tables never trap, and whatever is written passes.
  @Test(arguments: 0..<120) func fuzz(_ seed: Int) throws {
    var random = SplitMix(state: UInt64(seed) &* 0x9E37_79B9)
    var fixture = SurveyFixture()
    let names = ["members.csv", "events.csv", "log.jsonl", "content.tsv", "a.csv", "orders.csv"]
    let headers = [
      "id", "member", "user_id", "at", "ts", "kind", "type", "amount", "时间", "用户", "joined", "x", "", "content_id",
      "id",
    ]
    let fields = [
      "m1", "m2", "m3", "1", "2", "3", "", "2026-01-01", "2026-01-02 08:00", "1970-01-01", "x,y", "\"", "a;b", "post",
      "like",
      "-1", "9.5", "true", "\u{0}", "上海", "ann@example.org", "2999-01-01", "{", "}", "\\",
    ]
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let name = names.randomElement(using: &random) ?? "a.csv"
      if Int.random(in: 0..<6, using: &random) == 0 {
        fixture.files[name] = (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
        continue
      }
      let width = Int.random(in: 1...6, using: &random)
      let separator = name.hasSuffix(".tsv") ? "\t" : ","
      func row(_ of: [String]) -> String {
        (0..<width).map { _ in of.randomElement(using: &random) ?? "" }.joined(separator: separator) + "\n"
      }
      var text = row(headers)
      for _ in 0..<Int.random(in: 0...30, using: &random) { text += row(fields) }
      if name.hasSuffix(".jsonl") {
        text = (0..<9).map { line in
          let (name, value) = (headers.randomElement(using: &random) ?? "", fields.randomElement(using: &random) ?? "")
          return "{\"\(name)\": \"\(value)\", \"at\": \"2026-01-02\", \"user\": \"m\(line)\", \"kind\": [1, {}]}\n"
        }.joined()
      }
      fixture.files[name] = Array(text.utf8)
    }
    let survey = fixture.survey(seed % 2 == 0 ? .english : .chinese)
    if !survey.files.isEmpty { try fixture.run(survey, asOf: "2026-01-31") }
  }
}

/// One file a kind, as databases have it.
@Suite struct FileForEachKindTests {
  private static let users = "id,created_at\n" + (1...9).map { "\($0),2026-01-0\($0) 08:00\n" }.joined()
  private static let posts =
    "id,user_id,created_at\n" + (1...9).map { "\($0),\(10 - $0),2026-02-0\($0) 08:00\n" }.joined()
  private static let comments =
    "id,post_id,user_id,created_at\n"
    + (1...50).map { "\($0),\($0 % 9 + 1),\($0 % 7 + 1),2026-02-0\($0 % 9 + 1) 09:00\n" }.joined()

  /// Without a column of kinds a file of what members did becomes records, and the overview says so.
  @Test func withoutKinds() throws {
    let fixture = SurveyFixture(["users.csv": Self.users, "posts.csv": Self.posts, "comments.csv": Self.comments])
    let survey = fixture.survey()
    let block = try #require(survey.files.first).text
    #expect(block.contains("content from \"posts.csv\"") && block.contains("records comments from \"comments.csv\""))
    #expect(survey.doubts.contains { $0.english.hasPrefix("comments.csv names members but has no column of kinds") })
    try fixture.run(survey, asOf: "2026-02-28")
  }

  /// A column of few values stands for the kinds where none is called so.
  @Test func guessedKinds() throws {
    let votes =
      "post_id,user_id,created_at,direction\n"
      + (1...60).map { "\($0 % 9 + 1),\($0 % 7 + 1),2026-02-0\($0 % 9 + 1) 10:00,\($0 % 3 == 0 ? "down" : "up")\n" }
      .joined()
    let fixture = SurveyFixture(["users.csv": Self.users, "posts.csv": Self.posts, "votes.csv": votes])
    let survey = fixture.survey()
    let block = try #require(survey.files.first).text
    #expect(block.contains("kind     text is \"direction\"") && block.contains("event up, down    // 60 rows"))
    #expect(survey.doubts.contains { $0.english.contains("`direction` has few values and stands for it") })
    try fixture.run(survey)
  }

  /// Columns that are called like a role and are no dates are read under another name.
  @Test func joinedThatIsNoDate() throws {
    let dotted = "id,joined,left\na,31/12/2025,never\nb,30/11/2025,never\n"
    let events = "member,at,kind\na,2026-01-02 09:00,checkin\n"
    let block = try SurveyFixture(["members.csv": dotted, "events.csv": events]).block()
    #expect(block.contains("is \"joined\"") && block.contains("member_joined"))
    #expect(block.contains("is \"left\"") && block.contains("member_left"))
  }
}
