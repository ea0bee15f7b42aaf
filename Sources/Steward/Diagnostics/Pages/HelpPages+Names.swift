// Help for the codes of names and the community block, N02xx.

extension HelpPages {
  static let names: [HelpPage] = [
    HelpPage(
      "N0201", en: "Nothing has this name", zh: "没有叫这个名字的东西",
      Wording(
        en: """
          Names are columns of members, event kinds, event sets, lets, segments, ladders, incentives and \
          built-in values. A misspelt one is usually the reason; names with capital letters differ from those \
          without.
          """,
        zh: "名字可以是成员的列、事件种类、事件集合、let、分群、等级、激励或内置值。多半是拼写错误；大小写不同就是不同的名字。"),
      example: "segment loud = coments > 3",
      mend: """
        let comments = count(comment)
        segment loud = comments > 3
        """),
    HelpPage(
      "N0202", en: "A name that is taken", zh: "名字已被占用",
      Wording(
        en: """
          Everything in a rule set shares one name space, so that a name means one thing wherever it is read. If\
           a column's header is the reason, give the column another name and keep the spelling with `is`.
          """,
        zh: "规则集里所有东西共用一个命名空间，一个名字在哪里读到都是同一个意思。如果是文件表头的缘故，请给这一列另取名字，并用 `is` 保留文件里的写法。"),
      example: """
        let loud = count(comment)
        segment loud = count(comment) > 3
        """,
      mend: """
        let comments = count(comment)
        segment loud = comments > 3
        """),
    HelpPage(
      "N0203", en: "A name that could mean two things", zh: "名字有两种可能的含义",
      Wording(
        en: """
          Inside a pattern a plain name is first the event's attribute. Where the member has a column of the \
          same name, say which: `event.x` or `member.x`.
          """,
        zh: "在事件模式里，名字首先指事件的属性。如果成员也有同名的列，请写明是哪一个：`event.x` 或 `member.x`。"),
      example: "let high = count(answer where score > 3)",
      mend: "let high = count(answer where event.score > 3)"),
    HelpPage(
      "N0204", en: "No such function", zh: "没有这个函数",
      Wording(
        en: "The hint names the nearest function. `steward help` lists them.",
        zh: "提示里给出了最接近的函数。`steward help` 会列出全部函数。"),
      example: "let likes = cuont(like)",
      mend: "let likes = count(like)"),
    HelpPage(
      "N0205", en: "No such kind of event", zh: "没有这种事件",
      Wording(
        en: "Kinds of events are declared in the community block: `event share`.",
        zh: "事件种类要在 community 块里声明：`event share`。"),
      example: "incentive thanks { on lke; award 5 points }",
      mend: "incentive thanks { on like; award 5 points }"),
    HelpPage(
      "N0206", en: "An attribute that these events do not have", zh: "事件没有这个属性",
      Wording(
        en: """
          Every kind of a pattern must declare the attributes that the pattern reads. Name only kinds that have \
          it.
          """,
        zh: "模式里的每种事件都要声明所用到的属性。请只写有该属性的事件。"),
      example: "let good = count(answer or like where quality >= 0.8)",
      mend: "let good = count(answer where quality >= 0.8)"),
    HelpPage(
      "N0207", en: "A column that is not there", zh: "没有这一列",
      Wording(
        en: "The columns of members and content are declared in the community block.",
        zh: "成员表和内容表的列都在 community 块里声明。"),
      example: "segment nowhere = member.citty is missing",
      mend: "segment nowhere = member.city is missing"),
    HelpPage(
      "N0208", en: "No such tier", zh: "没有这一级",
      Wording(
        en: "The ladder has no tier of this name.",
        zh: "这个等级体系里没有这一级。"),
      example: """
        tiers standing { tier member; tier helper { when count(answer) >= 5 } }
        segment helpers = standing >= helpr
        """,
      mend: """
        tiers standing { tier member; tier helper { when count(answer) >= 5 } }
        segment helpers = standing >= helper
        """),
    HelpPage(
      "N0209", en: "No such incentive", zh: "没有这条激励",
      Wording(
        en: "The name of an incentive is wanted here.",
        zh: "这里要写一条激励的名字。"),
      example: """
        incentive thanks { on like; award 5 points }
        let thanked = awards(thank)
        """,
      mend: """
        incentive thanks { on like; award 5 points }
        let thanked = awards(thanks)
        """),
    HelpPage(
      "N0210", en: "No such purse", zh: "没有这个积分账户",
      Wording(
        en: "There is `points`, and what the community block declares beside it: `purse xp`.",
        zh: "积分账户有 `points`，以及 community 块里另外声明的，如 `purse xp`。"),
      example: "incentive thanks { on like; award 5 point }",
      mend: "incentive thanks { on like; award 5 points }"),
    HelpPage(
      "N0211", en: "Definitions that define each other", zh: "定义互相引用",
      Wording(
        en: "Each of these needs the next one's value, so none can be computed. One of them must do without.",
        zh: "这些定义互相依赖，谁都无法先算出来。其中一个要去掉对下一个的引用。"),
      example: """
        let a = b + 1
        let b = a + 1
        """,
      mend: """
        let a = count(like)
        let b = a + 1
        """),
    HelpPage(
      "N0212", en: "A function that calls itself", zh: "函数调用自己",
      Wording(
        en: "Every rule set comes to an end, so functions cannot call themselves, not even by way of others.",
        zh: "规则必须能够算完，所以函数不能调用自己，也不能绕一圈再调用自己。"),
      example: """
        fn down(n: int) = if n == 0 then 0 else down(n - 1)
        let zero = down(3)
        """,
      mend: """
        fn down(n: int) = max(n - 1, 0)
        let two = down(3)
        """),
    HelpPage(
      "N0213", en: "There is no event here", zh: "这里没有事件",
      Wording(
        en: """
          `this`, `same` and attributes belong where an event is: in the clauses of an `on` rule, and inside \
          patterns.
          """,
        zh: "`this`、`same` 和事件属性只能用在有事件的地方：`on` 规则的子句里，或事件模式里。"),
      example: "incentive weekly { every week; when count(like, same content) >= 3; award 5 points }",
      mend: "incentive popular { on like; when count(like, same content) >= 3; award 5 points }"),
    HelpPage(
      "N0214", en: "A name that is not a value", zh: "名字不是一个值",
      Wording(
        en: """
          An event kind, an incentive or a function is not a value by itself; ask something about it, as in \
          `count(like)`.
          """,
        zh: "事件种类、激励、函数本身不是值，要对它提问，比如 `count(like)`。"),
      example: "segment busy = like > 3",
      mend: "segment busy = count(like) > 3"),
    HelpPage(
      "N0215", en: "A benchmark of no metric", zh: "基准值没有对应的指标",
      Wording(
        en: "A benchmark is an outside figure for a metric of the same name, which has to be declared.",
        zh: "基准值是与同名指标对照的外部数据，这个指标必须先声明。"),
      example: "benchmark active_share = 23% source \"a survey\"",
      mend: """
        metric active_share = share(any(anything, last 30 days))
        benchmark active_share = 23% source "a survey"
        """),
    HelpPage(
      "N0220", en: "No community block", zh: "没有 community 块",
      Wording(
        en: "A rule set says once what its data is: the files, their columns and the kinds of events.",
        zh: "规则集要说明一次数据是什么：有哪些文件、哪些列、哪些事件种类。"),
      example: "let answer = 42",
      mend: """
        community "Reading club" {
          time zone "Asia/Shanghai"
          members from "members.csv" { id text key; joined date }
          events from "events.csv" { member member; at time; kind text }
          event checkin
        }
        let checkins = count(checkin)
        """),
    HelpPage(
      "N0221", en: "Two community blocks", zh: "有两个 community 块",
      Wording(
        en: "A rule set is about one community. Put everything into one block.",
        zh: "一个规则集只描述一个社群，请合并成一个块。"),
      example: """
        community "One" { members from "members.csv" { id text key } }
        community "Two" { members from "people.csv" { id text key } }
        """,
      mend: "community \"One\" { members from \"members.csv\" { id text key } }"),
    HelpPage(
      "N0222", en: "A table that is not declared", zh: "缺少数据表的声明",
      Wording(
        en: """
          The block says which file holds the members, and, where kinds of events are declared, which holds the \
          events.
          """,
        zh: "community 块要写明成员在哪个文件；声明了事件种类的，还要写明事件在哪个文件。"),
      example: "community \"Club\" { time zone \"UTC\" }",
      mend: "community \"Club\" { time zone \"UTC\"; members from \"members.csv\" { id text key } }"),
    HelpPage(
      "N0223", en: "A table without its key", zh: "缺少主键",
      Wording(
        en: "One column, a text that is never empty, tells the rows of a table apart.",
        zh: "要有一列不为空的文本，能区分表中的每一行。"),
      example: "community \"Club\" { members from \"members.csv\" { id text; city text? } }",
      mend: "community \"Club\" { members from \"members.csv\" { id text key; city text? } }"),
    HelpPage(
      "N0224", en: "A column that events need", zh: "事件表缺少必需的列",
      Wording(
        en: """
          An event is done by a member, at a time, and is of a kind. If the file calls them otherwise, say so: \
          `at time is "ts"`.
          """,
        zh: "每个事件都有做事的成员、时间和种类。文件里叫别的名字时请写明：`at time is \"ts\"`。"),
      example: """
        community "Club" {
          members from "members.csv" { id text key }
          events from "events.csv" { member member; kind text }
        }
        """,
      mend: """
        community "Club" {
          members from "members.csv" { id text key }
          events from "events.csv" { member member; at time is "ts"; kind text }
        }
        """),
    HelpPage(
      "N0225", en: "A column of the wrong type for what it says", zh: "列的类型与它的作用不符",
      Wording(
        en: "The columns `member`, `at`, `kind`, `joined` and `left` have a meaning, and with it a type.",
        zh: "`member`、`at`、`kind`、`joined`、`left` 这些列有固定的作用，因此类型也是固定的。"),
      example: "community \"Club\" { members from \"members.csv\" { id text key; joined text } }",
      mend: "community \"Club\" { members from \"members.csv\" { id text key; joined date } }"),
    HelpPage(
      "N0226", en: "No such type", zh: "没有这种类型",
      Wording(
        en: """
          Types of columns are `bool`, `int`, `number`, `text`, `date`, `time`, `one of "a", "b"`, `list of text\
           by ";"`, `member` and `item`; `?` says that it may be empty.
          """,
        zh: """
          列的类型有 `bool`、`int`、`number`、`text`、`date`、`time`、`one of "a", "b"`、`list of text by ";"`、`member` 和 \
          `item`；`?` 表示可以为空。
          """),
      example: "community \"Club\" { members from \"members.csv\" { id text key; age integer } }",
      mend: "community \"Club\" { members from \"members.csv\" { id text key; age int } }"),
    HelpPage(
      "N0227", en: "One attribute, two types", zh: "同名属性类型不一致",
      Wording(
        en: "Attributes of one name are one column of the events file, so they have one type in all kinds.",
        zh: "同名的属性是事件文件里的同一列，所以在各种事件里类型必须一致。"),
      example: """
        community "Club" {
          members from "members.csv" { id text key }
          events from "events.csv" { member member; at time; kind text }
          event answer { value number }
          event vote { value text }
        }
        """,
      mend: """
        community "Club" {
          members from "members.csv" { id text key }
          events from "events.csv" { member member; at time; kind text }
          event answer { value number }
          event vote { choice text }
        }
        """),
    HelpPage(
      "N0228", en: "Declared twice", zh: "重复声明",
      Wording(
        en: "Keep one of the two.",
        zh: "保留其中一个即可。"),
      example: """
        community "Club" { time zone "UTC"; time zone "Asia/Shanghai"; members from "members.csv" { id text key \
        } }
        """,
      mend: "community \"Club\" { time zone \"Asia/Shanghai\"; members from \"members.csv\" { id text key } }"),
    HelpPage(
      "N0229", en: "A reference to content that is not declared", zh: "引用了未声明的内容表",
      Wording(
        en: "An `item` is a row of the content table. Declare the table, or make the column a `text`.",
        zh: "`item` 指向内容表的一行。请声明内容表，或把这一列改成 `text`。"),
      example: """
        community "Club" {
          members from "members.csv" { id text key }
          events from "events.csv" { member member; at time; kind text }
          event like { content item }
        }
        """,
      mend: """
        community "Club" {
          members from "members.csv" { id text key }
          content from "content.csv" { id text key }
          events from "events.csv" { member member; at time; kind text }
          event like { content item }
        }
        """),
    HelpPage(
      "N0230", en: "A mark that does not belong to this column", zh: "这一列不能用这个标记",
      Wording(
        en: "`key`, `private` and `fixed` have their places; the message says why this is none.",
        zh: "`key`、`private`、`fixed` 各有适用的地方，消息里说明了这里为什么不行。"),
      example: """
        community "Club" {
          members from "members.csv" { id text key }
          events from "events.csv" { member member; at time; kind text }
          event order { number text key }
        }
        """,
      mend: """
        community "Club" {
          members from "members.csv" { id text key }
          events from "events.csv" { id text key; member member; at time; kind text }
          event order { number text }
        }
        """),
    HelpPage(
      "N0231", en: "A setting that cannot be", zh: "设置无效",
      Wording(
        en: "The value is not one that this setting knows.",
        zh: "这个设置不接受这样的值。"),
      example: "community \"Club\" { week starts mnday; members from \"members.csv\" { id text key } }",
      mend: "community \"Club\" { week starts monday; members from \"members.csv\" { id text key } }"),
    HelpPage(
      "N0232", en: "The values of a choice", zh: "可选值有误",
      Wording(
        en: "`one of` lists each value once, at least one.",
        zh: "`one of` 至少列出一个值，每个值只列一次。"),
      example: "community \"Club\" { members from \"members.csv\" { id text key; layer one of \"base\", \"base\" } }",
      mend: "community \"Club\" { members from \"members.csv\" { id text key; layer one of \"base\", \"top\" } }"),
    HelpPage(
      "N0233", en: "Two names for one spelling", zh: "两个名字对应同一种写法",
      Wording(
        en: "Each header and each kind in the data belongs to one name.",
        zh: "数据里的每个表头、每种事件只能对应一个名字。"),
      example: """
        community "Club" { members from "members.csv" { id text key; city text? is "town"; home text? is "town" \
        } }
        """,
      mend: "community \"Club\" { members from \"members.csv\" { id text key; city text? is \"town\" } }"),
    HelpPage(
      "N0234", en: "Who sees an event", zh: "谁看到事件",
      Wording(
        en: """
          `seen by` gives the rows of a kind in the events file to another member: one named by a column of the event, \
          of its doer (`member.inviter`), or of the item in its first `item` column (`content.author`).
          """,
        zh: """
          `seen by` 把事件文件里某种事件的行交给另一个成员：由事件的一列、做事件的成员的一列（`member.inviter`），\
          或第一个 `item` 列所指内容的一列（`content.author`）指明。
          """),
      example: """
        community "Club" {
          members from "members.csv" { id text key; city text; inviter member? }
          events from "events.csv" { member member; at time; kind text }
          event purchase
          event friend_purchase = purchase seen by member.city
        }
        """,
      mend: """
        community "Club" {
          members from "members.csv" { id text key; city text; inviter member? }
          events from "events.csv" { member member; at time; kind text }
          event purchase
          event friend_purchase = purchase seen by member.inviter
        }
        """),
    HelpPage(
      "N0236", en: "A file whose name does not tell its format", zh: "看不出格式的文件名",
      Wording(
        en: """
          The ending of a data file says how its rows are written: .csv with commas, .tsv with tabs, .jsonl or .ndjson \
          with one JSON object on every line. Behind it may come .gz, if the file is compressed with gzip.
          """,
        zh: """
          数据文件的格式由文件名的结尾决定：.csv 用逗号分隔，.tsv 用制表符分隔，.jsonl 和 .ndjson 每行一个 JSON 对象。\
          用 gzip 压缩过的，后面再加 .gz。
          """),
      example: "community \"Club\" { members from \"members.xlsx\" { id text key } }",
      mend: "community \"Club\" { members from \"members.csv\" { id text key } }"),
    HelpPage(
      "N0240", en: "A module that is not there", zh: "找不到模块",
      Wording(
        en: """
          `use std.…` brings in a module of the standard library, `use "../shared"` a folder of rules, by a path \
          relative to the file that uses it.
          """,
        zh: "`use std.…` 引入标准库的模块，`use \"../shared\"` 引入一个规则文件夹，路径相对于使用它的文件。"),
      example: "use std.pionts",
      mend: "parameter silent_after = 30 days"),
    HelpPage(
      "N0241", en: "Modules that use each other", zh: "模块互相使用",
      Wording(
        en: "A module cannot use one that uses it. Put what both need into a third folder.",
        zh: "一个模块不能使用反过来使用它的模块。请把共用的部分放进另一个文件夹。"),
      example: "", mend: ""),
    HelpPage(
      "N0242", en: "`override` of nothing", zh: "`override` 无可替换",
      Wording(
        en: """
          `override` replaces a declaration that came with a module by another of its kind. What the rule set \
          itself declares is changed where it stands.
          """,
        zh: "`override` 用同类的声明替换模块带来的声明。规则集自己的声明请直接修改。"),
      example: "override parameter silent_after = 14 days",
      mend: "parameter silent_after = 14 days"),
    HelpPage(
      "N0243", en: "Events that a module needs", zh: "模块需要的事件",
      Wording(
        en: """
          A module says which events it counts: `needs events interaction`. Whoever uses it declares them in the \
          community block, as a kind or as a set of kinds.
          """,
        zh: "模块会写明它要统计哪些事件：`needs events interaction`。使用者要在 community 块里声明它们：一种事件，或几种事件的集合。"),
      example: "needs events interaction",
      mend: "needs events like"),
    HelpPage(
      "N0244", en: "The value of a parameter", zh: "参数的值",
      Wording(
        en: "A parameter is a value written out, and keeps its type where it is overridden.",
        zh: "参数是直接写出的值；用 `override` 修改时类型不变。"),
      example: "parameter busy = count(like)",
      mend: "parameter busy = 5"),
    HelpPage(
      "N0290", en: "Not in this version yet", zh: "当前版本还不支持",
      Wording(
        en: "The language has this, but this version of Steward cannot do it yet.",
        zh: "语言里有这一项，但当前版本的 Steward 还做不到。"),
      example: """
        let theirs = inviter.points
        """,
      mend: """
        let theirs = inviter.city
        """),
  ]
}
