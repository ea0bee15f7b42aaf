// What alerts, goals and plans found, as files.

extension OutcomeTables {
  /// `alerts.csv`: every stay of an alert in a state, by its beginning.
  func writeAlerts(to sink: some TableSink) throws(SourceFailure) {
    if outcome.alerts.isEmpty { return }
    let records = outcome.alerts.map { (record: $0, identity: identity(of: $0)) }.sorted { left, right in
      left.record.from == right.record.from ? left.identity < right.identity : left.record.from < right.record.from
    }
    let columns = ["id", "alert", "about", "state", "from", "to", "severity", "message"]
    try table("alerts.csv", columns, rows: records.count, to: sink) { row, bytes in
      let (record, identity) = records[row]
      bytes.identity(identity)
      bytes.comma()
      bytes.text(program.alerts[Int(record.alert)].name)
      bytes.comma()
      switch record.about {
      case .community: break
      case .member(let member): bytes.raw(self.member(member))
      case .group(let group): bytes.text(group)
      }
      bytes.comma()
      bytes.raw(record.state.rawValue)
      bytes.comma()
      bytes.time(record.from)
      bytes.comma()
      bytes.time(record.to)
      bytes.comma()
      bytes.raw(program.alerts[Int(record.alert)].severity.rawValue)
      bytes.comma()
      if let message = record.message { bytes.text(message) }
      bytes.endRow()
    }
  }

  /// `notifications.jsonl`: one object a notification, by time.
  func writeNotifications(to sink: some TableSink) throws(SourceFailure) {
    if outcome.notifications.isEmpty { return }
    let all = outcome.notifications.map { (notice: $0, identity: identity(of: $0)) }.sorted { left, right in
      left.notice.at == right.notice.at ? left.identity < right.identity : left.notice.at < right.notice.at
    }
    try sink.begin("notifications.jsonl")
    var bytes: [UInt8] = []
    for (notice, identity) in all {
      bytes += object(notice, identity).text.utf8
      bytes.append(0x0A)
      if bytes.count > 1 << 16 {
        try sink.write(bytes)
        bytes.removeAll(keepingCapacity: true)
        if stop.isRaised { return }
      }
    }
    try sink.write(bytes)
  }

  private func object(_ notice: AlertNotification, _ identity: AwardIdentity) -> JSONValue {
    let alert = program.alerts[Int(notice.alert)]
    var id = TableBytes(calendar: calendar)
    id.identity(identity)
    var fields: [(String, JSONValue)] = [
      ("id", .text(String(decoding: id.bytes, as: UTF8.self))), ("at", .text(calendar.text(ofInstant: notice.at))),
      ("alert", .text(alert.name)), ("severity", .text(alert.severity.rawValue)),
    ]
    if alert.groupBy.isEmpty {
      fields.append(("about", notice.about.first.map(about) ?? .null))
    } else {
      fields.append(("about", .array(notice.about.map(about))))
      fields.append(("group", .array(notice.group.map { .text($0) })))
    }
    fields.append(("message", .optional(notice.message)))
    fields.append(("suggest", .optional(notice.suggest)))
    fields.append(("notify", .array(alert.notify.map { .text($0) })))
    return .object(fields)
  }

  private func about(_ subject: AlertSubject) -> JSONValue {
    switch subject {
    case .community: .null
    case .member(let member): .text(id(of: member))
    case .group(let group): .text(group)
    }
  }

  private func id(of member: Int32) -> String {
    dataset.members.ids.indices.contains(Int(member)) ? dataset.members.ids[Int(member)] : ""
  }

  // MARK: Identities

  /// Alert, whom it is about, state and beginning.
  private func identity(of record: AlertRecord) -> AwardIdentity {
    var hash = SipHash()
    hash.absorb(program.alerts[Int(record.alert)].name)
    absorb(record.about, &hash)
    hash.absorb(5)
    hash.absorb(record.state.rawValue)
    hash.absorb(UInt64(bitPattern: record.from))
    return AwardIdentity(hash.finished())
  }

  /// Alert, whom it is about, time.
  private func identity(of notice: AlertNotification) -> AwardIdentity {
    var hash = SipHash()
    hash.absorb(program.alerts[Int(notice.alert)].name)
    if program.alerts[Int(notice.alert)].groupBy.isEmpty {
      for subject in notice.about { absorb(subject, &hash) }
    } else {
      for key in notice.group { hash.absorb(key) }
    }
    hash.absorb(6)
    hash.absorb(UInt64(bitPattern: notice.at))
    return AwardIdentity(hash.finished())
  }

  private func absorb(_ subject: AlertSubject, _ hash: inout SipHash) {
    switch subject {
    case .community: hash.absorb(0)
    case .member(let member):
      hash.absorb(1)
      hash.absorb(id(of: member))
    case .group(let group):
      hash.absorb(2)
      hash.absorb(group)
    }
  }

  // MARK: Goals and plans

  /// `goals.csv`
  func writeGoals(to sink: some TableSink) throws(SourceFailure) {
    if outcome.goals.isEmpty { return }
    let ranks = OutcomeTables.ranks(program.goals.map(\.name))
    let records = outcome.goals.sorted { ranks[Int($0.goal)] < ranks[Int($1.goal)] }
    let columns = ["goal", "from", "by", "target", "value", "share", "expected", "status", "projected"]
    try table("goals.csv", columns, rows: records.count, to: sink) { row, bytes in
      let record = records[row]
      let goal = program.goals[Int(record.goal)]
      bytes.text(goal.name)
      bytes.comma()
      bytes.date(record.from)
      bytes.comma()
      bytes.date(goal.by)
      for number in [record.target, record.value, record.share, record.expected] {
        bytes.comma()
        if let number { bytes.number(number) }
      }
      bytes.comma()
      bytes.raw(record.status.rawValue)
      bytes.comma()
      if let day = record.projected { bytes.date(day) }
      bytes.endRow()
    }
  }

  /// `phases.csv`: the phases of each plan in their order.
  func writePhases(to sink: some TableSink) throws(SourceFailure) {
    if outcome.phases.isEmpty { return }
    let ranks = OutcomeTables.ranks(program.plans.map(\.name))
    let records = outcome.phases.sorted { left, right in
      (ranks[left.phase.plan], left.phase.phase) < (ranks[right.phase.plan], right.phase.phase)
    }
    let columns = ["plan", "phase", "from", "to", "by", "late_days"]
    try table("phases.csv", columns, rows: records.count, to: sink) { row, bytes in
      let record = records[row]
      let plan = program.plans[record.phase.plan]
      bytes.text(plan.name)
      bytes.comma()
      bytes.text(plan.phases[record.phase.phase].name)
      for day in [record.from, record.to, plan.phases[record.phase.phase].by] {
        bytes.comma()
        if let day { bytes.date(day) }
      }
      bytes.comma()
      if let days = record.lateDays { bytes.int(Int64(days)) }
      bytes.endRow()
    }
  }
}
