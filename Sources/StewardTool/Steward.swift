import ArgumentParser

@main
struct StewardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "steward")
}
