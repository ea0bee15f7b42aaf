// Which declarations of all modules hold: an `override` takes the place of what came with a module.

/// A declaration and the module that it stands in.
struct PlacedDeclaration {
  let declaration: Declaration
  let module: Int
}

extension ProgramChecker {
  /// The declarations that hold, those of the rule set itself first.
  func declarationsThatHold() -> [PlacedDeclaration] {
    var all: [PlacedDeclaration] = []
    for (index, module) in modules.enumerated() {
      for file in module.files {
        all += file.declarations.map { PlacedDeclaration(declaration: $0, module: index) }
      }
    }
    var bases: [String: [PlacedDeclaration]] = [:]
    var overrides: [String: [PlacedDeclaration]] = [:]
    for placed in all {
      guard let name = placed.declaration.kind.overriddenName, !name.isEmpty else { continue }
      if placed.declaration.isOverride {
        overrides[name, default: []].append(placed)
      } else {
        bases[name, default: []].append(placed)
      }
    }
    var replaced: Set<Span> = []
    for (name, group) in overrides {
      let known = bases[name] ?? []
      let good = group.filter { placed in
        if checkOverride(placed, name, known) { return true }
        replaced.insert(placed.declaration.span)
        return false
      }
      // The rule set's own word is the last.
      guard let winner = good.first(where: { $0.module == 0 }) ?? good.first else { continue }
      for base in known where base.module != 0 && base.module != winner.module {
        replaced.insert(base.declaration.span)
        if case .parameter(let syntax) = base.declaration.kind { replacedParameters[name] = syntax }
      }
      for other in good where winner.module == 0 && other.module != 0 { replaced.insert(other.declaration.span) }
    }
    reportNameless(all)
    return all.filter { !replaced.contains($0.declaration.span) }
  }

  /// Whether an override may take the place of another declaration, or at least stand by itself; reported if not.
  private func checkOverride(_ placed: PlacedDeclaration, _ name: String, _ known: [PlacedDeclaration]) -> Bool {
    let place = placed.declaration.kind.name?.span ?? placed.declaration.span
    let imported = known.filter { $0.module != 0 && $0.module != placed.module }
    guard let base = imported.first else {
      report(
        ModuleProblem.overridesNothing(name, isOwn: known.contains { $0.module == placed.module }), at: place,
        related: known.first.flatMap { $0.declaration.kind.name }.map { declared(at: $0.span, name) } ?? [])
      return known.isEmpty && names[name] == nil
    }
    let (old, new) = (base.declaration.kind.keyword, placed.declaration.kind.keyword)
    let values: Set<String> = ["let", "segment"]
    if old == new || values.contains(old) && values.contains(new) { return true }
    report(
      ModuleProblem.overridesAnother(name, old, by: new), at: place,
      related: base.declaration.kind.name.map { declared(at: $0.span, name) } ?? [])
    return false
  }

  /// `override` before what has no name: a community, a `use`.
  private func reportNameless(_ all: [PlacedDeclaration]) {
    for placed in all where placed.declaration.isOverride && placed.declaration.kind.name == nil {
      if case .error = placed.declaration.kind { continue }
      report(
        ModuleProblem.overridesNothing(placed.declaration.kind.keyword, isOwn: false), at: placed.declaration.span)
    }
  }

  /// A name that is taken, told by where the two stand. - Missing: false if both stand in one module.
  func reportTaken(_ name: Name, _ entity: Entity, _ other: NameSpace.Entry) -> Bool {
    guard let there = other.span, let one = moduleIndex(of: there), let two = moduleIndex(of: name.span), one != two
    else { return false }
    switch (other.entity, entity) {
    case (.kind, _), (.eventSet, _), (.column, _), (.purse, _): return false
    default: break
    }
    if one != 0, two != 0 {
      report(
        ModuleProblem.twoModules(
          name.text, entity.words, one: "`\(modules[one].name)`", other: "`\(modules[two].name)`"), at: name.span,
        related: declared(at: there, name.text))
      return true
    }
    // The rule set's names are entered first: the place to mend is there.
    let own = one == 0 ? there : name.span
    let module = one == 0 ? modules[two].name : modules[one].name
    let theirs = one == 0 ? entity : other.entity
    report(
      ModuleProblem.taken(name.text, theirs.words, module: "`\(module)`", form: theirs.keyword), at: own,
      related: declared(at: one == 0 ? name.span : there, name.text), edits: overriding(own))
    return true
  }

  /// The edit that puts `override` before the declaration of a name.
  private func overriding(_ name: Span) -> [TextEdit] {
    let all = modules.flatMap(\.files).flatMap(\.declarations)
    guard let span = all.first(where: { $0.kind.name?.span == name })?.span else { return [] }
    return [TextEdit(span: Span(file: span.file, start: span.start, end: span.start), replacement: "override ")]
  }

  func moduleIndex(of span: Span) -> Int? {
    modules.firstIndex { module in module.files.contains { $0.file == span.file } }
  }

  /// The events that modules need.
  func checkNeeds() {
    for module in modules {
      for file in module.files {
        for declaration in file.declarations {
          guard case .needs(let needs) = declaration.kind else { continue }
          checkNeeds(needs.events.filter { names[$0.text]?.entity.isEvents != true }, module)
        }
      }
    }
  }

  private func checkNeeds(_ missing: [Name], _ module: RuleModule) {
    guard let first = missing.first else { return }
    report(
      ModuleProblem.needs(missing.map(\.text), module: module.name), at: module.usedAt ?? first.span,
      related: module.usedAt == nil
        ? [] : [.init(span: first.span, message: Wording(en: "it is needed here", zh: "这里需要它"))])
    // Said once: what reads them is excused.
    for name in missing where names[name.text] == nil { _ = names.declare(name.text, .later, name.span) }
  }

  // MARK: Parameters

  /// A parameter's value, a constant. - Missing: an error, reported, if it is none.
  func parameterValue(_ index: Int) -> TypedExpr {
    if let value = parameters[index].value { return value }
    parameters[index].value = .error(parameters[index].syntax.value.span)
    let entry = parameters[index]
    var value = constantOf(entry.syntax.value)
    if let base = replacedParameters[entry.syntax.name.text], !value.isError {
      let expected = constantOf(base.value)
      if expected.type.base == .number { value = toNumber(value) }
      if !expected.isError, expected.type.base != value.type.base {
        report(
          ModuleProblem.parameterType(entry.syntax.name.text, value.type, expected: expected.type), at: value.span,
          related: declared(at: base.name.span, base.name.text))
        value = .error(value.span)
      }
    }
    parameters[index].value = value
    return value
  }

  private func constantOf(_ expression: Expr) -> TypedExpr {
    let typed = check(expression, ExpressionScope())
    if typed.isError { return typed }
    guard case .constant = typed.node else {
      report(ModuleProblem.notAConstant, at: expression.span)
      return .error(expression.span)
    }
    return typed
  }
}

extension Declaration.Kind {
  /// The name that it declares. - Missing: nil where it declares none, or several.
  var name: Name? {
    switch self {
    case .let(let syntax), .segment(let syntax): syntax.name
    case .function(let syntax): syntax.name
    case .incentive(let syntax): syntax.name
    case .tiers(let syntax): syntax.name
    case .budget(let syntax): syntax.name
    case .parameter(let syntax): syntax.name
    case .alert(let syntax): syntax.name
    case .goal(let syntax): syntax.name
    case .plan(let syntax): syntax.name
    case .metric(let syntax): syntax.name
    case .benchmark(let syntax): syntax.name
    case .later(_, let name): name
    case .community, .use, .needs, .error: nil
    }
  }

  /// By what an `override` finds what it replaces: a benchmark has the name of its metric.
  var overriddenName: String? {
    if case .benchmark(let syntax) = self { return syntax.name.text.isEmpty ? "" : "benchmark " + syntax.name.text }
    return name?.text
  }

  /// The keyword that it begins with.
  var keyword: String {
    switch self {
    case .let: "let"
    case .segment: "segment"
    case .function: "fn"
    case .incentive: "incentive"
    case .tiers: "tiers"
    case .budget: "budget"
    case .parameter: "parameter"
    case .alert: "alert"
    case .goal: "goal"
    case .plan: "plan"
    case .metric: "metric"
    case .benchmark: "benchmark"
    case .later(let keyword, _): keyword.text
    case .community: "community"
    case .use: "use"
    case .needs: "needs"
    case .error: ""
    }
  }
}

extension Entity {
  /// The keyword that declares it.
  fileprivate var keyword: String {
    switch self {
    case .binding: "let"
    case .function: "fn"
    case .ladder: "tiers"
    case .incentive: "incentive"
    case .budget: "budget"
    case .parameter: "parameter"
    case .alert: "alert"
    case .goal: "goal"
    case .plan: "plan"
    case .metric: "metric"
    default: ""
    }
  }
}
