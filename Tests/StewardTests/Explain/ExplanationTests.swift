import Testing

@testable import Steward

@Suite struct ExplanationTests {
  static let questions = [
    "ann", "ann points", "ann xp", "ann standing", "ann elder", "ann valued", "ann not valued", "ann level", "ann gap",
    "ann daily", "ann good_answer", "ann returned", "ann shop", "ann task", "ann board", "ann birthday", "ann grown_up",
    "bob", "bob points", "bob good_answer", "bob present", "bob board", "bob gap", "bob new", "cat", "cat daily",
  ]

  @Test(arguments: Language.allCases) func `explanations, golden`(language: Language) throws {
    let club = try ExplainedClub()
    var text = ""
    for question in ExplanationTests.questions {
      text += "$ steward why \(question)\n" + (try club.text(question, language)) + "\n"
    }
    // The gift of 1 March falls out of the thirty days: grace runs, then has run out.
    for day in ["2026-03-16", "2026-04-01", "2026-04-04"] {
      text += "$ steward why bob standing --as-of \(day)\n"
      text += try ExplainedClub(asOf: day).text("bob standing", language) + "\n"
    }
    try expectGolden("why-" + language.rawValue, text)
  }

  @Test(arguments: Language.allCases) func `explanations for programs, golden`(language: Language) throws {
    let club = try ExplainedClub()
    var text = ""
    for question in ["ann standing", "ann points", "bob good_answer", "ann grown_up", "bob"] {
      text += try club.explanation(question).json(language).indented() + "\n"
    }
    try expectGolden("why-json-" + language.rawValue, text)
  }

  @Test func `what is private never shows`() throws {
    let club = try ExplainedClub()
    for question in ExplanationTests.questions {
      for language in Language.allCases {
        let explanation = try club.explanation(question)
        let all =
          explanation.text(language: language, width: 200, style: .plain) + explanation.json(language).indented()
        #expect(!all.contains("secret"), "\(question)")
        #expect(!all.contains("1990") && !all.contains("2000-03"), "\(question)")
      }
    }
    // Neither whether it holds, nor what was asked.
    guard case .value(let story) = try club.explanation("ann grown_up").sections.first else { return }
    #expect(story.part.value.state == .hidden && story.part.truth == nil && story.wants.isEmpty)
    #expect(story.part.parts.allSatisfy { $0.value.state == .hidden && $0.isNeeded })
    // Of a rule that something private decides, only what was given is told.
    guard case .rule(let rule) = try club.explanation("bob birthday").sections.first else { return }
    #expect(rule.ends.map(\.end) == [.hidden])
    #expect(rule.missed?.wants.isEmpty == true)
  }

  @Test func `names and members that are not there`() throws {
    let club = try ExplainedClub()
    #expect(throws: ExplainFailure.self) { try club.text("amn points") }
    do throws(ExplainFailure) {
      _ = try club.explainer.explain(.member(id: "an", about: nil, isNegated: false))
    } catch {
      #expect(error.wording.english == "there is no member `an`; near: `ann`")
    }
    do throws(ExplainFailure) {
      _ = try club.explainer.explain(.member(id: "ann", about: "standin", isNegated: false))
    } catch {
      #expect(error.wording.english == "the rules have no `standin`; did you mean `standing`?")
    }
    #expect(ExplainedSubject(words: ["alert", "silent"]) == .community(.alert, name: "silent", of: nil))
    #expect(
      ExplainedSubject(words: ["ann", "not", "Good", "answer"])
        == .member(id: "ann", about: "Good answer", isNegated: true))
  }

  /// A past day is explained as a run up to it would be.
  @Test(arguments: ["2026-03-05", "2026-03-08", "2026-03-10"]) func `on a past day`(day: String) throws {
    let whole = try ExplainedClub()
    let then = try ExplainedClub(asOf: day)
    for question in ExplanationTests.questions {
      #expect(try whole.text(question, on: day) == (try then.text(question)), "\(question)")
    }
    #expect(throws: ExplainFailure.self) { try whole.text("ann", on: "2026-04-01") }
  }
}
