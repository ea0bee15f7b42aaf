// Reads files in blocks on all cores. A block is a fixed stretch of a file and gives the rows that begin in it, so the
// number of threads never shows. Where the first of them begins is not known in the middle of a file: a line break may
// lie in quotes. So every block is parsed from behind its first line break, and says where it began and where the first
// row after it begins. Afterwards the blocks of a file are held against one another in order; one that began elsewhere
// than the row before it ended is parsed again from there. So the result is always that of reading row after row.

/// One file of a table, its header read.
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
  let workers: Workers
  let stop: StopFlag
  let gb18030: @Sendable () -> GB18030?
  let pool = ReuseStack<[UInt8]>()

  /// A row longer than this has lost its closing quote.
  static let longestRow = 16 << 20

  init(
    files: [DataFile], blockSize: Int, workers: Workers, stop: StopFlag,
    gb18030: @escaping @Sendable () -> GB18030? = { nil }
  ) {
    self.files = files
    self.gb18030 = gb18030
    self.blockSize = blockSize
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
    let first = place.isFirst ? place.range.lowerBound : place.range.lowerBound - 1
    var block = Parsing(sink: sink, base: first)
    if !stop.isRaised {
      var buffer = pool.pop() ?? []
      var overhang = min(65_536, max(64, blockSize))
      do {
        while !(try parse(file, place, from: known, overhang: overhang, &buffer, empty: sink, &block)) { overhang *= 8 }
      } catch {
        block.failure = error
      }
      pool.push(buffer)
    }
    return ParsedBlock(
      file: place.file, rows: finish(block.sink), base: first, start: block.start, end: block.end, lines: block.lines,
      fingerprint: block.fingerprint ?? 0, failure: block.failure, names: block.names, isBroken: block.isBroken)
  }

  /// A block on its way.
  struct Parsing<Sink> {
    var sink: Sink
    var base: Int
    var names: JSONNames?
    var isBroken = false
    var start = -1
    var end = -1
    var lines = 0
    var fingerprint: UInt64?
    /// Whether the block's own bytes are; its last row may reach beyond them.
    var isASCII = false
    var failure: SourceFailure?
  }

  /// Parses a block with so many bytes behind it at hand; false if they were too few.
  private func parse<Sink: RowSink>(
    _ file: DataFile, _ place: BlockPlace, from known: Int?, overhang: Int, _ buffer: inout [UInt8], empty: Sink,
    _ block: inout Parsing<Sink>
  ) throws(SourceFailure) -> Bool {
    let wanted = place.range.upperBound - block.base + overhang
    try file.source.read(at: block.base, count: wanted, into: &buffer)
    let length = buffer.count
    let isWhole = block.base + length >= file.source.size || length < wanted
    buffer.append(0x0A)
    buffer.append(contentsOf: repeatElement(0, count: 15))
    let bytes = buffer.span
    let limit = min(place.range.upperBound - block.base, length)
    let skipped = place.range.lowerBound - block.base
    if block.fingerprint == nil {
      let (hash, isASCII) = ByteHash.fingerprint(bytes, skipped, count: max(0, limit - skipped))
      block.fingerprint = hash
      block.isASCII = isASCII
    }
    let start = known.map { $0 - block.base } ?? BlockReader.rowStart(bytes, end: length) ?? (isWhole ? length : nil)
    if let start, start >= limit {
      block.start = block.base + start
      block.end = block.start
      return true
    }
    if let start, let end = rows(file, bytes, start..<limit, length, isWhole, empty, &block) {
      block.start = block.base + start
      block.end = block.base + min(end, length)
      return true
    }
    guard overhang > BlockReader.longestRow else { return false }
    if known != nil {
      let from = max(0, start ?? 0)
      block.sink = empty
      block.sink.fault(file.header.endlessRow, raw: bytes, place: from..<min(length, from + 200))
      block.start = block.base + from
      block.end = file.source.size
    }
    return true
  }

  /// Gives the rows that begin in a range of bytes; where text is not UTF-8 once more, row by row.
  func rows<Sink: RowSink>(
    _ file: DataFile, _ bytes: Bytes, _ range: Range<Int>, _ length: Int, _ isWhole: Bool, _ empty: Sink,
    _ block: inout Parsing<Sink>
  ) -> Int? {
    for checksText in [false, true] {
      block.sink = empty
      block.sink.begin(at: range.lowerBound)
      block.isBroken = checksText
      let behind = isWhole ? length + 1 : length
      let end: Int?
      if file.header.format == .jsonLines {
        var scan = JSONRowScan(file.header, from: range.lowerBound, checksText: checksText)
        end = scan.rows(bytes, limit: range.upperBound, end: behind, isWhole: isWhole, into: &block.sink)
        block.lines = scan.lineBreaks
        block.names = scan.names
      } else {
        var scan = RowScan(
          width: file.header.width, wanted: file.header.wanted, delimiter: file.header.format.delimiter,
          from: range.lowerBound, checksText: checksText)
        end = scan.rows(bytes, limit: range.upperBound, end: behind, isWhole: isWhole, into: &block.sink)
        block.lines = scan.lineBreaks
      }
      guard let end else { return nil }
      let unchecked = block.isASCII ? max(range.lowerBound, range.upperBound) : range.lowerBound
      if checksText || TextCheck.badByte(bytes, unchecked, min(end, length)) == nil { return end }
    }
    return nil
  }

  /// Behind the first line break.
  private static func rowStart(_ bytes: Bytes, end: Int) -> Int? {
    for offset in 0..<end where bytes.byte(offset) == 0x0A { return offset + 1 }
    return nil
  }
}
