/// The words that mean something somewhere in the language. None is reserved everywhere: each is a keyword only where the
/// grammar expects it, and a name anywhere else.
public enum Keyword: String, Hashable, Sendable, CaseIterable {
  // Declarations
  case community, `let`, fn, segment, incentive, tiers
  case metric, benchmark, alert, goal, plan, budget, funnel, cohort, experiment, rotation, test, use, needs, parameter
  case override, about, title, source
  // community
  case time, zone, week, starts, privacy, group, skip, bad, rows, members, events, content, event, from, encoding
  case records, purse, seen, by, anonymous, `is`, one, of, list, text, key, fixed, `private`, table, sheet
  // Expressions
  case and, or, not, div, mod, `in`, contains, with, missing, `if`, then, `else`, `case`, when, `true`, `false`, `as`
  case day, days, weeks, month, months, quarter, year, years, hour, hours, minute, minutes, weekday
  case `where`, among, same, forgive, per
  case last, today, this, yesterday, previous, since, to, within
  // Clauses
  case on, every, during, award, badge, points, limit, ever, cap, cooldown, member, expires, after, deduct, up, take,
    back, any
  case rank, asc, desc, cost, point, covers, warn, at
  case tier, review, grace, demote, step, keep, grants
  case each, `for`, unless, check, severity, message, notify, suggest, reach, phase, until

  /// The keyword spelled by some bytes, if any; without making a String.
  static func spelled(_ bytes: ArraySlice<UInt8>) -> Keyword? {
    guard bytes.count <= 16 else { return nil }
    var packed: UInt128 = 0
    for byte in bytes {
      // Only lower-case letters occur in keywords.
      guard byte >= 0x61, byte <= 0x7A else { return nil }
      packed = packed << 8 | UInt128(byte)
    }
    return byPackedBytes[packed]
  }

  private static let byPackedBytes: [UInt128: Keyword] = {
    var table: [UInt128: Keyword] = [:]
    for keyword in Keyword.allCases {
      table[keyword.rawValue.utf8.reduce(0) { $0 << 8 | UInt128($1) }] = keyword
    }
    return table
  }()
}

/// Punctuation and operators.
public enum Symbol: String, Hashable, Sendable, CaseIterable {
  case leftParenthesis = "("
  case rightParenthesis = ")"
  case leftBracket = "["
  case rightBracket = "]"
  case leftBrace = "{"
  case rightBrace = "}"
  case comma = ","
  case semicolon = ";"
  case colon = ":"
  case dot = "."
  case question = "?"
  case coalesce = "??"
  case assign = "="
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case plus = "+"
  case minus = "-"
  case star = "*"
  case slash = "/"
}

/// A word, literal, symbol or comment, with its place.
public struct Token: Sendable {
  public enum Kind: Sendable {
    /// A name, or a keyword where the grammar expects one.
    case word(Keyword?)
    /// Without a sign; up to 2⁶⁴ − 1, so that the parser can read the least Int64.
    case int(UInt64)
    case number(Double)
    /// - Unit: days since 1970-01-01.
    case date(Int32)
    /// - Unit: days since 1970-01-01, microseconds since midnight.
    case dateTime(day: Int32, micros: Int64)
    /// - Unit: microseconds since midnight.
    case timeOfDay(Int64)
    /// A text without values in it: what it says, escapes resolved.
    case text(String)
    /// `"text {`, `} text {` and `} text"`: the pieces around the values of a text.
    case textHead(String)
    case textMiddle(String)
    case textTail(String)
    case symbol(Symbol)
    /// `// …`
    case comment
    /// `/// …`
    case docComment
    /// The end of the file.
    case end
  }

  public let kind: Kind
  /// - Unit: UTF-8 offsets into the file.
  public let start: UInt32
  public let end: UInt32
  /// The first on its line.
  public let startsLine: Bool
  /// The lexer has reported something here that may mislead the parser, so the parser keeps quiet about it.
  public let isBroken: Bool

  public init(_ kind: Kind, start: Int, end: Int, startsLine: Bool, isBroken: Bool = false) {
    self.kind = kind
    self.start = UInt32(clamping: start)
    self.end = UInt32(clamping: end)
    self.startsLine = startsLine
    self.isBroken = isBroken
  }

  public var keyword: Keyword? {
    if case .word(let keyword) = kind { keyword } else { nil }
  }

  public var symbol: Symbol? {
    if case .symbol(let symbol) = kind { symbol } else { nil }
  }

  public var isWord: Bool {
    if case .word = kind { true } else { false }
  }

  public var isText: Bool {
    if case .text = kind { true } else { false }
  }

  public var isEnd: Bool {
    if case .end = kind { true } else { false }
  }
}
