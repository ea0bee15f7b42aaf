import Testing

@testable import Steward

/// The same rows in every format and encoding.
@Suite struct FormatTests {
  static let text = "id,city,score,tags,phone\na,上海,1.5,x;y,\nb,\"中,“文”\",-2,,139\nc,𠀀,,书,\n"
  static let rows = ["a,上海,15e-1,[x|y],-", "b,中,“文”,-20e-1,-,139", "c,𠀀,-,[书],-"]
  static let tabs = "id\tcity\tscore\ttags\tphone\na\t上海\t1.5\tx;y\t\nb\t中,“文”\t-2\t\t139\nc\t𠀀\t\t书\t\n"

  @Test func plainFiles() {
    #expect(FormatFixture("members.csv", Self.text).results == [Self.rows])
    #expect(FormatFixture("members.TSV", Self.tabs).results == [Self.rows])
    #expect(FormatFixture("members.csv", Self.text.replacing("\n", with: "\r\n")).results == [Self.rows])
  }

  @Test func tabsInQuotesAndBlankRows() {
    var fixture = FormatFixture("members.tsv", "id\tcity\n\t\na\t\"x\ty\nz\"\n  \t\t\nb\t\"5\"\"\"\n\n")
    fixture.columns = [ColumnSchema(name: "city", type: .text)]
    #expect(fixture.results == [["a,x\ty\nz", "b,5\""]])
    fixture = FormatFixture("members.tsv", "id\tcity\na\nb\tx\ty\n")
    fixture.columns = [ColumnSchema(name: "city", type: .text)]
    #expect(fixture.results == [["D0405 members.tsv:2", "D0405 members.tsv:3"]])
    #expect(fixture.diagnostics.first?.hint?.english == "an empty field needs its tab too; a row of this file has 1")
  }

  @Test func separatorsThatDoNotFitTheEnding() {
    let commas = FormatFixture("members.tsv", Self.text)
    #expect(commas.results == [["D0421 members.tsv:1"]])
    #expect(commas.message == "the fields of this file are separated by commas, not by tabs")
    let tabs = FormatFixture("members.csv", Self.tabs)
    #expect(tabs.results == [["D0421 members.csv:1"]])
    #expect(tabs.diagnostics.first?.hint?.english.contains(".tsv") == true)
  }

  // MARK: Line ends

  @Test func lineEndsOfOldMacs() {
    for text in [Self.text, "\u{FEFF}" + Self.text] {
      let returns = text.replacing("\n", with: "\r")
      #expect(FormatFixture("members.csv", returns).results == [Self.rows])
      #expect(FormatFixture("members.csv", String(returns.dropLast())).results == [Self.rows])
    }
    #expect(FormatFixture("members.csv", "id,city,score,tags,phone\ra,,x,,\r").results == [["D0410 members.csv:2:3 x"]])
    // A return inside a field of a file with line feeds stays.
    let inside = FormatFixture("members.csv", "id,city,score,tags,phone\na,\"x\ry\",,,\n")
    #expect(inside.results == [["a,x\ry,-,-,-"]])
    let lines = "{\"id\":\"a\",\"city\":null,\"score\":1,\"tags\":[],\"phone\":null}\r{\"id\":\"b\"}\r"
    #expect(FormatFixture("members.jsonl", lines).results == [["a,-,1e-0,-,-", "b,-,-,-,-"]])
  }

  // MARK: Encodings

  @Test func utf16() {
    for isBigEndian in [false, true] {
      for mark in [false, true] {
        let bytes = Encoded.utf16(Self.text, isBigEndian: isBigEndian, mark: mark)
        #expect(FormatFixture("members.csv", bytes: bytes).results == [Self.rows])
      }
    }
    // As Excel's "Unicode text".
    let tabs = Encoded.utf16(Self.tabs.replacing("\n", with: "\r\n"))
    #expect(FormatFixture("members.tsv", bytes: tabs).results == [Self.rows])
    var declared = FormatFixture("members.csv", bytes: Encoded.utf16(Self.text, mark: false))
    declared.encoding = .utf16
    #expect(declared.results == [Self.rows])
  }

  @Test func halfACharacterOfUTF16IsTold() {
    var bytes = Encoded.utf16("id,city,score,tags,phone\na,x,,,\nb,")
    bytes += [0x00, 0xD8] + Encoded.utf16(",,,\n", mark: false)
    let fixture = FormatFixture("members.csv", bytes: bytes)
    #expect(fixture.results == [["D0427 members.csv:3"]])
    let odd = FormatFixture("members.csv", bytes: Encoded.utf16("id,city,score,tags,phone\na,x,,,") + [0x41])
    #expect(odd.results == [["D0427 members.csv:2"]])
  }

  @Test func gb18030() {
    let bytes = Encoded.gb18030(Self.text)
    #expect(FormatFixture("members.csv", bytes: bytes).results == [Self.rows])
    #expect(FormatFixture("members.tsv", bytes: Encoded.gb18030(Self.tabs)).results == [Self.rows])
    var fixture = FormatFixture("members.csv", bytes: bytes)
    fixture.encoding = .gb18030
    #expect(fixture.results == [Self.rows])
    // Nothing but marks is not UTF-8.
    let marks = FormatFixture("members.csv", bytes: Encoded.gb18030("id,city,score,tags,phone\na,“x”,,,\n"))
    #expect(marks.results == [["a,“x”,-,-,-"]])
    fixture = FormatFixture("members.csv", bytes: bytes)
    fixture.hasTable = false
    #expect(fixture.results == [["D0408 members.csv:2"]])
    #expect(fixture.message == "the file is not UTF-8; it looks like GB18030")
  }

  @Test func gb18030InTheHeader() {
    var fixture = FormatFixture("members.csv", bytes: Encoded.gb18030("编号,上海\na,中\n"))
    fixture.columns = [ColumnSchema(name: "city", spelling: "上海", type: .text)]
    #expect(fixture.results == [["D0403 members.csv:1"]])
    #expect(fixture.diagnostics.first?.hint?.english.contains("the file has `编号`, `上海`") == true)
  }

  @Test func aDeclaredEncodingIsNotGuessed() {
    var fixture = FormatFixture("members.csv", bytes: Encoded.gb18030(Self.text))
    fixture.encoding = .utf8
    #expect(fixture.results == [["D0408 members.csv:2"]])
    // 中 in UTF-8 and a letter is no GB18030: the code of the last byte is not finished.
    fixture = FormatFixture("members.csv", "id,city,score,tags,phone\na,x,,,\nb,中,,,\n")
    fixture.encoding = .gb18030
    #expect(fixture.results == [["D0427 members.csv:3"]])
  }

  @Test func twoEncodingsInOneFile() {
    // Three lines of UTF-8, one of GB18030.
    let utf8 = "id,city,score,tags,phone\na,上海,,,\nb,中文,,,\n"
    let mixed = Array(utf8.utf8) + Encoded.gb18030("c,上海,,,\n") + Array("d,书,,,\n".utf8)
    var fixture = FormatFixture("members.csv", bytes: mixed)
    #expect(fixture.results == [["D0427 members.csv:4"]])
    #expect(fixture.message == "this line is not UTF-8, as the rest of the file is")
    fixture.skipsBadRows = true
    #expect(
      fixture.results == [["a,上海,-,-,-", "b,中文,-,-,-", "d,书,-,-,-", "rejected 4 -: c,\u{FFFD}\u{3FA}\u{FFFD},,,"]])
    // Three lines of GB18030, one of UTF-8.
    let other = Encoded.gb18030(utf8 + "c,上,,,\n") + Array("d,中,,,\n".utf8)
    fixture = FormatFixture("members.csv", bytes: other)
    #expect(fixture.results == [["D0427 members.csv:5"]])
    #expect(fixture.message == "this line is not GB18030, as the rest of the file is")
  }

  @Test func otherKindsOfFiles() {
    let gzip = FormatFixture("members.csv", bytes: [0x1F, 0x8B, 8, 0, 0])
    #expect(gzip.results == [["D0408 members.csv"]])
    #expect(gzip.diagnostics.first?.hint?.english.contains("ends in .gz") == true)
    #expect(
      FormatFixture("members.csv", bytes: [0x50, 0x4B, 3, 4, 0]).message == "this is not text but a file of type xlsx")
    // A few zeros are no UTF-16.
    #expect(FormatFixture("members.csv", "id,city\nabcdefgh,\0\n").results == [["D0408 members.csv"]])
  }

  // MARK: Streams

  @Test func streamedFiles() {
    for (name, bytes) in [
      ("members.csv.gz", Array(Self.text.utf8)), ("members.tsv.gz", Array(Self.tabs.utf8)),
      ("members.csv.gz", Encoded.utf16(Self.text)), ("members.csv.gz", Encoded.gb18030(Self.text)),
      ("members.csv.gz", Array(Self.text.replacing("\n", with: "\r").utf8)),
    ] {
      var fixture = FormatFixture(name, bytes: bytes)
      fixture.isStreamed = true
      #expect(fixture.results == [Self.rows])
    }
  }

  /// Quoted line breaks, quotes inside fields, rows longer than a block.
  @Test func rowsOfStreamsAreWhole() {
    let long = String(repeating: "long ", count: 2000)
    let text = "id,city\na,\"one\ntwo, \"\"three\"\"\n\"\nb,5\" pipe\nc,\"\(long)\n\"\nd,\"\"\n"
    var fixture = FormatFixture("members.csv.gz", text)
    fixture.columns = [ColumnSchema(name: "city", type: Type(.text, optional: true))]
    let expected = ["a,one\ntwo, \"three\"\n", "b,5\" pipe", "c,\(long)\n", "d,-"]
    fixture.sizes = [500, 4000, 100_000]
    #expect(fixture.results == [expected])
    fixture.isStreamed = true
    #expect(fixture.results == [expected])
  }

  @Test func whatBreaksOffIsToldWithItsLine() {
    var fixture = FormatFixture("members.csv.gz", Self.text)
    fixture.isStreamed = true
    fixture.sizes = [1, 3, 8]
    // In the middle of line 3.
    fixture.breaksAt = 60
    #expect(fixture.results == [["D0422 members.csv.gz:3"]])
    fixture.skipsBadRows = true
    #expect(fixture.results == [["D0422 members.csv.gz:3"]])
    // In the header.
    fixture.breaksAt = 10
    #expect(fixture.results == [["D0422 members.csv.gz"]])
    fixture.breaksAt = 0
    #expect(fixture.results == [["D0422 members.csv.gz"]])
  }

  @Test func lateFaultsOfStreamsHaveTheirLinesAndRows() {
    var fixture = FormatFixture("members.csv.gz", "id,city,score,tags,phone\na,x,,,\nb,\"y\nz\",,,1\nb,y,2,,139\n")
    fixture.isStreamed = true
    #expect(fixture.results == [["D0414 members.csv.gz:5:1 b"]])
    #expect(fixture.message == "the key \"b\" was already given in members.csv.gz, line 3")
    fixture.skipsBadRows = true
    #expect(fixture.results == [["a,x,-,-,-", "b,y\nz,-,-,1", "rejected 5 id: b,y,2,,•••"]])
    fixture.bytes = Encoded.utf16("id,city,score,tags,phone\n中,x,,,\n中,y,2,,139\n")
    #expect(fixture.results == [["中,x,-,-,-", "rejected 3 id: 中,y,2,,•••"]])
    fixture.bytes = Encoded.gb18030("id,city,score,tags,phone\n中,x,,,\n中,y,2,,139\n")
    #expect(fixture.results == [["中,x,-,-,-", "rejected 3 id: 中,y,2,,•••"]])
  }

  // MARK: Names

  @Test func endings() {
    #expect(FileFormat(path: "a/b.csv") == .csv && FileFormat(path: "B.CSV.GZ") == .csv)
    #expect(FileFormat(path: "x.tsv.gz") == .tsv && FileFormat(path: "x.tsv") == .tsv)
    #expect(FileFormat(path: "x.jsonl") == .jsonLines && FileFormat(path: "x.ndjson.gz") == .jsonLines)
    for name in ["x", "x.gz", "x.json", "csv", "x.csv.zip", "x.xlsx", ".csv.tmp", ""] {
      #expect(FileFormat(path: name) == nil, "\(name)")
    }
    #expect(TextEncoding(named: "GBK") == .gb18030 && TextEncoding(named: "UTF8") == .utf8)
    #expect(TextEncoding(named: "big5") == nil)
  }
}
