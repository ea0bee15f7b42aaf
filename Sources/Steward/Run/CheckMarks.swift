/// One bit a member and check.
struct CheckMarks {
  private let checkCount: Int
  private let wordsPerMember: Int
  private var words: [UInt64]

  init(checks: RunContext.Checks, memberCount: Int) {
    checkCount = checks.count
    wordsPerMember = (checks.count + 63) / 64
    words = Array(repeating: 0, count: wordsPerMember * memberCount)
  }

  /// Marks a check; one beyond the last is nothing.
  @inline(__always)
  mutating func set(_ member: Int, _ check: Int) {
    if check >= checkCount || check < 0 { return }
    words[member &* wordsPerMember &+ check &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: check & 63)
  }

  func has(_ member: Int, _ check: Int) -> Bool {
    words[member &* wordsPerMember &+ check &>> 6] & (1 &<< UInt64(truncatingIfNeeded: check & 63)) != 0
  }

  mutating func setAll(_ member: Int) {
    for word in 0..<wordsPerMember { words[member * wordsPerMember + word] = .max }
  }

  // MARK: Runs

  /// Marks the checks at which runs come to count and cease to.
  /// - Parameter isJoined: only those at which a member begins to have any, or has none any more.
  mutating func set(_ runs: MatchRuns, _ spans: CheckSpans, isJoined: Bool) {
    let (days, checks, offsets) = (runs.days.span, runs.checks.span, runs.offsets.span)
    let (checkCount, wordsPerMember) = (checkCount, wordsPerMember)
    var cells = words.mutableSpan
    for member in 0..<(offsets.count - 1) {
      let first = member &* wordsPerMember
      var end = -1
      for run in Int(offsets[member])..<Int(offsets[member &+ 1]) {
        let (from, until) = spans.span(ofDay: days[run], seenBy: checks[run])
        if from >= until { continue }
        if isJoined, from <= end {
          end = max(end, until)
          continue
        }
        CheckMarks.put(end, first, checkCount, &cells)
        CheckMarks.put(from, first, checkCount, &cells)
        end = until
        if !isJoined { CheckMarks.put(end, first, checkCount, &cells) }
      }
      CheckMarks.put(end, first, checkCount, &cells)
    }
  }

  @inline(__always)
  private static func put(_ check: Int, _ first: Int, _ count: Int, _ cells: inout MutableSpan<UInt64>) {
    if check >= count || check < 0 { return }
    cells[first &+ check &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: check & 63)
  }

  // MARK: Lanes

  /// The marks of each member in a range of checks, as lanes: for each its member and check, and where its member's next
  /// lane is, or the range ends.
  func lanes(in ranges: [Range<Int>]) -> (members: [Int32], checks: [Int32], ends: [Int32]) {
    var total = 0
    for member in ranges.indices where !ranges[member].isEmpty {
      for word in CheckMarks.words(of: ranges[member]) {
        total &+= bits(member, word, ranges[member]).nonzeroBitCount
      }
    }
    var members = [Int32](repeating: 0, count: total)
    var (checks, ends) = (members, members)
    put(ranges, &members, &checks, &ends)
    return (members, checks, ends)
  }

  private func put(
    _ ranges: [Range<Int>], _ members: inout [Int32], _ checks: inout [Int32], _ ends: inout [Int32]
  ) {
    var owners = members.mutableSpan
    var places = checks.mutableSpan
    var limits = ends.mutableSpan
    var lane = 0
    for member in ranges.indices where !ranges[member].isEmpty {
      let first = lane
      for word in CheckMarks.words(of: ranges[member]) {
        var bits = bits(member, word, ranges[member])
        while bits != 0 {
          let check = Int32(truncatingIfNeeded: word &<< 6 &+ bits.trailingZeroBitCount)
          owners[lane] = Int32(truncatingIfNeeded: member)
          places[lane] = check
          if lane > first { limits[lane &- 1] = check }
          lane &+= 1
          bits &= bits &- 1
        }
      }
      if lane > first { limits[lane &- 1] = Int32(truncatingIfNeeded: ranges[member].upperBound) }
    }
  }

  @inline(__always)
  private static func words(of range: Range<Int>) -> ClosedRange<Int> {
    (range.lowerBound &>> 6)...((range.upperBound &- 1) &>> 6)
  }

  /// The marks of one word that lie in a range.
  @inline(__always)
  private func bits(_ member: Int, _ word: Int, _ range: Range<Int>) -> UInt64 {
    var bits = words[member &* wordsPerMember &+ word]
    let last = range.upperBound &- 1
    if word == range.lowerBound &>> 6 { bits &= .max &<< UInt64(truncatingIfNeeded: range.lowerBound & 63) }
    if word == last &>> 6 { bits &= .max &>> UInt64(truncatingIfNeeded: 63 &- (last & 63)) }
    return bits
  }
}
