// `members from events`: a first pass over the event files finds who appears in them, a second one reads them as always.
// Where bad rows are skipped, who has none but those is no member either; then the files are read again without them, until
// everybody who is a member has a row.

/// Gathers the members whom the event rows of one block name.
struct FoundIds: RowSink, Sendable {
  private let plan: EventPlan
  private(set) var ids = TextPool()
  /// Whether there are rows of which it cannot be told who did them, or what.
  private(set) var losesRows = false

  init(_ plan: EventPlan) { self.plan = plan }

  mutating func begin(at offset: Int, origin: Int, lines: Int) {}

  mutating func rows(_ bytes: Bytes, _ batch: RowBatch, raw: Bytes) {
    for row in 0..<batch.count {
      let (kindSlot, memberSlot) = (EventPlan.kindSlot, EventPlan.memberSlot)
      let spelling = FieldReader.trimmed(bytes, batch.start(row, kindSlot), batch.end(row, kindSlot))
      if spelling.isEmpty { losesRows = true }
      let kind = plan.kind(bytes, spelling)
      guard kind >= 0, plan.traits[kind] & EventPlan.isAnonymous == 0 else { continue }
      let id = FieldReader.trimmed(bytes, batch.start(row, memberSlot), batch.end(row, memberSlot))
      if !id.isEmpty { _ = ids.intern(bytes, id.lowerBound, count: id.count) }
    }
  }

  mutating func fault(_ fault: RowFault, raw: Bytes, place: Range<Int>) { losesRows = true }
}

extension LoadRun {
  /// Those who appear in the member column of rows of declared kinds.
  func foundMembers(_ table: TableSchema, _ files: inout [DataFile]) -> (draft: TableDraft, losesRows: Bool) {
    var ids = TextPool()
    var losesRows = false
    if let events = schema.events {
      let plan = EventPlan(
        events, calendar: calendar, members: IdTable([]), items: IdTable([]), skipsBadRows: options.skipBadRows)
      var reader = reader(files)
      let blocks = reader.read({ _ in FoundIds(plan) }, finish: { $0 })
      files = reader.files
      for block in blocks {
        _ = ids.merge(block.rows.ids)
        losesRows = losesRows || block.rows.losesRows || block.failure != nil
      }
    }
    let plan = TablePlan(
      table, calendar: calendar, columnsRead: options.memberColumnsRead, skipsBadRows: options.skipBadRows)
    return (TableDraft(plan, found: ids), losesRows)
  }

  /// Members without a single event row: all of theirs were bad.
  func membersWithoutRows() -> [String] {
    let offsets = data.events.offsets
    return data.members.ids.indices.filter { $0 + 1 < offsets.count && offsets[$0] == offsets[$0 + 1] }
      .map { data.members.ids[$0] }
  }

  /// Fills in the columns of members found in events: their key, and the day of their first event.
  mutating func fillFoundMembers(_ table: TableSchema) {
    let store = data.events
    for index in table.columns.indices where data.members.columns.indices.contains(index) {
      if index == table.key {
        guard options.memberColumnsRead?.contains(index) ?? true else { continue }
        data.members.columns[index] = Column(.codes(data.members.ids.map { data.texts.intern($0) }))
      } else if index == table.joined {
        let isDate = table.columns[index].type.base == .date
        var missing: [UInt8] = []
        var values: [Int64] = []
        for member in data.members.ids.indices {
          let row = store.offsets[member]
          missing.append(row == store.offsets[member + 1] ? 1 : 0)
          let micros = row < store.rows.count ? Int64(store.rows[row] >> EventStore.kindBits) : 0
          let instant = store.base &+ micros
          values.append(missing[member] != 0 ? 0 : isDate ? Int64(calendar.day(of: instant)) : instant)
        }
        data.members.columns[index] = Column(.ints(values), missing: missing.contains(1) ? missing : [])
      }
    }
  }
}
