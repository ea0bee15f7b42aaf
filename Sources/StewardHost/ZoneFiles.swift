import Glibc
import Steward

/// The time-zone tables of this machine: TZif files by IANA name.
public enum ZoneFiles {
  private static var roots: [String] {
    let own = System.environment("TZDIR").flatMap { $0.isEmpty ? nil : [$0] } ?? []
    return own + ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"]
  }

  /// The bytes of a zone's table.
  public static func table(_ name: String) throws(ZoneFailure) -> [UInt8] {
    guard let root = roots.first(where: { (try? System.status(at: $0))?.kind == .folder }) else { throw .noTables }
    let path = root + "/" + name
    guard isName(name), (try? System.status(at: path))?.kind == .file else {
      throw .unknown(near: near(name, in: root))
    }
    do throws(SourceFailure) { return try FileSource.open(path).all() } catch { throw .unreadable(error) }
  }

  /// Names of zones never leave the folder.
  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.first != "/" && name.first != "."
      && !name.split(separator: "/", omittingEmptySubsequences: false).contains {
        $0.isEmpty || $0 == "." || $0 == ".."
      }
      && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }

  /// All zones of a folder of tables.
  private static func names(in root: String, _ prefix: String = "", depth: Int = 0) -> [String] {
    var result: [String] = []
    for entry in (try? System.names(in: root + "/" + prefix)) ?? [] {
      guard let first = entry.unicodeScalars.first, ("A"..."Z").contains(first), !entry.contains(".") else { continue }
      switch (try? System.status(at: root + "/" + prefix + entry))?.kind {
      case .file: result.append(prefix + entry)
      case .folder where depth < 2: result += names(in: root, prefix + entry + "/", depth: depth + 1)
      default: break
      }
    }
    return result
  }

  private static func near(_ name: String, in root: String) -> [String] {
    func folded(_ text: String) -> [UInt8] {
      text.lowercased().utf8.map { $0 == 0x20 || $0 == 0x2D ? 0x5F : $0 }
    }
    let wanted = folded(name)
    let city = wanted.split(separator: 0x2F).last.map(Array.init) ?? wanted
    var found: [(distance: Int, name: String)] = []
    for candidate in names(in: root) {
      let whole = folded(candidate)
      let last = whole.split(separator: 0x2F).last.map(Array.init) ?? whole
      let distance = min(edits(wanted, whole), edits(city, last) + (last == city ? 0 : 1))
      if distance <= max(1, city.count / 3) { found.append((distance, candidate)) }
    }
    found.sort { $0.distance == $1.distance ? $0.name < $1.name : $0.distance < $1.distance }
    return found.prefix(3).map(\.name)
  }

  /// How many insertions, removals and changes lead from one name to the other (Levenshtein).
  private static func edits(_ from: [UInt8], _ to: [UInt8]) -> Int {
    if abs(from.count - to.count) > 4 { return 99 }
    var row = Array(0...to.count)
    for (i, left) in from.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, right) in to.enumerated() {
        let above = row[j + 1]
        row[j + 1] = left == right ? diagonal : 1 + min(diagonal, above, row[j])
        diagonal = above
      }
    }
    return row[to.count]
  }
}
