/// What limits, cooldowns, caps and budgets said at one occasion, in words.
struct ClauseWords {
  let run: MemberRun
  let rule: Int
  let refusals: [RefusalRecord]

  private var typed: TypedIncentive { run.program.incentives[rule] }

  func limit(_ index: Int, _ occasion: RuleReader.Occasion, isStop: Bool) -> Wording {
    let limit = typed.limits[index]
    let number = TextTable.grouped(limit.count)
    let source = "limit " + number + " " + per(limit.per)
    guard let used = used(limit, occasion) else {
      return isStop
        ? Wording(en: "\(source): used up", zh: "\(source)：已用完") : Wording(source)
    }
    let count = TextTable.grouped(used)
    return Wording(en: "\(source): \(count) before this", zh: "\(source)：此前已有 \(count) 次")
  }

  private func per(_ per: TypedIncentive.Limit.Per) -> String {
    switch per {
    case .ever: return "ever"
    case .period(let unit): return "per " + unit.keyword
    case .attribute(let index):
      guard let attributes = run.program.schema.events?.attributes, attributes.indices.contains(index) else {
        return ""
      }
      return "per " + attributes[index].name
    }
  }

  /// How many awards counted for a limit before an occasion. - Missing: nil for limits by an attribute.
  private func used(_ limit: TypedIncentive.Limit, _ occasion: RuleReader.Occasion) -> Int64? {
    let calendar = run.calendar
    let day = calendar.day(of: occasion.at)
    let place = run.decisions[MemberRun.Occasion(rule: rule, at: occasion.at, row: occasion.row)]
    guard let place else { return nil }
    let before = run.trace.decisions[..<place].filter {
      $0.rule == rule && ($0.stop == nil || $0.stop == .refused)
    }
    switch limit.per {
    case .ever: return Int64(before.count)
    case .attribute: return nil
    case .period(let unit):
      let period = calendar.period(unit, ofDay: day)
      return Int64(before.count { calendar.period(unit, ofDay: calendar.day(of: $0.at)) == period })
    }
  }

  func cooldown(_ decision: DecisionTrace.Decision?) -> Wording {
    let length = Moment.length(typed.cooldown ?? 0)
    guard let decision, case .cooldown(let last) = decision.stop else {
      return Wording(en: "cooldown \(length.english)", zh: "cooldown（间隔 \(length.chinese)）")
    }
    let before = Moment.text(last, run.calendar)
    return Wording(
      en: "cooldown \(length.english): the last award was at \(before)",
      zh: "cooldown（间隔 \(length.chinese)）：上一次在 \(before)")
  }

  /// A clause for each cap or budget of the member that cut something.
  func cuts(_ decision: DecisionTrace.Decision?) -> [RuleStory.Clause] {
    guard let decision else { return [] }
    return decision.cuts.map { cut in
      let (from, to) = (TextTable.grouped(cut.from), TextTable.grouped(cut.to))
      let verdict: RuleStory.Clause.Verdict = cut.to == 0 && decision.stop == .nothing ? .stopped : .cut
      switch cut.reason {
      case .budget:
        let reason = ReasonWords.of(cut.reason, run.program)
        return RuleStory.Clause(
          clause: "budget", verdict: verdict,
          text: Wording(
            en: "\(reason.english): \(from) cut to \(to)", zh: "\(reason.chinese)：\(from) 减为 \(to)"), part: nil)
      default:
        let cap = typed.caps.first {
          typed.amounts.indices.contains(cut.amount) && $0.purse == typed.amounts[cut.amount].purse
        }
        let text = cap.map { "cap \(TextTable.grouped($0.points)) per \($0.per.keyword)" } ?? "cap"
        return RuleStory.Clause(
          clause: "cap", verdict: verdict,
          text: Wording(en: "\(text): \(from) cut to \(to)", zh: "\(text)：\(from) 减为 \(to)"), part: nil)
      }
    }
  }

  func refusal(_ decision: DecisionTrace.Decision) -> Wording {
    let found = refusals.first {
      Int($0.rule) == rule && $0.at == decision.at
    }
    let reason = ReasonWords.of(
      found?.reason ?? .budget(run.context.budgetsOfRule[rule].first ?? 0), run.program)
    return Wording(en: "\(reason.english) could not pay it", zh: "\(reason.chinese)，付不出")
  }

  func takeBack() -> Wording {
    guard let target = typed.takeBack?.rule, run.program.incentives.indices.contains(target) else { return Wording("") }
    return Wording("take back " + run.program.incentives[target].name)
  }
}

/// How a member fared on a board.
struct BoardWords {
  private let reader: RuleReader

  init(_ reader: RuleReader) { self.reader = reader }

  func text(_ check: Int, _ frame: Frame) -> Wording {
    let run = reader.run
    guard let board = reader.typed.board, let key = board.keys.first else { return Wording("rank") }
    let source = "rank by " + (reader.sources.text(key.value.span) ?? TypedDump.text(key.value, in: run.program))
    guard let vector = run.vector(key.value, frame) else { return Wording(source) }
    let own = ShownValue(vector, 0, key.value.type, run.batch).text
    let prizes = prizes(check, board, frame)
    if let mine = prizes.first(where: { Int($0.member) == run.member }) {
      return Wording(
        en: "\(source): place \(mine.place) with \(own.english)", zh: "\(source)：\(own.chinese)，第 \(mine.place) 名")
    }
    guard let last = prizes.max(by: { $0.place < $1.place }) else {
      return Wording(en: "\(source): \(own.english), nobody was placed", zh: "\(source)：\(own.chinese)，无人上榜")
    }
    let bar = ShownValue(last.value, key.value.type, run.context).text
    return Wording(
      en: "\(source): \(own.english); the last prize, place \(last.place), went to \(bar.english)",
      zh: "\(source)：\(own.chinese)；最后一个有奖名次（第 \(last.place) 名）是 \(bar.chinese)")
  }

  /// The places of the member's own board.
  private func prizes(_ check: Int, _ board: TypedIncentive.Board, _ frame: Frame) -> [CommunitySeries.Prize] {
    let run = reader.run
    let all = reader.series.prizes.filter { Int($0.rule) == reader.rule && Int($0.check) == check }
    if board.within.isEmpty { return all }
    let own = group(board, run, frame)
    guard case .every(let unit) = reader.typed.trigger else { return all }
    return all.filter { prize in
      if Int(prize.member) == run.member { return true }
      let other = MemberRun(run.context, member: Int(prize.member), reader.series)
      let point = other.frame(run.context.checks[unit.rawValue], [check], .before(Step(unit)))
      return group(board, other, point) == own
    }
  }

  private func group(_ board: TypedIncentive.Board, _ run: MemberRun, _ frame: Frame) -> [Value] {
    board.within.map { expr in
      run.vector(expr, frame).map { $0.value(0, expr.type, run.batch) } ?? .missing
    }
  }
}
