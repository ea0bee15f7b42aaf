// Help for the codes of types and rules, T03xx.

extension HelpPages {
  static let types: [HelpPage] = [
    HelpPage(
      "T0301", en: "A value of another type was expected", zh: "类型不符",
      Wording(
        en: "The message says what is expected here and what stands here.",
        zh: "消息说明了这里应当是什么，实际是什么。"),
      example: "segment loud = count(comment) > 3 and count(like)",
      mend: "segment loud = count(comment) > 3 and count(like) > 0"),
    HelpPage(
      "T0302", en: "Two things that cannot be compared", zh: "不能相互比较",
      Wording(
        en: "Both sides of a comparison have the same type.",
        zh: "比较的两边类型必须相同。"),
      example: "segment loud = count(comment) > \"3\"",
      mend: "segment loud = count(comment) > 3"),
    HelpPage(
      "T0303", en: "Values without an order", zh: "没有大小先后之分",
      Wording(
        en: "Texts, choices, lists and yes/no values are equal or not, but none is greater than another.",
        zh: "文本、可选值、列表和是/否只有相等或不相等，没有大小。"),
      example: "segment late = channel > \"app\"",
      mend: "segment late = channel != \"app\""),
    HelpPage(
      "T0304", en: "A value that cannot occur", zh: "不可能出现的取值",
      Wording(
        en: "The column lists its values, and this text is none of them; most often it is misspelt.",
        zh: "这一列列出了所有取值，其中没有这个文本，多半是拼写错误。"),
      example: "segment mobile = channel == \"ap\"",
      mend: "segment mobile = channel == \"app\""),
    HelpPage(
      "T0305", en: "A value that may be missing", zh: "可能缺失的值",
      Wording(
        en: """
          Where a decision hangs on a value, it must be there: nothing is ever silently false. Settle it with \
          `?? default`, or ask `is not missing` first.
          """,
        zh: "做判断时值必须存在：规则从不悄悄当作“否”。请用 `?? 默认值` 补上，或先写 `is not missing`。"),
      example: "segment good = avg(quality of answer) >= 0.8",
      mend: "segment good = avg(quality of answer) ?? 0 >= 0.8"),
    HelpPage(
      "T0306", en: "An operator that cannot take these values", zh: "运算符不适用于这些值",
      Wording(
        en: "Arithmetic is for numbers, and for times and durations where that makes sense: `now - joined`.",
        zh: "算术用于数，也用于有意义的时间与时长运算：`now - joined`。"),
      example: "let label = \"club \" + 3",
      mend: "let label = \"club {3}\""),
    HelpPage(
      "T0307", en: "Branches of different types", zh: "各分支类型不同",
      Wording(
        en: "All branches of an `if` or `case` give values of one type.",
        zh: "`if` 或 `case` 的各个分支必须得到同一类型的值。"),
      example: "let bonus = if paying then 10 else \"none\"",
      mend: "let bonus = if paying then 10 else 0"),
    HelpPage(
      "T0308", en: "A value that is never missing", zh: "这里不会缺失",
      Wording(
        en: "The value is always there, so the default or the test does nothing. This is only a warning.",
        zh: "这个值总是存在，默认值或判断不起作用。这只是警告。"),
      example: "let likes = count(like) ?? 0",
      mend: "let likes = count(like)"),
    HelpPage(
      "T0336", en: "A figure held against what it never is", zh: "比较的数值不在可能的范围内",
      Wording(
        en: """
          A share lies between 0 and 1, so that `20%` is 0.2; held against 20 it is always below. A count is whole, so \
          that a percentage is always below it as soon as there is one. The same holds for `change`, `previous` and \
          `moving_avg` of a metric that is a share, and for its `benchmark`. This is only a warning.
          """,
        zh: """
          占比在 0 到 1 之间，`20%` 就是 0.2；与 20 比较永远小于。计数是整数，与百分比比较没有意义。指标是占比时，\
          它的 `change`、`previous`、`moving_avg` 和 `benchmark` 也是如此。这只是警告。
          """),
      example: "alert few { when share(any(like, last 30 days)) < 20 }",
      mend: "alert few { when share(any(like, last 30 days)) < 20% }"),
    HelpPage(
      "T0309", en: "Whole numbers are wanted", zh: "需要整数",
      Wording(
        en: "`div` and `mod` are for whole numbers; `/` divides numbers.",
        zh: "`div` 和 `mod` 只用于整数；一般的除法用 `/`。"),
      example: "let half = 7.5 div 2",
      mend: "let half = 7.5 / 2"),
    HelpPage(
      "T0310", en: "A division by zero", zh: "除以零",
      Wording(
        en: "The result would always be missing.",
        zh: "结果永远是缺失。"),
      example: "let share_of = count(like) / 0",
      mend: "let share_of = count(like) / 10"),
    HelpPage(
      "T0311", en: "A format that does not fit", zh: "格式不适用",
      Wording(
        en: "`percent`, `points` and `0.00` are for numbers, `date` for dates and times.",
        zh: "`percent`、`points`、`0.00` 用于数，`date` 用于日期和时间。"),
      example: "let label = \"since {joined as percent}\"",
      mend: "let label = \"since {joined as date}\""),
    HelpPage(
      "T0312", en: "Too many or too few arguments", zh: "参数个数不对",
      Wording(
        en: "The function takes another number of arguments.",
        zh: "这个函数的参数个数不同。"),
      example: """
        fn twice(n: int) = n * 2
        let four = twice(2, 2)
        """,
      mend: """
        fn twice(n: int) = n * 2
        let four = twice(2)
        """),
    HelpPage(
      "T0313", en: "A call in another form", zh: "调用的写法不对",
      Wording(
        en: "The hint shows how it is written; `steward help count` and the like show each function.",
        zh: "提示里给出了写法；`steward help count` 等可以查看每个函数。"),
      example: "let spent = sum(purchase)",
      mend: "let spent = sum(amount of purchase)"),
    HelpPage(
      "T0314", en: "A duration without a fixed length", zh: "时长不固定",
      Wording(
        en: "Months and years differ in length. Count days or weeks, or use the calendar: `this month`, `month of x`.",
        zh: "月和年的长度不固定。请用天数或周数，或按自然月计算：`this month`、`month of x`。"),
      example: "segment settled = now - joined >= 6 months",
      mend: "segment settled = now - joined >= 180 days"),
    HelpPage(
      "T0315", en: "A time of day by itself", zh: "单独的钟点",
      Wording(
        en: "A time of day is part of a time. Compare the hour, or write the whole time.",
        zh: "钟点是时间的一部分。请比较小时，或写出完整的时间。"),
      example: "let early = count(checkin where at < 08:30)",
      mend: "let early = count(checkin where hour of at < 8)"),
    HelpPage(
      "T0316", en: "It is in no such period", zh: "没有这个时间单位",
      Wording(
        en: "`day of`, `week of`, `hour of` and the like take a time (or a date, but for the hour).",
        zh: "`day of`、`week of`、`hour of` 等用于时间（除小时外也可用于日期）。"),
      example: "let month_of_likes = month of count(like)",
      mend: "let month_of_joining = month of joined"),
    HelpPage(
      "T0317", en: "An aggregate of such values", zh: "聚合不适用于这种值",
      Wording(
        en: "Sums and averages take numbers; smallest and largest take numbers, times and dates.",
        zh: "求和、平均用于数；最小、最大用于数、时间和日期。"),
      example: "let spent = sum(order of purchase)",
      mend: "let spent = sum(amount of purchase)"),
    HelpPage(
      "T0318", en: "The rank of a quantile", zh: "分位数的分位",
      Wording(
        en: "It is a constant from 0 to 1: 0.9 is the value that nine in ten do not exceed.",
        zh: "分位是 0 到 1 之间的常数：0.9 表示十之八九不超过的那个值。"),
      example: "let high = quantile(amount of purchase, 90)",
      mend: "let high = quantile(amount of purchase, 0.9)"),
    HelpPage(
      "T0319", en: "An argument that does not belong here", zh: "这里不接受这样的参数",
      Wording(
        en: "The hint shows how the call is written. Events are chosen by `where`, members by `among`.",
        zh: "提示里给出了写法。筛选事件用 `where`，筛选成员用 `among`。"),
      example: "let run = streak(checkin, last 7 days)",
      mend: "let run = streak(checkin, by week)"),
    HelpPage(
      "T0320", en: "A window of months or years", zh: "以月或年计的窗口",
      Wording(
        en: "`last 1 month` could mean 28 to 31 days. Say `last 30 days`, or `this month`, which begins on the first.",
        zh: "`last 1 month` 可能是 28 到 31 天。请写 `last 30 days`，或从一号开始的 `this month`。"),
      example: "let recent = count(like, last 1 month)",
      mend: "let recent = count(like, last 30 days)"),
    HelpPage(
      "T0321", en: "`within` is for funnels", zh: "`within` 只用于漏斗和实验",
      Wording(
        en: "`within` looks forward from an anchor. Windows of rules look back: `last 14 days`.",
        zh: "`within` 从某个起点往后看；规则的窗口都是往回看：`last 14 days`。"),
      example: "let recent = count(like, within 14 days)",
      mend: "let recent = count(like, last 14 days)"),
    HelpPage(
      "T0322", en: "A window of no or of endless length", zh: "窗口没有长度或太长",
      Wording(
        en: "A window spans at least a day, or some time. `last 1 days` is `today`; without a window it is all time.",
        zh: "窗口至少一天，或一段大于零的时间。`last 1 days` 就是 `today`；不写窗口就是全部时间。"),
      example: "let recent = count(like, last 0 days)",
      mend: "let recent = count(like, today)"),
    HelpPage(
      "T0323", en: "The ends of a window", zh: "窗口的起止",
      Wording(
        en: "A window begins and ends at dates or times that are written out.",
        zh: "窗口的起止必须是写明的日期或时间。"),
      example: "let recent = count(like, since joined)",
      mend: "let recent = count(like, since 2026-01-01)"),
    HelpPage(
      "T0324", en: "A window that ends before it begins", zh: "窗口的结束早于开始",
      Wording(
        en: "Swap the two ends.",
        zh: "请把两端对调。"),
      example: "let january = count(like, from 2026-01-31 to 2026-01-01)",
      mend: "let january = count(like, from 2026-01-01 to 2026-01-31)"),
    HelpPage(
      "T0325", en: "Events were expected", zh: "这里应当是事件",
      Wording(
        en: "A pattern names kinds of events, an event set, or `anything`.",
        zh: "事件模式由事件种类、事件集合或 `anything` 组成。"),
      example: "let n = days(3)",
      mend: "let n = days(checkin)"),
    HelpPage(
      "T0330", en: "An aggregate inside a pattern", zh: "事件模式里用了聚合",
      Wording(
        en: """
          A pattern looks at one event at a time: its attributes, `at`, and the member's columns. Test \
          aggregates in `when`, or combine two lets.
          """,
        zh: "事件模式一次只看一个事件：它的属性、`at` 和成员的列。聚合请写进 `when`，或用两个 let 组合。"),
      example: "let n = count(answer where count(like) > 3)",
      mend: """
        let likes = count(like)
        let n = if likes > 3 then count(answer) else 0
        """),
    HelpPage(
      "T0331", en: "Anonymous events", zh: "匿名事件",
      Wording(
        en: "Nobody knows whose anonymous events are. They count for the community alone.",
        zh: "匿名事件不知道是谁做的，只能对整个社群计数。"),
      example: "segment whisperers = any(whisper)",
      mend: "let whispers about community = count(whisper)"),
    HelpPage(
      "T0332", en: "It belongs to a member", zh: "这属于成员",
      Wording(
        en: "A value about the community cannot read one member's column or points. Sum it up over the members.",
        zh: "关于社群的值不能读取单个成员的列或积分，请对成员汇总。"),
      example: "let wealth about community = points",
      mend: "let wealth about community = sum(points)"),
    HelpPage(
      "T0333", en: "A segment is a yes or no", zh: "分群要回答是或否",
      Wording(
        en: """
          A segment says of each member whether they are in it. Compare the value with something, or call it a \
          `let`.
          """,
        zh: "分群要对每个成员回答在或不在。请与某个值比较，或改用 `let`。"),
      example: "segment loud = count(comment)",
      mend: "segment loud = count(comment) > 3"),
    HelpPage(
      "T0334", en: "Too large when unfolded", zh: "展开后太大",
      Wording(
        en: """
          Functions are written out wherever they are called; functions that call functions many times over grow\
           beyond all bounds. Give the parts names with `let`.
          """,
        zh: "函数在每个调用处展开；层层多次调用会变得无比庞大。请用 `let` 给其中各部分起名。"),
      example: """
        fn f0(w: window) = count(like, w)
        fn f1(w: window) = f0(w) + f0(w)
        fn f2(w: window) = f1(w) + f1(w)
        fn f3(w: window) = f2(w) + f2(w)
        fn f4(w: window) = f3(w) + f3(w)
        fn f5(w: window) = f4(w) + f4(w)
        fn f6(w: window) = f5(w) + f5(w)
        fn f7(w: window) = f6(w) + f6(w)
        fn f8(w: window) = f7(w) + f7(w)
        fn f9(w: window) = f8(w) + f8(w)
        fn f10(w: window) = f9(w) + f9(w)
        fn f11(w: window) = f10(w) + f10(w)
        fn f12(w: window) = f11(w) + f11(w)
        fn f13(w: window) = f12(w) + f12(w)
        fn f14(w: window) = f13(w) + f13(w)
        fn f15(w: window) = f14(w) + f14(w)
        fn f16(w: window) = f15(w) + f15(w)
        let all = f16(today)
        """,
      mend: """
        let one = count(like, today)
        let all = 65536 * one
        """),
    HelpPage(
      "T0335", en: "Nested too deeply", zh: "嵌套太深",
      Wording(
        en: "Give parts of the expression a name with `let`.",
        zh: "请用 `let` 给表达式的各部分起名。"),
      example: "",
      mend: ""),
    HelpPage(
      "T0340", en: "When does it act?", zh: "没有说明何时触发",
      Wording(
        en: "An incentive acts `on` events or `every` day, week, month, quarter or year.",
        zh: "激励要么 `on` 某种事件触发，要么 `every` 日、周、月、季、年触发。"),
      example: "incentive thanks { award 5 points }",
      mend: "incentive thanks { on like; award 5 points }"),
    HelpPage(
      "T0341", en: "What does it award?", zh: "没有发放任何奖励",
      Wording(
        en: "An incentive awards points, a badge, or both.",
        zh: "激励要发放积分、徽章，或两者都发。"),
      example: "incentive thanks { on like }",
      mend: "incentive thanks { on like; award 5 points }"),
    HelpPage(
      "T0342", en: "A clause given twice", zh: "子句写了两次",
      Wording(
        en: "Each clause stands once; several limits or caps are listed in one.",
        zh: "每个子句只写一次；多个次数或上限列在同一个子句里。"),
      example: "incentive thanks { on like; award 5 points; limit 3 per day; limit 40 per month }",
      mend: "incentive thanks { on like; award 5 points; limit 3 per day, 40 per month }"),
    HelpPage(
      "T0343", en: "Points are whole numbers", zh: "积分必须是整数",
      Wording(
        en: "Say how to round: `round`, `floor` or `ceil`.",
        zh: "请写明如何取整：`round`、`floor` 或 `ceil`。"),
      example: "incentive cashback { on purchase; award amount * 0.1 points }",
      mend: "incentive cashback { on purchase; award floor(amount * 0.1) points }"),
    HelpPage(
      "T0344", en: "An award is not negative", zh: "发放的积分不能为负",
      Wording(
        en: "An award is 0 points or more.",
        zh: "发放的积分不能小于 0。"),
      example: "incentive penalty { on like; award -5 points }",
      mend: "incentive thanks { on like; award 5 points }"),
    HelpPage(
      "T0345", en: "A count of at least one", zh: "次数至少为一",
      Wording(
        en: "Limits, caps and budgets are whole numbers of at least 1, written out.",
        zh: "次数、上限和预算都是写明的、不小于 1 的整数。"),
      example: "incentive thanks { on like; award 5 points; limit 0 per day }",
      mend: "incentive thanks { on like; award 5 points; limit 3 per day }"),
    HelpPage(
      "T0346", en: "The firing event does not have this attribute", zh: "触发事件没有这个属性",
      Wording(
        en: "A clause may read the attributes that every kind of the `on` pattern declares.",
        zh: "子句只能读取 `on` 后每种事件都声明了的属性。"),
      example: "incentive thanks { on like; award 5 points; limit 1 per contnt }",
      mend: "incentive thanks { on like; award 5 points; limit 1 per content }"),
    HelpPage(
      "T0347", en: "There is no event to count by", zh: "没有可以据以限次的事件",
      Wording(
        en: "`every` rules have no firing event. Limit them per period, or `ever`.",
        zh: "`every` 规则没有触发事件，请按时间周期或 `ever` 限次。"),
      example: "incentive weekly { every week; award 5 points; limit 1 per content }",
      mend: "incentive weekly { every week; award 5 points; limit 1 per month }"),
    HelpPage(
      "T0348", en: "A cap without points", zh: "没有积分却设了上限",
      Wording(
        en: "Caps and budgets cut points; a badge is awarded less often by `limit`. This is only a warning.",
        zh: "上限和预算只削减积分；要限制徽章的次数请用 `limit`。这只是警告。"),
      example: "incentive first { on answer; award badge \"First\"; cap 30 points per day }",
      mend: "incentive first { on answer; award badge \"First\"; limit 1 ever }"),
    HelpPage(
      "T0349", en: "A cooldown of fixed length", zh: "冷却时间要固定",
      Wording(
        en: "A cooldown is written out and longer than 0.",
        zh: "冷却时间要写明，而且大于 0。"),
      example: "incentive thanks { on like; award 5 points; cooldown 0 minutes }",
      mend: "incentive thanks { on like; award 5 points; cooldown 10 minutes }"),
    HelpPage(
      "T0360", en: "The lowest tier is everybody's", zh: "最低一级人人都有",
      Wording(
        en: "The first tier has no `when`.",
        zh: "第一级不写 `when`。"),
      example: "tiers standing { tier helper { when count(answer) >= 5 }; tier steward { when count(answer) >= 50 } }",
      mend: """
        tiers standing { tier member; tier helper { when count(answer) >= 5 }; tier steward { when count(answer)\
         >= 50 } }
        """),
    HelpPage(
      "T0361", en: "Who deserves this tier?", zh: "没有说明谁能获得这一级",
      Wording(
        en: "Every tier but the lowest has a `when`.",
        zh: "除最低一级外，每一级都要写 `when`。"),
      example: "tiers standing { tier member; tier helper }",
      mend: "tiers standing { tier member; tier helper { when count(answer) >= 5 } }"),
    HelpPage(
      "T0362", en: "Two tiers of one name", zh: "等级重名",
      Wording(
        en: "Each tier has a name of its own.",
        zh: "每一级要有不同的名字。"),
      example: """
        tiers standing { tier member; tier helper { when count(answer) >= 5 }; tier helper { when count(answer) \
        >= 50 } }
        """,
      mend: """
        tiers standing { tier member; tier helper { when count(answer) >= 5 }; tier steward { when count(answer)\
         >= 50 } }
        """),
    HelpPage(
      "T0363", en: "A ladder with one rung", zh: "等级不足两级",
      Wording(
        en: "A ladder has at least two tiers.",
        zh: "等级体系至少有两级。"),
      example: "tiers standing { tier member }",
      mend: "tiers standing { tier member; tier helper { when count(answer) >= 5 } }"),
    HelpPage(
      "T0364", en: "The lowest tier cannot be lost", zh: "最低一级不会失去",
      Wording(
        en: "`keep when` says what keeps a member from falling; nobody falls from the lowest tier.",
        zh: "`keep when` 说明怎样才不会降级；最低一级没有可降的。"),
      example: "tiers standing { tier member { keep when paying }; tier helper { when count(answer) >= 5 } }",
      mend: "tiers standing { tier member; tier helper { when count(answer) >= 5; keep when count(answer) >= 3 } }"),
    HelpPage(
      "T0365", en: "A grace of fixed length", zh: "宽限期要固定",
      Wording(
        en: "The grace is a written-out time, such as `30 days`.",
        zh: "宽限期要写明，例如 `30 days`。"),
      example: """
        let patience = now - joined
        tiers standing { tier member; tier helper { when count(answer) >= 5 }; grace patience }
        """,
      mend: "tiers standing { tier member; tier helper { when count(answer) >= 5 }; grace 30 days }"),
    HelpPage(
      "T0370", en: "A private value decides how much", zh: "私密信息决定了多少",
      Wording(
        en: """
          A private value may decide whether somebody gets something, never how much: the amount would tell it \
          to everybody.
          """,
        zh: "私密信息可以决定给不给，但不能决定给多少：从数额就能看出它来。"),
      example: "incentive gift { every year; award (if birthday is missing then 0 else 88) points }",
      mend: "incentive gift { every year; when birthday is not missing; award 88 points }"),
    HelpPage(
      "T0371", en: "A private value shows through", zh: "私密信息可能被看出来",
      Wording(
        en: """
          Who sees that somebody got this award or tier can guess at the private value that decides it. This is \
          only a note; the rule runs.
          """,
        zh: "看到谁得到了这项奖励或等级，就可能猜出背后的私密信息。这只是说明，规则照常运行。"),
      example: "incentive gift { every year; when birthday is not missing; award 88 points }",
      mend: "incentive gift { every year; when joined < 2026-01-01; award 88 points }"),
    HelpPage(
      "T0372", en: "Today's value for the past", zh: "用今天的值判断过去",
      Wording(
        en: """
          A rule looks at every moment of the past, but this column holds what the file says today. If the \
          column never changes, mark it `fixed`; what changes belongs in events. This is only a note; the rule \
          runs.
          """,
        zh: "规则要判断过去的每个时刻，而这一列只有文件里今天的值。如果它从不改变，请加上 `fixed`；会变化的信息应记成事件。这只是说明，规则照常运行。"),
      example: "incentive thanks { on like; when paying; award 5 points }",
      mend: "incentive thanks { on like; when any(purchase, last 30 days); award 5 points }"),
    HelpPage(
      "T0399", en: "The same member at each event", zh: "每个事件都是同一位成员",
      Wording(
        en: "Inside a pattern `member` is still the member whom a value is about; who did an event is `event.member`.",
        zh: "在事件模式里，`member` 仍然是取值所针对的成员；做出行为的人是 `event.member`。"),
      example: "let fans = distinct(member of like)",
      mend: "let fans = distinct(event.member of like)"),
  ]
}
