import Testing

@testable import Steward

/// Who is told what on which day, worked out by hand; days are counted from 0.
@Suite struct NotificationTests {
  static let clock = AlertMachineTests.clock

  static func alert(
    _ name: String, each: Bool = true, cooldown: Int32 = 0, unless: [Int] = [], isGrouped: Bool = false
  ) -> TypedAlert {
    let yes = TypedExpr(.constant(.bool(true)), .bool, GoalTests.span)
    return TypedAlert(
      name: name, about: each ? .members(yes) : .community, when: yes, cooldown: .days(cooldown), unless: unless,
      groupBy: isGrouped ? [yes] : [], span: GoalTests.span)
  }

  static func firing(_ member: Int32?, _ from: Int, _ to: Int?, _ group: String? = nil) -> Notifications.Firing {
    Notifications.Firing(
      subject: member.map { .member($0) } ?? .community, from: from, to: to, group: group.map { [$0] } ?? [])
  }

  static func notify(
    _ alerts: [TypedAlert], _ firings: [[Notifications.Firing]], pushes: [TypedPushBudget] = []
  ) -> Notifications {
    var program = TypedProgram(schema: Schema())
    program.alerts = alerts
    program.pushBudgets = pushes
    return Notifications(program, Calendar(), clocks: alerts.map { _ in clock }, firings: firings)
  }

  /// `alert@check: firings`
  static func text(_ all: Notifications) -> [String] {
    all.notices.map { "\($0.alert)@\($0.check): \($0.firings.map(String.init).joined(separator: " "))" }
  }

  @Test func eachBeginningIsTold() {
    let all = Self.notify(
      [Self.alert("a", each: false)], [[Self.firing(nil, 3, 5), Self.firing(nil, 8, nil)]])
    #expect(Self.text(all) == ["0@3: 0", "0@8: 1"])
  }

  @Test func insideACooldownItWaits() {
    let alert = Self.alert("a", each: false, cooldown: 7)
    // Told on day 3; again from day 10 on, if it still fires then.
    let all = Self.notify(
      [alert],
      [[Self.firing(nil, 3, 4), Self.firing(nil, 6, 8), Self.firing(nil, 9, 12), Self.firing(nil, 13, 18)]])
    #expect(Self.text(all) == ["0@3: 0", "0@10: 2", "0@17: 3"])
    // On the cooldown's last check it is over.
    #expect(
      Self.text(Self.notify([alert], [[Self.firing(nil, 3, 4), Self.firing(nil, 6, 10), Self.firing(nil, 6, 11)]]))
        == ["0@3: 0", "0@10: 2"])
  }

  @Test func cooldownsAreEachMembersOwn() {
    let all = Self.notify(
      [Self.alert("a", cooldown: 7)], [[Self.firing(1, 3, 4), Self.firing(1, 5, 20), Self.firing(2, 5, 6)]])
    #expect(Self.text(all) == ["0@3: 0", "0@5: 2", "0@10: 1"])
  }

  @Test func aLouderAlertSilences() {
    let quiet = Self.alert("quiet", unless: [1])
    let loud = Self.alert("loud", each: false)
    let fires = [Self.firing(nil, 4, 8), Self.firing(nil, 12, nil)]
    // Before it, with it, under it, past its end, and under it for good.
    let cases: [(Int, Int?, [String])] = [
      (2, 3, ["0@2: 0"]), (4, 6, []), (5, nil, ["0@8: 0"]), (5, 8, []), (8, 9, ["0@8: 0"]), (12, nil, []),
    ]
    for (from, to, told) in cases {
      let all = Self.notify([quiet, loud], [[Self.firing(1, from, to)], fires])
      #expect(Self.text(all).filter { $0.hasPrefix("0") } == told, "\(from) to \(to ?? -1)")
    }
  }

  @Test func aMembersOwnAlertSilencesHimAlone() {
    let all = Self.notify(
      [Self.alert("quiet", unless: [1]), Self.alert("loud")],
      [[Self.firing(1, 5, nil), Self.firing(2, 5, nil)], [Self.firing(1, 3, 9)]])
    #expect(Self.text(all) == ["1@3: 0", "0@5: 1", "0@9: 0"])
  }

  @Test func aGroupIsToldTogether() {
    let all = Self.notify(
      [Self.alert("a", isGrouped: true)],
      [
        [
          Self.firing(1, 3, nil, "x"), Self.firing(2, 3, nil, "y"), Self.firing(3, 3, 6, "x"),
          Self.firing(4, 5, nil, "x"), Self.firing(3, 9, nil, "x"),
        ]
      ])
    #expect(Self.text(all) == ["0@3: 0 2", "0@3: 1", "0@5: 3", "0@9: 4"])
  }

  @Test func pushesAreUsedInTheOrderOfTime() {
    let alerts = [Self.alert("a"), Self.alert("b"), Self.alert("c")]
    // One a week, from Monday: day 0 is a Thursday, so weeks begin on days 4, 11, 18.
    let budget = TypedPushBudget(name: "attention", pushes: 1, per: .week, covers: [1, 0], span: GoalTests.span)
    let all = Self.notify(
      alerts,
      [
        [Self.firing(1, 5, 6), Self.firing(1, 12, 13), Self.firing(2, 5, 6)],
        [Self.firing(1, 5, 6), Self.firing(1, 14, 15)],
        [Self.firing(1, 5, 6)],
      ], pushes: [budget])
    // On day 5 b comes before a, for member 1; c uses nobody's pushes.
    #expect(Self.text(all) == ["0@5: 2", "1@5: 0", "2@5: 0", "0@12: 1"])
    #expect(all.refusals.map(\.alert).sorted() == [0, 1])
    #expect(all.refusals.allSatisfy { $0.member == 1 && $0.budget == 0 })
  }

  @Test func whatIsRefusedStartsNoCooldown() {
    let budget = TypedPushBudget(name: "attention", pushes: 1, per: .week, covers: [1, 0], span: GoalTests.span)
    let all = Self.notify(
      [Self.alert("a", cooldown: 30), Self.alert("b")],
      [[Self.firing(1, 5, 6), Self.firing(1, 12, nil)], [Self.firing(1, 4, 5)]], pushes: [budget])
    #expect(Self.text(all) == ["1@4: 0", "0@12: 1"])
  }
}
