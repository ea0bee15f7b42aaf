// The syntax tree of the `community` block.

/// The `community` block.
public struct CommunitySyntax: Sendable {
  public let name: TextLiteral?
  public let clauses: [Clause]
  public init(name: TextLiteral?, clauses: [Clause]) {
    self.name = name
    self.clauses = clauses
  }

  public struct Clause: Sendable {
    public let kind: Kind
    public let span: Span
    public init(_ kind: Kind, _ span: Span) {
      self.kind = kind
      self.span = span
    }
  }

  public enum Kind: Sendable {
    case error
    case timeZone(TextLiteral)
    case weekStarts(Name)
    /// - Unit: days since 1970-01-01.
    case starts(Int32)
    case privacyGroup(Int64)
    case skipBadRows
    case members(TableSyntax)
    case events(TableSyntax)
    case content(TableSyntax)
    /// `event checkin, share { … }`, with `anonymous` and `is "…"` a name.
    case kinds([KindSyntax], columns: [ColumnSyntax])
    /// `events deep = post or answer or followup`, also with `where`.
    case eventSet(Name, PatternSyntax)
    /// `event liked = like seen by author`, by a path of one or two names.
    case seenKind(Name, kind: Name, by: [Name])
    /// `records spend from "spend.csv" { at time; amount number }`
    case records(Name, TableSyntax)
    /// `purse xp`
    case purses([Name])
  }
}

/// `members from "a.csv", "b.csv" { columns }`
public struct TableSyntax: Sendable {
  public let keyword: Name
  public let files: [TextLiteral]
  /// `members from events`
  public let isFromEvents: Bool
  /// `encoding "gb18030"`
  public let encoding: TextLiteral?
  public let columns: [ColumnSyntax]
  public init(
    keyword: Name, files: [TextLiteral], isFromEvents: Bool = false, encoding: TextLiteral?, columns: [ColumnSyntax]
  ) {
    self.keyword = keyword
    self.files = files
    self.isFromEvents = isFromEvents
    self.encoding = encoding
    self.columns = columns
  }
}

/// One kind of an `event` line.
public struct KindSyntax: Sendable {
  public let name: Name
  public let isAnonymous: Bool
  public let spelling: TextLiteral?
  public init(name: Name, isAnonymous: Bool, spelling: TextLiteral?) {
    self.name = name
    self.isAnonymous = isAnonymous
    self.spelling = spelling
  }
}

/// `city text? private is "城市"`
public struct ColumnSyntax: Sendable {
  public enum TypeSyntax: Sendable {
    /// `bool int number text date time member item`, or an unknown name.
    case named(Name)
    case oneOf([TextLiteral])
    case list(separator: TextLiteral?)
    case error
  }
  public let name: Name
  public let type: TypeSyntax
  public let isOptional: Bool
  public let isKey: Bool
  public let isFixed: Bool
  public let isPrivate: Bool
  public let spelling: TextLiteral?
  public let span: Span
  public init(
    name: Name, type: TypeSyntax, isOptional: Bool, isKey: Bool, isFixed: Bool, isPrivate: Bool, spelling: TextLiteral?,
    span: Span
  ) {
    self.name = name
    self.type = type
    self.isOptional = isOptional
    self.isKey = isKey
    self.isFixed = isFixed
    self.isPrivate = isPrivate
    self.spelling = spelling
    self.span = span
  }
}
