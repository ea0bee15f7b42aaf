/// What can be wrong with metrics and benchmarks.
enum MetricProblem: CheckProblem {
  case splitBy(String, Type)
  case splitByCommunity(String)
  case privateMetric(String)
  case privateGroup(String)
  case nobodys([String])
  case metricType(String, Type)
  case notGrouped(String)
  case groupMissing(String, by: String)
  case groupNotConstant(String)
  case notAMetric(String)
  case unknownMetric(String, near: String?)
  case benchmarkTwice(String)
  case benchmarkValue(String)

  var words: CheckWords {
    switch self {
    case .splitBy, .splitByCommunity, .nobodys, .notGrouped, .groupMissing, .groupNotConstant: groupWords
    default: metricWords
    }
  }

  private var groupWords: CheckWords {
    switch self {
    case .splitBy(let name, let type):
      CheckWords(
        .metricGroup, en: "`\(name)` is \(type.base.words.english): a metric is split by something of few values",
        zh: "“\(name)”是\(type.base.words.chinese)，指标只能按取值不多的东西分组",
        hint: Wording(
          en: "split by a text, a choice, a yes or no, a whole number or a tier; a `let` with `case` makes classes",
          zh: "请按文本、选项、是否、整数或等级分组；可以用 `case` 写一个分档的 `let`"))
    case .splitByCommunity(let name):
      CheckWords(
        .metricGroup, en: "`\(name)` is not about a member, so it splits nobody",
        zh: "“\(name)”说的不是成员，无法用来分组",
        hint: Wording(en: "name a column of members, a `let` or a ladder", zh: "请写成员表的列、`let` 或等级体系"))
    case .nobodys(let kinds):
      CheckWords(
        .metricGroup,
        en: "\(Wording.names(kinds).english) has no member, so it belongs to no group of a metric with `by`",
        zh: "\(Wording.names(kinds).chinese)不属于任何成员，不能出现在带 `by` 的指标里",
        hint: Wording(en: "make it a metric of its own, without `by`", zh: "请另写一个不带 `by` 的指标"))
    case .notGrouped(let name):
      CheckWords(
        .metricGroup, en: "`\(name)` has no groups", zh: "“\(name)”没有分组",
        hint: Wording(
          en: "write `\(name)`, or declare it with `by`: `metric \(name) by city = …`",
          zh: "请直接写 `\(name)`，或声明时加上 `by`：`metric \(name) by city = …`"))
    case .groupMissing(let name, let by):
      CheckWords(
        .metricGroup, en: "`\(name)` has a value for each `\(by)`: which one is meant?",
        zh: "“\(name)”按“\(by)”分组，每组各有一个值，请说明要哪一组",
        hint: Wording(en: "write `\(name)[\"…\"]`", zh: "请写 `\(name)[\"…\"]`"))
    case .groupNotConstant(let name):
      CheckWords(
        .metricGroup, en: "the group of `\(name)` is a fixed value", zh: "“\(name)”的分组必须是固定的值",
        hint: Wording(en: "write it out: `\(name)[\"…\"]`", zh: "请直接写明：`\(name)[\"…\"]`"))
    default: metricWords
    }
  }

  private var metricWords: CheckWords {
    switch self {
    case .privateMetric(let name):
      CheckWords(
        .privateMetric, en: "the metric `\(name)` would show private values", zh: "指标“\(name)”会暴露私密信息",
        hint: Wording(
          en: "`count`, `share`, `sum`, `avg`, `median` over members are shown from a group of five on",
          zh: "对成员的 `count`、`share`、`sum`、`avg`、`median` 在满五人时才会显示，可以改用它们"))
    case .privateGroup(let name):
      CheckWords(
        .privateMetric, en: "`\(name)` is private: its values would be the names of the groups",
        zh: "“\(name)”是私密信息，分组名会把它暴露出来",
        hint: Wording(en: "split by a column that is not private", zh: "请按不私密的列分组"))
    case .metricType(let name, let type):
      CheckWords(
        .metricType, en: "the metric `\(name)` is \(type.base.words.english), which makes no series",
        zh: "指标“\(name)”是\(type.base.words.chinese)，不能形成时间序列",
        hint: Wording(en: "a number, a yes or no, a time or a choice does", zh: "可以是数字、是否、时间或选项"))
    case .notAMetric("[…]"):
      CheckWords(
        .notAMetric, en: "only a metric has groups to choose from", zh: "只有指标才能用方括号取某一组",
        hint: Wording(
          en: "declare it with `by`: `metric activity by city = …`", zh: "请声明带 `by` 的指标：`metric 活跃率 by city = …`"))
    case .notAMetric(let function):
      CheckWords(
        .notAMetric, en: "`\(function)` takes the name of a metric", zh: "`\(function)` 需要指标的名称",
        hint: Wording(
          en: "give it a name first: `metric active = share(…)`, then `\(function)(active, 7 days)`",
          zh: "请先起名：`metric 活跃率 = share(…)`，再写 `\(function)(活跃率, 7 days)`"))
    case .unknownMetric(let name, let near):
      CheckWords(
        .unknownMetric, en: "there is no metric `\(name)` that this could be a benchmark for",
        zh: "没有指标“\(name)”，基准值无所对照",
        hint: .near(near)
          ?? Wording(en: "declare it: `metric \(name) = …`", zh: "请先声明：`metric \(name) = …`"))
    case .benchmarkTwice(let name):
      CheckWords(
        .declaredTwice, en: "a second benchmark for `\(name)`", zh: "“\(name)”有两个基准值",
        hint: Wording(en: "keep one", zh: "保留一个即可"))
    case .benchmarkValue(let name):
      CheckWords(
        .parameter, en: "the benchmark of `\(name)` is a fixed figure", zh: "“\(name)”的基准值必须是写明的数",
        hint: Wording(en: "write it out: `benchmark \(name) = 77%`", zh: "请直接写数：`benchmark \(name) = 77%`"))
    default: CheckWords(.metricGroup, en: "this metric is wrong", zh: "指标有误")
    }
  }
}
