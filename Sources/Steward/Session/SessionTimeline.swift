// A member's history: what they did, what they were given, how their tier moved, day by day.

/// Where a walk through a timeline stands.
struct TimelineWalk: Sendable {
  var member: String
  /// How many of the newest entries have been shown.
  var shown: Int
}

/// One entry of a timeline.
struct TimelineEntry {
  var at: Int64
  /// Entries of one moment: events, then awards, then what ends the day.
  var rank: Int
  var text: String
}

extension Session {
  private static let page = 24

  mutating func timeline(_ rest: String) throws(SessionFailure) -> String {
    var id = Session.unquoted(rest)
    var skipped = 0
    if id.isEmpty, let walk {
      id = walk.member
      skipped = walk.shown
    }
    if id.isEmpty, let member = state.member { id = member }
    if id.isEmpty { throw .message(Wording(en: "`:timeline` needs a member", zh: "`:timeline` 后面要写成员")) }
    let member = try row(ofMember: id)
    let entries = try entries(ofMember: member)
    let end = max(0, entries.count - skipped)
    let start = max(0, end - Session.page)
    walk = start > 0 ? TimelineWalk(member: id, shown: entries.count - start) : nil
    if entries.isEmpty { return say("nothing happened up to the as-of\n", "到这一刻为止什么也没有发生\n") }
    var lines: [String] = []
    var day: Int32?
    for entry in entries[start..<end] {
      let local = values.calendar.local(entry.at)
      if local.day != day {
        day = local.day
        let weekday = values.calendar.weekday(ofDay: local.day)
        lines.append(
          display.style(CivilDate(dayNumber: local.day).text, .bold) + " " + display.style(name(weekday), .dim))
      }
      lines.append("  " + entry.text)
    }
    if start > 0 {
      lines.append(
        display.style(
          say("\(start) earlier; `:timeline` shows them", "更早还有 \(start) 条；输入 `:timeline` 继续看"), .dim))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func name(_ weekday: Weekday) -> String {
    let chinese = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
    return say(weekday.name.prefix(1).uppercased() + weekday.name.prefix(3).dropFirst(), chinese[weekday.rawValue])
  }

  /// Everything of one member up to the as-of, in order of time.
  private func entries(ofMember member: Int) throws(SessionFailure) -> [TimelineEntry] {
    guard let data = state.data, let program = state.program, let moment = state.moment else { throw noData }
    let outcome = try outcome()
    var entries = presence(member, data, program, moment)
    entries += events(member, data, program, moment)
    for award in outcome.awards where Int(award.member) == member {
      entries.append(TimelineEntry(at: award.at, rank: award.event >= 0 ? 2 : 3, text: text(award, program)))
    }
    for refusal in outcome.refusals where Int(refusal.member) == member {
      entries.append(TimelineEntry(at: refusal.at, rank: 4, text: text(refusal, program)))
    }
    for change in outcome.tierChanges where Int(change.member) == member {
      entries.append(TimelineEntry(at: change.at, rank: 5, text: text(change, program)))
    }
    for record in outcome.alerts where record.about == .member(Int32(truncatingIfNeeded: member)) {
      entries += alertEntries(record, program)
    }
    return entries.enumerated().sorted { left, right in
      (left.element.at, left.element.rank, left.offset) < (right.element.at, right.element.rank, right.offset)
    }.map(\.element)
  }

  /// `09:00`, or blanks where an entry is about a whole day.
  private func clock(_ at: Int64) -> String {
    let calendar = values.calendar
    let day = calendar.day(of: at)
    if at == calendar.end(ofDay: day) { return "24:00" }
    return DisplayWidth.padded(ValueDisplay.clock(calendar.local(at).micros), to: 5)
  }

  private func line(_ at: Int64, _ mark: String, _ text: String, _ ink: TextStyle.Ink? = nil) -> String {
    display.style(clock(at), .dim) + " " + DisplayWidth.padded(mark, to: 2) + display.style(text, ink)
  }

  private func presence(
    _ member: Int, _ data: SessionData, _ program: TypedProgram, _ moment: Int64
  ) -> [TimelineEntry] {
    guard let members = program.schema.members else { return [] }
    var entries: [TimelineEntry] = []
    for (column, words) in [(members.joined, say("joined", "加入")), (members.left, say("left", "离开"))] {
      guard let column, data.dataset.members.columns.indices.contains(column) else { continue }
      let type = members.columns[column].type
      if type.isPrivate { continue }
      let value = data.dataset.members.columns[column].value(member, type, data.dataset.texts)
      var at: Int64?
      if case .date(let day) = value { at = data.calendar.start(ofDay: day) }
      if case .time(let instant) = value { at = instant }
      if let at, at <= moment { entries.append(TimelineEntry(at: at, rank: 0, text: line(at, "", words, .bold))) }
    }
    return entries
  }

  private func events(
    _ member: Int, _ data: SessionData, _ program: TypedProgram, _ moment: Int64
  ) -> [TimelineEntry] {
    guard let schema = program.schema.events else { return [] }
    let store = data.dataset.events
    guard store.offsets.indices.contains(member + 1) else { return [] }
    var next = store.attributes.map { column in
      column.map { $0.offsets.indices.contains(member) ? $0.offsets[member] : 0 } ?? 0
    }
    var entries: [TimelineEntry] = []
    for row in store.offsets[member]..<store.offsets[member + 1] {
      let word = store.rows[row]
      let at = store.base &+ Int64(truncatingIfNeeded: word &>> EventStore.kindBits)
      if at > moment { break }
      let kind = Int(word & EventStore.kindMask)
      guard schema.kinds.indices.contains(kind) else { continue }
      var text = schema.kinds[kind].name
      for index in next.indices {
        guard let column = store.attributes[index], column.kinds.indices.contains(kind), column.kinds[kind] != 0 else {
          continue
        }
        let place = next[index]
        next[index] += 1
        guard schema.attributes.indices.contains(index),
          schema.kinds[kind].attributes.contains(where: { $0.index == index })
        else { continue }
        let attribute = schema.attributes[index]
        let value = column.column.value(place, attribute.type, data.dataset.texts)
        if case .missing = value { continue }
        text += "  " + attribute.name + " " + DisplayWidth.clipped(values.text(value, attribute.type), to: 32)
      }
      entries.append(TimelineEntry(at: at, rank: 1, text: line(at, "", text)))
    }
    return entries
  }

  private func text(_ award: AwardRecord, _ program: TypedProgram) -> String {
    guard program.incentives.indices.contains(Int(award.rule)) else { return "" }
    let rule = program.incentives[Int(award.rule)]
    let purse = program.schema.purses.indices.contains(Int(award.purse)) ? program.schema.purses[Int(award.purse)] : ""
    var parts: [String] = []
    if award.purse >= 0 {
      let unit = purse == "points" ? say("points", "分") : purse
      parts.append((award.points > 0 ? "+" : "") + TextTable.grouped(award.points) + " " + unit)
    }
    if let badge = rule.badge { parts.append(say("badge \"\(badge)\"", "徽章“\(badge)”")) }
    if award.isUndone { parts.append(say("taken back later", "后被收回")) }
    let ink: TextStyle.Ink = award.points < 0 ? .yellow : .green
    return line(award.at, "→", parts.joined(separator: say(", ", "，")), ink) + "  " + display.style(rule.name, .dim)
  }

  private func text(_ refusal: RefusalRecord, _ program: TypedProgram) -> String {
    guard program.incentives.indices.contains(Int(refusal.rule)) else { return "" }
    let rule = program.incentives[Int(refusal.rule)].name
    let wanted = TextTable.grouped(refusal.wanted)
    let granted = TextTable.grouped(refusal.granted)
    let why: String
    switch refusal.reason {
    case .cap: why = say("cut by the cap", "超出上限而减少")
    case .shortfall: why = say("the balance was too small", "余额不足")
    case .budget(let index):
      let name = program.budgets.indices.contains(index) ? program.budgets[index].name : ""
      why = say("budget \(name)", "预算 \(name)")
    }
    let purse =
      program.schema.purses.indices.contains(Int(refusal.purse)) ? program.schema.purses[Int(refusal.purse)] : ""
    let unit = purse == "points" ? (say("points", "分")) : purse
    return line(
      refusal.at, "×", say("\(granted) of \(wanted) \(unit), \(why)", "\(wanted) \(unit)只得 \(granted)，\(why)"), .yellow)
      + "  " + display.style(rule, .dim)
  }

  /// An alert about the member begins to wait or to fire, is resolved, or lapses.
  private func alertEntries(_ record: AlertRecord, _ program: TypedProgram) -> [TimelineEntry] {
    guard program.alerts.indices.contains(Int(record.alert)) else { return [] }
    let name = display.style(program.alerts[Int(record.alert)].name, .dim)
    var text = line(record.from, "!", state(record.state)) + "  " + name
    if let message = record.message { text += "  " + DisplayWidth.printable(message) }
    var entries = [TimelineEntry(at: record.from, rank: 6, text: text)]
    if record.state == .pending, let to = record.to, !isFollowed(record, at: to) {
      let text = line(to, "!", say("inactive", "未触发")) + "  " + name
      entries.append(TimelineEntry(at: to, rank: 6, text: text))
    }
    return entries
  }

  private func isFollowed(_ record: AlertRecord, at instant: Int64) -> Bool {
    (try? outcome())?.alerts.contains { $0.alert == record.alert && $0.about == record.about && $0.from == instant }
      ?? false
  }

  private func text(_ change: TierChange, _ program: TypedProgram) -> String {
    let ladder = Int(change.ladder)
    let name = program.ladders.indices.contains(ladder) ? program.ladders[ladder].name : ""
    let from = ValueNames.tier(Int64(change.from), ofLadder: ladder, program)
    let to = ValueNames.tier(Int64(change.to), ofLadder: ladder, program)
    let mark = change.reason == .promoted ? "↑" : "↓"
    return line(change.at, mark, "\(name): \(from) → \(to)", .bold)
  }
}

extension Column {
  /// The value at a row as the language has it.
  func value(_ row: Int, _ type: Type, _ texts: TextPool) -> Value {
    if row < 0 || missing.indices.contains(row) && missing[row] != 0 { return .missing }
    switch storage {
    case .flags(let flags): return flags.indices.contains(row) ? .bool(flags[row] != 0) : .missing
    case .scaled(let digits, let scale):
      return digits.indices.contains(row) ? .number(Decimal.reduced(digits: digits[row], scale: scale).value) : .missing
    case .decimals(let decimals): return decimals.indices.contains(row) ? .number(decimals[row].value) : .missing
    case .lists(let offsets, let codes):
      guard offsets.indices.contains(row + 1) else { return .missing }
      return .list(codes[Int(offsets[row])..<Int(offsets[row + 1])].map { texts[$0] })
    case .codes(let codes):
      guard codes.indices.contains(row) else { return .missing }
      switch type.base {
      case .choice: return .choice(Int(codes[row]))
      case .member: return .member(Int(codes[row]))
      case .item: return .item(Int(codes[row]))
      default: return .text(texts[codes[row]])
      }
    case .ints(let ints):
      guard ints.indices.contains(row) else { return .missing }
      switch type.base {
      case .time: return .time(ints[row])
      case .date: return .date(Int32(clamping: ints[row]))
      default: return .int(ints[row])
      }
    }
  }
}
