/// What can be wrong with data: codes D04xx.
public enum LoadProblem: Problem, Sendable {
  case unreadable(Wording)
  case emptyFile
  case noColumn(name: String, near: String?, present: [String])
  case columnTwice(name: String)
  case fieldCount(found: Int, expected: Int, endsInQuote: Bool, format: FileFormat)
  case openQuote
  case textAfterQuote
  case encoding(likely: String?)
  /// - Shape: `optional` is how a column that may be empty is declared. - Missing: it may not be.
  case emptyField(column: String, optional: String?)
  case badField(column: String, text: String, fault: FieldProblem)
  case unknownMember(id: String, column: String)
  case unknownItem(id: String, column: String)
  case emptyKey(column: String)
  case duplicateKey(key: String, first: Wording)
  case moreErrors(count: Int, shown: Int)
  case noMembers
  /// A compressed file that breaks off or is not what it says.
  case damaged(Wording)
  /// A line that is not in the encoding of the others.
  case twoEncodings(main: String)
  /// A line that is no JSON; - Unit: characters from 1.
  case json(JSONFault, character: Int)
  case noObject
  case nested(column: String)
  case nameTwice(String)
  case noName(name: String, near: String?, present: [String])
  case noRows(isMembers: Bool)
  case kindSkipped(spelling: String, rows: Int, near: String, name: String)
  case noDeclaredKind(rows: Int, found: [SkippedKind], declared: [String], isError: Bool)
  case separator(Character, FileFormat)
  /// More of what was told already, with its code.
  case sameAgain(DiagnosticCode, rows: Int, lines: [Int])

  /// A kind in the data that the block does not declare, and a declared one that it may mean.
  public struct SkippedKind: Sendable {
    public var spelling: String
    public var rows: Int
    public var near: String?
  }

  /// Why a field's text is not of its column's type.
  public enum FieldProblem: Sendable {
    case bool, int, intRange, number, date, time, timeRange
    case choice(values: [String])
  }

  public var code: DiagnosticCode {
    switch self {
    case .unreadable: DiagnosticCode("D0401")
    case .emptyFile: DiagnosticCode("D0402")
    case .noColumn: DiagnosticCode("D0403")
    case .columnTwice: DiagnosticCode("D0404")
    case .fieldCount: DiagnosticCode("D0405")
    case .openQuote: DiagnosticCode("D0406")
    case .textAfterQuote: DiagnosticCode("D0407")
    case .encoding: DiagnosticCode("D0408")
    case .emptyField: DiagnosticCode("D0409")
    case .badField: DiagnosticCode("D0410")
    case .unknownMember: DiagnosticCode("D0411")
    case .unknownItem: DiagnosticCode("D0412")
    case .emptyKey: DiagnosticCode("D0413")
    case .duplicateKey: DiagnosticCode("D0414")
    case .moreErrors: DiagnosticCode("D0415")
    case .noMembers: DiagnosticCode("D0416")
    case .noRows: DiagnosticCode("D0418")
    case .kindSkipped: DiagnosticCode("D0419")
    case .noDeclaredKind: DiagnosticCode("D0420")
    case .separator: DiagnosticCode("D0421")
    case .damaged: DiagnosticCode("D0422")
    case .json: DiagnosticCode("D0423")
    case .noObject: DiagnosticCode("D0424")
    case .nested: DiagnosticCode("D0425")
    case .nameTwice: DiagnosticCode("D0426")
    case .twoEncodings: DiagnosticCode("D0427")
    case .noName: DiagnosticCode("D0403")
    case .sameAgain(let code, _, _): code
    }
  }

  public var severity: Severity {
    switch self {
    case .kindSkipped: .warning
    case .noDeclaredKind(_, _, _, let isError): isError ? .error : .warning
    default: .error
    }
  }
}
