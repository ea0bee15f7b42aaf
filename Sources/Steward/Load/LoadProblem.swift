/// What can be wrong with data: codes D04xx.
public enum LoadProblem: Problem, Sendable {
  case unreadable(Wording)
  case emptyFile
  case noColumn(name: String, near: String?, present: [String])
  case columnTwice(name: String)
  case fieldCount(found: Int, expected: Int)
  case openQuote
  case textAfterQuote
  case encoding(likely: String?)
  case emptyField(column: String)
  case badField(column: String, text: String, fault: FieldProblem)
  case unknownMember(id: String, column: String)
  case unknownItem(id: String, column: String)
  case emptyKey(column: String)
  case duplicateKey(key: String, first: Wording)
  case moreErrors(count: Int, shown: Int)
  case noMembers
  case badEncodingName(String)

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
    case .badEncodingName: DiagnosticCode("D0417")
    }
  }
}
