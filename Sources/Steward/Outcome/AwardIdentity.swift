// Every award has an identity that stays the same from run to run: the rule, the member, and the event's identity or the
// period. Its `id` is a hash of these, so that a ledger, a mail or a spreadsheet can name an award.
//
// What is hashed is a sequence of 64-bit words: the rule's name and the member's id as `SipHash.words`, then 1 and the
// event's key, or 2, the event's instant in microseconds UTC, its kind as spelled in the data and its number among equals,
// or 3 and the period's text.

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
  private let members: [[UInt64]]
  private let kinds: [[UInt64]]
  let kindNames: [String]
  let keys: EventColumn?
  private let allKindsHaveKeys: Bool

  init(program: TypedProgram, dataset: Dataset, calendar: Calendar) {
    self.program = program
    self.dataset = dataset
    self.calendar = calendar
    rules = program.incentives.map { incentive in
      var hash = SipHash()
      hash.absorb(SipHash.words(incentive.name)[...])
      return hash
    }
    members = dataset.members.ids.map(SipHash.words)
    kindNames = program.schema.events?.kinds.map(\.spelling) ?? []
    kinds = (program.schema.events?.kinds ?? []).map { SipHash.words($0.spelling) }
    if program.schema.events?.key != nil, let keys = dataset.events.attributes.last {
      self.keys = keys
    } else {
      keys = nil
    }
    allKindsHaveKeys = keys?.kinds.allSatisfy { $0 != 0 } ?? false
  }

  /// The key of the event at a row, if it has one.
  func key(row: Int, member: Int) -> String? {
    guard let keys, case .codes(let codes) = keys.column.storage else { return nil }
    var index = row
    if !allKindsHaveKeys {
      let rows = dataset.events.rows
      guard dataset.events.offsets.indices.contains(member), keys.offsets.indices.contains(member), rows.indices.contains(row)
      else { return nil }
      func has(_ row: Int) -> Bool {
        let kind = Int(rows[row] & EventStore.kindMask)
        return keys.kinds.indices.contains(kind) && keys.kinds[kind] != 0
      }
      guard has(row) else { return nil }
      index = keys.offsets[member]
      for earlier in dataset.events.offsets[member]..<row where has(earlier) { index += 1 }
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
    var low = dataset.events.offsets.indices.contains(member) ? min(row, dataset.events.offsets[member]) : 0
    var high = row
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] < word { low = middle + 1 } else { high = middle }
    }
    return (Int(truncatingIfNeeded: word & EventStore.kindMask), row - low + 1)
  }

  /// - Cost: about a tenth of a microsecond.
  func identity(of award: AwardRecord) -> AwardIdentity {
    let rule = Int(award.rule)
    let member = Int(award.member)
    var hash = rules.indices.contains(rule) ? rules[rule] : SipHash()
    if members.indices.contains(member) { hash.absorb(members[member][...]) }
    if award.event >= 0 {
      if let key = key(row: Int(award.event), member: member) {
        hash.absorb(1)
        hash.absorb(SipHash.words(key)[...])
      } else {
        let (kind, number) = kindAndNumber(row: Int(award.event), member: member)
        hash.absorb(2)
        hash.absorb(UInt64(bitPattern: award.at))
        if kinds.indices.contains(kind) { hash.absorb(kinds[kind][...]) }
        hash.absorb(UInt64(number))
      }
    } else {
      hash.absorb(3)
      hash.absorb(SipHash.words(period(of: award))[...])
    }
    return AwardIdentity(hash.finished())
  }

  /// The period at whose end a rule gave an award: `2026-W10`.
  func period(of award: AwardRecord) -> String {
    let rule = Int(award.rule)
    guard program.incentives.indices.contains(rule), case .every(let unit) = program.incentives[rule].trigger else { return "" }
    return calendar.text(unit, calendar.period(unit, ofDay: calendar.day(of: award.at)))
  }

  /// The identity of a change of tier: ladder, member, instant.
  func identity(of change: TierChange) -> AwardIdentity {
    var hash = SipHash()
    let ladder = Int(change.ladder)
    let member = Int(change.member)
    if program.ladders.indices.contains(ladder) { hash.absorb(SipHash.words(program.ladders[ladder].name)[...]) }
    if members.indices.contains(member) { hash.absorb(members[member][...]) }
    hash.absorb(4)
    hash.absorb(UInt64(bitPattern: change.at))
    return AwardIdentity(hash.finished())
  }
}
