// Names that are no declaration of their own: columns, kinds of events, tiers, badges, and `members`.

extension Session {
  /// `members` alone: who is there.
  mutating func membersText() throws(SessionFailure) -> String {
    let file = input("count(members)")
    guard case .expression(let count) = (Parser.statement(file) { state.isKnown($0) }).statement else { return "" }
    let checked = try check(count, in: file)
    let text = text(try answers(checked))
    last = checked.lets
    return text
  }

  /// Where a tier or badge is declared. - Missing: the name is neither.
  func tierOrBadge(_ name: String) -> String? {
    guard let program = state.program else { return nil }
    for ladder in program.ladders {
      guard let place = ladder.tiers.firstIndex(where: { $0.name == name }) else { continue }
      let title = ladder.tiers[place].title.map { " \"\($0)\"" } ?? ""
      return name + title + "\n"
        + display.style(
          say(
            "tier \(place + 1) of \(ladder.tiers.count) of \(ladder.name); `:show \(ladder.name)` shows them all",
            "\(ladder.name) 的第 \(place + 1) 级，共 \(ladder.tiers.count) 级；`:show \(ladder.name)` 可看全部"), .dim) + "\n"
    }
    guard let rule = program.incentives.first(where: { $0.badge == name }) else { return nil }
    return name + "\n"
      + display.style(
        say("a badge of \(rule.name); `:show \(rule.name)` shows it", "\(rule.name) 发的徽章；`:show \(rule.name)` 可查看"),
        .dim)
      + "\n"
  }

  /// What a name is that is no declaration of its own. - Missing: nothing has the name.
  func thing(_ name: String) -> String? { columnHelp(name) ?? tierOrBadge(name) }
}
