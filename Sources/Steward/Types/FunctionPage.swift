// The pages of `steward help` about built-in functions, made from their signatures.

/// What `steward help streak` prints.
public enum FunctionPage {
  /// Two or three uses of each function, as the value of a `let` or of a segment.
  static let examples: [String: [String]] = [
    "count": [
      "count(like or comment, last 30 days)", "count(answer where quality >= 0.8, this month)", "count(active)",
    ],
    "any": ["any(checkin, today)", "not any(anything, last 30 days)"],
    "days": ["days(checkin, this month)", "days(anything, last 30 days)"],
    "first": ["first(purchase)", "now - (first(answer) ?? now) >= 30 days"],
    "last": ["last(anything)", "last(amount of purchase) ?? 0"],
    "sum": ["sum(amount of purchase, last 90 days)", "sum(points among active)"],
    "avg": ["avg(quality of answer, last 30 days) ?? 0", "avg(points among active)"],
    "min": ["min(amount of purchase)", "min(points, 1000)"],
    "max": ["max(quality of answer, this year)", "max(points - 100, 0)"],
    "median": ["median(amount of purchase)", "median(points)"],
    "quantile": ["quantile(amount of purchase, 0.9, last 90 days)", "quantile(points, 0.9 among active)"],
    "distinct": ["distinct(content of like, this week)"],
    "streak": ["streak(checkin)", "streak(answer or comment, by week)", "streak(checkin, forgive 1 per week)"],
    "share": ["share(active)", "share(active among newcomers) ?? 0"],
    "abs": ["abs(points - 100)"], "round": ["round(points * 0.15)"], "floor": ["floor(points / 10)"],
    "ceil": ["ceil(points / 10)"], "sqrt": ["sqrt(points) ?? 0"], "log": ["log(points + 1) ?? 0"],
    "anniversary": ["anniversary(joined)"],
    "earned": ["earned(this month)", "earned(last 365 days) >= 500"],
    "spent": ["spent(this month)"], "awards": ["awards(thanks, this week)"],
    "last_award": ["now - (last_award(thanks) ?? joined) >= 7 days"],
    "change": ["change(activity, 7 days) ?? 0"], "growth": ["growth(activity, 4 weeks) ?? 0 < -10%"],
    "moving_avg": ["moving_avg(activity, 7 days)"],
    "previous": ["previous(points, 30 days) ?? 0", "points - (previous(points, 1 weeks) ?? 0)"],
  ]

  /// All functions' names, once each.
  public static var names: [String] {
    var names: [String] = []
    for signature in Signature.builtIn where !names.contains(signature.name) { names.append(signature.name) }
    return names
  }

  /// The page of a function. - Missing: nil if there is none of that name.
  public static func text(_ name: String, language: Language, style: TextStyle) -> String? {
    let forms = Signature.builtIn.filter { $0.name == name }
    guard !forms.isEmpty else { return nil }
    var lines: [String] = []
    for signature in forms {
      lines.append(style(signature.form(in: language), .bold))
      lines.append("    " + signature.summary[language])
    }
    lines += ["", style(language == .english ? "For example:" : "例如：", .dim)]
    for example in examples[name] ?? [] { lines.append("    " + example) }
    if forms.contains(where: { $0.takes(.window) }) {
      lines += [
        "",
        language == .english
          ? "EVENTS are kinds joined by `or`, with `where` if need be; see `steward help events`, `steward help windows`."
          : "“事件”是用 `or` 连接的事件种类，可加 `where`；参见 `steward help events`、`steward help windows`。",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
