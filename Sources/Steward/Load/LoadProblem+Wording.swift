extension LoadProblem {
  public var message: Wording {
    switch self {
    case .unreadable(let failure): failure
    case .emptyFile:
      Wording(en: "the file is empty: its first row must name the columns", zh: "文件是空的：第一行应该写列名")
    case .noColumn(let name, _, _):
      Wording(en: "there is no column `\(name)` in this file", zh: "文件里没有“\(name)”这一列")
    case .columnTwice(let name):
      Wording(en: "the column `\(name)` stands twice in the header", zh: "表头里“\(name)”这一列出现了两次")
    case .fieldCount(let found, let expected, _, _):
      Wording(
        en: "this row has \(LoadProblem.fields(found)), the header has \(expected)",
        zh: "这一行有 \(found) 个字段，表头有 \(expected) 个")
    case .openQuote:
      Wording(en: "a quote opens here and is never closed", zh: "从这一行开始有一个双引号一直没有闭合")
    case .textAfterQuote:
      Wording(en: "there is text behind the closing quote of a field", zh: "字段的右引号后面还有文本")
    case .encoding(let likely): encodingMessage(likely)
    case .emptyField(let column, _):
      Wording(en: "`\(column)` is empty here, and must not be", zh: "“\(column)”这里是空的，但它不能为空")
    case .badField(let column, let text, let fault): fault.message(column: column, text: text)
    case .unknownMember(let id, let column):
      Wording(
        en: "`\(column)` is \"\(id)\", and there is no member with that id", zh: "“\(column)”是“\(id)”，但成员表里没有这个编号")
    case .unknownItem(let id, let column):
      Wording(
        en: "`\(column)` is \"\(id)\", and there is no content item with that id",
        zh: "“\(column)”是“\(id)”，但内容表里没有这个编号")
    case .emptyKey(let column):
      Wording(en: "the key `\(column)` is empty here", zh: "主键“\(column)”这里是空的")
    case .duplicateKey(let key, let first):
      Wording(
        en: "the key \"\(key)\" was already given in \(first.english)", zh: "主键“\(key)”在 \(first.chinese)已经出现过")
    case .moreErrors(let count, let shown):
      Wording(
        en: "and \(count) more \(count == 1 ? "error" : "errors") in the data; the first \(shown) are shown",
        zh: "数据中还有另外 \(count) 处错误，这里只列出前 \(shown) 处")
    case .noMembers:
      Wording(en: "events need a table of members that they belong to", zh: "有事件就要有成员表，事件才知道属于谁")
    case .damaged(let what): what
    case .twoEncodings(let main): twoEncodingsMessage(main)
    case .json(let fault, let character): jsonMessage(fault, character)
    case .noObject: Wording(en: "this line is no JSON object", zh: "这一行不是 JSON 对象")
    case .nested(let name):
      Wording(
        en: "`\(name)` holds an array or an object here, and one value is expected",
        zh: "“\(name)”在这里是数组或对象，而它应该是单个值")
    case .nameTwice(let name):
      Wording(en: "`\(name)` stands twice in this line", zh: "这一行里“\(name)”出现了两次")
    case .noName(let name, _, _):
      Wording(en: "no line of this file has the name `\(name)`", zh: "文件里没有一行有“\(name)”这个名字")
    case .noRows(let isMembers): noRowsMessage(isMembers)
    case .kindSkipped(let spelling, let rows, let near, _): kindSkippedMessage(spelling, rows, near)
    case .noDeclaredKind(let rows, let found, _, _): noDeclaredKindMessage(rows, found)
    case .separator(let found, let format): separatorMessage(found, format)
    case .sameAgain(_, let rows, let lines): sameAgainMessage(rows, lines)
    }
  }

  public var hint: Wording? {
    switch self {
    case .noColumn(let name, let near, let present): noColumnHint(name, near, present)
    case .columnTwice:
      Wording(en: "rename one of the two in the file", zh: "请在文件里给其中一列改名")
    case .fieldCount(let found, let expected, let endsInQuote, let format):
      fieldCountHint(found, expected, endsInQuote, isTabs: format == .tsv)
    case .openQuote, .textAfterQuote:
      Wording(
        en: "a quote inside a quoted field is written twice: \"\"", zh: "带引号的字段里如果有双引号，要写两遍：\"\"")
    case .encoding(let likely): encodingHint(likely)
    case .emptyField(_, let optional?):
      Wording(
        en: "if it may be empty, declare it with a question mark: `\(optional)`", zh: "如果允许为空，请在声明的类型后加问号：`\(optional)`"
      )
    case .badField(_, _, let fault): fault.hint
    case .unknownMember, .unknownItem:
      Wording(
        en: "ids must agree to the letter, upper and lower case included; `--skip-bad-rows` leaves such rows out",
        zh: "编号要逐字相同，区分大小写；用 `--skip-bad-rows` 可以跳过这样的行")
    case .duplicateKey:
      Wording(
        en: "every row needs a key of its own; `--skip-bad-rows` keeps the first",
        zh: "每一行的主键都不能重复；用 `--skip-bad-rows` 会保留第一行")
    case .moreErrors:
      Wording(
        en: "`--skip-bad-rows` goes on without these rows and lists them all in rejected.csv",
        zh: "用 `--skip-bad-rows` 可以跳过这些行继续运行，并把它们全部写进 rejected.csv")
    case .damaged: damagedHint()
    case .twoEncodings: twoEncodingsHint()
    case .json(let fault, _): jsonHint(fault)
    case .noObject: noObjectHint()
    case .nested:
      Wording(
        en: "an array of texts fits a `list of text`; for a value inside an object, let the export write it by itself",
        zh: "文本数组可以声明为 `list of text`；对象里面的值请在导出时单独写成一项")
    case .nameTwice: Wording(en: "one value must go, for nobody can tell which counts", zh: "请去掉其中一个，否则无法判断以哪个为准")
    case .noName(_, let near, let present): noNameHint(near, present)
    case .kindSkipped(let spelling, _, _, let name): kindSkippedHint(spelling, name)
    case .noDeclaredKind(_, let found, let declared, _): noDeclaredKindHint(found, declared)
    case .separator(let found, let format): separatorHint(found, format)
    case .unreadable, .emptyFile, .emptyKey, .emptyField, .noMembers, .noRows, .sameAgain: nil
    }
  }

  private static func fields(_ count: Int) -> String { count == 1 ? "1 field" : "\(count) fields" }

  private func noColumnHint(_ name: String, _ near: String?, _ present: [String]) -> Wording {
    let shown = present.prefix(20)
    let more = present.count > shown.count ? ", …" : ""
    let english = shown.map { "`\($0)`" }.joined(separator: ", ") + more
    let chinese = shown.map { "“\($0)”" }.joined(separator: "、") + (more.isEmpty ? "" : "……")
    if let near {
      return Wording(
        en: "did you mean `\(near)`? write `is \"\(near)\"` behind the type; the file has \(english)",
        zh: "是不是“\(near)”？请在类型后面写 `is \"\(near)\"`；文件里有\(chinese)")
    }
    return Wording(
      en: "the file has \(english); `is \"…\"` behind the type names the one that is meant",
      zh: "文件里有\(chinese)；在类型后面用 `is \"…\"` 写明对应哪一列")
  }

  private func fieldCountHint(_ found: Int, _ expected: Int, _ endsInQuote: Bool, isTabs: Bool) -> Wording {
    if found > expected {
      return Wording(
        en: "a \(isTabs ? "tab" : "comma") inside a field needs quotes around the field",
        zh: "字段里如果有\(isTabs ? "制表符" : "逗号")，整个字段要用双引号括起来")
    }
    if endsInQuote {
      return Wording(
        en: "the row ends inside a quote: a field with a line break needs quotes around the whole field",
        zh: "这一行在引号中间就结束了：字段里如果有换行，整个字段要用双引号括起来")
    }
    return Wording(
      en: "an empty field needs its \(isTabs ? "tab" : "comma") too; a row of this file has \(expected - 1)",
      zh: "字段为空时\(isTabs ? "制表符" : "逗号")也不能省；这个文件每行应有 \(expected - 1) 个")
  }
}

extension LoadProblem.FieldProblem {
  func message(column: String, text: String) -> Wording {
    switch self {
    case .bool:
      Wording(en: "`\(column)` is \"\(text)\", which is neither yes nor no", zh: "“\(column)”是“\(text)”，看不出是“是”还是“否”")
    case .int:
      Wording(en: "`\(column)` is \"\(text)\", which is not a whole number", zh: "“\(column)”是“\(text)”，不是整数")
    case .intRange:
      Wording(
        en: "`\(column)` is \"\(text)\", which is too large for a whole number", zh: "“\(column)”是“\(text)”，超出了整数的范围")
    case .number:
      Wording(en: "`\(column)` is \"\(text)\", which is not a plain decimal", zh: "“\(column)”是“\(text)”，不是普通的十进制数")
    case .date:
      Wording(en: "`\(column)` is \"\(text)\", which is not a date", zh: "“\(column)”是“\(text)”，不是日期")
    case .time:
      Wording(en: "`\(column)` is \"\(text)\", which is not a time", zh: "“\(column)”是“\(text)”，不是时间")
    case .timeRange:
      Wording(
        en: "`\(column)` is \"\(text)\"; years must lie between 1600 and 2599",
        zh: "“\(column)”是“\(text)”，年份要在 1600 到 2599 之间")
    case .choice(let values):
      Wording(
        en: "`\(column)` is \"\(text)\", which is none of \(LoadProblem.FieldProblem.list(values, "\"", "\"", ", "))",
        zh: "“\(column)”是“\(text)”，不在\(LoadProblem.FieldProblem.list(values, "“", "”", "、"))之中")
    }
  }

  var hint: Wording? {
    switch self {
    case .bool:
      Wording(en: "write true or false, yes or no, 1 or 0", zh: "请写 是/否、true/false、yes/no 或 1/0")
    case .int:
      Wording(
        en: "digits only, perhaps with a sign; for decimals declare it `number`", zh: "只写数字，前面可以有正负号；有小数的话请声明为 `number`"
      )
    case .number:
      Wording(
        en: "write it like -12.5, without separators, currency or exponent", zh: "请写成 -12.5 这样，不带千分位、货币符号或科学计数法")
    case .date:
      Wording(en: "write it like 2026-03-05 or 2026/3/5", zh: "请写成 2026-03-05 或 2026/3/5")
    case .time:
      Wording(
        en: "write it like 2026-03-05T09:00:00Z, 2026-03-05 09:00 or 2026/3/5 9:00",
        zh: "请写成 2026-03-05T09:00:00Z、2026-03-05 09:00 或 2026/3/5 9:00")
    case .choice(let values):
      values.isEmpty
        ? nil : Wording(en: "add it to the `one of` of the column, or mend the data", zh: "请把它加进这一列的 `one of`，或者改正数据")
    case .intRange, .timeRange: nil
    }
  }

  private static func list(_ values: [String], _ open: String, _ close: String, _ separator: String) -> String {
    let shown = values.prefix(12).map { open + $0 + close }.joined(separator: separator)
    return values.count > 12 ? shown + "…" : shown
  }
}
