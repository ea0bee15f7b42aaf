/// What about the community can be asked.
public enum CommunityTopic: String, Hashable, Sendable, CaseIterable { case alert, metric, goal, phase, plan }

extension ExplainedSubject {
  /// Reads `alert NAME`, `alert NAME for WHO` and the same of the other topics; `NAME["WHO"]` too.
  /// - Missing: nil where the first word is no topic, or stands alone.
  init?(topic words: [String]) {
    guard words.count > 1, let topic = CommunityTopic(rawValue: words[0]) else { return nil }
    let rest = words.dropFirst()
    if let place = rest.dropFirst().firstIndex(of: "for"), place + 1 < rest.endIndex {
      self = .community(
        topic, name: rest[..<place].joined(separator: " "), of: rest[(place + 1)...].joined(separator: " "))
      return
    }
    let name = rest.joined(separator: " ")
    if name.hasSuffix("\"]"), let open = name.firstRange(of: "[\"") {
      self = .community(
        topic, name: String(name[..<open.lowerBound]), of: String(name[open.upperBound...].dropLast(2)))
      return
    }
    self = .community(topic, name: name, of: nil)
  }
}

extension CommunityTopic {
  /// One of them, and all of them, in words.
  private var words: (one: Wording, all: Wording) {
    switch self {
    case .alert: (Wording(en: "alert", zh: "预警"), Wording(en: "alerts", zh: "预警"))
    case .metric: (Wording(en: "metric", zh: "指标"), Wording(en: "metrics", zh: "指标"))
    case .goal: (Wording(en: "goal", zh: "目标"), Wording(en: "goals", zh: "目标"))
    case .phase: (Wording(en: "phase", zh: "阶段"), Wording(en: "phases", zh: "阶段"))
    case .plan: (Wording(en: "plan", zh: "计划"), Wording(en: "plans", zh: "计划"))
    }
  }

  private static let mostNames = 20

  /// Those that there are; a phase of two plans once.
  private func listed(_ names: [String]) -> Wording {
    var seen: Set<String> = []
    let names = names.filter { seen.insert($0).inserted }.map { DisplayWidth.printable($0) }
    guard !names.isEmpty else {
      return Wording(en: "the rules have no \(words.all.english)", zh: "规则里还没有\(words.all.chinese)")
    }
    let shown = names.prefix(CommunityTopic.mostNames)
    let rest = names.count - shown.count
    return Wording(
      en: "there \(names.count == 1 ? "is" : "are") \(shown.map { "`\($0)`" }.joined(separator: ", "))"
        + (rest > 0 ? " and \(rest) more" : ""),
      zh: "现有：\(shown.map { "“\($0)”" }.joined(separator: "、"))" + (rest > 0 ? "，另有 \(rest) 个" : ""))
  }

  func nameless(_ names: [String], command: String) -> Wording {
    let (one, list) = (words.one, listed(names))
    return Wording(
      en: "which \(one.english)? write `\(command) \(rawValue) NAME`; \(list.english)",
      zh: "没有写是哪个\(one.chinese)；请写 `\(command) \(rawValue) 名称`。\(list.chinese)")
  }

  func noneCalled(_ name: String, near: String?, names: [String]) -> Wording {
    if let near {
      return Wording(
        en: "the rules have no \(words.one.english) `\(name)`; did you mean `\(near)`?",
        zh: "规则里没有“\(name)”这个\(words.one.chinese)；是不是“\(near)”？")
    }
    if names.isEmpty { return listed([]) }
    let list = listed(names)
    return Wording(
      en: "the rules have no \(words.one.english) `\(name)`; \(list.english)",
      zh: "规则里没有“\(name)”这个\(words.one.chinese)。\(list.chinese)")
  }
}

extension Explainer {
  /// Everything of the community that can be asked about, for completion.
  public func names(_ topic: CommunityTopic) -> [String] { program.names(topic) }

  func explain(_ topic: CommunityTopic, _ name: String, of who: String?) throws(ExplainFailure) -> Explanation {
    var (name, who) = (name, who)
    let words = name.split(separator: " ").map(String.init)
    // `alert slipping m0042`: what is no name may be a name and whom it is about.
    if who == nil, program.place(topic, name) == nil, words.count > 1, program.place(topic, words[0]) != nil {
      (name, who) = (words[0], words.dropFirst().joined(separator: " "))
    }
    guard let place = program.place(topic, name) else {
      let others = CommunityTopic.allCases.filter { program.place($0, name) != nil }
      if let other = others.first { throw .otherTopic(topic, name, other) }
      let all = program.names(topic)
      // `alert for ann`: the name was left out.
      if name == "for" || name.hasPrefix("for ") { throw .nameless(topic, names: all) }
      throw .noneCalled(name, topic, near: Suggestions.near(name, in: all), names: all)
    }
    switch topic {
    case .alert:
      let reader = AlertReader(ground: ground, outcome: outcome, sources: sources, workers: workers, alert: place)
      return ofCommunity([.alert(try reader.story(of: who))])
    case .metric:
      let reader = MetricReader(ground: ground, sources: sources, workers: workers, metric: place)
      return ofCommunity([.metric(try reader.story(of: who))])
    case .goal:
      if let who { throw .notAboutGroups(name, who) }
      let reader = GoalReader(ground: ground, outcome: outcome, sources: sources, workers: workers, goal: place)
      return ofCommunity(reader.story().map { [.goal($0)] } ?? [])
    case .phase:
      if let who { throw .notAboutGroups(name, who) }
      return ofCommunity(phases(named: name))
    case .plan:
      if let who { throw .notAboutGroups(name, who) }
      return ofCommunity(program.plans[place].phases.indices.compactMap { phase(PhaseIndex(plan: place, phase: $0)) })
    }
  }

  private func phases(named name: String) -> [Explanation.Section] {
    program.plans.indices.flatMap { plan in
      program.plans[plan].phases.indices.compactMap { index in
        let declared = program.plans[plan].phases[index]
        return declared.name == name || declared.title == name ? phase(PhaseIndex(plan: plan, phase: index)) : nil
      }
    }
  }

  private func phase(_ index: PhaseIndex) -> Explanation.Section? {
    let reader = PhaseReader(ground: ground, outcome: outcome, sources: sources, workers: workers, phase: index)
    return reader.story().map { .phase($0) }
  }

  /// An alert about each member, of one of them.
  func alertStory(_ run: MemberRun, _ alert: Int) -> Explanation.Section {
    let reader = AlertReader(ground: ground, outcome: outcome, sources: sources, workers: workers, alert: alert)
    return .alert(reader.story(of: run))
  }

  private func ofCommunity(_ sections: [Explanation.Section]) -> Explanation {
    Explanation(
      community: program.schema.name, member: nil, asOf: ground.context.asOf, joined: nil, left: nil, isPresent: true,
      isOverview: false, sections: sections, calendar: calendar)
  }
}

extension TypedProgram {
  /// The names, and titles, of what a topic has.
  func names(_ topic: CommunityTopic) -> [String] {
    switch topic {
    case .alert: alerts.map(\.name)
    case .metric: metrics.map(\.name)
    case .goal: goals.map(\.name)
    case .phase: plans.flatMap { $0.phases.map(\.name) }
    case .plan: plans.map(\.name)
    }
  }

  /// Where something stands among those of its topic; of a phase, some number.
  func place(_ topic: CommunityTopic, _ name: String) -> Int? {
    switch topic {
    case .alert: alerts.firstIndex { $0.name == name || $0.title == name }
    case .metric: metrics.firstIndex { $0.name == name || $0.title == name }
    case .goal: goals.firstIndex { $0.name == name || $0.title == name }
    case .phase: plans.flatMap(\.phases).firstIndex { $0.name == name || $0.title == name }
    case .plan: plans.firstIndex { $0.name == name || $0.title == name }
    }
  }

  /// The topic that a name belongs to.
  func topic(of name: String) -> CommunityTopic? { CommunityTopic.allCases.first { place($0, name) != nil } }
}
