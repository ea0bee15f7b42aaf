import Steward
import Testing

@Suite struct SuggestionsTests {
  @Test(arguments: [
    ("chekin", ["checkin", "comment"], "checkin"),
    ("incentve", ["incentive", "segment"], "incentive"),
    ("awrad", ["award", "among"], "award"),
    ("Award", ["award"], "award"),
    ("沉没成员", ["沉默成员", "付费成员"], "沉默成员"),
    ("活跃", ["活跃者", "首答"], "活跃者"),
    ("lkie", ["like", "life"], "like"),
  ])
  func offersTheNearName(name: String, candidates: [String], expected: String) {
    #expect(Suggestions.near(name, in: candidates) == expected)
  }

  @Test(arguments: [
    ("首答", ["首赞", "点赞"]), ("points", ["badges", "earned"]), ("at", ["as", "is"]), ("award", ["award"]), ("x", []),
    ("", ["ab"]),
  ])
  func offersNothingThatIsFar(name: String, candidates: [String]) {
    #expect(Suggestions.near(name, in: candidates) == nil)
  }

  @Test func doesNotDependOnTheOrderOfTheCandidates() {
    #expect(Suggestions.near("lost", in: ["post", "list"]) == Suggestions.near("lost", in: ["list", "post"]))
  }
}
