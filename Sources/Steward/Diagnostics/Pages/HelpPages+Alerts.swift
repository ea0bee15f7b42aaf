// Help for the codes of alerts, goals, plans and budgets of pushes: N0217, N0216, T0375 and T0390–T0398.

extension HelpPages {
  static let alertNames: [HelpPage] = [
    HelpPage(
      "N0217", en: "An alert that is not there", zh: "没有这个预警",
      Wording(
        en: "`unless` and budgets of pushes name alerts of the rule set.",
        zh: "`unless` 和推送预算里写的是规则集中预警的名字。"),
      example: """
        alert quiet { when count(like, today) == 0 }
        alert falling { when count(like, last 7 days) < 50; unless quite }
        """,
      mend: """
        alert quiet { when count(like, today) == 0 }
        alert falling { when count(like, last 7 days) < 50; unless quiet }
        """),
    HelpPage(
      "N0216", en: "A phase that is not there", zh: "没有这个阶段",
      Wording(
        en: "`during` names phases of a plan, in which the rule acts.",
        zh: "`during` 里写的是计划中阶段的名字，规则只在这些阶段内起作用。"),
      example: """
        plan launch { phase foundation { until count(members) >= 500 }; phase growth }
        incentive thanks { on like; during fundation; award 5 points }
        """,
      mend: """
        plan launch { phase foundation { until count(members) >= 500 }; phase growth }
        incentive thanks { on like; during foundation; award 5 points }
        """),
  ]

  static let alerts: [HelpPage] = [
    HelpPage(
      "T0375", en: "A private value in a text or group", zh: "文字或分组里有私密信息",
      Wording(
        en: """
          Texts and groups of alerts go to people outside the data. A private value may only decide whether an \
          alert fires.
          """,
        zh: "预警的文字和分组会发给别人看。私密信息只能决定是否预警。"),
      example: """
        alert slipping { each member in members; when count(like, last 14 days) == 0; group by birthday }
        """,
      mend: """
        alert slipping { each member in members; when count(like, last 14 days) == 0; group by city }
        """),
    HelpPage(
      "T0385", en: "A length that no check can meet", zh: "时长与检查频率不合",
      Wording(
        en: """
          An alert is looked at once a day unless `check every` says otherwise, and a check speaks for all the time since \
          the one before. So `for 3 hours` is over at the first check, as if it were not there, and `for 36 hours` is over \
          at the second. To tell hours apart, say `check every hour`; there is nothing finer. This is only a warning.
          """,
        zh: """
          不写 `check every` 时，预警每天检查一次，而一次检查代表自上次检查以来的整段时间。所以 `for 3 hours` 在第一次检查时就已满足，\
          等于没写；`for 36 hours` 要到第二次检查才满足。要区分小时，请写 `check every hour`，不能再细。这只是警告。
          """),
      example: "alert quiet { when count(like, last 3 hours) == 0; for 3 hours }",
      mend: "alert quiet { when count(like, last 3 hours) == 0; for 3 hours; check every hour }"),
    HelpPage(
      "T0390", en: "When does the alert fire?", zh: "预警何时触发",
      Wording(
        en: "An alert says with `when` what needs attention; it is looked at the end of each day.",
        zh: "预警要用 `when` 写明什么情况需要注意，每天结束时检查一次。"),
      example: "alert quiet { for 3 days; message \"no likes\" }",
      mend: "alert quiet { when count(like, today) == 0; for 3 days; message \"no likes\" }"),
    HelpPage(
      "T0391", en: "How long?", zh: "时长的写法",
      Wording(
        en: "`for`, `keep` and `cooldown` take a fixed number of days, weeks, hours or minutes.",
        zh: "`for`、`keep` 和 `cooldown` 后面是固定的天数、周数、小时数或分钟数。"),
      example: "alert quiet { when count(like, today) == 0; for 1 months }",
      mend: "alert quiet { when count(like, today) == 0; for 30 days }"),
    HelpPage(
      "T0392", en: "How serious is it?", zh: "预警的级别",
      Wording(
        en: "`severity` is `info`, `warning` or `critical`; without it an alert is a warning.",
        zh: "`severity` 是 `info`、`warning` 或 `critical`；不写就是 `warning`。"),
      example: "alert quiet { when count(like, today) == 0; severity fatal }",
      mend: "alert quiet { when count(like, today) == 0; severity critical }"),
    HelpPage(
      "T0393", en: "Whom is the alert about?", zh: "预警针对谁",
      Wording(
        en: """
          An alert is about the community, about `each member in` a segment, or about each group of a metric. \
          `group by` and `unless` have to fit that.
          """,
        zh: "预警可以针对整个社群、某个分群里的每位成员（`each member in`），或指标的每个分组。`group by` 和 `unless` 要与此相符。"),
      example: "alert quiet { when count(like, today) == 0; group by city }",
      mend: "alert quiet { each member in members; when count(like, last 14 days) == 0; group by city }"),
    HelpPage(
      "T0394", en: "What is the goal?", zh: "目标的写法",
      Wording(
        en: "A goal compares a number about the community with what it shall reach, and says by when.",
        zh: "目标是社群的一个数值与要达到的值的比较，并写明截止日期。"),
      example: "goal grow { reach count(members) > 2000; by 2026-12-31 }",
      mend: "goal grow { reach count(members) >= 2000; by 2026-12-31 }"),
    HelpPage(
      "T0395", en: "Days of goals and phases", zh: "目标和阶段的日期",
      Wording(
        en: "`from` and `by` are days written out, the later one behind.",
        zh: "`from` 和 `by` 是写明的日期，后者不能早于前者。"),
      example: "goal grow { reach count(members) >= 2000; from 2026-06-01; by 2026-03-31 }",
      mend: "goal grow { reach count(members) >= 2000; from 2026-01-01; by 2026-03-31 }"),
    HelpPage(
      "T0396", en: "The phases of a plan", zh: "计划的各个阶段",
      Wording(
        en: """
          Phases follow one another: the first may begin on a day (`from`), each other one begins when the one before \
          is over (`until`).
          """,
        zh: "阶段依次进行：第一个可以写开始日期（`from`），其余的在前一阶段结束（`until`）后开始。"),
      example: """
        plan launch { phase foundation { until count(members) >= 500 }; phase growth { from 2026-03-01 } }
        """,
      mend: "plan launch { phase foundation { until count(members) >= 500; by 2026-02-28 }; phase growth }"),
    HelpPage(
      "T0397", en: "A phase that never begins", zh: "永远不会开始的阶段",
      Wording(
        en: "A phase begins the day after the `until` of the one before first holds at a day's end.",
        zh: "前一阶段的 `until` 在某天结束时首次成立，下一阶段从次日开始。"),
      example: "plan launch { phase foundation; phase growth }",
      mend: "plan launch { phase foundation { until count(members) >= 500 }; phase growth }"),
    HelpPage(
      "T0398", en: "A budget of pushes", zh: "推送预算的写法",
      Wording(
        en: "Pushes are each member's attention: so many a period and member, used by alerts about members.",
        zh: "推送占用每位成员的注意力：每人每个周期若干次，由针对成员的预警使用。"),
      example: """
        alert slipping { each member in members; when count(like, last 14 days) == 0 }
        budget attention { 5 pushes per week; covers slipping }
        """,
      mend: """
        alert slipping { each member in members; when count(like, last 14 days) == 0 }
        budget attention { 5 pushes per week per member; covers slipping }
        """),
  ]
}
