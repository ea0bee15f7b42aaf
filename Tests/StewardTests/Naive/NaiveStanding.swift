@testable import Steward

/// What of points and tiers may be seen.
struct NaiveView {
  /// Entries and reviews before this are.
  var before: NaiveStep
  /// When points are counted: what has expired by then is gone.
  var balancesAt: Int64
  /// As the day began, as `on` rules see it.
  var isOfMorning: Bool
  /// The last day whose metrics are seen.
  var lastCheck: Int32
}

// What expressions read of points, awards, badges and tiers: LANGUAGE §5.2, §5.3, §6.
extension NaiveEvaluator {
  /// What an `on` rule sees, all day: the day as it began.
  func morning(_ day: Int32) -> NaiveView {
    NaiveView(before: .onEvents(day), balancesAt: calendar.start(ofDay: day), isOfMorning: true, lastCheck: day - 1)
  }

  /// The day as it ended.
  func evening(_ day: Int32) -> NaiveView {
    NaiveView(before: .onEvents(day + 1), balancesAt: calendar.end(ofDay: day), isOfMorning: false, lastCheck: day)
  }

  /// Places of a member's entries that were undone before a step.
  func undoneEntries(_ member: Int, before step: NaiveStep) -> Set<Int> {
    var undone: Set<Int> = []
    for entry in entries[member] where entry.step < step {
      if case .takeBack(let places) = entry.change { undone.formUnion(places) }
    }
    return undone
  }

  /// The entries that may be seen, without awards undone by what may be seen.
  private func entriesSeen(_ member: Int, _ context: Context, _ window: Window) -> [NaiveEntry] {
    let undone = undoneEntries(member, before: context.view.before)
    let span = span(window, context.at)
    return entries[member].enumerated().filter { place, entry in
      entry.step < context.view.before && !undone.contains(place) && span.from <= entry.at && entry.at <= span.to
    }.map(\.element)
  }

  func valueOfStanding(_ expr: TypedExpr, _ context: Context) throws -> Value {
    let member = try member(context)
    func int(_ value: Int128) throws -> Value {
      guard let int = Int64(exactly: value) else { throw NaiveFault.overflow }
      return .int(int)
    }
    switch expr.node {
    case .balance(let purse):
      return try int(ledger(member, purse, before: context.view.before, at: context.view.balancesAt).balance)
    case .earned(let purse, let window):
      return try int(entriesSeen(member, context, window).reduce(0) { $0 + Int128($1.awarded?[purse] ?? 0) })
    case .spent(let purse, let window):
      return try int(
        entriesSeen(member, context, window).reduce(0) { sum, entry in
          guard case .deduction(purse, let points) = entry.change else { return sum }
          return sum + Int128(points)
        })
    case .awards(let rule, let window):
      return .int(Int64(entriesSeen(member, context, window).count { isAward($0, of: rule) }))
    case .lastAward(let rule):
      return entriesSeen(member, context, .all).last { isAward($0, of: rule) }.map { .time($0.at) } ?? .missing
    case .badges: return .list(badges(entriesSeen(member, context, .all)))
    case .tier(let ladder): return .tier(standing(ladder, member, context.view.before).tier)
    case .tierSince(let ladder):
      return standing(ladder, member, context.view.before).since.map { .time($0) } ?? .missing
    default: throw NaiveFault.broken("\(expr.node)")
    }
  }

  /// An award of the rule; of one that deducts or takes back, each time that it did.
  private func isAward(_ entry: NaiveEntry, of rule: Int) -> Bool { entry.rule == rule }

  /// The distinct badges of awards, in order of the first.
  private func badges(_ entries: [NaiveEntry]) -> [String] {
    var badges: [String] = []
    for entry in entries where entry.awarded != nil {
      if let badge = program.incentives[entry.rule].badge, !badges.contains(where: { sameText($0, badge) }) {
        badges.append(badge)
      }
    }
    return badges
  }

  func badges(_ member: Int) -> [String] {
    let undone = undoneEntries(member, before: .end)
    return badges(entries[member].enumerated().filter { !undone.contains($0.offset) }.map(\.element))
  }

  /// Where the reviews before a step have put a member.
  func standing(_ ladder: Int, _ member: Int, _ step: NaiveStep) -> NaiveTier {
    reviews[ladder][member].last { $0.step < step }?.standing ?? NaiveTier()
  }

  /// The same expression, so many days earlier. What reads points and tiers sees that day as this one is seen: as it began
  /// or as it ended.
  func previous(_ expr: TypedExpr, days: Int32, _ context: Context) throws -> Value {
    let day = calendar.day(of: context.at) - days
    if day < firstDay { return .missing }
    if case .member(let member) = context.subject, joined(member) != .min, calendar.day(of: joined(member)) > day {
      return .missing
    }
    var context = context
    // A day's moment is its last instant, whatever the clock shows then.
    context.at =
      context.at == calendar.end(ofDay: calendar.day(of: context.at))
      ? calendar.end(ofDay: day) : calendar.instant(days, daysBefore: context.at)
    context.firing = nil
    context.scanned = nil
    context.view = context.view.isOfMorning ? morning(day) : evening(day)
    return try value(expr, context)
  }
}
