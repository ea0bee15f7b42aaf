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

  init(_ code: String, en: String, zh: String, _ meaning: Wording, example: String, mend: String) {
    self.code = DiagnosticCode(code)
    title = Wording(en: en, zh: zh)
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
  public static let all: [HelpPage] = parse + allNames + typesAndRules + dataAndRun

  private static let dataAndRun = (data + run + audit).sorted { $0.code.text < $1.code.text }

  private static let allNames = (names + alertNames).sorted { $0.code.text < $1.code.text }
  private static let typesAndRules = (types + rewards + metrics + alerts).sorted { $0.code.text < $1.code.text }

  /// The page of a code, however its letter is written.
  public static func page(_ code: String) -> HelpPage? {
    let wanted = code.uppercased()
    return all.first { $0.code.text == wanted }
  }

  /// The word most like one that has no help. - Missing: nil if none is near.
  /// - Parameter others: names of functions and commands.
  public static func near(_ word: String, others: [String]) -> String? {
    let topics = HelpTopic.all.flatMap { [$0.name] + $0.aliases }
    return Suggestions.near(word, in: topics + others + all.map(\.code.text))
  }

  /// What `steward help` says without an argument: how to ask, and all codes with their titles.
  /// - Parameter functions: names of built-in functions.
  public static func overview(_ functions: [String], _ language: Language, width: Int, style: TextStyle) -> String {
    let groups: [(Wording, [HelpPage])] = [
      (Wording(en: "Writing rules", zh: "规则的写法"), parse),
      (Wording(en: "Names and the community block", zh: "名字与 community 块"), allNames),
      (Wording(en: "Types and rules", zh: "类型与规则"), typesAndRules),
      (Wording(en: "Data", zh: "数据"), data),
      (Wording(en: "A run", zh: "运行"), run),
    ]
    let ask = Wording(
      en: "`steward help N0201` explains a diagnostic, `steward help streak` a function, `steward help run` a command.",
      zh: "`steward help N0201` 解释一条诊断，`steward help streak` 解释一个函数，`steward help run` 解释一个命令。")
    var lines = TextWrap.lines(ask[language], width: width)
    lines += ["", style(language == .english ? "Topics" : "主题", .bold)]
    for topic in HelpTopic.all {
      lines.append("  " + style(DisplayWidth.padded(topic.name, to: 12), .yellow) + topic.title[language])
    }
    lines += ["", style(language == .english ? "Functions" : "函数", .bold)]
    lines += TextWrap.lines(functions.joined(separator: " "), width: width - 2).map { "  " + $0 }
    for (title, pages) in groups {
      lines += ["", style(title[language], .bold)]
      for page in pages { lines.append("  " + style(page.code.text, .yellow) + "  " + page.title[language]) }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
