// Three rules that run at once, made of what the data has.

/// The file of starter rules.
struct StarterRules {
  private var namer: Namer
  private let draft: CommunityDraft
  private var text = ""
  private let language: Language

  static func text(_ draft: CommunityDraft, _ language: Language) -> String {
    var rules = StarterRules(draft, language)
    rules.write()
    return rules.text
  }

  private init(_ draft: CommunityDraft, _ language: Language) {
    self.draft = draft
    self.language = language
    namer = Namer(taken: draft.taken.union(["points"]))
  }

  private mutating func line(_ line: String = "") { text += line + "\n" }
  private mutating func doc(_ words: Wording) { line("/// " + words[language]) }

  private mutating func write() {
    line(
      "// "
        + Wording(
          en: "Three rules to begin with. They run as they are; change them to what your community needs.",
          zh: "三条起步规则，直接就能运行；请改成你的社群需要的样子。")[language])
    line()
    if let kind = firstKind { rulesOfEvents(kind) } else { rulesWithoutEvents() }
  }

  /// The most frequent kind that members do; one that takes some effort before others.
  private var firstKind: String? {
    let able = draft.kinds.filter { !$0.isAnonymous }.flatMap(\.kinds)
    let effort = [
      "checkin", "answer", "post", "comment", "question", "share", "purchase", "order", "review", "签到", "打卡", "回答",
      "发帖", "评论",
      "提问", "分享", "购买", "下单",
    ]
    for word in effort {
      if let found = able.first(where: { ColumnNames.folded($0.spelling) == word }) { return found.name }
    }
    return able.max { $0.rows < $1.rows }?.name
  }

  private mutating func rulesOfEvents(_ kind: String) {
    doc(Wording(en: "Who did anything in the last 30 days.", zh: "最近 30 天里做过任何一件事的人。"))
    let active = namer.name("active", prefix: "members")
    line("segment \(active) = any(anything, last 30 days)")
    line()
    doc(Wording(en: "Ten points for the first `\(kind)` of a day.", zh: "每天第一次“\(kind)”得 10 分。"))
    line("incentive \(namer.name("daily_\(kind)", prefix: "rule")) {")
    line("  on \(kind)")
    line("  award 10 points")
    line("  limit 1 per day")
    line("}")
    line()
    doc(
      Wording(
        en: "Regulars were here on 3 of the last 30 days; who stays away has 30 days of grace.",
        zh: "常客：最近 30 天里有 3 天来过；不来了，还有 30 天缓冲。"))
    line("tiers \(namer.name("standing", prefix: "member")) {")
    line("  tier member")
    line("  tier regular { when days(anything, last 30 days) >= 3 }")
    line("  review every week")
    line("  grace 30 days")
    line("  demote one step")
    line("}")
  }

  private mutating func rulesWithoutEvents() {
    if let joined = draft.members?.columns.first(where: { $0.name == "joined" }) {
      doc(Wording(en: "Who joined in the last 30 days.", zh: "最近 30 天加入的人。"))
      let newcomers = namer.name("newcomers", prefix: "members")
      let condition =
        joined.isOptional ? "joined is not missing and now - joined <= 30 days" : "now - joined <= 30 days"
      line("segment \(newcomers) = \(condition)")
    } else {
      doc(Wording(en: "Who has points.", zh: "有积分的人。"))
      line("segment \(namer.name("rewarded", prefix: "members")) = points > 0")
    }
    line()
    doc(Wording(en: "Ten points for whoever is a member when a month ends.", zh: "每月月底仍在社群的成员得 10 分。"))
    line("incentive \(namer.name("monthly", prefix: "rule")) {")
    line("  every month")
    line("  award 10 points")
    line("}")
    line()
    doc(Wording(en: "Half a year of such points makes a regular.", zh: "攒够半年的积分就是老成员。"))
    line("tiers \(namer.name("standing", prefix: "member")) {")
    line("  tier member")
    line("  tier regular { when points >= 60 }")
    line("}")
  }
}
