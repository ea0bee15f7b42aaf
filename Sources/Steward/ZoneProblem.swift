/// Why the host has no table for a time zone.
public enum ZoneFailure: Error, Sendable {
  /// No such zone; those with a similar name, the nearest first.
  case unknown(near: [String])
  /// This machine has no tables at all.
  case noTables
  /// The bytes are no table.
  case damaged
  case unreadable(SourceFailure)
}

/// What can be wrong with the community's time zone.
struct ZoneProblem: Problem {
  let zone: String
  let failure: ZoneFailure

  var code: DiagnosticCode {
    switch failure {
    case .unknown: DiagnosticCode("R0507")
    case .noTables, .damaged, .unreadable: DiagnosticCode("R0508")
    }
  }

  var message: Wording {
    switch failure {
    case .unknown: Wording(en: "there is no time zone `\(zone)`", zh: "没有时区“\(zone)”")
    case .noTables: Wording(en: "this machine has no time zone tables", zh: "这台机器上没有时区数据")
    case .damaged: Wording(en: "the table of the time zone `\(zone)` is damaged", zh: "时区“\(zone)”的数据已损坏")
    case .unreadable(let failure): failure.message
    }
  }

  var hint: Wording? {
    switch failure {
    case .unknown(let near):
      near.first.map { Wording(en: "did you mean `\($0)`?", zh: "是不是想写“\($0)”？") }
        ?? Wording(
          en: "zones are named by continent and city: `Asia/Shanghai`, `Europe/Berlin`",
          zh: "时区以大洲和城市命名：`Asia/Shanghai`、`Europe/Berlin`")
    case .noTables, .damaged, .unreadable:
      Wording(
        en: "install the package `tzdata`, or name the folder of the tables in TZDIR",
        zh: "请安装 `tzdata` 软件包，或用 TZDIR 指明时区数据所在的文件夹")
    }
  }

  /// The diagnostic at the zone's name in the block, with the nearest name as its mend.
  func at(_ schema: Schema, _ files: [SourceFile]) -> Diagnostic {
    guard let block = schema.span, let span = literal(in: block, files) else { return at(schema.span) }
    guard case .unknown(let near) = failure, let best = near.first else { return at(span) }
    return at(span, edits: [TextEdit(span: span, replacement: "\"\(best)\"")])
  }

  private func at(_ span: Span?) -> Diagnostic {
    Diagnostic(code: code, span: span, message: message, hint: hint)
  }

  /// Where the block writes the zone.
  private func literal(in block: Span, _ files: [SourceFile]) -> Span? {
    guard let file = files.first(where: { $0.id == block.file }) else { return nil }
    let wanted = Array("\"\(zone)\"".utf8)
    let range = block.range.clamped(to: 0..<file.bytes.count)
    guard range.count >= wanted.count else { return nil }
    for start in range.lowerBound...(range.upperBound - wanted.count)
    where file.bytes[start..<start + wanted.count] == wanted[...] {
      return Span(block.file, start..<start + wanted.count)
    }
    return nil
  }
}
