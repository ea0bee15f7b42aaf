/// Which fields of a file's rows are private, and what its rows look like without them.
struct PrivateFields: Sendable {
  /// By column of the header.
  private var columns: [Bool]
  private let names: [String]
  private let format: FileFormat

  static let dots = "•••"

  /// - Shape: `declared[i]` stands in the column `header.wanted[i]`.
  init(_ declared: [ColumnSchema], _ header: Header) {
    columns = Array(repeating: false, count: header.width)
    names = header.names
    format = header.format
    for (column, place) in zip(declared, header.wanted) where column.type.isPrivate { columns[place] = true }
  }

  var count: Int { columns.count }
  subscript(column: Int) -> Bool { columns.indices.contains(column) && columns[column] }

  /// A row's text with its private fields hidden; everything that may hold one if the row is not as the others.
  func text(_ raw: Bytes, _ place: Range<Int>) -> String {
    var bytes: [UInt8] = []
    for offset in place { bytes.append(raw.byte(offset)) }
    guard columns.contains(true) else { return String(decoding: bytes, as: UTF8.self) }
    return format == .jsonLines ? object(bytes) : fields(bytes)
  }

  /// Everything from the first private field on is hidden if the fields are not as many as the header's.
  private func fields(_ bytes: [UInt8]) -> String {
    var fields: [ArraySlice<UInt8>] = []
    var start = 0
    var isInQuotes = false
    for (offset, byte) in bytes.enumerated() {
      if byte == 0x22, isInQuotes || offset == start { isInQuotes.toggle() }
      if byte == format.delimiter, !isInQuotes {
        fields.append(bytes[start..<offset])
        start = offset + 1
      }
    }
    fields.append(bytes[start...])
    let first = columns.firstIndex(of: true) ?? 0
    let isWhole = fields.count == columns.count
    var shown: [String] = []
    for (index, field) in fields.enumerated() {
      let hides = isWhole ? columns[index] && !field.isEmpty : index >= first
      shown.append(hides ? PrivateFields.dots : String(decoding: field, as: UTF8.self))
    }
    return shown.joined(separator: String(UnicodeScalar(format.delimiter)))
  }

  /// An object without the values of private names; nothing is shown of a line that is none.
  private func object(_ bytes: [UInt8]) -> String {
    let text = bytes.span
    var reader = JSONReader(end: bytes.count)
    var offset = reader.space(text, 0)
    guard JSONReader.check(text) == nil, text.byte(offset) == 0x7B else { return PrivateFields.dots }
    var shown = ""
    var shownTo = 0
    func hide(_ from: Int, _ to: Int) {
      shown += String(decoding: bytes[shownTo..<from], as: UTF8.self) + "\"\(PrivateFields.dots)\""
      shownTo = to
    }
    offset = reader.space(text, offset + 1)
    while text.byte(offset) == 0x22 {
      let close = reader.text(text, offset + 1).close
      var name: [UInt8] = []
      let isName = JSONReader.unescape(text, offset + 1..<close, into: &name)
      let start = reader.colon(text, close + 1)
      let end = reader.skip(text, start)
      let column = names.firstIndex(of: String(decoding: name, as: UTF8.self))
      if !isName || column.map({ columns[$0] }) ?? false { hide(start, end) }
      offset = reader.space(text, end)
      guard text.byte(offset) == 0x2C else { break }
      offset = reader.space(text, offset + 1)
    }
    return shown + String(decoding: bytes[shownTo...], as: UTF8.self)
  }
}
