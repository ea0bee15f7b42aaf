/// The events of one block, grouped by subject, so that ordering them later takes one group at a time.
struct EventBlock: Sendable {
  struct Attribute: Sendable {
    /// Each value's subject within its group.
    var subjects: [UInt16] = []
    var values: ColumnBuilder
    /// For each group the number of values before its first: groups + 1 entries.
    var groups: [UInt32] = []
  }
  var subjects: [UInt16] = []
  var words: RowWords
  var groups: [UInt32] = []
  var attributes: [Attribute] = []
  var texts: TextPool
  var pending: TextPool
  var faults: RowFaults
  var otherKinds: TextPool
  var otherCounts: [Int]
  var missesMember: Bool
  var missesItem: Bool
  /// Whether there are rows of declared kinds, right or wrong.
  var hasDeclaredKinds: Bool
  /// The rows as they stand in the file; only until they are grouped.
  var rows: EventRows?
  /// The instants of the first and the last row in time. - Unit: microseconds since 1970-01-01.
  var first = Int64.max
  var last = Int64.min

  /// Whether there are rows of a kind that has an attribute.
  func hasValues(_ attribute: Int) -> Bool {
    if let rows { return !rows.columns[attribute].bits.isEmpty }
    return attributes.indices.contains(attribute) && !attributes[attribute].values.bits.isEmpty
  }

  init(_ rows: EventRows) {
    self.rows = rows
    words = RowWords(kindBits: rows.words.kindBits)
    texts = rows.reader.texts
    pending = rows.reader.pending
    faults = rows.faults
    otherKinds = rows.otherKinds
    otherCounts = rows.otherCounts
    missesMember = rows.missesMember
    missesItem = rows.missesItem
    hasDeclaredKinds = rows.count > 0 || rows.faults.count > 0 || rows.missesMember || rows.missesItem
  }

  /// How many rows there are, once they are grouped.
  var rowCount: Int { subjects.count }

  /// Groups the rows: a stable counting sort by the upper bits of the subject.
  mutating func group(_ plan: EventPlan) {
    guard var rows else { return }
    self.rows = nil
    let bits = UInt32(plan.groupBits)
    groups = EventBlock.starts(rows.subjects[..<rows.count], bits: bits, groups: plan.groupCount)
    attributes = rows.columns.map { EventBlock.grouped($0, rows.subjects, plan) }
    let old = rows.words
    if old.isWide {
      let (wide, first, last) = grouped(rows.subjects.span, old.wide.span, rows.count, bits)
      words = RowWords(wide, kindBits: old.kindBits)
      if rows.count > 0 { (self.first, self.last) = (RowWords.instant(first), RowWords.instant(last)) }
    } else {
      let (narrow, first, last) = grouped(rows.subjects.span, old.narrow.span, rows.count, bits)
      words = RowWords(narrow: narrow, base: old.base, kindBits: old.kindBits)
      if rows.count > 0 { (self.first, self.last) = (old.instant(first), old.instant(last)) }
    }
    rows.giveBackRoom()
  }

  /// Puts subjects and words in groups; the least and the greatest word beside them.
  private mutating func grouped<Word: FixedWidthInteger & UnsignedInteger>(
    _ subjects: Swift.Span<UInt32>, _ words: Swift.Span<Word>, _ count: Int, _ bits: UInt32
  ) -> (words: [Word], first: Word, last: Word) {
    let mask = (UInt32(1) &<< bits) &- 1
    var cursor = groups
    var ownSubjects = Array(repeating: UInt16(0), count: count)
    var ownWords = Array(repeating: Word(0), count: count)
    var newSubjects = ownSubjects.mutableSpan
    var newWords = ownWords.mutableSpan
    var next = cursor.mutableSpan
    var (first, last) = (Word.max, Word.min)
    for row in 0..<count {
      let subject = subjects[row]
      let word = words[row]
      let group = Int(subject &>> bits)
      let place = Int(next[group])
      next[group] &+= 1
      newSubjects[place] = UInt16(truncatingIfNeeded: subject & mask)
      newWords[place] = word
      first = min(first, word)
      last = max(last, word)
    }
    self.subjects = ownSubjects
    return (ownWords, first, last)
  }

  private static func starts(_ subjects: ArraySlice<UInt32>, bits: UInt32, groups: Int) -> [UInt32] {
    var starts = Array(repeating: UInt32(0), count: groups + 1)
    for subject in subjects { starts[Int(subject &>> bits) &+ 1] &+= 1 }
    for group in 0..<groups { starts[group + 1] += starts[group] }
    return starts
  }

  private static func grouped(_ column: ColumnBuilder, _ subjects: [UInt32], _ plan: EventPlan) -> Attribute {
    let bits = UInt32(plan.groupBits)
    let mask = (UInt32(1) << bits) - 1
    let owners = column.rows.map { subjects[Int($0)] }
    var grouped = Attribute(values: column)
    grouped.values.rows = []
    grouped.groups = starts(owners[...], bits: bits, groups: plan.groupCount)
    grouped.subjects = Array(repeating: 0, count: owners.count)
    var cursor = grouped.groups
    for (index, owner) in owners.enumerated() {
      let group = Int(owner &>> bits)
      let place = Int(cursor[group])
      cursor[group] &+= 1
      grouped.subjects[place] = UInt16(truncatingIfNeeded: owner & mask)
      grouped.values.bits[place] = column.bits[index]
      if !column.scales.isEmpty { grouped.values.scales[place] = column.scales[index] }
      if !column.missing.isEmpty { grouped.values.missing[place] = column.missing[index] }
    }
    return grouped
  }

  /// Leaves rows out, by their place in the file's order.
  mutating func drop(_ dropped: Set<Int>) {
    guard let old = rows, !dropped.isEmpty else { return }
    var kept = old
    let keep = (0..<old.count).filter { !dropped.contains($0) }
    var renumbered = Array(repeating: UInt32.max, count: old.count)
    for (index, row) in keep.enumerated() { renumbered[row] = UInt32(truncatingIfNeeded: index) }
    kept.keep(keep)
    for (index, column) in old.columns.enumerated() {
      let values = column.rows.indices.filter { !dropped.contains(Int(column.rows[$0])) }
      kept.columns[index].bits = values.map { column.bits[$0] }
      kept.columns[index].rows = values.map { renumbered[Int(column.rows[$0])] }
      if !column.scales.isEmpty { kept.columns[index].scales = values.map { column.scales[$0] } }
      if !column.missing.isEmpty { kept.columns[index].missing = values.map { column.missing[$0] } }
    }
    rows = kept
  }
}
