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
