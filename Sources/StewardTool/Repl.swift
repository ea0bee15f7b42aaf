import Steward
import StewardHost

/// A session with a person at a terminal, or with a script.
struct Repl {
  let rules: String?
  let data: String?
  let asOf: String?
  let threads: Int?
  let skipBadRows: Bool
  let language: Language

  func run() throws {
    if Terminal.isInteractive { try converse() } else { try follow() }
  }

  // MARK: At a terminal

  private func converse() throws {
    var session = Session(host: Repl.host(threads: threads), display: display(indent: 0))
    let file = HistoryFile()
    let history = file?.entries() ?? []
    var newest = history.last
    let progress = Progress()
    progress.begin(words("loading", "正在载入"))
    var greeting = session.start(rules: rules, data: data, skipBadRows: skipBadRows)
    progress.end()
    // Nothing is there yet to go on with.
    if greeting.isInterrupted || RunContext.stop.isRaised { throw CommandFailure(ExitStatus.interrupted) }
    if let asOf { greeting.problems += session.enter(":as-of \(asOf)").problems }
    show(greeting, to: .output)
    if !greeting.isError {
      show(words("Steward \(Release.version); :help lists the commands\n", "Steward \(Release.version)；:help 列出全部命令\n"))
    }
    LineEditor.setUp(history: history)
    while true {
      let prompt = session.promptText + " › "
      session.display = display(indent: DisplayWidth.of(prompt))
      let hooks = LineEditor.Hooks(
        isComplete: { [session] in session.isComplete($0) },
        isOpen: { [session] in session.hasOpenBracket($0) },
        completion: { [session] in session.completion($0, cursor: $1) })
      // Not behind the line: who presses Ctrl-C right after Return means the answer.
      RunContext.stop.lower()
      switch LineEditor.read(prompt: colored(prompt), hooks: hooks) {
      case .end:
        show("\n")
        return
      case .dropped: continue
      case .text(let text):
        if text.allSatisfy(\.isWhitespace) { continue }
        if text != newest {
          LineEditor.remember(text)
          file?.append(text)
          newest = text
        }
        if answer(text, &session, progress) { return }
      }
    }
  }

  /// Does an entry, the statements of a paste one after the other. - Returns: whether the person wants to leave.
  private func answer(_ text: String, _ session: inout Session, _ progress: Progress) -> Bool {
    let statements = session.statements(of: text)
    for (index, statement) in statements.enumerated() {
      if statements.count > 1 {
        // A mark cannot stand under a line that lies further up.
        session.display.indent = nil
        session.line = statement.line
      }
      progress.begin(words("computing", "正在计算"))
      let reply = session.enter(statement.text)
      progress.end()
      let isStopped = reply.isInterrupted || RunContext.stop.isRaised
      RunContext.stop.lower()
      show(reply, to: .output)
      if reply.quits { return true }
      let rest = statements.count - index - 1
      if isStopped, rest > 0 { show(words("\(rest) more of this entry not done\n", "其余 \(rest) 条没有执行\n")) }
      if isStopped { return false }
    }
    return false
  }

  private func display(indent: Int?) -> SessionDisplay {
    SessionDisplay(
      language: language, width: Terminal.width(.output), style: TextStyle(isColored: Terminal.hasColors(.output)),
      indent: indent)
  }

  /// The prompt with colours that readline does not count.
  private func colored(_ prompt: String) -> String {
    guard Terminal.hasColors(.output) else { return prompt }
    return "\u{1}\u{1B}[36m\u{2}" + prompt + "\u{1}\u{1B}[0m\u{2}"
  }

  private func show(_ text: String) { try? Terminal.write(text, to: .output) }

  private func show(_ reply: SessionReply, to problems: Terminal.Stream) {
    // A mark stands right under the line that it is about.
    if !reply.problems.isEmpty { try? Terminal.write(reply.problems, to: problems) }
    if !reply.output.isEmpty { try? Terminal.write(reply.output, to: .output) }
  }

  // MARK: From a script

  private func follow() throws {
    var session = Session(
      host: Repl.host(threads: threads),
      display: SessionDisplay(
        language: language, width: Terminal.width(.output), style: TextStyle(isColored: Terminal.hasColors(.output))))
    try finish(session.start(rules: rules, data: data, skipBadRows: skipBadRows), says: false)
    if let asOf { try finish(session.enter(":as-of \(asOf)"), says: false) }
    var entry = ""
    var number = 0
    var first = 1
    while let line = readLine(strippingNewline: true) {
      number += 1
      if entry.isEmpty { first = number } else { entry += "\n" }
      entry += line.hasSuffix("\r") ? String(line.dropLast()) : line
      if entry.allSatisfy(\.isWhitespace) {
        entry = ""
        continue
      }
      session.line = first
      let isEnded = line.allSatisfy(\.isWhitespace) && !session.hasOpenBracket(entry)
      guard isEnded || session.isComplete(entry) else { continue }
      let reply = session.enter(entry)
      entry = ""
      try finish(reply, says: true)
      if reply.quits { return }
    }
    if !entry.isEmpty { try finish(session.enter(entry), says: true) }
  }

  /// Prints a reply, and ends at an error.
  private func finish(_ reply: SessionReply, says: Bool) throws {
    if says, !reply.output.isEmpty { try Terminal.write(reply.output, to: .output) }
    if !reply.problems.isEmpty { try Terminal.write(reply.problems, to: .error) }
    if reply.isInterrupted || RunContext.stop.isRaised { throw CommandFailure(ExitStatus.interrupted) }
    if reply.isError { throw CommandFailure(ExitStatus.wrong) }
  }

  // MARK: The outside world

  private static func host(threads: Int?) -> SessionHost {
    let clock = ContinuousClock()
    let start = clock.now
    return SessionHost(
      workers: Workers.threads(threads ?? Interruption.processors), stop: RunContext.stop,
      clock: {
        let (seconds, attoseconds) = start.duration(to: clock.now).components
        return Double(seconds) + Double(attoseconds) / 1e18
      },
      zoneTable: ZoneFiles.table, gb18030: DataFiles.gb18030, names: FolderNames.of, dataFolder: RuleFolder.dataFolder,
      save: { (path: String, text: String) throws(SourceFailure) in try RuleFolder.save(text, to: path) },
      open: { (folder: String, path: String) throws(SourceFailure) -> any ByteSource in
        if !RuleFolder.isFolder(folder) {
          throw SourceFailure(Wording(en: "there is no folder `\(folder)` of data", zh: "找不到数据文件夹“\(folder)”"))
        }
        let full = RuleFolder.joined(folder, path)
        return try DataFiles.open(full, name: full)
      },
      rules: { (path: String) throws(SourceFailure) -> (files: [SourceFile], modules: ModuleSource) in
        (try RuleFolder.read(path), RuleFolder.modules(of: path))
      })
  }
}
