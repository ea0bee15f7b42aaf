@testable import Steward

/// A whole session over the rules and tables of a golden file: each entry behind its prompt, and what is printed.
struct SessionTranscript {
  let text: String

  init(_ input: GoldenInput, _ language: Language) {
    var session = Session(host: SessionTranscript.host(input), display: SessionDisplay(language: language, width: 90))
    var text = SessionTranscript.printed(session.start(rules: "rules", data: nil))
    var entry = ""
    for line in input.typed.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      entry += (entry.isEmpty ? "" : "\n") + line
      guard session.isComplete(entry) else { continue }
      let prompt = session.promptText + " › "
      session.display.indent = DisplayWidth.of(prompt)
      text += prompt + entry + "\n"
      let reply = session.enter(entry)
      text += SessionTranscript.printed(reply)
      entry = ""
      if reply.quits { break }
    }
    self.text = text + (entry.isEmpty ? "" : "… " + entry + "\n")
  }

  private static func printed(_ reply: SessionReply) -> String { reply.problems + reply.output }

  static func host(_ input: GoldenInput) -> SessionHost {
    let (rules, tables) = (input.rules, input.tables)
    return SessionHost(
      zoneTable: { (_: String) throws(ZoneFailure) -> [UInt8] in throw .damaged },
      names: { $0 == "." ? ["club/", "more.steward"] : [] }, dataFolder: { $0 },
      save: { (_: String, _: String) throws(SourceFailure) in },
      open: { (folder: String, path: String) throws(SourceFailure) -> any ByteSource in
        guard folder == "rules", let bytes = tables[path] else {
          throw SourceFailure(Wording(en: "there is no file `\(folder)/\(path)`", zh: "找不到文件“\(folder)/\(path)”"))
        }
        return MemorySource(name: path, bytes: bytes)
      },
      rules: { (path: String) throws(SourceFailure) -> (files: [SourceFile], modules: ModuleSource) in
        guard path == "rules" else {
          throw SourceFailure(Wording(en: "cannot read `\(path)`: no such file", zh: "无法读取“\(path)”：没有这个文件"))
        }
        return (rules, .standard)
      })
  }
}
