import Algorithms

/// The rules of a time zone: what its clocks showed, and will show, at every instant.
///
/// The host gives them as TZif bytes; see `init(tzif:)`. Between two transitions the offset is fixed; after the year
/// 2200 the last offset stays.
/// - Unit: instants and offsets in microseconds.
public struct ZoneRules: Hashable, Sendable {
  /// The instants at which the offset changes, ascending.
  let transitions: [Int64]
  /// The offset from UTC before the first transition, then after each: one more than there are transitions.
  let offsets: [Int64]
  /// For each transition, one past the greatest local time shown before it.
  let reach: [Int64]
  /// A 64-bit hash of offsets and transitions: equal rules have equal ones, on every machine.
  public let fingerprint: UInt64

  public static let utc = ZoneRules(fixedSeconds: 0)

  /// A zone whose clocks never change. - Unit: seconds east of UTC.
  public init(fixedSeconds: Int32) {
    self.init(offsets: [Int64(fixedSeconds) * 1_000_000], transitions: [])
  }

  /// - Shape: one offset more than there are transitions, which ascend.
  init(offsets allOffsets: [Int64], transitions allTransitions: [Int64]) {
    var offsets = [allOffsets.first ?? 0]
    var transitions: [Int64] = []
    for (instant, offset) in zip(allTransitions, allOffsets.dropFirst()) where offset != offsets.last {
      transitions.append(instant)
      offsets.append(offset)
    }
    var reach: [Int64] = []
    var hash = Fingerprint()
    hash.add(offsets[0])
    for (index, instant) in transitions.enumerated() {
      let local = instant.clampedSum(offsets[index])
      reach.append(max(local, reach.last ?? local))
      hash.add(instant)
      hash.add(offsets[index + 1])
    }
    self.transitions = transitions
    self.offsets = offsets
    self.reach = reach
    self.fingerprint = hash.value
  }

  /// Whether the zone is UTC itself, whose times end in `Z`.
  public var isUTC: Bool { transitions.isEmpty && offsets[0] == 0 }

  /// The number of transitions up to an instant, which is the place of its offset.
  func segment(at instant: Int64) -> Int {
    guard let last = transitions.last else { return 0 }
    if instant >= last { return transitions.count }
    return transitions.partitioningIndex { $0 > instant }
  }

  /// How far local time is ahead of UTC at an instant.
  func offset(at instant: Int64) -> Int64 { offsets[segment(at: instant)] }

  /// The local time at an instant, but never an earlier one than was shown before: in a repeated hour it stands still.
  ///
  /// - Unit: microseconds since 1970-01-01 00:00 of local time.
  func steadyLocal(at instant: Int64) -> Int64 {
    let segment = segment(at: instant)
    let local = instant.clampedSum(offsets[segment])
    return segment == 0 ? local : max(local, reach[segment - 1] - 1)
  }

  /// The first instant at which local time is, or has passed, that one.
  func firstInstant(ofLocal local: Int64) -> Int64 {
    let segment = reach.prefix(transitions.count).partitioningIndex { $0 > local }
    let instant = local.clampedSum(-offsets[segment])
    return segment == 0 ? instant : max(instant, transitions[segment - 1])
  }
}

/// FNV-1a over 64-bit words, byte by byte. Source: Fowler, Noll, Vo, "The FNV Non-Cryptographic Hash Algorithm".
private struct Fingerprint {
  var value: UInt64 = 0xcbf2_9ce4_8422_2325
  mutating func add(_ word: Int64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      value = (value ^ UInt64(truncatingIfNeeded: (word >> Int64(shift)) & 0xff)) &* 0x100_0000_01b3
    }
  }
}

extension Int64 {
  /// The sum, or the nearest value there is.
  func clampedSum(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }

  /// The product, or the nearest value there is.
  func clampedProduct(_ other: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
  }

  /// The quotient rounded down, by a positive divisor.
  func floorQuotient(_ divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
