/// What can be wrong with boards, deductions, what is taken back, and budgets.
enum RewardProblem: CheckProblem {
  /// Why two clauses do not go together.
  enum Why {
    case oneAction, deduction, undoing, noEvent
  }

  case apart(String, from: String, why: Why)
  case takenBack(String, awards: Bool)
  case prizesWithoutBoard
  case boardAtEvent
  case boardWithoutPoints
  case rankKey(Type, isFirst: Bool)
  case boardGroup(Type)
  case budgetAmount(String)
  case coversNothing(String)
  case coveredTwice(String)
  case coveredGivesNothing(String, purse: String)
  case warning
  case expiry
  case cost
  case privateOrder(Wording)

  var words: CheckWords {
    switch self {
    case .apart(let clause, let other, let why):
      CheckWords(
        .clausesApart, en: "`\(clause)` does not go with `\(other)`: \(why.wording.english)",
        zh: "`\(clause)` 不能和 `\(other)` 一起用：\(why.wording.chinese)", hint: why.hint)
    case .takenBack(let name, awards: true):
      CheckWords(
        .takenBack, en: "`\(name)` awards at the end of a period, not at events", zh: "“\(name)”在周期结束时发放，没有对应的事件",
        hint: Wording(
          en: "only awards of an `on` rule can be taken back, by an attribute that both events have",
          zh: "只有 `on` 规则的发放才能收回，靠两个事件共有的属性来对应"))
    case .takenBack(let name, awards: false):
      CheckWords(
        .takenBack, en: "`\(name)` awards no points that could be taken back", zh: "“\(name)”没有发放积分，没有可收回的",
        hint: Wording(en: "name the rule that awarded them", zh: "请写发放积分的那条规则"))
    case .expiry:
      CheckWords(
        .expiry, en: "points expire after a fixed number of whole days", zh: "积分的有效期必须是固定的整天数",
        hint: Wording(
          en: "write `expires after 180 days`; they are gone at the end of the last day",
          zh: "请写 `expires after 180 days`；积分在最后一天结束时失效"))
    case .cost:
      CheckWords(
        .cost, en: "the cost of a point is a fixed number above 0", zh: "每分成本必须是大于 0 的固定数字",
        hint: Wording(en: "write `cost 0.01 per point`", zh: "请写 `cost 0.01 per point`"))
    case .privateOrder(let what):
      CheckWords(
        .privateOrder, en: "a private value decides \(what.english)", zh: "私密信息决定了\(what.chinese)",
        hint: Wording(
          en: "it may decide who takes part (`among`, `when`), never place or group",
          zh: "私密信息只能决定谁参加（`among`、`when`），不能决定名次或分组"))
    case .budgetAmount, .coversNothing, .coveredTwice, .coveredGivesNothing, .warning: budgetWords
    default: boardWords
    }
  }

  private var boardWords: CheckWords {
    switch self {
    case .prizesWithoutBoard:
      CheckWords(
        .board, en: "several prizes need places to go to", zh: "有多个奖项，却没有名次",
        hint: Wording(
          en: "say who comes first: `rank by earned(this month)`", zh: "请说明怎么排名：`rank by earned(this month)`"))
    case .boardAtEvent:
      CheckWords(
        .board, en: "a board is drawn up at the end of a period, and this rule acts at events",
        zh: "排行榜在周期结束时评出，而这条规则由事件触发",
        hint: Wording(en: "write `every month` instead of `on …`", zh: "请把 `on …` 改成 `every month`"))
    case .boardWithoutPoints:
      CheckWords(
        .board, en: "this board does not say how many points its places get", zh: "这个排行榜没有说明各名次得多少积分",
        hint: Wording(en: "write `award 500, 300, 200 points`", zh: "请写 `award 500, 300, 200 points`"))
    case .rankKey(let type, isFirst: true):
      CheckWords(
        .board, en: "a board ranks by a number first, this is \(type.base.words.english)",
        zh: "排行榜首先要按数字排名，这里却是\(type.base.words.chinese)",
        hint: Wording(
          en: "members for whom it is 0 take no part: `rank by count(answer, this month), joined asc`",
          zh: "该数为 0 的成员不参加排名：`rank by count(answer, this month), joined asc`"))
    case .rankKey(let type, isFirst: false):
      CheckWords(
        .board, en: "\(type.base.words.english) has no order", zh: "\(type.base.words.chinese)没有先后之分",
        hint: Wording(en: "rank by a number or a time", zh: "请按数字或时间排名"))
    case .boardGroup(let type):
      CheckWords(
        .board, en: "\(type.base.words.english) makes no groups", zh: "不能按\(type.base.words.chinese)分组",
        hint: Wording(en: "write a column such as `within city`", zh: "请写一列，如 `within city`"))
    default: budgetWords
    }
  }

  private var budgetWords: CheckWords {
    switch self {
    case .budgetAmount(let name):
      CheckWords(
        .budget, en: "the budget `\(name)` does not say how much there is", zh: "预算“\(name)”没有说明额度",
        hint: Wording(en: "add `300_000 points per quarter`", zh: "请加上 `300_000 points per quarter`"))
    case .coversNothing(let name):
      CheckWords(
        .budget, en: "the budget `\(name)` covers no incentive", zh: "预算“\(name)”没有覆盖任何激励",
        hint: Wording(
          en: "name them: `covers daily_checkin, weekly_task`", zh: "请列出激励规则：`covers daily_checkin, weekly_task`"))
    case .coveredTwice(let name):
      CheckWords(
        .budget, en: "`\(name)` is covered twice", zh: "“\(name)”列了两次",
        hint: Wording(en: "keep one", zh: "保留一个即可"))
    case .coveredGivesNothing(let name, let purse):
      CheckWords(
        .capWithoutPoints, .warning, en: "`\(name)` gives no `\(purse)`, so this budget does nothing for it",
        zh: "“\(name)”不发放“\(purse)”，这个预算对它不起作用")
    case .warning:
      CheckWords(
        .budget, en: "a budget warns at a share of it, above 0% and up to 100%", zh: "预算预警必须是大于 0%、不超过 100% 的比例",
        hint: Wording(en: "write `warn at 80%`", zh: "请写 `warn at 80%`"))
    default: CheckWords(.board, en: "a rule is wrong", zh: "规则有误")
    }
  }
}

extension RewardProblem.Why {
  fileprivate var wording: Wording {
    switch self {
    case .oneAction: Wording(en: "a rule does one of the two", zh: "一条规则只做其中一件事")
    case .deduction: Wording(en: "a deduction gives nothing that it could be about", zh: "扣分不发放积分，它无从谈起")
    case .undoing: Wording(en: "it undoes just what was awarded", zh: "收回的正是当初发放的那些")
    case .noEvent: Wording(en: "there is no event to compare", zh: "没有可以比对的事件")
    }
  }

  fileprivate var hint: Wording? {
    switch self {
    case .oneAction: Wording(en: "make it two incentives", zh: "请拆成两条激励")
    case .deduction:
      Wording(en: "to deduct less often use `limit` or `cooldown`", zh: "要限制扣分的次数请用 `limit` 或 `cooldown`")
    case .undoing: Wording(en: "drop it; `when` and `among` may stay", zh: "请去掉；`when` 和 `among` 可以保留")
    case .noEvent: Wording(en: "write `on refund` instead", zh: "请改写成 `on refund`")
    }
  }
}
