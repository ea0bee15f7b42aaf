// The topics about what becomes of points: boards, deductions, budgets, further purses; and modules.

extension HelpTopic {
  static let points = HelpTopic(
    "rewards",
    """
    deduct up take back expires expire after cost point purse purses redeem refund spent xp penalty
    """,
    en: "Points that expire, are spent or taken back", zh: "积分的过期、消费和收回",
    text: Wording(
      en: """
        An incentive awards, deducts or takes back:

            award 5 points and 5 xp          several purses; `purse xp` in the community block declares one
            expires after 180 days           the points are gone at the end of the last day
            cost 0.01 per point              what a point costs the community
            deduct 100 points                refused where the balance does not suffice; what expires first goes first
            deduct up to 100 points          takes what there is
            take back buying same order      undoes that rule's awards whose event had the same `order`
                                             (`… if any` where data begin in the middle: else R0513)

        Read them with `points`, `xp`, `earned(this month)`, `earned(xp, this month)`, `spent(this month)`,
        `awards(RULE)`, `last_award(RULE)`, `badges`. In an `on` rule they are as the day began.
        """,
      zh: """
        一条激励发放、扣除或收回积分：

            award 5 points and 5 xp          同时发几种积分；在 community 块里用 `purse xp` 声明
            expires after 180 days           有效期；最后一天结束时失效
            cost 0.01 per point              每分给社群带来的成本
            deduct 100 points                余额不足则拒绝；先扣最早过期的
            deduct up to 100 points          有多少扣多少
            take back buying same order      收回该规则对同一 `order` 发放的积分
                                             （数据从中途开始时末尾加 `if any`，否则报 R0513）

        读取用 `points`、`xp`、`earned(this month)`、`earned(xp, this month)`、`spent(this month)`、
        `awards(规则)`、`last_award(规则)`、`badges`。在 `on` 规则里读到的是当天开始时的值。
        """),
    example: """
      incentive buying { on purchase; award floor(amount) points; expires after 180 days; cost 0.01 per point }
      incentive returned { on refund; take back buying same order }
      """)

  static let board = HelpTopic(
    "board", "rank leaderboard ranking asc desc within prize prizes",
    en: "Boards: prizes for the first places", zh: "排行榜：给名次发奖",
    text: Wording(
      en: """
        A board is drawn up at the end of each period, over the present members for whom `among` and `when` hold and
        whose first key is above 0. Highest first, unless `asc`; equals all get the higher prize.

            rank by earned(this month), joined asc      further keys decide among equals
            within city                                 a board for each city
            award 500, 300, 200 points                  the prizes of its places
        """,
      zh: """
        排行榜在每个周期结束时评出，参加的是符合 `among` 和 `when`、且第一个排名值大于 0 的现有成员。
        默认从高到低，写 `asc` 则从低到高；并列者都得较高的奖。

            rank by earned(this month), joined asc      后面的值在相同时决定先后
            within city                                 每个城市各一个榜
            award 500, 300, 200 points                  各名次的奖励
        """),
    example: """
      incentive monthly_board {
        every month
        rank by earned(this month), joined asc within city
        award 500, 300, 200 points
      }
      """)

  static let budget = HelpTopic(
    "budget", "covers warn budgets",
    en: "Budgets: points that rules share", zh: "预算：多条规则共用的积分",
    text: Wording(
      en: """
        A budget says how many points several incentives may give together in a period. For the community an award is
        paid in full or refused; `per member` cuts it to what is left.

            300_000 points per quarter       how much there is; `200 points per day per member` for each member
            covers daily_checkin, thanks     which incentives draw on it
            warn at 80%                      when to say that it runs out
        """,
      zh: """
        预算规定几条激励在一个周期里一共能发多少积分。整个社群的预算要么全额发放、要么拒绝；
        `per member` 则削减到剩余额度。

            300_000 points per quarter       额度；每人的额度写 `200 points per day per member`
            covers daily_checkin, thanks     由哪些激励共用
            warn at 80%                      用到多少时提醒
        """),
    example: """
      incentive thanks { on like; award 5 points }
      incentive buying { on purchase; award 10 points; budget 50_000 points per month }
      budget season { 300_000 points per quarter; covers thanks, buying; warn at 80% }
      """)

  static let modules = HelpTopic(
    "modules", "module use needs parameter std library stdlib",
    en: "Modules: rules to build on", zh: "模块：现成的规则",
    text: Wording(
      en: """
        A rule set is a folder; its files share one name space. `use` brings in more:

            use std.points                   a module of the standard library
            use "../shared"                  another folder of rules
            override incentive …             replaces a declaration that came with a module
            needs events checkin             in a module: what whoever uses it has to declare
            parameter silent_after = 30 days a value that may be set: `override parameter silent_after = 14 days`
        """,
      zh: """
        一个规则集就是一个文件夹，里面的文件共用一个命名空间。用 `use` 引入别的规则：

            use std.points                   标准库的模块
            use "../shared"                  另一个规则文件夹
            override incentive …             替换模块带来的声明
            needs events checkin             写在模块里：使用者必须声明的事件
            parameter silent_after = 30 days 可以调整的值：`override parameter silent_after = 14 days`
        """),
    example: """
      parameter silent_after = 30 days
      segment silent = not any(anything, last silent_after)
      """)
}
