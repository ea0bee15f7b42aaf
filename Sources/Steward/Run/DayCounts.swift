/// How many rows of each kind a batch has on each day: one pass over the rows serves every plain count about the community.
struct DayCounts {
  private let kindCount: Int
  private let firstDay: Int32
  private let dayCount: Int
  /// By day, then kind.
  private let cells: [Int32]
  /// Rows of days before the first.
  private let early: [Int32]
  private let stream: Stream

  /// - Missing: nil where the cells would be many more than the rows.
  init?(_ stream: Stream, firstDay: Int32, lastDay: Int32) {
    let kindCount = stream.kindCount
    // Rows of a year before the run are counted like its own.
    let first = max(min(firstDay, stream.dayRuns.days.min() ?? firstDay), max(firstDay, .min + 400) - 400)
    let dayCount = max(0, Int(lastDay) - Int(first) + 1)
    if kindCount * dayCount > 4096 + 2 * stream.count { return nil }
    var counts = [Int32](repeating: 0, count: kindCount * dayCount)
    let cellOfRun = mapLanes(stream.dayRuns.days) { day in
      let place = Int(day) &- Int(first)
      return place < 0 || place >= dayCount ? -1 : Int32(truncatingIfNeeded: place &* kindCount)
    }
    early = DayCounts.count(cellOfRun.span, stream.runs.span, stream.kinds.span, &counts)
    cells = counts
    self.stream = stream
    (self.kindCount, self.firstDay, self.dayCount) = (kindCount, first, dayCount)
  }

  /// Gives the rows of other days.
  /// - Parameter cellOfRun: the first cell of its day, or -1.
  private static func count(
    _ cellOfRun: Swift.Span<Int32>, _ runs: Swift.Span<Int32>, _ kinds: Swift.Span<UInt16>, _ cells: inout [Int32]
  ) -> [Int32] {
    var early: [Int32] = []
    var counts = cells.mutableSpan
    for row in runs.indices {
      let cell = Int(cellOfRun[Int(runs[row])])
      if cell < 0 {
        early.append(Int32(truncatingIfNeeded: row))
      } else {
        counts[cell &+ Int(kinds[row])] &+= 1
      }
    }
    return early
  }

  /// How many rows of each kind there are.
  var totals: [Int] {
    var result = [Int](repeating: 0, count: kindCount)
    for day in 0..<dayCount {
      for kind in result.indices { result[kind] &+= Int(cells[day &* kindCount &+ kind]) }
    }
    for row in early { result[Int(stream.kinds[Int(row)])] &+= 1 }
    return result
  }

  /// Adds the rows of some kinds to differences over checks.
  /// - Parameter wanted: one byte a kind: 1 if it belongs.
  func add(_ wanted: [UInt8], _ spans: CheckSpans, to seen: inout [Int64]) {
    var kindsWanted = Array(wanted.prefix(kindCount))
    while kindsWanted.count < kindCount { kindsWanted.append(0) }
    let (counts, belongs) = (cells.span, kindsWanted.span)
    var output = seen.mutableSpan
    for day in 0..<dayCount {
      var number: Int32 = 0
      for kind in belongs.indices { number &+= counts[day &* kindCount &+ kind] &* Int32(belongs[kind]) }
      if number == 0 { continue }
      let (from, until) = spans.span(ofDay: firstDay &+ Int32(truncatingIfNeeded: day))
      if from >= until { continue }
      output[from] &+= Int64(number)
      output[until] &-= Int64(number)
    }
    for row in early where belongs[Int(stream.kinds[Int(row)])] != 0 {
      let (from, until) = spans.span(ofDay: stream.day(of: Int(row)))
      if from >= until { continue }
      output[from] &+= 1
      output[until] &-= 1
    }
  }
}
