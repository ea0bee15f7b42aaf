import Dispatch
import Synchronization

@testable import Steward

/// A small community's files, and what a load makes of them, as text that a reader can check by hand.
struct LoadFixture {
  var files: [String: [UInt8]] = [:]
  var schema = Schema()
  var options = LoadOptions()
  var workers = Workers.serial
  /// What stands before the names of files, as `--data` puts it.
  var folder = ""

  static let threads = Workers(width: 4) { count, body in
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      while true {
        let item = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if item >= count { return }
        body(item)
      }
    }
  }

  mutating func file(_ name: String, _ text: String) { files[name] = Array(text.utf8) }

  func load() -> LoadResult {
    let files = files
    let folder = folder
    return Loader.load(
      schema, calendar: Calendar(),
      open: { (name: String) throws(SourceFailure) -> any ByteSource in
        guard let bytes = files[name] else {
          throw SourceFailure(Wording(en: "there is no file \(name)", zh: "没有文件 \(name)"))
        }
        return MemorySource(name: folder + name, bytes: bytes)
      }, options: options, workers: workers)
  }

  /// Members with an id and perhaps more columns.
  mutating func members(_ columns: [ColumnSchema] = [], files: [String] = ["members.csv"]) {
    schema.members = TableSchema(
      files: files, columns: [ColumnSchema(name: "id", type: .text)] + columns, key: 0)
  }

  /// Content with an id and perhaps more columns.
  mutating func content(_ columns: [ColumnSchema] = []) {
    schema.content = TableSchema(
      files: ["content.csv"], columns: [ColumnSchema(name: "id", type: .text)] + columns, key: 0)
  }

  mutating func events(
    _ kinds: [KindSchema], _ attributes: [ColumnSchema] = [], key: String? = nil, files: [String] = ["events.csv"]
  ) {
    schema.events = EventSchema(
      files: files, key: key.map { ColumnSchema(name: $0, type: .text) },
      member: ColumnSchema(name: "member", type: Type(.member)), at: ColumnSchema(name: "at", type: .time),
      kind: ColumnSchema(name: "kind", type: .text), attributes: attributes, kinds: kinds)
  }
}

extension LoadResult {
  /// `D0410 members.csv:2:3 text`
  var told: [String] {
    diagnostics.map { diagnostic in
      guard let place = diagnostic.place else { return diagnostic.code.text }
      let parts = [place.file] + [place.line, place.column].compactMap { $0.map(String.init) }
      return ([diagnostic.code.text, parts.joined(separator: ":")] + [place.text].compactMap(\.self))
        .joined(separator: " ")
    }
  }
}

extension Dataset {
  func value(_ column: Column, _ row: Int) -> String {
    if !column.missing.isEmpty, column.missing[row] != 0 { return "-" }
    switch column.storage {
    case .flags(let values): return values[row] != 0 ? "true" : "false"
    case .ints(let values): return String(values[row])
    case .codes(let values): return String(values[row])
    case .scaled(let values, let scale): return "\(values[row])e-\(scale)"
    case .decimals(let values): return "\(values[row].value)"
    case .lists(let offsets, let codes):
      return "[" + codes[Int(offsets[row])..<Int(offsets[row + 1])].map { texts[$0] }.joined(separator: "|") + "]"
    }
  }

  func value(_ column: Column, _ row: Int, _ type: Type) -> String {
    if !column.missing.isEmpty, column.missing[row] != 0 { return "-" }
    guard case .codes(let codes) = column.storage else { return value(column, row) }
    switch type.base {
    case .text: return texts[codes[row]]
    case .member: return members.ids[Int(codes[row])]
    case .item: return content.ids[Int(codes[row])]
    case .choice(let choice): return choice.values[Int(codes[row])]
    default: return String(codes[row])
    }
  }

  /// One text a row, columns in the schema's order.
  func rows(_ table: KeyedTable, _ schema: TableSchema?) -> [String] {
    (0..<table.count).map { row in
      zip(table.columns, schema?.columns ?? []).map { value($0, row, $1.type) }.joined(separator: ",")
    }
  }

  /// One text an event: member, seconds since the base, kind, attributes.
  func rows(_ store: EventStore, _ schema: EventSchema?) -> [String] {
    guard let schema else { return [] }
    var rows: [String] = []
    var next = store.attributes.map { _ in 0 }
    for member in 0..<max(0, store.offsets.count - 1) {
      for (index, column) in store.attributes.enumerated() { next[index] = column?.offsets[member] ?? 0 }
      for row in store.offsets[member]..<store.offsets[member + 1] {
        let word = store.rows[row]
        let kind = Int(word & EventStore.kindMask)
        let micros = store.base + Int64(word >> EventStore.kindBits)
        var parts = [
          members.ids.indices.contains(member) ? members.ids[member] : "", String(micros), schema.kinds[kind].name,
        ]
        for (index, column) in store.attributes.enumerated() {
          guard let column, column.kinds[kind] != 0 else { continue }
          let type = index < schema.attributes.count ? schema.attributes[index].type : .text
          parts.append(value(column.column, next[index], type))
          next[index] += 1
        }
        rows.append(parts.joined(separator: ","))
      }
    }
    return rows
  }
}
