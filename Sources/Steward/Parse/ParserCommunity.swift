// `community "…" { … }`: the clauses. Tables and columns are in ParserColumns.

extension FileParser {
  mutating func community(_ base: Int) -> CommunitySyntax {
    advance()
    var name: TextLiteral?
    if current.isText { name = textLiteral(Wording(en: "the community's name", zh: "社群名称")) }
    var clauses: [CommunitySyntax.Clause] = []
    block(baseColumn: base) { parser in
      let start = parser.index
      let kind = parser.communityClause()
      clauses.append(CommunitySyntax.Clause(kind, parser.span(from: start)))
    }
    return CommunitySyntax(name: name, clauses: clauses)
  }

  /// Whether the current token begins a clause of `community`, seen from the columns of a table in it.
  var startsCommunityClause: Bool {
    let next = peek(1)
    switch current.keyword {
    case .time: return next.keyword == .zone
    case .week: return next.keyword == .starts
    case .members, .content: return next.keyword == .from
    case .events: return next.keyword == .from || peek(2).symbol == .assign
    case .event, .records, .purse: return next.isWord && !next.startsLine
    default: return false
    }
  }

  private mutating func communityClause() -> CommunitySyntax.Kind {
    guard case .word(let keyword) = current.kind else {
      expectedStart(.words(FileParser.clauseNames(.community)))
      return .error
    }
    return communityClause(keyword) ?? unknownCommunityClause()
  }

  private mutating func communityClause(_ keyword: Keyword?) -> CommunitySyntax.Kind? {
    switch keyword {
    case .time:
      advance()
      expect(.zone)
      return textLiteral(
        Wording(en: "the name of a time zone, like `\"Asia/Shanghai\"`", zh: "时区名，如 `\"Asia/Shanghai\"`")
      )
      .map { .timeZone($0) } ?? .error
    case .week:
      advance()
      expect(.starts)
      let day = name(Wording(en: "a day of the week, like `monday`", zh: "星期几，如 `monday`"))
      return day.text.isEmpty ? .error : .weekStarts(day)
    case .starts:
      advance()
      guard !lineEnds, case .date(let day) = current.kind else {
        expected(.date)
        return .error
      }
      advance()
      return .starts(day)
    case .privacy:
      advance()
      expect(.group)
      return wholeNumberClause().map { .privacyGroup($0) } ?? .error
    case .skip:
      advance()
      return expect(.bad) && expect(.rows) ? .skipBadRows : .error
    case .members, .content, .events, .event, .records, .purse: return dataClause(keyword)
    default: return nil
    }
  }

  private mutating func dataClause(_ keyword: Keyword?) -> CommunitySyntax.Kind {
    switch keyword {
    case .members:
      return .members(table())
    case .content: return .content(table())
    case .events:
      let next = peek(1)
      let isSet = next.isWord && !next.startsLine && peek(2).symbol == .assign
      return isSet || next.keyword != .from && next.isWord && !next.startsLine ? eventSet() : .events(table())
    case .event: return kinds()
    case .records: return records()
    default: return purses()
    }
  }

  /// `records NAME from TEXT { COLUMN … }`
  private mutating func records() -> CommunitySyntax.Kind {
    let base = column(current)
    advance()
    let name = name(Wording(en: "the name of the records", zh: "记录的名称"))
    if name.text.isEmpty { return .error }
    return .records(name, table(Name("records", name.span), base))
  }

  /// `purse NAME, NAME`
  private mutating func purses() -> CommunitySyntax.Kind {
    advance()
    let all = names(Wording(en: "the name of a second balance, like `xp`", zh: "第二种积分的名称，如 `xp`"))
    return all.isEmpty ? .error : .purses(all)
  }

  private mutating func wholeNumberClause() -> Int64? {
    guard !lineEnds, case .int(let magnitude) = current.kind, let value = Int64(exactly: magnitude) else {
      expected(.number(Wording(en: "a whole number", zh: "一个整数")))
      return nil
    }
    advance()
    return value
  }

  private mutating func unknownCommunityClause() -> CommunitySyntax.Kind {
    let word = text(current)
    let words = [
      "time", "week", "starts", "privacy", "skip", "members", "events", "content", "event", "records", "purse",
    ]
    if let near = Suggestions.near(word, in: words), let keyword = Keyword(rawValue: near) {
      note(
        .unknownClause(word, block: .community, near: near), at: here,
        edits: [TextEdit(span: here, replacement: near)])
      return communityClause(keyword) ?? .error
    }
    report(.unknownClause(word, block: .community, near: nil))
    advance()
    skipClause()
    return .error
  }

  // MARK: Kinds and sets

  /// `events NAME = PATTERN`
  private mutating func eventSet() -> CommunitySyntax.Kind {
    advance()
    let name = name(Wording(en: "the name of the set", zh: "事件集合的名称"))
    guard expect(.assign) else { return .error }
    return .eventSet(name, pattern())
  }

  /// `event KIND = KIND seen by PATH`, behind the name.
  private mutating func seenKind(_ name: Name) -> CommunitySyntax.Kind {
    advance()
    let kind = self.name(Wording(en: "the kind that is seen", zh: "被看到的事件种类"))
    guard !kind.text.isEmpty, expect(.seen), expect(.by) else { return .error }
    var path: [Name] = []
    repeat {
      let step = self.name(
        Wording(
          en: "who sees it: `author`, `member.inviter` or `content.author`",
          zh: "谁看到它：`author`、`member.inviter` 或 `content.author`"))
      if step.text.isEmpty { return .error }
      path.append(step)
    } while take(.dot)
    return .seenKind(name, kind: kind, by: path)
  }

  /// `event KIND [anonymous] [is TEXT], … [{ COLUMN … }]`
  private mutating func kinds() -> CommunitySyntax.Kind {
    let base = column(current)
    advance()
    var kinds: [KindSyntax] = []
    repeat {
      let name = name(Wording(en: "the name of a kind of event", zh: "事件种类的名称"))
      guard !name.text.isEmpty else { return .error }
      if kinds.isEmpty, !lineEnds, at(.assign) { return seenKind(name) }
      var isAnonymous = false
      var spelling: TextLiteral?
      while !current.startsLine {
        if take(.anonymous) {
          isAnonymous = true
        } else if take(.is) {
          spelling = textLiteral(FileParser.spellingWords)
          if spelling == nil { break }
        } else {
          break
        }
      }
      kinds.append(KindSyntax(name: name, isAnonymous: isAnonymous, spelling: spelling))
    } while take(.comma)
    return .kinds(kinds, columns: at(.leftBrace) ? columns(base) : [])
  }
}
