// What is said of a whole table: its rows, its kinds, its separators.

extension LoadProblem {
  func noRowsMessage(_ isMembers: Bool) -> Wording {
    isMembers
      ? Wording(en: "the members file has no rows, and other rows refer to members", zh: "成员文件里一行数据也没有，但其他表里提到了成员")
      : Wording(en: "the content file has no rows, and other rows refer to content", zh: "内容文件里一行数据也没有，但其他表里提到了内容")
  }

  func kindSkippedMessage(_ spelling: String, _ rows: Int, _ near: String) -> Wording {
    Wording(
      en: "\(rows) \(rows == 1 ? "row of kind `\(spelling)` is" : "rows of kind `\(spelling)` are") skipped; "
        + "did you mean `\(near)`?",
      zh: "跳过了 \(rows) 行“\(spelling)”事件；是不是“\(near)”？")
  }

  func kindSkippedHint(_ spelling: String, _ name: String) -> Wording {
    Wording(
      en: "kinds must agree to the letter, upper and lower case included; if the data always spells it so, write "
        + "`event \(name) is \"\(spelling)\"`",
      zh: "事件类型要逐字相同，区分大小写；如果数据里一律这样写，请声明 `event \(name) is \"\(spelling)\"`")
  }

  func noDeclaredKindMessage(_ rows: Int, _ found: [SkippedKind]) -> Wording {
    let shown = found.prefix(5)
    let more = found.count > shown.count
    let english = shown.map { "`\($0.spelling)` (\($0.rows))" }.joined(separator: ", ") + (more ? ", …" : "")
    let chinese = shown.map { "“\($0.spelling)”（\($0.rows) 行）" }.joined(separator: "、") + (more ? "……" : "")
    return Wording(
      en: "no event row is of a declared kind: the \(rows == 1 ? "row is" : "\(rows) rows are") of kind \(english)",
      zh: "没有一行事件属于声明过的类型：\(rows) 行事件的类型是\(chinese)")
  }

  func noDeclaredKindHint(_ found: [SkippedKind], _ declared: [String]) -> Wording {
    let near = found.prefix(5).filter { $0.near != nil }
    if let first = near.first, let name = first.near {
      let english = near.map { "`\($0.near ?? "")` for `\($0.spelling)`" }.joined(separator: ", ")
      let chinese = near.map { "“\($0.spelling)”是不是“\($0.near ?? "")”" }.joined(separator: "、")
      return Wording(
        en: "did you mean \(english)? mend the data, or write `event \(name) is \"\(first.spelling)\"`",
        zh: "\(chinese)？请改正数据，或声明 `event \(name) is \"\(first.spelling)\"`")
    }
    let shown = declared.prefix(10)
    let more = declared.count > shown.count
    return Wording(
      en: "declared are " + shown.map { "`\($0)`" }.joined(separator: ", ") + (more ? ", …" : "")
        + "; `event name is \"…\"` says how the data spells a kind",
      zh: "声明过的有" + shown.map { "“\($0)”" }.joined(separator: "、") + (more ? "等" : "")
        + "；用 `event 名字 is \"…\"` 写明数据里的写法")
  }

  func separatorMessage(_ found: Character, _ format: FileFormat) -> Wording {
    let name = LoadProblem.separatorName(found)
    return Wording(
      en: "the fields of this file are separated by \(name.english), not by \(format == .tsv ? "tabs" : "commas")",
      zh: "这个文件的字段是用\(name.chinese)隔开的，而不是\(format == .tsv ? "制表符" : "逗号")")
  }

  func separatorHint(_ found: Character, _ format: FileFormat) -> Wording {
    if found == "\t" {
      return Wording(
        en: "give the file a name that ends in .tsv, and name it so in the block",
        zh: "请把文件名的结尾改成 .tsv，community 块里也照此书写")
    }
    if format == .tsv {
      return Wording(
        en: "a file with commas has a name that ends in .csv", zh: "用逗号分隔的文件，文件名应以 .csv 结尾")
    }
    return found == "，" || found == "；"
      ? Wording(en: "write plain commas `,` between the fields", zh: "请把字段之间的符号改成半角逗号 `,`")
      : Wording(
        en: "save it with commas: in Excel or WPS as \"CSV UTF-8 (comma delimited)\"",
        zh: "请另存为逗号分隔的文件：在 Excel 或 WPS 里选“CSV UTF-8（逗号分隔）”")
  }

  private static func separatorName(_ separator: Character) -> Wording {
    switch separator {
    case ";": Wording(en: "semicolons", zh: "分号")
    case "\t": Wording(en: "tabs", zh: "制表符")
    case ",": Wording(en: "commas", zh: "逗号")
    case "，": Wording(en: "full-width commas", zh: "全角逗号")
    case "；": Wording(en: "full-width semicolons", zh: "全角分号")
    default: Wording(en: "`\(separator)`", zh: "“\(separator)”")
    }
  }

  func sameAgainMessage(_ rows: Int, _ lines: [Int]) -> Wording {
    let more = rows > lines.count
    return Wording(
      en: "and \(rows) more \(rows == 1 ? "row" : "rows") with the same error, \(rows == 1 ? "line" : "lines") "
        + lines.map(String.init).joined(separator: ", ") + (more ? ", …" : ""),
      zh: "还有 \(rows) 行是同样的错误：第 " + lines.map(String.init).joined(separator: "、") + (more ? "……" : "") + " 行")
  }
}
