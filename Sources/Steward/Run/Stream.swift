import Algorithms

/// The events of the members of a batch, unpacked.
///
/// - Shape: rows ordered by (member, time, …); `offsets` has an entry a member and one more.
struct Stream {
  var offsets: [Int32] = [0]
  /// - Unit: microseconds since 1970-01-01 00:00 UTC.
  var times: [Int64] = []
  var kinds: [UInt16] = []
  /// By row, which of `dayRuns` it belongs to.
  var runs: [Int32] = []
  var dayRuns = DayRuns()
  /// For each member the row in `EventStore.rows` of its first row here.
  var firstRows: [Int] = []
  /// All kinds are below it.
  private(set) var kindCount = 0

  var count: Int { times.count }

  /// Reads the events of some members up to an instant.
  /// - Cost: three passes over their rows, two of them without a branch.
  init(events store: EventStore, members: Range<Int>, through asOf: Int64, calendar: Calendar) {
    let range = store.offsets[members.lowerBound]..<store.offsets[members.upperBound]
    offsets.reserveCapacity(members.count + 1)
    firstRows.reserveCapacity(members.count)
    let last = store.lastWord(through: asOf)
    var count = 0
    for member in members {
      let (start, end) = (store.offsets[member], store.offsets[member &+ 1])
      firstRows.append(start)
      count &+= Stream.count(store.rows, start..<end, through: last)
      offsets.append(Int32(truncatingIfNeeded: count))
    }
    if count == range.count {
      let words = store.rows.words(range)
      unpack(words.span, store.base, calendar)
    } else {
      var seen: [UInt64] = []
      seen.reserveCapacity(count)
      for member in firstRows.indices {
        seen += store.rows[firstRows[member]..<(firstRows[member] + rows(of: member).count)]
      }
      unpack(seen.span, store.base, calendar)
    }
  }

  /// How many of a member's rows are not above the last one.
  private static func count(_ rows: EventWords, _ range: Range<Int>, through last: UInt64?) -> Int {
    guard let last else { return 0 }
    guard !range.isEmpty, rows[range.upperBound - 1] > last else { return range.count }
    return rows[range].partitioningIndex { $0 > last } - range.lowerBound
  }

  private mutating func unpack(_ words: Swift.Span<UInt64>, _ base: Int64, _ calendar: Calendar) {
    times = Array(repeating: 0, count: words.count)
    kinds = Array(repeating: 0, count: words.count)
    runs = Array(repeating: 0, count: words.count)
    Stream.unpack(times: words, base, &times)
    Stream.unpack(kinds: words, &kinds)
    kindCount = Int(kinds.max() ?? 0) + 1
    dayRuns = DayRuns(words, base, calendar, offsets, &runs)
  }

  private static func unpack(times words: Swift.Span<UInt64>, _ base: Int64, _ times: inout [Int64]) {
    var output = times.mutableSpan
    guard words.count == output.count else { return }
    for row in words.indices {
      output[row] = base &+ Int64(truncatingIfNeeded: words[row] &>> EventStore.kindBits)
    }
  }

  private static func unpack(kinds words: Swift.Span<UInt64>, _ kinds: inout [UInt16]) {
    var output = kinds.mutableSpan
    guard words.count == output.count else { return }
    for row in words.indices { output[row] = UInt16(truncatingIfNeeded: words[row] & EventStore.kindMask) }
  }

  /// The rows of a member of the batch.
  func rows(of member: Int) -> Range<Int> { Int(offsets[member])..<Int(offsets[member + 1]) }

  /// The local day of a row.
  @inline(__always)
  func day(of row: Int) -> Int32 { dayRuns.days[Int(runs[row])] }

  /// The place in the batch of the member whose row it is.
  @inline(__always)
  func owner(of row: Int) -> Int32 { dayRuns.owners[Int(runs[row])] }

  /// The owners of some rows.
  func owners(of rows: [Int32]) -> [Int32] { Stream.pick(dayRuns.owners, runs, rows) }

  /// The local days of some rows.
  func days(of rows: [Int32]) -> [Int32] { Stream.pick(dayRuns.days, runs, rows) }

  private static func pick(_ values: [Int32], _ runs: [Int32], _ rows: [Int32]) -> [Int32] {
    let (source, places) = (values.span, runs.span)
    return mapLanes(rows) { source[Int(places[Int($0)])] }
  }
}

/// The rows of a stream, cut where their member or their day changes.
struct DayRuns {
  /// For each member where its runs begin, and one more.
  private(set) var offsets: [Int32] = [0]
  /// By run its first row, and one more: how many rows there are.
  private(set) var starts: [Int32] = [0]
  private(set) var days: [Int32] = []
  /// The member's place in the batch.
  private(set) var owners: [Int32] = []

  init() {}

  /// - Parameters:
  ///   - words: rows as the store has them.
  ///   - ends: for each member its first row, and one more.
  ///   - runs: is given for each row its run.
  /// - Cost: one pass, with a branch a run.
  fileprivate init(
    _ words: Swift.Span<UInt64>, _ base: Int64, _ calendar: Calendar, _ ends: [Int32], _ runs: inout [Int32]
  ) {
    var found: (offsets: [Int32], days: [Int32]) = ([], [])
    found.offsets.reserveCapacity(ends.count)
    starts = Array(capacity: words.count + 1) { starts in
      found.days = Array(capacity: words.count) { days in
        DayRuns.cut(words, base, calendar, ends.span, &found.offsets, &runs, &starts, &days)
      }
      starts.append(Int32(truncatingIfNeeded: words.count))
    }
    (offsets, days) = found
    owners = Array(capacity: found.days.count) { owners in
      for member in found.offsets.indices.dropLast() {
        for _ in found.offsets[member]..<found.offsets[member + 1] { owners.append(Int32(truncatingIfNeeded: member)) }
      }
    }
  }

  private static func cut(
    _ words: Swift.Span<UInt64>, _ base: Int64, _ calendar: Calendar, _ ends: Swift.Span<Int32>,
    _ offsets: inout [Int32], _ runs: inout [Int32], _ starts: inout OutputSpan<Int32>,
    _ days: inout OutputSpan<Int32>
  ) {
    var cursor = DayCursor(calendar)
    var numbers = runs.mutableSpan
    var row = 0
    offsets.append(0)
    for member in 1..<max(1, ends.count) {
      let end = min(Int(ends[member]), words.count)
      var known: Int32?
      while row < end {
        let time = base &+ Int64(truncatingIfNeeded: words[row] &>> EventStore.kindBits)
        let day = cursor.day(of: time)
        if day != known {
          known = day
          starts.append(Int32(truncatingIfNeeded: row))
          days.append(day)
        }
        let last = EventStore.lastWord(before: cursor.end(after: time), base)
        let number = Int32(truncatingIfNeeded: days.count &- 1)
        repeat {
          numbers[row] = number
          row &+= 1
        } while row < end && words[row] <= last
      }
      offsets.append(Int32(truncatingIfNeeded: days.count))
    }
  }
}

extension EventStore {
  /// Rows up to an instant are not above it; those behind it are. - Missing: nil if all are behind it.
  fileprivate func lastWord(through instant: Int64) -> UInt64? {
    if instant < base { return nil }
    return instant == .max ? .max : EventStore.lastWord(before: instant + 1, base)
  }

  /// The same of rows before an instant, which lies behind the base.
  @inline(__always)
  fileprivate static func lastWord(before instant: Int64, _ base: Int64) -> UInt64 {
    let length = UInt64(bitPattern: instant &- base)
    return length >> (64 - kindBits) == 0 ? (length &<< kindBits) &- 1 : .max
  }
}

/// The rows of a stream by kind, in order within it.
struct KindRows {
  /// Kind k has `rows[starts[k]..<starts[k + 1]]`.
  private var starts: [Int]
  private var rows: [Int32]
  /// For each member where those of its rows begin that are of kind k, at `member * kindCount + k`; then where they end.
  /// Empty where that would be much.
  private var cuts: [Int32] = []
  private let kindCount: Int

  /// - Parameter totals: how many rows of each kind there are, if that is known.
  /// - Cost: two passes over the kinds, or one.
  init(_ stream: Stream, totals: [Int]?) {
    kindCount = stream.kindCount
    if let totals, totals.count == kindCount {
      starts = [0] + totals
    } else {
      starts = Array(repeating: 0, count: kindCount + 1)
      for kind in stream.kinds { starts[Int(kind) &+ 1] &+= 1 }
    }
    for kind in 1..<starts.count { starts[kind] &+= starts[kind &- 1] }
    rows = Array(repeating: 0, count: stream.count)
    let cutCount = stream.offsets.count * kindCount
    let hasCuts = cutCount <= 4096 + 2 * stream.count
    if hasCuts { cuts.reserveCapacity(cutCount) }
    KindRows.place(stream.kinds.span, stream.offsets.span, starts, hasCuts: hasCuts, &rows, &cuts)
  }

  private static func place(
    _ kinds: Swift.Span<UInt16>, _ offsets: Swift.Span<Int32>, _ starts: [Int], hasCuts: Bool,
    _ rows: inout [Int32], _ cuts: inout [Int32]
  ) {
    var places = starts
    var next = places.mutableSpan
    var output = rows.mutableSpan
    for member in offsets.indices {
      if hasCuts { for kind in 0..<(next.count - 1) { cuts.append(Int32(truncatingIfNeeded: next[kind])) } }
      if member + 1 == offsets.count { return }
      for row in Int(offsets[member])..<Int(offsets[member &+ 1]) {
        let kind = Int(kinds[row])
        output[next[kind]] = Int32(truncatingIfNeeded: row)
        next[kind] &+= 1
      }
    }
  }

  func rows(of kind: Int) -> MemberRows {
    guard kind >= 0, kind < kindCount else { return MemberRows(rows: [], offsets: nil) }
    let first = Int32(truncatingIfNeeded: starts[kind])
    let offsets = stride(from: kind, to: cuts.count, by: kindCount).map { cuts[$0] &- first }
    return MemberRows(rows: Array(rows[starts[kind]..<starts[kind + 1]]), offsets: cuts.isEmpty ? nil : offsets)
  }
}

/// Some rows of a stream, ascending.
struct MemberRows {
  var rows: [Int32]
  /// For each member where its rows begin among these, and one more. - Missing: nil if nobody knows yet.
  var offsets: [Int32]?
  /// Whether they are all rows of the stream.
  var isWhole = false

  init(rows: [Int32], offsets: [Int32]?) {
    self.rows = rows
    self.offsets = offsets
  }

  /// All rows of a stream.
  init(_ stream: Stream) {
    rows = Array(capacity: stream.count) { rows in
      for row in 0..<stream.count { rows.append(Int32(truncatingIfNeeded: row)) }
    }
    offsets = stream.offsets
    isWhole = true
  }

  /// The rows of some kinds.
  /// - Cost: one pass without a branch: the next place is always filled, and kept only where the row matches.
  init(_ stream: Stream, ofKinds wantedKinds: [UInt8]) {
    var table = wantedKinds
    while table.count < stream.kindCount { table.append(0) }
    rows = Array(repeating: 0, count: stream.count + 1)
    var offsets: [Int32] = []
    offsets.reserveCapacity(stream.offsets.count)
    MemberRows.find(stream.kinds.span, table.span, stream.offsets.span, &rows, &offsets)
    rows.removeLast(rows.count - Int(offsets.last ?? 0))
    self.offsets = offsets
  }

  private static func find(
    _ kinds: Swift.Span<UInt16>, _ wanted: Swift.Span<UInt8>, _ ends: Swift.Span<Int32>, _ found: inout [Int32],
    _ offsets: inout [Int32]
  ) {
    var places = found.mutableSpan
    var next = 0
    for member in ends.indices {
      offsets.append(Int32(truncatingIfNeeded: next))
      if member + 1 == ends.count { return }
      for row in Int(ends[member])..<Int(ends[member &+ 1]) {
        places[next] = Int32(truncatingIfNeeded: row)
        next &+= Int(wanted[Int(kinds[row])])
      }
    }
  }
}
