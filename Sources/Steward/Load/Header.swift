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
  /// Whether it is UTF-8.
  var isText: Bool

  var width: Int { names.count }

  /// What seems to separate its fields, if not commas.
  var otherSeparator: Character? {
    let text = names.joined(separator: ",")
    if names.count == 1, text.count == 5, text.lowercased().hasPrefix("sep=") { return text.last }
    let counts = [";", "\t", "|", "，", "；"].map { (separator: Character) in
      (separator, count: text.count { $0 == separator })
    }
    guard let most = counts.max(by: { $0.count < $1.count }), most.count > names.count - 1 else { return nil }
    return most.0
  }

  /// Reads the names; nil if there is no row.
  static func read(_ source: any ByteSource) throws(SourceFailure) -> Header? {
    var size = 16_384
    while true {
      var buffer: [UInt8] = []
      try source.read(at: 0, count: size, into: &buffer)
      let length = buffer.count
      let isWhole = length >= source.size || length < size
      buffer.append(0x0A)
      if let header = parse(buffer.span, length: length, isWhole: isWhole) { return header }
      if isWhole || size > BlockReader.longestRow { return nil }
      size *= 8
    }
  }

  private static func parse(_ bytes: Bytes, length: Int, isWhole: Bool) -> Header? {
    let start = bytes.word(0, count: 3) == 0xBF_BBEF ? 3 : 0
    let limit = isWhole ? length + 1 : length
    var separators = Separators(from: start)
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
      if names == [""] || names.map({ $0.lowercased() }) == ["sep=", ""] || names == ["sep=,"] {
        names = []
        continue
      }
      let lines = TextCheck.lineBreaks(bytes, start, fieldStart)
      let isText = TextCheck.badByte(bytes, start, fieldStart) == nil
      return Header(names: names, wanted: [], end: min(length, fieldStart), lines: lines, isText: isText)
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
