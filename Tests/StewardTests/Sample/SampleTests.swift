import Testing

@testable import Steward

/// A sample's files, read back.
struct SampleFiles {
  var bytes: [String: [UInt8]] = [:]
  var order: [String] = []

  init(_ options: SampleOptions) {
    Sample.write(options) { file, chunk in
      if order.last != file { order.append(file) }
      bytes[file, default: []].append(contentsOf: chunk)
    }
  }

  /// Rows by header, read by a plain reader of RFC 4180.
  func table(_ file: String) -> [[String: String]] {
    var rows = records(file)
    let header = rows.removeFirst()
    return rows.map { row in Dictionary(uniqueKeysWithValues: zip(header, row)) }
  }

  func records(_ file: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var wasQuote = false
    for byte in bytes[file] ?? [] {
      if isQuoted, !wasQuote {
        if byte == 0x22 { wasQuote = true } else { field.append(byte) }
        continue
      }
      if byte == 0x22 {
        if wasQuote { field.append(byte) }
        isQuoted = true
        wasQuote = false
        continue
      }
      isQuoted = false
      wasQuote = false
      if byte == 0x2C || byte == 0x0A {
        row.append(String(decoding: field, as: UTF8.self))
        field = []
        if byte == 0x0A {
          rows.append(row)
          row = []
        }
      } else {
        field.append(byte)
      }
    }
    return rows
  }

  /// FNV-1a over the files in their order.
  var hash: UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for file in order {
      for byte in bytes[file] ?? [] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    return hash
  }

  static func make(_ members: Int, _ days: Int, seed: UInt64 = 1, _ language: Language = .english) throws -> SampleFiles
  {
    SampleFiles(try SampleOptions(members: members, days: days, seed: seed, language: language))
  }
}

@Suite("A sample community")
struct SampleTests {
  @Test("the same seed gives the same bytes, on any machine")
  func golden() throws {
    #expect(try SampleFiles.make(120, 40, seed: 7).hash == 0x57f2_49f1_5731_2260)
    #expect(try SampleFiles.make(120, 40, seed: 7, .chinese).hash == 0x10a7_3c02_87cd_ba0d)
    #expect(try SampleFiles.make(120, 40, seed: 8).hash != SampleFiles.make(120, 40, seed: 7).hash)
  }

  @Test("files come one after another, each with its header")
  func files() throws {
    let files = try SampleFiles.make(1, 1)
    #expect(files.order == Sample.files)
    let headers = files.order.map { files.records($0).first?.joined(separator: ",") ?? "" }
    #expect(
      headers == [
        "id,member,at,kind,content,author,length,topic,question,quality,order,amount",
        "id,joined,left,birthday,city,interests,channel,inviter,paying,phone",
        "id,title,author,category,topic,layer,access,ready,published",
        "at,amount,channel", "at,minutes", "at,sentiment",
      ])
  }

  @Test("options that no community can be made from are answered in words")
  func problems() {
    #expect(throws: SampleProblem.members(0)) { try SampleOptions(members: 0) }
    #expect(throws: SampleProblem.members(-3)) { try SampleOptions(members: -3) }
    #expect(throws: SampleProblem.days(0)) { try SampleOptions(days: 0) }
    #expect(throws: SampleProblem.start(-1)) { try SampleOptions(startDay: -1) }
    #expect(
      SampleProblem.members(0).wording.english
        == "--members must be between 1 and 5000000, not 0: a community has at least one member")
    #expect(SampleProblem.days(0).wording.chinese == "--days 要在 1 到 3660 之间，不能是 0：至少要有一天才会有事件")
  }

  @Test("small communities, short ones and other years work", arguments: [1, 2, 3, 5, 17])
  func small(members: Int) throws {
    let options = try SampleOptions(members: members, days: members, seed: 3, startDay: 0)
    let files = SampleFiles(options)
    #expect(files.table("members.csv").count == members)
    #expect(files.records("events.csv").allSatisfy { $0.count == 12 })
  }

  @Test("identities have one width, which grows with the community")
  func identities() throws {
    let ids = try SampleFiles.make(12, 1).table("members.csv").compactMap { $0["id"] }
    #expect(ids.first == "m00001" && ids.last == "m00012")
    #expect(SamplePeople.width(of: 99_999) == 5)
    #expect(SamplePeople.width(of: 100_000) == 6)
  }

  @Test("titles with commas and quotes are quoted, in both languages", arguments: Language.allCases)
  func quoting(language: Language) throws {
    let files = try SampleFiles.make(400, 60, language)
    for file in files.order {
      let rows = files.records(file)
      #expect(rows.allSatisfy { $0.count == rows.first?.count }, "\(file)")
    }
    let titles = files.table("content.csv").compactMap { $0["title"] }
    #expect(titles.contains { $0.contains(",") && !$0.contains("\"") })
    #expect(titles.contains { $0.contains("\"") })
    #expect(!titles.contains { $0.contains("{") || $0.isEmpty })
    let text = String(decoding: files.bytes["content.csv"] ?? [], as: UTF8.self)
    #expect(text.contains(language == .chinese ? "亲子,绘本共读" : "Parenting,picture books"))
  }

  @Test("arithmetic of its own agrees with tables")
  func arithmetic() {
    func near(_ value: Double, _ expected: Double, _ tolerance: Double = 1e-14) -> Bool {
      abs(value - expected) <= tolerance * abs(expected)
    }
    #expect(near(SampleMath.exp(1), 2.718281828459045))
    #expect(near(SampleMath.exp(-20), 2.061153622438558e-9, 1e-13))
    #expect(SampleMath.exp(0) == 1)
    #expect(near(SampleMath.log(2), 0.6931471805599453))
    #expect(near(SampleMath.log(10), 2.302585092994046))
    #expect(near(SampleMath.log(1e-12), -27.631021115928547))
    #expect(near(SampleMath.normalQuantile(0.975), 1.959963984540054, 1e-6))
    #expect(near(SampleMath.normalQuantile(0.001), -3.090232306167813, 1e-6))
    #expect(near(SampleMath.normalQuantile(1e-12), -7.034483825301131, 1e-6))
    #expect(SampleMath.normalQuantile(0.5) == 0)
  }

  @Test("the generator is xoshiro256** seeded through SplitMix64")
  func generator() {
    // SplitMix64 from 0 begins with these four; the first output is rotl(s1 * 5, 7) * 9.
    var random = SampleRandom(seed: 0, stream: 0)
    let second: UInt64 = 0x6e78_9e6a_a1b9_65f4
    let scaled = second &* 5
    #expect(random.next() == ((scaled << 7) | (scaled >> 57)) &* 9)
    let draws = (0..<1000).map { _ in random.within(3...5) }
    #expect(Set(draws) == [3, 4, 5])
  }
}
