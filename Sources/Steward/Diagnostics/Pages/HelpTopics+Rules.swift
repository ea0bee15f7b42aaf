// The topics about declarations and what stands in them.

extension HelpTopic {
  static let community = HelpTopic(
    "community",
    """
    data column columns members content from file encoding key fixed private is one of list text int number bool date time \
    item zone privacy group starts skip bad rows by ?
    """,
    en: "The community block: what the data is", zh: "community 块：说明数据",
    text: Wording(
      en: """
        A rule set has one `community` block: the files, their columns, the kinds of events. Columns that it does not
        name are ignored; paths are relative to `--data`. Files end in .csv, .tsv, .jsonl or .ndjson, perhaps with
        .gz behind it; `encoding "gb18030"` behind the name says what a file does not tell by itself.

            NAME TYPE        a column: text, int, number, bool, date, time, member or item
            one of "a", "b"  a text that is one of a few           list of text   several, split at `;`
            ?                the field may be empty                key            it tells the rows apart
            is "…"           how the file spells the name          fixed          it never changes
            private          never shown, in no file of results    anonymous      events without a member
            time zone "…"    whose days are meant; also `week starts monday` and `starts 2026-01-01`

            event liked = like seen by author       the same rows, as events of whom `author` names
            records spend from "…" { at time … }    timed rows of nobody, for figures about the community
            members from events                     no file of members: they are those who appear in the events
            purse xp                                a second balance beside `points`
        """,
      zh: """
        一个规则集有一个 `community` 块，写明有哪些文件、哪些列、哪些事件种类。
        没有写到的列会被忽略；路径相对于 `--data`。文件名以 .csv、.tsv、.jsonl 或 .ndjson 结尾，后面可以再加 .gz；
        认不出编码时在文件名后面写 `encoding "gb18030"`。

            列名 类型        一列：text、int、number、bool、date、time、member 或 item
            one of "a", "b"  只有几种取值的文本          list of text   多个文本，用 `;` 隔开
            ?                可以为空                    key            用来区分各行
            is "…"           文件里的写法                fixed          从不改变
            private          从不显示，不写进结果        anonymous      没有成员的事件
            time zone "…"    按哪个时区算日子；另有 `week starts monday` 和 `starts 2026-01-01`

            event liked = like seen by author       同样的行，算作 `author` 所指成员的事件
            records spend from "…" { at time … }    不属于任何成员的记录，用于社群整体的数字
            members from events                     没有成员文件时，出现在事件里的就是成员
            purse xp                                `points` 之外的第二种积分
        """),
    example: """
      community "居家读书会" {
        time zone "Asia/Shanghai"
        members from "members.csv" {
          id text key is "成员编号"
          joined date fixed
          birthday date? private
          channel one of "wechat", "app"
          interests list of text
        }
        events from "events.csv" { member member; at time; kind text }
        event checkin, share
        event answer { quality number }
      }
      """)

  static let named = HelpTopic(
    "let", "fn function segment segments about title member name define variable override",
    en: "Naming values: let, segment, fn", zh: "给值起名：let、segment、fn",
    text: Wording(
      en: """
        `let` names a value and `segment` a group of members; `run` writes a column for each. `fn` names a form with
        blanks, filled in where it is called: window, events, bool, int, number, text, date, time or duration.

            title "…"            how tables call it; the name stays as it is in rules
            about member         one value for every member; about community: one for all of them.
                                 It follows from the value as a rule, so `about` is seldom needed.
        """,
      zh: """
        `let` 给一个值起名，`segment` 给一群成员起名；`run` 为每一个写出一列。`fn` 给带参数的写法起名，调用时填入：
        window、events、bool、int、number、text、date、time 或 duration。

            title "…"            表格里显示的名称；规则里仍用原来的名字
            about member         每个成员一个值；about community：整个社群一个值。
                                 通常由内容自动判断，很少需要写 `about`。
        """),
    example: """
      let answers = count(answer, last 30 days) title "近 30 天回答数"
      segment active = any(checkin, last 7 days)
      let active_share about community = share(active)
      fn often(w: window) = count(checkin, w) >= 3
      """)

  static let expressions = HelpTopic(
    "expressions",
    """
    expression and or not div mod in contains if then else case as percent weekday hour day week month quarter year \
    minute minutes hours weeks months years now points badges duration true false starts_with with + - * / == != < > ?? % =
    """,
    en: "Expressions: computing and comparing", zh: "表达式：计算与比较",
    text: Wording(
      en: """
        Values are compared with ==, !=, <, <=, > and >=, joined with `and`, `or`, `not`, and computed with + - * /,
        `div` and `mod`. A text stands in double quotes, a date is 2026-01-31, 15% is 0.15, a duration names its unit.

            if C then A else B            one of two values; `case { when C then A; else B }` for more
            x in ["a", "b"]               one of several
            interests contains "tea"      in a list, or within a text; `name starts with "A"`
            x ?? 0                        0 where x is missing; see `steward help missing`
            month of at, weekday of at    parts of a time: day, week, month, quarter, year, weekday, hour
            "{x as percent}"              a value in a text, as percent, date, points or 0.00
        """,
      zh: """
        用 ==、!=、<、<=、>、>= 比较，用 `and`、`or`、`not` 连接，用 + - * /、`div`、`mod` 计算。
        文本加双引号，日期写作 2026-01-31，15% 就是 0.15，时长要写单位。

            if C then A else B            二选一；更多情况用 `case { when C then A; else B }`
            x in ["a", "b"]               是其中之一
            interests contains "茶"       列表里有，或文本里含有；`name starts with "A"` 是以此开头
            x ?? 0                        x 缺失时取 0；参见 `steward help missing`
            month of at、weekday of at    时间的一部分：day、week、month、quarter、year、weekday、hour
            "{x as percent}"              把值写进文本，格式有 percent、date、points、0.00
        """),
    example: """
      let bonus = if now - joined > 30 days then 1 else 2
      let stage = case { when points >= 500 then "core"; when points >= 100 then "regular"; else "new" }
      segment weekend_visitors = any(checkin where weekday of at in ["saturday", "sunday"], last 14 days)
      """)

  static let windows = HelpTopic(
    "windows", "window today yesterday previous since to last_days this_month period",
    en: "Windows of time", zh: "时间窗口",
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
        """),
    example: """
      let recent = count(checkin, last 30 days)
      let this_year = sum(amount of purchase, since 2026-01-01)
      """)

  static let incentive = HelpTopic(
    "incentive", "incentives on every when among award badge limit per ever cap cooldown",
    en: "Awarding points and badges", zh: "发放积分和徽章",
    text: Wording(
      en: """
        An incentive awards points or a badge, at events (`on`) or at the end of periods (`every`):

            on answer where …             at each such event; `every week` instead: once at its end, for every member
            among SEGMENT                 only these members
            when …                        only if this holds at that moment
            award 10 points and badge "…" what is given; points are whole numbers
            limit 3 per day, 1 per item   at most so many awards for each member; also per week … or `ever`
            cap 30 points per day         at most so many points for each member; an award may be cut
            cooldown 10 minutes           the least time between two awards
            budget 500 points per month per member
            title "…"                     how tables call it

        The order is: among, when, limit, cooldown, cap, budget.
        """,
      zh: """
        激励规则在事件发生时（`on`）或周期结束时（`every`）发放积分或徽章：

            on answer where …             每次发生时；改写 `every week` 则在每周结束时对每个成员算一次
            among 分群                    只给这些成员
            when …                        当时符合条件才给
            award 10 points and badge "…" 给什么；积分是整数
            limit 3 per day, 1 per item   每个成员最多给几次；也可以 per week … 或 `ever`
            cap 30 points per day         每个成员最多给多少分；超出的部分削减
            cooldown 10 minutes           两次之间至少隔多久
            budget 500 points per month per member
            title "…"                     表格里显示的名称

        先后顺序是：among、when、limit、cooldown、cap、budget。
        """),
    example: """
      incentive good_answer {
        title "好回答"
        on answer where quality >= 0.8
        when count(answer, last 7 days) <= 20
        award 10 points and badge "热心人"
        limit 3 per day, 1 per question
        cap 30 points per day
        cooldown 10 minutes
      }
      incentive regular {
        every week
        among now - joined > 30 days
        when days(checkin, this week) >= 5
        award 20 points
      }
      """)

  static let tiers = HelpTopic(
    "tiers", "tier keep review grace demote step grants ladder level",
    en: "Ladders of tiers", zh: "等级体系",
    text: Wording(
      en: """
        A ladder lists its tiers from the lowest, which everybody has.

            when …               who rises to the tier, at the next review, at once
            keep when …          what it takes to stay, where that is less
            grants "…"           what the tier gives, in words for people
            review every week    when it is looked at
            grace 30 days        for how long the condition must have failed before a fall
            demote one step      fall one tier at a time

        In rules `standing == helper` asks for the tier, `standing.since` for the time of the last change.
        """,
      zh: """
        等级从最低一级写起，最低一级人人都有。

            when …               符合者在下次评定时立即升到这一级
            keep when …          保级条件，可以比晋升条件低
            grants "…"           这一级的权益，写给人看
            review every week    多久评定一次
            grace 30 days        宽限期：连续不符合这么久才降级
            demote one step      每次只降一级

        规则里用 `standing == helper` 判断等级，用 `standing.since` 取最近一次变动的时间。
        """),
    example: """
      tiers standing {
        tier newcomer
        tier helper {
          when earned(last 365 days) >= 500
          keep when earned(last 365 days) >= 400
          grants "优先报名"
        }
        review every week
        grace 30 days
        demote one step
      }
      """)

  static let later = HelpTopic(
    "later",
    """
    funnel cohort experiment rotation test table sheet
    """,
    en: "What comes with a later version", zh: "以后版本才有的内容",
    text: Wording(
      en: """
        The language has more words than this version runs: funnels, cohorts and experiments, rotations and tests. Rules
        that need them are refused, never read otherwise.
        """,
      zh: """
        语言里有些词当前版本还不能运行：漏斗、分组与实验、内容轮换、测试。
        用到它们的规则会报错，不会被当成别的意思。
        """),
    example: """
      let likes about community = count(like, today)
      """)
}
