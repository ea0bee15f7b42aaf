@testable import Steward

extension NaiveData {
  /// The same data as the loader would give it, made without the loader.
  func dataset(_ schema: Schema, placed: [[PlacedEvent]]) -> Dataset {
    var data = Dataset()
    data.members.ids = members.map(\.id)
    for (index, column) in (schema.members?.columns ?? []).enumerated() {
      data.members.columns.append(
        NaiveData.column(members.map { $0.columns[index] }, column.type.base, &data.texts))
    }
    data.content.ids = RandomRows.items
    data.firstInstant = events.map(\.at).min()
    data.lastInstant = events.map(\.at).max()
    let base = data.firstInstant ?? 0
    var store = EventStore(base: base)
    for own in placed {
      for event in own.map(\.event) {
        store.rows.append(UInt64(event.at - base) << EventStore.kindBits | UInt64(event.kind))
      }
      store.offsets.append(store.rows.count)
    }
    let kinds = schema.events?.kinds ?? []
    for (index, attribute) in (schema.events?.attributes ?? []).enumerated() {
      let has = kinds.map { $0.attributes.contains { $0.index == index } }
      var values: [Value] = []
      var offsets = [0]
      for own in placed {
        values += own.map(\.event).filter { has[$0.kind] }.map { $0.attribute(index) }
        offsets.append(values.count)
      }
      store.attributes.append(
        EventColumn(
          kinds: has.map { $0 ? 1 : 0 }, column: NaiveData.column(values, attribute.type.base, &data.texts),
          offsets: offsets))
    }
    data.events = store
    data.anonymous = EventStore(offsets: [0, 0], attributes: store.attributes.map { _ in nil })
    return data
  }

  static func column(_ values: [Value], _ base: Type.Base, _ texts: inout TextPool) -> Column {
    let missing: [UInt8] = values.contains(.missing) ? values.map { $0 == .missing ? 1 : 0 } : []
    switch base {
    case .bool: return Column(.flags(values.map { $0 == .bool(true) ? 1 : 0 }), missing: missing)
    case .number:
      return Column(
        .decimals(
          values.map { value in
            guard case .number(let number) = value else { return .decimal(digits: 0, scale: 0) }
            return Decimal(standingFor: number)
          }), missing: missing)
    case .text, .member, .item:
      var codes: [Int32] = []
      for value in values {
        switch value {
        case .text(let text): codes.append(texts.intern(text))
        case .member(let row), .item(let row): codes.append(Int32(row))
        default: codes.append(0)
        }
      }
      return Column(.codes(codes), missing: missing)
    case .list:
      var offsets: [Int32] = [0]
      var codes: [Int32] = []
      for value in values {
        if case .list(let list) = value { for text in list { codes.append(texts.intern(text)) } }
        offsets.append(Int32(codes.count))
      }
      return Column(.lists(offsets: offsets, codes: codes), missing: missing)
    default:
      return Column(
        .ints(
          values.map { value in
            switch value {
            case .int(let int), .time(let int), .duration(let int): int
            case .date(let day): Int64(day)
            case .choice(let position): Int64(position)
            default: 0
            }
          }), missing: missing)
    }
  }
}
