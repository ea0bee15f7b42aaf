import Testing

@testable import Steward

/// What is said of alerts, metrics, goals and phases, with figures that `ExplainedCommunity` lets one check by hand.
@Suite struct CommunityExplanationTests {
  static let questions = [
    "alert too_quiet", "alert city_quiet", "alert city_quiet for Bath", "alert away", "alert away for ann",
    "alert away for cat", "alert away for eve", "ann away", "alert of_age", "alert of_age for ann", "alert busy",
    "metric silent_share", "metric heard", "metric heard for York", "metric likes", "metric calm", "metric moved",
    "metric smoothed", "metric grown", "metric grown_share", "goal likers", "goal calmer", "phase start",
    "phase Growing",
    "phase sell", "plan launch", "ann", "dan founder",
  ]

  @Test(arguments: Language.allCases) func `what is said, golden`(language: Language) throws {
    let club = try ExplainedCommunity()
    var text = ""
    for question in Self.questions {
      text += "$ steward why \(question)\n" + (try club.text(question, language)) + "\n"
    }
    for day in ["2026-03-01", "2026-03-04", "2026-03-05"] {
      text += "$ steward why alert too_quiet --on \(day)\n"
      text += try club.text("alert too_quiet", on: day, language) + "\n"
    }
    try expectGolden("why-community-" + language.rawValue, text)
  }

  @Test func `what is said for programs, golden`() throws {
    let club = try ExplainedCommunity()
    var text = ""
    for question in [
      "alert too_quiet", "alert away", "metric heard", "metric silent_share", "goal likers", "phase start",
    ] {
      text += try club.explanation(question).json(.english).indented() + "\n"
    }
    try expectGolden("why-community-json", text)
  }

  @Test func `an alert of the community`() throws {
    let club = try ExplainedCommunity()
    let story = try club.alert("alert too_quiet")
    let watch = try #require(story.watch)
    #expect(watch.state == .firing)
    // It held on the 1st alone, and again from the 4th: two days are over at the end of the 5th.
    #expect(
      watch.stays.map { "\($0.state.rawValue) \(Self.day($0.from)) \($0.to.map(Self.day) ?? "")" } == [
        "pending 2026-03-01 2026-03-02", "pending 2026-03-04 2026-03-05", "firing 2026-03-05 ",
      ])
    let table = try #require(watch.table)
    #expect(table.columns.map(\.source) == ["silent_share", "count(members)"])
    #expect(table.columns[0].spark == [0.5, 0.25, 0.25, 0.6, 0.6, 0.8, 0.8, 1])
    #expect(table.columns[1].spark == [4, 4, 4, 5, 5, 5, 5, 5])
    #expect(table.rows.map(\.holds) == [false, false, true, true, true, true, true])
    #expect(table.rows.map(\.state) == [nil, nil, .pending, .firing, .firing, .firing, .firing])
    #expect(
      watch.clauses.map(\.text.english) == [
        "for 2 days: holds since the check of 2026-03-04, long enough",
        "keep 1 day: not needed, the condition holds",
        "cooldown 5 days: told 2026-03-05, nothing more before 2026-03-10",
      ])
    #expect(story.notices.map(\.message) == ["60% are silent"] && story.notices.map(\.suggest) == ["ask 3 of them"])
    #expect(story.notify == ["ops", "lead"])
    // `silent_share` is what `share(silent)` is, and that 5 of 5.
    let condition = try #require(watch.conditions.first)
    #expect(condition.truth == true && condition.parts.map(\.truth) == [true, true])
    let share = try #require(condition.parts[0].parts.first)
    #expect(share.value.text.english == "100%" && share.definition?.title == "Silent")
    #expect(share.parts.first?.ratio.map { [$0.held.json.text, $0.seen.json.text] } == ["5", "5"])
  }

  private static func day(_ instant: Int64) -> String { Moment.text(instant, Calendar()) }

  @Test func `an alert that waits`() throws {
    let club = try ExplainedCommunity()
    let watch = try #require(try club.alert("alert too_quiet", on: "2026-03-04").watch)
    #expect(watch.state == .pending)
    #expect(
      watch.clauses.map(\.text.english) == [
        "for 2 days: holds since the check of 2026-03-04; fires at that of 2026-03-05 if it goes on",
        "keep 1 day: nothing fires", "cooldown 5 days: nothing told yet",
      ])
  }

  /// Whatever is said of the past is what a run up to it says.
  @Test(arguments: ["2026-03-01", "2026-03-03", "2026-03-05", "2026-03-07"]) func `on a past day`(day: String) throws {
    let whole = try ExplainedCommunity()
    let then = try ExplainedCommunity(asOf: day)
    for question in Self.questions {
      #expect(try whole.text(question, on: day) == (try then.text(question)), "\(question)")
    }
    #expect(throws: ExplainFailure.self) { try whole.text("alert too_quiet", on: "2026-04-01") }
  }

  @Test func `groups`() throws {
    let club = try ExplainedCommunity()
    let all = try club.alert("alert city_quiet")
    // On the 8th everybody is silent. Bath since the 6th, York since the 5th; of no city is dan, silent up to the 4th.
    #expect(all.firing == 3 && all.subjects.map(\.about).sorted() == ["(none)", "Bath", "York"])
    #expect(all.subjects.allSatisfy { $0.value?.text.english == "100%" })
    let bath = try #require(try club.alert("alert city_quiet for Bath").watch)
    #expect(bath.table?.columns[0].spark == [0, 0, 0, 0.5, 0.5, 1, 1, 1])
    #expect(bath.since.map(Self.day) == "2026-03-06")
    #expect(
      bath.clauses.map(\.text.english) == [
        "unless too_quiet: that fires since 2026-03-05, so nothing is told"
      ])
    let heard = try club.metric("metric heard")
    #expect(heard.groups.map(\.name) == ["Bath", "York", "(none)"])
    #expect(heard.groups[1].spark == [0, 1, 1, 0.5, 0, 0, 0, 0])
    #expect(try club.metric("metric heard[\"Bath\"]").group == "Bath")
    #expect(throws: ExplainFailure.self) { try club.metric("metric heard for Leeds") }
    #expect(throws: ExplainFailure.self) { try club.metric("metric silent_share for Bath") }
  }

  @Test func `members`() throws {
    let club = try ExplainedCommunity()
    let ann = try #require(try club.alert("alert away for ann").watch)
    // Her last like was on the 3rd at nine: five days later it is the 8th.
    #expect(ann.table?.rows.map(\.holds) == [false, false, false, false, false, false, true])
    #expect(ann.state == .pending)
    #expect(ann.clauses.first?.text.english.hasSuffix("fires at that of 2026-03-09 if it goes on") == true)
    // Bob liked on the 1st: away from the 6th, told on the 7th. Cat asked, eve is not watched.
    let all = try club.alert("alert away")
    #expect(all.subjects.map { "\($0.about) \($0.state.rawValue)" } == ["bob firing", "ann pending"])
    #expect(all.firingCounts?.columns[0].spark == [0, 0, 0, 0, 0, 0, 1, 1])
    #expect(all.notices.map(\.group) == [["Bath"]])
    let eve = try #require(try club.alert("alert away for eve").watch)
    #expect(!eve.isWatched && eve.state == nil)
    #expect(try club.text("ann away").hasPrefix("ann  Reading club"))
    #expect(throws: ExplainFailure.self) { try club.alert("alert away for zoe") }
  }

  /// Born in 1990 and 2015: neither years nor who is of age show, nor since when.
  @Test func `what is private never shows`() throws {
    let club = try ExplainedCommunity()
    for question in Self.questions {
      for language in Language.allCases {
        let explanation = try club.explanation(question)
        let all = explanation.text(language: language, width: 200, style: .plain) + explanation.json(language).text
        for year in ["1990", "1991", "1992", "2015"] { #expect(!all.contains(year), "\(question)") }
      }
    }
    let watch = try #require(try club.alert("alert of_age for ann").watch)
    #expect(watch.table == nil && watch.conditions.last?.isHidden == true && watch.clauses.isEmpty)
    // Three are of age, two are not: too few to tell.
    let grown = try club.metric("metric grown")
    #expect(grown.part?.value.text.english == "<5" && grown.table?.rows.last?.values[0].text.english == "<5")
    #expect(grown.table?.columns[0].spark == Array(repeating: nil, count: 8))
    let share = try club.metric("metric grown_share")
    #expect(share.part?.value.state == .withheld && share.part?.value.text.english == "–")
  }

  @Test func `metrics`() throws {
    let club = try ExplainedCommunity()
    let silent = try club.metric("metric silent_share")
    #expect(silent.benchmark?.value.text.english == "40%" && silent.benchmark?.source == "a survey of clubs")
    #expect(silent.part?.value.text.english == "100%")
    // 1 − 100 %, 100 % − 80 %, and of 80 %, 80 %, 100 % the mean.
    #expect(try club.metric("metric calm").part?.value.number == 0)
    let moved = try #require(try club.metric("metric moved").part?.value.number)
    #expect(abs(moved - 0.2) < 1e-9)
    let smoothed = try #require(try club.metric("metric smoothed").part?.value.number)
    #expect(abs(smoothed - 2.6 / 3) < 1e-9)
    // The week ended on Sunday the 8th; the 1st was a Sunday too.
    let likes = try club.metric("metric likes")
    #expect(likes.table?.rows.map(\.values[0].text.english) == ["2", "5"])
  }

  @Test func `goals and phases`() throws {
    let club = try ExplainedCommunity()
    guard case .goal(let goal) = try club.explanation("goal likers").sections.first,
      case .goal(let missed) = try club.explanation("goal calmer").sections.first,
      case .phase(let start) = try club.explanation("phase start").sections.first,
      case .phase(let grow) = try club.explanation("phase Growing").sections.first
    else { throw ExplainedCommunity.NoSuchStory() }
    // From the 2nd, when three had liked, to the 8th, when ann, cat and dan had in seven days.
    #expect(goal.table?.columns[0].spark == [2, 3, 3, 3, 4, 4, 4, 3])
    #expect(goal.record.status == .behind && goal.record.value == 3)
    // Missed on the 6th: told as it was then.
    #expect(missed.record.status == .missed && missed.table?.rows.count == 6)
    #expect(missed.parts.first?.value.text.english == "80%")
    // The fifth like came on the 3rd, a day late.
    #expect(start.record.to.map { CivilDate(dayNumber: $0).text } == "2026-03-03" && start.record.lateDays == 1)
    #expect(start.until?.truth == true && start.rules == ["founder"])
    #expect(grow.table?.columns[0].spark == [2, 4, 5, 5, 7, 7, 7, 7])
    #expect(try club.explanation("plan launch").sections.count == 3)
  }

  @Test func `what is not there`() throws {
    let club = try ExplainedCommunity()
    let alerts = "`too_quiet`, `city_quiet`, `away`, `of_age`, `busy`"
    func failure(_ words: String, on day: String? = nil, _ language: Language = .english) -> String? {
      do throws(ExplainFailure) {
        _ = try club.explainer.explain(
          ExplainedSubject(words: words.split(separator: " ").map(String.init))
            ?? .community(.alert, name: "", of: nil),
          on: day.flatMap { AsOf($0) })
      } catch { return error.wording[language] }
      return nil
    }
    #expect(failure("alert too_quite") == "the rules have no alert `too_quite`; did you mean `too_quiet`?")
    #expect(
      failure("metric silent_share", on: "2026-03-09")
        == "that lies after 2026-03-08, the last day there is; ask about that one, or one before")
    #expect(failure("plan", on: nil, .chinese) == "没有写是哪个计划；请写 `why plan 名称`。现有：“launch”")
    #expect(failure("goal 沉默", on: nil, .chinese) == "规则里没有“沉默”这个目标。现有：“likers”、“calmer”")
    #expect(failure("alert silent_share") == "`silent_share` is no alert; ask `why metric silent_share`")
    #expect(failure("too_quiet") == "`too_quiet` is about the community; ask `why alert too_quiet`")
    #expect(failure("ann too_quiet") == "`too_quiet` is about the community; ask `why alert too_quiet`")
    #expect(failure("metric heard for Bat") == "`heard` has no group `Bat`; did you mean `Bath`?")
    #expect(failure("alert nothing") == "the rules have no alert `nothing`; there are \(alerts)")
    #expect(failure("alert") == "which alert? write `why alert NAME`; there are \(alerts)")
    #expect(failure("alert for ann") == "which alert? write `why alert NAME`; there are \(alerts)")
    #expect(failure("plan") == "which plan? write `why plan NAME`; there is `launch`")
    #expect(failure("phase") == "which phase? write `why phase NAME`; there are `start`, `grow`, `sell`")
    #expect(
      failure("goal likers for Bath")
        == "`likers` is about the whole community, so there is nothing of it for `Bath`")
  }
}
