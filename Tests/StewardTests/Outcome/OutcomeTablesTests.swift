import Testing

@testable import Steward

@Suite struct OutcomeTablesGoldenTests {
  static func written(keyed: Bool = false, _ change: (inout Outcome) -> Void = { _ in }) throws -> MemorySink {
    var outcome = SmallOutcome.outcome
    change(&outcome)
    let sink = MemorySink()
    let tables = OutcomeTables(
      outcome: outcome, program: SmallOutcome.program(keyed: keyed), dataset: SmallOutcome.dataset(keyed: keyed),
      calendar: SmallOutcome.calendar)
    try tables.write(to: sink)
    try tables.writeRun(
      RunFacts(version: "1.2.3", rulesFingerprint: 17, zoneFingerprint: 18, seconds: 0.1234), to: sink)
    return sink
  }

  @Test func everyTable() throws {
    let sink = try Self.written()
    let text = sink.files.map { "=== \($0.name)\n" + String(decoding: $0.bytes, as: UTF8.self) }.joined()
    try expectGolden("outcome-tables", text)
  }

  @Test func onlyWhatHasSomethingToSay() throws {
    let sink = try Self.written {
      $0.awards = []
      $0.refusals = []
      $0.tiers = []
      $0.tierChanges = []
    }
    #expect(sink.files.map(\.name) == ["awards.csv", "balances.csv", "facts.csv", "run.json"])
    #expect(sink.text("awards.csv") == "id,at,member,rule,purse,points,badge,event\n")
  }

  /// With a key the event is its key, and the same event gives the same id whatever its row.
  @Test func keysIdentifyEvents() throws {
    let awards = try Self.written(keyed: true).text("awards.csv").split(separator: "\n").dropFirst()
    #expect(awards.map { String($0.split(separator: ",").last ?? "") }.prefix(2).sorted() == ["e1", "e2"])
    #expect(awards[3].hasSuffix(",bob,daily_checkin,points,5,,\"e,4\""))
    #expect(Set(awards.map { $0.prefix(24) }).count == 5)
  }

  /// Where only some kinds have keys, each event finds its own, whatever its row.
  @Test func keysOfSomeKinds() {
    var dataset = Dataset()
    dataset.members = KeyedTable(ids: ["ann", "bob", "cid"])
    let offsets = [0, 200, 200, 500]
    // Every third event is an answer, which alone has a key: that of its row.
    let rows = (0..<500).map { UInt64($0) << EventStore.kindBits | ($0 % 3 == 0 ? 1 : 0) }
    let keyed = (0..<500).filter { $0 % 3 == 0 }
    let codes = keyed.map { dataset.texts.intern("key \($0)") }
    dataset.events = EventStore(
      base: 0, rows: EventWords(rows), offsets: offsets,
      attributes: [EventColumn(kinds: [0, 1], column: Column(.codes(codes)), offsets: [0, 67, 67, 167])])
    let identities = AwardIdentities(
      program: SmallOutcome.program(keyed: true), dataset: dataset, calendar: SmallOutcome.calendar)
    for row in 0..<500 {
      #expect(identities.key(row: row, member: row < 200 ? 0 : 2) == (row % 3 == 0 ? "key \(row)" : nil))
    }
    #expect(identities.key(row: 500, member: 2) == nil)
  }

  /// Awards of equal events differ by their number alone, and their order in the file is that of their ids.
  @Test func equalEventsAreNumbered() throws {
    let awards = try Self.written().text("awards.csv").split(separator: "\n").dropFirst()
    let first = awards.prefix(2)
    #expect(Set(first.map { $0.split(separator: ",").last ?? "" }) == ["checkin", "checkin#2"])
    #expect(first.map { String($0.prefix(24)) } == first.map { String($0.prefix(24)) }.sorted())
  }

  @Test func privateFactsStayOut() throws {
    let header = try Self.written().text("facts.csv").split(separator: "\n").first
    #expect(header == "member,engagement,沉默,since,level,gap,month,tags,standing_now")
  }

  /// Many rows come in chunks below a megabyte behind the header, and stop when the flag is raised.
  @Test func chunksAndStopping() throws {
    final class Chunks: TableSink {
      var sizes: [Int] = []
      func begin(_ name: String) throws(SourceFailure) {}
      func write(_ bytes: [UInt8]) throws(SourceFailure) { sizes.append(bytes.count) }
    }
    var outcome = SmallOutcome.outcome
    let award = outcome.awards[0]
    outcome.awards = (0..<20_000).map { AwardRecord(member: 0, rule: 0, at: award.at + Int64($0), points: 5, event: 0) }
    let program = SmallOutcome.program()
    func tables(_ stop: StopFlag) -> OutcomeTables {
      OutcomeTables(
        outcome: outcome, program: program, dataset: SmallOutcome.dataset(), calendar: SmallOutcome.calendar, stop: stop
      )
    }
    let sink = Chunks()
    try tables(StopFlag()).writeAwards(to: sink)
    #expect(sink.sizes.count == 4)
    #expect(sink.sizes.allSatisfy { $0 < 1 << 20 })
    let stop = StopFlag()
    stop.raise()
    let stopped = Chunks()
    try tables(stop).writeAwards(to: stopped)
    #expect(stopped.sizes.count == 1)
  }

  /// Times are formatted as the calendar does, on days with a clock change too.
  @Test func times() throws {
    let change = SmallOutcome.at(2026, 3, 29)
    let zone = ZoneRules(offsets: [3_600_000_000, 7_200_000_000], transitions: [change])
    for calendar in [SmallOutcome.calendar, Calendar(), Calendar(zone: zone, weekStart: .monday)] {
      var bytes = TableBytes(calendar: calendar)
      for step in -60..<60 {
        let instant = change + Int64(step) * 3_599_000_000 + (step % 7 == 0 ? 250_000 : 0)
        let start = bytes.bytes.count
        bytes.time(instant)
        #expect(String(decoding: bytes.bytes[start...], as: UTF8.self) == calendar.text(ofInstant: instant))
      }
    }
  }

  /// The same bytes from several threads, and whatever stands at the edges of blocks.
  @Test func severalThreads() throws {
    var outcome = SmallOutcome.outcome
    let first = outcome.awards[0]
    outcome.awards = []
    for index in 0..<30_000 {
      let member = Int32(index / 7 % 2)
      let isEvent = index % 2 == 0
      let at = first.at + Int64(index / 14) * 1_000_000
      outcome.awards.append(
        AwardRecord(member: member, rule: isEvent ? 0 : 1, at: at, points: 5, event: isEvent ? member : -1))
    }
    let backwards = Workers(width: 3) { count, body in
      for index in (0..<count).reversed() { body(index) }
    }
    func text(_ workers: Workers) throws -> String {
      let sink = MemorySink()
      let tables = OutcomeTables(
        outcome: outcome, program: SmallOutcome.program(), dataset: SmallOutcome.dataset(),
        calendar: SmallOutcome.calendar, workers: workers)
      try tables.writeAwards(to: sink)
      return sink.text("awards.csv")
    }
    let serial = try text(.serial)
    #expect(try text(backwards) == serial)
    #expect(serial.split(separator: "\n").count == 30_001)
  }

  @Test(arguments: [
    (Int64(0), "0"), (9, "9"), (10, "10"), (-1, "-1"), (999, "999"), (1000, "1000"), (.max, "9223372036854775807"),
    (.min, "-9223372036854775808"), (1_000_000_000_000_000_000, "1000000000000000000"),
  ])
  func wholeNumbers(_ value: Int64, _ text: String) {
    var bytes = TableBytes(calendar: SmallOutcome.calendar)
    bytes.int(value)
    #expect(String(decoding: bytes.bytes, as: UTF8.self) == text)
  }

  @Test(arguments: [
    (Int64(0), "PT0S"), (86_400_000_000, "P1D"), (90_061_000_000, "P1DT1H1M1S"), (1_500_000, "PT1.500000S"),
    (-3_600_000_000, "-PT1H"), (60_000_000, "PT1M"),
  ])
  func durations(_ micros: Int64, _ text: String) {
    var bytes = TableBytes(calendar: SmallOutcome.calendar)
    bytes.duration(micros)
    #expect(String(decoding: bytes.bytes, as: UTF8.self) == text)
  }

  @Test func quotes() {
    for (text, field) in [
      ("a", "a"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""), ("", ""), ("=1", "=1"),
    ] {
      #expect(String(decoding: TableBytes.field(text, forSpreadsheets: false), as: UTF8.self) == field)
    }
  }

  /// The vectors that the authors of SipHash publish: key 00…0f, message 00, 01, …
  @Test func sipHashVectors() {
    let keys: (UInt64, UInt64) = (0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908)
    func digits(_ count: Int) -> [UInt8] {
      let hash = SipHash.of((0..<count).map { UInt8($0) }, key0: keys.0, key1: keys.1)
      return (0..<8).map { UInt8(truncatingIfNeeded: hash.low >> (8 * UInt64($0))) }
        + (0..<8).map { UInt8(truncatingIfNeeded: hash.high >> (8 * UInt64($0))) }
    }
    #expect(
      digits(0) == [
        0xa3, 0x81, 0x7f, 0x04, 0xba, 0x25, 0xa8, 0xe6, 0x6d, 0xf6, 0x72, 0x14, 0xc7, 0x55, 0x02, 0x93,
      ])
    #expect(
      digits(1) == [
        0xda, 0x87, 0xc1, 0xd8, 0x6b, 0x99, 0xaf, 0x44, 0x34, 0x76, 0x59, 0x11, 0x9b, 0x22, 0xfc, 0x45,
      ])
    #expect(
      digits(15) == [
        0x54, 0x93, 0xe9, 0x99, 0x33, 0xb0, 0xa8, 0x11, 0x7e, 0x08, 0xec, 0x0f, 0x97, 0xcf, 0xc3, 0xd9,
      ])
  }

  @Test func wordsOfTextsDiffer() {
    #expect(SipHash.words("a") != SipHash.words("a\0"))
    #expect(SipHash.words("") == [0])
    #expect(SipHash.words("abcdefgh").count == 2)
    #expect(SipHash.words("abcdefghi").count == 3)
  }
}

@Suite struct SummaryGoldenTests {
  static let summary = Summary(
    outcome: SmallOutcome.outcome, program: SmallOutcome.program(), dataset: SmallOutcome.dataset(),
    calendar: SmallOutcome.calendar, seconds: 0.314)

  @Test(arguments: Language.allCases) func overview(_ language: Language) throws {
    try expectGolden(
      "summary-\(language.rawValue)", Self.summary.text(language: language, width: 80, style: .plain))
  }

  @Test func large() throws {
    var summary = Self.summary
    summary.community = "A club with a name\u{1B}[31m"
    summary.members = 104_372
    summary.present = 104_372
    summary.events = 10_000_000
    summary.incentives = (1...20).map { index in
      .init(
        name: "an_incentive_with_a_rather_long_name_\(index)", title: index % 3 == 0 ? "发言积分与每日签到的组合奖励\(index)" : nil,
        total: IncentiveTotal(awards: index * 1711, points: Int64(index * index * 5003), members: index * 431),
        givesPoints: true, badge: nil, purse: index == 5 ? "成长值" : nil, cost: index > 15 ? Double(index) * 25.5 : nil)
    }
    summary.ladders = [
      .init(
        name: "level", title: nil,
        tiers: [
          .init(name: "champion", title: nil, members: 12, promoted: 14, demoted: 2),
          .init(name: "contributor", title: nil, members: 4360, promoted: 6000, demoted: 1500),
          .init(name: "newcomer", title: nil, members: 100_000, promoted: 0, demoted: 0),
        ])
    ]
    summary.ladders[0].departed = 1204
    summary.segments = (1...15).map { .init(name: "segment_\($0)", title: nil, members: $0 == 3 ? 104_371 : $0 * 6) }
    summary.distributions = [
      .init(name: "visits", title: nil, members: 1200, range: ("0", "3", "41")),
      .init(name: "tags", title: nil, members: 7),
    ]
    summary.figures = (1...14).map { .init(name: "figure_\($0)", title: nil, text: "\($0)") }
    summary.rejected = 3
    for width in [60, 100] {
      let text = summary.text(language: .english, width: width, style: .plain)
      try expectGolden("summary-large-\(width)", text)
    }
    let colored = summary.text(language: .english, width: 100, style: TextStyle(isColored: true))
    #expect(colored.contains("\u{1B}[2mawards\u{1B}[0m"))
  }

  @Test func asJSON() throws { try expectGolden("summary-json", Self.summary.json.indented() + "\n") }

  @Test func columnsAlignForChinese() {
    let lines = Self.summary.text(language: .chinese, width: 80, style: .plain).split(separator: "\n").map(String.init)
    let table = lines.filter { $0.contains("每日签到") || $0.hasPrefix("weekly") }
    // The number of awards is right-aligned, so it ends at the same column in both rows.
    let ends = table.map { line -> Int in
      let head = line.prefix { !$0.isNumber }
      return DisplayWidth.of(String(head)) + line.dropFirst(head.count).prefix { $0.isNumber }.count
    }
    #expect(ends.count == 2 && ends[0] == ends[1])
  }
}

@Suite struct SpreadsheetTablesTests {
  @Test func textsThatLookLikeFormulasGetAnApostrophe() throws {
    let sink = MemorySink()
    var dataset = SmallOutcome.dataset(keyed: false)
    dataset.members.ids = dataset.members.ids.enumerated().map { $0 == 0 ? "=1+1" : $0 == 1 ? "-\"x\"" : $1 }
    let tables = OutcomeTables(
      outcome: SmallOutcome.outcome, program: SmallOutcome.program(keyed: false), dataset: dataset,
      calendar: SmallOutcome.calendar, forSpreadsheets: true)
    try tables.write(to: sink)
    for file in sink.files { #expect(file.bytes.starts(with: [0xEF, 0xBB, 0xBF]), "\(file.name)") }
    let balances = sink.text("balances.csv").split(separator: "\n").map { String($0.split(separator: ",")[0]) }
    #expect(Array(balances.prefix(3)) == ["\u{FEFF}member", "'=1+1", "\"'-\"\"x\"\"\""])
  }

  @Test(arguments: [
    ("=a", "'=a"), ("+86", "'+86"), ("-x", "'-x"), ("@me", "'@me"), ("\tx", "'\tx"), ("a=b", "a=b"), ("", ""),
  ])
  func fields(_ text: String, _ expected: String) {
    #expect(String(decoding: TableBytes.field(text, forSpreadsheets: true), as: UTF8.self) == expected)
    #expect(String(decoding: TableBytes.field(text, forSpreadsheets: false), as: UTF8.self) == text)
    var bytes = TableBytes(calendar: SmallOutcome.calendar, forSpreadsheets: true)
    bytes.text(text)
    bytes.int(-5)
    #expect(String(decoding: bytes.bytes, as: UTF8.self) == expected + "-5")
  }
}
