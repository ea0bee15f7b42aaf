/// What the second pass looks for.
struct LookPlan: Sendable {
  let columnCount: Int
  let kind: Int?
  let time: Int?
  /// The kinds, as spelled.
  let kinds: IdTable
  let kindCount: Int
  /// The ids that rows may refer to.
  let targets: [IdTable]
  /// Columns whose values may be such ids.
  let references: [Int]

  init(_ table: SurveyTable, kind: Int?, time: Int?, targets: [IdTable]) {
    columnCount = table.names.count
    self.kind = kind
    self.time = time
    let values = kind.map { table.profiles[$0].frequent().map(\.value) } ?? []
    kinds = IdTable(values)
    kindCount = values.count
    self.targets = targets
    references = table.names.indices.filter { index in
      let shape = table.shapes[index]
      if table.profiles[index].filled == 0 || shape.longest > 128 || shape.arrays > 0 { return false }
      if shape.times > shape.ints { return false }
      // Whole numbers are ids by their name alone: a score of 7 is no member 7.
      return shape.numbers == 0 || ColumnNames.mayRefer(table.names[index])
    }
  }
}

/// What the second pass found.
struct TableLook: Sendable {
  /// By place in `LookPlan.references`, then by target: fields that are an id of it.
  var hits: [[Int]]
  /// By kind, in the order of `ColumnProfile.frequent`.
  var kindRows: [Int]
  /// By kind, then by column: fields that are not empty.
  var kindFilled: [[Int]]
  /// By day of the time column.
  var days: [Int32: Int] = [:]

  init(_ plan: LookPlan) {
    hits = plan.references.map { _ in plan.targets.map { _ in 0 } }
    kindRows = Array(repeating: 0, count: plan.kindCount)
    kindFilled = Array(repeating: Array(repeating: 0, count: plan.columnCount), count: plan.kindCount)
  }

  mutating func merge(_ other: TableLook) {
    for index in hits.indices {
      for target in hits[index].indices { hits[index][target] += other.hits[index][target] }
    }
    for kind in kindRows.indices {
      kindRows[kind] += other.kindRows[kind]
      for column in kindFilled[kind].indices { kindFilled[kind][column] += other.kindFilled[kind][column] }
    }
    days.merge(other.days) { $0 + $1 }
  }
}

/// Looks at the rows of one block once more.
struct LookRows: RowSink, Sendable {
  private let plan: LookPlan
  private(set) var look: TableLook
  private var reader = FieldReader(calendar: Calendar())
  private var lastDay: Int32 = .min
  private var lastCount = 0

  init(_ plan: LookPlan) {
    self.plan = plan
    look = TableLook(plan)
  }

  mutating func begin(at offset: Int, origin: Int, lines: Int) {}
  mutating func fault(_ fault: RowFault, raw: Bytes, place: Range<Int>) {}

  mutating func rows(_ bytes: Bytes, _ batch: RowBatch, raw: Bytes) {
    for row in 0..<batch.count {
      if let kind = plan.kind { count(kind, bytes, batch, row) }
      if let time = plan.time { day(time, bytes, batch, row) }
    }
    for (place, slot) in plan.references.enumerated() {
      for target in plan.targets.indices {
        for row in 0..<batch.count
        where FieldReader.row(plan.targets[target], bytes, batch.start(row, slot), batch.end(row, slot)) >= 0 {
          look.hits[place][target] += 1
        }
      }
    }
    keepDay()
  }

  private mutating func count(_ slot: Int, _ bytes: Bytes, _ batch: RowBatch, _ row: Int) {
    let kind = FieldReader.row(plan.kinds, bytes, batch.start(row, slot), batch.end(row, slot))
    guard kind >= 0 else { return }
    look.kindRows[kind] += 1
    for column in 0..<plan.columnCount
    where !FieldReader.trimmed(bytes, batch.start(row, column), batch.end(row, column)).isEmpty {
      look.kindFilled[kind][column] += 1
    }
  }

  private mutating func day(_ slot: Int, _ bytes: Bytes, _ batch: RowBatch, _ row: Int) {
    let value = reader.read(.date, bytes, batch.start(row, slot), batch.end(row, slot))
    guard case .value = value.outcome else { return }
    let day = Int32(truncatingIfNeeded: value.bits)
    if day != lastDay { keepDay() }
    lastDay = day
    lastCount += 1
  }

  private mutating func keepDay() {
    if lastCount > 0 { look.days[lastDay, default: 0] += lastCount }
    lastCount = 0
  }
}
