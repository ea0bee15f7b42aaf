import Testing

@testable import Steward

@Suite struct RowTests {
  /// What a content table of two text columns holds, in blocks of every small size.
  private func read(_ text: String, blockSizes: [Int] = [1, 2, 3, 5, 8, 64, 1 << 20]) -> [[String]] {
    var seen: [[String]] = []
    for size in blockSizes {
      var fixture = LoadFixture()
      fixture.content([ColumnSchema(name: "title", type: Type(.text, optional: true))])
      fixture.options.blockSize = size
      fixture.options.pieceSize = max(1, size / 3)
      fixture.file("content.csv", text)
      let result = fixture.load()
      let rows = result.dataset.map { $0.rows($0.content, fixture.schema.content) } ?? result.told
      if !seen.contains(rows) { seen.append(rows) }
    }
    return seen
  }

  @Test func plainRows() {
    #expect(read("id,title\na,x\nb,y\n") == [["a,x", "b,y"]])
    #expect(read("id,title\r\na,x\r\nb,y\r\n") == [["a,x", "b,y"]])
    #expect(read("\u{FEFF}id,title\na,x\nb,y") == [["a,x", "b,y"]])
    #expect(read("id,title\na,x\n\n\n") == [["a,x"]])
    #expect(read("\n\nid,title\na,\n") == [["a,-"]])
    #expect(read("title,other,id\nx,1,a\n") == [["a,x"]])
    #expect(read("id,title\n") == [[]])
    #expect(read("id,title") == [[]])
  }

  @Test func quotedFields() {
    #expect(read("id,title\na,\"x, y\"\n") == [["a,x, y"]])
    #expect(read("id,title\n\"a\",\"he said \"\"no\"\"\"\nb,\"\"\"\"\n") == [["a,he said \"no\"", "b,\""]])
    #expect(read("id,title\na,\"one\ntwo\"\nb,\"\r\n\"\n") == [["a,one\ntwo", "b,\r\n"]])
    #expect(read("id,title\na,\"\"\n") == [["a,-"]])
    #expect(read("\"id\",\"title\"\r\n\"a\",\"x\"\r\n") == [["a,x"]])
    #expect(read("id,\"title\",\"a \"\"b\"\"\"\na,x,y\n") == [["a,x"]])
  }

  @Test func aQuoteInsideAnUnquotedFieldIsACharacter() {
    #expect(read("id,title\na,5\" pipe\nb,\"6\"\", long\"\nc,7\"\"\n") == [["a,5\" pipe", "b,6\", long", "c,7\"\""]])
    #expect(read("id,title\na,37 36'37.8\"N\nb, \"x\"\nc,\"y\nz\"\n") == [["a,37 36'37.8\"N", "b, \"x\"", "c,y\nz"]])
  }

  @Test func rowsThatAreNone() {
    #expect(read("id,title\na,x\nb\nc,z,1\n") == [["D0405 content.csv:3", "D0405 content.csv:4"]])
    #expect(read("id,title\na,\"one\ntwo\"\nb\n") == [["D0405 content.csv:4"]])
    #expect(read("id,title\na,\"x\" y\n") == [["D0407 content.csv:2:2"]])
    #expect(read("id,title\na,x\nb,\"y\nc,z\n") == [["D0406 content.csv:3"]])
  }

  @Test func textThatIsNotUTF8() {
    var fixture = LoadFixture()
    fixture.content([ColumnSchema(name: "title", type: .text)])
    // 中文 in GB18030.
    fixture.files["content.csv"] = Array("id,title\na,x\nb,".utf8) + [0xD6, 0xD0, 0xCE, 0xC4, 0x0A]
    let result = fixture.load()
    #expect(result.told == ["D0408 content.csv:3"])
    #expect(result.diagnostics.first?.message.english == "the file is not UTF-8; it looks like GB18030")
    fixture.files["content.csv"] = Array("id,title,".utf8) + [0xD6, 0xD0, 0x0A]
    #expect(fixture.load().told == ["D0408 content.csv:1"])
    fixture.files["content.csv"] = [0xFF, 0xFE, 0x69, 0x00, 0x64, 0x00]
    #expect(fixture.load().told == ["D0403 content.csv:1"])
    fixture.files["content.csv"] = [0x69, 0x64, 0x00, 0x2C, 0x0A]
    #expect(fixture.load().told == ["D0408 content.csv"])
    fixture.file("content.csv", "id,title\na,中文，“好”\n")
    #expect(fixture.load().dataset.map { $0.rows($0.content, fixture.schema.content) } == ["a,中文，“好”"])
  }

  @Test func separatorsAreFoundAtEveryPlaceOfAWord() {
    for length in 0..<150 {
      let title = String(repeating: "x", count: length)
      #expect(
        read("id,title\na,\(title)\nb,\"\(title),\"\n", blockSizes: [7, 64, 1 << 20]) == [
          ["a,\(length == 0 ? "-" : title)", "b,\(title),"]
        ])
    }
  }
}
