import Foundation
import Testing

/// The folders of the core use only those above them in `Sources/README.md`, and import little.
struct ArchitectureTests {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let core = root.appendingPathComponent("Sources/Steward")

  /// The folders named in the table, in order.
  static func foldersInOrder() throws -> [String] {
    let text = try String(contentsOf: root.appendingPathComponent("Sources/README.md"), encoding: .utf8)
    let table = text.components(separatedBy: "## Folders of `Steward`").last ?? ""
    return table.components(separatedBy: "\n").compactMap { line in
      line.hasPrefix("| `") ? line.components(separatedBy: "`")[1] : nil
    }
  }

  /// Each Swift file of the core: its folder (`Pipeline` for those beside the folders), name and code without comments.
  static func files() -> [(folder: String, name: String, code: String)] {
    guard let all = FileManager.default.enumerator(at: core, includingPropertiesForKeys: nil) else { return [] }
    return all.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.compactMap { url in
      guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
      let relative = url.path.dropFirst(core.path.count + 1).components(separatedBy: "/")
      let code = text.components(separatedBy: "\n").map { $0.components(separatedBy: "//")[0] }.joined(separator: "\n")
      return (relative.count > 1 ? relative[0] : "Pipeline", relative[relative.count - 1], code)
    }
  }

  /// Code without what stands between quotes.
  static func withoutTexts(_ code: String) -> String {
    code.replacing(#/"""(?s:.*?)"""/#, with: "\"\"").replacing(#/"(?:\\.|[^"\\\n])*"/#, with: "\"\"")
  }

  @Test func readmeNamesEveryFolder() throws {
    let named = Set(try Self.foldersInOrder())
    let present = Set(Self.files().map(\.folder))
    #expect(present.subtracting(named).isEmpty, "folders that Sources/README.md does not name")
    #expect(named.subtracting(present).isEmpty, "folders that Sources/README.md names and nobody sees")
  }

  @Test func coreImportsLittle() {
    let allowed = ["import Synchronization", "import OrderedCollections", "import Algorithms"]
    for file in Self.files() {
      for line in file.code.components(separatedBy: "\n") where line.hasPrefix("import ") {
        #expect(allowed.contains(line), "\(file.folder)/\(file.name): \(line)")
      }
    }
  }

  @Test func foldersUseOnlyThoseAbove() throws {
    let order = try Self.foldersInOrder()
    let files = Self.files()
    let declaration =
      #/(?m)^(?:public |package |private |fileprivate )*(?:final |indirect )*(struct|enum|class|protocol|actor|typealias) +([A-Z][A-Za-z0-9]*)/#
    var owners: [String: Set<String>] = [:]
    for file in files {
      for match in file.code.matches(of: declaration) where !match.output.0.contains("private") {
        owners[String(match.output.2), default: []].insert(file.folder)
      }
    }
    let nested = #/(?:struct|enum|class|typealias) +([A-Z][A-Za-z0-9]*)/#
    for file in files {
      guard let place = order.firstIndex(of: file.folder) else { continue }
      let later = Set(order[(place + 1)...])
      let code = Self.withoutTexts(file.code)
      let own = Set(code.matches(of: nested).map { String($0.output.1) })
      for word in Set(code.matches(of: #/\b[A-Z][A-Za-z0-9]*/#).map { String($0.output) }).subtracting(own) {
        guard let folders = owners[word], folders.isSubset(of: later) else { continue }
        Issue.record("\(file.folder)/\(file.name) uses \(word) of \(folders.sorted())")
      }
    }
  }

  @Test func unsafeCodeIsFenced() {
    for file in Self.files() where file.name != "UnsafeBuffer.swift" {
      #expect(!file.code.contains("unsafe "), "\(file.folder)/\(file.name)")
    }
  }

  @Test func rulesCannotTrap() {
    for file in Self.files() {
      for forbidden in ["try!", "as!", "fatalError(", "unsafelyUnwrapped", "preconditionFailure("] {
        #expect(!file.code.contains(forbidden), "\(file.folder)/\(file.name): \(forbidden)")
      }
    }
  }

  @Test func filesAreShort() {
    for file in Self.files() {
      let lines = file.code.components(separatedBy: "\n").count
      #expect(lines <= 501, "\(file.folder)/\(file.name): \(lines) lines")
    }
  }
}
