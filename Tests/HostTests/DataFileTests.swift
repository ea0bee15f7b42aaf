import CZlib
import Foundation
import Steward
import StewardHost
import Testing

/// Bytes as a member of a gzip file.
private func gzip(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8] {
  var stream = z_stream()
  var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 100 + 100)
  var input = bytes
  let size = Int32(MemoryLayout<z_stream>.size)
  deflateInit2_(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
  input.withUnsafeMutableBufferPointer { input in
    output.withUnsafeMutableBufferPointer { output in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(output.count)
      deflate(&stream, Z_FINISH)
    }
  }
  let count = Int(stream.total_out)
  deflateEnd(&stream)
  return Array(output[..<count])
}

@Suite struct GzipTests {
  /// What a file of these bytes holds, or the sentence that says what is wrong.
  private func held(_ bytes: [UInt8], name: String = "a.csv.gz", step: Int = 1000) throws -> (
    text: [UInt8], told: String?
  ) {
    let folder = try TemporaryFolder()
    let path = folder.path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    var text: [UInt8] = []
    do {
      let source = try #require(try DataFiles.open(path, name: name) as? any StreamedSource)
      let stream = try source.stream()
      while true {
        let before = text.count
        try stream.read(count: step, appendingTo: &text)
        if text.count == before { return (text, nil) }
      }
    } catch let failure as SourceFailure {
      #expect(failure.isDamage)
      return (text, failure.message[.english])
    } catch { return (text, "\(error)") }
  }

  static let text = Array((0..<4000).map { "m\($0 * 7919 % 10_007),2026-01-0\($0 % 9 + 1),\($0)\n" }.joined().utf8)

  @Test func oneMemberAndSeveral() throws {
    for step in [100, 1 << 20] {
      #expect(try held(gzip(Self.text), step: step) == (Self.text, nil))
      let two = gzip(Array(Self.text[..<5000])) + gzip([]) + gzip(Array(Self.text[5000...]), level: 0)
      #expect(try held(two, step: step) == (Self.text, nil))
    }
    #expect(try held(gzip(Array("abc".utf8)), step: 1) == (Array("abc".utf8), nil))
    #expect(try held(gzip([])) == ([], nil))
    // Tapes are filled up with zeros.
    #expect(try held(gzip(Self.text) + [0, 0, 0]) == (Self.text, nil))
  }

  @Test func damagedFiles() throws {
    let whole = gzip(Self.text)
    #expect(try held(Array(whole.dropLast(1000))).told == "the gzip file breaks off here: its end is missing")
    #expect(try held(Array(whole.dropLast(1))).told == "the gzip file breaks off here: its end is missing")
    #expect(try held(Array(whole.prefix(5))).told == "the gzip file breaks off here: its end is missing")
    let early = try held(Array(whole.dropLast(1000)))
    #expect(early.text.count > 20_000 && Self.text.starts(with: early.text))
    var broken = whole
    broken[whole.count / 2] ^= 0x55
    #expect(try held(broken).told == "the gzip file is damaged from about here on")
    broken = whole
    broken[whole.count - 6] ^= 1
    #expect(try held(broken).told == "the gzip file is damaged from about here on")
    #expect(try held(whole + Array("more".utf8)).told == "the gzip file is damaged from about here on")
    #expect(try held(Array("id,city\n".utf8)).told == "`a.csv.gz` is no gzip file, whatever its name says")
    #expect(try held([]).told == "`a.csv.gz` is no gzip file, whatever its name says")
  }

  /// Whatever the bytes are, there is an end.
  @Test func changedBytes() throws {
    let whole = gzip(Array(Self.text[..<3000]))
    var state: UInt64 = 42
    for _ in 0..<300 {
      var bytes = whole
      for _ in 0..<3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 20)
      }
      let found = try held(bytes)
      #expect(found.told != nil || found.text == Array(Self.text[..<3000]) || bytes != whole)
    }
  }

  /// Records, and members found in the events, both compressed; damaged, each is told once.
  @Test func recordsAndMembersFromEvents() throws {
    let rules = """
      community "shop" {
        members from events
        events from "orders.jsonl.gz" { member member is "buyer"; at time; kind text }
        event order { amount number }
        records spend from "ads.csv.gz" { at time is "day"; amount number is "cost" }
      }
      let paid about community = sum(amount of order)
      let spent about community = sum(amount of spend, last 7 days)
      """
    let (program, problems) = Pipeline.check([SourceFile(id: FileID(0), name: "shop.steward", text: rules)])
    #expect(problems.filter { $0.severity == .error }.isEmpty)
    let orders = (1...9).map {
      #"{"buyer": "m\#($0 % 3)", "at": "2026-03-0\#($0)", "kind": "order", "amount": \#($0)}"# + "\n"
    }
    let ads = ["day,cost\n"] + (1...9).map { "2026-03-0\($0),0.5\n" }
    for damages in [false, true] {
      let folder = try TemporaryFolder()
      for (name, lines) in [("orders.jsonl.gz", orders), ("ads.csv.gz", ads)] {
        let bytes = gzip(Array(lines.joined().utf8))
        let held = damages ? Array(bytes.dropLast(9)) : bytes
        try Data(held).write(to: URL(fileURLWithPath: folder.path + "/" + name))
      }
      let path = folder.path
      let host = PipelineHost { (name: String) throws(SourceFailure) in
        try DataFiles.open(path + "/" + name, name: name)
      }
      let options = RunOptions()
      let load = Pipeline.load(program, calendar: Calendar(), options: options, host: host)
      if damages {
        #expect(load.diagnostics.map(\.code.text) == ["D0422", "D0422"])
        #expect(load.diagnostics.compactMap(\.place?.file) == ["orders.jsonl.gz", "ads.csv.gz"])
        continue
      }
      let data = try #require(load.dataset)
      #expect(data.members.ids == ["m0", "m1", "m2"])
      let outcome = Pipeline.run(program, data, calendar: Calendar(), options: options, host: host).outcome
      // 1 + … + 9, and half of seven days.
      #expect(outcome?.communityFacts.map(\.value) == [.number(45), .number(3.5)])
    }
  }

  @Test func otherNamesAreNotInflated() throws {
    let folder = try TemporaryFolder()
    let source = try DataFiles.open(try folder.put("a.csv", "id\n"), name: "a.csv")
    #expect(!(source is any StreamedSource))
  }
}

@Suite struct GB18030Tests {
  private func decoded(_ bytes: [UInt8]) -> [String] {
    // Through a load, as people meet it.
    var schema = Schema()
    schema.members = TableSchema(
      files: ["m.csv"], encoding: .gb18030, columns: [ColumnSchema(name: "id", type: .text)], key: 0)
    var options = LoadOptions()
    options.gb18030 = DataFiles.gb18030
    let result = Loader.load(
      schema, calendar: Calendar(), open: { MemorySource(name: $0, bytes: Array("id\n".utf8) + bytes) },
      options: options)
    return result.dataset?.members.ids ?? result.diagnostics.map(\.code.text)
  }

  @Test func charactersOfOneTwoAndFourBytes() {
    #expect(decoded([0xD6, 0xD0, 0xCE, 0xC4, 0x41]) == ["中文A"])
    #expect(decoded([0xA2, 0xE3]) == ["€"])
    #expect(decoded([0x81, 0x40, 0xFE, 0x4F]) == ["丂䓬"] || decoded([0x81, 0x40]) == ["丂"])
    // U+0080, U+00C0, U+FFFF is 0x8431A439; beyond the first plane U+10000, U+20000 and U+10FFFF.
    #expect(decoded([0x81, 0x30, 0x81, 0x30]) == ["\u{80}"])
    #expect(decoded([0x81, 0x30, 0x86, 0x38]) == ["À"])
    #expect(decoded([0x90, 0x30, 0x81, 0x30]) == ["\u{10000}"])
    #expect(decoded([0x95, 0x32, 0x82, 0x36]) == ["𠀀"])
    #expect(decoded([0xE3, 0x32, 0x9A, 0x35]) == ["\u{10FFFF}"])
  }

  @Test func whatIsNone() {
    for bytes: [UInt8] in [
      [0xD6], [0x80], [0xFF], [0xD6, 0x0A], [0x81, 0x30], [0x81, 0x30, 0x81], [0xE3, 0x32, 0x9A, 0x36],
    ] {
      #expect(decoded(bytes) == ["D0427"], "\(bytes)")
    }
  }
}
