extension FieldReader {
  /// The longest stretch of a field that a message shows.
  private static let shown = 80

  /// A field for a message: its text, cut where it is long.
  static func text(_ bytes: Bytes, _ start: Int, _ end: Int) -> String {
    var text: [UInt8] = []
    for offset in start..<max(start, min(end, start + shown)) { text.append(bytes.byte(offset)) }
    while let last = text.last, end - start > shown, last & 0xC0 == 0x80 { text.removeLast() }
    if end - start > shown, let last = text.last, last >= 0xC0 { text.removeLast() }
    return String(decoding: text, as: UTF8.self) + (end - start > shown ? "…" : "")
  }
}

extension LoadProblem {
  /// What a row fault means, and the field where it is.
  static func row(_ fault: RowFault, _ header: Header) -> (LoadProblem, column: Int?) {
    func name(_ column: Int) -> String { header.names.indices.contains(column) ? header.names[column] : "" }
    return switch fault {
    case .fieldCount(let found, let endsInQuote):
      (
        .fieldCount(found: found, expected: header.width, endsInQuote: endsInQuote, format: header.format), nil
      )
    case .openQuote: (.openQuote, nil)
    case .textAfterQuote(let field): (.textAfterQuote, field)
    case .encoding: (.encoding(likely: nil), nil)
    case .json(.noObject, _): (.noObject, nil)
    case .json(.nested(let column), _): (.nested(column: name(column)), column)
    case .json(.nameTwice(let column), _): (.nameTwice(name(column)), column)
    case .json(let fault, let character): (.json(fault, character: character), nil)
    }
  }

  /// Why a field is refused; `hasRole` if it cannot be declared to be empty.
  static func field(
    _ value: FieldValue, _ column: ColumnSchema, _ text: String, hasRole: Bool = false
  ) -> LoadProblem {
    let shown = column.type.isPrivate ? "•••" : text
    let name = column.spelling
    switch value.outcome {
    case .fault(.member): return .unknownMember(id: shown, column: name)
    case .fault(.item): return .unknownItem(id: shown, column: name)
    case .fault(.bool): return .badField(column: name, text: shown, fault: .bool)
    case .fault(.int): return .badField(column: name, text: shown, fault: .int)
    case .fault(.intRange): return .badField(column: name, text: shown, fault: .intRange)
    case .fault(.number): return .badField(column: name, text: shown, fault: .number)
    case .fault(.date): return .badField(column: name, text: shown, fault: .date)
    case .fault(.time): return .badField(column: name, text: shown, fault: .time)
    case .fault(.timeRange): return .badField(column: name, text: shown, fault: .timeRange)
    case .fault(.choice):
      guard case .choice(let choice) = column.type.base else { return .emptyField(column: name, optional: nil) }
      return .badField(column: name, text: shown, fault: .choice(values: choice.values))
    case .missing, .value: return .emptyField(column: name, optional: hasRole ? nil : column.optionalForm)
    }
  }
}

extension ColumnSchema {
  /// How it is declared so that it may be empty: `quality number?`.
  var optionalForm: String {
    let type: String
    switch self.type.base {
    case .bool: type = "bool"
    case .int: type = "int"
    case .number: type = "number"
    case .date: type = "date"
    case .time: type = "time"
    case .choice(let choice):
      let values = choice.values.prefix(4).map { "\"\($0)\"" }.joined(separator: ", ")
      type = "one of " + values + (choice.values.count > 4 ? ", …" : "")
    case .list: type = "list of text by \"\(separator)\""
    case .member: type = "member"
    case .item: type = "item"
    default: type = "text"
    }
    let mark = self.type.isPrivate ? " private" : ""
    return "\(name) \(type)?" + mark + (spelling == name ? "" : " is \"\(spelling)\"")
  }
}
