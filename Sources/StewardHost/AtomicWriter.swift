// A run writes all its files beside their places and renames them at the end, so that whoever reads the folder sees the old
// tables or the new ones, and an interrupted or failed run leaves what was there.

import Glibc
import Steward

/// Writes several files into a folder, all or none.
public final class AtomicWriter {
  public let folder: String
  private let shown: String
  private var made: [String] = []
  private var pending: [(part: String, name: String)] = []
  private var current: Int32 = -1
  private var isDone = false

  /// Makes the folder if it is not there.
  public init(folder: String) throws(SourceFailure) {
    self.folder = folder.isEmpty ? "." : folder
    shown = folder
    do throws(System.Failure) { try makeFolders() } catch {
      discard()
      let culprit = error.number == ENOTDIR ? AtomicWriter.fileOnTheWay(to: self.folder) : nil
      throw SourceFailure.writing(culprit ?? shown, error)
    }
    guard System.mayWrite(self.folder) else { throw SourceFailure.writing(shown, System.Failure.last) }
  }

  deinit { discard() }

  /// The part of a path that is there and is no folder.
  private static func fileOnTheWay(to path: String) -> String? {
    for end in path.indices where path[end] == "/" && end > path.startIndex {
      let part = String(path[..<end])
      if let status = try? System.status(at: part), status.kind != .folder { return part }
    }
    return nil
  }

  private func makeFolders() throws(System.Failure) {
    var missing: [String] = []
    var path = folder
    while true {
      do throws(System.Failure) {
        guard try System.status(at: path).kind == .folder else { throw System.Failure(number: ENOTDIR) }
        break
      } catch {
        guard error.number == ENOENT else { throw error }
      }
      missing.append(path)
      while path.hasSuffix("/") { path.removeLast() }
      guard let slash = path.lastIndex(of: "/") else { break }
      path = slash == path.startIndex ? "/" : String(path[..<slash])
    }
    for path in missing.reversed() {
      try System.makeFolder(path)
      made.append(path)
    }
  }

  /// Starts a file; what is written next goes into it.
  public func begin(_ name: String) throws(SourceFailure) {
    finishFile()
    let target = RuleFolder.joined(folder, name)
    let part = RuleFolder.joined(folder, ".\(name).\(getpid()).part")
    do throws(System.Failure) {
      if let status = try? System.status(at: target), status.kind == .folder { throw System.Failure(number: EISDIR) }
      current = try System.open(part, O_WRONLY | O_CREAT | O_TRUNC)
    } catch { throw SourceFailure.writing(target, error) }
    pending.append((part, name))
  }

  public func write(_ bytes: [UInt8]) throws(SourceFailure) {
    do throws(System.Failure) { try System.write(current, bytes) } catch {
      throw SourceFailure.writing(RuleFolder.joined(folder, pending.last?.name ?? ""), error)
    }
  }

  /// Puts all files in their places, and removes those of an earlier run that this one did not write.
  public func commit(removing stale: [String] = []) throws(SourceFailure) {
    finishFile()
    for file in pending {
      let target = RuleFolder.joined(folder, file.name)
      do throws(System.Failure) { try System.rename(file.part, to: target) } catch {
        throw SourceFailure.writing(target, error)
      }
    }
    let written = Set(pending.map(\.name))
    pending = []
    isDone = true
    for name in stale where !written.contains(name) { System.remove(RuleFolder.joined(folder, name)) }
  }

  /// Removes what was begun.
  public func discard() {
    finishFile()
    for file in pending { System.remove(file.part) }
    pending = []
    if !isDone { for path in made.reversed() { System.removeFolder(path) } }
    made = []
  }

  private func finishFile() {
    if current >= 0 { close(current) }
    current = -1
  }

  /// Whether a file is there already.
  public static func exists(_ folder: String, _ name: String) -> Bool {
    (try? System.status(at: RuleFolder.joined(folder, name)))?.kind == .file
  }
}
