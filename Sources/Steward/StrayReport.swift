/// Refunds without their purchases, each told at its row in the data.
struct StrayReport {
  /// - Reports: R0513, the first 20 by file and line; R0505 for the rest.
  let diagnostics: [Diagnostic]

  init(_ strays: [StrayTaking], _ program: TypedProgram, _ data: Dataset, _ calendar: Calendar, _ host: PipelineHost) {
    let sorted = StrayReport.once(strays)
    let sought = sorted.map { stray in
      SoughtEvent(
        member: stray.doer, at: stray.at, kind: stray.kind,
        attributes: program.incentives[stray.rule].takeBack?.same ?? [], values: stray.values)
    }
    var options = LoadOptions(skipBadRows: true)
    options.gb18030 = host.gb18030
    let places = EventSearch.places(
      of: sought, program.schema, members: data.members.ids, calendar: calendar, options: options, open: host.open,
      workers: host.workers, stop: host.stop)
    var told: [(place: DataPlace, diagnostic: Diagnostic)] = []
    for (index, stray) in sorted.enumerated() {
      let place = places[index] ?? DataPlace(file: program.schema.events?.files.first ?? "")
      told.append((place, StrayReport.diagnostic(stray, at: place, program)))
    }
    told.sort { ($0.place.file, $0.place.line ?? 0) < ($1.place.file, $1.place.line ?? 0) }
    var diagnostics = told.prefix(20).map(\.diagnostic)
    for index in diagnostics.indices.dropFirst() { diagnostics[index].hint = nil }
    if told.count > 20 { diagnostics.append(RunProblem.more(count: told.count - 20).at(nil)) }
    self.diagnostics = diagnostics
  }

  /// That a run would end at so many such events.
  static func sentence(_ count: Int) -> Wording {
    Wording(
      en:
        "a run with these rules would end: \(count) event\(count == 1 ? "" : "s") would take back what was never there "
        + "(R0513); `steward check --data` shows the row\(count == 1 ? "" : "s")",
      zh: "用这些规则运行（run）会中止：有 \(count) 个事件要收回的东西此前并不存在（R0513）；`steward check --data` 会指出是哪\(count == 1 ? "一" : "几")行")
  }

  /// How many events, each once.
  static func count(_ strays: [StrayTaking]) -> Int { once(strays).count }

  private struct Row: Hashable {
    var doer: Int
    var at: Int64
    var kind: Int
    var values: [String?]
  }

  /// Each row once: of several rules that it stops, the first.
  private static func once(_ strays: [StrayTaking]) -> [StrayTaking] {
    var rules: [Row: Int] = [:]
    func row(_ stray: StrayTaking) -> Row {
      Row(doer: stray.doer, at: stray.at, kind: stray.kind, values: stray.values)
    }
    for stray in strays { rules[row(stray)] = min(rules[row(stray)] ?? .max, stray.rule) }
    return strays.filter { rules[row($0)] == $0.rule }
  }

  private static func diagnostic(_ stray: StrayTaking, at place: DataPlace, _ program: TypedProgram) -> Diagnostic {
    let rule = program.incentives[stray.rule]
    let schema = program.schema.events
    guard let takeBack = rule.takeBack, let schema else { return RunProblem.more(count: 1).at(place) }
    var kinds: [String] = []
    if case .on(let pattern) = program.incentives[takeBack.rule].trigger {
      kinds = pattern.kinds.map { schema.kinds[$0].name }
    }
    let problem = RunProblem.strayTaking(
      rule: rule.name, target: program.incentives[takeBack.rule].name, kinds: kinds,
      same: takeBack.same.map { schema.attributes[$0].name })
    var diagnostic = problem.at(place)
    diagnostic.related = [
      Diagnostic.Related(
        span: takeBack.span,
        message: Wording(en: "the clause that asks for it", zh: "是这个子句要求的"))
    ]
    return diagnostic
  }
}
