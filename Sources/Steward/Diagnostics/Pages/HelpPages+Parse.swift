// Help for the codes of parsing, P01xx.

extension HelpPages {
  static let parse: [HelpPage] = [
    HelpPage(
      "P0101", en: "A character without meaning", zh: "没有意义的字符",
      Wording(
        en: """
          Rules are written with letters, digits and a few signs. This one has no meaning here; take it out, or \
          put it between quotes if it is part of a text.
          """,
        zh: "规则由文本、数字和少量符号组成，这里的符号没有意义。请删掉它；如果它属于一段文本，请放进双引号里。"),
      example: "segment loud = count(comment) > 3 §",
      mend: "segment loud = count(comment) > 3"),
    HelpPage(
      "P0102", en: "The file is not UTF-8", zh: "文件不是 UTF-8 编码",
      Wording(
        en: """
          Rule files are UTF-8 text. Some editors save Chinese text as GB18030 or UTF-16; choose UTF-8 when \
          saving.
          """,
        zh: "规则文件必须是 UTF-8 文本。有些编辑器会把中文存成 GB18030 或 UTF-16，请在保存时选择 UTF-8。"),
      example: "",
      mend: ""),
    HelpPage(
      "P0103", en: "Full-width punctuation", zh: "全角标点",
      Wording(
        en: """
          A Chinese input method writes `，；：（）“”` where rules want `, ; : ( ) "`. The rule is read as it was \
          meant, so this is only a warning; the offered change makes it right.
          """,
        zh: "中文输入法打出的 `，；：（）“”` 在规则里应为 `, ; : ( ) \"`。规则会按原意理解，所以只是警告；按给出的修改即可。"),
      example: "segment loud = count（comment） > 3",
      mend: "segment loud = count(comment) > 3"),
    HelpPage(
      "P0104", en: "A text without its closing quote", zh: "文本缺少结束的引号",
      Wording(
        en: "A text begins and ends with `\"` on one line. A line break inside it is written `\\n`, a quote `\\\"`.",
        zh: "一段文本要在同一行内以 `\"` 开始和结束。其中的换行写作 `\\n`，引号写作 `\\\"`。"),
      example: "segment mobile = channel == \"app",
      mend: "segment mobile = channel == \"app\""),
    HelpPage(
      "P0105", en: "An escape that texts do not know", zh: "不认识的转义",
      Wording(
        en: """
          In a text `\\` begins an escape: `\\n` a line break, `\\t` a tab, `\\"` a quote, `\\\\` a backslash. \
          Others do not exist.
          """,
        zh: "文本里的 `\\` 表示转义：`\\n` 是换行，`\\t` 是制表符，`\\\"` 是引号，`\\\\` 是反斜杠，没有其他转义。"),
      example: "let path = \"C:\\club\"",
      mend: "let path = \"C:\\\\club\""),
    HelpPage(
      "P0106", en: "An operator of another language", zh: "其他语言的运算符",
      Wording(
        en: """
          Rules say `and`, `or`, `not`, `==`, `!=`, `mod` with words and signs of their own, so that they read \
          aloud.
          """,
        zh: "规则用自己的词和符号：`and`、`or`、`not`、`==`、`!=`、`mod`，读出来就像规章一样。"),
      example: "segment loud = count(comment) > 3 && paying",
      mend: "segment loud = count(comment) > 3 and paying"),
    HelpPage(
      "P0107", en: "A text in single quotes", zh: "文本用了单引号",
      Wording(
        en: "Texts stand in double quotes.",
        zh: "文本要用双引号括起来。"),
      example: "segment mobile = channel == 'app'",
      mend: "segment mobile = channel == \"app\""),
    HelpPage(
      "P0108", en: "A comment sign of another language", zh: "其他语言的注释符号",
      Wording(
        en: """
          Comments begin with `//` and go to the end of the line. `///` above a declaration is kept and shown \
          where the declaration is explained.
          """,
        zh: "注释以 `//` 开头，到行尾为止。写在声明上方的 `///` 会保留，并在解释该声明时显示。"),
      example: """
        # who talks a lot
        segment loud = count(comment) > 3
        """,
      mend: """
        // who talks a lot
        segment loud = count(comment) > 3
        """),
    HelpPage(
      "P0109", en: "A number that is too large", zh: "数太大",
      Wording(
        en: "Whole numbers go up to 9,223,372,036,854,775,807.",
        zh: "整数最大为 9,223,372,036,854,775,807。"),
      example: "segment rich = points > 99999999999999999999",
      mend: "segment rich = points > 99_999_999"),
    HelpPage(
      "P0110", en: "A number that runs into a word", zh: "数字和单词连在一起",
      Wording(
        en: "Between a number and its unit or the next word there is a space. Names do not begin with a digit.",
        zh: "数字和后面的单位或单词之间要有空格。名称不能以数字开头。"),
      example: "let week_likes = count(like, last 7days)",
      mend: "let week_likes = count(like, last 7 days)"),
    HelpPage(
      "P0111", en: "A day that does not exist", zh: "不存在的日期",
      Wording(
        en: "The calendar has no such day.",
        zh: "日历上没有这一天。"),
      example: "segment founders = joined <= 2026-02-30",
      mend: "segment founders = joined <= 2026-02-28"),
    HelpPage(
      "P0112", en: "A time of day that does not exist", zh: "不存在的时刻",
      Wording(
        en: "Times of day go from `00:00` to `23:59:59`.",
        zh: "时刻从 `00:00` 到 `23:59:59`。"),
      example: "segment early = joined < 2026-01-31 24:30",
      mend: "segment early = joined < 2026-02-01 00:30"),
    HelpPage(
      "P0113", en: "A date in another spelling", zh: "日期写法不对",
      Wording(
        en: """
          Dates are written year-month-day with two digits for month and day, as in `2026-01-05`: one spelling \
          that sorts and that nobody reads two ways.
          """,
        zh: "日期写作 年-月-日，月和日各两位，如 `2026-01-05`：这种写法可以排序，也不会有歧义。"),
      example: "segment founders = joined <= 2026/1/5",
      mend: "segment founders = joined <= 2026-01-05"),
    HelpPage(
      "P0114", en: "A time of day in another spelling", zh: "时刻写法不对",
      Wording(
        en: "Times of day have two digits for the hour and for the minute: `09:00`.",
        zh: "时刻的小时和分钟各两位：`09:00`。"),
      example: "segment early = joined < 2026-01-31 9:00",
      mend: "segment early = joined < 2026-01-31 09:00"),
    HelpPage(
      "P0115", en: "It looks like a month, but is a subtraction", zh: "看起来像月份，其实是减法",
      Wording(
        en: """
          `2026-03` without a day is no date. For the month write its days, or compare `month of x`; for a \
          subtraction put spaces around `-`.
          """,
        zh: "没有日的 `2026-03` 不是日期。指月份请写起止日期，或比较 `month of x`；做减法请在 `-` 两边加空格。"),
      example: "let march = 2026-03",
      mend: "let march = count(like, from 2026-03-01 to 2026-03-31)"),
    HelpPage(
      "P0116", en: "A percent sign on its own", zh: "百分号没有跟在数字后面",
      Wording(
        en: "`%` stands right behind its number: `15%` is 0.15.",
        zh: "`%` 要紧跟在数字后面：`15%` 就是 0.15。"),
      example: "segment good = avg(quality of answer) ?? 0 > 80 %",
      mend: "segment good = avg(quality of answer) ?? 0 > 80%"),
    HelpPage(
      "P0117", en: "A number that begins with a point", zh: "以小数点开头的数",
      Wording(
        en: "Numbers begin with a digit.",
        zh: "数字要以数位开头。"),
      example: "segment good = avg(quality of answer) ?? 0 > .8",
      mend: "segment good = avg(quality of answer) ?? 0 > 0.8"),
    HelpPage(
      "P0120", en: "Something else was expected", zh: "这里应为别的内容",
      Wording(
        en: """
          The message says what the grammar wants at this place, and what stands there instead. Often a sign or \
          a word is missing just before.
          """,
        zh: "消息说明了这里应当写什么，以及实际写了什么。通常是前面少了一个符号或单词。"),
      example: "incentive thanks { on like; award points }",
      mend: "incentive thanks { on like; award 5 points }"),
    HelpPage(
      "P0121", en: "Something that does not belong here", zh: "多余的内容",
      Wording(
        en: "What stands before it is complete; a line ends there, or an operator is missing.",
        zh: "前面的内容已经完整；这里应当换行，或者少了运算符。"),
      example: "segment loud = count(comment) > 3 4",
      mend: "segment loud = count(comment) > 34"),
    HelpPage(
      "P0122", en: "A bracket that is never closed", zh: "括号没有结束",
      Wording(
        en: "Every `{`, `(` and `[` has its counterpart. The mark shows the one that is still open.",
        zh: "每个 `{`、`(`、`[` 都要有对应的结束符号。标出的是还没有结束的那个。"),
      example: "incentive thanks { on like; award 5 points",
      mend: "incentive thanks { on like; award 5 points }"),
    HelpPage(
      "P0123", en: "A bracket that closes nothing", zh: "多余的结束括号",
      Wording(
        en: """
          There is one closing bracket more than opening ones. Take it out, or look above for the one that is \
          missing.
          """,
        zh: "结束括号比开头的多。请删掉它，或检查上面是否少了开头。"),
      example: "segment loud = count(comment) > 3)",
      mend: "segment loud = count(comment) > 3"),
    HelpPage(
      "P0124", en: "No declaration begins with this word", zh: "没有以这个词开头的声明",
      Wording(
        en: "A rule file consists of declarations: `community`, `let`, `fn`, `segment`, `incentive`, `tiers`.",
        zh: "规则文件由声明组成：`community`、`let`、`fn`、`segment`、`incentive`、`tiers`。"),
      example: "segmnt loud = count(comment) > 3",
      mend: "segment loud = count(comment) > 3"),
    HelpPage(
      "P0125", en: "An unknown clause", zh: "不认识的子句",
      Wording(
        en: "Each kind of declaration has its own clauses; the hint lists them.",
        zh: "每种声明都有自己的子句，提示里列出了可用的子句。"),
      example: "incentive thanks { on like; award 5 points; limt 3 per day }",
      mend: "incentive thanks { on like; award 5 points; limit 3 per day }"),
    HelpPage(
      "P0126", en: "A clause outside its declaration", zh: "子句写在了声明外面",
      Wording(
        en: "A clause stands inside the braces of its declaration.",
        zh: "子句要写在所属声明的花括号里面。"),
      example: "award 5 points",
      mend: "incentive thanks { on like; award 5 points }"),
    HelpPage(
      "P0127", en: "Not in this version yet", zh: "当前版本还不支持",
      Wording(
        en: "The language has this, but this version of Steward does not run it yet. Take it out for now.",
        zh: "语言里有这一项，但当前版本的 Steward 还不能运行，请暂时去掉。"),
      example: "funnel path { step liked = like; step bought = purchase }",
      mend: "let bought = any(purchase) and any(like)"),
    HelpPage(
      "P0128", en: "A name without `let`", zh: "起名缺少 `let`",
      Wording(
        en: "A value gets its name with `let`, a group of members with `segment`.",
        zh: "给值起名用 `let`，给一群成员起名用 `segment`。"),
      example: "likes = count(like)",
      mend: "let likes = count(like)"),
    HelpPage(
      "P0130", en: "`=` where `==` is meant", zh: "该写 `==` 却写了 `=`",
      Wording(
        en: "`=` gives something its name; a comparison is `==`.",
        zh: "`=` 用来起名，比较要写 `==`。"),
      example: "segment mobile = channel = \"app\"",
      mend: "segment mobile = channel == \"app\""),
    HelpPage(
      "P0131", en: "A chain of comparisons in two directions", zh: "连续比较方向不一致",
      Wording(
        en: """
          `1 <= x <= 5` is a chain; all its signs point the same way. Write two comparisons with `and` for \
          anything else.
          """,
        zh: "`1 <= x <= 5` 这样的连续比较，符号方向必须一致。其他情况请拆成两个比较，中间写 `and`。"),
      example: "segment middling = 1 < count(like) > 0",
      mend: "segment middling = count(like) > 1"),
    HelpPage(
      "P0132", en: "An `if` without `else`", zh: "`if` 没有 `else`",
      Wording(
        en: "An `if` is a value, so it must have one in either case.",
        zh: "`if` 是一个值，两种情况都要有结果。"),
      example: "let bonus = if paying then 10",
      mend: "let bonus = if paying then 10 else 0"),
    HelpPage(
      "P0133", en: "`else if` in another spelling", zh: "`else if` 写法不对",
      Wording(
        en: "Write `else if`; for several cases there is `case { when … then …; else … }`.",
        zh: "请写 `else if`；情况较多时可以用 `case { when … then …; else … }`。"),
      example: "let bonus = if paying then 10 elif channel == \"app\" then 5 else 0",
      mend: "let bonus = if paying then 10 else if channel == \"app\" then 5 else 0"),
    HelpPage(
      "P0134", en: "Nested too deeply", zh: "嵌套太深",
      Wording(
        en: """
          Expressions may be nested a hundred times and more, but not without end. Give a part of it a name with\
           `let`.
          """,
        zh: "表达式可以嵌套很多层，但不能无限嵌套。请用 `let` 给其中一部分起名。"),
      example: "",
      mend: ""),
    HelpPage(
      "P0135", en: "A comparison with `missing`", zh: "与 `missing` 比较",
      Wording(
        en: "A value that is not there equals nothing. Ask `x is missing` or `x is not missing`.",
        zh: "缺失的值不等于任何值，请写 `x is missing` 或 `x is not missing`。"),
      example: "segment nowhere = city == missing",
      mend: "segment nowhere = city is missing"),
    HelpPage(
      "P0136", en: "A duration with a fraction", zh: "时长带小数",
      Wording(
        en: "Durations count whole units; take a smaller unit.",
        zh: "时长只能是整数个单位，请换成更小的单位。"),
      example: "let recent = count(like, last 1.5 hours)",
      mend: "let recent = count(like, last 90 minutes)"),
    HelpPage(
      "P0137", en: "An unknown unit of time", zh: "不认识的时间单位",
      Wording(
        en: "Units are `minutes`, `hours`, `days` and `weeks`.",
        zh: "时间单位有 `minutes`、`hours`、`days` 和 `weeks`。"),
      example: "let recent = count(like, last 90 min)",
      mend: "let recent = count(like, last 90 minutes)"),
    HelpPage(
      "P0138", en: "A `not` that needs parentheses", zh: "这里的 `not` 要加括号",
      Wording(
        en: "`not` binds less tightly than a comparison, so inside one it stands in parentheses.",
        zh: "`not` 的结合比比较更松，放在比较里面时要加括号。"),
      example: "segment odd = paying == not paying",
      mend: "segment odd = paying == (not paying)"),
    HelpPage(
      "P0139", en: "`not in`", zh: "`not in` 的写法",
      Wording(
        en: "`not` stands before the whole comparison.",
        zh: "`not` 要写在整个比较的前面。"),
      example: "segment elsewhere = channel not in [\"app\"]",
      mend: "segment elsewhere = not channel in [\"app\"]"),
    HelpPage(
      "P0140", en: "Empty braces in a text", zh: "文本里的花括号是空的",
      Wording(
        en: "In a text `{` and `}` hold a value. A plain brace is written `{{`.",
        zh: "文本里的 `{` 和 `}` 之间要写一个值。单纯的花括号写作 `{{`。"),
      example: "let greeting = \"You have {} points\"",
      mend: "let greeting = \"You have {points} points\""),
    HelpPage(
      "P0141", en: "A word of another language", zh: "其他语言的词",
      Wording(
        en: "The message names the word that rules use for it.",
        zh: "消息里给出了规则中对应的写法。"),
      example: "segment fans = paying AND count(like) > 3",
      mend: "segment fans = paying and count(like) > 3"),
    HelpPage(
      "P0142", en: "A name in quotes", zh: "名称加了引号",
      Wording(
        en: """
          Names stand without quotes. If the file's header is not a name, give the column one, and say with `is`\
           how the file spells it.
          """,
        zh: "名称不加引号。如果文件的表头不适合作名称，请另起一个名字，再用 `is` 写明文件里的写法。"),
      example: "community \"Club\" { members from \"members.csv\" { id text key; \"City name\" text? } }",
      mend: "community \"Club\" { members from \"members.csv\" { id text key; city text? is \"City name\" } }"),
    HelpPage(
      "P0143", en: "An amount of what", zh: "没有写明是什么的数量",
      Wording(
        en: "An award, a cap and a budget say what they count.",
        zh: "发放、上限和预算都要写明数的是什么。"),
      example: "incentive thanks { on like; award 5 }",
      mend: "incentive thanks { on like; award 5 points }"),
    HelpPage(
      "P0144", en: "A comparison that is compared again", zh: "比较的结果又被拿来比较",
      Wording(
        en: """
          A comparison gives yes or no. Join two comparisons with `and`, or put the first in parentheses if its \
          yes or no is what you compare.
          """,
        zh: "比较的结果是“是”或“否”。两个比较请用 `and` 连接；确实要比较这个“是/否”时，请给前一个加括号。"),
      example: "segment odd = city is missing == paying",
      mend: "segment odd = (city is missing) == paying"),
    HelpPage(
      "P0145", en: "A module of the standard library", zh: "标准库的模块",
      Wording(
        en: """
          Modules of the standard library are called `std.…`; a folder of rules of your own is named by its path in \
          quotes.
          """,
        zh: "标准库的模块写作 `std.…`；自己的规则文件夹用加引号的路径。"),
      example: "use points",
      mend: "use std.points"),
    HelpPage(
      "P0146", en: "A deduction from two purses", zh: "从两个账户扣分",
      Wording(
        en: """
          An award may give points of several purses; a deduction takes from one, since the balance may pay the one and \
          not the other. Write an incentive for each.
          """,
        zh: """
          发放可以同时给几个账户加分；扣分只能针对一个账户，因为余额可能够付一个而不够付另一个。请为每个账户各写一条激励规则。
          """),
      example: "incentive gift { on purchase; deduct 100 points and 10 xp }",
      mend: "incentive gift { on purchase; deduct 100 points }"),
    HelpPage(
      "P0147", en: "A badge's name with a value in it", zh: "徽章名称里插入了值",
      Wording(
        en: "Badges are counted and read by their names, so a name is the same for everybody.",
        zh: "徽章按名称统计和读取，所以名称对所有人都一样，不能插入值。"),
      example: "incentive buying { on purchase; award badge \"bought {amount}\" }",
      mend: "incentive buying { on purchase; award badge \"bought\" }"),
    HelpPage(
      "P0148", en: "Two clauses on one line", zh: "一行里写了两个子句",
      Wording(
        en: "Each clause of a rule begins on a line of its own, or behind a `;`.",
        zh: "规则的每个子句各占一行，写在同一行时用 `;` 隔开。"),
      example: "incentive thanks { on like; award 5 points when count(like) > 3 }",
      mend: "incentive thanks { on like; award 5 points; when count(like) > 3 }"),
    HelpPage(
      "P0149", en: "When points expire", zh: "积分什么时候失效",
      Wording(
        en: "Points expire a number of days after they were awarded, at the end of the last day, whatever the date.",
        zh: "积分在到账若干天后、最后一天结束时失效，与具体日期无关。"),
      example: "incentive thanks { on like; award 5 points; expires at end of year }",
      mend: "incentive thanks { on like; award 5 points; expires after 365 days }"),
  ]
}
