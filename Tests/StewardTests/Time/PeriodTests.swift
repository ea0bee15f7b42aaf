import Testing

@testable import Steward

@Suite("Periods, windows, texts")
struct PeriodTests {
  @Test("weeks from Monday are those of ISO 8601")
  func isoWeeks() throws {
    let calendar = Steward.Calendar(weekStart: .monday)
    let cases = [
      ("2026-03-05", "2026-W10"), ("2026-01-01", "2026-W01"), ("2025-12-29", "2026-W01"), ("2025-12-28", "2025-W52"),
      ("2027-01-03", "2026-W53"), ("2027-01-04", "2027-W01"), ("2021-01-03", "2020-W53"), ("2024-12-30", "2025-W01"),
    ]
    for (day, week) in cases {
      let number = try calendar.period(.week, ofDay: ZoneFixtures.day(day))
      #expect(calendar.text(.week, number) == week, "\(day)")
    }
  }

  @Test("weeks from another day belong to the year that holds most of them")
  func sundayWeeks() throws {
    let calendar = Steward.Calendar(weekStart: .sunday)
    // 2025-12-28 was a Sunday; four days of its week are of 2025, three of 2026.
    for (day, week) in [("2025-12-28", "2025-W53"), ("2026-01-03", "2025-W53"), ("2026-01-04", "2026-W01")] {
      let number = try calendar.period(.week, ofDay: ZoneFixtures.day(day))
      #expect(calendar.text(.week, number) == week, "\(day)")
    }
  }

  @Test("periods as text")
  func texts() throws {
    let calendar = Steward.Calendar(weekStart: .monday)
    let day = try ZoneFixtures.day("2026-03-05")
    let texts = PeriodUnit.allCases.map { calendar.text($0, calendar.period($0, ofDay: day)) }
    #expect(texts == ["2026-03-05", "2026-W10", "2026-03", "2026-Q1", "2026"])
  }

  @Test("a period's days: first, last, and no gap to the next", arguments: PeriodUnit.allCases)
  func bounds(unit: PeriodUnit) {
    for weekStart in Weekday.allCases {
      let calendar = Steward.Calendar(weekStart: weekStart)
      for day in stride(from: Int32(-800_000), through: 3_000_000, by: 3_001) {
        let number = calendar.period(unit, ofDay: day)
        #expect(calendar.firstDay(unit, number) <= day && day <= calendar.lastDay(unit, number))
        #expect(calendar.firstDay(unit, number + 1) == calendar.lastDay(unit, number) + 1)
        #expect(calendar.period(unit, ofDay: calendar.lastDay(unit, number)) == number)
        if unit == .week { #expect(calendar.weekday(ofDay: calendar.firstDay(unit, number)) == weekStart) }
      }
    }
  }

  @Test("no number and no instant traps", arguments: PeriodUnit.allCases)
  func extremes(unit: PeriodUnit) throws {
    let calendar = try ZoneFixtures.calendar("Europe/Berlin")
    let numbers: [Int32] = [.min, .min + 1, -1, 0, 1, .max - 1, .max]
    for number in numbers {
      _ = calendar.text(unit, number)
      _ = calendar.lastDay(unit, number)
      _ = calendar.period(unit, ofDay: number)
      _ = calendar.end(ofDay: number)
      _ = calendar.weekday(ofDay: number)
      _ = calendar.anniversary(of: number, on: 0)
    }
    var cursor = DayCursor(calendar)
    let instants: [Int64] = [.min, .min + 1, .min / 2, .max / 2, .max - 1, .max]
    for instant in instants {
      #expect(cursor.day(of: instant) == calendar.day(of: instant))
      _ = calendar.text(ofInstant: instant)
      _ = calendar.instant(.min, daysBefore: instant)
    }
  }

  @Test("where a period ends")
  func periodEnds() throws {
    let calendar = try ZoneFixtures.calendar("Asia/Shanghai")
    let moment = try ZoneFixtures.utc("2026-03-05 02:00:00")
    func text(_ instant: Int64) -> String { calendar.text(ofInstant: instant) }
    #expect(text(moment) == "2026-03-05T10:00:00+08:00")
    #expect(text(calendar.end(ofCurrent: .month, at: moment)) == "2026-03-31T23:59:59.999999+08:00")
  }

  @Test("an instant a week before never moves backwards", arguments: ZoneFixtures.names + ["America/St_Johns"])
  func steadyStarts(name: String) throws {
    let calendar = try ZoneFixtures.calendar(name)
    for transition in calendar.zone.transitions.suffix(400) where transition < 4_000_000_000_000_000 {
      // Around the change itself, and around the time that looks back at it.
      for around in [transition, transition + 7 * 86_400_000_000] {
        var last = Int64.min
        for step in -40...40 {
          let moment = around + Int64(step) * 420_000_000
          let start = calendar.instant(7, daysBefore: moment)
          #expect(last <= start)
          last = start
        }
      }
    }
  }

  @Test("in Berlin's repeated hour the instant a week before stands still")
  func repeatedHour() throws {
    let calendar = try ZoneFixtures.calendar("Europe/Berlin")
    func back(_ text: String) throws -> String {
      calendar.text(ofInstant: calendar.instant(7, daysBefore: try ZoneFixtures.utc(text)))
    }
    #expect(try back("2025-10-26 00:55:00") == "2025-10-19T02:55:00+02:00")
    #expect(try back("2025-10-26 01:10:00") == "2025-10-19T02:59:59.999999+02:00")
    #expect(try back("2025-10-26 02:00:00") == "2025-10-19T03:00:00+02:00")
  }

  @Test("periods that have ended")
  func completed() throws {
    let calendar = try ZoneFixtures.calendar("Asia/Shanghai")
    let first = try ZoneFixtures.day("2026-01-15")
    let end = try calendar.end(ofDay: ZoneFixtures.day("2026-03-31"))
    func days(_ unit: PeriodUnit, through instant: Int64) -> [String] {
      calendar.completedPeriods(unit, from: first, through: instant)
        .map { CivilDate(dayNumber: calendar.day(of: $0)).text }
    }
    #expect(days(.month, through: end) == ["2026-01-31", "2026-02-28", "2026-03-31"])
    #expect(days(.month, through: end - 1) == ["2026-01-31", "2026-02-28"])
    #expect(days(.quarter, through: end) == ["2026-03-31"])
    #expect(days(.year, through: end) == [])
    #expect(days(.week, through: end).prefix(2) == ["2026-01-18", "2026-01-25"])
    #expect(days(.day, through: end).count == 76)
  }

  @Test("anniversaries, with 29 February")
  func anniversaries() throws {
    let calendar = Steward.Calendar()
    func holds(_ date: String, _ day: String) throws -> Bool {
      try calendar.anniversary(of: ZoneFixtures.day(date), on: ZoneFixtures.day(day))
    }
    #expect(try holds("1990-03-05", "2026-03-05"))
    #expect(try !holds("1990-03-05", "2026-03-06"))
    #expect(try holds("1992-02-29", "2026-02-28"))
    #expect(try holds("1992-02-29", "2028-02-29"))
    #expect(try !holds("1992-02-29", "2028-02-28"))
    #expect(try holds("1990-02-28", "2028-02-28"))
    #expect(try !holds("1990-02-28", "2028-02-29"))
    #expect(try !holds("2026-03-05", "2026-03-05"), "the day itself is no anniversary")
  }

  @Test("instants as ISO 8601")
  func instants() throws {
    let moment = try ZoneFixtures.utc("2026-03-01 01:00:00")
    let shanghai = try ZoneFixtures.calendar("Asia/Shanghai")
    #expect(shanghai.text(ofInstant: moment) == "2026-03-01T09:00:00+08:00")
    #expect(Steward.Calendar().text(ofInstant: moment) == "2026-03-01T01:00:00Z")
    #expect(Steward.Calendar().text(ofInstant: moment + 500_000) == "2026-03-01T01:00:00.500Z")
    #expect(Steward.Calendar().text(ofInstant: moment + 42) == "2026-03-01T01:00:00.000042Z")
    let rules = ZoneRules(fixedSeconds: -12_600)
    #expect(Steward.Calendar(zone: rules, weekStart: .monday).text(ofInstant: moment) == "2026-02-28T21:30:00-03:30")
    #expect(try ZoneFixtures.calendar("Europe/London").text(ofInstant: moment) == "2026-03-01T01:00:00+00:00")
    #expect(Steward.Calendar().text(ofInstant: -1) == "1969-12-31T23:59:59.999999Z")
  }

  @Test("dates beyond four digits")
  func farDates() {
    #expect(CivilDate(dayNumber: -719_528).text == "0000-01-01")
    #expect(CivilDate(dayNumber: -719_529).text == "-0001-12-31")
    #expect(CivilDate(dayNumber: 2_932_897).text == "10000-01-01")
  }
}
