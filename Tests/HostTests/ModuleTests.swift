import Foundation
import Steward
import StewardHost
import Testing

@Suite("Folders that rules use")
struct ModuleTests {
  private static let community = "community \"c\" { members from \"m.csv\" { id text key } }\n"

  private func check(_ files: [String: String], _ rules: String) throws -> (names: [String], said: [Diagnostic]) {
    let folder = try TemporaryFolder()
    for (path, text) in files { try folder.put(path, text) }
    let path = folder.path + "/" + rules
    let sources = RuleSources.gather(try RuleFolder.read(path), modules: RuleFolder.modules(of: path))
    let (program, said) = Pipeline.check(sources)
    return (program.lets.map(\.name).sorted(), said)
  }

  @Test("a path is relative to the file that names it, and a folder is read once")
  func folders() throws {
    let files = [
      "club/a.steward": Self.community + "use \"../shared\"\nuse \"../shared/../shared\"\nlet own = base + more",
      "shared/s.steward": "use \"deeper\"\nlet base = 1", "shared/deeper/d.steward": "let more = 2",
    ]
    for rules in ["club", "club/a.steward"] {
      let (names, said) = try check(files, rules)
      #expect(said.map(\.code.text) == [])
      #expect(names == ["base", "more", "own"])
    }
  }

  @Test("a folder that uses itself through another is a cycle; one that is not there is named")
  func cycles() throws {
    let (_, said) = try check(
      ["club/a.steward": Self.community + "use \"../b\"", "b/b.steward": "use \"../club\"\nuse \"nowhere\""], "club")
    #expect(said.map(\.code.text) == ["N0241", "N0240"])
    #expect(said.first?.message.english == "These modules use each other: . → \"../b\" → .")
    let (_, own) = try check(["club/a.steward": Self.community + "use \".\""], "club")
    #expect(own.map(\.code.text) == ["N0241"])
    let (_, empty) = try check(["club/a.steward": Self.community + "use \"none\"", "club/none/x.txt": ""], "club")
    #expect(empty.map(\.code.text) == ["N0240"])
  }

  @Test("every folder of stdlib is a module of the binary")
  func standard() throws {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    let folder = parts.joined(separator: "/") + "/stdlib"
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == StandardLibrary.names)
    for module in StandardLibrary.names {
      for (name, text) in StandardLibrary.files(module) {
        let path = folder + name.dropFirst("std".count)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text, "\(name)")
      }
    }
  }
}
