// What the checker understands and this version's engine does not compute yet: the one place that says so. As the engine learns
// a construct, its case goes.

/// A construct that a run would get wrong.
public enum EngineLimit: String, Sendable, CaseIterable {
  case seenTwice

  var words: Wording {
    switch self {
    case .seenTwice:
      Wording(
        en: "one kind of events as two members see it, counted together about the community",
        zh: "把两个成员看到的同一种事件合在一起按整个社群统计")
    }
  }
}

public enum EngineLimits {
  /// The constructs of a program that the engine does not compute yet, each place once.
  /// - Reports: N0290.
  public static func problems(
    in program: TypedProgram, limits: [EngineLimit] = EngineLimit.allCases
  ) -> [Diagnostic] {
    if limits.isEmpty { return [] }
    var walk = EngineWalk(program: program, limits: Set(limits))
    walk.declarations()
    return walk.found
  }
}

private struct EngineWalk {
  let program: TypedProgram
  let limits: Set<EngineLimit>
  var found: [Diagnostic] = []
  private var seen: Set<String> = []

  init(program: TypedProgram, limits: Set<EngineLimit>) {
    self.program = program
    self.limits = limits
  }

  mutating func meet(_ limit: EngineLimit, at span: Span?) {
    guard limits.contains(limit), let span else { return }
    guard seen.insert("\(limit) \(span.file.index) \(span.start)").inserted else { return }
    found.append(NameProblem.later(limit.words, instead: nil).at(span))
  }

  mutating func declarations() {
    let lets = program.lets.filter { $0.subject == .community }.map(\.value)
    for value in lets + program.metrics.map(\.value) {
      let twice = value.first { expression in
        guard case .aggregate(let aggregate) = expression.node else { return false }
        return seesTwice(aggregate.pattern)
      }
      meet(.seenTwice, at: twice?.span)
    }
  }

  /// Whether a row may be among a pattern's twice.
  private func seesTwice(_ pattern: EventPattern) -> Bool {
    let kinds = program.schema.events?.kinds ?? []
    let bases = pattern.kinds.compactMap { index -> Int? in
      guard kinds.indices.contains(index), case .seen(let base, _) = kinds[index].source else { return nil }
      return pattern.kinds.contains(base) ? nil : base
    }
    return Set(bases).count < bases.count
  }
}
