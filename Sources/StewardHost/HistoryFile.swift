// What a person typed into the REPL, kept from session to session in the XDG state folder: a line of the file is an entry,
// with `\n` for the ends of its lines and `\\` for a backslash.

import Glibc
import Steward

/// The file of the REPL's history.
public struct HistoryFile: Sendable {
  public let path: String
  /// Beyond so many entries the older half goes.
  private static let most = 4000

  /// In `$XDG_STATE_HOME/steward`, else `~/.local/state/steward`. - Missing: nil where neither can be told.
  public init?() {
    let state: String
    if let named = System.environment("XDG_STATE_HOME"), named.hasPrefix("/") {
      state = named
    } else if let home = System.environment("HOME"), !home.isEmpty {
      state = home + "/.local/state"
    } else {
      return nil
    }
    path = state + "/steward/history"
  }

  /// The entries, oldest first; none where the file cannot be read.
  public func entries() -> [String] {
    guard let source = try? FileSource.open(path, name: path), let bytes = try? source.all() else { return [] }
    let lines = bytes.split(separator: 0x0A).map { HistoryFile.entry(String(decoding: $0, as: UTF8.self)) }
    if lines.count <= HistoryFile.most { return lines }
    let kept = Array(lines.suffix(HistoryFile.most / 2))
    rewrite(kept)
    return kept
  }

  /// Adds an entry; a history that cannot be written is none.
  public func append(_ entry: String) {
    makeFolders()
    guard let file = try? System.open(path, O_WRONLY | O_CREAT | O_APPEND, mode: 0o600) else { return }
    defer { close(file) }
    try? System.write(file, Array((HistoryFile.line(entry) + "\n").utf8))
  }

  private func rewrite(_ entries: [String]) {
    let part = path + ".\(getpid()).part"
    guard let file = try? System.open(part, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o600) else { return }
    let text = entries.map { HistoryFile.line($0) + "\n" }.joined()
    let isWritten = (try? System.write(file, Array(text.utf8))) != nil
    close(file)
    if isWritten { try? System.rename(part, to: path) } else { System.remove(part) }
  }

  private func makeFolders() {
    var made = ""
    for part in path.split(separator: "/").dropLast() {
      made += "/" + part
      if !RuleFolder.isFolder(made) { try? System.makeFolder(made) }
    }
  }

  static func line(_ entry: String) -> String {
    var line = ""
    for character in entry.unicodeScalars {
      switch character {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      case "\r": line += "\\r"
      default: line.unicodeScalars.append(character)
      }
    }
    return line
  }

  static func entry(_ line: String) -> String {
    var entry = ""
    var isEscaped = false
    for character in line.unicodeScalars {
      if isEscaped {
        entry += character == "n" ? "\n" : character == "r" ? "\r" : String(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        entry.unicodeScalars.append(character)
      }
    }
    return entry
  }
}

/// Names in a folder, for completion.
public enum FolderNames {
  /// Sorted; those of folders end in `/`. Empty where it cannot be read.
  public static func of(_ folder: String) -> [String] {
    let names = (try? System.names(in: folder)) ?? []
    return names.filter { $0 != "." && $0 != ".." }.map { name in
      RuleFolder.isFolder(RuleFolder.joined(folder, name)) ? name + "/" : name
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
