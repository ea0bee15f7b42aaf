import Foundation

/// `embed-text OUT FILE…`: writes a Swift source that holds the files' texts, each with the folder it is in and its name.
@main enum EmbedText {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let output = arguments.first else {
      FileHandle.standardError.write(Data("embed-text OUT FILE…\n".utf8))
      exit(2)
    }
    var source = "/// The rule files of the standard library, made by `embed-text`.\nenum EmbeddedStdlib {\n"
    source += "  static let files: [(module: String, name: String, text: String)] = [\n"
    for path in arguments.dropFirst() {
      let url = URL(fileURLWithPath: path)
      let text = try String(contentsOf: url, encoding: .utf8)
      let module = url.deletingLastPathComponent().lastPathComponent
      source += "    (\(literal(module)), \(literal(url.lastPathComponent)), \(literal(text))),\n"
    }
    source += "  ]\n}\n"
    try Data(source.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
  }

  /// A raw string that holds a text whatever is in it.
  private static func literal(_ text: String) -> String {
    var fence = "#"
    while text.contains("\"" + fence) || text.contains("\\" + fence) { fence += "#" }
    guard text.contains("\n") else { return "\(fence)\"\(text)\"\(fence)" }
    return "\(fence)\"\"\"\n\(text)\n\"\"\"\(fence)"
  }
}
