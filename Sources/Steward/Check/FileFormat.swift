/// How a data file writes its rows; the ending of its name says so.
public enum FileFormat: Sendable, Hashable {
  case csv, tsv, jsonLines

  /// The endings that there are; each may be followed by `.gz`.
  public static let endings = [".csv", ".tsv", ".jsonl", ".ndjson"]

  /// - Missing: nil for a name with another ending.
  public init?(path: String) {
    var name = path.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    switch FileFormat.endings.firstIndex(where: { name.hasSuffix($0) }) {
    case 0: self = .csv
    case 1: self = .tsv
    case 2, 3: self = .jsonLines
    default: return nil
    }
  }

  /// What separates fields.
  var delimiter: UInt8 { self == .tsv ? 0x09 : 0x2C }
}

/// The encodings of data files that `encoding "…"` may name.
public enum TextEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case gb18030
  case utf16 = "utf-16"

  /// Reads a name in any case; GBK and GB 2312 are parts of GB18030.
  public init?(named name: String) {
    switch name.lowercased() {
    case "utf-8", "utf8": self = .utf8
    case "gb18030", "gbk", "gb2312", "gb-18030", "cp936": self = .gb18030
    case "utf-16", "utf16", "utf-16le", "utf-16be": self = .utf16
    default: return nil
    }
  }
}
