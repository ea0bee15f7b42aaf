/// What `:help` says.
enum SessionHelp {
  /// How each command is written, and what it does.
  static func line(_ name: SessionCommand.Name) -> (form: Wording, does: Wording) {
    switch name {
    case .data:
      (Wording(en: ":data FOLDER", zh: ":data 文件夹"), Wording(en: "load other data", zh: "载入另一份数据"))
    case .load:
      (Wording(en: ":load FOLDER", zh: ":load 文件夹"), Wording(en: "load other rules", zh: "载入另一套规则"))
    case .reload:
      (
        Wording(":reload"),
        Wording(en: "read rules and data again, and say what changed", zh: "重新读取规则和数据，并说明有何变化")
      )
    case .asOf:
      (
        Wording(en: ":as-of DATE", zh: ":as-of 日期"),
        Wording(en: "ask about another day; alone, the newest", zh: "换一天来问；不写日期则为最新一天")
      )
    case .about:
      (
        Wording(en: ":about MEMBER", zh: ":about 成员"),
        Wording(en: "ask about one member; `:about community` about all", zh: "只问一名成员；`:about community` 回到整个社群")
      )
    case .type:
      (Wording(en: ":type E", zh: ":type 表达式"), Wording(en: "the type of an expression", zh: "表达式的类型"))
    case .plan:
      (Wording(en: ":plan E", zh: ":plan 表达式"), Wording(en: "how an expression is computed", zh: "表达式怎样计算"))
    case .why:
      (
        Wording(en: ":why [MEMBER] [WHAT]", zh: ":why [成员] [什么]"),
        Wording(
          en: "explain points, a tier, a segment; `:why alert NAME`, metric, goal, phase",
          zh: "说明积分、等级、分群的由来；`:why alert 名称`，metric、goal、phase 同理")
      )
    case .timeline:
      (
        Wording(en: ":timeline MEMBER", zh: ":timeline 成员"),
        Wording(
          en: "events, awards and tier changes; again alone for earlier ones", zh: "事件、发放与等级变化；再输入 :timeline 看更早的")
      )
    case .watch:
      (
        Wording(en: ":watch RULE", zh: ":watch 规则"),
        Wording(en: "show its figures after every change; `:watch off` ends it", zh: "每次改动之后显示它的数字；`:watch off` 结束")
      )
    case .list:
      (
        Wording(en: ":list [KIND]", zh: ":list [种类]"),
        Wording(en: "what is declared: `:list segments`, `:list events`", zh: "有哪些声明：`:list segments`、`:list events`")
      )
    case .show:
      (Wording(en: ":show NAME", zh: ":show 名称"), Wording(en: "how something is declared", zh: "某项是怎样声明的"))
    case .save:
      (
        Wording(en: ":save FILE", zh: ":save 文件"),
        Wording(en: "write what this session declared", zh: "写出本次会话的声明")
      )
    case .undo:
      (Wording(":undo"), Wording(en: "take the last change back", zh: "撤销上一次改动"))
    case .time:
      (Wording(":time on|off"), Wording(en: "say how long answers take", zh: "显示每次回答用了多久"))
    case .help:
      (
        Wording(en: ":help [NAME]", zh: ":help [名称]"),
        Wording(en: "this, or help about a name; also `?NAME`", zh: "本说明，或某个名称的说明；也可写 `?名称`")
      )
    case .quit:
      (Wording(":quit"), Wording(en: "leave; Ctrl-D too", zh: "离开；Ctrl-D 也可以"))
    }
  }

  static func overview(_ display: SessionDisplay) -> String {
    let language = display.language
    var lines = [
      Wording(
        en: "Type an expression to see its value: count(members), share(silent), points",
        zh: "输入表达式即可看到结果：count(members)、share(silent)、points")[language],
      Wording(
        en: "Type a declaration to try it: segment keen = count(checkin, last 7 days) >= 3",
        zh: "输入声明即可试用：segment keen = count(checkin, last 7 days) >= 3")[language],
      "",
    ]
    let width = SessionCommand.Name.allCases.map { DisplayWidth.of(line($0).form[language]) }.max() ?? 0
    for name in SessionCommand.Name.allCases {
      let (form, does) = line(name)
      lines.append("  " + display.style(DisplayWidth.padded(form[language], to: width + 2), .yellow) + does[language])
    }
    lines += [
      "",
      Wording(
        en: "`_` is the last value. Tab completes. Ctrl-C drops the line or stops an answer.",
        zh: "`_` 是上一个结果。Tab 补全。Ctrl-C 放弃这一行，或停止正在进行的计算。")[language],
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  static func page(_ name: SessionCommand.Name, _ display: SessionDisplay) -> String {
    let (form, does) = line(name)
    return display.style(form[display.language], .yellow) + "  " + does[display.language] + "\n"
  }
}
