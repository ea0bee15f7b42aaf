import ArgumentParser
import Steward
import StewardHost

/// `steward repl`: asks and declares at a prompt.
struct ReplCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "repl",
      abstract: words("Ask about the data and try rules at a prompt.", "在提示符下查询数据、试写规则。"),
      discussion: words(
        """
        An expression prints its value; a declaration joins the session and says what it changes; :help lists the rest.
        Without a terminal it reads a script from standard input and stops at the first error.

        EXAMPLE
          steward repl rules/home-community --data club
          echo 'count(members)' | steward repl rules/home-community --data club
        """,
        """
        输入表达式就打印它的值；输入声明就加入本次会话，并说明有何变化；:help 列出其余命令。
        不在终端上时，从标准输入读取脚本，遇到第一个错误即停止。

        示例
          steward repl rules/home-community --data club
          echo 'count(members)' | steward repl rules/home-community --data club
        """))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(words("Folder of rules, or a file; the current folder if not given.", "规则文件夹或单个文件；不给则为当前文件夹。")),
    completion: .file(extensions: ["steward"]))
  var rules: String?

  @Option(
    help: ArgumentHelp(
      words("Folder of the data files; the rule set's folder if not given.", "数据文件夹；不给则用规则所在的文件夹。"), valueName: "dir"),
    completion: .directory)
  var data: String?

  @Option(
    help: ArgumentHelp(
      words(
        "The day (or \"2026-06-30 10:00\") about which to ask; the day of the newest event if not given.",
        "从哪一天（或 \"2026-06-30 10:00\"）来问；不给则为最新事件当天。"), valueName: "date|time"))
  var asOf: String?

  @Option(help: ArgumentHelp(words("How many threads; all processors if not given.", "线程数；不给则用全部处理器。"), valueName: "n"))
  var threads: Int?

  @Flag(help: ArgumentHelp(words("Leave bad rows out.", "跳过有误的行。")))
  var skipBadRows = false

  @OptionGroup var speech: SpeechOptions

  func run() throws {
    if rules == "-" {
      throw CommandFailure(
        ExitStatus.usage,
        Wording(
          en: "standard input is the script here; name the folder of the rules", zh: "这里的标准输入是脚本；请写规则所在的文件夹"))
    }
    if let threads, !(1...1024).contains(threads) {
      throw CommandFailure(
        ExitStatus.usage,
        Wording(en: "`--threads` must be from 1 to 1024", zh: "`--threads` 要在 1 到 1024 之间"))
    }
    try Repl(
      rules: rules ?? (RuleFolder.hasRules(".") ? "." : nil), data: data, asOf: asOf, threads: threads,
      skipBadRows: skipBadRows, language: speech.language
    ).run()
  }
}
