// The same events as others see them: rows of `seen by` kinds among the rows of the member who sees them, and all events
// that refer to an item among the rows of that item. They are made once, so that whatever is computed over a subject's rows
// is computed over these.

/// An event as somebody else sees it.
private struct WitnessedRow {
  /// The member, or the item, whose row it becomes.
  var subject: Int32
  var word: UInt64
  /// Who did it.
  var doer: Int32
  /// The row that it is.
  var row: Int32
}

extension Dataset {
  /// Adds the rows of kinds that are seen by others, where they are not there yet.
  ///
  /// Among the rows of one who sees them they stand by time, place of the kind in the block, doer's id, doer's order.
  /// - Parameter wanted: the kinds that somebody reads; others get no rows.
  public func withSeenRows(_ schema: Schema, wanted: Set<Int>) -> Dataset {
    let kinds = schema.events?.kinds ?? []
    var views: [[(kind: Int, by: Witness)]] = kinds.map { _ in [] }
    for (index, kind) in kinds.enumerated() where wanted.contains(index) && !seenKinds.contains(index) {
      if case .seen(let base, let by) = kind.source, views.indices.contains(base) { views[base].append((index, by)) }
    }
    if views.allSatisfy(\.isEmpty) { return self }
    var found: [WitnessedRow] = []
    let witnesses = Witnesses(schema, self)
    forEachRow { member, row, kind in
      for view in views[kind] {
        guard let subject = witnesses.subject(view.by, member, row) else { continue }
        let word = events.rows[row] & ~EventStore.kindMask | UInt64(view.kind)
        found.append(
          WitnessedRow(
            subject: subject, word: word, doer: Int32(truncatingIfNeeded: member), row: Int32(truncatingIfNeeded: row)))
      }
    }
    var result = self
    result.events = Regrouping(events, found, subjects: members.count, keepsOwn: true) { base in
      views[base].map(\.kind)
    }.regrouped()
    result.seenKinds = seenKinds.union(views.joined().map(\.kind))
    return result
  }

  /// The events that refer to each item, by item, time, place of the kind in the block, doer's id, doer's order.
  public func eventsOfItems(_ schema: Schema) -> EventStore {
    let kinds = schema.events?.kinds ?? []
    let item = kinds.indices.map { schema.itemAttribute(of: $0) }
    let isFromFile = kinds.map { $0.source == .file }
    var found: [WitnessedRow] = []
    let witnesses = Witnesses(schema, self)
    forEachRow { member, row, kind in
      guard isFromFile[kind], let attribute = item[kind],
        let subject = witnesses.subject(.attribute(attribute), member, row)
      else { return }
      found.append(
        WitnessedRow(
          subject: subject, word: events.rows[row], doer: Int32(truncatingIfNeeded: member),
          row: Int32(truncatingIfNeeded: row)))
    }
    return Regrouping(events, found, subjects: content.count, keepsOwn: false) { [$0] }.regrouped()
  }

  private func forEachRow(_ body: (Int, Int, Int) -> Void) {
    for member in 0..<max(0, min(members.count, events.offsets.count - 1)) {
      for row in events.offsets[member]..<events.offsets[member + 1] {
        body(member, row, Int(events.rows[row] & EventStore.kindMask))
      }
    }
  }
}

extension Schema {
  /// The attribute by which events of a kind refer to an item: the first of that type.
  public func itemAttribute(of kind: Int) -> Int? {
    guard let events, events.kinds.indices.contains(kind) else { return nil }
    return events.kinds[kind].attributes.first { events.attributes[$0.index].type.base == .item }?.index
  }
}

/// Finds who sees an event.
private struct Witnesses {
  private let schema: Schema
  private let data: Dataset
  /// By attribute: for each row of the store the place among the attribute's values.
  private var places: [[Int32]?]

  init(_ schema: Schema, _ data: Dataset) {
    self.schema = schema
    self.data = data
    places = data.events.attributes.indices.map { attribute in
      schema.events?.attributes.indices.contains(attribute) == true
        && [.member, .item].contains(schema.events?.attributes[attribute].type.base)
        ? data.events.attributes[attribute]?.places(in: data.events) : nil
    }
  }

  func subject(_ witness: Witness, _ member: Int, _ row: Int) -> Int32? {
    switch witness {
    case .attribute(let attribute): value(attribute, row)
    case .memberColumn(let column): Witnesses.code(data.members.columns, column, member)
    case .itemColumn(let column):
      schema.itemAttribute(of: Int(data.events.rows[row] & EventStore.kindMask)).flatMap { value($0, row) }
        .flatMap { Witnesses.code(data.content.columns, column, Int($0)) }
    }
  }

  private func value(_ attribute: Int, _ row: Int) -> Int32? {
    guard places.indices.contains(attribute), let places = places[attribute],
      let column = data.events.attributes[attribute]
    else { return nil }
    return column.column.code(Int(places[row]))
  }

  private static func code(_ columns: [Column], _ column: Int, _ row: Int) -> Int32? {
    columns.indices.contains(column) ? columns[column].code(row) : nil
  }
}

/// Builds a store of rows that others see, with or without the subjects' own.
private struct Regrouping {
  private let store: EventStore
  private let rows: [WitnessedRow]
  private let subjects: Int
  private let keepsOwn: Bool
  /// The kinds under which rows of a kind appear.
  private let kinds: (Int) -> [Int]

  init(
    _ store: EventStore, _ rows: [WitnessedRow], subjects: Int, keepsOwn: Bool, _ kinds: @escaping (Int) -> [Int]
  ) {
    self.store = store
    // They come by doer and the doer's order: a stable sort keeps that among equals.
    self.rows = rows.indices.sorted { left, right in
      let (a, b) = (rows[left], rows[right])
      if a.subject != b.subject { return a.subject < b.subject }
      return a.word == b.word ? left < right : a.word < b.word
    }.map { rows[$0] }
    self.subjects = subjects
    self.keepsOwn = keepsOwn
    self.kinds = kinds
  }

  func regrouped() -> EventStore {
    var result = EventStore(base: store.base)
    var words: [UInt64] = []
    /// For each new row the old one, and who did it where that is not the subject.
    var sources: [Int32] = []
    var doers: [Int32] = []
    var seenBefore = [0]
    words.reserveCapacity(rows.count + (keepsOwn ? store.rows.count : 0))
    var next = 0
    for subject in 0..<subjects {
      var own = keepsOwn ? store.offsets[subject] : 0
      let ownEnd = keepsOwn ? store.offsets[subject + 1] : 0
      while true {
        let isSeen = next < rows.count && Int(rows[next].subject) == subject
        if isSeen, own == ownEnd || rows[next].word < store.rows[own] {
          words.append(rows[next].word)
          sources.append(rows[next].row)
          doers.append(rows[next].doer)
          next += 1
        } else if own < ownEnd {
          words.append(store.rows[own])
          sources.append(Int32(truncatingIfNeeded: own))
          own += 1
        } else {
          break
        }
      }
      result.offsets.append(words.count)
      seenBefore.append(doers.count)
    }
    result.rows = EventWords(words)
    result.attributes = store.attributes.map { $0.map { regrouped($0, result, sources) } }
    var isSeen = [UInt8](repeating: 0, count: 1 << Int(EventStore.kindBits))
    for row in rows { isSeen[Int(row.word & EventStore.kindMask)] = 1 }
    result.doers = EventColumn(kinds: isSeen, column: Column(.codes(doers)), offsets: seenBefore)
    if keepsOwn, let old = store.doers { result.doers = joined(old, result, sources, doers) }
    return result
  }

  /// An attribute's values in the new order; kinds that are seen have what the kind itself has.
  private func regrouped(_ column: EventColumn, _ result: EventStore, _ sources: [Int32]) -> EventColumn {
    let places = column.places(in: store)
    var mask = column.kinds
    while mask.count < 1 << Int(EventStore.kindBits) { mask.append(0) }
    let base = mask
    for kind in column.kinds.indices where base[kind] != 0 { for seen in kinds(kind) { mask[seen] = 1 } }
    var picks: [Int32] = []
    var offsets = [0]
    for subject in 0..<subjects {
      for row in result.offsets[subject]..<result.offsets[subject + 1]
      where mask[Int(result.rows[row] & EventStore.kindMask)] != 0 { picks.append(places[Int(sources[row])]) }
      offsets.append(picks.count)
    }
    return EventColumn(kinds: mask, column: column.column.picked(picks), offsets: offsets)
  }

  /// Doers of rows that were seen before, and of those that are new.
  private func joined(
    _ old: EventColumn, _ result: EventStore, _ sources: [Int32], _ new: [Int32]
  ) -> EventColumn {
    let places = old.places(in: store)
    var mask = old.kinds
    for row in rows { mask[Int(row.word & EventStore.kindMask)] = 1 }
    var codes: [Int32] = []
    var offsets = [0]
    var next = 0
    for subject in 0..<subjects {
      for row in result.offsets[subject]..<result.offsets[subject + 1] {
        let kind = Int(result.rows[row] & EventStore.kindMask)
        if mask[kind] == 0 { continue }
        if old.kinds[kind] != 0 {
          codes.append(old.column.code(Int(places[Int(sources[row])])) ?? 0)
        } else {
          codes.append(new[next])
          next += 1
        }
      }
      offsets.append(codes.count)
    }
    return EventColumn(kinds: mask, column: Column(.codes(codes)), offsets: offsets)
  }
}

extension EventColumn {
  /// For each row of a store the place among the values that belongs to it; arbitrary where the kind has none.
  func places(in store: EventStore) -> [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(store.rows.count)
    for subject in 0..<max(0, store.offsets.count - 1) {
      var next = Int32(truncatingIfNeeded: offsets[subject])
      for row in store.offsets[subject]..<store.offsets[subject + 1] {
        result.append(next)
        let kind = Int(store.rows[row] & EventStore.kindMask)
        if kind < kinds.count, kinds[kind] != 0 { next &+= 1 }
      }
    }
    return result
  }
}

extension Column {
  /// The code at a row. - Missing: nil where the value is, or the column holds no codes.
  func code(_ row: Int) -> Int32? {
    guard case .codes(let codes) = storage, codes.indices.contains(row) else { return nil }
    if missing.indices.contains(row), missing[row] != 0 { return nil }
    return codes[row]
  }

  /// The values at some rows.
  func picked(_ rows: [Int32]) -> Column {
    let missing = missing.isEmpty ? [] : rows.map { self.missing[Int($0)] }
    switch storage {
    case .flags(let values): return Column(.flags(rows.map { values[Int($0)] }), missing: missing)
    case .ints(let values): return Column(.ints(rows.map { values[Int($0)] }), missing: missing)
    case .codes(let values): return Column(.codes(rows.map { values[Int($0)] }), missing: missing)
    case .scaled(let values, let scale):
      return Column(.scaled(rows.map { values[Int($0)] }, scale: scale), missing: missing)
    case .decimals(let values): return Column(.decimals(rows.map { values[Int($0)] }), missing: missing)
    case .lists(let offsets, let codes):
      var newOffsets: [Int32] = [0]
      var newCodes: [Int32] = []
      for row in rows {
        newCodes.append(contentsOf: codes[Int(offsets[Int(row)])..<Int(offsets[Int(row) + 1])])
        newOffsets.append(Int32(truncatingIfNeeded: newCodes.count))
      }
      return Column(.lists(offsets: newOffsets, codes: newCodes), missing: missing)
    }
  }
}
