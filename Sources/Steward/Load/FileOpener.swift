/// Opens the files of a load and holds their headers against the block.
struct FileOpener {
  private var count = 0

  mutating func open(
    _ paths: [String], encoding: String?, _ columns: [ColumnSchema],
    _ open: (String) throws(SourceFailure) -> any ByteSource,
    _ report: inout LoadReport
  ) -> [DataFile] {
    if let encoding, !["utf-8", "utf8"].contains(encoding.lowercased()) {
      report.add(.badEncodingName(encoding), place: paths.first.map { DataPlace(file: $0) })
      return []
    }
    var files: [DataFile] = []
    for path in paths {
      defer { count += 1 }
      let place = DataPlace(file: path)
      do {
        let source = try open(path)
        if let likely = try FileOpener.otherEncoding(source) {
          report.add(.encoding(likely: likely), place: place)
          continue
        }
        guard var header = try Header.read(source) else {
          report.add(.emptyFile, place: place)
          continue
        }
        guard header.isText else {
          let at = DataPlace(file: path, line: header.lines)
          report.add(.encoding(likely: LoadReport.likelyEncoding(source)), place: at)
          continue
        }
        header.wanted = columns.map { find($0, header.names, path, &report) }
        files.append(DataFile(source: source, number: count, header: header))
      } catch {
        report.add(.unreadable(error.message), place: place)
      }
    }
    return files
  }

  private func find(_ column: ColumnSchema, _ names: [String], _ path: String, _ report: inout LoadReport) -> Int {
    let places = names.indices.filter { names[$0] == column.spelling }
    if places.count > 1 {
      report.add(
        .columnTwice(name: column.spelling), place: DataPlace(file: path, line: 1, column: places[1] + 1),
        span: column.span)
    }
    if let place = places.first { return place }
    let near =
      names.first { FileOpener.folded($0) == FileOpener.folded(column.spelling) }
      ?? Suggestions.near(column.spelling, in: names)
    report.add(
      .noColumn(name: column.spelling, near: near, present: names), place: DataPlace(file: path, line: 1),
      span: column.span)
    return 0
  }

  /// A name without what is easily mistaken: case, spaces, underscores.
  private static func folded(_ name: String) -> String {
    name.lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" }
  }

  /// What a file seems to be that is not UTF-8, by its first bytes.
  private static func otherEncoding(_ source: any ByteSource) throws(SourceFailure) -> String? {
    var buffer: [UInt8] = []
    try source.read(at: 0, count: 65_536, into: &buffer)
    if buffer.starts(with: [0xFF, 0xFE]) || buffer.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
    if buffer.starts(with: [0x1F, 0x8B]) { return "gzip" }
    if buffer.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return "xlsx" }
    return nil
  }

  /// Whether bytes that are not UTF-8 are well-formed GB18030, as Excel in Chinese writes it.
  ///
  /// Source: GB 18030-2022, the ranges of its two-byte and four-byte codes.
  static func isGB18030(_ bytes: [UInt8], isWhole: Bool) -> Bool {
    var offset = 0
    while offset < bytes.count {
      if bytes[offset] < 0x80 {
        offset += 1
        continue
      }
      guard (0x81...0xFE).contains(bytes[offset]) else { return false }
      guard offset + 1 < bytes.count else { return !isWhole }
      let second = bytes[offset + 1]
      if (0x40...0x7E).contains(second) || (0x80...0xFE).contains(second) {
        offset += 2
      } else if (0x30...0x39).contains(second) {
        guard offset + 3 < bytes.count else { return !isWhole }
        guard (0x81...0xFE).contains(bytes[offset + 2]), (0x30...0x39).contains(bytes[offset + 3]) else { return false }
        offset += 4
      } else {
        return false
      }
    }
    return true
  }
}
