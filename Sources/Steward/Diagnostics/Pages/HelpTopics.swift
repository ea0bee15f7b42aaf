// The topics of `steward help`: what an operator asks about before any diagnostic does.

/// A short text about one subject.
public struct HelpTopic: Sendable {
  public let name: String
  public let title: Wording
  public let text: Wording

  init(_ name: String, en: String, zh: String, text: Wording) {
    self.name = name
    title = Wording(en: en, zh: zh)
    self.text = text
  }

  public func text(language: Language, style: TextStyle) -> String {
    style(title[language], .bold) + "\n\n" + text[language] + "\n"
  }

  public static func named(_ name: String) -> HelpTopic? { all.first { $0.name == name.lowercased() } }

  public static let all: [HelpTopic] = [data, events, windows, missing, incentives, tiers, output]

  static let data = HelpTopic(
    "data", en: "Saying what the data is", zh: "说明数据",
    text: Wording(
      en: """
        A rule set has one `community` block. It names the files, their columns and the kinds of events:

            community "Reading club" {
              time zone "Asia/Shanghai"
              members from "members.csv" { id text key; joined date; city text? }
              events  from "events.csv"  { member member; at time; kind text }
              event checkin, share
              event answer { quality number }
            }

        `?` says that a field may be empty, `is "…"` how the file spells a name, `private` that a value is never shown,
        `fixed` that it never changes. Columns that the block does not name are ignored. Paths are relative to `--data`.
        """,
      zh: """
        一个规则集有一个 `community` 块，写明有哪些文件、哪些列、哪些事件种类：

            community "居家读书会" {
              time zone "Asia/Shanghai"
              members from "members.csv" { id text key; joined date; city text? }
              events  from "events.csv"  { member member; at time; kind text }
              event checkin, share
              event answer { quality number }
            }

        `?` 表示可以为空，`is "…"` 写明文件里的名字，`private` 表示从不显示，`fixed` 表示从不改变。
        没有写到的列会被忽略。路径相对于 `--data`。
        """))

  static let events = HelpTopic(
    "events", en: "Choosing events", zh: "选择事件",
    text: Wording(
      en: """
        A pattern is one kind or several, and a condition if need be:

            count(like)                              likes
            count(like or comment, last 7 days)      either, in the last 7 days
            count(answer where quality >= 0.8)       good answers
            days(anything, this month)               days with any event at all

        `where` reaches to the end of the pattern and holds for all its kinds. Inside it plain names are the event's
        attributes. `events deep = answer or comment` in the community block gives a pattern a name.
        In an `on` rule `same content` keeps to events about the same content as the one that fired.
        """,
      zh: """
        事件模式由一种或几种事件组成，需要时加上条件：

            count(like)                              点赞
            count(like or comment, last 7 days)      最近 7 天的点赞或评论
            count(answer where quality >= 0.8)       好回答
            days(anything, this month)               本月有任何事件的天数

        `where` 一直管到模式结束，对其中每种事件都有效；里面的名字先指事件的属性。
        在 community 块里写 `events deep = answer or comment` 可以给模式起名。
        在 `on` 规则里，`same content` 只看与触发事件同一内容的事件。
        """))

  static let windows = HelpTopic(
    "windows", en: "Windows of time", zh: "时间窗口",
    text: Wording(
      en: """
        A window looks back from the moment of evaluation. Without one it is all time.

            last 7 days          today and the 6 calendar days before it
            last 12 hours        exactly that long
            today, this week, this month, this quarter, this year     from the period's start to now
            yesterday, previous week, previous month                  the whole period before
            since 2026-01-01, from 2026-01-01 to 2026-01-31           ends included

        Days, weeks and months are those of the community's time zone.
        """,
      zh: """
        窗口从计算的那一刻往回看；不写窗口就是全部时间。

            last 7 days          今天和之前的 6 个日历日
            last 12 hours        正好这么长
            today、this week、this month、this quarter、this year     从本期开始到现在
            yesterday、previous week、previous month                  上一个完整的周期
            since 2026-01-01、from 2026-01-01 to 2026-01-31           含首尾

        日、周、月都按社群所在的时区计算。
        """))

  static let missing = HelpTopic(
    "missing", en: "Values that may be missing", zh: "可能缺失的值",
    text: Wording(
      en: """
        An average of nothing, an empty field, the time of an event that never was: such values are missing. They pass
        through arithmetic, and must be settled before a comparison or a clause, so that nothing is silently false:

            avg(quality of answer) ?? 0 >= 0.8                 a default
            city is missing                                    the question itself
            city is not missing and city == "Berlin"           settled by the question
        """,
      zh: """
        没有数据的平均值、空字段、从未发生的事件的时间，这些都是缺失的值。它们可以参与算术，
        但在比较和子句之前必须有着落，这样就不会悄悄变成“否”：

            avg(quality of answer) ?? 0 >= 0.8                 给出默认值
            city is missing                                    直接询问
            city is not missing and city == "上海"             先问再用
        """))

  static let incentives = HelpTopic(
    "incentives", en: "Awarding points and badges", zh: "发放积分和徽章",
    text: Wording(
      en: """
        An incentive acts at events (`on`) or at the end of periods (`every`):

            incentive good_answer {
              on answer where quality >= 0.8
              when count(answer, last 7 days) <= 20
              award 10 points and badge "Helper"
              limit 3 per day, 1 per question
              cap 30 points per day
              cooldown 10 minutes
            }

        `limit` counts awards, `cap` cuts points, both per member. The order is: when, limit, cooldown, cap, budget.
        """,
      zh: """
        激励在事件发生时（`on`）或周期结束时（`every`）触发：

            incentive good_answer {
              on answer where quality >= 0.8
              when count(answer, last 7 days) <= 20
              award 10 points and badge "热心人"
              limit 3 per day, 1 per question
              cap 30 points per day
              cooldown 10 minutes
            }

        `limit` 限次数，`cap` 削减积分，都按每个成员计算。先后顺序是：when、limit、cooldown、cap、budget。
        """))

  static let tiers = HelpTopic(
    "tiers", en: "Ladders of tiers", zh: "等级体系",
    text: Wording(
      en: """
            tiers standing {
              tier member
              tier helper {
                when earned(last 365 days) >= 500
                keep when earned(last 365 days) >= 400
              }
              review every week
              grace 30 days
              demote one step
            }

        At each review a member gets the highest tier whose `when` holds, at once. Who no longer deserves the tier falls
        when `keep when` (or `when`) has failed for the whole `grace`.
        """,
      zh: """
            tiers standing {
              tier member
              tier helper {
                when earned(last 365 days) >= 500
                keep when earned(last 365 days) >= 400
              }
              review every week
              grace 30 days
              demote one step
            }

        每次评定时，成员立即升到 `when` 成立的最高一级。不再符合的，
        要等 `keep when`（没有则为 `when`）在整个 `grace` 期间都不成立才会降级。
        """))

  static let output = HelpTopic(
    "output", en: "What `run --out DIR` writes", zh: "`run --out DIR` 写出的文件",
    text: Wording(
      en: """
            awards.csv         every award: id, at, member, rule, purse, points, badge, event
            balances.csv       every member's points
            badges.csv         who holds which badge
            refusals.csv       awards that caps and budgets cut or refused
            tiers.csv          where every member stands
            tier_changes.csv   every rise and fall
            facts.csv          a row for every member, a column for every let and segment
            rejected.csv       bad rows, with --skip-bad-rows
            run.json           as-of, fingerprints of rules and data, counts, seconds

        The same rules, data and as-of give the same bytes. `id` names an award for good: rule, member, event or period.
        """,
      zh: """
            awards.csv         每次发放：id、时间、成员、规则、账户、积分、徽章、事件
            balances.csv       每个成员的积分
            badges.csv         谁有哪些徽章
            refusals.csv       被上限和预算削减或拒绝的发放
            tiers.csv          每个成员的等级
            tier_changes.csv   每次升降级
            facts.csv          每个成员一行，每个 let 和分群一列
            rejected.csv       有误的行（用 --skip-bad-rows 时）
            run.json           截止时间、规则与数据的指纹、计数、用时

        规则、数据和截止时间相同，结果逐字节相同。`id` 永久标识一次发放：规则、成员、事件或周期。
        """))
}
