/// Finds rows again in their files, for messages.
struct RowLocator<Rows: Sendable>: Sendable {
  let files: [DataFile]
  let blocks: [ParsedBlock<Rows>]
  /// Lines of its file before each block.
  private let lines: [Int]

  init(files: [DataFile], blocks: [ParsedBlock<Rows>]) {
    self.files = files
    self.blocks = blocks
    var lines: [Int] = []
    var total = 0
    for (index, block) in blocks.enumerated() {
      if index == 0 || block.file != blocks[index - 1].file { total = files[block.file].header.lines }
      lines.append(total)
      total += block.lines
    }
    self.lines = lines
  }

  func file(_ block: Int) -> DataFile { files[blocks[block].file] }

  /// - Unit: lines from 1.
  func line(_ block: Int, linesBefore: Int) -> Int { lines[block] + linesBefore + 1 }

  /// The line of a row by its offset; the block is read again.
  func line(_ block: Int, offset: Int) -> Int? {
    let start = blocks[block].start
    let count = blocks[block].base + offset - start
    return bytes(block, start, count).map { lines[block] + TextCheck.lineBreaks($0.span, 0, $0.count) + 1 }
  }

  /// `members.csv, line 4`
  func name(_ block: Int, _ offset: Int) -> Wording {
    let file = file(block).path
    guard let line = line(block, offset: offset) else { return Wording(file) }
    return Wording(en: "\(file), line \(line)", zh: "\(file) 第 \(line) 行")
  }

  /// A row as it stands in the file.
  func text(_ block: Int, _ place: Range<Int>, hidden: PrivateFields) -> String {
    guard let bytes = bytes(block, blocks[block].base + place.lowerBound, place.count) else { return "" }
    return hidden.text(bytes.span, 0..<bytes.count)
  }

  private func bytes(_ block: Int, _ offset: Int, _ count: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    do { try file(block).read(at: offset, count: max(0, count), into: &bytes) } catch { return nil }
    return bytes
  }
}
