/// What can be wrong with segments, incentives, tiers, and the use of private values.
enum RuleProblem: CheckProblem {
  case segmentType(Type)
  case triggerMissing
  case awardMissing
  case clauseTwice(String)
  case triggerTwice
  case awardNotWhole(Type, String?)
  case awardQuoted(String)
  case awardNegative(String, keyword: String)
  case countNotPositive(Wording, label: Wording)
  case attributeNotHere(String, kinds: [String], near: String?)
  case letNotHere(String, attribute: String, kinds: [String])
  case limitPerAttribute(String)
  case capWithoutPoints(String, purse: String?)
  case cooldown
  case lowestTierCondition(String)
  case tierConditionMissing(String)
  case tierTwice(String)
  case tooFewTiers(String)
  case keepOnLowest(String)
  case grace
  case privateAward
  case privateDecides(Wording)
  case pastColumn(String)

  var words: CheckWords {
    switch self {
    case .lowestTierCondition, .tierConditionMissing, .tierTwice, .tooFewTiers, .keepOnLowest, .grace: tierWords
    case .countNotPositive, .attributeNotHere, .letNotHere, .limitPerAttribute, .capWithoutPoints, .cooldown: limitWords
    default: ruleWords
    }
  }

  private var ruleWords: CheckWords {
    switch self {
    case .segmentType(let type):
      CheckWords(
        .segmentType, en: "a segment says yes or no about each member, this is \(type.words.english)",
        zh: "分群要对每个成员回答是或否，这里却是\(type.words.chinese)", label: .yesNoOfSegment,
        hint: Wording(en: "compare it: `… >= 3`; or make it a `let`", zh: "请做个比较：`… >= 3`；或改用 `let`"))
    case .triggerMissing:
      CheckWords(
        .triggerMissing, en: "this incentive does not say when it acts", zh: "这条激励没有说明何时触发",
        hint: Wording(en: "add `on checkin` or `every week`", zh: "请加上 `on checkin` 或 `every week`"))
    case .awardMissing:
      CheckWords(
        .awardMissing, en: "this incentive awards nothing", zh: "这条激励没有发放任何奖励",
        hint: Wording(
          en: "add `award 5 points`, `award badge \"…\"`, `deduct 100 points` or `take back …`",
          zh: "请加上 `award 5 points`、`award badge \"…\"`、`deduct 100 points` 或 `take back …`"))
    case .clauseTwice(let name):
      CheckWords(
        .clauseTwice, en: "`\(name)` stands twice", zh: "`\(name)` 写了两次",
        hint: name == "limit" || name == "cap"
          ? Wording(
            en: "list them in one clause: `\(name) 3 per day, 40 per month`",
            zh: "请写在一个子句里：`\(name) 3 per day, 40 per month`")
          : Wording(en: "keep one", zh: "保留一个即可"))
    case .triggerTwice:
      CheckWords(
        .clauseTwice, en: "an incentive has one trigger", zh: "一条激励只能有一个触发条件",
        hint: Wording(
          en: "keep one `on` or `every`; several kinds go into one: `on like or share`",
          zh: "只保留一个 `on` 或 `every`；多种事件可以合写：`on like or share`"))
    case .awardQuoted(let meant):
      CheckWords(
        .awardNotWhole, en: "points are whole numbers, this is a text", zh: "积分必须是整数，这里却是文本",
        label: .wholeAward,
        hint: .withoutQuotes(meant))
    case .awardNotWhole(let type, let name) where type.base == .number:
      CheckWords(
        .awardNotWhole, en: "points are whole numbers; \(name.map { "`\($0)`" } ?? "this") may have decimals",
        zh: "积分必须是整数，\(name.map { "`\($0)`" } ?? "这里")可能带小数", label: .wholeAward,
        hint: Wording(
          en: "say how to round: `round(\(name ?? "…"))`, `floor(…)` or `ceil(…)`",
          zh: "请说明如何取整：`round(\(name ?? "…"))`、`floor(…)` 或 `ceil(…)`"))
    case .awardNotWhole(let type, _):
      CheckWords(
        .awardNotWhole, en: "points are whole numbers, this is \(type.base.words.english)",
        zh: "积分必须是整数，这里却是\(type.base.words.chinese)", label: .wholeAward)
    case .awardNegative(let what, keyword: "deduct"):
      CheckWords(
        .awardNegative, en: "deducting \(what) points would give some", zh: "扣 \(what) 分等于在发分",
        hint: Wording(en: "write it without the minus", zh: "请去掉负号"))
    case .awardNegative(let what, _):
      CheckWords(
        .awardNegative, en: "\(what) points would be taken, not awarded", zh: "\(what) 分是扣分，不是发放",
        hint: Wording(
          en: "an award is 0 or more; to take points write `deduct \(what.dropFirst()) points`",
          zh: "发放的积分不能小于 0；扣分请写 `deduct \(what.dropFirst()) points`"))
    default: privacyWords
    }
  }

  private var privacyWords: CheckWords {
    switch self {
    case .privateAward:
      CheckWords(
        .privateAward, en: "a private value decides how many points there are", zh: "私密信息决定了积分的多少",
        hint: Wording(
          en: "it may decide whether (`when`, `among`), never how much", zh: "私密信息只能决定给不给（`when`、`among`），不能决定给多少"))
    case .privateDecides(let what):
      CheckWords(
        .privateDecides, .note, en: "a private value decides \(what.english): whoever sees the outcome can guess at it",
        zh: "私密信息决定了\(what.chinese)：看到结果的人可能猜出它")
    case .pastColumn(let name):
      CheckWords(
        .pastColumn, .note, en: "this rule looks at the past with today's `\(name)`",
        zh: "这条规则用今天的“\(name)”去判断过去",
        hint: Wording(
          en: "if it never changes mark the column `fixed`; what changes belongs in events",
          zh: "如果它从不改变，请给该列加上 `fixed`；会变化的信息应记成事件"))
    default: limitWords
    }
  }

  private var limitWords: CheckWords {
    switch self {
    case .countNotPositive(let what, let label):
      CheckWords(
        .countNotPositive, en: "\(what.english) is a whole number of at least 1, written out",
        zh: "\(what.chinese)必须是写明的、不小于 1 的整数", label: label)
    case .attributeNotHere(let name, let kinds, let near):
      CheckWords(
        .attributeNotHere, en: "events of kind \(Wording.names(kinds).english) have no `\(name)`",
        zh: "事件\(Wording.names(kinds).chinese)没有属性“\(name)”",
        hint: name == "member"
          ? Wording(
            en: "limits count for each member by themselves; once for each doer is "
              + "`when count(\(kinds.first ?? "like") where event.member == this.member) == 1`",
            zh: "限次本来就按成员分别计算；要对每个行为人只算一次，请写 "
              + "`when count(\(kinds.first ?? "like") where event.member == this.member) == 1`") : .near(near))
    case .letNotHere(let name, let attribute, let kinds):
      CheckWords(
        .attributeNotHere,
        en: "`\(name)` reads `\(attribute)`, which events of kind \(Wording.names(kinds).english) do not have",
        zh: "“\(name)”要读取“\(attribute)”，而事件\(Wording.names(kinds).chinese)没有它")
    case .limitPerAttribute(let name):
      CheckWords(
        .limitPerAttribute, en: "`every` rules have no event whose `\(name)` could count",
        zh: "`every` 规则没有触发事件，无法按“\(name)”限次",
        hint: Wording(
          en: "limit it per day, week, month, quarter, year or `ever`", zh: "请按 day、week、month、quarter、year 或 `ever` 限次"
        ))
    case .capWithoutPoints(let name, let purse?):
      CheckWords(
        .capWithoutPoints, .warning, en: "this incentive awards no `\(purse)`, so its `\(name)` does nothing",
        zh: "这条激励不发放“\(purse)”，`\(name)` 不起作用")
    case .capWithoutPoints(let name, _):
      CheckWords(
        .capWithoutPoints, .warning, en: "this incentive awards no points, so its `\(name)` does nothing",
        zh: "这条激励不发积分，`\(name)` 不起作用",
        hint: name == "cap" || name == "budget"
          ? Wording(en: "to award a badge less often use `limit`", zh: "要限制徽章的次数请用 `limit`") : nil)
    case .cooldown:
      CheckWords(
        .cooldown, en: "a cooldown is a fixed time, longer than 0", zh: "冷却时间必须是大于 0 的固定时长",
        label: .lengthOfCooldown,
        hint: Wording(en: "write `cooldown 10 minutes`", zh: "请写 `cooldown 10 minutes`"))
    default: tierWords
    }
  }

  private var tierWords: CheckWords {
    switch self {
    case .lowestTierCondition(let name):
      CheckWords(
        .lowestTierCondition, en: "`\(name)` is the lowest tier: everybody has it, without a `when`",
        zh: "“\(name)”是最低一级：人人都有，不需要 `when`",
        hint: Wording(en: "put a tier without `when` before it", zh: "请在它前面放一个没有 `when` 的等级"))
    case .tierConditionMissing(let name):
      CheckWords(
        .tierConditionMissing, en: "the tier `\(name)` does not say who deserves it", zh: "等级“\(name)”没有说明谁能获得",
        hint: Wording(en: "add `when …`", zh: "请加上 `when …`"))
    case .tierTwice(let name):
      CheckWords(.tierTwice, en: "a second tier `\(name)`", zh: "等级“\(name)”出现了两次")
    case .tooFewTiers(let name):
      CheckWords(
        .tooFewTiers, en: "the ladder `\(name)` has fewer than two tiers", zh: "等级“\(name)”不足两级",
        hint: Wording(en: "there is nothing to climb", zh: "没有可以晋升的级别"))
    case .keepOnLowest(let name):
      CheckWords(
        .keepOnLowest, en: "`\(name)` is the lowest tier and cannot be lost", zh: "“\(name)”是最低一级，不会被降级",
        hint: Wording(en: "drop its `keep when`", zh: "去掉它的 `keep when`"))
    case .grace:
      CheckWords(
        .grace, en: "the grace is a fixed time", zh: "宽限期必须是固定的时长", label: .lengthOfGrace,
        hint: Wording(en: "write `grace 30 days`", zh: "请写 `grace 30 days`"))
    default: CheckWords(.mismatch, en: "a rule is wrong", zh: "规则有误")
    }
  }
}
