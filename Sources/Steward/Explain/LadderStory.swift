/// Why a member has a tier and not the next.
public struct LadderStory: Sendable {
  public struct Tier: Sendable {
    public var name: String
    public var title: String?
    public var grants: [String]
  }

  /// A change of tier, with the condition that decided it as it stood then.
  public struct Change: Sendable {
    public var at: Int64
    public var from: Tier
    public var to: Tier
    public var isPromotion: Bool
    public var condition: ExplainedPart?
  }

  /// A tier above, and what is missing for it.
  public struct Step: Sendable {
    public var tier: Tier
    public var condition: ExplainedPart
    public var wants: [Want]
  }

  public var ladder: String
  public var title: String?
  public var doc: [String]
  public var tier: Tier
  /// - Missing: nil while the tier never changed.
  public var since: Int64?
  /// What keeps the tier. - Missing: nil for the lowest.
  public var keeps: ExplainedPart?
  public var failingSince: Int64?
  /// The first day on which a review may take the tier, if it goes on failing.
  public var fallsOn: Int32?
  public var fallsTo: Tier?
  /// The next tier, or the one that was asked for. - Missing: nil on the highest.
  public var next: Step?
  public var changes: [Change]
  public var review: PeriodUnit
  /// The last review that looked at the member.
  public var lastReview: Int64?
  /// Whether reviews go on: who has left stays where they are.
  public var isReviewed: Bool
}

/// Tells where a member stands on a ladder.
struct LadderReader {
  let run: MemberRun
  let sources: RuleTexts
  let ladder: Int

  private var typed: TypedLadder { run.program.ladders[ladder] }

  /// - Parameter tier: the tier that was asked for; else the one above the member's.
  func story(of tier: Int? = nil) -> LadderStory {
    let record = run.tier(ladder)
    let current = Int(record.tier)
    let frame = run.asOfFrame()
    var story = LadderStory(
      ladder: typed.name, title: typed.title, doc: typed.doc, tier: named(current), since: record.since, keeps: nil,
      failingSince: record.failingSince, fallsOn: nil, fallsTo: nil, next: nil, changes: changes(),
      review: typed.review, lastReview: nil,
      isReviewed: run.batch.presenceOfMembers().until.first.map { $0 >= run.context.asOf } ?? true)
    if let check = run.presentChecks(typed.review).last {
      story.lastReview = run.context.checks[typed.review.rawValue].moments[check]
    }
    if typed.tiers.indices.contains(current), let keep = typed.tiers[current].keep ?? typed.tiers[current].when {
      story.keeps = PartReader.part(keep, run, sources, frame)
    }
    if let failing = record.failingSince { fill(&story, failing, frame) }
    let wanted = tier ?? current + 1
    if typed.tiers.indices.contains(wanted), let when = typed.tiers[wanted].when {
      let part = PartReader.part(when, run, sources, frame)
      let finder = WantFinder(run: run, moment: run.context.asOf, sources: sources)
      story.next = LadderStory.Step(
        tier: named(wanted), condition: part, wants: story.isReviewed ? finder.wants(part) : [])
    }
    return story
  }

  private func fill(_ story: inout LadderStory, _ failing: Int64, _ frame: Frame) {
    let day = run.calendar.day(of: failing)
    switch typed.grace {
    case .days(let days): story.fallsOn = day.addingReportingOverflow(days).partialValue
    case .exact(let length):
      let (instant, overflow) = failing.addingReportingOverflow(length)
      if !overflow { story.fallsOn = run.calendar.day(of: instant) }
    }
    let current = Int(run.tier(ladder).tier)
    story.fallsTo = named(typed.demotesOneStep ? current - 1 : deserved(frame))
  }

  /// The highest tier whose `when` holds.
  private func deserved(_ frame: Frame) -> Int {
    for tier in typed.tiers.indices.reversed() {
      guard let when = typed.tiers[tier].when else { return tier }
      guard let vector = run.vector(when, frame) else { continue }
      if vector.state(0) == Vector.present, vector.flag(0) { return tier }
    }
    return 0
  }

  func named(_ tier: Int) -> LadderStory.Tier {
    guard typed.tiers.indices.contains(tier) else { return LadderStory.Tier(name: "", title: nil, grants: []) }
    let one = typed.tiers[tier]
    return LadderStory.Tier(name: one.name, title: one.title, grants: one.grants)
  }

  private func changes() -> [LadderStory.Change] {
    run.strata.tierChanges.filter { Int($0.ladder) == ladder }.sorted { $0.at < $1.at }.map { change in
      let isPromotion = change.to > change.from
      var condition: TypedExpr?
      if isPromotion, typed.tiers.indices.contains(Int(change.to)) {
        condition = typed.tiers[Int(change.to)].when
      } else if typed.tiers.indices.contains(Int(change.from)) {
        condition = typed.tiers[Int(change.from)].keep ?? typed.tiers[Int(change.from)].when
      }
      let checks = run.context.checks[typed.review.rawValue]
      var part: ExplainedPart?
      if let condition, let check = checks.moments.firstIndex(of: change.at) {
        part = PartReader.part(condition, run, sources, run.frame(checks, [check], .before(.end)))
      }
      return LadderStory.Change(
        at: change.at, from: named(Int(change.from)), to: named(Int(change.to)), isPromotion: isPromotion,
        condition: part)
    }
  }
}

/// A `let` or segment of a member, or an expression, with what is missing where it does not hold.
public struct ValueStory: Sendable {
  /// - Missing: nil for an expression.
  public var definition: ExplainedPart.Definition?
  public var part: ExplainedPart
  public var wants: [Want]
}
