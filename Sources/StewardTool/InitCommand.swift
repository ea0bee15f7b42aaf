import ArgumentParser
import Steward
import StewardHost

/// `steward init`: looks at a folder's files and writes a `community` block and rules to begin with.
struct InitCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "init",
      abstract: words("Look at data and write a rule set to begin with.", "看一遍数据，写出一套起步的规则。"),
      discussion: words(
        """
        Reads every .csv, .tsv, .jsonl and .ndjson file of the folder, compressed with gzip or not, and writes what it \
        guessed: a community block with a comment on each guess, and three rules that run at once.

        EXAMPLE
          steward init club -o rules/club
        """,
        """
        读取文件夹里的每个 .csv、.tsv、.jsonl、.ndjson 文件（可以是 gzip 压缩的），写出它的猜测：带注释的 community 块，\
        以及三条马上能运行的规则。

        示例
          steward init club -o rules/club
        """))
  }

  @ArgumentParser.Argument(help: ArgumentHelp(words("Folder of the data files.", "数据文件夹。")), completion: .directory)
  var data: String

  @Option(
    name: [.customShort("o"), .customLong("out")],
    help: ArgumentHelp(
      words(
        "Folder for the rules; the current one if not given, - to print the community block only.",
        "规则写到哪个文件夹；不给则为当前文件夹，- 表示只打印 community 块。"), valueName: "rules"),
    completion: .directory)
  var out: String = "."

  @Flag(help: ArgumentHelp(words("Replace files that are there already.", "覆盖已有的文件。")))
  var overwrite = false

  @Option(help: ArgumentHelp(words("How to print: table or json.", "输出格式：table 或 json。"), valueName: "table|json"))
  var format: OutputFormat = .table

  @Option(help: ArgumentHelp(words("How many threads; all processors if not given.", "线程数；不给则用全部处理器。"), valueName: "n"))
  var threads: Int?

  @OptionGroup var speech: SpeechOptions

  func run() throws {
    let language = speech.language
    if let threads, !(1...1024).contains(threads) {
      throw CommandFailure(
        ExitStatus.usage,
        Wording(en: "`--threads` must be from 1 to 1024", zh: "`--threads` 要在 1 到 1024 之间"))
    }
    let names = try names()
    try protectOthers()
    let folder = data
    let host = SurveyHost(
      workers: Workers.threads(threads ?? Interruption.processors), stop: RunContext.stop, gb18030: DataFiles.gb18030
    ) { (path: String) throws(SourceFailure) -> any ByteSource in
      try DataFiles.open(RuleFolder.joined(folder, path), name: path)
    }
    var survey = Survey.of(names, name: DataFolder.name(of: data), language: language, host: host)
    if RunContext.stop.isRaised { throw CommandFailure(ExitStatus.interrupted) }
    survey.leftOut += Self.others(names)
    let report = Report(sources: [], language: language, format: format)
    report.show(survey.problems)
    guard !survey.files.isEmpty else {
      if format == .json { try Terminal.write(report.json(survey.problems, and: survey.json(language)), to: .output) }
      throw CommandFailure(ExitStatus.wrong, Self.nothing(in: data, survey))
    }
    if out == "-" {
      for file in survey.files.prefix(1) { try Terminal.write(file.text, to: .output) }
      try Terminal.write(survey.overview(language, data: data, rules: nil), to: .error)
      return
    }
    let writer = try AtomicWriter(folder: out)
    for file in survey.files {
      try writer.begin(file.name)
      try writer.write(Array(file.text.utf8))
    }
    try writer.commit()
    if format == .json {
      try Terminal.write(report.json(survey.problems, and: survey.json(language)), to: .output)
    } else {
      try Terminal.write(survey.overview(language, data: data, rules: out), to: .output)
    }
  }

  /// The files of the data folder.
  private func names() throws -> [String] {
    if RuleFolder.isFile(data) {
      throw CommandFailure(
        ExitStatus.usage,
        Wording(
          en: "`\(data)` is a file; name the folder that holds the data files",
          zh: "“\(data)”是文件；请写数据文件所在的文件夹"))
    }
    guard RuleFolder.isFolder(data) else {
      throw CommandFailure(
        ExitStatus.wrong, Wording(en: "there is no folder `\(data)` of data", zh: "找不到数据文件夹“\(data)”"))
    }
    return try DataFolder.files(in: data)
  }

  /// Refuses to replace rules, or to put a second community block beside one.
  private func protectOthers() throws {
    if out == "-" { return }
    if out.isEmpty {
      throw CommandFailure(
        ExitStatus.usage, Wording(en: "`--out` needs the name of a folder", zh: "`--out` 后面要写文件夹的名字"))
    }
    let own = [Survey.communityFile, Survey.rulesFile]
    let there = own.filter { RuleFolder.isFile(RuleFolder.joined(out, $0)) }
    if let file = there.first, !overwrite {
      let path = RuleFolder.joined(out, file)
      throw CommandFailure(
        ExitStatus.wrong,
        Wording(
          en: "`\(path)` is there already; choose another folder with `-o`, or say `--overwrite`",
          zh: "“\(path)”已经存在；请用 `-o` 换一个文件夹，或加上 `--overwrite`"))
    }
    guard RuleFolder.isFolder(out), let names = try? DataFolder.files(in: out) else { return }
    if let other = names.first(where: { $0.hasSuffix(RuleFolder.ending) && !own.contains($0) }) {
      throw CommandFailure(
        ExitStatus.wrong,
        Wording(
          en: "`\(out)` holds rules already (`\(other)`); choose another folder with `-o`",
          zh: "“\(out)”里已经有规则（“\(other)”）；请用 `-o` 换一个文件夹"))
    }
  }

  /// Files of tables that are in another form.
  private static func others(_ names: [String]) -> [(what: String, why: Wording)] {
    names.compactMap { name in
      let lower = name.lowercased()
      if [".xlsx", ".xls", ".ods", ".numbers"].contains(where: lower.hasSuffix) {
        return (name, Wording(en: "a spreadsheet; save it as CSV (UTF-8)", zh: "这是电子表格；请另存为 CSV（UTF-8）"))
      }
      if lower.hasSuffix(".json") {
        return (name, Wording(en: "save it with one object a line, as .jsonl", zh: "请存成每行一个对象的 .jsonl"))
      }
      if [".sqlite", ".db", ".xml", ".parquet", ".txt", ".zip"].contains(where: lower.hasSuffix) {
        return (
          name, Wording(en: "not read in this form; export it as CSV (UTF-8)", zh: "这种格式读不了；请导出成 CSV（UTF-8）")
        )
      }
      return nil
    }
  }

  /// So many files are named where nothing was found.
  private static let mostNamed = 8

  private static func nothing(in folder: String, _ survey: Survey) -> Wording {
    let seen = survey.leftOut.prefix(mostNamed)
    var (english, chinese) = ("", "")
    for (what, why) in seen {
      english += "\n  - \(what): \(why.english)"
      chinese += "\n  - \(what)：\(why.chinese)"
    }
    let rest = survey.leftOut.count - seen.count
    if rest > 0 {
      english += "\n  - and \(rest) more"
      chinese += "\n  - 等共 \(survey.leftOut.count) 个"
    }
    if seen.isEmpty, survey.problems.isEmpty {
      return Wording(
        en: "there is no table in `\(folder)`: no file ends in .csv, .tsv, .jsonl or .ndjson (or these with .gz)",
        zh: "“\(folder)”里没有数据表：没有以 .csv、.tsv、.jsonl、.ndjson 结尾的文件（可再加 .gz）")
    }
    return Wording(
      en: "there are neither members nor events in `\(folder)`: members need a column that tells them apart, events a "
        + "column for who, one for when and one for what" + english,
      zh: "“\(folder)”里既没有成员也没有事件：成员表要有一列能区分每个人，事件表要有“谁”“何时”“什么事”三列" + chinese)
  }
}
