// What is said of compressed files, of encodings, and of JSON lines.

extension LoadProblem {
  func damagedHint() -> Wording {
    Wording(
      en: "copy or export the file again; what a damaged file still holds is not used",
      zh: "请重新复制或导出这个文件；损坏的文件里剩下的数据不会被使用")
  }

  func encodingMessage(_ likely: String?) -> Wording {
    switch likely {
    case "gzip", "xlsx", "xls":
      Wording(en: "this is not text but a file of type \(likely ?? "")", zh: "这不是文本文件，而是 \(likely ?? "") 文件")
    case let likely?:
      Wording(en: "the file is not UTF-8; it looks like \(likely)", zh: "文件不是 UTF-8 编码，看起来是 \(likely)")
    case nil:
      Wording(en: "the file is not UTF-8: this line has bytes of another encoding", zh: "文件不是 UTF-8 编码：这一行有其他编码的字节")
    }
  }

  func encodingHint(_ likely: String?) -> Wording {
    switch likely {
    case "gzip":
      Wording(en: "give the file a name that ends in .gz, as in events.csv.gz", zh: "请让文件名以 .gz 结尾，如 events.csv.gz")
    case "xlsx", "xls": Wording(en: "save the sheet as \"CSV UTF-8\" first", zh: "请先在表格软件里另存为“CSV UTF-8”")
    default:
      Wording(
        en: "save the file as UTF-8, in Excel or WPS as \"CSV UTF-8 (comma delimited)\"",
        zh: "请把文件另存为 UTF-8，在 Excel 或 WPS 里选“CSV UTF-8（逗号分隔）”")
    }
  }

  func twoEncodingsMessage(_ main: String) -> Wording {
    Wording(
      en: "this line is not \(main), as the rest of the file is", zh: "文件的其余部分是 \(main)，但这一行不是")
  }

  func twoEncodingsHint() -> Wording {
    Wording(
      en: "files of two encodings were joined; save both as UTF-8 and join them again",
      zh: "这像是把两种编码的文件拼在了一起；请都存成 UTF-8 后再合并")
  }

  func jsonMessage(_ fault: JSONFault, _ character: Int) -> Wording {
    let what: Wording =
      switch fault {
      case .noValue: Wording(en: "a value is expected", zh: "这里应该是一个值")
      case .noName: Wording(en: "a name in double quotes is expected", zh: "这里应该是用双引号括起来的名字")
      case .noColon: Wording(en: "a colon is expected behind the name", zh: "名字后面应该是冒号")
      case .noComma: Wording(en: "a comma or the closing bracket is expected", zh: "这里应该是逗号或右括号")
      case .noEnd: Wording(en: "the line goes on behind its object", zh: "对象结束后还有内容")
      case .openText: Wording(en: "a text is not closed", zh: "有一段文本没有右引号")
      case .controlCharacter:
        Wording(en: "a text holds a tab or another control character", zh: "文本里有制表符或其他控制字符")
      case .escape: Wording(en: "a backslash is followed by what is no escape", zh: "反斜杠后面的写法无效")
      case .surrogate: Wording(en: "a text has half a character", zh: "文本里有半个字符")
      case .number: Wording(en: "this is no number of JSON", zh: "这不是 JSON 的数字写法")
      case .noObject, .nameTwice, .nested: Wording(en: "an object is expected", zh: "这里应该是一个对象")
      }
    return Wording(
      en: "this line is not JSON: at character \(character), \(what.english)",
      zh: "这一行不是有效的 JSON：第 \(character) 个字符处，\(what.chinese)")
  }

  func jsonHint(_ fault: JSONFault) -> Wording? {
    switch fault {
    case .controlCharacter: Wording(en: "write a tab as \\t and a line break as \\n", zh: "制表符写作 \\t，换行写作 \\n")
    case .escape: Wording(en: "a backslash itself is written \\\\", zh: "反斜杠本身要写成 \\\\")
    case .surrogate:
      Wording(
        en: "characters beyond U+FFFF are two \\u escapes, one behind the other", zh: "U+FFFF 以外的字符要用两个相连的 \\u 写出")
    case .number:
      Wording(en: "write it like -12.5, with a digit on both sides of the point", zh: "请写成 -12.5 这样，小数点两边都要有数字")
    default: Wording(en: "every line is one whole object, in double quotes", zh: "每一行应是一个完整的对象，名字和文本用双引号")
    }
  }

  func noObjectHint() -> Wording {
    Wording(
      en: "write one object on every line; `jq -c '.[]' all.json > all.jsonl` makes such lines of one JSON array",
      zh: "请每行写一个对象；`jq -c '.[]' all.json > all.jsonl` 可以把一个 JSON 数组拆成这样的行")
  }

  func noNameHint(_ near: String?, _ present: [String]) -> Wording {
    let shown = present.prefix(20)
    let more = present.count > shown.count
    let english = shown.map { "`\($0)`" }.joined(separator: ", ") + (more ? ", …" : "")
    let chinese = shown.map { "“\($0)”" }.joined(separator: "、") + (more ? "……" : "")
    if let near {
      return Wording(
        en: "did you mean `\(near)`? write `is \"\(near)\"` behind the type; the lines have \(english)",
        zh: "是不是“\(near)”？请在类型后面写 `is \"\(near)\"`；各行里有 \(chinese)")
    }
    return Wording(
      en: "the lines have \(english.isEmpty ? "no names at all" : english); `is \"…\"` behind the type names the one "
        + "that is meant",
      zh: "各行里\(chinese.isEmpty ? "没有任何名字" : "有 " + chinese)；在类型后面用 `is \"…\"` 写明对应哪一个")
  }
}
