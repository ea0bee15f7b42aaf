/// What can be wrong with the text of a rule file, before any name is looked up.
public enum ParseProblem: Problem, Sendable {
  // Characters and literals
  case unknownCharacter(String)
  case notUTF8
  case fullWidth(wrote: [String], meant: [String])
  case unterminatedText(hasValue: Bool)
  case unknownEscape(String, meant: String)
  case foreignOperator(wrote: String, meant: String)
  case singleQuotes(String)
  case foreignComment(String)
  case numberTooLarge
  case numberJoinsWord(number: String, word: String, isMended: Bool)
  case noSuchDate(String)
  case noSuchTime(String)
  case dateSpelling(wrote: String, meant: String)
  case dateAmbiguous(String, one: String, other: String)
  case timeSpelling(wrote: String, meant: String)
  case monthLike(String)
  case percentApart
  case leadingDot(String)
  // Structure
  case expected(Expected, found: Found)
  case unexpected(Found, after: Wording)
  case unclosed(String)
  case strayClosing(String)
  case unknownDeclaration(String, near: String?)
  case unknownClause(String, block: Block, near: String?)
  case misplacedClause(String, block: Block)
  case later(String)
  case missingLet(String)
  // Expressions
  case singleEqual
  case mixedChain
  case comparedAgain
  // Modules
  case moduleWithoutStd(String)
  case ifWithoutElse
  case elseIf(String)
  case tooDeep
  case compareWithMissing(wrote: String, meant: String)
  case partialDuration(String)
  case unknownUnit(wrote: String, meant: String)
  case notInside
  case notIn
  case emptyValue
  case foreignWord(wrote: String, meant: String)
  case quotedName
  case pointsOmitted(String)
  case oneDeduction
  case badgeWithValues
  case clauseOnLine(String)
  case expiryForm(Found)

  /// The block that a clause stands in.
  public enum Block: String, Sendable, CaseIterable {
    case community, incentive, budget, tiers, tier, alert, goal, plan, phase
  }

  /// What the grammar wants at a place.
  public enum Expected: Sendable {
    case symbol(String)
    case word(String)
    case words([String])
    case value, declaration
    case name(Wording)
    case text(Wording)
    case number(Wording)
    case date
    case period, checkPeriod
    case columnType
    case type
    case files
    case windowEnd
  }

  /// What stands there instead.
  public enum Found: Sendable {
    case source(String)
    case text
    case endOfLine
    case endOfFile
  }
}

// MARK: Codes

extension ParseProblem {
  public var code: DiagnosticCode { DiagnosticCode("P0" + String(number)) }

  /// Every code of this stage.
  public static let codes: [DiagnosticCode] = (Array(101...117) + Array(120...128) + Array(130...149)).map {
    DiagnosticCode("P0" + String($0))
  }

  private var number: Int {
    switch self {
    case .unknownCharacter: 101
    case .notUTF8: 102
    case .fullWidth: 103
    case .unterminatedText: 104
    case .unknownEscape: 105
    case .foreignOperator: 106
    case .singleQuotes: 107
    case .foreignComment: 108
    case .numberTooLarge: 109
    case .numberJoinsWord: 110
    case .noSuchDate: 111
    case .noSuchTime: 112
    case .dateSpelling, .dateAmbiguous: 113
    case .timeSpelling: 114
    case .monthLike: 115
    case .percentApart: 116
    case .leadingDot: 117
    case .expected: 120
    case .unexpected: 121
    case .unclosed: 122
    case .strayClosing: 123
    case .unknownDeclaration: 124
    case .unknownClause: 125
    case .misplacedClause: 126
    case .later: 127
    case .missingLet: 128
    case .singleEqual: 130
    case .mixedChain: 131
    case .ifWithoutElse: 132
    case .elseIf: 133
    case .tooDeep: 134
    case .compareWithMissing: 135
    case .partialDuration: 136
    case .unknownUnit: 137
    case .notInside: 138
    case .notIn: 139
    case .emptyValue: 140
    case .foreignWord: 141
    case .quotedName: 142
    case .pointsOmitted: 143
    case .comparedAgain: 144
    case .moduleWithoutStd: 145
    case .oneDeduction: 146
    case .badgeWithValues: 147
    case .clauseOnLine: 148
    case .expiryForm: 149
    }
  }

  /// Full-width punctuation is read as what it stands for, so the rules run; everything else stops them.
  public var severity: Severity {
    if case .fullWidth = self { .warning } else { .error }
  }
}

// MARK: Words

extension ParseProblem.Expected {
  private func list(_ words: [String], separator: String, last: String) -> String {
    let all = words.map { "`\($0)`" }
    guard let end = all.last, all.count > 1 else { return all.joined() }
    return all.dropLast().joined(separator: separator) + last + end
  }

  var wording: Wording {
    switch self {
    case .symbol(let text), .word(let text): Wording("`\(text)`")
    case .words(let all):
      Wording(
        en: list(all, separator: ", ", last: " or "), zh: list(all, separator: "、", last: " 或 "))
    case .value: Wording(en: "a value", zh: "一个值")
    case .declaration: Wording(en: "a declaration", zh: "一个声明")
    case .name(let what): what
    case .text(let what): Wording(en: what.english + " in quotes", zh: what.chinese + "（加引号）")
    case .number(let what): what
    case .date: Wording(en: "a date like `2026-01-31`", zh: "一个日期，如 `2026-01-31`")
    case .period:
      Wording(en: "`day`, `week`, `month`, `quarter` or `year`", zh: "`day`、`week`、`month`、`quarter` 或 `year`")
    case .checkPeriod:
      Wording(
        en: "`hour`, `day`, `week`, `month`, `quarter` or `year`",
        zh: "`hour`、`day`、`week`、`month`、`quarter` 或 `year`")
    case .columnType:
      Wording(
        en:
          "the column's type: `bool`, `int`, `number`, `text`, `date`, `time`, `one of …`, `list of text`, `member` or `item`",
        zh: "这一列的类型：`bool`、`int`、`number`、`text`、`date`、`time`、`one of …`、`list of text`、`member` 或 `item`")
    case .type:
      Wording(
        en: "a type: `window`, `events`, `bool`, `int`, `number`, `text`, `time`, `date` or `duration`",
        zh: "一个类型：`window`、`events`、`bool`、`int`、`number`、`text`、`time`、`date` 或 `duration`")
    case .files: Wording(en: "the name of a file in quotes", zh: "文件名（加引号）")
    case .windowEnd: Wording(en: "`to` and the end of the window", zh: "`to` 和时间窗口的结尾")
    }
  }
}

extension ParseProblem.Found {
  /// What was met instead, as the end of a Chinese sentence.
  var met: String {
    switch self {
    case .source(let text): "写了 `\(text)`"
    case .text: "写了一段文本"
    case .endOfLine: "到了行尾"
    case .endOfFile: "到了文件末尾"
    }
  }

  var wording: Wording {
    switch self {
    case .source(let text): Wording("`\(text)`")
    case .text: Wording(en: "a text", zh: "一段文本")
    case .endOfLine: Wording(en: "the end of the line", zh: "行尾")
    case .endOfFile: Wording(en: "the end of the file", zh: "文件末尾")
    }
  }
}

extension ParseProblem {
  public var message: Wording {
    switch self {
    case .unknownCharacter(let text):
      text.contains("`")
        ? Wording(en: "“\(text)” means nothing here", zh: "这里的“\(text)”没有意义")
        : Wording(en: "`\(text)` means nothing here", zh: "这里的 `\(text)` 没有意义")
    case .notUTF8:
      Wording(en: "This file is not UTF-8 text", zh: "这个文件不是 UTF-8 编码的文本")
    case .fullWidth(let wrote, let meant):
      Wording(
        en: "Full-width or typographic \(list(wrote)): rules are written with \(list(meant))",
        zh: "这里用了全角或中文标点 \(list(wrote))，规则里要写半角的 \(list(meant))")
    case .unterminatedText:
      Wording(en: "This text has no closing `\"` on its line", zh: "这段文本在本行内没有结束的引号 `\"`")
    case .unknownEscape(let text, _):
      Wording(en: "`\(text)` is not an escape that texts know", zh: "文本里没有 `\(text)` 这种转义")
    case .foreignOperator(let wrote, let meant), .foreignWord(let wrote, let meant):
      Wording(en: "`\(wrote)` is written `\(meant)` here", zh: "这里的 `\(wrote)` 要写成 `\(meant)`")
    case .singleQuotes:
      Wording(en: "Texts stand in double quotes", zh: "文本要用双引号括起来")
    case .foreignComment(let sign):
      Wording(en: "Comments begin with `//`, not with `\(sign)`", zh: "注释以 `//` 开头，不是 `\(sign)`")
    default: structureMessage
    }
  }

  private func list(_ signs: [String]) -> String {
    var all: [String] = []
    for sign in signs where !all.contains(sign) { all.append(sign) }
    return "`" + all.joined(separator: " ") + "`"
  }

  private var structureMessage: Wording {
    switch self {
    case .numberTooLarge:
      Wording(en: "This number is too large", zh: "这个数太大")
    case .numberJoinsWord(let number, let word, _):
      Wording(en: "`\(number)` runs into `\(word)`", zh: "`\(number)` 和 `\(word)` 连在了一起")
    case .noSuchDate(let text): Wording(en: "There is no day \(text)", zh: "没有 \(text) 这一天")
    case .noSuchTime(let text): Wording(en: "There is no time of day \(text)", zh: "没有 \(text) 这个时刻")
    case .dateSpelling(let wrote, let meant), .timeSpelling(let wrote, let meant):
      Wording(en: "`\(wrote)` is written `\(meant)`", zh: "`\(wrote)` 要写成 `\(meant)`")
    case .dateAmbiguous(let text, let one, let other):
      Wording(
        en: "`\(text)` may be `\(one)` or `\(other)`", zh: "`\(text)` 可能是 `\(one)`，也可能是 `\(other)`")
    case .monthLike(let text):
      Wording(en: "`\(text)` looks like a month, but is a subtraction", zh: "`\(text)` 看起来像月份，实际上是减法")
    case .percentApart: Wording(en: "`%` stands right behind its number", zh: "`%` 要紧跟在数字后面")
    case .leadingDot(let text): Wording(en: "A number begins with a digit: `0\(text)`", zh: "数字要以数位开头：`0\(text)`")
    case .expected(let expected, let found):
      Wording(
        en: "Expected \(expected.wording.english), found \(found.wording.english)",
        zh: "这里应该是\(spaced(expected.wording.chinese, after: false))，却\(found.met)")
    case .unexpected(let found, let after):
      Wording(
        en: "Did not expect \(found.wording.english) after \(after.english)",
        zh: "\(spaced(after.chinese, before: false))后面多出了\(spaced(found.wording.chinese, after: false))")
    case .unclosed(let open):
      Wording(en: "This `\(open)` is never closed", zh: "这个 `\(open)` 缺少对应的 `}`")
    case .strayClosing(let close):
      Wording(en: "This `\(close)` closes nothing", zh: "这个 `\(close)` 前面没有对应的 `\(opening(of: close))`")
    case .unknownDeclaration(let word, _):
      Wording(en: "No declaration begins with `\(word)`", zh: "没有以 `\(word)` 开头的声明")
    case .unknownClause(let word, let block, _):
      Wording(
        en: "`\(word)` is not a clause of `\(block.rawValue)`", zh: "`\(block.rawValue)` 里没有 `\(word)` 这个子句")
    case .misplacedClause(let word, let block):
      Wording(
        en: "`\(word)` stands inside `\(block.rawValue)`, not on its own",
        zh: "`\(word)` 要写在 `\(block.rawValue)` 里面，不能单独出现")
    case .later(let word):
      Wording(
        en: "`\(word)` is part of the language, but this version does not run it yet",
        zh: "`\(word)` 是语言的一部分，但当前版本还不能运行它")
    case .missingLet(let name):
      Wording(en: "A value is given a name with `let`", zh: "给值 `\(name)` 起名要用 `let`")
    default: expressionMessage
    }
  }

  private func opening(of close: String) -> String {
    switch close {
    case ")": "("
    case "]": "["
    default: "{"
    }
  }

  /// Sets spaces around code in a Chinese sentence.
  private func spaced(_ text: String, before: Bool = true, after: Bool = true) -> String {
    (before && text.hasPrefix("`") ? " " : "") + text + (after && text.hasSuffix("`") ? " " : "")
  }

  private var expressionMessage: Wording {
    switch self {
    case .singleEqual: Wording(en: "`=` gives a name; a comparison is `==`", zh: "`=` 用来起名，比较要写 `==`")
    case .mixedChain:
      Wording(
        en: "A chain of comparisons goes in one direction: `1 <= x <= 5`", zh: "连续比较只能朝一个方向：`1 <= x <= 5`")
    case .ifWithoutElse: Wording(en: "This `if` has no `else`", zh: "这个 `if` 没有 `else`")
    case .elseIf(let word): Wording(en: "`\(word)` is written `else if`", zh: "`\(word)` 要写成 `else if`")
    case .tooDeep: Wording(en: "This is nested too deeply", zh: "嵌套层数太多")
    case .compareWithMissing(let wrote, let meant):
      Wording(en: "`\(wrote)` is written `\(meant)`", zh: "`\(wrote)` 要写成 `\(meant)`")
    case .partialDuration(let text):
      Wording(en: "A duration counts whole units, not \(text)", zh: "时长只能是整数个单位，不能是 \(text)")
    case .unknownUnit(let wrote, _): Wording(en: "`\(wrote)` is not a unit of time", zh: "`\(wrote)` 不是时间单位")
    case .notInside:
      Wording(en: "`not` needs parentheses here", zh: "这里的 `not` 要加括号")
    case .notIn: Wording(en: "`not` stands before the whole comparison", zh: "`not` 要写在整个比较的前面")
    case .emptyValue: Wording(en: "There is no value between `{` and `}`", zh: "`{` 和 `}` 之间没有值")
    case .quotedName: Wording(en: "A name stands without quotes", zh: "名称不加引号")
    case .pointsOmitted(let amount):
      Wording(en: "`\(amount)` does not say of what", zh: "没写单位：`\(amount)` 什么？")
    case .oneDeduction:
      Wording(en: "A rule deducts from one purse", zh: "一条规则只能从一个账户扣分")
    case .badgeWithValues:
      Wording(en: "A badge's name is written out, without values", zh: "徽章名称要直接写出，不能插入值")
    case .clauseOnLine(let word):
      Wording(en: "`\(word)` begins another clause on the same line", zh: "`\(word)` 是另一个子句，却写在了同一行")
    case .expiryForm(let found):
      Wording(
        en: "Points expire so many days after they came, not \(found.wording.english)",
        zh: "积分在到账若干天后失效，这里却\(found.met)")
    case .comparedAgain: Wording(en: "The result of a comparison is compared again", zh: "比较的结果又被拿来比较")
    case .moduleWithoutStd(let module):
      Wording(
        en: "A module of the standard library is written `std.\(module)`", zh: "标准库的模块要写成 `std.\(module)`")
    default: Wording("")
    }
  }
}
