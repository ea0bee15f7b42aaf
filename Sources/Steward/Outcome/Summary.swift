// What a run found, at a glance: a line of context, then a table each for incentives, tiers, segments and figures, then what
// was left out. At most a screen; private lets are not shown.

/// The figures of a run's overview.
public struct Summary: Sendable {
  public struct Incentive: Sendable {
    public var name: String
    public var title: String?
    public var total: IncentiveTotal
    public var givesPoints: Bool
    public var badge: String?
    /// What its points are called, where they are not `points`.
    public var purse: String?
    /// What its points cost, in the community's currency.
    /// - Missing: nil where the rule does not say what a point costs.
    public var cost: Double?
  }

  public struct Tier: Sendable {
    public var name: String
    public var title: String?
    /// Those present.
    public var members: Int
    /// Changes that raised someone to this tier.
    public var promoted: Int
    /// Changes by which someone fell from this tier.
    public var demoted: Int
  }

  public struct Ladder: Sendable {
    public var name: String
    public var title: String?
    /// From the highest to the lowest.
    public var tiers: [Tier]
    /// Members who left and hold a tier above the lowest, which nobody reviews any more.
    public var departed: Int = 0
  }

  /// Those present who are in a segment, or for whom a yes-or-no let holds.
  public struct Segment: Sendable {
    public var name: String
    public var title: String?
    public var members: Int
  }

  /// How the values of a let that was asked for spread over those present.
  public struct Distribution: Sendable {
    public var name: String
    public var title: String?
    /// Those with a value.
    public var members: Int
    /// - Missing: nil where nobody has a value, or values have no order.
    public var range: (least: String, median: String, most: String)?
  }

  public struct Figure: Sendable {
    public var name: String
    public var title: String?
    public var text: String
  }

  public var community: String
  /// The as-of: a day, with the time if it is not the day's end.
  public var asOf: String
  public var members: Int
  public var present: Int
  public var events: Int
  /// - Missing: nil where nobody measured.
  public var seconds: Double?
  public var incentives: [Incentive]
  public var ladders: [Ladder]
  public var alerts: [Alert]
  public var goals: [Goal]
  public var phases: [Phase]
  public var budgets: [Budget]
  public var segments: [Segment]
  public var distributions: [Distribution]
  public var figures: [Figure]
  /// By metric and group.
  public var metrics: [Metric]
  public var skippedKinds: [(spelling: String, rows: Int)]
  public var rejected: Int
  public var refusals: Int

  /// - Parameters:
  ///   - decided: names of the incentives and ladders that the run decided; nil is all.
  ///   - asked: names of lets whose distribution is to be shown.
  public init(
    outcome: Outcome, program: TypedProgram, dataset: Dataset, calendar: Calendar, seconds: Double? = nil,
    decided: Set<String>? = nil, asked: [String] = []
  ) {
    community = program.schema.name
    asOf = Summary.moment(outcome.asOf, calendar)
    members = dataset.members.count
    present = outcome.presentCount
    events = outcome.eventCount
    self.seconds = seconds
    incentives = zip(program.incentives, outcome.incentiveTotals).map { rule, total in
      Incentive(
        name: rule.name, title: rule.title, total: total, givesPoints: rule.movesPoints, badge: rule.badge,
        purse: Summary.purse(of: rule, program), cost: rule.costPerPoint.map { $0 * Double(total.points) })
    }
    if let decided { incentives.removeAll { !decided.contains($0.name) } }
    ladders = program.ladders.indices
      .filter { decided?.contains(program.ladders[$0].name) ?? true }
      .map { Summary.ladder($0, program, outcome) }
    alerts = Summary.alerts(outcome, program, calendar)
    goals = Summary.goals(outcome, program)
    phases = Summary.phases(outcome, program)
    budgets = Summary.budgets(outcome, program, calendar)
    segments = Summary.segments(outcome, program, asked)
    distributions = Summary.distributions(outcome, program, dataset, calendar, asked)
    figures = outcome.communityFacts.compactMap { fact in
      guard program.lets.indices.contains(fact.letIndex) else { return nil }
      let declared = program.lets[fact.letIndex]
      guard !declared.value.type.isPrivate else { return nil }
      let text: String
      if fact.value == .missing, declared.value.isGuardedCount(program) {
        text = "<\(program.schema.privacyGroup)"
      } else if case .number(let share) = fact.value, declared.value.isShare(program) {
        text = Summary.percent(share)
      } else {
        text = Summary.text(fact.value, declared.value.type, program, dataset, calendar)
      }
      return Figure(name: declared.name, title: declared.title, text: text)
    }
    metrics = Summary.metrics(outcome, program, dataset, calendar)
    skippedKinds = dataset.skippedKinds
    rejected = dataset.rejected.count
    refusals = Summary.count(outcome.refusals)
  }

  /// How many awards were cut or refused: one that was cut and then refused by a budget of the community counts once.
  private static func count(_ refusals: [RefusalRecord]) -> Int {
    struct Award: Hashable {
      var member: Int32
      var rule: Int32
      var purse: Int32
      var at: Int64
      var points: Int64
    }
    let refused = Set(
      refusals.filter { $0.granted == 0 }.map {
        Award(member: $0.member, rule: $0.rule, purse: $0.purse, at: $0.at, points: $0.wanted)
      })
    return refusals.count {
      $0.granted == 0
        || !refused.contains(
          Award(member: $0.member, rule: $0.rule, purse: $0.purse, at: $0.at, points: $0.granted))
    }
  }

  /// The purse that a rule's figure of points counts, unless that is `points`: its first.
  private static func purse(of rule: TypedIncentive, _ program: TypedProgram) -> String? {
    let taken = rule.takeBack.flatMap { program.incentives[$0.rule].amounts.first?.purse }
    let purses = program.schema.purses
    guard let index = rule.amounts.first?.purse ?? rule.deduction?.purse ?? taken, purses.indices.contains(index),
      index > 0
    else { return nil }
    return purses[index]
  }

  private static func ladder(_ index: Int, _ program: TypedProgram, _ outcome: Outcome) -> Ladder {
    let declared = program.ladders[index]
    let tiers = declared.tiers.map { Tier(name: $0.name, title: $0.title, members: 0, promoted: 0, demoted: 0) }
    var ladder = Ladder(name: declared.name, title: declared.title, tiers: tiers)
    let records = outcome.tiers.indices.contains(index) ? outcome.tiers[index] : []
    for (member, record) in records.enumerated() where tiers.indices.contains(Int(record.tier)) {
      if outcome.isPresent(member) {
        ladder.tiers[Int(record.tier)].members += 1
      } else if record.tier > 0 {
        ladder.departed += 1
      }
    }
    for change in outcome.tierChanges where Int(change.ladder) == index {
      switch change.reason {
      case .promoted: if tiers.indices.contains(Int(change.to)) { ladder.tiers[Int(change.to)].promoted += 1 }
      case .demoted: if tiers.indices.contains(Int(change.from)) { ladder.tiers[Int(change.from)].demoted += 1 }
      }
    }
    ladder.tiers.reverse()
    return ladder
  }

  /// The check of a moment: its day, or for one inside a day the time at which its stretch ends.
  /// - Parameter isHourly: whether a day has several, so that its last one is that of 24:00.
  static func check(_ instant: Int64, _ calendar: Calendar, isHourly: Bool = false) -> String {
    if instant == calendar.end(ofDay: calendar.day(of: instant)) {
      return moment(instant, calendar) + (isHourly ? " 24:00" : "")
    }
    return moment(instant &+ 1, calendar)
  }

  /// `2026-06-30`, or `2026-06-30 10:00` inside a day.
  static func moment(_ instant: Int64, _ calendar: Calendar) -> String {
    let day = calendar.day(of: instant)
    let date = CivilDate(dayNumber: day).text
    if instant == calendar.end(ofDay: day) { return date }
    let minutes = calendar.local(instant).micros / 60_000_000
    func two(_ value: Int64) -> String { (value < 10 ? "0" : "") + String(value) }
    return date + " " + two(minutes / 60) + ":" + two(minutes % 60)
  }

  static func text(
    _ value: Value, _ type: Type, _ program: TypedProgram, _ dataset: Dataset, _ calendar: Calendar
  ) -> String {
    switch value {
    case .missing: return "–"
    case .bool(let flag): return flag ? "true" : "false"
    case .int(let number): return TextTable.grouped(number)
    case .number(let number): return rounded(number)
    case .text(let text): return DisplayWidth.printable(text)
    case .time(let instant): return moment(instant, calendar)
    case .date(let day): return CivilDate(dayNumber: day).text
    case .duration(let micros): return rounded(Double(micros) / 86_400_000_000) + " d"
    case .period(let unit, let number): return calendar.text(unit, number)
    case .list(let texts): return DisplayWidth.printable(texts.joined(separator: ", "))
    case .choice(let place), .tier(let place), .member(let place), .item(let place):
      return DisplayWidth.printable(ValueNames.name(Int64(place), type, program, dataset) ?? "")
    }
  }

  /// About four digits; `facts.csv` and the REPL have them all.
  static func rounded(_ number: Double) -> String {
    guard number.isFinite else { return number.description }
    var step = 1.0
    while abs(number) * step < 1000, step < 1e6 { step *= 10 }
    let value = (number * step).rounded() / step
    if value == value.rounded(), abs(value) < 1e15 { return TextTable.grouped(Int64(value)) }
    return NumberText.shortest(value)
  }
}
