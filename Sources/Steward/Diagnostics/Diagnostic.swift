/// The languages in which Steward speaks to people.
public enum Language: String, Sendable, CaseIterable {
  case english = "en"
  case chinese = "zh"
}

/// One message in every language, side by side where it is written.
public struct Wording: Hashable, Sendable {
  public let english: String
  public let chinese: String

  public init(en: String, zh: String) {
    english = en
    chinese = zh
  }

  /// The same words in both languages: names, code, numbers.
  public init(_ same: String) { self.init(en: same, zh: same) }

  public subscript(_ language: Language) -> String {
    switch language {
    case .english: english
    case .chinese: chinese
    }
  }
}

/// The code of a diagnostic: a letter for the stage and four digits.
///
/// `P01xx` parse, `N02xx` names, `T03xx` types, `D04xx` data, `R05xx` run. A code is never used again for something else.
public struct DiagnosticCode: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let text: String
  public init(_ text: String) { self.text = text }
  public var description: String { text }
  public static func < (left: DiagnosticCode, right: DiagnosticCode) -> Bool { left.text < right.text }
}

/// How bad a diagnostic is; only an error keeps rules from running.
public enum Severity: String, Sendable, Comparable {
  case note, warning, error
  private var rank: Int { self == .note ? 0 : self == .warning ? 1 : 2 }
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// A change of source text that mends a diagnostic.
public struct TextEdit: Hashable, Sendable {
  public let span: Span
  public let replacement: String
  public init(span: Span, replacement: String) {
    self.span = span
    self.replacement = replacement
  }
}

/// A place in a data file.
/// - Unit: `line` and `column` count from 1; the column counts fields.
public struct DataPlace: Hashable, Sendable {
  public let file: String
  public let line: Int?
  public let column: Int?
  /// The header of that column.
  public let columnName: String?
  /// The offending text as it stands in the file.
  public let text: String?

  public init(file: String, line: Int? = nil, column: Int? = nil, columnName: String? = nil, text: String? = nil) {
    self.file = file
    self.line = line
    self.column = column
    self.columnName = columnName
    self.text = text
  }
}

/// Something wrong, or worth saying, at a place in the rules or the data.
public struct Diagnostic: Sendable {
  public struct Related: Sendable {
    public let span: Span
    public let message: Wording
    public init(span: Span, message: Wording) {
      self.span = span
      self.message = message
    }
  }

  public let code: DiagnosticCode
  public let severity: Severity
  /// Where in the rules.
  public var span: Span?
  /// Where in the data.
  public var place: DataPlace?
  /// What is wrong, in the operator's words; one sentence without a full stop.
  public let message: Wording
  /// A few words under the caret: what was expected here, and why.
  public var label: Wording?
  /// Other places that explain it: where a name is declared, why a type was expected.
  public var related: [Related]
  /// What to do about it.
  public var hint: Wording?
  /// The edit that does it, where it can be said exactly.
  public var edits: [TextEdit]

  public init(
    code: DiagnosticCode, severity: Severity = .error, span: Span? = nil, place: DataPlace? = nil, message: Wording,
    label: Wording? = nil, related: [Related] = [], hint: Wording? = nil, edits: [TextEdit] = []
  ) {
    self.code = code
    self.severity = severity
    self.span = span
    self.place = place
    self.message = message
    self.label = label
    self.related = related
    self.hint = hint
    self.edits = edits
  }
}

/// What can go wrong in one stage: an enum whose cases carry what the message needs.
///
/// One `…Problem.swift` per stage holds its codes and, side by side, its English and Chinese words.
public protocol Problem {
  var code: DiagnosticCode { get }
  var severity: Severity { get }
  var message: Wording { get }
  var label: Wording? { get }
  var hint: Wording? { get }
}

extension Problem {
  public var severity: Severity { .error }
  public var label: Wording? { nil }
  public var hint: Wording? { nil }

  /// The diagnostic of this problem at a place in the rules.
  public func at(_ span: Span, related: [Diagnostic.Related] = [], edits: [TextEdit] = []) -> Diagnostic {
    Diagnostic(
      code: code, severity: severity, span: span, message: message, label: label, related: related, hint: hint,
      edits: edits)
  }

  /// The diagnostic of this problem at a place in the data.
  public func at(_ place: DataPlace?) -> Diagnostic {
    Diagnostic(code: code, severity: severity, place: place, message: message, label: label, hint: hint)
  }
}
