// What `check --data` says.

extension HelpPages {
  static let audit: [HelpPage] = [
    HelpPage(
      "D0440", en: "A kind that no row has", zh: "数据里从没出现的事件种类",
      Wording(
        en: """
          The block declares a kind of event, or records, and the data has no row of it. Mostly the spelling differs: the \
          message names one that is near, with the number of its rows. Rules that wait for the kind never fire.
          """,
        zh: """
          块里声明了一种事件（或记录），数据里却一行也没有。多半是写法不同：消息会列出相近的写法和行数。等待这种事件的规则永远不会触发。
          """),
      example: "event anwser", mend: "event answer"),
    HelpPage(
      "D0441", en: "A value of a choice that no row has", zh: "从没出现的取值",
      Wording(
        en: """
          `one of` names a value that is in no row. It may be new, or gone, or spelled otherwise in the rules than people \
          think. Conditions that ask for it never hold.
          """,
        zh: "`one of` 里写了一个数据中没有的取值。也许是还没用上、已经停用，或写法和大家以为的不同。以它为条件的规则永远不成立。"),
      example: "channel one of \"wechat\", \"app\", \"offline\"", mend: "channel one of \"wechat\", \"app\""),
    HelpPage(
      "D0442", en: "A column that is always empty", zh: "始终为空的列",
      Wording(
        en: "The column is there and no row has anything in it. Perhaps the export leaves it out.",
        zh: "这一列存在，但每一行都为空。也许导出时漏掉了它。"),
      example: "birthday date?      and no row has one", mend: "export the column, or take it out of the block"),
    HelpPage(
      "D0443", en: "Events before their member joined", zh: "早于加入时间的事件",
      Wording(
        en: """
          Some events lie before the `joined` of who did them. They count like all others. A few come from clocks and time \
          zones; many mean that `joined` is another date than the name says.
          """,
        zh: """
          有些事件早于当事成员的 `joined`。它们照样计入。少量多半是时钟或时区造成的；很多则说明 `joined` 这一列其实是别的日期。
          """),
      example: "joined date is \"last_login\"", mend: "joined date is \"registered_at\""),
    HelpPage(
      "D0444", en: "A text that no row has", zh: "从没出现的文本",
      Wording(
        en: """
          A rule compares a text column with a text that is in none of its rows, so the comparison never holds. The hint \
          names one that is near. Upper and lower case count.
          """,
        zh: "规则拿某一列与一段文本比较，但没有一行是这段文本，所以比较永远不成立。提示会给出相近的写法。大小写要一致。"),
      example: "segment bath = (city ?? \"\") == \"Bth\"", mend: "segment bath = (city ?? \"\") == \"Bath\""),
    HelpPage(
      "R0540", en: "An incentive that never fired", zh: "从未触发的激励",
      Wording(
        en: """
          Over all of the data nobody was awarded anything. The clause that is marked never held, on so many occasions: \
          `at none of 1,059 events` counts the events that fired the rule. If it holds at times by itself, the hint says \
          so: then it contradicts what stands before it. A young community may simply not have got so far.
          """,
        zh: """
          在全部数据上，没有人得到过这条激励。标出的条件从未成立；“1,059 个事件都不满足”数的是触发规则的事件。如果它单独看有时成立，\
          提示会说明：那么它与前面的条件互相矛盾。刚起步的社群也可能只是还没走到那一步。
          """),
      example: "incentive quality { on answer; when quality > 1; award 5 points }",
      mend: "incentive quality { on answer; when quality >= 0.8; award 5 points }"),
    HelpPage(
      "R0541", en: "A segment that nobody was ever in", zh: "从来没有人的分群",
      Wording(
        en: """
          On no day of the data was a member in the segment; the clause that is marked held for nobody. An empty segment \
          today is no mistake; one that was always empty often is.
          """,
        zh: "数据里的每一天都没有成员属于这个分群；标出的条件对谁都不成立。今天为空不算错，从来都空往往就是写错了。"),
      example: "segment heavy = count(answer, last 7 days) >= 1000",
      mend: "segment heavy = count(answer, last 7 days) >= 10"),
    HelpPage(
      "R0542", en: "A tier that nobody ever reached", zh: "从来没有人达到的等级",
      Wording(
        en: "No review promoted anybody to it, nor to a higher one; the clause that is marked held for nobody.",
        zh: "没有一次评定让人升到这一级或更高；标出的条件对谁都不成立。"),
      example: "tier steward { when earned(last 7 days) >= 100_000 }",
      mend: "tier steward { when earned(last 365 days) >= 2000 }"),
  ]
}
