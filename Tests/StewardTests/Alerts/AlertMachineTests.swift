import Testing

@testable import Steward

/// What an alert does day by day, against tables written by hand: `.` inactive, `p` pending, `F` firing, `r` resolved.
@Suite struct AlertMachineTests {
  struct Row: Sendable, CustomTestStringConvertible {
    /// At each day's end: `1` the condition holds, `0` it fails, `-` the member is not watched.
    let found: String
    let states: String
    var holds: Int32 = 0
    var keep: Int32 = 0
    var testDescription: String { "for \(holds) keep \(keep): \(found)" }
  }

  static let table: [Row] = [
    // Without `for` and `keep` it follows the condition.
    Row(found: "0110", states: ".FFr"),
    Row(found: "1010", states: "FrFr"),
    Row(found: "0000", states: "...."),
    Row(found: "1111", states: "FFFF"),
    // `for 1 days` is what a day's end says of its day.
    Row(found: "0110", states: ".FFr", holds: 1),
    // `for 3 days` fires at the end of the third day in a row.
    Row(found: "11111", states: "ppFFF", holds: 3),
    Row(found: "11011", states: "pp.pp", holds: 3),
    Row(found: "110111", states: "pp.ppF", holds: 3),
    Row(found: "1101110", states: "pp.ppFr", holds: 3),
    Row(found: "0111011", states: ".ppFrpp", holds: 3),
    // Flapping never lasts.
    Row(found: "1010101010", states: "p.p.p.p.p.", holds: 2),
    Row(found: "1101101101", states: "pFrpFrpFrp", holds: 2),
    // `keep 2 days`: dips of one day do not resolve it, the second day in a row does.
    Row(found: "101", states: "FFF", keep: 2),
    Row(found: "1001", states: "FFrF", keep: 2),
    Row(found: "10101000", states: "FFFFFFrr", keep: 2),
    Row(found: "1000", states: "FFFr", keep: 3),
    Row(found: "1011", states: "FrFF", keep: 1),
    // Both.
    Row(found: "1101001101", states: "pFFFFrpFFF", holds: 2, keep: 2),
    Row(found: "11011000110", states: "pFFFFFrrpFF", holds: 2, keep: 2),
    // Who is not watched has no alert, whatever `keep` says.
    Row(found: "11-11", states: "FFrFF", keep: 5),
    Row(found: "1-1", states: "p.p", holds: 2),
    Row(found: "--1", states: "..F"),
    Row(found: "10-1", states: "FFrF", keep: 3),
    // A resolved one that is pending again.
    Row(found: "1101", states: "pFrp", holds: 2),
  ]

  static let clock = AlertClock(
    moments: (1...40).map { Int64($0) * Calendar.microsPerDay - 1 }, start: 0, Calendar())

  /// The state at each check; a row of the table says `r` for resolved until the next stay begins.
  static func states(_ stays: [AlertStay], count: Int) -> String {
    var all = Array(repeating: Character("."), count: count)
    for stay in stays {
      for check in stay.from..<(stay.to ?? count) {
        switch stay.state {
        case .pending: all[check] = "p"
        case .firing: all[check] = "F"
        case .resolved: all[check] = "r"
        }
      }
    }
    return String(all)
  }

  static func verdicts(_ text: String) -> [AlertVerdict] {
    text.map { $0 == "1" ? .holds : $0 == "0" ? .fails : .outside }
  }

  static func stays(
    _ found: String, _ holds: TypedLength, _ keep: TypedLength, _ clock: AlertClock, inRuns: Bool
  ) -> [AlertStay] {
    var machine = AlertMachine(holds: holds, keep: keep, clock)
    let all = verdicts(found)
    var check = 0
    while check < all.count {
      var end = check + 1
      while inRuns, end < all.count, all[end] == all[check] { end += 1 }
      machine.step(from: check, to: end, all[check])
      check = end
    }
    return machine.stays
  }

  @Test(arguments: table) func everyRow(_ row: Row) {
    for inRuns in [false, true] {
      let stays = Self.stays(row.found, .days(row.holds), .days(row.keep), Self.clock, inRuns: inRuns)
      // The end of a stay in `resolved` shows as the beginning of the next; a lapsed pending is inactive again.
      #expect(Self.states(stays, count: row.found.count) == row.states, "in runs: \(inRuns)")
    }
  }

  /// Runs of equal checks give what single checks give, whatever they are.
  @Test func runsAreSingleSteps() {
    var random = RandomBits(seed: 5)
    for _ in 0..<2_000 {
      let found = String((0..<24).map { _ in ["0", "1", "1", "0", "-"][random.below(5)] as Character })
      let holds = Int32(random.below(4))
      let keep = Int32(random.below(4))
      let single = Self.stays(found, .days(holds), .days(keep), Self.clock, inRuns: false)
      let runs = Self.stays(found, .days(holds), .days(keep), Self.clock, inRuns: true)
      #expect(single == runs, "for \(holds) keep \(keep): \(found)")
    }
  }

  /// Each hour's check speaks for its hour.
  @Test func hoursCountExactly() {
    let hour: Int64 = 3_600_000_000
    let clock = AlertClock(moments: (1...48).map { Int64($0) * hour - 1 }, start: 0, Calendar())
    func states(_ found: String, _ holds: TypedLength) -> String {
      Self.states(Self.stays(found, holds, .days(0), clock, inRuns: true), count: found.count)
    }
    #expect(states("111110", .exact(3 * hour)) == "ppFFFr")
    #expect(states("0111", .exact(hour)) == ".FFF")
    #expect(states("0111", .exact(90 * 60_000_000)) == ".pFF")
    // A day of hours: from the first of them to the same local time on the next day.
    #expect(
      states("0" + String(repeating: "1", count: 26), .days(1)) == "." + String(repeating: "p", count: 23) + "FFF")
  }

  /// A check every week speaks for seven days.
  @Test func weeksHoldSevenDays() {
    let week = 7 * Calendar.microsPerDay
    let clock = AlertClock(moments: (1...6).map { Int64($0) * week - 1 }, start: 0, Calendar())
    func states(_ found: String, _ holds: TypedLength) -> String {
      Self.states(Self.stays(found, holds, .days(0), clock, inRuns: true), count: found.count)
    }
    #expect(states("111", .days(3)) == "FFF")
    #expect(states("111", .days(7)) == "FFF")
    #expect(states("111", .days(8)) == "pFF")
    #expect(states("111", .days(15)) == "ppF")
  }
}
