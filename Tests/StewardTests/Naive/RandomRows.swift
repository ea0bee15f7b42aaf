@testable import Steward

/// A field of a random row: as the file spells it, and as the rules see it.
struct RandomField {
  var text: String
  var value: Value
  static let empty = RandomField(text: "", value: .missing)
}

/// Random members and events for a community, as files and as plain data.
struct RandomRows {
  struct Member {
    var id: String
    /// By name of the column.
    var fields: [String: RandomField]
  }
  struct Event {
    /// Of an anonymous kind whoever, or nobody.
    var member: String
    var at: Int64
    var atText: String
    var kind: Int
    var key: String
    /// By name of the attribute.
    var fields: [String: RandomField]
  }
  let community: RandomCommunity
  let calendar: Calendar
  var members: [Member] = []
  /// Per item of `RandomRows.items`, by name of the column.
  var itemFields: [[String: RandomField]] = []
  var events: [Event] = []
  var asOf: Int64

  /// Sorted by bytes, as positions count.
  private var ids: [String] = []
  static let items = ["book-2", "book-10", "茶", "book-1"].sorted(by: precedes)
  /// The second and third look alike and are not: é as one letter, and as e with an accent.
  static let texts = ["north", "caf\u{E9}", "cafe\u{301}", "a, \"b\"", "北京", "South", "x"]

  init(
    _ community: RandomCommunity, calendar: Calendar, events: ClosedRange<Int> = 1...60, _ random: inout RandomBits
  ) {
    self.community = community
    self.calendar = calendar
    let last = community.middle + Int32(random.within(0...35))
    asOf =
      random.chance(80)
      ? calendar.end(ofDay: last) : calendar.start(ofDay: last) + Int64(random.below(86_400)) * 1_000_000
    let names = ["m2", "m10", "M1", "阿明", "b", "m1", "zoe", "a b", "é", "k7", "k70", "Ω"]
    ids = Array(random.shuffled(names).prefix(random.within(3...12))).sorted(by: precedes)
    members = ids.map { id in
      var fields: [String: RandomField] = [:]
      for column in community.memberColumns { fields[column.name] = field(column, &random) }
      return Member(id: id, fields: fields)
    }
    if !community.contentColumns.isEmpty {
      itemFields = RandomRows.items.map { _ in
        var fields: [String: RandomField] = [:]
        for column in community.contentColumns { fields[column.name] = field(column, &random) }
        return fields
      }
    }
    makeEvents(events, &random)
  }

  /// Those of the member table; without one, those who did something.
  var memberIds: [String] {
    let appearing = Set(events.filter { community.memberKinds.contains($0.kind) }.map(\.member))
    return members.map(\.id).filter { !community.membersFromEvents || appearing.contains($0) }.sorted(by: precedes)
  }

  private mutating func makeEvents(_ range: ClosedRange<Int>, _ random: inout RandomBits) {
    let count = random.chance(5) ? 0 : random.within(range)
    // Some are always there; the others hardly.
    let active = Array(random.shuffled(ids).prefix(random.within(1...4)))
    for number in 0..<count {
      var kind = random.below(community.kinds.count)
      // The rows of a kind that is seen are those of the other one.
      if let seen = community.kinds[kind].seen { kind = seen.kind }
      var fields: [String: RandomField] = [:]
      for own in community.kinds[kind].attributes {
        guard var column = community.attributes.first(where: { $0.name == own.name }) else { continue }
        column.isOptional = own.isOptional
        fields[own.name] = field(column, &random)
      }
      let isRepeated = !events.isEmpty && random.chance(25)
      let at = isRepeated ? random.one(events).at : instant(&random)
      var member = random.chance(75) ? random.one(active) : random.one(ids)
      if community.kinds[kind].isAnonymous, random.chance(50) { member = random.one(["", "nobody"]) }
      events.append(
        Event(
          member: member, at: at, atText: text(at, &random), kind: kind, key: "e\(random.below(30))-\(number)",
          fields: fields))
    }
  }

  /// An instant around the middle: anywhere, or where things change.
  private func instant(_ random: inout RandomBits) -> Int64 {
    let near = random.chance(30) ? random.within(-2...2) : random.within(-40...36)
    let day = community.middle + Int32(near)
    let second: Int64 = 1_000_000
    switch random.below(8) {
    case 0: return calendar.start(ofDay: day)
    case 1: return calendar.end(ofDay: day)
    case 2: return calendar.start(ofDay: day) - second
    case 3: return calendar.start(ofDay: day) + Int64(random.within(0...20)) * 900 * second
    default: return calendar.start(ofDay: day) + Int64(random.below(90_000)) * second
    }
  }

  /// With an offset, or as local clocks showed it where that says the same.
  private func text(_ instant: Int64, _ random: inout RandomBits) -> String {
    let local = calendar.local(instant)
    if random.chance(50), calendar.instant(day: local.day, micros: local.micros) == instant {
      return CivilDate(dayNumber: local.day).text + " " + clock(local.micros)
    }
    let utc = Calendar()
    return CivilDate(dayNumber: utc.day(of: instant)).text + "T" + clock(utc.local(instant).micros) + "Z"
  }

  private func clock(_ micros: Int64) -> String {
    func padded(_ value: Int64, _ width: Int) -> String {
      String(repeating: "0", count: max(0, width - String(value).count)) + String(value)
    }
    let seconds = micros / 1_000_000
    let fraction = micros % 1_000_000
    return [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
      + (fraction == 0 ? "" : "." + padded(fraction, 6))
  }

  private func field(_ column: RandomColumn, _ random: inout RandomBits) -> RandomField {
    let emptiness = column.name == "left" ? 65 : 25
    if column.isOptional, random.chance(emptiness) { return .empty }
    switch column.type {
    case .bool:
      let bool = random.chance(50)
      return RandomField(text: String(bool), value: .bool(bool))
    case .int:
      let int = random.chance(85) ? random.within(-3...12) : random.within(-2000...2_000_000)
      return RandomField(text: String(int), value: .int(Int64(int)))
    case .number: return number(&random)
    case .text:
      let text = random.one(RandomRows.texts)
      return RandomField(text: text, value: .text(text))
    case .time:
      let instant = instant(&random)
      return RandomField(text: text(instant, &random), value: .time(instant))
    case .date: return date(column.name, &random)
    case .list:
      let parts = random.shuffled(["tea", "茶", "caf\u{E9}", "x y"]).prefix(random.below(4))
      // Of a list that may be missing an empty field is missing, of another it is the empty list.
      if parts.isEmpty, column.isOptional { return .empty }
      return RandomField(text: parts.joined(separator: "|"), value: .list(Array(parts)))
    case .member:
      let position = random.below(ids.count)
      return RandomField(text: ids[position], value: .member(position))
    case .item:
      let position = random.below(RandomRows.items.count)
      return RandomField(text: RandomRows.items[position], value: .item(position))
    case .choice(let values):
      let position = random.below(values.count)
      return RandomField(text: values[position], value: .choice(position))
    case .duration, .period: return .empty
    }
  }

  private func number(_ random: inout RandomBits) -> RandomField {
    let text: String
    switch random.below(12) {
    case 0: text = "0"
    case 1: text = "1234567.125"
    case 2: text = random.one(["0.1", "0.7", "0.2", "0.8", "0.9"])
    case 3: text = random.one(["12345678901234567", "0.12345678901234567", "1e15", "-0.000001", "99999999999999.9"])
    default:
      let scaled = random.within(-2000...9000)
      let digits = String(scaled.magnitude)
      let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      text = (scaled < 0 ? "-" : "") + padded.dropLast(3) + "." + padded.suffix(3)
    }
    if text == "1e15" { return RandomField(text: "1000000000000000", value: .number(1e15)) }
    return RandomField(text: text, value: .number(Double(text) ?? 0))
  }

  private func date(_ name: String, _ random: inout RandomBits) -> RandomField {
    var day = community.middle + Int32(random.within(-60...30))
    if name == "birthday" {
      // Some years ago, often around the days of the data; also on a 29th of February.
      let date = CivilDate(dayNumber: day)
      let year = date.year - random.within(0...40)
      day = CivilDate(year: year, month: date.month, day: date.day)?.dayNumber ?? day
      if random.chance(20) { day = CivilDate(year: 1996, month: 2, day: 29)?.dayNumber ?? day }
    }
    return RandomField(text: CivilDate(dayNumber: day).text, value: .date(day))
  }

  // MARK: Files

  private func quoted(_ text: String) -> String {
    let needs = text.contains { ",\"\n\r".contains($0) }
    return needs
      ? "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" : text
  }

  /// The rows in another order for another seed.
  func files(shuffledBy seed: UInt64) -> [(name: String, text: String)] {
    var random = RandomBits(seed: seed)
    func table(_ header: [String], _ rows: [[String]]) -> String {
      let lines = [header] + random.shuffled(rows)
      return lines.map { $0.map(quoted).joined(separator: ",") }.joined(separator: "\n") + "\n"
    }
    let columns = community.memberColumns
    let memberTable = table(
      ["id"] + columns.map(\.spelling),
      members.map { member in [member.id] + columns.map { member.fields[$0.name]?.text ?? "" } })
    func records(_ kind: Int) -> String {
      let own = community.attributes.filter { column in
        community.kinds[kind].attributes.contains { $0.name == column.name }
      }
      return table(
        ["at"] + own.map(\.spelling),
        events.filter { $0.kind == kind }.map { event in
          [event.atText] + own.map { event.fields[$0.name]?.text ?? "" }
        })
    }
    let attributes = community.attributes.filter { attribute in
      community.kinds.contains { !$0.isRecord && $0.attributes.contains { $0.name == attribute.name } }
    }
    let eventTable = table(
      (community.hasKey ? ["id"] : []) + ["at", "who", "kind"] + attributes.map(\.spelling),
      events.filter { !community.kinds[$0.kind].isRecord }.map { event in
        (community.hasKey ? [event.key] : []) + [event.atText, event.member, community.kinds[event.kind].spelling]
          + attributes.map { event.fields[$0.name]?.text ?? "" }
      })
    var files = [("members.csv", memberTable), ("events.csv", eventTable)]
    if community.hasItems {
      let columns = community.contentColumns
      let items = table(
        ["id"] + columns.map(\.spelling),
        RandomRows.items.enumerated().map { item in
          [item.element] + columns.map { itemFields[item.offset][$0.name]?.text ?? "" }
        })
      files.append(("content.csv", items))
    }
    for kind in community.kinds.indices where community.kinds[kind].isRecord {
      files.append((community.kinds[kind].name + ".csv", records(kind)))
    }
    if community.membersFromEvents { files.removeFirst() }
    return files.map { (name: $0.0, text: $0.1) }
  }

  /// The same as plain data, for a schema checked from the block.
  func naiveData(_ schema: Schema) -> NaiveData {
    let ids = memberIds
    let kinds = schema.events?.kinds ?? []
    let attributes = schema.events?.attributes ?? []
    /// References count among the members that are left after shrinking.
    func value(_ field: RandomField?) -> Value {
      guard let field else { return .missing }
      guard case .member = field.value else { return field.value }
      return ids.firstIndex { sameText($0, field.text) }.map { .member($0) } ?? .missing
    }
    func columns(_ id: String, _ fields: [String: RandomField], _ table: TableSchema?) -> [Value] {
      (table?.columns ?? []).map { $0.name == "id" ? .text(id) : value(fields[$0.name]) }
    }
    let events = self.events.map { event in
      let name = community.kinds[event.kind].name
      let kind = kinds.firstIndex { $0.name == name } ?? 0
      var values: [Int: Value] = [:]
      for index in kinds.isEmpty ? [] : kinds[kind].attributes.map(\.index) {
        let value = value(event.fields[attributes[index].name])
        if value != .missing { values[index] = value }
      }
      let isNobodys = community.kinds[event.kind].isAnonymous
      return NaiveData.Event(
        member: isNobodys ? nil : ids.firstIndex { sameText($0, event.member) } ?? 0, at: event.at, kind: kind,
        attributes: values, key: community.hasKey && !community.kinds[event.kind].isRecord ? event.key : nil)
    }
    let items = RandomRows.items.enumerated().map { item in
      NaiveData.Item(
        id: item.element,
        columns: columns(item.element, itemFields.isEmpty ? [:] : itemFields[item.offset], schema.content))
    }
    if let table = schema.members, table.isFromEvents {
      return NaiveData(membersFrom: events, ids: ids, table, calendar, items: items)
    }
    let members = ids.map { id in
      let row = self.members.first { sameText($0.id, id) }
      return NaiveData.Member(id: id, columns: columns(id, row?.fields ?? [:], schema.members))
    }
    return NaiveData(members: members, events: events, items: items)
  }
}
