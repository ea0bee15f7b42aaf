/// The `community` block, resolved: what the data is and how its files spell it.
///
/// The checker holds every rule against it, the loader every file.
public struct Schema: Sendable {
  public var name: String
  /// An IANA name, `Asia/Shanghai`; UTC when the block does not say.
  public var zone: String
  public var weekStart: Weekday
  /// First day of all daily series. - Unit: days since 1970-01-01. - Missing: the first event's day.
  public var starts: Int32?
  public var privacyGroup: Int
  public var skipBadRows: Bool
  public var members: TableSchema?
  public var content: TableSchema?
  /// There as soon as the block has events or records.
  public var events: EventSchema?
  /// `points`, then the purses declared.
  public var purses: [String] = ["points"]
  public var span: Span?

  public init(
    name: String = "", zone: String = "UTC", weekStart: Weekday = .monday, starts: Int32? = nil, privacyGroup: Int = 5,
    skipBadRows: Bool = false, members: TableSchema? = nil, content: TableSchema? = nil, events: EventSchema? = nil,
    span: Span? = nil
  ) {
    self.name = name
    self.zone = zone
    self.weekStart = weekStart
    self.starts = starts
    self.privacyGroup = privacyGroup
    self.skipBadRows = skipBadRows
    self.members = members
    self.content = content
    self.events = events
    self.span = span
  }
}

/// A column of a file, as the block declares it.
public struct ColumnSchema: Sendable {
  public var name: String
  /// The header in the file: the name, or what `is "…"` says.
  public var spelling: String
  /// `bool int number text date time choice list member item`; optional and private as declared.
  public var type: Type
  /// Splits a `list of text by ";"`; one or more bytes.
  public var separator: String
  public var isFixed: Bool
  public var span: Span?

  public init(
    name: String, spelling: String? = nil, type: Type, separator: String = ";", isFixed: Bool = false, span: Span? = nil
  ) {
    self.name = name
    self.spelling = spelling ?? name
    self.type = type
    self.separator = separator
    self.isFixed = isFixed
    self.span = span
  }
}

/// Members or content: a table with a key.
public struct TableSchema: Sendable {
  /// Paths as written, relative to the data folder.
  public var files: [String]
  /// `members from events`: those who appear in the events; the columns are the key and `joined`, the day of their first
  /// event.
  public var isFromEvents = false
  public var encoding: TextEncoding?
  public var columns: [ColumnSchema]
  /// Index of the `key` column, always of type text.
  public var key: Int
  /// Index of the columns with a role, members only.
  public var joined: Int?
  public var left: Int?
  public var span: Span?

  public init(
    files: [String], encoding: TextEncoding? = nil, columns: [ColumnSchema], key: Int, joined: Int? = nil,
    left: Int? = nil,
    span: Span? = nil
  ) {
    self.files = files
    self.encoding = encoding
    self.columns = columns
    self.key = key
    self.joined = joined
    self.left = left
    self.span = span
  }
}

/// The table of events: its columns, its kinds, and the attributes that kinds have.
public struct EventSchema: Sendable {
  /// A row of an event keeps its kind in nine bits.
  public static let mostKinds = 512
  /// Empty where the block has records alone.
  public var files: [String]
  public var encoding: TextEncoding?
  /// The event's own identity, if a `key` column is declared.
  public var key: ColumnSchema?
  public var member: ColumnSchema
  public var at: ColumnSchema
  public var kind: ColumnSchema
  /// Every attribute that some kind of the events declares, one of a name; then the columns of each `records`, which share
  /// nothing with others of their name.
  public var attributes: [ColumnSchema]
  /// In the order of the block, which breaks ties of time.
  public var kinds: [KindSchema]
  public var sets: [EventSet]
  public var span: Span?

  public init(
    files: [String], encoding: TextEncoding? = nil, key: ColumnSchema? = nil, member: ColumnSchema, at: ColumnSchema,
    kind: ColumnSchema, attributes: [ColumnSchema] = [], kinds: [KindSchema] = [], sets: [EventSet] = [],
    span: Span? = nil
  ) {
    self.files = files
    self.encoding = encoding
    self.key = key
    self.member = member
    self.at = at
    self.kind = kind
    self.attributes = attributes
    self.kinds = kinds
    self.sets = sets
    self.span = span
  }
}

/// A kind of events.
public struct KindSchema: Sendable {
  /// An attribute that events of this kind have.
  public struct Attribute: Hashable, Sendable {
    /// Index in `EventSchema.attributes`.
    public var index: Int
    /// Whether an event of this kind may leave it empty.
    public var isOptional: Bool
    public init(index: Int, isOptional: Bool) {
      self.index = index
      self.isOptional = isOptional
    }
  }
  /// Where its rows come from.
  public enum Source: Hashable, Sendable {
    /// The events' own file.
    case file
    /// `event liked = like seen by author`: the rows of another kind, which comes from the file, for the member named.
    case seen(kind: Int, by: Witness)
    /// `records spend from …`: files of their own, timed rows of nobody (so `isAnonymous`).
    case records(RecordSchema)
  }
  public var name: String
  /// What the `kind` column of the data says; the name where no file says it.
  public var spelling: String
  public var isAnonymous: Bool
  /// In the order of the block. A seen kind has those of the kind that is seen.
  public var attributes: [Attribute]
  public var source: Source
  public var span: Span?

  public init(
    name: String, spelling: String? = nil, isAnonymous: Bool = false, attributes: [Attribute] = [],
    source: Source = .file, span: Span? = nil
  ) {
    self.name = name
    self.spelling = spelling ?? name
    self.isAnonymous = isAnonymous
    self.attributes = attributes
    self.source = source
    self.span = span
  }
}

extension KindSchema {
  /// Whether the events' own files have rows of it.
  public var isOfFile: Bool { source == .file }

  /// Where its records come from. - Missing: it has none.
  public var records: RecordSchema? {
    if case .records(let records) = source { records } else { nil }
  }
}

/// Who sees an event that somebody else did; where that is missing, nobody.
public enum Witness: Hashable, Sendable {
  /// An attribute of type member, by its index in `EventSchema.attributes`.
  case attribute(Int)
  /// A column of type member of the doer.
  case memberColumn(Int)
  /// A column of type member of the item that the event refers to.
  case itemColumn(Int)
}

/// Where a `records` block reads from.
public struct RecordSchema: Hashable, Sendable {
  public var files: [String]
  public var encoding: TextEncoding?
  /// The spelling of its `at` column.
  public var at: String
  public var isAtPrivate: Bool
  public init(files: [String], encoding: TextEncoding? = nil, at: String, isAtPrivate: Bool = false) {
    self.files = files
    self.encoding = encoding
    self.at = at
    self.isAtPrivate = isAtPrivate
  }
}

/// `events deep = post or answer where …`
public struct EventSet: Sendable {
  public var name: String
  public var pattern: EventPattern
  public var span: Span?
  public init(name: String, pattern: EventPattern, span: Span? = nil) {
    self.name = name
    self.pattern = pattern
    self.span = span
  }
}
