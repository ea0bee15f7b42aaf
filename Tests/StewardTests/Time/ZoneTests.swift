import Foundation
import Testing

@testable import Steward

@Suite("Time zones")
struct ZoneTests {
  @Test("a clock change in Berlin: an hour that is not, an hour that comes twice")
  func berlin() throws {
    let calendar = try ZoneFixtures.calendar("Europe/Berlin")
    let spring = try ZoneFixtures.day("2025-03-30")
    let hour: Int64 = 3_600_000_000
    #expect(calendar.text(ofInstant: calendar.start(ofDay: spring)) == "2025-03-30T00:00:00+01:00")
    #expect(calendar.text(ofInstant: calendar.end(ofDay: spring)) == "2025-03-30T23:59:59.999999+02:00")
    #expect(calendar.end(ofDay: spring) - calendar.start(ofDay: spring) == 23 * hour - 1)
    // 02:30 does not exist: the next instant that does is 03:00 of summer time.
    #expect(
      calendar.text(ofInstant: calendar.instant(day: spring, micros: 5 * hour / 2)) == "2025-03-30T03:00:00+02:00")
    #expect(calendar.text(ofInstant: calendar.instant(day: spring, micros: 2 * hour)) == "2025-03-30T03:00:00+02:00")
    #expect(calendar.text(ofInstant: calendar.instant(day: spring, micros: 3 * hour)) == "2025-03-30T03:00:00+02:00")

    let autumn = try ZoneFixtures.day("2025-10-26")
    #expect(calendar.end(ofDay: autumn) - calendar.start(ofDay: autumn) == 25 * hour - 1)
    // 02:30 comes twice: the earlier is in summer time.
    #expect(
      calendar.text(ofInstant: calendar.instant(day: autumn, micros: 5 * hour / 2)) == "2025-10-26T02:30:00+02:00")
    #expect(try calendar.local(ZoneFixtures.utc("2025-10-26 01:30:00")) == (autumn, 5 * hour / 2, 3600))
  }

  @Test("a day without midnight, and a midnight that is put off, in São Paulo")
  func saoPaulo() throws {
    let calendar = try ZoneFixtures.calendar("America/Sao_Paulo")
    let spring = try ZoneFixtures.day("2018-11-04")
    #expect(calendar.text(ofInstant: calendar.start(ofDay: spring)) == "2018-11-04T01:00:00-02:00")
    #expect(calendar.text(ofInstant: calendar.end(ofDay: spring - 1)) == "2018-11-03T23:59:59.999999-03:00")
    let autumn = try ZoneFixtures.day("2019-02-17")
    #expect(calendar.text(ofInstant: calendar.start(ofDay: autumn)) == "2019-02-17T00:00:00-03:00")
    #expect(calendar.text(ofInstant: calendar.end(ofDay: autumn - 1)) == "2019-02-16T23:59:59.999999-03:00")
    // 23:30 on the 16th came twice, and both are of the 16th.
    let first = calendar.instant(day: autumn - 1, micros: 84_600_000_000)
    #expect(calendar.text(ofInstant: first) == "2019-02-16T23:30:00-02:00")
    #expect(calendar.day(of: first) == autumn - 1)
    #expect(calendar.day(of: first + 3_600_000_000) == autumn - 1)
    #expect(calendar.day(of: first + 5_400_000_000) == autumn)
  }

  @Test("Apia has no 30 December 2011")
  func apia() throws {
    let calendar = try ZoneFixtures.calendar("Pacific/Apia")
    let missing = try ZoneFixtures.day("2011-12-30")
    #expect(calendar.text(ofInstant: calendar.end(ofDay: missing - 1)) == "2011-12-29T23:59:59.999999-10:00")
    #expect(calendar.text(ofInstant: calendar.start(ofDay: missing + 1)) == "2011-12-31T00:00:00+14:00")
    #expect(calendar.start(ofDay: missing) == calendar.start(ofDay: missing + 1))
    #expect(calendar.day(of: calendar.start(ofDay: missing)) == missing + 1)
    // 29 and 31 December end; the 30th never was.
    let ended = calendar.completedPeriods(.day, from: missing - 1, through: calendar.end(ofDay: missing + 1))
    #expect(ended == [calendar.end(ofDay: missing - 1), calendar.end(ofDay: missing + 1)])
  }

  @Test("Shanghai had summer time from 1986 to 1991, and none since")
  func shanghai() throws {
    let calendar = try ZoneFixtures.calendar("Asia/Shanghai")
    #expect(try calendar.text(ofInstant: ZoneFixtures.utc("1986-05-03 17:59:59")) == "1986-05-04T01:59:59+08:00")
    #expect(try calendar.text(ofInstant: ZoneFixtures.utc("1986-05-03 18:00:00")) == "1986-05-04T03:00:00+09:00")
    #expect(try calendar.text(ofInstant: ZoneFixtures.utc("1991-09-14 16:59:59")) == "1991-09-15T01:59:59+09:00")
    #expect(try calendar.text(ofInstant: ZoneFixtures.utc("1991-09-14 17:00:00")) == "1991-09-15T01:00:00+08:00")
    #expect(try calendar.text(ofInstant: ZoneFixtures.utc("2026-06-30 15:59:59")) == "2026-06-30T23:59:59+08:00")
    #expect(try calendar.day(of: ZoneFixtures.utc("2026-06-30 16:00:00")) == ZoneFixtures.day("2026-07-01"))
  }

  @Test("where clocks go back over a midnight that has passed, the new day goes on")
  func midnightTwice() throws {
    // St. John's went back from 00:01 to 23:01 until 2010.
    let calendar = try ZoneFixtures.calendar("America/St_Johns")
    let day = try ZoneFixtures.day("2010-11-07")
    let start = calendar.start(ofDay: day)
    #expect(calendar.text(ofInstant: start) == "2010-11-07T00:00:00-02:30")
    let again = start + 120_000_000
    #expect(calendar.text(ofInstant: again) == "2010-11-06T23:02:00-03:30")
    #expect(calendar.day(of: again) == day)
    #expect(calendar.end(ofDay: day) - start == 25 * 3_600_000_000 - 1)
    var cursor = DayCursor(calendar)
    for minute in -3..<90 {
      #expect(cursor.day(of: start + Int64(minute) * 60_000_000) == (minute < 0 ? day - 1 : day))
    }
  }

  @Test("offsets and dates agree with Foundation", arguments: ZoneFixtures.names)
  func foundation(name: String) throws {
    let calendar = try ZoneFixtures.calendar(name)
    let theirs = try #require(TimeZone(identifier: name))
    var gregorian = Foundation.Calendar(identifier: .gregorian)
    gregorian.timeZone = theirs
    var random = SplitMix(state: 7)
    let span = try ZoneFixtures.utc("1905-01-01") / 1_000_000..<ZoneFixtures.utc("2037-12-31") / 1_000_000
    var cursor = DayCursor(calendar)
    for round in 0..<4000 {
      let second = Int64.random(in: span, using: &random)
      let date = Date(timeIntervalSince1970: Double(second))
      let local = calendar.local(second * 1_000_000)
      #expect(Int(local.offset) == theirs.secondsFromGMT(for: date), "\(name) at \(second)")
      if round % 8 != 0 { continue }
      let parts = gregorian.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
      let civil = CivilDate(dayNumber: local.day)
      #expect(civil.year == parts.year && civil.month == parts.month && civil.day == parts.day)
      let seconds = parts.hour.flatMap { hour in parts.minute.map { (hour * 60 + $0) * 60 + (parts.second ?? 0) } }
      #expect(seconds.map { Int64($0) * 1_000_000 } == local.micros)
      #expect(calendar.weekday(ofDay: local.day).rawValue == ((parts.weekday ?? 0) + 5) % 7)
      #expect(calendar.day(of: second * 1_000_000) == local.day)
      #expect(cursor.day(of: second * 1_000_000) == local.day)
    }
  }

  @Test("starts of days agree with Foundation", arguments: ZoneFixtures.names)
  func foundationStarts(name: String) throws {
    let calendar = try ZoneFixtures.calendar(name)
    var gregorian = Foundation.Calendar(identifier: .gregorian)
    gregorian.timeZone = try #require(TimeZone(identifier: name))
    for day in stride(from: try ZoneFixtures.day("1950-01-01"), to: try ZoneFixtures.day("2037-12-31"), by: 11) {
      let start = calendar.start(ofDay: day)
      #expect(calendar.day(of: start) == day)
      #expect(calendar.day(of: start - 1) == day - 1)
      let theirs = gregorian.startOfDay(for: Date(timeIntervalSince1970: Double(start / 1_000_000 + 43_000)))
      #expect(theirs.timeIntervalSince1970 == Double(start) / 1_000_000, "\(CivilDate(dayNumber: day).text)")
    }
  }

  @Test(
    "days follow one another, and the cursor tells the same ones in any order",
    arguments: ZoneFixtures.names + ["America/St_Johns", "Pacific/Kwajalein", "Africa/Casablanca", "Asia/Beirut"])
  func daysPartitionTime(name: String) throws {
    let calendar = try ZoneFixtures.calendar(name)
    var cursor = DayCursor(calendar)
    var instants: [Int64] = []
    for transition in calendar.zone.transitions {
      let steps: [Int64] = [-90_000, -3600, -1, 0, 1, 1800, 3600, 7200, 90_000]
      instants += steps.map { transition + $0 * 1_000_000 } + [transition - 1]
    }
    var random = SplitMix(state: 3)
    for instant in instants.shuffled(using: &random) + instants {
      let day = calendar.day(of: instant)
      #expect(calendar.start(ofDay: day) <= instant && instant <= calendar.end(ofDay: day))
      #expect(cursor.day(of: instant) == day)
      #expect(calendar.start(ofDay: day + 1) == calendar.end(ofDay: day) + 1)
    }
  }

  @Test("the rule at the end of the file goes on after the table", arguments: ["Europe/Berlin", "America/New_York"])
  func footer(name: String) throws {
    let calendar = try ZoneFixtures.calendar(name)
    let theirs = try #require(TimeZone(identifier: name))
    for year in stride(from: 2040, through: 2190, by: 50) {
      for month in 1...12 {
        let day = try #require(CivilDate(year: year, month: month, day: 15)).dayNumber
        let instant = Int64(day) * 86_400_000_000
        let date = Date(timeIntervalSince1970: Double(day) * 86_400)
        #expect(Int(calendar.local(instant).offset) == theirs.secondsFromGMT(for: date), "\(year)-\(month)")
      }
    }
  }

  @Test("every zone of the database is read, and its days are whole")
  func allZones() throws {
    let root = URL(fileURLWithPath: "/usr/share/zoneinfo")
    let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
    var read = 0
    for case let file as URL in files {
      guard let data = try? Data(contentsOf: file), data.starts(with: Array("TZif".utf8)) else { continue }
      if file.path.contains("/right/") {
        #expect(ZoneRules(tzif: Array(data)) == nil, "leap seconds are not counted")
        continue
      }
      let rules = try #require(ZoneRules(tzif: Array(data)), "\(file.path)")
      let calendar = Steward.Calendar(zone: rules, weekStart: .monday)
      for transition in rules.transitions.suffix(40) {
        let day = calendar.day(of: transition)
        #expect(calendar.start(ofDay: day) <= transition && transition <= calendar.end(ofDay: day))
      }
      read += 1
    }
    #expect(read > 100)
  }
}

@Suite("TZif bytes")
struct TZifTests {
  @Test("cut or changed bytes give no rules, or rules that answer; never a trap")
  func malformed() throws {
    let good = try ZoneFixtures.bytes("Europe/Berlin")
    for count in 0..<good.count { #expect(ZoneRules(tzif: Array(good[..<count])) == nil) }
    var random = SplitMix(state: 11)
    let instants: [Int64] = [.min, -1 << 60, 0, 1_760_000_000_000_000, 1 << 60, .max]
    for _ in 0..<500 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
      guard let rules = ZoneRules(tzif: bytes) else { continue }
      let calendar = Steward.Calendar(zone: rules, weekStart: .monday)
      for instant in instants {
        _ = calendar.local(instant)
        _ = calendar.end(ofDay: calendar.day(of: instant))
      }
    }
  }

  @Test("the fingerprint tells rules apart and stays")
  func fingerprint() throws {
    let berlin = try #require(ZoneRules(tzif: ZoneFixtures.bytes("Europe/Berlin")))
    let again = try #require(ZoneRules(tzif: ZoneFixtures.bytes("Europe/Berlin")))
    let shanghai = try #require(ZoneRules(tzif: ZoneFixtures.bytes("Asia/Shanghai")))
    #expect(berlin == again && berlin.fingerprint == again.fingerprint)
    #expect(berlin.fingerprint != shanghai.fingerprint)
    #expect(ZoneRules.utc.fingerprint == 0xa8c7_f832_281a_39c5)
    #expect(try ZoneRules(tzif: ZoneFixtures.bytes("UTC")) == .utc)
  }

  @Test(
    "POSIX rules",
    arguments: [
      ("CST-8", true), ("<+0330>-3:30", true), ("CET-1CEST,M3.5.0,M10.5.0/3", true),
      ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", true), ("IST-1GMT0,M10.5.0,M3.5.0/1", true), ("XXX3EDT4,0/0,J365/23", true),
      ("EST5EDT", false), ("CE-1", false), ("CET-1CEST,M13.5.0,M10.5.0", false), ("CET-1CEST,M3.6.0,M10.5.0", false),
      ("CET-25", false), ("CET-1CEST,J0,J9", false), ("CET-1CEST,M3.5.0,M10.5.0/168", false), ("<CET-1", false),
      ("CET-1 ", false), ("CET-99999999999999999999", false), ("CET-1CEST,M3.5.0", false),
    ])
  func posix(text: String, isRule: Bool) {
    #expect((PosixZone(Array(text.utf8)) != nil) == isRule)
  }

  @Test("a rule's changes: the last Sunday, a Julian day, summer time all year")
  func changes() throws {
    let berlin = try #require(PosixZone(Array("CET-1CEST,M3.5.0,M10.5.0/3".utf8)))
    let after = try ZoneFixtures.utc("2025-01-01") / 1_000_000
    let changes = berlin.changes(after: after, through: 2025)
    #expect(
      try changes.map(\.time) == [
        ZoneFixtures.utc("2025-03-30 01:00:00") / 1_000_000, ZoneFixtures.utc("2025-10-26 01:00:00") / 1_000_000,
      ])
    #expect(changes.map(\.offset) == [7200, 3600])

    // J60 is 1 March in every year; 59 is 29 February in a leap year.
    let julian = try #require(PosixZone(Array("AAA0BBB,J60/0,59/5".utf8)))
    let leap = julian.changes(after: try ZoneFixtures.utc("2024-01-01") / 1_000_000, through: 2024)
    #expect(
      try leap.map(\.time) == [
        ZoneFixtures.utc("2024-02-29 04:00:00") / 1_000_000, ZoneFixtures.utc("2024-03-01 00:00:00") / 1_000_000,
      ])

    let always = try #require(PosixZone(Array("XXX3EDT4,0/0,J365/23".utf8)))
    let offsets = always.changes(after: after, through: 2030).dropLast().map(\.offset)
    #expect(!offsets.isEmpty && offsets.allSatisfy { $0 == -14_400 })
  }
}
