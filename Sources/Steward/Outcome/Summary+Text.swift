/// The overview as text.
extension Summary {
  /// How many rows a table shows before it says how many more there are.
  private static let shownRows = 12
  /// Bars shrink before names are clipped.
  private static func barCells(_ width: Int) -> Int { width >= 80 ? 20 : width >= 70 ? 12 : 6 }

  /// The lines of the overview, in a language, for a terminal of that many columns.
  public func text(language: Language, width: Int, style: TextStyle) -> String {
    let width = max(40, width)
    var blocks = [[context(language, style)]]
    if !incentives.isEmpty { blocks.append(incentiveLines(language, width, style)) }
    for ladder in ladders { blocks.append(ladderLines(ladder, language, width, style)) }
    if !segments.isEmpty { blocks.append(segmentLines(language, width, style)) }
    if !distributions.isEmpty { blocks.append(distributionLines(language, width, style)) }
    if !figures.isEmpty { blocks.append(figureLines(language, width, style)) }
    if !metrics.isEmpty { blocks.append(metricLines(language, width, style)) }
    let notes = noteLines(language, width, style)
    if !notes.isEmpty { blocks.append(notes) }
    return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func words(_ language: Language, _ english: String, _ chinese: String) -> String {
    language == .english ? english : chinese
  }

  private func shown(_ name: String, _ title: String?) -> String { DisplayWidth.printable(title ?? name) }

  private func context(_ language: Language, _ style: TextStyle) -> String {
    let number = { (value: Int) in TextTable.grouped(Int64(value)) }
    var parts = [
      words(language, "as of \(asOf)", "截至 \(asOf)"),
      words(language, "\(number(members)) member\(members == 1 ? "" : "s")", "\(number(members)) 名成员"),
    ]
    if present != members { parts.append(words(language, "\(number(present)) present", "在籍 \(number(present)) 名")) }
    parts.append(words(language, "\(number(events)) event\(events == 1 ? "" : "s")", "\(number(events)) 个事件"))
    if let seconds {
      let hundredths = Int((seconds * 100).rounded())
      let text = "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
      parts.append(words(language, "\(text) s", "\(text) 秒"))
    }
    let name = community.isEmpty ? words(language, "community", "社群") : DisplayWidth.printable(community)
    return style(name, .bold) + "  " + parts.joined(separator: style(" · ", .dim))
  }

  private func incentiveLines(_ language: Language, _ width: Int, _ style: TextStyle) -> [String] {
    var table = TextTable(columns: [
      .init(words(language, "incentive", "激励"), .left), .init(words(language, "awards", "发放次数"), .right),
      .init(words(language, "points", "积分"), .right), .init(words(language, "members", "获得人数"), .right),
      .init("", .left, ink: .cyan),
    ])
    let kept = largest(incentives, Summary.shownRows) { $0.total.awards }
    let most = kept.map(\.total.members).max() ?? 0
    for incentive in kept {
      let badge = incentive.badge.map { DisplayWidth.printable($0) } ?? ""
      table.rows.append([
        shown(incentive.name, incentive.title), TextTable.grouped(Int64(incentive.total.awards)),
        incentive.givesPoints
          ? TextTable.grouped(incentive.total.points) + (incentive.purse.map { " " + DisplayWidth.printable($0) } ?? "")
          : words(language, "badge ", "徽章 ") + badge,
        TextTable.grouped(Int64(incentive.total.members)),
        TextTable.bar(incentive.total.members, of: most, cells: Summary.barCells(width)),
      ])
    }
    return table.lines(width: width, style: style)
      + more(incentives.count - kept.count, in: "awards.csv", language, style)
  }

  /// The rows with the largest values, in their own order.
  private func largest<Row>(_ rows: [Row], _ count: Int, _ value: (Row) -> Int) -> [Row] {
    if rows.count <= count { return rows }
    let chosen = rows.indices.sorted {
      value(rows[$0]) == value(rows[$1]) ? $0 < $1 : value(rows[$0]) > value(rows[$1])
    }
    return chosen.prefix(count).sorted().map { rows[$0] }
  }

  /// How many rows were left out, and where they are.
  /// - Parameter table: nil where only the JSON has them.
  private func more(_ left: Int, in table: String?, _ language: Language, _ style: TextStyle) -> [String] {
    if left <= 0 { return [] }
    let place = table.map { words(language, "\($0) with --out", "\($0)（加 --out）") } ?? "--format json"
    return [style(words(language, "… and \(left) more: \(place)", "……其余 \(left) 项见 \(place)"), .dim)]
  }

  private func ladderLines(_ ladder: Ladder, _ language: Language, _ width: Int, _ style: TextStyle) -> [String] {
    var table = TextTable(columns: [
      .init(shown(ladder.name, ladder.title), .left), .init(words(language, "members", "人数"), .right),
      .init(words(language, "promoted", "升级"), .right), .init(words(language, "demoted", "降级"), .right),
      .init(words(language, "share", "占比"), .right), .init("", .left, ink: .green),
    ])
    let total = ladder.tiers.reduce(0) { $0 + $1.members }
    let highest = ladder.tiers.map(\.members).max() ?? 0
    for tier in ladder.tiers.prefix(Summary.shownRows) {
      table.rows.append([
        shown(tier.name, tier.title), TextTable.grouped(Int64(tier.members)), TextTable.grouped(Int64(tier.promoted)),
        TextTable.grouped(Int64(tier.demoted)), Summary.share(tier.members, of: total),
        TextTable.bar(tier.members, of: highest, cells: Summary.barCells(width)),
      ])
    }
    return table.lines(width: width, style: style)
      + more(ladder.tiers.count - Summary.shownRows, in: "tiers.csv", language, style)
  }

  private func segmentLines(_ language: Language, _ width: Int, _ style: TextStyle) -> [String] {
    var table = TextTable(columns: [
      .init(words(language, "segment", "分群"), .left), .init(words(language, "members", "人数"), .right),
      .init(words(language, "share", "占比"), .right), .init("", .left, ink: .blue),
    ])
    let kept = largest(segments, Summary.shownRows) { $0.members }
    for segment in kept {
      table.rows.append([
        shown(segment.name, segment.title), TextTable.grouped(Int64(segment.members)),
        Summary.share(segment.members, of: present),
        TextTable.bar(segment.members, of: present, cells: Summary.barCells(width)),
      ])
    }
    return table.lines(width: width, style: style) + more(segments.count - kept.count, in: "facts.csv", language, style)
  }

  private func distributionLines(_ language: Language, _ width: Int, _ style: TextStyle) -> [String] {
    var table = TextTable(columns: [
      .init("let", .left), .init(words(language, "members", "有值人数"), .right),
      .init(words(language, "least", "最小"), .right), .init(words(language, "median", "中位数"), .right),
      .init(words(language, "most", "最大"), .right),
    ])
    for one in distributions.prefix(Summary.shownRows) {
      table.rows.append([
        shown(one.name, one.title), TextTable.grouped(Int64(one.members)), one.range?.least ?? "–",
        one.range?.median ?? "–", one.range?.most ?? "–",
      ])
    }
    return table.lines(width: width, style: style)
      + more(distributions.count - Summary.shownRows, in: "facts.csv", language, style)
  }

  private func figureLines(_ language: Language, _ width: Int, _ style: TextStyle) -> [String] {
    var table = TextTable(columns: [
      .init(words(language, "figure", "数据"), .left), .init(words(language, "value", "数值"), .right),
    ])
    for figure in figures.prefix(Summary.shownRows) {
      table.rows.append([shown(figure.name, figure.title), figure.text])
    }
    return table.lines(width: width, style: style)
      + more(figures.count - Summary.shownRows, in: nil, language, style)
  }

  private func noteLines(_ language: Language, _ width: Int, _ style: TextStyle) -> [String] {
    var lines: [String] = []
    for ladder in ladders where ladder.departed > 0 {
      let number = TextTable.grouped(Int64(ladder.departed))
      let name = shown(ladder.name, ladder.title)
      lines.append(
        words(
          language,
          "\(name): not counted: \(number) who left and keep\(ladder.departed == 1 ? "s" : "") a tier above the lowest",
          "\(name)：另有 \(number) 名已离开的成员仍保留最低档以上的等级，未计入"))
    }
    if refusals > 0 {
      let number = TextTable.grouped(Int64(refusals))
      lines.append(
        words(
          language, "\(number) award\(refusals == 1 ? " was" : "s were") cut or refused by caps, budgets and balances",
          "\(number) 次发放因上限、预算或余额不足被削减或拒绝"))
    }
    if !skippedKinds.isEmpty {
      let rows = skippedKinds.reduce(0) { $0 + $1.rows }
      let kinds = skippedKinds.sorted { $0.rows == $1.rows ? $0.spelling < $1.spelling : $0.rows > $1.rows }
      var names = kinds.prefix(5).map { "\(DisplayWidth.printable($0.spelling)) \(TextTable.grouped(Int64($0.rows)))" }
      if kinds.count > 5 { names.append("…") }
      let number = TextTable.grouped(Int64(rows))
      lines.append(
        words(
          language,
          "\(number) row\(rows == 1 ? "" : "s") of kinds that the rules do not declare: \(names.joined(separator: ", "))",
          "跳过了规则未声明的事件 \(number) 行：\(names.joined(separator: "，"))"))
    }
    if rejected > 0 {
      let number = TextTable.grouped(Int64(rejected))
      lines.append(
        words(
          language, "\(number) bad row\(rejected == 1 ? " was" : "s were") left out", "有 \(number) 行数据有误，未计入"))
    }
    return lines.flatMap { TextWrap.lines($0, width: width) }.map { style($0, .dim) }
  }
}

/// The overview for programs.
extension Summary {
  /// - Shape: `community as_of members present events seconds incentives[name title awards points members]
  ///   ladders[name title tiers[name title members promoted demoted] departed] segments[name title members]
  ///   values[name title members least median most] figures[name title value]
  ///   metrics[name title group at value benchmark source series] skipped[kind rows] rejected refusals`
  public var json: JSONValue {
    func count(_ number: Int) -> JSONValue { .int(Int64(number)) }
    let incentives = incentives.map { incentive in
      JSONValue.object([
        ("name", .text(incentive.name)), ("title", .optional(incentive.title)),
        ("awards", count(incentive.total.awards)), ("points", .int(incentive.total.points)),
        ("members", count(incentive.total.members)), ("badge", .optional(incentive.badge)),
        ("purse", .optional(incentive.purse)),
      ])
    }
    let ladders = ladders.map { ladder in
      let tiers = ladder.tiers.map { tier in
        JSONValue.object([
          ("name", .text(tier.name)), ("title", .optional(tier.title)), ("members", count(tier.members)),
          ("promoted", count(tier.promoted)), ("demoted", count(tier.demoted)),
        ])
      }
      return JSONValue.object([
        ("name", .text(ladder.name)), ("title", .optional(ladder.title)), ("tiers", .array(tiers)),
        ("departed", count(ladder.departed)),
      ])
    }
    let segments = segments.map {
      JSONValue.object([("name", .text($0.name)), ("title", .optional($0.title)), ("members", count($0.members))])
    }
    let values = distributions.map {
      JSONValue.object([
        ("name", .text($0.name)), ("title", .optional($0.title)), ("members", count($0.members)),
        ("least", .optional($0.range?.least)), ("median", .optional($0.range?.median)),
        ("most", .optional($0.range?.most)),
      ])
    }
    let figures = figures.map {
      JSONValue.object([("name", .text($0.name)), ("title", .optional($0.title)), ("value", .text($0.text))])
    }
    let skipped = skippedKinds.map { JSONValue.object([("kind", .text($0.spelling)), ("rows", count($0.rows))]) }
    let thousandths = seconds.map { ($0 * 1000).rounded() / 1000 }
    return .object([
      ("community", .text(community)), ("as_of", .text(asOf)), ("members", count(members)), ("present", count(present)),
      ("events", count(events)), ("seconds", thousandths.map { .number($0.description) } ?? .null),
      ("incentives", .array(incentives)), ("ladders", .array(ladders)),
      ("segments", .array(segments)), ("values", .array(values)), ("figures", .array(figures)),
      ("metrics", metricJSON),
      ("skipped", .array(skipped)), ("rejected", count(rejected)), ("refusals", count(refusals)),
    ])
  }
}
