// Puts ordered groups into the columns of an event store. Every array is made once at its full length, and filled by
// all groups side by side.

/// One group's rows and values in order; the rows themselves lie in the store already.
struct OrderedGroup: Sendable {
  var starts: [Int] = []
  /// By attribute; empty for those that nobody reads.
  var values: [EventOrder.Values?] = []
}

extension EventOrder {
  /// All rows in order, and what belongs to them by group.
  func ordered(_ workers: Workers) -> (rows: EventWords, groups: [OrderedGroup]) {
    let epoch = UInt64(bitPattern: base - TimeReader.epoch)
    if let kindBits = narrowKindBits {
      let shifts = blocks.map { UInt32(truncatingIfNeeded: $0.words.base &- epoch / 1_000_000) &<< kindBits }
      let words = Words(blocks: blocks.map(\.words.narrow), shifts: shifts, kindBits: kindBits)
      let (rows, groups) = ordered(words, workers)
      return (EventWords(narrow: rows, kindBits: kindBits), groups)
    }
    // Twenty bytes a row for a moment, where blocks are narrow that must be wide; seldom.
    let shift = 0 &- epoch &<< EventStore.kindBits
    let words = Words(
      blocks: blocks.map(\.words.widened.wide), shifts: blocks.map { _ in shift }, kindBits: EventStore.kindBits)
    let (rows, groups) = ordered(words, workers)
    return (EventWords(rows), groups)
  }

  private func ordered<Word: BitwiseCopyable>(
    _ words: Words<Word>, _ workers: Workers
  ) -> (rows: [Word], groups: [OrderedGroup]) {
    var groups: [OrderedGroup] = []
    let rows = Slots<Word>.array(cuts: rowCuts, zero: 0) { slots in
      groups = workers.map(plan.groupCount) { group in
        var ordered = OrderedGroup()
        slots.fill(group) { rows in
          let (starts, values) = order(group, words, into: &rows)
          ordered.starts = starts
          ordered.values = values.indices.map { isKept[$0] ? values[$0] : nil }
        }
        return ordered
      }
    }
    return (rows, groups)
  }
}

/// The store of all subjects, the anonymous one last.
struct EventStoreBuilding {
  let plan: EventPlan
  let scales: [NumberScale]
  let lists: TextPool
  let groups: [OrderedGroup]
  let workers: Workers

  /// The number of rows, or of an attribute's values, before each subject.
  func offsets(_ starts: (OrderedGroup) -> [Int]) -> [Int] {
    var offsets: [Int] = []
    offsets.reserveCapacity(plan.members.count + 2)
    var base = 0
    for group in groups {
      let starts = starts(group)
      for start in starts.dropLast() { offsets.append(base + start) }
      base += starts.last ?? 0
    }
    offsets.append(base)
    return offsets
  }

  /// The column of an attribute that is read.
  func column(_ attribute: Int, texts: inout TextPool) -> EventColumn {
    let offsets = offsets { $0.values[attribute]?.starts ?? [] }
    let hasMissing = groups.contains { !($0.values[attribute]?.missing.isEmpty ?? true) }
    let missing = hasMissing ? joined(attribute, UInt8(0), \.missing) { $0 } : []
    let storage: Column.Storage
    switch plan.formats[attribute] {
    case .bool: storage = .flags(joined(attribute, 0, \.bits) { UInt8(truncatingIfNeeded: $0) })
    case .int, .date, .time: storage = .ints(joined(attribute, 0, \.bits) { $0 })
    case .text, .choice, .row, .pending:
      storage = .codes(joined(attribute, 0, \.bits) { Int32(truncatingIfNeeded: $0) })
    case .number:
      let bits = joined(attribute, Int64(0), \.bits) { $0 }
      if let scale = scales[attribute].scale {
        storage = .scaled(bits, scale: scale)
      } else {
        let scales = joined(attribute, Int16(0), \.scales) { $0 }
        storage = .decimals(zip(bits, scales).map { NumberScale.decimal($0, $1) })
      }
    case .list:
      let codes = joined(attribute, 0, \.bits) { Int32(truncatingIfNeeded: $0) }
      let separator = plan.schema.attributes[attribute].separator
      storage = ListSplitter(separator).column(codes, missing: missing, of: lists, texts: &texts)
    }
    let kinds = plan.kindsWith[attribute].map { $0 ? UInt8(1) : 0 }
    return EventColumn(kinds: kinds, column: Column(storage, missing: missing), offsets: offsets)
  }

  private func joined<Source, Target: BitwiseCopyable & Sendable>(
    _ attribute: Int, _ zero: Target, _ values: @Sendable (EventOrder.Values) -> [Source],
    _ convert: @Sendable (Source) -> Target
  ) -> [Target] {
    var cuts = [0]
    for group in groups { cuts.append((cuts.last ?? 0) + (group.values[attribute]?.bits.count ?? 0)) }
    return Slots<Target>.array(cuts: cuts, zero: zero) { slots in
      workers.each(groups.count) { group in
        guard let own = groups[group].values[attribute] else { return }
        let values = values(own)
        slots.fill(group) { span in
          for index in 0..<min(span.count, values.count) { span[index] = convert(values[index]) }
        }
      }
    }
  }
}

extension EventStore {
  /// Parts the last subject from the others.
  consuming func splitLast() -> (EventStore, EventStore) {
    guard offsets.count >= 2 else { return (self, EventStore()) }
    let cut = offsets[offsets.count - 2]
    if cut == rows.count {
      let none = EventStore(base: base, offsets: [0, 0], attributes: attributes.map { $0?.part(0, 0) })
      var members = self
      members.offsets.removeLast()
      for index in members.attributes.indices { members.attributes[index]?.offsets.removeLast() }
      return (members, none)
    }
    let members = EventStore(
      base: base, rows: rows.part(0..<cut), offsets: Array(offsets.dropLast()),
      attributes: attributes.map { $0.map { $0.withoutLast() } })
    let last = EventStore(
      base: base, rows: rows.part(cut..<rows.count), offsets: [0, rows.count - cut],
      attributes: attributes.map { column in
        column.map { $0.part($0.offsets[$0.offsets.count - 2], $0.offsets.last ?? 0) }
      })
    return (members, last)
  }
}

extension EventColumn {
  /// Without the last subject's values.
  fileprivate func withoutLast() -> EventColumn {
    let end = offsets[offsets.count - 2]
    return EventColumn(kinds: kinds, column: column.part(0, end), offsets: Array(offsets.dropLast()))
  }

  /// A stretch of the values as one subject's.
  fileprivate func part(_ start: Int, _ end: Int) -> EventColumn {
    EventColumn(kinds: kinds, column: column.part(start, end), offsets: [0, end - start])
  }
}

extension Column {
  /// A stretch of the values.
  fileprivate func part(_ start: Int, _ end: Int) -> Column {
    let missing = missing.isEmpty ? [] : Array(missing[start..<end])
    switch storage {
    case .flags(let values): return Column(.flags(Array(values[start..<end])), missing: missing)
    case .ints(let values): return Column(.ints(Array(values[start..<end])), missing: missing)
    case .codes(let values): return Column(.codes(Array(values[start..<end])), missing: missing)
    case .scaled(let values, let scale):
      return Column(.scaled(Array(values[start..<end]), scale: scale), missing: missing)
    case .decimals(let values): return Column(.decimals(Array(values[start..<end])), missing: missing)
    case .lists(let offsets, let codes):
      let first = offsets[start]
      let own = Array(codes[Int(first)..<Int(offsets[end])])
      return Column(.lists(offsets: offsets[start...end].map { $0 - first }, codes: own), missing: missing)
    }
  }
}

/// Splits the texts of lists, each different text once.
struct ListSplitter {
  private let separator: [UInt8]
  init(_ separator: String) { self.separator = Array(separator.utf8) }

  /// Stands before each element of a list of which an element holds the separator; no text has this byte.
  static let mark: UInt8 = 0xFF

  /// Whether a separator occurs in a text.
  static func contains(_ text: [UInt8], _ separator: [UInt8]) -> Bool {
    text.indices.contains { text[$0...].starts(with: separator) }
  }

  /// - Missing: rows that are missing have no elements.
  func column(_ rows: [Int32], missing: [UInt8], of lists: TextPool, texts: inout TextPool) -> Column.Storage {
    var elements: [[Int32]?] = Array(repeating: nil, count: lists.count)
    var offsets: [Int32] = [0]
    var codes: [Int32] = []
    for (index, row) in rows.enumerated() {
      if missing.isEmpty || missing[index] == 0, elements.indices.contains(Int(row)) {
        let split = elements[Int(row)] ?? split(lists.utf8(row)).map { texts.intern($0) }
        elements[Int(row)] = split
        codes += split
      }
      offsets.append(Int32(truncatingIfNeeded: codes.count))
    }
    return .lists(offsets: offsets, codes: codes)
  }

  /// The elements of a list, without the spaces around them; empty ones are none.
  private func split(_ text: ArraySlice<UInt8>) -> [String] {
    if text.first == ListSplitter.mark {
      return text.split(separator: ListSplitter.mark).map { String(decoding: trimmed($0), as: UTF8.self) }
        .filter { !$0.isEmpty }
    }
    var elements: [String] = []
    var start = text.startIndex
    var offset = text.startIndex
    while offset <= text.endIndex {
      let isSeparator = !separator.isEmpty && text[offset...].starts(with: separator)
      if offset == text.endIndex || isSeparator {
        let element = trimmed(text[start..<offset])
        if !element.isEmpty { elements.append(String(decoding: element, as: UTF8.self)) }
        offset += max(1, separator.count)
        start = min(offset, text.endIndex)
      } else {
        offset += 1
      }
    }
    return elements
  }

  private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes
    while bytes.first == 0x20 { bytes.removeFirst() }
    while bytes.last == 0x20 { bytes.removeLast() }
    return bytes
  }
}
