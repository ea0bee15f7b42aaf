// Collects the declarations of all files into one name space, and finds for each `let` whose value it is.

struct LetEntry {
  enum State { case unchecked, checking, checked }
  let syntax: LetSyntax
  let isSegment: Bool
  let doc: [String]
  let span: Span
  var state = State.unchecked
  var use: SubjectUse?
  var traits = Traits()
  var typed: TypedLet
}

struct FunctionEntry {
  let syntax: FunctionSyntax
  let span: Span
  var use: SubjectUse?
  var isCalled = false
}

struct LadderEntry {
  let syntax: LadderSyntax
  let doc: [String]
  let span: Span
  /// From the lowest to the highest.
  let tiers: [Name]
}

struct IncentiveEntry {
  let syntax: IncentiveSyntax
  let doc: [String]
  let span: Span
}

struct BudgetEntry {
  let syntax: BudgetSyntax
  let doc: [String]
  let span: Span
}

struct AlertEntry {
  let syntax: AlertSyntax
  let doc: [String]
  let span: Span
}

struct GoalEntry {
  let syntax: GoalSyntax
  let doc: [String]
  let span: Span
}

struct PhasePlanEntry {
  let syntax: PhasePlanSyntax
  let doc: [String]
  let span: Span
  let phases: [Name]
}

struct ParameterEntry {
  let syntax: ParameterSyntax
  let span: Span
  /// - Missing: nil until it is checked.
  var value: TypedExpr?
}

struct SetEntry {
  enum State { case unchecked, checking, checked }
  let name: Name
  let syntax: PatternSyntax
  let span: Span
  var state = State.unchecked
  var parts: [PatternPart] = []
}

extension ProgramChecker {
  /// Enters every declaration. - Missing: nil without a community block.
  func collect() -> (CommunitySyntax, Span)? {
    for value in Entity.BuiltIn.allCases { _ = names.declare(value.rawValue, .builtIn(value), nil) }
    var community: (CommunitySyntax, Span)?
    for file in files {
      for declaration in file.declarations {
        guard case .community(let block) = declaration.kind else { continue }
        if let first = community {
          report(
            SchemaProblem.twoCommunities, at: declaration.span,
            related: [.init(span: first.1, message: Wording(en: "the first one", zh: "第一个在这里"))])
        } else {
          community = (block, declaration.span)
        }
      }
    }
    guard let community else {
      report(SchemaProblem.noCommunity)
      return nil
    }
    enterSchemaNames(community.0)
    for placed in declarationsThatHold() { enter(placed.declaration) }
    return community
  }

  private func enter(_ declaration: Declaration) {
    switch declaration.kind {
    case .let(let syntax): enter(syntax, isSegment: false, declaration)
    case .segment(let syntax): enter(syntax, isSegment: true, declaration)
    case .function(let syntax):
      functions.append(FunctionEntry(syntax: syntax, span: declaration.span))
      enter(syntax.name, .function(functions.count - 1))
    case .incentive(let syntax):
      incentives.append(IncentiveEntry(syntax: syntax, doc: declaration.doc, span: declaration.span))
      enter(syntax.name, .incentive(incentives.count - 1))
    case .tiers(let syntax):
      let tiers = syntax.clauses.compactMap { if case .tier(let tier) = $0.kind { tier.name } else { nil } }
      ladders.append(LadderEntry(syntax: syntax, doc: declaration.doc, span: declaration.span, tiers: tiers))
      enter(syntax.name, .ladder(ladders.count - 1))
    case .budget(let syntax):
      budgetEntries.append(BudgetEntry(syntax: syntax, doc: declaration.doc, span: declaration.span))
      enter(syntax.name, .budget(budgetEntries.count - 1))
    case .alert(let syntax):
      alerts.append(AlertEntry(syntax: syntax, doc: declaration.doc, span: declaration.span))
      enter(syntax.name, .alert(alerts.count - 1))
    case .goal(let syntax):
      goals.append(GoalEntry(syntax: syntax, doc: declaration.doc, span: declaration.span))
      enter(syntax.name, .goal(goals.count - 1))
    case .plan(let syntax): enter(syntax, declaration)
    case .later(_, let name):
      if let name { enter(name, .later) }
    case .parameter(let syntax):
      parameters.append(ParameterEntry(syntax: syntax, span: declaration.span))
      enter(syntax.name, .parameter(parameters.count - 1))
    case .metric(let syntax): enter(syntax, declaration)
    case .benchmark(let syntax):
      benchmarkEntries.append(
        BenchmarkEntry(
          syntax: syntax, doc: declaration.doc, span: declaration.span,
          isOwn: moduleIndex(of: declaration.span) == 0))
    case .community, .use, .needs, .error: break
    }
  }

  private func enter(_ syntax: PhasePlanSyntax, _ declaration: Declaration) {
    let phases = syntax.clauses.compactMap { if case .phase(let phase) = $0.kind { phase.name } else { nil } }
    plans.append(
      PhasePlanEntry(syntax: syntax, doc: declaration.doc, span: declaration.span, phases: phases))
    enter(syntax.name, .plan(plans.count - 1))
    for (index, phase) in phases.enumerated() {
      enter(phase, .phase(PhaseIndex(plan: plans.count - 1, phase: index)))
    }
  }

  private func enter(_ syntax: LetSyntax, isSegment: Bool, _ declaration: Declaration) {
    let typed = TypedLet(
      name: syntax.name.text, isSegment: isSegment, subject: .member, title: syntax.title?.text, doc: declaration.doc,
      value: .error(syntax.value.span), span: declaration.span)
    lets.append(
      LetEntry(syntax: syntax, isSegment: isSegment, doc: declaration.doc, span: declaration.span, typed: typed))
    enter(syntax.name, .binding(lets.count - 1))
  }

  /// Adds a name to the name space, or reports whose it is.
  func enter(_ name: Name, _ entity: Entity, canRespell: Bool = false) {
    if case .function = entity, signatures[name.text] != nil {
      report(
        NameProblem.clash(name.text, what: Entity.builtInFunction.words, builtIn: true, canRespell: false),
        at: name.span)
      return
    }
    guard let other = names.declare(name.text, entity, name.span) else { return }
    if reportTaken(name, entity, other) { return }
    report(
      NameProblem.clash(name.text, what: other.entity.words, builtIn: other.span == nil, canRespell: canRespell),
      at: name.span, related: declared(at: other.span, name.text))
  }
}

// MARK: Whose value

/// What of members and of the community an expression reads.
struct SubjectUse {
  /// Something that only a member has: a column, points, a tier.
  var member = false
  /// Something that only the community has: an aggregate about members, an anonymous kind.
  var community = false
  /// Something that only an item has: a `let` about content.
  var content = false

  mutating func add(_ other: SubjectUse) {
    member = member || other.member
    community = community || other.community
    content = content || other.content
  }
}

extension ProgramChecker {
  /// What a `let` reads; it is about the community if it reads something of that alone.
  func use(ofLet index: Int) -> SubjectUse {
    if let use = lets[index].use { return use }
    // A cycle is reported where it is typed.
    lets[index].use = SubjectUse()
    let entry = lets[index]
    let use: SubjectUse
    switch entry.syntax.about {
    case .member: use = SubjectUse(member: true)
    case .community: use = SubjectUse(community: true)
    case .content: use = SubjectUse(content: true)
    case nil:
      var found = self.use(of: entry.syntax.value, parameters: [:], attributesFirst: false)
      if entry.isSegment { found.member = true }
      use = found
    }
    lets[index].use = use
    return use
  }

  func useOfFunction(_ index: Int) -> SubjectUse {
    if let use = functions[index].use { return use }
    functions[index].use = SubjectUse()
    functionDepth += 1
    defer { functionDepth -= 1 }
    // Calls nested more deeply are refused where they are written out.
    guard functionDepth <= ProgramChecker.greatestCallDepth else { return SubjectUse() }
    let syntax = functions[index].syntax
    let parameters = Dictionary(syntax.parameters.map { ($0.name.text, $0.type.text) }) { first, _ in first }
    let use = use(of: syntax.value, parameters: parameters, attributesFirst: false)
    functions[index].use = use
    return use
  }

  private func use(of expression: Expr, parameters: [String: String], attributesFirst: Bool) -> SubjectUse {
    switch expression.kind {
    case .name(let name): return use(ofName: name.text, parameters, attributesFirst)
    case .field(let base, _):
      if case .name(let name) = base.kind, name.text == "event" || name.text == "this" { return SubjectUse() }
      return use(of: base, parameters: parameters, attributesFirst: attributesFirst)
    case .call(let name, let arguments): return use(ofCall: name, arguments, parameters, attributesFirst)
    default:
      var result = SubjectUse()
      for child in expression.children {
        result.add(use(of: child, parameters: parameters, attributesFirst: attributesFirst))
      }
      return result
    }
  }

  private func use(ofName name: String, _ parameters: [String: String], _ attributesFirst: Bool) -> SubjectUse {
    if parameters[name] != nil || attributesFirst && attributeIndex(name) != nil { return SubjectUse() }
    switch names[name]?.entity {
    case .builtIn(.points), .builtIn(.badges), .builtIn(.member), .column, .ladder, .purse:
      return SubjectUse(member: true)
    case .kind(let kind):
      return SubjectUse(community: schema.events?.kinds.indices.contains(kind) == true && isAnonymous(kind))
    case .eventSet(let index):
      return SubjectUse(community: sets[index].parts.flatMap(\.kinds).contains(where: isAnonymous))
    case .binding(let index): return use(ofLet: index)
    case .metric: return SubjectUse(community: true)
    default: return SubjectUse()
    }
  }

  private func use(
    ofCall name: Name, _ arguments: [Argument], _ parameters: [String: String], _ attributesFirst: Bool
  ) -> SubjectUse {
    var result = SubjectUse()
    if case .function(let index) = names[name.text]?.entity { result.add(useOfFunction(index)) }
    if signatures[name.text]?.first?.family == .rewards { return SubjectUse(member: true) }
    if signatures[name.text]?.first?.family == .metrics { return SubjectUse(community: true) }
    if isMemberAggregate(name.text, arguments, isEventsParameter: { parameters[$0] == "events" }) {
      return SubjectUse(community: true)
    }
    for argument in arguments {
      guard case .subject(let value, let subject, let condition, let among) = argument.kind else { continue }
      let inPattern = attributesFirst || value != nil || condition != nil
      for part in [value, condition].compactMap(\.self) {
        result.add(use(of: part, parameters: parameters, attributesFirst: true))
      }
      result.add(use(of: subject, parameters: parameters, attributesFirst: inPattern))
      if let among { result.add(use(of: among, parameters: parameters, attributesFirst: false)) }
    }
    return result
  }
}
