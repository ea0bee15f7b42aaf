// How many matches of a space lie before a row.

extension MatchSpace {
  /// How many matches lie before the bound of each lane of a frame, which lies among the rows of its member or behind them.
  /// - Cost: nothing to search for where a bound is the end of its member's rows, or all rows match.
  func ranks(of bounds: [Int32], _ frame: Frame) -> [Int32] {
    if isWhole { return bounds }
    let (rows, lanes, stream) = (rows, frame.members, frame.batch.events)
    let offsets = memberOffsets(stream)
    guard lanes.count == bounds.count else { return [] }
    return MatchSpace.ranks(bounds.span, lanes.span, rows.span, offsets.span, stream.offsets.span)
  }

  private static func ranks(
    _ bounds: Swift.Span<Int32>, _ members: Swift.Span<Int32>, _ matches: Swift.Span<Int32>,
    _ offsets: Swift.Span<Int32>, _ ends: Swift.Span<Int32>
  ) -> [Int32] {
    var member: Int32 = -1
    // The member's matches and rows.
    var (first, end, position) = (0, 0, 0)
    var (firstRow, endRow): (Int32, Int32) = (0, 0)
    return Array(capacity: bounds.count) { ranks in
      for lane in bounds.indices {
        let bound = bounds[lane]
        let isNew = members[lane] != member
        if isNew {
          member = members[lane]
          (first, end) = (Int(offsets[Int(member)]), Int(offsets[Int(member) &+ 1]))
          (firstRow, endRow) = (ends[Int(member)], ends[Int(member) &+ 1])
          position = first
        }
        if bound >= endRow {
          position = end
        } else if bound <= firstRow {
          position = first
        } else if isNew {
          position = search(matches, first, end, bound)
        } else {
          position = gallop(matches, first, position, end, bound)
        }
        ranks.append(Int32(truncatingIfNeeded: position))
      }
    }
  }

  /// The first of some matches that is not before a row.
  @inline(__always)
  private static func search(_ matches: Swift.Span<Int32>, _ first: Int, _ end: Int, _ row: Int32) -> Int {
    var (low, high) = (first, end)
    while low < high {
      let middle = (low &+ high) &>> 1
      if matches[middle] < row { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  /// The same, looked for from a match on: bounds of a member's lanes mostly ascend.
  @inline(__always)
  private static func gallop(
    _ matches: Swift.Span<Int32>, _ first: Int, _ position: Int, _ end: Int, _ row: Int32
  ) -> Int {
    var low = position
    if low > first, matches[low &- 1] >= row { low = first }
    var high = low
    var step = 1
    while high < end, matches[high] < row {
      low = high &+ 1
      high = min(end, high &+ step)
      step &*= 2
    }
    return search(matches, low, high, row)
  }

  /// For each member where its matches begin, and one more.
  private func memberOffsets(_ stream: Stream) -> [Int32] {
    if let known = offsets { return known }
    let (rows, ends) = (rows, stream.offsets)
    let (matches, bounds) = (rows.span, ends.span)
    var position = 0
    let made = Array<Int32>(capacity: ends.count) { made in
      for member in bounds.indices {
        position = MatchSpace.gallop(matches, 0, position, matches.count, bounds[member])
        made.append(Int32(truncatingIfNeeded: position))
      }
    }
    offsets = made
    return made
  }
}
