// The pages of `steward help`: one for each diagnostic code, with an example that causes it and its mend.

/// A page of help in both languages.
public struct HelpPage: Sendable {
  public let code: DiagnosticCode
  public let title: Wording
  /// What it means and what to do, in one or two sentences.
  public let meaning: Wording
  /// Rules, or a row of data, that cause it.
  public let example: String
  /// The same, mended.
  public let mend: String

  init(_ code: String, _ title: Wording, _ meaning: Wording, example: String, mend: String) {
    self.code = DiagnosticCode(code)
    self.title = title
    self.meaning = meaning
    self.example = example
    self.mend = mend
  }

  public func text(language: Language, width: Int, style: TextStyle) -> String {
    let width = min(max(40, width), 88)
    var lines = [style(code.text, .yellow) + "  " + style(title[language], .bold), ""]
    lines += TextWrap.lines(meaning[language], width: width)
    if !example.isEmpty {
      lines += ["", style(language == .english ? "This causes it:" : "这样写会出现：", .dim)]
      lines += HelpPage.indented(example)
    }
    if !mend.isEmpty {
      lines += ["", style(language == .english ? "Mended:" : "改为：", .dim)]
      lines += HelpPage.indented(mend)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func indented(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    " + $0 }
  }
}

/// All pages, by code.
public enum HelpPages {
  public static let all: [HelpPage] = []

  /// The page of a code, however its letter is written.
  public static func page(_ code: String) -> HelpPage? {
    let wanted = code.uppercased()
    return all.first { $0.code.text == wanted }
  }

  /// All codes with their titles.
  public static func overview(_ language: Language) -> String {
    var lines: [String] = []
    for page in all { lines.append(page.code.text + "  " + page.title[language]) }
    return lines.joined(separator: "\n") + "\n"
  }
}
