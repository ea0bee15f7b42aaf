import Foundation
import Testing

@testable import Steward

/// The pages about `init` and `check --data` show what comes out; `UPDATE_GOLDEN=1` writes it anew.
@Suite struct SurveyDocsTests {
  private func files(_ page: DocsPage) -> [String: String] {
    var files: [String: String] = [:]
    for block in page.blocks where block.words.first == "csv" && block.words.count == 2 {
      files[block.words[1]] = block.text
    }
    return files
  }

  /// Holds what stands behind a fence of some words against a text, and puts it there where goldens are updated.
  private func hold(_ path: String, _ fence: String, _ text: String) throws {
    let page = try DocsPage(path)
    let shown = page.blocks.first { $0.words.joined(separator: " ") == fence }?.text
    let environment = ProcessInfo.processInfo.environment
    if environment["UPDATE_GOLDEN"] == "1", environment["CI"] == nil, let shown {
      let file = ArchitectureTests.root.appendingPathComponent(path)
      let new = page.text.replacing("```\(fence)\n\(shown)```", with: "```\(fence)\n\(text)```")
      try new.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    #expect(shown == text, "\(path); UPDATE_GOLDEN=1 swift test --filter Golden writes it anew")
  }

  @Test func goldenInitPage() throws {
    let fixture = SurveyFixture(files(try DocsPage("docs/init.md")))
    let survey = fixture.survey()
    try fixture.run(survey)
    try hold("docs/init.md", "steward init", try #require(survey.files.first).text)
    try hold("docs/init.md", "overview", survey.overview(.english, data: "exports", rules: "club"))
  }

  @Test func goldenCheckPage() throws {
    let page = try DocsPage("docs/check-data.md")
    let rules = try #require(page.blocks.first { $0.words == ["steward"] }).text
    let (sources, found) = try AuditTests.audit(rules, community: "", files: files(page))
    let renderer = TextRenderer(sources: sources, language: .english, style: .plain, width: 100)
    try hold("docs/check-data.md", "printed", renderer.render(found))
  }

  private static let shop = [
    "用户.csv": """
    用户编号,昵称,注册时间,城市,手机,兴趣
    u1,小安,2026-01-01,上海,13800000001,读书;茶
    u2,阿北,2026-01-03,,13800000002,茶
    u3,晨晨,2026-01-03,北京,13800000003,读书;跑步

    """,
    "行为记录.csv": """
    时间,用户,行为,金额,帖子
    2026-01-02 09:00,u1,签到,,
    2026-01-03 09:30,u1,下单,25.5,
    2026-01-03 20:10,u2,点赞,,p1
    2026-01-04 08:15,u3,评论,,p2
    2026-01-04 21:00,u9,评论,,p1

    """,
    "帖子.csv": "编号,作者,栏目\np1,u1,读书\np2,u2,茶\n",
    "投放.csv": "日期,金额\n2026-01-02,100\n2026-01-03,80\n",
  ]

  /// A Chinese export, in both languages.
  @Test(arguments: Language.allCases) func goldenSurvey(_ language: Language) throws {
    let fixture = SurveyFixture(Self.shop)
    let survey = fixture.survey(language)
    try fixture.run(survey)
    let texts = survey.files.map { "=== \($0.name)\n\($0.text)" }.joined()
    try expectGolden(
      "survey-\(language.rawValue)", survey.overview(language, data: "exports", rules: "club") + "\n" + texts)
  }
}
