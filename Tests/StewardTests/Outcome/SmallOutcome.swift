@testable import Steward

/// A reading club of three members, with what a run over it could have found, small enough to check by eye.
struct SmallOutcome {
  static let span = Span(FileID(0), 0..<0)
  static let calendar = Calendar(zone: ZoneRules(fixedSeconds: 8 * 3600), weekStart: .monday)

  /// An instant of the club's local time.
  static func at(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0) -> Int64 {
    let number = CivilDate(year: year, month: month, day: day)?.dayNumber ?? 0
    return calendar.instant(day: number, micros: Int64(hour * 60 + minute) * 60_000_000)
  }

  static func constant(_ value: Value, _ type: Type) -> TypedExpr { TypedExpr(.constant(value), type, span) }

  static func declared(
    _ name: String, _ type: Type, segment: Bool = false, about subject: SubjectKind = .member, firing: Bool = false
  ) -> TypedLet {
    TypedLet(
      name: name, isSegment: segment, subject: subject, needsFiringEvent: firing, value: constant(.missing, type),
      span: span)
  }

  static func program(keyed: Bool = false) -> TypedProgram {
    let text = { (name: String) in ColumnSchema(name: name, type: .text) }
    let events = EventSchema(
      files: ["events.csv"], key: keyed ? text("id") : nil, member: ColumnSchema(name: "member", type: Type(.member)),
      at: ColumnSchema(name: "at", type: .time), kind: text("kind"),
      kinds: [KindSchema(name: "checkin"), KindSchema(name: "answer", spelling: "回答")])
    let pattern = EventPattern(kinds: [0], condition: nil, span: span)
    let program = TypedProgram(
      schema: Schema(name: "居家读书会", zone: "Asia/Shanghai", events: events),
      lets: [
        declared("engagement", .number), declared("沉默", .bool, segment: true),
        declared("birthday", Type(.date, optional: true, isPrivate: true)),
        declared("since", Type(.time, optional: true)),
        declared("level", Type(.choice(Choice(["new", "old, wise"])))),
        declared("gap", .duration), declared("month", Type(.period(.month))), declared("tags", .list),
        declared("standing_now", Type(.tier(0))), declared("this_one", .int, firing: true),
        declared("silent_share", .number, about: .community),
      ],
      incentives: [
        TypedIncentive(
          name: "daily_checkin", title: "每日签到", trigger: .on(pattern),
          amounts: [.init(purse: 0, places: [constant(.int(5), .int)])], span: span),
        TypedIncentive(
          name: "weekly", trigger: .every(.week), amounts: [.init(purse: 0, places: [constant(.int(50), .int)])],
          span: span),
        TypedIncentive(
          name: "first, answer", trigger: .on(EventPattern(kinds: [1], condition: nil, span: span)), badge: "首答",
          span: span),
      ],
      ladders: [
        TypedLadder(
          name: "standing", title: "会员等级",
          tiers: [
            .init(name: "member", title: "普通成员", when: nil, span: span),
            .init(name: "steward", title: "管家", when: constant(.bool(true), .bool), span: span),
          ], span: span)
      ])
    return program
  }

  static func dataset(keyed: Bool = false) -> Dataset {
    var dataset = Dataset()
    dataset.members = KeyedTable(ids: ["ann", "bob", "王,芳"])
    let base = at(2026, 3, 1)
    func row(_ instant: Int64, _ kind: UInt64) -> UInt64 { UInt64(instant - base) << EventStore.kindBits | kind }
    dataset.events = EventStore(
      base: base,
      rows: EventWords([
        row(at(2026, 3, 1, 9), 0), row(at(2026, 3, 1, 9), 0), row(at(2026, 3, 2, 9, 30), 1), row(at(2026, 3, 1, 9), 0),
      ]),
      offsets: [0, 3, 4, 4], attributes: [])
    if keyed {
      let codes = ["e1", "e2", "e3", "e,4"].map { dataset.texts.intern($0) }
      dataset.events.attributes = [
        EventColumn(kinds: [1, 1], column: Column(.codes(codes)), offsets: [0, 3, 4, 4])
      ]
    }
    dataset.skippedKinds = [("poke", 1200), ("入群", 3)]
    dataset.fingerprint = 0xABCDEF
    return dataset
  }

  static var outcome: Outcome {
    var outcome = Outcome(
      asOf: calendar.end(ofDay: calendar.day(of: at(2026, 3, 8))), firstDay: calendar.day(of: at(2026, 3, 1)))
    outcome.eventCount = 4
    outcome.presentCount = 2
    outcome.presence = [1, 1, 0]
    outcome.awards = [
      AwardRecord(member: 0, rule: 0, at: at(2026, 3, 1, 9), points: 5, event: 0),
      AwardRecord(member: 0, rule: 0, at: at(2026, 3, 1, 9), points: 5, event: 1),
      AwardRecord(member: 1, rule: 0, at: at(2026, 3, 1, 9), points: 5, event: 3),
      AwardRecord(member: 0, rule: 2, at: at(2026, 3, 2, 9, 30), points: 0, event: 2, purse: -1),
      AwardRecord(member: 0, rule: 1, at: outcome.asOf, points: 50, event: -1),
    ]
    outcome.incentiveTotals = [
      IncentiveTotal(awards: 3, points: 15, members: 2), IncentiveTotal(awards: 1, points: 50, members: 1),
      IncentiveTotal(awards: 1, points: 0, members: 1),
    ]
    outcome.balances = [[60, 5, 0].map { BalanceRecord(points: $0, earned: $0) }]
    outcome.refusals = [
      RefusalRecord(member: 0, rule: 0, at: at(2026, 3, 1, 9), wanted: 5, granted: 2, reason: .cap)
    ]
    outcome.tiers = [
      [
        TierRecord(tier: 1, since: outcome.asOf, failingSince: nil), TierRecord(tier: 0, since: nil, failingSince: nil),
        TierRecord(tier: 0, since: at(2026, 3, 7, 12), failingSince: at(2026, 3, 6)),
      ]
    ]
    outcome.tierChanges = [
      TierChange(ladder: 0, member: 2, from: 0, to: 1, at: at(2026, 3, 2), reason: .promoted),
      TierChange(ladder: 0, member: 2, from: 1, to: 0, at: at(2026, 3, 7, 12), reason: .demoted),
      TierChange(ladder: 0, member: 0, from: 0, to: 1, at: outcome.asOf, reason: .promoted),
    ]
    outcome.facts = facts
    outcome.communityFacts = [(10, .number(0.7712345))]
    return outcome
  }

  private static var facts: [FactColumn] {
    let types = program().lets.map(\.value.type)
    func fact(_ index: Int, _ values: FactColumn.Values, _ missing: [UInt8] = []) -> FactColumn {
      FactColumn(letIndex: index, type: types[index], values: values, missing: missing)
    }
    return [
      fact(1, .flags([0, 1, 1])), fact(0, .numbers([0.1, 12, 1e-7])), fact(2, .ints([1, 2, 3])),
      fact(3, .ints([at(2026, 3, 1, 9), 0, at(2026, 3, 1, 9, 1) + 250_000]), [0, 1, 0]), fact(4, .ints([0, 1, 1])),
      fact(5, .ints([90_061_000_000, 0, 1_500_000])), fact(6, .ints([24_314, 24_315, 24_316])),
      fact(7, .lists([["a", "b"], [], ["x\"y"]])), fact(8, .ints([1, 0, 0])), fact(9, .ints([1, 2, 3])),
    ]
  }
}

/// Keeps what is written, file by file.
final class MemorySink: TableSink {
  var files: [(name: String, bytes: [UInt8])] = []
  func begin(_ name: String) throws(SourceFailure) { files.append((name, [])) }
  func write(_ bytes: [UInt8]) throws(SourceFailure) {
    if let last = files.indices.last { files[last].bytes.append(contentsOf: bytes) }
  }
  func text(_ name: String) -> String {
    String(decoding: files.first { $0.name == name }?.bytes ?? [], as: UTF8.self)
  }
}
