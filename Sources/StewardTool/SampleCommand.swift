import ArgumentParser
import Glibc
import Steward
import StewardHost

/// `steward sample`: writes a believable community to try rules on.
struct SampleCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "sample",
      abstract: words("Write a believable community to try rules on.", "生成一个逼真的社群，用来试规则。"),
      discussion: words(
        """
        The same options give the same bytes on any machine.

        EXAMPLE
          steward sample club --members 10000 --days 180 --seed 7
        """,
        """
        选项相同，结果在任何机器上都逐字节相同。

        示例
          steward sample club --members 10000 --days 180 --seed 7 --lang zh
        """))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(words("Folder to write to; made if it is not there.", "写入的文件夹，没有就新建。")), completion: .directory)
  var dir: String

  @Option(help: ArgumentHelp(words("How many members.", "成员数。"), valueName: "n"))
  var members: Int = 10_000

  @Option(help: ArgumentHelp(words("How many days.", "天数。"), valueName: "d"))
  var days: Int = 180

  @Option(help: ArgumentHelp(words("Another seed gives another community.", "换一个种子就是另一个社群。"), valueName: "s"))
  var seed: UInt64 = 1

  @OptionGroup var speech: SpeechOptions

  func run() throws {
    let options: SampleOptions
    do throws(SampleProblem) {
      options = try SampleOptions(members: members, days: days, seed: seed, language: speech.language)
    } catch { throw CommandFailure(ExitStatus.usage, error.wording) }
    let writer = try AtomicWriter(folder: dir)
    let stop = RunContext.stop
    var open = ""
    try Sample.write(options) { (file: String, chunk: [UInt8]) throws(SourceFailure) in
      if stop.isRaised { throw SourceFailure(Wording(en: "interrupted", zh: "已中断")) }
      if open != file { try writer.begin(file) }
      open = file
      try writer.write(chunk)
    }
    try writer.commit()
    let done = Wording(
      en: "\(Sample.files.count) files in \(dir): \(Sample.files.joined(separator: ", "))",
      zh: "已在 \(dir) 写入 \(Sample.files.count) 个文件：\(Sample.files.joined(separator: "、"))")
    try Terminal.write(done[speech.language] + "\n", to: .output)
  }
}
