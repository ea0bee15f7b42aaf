// Reads files that must be read from the beginning on. Whichever thread is free takes the next stretch of text, cut behind a
// row, while the others parse theirs: so inflating goes on all the time, on one thread at a time for each file, and never more
// text is held than a block for each thread. Where the cuts are depends on the text alone.

import Synchronization

/// Cuts a file's text into stretches of whole rows.
struct RowStream: Sendable {
  private var text: TextStream
  private let format: FileFormat
  /// What the last cut left.
  private var rest: [UInt8] = []
  /// Bytes of the header that are still to come.
  private var toSkip: Int
  private var isDone = false
  /// Why there is no more; told once the rows before it are given.
  private var failure: SourceFailure?

  init(_ file: DataFile) throws(SourceFailure) {
    text = try file.text()
    format = file.header.format
    toSkip = file.header.end
  }

  enum Piece { case rows, lastRows, endlessRow }

  /// Puts the next rows into the buffer, about so many bytes; nil when there are no more.
  mutating func next(size: Int, into buffer: inout [UInt8]) throws(SourceFailure) -> Piece? {
    if isDone { return nil }
    if let failure { throw failure }
    buffer.removeAll(keepingCapacity: true)
    swap(&buffer, &rest)
    var wanted = max(1, size)
    while true {
      do throws(SourceFailure) {
        while buffer.count < wanted, !text.isAtEnd { try read(wanted - buffer.count, into: &buffer) }
      } catch {
        failure = error
        guard let cut = RowStream.rowEnd(buffer, format) else { throw error }
        buffer.removeLast(buffer.count - cut)
        return .rows
      }
      if text.isAtEnd {
        isDone = true
        return buffer.isEmpty ? nil : .lastRows
      }
      if let cut = RowStream.rowEnd(buffer, format) {
        rest.removeAll(keepingCapacity: true)
        rest.append(contentsOf: buffer[cut...])
        buffer.removeLast(buffer.count - cut)
        return .rows
      }
      if buffer.count > BlockReader.longestRow {
        isDone = true
        return .endlessRow
      }
      wanted = buffer.count * 2
    }
  }

  private mutating func read(_ count: Int, into buffer: inout [UInt8]) throws(SourceFailure) {
    try text.read(count: max(count, min(65_536, BlockReader.longestRow)), appendingTo: &buffer)
    guard toSkip > 0 else { return }
    let skipped = min(toSkip, buffer.count)
    buffer.removeFirst(skipped)
    toSkip -= skipped
  }

  /// The offset behind the last row that ends in the bytes, which begin with a row.
  private static func rowEnd(_ bytes: [UInt8], _ format: FileFormat) -> Int? {
    guard format != .jsonLines, TextCheck.has(0x22, bytes.span, 0, bytes.count) else {
      return bytes.lastIndex(of: 0x0A).map { $0 + 1 }
    }
    var separators = Separators(from: 0, delimiter: format.delimiter)
    while separators.scanned < bytes.count { separators.scan(bytes.span, end: bytes.count, keepingFrom: 0) }
    var end: Int?
    while let lineBreak = separators.lineBreak(from: end ?? 0) { end = lineBreak + 1 }
    return end
  }
}

/// A file on its way through a load.
private final class StreamedFile: Sendable {
  struct State: Sendable {
    var stream: RowStream?
    var next = 0
    var isDone = false
  }

  let index: Int
  let file: DataFile
  private let state = Mutex(State())

  init(_ index: Int, _ file: DataFile) {
    self.index = index
    self.file = file
  }

  enum Taken { case rows(number: Int, RowStream.Piece), failed(number: Int, SourceFailure), done }

  /// Takes the next rows, unless somebody else is just taking some and it is not worth waiting.
  func take(size: Int, waits: Bool, into buffer: inout [UInt8]) -> Taken? {
    if waits { return state.withLock { StreamedFile.take(&$0, file, size, &buffer) } }
    return state.withLockIfAvailable { StreamedFile.take(&$0, file, size, &buffer) }
  }

  private static func take(_ state: inout State, _ file: DataFile, _ size: Int, _ buffer: inout [UInt8]) -> Taken {
    if state.isDone { return .done }
    let number = state.next
    state.next += 1
    do throws(SourceFailure) {
      if state.stream == nil { state.stream = try RowStream(file) }
      if let piece = try state.stream?.next(size: size, into: &buffer) { return .rows(number: number, piece) }
    } catch {
      state.isDone = true
      return .failed(number: number, error)
    }
    state.isDone = true
    return .done
  }
}

extension BlockReader {
  /// The blocks of the files that must be read from the beginning on, in order.
  func readStreams<Sink: RowSink & Sendable, Rows: Sendable>(
    _ wanted: [Int], _ sink: @Sendable (DataFile) -> Sink, finish: @Sendable (Sink) -> Rows
  ) -> [ParsedBlock<Rows>] {
    if wanted.isEmpty { return [] }
    let streams = wanted.map { StreamedFile($0, files[$0]) }
    let results = Mutex<[(number: Int, block: ParsedBlock<Rows>)]>([])
    workers.each(workers.width) { _ in
      var (buffer, decoded) = (pool.pop() ?? [], [UInt8]())
      while !stop.isRaised, let (stream, number, taken) = BlockReader.next(streams, size: blockSize, &buffer) {
        let block = piece(stream.index, taken, &buffer, &decoded, sink(stream.file), finish)
        results.withLock { $0.append((number, block)) }
      }
      pool.push(buffer)
    }
    var blocks = results.withLock { $0 }
      .sorted { ($0.block.file, $0.number) < ($1.block.file, $1.number) }.map(\.block)
    var offset = 0
    for index in blocks.indices {
      if index > 0, blocks[index].file != blocks[index - 1].file { offset = 0 }
      blocks[index].base = offset
      blocks[index].start = offset
      offset += blocks[index].end
      blocks[index].end = offset
    }
    return blocks
  }

  private enum Rows { case piece(RowStream.Piece), failure(SourceFailure) }

  /// The next rows of any file: first of one that nobody is reading.
  private static func next(
    _ streams: [StreamedFile], size: Int, _ buffer: inout [UInt8]
  ) -> (StreamedFile, Int, Rows)? {
    for waits in [false, true] {
      for stream in streams {
        switch stream.take(size: size, waits: waits, into: &buffer) {
        case .rows(let number, let piece): return (stream, number, .piece(piece))
        case .failed(let number, let failure): return (stream, number, .failure(failure))
        case .done, nil: continue
        }
      }
    }
    return nil
  }

  /// Parses a stretch of whole rows. Its block's `end` is its length in UTF-8.
  private func piece<Sink: RowSink & Sendable, Result: Sendable>(
    _ index: Int, _ taken: Rows, _ buffer: inout [UInt8], _ decoded: inout [UInt8], _ sink: Sink,
    _ finish: (Sink) -> Result
  ) -> ParsedBlock<Result> {
    let file = files[index]
    var block = Parsing(sink, base: 0, start: 0)
    var length = 0
    switch taken {
    case .failure(let failure): block.failure = failure
    case .piece(let piece):
      if case .gb18030(let table) = file.encoding {
        decoded.removeAll(keepingCapacity: true)
        table.decode(buffer.span, 0, buffer.count, into: &decoded)
        swap(&buffer, &decoded)
      }
      length = buffer.count
      buffer.append(0x0A)
      buffer.append(contentsOf: repeatElement(0, count: 15))
      block = rows(file, buffer.span, length, piece, sink)
    }
    return ParsedBlock(
      file: index, rows: finish(block.sink), base: 0, start: 0, end: length, lines: block.lines,
      fingerprint: block.fingerprint, failure: block.failure, names: block.names, isBroken: block.isBroken)
  }

  /// Gives the rows of a stretch; where text is not UTF-8 once more, row by row.
  private func rows<Sink: RowSink>(
    _ file: DataFile, _ bytes: Bytes, _ length: Int, _ piece: RowStream.Piece, _ sink: Sink
  ) -> Parsing<Sink> {
    var hash = ByteHash.Fingerprint(0..<length)
    hash.take(bytes, from: 0, length: length)
    let isBroken = !hash.isASCII && TextCheck.badByte(bytes, 0, length) != nil
    var block = Parsing(sink, base: 0, start: 0)
    block.fingerprint = hash.value
    block.isBroken = isBroken
    block.sink.begin(at: 0, origin: 0, lines: 0)
    var isAll = false
    if piece != .endlessRow, file.header.format == .jsonLines {
      var scan = JSONRowScan(file.header, checksText: isBroken)
      isAll = rows(&scan, bytes, length, piece, &block)
      block.names = scan.names
    } else if piece != .endlessRow {
      var scan = RowScan(file.header, checksText: isBroken)
      isAll = rows(&scan, bytes, length, piece, &block)
    }
    if !isAll { block.sink.fault(file.header.endlessRow, raw: bytes, place: 0..<min(length, 200)) }
    return block
  }

  private func rows<Scan: RowScanner, Sink: RowSink>(
    _ scan: inout Scan, _ bytes: Bytes, _ length: Int, _ piece: RowStream.Piece, _ block: inout Parsing<Sink>
  ) -> Bool {
    let isLast = piece == .lastRows
    let isAll = scan.rows(
      bytes, limit: length, end: isLast ? length + 1 : length, isWhole: isLast, into: &block.sink)
    block.lines = scan.lineBreaks
    return isAll
  }
}
