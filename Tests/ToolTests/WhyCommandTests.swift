import Testing

@Suite struct WhyCommandTests {
  @Test func explainsAMember() throws {
    let place = try Workplace()
    try place.putClub()
    let answer = try Tool.run(["why", "ann", "points", "--rules", "rules"], in: place.path)
    #expect(answer.status == 0 && answer.error.isEmpty)
    #expect(
      answer.output == """
        ann  Reading club · as of 2026-03-02 · joined 2026-01-01

        points  10 = 10 awarded
          rule   times  points
          daily      2      10

          when               ±  balance  why
          2026-03-02 09:00  +5       10  daily (checkin)
          2026-03-01 09:00  +5        5  daily (checkin)

        """)
  }

  @Test func explainsInChineseAndAsJSON() throws {
    let place = try Workplace()
    try place.putClub()
    let chinese = try Tool.run(["why", "芳", "not", "active", "--rules", "rules", "--lang", "zh"], in: place.path)
    #expect(chinese.status == 0)
    #expect(chinese.output.contains("active：否\n"))
    #expect(chinese.output.contains("    - 7 天内有一次 `checkin`\n"))
    let json = try Tool.run(["why", "ann", "standing", "--rules", "rules", "--format", "json"], in: place.path)
    #expect(json.status == 0)
    #expect(json.output.hasPrefix("{\"diagnostics\": []"))
    #expect(json.output.contains("\"why\": {\"member\": \"ann\""))
    #expect(json.output.contains("\"tier\": {\"name\": \"regular\""))
  }

  @Test func onAPastDay() throws {
    let place = try Workplace()
    try place.putClub()
    let answer = try Tool.run(["why", "ann", "standing", "--rules", "rules", "--on", "2026-03-01"], in: place.path)
    #expect(answer.status == 0)
    #expect(answer.output.contains("standing: member, from the start"))
    #expect(answer.output.contains("`points` 5 of 10: 5 more"))
    let later = try Tool.run(["why", "ann", "--rules", "rules", "--on", "2026-04-01"], in: place.path)
    #expect(later.status == 1 && later.error.contains("after 2026-03-02, the last day there is"))
    let nameless = try Tool.run(["why", "alert", "--rules", "rules"], in: place.path)
    #expect(nameless.status == 1 && nameless.error.hasPrefix("steward: which alert? write `why alert NAME`; "))
  }

  @Test func explainsTheCommunity() throws {
    let place = try Workplace()
    try place.putClub()
    try place.put(
      "rules/alerts.steward",
      """
      metric activity = share(active) title "Active"
      alert quiet { when activity < 50%; message "{activity as percent}" }
      """)
    let alert = try Tool.run(["why", "alert", "quiet", "--rules", "rules"], in: place.path)
    #expect(alert.status == 0 && alert.error.isEmpty)
    #expect(alert.output.hasPrefix("Reading club  as of 2026-03-02\n\nquiet  warning\n"))
    // Ann alone checked in, of three.
    #expect(alert.output.contains("33.33%  1 of 3"))
    let chinese = try Tool.run(["why", "metric", "activity", "--rules", "rules", "--lang", "zh"], in: place.path)
    #expect(chinese.status == 0 && chinese.output.contains("3 名成员中的 1 名"))
    let json = try Tool.run(["why", "alert", "quiet", "--rules", "rules", "--format", "json"], in: place.path)
    #expect(json.status == 0 && json.output.contains("\"why\": {\"member\": null, \"community\": \"Reading club\""))
    let name = try Tool.run(["why", "alert", "quite", "--rules", "rules"], in: place.path)
    #expect(name.status == 1 && name.error == "steward: the rules have no alert `quite`; did you mean `quiet`?\n")
  }

  @Test func whatIsNotThere() throws {
    let place = try Workplace()
    try place.putClub()
    let member = try Tool.run(["why", "anm", "--rules", "rules"], in: place.path)
    #expect(member.status == 1 && member.error == "steward: there is no member `anm`; near: `ann`\n")
    #expect(member.output.isEmpty)
    let name = try Tool.run(["why", "ann", "standin", "--rules", "rules"], in: place.path)
    #expect(name.status == 1 && name.error == "steward: the rules have no `standin`; did you mean `standing`?\n")
    let nobody = try Tool.run(["why"], in: place.path)
    #expect(nobody.status == 2)
  }
}
