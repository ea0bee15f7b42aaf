// The one table of what is built in. A new function is a row here, its meaning in Check and its kernel in Run.

extension Signature {
  /// Every built-in function and aggregate; those of one name differ in their first argument.
  public static let builtIn: [Signature] = eventAggregates + memberAggregates + functions + rewards + metrics

  private static let overEvents: [Parameter] = [Parameter(.window, optional: true), Parameter(.same, optional: true)]

  private static func ofEvents(_ accepts: Accepts) -> [Parameter] { [Parameter(.valueOfPattern(accepts))] + overEvents }

  private static let maybeNumber = Result.fixed(Type(.number, optional: true))
  private static let maybeTime = Result.fixed(Type(.time, optional: true))

  private static let eventAggregates: [Signature] = [
    Signature(
      "count", .events, [Parameter(.pattern)] + overEvents, .fixed(.int),
      Wording(en: "how many of the events there are", zh: "这些事件有多少次")),
    Signature(
      "any", .events, [Parameter(.pattern)] + overEvents, .fixed(.bool),
      Wording(en: "whether there is at least one of the events", zh: "这些事件是否至少有一次")),
    Signature(
      "days", .events, [Parameter(.pattern)] + overEvents, .fixed(.int),
      Wording(en: "on how many calendar days there is at least one of the events", zh: "有这些事件的日历天数")),
    Signature(
      "first", .events, [Parameter(.pattern)] + overEvents, maybeTime,
      Wording(en: "the time of the earliest of the events", zh: "这些事件中最早一次的时间")),
    Signature(
      "last", .events, [Parameter(.pattern)] + overEvents, maybeTime,
      Wording(en: "the time of the latest of the events", zh: "这些事件中最近一次的时间")),
    Signature(
      "last", .events, ofEvents(.scalar), .value(optional: true),
      Wording(en: "the value at the latest of the events", zh: "最近一次事件的取值")),
    Signature(
      "sum", .events, ofEvents(.numeric), .value(optional: false),
      Wording(en: "the exact sum of a value over the events", zh: "事件数值的精确合计")),
    Signature(
      "avg", .events, ofEvents(.numeric), maybeNumber,
      Wording(en: "the exact average of a value over the events", zh: "事件数值的精确平均")),
    Signature(
      "min", .events, ofEvents(.measured), .value(optional: true),
      Wording(en: "the smallest value among the events", zh: "事件数值的最小值")),
    Signature(
      "max", .events, ofEvents(.measured), .value(optional: true),
      Wording(en: "the largest value among the events", zh: "事件数值的最大值")),
    Signature(
      "median", .events, ofEvents(.numeric), maybeNumber,
      Wording(en: "the middle value of the events", zh: "事件数值的中位数")),
    Signature(
      "quantile", .events, [Parameter(.valueOfPattern(.numeric)), Parameter(.rank)] + overEvents, maybeNumber,
      Wording(en: "the value that a share of the events do not exceed, linear between ranks", zh: "事件数值的分位数，名次之间线性插值")),
    Signature(
      "distinct", .events, ofEvents(.scalar), .fixed(.int),
      Wording(en: "how many different values the events have", zh: "事件中不同取值的个数")),
    Signature(
      "streak", .events,
      [
        Parameter(.pattern), Parameter(.byPeriod, optional: true), Parameter(.forgive, optional: true),
        Parameter(.same, optional: true),
      ],
      .fixed(.int),
      Wording(
        en: "how many days (or weeks) in a row have one of the events; forgiven ones neither break nor add",
        zh: "连续有这些事件的天数（或周数）；宽免的日子不中断，也不计入")),
  ]

  private static func aboutMembers(_ accepts: Accepts) -> [Parameter] {
    [Parameter(.memberValue(accepts)), Parameter(.among, optional: true)]
  }

  private static let memberAggregates: [Signature] = [
    Signature(
      "count", .members, aboutMembers(.yesNo), .fixed(.int),
      Wording(en: "how many members present are in the segment", zh: "分群里现有多少成员")),
    Signature(
      "share", .members, aboutMembers(.yesNo), .fixed(.number),
      Wording(en: "which share of the members present is in the segment", zh: "分群占现有成员的比例")),
    Signature(
      "sum", .members, aboutMembers(.numeric), .value(optional: false),
      Wording(en: "the exact sum of a value over the members present", zh: "现有成员数值的精确合计")),
    Signature(
      "avg", .members, aboutMembers(.numeric), maybeNumber,
      Wording(en: "the exact average of a value over the members present", zh: "现有成员数值的精确平均")),
    Signature(
      "min", .members, aboutMembers(.numeric), .value(optional: true),
      Wording(en: "the smallest value among the members present", zh: "现有成员数值的最小值")),
    Signature(
      "max", .members, aboutMembers(.numeric), .value(optional: true),
      Wording(en: "the largest value among the members present", zh: "现有成员数值的最大值")),
    Signature(
      "median", .members, aboutMembers(.numeric), maybeNumber,
      Wording(en: "the middle value of the members present", zh: "现有成员数值的中位数")),
    Signature(
      "quantile", .members,
      [Parameter(.memberValue(.numeric)), Parameter(.rank), Parameter(.among, optional: true)], maybeNumber,
      Wording(
        en: "the value that a share of the members present do not exceed, linear between ranks",
        zh: "现有成员数值的分位数，名次之间线性插值")),
  ]

  private static let functions: [Signature] = [
    Signature(
      "min", .function, [Parameter(.scalars(.measured))], .value(optional: false),
      Wording(en: "the smallest of several values", zh: "几个值中最小的")),
    Signature(
      "max", .function, [Parameter(.scalars(.measured))], .value(optional: false),
      Wording(en: "the largest of several values", zh: "几个值中最大的")),
    Signature(
      "abs", .function, [Parameter(.scalar(.signed))], .value(optional: false),
      Wording(en: "the value without its sign", zh: "绝对值")),
    Signature(
      "round", .function, [Parameter(.scalar(.numeric))], .fixed(.int),
      Wording(en: "the nearest whole number, halves away from zero", zh: "四舍五入取整（.5 远离零）")),
    Signature(
      "floor", .function, [Parameter(.scalar(.numeric))], .fixed(.int),
      Wording(en: "the whole number at or below", zh: "向下取整")),
    Signature(
      "ceil", .function, [Parameter(.scalar(.numeric))], .fixed(.int),
      Wording(en: "the whole number at or above", zh: "向上取整")),
    Signature(
      "sqrt", .function, [Parameter(.scalar(.numeric))], maybeNumber,
      Wording(en: "the square root; missing below 0", zh: "平方根；小于 0 时为缺失")),
    Signature(
      "log", .function, [Parameter(.scalar(.numeric))], maybeNumber,
      Wording(en: "the natural logarithm; missing at 0 and below", zh: "自然对数；不大于 0 时为缺失")),
    Signature(
      "anniversary", .function, [Parameter(.scalar(.date))], .fixed(.bool),
      Wording(
        en: "whether today is the anniversary of a date; 28 February where the 29th is missing",
        zh: "今天是否某日期的周年；没有 2 月 29 日的年份按 2 月 28 日")),
    Signature(
      "previous", .function, [Parameter(.value), Parameter(.days)], .value(optional: true),
      Wording(
        en: "what a value was so many days earlier; missing before there was one",
        zh: "若干天前的取值；当时还没有则为缺失")),
  ]

  private static let metrics: [Signature] = [
    Signature(
      "change", .metrics, [Parameter(.metric), Parameter(.days)], .value(optional: true),
      Wording(en: "by how much a metric has changed in so many days", zh: "指标在若干天里的变化量")),
    Signature(
      "growth", .metrics, [Parameter(.metric), Parameter(.days)], maybeNumber,
      Wording(en: "that change as a share of what the metric was", zh: "该变化占原值的比例")),
    Signature(
      "moving_avg", .metrics, [Parameter(.metric), Parameter(.days)], maybeNumber,
      Wording(en: "the average of a metric over the last so many days", zh: "指标在最近若干天里的平均值")),
  ]

  private static let rewards: [Signature] = [
    Signature(
      "earned", .rewards, [Parameter(.purse, optional: true), Parameter(.window, optional: true)], .fixed(.int),
      Wording(
        en: "the points awarded within a window; of another purse `earned(xp, this month)`",
        zh: "窗口内获得的积分；别的账户写 `earned(xp, this month)`")),
    Signature(
      "spent", .rewards, [Parameter(.purse, optional: true), Parameter(.window, optional: true)], .fixed(.int),
      Wording(
        en: "the points deducted within a window; of another purse `spent(xp, this month)`",
        zh: "窗口内被扣除的积分；别的账户写 `spent(xp, this month)`")),
    Signature(
      "awards", .rewards, [Parameter(.incentive), Parameter(.window, optional: true)], .fixed(.int),
      Wording(en: "how many awards of an incentive there were", zh: "某激励规则发放的次数")),
    Signature(
      "last_award", .rewards, [Parameter(.incentive)], maybeTime,
      Wording(en: "when an incentive last awarded", zh: "某激励规则最近一次发放的时间")),
  ]
}
