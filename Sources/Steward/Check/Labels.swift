// The few words under the caret: what was expected at a place, and why.

extension Wording {
  /// What a place that needs yes or no does with it. - Missing: nil where the message says all there is.
  static func whyYesNo(_ place: Wording) -> Wording? {
    let why: Wording
    switch place.english {
    case "`where`": why = Wording(en: "`where` keeps an event or drops it", zh: "`where` 决定事件留不留")
    case "`when`": why = Wording(en: "`when` awards or does not", zh: "`when` 决定给不给")
    case "`among`": why = Wording(en: "`among` takes a member or does not", zh: "`among` 决定算不算这个成员")
    case "`keep when`": why = Wording(en: "the tier is kept or lost", zh: "`keep when` 决定保不保级")
    case "a condition": why = Wording(en: "it chooses a branch", zh: "据此选择分支")
    case "`and`", "`or`", "`not`":
      why = Wording(en: "\(place.english) joins conditions", zh: "\(place.english) 连接的是条件")
    default: return nil
    }
    return Wording(en: "expected a yes or no: \(why.english)", zh: Wording.spaced("应为“是/否”：\(why.chinese)"))
  }

  /// What an aggregate or function does with its value.
  static func whyValue(_ function: String, _ expected: Wording) -> Wording? {
    let why: Wording
    switch function {
    case "sum": why = Wording(en: "`sum` adds them up", zh: "`sum` 要相加")
    case "avg", "median", "quantile": why = Wording(en: "`\(function)` computes with them", zh: "`\(function)` 要计算")
    case "min", "max": why = Wording(en: "`\(function)` orders them", zh: "`\(function)` 要比较大小")
    case "count", "share": why = Wording(en: "`\(function)` counts who it holds for", zh: "`\(function)` 统计符合条件的成员")
    case "round", "floor", "ceil": why = Wording(en: "only numbers are rounded", zh: "只有数字才能取整")
    default: return nil
    }
    return Wording(
      en: "expected \(expected.english): \(why.english)", zh: Wording.spaced("应为\(expected.chinese)：\(why.chinese)"))
  }

  static let wholeAward = Wording(
    en: "expected a whole number: points have no fractions", zh: "应为整数：积分没有小数")
  static let yesNoOfSegment = Wording(
    en: "expected a yes or no: a member is in the segment or not", zh: "应为“是/否”：成员在或不在分群里")
  static let dateOfWindow = Wording(
    en: "expected a date or a time: a window has fixed ends", zh: "应为日期或时间：窗口的两端是固定的")
  static let rankOfQuantile = Wording(
    en: "expected a number from 0 to 1: it says which share lies below", zh: "应为 0 到 1 之间的数：表示有多大比例在它之下")
  static let lengthOfCooldown = Wording(
    en: "expected a duration: the least time between two awards", zh: "应为时长：两次发放之间至少隔多久")
  static let lengthOfGrace = Wording(
    en: "expected a duration: how long the condition may fail", zh: "应为时长：可以连续不符合多久")
}
