// The first pass over a table that nobody has described: what every column holds, over all rows.

/// What a column holds.
struct ColumnProfile: Sendable {
  /// Different values are kept up to so many; a column with more is no choice and no kind.
  static let mostValues = 1024

  var filled = 0
  var empty = 0
  /// Of the fields that are not counted in `counts`.
  private var own = FieldShapes()
  /// Different values, and how often each occurs.
  private(set) var values = TextPool()
  private(set) var counts: [Int] = []
  /// Whether there are more values than are kept.
  private(set) var hasMore = false
  /// For a column that may be a key.
  var keys: KeyProfile?

  init(_ use: KeyUse) { keys = use == .none ? nil : KeyProfile(keepsIds: use == .target) }

  var rows: Int { filled + empty }

  /// How many different values there are. - Missing: more than are kept.
  var distinct: Int? { hasMore ? nil : values.count }

  mutating func add(_ bytes: Bytes, _ from: Int, _ to: Int, _ reader: inout ShapeReader) {
    let field = FieldReader.trimmed(bytes, from, to)
    if field.isEmpty {
      empty += 1
      return
    }
    filled += 1
    keys?.add(bytes, field)
    if hasMore { return own.add(reader.shapes(bytes, field.lowerBound, field.upperBound)) }
    let code = Int(values.intern(bytes, field.lowerBound, count: field.count))
    if code < counts.count {
      counts[code] += 1
    } else {
      counts.append(1)
      if counts.count > ColumnProfile.mostValues { hasMore = true }
    }
  }

  mutating func merge(_ other: ColumnProfile) {
    filled += other.filled
    empty += other.empty
    own.add(other.own)
    hasMore = hasMore || other.hasMore
    for (index, code) in values.merge(other.values).enumerated() {
      if Int(code) == counts.count { counts.append(0) }
      counts[Int(code)] += other.counts[index]
    }
    if counts.count > ColumnProfile.mostValues { hasMore = true }
    if let more = other.keys { keys?.merge(more) }
  }

  /// The shapes of all fields.
  func shapes() -> FieldShapes {
    var reader = ShapeReader()
    var all = own
    for code in counts.indices {
      let text = Array(values.utf8(Int32(truncatingIfNeeded: code)))
      all.add(reader.shapes(text.span, 0, text.count), times: counts[code])
    }
    return all
  }

  /// The values that are kept, the most frequent first, equally frequent ones by their bytes.
  func frequent() -> [(value: String, rows: Int)] {
    counts.indices.sorted {
      if counts[$0] != counts[$1] { return counts[$0] > counts[$1] }
      return values.precedes(Int32(truncatingIfNeeded: $0), Int32(truncatingIfNeeded: $1))
    }.map { (values[Int32(truncatingIfNeeded: $0)], counts[$0]) }
  }
}

/// What a column may be to its table.
enum KeyUse: Sendable {
  case none
  /// It may tell rows apart, but nothing refers to it.
  case unique
  /// It may be what others refer to.
  case target
}

/// Whether each value of a column occurs once.
struct KeyProfile: Sendable {
  private(set) var ids = TextPool()
  /// Hashes in the place of ids that nothing refers to.
  private var hashes: Set<UInt64> = []
  private let keepsIds: Bool
  private(set) var rows = 0
  /// So many values occurred before that it is no key.
  private(set) var isGivenUp = false

  /// Rows whose value another row has.
  var twice: Int { rows - (keepsIds ? ids.count : hashes.count) }

  init(keepsIds: Bool) { self.keepsIds = keepsIds }

  mutating func add(_ bytes: Bytes, _ field: Range<Int>) {
    if isGivenUp { return }
    rows += 1
    if keepsIds {
      _ = ids.intern(bytes, field.lowerBound, count: field.count)
    } else {
      hashes.insert(ByteHash.hash(bytes, field.lowerBound, count: field.count))
    }
    giveUp()
  }

  mutating func merge(_ other: KeyProfile) {
    if isGivenUp { return }
    rows += other.rows
    isGivenUp = other.isGivenUp
    if !isGivenUp {
      _ = ids.merge(other.ids)
      hashes.formUnion(other.hashes)
    }
    giveUp()
  }

  private mutating func giveUp() {
    guard isGivenUp || twice > 20 + rows / 20 else { return }
    isGivenUp = true
    ids = TextPool()
    hashes = []
  }

  /// All values.
  func all() -> [String] { (0..<ids.count).map { ids[Int32(truncatingIfNeeded: $0)] } }
}

/// Looks at the rows of one block.
struct ProfileRows: RowSink, Sendable {
  private(set) var columns: [ColumnProfile]
  private(set) var rows = 0
  /// Rows that are none: a wrong number of fields, an open quote, no JSON.
  private(set) var faults = 0
  /// Of those, rows that are in no encoding that is read.
  private(set) var garbled = 0
  /// Columns with objects, or arrays of arrays, in JSON.
  private(set) var nested: Set<Int> = []
  private var reader = ShapeReader()

  init(keys: [KeyUse]) { columns = keys.map { ColumnProfile($0) } }

  mutating func begin(at offset: Int, origin: Int, lines: Int) {}

  mutating func rows(_ bytes: Bytes, _ batch: RowBatch, raw: Bytes) {
    rows += batch.count
    for slot in columns.indices {
      for row in 0..<batch.count {
        columns[slot].add(bytes, batch.start(row, slot), batch.end(row, slot), &reader)
      }
    }
  }

  mutating func fault(_ fault: RowFault, raw: Bytes, place: Range<Int>) {
    faults += 1
    if case .encoding = fault { garbled += 1 }
    if case .json(.nested(let column), _) = fault { nested.insert(column) }
  }
}
