import Testing

@testable import Steward

/// A community of five, over eight days: who likes something counts as heard of for three days.
///
/// Silent are, day by day from 1 March: cat dan; dan; dan; bob dan eve; bob cat eve; all but dan; all but dan; all. That is
/// 2 of 4, 1 of 4, 1 of 4, and from the 4th, when eve has joined, 3, 3, 4, 4 and 5 of 5.
struct ExplainedCommunity {
  static let rules = """
    community "Reading club" {
      time zone "UTC"
      starts 2026-03-01
      members from "members.csv" { id text key; joined date; city text?; born date? private }
      events from "events.csv" { member member; at time; kind text }
      event like, ask
    }
    segment silent = not any(like, last 3 days)
    /// Whom nobody heard of for three days
    metric silent_share = share(silent) title "Silent"
    metric heard by city = share(not silent) title "Heard of"
    metric likes every week = count(like, this week)
    metric calm = 1 - silent_share
    metric moved = change(silent_share, 2 days)
    metric smoothed = moving_avg(silent_share, 3 days)
    metric grown = count(born is not missing and now - born >= 6570 days)
    metric grown_share = share(born is not missing and now - born >= 6570 days)
    benchmark silent_share = 40% source "a survey of clubs"
    alert too_quiet {
      title "Too quiet"
      when silent_share > 40% and count(members) >= 3
      for 2 days
      keep 1 days
      severity critical
      cooldown 5 days
      message "{silent_share as percent} are silent"
      suggest "ask {count(silent)} of them"
      notify "ops", "lead"
    }
    alert city_quiet { each city; when share(silent) >= 60%; unless too_quiet; message "{count(silent)} silent" }
    alert away {
      each member in joined < 2026-03-04
      when now - (last(like) ?? joined) >= 5 days and count(ask) == 0
      for 2 days
      group by city
      severity info
      message "{city ?? "?"}"
    }
    alert of_age { each member in members; when born is not missing and now - born >= 6570 days }
    alert busy { when count(like, last 60 minutes) >= 2; check every hour; for 2 hours }
    goal likers { title "Likers"; reach count(any(like, last 7 days)) >= 5; from 2026-03-02; by 2026-03-12 }
    goal calmer { reach silent_share <= 50%; by 2026-03-06 }
    plan launch {
      phase start { until count(like) >= 5 and count(members) >= 4; by 2026-03-02 }
      phase grow { title "Growing"; until count(like) >= 50; by 2026-03-06 }
      phase sell
    }
    incentive founder { on like; during start; award 5 points }
    incentive liker { on like; award 1 points }

    """

  static let members = """
    id,joined,city,born
    ann,2026-03-01,Bath,1990-03-03
    bob,2026-03-01,Bath,1991-03-03
    cat,2026-03-01,York,1992-03-03
    dan,2026-03-01,,2015-03-03
    eve,2026-03-04,York,

    """

  static let events = """
    member,at,kind
    ann,2026-03-01 09:00,like
    ann,2026-03-02 09:00,like
    ann,2026-03-03 09:00,like
    bob,2026-03-01 09:00,like
    cat,2026-03-02 09:00,like
    dan,2026-03-05 09:00,like
    dan,2026-03-05 09:10,like
    cat,2026-03-06 09:00,ask

    """

  let explainer: Explainer
  let outcome: Outcome

  init(asOf: String = "2026-03-08", rules: String = ExplainedCommunity.rules) throws {
    let file = SourceFile(id: FileID(0), name: "club.steward", text: rules)
    let (program, problems) = Pipeline.check([file])
    try #require(!problems.contains { $0.severity == .error }, "\(problems.map(\.message.english))")
    let files = ["members.csv": ExplainedCommunity.members, "events.csv": ExplainedCommunity.events]
    let load = Loader.load(program.schema, calendar: Calendar()) { (name: String) throws(SourceFailure) in
      MemorySource(name: name, text: files[name] ?? "")
    }
    let dataset = try #require(load.dataset, "\(load.diagnostics.map(\.message.english))")
    let result = Engine.run(
      program, dataset, calendar: Calendar(),
      options: Engine.Options(asOf: AsOf(asOf)?.instant(Calendar()), batchRows: 1))
    outcome = try #require(result.outcome, "\(result.diagnostics.map(\.message.english))")
    explainer = try #require(Explainer(result, sources: [file]))
  }

  func explanation(_ words: String, on day: String? = nil) throws -> Explanation {
    let subject = try #require(ExplainedSubject(words: words.split(separator: " ").map(String.init)))
    return try explainer.explain(subject, on: day.flatMap { AsOf($0) })
  }

  func text(_ words: String, on day: String? = nil, _ language: Language = .english) throws -> String {
    try explanation(words, on: day).text(language: language, width: 100, style: .plain)
  }

  func alert(_ words: String, on day: String? = nil) throws -> AlertStory {
    guard case .alert(let story) = try explanation(words, on: day).sections.first else { throw NoSuchStory() }
    return story
  }

  func metric(_ words: String, on day: String? = nil) throws -> MetricStory {
    guard case .metric(let story) = try explanation(words, on: day).sections.first else { throw NoSuchStory() }
    return story
  }

  struct NoSuchStory: Error {}
}
