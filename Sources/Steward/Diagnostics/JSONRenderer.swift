// Diagnostics for programs, as `--format json` prints them. The shape is stable: fields are only ever added.
//
//     {"diagnostics": [{
//        "code": "N0203", "severity": "error", "message": "…",
//        "label": "…" | null, "hint": "…" | null,
//        "place": {"file": "points.steward", "line": 12, "column": 15, "end_line": 12, "end_column": 22,
//                  "start": 310, "end": 317} | null,
//        "data": {"file": "events.csv", "line": 1041, "column": 3, "column_name": "quality", "text": "0,8"} | null,
//        "related": [{"message": "…", "place": {…}}],
//        "edits": [{"place": {…}, "replacement": "amount"}]}],
//      "errors": 1, "warnings": 0, "notes": 0}
//
// Lines and columns count from 1, columns in characters; `start` and `end` are UTF-8 offsets in the file. Messages are in the
// language of `--lang`; codes and fields never are.

/// Diagnostics as one JSON object.
public struct JSONRenderer: Sendable {
  public let sources: [SourceFile]
  public let language: Language

  public init(sources: [SourceFile], language: Language) {
    self.sources = sources
    self.language = language
  }

  public func render(_ diagnostics: [Diagnostic]) -> String { value(diagnostics).text + "\n" }

  /// The object, for those who put it into a larger one.
  public func value(_ diagnostics: [Diagnostic]) -> JSONValue {
    func count(_ severity: Severity) -> JSONValue { .int(Int64(diagnostics.count { $0.severity == severity })) }
    return .object([
      ("diagnostics", .array(DiagnosticOrder.sorted(diagnostics).map(object))),
      ("errors", count(.error)), ("warnings", count(.warning)), ("notes", count(.note)),
    ])
  }

  private func object(_ diagnostic: Diagnostic) -> JSONValue {
    .object([
      ("code", .text(diagnostic.code.text)),
      ("severity", .text(diagnostic.severity.rawValue)),
      ("message", .text(diagnostic.message[language])),
      ("label", .optional(diagnostic.label?[language])),
      ("hint", .optional(diagnostic.hint?[language])),
      ("place", diagnostic.span.map(place) ?? .null),
      ("data", diagnostic.place.map(place) ?? .null),
      (
        "related",
        .array(
          diagnostic.related.map {
            .object([("message", .text($0.message[language])), ("place", place($0.span))])
          })
      ),
      (
        "edits",
        .array(diagnostic.edits.map { .object([("place", place($0.span)), ("replacement", .text($0.replacement))]) })
      ),
    ])
  }

  private func place(_ span: Span) -> JSONValue {
    guard let source = sources.first(where: { $0.id == span.file }) else { return .null }
    let start = SourcePlace(source, Int(span.start))
    let end = SourcePlace(source, Int(span.end))
    return .object([
      ("file", .text(source.name)),
      ("line", .int(Int64(start.line))), ("column", .int(Int64(start.column))),
      ("end_line", .int(Int64(end.line))), ("end_column", .int(Int64(end.column))),
      ("start", .int(Int64(span.start))), ("end", .int(Int64(span.end))),
    ])
  }

  private func place(_ place: DataPlace) -> JSONValue {
    .object([
      ("file", .text(place.file)),
      ("line", place.line.map { .int(Int64($0)) } ?? .null),
      ("column", place.column.map { .int(Int64($0)) } ?? .null),
      ("column_name", .optional(place.columnName)),
      ("text", .optional(place.text)),
    ])
  }
}

/// A JSON value whose fields keep their order.
public indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  /// A number as its text.
  case number(String)
  case text(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

  static func optional(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }

  /// On one line.
  public var text: String {
    var result = ""
    write(to: &result)
    return result
  }

  private func write(to result: inout String) {
    switch self {
    case .null: result += "null"
    case .bool(let flag): result += flag ? "true" : "false"
    case .int(let value): result += String(value)
    case .number(let digits): result += digits
    case .text(let text): Self.quote(text, to: &result)
    case .array(let values):
      result += "["
      for (index, value) in values.enumerated() {
        if index > 0 { result += ", " }
        value.write(to: &result)
      }
      result += "]"
    case .object(let fields):
      result += "{"
      for (index, field) in fields.enumerated() {
        if index > 0 { result += ", " }
        Self.quote(field.0, to: &result)
        result += ": "
        field.1.write(to: &result)
      }
      result += "}"
    }
  }

  /// On several lines, two blanks a level; arrays and objects without inner ones stay on theirs.
  public func indented(_ level: Int = 0) -> String {
    let pad = String(repeating: "  ", count: level + 1)
    let close = "\n" + String(repeating: "  ", count: level)
    switch self {
    case .object(let fields) where !fields.isEmpty:
      var parts: [String] = []
      for (name, value) in fields {
        var key = ""
        Self.quote(name, to: &key)
        parts.append(pad + key + ": " + value.indented(level + 1))
      }
      return "{\n" + parts.joined(separator: ",\n") + close + "}"
    case .array(let values) where !values.isEmpty:
      return "[\n" + values.map { pad + $0.text }.joined(separator: ",\n") + close + "]"
    default: return text
    }
  }

  private static func quote(_ text: String, to result: inout String) {
    result += "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: result += "\\\""
      case 0x5C: result += "\\\\"
      case 0x0A: result += "\\n"
      case 0x0D: result += "\\r"
      case 0x09: result += "\\t"
      case 0..<0x20, 0x7F, 0x2028, 0x2029:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    result += "\""
  }
}
