/// What rows never hold: kinds, values of choices, anything in a column, a text that a rule compares with.
struct ValueAudit {
  let program: TypedProgram
  let data: Dataset
  let counts: KindCounts
  let calendar: Calendar
  private(set) var found: [Diagnostic] = []
  /// Where rules compare with a text that no row has.
  private(set) var textsTold: [Span] = []
  private var schema: Schema { program.schema }

  init(program: TypedProgram, data: Dataset, counts: KindCounts, calendar: Calendar) {
    self.program = program
    self.data = data
    self.counts = counts
    self.calendar = calendar
  }

  mutating func audit() {
    auditKinds()
    if let members = schema.members, !members.isFromEvents {
      for (index, column) in members.columns.enumerated() { audit(column, data.members, index) }
    }
    if let content = schema.content {
      for (index, column) in content.columns.enumerated() { audit(column, data.content, index) }
    }
    auditAttributes()
    auditJoined()
    auditTexts()
  }

  private mutating func add(_ problem: AuditProblem, _ span: Span?) {
    if let span { found.append(problem.at(span)) }
  }

  // MARK: Kinds

  private mutating func auditKinds() {
    guard let events = schema.events else { return }
    for (index, kind) in events.kinds.enumerated() {
      if kind.records != nil {
        if counts.rows[index] == 0 { add(.unseenRecords(kind.name), kind.span) }
        continue
      }
      guard counts.unseen.contains(index), counts.all > 0 else { continue }
      let near = near(kind, events)
      let isDeclared =
        near.map { near in events.kinds.contains { $0.isOfFile && $0.spelling == near.spelling } } ?? false
      guard let span = kind.span else { continue }
      let problem = AuditProblem.unseenKind(kind.spelling, rows: counts.all, near: near, isDeclared: isDeclared)
      found.append(problem.at(span, edits: edits(kind, near, isDeclared)))
    }
    // Spellings near a kind that other rows have.
    var told = 0
    let most = data.skippedKinds.sorted { $0.rows == $1.rows ? $0.spelling < $1.spelling : $0.rows > $1.rows }
    for skipped in most.prefix(100) where told < 5 {
      guard let near = events.kind(near: skipped.spelling),
        let index = events.kinds.firstIndex(where: { $0.name == near.name }), !counts.unseen.contains(index)
      else { continue }
      told += 1
      found.append(
        LoadProblem.kindSkipped(
          spelling: skipped.spelling, rows: skipped.rows, near: near.spelling, name: near.name
        ).at(events.files.count == 1 ? DataPlace(file: events.files[0]) : nil))
    }
  }

  /// Behind a kind's name, how the data spells it.
  private func edits(_ kind: KindSchema, _ near: (spelling: String, rows: Int)?, _ isDeclared: Bool) -> [TextEdit] {
    guard let near, let span = kind.span, !isDeclared, kind.spelling == kind.name else { return [] }
    let place = Span(file: span.file, start: span.end, end: span.end)
    return [TextEdit(span: place, replacement: " is \"\(BlockText.escaped(near.spelling))\"")]
  }

  /// A skipped spelling, or another declared kind, that an unseen one may stand for.
  private func near(_ kind: KindSchema, _ events: EventSchema) -> (spelling: String, rows: Int)? {
    for name in [kind.spelling, kind.name] {
      let others = data.skippedKinds.map(\.spelling)
      if let near = others.first(where: { $0 == name }) ?? Suggestions.near(name, in: others),
        let skipped = data.skippedKinds.first(where: { $0.spelling == near })
      {
        return skipped
      }
    }
    let seen = events.kinds.indices.filter { events.kinds[$0].isOfFile && counts.rows[$0] > 0 }
    guard let near = Suggestions.near(kind.spelling, in: seen.map { events.kinds[$0].spelling }),
      let index = seen.first(where: { events.kinds[$0].spelling == near })
    else { return nil }
    return (near, counts.rows[index])
  }

  // MARK: Columns

  private mutating func audit(_ schema: ColumnSchema, _ table: KeyedTable, _ index: Int) {
    guard table.columns.indices.contains(index), table.count > 0 else { return }
    audit(schema, table.columns[index], rows: table.count)
  }

  private mutating func audit(_ schema: ColumnSchema, _ column: Column, rows: Int) {
    let filled = rows - column.missing.count { $0 != 0 }
    if filled == 0 || column.isAllEmptyLists { return add(.emptyColumn(schema.name, rows: rows), schema.span) }
    guard case .choice(let choice) = schema.type.base, !schema.type.isPrivate, case .codes(let codes) = column.storage
    else { return }
    var isSeen = Array(repeating: false, count: choice.values.count)
    for (row, code) in codes.enumerated() where column.missing.isEmpty || column.missing[row] == 0 {
      if isSeen.indices.contains(Int(code)) { isSeen[Int(code)] = true }
    }
    let unseen = choice.values.indices.filter { !isSeen[$0] }.map { choice.values[$0] }
    if !unseen.isEmpty { add(.unseenValues(column: schema.name, values: unseen, rows: filled), schema.span) }
  }

  private mutating func auditAttributes() {
    guard let events = schema.events else { return }
    for (index, attribute) in events.attributes.enumerated() {
      let columns = columns(ofAttribute: index)
      let rows = columns.reduce(0) { $0 + $1.rows }
      guard rows > 0, let first = columns.first else { continue }
      var all = first.column
      for more in columns.dropFirst() where more.rows > 0 {
        all = first.rows == 0 ? more.column : all.joined(more.column)
      }
      audit(attribute, all, rows: rows)
    }
  }

  /// The columns of an attribute, of events with and without a member.
  func columns(ofAttribute index: Int) -> [(column: Column, rows: Int)] {
    [data.events, data.anonymous].compactMap { store in
      guard store.attributes.indices.contains(index), let found = store.attributes[index] else { return nil }
      return (found.column, found.column.rowCount)
    }
  }

  // MARK: Before joined

  private mutating func auditJoined() {
    guard let members = schema.members, let joined = members.joined, !members.isFromEvents,
      data.members.columns.indices.contains(joined), case .ints(let values) = data.members.columns[joined].storage,
      data.events.offsets.count == data.members.count + 1
    else { return }
    let missing = data.members.columns[joined].missing
    let isDate = members.columns[joined].type.base == .date
    var (events, early) = (0, 0)
    for member in values.indices where missing.isEmpty || missing[member] == 0 {
      let start = isDate ? calendar.start(ofDay: Int32(truncatingIfNeeded: values[member])) : values[member]
      var count = 0
      for row in data.events.offsets[member]..<data.events.offsets[member + 1] {
        let word = data.events.rows[row]
        if data.seenKinds.contains(Int(word & EventStore.kindMask)) { continue }
        if data.events.base &+ Int64(truncatingIfNeeded: word >> EventStore.kindBits) >= start { break }
        count += 1
      }
      events += count
      early += count > 0 ? 1 : 0
    }
    let all = data.events.rows.count { !data.seenKinds.contains(Int($0 & EventStore.kindMask)) }
    if events > 0 { add(.beforeJoined(events: events, all: all, members: early), members.columns[joined].span) }
  }

  // MARK: Texts that rules compare with

  /// A text column.
  private enum Place: Hashable {
    case member(Int), item(Int), attribute(Int)
  }

  private mutating func auditTexts() {
    var comparisons: [(place: Place, text: TypedExpr)] = []
    for expression in program.allExpressions { collect(expression, &comparisons) }
    var told: Set<Span> = []
    var values: [Place: Set<Int32>] = [:]
    for (place, expression) in comparisons {
      guard case .constant(.text(let text)) = expression.node, told.insert(expression.span).inserted else { continue }
      let own = values[place] ?? codes(place)
      values[place] = own
      if own.isEmpty { continue }
      if let code = data.texts.code(of: text), own.contains(code) { continue }
      guard let column = column(place), !column.type.isPrivate else { continue }
      let near = own.count > 20_000 ? nil : Suggestions.near(text, in: own.map { data.texts[$0] })
      add(.unseenText(text, column: column.name, near: near), expression.span)
      textsTold.append(expression.span)
    }
  }

  private func collect(_ expression: TypedExpr, _ found: inout [(place: Place, text: TypedExpr)]) {
    switch expression.node {
    case .compare(let sign, let left, let right) where sign == .equal || sign == .notEqual:
      for (one, other) in [(left, right), (right, left)] {
        if let place = place(one), isText(other) { found.append((place, other)) }
      }
    case .isIn(let operand, let values):
      if let place = place(operand) { found += values.filter(isText).map { (place, $0) } }
    case .metric(let index, .only(.text(let group))):
      // `by_city["Berlim"]`; what `by` puts in the place of a missing value is a group too.
      guard program.metrics.indices.contains(index), let by = program.metrics[index].by, let split = split(by) else {
        break
      }
      if split.others.contains(group) { break }
      found.append((split.place, TypedExpr(.constant(.text(group)), .text, expression.span)))
    case .contains(let list, let text) where list.type.base == .list:
      if let place = place(list), isText(text) { found.append((place, text)) }
    default: break
    }
    for child in expression.children { collect(child, &found) }
  }

  private func isText(_ expression: TypedExpr) -> Bool {
    if case .constant(.text) = expression.node { true } else { false }
  }

  /// The text column whose values are the groups of a metric, and other texts that are. - Missing: it is no column.
  private func split(_ by: TypedExpr) -> (place: Place, others: [String])? {
    switch by.node {
    case .reference(let index):
      return program.lets.indices.contains(index) ? split(program.lets[index].value) : nil
    case .coalesce(let value, let other):
      guard case .constant(.text(let text)) = other.node, let found = split(value) else { return nil }
      return (found.place, found.others + [text])
    default: return place(by).map { ($0, []) }
    }
  }

  /// The text column that an expression reads, through `??`.
  private func place(_ expression: TypedExpr) -> Place? {
    switch expression.node {
    case .column(let index): return .member(index)
    case .attribute(let index, _): return .attribute(index)
    case .referenced(let reference, let column):
      return reference.type.base == .item ? .item(column) : .member(column)
    case .coalesce(let value, let other):
      if case .constant = other.node { return place(value) }
      return nil
    default: return nil
    }
  }

  private func column(_ place: Place) -> ColumnSchema? {
    switch place {
    case .member(let index): schema.members?.columns[at: index]
    case .item(let index): schema.content?.columns[at: index]
    case .attribute(let index): schema.events?.attributes[at: index]
    }
  }

  /// The texts that a column holds; none for columns of other types.
  private func codes(_ place: Place) -> Set<Int32> {
    guard let type = column(place)?.type.base, type == .text || type == .list else { return [] }
    let columns: [Column]
    switch place {
    case .member(let index): columns = data.members.columns[at: index].map { [$0] } ?? []
    case .item(let index): columns = data.content.columns[at: index].map { [$0] } ?? []
    case .attribute(let index): columns = self.columns(ofAttribute: index).map(\.column)
    }
    var codes: Set<Int32> = []
    for column in columns {
      switch column.storage {
      case .codes(let own):
        for (row, code) in own.enumerated() where column.missing.isEmpty || column.missing[row] == 0 {
          codes.insert(code)
        }
      case .lists(_, let own): codes.formUnion(own)
      default: break
      }
    }
    return codes
  }
}

extension Array {
  /// The element at an index; nil outside.
  fileprivate subscript(at index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension Column {
  var rowCount: Int {
    switch storage {
    case .flags(let values): values.count
    case .ints(let values): values.count
    case .codes(let values): values.count
    case .scaled(let values, _): values.count
    case .decimals(let values): values.count
    case .lists(let offsets, _): max(0, offsets.count - 1)
    }
  }

  /// Whether these are lists without a single element.
  fileprivate var isAllEmptyLists: Bool {
    if case .lists(_, let codes) = storage { return codes.isEmpty }
    return false
  }

  /// The rows of both, as far as one looks for values that occur.
  fileprivate func joined(_ other: Column) -> Column {
    let filled = missing.isEmpty ? Array(repeating: 0, count: rowCount) : missing
    let more = other.missing.isEmpty ? Array(repeating: 0, count: other.rowCount) : other.missing
    switch (storage, other.storage) {
    case (.codes(let one), .codes(let two)): return Column(.codes(one + two), missing: filled + more)
    case (.lists(let offsets, let one), .lists(let others, let two)):
      return Column(.lists(offsets: offsets + others.dropFirst(), codes: one + two), missing: filled + more)
    default: return Column(storage, missing: filled + more)
    }
  }
}

extension TypedProgram {
  /// Every expression of the rules.
  var allExpressions: [TypedExpr] {
    var all = lets.map(\.value)
    for rule in incentives {
      if case .on(let pattern) = rule.trigger { all += [pattern.condition].compactMap(\.self) }
      all += [rule.among, rule.when, rule.deduction?.points].compactMap(\.self) + rule.amounts.flatMap(\.places)
      all += rule.board.map { $0.keys.map(\.value) + $0.within } ?? []
    }
    for ladder in ladders { all += ladder.tiers.flatMap { [$0.when, $0.keep].compactMap(\.self) } }
    all += metrics.flatMap { [$0.by, $0.value].compactMap(\.self) }
    for alert in alerts {
      switch alert.about {
      case .members(let segment): all.append(segment)
      case .groups(let split, _): all.append(split)
      case .community: break
      }
      all += [alert.when] + alert.groupBy + [alert.message, alert.suggest].compactMap(\.self)
    }
    all += goals.flatMap { [$0.value, $0.target] } + plans.flatMap(\.phases).compactMap(\.until)
    for set in schema.events?.sets ?? [] { all += [set.pattern.condition].compactMap(\.self) }
    return all
  }
}
