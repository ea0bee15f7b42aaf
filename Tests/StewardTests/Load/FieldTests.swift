import Testing

@testable import Steward

@Suite struct FieldTests {
  /// What each text reads as, one row each; refused ones as their code.
  private func read(_ type: Type, _ texts: [String], separator: String = ";", calendar: Calendar = Calendar())
    -> [String]
  {
    texts.map { text in
      var fixture = LoadFixture()
      fixture.content([ColumnSchema(name: "value", type: type, separator: separator)])
      fixture.file("content.csv", "id,value\na,\"\(text)\"\n")
      let result = fixture.load()
      return result.dataset.map { $0.value($0.content.columns[1], 0, type) } ?? result.diagnostics[0].code.text
    }
  }

  @Test func bools() {
    #expect(
      read(.bool, ["true", "FALSE", "1", "0", "Yes", "no", "是", "否", " true "])
        == ["true", "false", "true", "false", "true", "false", "true", "false", "true"])
    #expect(read(.bool, ["2", "t", "truely", "真", ""]) == ["D0410", "D0410", "D0410", "D0410", "D0409"])
  }

  @Test func wholeNumbers() {
    #expect(read(.int, ["0", "-7", "+7", "007"]) == ["0", "-7", "7", "7"])
    #expect(
      read(.int, ["9223372036854775807", "-9223372036854775808"]) == ["9223372036854775807", "-9223372036854775808"])
    #expect(
      read(.int, ["9223372036854775808", "1.5", "1,000", "x", "-", "0x10"])
        == ["D0410", "D0410", "D0410", "D0410", "D0410", "D0410"])
  }

  @Test func decimals() {
    #expect(read(.number, ["0.5", "-12.50", "3", "+1", "0"]) == ["5e-1", "-1250e-2", "3e-0", "1e-0", "0e-0"])
    #expect(
      read(.number, ["0.1234567890123456", "123456789012345678901"]) == [
        "0.1234567890123456", "1.2345678901234568e+20",
      ])
    #expect(
      read(.number, ["nan", "inf", "0x10", "1e5", "1,5", ".", "-", "1.", "--1", "1.2.3"])
        == Array(repeating: "D0410", count: 10))
  }

  @Test func aNumberColumnHasOneScaleWhereItFits() {
    var fixture = LoadFixture()
    fixture.content([ColumnSchema(name: "value", type: Type(.number, optional: true))])
    fixture.file("content.csv", "id,value\na,1.5\nb,\nc,0.125\nd,-2\n")
    #expect(
      fixture.load().dataset.map { $0.rows($0.content, fixture.schema.content) } == [
        "a,1500e-3", "b,-", "c,125e-3", "d,-2000e-3",
      ])
    fixture.file("content.csv", "id,value\na,100000000000000\nb,0.00000001\n")
    let dataset = fixture.load().dataset
    guard case .decimals(let values) = dataset?.content.columns[1].storage else {
      Issue.record("a common scale for numbers that have none")
      return
    }
    #expect(values == [.decimal(digits: 100_000_000_000_000, scale: 0), .decimal(digits: 1, scale: 8)])
  }

  @Test func dates() {
    #expect(
      read(.date, ["1970-01-02", "2026/3/5", "2026-3-5", "2026-03-05 23:30", "2026-03-05T23:30:00+08:00"])
        == ["1", "20517", "20517", "20517", "20517"])
    #expect(
      read(.date, ["2026-02-29", "2026-13-01", "26-01-01", "5.3.2026", "2026-03/05", "0999-01-01"])
        == Array(repeating: "D0410", count: 6))
  }

  @Test func times() {
    let nine = "1772355600000000"
    #expect(
      read(
        .time,
        [
          "2026-03-01T09:00:00Z", "2026-03-01T17:00:00+08:00", "2026-03-01 09:00", "2026-03-01 09:00:00",
          "2026/3/1 9:00",
          "2026-03-01T09:00:00.000Z", "2026-03-01T04:30:00-0430",
        ]) == Array(repeating: nine, count: 7))
    #expect(read(.time, ["2026-03-01T09:00:00.5Z", "2026-03-01"]) == ["1772355600500000", "1772323200000000"])
    #expect(
      read(.time, ["2026-03-01T24:00:00Z", "2026-03-01T09:60:00Z", "09:00", "2026-03-01T09:00:0xZ", "2026-03-01T"])
        == Array(repeating: "D0410", count: 5))
  }

  @Test func choicesListsAndReferences() {
    let channel = Type(.choice(Choice(["wechat", "app"])))
    #expect(read(channel, ["app", "wechat", "App", ""]) == ["app", "wechat", "D0410", "D0409"])
    #expect(read(.list, ["a;b", " a ; ;b ", "", "a"]) == ["[a|b]", "[a|b]", "[]", "[a]"])
    #expect(read(Type(.list, optional: true), ["", "x"]) == ["-", "[x]"])
    #expect(read(.list, ["a, b", "a"], separator: ", ") == ["[a|b]", "[a]"])
    #expect(read(Type(.item, optional: true), ["a", "", "b"]) == ["a", "-", "D0412"])
  }
}
