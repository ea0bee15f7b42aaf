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
      subcommands: [RunCommand.self, CheckCommand.self, SampleCommand.self, HelpCommand.self])
  }
}

/// Exit statuses that people and scripts rely on.
enum ExitStatus {
  static let fine: Int32 = 0
  /// The rules or the data are wrong.
  static let wrong: Int32 = 1
  /// The command line is wrong.
  static let usage: Int32 = 2
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
    let interruption = Interruption(raising: RunContext.stop)
    defer { interruption.end() }
    do {
      var command = try StewardCommand.parseAsRoot(arguments)
      do {
        try command.run()
        return RunContext.stop.isRaised ? ExitStatus.interrupted : ExitStatus.fine
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
