extension HelpTopic {
  static let metric = HelpTopic(
    "metric", "metrics benchmark source series",
    en: "Series about the community", zh: "社群的时间序列",
    text: Wording(
      en: """
        A metric is a value about the community at the end of each day; `every week` makes it one at the end of each
        week, `by` one for each group of members. Rules read it as the day began, so it may be missing there.

            silent_share                         the metric, in another metric
            activity["Berlin"]                   one group of a metric with `by`
            previous(silent_share, 7 days)       what it was
            change(silent_share, 7 days)         by how much it changed
            growth(silent_share, 7 days)         that as a share of what it was
            moving_avg(silent_share, 7 days)     its average over the last days

        A benchmark is an outside figure to hold a metric against.
        """,
      zh: """
        指标是每天结束时关于整个社群的一个值；加 `every week` 则每周结束时一个，加 `by` 则每组成员各一个。
        规则读到的是当天开始时的值，所以可能缺失。

            silent_share                         在别的指标里直接引用
            activity["上海"]                     带 `by` 的指标的某一组
            previous(silent_share, 7 days)       若干天前的值
            change(silent_share, 7 days)         变化了多少
            growth(silent_share, 7 days)         变化占原值的比例
            moving_avg(silent_share, 7 days)     最近若干天的平均

        基准值（benchmark）是拿来对照指标的外部数据。
        """),
    example: """
      segment silent = not any(anything, last 30 days)
      metric silent_share title "Silent members" = share(silent)
      metric activity by city = share(not silent)
      metric answers every week = count(answer, this week)
      benchmark silent_share = 77% source "a survey of reading clubs"
      """)
}
