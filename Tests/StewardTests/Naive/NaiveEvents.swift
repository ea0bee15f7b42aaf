@testable import Steward

/// Who sees which events, and in which order: LANGUAGE §2.
///
/// A row of the file is seen by its doer under its own kind, and by the member that a `seen by` names under that kind. About
/// the community it is there under each of these kinds that shows it to somebody.
struct NaiveEvents {
  /// Per member, in order.
  var ofMember: [[PlacedEvent]] = []
  /// Per item: what refers to it, in order. Rows of nobody are the community's alone.
  var ofItem: [[PlacedEvent]] = []
  /// Everybody's, records and anonymous ones too, in order.
  var ofAll: [PlacedEvent] = []

  /// A row under one of the kinds that show it.
  private struct View {
    var event: NaiveData.Event
    /// Place of the row among all rows, in which those of one doer are in order.
    var rank: Int
    /// The member who sees it.
    var member: Int?
    var forms: [Int]
  }

  init(_ schema: Schema, _ data: NaiveData) {
    let kinds = schema.events?.kinds ?? []
    var views: [View] = []
    let ranked = data.events.sorted { NaiveEvents.comesBefore($0, $1, kinds) }
    for (rank, event) in ranked.enumerated() {
      let first = views.count
      views.append(View(event: event, rank: rank, member: event.member, forms: []))
      for (kind, declared) in kinds.enumerated() {
        guard case .seen(event.kind, let witness) = declared.source else { continue }
        var seen = event
        seen.kind = kind
        guard let member = NaiveEvents.member(witness, event, schema, data) else { continue }
        views.append(View(event: seen, rank: rank, member: member, forms: []))
      }
      let forms = views[first...].map(\.event.kind)
      for index in first..<views.count { views[index].forms = forms }
    }
    // Time, the kind's place in the block, the doer's id, the doer's order.
    let ordered = views.sorted {
      ($0.event.at, $0.event.kind, $0.event.member ?? .max, $0.rank)
        < ($1.event.at, $1.event.kind, $1.event.member ?? .max, $1.rank)
    }
    var row = 0
    for member in data.members.indices {
      let own = ordered.filter { $0.member == member }
      ofMember.append(own.enumerated().map { PlacedEvent(event: $0.element.event, row: row + $0.offset) })
      row += own.count
    }
    for item in data.items.indices {
      let own = ordered.filter { view in
        view.event.member != nil && NaiveEvents.item(view.event, schema) == .item(item)
      }
      ofItem.append(own.map { PlacedEvent(event: $0.event, row: -1) })
    }
    // Between members their ids decide at equal times, of a row seen by another that other's; events of nobody come last.
    let everybodys = views.sorted {
      ($0.event.at, $0.member ?? .max, $0.event.kind, $0.event.member ?? .max, $0.rank)
        < ($1.event.at, $1.member ?? .max, $1.event.kind, $1.event.member ?? .max, $1.rank)
    }
    ofAll = everybodys.map { PlacedEvent(event: $0.event, row: -1, owner: $0.member, forms: $0.forms) }
  }

  /// Time, the kind's place in the block, identity: the key, or the doer and then the other columns as the kind names them.
  static func comesBefore(_ left: NaiveData.Event, _ right: NaiveData.Event, _ kinds: [KindSchema]) -> Bool {
    if left.at != right.at { return left.at < right.at }
    if left.kind != right.kind { return left.kind < right.kind }
    if let a = left.key, let b = right.key { return precedes(a, b) }
    if left.member != right.member { return left.member ?? Int.max < right.member ?? Int.max }
    for index in kinds[left.kind].attributes.map(\.index) {
      let (a, b) = (left.attribute(index), right.attribute(index))
      if a.comes(before: b) { return true }
      if b.comes(before: a) { return false }
    }
    return false
  }

  /// What the first attribute of type item, of those that its kind has, holds.
  static func item(_ event: NaiveData.Event, _ schema: Schema) -> Value {
    guard let events = schema.events else { return .missing }
    let column = events.kinds[event.kind].attributes.map(\.index).first { events.attributes[$0].type.base == .item }
    return column.map { event.attribute($0) } ?? .missing
  }

  /// Whom a column of the event, of its doer or of its item names.
  private static func member(
    _ witness: Witness, _ event: NaiveData.Event, _ schema: Schema, _ data: NaiveData
  ) -> Int? {
    var named = Value.missing
    switch witness {
    case .attribute(let index): named = event.attribute(index)
    case .memberColumn(let column):
      if let doer = event.member { named = data.members[doer].columns[column] }
    case .itemColumn(let column):
      if case .item(let item) = item(event, schema) { named = data.items[item].columns[column] }
    }
    guard case .member(let member) = named else { return nil }
    return member
  }
}

extension NaiveData {
  /// `members from events`: those who did something, `joined` the day of their first event.
  ///
  /// - Parameter events: their doers as positions in `ids`, which are sorted by bytes.
  init(membersFrom events: [Event], ids: [String], _ table: TableSchema, _ calendar: Calendar, items: [Item] = []) {
    let members = ids.indices.map { member -> Member in
      let first = events.filter { $0.member == member }.map(\.at).min()
      let columns = table.columns.indices.map { column -> Value in
        if column == table.key { return .text(ids[member]) }
        return column == table.joined ? first.map { .date(calendar.day(of: $0)) } ?? .missing : .missing
      }
      return Member(id: ids[member], columns: columns)
    }
    self.init(members: members, events: events, items: items)
  }
}
