/// What can be wrong with calls of built-ins, patterns and windows.
enum AggregateProblem: CheckProblem {
  case callForm(String, forms: [Wording])
  case value(String, expected: Wording, found: Type)
  case valueNeeded(String, form: Wording)
  case valueNotNeeded(String, form: Wording)
  case rank
  case argumentNotHere(Wording, of: String, forms: [Wording])
  case argumentTwice(Wording)
  case whereOnMembers(String)
  case amongOnEvents
  case streakUnit
  case forgiveUnit(PeriodUnit)
  case previousLength(String)
  case windowUnit(DurationLiteral.Unit, count: Int64)
  case windowWithin
  case windowEmpty
  case windowTooLong
  case windowBound
  case windowBoundQuoted(String)
  case bareDuration(String)
  case windowOrder
  case notAWindow
  case notEvents
  case aggregateInPattern(Wording)
  case anonymous([String])
  case records([String])
  case memberInCommunity(Wording, SubjectKind)
  case contentElsewhere(Wording, SubjectKind)
  case seenByItem(String, of: String)
  case refersToNoItem([String])
  case noContentTable
  case sameForAll

  var words: CheckWords {
    switch self {
    case .windowUnit, .windowWithin, .windowEmpty, .windowTooLong, .windowBound, .windowBoundQuoted,
      .bareDuration, .windowOrder, .notAWindow:
      windowWords
    case .notEvents, .aggregateInPattern, .anonymous, .records: patternWords
    case .memberInCommunity, .contentElsewhere, .seenByItem, .refersToNoItem, .sameForAll: subjectWords
    default: callWords
    }
  }

  private var callWords: CheckWords {
    switch self {
    case .callForm(let name, let forms):
      CheckWords(
        .callForm, en: "`\(name)` is written otherwise", zh: "`\(name)` 的写法不对",
        hint: Wording(
          en: "write " + forms.map { "`\($0.english)`" }.joined(separator: " or "),
          zh: "请写 " + forms.map { "`\($0.chinese)`" }.joined(separator: " 或 ")))
    case .value(let name, let expected, let found):
      CheckWords(
        .aggregateValue, en: "`\(name)` takes \(expected.english), this is \(found.base.words.english)",
        zh: "`\(name)` 需要\(expected.chinese)，这里却是\(found.base.words.chinese)",
        label: .whyValue(name, expected), hint: valueHint(name, found.base))
    case .valueNeeded(let name, let form):
      CheckWords(
        .callForm, en: "`\(name)` must be told which value of the events", zh: "`\(name)` 要说明取事件的哪个值",
        hint: Wording(en: "write `\(form.english)`", zh: "请写 `\(form.chinese)`"))
    case .valueNotNeeded(let name, let form):
      CheckWords(
        .callForm, en: "`\(name)` takes events, not a value of them", zh: "`\(name)` 针对事件本身，不取事件的值",
        hint: Wording(en: "write `\(form.english)`", zh: "请写 `\(form.chinese)`"))
    case .rank:
      CheckWords(
        .rank, en: "the rank of `quantile` is a constant from 0 to 1", zh: "`quantile` 的分位必须是 0 到 1 之间的常数",
        label: .rankOfQuantile,
        hint: Wording(en: "0.9 is the value that nine in ten do not exceed", zh: "0.9 表示十之八九不超过的那个值"))
    case .argumentNotHere(let what, let name, let forms):
      CheckWords(
        .argumentNotHere, en: "`\(name)` takes no \(what.english) here", zh: "`\(name)` 这里不接受\(what.chinese)",
        hint: Wording(
          en: "write " + forms.map { "`\($0.english)`" }.joined(separator: " or "),
          zh: "请写 " + forms.map { "`\($0.chinese)`" }.joined(separator: " 或 ")))
    case .argumentTwice(let what):
      CheckWords(
        .argumentNotHere, en: "a second \(what.english)", zh: "\(what.chinese)写了两次",
        hint: Wording(en: "keep one", zh: "保留一个即可"))
    case .whereOnMembers(let name) where name == "count" || name == "share":
      CheckWords(
        .argumentNotHere, en: "`where` chooses events, and these are members", zh: "`where` 用来筛选事件，这里是成员",
        hint: Wording(
          en: "give them a name first: `segment chosen = …`, then `\(name)(chosen)`",
          zh: "请先给这些成员起名：`segment 某群 = …`，再写 `\(name)(某群)`"))
    case .whereOnMembers:
      CheckWords(
        .argumentNotHere, en: "`where` chooses events, and these are members", zh: "`where` 用来筛选事件，这里是成员",
        hint: Wording(en: "write `among`: `avg(points among active)`", zh: "请用 `among`：`avg(points among active)`"))
    case .amongOnEvents:
      CheckWords(
        .argumentNotHere, en: "`among` chooses members, and these are events", zh: "`among` 用来筛选成员，这里是事件",
        hint: Wording(en: "write `where`: `count(like where …)`", zh: "请用 `where`：`count(like where …)`"))
    case .streakUnit:
      CheckWords(
        .argumentNotHere, en: "a streak counts days or weeks", zh: "连续次数只能按天或按周计算",
        hint: Wording(en: "write `streak(P)` or `streak(P, by week)`", zh: "请写 `streak(P)` 或 `streak(P, by week)`"))
    case .forgiveUnit(let unit):
      CheckWords(
        .argumentNotHere, en: "a \(unit.keyword) that is forgiven belongs to a longer period",
        zh: "宽免要按更长的周期来算",
        hint: unit == .day
          ? Wording(
            en: "write `forgive 1 per week` or `forgive 2 per month`",
            zh: "请写 `forgive 1 per week` 或 `forgive 2 per month`")
          : Wording(
            en: "write `forgive 1 per month` or `forgive 1 per quarter`",
            zh: "请写 `forgive 1 per month` 或 `forgive 1 per quarter`"))
    case .previousLength("previous"):
      CheckWords(
        .argumentNotHere, en: "`previous` goes back a fixed number of whole days", zh: "`previous` 要回溯固定的整天数",
        hint: Wording(en: "write `previous(points, 30 days)`", zh: "请写 `previous(points, 30 days)`"))
    case .previousLength(let name):
      CheckWords(
        .argumentNotHere, en: "`\(name)` goes back a fixed number of whole days", zh: "`\(name)` 要回溯固定的整天数",
        hint: Wording(en: "write `\(name)(…, 7 days)`", zh: "请写 `\(name)(…, 7 days)`"))
    case .noContentTable:
      CheckWords(
        .noContent, en: "this is about content items, but there is no content table", zh: "这里说的是内容条目，却没有声明内容表",
        hint: Wording(
          en: "add `content from \"content.csv\" { id text key }`",
          zh: "请加上 `content from \"content.csv\" { id text key }`"))
    default: windowWords
    }
  }

  private var windowWords: CheckWords {
    switch self {
    case .windowUnit(let unit, let count):
      CheckWords(
        .windowUnit, en: "a window of \(unit.rawValue) has no fixed length", zh: "以月或年计的窗口长度不固定",
        hint: unit == .months
          ? Wording(
            en: "write `last \(count.multipliedReportingOverflow(by: 30).partialValue) days` or `this month`",
            zh: "请写 `last \(count.multipliedReportingOverflow(by: 30).partialValue) days` 或 `this month`")
          : Wording(
            en: "write `last \(count.multipliedReportingOverflow(by: 365).partialValue) days` or `this year`",
            zh: "请写 `last \(count.multipliedReportingOverflow(by: 365).partialValue) days` 或 `this year`"))
    case .windowWithin:
      CheckWords(
        .windowWithin, en: "`within` belongs in experiments and funnels", zh: "`within` 只用于实验和漏斗",
        hint: Wording(en: "write `last 14 days`", zh: "请写 `last 14 days`"))
    case .windowEmpty:
      CheckWords(
        .windowEmpty, en: "a window must span some time", zh: "窗口必须有一定时长",
        hint: Wording(en: "`last 1 days` is `today`", zh: "`last 1 days` 就是 `today`"))
    case .windowTooLong:
      CheckWords(
        .windowEmpty, en: "this window is too long", zh: "窗口太长了",
        hint: Wording(
          en: "without a window it is all time", zh: "不写窗口就是全部时间"))
    case .windowBoundQuoted(let meant):
      CheckWords(
        .windowBound, en: "a date stands without quotes", zh: "日期不加引号", label: .dateOfWindow,
        hint: .withoutQuotes(meant))
    case .bareDuration(let length):
      CheckWords(
        .argumentNotHere, en: "a duration is not a window yet", zh: "只写时长还不是时间窗口",
        hint: Wording(en: "write `last \(length)`", zh: "请写 `last \(length)`"))
    case .windowBound:
      CheckWords(
        .windowBound, en: "a window begins and ends at a fixed date or time", zh: "窗口的起止必须是固定的日期或时间",
        hint: Wording(
          en: "write `since 2026-01-01` or `from 2026-01-01 to 2026-01-31`",
          zh: "请写 `since 2026-01-01` 或 `from 2026-01-01 to 2026-01-31`"))
    case .windowOrder:
      CheckWords(
        .windowOrder, en: "this window ends before it begins", zh: "窗口的结束早于开始",
        hint: Wording(en: "swap the two", zh: "把两个日期对调"))
    case .notAWindow:
      CheckWords(
        .callForm, en: "a window was expected here", zh: "这里应当是时间窗口",
        hint: Wording(en: "such as `last 30 days` or `this week`", zh: "例如 `last 30 days` 或 `this week`"))
    default: patternWords
    }
  }

  private var patternWords: CheckWords {
    switch self {
    case .notEvents:
      CheckWords(
        .notEvents, en: "events were expected here", zh: "这里应当是事件",
        hint: Wording(
          en: "such as `like or comment`, an event set, or `anything`",
          zh: "例如 `like or comment`、事件集合或 `anything`"))
    case .aggregateInPattern(let what):
      CheckWords(
        .aggregateInPattern, en: "inside a pattern there can be no \(what.english)",
        zh: "事件模式里不能用\(what.chinese)",
        hint: Wording(
          en: "a pattern looks at one event; test this in `when`, or combine two `let`s",
          zh: "模式只看单个事件；请把它写进 `when`，或用两个 `let` 组合"))
    case .anonymous(let kinds):
      CheckWords(
        .anonymous, en: "\(Wording.names(kinds).english) is anonymous: nobody knows whose these events are",
        zh: "\(Wording.names(kinds).chinese)是匿名事件：无法知道是谁做的",
        hint: Wording(
          en: "count it in a `let … about community`", zh: "请在 `let … about community` 里统计它"))
    case .records(let kinds):
      CheckWords(
        .anonymous, en: "\(Wording.names(kinds).english): these are records of nobody, not of a member",
        zh: "\(Wording.names(kinds).chinese)是不属于任何成员的记录",
        hint: Wording(
          en: "sum it up in a `let … about community`", zh: "请在 `let … about community` 里汇总"))
    default: subjectWords
    }
  }

  private var subjectWords: CheckWords {
    switch self {
    case .sameForAll:
      CheckWords(
        .sameForAll, .warning, en: "`member` is the member whom this is about, the same at each event",
        zh: "`member` 就是当前这位成员，对每个事件都一样",
        hint: Wording(en: "who did the event is `event.member`", zh: "做出行为的人是 `event.member`"))
    case .memberInCommunity(let what, .content):
      CheckWords(
        .subject, en: "\(what.english) belongs to a member, and this is about a content item",
        zh: "\(what.chinese)属于成员，而这里说的是内容条目",
        hint: Wording(
          en: "say whose: `event.member.city` in a pattern, or a column of the item such as `author.city`",
          zh: "请说明是谁的：模式里写 `event.member.city`，或用内容的列，如 `author.city`"))
    case .memberInCommunity(let what, _):
      CheckWords(
        .subject, en: "\(what.english) belongs to a member, and this is about the community",
        zh: "\(what.chinese)属于成员，而这里说的是整个社群",
        hint: Wording(
          en: "sum it up over the members: `avg(…)`, `sum(…)`, `count(…)`",
          zh: "请对成员汇总：`avg(…)`、`sum(…)`、`count(…)`"))
    case .contentElsewhere(let what, let subject):
      CheckWords(
        .subject,
        en:
          "\(what.english) is about content items, and this is about \(subject == .community ? "the community" : "a member")",
        zh: "\(what.chinese)说的是内容条目，而这里说的是\(subject == .community ? "整个社群" : "成员")",
        hint: Wording(
          en: "it is known in other lets `about content`", zh: "它只能用在别的 `about content` 的 let 里"))
    case .seenByItem(let seen, let base):
      CheckWords(
        .subject, en: "`\(seen)` are the rows of `\(base)` as members see them; about an item there is one of each",
        zh: "“\(seen)”是成员看到的“\(base)”；对内容条目来说就是“\(base)”本身",
        hint: Wording(en: "write `\(base)`", zh: "请写“\(base)”"))
    case .refersToNoItem(let kinds):
      CheckWords(
        .subject, en: "\(Wording.names(kinds).english) refers to no content item",
        zh: "\(Wording.names(kinds).chinese)没有指向内容条目",
        hint: Wording(
          en: "an event belongs to the item in its first `item` column", zh: "事件属于它第一个 `item` 列所指的内容"))
    default: CheckWords(.callForm, en: "this call is wrong", zh: "调用有误")
    }
  }

  private func valueHint(_ name: String, _ base: Type.Base) -> Wording? {
    switch (name, base) {
    case ("count", .int), ("count", .number), ("share", .int), ("share", .number):
      Wording(en: "compare it, `\(name)(… > 0)`, or add it up: `sum(…)`", zh: "请做比较 `\(name)(… > 0)`，或求和 `sum(…)`")
    case ("sum", .bool), ("avg", .bool), ("median", .bool), ("quantile", .bool):
      Wording(
        en: "for members count them: `share(…)`; for events `count(… where …)`",
        zh: "成员请用 `share(…)`，事件请用 `count(… where …)`")
    case ("anniversary", .time): Wording(en: "it takes a `date` column", zh: "它需要 `date` 类型的列")
    default: nil
    }
  }
}
