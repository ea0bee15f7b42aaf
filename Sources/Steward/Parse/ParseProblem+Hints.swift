// What to do about each problem.

extension ParseProblem {
  public var hint: Wording? {
    switch self {
    case .unknownCharacter: nil
    case .notUTF8: Wording(en: "Save it as UTF-8 in your editor", zh: "请在编辑器里另存为 UTF-8 编码")
    case .unterminatedText(let hasValue):
      hasValue
        ? Wording(
          en: "`{` begins a value, which ends with `}` on the same line; a plain brace is `{{`",
          zh: "`{` 表示插入一个值，要在同一行用 `}` 结束；单纯的花括号写作 `{{`")
        : Wording(
          en: "A text ends with `\"` on the line where it begins; a line break in it is `\\n`",
          zh: "文本要在开始的那一行用 `\"` 结束，换行写作 `\\n`")
    case .unknownEscape(_, let meant):
      Wording(
        en: "Escapes are `\\n`, `\\t`, `\\\"` and `\\\\`; write `\(meant)`",
        zh: "可用的转义是 `\\n`、`\\t`、`\\\"` 和 `\\\\`；这里请写 `\(meant)`")
    case .foreignOperator(let wrote, _) where wrote == "%":
      Wording(en: "`15%` is the number 0.15; a remainder is `a mod b`", zh: "`15%` 表示 0.15；求余数请写 `a mod b`")
    case .foreignWord("last month", _):
      Wording(
        en:
          "That is the calendar month before this one; `last 30 days` are the days up to now, `this month` those since the 1st",
        zh: "这表示上一个自然月；到此刻为止的三十天写 `last 30 days`，本月至今写 `this month`")
    case .foreignWord(let wrote, let meant) where wrote.hasPrefix("last "):
      Wording(
        en: "`\(meant)` is the whole one before; counted back from now it is a number of days: `last 7 days`",
        zh: "`\(meant)` 表示前一个完整的周期；从此刻往前数要写天数：`last 7 days`")
    case .singleQuotes(let text): Wording(en: "Write `\"\(text)\"`", zh: "请写 `\"\(text)\"`")
    case .numberTooLarge:
      Wording(
        en: "Whole numbers go up to 9,223,372,036,854,775,807", zh: "整数最大为 9223372036854775807")
    case .numberJoinsWord(_, _, isMended: false):
      Wording(
        en: "A name does not begin with a digit, and a number is written out: `100000`",
        zh: "名称不能以数字开头；数要完整写出，如 `100000`")
    case .numberJoinsWord(let number, let word, _):
      Wording(
        en: "Put a space between them: `\(number) \(word)`", zh: "请在中间加空格：`\(number) \(word)`")
    case .noSuchTime: Wording(en: "Times go from `00:00` to `23:59:59`", zh: "时刻从 `00:00` 到 `23:59:59`")
    case .dateSpelling, .dateAmbiguous:
      Wording(
        en: "Dates are year-month-day, times follow after a space: `2026-01-31 09:00`",
        zh: "日期写作 年-月-日，时刻放在空格后面：`2026-01-31 09:00`")
    case .monthLike:
      Wording(
        en: "For a subtraction put spaces around `-`; for a month use dates: `from 2026-03-01 to 2026-03-31`",
        zh: "做减法请在 `-` 两边加空格；指月份请用日期：`from 2026-03-01 to 2026-03-31`")
    default: structureHint
    }
  }

  private func didYouMean(_ near: String) -> Wording {
    Wording(en: "Did you mean `\(near)`?", zh: "是不是想写 `\(near)`？")
  }

  private var structureHint: Wording? {
    switch self {
    case .unknownDeclaration(_, let near?), .unknownClause(_, _, let near?): didYouMean(near)
    case .unknownDeclaration("board", nil), .unknownDeclaration("leaderboard", nil),
      .unknownDeclaration("ranking", nil):
      Wording(
        en: "A board is an incentive: `incentive best { every month; rank by …; award 500, 300 points }`",
        zh: "排行榜也是激励规则：`incentive best { every month; rank by …; award 500, 300 points }`")
    case .unknownDeclaration("redeem", nil), .unknownDeclaration("exchange", nil), .unknownDeclaration("penalty", nil):
      Wording(
        en: "An incentive may take points: `incentive gift { on redeem; deduct 100 points }`",
        zh: "扣分也写成激励规则：`incentive gift { on redeem; deduct 100 points }`")
    case .unknownClause("board", .incentive, nil), .unknownClause("leaderboard", .incentive, nil),
      .unknownClause("ranking", .incentive, nil):
      Wording(
        en: "Write `rank by earned(this month)` and `award 500, 300, 200 points`",
        zh: "请写 `rank by earned(this month)` 和 `award 500, 300, 200 points`")
    case .unknownDeclaration(_, nil):
      Wording(
        en:
          "Declarations are `community`, `let`, `fn`, `segment`, `incentive`, `budget`, `tiers`, `use` and `parameter`",
        zh: "声明有 `community`、`let`、`fn`、`segment`、`incentive`、`budget`、`tiers`、`use` 和 `parameter`")
    case .unknownClause(_, let block, nil):
      Wording(
        en: "Its clauses are \(FileParser.clauseNames(block).map { "`\($0)`" }.joined(separator: ", "))",
        zh: "可用的子句有 \(FileParser.clauseNames(block).map { "`\($0)`" }.joined(separator: "、"))")
    case .unclosed:
      Wording(en: "Put the `}` where the block ends", zh: "请在这一块结束的地方补上 `}`")
    case .strayClosing: Wording(en: "Take it out, or look for the opening one above", zh: "请删掉它，或检查上面是否少了开头")
    case .missingLet(let name): Wording(en: "Write `let \(name) = …`", zh: "请写 `let \(name) = …`")
    case .mixedChain:
      Wording(en: "Write two comparisons with `and` between them", zh: "请拆成两个比较，中间写 `and`")
    case .ifWithoutElse:
      Wording(en: "It must have a value in either case: `if a then b else c`", zh: "两种情况都要有值：`if a then b else c`")
    case .tooDeep:
      Wording(en: "Give a part of it a name with `let`", zh: "请用 `let` 给其中一部分起个名字")
    case .partialDuration:
      Wording(en: "Write it in a smaller unit: `90 minutes`", zh: "请换成更小的单位：`90 minutes`")
    case .unknownUnit(_, let meant):
      meant.isEmpty
        ? Wording(
          en: "Units are `minutes`, `hours`, `days` and `weeks`", zh: "单位有 `minutes`、`hours`、`days` 和 `weeks`")
        : didYouMean(meant)
    case .notInside: Wording(en: "Write `(not …)`", zh: "请写 `(not …)`")
    case .notIn: Wording(en: "Write `not x in [..]`", zh: "请写 `not x in [..]`")
    case .emptyValue:
      Wording(en: "Write `{value}`; a plain brace is `{{`", zh: "请写 `{值}`；单纯的花括号写作 `{{`")
    case .quotedName:
      Wording(
        en: "Give the column a name without quotes, and its spelling in the file with `is`: `city text is \"城市\"`",
        zh: "列名不加引号；文件里的写法用 `is` 说明：`city text is \"城市\"`")
    case .pointsOmitted(let amount) where amount.hasPrefix("points "):
      Wording(
        en:
          "`points` is the balance here; write the number before it, `award 10 * 2 points`, or `award points * 2 points` "
          + "for twice the balance",
        zh: "这里的 `points` 是余额；请把数写在前面：`award 10 * 2 points`；若确实要发余额的两倍，请写 `award points * 2 points`")
    case .clauseOnLine:
      Wording(en: "Put it on the next line, or write `;` before it", zh: "请另起一行，或在它前面加 `;`")
    case .expiryForm:
      Wording(
        en: "Write `expires after 180 days`; there is no expiry on a fixed date",
        zh: "请写 `expires after 180 days`；不能写成在某个固定日期失效")
    case .pointsOmitted: Wording(en: "Write `points` behind it", zh: "请在后面写 `points`")
    case .oneDeduction:
      Wording(
        en: "Write a second incentive on the same event for the other purse", zh: "另一个账户请另写一条触发事件相同的激励规则")
    case .badgeWithValues:
      Wording(
        en: "Write an incentive for each badge; a plain brace is `{{`", zh: "每种徽章各写一条激励规则；单纯的花括号写作 `{{`")
    case .comparedAgain:
      Wording(en: "Join the two with `and`, or put the first in parentheses", zh: "请用 `and` 连接，或给前一个加括号")
    case .unexpected:
      Wording(
        en: "Is an operator, a comma or a line break missing before it?", zh: "它前面是不是漏了运算符、逗号或换行？")
    case .moduleWithoutStd:
      Wording(en: "A folder of your own stands in quotes: `use \"../shared\"`", zh: "自己的文件夹要加引号：`use \"../shared\"`")
    default: nil
    }
  }
}
