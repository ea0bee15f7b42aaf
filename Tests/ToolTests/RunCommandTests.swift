import Foundation
import Testing

@Suite struct RunCommandTests {
  @Test func overviewAndTables() throws {
    let place = try Workplace()
    try place.putClub()
    let answer = try Tool.run(["run", "rules", "--out", "out"], in: place.path)
    #expect(answer.status == 0)
    #expect(answer.error.isEmpty)
    #expect(answer.output.hasPrefix("Reading club  as of 2026-03-02 · 3 members · 4 events · "))
    #expect(answer.output.contains("1 row of kinds that the rules do not declare: poke 1\n"))
    #expect(answer.output.hasSuffix("tables in out\n"))
    #expect(
      place.names("out") == [
        "awards.csv", "badges.csv", "balances.csv", "facts.csv", "run.json", "tier_changes.csv", "tiers.csv",
      ])
    let awards = try #require(place.text("out/awards.csv")).split(separator: "\n").map { $0.dropFirst(25) }
    #expect(
      awards.dropFirst() == [
        "2026-03-01T09:00:00+08:00,ann,daily,points,5,,checkin", "2026-03-02T09:00:00+08:00,ann,daily,points,5,,checkin",
        "2026-03-02T09:30:00+08:00,bob,first,,,First answer,answer",
      ])
    #expect(place.text("out/facts.csv") == "member,active\nann,true\nbob,false\n芳,false\n")
    #expect(
      place.text("out/balances.csv")
        == "member,purse,points,earned,spent,expired,debt\nann,points,10,10,0,0,0\nbob,points,0,0,0,0,0\n芳,points,0,0,0,0,0\n")
    #expect(
      place.text("out/badges.csv")
        == "member,badge,times,first,last\nbob,First answer,1,2026-03-02T09:30:00+08:00,2026-03-02T09:30:00+08:00\n")
  }

  /// Two runs differ in `seconds` alone, whatever the number of threads.
  @Test func theSameBytesTwice() throws {
    let place = try Workplace()
    try place.putClub()
    for (folder, threads) in [("one", "1"), ("two", "4")] {
      #expect(try Tool.run(["run", "rules", "--out", folder, "--threads", threads], in: place.path).status == 0)
    }
    for name in place.names("one") where name != "run.json" {
      #expect(place.text("one/" + name) == place.text("two/" + name), "\(name)")
    }
    func rest(_ folder: String) -> [Substring]? {
      place.text(folder + "/run.json")?.split(separator: "\n").filter { !$0.contains("seconds") }
    }
    #expect(rest("one") == rest("two"))
  }

  @Test func asOfOnlyAndJSON() throws {
    let place = try Workplace()
    try place.putClub()
    let early = try Tool.run(["run", "rules", "--as-of", "2026-03-01 09:30", "--format", "json"], in: place.path)
    #expect(early.status == 0 && early.error.isEmpty)
    let object = try JSONSerialization.jsonObject(with: Data(early.output.utf8)) as? [String: Any]
    let summary = object?["summary"] as? [String: Any]
    #expect(summary?["as_of"] as? String == "2026-03-01 09:30")
    #expect(summary?["events"] as? Int == 1)
    #expect(try Tool.run(["run", "rules", "--as-of", "yesterday"], in: place.path).status == 2)
    #expect(try Tool.run(["run", "rules", "--threads", "0"], in: place.path).status == 2)
    let only = try Tool.run(["run", "rules", "--only", "daily"], in: place.path)
    #expect(only.status == 0 && only.output.contains("daily") && !only.output.contains("standing"))
    let unknown = try Tool.run(["run", "rules", "--only", "dayly"], in: place.path)
    #expect(unknown.status == 2)
    #expect(unknown.error == "steward: the rules have no `dayly` for `--only`; did you mean `daily`?\n")
  }

  /// Wrong data: status 1, the place, nothing written; the tables of an earlier run stay.
  @Test func badRows() throws {
    let place = try Workplace()
    try place.putClub()
    #expect(try Tool.run(["run", "rules", "--out", "out"], in: place.path).status == 0)
    let before = place.text("out/awards.csv")
    try place.put("rules/events.csv", "member,at,kind,quality\nann,2026-03-01 09:00,checkin,\nzed,soon,checkin,\n")
    let answer = try Tool.run(["run", "rules", "--out", "out"], in: place.path)
    #expect(answer.status == 1 && answer.output.isEmpty)
    #expect(answer.error.contains("rules/events.csv:3:") || answer.error.contains("events.csv:3:"))
    #expect(place.text("out/awards.csv") == before)
    let skipping = try Tool.run(["run", "rules", "--out", "out", "--skip-bad-rows"], in: place.path)
    #expect(skipping.status == 0)
    #expect(skipping.output.contains("1 bad row was left out"))
    #expect(place.text("out/rejected.csv")?.contains("zed,soon,checkin,") == true)
    // What the earlier run wrote and this one has nothing to say about is gone.
    #expect(place.text("out/badges.csv") == nil)
  }

  @Test func missingThings() throws {
    let place = try Workplace()
    try place.putClub()
    for (arguments, sentence) in [
      (["run", "nowhere"], "steward: there is no file `nowhere`\n"),
      (["run", "rules", "--data", "nowhere"], "steward: there is no folder `nowhere` of data\n"),
      (["run", "rules", "--out", "rules/club.steward"], "steward: `rules/club.steward` is not a folder\n"),
    ] {
      let answer = try Tool.run(arguments, in: place.path)
      #expect(answer.status == 1 && answer.error == sentence && answer.output.isEmpty, "\(arguments)")
    }
    try FileManager.default.removeItem(atPath: place.path + "/rules/events.csv")
    let answer = try Tool.run(["run", "rules", "--out", "out"], in: place.path)
    #expect(answer.status == 1 && answer.error.contains("there is no file `rules/events.csv`"))
    #expect(place.names("out").isEmpty)
  }

  @Test func unknownZone() throws {
    let place = try Workplace()
    try place.putClub()
    let rules = try #require(place.text("rules/club.steward")).replacing("Asia/Shanghai", with: "Asia/Shanghia")
    try place.put("rules/club.steward", rules)
    let answer = try Tool.run(["run", "rules"], in: place.path)
    #expect(answer.status == 1)
    #expect(answer.error.hasPrefix("rules/club.steward:2:13: error R0507: "))
    #expect(answer.error.contains("did you mean `Asia/Shanghai`?"))
  }

  @Test func timingsAndDumps() throws {
    let place = try Workplace()
    try place.putClub()
    let answer = try Tool.run(["run", "rules", "--timings"], in: place.path)
    #expect(answer.error.split(separator: "\n").map { $0.prefix { $0 != " " } } == ["check", "load", "run", "write", "all"])
    for stage in ["tokens", "syntax", "types", "plan"] {
      let dump = try Tool.run(["run", "rules", "--dump", stage], in: place.path)
      #expect(dump.status == 0 && dump.error.isEmpty && dump.output.count > 100, "\(stage)")
    }
  }

  /// A reader that goes away is no error, and nobody hears of it.
  @Test func brokenPipe() throws {
    let place = try Workplace()
    try place.putClub()
    let process = Tool.process(["run", "rules"], in: place.path)
    let output = Pipe()
    let error = Pipe()
    process.standardOutput = output
    process.standardError = error
    try output.fileHandleForReading.close()
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0 && process.terminationReason == .exit)
    #expect(error.fileHandleForReading.readDataToEndOfFile().isEmpty)
  }

  /// Ctrl-C: status 130, and no file, whole or half.
  @Test func interruption() throws {
    let place = try Workplace()
    #expect(try Tool.run(["sample", "club", "--members", "3000", "--days", "60"], in: place.path).status == 0)
    try place.put(
      "club/club.steward",
      """
      community "Club" {
        members from "members.csv" { id text key }
        events from "events.csv" { member member; at time; kind text }
        event checkin, comment, like, view, answer, share
      }
      incentive talk { on checkin or comment or like or view or answer or share; award 1 points }
      """)
    let process = Tool.process(["run", "club", "--out", "out", "--threads", "1"], in: place.path)
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    usleep(150_000)
    process.interrupt()
    process.waitUntilExit()
    // On a machine so fast that the run was over, there is nothing to see.
    if process.terminationStatus == 0 { return }
    #expect(process.terminationStatus == 130 && process.terminationReason == .exit)
    #expect(place.names("out").isEmpty)
  }
}
