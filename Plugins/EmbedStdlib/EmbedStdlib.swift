import Foundation
import PackagePlugin

/// Makes a Swift source of the standard library's rule files, so that the binary carries them.
@main struct EmbedStdlib: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "stdlib")
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedStdlib.swift")
    let modules = try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
    var inputs: [URL] = []
    for module in modules {
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: module).path()).sorted()
      inputs += files.filter { $0.hasSuffix(".steward") }.map { folder.appending(path: module).appending(path: $0) }
    }
    return [
      .buildCommand(
        displayName: "Embedding stdlib", executable: try context.tool(named: "embed-text").url,
        arguments: [output.path()] + inputs.map { $0.path() }, inputFiles: inputs, outputFiles: [output])
    ]
  }
}
