// `use`, `needs`, `parameter`: what joins rule sets and modules.

extension FileParser {
  /// `use std.NAME`, `use TEXT`
  mutating func use() -> Declaration.Kind {
    let start = index
    advance()
    if current.isText, !lineEnds {
      guard let folder = textLiteral(FileParser.moduleWords) else { return .error }
      return .use(UseSyntax(target: .folder(folder.text), span: span(from: start)))
    }
    guard current.isWord, !lineEnds else {
      expected(.name(FileParser.moduleWords))
      return .error
    }
    guard text(current) == "std" else {
      let module = text(current)
      let place = here
      note(
        .moduleWithoutStd(module), at: place,
        edits: [TextEdit(span: Span(file: place.file, start: place.start, end: place.start), replacement: "std.")])
      advance()
      return .use(UseSyntax(target: .standard(module), span: span(from: start)))
    }
    advance()
    guard expect(.dot) else { return .error }
    let module = name(Wording(en: "the name of a module, like `points`", zh: "模块名，如 `points`"))
    if module.text.isEmpty { return .error }
    return .use(UseSyntax(target: .standard(module.text), span: span(from: start)))
  }

  private static let moduleWords = Wording(
    en: "a module like `std.points`, or a folder in quotes", zh: "模块（如 `std.points`）或加引号的文件夹")

  /// `needs events NAME, events NAME`
  mutating func needs() -> Declaration.Kind {
    advance()
    var events: [Name] = []
    repeat {
      guard expect(.events) else { break }
      let name = name(Wording(en: "a kind of event, or an event set", zh: "事件种类或事件集合的名称"))
      if name.text.isEmpty { break }
      events.append(name)
    } while take(.comma)
    return events.isEmpty ? .error : .needs(NeedsSyntax(events: events))
  }

  /// `parameter NAME [title TEXT] = E [title TEXT]`
  mutating func parameter() -> Declaration.Kind {
    advance()
    let name = name(Wording(en: "the name of the parameter", zh: "参数的名称"))
    let (title, value) = titledValue()
    return .parameter(ParameterSyntax(name: name, title: title, value: value))
  }
}
