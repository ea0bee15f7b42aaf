import ArgumentParser
import Steward
import StewardHost

/// `steward help`: a diagnostic's page, a built-in function, or a topic.
struct HelpCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "help",
      abstract: words("Explain a diagnostic, a function or a topic.", "解释一条诊断、一个函数或一个主题。"),
      discussion: words(
        """
        EXAMPLE
          steward help N0201
          steward help streak
        """,
        """
        示例
          steward help N0201
          steward help streak
        """))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      words(
        "A code such as N0201, a function, a topic, or a word of the language.",
        "代码（如 N0201）、函数、主题或语言里的词。"), valueName: "what"),
    completion: .list(FunctionPage.names + HelpTopic.all.map(\.name)))
  var asked: [String] = []

  @Flag(help: .hidden)
  var man = false

  @OptionGroup var speech: SpeechOptions

  func run() throws {
    let language = speech.language
    let style = TextStyle(isColored: Terminal.hasColors(.output))
    let width = Terminal.width(.output)
    if man {
      try Terminal.write(ManualPage.text() ?? "", to: .output)
      return
    }
    guard !asked.isEmpty else {
      try Terminal.write(HelpPages.overview(FunctionPage.names, language, width: width, style: style), to: .output)
      return
    }
    // `take back`: what begins with the first word, if nothing is called by both.
    let joined = asked.joined(separator: " ")
    let isKnown = asked.count == 1 || HelpTopic.named(joined) != nil
    let what = isKnown ? joined : asked.first { HelpTopic.named($0) != nil } ?? joined
    if let page = HelpPages.page(what) {
      try Terminal.write(page.text(language: language, width: width, style: style), to: .output)
      return
    }
    if let command = StewardCommand.configuration.subcommands.first(where: { $0.configuration.commandName == what }) {
      let text = StewardCommand.helpMessage(for: command, columns: width)
      try Terminal.write(ParserMessages.shown(text) + "\n", to: .output)
      return
    }
    let isFunction = FunctionPage.names.contains(what)
    if !isFunction, let topic = HelpTopic.named(what) {
      try Terminal.write(topic.text(language: language, style: style), to: .output)
      return
    }
    let module = what.hasPrefix("std.") ? String(what.dropFirst(4)) : what
    if StandardLibrary.names.contains(module) {
      let texts = StandardLibrary.files(module).map(\.text).joined(separator: "\n")
      try Terminal.write(style("std.\(module)", .bold) + "\n\n\(texts)", to: .output)
      return
    }
    if let text = FunctionPage.text(what, language: language, style: style) {
      try Terminal.write(text, to: .output)
      return
    }
    let commands = StewardCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
    if let near = HelpPages.near(
      what, others: FunctionPage.names + commands + StandardLibrary.names.map { "std.\($0)" })
    {
      throw CommandFailure(
        ExitStatus.usage,
        Wording(
          en: "there is no help about `\(what)`; did you mean `steward help \(near)`?",
          zh: "没有关于“\(what)”的说明；是不是想查 `steward help \(near)`？"))
    }
    throw CommandFailure(
      ExitStatus.usage,
      Wording(
        en: "there is no help about `\(what)`; `steward help` lists what there is",
        zh: "没有关于“\(what)”的说明；`steward help` 会列出全部条目"))
  }
}
