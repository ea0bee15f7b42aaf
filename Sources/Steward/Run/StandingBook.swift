/// What the members of a batch were given and hold: running totals over the entries of their history, in the order of its
/// keys, so that whatever a point may see is a difference of two totals.
///
/// Entries are only ever added at the end of a member's history: all at once for rules that nothing feeds back to, day by
/// day in a loop. Awards that were taken back stay where they are and are subtracted for points that may see that.
final class StandingBook {
  enum Column: Hashable {
    /// By purse.
    case balance(Int)
    case earned(Int)
    case spent(Int)
    /// By incentive: how many.
    case awards(Int)
  }

  struct Entry {
    var key: EntryKey
    /// With everything before it.
    var total: Int64
  }

  /// An award that was undone.
  struct Undone {
    var award: EntryKey
    var since: EntryKey
    var rule: Int
    /// What it gave, by the rule's amounts.
    var points: [(purse: Int, points: Int64)]
  }

  struct BadgeEntry {
    var key: EntryKey
    var rule: Int
  }

  struct TierEntry {
    var key: EntryKey
    var at: Int64
    var tier: Int32
  }

  private let memberCount: Int
  /// By member.
  private(set) var columns: [Column: [[Entry]]] = [:]
  /// By member; empty where nothing was undone.
  private(set) var undone: [[Undone]] = []
  private(set) var badges: [[BadgeEntry]]?
  /// By ladder, then by member.
  private(set) var tiers: [Int: [[TierEntry]]] = [:]

  init(memberCount: Int) { self.memberCount = memberCount }

  /// All that it says, for another run to read.
  struct Pages: Sendable {
    var columns: [Column: [[Entry]]]
    var undone: [[Undone]]
    var badges: [[BadgeEntry]]?
    var tiers: [Int: [[TierEntry]]]
  }

  var pages: Pages { Pages(columns: columns, undone: undone, badges: badges, tiers: tiers) }

  init(memberCount: Int, pages: Pages) {
    self.memberCount = memberCount
    columns = pages.columns
    undone = pages.undone
    badges = pages.badges
    tiers = pages.tiers
  }

  // MARK: Writing

  func has(_ column: Column) -> Bool { columns[column] != nil }

  func open(_ column: Column) {
    if columns[column] == nil { columns[column] = Array(repeating: [], count: memberCount) }
  }

  func openBadges() { if badges == nil { badges = Array(repeating: [], count: memberCount) } }

  func open(ladder: Int) { if tiers[ladder] == nil { tiers[ladder] = Array(repeating: [], count: memberCount) } }

  /// Adds to a column that is open; another is not kept.
  func add(_ amount: Int64, to column: Column, _ member: Int, _ key: EntryKey) {
    let before = columns[column]?[member].last?.total ?? 0
    columns[column]?[member].append(Entry(key: key, total: before &+ amount))
  }

  /// Gives a column that is open all its entries at once, by member.
  func fill(_ column: Column, _ entries: [[Entry]]) { if columns[column] != nil { columns[column] = entries } }

  func addBadge(of rule: Int, _ member: Int, _ key: EntryKey) {
    badges?[member].append(BadgeEntry(key: key, rule: rule))
  }

  func add(_ tier: TierEntry, ladder: Int, _ member: Int) { tiers[ladder]?[member].append(tier) }

  func add(_ entry: Undone, _ member: Int) {
    if undone.isEmpty { undone = Array(repeating: [], count: memberCount) }
    undone[member].append(entry)
  }

  /// The members and keys of all entries that change a value of standing, taken back ones too.
  func forEachKey(of standing: Standing, _ body: (Int, EntryKey) -> Void) {
    switch standing {
    case .balance(let purse): forEachKey(columns[.balance(purse)], body)
    case .spent(let purse, _): forEachKey(columns[.spent(purse)], body)
    case .earned(let purse, _): forEachKey(columns[.earned(purse)], body)
    case .awards(let rule, _), .lastAward(let rule): forEachKey(columns[.awards(rule)], body)
    case .badges:
      for (member, entries) in (badges ?? []).enumerated() { for entry in entries { body(member, entry.key) } }
    case .tier(let ladder), .tierSince(let ladder):
      for (member, entries) in (tiers[ladder] ?? []).enumerated() { for entry in entries { body(member, entry.key) } }
    }
    for (member, entries) in undone.enumerated() { for entry in entries { body(member, entry.since) } }
  }

  private func forEachKey(_ entries: [[Entry]]?, _ body: (Int, EntryKey) -> Void) {
    for (member, entries) in (entries ?? []).enumerated() { for entry in entries { body(member, entry.key) } }
  }

  // MARK: Reading

  func vector(_ standing: Standing, _ frame: Frame) -> Vector {
    switch standing {
    case .balance(let purse): return totals(.balance(purse), nil, frame) { _ in 0 }
    case .spent(let purse, let window): return totals(.spent(purse), window, frame) { _ in 0 }
    case .earned(let purse, let window):
      return totals(.earned(purse), window, frame) { undone in
        undone.points.reduce(0) { $1.purse == purse ? $0 &+ $1.points : $0 }
      }
    case .awards(let rule, let window):
      return totals(.awards(rule), window, frame) { $0.rule == rule ? 1 : 0 }
    case .lastAward(let rule): return lastAward(rule, frame)
    case .badges: return heldBadges(frame)
    case .tier(let ladder): return tier(ladder, frame)
    case .tierSince(let ladder): return tierSince(ladder, frame)
    }
  }

  /// - Parameter window: ends at the point's moment at the latest; without one, everything that the point may see.
  private func totals(
    _ column: Column, _ window: Window?, _ frame: Frame, _ undoneAmount: (Undone) -> Int64
  ) -> Vector {
    guard let entries = columns[column] else { return .uniform(.ints([0])) }
    var span = EntrySpan(window ?? .all, frame)
    var values: [Int64] = []
    values.reserveCapacity(frame.count)
    let members = frame.members
    // Where the lane before found its own, as those of a member ascend.
    var known = (member: -1, low: 0, high: 0)
    for lane in 0..<frame.count {
      let member = Int(members[lane])
      if member != known.member { known = (member, 0, 0) }
      let (low, seen) = span.keys(lane)
      let high = window == nil ? seen : min(seen, EntryKey(frame.moments[lane], .end))
      if high <= low {
        values.append(0)
        continue
      }
      let own = entries[member]
      known.high = StandingBook.count(own.span, before: high, from: known.high)
      var value = known.high == 0 ? 0 : own[known.high - 1].total
      if low > .start {
        known.low = StandingBook.count(own.span, before: low, from: known.low)
        if known.low > 0 { value &-= own[known.low - 1].total }
      }
      if !undone.isEmpty {
        let seen = span.reader(lane)
        for gone in undone[member] where gone.since < seen && gone.award >= low && gone.award < high {
          value &-= undoneAmount(gone)
        }
      }
      values.append(value)
    }
    return Vector(ints: values)
  }

  /// How many entries come before a key, sought from a place near which they are likely to end.
  private static func count(_ entries: Swift.Span<Entry>, before key: EntryKey, from place: Int) -> Int {
    var low = place <= entries.count && (place == 0 || entries[place - 1].key < key) ? place : 0
    var high = low
    var step = 1
    while high < entries.count, entries[high].key < key {
      low = high &+ 1
      high = min(entries.count, high &+ step)
      step &*= 2
    }
    while low < high {
      let middle = (low &+ high) &>> 1
      if entries[middle].key < key { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  private static func count(_ entries: Swift.Span<Entry>, before key: EntryKey) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low &+ high) &>> 1
      if entries[middle].key < key { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  private func lastAward(_ rule: Int, _ frame: Frame) -> Vector {
    guard let entries = columns[.awards(rule)] else { return .allMissing(.ints) }
    var span = EntrySpan(.all, frame)
    var values: [Int64] = []
    var states: [UInt8] = []
    for lane in 0..<frame.count {
      let member = Int(frame.members[lane])
      let seen = span.reader(lane)
      let gone = undone.isEmpty ? [] : undone[member].filter { $0.rule == rule && $0.since < seen }
      let own = entries[member]
      let keys = own.span
      var place = StandingBook.count(keys, before: seen)
      // Of entries that share a key, as many as were undone do not stand.
      while place > 0 {
        let key = keys[place - 1].key
        let first = StandingBook.count(keys, before: key)
        if place - first > gone.count(where: { $0.award == key }) { break }
        place = first
      }
      values.append(place == 0 ? 0 : keys[place - 1].key.instant)
      states.append(place == 0 ? Vector.missing : Vector.present)
    }
    return Vector(ints: values, states: states.contains(Vector.missing) ? states : [])
  }

  /// The badges held, in the order in which they were first awarded.
  private func heldBadges(_ frame: Frame) -> Vector {
    guard let badges else { return .uniform(.lists(offsets: [0, 0], codes: [])) }
    let batch = frame.batch
    let codeOfRule = batch.context.program.incentives.map { rule in rule.badge.map { batch.texts.intern($0) } }
    var span = EntrySpan(.all, frame)
    var offsets: [Int32] = [0]
    var codes: [Int32] = []
    for lane in 0..<frame.count {
      let member = Int(frame.members[lane])
      let seen = span.reader(lane)
      var gone = undone.isEmpty ? [] : undone[member].filter { $0.since < seen }
      let first = codes.count
      for entry in badges[member] {
        if entry.key >= seen { break }
        if let place = gone.firstIndex(where: { $0.rule == entry.rule && $0.award == entry.key }) {
          gone.remove(at: place)
          continue
        }
        guard let code = codeOfRule[entry.rule], !codes[first...].contains(code) else { continue }
        codes.append(code)
      }
      offsets.append(Int32(truncatingIfNeeded: codes.count))
    }
    return Vector(.lists(offsets: offsets, codes: codes))
  }

  private func standing(_ ladder: Int, _ member: Int, _ seen: EntryKey) -> TierEntry? {
    guard let entries = tiers[ladder] else { return nil }
    return entries[member].last { $0.key < seen }
  }

  private func tier(_ ladder: Int, _ frame: Frame) -> Vector {
    var span = EntrySpan(.all, frame)
    return Vector(
      ints: (0..<frame.count).map { lane in
        Int64(standing(ladder, Int(frame.members[lane]), span.reader(lane))?.tier ?? 0)
      })
  }

  private func tierSince(_ ladder: Int, _ frame: Frame) -> Vector {
    var span = EntrySpan(.all, frame)
    let found = (0..<frame.count).map { standing(ladder, Int(frame.members[$0]), span.reader($0))?.at }
    return Vector(
      ints: found.map { $0 ?? 0 }, states: found.map { $0 == nil ? Vector.missing : Vector.present })
  }
}

extension EntryKey {
  /// The moment.
  var instant: Int64 { raw >> 4 }
}

/// For each lane of a frame the keys between which a window's entries lie, as far as the lane may see.
struct EntrySpan {
  private let window: Window
  private let frame: Frame
  private let calendar: Calendar
  private var knownDay = Int32.min
  private var dayStart: Int64 = 0
  private var nextDayStart: Int64 = 0
  /// Of the window, for the known day.
  private var low = EntryKey.start
  private var high = EntryKey.end

  init(_ window: Window, _ frame: Frame) {
    self.window = window
    self.frame = frame
    calendar = frame.batch.context.calendar
    if case .between(let from, let to) = window {
      low = .opening(RowBounds.instant(from, calendar, isEnd: false))
      if let to { high = EntryKey(RowBounds.instant(to, calendar, isEnd: true), .end) }
    }
  }

  /// As of when a lane sees.
  mutating func reader(_ lane: Int) -> EntryKey {
    if frame.days[lane] != knownDay { enter(frame.days[lane]) }
    return frame.reader.key(moment: frame.moments[lane], day: (dayStart, nextDayStart))
  }

  /// The entries of a lane: from the first key on, before the second.
  mutating func keys(_ lane: Int) -> (low: EntryKey, high: EntryKey) {
    let seen = reader(lane)
    if case .lastExact(let length) = window {
      let (begin, overflow) = frame.moments[lane].subtractingReportingOverflow(length)
      return (overflow ? .start : .opening(begin &+ 1), seen)
    }
    return (low, min(high, seen))
  }

  private mutating func enter(_ day: Int32) {
    knownDay = day
    dayStart = calendar.start(ofDay: day)
    nextDayStart = calendar.start(ofDay: day &+ 1)
    switch window {
    case .all, .lastExact, .between: break
    case .lastDays(let days): low = .opening(calendar.start(ofDay: day &- days &+ 1))
    case .current(let unit):
      low = .opening(calendar.start(ofDay: calendar.firstDay(unit, calendar.period(unit, ofDay: day))))
    case .previous(let unit):
      let period = calendar.period(unit, ofDay: day)
      low = .opening(calendar.start(ofDay: calendar.firstDay(unit, period &- 1)))
      high = .opening(calendar.start(ofDay: calendar.firstDay(unit, period)))
    }
  }
}
