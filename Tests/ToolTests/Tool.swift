import Foundation
import Testing

/// What a call of the built `steward` gave.
struct Answer {
  let status: Int32
  let output: String
  let error: String
}

/// The built binary, beside the tests.
enum Tool {
  static let binary: URL = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    for _ in 0..<6 {
      let candidate = folder.appendingPathComponent("steward")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder = folder.deletingLastPathComponent()
    }
    // The test runner may be elsewhere; the bundle of the tests never is.
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return root.appendingPathComponent(".build/debug/steward")
  }()

  /// Whether a process has a file of that name open.
  static func isOpen(_ name: String, by process: Process) -> Bool {
    let folder = "/proc/\(process.processIdentifier)/fd"
    let open = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return open.contains { descriptor in
      (try? FileManager.default.destinationOfSymbolicLink(atPath: folder + "/" + descriptor))?.hasSuffix(name) == true
    }
  }

  static func process(_ arguments: [String], in folder: String, environment: [String: String] = [:]) -> Process {
    let process = Process()
    process.executableURL = binary
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    var all = ProcessInfo.processInfo.environment
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "NO_COLOR", "TERM", "COLUMNS"] { all[name] = nil }
    process.environment = all.merging(environment) { $1 }
    return process
  }

  static func run(
    _ arguments: [String], in folder: String = NSTemporaryDirectory(), input: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Answer {
    let process = process(arguments, in: folder, environment: environment)
    let output = Pipe()
    let error = Pipe()
    process.standardOutput = output
    process.standardError = error
    if let input {
      let pipe = Pipe()
      process.standardInput = pipe
      try process.run()
      pipe.fileHandleForWriting.write(Data(input.utf8))
      try pipe.fileHandleForWriting.close()
    } else {
      process.standardInput = FileHandle.nullDevice
      try process.run()
    }
    // Small answers fit into the pipes; large ones are read before waiting.
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    let complained = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Answer(
      status: process.terminationStatus, output: String(decoding: printed, as: UTF8.self),
      error: String(decoding: complained, as: UTF8.self))
  }
}

/// A folder for one test, removed with it.
final class Workplace {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "steward-tool-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func put(_ name: String, _ text: String) throws {
    let file = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
  }

  func text(_ name: String) -> String? { try? String(contentsOfFile: path + "/" + name, encoding: .utf8) }

  func names(_ folder: String = "") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)) ?? []).sorted()
  }

  /// A club of three with a handful of events.
  func putClub() throws {
    try put(
      "rules/club.steward",
      """
      community "Reading club" {
        time zone "Asia/Shanghai"
        members from "members.csv" { id text key; joined date fixed }
        events from "events.csv" { member member; at time; kind text }
        event checkin
        event answer { quality number? }
      }
      segment active = any(checkin, last 7 days)
      incentive daily { on checkin; award 5 points; limit 1 per day }
      incentive first { on answer; award badge "First answer"; limit 1 ever }
      tiers standing { tier member; tier regular { when points >= 10 } }
      """)
    try put("rules/members.csv", "id,joined\nann,2026-01-01\nbob,2026-01-02\n芳,2026-01-03\n")
    try put(
      "rules/events.csv",
      """
      member,at,kind,quality
      ann,2026-03-01 09:00,checkin,
      ann,2026-03-01 10:00,checkin,
      ann,2026-03-02 09:00,checkin,
      bob,2026-03-02 09:30,answer,0.9
      bob,2026-03-02 09:31,poke,

      """)
  }
}
