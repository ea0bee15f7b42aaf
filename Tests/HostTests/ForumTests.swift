import Steward
import Testing

@Suite("rules/forum")
struct ForumTests {
  @Test("checks without an error or a warning, with titles and fifteen badges")
  func checks() throws {
    let (program, wrong) = try PackRun.checked("forum")
    #expect(wrong == [])
    #expect(program.incentives.allSatisfy { $0.title != nil })
    #expect(Set(program.incentives.compactMap(\.badge)).count == 15)
  }

  /// ann answered bob's question. `events`: at, member, type, content, other member.
  private func run(_ events: [(String, String, String, String, String)]) throws -> PackRun {
    let rows = events.indices.map { number in
      let (at, member, type, content, other) = events[number]
      return "\(100 + number),\(at),\(member),\(type),\(content),\(other),"
    }
    return try PackRun(
      "forum",
      members: [
        "member_id,joined_at", "ann,2026-01-01T08:00:00Z", "bob,2026-01-01T08:00:00Z", "cat,2026-01-01T08:00:00Z",
      ],
      content: [
        "content_id,kind,parent_id,author_id,created_at", "q1,question,,bob,2026-01-02T08:00:00Z",
        "a1,answer,q1,ann,2026-01-02T09:00:00Z",
      ], events: ["event_id,at,member_id,type,content_id,other_member,amount"] + rows, asOf: "2026-01-04")
  }

  @Test("votes bring 200 a day at most, whoever the export names; an accepted answer comes on top")
  func dailyCap() throws {
    var events = [
      ("2026-01-02T08:00:00Z", "bob", "question", "q1", ""), ("2026-01-02T09:00:00Z", "ann", "answer", "a1", ""),
    ]
    for number in 0..<25 {
      events.append(("2026-01-03T00:00:00Z", number < 20 ? "ann" : "cat", "upvote_received", "a1", ""))
    }
    events.append(("2026-01-03T10:00:00Z", "bob", "accepted_an_answer", "a1", "ann"))
    events.append(("2026-01-04T00:00:00Z", "ann", "downvote_received", "a1", ""))
    let found = try run(events)
    // 25 votes of 10 are cut to 200; 15 for the accepted answer, 2 lost to a vote down: with the 1 of the start, 214.
    #expect(found.entries("answer_upvoted").count == 20)
    #expect(found.balance("ann")?.points == 213)
    #expect(found.entries("accepted_an_answer") == ["bob 2"])
    #expect(found.path("ann", on: "privileges") == ["newcomer", "critic"])
    // The tenth and the twenty-fifth vote bring their badges, once each.
    #expect(
      found.badges("ann")
        == ["Enlightened", "First answer", "Good answer", "Mortarboard", "Nice answer", "Teacher"])
  }

  @Test("reputation never falls below where it started")
  func floor() throws {
    let down = ("2026-01-03T00:00:00Z", "bob", "downvote_received", "q1", "")
    let up = ("2026-01-03T12:00:00Z", "bob", "upvote_received", "q1", "")
    let late = ("2026-01-04T00:00:00Z", "bob", "downvote_received", "q1", "")
    #expect(try run([down, down, down]).balance("bob")?.points == 0)
    // 5 for the vote up, then 2 at a time as long as there are any: 3, 1, 0.
    #expect(try run([down, up, late]).balance("bob")?.points == 3)
    let four = try run([down, up, late, late, late, late])
    #expect(four.entries("voted_down") == ["bob -2", "bob -2", "bob -1"])
    #expect(four.balance("bob")?.points == 0)
  }

  /// Twelve questions of 2 January, of which ann answers some the next day and one on the 6th.
  private func asked(answered: Int) throws -> PackRun {
    var content = ["content_id,kind,parent_id,author_id,created_at"]
    var events = ["event_id,at,member_id,type,content_id,other_member,amount"]
    for number in 1...12 {
      content.append("q\(number),question,,bob,2026-01-02T08:00:00Z")
      events.append("\(number),2026-01-02T08:00:00Z,bob,question,q\(number),,")
    }
    for number in 1...answered + 1 {
      let day = number > answered ? "06" : "03"
      content.append("a\(number),answer,q\(number),ann,2026-01-\(day)T08:00:00Z")
      events.append("\(100 + number),2026-01-\(day)T08:00:00Z,ann,answer,a\(number),,")
    }
    return try PackRun(
      "forum", members: ["member_id,joined_at", "ann,2026-01-01T08:00:00Z", "bob,2026-01-01T08:00:00Z"],
      content: content, events: events, asOf: "2026-01-08")
  }

  @Test("questions that wait are told of on the third day, as long as few were answered within two days")
  func questionsWait() throws {
    let found = try asked(answered: 3)
    let notices = found.outcome.notifications.map { ($0.message ?? "", $0.suggest ?? "") }
    // On the 4th 3 of 12 are answered, and 9 of the week wait; the answer of the 6th comes too late to count.
    #expect(
      notices.map(\.0) == ["only 25% of the questions of four weeks were answered within two days"])
    #expect(
      notices.map(\.1).first?.contains("the 9 questions of this week that wait, and ask the 1 who answer") == true)
    // Seven of twelve within two days are enough.
    #expect(try asked(answered: 7).outcome.notifications.isEmpty)
  }
}
