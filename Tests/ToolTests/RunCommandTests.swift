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
        "2026-03-01T09:00:00+08:00,ann,daily,points,5,,checkin",
        "2026-03-02T09:00:00+08:00,ann,daily,points,5,,checkin",
        "2026-03-02T09:30:00+08:00,bob,first,,,First answer,answer",
      ])
    #expect(place.text("out/facts.csv") == "member,active\nann,true\nbob,false\n芳,false\n")
    #expect(
      place.text("out/balances.csv")
        == "member,purse,points,earned,spent,expired,debt\nann,points,10,10,0,0,0\nbob,points,0,0,0,0,0\n芳,points,0,0,0,0,0\n"
    )
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

  /// Nobody checked in on the last day but one answered: `quiet` fires as a warning, `loud` never does.
  @Test func failsOnAlertsOfThatSeverity() throws {
    let place = try Workplace()
    try place.putClub()
    try place.put(
      "rules/alerts.steward",
      """
      alert quiet { when count(answer, today) == 1; message "one" }
      alert loud { when count(checkin, today) > 100; severity critical }
      """)
    for (asked, status) in [("info", 4), ("warning", 4), ("critical", 0)] as [(String, Int32)] {
      let answer = try Tool.run(["run", "rules", "--fail-on", asked, "--out", "out"], in: place.path)
      #expect(answer.status == status && answer.error.isEmpty, "\(asked)")
      // The tables are there all the same: somebody has to look at what fires.
      #expect(place.text("out/alerts.csv")?.contains(",quiet,,firing,") == true)
    }
    #expect(try Tool.run(["run", "rules"], in: place.path).status == 0)
    // The day before nothing fires.
    let before = try Tool.run(["run", "rules", "--fail-on", "info", "--as-of", "2026-03-01"], in: place.path)
    #expect(before.status == 0)
    let wrong = try Tool.run(["run", "rules", "--fail-on", "fatal"], in: place.path)
    #expect(wrong.status == 2)
    let page = try Tool.run(["help", "--man"])
    #expect(page.output.contains("\\fBsteward why\\fR \\fImember what\\fR ..."))
    // A command comes before the clause of the same name.
    #expect(try Tool.run(["help", "check"]).output.contains("Check a rule set without running it"))
    for status in ["0", "1", "2", "4", "130"] { #expect(page.output.contains(".TP\n\(status)\n"), "\(status)") }
  }

  @Test func outNeedsAName() throws {
    let place = try Workplace()
    try place.putClub()
    let answer = try Tool.run(["run", "rules", "--out", ""], in: place.path)
    #expect(answer.status == 2 && answer.error.contains("`--out` needs the name of a folder"))
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
    #expect(
      answer.error.split(separator: "\n").map { $0.prefix { $0 != " " } } == ["check", "load", "run", "write", "all"])
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
    // Once it has the events open it is on its way.
    while process.isRunning, !Tool.isOpen("events.csv", by: process) { sched_yield() }
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    // Whenever it was stopped, there is all or nothing.
    if process.terminationStatus == 0 {
      #expect(place.names("out").contains("run.json"))
    } else {
      #expect(process.terminationStatus == 130)
      #expect(place.names("out").isEmpty)
    }
  }

  /// Who left is in `facts.csv`, and neither in tiers nor segments of the overview.
  @Test func presence() throws {
    let place = try Workplace()
    try place.put(
      "rules/club.steward",
      """
      community "Club" {
        members from "members.csv" { id text key; joined date fixed; left date? }
        events from "events.csv" { member member; at time; kind text }
        event checkin
      }
      segment active title "Active ones" = any(checkin, last 7 days)
      let visits = count(checkin)
      let odd = count(checkin) mod 2 == 1
      let active_share = share(active)
      incentive daily { on checkin; award 5 points }
      tiers standing { tier member; tier regular { when points >= 10 } }
      """)
    try place.put(
      "rules/members.csv",
      "id,joined,left\nann,2026-01-01,\nbob,2026-01-01,\ncid,2026-01-01,\nzed,2026-01-01,2026-03-02\n")
    try place.put(
      "rules/events.csv",
      """
      member,at,kind
      ann,2026-03-01 09:00,checkin
      ann,2026-03-01 10:00,checkin
      ann,2026-03-03 10:00,checkin
      bob,2026-03-03 10:00,checkin
      zed,2026-02-28 09:00,checkin
      zed,2026-03-01 09:00,checkin

      """)
    let all = try Tool.run(["run", "rules", "--out", "out"], in: place.path)
    #expect(all.status == 0 && all.output.contains("regular         1         2        0  33.3%  "), "\(all)")
    #expect(all.output.contains("Active ones        2  66.7%  "), "\(all.output)")
    #expect(all.output.contains("active_share  66.7%\n"))
    #expect(all.output.contains("standing: not counted: 1 who left and keeps a tier above the lowest\n"))
    #expect(
      place.text("out/facts.csv")
        == "member,active,visits,odd\nann,true,3,true\nbob,true,1,true\ncid,false,0,false\nzed,true,2,false\n")
    let only = try Tool.run(["run", "rules", "--only", "visits", "--only", "odd"], in: place.path)
    #expect(
      only.output.contains("let     members  least  median  most\nvisits        3      0       1     3\n"),
      "\(only.output)")
    #expect(only.output.contains("odd            2  66.7%  ") && !only.output.contains("Active"))
    let early = try Tool.run(["run", "rules", "--as-of", "1999-01-01"], in: place.path)
    #expect(early.status == 0 && early.output.contains("4 members · 0 present"), "\(early)")
    #expect(!early.output.contains("100.0%") && !early.output.contains("█"))
    #expect(early.output.contains("member          0"))
  }

  @Test func sentencesAboutTheCommandLine() throws {
    let place = try Workplace()
    try place.putClub()
    try place.put("afile", "")
    try place.put("rules/more.steward", "segment keen = any(checkin)\n")
    try place.put("taken/awards.csv", "mine\n")
    for (arguments, status, sentence) in [
      (["run", "rules", "--out", "afile/x"], 1, "`afile` is not a folder"),
      (
        ["run", "rules", "--data", "afile"], 1, "`afile` is a file; `--data` takes the folder that holds the data files"
      ),
      (["run", "rules", "--as-of", "2026-02-30"], 2, "`--as-of 2026-02-30`: there is no such day"),
      (["run", "rules", "--as-of", "2026/3/2 24:00"], 2, "`--as-of 2026/3/2 24:00`: there is no such time"),
      (["run", "rules", "--threads", "-1"], 2, "`--threads` must be at least 1, not -1"),
      (["run", "rules", "--threads", "0"], 2, "`--threads` must be at least 1, not 0"),
      (["rnu", "club"], 2, "there is no command `rnu`; did you mean `run`?"),
      (["xyz"], 2, "there is no command `xyz`; there are run, why, repl, init, check, sample, help"),
      (["run", "rules/members.csv"], 1, "`rules/members.csv` is no rule file (rule files end in `.steward`)"),
      (
        ["run", "rules", "--out", "./rules/"], 2,
        "`--out ./rules/` is the folder of the data; tables go into a folder of their own"
      ),
      (
        ["run", "rules", "--out", "taken"], 1,
        "`taken/awards.csv` is there already and no run of Steward wrote it; choose another folder for `--out`"
      ),
    ] {
      let answer = try Tool.run(arguments, in: place.path)
      #expect(answer.status == status && answer.error == "steward: \(sentence)\n" && answer.output.isEmpty, "\(answer)")
    }
    #expect(place.text("taken/awards.csv") == "mine\n")
    #expect(place.names("taken") == ["awards.csv"])
    let single = try Tool.run(["check", "rules/more.steward"], in: place.path)
    #expect(single.status == 1)
    #expect(
      single.error.contains("it is in `rules/club.steward`; name the folder: `steward check rules`\n"),
      "\(single.error)")
    for day in ["2026/03/02", "2026-3-2", "2026-3-2 23:59"] {
      #expect(
        try Tool.run(["run", "rules", "--as-of", day], in: place.path).output.contains("as of 2026-03-02"), "\(day)")
    }
  }
}
