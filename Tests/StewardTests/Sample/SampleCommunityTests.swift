import Testing

@testable import Steward

@Suite("What happens in a sample community")
struct SampleCommunityTests {
  static let files: SampleFiles? = try? SampleFiles.make(1000, 120, seed: 5)
  static let members: [[String: String]] = files?.table("members.csv") ?? []
  static let events: [[String: String]] = files?.table("events.csv") ?? []
  static let content: [[String: String]] = files?.table("content.csv") ?? []

  static func byID(_ rows: [[String: String]]) -> [String: [String: String]] {
    Dictionary(rows.map { ($0["id"] ?? "", $0) }) { first, _ in first }
  }

  @Test("three in four members are nearly silent, a few do most")
  func shares() {
    let present = Self.members.filter { $0["left"] == "" }
    // The last thirty of 120 days from 2026-01-01.
    var recent: [String: Int] = [:]
    var total: [String: Int] = [:]
    for event in Self.events {
      if (event["at"] ?? "") >= "2026-04-01" { recent[event["member"] ?? "", default: 0] += 1 }
      total[event["member"] ?? "", default: 0] += 1
    }
    let silent = present.count { recent[$0["id"] ?? "", default: 0] <= 3 }
    let share = Double(silent) / Double(present.count)
    #expect(share > 0.68 && share < 0.82, "\(share)")
    let sizes = total.values.sorted(by: >)
    let most = sizes.prefix(Self.members.count / 10).reduce(0, +)
    #expect(Double(most) > 0.7 * Double(Self.events.count))
  }

  @Test("evenings and weekends are busy, and the club grows")
  func rhythm() {
    var hours = [Int](repeating: 0, count: 24)
    for event in Self.events { hours[Int((event["at"] ?? "").dropFirst(11).prefix(2)) ?? 0] += 1 }
    #expect((20...22).contains(hours.firstIndex(of: hours.max() ?? 0) ?? -1))
    #expect(hours[4] * 10 < hours[21])
    let months = (1...4).map { month in Self.events.count { ($0["at"] ?? "").hasPrefix("2026-0\(month)") } }
    #expect(months[0] < months[1] && months[1] < months[2])
  }

  @Test("events are in order of time and of their identity, and nobody acts outside of membership")
  func order() {
    let times = Self.events.map { $0["at"] ?? "" }
    #expect(times == times.sorted())
    let ids = Self.events.map { $0["id"] ?? "" }
    #expect(ids == ids.sorted() && Set(ids).count == ids.count)
    let members = Self.byID(Self.members)
    for event in Self.events where event["kind"] != "whisper" {
      guard let member = members[event["member"] ?? ""], let at = event["at"] else {
        Issue.record("nobody: \(event)")
        continue
      }
      #expect((member["joined"] ?? "") <= at)
      if let left = member["left"], left != "" { #expect(at.prefix(10) <= left) }
    }
    #expect(Self.events.allSatisfy { $0["kind"] != "whisper" || $0["member"] == "" })
    #expect(Self.members.allSatisfy { $0["left"] == "" || ($0["joined"] ?? "") < ($0["left"] ?? "") })
  }

  @Test("every reference resolves, and to what existed then")
  func references() {
    let members = Self.byID(Self.members)
    let content = Self.byID(Self.content)
    for event in Self.events {
      if let item = event["content"], item != "" {
        guard let found = content[item] else {
          Issue.record("no item: \(event)")
          continue
        }
        #expect((found["published"] ?? "~") <= (event["at"] ?? "") && found["published"] != "")
        if event["kind"] == "like" {
          #expect(event["author"] == found["author"] && event["author"] != event["member"])
        }
        if event["kind"] == "post" || event["kind"] == "answer" { #expect(found["author"] == event["member"]) }
        if event["kind"] == "booking" { #expect(found["access"] == "booked") }
      }
      if let author = event["author"], author != "" { #expect(members[author] != nil) }
    }
    for member in Self.members {
      if let inviter = member["inviter"], inviter != "" {
        #expect((members[inviter]?["joined"] ?? "~") < (member["joined"] ?? ""))
      }
    }
    #expect(Self.content.allSatisfy { $0["author"] == "" || members[$0["author"] ?? ""] != nil })
  }

  @Test("answers follow questions, thanks follow answers, refunds follow purchases of the same member")
  func chains() {
    var asked: [String: String] = [:]
    var answered: Set<String> = []
    var bought: [String: String] = [:]
    var refunds = 0
    var followups = 0
    for event in Self.events {
      let member = event["member"] ?? ""
      switch event["kind"] {
      case "post" where event["topic"] == "question": asked[event["content"] ?? ""] = member
      case "answer":
        let question = event["question"] ?? ""
        #expect(asked[question] != nil && asked[question] != member)
        answered.insert(question)
      case "followup":
        followups += 1
        #expect(asked[event["content"] ?? ""] == member && answered.contains(event["content"] ?? ""))
      case "purchase":
        #expect(bought.updateValue(member, forKey: event["order"] ?? "") == nil)
      case "refund":
        refunds += 1
        #expect(bought.removeValue(forKey: event["order"] ?? "") == member)
      default: break
      }
    }
    #expect(asked.count > 100 && answered.count > 100 && followups > 50 && refunds > 0)
  }

  @Test("each kind has its attributes and no others")
  func attributes() {
    let columns: [String: Set<String>] = [
      "checkin": [], "share": [], "like": ["content", "author"], "view": ["content"], "comment": ["content"],
      "post": ["content", "topic"], "answer": ["content", "question", "quality"], "followup": ["content"],
      "purchase": ["order", "amount"], "refund": ["order"], "booking": ["content"], "whisper": [], "group-join": [],
      "invite": [], "redeem": [],
    ]
    let optional: [String: Set<String>] = ["comment": ["length"], "purchase": ["content"]]
    let all = ["content", "author", "length", "topic", "question", "quality", "order", "amount"]
    for event in Self.events {
      let kind = event["kind"] ?? ""
      let given = Set(all.filter { event[$0] != "" })
      #expect(given.subtracting(optional[kind] ?? []) == columns[kind], "\(event)")
    }
    #expect(Set(Self.events.compactMap { $0["kind"] }) == Set(columns.keys))
  }

  @Test("streaks: some check in day after day, once a day")
  func streaks() {
    var days: [String: [Substring]] = [:]
    for event in Self.events where event["kind"] == "checkin" {
      days[event["member"] ?? "", default: []].append((event["at"] ?? "").prefix(10))
    }
    #expect(days.values.allSatisfy { Set($0).count == $0.count })
    #expect(days.values.contains { $0.count >= 60 })
  }

  @Test("the programme has nine categories and more, and a pyramid of layers in each topic")
  func programme() {
    let programme = Self.content.filter { $0["id"]?.first == "c" }
    #expect(Set(programme.compactMap { $0["category"] }).count >= 9)
    var layers: [String: [String: Int]] = [:]
    for item in programme { layers[item["topic"] ?? "", default: [:]][item["layer"] ?? "", default: 0] += 1 }
    #expect(layers.values.allSatisfy { $0 == ["base": 6, "middle": 3, "top": 1] })
    #expect(Set(programme.compactMap { $0["access"] }) == ["open", "booked", "paid"])
    #expect(programme.allSatisfy { ($0["ready"] == "true") == ($0["published"] != "") })
  }

  @Test("joins have the campaign's bump, and some of them an inviter")
  func campaign() {
    var byDay: [Int: Int] = [:]
    for member in Self.members {
      let joined = (member["joined"] ?? "").split(separator: "-").compactMap { Int($0) }
      if let date = CivilDate(year: joined[0], month: joined[1], day: joined[2]) {
        byDay[Int(date.dayNumber - SampleOptions.defaultStart), default: 0] += 1
      }
    }
    let during = (72..<78).reduce(0) { $0 + byDay[$1, default: 0] }
    let before = (62..<68).reduce(0) { $0 + byDay[$1, default: 0] }
    #expect(during > before)
    let invited = Self.members.count { $0["inviter"] != "" }
    #expect(invited > Self.members.count / 8 && invited < Self.members.count / 2)
  }
}
