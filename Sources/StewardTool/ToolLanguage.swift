import Steward
import StewardHost

/// The language in which the tool speaks: `--lang`, else the person's locale.
///
/// It is found before the command line is parsed, because the help texts are part of what is parsed.
enum ToolLanguage {
  static let current: Language = {
    let arguments = CommandLine.arguments
    for (index, argument) in arguments.enumerated() {
      if argument == "--" { break }
      var value: String?
      if argument == "--lang", arguments.indices.contains(index + 1) { value = arguments[index + 1] }
      if argument.hasPrefix("--lang=") { value = String(argument.dropFirst(7)) }
      if let value, let language = Language(rawValue: value) { return language }
    }
    return Terminal.language
  }()
}

/// A text of the tool in the current language.
func words(_ english: String, _ chinese: String) -> String {
  ToolLanguage.current == .english ? english : chinese
}

/// What the parser of the command line says, in Chinese where that is asked for.
enum ParserMessages {
  /// Beginnings of its sentences, and what they mean.
  private static let beginnings: [(english: String, chinese: String)] = [
    ("Unknown option ", "没有这个选项："),
    ("Missing value for ", "缺少选项的值："),
    ("Missing expected argument ", "缺少参数："),
    ("Unexpected argument ", "多余的参数："),
    ("The value ", "值不对："),
    ("Missing one of: ", "缺少其中之一："),
  ]

  /// Headings of its help.
  private static let headings: [(english: String, chinese: String)] = [
    ("OVERVIEW: ", ""), ("USAGE: ", "用法："), ("ARGUMENTS:", "参数："), ("OPTIONS:", "选项："), ("SUBCOMMANDS:", "命令："),
  ]

  /// Its own words about options that every command has.
  private static let standing: [(english: String, chinese: String)] = [
    ("Show the version.", "显示版本。"), ("Show help information.", "显示帮助。"),
  ]

  static func shown(_ text: String) -> String {
    guard ToolLanguage.current == .chinese else { return text }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for index in lines.indices {
      if lines[index].hasPrefix("Error: ") {
        var rest = String(lines[index].dropFirst(7))
        for (english, chinese) in beginnings where rest.hasPrefix(english) {
          rest = chinese + rest.dropFirst(english.count)
          break
        }
        lines[index] = "错误：" + rest
      } else if lines[index].hasPrefix("Usage: ") {
        lines[index] = "用法：" + lines[index].dropFirst(7)
      } else if lines[index].hasPrefix("Help: ") {
        lines[index] = "说明：" + lines[index].dropFirst(6)
      } else if let (english, chinese) = headings.first(where: { lines[index].hasPrefix($0.english) }) {
        lines[index] = chinese + lines[index].dropFirst(english.count)
      } else if let (english, chinese) = standing.first(where: { lines[index].hasSuffix($0.english) }) {
        lines[index] = lines[index].dropLast(english.count) + chinese
      } else if lines[index].hasPrefix("  See '") {
        lines[index] = lines[index].replacing("See '", with: "详见 '").replacing("' for more information.", with: "'。")
      }
    }
    return lines.joined(separator: "\n").replacing("(default: ", with: "(默认：").replacing("(values: ", with: "(可选：")
  }
}
