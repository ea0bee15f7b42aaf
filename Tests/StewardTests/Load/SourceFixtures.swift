import Testing

@testable import Steward

extension LoadFixture {
  /// The files of a `community` block as its author writes it.
  init(_ block: String) throws {
    self.init()
    let source = "community \"club\" {\n\(block)\n}\n"
    let (syntax, parsing) = Parser.parse(SourceFile(id: FileID(0), name: "club.steward", text: source))
    let (program, checking) = Checker.check([syntax])
    let errors = (parsing + checking).filter { $0.severity == .error }
    try #require(errors.isEmpty, "\(errors.map(\.message.english))")
    schema = program.schema
  }

  /// A file of lines, each ended.
  mutating func lines(_ name: String, _ lines: [String]) { file(name, lines.map { $0 + "\n" }.joined()) }

  /// What a load gives as text, or what is told; more than one where blocks, threads or streaming show.
  func results(sizes: [Int] = [1, 7, 40, 1 << 20]) -> [[String]] {
    var seen: [[String]] = []
    for size in sizes {
      for (workers, isStreamed) in [(Workers.serial, false), (LoadFixture.threads, false), (.serial, true)] {
        var copy = self
        copy.options.blockSize = size
        copy.workers = workers
        let result = isStreamed ? copy.streamed() : copy.load()
        var rows = result.told
        if let data = result.dataset {
          rows += data.rows(data.members, schema.members) + data.rows(data.content, schema.content)
          rows += data.rows(data.events, schema.events)
          rows += data.rows(data.anonymous, schema.events).map { "nobody" + $0.drop { $0 != "," } }
          rows += data.rejected.map { "rejected \($0.place.file):\($0.place.line ?? 0) \($0.row)" }
        }
        if !seen.contains(rows) { seen.append(rows) }
      }
    }
    return seen
  }

  /// The same from files that must be read from the beginning on, as compressed ones.
  private func streamed() -> LoadResult {
    let files = files
    return Loader.load(
      schema, calendar: Calendar(),
      open: { (name: String) throws(SourceFailure) -> any ByteSource in
        guard let bytes = files[name] else {
          throw SourceFailure(Wording(en: "there is no file \(name)", zh: "没有文件 \(name)"))
        }
        return StretchedSource(name: name, bytes: bytes)
      }, options: options, workers: workers)
  }
}
