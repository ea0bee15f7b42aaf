/// Opens the files of a load and holds their headers against the block.
struct FileOpener {
  let gb18030: @Sendable () -> GB18030?
  private var count = 0

  init(gb18030: @escaping @Sendable () -> GB18030?) { self.gb18030 = gb18030 }

  mutating func open(
    _ paths: [String], encoding: TextEncoding?, _ columns: [ColumnSchema],
    _ open: (String) throws(SourceFailure) -> any ByteSource,
    _ report: inout LoadReport
  ) -> [DataFile] {
    var files: [DataFile] = []
    for path in paths {
      defer { count += 1 }
      do {
        let source = try open(path)
        if let file = try file(source, path, encoding, columns, &report) { files.append(file) }
      } catch {
        report.add(error.isDamage ? .damaged(error.message) : .unreadable(error.message), place: DataPlace(file: path))
      }
    }
    return files
  }

  /// A file, with the declared columns found in it; nil, and one thing told, if it is no such file.
  private func file(
    _ source: any ByteSource, _ path: String, _ declared: TextEncoding?, _ columns: [ColumnSchema],
    _ report: inout LoadReport
  ) throws(SourceFailure) -> DataFile? {
    let format = FileFormat(path: path) ?? .csv
    let place = DataPlace(file: source.name)
    let head = try FileOpener.head(source, .utf8, mendsReturns: false, count: 4096).bytes
    if let kind = OtherEncoding.kind(head) {
      report.add(.encoding(likely: kind), place: place)
      return nil
    }
    guard let encoding = encoding(declared, head) else {
      report.add(.encoding(likely: declared == nil ? "UTF-16" : "GB18030"), place: place)
      return nil
    }
    let start = try FileOpener.head(source, encoding, mendsReturns: false, count: 65_536)
    let mendsReturns = FileOpener.endsInReturn(start.bytes, isWhole: start.isWhole)
    var file = DataFile(
      source: source, path: path, number: count, header: Header(columns, behindMarkOf: start.bytes), encoding: encoding,
      mendsReturns: mendsReturns, isDeclared: declared != nil)
    if format == .jsonLines { return file }
    guard let header = try Header.read(source, encoding, mendsReturns: mendsReturns, format: format) else {
      report.add(.emptyFile, place: place)
      return nil
    }
    file.header = header
    if !header.isText {
      guard try mendEncoding(&file, &report) else { return nil }
    }
    return hold(file, columns, &report)
  }

  /// Takes a file whose header is not UTF-8 for GB18030 if it is that; false, and one thing told, if not.
  private func mendEncoding(_ file: inout DataFile, _ report: inout LoadReport) throws(SourceFailure) -> Bool {
    let line = DataPlace(file: file.source.name, line: file.header.lines)
    let verdict = file.isDeclared ? OtherEncoding.Verdict.unknown : try OtherEncoding.verdict(file)
    switch verdict {
    case .gb18030:
      if let table = gb18030() {
        file.encoding = .gb18030(table)
        let header = try Header.read(
          file.source, file.encoding, mendsReturns: file.mendsReturns, format: file.header.format)
        if let header, header.isText {
          file.header = header
          return true
        }
      }
      report.add(.encoding(likely: "GB18030"), place: line)
    case .mostlyGB18030(let bad):
      report.add(.twoEncodings(main: "GB18030"), place: DataPlace(file: file.source.name, line: bad))
    case .mostlyUTF8: report.add(.twoEncodings(main: "UTF-8"), place: line)
    case .unknown: report.add(.encoding(likely: nil), place: line)
    }
    return false
  }

  /// What the bytes are, as the block says or as they show; nil if they cannot be read here.
  private func encoding(_ declared: TextEncoding?, _ head: [UInt8]) -> DataEncoding? {
    switch declared {
    case .utf8: return .utf8
    case .gb18030: return gb18030().map { .gb18030($0) }
    case .utf16: return .utf16(isBigEndian: OtherEncoding.isBigEndian(head) ?? false)
    case nil:
      if let isBigEndian = OtherEncoding.isBigEndian(head) { return .utf16(isBigEndian: isBigEndian) }
      return head.contains(0) ? nil : .utf8
    }
  }

  /// The beginning of a file's text, whether that is all of it, and why there is no more of it if the file is damaged.
  static func head(
    _ source: any ByteSource, _ encoding: DataEncoding, mendsReturns: Bool, count: Int
  ) throws(SourceFailure) -> (bytes: [UInt8], isWhole: Bool, damage: SourceFailure?) {
    var text = try TextStream(source, encoding, mendsReturns: mendsReturns)
    var bytes: [UInt8] = []
    do throws(SourceFailure) {
      while bytes.count < count, !text.isAtEnd { try text.read(count: count - bytes.count, appendingTo: &bytes) }
    } catch {
      guard error.isDamage, !bytes.isEmpty else { throw error }
      return (bytes, false, error)
    }
    return (bytes, text.isAtEnd, nil)
  }

  /// Whether the first line ends in a carriage return without a line feed.
  private static func endsInReturn(_ head: [UInt8], isWhole: Bool) -> Bool {
    var isInQuotes = false
    for (offset, byte) in head.enumerated() {
      if byte == 0x22 { isInQuotes.toggle() }
      if isInQuotes { continue }
      if byte == 0x0A { return false }
      if byte == 0x0D { return offset + 1 < head.count ? head[offset + 1] != 0x0A : isWhole }
    }
    return false
  }

  /// The file with its declared columns found in the header; nil if its fields are separated otherwise.
  private func hold(_ file: DataFile, _ columns: [ColumnSchema], _ report: inout LoadReport) -> DataFile? {
    var header = file.header
    let line = DataPlace(file: file.source.name, line: header.lines)
    if let separator = header.otherSeparator, !columns.contains(where: { header.names.contains($0.spelling) }) {
      report.add(.separator(separator, header.format), place: line)
      return nil
    }
    header.wanted = columns.map { find($0, header.names, line, &report) }
    var file = file
    file.header = header
    return file
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
    report.add(
      .noColumn(name: column.spelling, near: FileOpener.near(column, in: names), present: names), place: header,
      span: column.span)
    return 0
  }

  /// The name in a file that a column may mean.
  static func near(_ column: ColumnSchema, in names: [String]) -> String? {
    names.first { folded($0) == folded(column.spelling) } ?? Suggestions.near(column.spelling, in: names)
  }

  /// A name without what is easily mistaken: case, spaces, underscores.
  private static func folded(_ name: String) -> String {
    name.lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" }
  }
}
