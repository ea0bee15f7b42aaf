/// What can be wrong with the community block.
enum SchemaProblem: CheckProblem {
  case noCommunity
  case twoCommunities
  case noMembers
  case noEvents
  case keyMissing(table: String)
  case keyNotText(String)
  case keyTwice
  case rolesMissing([String], of: String, forms: [String])
  case foundColumn(String)
  case membersWithoutEvents
  case roleType(String, expected: Wording, form: String)
  case unknownType(String, near: String?)
  case attributeConflict(String, one: Wording, other: Wording)
  case attributeSpelling(String)
  case declaredTwice(Wording)
  case noContent(String)
  case markNotHere(String, why: Wording)
  case weekStart(String, near: String?)
  case privacyGroup
  case choiceEmpty
  case choiceTwice(String)
  case separatorEmpty
  case spellingTwice(String)
  case tooManyKinds(most: Int)
  case filesMissing(String)
  case fileEnding(String)
  case encoding(String, near: String?)

  var words: CheckWords {
    switch self {
    case .noCommunity, .twoCommunities, .noMembers, .noEvents, .membersWithoutEvents, .foundColumn, .keyMissing,
      .keyNotText, .keyTwice, .filesMissing, .fileEnding:
      tableWords
    case .rolesMissing, .roleType, .unknownType, .attributeConflict, .attributeSpelling, .noContent, .markNotHere:
      columnWords
    default: settingWords
    }
  }

  private var tableWords: CheckWords {
    switch self {
    case .noCommunity:
      CheckWords(
        .noCommunity, en: "the rule set has no community block", zh: "规则集里没有 community 块",
        hint: Wording(
          en: "say what the data is: `community \"…\" { members from \"members.csv\" { id text key } }`; "
            + "`steward help N0220` shows one",
          zh: "请先说明数据：`community \"…\" { members from \"members.csv\" { id text key } }`；"
            + "`steward help N0220` 有示例"))
    case .twoCommunities:
      CheckWords(
        .twoCommunities, en: "a second community block", zh: "出现了第二个 community 块",
        hint: Wording(en: "a rule set is about one community; merge them", zh: "一个规则集只描述一个社群，请合并"))
    case .noMembers:
      CheckWords(
        .tableMissing, en: "the community block declares no members", zh: "community 块没有声明成员表",
        hint: Wording(
          en: "add `members from \"members.csv\" { id text key }`",
          zh: "请加上 `members from \"members.csv\" { id text key }`"))
    case .noEvents:
      CheckWords(
        .tableMissing, en: "event kinds are declared, but no events table", zh: "声明了事件种类，却没有事件表",
        hint: Wording(
          en: "add `events from \"events.csv\" { member member; at time; kind text }`",
          zh: "请加上 `events from \"events.csv\" { member member; at time; kind text }`"))
    case .membersWithoutEvents:
      CheckWords(
        .tableMissing, en: "members are to be found in the events, but there is no events table",
        zh: "成员要从事件里找，却没有事件表",
        hint: Wording(
          en: "add `events from \"events.csv\" { member member; at time; kind text }`",
          zh: "请加上 `events from \"events.csv\" { member member; at time; kind text }`"))
    case .foundColumn(let name):
      CheckWords(
        .markNotHere, en: "members found in events have a key and `joined`, no `\(name)`",
        zh: "从事件里找出的成员只有主键和 `joined`，没有“\(name)”",
        hint: Wording(
          en: "with a file of members it is `members from \"members.csv\" { … }`",
          zh: "有成员文件时请写 `members from \"members.csv\" { … }`"))
    case .filesMissing(let table):
      CheckWords(
        .tableMissing, en: "`\(table)` names no file", zh: "`\(table)` 没有写数据文件",
        hint: Wording(
          en: "write `\(table) from \"\(table).csv\" { … }`", zh: "请写 `\(table) from \"\(table).csv\" { … }`"))
    case .fileEnding(let path): endingWords(path)
    case .keyMissing(let table):
      CheckWords(
        .keyMissing, en: "`\(table)` has no key column", zh: "`\(table)` 没有主键列",
        hint: Wording(
          en: "one column tells its rows apart: `id text key`", zh: "要有一列能区分每一行：`id text key`"))
    case .keyNotText(let name):
      CheckWords(
        .keyMissing, en: "the key `\(name)` must be a text that is never empty", zh: "主键“\(name)”必须是不为空的文本",
        hint: Wording(en: "write `\(name) text key`", zh: "请写 `\(name) text key`"))
    case .keyTwice:
      CheckWords(
        .keyMissing, en: "a second key column", zh: "出现了第二个主键列",
        hint: Wording(
          en: "a table has one key", zh: "一张表只有一个主键"))
    default: settingWords
    }
  }

  private func endingWords(_ path: String) -> CheckWords {
    let name = path.lowercased()
    let isSheet = [".xlsx", ".xls", ".et", ".ods", ".numbers"].contains { name.hasSuffix($0) }
    return CheckWords(
      .fileEnding,
      en: "\"\(path)\" does not tell how its rows are written",
      zh: "从文件名“\(path)”看不出数据的格式",
      hint: isSheet
        ? Wording(
          en: "save the sheet as \"CSV UTF-8\" and name that file", zh: "请在表格软件里另存为“CSV UTF-8”，再写那个文件")
        : Wording(
          en: "names end in .csv, .tsv, .jsonl or .ndjson, each perhaps with .gz behind it",
          zh: "文件名应以 .csv、.tsv、.jsonl 或 .ndjson 结尾，后面可以再加 .gz"))
  }

  private var columnWords: CheckWords {
    switch self {
    case .rolesMissing(let names, let table, let forms):
      CheckWords(
        .roleMissing, en: "`\(table)` has no column \(Wording.names(names).english)",
        zh: "`\(table)` 缺少\(Wording.names(names).chinese)列",
        hint: Wording(
          en:
            "add `\(forms.joined(separator: "; "))`; if the file spells it otherwise: `\(forms.first ?? "") is \"…\"`",
          zh: "请加上 `\(forms.joined(separator: "; "))`；文件里叫别的名字就写：`\(forms.first ?? "") is \"…\"`"))
    case .roleType(let name, let expected, let form):
      CheckWords(
        .roleType, en: "the column `\(name)` must be \(expected.english), because it says \(roleMeaning(name).english)",
        zh: "“\(name)”列必须是\(expected.chinese)，因为它表示\(roleMeaning(name).chinese)",
        hint: Wording(en: "write `\(form)`", zh: "请写 `\(form)`"))
    case .unknownType(let name, let near):
      CheckWords(
        .unknownType, en: "there is no column type `\(name)`", zh: "没有“\(name)”这种列类型",
        hint: .near(near)
          ?? Wording(
            en:
              "types are bool, int, number, text, date, time, member, item, one of \"a\", \"b\", list of text by \";\"",
            zh: "可用类型：bool、int、number、text、date、time、member、item、one of \"a\", \"b\"、list of text by \";\""))
    case .attributeConflict(let name, let one, let other):
      CheckWords(
        .attributeConflict,
        en: "`\(name)` is \(one.english) here and \(other.english) for another kind",
        zh: "“\(name)”在这里是\(one.chinese)，在另一种事件里是\(other.chinese)",
        hint: Wording(
          en: "it is one column of the events file, so it has one type", zh: "它是事件文件里的同一列，类型必须一致"))
    case .attributeSpelling(let name):
      CheckWords(
        .attributeConflict, en: "`\(name)` has another spelling in the file for another kind",
        zh: "“\(name)”在另一种事件里对应文件中的另一列",
        hint: Wording(en: "give the two columns two names", zh: "请给这两列取不同的名字"))
    case .noContent(let name):
      CheckWords(
        .noContent, en: "`\(name)` refers to content items, but there is no content table",
        zh: "“\(name)”指向内容条目，却没有声明内容表",
        hint: Wording(
          en: "add `content from \"content.csv\" { id text key }`, or make it a `text`",
          zh: "请加上 `content from \"content.csv\" { id text key }`，或改成 `text`"))
    case .markNotHere(let mark, let why):
      CheckWords(
        .markNotHere, en: "`\(mark)` does not belong here: \(why.english)", zh: "`\(mark)` 不能写在这里：\(why.chinese)")
    default: settingWords
    }
  }

  private var settingWords: CheckWords {
    switch self {
    case .declaredTwice(let what):
      CheckWords(
        .declaredTwice, en: "\(what.english) is declared twice", zh: "\(what.chinese)声明了两次",
        hint: Wording(en: "keep one", zh: "保留一个即可"))
    case .weekStart(let name, let near):
      CheckWords(
        .settingInvalid, en: "`\(name)` is no weekday", zh: "“\(name)”不是星期几",
        hint: .near(near) ?? Wording(en: "write `week starts monday`", zh: "请写 `week starts monday`"))
    case .privacyGroup:
      CheckWords(
        .settingInvalid, en: "a privacy group has at least 1 member", zh: "隐私分组至少 1 人",
        hint: Wording(en: "5 is usual", zh: "通常用 5"))
    case .choiceEmpty:
      CheckWords(
        .choiceValues, en: "`one of` lists no values", zh: "`one of` 没有列出可选值",
        hint: Wording(
          en: "write `one of \"a\", \"b\"`", zh: "请写 `one of \"a\", \"b\"`"))
    case .choiceTwice(let value):
      CheckWords(.choiceValues, en: "\"\(value)\" is listed twice", zh: "“\(value)”列了两次")
    case .separatorEmpty:
      CheckWords(
        .settingInvalid, en: "the separator of a list must not be empty", zh: "列表的分隔符不能为空",
        hint: Wording(en: "write `list of text by \";\"`", zh: "请写 `list of text by \";\"`"))
    case .tooManyKinds(let most):
      CheckWords(
        .settingInvalid, en: "a community has at most \(most) kinds of events", zh: "一个社群最多有 \(most) 种事件",
        hint: Wording(
          en: "put what tells them apart into an attribute, as in `event action { name text }`",
          zh: "把它们的区别写成属性，例如 `event action { name text }`"))
    case .spellingTwice(let spelling):
      CheckWords(
        .spellingTwice, en: "two names mean \"\(spelling)\" in the data", zh: "两个名字都对应数据里的“\(spelling)”",
        hint: Wording(en: "each spelling belongs to one name", zh: "每种写法只能对应一个名字"))
    case .encoding(let name, let near):
      CheckWords(
        .settingInvalid, en: "\"\(name)\" is no encoding that is known here", zh: "不认识编码“\(name)”",
        hint: .near(near)
          ?? Wording(
            en: "write \"utf-8\", \"gb18030\" or \"utf-16\", or leave it out: the file mostly tells by itself",
            zh: "请写 \"utf-8\"、\"gb18030\" 或 \"utf-16\"；也可以不写，一般能自动识别"))
    default: CheckWords(.settingInvalid, en: "the community block is wrong", zh: "community 块有误")
    }
  }

  private func roleMeaning(_ name: String) -> Wording {
    switch name {
    case "member": Wording(en: "who did the event", zh: "事件是谁做的")
    case "at": Wording(en: "when it happened", zh: "事件发生的时间")
    case "kind": Wording(en: "what happened", zh: "发生了什么")
    case "joined": Wording(en: "when a member joined", zh: "成员何时加入")
    default: Wording(en: "when a member left", zh: "成员何时离开")
    }
  }
}
