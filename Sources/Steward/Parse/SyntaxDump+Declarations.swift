// Declarations and their clauses, one a line.

extension SyntaxWriter {
  mutating func write(_ declaration: Declaration) {
    for doc in declaration.doc { line("/// \(doc)") }
    let start = place(declaration.span) + (declaration.isOverride ? " override" : "")
    switch declaration.kind {
    case .error: line("<error>\(start)")
    case .community(let community):
      line("community\(start)" + (community.name.map { " " + text($0) } ?? ""))
      nested { writer in for clause in community.clauses { writer.write(clause) } }
    case .let(let syntax): write("let\(start)", syntax)
    case .segment(let syntax): write("segment\(start)", syntax)
    case .function(let function):
      let parameters = function.parameters.map { "\(text($0.name)):\(text($0.type))" }.joined(separator: " ")
      line("fn\(start) \(text(function.name))(\(parameters))" + title(function.title))
      nested { $0.line($0.text(function.value)) }
    case .incentive(let incentive):
      line("incentive\(start) \(text(incentive.name))")
      nested { writer in for clause in incentive.clauses { writer.write(clause) } }
    case .tiers(let ladder):
      line("tiers\(start) \(text(ladder.name))")
      nested { writer in for clause in ladder.clauses { writer.write(clause) } }
    case .budget(let budget):
      line("budget\(start) \(text(budget.name))")
      nested { writer in for clause in budget.clauses { writer.write(clause) } }
    case .alert(let alert):
      line("alert\(start) \(text(alert.name))")
      nested { writer in for clause in alert.clauses { writer.write(clause) } }
    case .goal(let goal):
      line("goal\(start) \(text(goal.name))")
      nested { writer in for clause in goal.clauses { writer.write(clause) } }
    case .plan(let plan):
      line("plan\(start) \(text(plan.name))")
      nested { writer in for clause in plan.clauses { writer.write(clause) } }
    case .use(let use):
      switch use.target {
      case .standard(let name): line("use\(start) std.\(name)")
      case .folder(let path): line("use\(start) \"\(path)\"")
      }
    case .needs(let needs): line("needs\(start) " + needs.events.map { text($0) }.joined(separator: " "))
    case .parameter(let parameter):
      line("parameter\(start) \(text(parameter.name))" + title(parameter.title))
      nested { $0.line($0.text(parameter.value)) }
    case .metric(let metric):
      let by = metric.by.map { " by " + text($0) } ?? ""
      let every = metric.every.map { " every " + $0.keyword } ?? ""
      line("metric\(start) \(text(metric.name))\(by)\(every)" + title(metric.title))
      nested { $0.line($0.text(metric.value)) }
    case .benchmark(let benchmark):
      let source = benchmark.source.map { " source " + text($0) } ?? ""
      line("benchmark\(start) \(text(benchmark.name))\(source)" + title(benchmark.title))
      nested { $0.line($0.text(benchmark.value)) }
    case .later(let keyword, let name):
      line("later\(start) \(text(keyword))" + (name.map { " " + text($0) } ?? ""))
    }
  }

  private func title(_ title: TextLiteral?) -> String { title.map { " title " + text($0) } ?? "" }

  private mutating func write(_ head: String, _ syntax: LetSyntax) {
    line("\(head) \(text(syntax.name))" + (syntax.about.map { " about \($0.rawValue)" } ?? "") + title(syntax.title))
    nested { $0.line($0.text(syntax.value)) }
  }

  // MARK: community

  private mutating func write(_ clause: CommunitySyntax.Clause) {
    let start = place(clause.span)
    switch clause.kind {
    case .error: line("<error>\(start)")
    case .timeZone(let zone): line("time-zone\(start) \(text(zone))")
    case .weekStarts(let day): line("week-starts\(start) \(text(day))")
    case .starts(let day): line("starts\(start) \(CivilDate(dayNumber: day).text)")
    case .privacyGroup(let size): line("privacy-group\(start) \(size)")
    case .skipBadRows: line("skip-bad-rows\(start)")
    case .members(let table), .events(let table), .content(let table): write(table, start)
    case .kinds(let kinds, let columns):
      let all = kinds.map { kind in
        text(kind.name) + (kind.isAnonymous ? " anonymous" : "") + (kind.spelling.map { " is " + text($0) } ?? "")
      }
      line("event\(start) " + all.joined(separator: ", "))
      write(columns)
    case .eventSet(let name, let pattern): line("event-set\(start) \(text(name)) \(text(pattern))")
    case .seenKind(let name, let kind, let path):
      line("seen\(start) \(text(name)) = \(text(kind)) by " + path.map { text($0) }.joined(separator: "."))
    case .records(let name, let table): write(table, "\(start) \(text(name))")
    case .purses(let names): line("purse\(start) " + names.map { text($0) }.joined(separator: " "))
    }
  }

  private mutating func write(_ table: TableSyntax, _ start: String) {
    let files = table.isFromEvents ? " from events" : table.files.map { " " + text($0) }.joined()
    line("\(text(table.keyword))\(start)\(files)" + (table.encoding.map { " encoding " + text($0) } ?? ""))
    write(table.columns)
  }

  private mutating func write(_ columns: [ColumnSyntax]) {
    nested { writer in
      for column in columns { writer.line(writer.text(column)) }
    }
  }

  private func text(_ column: ColumnSyntax) -> String {
    var type: String
    switch column.type {
    case .named(let name): type = text(name)
    case .oneOf(let values): type = "one-of " + values.map { text($0) }.joined(separator: " ")
    case .list(let separator): type = "list" + (separator.map { " by " + text($0) } ?? "")
    case .error: type = "<error>"
    }
    if column.isOptional { type += " ?" }
    if column.isKey { type += " key" }
    if column.isFixed { type += " fixed" }
    if column.isPrivate { type += " private" }
    if let spelling = column.spelling { type += " is " + text(spelling) }
    return "column\(place(column.span)) \(text(column.name)) \(type)"
  }

  // MARK: incentive

  private mutating func write(_ clause: IncentiveSyntax.Clause) {
    let start = place(clause.span)
    switch clause.kind {
    case .error: line("<error>\(start)")
    case .title(let title): line("title\(start) \(text(title))")
    case .on(let pattern): line("on\(start) \(text(pattern))")
    case .every(let unit): line("every\(start) \(unit.keyword)")
    case .among(let segment): line("among\(start) \(text(segment))")
    case .during(let phases): line("during\(start) " + phases.map { text($0) }.joined(separator: " "))
    case .when(let condition): line("when\(start) \(text(condition))")
    case .award(let parts):
      let all = parts.map { part in
        switch part {
        case .points(let places, let purse): places.map { text($0) }.joined(separator: ", ") + " \(text(purse))"
        case .badge(let badge): "badge \(text(badge))"
        }
      }
      line("award\(start) " + all.joined(separator: " and "))
    case .limit(let limits): line("limit\(start) " + limits.map { text($0) }.joined(separator: ", "))
    case .cap(let amounts): line("cap\(start) " + amounts.map { text($0) }.joined(separator: ", "))
    case .cooldown(let length): line("cooldown\(start) \(text(length))")
    case .budget(let amount, let perMember):
      line("budget\(start) \(text(amount))" + (perMember ? " per member" : ""))
    case .expires(let length): line("expires\(start) \(text(length))")
    case .deduct(let amount, let purse, let isUpTo):
      line("deduct\(start) " + (isUpTo ? "up to " : "") + "\(text(amount)) \(text(purse))")
    case .takeBack(let rule, let same, let isIfAny):
      line(
        "take-back\(start) \(text(rule)) same " + same.map { text($0) }.joined(separator: " ")
          + (isIfAny ? " if any" : ""))
    case .rank(let keys, let within):
      let order = keys.map { text($0.value) + ($0.isAscending ? " asc" : "") }.joined(separator: ", ")
      let groups = within.isEmpty ? "" : " within " + within.map { text($0) }.joined(separator: ", ")
      line("rank\(start) \(order)\(groups)")
    case .cost(let amount): line("cost\(start) \(text(amount)) per point")
    }
  }

  // MARK: budget

  private mutating func write(_ clause: BudgetSyntax.Clause) {
    let start = place(clause.span)
    switch clause.kind {
    case .error: line("<error>\(start)")
    case .title(let title): line("title\(start) \(text(title))")
    case .amount(let amount, let perMember):
      line("amount\(start) \(text(amount))" + (perMember ? " per member" : ""))
    case .covers(let names): line("covers\(start) " + names.map { text($0) }.joined(separator: " "))
    case .warn(let share): line("warn\(start) \(text(share))")
    }
  }

  private func text(_ limit: LimitSyntax) -> String {
    let per =
      switch limit.per {
      case .ever: "ever"
      case .period(let unit): "per \(unit.keyword)"
      case .attribute(let name): "per attribute \(text(name))"
      }
    return "\(text(limit.count)) \(per)" + place(limit.span)
  }

  private func text(_ amount: AmountPer) -> String {
    "\(text(amount.amount)) \(text(amount.purse)) per \(amount.unit.keyword)" + place(amount.span)
  }

  // MARK: tiers

  private mutating func write(_ clause: LadderSyntax.Clause) {
    let start = place(clause.span)
    switch clause.kind {
    case .error: line("<error>\(start)")
    case .title(let title): line("title\(start) \(text(title))")
    case .tier(let tier):
      for doc in tier.doc { line("/// \(doc)") }
      line("tier\(start) \(text(tier.name))")
      nested { writer in for clause in tier.clauses { writer.write(clause) } }
    case .review(let unit): line("review\(start) \(unit.keyword)")
    case .grace(let length): line("grace\(start) \(text(length))")
    case .demoteOneStep: line("demote-one-step\(start)")
    }
  }

  private mutating func write(_ clause: TierSyntax.Clause) {
    switch clause {
    case .when(let condition, let span): line("when\(place(span)) \(text(condition))")
    case .keepWhen(let condition, let span): line("keep-when\(place(span)) \(text(condition))")
    case .grants(let grants, let span): line("grants\(place(span)) " + grants.map { text($0) }.joined(separator: " "))
    case .title(let title, let span): line("title\(place(span)) \(text(title))")
    case .error(let span): line("<error>\(place(span))")
    }
  }
}
