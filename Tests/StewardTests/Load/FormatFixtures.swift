@testable import Steward

/// A file whose bytes come one stretch after the other, as those of a compressed one do.
struct StretchedSource: StreamedSource {
  let name: String
  let bytes: [UInt8]
  /// How many bytes come at a time, whatever is asked for.
  var stretch = 7
  /// Where reading fails, if it does.
  var breaksAt: Int?

  var size: Int { bytes.count }
  func read(at offset: Int, count: Int, into buffer: inout [UInt8]) { buffer = [] }
  func stream() -> any ByteStream { Stretches(self) }

  private final class Stretches: ByteStream, @unchecked Sendable {
    private let source: StretchedSource
    private var offset = 0
    init(_ source: StretchedSource) { self.source = source }

    func read(count: Int, appendingTo buffer: inout [UInt8]) throws(SourceFailure) {
      if let end = source.breaksAt, offset >= end {
        throw SourceFailure(Wording(en: "it breaks off", zh: "中断了"), isDamage: true)
      }
      let end = min(source.breaksAt ?? source.bytes.count, source.bytes.count, offset + source.stretch)
      buffer += source.bytes[offset..<end]
      offset = end
    }
  }
}

/// Texts in other encodings, with the few characters that the tests use.
enum Encoded {
  static let characters: [(Character, [UInt8])] = [
    ("编", [0xB1, 0xE0]), ("号", [0xBA, 0xC5]), ("上", [0xC9, 0xCF]), ("海", [0xBA, 0xA3]), ("中", [0xD6, 0xD0]),
    ("文", [0xCE, 0xC4]), ("书", [0xCA, 0xE9]), ("“", [0xA1, 0xB0]), ("”", [0xA1, 0xB1]), ("€", [0xA2, 0xE3]),
    // Of four bytes: the first code, and one beyond the first plane.
    ("\u{80}", [0x81, 0x30, 0x81, 0x30]), ("𠀀", [0x95, 0x32, 0x82, 0x36]),
  ]

  static func gb18030(_ text: String) -> [UInt8] {
    text.unicodeScalars.flatMap { scalar -> [UInt8] in
      if scalar.value < 0x80 { return [UInt8(scalar.value)] }
      return characters.first { $0.0.unicodeScalars.first == scalar }?.1 ?? [0xFF]
    }
  }

  static func utf16(_ text: String, isBigEndian: Bool = false, mark: Bool = true) -> [UInt8] {
    ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { (unit: UInt16) -> [UInt8] in
      isBigEndian ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
    }
  }

  /// The host's tables, as far as the tests need them.
  static let table: GB18030? = {
    var pairs = [UInt16](repeating: 0, count: GB18030.pairCount)
    var quads = [UInt16](repeating: 0, count: GB18030.quadCount)
    quads[0] = 0x80
    for (character, code) in characters where code.count == 2 {
      guard let value = character.unicodeScalars.first?.value else { continue }
      for number in 0..<GB18030.pairCount where GB18030.pair(number) == code { pairs[number] = UInt16(value) }
    }
    return GB18030(pairs: pairs, quads: quads)
  }()
}

/// A table of members read from one file of any format, in blocks of many sizes and on several threads.
struct FormatFixture {
  static let columns = [
    ColumnSchema(name: "city", type: Type(.text, optional: true)),
    ColumnSchema(name: "score", type: Type(.number, optional: true)),
    ColumnSchema(name: "tags", type: Type(.list, optional: true)),
    ColumnSchema(name: "phone", type: Type(.text, optional: true, isPrivate: true)),
  ]

  var name = "members.csv"
  var bytes: [UInt8] = []
  var encoding: TextEncoding?
  var skipsBadRows = false
  var isStreamed = false
  var breaksAt: Int?
  var hasTable = true
  var columns = FormatFixture.columns
  var sizes = [1, 3, 8, 50, 1 << 20]

  init(_ name: String, _ text: String) {
    self.name = name
    bytes = Array(text.utf8)
  }

  init(_ name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  private func load(size: Int, workers: Workers) -> LoadResult {
    var schema = Schema()
    schema.members = TableSchema(
      files: [name], encoding: encoding, columns: [ColumnSchema(name: "id", type: .text)] + columns, key: 0)
    var options = LoadOptions(skipBadRows: skipsBadRows)
    options.blockSize = size
    options.gb18030 = { [hasTable] in hasTable ? Encoded.table : nil }
    let copy = self
    return Loader.load(
      schema, calendar: Calendar(),
      open: { (name: String) throws(SourceFailure) -> any ByteSource in
        copy.isStreamed
          ? StretchedSource(name: name, bytes: copy.bytes, breaksAt: copy.breaksAt)
          : MemorySource(name: name, bytes: copy.bytes)
      }, options: options, workers: workers)
  }

  /// The rows, or what is told; more than one where the size of blocks or the number of threads shows.
  var results: [[String]] {
    var seen: [[String]] = []
    for size in sizes {
      for workers in [Workers.serial, LoadFixture.threads] {
        let result = load(size: size, workers: workers)
        var rows = result.told
        if let dataset = result.dataset {
          rows = dataset.rows(dataset.members, schema)
          rows += dataset.rejected.map { "rejected \($0.place.line ?? 0) \($0.place.columnName ?? "-"): \($0.row)" }
        }
        if !seen.contains(rows) { seen.append(rows) }
      }
    }
    return seen
  }

  var schema: TableSchema {
    TableSchema(files: [name], columns: [ColumnSchema(name: "id", type: .text)] + columns, key: 0)
  }

  var diagnostics: [Diagnostic] { load(size: 64, workers: .serial).diagnostics }
  /// The first message in English.
  var message: String { diagnostics.first?.message.english ?? "" }
}
