// Tables and their columns.

extension FileParser {
  static let spellingWords = Wording(en: "the spelling in the file", zh: "文件里的写法")

  /// `members from TEXT, TEXT [encoding TEXT] { COLUMN … }`
  mutating func table() -> TableSyntax {
    let base = column(current)
    let keyword = Name(text(current), here)
    advance()
    if keyword.text == "members", at(.from), peek(1).keyword == .events, !peek(1).startsLine {
      advance()
      advance()
      let columns = at(.leftBrace) && !current.startsLine ? columns(base) : []
      return TableSyntax(keyword: keyword, files: [], isFromEvents: true, encoding: nil, columns: columns)
    }
    return table(keyword, base)
  }

  /// `from TEXT, TEXT [encoding TEXT] { COLUMN … }`
  mutating func table(_ keyword: Name, _ base: Int) -> TableSyntax {
    var files: [TextLiteral] = []
    var encoding: TextLiteral?
    if expect(.from) {
      if current.isText, !lineEnds {
        repeat {
          guard let file = textLiteral(Wording(en: "the name of a file", zh: "文件名")) else { break }
          files.append(file)
        } while take(.comma)
      } else {
        expected(.files)
      }
      while !current.startsLine {
        if take(.encoding) {
          encoding = textLiteral(Wording(en: "the encoding, like `\"gb18030\"`", zh: "编码，如 `\"gb18030\"`"))
        } else if at(.table) || at(.sheet) {
          note(.later(text(current)), at: here)
          advance()
          if current.isText { advance() }
        } else {
          break
        }
      }
    }
    let columns = columns(base)
    return TableSyntax(keyword: keyword, files: files, encoding: encoding, columns: columns)
  }

  /// `{ COLUMN … }`; a line's end, `;` or a comma ends a column.
  mutating func columns(_ base: Int) -> [ColumnSyntax] {
    var all: [ColumnSyntax] = []
    operatorsGoOn = false
    defer { operatorsGoOn = true }
    block(baseColumn: base, commas: true, outer: \.startsCommunityClause) { parser in
      if let column = parser.column() { all.append(column) }
    }
    return all
  }

  /// `NAME TYPE[?] [key] [fixed] [private] [is TEXT]`
  private mutating func column() -> ColumnSyntax? {
    let start = index
    if current.isText {
      report(.quotedName)
      skipColumn()
      return nil
    }
    guard current.isWord else {
      expectedStart(.name(Wording(en: "the name of a column", zh: "列名")))
      return nil
    }
    let name = Name(text(current), here)
    advance()
    let type = columnType()
    var isOptional = false
    var isKey = false
    var isFixed = false
    var isPrivate = false
    var spelling: TextLiteral?
    while !current.startsLine {
      if take(.question) {
        isOptional = true
      } else if take(.key) {
        isKey = true
      } else if take(.fixed) {
        isFixed = true
      } else if take(.private) {
        isPrivate = true
      } else if at(.is) {
        advance()
        spelling = textLiteral(FileParser.spellingWords)
        if spelling == nil { break }
      } else {
        break
      }
    }
    if !isAtClauseEnd, !at(.comma) {
      expected(.words(["?", "key", "fixed", "private", "is \"…\""]))
      skipColumn()
    }
    return ColumnSyntax(
      name: name, type: type, isOptional: isOptional, isKey: isKey, isFixed: isFixed, isPrivate: isPrivate,
      spelling: spelling, span: span(from: start))
  }

  /// Skips to the comma, line's end or brace that ends a column.
  private mutating func skipColumn() {
    while !isAtClauseEnd, !at(.comma) || peek(1).isText {
      if at(.leftBrace) { return skipClause() }
      advance()
    }
  }

  private mutating func columnType() -> ColumnSyntax.TypeSyntax {
    guard current.isWord, !lineEnds else {
      expected(.columnType)
      return .error
    }
    if at(.one), peek(1).keyword == .of, !peek(1).startsLine { return oneOf() }
    if at(.list), peek(1).keyword == .of, !peek(1).startsLine { return list() }
    let type = Name(text(current), here)
    advance()
    return .named(type)
  }

  /// `one of TEXT, TEXT`: a comma before a text goes on with the list, before a name it ends the column.
  private mutating func oneOf() -> ColumnSyntax.TypeSyntax {
    advance()
    advance()
    var values: [TextLiteral] = []
    while true {
      guard let value = textLiteral(Wording(en: "one of the column's values", zh: "这一列的一个取值")) else {
        return values.isEmpty ? .error : .oneOf(values)
      }
      values.append(value)
      guard at(.comma), peek(1).isText else { return .oneOf(values) }
      advance()
    }
  }

  /// `list of text [by TEXT]`
  private mutating func list() -> ColumnSyntax.TypeSyntax {
    advance()
    advance()
    expect(.text)
    var separator: TextLiteral?
    if !current.startsLine, take(.by) {
      separator = textLiteral(Wording(en: "what separates the values, like `\";\"`", zh: "分隔符，如 `\";\"`"))
    }
    return .list(separator: separator)
  }
}
