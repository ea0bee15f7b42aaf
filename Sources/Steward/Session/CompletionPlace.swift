/// The place of a cursor in an expression or a declaration, told by the tokens before it.
struct CompletionPlace {
  enum Kind: Equatable {
    /// Inside a text that is compared with a name.
    case text(operand: String?)
    /// Behind `base.`
    case field(base: String)
    /// Where `day`, `week` … stands.
    case period
    case words([String])
    case events
    /// Behind `unless` of an alert.
    case alerts
    /// Behind `during`.
    case phases
    /// Where a clause of a block begins.
    case clause(String)
    case statement
    case value(inCall: Call?)
    case afterValue(inCall: Call?)
    /// Behind a comma in a call: a window, or another value.
    case argument
    case nothing
  }

  /// The innermost call around the place.
  struct Call: Equatable {
    var name: String
    var isFirst: Bool
    /// Behind `where`
    var isInCondition: Bool
  }

  private(set) var kind = Kind.statement
  /// What of the word stands before the cursor.
  private(set) var prefix = ""
  /// - Unit: UTF-8 bytes
  private(set) var start = 0
  /// The keyword of the block around it: `incentive`, `tiers`, `tier`, `community`, `budget`.
  private(set) var block: String?
  private var clauseHead = ""

  static let openers = ["if", "case", "not", "day of", "week of", "month of", "weekday of", "hour of", "true", "false"]
  static let infixes = [
    "and", "or", "in", "is missing", "is not missing", "contains", "starts with", "div", "mod", "not in", "then",
    "else",
  ]
  static let windows = [
    "last", "today", "this week", "this month", "this quarter", "this year", "yesterday", "previous week",
    "previous month", "since", "from", "same", "by week", "forgive", "among",
  ]

  private struct Piece {
    let text: String
    let token: Token
    var isWord: Bool { token.isWord }
  }

  init(_ before: String) {
    let bytes = Array(before.utf8)
    if let quote = CompletionPlace.openText(bytes) {
      start = quote + 1
      prefix = String(decoding: bytes[(quote + 1)...], as: UTF8.self)
      let head = CompletionPlace.pieces(String(decoding: bytes[..<quote], as: UTF8.self))
      kind = .text(operand: CompletionPlace.operand(before: head))
      return
    }
    var pieces = CompletionPlace.pieces(before)
    start = bytes.count
    if let last = pieces.last, last.isWord, Int(last.token.end) == bytes.count {
      prefix = last.text
      start = Int(last.token.start)
      pieces.removeLast()
    }
    if let last = pieces.last, case .comment = last.token.kind {
      kind = .nothing
      return
    }
    find(pieces, startsLine: CompletionPlace.startsLine(bytes, at: start))
  }

  /// Where a text begins that has not ended. - Missing: nil outside texts.
  private static func openText(_ bytes: [UInt8]) -> Int? {
    var open: Int?
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if open != nil, byte == 0x5C {
        index += 2
        continue
      }
      if byte == 0x22 { open = open == nil ? index : nil }
      if byte == 0x0A { open = nil }
      // A value inside a text is an expression again.
      if open != nil, byte == 0x7B { open = nil }
      index += 1
    }
    return open
  }

  private static func startsLine(_ bytes: [UInt8], at start: Int) -> Bool {
    var index = start - 1
    while index >= 0 {
      if bytes[index] == 0x0A { return true }
      if bytes[index] != 0x20, bytes[index] != 0x09 { return false }
      index -= 1
    }
    return true
  }

  private static func pieces(_ text: String) -> [Piece] {
    let file = SourceFile(id: FileID(0), name: "", text: text)
    return Lexer.tokens(of: file).0.filter { !$0.isEnd }.map { token in
      Piece(text: file.text(Span(file: file.id, start: token.start, end: token.end)), token: token)
    }
  }

  /// The name that a text is compared with: `channel == "`, `channel in ["a", "`, `weekday of now == "`.
  private static func operand(before pieces: [Piece]) -> String? {
    var index = pieces.count - 1
    func text(_ index: Int) -> String { pieces.indices.contains(index) ? pieces[index].text : "" }
    while index >= 0, text(index) == "," || text(index) == "[" || pieces[index].token.isText { index -= 1 }
    guard ["==", "!=", "=", "in", "contains"].contains(text(index)) else { return nil }
    index -= 1
    if text(index) == "not" { index -= 1 }
    while text(index) == ")" { index -= 1 }
    if index > 0, text(index - 1) == "of", text(index - 2) == "weekday" { return "weekday" }
    return pieces.indices.contains(index) && pieces[index].isWord ? text(index) : nil
  }

  // MARK: The place

  private mutating func find(_ pieces: [Piece], startsLine: Bool) {
    let last = pieces.last?.text ?? ""
    if pieces.isEmpty { return }
    let around = CompletionPlace.brackets(pieces)
    block = around.block
    clauseHead = around.clauseHead
    if last == "." {
      kind = .field(base: pieces.count > 1 ? pieces[pieces.count - 2].text : "")
      return
    }
    if around.call == nil, block != nil, startsLine || last == "{" || last == ";" {
      kind = .clause(block ?? "")
      return
    }
    if around.call == nil, block == nil, last == ";" { return }
    if let fixed = fixedWords(pieces, around.call) {
      kind = fixed
      return
    }
    if let call = around.call {
      if last == ",", !call.isInCondition || !call.isFirst {
        kind = .argument
        return
      }
      if last == ",", CompletionPlace.countsEvents(call.name) {
        kind = .argument
        return
      }
    }
    if CompletionPlace.endsValue(pieces[pieces.count - 1]) {
      kind = .afterValue(inCall: around.call)
    } else {
      kind = .value(inCall: around.call)
    }
  }

  private static func countsEvents(_ name: String) -> Bool {
    Signature.builtIn.contains { $0.name == name && $0.takes(.window) }
  }

  /// What a word before the cursor leaves no choice about.
  private func fixedWords(_ pieces: [Piece], _ call: Call?) -> Kind? {
    let last = pieces[pieces.count - 1].text
    let before = pieces.count > 1 ? pieces[pieces.count - 2].text : ""
    let isNumber = { (text: String) in text.first?.isNumber == true }
    if isNumber(last),
      before == "last" || before == "after" || before == "grace" || before == "cooldown" || before == "for"
    {
      return .words(["days", "weeks", "hours", "minutes"])
    }
    switch last {
    case "per": return .words(PeriodUnit.allCases.map(\.keyword) + ["point", "member"])
    case "every" where before == "check": return .words(["hour"] + PeriodUnit.allCases.map(\.keyword))
    case "every": return .period
    case "unless" where block == "alert": return .alerts
    case "during": return .phases
    case "by" where call != nil: return .period
    case "this" where call != nil: return .words(["week", "month", "quarter", "year"])
    case "previous" where call != nil: return .words(["week", "month", "quarter", "year"])
    case "on" where block == "incentive": return .events
    case "of" where call != nil && !["day", "week", "month", "quarter", "year", "weekday", "hour"].contains(before):
      return .events
    case "about" where pieces.first.map({ ["let", "funnel"].contains($0.text) }) == true:
      return .words(["member", "content", "community"])
    case "is": return .words(["missing", "not missing"])
    case "starts": return .words(["with"])
    case "review": return .words(["every"])
    case "demote": return .words(["one step"])
    case "take": return .words(["back"])
    case "use": return .words(StandardLibrary.names.map { "std.\($0)" })
    default: break
    }
    if isNumber(last), clauseHead == "limit" { return .words(["per", "ever"]) }
    return nil
  }

  /// Words that may follow a value in the clause at hand.
  func clauseWords(_ purses: [String]) -> [String] {
    switch clauseHead {
    case "award": purses + ["badge"]
    case "cap", "budget": purses + ["per"]
    case "deduct": purses
    case "limit": ["per", "ever"]
    case "on": ["where"]
    case "expires": ["after"]
    case "rank": ["asc", "desc", "within"]
    default: []
    }
  }

  /// Whether a token ends a value, so that an operator may follow.
  private static func endsValue(_ piece: Piece) -> Bool {
    switch piece.token.kind {
    case .word(let keyword):
      switch keyword {
      case .and, .or, .not, .in, .contains, .then, .else, .if, .when, .case, .of, .where, .among, .with, .is, .div,
        .mod,
        .award, .on, .by, .deduct, .limit, .cap, .within:
        return false
      default: return true
      }
    case .symbol(let symbol):
      switch symbol {
      case .rightParenthesis, .rightBracket, .rightBrace: return true
      default: return false
      }
    default: return true
    }
  }

  private static func brackets(_ pieces: [Piece]) -> (call: Call?, block: String?, clauseHead: String) {
    var stack: [(symbol: String, word: String, hasComma: Bool, isCondition: Bool)] = []
    var head = ""
    var lineHead = ""
    for (index, piece) in pieces.enumerated() {
      if piece.token.startsLine { lineHead = piece.text }
      switch piece.text {
      case "(", "[":
        let word = piece.text == "(" && index > 0 && pieces[index - 1].isWord ? pieces[index - 1].text : ""
        stack.append((piece.text, word, false, false))
      case "{":
        stack.append(("{", lineHead == "override" && index > 1 ? pieces[index - 2].text : lineHead, false, false))
        head = ""
        lineHead = ""
        continue
      case ")", "]", "}":
        if !stack.isEmpty { stack.removeLast() }
        if piece.text == "}" { head = "" }
      case ",":
        if let top = stack.indices.last { stack[top].hasComma = true }
      case ";":
        head = ""
        lineHead = ""
        continue
      case "where":
        if let top = stack.indices.last { stack[top].isCondition = true }
      default: break
      }
      if piece.token.startsLine && stack.allSatisfy({ $0.symbol == "{" }) { head = "" }
      if head.isEmpty, piece.isWord { head = piece.text }
      if lineHead.isEmpty, piece.isWord { lineHead = piece.text }
    }
    let block = stack.last { $0.symbol == "{" }?.word
    guard let top = stack.last, top.symbol == "(", !top.word.isEmpty else { return (nil, block, head) }
    return (Call(name: top.word, isFirst: !top.hasComma, isInCondition: top.isCondition), block, head)
  }

  /// The clauses of a block.
  static func clauses(_ block: String) -> [String] {
    if let known = ParseProblem.Block(rawValue: block) {
      return FileParser.clauseNames(known).filter { $0.first?.isNumber == false }
    }
    switch block {
    case "alert":
      return [
        "when", "each", "for", "keep", "severity", "cooldown", "group by", "unless", "message", "suggest", "notify",
        "check every", "title",
      ]
    case "goal": return ["reach", "from", "by", "title"]
    case "plan": return ["phase"]
    case "phase": return ["from", "until", "by", "title"]
    case "case": return ["when", "else"]
    default: return []
    }
  }
}
