// One line of a rule file with a stretch of it marked, as a terminal shows it: tabs widened to stops of four, wide characters
// counted as two columns, damaged and control bytes as `�`, and a line that is too long cut to the surroundings of the mark.

struct Excerpt {
  /// The line as shown.
  var text: String
  /// The blanks before the marks. - Unit: columns
  var indent: Int
  /// At least one mark. - Unit: columns
  var width: Int

  static let tabStop = 4

  /// A line's bytes, marked from one byte offset of it up to another.
  init(line: ArraySlice<UInt8>, marked: Range<Int>, available: Int) {
    let low = line.startIndex + min(max(0, marked.lowerBound), line.count)
    // Of a line of any length only what may be shown is looked at.
    let reach = 16 * max(20, available)
    let high = min(line.startIndex + min(max(marked.lowerBound, marked.upperBound), line.count), low + reach)
    let line = Excerpt.part(of: line, from: low - reach, to: max(low, high) + reach)
    var column = 0
    let before = Excerpt.widened(line[line.startIndex..<low], column: &column)
    let start = column
    let inside = Excerpt.widened(line[low..<max(low, high)], column: &column)
    let end = column
    let behind = Excerpt.widened(line[max(low, high)...], column: &column)
    text = before + inside + behind
    indent = start
    width = max(1, end - start)
    if column > available { cut(to: max(20, available), total: column) }
  }

  /// The bytes between two offsets, whole characters alone.
  private static func part(of line: ArraySlice<UInt8>, from: Int, to: Int) -> ArraySlice<UInt8> {
    var start = max(line.startIndex, from)
    var end = min(line.endIndex, to)
    while start > line.startIndex, start < end, line[start] & 0xC0 == 0x80 { start += 1 }
    while end < line.endIndex, end > start, line[end] & 0xC0 == 0x80 { end -= 1 }
    return line[start..<end]
  }

  /// Keeps the stretch around the mark, with `…` where text is left out.
  private mutating func cut(to available: Int, total: Int) {
    let fits = indent + min(width, available / 2) < available - 1
    let skip = fits ? 0 : max(0, indent - available / 3)
    var shown = ""
    var column = 0
    var shownWidth = 0
    var dropped = 0
    for character in text {
      let columns = DisplayWidth.of(character)
      defer { column += columns }
      if column < skip {
        dropped = column + columns
        continue
      }
      let room = available - shownWidth - (skip > 0 ? 1 : 0)
      if columns > room - 1, column + columns < total { break }
      shown.append(character)
      shownWidth += columns
    }
    let reached = dropped + shownWidth
    text = (skip > 0 ? "…" : "") + shown + (reached < total ? "…" : "")
    let shift = skip > 0 ? 1 - dropped : 0
    width = max(1, min(indent + width, reached) - indent)
    indent += shift
  }

  /// Bytes as printable text, with tabs widened from a column on.
  private static func widened(_ bytes: ArraySlice<UInt8>, column: inout Int) -> String {
    var result = ""
    for character in String(decoding: bytes, as: UTF8.self) {
      if character == "\t" {
        let columns = tabStop - column % tabStop
        result += String(repeating: " ", count: columns)
        column += columns
      } else {
        let shown = DisplayWidth.printable(String(character))
        result += shown
        column += DisplayWidth.of(shown)
      }
    }
    return result
  }

  /// Blanks, then the marks.
  func marks(_ mark: Character, _ style: TextStyle, _ ink: TextStyle.Ink?) -> String {
    String(repeating: " ", count: indent) + style(String(repeating: mark, count: width), ink)
  }
}
