import Testing

@testable import Steward

@Suite struct LoadWordingTests {
  static let problems: [LoadProblem] = [
    .unreadable(Wording(en: "no", zh: "无")), .emptyFile, .noColumn(name: "at", near: "At", present: ["At", "kind"]),
    .columnTwice(name: "at"), .fieldCount(found: 3, expected: 4, endsInQuote: false, format: .csv),
    .fieldCount(found: 3, expected: 4, endsInQuote: true, format: .tsv),
    .fieldCount(found: 5, expected: 4, endsInQuote: false, format: .csv),
    .openQuote, .textAfterQuote,
    .encoding(likely: "GB18030"),
    .encoding(likely: nil), .emptyField(column: "at", optional: nil),
    .emptyField(column: "city", optional: "city text?"), .badField(column: "at", text: "x", fault: .time),
    .badField(column: "channel", text: "x", fault: .choice(values: ["app", "web"])),
    .unknownMember(id: "x", column: "member"), .unknownItem(id: "x", column: "content"), .emptyKey(column: "id"),
    .duplicateKey(key: "x", first: Wording(en: "a.csv, line 2", zh: "a.csv 第 2 行")), .moreErrors(count: 3, shown: 20),
    .noMembers, .noRows(isMembers: true), .noRows(isMembers: false),
    .kindSkipped(spelling: "Checkin", rows: 7, near: "checkin", name: "checkin"),
    .noDeclaredKind(
      rows: 2, found: [.init(spelling: "Checkin", rows: 2, near: "checkin")], declared: ["checkin"], isError: true),
    .noDeclaredKind(rows: 2, found: [.init(spelling: "vote", rows: 2)], declared: ["checkin"], isError: false),
    .separator(";", .csv), .separator("\t", .csv), .separator("，", .csv), .separator("|", .tsv), .separator(",", .tsv),
    .damaged(Wording(en: "broken", zh: "坏了")), .twoEncodings(main: "UTF-8"), .noObject, .nested(column: "at"),
    .nameTwice("at"), .noName(name: "at", near: nil, present: ["kind"]),
    .noName(name: "at", near: "time", present: ["time"]), .json(.noComma, character: 4),
    .json(.controlCharacter, character: 4), .json(.escape, character: 4), .json(.number, character: 4),
    .json(.surrogate, character: 4), .encoding(likely: "gzip"), .encoding(likely: "xls"),
    .sameAgain(DiagnosticCode("D0411"), rows: 6, lines: [5, 9]),
  ]

  @Test(arguments: problems) func everyMessageSpeaksBothLanguages(problem: LoadProblem) {
    #expect(!problem.message.english.isEmpty && !problem.message.english.hasSuffix("."))
    #expect(problem.message.chinese != problem.message.english && !problem.message.chinese.hasSuffix("。"))
    #expect(problem.code.text.hasPrefix("D04"))
    if let hint = problem.hint { #expect(hint.chinese != hint.english) }
  }
}
