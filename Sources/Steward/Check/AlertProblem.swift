/// What can be wrong with alerts, goals, plans and budgets of pushes.
enum AlertProblem: CheckProblem {
  case noCondition(String)
  case length(String)
  case lengthUnit(String)
  /// Shorter than the time between two checks.
  case lengthWithinCheck(String, String, CheckRhythm, wanted: String)
  /// No whole number of checks; what it comes to.
  case lengthBetweenChecks(String, String, CheckRhythm, whole: String)
  case severity(String, near: String?)
  case groupWithoutMembers
  case groupType(Type)
  /// `each paying`: two groups, where each member is probably meant.
  case groupsOfTwo(String)
  case unlessApart(String)
  case textType(String, Type)
  case privateShown(Wording, isAlert: Bool)
  case unknownAlert(String, near: String?)
  case unlessCycle([String])
  case goalForm(String)
  case goalReach(String)
  case goalBy(String)
  case notADay(String)
  case daysTurned(from: String, by: String)
  case phasesMissing(String)
  case unknownPhase(String, near: String?)
  case neverBegins(String, after: String, isNever: Bool)
  case laterFrom(String)
  case untilMissing(String)
  case pushesPerMember
  case pushesOfRule(String)
  case pushesOfWhole(String)
  case pushesWarning

  var words: CheckWords {
    switch self {
    case .goalForm, .goalReach, .goalBy, .notADay, .daysTurned: goalWords
    case .phasesMissing, .unknownPhase, .neverBegins, .laterFrom, .untilMissing: phaseWords
    case .pushesPerMember, .pushesOfRule, .pushesOfWhole, .pushesWarning: pushWords
    case .lengthWithinCheck, .lengthBetweenChecks: lengthWords
    case .groupWithoutMembers, .groupsOfTwo, .groupType, .unlessApart, .unlessCycle, .unknownAlert: groupWords
    default: alertWords
    }
  }

  private var alertWords: CheckWords {
    switch self {
    case .noCondition(let name):
      CheckWords(
        .alertCondition, en: "the alert `\(name)` does not say when it fires", zh: "预警“\(name)”没有写明触发条件",
        hint: Wording(en: "add `when silent_share > 77%`", zh: "请加上 `when silent_share > 77%`"))
    case .length(let keyword):
      CheckWords(
        .alertLength, en: "`\(keyword)` takes a fixed length of time above 0", zh: "`\(keyword)` 后面要写固定的、大于 0 的时长",
        hint: Wording(en: "write `\(keyword) 3 days`", zh: "请写 `\(keyword) 3 days`"))
    case .lengthUnit(let keyword):
      CheckWords(
        .alertLength, en: "`\(keyword)` counts days, weeks, hours or minutes, because months differ in length",
        zh: "`\(keyword)` 以天、周、小时或分钟计，因为每个月长短不一",
        hint: Wording(en: "write `\(keyword) 30 days`", zh: "请写 `\(keyword) 30 days`"))
    case .severity(let word, let near):
      CheckWords(
        .severity, en: "`\(word)` is no severity", zh: "没有“\(word)”这个级别",
        hint: .near(near)
          ?? Wording(en: "there are `info`, `warning` and `critical`", zh: "级别有 `info`、`warning` 和 `critical`"))
    case .textType(let keyword, let type):
      CheckWords(
        .mismatch, en: "`\(keyword)` is a text, this is \(type.words.english)",
        zh: "`\(keyword)` 必须是文本，这里却是\(type.words.chinese)",
        hint: Wording(en: "show it in one: `\"now {…}\"`", zh: "请写进文本里：`\"当前 {…}\"`"))
    case .privateShown(let what, isAlert: false):
      CheckWords(
        .privateShown, en: "\(what.english) would show a private value", zh: "\(what.chinese)会暴露私密信息",
        hint: Wording(en: "take a figure that everybody may see", zh: "请改用可以公开的数值"))
    case .privateShown(let what, isAlert: true):
      CheckWords(
        .privateShown, en: "\(what.english) would show a private value", zh: "\(what.chinese)会暴露私密信息",
        hint: Wording(
          en: "it may decide whether the alert fires (`when`), never its text or group",
          zh: "私密信息只能决定是否预警（`when`），不能出现在文字或分组里"))
    default: CheckWords(.alertCondition, en: "an alert is wrong", zh: "预警有误")
    }
  }

  private var lengthWords: CheckWords {
    switch self {
    case .lengthWithinCheck(let keyword, let length, let rhythm, let wanted):
      let (often, stretch) = rhythm.words
      let isHourly = rhythm.isWithinDays
      return CheckWords(
        .lengthApart, .warning,
        en: "`\(keyword) \(length)` does nothing: the alert is looked at \(often.english), and a check speaks for "
          + stretch.english,
        zh: "`\(keyword) \(length)` 不起作用：这条预警\(often.chinese)检查一次，一次检查代表\(stretch.chinese)",
        hint: isHourly
          ? Wording(
            en: "an alert is looked at no more often; write whole hours, or drop this",
            zh: "检查最密为每小时一次；请写整小时，或去掉这一条")
          : Wording(
            en: "to look more often, write `check every \(wanted)`", zh: "想检查得更密，请写 `check every \(wanted)`"))
    case .lengthBetweenChecks(let keyword, let length, let rhythm, let whole):
      return CheckWords(
        .lengthApart, .warning,
        en:
          "`\(keyword) \(length)` comes to \(whole): the alert is looked at \(rhythm.words.often.english), and not between",
        zh: "`\(keyword) \(length)` 实际相当于 `\(whole)`：这条预警\(rhythm.words.often.chinese)检查一次，中间不检查",
        hint: rhythm.isWithinDays
          ? Wording(en: "write `\(keyword) \(whole)`", zh: "请写 `\(keyword) \(whole)`")
          : Wording(
            en: "write `\(keyword) \(whole)`, or `check every \(rhythm == .daily ? "hour" : "day")`",
            zh: "请写 `\(keyword) \(whole)`，或写 `check every \(rhythm == .daily ? "hour" : "day")`"))
    default: return alertWords
    }
  }

  private var groupWords: CheckWords {
    switch self {
    case .groupsOfTwo(let name):
      CheckWords(
        .alertGroup, .note,
        en: "`each \(name)` watches two groups, those for whom `\(name)` holds and those for whom it does not",
        zh: "`each \(name)` 监测的是两个分组：符合“\(name)”的人和不符合的人",
        hint: Wording(
          en: "for each single member of it write `each member in \(name)`",
          zh: "若要逐个监测其中的成员，请写 `each member in \(name)`"))
    case .groupWithoutMembers:
      CheckWords(
        .alertGroup, en: "`group by` brings notifications about several members into one, and this alert is about none",
        zh: "`group by` 把多位成员的通知合成一条，而这条预警不针对成员",
        hint: Wording(en: "add `each member in …`, or drop it", zh: "请加上 `each member in …`，或去掉它"))
    case .groupType(let type):
      CheckWords(
        .alertGroup, en: "\(type.base.words.english) makes no groups", zh: "不能按\(type.base.words.chinese)分组",
        hint: Wording(en: "write a column such as `group by city`", zh: "请写一列，如 `group by city`"))
    case .unlessApart(let name):
      CheckWords(
        .alertGroup, en: "`\(name)` is about single members or groups, and this alert is not about the same",
        zh: "“\(name)”针对的是单个成员或分组，与这条预警的对象不同",
        hint: Wording(
          en: "`unless` takes an alert about the whole community, or one about each of the same",
          zh: "`unless` 只能写针对整个社群的预警，或对象相同的预警"))
    case .unlessCycle(let names):
      CheckWords(
        .cycle, en: "these alerts silence each other: " + names.joined(separator: " → "),
        zh: "这些预警互相抑制：" + names.joined(separator: " → "),
        hint: Wording(en: "drop one `unless`", zh: "请去掉其中一个 `unless`"))
    case .unknownAlert(let name, let near):
      CheckWords(.unknownAlert, en: "there is no alert `\(name)`", zh: "没有预警“\(name)”", hint: .near(near))
    default: alertWords
    }
  }

  private var goalWords: CheckWords {
    switch self {
    case .goalForm(let name):
      CheckWords(
        .goal, en: "the goal `\(name)` is one comparison of a number with what it shall reach, by `>=` or `<=`",
        zh: "目标“\(name)”应是一个用 `>=` 或 `<=` 的数值比较",
        hint: Wording(en: "write `reach count(active) >= 2000`", zh: "请写 `reach count(active) >= 2000`"))
    case .goalReach(let name):
      CheckWords(
        .goal, en: "the goal `\(name)` does not say what shall be reached", zh: "目标“\(name)”没有写明要达到什么",
        hint: Wording(en: "add `reach count(active) >= 2000`", zh: "请加上 `reach count(active) >= 2000`"))
    case .goalBy(let name):
      CheckWords(
        .goal, en: "the goal `\(name)` does not say by when", zh: "目标“\(name)”没有写明截止日期",
        hint: Wording(en: "add `by 2026-12-31`", zh: "请加上 `by 2026-12-31`"))
    case .notADay(let keyword):
      CheckWords(
        .goalDays, en: "`\(keyword)` takes a day", zh: "`\(keyword)` 后面要写一个日期",
        hint: Wording(en: "write `\(keyword) 2026-03-31`", zh: "请写 `\(keyword) 2026-03-31`"))
    case .daysTurned(let from, let by):
      CheckWords(
        .goalDays, en: "\(by) comes before \(from): there is no time to get there", zh: "\(by) 早于 \(from)，没有达成的时间",
        hint: Wording(en: "`by` is a later day than `from`", zh: "`by` 要晚于 `from`"))
    default: phaseWords
    }
  }

  private var phaseWords: CheckWords {
    switch self {
    case .phasesMissing(let name):
      CheckWords(
        .phases, en: "the plan `\(name)` has no phases", zh: "计划“\(name)”没有任何阶段",
        hint: Wording(
          en: "add `phase foundation { until count(members) >= 500; by 2026-02-15 }`",
          zh: "请加上 `phase foundation { until count(members) >= 500; by 2026-02-15 }`"))
    case .laterFrom(let name):
      CheckWords(
        .phases, en: "`\(name)` begins when the phase before it is over, so it has no `from`",
        zh: "“\(name)”在前一阶段结束后开始，不写 `from`",
        hint: Wording(
          en: "only a plan's first phase begins on a day; until when one shall be over is `by`",
          zh: "只有第一个阶段写开始日期；应在何时之前完成请写 `by`"))
    case .untilMissing(let name):
      CheckWords(
        .phases, en: "`\(name)` has a `by`, and nothing that could be late", zh: "“\(name)”写了 `by`，却没有要完成的事",
        hint: Wording(en: "say what ends it: `until …`", zh: "请用 `until …` 写明何时结束"))
    case .unknownPhase(let name, let near):
      CheckWords(.unknownPhase, en: "there is no phase `\(name)`", zh: "没有阶段“\(name)”", hint: .near(near))
    case .neverBegins(let name, let after, isNever: false):
      CheckWords(
        .phaseNeverBegins, en: "`\(name)` can never begin: nothing ends `\(after)` before it",
        zh: "“\(name)”永远不会开始：它前面的“\(after)”没有结束条件",
        hint: Wording(
          en: "say in `\(after)` when it is over: `until count(members) >= 500`",
          zh: "请在“\(after)”里写明何时结束：`until count(members) >= 500`"))
    case .neverBegins(let name, let after, isNever: true):
      CheckWords(
        .phaseNeverBegins, en: "`\(name)` can never begin: the end of `\(after)` never holds",
        zh: "“\(name)”永远不会开始：“\(after)”的结束条件永远不成立",
        hint: Wording(
          en: "say in `\(after)` what ends it: `until count(members) >= 500`",
          zh: "请在“\(after)”里写明何时结束：`until count(members) >= 500`"))
    default: pushWords
    }
  }

  private var pushWords: CheckWords {
    switch self {
    case .pushesPerMember:
      CheckWords(
        .pushes, en: "pushes are each member's attention: this budget is one per member", zh: "推送占用的是每位成员的注意力，要按成员计算",
        hint: Wording(en: "write `5 pushes per week per member`", zh: "请写 `5 pushes per week per member`"))
    case .pushesOfRule(let name):
      CheckWords(
        .pushes, en: "`\(name)` awards points; a budget of pushes covers alerts about members",
        zh: "“\(name)”发放的是积分；推送预算只覆盖针对成员的预警",
        hint: Wording(en: "give it a budget of `points`", zh: "请给它写 `points` 预算"))
    case .pushesOfWhole(let name):
      CheckWords(
        .pushes, en: "`\(name)` is not about single members, so nobody's pushes are used by it",
        zh: "“\(name)”不针对单个成员，不会占用任何人的推送",
        hint: Wording(en: "cover alerts with `each member in …`", zh: "请覆盖带 `each member in …` 的预警"))
    case .pushesWarning:
      CheckWords(
        .pushes, en: "a budget of pushes is each member's own, and has no `warn at`", zh: "推送预算属于每位成员，不能写 `warn at`",
        hint: Wording(en: "drop it", zh: "请去掉它"))
    default: CheckWords(.pushes, en: "a budget is wrong", zh: "预算有误")
    }
  }
}
