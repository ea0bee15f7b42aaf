// Help for the codes of a run, R05xx.

extension HelpPages {
  static let run: [HelpPage] = [
    HelpPage(
      "R0501", en: "A number that grew too large", zh: "数值过大",
      Wording(
        en: """
          Whole numbers of rules go up to 9,223,372,036,854,775,807. A sum or product went beyond; the message \
          names rule, member and moment.
          """,
        zh: "规则里的整数最大为 9,223,372,036,854,775,807。有一个和或积超过了它；消息给出了规则、成员和时间。"),
      example: "incentive lottery { on purchase; award floor(amount) * 1_000_000_000_000_000_000 points }",
      mend: "incentive lottery { on purchase; award min(floor(amount), 1000) points }"),
    HelpPage(
      "R0502", en: "A negative award", zh: "发放的积分为负",
      Wording(
        en: "An award is 0 points or more. Write `max(0, …)` around the amount if it can fall below.",
        zh: "发放的积分不能小于 0。数额可能为负时，请写 `max(0, …)`。"),
      example: "incentive back { on purchase; award floor(amount) - 10 points }",
      mend: "incentive back { on purchase; award max(0, floor(amount) - 10) points }"),
    HelpPage(
      "R0503", en: "A balance that grew too large", zh: "积分余额过大",
      Wording(
        en: "The points of one member exceed what can be counted. The amount of a rule is surely not meant.",
        zh: "某个成员的积分超出了能计数的范围，多半是规则里的数额写错了。"),
      example: "incentive jackpot { on checkin; award 9_000_000_000_000_000_000 points }",
      mend: "incentive jackpot { on checkin; award 9_000 points }"),
    HelpPage(
      "R0504", en: "A value that grew too large", zh: "结果过大",
      Wording(
        en: "A `let` cannot be computed for the member that the message names.",
        zh: "消息里提到的成员，其 `let` 的值无法计算。"),
      example: "let squared = count(like) * 9_000_000_000_000_000_000",
      mend: "let squared = count(like) * 9"),
    HelpPage(
      "R0505", en: "More of the same kind", zh: "还有同类问题",
      Wording(
        en: "The message before stands for several; this is how many more there are.",
        zh: "前一条消息代表若干同类问题，这里是其余的数目。"),
      example: "",
      mend: ""),
    HelpPage(
      "R0506", en: "The day of the run is not known", zh: "不知道计算到哪一天",
      Wording(
        en: "Without events there is no newest day, so say up to when to compute.",
        zh: "没有事件就没有最新的一天，请写明计算到哪一天。"),
      example: "steward run rules --data club",
      mend: "steward run rules --data club --as-of 2026-06-30"),
    HelpPage(
      "R0507", en: "No such time zone", zh: "没有这个时区",
      Wording(
        en: "Time zones have names like `Asia/Shanghai` or `Europe/Berlin`.",
        zh: "时区的名称形如 `Asia/Shanghai`、`Europe/Berlin`。"),
      example: "community \"Club\" { time zone \"Beijing\"; members from \"members.csv\" { id text key } }",
      mend: "community \"Club\" { time zone \"Asia/Shanghai\"; members from \"members.csv\" { id text key } }"),
    HelpPage(
      "R0508", en: "No table for the time zone", zh: "没有时区数据",
      Wording(
        en: """
          The rules of time zones come from the machine's time zone database. Install the package `tzdata`, or \
          name its folder in the environment variable TZDIR.
          """,
        zh: "时区规则来自机器上的时区数据库。请安装 `tzdata` 软件包，或用环境变量 TZDIR 指明其文件夹。"),
      example: "steward run rules --data data",
      mend: "TZDIR=/usr/share/zoneinfo steward run rules --data data"),
    HelpPage(
      "R0510", en: "More than two hundred years", zh: "超过两百年",
      Wording(
        en: """
          A run looks at every day from the first to the as-of, which is the day of the newest event unless it is given. \
          One event of the year 2599 would make that hundreds of thousands of days. Mend its date, or name the days.
          """,
        zh: """
          一次计算要逐日查看，从第一天直到计算日期；不指定时，计算日期就是最新事件的那一天。只要有一个事件写成了 2599 年，\
          就会变成几十万天。请改正日期，或者写明起止日期。
          """),
      example: "steward run rules --data data",
      mend: "steward run rules --data data --as-of 2026-06-30"),
    HelpPage(
      "R0511", en: "Nothing to take back", zh: "没有可收回的奖励",
      Wording(
        en: """
          A rule with `take back` undoes the awards of another rule whose events have the same value, an order number \
          for instance. At some of its events there was no such award: the purchase earned nothing, it was refunded \
          before, or it is not in the data and bad rows are skipped. Nothing is taken then, and the run goes on.
          """,
        zh: """
          `take back` 规则收回另一条规则发放的、某个值（例如订单号）相同的奖励。有些事件找不到对应的奖励：购买当时没有得分、\
          已经退过一次，或者数据里没有这次购买而又选择了跳过有误的行。这时什么也不收回，计算照常进行。
          """),
      example: "",
      mend: ""),
    HelpPage(
      "R0512", en: "A metric, an alert, a goal or a phase grew too large", zh: "指标、预警、目标或阶段的数值过大",
      Wording(
        en: """
          A figure about the community went beyond 9,223,372,036,854,775,807 or the largest number \
          at the check that is named. Nothing is written.
          """,
        zh: "社群的某个数值在所示时点超出了 9,223,372,036,854,775,807 或最大的数。不会写出任何结果。"),
      example: "", mend: ""),
    HelpPage(
      "R0514", en: "Too many groups", zh: "分组过多",
      Wording(
        en: """
          A metric's `by` or an alert's `each` makes a series for each value, and they are made for what has few: a \
          city, a channel, a tier. With more than 2,000 values the run ends and writes nothing. What is asked of \
          single members is an alert with `each member in …`, a fact or a board.
          """,
        zh: """
          指标的 `by` 和预警的 `each` 会为每个取值各算一条序列，适合取值较少的字段：城市、渠道、等级。取值超过 2,000 个时，\
          计算会停下，不写出任何结果。要针对每位成员，请用 `each member in …` 的预警、`let` 或榜单。
          """),
      example: "", mend: ""),
    HelpPage(
      "R0513", en: "A refund without its purchase", zh: "没有购买却有退款",
      Wording(
        en: """
          A rule with `take back` undoes what another rule awarded for an event with the same value, an order number for \
          instance. At the row that is named the member had no such event before: the order is misspelt, the rows are \
          another member's, or the data begin in the middle of history. Nothing is written. Where it is to be expected, \
          end the clause with `if any`; with `--skip-bad-rows` it is a warning (R0511).
          """,
        zh: """
          `take back` 规则收回另一条规则为某个值（例如订单号）相同的事件发放的奖励。在所示的这一行之前，该成员没有这样的事件：\
          可能是订单号写错了，可能记在了别的成员名下，也可能数据是从中途开始导出的。不会写出任何结果。\
          如果这种情况在意料之中，请在子句末尾加上 `if any`；加上 `--skip-bad-rows` 时只作为警告（R0511）。
          """),
      example: "", mend: ""),
  ]
}
