/// Opens the files of a load and holds their headers against the block.
struct FileOpener {
  private var count = 0

  mutating func open(
    _ paths: [String], encoding: String?, _ columns: [ColumnSchema],
    _ open: (String) throws(SourceFailure) -> any ByteSource,
    _ report: inout LoadReport
  ) -> [DataFile] {
    var files: [DataFile] = []
    for path in paths {
      defer { count += 1 }
      do {
        let source = try open(path)
        if let encoding, !["utf-8", "utf8"].contains(encoding.lowercased()) {
          // One declaration, one message; what lies in the files does not matter.
          report.add(.badEncodingName(encoding), place: DataPlace(file: source.name))
          return []
        }
        if let header = try header(source, columns, &report) {
          files.append(DataFile(source: source, path: path, number: count, header: header))
        }
      } catch {
        report.add(.unreadable(error.message), place: DataPlace(file: path))
      }
    }
    return files
  }

  /// A file's header, with the declared columns found in it; nil, and one thing told, if it is no CSV in UTF-8.
  private func header(
    _ source: any ByteSource, _ columns: [ColumnSchema], _ report: inout LoadReport
  ) throws(SourceFailure) -> Header? {
    let place = DataPlace(file: source.name)
    if let likely = try OtherEncoding.byFirstBytes(source) {
      report.add(.encoding(likely: likely), place: place)
      return nil
    }
    guard var header = try Header.read(source) else {
      report.add(.emptyFile, place: place)
      return nil
    }
    let line = DataPlace(file: source.name, line: header.lines)
    guard header.isText else {
      report.add(.encoding(likely: OtherEncoding.likely(source)), place: line)
      return nil
    }
    if let separator = header.otherSeparator, !columns.contains(where: { header.names.contains($0.spelling) }) {
      report.add(.separator(separator), place: line)
      return nil
    }
    header.wanted = columns.map { find($0, header.names, line, &report) }
    return header
  }

  private func find(
    _ column: ColumnSchema, _ names: [String], _ header: DataPlace, _ report: inout LoadReport
  ) -> Int {
    let places = names.indices.filter { names[$0] == column.spelling }
    if places.count > 1 {
      report.add(
        .columnTwice(name: column.spelling),
        place: DataPlace(file: header.file, line: header.line, column: places[1] + 1),
        span: column.span)
    }
    if let place = places.first { return place }
    let near =
      names.first { FileOpener.folded($0) == FileOpener.folded(column.spelling) }
      ?? Suggestions.near(column.spelling, in: names)
    report.add(
      .noColumn(name: column.spelling, near: near, present: names), place: header, span: column.span)
    return 0
  }

  /// A name without what is easily mistaken: case, spaces, underscores.
  private static func folded(_ name: String) -> String {
    name.lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" }
  }
}
