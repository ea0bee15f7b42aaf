extension LoadRun {
  /// Tells of declared columns that no line of any JSON file of a table has, and of files that are GB18030 but for a line.
  ///
  /// - Parameter isWanted: whether a block has rows that should have the column.
  mutating func noteNames<Rows>(
    _ columns: [ColumnSchema], _ files: [DataFile], _ blocks: [ParsedBlock<Rows>],
    _ isWanted: (_ slot: Int, _ column: Int, _ block: ParsedBlock<Rows>) -> Bool
  ) {
    for file in files {
      if case .mostlyGB18030(let line) = file.verdict {
        report.add(.twoEncodings(main: "GB18030"), place: DataPlace(file: file.source.name, line: line))
      }
    }
    let lines = blocks.filter { $0.names != nil }
    guard let first = lines.first, lines.contains(where: { $0.names?.hasRows ?? false }),
      files.allSatisfy({ $0.header.format == .jsonLines })
    else { return }
    let header = files[first.file].header
    var names = JSONNames(count: header.names.count)
    for block in lines { if let own = block.names { names.merge(own) } }
    let others = (0..<names.others.count).map { names.others[Int32(truncatingIfNeeded: $0)] }
    let present = header.names.indices.filter { names.isSeen[$0] }.map { header.names[$0] } + others
    for (slot, column) in columns.enumerated() where !names.isSeen[header.wanted[slot]] {
      guard lines.contains(where: { isWanted(slot, header.wanted[slot], $0) }) else { continue }
      report.add(
        .noName(name: column.spelling, near: FileOpener.near(column, in: others), present: present),
        place: DataPlace(file: files[first.file].source.name), span: column.span)
    }
  }
}
