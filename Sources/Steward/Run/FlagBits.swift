/// A condition at all checks of a batch, a bit a member and check: one made of `any` over days, `not`, `and` and `or`.
///
/// Such a condition is always known, and whole words of checks are decided at once; no member needs lanes for it.
/// - Shape: each member has the same number of words, the first check lowest; bits behind the last check say nothing.
struct FlagBits {
  private(set) var words: [UInt64]
  let wordsPerMember: Int

  /// - Missing: nil where the condition is made of anything else.
  init?(_ node: Int, _ checks: RunContext.Checks, _ batch: BatchRun) {
    guard FlagBits.holds(node, checks, batch.context) else { return nil }
    wordsPerMember = (checks.count + 63) / 64
    var found: [Int: [UInt64]] = [:]
    for index in batch.context.plan.needed(by: [node]) {
      guard let words = FlagBits.words(of: index, wordsPerMember, found, checks, batch) else { return nil }
      found[index] = words
    }
    words = found[node] ?? []
  }

  private static func holds(_ node: Int, _ checks: RunContext.Checks, _ context: RunContext) -> Bool {
    context.plan.needed(by: [node]).allSatisfy { index in
      switch context.plan.nodes[index].op {
      case .flag, .not, .and, .or: true
      case .aggregate(let aggregate): isOfDays(context.plan.aggregates[aggregate], checks, context)
      default: false
      }
    }
  }

  private static func isOfDays(
    _ aggregate: PlanAggregate, _ checks: RunContext.Checks, _ context: RunContext
  ) -> Bool {
    aggregate.function == .any && !aggregate.isCorrelated && aggregate.same.isEmpty
      && context.spans(aggregate.window, checks).goesByDay
  }

  private static func words(
    of index: Int, _ wordsPerMember: Int, _ known: [Int: [UInt64]], _ checks: RunContext.Checks, _ batch: BatchRun
  ) -> [UInt64]? {
    let node = batch.context.plan.nodes[index]
    let inputs = node.inputs.compactMap { known[$0] }
    guard inputs.count == node.inputs.count else { return nil }
    // A word more, so that what begins in a member's last one need not ask whether it ends there.
    let count = wordsPerMember * batch.members.count + 1
    switch node.op {
    case .flag(let flag): return Array(repeating: flag ? .max : 0, count: count)
    case .not: return inputs.first.map { mapLanes($0) { ~$0 } }
    case .and: return inputs.count == 2 ? mapLanes(inputs[0], false, inputs[1], false, count) { $0 & $1 } : nil
    case .or: return inputs.count == 2 ? mapLanes(inputs[0], false, inputs[1], false, count) { $0 | $1 } : nil
    case .aggregate(let index):
      let aggregate = batch.context.plan.aggregates[index]
      let space = batch.space(BatchRun.SpaceKey(pattern: aggregate.pattern, value: aggregate.value, same: []))
      if !space.faults.isEmpty { return nil }
      var words = [UInt64](repeating: 0, count: count)
      let spans = batch.context.spans(aggregate.window, checks)
      FlagBits.set(space.runs(batch, checks), spans, wordsPerMember, checks.count, &words)
      return words
    default: return nil
    }
  }

  /// Sets the checks at which some run counts.
  private static func set(
    _ runs: MatchRuns, _ spans: CheckSpans, _ wordsPerMember: Int, _ checkCount: Int, _ words: inout [UInt64]
  ) {
    let (days, checks, offsets) = (runs.days.span, runs.checks.span, runs.offsets.span)
    var cells = words.mutableSpan
    for member in 0..<max(0, offsets.count - 1) {
      let first = member &* wordsPerMember
      // Long stretches mostly go on from one another.
      var (start, end) = (0, 0)
      for run in Int(offsets[member])..<Int(offsets[member &+ 1]) {
        let span = spans.span(ofDay: days[run], seenBy: checks[run])
        let (from, until) = (max(0, span.from), min(span.until, checkCount))
        if from >= until { continue }
        if until &- from < 64 {
          FlagBits.setShort(from, until &- from, first, &cells)
        } else if from <= end, start < end {
          end = max(end, until)
        } else {
          FlagBits.setLong(start, end, first, &cells)
          (start, end) = (from, until)
        }
      }
      FlagBits.setLong(start, end, first, &cells)
    }
  }

  /// Sets fewer than 64 bits.
  @inline(__always)
  private static func setShort(_ from: Int, _ count: Int, _ first: Int, _ cells: inout MutableSpan<UInt64>) {
    let bits = (1 &<< UInt64(truncatingIfNeeded: count)) &- 1
    let shift = UInt64(truncatingIfNeeded: from & 63)
    let word = first &+ from &>> 6
    cells[word] |= bits &<< shift
    // In two steps, as a shift by 64 is none.
    cells[word &+ 1] |= (bits &>> 1) &>> (63 &- shift)
  }

  @inline(__always)
  private static func setLong(_ from: Int, _ until: Int, _ first: Int, _ cells: inout MutableSpan<UInt64>) {
    if from >= until { return }
    let (low, high) = (from &>> 6, (until &- 1) &>> 6)
    for word in low...high {
      var bits = UInt64.max
      if word == low { bits &= .max &<< UInt64(truncatingIfNeeded: from & 63) }
      if word == high { bits &= .max &>> UInt64(truncatingIfNeeded: 63 &- (until &- 1) & 63) }
      cells[first &+ word] |= bits
    }
  }

  // MARK: Counting

  /// Adds how many members' bits are set, as differences over checks.
  /// - Parameter stays: the checks at which each member counts.
  func add(in stays: [Range<Int>], to counts: inout [Int64]) {
    let bits = words.span
    var output = counts.mutableSpan
    for member in stays.indices where !stays[member].isEmpty {
      let stay = stays[member]
      let (low, high) = (stay.lowerBound &>> 6, (stay.upperBound &- 1) &>> 6)
      var carry: UInt64 = 0
      for word in low...high {
        var own = bits[member &* wordsPerMember &+ word]
        if word == low { own &= .max &<< UInt64(truncatingIfNeeded: stay.lowerBound & 63) }
        if word == high { own &= .max &>> UInt64(truncatingIfNeeded: 63 &- (stay.upperBound &- 1) & 63) }
        // Where a bit is not what the one before it is, counting begins or ends.
        var changes = own ^ (own &<< 1 | carry)
        carry = own &>> 63
        while changes != 0 {
          let place = changes.trailingZeroBitCount
          let isSet = own &>> UInt64(truncatingIfNeeded: place) & 1
          output[word &<< 6 &+ place] &+= Int64(truncatingIfNeeded: isSet) &* 2 &- 1
          changes &= changes &- 1
        }
      }
      if carry != 0 { output[(high &+ 1) &<< 6] &-= 1 }
    }
  }

  /// Where both hold.
  func and(_ other: FlagBits) -> FlagBits {
    var result = self
    result.words = mapLanes(words, false, other.words, false, words.count) { $0 & $1 }
    return result
  }
}

extension CheckCells {
  /// Adds members of whom conditions ask: those among them, and those of whom the value holds too.
  /// - Parameter among: everybody if nil.
  mutating func add(_ value: FlagBits, among: FlagBits?, in stays: [Range<Int>]) {
    if stays.allSatisfy(\.isEmpty) { return }
    openCounts(held: true)
    (among.map { value.and($0) } ?? value).add(in: stays, to: &held)
    if let among { return among.add(in: stays, to: &seen) }
    for stay in stays where !stay.isEmpty { see(stay.lowerBound, stay.upperBound) }
  }
}
