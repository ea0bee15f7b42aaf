/// What can be wrong with the types of expressions.
enum TypeProblem: CheckProblem {
  case mismatch(what: Wording, expected: Wording, found: Type, hint: Wording?)
  case incomparable(Type, Type, hint: Wording?)
  case unordered(Type)
  case notAChoice(String, values: [String], near: String?)
  case missing(Type, where: Wording, hint: Wording)
  case operands(String, Type, Type?, hint: Wording?)
  case branches(Type, Type)
  case neverMissing(defaulted: Bool)
  case scaleOfShare(String, isPercent: Bool)
  case scaleOfChange(String, isPercent: Bool)
  case scaleOfCount(String, isChange: Bool)
  case wholeNumbers(String, hint: Wording)
  case divisionByZero
  case format(String, Type)
  case unknownFormat(String, near: String?)
  case argumentCount(String, form: Wording, expected: Int, found: Int)
  case parameterType(String, expected: Wording, found: Wording)
  case unknownParameterType(String, near: String?)
  case durationUnit
  case durationTooLong
  case timeOfDay
  case notPeriodic(String, Type)
  case tooLarge
  case tooDeep

  var words: CheckWords {
    switch self {
    case .mismatch, .incomparable, .unordered, .notAChoice, .missing, .operands, .branches, .neverMissing,
      .scaleOfShare, .scaleOfChange, .scaleOfCount:
      valueWords
    default: formWords
    }
  }

  private var valueWords: CheckWords {
    switch self {
    case .mismatch(let what, let expected, let found, let hint):
      CheckWords(
        .mismatch, en: "\(what.english) needs \(expected.english), this is \(found.words.english)",
        zh: "\(what.chinese)需要\(expected.chinese)，这里却是\(found.words.chinese)",
        label: expected == Type.Base.bool.words ? .whyYesNo(what) : nil, hint: hint)
    case .incomparable(let left, let right, let hint):
      CheckWords(
        .incomparable, en: "\(left.base.words.english) cannot be compared with \(right.base.words.english)",
        zh: "\(left.base.words.chinese)不能与\(right.base.words.chinese)比较", hint: hint)
    case .unordered(let type):
      CheckWords(
        .unordered, en: "\(type.base.words.english) has no order", zh: "\(type.base.words.chinese)没有大小先后之分",
        hint: Wording(en: "it can be compared with == and !=", zh: "只能用 == 和 != 比较"))
    case .notAChoice(let value, let values, let near):
      CheckWords(
        .notAChoice, en: "\"\(value)\" is none of the values that can occur here",
        zh: "\"\(value)\" 不是这里可能出现的取值",
        hint: near.map { Wording(en: "did you mean \"\($0)\"?", zh: "是不是想写 \"\($0)\"？") }
          ?? Wording(
            en: "they are \(Wording.some(of: values.map { "\"\($0)\"" }).english)",
            zh: "可能的取值：\(Wording.some(of: values.map { "\"\($0)\"" }).chinese)"))
    case .missing(let type, let place, let hint):
      CheckWords(
        .missing, en: "\(place.english) needs a value, and this one may be missing (\(type.base.words.english))",
        zh: "\(place.chinese)要有确定的值，而这里可能缺失（\(type.base.words.chinese)）", hint: hint)
    case .operands(let sign, let left, .some(let right), let hint):
      CheckWords(
        .operands, en: "`\(sign)` cannot take \(left.base.words.english) and \(right.base.words.english)",
        zh: "`\(sign)` 不能用于\(left.base.words.chinese)和\(right.base.words.chinese)", hint: hint)
    case .operands(let sign, let operand, nil, let hint):
      CheckWords(
        .operands, en: "`\(sign)` cannot take \(operand.base.words.english)",
        zh: "`\(sign)` 不能用于\(operand.base.words.chinese)", hint: hint)
    case .branches(let one, let other):
      CheckWords(
        .branches, en: "one branch gives \(one.base.words.english), another \(other.base.words.english)",
        zh: "一个分支得到\(one.base.words.chinese)，另一个得到\(other.base.words.chinese)",
        hint: Wording(en: "all branches give one type", zh: "各分支的类型必须一致"))
    case .neverMissing(true):
      CheckWords(
        .neverMissing, .warning, en: "this is never missing, so the value after `??` is never used",
        zh: "这里不会缺失，`??` 后面的值永远用不到", hint: Wording(en: "drop the `??`", zh: "去掉 `??` 即可"))
    case .neverMissing(false):
      CheckWords(
        .neverMissing, .warning, en: "this is never missing", zh: "这里不会缺失",
        hint: Wording(
          en: "drop the test", zh: "去掉这个判断即可"))
    case .scaleOfShare(let number, let isPercent):
      CheckWords(
        .scale, .warning, en: "a share lies between 0 and 1, and is held against \(number) here",
        zh: "占比在 0 到 1 之间，这里却与 \(number) 比较",
        hint: isPercent
          ? Wording(en: "write `\(number)%`", zh: "请写 `\(number)%`")
          : Wording(en: "write a percentage, such as `20%`", zh: "请写百分比，如 `20%`"))
    case .scaleOfChange(let number, let isPercent):
      CheckWords(
        .scale, .warning, en: "a share changes by at most 1, and is held against \(number) here",
        zh: "占比的变化在 -1 到 1 之间，这里却与 \(number) 比较",
        hint: isPercent
          ? Wording(en: "write `\(number)%`", zh: "请写 `\(number)%`")
          : Wording(en: "write a percentage, such as `20%`", zh: "请写百分比，如 `20%`"))
    case .scaleOfCount(let number, isChange: false):
      CheckWords(
        .scale, .warning, en: "this counts, and is held against \(number)", zh: "这里是计数，却与 \(number) 比较",
        hint: Wording(en: "a percentage is of a share: `share(active) < 20%`", zh: "百分比要与占比相比：`share(active) < 20%`"))
    case .scaleOfCount(let number, isChange: true):
      CheckWords(
        .scale, .warning, en: "this is by how much a count changed, and is held against \(number)",
        zh: "这里是计数的变化量，却与 \(number) 比较",
        hint: Wording(
          en: "by how many per cent it changed says `growth(signups, 7 days)`", zh: "变化了百分之几，请用 `growth(报名数, 7 days)`"))
    default: formWords
    }
  }

  private var formWords: CheckWords {
    switch self {
    case .wholeNumbers(let sign, let hint):
      CheckWords(.wholeNumbers, en: "`\(sign)` takes whole numbers", zh: "`\(sign)` 只用于整数", hint: hint)
    case .divisionByZero:
      CheckWords(
        .divisionByZero, en: "this divides by 0", zh: "这里除以了 0",
        hint: Wording(
          en: "the result would always be missing", zh: "结果永远是缺失"))
    case .format(let name, let type):
      CheckWords(
        .format, en: "the format `\(name)` does not fit \(type.base.words.english)",
        zh: "格式 `\(name)` 不适用于\(type.base.words.chinese)",
        hint: Wording(
          en: "`percent`, `points` and `0.00` are for numbers, `date` is for dates and times",
          zh: "`percent`、`points`、`0.00` 用于数字，`date` 用于日期和时间"))
    case .unknownFormat(let name, let near):
      CheckWords(
        .format, en: "there is no format `\(name)`", zh: "没有格式 `\(name)`",
        hint: .near(near)
          ?? Wording(
            en: "formats are percent, date, points and 0.00", zh: "可用格式：percent、date、points、0.00"))
    case .argumentCount(let name, let form, let expected, let found):
      CheckWords(
        .argumentCount, en: "`\(name)` takes \(expected) argument\(expected == 1 ? "" : "s"), here are \(found)",
        zh: "“\(name)”需要 \(expected) 个参数，这里有 \(found) 个",
        hint: Wording(en: "write `\(form.english)`", zh: "请写 `\(form.chinese)`"))
    case .parameterType(let name, let expected, let found):
      CheckWords(
        .mismatch, en: "the argument `\(name)` must be \(expected.english), this is \(found.english)",
        zh: "参数“\(name)”必须是\(expected.chinese)，这里却是\(found.chinese)")
    case .unknownParameterType(let name, let near):
      CheckWords(
        .unknownType, en: "there is no parameter type `\(name)`", zh: "没有“\(name)”这种参数类型",
        hint: .near(near)
          ?? Wording(
            en: "types are window, events, bool, int, number, text, date, time and duration",
            zh: "可用类型：window、events、bool、int、number、text、date、time、duration"))
    default: timeWords
    }
  }

  private var timeWords: CheckWords {
    switch self {
    case .durationUnit:
      CheckWords(
        .duration, en: "months and years have no fixed length", zh: "月和年的长度不固定",
        hint: Wording(
          en: "write days (`30 days`) or weeks; for calendar months `this month`, `month of x`",
          zh: "请用天数（`30 days`）或周数；要按自然月请用 `this month`、`month of x`"))
    case .durationTooLong:
      CheckWords(
        .duration, en: "this duration is too long", zh: "时长太长了",
        hint: Wording(
          en: "at most a million days", zh: "最多一百万天"))
    case .timeOfDay:
      CheckWords(
        .timeOfDay, en: "a time of day is not a value of its own", zh: "一天中的钟点不能单独作为值",
        hint: Wording(
          en: "compare the hour, `hour of at >= 8`, or write a whole time, `2026-01-31 08:30`",
          zh: "请比较小时：`hour of at >= 8`，或写完整时间：`2026-01-31 08:30`"))
    case .notPeriodic(let part, let type):
      CheckWords(
        .notPeriodic, en: "\(type.base.words.english) has no \(part)",
        zh: "\(type.base.words.chinese)没有“\(TypeProblem.chinesePart(part))”可取",
        hint: Wording(
          en: "`\(part) of` takes a time\(part == "hour" ? "" : " or a date")",
          zh: "`\(part) of` 用于时间\(part == "hour" ? "" : "或日期")"))
    case .tooLarge:
      CheckWords(
        .tooLarge, en: "this unfolds into too large an expression", zh: "这里展开后的表达式太大",
        hint: Wording(
          en: "functions are written out at each call; give parts of it a `let`",
          zh: "函数在每次调用处展开；请用 `let` 给其中一部分起名"))
    case .tooDeep:
      CheckWords(
        .tooDeep, en: "this expression is nested too deeply", zh: "表达式嵌套太深",
        hint: Wording(en: "give parts of it a name with `let`", zh: "请用 `let` 给其中一部分起名"))
    default: CheckWords(.mismatch, en: "a type is wrong", zh: "类型有误")
    }
  }

  private static func chinesePart(_ part: String) -> String {
    switch part {
    case "day": "日"
    case "week": "周"
    case "month": "月"
    case "quarter": "季度"
    case "year": "年"
    case "weekday": "星期"
    default: "小时"
    }
  }
}
