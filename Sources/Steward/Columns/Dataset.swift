/// A column of values, one a row.
public struct Column: Sendable {
  public enum Storage: Sendable {
    /// 0 or 1
    case flags([UInt8])
    /// int, time (microseconds), date (days): as `Value` holds them.
    case ints([Int64])
    /// text as code in the `TextPool`, member and item as row in their table, choice as position.
    case codes([Int32])
    /// number: the decimal times 10^scale, exactly.
    case scaled([Int64], scale: Int)
    /// number whose decimals do not fit a common scale in 64 bits.
    case decimals([Decimal])
    /// list of text: row r holds `codes[offsets[r]..<offsets[r + 1]]`.
    case lists(offsets: [Int32], codes: [Int32])
  }
  public var storage: Storage
  /// One byte a row, 1 where the value is missing (the storage then holds 0); empty if none is.
  public var missing: [UInt8]

  public init(_ storage: Storage, missing: [UInt8] = []) {
    self.storage = storage
    self.missing = missing
  }
}

/// Members or content. Rows are sorted by the bytes of their id, so that a row number is an order, whatever the file said.
public struct KeyedTable: Sendable {
  public var ids: [String]
  /// By index in the schema; the key's own column is present like any other.
  public var columns: [Column]

  public init(ids: [String] = [], columns: [Column] = []) {
    self.ids = ids
    self.columns = columns
  }

  public var count: Int { ids.count }
}

/// An attribute of events: a column over the rows of those kinds that have it, in row order.
public struct EventColumn: Sendable {
  /// Which kinds have it, one byte a kind.
  public var kinds: [UInt8]
  public var column: Column
  /// For each member the number of values before its first: count + 1 entries.
  public var offsets: [Int]
  public init(kinds: [UInt8], column: Column, offsets: [Int]) {
    self.kinds = kinds
    self.column = column
    self.offsets = offsets
  }
}

/// Events ordered by (member, time, kind's place in the block, identity).
///
/// A row is one word: microseconds since `base` shifted left by `kindBits`, and the kind; so words of a member ascend.
public struct EventStore: Sendable {
  public static let kindBits: UInt64 = 9
  public static let kindMask: UInt64 = (1 << kindBits) - 1

  /// - Unit: microseconds since 1970-01-01 00:00 UTC.
  public var base: Int64
  public var rows: EventWords
  /// For each member the number of rows before its first: count + 1 entries.
  public var offsets: [Int]
  /// By attribute index of the schema; the key, if declared, comes last, as texts. Nil where nobody reads it.
  public var attributes: [EventColumn?]
  /// Who did the events of kinds that the subject did not do: members as codes.
  public var doers: EventColumn?

  public init(
    base: Int64 = 0, rows: EventWords = EventWords(), offsets: [Int] = [0], attributes: [EventColumn?] = []
  ) {
    self.base = base
    self.rows = rows
    self.offsets = offsets
    self.attributes = attributes
  }
}

/// A community's data, loaded and in order.
public struct Dataset: Sendable {
  public var texts: TextPool
  public var members: KeyedTable
  public var content: KeyedTable
  public var events: EventStore
  /// Kinds that others see, whose rows stand among those who see them.
  public var seenKinds: Set<Int> = []
  /// Rows of `anonymous` kinds: one segment for the community, by (time, kind, …).
  public var anonymous: EventStore
  /// Instant of the first and last event of a declared kind.
  public var firstInstant: Int64?
  public var lastInstant: Int64?
  /// Rows of kinds that the block does not declare: spelling and count, by spelling.
  public var skippedKinds: [(spelling: String, rows: Int)]
  /// With `--skip-bad-rows`: what was left out, by file and line.
  public var rejected: [RejectedRow]
  /// - Unit: bytes read
  public var bytes: Int
  /// A 64-bit hash of the bytes read, in file order.
  public var fingerprint: UInt64

  public init() {
    texts = TextPool()
    members = KeyedTable()
    content = KeyedTable()
    events = EventStore()
    anonymous = EventStore()
    skippedKinds = []
    rejected = []
    bytes = 0
    fingerprint = 0
  }
}

/// A row that was left out, and why.
public struct RejectedRow: Sendable {
  public var place: DataPlace
  public var reason: Wording
  /// The row as it stands in the file.
  public var row: String
  public init(place: DataPlace, reason: Wording, row: String) {
    self.place = place
    self.reason = reason
    self.row = row
  }
}
