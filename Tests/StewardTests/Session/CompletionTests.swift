import Testing

@testable import Steward

/// What Tab offers at each place; `|` is the cursor.
struct CompletionTests {
  private static let session: Session = {
    var input = GoldenInput()
    input.rules = [
      SourceFile(
        id: FileID(0), name: "rules.steward",
        text: """
          community "Club" {
            members from "members.csv" {
              id text key; joined date; city text?; channel one of "wechat", "app", "group join"; inviter member?
            }
            events from "events.csv" { member member; at time; kind text }
            event checkin
            event answer { quality number?; content item }
            content from "content.csv" { id text key; title text; layer one of "base", "top" }
            purse xp
          }
          segment 沉默 = not any(checkin, last 30 days)
          segment 沉默付费 = 沉默
          let answers = count(answer)
          incentive daily { on checkin; award 5 points }
          incentive thanks { on answer; award 1 points and badge "First answer"; limit 1 ever }
          metric share_active = share(any(checkin, last 7 days))
          alert quiet { when share_active < 10% }
          plan growth { phase first_days { from 2026-01-01; until count(members) >= 500 } }
          tiers standing { tier reader; tier keeper { when points >= 30 } }
          metric zest by city = count(any(checkin, last 7 days))
          alert zero { when count(checkin, today) == 0 }
          goal zenith { reach count(checkin) >= 100; by 2026-12-31 }
          plan zigzag { phase zig { until count(checkin) >= 10 }; phase zag }
          """)
    ]
    input.tables = [
      "members.csv": Array(
        "id,joined,city,channel,inviter\nann,2026-01-01,Bath,app,\nanton,2026-01-01,,app,\n芳,2026-01-01,,app,ann\n".utf8
      ),
      "content.csv": Array("id,title,layer\nc1,A,base\n".utf8),
      "events.csv": Array("member,at,kind,quality,content\nann,2026-03-01 09:00,checkin,,\n".utf8),
    ]
    var session = Session(host: SessionTranscript.host(input), display: SessionDisplay(language: .english))
    _ = session.start(rules: "rules", data: nil)
    return session
  }()

  private func completion(_ marked: String) -> Completion {
    let parts = marked.split(separator: "|", omittingEmptySubsequences: false)
    let before = String(parts.first ?? "")
    return Self.session.completion(before + (parts.count > 1 ? String(parts[1]) : ""), cursor: before.utf8.count)
  }

  private func expect(
    _ marked: String, is expected: [String], from word: String? = nil, suffix: String? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let made = completion(marked)
    #expect(made.candidates == expected, "\(marked)", sourceLocation: location)
    if let word {
      let before = String(marked.split(separator: "|", omittingEmptySubsequences: false).first ?? "")
      let text = String(decoding: Array(before.utf8).dropFirst(made.start), as: UTF8.self)
      #expect(text == word, "\(marked)", sourceLocation: location)
    }
    if let suffix { #expect(made.suffix == suffix, "\(marked)", sourceLocation: location) }
  }

  /// What the community has of its own can be asked for by name, and why it is as it is.
  @Test func community() {
    expect("ze|", is: ["zenith", "zero", "zest"])
    expect("zi|", is: ["zig", "zigzag"])
    expect(":why ale|", is: ["alert"])
    expect(":why alert z|", is: ["zero"])
    expect(":why phase z|", is: ["zag", "zig"])
    expect(":why metric zest f|", is: ["for"])
    expect(":why metric zest for an|", is: ["ann", "anton"], from: "an")
  }

  private func expect(
    _ marked: String, has some: [String], not others: [String] = [], _ location: SourceLocation = #_sourceLocation
  ) {
    let all = Set(completion(marked).candidates)
    for name in some { #expect(all.contains(name), "\(marked): \(name)", sourceLocation: location) }
    for name in others { #expect(!all.contains(name), "\(marked): \(name)", sourceLocation: location) }
  }

  @Test func commands() {
    expect(":ti|", is: [":time", ":timeline"], from: ":ti")
    expect("  :und|", is: [":undo"], from: ":und")
    expect(":time o|", is: ["off", "on"])
    expect(":about an|", is: ["ann", "anton"])
    expect(":about 芳|", is: ["芳"])
    expect(":about com|", is: ["community"])
    expect(":show thank|", is: ["thanks"])
    expect(":load |", is: ["club/", "more.steward"])
    expect(":load cl|", is: ["club/"], suffix: "")
    expect(":type count(che|", is: ["checkin"], from: "che")
    expect(":list seg|", is: ["segment"])
    expect(":list coh|", is: [])
    expect(":data |", is: ["club/"])
    expect("?strea|", is: ["streak"], from: "strea")
  }

  @Test func values() {
    expect("cit|", is: ["city"], from: "cit", suffix: " ")
    expect("coun|", is: ["count("], suffix: "")
    expect("points >= 3 and answ|", is: ["answers"])
    expect("count(沉|", is: ["沉默", "沉默付费"], from: "沉")
    expect("standing >= kee|", is: ["keeper"])
    expect("points |", has: ["and", "or", "is missing"], not: ["city", "checkin"])
    expect("points + |", has: ["city", "count(", "xp"], not: ["and"])
    expect("1 |+ 2", has: ["and"])
  }

  @Test func alertsAndPhases() {
    expect("alert loud { when 1 > 2; unless |", is: ["quiet", "zero"])
    expect("alert loud { when 1 > 2; check every |", has: ["hour", "day"])
    expect("count(members) > 3 and during |", is: ["first_days", "zag", "zig"])
  }

  @Test func columnsOfWhatIsChosen() {
    var session = Self.session
    _ = session.enter(":about c1")
    #expect(session.completion("lay", cursor: 3).candidates == ["layer"])
    #expect(session.completion("cit", cursor: 3).candidates == [])
  }

  @Test func insideCalls() {
    expect("count(|", has: ["checkin", "answer", "anything", "沉默"], not: ["and"])
    expect("count(answer where qual|", is: ["quality"])
    expect("sum(quality of ans|", is: ["answer"])
    expect("count(checkin, las|", has: ["last"])
    expect("count(checkin, last 30 |", is: ["days", "hours", "minutes", "weeks"])
    expect("count(checkin, this |", is: ["month", "quarter", "week", "year"])
    expect("streak(checkin, by |", is: ["day", "month", "quarter", "week", "year"])
    expect("count(answer |", has: ["where", "or"])
  }

  @Test func texts() {
    expect("channel == \"|", is: ["app", "group join", "wechat"], from: "", suffix: "\"")
    expect("channel == \"group j|", is: ["group join"], from: "group j")
    expect("channel in [\"app\", \"we|", is: ["wechat"])
    expect("weekday of now == \"mo|", is: ["monday"])
    expect("inviter.channel != \"a|", is: ["app"])
    expect("badges contains \"F|", is: ["First answer"])
    // Of a column of texts, what occurs in it; of nothing that has no values, those of others.
    expect("city == \"|", is: ["Bath"])
    expect("answers == \"|", is: [])
  }

  @Test func fields() {
    expect("inviter.ci|", is: ["city"], from: "ci")
    expect("standing.|", is: ["since"])
    expect("member.jo|", is: ["joined"])
  }

  @Test func declarations() {
    expect("inc|", is: ["incentive"])
    expect("incentive x {\n  aw|", is: ["award"], from: "aw")
    expect("incentive x { on |", has: ["checkin", "answer", "anything"], not: ["city"])
    expect("incentive x { on checkin; award 5 |", has: ["points", "xp", "badge"])
    expect("incentive x { on checkin; limit 1 |", is: ["ever", "per"])
    expect("incentive x { on checkin; limit 1 per |", has: ["day", "month"])
    expect("tiers t { tier a; tier b { wh|", is: ["when"])
    expect("let x about |", is: ["community", "content", "member"])
    expect("use |", has: ["std.points"])
  }

  @Test(arguments: ["", "\"", "count(", ":", "?", "))", "}{", "沉", "a.b.c.", "\u{1F600} ", "case { when ", "\"{points"])
  func nothingTraps(_ text: String) {
    for cursor in 0...(text.utf8.count + 2) { _ = Self.session.completion(text, cursor: cursor) }
  }
}
