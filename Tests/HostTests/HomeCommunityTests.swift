import Steward
import StewardHost
import Testing

@Suite("rules/home-community")
struct HomeCommunityTests {
  @Test("checks without an error or a warning, and everything that people see has a title")
  func checks() throws {
    let (program, wrong) = try PackRun.checked("home-community")
    #expect(wrong == [])
    #expect(program.incentives.allSatisfy { $0.title != nil })
    #expect(program.ladders.allSatisfy { ladder in ladder.title != nil && ladder.tiers.allSatisfy { $0.title != nil } })
    #expect(
      program.ladders.map { $0.tiers.map(\.name) } == [
        ["seed", "sprout", "leaf", "tree"], ["reader", "guide", "keeper"],
      ])
    #expect(program.incentives.contains { $0.badge == "首答" })
    #expect(program.schema.purses == ["points", "xp"])
  }

  @Test("declares every file and kind of the sample that this version reads")
  func declares() throws {
    let program = try PackRun.checked("home-community").program
    #expect(program.schema.members?.files == ["members.csv"])
    #expect(program.schema.content?.files == ["content.csv"])
    #expect(program.schema.events?.files == ["events.csv"])
    let kinds = program.schema.events?.kinds.filter(\.isOfFile).map(\.spelling).sorted() ?? []
    var seen: Set<String> = []
    let options = try SampleOptions(members: 300, days: 60)
    Sample.write(options) { file, chunk in
      guard file == "events.csv" else { return }
      for line in chunk.split(separator: 0x0A) {
        let fields = line.split(separator: 0x2C, maxSplits: 4, omittingEmptySubsequences: false)
        if fields.count > 3 { seen.insert(String(decoding: fields[3], as: UTF8.self)) }
      }
    }
    #expect(seen.subtracting(["kind"]).sorted() == kinds)
  }

  /// Three members: ann, and bob and cat whom she invited. `events`: member, at, kind, order, amount.
  private func run(_ events: [(String, String, String, String, String)], asOf: String) throws -> PackRun {
    let rows = events.indices.map { number in
      let (member, at, kind, order, amount) = events[number]
      return "e\(number),\(member),\(at),\(kind),,,,,,,\(order),\(amount)"
    }
    return try PackRun(
      "home-community",
      members: [
        "id,joined,left,birthday,city,interests,channel,inviter,paying,phone", "ann,2026-01-01,,,上海,,app,,false,",
        "bob,2026-01-01,,,上海,,app,ann,false,", "cat,2026-01-02,,,北京,,app,ann,false,",
      ],
      content: ["id,title,author,category,topic,layer,access,ready,published"],
      events: ["id,member,at,kind,content,author,length,topic,question,quality,order,amount"] + rows, asOf: asOf)
  }

  @Test("a refund takes back what was spent already: 150 bought, 100 exchanged, 150 taken back, 5 checked in")
  func refund() throws {
    let found = try run(
      [
        ("bob", "2026-02-01 10:00:00", "purchase", "o1", "150.5"), ("bob", "2026-02-02 10:00:00", "redeem", "", ""),
        ("bob", "2026-02-03 10:00:00", "refund", "o1", ""), ("bob", "2026-02-04 10:00:00", "checkin", "", ""),
      ], asOf: "2026-02-04")
    #expect(found.entries("buying") == ["bob 150", "bob 150 xp"])
    #expect(found.entries("gift") == ["bob -100"])
    #expect(found.entries("returned") == ["bob -150", "bob -150 xp"])
    // 150 − 100 leaves 50 of the 150 to take back; of the debt of 100 the check-in pays 5.
    #expect(found.balance("bob")?.points == 0)
    #expect(found.balance("bob")?.debt == 95)
    // Growth value: 150 for the order, back to 0, and 1 for the check-in.
    #expect(found.balance("bob", "xp")?.points == 1)
    #expect(found.path("bob", on: "growth") == ["seed", "sprout", "seed"])
  }

  @Test(
    "a referral is paid on the friend's first order if it falls into the season, and cities have boards of their own")
  func campaign() throws {
    let found = try run(
      [
        ("cat", "2026-04-01 10:00:00", "purchase", "o1", "40"), ("bob", "2026-04-19 10:00:00", "group-join", "", ""),
        ("bob", "2026-04-20 10:00:00", "purchase", "o2", "30"), ("bob", "2026-04-21 10:00:00", "purchase", "o3", "30"),
        ("cat", "2026-04-25 10:00:00", "purchase", "o4", "10"),
      ], asOf: "2026-04-30")
    // cat's first order came before the season; bob's second is not his first.
    #expect(found.entries("referral") == ["ann 50"])
    #expect(found.entries("invited_welcome") == ["bob 20"])
    #expect(found.outcome.budgetUses.map(\.used) == [70])
    // In April bob earned 20 + 10 + 30 + 30, ann 50, both in one city; cat 40 + 10 in another.
    #expect(found.board("city_board") == ["1 bob 100", "1 cat 100", "2 ann 60"])
  }

  @Test("the challenge of thirty days forgives one day a week, not two")
  func challenge() throws {
    var events: [(String, String, String, String, String)] = []
    for day in 1...31 {
      let at = "2026-01-\(day < 10 ? "0" : "")\(day) 09:00:00"
      if day != 11 { events.append(("ann", at, "checkin", "", "")) }
      if day != 13 && day != 14 { events.append(("bob", at, "checkin", "", "")) }
    }
    let found = try run(events, asOf: "2026-01-31")
    #expect(found.entries("thirty_days") == ["ann 300"])
    #expect(found.badges("ann").contains("三十天"))
  }
}
