/// What can go wrong while rules run over data.
enum RunProblem: Problem {
  case overflow(rule: String, member: String, moment: String)
  case negativeAward(rule: String, member: String, moment: String, amount: String)
  /// Of one member, or of all together.
  case tooManyPoints(rule: String, member: String?)
  /// About one member, or about the community.
  case factOverflow(name: String, member: String?)
  case itemFactOverflow(name: String, item: String)
  case seriesOverflow(Watched, moment: String)
  case tooManyGroups(Watched, most: Int)
  /// Events of a rule that takes back another's awards and found none.
  case idleTakings(rule: String, target: String, same: [String], count: Int, isExpected: Bool)
  /// One of those events, in the data; the kinds of which there should be one before it.
  case strayTaking(rule: String, target: String, kinds: [String], same: [String])
  case more(count: Int)
  case noAsOf
  /// The first day and the last, as text; whether the newest event decides the last.
  case tooManyDays(first: String, last: String, isNewestEvent: Bool)

  /// What is computed about the community at checks, with its name.
  enum Watched {
    case metric(String)
    case alert(String)
    case goal(String)
    case phase(String)

    var words: Wording {
      switch self {
      case .metric(let name): Wording(en: "the metric `\(name)`", zh: "指标 `\(name)`")
      case .alert(let name): Wording(en: "the condition of the alert `\(name)`", zh: "预警 `\(name)` 的条件")
      case .goal(let name): Wording(en: "the goal `\(name)`", zh: "目标 `\(name)`")
      case .phase(let name): Wording(en: "the end of the phase `\(name)`", zh: "阶段 `\(name)` 的结束条件")
      }
    }
  }

  var code: DiagnosticCode {
    switch self {
    case .overflow: DiagnosticCode("R0501")
    case .negativeAward: DiagnosticCode("R0502")
    case .tooManyPoints: DiagnosticCode("R0503")
    case .factOverflow, .itemFactOverflow: DiagnosticCode("R0504")
    case .seriesOverflow: DiagnosticCode("R0512")
    case .tooManyGroups: DiagnosticCode("R0514")
    case .more: DiagnosticCode("R0505")
    case .noAsOf: DiagnosticCode("R0506")
    case .tooManyDays: DiagnosticCode("R0510")
    case .idleTakings: DiagnosticCode("R0511")
    case .strayTaking: DiagnosticCode("R0513")
    }
  }

  var severity: Severity {
    switch self {
    case .idleTakings(_, _, _, _, let isExpected): isExpected ? .note : .warning
    default: .error
    }
  }

  var message: Wording {
    switch self {
    case .overflow(let rule, let member, let moment):
      Wording(
        en: "`\(rule)` cannot be computed for member \(member) at \(moment): a number grew too large",
        zh: "无法为成员 \(member) 在 \(moment) 计算 `\(rule)`：数值过大")
    case .negativeAward(let rule, let member, let moment, let amount):
      Wording(
        en: "`\(rule)` would award \(amount) points to member \(member) at \(moment); an award cannot be negative",
        zh: "`\(rule)` 在 \(moment) 要给成员 \(member) 发 \(amount) 分；积分奖励不能为负数")
    case .tooManyPoints(let rule, nil):
      Wording(
        en: "the points of all members together grow beyond 9,223,372,036,854,775,807 with `\(rule)`",
        zh: "加上 `\(rule)` 后，全体成员的积分合计超过 9,223,372,036,854,775,807")
    case .tooManyPoints(let rule, let member?):
      Wording(
        en: "the points of member \(member) grow beyond 9,223,372,036,854,775,807 with `\(rule)`",
        zh: "加上 `\(rule)` 后，成员 \(member) 的积分超过 9,223,372,036,854,775,807")
    case .factOverflow(let name, nil):
      Wording(
        en: "`\(name)` cannot be computed for the community: a number grew too large",
        zh: "无法为整个社群计算 `\(name)`：数值过大")
    case .factOverflow(let name, let member?):
      Wording(
        en: "`\(name)` cannot be computed for member \(member): a number grew too large",
        zh: "无法为成员 \(member) 计算 `\(name)`：数值过大")
    case .itemFactOverflow(let name, let item):
      Wording(
        en: "`\(name)` cannot be computed for item \(item): a number grew too large",
        zh: "无法为内容 \(item) 计算 `\(name)`：数值过大")
    case .seriesOverflow(let what, let moment):
      Wording(
        en: "\(what.words.english) cannot be computed at \(moment): a number grew too large",
        zh: Wording.spaced("无法计算\(what.words.chinese)在 \(moment) 的值：数值过大"))
    case .tooManyGroups(let what, let most):
      Wording(
        en: "\(what.words.english) is split by what has more than \(TextTable.grouped(Int64(most))) values",
        zh: "\(what.words.chinese)的分组超过 \(TextTable.grouped(Int64(most))) 个")
    case .strayTaking(let rule, _, let kinds, let same):
      Wording(
        en: "`\(rule)` has nothing to take back here: before this row the member has no "
          + "\(kinds.map { "`\($0)`" }.joined(separator: " or ")) with the same \(Wording.names(same).english)",
        zh: "`\(rule)` 在这里没有可收回的：这一行之前，该成员没有\(Wording.names(same).chinese)相同的"
          + kinds.map { "“\($0)”" }.joined(separator: "或"))
    case .idleTakings(let rule, let target, let same, let count, _):
      Wording(
        en:
          "`\(rule)` took nothing back at \(count) event\(count == 1 ? "" : "s"): `\(target)` awarded nothing with the "
          + "same \(Wording.names(same).english)",
        zh: "`\(rule)` 有 \(count) 次没有收回任何奖励：`\(target)` 没有发过\(Wording.names(same).chinese)相同的奖励")
    case .more(let count):
      Wording(en: "and \(count) more of the same kind", zh: "另有 \(count) 处同类问题")
    case .noAsOf:
      Wording(
        en: "there are no events, so the day of the run must be given", zh: "数据中没有事件，必须指定计算日期")
    case .tooManyDays(let first, let last, true):
      Wording(
        en: "the events reach from \(first) to \(last); a run covers at most 200 years",
        zh: "事件从 \(first) 一直到 \(last)；一次计算最多覆盖 200 年")
    case .tooManyDays(let first, let last, false):
      Wording(
        en: "the run would reach from \(first) to \(last); it covers at most 200 years",
        zh: "要从 \(first) 一直算到 \(last)；一次计算最多覆盖 200 年")
    }
  }

  var hint: Wording? {
    switch self {
    case .overflow, .factOverflow, .itemFactOverflow, .seriesOverflow, .tooManyPoints:
      Wording(
        en: "whole numbers go up to 9,223,372,036,854,775,807; limit it, as in `min(x, 1000)`",
        zh: "整数最大为 9,223,372,036,854,775,807；可以用 `min(x, 1000)` 之类的写法加以限制")
    case .negativeAward:
      Wording(en: "write `max(0, …)` around the amount", zh: "在数额外面写上 `max(0, …)`")
    case .tooManyDays:
      Wording(
        en:
          "a date is surely wrong; mend it, or say `--as-of` for the last day, `starts` in the community block for the first",
        zh: "多半有日期写错了；请改正，或用 `--as-of` 指定最后一天，用社群块里的 `starts` 指定第一天")
    case .strayTaking(_, let target, _, let same):
      Wording(
        en: "mend the row; if the data begin in the middle of history, write "
          + "`take back \(target) same \(same.joined(separator: ", ")) if any`",
        zh: "请改正这一行；如果数据是从中途开始导出的，请写 "
          + "`take back \(target) same \(same.joined(separator: ", ")) if any`")
    case .idleTakings(_, let target, _, _, _):
      Wording(
        en: "an export that begins in the middle has refunds of earlier purchases; else see what `\(target)` asks for",
        zh: "如果数据是从中途开始导出的，会有更早购买的退款；否则请检查“\(target)”的条件")
    case .tooManyGroups:
      Wording(
        en:
          "split by a column of few values, such as a city or a channel; for single members there is `each member in …`",
        zh: "请按取值较少的字段分组，如城市、渠道；要针对每位成员，请用 `each member in …`")
    case .noAsOf: Wording(en: "add `--as-of 2026-06-30`", zh: "加上 `--as-of 2026-06-30`")
    case .more: nil
    }
  }
}

/// A fault that a mechanism met, before it is put into words.
struct RunFault: Sendable {
  enum Kind: Sendable {
    case overflow
    case negative(Int64)
    case tooManyPoints
    case fact(letIndex: Int)
  }
  var kind: Kind
  /// The name of the rule, ladder or let.
  var name: String
  var span: Span
  /// Row in the member table.
  var member: Int
  var moment: Int64

  /// Whether naming the member would tell of a private value.
  private func isPrivate(_ program: TypedProgram) -> Bool {
    if case .fact(let index) = kind { return program.lets[index].value.type.isPrivate }
    if let rule = program.incentives.first(where: { $0.name == name }) {
      return [rule.among, rule.when].contains { $0?.type.isPrivate == true }
    }
    if let ladder = program.ladders.first(where: { $0.name == name }) {
      return ladder.tiers.contains { $0.when?.type.isPrivate == true || $0.keep?.type.isPrivate == true }
    }
    return program.alerts.first { $0.name == name }?.when.type.isPrivate ?? false
  }

  /// What two faults have in common that one change of the rules mends.
  struct Mistake: Hashable {
    var name: String
    var span: Span
    var isNegative: Bool
  }

  var mistake: Mistake {
    let isNegative = if case .negative = kind { true } else { false }
    return Mistake(name: name, span: span, isNegative: isNegative)
  }

  /// - Parameter others: at how many more members and moments the same was met.
  func diagnostic(_ context: RunContext, others: Int) -> Diagnostic {
    let found = diagnostic(context)
    if others == 0 { return found }
    return Diagnostic(
      code: found.code, severity: found.severity, span: found.span,
      message: Wording(
        en: found.message.english + " (and \(others) more like it)",
        zh: found.message.chinese + "（另有 \(others) 处）"), hint: found.hint)
  }

  private func diagnostic(_ context: RunContext) -> Diagnostic {
    let ids = context.data.members.ids
    let id = isPrivate(context.program) ? "•••" : ids.indices.contains(member) ? ids[member] : ""
    // Rules of a period act as its last day ends.
    let isDay = moment == context.calendar.end(ofDay: context.calendar.day(of: moment))
    let text = isDay ? Summary.moment(moment, context.calendar) : context.calendar.text(ofInstant: moment)
    switch kind {
    case .overflow: return RunProblem.overflow(rule: name, member: id, moment: text).at(span)
    case .negative(let amount):
      return RunProblem.negativeAward(rule: name, member: id, moment: text, amount: String(amount)).at(span)
    case .tooManyPoints: return RunProblem.tooManyPoints(rule: name, member: id).at(span)
    case .fact: return RunProblem.factOverflow(name: name, member: id).at(span)
    }
  }
}
