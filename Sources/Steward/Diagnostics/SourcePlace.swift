/// A place in a rule file as editors count it.
/// - Unit: line and column from 1, the column in characters.
public struct SourcePlace: Hashable, Sendable {
  public let line: Int
  public let column: Int

  public init(_ source: SourceFile, _ offset: Int) {
    let offset = min(max(0, offset), source.bytes.count)
    let position = source.position(of: offset)
    let start = source.lineStarts.indices.contains(position.line) ? source.lineStarts[position.line] : 0
    line = position.line + 1
    let before = source.bytes[min(start, offset)..<offset]
    var isASCII = true
    for byte in before { isASCII = isASCII && byte < 0x80 }
    column = 1 + (isASCII ? before.count : String(decoding: before, as: UTF8.self).unicodeScalars.count)
  }
}

/// The order in which diagnostics are told: the rules by file and place, then the data by file and line.
public enum DiagnosticOrder {
  public static func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var files: [String: Int] = [:]
    for case let place? in diagnostics.map(\.place) where files[place.file] == nil { files[place.file] = files.count }
    var keyed: [(key: [Int], diagnostic: Diagnostic)] = []
    for (index, diagnostic) in diagnostics.enumerated() {
      var key = [2, 0, 0, 0, index]
      if let span = diagnostic.span {
        key = [0, Int(span.file.index), Int(span.start), Int(span.end), index]
      } else if let place = diagnostic.place {
        key = [1, files[place.file] ?? 0, place.line ?? Int.max, place.column ?? Int.max, index]
      }
      keyed.append((key, diagnostic))
    }
    keyed.sort { $0.key.lexicographicallyPrecedes($1.key) }
    return keyed.map(\.diagnostic)
  }
}

/// The lines of a rule file as edits leave them.
struct MendedLines {
  var lines: [[UInt8]]
  /// What is new on each line, if anything is. - Unit: bytes of the line
  var inserted: [Range<Int>?]
  /// What is taken out, where whole lines are and nothing is put in.
  var removed: String?

  /// One for each stretch of lines that some edits touch together.
  static func of(_ edits: [TextEdit], in sources: [SourceFile]) -> [MendedLines] {
    var result: [MendedLines] = []
    let ordered = edits.sorted { ($0.span.file.index, $0.span.start) < ($1.span.file.index, $1.span.start) }
    var index = 0
    while index < ordered.count {
      guard let source = sources.first(where: { $0.id == ordered[index].span.file }) else {
        index += 1
        continue
      }
      let first = source.position(of: Int(ordered[index].span.start)).line
      var last = source.position(of: Int(ordered[index].span.end)).line
      var together = [ordered[index]]
      index += 1
      while index < ordered.count, ordered[index].span.file == source.id,
        source.position(of: Int(ordered[index].span.start)).line <= last
      {
        last = max(last, source.position(of: Int(ordered[index].span.end)).line)
        together.append(ordered[index])
        index += 1
      }
      result.append(MendedLines(source, first, last, together))
    }
    return result
  }

  private init(_ source: SourceFile, _ first: Int, _ last: Int, _ edits: [TextEdit]) {
    lines = [[]]
    inserted = [nil]
    let start = source.lineStarts.indices.contains(first) ? source.lineStarts[first] : 0
    var cursor = start
    for edit in edits {
      let range = edit.span.range.clamped(to: 0..<source.bytes.count)
      if range.lowerBound > cursor { append(source.bytes[cursor..<range.lowerBound], isNew: false) }
      append(Array(edit.replacement.utf8)[...], isNew: true)
      cursor = max(cursor, range.upperBound)
    }
    let end = source.line(last).endIndex
    if end > cursor { append(source.bytes[cursor..<end], isNew: false) }
    while lines.count > 1, lines.last?.isEmpty ?? false {
      lines.removeLast()
      inserted.removeLast()
    }
    let isLineLess = edits.contains { source.text($0.span).utf8.contains { $0 == 0x0A || $0 == 0x0D } }
    if isLineLess, edits.allSatisfy({ $0.replacement.isEmpty }) {
      let words = edits.map { source.text($0.span) }.joined(separator: " ").split { $0.isWhitespace }
      removed = words.joined(separator: " ")
    }
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>, isNew: Bool) {
    var rest = bytes
    while true {
      let end = rest.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? rest.endIndex
      let last = lines.count - 1
      let place = lines[last].count
      lines[last].append(contentsOf: rest[..<end])
      if isNew, end > rest.startIndex { inserted[last] = (inserted[last]?.lowerBound ?? place)..<lines[last].count }
      if end == rest.endIndex { return }
      lines.append([])
      inserted.append(nil)
      let isPair = rest[end] == 0x0D && end + 1 < rest.endIndex && rest[end + 1] == 0x0A
      rest = rest[(end + (isPair ? 2 : 1))...]
    }
  }
}

/// Breaks text into lines of a width: at blanks, or between Chinese characters, never before closing punctuation, nor inside
/// backticks that fit on a line.
enum TextWrap {
  private static let closing: Set<Character> = ["，", "。", "；", "：", "、", "）", "》", "」", "”", "！", "？", "%"]

  static func lines(_ text: String, width: Int) -> [String] {
    let width = max(20, width)
    var lines: [String] = []
    var line = ""
    var used = 0
    for piece in pieces(text, width) {
      let columns = DisplayWidth.of(piece)
      let isBlank = piece == " "
      if used + columns > width, used > 0, !isBlank {
        while line.last == " " { line.removeLast() }
        lines.append(line)
        line = ""
        used = 0
      }
      if isBlank, used == 0, !lines.isEmpty { continue }
      line += piece
      used += columns
    }
    while line.last == " " { line.removeLast() }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// Words, what stands in backticks, blanks and single wide characters (with the punctuation that closes them).
  private static func pieces(_ text: String, _ width: Int) -> [String] {
    var pieces: [String] = []
    var word = ""
    func isWide(_ character: Character) -> Bool { DisplayWidth.of(character) == 2 }
    func endWide() {
      guard let last = word.last, isWide(last) else { return }
      pieces.append(word)
      word = ""
    }
    var rest = Substring(text)
    while let character = rest.first {
      if character == "`", let quoted = quoted(rest), DisplayWidth.of(String(quoted)) <= width {
        endWide()
        word += quoted
        rest = rest[quoted.endIndex...]
        continue
      }
      rest.removeFirst()
      if character == " " {
        if !word.isEmpty { pieces.append(word) }
        pieces.append(" ")
        word = ""
      } else if closing.contains(character) {
        word.append(character)
      } else if isWide(character) {
        if !word.isEmpty { pieces.append(word) }
        word = String(character)
      } else {
        endWide()
        word.append(character)
      }
    }
    if !word.isEmpty { pieces.append(word) }
    return pieces
  }

  /// From the backtick at the start to the one that closes it.
  private static func quoted(_ text: Substring) -> Substring? {
    guard let end = text.dropFirst().firstIndex(of: "`") else { return nil }
    return text[...end]
  }
}
