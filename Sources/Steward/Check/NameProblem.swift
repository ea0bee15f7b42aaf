/// What can be wrong with names.
enum NameProblem: CheckProblem {
  case unknownName(String, near: String?)
  case textWithoutQuotes(String)
  case columnOfContent(String)
  case clash(String, what: Wording, builtIn: Bool, canRespell: Bool)
  case ambiguous(String, other: Wording, otherForm: Wording)
  case ambiguousItem(String, other: Wording)
  case unknownFunction(String, near: String?, isName: Bool)
  case unknownKind(String, near: String?)
  case attributeLacking(String, kinds: [String])
  case attributeApart(String, kinds: [String])
  case noSuchAttribute(String, kinds: [String], near: String?)
  case unknownField(String, of: Wording, near: String?)
  case unknownTier(String, ladder: String, tiers: [String], near: String?)
  case unknownIncentive(String, near: String?)
  case unknownPurse(String, near: String?, purses: [String])
  case cycle([String])
  case ladderCycle([String])
  case recursion([String])
  case thisOutsideRule(String, isSubject: Bool)
  case sameOutsideRule
  case eventOutsideRule(String)
  case notAValue(String, what: Wording, hint: Wording)
  case later(Wording, instead: Wording?)

  var words: CheckWords {
    switch self {
    case .unknownName, .textWithoutQuotes, .columnOfContent, .unknownFunction, .unknownKind, .unknownField,
      .unknownTier,
      .unknownIncentive, .unknownPurse,
      .attributeLacking, .attributeApart, .noSuchAttribute:
      unknownWords
    case .cycle, .ladderCycle, .recursion: cycleWords
    default: placeWords
    }
  }

  private var unknownWords: CheckWords {
    switch self {
    case .unknownName(let name, let near):
      CheckWords(.unknownName, en: "nothing is called `\(name)`", zh: "没有叫“\(name)”的东西", hint: .near(near))
    case .columnOfContent(let name):
      CheckWords(
        .unknownName, en: "`\(name)` is a column of content items, and this is about no item",
        zh: "“\(name)”是内容条目的列，而这里说的不是内容条目",
        hint: Wording(
          en: "read it through a reference, `content.\(name)`, or make this a `let … about content`",
          zh: "请通过引用读取 `content.\(name)`，或写成 `let … about content`"))
    case .textWithoutQuotes(let name):
      CheckWords(
        .unknownName, en: "nothing is called `\(name)`", zh: "没有叫“\(name)”的东西",
        hint: Wording(en: "a text stands in quotes: `\"\(name)\"`", zh: "文本要加引号：`\"\(name)\"`"))
    case .unknownFunction(let name, _, true):
      CheckWords(
        .unknownFunction, en: "`\(name)` is not a function", zh: "“\(name)”不是函数",
        hint: Wording(
          en: "write it without parentheses", zh: "去掉括号"))
    case .unknownFunction(let name, let near, false):
      CheckWords(.unknownFunction, en: "there is no function `\(name)`", zh: "没有函数“\(name)”", hint: .near(near))
    case .unknownKind(let name, let near):
      CheckWords(
        .unknownKind, en: "`\(name)` is no event kind and no event set", zh: "“\(name)”不是事件种类，也不是事件集合",
        hint: .near(near)
          ?? Wording(
            en: "declare it in the community block: `event \(name)`", zh: "请在 community 块里声明：`event \(name)`"))
    case .attributeLacking(let name, let kinds):
      CheckWords(
        .attributeLacking, en: "events of kind \(Wording.names(kinds).english) have no `\(name)`",
        zh: "事件\(Wording.names(kinds).chinese)没有属性“\(name)”",
        hint: Wording(
          en: "every kind of the pattern must declare `\(name)`; name only kinds that have it",
          zh: "模式里的每种事件都要声明“\(name)”；请只写有它的事件"))
    case .attributeApart(let name, let kinds):
      CheckWords(
        .attributeLacking,
        en: "the `\(name)` of \(Wording.names(kinds).english) is another column, in a file of its own",
        zh: "\(Wording.names(kinds).chinese)的“\(name)”是另一个文件里的另一列",
        hint: Wording(en: "ask for each alone and add the two", zh: "请分别统计再相加"))
    case .noSuchAttribute(let name, let kinds, let near):
      CheckWords(
        .attributeLacking, en: "events of kind \(Wording.names(kinds).english) have no `\(name)`",
        zh: "事件\(Wording.names(kinds).chinese)没有属性“\(name)”",
        hint: name == "member"
          ? Wording(
            en: "who did an event is `event.member`: `where event.member == this.member`",
            zh: "做出行为的人是 `event.member`：`where event.member == this.member`") : .near(near))
    case .unknownField(let name, let of, let near):
      CheckWords(
        .unknownField, en: "\(of.english) has no `\(name)`", zh: "\(of.chinese)没有“\(name)”", hint: .near(near))
    case .unknownTier(let name, let ladder, let tiers, let near):
      CheckWords(
        .unknownTier, en: "the ladder `\(ladder)` has no tier `\(name)`", zh: "等级“\(ladder)”没有“\(name)”这一级",
        hint: .near(near)
          ?? Wording(
            en: "its tiers are \(Wording.list(tiers).english)", zh: "它的各级是：\(Wording.list(tiers).chinese)"))
    case .unknownIncentive(let name, let near):
      CheckWords(
        .unknownIncentive, en: "there is no incentive `\(name)`", zh: "没有激励规则“\(name)”", hint: .near(near))
    case .unknownPurse(let name, let near, let purses):
      CheckWords(
        .unknownPurse, en: "there is no purse `\(name)`", zh: "没有叫“\(name)”的积分账户",
        hint: .near(near)
          ?? (purses.count == 1
            ? Wording(
              en: "write `points`; a second purse is declared in the community block: `purse \(name)`",
              zh: "请写 `points`；第二种积分要在 community 块里声明：`purse \(name)`")
            : Wording(
              en: "the purses are \(Wording.names(purses).english)", zh: "已有的积分账户：\(Wording.names(purses).chinese)")))
    default: placeWords
    }
  }

  private var cycleWords: CheckWords {
    switch self {
    case .cycle(let names):
      CheckWords(
        .cycle, en: "these define each other: " + names.joined(separator: " → "),
        zh: "这些定义互相引用：" + names.joined(separator: " → "),
        hint: Wording(en: "one of them must do without the next", zh: "其中一个定义要去掉对下一个的引用"))
    case .ladderCycle(let names):
      CheckWords(
        .cycle, en: "each tier waits for the other at the same review: " + names.joined(separator: " → "),
        zh: "评级时互相等待对方的结果：" + names.joined(separator: " → "),
        hint: Wording(
          en: "read points, events, or the tier of another day: `previous(\(names.first ?? ""), 1 days)`",
          zh: "请改用积分、事件，或前一天的等级：`previous(\(names.first ?? ""), 1 days)`"))
    case .recursion(let names):
      CheckWords(
        .recursion, en: "a function must not call itself: " + names.joined(separator: " → "),
        zh: "函数不能调用自己：" + names.joined(separator: " → "),
        hint: Wording(en: "every rule set must come to an end", zh: "规则必须能够算完"))
    default: placeWords
    }
  }

  private var placeWords: CheckWords {
    switch self {
    case .clash(let name, let what, let builtIn, let canRespell):
      CheckWords(
        .nameClash,
        en: builtIn ? "`\(name)` is the name of \(what.english)" : "`\(name)` is already the name of \(what.english)",
        zh: builtIn ? "“\(name)”是\(what.chinese)的名字" : "“\(name)”已经是\(what.chinese)的名字",
        hint: canRespell
          ? Wording(
            en: "give it another name and keep the file's spelling: `other_name … is \"\(name)\"`",
            zh: "换个名字，用 is 保留文件里的写法：`其他名字 … is \"\(name)\"`")
          : Wording(en: "all names share one name space; choose another", zh: "所有名字共用一个命名空间，请换一个"))
    case .ambiguous(let name, let other, let otherForm):
      CheckWords(
        .ambiguousName, en: "`\(name)` may be the event's or \(other.english)",
        zh: "“\(name)”可能指事件的属性，也可能指\(other.chinese)",
        hint: Wording(
          en: "write `event.\(name)` or \(otherForm.english)", zh: "请写 `event.\(name)` 或\(otherForm.chinese)"))
    case .ambiguousItem(let name, let other):
      CheckWords(
        .ambiguousName, en: "`\(name)` may be the item's or \(other.english)",
        zh: "“\(name)”可能指内容条目的列，也可能指\(other.chinese)",
        hint: Wording(en: "write `item.\(name)`, or rename the other", zh: "请写 `item.\(name)`，或给另一个改名"))
    case .thisOutsideRule(let name, let isSubject):
      CheckWords(
        .noEventHere, en: "there is no firing event that `this.\(name)` could mean",
        zh: "这里没有触发事件，`this.\(name)` 无所指",
        hint: isSubject
          ? Wording(
            en: "the member whose rule this is is `member`: `where event.member != member`",
            zh: "规则所针对的成员写 `member`：`where event.member != member`")
          : Wording(
            en: "`this` belongs inside the patterns of an `on` rule", zh: "`this` 只能用在 `on` 规则的事件模式里"))
    case .sameOutsideRule:
      CheckWords(
        .noEventHere, en: "`same` needs a firing event to be the same as", zh: "`same` 需要一个触发事件来比对",
        hint: Wording(en: "it belongs in the clauses of an `on` rule", zh: "它只能用在 `on` 规则的子句里"))
    case .eventOutsideRule(let name):
      CheckWords(
        .noEventHere, en: "there is no event here that `\(name)` could be read from",
        zh: "这里没有可以读取“\(name)”的事件",
        hint: Wording(
          en: "an event's attributes are known inside a pattern and in `on` rules",
          zh: "只有事件模式内和 `on` 规则里才能用事件的属性"))
    case .notAValue(let name, let what, let hint):
      CheckWords(
        .notAValue, en: "`\(name)` is \(what.english), not a value", zh: "“\(name)”是\(what.chinese)，不是一个值", hint: hint)
    case .later(let what, let instead):
      CheckWords(
        .later, en: "\(what.english): this version cannot do that yet", zh: "\(what.chinese)：当前版本还不支持",
        hint: instead)
    default: CheckWords(.unknownName, en: "a name is wrong", zh: "名字有误")
    }
  }
}
