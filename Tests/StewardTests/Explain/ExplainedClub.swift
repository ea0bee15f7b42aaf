import Testing

@testable import Steward

/// A club small enough to check every line of an explanation by hand.
struct ExplainedClub {
  static let rules = """
    community "Reading club" {
      time zone "UTC"
      members from "members.csv" { id text key; joined date; left date?; city text?; born date? private }
      events from "events.csv" { member member; at time; kind text }
      event checkin
      event answer { quality number, note text? private }
      event buy, refund { order text, amount number? }
      event redeem, gift
      purse xp
    }
    /// Ten good answers or three weeks of check-ins
    segment valued = good >= 10 or days(checkin) >= 21
      title "Valued members"
    let good = count(answer where quality >= 0.8) title "Good answers"
    let score = 2 * count(answer, last 7 days) + days(checkin, last 7 days) + 1
    let gap = now - last(checkin)
    segment new = now - joined < 30 days
    segment grown_up = born is not missing and now - born >= 6570 days
    let level = case { when score >= 100 then "high"; when good >= 2 then "middle"; else "low" }
    incentive daily { title "Daily check-in"; on checkin; award 5 points; limit 1 per day; cap 20 points per week }
    incentive good_answer {
      title "Good answer"
      on answer where quality >= 0.8
      among not new
      award 10 points and 3 xp
      limit 2 per day
      cooldown 30 minutes
      expires after 5 days
    }
    incentive buying { on buy; award floor(amount ?? 0) points }
    incentive returned { on refund; take back buying same order }
    incentive shop { on redeem; deduct 30 points }
    incentive present { on gift; award 40 points; budget 60 points per month }
    incentive birthday { every day; when born is not missing and anniversary(born); award 7 points }
    incentive task { every week; when count(answer, this week) >= 2; award 25 points; limit 1 ever }
    incentive board { every week; rank by earned(this week); award 15, 5 points }
    tiers standing {
      tier member
      tier regular { title "Regular"; when earned(last 30 days) >= 40 and good >= 1; keep when earned(last 7 days) >= 1 }
      tier elder { when earned(last 30 days) >= 200 and good >= 5 }
      grace 3 days
    }

    """

  static let members = """
    id,joined,left,city,born
    ann,2025-11-01,,Paris,1990-03-03
    bob,2026-02-20,,,
    cat,2025-12-01,2026-03-10,Rome,2000-03-12

    """

  static let events = """
    member,at,kind,quality,note,order,amount
    ann,2026-03-01 09:00,checkin,,,,
    ann,2026-03-01 10:00,checkin,,,,
    ann,2026-03-02 09:00,answer,0.9,secret one,,
    ann,2026-03-02 09:10,answer,0.95,secret two,,
    ann,2026-03-02 12:00,answer,0.5,secret three,,
    ann,2026-03-03 09:00,buy,,,o1,60.5
    ann,2026-03-04 09:00,redeem,,,,
    ann,2026-03-05 09:00,refund,,,o1,
    ann,2026-03-06 09:00,gift,,,,
    ann,2026-03-06 10:00,checkin,,,,
    ann,2026-03-12 10:00,redeem,,,,
    bob,2026-03-01 10:00,gift,,,,
    bob,2026-03-02 09:00,answer,0.99,,,
    bob,2026-03-02 10:00,checkin,,,,
    bob,2026-03-03 10:00,checkin,,,,
    bob,2026-03-04 10:00,checkin,,,,
    bob,2026-03-05 10:00,checkin,,,,
    bob,2026-03-06 10:00,checkin,,,,
    cat,2026-03-09 10:00,checkin,,,,

    """

  let explainer: Explainer
  let program: TypedProgram
  let outcome: Outcome
  let dataset: Dataset

  init(asOf: String = "2026-03-14", rules: String = ExplainedClub.rules) throws {
    let file = SourceFile(id: FileID(0), name: "club.steward", text: rules)
    let (program, problems) = Pipeline.check([file])
    try #require(!problems.contains { $0.severity == .error }, "\(problems.map(\.message.english))")
    let files = ["members.csv": ExplainedClub.members, "events.csv": ExplainedClub.events]
    let load = Loader.load(program.schema, calendar: Calendar()) { (name: String) throws(SourceFailure) in
      MemorySource(name: name, text: files[name] ?? "")
    }
    dataset = try #require(load.dataset, "\(load.diagnostics.map(\.message.english))")
    let result = Engine.run(
      program, dataset, calendar: Calendar(),
      options: Engine.Options(asOf: AsOf(asOf)?.instant(Calendar()), batchRows: 1))
    outcome = try #require(result.outcome, "\(result.diagnostics.map(\.message.english))")
    explainer = try #require(Explainer(result, sources: [file]))
    self.program = program
  }

  func explanation(_ words: String, on day: String? = nil) throws -> Explanation {
    let subject = try #require(ExplainedSubject(words: words.split(separator: " ").map(String.init)))
    return try explainer.explain(subject, on: day.flatMap { AsOf($0) })
  }

  func text(_ words: String, on day: String? = nil, _ language: Language = .english) throws -> String {
    try explanation(words, on: day).text(language: language, width: 100, style: .plain)
  }
}
