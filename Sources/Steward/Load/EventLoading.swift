extension LoadRun {
  /// Reads, checks and orders the events.
  mutating func loadEvents(
    _ events: EventSchema, _ files: inout [DataFile], records recordFiles: inout [[DataFile]],
    faultyMembers: [String], faultyItems: [String]
  ) {
    // Where nothing can come of the load, ids of faulty rows count as known, so that one mistake gives one message.
    let members = IdTable(data.members.ids + (options.skipBadRows ? [] : faultyMembers))
    let items = IdTable(data.content.ids + (options.skipBadRows ? [] : faultyItems))
    var asked = EventPlan(
      events, calendar: calendar, members: members, items: items, skipsBadRows: options.skipBadRows)
    asked.knowsMembers = self.members.areAll
    asked.knowsItems = self.items.areAll
    let plan = asked
    var reader = reader(files)
    let rooms = ReuseStack<EventRows.Room>()
    var blocks = reader.read({ EventRows(plan, header: $0.header, rooms: rooms) }) { rows in
      var block = EventBlock(rows)
      if !plan.hasKey { block.group(plan) }
      return block
    }
    files = reader.files
    if stop.isRaised { return }
    take(blocks)
    noteNames(plan.columns, files, blocks) { slot, column, block in
      slot < EventPlan.keySlot || block.rows.faults.mentions(column) || block.rows.hasValues(plan.format(of: slot))
    }
    countOtherKinds(blocks)
    if blocks.contains(where: \.rows.missesMember) { note(missing: true) }
    if blocks.contains(where: \.rows.missesItem) { note(missing: false) }
    // Of a file that ends early nobody knows what else it had.
    if !blocks.contains(where: { $0.failure != nil }) {
      noteOtherKinds(events, files, hasDeclared: blocks.contains(where: \.rows.hasDeclaredKinds))
    }
    let locator = RowLocator(files: files, blocks: blocks.map { $0.withoutRows })
    for (number, block) in blocks.enumerated() { report.add(block.rows.faults, block: number, locator) }
    let textCodes = blocks.map { data.texts.merge($0.rows.texts) }
    if plan.hasKey { settleKeys(&blocks, plan, textCodes, locator) }
    let records = loadRecords(plan, &recordFiles)
    if report.isFatal || stop.isRaised { return }
    order(plan, blocks.map(\.rows), textCodes, records)
  }

  private mutating func countOtherKinds(_ blocks: [ParsedBlock<EventBlock>]) {
    var kinds = TextPool()
    var counts: [Int] = []
    for block in blocks {
      for (own, code) in kinds.merge(block.rows.otherKinds).enumerated() {
        if Int(code) == counts.count { counts.append(0) }
        counts[Int(code)] += block.rows.otherCounts[own]
      }
    }
    data.skippedKinds = counts.indices.sorted { kinds.precedes(Int32($0), Int32($1)) }
      .map { (spelling: kinds[Int32($0)], rows: counts[$0]) }
  }

  /// Tells of skipped kinds that are near a declared one, and of files where no row is of a declared kind.
  private mutating func noteOtherKinds(_ events: EventSchema, _ files: [DataFile], hasDeclared: Bool) {
    let declared = events.kinds.filter(\.isOfFile)
    if data.skippedKinds.isEmpty || declared.isEmpty { return }
    let place = files.count == 1 ? files.first.map { DataPlace(file: $0.source.name) } : nil
    let most = data.skippedKinds.sorted { $0.rows == $1.rows ? $0.spelling < $1.spelling : $0.rows > $1.rows }
    if !hasDeclared {
      let found = most.prefix(20).map {
        LoadProblem.SkippedKind(spelling: $0.spelling, rows: $0.rows, near: events.kind(near: $0.spelling)?.name)
      }
      let rows = most.reduce(0) { $0 + $1.rows }
      return report.add(
        .noDeclaredKind(
          rows: rows, found: found, declared: declared.map(\.spelling), isError: options.needsEvents),
        place: place)
    }
    var told = 0
    // Of a column that is no kind at all, every row may be another.
    for skipped in most.prefix(100) where told < 5 {
      guard let near = events.kind(near: skipped.spelling) else { continue }
      told += 1
      report.add(
        .kindSkipped(spelling: skipped.spelling, rows: skipped.rows, near: near.spelling, name: near.name),
        place: place)
    }
  }

  /// Finds keys that occur twice, and groups the rows.
  private mutating func settleKeys(
    _ blocks: inout [ParsedBlock<EventBlock>], _ plan: EventPlan, _ textCodes: [[Int32]], _ locator: RowLocator<Nothing>
  ) {
    var firsts: [Int32: (block: Int, row: Int)] = [:]
    var isTaken = Array(repeating: false, count: data.texts.count)
    let column = plan.formats.count - 1
    var dropped: [Set<Int>] = blocks.map { _ in [] }
    var twice: Set<Int32> = []
    for (number, block) in blocks.enumerated() {
      for bits in block.rows.rows?.columns[column].bits ?? [] {
        let code = textCodes[number][Int(bits)]
        if isTaken[Int(code)] { twice.insert(code) }
        isTaken[Int(code)] = true
      }
    }
    if !twice.isEmpty {
      for (number, block) in blocks.enumerated() {
        guard let rows = block.rows.rows else { continue }
        for (row, bits) in rows.columns[column].bits.enumerated() where twice.contains(textCodes[number][Int(bits)]) {
          let code = textCodes[number][Int(bits)]
          guard let first = firsts[code] else {
            firsts[code] = (number, row)
            continue
          }
          dropped[number].insert(row)
          let firstStart = Int(blocks[first.block].rows.rows?.starts[first.row] ?? 0)
          let start = Int(rows.starts[row])
          report.addDuplicate(
            data.texts[code], plan.columns[3], block: number, place: start..<Int(rows.ends[row]),
            first: locator.name(first.block, firstStart), hidden: rows.faults.hidden, locator)
        }
      }
    }
    if report.isFatal { return }
    let old = blocks
    let lost = dropped
    blocks = workers.map(old.count) { index in
      var block = old[index]
      block.rows.drop(lost[index])
      block.rows.group(plan)
      return block
    }
  }

  private mutating func order(
    _ plan: EventPlan, _ events: [EventBlock], _ eventCodes: [[Int32]],
    _ records: (blocks: [EventBlock], textCodes: [[Int32]])
  ) {
    let blocks = events + records.blocks
    let textCodes = eventCodes + records.textCodes
    // Records date nothing where there are events.
    let dated = events.contains { $0.rowCount > 0 } ? events : records.blocks
    let filled = dated.filter { $0.rowCount > 0 }
    data.firstInstant = filled.map(\.first).min()
    data.lastInstant = filled.map(\.last).max()
    var lists = TextPool()
    let listCodes = blocks.map { lists.merge($0.pending) }
    let first = blocks.filter { $0.rowCount > 0 }.map(\.first).min() ?? 0
    // The first instant's second: words stay small, and the base is the same for data that begin together.
    let base = first - ((first % 1_000_000) + 1_000_000) % 1_000_000
    let isKept = plan.formats.indices.map { index in
      index >= plan.schema.attributes.count || (options.attributesRead?.contains(index) ?? true)
    }
    let scales = plan.formats.indices.map { index in
      NumberScale(plan.formats[index].isNumber ? blocks.map { $0.attributes[index].values } : [])
    }
    var order: EventOrder? = EventOrder(
      plan: plan, blocks: blocks, textCodes: textCodes, listCodes: listCodes, texts: data.texts, lists: lists,
      scales: scales, isKept: isKept, base: base)
    guard let (rows, groups) = order?.ordered(workers) else { return }
    order = nil
    let building = EventStoreBuilding(plan: plan, scales: scales, lists: lists, groups: groups, workers: workers)
    var store = EventStore(base: base, rows: rows, offsets: building.offsets { $0.starts })
    store.attributes = plan.formats.indices.map { isKept[$0] ? building.column($0, texts: &data.texts) : nil }
    (data.events, data.anonymous) = store.splitLast()
  }
}

extension EventSchema {
  /// The declared kind that a spelling in the data may mean: one spelt or called almost so, in whatever case.
  public func kind(near spelling: String) -> KindSchema? {
    let kinds = kinds.filter(\.isOfFile)
    if let near = Suggestions.near(spelling, in: kinds.map(\.spelling)) {
      return kinds.first { $0.spelling == near }
    }
    return kinds.first { $0.name == spelling }
      ?? Suggestions.near(spelling, in: kinds.map(\.name)).flatMap { near in kinds.first { $0.name == near } }
  }
}

/// Rows that nobody needs any more.
struct Nothing: Sendable {}

extension ParsedBlock {
  var withoutRows: ParsedBlock<Nothing> {
    ParsedBlock<Nothing>(
      file: file, rows: Nothing(), base: base, start: start, end: end, lines: lines, fingerprint: fingerprint,
      failure: failure, names: names, isBroken: isBroken)
  }
}
