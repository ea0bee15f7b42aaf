// How types are called in messages: in the words of an operator.

extension Type.Base {
  /// `a number`, `数字`
  var words: Wording {
    switch self {
    case .bool: Wording(en: "a yes or no", zh: "“是/否”")
    case .int: Wording(en: "a whole number", zh: "整数")
    case .number: Wording(en: "a number", zh: "数字")
    case .text: Wording(en: "a text", zh: "文本")
    case .time: Wording(en: "a time", zh: "时间")
    case .date: Wording(en: "a date", zh: "日期")
    case .duration: Wording(en: "a duration", zh: "时长")
    case .period(let unit): unit.words
    case .choice(let choice):
      Wording(
        en: "one of " + choice.values.prefix(4).map { "\"\($0)\"" }.joined(separator: ", ")
          + (choice.values.count > 4 ? " …" : ""),
        zh: "选项 " + choice.values.prefix(4).map { "\"\($0)\"" }.joined(separator: "、")
          + (choice.values.count > 4 ? " 等" : "") + " 之一")
    case .tier: Wording(en: "a tier", zh: "等级")
    case .list: Wording(en: "a list of text", zh: "文本列表")
    case .member: Wording(en: "a member", zh: "成员")
    case .item: Wording(en: "a content item", zh: "内容条目")
    case .error: Wording(en: "something that did not compile", zh: "未通过检查的内容")
    }
  }
}

extension PeriodUnit {
  /// `a month`, `某月`
  var words: Wording {
    switch self {
    case .day: Wording(en: "a calendar day", zh: "某一天")
    case .week: Wording(en: "a calendar week", zh: "某一周")
    case .month: Wording(en: "a calendar month", zh: "某个月")
    case .quarter: Wording(en: "a calendar quarter", zh: "某个季度")
    case .year: Wording(en: "a calendar year", zh: "某一年")
    }
  }

  init?(keyword: String) {
    guard let unit = PeriodUnit.allCases.first(where: { $0.keyword == keyword }) else { return nil }
    self = unit
  }
}

extension Type {
  /// `a number that may be missing`
  var words: Wording {
    let plain = base.words
    guard isOptional else { return plain }
    return Wording(en: plain.english + " that may be missing", zh: "可能缺失的" + plain.chinese)
  }
}

extension Signature.Accepts {
  func allows(_ base: Type.Base) -> Bool {
    switch (self, base) {
    case (_, .error): true
    case (.yesNo, .bool), (.date, .date): true
    case (.numeric, .int), (.numeric, .number): true
    case (.signed, .int), (.signed, .number), (.signed, .duration): true
    case (.measured, .int), (.measured, .number), (.measured, .time), (.measured, .date), (.measured, .duration): true
    case (.scalar, .list): false
    case (.scalar, _): true
    default: false
    }
  }

  var words: Wording {
    switch self {
    case .yesNo: Type.Base.bool.words
    case .numeric: Wording(en: "a number", zh: "数字")
    case .signed: Wording(en: "a number or a duration", zh: "数字或时长")
    case .measured: Wording(en: "a number, a time, a date or a duration", zh: "数字、时间、日期或时长")
    case .scalar: Wording(en: "a single value", zh: "单个值")
    case .date: Type.Base.date.words
    }
  }
}
