import Foundation
import Testing

@testable import Steward

@Suite struct HelpPagesTests {
  static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/Steward")

  /// Every code that a file of problems names: `"N0201"`, and the parser's own list.
  static func codes() throws -> Set<String> {
    var codes = Set(ParseProblem.codes.map(\.text))
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift", !file.path.contains("/Diagnostics/") else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /"([PNTDR]0[1-5][0-9][0-9])"/) { codes.insert(String(match.1)) }
    }
    return codes
  }

  @Test func everyCodeHasAPage() throws {
    let codes = try Self.codes()
    #expect(codes.count > 100)
    let pages = HelpPages.all.map(\.code.text)
    #expect(pages.count == Set(pages).count, "a code has two pages")
    #expect(codes.subtracting(pages).sorted() == [], "codes without a page in Diagnostics/Pages")
    #expect(Set(pages).subtracting(codes).sorted() == [], "pages of codes that nothing reports")
  }

  @Test func bothLanguagesSaySomething() {
    for page in HelpPages.all {
      for wording in [page.title, page.meaning] {
        #expect(!wording.english.isEmpty && !wording.chinese.isEmpty, "\(page.code)")
        #expect(wording.chinese.unicodeScalars.contains { $0.value > 0x2E80 }, "\(page.code)")
        #expect(!wording.english.unicodeScalars.contains { $0.value > 0x2E80 && $0.value < 0xFF00 }, "\(page.code)")
      }
      #expect(page.example.isEmpty == page.mend.isEmpty || page.code.text == "D0402", "\(page.code)")
    }
  }

  /// What the examples are about, where they do not declare a community themselves.
  static let club = """
    community "Reading club" {
      time zone "Asia/Shanghai"
      members from "members.csv" {
        id text key; joined date fixed; left date?; birthday date? private fixed; city text?; channel one of "wechat", "app" fixed
        paying bool; score int?; inviter member? fixed
      }
      content from "content.csv" { id text key; title text; category text; author member? }
      events from "events.csv" { member member; at time; kind text }
      event checkin, share
      event like { content item }
      event comment { content item; length int? }
      event answer { question item; quality number; score int }
      event purchase { order text; amount number }
      event refund { order text }
      event whisper anonymous
      events contribution = comment or answer
    }

    """

  static func diagnostics(_ rules: String) -> [Diagnostic] {
    let needsClub = !rules.contains("community \"") && rules != "let answer = 42"
    let file = SourceFile(id: FileID(0), name: "rules.steward", text: (needsClub ? club : "") + rules + "\n")
    return Pipeline.check([file]).diagnostics
  }

  static let checked = HelpPages.all.filter { "PNT".contains($0.code.text.prefix(1)) && !$0.example.isEmpty }

  /// An example on a page causes just that diagnostic, and its mend is fine.
  @Test(arguments: checked.map(\.code.text)) func examplesAreTrue(_ code: String) throws {
    let page = try #require(HelpPages.page(code))
    let caused = Self.diagnostics(page.example)
    #expect(caused.map(\.code.text) == [code], "\(caused.map(\.message.english))")
    let left = Self.diagnostics(page.mend).filter { $0.severity > .note }
    #expect(left.isEmpty, "\(page.mend): \(left.map { "\($0.code) " + $0.message.english })")
  }

  /// Every built-in function has a page whose examples compile.
  @Test func functions() {
    for name in FunctionPage.names {
      let examples = FunctionPage.examples[name] ?? []
      #expect(!examples.isEmpty, "\(name)")
      for example in examples {
        let aboutMembers =
          example.contains("among") || ["count(active)", "share(active)", "median(points)"].contains(example)
        let rules = """
          segment active = any(checkin, last 7 days)
          segment newcomers = now - joined < 30 days
          incentive thanks { on like; award 5 points }
          metric activity = share(active)
          let tried \(aboutMembers ? "about community " : "")= \(example)
          """
        let found = Self.diagnostics(rules).filter { $0.severity > .note }
        #expect(found.isEmpty, "\(example): \(found.map(\.message.english))")
      }
    }
    #expect(Set(FunctionPage.examples.keys).subtracting(FunctionPage.names).isEmpty)
    #expect(FunctionPage.text("nothing", language: .english, style: .plain) == nil)
    #expect(HelpTopic.all.allSatisfy { topic in HelpTopic.named(topic.name) != nil })
  }

  /// The rules on a topic's page compile.
  @Test(arguments: HelpTopic.all.map(\.name)) func topicsAreTrue(_ name: String) throws {
    let topic = try #require(HelpTopic.named(name))
    #expect(!topic.text.english.isEmpty && !topic.text.chinese.isEmpty)
    #expect(!topic.text.english.unicodeScalars.contains { $0.value > 0x2E80 && $0.value < 0xFF00 })
    let found = topic.example.isEmpty ? [] : Self.diagnostics(topic.example).filter { $0.severity > .note }
    #expect(found.isEmpty, "\(found.map(\.message.english))")
    for language in Language.allCases {
      for line in topic.text(language: language, style: .plain).split(separator: "\n") {
        #expect(DisplayWidth.of(String(line)) <= 120, "\(line)")
      }
    }
  }

  /// Whatever word of the language an operator types has a page.
  @Test func everyWordHasHelp() {
    for keyword in Keyword.allCases {
      let word = keyword.rawValue
      #expect(HelpTopic.named(word) != nil || FunctionPage.names.contains(word), "\(word)")
    }
    let words = HelpTopic.all.flatMap { [$0.name] + $0.aliases }
    #expect(words.count == Set(words).count, "\(words.filter { word in words.count { $0 == word } > 1 })")
    #expect(HelpTopic.named("Tier")?.name == "tiers")
    #expect(HelpTopic.named("when")?.name == "incentive")
    #expect(HelpPages.near("cooldwon", others: []) == "cooldown")
    #expect(HelpPages.near("streek", others: FunctionPage.names) == "streak")
    #expect(HelpPages.near("qqqqqq", others: FunctionPage.names) == nil)
  }

  @Test func pagesAreFoundAndPrinted() throws {
    let page = try #require(HelpPages.page("n0201"))
    #expect(page.code.text == "N0201")
    #expect(HelpPages.page("X0000") == nil)
    for language in Language.allCases {
      let text = HelpPages.all.map { $0.text(language: language, width: 80, style: .plain) }.joined(separator: "\n")
      for line in page.text(language: language, width: 80, style: .plain).split(separator: "\n") {
        #expect(DisplayWidth.of(String(line)) <= 80)
      }
      #expect(text.contains(page.title[language]))
      #expect(
        HelpPages.overview(FunctionPage.names, language, width: 80, style: .plain).contains(
          "N0201  " + page.title[language]))
    }
  }
}
