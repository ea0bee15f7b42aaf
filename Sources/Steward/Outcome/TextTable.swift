/// A small table for a terminal: columns align by display width, numbers to the right.
struct TextTable {
  enum Alignment { case left, right }

  struct Column {
    var title: String
    var alignment: Alignment
    var ink: TextStyle.Ink?
    init(_ title: String, _ alignment: Alignment, ink: TextStyle.Ink? = nil) {
      self.title = title
      self.alignment = alignment
      self.ink = ink
    }
  }

  var columns: [Column]
  var rows: [[String]] = []

  /// The lines, header first. The first column is clipped where the whole is wider than the terminal.
  func lines(width: Int, style: TextStyle) -> [String] {
    var widths = columns.map { DisplayWidth.of($0.title) }
    for row in rows {
      for (index, cell) in row.enumerated() where widths.indices.contains(index) {
        widths[index] = max(widths[index], DisplayWidth.of(cell))
      }
    }
    let gap = 2
    let total = widths.reduce(0, +) + gap * max(0, widths.count - 1)
    if total > width, let first = widths.first { widths[0] = max(12, first - (total - width)) }
    var lines = [line(columns.map(\.title), widths, gap, style, isHeader: true)]
    for row in rows { lines.append(line(row, widths, gap, style, isHeader: false)) }
    return lines
  }

  private func line(_ cells: [String], _ widths: [Int], _ gap: Int, _ style: TextStyle, isHeader: Bool) -> String {
    var line = ""
    for (index, column) in columns.enumerated() {
      let cell = DisplayWidth.clipped(cells.indices.contains(index) ? cells[index] : "", to: widths[index])
      let isLast = index == columns.count - 1
      let blanks = String(repeating: " ", count: max(0, widths[index] - DisplayWidth.of(cell)))
      let shown = style(cell, isHeader ? .dim : column.ink)
      if index > 0 { line += String(repeating: " ", count: gap) }
      switch column.alignment {
      case .right: line += blanks + shown
      case .left: line += isLast ? shown : shown + blanks
      }
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  /// A bar of eighths of a cell; the smallest share above 0 shows.
  static func bar(_ value: Int, of most: Int, cells: Int) -> String {
    guard value > 0, most > 0 else { return "" }
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let eighths = max(1, Int((Double(value) / Double(most) * Double(cells * 8)).rounded()))
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }

  /// `1,234,567`
  static func grouped(_ value: Int64) -> String {
    let digits = String(value.magnitude)
    var result = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result
  }
}
