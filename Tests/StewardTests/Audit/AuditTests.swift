import Testing

@testable import Steward

/// What `check --data` says, on data that a reader can go through by hand.
@Suite struct AuditTests {
  private static let files = [
    "members.csv": """
    id,joined,left,city,channel,tags
    ann,2026-01-01,,Bath,app,a;b
    bob,2026-01-04,,York,app,a
    cat,2026-01-02,,,app,

    """,
    "events.csv": """
    member,at,kind,content,topic,note
    ann,2026-01-02 09:00,answer,c1,garden,
    bob,2026-01-03 09:00,answer,c1,garden,
    ann,2026-01-04 09:00,answer,c2,books,
    ann,2026-01-05 09:00,post,c2,books,
    ,2026-01-05 10:00,whisper,,,
    ann,2026-01-06 09:00,Post,c1,books,

    """,
    "content.csv": "id,author,layer\nc1,ann,base\nc2,,base\n", "spend.csv": "at,amount\n",
  ]

  private static let community = """
    community "club" {
      starts 2026-01-01
      members from "members.csv" {
        id text key; joined date; left date?; city text?
        channel one of "app", "wechat", "offline"
        tags list of text by ";"
      }
      events from "events.csv" { member member; at time; kind text }
      event anwser
      event answer { content item; topic text; note text? }
      event post { content item; topic text }
      event checkin
      event whisper anonymous
      event answered = answer seen by content.author
      content from "content.csv" { id text key; author member?; layer one of "base", "top" }
      records spend from "spend.csv" { at time; amount number }
    }

    """

  static func audit(_ rules: String, community: String = Self.community, files: [String: String] = Self.files) throws
    -> (
      sources: [SourceFile], diagnostics: [Diagnostic]
    )
  {
    let source = SourceFile(id: FileID(0), name: "rules.steward", text: community + rules)
    let (program, problems) = Pipeline.check([source])
    #expect(problems.filter { $0.severity == .error }.isEmpty, "\(problems.map(\.message.english))")
    let fixture = SurveyFixture(files)
    let (data, found) = Pipeline.audit(
      program, calendar: Calendar(), options: RunOptions(), host: PipelineHost(open: fixture.open))
    #expect(data != nil, "\(found.map(\.message.english))")
    return ([source], found)
  }

  /// The messages of the rules alone, each with the clause that it marks.
  static func rules(_ rules: String) throws -> [String] {
    let (sources, found) = try audit(rules)
    return found.filter { $0.code.text.hasPrefix("R05") }.map { diagnostic in
      var marked = ""
      if let span = diagnostic.span {
        marked = String(decoding: sources[0].bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
      }
      return "\(diagnostic.message.english) | \(marked) | \(diagnostic.label?.english ?? "-")"
    }
  }

  /// Everything about the data alone.
  @Test func data() throws {
    let found = try Self.audit("").diagnostics
    #expect(
      found.map { "\($0.code) \($0.message.english)" } == [
        "D0443 1 of 4 events, of 1 member, lie before their `joined`; they count all the same",
        "D0442 `left` is empty in all 3 rows",
        "D0441 none of 3 rows has \"wechat\" or \"offline\" in `channel`",
        "D0440 0 of 6 events are `anwser`; near: `answer`, 3",
        "D0442 `note` is empty in all 3 rows",
        "D0440 0 of 6 events are `checkin`",
        "D0441 none of 2 rows has \"top\" in `layer`",
        "D0440 the file of `spend` has no rows",
        "D0419 1 row of kind `Post` is skipped; did you mean `post`?",
      ])
  }

  /// Texts that no row has, in comparisons, lists of texts and lists.
  @Test func texts() throws {
    let found = try Self.audit(
      """
      segment a = city ?? "" == "Bth" or (city ?? "") in ["York", "Leeds"]
      let b = count(answer where topic != "gardens")
      segment c = tags contains "b" and not tags contains "z"

      """
    ).diagnostics.filter { $0.code.text == "D0444" }
    #expect(
      found.map { $0.message.english + ($0.hint.map { " (\($0.english))" } ?? "") } == [
        "no row has \"Bth\" in `city` (near: \"Bath\")", "no row has \"Leeds\" in `city`",
        "no row has \"gardens\" in `topic` (near: \"garden\")", "no row has \"z\" in `tags`",
      ])
  }

  /// Everything that rules write is read: alerts, goals, phases, metrics too.
  @Test func textsOfTheCommunity() throws {
    let found = try Self.audit(
      """
      metric bathers = count((city ?? "") == "Bth")
      alert one { when count(answer where topic == "gardn") > 3; message "{count((city ?? "") == "Lds")}" }
      alert two { each member in (city ?? "") == "Brk"; when any(post); suggest "{city ?? "" == "Ely"}" }
      goal three { reach count(post where topic == "bokks") >= 3; by 2026-02-01 }
      plan four { phase a { until count(post where topic == "boks") >= 3 }; phase b }

      """
    ).diagnostics.filter { $0.code.text == "D0444" }
    #expect(
      found.map(\.message.english).map { String($0.prefix(16)) } == [
        "no row has \"Bth\"", "no row has \"gard", "no row has \"Lds\"", "no row has \"Brk\"",
        "no row has \"Ely\"", "no row has \"bokk", "no row has \"boks",
      ])
  }

  /// Groups that no member is in, read by name.
  @Test func groupsOfMetrics() throws {
    let found = try Self.audit(
      """
      let place = city ?? "elsewhere"
      metric by_city by city = count(members)
      metric by_place by place = count(members)
      metric yorkers = by_city["Yrok"] + by_city["York"] + by_city["(none)"]
      metric others = by_place["elsewhere"] + by_place["elsewere"] + (previous(by_place["Bth"], 2 days) ?? 0)

      """
    ).diagnostics.filter { $0.code.text == "D0444" }
    #expect(
      found.map { $0.message.english + ($0.hint.map { " (\($0.english))" } ?? "") } == [
        "no row has \"Yrok\" in `city` (near: \"York\")", "no row has \"elsewere\" in `city`",
        "no row has \"Bth\" in `city` (near: \"Bath\")",
      ])
  }

  /// Rules that fired are not mentioned; of the others the first clause that never held is.
  @Test func incentives() throws {
    let found = try Self.rules(
      """
      incentive fine { on answer; award 1 points }
      incentive clause { on answer; when count(answer) >= 1 and count(post) >= 2; award 1 points }
      incentive pattern { on answer where topic == "garden" and topic == "books"; award 1 points }
      incentive together { on post; when count(answer) == 3 and count(post) >= 1; award 1 points }
      incentive nothing { on answer; award count(post) points }
      incentive group { on answer; among channel == "wechat" and city is missing; award 1 points }
      incentive monthly { every month; award 5 points }
      incentive waits { on checkin or anwser; award 5 points }
      incentive spends { on post; deduct 5 points }

      """)
    #expect(
      found == [
        "`clause` was never awarded: this never held | count(post) >= 2 | at none of 3 events; at most 0",
        "`pattern` was never awarded: this never held | topic == \"books\" | at none of 3 events",
        "`together` was never awarded: this never held | count(answer) == 3 | not at the one event",
        "`nothing` was never awarded, though all its conditions held at times: what it gives was 0, or went to others | "
          + "incentive nothing { on answer; award count(post) points } | -",
        "`group` was never awarded: this never held | channel == \"wechat\" | at none of 3 events",
        "`monthly` was never awarded: no month has ended yet | incentive monthly { every month; award 5 points } | -",
        "`spends` never deducted anything: the balance could not pay any of 1 | incentive spends { on post; deduct 5 points } | -",
      ])
  }

  /// A clause that holds, but never with those before it.
  @Test func clausesApart() throws {
    let found = try Self.audit(
      "incentive x { on answer where topic == \"garden\" and topic == \"books\"; award 1 points }\n"
    )
    .diagnostics.first { $0.code.text == "R0540" }
    #expect(found?.hint?.english == "it does hold at times, but never together with what stands before it")
  }

  @Test func segmentsAndTiers() throws {
    let found = try Self.rules(
      """
      segment busy = count(answer) >= 2
      segment gone = count(answer, last 7 days) >= 1 and not any(answer)
      segment empty = count(post) >= 9
      incentive never { on answer; when empty; award 1 points }
      tiers standing {
        tier low
        tier middle { when count(answer) >= 1 }
        tier high { when busy and count(post) >= 7 }
        tier top { when empty }
      }

      """)
    #expect(
      found == [
        "nobody was ever in `gone`: this never held | not any(answer) | for nobody from 2026-01-01 to 2026-01-05",
        "nobody was ever in `empty`: this never held | count(post) >= 9 | for nobody from 2026-01-01 to 2026-01-05; at most 1",
        "nobody ever reached `high` of `standing`: this never held | count(post) >= 7 | "
          + "for nobody from 2026-01-01 to 2026-01-05; at most 1",
      ])
  }

  /// The most that a number was, also where it is far from what was wanted; of no other clauses.
  @Test(arguments: [
    ("count(answer) >= 3", "; at most 2"), ("count(answer) > 1000", "; at most 2"),
    ("3 <= count(answer)", "; at most 2"),
    ("count(answer) + 500 >= 900", "; at most 502"), ("count(answer) >= 1_000_000_000", ""), ("count(answer) == 7", ""),
    ("count(answer) - 9 >= 0", ""), ("count(answer) * 0.5 >= 3.5", ""),
  ]) func reached(_ clause: String, _ said: String) throws {
    let found = try Self.rules("segment s = \(clause)\n")
    #expect(
      found == ["nobody was ever in `s`: this never held | \(clause) | for nobody from 2026-01-01 to 2026-01-05\(said)"]
    )
  }

  /// What is private is not told by a clause that never held either.
  @Test func privateClauses() throws {
    let community = """
      community "club" {
        members from "members.csv" { id text key; city text? private; joined date }
        events from "events.csv" { member member; at time; kind text }
        event post, answer
      }

      """
    let found = try Self.audit(
      """
      segment secret = (city ?? "") == "Leeds"
      incentive x { on post; when (city ?? "") == "Leeds"; award 1 points }

      """, community: community
    ).diagnostics.filter { $0.severity == .warning && $0.code.text != "D0419" }
    #expect(
      found.map(\.message.english) == [
        "`x` was never awarded; the condition that never held reads private values, so nothing more is said"
      ])
    #expect(found.allSatisfy { $0.label == nil && $0.hint == nil })
  }

  /// Without members or events there is nothing to say about rules.
  @Test func empty() throws {
    let files = ["members.csv": "id,city\n", "events.csv": "member,at,kind,topic\n"]
    let community = """
      community "nobody" {
        members from "members.csv" { id text key; city text? }
        events from "events.csv" { member member; at time; kind text }
        event post { topic text }
      }

      """
    let found = try Self.audit(
      "incentive x { on post where topic == \"a\"; award 1 points }\n", community: community, files: files)
    #expect(found.diagnostics.isEmpty)
  }

  /// A rule that waits for an empty segment is told by the segment alone.
  @Test func oneMessage() throws {
    let one = try Self.rules(
      "segment busy = count(answer) >= 5\nincentive x { every day; among busy; award 1 points }\n")
    #expect(one.count == 1)
  }

  /// Ann answers twice and Bob once: what a budget refuses, what no balance pays, what waits for a phase that never came.
  @Test func whatElseStopsRules() throws {
    let (_, found) = try Self.audit(
      """
      plan p { phase one { until count(members) >= 300 }; phase two }
      incentive big { on answer; award 2000 points; budget 1000 points per month }
      incentive shop { on answer; deduct 1000 points }
      incentive late { on answer; during two; award 5 points }
      """)
    let said = found.filter { $0.code.text == "R0540" }.map(\.message.english)
    #expect(
      said.sorted() == [
        "`big` was never awarded: caps and budgets refused all of 3",
        "`late` was never awarded: its conditions never held in \"two\"",
        "`shop` never deducted anything: the balance could not pay any of 3",
      ])
  }

  private static let printed = """
    segment york = (city ?? "") == "Yrok"
    incentive daily { on post; when count(post) >= 2 and count(answer) >= 1; award 1 points }
    incentive pair { on answer where topic == "garden" and topic == "books"; award 1 points }
    tiers standing { tier low; tier high { when count(post) >= 7 } }

    """

  @Test(arguments: Language.allCases) func goldenAudit(_ language: Language) throws {
    let (sources, found) = try Self.audit(Self.printed)
    let renderer = TextRenderer(sources: sources, language: language, style: .plain, width: 100)
    try expectGolden("audit-\(language.rawValue)", renderer.render(found))
  }

  @Test func goldenAuditJSON() throws {
    let (sources, found) = try Self.audit(Self.printed)
    try expectGolden(
      "audit-json",
      JSONRenderer(sources: sources, language: .english).value(found).text.replacing("},{", with: "},\n{") + "\n")
  }
}
