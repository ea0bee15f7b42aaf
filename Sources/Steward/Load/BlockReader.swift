// Reads files in blocks on all cores. A block is a fixed stretch of a file and gives the rows that begin in it, so the
// number of threads never shows. Where the first of them begins is not known in the middle of a file: a line break may
// lie in quotes. So every block is parsed from behind its first line break, and says where it began and where the first
// row after it begins. Afterwards the blocks of a file are held against one another in order; one that began elsewhere
// than the row before it ended is parsed again from there. So the result is always that of reading row after row.
//
// A block is read in pieces that stay in the processor's own cache: each begins with the first row that the one before
// held only in part.

/// A stretch of a file.
struct BlockPlace: Sendable {
  /// Index in the list of files.
  let file: Int
  let range: Range<Int>
  let isFirst: Bool

  /// The blocks of files, in order.
  static func all(_ files: [DataFile], size: Int) -> [BlockPlace] {
    var places: [BlockPlace] = []
    for (index, file) in files.enumerated() where !file.isStreamed {
      var start = file.start
      while start < file.source.size {
        let end = min(file.source.size, start + max(1, size))
        places.append(BlockPlace(file: index, range: start..<end, isFirst: start == file.start))
        start = end
      }
    }
    return places
  }
}

/// What a block gave.
struct ParsedBlock<Rows: Sendable>: Sendable {
  /// Index in the list of files.
  var file: Int
  var rows: Rows
  /// Offset in the file of what its rows call offset 0.
  var base: Int
  /// Where its first row begins and where the first row behind it begins; both -1 where it could not be told.
  var start: Int
  var end: Int
  /// Line breaks in its rows.
  var lines: Int
  var fingerprint: UInt64
  var failure: SourceFailure?
  /// For JSON lines: the names that they have.
  var names: JSONNames?
  /// Whether some of its rows are not UTF-8.
  var isBroken = false
}

struct BlockReader: Sendable {
  /// After reading, those in GB18030 are told.
  var files: [DataFile]
  let blockSize: Int
  let pieceSize: Int
  let workers: Workers
  let stop: StopFlag
  let gb18030: @Sendable () -> GB18030?
  let pool = ReuseStack<[UInt8]>()

  /// A row longer than this has lost its closing quote.
  static let longestRow = 16 << 20
  /// What is read behind a block at first, for its last row.
  private static let overhang = 4096

  init(files: [DataFile], options: LoadOptions, workers: Workers, stop: StopFlag) {
    self.files = files
    blockSize = max(1, options.blockSize)
    pieceSize = max(1, options.pieceSize)
    gb18030 = options.gb18030
    self.workers = workers
    self.stop = stop
  }

  /// The blocks of the files that can be read anywhere, in order.
  func readPlaces<Sink: RowSink & Sendable, Rows: Sendable>(
    _ sink: @Sendable (DataFile) -> Sink, finish: @Sendable (Sink) -> Rows
  ) -> [ParsedBlock<Rows>] {
    let places = BlockPlace.all(files, size: blockSize)
    var blocks = workers.map(places.count) { index in
      let place = places[index]
      let file = files[place.file]
      return parse(file, place, from: place.isFirst ? place.range.lowerBound : nil, sink(file), finish)
    }
    if stop.isRaised || blocks.count != places.count { return blocks }
    for index in places.indices.dropFirst() where !places[index].isFirst {
      let expected = blocks[index - 1].end
      if blocks[index].start == expected || blocks[index - 1].failure != nil { continue }
      let place = places[index]
      let file = files[place.file]
      blocks[index] = parse(file, place, from: expected, sink(file), finish)
    }
    return blocks
  }

  private func parse<Sink: RowSink & Sendable, Rows: Sendable>(
    _ file: DataFile, _ place: BlockPlace, from known: Int?, _ sink: Sink, _ finish: (Sink) -> Rows
  ) -> ParsedBlock<Rows> {
    // One byte before the block tells whether a row begins with it.
    let base = place.isFirst ? place.range.lowerBound : place.range.lowerBound - 1
    var block = Parsing(sink, base: base, start: known ?? -1)
    if !stop.isRaised {
      var buffer = pool.pop() ?? []
      do throws(SourceFailure) {
        // Where text is not UTF-8 once more, row by row.
        for checksText in [false, true] {
          block = Parsing(sink, base: base, start: known ?? -1)
          block.isBroken = checksText
          if try parse(file, place, &buffer, known: known != nil, checksText: checksText, &block) { break }
        }
      } catch {
        block.failure = error
      }
      pool.push(buffer)
    }
    return ParsedBlock(
      file: place.file, rows: finish(block.sink), base: base, start: block.start, end: block.end, lines: block.lines,
      fingerprint: block.fingerprint, failure: block.failure, names: block.names, isBroken: block.isBroken)
  }

  /// A block on its way.
  struct Parsing<Sink> {
    var sink: Sink
    var names: JSONNames?
    var isBroken = false
    var base: Int
    /// Where its first row begins, and the next after those given so far; -1 where that is not known.
    var start: Int
    var end: Int
    var lines = 0
    var fingerprint: UInt64 = 0
    var failure: SourceFailure?

    init(_ sink: Sink, base: Int, start: Int) {
      self.sink = sink
      self.base = base
      self.start = start
      end = start
    }
  }

  /// A stretch of a block, and some bytes behind it if it is the last.
  private struct Piece {
    /// Offset in the file.
    var start: Int
    var length = 0
    /// Whether the file ends with it.
    var isWhole = false
    var end: Int { start + length }
  }

  /// Parses a block piece by piece; false if not all of its text is UTF-8, and nobody looked row by row.
  private func parse<Sink: RowSink>(
    _ file: DataFile, _ place: BlockPlace, _ buffer: inout [UInt8], known: Bool, checksText: Bool,
    _ block: inout Parsing<Sink>
  ) throws(SourceFailure) -> Bool {
    guard file.header.format == .jsonLines else {
      var scan = RowScan(file.header, checksText: checksText)
      return try parse(file, place, &scan, &buffer, known: known, checksText: checksText, &block)
    }
    var scan = JSONRowScan(file.header, checksText: checksText)
    defer { block.names = scan.names }
    return try parse(file, place, &scan, &buffer, known: known, checksText: checksText, &block)
  }

  private func parse<Scan: RowScanner, Sink: RowSink>(
    _ file: DataFile, _ place: BlockPlace, _ scan: inout Scan, _ buffer: inout [UInt8], known: Bool, checksText: Bool,
    _ block: inout Parsing<Sink>
  ) throws(SourceFailure) -> Bool {
    var hash = ByteHash.Fingerprint(place.range)
    var piece = Piece(start: block.base)
    var growth = 1
    while !stop.isRaised {
      try read(file, place, &piece, growth, &buffer)
      hash.take(buffer.span, from: piece.start, length: piece.length)
      block.fingerprint = hash.value
      if block.start < 0 {
        block.start = BlockReader.rowStart(buffer.span, piece)
        block.end = block.start
      }
      let first = block.end
      if first >= 0, first < min(place.range.upperBound, piece.end) {
        rows(&scan, buffer.span, piece, place, &block)
        let unchecked = hash.isASCII ? max(first, hash.done) : first
        let bad = TextCheck.badByte(buffer.span, unchecked - piece.start, block.end - piece.start)
        if !checksText, bad != nil { return false }
      }
      if piece.isWhole || (block.end >= place.range.upperBound && hash.isComplete) { return true }
      let next = block.end < 0 ? hash.done : min(block.end, hash.done)
      if next > piece.start {
        piece.start = next
        growth = 1
      } else if piece.length <= BlockReader.longestRow {
        // Nothing came of the piece: it ends within its first row.
        growth *= 8
      } else {
        lose(file, piece, buffer.span, known: known, scan.lineBreaks, &block)
        return true
      }
    }
    return true
  }

  /// Reads a piece and puts a line break and zeros behind it.
  private func read(
    _ file: DataFile, _ place: BlockPlace, _ piece: inout Piece, _ growth: Int, _ buffer: inout [UInt8]
  ) throws(SourceFailure) {
    let rest = max(0, place.range.upperBound - piece.start)
    let size = pieceSize * growth
    let wanted = rest > size ? size : rest + min(BlockReader.overhang * growth, size)
    try file.source.read(at: piece.start, count: wanted, into: &buffer)
    piece.length = buffer.count
    piece.isWhole = piece.end >= file.source.size || piece.length < wanted
    buffer.append(0x0A)
    buffer.append(contentsOf: repeatElement(0, count: 15))
  }

  /// Gives the rows of a block that begin in a piece and do not reach beyond it.
  private func rows<Scan: RowScanner, Sink: RowSink>(
    _ scan: inout Scan, _ bytes: Bytes, _ piece: Piece, _ place: BlockPlace, _ block: inout Parsing<Sink>
  ) {
    scan.go(on: block.end - piece.start)
    block.sink.begin(at: scan.rowStart, origin: piece.start - block.base, lines: scan.lineBreaks)
    _ = scan.rows(
      bytes, limit: min(place.range.upperBound, piece.end) - piece.start,
      end: piece.isWhole ? piece.length + 1 : piece.length, isWhole: piece.isWhole, into: &block.sink)
    block.end = piece.start + min(scan.rowStart, piece.length)
    block.lines = scan.lineBreaks
  }

  /// Gives up on a row that does not end. Where it is only a guess that a row begins there, nothing is said.
  private func lose<Sink: RowSink>(
    _ file: DataFile, _ piece: Piece, _ bytes: Bytes, known: Bool, _ lines: Int, _ block: inout Parsing<Sink>
  ) {
    guard known else {
      (block.start, block.end) = (-1, -1)
      return
    }
    let from = block.end - piece.start
    block.sink.begin(at: from, origin: piece.start - block.base, lines: lines)
    block.sink.fault(file.header.endlessRow, raw: bytes, place: from..<min(piece.length, from + 200))
    block.end = file.source.size
  }

  /// Behind the first line break of a piece; -1 if it has none and is not the last of the file.
  private static func rowStart(_ bytes: Bytes, _ piece: Piece) -> Int {
    for offset in 0..<piece.length where bytes.byte(offset) == 0x0A { return piece.start + offset + 1 }
    return piece.isWhole ? piece.end : -1
  }
}
