// Orders events by (subject, time, kind, identity) from blocks that are grouped by subject: each group of subjects is
// one work item, counted, and then scattered within the cache. Blocks come in file order and the scatter is stable, so
// a subject whose rows ascend in the file is in order already; only others are sorted.

/// The blocks of all event files, with what their codes mean in the dataset.
struct EventOrder: Sendable {
  let plan: EventPlan
  let blocks: [EventBlock]
  /// By block and code there: the code in the dataset's texts, and in the pool of undivided lists.
  let textCodes: [[Int32]]
  let listCodes: [[Int32]]
  let texts: TextPool
  let lists: TextPool
  /// By attribute.
  let scales: [NumberScale]
  /// By attribute: whether anybody reads it.
  let isKept: [Bool]
  /// What the store's words count from. - Unit: microseconds since 1970-01-01, whole seconds.
  let base: Int64

  var subjectCount: Int { plan.members.count + 1 }

  /// The values of one attribute in one group.
  struct Values {
    /// For each subject the number of values before its first: subjects + 1 entries.
    var starts: [Int]
    var bits: [Int64]
    /// Decimals of each; only where they have no common scale.
    var scales: [Int16]
    var missing: [UInt8]
  }

  /// How many bits of kind narrow words have. - Missing: some row does not fit into one.
  var narrowKindBits: UInt32? {
    let filled = blocks.filter { $0.rowCount > 0 }
    guard let last = filled.map(\.last).max() else { return plan.kindBits }
    // The highest word stays free: `scatter` keeps words one higher.
    let fits = last < base || (last - base) / 1_000_000 < 1 << Int64(32 - plan.kindBits) - 1
    return fits && filled.allSatisfy { !$0.words.isWide } ? plan.kindBits : nil
  }

  /// For each group the number of rows before its first.
  var rowCuts: [Int] { cuts { Int(blocks[$0].groups[$1 + 1] - blocks[$0].groups[$1]) } }

  private func cuts(_ count: (Int, Int) -> Int) -> [Int] {
    var cuts = [0]
    var total = 0
    for group in 0..<plan.groupCount {
      for block in blocks.indices { total += count(block, group) }
      cuts.append(total)
    }
    return cuts
  }

  /// The subjects of a group.
  func subjects(_ group: Int) -> Range<Int> {
    let first = group << plan.groupBits
    return first..<max(first, min(subjectCount, first + 1 << plan.groupBits))
  }

  /// The words of all blocks, and how those of the store are made of them.
  struct Words<Word: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    var blocks: [[Word]]
    /// By block: what is added to its words, so that they count from the store's base; the sum wraps.
    var shifts: [Word]
    var kindBits: Word
    var kindMask: Word { (1 &<< kindBits) &- 1 }
    @inline(__always)
    func kind(_ word: Word) -> Int { Int(truncatingIfNeeded: word & kindMask) }
  }

  /// Writes a group's rows in order, and gives the rows before each subject and the attributes in the same order.
  func order<Word>(
    _ group: Int, _ words: Words<Word>, into rows: inout MutableSpan<Word>
  ) -> (starts: [Int], values: [Values]) {
    let subjectCount = subjects(group).count
    var starts = Array(repeating: 0, count: subjectCount + 1)
    let blocks = blocks.span
    for block in blocks.indices {
      EventOrder.count(blocks[block].subjects.span, range(blocks[block].groups.span, group), into: &starts)
    }
    for subject in 0..<subjectCount { starts[subject + 1] += starts[subject] }
    let disordered = scatter(group, words, starts, into: &rows)
    var values = plan.formats.indices.map { self.values($0, group, subjectCount) }
    for subject in 0..<subjectCount where disordered[subject] != 0 {
      sort(starts[subject]..<starts[subject + 1], subject, words, &rows, &values)
    }
    return (starts, values)
  }

  /// Writes rows subject by subject; 1 for each subject whose words do not ascend strictly.
  private func scatter<Word>(
    _ group: Int, _ all: Words<Word>, _ starts: [Int], into rows: inout MutableSpan<Word>
  ) -> [UInt8] {
    var cursor = starts
    var last = Array(repeating: Word(0), count: starts.count)
    var disordered = Array(repeating: UInt8(0), count: starts.count)
    let blocks = blocks.span
    let words = all.blocks.span
    for block in blocks.indices {
      let range = range(blocks[block].groups.span, group)
      if range.isEmpty { continue }
      EventOrder.scatter(
        blocks[block].subjects.span, words[block].span, range, all.shifts[block], &cursor, &last, &disordered,
        into: &rows)
    }
    return disordered
  }

  private static func scatter<Word: FixedWidthInteger & UnsignedInteger>(
    _ subjects: Swift.Span<UInt16>, _ words: Swift.Span<Word>, _ range: Range<Int>, _ shift: Word,
    _ ownCursor: inout [Int], _ ownLast: inout [Word], _ ownDisordered: inout [UInt8],
    into rows: inout MutableSpan<Word>
  ) {
    var cursor = ownCursor.mutableSpan
    var last = ownLast.mutableSpan
    var disordered = ownDisordered.mutableSpan
    for index in range {
      let subject = Int(subjects[index])
      let word = words[index] &+ shift
      let place = cursor[subject]
      cursor[subject] = place &+ 1
      // Words are one higher here, so that the first row of all is above 0 too.
      disordered[subject] |= last[subject] > word ? 1 : 0
      last[subject] = word &+ 1
      rows[place] = word
    }
  }

  /// The values of an attribute in a group, subject by subject, in file order.
  private func values(_ attribute: Int, _ group: Int, _ subjectCount: Int) -> Values {
    var starts = Array(repeating: 0, count: subjectCount + 1)
    var hasMissing = false
    let blocks = blocks.span
    for block in blocks.indices {
      let attributes = blocks[block].attributes.span
      let range = range(attributes[attribute].groups.span, group)
      if range.isEmpty { continue }
      hasMissing = hasMissing || !attributes[attribute].values.missing.isEmpty
      EventOrder.count(attributes[attribute].subjects.span, range, into: &starts)
    }
    for subject in 0..<subjectCount { starts[subject + 1] += starts[subject] }
    let total = starts[subjectCount]
    let keepsScales = plan.formats[attribute].isNumber && scales[attribute].scale == nil
    var values = Values(
      starts: starts, bits: Array(repeating: 0, count: total),
      scales: Array(repeating: 0, count: keepsScales ? total : 0),
      missing: Array(repeating: 0, count: hasMissing ? total : 0))
    var cursor = starts
    for block in blocks.indices {
      let attributes = blocks[block].attributes.span
      let range = range(attributes[attribute].groups.span, group)
      if range.isEmpty { continue }
      EventOrder.place(
        attributes[attribute].values.bits.span, attributes[attribute].values.scales.span,
        attributes[attribute].values.missing.span, attributes[attribute].subjects.span, range,
        conversion(attribute, block), scales[attribute], &values, &cursor)
    }
    return values
  }

  /// What becomes of an attribute's bits when blocks are put together.
  private enum Conversion {
    case none, scaled
    case codes([Int32])
  }

  private func conversion(_ attribute: Int, _ block: Int) -> Conversion {
    switch plan.formats[attribute] {
    case .number: .scaled
    case .text: .codes(textCodes[block])
    case .list: .codes(listCodes[block])
    default: .none
    }
  }

  /// Puts one block's values of an attribute where their subjects' are.
  private static func place(
    _ bits: Swift.Span<Int64>, _ scales: Swift.Span<Int16>, _ missing: Swift.Span<UInt8>,
    _ subjects: Swift.Span<UInt16>, _ range: Range<Int>, _ conversion: Conversion, _ scale: NumberScale,
    _ values: inout Values, _ cursor: inout [Int]
  ) {
    let (hasMissing, keepsScales) = (!missing.isEmpty, !values.scales.isEmpty)
    for index in range {
      let subject = Int(subjects[index])
      let place = cursor[subject]
      cursor[subject] = place &+ 1
      if hasMissing, missing[index] != 0 {
        values.missing[place] = 1
        continue
      }
      values.bits[place] =
        switch conversion {
        case .none: bits[index]
        case .scaled: scale.scaled(bits[index], scales[index])
        case .codes(let codes): Int64(codes[Int(bits[index])])
        }
      if keepsScales { values.scales[place] = scales[index] }
    }
  }

  @inline(__always)
  private func range(_ groups: Swift.Span<UInt32>, _ group: Int) -> Range<Int> {
    Int(groups[group])..<Int(groups[group &+ 1])
  }

  /// Counts each subject's entries, one place on.
  private static func count(_ subjects: Swift.Span<UInt16>, _ range: Range<Int>, into ownStarts: inout [Int]) {
    var starts = ownStarts.mutableSpan
    let own = subjects.extracting(range)
    for index in own.indices { starts[Int(own[index]) &+ 1] &+= 1 }
  }
}

extension EventOrder {
  /// Sorts one subject's rows by word, equal ones by identity, and its attributes with them.
  private func sort<Word>(
    _ range: Range<Int>, _ subject: Int, _ form: Words<Word>, _ rows: inout MutableSpan<Word>,
    _ values: inout [Values]
  ) {
    // How many rows are counted, and for each attribute the place of the next one's value.
    var counted = range.lowerBound
    var places = values.map { $0.starts[subject] }
    for stretch in EventOrder.stretches(of: rows.span, range, form.kindBits) {
      for attribute in places.indices {
        let has = plan.kindsWith[attribute]
        for row in counted..<stretch.lowerBound where has[form.kind(rows[row])] { places[attribute] += 1 }
      }
      counted = stretch.lowerBound
      sort(stretch, places, form, &rows, &values)
    }
  }

  /// The stretches that are to be sorted each by itself: where times ascend, rows of the same time, else all.
  private static func stretches<Word: FixedWidthInteger & UnsignedInteger>(
    of rows: Swift.Span<Word>, _ range: Range<Int>, _ kindBits: Word
  ) -> [Range<Int>] {
    var stretches: [Range<Int>] = []
    var start = range.lowerBound
    for row in range.dropFirst() {
      let (time, next) = (rows[row - 1] &>> kindBits, rows[row] &>> kindBits)
      if next < time { return [range] }
      if next == time { continue }
      if row - start > 1 { stretches.append(start..<row) }
      start = row
    }
    if range.upperBound - start > 1 { stretches.append(start..<range.upperBound) }
    return stretches
  }

  /// Sorts a stretch of a subject's words.
  /// - Parameter starts: for each attribute the place of the stretch's first value.
  private func sort<Word>(
    _ stretch: Range<Int>, _ starts: [Int], _ form: Words<Word>, _ rows: inout MutableSpan<Word>,
    _ values: inout [Values]
  ) {
    let words = stretch.map { rows[$0] }
    // For each row and attribute, the place of its value.
    var places: [[Int]] = []
    for attribute in values.indices {
      let has = plan.kindsWith[attribute]
      var place = starts[attribute]
      places.append(
        words.map { word in
          defer { place += has[form.kind(word)] ? 1 : 0 }
          return place
        })
    }
    let order = words.indices.sorted { left, right in
      if words[left] != words[right] { return words[left] < words[right] }
      return precedes(left, right, kind: form.kind(words[left]), places, values)
    }
    if order.elementsEqual(words.indices) { return }
    for (place, row) in zip(stretch, order) { rows[place] = words[row] }
    for attribute in values.indices {
      let has = plan.kindsWith[attribute]
      let sources = order.filter { has[form.kind(words[$0])] }.map { places[attribute][$0] }
      if sources.count > 1 { reorder(&values[attribute], at: starts[attribute], sources) }
    }
  }

  /// Puts the values of some places, in their new order, from a place on.
  private func reorder(_ values: inout Values, at start: Int, _ sources: [Int]) {
    let range = start..<start + sources.count
    let bits = sources.map { values.bits[$0] }
    values.bits.replaceSubrange(range, with: bits)
    if !values.scales.isEmpty {
      let scales = sources.map { values.scales[$0] }
      values.scales.replaceSubrange(range, with: scales)
    }
    if !values.missing.isEmpty {
      let missing = sources.map { values.missing[$0] }
      values.missing.replaceSubrange(range, with: missing)
    }
  }

  /// Whether a row comes before another of the same subject, time and kind: by the key, else by the other columns.
  private func precedes(_ left: Int, _ right: Int, kind: Int, _ places: [[Int]], _ values: [Values]) -> Bool {
    var attributes = plan.attributes[kind].map(\.index)
    // Records have no key.
    if plan.hasKey, plan.kindsWith[plan.formats.count - 1][kind] { attributes = [plan.formats.count - 1] }
    for attribute in attributes {
      let order = compare(values[attribute], attribute, places[attribute][left], places[attribute][right])
      if order != 0 { return order < 0 }
    }
    return left < right
  }

  /// Below, at or above 0; a missing value is above all.
  private func compare(_ values: Values, _ attribute: Int, _ left: Int, _ right: Int) -> Int {
    if !values.missing.isEmpty, values.missing[left] != values.missing[right] {
      return values.missing[left] < values.missing[right] ? -1 : 1
    }
    let bits = (values.bits[left], values.bits[right])
    switch plan.formats[attribute] {
    case .text:
      return bits.0 == bits.1 ? 0 : texts.precedes(Int32(bits.0), Int32(bits.1)) ? -1 : 1
    case .list:
      return bits.0 == bits.1 ? 0 : lists.precedes(Int32(bits.0), Int32(bits.1)) ? -1 : 1
    case .number where !values.scales.isEmpty:
      let numbers = (
        NumberScale.double(bits.0, values.scales[left]), NumberScale.double(bits.1, values.scales[right])
      )
      return numbers.0 < numbers.1 ? -1 : numbers.0 > numbers.1 ? 1 : 0
    default:
      return bits.0 < bits.1 ? -1 : bits.0 > bits.1 ? 1 : 0
    }
  }
}
