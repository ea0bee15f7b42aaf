import Testing

@testable import Steward

/// A folder's files in memory, what `init` makes of them, and what comes of running that.
struct SurveyFixture {
  var files: [String: [UInt8]] = [:]
  var workers = Workers.serial

  init(_ files: [String: String] = [:]) {
    for (name, text) in files { self.files[name] = Array(text.utf8) }
  }

  var open: @Sendable (String) throws(SourceFailure) -> any ByteSource {
    let files = files
    return { (name: String) throws(SourceFailure) -> any ByteSource in
      guard let bytes = files[name] else {
        throw SourceFailure(Wording(en: "`\(name)` cannot be read", zh: "“\(name)”读不了"))
      }
      return MemorySource(name: name, bytes: bytes)
    }
  }

  func survey(_ language: Language = .english, paths: [String]? = nil) -> Survey {
    Survey.of(
      paths ?? Array(files.keys), name: "club", language: language, host: SurveyHost(workers: workers, open: open))
  }

  /// The block, after everything that was written has passed the checker, the loader and a run.
  func block(_ language: Language = .english, asOf: String? = nil, location: SourceLocation = #_sourceLocation) throws
    -> String
  {
    let survey = survey(language)
    _ = try run(survey, asOf: asOf, location: location)
    return survey.files.first?.text ?? ""
  }

  @discardableResult
  func run(_ survey: Survey, asOf: String? = nil, location: SourceLocation = #_sourceLocation) throws -> Outcome? {
    let sources = survey.files.enumerated().map {
      SourceFile(id: FileID(UInt16($0.offset)), name: $0.element.name, text: $0.element.text)
    }
    let (program, problems) = Pipeline.check(sources)
    let texts = survey.files.map(\.text).joined()
    #expect(
      problems.filter { $0.severity > .note }.isEmpty, "\(problems.map(\.message.english))\n\(texts)",
      sourceLocation: location)
    let host = PipelineHost(open: open)
    let options = RunOptions(asOf: asOf.flatMap { AsOf($0) })
    let loaded = Pipeline.load(program, calendar: Calendar(), options: options, host: host)
    #expect(
      loaded.diagnostics.isEmpty, "\(loaded.diagnostics.map(\.message.english))\n\(texts)", sourceLocation: location)
    guard let data = loaded.dataset else { return nil }
    let result = Pipeline.run(program, data, calendar: Calendar(), options: options, host: host)
    #expect(
      result.diagnostics.isEmpty, "\(result.diagnostics.map(\.message.english))\n\(texts)", sourceLocation: location)
    return result.outcome
  }
}
