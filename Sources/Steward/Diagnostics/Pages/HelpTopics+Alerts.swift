// The topics about watching a community: alerts, goals, plans and their phases.

extension HelpTopic {
  static let alerts = HelpTopic(
    "alert", "alerts for each unless check severity message notify suggest warning critical info firing",
    en: "Alerts: what needs attention", zh: "预警：什么需要注意",
    text: Wording(
      en: """
        An alert is looked at the end of each day. A condition that holds is pending until it has held long enough, then
        the alert fires; when the condition fails it is resolved.

            when share(silent) > 77%         what needs attention
            for 3 days                       fires at the end of the third day in a row
            keep 2 days                      goes on firing until the condition has failed for two days in a row
            check every hour                 looks more often; `week`, `month` and so on less often
            severity critical                `info`, `warning` (unless said) or `critical`
            cooldown 7 days                  after a notification none about the same for so long
            message "{count(silent)} silent" what is said; `suggest "…"` what to do about it; `notify "ops"` to whom
            unless other_alert               says nothing while that one fires

        It is about the community, or with `each member in S` about each member of a segment; then `group by city` makes
        one notification of all members of a city.
        """,
      zh: """
        预警在每天结束时检查。条件成立后先是“待定”，持续够久才“触发”；条件不再成立即“解除”。

            when share(silent) > 77%         什么情况需要注意
            for 3 days                       连续第三天结束时触发
            keep 2 days                      条件连续两天不成立才解除
            check every hour                 检查得更勤；`week`、`month` 等则更疏
            severity critical                `info`、`warning`（默认）或 `critical`
            cooldown 7 days                  通知一次后，同一对象在这段时间内不再通知
            message "{count(silent)} 人沉默"  通知的内容；`suggest "…"` 是建议，`notify "ops"` 是通知谁
            unless other_alert               那条预警触发期间不通知

        默认针对整个社群；写 `each member in 分群` 则针对每位成员，此时 `group by city` 把同一城市的成员合成一条通知。
        """),
    example: """
      segment silent = not any(like, last 30 days)
      alert silent_majority {
        when share(silent) > 77%
        for 3 days
        severity critical
        cooldown 7 days
        message "{share(silent) as percent} of members have been silent for 30 days"
        notify "ops"
      }
      """)

  static let goals = HelpTopic(
    "goal", "goals reach target pace forecast trend",
    en: "Goals: a figure to reach by a day", zh: "目标：在某天之前达到的数值",
    text: Wording(
      en: """
        A goal compares a number about the community with what it shall reach, by `>=` or `<=`, and says by when.
        A run shows the share of the way since `from` (or the first day), what a straight line would have by now, whether
        that is on track or behind, met or missed, and the day on which the trend of the last 28 days gets there.
        """,
      zh: """
        目标把社群的一个数值与要达到的值作比较（`>=` 或 `<=`），并写明截止日期。
        运行后可以看到：自 `from`（或第一天）以来走了多少、按直线进度现在应有多少、是否跟上进度、是否达成，
        以及按最近 28 天的趋势哪天能达到。
        """),
    example: "goal first_two_thousand { reach count(members) >= 2000; from 2026-01-01; by 2026-03-31 }")

  static let plans = HelpTopic(
    "plan", "plans phase phases until during late",
    en: "Plans: phases that follow one another", zh: "计划：依次进行的阶段",
    text: Wording(
      en: """
        The first phase begins on its `from`, or on the first day. The next one begins the day after `until` first holds
        at a day's end; past `by` the plan is late by so many days. A rule with `during` acts in the phases named alone.
        """,
      zh: """
        第一个阶段从 `from`（或第一天）开始。`until` 在某天结束时首次成立，次日进入下一阶段；
        过了 `by` 就算延误，以天计。写了 `during` 的规则只在列出的阶段内起作用。
        """),
    example: """
      plan launch {
        phase foundation { from 2026-01-01; until count(members) >= 500; by 2026-02-15 }
        phase activation
      }
      incentive welcome { on checkin; during foundation; award 20 points; limit 1 ever }
      """)
}
