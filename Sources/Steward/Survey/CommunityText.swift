// A draft as a person would write it: columns under one another, one comment behind each guess.

extension CommunityDraft {
  /// The `community` block.
  func text(_ language: Language) -> String {
    var text = BlockText(language: language)
    text.comment(
      Wording(
        en:
          "Made by `steward init` from the files as they are. Every line is a guess: read it as you would a colleague's.",
        zh: "由 `steward init` 根据数据文件生成。每一行都是猜测，请像看同事写的一样过一遍。"))
    text.comment(
      Wording(
        en: "A column of members that never changes may be marked `fixed`; one that nobody should see is `private`.",
        zh: "成员表里永不改变的列可以标 `fixed`；不该给人看的列标 `private`。"))
    if hasChoices {
      text.comment(
        Wording(
          en: "`one of` lists the values that occur; another one will be an error of the data until it is added.",
          zh: "`one of` 列出了出现过的取值；以后冒出别的值会报错，直到把它加进来。"))
    }
    text.line("")
    text.line("community \"\(BlockText.escaped(name))\" {")
    text.note(
      "  time zone \"UTC\"",
      hasOffsets
        ? Wording(
          en: "PLEASE SET, as \"Europe/London\": the zone in which your days begin",
          zh: "请填写，如 \"Asia/Shanghai\"：一天从哪个时区的零点算起")
        : Wording(
          en: "PLEASE SET, as \"Europe/London\": the zone of the files' times and of your days",
          zh: "请填写，如 \"Asia/Shanghai\"：文件里的时间、每天的起止都按它算"))
    text.note("  week starts monday", Wording(""))
    if let starts { text.note("  starts \(CivilDate(dayNumber: starts.day).text)", starts.why) }
    if let badRows {
      let rows = Grouped.text(badRows)
      text.note(
        "  skip bad rows",
        Wording(
          en:
            "\(rows) \(badRows == 1 ? "row does" : "rows do") not fit below and \(badRows == 1 ? "is" : "are") left out",
          zh: "有 \(rows) 行不合下面的写法，运行时略过"))
    }
    text.line("")
    table("members", members, &text)
    if events != nil {
      table("events", events, &text)
      kinds(&text)
    }
    if content != nil { table("content", content, &text) }
    for record in records { table("records \(record.name)", record.table, &text) }
    notesOnRest(&text)
    text.line("}")
    return text.result
  }

  private var hasChoices: Bool {
    let all = [members, events, content].compactMap(\.self) + records.map(\.table)
    return (all.flatMap(\.columns) + attributeNotes).contains { if case .choice = $0.form { true } else { false } }
  }

  private func table(_ keyword: String, _ table: Table?, _ text: inout BlockText) {
    guard let table else {
      text.note("  members from events", Wording(en: "no file of members was found", zh: "没有找到成员表"))
      text.line("")
      return
    }
    let files = table.paths.map { "\"\(BlockText.escaped($0))\"" }.joined(separator: ", ")
    text.note("  \(keyword) from \(files) {", table.note)
    text.columns(table.columns)
    text.line("  }")
    if keyword != "events" { text.line("") }
  }

  private func kinds(_ text: inout BlockText) {
    let notes = attributeNotes.filter { !$0.comment.english.isEmpty }
    let width = notes.map { DisplayWidth.of($0.name) }.max() ?? 0
    for note in notes {
      text.line("  // \(DisplayWidth.padded(note.name, to: width))  \(note.comment[text.language])")
    }
    for group in kinds {
      var names: [String] = []
      for kind in group.kinds {
        let spelling = kind.spelling == kind.name ? "" : " is \"\(BlockText.escaped(kind.spelling))\""
        names.append(kind.name + (group.isAnonymous ? " anonymous" : "") + spelling)
      }
      let rows = group.kinds.reduce(0) { $0 + $1.rows }
      text.kinds(
        names, group.attributes,
        Wording(en: "\(Grouped.text(rows)) row\(rows == 1 ? "" : "s")", zh: "\(Grouped.text(rows)) 行"))
    }
    text.line("")
  }

  private func notesOnRest(_ text: inout BlockText) {
    guard !leftOut.isEmpty else {
      text.trimEnd()
      return
    }
    text.line("  // " + Wording(en: "Left out:", zh: "没有用到：")[text.language])
    for (what, why) in leftOut { text.line("  //   \(BlockText.oneLine(what)): \(why[text.language])") }
  }
}

/// Text that is built line by line.
struct BlockText {
  let language: Language
  private var lines: [String] = []
  private static let widest = 100

  init(language: Language) { self.language = language }

  var result: String { lines.joined(separator: "\n") + "\n" }

  mutating func line(_ line: String) { lines.append(line) }
  mutating func comment(_ words: Wording) { line("// " + words[language]) }

  /// A line with a comment behind it, if there is something to say.
  mutating func note(_ line: String, _ words: Wording) {
    let note = words[language]
    lines.append(note.isEmpty ? line : "\(line)    // \(BlockText.oneLine(note))")
  }

  /// Takes out an empty line at the end.
  mutating func trimEnd() { if lines.last == "" { lines.removeLast() } }

  /// Columns of a table, under one another.
  mutating func columns(_ columns: [ColumnGuess]) {
    let names = columns.map { DisplayWidth.of($0.name) }.max() ?? 0
    let bodies = columns.map(BlockText.body)
    let width = bodies.map(DisplayWidth.of).filter { $0 <= 44 }.max() ?? 0
    for (column, body) in zip(columns, bodies) {
      let comment = column.comment[language]
      let start = "    \(DisplayWidth.padded(column.name, to: names))  "
      lines.append(
        comment.isEmpty
          ? start + body : start + DisplayWidth.padded(body, to: width) + "  // " + BlockText.oneLine(comment))
    }
  }

  /// Kinds with the same attributes: on one line where it is not too long.
  mutating func kinds(_ names: [String], _ attributes: [ColumnGuess], _ words: Wording) {
    var start = "  event"
    for (index, name) in names.enumerated() {
      let next = " " + name + (index < names.count - 1 ? "," : "")
      if DisplayWidth.of(start) + DisplayWidth.of(next) > BlockText.widest {
        lines.append(start)
        start = "       "
      }
      start += next
    }
    if attributes.isEmpty { return note(start, words) }
    let inner = attributes.map { "\($0.name) \(BlockText.body($0))" }.joined(separator: ", ")
    let whole = "\(start) { \(inner) }"
    if DisplayWidth.of(whole) <= BlockText.widest { return note(whole, words) }
    note(start + " {", words)
    columns(attributes)
    lines.append("  }")
  }

  /// A column's type and marks.
  private static func body(_ column: ColumnGuess) -> String {
    var body: String
    switch column.form {
    case .bool: body = "bool"
    case .int: body = "int"
    case .number: body = "number"
    case .text: body = "text"
    case .date: body = "date"
    case .time: body = "time"
    case .member: body = "member"
    case .item: body = "item"
    case .choice(let values): body = "one of " + values.map { "\"\(escaped($0))\"" }.joined(separator: ", ")
    case .list(let separator): body = "list of text" + (separator.map { " by \"\(escaped($0))\"" } ?? "")
    }
    if column.isOptional { body += "?" }
    if column.isKey { body += " key" }
    if column.isPrivate { body += " private" }
    if column.spelling != column.name { body += " is \"\(escaped(column.spelling))\"" }
    return body
  }

  /// A text as it stands between quotes.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "\"": escaped += "\\\""
      case "\\": escaped += "\\\\"
      case "{": escaped += "{{"
      case "}": escaped += "}}"
      case "\n", "\r\n", "\r": escaped += "\\n"
      case "\t": escaped += "\\t"
      default: escaped.append(character)
      }
    }
    return escaped
  }

  /// A comment ends with its line.
  static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }
}
