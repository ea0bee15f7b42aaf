extension HelpPages {
  /// Metrics and benchmarks.
  static let metrics: [HelpPage] = [
    HelpPage(
      "T0374", en: "A metric of private values", zh: "指标会暴露私密信息",
      Wording(
        en: """
          A metric is shown to everybody. Counts, shares, sums and averages over members are shown once at least a \
          privacy group of members is in, and out; the least and the largest value are one member's, and the name of \
          a group would be the value itself.
          """,
        zh: "指标是公开的。对成员的计数、占比、求和、平均，只有在计入和未计入的人数都达到隐私人数时才显示；最大、最小值属于某一个人，而分组名就是私密信息本身。"),
      example: "metric born by birthday = count(paying)",
      mend: "metric known by channel = count(birthday is not missing)"),
    HelpPage(
      "T0380", en: "Groups of a metric", zh: "指标的分组",
      Wording(
        en: """
          `by` splits a metric by something about each member that has few values: a text, a choice, a yes or no, a \
          tier. Such a metric is read with its group.
          """,
        zh: "`by` 按每个成员的某个取值不多的特征来拆分指标：文本、选项、是否、等级。读取这样的指标要写明哪一组。"),
      example: """
        metric activity by city = share(any(anything, last 7 days))
        let there about community = activity
        """,
      mend: """
        metric activity by city = share(any(anything, last 7 days))
        let there about community = activity["Berlin"]
        """),
    HelpPage(
      "T0381", en: "What makes no series", zh: "不能成为序列的值",
      Wording(
        en: "A metric is one value a day: a number, a yes or no, a time or a choice; not a list, a member or an item.",
        zh: "指标每天是一个值：数字、是否、时间或选项；不能是列表、成员或内容。"),
      example: "metric latest = last(content of like)",
      mend: "metric latest = last(like)"),
    HelpPage(
      "T0382", en: "The name of a metric is needed", zh: "这里需要指标的名称",
      Wording(
        en: "`change`, `growth`, `moving_avg` and `[…]` are about a metric's own series, so they take its name.",
        zh: "`change`、`growth`、`moving_avg` 和 `[…]` 针对指标的序列，要写指标的名称。"),
      example: "metric news = change(count(like, today), 7 days)",
      mend: """
        metric likes = count(like, today)
        metric news = change(likes, 7 days)
        """),
  ]
}
