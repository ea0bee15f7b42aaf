/// When and of what kind the rows of a block are, a word a row: eight bytes, or four as long as all times are whole
/// seconds and not far from the first.
///
/// A wide word is microseconds since `TimeReader.epoch` above `EventStore.kindBits` bits of kind; a narrow one seconds
/// since `base` above as few bits of kind as hold all kinds. Memory that is touched for the first time costs more than
/// anything else done to a row.
struct RowWords: Sendable {
  /// One of the two holds the words, and may be longer than there are rows.
  private(set) var narrow: [UInt32] = []
  private(set) var wide: [UInt64] = []
  let kindBits: UInt32
  /// - Unit: seconds since `TimeReader.epoch`; it wraps.
  private(set) var base: UInt64 = 0
  private var hasBase = false
  private(set) var isWide = false

  init(kindBits: UInt32) { self.kindBits = kindBits }

  /// Wide words that are at hand already.
  init(_ words: [UInt64], kindBits: UInt32) {
    self.kindBits = kindBits
    wide = words
    isWide = true
  }

  /// Narrow words that are at hand already.
  init(narrow: [UInt32], base: UInt64, kindBits: UInt32) {
    self.kindBits = kindBits
    self.narrow = narrow
    self.base = base
    hasBase = true
  }

  /// How many bits hold the places of so many kinds.
  static func kindBits(kinds: Int) -> UInt32 {
    var bits: UInt32 = 0
    while bits < UInt32(EventStore.kindBits), kinds > 1 << bits { bits += 1 }
    return bits
  }

  /// The instant that a wide word tells. - Unit: microseconds since 1970-01-01.
  static func instant(_ word: UInt64) -> Int64 { TimeReader.epoch &+ Int64(word &>> EventStore.kindBits) }

  /// The instant that a narrow word tells. - Unit: microseconds since 1970-01-01.
  func instant(_ word: UInt32) -> Int64 {
    TimeReader.epoch &+ Int64(bitPattern: (base &+ UInt64(word &>> kindBits)) &* 1_000_000)
  }

  /// For how many rows there is room.
  var room: Int { isWide ? wide.count : narrow.count }

  /// Makes room, and forgets all rows.
  mutating func begin() {
    (base, hasBase, isWide) = (0, false, false)
    wide = []
  }

  mutating func grow(by count: Int) {
    if isWide {
      wide.append(contentsOf: repeatElement(0, count: count))
    } else {
      narrow.append(contentsOf: repeatElement(0, count: count))
    }
  }

  /// Leaves exactly the words of some rows.
  mutating func keep(_ rows: [Int]) {
    if isWide { wide = rows.map { wide[$0] } } else { narrow = rows.map { narrow[$0] } }
  }

  /// Puts the words of a batch behind those of the first rows, where there is room; rows that are not kept are left out.
  /// - Unit: as `RowTime`.
  mutating func put(
    _ rows: Int, _ times: Swift.Span<UInt64>, _ kinds: Swift.Span<Int32>, _ keeps: Swift.Span<Bool>, at first: Int
  ) {
    if !isWide {
      if !hasBase, let row = (0..<rows).first(where: { keeps[$0] }) {
        hasBase = true
        base = times[row] &>> RowTime.fractionBits &- 1 &<< UInt64(31 - kindBits)
      }
      if RowWords.put(rows, times, kinds, keeps, base, kindBits, &narrow, at: first) { return }
      widen(first)
    }
    RowWords.put(rows, times, kinds, keeps, &wide, at: first)
  }

  /// Whether all fit.
  private static func put(
    _ rows: Int, _ times: Swift.Span<UInt64>, _ kinds: Swift.Span<Int32>, _ keeps: Swift.Span<Bool>, _ base: UInt64,
    _ kindBits: UInt32, _ words: inout [UInt32], at first: Int
  ) -> Bool {
    var words = words.mutableSpan
    let timeBits = UInt64(32 &- kindBits)
    let fraction: UInt64 = (1 &<< RowTime.fractionBits) &- 1
    var place = first
    var misfits: UInt64 = 0
    for row in 0..<rows {
      let time = times[row] &>> RowTime.fractionBits &- base
      let misfit = times[row] & fraction | time &>> timeBits
      misfits |= keeps[row] ? misfit : 0
      // A row that is not kept is written over by the next.
      words[place] = UInt32(truncatingIfNeeded: time) &<< kindBits | UInt32(bitPattern: kinds[row])
      place &+= keeps[row] ? 1 : 0
    }
    return misfits == 0
  }

  private static func put(
    _ rows: Int, _ times: Swift.Span<UInt64>, _ kinds: Swift.Span<Int32>, _ keeps: Swift.Span<Bool>,
    _ words: inout [UInt64], at first: Int
  ) {
    var words = words.mutableSpan
    var place = first
    for row in 0..<rows {
      words[place] = RowTime.micros(times[row]) &<< EventStore.kindBits | UInt64(UInt32(bitPattern: kinds[row]))
      place &+= keeps[row] ? 1 : 0
    }
  }

  /// Gives all words eight bytes, the first of them with what they hold.
  private mutating func widen(_ count: Int) {
    let start = (base &* 1_000_000) &<< EventStore.kindBits
    wide = (0..<narrow.count).map {
      $0 < count ? start &+ EventWords.widened(narrow[$0], kindBits: kindBits) : 0
    }
    isWide = true
  }

  /// The same in eight bytes each.
  var widened: RowWords {
    if isWide { return self }
    var words = self
    words.widen(narrow.count)
    words.narrow = []
    return words
  }
}
