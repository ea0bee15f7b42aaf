import ArgumentParser
import Glibc
import Steward
import StewardHost

extension Language: ExpressibleByArgument {}

/// How a command prints.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case table, json }

/// Options of every command.
struct SpeechOptions: ParsableArguments {
  @Option(help: ArgumentHelp(words("Language of messages: en or zh.", "消息的语言：en 或 zh。"), valueName: "en|zh"))
  var lang: Language?

  var language: Language { lang ?? ToolLanguage.current }
}

/// What the commands share while they run.
enum RunContext {
  /// Raised by Ctrl-C.
  static let stop = StopFlag()
}

/// Prints diagnostics: to standard error as text, or kept for the JSON object that a command prints.
struct Report {
  let sources: [SourceFile]
  let language: Language
  let format: OutputFormat

  func show(_ diagnostics: [Diagnostic]) {
    guard format == .table, !diagnostics.isEmpty else { return }
    let renderer = TextRenderer(
      sources: sources, language: language, style: TextStyle(isColored: Terminal.hasColors(.error)),
      width: Terminal.width(.error))
    try? Terminal.write(renderer.render(diagnostics), to: .error)
  }

  func json(_ diagnostics: [Diagnostic], and fields: [(String, JSONValue)] = []) -> String {
    var all: [(String, JSONValue)] = []
    if case .object(let own) = JSONRenderer(sources: sources, language: language).value(diagnostics) { all = own }
    return JSONValue.object(all + fields).text + "\n"
  }
}
