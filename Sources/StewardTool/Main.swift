import ArgumentParser
import Glibc
import Steward
import StewardHost

/// The command `steward`; what each subcommand does is in its own file.
struct StewardCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "steward",
      abstract: words("A language for the rules of online communities.", "在线社群的规则语言。"),
      discussion: words(
        """
        A rule set is a folder of .steward files.

        EXAMPLE
          steward sample club && steward run rules/home-community --data club
        """,
        """
        一套规则就是一个文件夹，里面是若干 .steward 文件。

        示例
          steward sample club && steward run rules/home-community --data club
        """),
      version: Release.version,
      subcommands: [
        RunCommand.self, WhyCommand.self, ReplCommand.self, InitCommand.self, CheckCommand.self, SampleCommand.self,
        HelpCommand.self,
      ])
  }
}

/// Exit statuses that people and scripts rely on.
enum ExitStatus {
  static let fine: Int32 = 0
  /// The rules or the data are wrong.
  static let wrong: Int32 = 1
  /// The command line is wrong.
  static let usage: Int32 = 2
  /// An alert of `--fail-on` fires.
  static let alert: Int32 = 4
  static let interrupted: Int32 = 130
}

/// Ends a command with a sentence and a status.
struct CommandFailure: Error {
  let status: Int32
  let message: Wording?
  init(_ status: Int32, _ message: Wording? = nil) {
    self.status = status
    self.message = message
  }
}

@main
enum Main {
  static func main() { exit(status(of: Array(CommandLine.arguments.dropFirst()))) }

  private static func status(of arguments: [String]) -> Int32 {
    let isSession = arguments.first == "repl" && Terminal.isInteractive
    let leaving: (@Sendable () -> Void)? = isSession ? { @Sendable in LineEditor.restore() } : nil
    let interruption = Interruption(raising: RunContext.stop, leaving: leaving)
    defer { interruption.end() }
    if let word = arguments.first, !word.hasPrefix("-"), !commands.contains(word) {
      say(unknownCommand(word))
      return ExitStatus.usage
    }
    do {
      var command = try StewardCommand.parseAsRoot(joiningNegatives(arguments))
      do {
        try command.run()
        return RunContext.stop.isRaised && !isSession ? ExitStatus.interrupted : ExitStatus.fine
      } catch let failure as CommandFailure {
        if let message = failure.message { say(message) }
        return failure.status
      } catch let failure as SourceFailure {
        say(failure.message)
        return RunContext.stop.isRaised ? ExitStatus.interrupted : ExitStatus.wrong
      }
    } catch {
      return answer(error)
    }
  }

  /// `--threads -1` as `--threads=-1`, so that the number is refused and not taken for an option.
  private static func joiningNegatives(_ arguments: [String]) -> [String] {
    var joined: [String] = []
    for argument in arguments {
      if argument.hasPrefix("-"), Int(argument) != nil, let last = joined.last, last.hasPrefix("--"), last != "--" {
        joined[joined.count - 1] = last + "=" + argument
      } else {
        joined.append(argument)
      }
    }
    return joined
  }

  private static let commands: [String] = StewardCommand.configuration.subcommands.compactMap { command in
    command.configuration.commandName
  }

  private static func unknownCommand(_ word: String) -> Wording {
    if let near = Suggestions.near(word, in: commands) {
      return Wording(en: "there is no command `\(word)`; did you mean `\(near)`?", zh: "没有“\(word)”这个命令；是不是“\(near)”？")
    }
    return Wording(
      en: "there is no command `\(word)`; there are \(commands.joined(separator: ", "))",
      zh: "没有“\(word)”这个命令；可用的有 \(commands.joined(separator: "、"))")
  }

  /// Help that was asked for goes to standard output; a wrong command line to standard error.
  private static func answer(_ error: any Error) -> Int32 {
    let text = StewardCommand.fullMessage(for: error)
    if StewardCommand.exitCode(for: error) == .success {
      try? Terminal.write(ParserMessages.shown(text) + "\n", to: .output)
      return ExitStatus.fine
    }
    try? Terminal.write(ParserMessages.shown(text) + "\n", to: .error)
    return ExitStatus.usage
  }

  private static func say(_ message: Wording) {
    try? Terminal.write("steward: " + message[ToolLanguage.current] + "\n", to: .error)
  }
}
