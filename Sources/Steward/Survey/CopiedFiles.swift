/// Files that somebody downloaded twice: `members (1).csv` beside `members.csv`, `events.csv.gz` beside `events.csv`.
enum CopiedFiles {
  /// Takes the files out of a table whose content another one has.
  static func drop(_ table: inout SurveyTable) {
    guard table.files.count > 1 else { return }
    let order = table.files.indices.sorted {
      let (left, right) = (table.files[$0].path, table.files[$1].path)
      return left.count == right.count ? left < right : left.count < right.count
    }
    var digests: [Int: UInt64] = [:]
    func digest(_ index: Int) -> UInt64? {
      if let known = digests[index] { return known }
      digests[index] = self.digest(table.files[index].source)
      return digests[index]
    }
    var gone: Set<Int> = []
    for (place, index) in order.enumerated() where place > 0 {
      for before in order.prefix(place) where !gone.contains(before) {
        let (path, other) = (table.files[index].path, table.files[before].path)
        let isAlike = base(path) == base(other)
        guard isAlike || table.files[index].source.size == table.files[before].source.size else { continue }
        if let own = digest(index), own == digest(before) {
          gone.insert(index)
          table.copies.append((path, other))
          break
        } else if isAlike {
          table.rivals.append((path, other))
        }
      }
    }
    table.files = table.files.indices.filter { !gone.contains($0) }.map { table.files[$0] }
    table.paths = table.files.map(\.path)
  }

  /// A path without its ending and what a browser or a file manager puts behind a second copy.
  private static func base(_ path: String) -> String {
    var name = path.lowercased()
    for ending in [".gz"] + FileFormat.endings where name.hasSuffix(ending) { name.removeLast(ending.count) }
    if name.hasSuffix(")"), let open = name.lastIndex(of: "(") {
      let number = name[name.index(after: open)...].dropLast()
      if !number.isEmpty, number.allSatisfy(\.isNumber) { name = String(name[..<open]) }
    }
    for word in ["copy", "副本"] where name.hasSuffix(word) { name.removeLast(word.count) }
    while let last = name.last, " -_的".contains(last) { name.removeLast() }
    return name
  }

  /// A hash of a file's text. - Missing: it cannot be read.
  private static func digest(_ source: any ByteSource) -> UInt64? {
    // FNV-1a (Fowler, Noll, Vo).
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var buffer: [UInt8] = []
    do throws(SourceFailure) {
      if let streamed = source as? any StreamedSource {
        let stream = try streamed.stream()
        repeat {
          buffer.removeAll(keepingCapacity: true)
          try stream.read(count: 1 << 18, appendingTo: &buffer)
          for byte in buffer { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        } while !buffer.isEmpty
        return hash
      }
      var offset = 0
      while offset < source.size {
        try source.read(at: offset, count: 1 << 18, into: &buffer)
        if buffer.isEmpty { break }
        for byte in buffer { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        offset += buffer.count
      }
      return hash
    } catch { return nil }
  }
}
