import Steward

/// What the parser of the command line says, in Chinese where that is asked for.
enum ParserMessages {
  /// Its sentences: the English with holes, and the Chinese with the same holes in places of its own.
  private static let sentences: [(english: [String], chinese: String)] = [
    (["Unknown option '", "'. Did you mean '", "'?"], "没有选项“{1}”；是不是“{2}”？"),
    (["Unknown option '", "'"], "没有选项“{1}”"),
    (["Missing value for '", "' in '", "'"], "“{2}”里的“{1}”缺少值"),
    (["Missing value for '", "'"], "选项“{1}”缺少值"),
    (["Missing expected argument '", "'"], "缺少参数“{1}”"),
    (["Missing one of: '", "'"], "缺少以下之一：“{1}”"),
    (["Unexpected argument '", "'"], "多余的参数“{1}”"),
    (["", " unexpected arguments: '", "'"], "多余的参数共 {1} 个：“{2}”"),
    (["The value '", "' is invalid for '", "'. Please provide one of ", "."], "“{1}”不能用作“{2}”的值；可用的有{3}"),
    (["The value '", "' is invalid for '", "': ", ""], "“{1}”不能用作“{2}”的值：{3}"),
    (["The value '", "' is invalid for '", "'"], "“{1}”不能用作“{2}”的值"),
    (["The value '", "' is invalid."], "“{1}”不是有效的值"),
    (["The option '", "' does not take any value, but '", "' was specified."], "选项“{1}”不带值，却写了“{2}”"),
    (["Can't generate completion scripts for '", "'."], "不能为“{1}”生成补全脚本。"),
    (["Can't autodetect a supported shell."], "认不出正在用的 shell。"),
    (["Please use ", " with one of:"], "请用 {1}，可选："),
    (["Invalid option: ", ""], "无效的选项：{1}"),
    (["Missing required subcommand."], "缺少命令。"),
    (["See '", "' for detailed help."], "详细说明：'{1}'。"),
    (["See '", "' for more information."], "详见 '{1}'。"),
  ]

  /// Beginnings of lines, and headings of its help.
  private static let headings: [(english: String, chinese: String)] = [
    ("Error: ", "错误："), ("   or: ", "   或："), ("Usage: ", "用法："), ("Help: ", "说明："), ("OVERVIEW: ", ""),
    ("USAGE: ", "用法："), ("ARGUMENTS:", "参数："), ("OPTIONS:", "选项："), ("SUBCOMMANDS:", "命令："), ("  ", "  "),
  ]

  /// Its own words about options that every command has.
  private static let standing: [(english: String, chinese: String)] = [
    ("Show the version.", "显示版本。"), ("Show help information.", "显示帮助。"),
  ]

  static func shown(_ text: String) -> String {
    guard ToolLanguage.current == .chinese else { return text }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { chinese(String($0)) }
    return lines.joined(separator: "\n").replacing("(default: ", with: "(默认：").replacing("(values: ", with: "(可选：")
  }

  private static func chinese(_ line: String) -> String {
    if let (english, chinese) = standing.first(where: { line.hasSuffix($0.english) }) {
      return line.dropLast(english.count) + chinese
    }
    if let (english, chinese) = headings.first(where: { line.hasPrefix($0.english) }) {
      return chinese + sentence(String(line.dropFirst(english.count)))
    }
    return sentence(line)
  }

  private static func sentence(_ text: String) -> String {
    for (english, chinese) in sentences {
      guard let holes = holes(of: english, in: text) else { continue }
      var result = chinese
      for (index, hole) in holes.enumerated() {
        result = result.replacing("{\(index + 1)}", with: list(hole))
      }
      return result
    }
    return text
  }

  /// A list of quoted things, or one thing that needs no change.
  private static func list(_ text: String) -> String {
    let apart = ["' and '", "' or '", "', '"].reduce(text) { $0.replacing($1, with: "”、“") }
    guard apart.count > 1, apart.hasPrefix("'"), apart.hasSuffix("'") else { return apart }
    return "“" + apart.dropFirst().dropLast() + "”"
  }

  /// What stands between the fixed parts of a sentence; nil if the text is another sentence.
  private static func holes(of parts: [String], in text: String) -> [String]? {
    guard let first = parts.first, text.hasPrefix(first) else { return nil }
    var rest = text.dropFirst(first.count)
    var holes: [String] = []
    for (index, part) in parts.enumerated().dropFirst() {
      if index == parts.count - 1 {
        guard rest.hasSuffix(part) else { return nil }
        holes.append(String(rest.dropLast(part.count)))
        rest = ""
      } else {
        guard let range = rest.firstRange(of: part) else { return nil }
        holes.append(String(rest[..<range.lowerBound]))
        rest = rest[range.upperBound...]
      }
    }
    return rest.isEmpty ? holes : nil
  }
}
