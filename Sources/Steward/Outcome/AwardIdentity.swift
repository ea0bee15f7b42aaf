// Every award has an identity that stays the same from run to run: the rule, the member, and the event's identity or the
// period. Its `id` is a hash of these, so that a ledger, a mail or a spreadsheet can name an award.
//
// What is hashed is a sequence of 64-bit words: the rule's name and the member's id as `SipHash.words`, then 1 and the
// event's key, or 2, the event's instant in microseconds UTC, its kind as spelled in the data and its number among equals,
// or 3 and the period's text.

import Algorithms

/// The first 96 bits of a hash.
struct AwardIdentity: Comparable {
  let low: UInt64
  let high: UInt64

  init(_ hash: (low: UInt64, high: UInt64)) {
    low = hash.low
    high = hash.high & 0xFFFF_FFFF
  }

  /// In the order of the digits as written: bytes from the lowest.
  static func < (left: AwardIdentity, right: AwardIdentity) -> Bool {
    if left.low != right.low { return left.low.byteSwapped < right.low.byteSwapped }
    return left.high.byteSwapped < right.high.byteSwapped
  }
}

/// Finds identities of awards; what a rule and a member add to the hash is prepared once.
struct AwardIdentities {
  private let program: TypedProgram
  private let dataset: Dataset
  private let calendar: Calendar
  private let rules: [SipHash]
  /// Those of all members one after the other; each ends where the next begins.
  private let memberWords: [UInt64]
  private let memberStarts: [Int]
  private let kinds: [[UInt64]]
  let kindNames: [String]
  let keys: EventColumn?
  private let doers: EventColumn?
  private let doerPlaces: [Int32]
  /// Before every `stride` rows, how many have a key; empty where all kinds have one.
  private let keyedBefore: [Int]
  private static let stride = 64

  init(program: TypedProgram, dataset: Dataset, calendar: Calendar) {
    self.program = program
    self.dataset = dataset
    self.calendar = calendar
    rules = program.incentives.map { incentive in
      var hash = SipHash()
      hash.absorb(incentive.name)
      return hash
    }
    var words: [UInt64] = []
    var starts = [0]
    starts.reserveCapacity(dataset.members.ids.count + 1)
    for id in dataset.members.ids {
      words += SipHash.words(id)
      starts.append(words.count)
    }
    memberWords = words
    memberStarts = starts
    doers = dataset.events.doers
    doerPlaces = dataset.events.doers?.places(in: dataset.events) ?? []
    kindNames = program.schema.events?.kinds.map(\.spelling) ?? []
    kinds = (program.schema.events?.kinds ?? []).map { SipHash.words($0.spelling) }
    if program.schema.events?.key != nil, let keys = dataset.events.attributes.last {
      self.keys = keys
    } else {
      keys = nil
    }
    keyedBefore = keys.map { AwardIdentities.keyedBefore($0, dataset.events) } ?? []
  }

  private static func keyedBefore(_ keys: EventColumn, _ events: EventStore) -> [Int] {
    if keys.kinds.allSatisfy({ $0 != 0 }) { return [] }
    var result: [Int] = []
    result.reserveCapacity(events.rows.count / stride + 1)
    var count = 0
    for (row, word) in events.rows.enumerated() {
      if row % stride == 0 { result.append(count) }
      if hasKey(word, keys) { count += 1 }
    }
    if events.rows.count % stride == 0 { result.append(count) }
    return result
  }

  @inline(__always)
  private static func hasKey(_ word: UInt64, _ keys: EventColumn) -> Bool {
    let kind = Int(word & EventStore.kindMask)
    return keys.kinds.indices.contains(kind) && keys.kinds[kind] != 0
  }

  /// How many rows before one have a key. - Cost: a look at 63 rows at most.
  private func keyed(before row: Int, _ keys: EventColumn) -> Int {
    let block = row / AwardIdentities.stride
    guard keyedBefore.indices.contains(block) else { return 0 }
    let rows = dataset.events.rows
    return (block * AwardIdentities.stride..<row).reduce(keyedBefore[block]) {
      $0 + (AwardIdentities.hasKey(rows[$1], keys) ? 1 : 0)
    }
  }

  /// The key of the event at a row, if it has one.
  func key(row: Int, member: Int) -> String? {
    guard let keys, case .codes(let codes) = keys.column.storage else { return nil }
    var index = row
    if !keyedBefore.isEmpty {
      let events = dataset.events
      guard events.offsets.indices.contains(member), keys.offsets.indices.contains(member),
        events.rows.indices.contains(row),
        AwardIdentities.hasKey(events.rows[row], keys)
      else { return nil }
      index = keys.offsets[member] + keyed(before: row, keys) - keyed(before: events.offsets[member], keys)
    }
    guard codes.indices.contains(index) else { return nil }
    if keys.column.missing.indices.contains(index), keys.column.missing[index] != 0 { return nil }
    return dataset.texts[codes[index]]
  }

  /// The kind of the event at a row, and its number among the member's events of that kind at that instant, from 1.
  func kindAndNumber(row: Int, member: Int) -> (kind: Int, number: Int) {
    let rows = dataset.events.rows
    guard rows.indices.contains(row) else { return (0, 1) }
    let word = rows[row]
    // Words of a member ascend: equal ones stand together, however many there are.
    let start = dataset.events.offsets.indices.contains(member) ? min(row, dataset.events.offsets[member]) : 0
    var first = rows[start..<row].partitioningIndex { $0 >= word }
    let kind = Int(truncatingIfNeeded: word & EventStore.kindMask)
    // An event that somebody else did is numbered among the doer's.
    if let doer = doer(row: row) { while first < row, self.doer(row: first) != doer { first += 1 } }
    return (kind, row - first + 1)
  }

  /// Who did the event at a row, where it was not the member.
  func doer(row: Int) -> Int? {
    guard let doers, let place = doerPlaces.indices.contains(row) ? Int(doerPlaces[row]) : nil,
      dataset.events.rows.indices.contains(row), doers.kinds[Int(dataset.events.rows[row] & EventStore.kindMask)] != 0
    else { return nil }
    return doers.column.code(place).map { Int($0) }
  }

  /// - Cost: about a tenth of a microsecond.
  func identity(of award: AwardRecord) -> AwardIdentity {
    let rule = Int(award.rule)
    let member = Int(award.member)
    var hash = rules.indices.contains(rule) ? rules[rule] : SipHash()
    absorb(member, &hash)
    if award.event >= 0 {
      if let key = key(row: Int(award.event), member: member) {
        hash.absorb(1)
        hash.absorb(key)
      } else {
        let (kind, number) = kindAndNumber(row: Int(award.event), member: member)
        hash.absorb(2)
        hash.absorb(UInt64(bitPattern: award.at))
        if kinds.indices.contains(kind) { hash.absorb(kinds[kind]) }
        if let doer = doer(row: Int(award.event)) { absorb(doer, &hash) }
        hash.absorb(UInt64(number))
      }
    } else {
      hash.absorb(3)
      hash.absorb(period(of: award))
    }
    return AwardIdentity(hash.finished())
  }

  private func absorb(_ member: Int, _ hash: inout SipHash) {
    guard member >= 0, member + 1 < memberStarts.count else { return }
    for index in memberStarts[member]..<memberStarts[member + 1] { hash.absorb(memberWords[index]) }
  }

  /// The period at whose end a rule gave an award: `2026-W10`.
  func period(of award: AwardRecord) -> String {
    let rule = Int(award.rule)
    guard program.incentives.indices.contains(rule), case .every(let unit) = program.incentives[rule].trigger else {
      return ""
    }
    return calendar.text(unit, calendar.period(unit, ofDay: calendar.day(of: award.at)))
  }

  /// The identity of a change of tier: ladder, member, instant.
  func identity(of change: TierChange) -> AwardIdentity {
    var hash = SipHash()
    let ladder = Int(change.ladder)
    let member = Int(change.member)
    if program.ladders.indices.contains(ladder) { hash.absorb(program.ladders[ladder].name) }
    absorb(member, &hash)
    hash.absorb(4)
    hash.absorb(UInt64(bitPattern: change.at))
    return AwardIdentity(hash.finished())
  }
}
