/// The first row of a file, held against the columns that the block declares.
struct Header: Sendable {
  /// The names as they stand there.
  var names: [String]
  /// The column of each declared one, in the order asked.
  var wanted: [Int]
  /// Offset of the first row behind it.
  var end: Int
  /// - Unit: lines, the header's own included.
  var lines: Int
  /// Whether it is text of its encoding.
  var isText: Bool
  var format = FileFormat.csv
  /// For JSON lines, by column: what its values become.
  var json: [JSONColumn] = []

  var width: Int { names.count }

  /// What seems to separate its fields, if not commas.
  var otherSeparator: Character? {
    let text = names.joined(separator: " ")
    if names.count == 1, text.count == 5, text.lowercased().hasPrefix("sep=") { return text.last }
    let others: [Character] = format == .tsv ? [",", ";", "|"] : [";", "\t", "|", "，", "；"]
    let counts = others.map { (separator: Character) in
      (separator, count: text.count { $0 == separator })
    }
    guard let most = counts.max(by: { $0.count < $1.count }), most.count > names.count - 1 else { return nil }
    return most.0
  }

  /// What a row without an end is told as.
  var endlessRow: RowFault { format == .jsonLines ? .json(.openText, character: 1) : .openQuote }

  /// A column as messages number it, from 1; the names of JSON lines have no places.
  func shownColumn(_ column: Int?) -> Int? { format == .jsonLines ? nil : column.map { $0 + 1 } }

  /// That of JSON lines, which have none: the declared columns, behind the byte-order mark if there is one.
  init(_ columns: [ColumnSchema], behindMarkOf head: [UInt8]) {
    var places: [String: Int] = [:]
    names = []
    wanted = []
    for column in columns {
      if places[column.spelling] == nil {
        places[column.spelling] = names.count
        names.append(column.spelling)
        json.append(
          JSONColumn(
            separator: column.type.base == .list ? Array(column.separator.utf8) : nil,
            isNumber: column.type.base == .number || column.type.base == .int))
      }
      wanted.append(places[column.spelling] ?? 0)
    }
    end = Header.mark(head.span)
    lines = 0
    isText = true
    format = .jsonLines
  }

  private init(names: [String], end: Int, lines: Int, isText: Bool) {
    self.names = names
    wanted = []
    self.end = end
    self.lines = lines
    self.isText = isText
  }

  /// The length of the byte-order marks of UTF-8 before a text; some programs put another before one that is there.
  private static func mark(_ bytes: Bytes) -> Int {
    var offset = 0
    while bytes.word(offset, count: 3) == 0xBF_BBEF { offset += 3 }
    return offset
  }

  /// Reads the names; nil if there is no row.
  static func read(
    _ source: any ByteSource, _ encoding: DataEncoding, mendsReturns: Bool, format: FileFormat
  ) throws(SourceFailure) -> Header? {
    var size = 16_384
    while true {
      var (buffer, isWhole, damage) = try FileOpener.head(source, encoding, mendsReturns: mendsReturns, count: size)
      let length = buffer.count
      buffer.append(0x0A)
      if var header = parse(buffer.span, length: length, isWhole: isWhole, format) {
        if case .gb18030(let table) = encoding {
          // Its names are those of its text in UTF-8.
          var text: [UInt8] = []
          table.decode(buffer.span, 0, header.end, into: &text)
          text.append(0x0A)
          guard let decoded = parse(text.span, length: text.count, isWhole: true, format) else { return nil }
          header.names = decoded.names
          header.isText = decoded.isText
        }
        header.format = format
        return header
      }
      if let damage { throw damage }
      if isWhole || size > BlockReader.longestRow { return nil }
      size *= 8
    }
  }

  private static func parse(_ bytes: Bytes, length: Int, isWhole: Bool, _ format: FileFormat) -> Header? {
    let start = mark(bytes)
    let limit = isWhole ? length + 1 : length
    var separators = Separators(from: start, delimiter: format.delimiter)
    while separators.scanned < limit { separators.scan(bytes, end: limit, keepingFrom: start) }
    var fieldStart = start
    var names: [String] = []
    while let place = separators.end(from: fieldStart) {
      let isLast = bytes.byte(place) == 0x0A
      let isQuoted = bytes.byte(fieldStart) == 0x22 && place > fieldStart
      let end = isLast && place > fieldStart && bytes.byte(place - 1) == 0x0D ? place - 1 : place
      names.append(name(bytes, fieldStart, end, isQuoted: isQuoted))
      fieldStart = place + 1
      guard isLast else { continue }
      // A blank line, and Excel's word to itself about the separator.
      if names == [""] || names.map({ $0.lowercased() }) == ["sep=", ""] || names == ["sep=,"] || names == ["sep=\t"] {
        names = []
        continue
      }
      let lines = TextCheck.lineBreaks(bytes, start, fieldStart)
      let isText = TextCheck.badByte(bytes, start, fieldStart) == nil
      return Header(names: names, end: min(length, fieldStart), lines: lines, isText: isText)
    }
    return nil
  }

  private static func name(_ bytes: Bytes, _ start: Int, _ end: Int, isQuoted: Bool) -> String {
    var text: [UInt8] = []
    var offset = isQuoted ? start + 1 : start
    let stop = isQuoted ? end - 1 : end
    while offset < stop {
      text.append(bytes.byte(offset))
      let isDoubled = bytes.byte(offset) == 0x22 && offset + 1 < stop && bytes.byte(offset + 1) == 0x22
      offset += isQuoted && isDoubled ? 2 : 1
    }
    return String(decoding: text, as: UTF8.self)
  }
}
