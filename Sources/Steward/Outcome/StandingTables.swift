extension OutcomeTables {
  /// `tiers.csv`: where every member stands on every ladder.
  func writeTiers(to sink: some TableSink) throws(SourceFailure) {
    let ladders = OutcomeTables.byName(program.ladders.map(\.name)).filter {
      outcome.tiers.indices.contains($0) && decided?.contains(program.ladders[$0].name) ?? true
    }
    if ladders.isEmpty { return }
    let rows = ladders.flatMap { ladder in outcome.tiers[ladder].indices.map { (ladder, $0) } }
    let names = program.ladders.map { $0.tiers.map { TableBytes.field($0.name, forSpreadsheets: forSpreadsheets) } }
    let columns = ["ladder", "member", "tier", "since", "failing_since"]
    try table("tiers.csv", columns, rows: rows.count, to: sink) { row, bytes in
      let (ladder, person) = rows[row]
      let record = outcome.tiers[ladder][person]
      bytes.text(program.ladders[ladder].name)
      bytes.comma()
      bytes.raw(member(Int32(clamping: person)))
      bytes.comma()
      if names[ladder].indices.contains(Int(record.tier)) { bytes.raw(names[ladder][Int(record.tier)]) }
      bytes.comma()
      bytes.time(record.since)
      bytes.comma()
      bytes.time(record.failingSince)
      bytes.endRow()
    }
  }

  /// `tier_changes.csv`, by time and member.
  func writeTierChanges(to sink: some TableSink) throws(SourceFailure) {
    if outcome.tierChanges.isEmpty { return }
    let changes = outcome.tierChanges.map { (change: $0, identity: identities.identity(of: $0)) }.sorted {
      left, right in
      if left.change.at != right.change.at { return left.change.at < right.change.at }
      if left.change.member != right.change.member { return left.change.member < right.change.member }
      return left.identity < right.identity
    }
    @Sendable func tier(_ ladder: Int32, _ tier: Int32) -> String {
      ValueNames.tier(Int64(tier), ofLadder: Int(ladder), program)
    }
    let columns = ["id", "ladder", "member", "from", "to", "at", "reason"]
    try table("tier_changes.csv", columns, rows: changes.count, to: sink) { row, bytes in
      let (change, identity) = changes[row]
      bytes.identity(identity)
      bytes.comma()
      bytes.text(program.ladders.indices.contains(Int(change.ladder)) ? program.ladders[Int(change.ladder)].name : "")
      bytes.comma()
      bytes.raw(member(change.member))
      bytes.comma()
      bytes.text(tier(change.ladder, change.from))
      bytes.comma()
      bytes.text(tier(change.ladder, change.to))
      bytes.comma()
      bytes.time(change.at)
      bytes.comma()
      bytes.raw(change.reason == .promoted ? "promoted" : "demoted")
      bytes.endRow()
    }
  }

  /// The columns of `facts.csv`, in the order of the rule files: nothing private, nothing that needs an event.
  var publicFacts: [FactColumn] {
    outcome.facts
      .filter { program.lets.indices.contains($0.letIndex) }
      .filter { fact in
        let declared = program.lets[fact.letIndex]
        return !fact.type.isPrivate && !declared.value.type.isPrivate && !declared.needsFiringEvent
      }
      .sorted { $0.letIndex < $1.letIndex }
  }

  /// `facts.csv`: a row for every member.
  func writeFacts(to sink: some TableSink) throws(SourceFailure) {
    let facts = publicFacts
    let columns = ["member"] + facts.map { program.lets[$0.letIndex].name }
    try table("facts.csv", columns, rows: memberFields.count, to: sink) { row, bytes in
      bytes.raw(memberFields[row])
      for fact in facts {
        bytes.comma()
        append(fact, row, &bytes)
      }
      bytes.endRow()
    }
  }

  /// `item_facts.csv`: a row for every content item, if a let is about items.
  func writeItemFacts(to sink: some TableSink) throws(SourceFailure) {
    let facts = outcome.itemFacts.filter {
      program.lets.indices.contains($0.letIndex) && !program.lets[$0.letIndex].value.type.isPrivate
    }
    if facts.isEmpty { return }
    let ids = dataset.content.ids
    let columns = ["item"] + facts.map { program.lets[$0.letIndex].name }
    try table("item_facts.csv", columns, rows: ids.count, to: sink) { row, bytes in
      bytes.text(ids[row])
      for fact in facts {
        bytes.comma()
        append(fact, row, &bytes)
      }
      bytes.endRow()
    }
  }

  private func append(_ fact: FactColumn, _ row: Int, _ bytes: inout TableBytes) {
    if fact.missing.indices.contains(row), fact.missing[row] != 0 { return }
    switch fact.values {
    case .flags(let flags):
      if flags.indices.contains(row) { bytes.raw(flags[row] != 0 ? "true" : "false") }
    case .numbers(let numbers):
      if numbers.indices.contains(row) { bytes.number(numbers[row]) }
    case .texts(let texts):
      if texts.indices.contains(row) { bytes.text(texts[row]) }
    case .lists(let lists):
      if lists.indices.contains(row) { bytes.text(lists[row].joined(separator: ";")) }
    case .ints(let ints):
      if ints.indices.contains(row) { append(ints[row], fact.type, &bytes) }
    }
  }

  private func append(_ value: Int64, _ type: Type, _ bytes: inout TableBytes) {
    switch type.base {
    case .time: bytes.time(value)
    case .date: bytes.date(Int32(clamping: value))
    case .duration: bytes.duration(value)
    case .period(let unit): bytes.text(calendar.text(unit, Int32(clamping: value)))
    case .choice, .tier, .member, .item: bytes.text(ValueNames.name(value, type, program, dataset) ?? "")
    case .bool: bytes.raw(value != 0 ? "true" : "false")
    default: bytes.int(value)
    }
  }

  /// `rejected.csv`: the rows that were left out, and why.
  func writeRejected(to sink: some TableSink) throws(SourceFailure) {
    if dataset.rejected.isEmpty { return }
    let columns = ["file", "line", "column", "reason", "row"]
    try table("rejected.csv", columns, rows: dataset.rejected.count, to: sink) { row, bytes in
      let rejected = dataset.rejected[row]
      bytes.text(rejected.place.file)
      bytes.comma()
      if let line = rejected.place.line { bytes.int(Int64(line)) }
      bytes.comma()
      if let name = rejected.place.columnName {
        bytes.text(name)
      } else if let column = rejected.place.column {
        bytes.int(Int64(column))
      }
      bytes.comma()
      bytes.text(rejected.reason[language])
      bytes.comma()
      bytes.text(rejected.row)
      bytes.endRow()
    }
  }

  /// `run.json`, written last.
  public func writeRun(_ facts: RunFacts, to sink: some TableSink) throws(SourceFailure) {
    var time = TableBytes(calendar: calendar)
    time.time(outcome.asOf)
    var seconds = TableBytes(calendar: calendar)
    seconds.number((facts.seconds * 1000).rounded() / 1000)
    var fingerprints: [(String, JSONValue)] = [
      ("rules", .text(FileFingerprint.text(facts.rulesFingerprint))),
      ("data", .text(FileFingerprint.text(dataset.fingerprint))),
    ]
    if let zone = facts.zoneFingerprint { fingerprints.append(("zone", .text(FileFingerprint.text(zone)))) }
    func count(_ number: Int) -> JSONValue { .int(Int64(number)) }
    let awards = outcome.incentiveTotals.reduce(0) { $0 + $1.awards }
    // Of several purses, the first: `points`.
    let points = (outcome.balances.first ?? []).reduce(Int128(0)) { $0 + Int128($1.earned) }
    let run = JSONValue.object([
      ("version", .text(facts.version)),
      ("community", .text(program.schema.name)),
      ("zone", .text(program.schema.zone)),
      ("as_of", .text(String(decoding: time.bytes, as: UTF8.self))),
      ("first_day", .text(CivilDate(dayNumber: outcome.firstDay).text)),
      ("fingerprints", .object(fingerprints)),
      (
        "counts",
        .object([
          ("members", count(dataset.members.count)), ("present", count(outcome.presentCount)),
          ("content", count(dataset.content.count)), ("events", count(outcome.eventCount)),
          ("rules", count(program.incentives.count)), ("awards", count(awards)),
          ("points", .number(points.description)),
          ("refusals", count(outcome.refusals.count)), ("tier_changes", count(outcome.tierChanges.count)),
          ("rejected", count(dataset.rejected.count)),
          ("skipped", count(dataset.skippedKinds.reduce(0) { $0 + $1.rows })),
        ])
      ),
      ("seconds", .number(String(decoding: seconds.bytes, as: UTF8.self))),
    ])
    try sink.begin("run.json")
    try sink.write(Array((run.indented() + "\n").utf8))
  }
}
