import Foundation

/// What a terminal would show: lines that grow downwards without end, and a cursor.
///
/// It knows what GNU readline sends to an `xterm`: movements, erasing, inserting and deleting characters, and modes, which
/// change nothing here. Chinese characters take two columns, the second of which holds nothing.
struct Screen {
  let width: Int
  private(set) var rows: [[Character?]] = [[]]
  private(set) var row = 0
  private(set) var column = 0
  /// Bytes of a character or a sequence that has not ended.
  private var pending: [UInt8] = []

  init(width: Int) { self.width = width }

  /// The lines, without blanks at their ends.
  var lines: [String] {
    rows.map { row in
      var text = String(row.compactMap { $0 })
      while text.last == " " { text.removeLast() }
      return text
    }
  }

  /// The line of the cursor, up to the cursor.
  var beforeCursor: String { String(rows[row].prefix(column).compactMap { $0 }) }

  var currentLine: String { lines[row] }

  mutating func take(_ bytes: [UInt8]) {
    pending += bytes
    while let used = step() { pending.removeFirst(used) }
  }

  /// Takes one character or sequence. - Missing: nil where it has not ended.
  private mutating func step() -> Int? {
    guard let first = pending.first else { return nil }
    switch first {
    case 0x1B: return escape()
    case 0x0D: column = 0
    case 0x0A: down()
    case 0x08: column = max(0, column - 1)
    case 0..<0x20, 0x7F: break
    default: return character(first)
    }
    return 1
  }

  private mutating func character(_ first: UInt8) -> Int? {
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard pending.count >= length else { return nil }
    let text = String(decoding: pending.prefix(length), as: UTF8.self)
    put(text.first ?? "?")
    return length
  }

  private static func isWide(_ character: Character) -> Bool {
    guard let value = character.unicodeScalars.first?.value else { return false }
    return (0x1100...0x115F).contains(value) || (0x2E80...0xA4CF).contains(value) || (0xAC00...0xD7A3).contains(value)
      || (0xF900...0xFAFF).contains(value) || (0xFE30...0xFE6F).contains(value) || (0xFF01...0xFF60).contains(value)
  }

  private mutating func put(_ character: Character) {
    let cells = Screen.isWide(character) ? 2 : 1
    if column + cells > width {
      column = 0
      down()
    }
    set(column, character)
    if cells == 2 { set(column + 1, nil) }
    column += cells
  }

  private mutating func set(_ place: Int, _ character: Character?) {
    while rows[row].count <= place { rows[row].append(" ") }
    rows[row][place] = character
  }

  private mutating func down() {
    row += 1
    if row == rows.count { rows.append([]) }
  }

  private mutating func escape() -> Int? {
    guard pending.count > 1 else { return nil }
    switch pending[1] {
    case 0x5B: break
    case 0x5D:
      guard let end = pending.firstIndex(of: 0x07) else { return nil }
      return end + 1
    case 0x28, 0x29: return pending.count > 2 ? 3 : nil
    default: return 2
    }
    guard let end = pending.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else { return nil }
    let text = String(decoding: pending[2..<end], as: UTF8.self)
    control(pending[end], Int(text.split(separator: ";").first ?? "") ?? 0, isPrivate: text.hasPrefix("?"))
    return end + 1
  }

  private mutating func control(_ command: UInt8, _ number: Int, isPrivate: Bool) {
    if isPrivate { return }
    let count = max(1, number)
    switch Character(Unicode.Scalar(command)) {
    case "A": row = max(0, row - count)
    case "B": row = min(rows.count - 1, row + count)
    case "C": column = min(width - 1, column + count)
    case "D": column = max(0, column - count)
    case "G": column = min(width - 1, count - 1)
    case "K":
      if number == 0 { rows[row] = Array(rows[row].prefix(column)) }
      if number == 2 { rows[row] = [] }
    case "J":
      if number == 0 {
        rows[row] = Array(rows[row].prefix(column))
        rows.removeLast(rows.count - row - 1)
      } else {
        rows = [[]]
        row = 0
        column = 0
      }
    case "P":
      let end = min(rows[row].count, column + count)
      if column < end { rows[row].removeSubrange(column..<end) }
    case "@": rows[row].insert(contentsOf: Array(repeating: " ", count: count), at: min(column, rows[row].count))
    default: break
    }
  }
}
