/// The events of the members of a batch, unpacked.
///
/// - Shape: rows ordered by (member, time, …); `offsets` has an entry a member and one more.
struct Stream {
  var offsets: [Int32] = [0]
  /// - Unit: microseconds since 1970-01-01 00:00 UTC.
  var times: [Int64] = []
  var days: [Int32] = []
  var kinds: [UInt16] = []
  /// The member's place in the batch.
  var owners: [Int32] = []
  /// For each member the row in `EventStore.rows` of its first row here.
  var firstRows: [Int] = []

  var count: Int { times.count }

  /// Reads the events of some members up to an instant.
  /// - Cost: one pass over their rows.
  init(events store: EventStore, members: Range<Int>, through asOf: Int64, calendar: Calendar) {
    let first = store.offsets[members.lowerBound]
    let total = store.offsets[members.upperBound] - first
    offsets.reserveCapacity(members.count + 1)
    firstRows.reserveCapacity(members.count)
    times = Array(repeating: 0, count: total)
    days = Array(repeating: 0, count: total)
    kinds = Array(repeating: 0, count: total)
    owners = Array(repeating: 0, count: total)
    var count = 0
    var cursor = DayCursor(calendar)
    let words = store.rows
    for member in members {
      let stretch = store.offsets[member]..<store.offsets[member &+ 1]
      let owner = Int32(truncatingIfNeeded: member &- members.lowerBound)
      firstRows.append(stretch.lowerBound)
      let first = count
      if words.narrow.isEmpty {
        Stream.unpack(
          words.wide.span, stretch, EventStore.kindBits, unit: 1, store.base, through: asOf, &cursor, &times, &days,
          &kinds, &count)
      } else {
        Stream.unpack(
          words.narrow.span, stretch, words.kindBits, unit: 1_000_000, store.base, through: asOf, &cursor, &times,
          &days, &kinds, &count)
      }
      for row in first..<count { owners[row] = owner }
      offsets.append(Int32(truncatingIfNeeded: count))
    }
    if count == total { return }
    times.removeLast(total - count)
    days.removeLast(total - count)
    kinds.removeLast(total - count)
    owners.removeLast(total - count)
  }

  /// Unpacks one member's rows.
  private static func unpack<Word: FixedWidthInteger & UnsignedInteger>(
    _ rows: Swift.Span<Word>, _ stretch: Range<Int>, _ kindBits: Word, unit: Int64, _ base: Int64,
    through asOf: Int64, _ cursor: inout DayCursor, _ ownTimes: inout [Int64], _ ownDays: inout [Int32],
    _ ownKinds: inout [UInt16], _ count: inout Int
  ) {
    if stretch.isEmpty { return }
    var times = ownTimes.mutableSpan
    var days = ownDays.mutableSpan
    var kinds = ownKinds.mutableSpan
    let kindMask: Word = (1 &<< kindBits) &- 1
    var next = count
    for row in stretch {
      let word = rows[row]
      let time = base &+ Int64(truncatingIfNeeded: word &>> kindBits) &* unit
      if time > asOf { break }
      times[next] = time
      days[next] = cursor.day(of: time)
      kinds[next] = UInt16(truncatingIfNeeded: word & kindMask)
      next &+= 1
    }
    count = next
  }

  /// The rows of a member of the batch.
  func rows(of member: Int) -> Range<Int> { Int(offsets[member])..<Int(offsets[member + 1]) }
}

/// The rows of a stream by kind, in order within it.
struct KindRows {
  /// Kind k has `rows[starts[k]..<starts[k + 1]]`.
  private var starts: [Int]
  private var rows: [Int32]

  /// - Cost: two passes over the kinds.
  init(_ stream: Stream) {
    starts = Array(repeating: 0, count: (1 << Int(EventStore.kindBits)) + 1)
    for kind in stream.kinds { starts[Int(kind) &+ 1] &+= 1 }
    for kind in 1..<starts.count { starts[kind] &+= starts[kind &- 1] }
    rows = Array(repeating: 0, count: stream.count)
    KindRows.place(stream.kinds.span, starts, &rows)
  }

  private static func place(_ kinds: Swift.Span<UInt16>, _ starts: [Int], _ rows: inout [Int32]) {
    var next = starts
    var output = rows.mutableSpan
    for row in kinds.indices {
      let kind = Int(kinds[row])
      output[next[kind]] = Int32(truncatingIfNeeded: row)
      next[kind] &+= 1
    }
  }

  func rows(of kind: Int) -> [Int32] {
    starts.indices.contains(kind + 1) ? Array(rows[starts[kind]..<starts[kind + 1]]) : []
  }
}
