@testable import Steward

/// What `run` and `check --data` tell over the rules and tables of a golden file, as a terminal shows it.
///
/// A table may hold bytes that are no text of the golden file, as `⟦C9CF⟧`. A file that ends in `.gz` breaks off where its text
/// does.
struct GoldenRun {
  let input: GoldenInput

  /// All that keeps the rules from running, or that a run tells.
  var run: String {
    told { program, calendar, host in
      let options = RunOptions(asOf: AsOf(input.asOf))
      let loaded = Pipeline.load(program, calendar: calendar, options: options, host: host)
      guard let dataset = loaded.dataset else { return loaded.diagnostics }
      let result = Pipeline.run(program, dataset, calendar: calendar, options: options, host: host)
      return loaded.diagnostics + result.diagnostics
    }
  }

  /// What the data says of the rules.
  var audit: String {
    told { program, calendar, host in
      Pipeline.audit(program, calendar: calendar, options: RunOptions(asOf: AsOf(input.asOf)), host: host).diagnostics
    }
  }

  private func told(_ further: (TypedProgram, Calendar, PipelineHost) -> [Diagnostic]) -> String {
    let sources = input.sources
    var (program, diagnostics) = Pipeline.check(sources)
    if !diagnostics.contains(where: { $0.severity == .error }) {
      let (calendar, problems) = Pipeline.calendar(program, files: sources.files, zoneTable: zoneTable)
      diagnostics += problems
      if let calendar { diagnostics += further(program, calendar, PipelineHost(open: open)) }
    }
    return Language.allCases.map { language in
      TextRenderer(sources: sources.files, language: language, style: .plain, width: 110).render(diagnostics)
    }.joined(separator: "\n")
  }

  private func zoneTable(_ zone: String) throws(ZoneFailure) -> [UInt8] {
    switch zone {
    case "Asia/Shanghai": throw .noTables
    case "Asia/Shanghay": throw .unknown(near: ["Asia/Shanghai"])
    default: throw .unknown(near: [])
    }
  }

  private func open(_ path: String) throws(SourceFailure) -> any ByteSource {
    guard let text = input.tables[path] else {
      throw SourceFailure(Wording(en: "cannot read `\(path)`: no such file", zh: "无法读取“\(path)”：没有这个文件"))
    }
    let bytes = GoldenRun.bytes(text)
    if path.hasSuffix(".gz") { return StretchedSource(name: path, bytes: bytes, breaksAt: bytes.count) }
    return MemorySource(name: path, bytes: bytes)
  }

  /// With the bytes that stand in `⟦ ⟧`.
  private static func bytes(_ text: [UInt8]) -> [UInt8] {
    let parts = String(decoding: text, as: UTF8.self).split(separator: "⟦", omittingEmptySubsequences: false)
    var bytes = Array(parts[0].utf8)
    for part in parts.dropFirst() {
      let halves = part.split(separator: "⟧", maxSplits: 1, omittingEmptySubsequences: false)
      let digits = Array(halves[0])
      for place in stride(from: 0, to: digits.count - 1, by: 2) {
        bytes.append(UInt8(String(digits[place...(place + 1)]), radix: 16) ?? 0)
      }
      if halves.count > 1 { bytes += Array(halves[1].utf8) }
    }
    return bytes
  }
}
