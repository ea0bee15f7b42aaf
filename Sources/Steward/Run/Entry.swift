/// What acts at one moment, in the order of a day: expiries before everything, reviews after all awards.
enum Step: Int64, Comparable, Sendable {
  case expiry, events, day, week, month, quarter, year, review, end

  static func < (left: Step, right: Step) -> Bool { left.rawValue < right.rawValue }

  init(_ unit: PeriodUnit) {
    switch unit {
    case .day: self = .day
    case .week: self = .week
    case .month: self = .month
    case .quarter: self = .quarter
    case .year: self = .year
    }
  }
}

/// A place in the order of a member's history: a moment and a step of it, as one number.
///
/// What may be seen at a point is what has a smaller key than the point's own.
struct EntryKey: Comparable, Hashable, Sendable {
  let raw: Int64

  /// Moments beyond the year 10,000 all come last.
  init(_ at: Int64, _ step: Step) {
    let limit = Int64.max / 16 - 1
    raw = max(0 - limit, min(limit, at)) &* 16 &+ step.rawValue
  }

  private init(raw: Int64) { self.raw = raw }

  static let end = EntryKey(raw: .max)
  static let start = EntryKey(raw: .min)

  static func < (left: EntryKey, right: EntryKey) -> Bool { left.raw < right.raw }

  /// The first key that belongs to an instant.
  static func opening(_ instant: Int64) -> EntryKey { EntryKey(instant, .expiry) }
}

/// As of when a point reads points, badges and tiers.
enum Reader: Hashable, Sendable {
  /// `on` rules: as the day began.
  case dayBegan
  /// What acted at the moment before a step, and everything earlier.
  case before(Step)
  /// What happened up to the moment: what a metric sees.
  case check
  /// Everything of the day.
  case dayEnded
  /// Everything there is.
  case end

  /// - Parameters: the first instant of the moment's day, and of the next.
  func key(moment: Int64, day: (start: Int64, next: Int64)) -> EntryKey {
    switch self {
    // What expires with the day before is gone.
    case .dayBegan: EntryKey(day.start, .events)
    case .dayEnded: EntryKey(day.next, .expiry)
    case .before(let step): EntryKey(moment, step)
    case .check: EntryKey(moment, .end)
    case .end: .end
    }
  }
}

/// What a rule asks for at a point, after its own limits, cooldown and caps.
struct Wanted: Sendable {
  /// Place in the batch.
  var member: Int32
  var rule: Int32
  var at: Int64
  /// The event row of the batch that fired, or -1.
  var row: Int32
  /// On a board; 0 elsewhere.
  var place: Int32 = 0
  /// Of the rule's first amount; what a deduction takes.
  var points: Int64
  /// Index in `Decisions.more` of the further amounts, or -1.
  var more: Int32 = -1
  var step: Step

  var key: EntryKey { EntryKey(at, step) }
  /// Events of one moment in their order; what a period gives comes after them.
  var order: UInt32 { UInt32(bitPattern: row) }
}

/// What the rules of one batch have decided so far.
struct Decisions {
  /// By rule: what is granted, by (member, time).
  var granted: [[Wanted]]
  /// Further amounts of rules that give several purses.
  var more: [[Int64]] = []
  /// What rules under a budget of the community ask for, granted or not.
  var covered: [Wanted] = []
  /// For each rule that takes back: which awards of its target each of `granted` undoes.
  var undoes: [Int: [[Int32]]] = [:]
  var refusals: [RefusalRecord] = []
  /// Deductions and what was taken back, as the ledger found them.
  var taken: [AwardRecord] = []
  var faults: [RunFault] = []
  /// By rule: takings back that found nothing to take.
  var idle: [Int: [Wanted]] = [:]

  init(ruleCount: Int) { granted = Array(repeating: [], count: ruleCount) }

  /// Forgets what a rule that takes back has not taken anything with.
  mutating func dropIdle(_ rule: Int) {
    let found = undoes[rule] ?? []
    let kept = granted[rule].indices.filter { found.indices.contains($0) && !found[$0].isEmpty }
    idle[rule] = granted[rule].indices.filter { !found.indices.contains($0) || found[$0].isEmpty }.map {
      granted[rule][$0]
    }
    granted[rule] = kept.map { granted[rule][$0] }
    undoes[rule] = kept.map { found[$0] }
  }

  /// What an award gives of the rule's amount of that index.
  func points(_ wanted: Wanted, _ index: Int) -> Int64 {
    if index == 0 { return wanted.points }
    let others = more.indices.contains(Int(wanted.more)) ? more[Int(wanted.more)] : []
    return others.indices.contains(index - 1) ? others[index - 1] : 0
  }
}
