import Foundation
import Steward
import Testing

/// One golden file: what is tested in a sentence, what goes in, and what must come out.
///
///     A comma before a text goes on with the list.
///     === rules
///     …
///     === syntax
///     …
///
/// Sections that go in: `rules` (or `rules NAME.steward`, several), `module ../FOLDER/NAME.steward`, `table members.csv`,
/// `as-of 2026-06-30`. All others are
/// rendered by `GoldenSections.renderers` and compared.
struct GoldenFile: CustomTestStringConvertible, Sendable {
  struct Section: Sendable {
    let name: String
    /// What stands behind the name: a file's name, a date.
    let argument: String
    var body: String
  }

  let path: String
  let sentence: String
  var sections: [Section]

  var testDescription: String { path.split(separator: "/").suffix(2).joined(separator: "/") }

  init(path: String, text: String) {
    self.path = path
    var sentence = ""
    var sections: [Section] = []
    var lines = text.components(separatedBy: "\n")
    if lines.last == "" { lines.removeLast() }
    for line in lines {
      if line.hasPrefix("=== ") {
        let words = line.dropFirst(4).split(separator: " ", maxSplits: 1).map(String.init)
        sections.append(Section(name: words.first ?? "", argument: words.count > 1 ? words[1] : "", body: ""))
      } else if sections.isEmpty {
        sentence += line + "\n"
      } else {
        sections[sections.count - 1].body += line + "\n"
      }
    }
    self.sentence = sentence
    self.sections = sections
  }

  var text: String {
    sentence
      + sections.map { "=== \($0.name)\($0.argument.isEmpty ? "" : " " + $0.argument)\n" + $0.body }.joined()
  }

  /// What goes in.
  var input: GoldenInput {
    var input = GoldenInput()
    for section in sections {
      switch section.name {
      case "rules":
        let name = section.argument.isEmpty ? "rules.steward" : section.argument
        input.rules.append(
          SourceFile(id: FileID(UInt16(clamping: input.rules.count)), name: name, text: section.body))
      case "module": input.modules.append((section.argument, section.body))
      case "table": input.tables[section.argument] = Array(section.body.utf8)
      case "as-of": input.asOf = section.argument
      case "typed": input.typed = section.body
      default: break
      }
    }
    return input
  }

  static let inputs: Set<String> = ["rules", "module", "table", "as-of", "typed"]

  /// Every golden file of the project, by path.
  static let all: [GoldenFile] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Goldens")
    let paths = (FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? [])
      .filter { $0.hasSuffix(".golden") }.sorted()
    return paths.compactMap { path in
      let url = folder.appendingPathComponent(path)
      guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
      return GoldenFile(path: url.path, text: text)
    }
  }()
}

/// What a golden file gives to those who render its sections.
struct GoldenInput: Sendable {
  var rules: [SourceFile] = []
  /// Data files by name.
  var tables: [String: [UInt8]] = [:]
  var asOf = ""
  /// What is typed into a session.
  var typed = ""
  /// Files of folders that the rules use, by path.
  var modules: [(path: String, text: String)] = []

  /// The rules with all that they use.
  var sources: RuleSources {
    let modules = modules
    let source = ModuleSource { (path, _) throws(ModuleSource.Failure) in
      let files = modules.filter { $0.path.hasPrefix(path + "/") }
      if files.isEmpty { throw .notFound }
      return ModuleSource.Folder(identity: path, files: files.map { ($0.path, Array($0.text.utf8)) })
    }
    return RuleSources.gather(rules, modules: source)
  }

  func file(_ id: FileID) -> SourceFile? { rules.first { $0.id == id } ?? sources.files.first { $0.id == id } }
}
