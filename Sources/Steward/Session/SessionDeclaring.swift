// Declarations join the session, take the place of their namesakes, and tell what changed.

extension Session {
  mutating func declare(
    _ tree: FileSyntax, in file: SourceFile, _ warnings: [Diagnostic], _ reply: inout SessionReply
  ) throws(SessionFailure) {
    var next = state
    // Files of declarations are numbered before those of `_`, which starts anew.
    let id = FileID(UInt16(clamping: state.files.count))
    let file = SourceFile(id: id, name: file.name, bytes: file.bytes)
    let declarations = Parser.parse(file).0.declarations
    next.inputs.append(file)
    let names = Set(declarations.compactMap(\.kind.overriddenName))
    let replaced = Set(state.declarations.compactMap(\.kind.overriddenName)).intersection(names)
    let hasCommunity = declarations.contains { if case .community = $0.kind { true } else { false } }
    next.declared.removeAll { old in old.name.map { names.contains($0) } ?? false || old.isCommunity && hasCommunity }
    next.declared += declarations.map { declaration in
      SessionDeclaration(
        syntax: Declaration(declaration.kind, doc: declaration.doc, span: declaration.span), file: id,
        text: Session.text(of: declaration, in: file))
    }
    try check(&next, warnings, &reply)
    last = nil
    let areLets = declarations.allSatisfy { ["let", "segment", "fn"].contains($0.kind.keyword) }
    if areLets, !state.rulesRead(replaced), !next.rulesRead(names) {
      next.results = SessionResults(rulesOf: state.results)
    }
    if hasCommunity { next.data = nil }
    let before = state
    try change(to: next, reloading: hasCommunity, &reply)
    let told = declarations.compactMap(\.kind.overriddenName)
    reply.output += otherKinds(declarations, before)
    try tellChanges(from: before, declared: told, replaced: replaced, &reply)
  }

  /// Says which declarations take the place of something of another kind.
  private func otherKinds(_ declarations: [Declaration], _ before: SessionState) -> String {
    declarations.compactMap { new -> String? in
      guard let name = new.kind.overriddenName, let old = before.declaration(name) else { return nil }
      let (now, was) = (new.kind.keyword, old.kind.keyword)
      if now == was { return nil }
      return say(
        "\(now) `\(name)` replaces \(was) `\(name)`; `:undo` brings it back\n",
        "`\(now) \(name)` 取代了原来的 `\(was) \(name)`；`:undo` 可以恢复\n")
    }.joined()
  }

  /// Says what differs from the state before, which comes back if the person stops that.
  mutating func tellChanges(
    from before: SessionState, declared: [String] = [], replaced: Set<String> = [], _ reply: inout SessionReply,
    watchedOnly: Bool = false
  ) throws(SessionFailure) {
    let text = changes(from: before, declared: declared, replaced: replaced, watchedOnly: watchedOnly, &reply)
    if host.stop.isRaised {
      state = earlier.popLast() ?? before
      throw .interrupted
    }
    reply.output += text
  }

  /// Checks the rules with what was declared; fails where that brought a new error.
  func check(
    _ next: inout SessionState, _ warnings: [Diagnostic], _ reply: inout SessionReply
  ) throws(SessionFailure) {
    let known = Set(state.diagnostics.map(DiagnosticKey.init))
    let (program, all) = Pipeline.check(next.sources())
    let fresh = all.filter { !known.contains(DiagnosticKey($0)) }
    if fresh.contains(where: { $0.severity == .error }) {
      throw .diagnostics(fresh.filter { $0.severity == .error }, next.files)
    }
    next.diagnostics = all
    next.program = all.contains { $0.severity == .error } ? nil : program
    next.results = SessionResults()
    reply.problems += rendered(warnings + fresh.filter { $0.severity == .warning }, next.files)
  }

  /// Takes a state whose rules or data differ, and loads data where it has to be.
  mutating func change(
    to next: SessionState, reloading: Bool, _ reply: inout SessionReply
  ) throws(SessionFailure) {
    var next = next
    if reloading { next.data = try data(for: next, &reply) }
    take(next)
  }

  /// What a declaration says, with its doc comment.
  private static func text(of declaration: Declaration, in file: SourceFile) -> String {
    declaration.doc.map { "///" + ($0.isEmpty ? "" : " " + $0) + "\n" }.joined()
      + file.text(declaration.span).trimmed
  }

  // MARK: What changed

  /// A line for each thing that differs; what was declared is told first, even if it changes nothing.
  mutating func changes(
    from before: SessionState, declared: [String], replaced: Set<String>, watchedOnly: Bool,
    _ reply: inout SessionReply
  ) -> String {
    guard state.program != nil else { return "" }
    func plain() -> String {
      declared.map { name in
        name + say(": ", "：") + (replaced.contains(name) ? say("replaced", "已替换") : say("added", "已加入")) + "\n"
      }.joined()
    }
    guard state.data != nil else { return plain() }
    let after: Outcome
    let old: Outcome?
    do throws(SessionFailure) {
      let now = state
      state = before
      defer { state = now }
      old = before.program == nil || before.data == nil ? nil : try? outcome()
      state = now
      after = try outcome()
    } catch {
      // The declaration stands; what it does cannot be told.
      if case .interrupted = error { return "" }
      tell(error, &reply)
      reply.isError = false
      return plain()
    }
    let report = ChangeReport(
      before: old.flatMap { old in before.program.map { ($0, old) } },
      after: (state.program ?? TypedProgram(schema: Schema()), after), values: values)
    var lines = declared.compactMap { name -> String? in
      report.line(name) ?? name + say(": ", "：")
        + (replaced.contains(name)
          ? say("replaced; nothing differs", "已替换，结果没有变化") : say("added", "已加入"))
    }
    let others = watchedOnly ? [] : report.names.filter { !declared.contains($0) && !state.watched.contains($0) }
    lines += others.compactMap { report.line($0) }
    lines += state.watched.filter { !declared.contains($0) }.map { report.line($0) ?? report.figures($0) ?? $0 }
    return lines.map { $0 + "\n" }.joined()
  }
}

/// What two outcomes differ in, by the names of their declarations.
struct ChangeReport {
  private let program: TypedProgram
  let values: ValueDisplay
  var english: Bool { values.language == .english }
  private var lines: [String: String] = [:]
  private var standing: [String: String] = [:]
  /// In the order of the rules.
  private(set) var names: [String] = []

  init(before: (TypedProgram, Outcome)?, after: (TypedProgram, Outcome), values: ValueDisplay) {
    program = after.0
    self.values = values
    addIncentives(before, after)
    addLadders(before, after)
    addLets(before, after)
    addMetrics(before, after)
    addBenchmarks(before, after)
    addAlerts(before, after)
    addGoals(before, after)
    addPlans(before, after)
    addGone(before)
    guard before != nil else { return }
    standing = ChangeReport(before: nil, after: after, values: values).lines
  }

  /// - Missing: nil where nothing differs.
  func line(_ name: String) -> String? { lines[name] }

  private static func noun(_ members: Int) -> String { members == 1 ? "member" : "members" }

  /// The figures of a name as they stand.
  func figures(_ name: String) -> String? { standing[name] }

  mutating func add(_ name: String, _ parts: [String]) {
    names.append(name)
    if !parts.isEmpty { lines[name] = name + (english ? ": " : "：") + parts.joined(separator: english ? ", " : "，") }
  }

  /// `212 → 340`, or the value alone where there was none.
  func moved(_ old: String?, _ new: String) -> String { old.map { "\($0) → \(new)" } ?? new }

  private mutating func addIncentives(_ before: (TypedProgram, Outcome)?, _ after: (TypedProgram, Outcome)) {
    for (index, rule) in after.0.incentives.enumerated() where after.1.incentiveTotals.indices.contains(index) {
      let new = after.1.incentiveTotals[index]
      var old: IncentiveTotal?
      if let before, let place = before.0.incentives.firstIndex(where: { $0.name == rule.name }) {
        old = before.1.incentiveTotals.indices.contains(place) ? before.1.incentiveTotals[place] : nil
      }
      var parts: [String] = []
      func number(_ value: Int) -> String { TextTable.grouped(Int64(value)) }
      if old?.awards != new.awards {
        let count = moved(old.map { number($0.awards) }, number(new.awards))
        parts.append(english ? "\(count) award\(new.awards == 1 && old == nil ? "" : "s")" : "发放 \(count) 次")
      }
      if rule.movesPoints, old?.points != new.points {
        let points = moved(old.map { TextTable.grouped($0.points) }, TextTable.grouped(new.points))
        parts.append(english ? "\(points) points" : "\(points) 分")
      }
      if old?.members != new.members {
        let members = moved(old.map { number($0.members) }, number(new.members))
        parts.append(english ? "\(members) \(ChangeReport.noun(new.members))" : "\(members) 名成员")
      }
      add(rule.name, parts)
    }
  }

  private mutating func addLadders(_ before: (TypedProgram, Outcome)?, _ after: (TypedProgram, Outcome)) {
    for (index, ladder) in after.0.ladders.enumerated() where after.1.tiers.indices.contains(index) {
      let new = after.1.tiers[index]
      let place = before?.0.ladders.firstIndex { $0.name == ladder.name }
      guard let before, let place, before.1.tiers.indices.contains(place),
        before.0.ladders[place].tiers.map(\.name) == ladder.tiers.map(\.name)
      else {
        add(ladder.name, population(new, ladder))
        continue
      }
      let old = before.1.tiers[place]
      var (up, down) = (0, 0)
      for member in 0..<min(old.count, new.count) {
        if new[member].tier > old[member].tier { up += 1 }
        if new[member].tier < old[member].tier { down += 1 }
      }
      var parts: [String] = []
      if up > 0 { parts.append(english ? "\(up) tier\(up == 1 ? "" : "s") up" : "\(up) 人升级") }
      if down > 0 { parts.append(english ? "\(down) tier\(down == 1 ? "" : "s") down" : "\(down) 人降级") }
      add(ladder.name, parts)
    }
  }

  private func population(_ records: [TierRecord], _ ladder: TypedLadder) -> [String] {
    ladder.tiers.indices.reversed().compactMap { tier in
      let count = records.count { Int($0.tier) == tier }
      return count == 0 ? nil : "\(ladder.tiers[tier].name) \(TextTable.grouped(Int64(count)))"
    }
  }

  private mutating func addLets(_ before: (TypedProgram, Outcome)?, _ after: (TypedProgram, Outcome)) {
    for (index, declared) in after.0.lets.enumerated() {
      let oldIndex = before?.0.lets.firstIndex { $0.name == declared.name }
      let isPrivate = declared.value.type.isPrivate
      if let new = after.1.communityFacts.first(where: { $0.letIndex == index }) {
        let old = before?.1.communityFacts.first { $0.letIndex == oldIndex }
        let isShare = declared.value.isShare(after.0)
        if isPrivate || old?.value == new.value { continue }
        func text(_ value: Value) -> String {
          if value == .missing, declared.value.isGuardedCount(after.0) { return "<\(after.0.schema.privacyGroup)" }
          return values.text(value, declared.value.type, isShare: isShare)
        }
        add(declared.name, [moved(old.map { text($0.value) }, text(new.value))])
      } else if let new = after.1.facts.first(where: { $0.letIndex == index }) {
        let old = before?.1.facts.first { $0.letIndex == oldIndex }
        add(declared.name, parts(declared, old, new, before?.1, after.1))
      }
    }
  }

  private func parts(
    _ declared: TypedLet, _ old: FactColumn?, _ new: FactColumn, _ before: Outcome?, _ after: Outcome
  ) -> [String] {
    if declared.value.type.isPrivate { return [] }
    let count = new.values.count
    let rows = (0..<count).filter { after.isPresent($0) }
    func size(_ column: FactColumn, _ outcome: Outcome) -> Int? {
      guard case .flags(let flags) = column.values else { return nil }
      return (0..<flags.count).count { outcome.isPresent($0) && flags[$0] != 0 && column.value($0) != .missing }
    }
    if let members = size(new, after) {
      let earlier = old.flatMap { column in before.flatMap { size(column, $0) } }
      let same = old.map { old in rows.allSatisfy { old.value($0) == new.value($0) } } ?? false
      if same { return [] }
      let share = Summary.share(members, of: rows.count)
      let shown = moved(earlier.map { TextTable.grouped(Int64($0)) }, TextTable.grouped(Int64(members)))
      return [english ? "\(shown) \(ChangeReport.noun(members)) (\(share))" : "\(shown) 名成员（\(share)）"]
    }
    guard let old, old.type.base == new.type.base, old.values.count == count else {
      let known = rows.count { new.value($0) != .missing }
      return [english ? "a value for \(known) \(ChangeReport.noun(known))" : "\(known) 名成员有值"]
    }
    let differing = rows.count { old.value($0) != new.value($0) }
    return differing == 0
      ? [] : [english ? "\(differing) member\(differing == 1 ? " differs" : "s differ")" : "\(differing) 名成员的值变了"]
  }

  private mutating func addGone(_ before: (TypedProgram, Outcome)?) {
    guard let before else { return }
    func all(_ program: TypedProgram) -> [String] {
      program.incentives.map(\.name) + program.ladders.map(\.name) + program.lets.map(\.name)
        + program.metrics.map(\.name) + program.alerts.map(\.name) + program.goals.map(\.name)
        + program.plans.map(\.name) + program.benchmarks.map { "benchmark " + program.metrics[$0.metric].name }
    }
    let there = Set(all(program))
    for name in all(before.0) where !there.contains(name) {
      names.append(name)
      lines[name] = name + (english ? ": gone" : "：已去掉")
    }
  }
}
