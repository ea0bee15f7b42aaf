// The topics of `steward help`: what an operator asks about before any diagnostic does.

/// A short text about one subject, found by its name and by the words of the language that it explains.
public struct HelpTopic: Sendable {
  public let name: String
  /// Other words that lead here.
  public let aliases: [String]
  public let title: Wording
  public let text: Wording
  /// Rules that the checker accepts.
  public let example: String

  init(_ name: String, _ aliases: String = "", en: String, zh: String, text: Wording, example: String = "") {
    self.name = name
    self.aliases = aliases.split(separator: " ").map(String.init)
    title = Wording(en: en, zh: zh)
    self.text = text
    self.example = example
  }

  public func text(language: Language, style: TextStyle) -> String {
    var lines = [style(title[language], .bold), "", text[language]]
    if !example.isEmpty {
      lines += ["", style(language == .english ? "For example:" : "例如：", .dim)]
      lines += example.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    " + $0 }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The topic of a name or a word, whatever the case of its letters.
  public static func named(_ name: String) -> HelpTopic? {
    let wanted = name.lowercased()
    let found = all.first { $0.name == wanted } ?? all.first { $0.aliases.contains(wanted) }
    // `boards` is asked for as well as `board`.
    return found ?? (wanted.count > 3 && wanted.hasSuffix("s") ? named(String(wanted.dropLast())) : nil)
  }

  public static let all: [HelpTopic] = [
    community, events, expressions, windows, missing, named, metric, incentive, points, board, budget, tiers, modules,
    output,
    later,
  ]

  static let events = HelpTopic(
    "events", "event kind kinds pattern where same anything anonymous at this seen records forgive",
    en: "Choosing events", zh: "选择事件",
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

  static let missing = HelpTopic(
    "missing", "optional empty null", en: "Values that may be missing", zh: "可能缺失的值",
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

  static let output = HelpTopic(
    "output", en: "What `run --out DIR` writes", zh: "`run --out DIR` 写出的文件",
    text: Wording(
      en: """
            awards.csv         every award and deduction: id, at, member, rule, purse, points, badge, event
            balances.csv       what every member has in each purse
            badges.csv         who holds which badge
            refusals.csv       awards that caps and budgets cut or refused; deductions that could not be paid
            budgets.csv        what each budget of the community used and refused
            boards.csv         the places of boards that had a prize
            tiers.csv          where every member stands
            tier_changes.csv   every rise and fall
            facts.csv          a row for every member, a column for every let and segment
            item_facts.csv     a row for every item, a column for every let about content
            metrics.csv        every metric at each of its checks, by group
            rejected.csv       bad rows, with --skip-bad-rows
            run.json           as-of, fingerprints of rules and data, counts, seconds

        The same rules, data and as-of give the same bytes. `id` names an award for good: rule, member, event or period.
        """,
      zh: """
            awards.csv         每次发放和扣除：id、时间、成员、规则、账户、积分、徽章、事件
            balances.csv       每个成员在各账户的积分
            badges.csv         谁有哪些徽章
            refusals.csv       被上限和预算削减或拒绝的发放，余额不足而未执行的扣除
            budgets.csv        社群的每项预算用了多少、拒绝了多少
            boards.csv         排行榜上有奖的名次
            tiers.csv          每个成员的等级
            tier_changes.csv   每次升降级
            facts.csv          每个成员一行，每个 let 和分群一列
            item_facts.csv     每项内容一行，每个关于内容的 let 一列
            metrics.csv        每个指标在每个时点的值，按组列出
            rejected.csv       有误的行（用 --skip-bad-rows 时）
            run.json           截止时间、规则与数据的指纹、计数、用时

        规则、数据和截止时间相同，结果逐字节相同。`id` 永久标识一次发放：规则、成员、事件或周期。
        """))
}
