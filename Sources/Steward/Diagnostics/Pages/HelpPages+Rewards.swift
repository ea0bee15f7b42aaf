// Help for the codes of boards, deductions and budgets, T0350–T0355 and T0373.

extension HelpPages {
  static let rewards: [HelpPage] = [
    HelpPage(
      "T0350", en: "Clauses that do not go together", zh: "不能放在一起的子句",
      Wording(
        en: """
          A rule awards, deducts or takes back: one of the three. Caps, budgets, expiry and cost are about points \
          that are given.
          """,
        zh: "一条规则只做一件事：发放、扣除或收回。上限、预算、有效期和成本都是针对发放的积分。"),
      example: "incentive gift { on purchase; deduct 100 points; cap 300 points per day }",
      mend: "incentive gift { on purchase; deduct 100 points; limit 3 per day }"),
    HelpPage(
      "T0351", en: "What is there to take back?", zh: "没有可以收回的发放",
      Wording(
        en: """
          `take back` undoes awards of points that an `on` rule made, matched by attributes that the event of the \
          award and the firing event share.
          """,
        zh: "`take back` 收回某条 `on` 规则发放的积分，用两个事件共有的属性来对应。"),
      example: """
        incentive regular { every week; award 5 points }
        incentive returned { on refund; take back regular same order }
        """,
      mend: """
        incentive buying { on purchase; award 5 points }
        incentive returned { on refund; take back buying same order }
        """),
    HelpPage(
      "T0352", en: "A board", zh: "排行榜的写法",
      Wording(
        en: """
          `rank by` draws up a board at the end of each period: the first key is a number above 0, highest first. \
          `award 500, 300, 200 points` gives the prizes of its places.
          """,
        zh: "`rank by` 在每个周期结束时评出排行榜：首先按一个大于 0 的数排名，从高到低。`award 500, 300, 200 points` 写明各名次的奖励。"),
      example: "incentive best { every month; award 500, 300, 200 points }",
      mend: "incentive best { every month; rank by count(answer, this month); award 500, 300, 200 points }"),
    HelpPage(
      "T0353", en: "A budget", zh: "预算的写法",
      Wording(
        en: "A budget says how many points there are in a period, and which incentives it covers, each once.",
        zh: "预算要写明每个周期有多少积分、覆盖哪些激励，每条激励列一次。"),
      example: """
        incentive thanks { on like; award 5 points }
        budget season { 300_000 points per quarter; covers thanks, thanks }
        """,
      mend: """
        incentive thanks { on like; award 5 points }
        budget season { 300_000 points per quarter; covers thanks; warn at 80% }
        """),
    HelpPage(
      "T0354", en: "When do points expire?", zh: "积分何时过期",
      Wording(
        en: "Points expire at the end of a day: write a fixed number of days or weeks.",
        zh: "积分在某天结束时过期，请写固定的天数或周数。"),
      example: "incentive thanks { on like; award 5 points; expires after 36 hours }",
      mend: "incentive thanks { on like; award 5 points; expires after 2 days }"),
    HelpPage(
      "T0355", en: "What does a point cost?", zh: "每分成本是多少",
      Wording(
        en: "The cost of a point is a number above 0, in the community's currency.",
        zh: "每分成本是大于 0 的数字，以社群的货币计。"),
      example: "incentive thanks { on like; award 5 points; cost 0 per point }",
      mend: "incentive thanks { on like; award 5 points; cost 0.01 per point }"),
    HelpPage(
      "T0373", en: "A private value in an order", zh: "名次用到了私密信息",
      Wording(
        en: "Places and groups of a board are seen by everybody; a private value may only decide who takes part.",
        zh: "排行榜的名次和分组人人可见，私密信息只能决定谁参加。"),
      example: """
        incentive best { every month; rank by count(answer), birthday; award 50, 30 points }
        """,
      mend: """
        incentive best { every month; rank by count(answer), joined; award 50, 30 points }
        """),
  ]
}
