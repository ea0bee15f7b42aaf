import Synchronization

/// One file of a table, its header read.
struct DataFile: Sendable {
  let source: any ByteSource
  /// As the rules write it.
  let path: String
  /// Number among all files of the load, the order of messages.
  let number: Int
  var header: Header
  var encoding: DataEncoding
  /// Whether its lines end in a carriage return alone.
  var mendsReturns = false
  /// Whether the block says how it is encoded.
  var isDeclared = false
  /// What its lines proved to be where some are not UTF-8.
  var verdict: OtherEncoding.Verdict?
  private let copy = TextCopy()

  init(
    source: any ByteSource, path: String, number: Int, header: Header, encoding: DataEncoding = .utf8,
    mendsReturns: Bool = false, isDeclared: Bool = false
  ) {
    self.source = source
    self.path = path
    self.number = number
    self.header = header
    self.encoding = encoding
    self.mendsReturns = mendsReturns
    self.isDeclared = isDeclared
  }

  /// What is told of a row that is not in the file's encoding.
  var otherEncoding: LoadProblem {
    switch (encoding, verdict) {
    case (.gb18030, _): .twoEncodings(main: "GB18030")
    case (.utf16, _): .twoEncodings(main: "UTF-16")
    case (_, .mostlyUTF8): .twoEncodings(main: "UTF-8")
    case (_, .gb18030): .encoding(likely: "GB18030")
    default: .encoding(likely: nil)
    }
  }

  /// Offset of the first row.
  var start: Int { header.end }

  /// Whether it must be read from the beginning on.
  var isStreamed: Bool {
    if mendsReturns || source is any StreamedSource { return true }
    if case .utf8 = encoding { return false }
    return true
  }

  /// Its text from the beginning on; GB18030 as it is.
  func text() throws(SourceFailure) -> TextStream { try TextStream(source, encoding, mendsReturns: mendsReturns) }

  /// Bytes of its rows once more, for messages; of a streamed file those of its text behind the header.
  func read(at offset: Int, count: Int, into buffer: inout [UInt8]) throws(SourceFailure) {
    guard isStreamed else { return try source.read(at: offset, count: count, into: &buffer) }
    let text = try copy.text { () throws(SourceFailure) -> [UInt8] in try rows() }
    let start = min(max(0, offset), text.count)
    buffer = Array(text[start..<min(text.count, start + max(0, count))])
  }

  private func rows() throws(SourceFailure) -> [UInt8] {
    var text = try text()
    var bytes: [UInt8] = []
    while !text.isAtEnd { try text.read(count: 1 << 20, appendingTo: &bytes) }
    bytes.removeFirst(min(bytes.count, header.end))
    guard case .gb18030(let table) = encoding else { return bytes }
    var decoded: [UInt8] = []
    table.decode(bytes.span, 0, bytes.count, into: &decoded)
    return decoded
  }
}

/// A streamed file's text, made when a message first wants to show a row of it again.
private final class TextCopy: Sendable {
  private let made = Mutex<[UInt8]?>(nil)

  func text(_ make: () throws(SourceFailure) -> [UInt8]) throws(SourceFailure) -> [UInt8] {
    if let known = made.withLock({ $0 }) { return known }
    let text = try make()
    made.withLock { $0 = text }
    return text
  }
}

extension BlockReader {
  /// Every block's rows, in order. A file that is not UTF-8 but GB18030 throughout is read once more as such.
  mutating func read<Sink: RowSink & Sendable, Rows: Sendable>(
    _ sink: @Sendable (DataFile) -> Sink, finish: @Sendable (Sink) -> Rows
  ) -> [ParsedBlock<Rows>] {
    let places = readPlaces(sink, finish: finish)
    let streams = readStreams(files.indices.filter { files[$0].isStreamed }, sink, finish: finish)
    var byFile: [[ParsedBlock<Rows>]] = files.map { _ in [] }
    for block in places + streams { byFile[block.file].append(block) }
    for index in files.indices where !stop.isRaised && isBroken(byFile[index], files[index]) {
      files[index].verdict = try? OtherEncoding.verdict(files[index])
      guard case .gb18030 = files[index].verdict, let table = gb18030() else { continue }
      files[index].encoding = .gb18030(table)
      byFile[index] = readStreams([index], sink, finish: finish)
    }
    return byFile.flatMap(\.self)
  }

  private func isBroken<Rows>(_ blocks: [ParsedBlock<Rows>], _ file: DataFile) -> Bool {
    guard case .utf8 = file.encoding, !file.isDeclared else { return false }
    return blocks.contains(where: \.isBroken) && !blocks.contains { $0.failure != nil }
  }
}
