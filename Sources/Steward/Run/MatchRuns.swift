/// The matches of a space, cut where their member, their day, or the check that first sees them changes.
///
/// Windows that go by days treat the matches of a run alike, so that what comes and goes with checks is found a run at a
/// time, however many matches it has.
/// - Shape: runs ascend by (member, time), as matches do.
struct MatchRuns {
  /// For each member of the batch where its runs begin, and one more.
  private(set) var offsets: [Int32] = []
  /// By run its first match, and one more: how many matches there are.
  private(set) var firsts: [Int32] = []
  private(set) var days: [Int32] = []
  /// By run the first check that sees its matches, where a day may have several; else 0, as the day alone decides.
  private(set) var checks: [Int32] = []

  var count: Int { days.count }

  /// - Cost: one pass over the matches, without a branch where a day has no more than one check.
  init(_ space: MatchSpace, _ stream: Stream, _ checks: RunContext.Checks, firstDay: Int32) {
    let rows = space.rows
    if checks.isWithinDays {
      offsets.reserveCapacity(stream.offsets.count)
      cut(rows.span, stream, checks, firstDay)
      let count = Int32(truncatingIfNeeded: days.count)
      while offsets.count < stream.offsets.count { offsets.append(count) }
      firsts.append(Int32(truncatingIfNeeded: rows.count))
      return
    }
    let all = stream.dayRuns
    if space.isWhole {
      (offsets, firsts, days) = (all.offsets, all.starts, all.days)
    } else {
      let numbers = MatchRuns.cut(rows.span, stream.runs.span, &firsts)
      days = Gather.pick(all.days, numbers)
      offsets = Array(repeating: 0, count: stream.offsets.count)
      MatchRuns.findOffsets(numbers.span, all.owners.span, &offsets)
    }
    self.checks = Array(repeating: 0, count: days.count)
  }

  /// Gives the day runs of the stream that have matches, and finds the first match of each, and the end.
  private static func cut(
    _ rows: Swift.Span<Int32>, _ runs: Swift.Span<Int32>, _ firsts: inout [Int32]
  ) -> [Int32] {
    firsts = Array(repeating: 0, count: rows.count + 1)
    var numbers = firsts
    var count = 0
    do {
      var firstMatches = firsts.mutableSpan
      var found = numbers.mutableSpan
      var previous: Int32 = -1
      for match in rows.indices {
        // The next place is always filled, and kept only where a run begins.
        let run = runs[Int(rows[match])]
        found[count] = run
        firstMatches[count] = Int32(truncatingIfNeeded: match)
        count &+= run == previous ? 0 : 1
        previous = run
      }
      firstMatches[count] = Int32(truncatingIfNeeded: rows.count)
    }
    firsts.removeLast(firsts.count - count - 1)
    numbers.removeLast(numbers.count - count)
    return numbers
  }

  private static func findOffsets(
    _ numbers: Swift.Span<Int32>, _ owners: Swift.Span<Int32>, _ offsets: inout [Int32]
  ) {
    var ends = offsets.mutableSpan
    for run in numbers.indices { ends[Int(owners[Int(numbers[run])]) &+ 1] = Int32(truncatingIfNeeded: run &+ 1) }
    // Who has none begins where the one before ends.
    for member in 1..<max(1, ends.count) { ends[member] = max(ends[member], ends[member &- 1]) }
  }

  private mutating func cut(
    _ rows: Swift.Span<Int32>, _ stream: Stream, _ checks: RunContext.Checks, _ firstDay: Int32
  ) {
    let (runs, times) = (stream.runs.span, stream.times.span)
    let (runDays, owners) = (stream.dayRuns.days.span, stream.dayRuns.owners.span)
    var (offsets, firsts, days, seen) = (self.offsets, self.firsts, self.days, self.checks)
    var match = 0
    while match < rows.count {
      var row = Int(rows[match])
      let run = runs[row]
      let (owner, day) = (Int(owners[Int(run)]), runDays[Int(run)])
      while offsets.count <= owner { offsets.append(Int32(truncatingIfNeeded: days.count)) }
      let check = checks.check(seeing: times[row], ofDay: day, firstDay: firstDay)
      firsts.append(Int32(truncatingIfNeeded: match))
      days.append(day)
      seen.append(Int32(truncatingIfNeeded: check))
      // The last instant that the check sees.
      let last = check < checks.count ? checks.moments[check] : .max
      match &+= 1
      while match < rows.count {
        row = Int(rows[match])
        if runs[row] != run || times[row] > last { break }
        match &+= 1
      }
    }
    (self.offsets, self.firsts, self.days, self.checks) = (offsets, firsts, days, seen)
  }

  /// Gives the runs that some window ever sees: the member, the number of the run, and from which check to which it counts.
  @inline(__always)
  func forEach(_ spans: CheckSpans, _ body: (Int, Int, Int, Int) -> Void) {
    let (days, checks, offsets) = (days.span, checks.span, offsets.span)
    for member in 0..<max(0, offsets.count - 1) {
      for run in Int(offsets[member])..<Int(offsets[member &+ 1]) {
        let (from, until) = spans.span(ofDay: days[run], seenBy: checks[run])
        if from < until { body(member, run, from, until) }
      }
    }
  }

  /// How many matches a run has.
  @inline(__always)
  func size(_ run: Int) -> Int { Int(firsts[run &+ 1] &- firsts[run]) }
}

extension MatchSpace {
  /// The runs of a space that is not regrouped; made when the first window asks.
  func runs(_ batch: BatchRun, _ checks: RunContext.Checks) -> MatchRuns {
    if let known = runsByRhythm[checks.rhythm] { return known }
    let made = MatchRuns(self, batch.events, checks, firstDay: batch.context.firstDay)
    runsByRhythm[checks.rhythm] = made
    return made
  }
}

extension AggregateRun.Stretches {
  /// The stretches of lanes at checks, found by walking through each member's runs and lanes together.
  /// - Cost: linear in both.
  init(_ space: MatchSpace, _ runs: MatchRuns, _ spans: CheckSpans, _ frame: Frame, _ checkOfLane: [Int32]) {
    var low = [Int32](repeating: 0, count: frame.count)
    var high = low
    if let limits = spans.limits {
      AggregateRun.Stretches.walk(runs, limits, frame.members, checkOfLane, &low, &high)
    } else {
      AggregateRun.Stretches.walk(runs, spans, frame.members, checkOfLane, &low, &high)
    }
    self.init(space: space, low: low, high: high)
  }

  private static func walk(
    _ runs: MatchRuns, _ limits: CheckSpans.DayLimits, _ members: [Int32], _ checkOfLane: [Int32],
    _ low: inout [Int32], _ high: inout [Int32]
  ) {
    let (owners, lanes) = (members.span, checkOfLane.span)
    let (offsets, firsts, days) = (runs.offsets.span, runs.firsts.span, runs.days.span)
    let (lastCome, lastGone) = (limits.come.span, limits.gone.span)
    var lows = low.mutableSpan
    var highs = high.mutableSpan
    var member: Int32 = -1
    var (gone, come, end) = (0, 0, 0)
    for lane in lanes.indices {
      let check = Int(lanes[lane])
      if owners[lane] != member {
        member = owners[lane]
        gone = Int(offsets[Int(member)])
        come = gone
        end = Int(offsets[Int(member) &+ 1])
      }
      let (comeDay, goneDay) = (lastCome[check], lastGone[check])
      while come < end, days[come] <= comeDay { come &+= 1 }
      while gone < come, days[gone] <= goneDay { gone &+= 1 }
      lows[lane] = firsts[gone]
      highs[lane] = firsts[come]
    }
  }

  /// The same where a day may have several checks.
  private static func walk(
    _ runs: MatchRuns, _ spans: CheckSpans, _ members: [Int32], _ checkOfLane: [Int32], _ low: inout [Int32],
    _ high: inout [Int32]
  ) {
    let (owners, lanes) = (members.span, checkOfLane.span)
    let (offsets, firsts, days, checks) = (runs.offsets.span, runs.firsts.span, runs.days.span, runs.checks.span)
    var lows = low.mutableSpan
    var highs = high.mutableSpan
    var member: Int32 = -1
    var (gone, come, end) = (0, 0, 0)
    for lane in lanes.indices {
      let check = Int(lanes[lane])
      if owners[lane] != member {
        member = owners[lane]
        gone = Int(offsets[Int(member)])
        come = gone
        end = Int(offsets[Int(member) &+ 1])
      }
      while come < end, spans.span(ofDay: days[come], seenBy: checks[come]).from <= check { come &+= 1 }
      while gone < come, spans.span(ofDay: days[gone], seenBy: checks[gone]).until <= check { gone &+= 1 }
      lows[lane] = firsts[gone]
      highs[lane] = firsts[come]
    }
  }
}
