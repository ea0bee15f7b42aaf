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
  /// Words of 1970 minus words of `base`.
  let wordShift: UInt64

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

  /// For each group the number of rows before its first.
  var rowCuts: [Int] { cuts { block, group in range(blocks[block].groups, group).count } }

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

  /// Writes a group's rows in order, and gives the rows before each subject and the attributes in the same order.
  func order(_ group: Int, into rows: inout MutableSpan<UInt64>) -> (starts: [Int], values: [Values]) {
    let subjectCount = subjects(group).count
    var starts = Array(repeating: 0, count: subjectCount + 1)
    for block in blocks.indices {
      let range = range(blocks[block].groups, group)
      if range.isEmpty { continue }
      let subjects = blocks[block].subjects
      EventOrder.count(subjects.span, range, into: &starts)
    }
    for subject in 0..<subjectCount { starts[subject + 1] += starts[subject] }
    let disordered = scatter(group, starts, into: &rows)
    var values = plan.formats.indices.map { self.values($0, group, subjectCount) }
    for subject in 0..<subjectCount where disordered[subject] != 0 {
      sort(starts[subject]..<starts[subject + 1], subject, &rows, &values)
    }
    return (starts, values)
  }

  /// Writes rows subject by subject; 1 for each subject whose words do not ascend strictly.
  private func scatter(_ group: Int, _ starts: [Int], into rows: inout MutableSpan<UInt64>) -> [UInt8] {
    var cursor = starts
    var last = Array(repeating: UInt64(0), count: starts.count)
    var disordered = Array(repeating: UInt8(0), count: starts.count)
    for block in blocks.indices {
      let range = range(blocks[block].groups, group)
      if range.isEmpty { continue }
      let (ownSubjects, ownWords) = (blocks[block].subjects, blocks[block].words)
      let subjects = ownSubjects.span
      let words = ownWords.span
      for index in range {
        let subject = Int(subjects[index])
        let word = words[index] &- wordShift
        let place = cursor[subject]
        cursor[subject] = place &+ 1
        // Words are one higher here, so that the first row of all is above 0 too.
        disordered[subject] |= last[subject] > word ? 1 : 0
        last[subject] = word &+ 1
        rows[place] = word
      }
    }
    return disordered
  }

  /// The values of an attribute in a group, subject by subject, in file order.
  private func values(_ attribute: Int, _ group: Int, _ subjectCount: Int) -> Values {
    var starts = Array(repeating: 0, count: subjectCount + 1)
    var hasMissing = false
    for block in blocks.indices {
      let range = range(blocks[block].attributes[attribute].groups, group)
      if range.isEmpty { continue }
      hasMissing = hasMissing || !blocks[block].attributes[attribute].values.missing.isEmpty
      let subjects = blocks[block].attributes[attribute].subjects
      EventOrder.count(subjects.span, range, into: &starts)
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
      let range = range(blocks[block].attributes[attribute].groups, group)
      if !range.isEmpty { place(attribute, block, range, &values, &cursor) }
    }
    return values
  }

  /// What becomes of an attribute's bits when blocks are put together.
  private enum Conversion {
    case none, scaled
    case codes([Int32])
  }

  /// Puts one block's values of an attribute where their subjects' are.
  private func place(_ attribute: Int, _ block: Int, _ range: Range<Int>, _ values: inout Values, _ cursor: inout [Int])
  {
    let conversion: Conversion =
      switch plan.formats[attribute] {
      case .number: .scaled
      case .text: .codes(textCodes[block])
      case .list: .codes(listCodes[block])
      default: .none
      }
    let own = blocks[block].attributes[attribute]
    EventOrder.place(own.values, own.subjects.span, range, conversion, scales[attribute], &values, &cursor)
  }

  private static func place(
    _ own: ColumnBuilder, _ subjects: Swift.Span<UInt16>, _ range: Range<Int>, _ conversion: Conversion,
    _ scale: NumberScale, _ values: inout Values, _ cursor: inout [Int]
  ) {
    let (bits, scales, missing) = (own.bits.span, own.scales.span, own.missing.span)
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
  private func range(_ groups: [UInt32], _ group: Int) -> Range<Int> { Int(groups[group])..<Int(groups[group &+ 1]) }

  /// Counts each subject's entries, one place on.
  private static func count(_ subjects: Swift.Span<UInt16>, _ range: Range<Int>, into starts: inout [Int]) {
    for index in range { starts[Int(subjects[index]) &+ 1] &+= 1 }
  }
}

extension EventOrder {
  /// Sorts one subject's rows by word, equal ones by identity, and its attributes with them.
  private func sort(_ range: Range<Int>, _ subject: Int, _ rows: inout MutableSpan<UInt64>, _ values: inout [Values]) {
    let count = range.count
    let words = range.map { rows[$0] }
    var order = Array(0..<count)
    if plan.formats.isEmpty {
      for (place, word) in zip(range, words.sorted()) { rows[place] = word }
      return
    }
    // For each row and attribute, the place of its value.
    var places: [[Int]] = []
    for (attribute, own) in values.enumerated() {
      var place = own.starts[subject]
      let has = plan.kindsWith[attribute]
      places.append(
        words.map { word in
          defer { place += has[Int(word & EventStore.kindMask)] ? 1 : 0 }
          return place
        })
    }
    order.sort { left, right in
      if words[left] != words[right] { return words[left] < words[right] }
      return precedes(left, right, kind: Int(words[left] & EventStore.kindMask), places, values)
    }
    for (place, row) in zip(range, order) { rows[place] = words[row] }
    for attribute in values.indices { reorder(&values[attribute], attribute, subject, order, words, places[attribute]) }
  }

  private func reorder(
    _ values: inout Values, _ attribute: Int, _ subject: Int, _ order: [Int], _ words: [UInt64], _ places: [Int]
  ) {
    let range = values.starts[subject]..<values.starts[subject + 1]
    if range.count < 2 { return }
    let has = plan.kindsWith[attribute]
    let sources = order.filter { has[Int(words[$0] & EventStore.kindMask)] }.map { places[$0] }
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
