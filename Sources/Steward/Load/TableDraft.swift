// Members or content between reading and ordering: rows by first appearance, references not yet rows.

struct TableDraft: Sendable {
  let plan: TablePlan
  let blocks: [ParsedBlock<TableRows>]
  /// Ids; the code of an id is its row here.
  private(set) var keys = TextPool()
  /// Block and row there of each row here.
  private(set) var sources: [(block: Int, row: Int)] = []
  /// Rows whose id another row before had: block, row there, and the first row's number here.
  private(set) var duplicates: [(block: Int, row: Int, first: Int)] = []
  /// Whether a row is kept.
  var isAlive: [Bool] = []
  /// By column: for references the row in the other draft of each row here, -1 where missing, -2 where unknown.
  var references: [[Int32]] = []

  init(_ plan: TablePlan, _ blocks: [ParsedBlock<TableRows>]) {
    self.plan = plan
    self.blocks = blocks
    for (number, block) in blocks.enumerated() {
      var start = 0
      for (row, end) in block.rows.keyEnds.enumerated() {
        let before = keys.count
        let code = Int(keys.intern(block.rows.keys.span, start, count: end - start))
        start = end
        if code == before { sources.append((number, row)) } else { duplicates.append((number, row, code)) }
      }
    }
    isAlive = Array(repeating: true, count: sources.count)
    references = Array(repeating: [], count: plan.formats.count)
  }

  /// A draft of ids that were found elsewhere, without columns.
  init(_ plan: TablePlan, found ids: TextPool) {
    self.plan = plan
    blocks = []
    keys = ids
    sources = (0..<ids.count).map { (block: 0, row: $0) }
    isAlive = Array(repeating: true, count: sources.count)
    references = Array(repeating: [], count: plan.formats.count)
  }

  /// Ids of rows that are at fault, so that what refers to them is not.
  var faultyKeys: [String] { blocks.flatMap { $0.rows.faultyKeys } }

  /// Resolves the references of a kind against a draft of their table.
  mutating func resolve(toMembers isMember: Bool, _ target: TableDraft?) {
    for (index, format) in plan.formats.enumerated() {
      guard case .pending(let wantsMember) = format, wantsMember == isMember else { continue }
      let known = blocks.map { block in
        (0..<block.rows.pending.count).map { code in
          target?.keys.code(of: block.rows.pending[Int32(code)]).flatMap { $0 < target?.sources.count ?? 0 ? $0 : nil }
            ?? -2
        }
      }
      references[index] = sources.map { source in
        let column = blocks[source.block].rows.columns[index]
        if !column.missing.isEmpty, column.missing[source.row] != 0 { return -1 }
        return known[source.block][Int(column.bits[source.row])]
      }
    }
  }

  /// Rows kept, by the bytes of their id.
  func order() -> [Int] {
    let rows = isAlive.indices.filter { isAlive[$0] }
    // Often the file has them in order.
    if zip(rows, rows.dropFirst()).allSatisfy({ keys.precedes(Int32($0), Int32($1)) }) { return rows }
    let prefixes = rows.map { row in
      keys.utf8(Int32(row)).prefix(8).reduce(into: (word: UInt64(0), count: 0)) { prefix, byte in
        prefix.word |= UInt64(byte) << UInt64(56 - prefix.count * 8)
        prefix.count += 1
      }.word
    }
    return rows.indices.sorted { left, right in
      if prefixes[left] != prefixes[right] { return prefixes[left] < prefixes[right] }
      return keys.precedes(Int32(rows[left]), Int32(rows[right]))
    }.map { rows[$0] }
  }

  /// A column of the rows in an order; references become the rows that `ranks` gives for the draft's.
  func column(
    _ index: Int, order: [Int], textCodes: [[Int32]], texts: inout TextPool, memberRanks: [Int32], itemRanks: [Int32]
  ) -> Column {
    let format = plan.formats[index]
    let hasMissing = blocks.contains { !$0.rows.columns[index].missing.isEmpty }
    var missing = order.map { row in
      let source = sources[row]
      let column = blocks[source.block].rows.columns[index]
      return column.missing.isEmpty ? UInt8(0) : column.missing[source.row]
    }
    if !hasMissing || !missing.contains(1) { missing = [] }
    func bits(_ row: Int) -> Int64 { blocks[sources[row].block].rows.columns[index].bits[sources[row].row] }
    switch format {
    case .bool: return Column(.flags(order.map { UInt8(truncatingIfNeeded: bits($0)) }), missing: missing)
    case .int, .date, .time: return Column(.ints(order.map(bits)), missing: missing)
    case .choice, .row: return Column(.codes(order.map { Int32(truncatingIfNeeded: bits($0)) }), missing: missing)
    case .number: return Column(numbers(index, order), missing: missing)
    case .text:
      let codes = order.enumerated().map { place, row in
        missing.isEmpty || missing[place] == 0 ? textCodes[sources[row].block][Int(bits(row))] : 0
      }
      return Column(.codes(codes), missing: missing)
    case .pending(let isMember):
      let ranks = isMember ? memberRanks : itemRanks
      let rows = order.map { row in
        let target = references[index][row]
        return ranks.indices.contains(Int(target)) ? max(0, ranks[Int(target)]) : 0
      }
      return Column(.codes(rows), missing: missing)
    case .list:
      var lists = TextPool()
      let codes = blocks.map { lists.merge($0.rows.pending) }
      let rows = order.enumerated().map { place, row in
        missing.isEmpty || missing[place] == 0 ? codes[sources[row].block][Int(bits(row))] : 0
      }
      let splitter = ListSplitter(plan.schema.columns[index].separator)
      return Column(splitter.column(rows, missing: missing, of: lists, texts: &texts), missing: missing)
    }
  }

  private func numbers(_ index: Int, _ order: [Int]) -> Column.Storage {
    let scale = NumberScale(blocks.map { $0.rows.columns[index] })
    let values = order.map { row in
      let source = sources[row]
      let column = blocks[source.block].rows.columns[index]
      return (column.bits[source.row], column.scales[source.row])
    }
    if let common = scale.scale { return .scaled(values.map { scale.scaled($0.0, $0.1) }, scale: common) }
    return .decimals(values.map { NumberScale.decimal($0.0, $0.1) })
  }
}
