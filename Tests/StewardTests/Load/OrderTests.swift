import Testing

@testable import Steward

@Suite struct OrderTests {
  private func fixture(_ rows: [String], key: String? = nil) -> LoadFixture {
    var fixture = LoadFixture()
    fixture.members()
    fixture.content()
    fixture.events(
      [
        KindSchema(name: "post", attributes: [.init(index: 1, isOptional: true), .init(index: 0, isOptional: true)]),
        KindSchema(name: "like", attributes: [.init(index: 2, isOptional: true), .init(index: 3, isOptional: false)]),
        KindSchema(name: "checkin"),
        KindSchema(name: "whisper", isAnonymous: true, attributes: [.init(index: 0, isOptional: true)]),
      ],
      [
        ColumnSchema(name: "topic", type: .text), ColumnSchema(name: "quality", type: .number),
        ColumnSchema(name: "content", type: Type(.item)), ColumnSchema(name: "tags", type: .list, separator: "|"),
      ], key: key)
    fixture.file("members.csv", "id\nann\nbo\ncy\n")
    fixture.file("content.csv", "id\nc1\nc2\n")
    let header = "member,at,kind,topic,quality,content,tags" + (key.map { "," + $0 } ?? "")
    fixture.file("events.csv", ([header] + rows).joined(separator: "\n"))
    return fixture
  }

  @Test func eventsComeByMemberTimeKindAndValues() {
    let fixture = fixture([
      "bo,1970-01-01T00:00:05Z,checkin,,,,", "ann,1970-01-01T00:00:02Z,like,,,c2,a|b",
      "ann,1970-01-01T00:00:02Z,post,x,2,,",
      "ann,1970-01-01T00:00:02Z,post,b,10,,", "ann,1970-01-01T00:00:02Z,post,a,10,,",
      "ann,1970-01-01T00:00:02Z,post,z,,,",
      "ann,1970-01-01T00:00:01Z,checkin,,,,", "ann,1970-01-01T00:00:02Z,like,,,c1,",
      ",1970-01-01T00:00:09Z,whisper,t,,,",
    ])
    let data = fixture.load().dataset
    #expect(
      data.map { $0.rows($0.events, fixture.schema.events) } == [
        "ann,1000000,checkin", "ann,2000000,post,x,2e-0", "ann,2000000,post,a,10e-0", "ann,2000000,post,b,10e-0",
        "ann,2000000,post,z,-", "ann,2000000,like,c1,[]", "ann,2000000,like,c2,[a|b]", "bo,5000000,checkin",
      ])
    #expect(data?.events.offsets == [0, 7, 8, 8])
    #expect(data.map { $0.rows($0.anonymous, fixture.schema.events) } == ["ann,9000000,whisper,t"])
  }

  @Test func aKeyDecidesBetweenEquals() {
    let fixture = fixture(
      ["ann,1970-01-01,post,a,,,,k10", "ann,1970-01-01,post,b,,,,k1", "ann,1970-01-01,post,c,,,,k2"], key: "id")
    #expect(
      fixture.load().dataset.map { $0.rows($0.events, fixture.schema.events) } == [
        "ann,0,post,b,-,k1", "ann,0,post,a,-,k10", "ann,0,post,c,-,k2",
      ])
  }

  @Test func keysOfEventsAreUnique() {
    var fixture = fixture(
      ["ann,1970-01-01,post,a,,,,k1", "bo,1970-01-01,post,b,,,,k1", "cy,1970-01-01,post,c,,,,"], key: "id")
    #expect(fixture.load().told == ["D0414 events.csv:3:8 k1", "D0413 events.csv:4:8 "])
    fixture.options.skipBadRows = true
    let data = fixture.load().dataset
    #expect(data.map { $0.rows($0.events, fixture.schema.events) } == ["ann,0,post,a,-,k1"])
    #expect(data?.rejected.map(\.row) == ["bo,1970-01-01,post,b,,,,k1", "cy,1970-01-01,post,c,,,,"])
  }

  @Test func whatNobodyReadsIsNotKeptButOrders() {
    var fixture = fixture(["ann,1970-01-01,post,b,2,,", "ann,1970-01-01,post,a,3,,"])
    fixture.options.attributesRead = [0]
    #expect(
      fixture.load().dataset.map { $0.rows($0.events, fixture.schema.events) } == ["ann,0,post,b", "ann,0,post,a"])
  }

  /// Four bytes a row hold whole seconds of some years; else eight hold the same.
  @Test func wordsAreAsWideAsTimesAsk() {
    let near = [
      "ann,1970-01-01T00:00:02Z,checkin,,,,", "ann,1970-01-01T00:00:02Z,post,a,,,", "bo,1971-01-01,post,b,,,",
    ]
    let own = fixture(near).load().dataset
    #expect(own?.events.rows.narrow.count == 3)
    // Microseconds since the first second, times 512, and the kind: posts are 0, check-ins 2.
    #expect(own.map { Array($0.events.rows) } == [0, 2, (31_536_000 - 2) * 1_000_000 * 512])
    let others = ["cy,2060-01-01,checkin,,,,", "cy,1970-01-01T00:00:02.5Z,checkin,,,,"]
    for (other, later) in zip(others, [UInt64(2_840_140_798_000_000), 500_000]) {
      for size in [1 << 20, 40] {
        var fixture = fixture(near + [other])
        fixture.options.blockSize = size
        let data = fixture.load().dataset
        #expect(data?.events.rows.wide.count == 4)
        #expect(data.map { Array($0.events.rows) } == [0, 2, (31_536_000 - 2) * 1_000_000 * 512, later * 512 + 2])
      }
    }
  }

  /// The last kind in the last second that four bytes could hold: with four kinds 2^30 - 1 seconds after the first.
  @Test(arguments: [("02", true), ("03", false), ("04", false)])
  func theEndOfFourBytes(second: String, isNarrow: Bool) {
    let last = ",2004-01-10T13:37:\(second)Z,whisper,"
    var fixture = fixture([last + "b,,,", last + "a,,,", ",1970-01-01,whisper,c,,,", "ann,1970-01-01,checkin,,,,"])
    // Within one block the seconds lie about its first row.
    fixture.options.blockSize = 40
    let data = fixture.load().dataset
    #expect(data.map { $0.anonymous.rows.narrow.isEmpty } == !isNarrow)
    let micros = "10737418\(second == "02" ? "22" : second == "03" ? "23" : "24")000000"
    #expect(
      data.map { $0.rows($0.anonymous, fixture.schema.events) } == [
        "ann,0,whisper,c", "ann,\(micros),whisper,a", "ann,\(micros),whisper,b",
      ])
  }

  /// Of many rows some of the same second stand in the wrong order, each with its value.
  @Test func rowsOfTheSameSecondAreSortedAmongMany() {
    var rows: [String] = []
    for minute in 0..<50 {
      let at = "1970-01-01T00:\(minute < 10 ? "0" : "")\(minute):00Z"
      rows += ["ann,\(at),checkin,,,,", "ann,\(at),post,b,\(minute).5,,", "ann,\(at),post,a,\(minute),,"]
    }
    let fixture = fixture(rows)
    let expected = (0..<50).flatMap { minute -> [String] in
      let at = minute * 60_000_000
      return ["ann,\(at),post,a,\(minute * 10)e-1", "ann,\(at),post,b,\(minute * 10 + 5)e-1", "ann,\(at),checkin"]
    }
    #expect(fixture.load().dataset.map { $0.rows($0.events, fixture.schema.events) } == expected)
  }

  private static func shuffled(_ rows: [String], _ random: inout SplitMix) -> [String] {
    var rows = rows
    for last in stride(from: rows.count - 1, to: 0, by: -1) { rows.swapAt(last, Int(random.next() % UInt64(last + 1))) }
    return rows
  }

  /// Blocks, threads and the order of rows never show.
  @Test(arguments: 0..<12) func nothingDependsOnBlocksThreadsOrRowOrder(seed: UInt64) {
    var random = SplitMix(state: seed)
    var rows: [String] = []
    for number in 0..<Int(random.next() % 60 + 2) {
      let member = ["ann", "bo", "cy"][Int(random.next() % 3)]
      let second = random.next() % 4
      // Of every third the times are whole seconds near each other, or not whole, or far apart.
      let fraction = seed % 3 == 1 && random.next() % 4 == 0 ? ".25" : ""
      let year = seed % 3 == 2 && random.next() % 4 == 0 ? "2099" : "1970"
      let at = "\(year)-01-01T00:00:0\(second)\(fraction)Z"
      let text = ["", "x", "\"a,b\"", "\"two\nlines\"", "5\" pipe", "\"say \"\"hi\"\"\"", "中文"][Int(random.next() % 7)]
      let quality = ["", "1", "0.5", "10", "1.25"][Int(random.next() % 5)]
      switch random.next() % 4 {
      case 0: rows.append("\(member),\(at),post,\(text),\(quality),,,k\(number)")
      case 1: rows.append("\(member),\(at),like,,,c\(random.next() % 2 + 1),a|\(quality),k\(number)")
      case 2: rows.append("\(member),\(at),checkin,,,,,k\(number)")
      default: rows.append(",\(at),whisper,\(text),,,,k\(number)")
      }
    }
    for key in [nil, "id"] {
      var seen: [[String]] = []
      for size in [1 << 20, 64, 17] {
        for workers in [Workers.serial, LoadFixture.threads] {
          for shuffles in [false, true] {
            var fixture = fixture(shuffles ? OrderTests.shuffled(rows, &random) : rows, key: key)
            if key == nil {
              fixture.files["events.csv"] = fixture.files["events.csv"].map {
                Array("member,at,kind,topic,quality,content,tags,k\n".utf8) + $0.drop { $0 != 0x0A }.dropFirst()
              }
            }
            fixture.options.blockSize = size
            fixture.options.pieceSize = max(1, size / 3)
            fixture.workers = workers
            let result = fixture.load()
            #expect(result.told == [])
            guard let data = result.dataset else { return }
            let found = data.rows(data.events, fixture.schema.events) + data.rows(data.anonymous, fixture.schema.events)
            if !seen.contains(found) { seen.append(found) }
          }
        }
      }
      #expect(seen.count == 1)
      #expect(seen.first?.count == rows.count)
    }
  }

  /// Whatever the bytes, a load gives rows or says what is wrong.
  @Test func randomBytesNeverTrap() {
    var random = SplitMix(state: 7)
    let pieces: [[UInt8]] = [
      Array("ann".utf8), Array("2026-01-01T00:00:00Z".utf8), Array("post".utf8), Array("like".utf8), Array("c1".utf8),
      [0x2C],
      [0x2C], [0x2C], [0x2C], [0x0A], [0x0A], [0x0D, 0x0A], [0x22], [0x22, 0x22], [0], [0xFF], [0xE4, 0xBD],
      Array("中".utf8),
      Array("9223372036854775808".utf8), Array("-0.5".utf8), Array("1e9".utf8), Array("9999-99-99 99:99".utf8), [0x20],
    ]
    for round in 0..<400 {
      var fixture = fixture([], key: round % 3 == 0 ? "id" : nil)
      for name in ["members.csv", "content.csv", "events.csv"] {
        var bytes = round % 5 == 0 ? [] : (fixture.files[name] ?? []) + [0x0A]
        for _ in 0..<(random.next() % 80) { bytes += pieces[Int(random.next() % UInt64(pieces.count))] }
        if round % 7 == 0 { bytes += (0..<50).map { _ in UInt8(truncatingIfNeeded: random.next()) } }
        fixture.files[name] = bytes
      }
      fixture.options.blockSize = [5, 64, 1 << 20][round % 3]
      fixture.options.pieceSize = [2, 100, 1000][round % 3]
      fixture.options.skipBadRows = round % 2 == 0
      let result = fixture.load()
      #expect(result.dataset != nil || !result.diagnostics.isEmpty)
    }
  }
}
