import Testing

@testable import Steward

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("居家读书会", 10), ("，。", 4), ("ｶﾅ", 2), ("カナ", 4), ("한국", 4), ("é", 1), ("e\u{301}", 1),
    ("👍", 2), ("👨‍👩‍👧", 2), ("🇨🇳", 2), ("❤️", 2), ("☆", 1), ("a\u{200B}b", 2), ("—…", 2), ("\u{1112}\u{1161}\u{11AB}", 2),
  ])
  func widths(_ text: String, _ columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  @Test func clippingCountsColumns() {
    #expect(DisplayWidth.clipped("居家读书会", to: 10) == "居家读书会")
    #expect(DisplayWidth.clipped("居家读书会", to: 8) == "居家读…")
    #expect(DisplayWidth.clipped("abcdef", to: 4) == "abc…")
    #expect(DisplayWidth.padded("居家", to: 6) == "居家  ")
    #expect(DisplayWidth.padded(before: "12", to: 4) == "  12")
  }

  @Test func controlsNeverReachTheTerminal() {
    #expect(DisplayWidth.printable("a\u{1B}[31mb\u{202E}c\n") == "a�[31mb�c�")
  }

  @Test func textBreaksAtBlanksAndBetweenChineseCharacters() {
    // What stands in backticks stays together, if a line can hold it.
    #expect(
      TextWrap.lines("then run `steward check rules` now", width: 24) == ["then run", "`steward check rules`", "now"])
    #expect(TextWrap.lines("可以写成这样：`只在三天内签到过`，再试一次", width: 20) == ["可以写成这样：", "`只在三天内签到过`，", "再试一次"])
    #expect(TextWrap.lines("a `one two three four five six` b", width: 20) == ["a `one two three", "four five six` b"])
    #expect(TextWrap.lines("an odd ` remains an odd one", width: 20) == ["an odd ` remains an", "odd one"])
    #expect(TextWrap.lines("one two three four five", width: 20) == ["one two three four", "five"])
    #expect(
      TextWrap.lines("只有在规则声明的种类里，才能写这个属性。", width: 20) == ["只有在规则声明的种类", "里，才能写这个属性。"])
  }
}
