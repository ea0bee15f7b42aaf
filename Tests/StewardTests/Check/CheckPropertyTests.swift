import Steward
import Testing

/// Broken rule sets never trap, and what is free of errors is free of error nodes.
@Suite struct CheckPropertyTests {
  static let sources = GoldenFile.all.filter { $0.testDescription.hasPrefix("Check/") }.map { $0.input.rules }

  @Test func errorFreeMeansComplete() {
    for rules in Self.sources { Self.expectComplete(rules) }
  }

  @Test(arguments: 0..<300) func brokenRulesNeverTrap(_ seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    let rules = Self.sources[Int(random.next() % UInt64(Self.sources.count))]
    Self.expectComplete(rules.map { Self.broken($0, &random) })
  }

  /// A few tokens dropped, doubled or swapped with others of the file.
  static func broken(_ file: SourceFile, _ random: inout SplitMix) -> SourceFile {
    var words = String(decoding: file.bytes, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
    for _ in 0..<(1 + random.next() % 4) where !words.isEmpty {
      let place = Int(random.next() % UInt64(words.count))
      let other = words[Int(random.next() % UInt64(words.count))]
      switch random.next() % 4 {
      case 0: words.remove(at: place)
      case 1: words.insert(other, at: place)
      case 2: words[place] = other
      default: words[place] = words[place].dropLast()
      }
    }
    return SourceFile(id: file.id, name: file.name, text: words.joined(separator: " "))
  }

  static func expectComplete(_ rules: [SourceFile]) {
    let parsed = rules.map { Parser.parse($0) }
    let (program, diagnostics) = Checker.check(parsed.map(\.0))
    guard !(parsed.flatMap(\.1) + diagnostics).contains(where: { $0.severity == .error }) else { return }
    var expressions = program.lets.map(\.value)
    for incentive in program.incentives {
      expressions += [incentive.among, incentive.when, incentive.deduction?.points].compactMap { $0 }
      expressions += incentive.amounts.flatMap(\.places)
      if let board = incentive.board { expressions += board.keys.map(\.value) + board.within }
      let acts = !incentive.amounts.isEmpty || incentive.badge != nil || incentive.deduction != nil
      if case .on(let pattern) = incentive.trigger { expressions += [pattern.condition].compactMap { $0 } }
      #expect(acts || incentive.takeBack != nil)
    }
    for budget in program.budgets {
      #expect(budget.points > 0 && !budget.covers.isEmpty && program.schema.purses.indices.contains(budget.purse))
    }
    for ladder in program.ladders {
      #expect(ladder.tiers.count >= 2)
      expressions += ladder.tiers.flatMap { [$0.when, $0.keep].compactMap { $0 } }
    }
    for expression in expressions {
      #expect(
        expression.first { if case .error = $0.node { true } else { $0.type.base == .error } } == nil,
        "an error node in \(TypedDump.text(expression, in: program))")
    }
  }
}
