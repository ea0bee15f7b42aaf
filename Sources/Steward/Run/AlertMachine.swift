import Algorithms

/// Whether an alert fires, along the checks of one subject: inactive → pending → firing → resolved.
///
/// The words are Prometheus' (`for`, `keep_firing_for`). A check speaks for the stretch of time that it closes, so a
/// condition that holds at the ends of three days has held for three days.

/// What an alert finds at a check.
enum AlertVerdict: UInt8, Hashable, Sendable {
  case fails, holds
  /// The member is not watched, or not there: nothing is pending or fires.
  case outside
}

/// A stay in one state.
struct AlertStay: Hashable, Sendable {
  enum State: UInt8, Hashable, Sendable { case pending, firing, resolved }
  var state: State
  /// The check at which it began.
  var from: Int
  /// The check at which it ended. - Missing: nil while it lasts.
  var to: Int?
}

/// The checks of an alert, and how long something has lasted at one.
struct AlertClock: Sendable {
  /// Ascending: the last instants of the stretches that the checks close.
  let moments: [Int64]
  /// Where the first stretch begins.
  private let start: Int64
  private let calendar: Calendar

  /// - Parameter start: the first instant of the first stretch.
  init(moments: [Int64], start: Int64, _ calendar: Calendar) {
    self.moments = moments
    self.start = start
    self.calendar = calendar
  }

  var count: Int { moments.count }

  /// The first instant that a check speaks for.
  func beginning(of check: Int) -> Int64 {
    check > 0 && check <= moments.count ? moments[check - 1] &+ 1 : start
  }

  /// The first check at which what began with a check's stretch has lasted so long, not before that check.
  func check(when length: TypedLength, hasLastedSince check: Int) -> Int {
    guard let due = due(length, after: beginning(of: check)) else { return count }
    return max(check, first { $0 &+ 1 >= due })
  }

  /// The last instant of the stretch over which what began with a check's stretch has lasted so long, whether or not that
  /// is checked yet. - Missing: nil beyond all time.
  func end(of length: TypedLength, since check: Int) -> Int64? {
    due(length, after: beginning(of: check)).map { $0 &- 1 }
  }

  /// So much later than a check. - Missing: nil beyond all time.
  func end(of length: TypedLength, afterCheckAt moment: Int64) -> Int64? { due(length, after: moment) }

  /// The first check that is so much later than another one.
  func check(after length: TypedLength, from check: Int) -> Int {
    guard moments.indices.contains(check), let due = due(length, after: moments[check]) else { return count }
    return max(check, first { $0 >= due })
  }

  /// The first check at or after an instant.
  func check(onOrAfter instant: Int64) -> Int { first { $0 >= instant } }

  private func first(where test: (Int64) -> Bool) -> Int { moments.partitioningIndex(where: test) }

  /// The same local time so many days later, or so many microseconds later. - Missing: nil beyond all time.
  private func due(_ length: TypedLength, after instant: Int64) -> Int64? {
    switch length {
    case .days(0): return instant
    case .days(let days):
      let local = calendar.local(instant)
      let (day, overflow) = local.day.addingReportingOverflow(days)
      return overflow ? nil : calendar.instant(day: day, micros: local.micros)
    case .exact(let micros):
      let (sum, overflow) = instant.addingReportingOverflow(micros)
      return overflow ? nil : sum
    }
  }
}

/// One alert about one subject, stepped along stretches of checks over which its condition does not change.
struct AlertMachine {
  private let clock: AlertClock
  private let holds: TypedLength
  private let keep: TypedLength
  /// All stays so far, in order; of those in a row the first ends where the next begins.
  private(set) var stays: [AlertStay] = []
  /// The first check of the run of checks for which the condition holds, while nothing fires yet.
  private var holdingSince: Int?
  /// The first check of the run for which it fails, while it still fires.
  private var failingSince: Int?
  private var isFiring = false

  init(_ alert: TypedAlert, _ clock: AlertClock) {
    self.init(holds: alert.holds, keep: alert.keep, clock)
  }

  init(holds: TypedLength, keep: TypedLength, _ clock: AlertClock) {
    self.holds = holds
    self.keep = keep
    self.clock = clock
  }

  /// Goes on with the checks `from..<to`, at each of which the same is found.
  mutating func step(from: Int, to: Int, _ verdict: AlertVerdict) {
    guard from < to else { return }
    switch verdict {
    case .holds: hold(from, to)
    case .fails: fail(from, to)
    case .outside: leave(from)
    }
  }

  private mutating func hold(_ from: Int, _ to: Int) {
    failingSince = nil
    if isFiring { return }
    let since = holdingSince ?? from
    let fires = clock.check(when: holds, hasLastedSince: since)
    if holdingSince == nil {
      holdingSince = since
      if fires > from { enter(.pending, at: from) }
    }
    if fires >= to { return }
    enter(.firing, at: max(fires, from))
    isFiring = true
    holdingSince = nil
  }

  private mutating func fail(_ from: Int, _ to: Int) {
    if !isFiring {
      if holdingSince != nil { end(at: from) }
      holdingSince = nil
      return
    }
    let since = failingSince ?? from
    failingSince = since
    let over = clock.check(when: keep, hasLastedSince: since)
    if over < to { resolve(at: max(over, from)) }
  }

  private mutating func leave(_ from: Int) {
    if isFiring {
      resolve(at: from)
    } else if holdingSince != nil {
      end(at: from)
    }
    holdingSince = nil
  }

  private mutating func resolve(at check: Int) {
    enter(.resolved, at: check)
    isFiring = false
    failingSince = nil
  }

  private mutating func enter(_ state: AlertStay.State, at check: Int) {
    end(at: check)
    stays.append(AlertStay(state: state, from: check, to: nil))
  }

  private mutating func end(at check: Int) {
    guard let last = stays.indices.last, stays[last].to == nil else { return }
    stays[last].to = check
  }
}
